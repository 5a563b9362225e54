/* SPDX-License-Identifier: MIT */
/* The products of one level, for the balance by product: never two levels together. */
#include <stdlib.h>

#include "bkti_listing.h"
#include "bkti_pair.h"
#include "bkti_table.h"

/* What a code of the product column is here. */
enum part { PART_NONE = 0, PART_OF_LEVEL = 1, PART_TOTAL = 2, PART_USED = 3 };

typedef struct level {
    const bkt_column *column;
    uint8_t *parts;  /* of each code */
    int32_t *places; /* of each code, its place among the products; -1 for none */
} level;

static const char *text_of(const level *products, int32_t code) {
    return bkt_column_dictionary_text(products->column, code);
}

static int32_t code_count(const level *products) {
    return bkt_column_dictionary_count(products->column);
}

static bool is_selected(const bkti_pair *pair, const level *products) {
    const bkt_filter *selection = pair->options->selection;
    uint32_t count = selection == NULL ? 0 : bkti_filter_column_count(selection);
    for (uint32_t i = 0; i < count; i++) {
        const char *id = bkti_filter_column_id(selection, i);
        if (bkt_table_column_find(pair->view.table, id) == products->column) {
            return true;
        }
    }
    return false;
}

/* Marks the total: the code asked for, or the surest of the codes for totals. */
static void mark_total(const bkti_pair *pair, level *products) {
    const char *id = bkt_column_id(products->column);
    int best = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (int32_t code = 0; code < code_count(products); code++) {
            bkti_span text = bkti_span_of(text_of(products, code));
            if (products->parts[code] == PART_NONE) {
                continue;
            }
            int rank = bkti_total_rank(pair->profile, id, text);
            if (pair->options->product != NULL) {
                bool asked = bkti_span_equal_caseless(text, bkti_span_of(pair->options->product));
                rank = asked ? 1 : 0;
            }
            if (pass == 0 && rank != 0 && (best == 0 || rank < best)) {
                best = rank;
            } else if (pass == 1 && rank != 0) {
                products->parts[code] = rank == best ? PART_TOTAL : PART_NONE;
            }
        }
    }
}

static bkt_status refuse_levels(bkti_pair *pair, const level *products) {
    bkti_listing listing;
    bkti_listing_init(&listing, pair->context);
    for (int32_t code = 0; code < code_count(products); code++) {
        if (products->parts[code] == PART_USED) {
            bkti_listing_add(&listing, text_of(products, code));
        }
    }
    const char *id = bkt_column_id(products->column);
    bkt_status status =
        listing.count == 0
            ? bkti_fail(pair->context, BKT_ERR_NO_DATA, NULL,
                        "the pair has figures of the total alone, none by %s", id)
            : bkti_fail(pair->context, BKT_ERR_AMBIGUOUS, NULL,
                        "the codes of %s are not of one level (codes: %s); choose the level by "
                        "`product_length`, or the codes by `selection`",
                        id, bkti_listing_finish(&listing));
    bkti_listing_free(&listing);
    return status;
}

/* A chapter's parts begin with its code; a total's parts are all. */
static bool may_be_part(const bkti_pair *pair, const level *products, int32_t code) {
    bkti_span asked = bkti_span_of(pair->options->product);
    bkti_span own = bkti_span_of(text_of(products, code));
    return asked.size == 0 ||
           bkti_total_rank(pair->profile, bkt_column_id(products->column), asked) != 0 ||
           (own.size > asked.size &&
            bkti_span_equal_caseless((bkti_span){own.data, asked.size}, asked));
}

/* Marks the codes of the level among those used; false where there are several levels or none. */
static bool mark_level(const bkti_pair *pair, level *products) {
    int32_t wanted = pair->options->product_length;
    bool selected = wanted == 0 && is_selected(pair, products);
    size_t length = (size_t)wanted;
    bool any = false;
    for (int32_t code = 0; code < code_count(products); code++) {
        if (products->parts[code] != PART_USED || !may_be_part(pair, products, code)) {
            continue;
        }
        size_t own = strlen(text_of(products, code));
        length = length == 0 ? own : length;
        if (own != length && !selected && wanted == 0) {
            return false;
        }
        any = any || selected || own == length;
    }
    for (int32_t code = 0; any && code < code_count(products); code++) {
        if (products->parts[code] == PART_USED) {
            bool fits = may_be_part(pair, products, code) &&
                        (selected || strlen(text_of(products, code)) == length);
            products->parts[code] = fits ? PART_OF_LEVEL : PART_NONE;
        }
    }
    return any;
}

typedef struct named_code {
    const char *text;
    int32_t code;
} named_code;

static int compare_names(const void *a, const void *b) {
    return strcmp(((const named_code *)a)->text, ((const named_code *)b)->text);
}

/* The products in order, the total last. */
static bkt_status order_products(bkti_pair *pair, level *products) {
    size_t count = (size_t)code_count(products);
    named_code *names = bkti_allocate_array(pair->memory, count, sizeof *names);
    pair->products = bkti_allocate_array(pair->memory, count + 1, sizeof *pair->products);
    if (names == NULL || pair->products == NULL) {
        bkti_release(pair->memory, names);
        return bkti_no_memory(pair->context);
    }
    size_t taken = 0;
    for (int32_t code = 0; code < (int32_t)count; code++) {
        if (products->parts[code] == PART_OF_LEVEL) {
            names[taken++] = (named_code){text_of(products, code), code};
        }
    }
    qsort(names, taken, sizeof *names, compare_names);
    for (size_t i = 0; i < taken; i++) {
        pair->products[i] = names[i].code;
        products->places[names[i].code] = (int32_t)i;
    }
    pair->products[taken] = -1;
    for (int32_t code = 0; code < (int32_t)count; code++) {
        if (products->parts[code] == PART_TOTAL) {
            pair->products[taken] = code;
            products->places[code] = (int32_t)taken;
        }
    }
    pair->product_count = (int32_t)taken + 1;
    bkti_release(pair->memory, names);
    return BKT_OK;
}

static bool has_place(const bkti_pair *pair, const bkti_observation *observation,
                      const void *user) {
    (void)pair;
    const level *products = user;
    return observation->product >= 0 && products->places[observation->product] >= 0;
}

static bkt_status choose(bkti_pair *pair, level *products) {
    for (int32_t code = 0; code < code_count(products); code++) {
        products->places[code] = -1;
    }
    for (size_t i = 0; i < pair->observation_count; i++) {
        if (pair->observations[i].product >= 0) {
            products->parts[pair->observations[i].product] = PART_USED;
        }
    }
    mark_total(pair, products);
    if (!mark_level(pair, products)) {
        return refuse_levels(pair, products);
    }
    bkt_status status = order_products(pair, products);
    if (status != BKT_OK) {
        return status;
    }
    bkti_pair_keep(pair, has_place, products);
    for (size_t i = 0; i < pair->observation_count; i++) {
        pair->observations[i].product = products->places[pair->observations[i].product];
    }
    return BKT_OK;
}

bkt_status bkti_pair_choose_level(bkti_pair *pair) {
    level products = {.column = pair->view.columns[BKT_PROFILE_PRODUCT]};
    if (products.column == NULL) {
        return bkti_fail(pair->context, BKT_ERR_NO_COLUMN, NULL,
                         "no column of the table holds products");
    }
    products.parts = bkti_code_bytes(pair->memory, products.column);
    products.places = bkti_allocate_array(
        pair->memory, (size_t)bkt_column_dictionary_count(products.column), sizeof(int32_t));
    bkt_status status = products.parts == NULL || products.places == NULL
                            ? bkti_no_memory(pair->context)
                            : choose(pair, &products);
    bkti_release(pair->memory, products.parts);
    bkti_release(pair->memory, products.places);
    return status;
}
