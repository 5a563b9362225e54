/* SPDX-License-Identifier: MIT */
/* From the value of a row to units of its currency. */
#include <math.h>

#include "bkti_number.h"
#include "bkti_pair.h"

/* Powers of ten that a double holds exactly. */
static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
#define HIGHEST_POWER 22

/* Times ten to a power, rounded once where the power is exact. */
static double shift(double number, int exponent) {
    while (exponent > HIGHEST_POWER) {
        number *= powers[HIGHEST_POWER];
        exponent -= HIGHEST_POWER;
    }
    while (exponent < -HIGHEST_POWER) {
        number /= powers[HIGHEST_POWER];
        exponent += HIGHEST_POWER;
    }
    return exponent >= 0 ? number * powers[exponent] : number / powers[-exponent];
}

/* Multiplier and scale together: 804138 thousand in millions is 804.138, rounded once. */
static double scale(double number, int exponent, double unit_scale) {
    for (int power = 0; power <= HIGHEST_POWER; power++) {
        if (unit_scale == powers[power]) {
            return shift(number, exponent - power);
        }
    }
    return shift(number, exponent) / unit_scale;
}

/* The exponent that a word stands for; -1 for none. */
static int exponent_of_word(bkti_span word) {
    static const struct {
        const char *words;
        int exponent;
    } known[] = {{"UNIT UNITS ONE ONES", 0}, {"TEN TENS", 1},         {"HUNDRED HUNDREDS", 2},
                 {"THOUSAND THOUSANDS", 3},  {"MILLION MILLIONS", 6}, {"BILLION BILLIONS", 9},
                 {"TRILLION TRILLIONS", 12}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (bkti_codes_find(known[i].words, NULL, word) != 0) {
            return known[i].exponent;
        }
    }
    bool ten_thousand = bkti_span_equal_caseless(word, bkti_span_of("Ten Thousands")) ||
                        bkti_span_equal_caseless(word, bkti_span_of("Ten Thousand"));
    return ten_thousand ? 4 : -1;
}

/* The list of UN Comtrade's key families of 2005, CL_UNIT_MULT: powers of ten to 4 only. */
static bool exponent_of_comtrade(double code, int *out_exponent) {
    static const int exponents[] = {0, 1, 2, 3, 4, 6, 9};
    if (!(code >= 0 && code <= 6)) {
        return false;
    }
    *out_exponent = exponents[(int)code];
    return true;
}

/* IMF:PGI: L_M is million US dollars, N_B billion of the national currency. */
static bool exponent_of_unit(bkti_span unit, int *out_exponent) {
    static const struct {
        const char *pattern;
        int exponent;
    } known[] = {{"*_T", 3}, {"*_M", 6}, {"*_B", 9}, {"*_TR", 12}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (bkti_codes_find(known[i].pattern, NULL, unit) != 0) {
            *out_exponent = known[i].exponent;
            return true;
        }
    }
    return false;
}

static void tell_absent(bkti_pair *pair) {
    if (!pair->told_absent) {
        pair->told_absent = true;
        bkti_tell(pair->context, BKT_SEVERITY_WARNING, BKT_ERR_VALUE, NULL,
                  "some rows have no %s: their values are taken as they are",
                  bkt_profile_column(pair->profile, BKT_PROFILE_MULTIPLIER));
    }
}

/* What is wrong with a row is said of its table and period. */
static bkti_place place_of(const bkti_pair *pair, int64_t row) {
    return (bkti_place){.source = bkt_table_property(pair->view.table, "source"),
                        .period = bkt_column_text_at(pair->view.columns[BKT_PROFILE_TIME], row)};
}

/* By its text, or by its number where it has none. */
static bool refuse_multiplier(bkti_pair *pair, int64_t row, bkti_span text, double code) {
    bkti_place place = place_of(pair, row);
    char digits[40] = "";
    if (text.size == 0) {
        bkti_number_format(code, digits, sizeof digits);
        text = bkti_span_of(digits);
    }
    bkti_tell(pair->context, BKT_SEVERITY_WARNING, BKT_ERR_VALUE, &place,
              "the multiplier '%.*s' is no whole number from -30 to 30 and no word for one: the "
              "value of %s is left out",
              (int)(text.size < 80 ? text.size : 80), text.data, place.period);
    return false;
}

/* The power of ten of a row; false where its multiplier can't be understood. */
static bool exponent_of_row(bkti_pair *pair, int64_t row, int *out_exponent) {
    const bkt_profile *profile = pair->profile;
    *out_exponent = 0;
    if (profile->multiplier_rule == BKT_MULTIPLIER_FIXED) {
        *out_exponent = profile->multiplier_exponent;
        return true;
    }
    if (profile->multiplier_rule == BKT_MULTIPLIER_UNIT_NAME) {
        bkti_span unit = bkti_row_text(pair->view.columns[BKT_PROFILE_UNIT], row);
        return exponent_of_unit(unit, out_exponent) || refuse_multiplier(pair, row, unit, NAN);
    }
    const bkt_column *column = pair->view.columns[BKT_PROFILE_MULTIPLIER];
    if (column == NULL) {
        return true; /* an assumption, told when the pair was opened */
    }
    double code = 0;
    bkti_span text = BKTI_SPAN("");
    if (bkt_column_kind(column) == BKT_KIND_NUMBER) {
        if (!bkt_column_number_at(column, row, &code)) {
            tell_absent(pair);
            return true;
        }
    } else {
        text = bkti_span_trim(bkti_row_text(column, row));
        if (text.size == 0) {
            tell_absent(pair);
            return true;
        }
        *out_exponent = exponent_of_word(text);
        if (*out_exponent >= 0) {
            return true;
        }
        if (bkti_number_parse(text, &code) != BKTI_NUMBER_FINITE) {
            return refuse_multiplier(pair, row, text, code);
        }
    }
    if (code != floor(code) || fabs(code) > 30) {
        return refuse_multiplier(pair, row, text, code);
    }
    if (profile->multiplier_rule == BKT_MULTIPLIER_COMTRADE) {
        return exponent_of_comtrade(code, out_exponent) || refuse_multiplier(pair, row, text, code);
    }
    *out_exponent = (int)code;
    return true;
}

/* Why a row that has no value, or a zero in its stead, has none; BKT_MISSING_NOT if nothing says
 * so. OBS_STATUS: SDMX cross-domain list CL_OBS_STATUS; CONF_STATUS: CL_CONF_STATUS, in which F is
 * free. */
static int32_t stated_reason(const bkti_pair *pair, int64_t row) {
    bkti_span secret = bkti_row_text(pair->view.columns[BKT_PROFILE_CONFIDENTIALITY], row);
    bkti_span state = bkti_row_text(pair->view.columns[BKT_PROFILE_STATUS], row);
    if (secret.size > 0 && bkti_codes_find("F _Z _U", NULL, secret) == 0) {
        return BKT_MISSING_CONFIDENTIAL;
    }
    if (bkti_codes_find("Q C", NULL, state) != 0) {
        return BKT_MISSING_CONFIDENTIAL;
    }
    return bkti_codes_find("M L O H", NULL, state) != 0 ? BKT_MISSING_ABSENT : BKT_MISSING_NOT;
}

static void set_missing(bkti_observation *observation, int32_t reason) {
    observation->number = NAN;
    observation->reason = (uint8_t)reason;
}

void bkti_pair_read_number(bkti_pair *pair, bkti_observation *observation) {
    const bkt_column *values = pair->view.columns[BKT_PROFILE_VALUE];
    int64_t row = observation->row;
    double value = NAN;
    bool there = bkt_column_number_at(values, row, &value) != 0;
    if (!there || value == 0) {
        int32_t stated = stated_reason(pair, row);
        if (!there && (stated == BKT_MISSING_NOT || stated == BKT_MISSING_ABSENT)) {
            stated = bkt_column_missing_at(values, row);
        }
        if (stated != BKT_MISSING_NOT) {
            set_missing(observation, stated);
            return;
        }
    }
    if (value < 0) {
        bkti_place place = place_of(pair, row);
        char number[40];
        bkti_number_format(value, number, sizeof number);
        bkti_tell(pair->context, BKT_SEVERITY_WARNING, BKT_ERR_VALUE, &place,
                  "the value %s of %s is negative, which no trade is: it is left out", number,
                  place.period);
        set_missing(observation, BKT_MISSING_NOT_APPLICABLE);
        return;
    }
    int exponent = 0;
    if (!exponent_of_row(pair, row, &exponent)) {
        set_missing(observation, BKT_MISSING_NOT_A_NUMBER);
        return;
    }
    observation->number = scale(value, exponent, pair->options->unit_scale);
    observation->reason = BKT_MISSING_NOT;
    if (!isfinite(observation->number)) {
        set_missing(observation, BKT_MISSING_OVERFLOW);
    }
}
