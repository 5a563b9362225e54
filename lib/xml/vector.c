/* SPDX-License-Identifier: MIT */
#include "bkti_vector.h"

#include <stdbool.h>
#include <string.h>

#include "bkti_character.h"
#include "bkti_vector_parts.h"

#if defined(BKTI_VECTOR_X86)
#include <cpuid.h>

/* Not __builtin_cpu_supports(): that brings along a constructor and a global of libgcc's. */
static bool has_avx2(void) {
    unsigned a;
    unsigned b;
    unsigned c;
    unsigned d;
    const unsigned avx = bit_OSXSAVE | bit_AVX;
    if (__get_cpuid_max(0, NULL) < 7) {
        return false;
    }
    __cpuid(1, a, b, c, d);
    if ((c & avx) != avx) {
        return false;
    }
    /* The system must keep the wide registers, too. */
    __asm__ volatile("xgetbv" : "=a"(a), "=d"(d) : "c"(0));
    if ((a & 6) != 6) {
        return false;
    }
    __cpuid_count(7, 0, a, b, c, d);
    return (b & bit_AVX2) != 0;
}
#endif

/* The slowest first. */
static const bkti_vector *const versions[] = {
    &bkti_vector_portable,
#if defined(BKTI_VECTOR_X86)
    &bkti_vector_sse2,
    &bkti_vector_avx2,
#elif defined(BKTI_VECTOR_ARM)
    &bkti_vector_neon,
#endif
};

static size_t version_count(void) {
    size_t count = sizeof versions / sizeof versions[0];
#if defined(BKTI_VECTOR_X86)
    count -= has_avx2() ? 0 : 1;
#endif
    return count;
}

const bkti_vector *bkti_vector_best(void) {
    return versions[version_count() - 1];
}

const bkti_vector *bkti_vector_at(size_t index) {
    /* The portable one is there without asking the processor, which takes a while. */
    return index == 0 || index < version_count() ? versions[index] : NULL;
}

/* U+FFFE or U+FFFF, given a character of three bytes. */
static bool is_no_character(const unsigned char *text) {
    return text[0] == 0xef && text[1] == 0xbf && text[2] >= 0xbe;
}

static bool is_forbidden(unsigned char byte) {
    return byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r';
}

/* Checks character by character, up to the first that ends at stop or behind it. */
static size_t check_characters(const unsigned char *text, size_t size, size_t stop, size_t *lines) {
    size_t feeds = 0;
    size_t at = 0;
    while (at < stop) {
        unsigned char byte = text[at];
        size_t whole = bkti_character_size(text + at, size - at);
        if (whole == 0 || whole > size - at || is_forbidden(byte) ||
            (byte == 0xef && is_no_character(text + at))) {
            break;
        }
        feeds += byte == '\n';
        at += whole;
    }
    *lines += feeds;
    return at;
}

/* Of blocks that were found good, the bytes before the character that their end cuts, if it does.
 */
static size_t whole_characters(const unsigned char *text, size_t size) {
    for (size_t back = 1; back <= 3 && back <= size; back++) {
        unsigned char byte = text[size - back];
        if ((byte & 0xc0) != 0x80) {
            size_t whole = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
            return whole > back ? size - back : size;
        }
    }
    return size;
}

/* Less than a block, as a block. False: not surely good. */
static bool is_tail_good(bkti_vector_blocks *blocks, const unsigned char *text, size_t size,
                         size_t *lines) {
    char block[BKTI_VECTOR_BLOCK];
    memset(block, ' ', sizeof block);
    memcpy(block, text, size);
    return blocks(block, sizeof block, lines) == sizeof block;
}

size_t bkti_vector_check_with(bkti_vector_blocks *blocks, const char *text, size_t size,
                              size_t *out_lines) {
    const unsigned char *bytes = (const unsigned char *)text;
    size_t at = 0;
    *out_lines = 0;
    while (at < size) {
        at += whole_characters(bytes + at, blocks(text + at, size - at, out_lines));
        size_t left = size - at;
        if (left < BKTI_VECTOR_BLOCK && is_tail_good(blocks, bytes + at, left, out_lines)) {
            return size;
        }
        /* One block's worth, and what has been cut before it. */
        size_t stop = left < BKTI_VECTOR_BLOCK ? left : BKTI_VECTOR_BLOCK;
        size_t done = check_characters(bytes + at, left, stop, out_lines);
        at += done;
        if (done < stop) {
            break;
        }
    }
    return at;
}
