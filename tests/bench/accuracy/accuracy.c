/* SPDX-License-Identifier: MIT */
/* Accuracy of the projection methods on public forecasting competitions, by the definitions of the
 * M4 competition, beside naive2 (the last value of the seasonally adjusted series).
 *
 *   bench-accuracy FOLDER [LENGTH]
 *
 * FOLDER holds m1.tsv.gz, m3.tsv.gz and tourism.tsv.gz: one series a line, tab-separated id, set,
 * period (yearly, quarterly, monthly, other), horizon, kind, training values and test values
 * (comma-separated). With LENGTH only the last so many training values are used. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <bktrade/projection.h>
#include <zlib.h>

#define LINE_SIZE     65536
#define VALUE_LIMIT   2000
#define HORIZON_LIMIT 48

typedef struct candidate {
    const char *name;
    int32_t method;
    uint32_t flags;
} candidate;

static const candidate candidates[] = {
    {"naive2", BKT_METHOD_NAIVE, 0},
    {"drift", BKT_METHOD_DRIFT, 0},
    {"log-trend", BKT_METHOD_LOG_TREND, 0},
    {"holt", BKT_METHOD_HOLT, 0},
    {"damped-holt", BKT_METHOD_DAMPED_HOLT, 0},
    {"seasonal-naive", BKT_METHOD_SEASONAL_NAIVE, 0},
    {"ses", BKT_METHOD_SES, 0},
    {"theta", BKT_METHOD_THETA, 0},
    {"log-theta", BKT_METHOD_LOG_THETA, 0},
    {"box-cox-theta", BKT_METHOD_BOX_COX_THETA, 0},
    {"dynamic-theta", BKT_METHOD_DYNAMIC_THETA, 0},
    {"ces", BKT_METHOD_CES, 0},
    {"arima", BKT_METHOD_ARIMA, 0},
    {"break-trend", BKT_METHOD_BREAK_TREND, 0},
    {"delta", BKT_METHOD_DELTA, 0},
    {"rho", BKT_METHOD_RHO, 0},
    {"card", BKT_METHOD_CARD, 0},
    {"cardt", BKT_METHOD_CARDT, 0},
    {"ets", BKT_METHOD_ETS, 0},
    {"ets-damped", BKT_METHOD_ETS_DAMPED, 0},
    {"automatic", BKT_METHOD_AUTOMATIC, 0},
    {"automatic, normal bounds", BKT_METHOD_AUTOMATIC, BKT_PROJECTION_NORMAL},
};
#define CANDIDATES (sizeof candidates / sizeof candidates[0])

static const char *const periods[] = {"yearly", "quarterly", "monthly", "other"};
static const uint32_t season_lengths[] = {1, 4, 12, 1};
#define PERIODS (sizeof periods / sizeof periods[0])

typedef struct series {
    double training[VALUE_LIMIT];
    double test[HORIZON_LIMIT];
    int64_t training_count;
    uint32_t test_count;
    size_t period;
} series;

/* Sums over series. */
typedef struct score {
    double smape;
    double mase;
    double msis;
    double within80;
    double within95;
    double seconds;
    long series;
    long points;
} score;

static uint32_t read_values(const char *text, double *values, uint32_t capacity) {
    uint32_t count = 0;
    while (*text != '\0' && *text != '\n' && count < capacity) {
        char *after;
        values[count++] = strtod(text, &after);
        if (after == text)
            break;
        text = *after == ',' ? after + 1 : after;
    }
    return count;
}

/* Cuts a line in place; false for a line that is no series. */
static int read_series(char *line, series *out) {
    char *fields[7];
    uint32_t count = 0;
    for (char *field = line; field != NULL && count < 7;) {
        fields[count++] = field;
        field = strchr(field, '\t');
        if (field != NULL)
            *field++ = '\0';
    }
    if (count < 7)
        return 0;
    out->period = PERIODS;
    for (size_t i = 0; i < PERIODS; i++)
        if (strcmp(fields[2], periods[i]) == 0)
            out->period = i;
    out->training_count = read_values(fields[5], out->training, VALUE_LIMIT);
    out->test_count = read_values(fields[6], out->test, HORIZON_LIMIT);
    return out->period < PERIODS && out->training_count > 0 && out->test_count > 0;
}

static double scale_of(const double *values, int64_t count, int64_t length) {
    double sum = 0.0;
    for (int64_t t = length; t < count; t++)
        sum += fabs(values[t] - values[t - length]);
    return count > length ? sum / (double)(count - length) : 0.0;
}

static int run(bkt_context *context, const candidate *who, const series *s, const double *training,
               int64_t count, double scale, score *total) {
    bkt_projection_options options;
    double points[HORIZON_LIMIT];
    double lower[2 * HORIZON_LIMIT];
    double upper[2 * HORIZON_LIMIT];
    uint32_t n = s->test_count;
    bkt_projection_options_init(&options, sizeof options);
    options.method = who->method;
    options.flags = who->flags;
    options.horizon = n;
    options.season_length = season_lengths[s->period];
    clock_t start = clock();
    bkt_status status =
        bkt_series_project(context, training, count, &options, points, lower, upper, NULL);
    total->seconds += (double)(clock() - start) / CLOCKS_PER_SEC;
    if (status != BKT_OK) {
        fprintf(stderr, "%s: %s\n", who->name, bkt_context_error_text(context));
        return 0;
    }
    double smape = 0.0, error = 0.0, width = 0.0;
    for (uint32_t h = 0; h < n; h++) {
        double y = s->test[h];
        double low = lower[n + h];
        double high = upper[n + h];
        smape += 200.0 * fabs(y - points[h]) / (fabs(y) + fabs(points[h])) / n;
        error += fabs(y - points[h]) / n;
        width += (high - low + 40.0 * fmax(low - y, 0.0) + 40.0 * fmax(y - high, 0.0)) / n;
        total->within80 += lower[h] <= y && y <= upper[h];
        total->within95 += low <= y && y <= high;
    }
    total->smape += smape;
    total->mase += error / scale;
    total->msis += width / scale;
    total->points += n;
    total->series++;
    return 1;
}

static void print_scores(const char *set, size_t period, const score *scores) {
    if (scores[0].series == 0)
        return;
    printf("\n%s %s, %ld series\n%-26s %8s %7s %6s %6s %6s %8s %10s\n", set, periods[period],
           scores[0].series, "method", "sMAPE", "MASE", "OWA", "in 80%", "in 95%", "MSIS",
           "s/1000");
    for (size_t i = 0; i < CANDIDATES; i++) {
        double n = (double)scores[i].series;
        double points = (double)scores[i].points;
        double owa = (scores[i].smape / scores[0].smape + scores[i].mase / scores[0].mase) / 2.0;
        printf("%-26s %8.3f %7.3f %6.3f %6.3f %6.3f %8.2f %10.4f\n", candidates[i].name,
               scores[i].smape / n, scores[i].mase / n, owa, scores[i].within80 / points,
               scores[i].within95 / points, scores[i].msis / n, 1000.0 * scores[i].seconds / n);
    }
}

static int measure(bkt_context *context, const char *folder, const char *file, const char *set,
                   int64_t length) {
    static char line[LINE_SIZE];
    static series s;
    static score scores[PERIODS][CANDIDATES];
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, file);
    gzFile input = gzopen(path, "rb");
    if (input == NULL) {
        printf("%s is not there: nothing measured for it\n", path);
        return 1;
    }
    memset(scores, 0, sizeof scores);
    int good = 1;
    while (gzgets(input, line, sizeof line) != NULL) {
        if (!read_series(line, &s))
            continue;
        int64_t count = s.training_count;
        if (length > 0 && count > length)
            count = length;
        const double *training = s.training + (s.training_count - count);
        double scale = scale_of(training, count, season_lengths[s.period]);
        if (!(scale > 0.0))
            continue;
        for (size_t i = 0; i < CANDIDATES; i++)
            good &= run(context, &candidates[i], &s, training, count, scale, &scores[s.period][i]);
    }
    gzclose(input);
    for (size_t i = 0; i < PERIODS; i++)
        print_scores(set, i, scores[i]);
    return good;
}

int main(int argc, char **argv) {
    if (argc < 2) {
        printf("no folder with m1.tsv.gz, m3.tsv.gz and tourism.tsv.gz was given: nothing "
               "measured\nusage: bench-accuracy FOLDER [LENGTH]\n");
        return 0;
    }
    int64_t length = argc > 2 ? strtoll(argv[2], NULL, 10) : 0;
    bkt_context *context;
    if (bkt_context_new(NULL, &context) != BKT_OK)
        return 1;
    int good = measure(context, argv[1], "m1.tsv.gz", "M1", length);
    good &= measure(context, argv[1], "m3.tsv.gz", "M3", length);
    good &= measure(context, argv[1], "tourism.tsv.gz", "Tourism", length);
    bkt_context_free(context);
    return good ? 0 : 1;
}
