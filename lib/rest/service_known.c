/* SPDX-License-Identifier: MIT */
/* The services, as data, in order of their ids. Each row names its public source: the site's own
 * page, or the lists that sdmx-dl and sdmx1 keep and try every day. */
#include "bkti_service.h"

#define SDMX_DL                                                                                    \
    "sdmx-dl, docs/assets/sources.csv (github.com/nbbrd/sdmx-dl at 783e171, January 2026)"
#define SDMX_1 "sdmx1, sdmx/sources.json (github.com/khaeru/sdmx at 6eabb12, April 2026)"
#define EUROSTAT                                                                                   \
    "https://ec.europa.eu/eurostat/web/user-guides/data-browser/api-data-access/"                  \
    "api-detailed-guidelines/"
#define LATER "Large answers come later: the message's footer has the address of a zip."

#define DATAFLOWS(list) .dataflows = (list), .dataflow_count = sizeof(list) / sizeof(list)[0]

static const bkti_dataflow ecb[] = {
    {.id = "ECB:TRD",
     .name = "External trade",
     .dimensions = "FREQ REF_AREA ADJUSTMENT TRD_FLOW TRD_PRODUCT COUNT_AREA STS_INSTITUTION "
                   "TRD_SUFFIX",
     .roles = {[BKT_PROFILE_REPORTER] = "REF_AREA",
               [BKT_PROFILE_PARTNER] = "COUNT_AREA",
               [BKT_PROFILE_FLOW] = "TRD_FLOW",
               [BKT_PROFILE_PRODUCT] = "TRD_PRODUCT",
               [BKT_PROFILE_FREQUENCY] = "FREQ"},
     .flows = {[BKT_FLOW_EXPORTS] = "X", [BKT_FLOW_IMPORTS] = "M"},
     .area_system = BKT_AREA_SYSTEM_ISO2,
     .source = "ECB:ECB_TRD1(1.0) in sdmx-tck-manager/tests/resources/ECB_ECB_TRED1_1.xml "
               "(github.com/sdmx-twg/sdmx-tck at b7183bc)"}};

/* The trade in goods of Eurostat's Comext. */
static const bkti_dataflow comext[] = {
    {.id = "ESTAT:DS-045409",
     .name = "EU trade since 1988 by HS2, 4, 6 and CN8",
     .dimensions = "freq reporter partner product flow indicators",
     .roles = {[BKT_PROFILE_REPORTER] = "reporter",
               [BKT_PROFILE_PARTNER] = "partner",
               [BKT_PROFILE_FLOW] = "flow",
               [BKT_PROFILE_PRODUCT] = "product",
               [BKT_PROFILE_FREQUENCY] = "freq"},
     .flows = {[BKT_FLOW_EXPORTS] = "2", [BKT_FLOW_IMPORTS] = "1"},
     .world = "WORLD",
     .totals = "product=TOTAL indicators=VALUE_IN_EUROS",
     .area_system = BKT_AREA_SYSTEM_ISO2,
     .source = "api_turbo.py (github.com/fan-tuz/Comext-Eurostat-API at dfa99fa)"}};

static const bkti_dataflow imf[] = {
    {.id = "IMF.STA:IMTS",
     .name = "International Trade in Goods, by partner country (formerly Direction of Trade)",
     .dimensions = "COUNTRY INDICATOR COUNTERPART_COUNTRY FREQUENCY",
     .roles = {[BKT_PROFILE_REPORTER] = "COUNTRY",
               [BKT_PROFILE_PARTNER] = "COUNTERPART_COUNTRY",
               [BKT_PROFILE_FLOW] = "INDICATOR",
               [BKT_PROFILE_FREQUENCY] = "FREQUENCY"},
     .flows = {[BKT_FLOW_EXPORTS] = "XG_FOB_USD", [BKT_FLOW_IMPORTS] = "MG_CIF_USD"},
     .world = "G001",
     .area_system = BKT_AREA_SYSTEM_ISO3,
     .source = "R/databases.R (github.com/charlescoverdale/readimf at 27accf4); "
               "https://data.imf.org/en/datasets/IMF.STA:IMTS"}};

static const bkti_dataflow wits[] = {
    {.id = "WBG_WITS:DF_WITS_TradeStats_Trade",
     .name = "Trade by partner and product group",
     .dimensions = "FREQ REPORTER PARTNER PRODUCTCODE INDICATOR",
     .roles = {[BKT_PROFILE_REPORTER] = "REPORTER",
               [BKT_PROFILE_PARTNER] = "PARTNER",
               [BKT_PROFILE_FLOW] = "INDICATOR",
               [BKT_PROFILE_PRODUCT] = "PRODUCTCODE",
               [BKT_PROFILE_FREQUENCY] = "FREQ"},
     .flows = {[BKT_FLOW_EXPORTS] = "XPRT-TRD-VL", [BKT_FLOW_IMPORTS] = "MPRT-TRD-VL"},
     .world = "WLD",
     .totals = "PRODUCTCODE=Total",
     .area_system = BKT_AREA_SYSTEM_ISO3,
     .source = "https://wits.worldbank.org/witsapiintro.aspx; "
               "tests/data/sample_trade_data.json (github.com/mwouts/world_trade_data at "
               "8bf57d4)"}};

/* Eurostat's page on SDMX 2.1 lists the parameters that there are. */
#define EUROSTAT_2_1                                                                               \
    .agency = "ESTAT", .protocol = BKT_PROTOCOL_REST_1, .id_alone = true,                          \
    .references = "none children descendants",                                                     \
    .lacks = BKTI_NO_UPDATED_AFTER | BKTI_NO_DIMENSION_AT_OBSERVATION | BKTI_NO_HISTORY |          \
             BKTI_NO_OTHER_ANSWER,                                                                 \
    .answers = {[BKT_ANSWER_GENERIC_2_1] = "",                                                     \
                [BKT_ANSWER_STRUCTURE_SPECIFIC_2_1] = "format=SDMX_2.1_STRUCTURED",                \
                [BKT_ANSWER_SDMX_CSV_1] = "format=SDMX-CSV",                                       \
                [BKT_ANSWER_STRUCTURE_2_1] = ""},                                                  \
    .note = LATER " compressed=true behind the address asks for gzip.",                            \
    .source = EUROSTAT "sdmx2-1/data-query; " SDMX_1

#define EUROSTAT_3_0                                                                               \
    .agency = "ESTAT", .version = "1.0", .protocol = BKT_PROTOCOL_REST_2,                          \
    .lacks = BKTI_NO_UPDATED_AFTER | BKTI_NO_DIMENSION_AT_OBSERVATION | BKTI_NO_HISTORY |          \
             BKTI_NO_OTHER_ANSWER,                                                                 \
    .answers = {[BKT_ANSWER_SDMX_CSV_2] = "format=csvdata&formatVersion=2.0"},                     \
    .note = LATER " Filters by id work on dimensions alone.",                                      \
    .source = EUROSTAT "sdmx3-0/data-query; " SDMX_1                                               \
                       "; python/eurostat/eurostat_readme.md (github.com/rubo88/APIs)"

#define REST_1(shortly, whose, where, from)                                                        \
    .id = (shortly), .name = (whose), .address = (where), .source = (from),                        \
    .protocol = BKT_PROTOCOL_REST_1

const struct bkt_service bkti_services[] = {
    {REST_1("ABS", "Australian Bureau of Statistics", "https://data.api.abs.gov.au/rest", SDMX_DL)},
    {REST_1("BBK", "Deutsche Bundesbank", "https://api.statistiken.bundesbank.de/rest",
            SDMX_DL "; sdmx/source/bbk.py (github.com/khaeru/sdmx at 6eabb12)"),
     .structure_path = "metadata/", .lacks = BKTI_NO_VERSION},
    {REST_1("BIS", "Bank for International Settlements", "https://stats.bis.org/api/v1", SDMX_DL)},
    {REST_1("CAMSTAT", "National Institute of Statistics of Cambodia",
            "https://nsiws-stable-camstat-live.officialstatistics.org/rest", SDMX_DL)},
    {.id = "COMEXT",
     .second_id = "ESTAT_COMEXT",
     .name = "Eurostat: international trade in goods (Comext), Prodcom",
     .address = "https://ec.europa.eu/eurostat/api/comext/dissemination/sdmx/2.1",
     DATAFLOWS(comext),
     EUROSTAT_2_1},
    {.id = "COMEXT3",
     .name = "Eurostat: international trade in goods (Comext), Prodcom; SDMX 3.0",
     .address = "https://ec.europa.eu/eurostat/api/comext/dissemination/sdmx/3.0",
     DATAFLOWS(comext),
     EUROSTAT_3_0},
    {.id = "COMTRADE",
     .name = "United Nations Statistics Division: UN Comtrade",
     .address = "https://comtradeapi.un.org",
     .note = "It has an interface of its own, data/v1/get with a subscription key, not SDMX REST; "
             "the World Bank's WITS has trade by partner taken from it.",
     .source = "https://uncomtrade.org/docs/un-comtrade-api"},
    {REST_1("ECB", "European Central Bank", "https://data-api.ecb.europa.eu/service",
            "https://data.ecb.europa.eu/help/api/data; " SDMX_DL),
     DATAFLOWS(ecb)},
    {REST_1("ESCAP", "UN Economic and Social Commission for Asia and the Pacific",
            "https://api-dataexplorer.unescap.org/rest", SDMX_DL)},
    {.id = "ESTAT",
     .second_id = "EUROSTAT",
     .name = "Eurostat",
     .address = "https://ec.europa.eu/eurostat/api/dissemination/sdmx/2.1",
     EUROSTAT_2_1},
    {.id = "ESTAT3",
     .second_id = "EUROSTAT3",
     .name = "Eurostat, SDMX 3.0",
     .address = "https://ec.europa.eu/eurostat/api/dissemination/sdmx/3.0",
     EUROSTAT_3_0},
    {REST_1("ILO", "International Labour Organization", "https://sdmx.ilo.org/rest", SDMX_DL)},
    {REST_1("IMF", "International Monetary Fund", "https://api.imf.org/external/sdmx/2.1",
            SDMX_DL "; " SDMX_1),
     .note = "Dataflows belong to departments: IMF.STA, IMF.RES ...", DATAFLOWS(imf)},
    {.id = "IMF3",
     .name = "International Monetary Fund, SDMX 3.0",
     .address = "https://api.imf.org/external/sdmx/3.0",
     .protocol = BKT_PROTOCOL_REST_2,
     .joins_with_plus = true,
     .note = "Dataflows belong to departments: IMF.STA, IMF.RES ... A dimension left empty in the "
             "key gives no data: it must be \"*\" (here it is).",
     .source = SDMX_1 "; R/databases.R (github.com/charlescoverdale/readimf at 27accf4)",
     DATAFLOWS(imf)},
    {REST_1("IMF_CENTRAL", "International Monetary Fund: SDMX Central",
            "https://sdmxcentral.imf.org/ws/public/sdmxapi/rest",
            SDMX_DL "; doc/sources.rst (github.com/khaeru/sdmx at 6eabb12)"),
     .second_id = "IMF_SDMX_CENTRAL", .lacks = BKTI_NO_DATA},
    {REST_1("INEGI", "National Institute of Statistics and Geography of Mexico",
            "https://sdmx.snieg.mx/ServiceV6/rest", SDMX_DL),
     .ends_in_slash = true},
    {REST_1("INSEE", "National Institute of Statistics and Economic Studies of France",
            "https://bdm.insee.fr/series/sdmx", SDMX_DL)},
    {REST_1("ISTAT", "National Institute of Statistics of Italy",
            "https://esploradati.istat.it/SDMXWS/rest", SDMX_DL)},
    {REST_1("LSD", "Statistics Lithuania", "https://osp-rs.stat.gov.lt/rest_xml", SDMX_1)},
    {REST_1("NB", "Norges Bank", "https://data.norges-bank.no/api", SDMX_DL)},
    {REST_1("NBB", "National Bank of Belgium", "https://nsidisseminate-stat.nbb.be/rest", SDMX_DL)},
    {REST_1("OECD", "Organisation for Economic Co-operation and Development",
            "https://sdmx.oecd.org/public/rest", SDMX_DL),
     .note = "Dataflows belong to departments, and their ids have two parts: "
             "OECD.SDD.NAD:DSD_NAAG@DF_NAAG_I."},
    {.id = "OECD3",
     .name = "Organisation for Economic Co-operation and Development, SDMX REST 2",
     .address = "https://sdmx.oecd.org/public/rest/v2",
     .protocol = BKT_PROTOCOL_REST_2,
     .note = "Implemented in part. Dataflows belong to departments, and their ids have two parts: "
             "OECD.SDD.NAD:DSD_NAAG@DF_NAAG_I.",
     .source = SDMX_1 "; https://github.com/khaeru/sdmx/issues/272"},
    {REST_1("SGR", "SDMX Global Registry", "https://registry.sdmx.org/ws/rest", SDMX_DL)},
    {REST_1("SIMEL", "Labour Market Information System of El Salvador",
            "https://disseminatesimel.mtps.gob.sv/rest", SDMX_DL)},
    {REST_1("SPC", "Pacific Community: Pacific Data Hub",
            "https://stats-nsi-stable.pacificdata.org/rest", SDMX_DL)},
    {REST_1("STATCAN", "Statistics Canada", "https://www150.statcan.gc.ca/t1/wds/sdmx/statcan/rest",
            SDMX_1),
     .lacks = BKTI_NO_STRUCTURES},
    {REST_1("STATEC", "National Institute of Statistics and Economic Studies of Luxembourg",
            "https://lustat.statec.lu/rest", SDMX_DL)},
    {REST_1("SWISS_STAT", "Federal Statistical Office of Switzerland",
            "https://disseminate.stats.swiss/rest", SDMX_DL)},
    {REST_1("UNICEF", "United Nations Children's Fund",
            "https://sdmx.data.unicef.org/ws/public/sdmxapi/rest", SDMX_DL)},
    {REST_1("UNSD", "United Nations Statistics Division: UNdata", "https://data.un.org/WS/rest",
            SDMX_DL),
     .second_id = "UNDATA"},
    {REST_1("WB", "World Bank: World Development Indicators",
            "https://api.worldbank.org/v2/sdmx/rest", SDMX_DL),
     .ends_in_slash = true},
    {REST_1("WITS", "World Bank: World Integrated Trade Solution",
            "https://wits.worldbank.org/API/V1/SDMX/V21/rest",
            "https://wits.worldbank.org/witsapiintro.aspx; " SDMX_DL),
     .agency = "WBG_WITS", .id_alone = true, .ends_in_slash = true, DATAFLOWS(wits)},
};

const uint32_t bkti_service_count = sizeof bkti_services / sizeof bkti_services[0];
