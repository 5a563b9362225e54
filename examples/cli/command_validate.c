/* SPDX-License-Identifier: MIT */
/* bktrade validate: what is wrong with data by their structure, batch by batch. */
#include "commands.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { MOST_COLUMNS = 16 };

static const option_spec options[] = {
    {"structure", "FILE",
     "the structure of the data (DSD, code lists, constraints); may come several times. Default: "
     "what is in the same zip as the data"},
    {"dsd", "REF", "which data structure definition, AGENCY:ID(VERSION); default: as the data say"},
    {"dataflow", "REF", "the dataflow whose constraints count; default: as the data say"},
    {"actual", NULL, "constraints that say what data there are count too"},
    {"no-constraints", NULL, "constraints do not count"},
    {"strict", NULL, "a code list that isn't there is an error, and warnings give exit status 1"},
    {"limit", "N", "findings of one kind that are shown; default 1000, all are counted"},
    {"summary", NULL, "only how many findings there are of each kind"},
    {"csv", NULL, "CSV also to a terminal"},
    {NULL, NULL, NULL},
};

/* ---- The structure ---- */

/* Whether a file of data has structures in it too (a zip). */
static bool has_structure(const char *file) {
    bkt_context *scratch = NULL;
    bkt_structure *structure = NULL;
    bool has = bkt_context_new(NULL, &scratch) == BKT_OK &&
               bkt_structure_read(scratch, file, NULL, &structure) == BKT_OK;
    bkt_structure_free(structure);
    bkt_context_free(scratch);
    return has;
}

static bkt_status add_structure(session *running, bkt_structure_builder *builder,
                                const char *file) {
    running->file = file;
    return bkt_structure_builder_add_path(builder, file);
}

/* *out_count: files that were taken. */
static bkt_status add_structures(session *running, const arguments *given,
                                 bkt_structure_builder *builder, uint32_t *out_count) {
    bkt_status status = BKT_OK;
    const char *file;
    *out_count = 0;
    while (status == BKT_OK &&
           (file = arguments_value_at(given, "structure", *out_count)) != NULL) {
        status = add_structure(running, builder, file);
        (*out_count)++;
    }
    for (uint32_t i = 0;
         arguments_value(given, "structure") == NULL && status == BKT_OK && i < given->file_count;
         i++)
        if (has_structure(given->files[i])) {
            status = add_structure(running, builder, given->files[i]);
            (*out_count)++;
        }
    return status;
}

/* *out_structure stays NULL, with BKT_OK, if there is none. */
static bkt_status read_structure(session *running, const arguments *given,
                                 bkt_structure **out_structure) {
    bkt_structure_builder *builder = NULL;
    uint32_t count = 0;
    *out_structure = NULL;
    bkt_status status = bkt_structure_builder_new(running->context, NULL, &builder);
    if (status == BKT_OK)
        status = add_structures(running, given, builder, &count);
    if (status == BKT_OK && count > 0) {
        status = bkt_structure_builder_finish(builder, out_structure);
        builder = NULL;
    }
    bkt_structure_builder_free(builder);
    return status;
}

/* ---- The data ---- */

static bkt_status check_dataset(bkt_reader *reader, bkt_validator *validator) {
    bkt_status status = bkt_validator_begin_dataset(validator, NULL);
    while (status == BKT_OK) {
        const bkt_table *batch;
        status = bkt_reader_next_batch(reader, &batch);
        if (status == BKT_OK)
            status = bkt_validator_add(validator, batch);
    }
    return status == BKT_END ? BKT_OK : status;
}

static bkt_status check_file(session *running, const arguments *given, const char *file,
                             bkt_validator *validator) {
    bkt_reader *reader = NULL;
    bkt_read_options how;
    session_read_options(running, given, &how);
    how.flags = BKT_READ_PROVENANCE; /* for the line of each finding */
    running->file = file;
    bkt_status status = bkt_reader_open_path(running->context, file, &how, &reader);
    while (status == BKT_OK) {
        status = bkt_reader_next_dataset(reader);
        if (status == BKT_OK)
            status = check_dataset(reader, validator);
    }
    bkt_reader_free(reader);
    return status == BKT_END ? BKT_OK : status;
}

static bkt_status check_files(session *running, const arguments *given, bkt_validator *validator) {
    bkt_status status = BKT_OK;
    for (uint32_t i = 0; status == BKT_OK && i < given->file_count; i++)
        status = check_file(running, given, given->files[i], validator);
    session_quiet(running);
    return status;
}

/* ---- What was found ---- */

static bool is_terminal(const arguments *given) {
    return isatty(STDOUT_FILENO) != 0 && arguments_value(given, "csv") == NULL;
}

/* A column that says nothing: it is empty, or the same place in every row. */
static bool is_dull(const bkt_column *column) {
    static const char *const places[] = {"SEVERITY", "SOURCE", "DATASET"};
    if (bkt_column_null_count(column) == bkt_column_row_count(column))
        return true;
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        if (strcmp(bkt_column_id(column), places[i]) == 0)
            return bkt_column_null_count(column) == 0 && bkt_column_dictionary_count(column) == 1;
    return false;
}

static bkt_status print_table(session *running, const bkt_table *table) {
    const char *ids[MOST_COLUMNS];
    bkt_print_options how;
    bkt_print_options_init(&how, sizeof how);
    how.width = session_width();
    how.thousands = ',';
    for (uint32_t i = 0; i < bkt_table_column_count(table) && i < MOST_COLUMNS; i++) {
        const bkt_column *column = bkt_table_column_at(table, i);
        if (!is_dull(column))
            ids[how.column_count++] = bkt_column_id(column);
    }
    how.column_ids = ids;
    return how.column_count == 0
               ? BKT_OK
               : bkt_table_print(running->context, table, &how, session_write, NULL);
}

static bkt_status show_table(session *running, const arguments *given, const bkt_table *table) {
    return is_terminal(given)
               ? print_table(running, table)
               : bkt_table_write_csv(running->context, table, NULL, session_write, NULL);
}

/* "3 errors and 1 warning in 2,400 rows" */
static void tell_count(FILE *out, const bkt_validator *validator) {
    unsigned long long errors = bkt_validator_finding_count(validator, BKT_SEVERITY_ERROR);
    unsigned long long warnings = bkt_validator_finding_count(validator, BKT_SEVERITY_WARNING);
    fprintf(out, "%llu %s, %llu %s in %llu rows\n", errors, errors == 1 ? "error" : "errors",
            warnings, warnings == 1 ? "warning" : "warnings",
            (unsigned long long)bkt_validator_row_count(validator));
}

static bkt_status show(session *running, const arguments *given, const bkt_validator *validator) {
    bkt_table *findings = NULL;
    bkt_table *summary = NULL;
    bool is_short = arguments_value(given, "summary") != NULL;
    bool is_clean = bkt_validator_finding_count(validator, 0) == 0;
    bool to_terminal = is_terminal(given);
    bkt_status status = bkt_validator_findings(validator, &findings);
    if (status == BKT_OK)
        status = bkt_validator_summary(validator, &summary);
    if (status == BKT_OK && !is_short && (!to_terminal || !is_clean))
        status = show_table(running, given, findings);
    if (status == BKT_OK && to_terminal && !is_clean && !is_short)
        fputs("\n", stdout);
    if (status == BKT_OK && (is_short ? !to_terminal || !is_clean : to_terminal && !is_clean))
        status = show_table(running, given, summary);
    if (status == BKT_OK && to_terminal)
        tell_count(stdout, validator);
    else if (status == BKT_OK && !is_clean)
        tell_count(stderr, validator);
    bkt_table_free(findings);
    bkt_table_free(summary);
    return status;
}

static bool choose(const arguments *given, bkt_validation_options *how) {
    bkt_validation_options_init(how, sizeof *how);
    how->structure = arguments_value(given, "dsd");
    how->dataflow = arguments_value(given, "dataflow");
    how->flags |= arguments_value(given, "actual") != NULL ? BKT_VALIDATE_ACTUAL : 0U;
    how->flags |= arguments_value(given, "strict") != NULL ? BKT_VALIDATE_STRICT : 0U;
    how->flags |=
        arguments_value(given, "no-constraints") != NULL ? BKT_VALIDATE_NO_CONSTRAINTS : 0U;
    const char *limit = arguments_value(given, "limit");
    int32_t number = 0;
    if (limit != NULL && !arguments_whole("limit", limit, 1, 1000000000, &number))
        return false;
    how->finding_limit = limit == NULL ? how->finding_limit : (uint32_t)number;
    return true;
}

static int32_t validate(session *running, const arguments *given, const bkt_validation_options *how,
                        const bkt_structure *structure) {
    bkt_validator *validator = NULL;
    bkt_status status = bkt_validator_new(running->context, structure, how, &validator);
    if (status == BKT_OK)
        status = check_files(running, given, validator);
    if (status == BKT_OK)
        status = bkt_validator_add_warnings(validator, running->context);
    if (status == BKT_OK)
        session_tell(running, false);
    if (status == BKT_OK)
        status = show(running, given, validator);
    bool counts_all = (how->flags & BKT_VALIDATE_STRICT) != 0;
    bool is_clean =
        bkt_validator_finding_count(validator, counts_all ? 0 : BKT_SEVERITY_ERROR) == 0;
    bkt_validator_free(validator);
    if (status != BKT_OK)
        return session_fail(running, status);
    return is_clean ? EXIT_DONE : EXIT_DATA;
}

static int32_t run(const arguments *given) {
    bkt_validation_options how;
    session running;
    if (!choose(given, &how))
        return EXIT_USAGE;
    if (!session_open(&running))
        return EXIT_DATA;
    int32_t code = EXIT_USAGE;
    bkt_structure *structure = NULL;
    bkt_status status = read_structure(&running, given, &structure);
    if (status != BKT_OK)
        code = session_fail(&running, status);
    else if (structure == NULL)
        fprintf(stderr, "bktrade validate: name the structure of the data with --structure FILE: "
                        "the data have none with them\n");
    else
        code = validate(&running, given, &how, structure);
    bkt_structure_free(structure);
    session_close(&running);
    return code;
}

static const option_spec *const groups[] = {options, encoding_options, NULL};

const command_spec command_validate = {
    .name = "validate",
    .usage = "validate FILE... [--structure FILE]... [OPTIONS]",
    .summary = "Says what is wrong with data by the rules of their structure.",
    .text = "Checks codes, types, facets, what is missing, keys that come twice, periods,\n"
            "attributes, and constraints that say what is allowed; files of any size, batch by\n"
            "batch. A terminal gets a table of findings and how many there are of each kind, a\n"
            "pipe gets the findings as CSV. Exit status: 0 no errors, 1 errors were found or a\n"
            "file can't be read, 2 the command line has a problem.",
    .groups = groups,
    .examples =
        "  bktrade validate trade.xml --structure trade-dsd.xml\n"
        "  bktrade validate trade.zip --summary\n"
        "  bktrade validate a.xml b.csv --structure dsd.xml --structure codes.xml\n"
        "  bktrade validate trade.xml --structure dsd.xml --dsd 'IMF:DOT(1.0)' > found.csv\n",
    .run = run,
};
