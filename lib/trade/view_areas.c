/* SPDX-License-Identifier: MIT */
/* Which codes of the reporter and partner columns are the two areas asked for, whatever the code
 * system of either. */
#include "bkti_context.h"
#include "bkti_listing.h"
#include "bkti_view.h"

static bool is_number(bkti_span text) {
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') {
            return false;
        }
    }
    return text.size > 0;
}

static const bkt_area *find_span(int32_t system, bkti_span text) {
    char code[16];
    if (text.size == 0 || text.size >= sizeof code) {
        return NULL;
    }
    memcpy(code, text.data, text.size);
    code[text.size] = '\0';
    return bkt_area_find_in(system, code);
}

/* Letters tell their system by their number; numbers are of the system given. */
static const bkt_area *area_of_code(const bkt_profile *profile, int32_t system, const char *code) {
    bkti_span text = bkti_span_of(code);
    bkti_span local = bkti_codes_value(profile->local_areas, text);
    if (local.size > 0) {
        return find_span(BKT_AREA_SYSTEM_ISO3, local);
    }
    if (is_number(text)) {
        return find_span(system, text);
    }
    const bkt_area *area = find_span(BKT_AREA_SYSTEM_ISO2, text);
    return area != NULL ? area : find_span(BKT_AREA_SYSTEM_ISO3, text);
}

/* The code of a column that is the text given, whatever its case; NULL if there is none. */
static const char *code_of(const bkt_column *column, const char *given) {
    int32_t exact = bkt_column_dictionary_find(column, given);
    if (exact >= 0) {
        return bkt_column_dictionary_text(column, exact);
    }
    for (int32_t code = 0; code < bkt_column_dictionary_count(column); code++) {
        const char *text = bkt_column_dictionary_text(column, code);
        if (bkti_span_equal_caseless(bkti_span_of(text), bkti_span_of(given))) {
            return text;
        }
    }
    return NULL;
}

/* ---- the system of numbers ---- */

/* The system that both columns' codes tell; NONE if they don't. */
static bkt_status system_of_columns(bkti_view *view, int32_t *out_system) {
    const bkt_column *columns[2] = {view->columns[BKT_PROFILE_REPORTER],
                                    view->columns[BKT_PROFILE_PARTNER]};
    size_t count = 0;
    for (int i = 0; i < 2; i++) {
        count += (size_t)bkt_column_dictionary_count(columns[i]);
    }
    const char **codes = bkti_allocate_array(view->memory, count, sizeof *codes);
    if (codes == NULL) {
        return bkti_no_memory(view->context);
    }
    size_t taken = 0;
    for (int i = 0; i < 2; i++) {
        for (int32_t code = 0; code < bkt_column_dictionary_count(columns[i]); code++) {
            const char *text = bkt_column_dictionary_text(columns[i], code);
            if (is_number(bkti_span_of(text))) {
                codes[taken++] = text;
            }
        }
    }
    *out_system = bkt_area_system_of_codes(codes, taken);
    bool numbers = taken > 0;
    bkti_release(view->memory, (void *)codes);
    if (!numbers) {
        *out_system = BKT_AREA_SYSTEM_M49;
    }
    return BKT_OK;
}

static bool has_area(const bkti_view *view, int32_t system, const bkt_column *column,
                     const bkt_area *area) {
    for (int32_t code = 0; code < bkt_column_dictionary_count(column); code++) {
        const char *text = bkt_column_dictionary_text(column, code);
        if (area_of_code(view->profile, system, text) == area) {
            return true;
        }
    }
    return false;
}

/* How many of the two areas the columns have, if their numbers are of a system. */
static int hits(const bkti_view *view, int32_t system) {
    int count = 0;
    for (int i = 0; i < 2; i++) {
        const bkt_area *area = bkt_area_find(view->targets[i].given);
        count +=
            area != NULL && (has_area(view, system, view->columns[BKT_PROFILE_REPORTER], area) ||
                             has_area(view, system, view->columns[BKT_PROFILE_PARTNER], area));
    }
    return count;
}

/* Whether both areas are given by codes that the columns have. */
static bool given_by_code(const bkti_view *view) {
    bool by_code = true;
    for (int i = 0; i < 2; i++) {
        const char *given = view->targets[i].given;
        by_code = by_code && (code_of(view->columns[BKT_PROFILE_REPORTER], given) != NULL ||
                              code_of(view->columns[BKT_PROFILE_PARTNER], given) != NULL);
    }
    return by_code;
}

/* Numbers that M49 and the IMF know equally well: the system that has the areas asked for. */
static bkt_status system_of_targets(bkti_view *view, int32_t *out_system) {
    int m49 = hits(view, BKT_AREA_SYSTEM_M49);
    int imf = hits(view, BKT_AREA_SYSTEM_IMF);
    if (m49 == imf && m49 > 0 && !given_by_code(view)) {
        return bkti_fail(
            view->context, BKT_ERR_AMBIGUOUS, NULL,
            "the area codes of %s can be numbers of UN M49 or of the IMF; say which in "
            "a profile (area_system), or give the codes themselves",
            bkt_column_id(view->columns[BKT_PROFILE_PARTNER]));
    }
    *out_system = imf > m49 ? BKT_AREA_SYSTEM_IMF : BKT_AREA_SYSTEM_M49;
    bkti_tell(view->context, BKT_SEVERITY_NOTE, BKT_OK, NULL,
              "the area codes of %s are taken for %s, in which the areas asked for are found",
              bkt_column_id(view->columns[BKT_PROFILE_PARTNER]), bkt_area_system_text(*out_system));
    return BKT_OK;
}

static bkt_status find_system(bkti_view *view, int32_t *out_system) {
    int32_t declared = view->profile->area_system;
    if (declared == BKT_AREA_SYSTEM_M49 || declared == BKT_AREA_SYSTEM_IMF) {
        *out_system = declared;
        return BKT_OK;
    }
    bkt_status status = system_of_columns(view, out_system);
    bool told = *out_system == BKT_AREA_SYSTEM_M49 || *out_system == BKT_AREA_SYSTEM_IMF;
    return status != BKT_OK || told ? status : system_of_targets(view, out_system);
}

/* ---- the two areas ---- */

static bkt_status refuse_area(bkti_view *view, const char *given) {
    const bkt_column *column = view->columns[BKT_PROFILE_PARTNER];
    bkti_listing listing;
    bkti_listing_init(&listing, view->context);
    for (int32_t code = 0; code < bkt_column_dictionary_count(column); code++) {
        bkti_listing_add(&listing, bkt_column_dictionary_text(column, code));
    }
    bkt_status status = bkti_fail(
        view->context, BKT_ERR_COUNTRY, NULL,
        "'%s' is no area by any code (ISO 3166, UN M49, IMF) or English name, and no code "
        "of the column %s (codes: %s)",
        given, bkt_column_id(column), bkti_listing_finish(&listing));
    bkti_listing_free(&listing);
    return status;
}

/* A number may mean two areas; which one it was taken for is told. */
static void tell_number(bkti_view *view, const bkti_target *target) {
    bkti_span given = bkti_span_trim(bkti_span_of(target->given));
    const bkt_area *m49 = find_span(BKT_AREA_SYSTEM_M49, given);
    const bkt_area *imf = find_span(BKT_AREA_SYSTEM_IMF, given);
    const bkt_area *other = target->area == m49 ? imf : m49;
    if (is_number(given) && target->area != NULL && other != NULL && other != target->area) {
        bkti_tell(view->context, BKT_SEVERITY_NOTE, BKT_OK, NULL,
                  "%s is taken for %s; in %s it is %s", target->given, bkt_area_name(target->area),
                  target->area == m49 ? "the IMF's numbers" : "UN M49", bkt_area_name(other));
    }
}

static const char *code_in_results(const bkt_area *area) {
    static const int32_t systems[] = {BKT_AREA_SYSTEM_ISO3, BKT_AREA_SYSTEM_ISO2,
                                      BKT_AREA_SYSTEM_M49};
    for (size_t i = 0; i < sizeof systems / sizeof systems[0]; i++) {
        if (bkt_area_code(area, systems[i])[0] != '\0') {
            return bkt_area_code(area, systems[i]);
        }
    }
    return bkt_area_name(area);
}

static bkt_status find_target(bkti_view *view, int32_t system, bkti_target *target) {
    const char *code = code_of(view->columns[BKT_PROFILE_PARTNER], target->given);
    if (code == NULL && view->columns[BKT_PROFILE_REPORTER] != NULL) {
        code = code_of(view->columns[BKT_PROFILE_REPORTER], target->given);
    }
    target->area =
        code != NULL ? area_of_code(view->profile, system, code) : bkt_area_find(target->given);
    if (code == NULL && target->area == NULL) {
        return refuse_area(view, target->given);
    }
    target->code = target->area != NULL ? code_in_results(target->area) : code;
    target->name = target->area != NULL ? bkt_area_name(target->area) : code;
    tell_number(view, target);
    return BKT_OK;
}

static bool is_target(const bkti_view *view, int32_t system, const bkti_target *target,
                      const char *code) {
    if (target->area != NULL) {
        return area_of_code(view->profile, system, code) == target->area;
    }
    return bkti_span_equal_caseless(bkti_span_of(code), bkti_span_of(target->code));
}

static uint8_t *classify(bkti_view *view, int32_t system, const bkt_column *column) {
    uint8_t *sides = bkti_code_bytes(view->memory, column);
    for (int32_t code = 0; sides != NULL && code < bkt_column_dictionary_count(column); code++) {
        const char *text = bkt_column_dictionary_text(column, code);
        for (uint8_t i = 0; i < 2; i++) {
            if (is_target(view, system, &view->targets[i], text)) {
                sides[code] = (uint8_t)(i + 1);
            }
        }
    }
    return sides;
}

static bkt_status find_fixed_reporter(bkti_view *view) {
    const bkt_area *reporter =
        bkt_area_find_in(BKT_AREA_SYSTEM_ISO3, bkt_profile_reporter(view->profile));
    for (uint8_t i = 0; i < 2; i++) {
        if (reporter != NULL && view->targets[i].area == reporter) {
            view->fixed_reporter = (uint8_t)(i + 1);
            return BKT_OK;
        }
    }
    return bkti_fail(view->context, BKT_ERR_NO_DATA, NULL,
                     "only %s reports in this table, which is neither %s nor %s",
                     bkt_area_name(reporter), view->targets[0].name, view->targets[1].name);
}

bkt_status bkti_view_find_areas(bkti_view *view, const bkt_balance_options *options) {
    view->targets[0].given = options->reporter;
    view->targets[1].given = options->partner;
    int32_t system = BKT_AREA_SYSTEM_NONE;
    bkt_status status = find_system(view, &system);
    for (int i = 0; status == BKT_OK && i < 2; i++) {
        status = find_target(view, system, &view->targets[i]);
    }
    if (status != BKT_OK) {
        return status;
    }
    if (view->targets[0].area == view->targets[1].area &&
        (view->targets[0].area != NULL ||
         strcmp(view->targets[0].code, view->targets[1].code) == 0)) {
        return bkti_fail(view->context, BKT_ERR_ARGUMENT, NULL,
                         "'%s' and '%s' are both %s; a balance is of two different areas",
                         options->reporter, options->partner, view->targets[0].name);
    }
    const bkt_column *reporters = view->columns[BKT_PROFILE_REPORTER];
    view->partners = classify(view, system, view->columns[BKT_PROFILE_PARTNER]);
    if (reporters != NULL) {
        view->reporters = classify(view, system, reporters);
    }
    if (view->partners == NULL || (reporters != NULL && view->reporters == NULL)) {
        return bkti_no_memory(view->context);
    }
    return reporters == NULL ? find_fixed_reporter(view) : BKT_OK;
}
