/* SPDX-License-Identifier: MIT */
/* Telling the profile of a table: by the structure it names, by its dimensions, by rule. */
#include "bkti_listing.h"
#include "bkti_profile.h"

bkt_status bkt_detect_options_init(bkt_detect_options *options, uint32_t struct_size) {
    static const bkt_detect_options defaults = {.struct_size = sizeof defaults};
    return bkti_options_init(options, struct_size, &defaults, sizeof defaults, sizeof defaults);
}

static bool is_digits(bkti_span text) {
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') {
            return false;
        }
    }
    return text.size > 0;
}

const bkt_column *bkti_trade_column(const bkt_table *table, const char *id) {
    if (id == NULL || id[0] == '\0') {
        return NULL;
    }
    const bkt_column *column = bkt_table_column_find(table, id);
    bkti_span wanted = bkti_span_of(id);
    for (uint32_t i = 0; column == NULL && i < bkt_table_column_count(table); i++) {
        const bkt_column *each = bkt_table_column_at(table, i);
        bkti_span own = bkti_span_of(bkt_column_id(each));
        bool numbered = own.size > wanted.size &&
                        bkti_span_equal_caseless((bkti_span){own.data, wanted.size}, wanted) &&
                        is_digits((bkti_span){own.data + wanted.size, own.size - wanted.size});
        if (numbered || bkti_code_fits(wanted, own)) {
            column = each;
        }
    }
    return column;
}

/* ---- by the structure's id ---- */

/* "urn:...=AGENCY:ID(1.0):..." or "AGENCY:ID(1.0)" or "ID" without what is around "AGENCY:ID". */
static bkti_span structure_name(bkti_span text) {
    text = bkti_span_trim(text);
    for (size_t i = text.size; i > 0; i--) {
        if (text.data[i - 1] == '=') {
            text = (bkti_span){text.data + i, text.size - i};
            break;
        }
    }
    size_t size = 0;
    while (size < text.size && text.data[size] != '(' && text.data[size] != '[') {
        size++;
    }
    return bkti_span_trim((bkti_span){text.data, size});
}

/* Calls for each "; "-separated name of a property that names structures. */
static bool next_structure(bkti_span *rest, bkti_span *out_name) {
    if (rest->size == 0) {
        return false;
    }
    size_t size = 0;
    while (size < rest->size && rest->data[size] != ';') {
        size++;
    }
    *out_name = structure_name((bkti_span){rest->data, size});
    size += size < rest->size;
    *rest = (bkti_span){rest->data + size, rest->size - size};
    return true;
}

/* Whether a list of "AGENCY:ID" has this name; a name without an agency is compared with the ids
 * alone. */
static bool names_structure(const char *structures, bkti_span name) {
    if (name.size == 0) {
        return false;
    }
    if (memchr(name.data, ':', name.size) != NULL) {
        return bkti_codes_find(structures, NULL, name) != 0;
    }
    bkti_span rest = bkti_span_of(structures);
    bkti_span word;
    while (bkti_codes_next(&rest, &word)) {
        const char *colon = memchr(word.data, ':', word.size);
        size_t skip = colon == NULL ? 0 : (size_t)(colon - word.data) + 1;
        if (bkti_code_fits((bkti_span){word.data + skip, word.size - skip}, name)) {
            return true;
        }
    }
    return false;
}

static const char *const structure_properties[] = {"structure", "dataflow", "namespace"};
#define STRUCTURE_PROPERTY_COUNT (sizeof structure_properties / sizeof structure_properties[0])

static bool table_names(const bkt_table *table, const char *structures) {
    for (size_t i = 0; i < STRUCTURE_PROPERTY_COUNT; i++) {
        bkti_span rest = bkti_span_of(bkt_table_property(table, structure_properties[i]));
        bkti_span name;
        while (next_structure(&rest, &name)) {
            if (names_structure(structures, name)) {
                return true;
            }
        }
    }
    return false;
}

/* ---- by the dimensions ---- */

static uint32_t word_count(const char *list) {
    bkti_span rest = bkti_span_of(list);
    bkti_span word;
    uint32_t count = 0;
    while (bkti_codes_next(&rest, &word)) {
        count++;
    }
    return count;
}

/* Whether the table has all dimensions of a profile. Frequency may be left out: periods say it. */
static bool has_dimensions(const bkt_table *table, const bkt_profile *profile) {
    bkti_span rest = bkti_span_of(profile->dimensions);
    bkti_span word;
    char id[64];
    while (bkti_codes_next(&rest, &word)) {
        if (word.size >= sizeof id) {
            return false;
        }
        memcpy(id, word.data, word.size);
        id[word.size] = '\0';
        const char *frequency = profile->columns[BKT_PROFILE_FREQUENCY];
        bool is_frequency = frequency != NULL && strcmp(frequency, id) == 0;
        if (!is_frequency && bkti_trade_column(table, id) == NULL) {
            return false;
        }
    }
    return true;
}

/* Whether a column has a code that means exports or imports. */
static bool has_flows(const bkt_profile *profile, const bkt_column *column) {
    for (int32_t code = 0; code < bkt_column_dictionary_count(column); code++) {
        const char *text = bkt_column_dictionary_text(column, code);
        if (bkt_profile_flow_of_code(profile, text) != BKT_FLOW_OTHER) {
            return true;
        }
    }
    return false;
}

/* Many structures share dimensions, so the codes must be trade's as well. A flow that is empty, or
 * has no code at all, says nothing against. */
static bool flows_fit(const bkt_table *table, const bkt_profile *profile) {
    const char *id = bkt_profile_column(profile, BKT_PROFILE_FLOW);
    const bkt_column *column = bkti_trade_column(table, id);
    return column == NULL || bkt_column_dictionary_count(column) == 0 || has_flows(profile, column);
}

/* The known profile with the most dimensions, all of which the table has. */
static const bkt_profile *find_by_dimensions(const bkt_table *table) {
    const bkt_profile *best = NULL;
    uint32_t best_count = 0;
    for (uint32_t i = 0; i < bkti_profile_count; i++) {
        const bkt_profile *each = &bkti_profiles[i];
        uint32_t count = word_count(each->dimensions);
        if (count > best_count && has_dimensions(table, each) && flows_fit(table, each)) {
            best = each;
            best_count = count;
        }
    }
    return best;
}

static const bkt_profile *find_by_structure(const bkt_table *table) {
    for (uint32_t i = 0; i < bkti_profile_count; i++) {
        const bkt_profile *each = &bkti_profiles[i];
        /* An id may be used by others too: the columns must fit, if there are any yet. */
        if (table_names(table, each->structures) &&
            (bkt_table_row_count(table) == 0 || each->refusal != NULL ||
             has_dimensions(table, each) ||
             bkti_trade_column(table, bkt_profile_column(each, BKT_PROFILE_PARTNER)) != NULL)) {
            return each;
        }
    }
    return NULL;
}

/* ---- by rule ---- */

/* Ids by role, the surest first. COUNTRY is the reporter only beside a partner; see below. */
static const struct {
    int32_t role;
    const char *ids;
} well_known_ids[] = {
    {BKT_PROFILE_REPORTER, "REPORTER RPT REPORTING_AREA REPORTER_COUNTRY REF_AREA REPORTER_AREA "
                           "UN_COUNTRY GEO COUNTRY"},
    {BKT_PROFILE_PARTNER, "PARTNER PRT COUNTERPART_AREA COUNTERPART_AREA_1 COUNTERPART_COUNTRY "
                          "PARTNER_AREA PARTNER_COUNTRY COUNT_AREA VIS_AREA"},
    {BKT_PROFILE_FLOW, "TRADE_FLOW TRD_FLOW FLOW TF INDICATOR MEASURE"},
    {BKT_PROFILE_PRODUCT, "COMMODITY COMMODITY_1 PRODUCT PRODUCTCODE PRODUCT_CODE TRD_PRODUCT "
                          "PRODUCT_TYPE CC-* SITC* HS* CN"},
    {BKT_PROFILE_UNIT, "UNIT_MEASURE UNIT CURRENCY"},
    {BKT_PROFILE_MULTIPLIER, "UNIT_MULT UNIT_MULTIPLIER"},
    {BKT_PROFILE_FREQUENCY, "FREQ FREQUENCY"},
    {BKT_PROFILE_VALUATION, "VALUATION"},
    {BKT_PROFILE_STATUS, "OBS_STATUS OBS_FLAG"},
    {BKT_PROFILE_CONFIDENTIALITY, "CONF_STATUS OBS_CONF"},
};
#define WELL_KNOWN_COUNT (sizeof well_known_ids / sizeof well_known_ids[0])

/* The column that fits a word of the list first: codes, or numbers for a multiplier. */
static const bkt_column *find_by_ids(const bkt_table *table, int32_t role, const char *ids) {
    bkti_span rest = bkti_span_of(ids);
    bkti_span word;
    char id[64];
    while (bkti_codes_next(&rest, &word)) {
        memcpy(id, word.data, word.size);
        id[word.size] = '\0';
        const bkt_column *column = bkti_trade_column(table, id);
        int32_t kind = bkt_column_kind(column);
        if (kind == BKT_KIND_TEXT || (kind == BKT_KIND_NUMBER && role == BKT_PROFILE_MULTIPLIER)) {
            return column;
        }
    }
    return NULL;
}

static bkt_status refuse_columns(bkt_context *context, const bkt_table *table, const char *role) {
    bkti_listing listing;
    bkti_listing_init(&listing, context);
    for (uint32_t i = 0; i < bkt_table_column_count(table); i++) {
        bkti_listing_add(&listing, bkt_column_id(bkt_table_column_at(table, i)));
    }
    bkt_status status = bkti_fail(
        context, BKT_ERR_PROFILE, NULL,
        "which column is the %s can't be told (columns: %s); name it in a profile of your own",
        role, bkti_listing_finish(&listing));
    bkti_listing_free(&listing);
    return status;
}

/* The flow column by rule must have codes of which the meaning is sure. */
static bkt_status check_flow(bkt_context *context, const bkt_profile *profile,
                             const bkt_column *flow) {
    if (bkt_column_dictionary_count(flow) == 0 || has_flows(profile, flow)) {
        return BKT_OK;
    }
    bkti_listing listing;
    bkti_listing_init(&listing, context);
    for (int32_t code = 0; code < bkt_column_dictionary_count(flow); code++) {
        bkti_listing_add(&listing, bkt_column_dictionary_text(flow, code));
    }
    bkt_status status =
        bkti_fail(context, BKT_ERR_PROFILE, NULL,
                  "no code of %s is known for exports or imports (codes: %s); say which mean what "
                  "in a profile of your own",
                  bkt_column_id(flow), bkti_listing_finish(&listing));
    bkti_listing_free(&listing);
    return status;
}

static bkt_status take_by_rule(bkt_context *context, const bkt_table *table, bkt_profile *profile) {
    static const char *const told[] = {"", "reporter", "partner", "flow"};
    profile->id = "detected";
    profile->name = "told from the ids of the columns";
    profile->export_codes = bkti_well_known_exports;
    profile->import_codes = bkti_well_known_imports;
    profile->export_valuation = BKT_VALUATION_FOB;
    profile->import_valuation = BKT_VALUATION_CIF;
    for (size_t i = 0; i < WELL_KNOWN_COUNT; i++) {
        int32_t role = well_known_ids[i].role;
        const bkt_column *column = find_by_ids(table, role, well_known_ids[i].ids);
        if (column == NULL && role <= BKT_PROFILE_FLOW) {
            return refuse_columns(context, table, told[role]);
        }
        if (column == NULL) {
            continue;
        }
        profile->columns[role] = bkti_profile_keep(profile, bkti_span_of(bkt_column_id(column)));
        if (profile->columns[role] == NULL) {
            return bkti_no_memory(context);
        }
        if (role <= BKT_PROFILE_FLOW) {
            bkt_status status =
                bkti_profile_assume(context, profile, "%s is taken for the %s by its id",
                                    profile->columns[role], told[role]);
            if (status != BKT_OK) {
                return status;
            }
        }
    }
    bool multiplied = profile->columns[BKT_PROFILE_MULTIPLIER] != NULL;
    profile->multiplier_rule = multiplied ? BKT_MULTIPLIER_POWER : BKT_MULTIPLIER_FIXED;
    return check_flow(context, profile,
                      bkti_trade_column(table, profile->columns[BKT_PROFILE_FLOW]));
}

/* ---- both ---- */

/* The columns of a known profile as the table has them; those that it lacks are dropped. */
static bkt_status take_columns(bkt_context *context, const bkt_table *table, bkt_profile *profile) {
    for (int32_t role = BKT_PROFILE_REPORTER; role < BKTI_ROLE_COUNT; role++) {
        const char *wanted = profile->columns[role];
        const bkt_column *column = bkti_trade_column(table, wanted);
        if (wanted == NULL || (column != NULL && strcmp(bkt_column_id(column), wanted) == 0)) {
            continue;
        }
        profile->columns[role] = NULL;
        if (column != NULL) {
            profile->columns[role] =
                bkti_profile_keep(profile, bkti_span_of(bkt_column_id(column)));
            if (profile->columns[role] == NULL) {
                return bkti_no_memory(context);
            }
        } else if (role == BKT_PROFILE_MULTIPLIER && profile->refusal == NULL) {
            bkt_status status =
                bkti_profile_assume(context, profile,
                                    "values are taken as they are: the table lacks %s, which "
                                    "would say what they are to be multiplied by",
                                    wanted);
            if (status != BKT_OK) {
                return status;
            }
        }
    }
    return BKT_OK;
}

/* Where the structure is the flow: all of the table must be of one. */
static bkt_status take_structure_flow(bkt_context *context, const bkt_table *table,
                                      bkt_profile *profile) {
    if (profile->structure_flows == NULL || profile->columns[BKT_PROFILE_FLOW] != NULL) {
        return BKT_OK;
    }
    bool exports = false;
    bool imports = false;
    for (size_t i = 0; i < STRUCTURE_PROPERTY_COUNT; i++) {
        bkti_span rest = bkti_span_of(bkt_table_property(table, structure_properties[i]));
        bkti_span name;
        while (next_structure(&rest, &name)) {
            bkti_span flow = bkti_codes_value(profile->structure_flows, name);
            exports = exports || bkti_span_is(flow, "X");
            imports = imports || bkti_span_is(flow, "M");
        }
    }
    if (exports == imports) {
        return bkti_fail(context, BKT_ERR_PROFILE, NULL,
                         "%s: the structure alone says whether values are exports or imports, and "
                         "the table is of %s; give one table of each flow, or add a column for the "
                         "flow",
                         profile->name, exports ? "both" : "neither");
    }
    profile->fixed_flow = exports ? BKT_FLOW_EXPORTS : BKT_FLOW_IMPORTS;
    return BKT_OK;
}

bkt_status bkti_profile_fit(bkt_context *context, const bkt_table *table, const bkt_profile *known,
                            bkt_profile **out_profile) {
    bkt_profile *profile = NULL;
    bkt_status status = bkti_profile_copy(context, known, &profile);
    if (status == BKT_OK) {
        status = take_columns(context, table, profile);
    }
    if (status == BKT_OK) {
        status = take_structure_flow(context, table, profile);
    }
    if (status != BKT_OK) {
        bkt_profile_free(profile);
        profile = NULL;
    }
    *out_profile = profile;
    return status;
}

static bkt_status detect_by_rule(bkt_context *context, const bkt_table *table,
                                 bkt_profile **out_profile) {
    bkt_profile *profile = NULL;
    bkt_status status = bkti_profile_copy(context, NULL, &profile);
    if (status == BKT_OK) {
        status = take_by_rule(context, table, profile);
    }
    if (status != BKT_OK) {
        bkt_profile_free(profile);
        profile = NULL;
    }
    *out_profile = profile;
    return status;
}

static bkt_status detect(bkt_context *context, const bkt_table *table, bkt_profile **out_profile) {
    const bkt_profile *known = find_by_structure(table);
    bool named = known != NULL;
    known = named ? known : find_by_dimensions(table);
    if (known == NULL) {
        return detect_by_rule(context, table, out_profile);
    }
    bkt_status status = bkti_profile_fit(context, table, known, out_profile);
    if (status == BKT_OK && !named) {
        status = bkti_profile_assume(context, *out_profile,
                                     "the structure is taken for %s (%s) by its dimensions",
                                     known->id, known->name);
    }
    return status;
}

bkt_status bkt_profile_detect(bkt_context *context, const bkt_table *table,
                              const bkt_detect_options *options, bkt_profile **out_profile) {
    if (out_profile == NULL) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL, "there is no place for the profile");
    }
    *out_profile = NULL;
    if (context == NULL || table == NULL) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL, "there is no table to tell a profile of");
    }
    bkt_detect_options own = {.struct_size = sizeof own};
    bkt_status status = bkti_options_take(context, options, &own, sizeof own, sizeof own);
    if (status == BKT_OK) {
        status = bkti_flags_check(context, "bkt_detect_options", own.flags, BKT_DETECT_PAIR);
    }
    if (status != BKT_OK) {
        return status;
    }
    bkt_profile *profile = NULL;
    status = detect(context, table, &profile);
    if (status == BKT_OK && (own.flags & BKT_DETECT_PAIR) != 0) {
        status = bkti_profile_check_pair(context, profile);
    }
    if (status != BKT_OK) {
        bkt_profile_free(profile);
        return status;
    }
    *out_profile = profile;
    return BKT_OK;
}
