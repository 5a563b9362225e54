/* SPDX-License-Identifier: MIT */
/* Reading decimals. Nearly all are short and simple: bkti_number_short.h. Of any other, the first
 * 19 digits, times a power of ten known to 128 bits, lie between two bounds that are nearly always
 * rounded to the same double, which is then the answer. If not, the text is compared with the
 * midpoint of the two in exact integers. Source of the idea: D. Lemire, "Number Parsing at a
 * Gigabyte per Second" (2021). */
#include "bkti_number.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "bkti_decimal.h"
#include "bkti_number_short.h"
#include "bkti_power_table.h"

#define INFINITY_BITS (UINT64_C(0x7ff) << 52)

/* Far beyond what any double needs, and far from overflow when digits are counted into it. */
#define EXPONENT_LIMIT (INT64_C(1) << 60)

/* The parts of a decimal. */
typedef struct decimal {
    uint64_t word;    /* the first 19 significant digits */
    int64_t exponent; /* of the word's last digit */
    bool cut;         /* digits other than zero follow the word */
    bool negative;
    bkti_span digits; /* all digits, with the point */
    int64_t last;     /* exponent of the last digit */
} decimal;

static bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

/* Reads digits from *cursor on into the word; gives how many there were. */
static size_t read_digits(decimal *number, const char **cursor, const char *end) {
    const char *start = *cursor;
    const char *next = start;
    for (; next < end && is_digit(*next); next++) {
        if (number->word < UINT64_C(1000000000000000000)) { /* 10^18: room for one more digit */
            number->word = number->word * 10 + (uint64_t)(*next - '0');
        } else {
            number->exponent++;
            number->cut = number->cut || *next != '0';
        }
    }
    *cursor = next;
    return (size_t)(next - start);
}

/* Reads "e+12" up to the end. False if that is not what is there. */
static bool read_exponent(const char *cursor, const char *end, int64_t *out_exponent) {
    if (cursor == end || (*cursor != 'e' && *cursor != 'E')) {
        return false;
    }
    cursor++;
    bool negative = cursor < end && *cursor == '-';
    if (cursor < end && (*cursor == '-' || *cursor == '+')) {
        cursor++;
    }
    if (cursor == end) {
        return false;
    }
    int64_t exponent = 0;
    for (; cursor < end; cursor++) {
        if (!is_digit(*cursor)) {
            return false;
        }
        if (exponent < EXPONENT_LIMIT / 10) {
            exponent = exponent * 10 + (*cursor - '0');
        }
    }
    *out_exponent = negative ? -exponent : exponent;
    return true;
}

/* Takes a text apart. False if it is no decimal. */
static bool read_decimal(bkti_span text, decimal *number) {
    const char *cursor = text.data;
    const char *end = text.data + text.size;
    memset(number, 0, sizeof *number);
    if (cursor < end && (*cursor == '-' || *cursor == '+')) {
        number->negative = *cursor == '-';
        cursor++;
    }
    const char *first = cursor;
    size_t count = read_digits(number, &cursor, end);
    int64_t decimals = 0;
    if (cursor < end && *cursor == '.') {
        cursor++;
        decimals = (int64_t)read_digits(number, &cursor, end);
        count += (size_t)decimals;
    }
    if (count == 0) {
        return false;
    }
    number->digits = (bkti_span){first, (size_t)(cursor - first)};
    int64_t exponent = 0;
    if (cursor < end && !read_exponent(cursor, end, &exponent)) {
        return false;
    }
    number->last = exponent - decimals;
    number->exponent += number->last;
    return true;
}

static int leading_zeros(uint64_t word) {
#if defined(__GNUC__)
    return __builtin_clzll(word);
#else
    int count = 0;
    for (; (word >> 63) == 0; word <<= 1) {
        count++;
    }
    return count;
#endif
}

/* The bits of the double nearest to significand * 2^binary, where `more` says that the number is a
 * little larger than that. The significand's highest or second highest bit is set. */
static uint64_t round_to_double(bkti_wide significand, int binary, bool more) {
    int unused = (significand.high >> 63) == 0;
    int biased = binary + 127 - unused + 1023;
    if (biased >= 2047) {
        return INFINITY_BITS;
    }
    int kept = biased >= 1 ? 53 : 52 + biased;
    int shift = 64 - unused - kept;
    if (shift > 64) {
        return 0;
    }
    uint64_t digits = shift == 64 ? 0 : significand.high >> shift;
    uint64_t rest =
        shift == 64 ? significand.high : significand.high & ((UINT64_C(1) << shift) - 1);
    uint64_t half = UINT64_C(1) << (shift - 1);
    more = more || significand.low != 0;
    if (rest > half || (rest == half && (more || (digits & 1) != 0))) {
        digits++;
    }
    /* The digits' highest bit is the exponent's 1, and a carry out of them goes where it should. */
    return biased >= 1 ? ((uint64_t)(biased - 1) << 52) + digits : digits;
}

/* The doubles that bound word * 10^exponent from below and from above. */
static void bound(uint64_t word, int exponent, uint64_t *out_low, uint64_t *out_high) {
    const bkti_wide *power = &bkti_power_table[exponent - BKTI_POWER_LOWEST];
    int zeros = leading_zeros(word);
    word <<= zeros;
    bkti_wide low = bkti_multiply_wide(word, power->low);
    bkti_wide product = bkti_multiply_wide(word, power->high);
    product.low += low.high;
    product.high += product.low < low.high;
    int binary = bkti_log2_of_power(exponent) - 63 - zeros;
    if (bkti_power_is_exact(exponent)) {
        *out_low = *out_high = round_to_double(product, binary, low.low != 0);
        return;
    }
    /* What the power lacks adds less than 1 to the product's last bit, and so does what was cut
     * off the product: the number lies above the product and below the product + 2. */
    *out_low = round_to_double(product, binary, true);
    product.low++;
    product.high += product.low == 0;
    *out_high = round_to_double(product, binary, true);
}

/* The bits of the nearest double, without the sign. */
static uint64_t nearest(const decimal *number) {
    if (number->word == 0 || number->exponent < BKTI_POWER_LOWEST) {
        return 0; /* 10^19 * 10^-343 is below half of the smallest double */
    }
    if (number->exponent > 308) {
        return INFINITY_BITS;
    }
    uint64_t low;
    uint64_t high;
    bound(number->word, (int)number->exponent, &low, &high);
    if (number->cut) {
        uint64_t unused;
        bound(number->word + 1, (int)number->exponent, &unused, &high);
    }
    if (low == high) {
        return low;
    }
    int order = bkti_decimal_compare(number->digits, number->last, low);
    return order > 0 || (order == 0 && (low & 1) != 0) ? high : low;
}

/* Bytes of the separator of thousands that begins the text: space, no-break space, narrow no-break
 * space, apostrophe, comma, point; 0 if there is none. */
static size_t separator_size(bkti_span text) {
    static const char *const SEPARATORS[] = {" ", "\xc2\xa0", "\xe2\x80\xaf", "'", ",", "."};
    for (size_t i = 0; i < sizeof SEPARATORS / sizeof SEPARATORS[0]; i++) {
        size_t size = strlen(SEPARATORS[i]);
        if (text.size >= size && memcmp(text.data, SEPARATORS[i], size) == 0) {
            return size;
        }
    }
    return 0;
}

static bkti_span after(bkti_span text, size_t size) {
    return (bkti_span){text.data + size, text.size - size};
}

static size_t count_digits(bkti_span text) {
    size_t count = 0;
    while (count < text.size && is_digit(text.data[count])) {
        count++;
    }
    return count;
}

/* Whether a text, which is no decimal, is one as people write it: groups of three digits and a
 * decimal comma or point ("1,5", "1 234,5", "1.234.567"). */
static bool is_written_for_people(bkti_span text) {
    if (text.size > 0 && (text.data[0] == '-' || text.data[0] == '+')) {
        text = after(text, 1);
    }
    size_t count = count_digits(text);
    if (count == 0) {
        return false;
    }
    text = after(text, count);
    while (text.size > 0) {
        bool decimal_mark = text.data[0] == ',' || text.data[0] == '.';
        size_t size = separator_size(text);
        if (size == 0) {
            return false;
        }
        text = after(text, size);
        count = count_digits(text);
        text = after(text, count);
        int64_t exponent;
        bool last = text.size == 0 || read_exponent(text.data, text.data + text.size, &exponent);
        if (last && (count == 3 || (decimal_mark && count > 0))) {
            return true;
        }
        if (last || count != 3) {
            return false;
        }
    }
    return false;
}

int bkti_number_parse(bkti_span text, double *out_number) {
    if (bkti_number_parse_short(text.data, text.size, out_number)) {
        return BKTI_NUMBER_FINITE;
    }
    *out_number = NAN;
    text = bkti_span_trim(text);
    if (text.size == 0) {
        return BKTI_NUMBER_EMPTY;
    }
    decimal number;
    if (!read_decimal(text, &number)) {
        if (bkti_span_is(text, "NaN")) {
            return BKTI_NUMBER_NAN;
        }
        if (bkti_span_is(text, "INF") || bkti_span_is(text, "-INF") || bkti_span_is(text, "+INF")) {
            return BKTI_NUMBER_INFINITE;
        }
        return is_written_for_people(text) ? BKTI_NUMBER_COMMA : BKTI_NUMBER_OTHER;
    }
    uint64_t bits = nearest(&number);
    if (bits == INFINITY_BITS) {
        return BKTI_NUMBER_OVERFLOW;
    }
    bits |= (uint64_t)number.negative << 63;
    memcpy(out_number, &bits, sizeof bits);
    return BKTI_NUMBER_FINITE;
}
