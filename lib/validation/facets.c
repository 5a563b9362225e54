/* SPDX-License-Identifier: MIT */
/* Facets: how long, how large, of which pattern a value may be. */
#include <math.h>
#include <string.h>

#include "bkti_number.h"
#include "bkti_rules.h"

static const char *const NAMES[BKTI_FACET_COUNT] = {
    [BKTI_FACET_MIN_LENGTH] = "minLength", [BKTI_FACET_MAX_LENGTH] = "maxLength",
    [BKTI_FACET_MIN_VALUE] = "minValue",   [BKTI_FACET_MAX_VALUE] = "maxValue",
    [BKTI_FACET_DECIMALS] = "decimals",    [BKTI_FACET_START_VALUE] = "startValue",
    [BKTI_FACET_END_VALUE] = "endValue",   [BKTI_FACET_INTERVAL] = "interval",
    [BKTI_FACET_START_TIME] = "startTime", [BKTI_FACET_END_TIME] = "endTime",
    [BKTI_FACET_PATTERN] = "pattern",
};

const char *bkti_facet_name(int facet) {
    return NAMES[facet];
}

/* Takes what a facet's text means; false if it means nothing. */
static bool understand(bkti_rules *rules, bkti_facets *facets, int facet, const char *value,
                       bool *out_memory) {
    bkti_span text = bkti_span_of(value);
    if (facet == BKTI_FACET_PATTERN) {
        bkti_pattern_free(facets->pattern);
        facets->pattern = bkti_pattern_new(rules->memory, value, out_memory);
        return facets->pattern != NULL;
    }
    if (facet == BKTI_FACET_START_TIME || facet == BKTI_FACET_END_TIME) {
        int32_t frequency;
        int64_t ordinal;
        if (bkt_period_parse(text.data, text.size, &frequency, &ordinal) != BKT_OK) {
            return false;
        }
        int32_t *day = &facets->days[facet];
        return (facet == BKTI_FACET_START_TIME
                    ? bkt_period_start_day(frequency, ordinal, day)
                    : bkt_period_last_day(frequency, ordinal, day)) == BKT_OK;
    }
    double number;
    if (bkti_number_parse(text, &number) != BKTI_NUMBER_FINITE) {
        return false;
    }
    facets->numbers[facet] = number;
    bool counts = facet == BKTI_FACET_MIN_LENGTH || facet == BKTI_FACET_MAX_LENGTH ||
                  facet == BKTI_FACET_DECIMALS;
    return (!counts || (number >= 0 && number < 1e9 && number == floor(number))) &&
           (facet != BKTI_FACET_INTERVAL || number > 0);
}

bkt_status bkti_rules_set_facet(bkti_rules *rules, uint32_t index, const char *name,
                                const char *value) {
    bkti_rule *rule = &rules->items[index];
    if (strcmp(name, "isSequence") == 0) {
        rule->facets.is_sequence = strcmp(value, "true") == 0 || strcmp(value, "1") == 0;
        return BKT_OK;
    }
    for (int facet = 0; facet < BKTI_FACET_COUNT; facet++) {
        if (strcmp(NAMES[facet], name) != 0) {
            continue;
        }
        bool no_memory = false;
        if (!understand(rules, &rule->facets, facet, value, &no_memory)) {
            if (no_memory) {
                return bkti_no_memory(rules->context);
            }
            bkti_tell(rules->context, BKT_SEVERITY_WARNING, BKT_ERR_VALUE, NULL,
                      "of '%s' the facet %s='%s' can't be understood and is not checked", rule->id,
                      name, value);
            return BKT_OK;
        }
        char *copy = bkti_copy_text(rules->memory, value, strlen(value));
        if (copy == NULL) {
            return bkti_no_memory(rules->context);
        }
        bkti_release(rules->memory, rule->facets.texts[facet]);
        rule->facets.texts[facet] = copy;
        rule->facets.any = true;
        return BKT_OK;
    }
    return BKT_OK; /* isMultiLingual, textType ...: nothing that a value could break */
}

/* Also as its number is written in short, for columns of numbers. */
bkt_status bkti_rules_add_sentinel(bkti_rules *rules, uint32_t index, const char *value) {
    bkti_facets *facets = &rules->items[index].facets;
    bkti_span text = bkti_span_of(value);
    double number;
    char short_text[40];
    if (facets->sentinels == NULL) {
        facets->sentinels = bkti_dictionary_new(rules->memory);
    }
    bool done = facets->sentinels != NULL && bkti_dictionary_add(facets->sentinels, text) >= 0;
    if (done && bkti_number_parse(text, &number) == BKTI_NUMBER_FINITE) {
        text = (bkti_span){short_text, bkti_number_format(number, short_text, sizeof short_text)};
        done = bkti_dictionary_add(facets->sentinels, text) >= 0;
    }
    return done ? BKT_OK : bkti_no_memory(rules->context);
}

static bool is_sentinel(const bkti_facets *facets, bkti_span text) {
    return facets->sentinels != NULL && bkti_dictionary_find(facets->sentinels, text) >= 0;
}

static bool is_sentinel_number(const bkti_facets *facets, double number) {
    char text[40];
    return facets->sentinels != NULL &&
           is_sentinel(facets, (bkti_span){text, bkti_number_format(number, text, sizeof text)});
}

static size_t characters(bkti_span text) {
    size_t count = 0;
    for (size_t i = 0; i < text.size; i++) {
        count += ((unsigned char)text.data[i] & 0xc0) != 0x80 ? 1U : 0U;
    }
    return count;
}

static bool is_set(const bkti_facets *facets, int facet) {
    return facets->texts[facet] != NULL;
}

bool bkti_number_has_decimals(double number, int decimals) {
    static const double POWERS[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10};
    if (decimals <= 10) {
        /* The decimal nearest to it: it is the number, or the number has more decimals. */
        double moved = number * POWERS[decimals];
        if (fabs(moved) < 0x1p51) {
            return floor(moved + 0.5) / POWERS[decimals] == number;
        }
    }
    char text[32];
    size_t size = bkti_number_format(number, text, sizeof text);
    const char *exponent_text = memchr(text, 'e', size);
    long exponent = 0;
    size_t mantissa = size;
    if (exponent_text != NULL) {
        mantissa = (size_t)(exponent_text - text);
        bool below = exponent_text[1] == '-';
        for (const char *at = exponent_text + 2; *at != '\0'; at++) {
            exponent = exponent * 10 + (*at - '0');
        }
        exponent = below ? -exponent : exponent;
    }
    const char *point = memchr(text, '.', mantissa);
    long has = point == NULL ? 0 : (long)(mantissa - (size_t)(point - text) - 1);
    return has - exponent <= decimals;
}

static bool is_in_sequence(const bkti_facets *facets, double number) {
    if (is_set(facets, BKTI_FACET_START_VALUE) &&
        number < facets->numbers[BKTI_FACET_START_VALUE]) {
        return false;
    }
    if (is_set(facets, BKTI_FACET_END_VALUE) && number > facets->numbers[BKTI_FACET_END_VALUE]) {
        return false;
    }
    if (!is_set(facets, BKTI_FACET_START_VALUE) || !is_set(facets, BKTI_FACET_INTERVAL)) {
        return true;
    }
    double steps =
        (number - facets->numbers[BKTI_FACET_START_VALUE]) / facets->numbers[BKTI_FACET_INTERVAL];
    return fabs(steps - floor(steps + 0.5)) <= 1e-9 * fmax(1, fabs(steps));
}

const char *bkti_facets_break_number(const bkti_rule *rule, double number, int *out_facet) {
    const bkti_facets *facets = &rule->facets;
    int facet = -1;
    bool exclusive = rule->type->is_exclusive;
    if (is_set(facets, BKTI_FACET_MIN_VALUE) &&
        (number < facets->numbers[BKTI_FACET_MIN_VALUE] ||
         (exclusive && number == facets->numbers[BKTI_FACET_MIN_VALUE]))) {
        facet = BKTI_FACET_MIN_VALUE;
    } else if (is_set(facets, BKTI_FACET_MAX_VALUE) &&
               (number > facets->numbers[BKTI_FACET_MAX_VALUE] ||
                (exclusive && number == facets->numbers[BKTI_FACET_MAX_VALUE]))) {
        facet = BKTI_FACET_MAX_VALUE;
    } else if (is_set(facets, BKTI_FACET_DECIMALS) &&
               !bkti_number_has_decimals(number, (int)facets->numbers[BKTI_FACET_DECIMALS])) {
        facet = BKTI_FACET_DECIMALS;
    } else if (facets->is_sequence && !is_in_sequence(facets, number)) {
        facet = is_set(facets, BKTI_FACET_INTERVAL)      ? BKTI_FACET_INTERVAL
                : is_set(facets, BKTI_FACET_START_VALUE) ? BKTI_FACET_START_VALUE
                                                         : BKTI_FACET_END_VALUE;
    }
    if (facet < 0 || is_sentinel_number(facets, number)) {
        return NULL;
    }
    if (out_facet != NULL) {
        *out_facet = facet;
    }
    return NAMES[facet];
}

/* Whether a text that is a period begins before the start or ends after the end. */
static int break_time(const bkti_facets *facets, bkti_span text) {
    int32_t frequency;
    int64_t ordinal;
    int32_t first;
    int32_t last;
    if (bkt_period_parse(text.data, text.size, &frequency, &ordinal) != BKT_OK ||
        bkt_period_start_day(frequency, ordinal, &first) != BKT_OK ||
        bkt_period_last_day(frequency, ordinal, &last) != BKT_OK) {
        return -1;
    }
    if (is_set(facets, BKTI_FACET_START_TIME) && first < facets->days[BKTI_FACET_START_TIME]) {
        return BKTI_FACET_START_TIME;
    }
    if (is_set(facets, BKTI_FACET_END_TIME) && last > facets->days[BKTI_FACET_END_TIME]) {
        return BKTI_FACET_END_TIME;
    }
    return -1;
}

const char *bkti_facets_break(const bkti_rule *rule, bkti_span text, int *out_facet) {
    const bkti_facets *facets = &rule->facets;
    int facet = -1;
    if (!facets->any || is_sentinel(facets, text)) {
        return NULL;
    }
    size_t length = characters(text);
    if (is_set(facets, BKTI_FACET_MIN_LENGTH) &&
        (double)length < facets->numbers[BKTI_FACET_MIN_LENGTH]) {
        facet = BKTI_FACET_MIN_LENGTH;
    } else if (is_set(facets, BKTI_FACET_MAX_LENGTH) &&
               (double)length > facets->numbers[BKTI_FACET_MAX_LENGTH]) {
        facet = BKTI_FACET_MAX_LENGTH;
    } else if (facets->pattern != NULL && !bkti_pattern_matches(facets->pattern, text)) {
        facet = BKTI_FACET_PATTERN;
    } else {
        facet = break_time(facets, text);
    }
    if (facet >= 0) {
        *out_facet = facet;
        return NAMES[facet];
    }
    double number;
    return bkti_number_parse(text, &number) == BKTI_NUMBER_FINITE
               ? bkti_facets_break_number(rule, number, out_facet)
               : NULL;
}
