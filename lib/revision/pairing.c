/* SPDX-License-Identifier: MIT */
/* Which columns of two tables make the key, and which are compared. */
#include "bkti_number.h"
#include "bkti_revision.h"

static bool is_listed(const char *const *ids, uint32_t count, const char *id) {
    for (uint32_t i = 0; i < count; i++) {
        if (bkti_span_equal_caseless(bkti_span_of(ids[i]), bkti_span_of(id))) {
            return true;
        }
    }
    return false;
}

static bool is_ignored(const bkti_comparison *work, const char *id) {
    return is_listed(work->options.ignored, work->options.ignored_count, id);
}

/* What is known goes before what was assumed; of two that are not sure one dimension suffices. */
static bool is_key_of_both(const bkt_column *before, const bkt_column *after) {
    bool first = bkti_is_key(before);
    bool second = bkti_is_key(after);
    if (first != second && before->role_assumed != after->role_assumed) {
        return before->role_assumed ? second : first;
    }
    return first || second;
}

static void tell_missing(const bkti_comparison *work, const bkt_column *column, bool is_later) {
    const char *which = is_later ? "later" : "earlier";
    if (bkti_is_key(column)) {
        bkti_tell(work->context, BKT_SEVERITY_WARNING, BKT_ERR_NO_COLUMN, NULL,
                  "only the %s table has the dimension '%s': it is left out of the key", which,
                  column->id);
    } else {
        bkti_tell(work->context, BKT_SEVERITY_NOTE, BKT_ERR_NO_COLUMN, NULL,
                  "only the %s table has the column '%s'", which, column->id);
    }
}

static bkt_status find_given_keys(bkti_comparison *work) {
    for (uint32_t i = 0; i < work->options.key_count; i++) {
        const char *id = work->options.keys[i];
        if (id == NULL) {
            return bkti_fail(work->context, BKT_ERR_ARGUMENT, NULL,
                             "id %u (counted from 0) of the key's columns is NULL", (unsigned)i);
        }
        const bkt_column *after = bkti_table_find(work->after, id);
        const bkt_column *before = bkti_table_find(work->before, id);
        if (after == NULL || before == NULL) {
            return bkti_fail(work->context, BKT_ERR_NO_COLUMN, NULL,
                             "the %s table has no column '%s', which shall be in the key",
                             after == NULL ? "later" : "earlier", id);
        }
        work->key_ids[work->key_count++] = after->id;
    }
    return BKT_OK;
}

static void find_keys(bkti_comparison *work) {
    for (uint32_t i = 0; i < work->after->column_count; i++) {
        const bkt_column *after = work->after->columns[i];
        const bkt_column *before = bkti_table_exact(work->before, after->id);
        if (before != NULL && before->codes != NULL && after->codes != NULL &&
            is_key_of_both(before, after) && !is_ignored(work, after->id)) {
            work->key_ids[work->key_count++] = after->id;
        }
    }
}

static bool is_in_key(const bkti_comparison *work, const char *id) {
    for (uint32_t i = 0; i < work->key_count; i++) {
        if (strcmp(work->key_ids[i], id) == 0) {
            return true;
        }
    }
    return false;
}

/* From the earlier column's codes to the later's. */
static bool map_codes(bkti_memory *memory, bkti_component *component) {
    const bkt_column *before = component->before;
    const bkt_column *after = component->after;
    if (before == NULL || after == NULL || before->codes == NULL || after->codes == NULL) {
        return true;
    }
    int32_t count = bkti_dictionary_count(before->dictionary);
    component->map = bkti_allocate_array(memory, (size_t)count, sizeof *component->map);
    for (int32_t code = 0; component->map != NULL && code < count; code++) {
        bkti_span text = bkti_dictionary_span(before->dictionary, code);
        int32_t found = bkti_dictionary_find(after->dictionary, text);
        component->map[code] = found < 0 ? -2 : found;
    }
    return component->map != NULL;
}

static bool add_component(bkti_comparison *work, const bkt_column *before,
                          const bkt_column *after) {
    const bkt_column *either = after == NULL ? before : after;
    bool is_left_out = is_ignored(work, either->id) || is_in_key(work, either->id) ||
                       (before != NULL && before->role == BKT_ROLE_PROVENANCE) ||
                       (after != NULL && after->role == BKT_ROLE_PROVENANCE);
    if (is_left_out) {
        return true;
    }
    if (before == NULL || after == NULL) {
        tell_missing(work, either, before == NULL);
        if (bkti_is_key(either)) {
            return true;
        }
    }
    bkti_component *component = &work->components[work->component_count++];
    *component = (bkti_component){
        .before = before,
        .after = after,
        .is_measure = (before != NULL && before->role == BKT_ROLE_MEASURE) ||
                      (after != NULL && after->role == BKT_ROLE_MEASURE),
    };
    return map_codes(work->memory, component);
}

static bool find_components(bkti_comparison *work) {
    bool done = true;
    for (uint32_t i = 0; done && i < work->after->column_count; i++) {
        const bkt_column *after = work->after->columns[i];
        done = add_component(work, bkti_table_exact(work->before, after->id), after);
    }
    for (uint32_t i = 0; done && i < work->before->column_count; i++) {
        const bkt_column *before = work->before->columns[i];
        done =
            bkti_table_exact(work->after, before->id) != NULL || add_component(work, before, NULL);
    }
    return done;
}

bkt_status bkti_pair_columns(bkti_comparison *work) {
    size_t room = (size_t)work->before->column_count + work->after->column_count;
    size_t key_room = room > work->options.key_count ? room : work->options.key_count;
    work->key_ids = bkti_allocate_array(work->memory, key_room, sizeof *work->key_ids);
    work->components = bkti_allocate_array(work->memory, room, sizeof *work->components);
    if (work->key_ids == NULL || work->components == NULL) {
        return bkti_no_memory(work->context);
    }
    if (work->options.keys == NULL) {
        find_keys(work);
    } else {
        bkt_status status = find_given_keys(work);
        if (status != BKT_OK) {
            return status;
        }
    }
    if (work->key_count == 0) {
        return bkti_fail(work->context, BKT_ERR_NO_COLUMN, NULL,
                         "the tables have no dimension in common: name the columns of the key");
    }
    return find_components(work) ? BKT_OK : bkti_no_memory(work->context);
}

void bkti_pair_columns_free(bkti_comparison *work) {
    for (uint32_t i = 0; i < work->component_count; i++) {
        bkti_release(work->memory, work->components[i].map);
    }
    bkti_release(work->memory, work->components);
    bkti_release(work->memory, work->key_ids);
}

static bool is_missing(const bkt_column *column, int64_t row) {
    return column == NULL || bkt_column_missing_at(column, row) != BKT_MISSING_NOT;
}

/* Two texts that differ may be spellings of one period. */
static bool same_period(const bkt_column *before, int32_t before_code, const bkt_column *after,
                        int32_t after_code) {
    if (before->periods == NULL || after->periods == NULL) {
        return false;
    }
    const bkti_period *first = &before->periods->items[before_code];
    const bkti_period *second = &after->periods->items[after_code];
    return first->frequency == second->frequency && first->ordinal == second->ordinal &&
           first->frequency != BKT_FREQUENCY_NONE && first->frequency != BKT_FREQUENCY_RANGE;
}

/* A number in one table, a text in the other. */
static bool same_number(const bkt_column *numbers, int64_t number_row, const bkt_column *texts,
                        int64_t text_row) {
    double number;
    bkti_span text = bkti_dictionary_span(texts->dictionary, texts->codes[text_row]);
    return bkti_number_parse(bkti_span_trim(text), &number) == BKTI_NUMBER_FINITE &&
           number == numbers->numbers[number_row];
}

bool bkti_component_differs(const bkti_component *component, int64_t before, int64_t after) {
    const bkt_column *first = component->before;
    const bkt_column *second = component->after;
    bool first_missing = is_missing(first, before);
    if (first_missing || is_missing(second, after)) {
        return first_missing != is_missing(second, after);
    }
    if (component->map != NULL) {
        int32_t code = first->codes[before];
        return component->map[code] != second->codes[after] &&
               !same_period(first, code, second, second->codes[after]);
    }
    if (first->codes != NULL) {
        return !same_number(second, after, first, before);
    }
    return second->codes != NULL ? !same_number(first, before, second, after)
                                 : first->numbers[before] != second->numbers[after];
}
