/* SPDX-License-Identifier: MIT */
/** @file status.h
 * What a function says of its outcome. Every function that can fail returns a bkt_status; the
 * detail (text, file, line, column) is a diagnostic on the context (context.h). */
#ifndef BKTRADE_STATUS_H
#define BKTRADE_STATUS_H

#include <stdint.h>

#include <bktrade/version.h>

#ifdef __cplusplus
extern "C" {
#endif

/** One of bkt_status_code. A plain 32-bit integer, so that its width never depends on a compiler.
 */
typedef int32_t bkt_status;

/** The statuses. A number is never changed and never used again for something else. */
enum bkt_status_code {
    /** Done. */
    BKT_OK = 0,
    /** Nothing more to read: the loop that called is finished. Not an error. */
    BKT_END = 1,
    /** A feeding reader needs more bytes: feed, then call again. Not an error. */
    BKT_MORE = 2,

    /** An argument is out of its range or NULL where it must not be; also a flag or a reserved
     * field that this library does not know. Correct the call. */
    BKT_ERR_ARGUMENT = 10,
    /** An options struct has a size or a non-zero tail that this library does not know: the
     * program was built against a newer one. Use `_init`, or a newer library. */
    BKT_ERR_ABI = 11,
    /** No memory. The object stays valid; free something and try again, or give up. Where it is the
     * context's memory_limit that does not suffice, BKT_ERR_LIMIT stands in its place. */
    BKT_ERR_MEMORY = 12,
    /** A limit of the context was reached (its name is in the diagnostic). Raise it if the input
     * is to be trusted. */
    BKT_ERR_LIMIT = 13,
    /** A callback of the caller's asked to stop. */
    BKT_ERR_CANCELLED = 14,
    /** The input is understood as something that this version or build can't read. */
    BKT_ERR_UNSUPPORTED = 15,
    /** The call does not fit the state of the object (for example, reading after an error). */
    BKT_ERR_STATE = 16,

    /** Reading or writing failed; the operating system's code is in the diagnostic. */
    BKT_ERR_IO = 20,
    /** No file at that path. */
    BKT_ERR_NOT_FOUND = 21,
    /** The file exists but may not be opened. */
    BKT_ERR_PERMISSION = 22,
    /** The path is a directory. */
    BKT_ERR_DIRECTORY = 23,
    /** The gzip or zip container is damaged, encrypted or of an unknown method. */
    BKT_ERR_COMPRESSION = 24,

    /** The input has no bytes at all, or only white space. */
    BKT_ERR_EMPTY = 30,
    /** The input is not XML at all. */
    BKT_ERR_NOT_XML = 31,
    /** The XML is not well-formed; the place is in the diagnostic. */
    BKT_ERR_XML = 32,
    /** The input ends in the middle. */
    BKT_ERR_TRUNCATED = 33,
    /** Bytes that do not fit the declared encoding. */
    BKT_ERR_ENCODING = 34,
    /** A DOCTYPE or an entity of its own: refused, as an SDMX message never has one. */
    BKT_ERR_DOCTYPE = 35,
    /** XML, CSV or JSON, but no SDMX message. */
    BKT_ERR_NOT_SDMX = 36,
    /** An SDMX message of a version that this library does not know. */
    BKT_ERR_VERSION = 37,
    /** An SDMX message, but of another kind than was wanted (a structure message where data were
     * wanted, say). The diagnostic names the kind. */
    BKT_ERR_MESSAGE_KIND = 38,
    /** The message's elements, a CSV's columns and fields, or values of JSON are not where SDMX has
     * them; or what begins as JSON is none. */
    BKT_ERR_LAYOUT = 39,

    /** A value is no number (only with BKT_READ_STRICT; otherwise a warning and a missing value).
     */
    BKT_ERR_VALUE = 40,
    /** A period is in no SDMX form, or does not exist. */
    BKT_ERR_PERIOD = 41,
    /** The same key and period twice. */
    BKT_ERR_DUPLICATE = 42,
    /** An attribute or component twice in one place. */
    BKT_ERR_REPEATED_COMPONENT = 43,
    /** The server's message says that the request failed; its text is in the diagnostic. */
    BKT_ERR_SERVER = 44,
    /** A structure contradicts itself: parents of codes, or code lists that extend each other, in a
     * circle. */
    BKT_ERR_STRUCTURE = 45,
    /** The message has no data yet: its footer says at which address the answer will be. Fetch that
     * (bkt_reader_property() "address") after a while, and read it. */
    BKT_ERR_ANSWER_LATER = 46,

    /** No column of that name. */
    BKT_ERR_NO_COLUMN = 50,
    /** A column is of another kind than the operation needs. */
    BKT_ERR_COLUMN_KIND = 51,
    /** Arrays or tables that must be of one length or one shape are not. */
    BKT_ERR_SHAPE = 52,

    /** Which column is reporter, partner or flow could not be told: give a profile. */
    BKT_ERR_PROFILE = 60,
    /** No country is known by that code or name, or the table has none such. */
    BKT_ERR_COUNTRY = 61,
    /** One code must be chosen and several remain; the diagnostic lists them. */
    BKT_ERR_AMBIGUOUS = 62,
    /** Nothing in the table is what was asked for. */
    BKT_ERR_NO_DATA = 63,

    /** The series is too short or has a shape that the method can't take; the diagnostic says. */
    BKT_ERR_SERIES = 70,

    /** A fault of the library itself. Please report it. */
    BKT_ERR_INTERNAL = 99
};

/** A short English name of a status, such as "limit reached".
 * @param status any number; an unknown one gives "unknown status".
 * @return text that lives as long as the library.
 * @since 0.1 */
BKT_API const char *bkt_status_text(bkt_status status);

/** Why a number is missing. Zero and missing are never the same thing. */
enum bkt_missing_reason {
    /** Not missing: the number is there. */
    BKT_MISSING_NOT = 0,
    /** The source has no value here (the attribute or element is absent). */
    BKT_MISSING_ABSENT = 1,
    /** The source has an empty value. */
    BKT_MISSING_EMPTY = 2,
    /** The source says NaN. */
    BKT_MISSING_NAN = 3,
    /** The source has a text that is no number. */
    BKT_MISSING_NOT_A_NUMBER = 4,
    /** The source says that the value is confidential. */
    BKT_MISSING_CONFIDENTIAL = 5,
    /** There is no observation for this cell. */
    BKT_MISSING_NOT_REPORTED = 6,
    /** An input of the computation is missing. */
    BKT_MISSING_INPUT = 7,
    /** The denominator is zero. */
    BKT_MISSING_ZERO_DENOMINATOR = 8,
    /** A logarithm or root of a number that has none (zero or negative). */
    BKT_MISSING_DOMAIN = 9,
    /** The period before it, which the computation needs, is not in the series. */
    BKT_MISSING_NO_EARLIER_PERIOD = 10,
    /** Too few numbers for the computation. */
    BKT_MISSING_TOO_FEW = 11,
    /** The event never happens (a target that is never reached, say). */
    BKT_MISSING_NEVER = 12,
    /** The result is too large for a number. */
    BKT_MISSING_OVERFLOW = 13,
    /** Does not apply here. */
    BKT_MISSING_NOT_APPLICABLE = 14
};

/** A short English name of a reason, such as "zero denominator".
 * @param reason one of bkt_missing_reason; another gives "unknown reason".
 * @return text that lives as long as the library.
 * @since 0.1 */
BKT_API const char *bkt_missing_text(int32_t reason);

#ifdef __cplusplus
}
#endif

#endif
