/* SPDX-License-Identifier: MIT */
#include "bkti_encoding.h"

#include <errno.h>
#include <string.h>

#include "bkti_character.h"
#include "bkti_span.h"

/* A "?" of the bytes stands for the first character. */
static bool begins_with(const unsigned char *head, size_t size, const char *bytes, size_t count,
                        char first) {
    for (size_t i = 0; i < count && size >= count; i++) {
        if (head[i] != (unsigned char)(bytes[i] == '?' ? first : bytes[i])) {
            return false;
        }
    }
    return size >= count;
}

static void set_name(bkti_encoding *encoding, bkti_span name) {
    size_t size = name.size < sizeof encoding->name ? name.size : sizeof encoding->name - 1;
    memcpy(encoding->name, name.data, size);
    encoding->name[size] = '\0';
}

static bool is_one_of(bkti_span name, const char *const *names) {
    for (; *names != NULL; names++) {
        if (bkti_span_equal_caseless(name, bkti_span_of(*names))) {
            return true;
        }
    }
    return false;
}

void bkti_encoding_take_label(bkti_encoding *encoding, bkti_span label) {
    static const char *const utf_8[] = {"UTF-8", "UTF8", "US-ASCII", "ASCII", NULL};
    static const char *const latin_1[] = {"ISO-8859-1", "ISO8859-1",   "ISO_8859-1",
                                          "ISO88591",   "ISO-LATIN-1", "LATIN-1",
                                          "LATIN1",     "L1",          NULL};
    static const char *const wide[] = {
        "UTF-16", "UTF16",    "UTF-16LE", "UTF-16BE", "UNICODE",         "UCS-2", "ISO-10646-UCS-2",
        "UTF-32", "UTF-32LE", "UTF-32BE", "UCS-4",    "ISO-10646-UCS-4", NULL};
    set_name(encoding, label);
    if (is_one_of(label, utf_8)) {
        encoding->kind = BKTI_ENCODING_UTF_8;
    } else if (is_one_of(label, latin_1)) {
        encoding->kind = BKTI_ENCODING_LATIN_1;
    } else if (is_one_of(label, wide)) {
        encoding->is_mislabelled = true;
    } else {
        encoding->kind = BKTI_ENCODING_OTHER;
        encoding->is_declared = true;
    }
}

bool bkti_encoding_find_wide(bkti_encoding *encoding, const unsigned char *head, size_t size,
                             char first) {
    static const struct {
        const char *bytes; /* "?" stands for the document's first character */
        size_t count;
        size_t mark;
        bkti_encoding_kind kind;
        const char *name;
    } beginnings[] = {
        {"\xff\xfe\0\0", 4, 4, BKTI_ENCODING_OTHER, "UTF-32LE"},
        {"\0\0\xfe\xff", 4, 4, BKTI_ENCODING_OTHER, "UTF-32BE"},
        {"?\0\0\0", 4, 0, BKTI_ENCODING_OTHER, "UTF-32LE"},
        {"\0\0\0?", 4, 0, BKTI_ENCODING_OTHER, "UTF-32BE"},
        {"\xff\xfe", 2, 2, BKTI_ENCODING_UTF_16_LITTLE, "UTF-16"},
        {"\xfe\xff", 2, 2, BKTI_ENCODING_UTF_16_BIG, "UTF-16"},
        {"?\0", 2, 0, BKTI_ENCODING_UTF_16_LITTLE, "UTF-16"},
        {"\0?", 2, 0, BKTI_ENCODING_UTF_16_BIG, "UTF-16"},
    };
    for (size_t i = 0; i < sizeof beginnings / sizeof beginnings[0]; i++) {
        if (begins_with(head, size, beginnings[i].bytes, beginnings[i].count, first)) {
            encoding->kind = beginnings[i].kind;
            encoding->mark = beginnings[i].mark;
            set_name(encoding, bkti_span_of(beginnings[i].name));
            return true;
        }
    }
    return false;
}

void bkti_encoding_init(bkti_encoding *encoding) {
    memset(encoding, 0, sizeof *encoding);
    set_name(encoding, BKTI_SPAN("UTF-8"));
}

/* An encoding that is declared in ASCII has ASCII in it; and not in two ways, as UTF-7 has. */
static bool has_ascii(const bkti_encoding *encoding) {
    static const char text[] = "<?xml version='1.0'?>";
    char in[sizeof text];
    char out[sizeof text];
    memcpy(in, text, sizeof text);
    char *in_at = in;
    char *out_at = out;
    size_t in_left = sizeof in;
    size_t out_left = sizeof out;
    bool is_utf_7 = bkti_span_equal_caseless((bkti_span){encoding->name, 5}, BKTI_SPAN("UTF-7"));
    return !is_utf_7 &&
           iconv(encoding->converter, &in_at, &in_left, &out_at, &out_left) != (size_t)-1 &&
           out_left == 0 && memcmp(out, text, sizeof text) == 0;
}

bkt_status bkti_encoding_open(bkti_encoding *encoding) {
    if (encoding->kind != BKTI_ENCODING_OTHER) {
        return BKT_OK;
    }
    encoding->converter = iconv_open("UTF-8", encoding->name);
    if (encoding->converter == (iconv_t)-1) {
        return errno == EINVAL ? BKT_ERR_ENCODING : BKT_ERR_MEMORY;
    }
    encoding->is_open = true;
    return encoding->is_declared && !has_ascii(encoding) ? BKT_ERR_ENCODING : BKT_OK;
}

/* iconv() takes more than names: "//IGNORE" behind one leaves out in silence what does not fit, and
 * "char" is the locale's. */
static bool is_name(const char *name) {
    static const char marks[] = "-_.:+()";
    static const char *const of_locale[] = {"CHAR", "WCHAR_T", NULL};
    size_t size = strlen(name);
    for (size_t i = 0; i < size; i++) {
        bool is_letter = (name[i] >= 'A' && name[i] <= 'Z') || (name[i] >= 'a' && name[i] <= 'z');
        if (!is_letter && !(name[i] >= '0' && name[i] <= '9') && strchr(marks, name[i]) == NULL) {
            return false;
        }
    }
    return size > 0 && size < sizeof((bkti_encoding *)NULL)->name &&
           !is_one_of(bkti_span_of(name), of_locale);
}

bkt_status bkti_encoding_try(const char *name) {
    bkti_encoding encoding;
    bkti_encoding_init(&encoding);
    if (!is_name(name)) {
        return BKT_ERR_ENCODING;
    }
    bkti_encoding_take_label(&encoding, bkti_span_of(name));
    bkt_status status = bkti_encoding_open(&encoding);
    bkti_encoding_close(&encoding);
    return status;
}

void bkti_encoding_close(bkti_encoding *encoding) {
    if (encoding->is_open) {
        iconv_close(encoding->converter);
        encoding->is_open = false;
    }
}

size_t bkti_put_character(char *room, uint32_t code) {
    if (code < 0x80) {
        room[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        room[0] = (char)(0xc0 | code >> 6);
        room[1] = (char)(0x80 | (code & 0x3f));
        return 2;
    }
    if (code < 0x10000) {
        room[0] = (char)(0xe0 | code >> 12);
        room[1] = (char)(0x80 | (code >> 6 & 0x3f));
        room[2] = (char)(0x80 | (code & 0x3f));
        return 3;
    }
    room[0] = (char)(0xf0 | code >> 18);
    room[1] = (char)(0x80 | (code >> 12 & 0x3f));
    room[2] = (char)(0x80 | (code >> 6 & 0x3f));
    room[3] = (char)(0x80 | (code & 0x3f));
    return 4;
}

/* Reads one character of UTF-16. Gives its bytes; 0: it is not whole; -1: it is none. */
static int read_utf_16(const unsigned char *bytes, size_t size, bool big, uint32_t *out_code) {
    if (size < 2) {
        return 0;
    }
    uint32_t unit = big ? (uint32_t)bytes[0] << 8 | bytes[1] : (uint32_t)bytes[1] << 8 | bytes[0];
    *out_code = unit;
    if (unit < 0xd800 || unit > 0xdfff) {
        return 2;
    }
    if (unit > 0xdbff) {
        return -1;
    }
    if (size < 4) {
        return 0;
    }
    uint32_t low = big ? (uint32_t)bytes[2] << 8 | bytes[3] : (uint32_t)bytes[3] << 8 | bytes[2];
    if (low < 0xdc00 || low > 0xdfff) {
        return -1;
    }
    *out_code = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
    return 4;
}

/* Converts whole characters; what is left of the last one stays. */
static bkti_encoding_result convert_utf_16(const bkti_encoding *encoding,
                                           const unsigned char **data, size_t *size, char *room,
                                           size_t capacity, size_t *out_made) {
    bool big = encoding->kind == BKTI_ENCODING_UTF_16_BIG;
    for (;;) {
        uint32_t code;
        int bytes = read_utf_16(*data, *size, big, &code);
        if (bytes <= 0) {
            return bytes == 0 ? BKTI_ENCODING_DONE : BKTI_ENCODING_BAD;
        }
        if (capacity - *out_made < 4) {
            return BKTI_ENCODING_FULL;
        }
        *out_made += bkti_put_character(room + *out_made, code);
        *data += bytes;
        *size -= (size_t)bytes;
    }
}

static bkti_encoding_result convert_latin_1(const unsigned char **data, size_t *size, char *room,
                                            size_t capacity, size_t *out_made) {
    for (; *size > 0; (*data)++, (*size)--) {
        if (capacity - *out_made < 2) {
            return BKTI_ENCODING_FULL;
        }
        *out_made += bkti_put_character(room + *out_made, **data);
    }
    return BKTI_ENCODING_DONE;
}

static bkti_encoding_result convert_other(const bkti_encoding *encoding, const unsigned char **data,
                                          size_t *size, char *room, size_t capacity,
                                          size_t *out_made) {
    /* POSIX has no const here, though nothing is written. */
    char *in = (char *)(uintptr_t)*data;
    char *out = room + *out_made;
    size_t in_left = *size;
    size_t out_left = capacity - *out_made;
    size_t result = iconv(encoding->converter, &in, &in_left, &out, &out_left);
    int error = result == (size_t)-1 ? errno : 0;
    *data = (const unsigned char *)in;
    *size = in_left;
    *out_made = capacity - out_left;
    return error == EILSEQ  ? BKTI_ENCODING_BAD
           : error == E2BIG ? BKTI_ENCODING_FULL
                            : BKTI_ENCODING_DONE;
}

static bkti_encoding_result convert_whole(const bkti_encoding *encoding, const unsigned char **data,
                                          size_t *size, char *room, size_t capacity,
                                          size_t *out_made) {
    switch (encoding->kind) {
    case BKTI_ENCODING_UTF_16_LITTLE:
    case BKTI_ENCODING_UTF_16_BIG:
        return convert_utf_16(encoding, data, size, room, capacity, out_made);
    case BKTI_ENCODING_LATIN_1:
        return convert_latin_1(data, size, room, capacity, out_made);
    default:
        return convert_other(encoding, data, size, room, capacity, out_made);
    }
}

/* Joins the rest of a cut character with the bytes that follow, one by one. */
static bkti_encoding_result convert_rest(bkti_encoding *encoding, const unsigned char **data,
                                         size_t *size, char *room, size_t capacity,
                                         size_t *out_made) {
    while (encoding->rest_size > 0 && *size > 0) {
        if (encoding->rest_size == sizeof encoding->rest) {
            return BKTI_ENCODING_BAD;
        }
        encoding->rest[encoding->rest_size++] = **data;
        const unsigned char *rest = encoding->rest;
        size_t rest_size = encoding->rest_size;
        bkti_encoding_result result =
            convert_whole(encoding, &rest, &rest_size, room, capacity, out_made);
        if (result != BKTI_ENCODING_DONE) {
            encoding->rest_size--; /* the byte is still there */
            return result;
        }
        memmove(encoding->rest, rest, rest_size);
        encoding->rest_size = rest_size;
        (*data)++;
        (*size)--;
    }
    return BKTI_ENCODING_DONE;
}

bkti_encoding_result bkti_encoding_convert(bkti_encoding *encoding, const unsigned char **data,
                                           size_t *size, char *room, size_t capacity,
                                           size_t *out_made) {
    *out_made = 0;
    bkti_encoding_result result = convert_rest(encoding, data, size, room, capacity, out_made);
    if (result != BKTI_ENCODING_DONE || *size == 0) {
        return result;
    }
    result = convert_whole(encoding, data, size, room, capacity, out_made);
    if (result == BKTI_ENCODING_DONE && *size > 0) {
        if (*size > sizeof encoding->rest) {
            return BKTI_ENCODING_BAD;
        }
        memcpy(encoding->rest, *data, *size);
        encoding->rest_size = *size;
        *data += *size;
        *size = 0;
    }
    return result;
}

void bkti_encoding_finish(bkti_encoding *encoding, char *room, size_t capacity, size_t *out_made) {
    char *out = room;
    size_t left = capacity;
    if (encoding->is_open) {
        iconv(encoding->converter, NULL, NULL, &out, &left);
    }
    *out_made = capacity - left;
}

/* Bytes of ASCII without a zero at the begin of the text, a multiple of 32: nearly all there are.
 */
static size_t ascii_size(const unsigned char *text, size_t size) {
    static const uint64_t high = UINT64_C(0x8080808080808080);
    static const uint64_t ones = UINT64_C(0x0101010101010101);
    size_t at = 0;
    for (; size - at >= 32; at += 32) {
        uint64_t words[4];
        memcpy(words, text + at, sizeof words);
        /* Without high bits, taking one away sets the high bit of a zero (and perhaps of a byte
         * next to one) alone. */
        uint64_t found = words[0] | words[1] | words[2] | words[3] | (words[0] - ones) |
                         (words[1] - ones) | (words[2] - ones) | (words[3] - ones);
        if ((found & high) != 0) {
            break;
        }
    }
    return at;
}

/* Joins the rest of a cut character with the text. Bytes of the text that belong to it; SIZE_MAX:
 * they don't make one. */
static size_t check_rest(bkti_utf_8 *check, const unsigned char *text, size_t size) {
    unsigned char joined[4];
    size_t part = sizeof joined - check->rest_size;
    part = part < size ? part : size;
    memcpy(joined, check->rest, check->rest_size);
    memcpy(joined + check->rest_size, text, part);
    size_t whole = bkti_character_size(joined, check->rest_size + part);
    if (whole == 0) {
        return SIZE_MAX;
    }
    if (whole > check->rest_size + part) {
        check->rest_size += part;
        memcpy(check->rest, joined, check->rest_size);
        return part;
    }
    size_t taken = whole - check->rest_size;
    check->rest_size = 0;
    return taken;
}

size_t bkti_utf_8_check(bkti_utf_8 *check, const unsigned char *text, size_t size) {
    size_t at = 0;
    if (check->rest_size > 0 && size > 0) {
        at = check_rest(check, text, size);
        if (at == SIZE_MAX) {
            return 0;
        }
    }
    while (at < size) {
        at += ascii_size(text + at, size - at);
        /* Up to the next step of 32, character by character. */
        for (size_t stop = at + 32; at < size && at < stop;) {
            size_t whole = text[at] == 0 ? 0 : bkti_character_size(text + at, size - at);
            if (whole == 0) {
                return at;
            }
            if (whole > size - at) {
                check->rest_size = size - at;
                memcpy(check->rest, text + at, check->rest_size);
                return size;
            }
            at += whole;
        }
    }
    return size;
}
