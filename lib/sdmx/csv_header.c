/* SPDX-License-Identifier: MIT */
/* The header row: what each column is. */
#include "bkti_csv_message.h"

#include <stdarg.h>
#include <stdio.h>

int bkti_csv_shown(bkti_span text) {
    size_t size = text.size < 100 ? text.size : 100;
    while (size > 0 && size < text.size && ((unsigned char)text.data[size] & 0xC0) == 0x80) {
        size--;
    }
    return (int)size;
}

bkt_status bkti_csv_fail(bkti_csv_message *csv, uint32_t field, bkt_status status,
                         const char *format, ...) {
    char sentence[700];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    bkti_place place;
    bkti_csv_field_place(csv->scanner, field, &place);
    place.dataset = csv->message->dataset_count;
    return bkti_fail(csv->message->context, status, &place, "%s", sentence);
}

/* SDMX's ids, with a point between those of nested attributes. */
static bool is_id(bkti_span text) {
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.data[i];
        bool is_plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                        (byte >= 'a' && byte <= 'z');
        if (!is_plain && strchr("_@$-.", byte) == NULL) {
            return false;
        }
    }
    return text.size > 0;
}

/* What a column's name says beside its id: "ID: Name", "ID[]", "ID[en;fr]", "PARENT[].ID[]". Gives
 * the id, written to a room of the name's size. */
static bkti_span read_name(bkti_csv_column *column, bkti_span name, char *room) {
    size_t size = 0;
    bool is_inside = false;
    name = bkti_csv_without_label(bkti_span_trim(name));
    for (size_t i = 0; i < name.size; i++) {
        char byte = name.data[i];
        if (byte == '[') {
            is_inside = true;
            column->is_list = true;
        } else if (byte == ']') {
            is_inside = false;
        } else if (is_inside) {
            column->is_translated = true;
        } else {
            room[size++] = byte;
        }
    }
    return (bkti_span){room, size};
}

/* Columns before the components, in their order. */
static const struct fixed_column {
    const char *name;
    int32_t version; /* 0: any */
    int kind;
    bool is_needed;
} fixed_columns[] = {
    {"DATAFLOW", 10, BKTI_CSV_STRUCTURE, true},
    {"STRUCTURE", 20, BKTI_CSV_STRUCTURE, true},
    {"STRUCTURE_ID", 20, BKTI_CSV_STRUCTURE_ID, true},
    {"STRUCTURE_NAME", 20, BKTI_CSV_PASSED, false},
    {"ACTION", 0, BKTI_CSV_ACTION, false},
    {"SERIES_KEY", 0, BKTI_CSV_PASSED, false},
    {"OBS_KEY", 0, BKTI_CSV_PASSED, false},
};

static void note_kind(bkti_csv_message *csv, uint32_t index, int kind) {
    csv->columns[index].kind = (uint8_t)kind;
    if (kind >= BKTI_CSV_STRUCTURE && kind <= BKTI_CSV_ACTION) {
        csv->keys[kind - BKTI_CSV_STRUCTURE] = index;
    }
}

/* Takes the columns before the components. *out_next: the first behind them. *out_named: each
 * component has a column of names behind it. */
static bkt_status read_fixed(bkti_csv_message *csv, const bkti_span *fields, uint32_t count,
                             uint32_t *out_next, bool *out_named) {
    uint32_t next = 0;
    for (size_t i = 0; i < sizeof fixed_columns / sizeof *fixed_columns; i++) {
        const struct fixed_column *fixed = &fixed_columns[i];
        if (fixed->version != 0 && fixed->version != csv->message->version) {
            continue;
        }
        bkti_csv_column *column = &csv->columns[next];
        bkti_span name = {NULL, 0};
        if (next < count) {
            name = bkti_csv_without_label(bkti_span_trim(fields[next]));
            name.size =
                next == 0 && name.size > strlen(fixed->name) ? strlen(fixed->name) : name.size;
        }
        if (bkti_span_is(name, fixed->name)) {
            column->id = bkti_span_of(fixed->name);
            *out_named = *out_named || strcmp(fixed->name, "STRUCTURE_NAME") == 0;
            note_kind(csv, next++, fixed->kind);
        } else if (fixed->is_needed) {
            return bkti_csv_fail(csv, next < count ? next : 0, BKT_ERR_LAYOUT,
                                 "column %u of an SDMX-CSV %d.0 header is %s, but '%.*s' stands "
                                 "there",
                                 (unsigned)next + 1, (int)csv->message->version / 10, fixed->name,
                                 bkti_csv_shown(name), name.size == 0 ? "" : name.data);
        }
    }
    *out_next = next;
    return BKT_OK;
}

/* "STRUCTURE[;]" says what stands between the values of a list. */
static bkt_status read_divider(bkti_csv_message *csv, bkti_span first) {
    const char *open = memchr(first.data, '[', first.size);
    if (open == NULL) {
        return BKT_OK;
    }
    size_t left = first.size - (size_t)(open - first.data);
    if (left < 3 || open[1] == ']' || (unsigned char)open[1] >= 0x80 || open[2] != ']') {
        return bkti_csv_fail(csv, 0, BKT_ERR_LAYOUT,
                             "'%.*s' names no separator of values; one character of ASCII in the "
                             "brackets was expected, as in STRUCTURE[;]",
                             bkti_csv_shown(first), first.data);
    }
    csv->divider = open[1];
    return BKT_OK;
}

static bkt_status check_component(bkti_csv_message *csv, uint32_t index, bkti_span name) {
    const bkti_csv_column *column = &csv->columns[index];
    for (uint32_t i = 0; i < index; i++) {
        const bkti_csv_column *other = &csv->columns[i];
        bool is_named = other->kind == BKTI_CSV_PASSED && other->id.size == 0;
        if (!is_named && bkti_span_equal(other->id, column->id)) {
            return bkti_csv_fail(csv, index, BKT_ERR_REPEATED_COMPONENT,
                                 "the header has the column %.*s twice: columns %u and %u",
                                 bkti_csv_shown(column->id), column->id.data, (unsigned)i + 1,
                                 (unsigned)index + 1);
        }
    }
    if (column->is_list && csv->divider == '\0') {
        return bkti_csv_fail(csv, index, BKT_ERR_LAYOUT,
                             "the column '%.*s' has several values in a field, but the first "
                             "column's name says not what separates them, as STRUCTURE[;] does",
                             bkti_csv_shown(name), name.data);
    }
    return BKT_OK;
}

/* Keeps what a component is called. False: there is no memory. */
static bool keep_name(bkti_csv_message *csv, uint32_t index, bkti_span name) {
    name = bkti_span_trim(name);
    csv->tells_names = csv->message->listener->name != NULL;
    csv->columns[index].name = name.size == 0 ? name : bkti_message_id(csv->message, name);
    return name.size == 0 || csv->columns[index].name.size > 0;
}

static bkt_status read_component(bkti_csv_message *csv, uint32_t index, bkti_span name) {
    bkti_csv_column *column = &csv->columns[index];
    char *room = bkti_allocate(csv->message->memory, name.size);
    if (room == NULL) {
        return bkti_no_memory(csv->message->context);
    }
    bkti_span id = read_name(column, name, room);
    bool is_empty = id.size == 0;
    column->is_attribute = column->is_list || !is_id(id) || memchr(id.data, '.', id.size) != NULL;
    column->id = bkti_message_id(csv->message, id);
    bkti_release(csv->message->memory, room);
    if (is_empty) {
        return bkti_csv_fail(csv, index, BKT_ERR_LAYOUT, "column %u of the header has no name",
                             (unsigned)index + 1);
    }
    if (column->id.size == 0) {
        return bkti_no_memory(csv->message->context);
    }
    bkt_status status = check_component(csv, index, name);
    bkti_span trimmed = bkti_span_trim(name);
    size_t id_size = bkti_csv_without_label(trimmed).size;
    if (id_size < trimmed.size) {
        csv->is_labelled = true;
        bkti_span label = {trimmed.data + id_size + 1, trimmed.size - id_size - 1};
        status = status == BKT_OK && !keep_name(csv, index, label)
                     ? bkti_no_memory(csv->message->context)
                     : status;
    }
    csv->has_lists = csv->has_lists || column->is_list;
    if (bkti_span_is(column->id, BKTI_PRIMARY_MEASURE)) {
        column->kind = BKTI_CSV_VALUE;
        csv->value = index;
    } else if (bkti_span_is(column->id, "TIME_PERIOD") || bkti_span_is(column->id, "TIME")) {
        csv->time = csv->time == BKTI_CSV_NONE ? index : csv->time;
    } else if (bkti_span_is(column->id, "SERIES_KEY") || bkti_span_is(column->id, "OBS_KEY")) {
        column->kind = BKTI_CSV_PASSED;
    }
    return status;
}

/* Which columns a repeated row puts where. */
static void list_facts(bkti_csv_message *csv) {
    csv->fact_count = 0;
    for (uint32_t i = 0; i < csv->column_count; i++) {
        if (csv->columns[i].kind == BKTI_CSV_FACT && csv->fact_count <= BKTI_REPEAT_LIMIT) {
            if (csv->fact_count < BKTI_REPEAT_LIMIT) {
                csv->fact_columns[csv->fact_count] = i;
            }
            csv->fact_count++;
        }
    }
}

bkt_status bkti_csv_read_header(bkti_csv_message *csv, const bkti_span *fields, uint32_t count) {
    void *columns = csv->columns;
    if (!bkti_grow(csv->message->memory, &columns, &csv->column_capacity, (size_t)count + 1,
                   sizeof *csv->columns)) {
        return bkti_no_memory(csv->message->context);
    }
    csv->columns = columns;
    memset(csv->columns, 0, ((size_t)count + 1) * sizeof *csv->columns);
    csv->value = BKTI_CSV_NONE;
    csv->time = BKTI_CSV_NONE;
    for (int i = 0; i < BKTI_CSV_KEYS; i++) {
        csv->keys[i] = BKTI_CSV_NONE;
    }
    uint32_t next = 0;
    bool is_named = false;
    bkt_status status = read_fixed(csv, fields, count, &next, &is_named);
    status = status == BKT_OK ? read_divider(csv, fields[0]) : status;
    while (status == BKT_OK && next < count) {
        uint32_t index = next++;
        status = read_component(csv, index, fields[index]);
        bool is_component = csv->columns[index].kind != BKTI_CSV_PASSED &&
                            !(csv->columns[index].is_attribute && !csv->columns[index].is_list);
        if (is_named && is_component && next < count) {
            csv->columns[index].has_names = true;
            status = keep_name(csv, index, fields[next]) ? status
                                                         : bkti_no_memory(csv->message->context);
            csv->columns[next++].kind = BKTI_CSV_PASSED;
        }
    }
    csv->column_count = count;
    list_facts(csv);
    return status;
}
