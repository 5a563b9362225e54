/* SPDX-License-Identifier: MIT */
/* Groups: attributes of everything that has a certain partial key. Groups with the same list of ids
 * make a signature, whose groups are found by a hash of the codes of their key. In a message
 * without marks it is the columns that tell which ids are the key, so that a signature is resolved
 * when rows come, and again whenever a column becomes part of the key. */
#include "bkti_reader_parts.h"

/* What became of a group. */
enum { UNMATCHED = 0, MATCHED = 1, REPEATED = 2 };

static void free_signature(bkti_memory *memory, bkti_signature *signature) {
    bkti_release(memory, signature->ids);
    bkti_release(memory, signature->columns);
    bkti_release(memory, signature->is_key);
    bkti_release(memory, signature->raw);
    bkti_release(memory, signature->codes);
    bkti_release(memory, signature->matched);
    bkti_release(memory, signature->arrival);
    bkti_release(memory, signature->slots);
}

void bkti_groups_clear(bkt_reader *reader) {
    bkti_groups *groups = &reader->group_list;
    for (size_t i = 0; i < groups->count; i++) {
        free_signature(reader->memory, &groups->items[i]);
    }
    bkti_release(reader->memory, groups->items);
    bkti_dictionary_drop(groups->texts);
    *groups = (bkti_groups){0};
}

static uint32_t count_of(const bkti_group *group) {
    return group->count + group->attribute_count;
}

static const bkti_fact *fact_of(const bkti_group *group, uint32_t index) {
    return index < group->count ? &group->facts[index] : &group->attributes[index - group->count];
}

/* Which fact of a group has an id of a signature, looked for at its own place first;
 * count_of(group) if there is none. */
static uint32_t find_fact(const bkti_group *group, bkti_span id, uint32_t place) {
    uint32_t count = count_of(group);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t index = place + i < count ? place + i : place + i - count;
        bkti_span other = fact_of(group, index)->id;
        if (other.data == id.data || bkti_span_equal(other, id)) {
            return index;
        }
    }
    return count;
}

/* Groups write their attributes in any order. An id that comes twice stays where it is, and so does
 * everything in a group of very many. */
static bool has_signature(const bkti_signature *signature, const bkti_group *group) {
    bool marked = group->marking == BKTI_MARKED_KEY;
    if (signature->id_count != count_of(group) || signature->loose != group->loose ||
        signature->marked != marked || (marked && signature->key_count != group->count)) {
        return false;
    }
    uint64_t taken = 0;
    for (uint32_t i = 0; i < signature->id_count; i++) {
        uint32_t found = find_fact(group, signature->ids[i], i);
        if (found == signature->id_count || (found != i && signature->id_count > 64) ||
            (marked && (found < group->count) != (i < group->count))) {
            return false;
        }
        taken |= UINT64_C(1) << (found % 64);
    }
    return signature->id_count > 64 || taken == UINT64_MAX >> (64 - signature->id_count);
}

bool bkti_groups_have_id(const bkt_reader *reader, bkti_span id) {
    const bkti_groups *groups = &reader->group_list;
    for (size_t i = 0; i < groups->count; i++) {
        const bkti_signature *signature = &groups->items[i];
        for (uint32_t k = 0; !signature->marked && k < signature->id_count; k++) {
            if (bkti_span_equal(signature->ids[k], id)) {
                return true;
            }
        }
    }
    return false;
}

static bkti_signature *add_signature(bkt_reader *reader, const bkti_group *group) {
    bkti_groups *groups = &reader->group_list;
    void *items = groups->items;
    if (groups->texts == NULL) {
        groups->texts = bkti_dictionary_new(reader->memory);
    }
    if (groups->texts == NULL || !bkti_grow(reader->memory, &items, &groups->capacity,
                                            groups->count + 1, sizeof *groups->items)) {
        return NULL;
    }
    groups->items = items;
    uint32_t count = count_of(group);
    bkti_signature signature = {
        .name = group->name,
        .id_count = count,
        .marked = group->marking == BKTI_MARKED_KEY,
        .loose = group->loose,
        .last_match = -1,
    };
    signature.key_count = signature.marked ? group->count : 0;
    signature.ids = bkti_allocate_array(reader->memory, count, sizeof *signature.ids);
    signature.columns = bkti_allocate_array(reader->memory, count, sizeof *signature.columns);
    signature.is_key = bkti_allocate_zeroed(reader->memory, count, sizeof *signature.is_key);
    if (signature.ids == NULL || signature.columns == NULL || signature.is_key == NULL) {
        free_signature(reader->memory, &signature);
        return NULL;
    }
    for (uint32_t i = 0; i < count; i++) {
        signature.ids[i] = fact_of(group, i)->id;
        signature.is_key[i] = signature.marked && i < group->count;
    }
    groups->items[groups->count] = signature;
    return &groups->items[groups->count++];
}

static bkti_signature *find_signature(bkt_reader *reader, const bkti_group *group) {
    bkti_groups *groups = &reader->group_list;
    for (size_t i = groups->count; i > 0; i--) {
        if (has_signature(&groups->items[i - 1], group)) {
            return &groups->items[i - 1];
        }
    }
    return add_signature(reader, group);
}

static bool grow_signature(bkt_reader *reader, bkti_signature *signature) {
    if (signature->count < signature->capacity) {
        return true;
    }
    size_t capacity = signature->capacity < 8 ? 8 : signature->capacity * 2;
    size_t width = signature->id_count * sizeof *signature->raw;
    int32_t *raw = bkti_reallocate_array(reader->memory, signature->raw, capacity, width);
    signature->raw = raw == NULL ? signature->raw : raw;
    int32_t *codes = bkti_reallocate_array(reader->memory, signature->codes, capacity, width);
    signature->codes = codes == NULL ? signature->codes : codes;
    uint8_t *matched = bkti_reallocate_array(reader->memory, signature->matched, capacity, 1);
    signature->matched = matched == NULL ? signature->matched : matched;
    int64_t *arrival = bkti_reallocate_array(reader->memory, signature->arrival, capacity,
                                             sizeof *signature->arrival);
    signature->arrival = arrival == NULL ? signature->arrival : arrival;
    if (raw == NULL || codes == NULL || matched == NULL || arrival == NULL) {
        return false;
    }
    signature->capacity = capacity;
    return true;
}

static uint64_t mix(uint64_t hash, int32_t code) {
    hash = (hash ^ (uint32_t)code) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ (hash >> 29);
}

static uint64_t hash_of_group(const bkti_signature *signature, size_t group) {
    const int32_t *codes = signature->codes + group * signature->id_count;
    uint64_t hash = 0;
    for (uint32_t i = 0; i < signature->id_count; i++) {
        hash = signature->is_key[i] ? mix(hash, codes[i]) : hash;
    }
    return hash;
}

static bool same_key(const bkti_signature *signature, size_t a, size_t b) {
    for (uint32_t i = 0; i < signature->id_count; i++) {
        if (signature->is_key[i] && signature->codes[a * signature->id_count + i] !=
                                        signature->codes[b * signature->id_count + i]) {
            return false;
        }
    }
    return true;
}

/* A marked key may name a dimension that no series has had yet. */
static bool key_is_known(const bkti_signature *signature) {
    for (uint32_t i = 0; i < signature->id_count; i++) {
        if (signature->is_key[i] && signature->columns[i] == BKTI_NO_COLUMN) {
            return false;
        }
    }
    return signature->key_count > 0;
}

/* Puts a group into the slots. Of two with the same key the first is found; a later one that says
 * something else is told. */
static bkt_status insert(bkt_reader *reader, bkti_signature *signature, size_t group) {
    size_t mask = signature->slot_count - 1;
    size_t slot = (size_t)hash_of_group(signature, group) & mask;
    while (signature->slots[slot] != 0) {
        size_t other = signature->slots[slot] - 1;
        if (same_key(signature, other, group)) {
            const int32_t *a = signature->codes + other * signature->id_count;
            const int32_t *b = signature->codes + group * signature->id_count;
            bool same = memcmp(a, b, signature->id_count * sizeof *a) == 0;
            bool told = signature->matched[group] == REPEATED;
            signature->matched[group] = REPEATED;
            return same || told
                       ? BKT_OK
                       : bkti_data_fault(reader, BKT_ERR_REPEATED_COMPONENT, -1,
                                         "two groups have the same key and different attributes; "
                                         "the first is kept");
        }
        slot = (slot + 1) & mask;
    }
    signature->slots[slot] = (uint32_t)group + 1;
    return BKT_OK;
}

static bkt_status make_slots(bkt_reader *reader, bkti_signature *signature) {
    size_t wanted = 16;
    while (wanted < signature->capacity * 2) {
        wanted *= 2;
    }
    bkti_release(reader->memory, signature->slots);
    signature->slots = bkti_allocate_zeroed(reader->memory, wanted, sizeof *signature->slots);
    signature->slot_count = wanted;
    if (signature->slots == NULL) {
        return bkti_no_memory(reader->context);
    }
    for (size_t group = 0; group < signature->count; group++) {
        bkt_status status = insert(reader, signature, group);
        if (status != BKT_OK) {
            return status;
        }
    }
    return BKT_OK;
}

/* The codes of one group in terms of the columns. */
static bkt_status translate(bkt_reader *reader, bkti_signature *signature, size_t group) {
    const int32_t *raw = signature->raw + group * signature->id_count;
    int32_t *codes = signature->codes + group * signature->id_count;
    for (uint32_t i = 0; i < signature->id_count; i++) {
        codes[i] = -1;
        if (signature->columns[i] != BKTI_NO_COLUMN) {
            bkti_span text = bkti_dictionary_span(reader->group_list.texts, raw[i]);
            bkt_status status = bkti_rows_code(reader, signature->columns[i], text, &codes[i]);
            if (status != BKT_OK) {
                return status;
            }
        }
    }
    return BKT_OK;
}

/* Which ids are the key: marked ones, or those that the columns say. */
static void find_key(const bkt_reader *reader, bkti_signature *signature) {
    const bkti_rows *rows = reader->rows;
    signature->key_count = 0;
    for (uint32_t i = 0; i < signature->id_count; i++) {
        int64_t found = bkti_column_find(reader, signature->ids[i]);
        bool number = found >= 0 && rows->columns[found].writer->kind == BKT_KIND_NUMBER;
        signature->columns[i] = found < 0 || number ? BKTI_NO_COLUMN : (uint32_t)found;
        if (!signature->marked) {
            signature->is_key[i] = found >= 0 && rows->columns[found].key;
        }
        signature->key_count += signature->is_key[i];
    }
}

/* What is not the key gets columns, unless nothing could have the key. */
static bkt_status find_columns(bkt_reader *reader, bkti_signature *signature) {
    find_key(reader, signature);
    bool whole = signature->key_count == 0;
    bkt_status status = BKT_OK;
    for (uint32_t i = 0; status == BKT_OK && i < signature->id_count; i++) {
        bkti_span id = signature->ids[i];
        if (signature->columns[i] != BKTI_NO_COLUMN || signature->is_key[i] ||
            (whole && !signature->loose) || bkti_span_is(id, BKTI_PRIMARY_MEASURE)) {
            continue;
        }
        int32_t level = whole ? BKT_LEVEL_DATASET : BKT_LEVEL_GROUP;
        int64_t found = bkti_column_find(reader, id);
        status = found >= 0 ? bkti_column_found(reader, found, level, &signature->columns[i])
                            : bkti_rows_add_column(reader, id, BKT_KIND_TEXT, BKT_ROLE_ATTRIBUTE,
                                                   level, false, &signature->columns[i]);
    }
    return status;
}

/* The group as columns know it, bkti_column_group(). */
static void append_name(const bkti_signature *signature, bkti_text *text) {
    bkti_text_append_span(text, signature->loose ? BKTI_SPAN("") : signature->name);
    for (uint32_t i = 0; i < signature->id_count; i++) {
        if (signature->is_key[i]) {
            bkti_text_append_text(text, " ");
            bkti_text_append_span(text, signature->ids[i]);
        }
    }
}

/* Columns know the group that they were told at; a structure knows it better. */
static bkt_status name_group(bkt_reader *reader, const bkti_signature *signature) {
    bkti_table_writer *writer = reader->rows->writer;
    bkti_text text;
    bkti_text_init(&text, reader->memory);
    append_name(signature, &text);
    bkt_status status = text.failed ? bkti_no_memory(reader->context) : BKT_OK;
    for (uint32_t i = 0; status == BKT_OK && i < signature->id_count; i++) {
        uint32_t column = signature->columns[i];
        if (signature->is_key[i] || column == BKTI_NO_COLUMN) {
            continue;
        }
        const bkti_column_writer *target = reader->rows->columns[column].writer;
        if (target->level == BKT_LEVEL_GROUP &&
            bkti_component_of(reader, signature->ids[i]) == NULL) {
            status = bkti_table_writer_set_group(writer, column, bkti_text_get(&text));
        }
    }
    bkti_text_free(&text);
    return status;
}

/* `Atts` without a key, from one of them on, are the data set's. Rows that were handed out had to
 * do without. */
static void apply_to_dataset(bkt_reader *reader, bkti_signature *signature, size_t group) {
    for (; group < signature->count; group++) {
        for (uint32_t i = 0; i < signature->id_count; i++) {
            int32_t code = signature->codes[group * signature->id_count + i];
            if (signature->columns[i] != BKTI_NO_COLUMN && signature->matched[group] == UNMATCHED) {
                reader->rows->columns[signature->columns[i]].base_code = code;
            }
        }
        bool late = reader->rows->handed > 0 && signature->arrival[group] > 0;
        signature->matched[group] = late ? UNMATCHED : MATCHED;
    }
}

static bkt_status resolve(bkt_reader *reader, bkti_signature *signature) {
    bkt_status status = find_columns(reader, signature);
    if (status == BKT_OK && signature->key_count > 0) {
        status = name_group(reader, signature);
    }
    for (size_t group = 0; status == BKT_OK && group < signature->count; group++) {
        status = translate(reader, signature, group);
    }
    if (status != BKT_OK) {
        return status;
    }
    signature->resolved = true;
    signature->epoch = reader->rows->key_epoch;
    signature->last_match = -1;
    if (signature->key_count == 0) {
        if (signature->loose) {
            apply_to_dataset(reader, signature, 0);
        }
        return BKT_OK;
    }
    return key_is_known(signature) ? make_slots(reader, signature) : BKT_OK;
}

bkt_status bkti_groups_resolve(bkt_reader *reader) {
    bkti_groups *groups = &reader->group_list;
    bkt_status status = BKT_OK;
    for (size_t i = 0; status == BKT_OK && i < groups->count; i++) {
        bkti_signature *signature = &groups->items[i];
        if (!signature->resolved || signature->epoch != reader->rows->key_epoch) {
            status = resolve(reader, signature);
        }
    }
    return status;
}

bkt_status bkti_groups_add(bkt_reader *reader, const bkti_group *group) {
    reader->plain = false;
    reader->row_open = false;
    if (count_of(group) == 0) {
        return BKT_OK;
    }
    bkti_signature *signature = find_signature(reader, group);
    if (reader->group_list.count > bkti_context_options(reader->context)->column_limit) {
        return bkti_fail(reader->context, BKT_ERR_LIMIT, NULL,
                         "the message has more kinds of groups than column_limit, which is %u",
                         (unsigned)bkti_context_options(reader->context)->column_limit);
    }
    if (signature == NULL || signature->count >= UINT32_MAX - 1 ||
        !grow_signature(reader, signature)) {
        return bkti_no_memory(reader->context);
    }
    size_t index = signature->count;
    for (uint32_t i = 0; i < signature->id_count; i++) {
        const bkti_fact *fact = fact_of(group, find_fact(group, signature->ids[i], i));
        int32_t code = bkti_dictionary_add(reader->group_list.texts, fact->value);
        if (code < 0) {
            return bkti_no_memory(reader->context);
        }
        signature->raw[index * signature->id_count + i] = code;
    }
    const bkti_rows *rows = reader->rows;
    signature->matched[index] = UNMATCHED;
    signature->arrival[index] = rows->handed + rows->count - rows->dataset_first;
    signature->late_count += signature->arrival[index] > 0;
    signature->count++;
    if (!reader->last->opened) {
        return BKT_OK;
    }
    if (!signature->resolved || signature->epoch != rows->key_epoch) {
        return resolve(reader, signature);
    }
    bkt_status status = translate(reader, signature, index);
    if (status != BKT_OK) {
        return status;
    }
    if (signature->key_count == 0) {
        if (signature->loose) {
            apply_to_dataset(reader, signature, index);
        }
        return BKT_OK;
    }
    if (!key_is_known(signature)) {
        return BKT_OK;
    }
    return signature->count * 2 > signature->slot_count ? make_slots(reader, signature)
                                                        : insert(reader, signature, index);
}

/* The group that has the key of a row; -1 for none. row -1: of the series, whose columns all have
 * the key then. */
static int64_t match(const bkt_reader *reader, bkti_signature *signature, int64_t row) {
    const bkti_rows *rows = reader->rows;
    int64_t at = row < 0 ? rows->count : row;
    uint64_t hash = 0;
    bool as_last = signature->last_match >= 0;
    const int32_t *last =
        as_last ? signature->codes + signature->last_match * signature->id_count : NULL;
    for (uint32_t i = 0; i < signature->id_count; i++) {
        if (signature->is_key[i]) {
            uint32_t column = signature->columns[i];
            int32_t code = column == BKTI_NO_COLUMN ? -1 : bkti_rows_code_at(reader, column, at);
            if (code < 0) {
                return -1;
            }
            hash = mix(hash, code);
            as_last = as_last && last[i] == code;
        }
    }
    if (as_last) {
        return signature->last_match;
    }
    size_t mask = signature->slot_count - 1;
    for (size_t slot = (size_t)hash & mask; signature->slots[slot] != 0; slot = (slot + 1) & mask) {
        size_t group = signature->slots[slot] - 1;
        const int32_t *codes = signature->codes + group * signature->id_count;
        bool same = true;
        for (uint32_t i = 0; same && i < signature->id_count; i++) {
            same = !signature->is_key[i] ||
                   codes[i] == bkti_rows_code_at(reader, signature->columns[i], at);
        }
        if (same) {
            signature->last_match = (int64_t)group;
            return (int64_t)group;
        }
    }
    return -1;
}

static bkt_status conflict(bkt_reader *reader, const bkti_reader_column *column, int32_t kept,
                           int32_t other) {
    const bkti_dictionary *dictionary = column->writer->dictionary;
    return bkti_data_fault(reader, BKT_ERR_REPEATED_COMPONENT, -1,
                           "%s has two values here: '%.100s' is kept, '%.100s' of a group is not",
                           column->writer->id, bkti_dictionary_text(dictionary, kept),
                           bkti_dictionary_text(dictionary, other));
}

/* Whether a key column may differ within the series: it does not have the series' code. */
static bool differs_in_series(const bkt_reader *reader, const bkti_signature *signature) {
    const bkti_rows *rows = reader->rows;
    for (uint32_t i = 0; i < signature->id_count; i++) {
        if (signature->is_key[i] && (signature->columns[i] == BKTI_NO_COLUMN ||
                                     rows->columns[signature->columns[i]].stamp != rows->stamp)) {
            return true;
        }
    }
    return false;
}

/* How one attribute of a group gets to a series (whose row is not looked at), to the row that is
 * being written, or to one written before. */
typedef bkt_status (*give_function)(bkt_reader *reader, uint32_t column, int32_t code, int64_t row);

static bkt_status give_all(bkt_reader *reader, bkti_signature *signature, int64_t group,
                           int64_t row, give_function give) {
    const int32_t *codes = signature->codes + group * signature->id_count;
    bkt_status status = BKT_OK;
    signature->matched[group] = MATCHED;
    for (uint32_t i = 0; status == BKT_OK && i < signature->id_count; i++) {
        if (!signature->is_key[i] && signature->columns[i] != BKTI_NO_COLUMN) {
            status = give(reader, signature->columns[i], codes[i], row);
        }
    }
    return status;
}

static bkt_status give_to_series(bkt_reader *reader, uint32_t index, int32_t code, int64_t row) {
    (void)row;
    const bkti_reader_column *column = &reader->rows->columns[index];
    if (column->stamp != reader->rows->stamp || column->series_code < 0) {
        return bkti_set_series_code(reader, index, code, BKT_LEVEL_GROUP);
    }
    return column->series_code == code ? BKT_OK
                                       : conflict(reader, column, column->series_code, code);
}

static bkt_status give_to_row(bkt_reader *reader, uint32_t index, int32_t code, int64_t row) {
    bkti_reader_column *column = &reader->rows->columns[index];
    bool in_series = column->stamp == reader->rows->stamp && column->series_code >= 0;
    int32_t has = column->writer->filled > row ? bkti_column_written_code(column->writer, row)
                  : in_series                  ? column->series_code
                                               : -1;
    if (has >= 0) {
        return has == code ? BKT_OK : conflict(reader, column, has, code);
    }
    bkt_status status = bkti_rows_settle(reader, column, row);
    return status == BKT_OK ? bkti_column_put_code(reader->rows->writer, column->writer, row, code)
                            : status;
}

/* Rows that are written already get a code where they have none, or only the data set's. */
static bkt_status change_row(bkt_reader *reader, uint32_t index, int32_t code, int64_t row) {
    bkti_reader_column *column = &reader->rows->columns[index];
    bkti_column_writer *writer = column->writer;
    if (writer->filled <= row) {
        return bkti_column_put_code(reader->rows->writer, writer, row, code);
    }
    int32_t has = bkti_column_written_code(writer, row);
    if (has >= 0 && has != column->base_code) {
        return has == code ? BKT_OK : conflict(reader, column, has, code);
    }
    return bkti_column_change_code(reader->rows->writer, writer, row, code);
}

bkt_status bkti_groups_apply_to_series(bkt_reader *reader) {
    bkti_groups *groups = &reader->group_list;
    bkt_status status = bkti_groups_resolve(reader);
    for (size_t i = 0; status == BKT_OK && i < groups->count; i++) {
        bkti_signature *signature = &groups->items[i];
        signature->by_row = differs_in_series(reader, signature);
        if (signature->key_count == 0 || signature->by_row) {
            continue;
        }
        int64_t group = match(reader, signature, -1);
        if (group >= 0) {
            status = give_all(reader, signature, group, -1, give_to_series);
        }
    }
    return status;
}

bkt_status bkti_groups_apply_to_row(bkt_reader *reader, int64_t row) {
    bkti_groups *groups = &reader->group_list;
    bkt_status status = reader->in_series ? BKT_OK : bkti_groups_resolve(reader);
    for (size_t i = 0; status == BKT_OK && i < groups->count; i++) {
        bkti_signature *signature = &groups->items[i];
        if (signature->key_count == 0 || (reader->in_series && !signature->by_row)) {
            continue;
        }
        int64_t group = match(reader, signature, row);
        if (group >= 0) {
            status = give_all(reader, signature, group, row, give_to_row);
        }
    }
    return status;
}

static bkt_status apply_late(bkt_reader *reader, bkti_signature *signature, int64_t end_row) {
    const bkti_rows *rows = reader->rows;
    for (int64_t row = rows->dataset_first; row < end_row; row++) {
        int64_t group = match(reader, signature, row);
        if (group >= 0 && signature->arrival[group] > rows->handed + row - rows->dataset_first) {
            bkt_status status = give_all(reader, signature, group, row, change_row);
            if (status != BKT_OK) {
                return status;
            }
        }
    }
    return BKT_OK;
}

/* Groups that matched nothing, and came when rows were handed out already. */
static void tell_missed(bkt_reader *reader, const bkti_signature *signature) {
    if (reader->rows->handed == 0) {
        return;
    }
    size_t missed = 0;
    for (size_t group = 0; group < signature->count; group++) {
        missed += signature->matched[group] == UNMATCHED && signature->arrival[group] > 0;
    }
    if (missed > 0) {
        bkti_place place = {.source = bkti_source_name(reader->source),
                            .dataset = reader->last->index};
        bkti_tell(reader->context, BKT_SEVERITY_WARNING, BKT_ERR_LAYOUT, &place,
                  "%llu groups came after rows that may be theirs and were handed out already: "
                  "read the message whole to have the groups' attributes in all rows",
                  (unsigned long long)missed);
    }
}

bkt_status bkti_groups_apply_late(bkt_reader *reader, int64_t end_row, bool last) {
    bkti_groups *groups = &reader->group_list;
    bkt_status status = BKT_OK;
    if (groups->count > 0 && reader->last->opened) {
        status = bkti_groups_resolve(reader);
    }
    for (size_t i = 0; status == BKT_OK && i < groups->count; i++) {
        bkti_signature *signature = &groups->items[i];
        if (signature->late_count > 0 && signature->key_count > 0 && reader->last->opened) {
            status = apply_late(reader, signature, end_row);
        }
        if (last && status == BKT_OK) {
            tell_missed(reader, signature);
        }
    }
    return status;
}
