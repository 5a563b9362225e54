/* SPDX-License-Identifier: MIT */
/** @file period.h
 * Periods: every form of an SDMX time period as a frequency and an ordinal.
 *
 * Periods of one frequency are counted without gaps, so that `ordinal + 1` is the next period:
 *
 * | frequency | ordinal |
 * | --- | --- |
 * | year | the year |
 * | semester, trimester (a third of a year), quarter, month | year * 2, 3, 4, 12 + index from 0 |
 * | week | weeks since the one that began on Monday 1969-12-29 (ISO 8601 weeks) |
 * | day | days since 1970-01-01 |
 * | date-time | seconds since 1970-01-01T00:00:00 (a time zone, if given, is applied) |
 * | range | the first day, as days since 1970-01-01; the length stays in the text |
 *
 * Years run from -9999 to 9999 in the proleptic Gregorian calendar. */
#ifndef BKTRADE_PERIOD_H
#define BKTRADE_PERIOD_H

#include <stddef.h>
#include <stdint.h>

#include <bktrade/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/** How long a period is. The numbers grow as periods get shorter; a range has no length of its own.
 */
enum bkt_frequency {
    BKT_FREQUENCY_NONE = 0, /**< not a period */
    BKT_FREQUENCY_YEAR = 1,
    BKT_FREQUENCY_SEMESTER = 2,
    BKT_FREQUENCY_TRIMESTER = 3, /**< a third of a year (SDMX code T) */
    BKT_FREQUENCY_QUARTER = 4,
    BKT_FREQUENCY_MONTH = 5,
    BKT_FREQUENCY_WEEK = 6,
    BKT_FREQUENCY_DAY = 7,
    BKT_FREQUENCY_DATE_TIME = 8,
    BKT_FREQUENCY_RANGE = 9
};

/** Reads a period in any SDMX form: "2012", "2012-A1", "2012-S2", "2012-T3", "2012-Q4", "2012-M07",
 * "2015-W53", "2012-D366", "2012-07", "2012-07-31", "2012-07-31T12:00:00Z",
 * "2012-01-01/P1M"; and the spellings of SDMX-ML 1.0 and 2.0: "2012-B1" and "2012-H1" (semester),
 * "2012-W1", "2012-Q01", "2012Q1", "2012M7", "2012S1", "2012W07". White space around it is ignored.
 * A range is "start/duration" (ISO 8601, not negative) or "start/end" with both ends of one form. A
 * time zone moves a date-time; behind a longer period it is read and ignored. A fraction of a
 * second is dropped; seconds may be left out; 24:00:00 is the next day's beginning. A period that
 * the calendar does not have ("2019-W53", "2019-02-29") is refused. Locale-free.
 * @param text not necessarily terminated; @param size its bytes.
 * @param[out] out_frequency one of bkt_frequency.
 * @param[out] out_ordinal see the head of this file.
 * @return BKT_OK; BKT_ERR_PERIOD for a text in no form or a date that does not exist;
 * BKT_ERR_ARGUMENT for NULL. On failure both results are 0.
 * Source: SDMX 2.1 Technical Notes, section 6 (Time), and SDMX 2.0 Implementor's guide; ISO 8601
 * for weeks.
 * @since 0.1 */
BKT_API bkt_status bkt_period_parse(const char *text, size_t size, int32_t *out_frequency,
                                    int64_t *out_ordinal);

/** Writes a period in its SDMX 2.1 form ("2012", "2012-S1", "2012-T1", "2012-Q1", "2012-07",
 * "2012-W07", "2012-07-31", "2012-07-31T12:00:00"); a range as its first day.
 * @param frequency one of bkt_frequency. @param ordinal as bkt_period_parse() gives it.
 * @param[out] buffer gets the text with a terminating zero; may be NULL if capacity is 0.
 * @param capacity bytes of the buffer; 32 always suffice.
 * @param[out] out_length bytes of the whole text without the zero, also when it did not fit; may be
 * NULL.
 * @return BKT_OK; BKT_ERR_ARGUMENT for an unknown frequency, an ordinal outside years -9999 to
 * 9999, or too small a buffer (nothing but the length is written then).
 * @since 0.1 */
BKT_API bkt_status bkt_period_format(int32_t frequency, int64_t ordinal, char *buffer,
                                     size_t capacity, size_t *out_length);

/** First day of a period, as days since 1970-01-01 (Arrow's date32).
 * @return BKT_OK; BKT_ERR_ARGUMENT as for bkt_period_format().
 * @since 0.1 */
BKT_API bkt_status bkt_period_start_day(int32_t frequency, int64_t ordinal, int32_t *out_day);

/** Last day of a period (of a range: its first day), as days since 1970-01-01.
 * @return as bkt_period_start_day(). @since 0.1 */
BKT_API bkt_status bkt_period_last_day(int32_t frequency, int64_t ordinal, int32_t *out_day);

/** First and last day of a period by its text. Of a reporting period, which has a letter behind its
 * year ("2012-A1", "2012-S1", "2012-T1", "2012-Q1", "2012-M01", "2012-W01", "2012-D001"), they are
 * counted from the day that the reporting year begins: "2012-Q1" of a year that begins on 1 July is
 * July to September 2012. Weeks begin on Mondays, the first on the one nearest to that day. Periods
 * of the calendar ("2012", "2012-07", "2012-07-31", a date-time, a range) are as they are. Whether
 * week 53 and day 366 exist depends on the reporting year too: bkt_period_parse() takes it for the
 * calendar's.
 * @param text as for bkt_period_parse(); @param size its bytes.
 * @param year_start_day month and day as SDMX's attribute REPORTING_YEAR_START_DAY has them, such
 * as
 * "--07-01" (29 February is the 28th where there is none); NULL or "": --01-01.
 * @param[out] out_first_day days since 1970-01-01; @param[out] out_last_day likewise, of a range
 * that has a duration the day before it ends. A date-time's days are the one it is in.
 * @return BKT_OK; BKT_ERR_PERIOD as bkt_period_parse(), and for a period that reaches beyond the
 * year 9999; BKT_ERR_ARGUMENT for NULL or another form of year_start_day. On failure both days are
 * 0. Source: SDMX 2.1 and 3.0 Technical Notes, reporting time period.
 * @since 0.1 */
BKT_API bkt_status bkt_period_days(const char *text, size_t size, const char *year_start_day,
                                   int32_t *out_first_day, int32_t *out_last_day);

/** Periods of this frequency in a year: 1, 2, 3, 4, 12; 0 for the rest. @since 0.1 */
BKT_API int32_t bkt_frequency_per_year(int32_t frequency);

/** The SDMX code of a frequency: "A", "S", "T", "Q", "M", "W", "D", "I" (date-time), "R" (range,
 * this library's own), "" for any other number. Lives as long as the library. @since 0.1 */
BKT_API const char *bkt_frequency_code(int32_t frequency);

#ifdef __cplusplus
}
#endif

#endif
