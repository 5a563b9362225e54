/* SPDX-License-Identifier: MIT */
/* The structure of a table: as a structure message and as a schema. That they are valid is seen by
 * the corpus tests, where SDMX's schemas are at hand. */
#include "failing_memory.h"
#include "run_suite.h"
#include "writing.h"

static bkt_context *context;
static char *text;
static size_t text_size;

static void start(void) {
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
}

static void finish(void) {
    free(text);
    text = NULL;
    text_size = 0;
    bkt_context_free(context);
}

static int32_t collect(const void *data, size_t size, void *user) {
    (void)user;
    text = realloc(text, text_size + size + 1);
    ck_assert_ptr_nonnull(text);
    memcpy(text + text_size, data, size);
    text_size += size;
    text[text_size] = '\0';
    return 0;
}

typedef bkt_status (*write_function)(bkt_context *context, const bkt_table *table,
                                     const bkt_write_options *options, bkt_write_function write,
                                     void *user);

static bkt_status write_with(write_function function, const sheet *from, int rows, int32_t format,
                             uint32_t flags) {
    bkt_write_options options = write_as(format, flags);
    bkt_table *table = sheet_table(context, from, rows);
    text_size = 0;
    bkt_status status = function(context, table, &options, collect, NULL);
    bkt_table_free(table);
    return status;
}

static void assert_part(const char *part) {
    ck_assert_msg(text != NULL && strstr(text, part) != NULL, "'%s' is not in:\n%s", part,
                  text == NULL ? "" : text);
}

static void assert_no_part(const char *part) {
    ck_assert_msg(strstr(text, part) == NULL, "'%s' is in:\n%s", part, text);
}

static const sheet trade = {
    {"dAREA", "tTIME_PERIOD", "vOBS_VALUE", "vSHARE", "sUNIT", "sTITLE", "sCHANGING", "aSTATUS"},
    {{"BY", "2011", "1", "0.5", "USD", "a title", "x", "A"},
     {"BY", "2012", "2", NULL, "USD", "a title", "y", NULL},
     {"KZ", "2012", "3", "0.1", NULL, "another", "y", "E"}},
};

START_TEST(a_structure_of_2_1) {
    ck_assert_int_eq(write_with(bkt_table_write_structure, &trade, 3, BKT_FORMAT_GENERIC_2_1, 0),
                     BKT_OK);
    assert_part("<structure:Dataflow id=\"TRADE\" agencyID=\"BKT\" version=\"1.0\">"
                "<common:Name xml:lang=\"en\">TRADE</common:Name><structure:Structure><Ref "
                "id=\"TRADE\" version=\"1.0\" agencyID=\"BKT\" package=\"datastructure\" "
                "class=\"DataStructure\"/>");
    assert_part("<structure:Codelist id=\"CL_AREA\" agencyID=\"BKT\" version=\"1.0\">"
                "<common:Name xml:lang=\"en\">AREA</common:Name>\n"
                "<structure:Code id=\"BY\"><common:Name xml:lang=\"en\">BY</common:Name>"
                "</structure:Code>\n<structure:Code id=\"KZ\">");
    assert_part("<structure:TimeDimension id=\"TIME_PERIOD\"><structure:ConceptIdentity><Ref "
                "id=\"TIME_PERIOD\" maintainableParentID=\"CS_TRADE\" "
                "maintainableParentVersion=\"1.0\" agencyID=\"BKT\" package=\"conceptscheme\" "
                "class=\"Concept\"/>");
    assert_part("<structure:PrimaryMeasure id=\"OBS_VALUE\">");
    /* What a second measure is where there is only one. */
    assert_part("<structure:Attribute id=\"SHARE\" assignmentStatus=\"Conditional\">");
    assert_no_part("CL_TITLE");
    /* With the series, and not. */
    assert_part("class=\"Codelist\"/></structure:Enumeration></structure:LocalRepresentation>"
                "<structure:AttributeRelationship><structure:Dimension><Ref id=\"AREA\"/>"
                "</structure:Dimension></structure:AttributeRelationship></structure:Attribute>\n"
                "<structure:Attribute id=\"TITLE\"");
    assert_part("<Ref id=\"CL_CHANGING\" version=\"1.0\" agencyID=\"BKT\" package=\"codelist\" "
                "class=\"Codelist\"/></structure:Enumeration></structure:LocalRepresentation>"
                "<structure:AttributeRelationship><structure:PrimaryMeasure>");
}
END_TEST

START_TEST(a_structure_of_3_0) {
    ck_assert_int_eq(
        write_with(bkt_table_write_structure, &trade, 3, BKT_FORMAT_STRUCTURE_SPECIFIC_3_0, 0),
        BKT_OK);
    assert_part("<structure:Structure>urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure="
                "BKT:TRADE(1.0)</structure:Structure>");
    assert_part("<structure:Enumeration>urn:sdmx:org.sdmx.infomodel.codelist.Codelist="
                "BKT:CL_AREA(1.0)</structure:Enumeration>");
    assert_part("<structure:Measure id=\"OBS_VALUE\">");
    assert_part("<structure:Measure id=\"SHARE\"><structure:ConceptIdentity>urn:sdmx:org.sdmx."
                "infomodel.conceptscheme.Concept=BKT:CS_TRADE(1.0).SHARE");
    assert_part("<structure:AttributeRelationship><structure:Dimension>AREA</structure:Dimension>");
    assert_part("<structure:AttributeRelationship><structure:Observation/>");
}
END_TEST

START_TEST(a_schema_has_series_or_observations) {
    ck_assert_int_eq(
        write_with(bkt_table_write_schema, &trade, 3, BKT_FORMAT_STRUCTURE_SPECIFIC_2_1, 0),
        BKT_OK);
    assert_part("targetNamespace=\"urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure="
                "BKT:TRADE(1.0):ObsLevelDim:TIME_PERIOD\"");
    assert_part("<xs:simpleType name=\"CL_AREA\">\n<xs:restriction base=\"xs:string\">\n"
                "<xs:enumeration value=\"BY\"/>\n<xs:enumeration value=\"KZ\"/>\n");
    assert_part("<xs:attribute name=\"AREA\" type=\"CL_AREA\" use=\"required\"/>\n"
                "<xs:attribute name=\"UNIT\" type=\"CL_UNIT\" use=\"optional\"/>\n"
                "<xs:attribute name=\"TITLE\" type=\"xs:string\" use=\"optional\"/>\n"
                "<xs:attribute name=\"TIME_PERIOD\" type=\"common:ObservationalTimePeriodType\" "
                "use=\"prohibited\"/>\n");
    assert_part("<xs:attribute name=\"OBS_VALUE\" type=\"xs:double\" use=\"optional\"/>\n");
    ck_assert_int_eq(write_with(bkt_table_write_schema, &trade, 3,
                                BKT_FORMAT_STRUCTURE_SPECIFIC_3_0, BKT_WRITE_FLAT),
                     BKT_OK);
    assert_part("v3_0/data/structurespecific\"");
    assert_part(":ObsLevelDim:AllDimensions\"");
    assert_no_part("SeriesType");
    assert_no_part("REPORTING_YEAR_START_DAY");
}
END_TEST

START_TEST(a_whole_table_is_written_as_its_structure_says) {
    ck_assert_int_eq(write_with(bkt_table_write, &trade, 3, BKT_FORMAT_STRUCTURE_SPECIFIC_2_1, 0),
                     BKT_OK);
    assert_part("<Series AREA=\"KZ\" TITLE=\"another\">\n<Obs TIME_PERIOD=\"2012\" OBS_VALUE=\"3\" "
                "SHARE=\"0.1\" CHANGING=\"y\" STATUS=\"E\"/>\n");
}
END_TEST

static const sheet published = {
    {"dAREA", "tTIME_PERIOD", "vOBS_VALUE", "gUNIT", "sTITLE", "aSTATUS"},
    {{"BY", "2011", "1", "USD", "t", "A"},
     {"BY", "2012", "2", "USD", "t", NULL},
     {"KZ", "2012", "3", "EUR", NULL, "E"},
     {"KZ", "2013", "4", NULL, NULL, "E"}},
};

/* Where they change, another data set begins. */
START_TEST(attributes_of_the_data_set_stand_there) {
    ck_assert_int_eq(
        write_with(bkt_table_write, &published, 4, BKT_FORMAT_STRUCTURE_SPECIFIC_2_1, 0), BKT_OK);
    assert_part("xsi:type=\"ns1:DataSetType\" UNIT=\"USD\">\n<Series AREA=\"BY\" TITLE=\"t\">\n"
                "<Obs TIME_PERIOD=\"2011\" OBS_VALUE=\"1\" STATUS=\"A\"/>\n"
                "<Obs TIME_PERIOD=\"2012\" OBS_VALUE=\"2\"/>\n</Series>\n</message:DataSet>\n");
    assert_part("UNIT=\"EUR\">\n<Series AREA=\"KZ\">\n<Obs TIME_PERIOD=\"2012\" OBS_VALUE=\"3\" "
                "STATUS=\"E\"/>\n</Series>\n</message:DataSet>\n");
    assert_part("xsi:type=\"ns1:DataSetType\">\n<Series AREA=\"KZ\">\n<Obs TIME_PERIOD=\"2013\"");
    ck_assert_int_eq(
        write_with(bkt_table_write, &published, 2, BKT_FORMAT_STRUCTURE_SPECIFIC_3_0, 0), BKT_OK);
    assert_part("xsi:type=\"ns1:DataSetType\">\n<Atts UNIT=\"USD\"/>\n<Series AREA=\"BY\"");
    ck_assert_int_eq(write_with(bkt_table_write, &published, 2, BKT_FORMAT_GENERIC_2_1, 0), BKT_OK);
    assert_part("<message:DataSet structureRef=\"S1\">\n<generic:Attributes><generic:Value "
                "id=\"UNIT\" value=\"USD\"/></generic:Attributes>\n<generic:Series>");
    ck_assert_int_eq(
        write_with(bkt_table_write_structure, &published, 4, BKT_FORMAT_GENERIC_2_1, 0), BKT_OK);
    assert_part("<structure:AttributeRelationship><structure:None/>");
    ck_assert_int_eq(
        write_with(bkt_table_write_schema, &published, 4, BKT_FORMAT_STRUCTURE_SPECIFIC_3_0, 0),
        BKT_OK);
    assert_part("<xs:restriction base=\"dsd:AttsType\">");
}
END_TEST

START_TEST(lists_are_written_value_by_value_in_3_0) {
    static const sheet listed = {
        {"dAREA", "tTIME_PERIOD", "vOBS_VALUE", "sCONTACT", "aNOTE"},
        {{"BY", "2011", "1", "Ann; Bob & Co", "one"},
         {"BY", "2012", "2", "Ann; Bob & Co", NULL},
         {"KZ", "2012", "3", NULL, "; odd"}},
    };
    static const char *const ids[] = {"CONTACT", "NOTE"};
    bkt_write_options options = write_as(BKT_FORMAT_STRUCTURE_SPECIFIC_3_0, 0);
    options.lists = ids;
    options.list_count = 2;
    bkt_table *table = sheet_table(context, &listed, 3);
    ck_assert_int_eq(bkt_table_write(context, table, &options, collect, NULL), BKT_OK);
    assert_part("<Series AREA=\"BY\">\n<Comp id=\"CONTACT\" xsi:type=\"ns1:CONTACT\"><Value>Ann"
                "</Value><Value>Bob &amp; Co</Value></Comp>\n<Obs TIME_PERIOD=\"2011\" "
                "OBS_VALUE=\"1\">\n<Comp id=\"NOTE\" xsi:type=\"ns1:NOTE\"><Value>one</Value>"
                "</Comp>\n</Obs>\n<Obs TIME_PERIOD=\"2012\" OBS_VALUE=\"2\"/>\n</Series>\n");
    /* It would not be joined to the same text. */
    assert_part("OBS_VALUE=\"3\" NOTE=\"; odd\"/>\n");
    text_size = 0;
    ck_assert_int_eq(bkt_table_write_schema(context, table, &options, collect, NULL), BKT_OK);
    assert_part("<xs:complexType name=\"CONTACT\">\n<xs:complexContent>\n<xs:restriction "
                "base=\"dsd:CompType\">");
    text_size = 0;
    ck_assert_int_eq(bkt_table_write_structure(context, table, &options, collect, NULL), BKT_OK);
    assert_part("<structure:LocalRepresentation maxOccurs=\"unbounded\">");
    text_size = 0;
    options.format = BKT_FORMAT_STRUCTURE_SPECIFIC_2_1;
    ck_assert_int_eq(bkt_table_write(context, table, &options, collect, NULL), BKT_OK);
    assert_part("CONTACT=\"Ann; Bob &amp; Co\"");
    options.list_count = 0;
    ck_assert_int_eq(bkt_table_write(context, table, &options, collect, NULL), BKT_ERR_ARGUMENT);
    bkt_table_free(table);
}
END_TEST

START_TEST(flat_observations_have_all_attributes) {
    ck_assert_int_eq(write_with(bkt_table_write, &published, 1, BKT_FORMAT_STRUCTURE_SPECIFIC_2_1,
                                BKT_WRITE_FLAT),
                     BKT_OK);
    assert_part("UNIT=\"USD\">\n<Obs AREA=\"BY\" TIME_PERIOD=\"2011\" OBS_VALUE=\"1\" "
                "TITLE=\"t\" STATUS=\"A\"/>\n");
}
END_TEST

START_TEST(what_has_no_structure_is_told) {
    static const sheet lone = {{"tTIME_PERIOD", "vOBS_VALUE"}, {{"2011", "1"}}};
    ck_assert_int_eq(write_with(bkt_table_write_structure, &lone, 1, BKT_FORMAT_GENERIC_2_1, 0),
                     BKT_ERR_UNSUPPORTED);
    ck_assert_int_eq(write_with(bkt_table_write_structure, &trade, 1, BKT_FORMAT_CSV, 0),
                     BKT_ERR_ARGUMENT);
    ck_assert_int_eq(write_with(bkt_table_write_schema, &trade, 1, BKT_FORMAT_GENERIC_2_1, 0),
                     BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_write_schema(context, NULL, NULL, collect, NULL), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_write_structure_path(context, NULL, NULL, "x"), BKT_ERR_ARGUMENT);
    bkt_table *table = sheet_table(context, &trade, 1);
    ck_assert_int_eq(bkt_table_write_structure_path(context, table, NULL, "/nowhere/x"),
                     BKT_ERR_NOT_FOUND);
    ck_assert_int_eq(bkt_table_write_schema_path(context, table, NULL, "/nowhere/x"),
                     BKT_ERR_NOT_FOUND);
    bkt_table_free(table);
}
END_TEST

static int32_t drop(const void *data, size_t size, void *user) {
    (void)data;
    (void)size;
    (void)user;
    return 0;
}

START_TEST(memory_that_fails_is_told) {
    static const write_function functions[] = {bkt_table_write_structure, bkt_table_write_schema};
    for (int i = 0; i < 2; i++) {
        failing_memory memory = {0};
        for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
            bkt_context *own = failing_memory_context(&memory);
            ck_assert_ptr_nonnull(own);
            bkt_table *table = sheet_table(own, &trade, 3);
            failing_memory_arm(&memory);
            bkt_status status = functions[i](own, table, NULL, drop, NULL);
            failing_memory_disarm(&memory);
            if (status != BKT_OK && (status != BKT_ERR_MEMORY || !memory.has_failed)) {
                ck_abort_msg("turn %llu: %d", (unsigned long long)n, (int)status);
            }
            bkt_table_free(table);
            bkt_context_free(own);
            failing_memory_check(&memory);
        }
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("writer/structure");
    TCase *test_case = tcase_create("structure");
    tcase_add_checked_fixture(test_case, start, finish);
    tcase_add_test(test_case, a_structure_of_2_1);
    tcase_add_test(test_case, a_structure_of_3_0);
    tcase_add_test(test_case, a_schema_has_series_or_observations);
    tcase_add_test(test_case, a_whole_table_is_written_as_its_structure_says);
    tcase_add_test(test_case, attributes_of_the_data_set_stand_there);
    tcase_add_test(test_case, lists_are_written_value_by_value_in_3_0);
    tcase_add_test(test_case, flat_observations_have_all_attributes);
    tcase_add_test(test_case, what_has_no_structure_is_told);
    tcase_add_test(test_case, memory_that_fails_is_told);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
