/* SPDX-License-Identifier: MIT */
/* The proleptic Gregorian calendar, in days since 1970-01-01. */
#ifndef BKTI_CALENDAR_H
#define BKTI_CALENDAR_H

#include <stdint.h>

/* The quotient rounded down, also for numbers below zero: years and weeks before an epoch. */
static inline int64_t bkti_floor_divide(int64_t number, int64_t divisor) {
    return number / divisor - (number % divisor < 0);
}

/* month 1..12, day 1..31, valid. */
int64_t bkti_days_of_date(int64_t year, int month, int day);
void bkti_date_of_days(int64_t days, int64_t *out_year, int *out_month, int *out_day);
int bkti_days_in_month(int64_t year, int month);

#endif
