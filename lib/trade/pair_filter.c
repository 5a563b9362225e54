/* SPDX-License-Identifier: MIT */
/* A pair as a filter for reading: both areas under every code that they may have. */
#include "bkti_area.h"
#include "bkti_codes.h"
#include "bkti_context.h"
#include "bkti_profile.h"

/* The columns that are filtered, and what is added to. */
typedef struct pair_filter {
    bkt_context *context;
    bkti_memory *memory;
    bkt_filter *filter;
    const char *columns[2];
    uint32_t column_count;
} pair_filter;

/* A code as it stands, and in lower case: a service may write either. */
static bkt_status add_code(const pair_filter *made, bkti_span code) {
    char *texts[2] = {bkti_copy_text(made->memory, code.data, code.size),
                      bkti_copy_text(made->memory, code.data, code.size)};
    bkt_status status =
        texts[0] == NULL || texts[1] == NULL ? bkti_no_memory(made->context) : BKT_OK;
    for (char *at = texts[1]; status == BKT_OK && *at != '\0'; at++) {
        *at = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
    }
    for (uint32_t i = 0; status == BKT_OK && i < made->column_count; i++) {
        status =
            bkt_filter_add_codes(made->filter, made->columns[i], (const char *const *)texts, 2);
    }
    bkti_release(made->memory, texts[0]);
    bkti_release(made->memory, texts[1]);
    return status;
}

static bkt_status add_list(const pair_filter *made, const char *list) {
    bkti_span rest = bkti_span_of(list), word;
    bkt_status status = BKT_OK;
    while (status == BKT_OK && bkti_codes_next(&rest, &word)) {
        status = add_code(made, word);
    }
    return status;
}

/* Numbers come with leading zeros and without. */
static bkt_status add_number(const pair_filter *made, const char *number) {
    bkt_status status = add_list(made, number);
    size_t zeros = strspn(number, "0");
    if (status == BKT_OK && zeros > 0 && number[zeros] != '\0') {
        status = add_list(made, number + zeros);
    }
    return status;
}

/* The words "CODE=ISO3" of a profile whose right side is the area. */
static bkt_status add_local(const pair_filter *made, const char *list, const char *iso3) {
    bkti_span rest = bkti_span_of(list), word;
    bkt_status status = BKT_OK;
    while (status == BKT_OK && bkti_codes_next(&rest, &word)) {
        const char *equals = memchr(word.data, '=', word.size);
        if (equals == NULL) {
            continue;
        }
        bkti_span code = {word.data, (size_t)(equals - word.data)};
        bkti_span area = {equals + 1, word.size - code.size - 1};
        if (bkti_span_is(area, iso3)) {
            status = add_code(made, code);
        }
    }
    return status;
}

static bkt_status add_area(const pair_filter *made, const bkt_profile *profile, const char *given) {
    const bkt_area *area = bkt_area_find(given);
    bkt_status status = add_code(made, bkti_span_of(given));
    if (area == NULL || status != BKT_OK) {
        return status;
    }
    const char *const letters[] = {area->iso2, area->iso3, area->other_codes};
    const char *const numbers[] = {area->m49, area->imf};
    for (size_t i = 0; status == BKT_OK && i < sizeof letters / sizeof letters[0]; i++) {
        status = add_list(made, letters[i]);
    }
    for (size_t i = 0; status == BKT_OK && i < sizeof numbers / sizeof numbers[0]; i++) {
        status = add_number(made, numbers[i]);
    }
    bkti_span more = bkti_span_of(area->more_m49), word;
    char number[16];
    while (status == BKT_OK && bkti_codes_next(&more, &word)) {
        if (word.size < sizeof number) {
            memcpy(number, word.data, word.size);
            number[word.size] = '\0';
            status = add_number(made, number);
        }
    }
    return status == BKT_OK ? add_local(made, profile->local_areas, area->iso3) : status;
}

bkt_status bkt_profile_pair_filter(bkt_context *context, const bkt_profile *profile,
                                   const char *reporter, const char *partner,
                                   bkt_filter **out_filter) {
    if (out_filter != NULL) {
        *out_filter = NULL;
    }
    if (context == NULL || profile == NULL || reporter == NULL || partner == NULL ||
        out_filter == NULL || reporter[0] == '\0' || partner[0] == '\0') {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "a filter for a pair wants a profile, a reporter and a partner");
    }
    bkt_status status = bkti_profile_check_pair(context, profile);
    if (status != BKT_OK) {
        return status;
    }
    pair_filter made = {.context = context, .memory = bkti_context_memory(context)};
    static const int32_t roles[] = {BKT_PROFILE_REPORTER, BKT_PROFILE_PARTNER};
    for (size_t i = 0; i < 2; i++) {
        const char *column = bkt_profile_column(profile, roles[i]);
        if (column[0] != '\0') {
            made.columns[made.column_count++] = column;
        }
    }
    status = bkt_filter_new(context, &made.filter);
    if (status == BKT_OK) {
        status = add_area(&made, profile, reporter);
    }
    if (status == BKT_OK) {
        status = add_area(&made, profile, partner);
    }
    if (status != BKT_OK) {
        bkt_filter_free(made.filter);
        return status;
    }
    *out_filter = made.filter;
    return BKT_OK;
}
