/* SPDX-License-Identifier: MIT */
/* bktrade convert: any data message as another kind, batch by batch. */
#include "commands.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

static const option_spec options[] = {
    {"output", "FILE",
     "where to write (also -o); '-' is stdout, a name that ends in .gz is packed"},
    {"to", "KIND",
     "csv, sdmx-csv, sdmx-csv-1, ml21, ml21-flat, ml30, ml30-flat, generic, generic-flat"},
    {"apply", NULL,
     "apply the files' actions (append, replace, delete ...) in their order, as a server would"},
    {"provenance", NULL,
     "for csv: columns SOURCE, DATASET and LINE say where each observation stands"},
    {"structure-id", "REF", "what the data are of, where they don't say it: AGENCY:ID(VERSION)"},
    {"labels", "LANGUAGE",
     "names beside codes, in csv, of --structure or the data; such as en; may come several times"},
    {"write-structure", "FILE",
     "writes a structure (DSD, concepts, code lists) made of the data, too"},
    {"write-schema", "FILE", "writes the XML schema of ml21 or ml30 data made of them, too"},
    {"list", "COLUMN",
     "an attribute of several values (\"a; b\"), for ml30; may come several times"},
    {"separator", "MARK", "between the fields of CSV: ',' (default), ';', '|' or tab"},
    {"sender", "ID", "for the header of SDMX-ML; default as read"},
    {"id", "ID", "the message's, for the header of SDMX-ML; default as read"},
    {"prepared", "TIME", "for the header of SDMX-ML; default as read"},
    {NULL, NULL, NULL},
};

static const struct {
    const char *name;
    int32_t format;
    uint32_t flags;
} kinds[] = {
    {"csv", BKT_FORMAT_CSV, 0},
    {"sdmx-csv", BKT_FORMAT_SDMX_CSV_2, 0},
    {"sdmx-csv-1", BKT_FORMAT_SDMX_CSV_1, 0},
    {"ml21", BKT_FORMAT_STRUCTURE_SPECIFIC_2_1, 0},
    {"ml21-flat", BKT_FORMAT_STRUCTURE_SPECIFIC_2_1, BKT_WRITE_FLAT},
    {"ml30", BKT_FORMAT_STRUCTURE_SPECIFIC_3_0, 0},
    {"ml30-flat", BKT_FORMAT_STRUCTURE_SPECIFIC_3_0, BKT_WRITE_FLAT},
    {"generic", BKT_FORMAT_GENERIC_2_1, 0},
    {"generic-flat", BKT_FORMAT_GENERIC_2_1, BKT_WRITE_FLAT},
};

static bool ends_with(const char *text, size_t size, const char *end) {
    size_t end_size = strlen(end);
    return size >= end_size && memcmp(text + size - end_size, end, end_size) == 0;
}

static bool is_stdout(const char *path) {
    return strcmp(path, "-") == 0;
}

/* The kind by --to, or else by the name of the output. */
static bool choose_kind(const arguments *given, const char *path, bkt_write_options *how) {
    const char *name = arguments_value(given, "to");
    size_t size = strlen(path);
    if (ends_with(path, size, ".gz")) {
        how->flags |= BKT_WRITE_GZIP;
        size -= 3;
    }
    if (name == NULL)
        name = ends_with(path, size, ".csv") ? "csv" : ends_with(path, size, ".xml") ? "ml21" : "";
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(kinds[i].name, name) == 0) {
            how->format = kinds[i].format;
            how->flags |= kinds[i].flags;
            return true;
        }
    if (name[0] == '\0')
        fprintf(stderr,
                "bktrade convert: say with --to what '%s' shall be; only the names .csv and "
                ".xml (or with .gz) tell it\n",
                path);
    else
        fprintf(stderr,
                "bktrade convert: --to wants csv, sdmx-csv, sdmx-csv-1, ml21, ml21-flat, "
                "ml30, ml30-flat, generic or generic-flat, not '%s'\n",
                name);
    return false;
}

static bool choose_separator(const arguments *given, bkt_write_options *how) {
    const char *text = arguments_value(given, "separator");
    if (text == NULL)
        return true;
    if (strcmp(text, "tab") == 0 || strcmp(text, "\\t") == 0)
        text = "\t";
    if (strlen(text) != 1) {
        fprintf(stderr, "bktrade convert: --separator wants one character, not '%s'\n", text);
        return false;
    }
    how->separator = text[0];
    return true;
}

/* As many as a command line may have options. */
static void choose_lists(const arguments *given, const char *(*lists)[MAX_OPTIONS],
                         bkt_write_options *how) {
    const char *id;
    while ((id = arguments_value_at(given, "list", how->list_count)) != NULL)
        (*lists)[how->list_count++] = id;
    how->lists = how->list_count > 0 ? *lists : NULL;
}

static bool choose(const arguments *given, const char **out_path, const char *(*lists)[MAX_OPTIONS],
                   bkt_write_options *how) {
    bkt_write_options_init(how, sizeof *how);
    choose_lists(given, lists, how);
    *out_path = arguments_value(given, "output");
    if (*out_path == NULL) {
        fprintf(stderr, "bktrade convert: name the file to write with -o FILE\n");
        return false;
    }
    how->structure = arguments_value(given, "structure-id");
    how->sender = arguments_value(given, "sender");
    how->message_id = arguments_value(given, "id");
    how->prepared = arguments_value(given, "prepared");
    if (!choose_kind(given, *out_path, how) || !choose_separator(given, how))
        return false;
    bool is_labelled = arguments_value(given, "labels") != NULL;
    if (is_labelled && how->format != BKT_FORMAT_CSV)
        fprintf(stderr, "bktrade convert: --labels is for csv; SDMX has names in structures\n");
    return !is_labelled || how->format == BKT_FORMAT_CSV;
}

/* What is to be written of a table: itself, or, if names are wanted, *out_named. */
static bkt_status add_labels(session *running, const arguments *given, const bkt_table *table,
                             bkt_table **out_named) {
    const char *languages[MAX_OPTIONS];
    bkt_names_options how;
    bkt_names_options_init(&how, sizeof how);
    *out_named = NULL;
    const char *language;
    while ((language = arguments_value_at(given, "labels", how.language_count)) != NULL)
        languages[how.language_count++] = language;
    how.languages = languages;
    return how.language_count == 0 ? BKT_OK
                                   : bkt_table_add_names(running->context, table, &how, out_named);
}

static void describe(const bkt_reader *reader, bkt_dataset_options *set) {
    bkt_dataset_options_init(set, sizeof *set);
    set->structure = bkt_reader_property(reader, "structure");
    set->dataflow = bkt_reader_property(reader, "dataflow");
    set->action = bkt_reader_property(reader, "action");
    set->dataset_id = bkt_reader_property(reader, "dataset_id");
    set->valid_from = bkt_reader_property(reader, "valid_from");
    set->reporting_begin = bkt_reader_property(reader, "reporting_begin");
    set->reporting_end = bkt_reader_property(reader, "reporting_end");
}

/* The current data set, written, or announced for the header. */
static bkt_status take_dataset(session *running, const arguments *given, bkt_reader *reader,
                               bkt_writer *writer, bool announces) {
    bkt_dataset_options set;
    describe(reader, &set);
    bkt_status status = announces ? BKT_OK : bkt_writer_begin_dataset(writer, &set);
    bool is_empty = true;
    while (status == BKT_OK) {
        const bkt_table *batch;
        status = bkt_reader_next_batch(reader, &batch);
        if (status == BKT_OK) {
            is_empty = false;
            describe(reader, &set);
            bkt_table *named;
            status = add_labels(running, given, batch, &named);
            batch = named != NULL ? named : batch;
            if (status == BKT_OK)
                status = announces ? bkt_writer_announce(writer, &set, batch)
                                   : bkt_writer_write(writer, batch);
            bkt_table_free(named);
        }
    }
    status = status == BKT_END ? BKT_OK : status;
    return announces && is_empty && status == BKT_OK ? bkt_writer_announce(writer, &set, NULL)
                                                     : status;
}

static bkt_status take_file(session *running, const arguments *given, const char *file,
                            bkt_writer *writer, bool announces) {
    bkt_reader *reader;
    bkt_read_options reading;
    session_read_options(running, given, &reading);
    running->file = file;
    bkt_status status = bkt_reader_open_path(running->context, file, &reading, &reader);
    while (status == BKT_OK) {
        status = bkt_reader_next_dataset(reader);
        if (status == BKT_OK)
            status = take_dataset(running, given, reader, writer, announces);
    }
    bkt_reader_free(reader);
    return status == BKT_END ? BKT_OK : status;
}

static bkt_status take_files(session *running, const arguments *given, bkt_writer *writer,
                             bool announces) {
    bkt_status status = BKT_OK;
    for (uint32_t i = 0; status == BKT_OK && i < given->file_count; i++)
        status = take_file(running, given, given->files[i], writer, announces);
    return status;
}

static bkt_status convert(session *running, const arguments *given, const char *path,
                          const bkt_write_options *how, bool announces) {
    bkt_writer *writer;
    bkt_status status =
        is_stdout(path)
            ? bkt_writer_open_callback(running->context, session_write, NULL, how, &writer)
            : bkt_writer_open_path(running->context, path, how, &writer);
    if (status == BKT_OK && announces)
        status = take_files(running, given, writer, true);
    if (status == BKT_OK && announces) {
        session_tell_now(running);
        running->reads_again = true;
    }
    if (status == BKT_OK)
        status = take_files(running, given, writer, false);
    if (status == BKT_OK)
        status = bkt_writer_finish(writer);
    bkt_writer_free(writer);
    return status;
}

static bkt_status no_filter(session *running, const arguments *given, const char *file,
                            bkt_filter **out_filter) {
    (void)running;
    (void)given;
    (void)file;
    *out_filter = NULL;
    return BKT_OK;
}

/* With what is made of all rows: the whole table is read. */
static bkt_status convert_whole(session *running, const arguments *given, const char *path,
                                const bkt_write_options *how) {
    bkt_table *table = NULL;
    const char *structure = arguments_value(given, "write-structure");
    const char *schema = arguments_value(given, "write-schema");
    bkt_write_options plain = *how; /* what OUT is packed with concerns OUT alone */
    plain.flags &= ~(uint32_t)BKT_WRITE_GZIP;
    bkt_status status = session_read(running, given, no_filter, &table);
    if (status == BKT_OK && structure != NULL)
        status = bkt_table_write_structure_path(running->context, table, &plain, structure);
    if (status == BKT_OK && schema != NULL)
        status = bkt_table_write_schema_path(running->context, table, &plain, schema);
    bkt_table *named = NULL;
    if (status == BKT_OK)
        status = add_labels(running, given, table, &named);
    const bkt_table *written = named != NULL ? named : table;
    if (status == BKT_OK)
        status = is_stdout(path)
                     ? bkt_table_write(running->context, written, how, session_write, NULL)
                     : bkt_table_write_path(running->context, written, how, path);
    bkt_table_free(named);
    bkt_table_free(table);
    return status;
}

/* The header names columns and structures, of which some may come late: then the input is read once
 * more, before. What went to stdout can't be taken back. */
static bkt_status convert_stream(session *running, const arguments *given, const char *path,
                                 const bkt_write_options *how) {
    bkt_status status = convert(running, given, path, how, is_stdout(path));
    if (status != BKT_ERR_STATE || is_stdout(path))
        return status;
    bkt_context_diagnostics_clear(running->context);
    return convert(running, given, path, how, true);
}

static int32_t run(const arguments *given) {
    const char *path;
    const char *lists[MAX_OPTIONS];
    bkt_write_options how;
    if (!choose(given, &path, &lists, &how))
        return EXIT_USAGE;
    session running;
    if (!session_open(&running))
        return EXIT_DATA;
    /* A limit on the size of files is then told as an error of writing. */
    signal(SIGXFSZ, SIG_IGN);
    int32_t code = session_take_structure(&running, given);
    if (code != EXIT_DONE) {
        session_close(&running);
        return code;
    }
    session_tell_now(&running);
    how.data_structures = running.structure;
    bool is_whole = arguments_value(given, "apply") != NULL ||
                    arguments_value(given, "write-structure") != NULL ||
                    arguments_value(given, "write-schema") != NULL;
    bkt_status status = is_whole ? convert_whole(&running, given, path, &how)
                                 : convert_stream(&running, given, path, &how);
    if (status != BKT_OK)
        code = session_fail(&running, status);
    else
        session_tell(&running, true);
    session_close(&running);
    return code;
}

static const option_spec *const groups[] = {options, structure_options, encoding_options, NULL};

const command_spec command_convert = {
    .name = "convert",
    .usage = "convert FILE... -o FILE [OPTIONS]",
    .summary = "Writes data messages as another kind: CSV, SDMX-CSV, SDMX-ML 2.1 or 3.0.",
    .text = "Files of any size, in constant memory. What is written appears whole or not at all.\n"
            "The kind may be told by the name: .csv is CSV, .xml SDMX-ML 2.1 structure-specific.\n"
            "A structure or schema made of the data needs all of them in memory, and so does\n"
            "--apply: then what is written is what a server holds that got the files one after\n"
            "the other, and not their data sets as they are. With --structure the order of\n"
            "columns, their roles and the names of codes are the structure's, and attributes\n"
            "stand in SDMX-ML where it attaches them: data set, group, series, observation.",
    .groups = groups,
    .examples =
        "  bktrade convert compact.xml -o data.csv\n"
        "  bktrade convert trade.csv --to generic -o trade.xml.gz\n"
        "  bktrade convert trade.xml --to sdmx-csv -o -\n"
        "  bktrade convert trade.xml --structure dsd.xml --labels en --labels fr -o data.csv\n"
        "  bktrade convert part1.xml part2.zip --provenance -o both.csv\n"
        "  bktrade convert --apply base.xml may.xml june.csv -o now.xml\n"
        "  bktrade convert trade.csv -o t.xml --write-structure t-dsd.xml --write-schema t.xsd\n",
    .run = run,
};
