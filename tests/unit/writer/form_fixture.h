/* SPDX-License-Identifier: MIT */
/* Structures read and written again, and what is told of it. */
#ifndef FORM_FIXTURE_H
#define FORM_FIXTURE_H

#include <bktrade/writer.h>

#include "run_suite.h"
#include "structure_compare.h"

static bkt_context *context;
static bkt_structure *structure;
static bkt_writer *writer;
static const char *text; /* that was written */

static inline void start(void) {
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
}

static inline void finish(void) {
    bkt_writer_free(writer);
    bkt_structure_free(structure);
    bkt_context_free(context);
    writer = NULL;
    structure = NULL;
}

static inline const char *path_of(const char *name) {
    static char path[1000];
    const char *folder = getenv("BKT_TEST_DATA");
    ck_assert_ptr_nonnull(folder);
    snprintf(path, sizeof path, "%.700s/structures/%.200s", folder, name);
    return path;
}

static inline void read_file(const char *name) {
    bkt_status status = bkt_structure_read(context, path_of(name), NULL, &structure);
    ck_assert_msg(status == BKT_OK, "%s: %s", name, bkt_context_error_text(context));
    bkt_context_diagnostics_clear(context);
}

static inline bkt_write_options options_of(bool to_21, uint32_t flags) {
    bkt_write_options options;
    ck_assert_int_eq(bkt_write_options_init(&options, sizeof options), BKT_OK);
    options.format = to_21 ? BKT_FORMAT_STRUCTURE_SPECIFIC_2_1 : BKT_FORMAT_STRUCTURE_SPECIFIC_3_0;
    options.flags = flags;
    options.prepared = "2026-01-01T00:00:00Z";
    return options;
}

static inline bkt_status write_text(bool to_21, uint32_t flags) {
    bkt_write_options options = options_of(to_21, flags);
    bkt_writer_free(writer);
    ck_assert_int_eq(bkt_writer_open_memory(context, &options, &writer), BKT_OK);
    bkt_status status = bkt_writer_write_structure(writer, structure);
    status = status == BKT_OK ? bkt_writer_finish(writer) : status;
    text = bkt_writer_bytes_view(writer, NULL);
    return status;
}

static inline void write_good(const char *name, bool to_21) {
    read_file(name);
    bkt_status status = write_text(to_21, 0);
    ck_assert_msg(status == BKT_OK, "%s: %s", name, bkt_context_error_text(context));
}

static inline void assert_part(const char *part) {
    if (strstr(text, part) == NULL) {
        fprintf(stderr, "%s\n", text);
        ck_abort_msg("'%s' is not in the text", part);
    }
}

static inline void assert_no_part(const char *part) {
    if (strstr(text, part) != NULL) {
        fprintf(stderr, "%s\n", text);
        ck_abort_msg("'%s' is in the text", part);
    }
}

static inline int32_t find_told(const char *part) {
    for (uint32_t i = 0; i < bkt_context_diagnostic_count(context); i++) {
        const bkt_diagnostic *told = bkt_context_diagnostic_at(context, i);
        if (strstr(bkt_diagnostic_line_text(told), part) != NULL) {
            return bkt_diagnostic_severity(told);
        }
    }
    for (uint32_t i = 0; i < bkt_context_diagnostic_count(context); i++) {
        fprintf(stderr, "# %s\n", bkt_diagnostic_line_text(bkt_context_diagnostic_at(context, i)));
    }
    ck_abort_msg("'%s' was not told", part);
    return 0;
}

static inline void assert_told(const char *part) {
    ck_assert_int_eq(find_told(part), BKT_SEVERITY_WARNING);
}

#endif
