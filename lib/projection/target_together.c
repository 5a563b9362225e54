/* SPDX-License-Identifier: MIT */
/* The road to targets of two columns together, as a table. */
#include "bkti_history.h"
#include "bkti_together.h"

#include <math.h>
#include <string.h>

/* Everything that the table tells of. */
typedef struct pair {
    bkt_target_options options;
    bkti_history histories[2];
    bkti_together together;
    double *points; /* of the first, then of the second */
    double *reached;
    double *above;
    double *turned;
    double *opposite;
} pair;

static bkt_status take_options(bkt_context *context, const bkt_target_options *options, pair *out) {
    bkt_target_options_init(&out->options, sizeof out->options);
    bkt_status status = bkti_options_take(context, options, &out->options, sizeof out->options,
                                          sizeof out->options);
    if (status != BKT_OK)
        return status;
    const bkt_target_options *own = &out->options;
    if (own->method != BKT_METHOD_AUTOMATIC || own->growth_count > 0 || own->value_id != NULL)
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "method, growths and value_id have no meaning for two columns together");
    if (own->target_count > 0)
        status = bkti_targets_check(context, "target", own->targets, own->target_count, false);
    if (status != BKT_OK)
        return status;
    bkt_reach_options reach = bkti_reach_options_of(own);
    return bkti_reach_take_options(context, &reach, &out->together.reach);
}

/* One of the two may not say its unit. */
static bkt_status check_units(bkt_context *context, const bkti_history *histories) {
    const bkt_column *first = histories[0].column;
    const bkt_column *second = histories[1].column;
    const char *unit = bkt_column_unit(first);
    const char *other = bkt_column_unit(second);
    if (unit[0] == '\0' || other[0] == '\0' || strcmp(unit, other) == 0)
        return BKT_OK;
    return bkti_fail(context, BKT_ERR_COLUMN_KIND, NULL,
                     "the column %s is in %s and the column %s in %s: their sum and difference "
                     "need one unit",
                     bkt_column_id(first), unit, bkt_column_id(second), other);
}

static bkt_status take_pair(bkt_context *context, const bkt_table *table, const char *const *ids,
                            const bkt_target_options *options, pair *p) {
    bkti_memory *memory = bkti_context_memory(context);
    bkt_status status = take_options(context, options, p);
    for (int i = 0; i < 2 && status == BKT_OK; i++)
        status = bkti_history_take(context, table, ids[i], p->options.time_id, &p->histories[i]);
    if (status == BKT_OK)
        status = check_units(context, p->histories);
    if (status != BKT_OK)
        return status;
    if (p->together.reach.settings.season_length == 0)
        p->together.reach.settings.season_length = p->histories[0].season_length;
    size_t horizon = p->options.horizon;
    size_t cells = horizon * (p->options.target_count + (size_t)1);
    p->points = bkti_allocate_array(memory, 2 * horizon, sizeof(double));
    p->reached = bkti_allocate_array(memory, cells, sizeof(double));
    p->above = bkti_allocate_array(memory, cells, sizeof(double));
    p->turned = bkti_allocate_array(memory, horizon, sizeof(double));
    p->opposite = bkti_allocate_array(memory, horizon, sizeof(double));
    if (p->points == NULL || p->reached == NULL || p->above == NULL || p->turned == NULL ||
        p->opposite == NULL)
        return bkti_no_memory(context);
    return bkti_series_reach_together(context, &p->together, p->histories[0].values,
                                      p->histories[1].values, p->histories[0].count,
                                      p->options.targets, p->options.target_count, p->points,
                                      p->reached, p->above, p->turned, p->opposite);
}

static void free_pair(bkt_context *context, pair *p) {
    bkti_memory *memory = bkti_context_memory(context);
    bkti_release(memory, p->opposite);
    bkti_release(memory, p->turned);
    bkti_release(memory, p->above);
    bkti_release(memory, p->reached);
    bkti_release(memory, p->points);
    bkti_history_free(context, &p->histories[1]);
    bkti_history_free(context, &p->histories[0]);
}

static void set_properties(bkti_sheet *sheet, const pair *p) {
    const bkti_together *t = &p->together;
    bkti_text text;
    bkti_text_init(&text, bkti_context_memory(sheet->context));
    bkti_sheet_set(sheet, "first", bkt_column_id(p->histories[0].column));
    bkti_sheet_set(sheet, "second", bkt_column_id(p->histories[1].column));
    bkti_together_describe(t, &text);
    bkti_sheet_set_text(sheet, "probability", &text);
    bkti_text_append_format(&text, "%llu", (unsigned long long)p->options.seed);
    bkti_sheet_set_text(sheet, "seed", &text);
    bkti_text_free(&text);
    bkti_sheet_set(sheet, "basis", bkti_basis_text(t->reach.basis));
    bkti_sheet_set_number(sheet, "calibrated_steps", (double)t->sides[0].fit.calibrated_steps);
    bkti_sheet_set_number(sheet, "correlation", t->correlation);
    bkti_sheet_set_number(sheet, "correlation_measured", t->measured);
    bkti_sheet_set_number(sheet, "correlation_changes", (double)t->changes);
    bkti_sheet_set_number(sheet, "last_first", t->sides[0].last);
    bkti_sheet_set_number(sheet, "last_second", t->sides[1].last);
    bkti_sheet_set_period(sheet, "last_period", p->histories[0].frequency,
                          p->histories[0].first_ordinal + t->last);
    bkti_sheet_set_number(sheet, "horizon", (double)p->options.horizon);
    bkti_sheet_set_number(sheet, "paths", (double)p->options.paths);
}

static void add_columns(bkti_sheet *sheet, const char *unit) {
    static const char fraction[] = "fraction";
    const int32_t number = BKT_KIND_NUMBER;
    const int32_t measure = BKT_ROLE_MEASURE;
    bkti_sheet_add_target(sheet, unit);
    bkti_sheet_add(sheet, "PROJECTED_FIRST", number, measure, "The first, projected", unit);
    bkti_sheet_add(sheet, "PROJECTED_SECOND", number, measure, "The second, projected", unit);
    bkti_sheet_add(sheet, "PROJECTED_SUM", number, measure, "Sum, projected", unit);
    bkti_sheet_add(sheet, "PROJECTED_DIFFERENCE", number, measure, "Difference, projected", unit);
    bkti_sheet_add(sheet, "PROBABILITY_REACHED", number, measure,
                   "Probability that the sum has reached the target by then", fraction);
    bkti_sheet_add(sheet, "PROBABILITY_ABOVE", number, measure,
                   "Probability that this period's sum is at or above it", fraction);
    bkti_sheet_add(sheet, "PROBABILITY_TURNED", number, measure,
                   "Probability that the difference has turned by then", fraction);
    bkti_sheet_add(sheet, "PROBABILITY_OPPOSITE", number, measure,
                   "Probability that this period's difference has the other sign", fraction);
    bkti_sheet_add(sheet, "BASIS", BKT_KIND_TEXT, BKT_ROLE_ATTRIBUTE,
                   "What the probabilities rest on", NULL);
}

/* `target` is NULL without one; k from 0. */
static void put_row(bkti_sheet *sheet, const pair *p, const double *target, uint32_t k,
                    int64_t row) {
    const bkti_together *t = &p->together;
    const bkti_history *history = &p->histories[0];
    uint32_t horizon = p->options.horizon;
    double first = p->points[k];
    double second = p->points[horizon + k];
    double sum = isfinite(first + second) ? first + second : NAN;
    double difference = isfinite(first - second) ? first - second : NAN;
    bool has_sign = t->sides[0].last != t->sides[1].last;
    int32_t no_turn = has_sign ? BKT_MISSING_OVERFLOW : BKT_MISSING_ZERO_DENOMINATOR;
    size_t cell = target == NULL ? 0 : (size_t)(target - p->options.targets) * horizon + k;
    int32_t no_target = target == NULL ? BKT_MISSING_NOT_APPLICABLE : BKT_MISSING_OVERFLOW;
    if (target != NULL)
        bkti_sheet_put_number_text(sheet, 0, row, *target);
    bkti_sheet_put_period(sheet, 1, row, history->frequency,
                          history->first_ordinal + t->last + (int64_t)k + 1);
    bkti_sheet_put(sheet, 2, row, (double)k + 1.0, BKT_MISSING_NOT);
    bkti_sheet_put(sheet, 3, row, target == NULL ? NAN : *target, no_target);
    bkti_sheet_put(sheet, 4, row, first, BKT_MISSING_OVERFLOW);
    bkti_sheet_put(sheet, 5, row, second, BKT_MISSING_OVERFLOW);
    bkti_sheet_put(sheet, 6, row, sum, BKT_MISSING_OVERFLOW);
    bkti_sheet_put(sheet, 7, row, difference, BKT_MISSING_OVERFLOW);
    bkti_sheet_put(sheet, 8, row, target == NULL ? NAN : p->reached[cell], no_target);
    bkti_sheet_put(sheet, 9, row, target == NULL ? NAN : p->above[cell], no_target);
    bkti_sheet_put(sheet, 10, row, p->turned[k], no_turn);
    bkti_sheet_put(sheet, 11, row, p->opposite[k], no_turn);
    bool is_far = k >= t->sides[0].fit.calibrated_steps;
    bkti_sheet_put_text(sheet, 12, row, is_far ? "extrapolated" : bkti_basis_text(t->reach.basis));
}

static bkt_status fill(bkt_context *context, const bkt_table *table, const pair *p,
                       bkt_table **out_table) {
    uint32_t blocks = p->options.target_count > 0 ? p->options.target_count : 1;
    int64_t row = 0;
    bkti_sheet sheet;
    bkti_sheet_begin(&sheet, context, table, (int64_t)blocks * p->options.horizon);
    set_properties(&sheet, p);
    add_columns(&sheet, bkt_column_unit(p->histories[0].column));
    for (uint32_t i = 0; i < blocks; i++)
        for (uint32_t k = 0; k < p->options.horizon && sheet.status == BKT_OK; k++)
            put_row(&sheet, p, p->options.target_count > 0 ? &p->options.targets[i] : NULL, k,
                    row++);
    return bkti_sheet_finish(&sheet, row, out_table);
}

bkt_status bkt_target_together(bkt_context *context, const bkt_table *table, const char *first_id,
                               const char *second_id, const bkt_target_options *options,
                               bkt_table **out_table) {
    const char *const ids[2] = {first_id, second_id};
    if (out_table != NULL)
        *out_table = NULL;
    if (context == NULL)
        return BKT_ERR_ARGUMENT;
    if (table == NULL || first_id == NULL || second_id == NULL || out_table == NULL)
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "table, first_id, second_id and out_table must not be NULL");
    pair p;
    memset(&p, 0, sizeof p);
    bkt_status status = take_pair(context, table, ids, options, &p);
    if (status == BKT_OK)
        status = fill(context, table, &p, out_table);
    free_pair(context, &p);
    return status;
}
