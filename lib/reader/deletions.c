/* SPDX-License-Identifier: MIT */
/* Data sets that delete. What is to be deleted is one row each, whatever the message says it by: an
 * observation, a series without observations, a group, `Atts`, or nothing but the data set. A part
 * of the key that is missing means any; a value or an attribute that is there (as whatever) is what
 * is to be deleted, and if none is, the observations are, as SDMX 3.0 has it. */
#include "bkti_reader_parts.h"

bool bkti_is_deletion(const char *action) {
    return action != NULL &&
           bkti_span_equal_caseless(bkti_span_trim(bkti_span_of(action)), BKTI_SPAN("Delete"));
}

static bkt_status add_row(bkt_reader *reader) {
    bkt_status status = (reader->options.flags & BKT_READ_PROVENANCE) != 0
                            ? bkti_provenance_row(reader, reader->rows->count)
                            : BKT_OK;
    reader->rows->count++;
    reader->row_open = false;
    bkti_plan_drop(&reader->plan);
    if (reader->watches) {
        bkti_row_watched(reader);
    }
    return status;
}

bkt_status bkti_delete_series(bkt_reader *reader) {
    bkt_status status = reader->last->opened ? BKT_OK : bkti_open_dataset(reader, NULL);
    status = status == BKT_OK ? bkti_open_series(reader) : status;
    bool lacks = reader->filter_count > 0 && reader->filter_open > 0;
    if (status == BKT_OK && !reader->series_rejected && !lacks &&
        (!reader->filters_periods || reader->period_passed)) {
        status = add_row(reader);
    }
    return status;
}

bkt_status bkti_delete_group(bkt_reader *reader, int marking, const bkti_fact *facts,
                             uint32_t count, const bkti_fact *attributes,
                             uint32_t attribute_count) {
    bkti_observation observation = {
        .value = {.id = BKTI_SPAN(BKTI_PRIMARY_MEASURE)},
        .marking = marking,
        .flat = true,
        .facts = facts,
        .count = count,
        .before_value = count,
        .attributes = attributes,
        .attribute_count = attribute_count,
    };
    return bkti_observation_settled(reader, &observation);
}

bkt_status bkti_delete_dataset(bkt_reader *reader) {
    const bkti_rows *rows = reader->rows;
    bool has_rows = rows->count > rows->dataset_first || rows->handed > 0;
    if (!has_rows && reader->last->items_before == bkti_items_told(reader) &&
        reader->filter_count == 0 && !reader->filters_periods) {
        return add_row(reader);
    }
    return BKT_OK;
}
