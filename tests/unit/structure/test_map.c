/* SPDX-License-Identifier: MIT */
/* Maps: of values, which may be patterns, and of components. */
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

/* All that a mapping says, in its order. */
static const char *said(const bkt_item *mapping) {
    static char text[TEXT_SIZE];
    text[0] = '\0';
    for (uint32_t i = 0; i < bkt_item_property_count(mapping); i++) {
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s=%s ",
                 bkt_item_property_name_at(mapping, i), bkt_item_property_at(mapping, i));
    }
    return text;
}

static const char *said_by(const bkt_item *map, uint32_t index) {
    return said(bkt_item_child_at(map, BKT_ITEM_MAPPING, index));
}

START_TEST(patterns) {
    structure = read_structure(context, "maps-3.0.xml");
    const bkt_item *map = bkt_structure_find(structure, BKT_ITEM_REPRESENTATION_MAP, "PATTERNS");
    ck_assert_uint_eq(bkt_item_child_count(map, BKT_ITEM_MAPPING), 3);
    ck_assert_str_eq(said_by(map, 0),
                     "isRegEx=true SourceValue=([A-Z])&.* SourceValue=BY TargetValue=\\1 ");
    ck_assert_str_eq(said_by(map, 1), "startIndex=1 endIndex=3 SourceValue=270 isRegEx=1 "
                                      "SourceValue=.* TargetValue= ");
    ck_assert_str_eq(said_by(map, 2), "SourceValue= SourceValue=KZ TargetValue=none ");
    map = bkt_structure_find(structure, BKT_ITEM_REPRESENTATION_MAP, "ALONE");
    ck_assert_str_eq(said_by(map, 1), "validFrom=2020-01-01 SourceValue=KAZ TargetValue=KZ ");
}
END_TEST

START_TEST(values_within_a_map_of_components) {
    ck_assert_int_eq(
        read_elements(context,
                      "<s:StructureSets><s:StructureSet id='S' agencyID='EX'><s:StructureMap "
                      "id='M'><s:ComponentMap><s:Source><Ref id='X'/></s:Source><s:Target>"
                      "<Ref id='Y'/></s:Target><s:RepresentationMapping><s:ValueMap>"
                      "<s:ValueMapping source='a' target='b'/></s:ValueMap>"
                      "</s:RepresentationMapping></s:ComponentMap><s:ComponentMap>"
                      "<s:RepresentationMapping><s:ToTextFormat textType='String' maxLength='7'/>"
                      "<s:ToValueType>Name</s:ToValueType></s:RepresentationMapping>"
                      "</s:ComponentMap></s:StructureMap></s:StructureSet></s:StructureSets>",
                      0, &structure),
        BKT_OK);
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 0);
    const bkt_item *map = bkt_item_child_at(
        bkt_structure_item_at(structure, BKT_ITEM_STRUCTURE_SET, 0), BKT_ITEM_STRUCTURE_MAP, 0);
    const bkt_item *first = bkt_item_child_at(map, BKT_ITEM_COMPONENT_MAP, 0);
    ck_assert_str_eq(said(first), "Source=X Target=Y ");
    ck_assert_str_eq(said_by(first, 0), "SourceValue=a TargetValue=b ");
    ck_assert_str_eq(said(bkt_item_child_at(map, BKT_ITEM_COMPONENT_MAP, 1)),
                     "textType=String maxLength=7 ToValueType=Name ");
}
END_TEST

START_TEST(of_2_0) {
    static const char text[] =
        "<Structure xmlns=\"http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message\" "
        "xmlns:s=\"http://www.SDMX.org/resources/SDMXML/schemas/v2_0/structure\">"
        "<StructureSets><s:StructureSet id=\"S\" agencyID=\"EX\"><s:StructureMap id=\"M\">"
        "<s:ComponentMap><s:MapConceptRef>X</s:MapConceptRef><s:MapTargetConceptRef>Y"
        "</s:MapTargetConceptRef><s:RepresentationMapRef><s:RepresentationMapAgencyID>EX"
        "</s:RepresentationMapAgencyID><s:RepresentationMapID>L</s:RepresentationMapID>"
        "</s:RepresentationMapRef></s:ComponentMap></s:StructureMap>"
        "<s:CodelistMap id=\"L\"><s:CodeMap><s:MapCodeRef>A</s:MapCodeRef><s:MapTargetCodeRef>B"
        "</s:MapTargetCodeRef></s:CodeMap></s:CodelistMap>"
        "</s:StructureSet></StructureSets></Structure>";
    ck_assert_int_eq(bkt_structure_read_memory(context, text, sizeof text - 1, NULL, &structure),
                     BKT_OK);
    const bkt_item *set = bkt_structure_item_at(structure, BKT_ITEM_STRUCTURE_SET, 0);
    const bkt_item *map = bkt_item_child_at(set, BKT_ITEM_STRUCTURE_MAP, 0);
    ck_assert_str_eq(said(bkt_item_child_at(map, BKT_ITEM_COMPONENT_MAP, 0)),
                     "Source=X Target=Y RepresentationMap=L ");
    ck_assert_str_eq(said_by(bkt_item_child_at(set, BKT_ITEM_REPRESENTATION_MAP, 0), 0),
                     "SourceValue=A TargetValue=B ");
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 0);
}
END_TEST

/* Nothing gets lost unheard. */
START_TEST(unknown_parts) {
    ck_assert_int_eq(
        read_elements(context,
                      "<s:Codelists><s:Codelist id='L' agencyID='EX'>\n<s:Colour id='RED'><s:Code "
                      "id='X'/></s:Colour></s:Codelist></s:Codelists>\n<s:Processes><s:Process "
                      "id='P' agencyID='EX'><s:ProcessStep id='X'/></s:Process></s:Processes>",
                      0, &structure),
        BKT_OK);
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 2);
    const bkt_diagnostic *told = bkt_context_diagnostic_at(context, 0);
    ck_assert_int_eq(bkt_diagnostic_severity(told), BKT_SEVERITY_NOTE);
    ck_assert_str_eq(bkt_diagnostic_text(told),
                     "what stands in <Colour> RED of Codelist L is not read");
    ck_assert_uint_eq(bkt_diagnostic_line(told), 4);
    told = bkt_context_diagnostic_at(context, 1);
    ck_assert_str_eq(bkt_diagnostic_text(told),
                     "what stands in <Process> P of the message is not read");
    const bkt_item *list = bkt_structure_find(structure, BKT_ITEM_CODE_LIST, "L");
    const bkt_item *part = bkt_item_child_at(list, BKT_ITEM_OTHER, 0);
    ck_assert_str_eq(bkt_item_id(part), "RED");
    ck_assert_str_eq(bkt_item_property(part, "class"), "Colour");
    ck_assert_uint_eq(bkt_item_child_count(list, BKT_ITEM_CODE), 0);
    ck_assert_uint_eq(bkt_item_child_count(part, BKT_ITEM_ANY), 0);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("map");
    TCase *test_case = tcase_create("map");
    tcase_add_checked_fixture(test_case, start, finish);
    tcase_add_test(test_case, patterns);
    tcase_add_test(test_case, values_within_a_map_of_components);
    tcase_add_test(test_case, of_2_0);
    tcase_add_test(test_case, unknown_parts);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
