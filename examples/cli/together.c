/* SPDX-License-Identifier: MIT */
#include "together.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FLOW_COUNT 4
static const char *const flows[FLOW_COUNT] = {"PROJECTED_FIRST", "PROJECTED_SECOND",
                                              "PROJECTED_SUM", "PROJECTED_DIFFERENCE"};
static const char *const flow_heads[FLOW_COUNT] = {"exports", "imports", "turnover", "balance"};

static void print_money(const series *of, const bkt_table *road, const char *id, int64_t row,
                        int width) {
    double number;
    char text[400] = "-";
    if (bkt_column_number_at(bkt_table_column_find(road, id), row, &number))
        money_text(number, of->decimals, text, sizeof text);
    printf(" %*s", width, text);
}

static void print_chance(const bkt_table *road, const char *id, int64_t row, int width) {
    double number;
    char text[64] = "-";
    if (bkt_column_number_at(bkt_table_column_find(road, id), row, &number))
        snprintf(text, sizeof text, "%.1f %%", 100 * number);
    printf(" %*s", width, text);
}

/* Wide enough for all amounts of the columns. */
static int amount_width(const series *of, const bkt_table *road) {
    int width = 10;
    for (size_t i = 0; i < FLOW_COUNT; i++) {
        char text[400];
        money_text(-column_largest(bkt_table_column_find(road, flows[i])), of->decimals, text,
                   sizeof text);
        width = (int)strlen(text) > width ? (int)strlen(text) : width;
    }
    return width;
}

static void print_last(const series *of, const bkt_table *road) {
    const char *exports = bkt_table_property(road, "last_first");
    const char *imports = bkt_table_property(road, "last_second");
    const char *period = bkt_table_property(road, "last_period");
    double sold = strtod(exports != NULL ? exports : "", NULL);
    double bought = strtod(imports != NULL ? imports : "", NULL);
    const double numbers[FLOW_COUNT] = {sold, bought, sold + bought, sold - bought};
    printf("%s%s%s: exports and imports apart and together\n  last values, %s:", of->title,
           of->unit[0] ? ", " : "", of->unit, period != NULL ? period : "?");
    for (size_t i = 0; i < FLOW_COUNT; i++) {
        char text[400];
        money_text(numbers[i], of->decimals, text, sizeof text);
        printf("%s %s %s", i > 0 ? "," : "", flow_heads[i], text);
    }
    printf("\n\n");
}

static void print_head(const series *of, const bkt_target_options *how, int width) {
    int chances = 12 * (int)(how->target_count > 0 ? how->target_count : 1);
    printf("  %-10s %*s", "", (width + 1) * FLOW_COUNT - 1, "projected");
    if (how->target_count > 0)
        printf(" %*s", chances, chances < 20 ? "reached" : "turnover reached");
    printf(" %23s\n  %-10s", "probability: balance", "Period");
    for (size_t i = 0; i < FLOW_COUNT; i++)
        printf(" %*s", width, flow_heads[i]);
    for (uint32_t i = 0; i < how->target_count; i++) {
        char text[400];
        bool is_whole =
            fabs(how->targets[i]) > 1e15 || how->targets[i] == (double)(int64_t)how->targets[i];
        money_text(how->targets[i], is_whole ? 0 : of->decimals, text, sizeof text);
        printf(" %*s", 11, text);
    }
    printf(" %11s %11s\n", "turned", "opposite");
}

static void show(const series *of, const bkt_target_options *how, const bkt_table *road) {
    int width = amount_width(of, road);
    const bkt_column *basis = bkt_table_column_find(road, "BASIS");
    bool is_far = false;
    print_last(of, road);
    print_head(of, how, width);
    for (int64_t row = 0; row < (int64_t)how->horizon; row++) {
        char marked[80];
        const char *rests_on = bkt_column_text_at(basis, row);
        bool is_extrapolated = rests_on != NULL && strcmp(rests_on, "extrapolated") == 0;
        is_far = is_far || is_extrapolated;
        snprintf(marked, sizeof marked, "%s%s",
                 bkt_column_text_at(bkt_table_column_find(road, "TIME_PERIOD"), row),
                 is_extrapolated ? "*" : "");
        printf("  %-10s", marked);
        for (size_t i = 0; i < FLOW_COUNT; i++)
            print_money(of, road, flows[i], row, width);
        for (uint32_t i = 0; i < how->target_count; i++)
            print_chance(road, "PROBABILITY_REACHED", (int64_t)i * how->horizon + row, 11);
        print_chance(road, "PROBABILITY_TURNED", row, 11);
        print_chance(road, "PROBABILITY_OPPOSITE", row, 11);
        printf("\n");
    }
    const char *words = bkt_table_property(road, "probability");
    printf("\n  Turned: the balance had the other sign by then; opposite: it has it in that very "
           "period.\n  Probability: %s.\n",
           words != NULL ? words : "?");
    if (is_far)
        printf("  *: farther ahead than errors were measured: an extrapolation.\n");
}

int32_t together_show_all(session *running, const arguments *given, const series_list *list,
                          const bkt_target_options *how) {
    bkt_table *roads[MOST_SERIES] = {NULL};
    bkt_status status = BKT_OK;
    bool csv = arguments_value(given, "csv") != NULL;
    for (uint32_t i = 0; status == BKT_OK && i < list->count; i++) {
        const series *of = &list->items[i];
        const char *side = strrchr(of->value_id, '_');
        char exports[64];
        char imports[64];
        snprintf(exports, sizeof exports, "EXPORTS%s", side);
        snprintf(imports, sizeof imports, "IMPORTS%s", side);
        status = bkt_target_together(running->context, of->table, exports, imports, how, &roads[i]);
        if (status != BKT_OK || csv)
            continue;
        printf("%s", i > 0 ? "\n" : "");
        show(of, how, roads[i]);
    }
    if (status == BKT_OK && csv)
        status = series_write_csv(running, list, roads);
    for (uint32_t i = 0; i < list->count; i++)
        bkt_table_free(roads[i]);
    return status == BKT_OK ? EXIT_DONE : session_fail(running, status);
}
