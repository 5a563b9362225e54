/* SPDX-License-Identifier: MIT */
/* The catalogue and its getters. A new indicator is a row here and, if need be, a kernel. */
#include <math.h>
#include <string.h>

#include "bkti_indicator.h"

#define ESCAP  "UN ESCAP, Trade Statistics in Policymaking (2009)"
#define UNCTAD "UNCTAD Handbook of Statistics, calculation methods"
#define WITS   "World Bank WITS, merchandise trade indicators"
#define DOTS   "IMF Direction of Trade Statistics Yearbook 2017"
#define MIRROR                                                                                     \
    "Javorsek, Asymmetries in International Merchandise Trade Statistics (UN ESCAP, 2016)"
#define IMTS "UN, International Merchandise Trade Statistics: Concepts and Definitions 2010"
#define DHS  "Davis, Haltiwanger and Schuh, Job Creation and Destruction (1996)"
#define MEC  "World Bank, Measuring Export Competitiveness"
#define OWN  "definition"

#define PERIOD(id_, label_, formula_, source_, unit_, kernel_, sector_, ...)                       \
    {                                                                                              \
        .id = id_, .label = label_, .formula = formula_, .source = source_,                        \
        .inputs = {__VA_ARGS__}, .unit = unit_, .scope = BKT_INDICATOR_PERIOD,                     \
        .by_sector = sector_, .period = kernel_                                                    \
    }

#define WINDOW(id_, label_, formula_, source_, unit_, kernel_, input_)                             \
    {                                                                                              \
        .id = id_, .label = label_, .formula = formula_, .source = source_, .inputs = {input_},    \
        .unit = unit_, .scope = BKT_INDICATOR_WINDOW, .window = kernel_                            \
    }

/* Growth of one figure; what_ begins its label. */
#define GROWTH(figure_, side_, what_)                                                              \
    PERIOD(figure_ "_GROWTH_" side_, what_ ": growth on the year before",                          \
           figure_ "_" side_ "(t) / " figure_ "_" side_ "(t - 1 year) - 1", WITS,                  \
           BKT_INDICATOR_FRACTION, bkti_kernel_growth, false, figure_ "_" side_),                  \
        PERIOD(figure_ "_LOG_GROWTH_" side_, what_ ": log growth on the year before",              \
               "ln " figure_ "_" side_ "(t) - ln " figure_ "_" side_ "(t - 1 year)", MEC,          \
               BKT_INDICATOR_FRACTION, bkti_kernel_log_growth, false, figure_ "_" side_),          \
        PERIOD(figure_ "_MIDPOINT_GROWTH_" side_, what_ ": mid-point growth on the year before",   \
               "(b - a) / ((a + b) / 2), b = " figure_ "_" side_ "(t), a = " figure_ "_" side_     \
               "(t - 1 year)",                                                                     \
               DHS, BKT_INDICATOR_FRACTION, bkti_kernel_midpoint_growth, false,                    \
               figure_ "_" side_),                                                                 \
        PERIOD(figure_ "_COMPOUND_GROWTH_" side_,                                                  \
               what_ ": compound growth a year since the first figure",                            \
               "(" figure_ "_" side_ "(t) / " figure_ "_" side_                                    \
               "(first))^(1 / years) - 1, years as they elapsed, gaps among them; first: of the "  \
               "same quarter or month",                                                            \
               UNCTAD, BKT_INDICATOR_FRACTION, bkti_kernel_compound_growth, false,                 \
               figure_ "_" side_),                                                                 \
        PERIOD(figure_ "_INDEX_" side_, what_ ": index, first figure = 100",                       \
               "100 " figure_ "_" side_ "(t) / " figure_ "_" side_ "(first)", OWN,                 \
               BKT_INDICATOR_INDEX, bkti_kernel_index, false, figure_ "_" side_)

/* Growth of one figure over the whole window. */
#define TREND(figure_, side_, what_)                                                               \
    WINDOW(figure_ "_CAGR_" side_, what_ ": compound growth a year, first to last figure",         \
           "(last / first)^(1 / years) - 1, years as they elapsed; first: of the last figure's "   \
           "quarter or month",                                                                     \
           UNCTAD, BKT_INDICATOR_FRACTION, bkti_window_compound_growth, figure_ "_" side_),        \
        WINDOW(figure_ "_TREND_" side_, what_ ": least-squares growth a year",                     \
               "exp(b) - 1, ln figure = a + b time", UNCTAD, BKT_INDICATOR_FRACTION,               \
               bkti_window_trend, figure_ "_" side_),                                              \
        WINDOW(figure_ "_TREND_ERROR_" side_, what_ ": standard error of b of the trend",          \
               "sqrt(sum of squared errors / (n - 2) / sum of squared deviations of time)",        \
               UNCTAD, BKT_INDICATOR_FRACTION, bkti_window_trend_error, figure_ "_" side_),        \
        WINDOW(figure_ "_TREND_FIT_" side_, what_ ": R squared of the trend",                      \
               "1 - sum of squared errors / sum of squared deviations of ln figure", UNCTAD,       \
               BKT_INDICATOR_FRACTION, bkti_window_trend_fit, figure_ "_" side_)

/* One version of the balance over the whole window. */
#define CUMULATED(side_, what_)                                                                    \
    WINDOW("BALANCE_SUM_" side_, what_ ": sum, every period there", "sum of BALANCE_" side_, OWN,  \
           BKT_INDICATOR_MONEY, bkti_window_cumulated, "BALANCE_" side_),                          \
        WINDOW("BALANCE_SUM_AVAILABLE_" side_, what_ ": sum of the periods that are there",        \
               "sum of BALANCE_" side_ " that is not missing", OWN, BKT_INDICATOR_MONEY,           \
               bkti_window_cumulated_available, "BALANCE_" side_),                                 \
        WINDOW("BALANCE_SURPLUS_PERIODS_" side_, what_ ": periods of surplus",                     \
               "count of BALANCE_" side_ " > 0", OWN, BKT_INDICATOR_COUNT,                         \
               bkti_window_surplus_periods, "BALANCE_" side_),                                     \
        WINDOW("BALANCE_DEFICIT_PERIODS_" side_, what_ ": periods of deficit",                     \
               "count of BALANCE_" side_ " < 0", OWN, BKT_INDICATOR_COUNT,                         \
               bkti_window_deficit_periods, "BALANCE_" side_),                                     \
        WINDOW("BALANCE_SIGN_CHANGES_" side_, what_ ": changes of sign",                           \
               "count of changes between surplus and deficit, zeros and missing passed over", OWN, \
               BKT_INDICATOR_COUNT, bkti_window_sign_changes, "BALANCE_" side_),                   \
        WINDOW("BALANCE_LONGEST_SURPLUS_" side_, what_ ": longest run of surplus, in periods",     \
               "longest run of BALANCE_" side_ " > 0; zero or missing breaks it", OWN,             \
               BKT_INDICATOR_COUNT, bkti_window_longest_surplus, "BALANCE_" side_),                \
        WINDOW("BALANCE_LONGEST_DEFICIT_" side_, what_ ": longest run of deficit, in periods",     \
               "longest run of BALANCE_" side_ " < 0; zero or missing breaks it", OWN,             \
               BKT_INDICATOR_COUNT, bkti_window_longest_deficit, "BALANCE_" side_)

#define VERSIONS                                                                                   \
    "BALANCE_REPORTER", "BALANCE_PARTNER", "BALANCE_EXPORTS_BASIS", "BALANCE_IMPORTS_BASIS"

/* clang-format off */
#define X_R "Exports of {reporter} to {partner}, reported by {reporter}"
#define M_R "Imports of {reporter} from {partner}, reported by {reporter}"
#define T_R "Turnover, reported by {reporter}"
#define B_R "Balance of {reporter}, reported by {reporter}"
#define X_P "Exports of {partner} to {reporter}, reported by {partner}"
#define M_P "Imports of {partner} from {reporter}, reported by {partner}"
#define T_P "Turnover, reported by {partner}"
#define B_P "Balance of {reporter}, reported by {partner}"
/* clang-format on */

const struct bkt_indicator bkti_indicators[] = {
    PERIOD("EXPORTS_REPORTER", X_R, "reported", IMTS, BKT_INDICATOR_MONEY, NULL, true, NULL),
    PERIOD("IMPORTS_REPORTER", M_R, "reported", IMTS, BKT_INDICATOR_MONEY, NULL, true, NULL),
    PERIOD("EXPORTS_PARTNER", X_P, "reported", IMTS, BKT_INDICATOR_MONEY, NULL, true, NULL),
    PERIOD("IMPORTS_PARTNER", M_P, "reported", IMTS, BKT_INDICATOR_MONEY, NULL, true, NULL),
    PERIOD("TURNOVER_REPORTER", T_R, "EXPORTS_REPORTER + IMPORTS_REPORTER", WITS,
           BKT_INDICATOR_MONEY, bkti_kernel_sum, true, "EXPORTS_REPORTER", "IMPORTS_REPORTER"),
    PERIOD("BALANCE_REPORTER", B_R, "EXPORTS_REPORTER - IMPORTS_REPORTER", WITS,
           BKT_INDICATOR_MONEY, bkti_kernel_difference, true, "EXPORTS_REPORTER",
           "IMPORTS_REPORTER"),
    PERIOD("COVERAGE_REPORTER", "Coverage of {reporter}'s imports, reported by {reporter}",
           "100 EXPORTS_REPORTER / IMPORTS_REPORTER", ESCAP, BKT_INDICATOR_PERCENT,
           bkti_kernel_coverage, true, "EXPORTS_REPORTER", "IMPORTS_REPORTER"),
    PERIOD("NORMALISED_BALANCE_REPORTER",
           "Normalised balance of {reporter}, reported by {reporter}",
           "(EXPORTS_REPORTER - IMPORTS_REPORTER) / (EXPORTS_REPORTER + IMPORTS_REPORTER)", UNCTAD,
           BKT_INDICATOR_FRACTION, bkti_kernel_normalised, true, "EXPORTS_REPORTER",
           "IMPORTS_REPORTER"),
    PERIOD("TURNOVER_PARTNER", T_P, "EXPORTS_PARTNER + IMPORTS_PARTNER", WITS, BKT_INDICATOR_MONEY,
           bkti_kernel_sum, true, "EXPORTS_PARTNER", "IMPORTS_PARTNER"),
    PERIOD("BALANCE_PARTNER", B_P, "IMPORTS_PARTNER - EXPORTS_PARTNER", WITS, BKT_INDICATOR_MONEY,
           bkti_kernel_difference, true, "IMPORTS_PARTNER", "EXPORTS_PARTNER"),
    PERIOD("COVERAGE_PARTNER", "Coverage of {reporter}'s imports, reported by {partner}",
           "100 IMPORTS_PARTNER / EXPORTS_PARTNER", ESCAP, BKT_INDICATOR_PERCENT,
           bkti_kernel_coverage, true, "IMPORTS_PARTNER", "EXPORTS_PARTNER"),
    PERIOD("NORMALISED_BALANCE_PARTNER", "Normalised balance of {reporter}, reported by {partner}",
           "(IMPORTS_PARTNER - EXPORTS_PARTNER) / (IMPORTS_PARTNER + EXPORTS_PARTNER)", UNCTAD,
           BKT_INDICATOR_FRACTION, bkti_kernel_normalised, true, "IMPORTS_PARTNER",
           "EXPORTS_PARTNER"),

    PERIOD("IMPORTS_FOB_REPORTER", M_R ", at FOB",
           "IMPORTS_REPORTER / (1 + cif_rate) where stated CIF", DOTS, BKT_INDICATOR_MONEY,
           bkti_kernel_fob_reporter, false, "IMPORTS_REPORTER"),
    PERIOD("IMPORTS_FOB_PARTNER", M_P ", at FOB",
           "IMPORTS_PARTNER / (1 + cif_rate) where stated CIF", DOTS, BKT_INDICATOR_MONEY,
           bkti_kernel_fob_partner, false, "IMPORTS_PARTNER"),
    PERIOD("BALANCE_EXPORTS_BASIS", "Balance of {reporter}, both exports as reported",
           "EXPORTS_REPORTER - EXPORTS_PARTNER", DOTS, BKT_INDICATOR_MONEY,
           bkti_kernel_mirror_difference, false, "EXPORTS_REPORTER", "EXPORTS_PARTNER"),
    PERIOD("BALANCE_IMPORTS_BASIS", "Balance of {reporter}, both imports as reported, at FOB",
           "IMPORTS_FOB_PARTNER - IMPORTS_FOB_REPORTER", DOTS, BKT_INDICATOR_MONEY,
           bkti_kernel_mirror_difference, false, "IMPORTS_FOB_PARTNER", "IMPORTS_FOB_REPORTER"),
    PERIOD("BALANCE_LOWEST", "Balance of {reporter}, lowest of the versions",
           "least of the BALANCE versions that are there", OWN, BKT_INDICATOR_MONEY,
           bkti_kernel_lowest, false, VERSIONS),
    PERIOD("BALANCE_HIGHEST", "Balance of {reporter}, highest of the versions",
           "greatest of the BALANCE versions that are there", OWN, BKT_INDICATOR_MONEY,
           bkti_kernel_highest, false, VERSIONS),
    PERIOD("BALANCE_MIDPOINT", "Balance of {reporter}, middle of the range of the versions",
           "(BALANCE_LOWEST + BALANCE_HIGHEST) / 2", OWN, BKT_INDICATOR_MONEY, bkti_kernel_midpoint,
           false, "BALANCE_LOWEST", "BALANCE_HIGHEST"),
    PERIOD("BALANCE_VERSIONS", "Versions of the balance that are there",
           "count of the BALANCE versions that are there", OWN, BKT_INDICATOR_COUNT,
           bkti_kernel_version_count, false, VERSIONS),

    PERIOD("GAP_EXPORTS",
           "{reporter} to {partner}: what {partner} reports less what {reporter} does",
           "IMPORTS_PARTNER - EXPORTS_REPORTER", MIRROR, BKT_INDICATOR_MONEY,
           bkti_kernel_mirror_difference, false, "IMPORTS_PARTNER", "EXPORTS_REPORTER"),
    PERIOD("GAP_FOB_EXPORTS", "{reporter} to {partner}: gap of the reports, both at FOB",
           "IMPORTS_FOB_PARTNER - EXPORTS_REPORTER", MIRROR, BKT_INDICATOR_MONEY,
           bkti_kernel_mirror_difference, false, "IMPORTS_FOB_PARTNER", "EXPORTS_REPORTER"),
    PERIOD("GAP_RELATIVE_EXPORTS", "{reporter} to {partner}: gap at FOB to the mean of the reports",
           "GAP_FOB_EXPORTS / ((IMPORTS_FOB_PARTNER + EXPORTS_REPORTER) / 2)", MIRROR,
           BKT_INDICATOR_FRACTION, bkti_kernel_relative_gap, false, "EXPORTS_REPORTER",
           "IMPORTS_FOB_PARTNER"),
    PERIOD("GAP_LOG_EXPORTS", "{reporter} to {partner}: log ratio of the reports at FOB",
           "ln(IMPORTS_FOB_PARTNER / EXPORTS_REPORTER)", MIRROR, BKT_INDICATOR_FRACTION,
           bkti_kernel_log_gap, false, "EXPORTS_REPORTER", "IMPORTS_FOB_PARTNER"),
    PERIOD("INVERTED_EXPORTS", "{reporter} to {partner}: imports at CIF lie below exports at FOB",
           "1 if IMPORTS_PARTNER (CIF) < EXPORTS_REPORTER (FOB), else 0", MIRROR,
           BKT_INDICATOR_FLAG, bkti_kernel_inverted_exports, false, "IMPORTS_PARTNER",
           "EXPORTS_REPORTER"),
    PERIOD("GAP_IMPORTS",
           "{partner} to {reporter}: what {reporter} reports less what {partner} does",
           "IMPORTS_REPORTER - EXPORTS_PARTNER", MIRROR, BKT_INDICATOR_MONEY,
           bkti_kernel_mirror_difference, false, "IMPORTS_REPORTER", "EXPORTS_PARTNER"),
    PERIOD("GAP_FOB_IMPORTS", "{partner} to {reporter}: gap of the reports, both at FOB",
           "IMPORTS_FOB_REPORTER - EXPORTS_PARTNER", MIRROR, BKT_INDICATOR_MONEY,
           bkti_kernel_mirror_difference, false, "IMPORTS_FOB_REPORTER", "EXPORTS_PARTNER"),
    PERIOD("GAP_RELATIVE_IMPORTS", "{partner} to {reporter}: gap at FOB to the mean of the reports",
           "GAP_FOB_IMPORTS / ((IMPORTS_FOB_REPORTER + EXPORTS_PARTNER) / 2)", MIRROR,
           BKT_INDICATOR_FRACTION, bkti_kernel_relative_gap, false, "EXPORTS_PARTNER",
           "IMPORTS_FOB_REPORTER"),
    PERIOD("GAP_LOG_IMPORTS", "{partner} to {reporter}: log ratio of the reports at FOB",
           "ln(IMPORTS_FOB_REPORTER / EXPORTS_PARTNER)", MIRROR, BKT_INDICATOR_FRACTION,
           bkti_kernel_log_gap, false, "EXPORTS_PARTNER", "IMPORTS_FOB_REPORTER"),
    PERIOD("INVERTED_IMPORTS", "{partner} to {reporter}: imports at CIF lie below exports at FOB",
           "1 if IMPORTS_REPORTER (CIF) < EXPORTS_PARTNER (FOB), else 0", MIRROR,
           BKT_INDICATOR_FLAG, bkti_kernel_inverted_imports, false, "IMPORTS_REPORTER",
           "EXPORTS_PARTNER"),

    GROWTH("EXPORTS", "REPORTER", X_R),
    GROWTH("IMPORTS", "REPORTER", M_R),
    GROWTH("TURNOVER", "REPORTER", T_R),
    GROWTH("EXPORTS", "PARTNER", X_P),
    GROWTH("IMPORTS", "PARTNER", M_P),
    GROWTH("TURNOVER", "PARTNER", T_P),

    CUMULATED("REPORTER", B_R),
    CUMULATED("PARTNER", B_P),
    TREND("EXPORTS", "REPORTER", X_R),
    TREND("IMPORTS", "REPORTER", M_R),
    TREND("TURNOVER", "REPORTER", T_R),
    TREND("EXPORTS", "PARTNER", X_P),
    TREND("IMPORTS", "PARTNER", M_P),
    TREND("TURNOVER", "PARTNER", T_P),
};

const uint32_t bkti_indicator_count = sizeof bkti_indicators / sizeof bkti_indicators[0];

uint32_t bkt_indicator_count(void) {
    return bkti_indicator_count;
}

const bkt_indicator *bkt_indicator_at(uint32_t index) {
    return index < bkti_indicator_count ? &bkti_indicators[index] : NULL;
}

uint32_t bkti_indicator_place(const char *id) {
    uint32_t place = 0;
    while (place < bkti_indicator_count && strcmp(bkti_indicators[place].id, id) != 0) {
        place++;
    }
    return place;
}

const bkt_indicator *bkt_indicator_find(const char *id) {
    return id == NULL ? NULL : bkt_indicator_at(bkti_indicator_place(id));
}

const char *bkt_indicator_id(const bkt_indicator *indicator) {
    return indicator == NULL ? "" : indicator->id;
}

const char *bkt_indicator_label(const bkt_indicator *indicator) {
    return indicator == NULL ? "" : indicator->label;
}

const char *bkt_indicator_formula(const bkt_indicator *indicator) {
    return indicator == NULL ? "" : indicator->formula;
}

const char *bkt_indicator_source(const bkt_indicator *indicator) {
    return indicator == NULL ? "" : indicator->source;
}

int32_t bkt_indicator_unit(const bkt_indicator *indicator) {
    return indicator == NULL ? 0 : indicator->unit;
}

int32_t bkt_indicator_scope(const bkt_indicator *indicator) {
    return indicator == NULL ? 0 : indicator->scope;
}

uint32_t bkt_indicator_input_count(const bkt_indicator *indicator) {
    uint32_t count = 0;
    while (indicator != NULL && count < BKTI_INPUT_COUNT && indicator->inputs[count] != NULL) {
        count++;
    }
    return count;
}

const char *bkt_indicator_input_at(const bkt_indicator *indicator, uint32_t index) {
    return index < bkt_indicator_input_count(indicator) ? indicator->inputs[index] : NULL;
}
