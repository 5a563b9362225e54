/* SPDX-License-Identifier: MIT */
#include <bktrade/period.h>

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "bkti_calendar.h"
#include "bkti_span.h"

#define FIRST_YEAR     (-9999)
#define LAST_YEAR      9999
#define SECONDS_OF_DAY 86400

/* What a frequency is. Row i is frequency i. */
typedef struct frequency_facts {
    const char *code;
    int32_t per_year;
} frequency_facts;

static const frequency_facts FREQUENCIES[] = {
    [BKT_FREQUENCY_NONE] = {"", 0},       [BKT_FREQUENCY_YEAR] = {"A", 1},
    [BKT_FREQUENCY_SEMESTER] = {"S", 2},  [BKT_FREQUENCY_TRIMESTER] = {"T", 3},
    [BKT_FREQUENCY_QUARTER] = {"Q", 4},   [BKT_FREQUENCY_MONTH] = {"M", 12},
    [BKT_FREQUENCY_WEEK] = {"W", 0},      [BKT_FREQUENCY_DAY] = {"D", 0},
    [BKT_FREQUENCY_DATE_TIME] = {"I", 0}, [BKT_FREQUENCY_RANGE] = {"R", 0},
};

static bool is_frequency(int32_t frequency) {
    return frequency >= BKT_FREQUENCY_YEAR && frequency <= BKT_FREQUENCY_RANGE;
}

int32_t bkt_frequency_per_year(int32_t frequency) {
    return is_frequency(frequency) ? FREQUENCIES[frequency].per_year : 0;
}

const char *bkt_frequency_code(int32_t frequency) {
    return is_frequency(frequency) ? FREQUENCIES[frequency].code : "";
}

static int64_t year_start(int64_t year) {
    return bkti_days_of_date(year, 1, 1);
}

static int64_t days_in_year(int64_t year) {
    return year_start(year + 1) - year_start(year);
}

/* Weeks are counted by their Mondays: Monday 1969-12-29 is day -3. */
static int64_t week_of_day(int64_t day) {
    return bkti_floor_divide(day + 3, 7);
}

/* ISO 8601: week 1 is the one that 4 January is in. */
static int64_t first_week_of_year(int64_t year) {
    return week_of_day(bkti_days_of_date(year, 1, 4));
}

/* ---- Reading ---- */

/* A period as it was found. */
typedef struct period {
    int32_t frequency;
    int64_t ordinal;
} period;

static bool skip_byte(bkti_span *text, char byte) {
    if (text->size == 0 || text->data[0] != byte) {
        return false;
    }
    text->data++;
    text->size--;
    return true;
}

/* Reads a number of at least `fewest` and at most `most` digits; no digit may follow it. */
static bool read_number(bkti_span *text, size_t fewest, size_t most, int *out_number) {
    size_t count = 0;
    int number = 0;
    while (count < text->size && text->data[count] >= '0' && text->data[count] <= '9') {
        if (count == most) {
            return false;
        }
        number = number * 10 + (text->data[count] - '0');
        count++;
    }
    if (count < fewest) {
        return false;
    }
    text->data += count;
    text->size -= count;
    *out_number = number;
    return true;
}

/* Reads a time zone up to the end: nothing, "Z", "+hh:mm" or "-hh:mm" to 14 hours (XML Schema). */
static bool read_zone(bkti_span text, int *out_seconds) {
    *out_seconds = 0;
    if (text.size == 0) {
        return true;
    }
    if (skip_byte(&text, 'Z')) {
        return text.size == 0;
    }
    bool west = text.data[0] == '-';
    int hours;
    int minutes;
    if ((!skip_byte(&text, '+') && !skip_byte(&text, '-')) || !read_number(&text, 2, 2, &hours) ||
        !skip_byte(&text, ':') || !read_number(&text, 2, 2, &minutes) || text.size != 0 ||
        minutes > 59 || hours * 60 + minutes > 14 * 60) {
        return false;
    }
    *out_seconds = (hours * 60 + minutes) * (west ? -60 : 60);
    return true;
}

/* A period of a whole day or more is the reporter's own: a time zone behind it moves nothing. */
static bool is_zone(bkti_span text) {
    int unused;
    return read_zone(text, &unused);
}

/* Reads the designator and number behind a year: "Q4", "M07", "W53", "D366". */
static bool read_part_of_year(int64_t year, bkti_span text, period *out) {
    static const struct {
        char letter;
        int8_t frequency;
        int16_t largest;
    } DESIGNATORS[] = {
        {'A', BKT_FREQUENCY_YEAR, 1},      {'S', BKT_FREQUENCY_SEMESTER, 2},
        {'H', BKT_FREQUENCY_SEMESTER, 2},  {'B', BKT_FREQUENCY_SEMESTER, 2},
        {'T', BKT_FREQUENCY_TRIMESTER, 3}, {'Q', BKT_FREQUENCY_QUARTER, 4},
        {'M', BKT_FREQUENCY_MONTH, 12},    {'W', BKT_FREQUENCY_WEEK, 53},
        {'D', BKT_FREQUENCY_DAY, 366},
    };
    for (size_t i = 0; i < sizeof DESIGNATORS / sizeof DESIGNATORS[0]; i++) {
        bkti_span rest = text;
        if (!skip_byte(&rest, DESIGNATORS[i].letter)) {
            continue;
        }
        int number;
        size_t most = DESIGNATORS[i].letter == 'D' ? 3 : 2;
        if (!read_number(&rest, 1, most, &number) || number < 1 ||
            number > DESIGNATORS[i].largest || !is_zone(rest)) {
            return false;
        }
        out->frequency = DESIGNATORS[i].frequency;
        if (out->frequency == BKT_FREQUENCY_WEEK) {
            out->ordinal = first_week_of_year(year) + number - 1;
            return out->ordinal < first_week_of_year(year + 1);
        }
        if (out->frequency == BKT_FREQUENCY_DAY) {
            out->ordinal = year_start(year) + number - 1;
            return number <= days_in_year(year);
        }
        out->ordinal = year * FREQUENCIES[out->frequency].per_year + number - 1;
        return true;
    }
    return false;
}

/* Reads "T12:00:00Z" behind a date. A fraction of a second is dropped; 24:00:00 is the next day's
 * beginning. */
static bool read_time(int64_t day, bkti_span text, period *out) {
    int hours;
    int minutes;
    int seconds = 0;
    if (!skip_byte(&text, 'T') || !read_number(&text, 2, 2, &hours) || !skip_byte(&text, ':') ||
        !read_number(&text, 2, 2, &minutes)) {
        return false;
    }
    bool fraction_is_zero = true;
    if (skip_byte(&text, ':')) {
        if (!read_number(&text, 2, 2, &seconds)) {
            return false;
        }
        if (skip_byte(&text, '.')) {
            size_t digits = 0;
            for (; digits < text.size && text.data[digits] >= '0' && text.data[digits] <= '9';
                 digits++) {
                fraction_is_zero = fraction_is_zero && text.data[digits] == '0';
            }
            text.data += digits;
            text.size -= digits;
            if (digits == 0) {
                return false;
            }
        }
    }
    int zone;
    bool end_of_day = hours == 24 && minutes == 0 && seconds == 0 && fraction_is_zero;
    if ((hours > 23 && !end_of_day) || minutes > 59 || seconds > 59 || !read_zone(text, &zone)) {
        return false;
    }
    out->frequency = BKT_FREQUENCY_DATE_TIME;
    out->ordinal = day * SECONDS_OF_DAY + hours * 3600 + minutes * 60 + seconds - zone;
    return true;
}

/* Reads what stands behind a year and a "-" with a digit: "07", "07-31", "07-31T12:00:00Z". */
static bool read_month_and_day(int64_t year, bkti_span text, period *out) {
    int month;
    if (!read_number(&text, 2, 2, &month) || month < 1 || month > 12) {
        return false;
    }
    if (is_zone(text)) {
        out->frequency = BKT_FREQUENCY_MONTH;
        out->ordinal = year * 12 + month - 1;
        return true;
    }
    int day;
    if (!skip_byte(&text, '-') || !read_number(&text, 2, 2, &day) || day < 1 ||
        day > bkti_days_in_month(year, month)) {
        return false;
    }
    int64_t days = bkti_days_of_date(year, month, day);
    if (is_zone(text)) {
        out->frequency = BKT_FREQUENCY_DAY;
        out->ordinal = days;
        return true;
    }
    return read_time(days, text, out);
}

/* Reads any period but a range. */
static bool read_single(bkti_span text, period *out) {
    bool before_christ = skip_byte(&text, '-');
    int year;
    if (!read_number(&text, 4, 4, &year)) {
        return false;
    }
    year = before_christ ? -year : year;
    if (is_zone(text)) {
        out->frequency = BKT_FREQUENCY_YEAR;
        out->ordinal = year;
        return true;
    }
    bool hyphen = skip_byte(&text, '-');
    if (read_part_of_year(year, text, out)) {
        return true;
    }
    return hyphen && read_month_and_day(year, text, out);
}

/* Reads one number and its letter of a duration; false if the letter is another. */
static bool read_duration_part(bkti_span *text, char letter, bool fraction_allowed) {
    bkti_span rest = *text;
    size_t digits = 0;
    size_t decimals = 0;
    while (rest.size > 0 && rest.data[0] >= '0' && rest.data[0] <= '9') {
        skip_byte(&rest, rest.data[0]);
        digits++;
    }
    if (fraction_allowed && digits > 0 && skip_byte(&rest, '.')) {
        while (rest.size > 0 && rest.data[0] >= '0' && rest.data[0] <= '9') {
            skip_byte(&rest, rest.data[0]);
            decimals++;
        }
        if (decimals == 0) {
            return false;
        }
    }
    if (digits == 0 || !skip_byte(&rest, letter)) {
        return false;
    }
    *text = rest;
    return true;
}

/* Whether a text is an ISO 8601 duration that does not run backwards: "P1M", "P1Y6M", "P2W",
 * "P1DT12H", "PT1.5S". */
static bool is_duration(bkti_span text) {
    if (!skip_byte(&text, 'P')) {
        return false;
    }
    bkti_span weeks = text;
    if (read_duration_part(&weeks, 'W', false)) {
        return weeks.size == 0;
    }
    bool any = read_duration_part(&text, 'Y', false);
    any = read_duration_part(&text, 'M', false) || any;
    any = read_duration_part(&text, 'D', false) || any;
    if (skip_byte(&text, 'T')) {
        any = read_duration_part(&text, 'H', false);
        any = read_duration_part(&text, 'M', false) || any;
        any = read_duration_part(&text, 'S', true) || any;
    }
    return any && text.size == 0;
}

/* First day of a period that was read; weeks and date-times may begin a little outside the years.
 */
static int64_t start_day(int32_t frequency, int64_t ordinal) {
    switch (frequency) {
    case BKT_FREQUENCY_WEEK:
        return ordinal * 7 - 3;
    case BKT_FREQUENCY_DATE_TIME:
        return bkti_floor_divide(ordinal, SECONDS_OF_DAY);
    case BKT_FREQUENCY_DAY:
    case BKT_FREQUENCY_RANGE:
        return ordinal;
    default: {
        int32_t per_year = FREQUENCIES[frequency].per_year;
        int64_t year = bkti_floor_divide(ordinal, per_year);
        int64_t part = ordinal - year * per_year;
        return bkti_days_of_date(year, (int)part * (12 / per_year) + 1, 1);
    }
    }
}

/* Whether there is such a period within the years. */
static bool exists(int32_t frequency, int64_t ordinal) {
    int64_t first = year_start(FIRST_YEAR);
    int64_t last = year_start(LAST_YEAR + 1) - 1;
    switch (frequency) {
    case BKT_FREQUENCY_WEEK:
        first = first_week_of_year(FIRST_YEAR);
        last = first_week_of_year(LAST_YEAR + 1) - 1;
        break;
    case BKT_FREQUENCY_DATE_TIME:
        first *= SECONDS_OF_DAY;
        last = last * SECONDS_OF_DAY + SECONDS_OF_DAY - 1;
        break;
    case BKT_FREQUENCY_DAY:
    case BKT_FREQUENCY_RANGE:
        break;
    default:
        if (!is_frequency(frequency)) {
            return false;
        }
        first = (int64_t)FIRST_YEAR * FREQUENCIES[frequency].per_year;
        last = (int64_t)(LAST_YEAR + 1) * FREQUENCIES[frequency].per_year - 1;
    }
    return ordinal >= first && ordinal <= last;
}

/* Reads "start/duration" or "start/end"; both ends of one form, the end not before the start. */
static bool read_range(bkti_span start_text, bkti_span end_text, period *out) {
    period start;
    if (!read_single(start_text, &start) || !exists(start.frequency, start.ordinal)) {
        return false;
    }
    if (!is_duration(end_text)) {
        period end;
        if (!read_single(end_text, &end) || !exists(end.frequency, end.ordinal) ||
            end.frequency != start.frequency || end.ordinal < start.ordinal) {
            return false;
        }
    }
    out->frequency = BKT_FREQUENCY_RANGE;
    out->ordinal = start_day(start.frequency, start.ordinal);
    return true;
}

bkt_status bkt_period_parse(const char *text, size_t size, int32_t *out_frequency,
                            int64_t *out_ordinal) {
    if (out_frequency == NULL || out_ordinal == NULL) {
        return BKT_ERR_ARGUMENT;
    }
    *out_frequency = BKT_FREQUENCY_NONE;
    *out_ordinal = 0;
    if (text == NULL) {
        return BKT_ERR_ARGUMENT;
    }
    bkti_span whole = bkti_span_trim((bkti_span){text, size});
    const char *slash = whole.size == 0 ? NULL : memchr(whole.data, '/', whole.size);
    period found;
    bool read;
    if (slash != NULL) {
        size_t start_size = (size_t)(slash - whole.data);
        bkti_span start = {whole.data, start_size};
        bkti_span end = {slash + 1, whole.size - start_size - 1};
        read = read_range(start, end, &found);
    } else {
        read = read_single(whole, &found);
    }
    if (!read || !exists(found.frequency, found.ordinal)) {
        return BKT_ERR_PERIOD;
    }
    *out_frequency = found.frequency;
    *out_ordinal = found.ordinal;
    return BKT_OK;
}

/* ---- Writing ---- */

#define TEXT_CAPACITY 64

/* "2012", "-0044" */
static int write_year(int64_t year, char *buffer) {
    return snprintf(buffer, TEXT_CAPACITY, "%s%04d", year < 0 ? "-" : "",
                    (int)(year < 0 ? -year : year));
}

static int write_day(int64_t day, char *buffer) {
    int64_t year;
    int month;
    int day_of_month;
    bkti_date_of_days(day, &year, &month, &day_of_month);
    int length = write_year(year, buffer);
    return length + snprintf(buffer + length, (size_t)(TEXT_CAPACITY - length), "-%02d-%02d", month,
                             day_of_month);
}

static int write_week(int64_t week, char *buffer) {
    /* A week belongs to the year that its Thursday is in. */
    int64_t year;
    int month;
    int day_of_month;
    bkti_date_of_days(week * 7, &year, &month, &day_of_month);
    int length = write_year(year, buffer);
    return length + snprintf(buffer + length, (size_t)(TEXT_CAPACITY - length), "-W%02d",
                             (int)(week - first_week_of_year(year) + 1));
}

static int write_date_time(int64_t seconds, char *buffer) {
    int64_t day = bkti_floor_divide(seconds, SECONDS_OF_DAY);
    int time = (int)(seconds - day * SECONDS_OF_DAY);
    int length = write_day(day, buffer);
    return length + snprintf(buffer + length, (size_t)(TEXT_CAPACITY - length), "T%02d:%02d:%02d",
                             time / 3600, time / 60 % 60, time % 60);
}

static int write_part_of_year(int32_t frequency, int64_t ordinal, char *buffer) {
    int32_t per_year = FREQUENCIES[frequency].per_year;
    int64_t year = bkti_floor_divide(ordinal, per_year);
    int number = (int)(ordinal - year * per_year) + 1;
    int length = write_year(year, buffer);
    char *end = buffer + length;
    size_t room = (size_t)(TEXT_CAPACITY - length);
    if (frequency == BKT_FREQUENCY_YEAR) {
        return length;
    }
    if (frequency == BKT_FREQUENCY_MONTH) {
        return length + snprintf(end, room, "-%02d", number);
    }
    return length + snprintf(end, room, "-%s%d", FREQUENCIES[frequency].code, number);
}

bkt_status bkt_period_format(int32_t frequency, int64_t ordinal, char *buffer, size_t capacity,
                             size_t *out_length) {
    if (out_length != NULL) {
        *out_length = 0;
    }
    if (!exists(frequency, ordinal)) {
        return BKT_ERR_ARGUMENT;
    }
    char text[TEXT_CAPACITY];
    int length;
    switch (frequency) {
    case BKT_FREQUENCY_WEEK:
        length = write_week(ordinal, text);
        break;
    case BKT_FREQUENCY_DAY:
    case BKT_FREQUENCY_RANGE:
        length = write_day(ordinal, text);
        break;
    case BKT_FREQUENCY_DATE_TIME:
        length = write_date_time(ordinal, text);
        break;
    default:
        length = write_part_of_year(frequency, ordinal, text);
    }
    if (out_length != NULL) {
        *out_length = (size_t)length;
    }
    if (buffer == NULL || capacity <= (size_t)length) {
        return BKT_ERR_ARGUMENT;
    }
    memcpy(buffer, text, (size_t)length + 1);
    return BKT_OK;
}

bkt_status bkt_period_start_day(int32_t frequency, int64_t ordinal, int32_t *out_day) {
    if (out_day == NULL) {
        return BKT_ERR_ARGUMENT;
    }
    *out_day = 0;
    if (!exists(frequency, ordinal)) {
        return BKT_ERR_ARGUMENT;
    }
    *out_day = (int32_t)start_day(frequency, ordinal);
    return BKT_OK;
}

bkt_status bkt_period_last_day(int32_t frequency, int64_t ordinal, int32_t *out_day) {
    bkt_status status = bkt_period_start_day(frequency, ordinal, out_day);
    if (status != BKT_OK || frequency == BKT_FREQUENCY_DATE_TIME ||
        frequency == BKT_FREQUENCY_RANGE) {
        return status;
    }
    *out_day = (int32_t)(start_day(frequency, ordinal + 1) - 1);
    return BKT_OK;
}
