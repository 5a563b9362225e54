/* SPDX-License-Identifier: MIT */
/* Artefacts found by their names, where many share an id: the same as by looking at each. */
#include "bkti_structure.h"
#include "bkti_text.h"
#include "run_suite.h"
#include "structure_fixture.h"

static bkt_context *context;
static bkt_structure *structure;

static void start(void) {
    context = new_context();
}

static void finish(void) {
    bkt_structure_free(structure);
    structure = NULL;
    bkt_context_free(context);
}

static void read_all(bkti_text *elements) {
    ck_assert(!elements->failed);
    ck_assert_int_eq(read_elements(context, bkti_text_get(elements), 0, &structure), BKT_OK);
    bkti_text_free(elements);
}

/* By looking at every artefact; -1 where several agencies have one. */
static int walk(const bkti_urn *urn, int kind) {
    int best = 0;
    const char *of = NULL;
    for (uint32_t i = 0; i < bkt_structure_item_count(structure, kind); i++) {
        const bkt_item *item = bkt_structure_item_at(structure, kind, i);
        const char *agency = bkt_item_agency(item);
        if (!bkti_span_is(urn->id, bkt_item_id(item)) ||
            (urn->agency.size > 0 && agency != NULL && !bkti_span_is(urn->agency, agency)) ||
            bkti_version_against(bkti_span_of(bkt_item_version(item)), urn->version) != 0 ||
            (urn->part.size > 0 && bkti_item_find(item, BKT_ITEM_CODE, urn->part) == NULL)) {
            continue;
        }
        if (of != NULL && agency != NULL && strcmp(of, agency) != 0) {
            return -1;
        }
        of = agency == NULL ? of : agency;
        const bkt_item *held =
            best == 0 ? NULL : bkt_structure_item_at(structure, kind, (uint32_t)best - 1);
        if (held == NULL || bkti_version_compare(bkti_span_of(bkt_item_version(held)),
                                                 bkti_span_of(bkt_item_version(item))) < 0) {
            best = (int)i + 1;
        }
    }
    return best;
}

static const char *const versions[] = {"0.9",   "1.0",   "1.0.0-draft", "1.0.0", "1.1",
                                       "1.2.3", "1.10",  "2.0.0",       "2.1.7", "10.0",
                                       "3",     "2.1.8", "1.2.4",       "1.3.0"};
static const char *const agencies[] = {"", "A", "B", "CC", "C"};
static const char *const wanted[] = {"",       "*",      "latest", "1.0",   "1.0.0-draft", "1.2.3+",
                                     "1.2+.0", "1+.0",   "2.1",    "2.1.8", "9.9",         "1+.2.0",
                                     "~",      "2+.0.0", "0.0.1+", "1.0.0"};
#define COUNT(list) (sizeof(list) / sizeof *(list))

/* Every other has the code X; a third of the combinations is not there. */
static void read_many(void) {
    bkti_text text;
    bkti_text_init(&text, bkti_context_memory(context));
    unsigned turn = 0;
    bkti_text_append_text(&text, "<s:Codelists>");
    for (size_t v = 0; v < COUNT(versions); v++) {
        for (size_t a = 0; a < COUNT(agencies); a++) {
            for (int id = 0; id < 3; id++, turn = turn * 5 + 3) {
                if (turn / 8 % 3 == 0) {
                    continue;
                }
                bkti_text_append_format(&text, "<s:Codelist id=\"L%d\" version=\"%s\"", id,
                                        versions[v]);
                if (agencies[a][0] != '\0') {
                    bkti_text_append_format(&text, " agencyID=\"%s\"", agencies[a]);
                }
                bkti_text_append_format(&text, "><s:Code id=\"%c\"/></s:Codelist>",
                                        turn / 8 % 2 == 0 ? 'X' : 'Y');
            }
        }
    }
    bkti_text_append_text(&text, "</s:Codelists>");
    read_all(&text);
}

START_TEST(as_by_looking_at_each) {
    read_many();
    int found = 0;
    int wrong = 0;
    for (int id = 0; id < 4; id++) {
        for (size_t a = 0; a < COUNT(agencies); a++) {
            for (size_t v = 0; v < COUNT(wanted); v++) {
                for (int part = 0; part < 2; part++) {
                    char name[] = {'L', (char)('0' + id), '\0'};
                    bkti_urn urn = {.agency = bkti_span_of(agencies[a]),
                                    .id = bkti_span_of(name),
                                    .version = bkti_span_of(wanted[v]),
                                    .part = bkti_span_of(part == 0 ? "" : "X")};
                    int expected = walk(&urn, BKT_ITEM_CODE_LIST);
                    const bkt_item *artefact =
                        expected <= 0 ? NULL
                                      : bkt_structure_item_at(structure, BKT_ITEM_CODE_LIST,
                                                              (uint32_t)expected - 1);
                    const bkt_item *item = bkti_structure_resolve(
                        structure, &urn, part == 0 ? BKT_ITEM_CODE_LIST : BKT_ITEM_CODE);
                    item = part == 0 || item == NULL ? item : bkt_item_parent(item);
                    found += item != NULL;
                    if (item != artefact) {
                        wrong++;
                        fprintf(stderr, "# %s:%s(%s)%s\n", agencies[a], name, wanted[v],
                                part == 0 ? "" : ".X");
                    }
                }
            }
        }
    }
    ck_assert_int_gt(found, 100);
    ck_assert_int_eq(wrong, 0);
}
END_TEST

START_TEST(kinds_of_one_id) {
    static const char elements[] =
        "<s:Codelists><s:Codelist id=\"X\" agencyID=\"A\"><s:Code id=\"P\"/></s:Codelist>"
        "</s:Codelists><s:Concepts><s:ConceptScheme id=\"X\" agencyID=\"A\" version=\"2.0\">"
        "<s:Concept id=\"P\"/></s:ConceptScheme><s:ConceptScheme id=\"X\" agencyID=\"B\"/>"
        "</s:Concepts>";
    ck_assert_int_eq(read_elements(context, elements, 0, &structure), BKT_OK);
    const bkt_item *list = bkt_structure_item_at(structure, BKT_ITEM_CODE_LIST, 0);
    const bkt_item *scheme = bkt_structure_item_at(structure, BKT_ITEM_CONCEPT_SCHEME, 0);
    ck_assert_ptr_eq(bkt_structure_find(structure, BKT_ITEM_CODE_LIST, "X"), list);
    ck_assert_ptr_eq(bkt_structure_find(structure, BKT_ITEM_ANY, "A:X"), scheme);
    ck_assert_ptr_null(bkt_structure_find(structure, BKT_ITEM_CONCEPT_SCHEME, "X"));
    ck_assert_ptr_null(bkt_structure_find(structure, BKT_ITEM_ANY, "X"));
    ck_assert_ptr_null(bkt_structure_find(structure, BKT_ITEM_DATAFLOW, "A:X"));
    ck_assert_ptr_eq(bkt_structure_find(structure, BKT_ITEM_CODE, "A:X(1.0).P"),
                     bkt_item_child_at(list, BKT_ITEM_CODE, 0));
    ck_assert_ptr_eq(bkt_structure_find(structure, BKT_ITEM_CONCEPT, "A:X(*).P"),
                     bkt_item_child_at(scheme, BKT_ITEM_CONCEPT, 0));
}
END_TEST

START_TEST(nothing_in_nothing) {
    ck_assert_int_eq(read_elements(context, "", 0, &structure), BKT_OK);
    ck_assert_ptr_null(bkt_structure_find(structure, BKT_ITEM_ANY, "X"));
}
END_TEST

int main(void) {
    Suite *suite = suite_create("structure/lookup");
    TCase *test_case = tcase_create("lookup");
    tcase_add_checked_fixture(test_case, start, finish);
    tcase_add_test(test_case, as_by_looking_at_each);
    tcase_add_test(test_case, kinds_of_one_id);
    tcase_add_test(test_case, nothing_in_nothing);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
