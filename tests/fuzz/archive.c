/* SPDX-License-Identifier: MIT */
/* Containers: the bytes are a gzip or zip file as they are; or they are put into one, which is then
 * read as the document itself is, or damaged. */
#include <string.h>

#include <zlib.h>

#include "ways.h"

typedef struct packed {
    uint8_t *data;
    size_t size;
    size_t capacity;
} packed;

static void add(packed *to, const void *data, size_t size) {
    if (to->size + size > to->capacity) {
        to->capacity = (to->size + size) * 2;
        uint8_t *grown = realloc(to->data, to->capacity);
        FUZZ_CHECK(grown != NULL, "no memory for a container");
        to->data = grown;
    }
    if (size > 0) {
        memcpy(to->data + to->size, data, size);
    }
    to->size += size;
}

static void add_number(packed *to, uint64_t number, unsigned width) {
    for (unsigned i = 0; i < width; i++) {
        uint8_t byte = (uint8_t)(i < 8 ? number >> (8 * i) : 0);
        add(to, &byte, 1);
    }
}

static void add_deflated(packed *to, fuzz_bytes document, int window_bits, int level) {
    static const uint8_t nothing[1] = {0};
    z_stream stream;
    memset(&stream, 0, sizeof stream);
    int code = deflateInit2(&stream, level, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY);
    FUZZ_CHECK(code == Z_OK, "no deflater");
    size_t room = deflateBound(&stream, (uLong)document.size) + 64;
    uint8_t *out = malloc(room);
    FUZZ_CHECK(out != NULL, "no memory to deflate");
    stream.next_in = (Bytef *)(uintptr_t)(document.size == 0 ? nothing : document.data);
    stream.avail_in = (uInt)document.size;
    stream.next_out = out;
    stream.avail_out = (uInt)room;
    FUZZ_CHECK(deflate(&stream, Z_FINISH) == Z_STREAM_END, "not deflated");
    add(to, out, room - stream.avail_out);
    deflateEnd(&stream);
    free(out);
}

/* Two members of gzip, the second with what is left of the document. */
static void add_gzip(packed *to, fuzz_bytes document, uint8_t form) {
    size_t first = form & 4 ? document.size * form / 256 : document.size;
    add_deflated(to, (fuzz_bytes){document.data, first}, 16 + MAX_WBITS, form % 4 * 3);
    if (first < document.size) {
        add_deflated(to, (fuzz_bytes){document.data + first, document.size - first}, 16 + MAX_WBITS,
                     6);
    }
    if (form & 8) {
        add_number(to, 0, 7);
    }
}

/* form: bit 0 stored, 1 sizes in a descriptor, 2 the descriptor has a signature, 3 zip64. */
static void add_member(packed *to, const char *name, fuzz_bytes document, uint8_t form) {
    packed data = {0};
    bool stored = (form & 1) != 0;
    bool later = (form & 2) != 0 && !stored;
    bool wide = (form & 8) != 0;
    if (stored) {
        add(&data, document.data, document.size);
    } else {
        add_deflated(&data, document, -MAX_WBITS, 6);
    }
    uint32_t crc = (uint32_t)crc32(0, document.data, (uInt)document.size);
    add_number(to, 0x04034b50, 4);
    add_number(to, wide ? 45 : 20, 2);
    add_number(to, later ? 8 : 0, 2);
    add_number(to, stored ? 0 : 8, 2);
    add_number(to, 0x58210000, 4);
    add_number(to, later ? 0 : crc, 4);
    add_number(to, wide ? 0xffffffff : later ? 0 : data.size, 4);
    add_number(to, wide ? 0xffffffff : later ? 0 : document.size, 4);
    add_number(to, strlen(name), 2);
    add_number(to, wide ? 20 : 0, 2);
    add(to, name, strlen(name));
    if (wide) {
        add_number(to, 1, 2);
        add_number(to, 16, 2);
        add_number(to, later ? 0 : document.size, 8);
        add_number(to, later ? 0 : data.size, 8);
    }
    add(to, data.data, data.size);
    if (later) {
        add_number(to, 0x08074b50, form & 4 ? 4 : 0);
        add_number(to, crc, 4);
        add_number(to, data.size, wide ? 8 : 4);
        add_number(to, document.size, wide ? 8 : 4);
    }
    free(data.data);
}

/* The document in a zip, perhaps between members that are none. */
static void add_zip(packed *to, fuzz_bytes document, uint8_t form) {
    static const uint8_t notes[] = "no message";
    if (form & 16) {
        add_member(to, "notes/", (fuzz_bytes){notes, 0}, 1);
        add_member(to, "notes/empty", (fuzz_bytes){notes, 0}, form & 8);
    }
    add_member(to, "data.xml", document, form);
    if (form & 32) {
        add_member(to, "notes/last.txt", (fuzz_bytes){notes, sizeof notes - 1}, form & 3);
    }
    add_number(to, 0x06054b50, 4);
    add_number(to, 0, 18);
}

/* What is in a container that is whole is read as without it. */
static void compare_packed(const ways_plan *plan, fuzz_bytes document, const packed *container) {
    ways_plan own = *plan;
    own.member = NULL;
    ways_outcome plain = ways_read_whole(&own, document.data, document.size);
    own.member = container->data[0] == 'P' ? "data.xml" : NULL;
    ways_outcome unpacked = ways_read_whole(&own, container->data, container->size);
    /* An empty member is none; and a document may be a container of its own. */
    bool same_document = document.size > 0 && document.data[0] != 0x1f && document.data[0] != 'P';
    if (same_document && plain.status != BKT_ERR_LIMIT && unpacked.status != BKT_ERR_LIMIT) {
        FUZZ_CHECK(plain.status == unpacked.status, "plain: %d (%s); packed: %d (%s)",
                   (int)plain.status, plain.sentence, (int)unpacked.status, unpacked.sentence);
    }
    if (same_document && plain.table != NULL && unpacked.table != NULL) {
        fuzz_text texts[2] = {{0}, {0}};
        sound_describe_columns(plain.table, &texts[0]);
        sound_describe_rows(plain.table, &texts[0]);
        sound_describe_columns(unpacked.table, &texts[1]);
        sound_describe_rows(unpacked.table, &texts[1]);
        fuzz_text_compare(&texts[0], &texts[1], "a document plain and packed");
        fuzz_text_free(&texts[0]);
        fuzz_text_free(&texts[1]);
    }
    ways_outcome_free(&plain);
    ways_outcome_free(&unpacked);
}

static void damage(packed *container, uint8_t kind, uint8_t where, uint8_t what) {
    size_t at = container->size * where / 256;
    switch (kind % 4) {
    case 0: /* cut off */
        container->size = at;
        break;
    case 1: /* near the beginning */
        container->data[where % container->size] ^= what;
        break;
    case 2:
        container->data[at] ^= what;
        break;
    default: /* near the end, where checksums and sizes are */
        container->data[container->size - 1 - where % container->size] = what;
        break;
    }
}

void fuzz_archive(const uint8_t *data, size_t size) {
    fuzz_bytes bytes = {data, size};
    bool wraps = size >= WAYS_HEADER + 4 && data[0] < WAYS_MARK;
    ways_plan plan = ways_take_plan(&bytes);
    packed container = {0};
    if (wraps) {
        uint8_t form = fuzz_byte(&bytes);
        uint8_t kind = fuzz_byte(&bytes);
        uint8_t where = fuzz_byte(&bytes);
        uint8_t what = fuzz_byte(&bytes);
        if (form & 64) {
            add_gzip(&container, bytes, form);
        } else {
            add_zip(&container, bytes, form);
        }
        if (kind >= 128) {
            damage(&container, kind, where, what);
        } else if (plan.memory_limit == 0 && plan.fail_at == 0) {
            compare_packed(&plan, bytes, &container);
        }
        bytes = (fuzz_bytes){container.data, container.size};
    }
    if (plan.memory_limit != 0 || plan.fail_at != 0) {
        ways_starve(&plan, bytes.data, bytes.size);
    } else {
        ways_compare(&plan, bytes.data, bytes.size);
    }
    free(container.data);
}
