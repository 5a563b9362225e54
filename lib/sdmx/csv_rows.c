/* SPDX-License-Identifier: MIT */
/* Rows: which data set they are of, and the facts in them. */
#include "bkti_csv_message.h"

static bkti_span key_field(const bkti_csv_message *csv, int key) {
    uint32_t column = csv->keys[key];
    return column == BKTI_CSV_NONE ? (bkti_span){NULL, 0} : csv->fields[column];
}

static bool is_same_dataset(const bkti_csv_message *csv) {
    for (int i = 0; csv->is_open && i < BKTI_CSV_KEYS; i++) {
        bkti_span text = {bkti_text_get(&csv->key_texts[i]), csv->key_texts[i].size};
        if (csv->keys[i] != BKTI_CSV_NONE && !bkti_span_equal(text, key_field(csv, i))) {
            return false;
        }
    }
    return csv->is_open;
}

static const struct action {
    const char *letter;
    const char *name;
} actions[] = {
    {"I", "Information"}, {"A", "Append"}, {"R", "Replace"}, {"M", "Merge"}, {"D", "Delete"},
};

/* NULL: there is no such action. */
static const char *find_action(bkti_span text) {
    text = bkti_csv_without_label(bkti_span_trim(text));
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        if (bkti_span_equal_caseless(text, bkti_span_of(actions[i].letter)) ||
            bkti_span_equal_caseless(text, bkti_span_of(actions[i].name))) {
            return actions[i].name;
        }
    }
    return text.size == 0 ? "Information" : NULL;
}

/* The action of the row; where 2.0 says none it is Information, and 1.0 has none. */
static bkt_status read_action(bkti_csv_message *csv, const char **out_action) {
    uint32_t column = csv->keys[2];
    *out_action = column == BKTI_CSV_NONE && csv->message->version == 10
                      ? NULL
                      : find_action(key_field(csv, 2));
    if (*out_action == NULL && column != BKTI_CSV_NONE) {
        bkti_span text = csv->fields[column];
        return bkti_csv_fail(csv, column, BKT_ERR_LAYOUT,
                             "'%.*s' is no action; I, A, R, M or D was expected",
                             bkti_csv_shown(text), text.data);
    }
    return BKT_OK;
}

/* Which field of a data set the row's reference is: that of 1.0 is a data flow, that of 2.0 what
 * its first column says. A provision agreement stands in the structure's place. */
static bkt_status read_reference_kind(bkti_csv_message *csv, int *out_field) {
    static const struct {
        const char *name;
        int field;
    } kinds[] = {
        {"dataflow", BKTI_FIELD_DATAFLOW},
        {"datastructure", BKTI_FIELD_STRUCTURE},
        {"dataprovision", BKTI_FIELD_STRUCTURE},
    };
    *out_field = BKTI_FIELD_DATAFLOW;
    if (csv->message->version == 10) {
        return BKT_OK;
    }
    bkti_span text = bkti_span_trim(key_field(csv, 0));
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (bkti_span_equal_caseless(text, bkti_span_of(kinds[i].name))) {
            *out_field = kinds[i].field;
            return BKT_OK;
        }
    }
    return bkti_csv_fail(csv, csv->keys[0], BKT_ERR_LAYOUT,
                         "'%.*s' is no kind of structure that data have; dataflow, datastructure "
                         "or dataprovision was expected",
                         bkti_csv_shown(text), text.data);
}

/* What the row says of its data set. */
static bkt_status read_dataset(bkti_csv_message *csv, bkti_fields *to) {
    bkti_memory *memory = csv->message->memory;
    uint32_t column = csv->keys[csv->message->version == 10 ? 0 : 1];
    bkti_span reference = bkti_csv_without_label(bkti_span_trim(csv->fields[column]));
    const char *action;
    int field;
    bkt_status status = read_reference_kind(csv, &field);
    status = status == BKT_OK ? read_action(csv, &action) : status;
    if (status != BKT_OK) {
        return status;
    }
    if (reference.size == 0) {
        return bkti_csv_fail(csv, column, BKT_ERR_LAYOUT,
                             "the row does not say what its data are of; such as "
                             "AGENCY:FLOW(1.0) was expected");
    }
    csv->deletes = action != NULL && strcmp(action, "Delete") == 0;
    bool is_urn = reference.size > 4 && memcmp(reference.data, "urn:", 4) == 0;
    bool done = (!is_urn || bkti_fields_set_urn(memory, to, reference)) &&
                bkti_fields_set(memory, to, field, reference) &&
                bkti_fields_set(memory, to, BKTI_FIELD_ACTION, bkti_span_of(action)) &&
                bkti_fields_set(memory, to, BKTI_FIELD_DIMENSION, BKTI_SPAN("AllDimensions"));
    return done ? BKT_OK : bkti_no_memory(csv->message->context);
}

static bkt_status finish_dataset(bkti_csv_message *csv) {
    if (!csv->is_open) {
        return BKT_OK;
    }
    csv->is_open = false;
    return csv->message->listener->dataset_finish(csv->message->user);
}

static bkt_status start_dataset(bkti_csv_message *csv) {
    bkti_message *message = csv->message;
    bkt_status status = finish_dataset(csv);
    bkti_fields_clear(message->memory, &message->dataset);
    message->dataset_count++;
    message->dataset_told = false;
    csv->shape = 0;
    if (status == BKT_OK && csv->fields != NULL) {
        status = read_dataset(csv, &message->dataset);
    }
    if (status != BKT_OK) {
        return status;
    }
    for (int i = 0; csv->fields != NULL && i < BKTI_CSV_KEYS; i++) {
        bkti_text_clear(&csv->key_texts[i]);
        if (!bkti_text_append_span(&csv->key_texts[i], key_field(csv, i))) {
            return bkti_no_memory(message->context);
        }
    }
    csv->is_timeless = false;
    csv->is_open = true;
    bkti_csv_forget_names(csv);
    status = bkti_message_tell_dataset(message);
    return status == BKT_OK ? bkti_csv_tell_header(csv) : status;
}

/* Rows that delete are seen with separators too many behind them, which do no harm. Elsewhere they
 * may stem from a decimal comma, which would shift what follows. */
static bool is_harmless(const bkti_csv_message *csv, uint32_t count) {
    const char *action = csv->keys[2] == BKTI_CSV_NONE || csv->keys[2] >= count
                             ? NULL
                             : find_action(key_field(csv, 2));
    bool is_empty = count > csv->column_count;
    for (uint32_t i = csv->column_count; i < count; i++) {
        is_empty = is_empty && csv->fields[i].size == 0;
    }
    return is_empty && action != NULL && strcmp(action, "Delete") == 0;
}

static bkt_status check_count(bkti_csv_message *csv, uint32_t count) {
    if (is_harmless(csv, count)) {
        return BKT_OK;
    }
    return bkti_csv_fail(
        csv, count < csv->column_count ? count - 1 : csv->column_count, BKT_ERR_LAYOUT,
        "the row has %u fields, but the header has %u columns; %s", (unsigned)count,
        (unsigned)csv->column_count,
        count < csv->column_count
            ? "a line break in a text without quotation marks?"
            : "a decimal comma, or a separator in a text without quotation marks?");
}

/* Room for the joined lists of the row, so that none moves when the next is written. */
static bool make_list_room(bkti_csv_message *csv) {
    size_t needed = BKTI_CSV_SLACK;
    for (uint32_t i = 0; i < csv->column_count; i++) {
        needed += csv->columns[i].is_list ? csv->fields[i].size * 2 : 0;
    }
    void *lists = csv->lists;
    bool grown = bkti_grow(csv->message->memory, &lists, &csv->list_capacity, needed, 1);
    csv->lists = lists;
    csv->list_size = 0;
    return grown;
}

static bkti_span value_of(bkti_csv_message *csv, uint32_t index) {
    const bkti_csv_column *column = &csv->columns[index];
    bkti_span value = csv->fields[index];
    if (column->is_list && value.size > 0) {
        value = bkti_csv_join_list(csv, column, value, csv->lists + csv->list_size);
        csv->list_size += value.size;
    } else if (csv->is_labelled && column->kind == BKTI_CSV_FACT) {
        value = bkti_csv_without_label(value);
    }
    return value;
}

/* Behind the value, or behind time where there is no value, no dimension is expected. */
static uint32_t last_key_column(const bkti_csv_message *csv) {
    return csv->value != BKTI_CSV_NONE  ? csv->value
           : csv->time != BKTI_CSV_NONE ? csv->time
                                        : csv->column_count;
}

/* Takes the row's facts apart. In a row that deletes, a "-" says which value is meant; SDMX-ML
 * writes NaN for it. */
static bool collect(bkti_csv_message *csv) {
    bkti_message *message = csv->message;
    size_t room = csv->column_count;
    if (!bkti_message_make_room(message, room * 2) || (csv->has_lists && !make_list_room(csv))) {
        return false;
    }
    uint32_t last_key = last_key_column(csv);
    csv->count = 0;
    csv->attribute_count = 0;
    csv->before_value = 0;
    for (uint32_t i = 0; i < csv->column_count; i++) {
        const bkti_csv_column *column = &csv->columns[i];
        bkti_span value = column->kind == BKTI_CSV_FACT ? value_of(csv, i) : (bkti_span){NULL, 0};
        if (value.size > 0) {
            uint32_t place =
                column->is_attribute ? (uint32_t)room + csv->attribute_count++ : csv->count++;
            message->told[place] = (bkti_fact){.id = column->id, .value = value};
        }
        csv->before_value = i <= last_key ? csv->count : csv->before_value;
    }
    csv->row_value = csv->value == BKTI_CSV_NONE ? (bkti_span){NULL, 0} : csv->fields[csv->value];
    csv->has_value = csv->row_value.size > 0;
    if (csv->deletes && bkti_span_is(csv->row_value, "-")) {
        csv->row_value = BKTI_SPAN("NaN");
    }
    return true;
}

/* Whether the row has neither value nor time, but attributes, where observations have time: then
 * these are of all observations that have the rest of the key. A row that lacks another part of the
 * key stays an observation, since it may be of a structure that has no such part. */
static bool is_partial(const bkti_csv_message *csv) {
    bool may_be = !csv->has_value && !csv->deletes && !csv->is_timeless &&
                  csv->time != BKTI_CSV_NONE &&
                  (csv->value == BKTI_CSV_NONE || csv->value > csv->time);
    return may_be && csv->fields[csv->time].size == 0 &&
           csv->attribute_count + csv->count > csv->before_value;
}

static bkt_status tell_group(bkti_csv_message *csv) {
    bkti_message *message = csv->message;
    bkti_fact *facts = message->told;
    memmove(facts + csv->count, facts + csv->column_count, csv->attribute_count * sizeof *facts);
    message->group_count++;
    bkti_group group = {
        .name = {"", 0},
        .loose = csv->before_value == 0,
        .marking = BKTI_UNMARKED,
        .facts = facts,
        .count = csv->before_value,
        .attributes = facts + csv->before_value,
        .attribute_count = csv->count - csv->before_value + csv->attribute_count,
    };
    return message->listener->group(message->user, &group);
}

/* Bits of what the row has: facts, and the highest for the value. */
static uint64_t put_values(bkti_csv_message *csv) {
    uint64_t present = 0;
    for (uint32_t i = 0; i < csv->fact_count; i++) {
        bkti_span value = csv->fields[csv->fact_columns[i]];
        present |= (uint64_t)(value.size > 0) << i;
        csv->values[i].value = csv->is_labelled ? bkti_csv_without_label(value) : value;
    }
    if (csv->value != BKTI_CSV_NONE && csv->fields[csv->value].size > 0) {
        csv->value_place.value = csv->fields[csv->value];
        present |= UINT64_C(1) << 63;
    }
    return present;
}

static bool is_repeatable(const bkti_csv_message *csv) {
    return csv->fact_count <= BKTI_REPEAT_LIMIT && !csv->has_lists && !csv->deletes &&
           csv->message->listener->repeat != NULL;
}

/* A number for rows of this shape, which is new. */
static void make_shape(bkti_csv_message *csv) {
    bkti_repeat *repeat = &csv->repeat;
    csv->shape = 0;
    if (!is_repeatable(csv) || csv->newest_shape == UINT32_MAX) {
        return;
    }
    csv->shape = ++csv->newest_shape;
    csv->present = put_values(csv);
    *repeat = (bkti_repeat){.shape = csv->shape, .flat = true};
    repeat->value = csv->has_value ? &csv->value_place : NULL;
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < csv->fact_count; i++) {
            bool is_attribute = csv->columns[csv->fact_columns[i]].is_attribute;
            if ((csv->present >> i & 1) != 0 && is_attribute == (pass == 1)) {
                repeat->facts[repeat->count++] = &csv->values[i];
            }
        }
    }
}

static bkt_status tell_observation(bkti_csv_message *csv) {
    bkti_message *message = csv->message;
    bkti_observation observation = {
        .value = {BKTI_SPAN(BKTI_PRIMARY_MEASURE), csv->row_value},
        .shape = csv->shape,
        .marking = BKTI_UNMARKED,
        .flat = true,
        .facts = message->told,
        .count = csv->count,
        .before_value = csv->before_value,
        .attributes = message->told + csv->column_count,
        .attribute_count = csv->attribute_count,
    };
    observation.value.value.data = csv->has_value ? csv->row_value.data : NULL;
    return message->listener->observation(message->user, &observation);
}

/* A row of another shape than the one before. */
static bkt_status take_new(bkti_csv_message *csv) {
    if (!collect(csv)) {
        return bkti_no_memory(csv->message->context);
    }
    if (csv->count + csv->attribute_count == 0 && !csv->has_value && !csv->deletes) {
        return BKT_OK; /* it names its data set alone; where that deletes, all of it */
    }
    if (is_partial(csv)) {
        csv->shape = 0;
        return tell_group(csv);
    }
    csv->is_timeless = csv->is_timeless || (csv->time != BKTI_CSV_NONE && csv->has_value &&
                                            csv->fields[csv->time].size == 0);
    csv->message->observation_count++;
    make_shape(csv);
    return tell_observation(csv);
}

static bkt_status take_repeated(bkti_csv_message *csv) {
    bkti_message *message = csv->message;
    bool taken;
    message->observation_count++;
    bkt_status status = message->listener->repeat(message->user, &csv->repeat, &taken);
    if (taken) {
        return status;
    }
    return collect(csv) ? tell_observation(csv) : bkti_no_memory(message->context);
}

bkt_status bkti_csv_take_row(bkti_csv_message *csv, const bkti_span *fields, uint32_t count) {
    csv->fields = fields;
    bkt_status status = BKT_OK;
    if (csv->column_count == 0) {
        status = bkti_csv_read_header(csv, fields, count);
        csv->fields = NULL;
        return status;
    }
    status = count == csv->column_count ? BKT_OK : check_count(csv, count);
    if (status == BKT_OK && !is_same_dataset(csv)) {
        status = start_dataset(csv);
    }
    if (status == BKT_OK && csv->tells_names) {
        status = bkti_csv_tell_names(csv);
    }
    if (status == BKT_OK) {
        bool is_repeat = csv->shape != 0 && put_values(csv) == csv->present;
        status = is_repeat ? take_repeated(csv) : take_new(csv);
    }
    csv->fields = NULL;
    return status;
}

bkt_status bkti_csv_finish_rows(bkti_csv_message *csv) {
    if (csv->message->dataset_count == 0) {
        bkti_place place;
        bkti_csv_place(csv->scanner, &place);
        bkti_tell(csv->message->context, BKT_SEVERITY_NOTE, BKT_ERR_EMPTY, &place,
                  "the header has no rows behind it; observations were expected");
        bkt_status status = start_dataset(csv);
        if (status != BKT_OK) {
            return status;
        }
    }
    return finish_dataset(csv);
}
