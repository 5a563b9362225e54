/* SPDX-License-Identifier: MIT */
/* bktrade structure: what structure messages say, printed or written as another version. */
#include "commands.h"

#include <stdio.h>
#include <string.h>

#include "structure_view.h"

static const option_spec options[] = {
    {"codes", "LIST",
     "the codes of a list as a tree; also concepts, categories, organisations "
     "with whom to ask"},
    {"dsd", "NAME", "the components of one data structure: ID or AGENCY:ID(VERSION)"},
    {"language", "LANGUAGE", "of names, such as fr; default English"},
    {"csv", NULL, "as CSV: the artefacts, or what --codes or --dsd names"},
    {"output", "FILE",
     "writes the structures (also -o); '-' is stdout, a name that ends in .gz is packed"},
    {"to", "KIND",
     "of the output: ml21 (default) or ml30, structure messages of SDMX-ML; xsd21 or xsd30, "
     "the XML schema of --dsd, or of the only DSD"},
    {"strict", NULL, "what the output's version can't say is an error, not a warning"},
    {"sender", "ID", "for the header of the output"},
    {"id", "ID", "the message's, for the header of the output"},
    {"prepared", "TIME", "for the header of the output"},
    {NULL, NULL, NULL},
};

/* Up to so many DSDs are shown with their components. */
enum { SHOWN_STRUCTURES = 3 };

static bkt_status read_files(session *running, const arguments *given,
                             bkt_structure **out_structure) {
    bkt_structure_builder *builder;
    bkt_status status = bkt_structure_builder_new(running->context, NULL, &builder);
    for (uint32_t i = 0; status == BKT_OK && i < given->file_count; i++) {
        running->file = given->files[i];
        status = bkt_structure_builder_add_path(builder, given->files[i]);
    }
    if (status == BKT_OK)
        return bkt_structure_builder_finish(builder, out_structure);
    bkt_structure_builder_free(builder);
    return status;
}

/* ---- Writing ---- */

static bool choose_output(const arguments *given, const char *path, bkt_write_options *how) {
    const char *kind = arguments_value(given, "to");
    size_t size = strlen(path);
    bkt_write_options_init(how, sizeof *how);
    static const char *const kinds[] = {"ml21", "ml30", "xsd21", "xsd30"};
    bool is_known = kind == NULL;
    for (size_t i = 0; !is_known && i < sizeof kinds / sizeof *kinds; i++)
        is_known = strcmp(kind, kinds[i]) == 0;
    if (!is_known) {
        fprintf(stderr, "bktrade structure: --to wants ml21, ml30, xsd21 or xsd30, not '%s'\n",
                kind);
        return false;
    }
    how->format = kind != NULL && strstr(kind, "30") != NULL ? BKT_FORMAT_STRUCTURE_SPECIFIC_3_0
                                                             : BKT_FORMAT_STRUCTURE_SPECIFIC_2_1;
    if (size > 3 && strcmp(path + size - 3, ".gz") == 0)
        how->flags |= BKT_WRITE_GZIP;
    if (arguments_value(given, "strict") != NULL)
        how->flags |= BKT_WRITE_STRICT;
    how->sender = arguments_value(given, "sender");
    how->message_id = arguments_value(given, "id");
    how->prepared = arguments_value(given, "prepared");
    return true;
}

static bool is_schema(const arguments *given) {
    const char *kind = arguments_value(given, "to");
    return kind != NULL && strncmp(kind, "xsd", 3) == 0;
}

static bkt_status write_schema(session *running, const bkt_item *dsd, const char *path,
                               const bkt_write_options *how) {
    return strcmp(path, "-") == 0
               ? bkt_item_write_schema(running->context, dsd, how, session_write, NULL)
               : bkt_item_write_schema_path(running->context, dsd, how, path);
}

static bkt_status write_structure(session *running, const bkt_structure *structure,
                                  const char *path, const bkt_write_options *how) {
    return strcmp(path, "-") == 0
               ? bkt_structure_write(running->context, structure, how, session_write, NULL)
               : bkt_structure_write_path(running->context, structure, how, path);
}

/* ---- Showing ---- */

static int32_t fail_name(const bkt_structure *structure, const char *option, const char *name,
                         const int32_t *kinds, size_t kind_count) {
    fprintf(stderr, "bktrade structure: --%s: there is no '%s', or several; there are", option,
            name);
    uint32_t told = 0, count = 0;
    for (size_t k = 0; k < kind_count; k++)
        for (uint32_t i = 0; i < bkt_structure_item_count(structure, kinds[k]); i++, count++)
            if (told < 10) {
                fputs(told++ == 0 ? " " : ", ", stderr);
                view_name(stderr, bkt_structure_item_at(structure, kinds[k], i));
            }
    fprintf(stderr, "%s\n", count == 0 ? " none" : count > told ? ", ..." : "");
    return EXIT_USAGE;
}

static int32_t show_named(session *running, const arguments *given, const bkt_structure *structure,
                          const char *option, const int32_t *kinds, size_t kind_count) {
    const char *name = arguments_value(given, option);
    const char *language = arguments_value(given, "language");
    bool as_csv = arguments_value(given, "csv") != NULL;
    const bkt_item *item = NULL;
    for (size_t i = 0; item == NULL && i < kind_count; i++)
        item = bkt_structure_find(structure, kinds[i], name);
    if (item == NULL)
        return fail_name(structure, option, name, kinds, kind_count);
    bkt_status status = strcmp(option, "dsd") == 0
                            ? view_data_structure(running, item, language, as_csv)
                            : view_codes(running, item, language, as_csv);
    return status == BKT_OK ? EXIT_DONE : session_fail(running, status);
}

static int32_t show_all(session *running, const arguments *given, const bkt_structure *structure) {
    const char *language = arguments_value(given, "language");
    bool as_csv = arguments_value(given, "csv") != NULL;
    uint32_t count = bkt_structure_item_count(structure, BKT_ITEM_DATA_STRUCTURE);
    bkt_status status = view_artefacts(running, structure, language, as_csv);
    for (uint32_t i = 0; status == BKT_OK && !as_csv && count <= SHOWN_STRUCTURES && i < count;
         i++) {
        fputs("\n", stdout);
        status = view_data_structure(
            running, bkt_structure_item_at(structure, BKT_ITEM_DATA_STRUCTURE, i), language, false);
    }
    if (status == BKT_OK && !as_csv && count > SHOWN_STRUCTURES)
        fputs("\n--dsd NAME shows the components of a data structure.\n", stdout);
    return status == BKT_OK ? EXIT_DONE : session_fail(running, status);
}

static int32_t show(session *running, const arguments *given, const bkt_structure *structure) {
    static const int32_t lists[] = {BKT_ITEM_CODE_LIST,          BKT_ITEM_VALUE_LIST,
                                    BKT_ITEM_CONCEPT_SCHEME,     BKT_ITEM_CATEGORY_SCHEME,
                                    BKT_ITEM_HIERARCHY,          BKT_ITEM_HIERARCHICAL_CODE_LIST,
                                    BKT_ITEM_ORGANISATION_SCHEME};
    static const int32_t structures[] = {BKT_ITEM_DATA_STRUCTURE};
    session_quiet(running);
    if (arguments_value(given, "codes") != NULL)
        return show_named(running, given, structure, "codes", lists, sizeof lists / sizeof *lists);
    if (arguments_value(given, "dsd") != NULL)
        return show_named(running, given, structure, "dsd", structures, 1);
    return show_all(running, given, structure);
}

static int32_t run(const arguments *given) {
    const char *path = arguments_value(given, "output");
    bkt_write_options how;
    if (path != NULL && !choose_output(given, path, &how))
        return EXIT_USAGE;
    if (path == NULL && arguments_value(given, "to") != NULL) {
        fprintf(stderr, "bktrade structure: --to needs -o FILE\n");
        return EXIT_USAGE;
    }
    session running;
    if (!session_open(&running))
        return EXIT_DATA;
    bkt_structure *structure = NULL;
    bkt_status status = read_files(&running, given, &structure);
    const bkt_item *dsd = NULL;
    int32_t code = EXIT_DONE;
    if (status == BKT_OK && path != NULL && is_schema(given))
        dsd = bkt_structure_find_data_structure(structure, arguments_value(given, "dsd"));
    if (status == BKT_OK && path != NULL && is_schema(given) && dsd == NULL) {
        static const int32_t kinds[] = {BKT_ITEM_DATA_STRUCTURE};
        const char *name = arguments_value(given, "dsd");
        code = fail_name(structure, "dsd", name == NULL ? "" : name, kinds, 1);
    } else if (status == BKT_OK && path != NULL)
        status = dsd != NULL ? write_schema(&running, dsd, path, &how)
                             : write_structure(&running, structure, path, &how);
    if (status != BKT_OK)
        code = session_fail(&running, status);
    else
        session_tell(&running, false);
    if (status == BKT_OK && path == NULL)
        code = show(&running, given, structure);
    bkt_structure_free(structure);
    session_close(&running);
    return code;
}

static const option_spec *const groups[] = {options, NULL};

const command_spec command_structure = {
    .name = "structure",
    .usage = "structure FILE... [-o FILE --to KIND] [OPTIONS]",
    .summary = "Shows structures (DSDs, code lists, dataflows), or writes them as SDMX 2.1 or 3.0.",
    .text =
        "Structure messages of every version of SDMX-ML; several files make one structure.\n"
        "Without options the artefacts are listed, and up to three DSDs with their components.\n"
        "What the version being written has no place for is told.",
    .groups = groups,
    .examples = "  bktrade structure dsd.xml\n"
                "  bktrade structure dsd.xml --codes CL_AREA --language fr\n"
                "  bktrade structure registry.xml.gz --dsd ECB:EXR\n"
                "  bktrade structure old-2.0.xml codelists.xml -o new.xml --to ml30\n"
                "  bktrade structure dsd.xml -o dsd.xsd --to xsd21\n",
    .run = run,
};
