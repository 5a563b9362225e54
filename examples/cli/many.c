/* SPDX-License-Identifier: MIT */
#include "many.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_KEYS = 64 };

const option_spec many_options[] = {
    {"threads", "N", "threads that may be at work where there are several series, default 1"},
    {NULL, NULL, NULL},
};

bool many_take_threads(const arguments *given, bkt_projection_options *how) {
    int32_t threads = 1;
    const char *text = arguments_value(given, "threads");
    if (text != NULL && !arguments_whole("threads", text, 1, 64, &threads))
        return false;
    how->threads = (uint32_t)threads;
    return true;
}

bool many_is(const bkt_table *projection) {
    return bkt_table_property(projection, "series_count") != NULL;
}

static uint32_t find_keys(const bkt_table *projection, const char **keys) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < bkt_table_column_count(projection) && count < MOST_KEYS; i++) {
        const bkt_column *column = bkt_table_column_at(projection, i);
        if (bkt_column_role(column) == BKT_ROLE_DIMENSION)
            keys[count++] = bkt_column_id(column);
    }
    return count;
}

/* The first of all periods ahead; NULL: no series is projected. */
static const char *first_ahead(const bkt_table *projection) {
    const bkt_column *periods = bkt_table_column_find(projection, "TIME_PERIOD");
    const bkt_column *points = bkt_table_column_find(projection, "PROJECTED");
    const char *first = NULL;
    int32_t first_day = 0;
    double point;
    for (int64_t row = 0; row < bkt_table_row_count(projection); row++) {
        const char *text = bkt_column_text_at(periods, row);
        int32_t frequency, day;
        int64_t ordinal;
        if (text != NULL && bkt_column_number_at(points, row, &point) &&
            bkt_period_parse(text, strlen(text), &frequency, &ordinal) == BKT_OK &&
            bkt_period_start_day(frequency, ordinal, &day) == BKT_OK &&
            (first == NULL || day < first_day)) {
            first = text;
            first_day = day;
        }
    }
    return first;
}

static bkt_status print_points(session *running, const series *of, const bkt_table *projection,
                               const char *const *keys, uint32_t key_count) {
    const char *first = first_ahead(projection);
    if (first == NULL)
        return BKT_OK;
    bkt_filter *filter = NULL;
    bkt_table *ahead = NULL;
    bkt_table *wide = NULL;
    bkt_status status = bkt_filter_new(running->context, &filter);
    if (status == BKT_OK)
        status = bkt_filter_set_periods(filter, first, NULL);
    if (status == BKT_OK)
        status = bkt_table_filter(running->context, projection, filter, &ahead);
    if (status == BKT_OK)
        status = bkt_table_pivot(running->context, ahead, keys, key_count, "TIME_PERIOD",
                                 "PROJECTED", NULL, &wide);
    bkt_print_options print;
    bkt_print_options_init(&print, sizeof print);
    print.thousands = ',';
    print.decimals = of->decimals;
    print.width = session_width();
    if (status == BKT_OK)
        status = bkt_table_print(running->context, wide, &print, session_write, NULL);
    bkt_table_free(wide);
    bkt_table_free(ahead);
    bkt_filter_free(filter);
    return status;
}

static void print_problems(const bkt_table *projection, const char *const *keys,
                           uint32_t key_count) {
    const bkt_column *problems = bkt_table_column_find(projection, "PROBLEM");
    const bkt_column *points = bkt_table_column_find(projection, "PROJECTED");
    bool told = false; /* the series of the rows at hand */
    for (int64_t row = 0; row < bkt_table_row_count(projection); row++) {
        const char *problem = bkt_column_text_at(problems, row);
        bool is_history = bkt_column_missing_at(points, row) == BKT_MISSING_NOT_APPLICABLE;
        if (problem == NULL || is_history || told) {
            told = told && problem != NULL && !is_history;
            continue;
        }
        printf("  not projected: ");
        for (uint32_t i = 0; i < key_count; i++) {
            const char *code = bkt_column_text_at(bkt_table_column_find(projection, keys[i]), row);
            printf("%s%s", i > 0 ? "." : "", code == NULL ? "" : code);
        }
        printf(": %s\n", problem);
        /* A series that was read has a row a period ahead, one that wasn't has this row alone. */
        told = bkt_column_text_at(bkt_table_column_find(projection, "TIME_PERIOD"), row) != NULL;
    }
}

bkt_status many_print(session *running, const series *of, const bkt_table *projection) {
    const char *keys[MOST_KEYS];
    uint32_t key_count = find_keys(projection, keys);
    printf("%s%s%s\n  %-12s%s, %s of them projected\n\n", of->title, of->unit[0] ? ", " : "",
           of->unit, "series", bkt_table_property(projection, "series_count"),
           bkt_table_property(projection, "projected_count"));
    bkt_status status = print_points(running, of, projection, keys, key_count);
    if (status == BKT_OK)
        print_problems(projection, keys, key_count);
    return status;
}
