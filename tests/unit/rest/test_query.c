/* SPDX-License-Identifier: MIT */
/* Addresses against the examples of the SDMX REST specification (github.com/sdmx-twg/sdmx-rest):
 * 1.5.0, v2_1/ws/rest/docs; 2.1 (46bba52), doc. Brackets are encoded here, as its tip advises. */
#include "ask.h"
#include "failing_memory.h"
#include "run_suite.h"

/* An example, the entry point left out. */
typedef struct example {
    const char *address;
    bkt_query_options options;
} example;

#define ENTRY "https://ws-entry-point"
#define DATA  .kind = BKT_QUERY_DATA
#define AVAIL .kind = BKT_QUERY_AVAILABILITY
#define STRUC .kind = BKT_QUERY_STRUCTURE

static void expect_examples(const example *examples, size_t count, int32_t protocol) {
    for (size_t i = 0; i < count; i++) {
        char expected[400];
        bkt_query_options options = examples[i].options;
        options.struct_size = sizeof options;
        options.address = ENTRY "/";
        options.protocol = protocol;
        snprintf(expected, sizeof expected, ENTRY "%s", examples[i].address);
        ask_expect(NULL, &options, expected);
    }
}

static const example FIRST[] = {
    /* 4.4 Data queries */
    {"/data/ECB_EXR1_WEB/M.USD.EUR.SP00.A/ECB",
     {DATA, .resource = "ECB_EXR1_WEB", .key = "M.USD.EUR.SP00.A", .provider = "ECB"}},
    {"/data/ECB,ECB_EXR1_WEB,latest/M..EUR.SP00.A/ECB",
     {DATA, .resource = "ECB:ECB_EXR1_WEB(latest)", .key = "M..EUR.SP00.A", .provider = "ECB"}},
    {"/data/ECB_EXR1_WEB/M.USD+GBP+JPY.EUR.SP00.A?updatedAfter=2009-05-15T14%3A15%3A00%2B01%3A00",
     {DATA, .resource = "ECB_EXR1_WEB", .key = "M.USD+GBP+JPY.EUR.SP00.A",
      .updated_after = "2009-05-15T14:15:00+01:00"}},
    {"/data/ECB_EXR1_WEB/D.USD.EUR.SP00.A?startPeriod=2009-05-01&endPeriod=2009-05-31",
     {DATA, .resource = "ECB_EXR1_WEB", .key = "D.USD.EUR.SP00.A", .first_period = "2009-05-01",
      .last_period = "2009-05-31"}},
    /* 4.6.1 Availability, without the slash that may be left out */
    {"/availableconstraint/ECB_EXR1_WEB", {AVAIL, .resource = "ECB_EXR1_WEB"}},
    {"/availableconstraint/ECB,ECB_EXR1_WEB,1.0/M..EUR.SP00.A/ECB?mode=available",
     {AVAIL, .resource = "ECB:ECB_EXR1_WEB(1.0)", .key = "M..EUR.SP00.A", .provider = "ECB",
      .flags = BKT_QUERY_SELECTABLE}},
    {"/availableconstraint/ECB_EXR1_WEB/M..EUR.SP00.A/ECB",
     {AVAIL, .resource = "ECB_EXR1_WEB", .key = "M..EUR.SP00.A", .provider = "ECB"}},
    /* 4.3 Structural metadata queries */
    {"/datastructure/ECB/ECB_EXR1/1.0?references=children&detail=referencepartial",
     {STRUC, .artefact = "datastructure", .resource = "ECB:ECB_EXR1(1.0)", .references = "children",
      .structure_detail = "referencepartial"}},
    {"/datastructure/ECB/ECB_EXR1",
     {STRUC, .artefact = "datastructure", .resource = "ECB:ECB_EXR1"}},
    {"/datastructure/ECB?references=dataflow",
     {STRUC, .artefact = "datastructure", .resource = "ECB:*", .references = "dataflow"}},
    {"/codelist?detail=allstubs", {STRUC, .artefact = "codelist", .structure_detail = "allstubs"}},
    {"/structure/ECB?detail=allstubs",
     {STRUC, .artefact = "all", .resource = "ECB:*", .structure_detail = "allstubs"}},
    {"/categoryscheme/ECB/DOMAINS/latest/PRICES?references=categorisation",
     {STRUC, .artefact = "categoryscheme", .resource = "ECB:DOMAINS", .item = "PRICES",
      .references = "categorisation"}},
    {"/codelist/BIS+ECB/CL_FREQ", {STRUC, .artefact = "codelist", .resource = "BIS+ECB:CL_FREQ"}},
    /* What is described there without an example */
    {"/codelist/all/CL_FREQ", {STRUC, .artefact = "codelist", .resource = "CL_FREQ"}},
    {"/codelist/ECB/CL_FREQ+CL_AREA/1.0+2.1",
     {STRUC, .artefact = "codelist", .resource = "ECB:CL_FREQ+CL_AREA(1.0+2.1)"}},
    {"/codelist/ECB/all/all", {STRUC, .artefact = "codelist", .resource = "ECB:*(*)"}},
    {"/data/all,EXR,1.0", {DATA, .resource = "EXR(1.0)"}},
    {"/data/ECB,EXR/all/ECB,CH2",
     {DATA, .resource = "ECB:EXR", .key = "....", .provider = "ECB,CH2"}},
    {"/availableconstraint/EXR/M....A/all/CURRENCY?startPeriod=2010&references=codelist",
     {AVAIL, .resource = "EXR", .key = "M....A", .component = "CURRENCY", .first_period = "2010",
      .references = "codelist"}},
    {"/data/EXR?firstNObservations=1&lastNObservations=2&dimensionAtObservation=AllDimensions"
     "&detail=dataonly&includeHistory=true",
     {DATA, .resource = "EXR", .first_observations = 1, .last_observations = 2,
      .dimension_at_observation = "AllDimensions", .detail = BKT_DETAIL_DATA_ONLY,
      .flags = BKT_QUERY_HISTORY}},
    {"/data/EXR?detail=serieskeysonly",
     {DATA, .resource = "EXR", .detail = BKT_DETAIL_SERIES_KEYS_ONLY}},
    {"/data/EXR?detail=nodata", {DATA, .resource = "EXR", .detail = BKT_DETAIL_NO_DATA}},
};

static const char *const BY_STATUS[] = {"CONF_STATUS=F"};
static const char *const BY_AREA[] = {"REF_AREA=CH"};
static const char *const BY_VALUE[] = {"OBS_VALUE=ge:10.0"};
static const char *const BY_TITLE[] = {"TITLE=co:euro"};

static const example SECOND[] = {
    /* doc/data.md */
    {"/data/dataflow/ECB/EXR/1.0.0/M.USD.EUR.SP00.A",
     {DATA, .resource = "ECB:EXR(1.0.0)", .key = "M.USD.EUR.SP00.A"}},
    {"/data/dataflow/ECB/EXR/1.0.0/M.USD.EUR.SP00.A?attributes=OBS_STATUS,UNIT_MEASURE",
     {DATA, .resource = "ECB:EXR(1.0.0)", .key = "M.USD.EUR.SP00.A",
      .attributes = "OBS_STATUS+UNIT_MEASURE"}},
    {"/data/datastructure/ECB/ECB_EXR1/1.0.0,2.0.0/M.*.EUR.SP00.A",
     {DATA, .context = BKT_CONTEXT_DATA_STRUCTURE, .resource = "ECB:ECB_EXR1(1.0.0,2.0.0)",
      .key = "M..EUR.SP00.A"}},
    {"/data/dataflow/ECB/EXR/+/M.USD.EUR.SP00.A,M.CHF.EUR.SP00.A"
     "?updatedAfter=2009-05-15T14%3A15%3A00%2B01%3A00", /* there the second key is of A */
     {DATA, .resource = "ECB:EXR(+)", .key = "M.USD+CHF.EUR.SP00.A",
      .updated_after = "2009-05-15T14:15:00+01:00"}},
    {"/data/dataflow/ECB/EXR?c%5BTIME_PERIOD%5D=ge:2009-05-01+le:2009-05-31&c%5BCONF_STATUS%5D=F",
     {DATA, .resource = "ECB:EXR(*)", .first_period = "2009-05-01", .last_period = "2009-05-31",
      .filters = BY_STATUS, .filter_count = 1}},
    {"/data?c%5BREF_AREA%5D=CH&attributes=none&measures=none",
     {DATA, .filters = BY_AREA, .filter_count = 1, .detail = BKT_DETAIL_SERIES_KEYS_ONLY}},
    {"/data/dataflow/ECB/EXR/1.0.0/M.USD.EUR.SP00.A?c%5BOBS_VALUE%5D=ge:10.0"
     "&dimensionAtObservation=AllDimensions",
     {DATA, .resource = "ECB:EXR(1.0.0)", .key = "M.USD.EUR.SP00.A", .filters = BY_VALUE,
      .filter_count = 1, .dimension_at_observation = "AllDimensions"}},
    {"/data?c%5BTITLE%5D=co:euro&attributes=none&measures=none",
     {DATA, .filters = BY_TITLE, .filter_count = 1, .detail = BKT_DETAIL_SERIES_KEYS_ONLY}},
    {"/data/dataflow/ECB/EXR?updatedAfter=2009-05-15T14%3A15%3A00%2B01%3A00",
     {DATA, .resource = "ECB:EXR(*)", .updated_after = "2009-05-15T14:15:00+01:00"}},
    {"/data/dataflow/ECB/EXR/1.0.0/M.USD.EUR.SP00.A?lastNObservations=2",
     {DATA, .resource = "ECB:EXR(1.0.0)", .key = "M.USD.EUR.SP00.A", .last_observations = 2}},
    {"/data/dataflow/ECB/EXR/1.0.0/M.USD.EUR.SP00.A?includeHistory=true",
     {DATA, .resource = "ECB:EXR(1.0.0)", .key = "M.USD.EUR.SP00.A", .flags = BKT_QUERY_HISTORY}},
    {"/data/dataflow/ECB/EXR/1.0.0/M.USD.*.*.*?attributes=all&measures=none",
     {DATA, .resource = "ECB:EXR(1.0.0)", .key = "M.USD.*.*.*", .attributes = "all",
      .measures = "none"}},
    /* doc/availability.md */
    {"/availability/dataflow/ECB/ECB_EXR1_WEB?references=all",
     {AVAIL, .resource = "ECB:ECB_EXR1_WEB(*)", .references = "all"}},
    {"/availability/dataflow/ECB/ECB_EXR1_WEB/1.0.0/M.*.EUR.SP00.A?mode=available",
     {AVAIL, .resource = "ECB:ECB_EXR1_WEB(1.0.0)", .key = "M.*.EUR.SP00.A",
      .flags = BKT_QUERY_SELECTABLE}},
    {"/availability/dataflow/ECB/ECB_EXR1_WEB/*/M.*.EUR.SP00.A",
     {AVAIL, .resource = "ECB:ECB_EXR1_WEB(all)", .key = "M.*.EUR.SP00.A"}},
    {"/availability/dataflow/*/EMPLOYMENT/*/UK.*.M,FR.*.M?mode=available",
     {AVAIL, .resource = "*:EMPLOYMENT(*)", .key = "UK+FR..M", .flags = BKT_QUERY_SELECTABLE}},
    /* doc/structures.md */
    {"/structure/datastructure/ECB/ECB_EXR1/1.0.0?references=children&detail=referencepartial",
     {STRUC, .artefact = "datastructure", .resource = "ECB:ECB_EXR1(1.0.0)",
      .references = "children", .structure_detail = "referencepartial"}},
    {"/structure/datastructure/ECB/ECB_EXR1/+",
     {STRUC, .artefact = "datastructure", .resource = "ECB:ECB_EXR1(+)"}},
    {"/structure/datastructure/ECB?references=dataflow",
     {STRUC, .artefact = "datastructure", .resource = "ECB:*", .references = "dataflow"}},
    {"/structure/codelist?detail=allstubs",
     {STRUC, .artefact = "codelist", .structure_detail = "allstubs"}},
    {"/structure/all/ECB?detail=allstubs",
     {STRUC, .artefact = "all", .resource = "ECB:*", .structure_detail = "allstubs"}},
    {"/structure/categoryscheme/ECB/DOMAINS/+/PRICES?references=categorisation",
     {STRUC, .artefact = "categoryscheme", .resource = "ECB:DOMAINS(+)", .item = "PRICES",
      .references = "categorisation"}},
    {"/structure/codelist/BIS,ECB/CL_FREQ",
     {STRUC, .artefact = "codelist", .resource = "BIS+ECB:CL_FREQ"}},
    /* What is described there without an example */
    {"/structure/codelist/*/CL_FREQ/~/A,M?detail=raw&asOf=2024-05-15T00%3A00%3A00",
     {STRUC, .artefact = "codelist", .resource = "CL_FREQ", .item = "A+M",
      .structure_detail = "raw", .as_of = "2024-05-15"}},
    {"/structure/dataflow/ECB?references=codelist,conceptscheme",
     {STRUC, .artefact = "dataflow", .resource = "ECB:*", .references = "codelist+conceptscheme"}},
    {"/data/provisionagreement/ECB/PA/~",
     {DATA, .context = BKT_CONTEXT_PROVISION_AGREEMENT, .resource = "ECB:PA"}},
    {"/availability/dataflow/ECB/EXR/1.0/*/CURRENCY",
     {AVAIL, .resource = "ECB:EXR(1.0)", .component = "CURRENCY"}},
    {"/data/dataflow/ECB/EXR/1.0/D?attributes=none",
     {DATA, .resource = "ECB:EXR(1.0)", .key = "D", .detail = BKT_DETAIL_DATA_ONLY}},
    {"/data/dataflow/ECB/EXR/1.0/D?measures=none",
     {DATA, .resource = "ECB:EXR(1.0)", .key = "D", .detail = BKT_DETAIL_NO_DATA}},
    {"/data/dataflow/ECB/EXR/1.0/D?c%5BTIME_PERIOD%5D=le:2015-Q2",
     {DATA, .resource = "ECB:EXR(1.0)", .key = "D", .last_period = "2015-Q2"}},
    {"/data/dataflow/ECB/EXR/1.0/D?asOf=2024-05-15T14%3A15%3A00Z",
     {DATA, .resource = "ECB:EXR(1.0)", .key = "D", .as_of = "2024-05-15T14:15:00Z"}},
};

START_TEST(test_examples_of_1_5) {
    expect_examples(FIRST, sizeof FIRST / sizeof FIRST[0], BKT_PROTOCOL_REST_1);
}
END_TEST

START_TEST(test_examples_of_2_1) {
    expect_examples(SECOND, sizeof SECOND / sizeof SECOND[0], BKT_PROTOCOL_REST_2);
}
END_TEST

/* How period texts go into an address. */
START_TEST(test_periods) {
    static const struct {
        const char *given;
        const char *written;
    } periods[] = {
        {"2015", "2015"},
        {" 2015 ", "2015"},
        {"2015-A1", "2015-A1"},
        {"2015-S2", "2015-S2"},
        {"2015-T3", "2015-T3"},
        {"2015-Q4", "2015-Q4"},
        {"2015-07", "2015-07"},
        {"2015-M07", "2015-M07"},
        {"2015-W53", "2015-W53"},
        {"2016-D366", "2016-D366"},
        {"2015-07-31", "2015-07-31"},
        {"2015-07-31T12:00:00", "2015-07-31T12%3A00%3A00"},
        /* as SDMX 1.0 and 2.0 wrote them */
        {"2015Q4", "2015-Q4"},
        {"2015M7", "2015-07"},
        {"2015-H1", "2015-S1"},
        {"2015-B1", "2015-S1"},
        {"2015-W1", "2015-W01"},
        {"2015-Q01", "2015-Q1"},
    };
    for (size_t i = 0; i < sizeof periods / sizeof periods[0]; i++) {
        char expected[200];
        bkt_query_options options = ask_entry(BKT_PROTOCOL_REST_1);
        options.resource = "F";
        options.first_period = periods[i].given;
        snprintf(expected, sizeof expected, ENTRY "/data/F?startPeriod=%s", periods[i].written);
        ask_expect(NULL, &options, expected);
        options.protocol = BKT_PROTOCOL_REST_2;
        snprintf(expected, sizeof expected, ENTRY "/data/dataflow/*/F/~?c%%5BTIME_PERIOD%%5D=ge:%s",
                 periods[i].written);
        ask_expect(NULL, &options, expected);
    }
}
END_TEST

START_TEST(test_accept) {
    static const char *const types[] = {
        "",
        "application/vnd.sdmx.structurespecificdata+xml;version=2.1",
        "application/vnd.sdmx.genericdata+xml;version=2.1",
        "application/vnd.sdmx.data+xml;version=3.0.0",
        "application/vnd.sdmx.data+csv;version=1.0.0",
        "application/vnd.sdmx.data+csv;version=2.0.0",
        "application/vnd.sdmx.data+json;version=1.0.0",
        "application/vnd.sdmx.data+json;version=2.0.0",
        "application/vnd.sdmx.structure+xml;version=2.1",
        "application/vnd.sdmx.structure+xml;version=3.0.0"};
    bkt_context *context = NULL;
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    for (int32_t i = 0; i <= BKT_ANSWER_STRUCTURE_3_0; i++) {
        bkt_query *query = NULL;
        bkt_query_options options = ask_entry(BKT_PROTOCOL_REST_1);
        options.resource = "F";
        options.answer = i;
        options.kind = i >= BKT_ANSWER_STRUCTURE_2_1 ? BKT_QUERY_AVAILABILITY : BKT_QUERY_DATA;
        ck_assert_int_eq(bkt_query_new(context, NULL, &options, &query), BKT_OK);
        ck_assert_str_eq(bkt_query_accept(query), types[i]);
        bkt_query_free(query);
    }
    bkt_context_free(context);
    ck_assert_str_eq(bkt_query_accept(NULL), "");
    ck_assert_str_eq(bkt_query_address(NULL), "");
    bkt_query_free(NULL);
}
END_TEST

/* A parameter of the service's own instead of a header, and no header then. */
START_TEST(test_answer_by_parameter) {
    bkt_context *context = NULL;
    bkt_query *query = NULL;
    bkt_query_options options = ask_entry(0);
    options.resource = "nama_10_gdp";
    options.answer = BKT_ANSWER_SDMX_CSV_1;
    options.first_period = "2015";
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    ck_assert_int_eq(bkt_query_new(context, bkt_service_find("eurostat"), &options, &query),
                     BKT_OK);
    bkt_context_free(context); /* the query lives on */
    ck_assert_str_eq(bkt_query_address(query),
                     "https://ec.europa.eu/eurostat/api/dissemination/sdmx/2.1/data/nama_10_gdp"
                     "?startPeriod=2015&format=SDMX-CSV");
    ck_assert_str_eq(bkt_query_accept(query), "");
    bkt_query_free(query);
}
END_TEST

START_TEST(test_failing_memory) {
    static const char *const filters[] = {"FREQ=A+M", "TITLE=co:euro"};
    failing_memory memory;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *context = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(context);
        bkt_query *query = NULL;
        bkt_query_options options = ask_entry(BKT_PROTOCOL_REST_2);
        options.resource = "ECB:EXR";
        options.key = "A+B+C+D.E+F+G+H..I+J";
        options.filters = filters;
        options.filter_count = 2;
        options.first_period = "2015";
        failing_memory_arm(&memory);
        bkt_status status = bkt_query_new(context, NULL, &options, &query);
        failing_memory_disarm(&memory);
        ck_assert(status == BKT_OK || (status == BKT_ERR_MEMORY && memory.has_failed));
        ck_assert((query != NULL) == (status == BKT_OK));
        bkt_query_free(query);
        bkt_context_free(context);
        failing_memory_check(&memory);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("query");
    TCase *cases = tcase_create("query");
    tcase_add_test(cases, test_examples_of_1_5);
    tcase_add_test(cases, test_examples_of_2_1);
    tcase_add_test(cases, test_periods);
    tcase_add_test(cases, test_accept);
    tcase_add_test(cases, test_answer_by_parameter);
    tcase_add_test(cases, test_failing_memory);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
