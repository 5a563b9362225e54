/* SPDX-License-Identifier: MIT */
/* Every column becomes small whole numbers in the order wanted (ranks of codes, or the bits of a
 * double read as an integer); then the rows are dealt out by them, column by column from the least
 * weighing one. Dealing keeps the order of equals, needs no comparisons and does the same on every
 * machine. */
#include "bkti_column.h"

/* Codes are put in order by a comparison that knows their column. */
static int compare_codes(const bkt_column *column, int32_t a, int32_t b) {
    bkti_span text_a = bkti_dictionary_span(column->dictionary, a);
    bkti_span text_b = bkti_dictionary_span(column->dictionary, b);
    if (column->periods == NULL) {
        return bkti_span_compare(text_a, text_b);
    }
    const bkti_period *period_a = &column->periods->items[a];
    const bkti_period *period_b = &column->periods->items[b];
    /* A text that is no period comes after all that are. */
    bool none_a = period_a->frequency == BKT_FREQUENCY_NONE;
    bool none_b = period_b->frequency == BKT_FREQUENCY_NONE;
    if (none_a || none_b) {
        return none_a && none_b ? bkti_span_compare(text_a, text_b) : none_a - none_b;
    }
    if (period_a->first_day != period_b->first_day) {
        return period_a->first_day < period_b->first_day ? -1 : 1;
    }
    if (period_a->frequency != period_b->frequency) {
        return period_a->frequency < period_b->frequency ? -1 : 1;
    }
    if (period_a->frequency == BKT_FREQUENCY_RANGE) {
        return bkti_span_compare(text_a, text_b);
    }
    return (period_a->ordinal > period_b->ordinal) - (period_a->ordinal < period_b->ordinal);
}

/* Merges two neighbouring runs of codes that are in order. */
static void merge_runs(const bkt_column *column, const int32_t *source, size_t start, size_t middle,
                       size_t stop, int32_t *target) {
    size_t left = start;
    size_t right = middle;
    for (size_t i = start; i < stop; i++) {
        bool take_left = right == stop ||
                         (left < middle && compare_codes(column, source[left], source[right]) <= 0);
        target[i] = take_left ? source[left++] : source[right++];
    }
}

/* Puts codes in order, with scratch of the same size. */
static void sort_codes(const bkt_column *column, int32_t *codes, int32_t *scratch, size_t count) {
    int32_t *source = codes;
    int32_t *target = scratch;
    for (size_t run = 1; run < count; run *= 2) {
        for (size_t start = 0; start < count; start += 2 * run) {
            size_t middle = start + run < count ? start + run : count;
            size_t stop = start + 2 * run < count ? start + 2 * run : count;
            merge_runs(column, source, start, middle, stop, target);
        }
        int32_t *swapped = source;
        source = target;
        target = swapped;
    }
    if (source != codes) {
        memcpy(codes, source, count * sizeof *codes);
    }
}

/* What dealing needs: two orders of the rows and how many rows go where. */
typedef struct deal {
    bkti_memory *memory;
    int64_t row_count;
    int64_t *order;
    int64_t *next_order;
    bool descending;
} deal;

/* ranks[code] for every code that a row uses: 0 for the first in order, equals the same. */
static size_t rank_codes(const bkt_column *column, int32_t *ranks, int32_t *used, int32_t *scratch,
                         size_t used_count) {
    sort_codes(column, used, scratch, used_count);
    size_t rank = 0;
    for (size_t i = 0; i < used_count; i++) {
        rank += i > 0 && compare_codes(column, used[i - 1], used[i]) != 0;
        ranks[used[i]] = (int32_t)rank;
    }
    return used_count == 0 ? 0 : rank + 1;
}

/* Deals the rows out by their ranks; missing comes last in either direction. */
static bool deal_by_ranks(deal *rows, const bkt_column *column, const int32_t *ranks,
                          size_t rank_count) {
    int64_t *starts = bkti_allocate_zeroed(rows->memory, rank_count + 2, sizeof *starts);
    if (starts == NULL) {
        return false;
    }
    size_t last = rank_count - 1;
    for (int64_t i = 0; i < rows->row_count; i++) {
        int32_t code = column->codes[i];
        size_t rank = code < 0 ? rank_count : (size_t)ranks[code];
        starts[(code >= 0 && rows->descending ? last - rank : rank) + 1]++;
    }
    for (size_t i = 1; i <= rank_count; i++) {
        starts[i] += starts[i - 1];
    }
    for (int64_t i = 0; i < rows->row_count; i++) {
        int32_t code = column->codes[rows->order[i]];
        size_t rank = code < 0 ? rank_count : (size_t)ranks[code];
        rank = code >= 0 && rows->descending ? last - rank : rank;
        rows->next_order[starts[rank]++] = rows->order[i];
    }
    bkti_release(rows->memory, starts);
    return true;
}

static void swap_orders(deal *rows) {
    int64_t *dealt = rows->next_order;
    rows->next_order = rows->order;
    rows->order = dealt;
}

static bool deal_codes(deal *rows, const bkt_column *column) {
    size_t code_count = (size_t)bkti_dictionary_count(column->dictionary);
    int32_t *ranks = bkti_allocate_array(rows->memory, code_count, sizeof *ranks);
    if (ranks == NULL) {
        return false;
    }
    for (size_t code = 0; code < code_count; code++) {
        ranks[code] = -1;
    }
    size_t used_count = 0;
    for (int64_t row = 0; row < rows->row_count; row++) {
        int32_t code = column->codes[row];
        if (code >= 0 && ranks[code] < 0) {
            ranks[code] = 0;
            used_count++;
        }
    }
    int32_t *used = bkti_allocate_array(rows->memory, used_count, sizeof *used);
    int32_t *scratch = bkti_allocate_array(rows->memory, used_count, sizeof *scratch);
    bool done = used != NULL && scratch != NULL;
    if (done) {
        size_t next = 0;
        for (size_t code = 0; code < code_count; code++) {
            if (ranks[code] == 0) {
                used[next++] = (int32_t)code;
            }
        }
        size_t rank_count = rank_codes(column, ranks, used, scratch, used_count);
        done = deal_by_ranks(rows, column, ranks, rank_count);
        swap_orders(rows);
    }
    bkti_release(rows->memory, scratch);
    bkti_release(rows->memory, used);
    bkti_release(rows->memory, ranks);
    return done;
}

/* An integer that is ordered as the numbers are, with 0 and -0 equal. */
static uint64_t number_key(double number, bool descending) {
    double positive_zero = number + 0.0;
    uint64_t bits;
    memcpy(&bits, &positive_zero, sizeof bits);
    uint64_t key = bits >> 63 != 0 ? ~bits : bits | UINT64_C(1) << 63;
    return descending ? ~key : key;
}

/* Deals by the byte of the keys that is `shift` bits up. */
static void deal_by_byte(deal *rows, const uint64_t *keys, const int64_t *counts, int shift) {
    int64_t starts[256];
    int64_t start = 0;
    for (int byte = 0; byte < 256; byte++) {
        starts[byte] = start;
        start += counts[byte];
    }
    for (int64_t i = 0; i < rows->row_count; i++) {
        int64_t row = rows->order[i];
        rows->next_order[starts[keys[row] >> shift & 0xFF]++] = row;
    }
    swap_orders(rows);
}

static bool deal_numbers(deal *rows, const bkt_column *column) {
    uint64_t *keys = bkti_allocate_array(rows->memory, (size_t)rows->row_count, sizeof *keys);
    if (keys == NULL) {
        return false;
    }
    int64_t counts[8][256] = {{0}};
    for (int64_t row = 0; row < rows->row_count; row++) {
        bool missing = column->reasons != NULL && column->reasons[row] != BKT_MISSING_NOT;
        /* No finite number has the largest key. */
        keys[row] = missing ? UINT64_MAX : number_key(column->numbers[row], rows->descending);
        for (int byte = 0; byte < 8; byte++) {
            counts[byte][keys[row] >> 8 * byte & 0xFF]++;
        }
    }
    for (int byte = 0; byte < 8; byte++) {
        bool all_equal =
            rows->row_count == 0 || counts[byte][keys[0] >> 8 * byte & 0xFF] == rows->row_count;
        if (!all_equal) {
            deal_by_byte(rows, keys, counts[byte], 8 * byte);
        }
    }
    bkti_release(rows->memory, keys);
    return true;
}

/* The rows of the table in order; false without memory. */
static bool order_rows(deal *rows, bkt_column *const *columns, uint32_t column_count) {
    size_t count = (size_t)rows->row_count;
    rows->order = bkti_allocate_array(rows->memory, count, sizeof *rows->order);
    rows->next_order = bkti_allocate_array(rows->memory, count, sizeof *rows->next_order);
    bool done = rows->order != NULL && rows->next_order != NULL;
    for (int64_t row = 0; done && row < rows->row_count; row++) {
        rows->order[row] = row;
    }
    for (uint32_t i = column_count; done && i > 0; i--) {
        const bkt_column *column = columns[i - 1];
        done =
            column->kind == BKT_KIND_NUMBER ? deal_numbers(rows, column) : deal_codes(rows, column);
    }
    bkti_release(rows->memory, rows->next_order);
    return done;
}

static const bkt_sort_options DEFAULTS = {sizeof DEFAULTS, 0};

bkt_status bkt_sort_options_init(bkt_sort_options *options, uint32_t struct_size) {
    return bkti_options_init(options, struct_size, &DEFAULTS, sizeof DEFAULTS, sizeof DEFAULTS);
}

bkt_status bkt_table_sort(bkt_context *context, const bkt_table *table, const char *const *ids,
                          uint32_t id_count, const bkt_sort_options *options,
                          bkt_table **out_table) {
    if (out_table != NULL) {
        *out_table = NULL;
    }
    if (context == NULL || table == NULL || out_table == NULL) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "bkt_table_sort() needs a table and a place for the result");
    }
    bkt_sort_options own = DEFAULTS;
    bkt_status status =
        bkti_options_take(context, options, &own, sizeof own, sizeof(bkt_sort_options));
    if (status == BKT_OK) {
        status = bkti_flags_check(context, "bkt_sort_options", own.flags, BKT_SORT_DESCENDING);
    }
    if (status != BKT_OK) {
        return status;
    }
    bkt_column **columns;
    status = bkti_table_columns(context, table, ids, id_count, &columns);
    if (status != BKT_OK) {
        return status;
    }
    bkti_memory *memory = bkti_context_memory(context);
    deal rows = {.memory = memory,
                 .row_count = table->row_count,
                 .descending = (own.flags & BKT_SORT_DESCENDING) != 0};
    if (order_rows(&rows, columns, id_count)) {
        *out_table = bkti_table_take(memory, table, rows.order, table->row_count);
    }
    bkti_release(memory, rows.order);
    bkti_release(memory, columns);
    return *out_table == NULL ? bkti_no_memory(context) : BKT_OK;
}
