/* SPDX-License-Identifier: MIT */
/* Two series, such as exports and imports: their sum and their difference, from paths that keep the
 * correlation of both. */
#include "bkti_together.h"
#include "bkti_elementary.h"

#include <math.h>
#include <string.h>

#define PROGRESS_STEP 4096

/* Exports and imports of a pair as one side reports them: mean of Fisher's z over 388 pairs of
 * countries, and how many changes (less three) its variance between pairs is worth;
 * tests/bench/calibration/correlation.py. */
#define PAIRS_MEAN  0.255
#define PAIRS_WORTH 18.9

/* Paths of two numbers a target, counted. */
typedef struct counts {
    const bkti_together *together;
    const double *targets; /* a hair below: rounding holds nothing back */
    uint32_t target_count;
    uint32_t horizon;
    double sign; /* of the last difference */
    double *reached;
    double *above;
    double *turned;
    double *opposite;
} counts;

/* Ranks of `count` numbers as standard normal numbers; ties have their mean rank. False if all are
 * equal. */
static bool score(const double *numbers, int64_t count, double *out_scores) {
    bool differ = false;
    for (int64_t i = 0; i < count; i++) {
        double below = 0.0;
        double equal = 0.0;
        for (int64_t k = 0; k < count; k++) {
            below += numbers[k] < numbers[i] ? 1.0 : 0.0;
            equal += numbers[k] == numbers[i] ? 1.0 : 0.0;
        }
        differ = differ || equal < (double)count;
        out_scores[i] = bkti_normal_quantile((below + (equal + 1.0) / 2.0) / ((double)count + 1.0));
    }
    return differ;
}

static bool is_positive(const double *values, int64_t count) {
    for (int64_t t = 0; t < count; t++)
        if (values[t] <= 0.0)
            return false;
    return true;
}

#define CHANGE_LIMIT 2000 /* the newest; ranks cost their square */

bkt_status bkti_together_measure(bkti_workspace *workspace, const double *first,
                                 const double *second, int64_t count, uint32_t season_length,
                                 double *out_correlation, int64_t *out_changes) {
    int64_t length = season_length > 1 ? season_length : 1;
    bool rates[2] = {is_positive(first, count), is_positive(second, count)};
    const double *series[2] = {first, second};
    double *changes[2];
    double *scores[2];
    *out_correlation = NAN;
    for (int i = 0; i < 2; i++) {
        changes[i] = bkti_workspace_take(workspace, (size_t)count);
        scores[i] = bkti_workspace_take(workspace, (size_t)count);
        if (changes[i] == NULL || scores[i] == NULL)
            return BKT_ERR_MEMORY;
    }
    int64_t found = 0;
    for (int64_t t = count - 1; t >= length && found < CHANGE_LIMIT; t--) {
        for (int i = 0; i < 2; i++) {
            double now = series[i][t];
            double before = series[i][t - length];
            /* Ranks of rates are those of differences of logarithms. */
            changes[i][found] = rates[i] ? now / before : 0.5 * now - 0.5 * before;
        }
        if (!isnan(changes[0][found]) && !isnan(changes[1][found]))
            found++;
    }
    *out_changes = found;
    if (!score(changes[0], found, scores[0]) || !score(changes[1], found, scores[1]))
        return BKT_OK;
    double product = 0.0;
    double squares[2] = {0.0, 0.0};
    for (int64_t i = 0; i < found; i++) {
        product += scores[0][i] * scores[1][i];
        squares[0] += scores[0][i] * scores[0][i];
        squares[1] += scores[1][i] * scores[1][i];
    }
    *out_correlation = product / sqrt(squares[0] * squares[1]);
    return BKT_OK;
}

double bkti_together_shrink(double measured, double changes) {
    double own = fmax(changes - 3.0, 0.0);
    double z = PAIRS_MEAN;
    if (!isnan(measured) && own > 0.0) {
        double r = fmax(fmin(measured, 0.999999), -0.999999);
        z = (own * 0.5 * bkti_log((1.0 + r) / (1.0 - r)) + PAIRS_WORTH * PAIRS_MEAN) /
            (own + PAIRS_WORTH);
    }
    double square = bkti_exp(2.0 * z);
    return (square - 1.0) / (square + 1.0);
}

static bkt_status take_side(bkt_context *context, bkti_workspace *workspace,
                            bkti_together *together, const double *values, int index) {
    bkti_side *side = &together->sides[index];
    const bkti_settings *settings = &together->reach.settings;
    int64_t count = together->last + 1;
    bkti_sample sample;
    side->points = bkti_workspace_take(workspace, settings->horizon);
    side->widths = bkti_workspace_take(workspace, settings->horizon);
    if (side->points == NULL || side->widths == NULL)
        return bkti_no_memory(context);
    bkt_status status = bkti_sample_take(context, values, count, &sample);
    if (status == BKT_OK)
        status = bkti_series_widths(context, workspace, values, count, settings, side->points,
                                    side->widths, &side->fit);
    if (status != BKT_OK)
        return status;
    if ((side->fit.flags & BKT_FIT_CALIBRATED) == 0)
        return bkti_fail(
            context, BKT_ERR_SERIES, NULL,
            "the %s series has %lld values up to the last period of both; paths of two "
            "series need %d of each",
            index == 0 ? "first" : "second", (long long)sample.count, BKTI_CALIBRATION_COUNT);
    bool has_floor = (settings->flags & BKT_PROJECTION_NO_FLOOR) == 0 && sample.least >= 0.0;
    side->last = values[together->last];
    bkti_marginals_begin(&side->marginals,
                         bkti_calibration_of(settings->season_length, side->fit.flags),
                         side->points, side->widths, settings->horizon, has_floor);
    return BKT_OK;
}

static void count_path(const counts *c, const double *first, const double *second,
                       double *was_reached) {
    const bkti_side *sides = c->together->sides;
    double rho = c->together->correlation;
    double own = sqrt(1.0 - rho * rho);
    bool was_turned = false;
    for (uint32_t i = 0; i < c->target_count; i++)
        was_reached[i] = 0.0;
    for (uint32_t k = 0; k < c->horizon; k++) {
        if (!bkti_marginals_known(&sides[0].marginals, k) ||
            !bkti_marginals_known(&sides[1].marginals, k))
            return;
        double z = rho * first[k] + own * second[k];
        double one = bkti_marginals_value(&sides[0].marginals, k, first[k]);
        double other = bkti_marginals_value(&sides[1].marginals, k, z);
        bool is_opposite = c->sign > 0.0 ? one < other : one > other;
        c->opposite[k] += is_opposite ? 1.0 : 0.0;
        c->turned[k] += is_opposite && !was_turned ? 1.0 : 0.0;
        was_turned = was_turned || is_opposite;
        for (uint32_t i = 0; i < c->target_count; i++) {
            size_t cell = (size_t)i * c->horizon + k;
            if (!(one + other >= c->targets[i]))
                continue;
            c->above[cell] += 1.0;
            c->reached[cell] += 1.0 - was_reached[i];
            was_reached[i] = 1.0;
        }
    }
}

/* First passages into probabilities; `plain` are counts of the step itself. */
static void finish(const counts *c, double *first_passages, double *plain, int is_there) {
    double paths = (double)c->together->reach.options.paths;
    double sum = 0.0;
    bool known = true;
    for (uint32_t k = 0; k < c->horizon; k++) {
        known = known && bkti_marginals_known(&c->together->sides[0].marginals, k) &&
                bkti_marginals_known(&c->together->sides[1].marginals, k);
        sum += first_passages[k];
        first_passages[k] = is_there ? 1.0 : known ? sum / paths : NAN;
        plain[k] = known ? plain[k] / paths : NAN;
    }
}

static bkt_status simulate(bkt_context *context, bkti_workspace *workspace, counts *c) {
    const bkt_reach_options *options = &c->together->reach.options;
    double *first = bkti_workspace_take(workspace, c->horizon);
    double *second = bkti_workspace_take(workspace, c->horizon);
    double *was_reached = bkti_workspace_take(workspace, (size_t)c->target_count + 1);
    if (first == NULL || second == NULL || was_reached == NULL)
        return bkti_no_memory(context);
    bkti_paths paths = {.seed = options->seed,
                        .horizon = c->horizon,
                        .count = options->paths,
                        .share = BKTI_PATHS_SHARE};
    bkt_status status = BKT_OK;
    for (uint32_t path = 0; path < paths.count && status == BKT_OK; path++) {
        bkti_random random;
        bkti_paths_start(&paths, path, &random);
        bkti_paths_draw(&paths, &random, first);
        /* A stream of its own: how far the first goes must not matter to the second. */
        bkti_paths_start(&paths, ~(uint64_t)path, &random);
        bkti_paths_draw(&paths, &random, second);
        count_path(c, first, second, was_reached);
        if (path % PROGRESS_STEP == PROGRESS_STEP - 1)
            status = bkti_progress(context, 0, 0, (uint64_t)path + 1);
    }
    return status;
}

static int64_t last_of_both(const double *first, const double *second, int64_t count) {
    int64_t last = count - 1;
    while (last >= 0 && (isnan(first[last]) || isnan(second[last])))
        last--;
    return last;
}

static bkt_status prepare(bkt_context *context, bkti_workspace *workspace, bkti_together *together,
                          const double *first, const double *second, int64_t count) {
    uint32_t season_length = together->reach.settings.season_length;
    together->last = last_of_both(first, second, count);
    if (together->last < 0)
        return bkti_fail(context, BKT_ERR_SERIES, NULL,
                         "there is no period that both series have a value for");
    bkt_status status = take_side(context, workspace, together, first, 0);
    if (status == BKT_OK)
        status = take_side(context, workspace, together, second, 1);
    if (status != BKT_OK)
        return status;
    bkti_workspace_mark mark = bkti_workspace_here(workspace);
    status = bkti_together_measure(workspace, first, second, together->last + 1, season_length,
                                   &together->measured, &together->changes);
    bkti_workspace_rewind(workspace, mark);
    if (status != BKT_OK)
        return bkti_no_memory(context);
    /* Changes over a season overlap: so many are each other's. */
    double changes = (double)together->changes / (season_length > 1 ? (double)season_length : 1.0);
    together->correlation = bkti_together_shrink(together->measured, changes);
    together->reach.basis = BKTI_BASIS_PATHS;
    return BKT_OK;
}

static bkt_status run(bkt_context *context, bkti_workspace *workspace, bkti_together *together,
                      const double *first, const double *second, int64_t count, counts *c,
                      double *out_points) {
    bkt_status status = prepare(context, workspace, together, first, second, count);
    if (status != BKT_OK)
        return status;
    uint32_t horizon = c->horizon;
    double last = together->sides[0].last + together->sides[1].last;
    c->sign = together->sides[0].last - together->sides[1].last;
    double *goals = bkti_workspace_take(workspace, (size_t)c->target_count + 1);
    if (goals == NULL)
        return bkti_no_memory(context);
    const double *targets = c->targets;
    for (uint32_t i = 0; i < c->target_count; i++)
        goals[i] = targets[i] - 1e-12 * fabs(targets[i]);
    c->targets = goals;
    status = simulate(context, workspace, c);
    if (status != BKT_OK)
        return status;
    for (uint32_t i = 0; i < c->target_count; i++) {
        size_t cell = (size_t)i * horizon;
        finish(c, c->reached + cell, c->above + cell, targets[i] <= last);
    }
    finish(c, c->turned, c->opposite, 0);
    if (c->sign == 0.0) {
        bkti_numbers_clear(c->turned, horizon);
        bkti_numbers_clear(c->opposite, horizon);
    }
    memcpy(out_points, together->sides[0].points, horizon * sizeof *out_points);
    memcpy(out_points + horizon, together->sides[1].points, horizon * sizeof *out_points);
    return BKT_OK;
}

bkt_status bkti_series_reach_together(bkt_context *context, bkti_together *together,
                                      const double *first, const double *second, int64_t count,
                                      const double *targets, uint32_t target_count,
                                      double *out_points, double *out_reached, double *out_above,
                                      double *out_turned, double *out_opposite) {
    const bkt_reach_options *options = &together->reach.options;
    uint32_t horizon = options->horizon;
    size_t cells = (size_t)target_count * horizon;
    if (bkti_reach_is_partial(options) ||
        (options->flags & (BKT_TARGET_KNOWN | BKT_TARGET_WALK)) != 0)
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "paths of two series know no part of a period and no walk");
    bkti_workspace workspace = {.memory = bkti_context_memory(context)};
    counts c = {together,    targets,   target_count, horizon,     0.0,
                out_reached, out_above, out_turned,   out_opposite};
    for (size_t i = 0; i < cells; i++)
        out_reached[i] = out_above[i] = 0.0;
    for (uint32_t k = 0; k < horizon; k++)
        out_turned[k] = out_opposite[k] = 0.0;
    bkt_status status = run(context, &workspace, together, first, second, count, &c, out_points);
    bkti_workspace_free(&workspace);
    if (status != BKT_OK) {
        bkti_numbers_clear(out_points, 2 * (size_t)horizon);
        bkti_numbers_clear(out_reached, cells);
        bkti_numbers_clear(out_above, cells);
        bkti_numbers_clear(out_turned, horizon);
        bkti_numbers_clear(out_opposite, horizon);
    }
    return status;
}

bkt_status bkt_series_reach_together(bkt_context *context, const double *first,
                                     const double *second, int64_t count, const double *targets,
                                     uint32_t target_count, const bkt_reach_options *options,
                                     double *out_points, double *out_reached, double *out_above,
                                     double *out_turned, double *out_opposite,
                                     double *out_correlation) {
    bkti_together together;
    if (context == NULL)
        return BKT_ERR_ARGUMENT;
    if (((first == NULL || second == NULL) && count > 0) || count < 0 || out_points == NULL ||
        out_turned == NULL || out_opposite == NULL ||
        (target_count > 0 && (out_reached == NULL || out_above == NULL)))
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "both series and the arrays for results must not be NULL, nor count "
                         "negative");
    memset(&together, 0, sizeof together);
    bkt_status status = bkti_reach_take_options(context, options, &together.reach);
    if (status == BKT_OK && target_count > 0)
        status = bkti_targets_check(context, "target", targets, target_count, true);
    if (status == BKT_OK)
        status = bkti_series_reach_together(context, &together, first, second, count, targets,
                                            target_count, out_points, out_reached, out_above,
                                            out_turned, out_opposite);
    if (out_correlation != NULL)
        *out_correlation = status == BKT_OK ? together.correlation : NAN;
    return status;
}
