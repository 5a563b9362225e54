/* SPDX-License-Identifier: MIT */
/* Code lists of 3.0 that extend others. */
#include "run_suite.h"
#include "structure_fixture.h"

static const bkt_item *list(const bkt_structure *structure, const char *name) {
    const bkt_item *found = bkt_structure_find(structure, BKT_ITEM_CODE_LIST, name);
    ck_assert_ptr_nonnull(found);
    return found;
}

START_TEST(extensions) {
    bkt_context *context = new_context();
    bkt_structure *structure = read_structure(context, "extended-3.0.xml");
    ck_assert_str_eq(ids_of(list(structure, "BASE"), BKT_ITEM_CODE), "A A1 A11 B B1 ");
    ck_assert_str_eq(ids_of(list(structure, "BASE(0.9.0)"), BKT_ITEM_CODE), "OLD ");
    const bkt_item *all = list(structure, "ALL");
    ck_assert_str_eq(ids_of(all, BKT_ITEM_CODE), "B1 A A1 A11 B ");
    ck_assert_str_eq(bkt_item_name(bkt_item_child_find(all, BKT_ITEM_CODE, "B1"), "fr"),
                     "Its own B1");
    const bkt_item *cascade = list(structure, "CASCADE");
    ck_assert_str_eq(ids_of(cascade, BKT_ITEM_CODE), "P_A1 P_A11 P_B P_B1 ");
    const bkt_item *below = bkt_item_child_find(cascade, BKT_ITEM_CODE, "P_A11");
    ck_assert_ptr_eq(bkt_item_reference(below, "Parent"),
                     bkt_item_child_find(cascade, BKT_ITEM_CODE, "P_A1"));
    ck_assert_ptr_eq(bkt_item_parent(below), cascade);
    ck_assert_str_eq(bkt_item_name(below, NULL), "A11");
    const bkt_item *except = list(structure, "EXCEPT");
    ck_assert_str_eq(ids_of(except, BKT_ITEM_CODE), "A B1 B ");
    ck_assert_str_eq(bkt_item_name(bkt_item_child_find(except, BKT_ITEM_CODE, "B"), NULL),
                     "The later B");
    ck_assert_str_eq(ids_of(list(structure, "TWICE"), BKT_ITEM_CODE),
                     "T_P_A1 T_P_A11 T_P_B T_P_B1 ");
    bkt_structure_free(structure);
    bkt_context_free(context);
}
END_TEST

#define LIST(id, of)                                                                               \
    "<s:Codelist id='" id "' agencyID='EX'><s:CodelistExtension><s:Codelist>"                      \
    "urn:sdmx:org.sdmx.infomodel.codelist.Codelist=EX:" of "(1.0)</s:Codelist>"                    \
    "</s:CodelistExtension></s:Codelist>"

START_TEST(circle) {
    static const char *const circles[] = {LIST("A", "A"),
                                          LIST("A", "B") LIST("B", "C") LIST("C", "A")};
    for (size_t i = 0; i < 2; i++) {
        bkt_context *context = new_context();
        bkt_structure *structure;
        ck_assert_int_eq(read_elements(context, circles[i], 0, &structure), BKT_ERR_STRUCTURE);
        ck_assert_ptr_nonnull(strstr(bkt_context_error_text(context), "the code list 'A' extends"));
        ck_assert_uint_eq(bkt_diagnostic_line(bkt_context_error(context)), 3);
        bkt_context_free(context);
    }
}
END_TEST

/* Each list has the one before twice: of n lists the last would have 2^n codes. */
START_TEST(explosion) {
    static const char format[] =
        "<s:CodelistExtension prefix='%c'><s:Codelist>"
        "urn:sdmx:org.sdmx.infomodel.codelist.Codelist=EX:L%d(1.0)</s:Codelist>"
        "</s:CodelistExtension>";
    char text[20000] = "<s:Codelist id='L0' agencyID='EX'><s:Code id='A'/></s:Codelist>";
    size_t size = strlen(text);
    for (int i = 1; i < 40; i++) {
        size += (size_t)snprintf(text + size, sizeof text - size,
                                 "<s:Codelist id='L%d' agencyID='EX'>", i);
        size += (size_t)snprintf(text + size, sizeof text - size, format, 'X', i - 1);
        size += (size_t)snprintf(text + size, sizeof text - size, format, 'Y', i - 1);
        size += (size_t)snprintf(text + size, sizeof text - size, "</s:Codelist>");
    }
    ck_assert_uint_lt(size, sizeof text);
    bkt_context *context = new_context();
    bkt_structure *structure;
    ck_assert_int_eq(read_elements(context, text, 0, &structure), BKT_ERR_LIMIT);
    ck_assert_ptr_nonnull(strstr(bkt_context_error_text(context), "expansion_limit"));
    bkt_context_free(context);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("extension");
    TCase *all = tcase_create("extension");
    tcase_add_test(all, extensions);
    tcase_add_test(all, circle);
    tcase_add_test(all, explosion);
    suite_add_tcase(suite, all);
    return run_suite(suite);
}
