/* SPDX-License-Identifier: MIT */
/* Profiles: each of the known structures is told, by its name and by its dimensions in any order.
 */
#include <stdio.h>

#include "trade_fixture.h"

#include "run_suite.h"

/* One row of each known structure: what it names itself, its dimensions, a row of codes. */
static const struct {
    const char *id;
    const char *structure;
    const char *columns; /* the last two are time and value */
    const char *row;
    bool pair;
} samples[] = {
    {"imf-dot", "IMF:DOT(1.0)",
     "FREQ,REF_AREA,INDICATOR,COUNTERPART_AREA,@UNIT_MULT,~TIME_PERIOD,#OBS_VALUE",
     "A,BY,TXG_FOB_USD,KZ,6,2012,804.1", true},
    {"imf-imts", "IMF.STA:IMTS(1.0.0)",
     "COUNTRY,INDICATOR,COUNTERPART_COUNTRY,FREQUENCY,?SCALE,~TIME_PERIOD,#OBS_VALUE",
     "BLR,XG_FOB_USD,KAZ,A,6,2012,804138000", true},
    {"unsd-imts", "UNSD:IMTS(1.2)",
     "FREQ,REF_AREA,TRADE_FLOW,COMMODITY_1,COMMODITY_1_CONF,COMMODITY_2,COMMODITY_2_CONF,"
     "COMMODITY_CUSTOM_BREAKDOWN,COUNTERPART_AREA_1,COUNTERPART_AREA_1_CONF,COUNTERPART_AREA_2,"
     "COUNTERPART_AREA_2_CONF,TRANSPORT_MODE_BORDER,TRANSPORT_MODE_BORDER_CONF,CUSTOMS_PROC,"
     "ACTIVITY,TRANSFORMATION,MEASURE,@UNIT_MEASURE,@UNIT_MULT,~TIME_PERIOD,#OBS_VALUE",
     "A,BY,X,HS17_TOTAL,F,_Z,F,_Z,KZ,F,W0,F,_T,F,_T,_T,N,VAL,USD,0,2012,804138000", true},
    {"unsd-imts-compact", "UNSD:IMTS_COMPACT(1.2)",
     "FREQ,REF_AREA,TRADE_FLOW,COMMODITY_1,COMMODITY_CUSTOM_BREAKDOWN,COUNTERPART_AREA_1,"
     "COUNTERPART_AREA_2,TRANSPORT_MODE_BORDER,CUSTOMS_PROC,ACTIVITY,TRANSFORMATION,MEASURE,"
     "@UNIT_MULT,~TIME_PERIOD,#OBS_VALUE",
     "A,BY,M,HS17_TOTAL,_Z,KZ,W0,_T,_T,_T,N,VAL,0,2012,119023900", true},
    {"unsd-imts-aggr", "UNSD:IMTS_AGGREGATES(1.2)",
     "FREQ,REF_AREA,TRADE_FLOW,COMMODITY_1,TRANSFORMATION,MEASURE,~TIME_PERIOD,#OBS_VALUE",
     "A,BY,X,HS17_TOTAL,N,VAL,2012,46060000000", false},
    {"comtrade-1.0", "UN:UN_COMTRADE_H2(1.0)",
     "FREQ,RPT,PRT,CC-H2,TF,@UNIT_MULT,@CURRENCY,@VALUATION,~TIME,#OBS_VALUE",
     "A,112,398,TOTAL,2,5,USD,FOB,2012,804.138", true},
    {"wits-trade", "WBG_WITS:DF_WITS_TradeStats_Trade(1.0)",
     "FREQ,REPORTER,PARTNER,PRODUCTCODE,INDICATOR,@DATASOURCE,~TIME_PERIOD,#OBS_VALUE",
     "A,BLR,KAZ,Total,XPRT-TRD-VL,WITS-CMT,2012,804138", true},
    {"wits-tariff", "WBG_WITS:TARIFF_TRAINS(1.1)",
     "FREQ,DATATYPE,PRODUCTCODE,PARTNER,REPORTER,~TIME_PERIOD,#OBS_VALUE",
     "A,Reported,020110,000,840,2012,4.4", false},
    {"comext", "ESTAT:DS-045409(1.0)",
     "freq,reporter,partner,product,flow,indicators,~TIME_PERIOD,#OBS_VALUE",
     "A,LT,BY,TOTAL,1,VALUE_IN_EUROS,2012,755000000", true},
    {"oecd-imts", "OECD.SDD.TPS:DSD_IMTS@DF_IMTS(1.0)",
     "REF_AREA,COUNTERPART_AREA,TRADE_FLOW,PRODUCT_TYPE,FREQ,UNIT_MEASURE,ADJUSTMENT,"
     "TRANSFORMATION,@UNIT_MULT,~TIME_PERIOD,#OBS_VALUE",
     "DEU,POL,M,C,A,USD_EXC,N,N,6,2012,43211", true},
    {"imf-ecofin", "IMF:ECOFIN_DSD(1.0)",
     "DATA_DOMAIN,REF_AREA,INDICATOR,COUNTERPART_AREA,FREQ,@UNIT_MULT,~TIME_PERIOD,#OBS_VALUE",
     "MET,BY,TXG_FOB_USD,_Z,A,6,2012,46060", true},
    {"imf-bop", "IMF:BOP(1.12)",
     "FREQ,ADJUSTMENT,REF_AREA,COUNTERPART_AREA,REF_SECTOR,COUNTERPART_SECTOR,FLOW_STOCK_ENTRY,"
     "ACCOUNTING_ENTRY,INT_ACC_ITEM,FUNCTIONAL_CAT,INSTR_ASSET,MATURITY,UNIT_MEASURE,"
     "CURRENCY_DENOM,VALUATION,COMP_METHOD,@UNIT_MULT,~TIME_PERIOD,#OBS_VALUE",
     "A,N,BY,KZ,S1,S1,T,C,G,_Z,_Z,_Z,USD,_T,_Z,_Z,6,2012,804", true},
    {"abs-merch", "ABS:MERCH_EXP(1.0)",
     "REGION,SITC_REV3,INDUSTRY,COUNTRY,FREQUENCY,~TIME,#OBS_VALUE", "-,-1,-1,BELA,A,2012,1234",
     true},
    {"ecb-trd", "ECB:ECB_TRD1(1.0)",
     "FREQ,REF_AREA,ADJUSTMENT,TRD_FLOW,TRD_PRODUCT,COUNT_AREA,STS_INSTITUTION,TRD_SUFFIX,@UNIT,"
     "@UNIT_MULT,~TIME_PERIOD,#OBS_VALUE",
     "A,DE,N,X,TTT,BY,4,VAL,EUR,6,2012,2234", true},
    {"fao-trade", "FAO:TRADE_DATASTRUCTURE(0.1)",
     "UN_COUNTRY,COMMODITY,TRADE_FLOW,@UNIT,@UNIT_MULTIPLIER,~TIME,#OBS_VALUE",
     "112,15,X,USD,3,2012,5", false},
    {"bi-exim", "BI:EXIM(1.1)",
     "FREQ,KPPBC,SITC,ISIC,PROVINSI,UNIT_MEASURE,@UNIT_MULT,~TIME_PERIOD,#OBS_VALUE",
     "A,1,1,1,1,USD,6,2012,5", false},
    {"imf-pgi", "IMF:PGI(1.0)",
     "REF_AREA,PGI_CONCEPT,DATASOURCE,UNITOFMEASURE,FREQ,~TIME_PERIOD,#OBS_VALUE",
     "913,TXG,IFS,L_M,A,2012,46060", false},
};
#define SAMPLE_COUNT (sizeof samples / sizeof samples[0])

static void make_lines(size_t index, char *lines, size_t capacity) {
    snprintf(lines, capacity, "%s\n%s\n", samples[index].columns, samples[index].row);
}

/* The same with the columns the other way round. */
static void turn_round(const char *line, char *turned) {
    size_t size = strlen(line);
    size_t stop = size;
    *turned = '\0';
    for (size_t i = size; i > 0; i--) {
        if (line[i - 1] == ',') {
            strncat(turned, line + i, stop - i);
            strcat(turned, ",");
            stop = i - 1;
        }
    }
    strncat(turned, line, stop);
}

/* properties: as of make_table(). */
static bkt_profile *detect(bkt_context *context, const char *properties, const char *lines) {
    bkt_table *table = make_table(context, properties, lines);
    bkt_profile *profile = NULL;
    bkt_status status = bkt_profile_detect(context, table, NULL, &profile);
    ck_assert_msg(status == BKT_OK, "%s: %s", properties, bkt_context_error_text(context));
    bkt_table_free(table);
    return profile;
}

START_TEST(all_seventeen_are_known) {
    ck_assert_uint_eq(bkt_profile_known_count(), SAMPLE_COUNT);
    for (uint32_t i = 0; i < bkt_profile_known_count(); i++) {
        const bkt_profile *profile = bkt_profile_known_at(i);
        ck_assert_str_eq(bkt_profile_id(profile), samples[i].id);
        ck_assert_ptr_eq(bkt_profile_known_find(samples[i].id), profile);
        ck_assert_int_eq(bkt_profile_pair_possible(profile), samples[i].pair);
        ck_assert_int_eq(bkt_profile_pair_refusal(profile)[0] == '\0', samples[i].pair);
        ck_assert_str_ne(bkt_profile_name(profile), "");
        ck_assert_str_ne(bkt_profile_structures(profile), "");
        ck_assert_str_ne(bkt_profile_dimensions(profile), "");
        ck_assert_int_ne(bkt_profile_multiplier_rule(profile), 0);
    }
    ck_assert_ptr_null(bkt_profile_known_at(bkt_profile_known_count()));
    ck_assert_ptr_null(bkt_profile_known_find("imf"));
    ck_assert_ptr_null(bkt_profile_known_find(NULL));
}
END_TEST

START_TEST(each_is_told_by_the_structure_it_names) {
    bkt_context *context = new_context();
    char lines[2100];
    make_lines((size_t)_i, lines, sizeof lines);
    char property[120];
    snprintf(property, sizeof property, "structure=%s", samples[_i].structure);
    bkt_profile *profile = detect(context, property, lines);
    ck_assert_str_eq(bkt_profile_id(profile), samples[_i].id);
    ck_assert_int_eq(bkt_profile_pair_possible(profile), samples[_i].pair);
    bkt_profile_free(profile);
    bkt_context_free(context);
}
END_TEST

/* A namespace, another version, none, beside another structure. */
START_TEST(each_is_told_in_other_spellings) {
    static const struct {
        const char *before;
        const char *after;
    } forms[] = {{"namespace=urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=",
                  "(9.9):ObsLevelDim:TIME_PERIOD"},
                 {"dataflow=", "(3.1.4)"},
                 {"structure=", ""},
                 {"structure=OTHER:THING(1.0); ", "()"}};
    bkt_context *context = new_context();
    char lines[2100];
    make_lines((size_t)_i, lines, sizeof lines);
    for (size_t k = 0; k < sizeof forms / sizeof forms[0]; k++) {
        char property[400];
        snprintf(property, sizeof property, "%s%.*s%s", forms[k].before,
                 (int)strcspn(samples[_i].structure, "("), samples[_i].structure, forms[k].after);
        bkt_profile *profile = detect(context, property, lines);
        ck_assert_str_eq(bkt_profile_id(profile), samples[_i].id);
        bkt_profile_free(profile);
    }
    bkt_context_free(context);
}
END_TEST

START_TEST(each_is_told_by_its_dimensions_in_any_order) {
    if (strcmp(samples[_i].id, "abs-merch") == 0) {
        return; /* its structure is the flow: without a name there is none */
    }
    bkt_context *context = new_context();
    char lines[2100];
    char columns[1000];
    char row[1000];
    for (int turned = 0; turned < 2; turned++) {
        strcpy(columns, samples[_i].columns);
        strcpy(row, samples[_i].row);
        if (turned != 0) {
            turn_round(samples[_i].columns, columns);
            turn_round(samples[_i].row, row);
        }
        snprintf(lines, sizeof lines, "%s\n%s\n", columns, row);
        bkt_profile *profile = detect(context, NULL, lines);
        ck_assert_str_eq(bkt_profile_id(profile), samples[_i].id);
        ck_assert_uint_gt(bkt_profile_assumption_count(profile), 0);
        bkt_profile_free(profile);
    }
    bkt_context_free(context);
}
END_TEST

START_TEST(what_no_pair_can_be_made_of_is_refused) {
    bkt_context *context = new_context();
    char lines[2100];
    make_lines((size_t)_i, lines, sizeof lines);
    bkt_detect_options options;
    ck_assert_int_eq(bkt_detect_options_init(&options, (uint32_t)sizeof options), BKT_OK);
    options.flags = BKT_DETECT_PAIR;
    char property[120];
    snprintf(property, sizeof property, "structure=%s", samples[_i].structure);
    bkt_table *table = make_table(context, property, lines);
    bkt_profile *profile = NULL;
    bkt_status status = bkt_profile_detect(context, table, &options, &profile);
    if (samples[_i].pair) {
        ck_assert_int_eq(status, BKT_OK);
        bkt_profile_free(profile);
    } else {
        check_error(context, status, BKT_ERR_PROFILE, "no trade of a pair");
        ck_assert_ptr_null(profile);
        bkt_balance_options pair = pair_options("Belarus", "Kazakhstan");
        bkt_table *balance = NULL;
        status = bkt_balance(context, table, &pair, &balance);
        check_error(context, status, BKT_ERR_PROFILE, "no trade of a pair");
    }
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

START_TEST(flows_mean_what_each_structure_says) {
    const bkt_profile *comtrade = bkt_profile_known_find("comtrade-1.0");
    ck_assert_int_eq(bkt_profile_flow_of_code(comtrade, "2"), BKT_FLOW_EXPORTS);
    ck_assert_int_eq(bkt_profile_flow_of_code(comtrade, "1"), BKT_FLOW_IMPORTS);
    const bkt_profile *dot = bkt_profile_known_find("imf-dot");
    ck_assert_int_eq(bkt_profile_flow_of_code(dot, "TXG_FOB_USD"), BKT_FLOW_EXPORTS);
    ck_assert_int_eq(bkt_profile_flow_of_code(dot, "TMG_CIF_USD"), BKT_FLOW_IMPORTS);
    ck_assert_int_eq(bkt_profile_flow_of_code(dot, "TMG_FOB_USD"), BKT_FLOW_IMPORTS);
    ck_assert_int_eq(bkt_profile_flow_of_code(dot, "TBG_USD"), BKT_FLOW_OTHER);
    const bkt_profile *wits = bkt_profile_known_find("wits-trade");
    ck_assert_int_eq(bkt_profile_flow_of_code(wits, "XPRT-TRD-VL"), BKT_FLOW_EXPORTS);
    ck_assert_int_eq(bkt_profile_flow_of_code(wits, "MPRT-TRD-VL"), BKT_FLOW_IMPORTS);
    ck_assert_int_eq(bkt_profile_flow_of_code(wits, "XPRT-PRTNR-SHR"), BKT_FLOW_OTHER);
    const bkt_profile *imts = bkt_profile_known_find("unsd-imts");
    ck_assert_int_eq(bkt_profile_flow_of_code(imts, "X"), BKT_FLOW_EXPORTS);
    ck_assert_int_eq(bkt_profile_flow_of_code(imts, "M"), BKT_FLOW_IMPORTS);
    ck_assert_int_eq(bkt_profile_flow_of_code(imts, "RX"), BKT_FLOW_OTHER);
    ck_assert_int_eq(bkt_profile_flow_of_code(imts, "RM"), BKT_FLOW_OTHER);
    const bkt_profile *bop = bkt_profile_known_find("imf-bop");
    ck_assert_int_eq(bkt_profile_flow_of_code(bop, "C"), BKT_FLOW_EXPORTS);
    ck_assert_int_eq(bkt_profile_flow_of_code(bop, "D"), BKT_FLOW_IMPORTS);
    ck_assert_int_eq(bkt_profile_flow_of_code(NULL, "X"), BKT_FLOW_OTHER);
    ck_assert_int_eq(bkt_profile_flow_of_code(bop, NULL), BKT_FLOW_OTHER);
}
END_TEST

START_TEST(multipliers_go_by_each_structure) {
    static const struct {
        const char *id;
        int32_t rule;
        int32_t exponent;
    } rules[] = {
        {"imf-dot", BKT_MULTIPLIER_POWER, 0},    {"imf-imts", BKT_MULTIPLIER_FIXED, 0},
        {"unsd-imts", BKT_MULTIPLIER_POWER, 0},  {"comtrade-1.0", BKT_MULTIPLIER_COMTRADE, 0},
        {"wits-trade", BKT_MULTIPLIER_FIXED, 3}, {"comext", BKT_MULTIPLIER_FIXED, 0},
        {"abs-merch", BKT_MULTIPLIER_FIXED, 3},  {"imf-pgi", BKT_MULTIPLIER_UNIT_NAME, 0},
        {"oecd-imts", BKT_MULTIPLIER_POWER, 0}};
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        const bkt_profile *profile = bkt_profile_known_find(rules[i].id);
        ck_assert_int_eq(bkt_profile_multiplier_rule(profile), rules[i].rule);
        ck_assert_int_eq(bkt_profile_multiplier_exponent(profile), rules[i].exponent);
    }
}
END_TEST

/* Registries that number their concepts, and services that change the case. */
START_TEST(columns_are_found_under_varied_ids) {
    bkt_context *context = new_context();
    bkt_profile *profile = detect(context, "structure=IMF:DOT(1.0)",
                                  "FREQ1,REF_AREA6,indicator,COUNTERPART_AREA2,~TIME_PERIOD,"
                                  "#OBS_VALUE\nA,BY,TXG_FOB_USD,KZ,2012,1\n");
    ck_assert_str_eq(bkt_profile_id(profile), "imf-dot");
    ck_assert_str_eq(bkt_profile_column(profile, BKT_PROFILE_REPORTER), "REF_AREA6");
    ck_assert_str_eq(bkt_profile_column(profile, BKT_PROFILE_FLOW), "indicator");
    /* No UNIT_MULT: told. */
    ck_assert_str_eq(bkt_profile_column(profile, BKT_PROFILE_MULTIPLIER), "");
    ck_assert_uint_eq(bkt_profile_assumption_count(profile), 1);
    ck_assert_ptr_nonnull(strstr(bkt_profile_assumption_at(profile, 0), "UNIT_MULT"));
    ck_assert_uint_eq(count_told(context, BKT_SEVERITY_NOTE, "UNIT_MULT"), 1);
    bkt_profile_free(profile);
    profile = detect(context, "structure=UN:UN_COMTRADE_S3(1.0)",
                     "FREQ,RPT,PRT,CC-S3,TF,~TIME,#OBS_VALUE\nA,112,398,TOTAL,2,2012,1\n");
    ck_assert_str_eq(bkt_profile_column(profile, BKT_PROFILE_PRODUCT), "CC-S3");
    bkt_profile_free(profile);
    bkt_context_free(context);
}
END_TEST

/* A message that holds groups only, as the IMF's service gives for a wildcard. */
START_TEST(a_table_without_rows_is_told_by_its_name) {
    bkt_context *context = new_context();
    bkt_profile *profile = detect(
        context,
        "namespace=urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=IMF.STA:DSD_IMTS(1.0.0)",
        "~TIME_PERIOD,#OBS_VALUE\n");
    ck_assert_str_eq(bkt_profile_id(profile), "imf-imts");
    bkt_profile_free(profile);
    bkt_context_free(context);
}
END_TEST

START_TEST(an_unknown_structure_goes_by_rule) {
    bkt_context *context = new_context();
    bkt_profile *profile =
        detect(context, "structure=BKTRADE:BILATERAL_TRADE(1.0)",
               "?FREQ,?REF_AREA,?COUNTERPART_AREA,?TRADE_FLOW,?COMMODITY,?UNIT_MEASURE,?UNIT_MULT,"
               "?TITLE,~TIME_PERIOD,#OBS_VALUE,@VALUATION,@OBS_STATUS\n"
               "A,BLR,KAZ,X,TOTAL,USD,3,Exports,2012,804138,FOB,A\n");
    ck_assert_str_eq(bkt_profile_id(profile), "detected");
    ck_assert_str_eq(bkt_profile_column(profile, BKT_PROFILE_REPORTER), "REF_AREA");
    ck_assert_str_eq(bkt_profile_column(profile, BKT_PROFILE_PARTNER), "COUNTERPART_AREA");
    ck_assert_str_eq(bkt_profile_column(profile, BKT_PROFILE_FLOW), "TRADE_FLOW");
    ck_assert_str_eq(bkt_profile_column(profile, BKT_PROFILE_PRODUCT), "COMMODITY");
    ck_assert_str_eq(bkt_profile_column(profile, BKT_PROFILE_UNIT), "UNIT_MEASURE");
    ck_assert_str_eq(bkt_profile_column(profile, BKT_PROFILE_MULTIPLIER), "UNIT_MULT");
    ck_assert_str_eq(bkt_profile_column(profile, BKT_PROFILE_VALUATION), "VALUATION");
    ck_assert_int_eq(bkt_profile_multiplier_rule(profile), BKT_MULTIPLIER_POWER);
    ck_assert_uint_eq(bkt_profile_assumption_count(profile), 3);
    ck_assert_ptr_null(bkt_profile_assumption_at(profile, 3));
    bkt_profile_free(profile);
    bkt_context_free(context);
}
END_TEST

static void check_refused(const char *lines, const char *structure, const char *part) {
    bkt_context *context = new_context();
    bkt_table *table = make_table(context, structure, lines);
    bkt_profile *profile = NULL;
    bkt_status status = bkt_profile_detect(context, table, NULL, &profile);
    check_error(context, status, BKT_ERR_PROFILE, part);
    ck_assert_ptr_null(profile);
    bkt_table_free(table);
    bkt_context_free(context);
}

START_TEST(what_cannot_be_told_is_refused) {
    check_refused("COUNTRY,TRADE_FLOW,~TIME_PERIOD,#OBS_VALUE\nBLR,X,2012,1\n", NULL, "partner");
    check_refused("AREA,PARTNER,FLOW,~TIME_PERIOD,#OBS_VALUE\nBLR,KAZ,X,2012,1\n", NULL,
                  "which column is the reporter");
    check_refused("REPORTER,PARTNER,WAY,~TIME_PERIOD,#OBS_VALUE\nBLR,KAZ,X,2012,1\n", NULL,
                  "columns: REPORTER, PARTNER, WAY");
    /* 1 and 2 mean exports in some structures and imports in others. */
    check_refused("REPORTER,PARTNER,FLOW,~TIME_PERIOD,#OBS_VALUE\nBLR,KAZ,1,2012,1\n", NULL,
                  "codes: 1");
    check_refused("REGION,SITC_REV3,INDUSTRY,COUNTRY,FREQUENCY,~TIME,#OBS_VALUE\n"
                  "-,-1,-1,BELA,A,2012,1\n",
                  "structure=ABS:MERCH_EXP(1.0); ABS:MERCH_IMP(1.0)", "both");
    /* Dimensions like those of the IMF's, but of money and not of trade. */
    check_refused("FREQ,REF_AREA,INDICATOR,COUNTERPART_AREA,~TIME_PERIOD,#OBS_VALUE\n"
                  "A,BY,LOANS_USD,KZ,2012,1\n",
                  NULL, "LOANS_USD");
}
END_TEST

START_TEST(arguments_are_checked) {
    bkt_context *context = new_context();
    bkt_table *table = make_table(context, NULL, "A,#B\nx,1\n");
    bkt_profile *profile = NULL;
    ck_assert_int_eq(bkt_profile_detect(NULL, table, NULL, &profile), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_profile_detect(context, NULL, NULL, &profile), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_profile_detect(context, table, NULL, NULL), BKT_ERR_ARGUMENT);
    bkt_detect_options options = {.struct_size = 3};
    ck_assert_int_eq(bkt_profile_detect(context, table, &options, &profile), BKT_ERR_ABI);
    ck_assert_int_eq(bkt_profile_new(context, NULL, &profile), BKT_ERR_ARGUMENT);
    bkt_profile_free(NULL);
    ck_assert_str_eq(bkt_profile_id(NULL), "");
    ck_assert_str_eq(bkt_profile_column(NULL, BKT_PROFILE_FLOW), "");
    ck_assert_str_eq(bkt_profile_column(bkt_profile_known_at(0), 99), "");
    ck_assert_int_eq(bkt_profile_pair_possible(NULL), 0);
    ck_assert_uint_eq(bkt_profile_assumption_count(NULL), 0);
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

static bkt_profile_options own_options(void) {
    bkt_profile_options options;
    ck_assert_int_eq(bkt_profile_options_init(&options, (uint32_t)sizeof options), BKT_OK);
    return options;
}

START_TEST(a_profile_can_be_given) {
    bkt_context *context = new_context();
    bkt_profile_options options = own_options();
    options.reporter_column = "WHO";
    options.partner_column = "WHOM";
    options.flow_column = "WAY";
    options.export_codes = "out";
    options.import_codes = "in";
    options.unit = "USD";
    options.multiplier_exponent = 3;
    options.import_valuation = BKT_VALUATION_FOB;
    bkt_profile *profile = NULL;
    ck_assert_int_eq(bkt_profile_new(context, &options, &profile), BKT_OK);
    ck_assert_str_eq(bkt_profile_id(profile), "own");
    ck_assert_int_eq(bkt_profile_multiplier_rule(profile), BKT_MULTIPLIER_FIXED);
    ck_assert_int_eq(bkt_profile_multiplier_exponent(profile), 3);
    bkt_table *table = make_table(context, NULL,
                                  "WHO,WHOM,WAY,~TIME_PERIOD,#OBS_VALUE\n"
                                  "BLR,KAZ,out,2012,804138\nBLR,KAZ,in,2012,119023.9\n");
    bkt_balance_options pair = pair_options("BY", "KZ");
    pair.profile = profile;
    pair.unit_scale = 1e6;
    bkt_table *balance = NULL;
    ck_assert_int_eq(bkt_balance(context, table, &pair, &balance), BKT_OK);
    check_near(number_of(balance, "EXPORTS_REPORTER", "2012"), 804.138);
    check_near(number_of(balance, "IMPORTS_FOB_REPORTER", "2012"), 119.0239);
    ck_assert_str_eq(bkt_table_property(balance, "profile"), "own");
    bkt_table_free(balance);
    bkt_table_free(table);
    bkt_profile_free(profile);
    bkt_context_free(context);
}
END_TEST

START_TEST(a_known_profile_can_be_changed) {
    bkt_context *context = new_context();
    bkt_profile_options options = own_options();
    options.base = "imf-imts";
    options.multiplier_column = "SCALE";
    bkt_profile *profile = NULL;
    ck_assert_int_eq(bkt_profile_new(context, &options, &profile), BKT_OK);
    ck_assert_str_eq(bkt_profile_id(profile), "imf-imts");
    ck_assert_int_eq(bkt_profile_multiplier_rule(profile), BKT_MULTIPLIER_POWER);
    ck_assert_str_eq(bkt_profile_column(profile, BKT_PROFILE_REPORTER), "COUNTRY");
    bkt_profile_free(profile);
    options.base = "unsd-imts-aggr";
    options.multiplier_column = NULL;
    options.partner_column = "PARTNER";
    ck_assert_int_eq(bkt_profile_new(context, &options, &profile), BKT_OK);
    ck_assert_int_eq(bkt_profile_pair_possible(profile), 1);
    bkt_profile_free(profile);
    bkt_context_free(context);
}
END_TEST

START_TEST(a_profile_that_lacks_something_is_refused) {
    bkt_context *context = new_context();
    bkt_profile *profile = NULL;
    bkt_profile_options options = own_options();
    check_error(context, bkt_profile_new(context, &options, &profile), BKT_ERR_PROFILE,
                "reporter_column");
    options.reporter = "Australia";
    check_error(context, bkt_profile_new(context, &options, &profile), BKT_ERR_PROFILE,
                "partner_column");
    options.partner_column = "P";
    check_error(context, bkt_profile_new(context, &options, &profile), BKT_ERR_PROFILE,
                "flow_column");
    options.flow_column = "F";
    options.base = "imf";
    check_error(context, bkt_profile_new(context, &options, &profile), BKT_ERR_ARGUMENT, "'imf'");
    options.base = NULL;
    options.reporter = "Atlantis";
    check_error(context, bkt_profile_new(context, &options, &profile), BKT_ERR_ARGUMENT,
                "Atlantis");
    options.reporter = NULL;
    options.reporter_column = "R";
    options.multiplier_exponent = 31;
    check_error(context, bkt_profile_new(context, &options, &profile), BKT_ERR_ARGUMENT,
                "exponent");
    options.multiplier_exponent = 0;
    options.area_system = 77;
    check_error(context, bkt_profile_new(context, &options, &profile), BKT_ERR_ARGUMENT, "system");
    options.struct_size = 8;
    ck_assert_int_eq(bkt_profile_new(context, &options, &profile), BKT_ERR_ABI);
    ck_assert_ptr_null(profile);
    bkt_context_free(context);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("profile");
    TCase *tests = tcase_create("profile");
    int count = (int)SAMPLE_COUNT;
    tcase_add_test(tests, all_seventeen_are_known);
    tcase_add_loop_test(tests, each_is_told_by_the_structure_it_names, 0, count);
    tcase_add_loop_test(tests, each_is_told_in_other_spellings, 0, count);
    tcase_add_loop_test(tests, each_is_told_by_its_dimensions_in_any_order, 0, count);
    tcase_add_loop_test(tests, what_no_pair_can_be_made_of_is_refused, 0, count);
    tcase_add_test(tests, flows_mean_what_each_structure_says);
    tcase_add_test(tests, multipliers_go_by_each_structure);
    tcase_add_test(tests, columns_are_found_under_varied_ids);
    tcase_add_test(tests, a_table_without_rows_is_told_by_its_name);
    tcase_add_test(tests, an_unknown_structure_goes_by_rule);
    tcase_add_test(tests, what_cannot_be_told_is_refused);
    tcase_add_test(tests, arguments_are_checked);
    tcase_add_test(tests, a_profile_can_be_given);
    tcase_add_test(tests, a_known_profile_can_be_changed);
    tcase_add_test(tests, a_profile_that_lacks_something_is_refused);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
