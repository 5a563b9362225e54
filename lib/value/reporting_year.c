/* SPDX-License-Identifier: MIT */
/* The days of a period. Reporting periods ("2012-Q1", but not "2012" or "2012-07") count from the
 * day that a reporting year begins. Source: SDMX 2.1 and 3.0 Technical Notes, Time and time format,
 * "Reporting time period" and its resolution into distinct ranges. */
#include <bktrade/period.h>

#include <stdbool.h>
#include <string.h>

#include "bkti_calendar.h"
#include "bkti_span.h"

/* A reporting period as its text has it. */
typedef struct reporting_period {
    int64_t year;
    char letter;
    int number;
    size_t last_digit; /* where the number ends in the text */
} reporting_period;

typedef struct year_start {
    int month;
    int day;
} year_start;

static bool is_digit(bkti_span text, size_t at) {
    return at < text.size && text.data[at] >= '0' && text.data[at] <= '9';
}

static int two_digits(const char *text) {
    return (text[0] - '0') * 10 + text[1] - '0';
}

/* "--07-01", also with a time zone behind it, which moves nothing. */
static bool read_year_start(const char *text, year_start *out) {
    *out = (year_start){1, 1};
    bkti_span span = bkti_span_trim(bkti_span_of(text));
    if (span.size == 0) {
        return true;
    }
    bool is_form = span.size >= 7 && memcmp(span.data, "--", 2) == 0 && span.data[4] == '-' &&
                   is_digit(span, 2) && is_digit(span, 3) && is_digit(span, 5) && is_digit(span, 6);
    bool has_zone =
        (span.size == 8 && span.data[7] == 'Z') ||
        (span.size == 13 && (span.data[7] == '+' || span.data[7] == '-') && span.data[10] == ':' &&
         is_digit(span, 8) && is_digit(span, 9) && is_digit(span, 11) && is_digit(span, 12));
    if (!is_form || (span.size > 7 && !has_zone)) {
        return false;
    }
    out->month = two_digits(span.data + 2);
    out->day = two_digits(span.data + 5);
    return out->month >= 1 && out->month <= 12 && out->day >= 1 &&
           out->day <= bkti_days_in_month(2000, out->month);
}

/* Whether the text has a letter behind its year. */
static bool read_reporting(bkti_span text, reporting_period *out) {
    bool is_negative = text.size > 0 && text.data[0] == '-';
    size_t at = is_negative;
    out->year = 0;
    for (int i = 0; i < 4; i++, at++) {
        if (!is_digit(text, at)) {
            return false;
        }
        out->year = out->year * 10 + text.data[at] - '0';
    }
    out->year = is_negative ? -out->year : out->year;
    at += at < text.size && text.data[at] == '-';
    if (at >= text.size || text.data[at] < 'A' || text.data[at] > 'W') {
        return false;
    }
    out->letter = text.data[at++];
    out->number = 0;
    for (; is_digit(text, at) && out->number < 1000; at++) {
        out->number = out->number * 10 + text.data[at] - '0';
    }
    out->last_digit = at - 1;
    return out->number > 0;
}

/* A day of a month that is shorter is its last. */
static int64_t day_of_month(int64_t year, int64_t month_index, int day) {
    year += bkti_floor_divide(month_index, 12);
    int month = (int)(month_index - bkti_floor_divide(month_index, 12) * 12) + 1;
    int most = bkti_days_in_month(year, month);
    return bkti_days_of_date(year, month, day < most ? day : most);
}

static int64_t first_day_of_year(int64_t year, year_start start) {
    return day_of_month(year, start.month - 1, start.day);
}

/* Weeks begin on Mondays, the first on the one nearest to the year's first day. */
static int64_t first_monday_of_year(int64_t year, year_start start) {
    int64_t day = first_day_of_year(year, start);
    int64_t after = day + 3 - bkti_floor_divide(day + 3, 7) * 7;
    return after <= 3 ? day - after : day + 7 - after;
}

static bool find_days(const reporting_period *period, int32_t frequency, year_start start,
                      int64_t *out_first, int64_t *out_last) {
    int64_t year = period->year;
    if (frequency == BKT_FREQUENCY_WEEK) {
        *out_first = first_monday_of_year(year, start) + (period->number - 1) * 7;
        *out_last = *out_first + 6;
        return *out_first < first_monday_of_year(year + 1, start);
    }
    if (frequency == BKT_FREQUENCY_DAY) {
        *out_first = first_day_of_year(year, start) + period->number - 1;
        *out_last = *out_first;
        return *out_first < first_day_of_year(year + 1, start);
    }
    int64_t months = 12 / bkt_frequency_per_year(frequency);
    int64_t first = start.month - 1 + (period->number - 1) * months;
    *out_first = day_of_month(year, first, start.day);
    *out_last = day_of_month(year, first + months, start.day) - 1;
    return true;
}

/* The last week or day of a year may be there by one begin of the year and not by another: for the
 * rest of its form the one before is looked at. */
static bkt_status parse(bkti_span text, const reporting_period *period, int32_t *out_frequency) {
    int64_t ordinal;
    char other[32];
    bool is_last = (period->letter == 'W' && period->number == 53) ||
                   (period->letter == 'D' && period->number == 366);
    if (is_last && text.size <= sizeof other) {
        memcpy(other, text.data, text.size);
        other[period->last_digit]--;
        text.data = other;
    }
    return bkt_period_parse(text.data, text.size, out_frequency, &ordinal);
}

static bool is_day(int64_t day) {
    return day >= bkti_days_of_date(-9999, 1, 1) && day <= bkti_days_of_date(9999, 12, 31);
}

/* The last day of what lasts from a day on; the duration is one that bkt_period_parse() takes. */
static bool add_duration(int64_t first, bkti_span duration, int64_t *out_last) {
    int64_t months = 0;
    int64_t days = 0;
    int64_t number = 0;
    for (size_t i = 1; i < duration.size && duration.data[i] != 'T'; i++) {
        char byte = duration.data[i];
        if (byte >= '0' && byte <= '9') {
            number = number * 10 + byte - '0';
            if (number > 10000000) {
                return false;
            }
            continue;
        }
        months += byte == 'Y' ? number * 12 : byte == 'M' ? number : 0;
        days += byte == 'W' ? number * 7 : byte == 'D' ? number : 0;
        number = 0;
    }
    int64_t year;
    int month;
    int day;
    if (months > 240000) {
        return false;
    }
    bkti_date_of_days(first, &year, &month, &day);
    int64_t end = day_of_month(year, month - 1 + months, day) + days;
    *out_last = end > first ? end - 1 : first;
    return true;
}

static bkt_status find_range(bkti_span text, const char *slash, int64_t *out_first,
                             int64_t *out_last) {
    bkti_span end =
        bkti_span_trim((bkti_span){slash + 1, text.size - (size_t)(slash + 1 - text.data)});
    int32_t frequency;
    int64_t ordinal;
    int32_t day = 0;
    bkt_status status = bkt_period_parse(text.data, text.size, &frequency, &ordinal);
    if (status != BKT_OK) {
        return status;
    }
    *out_first = ordinal;
    if (end.size > 0 && end.data[0] == 'P') {
        return add_duration(ordinal, end, out_last) ? BKT_OK : BKT_ERR_PERIOD;
    }
    status = bkt_period_parse(end.data, end.size, &frequency, &ordinal);
    status = status == BKT_OK ? bkt_period_last_day(frequency, ordinal, &day) : status;
    *out_last = day;
    return status;
}

static bkt_status find_plain(bkti_span text, int64_t *out_first, int64_t *out_last) {
    int32_t frequency;
    int64_t ordinal;
    int32_t first = 0;
    int32_t last = 0;
    bkt_status status = bkt_period_parse(text.data, text.size, &frequency, &ordinal);
    status = status == BKT_OK ? bkt_period_start_day(frequency, ordinal, &first) : status;
    status = status == BKT_OK ? bkt_period_last_day(frequency, ordinal, &last) : status;
    *out_first = first;
    *out_last = last;
    return status;
}

bkt_status bkt_period_days(const char *text, size_t size, const char *year_start_day,
                           int32_t *out_first_day, int32_t *out_last_day) {
    if (out_first_day == NULL || out_last_day == NULL) {
        return BKT_ERR_ARGUMENT;
    }
    *out_first_day = 0;
    *out_last_day = 0;
    year_start start;
    if (text == NULL || !read_year_start(year_start_day, &start)) {
        return BKT_ERR_ARGUMENT;
    }
    bkti_span whole = bkti_span_trim((bkti_span){text, size});
    const char *slash = whole.size == 0 ? NULL : memchr(whole.data, '/', whole.size);
    reporting_period period;
    int64_t first = 0;
    int64_t last = 0;
    bkt_status status;
    if (slash != NULL) {
        status = find_range(whole, slash, &first, &last);
    } else if (read_reporting(whole, &period)) {
        int32_t frequency;
        status = parse(whole, &period, &frequency);
        if (status == BKT_OK && !find_days(&period, frequency, start, &first, &last)) {
            status = BKT_ERR_PERIOD;
        }
    } else {
        status = find_plain(whole, &first, &last);
    }
    if (status == BKT_OK && !(is_day(first) && is_day(last))) {
        status = BKT_ERR_PERIOD;
    }
    if (status == BKT_OK) {
        *out_first_day = (int32_t)first;
        *out_last_day = (int32_t)last;
    }
    return status;
}
