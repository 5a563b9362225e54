/* SPDX-License-Identifier: MIT */
/* One small structure in every version of SDMX: the same questions have the same answers. */
#include "run_suite.h"
#include "structure_fixture.h"

static const char *const files[] = {"trade-1.0.xml", "trade-2.0.xml", "trade-2.1.xml",
                                    "trade-3.0.xml"};
#define FILE_COUNT (int)(sizeof files / sizeof *files)

static bkt_context *context;
static bkt_structure *structure;
static const bkt_item *dsd;

static void open_file(int index) {
    context = new_context();
    structure = read_structure(context, files[index]);
    dsd = bkt_structure_find_data_structure(structure, "EX:TRADE(1.0)");
    ck_assert_ptr_nonnull(dsd);
    bkt_context_free(context); /* the structure lives on */
}

static const bkt_item *component(int32_t kind, const char *id) {
    const bkt_item *found = bkt_item_child_find(dsd, kind, id);
    ck_assert_msg(found != NULL, "no %s", id);
    return found;
}

START_TEST(artefacts) {
    open_file(_i);
    ck_assert_int_eq(bkt_structure_item_count(structure, BKT_ITEM_CODE_LIST), 3);
    ck_assert_int_eq(bkt_structure_item_count(structure, BKT_ITEM_DATA_STRUCTURE), 1);
    ck_assert_ptr_eq(bkt_structure_item_at(structure, BKT_ITEM_DATA_STRUCTURE, 0), dsd);
    ck_assert_ptr_null(bkt_structure_item_at(structure, BKT_ITEM_DATA_STRUCTURE, 1));
    ck_assert_str_eq(bkt_item_id(dsd), "TRADE");
    ck_assert_str_eq(bkt_item_agency(dsd), "EX");
    ck_assert_str_eq(bkt_item_version(dsd), "1.0");
    ck_assert_str_eq(bkt_item_name(dsd, NULL), "Trade of two countries");
    ck_assert_ptr_null(bkt_item_parent(dsd));
    ck_assert_ptr_eq(bkt_item_structure(dsd), structure);
    ck_assert_uint_gt(bkt_item_line(dsd), 20);
    ck_assert_ptr_nonnull(strstr(bkt_item_source(dsd), files[_i]));
    static const char urn[] = "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure="
                              "EX:TRADE(1.0)";
    const char *const names[] = {"TRADE", "EX:TRADE", "EX:TRADE(1.0)", "EX:TRADE(latest)", urn};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        ck_assert_ptr_eq(bkt_structure_find(structure, BKT_ITEM_DATA_STRUCTURE, names[i]), dsd);
    }
    ck_assert_ptr_null(bkt_structure_find(structure, BKT_ITEM_CODE_LIST, "EX:TRADE"));
    ck_assert_ptr_null(bkt_structure_find(structure, BKT_ITEM_DATA_STRUCTURE, "EX:TRADE(1.1)"));
    ck_assert_ptr_null(bkt_structure_find(structure, BKT_ITEM_DATA_STRUCTURE, "OTHER:TRADE"));
    bkt_structure_free(structure);
}
END_TEST

START_TEST(codes) {
    open_file(_i);
    const bkt_item *list = bkt_structure_find(structure, BKT_ITEM_CODE_LIST, "CL_AREA");
    ck_assert_str_eq(ids_of(list, BKT_ITEM_CODE), "W BLR KAZ ");
    ck_assert_str_eq(bkt_item_name(list, "fr-CA"), "Zone");
    const bkt_item *belarus = bkt_item_child_find(list, BKT_ITEM_CODE, "BLR");
    ck_assert_ptr_eq(bkt_item_child_at(list, BKT_ITEM_CODE, 1), belarus);
    ck_assert_ptr_eq(bkt_item_parent(belarus), list);
    ck_assert_str_eq(bkt_item_name(belarus, NULL), "Belarus");
    ck_assert_str_eq(bkt_item_name(belarus, "FR"), "B\xC3\xA9larus");
    ck_assert_str_eq(bkt_item_name(belarus, "kk"), "Belarus");
    ck_assert_str_eq(bkt_item_name(bkt_item_child_find(list, BKT_ITEM_ANY, "KAZ"), "fr"),
                     "Kazakhstan");
    ck_assert_ptr_null(bkt_item_child_find(list, BKT_ITEM_CODE, "RUS"));
    ck_assert_ptr_null(bkt_item_child_find(list, BKT_ITEM_DIMENSION, "BLR"));
    char urn[TEXT_SIZE];
    size_t length;
    ck_assert_int_eq(bkt_item_urn(belarus, urn, sizeof urn, &length), BKT_OK);
    ck_assert_str_eq(urn, "urn:sdmx:org.sdmx.infomodel.codelist.Code=EX:CL_AREA(1.0).BLR");
    ck_assert_uint_eq(length, strlen(urn));
    ck_assert_int_eq(bkt_item_urn(belarus, urn, length, &length), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_item_urn(belarus, urn, length + 1, NULL), BKT_OK);
    ck_assert_int_eq(bkt_item_urn(belarus, NULL, 0, &length), BKT_OK);
    const bkt_item *world = bkt_item_child_at(list, BKT_ITEM_CODE, 0);
    if (_i > 0) { /* 1.0 has no parents */
        ck_assert_ptr_eq(bkt_item_reference(belarus, "Parent"), world);
        ck_assert_str_eq(bkt_item_property(belarus, "Parent"), "W");
    }
    ck_assert_ptr_null(bkt_item_reference(world, "Parent"));
    bkt_structure_free(structure);
}
END_TEST

START_TEST(dimensions) {
    open_file(_i);
    ck_assert_str_eq(ids_of(dsd, BKT_ITEM_DIMENSION),
                     "FREQ REF_AREA COUNTERPART FLOW TIME_PERIOD ");
    const bkt_item *area = bkt_structure_find(structure, BKT_ITEM_CODE_LIST, "CL_AREA");
    ck_assert_ptr_eq(bkt_component_code_list(component(BKT_ITEM_DIMENSION, "REF_AREA")), area);
    ck_assert_ptr_eq(bkt_component_code_list(component(BKT_ITEM_DIMENSION, "COUNTERPART")), area);
    /* That of its concept, but in 1.0, where concepts have none. */
    const bkt_item *flow = component(BKT_ITEM_DIMENSION, "FLOW");
    ck_assert_str_eq(bkt_item_id(bkt_component_code_list(flow)), "CL_FLOW");
    ck_assert_ptr_nonnull(strstr(bkt_component_code_list_reference(flow), "Codelist=EX:CL_FLOW("));
    ck_assert_str_eq(bkt_item_name(bkt_component_concept(flow), NULL), "Flow of trade");
    ck_assert_int_eq(bkt_component_role(flow), BKT_ROLE_DIMENSION);
    ck_assert_int_eq(bkt_component_level(flow), BKT_LEVEL_NONE);
    ck_assert_int_eq(bkt_component_is_mandatory(flow), 1);
    ck_assert_ptr_null(bkt_component_type(flow));
    const bkt_item *time = component(BKT_ITEM_DIMENSION, "TIME_PERIOD");
    ck_assert_int_eq(bkt_component_role(time), BKT_ROLE_TIME);
    ck_assert_str_eq(bkt_component_type(time), "ObservationalTimePeriod");
    ck_assert_ptr_null(bkt_component_code_list(time));
    ck_assert_ptr_null(bkt_component_code_list_reference(time));
    bkt_structure_free(structure);
}
END_TEST

START_TEST(attributes) {
    open_file(_i);
    static const struct {
        const char *id;
        int32_t level;
        int32_t mandatory;
    } expected[] = {{"UNIT", BKT_LEVEL_GROUP, 1},
                    {"TITLE", BKT_LEVEL_SERIES, 0},
                    {"NOTE", BKT_LEVEL_OBSERVATION, 0},
                    {"COMPILER", BKT_LEVEL_DATASET, 0}};
    ck_assert_str_eq(ids_of(dsd, BKT_ITEM_ATTRIBUTE), "UNIT TITLE NOTE COMPILER ");
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        const bkt_item *attribute = component(BKT_ITEM_ATTRIBUTE, expected[i].id);
        ck_assert_int_eq(bkt_component_role(attribute), BKT_ROLE_ATTRIBUTE);
        ck_assert_int_eq(bkt_component_level(attribute), expected[i].level);
        ck_assert_int_eq(bkt_component_is_mandatory(attribute), expected[i].mandatory);
    }
    const bkt_item *title = component(BKT_ITEM_ATTRIBUTE, "TITLE");
    ck_assert_str_eq(bkt_component_type(title), "String");
    ck_assert_str_eq(bkt_component_facet(title, "maxLength"), "20");
    ck_assert_ptr_null(bkt_component_facet(title, "pattern"));
    const bkt_item *flow = component(BKT_ITEM_DIMENSION, "FLOW");
    const bkt_item *unit = component(BKT_ITEM_ATTRIBUTE, "UNIT");
    ck_assert_uint_eq(bkt_component_dimension_count(unit), 1);
    ck_assert_ptr_eq(bkt_component_dimension_at(unit, 0), flow);
    ck_assert_ptr_null(bkt_component_dimension_at(unit, 1));
    ck_assert_ptr_eq(bkt_component_dimension_at(component(BKT_ITEM_GROUP, "ByFlow"), 0), flow);
    ck_assert_uint_eq(bkt_component_dimension_count(title), _i < 2 ? 0 : 2);
    const bkt_item *value = component(BKT_ITEM_MEASURE, "OBS_VALUE");
    ck_assert_int_eq(bkt_component_role(value), BKT_ROLE_MEASURE);
    ck_assert_int_eq(bkt_component_is_mandatory(value), 1);
    ck_assert_str_eq(bkt_component_type(value), "Double");
    bkt_structure_free(structure);
}
END_TEST

START_TEST(dataflow) {
    open_file(_i);
    const bkt_item *flow = bkt_structure_find(structure, BKT_ITEM_DATAFLOW, "EX:DF_TRADE(1.2)");
    ck_assert_int_eq(flow != NULL, _i > 0); /* 1.0 has none */
    if (flow != NULL) {
        ck_assert_ptr_eq(bkt_item_reference(flow, "Structure"), dsd);
        ck_assert_ptr_eq(bkt_structure_find_data_structure(structure, "DF_TRADE"), dsd);
        ck_assert_int_eq(bkt_item_property(flow, "isFinal") != NULL, _i < 3);
    }
    ck_assert_ptr_eq(bkt_structure_find_data_structure(structure, NULL), dsd);
    ck_assert_ptr_eq(bkt_structure_find_data_structure(structure, "OTHER:TRADE(7.0)"), dsd);
    ck_assert_ptr_null(bkt_structure_find_data_structure(structure, "EX:OTHER"));
    bkt_structure_free(structure);
}
END_TEST

/* Of 2.1 and later alone. */
START_TEST(constraint) {
    open_file(_i);
    const bkt_item *item = bkt_structure_find(structure, BKT_ITEM_CONSTRAINT, "CC");
    ck_assert_str_eq(bkt_item_property(item, _i == 2 ? "type" : "role"), "Allowed");
    ck_assert_str_eq(bkt_item_id(bkt_item_reference(item, "Dataflow")), "DF_TRADE");
    const bkt_item *region = bkt_item_child_at(item, BKT_ITEM_CUBE_REGION, 0);
    ck_assert_str_eq(bkt_item_property(region, "include"), "true");
    ck_assert_str_eq(ids_of(region, BKT_ITEM_KEY_VALUE), "REF_AREA TIME_PERIOD NOTE ");
    const bkt_item *area = bkt_item_child_find(region, BKT_ITEM_KEY_VALUE, "REF_AREA");
    ck_assert_uint_eq(bkt_item_property_count(area), 1);
    ck_assert_str_eq(bkt_item_property_name_at(area, 0), "Value");
    ck_assert_str_eq(bkt_item_property_at(area, 0), "W");
    ck_assert_str_eq(bkt_item_property_qualifier_at(area, 0), "true");
    ck_assert_ptr_null(bkt_item_property_item_at(area, 0));
    const bkt_item *time = bkt_item_child_find(region, BKT_ITEM_KEY_VALUE, "TIME_PERIOD");
    ck_assert_str_eq(bkt_item_property(time, "AfterPeriod"), "2010");
    const bkt_item *set = bkt_item_child_at(item, BKT_ITEM_KEY_SET, 0);
    ck_assert_str_eq(bkt_item_property(set, "isIncluded"), "false");
    const bkt_item *key = bkt_item_child_at(set, BKT_ITEM_KEY, 0);
    ck_assert_str_eq(bkt_item_property(bkt_item_child_at(key, BKT_ITEM_ANY, 0), "Value"), "M");
    size_t length = 1;
    ck_assert_int_eq(bkt_item_urn(key, NULL, 0, &length), BKT_ERR_ARGUMENT);
    ck_assert_uint_eq(length, 0);
    bkt_structure_free(structure);
}
END_TEST

/* Data structures of one file, code lists of another. */
START_TEST(several_files) {
    context = new_context();
    bkt_structure_builder *builder;
    char path[TEXT_SIZE];
    const char *list = "<s:Codelists><s:Codelist id='CL_UNIT' agencyID='EX' version='1.0'>"
                       "<s:Code id='USD'/></s:Codelist></s:Codelists>";
    const char *dsd_text =
        "<s:DataStructures><s:DataStructure id='D' agencyID='EX'><s:DataStructureComponents>"
        "<s:DimensionList><s:Dimension id='U'><s:ConceptIdentity><Ref id='FREQ' "
        "maintainableParentID='CS' agencyID='EX'/></s:ConceptIdentity><s:LocalRepresentation>"
        "<s:Enumeration><Ref id='CL_UNIT' agencyID='EX'/></s:Enumeration></s:LocalRepresentation>"
        "</s:Dimension></s:DimensionList></s:DataStructureComponents></s:DataStructure>"
        "</s:DataStructures>";
    char *texts[] = {structure_message(dsd_text), structure_message(list)};
    ck_assert_int_eq(bkt_structure_builder_new(context, NULL, &builder), BKT_OK);
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(bkt_structure_builder_add_memory(builder, texts[i], strlen(texts[i]),
                                                          i == 0 ? "first" : NULL),
                         BKT_OK);
        free(texts[i]);
    }
    ck_assert_int_eq(bkt_structure_builder_add_path(builder, structure_path(path, "trade-2.1.xml")),
                     BKT_OK);
    ck_assert_int_eq(bkt_structure_builder_finish(builder, &structure), BKT_OK);
    const bkt_item *item = bkt_structure_find(structure, BKT_ITEM_DATA_STRUCTURE, "D");
    const bkt_item *unit = bkt_item_child_at(item, BKT_ITEM_DIMENSION, 0);
    ck_assert_str_eq(ids_of(bkt_component_code_list(unit), BKT_ITEM_CODE), "USD ");
    ck_assert_str_eq(bkt_item_name(bkt_component_concept(unit), ""), "Frequency of observation");
    ck_assert_str_eq(bkt_item_source(unit), "first");
    ck_assert_str_eq(bkt_item_source(bkt_component_code_list(unit)), "memory");
    ck_assert_ptr_null(bkt_structure_find_data_structure(structure, NULL)); /* there are two */
    bkt_structure_free(structure);
    bkt_context_free(context);
}
END_TEST

START_TEST(nothing_for_nothing) {
    ck_assert_int_eq(bkt_item_kind(NULL), 0);
    ck_assert_ptr_null(bkt_item_id(NULL));
    ck_assert_ptr_null(bkt_item_version(NULL));
    ck_assert_ptr_null(bkt_item_name(NULL, "en"));
    ck_assert_ptr_null(bkt_item_property(NULL, "x"));
    ck_assert_ptr_null(bkt_item_property_in(NULL, "x", "en"));
    ck_assert_ptr_null(bkt_structure_find(NULL, 0, "X"));
    ck_assert_ptr_null(bkt_component_code_list(NULL));
    ck_assert_uint_eq(bkt_component_dimension_count(NULL), 0);
    ck_assert_uint_eq(bkt_structure_item_count(NULL, 0), 0);
    ck_assert_str_eq(bkt_item_kind_text(BKT_ITEM_CODE), "Code");
    ck_assert_str_eq(bkt_item_kind_text(-1), "unknown");
    for (int32_t kind = 1; kind <= BKT_ITEM_OTHER; kind++) {
        ck_assert_str_ne(bkt_item_kind_text(kind), "unknown");
    }
    open_file(2);
    ck_assert_uint_eq(bkt_item_child_count(dsd, -1), 0);
    ck_assert_uint_eq(bkt_item_child_count(dsd, INT32_MAX), 0);
    ck_assert_ptr_null(bkt_item_child_at(dsd, 0, UINT32_MAX));
    ck_assert_ptr_null(bkt_item_child_find(dsd, 0, ""));
    ck_assert_ptr_null(bkt_item_property_at(dsd, UINT32_MAX));
    ck_assert_ptr_null(bkt_structure_find(structure, 0, ""));
    ck_assert_ptr_null(bkt_structure_find(structure, 0, "EX:TRADE(1.0"));
    ck_assert_ptr_null(bkt_structure_find(structure, 0, "urn:sdmx:org.sdmx.infomodel.x"));
    bkt_structure_free(structure);
    bkt_structure_free(NULL);
    bkt_structure_builder_free(NULL);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("structure");
    TCase *all = tcase_create("structure");
    tcase_add_loop_test(all, artefacts, 0, FILE_COUNT);
    tcase_add_loop_test(all, codes, 0, FILE_COUNT);
    tcase_add_loop_test(all, dimensions, 0, FILE_COUNT);
    tcase_add_loop_test(all, attributes, 0, FILE_COUNT);
    tcase_add_loop_test(all, dataflow, 0, FILE_COUNT);
    tcase_add_loop_test(all, constraint, 2, FILE_COUNT);
    tcase_add_test(all, several_files);
    tcase_add_test(all, nothing_for_nothing);
    suite_add_tcase(suite, all);
    return run_suite(suite);
}
