/* SPDX-License-Identifier: MIT */
#include "bkti_group.h"

#define MISSING_ID "(missing)"

/* A pivot in the making. */
typedef struct pivot {
    bkt_context *context;
    bkti_memory *memory;
    const bkt_table *table;
    bkt_column **row_columns;
    uint32_t row_column_count;
    bkt_column *spread;        /* its codes become columns */
    const bkt_column *measure; /* what is summed */
    bool available;
    bkti_group_rows rows;  /* the rows of the table by row of the result */
    bkti_key_index places; /* codes of `spread` by column of the result */
    uint32_t *place_of;    /* a row of the table: the column of the result, from 0 */
    int64_t *row_places;   /* scratch: rows of one row of the result, by column */
    int64_t *place_starts; /* scratch: where each column's rows start */
    bkt_table *result;
} pivot;

static void free_pivot(pivot *work) {
    bkti_release(work->memory, work->row_columns);
    bkti_group_rows_free(&work->rows, work->memory);
    bkti_key_index_free(&work->places);
    bkti_release(work->memory, work->place_of);
    bkti_release(work->memory, work->row_places);
    bkti_release(work->memory, work->place_starts);
}

static bkt_status find_spread(pivot *work, const char *column_id, const char *value_id) {
    bkt_context *context = work->context;
    if (column_id == NULL || value_id == NULL) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "a pivot needs the ids of the column that is spread and of the values");
    }
    work->spread = bkti_table_find(work->table, column_id);
    work->measure = bkti_table_find(work->table, value_id);
    if (work->spread == NULL || work->measure == NULL) {
        return bkti_fail(context, BKT_ERR_NO_COLUMN, NULL, "the table has no column '%s'",
                         work->spread == NULL ? column_id : value_id);
    }
    if (work->spread->kind == BKT_KIND_NUMBER) {
        return bkti_fail(context, BKT_ERR_COLUMN_KIND, NULL,
                         "column '%s' holds numbers and can't be spread: name a column of texts or "
                         "periods",
                         work->spread->id);
    }
    if (work->measure->kind != BKT_KIND_NUMBER) {
        return bkti_fail(context, BKT_ERR_COLUMN_KIND, NULL,
                         "column '%s' holds no numbers that could be the values of a pivot",
                         work->measure->id);
    }
    for (uint32_t i = 0; i < work->row_column_count; i++) {
        if (work->row_columns[i] == work->spread) {
            return bkti_fail(context, BKT_ERR_REPEATED_COMPONENT, NULL,
                             "column '%s' can't be both spread and part of the rows' key",
                             work->spread->id);
        }
    }
    return BKT_OK;
}

/* Which row of the result and which column each row of the table belongs to. */
static bkt_status find_places(pivot *work) {
    size_t row_count = (size_t)work->table->row_count;
    work->place_of = bkti_allocate_array(work->memory, row_count, sizeof *work->place_of);
    if (work->place_of == NULL ||
        !bkti_group_rows_init(&work->rows, work->memory, work->table, work->row_columns,
                              work->row_column_count) ||
        !bkti_key_index_init(&work->places, work->memory, &work->spread, 1) ||
        !bkti_key_index_rows(&work->places, work->table->row_count, work->place_of, NULL)) {
        return bkti_no_memory(work->context);
    }
    uint32_t limit = bkti_context_options(work->context)->column_limit;
    if (work->places.group_count > limit ||
        work->row_column_count > limit - work->places.group_count) {
        return bkti_fail(work->context, BKT_ERR_LIMIT, NULL,
                         "the pivot would have %llu columns where column_limit is %u: filter the "
                         "codes of column '%s', or raise the limit",
                         (unsigned long long)work->places.group_count + work->row_column_count,
                         (unsigned)limit, work->spread->id);
    }
    return BKT_OK;
}

/* The columns of the result, those of numbers not yet filled. */
static bkt_status make_columns(pivot *work) {
    size_t place_count = work->places.group_count;
    int64_t row_count = (int64_t)work->rows.group_count;
    work->result = bkti_table_derive(work->memory, work->table,
                                     work->row_column_count + (uint32_t)place_count, row_count);
    if (work->result == NULL) {
        return bkti_no_memory(work->context);
    }
    for (uint32_t i = 0; i < work->row_column_count; i++) {
        if (!bkti_table_add(work->result, bkti_column_take(work->memory, work->row_columns[i],
                                                           work->rows.first_rows, row_count))) {
            return bkti_no_memory(work->context);
        }
    }
    for (size_t place = 0; place < place_count; place++) {
        int32_t code = work->spread->codes[work->places.first_rows[place]];
        bkti_span id =
            code < 0 ? BKTI_SPAN(MISSING_ID) : bkti_dictionary_span(work->spread->dictionary, code);
        bkt_column *column;
        bkt_status status =
            bkti_group_add_column(work->context, work->result, id, BKT_ROLE_MEASURE, &column);
        if (status != BKT_OK) {
            return status;
        }
        if (work->measure->unit != NULL) {
            column->unit =
                bkti_copy_text(work->memory, work->measure->unit, strlen(work->measure->unit));
            if (column->unit == NULL) {
                return bkti_no_memory(work->context);
            }
        }
    }
    return BKT_OK;
}

/* One row of the result: its rows of the table by column, then the sum of each. */
static void fill_row(pivot *work, size_t row) {
    size_t place_count = work->places.group_count;
    int64_t start = work->rows.starts[row];
    int64_t count = work->rows.starts[row + 1] - start;
    int64_t *starts = work->place_starts;
    memset(starts, 0, (place_count + 1) * sizeof *starts);
    for (int64_t i = start; i < start + count; i++) {
        int64_t source = work->rows.rows == NULL ? i : work->rows.rows[i];
        starts[work->place_of[source] + 1]++;
    }
    for (size_t place = 0; place < place_count; place++) {
        starts[place + 1] += starts[place];
    }
    for (int64_t i = start; i < start + count; i++) {
        int64_t source = work->rows.rows == NULL ? i : work->rows.rows[i];
        work->row_places[starts[work->place_of[source]]++] = source;
    }
    int64_t begin = 0;
    for (size_t place = 0; place < place_count; place++) {
        bkti_group_sum sum = bkti_group_add_up(work->measure, work->row_places + begin, 0,
                                               starts[place] - begin, work->available);
        bkt_column *column = work->result->columns[work->row_column_count + place];
        column->numbers[row] = sum.number;
        column->reasons[row] = sum.reason;
        begin = starts[place];
    }
}

static bkt_status fill_cells(pivot *work) {
    size_t largest = 0;
    for (size_t row = 0; row < work->rows.group_count; row++) {
        size_t count = (size_t)(work->rows.starts[row + 1] - work->rows.starts[row]);
        largest = count > largest ? count : largest;
    }
    size_t place_count = work->places.group_count;
    work->row_places = bkti_allocate_array(work->memory, largest, sizeof *work->row_places);
    work->place_starts =
        bkti_allocate_array(work->memory, place_count + 1, sizeof *work->place_starts);
    if (work->row_places == NULL || work->place_starts == NULL) {
        return bkti_no_memory(work->context);
    }
    for (size_t row = 0; row < work->rows.group_count; row++) {
        fill_row(work, row);
    }
    for (size_t place = 0; place < place_count; place++) {
        if (!bkti_column_seal(work->result->columns[work->row_column_count + place])) {
            return bkti_no_memory(work->context);
        }
    }
    return BKT_OK;
}

bkt_status bkt_table_pivot(bkt_context *context, const bkt_table *table, const char *const *row_ids,
                           uint32_t row_id_count, const char *column_id, const char *value_id,
                           const bkt_group_options *options, bkt_table **out_table) {
    if (out_table != NULL) {
        *out_table = NULL;
    }
    if (context == NULL || table == NULL || out_table == NULL) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "bkt_table_pivot() needs a table and a place for the result");
    }
    pivot work = {.context = context,
                  .memory = bkti_context_memory(context),
                  .table = table,
                  .row_column_count = row_id_count};
    bkt_status status = bkti_group_options_take(context, options, &work.available);
    if (status == BKT_OK) {
        status = bkti_group_keys(context, table, row_ids, row_id_count, &work.row_columns);
    }
    if (status == BKT_OK) {
        status = find_spread(&work, column_id, value_id);
    }
    if (status == BKT_OK) {
        status = find_places(&work);
    }
    if (status == BKT_OK) {
        status = make_columns(&work);
    }
    if (status == BKT_OK) {
        status = fill_cells(&work);
    }
    free_pivot(&work);
    if (status == BKT_OK) {
        *out_table = work.result;
    } else {
        bkt_table_free(work.result);
    }
    return status;
}
