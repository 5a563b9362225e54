/* SPDX-License-Identifier: MIT */
/* The automatic choice: which methods are projected together, by rule. Members and weights were
 * chosen on the series of the M1, M3 and tourism competitions, whole and cut short (see
 * tests/bench/calibration/README.md). */
#include "bkti_making.h"

#define RULE_MEMBERS 6

/* The first row that fits is taken. */
typedef struct rule_row {
    int64_t count_below;    /* values; 0: any number */
    int64_t seasons_below;  /* whole seasons; 0: any number */
    uint32_t season_length; /* at least */
    int32_t choice;
    bool is_median;
    int32_t members[RULE_MEMBERS]; /* 0: no more */
    double weights[RULE_MEMBERS];  /* shares; none: equal */
} rule_row;

static const rule_row rules[] = {
    {4, 0, 0, BKT_CHOICE_VERY_SHORT, false, {BKT_METHOD_NAIVE}, {0.0}},
    {5,
     4,
     2,
     BKT_CHOICE_MIDDLE,
     false,
     {BKT_METHOD_DRIFT, BKT_METHOD_DELTA, BKT_METHOD_SEASONAL_NAIVE},
     {0.0}},
    {0,
     4,
     2,
     BKT_CHOICE_MIDDLE,
     false,
     {BKT_METHOD_ETS, BKT_METHOD_DELTA, BKT_METHOD_SEASONAL_NAIVE},
     {0.0}},
    {0,
     0,
     7,
     BKT_CHOICE_LONG,
     false,
     {BKT_METHOD_ETS, BKT_METHOD_ETS_DAMPED, BKT_METHOD_DELTA, BKT_METHOD_CES, BKT_METHOD_CARDT},
     {0.0}},
    {0,
     0,
     2,
     BKT_CHOICE_LONG,
     false,
     {BKT_METHOD_ETS, BKT_METHOD_DELTA, BKT_METHOD_DRIFT, BKT_METHOD_SEASONAL_NAIVE, BKT_METHOD_CES,
      BKT_METHOD_DAMPED_HOLT},
     {2.0, 2.0, 1.0, 1.0, 1.0, 1.0}},
    {5,
     0,
     0,
     BKT_CHOICE_SHORT,
     true,
     {BKT_METHOD_DELTA, BKT_METHOD_DRIFT, BKT_METHOD_NAIVE},
     {0.0}},
    {12, 0, 0, BKT_CHOICE_SHORT, true, {BKT_METHOD_DELTA, BKT_METHOD_DRIFT, BKT_METHOD_ETS}, {0.0}},
    {0,
     0,
     0,
     BKT_CHOICE_LONG,
     true,
     {BKT_METHOD_ETS, BKT_METHOD_DYNAMIC_THETA, BKT_METHOD_DELTA, BKT_METHOD_DRIFT},
     {0.0}},
};

static bool fits(const rule_row *row, int64_t count, uint32_t length) {
    return (row->count_below == 0 || count < row->count_below) &&
           (row->seasons_below == 0 || count < row->seasons_below * (int64_t)length) &&
           length >= row->season_length;
}

void bkti_choice_take(bkti_making *making, bkti_settings *settings) {
    int64_t count = making->sample.count;
    /* Less than a season has none. */
    uint32_t length = count > settings->season_length ? settings->season_length : 1;
    const rule_row *row = rules;
    while (!fits(row, count, length))
        row++;
    making->fit->choice = row->choice;
    making->is_median = row->is_median;
    making->summed = length == 12 && row->choice == BKT_CHOICE_LONG ? 3 : 0;
    settings->member_count = 0;
    double sum = 0.0;
    while (settings->member_count < RULE_MEMBERS && row->members[settings->member_count] != 0) {
        double weight = row->weights[0] > 0.0 ? row->weights[settings->member_count] : 1.0;
        settings->members[settings->member_count] = row->members[settings->member_count];
        settings->weights[settings->member_count++] = weight;
        sum += weight;
    }
    for (uint32_t i = 0; i < settings->member_count; i++)
        settings->weights[i] /= sum;
}
