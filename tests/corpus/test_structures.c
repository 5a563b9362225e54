/* SPDX-License-Identifier: MIT */
/* Every structure message of the corpus (BKT_CORPUS): as many artefacts, codes and concepts as
 * another program counted elements, and every item can be asked for all that it has. */
#include <bktrade/structure.h>

#include "manifest.h"
#include "run_suite.h"

/* What the manifest counts is elements; what isn't an item of that name, and why. */
static const struct difference {
    const char *path;
    const char *element;
    int found;
    const char *why;
} differences[] = {
    {"1.0-Structure/ComtradeSDMXKeyFamilies.zip", "CodeList", 18,
     "lists that several of the six messages have"},
    {"1.0-Structure/ComtradeSDMXKeyFamilies.zip", "Concept", 29, "as above"},
    {"1.0-Structure/ComtradeSDMXKeyFamilies.zip", "Code", 28607, "as above"},
    {"2.0-Structure/itpi_export-structure.xml", "Concept", 7, "TIME_FORMAT comes twice"},
    {"2.0-Structure/merch_exp-structure.xml", "Concept", 9, "as above"},
    {"2.0-Structure/merch_imp-structure.xml", "Concept", 9, "as above"},
    {"2.1-Structure/ECOFIN_DSD-structure.xml", "Dataflow", 1, "one in a ConstraintAttachment"},
    {"2.1-Structure/actualconstraint-0.xml", "Dataflow", 0, "in a ConstraintAttachment"},
    {"2.1-Structure/availableconstraint_CPI.xml", "DataStructure", 0, "as above"},
    {"2.1-Structure/contentconstraint_DF_constrainable.xml", "Dataflow", 1, "as above"},
    {"3.0-Structure/codelist_-_discriminated_union.xml", "Codelist", 1,
     "two in a CodelistExtension"},
    {"3.0-Structure/codelist_-_discriminated_union.xml", "Dataflow", 2,
     "two in a ConstraintAttachment"},
    {"3.0-Structure/codelist_-_extended.xml", "Codelist", 2, "one in a CodelistExtension"},
    {"3.0-Structure/codelist_-_extended.xml", "Code", 11, "four by the extension"},
};

static const struct counted {
    const char *element;
    int32_t kind;
} counted[] = {
    {"Code", BKT_ITEM_CODE},
    {"Codelist", BKT_ITEM_CODE_LIST},
    {"CodeList", BKT_ITEM_CODE_LIST},
    {"Concept", BKT_ITEM_CONCEPT},
    {"ConceptScheme", BKT_ITEM_CONCEPT_SCHEME},
    {"KeyFamily", BKT_ITEM_DATA_STRUCTURE},
    {"DataStructure", BKT_ITEM_DATA_STRUCTURE},
    {"Dataflow", BKT_ITEM_DATAFLOW},
    {"ContentConstraint", BKT_ITEM_CONSTRAINT},
    {"DataConstraint", BKT_ITEM_CONSTRAINT},
    {"ValueList", BKT_ITEM_VALUE_LIST},
    {"CategoryScheme", BKT_ITEM_CATEGORY_SCHEME},
    {"Categorisation", BKT_ITEM_CATEGORISATION},
    {"AgencyScheme", BKT_ITEM_ORGANISATION_SCHEME},
    {"MetadataStructure", BKT_ITEM_METADATA_STRUCTURE},
};

/* What the manifest's notes say of an element, "Code=69 CodeList=12"; 0 if nothing. */
static int noted(const char *notes, const char *element) {
    size_t size = strlen(element);
    for (const char *at = strstr(notes, element); at != NULL; at = strstr(at + 1, element)) {
        if (at[size] == '=' && (at == notes || at[-1] == ' ')) {
            return atoi(at + size + 1);
        }
    }
    return 0;
}

/* Of all messages of a file. */
static int expected(const char *path, const char *element) {
    int sum = 0;
    for (size_t i = 0; i < sizeof differences / sizeof *differences; i++) {
        if (strcmp(differences[i].path, path) == 0 &&
            strcmp(differences[i].element, element) == 0) {
            return differences[i].found;
        }
    }
    for (int i = 0; i < row_count; i++) {
        sum += strcmp(rows[i].cells[CELL_PATH], path) == 0
                   ? noted(rows[i].cells[CELL_NOTES], element)
                   : 0;
    }
    return sum;
}

static int found[BKT_ITEM_OTHER + 1];
static int faults;

/* Asks an item for all that it has, and counts it. */
static void walk(const bkt_item *item) {
    char urn[4000];
    int32_t kind = bkt_item_kind(item);
    found[kind]++;
    for (uint32_t i = 0; i < bkt_item_property_count(item); i++) {
        const char *name = bkt_item_property_name_at(item, i);
        faults += name == NULL || name[0] == '\0' || bkt_item_property_at(item, i) == NULL ||
                  bkt_item_property(item, name) == NULL;
    }
    size_t length = 0;
    bool has_urn = bkt_item_urn(item, urn, sizeof urn, &length) == BKT_OK;
    faults += has_urn && (length != strlen(urn) || length == 0);
    if (has_urn && bkt_item_parent(item) == NULL) {
        faults += bkt_structure_find(bkt_item_structure(item), kind, urn) != item;
    }
    bool is_component =
        kind == BKT_ITEM_DIMENSION || kind == BKT_ITEM_MEASURE || kind == BKT_ITEM_ATTRIBUTE;
    faults += is_component && bkt_component_role(item) == 0;
    faults += kind == BKT_ITEM_ATTRIBUTE && bkt_component_level(item) == BKT_LEVEL_NONE;
    faults += is_component && bkt_item_property(item, "ConceptIdentity") == NULL;
    faults += bkt_item_line(item) == 0 || bkt_item_source(item) == NULL;
    for (uint32_t i = 0; i < bkt_item_child_count(item, BKT_ITEM_ANY); i++) {
        const bkt_item *child = bkt_item_child_at(item, BKT_ITEM_ANY, i);
        faults += bkt_item_parent(child) != item;
        walk(child);
    }
}

static bool check_file(const char *path) {
    char full[4096];
    bkt_context *context;
    bkt_structure *structure;
    snprintf(full, sizeof full, "%s/%s", corpus, path);
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    bkt_status status = bkt_structure_read(context, full, NULL, &structure);
    bool is_right = status == BKT_OK;
    if (!is_right) {
        fprintf(stderr, "# %s: %s\n", path, bkt_context_error_text(context));
    }
    memset(found, 0, sizeof found);
    faults = 0;
    for (uint32_t i = 0; i < bkt_structure_item_count(structure, BKT_ITEM_ANY); i++) {
        walk(bkt_structure_item_at(structure, BKT_ITEM_ANY, i));
    }
    for (size_t i = 0; status == BKT_OK && i < sizeof counted / sizeof *counted; i++) {
        int wanted = expected(path, counted[i].element);
        if (wanted != 0 && wanted != found[counted[i].kind]) {
            fprintf(stderr, "# %s: %d %s, not %d\n", path, found[counted[i].kind],
                    counted[i].element, wanted);
            is_right = false;
        }
    }
    if (faults > 0) {
        fprintf(stderr, "# %s: %d answers are wrong\n", path, faults);
    }
    bkt_structure_free(structure);
    bkt_context_free(context);
    return is_right && faults == 0;
}

START_TEST(items_are_those_of_the_manifest) {
    int wrong = 0;
    int count = 0;
    for (int i = 0; i < row_count; i++) {
        const char *path = rows[i].cells[CELL_PATH];
        if (strcmp(rows[i].cells[CELL_KIND], "Structure") != 0 || is_same_file(i)) {
            continue;
        }
        wrong += !check_file(path);
        count++;
    }
    fprintf(stderr, "# %d files with structures compared\n", count);
    ck_assert_int_gt(count, 0);
    ck_assert_int_eq(wrong, 0);
}
END_TEST

int main(void) {
    if (!load_manifest()) {
        puts("1..0 # skipped: no corpus");
        return EXIT_SUCCESS;
    }
    Suite *suite = suite_create("structures");
    TCase *test_case = tcase_create("structures");
    tcase_set_timeout(test_case, 0);
    tcase_add_test(test_case, items_are_those_of_the_manifest);
    suite_add_tcase(suite, test_case);
    int result = run_suite(suite);
    free(manifest);
    return result;
}
