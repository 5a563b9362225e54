/* SPDX-License-Identifier: MIT */
/* What each format looks like, byte by byte. */
#include "run_suite.h"
#include "writing.h"

static bkt_context *context;
static bkt_writer *writer;

static void start(void) {
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    writer = NULL;
}

static void finish(void) {
    bkt_writer_free(writer);
    bkt_context_free(context);
}

static const sheet trade = {
    {"dFREQ", "dAREA", "tTIME", "vOBS_VALUE", "sUNIT", "aSTATUS"},
    {{"A", "BY", "2011", "1.5", "USD", NULL},
     {"A", "BY", "2012", NULL, "USD", "L"},
     {"A", "KZ", "2011", "?", NULL, "a\"<&>\t\n"},
     {"A", "KZ", "2012", "0.1", NULL, NULL}},
};

/* Everything that a format writes of a table. */
static const char *written(const bkt_table *table, int32_t format, uint32_t flags) {
    bkt_write_options options = write_as(format, flags);
    bkt_writer_free(writer);
    ck_assert_int_eq(bkt_writer_open_memory(context, &options, &writer), BKT_OK);
    ck_assert_int_eq(bkt_writer_write(writer, table), BKT_OK);
    ck_assert_int_eq(bkt_writer_finish(writer), BKT_OK);
    size_t size;
    const char *bytes = bkt_writer_bytes_view(writer, &size);
    ck_assert_ptr_nonnull(bytes);
    ck_assert_uint_eq(strlen(bytes), size);
    return bytes;
}

static const char *behind_header(const char *text) {
    const char *end = strstr(text, "</message:Header>\n");
    ck_assert_ptr_nonnull(end);
    return end + strlen("</message:Header>\n");
}

static void assert_part(const char *text, const char *part) {
    ck_assert_msg(strstr(text, part) != NULL, "'%s' is not in:\n%s", part, text);
}

START_TEST(structure_specific_2_1_has_series) {
    bkt_table *table = sheet_table(context, &trade, 4);
    const char *text = written(table, BKT_FORMAT_STRUCTURE_SPECIFIC_2_1, 0);
    assert_part(text, "<message:ID>M1</message:ID>\n<message:Test>false</message:Test>\n"
                      "<message:Prepared>2026-01-01T00:00:00Z</message:Prepared>\n"
                      "<message:Sender id=\"BKT\"/>\n"
                      "<message:Structure structureID=\"S1\" "
                      "namespace=\"urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure="
                      "BKT:TRADE(1.0):ObsLevelDim:TIME_PERIOD\" "
                      "dimensionAtObservation=\"TIME_PERIOD\"><common:Structure><Ref "
                      "agencyID=\"BKT\" id=\"TRADE\" version=\"1.0\" class=\"DataStructure\"/>"
                      "</common:Structure></message:Structure>\n</message:Header>\n");
    ck_assert_str_eq(behind_header(text),
                     "<message:DataSet ss:structureRef=\"S1\" ss:dataScope=\"DataStructure\" "
                     "xmlns:ns1=\"urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure="
                     "BKT:TRADE(1.0):ObsLevelDim:TIME_PERIOD\" xsi:type=\"ns1:DataSetType\">\n"
                     "<Series FREQ=\"A\" AREA=\"BY\" UNIT=\"USD\">\n"
                     "<Obs TIME_PERIOD=\"2011\" OBS_VALUE=\"1.5\"/>\n"
                     "<Obs TIME_PERIOD=\"2012\" STATUS=\"L\"/>\n"
                     "</Series>\n"
                     "<Series FREQ=\"A\" AREA=\"KZ\">\n"
                     "<Obs TIME_PERIOD=\"2011\" OBS_VALUE=\"NaN\" "
                     "STATUS=\"a&quot;&lt;&amp;&gt;&#9;&#10;\"/>\n"
                     "<Obs TIME_PERIOD=\"2012\" OBS_VALUE=\"0.1\"/>\n"
                     "</Series>\n"
                     "</message:DataSet>\n</message:StructureSpecificData>\n");
    bkt_table_free(table);
}
END_TEST

START_TEST(structure_specific_3_0_is_flat_when_asked) {
    bkt_table *table = sheet_table(context, &trade, 2);
    const char *text =
        written(table, BKT_FORMAT_STRUCTURE_SPECIFIC_3_0, BKT_WRITE_FLAT | BKT_WRITE_TEST);
    assert_part(text, "<message:Test>true</message:Test>");
    assert_part(text, "dimensionAtObservation=\"AllDimensions\"><common:Structure>"
                      "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=BKT:TRADE(1.0)"
                      "</common:Structure></message:Structure>\n");
    ck_assert_str_eq(behind_header(text),
                     "<message:DataSet ss:structureRef=\"S1\" xmlns:ns1=\"urn:sdmx:org.sdmx."
                     "infomodel.datastructure.DataStructure=BKT:TRADE(1.0):ObsLevelDim:"
                     "AllDimensions\" xsi:type=\"ns1:DataSetType\">\n"
                     "<Obs FREQ=\"A\" AREA=\"BY\" TIME_PERIOD=\"2011\" OBS_VALUE=\"1.5\" "
                     "UNIT=\"USD\"/>\n"
                     "<Obs FREQ=\"A\" AREA=\"BY\" TIME_PERIOD=\"2012\" UNIT=\"USD\" "
                     "STATUS=\"L\"/>\n"
                     "</message:DataSet>\n</message:StructureSpecificData>\n");
    bkt_table_free(table);
}
END_TEST

START_TEST(generic_2_1_has_elements_for_all) {
    bkt_table *table = sheet_table(context, &trade, 2);
    const char *text = written(table, BKT_FORMAT_GENERIC_2_1, 0);
    ck_assert_str_eq(
        behind_header(text),
        "<message:DataSet structureRef=\"S1\">\n<generic:Series>\n"
        "<generic:SeriesKey><generic:Value id=\"FREQ\" value=\"A\"/><generic:Value id=\"AREA\" "
        "value=\"BY\"/></generic:SeriesKey>\n"
        "<generic:Attributes><generic:Value id=\"UNIT\" value=\"USD\"/></generic:Attributes>\n"
        "<generic:Obs><generic:ObsDimension value=\"2011\"/><generic:ObsValue value=\"1.5\"/>"
        "</generic:Obs>\n"
        "<generic:Obs><generic:ObsDimension value=\"2012\"/><generic:Attributes><generic:Value "
        "id=\"STATUS\" value=\"L\"/></generic:Attributes></generic:Obs>\n"
        "</generic:Series>\n</message:DataSet>\n</message:GenericData>\n");
    text = written(table, BKT_FORMAT_GENERIC_2_1, BKT_WRITE_FLAT);
    assert_part(text, "<generic:Obs><generic:ObsKey><generic:Value id=\"FREQ\" value=\"A\"/>"
                      "<generic:Value id=\"AREA\" value=\"BY\"/><generic:Value id=\"TIME_PERIOD\" "
                      "value=\"2011\"/></generic:ObsKey><generic:ObsValue value=\"1.5\"/>");
    bkt_table_free(table);
}
END_TEST

START_TEST(csv_has_one_line_a_row) {
    bkt_table *table = sheet_table(context, &trade, 3);
    ck_assert_str_eq(written(table, BKT_FORMAT_SDMX_CSV_1, 0),
                     "DATAFLOW,FREQ,AREA,TIME_PERIOD,OBS_VALUE,UNIT,STATUS\n"
                     "BKT:TRADE(1.0),A,BY,2011,1.5,USD,\n"
                     "BKT:TRADE(1.0),A,BY,2012,,USD,L\n"
                     "BKT:TRADE(1.0),A,KZ,2011,NaN,,\"a\"\"<&>\t\n\"\n");
    ck_assert_str_eq(written(table, BKT_FORMAT_SDMX_CSV_2, BKT_WRITE_ACTION),
                     "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,AREA,TIME_PERIOD,OBS_VALUE,UNIT,STATUS\n"
                     "datastructure,BKT:TRADE(1.0),I,A,BY,2011,1.5,USD,\n"
                     "datastructure,BKT:TRADE(1.0),I,A,BY,2012,,USD,L\n"
                     "datastructure,BKT:TRADE(1.0),I,A,KZ,2011,NaN,,\"a\"\"<&>\t\n\"\n");
    ck_assert_str_eq(written(table, BKT_FORMAT_CSV, 0), "FREQ,AREA,TIME,OBS_VALUE,UNIT,STATUS\n"
                                                        "A,BY,2011,1.5,USD,\n"
                                                        "A,BY,2012,,USD,L\n"
                                                        "A,KZ,2011,,,\"a\"\"<&>\t\n\"\n");
    bkt_table_free(table);
}
END_TEST

static const char *concept_name(const bkti_labels *labels, const char *language) {
    (void)labels;
    (void)language;
    return "Reporting country";
}

static const char *code_name(const bkti_labels *labels, const char *code, const char *language) {
    (void)labels;
    (void)language;
    return strcmp(code, "BY") == 0 ? "Belarus, Republic of" : NULL;
}

static void end(bkti_labels *labels) {
    (void)labels;
}

START_TEST(csv_has_names_beside_codes_when_asked) {
    bkti_labels labels = {.concept_name = concept_name, .code_name = code_name, .end = end};
    atomic_init(&labels.references, 1);
    bkti_table_writer *to;
    uint32_t index;
    bkt_table *table;
    ck_assert_int_eq(bkti_table_writer_new(context, &to), BKT_OK);
    ck_assert_int_eq(sheet_column(to, "dAREA", &index), BKT_OK);
    bkti_table_writer_set_structure(to, index, &labels, 1);
    ck_assert_int_eq(sheet_cell(to, index, 0, "BY"), BKT_OK);
    ck_assert_int_eq(sheet_cell(to, index, 1, "XX"), BKT_OK);
    ck_assert_int_eq(bkti_table_writer_finish(to, 2, &table), BKT_OK);
    ck_assert_str_eq(written(table, BKT_FORMAT_SDMX_CSV_2, BKT_WRITE_LABELS),
                     "STRUCTURE,STRUCTURE_ID,AREA: Reporting country,OBS_VALUE\n"
                     "datastructure,UNKNOWN:UNKNOWN(1.0),\"BY: Belarus, Republic of\",\n"
                     "datastructure,UNKNOWN:UNKNOWN(1.0),XX,\n");
    ck_assert_str_eq(written(table, BKT_FORMAT_CSV, BKT_WRITE_LABELS), "AREA\nBY\nXX\n");
    bkt_table_free(table);
}
END_TEST

START_TEST(what_stands_for_missing_numbers) {
    static const sheet values = {
        {"dA", "tTIME_PERIOD", "vOBS_VALUE", "aOBS_VALUE_TEXT"},
        {{"x", "2011", "!", "1,5"}, {"x", "2012", "", NULL}, {"x", "2013", "!", NULL}},
    };
    bkt_table *table = sheet_table(context, &values, 3);
    assert_part(written(table, BKT_FORMAT_STRUCTURE_SPECIFIC_2_1, 0),
                "<Obs TIME_PERIOD=\"2011\" OBS_VALUE=\"1,5\"/>\n"
                "<Obs TIME_PERIOD=\"2012\" OBS_VALUE=\"\"/>\n"
                "<Obs TIME_PERIOD=\"2013\" OBS_VALUE=\"NaN\"/>\n");
    ck_assert_str_eq(written(table, BKT_FORMAT_SDMX_CSV_1, 0),
                     "DATAFLOW,A,TIME_PERIOD,OBS_VALUE\n"
                     "BKT:TRADE(1.0),x,2011,\"1,5\"\n"
                     "BKT:TRADE(1.0),x,2012,\nBKT:TRADE(1.0),x,2013,NaN\n");
    bkt_table_free(table);
}
END_TEST

START_TEST(texts_of_a_further_measure_stand_in_its_place) {
    static const sheet measures = {
        {"dA", "tTIME_PERIOD", "vOBS_VALUE", "vSHARE", "aSHARE_TEXT", "aOTHER_TEXT"},
        {{"x", "2011", "1", "!", "half", "o"}, {"x", "2012", "2", "0.5", NULL, NULL}},
    };
    bkt_table *table = sheet_table(context, &measures, 2);
    assert_part(written(table, BKT_FORMAT_STRUCTURE_SPECIFIC_3_0, 0),
                "<Obs TIME_PERIOD=\"2011\" OBS_VALUE=\"1\" SHARE=\"half\" OTHER_TEXT=\"o\"/>\n"
                "<Obs TIME_PERIOD=\"2012\" OBS_VALUE=\"2\" SHARE=\"0.5\"/>\n");
    bkt_table_free(table);
}
END_TEST

START_TEST(several_measures_and_none_called_obs_value) {
    static const sheet balance = {
        {"dAREA", "tTIME_PERIOD", "vEXPORTS", "vBALANCE"},
        {{"BY", "2011", "2", "-1"}},
    };
    bkt_table *table = sheet_table(context, &balance, 1);
    assert_part(written(table, BKT_FORMAT_STRUCTURE_SPECIFIC_2_1, 0),
                "<Obs TIME_PERIOD=\"2011\" OBS_VALUE=\"2\" BALANCE=\"-1\"/>");
    assert_part(written(table, BKT_FORMAT_STRUCTURE_SPECIFIC_3_0, 0),
                "<Obs TIME_PERIOD=\"2011\" EXPORTS=\"2\" BALANCE=\"-1\"/>");
    bkt_write_options options = write_as(BKT_FORMAT_STRUCTURE_SPECIFIC_3_0, 0);
    options.value = "balance";
    bkt_writer_free(writer);
    ck_assert_int_eq(bkt_writer_open_memory(context, &options, &writer), BKT_OK);
    ck_assert_int_eq(bkt_writer_write(writer, table), BKT_OK);
    ck_assert_int_eq(bkt_writer_finish(writer), BKT_OK);
    assert_part(bkt_writer_bytes_view(writer, NULL),
                "<Obs TIME_PERIOD=\"2011\" OBS_VALUE=\"-1\" EXPORTS=\"2\"/>");
    bkt_table_free(table);
}
END_TEST

START_TEST(an_attribute_that_changes_in_a_series_is_the_observations) {
    static const sheet changing = {
        {"dA", "tTIME_PERIOD", "vOBS_VALUE", "sUNIT"},
        {{"x", "2011", "1", "USD"}, {"x", "2012", "2", "EUR"}, {"y", "2012", "2", "EUR"}},
    };
    bkt_table *table = sheet_table(context, &changing, 3);
    assert_part(written(table, BKT_FORMAT_STRUCTURE_SPECIFIC_2_1, 0),
                "<Series A=\"x\">\n<Obs TIME_PERIOD=\"2011\" OBS_VALUE=\"1\" UNIT=\"USD\"/>\n"
                "<Obs TIME_PERIOD=\"2012\" OBS_VALUE=\"2\" UNIT=\"EUR\"/>\n</Series>\n"
                "<Series A=\"y\" UNIT=\"EUR\">\n");
    bkt_table_free(table);
}
END_TEST

START_TEST(without_time_observations_are_flat) {
    static const sheet cross = {{"dA", "vOBS_VALUE"}, {{"x", "1"}}};
    bkt_table *table = sheet_table(context, &cross, 1);
    const char *text = written(table, BKT_FORMAT_GENERIC_2_1, 0);
    assert_part(text, "dimensionAtObservation=\"AllDimensions\"");
    assert_part(text, "<generic:Obs><generic:ObsKey><generic:Value id=\"A\" value=\"x\"/>"
                      "</generic:ObsKey><generic:ObsValue value=\"1\"/></generic:Obs>\n");
    bkt_table_free(table);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("writer/formats");
    TCase *test_case = tcase_create("formats");
    tcase_add_checked_fixture(test_case, start, finish);
    tcase_add_test(test_case, structure_specific_2_1_has_series);
    tcase_add_test(test_case, structure_specific_3_0_is_flat_when_asked);
    tcase_add_test(test_case, generic_2_1_has_elements_for_all);
    tcase_add_test(test_case, csv_has_one_line_a_row);
    tcase_add_test(test_case, csv_has_names_beside_codes_when_asked);
    tcase_add_test(test_case, what_stands_for_missing_numbers);
    tcase_add_test(test_case, texts_of_a_further_measure_stand_in_its_place);
    tcase_add_test(test_case, several_measures_and_none_called_obs_value);
    tcase_add_test(test_case, an_attribute_that_changes_in_a_series_is_the_observations);
    tcase_add_test(test_case, without_time_observations_are_flat);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
