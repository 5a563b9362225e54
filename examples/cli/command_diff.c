/* SPDX-License-Identifier: MIT */
/* bktrade diff: what changed between two vintages of the same data. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const option_spec options[] = {
    {"csv", NULL, "the changes as CSV, one a row, with all columns"},
    {"output", "FILE", "the changes as CSV into a file (also -o)"},
    {"summary", NULL, "only how many changes of each kind there are"},
    {"unchanged", NULL, "list what did not change, too"},
    {"ignore", "ID", "leave out a column, such as LAST_UPDATE; may come several times"},
    {"key", "ID", "what makes the key, if not dimensions and time; may come several times"},
    {"exit-code", NULL, "exit with 1 if anything differs"},
    {NULL, NULL, NULL},
};

typedef struct difference {
    bkt_table *changes;
    bkt_table *summary;
} difference;

static uint32_t take_ids(const arguments *given, const char *name,
                         const char *(*ids)[MAX_OPTIONS]) {
    uint32_t count = 0;
    const char *id;
    while ((id = arguments_value_at(given, name, count)) != NULL)
        (*ids)[count++] = id;
    return count;
}

/* A file that says what is to be done is taken for what it comes to. */
static bkt_status read_state(session *running, const arguments *given, const char *file,
                             bkt_table **out_table) {
    running->file = file;
    bkt_read_options how;
    session_read_options(running, given, &how);
    bkt_status status = bkt_table_read(running->context, file, &how, out_table);
    const bkt_column *action =
        status == BKT_OK ? bkt_table_column_find(*out_table, "ACTION") : NULL;
    if (action == NULL || bkt_column_role(action) != BKT_ROLE_PROVENANCE)
        return status;
    const bkt_table *read = *out_table;
    status = bkt_update(running->context, &read, 1, NULL, out_table);
    bkt_table_free((bkt_table *)read);
    return status;
}

static bkt_status compare(session *running, const arguments *given, difference *found) {
    const char *keys[MAX_OPTIONS], *ignored[MAX_OPTIONS];
    bkt_comparison_options how;
    bkt_comparison_options_init(&how, sizeof how);
    how.key_count = take_ids(given, "key", &keys);
    how.keys = how.key_count > 0 ? keys : NULL;
    how.ignored_count = take_ids(given, "ignore", &ignored);
    how.ignored = how.ignored_count > 0 ? ignored : NULL;
    how.flags = arguments_value(given, "unchanged") != NULL ? BKT_COMPARISON_UNCHANGED : 0;
    bkt_table *tables[2] = {NULL, NULL};
    bkt_status status = BKT_OK;
    for (int i = 0; i < 2 && status == BKT_OK; i++)
        status = read_state(running, given, given->files[i], &tables[i]);
    if (status == BKT_OK)
        status = bkt_comparison(running->context, tables[0], tables[1], &how, &found->changes,
                                &found->summary);
    bkt_table_free(tables[0]);
    bkt_table_free(tables[1]);
    return status;
}

static uint64_t rows_of(const bkt_table *summary, int64_t row) {
    double number = 0;
    bkt_column_number_at(bkt_table_column_find(summary, "ROWS"), row, &number);
    return (uint64_t)number;
}

/* Whether anything differs: any kind but "unchanged" has rows. */
static bool differs(const bkt_table *summary) {
    const bkt_column *kinds = bkt_table_column_find(summary, "CHANGE");
    for (int64_t row = 0; row < bkt_table_row_count(summary); row++)
        if (strcmp(bkt_column_text_at(kinds, row), "unchanged") != 0 && rows_of(summary, row) > 0)
            return true;
    return false;
}

static void print_summary(const bkt_table *summary) {
    const bkt_column *kinds = bkt_table_column_find(summary, "CHANGE");
    const bkt_column *texts = bkt_table_column_find(summary, "TEXT");
    for (int64_t row = 0; row < bkt_table_row_count(summary); row++)
        if (rows_of(summary, row) > 0)
            printf("%-16s %10llu   %s\n", bkt_column_text_at(kinds, row),
                   (unsigned long long)rows_of(summary, row), bkt_column_text_at(texts, row));
    if (!differs(summary))
        printf("no differences\n");
}

/* The one text that a column of the key has in all rows; NULL if it has several. */
static const char *only_text(const bkt_column *column) {
    const char *first = bkt_column_text_at(column, 0);
    int32_t role = bkt_column_role(column);
    if (first == NULL || (role != BKT_ROLE_DIMENSION && role != BKT_ROLE_TIME))
        return NULL;
    const int32_t *codes = bkt_column_codes_view(column);
    for (int64_t row = 1; row < bkt_column_row_count(column); row++)
        if (codes[row] != codes[0])
            return NULL;
    return first;
}

/* Columns of the key that have one value in all rows are told once, above. */
static bkt_status print_changes(session *running, const bkt_table *changes) {
    uint32_t count = bkt_table_column_count(changes), shown = 0;
    const char **ids = calloc(count, sizeof *ids);
    if (ids == NULL)
        return BKT_ERR_MEMORY;
    const char *mark = "\nall of ";
    for (uint32_t i = 0; i < count; i++) {
        const bkt_column *column = bkt_table_column_at(changes, i);
        const char *text = bkt_table_row_count(changes) > 1 ? only_text(column) : NULL;
        if (text == NULL) {
            ids[shown++] = bkt_column_id(column);
            continue;
        }
        printf("%s%s %s", mark, bkt_column_id(column), text);
        mark = ", ";
    }
    printf("%s\n", mark[0] == ',' ? "\n" : "");
    bkt_print_options how;
    bkt_print_options_init(&how, sizeof how);
    how.column_ids = ids;
    how.column_count = shown;
    bkt_status status = bkt_table_print(running->context, changes, &how, session_write, NULL);
    free(ids);
    return status;
}

static bkt_status show(session *running, const arguments *given, const difference *found) {
    const char *path = arguments_value(given, "output");
    session_quiet(running);
    if (path != NULL && strcmp(path, "-") != 0) {
        print_summary(found->summary);
        return bkt_table_write_csv_path(running->context, found->changes, NULL, path);
    }
    if (path != NULL || arguments_value(given, "csv") != NULL)
        return bkt_table_write_csv(running->context, found->changes, NULL, session_write, NULL);
    print_summary(found->summary);
    bool is_short =
        arguments_value(given, "summary") != NULL || bkt_table_row_count(found->changes) == 0;
    return is_short ? BKT_OK : print_changes(running, found->changes);
}

static int32_t run(const arguments *given) {
    if (given->file_count != 2) {
        fprintf(stderr, "bktrade diff: name two files, the earlier one first\n");
        return EXIT_USAGE;
    }
    session running;
    if (!session_open(&running))
        return EXIT_DATA;
    difference found = {NULL, NULL};
    bkt_status status = compare(&running, given, &found);
    if (status == BKT_OK)
        status = show(&running, given, &found);
    int32_t code = status == BKT_OK ? EXIT_DONE : session_fail(&running, status);
    if (status == BKT_OK)
        session_tell(&running, true);
    if (code == EXIT_DONE && arguments_value(given, "exit-code") != NULL && differs(found.summary))
        code = EXIT_DATA;
    bkt_table_free(found.changes);
    bkt_table_free(found.summary);
    session_close(&running);
    return code;
}

static const option_spec *const groups[] = {options, encoding_options, NULL};

const command_spec command_diff = {
    .name = "diff",
    .usage = "diff EARLIER LATER [OPTIONS]",
    .summary = "Says what changed between two vintages of the same data.",
    .text = "Observations are known by their dimensions and period, whatever the order of rows\n"
            "and the kind of file: added, removed, revised (a value changed), attributes (only\n"
            "attributes changed). Keys that come twice in a file and columns that only one file\n"
            "has are told. Of a file with several actions what they come to is compared.\n"
            "Exit status 0 if the files could be compared, also if they differ.",
    .groups = groups,
    .examples = "  bktrade diff trade-2024-05.xml trade-2024-06.xml\n"
                "  bktrade diff old.csv new.xml.gz --ignore LAST_UPDATE -o revisions.csv\n"
                "  bktrade diff old.xml new.xml --summary --exit-code\n",
    .run = run,
};
