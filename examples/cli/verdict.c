/* SPDX-License-Identifier: MIT */
#include "verdict.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Below so many comparisons a difference of a tenth is as likely chance as not. */
#define FEW 30

double verdict_figure(const bkt_table *summary, const char *id, int64_t row) {
    double number = NAN;
    const bkt_column *column = bkt_table_column_find(summary, id);
    if (column == NULL || bkt_column_number_at(column, row, &number) == 0)
        return NAN;
    return number;
}

static const char *label_of(const bkt_table *summary, int64_t row) {
    return bkt_method_label(
        bkt_method_find(bkt_column_text_at(bkt_table_column_find(summary, "METHOD"), row)));
}

/* The first row that counts: that of the one series, or of all of them, which come last. */
static int64_t first_row(const bkt_table *summary, bool pooled) {
    const int32_t *methods = bkt_column_codes_view(bkt_table_column_find(summary, "METHOD"));
    int64_t row = bkt_table_row_count(summary) - 1;
    while (pooled && row > 0 && methods[row - 1] != methods[bkt_table_row_count(summary) - 1])
        row--;
    return pooled ? row : 0;
}

/* "12 % smaller", "3 % larger", "the same". */
static void print_share(double ratio) {
    if (fabs(ratio - 1.0) < 0.0005)
        printf("the same");
    else
        printf("%.1f %% %s", 100.0 * fabs(ratio - 1.0), ratio < 1.0 ? "smaller" : "larger");
}

static void print_best(const bkt_table *summary, bool pooled) {
    int64_t best = -1;
    int ranked = 0;
    for (int64_t row = first_row(summary, pooled); row < bkt_table_row_count(summary); row++) {
        double own = verdict_figure(summary, "OWA", row);
        if (isnan(own))
            continue;
        ranked++;
        if (best < 0 || own < verdict_figure(summary, "OWA", best))
            best = row;
    }
    if (best < 0 && !(verdict_figure(summary, "PROJECTIONS", first_row(summary, pooled)) > 0.0))
        printf("  There is nothing to compare: too few values come before and after any origin "
               "(--training).\n");
    else if (best < 0)
        printf("  No method can be ranked by OWA: the past never changed, is no longer than a "
               "season,\n  or the last value was never wrong.\n");
    else if (ranked > 1)
        printf("  Best of %d by OWA: %s, %.3f (the last value with its season put back: 1).\n",
               ranked, label_of(summary, best), verdict_figure(summary, "OWA", best));
}

static void print_coverage(const bkt_table *summary, int64_t row) {
    const bkt_column *column = bkt_table_column_find(summary, "COVERAGE_95");
    double share;
    if (column != NULL && bkt_column_number_at(column, row, &share) != 0)
        printf("  Its 95 %% intervals held %.0f %% of what came.\n", 100.0 * share);
}

void verdict_print_method(const bkt_table *summary, int64_t row, bool pooled) {
    double ratio = verdict_figure(summary, "RELATIVE_MAE", row);
    const char *measure = "mean absolute error";
    if (pooled) {
        ratio = verdict_figure(summary, "MASE", row) / verdict_figure(summary, "NAIVE_MASE", row);
        measure = "mean absolute scaled error";
    }
    if (isnan(ratio) || isinf(ratio))
        return;
    printf("  %s: it %s: its %s is ", label_of(summary, row),
           ratio < 0.9995    ? "beats the last value"
           : ratio <= 1.0005 ? "is as good as the last value"
                             : "does not beat the last value",
           measure);
    print_share(ratio);
    printf(".\n");
    print_coverage(summary, row);
}

void verdict_print(const bkt_table *summary, bool pooled) {
    const bkt_column *method = bkt_table_column_find(summary, "METHOD");
    printf("\n");
    print_best(summary, pooled);
    double compared = NAN;
    for (int64_t row = first_row(summary, pooled); row < bkt_table_row_count(summary); row++) {
        compared = verdict_figure(summary, "PROJECTIONS", row);
        if (strcmp(bkt_column_text_at(method, row), "automatic") == 0)
            verdict_print_method(summary, row, pooled);
    }
    if (compared > 0.0 && compared < FEW)
        printf("  Only %.0f comparisons: small differences may be chance.\n", compared);
}
