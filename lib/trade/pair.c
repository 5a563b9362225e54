/* SPDX-License-Identifier: MIT */
#include "bkti_pair.h"

#include <math.h>
#include <stdarg.h>

#include "bkti_listing.h"

bkt_status bkti_pair_assume(bkti_pair *pair, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    bkt_status status = bkti_assume(pair->context, pair->assumptions, format, arguments);
    va_end(arguments);
    return status;
}

static bkt_status check_options(bkt_context *context, const bkt_balance_options *options) {
    if (options->reporter == NULL || options->partner == NULL) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "a balance needs a reporter and a partner (any code or English name)");
    }
    if (!(options->cif_rate >= 0) || !isfinite(options->cif_rate)) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "the CIF rate must be at least 0; 0.06 is 6 %%");
    }
    if (!(options->unit_scale > 0) || !isfinite(options->unit_scale)) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "the unit scale must be above 0; 1e6 gives millions");
    }
    if (options->frequency < 0 || options->frequency > BKT_FREQUENCY_DAY) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "the frequency %d is none from year to day", (int)options->frequency);
    }
    if (options->product_length < 0) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL, "a product length below 0");
    }
    return BKT_OK;
}

/* The caller's profile as it is; a known one fitted to the table; else the table's own. */
static bkt_status take_profile(bkti_pair *pair, const bkt_table *table) {
    const bkt_profile *given = pair->options->profile;
    bkt_status status = BKT_OK;
    if (given == NULL) {
        status = bkt_profile_detect(pair->context, table, NULL, &pair->own_profile);
    } else if (given->memory == NULL) {
        status = bkti_profile_fit(pair->context, table, given, &pair->own_profile);
    }
    if (status != BKT_OK) {
        return status;
    }
    pair->profile = pair->own_profile != NULL ? pair->own_profile : given;
    for (uint32_t i = 0; i < bkt_profile_assumption_count(pair->profile); i++) {
        const char *sentence = bkt_profile_assumption_at(pair->profile, i);
        if (bkti_dictionary_add(pair->assumptions, bkti_span_of(sentence)) < 0) {
            return bkti_no_memory(pair->context);
        }
    }
    return bkti_profile_check_pair(pair->context, pair->profile);
}

/* A service whose SCALE is but a hint should not have values too small for its unit. */
static void check_scale(const bkti_pair *pair, const bkt_table *table) {
    const bkt_column *scale = bkti_trade_column(table, "SCALE");
    const bkt_column *values = pair->view.columns[BKT_PROFILE_VALUE];
    if (!pair->profile->scale_is_hint || scale == NULL) {
        return;
    }
    double largest = 0;
    const char *text = "";
    for (int64_t row = 0; row < bkt_table_row_count(table); row++) {
        double value = 0;
        if (bkt_column_number_at(values, row, &value) && value > largest) {
            largest = value;
            text = bkt_column_text_at(scale, row);
        }
    }
    bool scaled = text != NULL && bkti_codes_has("3 6 9", text);
    if (scaled && largest < 1e6) {
        bkti_tell(pair->context, BKT_SEVERITY_WARNING, BKT_ERR_VALUE, NULL,
                  "no value reaches a million although SCALE is %s: if the values are to be "
                  "multiplied by 10^%s here, make a profile with SCALE as its multiplier",
                  text, text);
    }
}

static bool is_kind_of(const bkt_column *column, int32_t code, int32_t kind) {
    const char *text = bkt_column_dictionary_text(column, code);
    return bkt_area_kind_of_code(BKT_AREA_SYSTEM_NONE, text) == kind;
}

/* Groups and the world come last in the list of who is there. */
static void list_areas(const bkt_column *column, bkti_listing *listing) {
    for (int pass = 0; pass < 2; pass++) {
        for (int32_t code = 0; code < bkt_column_dictionary_count(column); code++) {
            bool country = is_kind_of(column, code, BKT_AREA_KIND_COUNTRY);
            if (country == (pass == 0)) {
                bkti_listing_add(listing, bkt_column_dictionary_text(column, code));
            }
        }
    }
}

static bkt_status refuse_empty(bkti_pair *pair) {
    const bkti_view *view = &pair->view;
    bkti_listing reporters;
    bkti_listing partners;
    bkti_listing_init(&reporters, pair->context);
    bkti_listing_init(&partners, pair->context);
    if (view->columns[BKT_PROFILE_REPORTER] != NULL) {
        list_areas(view->columns[BKT_PROFILE_REPORTER], &reporters);
    } else {
        bkti_listing_add(&reporters, bkt_profile_reporter(pair->profile));
    }
    list_areas(view->columns[BKT_PROFILE_PARTNER], &partners);
    bkt_status status = bkti_fail(
        pair->context, BKT_ERR_NO_DATA, NULL,
        "neither %s nor %s reports trade with the other in this table%s (profile %s; reporters: "
        "%s; partners: %s)",
        view->targets[0].name, view->targets[1].name,
        pair->deleted_count > 0 ? " but in rows to be deleted"
                                : ", or not in the periods and codes wanted",
        pair->profile->id, bkti_listing_finish(&reporters), bkti_listing_finish(&partners));
    bkti_listing_free(&reporters);
    bkti_listing_free(&partners);
    return status;
}

static bkt_status open_pair(bkti_pair *pair, const bkt_table *table) {
    if (bkt_table_row_count(table) == 0) {
        return bkti_fail(pair->context, BKT_ERR_NO_DATA, NULL, "the table has no observations");
    }
    bkt_status status = take_profile(pair, table);
    if (status == BKT_OK) {
        status = bkti_view_open(&pair->view, pair->context, table, pair->profile, pair->options,
                                pair->by_product);
    }
    if (status == BKT_OK) {
        check_scale(pair, table);
        status = bkti_pair_collect(pair);
    }
    if (status == BKT_OK && pair->observation_count == 0) {
        status = refuse_empty(pair);
    }
    if (status == BKT_OK) {
        status = bkti_pair_choose(pair);
    }
    if (status == BKT_OK && pair->by_product) {
        status = bkti_pair_choose_level(pair);
    }
    return status == BKT_OK ? bkti_pair_settle(pair) : status;
}

bkt_status bkti_pair_open(bkti_pair *pair, bkt_context *context, const bkt_table *table,
                          const bkt_balance_options *options, bool by_product) {
    bkt_status status = check_options(context, options);
    if (status != BKT_OK) {
        return status;
    }
    bkti_memory *memory = bkti_context_memory(context);
    *pair = (bkti_pair){.context = context,
                        .memory = memory,
                        .options = options,
                        .by_product = by_product,
                        .product_count = 1,
                        .unit = "",
                        .comparable = true};
    pair->units = bkti_dictionary_new(memory);
    pair->assumptions = bkti_dictionary_new(memory);
    if (pair->units == NULL || pair->assumptions == NULL) {
        status = bkti_no_memory(context);
    } else {
        status = open_pair(pair, table);
    }
    if (status != BKT_OK) {
        bkti_pair_close(pair);
    }
    return status;
}

void bkti_pair_close(bkti_pair *pair) {
    bkti_memory *memory = pair->memory;
    if (pair->view.memory != NULL) {
        bkti_view_close(&pair->view);
    }
    bkti_release(memory, pair->observations);
    bkti_release(memory, pair->products);
    bkti_release(memory, pair->figures);
    bkti_dictionary_drop(pair->units);
    bkti_dictionary_drop(pair->assumptions);
    bkt_profile_free(pair->own_profile);
    *pair = (bkti_pair){.memory = NULL};
}
