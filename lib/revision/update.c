/* SPDX-License-Identifier: MIT */
#include <math.h>

#include "bkti_text.h"
#include "bkti_update.h"

static const bkt_update_options DEFAULTS = {sizeof DEFAULTS, 0, NULL};

bkt_status bkt_update_options_init(bkt_update_options *options, uint32_t struct_size) {
    return bkti_options_init(options, struct_size, &DEFAULTS, sizeof DEFAULTS, sizeof DEFAULTS);
}

/* ---- What the rows say ---- */

/* -1 for a text that is no action. */
static int action_of(const char *text) {
    static const struct {
        const char *name;
        int action;
    } ACTIONS[] = {{"Merge", BKTI_MERGE},        {"Append", BKTI_APPEND},
                   {"Replace", BKTI_REPLACE},    {"Delete", BKTI_DELETE},
                   {"Update", BKTI_MERGE},       {"Information", BKTI_MERGE},
                   {"Informational", BKTI_MERGE}};
    for (size_t i = 0; i < sizeof ACTIONS / sizeof ACTIONS[0]; i++) {
        if (bkti_action_is(text, ACTIONS[i].name)) {
            return ACTIONS[i].action;
        }
    }
    return -1;
}

static bkt_status read_actions_of(bkti_update *work, const bkt_table *table, uint8_t *actions) {
    const bkt_column *column = bkti_action_column(table);
    const char *property = bkt_table_property(table, "action");
    for (int64_t row = 0; row < table->row_count; row++) {
        const char *text = column == NULL ? NULL : bkt_column_text_at(column, row);
        text = text == NULL ? property : text;
        int action = text == NULL ? work->action : action_of(text);
        if (action < 0) {
            bkti_place place = {.source = bkt_table_property(table, "source")};
            return bkti_fail(work->context, BKT_ERR_VALUE, &place,
                             "row %lld (counted from 1) has the action '%.100s'; Merge, Append, "
                             "Replace, Delete or Information was expected",
                             (long long)row + 1, text);
        }
        actions[row] = (uint8_t)action;
    }
    return BKT_OK;
}

static bkt_status read_actions(bkti_update *work, const bkt_table *const *tables, uint32_t count) {
    work->actions = bkti_allocate_array(work->memory, (size_t)work->all->row_count, 1);
    bkt_status status = work->actions == NULL ? bkti_no_memory(work->context) : BKT_OK;
    int64_t row = 0;
    for (uint32_t i = 0; status == BKT_OK && i < count; i++) {
        status = read_actions_of(work, tables[i], work->actions + row);
        row += tables[i]->row_count;
    }
    return status;
}

/* Rows of a table without a dimension that others have are observations of their own. */
static void tell_lacking(const bkti_update *work, const bkt_table *const *tables, uint32_t count) {
    int64_t row = 0;
    for (uint32_t i = 0; i < count; i++) {
        int64_t end = row + tables[i]->row_count;
        while (row < end && work->actions[row] == BKTI_DELETE) {
            row++;
        }
        for (uint32_t j = 0; row < end && j < work->key_count; j++) {
            const bkt_column *key = work->keys[j];
            bool is_time = key->role == BKT_ROLE_TIME && bkti_table_time(tables[i]) != NULL;
            if (!is_time && bkti_table_find(tables[i], key->id) == NULL) {
                bkti_place place = {.source = bkt_table_property(tables[i], "source")};
                bkti_tell(work->context, BKT_SEVERITY_WARNING, BKT_ERR_NO_COLUMN, &place,
                          "table %u (counted from 1) has no dimension '%s': its rows are "
                          "observations of their own",
                          (unsigned)i + 1, key->id);
            }
        }
        row = end;
    }
}

static bkt_status join_tables(bkti_update *work, const bkt_table *const *tables, uint32_t count) {
    bkt_table **aligned = bkti_allocate_zeroed(work->memory, count, sizeof *aligned);
    bkt_status status = aligned == NULL ? bkti_no_memory(work->context) : BKT_OK;
    for (uint32_t i = 0; status == BKT_OK && i < count; i++) {
        aligned[i] = bkti_align(work->memory, tables[i], tables[0]);
        status = aligned[i] == NULL ? bkti_no_memory(work->context) : BKT_OK;
    }
    if (status == BKT_OK) {
        status = bkt_table_concatenate(work->context, (const bkt_table *const *)aligned, count,
                                       &work->all);
    }
    for (uint32_t i = 0; aligned != NULL && i < count; i++) {
        bkt_table_free(aligned[i]);
    }
    bkti_release(work->memory, aligned);
    return status;
}

/* ---- The columns ---- */

static int place_for(const bkti_update *work, const bkt_column *column) {
    if (column->role != BKT_ROLE_ATTRIBUTE) {
        return BKTI_OF_OBSERVATION;
    }
    const char *structure = bkt_table_property(work->all, "structure");
    bool is_one = structure == NULL || strstr(structure, "; ") == NULL;
    return column->level == BKT_LEVEL_SERIES              ? BKTI_OF_SERIES
           : column->level == BKT_LEVEL_DATASET && is_one ? BKTI_OF_ALL
                                                          : BKTI_OF_OBSERVATION;
}

/* Numbers are written and deleted one by one. */
static bool need_reasons(bkti_update *work, bkt_column *column) {
    if (column->numbers != NULL && column->reasons == NULL) {
        column->reasons = bkti_allocate_zeroed(work->memory, (size_t)column->row_count, 1);
        return column->reasons != NULL;
    }
    return true;
}

static bool is_left_out(const bkt_column *column) {
    return column->role == BKT_ROLE_PROVENANCE &&
           (strcmp(column->id, "ACTION") == 0 || strcmp(column->id, "DATASET") == 0);
}

static bool find_columns(bkti_update *work) {
    bkt_table *all = work->all;
    work->keys = bkti_allocate_array(work->memory, all->column_count, sizeof(bkt_column *));
    work->kept = bkti_allocate_array(work->memory, all->column_count, sizeof *work->kept);
    bool done = work->keys != NULL && work->kept != NULL;
    for (uint32_t i = 0; done && i < all->column_count; i++) {
        bkt_column *column = all->columns[i];
        if (bkti_is_key(column) && column->codes != NULL) {
            work->keys[work->key_count++] = column;
        } else if (!is_left_out(column)) {
            work->kept[work->kept_count++] =
                (bkti_kept){.column = column,
                            .partner = -1,
                            .place = place_for(work, column),
                            .is_provenance = column->role == BKT_ROLE_PROVENANCE};
            done = need_reasons(work, column);
        }
    }
    return done;
}

/* OBS_VALUE_TEXT goes with OBS_VALUE. */
static bool pair_texts(bkti_update *work) {
    bkti_text id;
    bkti_text_init(&id, work->memory);
    for (uint32_t i = 0; i < work->kept_count; i++) {
        const bkt_column *measure = work->kept[i].column;
        if (measure->role != BKT_ROLE_MEASURE || measure->numbers == NULL) {
            continue;
        }
        bkti_text_clear(&id);
        bkti_text_append_text(&id, measure->id);
        bkti_text_append_text(&id, "_TEXT");
        for (uint32_t j = 0; j < work->kept_count; j++) {
            bkti_kept *text = &work->kept[j];
            if (text->column->codes != NULL && text->place == BKTI_OF_OBSERVATION &&
                strcmp(text->column->id, bkti_text_get(&id)) == 0) {
                work->kept[i].partner = (int32_t)j;
                text->partner = (int32_t)i;
                text->is_text = true;
            }
        }
    }
    bool done = !id.failed;
    bkti_text_free(&id);
    return done;
}

static bool index_rows(bkti_update *work, bkti_key_index *index, bkt_column *const *columns,
                       uint32_t count, uint32_t **groups) {
    int64_t rows = work->all->row_count;
    *groups = bkti_allocate_array(work->memory, (size_t)rows, sizeof **groups);
    return *groups != NULL && bkti_key_index_init(index, work->memory, columns, count) &&
           bkti_key_index_rows(index, rows, *groups, NULL);
}

static bool index_series(bkti_update *work, bkt_column **dimensions) {
    bool is_needed = false;
    for (uint32_t i = 0; i < work->kept_count; i++) {
        is_needed = is_needed || work->kept[i].place == BKTI_OF_SERIES;
    }
    uint32_t count = 0;
    for (uint32_t i = 0; i < work->key_count; i++) {
        if (work->keys[i]->role != BKT_ROLE_TIME) {
            dimensions[count++] = work->keys[i];
        }
    }
    return !is_needed || index_rows(work, &work->series_index, dimensions, count, &work->series);
}

/* ---- The rows, one after the other ---- */

static void copy_cell(const bkt_column *column, int64_t to, int64_t from) {
    if (column->codes != NULL) {
        column->codes[to] = column->codes[from];
    } else {
        column->numbers[to] = column->numbers[from];
        column->reasons[to] = column->reasons[from];
    }
}

static void write_cell(bkti_update *work, uint32_t index, int64_t row) {
    bkti_kept *kept = &work->kept[index];
    copy_cell(kept->column, bkti_place_row(work, kept->place, row), row);
    if (kept->written != NULL) {
        kept->written[bkti_place_of(work, kept->place, row)] = row;
    }
    if (kept->partner >= 0 && !kept->is_text) {
        write_cell(work, (uint32_t)kept->partner, row);
    }
}

/* Whether a row's cell goes to its place. */
static bool is_written(const bkti_update *work, uint32_t index, int64_t row, bool is_new) {
    const bkti_kept *kept = &work->kept[index];
    bool is_there = bkti_cell_is_there(kept->column, row);
    if (kept->is_provenance) {
        return true;
    }
    if (kept->place == BKTI_OF_OBSERVATION && (is_new || work->actions[row] == BKTI_REPLACE)) {
        return true;
    }
    bool keeps =
        work->actions[row] == BKTI_APPEND && (work->options.flags & BKT_UPDATE_APPEND_KEEPS) != 0;
    if (!is_there || !keeps) {
        return is_there;
    }
    int64_t place_row = bkti_place_row(work, kept->place, row);
    return place_row == row || !bkti_cell_lives(work, index, row) ||
           !bkti_cell_is_there(kept->column, place_row);
}

static void write_row(bkti_update *work, int64_t row) {
    bool is_new = !bkti_observation_lives(work, row);
    for (uint32_t i = 0; i < work->kept_count; i++) {
        if (!work->kept[i].is_text && is_written(work, i, row, is_new)) {
            write_cell(work, i, row);
        }
    }
    work->written[work->groups[row]] = row;
}

static bkt_status apply_rows(bkti_update *work) {
    size_t count = work->index.group_count;
    work->written = bkti_allocate_array(work->memory, count, sizeof *work->written);
    if (work->written == NULL) {
        return bkti_no_memory(work->context);
    }
    for (size_t i = 0; i < count; i++) {
        work->written[i] = -1;
    }
    bkt_status status = bkti_selections_prepare(work);
    for (int64_t row = 0; status == BKT_OK && row < work->all->row_count; row++) {
        if (work->actions[row] == BKTI_DELETE) {
            bkti_select_row(work, row);
        } else {
            write_row(work, row);
        }
    }
    return status;
}

/* ---- The result ---- */

/* A column of the observations that live, at their first rows. */
static bkt_column *take_kept(const bkti_update *work, uint32_t index, const int64_t *rows,
                             int64_t count) {
    const bkti_kept *kept = &work->kept[index];
    bkt_column *from = kept->column;
    bkt_column *column = bkti_column_like(work->memory, from);
    bool done = column != NULL && bkti_column_allocate(column, count);
    if (done && from->codes != NULL) {
        column->dictionary = bkti_dictionary_hold(from->dictionary);
        column->periods = bkti_period_list_hold(from->periods);
    } else if (done) {
        column->reasons = bkti_allocate_array(work->memory, (size_t)count, 1);
        done = column->reasons != NULL;
    }
    for (int64_t i = 0; done && i < count; i++) {
        bool lives = bkti_cell_lives(work, index, rows[i]);
        int64_t row = bkti_place_row(work, kept->place, rows[i]);
        if (from->codes != NULL) {
            column->codes[i] = lives ? from->codes[row] : -1;
        } else {
            column->numbers[i] = lives ? from->numbers[row] : NAN;
            column->reasons[i] = lives ? from->reasons[row] : (uint8_t)BKT_MISSING_ABSENT;
        }
    }
    if (!done || !bkti_column_seal(column)) {
        bkti_column_drop(column);
        return NULL;
    }
    return column;
}

static bool take_columns(const bkti_update *work, bkt_table *result, const int64_t *rows,
                         int64_t count) {
    uint32_t key = 0;
    uint32_t kept = 0;
    bool done = true;
    for (uint32_t i = 0; done && i < work->all->column_count; i++) {
        bkt_column *column = work->all->columns[i];
        if (key < work->key_count && column == work->keys[key]) {
            key++;
            done = bkti_table_add(result, bkti_column_take(work->memory, column, rows, count));
        } else if (kept < work->kept_count && column == work->kept[kept].column) {
            done = bkti_table_add(result, take_kept(work, kept++, rows, count));
        }
    }
    return done;
}

static bkt_status take_result(const bkti_update *work, bkt_table **out_table) {
    size_t groups = work->index.group_count;
    int64_t *rows = bkti_allocate_array(work->memory, groups, sizeof *rows);
    int64_t count = 0;
    for (size_t group = 0; rows != NULL && group < groups; group++) {
        if (bkti_observation_lives(work, work->index.first_rows[group])) {
            rows[count++] = work->index.first_rows[group];
        }
    }
    bkt_table *result =
        rows == NULL ? NULL
                     : bkti_table_derive(work->memory, work->all, work->all->column_count, count);
    bool done =
        result != NULL &&
        bkti_properties_set(work->memory, &result->properties, "action", (bkti_span){NULL, 0}) &&
        take_columns(work, result, rows, count);
    bkti_release(work->memory, rows);
    if (!done) {
        bkt_table_free(result);
        return bkti_no_memory(work->context);
    }
    *out_table = result;
    return BKT_OK;
}

static bkt_status update(bkti_update *work, const bkt_table *const *tables, uint32_t count,
                         bkt_table **out_table) {
    bkt_status status = join_tables(work, tables, count);
    status = status == BKT_OK ? read_actions(work, tables, count) : status;
    if (status == BKT_OK && !(find_columns(work) && pair_texts(work))) {
        status = bkti_no_memory(work->context);
    }
    if (status == BKT_OK && work->key_count == 0 && work->all->row_count > 0) {
        status = bkti_fail(work->context, BKT_ERR_NO_COLUMN, NULL,
                           "the tables have no dimension, by which an observation would be known");
    }
    bkt_column **dimensions = NULL;
    if (status == BKT_OK) {
        tell_lacking(work, tables, count);
        dimensions = bkti_allocate_array(work->memory, work->key_count, sizeof(bkt_column *));
        bool done = dimensions != NULL &&
                    index_rows(work, &work->index, work->keys, work->key_count, &work->groups) &&
                    index_series(work, dimensions);
        status = done ? apply_rows(work) : bkti_no_memory(work->context);
    }
    status = status == BKT_OK ? take_result(work, out_table) : status;
    bkti_key_index_free(&work->series_index);
    bkti_release(work->memory, dimensions);
    return status;
}

static void update_free(bkti_update *work) {
    bkti_selections_free(work);
    for (uint32_t i = 0; i < work->kept_count; i++) {
        bkti_release(work->memory, work->kept[i].written);
    }
    bkti_key_index_free(&work->index);
    bkti_release(work->memory, work->kept);
    bkti_release(work->memory, work->keys);
    bkti_release(work->memory, work->written);
    bkti_release(work->memory, work->groups);
    bkti_release(work->memory, work->series);
    bkti_release(work->memory, work->actions);
    bkt_table_free(work->all);
}

static bkt_status check_arguments(bkti_update *work, const bkt_table *const *tables,
                                  uint32_t table_count, const bkt_update_options *options,
                                  bkt_table **out_table) {
    bool has_null = tables == NULL || table_count == 0;
    for (uint32_t i = 0; !has_null && i < table_count; i++) {
        has_null = tables[i] == NULL;
    }
    if (work->context == NULL || has_null || out_table == NULL) {
        return bkti_fail(work->context, BKT_ERR_ARGUMENT, NULL,
                         "bkt_update() needs tables and a place for the result");
    }
    bkt_status status = bkti_options_take(work->context, options, &work->options,
                                          sizeof work->options, sizeof DEFAULTS);
    if (status == BKT_OK) {
        status = bkti_flags_check(work->context, "bkt_update_options", work->options.flags,
                                  BKT_UPDATE_APPEND_KEEPS);
    }
    work->action = work->options.action == NULL ? BKTI_MERGE : action_of(work->options.action);
    if (status == BKT_OK && work->action < 0) {
        status = bkti_fail(work->context, BKT_ERR_ARGUMENT, NULL,
                           "'%.100s' is no action; Merge, Append, Replace, Delete or Information "
                           "was expected",
                           work->options.action);
    }
    return status;
}

bkt_status bkt_update(bkt_context *context, const bkt_table *const *tables, uint32_t table_count,
                      const bkt_update_options *options, bkt_table **out_table) {
    if (out_table != NULL) {
        *out_table = NULL;
    }
    bkti_update work = {.context = context, .options = DEFAULTS};
    bkt_status status = check_arguments(&work, tables, table_count, options, out_table);
    if (status != BKT_OK) {
        return status;
    }
    work.memory = bkti_context_memory(context);
    work.index.memory = work.memory;
    work.series_index.memory = work.memory;
    status = update(&work, tables, table_count, out_table);
    update_free(&work);
    return status;
}
