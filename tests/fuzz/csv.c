/* SPDX-License-Identifier: MIT */
/* SDMX-CSV: the bytes are a document, read in every way there is; and the same fields written anew,
 * all in quotation marks or in UTF-16, give the same table. */
#include <string.h>

#include "ways.h"

typedef struct grown {
    uint8_t *data;
    size_t size;
    size_t capacity;
} grown;

static void add(grown *to, uint8_t byte) {
    if (to->size == to->capacity) {
        to->capacity = to->capacity * 2 + 1024;
        uint8_t *data = realloc(to->data, to->capacity);
        FUZZ_CHECK(data != NULL, "no memory for a copy");
        to->data = data;
    }
    to->data[to->size++] = byte;
}

static bool is_break(uint8_t byte) {
    return byte == '\n' || byte == '\r';
}

/* One character of UTF-8 that is known to be good. */
static uint32_t next_character(fuzz_bytes *text) {
    uint32_t lead = fuzz_byte(text);
    int more = lead < 0x80 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    uint32_t code = more == 0 ? lead : lead & (0x3fU >> more);
    for (; more > 0; more--) {
        code = code << 6 | (fuzz_byte(text) & 0x3fU);
    }
    return code;
}

static void add_unit(grown *to, uint32_t unit, bool big) {
    add(to, (uint8_t)(big ? unit >> 8 : unit));
    add(to, (uint8_t)(big ? unit : unit >> 8));
}

static grown widen(fuzz_bytes text, bool big) {
    grown to = {0};
    add_unit(&to, 0xfeff, big);
    while (text.size > 0) {
        uint32_t code = next_character(&text);
        if (code >= 0x10000) {
            add_unit(&to, 0xd800 + ((code - 0x10000) >> 10), big);
            code = 0xdc00 + ((code - 0x10000) & 0x3ff);
        }
        add_unit(&to, code, big);
    }
    return to;
}

/* The separator, behind the first column's name; 0: none is found by this simple look. */
static uint8_t find_separator(fuzz_bytes text) {
    size_t at = 0;
    while (at < text.size && text.data[at] >= 'A' && text.data[at] <= 'Z') {
        at++;
    }
    at += at + 2 < text.size && text.data[at] == '[' && text.data[at + 2] == ']' ? 3 : 0;
    bool found = at < text.size && text.data[at] != 0 && strchr(",;\t|", text.data[at]) != NULL;
    return found ? text.data[at] : 0;
}

/* All fields in quotation marks; lines end in CR LF. Of a document that reads well. */
static grown quote_all(fuzz_bytes text, uint8_t separator) {
    grown to = {0};
    size_t at = 0;
    while (at < text.size) {
        if (is_break(text.data[at])) {
            at++;
            continue;
        }
        bool is_row = true;
        while (is_row) {
            bool is_quoted = at < text.size && text.data[at] == '"';
            at += is_quoted;
            add(&to, '"');
            while (at < text.size) {
                bool is_double = is_quoted && text.data[at] == '"' && at + 1 < text.size &&
                                 text.data[at + 1] == '"';
                if (is_double) {
                    add(&to, '"');
                    at++;
                } else if (is_quoted ? text.data[at] == '"'
                                     : text.data[at] == separator || is_break(text.data[at])) {
                    break;
                }
                add(&to, text.data[at++]);
            }
            at += is_quoted;
            add(&to, '"');
            is_row = at < text.size && text.data[at] == separator;
            if (is_row) {
                add(&to, text.data[at++]);
            }
        }
        add(&to, '\r');
        add(&to, '\n');
    }
    return to;
}

static void compare(const ways_plan *plan, const ways_outcome *plain, const grown *other,
                    const char *what) {
    ways_outcome moved = ways_read_whole(plan, other->data, other->size);
    bool is_csv = plain->status != BKT_ERR_NOT_XML && plain->status != BKT_ERR_NOT_SDMX;
    if (is_csv && plain->status != BKT_ERR_LIMIT && moved.status != BKT_ERR_LIMIT) {
        FUZZ_CHECK(plain->status == moved.status, "%d (%s); %s: %d (%s)", (int)plain->status,
                   plain->sentence, what, (int)moved.status, moved.sentence);
        if (plain->table != NULL) {
            sound_same_tables(plain->table, moved.table, what);
        }
    }
    ways_outcome_free(&moved);
}

/* Whether the text is UTF-8 all through and begins like SDMX-CSV. */
static bool is_plain(fuzz_bytes text) {
    static const char *const begins[] = {"DATAFLOW", "STRUCTURE"};
    bool begun = false;
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++) {
        size_t size = strlen(begins[i]);
        begun = begun || (text.size > size && memcmp(text.data, begins[i], size) == 0);
    }
    /* Two bytes a character are enough to try. */
    for (size_t i = 0; begun && i < text.size; i++) {
        if (text.data[i] >= 0xc2 && text.data[i] < 0xe0 && i + 1 < text.size) {
            i++;
            begun = (text.data[i] & 0xc0) == 0x80;
        } else {
            begun = text.data[i] > 0 && text.data[i] < 0x80;
        }
    }
    return begun;
}

void fuzz_csv(const uint8_t *data, size_t size) {
    fuzz_bytes bytes = {data, size};
    ways_plan plan = ways_take_plan(&bytes);
    if (plan.memory_limit != 0 || plan.fail_at != 0) {
        ways_starve(&plan, bytes.data, bytes.size);
        return;
    }
    ways_compare(&plan, bytes.data, bytes.size);
    uint8_t separator = find_separator(bytes);
    if (!is_plain(bytes) || plan.low_limits) {
        return;
    }
    plan.flags &= ~(uint32_t)BKT_READ_PROVENANCE; /* lines are not the same */
    ways_outcome plain = ways_read_whole(&plan, bytes.data, bytes.size);
    grown wide = widen(bytes, (plan.chunk_seed & 1) != 0);
    compare(&plan, &plain, &wide, "in UTF-16");
    free(wide.data);
    if (plain.status == BKT_OK && separator != 0) {
        grown quoted = quote_all(bytes, separator);
        compare(&plan, &plain, &quoted, "all in quotation marks");
        free(quoted.data);
    }
    ways_outcome_free(&plain);
}
