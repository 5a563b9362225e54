/* SPDX-License-Identifier: MIT */
/* The road to targets: what is needed, what is projected, how probable it is. */
#include "bkti_history.h"
#include "bkti_reach.h"

#include <float.h>
#include <math.h>

#define TARGET_FLAGS ((uint32_t)(BKT_TARGET_KNOWN | BKT_TARGET_WALK))

static const char fraction[] = "fraction";

static const bkt_target_options defaults = {.struct_size = sizeof(bkt_target_options),
                                            .seed = 1,
                                            .horizon = 20,
                                            .paths = 20000,
                                            .method = BKT_METHOD_AUTOMATIC,
                                            .partial_value = NAN,
                                            .partial_previous = NAN,
                                            .partial_share = NAN};

bkt_status bkt_target_options_init(bkt_target_options *options, uint32_t struct_size) {
    return bkti_options_init(options, struct_size, &defaults, sizeof defaults, sizeof defaults);
}

/* Everything that both tables tell of. */
typedef struct road {
    bkt_target_options options;
    bkti_settings settings; /* of the column PROJECTED */
    bkti_history history;
    bkti_reach reach;
    bkt_fit fit; /* of the column PROJECTED */
    double last; /* value */
    double *points;
    double *reached; /* horizon numbers a target; NaN where nothing can be said */
    double *above;
} road;

static bkt_status take_options(bkt_context *context, const bkt_target_options *options, road *out) {
    bkt_projection_options projection;
    bkt_projection_options_init(&projection, sizeof projection);
    if (options == NULL)
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "options must not be NULL: they name the targets");
    out->options = defaults;
    bkt_status status = bkti_options_take(context, options, &out->options, sizeof out->options,
                                          sizeof out->options);
    if (status != BKT_OK)
        return status;
    const bkt_target_options *own = &out->options;
    status = bkti_targets_check(context, "target", own->targets, own->target_count, false);
    if (status == BKT_OK && own->growth_count > 0)
        status = bkti_targets_check(context, "rate", own->growths, own->growth_count, false);
    if (status != BKT_OK)
        return status;
    projection.flags = own->flags & ~TARGET_FLAGS;
    projection.horizon = own->horizon;
    projection.method = own->method;
    projection.season_length = own->season_length;
    projection.value_id = own->value_id;
    projection.time_id = own->time_id;
    return bkti_settings_take(context, &projection, &out->settings);
}

static bkt_status simulate(bkt_context *context, road *r) {
    bkt_reach_options options = bkti_reach_options_of(&r->options);
    options.flags &= TARGET_FLAGS | BKTI_REACH_FLAGS;
    options.season_length = r->settings.season_length;
    bkt_status status = bkti_reach_take_options(context, &options, &r->reach);
    if (status == BKT_OK)
        status = bkti_series_reach(context, &r->reach, r->history.values, r->history.count,
                                   r->options.targets, r->options.target_count, r->points,
                                   r->reached, r->above);
    r->fit = r->reach.fit;
    bool is_own = r->options.method == BKT_METHOD_AUTOMATIC &&
                  (r->options.flags & ~(TARGET_FLAGS | BKTI_REACH_FLAGS)) == 0;
    if (status == BKT_OK && !is_own)
        status = bkti_series_project(context, r->history.values, r->history.count, &r->settings,
                                     r->points, NULL, NULL, &r->fit);
    return status;
}

static void free_road(bkt_context *context, road *r) {
    bkti_memory *memory = bkti_context_memory(context);
    bkti_release(memory, r->above);
    bkti_release(memory, r->reached);
    bkti_release(memory, r->points);
    bkti_history_free(context, &r->history);
}

/* To be freed whatever the outcome. */
static bkt_status take_road(bkt_context *context, const bkt_table *table,
                            const bkt_target_options *options, road *r) {
    bkti_memory *memory = bkti_context_memory(context);
    bkt_status status = take_options(context, options, r);
    if (status == BKT_OK)
        status = bkti_history_take(context, table, r->settings.value_id, r->settings.time_id,
                                   &r->history);
    if (status != BKT_OK)
        return status;
    if (r->settings.season_length == 0)
        r->settings.season_length = r->history.season_length;
    r->last = r->history.values[r->history.last];
    r->points = bkti_allocate_array(memory, r->options.horizon, sizeof *r->points);
    r->reached = bkti_allocate_array(memory, (size_t)r->options.target_count * r->options.horizon,
                                     sizeof *r->reached);
    r->above = bkti_allocate_array(memory, (size_t)r->options.target_count * r->options.horizon,
                                   sizeof *r->above);
    if (r->points == NULL || r->reached == NULL || r->above == NULL)
        return bkti_no_memory(context);
    status = simulate(context, r);
    if (status == BKT_OK && r->reach.basis == BKTI_BASIS_WALK &&
        (r->fit.flags & BKT_FIT_SEASONAL) != 0)
        bkti_tell(context, BKT_SEVERITY_NOTE, BKT_OK, NULL,
                  "the series has a season, which the walk behind the probabilities of targets "
                  "doesn't know: sum it to years for them, or leave BKT_TARGET_WALK out");
    return status;
}

static void set_properties(bkti_sheet *sheet, const road *r) {
    bool levels = (r->reach.walk.flags & BKT_WALK_LEVELS) != 0;
    bkti_text text;
    bkti_text_init(&text, bkti_context_memory(sheet->context));
    bkti_sheet_set_fit(sheet, &r->history, &r->fit, r->options.horizon);
    bkti_reach_describe(&r->reach, &text);
    bkti_sheet_set_text(sheet, "probability", &text);
    bkti_sheet_set(sheet, "basis", bkti_basis_text(r->reach.basis));
    if (r->reach.basis == BKTI_BASIS_PATHS)
        bkti_sheet_set_number(sheet, "calibrated_steps", (double)r->reach.fit.calibrated_steps);
    bkti_sheet_set(sheet, "walk", levels ? "values" : "logarithms");
    bkti_sheet_set_number(sheet, "drift", r->reach.walk.drift);
    bkti_sheet_set_number(sheet, "walk_sigma", r->reach.walk.sigma);
    bkti_text_append_format(&text, "%llu", (unsigned long long)r->options.seed);
    bkti_sheet_set_text(sheet, "seed", &text);
    bkti_text_free(&text);
    bkti_sheet_set_number(sheet, "paths", (double)r->options.paths);
    bkti_sheet_set_number(sheet, "last_value", r->last);
    if (bkti_reach_is_partial(&r->reach.options)) {
        bkti_sheet_set_number(sheet, "partial_value", r->options.partial_value);
        bkti_sheet_set_number(sheet, "partial_previous", r->options.partial_previous);
        bkti_sheet_set_number(sheet, "partial_share", r->options.partial_share);
    }
}

static int32_t no_probability(const road *r) {
    bool too_few = r->reach.basis == BKTI_BASIS_NONE && r->reach.walk.freedom < 1.0;
    return too_few ? BKT_MISSING_TOO_FEW : BKT_MISSING_OVERFLOW;
}

static void put_required(bkti_sheet *sheet, uint32_t column, int64_t row, const road *r,
                         double target, uint32_t periods) {
    double number;
    double years = (double)periods / r->history.periods_per_year;
    int32_t reason = bkt_growth_required(r->last, target, years, &number);
    bkti_sheet_put(sheet, column, row, number, reason);
    reason = bkt_growth_required_linear(r->last, target, (double)periods, &number);
    bkti_sheet_put(sheet, column + 1, row, number, reason);
}

static void put_step(bkti_sheet *sheet, const road *r, uint32_t target, uint32_t k, int64_t row) {
    size_t cell = (size_t)target * r->options.horizon + k - 1;
    double goal = r->options.targets[target];
    bkti_sheet_put_number_text(sheet, 0, row, goal);
    bkti_sheet_put_period(sheet, 1, row, r->history.frequency,
                          r->history.first_ordinal + r->history.last + k);
    bkti_sheet_put(sheet, 2, row, (double)k, BKT_MISSING_NOT);
    bkti_sheet_put(sheet, 3, row, goal, BKT_MISSING_NOT);
    bkti_sheet_put(sheet, 4, row, r->points[k - 1], BKT_MISSING_OVERFLOW);
    bkti_sheet_put(sheet, 5, row, r->reached[cell], no_probability(r));
    bkti_sheet_put(sheet, 6, row, r->above[cell], no_probability(r));
    put_required(sheet, 7, row, r, goal, k);
    bool is_far = k > r->reach.fit.calibrated_steps;
    bkti_sheet_put_text(sheet, 9, row,
                        r->reach.basis == BKTI_BASIS_PATHS && is_far
                            ? "extrapolated"
                            : bkti_basis_text(r->reach.basis));
}

static void add_step_columns(bkti_sheet *sheet, const char *unit) {
    const int32_t number = BKT_KIND_NUMBER;
    const int32_t measure = BKT_ROLE_MEASURE;
    bkti_sheet_add_target(sheet, unit);
    bkti_sheet_add(sheet, "PROJECTED", number, measure, "Projected", unit);
    bkti_sheet_add(sheet, "PROBABILITY_REACHED", number, measure,
                   "Probability that it is reached by then", fraction);
    bkti_sheet_add(sheet, "PROBABILITY_ABOVE", number, measure,
                   "Probability that this period's value is at or above it", fraction);
    bkti_sheet_add(sheet, "REQUIRED_GROWTH", number, measure, "Growth a year that is needed",
                   fraction);
    bkti_sheet_add(sheet, "REQUIRED_AMOUNT", number, measure, "Amount a period that is needed",
                   unit);
    bkti_sheet_add(sheet, "BASIS", BKT_KIND_TEXT, BKT_ROLE_ATTRIBUTE,
                   "What the probabilities rest on", NULL);
}

static int64_t fill_steps(bkti_sheet *sheet, const road *r) {
    int64_t row = 0;
    add_step_columns(sheet, bkt_column_unit(r->history.column));
    for (uint32_t i = 0; i < r->options.target_count; i++)
        for (uint32_t k = 1; k <= r->options.horizon && sheet->status == BKT_OK; k++)
            put_step(sheet, r, i, k, row++);
    return row;
}

/* Whole periods until growth at a rate a year has brought the last value to the target. */
static double whole_periods(const road *r, double target, double growth, double years) {
    double periods = years * r->history.periods_per_year;
    double near = floor(periods + 0.5);
    double there;
    bkt_growth_forward(r->last, growth, near / r->history.periods_per_year, &there);
    if (fabs(there - target) <= 16.0 * DBL_EPSILON * fabs(target))
        return near;
    return ceil(periods);
}

/* A number of periods, and the period that lies so far ahead (left out beyond the year 9999). */
static void put_periods(bkti_sheet *sheet, uint32_t number_column, uint32_t period_column,
                        int64_t row, const road *r, double periods, int32_t reason) {
    char text[64];
    bkti_sheet_put(sheet, number_column, row, periods, reason);
    if (isnan(periods) || periods > 1e7)
        return;
    int64_t ordinal = r->history.first_ordinal + r->history.last + (int64_t)periods;
    if (bkt_period_format(r->history.frequency, ordinal, text, sizeof text, NULL) == BKT_OK)
        bkti_sheet_put_period(sheet, period_column, row, r->history.frequency, ordinal);
}

enum {
    TARGET,
    GROWTH,
    TARGET_VALUE,
    GROWTH_RATE,
    LAST_VALUE,
    YEARS_NEEDED,
    PERIODS_NEEDED,
    FIRST_PERIOD,
    REQUIRED_GROWTH,
    REQUIRED_AMOUNT,
    PROJECTED_PERIOD,
    PROJECTED_PERIODS,
    MEDIAN_PERIOD,
    MEDIAN_PERIODS,
    PROBABILITY_WITHIN,
    PROBABILITY_NOT_WITHIN
};

static void add_summary_columns(bkti_sheet *sheet, const char *unit) {
    const int32_t number = BKT_KIND_NUMBER;
    const int32_t period = BKT_KIND_PERIOD;
    const int32_t measure = BKT_ROLE_MEASURE;
    const int32_t attribute = BKT_ROLE_ATTRIBUTE;
    bkti_sheet_add(sheet, "TARGET", BKT_KIND_TEXT, BKT_ROLE_DIMENSION, "Target", NULL);
    bkti_sheet_add(sheet, "GROWTH", BKT_KIND_TEXT, BKT_ROLE_DIMENSION, "Growth a year", NULL);
    bkti_sheet_add(sheet, "TARGET_VALUE", number, measure, "Target", unit);
    bkti_sheet_add(sheet, "GROWTH_RATE", number, measure, "Growth a year", fraction);
    bkti_sheet_add(sheet, "LAST_VALUE", number, measure, "Last value", unit);
    bkti_sheet_add(sheet, "YEARS_NEEDED", number, measure, "Years at that growth", "years");
    bkti_sheet_add(sheet, "PERIODS_NEEDED", number, measure, "Periods at that growth", NULL);
    bkti_sheet_add(sheet, "FIRST_PERIOD", period, attribute, "Reached at that growth", NULL);
    bkti_sheet_add(sheet, "REQUIRED_GROWTH", number, measure,
                   "Growth a year that is needed to be there at the horizon", fraction);
    bkti_sheet_add(sheet, "REQUIRED_AMOUNT", number, measure,
                   "Amount a period that is needed to be there at the horizon", unit);
    bkti_sheet_add(sheet, "PROJECTED_PERIOD", period, attribute, "Reached by the projection", NULL);
    bkti_sheet_add(sheet, "PROJECTED_PERIODS", number, measure,
                   "Periods until the projection is there", NULL);
    bkti_sheet_add(sheet, "MEDIAN_PERIOD", period, attribute,
                   "Reached with a probability of one half", NULL);
    bkti_sheet_add(sheet, "MEDIAN_PERIODS", number, measure,
                   "Periods until the probability is one half", NULL);
    bkti_sheet_add(sheet, "PROBABILITY_WITHIN", number, measure,
                   "Probability that it is reached within the horizon", fraction);
    bkti_sheet_add(sheet, "PROBABILITY_NOT_WITHIN", number, measure,
                   "Probability that it is not reached within the horizon", fraction);
}

static void put_growth(bkti_sheet *sheet, int64_t row, const road *r, double target,
                       const double *growth) {
    if (growth == NULL) {
        bkti_sheet_put(sheet, GROWTH_RATE, row, NAN, BKT_MISSING_NOT_APPLICABLE);
        bkti_sheet_put(sheet, YEARS_NEEDED, row, NAN, BKT_MISSING_NOT_APPLICABLE);
        bkti_sheet_put(sheet, PERIODS_NEEDED, row, NAN, BKT_MISSING_NOT_APPLICABLE);
        return;
    }
    double years;
    int32_t reason = bkt_growth_time(r->last, target, *growth, &years);
    double periods = isnan(years) ? NAN : whole_periods(r, target, *growth, years);
    bkti_sheet_put_number_text(sheet, GROWTH, row, *growth);
    bkti_sheet_put(sheet, GROWTH_RATE, row, *growth, BKT_MISSING_NOT);
    bkti_sheet_put(sheet, YEARS_NEEDED, row, years, reason);
    put_periods(sheet, PERIODS_NEEDED, FIRST_PERIOD, row, r, periods, reason);
}

/* The first of `horizon` numbers that is at least `goal`, counted from 1. */
static double first_at_least(const double *numbers, uint32_t horizon, double goal,
                             int32_t no_number, int32_t *out_reason) {
    *out_reason = BKT_MISSING_NEVER;
    for (uint32_t k = 0; k < horizon; k++) {
        if (numbers[k] >= goal)
            return (double)k + 1.0;
        if (isnan(numbers[k])) {
            *out_reason = no_number;
            break;
        }
    }
    return NAN;
}

static void put_summary(bkti_sheet *sheet, int64_t row, const road *r, uint32_t target,
                        const double *growth) {
    uint32_t horizon = r->options.horizon;
    double goal = r->options.targets[target];
    const double *reached = r->reached + (size_t)target * horizon;
    double within = reached[horizon - 1];
    bool there = goal <= r->last;
    int32_t reason;
    bkti_sheet_put_number_text(sheet, TARGET, row, goal);
    bkti_sheet_put(sheet, TARGET_VALUE, row, goal, BKT_MISSING_NOT);
    bkti_sheet_put(sheet, LAST_VALUE, row, r->last, BKT_MISSING_NOT);
    put_growth(sheet, row, r, goal, growth);
    put_required(sheet, REQUIRED_GROWTH, row, r, goal, horizon);
    double periods = first_at_least(r->points, horizon, goal, BKT_MISSING_OVERFLOW, &reason);
    put_periods(sheet, PROJECTED_PERIODS, PROJECTED_PERIOD, row, r, there ? 0.0 : periods, reason);
    periods = first_at_least(reached, horizon, 0.5, no_probability(r), &reason);
    put_periods(sheet, MEDIAN_PERIODS, MEDIAN_PERIOD, row, r, there ? 0.0 : periods, reason);
    bkti_sheet_put(sheet, PROBABILITY_WITHIN, row, within, no_probability(r));
    bkti_sheet_put(sheet, PROBABILITY_NOT_WITHIN, row, 1.0 - within, no_probability(r));
}

static int64_t fill_summary(bkti_sheet *sheet, const road *r) {
    uint32_t rates = r->options.growth_count > 0 ? r->options.growth_count : 1;
    int64_t row = 0;
    add_summary_columns(sheet, bkt_column_unit(r->history.column));
    for (uint32_t i = 0; i < r->options.target_count; i++)
        for (uint32_t k = 0; k < rates && sheet->status == BKT_OK; k++)
            put_summary(sheet, row++, r, i,
                        r->options.growth_count > 0 ? &r->options.growths[k] : NULL);
    return row;
}

/* `fill` adds the columns, puts the rows and says how many there are. */
static bkt_status make_table(bkt_context *context, const bkt_table *table,
                             const bkt_target_options *options,
                             int64_t (*fill)(bkti_sheet *, const road *), bkt_table **out_table) {
    if (out_table != NULL)
        *out_table = NULL;
    if (context == NULL)
        return BKT_ERR_ARGUMENT;
    if (table == NULL || out_table == NULL)
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL, "table and out_table must not be NULL");
    road r = {.points = NULL};
    bkt_status status = take_road(context, table, options, &r);
    if (status == BKT_OK) {
        bkti_sheet sheet;
        int64_t most =
            r.options.horizon > r.options.growth_count ? r.options.horizon : r.options.growth_count;
        bkti_sheet_begin(&sheet, context, table, most * r.options.target_count);
        set_properties(&sheet, &r);
        int64_t rows = fill(&sheet, &r);
        status = bkti_sheet_finish(&sheet, rows, out_table);
    }
    free_road(context, &r);
    return status;
}

bkt_status bkt_target(bkt_context *context, const bkt_table *table,
                      const bkt_target_options *options, bkt_table **out_table) {
    return make_table(context, table, options, fill_steps, out_table);
}

bkt_status bkt_target_summary(bkt_context *context, const bkt_table *table,
                              const bkt_target_options *options, bkt_table **out_table) {
    return make_table(context, table, options, fill_summary, out_table);
}
