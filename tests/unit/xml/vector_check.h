/* SPDX-License-Identifier: MIT */
/* What looks at many bytes at once, against a reference that looks at one. Needs no Check, so that
 * it runs wherever a C library is (vector_main.c); gives the number of failures and says the first
 * few on stderr. */
#ifndef VECTOR_CHECK_H
#define VECTOR_CHECK_H

#include <stdint.h>

#include "bkti_vector.h"
#include "guarded_room.h"

#define VECTOR_ALIGNMENTS ((size_t)64)
#define VECTOR_BEHIND     ((size_t)70) /* more than any version looks at together */
#define VECTOR_TEXT       ((size_t)4096)

/* What stands around a sequence of bytes that is looked at: good text. */
typedef struct vector_context {
    char before[VECTOR_ALIGNMENTS][VECTOR_ALIGNMENTS]; /* by size */
    size_t lines[VECTOR_ALIGNMENTS];
    char behind[VECTOR_BEHIND];
} vector_context;

typedef struct vector_room {
    guarded_room pages;
    size_t failures;
    vector_context contexts[2]; /* of ASCII; of all sizes of characters */
} vector_room;

/* Characters of two, three and four bytes, with as much ASCII as the size needs; or ASCII alone. */
static void vector_fill(char *text, size_t size, bool is_wide) {
    static const char *const wide[] = {"", "\n", "\xd0\x96", "\xe2\x82\xac", "\xf0\x9f\x98\x80"};
    for (size_t at = 0, turn = 2; at < size; turn = turn == 4 ? 2 : turn + 1) {
        size_t part = is_wide && turn <= size - at ? turn : 1;
        memcpy(text + at, is_wide || at % 9 == 4 ? wide[part] : "a", part);
        at += part;
    }
}

static size_t reference_count(const char *text, size_t size, char byte) {
    size_t count = 0;
    for (size_t i = 0; i < size; i++) {
        count += text[i] == byte;
    }
    return count;
}

static void vector_context_init(vector_context *context, bool is_wide) {
    for (size_t size = 0; size < VECTOR_ALIGNMENTS; size++) {
        vector_fill(context->before[size], size, is_wide);
        context->lines[size] = reference_count(context->before[size], size, '\n');
    }
    vector_fill(context->behind, VECTOR_BEHIND, is_wide);
}

static void vector_room_init(vector_room *room) {
    room->pages = guarded_room_new(VECTOR_TEXT);
    room->failures = 0;
    vector_context_init(&room->contexts[0], false);
    vector_context_init(&room->contexts[1], true);
}

static void vector_room_free(vector_room *room) {
    guarded_room_free(&room->pages);
}

/* Puts a text behind the page before, or before the page behind. */
static const char *vector_room_put(vector_room *room, const char *text, size_t size, bool at_end) {
    char *place = room->pages.begin + (at_end ? room->pages.size - size : 0);
    memcpy(place, text, size);
    return place;
}

static void vector_say(vector_room *room, const bkti_vector *vector, const char *what,
                       const char *text, size_t size, size_t found, size_t expected) {
    if (room->failures++ > 5) {
        return;
    }
    fprintf(stderr, "%s: %s is %zu, not %zu, for %zu bytes:", vector->name, what, found, expected,
            size);
    for (size_t i = 0; i < size; i++) {
        fprintf(stderr, " %02x", (unsigned char)text[i]);
    }
    fprintf(stderr, "\n");
}

/* The reference: by code points, where what is tested goes by ranges of bytes. */

static size_t reference_character(const unsigned char *text, size_t size) {
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t whole = text[0] < 0x80             ? 1
                   : (text[0] & 0xe0) == 0xc0 ? 2
                   : (text[0] & 0xf0) == 0xe0 ? 3
                   : (text[0] & 0xf8) == 0xf0 ? 4
                                              : 0;
    if (whole == 0 || whole > size) {
        return 0;
    }
    uint32_t point = whole == 1 ? text[0] : text[0] & (0x7fU >> whole);
    for (size_t i = 1; i < whole; i++) {
        if ((text[i] & 0xc0) != 0x80) {
            return 0;
        }
        point = point << 6 | (text[i] & 0x3f);
    }
    /* Production 2 of XML. */
    bool is_allowed = point == 9 || point == 10 || point == 13 ||
                      (point >= 0x20 && point <= 0xd7ff) || (point >= 0xe000 && point <= 0xfffd) ||
                      (point >= 0x10000 && point <= 0x10ffff);
    return is_allowed && point >= least[whole] ? whole : 0;
}

static size_t reference_check(const char *text, size_t size, size_t *out_lines) {
    size_t at = 0;
    while (at < size) {
        size_t whole = reference_character((const unsigned char *)text + at, size - at);
        if (whole == 0) {
            break;
        }
        at += whole;
    }
    *out_lines = reference_count(text, at, '\n');
    return at;
}

static size_t reference_find(const char *text, size_t size) {
    size_t at = 0;
    while (at < size && text[at] != '<') {
        at++;
    }
    return at;
}

static size_t reference_tag(const char *text, const bkti_vector_tags *tags) {
    size_t which = 0;
    while (which < tags->count &&
           (memcmp(text, tags->items[which].text, tags->items[which].size) != 0 ||
            memchr(" \t\n\r/>", text[tags->items[which].size], 6) == NULL)) {
        which++;
    }
    return which;
}

/* Tags are passed that have a whole name, and 32 bytes. */
static size_t reference_pass(const char *text, size_t size, const bkti_vector_tags *tags,
                             uint64_t *out_count) {
    size_t at = reference_find(text, size);
    size_t which;
    *out_count = 0;
    while (size - at >= 32 && (which = reference_tag(text + at, tags)) < tags->count) {
        *out_count += which == 0;
        at++;
        at += reference_find(text + at, size - at);
    }
    return at;
}

static void compare_check(vector_room *room, const bkti_vector *vector, const char *text,
                          size_t size, size_t expected, size_t expected_lines) {
    size_t lines = SIZE_MAX;
    size_t found = vector->check(text, size, &lines);
    if (found != expected) {
        vector_say(room, vector, "check", text, size, found, expected);
    } else if (lines != expected_lines) {
        vector_say(room, vector, "check's lines", text, size, lines, expected_lines);
    }
}

static void compare_passing(vector_room *room, const bkti_vector *vector, const char *text,
                            size_t size, const bkti_vector_tags *tags) {
    uint64_t expected_count;
    uint64_t count = 0;
    size_t expected = reference_pass(text, size, tags, &expected_count);
    size_t found = vector->pass_tags(text, size, tags, &count);
    if (found != expected) {
        vector_say(room, vector, "pass_tags", text, size, found, expected);
    } else if (count != expected_count) {
        vector_say(room, vector, "pass_tags' count", text, size, (size_t)count,
                   (size_t)expected_count);
    }
}

static void compare_search(vector_room *room, const bkti_vector *vector, const char *text,
                           size_t size) {
    size_t expected = reference_find(text, size);
    size_t found = vector->find_markup(text, size);
    if (found != expected) {
        vector_say(room, vector, "find_markup", text, size, found, expected);
    }
    static const bkti_vector_tags one = {{{"<ab", 3, 7}}, 1};
    static const bkti_vector_tags none = {{{"", 0, 0}}, 1};
    static const bkti_vector_tags some = {{{"<ab", 3, 7},
                                           {"</ab", 4, 15},
                                           {"", 0, 0},
                                           {"<abcdefghijklmnopqrstuvwxyzabcd", 31, 0x7fffffff}},
                                          4};
    compare_passing(room, vector, text, size, &one);
    compare_passing(room, vector, text, size, &none);
    compare_passing(room, vector, text, size, &some);
    expected = reference_count(text, size, '\n');
    found = vector->count_lines(text, size);
    if (found != expected) {
        vector_say(room, vector, "count_lines", text, size, found, expected);
    }
}

/* All that a version does, with a text at both ends of the room. */
static void compare(vector_room *room, const bkti_vector *vector, const char *text, size_t size) {
    size_t lines;
    size_t expected = reference_check(text, size, &lines);
    for (int at_end = 0; at_end < 2; at_end++) {
        const char *place = vector_room_put(room, text, size, at_end);
        compare_check(room, vector, place, size, expected, lines);
        compare_search(room, vector, place, size);
    }
}

/* A sequence at every alignment. What stands before it is good, so that the reference is asked but
 * once. */
static void compare_sequence(vector_room *room, const bkti_vector *vector, const char *sequence,
                             size_t size, size_t step) {
    for (size_t i = 0; i < 2; i++) {
        const vector_context *context = &room->contexts[i];
        char *middle = room->pages.begin + room->pages.size - VECTOR_BEHIND - size;
        memcpy(middle, sequence, size);
        memcpy(middle + size, context->behind, VECTOR_BEHIND);
        size_t rest = size + VECTOR_BEHIND;
        size_t lines;
        size_t expected = reference_check(middle, rest, &lines);
        for (size_t before = 0; before < VECTOR_ALIGNMENTS; before += step) {
            char *text = middle - before;
            memcpy(text, context->before[before], before);
            compare_check(room, vector, text, before + rest, before + expected,
                          context->lines[before] + lines);
        }
    }
}

/* step: of the alignments; 1 for all. */
static size_t check_short_sequences(const bkti_vector *vector, size_t step) {
    vector_room room;
    vector_room_init(&room);
    for (unsigned one = 0; one < 256; one++) {
        char sequence[2] = {(char)one, 0};
        compare_sequence(&room, vector, sequence, 1, 1);
        for (unsigned two = 0; two < 256; two++) {
            sequence[1] = (char)two;
            compare_sequence(&room, vector, sequence, 2, step);
        }
    }
    vector_room_free(&room);
    return room.failures;
}

static size_t check_long_sequences(const bkti_vector *vector, size_t step) {
    static const unsigned char leads[] = {0x0a, 0x7f, 0x80, 0xbf, 0xc1, 0xc2, 0xdf,
                                          0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0,
                                          0xf1, 0xf3, 0xf4, 0xf5, 0xff};
    static const unsigned char others[] = {0x00, 0x0a, 0x7f, 0x80, 0x8f, 0x90, 0x9f,
                                           0xa0, 0xbd, 0xbe, 0xbf, 0xc2, 0xf0};
    const size_t count = sizeof others;
    vector_room room;
    vector_room_init(&room);
    for (size_t i = 0; i < sizeof leads * count * count; i++) {
        char sequence[4] = {(char)leads[i / count / count], (char)others[i / count % count],
                            (char)others[i % count], 0};
        compare_sequence(&room, vector, sequence, 3, step);
        for (size_t j = 0; j < count; j++) {
            sequence[3] = (char)others[j];
            compare_sequence(&room, vector, sequence, 4, step);
        }
    }
    vector_room_free(&room);
    return room.failures;
}

static uint32_t next_random(uint64_t *state) {
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*state >> 33);
}

static size_t put_random(char *text, uint64_t *state, unsigned badness) {
    static const char *const parts[] = {"a",
                                        "<",
                                        "\n",
                                        "\t\r",
                                        "text>",
                                        "\xd0\x96",
                                        "\xce\xb1",
                                        "\xef\xbf\xbd",
                                        "\xe2\x82\xac",
                                        "\xed\x9f\xbf",
                                        "\xf0\x9f\x98\x80",
                                        "\xf4\x8f\xbf\xbf",
                                        "\xef\xbf\xbe",
                                        "\xed\xa0\x80",
                                        "\xc3",
                                        "\x01"};
    uint32_t random = next_random(state);
    if (random % 1000 < badness) {
        text[0] = (char)(random >> 12);
        return 1;
    }
    const size_t good = 12;
    const char *part = parts[(random >> 10) % (random % 1000 < 2 * badness ? 16 : good)];
    size_t size = strlen(part);
    memcpy(text, part, size);
    return size;
}

/* Mixtures of every length up to 200 bytes, cut anywhere. */
static size_t check_mixtures(const bkti_vector *vector, size_t rounds) {
    uint64_t state = 20211;
    vector_room room;
    vector_room_init(&room);
    for (size_t size = 0; size <= 200; size++) {
        for (size_t round = 0; round < rounds; round++) {
            char text[220];
            size_t made = 0;
            while (made < size) {
                bool is_ascii = round % 3 == 0 && made % 190 > 4;
                text[made] = 'x';
                made += is_ascii ? 1 : put_random(text + made, &state, round % 4 == 0 ? 0 : 6);
            }
            compare(&room, vector, text, size);
        }
    }
    vector_room_free(&room);
    return room.failures;
}

/* A '<' and a line feed at every place of every length, among bytes that are nearly the same. */
static size_t check_places(const bkti_vector *vector) {
    static const char near[] = "=;\x3e\xbc\x8a\x0b\x09\x1a";
    vector_room room;
    vector_room_init(&room);
    for (size_t size = 0; size <= 200; size++) {
        for (size_t place = 0; place <= size; place++) {
            char text[200];
            for (size_t i = 0; i < size; i++) {
                text[i] = near[i % (sizeof near - 1)];
            }
            for (size_t i = place; i < size; i += 67) {
                text[i] = i == place ? '<' : '\n';
            }
            const char *found = vector_room_put(&room, text, size, place % 2 == 0);
            compare_search(&room, vector, found, size);
        }
    }
    vector_room_free(&room);
    return room.failures;
}

/* Many tags, mostly the same one, of every length up to 300 bytes, cut anywhere. */
static size_t check_tags(const bkti_vector *vector, size_t rounds) {
    static const char *const parts[] = {"<ab ",
                                        "<ab>",
                                        "<abcdefghijklmnopqrstuvwxyzabcd ",
                                        "<ab/",
                                        "<ab\n",
                                        "<ab\t",
                                        "<ab\r",
                                        "<abcdefghijklmnopqrstuvwxyzabcd>",
                                        "<abc",
                                        "<abcdefghijklmnopqrstuvwxyzabcde",
                                        "<ab:",
                                        "<a",
                                        "</ab>",
                                        "<",
                                        "x='<ab '"};
    uint64_t state = 20212;
    vector_room room;
    vector_room_init(&room);
    for (size_t size = 0; size <= 300; size++) {
        for (size_t round = 0; round < rounds; round++) {
            char text[340];
            size_t made = 0;
            while (made < size) {
                uint32_t random = next_random(&state);
                const char *part = random % 8 != 0 ? "y" : parts[(random >> 10) % (round % 15 + 1)];
                memcpy(text + made, part, strlen(part));
                made += strlen(part);
            }
            for (int at_end = 0; at_end < 2; at_end++) {
                compare_search(&room, vector, vector_room_put(&room, text, size, at_end), size);
            }
        }
    }
    vector_room_free(&room);
    return room.failures;
}

/* Every code point, those that are no characters too; and more line feeds than fit a byte. */
static size_t check_long_texts(const bkti_vector *vector) {
    vector_room room;
    vector_room_init(&room);
    static char text[4 * 0x110000];
    size_t size = 0;
    for (uint32_t point = 0x20; point < 0x110000; point++) {
        unsigned more = point < 0x80 ? 0 : point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
        char *at = text + size;
        for (unsigned i = more; i > 0; i--) {
            at[i] = (char)(0x80 | (point >> 6 * (more - i) & 0x3f));
        }
        at[0] = (char)(more == 0 ? point : (0xf00U >> more & 0xff) | point >> 6 * more);
        size_t lines;
        size_t whole = reference_character((const unsigned char *)at, more + 1);
        compare_check(&room, vector, at, more + 1, whole, 0);
        size += whole;
        if (point % 0x1000 == 0 && vector->check(text, size, &lines) != size) {
            vector_say(&room, vector, "all characters", text, 0, lines, size);
        }
    }
    memset(text, '\n', sizeof text);
    compare_check(&room, vector, text, sizeof text - 1, sizeof text - 1, sizeof text - 1);
    compare_search(&room, vector, text, sizeof text - 1);
    vector_room_free(&room);
    return room.failures;
}

#endif
