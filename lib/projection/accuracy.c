/* SPDX-License-Identifier: MIT */
/* Measures of accuracy as the M4 competition defines them: of comparisons, and of series pooled. */
#include "bkti_backtest.h"

#include <math.h>

static size_t row_count(const bkti_settings *settings) {
    return (size_t)settings->horizon + 1;
}

bool bkti_accuracy_take(bkti_workspace *workspace, const bkti_settings *settings,
                        bkti_accuracy *out_accuracy) {
    size_t rows = row_count(settings);
    size_t levels = rows * settings->level_count;
    bkti_accuracy a = {bkti_workspace_take(workspace, rows * BKT_ACCURACY_WIDTH),
                       bkti_workspace_take(workspace, rows * BKT_ACCURACY_WIDTH),
                       bkti_workspace_take(workspace, levels),
                       bkti_workspace_take(workspace, levels),
                       bkti_workspace_take(workspace, levels)};
    *out_accuracy = a;
    if (a.own == NULL || a.naive == NULL || a.inside == NULL || a.bounded == NULL || a.msis == NULL)
        return false;
    bkti_accuracy_clear(settings, out_accuracy);
    return true;
}

static void zero(double *numbers, size_t count) {
    for (size_t i = 0; i < count; i++)
        numbers[i] = 0.0;
}

void bkti_accuracy_clear(const bkti_settings *settings, bkti_accuracy *accuracy) {
    size_t rows = row_count(settings);
    zero(accuracy->own, rows * BKT_ACCURACY_WIDTH);
    zero(accuracy->naive, rows * BKT_ACCURACY_WIDTH);
    zero(accuracy->inside, rows * settings->level_count);
    zero(accuracy->bounded, rows * settings->level_count);
    zero(accuracy->msis, rows * settings->level_count);
}

static void add_error(const bkti_comparison *c, double projected, double *row) {
    double actual = c->actual * c->factor;
    double error = fabs(actual - projected * c->factor);
    double size = fabs(actual) + fabs(projected * c->factor);
    row[BKT_ACCURACY_COUNT] += 1.0;
    row[BKT_ACCURACY_MAE] += error;
    row[BKT_ACCURACY_RMSE] += error * error;
    row[BKT_ACCURACY_MAPE] += actual == 0.0 ? NAN : 100.0 * error / fabs(actual);
    row[BKT_ACCURACY_SMAPE] += size == 0.0 ? 0.0 : 200.0 * error / size;
    row[BKT_ACCURACY_MASE] += c->scale > 0.0 ? error / c->scale : NAN;
}

/* Gneiting & Raftery's interval score in units of the scale. */
static double interval_score(const bkti_comparison *c, double level, double low, double high) {
    double penalty = 2.0 / (1.0 - level);
    double actual = c->actual * c->factor;
    double score = (high - low) * c->factor;
    if (actual < low * c->factor)
        score += penalty * (low * c->factor - actual);
    if (actual > high * c->factor)
        score += penalty * (actual - high * c->factor);
    return c->scale > 0.0 ? score / c->scale : NAN;
}

static void add_bounds(const bkti_settings *settings, const bkti_comparison *c, size_t row,
                       bkti_accuracy *accuracy) {
    for (uint32_t i = 0; i < settings->level_count; i++) {
        double low = c->lower[(size_t)i * settings->horizon];
        double high = c->upper[(size_t)i * settings->horizon];
        size_t cell = row * settings->level_count + i;
        if (isnan(low) || isnan(high))
            continue;
        accuracy->bounded[cell] += 1.0;
        if (low <= c->actual && c->actual <= high)
            accuracy->inside[cell] += 1.0;
        accuracy->msis[cell] += interval_score(c, settings->levels[i], low, high);
    }
}

void bkti_accuracy_add(const bkti_settings *settings, const bkti_comparison *comparison,
                       bkti_accuracy *accuracy) {
    size_t rows[2] = {0, comparison->step};
    for (int i = 0; i < 2; i++) {
        size_t first = rows[i] * BKT_ACCURACY_WIDTH;
        add_error(comparison, comparison->projected, accuracy->own + first);
        add_error(comparison, comparison->naive, accuracy->naive + first);
        add_bounds(settings, comparison, rows[i], accuracy);
    }
}

static double tidy(double number) {
    return isfinite(number) ? number : NAN;
}

/* Relative to naive 2, whose own is 1. */
static double overall_average(const double *own, const double *naive) {
    return tidy(0.5 * (own[BKT_ACCURACY_SMAPE] / naive[BKT_ACCURACY_SMAPE] +
                       own[BKT_ACCURACY_MASE] / naive[BKT_ACCURACY_MASE]));
}

static void finish_row(double *row, double factor) {
    double n = row[BKT_ACCURACY_COUNT];
    row[BKT_ACCURACY_MAE] = tidy(row[BKT_ACCURACY_MAE] / n / factor);
    row[BKT_ACCURACY_RMSE] = tidy(sqrt(row[BKT_ACCURACY_RMSE] / n) / factor);
    row[BKT_ACCURACY_MAPE] = tidy(row[BKT_ACCURACY_MAPE] / n);
    row[BKT_ACCURACY_SMAPE] = tidy(row[BKT_ACCURACY_SMAPE] / n);
    row[BKT_ACCURACY_MASE] = tidy(row[BKT_ACCURACY_MASE] / n);
}

static void finish_overall(const bkti_settings *settings, bkti_accuracy *accuracy) {
    for (size_t row = 0; row < row_count(settings); row++) {
        double *own = accuracy->own + row * BKT_ACCURACY_WIDTH;
        double *naive = accuracy->naive + row * BKT_ACCURACY_WIDTH;
        own[BKT_ACCURACY_OWA] = overall_average(own, naive);
        naive[BKT_ACCURACY_OWA] = overall_average(naive, naive);
    }
}

void bkti_accuracy_finish(const bkti_settings *settings, double factor, bkti_accuracy *accuracy) {
    for (size_t row = 0; row < row_count(settings); row++) {
        finish_row(accuracy->own + row * BKT_ACCURACY_WIDTH, factor);
        finish_row(accuracy->naive + row * BKT_ACCURACY_WIDTH, factor);
    }
    finish_overall(settings, accuracy);
    for (size_t i = 0; i < row_count(settings) * settings->level_count; i++)
        accuracy->msis[i] = tidy(accuracy->msis[i] / accuracy->bounded[i]);
}

bool bkti_accuracy_pool_take(bkti_workspace *workspace, const bkti_settings *settings,
                             bkti_accuracy_pool *out_pool) {
    size_t rows = row_count(settings);
    bool taken = bkti_accuracy_take(workspace, settings, &out_pool->sums);
    out_pool->series = bkti_workspace_take(workspace, rows);
    out_pool->scored = bkti_workspace_take(workspace, rows * settings->level_count);
    if (!taken || out_pool->series == NULL || out_pool->scored == NULL)
        return false;
    zero(out_pool->series, rows);
    zero(out_pool->scored, rows * settings->level_count);
    return true;
}

/* Only what can be compared with naive 2 in both measures, so that all means are over the same
 * series: the competition leaves constant ones out. */
static bool can_be_pooled(const double *own, const double *naive) {
    return !isnan(own[BKT_ACCURACY_SMAPE]) && !isnan(own[BKT_ACCURACY_MASE]) &&
           !isnan(naive[BKT_ACCURACY_SMAPE]) && !isnan(naive[BKT_ACCURACY_MASE]);
}

void bkti_accuracy_pool_add(const bkti_settings *settings, const bkti_accuracy *accuracy,
                            bkti_accuracy_pool *pool) {
    for (size_t row = 0; row < row_count(settings); row++) {
        size_t first = row * BKT_ACCURACY_WIDTH;
        if (!can_be_pooled(accuracy->own + first, accuracy->naive + first))
            continue;
        pool->series[row] += 1.0;
        for (size_t i = 0; i < BKT_ACCURACY_WIDTH; i++) {
            pool->sums.own[first + i] += accuracy->own[first + i];
            pool->sums.naive[first + i] += accuracy->naive[first + i];
        }
        for (size_t i = 0; i < settings->level_count; i++) {
            size_t cell = row * settings->level_count + i;
            pool->sums.inside[cell] += accuracy->inside[cell];
            pool->sums.bounded[cell] += accuracy->bounded[cell];
            if (isnan(accuracy->msis[cell]))
                continue;
            pool->sums.msis[cell] += accuracy->msis[cell];
            pool->scored[cell] += 1.0;
        }
    }
}

void bkti_accuracy_pool_finish(const bkti_settings *settings, bkti_accuracy_pool *pool) {
    for (size_t row = 0; row < row_count(settings); row++) {
        for (size_t i = BKT_ACCURACY_MAE; i < BKT_ACCURACY_WIDTH; i++) {
            size_t cell = row * BKT_ACCURACY_WIDTH + i;
            /* Errors in the series' own units have no mean. */
            bool has_unit = i == BKT_ACCURACY_MAE || i == BKT_ACCURACY_RMSE;
            double count = has_unit ? NAN : pool->series[row];
            pool->sums.own[cell] = tidy(pool->sums.own[cell] / count);
            pool->sums.naive[cell] = tidy(pool->sums.naive[cell] / count);
        }
    }
    finish_overall(settings, &pool->sums);
    for (size_t i = 0; i < row_count(settings) * settings->level_count; i++)
        pool->sums.msis[i] = tidy(pool->sums.msis[i] / pool->scored[i]);
}
