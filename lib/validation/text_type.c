/* SPDX-License-Identifier: MIT */
/* SDMX's text types: what a text of each looks like. Source: SDMX 2.1 and 3.0, SDMXCommon.xsd
 * (DataType) and section 6, 4.2 (data types and their XML Schema equivalents). */
#include <math.h>
#include <string.h>

#include "bkti_number.h"
#include "bkti_rules.h"

static bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

static bool is_letter(char byte) {
    return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
}

static bool is_alpha(bkti_span text) {
    for (size_t i = 0; i < text.size; i++) {
        if (!is_letter(text.data[i])) {
            return false;
        }
    }
    return text.size > 0;
}

static bool is_alpha_numeric(bkti_span text) {
    for (size_t i = 0; i < text.size; i++) {
        if (!is_letter(text.data[i]) && !is_digit(text.data[i])) {
            return false;
        }
    }
    return text.size > 0;
}

static bool is_numeric(bkti_span text) {
    for (size_t i = 0; i < text.size; i++) {
        if (!is_digit(text.data[i])) {
            return false;
        }
    }
    return text.size > 0;
}

static bkti_span without_sign(bkti_span text) {
    if (text.size > 0 && (text.data[0] == '+' || text.data[0] == '-')) {
        text.data++;
        text.size--;
    }
    return text;
}

static bool is_big_integer(bkti_span text) {
    return is_numeric(without_sign(bkti_span_trim(text)));
}

/* A whole number whose size is at most `largest`, or one more if it is below zero. */
static bool is_whole(bkti_span text, uint64_t largest) {
    text = bkti_span_trim(text);
    bkti_span digits = without_sign(text);
    if (!is_numeric(digits)) {
        return false;
    }
    largest += text.data[0] == '-' ? 1 : 0;
    uint64_t number = 0;
    for (size_t i = 0; i < digits.size; i++) {
        uint64_t digit = (uint64_t)(digits.data[i] - '0');
        if (number > (largest - digit) / 10) {
            return false;
        }
        number = number * 10 + digit;
    }
    return true;
}

static bool is_short(bkti_span text) {
    return is_whole(text, INT16_MAX);
}

static bool is_integer(bkti_span text) {
    return is_whole(text, INT32_MAX);
}

static bool is_long(bkti_span text) {
    return is_whole(text, INT64_MAX);
}

static bool is_decimal(bkti_span text) {
    bkti_span rest = without_sign(bkti_span_trim(text));
    size_t digits = 0;
    size_t points = 0;
    for (size_t i = 0; i < rest.size; i++) {
        digits += is_digit(rest.data[i]) ? 1U : 0U;
        points += rest.data[i] == '.' ? 1U : 0U;
    }
    return digits > 0 && points <= 1 && digits + points == rest.size;
}

static bool is_double(bkti_span text) {
    double number;
    switch (bkti_number_parse(text, &number)) {
    case BKTI_NUMBER_FINITE:
    case BKTI_NUMBER_NAN:
    case BKTI_NUMBER_INFINITE:
    case BKTI_NUMBER_OVERFLOW:
        return true;
    default:
        return false;
    }
}

static bool is_boolean(bkti_span text) {
    text = bkti_span_trim(text);
    return bkti_span_is(text, "true") || bkti_span_is(text, "false") || bkti_span_is(text, "1") ||
           bkti_span_is(text, "0");
}

/* xs:anyURI takes nearly anything; what no address has is white space. */
static bool is_uri(bkti_span text) {
    text = bkti_span_trim(text);
    return text.size > 0 && memchr(text.data, ' ', text.size) == NULL;
}

/* ---- Times ---- */

/* The forms that a period is written in. */
enum form {
    FORM_NONE = 0,
    FORM_GREGORIAN = 1,
    FORM_DATE_TIME = 2,
    FORM_REPORTING = 4,
    FORM_RANGE = 8
};

static unsigned form_of(bkti_span text, int32_t *out_frequency) {
    int64_t ordinal;
    text = bkti_span_trim(text);
    *out_frequency = BKT_FREQUENCY_NONE;
    if (text.size == 0 ||
        bkt_period_parse(text.data, text.size, out_frequency, &ordinal) != BKT_OK) {
        return FORM_NONE;
    }
    if (*out_frequency == BKT_FREQUENCY_RANGE) {
        return FORM_RANGE;
    }
    if (*out_frequency == BKT_FREQUENCY_DATE_TIME) {
        return FORM_DATE_TIME;
    }
    /* A designator stands behind the year, with a "-" or, in SDMX 2.0, without. */
    size_t at = text.data[0] == '-' ? 5 : 4;
    at += at < text.size && text.data[at] == '-' ? 1U : 0U;
    bool reporting = at < text.size && is_letter(text.data[at]) && text.data[at] != 'Z';
    return reporting ? FORM_REPORTING : FORM_GREGORIAN;
}

static bool is_of(bkti_span text, unsigned forms, int32_t frequency) {
    int32_t found;
    unsigned form = form_of(text, &found);
    return (form & forms) != 0 && (frequency == BKT_FREQUENCY_NONE || frequency == found);
}

#define FORM_BASIC    (FORM_GREGORIAN | FORM_DATE_TIME)
#define FORM_STANDARD (FORM_BASIC | FORM_REPORTING)

#define TIME_TYPE(name, forms, frequency)                                                          \
    static bool name(bkti_span text) {                                                             \
        return is_of(text, forms, frequency);                                                      \
    }
TIME_TYPE(is_observational, FORM_STANDARD | FORM_RANGE, BKT_FREQUENCY_NONE)
TIME_TYPE(is_standard, FORM_STANDARD, BKT_FREQUENCY_NONE)
TIME_TYPE(is_basic, FORM_BASIC, BKT_FREQUENCY_NONE)
TIME_TYPE(is_gregorian, FORM_GREGORIAN, BKT_FREQUENCY_NONE)
TIME_TYPE(is_gregorian_year, FORM_GREGORIAN, BKT_FREQUENCY_YEAR)
TIME_TYPE(is_gregorian_month, FORM_GREGORIAN, BKT_FREQUENCY_MONTH)
TIME_TYPE(is_gregorian_day, FORM_GREGORIAN, BKT_FREQUENCY_DAY)
TIME_TYPE(is_reporting, FORM_REPORTING, BKT_FREQUENCY_NONE)
TIME_TYPE(is_reporting_year, FORM_REPORTING, BKT_FREQUENCY_YEAR)
TIME_TYPE(is_reporting_semester, FORM_REPORTING, BKT_FREQUENCY_SEMESTER)
TIME_TYPE(is_reporting_trimester, FORM_REPORTING, BKT_FREQUENCY_TRIMESTER)
TIME_TYPE(is_reporting_quarter, FORM_REPORTING, BKT_FREQUENCY_QUARTER)
TIME_TYPE(is_reporting_month, FORM_REPORTING, BKT_FREQUENCY_MONTH)
TIME_TYPE(is_reporting_week, FORM_REPORTING, BKT_FREQUENCY_WEEK)
TIME_TYPE(is_reporting_day, FORM_REPORTING, BKT_FREQUENCY_DAY)
TIME_TYPE(is_date_time, FORM_DATE_TIME, BKT_FREQUENCY_NONE)
TIME_TYPE(is_range, FORM_RANGE, BKT_FREQUENCY_NONE)

/* Parts of a date are tried as what they are a part of. */
static bool is_period_with(const char *before, bkti_span text, const char *after,
                           int32_t frequency) {
    char whole[80];
    size_t before_size = strlen(before);
    size_t after_size = strlen(after);
    if (text.size == 0 || before_size + text.size + after_size > sizeof whole) {
        return false;
    }
    memcpy(whole, before, before_size);
    memcpy(whole + before_size, text.data, text.size);
    memcpy(whole + before_size + text.size, after, after_size);
    int32_t found;
    int64_t ordinal;
    return bkt_period_parse(whole, before_size + text.size + after_size, &found, &ordinal) ==
               BKT_OK &&
           found == frequency;
}

/* Behind hyphens that are left out: "--12-31" is a day of 2000, which has a 29 February. */
static bool is_part_of_date(bkti_span text, size_t hyphens, const char *before, int32_t frequency) {
    text = bkti_span_trim(text);
    if (text.size <= hyphens || memcmp(text.data, "---", hyphens) != 0) {
        return false;
    }
    return is_period_with(before, (bkti_span){text.data + hyphens, text.size - hyphens}, "",
                          frequency);
}

static bool is_month(bkti_span text) {
    return is_part_of_date(text, 2, "2000-", BKT_FREQUENCY_MONTH);
}

static bool is_month_day(bkti_span text) {
    return is_part_of_date(text, 2, "2000-", BKT_FREQUENCY_DAY);
}

static bool is_day(bkti_span text) {
    return is_part_of_date(text, 3, "2000-01-", BKT_FREQUENCY_DAY);
}

static bool is_time(bkti_span text) {
    return is_period_with("2000-01-01T", bkti_span_trim(text), "", BKT_FREQUENCY_DATE_TIME);
}

static bool is_duration(bkti_span text) {
    text = bkti_span_trim(text);
    if (text.size > 0 && text.data[0] == '-') {
        text.data++;
        text.size--;
    }
    return text.size > 0 && text.data[0] == 'P' &&
           is_period_with("2000-01-01/", text, "", BKT_FREQUENCY_RANGE);
}

static bool is_reference(bkti_span text) {
    text = bkti_span_trim(text);
    return text.size > 4 && bkti_span_equal_caseless((bkti_span){text.data, 4}, BKTI_SPAN("urn:"));
}

static const bkti_text_type TYPES[] = {
    {"String", NULL, false, false, 0, NULL},
    {"Alpha", is_alpha, false, false, 0, "letters A-Z and a-z"},
    {"AlphaNumeric", is_alpha_numeric, false, false, 0, "letters A-Z, a-z and digits"},
    {"AlphaNum", is_alpha_numeric, false, false, 0, "letters A-Z, a-z and digits"},
    {"Numeric", is_numeric, false, false, 0, "digits"},
    {"Num", is_numeric, false, false, 0, "digits"},
    {"BigInteger", is_big_integer, true, false, HUGE_VAL, "a whole number"},
    {"Integer", is_integer, true, false, INT32_MAX,
     "a whole number from -2147483648 to 2147483647"},
    {"Long", is_long, true, false, 9223372036854775807.0, "a whole number of 64 bits"},
    {"Short", is_short, true, false, INT16_MAX, "a whole number from -32768 to 32767"},
    {"Count", is_big_integer, true, false, HUGE_VAL, "a whole number"},
    {"Decimal", is_decimal, true, false, 0, "a decimal number such as 12.5"},
    {"InclusiveValueRange", is_decimal, true, false, 0, "a decimal number such as 12.5"},
    {"ExclusiveValueRange", is_decimal, true, true, 0, "a decimal number such as 12.5"},
    {"Incremental", is_decimal, true, false, 0, "a decimal number such as 12.5"},
    {"Float", is_double, true, false, 0, "a number"},
    {"Double", is_double, true, false, 0, "a number"},
    {"Boolean", is_boolean, false, false, 0, "true or false"},
    {"URI", is_uri, false, false, 0, "an address without spaces"},
    {"ObservationalTimePeriod", is_observational, false, false, 0, "a period such as 2012-Q4"},
    {"StandardTimePeriod", is_standard, false, false, 0, "a period such as 2012-Q4, no range"},
    {"BasicTimePeriod", is_basic, false, false, 0, "a year, month, day or date-time"},
    {"GregorianTimePeriod", is_gregorian, false, false, 0, "a year, month or day"},
    {"GregorianYear", is_gregorian_year, false, false, 0, "a year such as 2012"},
    {"Year", is_gregorian_year, false, false, 0, "a year such as 2012"},
    {"GregorianYearMonth", is_gregorian_month, false, false, 0, "a month such as 2012-07"},
    {"YearMonth", is_gregorian_month, false, false, 0, "a month such as 2012-07"},
    {"GregorianDay", is_gregorian_day, false, false, 0, "a day such as 2012-07-31"},
    {"Date", is_gregorian_day, false, false, 0, "a day such as 2012-07-31"},
    {"ReportingTimePeriod", is_reporting, false, false, 0, "a period such as 2012-Q4"},
    {"ReportingYear", is_reporting_year, false, false, 0, "a year such as 2012-A1"},
    {"ReportingSemester", is_reporting_semester, false, false, 0, "a semester such as 2012-S2"},
    {"ReportingTrimester", is_reporting_trimester, false, false, 0, "a trimester such as 2012-T3"},
    {"ReportingQuarter", is_reporting_quarter, false, false, 0, "a quarter such as 2012-Q4"},
    {"ReportingMonth", is_reporting_month, false, false, 0, "a month such as 2012-M07"},
    {"ReportingWeek", is_reporting_week, false, false, 0, "a week such as 2012-W07"},
    {"ReportingDay", is_reporting_day, false, false, 0, "a day such as 2012-D031"},
    {"DateTime", is_date_time, false, false, 0, "a date-time such as 2012-07-31T12:00:00"},
    {"TimeRange", is_range, false, false, 0, "a range such as 2012-01-01/P1M"},
    {"TimesRange", is_range, false, false, 0, "a range such as 2012-01-01/P1M"},
    {"Timespan", is_range, false, false, 0, "a range such as 2012-01-01/P1M"},
    {"Month", is_month, false, false, 0, "a month such as --07"},
    {"MonthDay", is_month_day, false, false, 0, "a day of a year such as --07-31"},
    {"Day", is_day, false, false, 0, "a day of a month such as ---31"},
    {"Time", is_time, false, false, 0, "a time such as 12:00:00"},
    {"Duration", is_duration, false, false, 0, "a duration such as P1M"},
    {"IdentifiableReference", is_reference, false, false, 0, "a URN"},
    {"DataSetReference", NULL, false, false, 0, NULL},
    {"AttachmentConstraintReference", NULL, false, false, 0, NULL},
    {"KeyValues", NULL, false, false, 0, NULL},
    {"XHTML", NULL, false, false, 0, NULL},
    {"GeospatialInformation", NULL, false, false, 0, NULL},
};

bool bkti_text_type_accepts_number(const bkti_text_type *type, double number) {
    return type->largest == 0 ||
           (number == floor(number) && number <= type->largest && number >= -type->largest - 1);
}

const bkti_text_type *bkti_text_type_find(const char *name) {
    for (size_t i = 0; name != NULL && i < sizeof TYPES / sizeof TYPES[0]; i++) {
        if (strcmp(TYPES[i].name, name) == 0) {
            return &TYPES[i];
        }
    }
    return &TYPES[0];
}
