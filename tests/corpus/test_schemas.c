/* SPDX-License-Identifier: MIT */
/* Tables of the corpus (BKT_CORPUS) published with a structure of their own: the structure message
 * is valid by the official schemas (BKT_SCHEMAS), and the data are by the schema that was made of
 * the structure. Done by xmllint. */
#include <check.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <bktrade/bktrade.h>

#include "manifest.h"
#include "pairs.h"
#include "run_suite.h"

static const char *schemas;
static char folder[200];

static const struct way {
    const char *version;
    const char *uri;
    int32_t format;
    uint32_t flags;
} ways[] = {
    {"2.1", "v2_1", BKT_FORMAT_STRUCTURE_SPECIFIC_2_1, 0},
    {"3.0", "v3_0", BKT_FORMAT_STRUCTURE_SPECIFIC_3_0, 0},
    {"2.1", "v2_1", BKT_FORMAT_STRUCTURE_SPECIFIC_2_1, BKT_WRITE_FLAT},
    {"3.0", "v3_0", BKT_FORMAT_STRUCTURE_SPECIFIC_3_0, BKT_WRITE_FLAT},
};

/* Messages that can have no valid structure. */
static const struct {
    const char *path;
    const char *why;
} invalid[] = {
    {"1.0-GenericData/sdmx.1.xml", "ids with '.' in them"},
    {"2.0-CompactData/CDS.xml", "ids that begin with '_'"},
    {"1.0-GenericData/sdmx.2.xml", "time alone is no structure"},
    {"2.1-GenericData/gh-218.xml", "as above"},
    {"3.0-StructureSpecificData/xml_3.0_dataset_flat.xml", "no dimension at all"},
};

static bool is_invalid(const char *path) {
    for (size_t i = 0; i < sizeof invalid / sizeof *invalid; i++) {
        if (strcmp(invalid[i].path, path) == 0) {
            return true;
        }
    }
    return false;
}

static const char *in_folder(const char *name) {
    static char path[400];
    snprintf(path, sizeof path, "%s/%.100s", folder, name);
    return path;
}

/* One schema for both: xmllint takes no more. */
static void write_joined(const struct way *way, const char *name_space) {
    FILE *file = fopen(in_folder("joined.xsd"), "w");
    ck_assert_ptr_nonnull(file);
    fprintf(file,
            "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">\n"
            "<xs:import namespace=\"http://www.sdmx.org/resources/sdmxml/schemas/%s/message\" "
            "schemaLocation=\"SDMXMessage.xsd\"/>\n"
            "<xs:import namespace=\"%s\" schemaLocation=\"own.xsd\"/>\n</xs:schema>\n",
            way->uri, name_space);
    ck_assert_int_eq(fclose(file), 0);
}

/* What the data's schema is for. */
static bool find_namespace(char *to, size_t size) {
    char text[4096];
    FILE *file = fopen(in_folder("own.xsd"), "r");
    ck_assert_ptr_nonnull(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    char *begin = strstr(text, "targetNamespace=\"");
    char *end = begin == NULL ? NULL : strchr(begin + 17, '"');
    if (end == NULL) {
        return false;
    }
    snprintf(to, size, "%.*s", (int)(end - begin - 17), begin + 17);
    return true;
}

static bool validates(const char *path, const char *schema, const char *document) {
    char command[1000];
    snprintf(command, sizeof command, "cd '%s' && xmllint --noout --nonet --schema %s %s >log 2>&1",
             folder, schema, document);
    if (system(command) == 0) {
        return true;
    }
    fprintf(stderr, "# %s, %s:\n", path, document);
    snprintf(command, sizeof command, "head -3 '%s/log' | cut -c1-400 >&2", folder);
    return system(command) != 0;
}

/* A part of the key that is missing is a fault of the data. */
static bool has_whole_keys(const bkt_table *table) {
    bool whole = true;
    for (uint32_t i = 0; i < bkt_table_column_count(table); i++) {
        const bkt_column *column = bkt_table_column_at(table, i);
        int32_t role = bkt_column_role(column);
        bool key = role == BKT_ROLE_DIMENSION || role == BKT_ROLE_TIME;
        whole = whole && (!key || bkt_column_null_count(column) == 0);
    }
    return whole;
}

static bool check_way(const char *path, const bkt_table *table, const struct way *way) {
    char command[1000];
    char name_space[1000];
    bkt_context *context;
    bkt_write_options options;
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    ck_assert_int_eq(bkt_write_options_init(&options, sizeof options), BKT_OK);
    options.format = way->format;
    options.flags = way->flags;
    options.prepared = "2026-01-01T00:00:00Z";
    snprintf(command, sizeof command, "rm -f '%s'/* && ln -s '%.300s/%s'/* '%s'", folder, schemas,
             way->version, folder);
    ck_assert_int_eq(system(command), 0);
    bkt_status status =
        bkt_table_write_structure_path(context, table, &options, in_folder("structure.xml"));
    if (status == BKT_OK) {
        status = bkt_table_write_schema_path(context, table, &options, in_folder("own.xsd"));
    }
    if (status == BKT_OK) {
        status = bkt_table_write_path(context, table, &options, in_folder("data.xml"));
    }
    bool right = status == BKT_OK;
    if (!right) {
        fprintf(stderr, "# %s: %s\n", path, bkt_context_error_text(context));
    } else {
        ck_assert(find_namespace(name_space, sizeof name_space));
        write_joined(way, name_space);
        right = validates(path, "SDMXMessage.xsd", "structure.xml");
        right = validates(path, "joined.xsd", "data.xml") == has_whole_keys(table) && right;
    }
    bkt_context_free(context);
    return right;
}

/* One way for each message, in turn. */
START_TEST(structures_and_data_are_valid) {
    int wrong = 0;
    int checked = 0;
    for (int i = 0; i < row_count; i++) {
        const char *path = rows[i].cells[CELL_PATH];
        bkt_context *context;
        bkt_table *table = NULL;
        ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
        if (!is_invalid(path) && !is_same_file(i) &&
            bkt_table_read(context, file_of(i), NULL, &table) == BKT_OK &&
            bkt_table_column_find(table, "DATASET") == NULL && bkt_table_row_count(table) > 0) {
            wrong += !check_way(path, table, &ways[checked++ % 4]);
        }
        bkt_table_free(table);
        bkt_context_free(context);
    }
    fprintf(stderr, "# %d messages\n", checked);
    ck_assert_int_gt(checked, 80);
    ck_assert_int_eq(wrong, 0);
}
END_TEST

/* Data that somebody else wrote, by the schema of their structure, groups and all: SDMX's own
 * samples. The same without its group's type is refused. */
START_TEST(data_of_others_are_valid_by_their_structure) {
    static const struct {
        const char *structure;
        const char *data;
        bool is_flat;
    } samples[] = {
        {"2.1-Structure/rg-structure-full.xml", "2.1-StructureSpecificData/rg-ts-gf-ss.xml", false},
        {"2.1-Structure/rg-structure-full.xml", "2.1-StructureSpecificData/rg-flat-ss.xml", true},
        {"2.1-Structure/ng-structure-full.xml", "2.1-StructureSpecificData/ng-ts-gf-ss.xml", false},
        {"2.1-Structure/ng-structure-full.xml", "2.1-StructureSpecificData/ng-flat-ss.xml", true},
    };
    char command[4096];
    char name_space[1000];
    int wrong = 0;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        bkt_context *context;
        bkt_structure *structure = NULL;
        bkt_write_options options;
        char path[4096];
        snprintf(path, sizeof path, "%.3000s/%s", corpus, samples[i].structure);
        snprintf(command, sizeof command, "rm -f '%s'/* && ln -s '%.300s/2.1'/* '%s'", folder,
                 schemas, folder);
        ck_assert_int_eq(system(command), 0);
        ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
        ck_assert_int_eq(bkt_write_options_init(&options, sizeof options), BKT_OK);
        options.flags = samples[i].is_flat ? BKT_WRITE_FLAT : 0;
        ck_assert_int_eq(bkt_structure_read(context, path, NULL, &structure), BKT_OK);
        const bkt_item *dsd = bkt_structure_find_data_structure(structure, NULL);
        ck_assert_int_eq(bkt_item_write_schema_path(context, dsd, &options, in_folder("own.xsd")),
                         BKT_OK);
        ck_assert(find_namespace(name_space, sizeof name_space));
        write_joined(&ways[0], name_space);
        /* The namespace is the publisher's; what is checked is all else. */
        snprintf(
            command, sizeof command,
            "sed 's|urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=[^\"]*\"|%.300s\"|' "
            "'%.2000s/%.300s' >'%s'",
            name_space, corpus, samples[i].data, in_folder("data.xml"));
        ck_assert_int_eq(system(command), 0);
        wrong += !validates(samples[i].data, "joined.xsd", "data.xml");
        bkt_structure_free(structure);
        bkt_context_free(context);
    }
    ck_assert_int_eq(wrong, 0);
}
END_TEST

/* What the data set's schema is for, by the data: it is the publisher's, and the DSD's own schema
 * is for the DSD. */
static void use_namespace(const char *name_space) {
    char command[2000];
    snprintf(command, sizeof command,
             "cd '%s' && sed 's|urn:sdmx:org.sdmx.infomodel.datastructure[^\"]*\"|%.900s\"|g' "
             "written.xml >data.xml",
             folder, name_space);
    ck_assert_int_eq(system(command), 0);
}

static bkt_table *read_or_stop(bkt_context *context, const char *path,
                               const bkt_structure *structure) {
    bkt_table *table;
    bkt_read_options options;
    ck_assert_int_eq(bkt_read_options_init(&options, sizeof options), BKT_OK);
    options.structure = structure;
    bkt_status status = bkt_table_read(context, path, &options, &table);
    ck_assert_msg(status == BKT_OK, "%s: %s", path, bkt_context_error_text(context));
    return table;
}

static bool has_no_attribute_at_the_wrong_level(bkt_context *context, const bkt_table *table,
                                                const bkt_structure *structure, const char *path) {
    bkt_table *findings;
    bkt_table *summary;
    bkt_status status = bkt_table_validate(context, table, structure, NULL, &findings, &summary);
    ck_assert_msg(status == BKT_OK, "%s", bkt_context_error_text(context));
    const bkt_column *kinds = bkt_table_column_find(summary, "KIND");
    bool right = true;
    for (int64_t row = 0; row < bkt_table_row_count(summary); row++) {
        const char *kind = bkt_column_text_at(kinds, row);
        right = right && strcmp(kind, "attribute-level") != 0 &&
                strcmp(kind, "attribute-conflict") != 0;
    }
    if (!right) {
        fprintf(stderr, "# %s: attributes stand at the wrong level\n", path);
    }
    bkt_table_free(findings);
    bkt_table_free(summary);
    return right;
}

/* Data that are not valid by their structure, wherever they come from. */
static const struct {
    const char *data;
    const char *why;
} faulty[] = {
    {"2.0-CompactData/apro_cpp_crop.sdmx.zip", "a status 'ce', of two codes"},
    {"2.1-StructureSpecificData/SDMXStructureSpecificDataExample_2.1.xml",
     "codes that its lists lack"},
};

static bool is_faulty(const char *path) {
    for (size_t i = 0; i < sizeof faulty / sizeof *faulty; i++) {
        if (strcmp(faulty[i].data, path) == 0) {
            return true;
        }
    }
    return false;
}

static bool check_pair(const struct pair *pair, const bkt_structure *structure,
                       const bkt_table *table, const struct way *way) {
    char name_space[1000];
    char command[1000];
    bkt_context *context;
    bkt_write_options options;
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    ck_assert_int_eq(bkt_write_options_init(&options, sizeof options), BKT_OK);
    options.format = way->format;
    options.flags = way->flags;
    options.data_structures = structure;
    snprintf(command, sizeof command, "rm -f '%s'/* && ln -s '%.300s/%s'/* '%s'", folder, schemas,
             way->version, folder);
    ck_assert_int_eq(system(command), 0);
    bkt_status status = bkt_table_write_path(context, table, &options, in_folder("written.xml"));
    ck_assert_msg(status == BKT_OK, "%s: %s", pair->data, bkt_context_error_text(context));
    bkt_table *back = read_or_stop(context, in_folder("written.xml"), NULL);
    bool right = has_all(table, back, pair->data);
    right = has_no_attribute_at_the_wrong_level(context, back, structure, pair->data) && right;
    bkt_table_free(back);
    if (way->format == BKT_FORMAT_GENERIC_2_1) {
        right = validates(pair->data, "SDMXMessage.xsd", "written.xml") && right;
    } else {
        const bkt_item *dsd =
            bkt_structure_find_data_structure(structure, bkt_table_property(table, "structure"));
        dsd = dsd != NULL ? dsd : bkt_structure_find_data_structure(structure, NULL);
        ck_assert_int_eq(bkt_item_write_schema_path(context, dsd, &options, in_folder("own.xsd")),
                         BKT_OK);
        ck_assert(find_namespace(name_space, sizeof name_space));
        write_joined(way, name_space);
        use_namespace(name_space);
        right = validates(pair->data, "joined.xsd", "data.xml") != is_faulty(pair->data) && right;
    }
    bkt_context_free(context);
    return right;
}

/* Read without their structure and written with it: each attribute where the DSD has it, valid by
 * the schemas of SDMX and of the DSD, and the same data. */
START_TEST(data_written_with_their_structure_are_valid_by_it) {
    static const struct way more[] = {
        {"2.1", "v2_1", BKT_FORMAT_GENERIC_2_1, 0},
        {"2.1", "v2_1", BKT_FORMAT_GENERIC_2_1, BKT_WRITE_FLAT},
    };
    int wrong = 0;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char path[4096];
        bkt_context *context;
        bkt_structure *structure;
        ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
        snprintf(path, sizeof path, "%.3000s/%s", corpus, pairs[i].structure);
        ck_assert_int_eq(bkt_structure_read(context, path, NULL, &structure), BKT_OK);
        snprintf(path, sizeof path, "%.3000s/%s", corpus, pairs[i].data);
        bkt_table *table = read_or_stop(context, path, NULL);
        wrong += !check_pair(&pairs[i], structure, table, &ways[i % 4]);
        wrong += !check_pair(&pairs[i], structure, table, &ways[(i + 1) % 4]);
        wrong += !check_pair(&pairs[i], structure, table, &more[i % 2]);
        bkt_table_free(table);
        bkt_structure_free(structure);
        bkt_context_free(context);
    }
    ck_assert_int_eq(wrong, 0);
}
END_TEST

int main(void) {
    char path[600];
    schemas = getenv("BKT_SCHEMAS");
    const char *parent = getenv("TMPDIR");
    snprintf(path, sizeof path, "%.500s/2.1/SDMXMessage.xsd", schemas == NULL ? "" : schemas);
    if (!load_manifest() || access(path, R_OK) != 0 ||
        system("xmllint --version >/dev/null 2>&1") != 0) {
        puts("1..0 # skipped: no corpus, no schemas or no xmllint");
        return EXIT_SUCCESS;
    }
    snprintf(folder, sizeof folder, "%.150s/bkt-schemas-XXXXXX", parent == NULL ? "/tmp" : parent);
    if (mkdtemp(folder) == NULL) {
        return EXIT_FAILURE;
    }
    Suite *suite = suite_create("schemas");
    TCase *test_case = tcase_create("schemas");
    tcase_set_timeout(test_case, 0);
    tcase_add_test(test_case, structures_and_data_are_valid);
    tcase_add_test(test_case, data_of_others_are_valid_by_their_structure);
    tcase_add_test(test_case, data_written_with_their_structure_are_valid_by_it);
    suite_add_tcase(suite, test_case);
    int result = run_suite(suite);
    free(manifest);
    snprintf(path, sizeof path, "rm -rf '%s'", folder);
    return system(path) == 0 ? result : EXIT_FAILURE;
}
