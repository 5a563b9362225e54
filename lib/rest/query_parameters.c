/* SPDX-License-Identifier: MIT */
/* What stands behind the "?". */
#include "bkti_query.h"

static void begin(bkti_asking *asking, const char *name) {
    bkti_text_append_format(asking->address, "%s%s=", asking->has_parameter ? "&" : "?", name);
    asking->has_parameter = true;
}

static void append_text(bkti_asking *asking, const char *name, const char *value) {
    if (bkti_is_given(value)) {
        begin(asking, name);
        bkti_append_encoded(asking->address, bkti_span_of(value));
    }
}

static void append_list(bkti_asking *asking, const char *name, const char *values) {
    if (bkti_is_given(values)) {
        begin(asking, name);
        bkti_append_list(asking->address, bkti_span_of(values), ',');
    }
}

static void append_count(bkti_asking *asking, const char *name, int32_t count) {
    if (count > 0) {
        begin(asking, name);
        bkti_text_append_format(asking->address, "%d", (int)count);
    }
}

/* Brackets are encoded: servers and curl take bare ones for something else. */
static void begin_component(bkti_asking *asking, bkti_span id) {
    bkti_text_append_text(asking->address, asking->has_parameter ? "&c%5B" : "?c%5B");
    bkti_append_encoded(asking->address, id);
    bkti_text_append_text(asking->address, "%5D=");
    asking->has_parameter = true;
}

static void append_periods(bkti_asking *asking) {
    bool has_start = asking->first_period[0] != '\0';
    bool has_end = asking->last_period[0] != '\0';
    if (!asking->is_second) {
        append_text(asking, "startPeriod", asking->first_period);
        append_text(asking, "endPeriod", asking->last_period);
    } else if (has_start || has_end) {
        begin_component(asking, BKTI_SPAN("TIME_PERIOD"));
        bkti_text_append_text(asking->address, has_start ? "ge:" : "");
        bkti_append_encoded(asking->address, bkti_span_of(asking->first_period));
        bkti_text_append_text(asking->address, has_start && has_end ? "+" : "");
        bkti_text_append_text(asking->address, has_end ? "le:" : "");
        bkti_append_encoded(asking->address, bkti_span_of(asking->last_period));
    }
}

/* An operator and its colon stand as they are. */
static void append_value(bkti_asking *asking, bkti_span value) {
    bool has_operator = value.size > 3 && value.data[2] == ':' &&
                        bkti_list_has("eq ne lt le gt ge co nc sw ew", (bkti_span){value.data, 2});
    if (has_operator) {
        bkti_text_append(asking->address, value.data, 3);
        value = (bkti_span){value.data + 3, value.size - 3};
    }
    bkti_append_encoded(asking->address, value);
}

/* The filters that do not stand in the key. */
static void append_filters(bkti_asking *asking) {
    for (uint32_t i = 0; i < asking->options.filter_count; i++) {
        bkti_filter_parts filter = bkti_split_filter(asking->options.filters[i]);
        if (bkti_is_in_key(asking, &filter) || bkti_span_is(filter.codes, "*")) {
            continue;
        }
        begin_component(asking, filter.id);
        bool first = true;
        for (bkti_span rest = filter.codes; rest.data != NULL; first = false) {
            bkti_span value = bkti_cut(&rest, '+');
            bkti_text_append_text(asking->address, first ? "" : ",");
            append_value(asking, value);
        }
    }
}

static void append_detail(bkti_asking *asking) {
    static const char *const first[] = {"", "dataonly", "serieskeysonly", "nodata"};
    int32_t detail = asking->options.detail;
    if (!asking->is_second) {
        append_text(asking, "detail", first[detail]);
        return;
    }
    bool no_attributes = detail == BKT_DETAIL_DATA_ONLY || detail == BKT_DETAIL_SERIES_KEYS_ONLY;
    bool no_measures = detail == BKT_DETAIL_NO_DATA || detail == BKT_DETAIL_SERIES_KEYS_ONLY;
    append_list(asking, "attributes", no_attributes ? "none" : asking->options.attributes);
    append_list(asking, "measures", no_measures ? "none" : asking->options.measures);
}

void bkti_append_parameters(bkti_asking *asking) {
    const bkt_query_options *options = &asking->options;
    append_periods(asking);
    append_filters(asking);
    append_text(asking, "updatedAfter", asking->updated_after);
    append_count(asking, "firstNObservations", options->first_observations);
    append_count(asking, "lastNObservations", options->last_observations);
    append_text(asking, "dimensionAtObservation", options->dimension_at_observation);
    append_detail(asking);
    append_text(asking, "includeHistory",
                (options->flags & BKT_QUERY_HISTORY) != 0 ? "true" : NULL);
    append_list(asking, "references", options->references);
    append_text(asking, "detail", options->structure_detail);
    append_text(asking, "mode", (options->flags & BKT_QUERY_SELECTABLE) != 0 ? "available" : NULL);
    append_text(asking, "asOf", asking->as_of);
    const char *answer = asking->service.answers[options->answer];
    if (bkti_is_given(answer)) {
        bkti_text_append_format(asking->address, "%s%s", asking->has_parameter ? "&" : "?", answer);
        asking->has_parameter = true;
    }
}
