/* SPDX-License-Identifier: MIT */
#include <stdbool.h>

#include <bktrade/trade.h>

#include "ask.h"
#include "run_suite.h"

START_TEST(test_every_row) {
    ck_assert_uint_ge(bkt_service_count(), 30);
    for (uint32_t i = 0; i < bkt_service_count(); i++) {
        const bkt_service *service = bkt_service_at(i);
        const char *id = bkt_service_id(service);
        ck_assert_ptr_eq(bkt_service_find(id), service);
        ck_assert_msg(i == 0 || strcmp(bkt_service_id(bkt_service_at(i - 1)), id) < 0,
                      "%s is not in order", id);
        const char *address = bkt_service_address(service);
        ck_assert_msg(strncmp(address, "https://", 8) == 0, "%s: %s", id, address);
        ck_assert_msg(address[strlen(address) - 1] != '/', "%s: %s", id, address);
        ck_assert_msg(strstr(bkt_service_source(service), "github.com/") != NULL ||
                          strstr(bkt_service_source(service), "https://") != NULL,
                      "%s has no source", id);
        ck_assert_str_ne(bkt_service_name(service), "");
        bool asked = bkt_service_protocol(service) != BKT_PROTOCOL_NONE;
        ck_assert_msg(asked || bkt_service_note(service)[0] != '\0', "%s has no note", id);
    }
}
END_TEST

/* Roles and totals must be of dimensions that there are. */
START_TEST(test_every_dataflow) {
    uint32_t dataflows = 0;
    for (uint32_t i = 0; i < bkt_service_count(); i++) {
        const bkt_service *service = bkt_service_at(i);
        for (uint32_t j = 0; j < bkt_service_dataflow_count(service); j++, dataflows++) {
            char dimensions[400];
            snprintf(dimensions, sizeof dimensions, " %s ",
                     bkt_service_dataflow_dimensions(service, j));
            static const int32_t roles[] = {BKT_PROFILE_REPORTER, BKT_PROFILE_PARTNER,
                                            BKT_PROFILE_FLOW, BKT_PROFILE_FREQUENCY,
                                            BKT_PROFILE_PRODUCT};
            for (size_t k = 0; k < sizeof roles / sizeof roles[0]; k++) {
                const char *id = bkt_service_dataflow_dimension(service, j, roles[k]);
                char sought[100];
                snprintf(sought, sizeof sought, " %s ", id);
                ck_assert(id[0] != '\0' ? strstr(dimensions, sought) != NULL
                                        : roles[k] == BKT_PROFILE_PRODUCT);
            }
            ck_assert_str_ne(bkt_service_dataflow_flow_code(service, j, BKT_FLOW_EXPORTS), "");
            ck_assert_str_ne(bkt_service_dataflow_flow_code(service, j, BKT_FLOW_IMPORTS), "");
            ck_assert_int_ne(bkt_service_dataflow_area_system(service, j), 0);
            ck_assert_ptr_nonnull(strstr(bkt_service_dataflow_source(service, j), "github.com/"));
            ck_assert_str_ne(bkt_service_dataflow_name(service, j), "");
            /* Every one of the totals is taken as a filter: its id is a dimension. */
            const char *totals = bkt_service_dataflow_totals(service, j);
            for (const char *at = totals; *at != '\0'; at += strspn(at, " ")) {
                char filter[100];
                size_t size = strcspn(at, " ");
                snprintf(filter, sizeof filter, "%.*s", (int)size, at);
                const char *const filters[] = {filter};
                bkt_query_options options = ask_entry(BKT_PROTOCOL_REST_1);
                options.resource = "F";
                options.dimensions = bkt_service_dataflow_dimensions(service, j);
                options.filters = filters;
                options.filter_count = 1;
                bkt_context *context = NULL;
                bkt_query *query = NULL;
                ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
                ck_assert_int_eq(bkt_query_new(context, NULL, &options, &query), BKT_OK);
                ck_assert_ptr_nonnull(strstr(bkt_query_address(query), strchr(filter, '=') + 1));
                bkt_query_free(query);
                bkt_context_free(context);
                at += size;
            }
        }
    }
    ck_assert_uint_ge(dataflows, 6);
}
END_TEST

START_TEST(test_found) {
    ck_assert_str_eq(bkt_service_id(bkt_service_find("ecb")), "ECB");
    ck_assert_str_eq(bkt_service_id(bkt_service_find("Eurostat")), "ESTAT");
    ck_assert_str_eq(bkt_service_id(bkt_service_find("undata")), "UNSD");
    ck_assert_ptr_null(bkt_service_find("nobody"));
    ck_assert_ptr_null(bkt_service_find(""));
    ck_assert_ptr_null(bkt_service_find(NULL));
    ck_assert_ptr_null(bkt_service_at(bkt_service_count()));
    ck_assert_ptr_null(bkt_service_at(UINT32_MAX));
}
END_TEST

START_TEST(test_nothing) {
    const bkt_service *imf = bkt_service_find("IMF");
    ck_assert_str_eq(bkt_service_id(NULL), "");
    ck_assert_str_eq(bkt_service_note(NULL), "");
    ck_assert_int_eq(bkt_service_protocol(NULL), BKT_PROTOCOL_NONE);
    ck_assert_uint_eq(bkt_service_dataflow_count(NULL), 0);
    ck_assert_str_eq(bkt_service_dataflow_id(imf, 1), "");
    ck_assert_str_eq(bkt_service_dataflow_dimension(imf, 0, BKT_PROFILE_PRODUCT), "");
    ck_assert_str_eq(bkt_service_dataflow_dimension(imf, 0, -1), "");
    ck_assert_str_eq(bkt_service_dataflow_dimension(imf, 0, INT32_MAX), "");
    ck_assert_str_eq(bkt_service_dataflow_dimension(imf, UINT32_MAX, BKT_PROFILE_REPORTER), "");
    ck_assert_str_eq(bkt_service_dataflow_flow_code(imf, 0, BKT_FLOW_OTHER), "");
    ck_assert_str_eq(bkt_service_dataflow_flow_code(imf, 0, 3), "");
    ck_assert_int_eq(bkt_service_dataflow_area_system(NULL, 0), 0);
    ck_assert_str_eq(bkt_service_dataflow_world(imf, 0), "G001");
    ck_assert_str_eq(bkt_service_dataflow_world(imf, 1), "");
}
END_TEST

/* Addresses that are in use, as the services' own pages, their clients' documentation or programs
 * that use them have them. */
START_TEST(test_addresses_in_use) {
    static const struct {
        const char *service;
        const char *address;
        bkt_query_options options;
    } rows[] = {
        {"ECB",
         "https://data-api.ecb.europa.eu/service/data/EXR/D.USD+GBP.EUR.SP00.A"
         "?startPeriod=2010-01-01",
         {.resource = "EXR", .key = "D.USD+GBP.EUR.SP00.A", .first_period = "2010-01-01"}},
        {"ECB",
         "https://data-api.ecb.europa.eu/service/data/ECB,TRD/M.I8.N.....UVX",
         {.resource = "TRD", .key = "M.I8.N.....UVX"}},
        {"IMF",
         "https://api.imf.org/external/sdmx/2.1/data/IMF.STA,IMTS,1.0.0/SWE.XG_FOB_USD.USA.A"
         "?startPeriod=2023",
         {.resource = "IMTS(1.0.0)", .key = "SWE.XG_FOB_USD.USA.A", .first_period = "2023"}},
        {"IMF",
         "https://api.imf.org/external/sdmx/2.1/data/IMF.STA,IMTS/NIC..G001.M?startPeriod=1990-01",
         {.resource = "imf.sta:imts", .key = "NIC..G001.M", .first_period = "1990-01"}},
        {"IMF3",
         "https://api.imf.org/external/sdmx/3.0/data/dataflow/IMF.STA/IMTS/+/*.XG_FOB_USD.*.A",
         {.resource = "IMF.STA:IMTS(+)", .key = ".XG_FOB_USD..A"}},
        {"IMF3",
         "https://api.imf.org/external/sdmx/3.0/data/dataflow/IMF.STA/CPI/~/SAU.*.*.*.M"
         "?c%5BTIME_PERIOD%5D=ge:2023-M01",
         {.resource = "IMF.STA:CPI", .key = "SAU.*.*.*.M", .first_period = "2023-M01"}},
        {"IMF3",
         "https://api.imf.org/external/sdmx/3.0/data/dataflow/IMF.STA/QNEA/+/"
         "ESP+FRA.B1GQ.Q.SA.XDC.Q",
         {.resource = "IMF.STA:QNEA(+)", .key = "ESP+FRA.B1GQ.Q.SA.XDC.Q"}},
        {"IMF3",
         "https://api.imf.org/external/sdmx/3.0/structure/dataflow/IMF.RES/PCPS/+"
         "?references=descendants",
         {.kind = BKT_QUERY_STRUCTURE,
          .artefact = "dataflow",
          .resource = "IMF.RES:PCPS(+)",
          .references = "descendants"}},
        {"COMEXT",
         "https://ec.europa.eu/eurostat/api/comext/dissemination/sdmx/2.1/data/DS-045409/"
         "A...85051110.1.VALUE_IN_EUROS?startPeriod=2010&endPeriod=2024&format=SDMX-CSV",
         {.resource = "DS-045409",
          .key = "A...85051110.1.VALUE_IN_EUROS",
          .first_period = "2010",
          .last_period = "2024",
          .answer = BKT_ANSWER_SDMX_CSV_1}},
        {"ESTAT3",
         "https://ec.europa.eu/eurostat/api/dissemination/sdmx/3.0/data/dataflow/ESTAT/"
         "nama_10_gdp/1.0?format=csvdata&formatVersion=2.0",
         {.resource = "nama_10_gdp", .answer = BKT_ANSWER_SDMX_CSV_2}},
        {"ESTAT",
         "https://ec.europa.eu/eurostat/api/dissemination/sdmx/2.1/dataflow/ESTAT",
         {.kind = BKT_QUERY_STRUCTURE, .artefact = "dataflow"}},
        {"WITS",
         "https://wits.worldbank.org/API/V1/SDMX/V21/rest/data/DF_WITS_TradeStats_Trade/"
         "A.AUS..27-27_Fuels.MPRT-TRD-VL/",
         {.resource = "DF_WITS_TradeStats_Trade", .key = "A.AUS..27-27_Fuels.MPRT-TRD-VL"}},
        {"OECD",
         "https://sdmx.oecd.org/public/rest/data/OECD.SDD.NAD,DSD_NAAG@DF_NAAG,1.0/"
         "A.USA+CAN.B1GQ.?startPeriod=2010&endPeriod=2024",
         {.resource = "OECD.SDD.NAD:DSD_NAAG@DF_NAAG(1.0)",
          .key = "A.USA+CAN.B1GQ.",
          .first_period = "2010",
          .last_period = "2024"}},
        {"OECD",
         "https://sdmx.oecd.org/public/rest/dataflow/OECD.SDD.TPS/DSD_BIMTS@DF_BIMTS_CPA_2_1",
         {.kind = BKT_QUERY_STRUCTURE,
          .artefact = "dataflow",
          .resource = "OECD.SDD.TPS:DSD_BIMTS@DF_BIMTS_CPA_2_1"}},
        {"OECD3",
         "https://sdmx.oecd.org/public/rest/v2/data/dataflow/OECD.SDD.STES/DSD_STES@DF_CLI/4.0"
         "?lastNObservations=24&dimensionAtObservation=TIME_PERIOD",
         {.resource = "OECD.SDD.STES:DSD_STES@DF_CLI(4.0)",
          .last_observations = 24,
          .dimension_at_observation = "TIME_PERIOD"}},
        {"ILO",
         "https://sdmx.ilo.org/rest/data/ILO,DF_EMP_TEMP_SEX_ECO_NB,1.0/IND.Q..SEX_T."
         "?lastNObservations=2",
         {.resource = "ILO:DF_EMP_TEMP_SEX_ECO_NB(1.0)",
          .key = "IND.Q..SEX_T.",
          .last_observations = 2}},
        {"BBK",
         "https://api.statistiken.bundesbank.de/rest/metadata/datastructure/BBK/BBK_ERX",
         {.kind = BKT_QUERY_STRUCTURE, .artefact = "datastructure", .resource = "BBK:BBK_ERX"}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bkt_query_options options = rows[i].options;
        options.struct_size = sizeof options;
        ask_expect(rows[i].service, &options, rows[i].address);
    }
}
END_TEST

/* Trade of a pair by filters alone: the table knows the order of the dimensions. */
START_TEST(test_trade_of_a_pair) {
    static const char *const imf[] = {"COUNTRY=BLR", "COUNTERPART_COUNTRY=KAZ",
                                      "INDICATOR=XG_FOB_USD+MG_CIF_USD", "FREQUENCY=A"};
    static const char *const comext[] = {"reporter=DE+FR", "partner=KZ",
                                         "freq=A",         "flow=1+2",
                                         "product=TOTAL",  "indicators=VALUE_IN_EUROS"};
    bkt_query_options options = ask_entry(0);
    options.resource = "IMTS";
    options.filters = imf;
    options.filter_count = 4;
    ask_expect("IMF", &options,
               "https://api.imf.org/external/sdmx/2.1/data/IMF.STA,IMTS/"
               "BLR.XG_FOB_USD+MG_CIF_USD.KAZ.A");
    ask_expect("IMF3", &options,
               "https://api.imf.org/external/sdmx/3.0/data/dataflow/IMF.STA/IMTS/~/"
               "BLR.XG_FOB_USD+MG_CIF_USD.KAZ.A");
    options.resource = "DS-045409";
    options.filters = comext;
    options.filter_count = 6;
    ask_expect("COMEXT", &options,
               "https://ec.europa.eu/eurostat/api/comext/dissemination/sdmx/2.1/data/DS-045409/"
               "A.DE+FR.KZ.TOTAL.1+2.VALUE_IN_EUROS");
    ask_expect("COMEXT3", &options,
               "https://ec.europa.eu/eurostat/api/comext/dissemination/sdmx/3.0/data/dataflow/"
               "ESTAT/DS-045409/1.0/A.*.KZ.TOTAL.*.VALUE_IN_EUROS?c%5Breporter%5D=DE,FR"
               "&c%5Bflow%5D=1,2");
}
END_TEST

int main(void) {
    Suite *suite = suite_create("service");
    TCase *cases = tcase_create("service");
    tcase_add_test(cases, test_every_row);
    tcase_add_test(cases, test_every_dataflow);
    tcase_add_test(cases, test_found);
    tcase_add_test(cases, test_nothing);
    tcase_add_test(cases, test_addresses_in_use);
    tcase_add_test(cases, test_trade_of_a_pair);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
