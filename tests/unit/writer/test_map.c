/* SPDX-License-Identifier: MIT */
/* Maps written as 2.1 and 3.0: what one version can't say whole is left out whole, and told. */
#include "form_fixture.h"

/* Reads elements of a set of maps of 2.1, without clearing what is told of it. */
static void read_set(const char *inside) {
    char message[4000];
    int size =
        snprintf(message, sizeof message,
                 "<m:Structure xmlns:m='http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message' "
                 "xmlns:s='http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure' "
                 "xmlns:c='http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common'><m:Structures>"
                 "<s:StructureSets><s:StructureSet id='SET' agencyID='EX'><c:Name>Maps</c:Name>\n%s"
                 "</s:StructureSet></s:StructureSets></m:Structures></m:Structure>",
                 inside);
    ck_assert_int_lt(size, (int)sizeof message);
    bkt_status status = bkt_structure_read_memory(context, message, (size_t)size, NULL, &structure);
    ck_assert_msg(status == BKT_OK, "%s", bkt_context_error_text(context));
}

#define DEFINITION(id) "<Ref id='" id "' agencyID='EX' class='DataStructure'/>"
#define MAP(maps)                                                                                  \
    "<s:StructureMap id='M'><c:Name>M</c:Name><s:Source>" DEFINITION(                              \
        "A") "</s:Source>"                                                                         \
             "<s:Target>" DEFINITION("B") "</s:Target>" maps "</s:StructureMap>"
#define FROM_TO(from, to, values)                                                                  \
    "<s:ComponentMap><s:Source><Ref id='" from "'/></s:Source><s:Target><Ref id='" to              \
    "'/></s:Target><s:RepresentationMapping>" values "</s:RepresentationMapping></s:ComponentMap>"

START_TEST(patterns_stay_patterns) {
    write_good("maps-3.0.xml", false);
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 0);
    assert_part("<structure:SourceValue isRegEx=\"true\">([A-Z])&amp;.*</structure:SourceValue>\n"
                "<structure:SourceValue>BY</structure:SourceValue>");
    assert_part("<structure:SourceValue startIndex=\"1\" endIndex=\"3\">270"
                "</structure:SourceValue>\n<structure:SourceValue isRegEx=\"1\">.*<");
    assert_part("<structure:TargetValue></structure:TargetValue>");
    assert_part("<structure:SourceValue></structure:SourceValue>\n<structure:SourceValue>KZ<");
}
END_TEST

/* A map of structures is one of a set, with the maps of values that it uses. */
START_TEST(sets_of_2_1) {
    write_good("maps-3.0.xml", true);
    assert_part("<structure:StructureSet id=\"SM\" agencyID=\"EX\" version=\"1.0\">");
    assert_part("<structure:CodelistMap id=\"AREAS\"><common:Name xml:lang=\"en\">Areas<");
    assert_part("<structure:StructureMap id=\"SM\"><common:Name");
    assert_part("<structure:RepresentationMapping><structure:CodelistMap><Ref id=\"AREAS\"/>");
    assert_part("<structure:StructureSet id=\"ALONE\"");
    assert_no_part("PRODUCT");
    assert_no_part("PATTERNS");
    assert_no_part("\"KAZ\"/></structure:Source>"); /* it is so for a time only */
    assert_no_part("NONE");
    assert_no_part("FixedValueMap");
    assert_told("StructureMap EX:SM(1.0): SDMX-ML 2.1 has no place for its map that is not of one "
                "component to one (from ITEM)");
    assert_told("its FixedValueMap (to SOURCE)");
    assert_told("StructureMap EX:NONE(1.0): SDMX-ML 2.1 has no place for a map without");
    assert_told("RepresentationMap EX:PATTERNS(1.0): SDMX-ML 2.1 has no place for a map without");
    assert_told("the map of 'KAZ', which is not of one code to one");
    ck_assert_int_eq(write_text(true, BKT_WRITE_STRICT), BKT_ERR_UNSUPPORTED);
}
END_TEST

/* What came through 2.1 is what it was, but for isRegEx="false", which says nothing. */
START_TEST(there_and_back) {
    comparison of = {.same_version = true, .told = 5};
    write_good("maps-3.0.xml", true);
    bkt_structure *first = structure;
    ck_assert_int_eq(bkt_structure_read_memory(context, text, strlen(text), NULL, &structure),
                     BKT_OK);
    ck_assert_int_eq(write_text(false, 0), BKT_OK);
    bkt_structure *again;
    ck_assert_int_eq(bkt_structure_read_memory(context, text, strlen(text), NULL, &again), BKT_OK);
    const bkt_item *map = bkt_structure_find(again, BKT_ITEM_REPRESENTATION_MAP, "EX:AREAS(1.0)");
    ck_assert_ptr_nonnull(map);
    compare_items(&of, map, bkt_structure_find(first, BKT_ITEM_REPRESENTATION_MAP, "AREAS"));
    ck_assert_int_eq(of.differences, 0);
    map = bkt_structure_find(again, BKT_ITEM_STRUCTURE_MAP, "EX:SM(1.0)");
    ck_assert_uint_eq(bkt_item_child_count(map, BKT_ITEM_COMPONENT_MAP), 2);
    const bkt_item *before = bkt_structure_find(first, BKT_ITEM_STRUCTURE_MAP, "SM");
    for (uint32_t i = 0; i < 2; i++) {
        compare_items(&of, bkt_item_child_at(before, BKT_ITEM_COMPONENT_MAP, i),
                      bkt_item_child_at(map, BKT_ITEM_COMPONENT_MAP, i));
    }
    ck_assert_int_eq(of.differences, 0);
    bkt_structure_free(again);
    bkt_structure_free(first);
}
END_TEST

/* Without its values the map would say that they stay as they are. */
START_TEST(values_that_2_1_alone_has) {
    read_set(MAP(FROM_TO("X", "Y",
                         "<s:ValueMap><s:ValueMapping source='a &lt; b' target='c'/>"
                         "<s:ValueMapping source='d' target=''/></s:ValueMap>")
                     FROM_TO("T", "U",
                             "<s:ToTextFormat textType='String' maxLength='7'/>"
                             "<s:ToValueType>Name</s:ToValueType>")
                         FROM_TO("V", "W",
                                 "<s:ToTextFormat textType='String'/>"
                                 "<s:ToValueType>Value</s:ToValueType>")));
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 1); /* of definitions not here */
    bkt_context_diagnostics_clear(context);
    ck_assert_int_eq(write_text(true, BKT_WRITE_STRICT), BKT_OK);
    assert_part("<structure:RepresentationMapping><structure:ValueMap><structure:ValueMapping "
                "source=\"a &lt; b\" target=\"c\"/><structure:ValueMapping source=\"d\" "
                "target=\"\"/></structure:ValueMap>");
    assert_part("<structure:ToTextFormat textType=\"String\" maxLength=\"7\"/>"
                "<structure:ToValueType>Name</structure:ToValueType>");
    ck_assert_int_eq(write_text(false, 0), BKT_OK);
    assert_no_part(">X<");
    assert_no_part(">T<");
    assert_part("<structure:Source>V</structure:Source>");
    assert_told("StructureMap M of StructureSet EX:SET(1.0): SDMX-ML 3.0 has no place for its "
                "ValueMap (from X)");
    assert_told("its ToTextFormat with names (from T)");
    assert_told("SDMX-ML 3.0 has no place for textType \"String\"");
}
END_TEST

#define MODEL "urn:sdmx:org.sdmx.infomodel."
#define VALUES(agency, id)                                                                         \
    "<s:RepresentationMap id='" id "' agencyID='" agency "' version='1.0'><c:Name>V</c:Name>"      \
    "<s:SourceCodelist>" MODEL                                                                     \
    "codelist.Codelist=EX:A(1.0)</s:SourceCodelist><s:TargetCodelist>" MODEL                       \
    "codelist.Codelist=EX:B(1.0)</s:TargetCodelist><s:RepresentationMapping><s:SourceValue>"       \
    "a</s:SourceValue><s:TargetValue>b</s:TargetValue></s:RepresentationMapping>"                  \
    "</s:RepresentationMap>"
#define BY(agency, from)                                                                           \
    "<s:ComponentMap><s:Source>" from                                                              \
    "</s:Source><s:Target>T</s:Target><s:RepresentationMap>" MODEL                                 \
    "structuremapping.RepresentationMap=" agency ":V(1.0)</s:RepresentationMap>"                   \
    "</s:ComponentMap>"

/* In a set there is one of an id, and a set has its name for itself. */
START_TEST(maps_of_one_name) {
    static const char message[] =
        "<m:Structure xmlns:m='http://www.sdmx.org/resources/sdmxml/schemas/v3_0/message' "
        "xmlns:s='http://www.sdmx.org/resources/sdmxml/schemas/v3_0/structure' "
        "xmlns:c='http://www.sdmx.org/resources/sdmxml/schemas/v3_0/common'><m:Structures>"
        "<s:RepresentationMaps>" VALUES("EX", "V") VALUES("OTHER", "V") VALUES(
            "EX",
            "M") "</s:RepresentationMaps><s:StructureMaps><s:StructureMap id='M' agencyID='EX' "
                 "version='1.0'><c:Name>M</c:Name><s:Source>" MODEL
                 "datastructure.DataStructure=EX:X(1.0)</s:Source><s:Target>" MODEL
                 "datastructure.DataStructure=EX:Y(1.0)</s:Target>" BY("OTHER", "FIRST")
                     BY("EX", "SECOND") BY("OTHER", "THIRD") "</s:StructureMap></s:StructureMaps>"
                                                             "</m:Structures></m:Structure>";
    ck_assert_int_eq(
        bkt_structure_read_memory(context, message, sizeof message - 1, NULL, &structure), BKT_OK);
    bkt_context_diagnostics_clear(context);
    ck_assert_int_eq(write_text(true, 0), BKT_OK);
    assert_part("id=\"FIRST\"");
    assert_no_part("id=\"SECOND\"");
    assert_part("id=\"THIRD\"");
    assert_part("<structure:StructureSet id=\"V\" agencyID=\"EX\"");
    ck_assert_ptr_null(strstr(strstr(text, "<structure:StructureSet id=\"M\"") + 1,
                              "<structure:StructureSet id=\"M\""));
    assert_told("its map by the second of two maps of values of an id (from SECOND)");
    assert_told("RepresentationMap OTHER:V(1.0): SDMX-ML 2.1 has no place for its agency and");
    assert_told("RepresentationMap EX:M(1.0): SDMX-ML 2.1 has no place for a map beside a set of "
                "the same name");
}
END_TEST

START_TEST(maps_that_are_not_there) {
    read_set(MAP(FROM_TO("X", "Y", "<s:CodelistMap><Ref id='NOWHERE'/></s:CodelistMap>")));
    ck_assert_int_eq(write_text(false, 0), BKT_OK);
    assert_no_part(">X<");
    assert_told("its map of values that its set does not have (from X)");
}
END_TEST

/* What is not read is told by a note with its line, and again when it can't be written. */
START_TEST(parts_that_are_not_read) {
    read_set("<s:HybridCodelistMap id='H'><c:Name>Hybrid</c:Name><s:Source/><s:HybridCodeMap/>"
             "</s:HybridCodelistMap>\n<s:ConceptSchemeMap id='C'/>");
    ck_assert_int_eq(find_told(":2:1: what stands in <HybridCodelistMap> H of StructureSet SET is "
                               "not read"),
                     BKT_SEVERITY_NOTE);
    ck_assert_int_eq(find_told(":3:1: what stands in <ConceptSchemeMap> C of StructureSet SET is "
                               "not read"),
                     BKT_SEVERITY_NOTE);
    for (int to_21 = 0; to_21 <= 1; to_21++) {
        ck_assert_int_eq(write_text(to_21 == 1, 0), BKT_OK);
        assert_told("its HybridCodelistMap H");
        assert_told("its ConceptSchemeMap C");
        bkt_context_diagnostics_clear(context);
    }
}
END_TEST

START_TEST(targets_and_report_structures) {
    static const char message[] =
        "<m:Structure xmlns:m='http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message' "
        "xmlns:s='http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure' "
        "xmlns:c='http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common'><m:Structures>"
        "<s:MetadataStructures><s:MetadataStructure id='M' agencyID='EX'><c:Name>M</c:Name>"
        "<s:MetadataStructureComponents>\n<s:MetadataTarget id='FULL'><s:KeyDescriptorValuesTarget "
        "id='K'/></s:MetadataTarget>\n<s:ReportStructure id='REPORT'><c:Name>Another</c:Name>"
        "<s:MetadataAttribute id='CONTACT'><s:ConceptIdentity><Ref id='C' "
        "maintainableParentID='CS' agencyID='EX'/></s:ConceptIdentity></s:MetadataAttribute>\n"
        "<s:MetadataTarget><Ref id='FULL'/></s:MetadataTarget></s:ReportStructure>"
        "</s:MetadataStructureComponents></s:MetadataStructure></s:MetadataStructures>"
        "</m:Structures></m:Structure>";
    ck_assert_int_eq(
        bkt_structure_read_memory(context, message, sizeof message - 1, NULL, &structure), BKT_OK);
    ck_assert_int_eq(find_told(":2:1: what stands in <MetadataTarget> FULL of MetadataStructure M"),
                     BKT_SEVERITY_NOTE);
    ck_assert_int_eq(find_told(":3:32: what stands in <Name> of MetadataStructure M is not read"),
                     BKT_SEVERITY_NOTE);
    ck_assert_int_eq(find_told(":4:1: what stands in <MetadataTarget> of MetadataStructure M"),
                     BKT_SEVERITY_NOTE);
    const bkt_item *item = bkt_structure_item_at(structure, BKT_ITEM_METADATA_STRUCTURE, 0);
    ck_assert_str_eq(bkt_item_name(item, NULL), "M");
    ck_assert_str_eq(bkt_item_property(item, "ReportStructure"), "REPORT");
    for (int to_21 = 0; to_21 <= 1; to_21++) {
        bkt_context_diagnostics_clear(context);
        ck_assert_int_eq(write_text(to_21 == 1, 0), BKT_OK);
        assert_told("its MetadataTarget FULL");
        assert_told("ReportStructure \"REPORT\"");
        assert_no_part("Another");
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("map");
    TCase *test_case = tcase_create("map");
    tcase_add_checked_fixture(test_case, start, finish);
    tcase_add_test(test_case, patterns_stay_patterns);
    tcase_add_test(test_case, sets_of_2_1);
    tcase_add_test(test_case, there_and_back);
    tcase_add_test(test_case, values_that_2_1_alone_has);
    tcase_add_test(test_case, maps_of_one_name);
    tcase_add_test(test_case, maps_that_are_not_there);
    tcase_add_test(test_case, parts_that_are_not_read);
    tcase_add_test(test_case, targets_and_report_structures);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
