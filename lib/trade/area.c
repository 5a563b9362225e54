/* SPDX-License-Identifier: MIT */
#include <stdbool.h>

#include "bkti_area.h"
#include "bkti_codes.h"

uint32_t bkt_area_count(void) {
    return bkti_area_count;
}

const bkt_area *bkt_area_at(uint32_t index) {
    return index < bkti_area_count ? &bkti_areas[index] : NULL;
}

const char *bkt_area_name(const bkt_area *area) {
    return area == NULL ? "" : area->name;
}

int32_t bkt_area_kind(const bkt_area *area) {
    return area == NULL ? BKT_AREA_KIND_UNKNOWN : area->kind;
}

const char *bkt_area_code(const bkt_area *area, int32_t system) {
    if (area == NULL) {
        return "";
    }
    switch (system) {
    case BKT_AREA_SYSTEM_ISO2:
        return area->iso2;
    case BKT_AREA_SYSTEM_ISO3:
        return area->iso3;
    case BKT_AREA_SYSTEM_M49:
        return area->m49;
    case BKT_AREA_SYSTEM_IMF:
        return area->imf;
    default:
        return "";
    }
}

const char *bkt_area_system_text(int32_t system) {
    static const char *const texts[] = {"none",   "ISO 3166 alpha-2", "ISO 3166 alpha-3",
                                        "UN M49", "IMF numbers",      "codes of its own"};
    bool known = system >= 0 && system <= BKT_AREA_SYSTEM_LOCAL;
    return known ? texts[system] : "unknown system";
}

/* The number that a text of digits stands for; -1 for anything else. */
static int number_of(bkti_span text) {
    if (text.size == 0 || text.size > 6) {
        return -1;
    }
    int number = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') {
            return -1;
        }
        number = number * 10 + (text.data[i] - '0');
    }
    return number;
}

static bool has_number(const char *list, int number) {
    bkti_span rest = bkti_span_of(list);
    bkti_span word;
    while (bkti_codes_next(&rest, &word)) {
        if (number_of(word) == number) {
            return true;
        }
    }
    return false;
}

static const bkt_area *find_number(int32_t system, int number) {
    for (uint32_t i = 0; number >= 0 && i < bkti_area_count; i++) {
        const bkt_area *area = &bkti_areas[i];
        if (system == BKT_AREA_SYSTEM_M49
                ? has_number(area->m49, number) || has_number(area->more_m49, number)
                : has_number(area->imf, number)) {
            return area;
        }
    }
    return NULL;
}

static bool is_letters(bkti_span text) {
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))) {
            return false;
        }
    }
    return true;
}

/* ISO letters of one length, and the codes beside ISO that are not letters of the other length. */
static const bkt_area *find_letters(int32_t system, bkti_span text) {
    size_t length = system == BKT_AREA_SYSTEM_ISO2 ? 2 : 3;
    bool of_other = is_letters(text) && text.size == 5 - length;
    if (text.size == 0 || of_other) {
        return NULL;
    }
    for (uint32_t i = 0; i < bkti_area_count; i++) {
        const bkt_area *area = &bkti_areas[i];
        const char *own = length == 2 ? area->iso2 : area->iso3;
        if (bkti_span_equal_caseless(bkti_span_of(own), text) ||
            bkti_codes_find(area->other_codes, NULL, text) != 0) {
            return area;
        }
    }
    return NULL;
}

static bool counts_in_name(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (unsigned char)c >= 0x80;
}

/* Equal but for case, spaces and punctuation. */
static bool names_equal(bkti_span a, bkti_span b) {
    size_t i = 0;
    size_t j = 0;
    bool any = false;
    for (;;) {
        while (i < a.size && !counts_in_name(a.data[i])) {
            i++;
        }
        while (j < b.size && !counts_in_name(b.data[j])) {
            j++;
        }
        if (i == a.size || j == b.size) {
            return any && i == a.size && j == b.size;
        }
        if (!bkti_span_equal_caseless((bkti_span){a.data + i, 1}, (bkti_span){b.data + j, 1})) {
            return false;
        }
        any = true;
        i++;
        j++;
    }
}

static bool has_name(const bkt_area *area, bkti_span text) {
    if (names_equal(bkti_span_of(area->name), text)) {
        return true;
    }
    const char *name = area->other_names;
    while (*name != '\0') {
        size_t size = strcspn(name, "|");
        if (names_equal((bkti_span){name, size}, text)) {
            return true;
        }
        name += size + (name[size] == '|');
    }
    return false;
}

static const bkt_area *find_name(bkti_span text) {
    for (uint32_t i = 0; i < bkti_area_count; i++) {
        if (has_name(&bkti_areas[i], text)) {
            return &bkti_areas[i];
        }
    }
    return NULL;
}

const bkt_area *bkt_area_find_in(int32_t system, const char *text) {
    bkti_span span = bkti_span_trim(bkti_span_of(text));
    switch (system) {
    case BKT_AREA_SYSTEM_NONE:
        return find_name(span);
    case BKT_AREA_SYSTEM_ISO2:
    case BKT_AREA_SYSTEM_ISO3:
        return find_letters(system, span);
    case BKT_AREA_SYSTEM_M49:
    case BKT_AREA_SYSTEM_IMF:
        return find_number(system, number_of(span));
    default:
        return NULL;
    }
}

/* By code in any system. */
static const bkt_area *find_code(const char *text) {
    static const int32_t systems[] = {BKT_AREA_SYSTEM_ISO2, BKT_AREA_SYSTEM_ISO3,
                                      BKT_AREA_SYSTEM_M49, BKT_AREA_SYSTEM_IMF};
    const bkt_area *area = NULL;
    for (size_t i = 0; area == NULL && i < sizeof systems / sizeof systems[0]; i++) {
        area = bkt_area_find_in(systems[i], text);
    }
    return area;
}

const bkt_area *bkt_area_find(const char *text) {
    const bkt_area *area = find_code(text);
    return area != NULL ? area : bkt_area_find_in(BKT_AREA_SYSTEM_NONE, text);
}

/* Groups of the IMF's IMTS (G998, GX080, TX898) and the Union's inner and outer trade of Eurostat.
 */
static bool is_group_pattern(bkti_span code) {
    static const char *const prefixes[] = {"GX", "TX", "G"};
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
        size_t size = strlen(prefixes[i]);
        if (code.size == size + 3 &&
            bkti_span_equal_caseless((bkti_span){code.data, size}, bkti_span_of(prefixes[i])) &&
            number_of((bkti_span){code.data + size, 3}) >= 0) {
            return true;
        }
    }
    return bkti_codes_find("EXT_EU* INT_EU* EXTRA_* INTRA_* *_EXTRA *_INTRA", NULL, code) != 0;
}

int32_t bkt_area_kind_of_code(int32_t system, const char *code) {
    const bkt_area *area =
        system == BKT_AREA_SYSTEM_NONE ? find_code(code) : bkt_area_find_in(system, code);
    if (area != NULL) {
        return area->kind;
    }
    bool group = is_group_pattern(bkti_span_trim(bkti_span_of(code)));
    return group ? BKT_AREA_KIND_GROUP : BKT_AREA_KIND_UNKNOWN;
}

int32_t bkt_area_system_of_codes(const char *const *codes, size_t count) {
    size_t known[BKT_AREA_SYSTEM_LOCAL] = {0};
    for (size_t i = 0; codes != NULL && i < count; i++) {
        for (int32_t system = BKT_AREA_SYSTEM_ISO2; system <= BKT_AREA_SYSTEM_IMF; system++) {
            int32_t kind = bkt_area_kind(bkt_area_find_in(system, codes[i]));
            known[system] += kind == BKT_AREA_KIND_COUNTRY || kind == BKT_AREA_KIND_FORMER;
        }
    }
    int32_t best = BKT_AREA_SYSTEM_ISO2;
    for (int32_t system = BKT_AREA_SYSTEM_ISO3; system <= BKT_AREA_SYSTEM_IMF; system++) {
        best = known[system] > known[best] ? system : best;
    }
    bool told =
        best < BKT_AREA_SYSTEM_M49 || known[BKT_AREA_SYSTEM_M49] != known[BKT_AREA_SYSTEM_IMF];
    return known[best] > 0 && told ? best : BKT_AREA_SYSTEM_NONE;
}
