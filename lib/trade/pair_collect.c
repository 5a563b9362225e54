/* SPDX-License-Identifier: MIT */
/* The rows that belong to a pair. */
#include <math.h>

#include "bkti_balance.h"
#include "bkti_table.h"

/* Which codes of the time column lie in the window and the selection's periods. */
static bkt_status find_periods(bkti_pair *pair, uint8_t **out_accepted) {
    const bkti_view *view = &pair->view;
    const bkt_column *column = view->columns[BKT_PROFILE_TIME];
    const bkt_filter *selection = pair->options->selection;
    bkti_window_days bounds;
    bkt_status status = bkti_read_window(pair->context, pair->options->first_period,
                                         pair->options->last_period, &bounds);
    if (status != BKT_OK) {
        return status;
    }
    uint8_t *accepted = bkti_code_bytes(pair->memory, column);
    if (accepted == NULL) {
        return bkti_no_memory(pair->context);
    }
    bool by_selection = selection != NULL && bkti_filter_has_periods(selection);
    for (int32_t code = 0; code < bkt_column_dictionary_count(column); code++) {
        int32_t frequency = view->frequencies[code];
        int64_t ordinal = view->ordinals[code];
        int32_t first = 0;
        int32_t last = 0;
        if (bkt_period_start_day(frequency, ordinal, &first) == BKT_OK &&
            bkt_period_last_day(frequency, ordinal, &last) == BKT_OK) {
            accepted[code] =
                first >= bounds.first_day && last <= bounds.last_day &&
                (!by_selection || bkti_filter_accepts_period(selection, frequency, ordinal));
        }
    }
    *out_accepted = accepted;
    return BKT_OK;
}

/* The views of a row's codes, so that the loop has no calls. */
typedef struct cursor {
    const int32_t *reporters; /* NULL: fixed */
    const int32_t *partners;
    const int32_t *flows; /* NULL: fixed */
    const int32_t *times;
    const int32_t *products; /* NULL: none */
    const int32_t *valuations;
    const int32_t *actions;
    const uint8_t *periods;
} cursor;

static bool meets_conditions(const bkti_view *view, int64_t row) {
    for (uint32_t i = 0; i < view->condition_count; i++) {
        int32_t code = bkt_column_codes_view(view->conditions[i].column)[row];
        if (code < 0 || !view->conditions[i].accepted[code]) {
            return false;
        }
    }
    return true;
}

/* Which of the four figures a row is; -1 for none. */
static int figure_of_row(const bkti_view *view, const cursor *at, int64_t row) {
    uint8_t reporter = view->fixed_reporter;
    if (at->reporters != NULL) {
        reporter = at->reporters[row] < 0 ? 0 : view->reporters[at->reporters[row]];
    }
    uint8_t partner = at->partners[row] < 0 ? 0 : view->partners[at->partners[row]];
    if (reporter == 0 || partner == 0 || reporter == partner) {
        return -1;
    }
    int32_t flow = view->profile->fixed_flow;
    if (at->flows != NULL) {
        flow = at->flows[row] < 0 ? BKT_FLOW_OTHER : view->flows[at->flows[row]];
    }
    if (flow == BKT_FLOW_OTHER) {
        return -1;
    }
    int figure = flow == BKT_FLOW_EXPORTS ? BKTI_EXPORTS_REPORTER : BKTI_IMPORTS_REPORTER;
    return reporter == 1 ? figure : figure + BKTI_EXPORTS_PARTNER;
}

static bool is_deleted(const bkti_view *view, const cursor *at, int64_t row) {
    if (at->actions == NULL || at->actions[row] < 0) {
        return false;
    }
    const char *text = bkt_column_dictionary_text(view->action, at->actions[row]);
    return bkti_codes_find("DELETE D", NULL, bkti_span_of(text)) != 0;
}

/* ---- what a row is in ---- */

/* TXG_FOB_USD ends in its currency. */
static bkti_span unit_in_name(bkti_span name) {
    bool ends = name.size > 4 && name.data[name.size - 4] == '_';
    for (size_t i = 0; ends && i < 3; i++) {
        char c = name.data[name.size - 1 - i];
        ends = c >= 'A' && c <= 'Z';
    }
    return ends ? (bkti_span){name.data + name.size - 3, 3} : BKTI_SPAN("");
}

/* "USD_EXC" is US dollars at exchange rates. */
static bkti_span plain_unit(bkti_span unit) {
    bool letters = unit.size > 3 && unit.data[3] == '_';
    for (size_t i = 0; letters && i < 3; i++) {
        letters = unit.data[i] >= 'A' && unit.data[i] <= 'Z';
    }
    return letters ? (bkti_span){unit.data, 3} : unit;
}

static int32_t unit_of_row(bkti_pair *pair, const cursor *at, int64_t row) {
    const bkti_view *view = &pair->view;
    bkti_span unit =
        plain_unit(bkti_span_trim(bkti_row_text(view->columns[BKT_PROFILE_UNIT], row)));
    if (unit.size == 0 && at->flows != NULL) {
        const bkt_column *flows = view->columns[BKT_PROFILE_FLOW];
        unit = unit_in_name(bkti_span_of(bkt_column_dictionary_text(flows, at->flows[row])));
    }
    if (unit.size == 0) {
        unit = bkti_span_of(bkt_profile_unit(view->profile));
    }
    return bkti_dictionary_add(pair->units, unit);
}

static void read_valuation(const bkti_view *view, const cursor *at, bkti_observation *observation) {
    int64_t row = observation->row;
    uint8_t stated = BKT_VALUATION_NOT_STATED;
    if (at->valuations != NULL && at->valuations[row] >= 0) {
        stated = view->valuations[at->valuations[row]];
    }
    if (stated == BKT_VALUATION_NOT_STATED && at->flows != NULL) {
        stated = view->flow_valuations[at->flows[row]];
    }
    bool exports = observation->figure % 2 == 0;
    const bkt_profile *profile = view->profile;
    observation->assumed = stated == BKT_VALUATION_NOT_STATED;
    observation->valuation =
        stated != BKT_VALUATION_NOT_STATED
            ? stated
            : (uint8_t)(exports ? profile->export_valuation : profile->import_valuation);
}

static bkt_status add_observation(bkti_pair *pair, const cursor *at, int64_t row, int figure) {
    void *observations = pair->observations;
    if (pair->observation_count >= INT32_MAX ||
        !bkti_grow(pair->memory, &observations, &pair->observation_capacity,
                   pair->observation_count + 1, sizeof *pair->observations)) {
        return bkti_no_memory(pair->context);
    }
    pair->observations = observations;
    bkti_observation *observation = &pair->observations[pair->observation_count];
    *observation = (bkti_observation){
        .row = row,
        .ordinal = pair->view.ordinals[at->times[row]],
        .number = NAN,
        .frequency = pair->view.frequencies[at->times[row]],
        .unit = unit_of_row(pair, at, row),
        .product = at->products == NULL ? -1 : at->products[row],
        .next = -1,
        .figure = (uint8_t)figure,
    };
    if (observation->unit < 0) {
        return bkti_no_memory(pair->context);
    }
    read_valuation(&pair->view, at, observation);
    pair->observation_count++;
    return BKT_OK;
}

static bkt_status scan(bkti_pair *pair, const cursor *at) {
    const bkti_view *view = &pair->view;
    int64_t count = bkt_table_row_count(view->table);
    for (int64_t row = 0; row < count; row++) {
        int figure = figure_of_row(view, at, row);
        if (figure < 0 || at->times[row] < 0 || !at->periods[at->times[row]] ||
            !meets_conditions(view, row)) {
            continue;
        }
        if (is_deleted(view, at, row)) {
            pair->deleted_count++;
            continue;
        }
        bkt_status status = add_observation(pair, at, row, figure);
        if (status != BKT_OK) {
            return status;
        }
    }
    return BKT_OK;
}

bkt_status bkti_pair_collect(bkti_pair *pair) {
    const bkt_column **columns = pair->view.columns;
    uint8_t *periods = NULL;
    bkt_status status = find_periods(pair, &periods);
    if (status != BKT_OK) {
        return status;
    }
    bool fixed_flow = pair->profile->fixed_flow != BKT_FLOW_OTHER;
    cursor at = {
        .reporters = bkt_column_codes_view(columns[BKT_PROFILE_REPORTER]),
        .partners = bkt_column_codes_view(columns[BKT_PROFILE_PARTNER]),
        .flows = fixed_flow ? NULL : bkt_column_codes_view(columns[BKT_PROFILE_FLOW]),
        .times = bkt_column_codes_view(columns[BKT_PROFILE_TIME]),
        .products = bkt_column_codes_view(columns[BKT_PROFILE_PRODUCT]),
        .valuations = bkt_column_codes_view(columns[BKT_PROFILE_VALUATION]),
        .actions = bkt_column_codes_view(pair->view.action),
        .periods = periods,
    };
    status = scan(pair, &at);
    bkti_release(pair->memory, periods);
    if (status == BKT_OK && pair->deleted_count > 0) {
        bkti_tell(pair->context, BKT_SEVERITY_WARNING, BKT_ERR_VALUE, NULL,
                  "%lld rows of the pair have the action Delete and are left out",
                  (long long)pair->deleted_count);
    }
    return status;
}
