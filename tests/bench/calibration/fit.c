/* SPDX-License-Identifier: MIT */
#include "fit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define WIDE BKTI_CALIBRATION_FEATURES
/* Of the scale: a smaller error is as good as this one. */
#define LEAST_ERROR 0.02

typedef double equations[WIDE][WIDE + 1];

static void add_equations(const fit_outcome *rows, size_t count, equations sums) {
    for (size_t r = 0; r < count; r++) {
        const double *x = rows[r].features;
        double size = log(fmax(fabs(rows[r].error), LEAST_ERROR));
        for (size_t i = 0; i < WIDE; i++) {
            for (size_t k = 0; k < WIDE; k++)
                sums[i][k] += rows[r].weight * x[i] * x[k];
            sums[i][WIDE] += rows[r].weight * x[i] * size;
        }
    }
}

static void swap_rows(equations sums, size_t i, size_t pivot) {
    for (size_t k = 0; k <= WIDE; k++) {
        double kept = sums[i][k];
        sums[i][k] = sums[pivot][k];
        sums[pivot][k] = kept;
    }
}

static void fit_widths(const fit_outcome *rows, size_t count, double *out_coefficients) {
    equations sums;
    memset(sums, 0, sizeof sums);
    add_equations(rows, count, sums);
    for (size_t i = 0; i < WIDE; i++) {
        size_t pivot = i;
        for (size_t k = i + 1; k < WIDE; k++)
            if (fabs(sums[k][i]) > fabs(sums[pivot][i]))
                pivot = k;
        swap_rows(sums, i, pivot);
        for (size_t k = 0; k < WIDE; k++) {
            double weight = k == i ? 0.0 : sums[k][i] / sums[i][i];
            for (size_t m = i; m <= WIDE; m++)
                sums[k][m] -= weight * sums[i][m];
        }
    }
    for (size_t i = 0; i < WIDE; i++)
        out_coefficients[i] = sums[i][WIDE] / sums[i][i];
}

typedef struct standardised {
    double error;
    double weight;
} standardised;

static int by_error(const void *a, const void *b) {
    double x = ((const standardised *)a)->error;
    double y = ((const standardised *)b)->error;
    return (x > y) - (x < y);
}

/* Of that step and those near it; 0: there are none. */
static size_t fit_quantiles(const fit_outcome *rows, size_t count, uint32_t step,
                            standardised *list, bkti_calibration *calibration) {
    uint32_t near = step / 6 > 1 ? step / 6 : 1;
    size_t used = 0;
    double total = 0.0;
    for (size_t r = 0; r < count; r++) {
        if (rows[r].step + near < step || rows[r].step > step + near)
            continue;
        list[used].error = rows[r].error / bkti_calibration_width(calibration, rows[r].features);
        list[used].weight = rows[r].weight;
        total += list[used++].weight;
    }
    qsort(list, used, sizeof *list, by_error);
    double passed = 0.0;
    size_t at = 0;
    for (size_t level = 0; level < BKTI_CALIBRATION_LEVELS && used > 0; level++) {
        double wanted = bkti_calibration_probabilities[level] * total;
        while (at + 1 < used && passed + list[at].weight / 2.0 < wanted)
            passed += list[at++].weight;
        calibration->quantiles[step - 1][level] = list[at].error;
    }
    return used;
}

void fit_calibration(const fit_outcome *rows, size_t count, uint32_t season_length, uint32_t steps,
                     const double *coefficients, bkti_calibration *out) {
    memset(out, 0, sizeof *out);
    out->season_length = season_length;
    standardised *list = malloc((count + 1) * sizeof *list);
    if (list == NULL)
        abort();
    if (coefficients == NULL)
        fit_widths(rows, count, out->coefficients);
    else
        memcpy(out->coefficients, coefficients, sizeof out->coefficients);
    uint32_t step = 1;
    while (step <= steps && fit_quantiles(rows, count, step, list, out) > 0)
        step++;
    out->steps = step - 1;
    free(list);
}

void fit_score_add(fit_score *sum, const fit_score *score) {
    sum->within80 += score->within80;
    sum->within95 += score->within95;
    sum->rows += score->rows;
    sum->weight80 += score->weight80;
    sum->weight95 += score->weight95;
    sum->msis += score->msis;
    sum->weight += score->weight;
}

void fit_try(const fit_outcome *rows, size_t count, const bkti_calibration *calibration,
             fit_score *score) {
    static const double tails[2] = {0.1, 0.025};
    for (size_t r = 0; r < count; r++) {
        const fit_outcome *row = &rows[r];
        double width = bkti_calibration_width(calibration, row->features);
        double low[2];
        double high[2];
        int within[2];
        for (int i = 0; i < 2; i++) {
            low[i] = width * bkti_calibration_quantile(calibration, row->step, tails[i]);
            high[i] = width * bkti_calibration_quantile(calibration, row->step, 1.0 - tails[i]);
            if (!row->may_be_negative)
                low[i] = fmax(low[i], -row->point);
            within[i] = low[i] <= row->error && row->error <= high[i];
        }
        double outside = fmax(low[1] - row->error, 0.0) + fmax(row->error - high[1], 0.0);
        score->within80 += within[0];
        score->within95 += within[1];
        score->rows += 1.0;
        score->weight80 += row->weight * within[0];
        score->weight95 += row->weight * within[1];
        score->msis += row->weight * (high[1] - low[1] + 40.0 * outside);
        score->weight += row->weight;
    }
}

static void write_numbers(FILE *out, const double *numbers, size_t count, const char *indent) {
    fprintf(out, "{");
    for (size_t i = 0; i < count; i++)
        fprintf(out, "%s%.5g", i == 0 ? "" : i % 8 == 0 ? indent : ", ", numbers[i]);
    fprintf(out, "}");
}

void fit_write(FILE *out, const bkti_calibration *calibration) {
    fprintf(out, "{%u,\n     %u,\n     ", calibration->season_length, calibration->steps);
    write_numbers(out, calibration->coefficients, WIDE, ",\n      ");
    fprintf(out, ",\n     {");
    for (uint32_t step = 0; step < calibration->steps; step++) {
        fprintf(out, "%s", step == 0 ? "" : ",\n      ");
        write_numbers(out, calibration->quantiles[step], BKTI_CALIBRATION_LEVELS, ",\n       ");
    }
    fprintf(out, "}}");
}
