/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "bkti_profile.h"

uint32_t bkt_profile_known_count(void) {
    return bkti_profile_count;
}

const bkt_profile *bkt_profile_known_at(uint32_t index) {
    return index < bkti_profile_count ? &bkti_profiles[index] : NULL;
}

const bkt_profile *bkt_profile_known_find(const char *id) {
    for (uint32_t i = 0; id != NULL && i < bkti_profile_count; i++) {
        if (strcmp(bkti_profiles[i].id, id) == 0) {
            return &bkti_profiles[i];
        }
    }
    return NULL;
}

static const char *text_or_none(const char *text) {
    return text == NULL ? "" : text;
}

const char *bkt_profile_id(const bkt_profile *profile) {
    return profile == NULL ? "" : text_or_none(profile->id);
}

const char *bkt_profile_name(const bkt_profile *profile) {
    return profile == NULL ? "" : text_or_none(profile->name);
}

const char *bkt_profile_structures(const bkt_profile *profile) {
    return profile == NULL ? "" : text_or_none(profile->structures);
}

const char *bkt_profile_dimensions(const bkt_profile *profile) {
    return profile == NULL ? "" : text_or_none(profile->dimensions);
}

const char *bkt_profile_column(const bkt_profile *profile, int32_t role) {
    bool known = profile != NULL && role > 0 && role < BKTI_ROLE_COUNT;
    return known ? text_or_none(profile->columns[role]) : "";
}

int32_t bkt_profile_pair_possible(const bkt_profile *profile) {
    return profile != NULL && profile->refusal == NULL;
}

const char *bkt_profile_pair_refusal(const bkt_profile *profile) {
    return profile == NULL ? "" : text_or_none(profile->refusal);
}

int32_t bkt_profile_multiplier_rule(const bkt_profile *profile) {
    return profile == NULL ? 0 : profile->multiplier_rule;
}

int32_t bkt_profile_multiplier_exponent(const bkt_profile *profile) {
    return profile == NULL ? 0 : profile->multiplier_exponent;
}

int32_t bkt_profile_area_system(const bkt_profile *profile) {
    return profile == NULL ? BKT_AREA_SYSTEM_NONE : profile->area_system;
}

const char *bkt_profile_reporter(const bkt_profile *profile) {
    return profile == NULL ? "" : text_or_none(profile->reporter);
}

const char *bkt_profile_unit(const bkt_profile *profile) {
    return profile == NULL ? "" : text_or_none(profile->unit);
}

int32_t bkt_profile_flow_of_code(const bkt_profile *profile, const char *code) {
    if (profile == NULL || code == NULL) {
        return BKT_FLOW_OTHER;
    }
    bkti_span span = bkti_span_of(code);
    if (bkti_codes_find(profile->export_codes, NULL, span) != 0) {
        return BKT_FLOW_EXPORTS;
    }
    bool imports = bkti_codes_find(profile->import_codes, NULL, span) != 0;
    return imports ? BKT_FLOW_IMPORTS : BKT_FLOW_OTHER;
}

uint32_t bkt_profile_assumption_count(const bkt_profile *profile) {
    if (profile == NULL) {
        return 0;
    }
    if (profile->assumptions != NULL) {
        return (uint32_t)bkti_dictionary_count(profile->assumptions);
    }
    uint32_t count = 0;
    while (count < BKTI_KNOWN_ASSUMPTION && profile->known_assumptions[count] != NULL) {
        count++;
    }
    return count;
}

const char *bkt_profile_assumption_at(const bkt_profile *profile, uint32_t index) {
    if (index >= bkt_profile_assumption_count(profile)) {
        return NULL;
    }
    if (profile->assumptions != NULL) {
        return bkti_dictionary_text(profile->assumptions, (int32_t)index);
    }
    return profile->known_assumptions[index];
}

void bkt_profile_free(bkt_profile *profile) {
    if (profile == NULL || profile->memory == NULL) {
        return;
    }
    bkti_memory *memory = profile->memory;
    bkti_dictionary_drop(profile->texts);
    bkti_dictionary_drop(profile->assumptions);
    bkti_release(memory, profile);
    bkti_memory_drop(memory);
}

const char *bkti_profile_keep(bkt_profile *profile, bkti_span text) {
    int32_t code = bkti_dictionary_add(profile->texts, text);
    return code < 0 ? NULL : bkti_dictionary_text(profile->texts, code);
}

bkt_status bkti_assume(bkt_context *context, bkti_dictionary *assumptions, const char *format,
                       va_list arguments) {
    char sentence[1000];
    vsnprintf(sentence, sizeof sentence, format, arguments);
    int32_t before = bkti_dictionary_count(assumptions);
    if (bkti_dictionary_add(assumptions, bkti_span_of(sentence)) < 0) {
        return bkti_no_memory(context);
    }
    if (bkti_dictionary_count(assumptions) > before) {
        bkti_tell(context, BKT_SEVERITY_NOTE, BKT_OK, NULL, "%s", sentence);
    }
    return BKT_OK;
}

bkt_status bkti_profile_assume(bkt_context *context, bkt_profile *profile, const char *format,
                               ...) {
    va_list arguments;
    va_start(arguments, format);
    bkt_status status = bkti_assume(context, profile->assumptions, format, arguments);
    va_end(arguments);
    return status;
}

bkt_status bkti_profile_copy(bkt_context *context, const bkt_profile *base,
                             bkt_profile **out_copy) {
    static const bkt_profile blank = {.id = "own"};
    bkti_memory *memory = bkti_context_memory(context);
    *out_copy = NULL;
    bkt_profile *copy = bkti_allocate(memory, sizeof *copy);
    if (copy == NULL) {
        return bkti_no_memory(context);
    }
    *copy = base == NULL ? blank : *base;
    copy->memory = bkti_memory_hold(memory);
    copy->texts = bkti_dictionary_new(memory);
    copy->assumptions = bkti_dictionary_new(memory);
    if (copy->texts == NULL || copy->assumptions == NULL) {
        bkt_profile_free(copy);
        return bkti_no_memory(context);
    }
    bkt_status status = BKT_OK;
    for (uint32_t i = 0; status == BKT_OK && i < bkt_profile_assumption_count(base); i++) {
        status = bkti_profile_assume(context, copy, "%s", bkt_profile_assumption_at(base, i));
    }
    if (status != BKT_OK) {
        bkt_profile_free(copy);
        return status;
    }
    *out_copy = copy;
    return BKT_OK;
}

bkt_status bkti_profile_check_pair(bkt_context *context, const bkt_profile *profile) {
    if (bkt_profile_pair_possible(profile)) {
        return BKT_OK;
    }
    return bkti_fail(context, BKT_ERR_PROFILE, NULL,
                     "no trade of a pair can be made from a table of the profile %s (%s): %s",
                     profile->id, text_or_none(profile->name), profile->refusal);
}

bkt_status bkt_profile_options_init(bkt_profile_options *options, uint32_t struct_size) {
    static const bkt_profile_options defaults = {.struct_size = sizeof defaults};
    return bkti_options_init(options, struct_size, &defaults, sizeof defaults, sizeof defaults);
}

/* Replaces a text of the profile by the caller's, if there is one. */
static bool take_text(bkt_profile *profile, const char **text, const char *given) {
    if (given != NULL) {
        *text = bkti_profile_keep(profile, bkti_span_of(given));
    }
    return given == NULL || *text != NULL;
}

static bool take_texts(bkt_profile *profile, const bkt_profile_options *own) {
    const char **columns = profile->columns;
    return take_text(profile, &profile->id, own->id) &&
           take_text(profile, &profile->name, own->name) &&
           take_text(profile, &columns[BKT_PROFILE_REPORTER], own->reporter_column) &&
           take_text(profile, &columns[BKT_PROFILE_PARTNER], own->partner_column) &&
           take_text(profile, &columns[BKT_PROFILE_FLOW], own->flow_column) &&
           take_text(profile, &columns[BKT_PROFILE_PRODUCT], own->product_column) &&
           take_text(profile, &columns[BKT_PROFILE_VALUE], own->value_column) &&
           take_text(profile, &columns[BKT_PROFILE_UNIT], own->unit_column) &&
           take_text(profile, &columns[BKT_PROFILE_MULTIPLIER], own->multiplier_column) &&
           take_text(profile, &columns[BKT_PROFILE_FREQUENCY], own->frequency_column) &&
           take_text(profile, &columns[BKT_PROFILE_TIME], own->time_column) &&
           take_text(profile, &columns[BKT_PROFILE_VALUATION], own->valuation_column) &&
           take_text(profile, &profile->export_codes, own->export_codes) &&
           take_text(profile, &profile->import_codes, own->import_codes) &&
           take_text(profile, &profile->total_codes, own->total_codes) &&
           take_text(profile, &profile->required_codes, own->required_codes) &&
           take_text(profile, &profile->local_areas, own->local_areas) &&
           take_text(profile, &profile->unit, own->unit);
}

static bool within(int32_t number, int32_t highest) {
    return number >= 0 && number <= highest;
}

static bkt_status take_numbers(bkt_context *context, bkt_profile *profile,
                               const bkt_profile_options *own) {
    if (!within(own->area_system, BKT_AREA_SYSTEM_LOCAL) ||
        !within(own->multiplier_rule, BKT_MULTIPLIER_UNIT_NAME) ||
        !within(own->export_valuation, BKT_VALUATION_OTHER) ||
        !within(own->import_valuation, BKT_VALUATION_OTHER) || own->multiplier_exponent < -30 ||
        own->multiplier_exponent > 30) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "a profile's area system, multiplier rule, multiplier exponent (-30 to "
                         "30) or valuation is none of those there are");
    }
    bool has_multiplier = bkt_profile_column(profile, BKT_PROFILE_MULTIPLIER)[0] != '\0';
    if (own->multiplier_rule != 0) {
        profile->multiplier_rule = own->multiplier_rule;
    } else if (own->multiplier_column != NULL || profile->multiplier_rule == 0) {
        profile->multiplier_rule = has_multiplier ? BKT_MULTIPLIER_POWER : BKT_MULTIPLIER_FIXED;
    }
    if (own->multiplier_exponent != 0) {
        profile->multiplier_exponent = own->multiplier_exponent;
    }
    if (own->area_system != 0) {
        profile->area_system = own->area_system;
    }
    static const int32_t conventions[2] = {BKT_VALUATION_FOB, BKT_VALUATION_CIF};
    int32_t *valuations[2] = {&profile->export_valuation, &profile->import_valuation};
    int32_t given[2] = {own->export_valuation, own->import_valuation};
    for (int i = 0; i < 2; i++) {
        *valuations[i] = given[i] != 0 ? given[i] : *valuations[i];
        *valuations[i] = *valuations[i] != 0 ? *valuations[i] : conventions[i];
    }
    return BKT_OK;
}

static bkt_status take_reporter(bkt_context *context, bkt_profile *profile, const char *given) {
    if (given == NULL) {
        return BKT_OK;
    }
    const bkt_area *area = bkt_area_find(given);
    if (area == NULL || bkt_area_code(area, BKT_AREA_SYSTEM_ISO3)[0] == '\0') {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "the reporter '%s' of a profile is no country by any code or name", given);
    }
    profile->reporter = bkt_area_code(area, BKT_AREA_SYSTEM_ISO3);
    return BKT_OK;
}

/* The columns that every pair needs. */
static bkt_status check_columns(bkt_context *context, const bkt_profile *profile) {
    static const struct {
        int32_t role;
        const char *name;
    } needed[] = {{BKT_PROFILE_REPORTER, "reporter"},
                  {BKT_PROFILE_PARTNER, "partner"},
                  {BKT_PROFILE_FLOW, "flow"}};
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
        bool replaced = (needed[i].role == BKT_PROFILE_REPORTER && profile->reporter != NULL) ||
                        (needed[i].role == BKT_PROFILE_FLOW && profile->structure_flows != NULL);
        if (!replaced && bkt_profile_column(profile, needed[i].role)[0] == '\0') {
            return bkti_fail(context, BKT_ERR_PROFILE, NULL,
                             "the profile %s names no column for the %s; give its id in %s_column",
                             profile->id, needed[i].name, needed[i].name);
        }
    }
    return BKT_OK;
}

/* What stands where neither the caller nor the base says anything. */
static void take_defaults(bkt_profile *profile) {
    if (profile->name == NULL) {
        profile->name = profile->id;
    }
    if (profile->columns[BKT_PROFILE_STATUS] == NULL) {
        profile->columns[BKT_PROFILE_STATUS] = "OBS_STATUS";
    }
    if (profile->columns[BKT_PROFILE_CONFIDENTIALITY] == NULL) {
        profile->columns[BKT_PROFILE_CONFIDENTIALITY] = "CONF_STATUS";
    }
    if (profile->export_codes == NULL) {
        profile->export_codes = bkti_well_known_exports;
    }
    if (profile->import_codes == NULL) {
        profile->import_codes = bkti_well_known_imports;
    }
}

bkt_status bkt_profile_new(bkt_context *context, const bkt_profile_options *options,
                           bkt_profile **out_profile) {
    if (out_profile == NULL) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL, "there is no place for the profile");
    }
    *out_profile = NULL;
    if (context == NULL || options == NULL) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL, "a new profile needs options");
    }
    bkt_profile_options own = {.struct_size = sizeof own};
    bkt_status status = bkti_options_take(context, options, &own, sizeof own, sizeof own);
    if (status == BKT_OK) {
        status = bkti_flags_check(context, "bkt_profile_options", own.flags, 0);
    }
    if (status != BKT_OK) {
        return status;
    }
    if (own.reserved != 0) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "`reserved` of bkt_profile_options is not 0");
    }
    const bkt_profile *base = bkt_profile_known_find(own.base);
    if (own.base != NULL && base == NULL) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "no known profile has the id '%s'; bkt_profile_known_at() lists them",
                         own.base);
    }
    bkt_profile *profile = NULL;
    status = bkti_profile_copy(context, base, &profile);
    if (status != BKT_OK) {
        return status;
    }
    status = take_texts(profile, &own) ? BKT_OK : bkti_no_memory(context);
    if (status == BKT_OK) {
        status = take_reporter(context, profile, own.reporter);
    }
    if (status == BKT_OK) {
        take_defaults(profile);
        status = take_numbers(context, profile, &own);
    }
    if (status == BKT_OK) {
        status = check_columns(context, profile);
        /* Whoever names the partner knows that there is one. */
        profile->refusal = own.partner_column != NULL ? NULL : profile->refusal;
    }
    if (status != BKT_OK) {
        bkt_profile_free(profile);
        return status;
    }
    *out_profile = profile;
    return BKT_OK;
}
