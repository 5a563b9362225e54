/* SPDX-License-Identifier: MIT */
/* What a wrong code was most likely meant to be. */
#include <string.h>

#include "bkti_findings.h"

#define LONGEST    64 /* bytes of a code that is compared by edits */
#define MOST_EDITS 2

/* Edits (insert, delete, replace, swap neighbours) from one text to the other; `most` + 1 if there
 * are more. Optimal string alignment: Boytsov, Indexing methods for approximate dictionary
 * searching, 2011, section 2.2. */
static size_t edits(bkti_span a, bkti_span b, size_t most) {
    size_t rows[3][LONGEST + 1];
    if (a.size > LONGEST || b.size > LONGEST || a.size > b.size + most || b.size > a.size + most) {
        return most + 1;
    }
    for (size_t j = 0; j <= b.size; j++) {
        rows[0][j] = j;
    }
    for (size_t i = 1; i <= a.size; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i - 1) % 3];
        const size_t *before = rows[(i + 1) % 3];
        size_t least = row[0] = i;
        for (size_t j = 1; j <= b.size; j++) {
            size_t cost = above[j - 1] + (a.data[i - 1] == b.data[j - 1] ? 0U : 1U);
            cost = above[j] + 1 < cost ? above[j] + 1 : cost;
            cost = row[j - 1] + 1 < cost ? row[j - 1] + 1 : cost;
            bool swapped =
                i > 1 && j > 1 && a.data[i - 1] == b.data[j - 2] && a.data[i - 2] == b.data[j - 1];
            cost = swapped && before[j - 2] + 1 < cost ? before[j - 2] + 1 : cost;
            row[j] = cost;
            least = cost < least ? cost : least;
        }
        if (least > most) {
            return most + 1;
        }
    }
    size_t all = rows[a.size % 3][b.size];
    return all > most ? most + 1 : all;
}

int32_t bkti_nearest_code(const bkti_dictionary *codes, bkti_span text, int64_t *budget) {
    int32_t count = bkti_dictionary_count(codes);
    if (count > *budget) {
        return -1;
    }
    *budget -= count;
    bkti_span trimmed = bkti_span_trim(text);
    /* Of a short code one edit makes any other. */
    size_t most = trimmed.size <= 2 ? 0 : trimmed.size <= 4 ? 1 : MOST_EDITS;
    int32_t nearest = -1;
    for (int32_t code = 0; code < count; code++) {
        bkti_span other = bkti_dictionary_span(codes, code);
        if (bkti_span_equal_caseless(trimmed, other)) {
            return code;
        }
        size_t distance = most == 0 ? 1 : edits(trimmed, other, most);
        if (distance <= most) {
            nearest = code;
            most = distance == 0 ? 0 : distance - 1; /* the first of the nearest */
        }
    }
    return nearest;
}
