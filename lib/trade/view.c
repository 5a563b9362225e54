/* SPDX-License-Identifier: MIT */
#include "bkti_view.h"

#include "bkti_context.h"
#include "bkti_table.h"

uint8_t *bkti_code_bytes(bkti_memory *memory, const bkt_column *column) {
    size_t count = (size_t)bkt_column_dictionary_count(column);
    return bkti_allocate_zeroed(memory, count + 1, 1);
}

bkti_span bkti_row_text(const bkt_column *column, int64_t row) {
    return bkti_span_of(bkt_column_text_at(column, row));
}

static bkti_span code_text(const bkt_column *column, int32_t code) {
    return bkti_span_of(bkt_column_dictionary_text(column, code));
}

int32_t bkti_valuation_of(bkti_span text) {
    if (bkti_codes_find("FOB *_FOB FOB_* *_FOB_*", NULL, text) != 0) {
        return BKT_VALUATION_FOB;
    }
    if (bkti_codes_find("CIF *_CIF CIF_* *_CIF_*", NULL, text) != 0) {
        return BKT_VALUATION_CIF;
    }
    bool other = bkti_codes_find("OTHER OTH", NULL, text) != 0;
    return other ? BKT_VALUATION_OTHER : BKT_VALUATION_NOT_STATED;
}

/* ---- columns ---- */

static bkt_status need(bkti_view *view, int32_t role, const char *name) {
    if (view->columns[role] != NULL) {
        return BKT_OK;
    }
    return bkti_fail(view->context, BKT_ERR_NO_COLUMN, NULL,
                     "the table lacks the column %s, which is the %s in the profile %s",
                     bkt_profile_column(view->profile, role), name, view->profile->id);
}

static bkt_status need_kind(bkti_view *view, const bkt_column *column, int32_t kind,
                            const char *kind_name) {
    if (column == NULL || bkt_column_kind(column) == kind) {
        return BKT_OK;
    }
    return bkti_fail(view->context, BKT_ERR_COLUMN_KIND, NULL,
                     "the column %s must hold %s to be what the profile %s says",
                     bkt_column_id(column), kind_name, view->profile->id);
}

/* The only column of a role of the table; NULL if there is none or more than one. */
static const bkt_column *only_of_role(const bkt_table *table, int32_t role, int32_t kind) {
    const bkt_column *found = NULL;
    for (uint32_t i = 0; i < bkt_table_column_count(table); i++) {
        const bkt_column *each = bkt_table_column_at(table, i);
        if (bkt_column_role(each) == role && bkt_column_kind(each) == kind) {
            if (found != NULL) {
                return NULL;
            }
            found = each;
        }
    }
    return found;
}

static bkt_status find_columns(bkti_view *view) {
    const bkt_profile *profile = view->profile;
    const bkt_column **columns = view->columns;
    for (int32_t role = BKT_PROFILE_REPORTER; role < BKTI_ROLE_COUNT; role++) {
        columns[role] = bkti_trade_column(view->table, profile->columns[role]);
    }
    if (columns[BKT_PROFILE_TIME] == NULL) {
        columns[BKT_PROFILE_TIME] = only_of_role(view->table, BKT_ROLE_TIME, BKT_KIND_PERIOD);
    }
    if (columns[BKT_PROFILE_VALUE] == NULL) {
        columns[BKT_PROFILE_VALUE] = bkt_table_column_find(view->table, "OBS_VALUE");
    }
    if (columns[BKT_PROFILE_VALUE] == NULL) {
        columns[BKT_PROFILE_VALUE] = only_of_role(view->table, BKT_ROLE_MEASURE, BKT_KIND_NUMBER);
    }
    view->action = bkt_table_column_find(view->table, "ACTION");
    bkt_status status = need(view, BKT_PROFILE_PARTNER, "partner");
    if (status == BKT_OK && bkt_profile_reporter(profile)[0] == '\0') {
        status = need(view, BKT_PROFILE_REPORTER, "reporter");
    }
    if (status == BKT_OK && profile->fixed_flow == BKT_FLOW_OTHER) {
        status = need(view, BKT_PROFILE_FLOW, "flow");
    }
    if (status == BKT_OK) {
        status = need(view, BKT_PROFILE_TIME, "time");
    }
    if (status == BKT_OK) {
        status = need(view, BKT_PROFILE_VALUE, "value");
    }
    for (int32_t role = BKT_PROFILE_REPORTER; status == BKT_OK && role < BKTI_ROLE_COUNT; role++) {
        if (role == BKT_PROFILE_VALUE) {
            status = need_kind(view, columns[role], BKT_KIND_NUMBER, "numbers");
        } else if (role == BKT_PROFILE_TIME) {
            status = need_kind(view, columns[role], BKT_KIND_PERIOD, "periods");
        } else if (role != BKT_PROFILE_MULTIPLIER) {
            status = need_kind(view, columns[role], BKT_KIND_TEXT, "codes");
        }
    }
    return status == BKT_OK ? need_kind(view, view->action, BKT_KIND_TEXT, "codes") : status;
}

/* ---- codes ---- */

static bkt_status classify_flows(bkti_view *view) {
    const bkt_column *column = view->columns[BKT_PROFILE_FLOW];
    if (view->profile->fixed_flow != BKT_FLOW_OTHER) {
        return BKT_OK;
    }
    view->flows = bkti_code_bytes(view->memory, column);
    view->flow_valuations = bkti_code_bytes(view->memory, column);
    if (view->flows == NULL || view->flow_valuations == NULL) {
        return bkti_no_memory(view->context);
    }
    for (int32_t code = 0; code < bkt_column_dictionary_count(column); code++) {
        const char *text = bkt_column_dictionary_text(column, code);
        view->flows[code] = (uint8_t)bkt_profile_flow_of_code(view->profile, text);
        view->flow_valuations[code] = (uint8_t)bkti_valuation_of(bkti_span_of(text));
    }
    return BKT_OK;
}

static bkt_status classify_valuations(bkti_view *view) {
    const bkt_column *column = view->columns[BKT_PROFILE_VALUATION];
    if (column == NULL) {
        return BKT_OK;
    }
    view->valuations = bkti_code_bytes(view->memory, column);
    if (view->valuations == NULL) {
        return bkti_no_memory(view->context);
    }
    for (int32_t code = 0; code < bkt_column_dictionary_count(column); code++) {
        view->valuations[code] = (uint8_t)bkti_valuation_of(code_text(column, code));
    }
    return BKT_OK;
}

static bkt_status classify_periods(bkti_view *view) {
    const bkt_column *column = view->columns[BKT_PROFILE_TIME];
    size_t count = (size_t)bkt_column_dictionary_count(column);
    view->frequencies = bkti_allocate_array(view->memory, count, sizeof(int32_t));
    view->ordinals = bkti_allocate_array(view->memory, count, sizeof(int64_t));
    if (view->frequencies == NULL || view->ordinals == NULL) {
        return bkti_no_memory(view->context);
    }
    for (int32_t code = 0; code < (int32_t)count; code++) {
        bkt_status status = bkt_column_dictionary_period(column, code, &view->frequencies[code],
                                                         &view->ordinals[code]);
        if (status != BKT_OK) {
            view->frequencies[code] = BKT_FREQUENCY_NONE;
        }
    }
    return BKT_OK;
}

/* ---- dimensions ---- */

/* The codes that stand for the whole of a dimension, wherever they are met, the surest first. */
static const char well_known_totals[] = "TOTAL *_TOTAL _T TOT ALL W0 W00 W _Z -1 - 0 000 C00";

/* Attributes that a message read without its structure passes off as dimensions. */
static const char well_known_attributes[] =
    "UNIT UNIT_* SCALE DECIMALS TITLE TITLE_* NAME SERIES_NAME TIME_FORMAT TIME_PER_COLLECT "
    "COLLECTION OBS_* CONF_* COMMENT* NOTE* SOURCE* OVERLAP METHODOLOGY DERIVATION_TYPE "
    "COMPILING_ORG DISS_ORG TRADE_SYSTEM LAST_UPDATE *_ANNOTATION *_TYPE";

static bool has_role(const bkti_view *view, const bkt_column *column, int32_t role) {
    return view->columns[role] == column;
}

static bool is_dimension(const bkti_view *view, const bkt_column *column, bool by_product,
                         bool *out_sure) {
    bkti_span id = bkti_span_of(bkt_column_id(column));
    bool assumed = bkt_column_role_assumed(column) != 0;
    bool named = has_role(view, column, BKT_PROFILE_PRODUCT) ||
                 bkti_codes_find(view->profile->dimensions, NULL, id) != 0;
    /* The profile knows better than a guess of the reading. */
    bool dimension = bkt_column_role(column) == BKT_ROLE_DIMENSION ||
                     (bkt_column_role(column) == BKT_ROLE_ATTRIBUTE && assumed && named);
    if (!dimension || bkt_column_kind(column) != BKT_KIND_TEXT) {
        return false;
    }
    for (int32_t role = BKT_PROFILE_REPORTER; role < BKTI_ROLE_COUNT; role++) {
        bool chosen_later = role == BKT_PROFILE_PRODUCT && !by_product;
        if (has_role(view, column, role) && !chosen_later) {
            return false;
        }
    }
    *out_sure = !assumed || named;
    return *out_sure || bkti_codes_find(well_known_attributes, NULL, id) == 0;
}

int bkti_total_rank(const bkt_profile *profile, const char *column_id, bkti_span code) {
    int own = bkti_codes_find(profile->total_codes, column_id, code);
    int known = bkti_codes_find(well_known_totals, column_id, code);
    int rank = own != 0 ? own : known == 0 ? 0 : known + 100;
    return rank < 255 ? rank : 255;
}

static bkt_status rank_totals(bkti_view *view, bkti_dimension *dimension) {
    const char *id = bkt_column_id(dimension->column);
    dimension->ranks = bkti_code_bytes(view->memory, dimension->column);
    if (dimension->ranks == NULL) {
        return bkti_no_memory(view->context);
    }
    for (int32_t code = 0; code < bkt_column_dictionary_count(dimension->column); code++) {
        dimension->ranks[code] =
            (uint8_t)bkti_total_rank(view->profile, id, code_text(dimension->column, code));
    }
    return BKT_OK;
}

static bkt_status find_dimensions(bkti_view *view, bool by_product) {
    uint32_t count = bkt_table_column_count(view->table);
    view->dimensions =
        bkti_allocate_zeroed(view->memory, (size_t)count + 1, sizeof *view->dimensions);
    if (view->dimensions == NULL) {
        return bkti_no_memory(view->context);
    }
    for (uint32_t i = 0; i < count; i++) {
        bkti_dimension *dimension = &view->dimensions[view->dimension_count];
        dimension->column = bkt_table_column_at(view->table, i);
        if (!is_dimension(view, dimension->column, by_product, &dimension->sure)) {
            continue;
        }
        view->dimension_count++;
        bkt_status status = rank_totals(view, dimension);
        if (status != BKT_OK) {
            return status;
        }
    }
    return BKT_OK;
}

/* ---- conditions ---- */

/* A condition more, which no code meets yet; NULL without memory. */
static bkti_condition *add_condition(bkti_view *view, const bkt_column *column) {
    bkti_condition *condition = &view->conditions[view->condition_count];
    condition->column = column;
    condition->accepted = bkti_code_bytes(view->memory, column);
    view->condition_count += condition->accepted != NULL;
    return condition->accepted == NULL ? NULL : condition;
}

/* The condition on a column, made if it is new: of several codes needed one will do. */
static bkti_condition *condition_of(bkti_view *view, const bkt_column *column) {
    for (uint32_t i = 0; i < view->condition_count; i++) {
        if (view->conditions[i].column == column) {
            return &view->conditions[i];
        }
    }
    return add_condition(view, column);
}

static bkt_status require_code(bkti_view *view, bkti_span word) {
    const char *equal = memchr(word.data, '=', word.size);
    char id[64];
    size_t size = equal == NULL ? 0 : (size_t)(equal - word.data);
    if (size == 0 || size >= sizeof id) {
        return BKT_OK;
    }
    memcpy(id, word.data, size);
    id[size] = '\0';
    const bkt_column *column = bkti_trade_column(view->table, id);
    if (column == NULL) {
        return bkti_fail(view->context, BKT_ERR_NO_COLUMN, NULL,
                         "the table lacks the column %s, of which the profile %s needs %.*s", id,
                         view->profile->id, (int)word.size, word.data);
    }
    bkt_status status = need_kind(view, column, BKT_KIND_TEXT, "codes");
    if (status != BKT_OK) {
        return status;
    }
    bkti_condition *condition = condition_of(view, column);
    if (condition == NULL) {
        return bkti_no_memory(view->context);
    }
    bkti_span pattern = {equal + 1, word.size - size - 1};
    for (int32_t code = 0; code < bkt_column_dictionary_count(column); code++) {
        condition->accepted[code] |= bkti_code_fits(pattern, code_text(column, code));
    }
    return BKT_OK;
}

static bkt_status require_selected(bkti_view *view, const bkt_filter *filter, uint32_t index) {
    const char *id = bkti_filter_column_id(filter, index);
    const bkt_column *column = bkt_table_column_find(view->table, id);
    if (column == NULL) {
        return bkti_fail(view->context, BKT_ERR_NO_COLUMN, NULL,
                         "the selection names the column %s, which the table lacks", id);
    }
    if (bkt_column_kind(column) == BKT_KIND_NUMBER) {
        return bkti_fail(view->context, BKT_ERR_COLUMN_KIND, NULL,
                         "the selection names codes of the column %s, which holds numbers", id);
    }
    bkti_condition *condition = add_condition(view, column);
    if (condition == NULL) {
        return bkti_no_memory(view->context);
    }
    for (int32_t code = 0; code < bkt_column_dictionary_count(column); code++) {
        condition->accepted[code] =
            bkti_filter_accepts_code(filter, index, code_text(column, code));
    }
    return BKT_OK;
}

/* A measure that is a dimension holds quantities beside values: they are not money. */
static bkt_status leave_out_quantities(bkti_view *view) {
    const bkt_column *column = view->columns[BKT_PROFILE_VALUATION];
    if (column == NULL || bkt_column_role(column) != BKT_ROLE_DIMENSION) {
        return BKT_OK;
    }
    bkti_condition *condition = add_condition(view, column);
    if (condition == NULL) {
        return bkti_no_memory(view->context);
    }
    for (int32_t code = 0; code < bkt_column_dictionary_count(column); code++) {
        condition->accepted[code] =
            bkti_codes_find("*QTY* *QUANT* *WEIGHT* *WGT*", NULL, code_text(column, code)) == 0;
    }
    return BKT_OK;
}

static bkt_status find_conditions(bkti_view *view, const bkt_filter *selection) {
    bkti_span rest = bkti_span_of(view->profile->required_codes);
    bkti_span word;
    size_t most = selection == NULL ? 0 : bkti_filter_column_count(selection);
    while (bkti_codes_next(&rest, &word)) {
        most++;
    }
    view->conditions = bkti_allocate_zeroed(view->memory, most + 2, sizeof *view->conditions);
    if (view->conditions == NULL) {
        return bkti_no_memory(view->context);
    }
    bkt_status status = BKT_OK;
    rest = bkti_span_of(view->profile->required_codes);
    while (status == BKT_OK && bkti_codes_next(&rest, &word)) {
        status = require_code(view, word);
    }
    if (status == BKT_OK) {
        status = leave_out_quantities(view);
    }
    uint32_t selected = selection == NULL ? 0 : bkti_filter_column_count(selection);
    for (uint32_t i = 0; status == BKT_OK && i < selected; i++) {
        status = require_selected(view, selection, i);
    }
    return status;
}

/* ---- open and close ---- */

bkt_status bkti_view_open(bkti_view *view, bkt_context *context, const bkt_table *table,
                          const bkt_profile *profile, const bkt_balance_options *options,
                          bool by_product) {
    *view = (bkti_view){.context = context,
                        .memory = bkti_context_memory(context),
                        .table = table,
                        .profile = profile};
    bkt_status status = find_columns(view);
    if (status == BKT_OK) {
        status = bkti_view_find_areas(view, options);
    }
    if (status == BKT_OK) {
        status = classify_flows(view);
    }
    if (status == BKT_OK) {
        status = classify_valuations(view);
    }
    if (status == BKT_OK) {
        status = classify_periods(view);
    }
    if (status == BKT_OK) {
        status = find_dimensions(view, by_product);
    }
    if (status == BKT_OK) {
        status = find_conditions(view, options->selection);
    }
    if (status != BKT_OK) {
        bkti_view_close(view);
    }
    return status;
}

void bkti_view_close(bkti_view *view) {
    bkti_memory *memory = view->memory;
    for (uint32_t i = 0; i < view->dimension_count; i++) {
        bkti_release(memory, view->dimensions[i].ranks);
    }
    for (uint32_t i = 0; i < view->condition_count; i++) {
        bkti_release(memory, view->conditions[i].accepted);
    }
    bkti_release(memory, view->dimensions);
    bkti_release(memory, view->conditions);
    bkti_release(memory, view->reporters);
    bkti_release(memory, view->partners);
    bkti_release(memory, view->flows);
    bkti_release(memory, view->flow_valuations);
    bkti_release(memory, view->valuations);
    bkti_release(memory, view->frequencies);
    bkti_release(memory, view->ordinals);
    *view = (bkti_view){.memory = NULL};
}
