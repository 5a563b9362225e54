/* SPDX-License-Identifier: MIT */
#include <bktrade/status.h>

const char *bkt_status_text(bkt_status status) {
    switch (status) {
    case BKT_OK:
        return "done";
    case BKT_END:
        return "nothing more to read";
    case BKT_MORE:
        return "more bytes needed";
    case BKT_ERR_ARGUMENT:
        return "wrong argument";
    case BKT_ERR_ABI:
        return "options of another library version";
    case BKT_ERR_MEMORY:
        return "out of memory";
    case BKT_ERR_LIMIT:
        return "limit reached";
    case BKT_ERR_CANCELLED:
        return "cancelled";
    case BKT_ERR_UNSUPPORTED:
        return "not supported";
    case BKT_ERR_STATE:
        return "call does not fit the state";
    case BKT_ERR_IO:
        return "reading or writing failed";
    case BKT_ERR_NOT_FOUND:
        return "file not found";
    case BKT_ERR_PERMISSION:
        return "permission denied";
    case BKT_ERR_DIRECTORY:
        return "path is a directory";
    case BKT_ERR_COMPRESSION:
        return "damaged or unknown compression";
    case BKT_ERR_EMPTY:
        return "empty input";
    case BKT_ERR_NOT_XML:
        return "not XML";
    case BKT_ERR_XML:
        return "XML not well-formed";
    case BKT_ERR_TRUNCATED:
        return "input ends in the middle";
    case BKT_ERR_ENCODING:
        return "bytes do not fit the encoding";
    case BKT_ERR_DOCTYPE:
        return "DOCTYPE or entity refused";
    case BKT_ERR_NOT_SDMX:
        return "not an SDMX message";
    case BKT_ERR_VERSION:
        return "unknown SDMX version";
    case BKT_ERR_MESSAGE_KIND:
        return "another kind of message";
    case BKT_ERR_LAYOUT:
        return "elements not where SDMX has them";
    case BKT_ERR_VALUE:
        return "value is no number";
    case BKT_ERR_PERIOD:
        return "no such period";
    case BKT_ERR_DUPLICATE:
        return "same key and period twice";
    case BKT_ERR_REPEATED_COMPONENT:
        return "component twice";
    case BKT_ERR_STRUCTURE:
        return "contradictory structure";
    case BKT_ERR_ANSWER_LATER:
        return "the answer comes later";
    case BKT_ERR_SERVER:
        return "server reported an error";
    case BKT_ERR_NO_COLUMN:
        return "no such column";
    case BKT_ERR_COLUMN_KIND:
        return "column of another kind";
    case BKT_ERR_SHAPE:
        return "lengths or shapes differ";
    case BKT_ERR_PROFILE:
        return "no profile fits";
    case BKT_ERR_COUNTRY:
        return "no such country";
    case BKT_ERR_AMBIGUOUS:
        return "several codes remain";
    case BKT_ERR_NO_DATA:
        return "no such data";
    case BKT_ERR_SERIES:
        return "series does not fit the method";
    case BKT_ERR_INTERNAL:
        return "fault of the library";
    default:
        return "unknown status";
    }
}

const char *bkt_missing_text(int32_t reason) {
    switch (reason) {
    case BKT_MISSING_NOT:
        return "not missing";
    case BKT_MISSING_ABSENT:
        return "absent";
    case BKT_MISSING_EMPTY:
        return "empty";
    case BKT_MISSING_NAN:
        return "NaN";
    case BKT_MISSING_NOT_A_NUMBER:
        return "not a number";
    case BKT_MISSING_CONFIDENTIAL:
        return "confidential";
    case BKT_MISSING_NOT_REPORTED:
        return "not reported";
    case BKT_MISSING_INPUT:
        return "input missing";
    case BKT_MISSING_ZERO_DENOMINATOR:
        return "zero denominator";
    case BKT_MISSING_DOMAIN:
        return "outside the domain";
    case BKT_MISSING_NO_EARLIER_PERIOD:
        return "no earlier period";
    case BKT_MISSING_TOO_FEW:
        return "too few numbers";
    case BKT_MISSING_NEVER:
        return "never happens";
    case BKT_MISSING_OVERFLOW:
        return "too large";
    case BKT_MISSING_NOT_APPLICABLE:
        return "not applicable";
    default:
        return "unknown reason";
    }
}
