/* SPDX-License-Identifier: MIT */
/* What is refused, with which status and in which words. */
#include "ask.h"
#include "run_suite.h"

/* Options that are at fault; address and protocol are given unless they are the fault. */
typedef struct refusal {
    const char *part;
    bkt_status status;
    int32_t protocol;
    bkt_query_options options;
} refusal;

#define WRONG  BKT_ERR_ARGUMENT
#define CANNOT BKT_ERR_UNSUPPORTED
#define ONE    BKT_PROTOCOL_REST_1
#define TWO    BKT_PROTOCOL_REST_2
#define AVAIL  .kind = BKT_QUERY_AVAILABILITY
#define STRUC  .kind = BKT_QUERY_STRUCTURE

static const refusal REFUSALS[] = {
    {"kind is none", WRONG, ONE, {.kind = 3}},
    {"kind is none", WRONG, ONE, {.kind = -1}},
    {"context is none", WRONG, TWO, {.resource = "F", .context = 3}},
    {"detail is none", WRONG, ONE, {.resource = "F", .detail = 4}},
    {"answer is none", WRONG, ONE, {.resource = "F", .answer = 10}},
    {"below zero", WRONG, ONE, {.resource = "F", .first_observations = -1}},
    {"below zero", WRONG, ONE, {.resource = "F", .last_observations = INT32_MIN}},
    {"filters is NULL", WRONG, TWO, {.resource = "F", .filter_count = 1}},
    {"flags of bkt_query_options", WRONG, ONE, {.resource = "F", .flags = 4}},
    /* of another kind */
    {"with data alone", WRONG, ONE, {AVAIL, .resource = "F", .detail = BKT_DETAIL_NO_DATA}},
    {"with data alone", WRONG, ONE, {AVAIL, .resource = "F", .flags = BKT_QUERY_HISTORY}},
    {"with data alone", WRONG, ONE, {STRUC, .artefact = "dataflow", .last_observations = 1}},
    {"of data and availability alone", WRONG, ONE, {STRUC, .artefact = "dataflow", .key = "A"}},
    {"of data and availability alone",
     WRONG,
     ONE,
     {STRUC, .artefact = "dataflow", .last_period = "2015"}},
    {"for structures alone", WRONG, ONE, {.resource = "F", .artefact = "dataflow"}},
    {"for structures alone", WRONG, ONE, {.resource = "F", .structure_detail = "full"}},
    {"no kind of structure", WRONG, ONE, {STRUC, .resource = "F"}},
    {"references can't", WRONG, ONE, {.resource = "F", .references = "all"}},
    {"as_of is for", WRONG, TWO, {AVAIL, .resource = "F", .as_of = "2015-01-01"}},
    {"for availability alone", WRONG, ONE, {.resource = "F", .component = "FREQ"}},
    {"for availability alone", WRONG, ONE, {.resource = "F", .flags = BKT_QUERY_SELECTABLE}},
    {"detail says already", WRONG, TWO, {.resource = "F", .detail = 1, .measures = "all"}},
    {"data can't be had as a structure",
     WRONG,
     ONE,
     {.resource = "F", .answer = BKT_ANSWER_STRUCTURE_2_1}},
    {"as structure messages alone",
     WRONG,
     ONE,
     {AVAIL, .resource = "F", .answer = BKT_ANSWER_SDMX_CSV_1}},
    /* ids and words */
    {"dimension_at_observation: 'A B' is no id",
     WRONG,
     ONE,
     {.resource = "F", .dimension_at_observation = "A B"}},
    {"component: 'A/B'", WRONG, ONE, {AVAIL, .resource = "F", .component = "A/B"}},
    {"attributes: 'A,B'", WRONG, TWO, {.resource = "F", .attributes = "A,B"}},
    {"measures: 'A&B'", WRONG, TWO, {.resource = "F", .measures = "A&B"}},
    {"provider: 'A/B'", WRONG, ONE, {.resource = "F", .provider = "A/B"}},
    {"item: 'A/B'", WRONG, ONE, {STRUC, .artefact = "codelist", .item = "A/B"}},
    {"artefact: 'valuelist' is not one of SDMX REST 1",
     WRONG,
     ONE,
     {STRUC, .artefact = "valuelist"}},
    {"artefact: 'structureset' is not one of SDMX REST 2",
     WRONG,
     TWO,
     {STRUC, .artefact = "structureset"}},
    {"artefact: 'Dataflow'", WRONG, ONE, {STRUC, .artefact = "Dataflow"}},
    {"artefact: ' '", WRONG, ONE, {STRUC, .artefact = " "}},
    {"references: 'ancestors'",
     WRONG,
     ONE,
     {STRUC, .artefact = "dataflow", .references = "ancestors"}},
    {"references: 'nothing'", WRONG, TWO, {STRUC, .artefact = "dataflow", .references = "nothing"}},
    {"structure_detail: 'raw'",
     WRONG,
     ONE,
     {STRUC, .artefact = "dataflow", .structure_detail = "raw"}},
    {"structure_detail: 'stub'",
     WRONG,
     TWO,
     {STRUC, .artefact = "dataflow", .structure_detail = "stub"}},
    /* of the other protocol */
    {"REST 2 has no data by provider", CANNOT, TWO, {.resource = "F", .provider = "ECB"}},
    {"of dataflows alone", CANNOT, ONE, {.resource = "F", .context = 1}},
    {"no attributes and measures", CANNOT, ONE, {.resource = "F", .attributes = "all"}},
    {"REST 1 has no asOf", CANNOT, ONE, {.resource = "F", .as_of = "2015-01-01"}},
    {"one kind of references",
     CANNOT,
     ONE,
     {STRUC, .artefact = "dataflow", .references = "codelist+conceptscheme"}},
    {"one dataflow in one version", CANNOT, ONE, {.resource = "A:F+G"}},
    {"one dataflow in one version", CANNOT, ONE, {.resource = "A:F(*)"}},
    /* names */
    {"no dataflow is named", WRONG, ONE, {.key = "A"}},
    {"no dataflow is named", WRONG, ONE, {.resource = "*"}},
    {"neither a dataflow is named", WRONG, TWO, {.first_period = "2015"}},
    {"'A/F' is no name of a resource", WRONG, ONE, {.resource = "A/F"}},
    {"':F' is no name", WRONG, ONE, {.resource = ":F"}},
    {"'A:' is no name", WRONG, ONE, {.resource = "A:"}},
    {"'A..B:F' is no name", WRONG, ONE, {.resource = "A..B:F"}},
    {"'A:B:F' is no name", WRONG, ONE, {.resource = "A:B:F"}},
    {"'F(1.0' is no name", WRONG, ONE, {.resource = "F(1.0"}},
    {"'F()' is no name", WRONG, ONE, {.resource = "F()"}},
    {"'F(1/0)' is no name", WRONG, ONE, {.resource = "F(1/0)"}},
    {"'F(1)x' is no name", WRONG, ONE, {.resource = "F(1)x"}},
    {"'(1)' is no name", WRONG, ONE, {.resource = "(1)"}},
    {"'F G' is no name", WRONG, ONE, {.resource = "F G"}},
    {"'F,G' is no name", WRONG, TWO, {.resource = "F,G"}},
    {"'F++G' is no name", WRONG, TWO, {.resource = "F++G"}},
    {"'F+*' is no name", WRONG, TWO, {.resource = "F+*"}},
    /* periods */
    {"first_period: '2015-13' is no period",
     BKT_ERR_PERIOD,
     ONE,
     {.resource = "F", .first_period = "2015-13"}},
    {"last_period: 'now' is no period",
     BKT_ERR_PERIOD,
     TWO,
     {.resource = "F", .last_period = "now"}},
    {"first_period: '2019-W53'",
     BKT_ERR_PERIOD,
     ONE,
     {.resource = "F", .first_period = "2019-W53"}},
    {"first_period: '2015-01-01/P1Y'",
     BKT_ERR_PERIOD,
     ONE,
     {.resource = "F", .first_period = "2015-01-01/P1Y"}},
    {"first_period 2016 lies after last_period 2015-Q4",
     WRONG,
     ONE,
     {.resource = "F", .first_period = "2016", .last_period = "2015Q4"}},
    {"updated_after: '2015' is no date",
     BKT_ERR_PERIOD,
     ONE,
     {.resource = "F", .updated_after = "2015"}},
    {"as_of: '2015-01' is no date", BKT_ERR_PERIOD, TWO, {.resource = "F", .as_of = "2015-01"}},
};

START_TEST(test_refusals) {
    for (size_t i = 0; i < sizeof REFUSALS / sizeof REFUSALS[0]; i++) {
        bkt_query_options options = REFUSALS[i].options;
        options.struct_size = sizeof options;
        options.address = "https://ws-entry-point";
        options.protocol = REFUSALS[i].protocol;
        ask_refused(NULL, &options, REFUSALS[i].status, REFUSALS[i].part);
    }
}
END_TEST

START_TEST(test_addresses) {
    static const char *const wrong[] = {"ftp://host/rest",     "https://",
                                        "https:///rest",       "host/rest",
                                        "https://host/re st",  "https://host/rest?a=b",
                                        "https://host/'$(x)'", "https://host/\xc3\xa9",
                                        "https://host/#a"};
    bkt_query_options options = ask_entry(ONE);
    options.resource = "F";
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        options.address = wrong[i];
        ask_refused(NULL, &options, WRONG, "is no address of a service");
    }
    options.address = NULL;
    ask_refused(NULL, &options, WRONG, "neither a known service nor the address");
    options.address = "http://host:8080/rest//";
    ask_expect(NULL, &options, "http://host:8080/rest/data/F");
    options.protocol = 0;
    ask_refused(NULL, &options, WRONG, "SDMX REST 1 or 2");
    options.protocol = 3;
    ask_refused(NULL, &options, WRONG, "SDMX REST 1 or 2");
}
END_TEST

/* What a service can't do though its protocol can. */
START_TEST(test_services) {
    bkt_query_options options = ask_entry(0);
    options.resource = "F";
    ask_refused("COMTRADE", &options, CANNOT, "subscription key");
    ask_refused("IMF_CENTRAL", &options, CANNOT, "structures alone");
    options.updated_after = "2024-01-01";
    ask_refused("ESTAT", &options, CANNOT, "no updatedAfter");
    options.updated_after = NULL;
    options.dimension_at_observation = "AllDimensions";
    ask_refused("ESTAT3", &options, CANNOT, "no dimensionAtObservation");
    options.dimension_at_observation = NULL;
    options.flags = BKT_QUERY_HISTORY;
    ask_refused("COMEXT", &options, CANNOT, "the last version alone");
    options.flags = 0;
    options.answer = BKT_ANSWER_SDMX_JSON_1;
    ask_refused("ESTAT", &options, CANNOT, "not answer in this format");
    options.answer = 0;
    options.kind = BKT_QUERY_STRUCTURE;
    options.artefact = "dataflow";
    ask_refused("STATCAN", &options, CANNOT, "data alone");
    options.references = "all";
    ask_refused("ESTAT", &options, CANNOT, "no references 'all', but these: none children");
    options.references = NULL;
    options.resource = "F(1.0)";
    ask_refused("BBK", &options, CANNOT, "no versions and items");
}
END_TEST

START_TEST(test_arguments) {
    bkt_context *context = NULL;
    bkt_query *query = NULL;
    bkt_query_options options = ask_entry(ONE);
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    ck_assert_int_eq(bkt_query_new(NULL, NULL, &options, &query), WRONG);
    ck_assert_int_eq(bkt_query_new(context, NULL, NULL, &query), WRONG);
    ck_assert_int_eq(bkt_query_new(context, NULL, &options, NULL), WRONG);
    options.struct_size = 4;
    ck_assert_int_eq(bkt_query_new(context, NULL, &options, &query), BKT_ERR_ABI);
    ck_assert_ptr_null(query);
    ck_assert_int_eq(bkt_query_options_init(NULL, (uint32_t)sizeof options), WRONG);
    ck_assert_int_eq(bkt_query_options_init(&options, 4), BKT_ERR_ABI);
    bkt_context_free(context);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("query_check");
    TCase *cases = tcase_create("query_check");
    tcase_add_test(cases, test_refusals);
    tcase_add_test(cases, test_addresses);
    tcase_add_test(cases, test_services);
    tcase_add_test(cases, test_arguments);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
