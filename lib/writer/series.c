/* SPDX-License-Identifier: MIT */
/* Rows into series: those that come together and have the same dimensions. */
#include "bkti_writer_parts.h"

void bkti_xml_end_series(bkt_writer *writer) {
    if (writer->series_open) {
        bkti_put(writer, writer->manner->series_end);
        writer->series_open = false;
    }
}

static bool is_same_series(const bkti_layout *layout, int64_t row) {
    for (uint32_t i = 0; i < layout->dimension_count; i++) {
        const int32_t *codes = layout->items[i].codes;
        if (codes[row] != codes[row - 1]) {
            return false;
        }
    }
    return true;
}

static int64_t find_end(const bkti_layout *layout, int64_t row, int64_t rows) {
    int64_t end = row + 1;
    while (end < rows && is_same_series(layout, end)) {
        end++;
    }
    return end;
}

/* Which attributes may stand with the series of these rows. What may be told at a group is judged,
 * too: its group may be given up. */
static void mark_attributes(bkt_writer *writer, bkti_layout *layout, int64_t row, int64_t end) {
    for (uint32_t i = layout->first_attribute; i < layout->count; i++) {
        bkti_component *each = &layout->items[i];
        each->at_series = each->is_series;
        for (int64_t next = row + 1; each->at_series && next < end; next++) {
            each->at_series = bkti_component_same(each, next, row);
            if (!each->at_series && each->group < 0) {
                bkti_tell_misplaced(writer, each, BKT_LEVEL_SERIES, next,
                                    "has several values in one");
            }
        }
    }
}

void bkti_layout_settle(bkt_writer *writer, bkti_layout *layout, int64_t rows) {
    int64_t row = 0;
    while (row < rows) {
        int64_t end = find_end(layout, row, rows);
        mark_attributes(writer, layout, row, end);
        for (uint32_t i = layout->first_attribute; i < layout->count; i++) {
            bkti_component *each = &layout->items[i];
            each->is_series = each->is_series && each->at_series;
            each->at_series = false; /* no series is at hand yet */
        }
        row = end;
    }
}

void bkti_key_add(bkti_text *key, const bkti_component *component, int64_t row) {
    char buffer[32];
    const char *text = bkti_component_text(component, row, buffer);
    if (text != NULL) {
        bkti_text_append_format(key, "%s=%llu:", component->id, (unsigned long long)strlen(text));
        bkti_text_append_text(key, text);
    }
}

int64_t bkti_set_key_end(const bkti_layout *layout, int64_t row, int64_t end) {
    int64_t last = end;
    for (uint32_t i = layout->first_attribute; layout->has_dataset && i < layout->count; i++) {
        const bkti_component *each = &layout->items[i];
        int64_t next = row + 1;
        while (each->is_dataset && next < last && bkti_component_same(each, next, row)) {
            next++;
        }
        last = each->is_dataset ? next : last;
    }
    return last;
}

bkt_status bkti_set_key_changes(bkt_writer *writer, int64_t row, bool *out_changes) {
    const bkti_layout *layout = &writer->layout;
    bkti_text *key = &writer->scratch;
    bkti_text_clear(key);
    for (uint32_t i = layout->first_attribute; layout->has_dataset && i < layout->count; i++) {
        if (layout->items[i].is_dataset) {
            bkti_key_add(key, &layout->items[i], row);
        }
    }
    bkti_text *known = &writer->set_key;
    *out_changes = key->size != known->size ||
                   (key->size > 0 && memcmp(key->data, known->data, key->size) != 0);
    bool failed = key->failed;
    if (*out_changes && !failed) {
        bkti_text_clear(known);
        failed = !bkti_text_append(known, bkti_text_get(key), key->size);
    }
    return failed ? bkti_no_memory(writer->context) : BKT_OK;
}

/* All that stands with the series, as a text: codes mean nothing in another table. */
static bool make_key(const bkti_layout *layout, int64_t row, bkti_text *key) {
    bkti_text_clear(key);
    for (uint32_t i = 0; i < layout->count; i++) {
        const bkti_component *each = &layout->items[i];
        if (i < layout->dimension_count ||
            (i >= layout->first_attribute && bkti_component_place(each) == BKTI_AT_SERIES)) {
            bkti_key_add(key, each, row);
        }
    }
    return !key->failed;
}

static bool goes_on(bkt_writer *writer, int64_t row) {
    if (!writer->series_open) {
        return false;
    }
    if (!make_key(&writer->layout, row, &writer->scratch)) {
        writer->status = bkti_no_memory(writer->context);
        return false;
    }
    return writer->scratch.size == writer->series_key.size &&
           strcmp(bkti_text_get(&writer->scratch), bkti_text_get(&writer->series_key)) == 0;
}

/* In a data set that deletes, a row that has nothing of an observation deletes its whole series. */
static bool is_series_only(const bkt_writer *writer, int64_t row) {
    const bkti_layout *layout = &writer->layout;
    char buffer[32];
    if (!writer->set_deletes || layout->time->codes[row] >= 0 ||
        bkti_value_text(layout, row, buffer) != NULL) {
        return false;
    }
    for (uint32_t i = layout->first_attribute; i < layout->count; i++) {
        const bkti_component *each = &layout->items[i];
        if (bkti_component_place(each) == BKTI_AT_OBSERVATION &&
            bkti_component_text(each, row, buffer) != NULL) {
            return false;
        }
    }
    return true;
}

/* Only the first rows of a table can belong to a series that is there already. */
static void put_series(bkt_writer *writer, int64_t row, int64_t end, bool is_first) {
    mark_attributes(writer, &writer->layout, row, end);
    if (!is_first || !goes_on(writer, row)) {
        bkti_xml_end_series(writer);
        writer->row = row;
        writer->manner->series(writer, row);
        writer->series_open = true;
    }
    for (int64_t each = row; each < end; each++) {
        writer->row = each;
        if (!is_series_only(writer, each)) {
            writer->manner->observation(writer, each);
        }
    }
}

/* In a data set that deletes, a row that has nothing deletes all: XML says it by a data set that
 * has nothing in it. */
static bool deletes_all(bkt_writer *writer, int64_t row) {
    const bkti_layout *layout = &writer->layout;
    char buffer[32];
    bool is_nothing = bkti_value_text(layout, row, buffer) == NULL;
    for (uint32_t i = 0; is_nothing && i < layout->count; i++) {
        is_nothing = bkti_component_text(&layout->items[i], row, buffer) == NULL;
    }
    writer->set_deletes_all = writer->set_deletes_all || is_nothing;
    writer->set_deletes_some = writer->set_deletes_some || !is_nothing;
    if (writer->set_deletes_all && writer->set_deletes_some && writer->status == BKT_OK) {
        writer->status =
            bkti_fail(writer->context, BKT_ERR_UNSUPPORTED, NULL,
                      "a row that deletes the whole data set stands with others in it, which "
                      "SDMX-ML can't say: write it as a data set of its own");
    }
    return is_nothing;
}

bkt_status bkti_xml_rows(bkt_writer *writer, int64_t first, int64_t end) {
    const bkti_layout *layout = &writer->layout;
    int64_t row = first;
    while (row < end && writer->status == BKT_OK && bkti_sink_status(writer->sink) == BKT_OK) {
        if (writer->set_deletes && deletes_all(writer, row)) {
            row++;
        } else if (writer->set_flat) {
            writer->row = row;
            writer->manner->observation(writer, row++);
        } else {
            int64_t series_end = find_end(layout, row, end);
            put_series(writer, row, series_end, row == first);
            row = series_end;
        }
    }
    writer->row = 0;
    if (writer->status == BKT_OK && first < end && !writer->set_flat &&
        !make_key(layout, end - 1, &writer->series_key)) {
        writer->status = bkti_no_memory(writer->context);
    }
    return writer->status == BKT_OK ? bkti_sink_status(writer->sink) : writer->status;
}
