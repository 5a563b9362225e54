/* SPDX-License-Identifier: MIT */
#include <float.h>
#include <math.h>

#include "bkti_group.h"
#include "bkti_sum.h"
#include "bkti_text.h"

/* Two doubles add up exactly rounded by themselves, unless the machine calculates with more bits
 * than it stores. */
#if FLT_EVAL_METHOD == 0
#define FEW_COUNT 2
#else
#define FEW_COUNT 1
#endif

/* Rows by their group, by counting. */
static bool order_by_group(bkti_group_rows *groups, bkti_memory *memory, const uint32_t *group_of,
                           int64_t row_count) {
    groups->rows = bkti_allocate_array(memory, (size_t)row_count, sizeof *groups->rows);
    if (groups->rows == NULL) {
        return false;
    }
    int64_t *starts = groups->starts;
    for (int64_t row = 0; row < row_count; row++) {
        starts[group_of[row] + 1]++;
    }
    for (size_t group = 0; group < groups->group_count; group++) {
        starts[group + 1] += starts[group];
    }
    for (int64_t row = 0; row < row_count; row++) {
        groups->rows[starts[group_of[row]]++] = row;
    }
    /* Each start has moved to the start of the next group. */
    memmove(starts + 1, starts, groups->group_count * sizeof *starts);
    starts[0] = 0;
    return true;
}

static bool group_by_key(bkti_group_rows *groups, bkti_memory *memory, bkti_key_index *index,
                         int64_t row_count) {
    uint32_t *group_of = bkti_allocate_array(memory, (size_t)row_count, sizeof *group_of);
    bool done = group_of != NULL && bkti_key_index_rows(index, row_count, group_of, NULL);
    if (done) {
        groups->group_count = index->group_count;
        groups->starts =
            bkti_allocate_zeroed(memory, index->group_count + 1, sizeof *groups->starts);
        done = groups->starts != NULL && order_by_group(groups, memory, group_of, row_count);
    }
    if (done) {
        groups->first_rows = index->first_rows;
        index->first_rows = NULL;
    }
    bkti_release(memory, group_of);
    return done;
}

bool bkti_group_rows_init(bkti_group_rows *groups, bkti_memory *memory, const bkt_table *table,
                          bkt_column *const *columns, uint32_t column_count) {
    *groups = (bkti_group_rows){0};
    if (column_count == 0) {
        groups->group_count = 1;
        groups->starts = bkti_allocate_zeroed(memory, 2, sizeof *groups->starts);
        if (groups->starts != NULL) {
            groups->starts[1] = table->row_count;
        }
        return groups->starts != NULL;
    }
    bkti_key_index index;
    bool done = bkti_key_index_init(&index, memory, columns, column_count) &&
                group_by_key(groups, memory, &index, table->row_count);
    bkti_key_index_free(&index);
    return done;
}

void bkti_group_rows_free(bkti_group_rows *groups, bkti_memory *memory) {
    bkti_release(memory, groups->rows);
    bkti_release(memory, groups->starts);
    bkti_release(memory, groups->first_rows);
    *groups = (bkti_group_rows){0};
}

/* Rounded once, whatever the order. */
static double add_up(const bkt_column *measure, const int64_t *rows, int64_t first_row,
                     int64_t count) {
    double few[2] = {0, 0};
    int64_t used = 0;
    bkti_sum sum;
    for (int64_t i = 0; i < count; i++) {
        int64_t row = rows == NULL ? first_row + i : rows[i];
        double number = measure->numbers[row];
        if (isnan(number)) {
            continue;
        }
        if (used < FEW_COUNT) {
            few[used] = number;
        } else if (used == FEW_COUNT) {
            bkti_sum_init(&sum);
            bkti_sum_add(&sum, few[0]);
            bkti_sum_add(&sum, few[1]);
        }
        if (used >= FEW_COUNT) {
            bkti_sum_add(&sum, number);
        }
        used++;
    }
    /* Adding zero makes -0 what the long sum has: 0. */
    return used > FEW_COUNT ? bkti_sum_result(&sum) : few[0] + few[1] + 0.0;
}

bkti_group_sum bkti_group_add_up(const bkt_column *measure, const int64_t *rows, int64_t first_row,
                                 int64_t count, bool available) {
    bkti_group_sum result = {NAN, count, BKT_MISSING_NOT};
    for (int64_t i = 0; measure->reasons != NULL && i < count; i++) {
        int64_t row = rows == NULL ? first_row + i : rows[i];
        result.used -= measure->reasons[row] != BKT_MISSING_NOT;
    }
    if (count == 0) {
        result.reason = BKT_MISSING_NOT_REPORTED;
    } else if (result.used == 0 || (result.used < count && !available)) {
        result.reason = BKT_MISSING_INPUT;
    } else {
        result.number = add_up(measure, rows, first_row, count);
        result.reason = isfinite(result.number) ? BKT_MISSING_NOT : BKT_MISSING_OVERFLOW;
    }
    return result;
}

static const bkt_group_options DEFAULTS = {sizeof DEFAULTS, 0};

bkt_status bkt_group_options_init(bkt_group_options *options, uint32_t struct_size) {
    return bkti_options_init(options, struct_size, &DEFAULTS, sizeof DEFAULTS, sizeof DEFAULTS);
}

bkt_status bkti_group_options_take(bkt_context *context, const bkt_group_options *options,
                                   bool *out_available) {
    bkt_group_options own = DEFAULTS;
    bkt_status status =
        bkti_options_take(context, options, &own, sizeof own, sizeof(bkt_group_options));
    if (status == BKT_OK) {
        status = bkti_flags_check(context, "bkt_group_options", own.flags, BKT_GROUP_AVAILABLE);
    }
    *out_available = status == BKT_OK && (own.flags & BKT_GROUP_AVAILABLE) != 0;
    return status;
}

bkt_status bkti_group_keys(bkt_context *context, const bkt_table *table, const char *const *ids,
                           uint32_t id_count, bkt_column ***out_columns) {
    bkt_status status = bkti_table_columns(context, table, ids, id_count, out_columns);
    for (uint32_t i = 0; status == BKT_OK && i < id_count; i++) {
        if ((*out_columns)[i]->kind == BKT_KIND_NUMBER) {
            status = bkti_fail(context, BKT_ERR_COLUMN_KIND, NULL,
                               "column '%s' holds numbers and can't be a key: name columns of "
                               "texts or periods",
                               (*out_columns)[i]->id);
            bkti_release(bkti_context_memory(context), *out_columns);
            *out_columns = NULL;
        }
    }
    return status;
}

bkt_status bkti_group_add_column(bkt_context *context, bkt_table *table, bkti_span id, int32_t role,
                                 bkt_column **out_column) {
    *out_column = NULL;
    bkt_column *column = bkti_column_new(table->memory, id, BKT_KIND_NUMBER, role);
    if (column == NULL) {
        return bkti_no_memory(context);
    }
    if (bkti_table_exact(table, column->id) != NULL) {
        bkti_column_drop(column);
        return bkti_fail(context, BKT_ERR_REPEATED_COMPONENT, NULL,
                         "the result would have two columns '%.*s': leave one of their sources out",
                         (int)id.size, id.data);
    }
    bkti_table_add(table, column);
    column->reasons = bkti_allocate_array(table->memory, (size_t)table->row_count, 1);
    if (column->reasons == NULL || !bkti_column_allocate(column, table->row_count)) {
        return bkti_no_memory(context);
    }
    *out_column = column;
    return BKT_OK;
}

/* The column of counts of a measure. */
static bkt_status add_counts(bkt_context *context, bkt_table *result, const char *id,
                             const char *ending, bkt_column **out_column) {
    bkti_text text;
    bkti_text_init(&text, result->memory);
    bool done = bkti_text_append_text(&text, id) && bkti_text_append_text(&text, ending);
    bkti_span span = {text.data, text.size};
    bkt_status status =
        done ? bkti_group_add_column(context, result, span, BKT_ROLE_ATTRIBUTE, out_column)
             : bkti_no_memory(context);
    bkti_text_free(&text);
    return status;
}

/* Adds a measure's sums, and how many values and rows there were. */
static bkt_status add_sums(bkt_context *context, bkt_table *result, const bkt_column *measure,
                           const bkti_group_rows *groups, bool available) {
    bkt_column *sums;
    bkt_column *used = NULL;
    bkt_column *total = NULL;
    bkt_status status =
        bkti_group_add_column(context, result, bkti_span_of(measure->id), BKT_ROLE_MEASURE, &sums);
    if (status == BKT_OK) {
        status = bkti_column_describe(sums, measure) ? BKT_OK : bkti_no_memory(context);
    }
    if (status == BKT_OK) {
        status = add_counts(context, result, measure->id, "_USED", &used);
    }
    if (status == BKT_OK) {
        status = add_counts(context, result, measure->id, "_TOTAL", &total);
    }
    if (status != BKT_OK) {
        return status;
    }
    for (size_t group = 0; group < groups->group_count; group++) {
        int64_t start = groups->starts[group];
        int64_t count = groups->starts[group + 1] - start;
        const int64_t *rows = groups->rows == NULL ? NULL : groups->rows + start;
        bkti_group_sum sum = bkti_group_add_up(measure, rows, start, count, available);
        sums->numbers[group] = sum.number;
        sums->reasons[group] = sum.reason;
        used->numbers[group] = (double)sum.used;
        total->numbers[group] = (double)count;
    }
    memset(used->reasons, BKT_MISSING_NOT, groups->group_count);
    memset(total->reasons, BKT_MISSING_NOT, groups->group_count);
    bool sealed = bkti_column_seal(sums) && bkti_column_seal(used) && bkti_column_seal(total);
    return sealed ? BKT_OK : bkti_no_memory(context);
}

/* Fills the result, whose room is known to suffice. */
static bkt_status fill_result(bkt_context *context, const bkt_table *table, bkt_column *const *keys,
                              uint32_t key_count, const bkti_group_rows *groups, bool available,
                              bkt_table *result) {
    for (uint32_t i = 0; i < key_count; i++) {
        if (!bkti_table_add(result, bkti_column_take(result->memory, keys[i], groups->first_rows,
                                                     (int64_t)groups->group_count))) {
            return bkti_no_memory(context);
        }
    }
    bkt_status status = BKT_OK;
    for (uint32_t i = 0; status == BKT_OK && i < table->column_count; i++) {
        const bkt_column *column = table->columns[i];
        if (column->role == BKT_ROLE_MEASURE && column->kind == BKT_KIND_NUMBER) {
            status = add_sums(context, result, column, groups, available);
        }
    }
    return status;
}

static uint32_t count_measures(const bkt_table *table) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < table->column_count; i++) {
        count += table->columns[i]->role == BKT_ROLE_MEASURE &&
                 table->columns[i]->kind == BKT_KIND_NUMBER;
    }
    return count;
}

bkt_status bkt_table_group(bkt_context *context, const bkt_table *table, const char *const *ids,
                           uint32_t id_count, const bkt_group_options *options,
                           bkt_table **out_table) {
    if (out_table != NULL) {
        *out_table = NULL;
    }
    if (context == NULL || table == NULL || out_table == NULL) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "bkt_table_group() needs a table and a place for the result");
    }
    bool available;
    bkt_status status = bkti_group_options_take(context, options, &available);
    bkt_column **keys = NULL;
    if (status == BKT_OK) {
        status = bkti_group_keys(context, table, ids, id_count, &keys);
    }
    if (status != BKT_OK) {
        return status;
    }
    bkti_memory *memory = bkti_context_memory(context);
    bkti_group_rows groups;
    bkt_table *result = NULL;
    if (bkti_group_rows_init(&groups, memory, table, keys, id_count)) {
        result = bkti_table_derive(memory, table, id_count + 3 * count_measures(table),
                                   (int64_t)groups.group_count);
    }
    status = result == NULL
                 ? bkti_no_memory(context)
                 : fill_result(context, table, keys, id_count, &groups, available, result);
    bkti_group_rows_free(&groups, memory);
    bkti_release(memory, keys);
    if (status == BKT_OK) {
        *out_table = result;
    } else {
        bkt_table_free(result);
    }
    return status;
}
