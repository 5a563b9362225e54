/* SPDX-License-Identifier: MIT */
/* Messages: the bytes are a document, read in every way there is. */
#include <inttypes.h>
#include <string.h>

#include "ways.h"

/* libxml2 gets its text in pieces of this size. */
#define PIECE ((size_t)32768)

static bool is_name_start(uint8_t byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_';
}

static size_t skip_spaces(fuzz_bytes text, size_t at) {
    while (at < text.size && memchr(" \t\r\n", text.data[at], 4) != NULL) {
        at++;
    }
    return at;
}

/* The place of the root element, if there is nothing but a declaration before it that leaves the
 * encoding at UTF-8; the size if not. */
static size_t find_root(fuzz_bytes text) {
    static const char begin[] = "<?xml version=\"1.0\"";
    static const char encoding[] = " encoding=\"UTF-8\"";
    size_t at = 0;
    if (text.size > sizeof begin && memcmp(text.data, begin, sizeof begin - 1) == 0) {
        at = sizeof begin - 1;
        bool said = text.size - at > sizeof encoding &&
                    memcmp(text.data + at, encoding, sizeof encoding - 1) == 0;
        at += said ? sizeof encoding - 1 : 0;
        if (text.size - at < 2 || memcmp(text.data + at, "?>", 2) != 0) {
            return text.size;
        }
        at += 2;
    }
    at = skip_spaces(text, at);
    bool found = at + 1 < text.size && text.data[at] == '<' && is_name_start(text.data[at + 1]);
    return found ? at : text.size;
}

/* White space before the root changes nothing but places: so the seam between two pieces can lie
 * anywhere in the message. */
static void compare_padded(const ways_plan *plan, fuzz_bytes text, uint8_t seam) {
    size_t root = find_root(text);
    size_t behind = root + (text.size - root) * seam / 256;
    if (root == text.size || behind >= PIECE) {
        return;
    }
    size_t padding = PIECE - behind;
    uint8_t *padded = malloc(text.size + padding);
    FUZZ_CHECK(padded != NULL, "no memory for padding");
    memcpy(padded, text.data, root);
    memset(padded + root, ' ', padding);
    memcpy(padded + root + padding, text.data + root, text.size - root);
    ways_outcome plain = ways_read_whole(plan, text.data, text.size);
    ways_outcome moved = ways_read_whole(plan, padded, text.size + padding);
    FUZZ_CHECK(plain.status == moved.status, "%d (%s); with white space before the root: %d (%s)",
               (int)plain.status, plain.sentence, (int)moved.status, moved.sentence);
    FUZZ_CHECK(plain.status == BKT_OK ||
                   (plain.line == moved.line && strcmp(plain.sentence, moved.sentence) == 0),
               "%" PRIu64 ": %s; with white space before the root: %" PRIu64 ": %s", plain.line,
               plain.sentence, moved.line, moved.sentence);
    if (plain.table != NULL) {
        sound_same_tables(plain.table, moved.table, "with and without white space before the root");
    }
    ways_outcome_free(&plain);
    ways_outcome_free(&moved);
    free(padded);
}

void fuzz_reading(const uint8_t *data, size_t size) {
    fuzz_bytes bytes = {data, size};
    uint8_t seam = size >= WAYS_HEADER && data[0] < WAYS_MARK ? data[5] : (uint8_t)size;
    ways_plan plan = ways_take_plan(&bytes);
    if (plan.memory_limit != 0 || plan.fail_at != 0) {
        ways_starve(&plan, bytes.data, bytes.size);
        return;
    }
    ways_compare(&plan, bytes.data, bytes.size);
    if (seam != 0 && !plan.low_limits) {
        compare_padded(&plan, bytes, seam);
    }
}
