/* SPDX-License-Identifier: MIT */
/* One frequency, one unit, one product, one code in each dimension: taken where a rule says which,
 * refused with the list where none does. */
#include "bkti_listing.h"
#include "bkti_pair.h"

void bkti_pair_keep(bkti_pair *pair, bkti_observation_test keep, const void *user) {
    size_t kept = 0;
    for (size_t i = 0; i < pair->observation_count; i++) {
        if (keep(pair, &pair->observations[i], user)) {
            pair->observations[kept++] = pair->observations[i];
        }
    }
    pair->observation_count = kept;
}

/* ---- frequency ---- */

#define FREQUENCY_COUNT (BKT_FREQUENCY_RANGE + 1)

static bool has_frequency(const bkti_pair *pair, const bkti_observation *observation,
                          const void *user) {
    (void)pair;
    return observation->frequency == *(const int32_t *)user;
}

static bkt_status refuse_frequency(bkti_pair *pair, const size_t *counts) {
    bkti_listing listing;
    bkti_listing_init(&listing, pair->context);
    for (int32_t frequency = 0; frequency < FREQUENCY_COUNT; frequency++) {
        if (counts[frequency] > 0) {
            bkti_listing_add(&listing, bkt_frequency_code(frequency));
        }
    }
    const char *codes = bkti_listing_finish(&listing);
    bkt_status status =
        pair->options->frequency == 0
            ? bkti_fail(pair->context, BKT_ERR_AMBIGUOUS, NULL,
                        "the pair's figures are of several frequencies (%s); choose one by "
                        "`frequency`",
                        codes)
            : bkti_fail(pair->context, BKT_ERR_NO_DATA, NULL,
                        "the pair has no figures of frequency %s; there are those of %s",
                        bkt_frequency_code(pair->options->frequency), codes);
    bkti_listing_free(&listing);
    return status;
}

static bkt_status choose_frequency(bkti_pair *pair) {
    size_t counts[FREQUENCY_COUNT] = {0};
    int32_t distinct = 0;
    int32_t chosen = pair->options->frequency;
    for (size_t i = 0; i < pair->observation_count; i++) {
        int32_t frequency = pair->observations[i].frequency;
        distinct += counts[frequency]++ == 0;
        chosen = pair->options->frequency == 0 && distinct == 1 ? frequency : chosen;
    }
    if (pair->options->frequency == 0 && distinct > 1) {
        chosen = counts[BKT_FREQUENCY_YEAR] > 0 ? BKT_FREQUENCY_YEAR : BKT_FREQUENCY_NONE;
    }
    if (counts[chosen] == 0) {
        return refuse_frequency(pair, counts);
    }
    if (chosen == BKT_FREQUENCY_DATE_TIME || chosen == BKT_FREQUENCY_RANGE) {
        return bkti_fail(pair->context, BKT_ERR_UNSUPPORTED, NULL,
                         "the pair's periods are %s, which do not follow each other as years or "
                         "months do",
                         chosen == BKT_FREQUENCY_RANGE ? "ranges of time" : "points in time");
    }
    pair->frequency = chosen;
    bkti_pair_keep(pair, has_frequency, &chosen);
    if (distinct > 1 && pair->options->frequency == 0) {
        return bkti_pair_assume(pair, "the annual figures are taken; there are others too");
    }
    return BKT_OK;
}

/* ---- unit ---- */

static bool has_unit(const bkti_pair *pair, const bkti_observation *observation, const void *user) {
    bkti_span unit = bkti_dictionary_span(pair->units, observation->unit);
    return bkti_span_equal_caseless(unit, bkti_span_of(user));
}

/* The distinct units of the observations, those without one not counted but told. */
static uint32_t list_units(const bkti_pair *pair, bkti_listing *listing, int32_t *out_first,
                           bool *out_unstated) {
    uint32_t count = 0;
    *out_unstated = false;
    for (int32_t unit = 0; unit < bkti_dictionary_count(pair->units); unit++) {
        bool used = false;
        for (size_t i = 0; !used && i < pair->observation_count; i++) {
            used = pair->observations[i].unit == unit;
        }
        const char *text = bkti_dictionary_text(pair->units, unit);
        *out_unstated = *out_unstated || (used && text[0] == '\0');
        if (used && text[0] != '\0') {
            *out_first = count == 0 ? unit : *out_first;
            count++;
            bkti_listing_add(listing, text);
        }
    }
    return count;
}

/* National currencies have one code and are many. */
static bool is_national(const char *unit) {
    return bkti_codes_has("XDC NC DC N LCU", unit);
}

static bkt_status choose_unit(bkti_pair *pair) {
    bkti_listing listing;
    bkti_listing_init(&listing, pair->context);
    int32_t first = -1;
    bool unstated = false;
    uint32_t count = list_units(pair, &listing, &first, &unstated);
    const char *units = bkti_listing_finish(&listing);
    bkt_status status = BKT_OK;
    if (pair->options->unit != NULL) {
        bkti_pair_keep(pair, has_unit, pair->options->unit);
        if (pair->observation_count == 0) {
            status = bkti_fail(pair->context, BKT_ERR_NO_DATA, NULL,
                               "the pair has no figures in '%s'; there are those in: %s",
                               pair->options->unit, units);
        }
    } else if (count > 1) {
        status =
            bkti_fail(pair->context, BKT_ERR_AMBIGUOUS, NULL,
                      "the pair's figures are in several units (%s); choose one by `unit`", units);
    }
    bkti_listing_free(&listing);
    if (status != BKT_OK) {
        return status;
    }
    int32_t unit = pair->options->unit != NULL ? pair->observations[0].unit : first;
    pair->unit = unit < 0 ? "" : bkti_dictionary_text(pair->units, unit);
    if (pair->unit[0] == '\0') {
        return bkti_pair_assume(pair, "nothing says in which currency the values are");
    }
    if (unstated && pair->options->unit == NULL) {
        return bkti_pair_assume(pair,
                                "values without a currency are taken for %s, as the others "
                                "are",
                                pair->unit);
    }
    return BKT_OK;
}

/* Whether each side speaks of its own money. */
static bkt_status compare_sides(bkti_pair *pair) {
    bool sides[2] = {false, false};
    for (size_t i = 0; i < pair->observation_count; i++) {
        sides[pair->observations[i].figure / BKTI_EXPORTS_PARTNER] = true;
    }
    pair->comparable = !(sides[0] && sides[1] && is_national(pair->unit));
    if (pair->comparable) {
        return BKT_OK;
    }
    return bkti_pair_assume(pair, "each side's figures are in its own currency, so that the two "
                                  "reports are not compared");
}

/* ---- dimensions ---- */

/* What the observations have of a dimension's codes. */
typedef struct dimension_use {
    uint8_t *used; /* of each code */
    uint32_t code_count;
    uint32_t total_count;
    int32_t one_total; /* a code of a total, -1 for none */
    int32_t one_code;
} dimension_use;

static bkt_status look_at(const bkti_pair *pair, const bkti_dimension *dimension,
                          dimension_use *out_use) {
    *out_use = (dimension_use){.one_total = -1, .one_code = -1};
    out_use->used = bkti_code_bytes(pair->memory, dimension->column);
    if (out_use->used == NULL) {
        return bkti_no_memory(pair->context);
    }
    const int32_t *codes = bkt_column_codes_view(dimension->column);
    for (size_t i = 0; i < pair->observation_count; i++) {
        int32_t code = codes[pair->observations[i].row];
        if (code < 0 || out_use->used[code]) {
            continue;
        }
        out_use->used[code] = 1;
        out_use->code_count++;
        out_use->one_code = code;
        if (dimension->ranks[code] != 0) {
            out_use->total_count++;
            out_use->one_total = code;
        }
    }
    return BKT_OK;
}

/* Totals, and rows that have no code in the dimension at all. */
static bool is_total(const bkti_pair *pair, const bkti_observation *observation, const void *user) {
    (void)pair;
    const bkti_dimension *dimension = user;
    int32_t code = bkt_column_codes_view(dimension->column)[observation->row];
    return code < 0 || dimension->ranks[code] != 0;
}

static void list_used(const bkti_dimension *dimension, const dimension_use *use,
                      bkti_listing *listing) {
    for (int32_t code = 0; code < bkt_column_dictionary_count(dimension->column); code++) {
        if (use->used[code]) {
            bkti_listing_add(listing, bkt_column_dictionary_text(dimension->column, code));
        }
    }
}

static bkt_status refuse_codes(bkti_pair *pair, const bkti_dimension *dimension,
                               const dimension_use *use) {
    bkti_listing listing;
    bkti_listing_init(&listing, pair->context);
    list_used(dimension, use, &listing);
    const char *id = bkt_column_id(dimension->column);
    bool product = pair->view.columns[BKT_PROFILE_PRODUCT] == dimension->column;
    bkt_status status =
        bkti_fail(pair->context, BKT_ERR_AMBIGUOUS, NULL,
                  "several codes of %s are left and none is known for the total (codes: %s); "
                  "choose one by `%s` (%s=CODE)",
                  id, bkti_listing_finish(&listing), product ? "product" : "selection", id);
    bkti_listing_free(&listing);
    return status;
}

static bkt_status choose_code(bkti_pair *pair, const bkti_dimension *dimension) {
    bool product = pair->view.columns[BKT_PROFILE_PRODUCT] == dimension->column;
    dimension_use use;
    bkt_status status = look_at(pair, dimension, &use);
    if (status != BKT_OK) {
        return status;
    }
    const char *id = bkt_column_id(dimension->column);
    if (!dimension->sure) {
        /* Perhaps an attribute: only what differs within a cell matters. */
        status = BKT_OK;
    } else if (use.code_count > 1 && use.total_count > 0 && use.total_count < use.code_count) {
        bkti_pair_keep(pair, is_total, dimension);
        status =
            bkti_pair_assume(pair, "of %u codes of %s the total (%s%s) is taken", use.code_count,
                             id, bkt_column_dictionary_text(dimension->column, use.one_total),
                             use.total_count > 1 ? " and others" : "");
    } else if (use.code_count > 1 && use.total_count == 0) {
        status = refuse_codes(pair, dimension, &use);
    } else if (use.code_count == 1 && use.total_count == 0 && product &&
               pair->options->product == NULL) {
        status =
            bkti_pair_assume(pair, "the figures are of %s %s alone: there is no other and no total",
                             id, bkt_column_dictionary_text(dimension->column, use.one_code));
    }
    bkti_release(pair->memory, use.used);
    return status;
}

/* ---- product ---- */

static bool has_product(const bkti_pair *pair, const bkti_observation *observation,
                        const void *user) {
    const char *text =
        bkt_column_dictionary_text(pair->view.columns[BKT_PROFILE_PRODUCT], observation->product);
    return bkti_span_equal_caseless(bkti_span_of(text), bkti_span_of(user));
}

static bkt_status refuse_product(bkti_pair *pair, const bkti_dimension *dimension) {
    dimension_use use;
    bkt_status status = look_at(pair, dimension, &use);
    if (status != BKT_OK) {
        return status;
    }
    bkti_listing listing;
    bkti_listing_init(&listing, pair->context);
    list_used(dimension, &use, &listing);
    status =
        bkti_fail(pair->context, BKT_ERR_NO_DATA, NULL,
                  "the pair has no figures of the product '%s'; %s has: %s", pair->options->product,
                  bkt_column_id(dimension->column), bkti_listing_finish(&listing));
    bkti_listing_free(&listing);
    bkti_release(pair->memory, use.used);
    return status;
}

static bkt_status choose_product(bkti_pair *pair) {
    const char *product = pair->options->product;
    const bkt_column *column = pair->view.columns[BKT_PROFILE_PRODUCT];
    const bkti_dimension *dimension = NULL;
    for (uint32_t i = 0; i < pair->view.dimension_count; i++) {
        bool is_product = pair->view.dimensions[i].column == column;
        dimension = is_product ? &pair->view.dimensions[i] : dimension;
    }
    if (dimension == NULL) {
        return bkti_fail(pair->context, BKT_ERR_NO_COLUMN, NULL,
                         "the product '%s' was asked for, and no dimension of the table holds "
                         "products",
                         product);
    }
    bool found = false;
    for (size_t i = 0; !found && i < pair->observation_count; i++) {
        found = has_product(pair, &pair->observations[i], product);
    }
    if (!found) {
        return refuse_product(pair, dimension);
    }
    bkti_pair_keep(pair, has_product, product);
    return BKT_OK;
}

bkt_status bkti_pair_choose(bkti_pair *pair) {
    bkt_status status = choose_frequency(pair);
    if (status == BKT_OK) {
        status = choose_unit(pair);
    }
    if (status == BKT_OK) {
        status = compare_sides(pair);
    }
    if (status == BKT_OK && pair->options->product != NULL && !pair->by_product) {
        status = choose_product(pair);
    }
    for (uint32_t i = 0; status == BKT_OK && i < pair->view.dimension_count; i++) {
        status = choose_code(pair, &pair->view.dimensions[i]);
    }
    return status;
}
