/* SPDX-License-Identifier: MIT */
/* Bytes into UTF-8. CSV declares no encoding: UTF-16 and UTF-32 show in the first bytes; what else
 * is no UTF-8 where it first leaves ASCII is taken for ISO 8859-1, and told, unless the caller
 * named an encoding. */
#include "bkti_character.h"
#include "bkti_csv_parts.h"

static bkt_status fail_bad_byte(bkti_csv *csv, unsigned char byte, size_t rest) {
    bkti_place place;
    if (bkti_csv_flush(csv) != BKT_OK) {
        return csv->status;
    }
    bkti_csv_place(csv, &place);
    place.offset -= rest;
    place.column -= rest;
    const char *name = bkti_csv_encoding(csv);
    csv->status = byte == 0
                      ? bkti_fail(csv->context, BKT_ERR_ENCODING, &place,
                                  "a zero byte stands in the text, which is taken for %s", name)
                      : bkti_fail(csv->context, BKT_ERR_ENCODING, &place,
                                  "the byte 0x%02X does not fit the text's encoding, %s",
                                  (unsigned)byte, name);
    return csv->status;
}

static bkt_status take_converted(bkti_csv *csv, const unsigned char *data, size_t size) {
    if (csv->room == NULL) {
        csv->room = bkti_allocate(csv->memory, BKTI_CSV_PIECE);
        if (csv->room == NULL) {
            return bkti_csv_fail_memory(csv);
        }
    }
    bkti_encoding_result result;
    do {
        size_t made;
        result =
            bkti_encoding_convert(&csv->encoding, &data, &size, csv->room, BKTI_CSV_PIECE, &made);
        const char *zero = memchr(csv->room, '\0', made);
        size_t good = zero == NULL ? made : (size_t)(zero - csv->room);
        if (bkti_csv_take_text(csv, csv->room, good) != BKT_OK) {
            return csv->status;
        }
        if (zero != NULL) {
            return fail_bad_byte(csv, 0, 0);
        }
    } while (result == BKTI_ENCODING_FULL);
    if (result == BKTI_ENCODING_BAD) {
        return fail_bad_byte(csv, csv->encoding.rest_size > 0 ? csv->encoding.rest[0] : *data, 0);
    }
    return BKT_OK;
}

static bkt_status take_checked(bkti_csv *csv, const unsigned char *data, size_t size) {
    size_t rest = csv->check.rest_size;
    unsigned char first = csv->check.rest[0];
    size_t good = bkti_utf_8_check(&csv->check, data, size);
    if (bkti_csv_take_text(csv, (const char *)data, good) != BKT_OK || good == size) {
        return csv->status;
    }
    bool is_of_rest = good == 0 && rest > 0 && csv->check.rest_size > 0;
    return fail_bad_byte(csv, is_of_rest ? first : data[good], is_of_rest ? rest : 0);
}

static bkt_status take_decided(bkti_csv *csv, const unsigned char *data, size_t size) {
    if (size == 0) {
        return BKT_OK;
    }
    return csv->encoding.kind == BKTI_ENCODING_UTF_8 ? take_checked(csv, data, size)
                                                     : take_converted(csv, data, size);
}

/* Letters of ISO 8859-1; text in it has no controls above 0x7F, and hardly ever the last letter,
 * which is what fills damaged files. */
static bool is_letter_byte(unsigned char byte) {
    return byte >= 0xa0 && byte != 0xff;
}

/* By the first character beyond ASCII: UTF-8, or else ISO 8859-1. */
static bkt_status decide(bkti_csv *csv) {
    size_t whole = bkti_character_size(csv->held, csv->held_size);
    csv->is_decided = true;
    if ((whole == 0 || whole > csv->held_size) && is_letter_byte(csv->held[0])) {
        bkti_place place;
        bkti_csv_place(csv, &place);
        bkti_encoding_take_label(&csv->encoding, BKTI_SPAN("ISO-8859-1"));
        bkti_tell(
            csv->context, BKT_SEVERITY_WARNING, BKT_ERR_ENCODING, &place,
            "the byte 0x%02X is no UTF-8, which was expected; the text is read as ISO-8859-1, "
            "for no other encoding was named",
            (unsigned)csv->held[0]);
    }
    return take_decided(csv, csv->held, csv->held_size);
}

static size_t ascii_size(const unsigned char *data, size_t size) {
    size_t at = 0;
    for (uint64_t word; size - at >= sizeof word; at += sizeof word) {
        memcpy(&word, data + at, sizeof word);
        if ((word & UINT64_C(0x8080808080808080)) != 0) {
            break;
        }
    }
    while (at < size && data[at] < 0x80) {
        at++;
    }
    return at;
}

static bkt_status take(bkti_csv *csv, const unsigned char *data, size_t size, bool last) {
    if (csv->is_decided) {
        return take_decided(csv, data, size);
    }
    size_t plain = csv->held_size == 0 && size > 0 ? ascii_size(data, size) : 0;
    if (take_decided(csv, data, plain) != BKT_OK) {
        return csv->status;
    }
    data += plain;
    size -= plain;
    while (csv->held_size < sizeof csv->held && size > 0) {
        csv->held[csv->held_size++] = *data++;
        size--;
    }
    bool is_enough = csv->held_size == sizeof csv->held || (last && csv->held_size > 0);
    if (!is_enough || decide(csv) != BKT_OK) {
        return csv->status;
    }
    return take_decided(csv, data, size);
}

/* What the first bytes say. A text begins with a character of ASCII. */
static bkt_status find_encoding(bkti_csv *csv) {
    const unsigned char *first = csv->first;
    size_t at = 0;
    while (at + 1 < csv->first_size && first[at] == 0) {
        at++;
    }
    csv->is_known = true;
    char character = first[at] > 0 && first[at] < 0x80 ? (char)first[at] : '"';
    if (bkti_encoding_find_wide(&csv->encoding, first, csv->first_size, character)) {
        csv->is_decided = true;
    } else if (csv->first_size >= 3 && memcmp(first, "\xef\xbb\xbf", 3) == 0) {
        csv->is_decided = true;
        csv->encoding.mark = 3;
        csv->offset = 3;
    } else if (csv->named != NULL) {
        csv->is_decided = true;
        bkti_encoding_take_label(&csv->encoding, bkti_span_of(csv->named));
    }
    bkt_status status =
        csv->encoding.is_mislabelled ? BKT_ERR_ENCODING : bkti_encoding_open(&csv->encoding);
    if (status == BKT_ERR_MEMORY) {
        return bkti_csv_fail_memory(csv);
    }
    if (status != BKT_OK) {
        bkti_place place = {.source = bkti_source_name(csv->source), .line = 1, .column = 1};
        csv->status = bkti_fail(csv->context, status, &place,
                                csv->encoding.is_mislabelled
                                    ? "the text is not in %s, as was said: its bytes are of 8 bits"
                                    : "the text is in %s, which is not known here",
                                csv->encoding.name);
    }
    return csv->status;
}

static bkt_status finish(bkti_csv *csv) {
    size_t made = 0;
    if (csv->room != NULL) {
        bkti_encoding_finish(&csv->encoding, csv->room, BKTI_CSV_PIECE, &made);
    }
    if (made > 0 && bkti_csv_take_text(csv, csv->room, made) != BKT_OK) {
        return csv->status;
    }
    if (csv->encoding.rest_size > 0 || csv->check.rest_size > 0) {
        bkti_place place;
        bkti_csv_place(csv, &place);
        csv->status = bkti_fail(csv->context, BKT_ERR_TRUNCATED, &place,
                                "the text ends in the middle of a character");
    }
    return csv->status;
}

bkt_status bkti_csv_decode(bkti_csv *csv, const unsigned char *data, size_t size, bool last) {
    if (!csv->is_known) {
        while (csv->first_size < sizeof csv->first && size > 0) {
            csv->first[csv->first_size++] = *data++;
            size--;
        }
        if (csv->first_size < sizeof csv->first && !last) {
            return BKT_OK;
        }
        if (find_encoding(csv) != BKT_OK ||
            take(csv, csv->first + csv->encoding.mark, csv->first_size - csv->encoding.mark,
                 last && size == 0) != BKT_OK) {
            return csv->status;
        }
    }
    if ((size > 0 || csv->held_size > 0) && take(csv, data, size, last) != BKT_OK) {
        return csv->status;
    }
    return last ? finish(csv) : csv->status;
}
