/* SPDX-License-Identifier: MIT */
/* Hierarchies: codes in codes, by reference and by alias, and their levels; maps and categories. */
#include "run_suite.h"
#include "structure_fixture.h"

#define LIST                                                                                       \
    "<s:Codelists><s:Codelist id='L' agencyID='EX'><s:Code id='A'/><s:Code id='B'/></s:Codelist>"  \
    "</s:Codelists>"

static const bkt_item *code(const bkt_structure *structure, const char *id) {
    return bkt_item_child_find(bkt_structure_find(structure, BKT_ITEM_CODE_LIST, "EX:L"),
                               BKT_ITEM_CODE, id);
}

/* A above B, by a URN and by an alias. */
static void check_hierarchy(const bkt_structure *structure, const bkt_item *hierarchy) {
    const bkt_item *a = bkt_item_child_at(hierarchy, BKT_ITEM_HIERARCHICAL_CODE, 0);
    ck_assert_ptr_nonnull(a);
    ck_assert_ptr_eq(bkt_item_reference(a, "Code"), code(structure, "A"));
    const bkt_item *b = bkt_item_child_at(a, BKT_ITEM_HIERARCHICAL_CODE, 0);
    ck_assert_ptr_eq(bkt_item_reference(b, "Code"), code(structure, "B"));
    ck_assert_str_eq(bkt_item_id(b), "B");
    ck_assert_ptr_eq(bkt_item_parent(b), a);
}

START_TEST(of_2_1) {
    bkt_context *context = new_context();
    bkt_structure *structure;
    ck_assert_int_eq(
        read_elements(
            context,
            LIST "<s:HierarchicalCodelists><s:HierarchicalCodelist id='H' agencyID='EX'>"
                 "<s:IncludedCodelist alias='ALL'><Ref id='L' agencyID='EX'/></s:IncludedCodelist>"
                 "<s:Hierarchy id='TREE'>"
                 "<s:HierarchicalCode id='TOP'><s:Code><Ref id='A' maintainableParentID='L' "
                 "agencyID='EX'/></s:Code>"
                 "<s:HierarchicalCode><s:CodelistAliasRef>ALL</s:CodelistAliasRef><s:CodeID><Ref "
                 "id='B'/></s:CodeID><s:Level><Ref id='TWO'/></s:Level></s:HierarchicalCode>"
                 "</s:HierarchicalCode>"
                 "<s:Level id='ONE'><s:Level id='TWO'/></s:Level>"
                 "</s:Hierarchy></s:HierarchicalCodelist></s:HierarchicalCodelists>",
            0, &structure),
        BKT_OK);
    const bkt_item *list = bkt_structure_find(structure, BKT_ITEM_HIERARCHICAL_CODE_LIST, "H");
    const bkt_item *hierarchy = bkt_item_child_find(list, BKT_ITEM_HIERARCHY, "TREE");
    check_hierarchy(structure, hierarchy);
    char urn[TEXT_SIZE];
    const bkt_item *top = bkt_item_child_find(hierarchy, BKT_ITEM_ANY, "TOP");
    ck_assert_int_eq(bkt_item_urn(top, urn, sizeof urn, NULL), BKT_OK);
    ck_assert_str_eq(urn,
                     "urn:sdmx:org.sdmx.infomodel.codelist.HierarchicalCode=EX:H(1.0).TREE.TOP");
    bkt_structure_free(structure);
    bkt_context_free(context);
}
END_TEST

START_TEST(of_2_0) {
    static const char text[] =
        "<m:Structure xmlns:m='http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message' "
        "xmlns:s='http://www.SDMX.org/resources/SDMXML/schemas/v2_0/structure'>"
        "<m:CodeLists><s:CodeList id='L' agencyID='EX'><s:Code value='A'/><s:Code value='B'/>"
        "</s:CodeList></m:CodeLists><m:HierarchicalCodelists>"
        "<s:HierarchicalCodelist id='H' agencyID='EX'>"
        "<s:CodelistRef><s:AgencyID>EX</s:AgencyID><s:CodelistID>L</s:CodelistID>"
        "<s:Alias>ALL</s:Alias></s:CodelistRef>"
        "<s:Hierarchy id='TREE'><s:CodeRef><s:CodelistAliasRef>ALL</s:CodelistAliasRef>"
        "<s:CodeID>A</s:CodeID><s:CodeRef><s:CodelistAliasRef>ALL</s:CodelistAliasRef>"
        "<s:CodeID>B</s:CodeID></s:CodeRef></s:CodeRef></s:Hierarchy>"
        "</s:HierarchicalCodelist></m:HierarchicalCodelists></m:Structure>";
    bkt_context *context = new_context();
    bkt_structure *structure;
    ck_assert_int_eq(bkt_structure_read_memory(context, text, sizeof text - 1, NULL, &structure),
                     BKT_OK);
    const bkt_item *list = bkt_structure_find(structure, BKT_ITEM_HIERARCHICAL_CODE_LIST, "H");
    check_hierarchy(structure, bkt_item_child_at(list, BKT_ITEM_HIERARCHY, 0));
    bkt_structure_free(structure);
    bkt_context_free(context);
}
END_TEST

START_TEST(categories_and_maps) {
    bkt_context *context = new_context();
    bkt_structure *structure;
    ck_assert_int_eq(
        read_elements(
            context,
            LIST "<s:Dataflows><s:Dataflow id='F' agencyID='EX'/></s:Dataflows>"
                 "<s:CategorySchemes><s:CategoryScheme id='C' agencyID='EX'><s:Category id='1'>"
                 "<s:Category id='2'/></s:Category></s:CategoryScheme></s:CategorySchemes>"
                 "<s:Categorisations><s:Categorisation id='CAT' agencyID='EX'>"
                 "<s:Source><Ref id='F' agencyID='EX' class='Dataflow'/></s:Source>"
                 "<s:Target><Ref id='1.2' maintainableParentID='C' agencyID='EX'/></s:Target>"
                 "</s:Categorisation></s:Categorisations>"
                 "<s:StructureSets><s:StructureSet id='S' agencyID='EX'><s:CodelistMap id='M'>"
                 "<s:Source><Ref id='L' agencyID='EX'/></s:Source><s:Target><Ref id='L' "
                 "agencyID='EX'/></s:Target><s:CodeMap><s:Source><Ref id='A'/></s:Source>"
                 "<s:Target><Ref id='B'/></s:Target></s:CodeMap></s:CodelistMap></s:StructureSet>"
                 "</s:StructureSets>"
                 "<s:Processes><s:Process id='P' agencyID='EX'><c:Name>Some process</c:Name>"
                 "<s:ProcessStep id='X'/></s:Process></s:Processes>",
            0, &structure),
        BKT_OK);
    const bkt_item *item = bkt_structure_item_at(structure, BKT_ITEM_CATEGORISATION, 0);
    ck_assert_str_eq(bkt_item_id(bkt_item_reference(item, "Source")), "F");
    ck_assert_str_eq(bkt_item_id(bkt_item_reference(item, "Target")), "2");
    const bkt_item *set = bkt_structure_item_at(structure, BKT_ITEM_STRUCTURE_SET, 0);
    const bkt_item *map = bkt_item_child_at(set, BKT_ITEM_REPRESENTATION_MAP, 0);
    ck_assert_str_eq(bkt_item_id(bkt_item_reference(map, "SourceCodelist")), "L");
    const bkt_item *mapping = bkt_item_child_at(map, BKT_ITEM_MAPPING, 0);
    ck_assert_str_eq(bkt_item_property(mapping, "SourceValue"), "A");
    ck_assert_str_eq(bkt_item_property(mapping, "TargetValue"), "B");
    const bkt_item *process = bkt_structure_item_at(structure, BKT_ITEM_OTHER, 0);
    ck_assert_str_eq(bkt_item_property(process, "class"), "Process");
    ck_assert_str_eq(bkt_item_name(process, NULL), "Some process");
    ck_assert_uint_eq(bkt_item_child_count(process, BKT_ITEM_ANY), 0);
    bkt_structure_free(structure);
    bkt_context_free(context);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("hierarchy");
    TCase *all = tcase_create("hierarchy");
    tcase_add_test(all, of_2_1);
    tcase_add_test(all, of_2_0);
    tcase_add_test(all, categories_and_maps);
    suite_add_tcase(suite, all);
    return run_suite(suite);
}
