/* SPDX-License-Identifier: MIT */
/* Rows of a column that is being written: room for them, codes, numbers, and what is missing. */
#include <math.h>
#include <string.h>

#include "bkti_table_writer_parts.h"

/* Columns up to so many rows are ready as soon as they have room; of larger ones so many rows at a
 * time. */
#define LARGE_ROWS ((int64_t)1 << 17)
#define READY_ROWS ((int64_t)1 << 15)

/* Columns grow to this when they are written to. */
bkt_status bkti_table_writer_reserve(bkti_table_writer *writer, int64_t rows) {
    if (rows <= writer->room) {
        return BKT_OK;
    }
    /* Half as much again, so that the arrays of all columns
     * together move a few times only. */
    int64_t half_more = writer->room > INT64_MAX / 2 ? INT64_MAX : writer->room + writer->room / 2;
    writer->room = rows > half_more ? rows : half_more;
    return BKT_OK;
}

static void fill_codes(bkti_column_writer *column, int64_t first_row, int64_t end_row,
                       int32_t code) {
    for (int64_t row = first_row; row < end_row; row++) {
        column->codes[row] = code;
    }
}

/* An array of codes for so many rows. One that takes the place of same_code has it in the rows that
 * were written: where that is 0, memory that was never used is so already, and takes no room as
 * long as it stays so. If more is written, ready_rows() gives all pages at once: that costs less
 * than to touch those of the rows before one by one. */
static bool grow_codes(bkti_table_writer *writer, bkti_column_writer *column, size_t room) {
    bool is_first = column->codes == NULL;
    bool is_zero = is_first && column->filled > 0 && column->same_code == 0;
    size_t width = sizeof *column->codes;
    int32_t *codes = is_zero ? bkti_allocate_zeroed(writer->memory, room, width)
                             : bkti_reallocate_array(writer->memory, column->codes, room, width);
    if (codes == NULL) {
        return false;
    }
    column->codes = codes;
    if (is_first && !is_zero) {
        fill_codes(column, 0, column->filled, column->same_code);
    }
    return true;
}

static bkt_status grow_column(bkti_table_writer *writer, bkti_column_writer *column, int64_t rows) {
    if (rows <= column->room) {
        return BKT_OK;
    }
    if ((uint64_t)rows > SIZE_MAX) {
        return bkti_no_memory(writer->context);
    }
    size_t room = (size_t)rows;
    if (column->kind == BKT_KIND_NUMBER) {
        double *numbers =
            bkti_reallocate_array(writer->memory, column->numbers, room, sizeof *numbers);
        if (numbers == NULL) {
            return bkti_no_memory(writer->context);
        }
        column->numbers = numbers;
    } else if (!grow_codes(writer, column, room)) {
        return bkti_no_memory(writer->context);
    }
    if (column->reasons != NULL) {
        uint8_t *reasons = bkti_reallocate_array(writer->memory, column->reasons, room, 1);
        if (reasons == NULL) {
            return bkti_no_memory(writer->context);
        }
        column->reasons = reasons;
    }
    column->room = rows;
    return BKT_OK;
}

/* Readies rows of a large column to be written, a stretch at a time: no page is touched long before
 * it is needed. */
static void ready_rows(bkti_table_writer *writer, bkti_column_writer *column, int64_t end_row) {
    int64_t first = column->capacity;
    int64_t end = column->room;
    if (end - end_row > READY_ROWS && end > LARGE_ROWS) {
        end = end_row + READY_ROWS;
    }
    column->capacity = end;
    if (end > LARGE_ROWS && end > first) {
        bool number = column->kind == BKT_KIND_NUMBER;
        size_t size = number ? sizeof *column->numbers : sizeof *column->codes;
        bkti_prepare_pages(writer->memory, number ? (void *)column->numbers : (void *)column->codes,
                           (size_t)first * size, (size_t)(end - first) * size);
    }
}

/* Makes a column ready for rows up to end_row to be written to its array. */
static bkt_status need_array(bkti_table_writer *writer, bkti_column_writer *column,
                             int64_t end_row) {
    bkt_status status = bkti_table_writer_reserve(writer, end_row);
    status = status == BKT_OK ? grow_column(writer, column, writer->room) : status;
    if (status == BKT_OK) {
        ready_rows(writer, column, end_row);
    }
    return status;
}

/* Reasons are kept from the first missing number on. */
static bkt_status need_reasons(bkti_table_writer *writer, bkti_column_writer *column) {
    if (column->reasons != NULL) {
        return BKT_OK;
    }
    column->reasons = bkti_allocate_array(writer->memory, (size_t)column->room, 1);
    if (column->reasons == NULL) {
        return bkti_no_memory(writer->context);
    }
    memset(column->reasons, BKT_MISSING_NOT, (size_t)column->filled);
    return BKT_OK;
}

/* Rows up to end_row become missing. There is room for them. */
static bkt_status pad_column(bkti_table_writer *writer, bkti_column_writer *column, int64_t end_row,
                             uint8_t reason) {
    if (end_row <= column->filled) {
        return BKT_OK;
    }
    if (column->kind == BKT_KIND_NUMBER) {
        bkt_status status = need_reasons(writer, column);
        if (status != BKT_OK) {
            return status;
        }
        for (int64_t row = column->filled; row < end_row; row++) {
            column->numbers[row] = NAN;
            column->reasons[row] = reason;
        }
    } else {
        fill_codes(column, column->filled, end_row, -1);
    }
    column->null_count += end_row - column->filled;
    column->filled = end_row;
    return BKT_OK;
}

/* Makes `row` the next row of a column, with room up to end_row. */
static bkt_status go_to_row(bkti_table_writer *writer, bkti_column_writer *column, int64_t row,
                            int64_t end_row, bool number) {
    if (row < column->filled || number != (column->kind == BKT_KIND_NUMBER)) {
        return bkti_fail(writer->context, BKT_ERR_INTERNAL, NULL,
                         "column '%s' of kind %d was to be written at row %lld after row %lld",
                         column->id, (int)column->kind, (long long)row,
                         (long long)column->filled - 1);
    }
    bkt_status status = BKT_OK;
    if (end_row > column->capacity) {
        status = need_array(writer, column, end_row);
    }
    return status == BKT_OK ? pad_column(writer, column, row, BKT_MISSING_ABSENT) : status;
}

/* Codes for rows that are written to the array. */
static bkt_status put_codes(bkti_table_writer *writer, bkti_column_writer *column,
                            int64_t first_row, int64_t end_row, int32_t code) {
    bkt_status status = go_to_row(writer, column, first_row, end_row, false);
    if (status == BKT_OK) {
        fill_codes(column, first_row, end_row, code);
        column->null_count += code < 0 ? end_row - first_row : 0;
        column->filled = end_row;
    }
    return status;
}

/* Single rows want the array: more of them will come. */
bkt_status bkti_column_write_code(bkti_table_writer *writer, bkti_column_writer *column,
                                  int64_t row, int32_t code) {
    return put_codes(writer, column, row, row + 1, code);
}

bkt_status bkti_column_change_code(bkti_table_writer *writer, bkti_column_writer *column,
                                   int64_t row, int32_t code) {
    bkt_status status = column->codes == NULL ? need_array(writer, column, column->filled) : BKT_OK;
    if (status == BKT_OK) {
        column->null_count += (code < 0) - (column->codes[row] < 0);
        column->codes[row] = code;
    }
    return status;
}

bkt_status bkti_column_write_number(bkti_table_writer *writer, bkti_column_writer *column,
                                    int64_t row, double number) {
    if (!isfinite(number)) {
        return bkti_column_put_missing(writer, column, row,
                                       isnan(number) ? BKT_MISSING_NAN : BKT_MISSING_OVERFLOW);
    }
    bkt_status status = go_to_row(writer, column, row, row + 1, true);
    return status == BKT_OK ? bkti_column_put_number(writer, column, row, number) : status;
}

bkt_status bkti_column_put_missing(bkti_table_writer *writer, bkti_column_writer *column,
                                   int64_t row, uint8_t reason) {
    bkt_status status = go_to_row(writer, column, row, row + 1, column->kind == BKT_KIND_NUMBER);
    return status == BKT_OK ? pad_column(writer, column, row + 1, reason) : status;
}

bkt_status bkti_column_fill_code(bkti_table_writer *writer, bkti_column_writer *column,
                                 int64_t first_row, int64_t end_row, int32_t code) {
    if (first_row >= end_row) {
        return BKT_OK;
    }
    bool is_next = column->codes == NULL && column->filled == first_row;
    bool is_same = first_row == 0 || column->same_code == code;
    if (column->kind == BKT_KIND_NUMBER || !is_next || !is_same) {
        return put_codes(writer, column, first_row, end_row, code);
    }
    column->same_code = code;
    column->null_count += code < 0 ? end_row - first_row : 0;
    column->filled = end_row;
    return BKT_OK;
}

static bkt_status append_numbers(bkti_table_writer *writer, bkti_column_writer *column, int64_t row,
                                 const bkti_column_writer *other) {
    size_t count = (size_t)other->filled;
    if (other->null_count > 0) {
        bkt_status status = need_reasons(writer, column);
        if (status != BKT_OK) {
            return status;
        }
        memcpy(column->reasons + row, other->reasons, count);
    } else if (column->reasons != NULL) {
        memset(column->reasons + row, BKT_MISSING_NOT, count);
    }
    memcpy(column->numbers + row, other->numbers, count * sizeof *column->numbers);
    return BKT_OK;
}

static void append_codes(bkti_column_writer *column, int64_t row, const bkti_column_writer *other,
                         const int32_t *map) {
    int32_t *codes = column->codes + row;
    if (map == NULL) {
        memcpy(codes, other->codes, (size_t)other->filled * sizeof *codes);
        return;
    }
    for (int64_t i = 0; i < other->filled; i++) {
        int32_t code = other->codes[i];
        codes[i] = code < 0 ? -1 : map[code];
    }
}

bkt_status bkti_column_append(bkti_table_writer *writer, bkti_column_writer *column, int64_t row,
                              const bkti_column_writer *other, const int32_t *map) {
    if (other->filled == 0) {
        return BKT_OK;
    }
    bool number = other->kind == BKT_KIND_NUMBER;
    if (!number && other->codes == NULL) {
        int32_t code =
            other->same_code < 0 || map == NULL ? other->same_code : map[other->same_code];
        return bkti_column_fill_code(writer, column, row, row + other->filled, code);
    }
    bkt_status status = go_to_row(writer, column, row, row + other->filled, number);
    if (status == BKT_OK && number) {
        status = append_numbers(writer, column, row, other);
    } else if (status == BKT_OK) {
        append_codes(column, row, other, map);
    }
    if (status == BKT_OK) {
        column->filled = row + other->filled;
        column->null_count += other->null_count;
    }
    return status;
}

bkt_status bkti_column_complete(bkti_table_writer *writer, bkti_column_writer *column,
                                int64_t rows) {
    /* Arrays are never NULL, also in a table without rows. */
    int64_t room = rows > column->filled ? rows : column->filled;
    bkt_status status = grow_column(writer, column, room > 0 ? room : 1);
    return status == BKT_OK ? pad_column(writer, column, rows, BKT_MISSING_ABSENT) : status;
}

int64_t bkti_column_count_missing(const bkti_column_writer *column, int64_t rows) {
    if (rows >= column->filled || column->null_count == 0) {
        return column->null_count;
    }
    int64_t count = 0;
    for (int64_t row = 0; row < rows; row++) {
        count += column->kind == BKT_KIND_NUMBER ? column->reasons[row] != BKT_MISSING_NOT
                                                 : bkti_column_written_code(column, row) < 0;
    }
    return count;
}
