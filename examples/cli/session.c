/* SPDX-License-Identifier: MIT */
#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

static int64_t milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int32_t show_progress(uint64_t done, uint64_t total, uint64_t rows, void *user) {
    session *running = user;
    int64_t now = milliseconds();
    if (now - running->last_shown < 200)
        return 0;
    running->last_shown = now;
    running->shown = true;
    fprintf(stderr, "\r\033[K%s: %.1f MB", running->file ? running->file : "reading",
            (double)done / 1e6);
    if (total > 0)
        fprintf(stderr, " of %.1f (%d %%)", (double)total / 1e6,
                (int)(100.0 * (double)done / (double)total));
    fprintf(stderr, ", %.1f million observations", (double)rows / 1e6);
    fflush(stderr);
    return 0;
}

const option_spec structure_options[] = {
    {"structure", "FILE", "the data's structure (DSD, code lists); may come several times"},
    {NULL, NULL, NULL},
};

const option_spec encoding_options[] = {
    {"encoding", "NAME", "what SDMX-CSV is in that is no UTF-8, such as windows-1251, KOI8-R"},
    {NULL, NULL, NULL},
};

bool session_open(session *running) {
    memset(running, 0, sizeof *running);
    running->last_shown = milliseconds();
    bkt_context_options options;
    bkt_context_options_init(&options, sizeof options);
    if (isatty(STDERR_FILENO)) {
        options.progress = show_progress;
        options.progress_user = running;
    }
    bkt_status status = bkt_context_new(&options, &running->context);
    if (status != BKT_OK)
        fprintf(stderr, "bktrade: %s\n", bkt_status_text(status));
    return status == BKT_OK;
}

void session_close(session *running) {
    session_quiet(running);
    bkt_structure_free(running->structure);
    running->structure = NULL;
    bkt_context_free(running->context);
    running->context = NULL;
}

void session_quiet(session *running) {
    if (running->shown)
        fputs("\r\033[K", stderr);
    running->shown = false;
}

int32_t session_fail(session *running, bkt_status status) {
    session_quiet(running);
    session_tell(running, false);
    const char *text = bkt_context_error_text(running->context);
    fprintf(stderr, "bktrade: %s\n", text[0] != '\0' ? text : bkt_status_text(status));
    return status == BKT_ERR_ARGUMENT ? EXIT_USAGE : EXIT_DATA;
}

void session_tell(session *running, bool notes) {
    session_quiet(running);
    uint32_t count = bkt_context_diagnostic_count(running->context);
    for (uint32_t i = 0; i < count; i++) {
        const bkt_diagnostic *diagnostic = bkt_context_diagnostic_at(running->context, i);
        int32_t severity = bkt_diagnostic_severity(diagnostic);
        bool was_told = running->reads_again && bkt_diagnostic_source(diagnostic)[0] != '\0';
        if (severity == BKT_SEVERITY_ERROR || (severity == BKT_SEVERITY_NOTE && !notes) || was_told)
            continue;
        fprintf(stderr, "%s: %s\n", severity == BKT_SEVERITY_NOTE ? "note" : "warning",
                bkt_diagnostic_line_text(diagnostic));
        if (bkt_diagnostic_repeats(diagnostic) > 0)
            fprintf(stderr, "    and %llu more of this kind\n",
                    (unsigned long long)bkt_diagnostic_repeats(diagnostic));
    }
}

void session_tell_now(session *running) {
    session_tell(running, true);
    bkt_context_diagnostics_clear(running->context);
}

static bkt_status take_structure(session *running, const arguments *given) {
    const char *file = arguments_value_at(given, "structure", 0);
    if (file == NULL || running->structure != NULL)
        return BKT_OK;
    bkt_structure_builder *builder = NULL;
    bkt_status status = bkt_structure_builder_new(running->context, NULL, &builder);
    for (uint32_t i = 0; status == BKT_OK && file != NULL; i++) {
        running->file = file;
        status = bkt_structure_builder_add_path(builder, file);
        file = arguments_value_at(given, "structure", i + 1);
    }
    if (status == BKT_OK)
        return bkt_structure_builder_finish(builder, &running->structure);
    bkt_structure_builder_free(builder);
    return status;
}

int32_t session_take_structure(session *running, const arguments *given) {
    bkt_status status = take_structure(running, given);
    return status == BKT_OK ? EXIT_DONE : session_fail(running, status);
}

void session_read_options(const session *running, const arguments *given,
                          bkt_read_options *options) {
    bkt_read_options_init(options, sizeof *options);
    options->structure = running->structure;
    options->encoding = arguments_value(given, "encoding");
    options->flags = arguments_value(given, "provenance") != NULL ? BKT_READ_PROVENANCE : 0;
}

static bkt_status read_file(session *running, const arguments *given, const char *file,
                            session_filter filter_of, bkt_table **out_table) {
    bkt_read_options options;
    session_read_options(running, given, &options);
    running->file = file;
    bkt_filter *filter = NULL;
    bkt_status status = filter_of(running, given, file, &filter);
    options.filter = filter;
    if (status == BKT_OK)
        status = bkt_table_read(running->context, file, &options, out_table);
    bkt_filter_free(filter);
    return status;
}

bkt_status session_read(session *running, const arguments *given, session_filter filter_of,
                        bkt_table **out_table) {
    *out_table = NULL;
    bkt_status status = take_structure(running, given);
    if (status != BKT_OK)
        return status;
    bkt_table **tables = calloc(given->file_count, sizeof *tables);
    if (tables == NULL)
        return BKT_ERR_MEMORY;
    for (uint32_t i = 0; status == BKT_OK && i < given->file_count; i++)
        status = read_file(running, given, given->files[i], filter_of, &tables[i]);
    if (status == BKT_OK && arguments_value(given, "apply") != NULL) {
        status = bkt_update(running->context, (const bkt_table *const *)tables, given->file_count,
                            NULL, out_table);
    } else if (status == BKT_OK && given->file_count == 1) {
        *out_table = tables[0];
        tables[0] = NULL;
    } else if (status == BKT_OK) {
        status = bkt_table_concatenate(running->context, (const bkt_table *const *)tables,
                                       given->file_count, out_table);
    }
    for (uint32_t i = 0; i < given->file_count; i++)
        bkt_table_free(tables[i]);
    free(tables);
    session_quiet(running);
    return status;
}

int32_t session_write(const void *data, size_t size, void *user) {
    (void)user;
    return fwrite(data, 1, size, stdout) == size ? 0 : 1;
}

uint32_t session_width(void) {
    struct winsize window;
    if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) != 0)
        return 0;
    return window.ws_col;
}
