/* SPDX-License-Identifier: MIT */
/* Rows in hand: the writer, and per column what rows get that nothing was written to. */
#include "bkti_reader_parts.h"

#define FREE_CELL_BYTES (UINT64_C(64) << 20)

bkt_status bkti_rows_new(bkt_reader *reader, bkti_rows **out_rows) {
    *out_rows = NULL;
    bkti_rows *rows = bkti_allocate_zeroed(reader->memory, 1, sizeof *rows);
    if (rows == NULL) {
        return bkti_no_memory(reader->context);
    }
    rows->measure = -1;
    rows->time = -1;
    rows->measure_text = -1;
    for (int i = 0; i < BKTI_PROVENANCE_COLUMNS; i++) {
        rows->provenance[i] = -1;
    }
    rows->stamp = 1;
    bkt_status status = bkti_table_writer_new(reader->context, &rows->writer);
    if (status != BKT_OK) {
        bkti_release(reader->memory, rows);
        return status;
    }
    *out_rows = rows;
    return BKT_OK;
}

void bkti_rows_free(bkt_reader *reader, bkti_rows *rows) {
    if (rows == NULL) {
        return;
    }
    for (size_t i = 0; i < rows->column_count; i++) {
        bkti_release(reader->memory, rows->columns[i].cache);
        bkti_release(reader->memory, rows->columns[i].foreseen);
    }
    bkti_names_free(reader->memory, rows->names);
    bkti_table_writer_free(rows->writer);
    bkti_release(reader->memory, rows->columns);
    bkti_release(reader->memory, rows);
}

bkt_status bkti_rows_failure(bkt_reader *reader) {
    const bkt_diagnostic *error = bkt_context_error(reader->context);
    bkt_status status = error == NULL ? BKT_OK : bkt_diagnostic_status(error);
    return status == BKT_ERR_LIMIT ? status : BKT_ERR_MEMORY;
}

bkt_status bkti_rows_add_column(bkt_reader *reader, bkti_span id, int32_t kind, int32_t role,
                                int32_t level, bool assumed, uint32_t *out_column) {
    bkti_rows *rows = reader->rows;
    void *columns = rows->columns;
    if (!bkti_grow(reader->memory, &columns, &rows->column_capacity, rows->column_count + 1,
                   sizeof *rows->columns)) {
        return bkti_no_memory(reader->context);
    }
    rows->columns = columns;
    bkti_plan_drop(&reader->plan);
    bkti_component *component = bkti_component_of(reader, id);
    if (component != NULL) {
        role = component->role;
        level = component->level;
        assumed = false;
    }
    bkt_status status =
        bkti_table_writer_add_column(rows->writer, id, kind, role, level, out_column);
    if (status != BKT_OK) {
        return status;
    }
    bkti_table_writer_set_role(rows->writer, *out_column, role, level, assumed);
    bool key = role == BKT_ROLE_DIMENSION || role == BKT_ROLE_TIME;
    rows->columns[rows->column_count++] = (bkti_reader_column){
        .base_code = -1,
        .series_code = -1,
        .previous_code = -1,
        .last_code = -1,
        .filter = bkti_filter_index(reader, id),
        .key = key,
        .doubtful = assumed && role == BKT_ROLE_ATTRIBUTE && bkti_id_is_doubtful(id),
        .confidentiality = bkti_id_is_confidentiality(id),
    };
    rows->key_epoch += key;
    for (size_t i = 0; i < rows->column_count; i++) {
        rows->columns[i].writer = bkti_table_writer_column(rows->writer, (uint32_t)i);
    }
    return rows->is_ranked ? bkti_structured_column(reader, *out_column, component) : BKT_OK;
}

void bkti_rows_make_key(bkt_reader *reader, uint32_t column, bool assumed) {
    bkti_rows *rows = reader->rows;
    bkti_table_writer_set_role(rows->writer, column, BKT_ROLE_DIMENSION, BKT_LEVEL_NONE, assumed);
    rows->columns[column].key = true;
    rows->columns[column].doubtful = false;
    rows->key_epoch++;
    bkti_structured_rank(reader, column);
}

bkt_status bkti_rows_settle(bkt_reader *reader, bkti_reader_column *column, int64_t row) {
    bkti_rows *rows = reader->rows;
    bkti_column_writer *writer = column->writer;
    bkt_status status = BKT_OK;
    if (writer->filled >= row) {
        return BKT_OK;
    }
    bool in_series = column->stamp == rows->stamp && column->series_code >= 0;
    int64_t series_first = in_series && rows->series_first < row ? rows->series_first : row;
    if (column->base_code >= 0) {
        int64_t first = writer->filled > rows->dataset_first ? writer->filled : rows->dataset_first;
        status =
            bkti_column_fill_code(rows->writer, writer, first, series_first, column->base_code);
    }
    if (status == BKT_OK && in_series) {
        int64_t first = writer->filled > series_first ? writer->filled : series_first;
        status = bkti_column_fill_code(rows->writer, writer, first, row, column->series_code);
    }
    return status;
}

/* A cell without a code takes room too: thousands of columns that one series has, and rows that
 * have none of them, would make gigabytes of a small message. */
static bkt_status check_cells(bkt_reader *reader) {
    const bkti_rows *rows = reader->rows;
    uint64_t limit = bkti_context_options(reader->context)->expansion_limit;
    uint64_t bytes = (uint64_t)rows->count * rows->column_count * sizeof(int32_t);
    if (bytes <= FREE_CELL_BYTES || bytes / limit < reader->bytes_read) {
        return BKT_OK;
    }
    bkti_place place = {.source = bkti_source_name(reader->source), .dataset = reader->last->index};
    return bkti_fail(reader->context, BKT_ERR_LIMIT, &place,
                     "%lld rows of %llu columns take more than %llu bytes (expansion_limit) for "
                     "each byte of the message, as in data made to harm; raise the limit if the "
                     "input is to be trusted",
                     (long long)rows->count, (unsigned long long)rows->column_count,
                     (unsigned long long)limit);
}

bkt_status bkti_rows_settle_all(bkt_reader *reader) {
    bkti_rows *rows = reader->rows;
    bkt_status status = check_cells(reader);
    for (size_t i = 0; status == BKT_OK && i < rows->column_count; i++) {
        status = bkti_rows_settle(reader, &rows->columns[i], rows->count);
    }
    return status;
}

bkt_status bkti_rows_code(bkt_reader *reader, uint32_t column, bkti_span value, int32_t *out_code) {
    bkti_table_writer *writer = reader->rows->writer;
    if (reader->rows->columns[column].writer->kind != BKT_KIND_PERIOD) {
        *out_code = bkti_table_writer_code(writer, column, value);
        return *out_code >= 0 ? BKT_OK : bkti_rows_failure(reader);
    }
    int32_t frequency;
    *out_code = bkti_table_writer_period_code(writer, column, value, &frequency, NULL);
    if (*out_code < 0) {
        return bkti_rows_failure(reader);
    }
    return frequency == BKT_FREQUENCY_NONE ? bkti_period_fault(reader, value) : BKT_OK;
}

int32_t bkti_rows_code_at(const bkt_reader *reader, uint32_t column, int64_t row) {
    const bkti_rows *rows = reader->rows;
    const bkti_reader_column *found = &rows->columns[column];
    const bkti_column_writer *writer = found->writer;
    if (writer->kind == BKT_KIND_NUMBER) {
        return -1;
    }
    if (row >= 0 && row < writer->filled) {
        return bkti_column_written_code(writer, row);
    }
    bool in_series = found->stamp == rows->stamp && row >= rows->series_first;
    return in_series && found->series_code >= 0 ? found->series_code : found->base_code;
}

void bkti_rows_dropped(bkti_rows *rows, int64_t count) {
    rows->count -= count;
    rows->handed += count;
    rows->series_first = rows->series_first > count ? rows->series_first - count : 0;
    rows->dataset_first = rows->dataset_first > count ? rows->dataset_first - count : 0;
}
