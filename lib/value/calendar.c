/* SPDX-License-Identifier: MIT */
/* Days by eras of 400 years (146,097 days) that begin on 1 March, so that the leap day is the last
 * of its year. Source: H. Hinnant, "chrono-compatible low-level date algorithms" (2013). */
#include "bkti_calendar.h"

#include <stdbool.h>

#define DAYS_OF_ERA   146097
#define DAYS_TO_EPOCH 719468 /* 0000-03-01 to 1970-01-01 */

int64_t bkti_days_of_date(int64_t year, int month, int day) {
    int64_t march_year = month <= 2 ? year - 1 : year;
    int64_t era = bkti_floor_divide(march_year, 400);
    int64_t year_of_era = march_year - era * 400;
    int march_month = month <= 2 ? month + 9 : month - 3;
    int64_t day_of_year = (153 * march_month + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_OF_ERA + day_of_era - DAYS_TO_EPOCH;
}

void bkti_date_of_days(int64_t days, int64_t *out_year, int *out_month, int *out_day) {
    int64_t shifted = days + DAYS_TO_EPOCH;
    int64_t era = bkti_floor_divide(shifted, DAYS_OF_ERA);
    int64_t day_of_era = shifted - era * DAYS_OF_ERA;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t march_month = (5 * day_of_year + 2) / 153;
    *out_day = (int)(day_of_year - (153 * march_month + 2) / 5 + 1);
    *out_month = (int)(march_month < 10 ? march_month + 3 : march_month - 9);
    *out_year = year_of_era + era * 400 + (*out_month <= 2);
}

int bkti_days_in_month(int64_t year, int month) {
    static const int8_t DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap ? 29 : DAYS[month - 1];
}
