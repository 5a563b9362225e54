/* SPDX-License-Identifier: MIT */
/* SDMX-CSV 1.0 and 2.0, and plain CSV: one line a row. */
#include "bkti_csv_field.h"
#include "bkti_writer_parts.h"

static bool is_plain(const bkt_writer *writer) {
    return writer->options.format == BKT_FORMAT_CSV;
}

static void put_separator(bkt_writer *writer) {
    char separator = (char)writer->options.separator;
    bkti_sink_put(writer->sink, &separator, 1);
}

static void put_field(bkt_writer *writer, const char *text) {
    bkti_csv_put_field(writer->sink, bkti_span_of(text), (char)writer->options.separator, false);
}

/* Names that stand for something else in front of the components. */
static bkt_status check_name(bkt_writer *writer, const char *id) {
    static const char *const taken[] = {"DATAFLOW", "STRUCTURE",  "STRUCTURE_ID", "STRUCTURE_NAME",
                                        "ACTION",   "SERIES_KEY", "OBS_KEY"};
    for (size_t i = 0; !is_plain(writer) && i < sizeof taken / sizeof *taken; i++) {
        if (strcmp(id, taken[i]) == 0) {
            return bkti_fail(writer->context, BKT_ERR_UNSUPPORTED, NULL,
                             "the column %s can't be written: SDMX-CSV has a column of its own of "
                             "that name; rename it, or write SDMX-ML",
                             id);
        }
    }
    return BKT_OK;
}

static size_t find_name(const bkt_writer *writer, const char *id) {
    size_t at = 0;
    while (at < writer->name_count && strcmp(writer->names[at].id, id) != 0) {
        at++;
    }
    return at;
}

/* "ID: Name", as labelled messages have it. */
static bkt_status put_labelled(bkt_writer *writer, const char *id, const char *name) {
    bkti_text *text = &writer->scratch;
    bkti_text_clear(text);
    bkti_text_append_text(text, id);
    bkti_text_append_text(text, ": ");
    if (!bkti_text_append_text(text, name)) {
        return bkti_no_memory(writer->context);
    }
    put_field(writer, bkti_text_get(text));
    return BKT_OK;
}

static bkt_status make_name(bkt_writer *writer, const char *id, const bkt_column *column, int place,
                            bkti_csv_name *name) {
    const char *label = writer->has_labels ? bkt_column_name(column, NULL) : NULL;
    *name = (bkti_csv_name){.place = place};
    name->id = bkti_copy_text(writer->memory, id, strlen(id));
    name->label = label == NULL ? NULL : bkti_copy_text(writer->memory, label, strlen(label));
    if (name->id != NULL && (label == NULL || name->label != NULL)) {
        return BKT_OK;
    }
    bkti_release(writer->memory, name->id);
    return bkti_no_memory(writer->context);
}

/* Behind all of its place and those before. column may be NULL. */
static bkt_status add_name(bkt_writer *writer, const char *id, const bkt_column *column,
                           int place) {
    if (find_name(writer, id) < writer->name_count) {
        return BKT_OK;
    }
    bkt_status status = check_name(writer, id);
    if (status != BKT_OK) {
        return status;
    }
    void *names = writer->names;
    if (!bkti_grow(writer->memory, &names, &writer->name_capacity, writer->name_count + 1,
                   sizeof *writer->names)) {
        return bkti_no_memory(writer->context);
    }
    writer->names = names;
    bkti_csv_name name;
    status = make_name(writer, id, column, place, &name);
    if (status != BKT_OK) {
        return status;
    }
    size_t at = writer->name_count++;
    while (at > 0 && writer->names[at - 1].place > place) {
        writer->names[at] = writer->names[at - 1];
        at--;
    }
    writer->names[at] = name;
    return BKT_OK;
}

static int place_of(const bkti_layout *layout, uint32_t index) {
    const bkti_component *component = &layout->items[index];
    return index < layout->dimension_count ? BKTI_CSV_DIMENSION
           : component == layout->time     ? BKTI_CSV_TIME
           : component == layout->value    ? BKTI_CSV_VALUE
                                           : BKTI_CSV_ATTRIBUTE;
}

/* Plain CSV has the table's columns in the table's order. */
bkt_status bkti_csv_announce(bkt_writer *writer, const bkt_table *table) {
    bkti_layout layout = {0};
    bkt_status status = bkti_layout_make(writer, table, &layout);
    for (uint32_t i = 0; status == BKT_OK && i < layout.count; i++) {
        const bkt_column *column =
            is_plain(writer) ? bkt_table_column_at(table, i) : layout.items[i].column;
        const char *id = is_plain(writer) ? bkt_column_id(column) : layout.items[i].id;
        status = add_name(writer, id, column, is_plain(writer) ? 0 : place_of(&layout, i));
    }
    bkti_layout_free(writer, &layout);
    return status;
}

/* SDMX-CSV always has a value, so that dimensions and attributes can be told apart. */
static bkt_status begin(bkt_writer *writer) {
    bkt_status status =
        is_plain(writer) ? BKT_OK : add_name(writer, BKTI_ID_VALUE, NULL, BKTI_CSV_VALUE);
    if (status != BKT_OK) {
        return status;
    }
    if (writer->options.format == BKT_FORMAT_SDMX_CSV_1) {
        put_field(writer, "DATAFLOW");
    } else if (writer->options.format == BKT_FORMAT_SDMX_CSV_2) {
        put_field(writer, "STRUCTURE");
        put_separator(writer);
        put_field(writer, "STRUCTURE_ID");
        if (writer->has_actions) {
            put_separator(writer);
            put_field(writer, "ACTION");
        }
    }
    for (size_t i = 0; i < writer->name_count; i++) {
        if (i > 0 || !is_plain(writer)) {
            put_separator(writer);
        }
        const bkti_csv_name *name = &writer->names[i];
        if (name->label == NULL) {
            put_field(writer, name->id);
        } else if (status == BKT_OK) {
            status = put_labelled(writer, name->id, name->label);
        }
    }
    if (writer->name_count > 0) {
        bkti_put(writer, "\n");
    }
    return status == BKT_OK ? bkti_sink_status(writer->sink) : status;
}

static bkt_status check_action(bkt_writer *writer, const char *action) {
    bool version_1 = writer->options.format == BKT_FORMAT_SDMX_CSV_1;
    if (action == NULL || strcmp(action, "Information") == 0) {
        return BKT_OK;
    }
    if (is_plain(writer)) {
        if (strcmp(action, "Delete") == 0) {
            bkti_tell(writer->context, BKT_SEVERITY_WARNING, BKT_ERR_UNSUPPORTED, NULL,
                      "CSV has no actions: the rows of data set %u are what is deleted, not data",
                      (unsigned)writer->set_count);
        }
        return BKT_OK;
    }
    if (version_1 && strcmp(action, "Delete") == 0) {
        return bkti_fail(writer->context, BKT_ERR_UNSUPPORTED, NULL,
                         "data set %u deletes, which SDMX-CSV 1.0 can't say: its rows would look "
                         "like data; write SDMX-CSV 2.0 or SDMX-ML",
                         (unsigned)writer->set_count);
    }
    if (!version_1 && !writer->has_actions) {
        return bkti_writer_fail_state(writer, "the action", action);
    }
    if (version_1 && strcmp(action, "Append") != 0) {
        bkti_tell(writer->context, BKT_SEVERITY_WARNING, BKT_ERR_UNSUPPORTED, NULL,
                  "SDMX-CSV 1.0 has no actions: that of data set %u, %s, is left out",
                  (unsigned)writer->set_count, action);
    }
    return BKT_OK;
}

static bool add_reference(bkt_writer *writer, const char *text) {
    bkti_reference parts = bkti_reference_whole(text);
    bkti_text *to = &writer->scratch;
    bkti_text_clear(to);
    bkti_text_append_span(to, parts.agency);
    bkti_text_append_text(to, ":");
    bkti_text_append_span(to, parts.id);
    bkti_text_append_text(to, "(");
    bkti_text_append_span(to, parts.version);
    bkti_text_append_text(to, ")");
    return !to->failed;
}

/* What all rows of the data set begin with. */
static bkt_status begin_dataset(bkt_writer *writer) {
    const char *action;
    bkt_status status = bkti_set_action(writer, &writer->set, &action);
    status = status == BKT_OK ? check_action(writer, action) : status;
    if (status != BKT_OK || is_plain(writer)) {
        return status;
    }
    const char *dataflow = writer->set.texts[BKTI_SET_DATAFLOW];
    const char *structure = writer->set.texts[BKTI_SET_STRUCTURE];
    bool is_flow = dataflow != NULL || writer->options.format == BKT_FORMAT_SDMX_CSV_1;
    bool done = add_reference(writer, dataflow != NULL ? dataflow : structure);
    bkti_text *begin = &writer->row_begin;
    bkti_sink *sink = NULL;
    bkti_text_clear(begin);
    status =
        done ? bkti_sink_open_text(writer->context, begin, &sink) : bkti_no_memory(writer->context);
    if (status != BKT_OK) {
        return status;
    }
    char separator = (char)writer->options.separator;
    if (writer->options.format == BKT_FORMAT_SDMX_CSV_2) {
        bkti_sink_put_text(sink, is_flow ? "dataflow" : "datastructure");
        bkti_sink_put(sink, &separator, 1);
    }
    bkti_csv_put_field(sink, bkti_text_span(&writer->scratch), separator, false);
    if (writer->has_actions) {
        char letter = action == NULL ? 'I' : action[0];
        bkti_sink_put(sink, &separator, 1);
        bkti_sink_put(sink, &letter, 1);
    }
    bkti_sink_put(sink, &separator, 1);
    return bkti_sink_finish(sink, BKT_OK);
}

/* Which column goes to which field. */
static bkt_status place_fields(bkt_writer *writer) {
    bkti_layout *layout = &writer->layout;
    void *fields = writer->fields;
    if (!bkti_grow(writer->memory, &fields, &writer->field_capacity, writer->name_count + 1,
                   sizeof *writer->fields)) {
        return bkti_no_memory(writer->context);
    }
    writer->fields = fields;
    memset(writer->fields, 0, (writer->name_count + 1) * sizeof *writer->fields);
    for (uint32_t i = 0; i < layout->count; i++) {
        size_t at = find_name(writer, layout->items[i].id);
        if (at == writer->name_count) {
            return bkti_writer_fail_state(writer, "the column", layout->items[i].id);
        }
        if (writer->fields[at] != NULL) {
            return bkti_fail(writer->context, BKT_ERR_REPEATED_COMPONENT, NULL,
                             "two columns would be written as %.200s", layout->items[i].id);
        }
        writer->fields[at] = &layout->items[i];
    }
    return BKT_OK;
}

/* NULL: nothing. */
static const char *field_text(const bkt_writer *writer, const bkti_component *component,
                              int64_t row, char *buffer) {
    if (is_plain(writer)) {
        bool missing = component->codes == NULL &&
                       bkt_column_missing_at(component->column, row) != BKT_MISSING_NOT;
        return missing ? NULL : bkti_component_text(component, row, buffer);
    }
    if (component != writer->layout.value) {
        return bkti_component_text(component, row, buffer);
    }
    const char *text = bkti_value_text(&writer->layout, row, buffer);
    bool is_marked = text != NULL && writer->set_deletes && strcmp(text, "NaN") == 0;
    return is_marked ? "-" : text != NULL && text[0] == '\0' ? NULL : text;
}

/* The name of a row's code; NULL. */
static const char *label_of(const bkt_writer *writer, const bkti_component *component,
                            int64_t row) {
    bool has = writer->has_labels && component->codes != NULL && component->codes[row] >= 0;
    return has ? bkt_column_dictionary_name(component->column, component->codes[row], NULL) : NULL;
}

static void put_text(bkt_writer *writer, const bkti_component *component, int64_t row,
                     const char *text) {
    const char *label = label_of(writer, component, row);
    if (label == NULL) {
        put_field(writer, text);
        return;
    }
    bkt_status status = put_labelled(writer, text, label);
    writer->status = writer->status == BKT_OK ? status : writer->status;
}

static void put_row(bkt_writer *writer, int64_t row) {
    bkti_sink_put(writer->sink, bkti_text_get(&writer->row_begin), writer->row_begin.size);
    for (size_t i = 0; i < writer->name_count; i++) {
        const bkti_component *component = writer->fields[i];
        char buffer[32];
        const char *text = component == NULL ? NULL : field_text(writer, component, row, buffer);
        if (i > 0) {
            put_separator(writer);
        }
        if (text == buffer) {
            bkti_put(writer, text); /* digits need no quotation marks */
        } else if (text != NULL) {
            put_text(writer, component, row, text);
        } else if (writer->name_count == 1 && is_plain(writer)) {
            put_field(writer, "");
        }
    }
    bkti_sink_put(writer->sink, "\n", 1);
}

static bkt_status rows(bkt_writer *writer, int64_t first, int64_t end) {
    bkt_status status = place_fields(writer);
    end = writer->name_count == 0 ? first : end;
    for (int64_t row = first; status == BKT_OK && row < end; row++) {
        put_row(writer, row);
        status = writer->status == BKT_OK ? bkti_sink_status(writer->sink) : writer->status;
    }
    return status;
}

static bkt_status end(bkt_writer *writer) {
    return bkti_sink_status(writer->sink);
}

const bkti_manner bkti_manner_csv = {
    .begin = begin,
    .begin_dataset = begin_dataset,
    .rows = rows,
    .end_dataset = end,
    .end = end,
};
