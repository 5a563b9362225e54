/* SPDX-License-Identifier: MIT */
/* Builds gzip and zip files in memory, well-formed or wrong in a chosen way, for tests. */
#ifndef ARCHIVE_BUILDER_H
#define ARCHIVE_BUILDER_H

#include <check.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

typedef struct bytes {
    unsigned char *data;
    size_t size;
    size_t capacity;
} bytes;

static inline void bytes_add(bytes *to, const void *data, size_t size) {
    if (to->size + size > to->capacity) {
        to->capacity = (to->size + size) * 2;
        to->data = realloc(to->data, to->capacity);
        ck_assert_ptr_nonnull(to->data);
    }
    if (size > 0) {
        memcpy(to->data + to->size, data, size);
    }
    to->size += size;
}

static inline void bytes_add_text(bytes *to, const char *text) {
    bytes_add(to, text, strlen(text));
}

static inline void bytes_add_number(bytes *to, uint64_t number, unsigned width) {
    for (unsigned i = 0; i < width; i++) {
        unsigned char byte = (unsigned char)(number >> (8 * i));
        bytes_add(to, &byte, 1);
    }
}

static inline void bytes_free(bytes *of) {
    free(of->data);
    memset(of, 0, sizeof *of);
}

/* Text that compresses like data messages do, and never repeats exactly. */
static inline void bytes_add_rows(bytes *to, unsigned count) {
    unsigned random = 12345;
    for (unsigned i = 0; i < count; i++) {
        char row[80];
        random = random * 1103515245U + 12345U;
        int size = snprintf(row, sizeof row, "<Obs TIME_PERIOD=\"%u\" OBS_VALUE=\"%u.%u\"/>\n",
                            1900 + i % 200, random >> 16, i % 10);
        bytes_add(to, row, (size_t)size);
    }
}

static inline void add_deflated(bytes *to, const void *data, size_t size, int window_bits) {
    z_stream stream;
    memset(&stream, 0, sizeof stream);
    ck_assert_int_eq(deflateInit2(&stream, 9, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY),
                     Z_OK);
    size_t room = deflateBound(&stream, (uLong)size) + 64;
    unsigned char *packed = malloc(room);
    ck_assert_ptr_nonnull(packed);
    unsigned char none = 0;
    stream.next_in = size == 0 ? &none : (Bytef *)(uintptr_t)data;
    stream.avail_in = (uInt)size;
    stream.next_out = packed;
    stream.avail_out = (uInt)room;
    ck_assert_int_eq(deflate(&stream, Z_FINISH), Z_STREAM_END);
    bytes_add(to, packed, room - stream.avail_out);
    deflateEnd(&stream);
    free(packed);
}

static inline void add_gzip(bytes *to, const void *data, size_t size) {
    add_deflated(to, data, size, 16 + MAX_WBITS);
}

/* How a member of a zip is written. */
typedef struct member_form {
    bool stored;
    bool descriptor;
    bool without_signature; /* of the descriptor */
    bool wide;              /* zip64 */
    bool sizes_in_header;   /* in spite of the descriptor */
    bool encrypted;
    bool without_descriptor; /* though its flag is set */
    bool wide_unsaid;        /* 64 bits in the descriptor without a zip64 field */
    uint16_t method;         /* if not 0 */
    uint32_t wrong_crc;      /* added to the right one */
    uint32_t wrong_size;     /* likewise */
} member_form;

static inline void add_member(bytes *to, const char *name, const void *data, size_t size,
                              member_form form) {
    bytes packed = {0};
    if (form.stored) {
        bytes_add(&packed, data, size);
    } else {
        add_deflated(&packed, data, size, -MAX_WBITS);
    }
    uint32_t crc = (uint32_t)crc32(0, data, (uInt)size) + form.wrong_crc;
    bool here = !form.descriptor || form.sizes_in_header;
    uint64_t size_said = size + form.wrong_size;
    bytes_add_number(to, 0x04034b50, 4);
    bytes_add_number(to, form.wide ? 45 : 20, 2);
    bytes_add_number(to, (form.descriptor ? 8U : 0U) | (form.encrypted ? 1U : 0U), 2);
    bytes_add_number(to, form.method != 0 ? form.method : form.stored ? 0 : 8, 2);
    bytes_add_number(to, 0x58210000, 4); /* time and date */
    bytes_add_number(to, here ? crc : 0, 4);
    bytes_add_number(to, form.wide ? 0xffffffff : here ? packed.size : 0, 4);
    bytes_add_number(to, form.wide ? 0xffffffff : here ? size_said : 0, 4);
    bytes_add_number(to, strlen(name), 2);
    bytes_add_number(to, form.wide ? 20 + 9 : 0, 2);
    bytes_add_text(to, name);
    if (form.wide) {
        bytes_add_number(to, 0x5455, 2); /* another field before: a time stamp */
        bytes_add_number(to, 5, 2);
        bytes_add(to, "\1\2\3\4\5", 5);
        bytes_add_number(to, 1, 2);
        bytes_add_number(to, 16, 2);
        bytes_add_number(to, here ? size_said : 0, 8);
        bytes_add_number(to, here ? packed.size : 0, 8);
    }
    bytes_add(to, packed.data, packed.size);
    if (form.descriptor && !form.without_descriptor) {
        unsigned width = form.wide || form.wide_unsaid ? 8 : 4;
        if (!form.without_signature) {
            bytes_add_number(to, 0x08074b50, 4);
        }
        bytes_add_number(to, crc, 4);
        bytes_add_number(to, packed.size, width);
        bytes_add_number(to, size_said, width);
    }
    bytes_free(&packed);
}

/* A directory of one entry and its end: as much as readers from the front look at. */
static inline void add_directory(bytes *to, unsigned entries) {
    for (unsigned i = 0; i < entries; i++) {
        bytes_add_number(to, 0x02014b50, 4);
        for (int zeros = 0; zeros < 42; zeros++) {
            bytes_add_number(to, 0, 1);
        }
    }
    bytes_add_number(to, 0x06054b50, 4);
    bytes_add_number(to, 0, 4);
    bytes_add_number(to, entries, 2);
    bytes_add_number(to, entries, 2);
    bytes_add_number(to, 46 * entries, 4);
    bytes_add_number(to, 0, 4);
    bytes_add_number(to, 0, 2);
}

#endif
