/* SPDX-License-Identifier: MIT */
/* bktrade project: where a series goes, with intervals and how well the method did before. */
#include "commands.h"
#include "many.h"
#include "scenario.h"
#include "series.h"

#include <stdio.h>
#include <string.h>

static const option_spec options[] = {
    {"horizon", "N", "periods ahead, default 10"},
    {"model", "METHOD",
     "automatic (default), naive, seasonal-naive, drift, log-trend, ses, holt, damped-holt, theta, "
     "log-theta, box-cox-theta, dynamic-theta, arima, ces, "
     "delta, rho, card, cardt, break-trend, ets, ets-damped"},
    {"history", "N", "past periods shown, default 8"},
    {"csv", NULL, "all periods as CSV"},
    {NULL, NULL, NULL},
};

static int32_t choose_method(const arguments *given, int32_t *out_method) {
    const char *name = arguments_value(given, "model");
    *out_method = BKT_METHOD_AUTOMATIC;
    if (name == NULL)
        return EXIT_DONE;
    *out_method = bkt_method_find(name);
    if (*out_method != BKT_METHOD_NONE)
        return EXIT_DONE;
    fprintf(stderr, "bktrade: --model does not take '%s'; there are", name);
    for (uint32_t i = 0; i < bkt_method_count(); i++)
        fprintf(stderr, "%s %s", i == 0 ? "" : ",", bkt_method_id(bkt_method_at(i)));
    fprintf(stderr, "\n");
    return EXIT_USAGE;
}

static void print_property(const bkt_table *table, const char *label, const char *name) {
    const char *text = bkt_table_property(table, name);
    if (text != NULL && text[0] != '\0')
        printf("  %-12s%s\n", label, text);
}

/* The newest `history` periods of the past and all projected ones. */
static bkt_status print_projection(session *running, const series *of, const bkt_table *projection,
                                   int32_t history) {
    const bkt_column *period = bkt_table_column_find(projection, "TIME_PERIOD");
    int64_t past = 0;
    int64_t rows = bkt_table_row_count(projection);
    const bkt_column *points = bkt_table_column_find(projection, "PROJECTED");
    while (past < rows && bkt_column_missing_at(points, past) == BKT_MISSING_NOT_APPLICABLE)
        past++;
    bkt_filter *filter = NULL;
    bkt_table *shown = NULL;
    bkt_status status = bkt_filter_new(running->context, &filter);
    if (status == BKT_OK && past > history && history < rows)
        status = bkt_filter_set_periods(filter, bkt_column_text_at(period, past - history), NULL);
    if (status == BKT_OK)
        status = bkt_table_filter(running->context, projection, filter, &shown);
    bkt_print_options print;
    bkt_print_options_init(&print, sizeof print);
    print.thousands = ',';
    print.decimals = of->decimals;
    print.width = session_width();
    if (status == BKT_OK)
        status = bkt_table_print(running->context, shown, &print, session_write, NULL);
    bkt_table_free(shown);
    bkt_filter_free(filter);
    return status;
}

static bkt_status print_backtest(session *running, const series *of,
                                 const bkt_projection_options *how) {
    static const char *const columns[] = {"METHOD", "HORIZON",    "PROJECTIONS", "MASE",
                                          "SMAPE",  "NAIVE_MASE", "NAIVE_SMAPE", "COVERAGE_95"};
    static const int32_t decimals[] = {-1, -1, 0, 2, 1, 2, 1, -1};
    bkt_backtest_options test;
    bkt_backtest_options_init(&test, sizeof test);
    test.methods = &how->method;
    test.flags = how->flags;
    test.method_count = 1;
    test.value_id = of->value_id;
    bkt_table *accuracy = NULL;
    bkt_status status = bkt_backtest(running->context, of->table, &test, &accuracy);
    bkt_print_options print;
    bkt_print_options_init(&print, sizeof print);
    print.column_ids = columns;
    print.column_decimals = decimals;
    print.column_count = 8;
    print.flags = BKT_PRINT_PERCENT;
    if (status == BKT_OK) {
        printf(
            "\n  Rolling-origin back-test: errors that the method would have made, and beside them "
            "those\n  of the last value (scaled error: 1 is the mean change on %s before; "
            "symmetric: 0 to 200 %%):\n\n",
            of->per_year == 1 || of->per_year == 0 ? "the period" : "the same period of the year");
        status = bkt_table_print(running->context, accuracy, &print, session_write, NULL);
    }
    bkt_table_free(accuracy);
    return status;
}

static bkt_status show(session *running, const series *of, const bkt_table *projection,
                       const scenarios *assumed, const bkt_projection_options *how,
                       int32_t history) {
    if (many_is(projection)) {
        bkt_status told = many_print(running, of, projection);
        return told == BKT_OK && scenarios_given(assumed)
                   ? scenarios_print(running, assumed, of, how)
                   : told;
    }
    printf("%s%s%s\n", of->title, of->unit[0] ? ", " : "", of->unit);
    print_property(projection, "method", "method_label");
    print_property(projection, "members", "members");
    print_property(projection, "why", "choice");
    print_property(projection, "instead", "fallback");
    print_property(projection, "parameters", "parameters");
    const char *count = bkt_table_property(projection, "count");
    const char *last = bkt_table_property(projection, "last_period");
    printf("  %-12s%s to %s\n\n", "values", count ? count : "?", last ? last : "?");
    bkt_status status = print_projection(running, of, projection, history);
    if (status == BKT_OK && scenarios_given(assumed))
        status = scenarios_print(running, assumed, of, how);
    if (status == BKT_OK)
        status = print_backtest(running, of, how);
    return status;
}

static int32_t project_all(session *running, const arguments *given, const series_list *list,
                           const scenarios *assumed, bkt_projection_options *how, int32_t history) {
    bkt_table *projections[MOST_SERIES] = {NULL};
    bkt_status status = BKT_OK;
    bool csv = arguments_value(given, "csv") != NULL;
    for (uint32_t i = 0; status == BKT_OK && i < list->count; i++) {
        how->value_id = list->items[i].value_id;
        status = csv && scenarios_given(assumed)
                     ? scenarios_project(running, assumed, &list->items[i], how, &projections[i])
                     : bkt_projection(running->context, list->items[i].table, how, &projections[i]);
        if (status != BKT_OK || csv)
            continue;
        if (i > 0)
            printf("\n");
        status = show(running, &list->items[i], projections[i], assumed, how, history);
    }
    if (status == BKT_OK && csv)
        status = series_write_csv(running, list, projections);
    for (uint32_t i = 0; i < list->count; i++)
        bkt_table_free(projections[i]);
    return status == BKT_OK ? EXIT_DONE : session_fail(running, status);
}

static int32_t run(const arguments *given) {
    bkt_projection_options how;
    bkt_projection_options_init(&how, sizeof how);
    int32_t history = 8, horizon = 10;
    const char *text = arguments_value(given, "history");
    if (text != NULL && !arguments_whole("history", text, 0, 10000, &history))
        return EXIT_USAGE;
    text = arguments_value(given, "horizon");
    if (text != NULL && !arguments_whole("horizon", text, 1, 10000, &horizon))
        return EXIT_USAGE;
    how.horizon = (uint32_t)horizon;
    int32_t code = choose_method(given, &how.method);
    if (code != EXIT_DONE)
        return code;
    const char *of = arguments_value(given, "of");
    if (of != NULL && strcmp(of, "balance") == 0)
        how.flags |= BKT_PROJECTION_NO_FLOOR;
    if (!many_take_threads(given, &how))
        return EXIT_USAGE;
    session running;
    if (!session_open(&running))
        return EXIT_DATA;
    scenarios assumed;
    series_list list = {.count = 0};
    code = scenarios_take(&running, given, &assumed);
    if (code == EXIT_DONE)
        code = series_read(&running, given, "to", &list);
    if (code == EXIT_DONE)
        code = project_all(&running, given, &list, &assumed, &how, history);
    if (code == EXIT_DONE)
        session_tell(&running, false);
    series_free(&list);
    scenarios_free(&assumed);
    session_close(&running);
    return code;
}

static const option_spec *const groups[] = {options,           scenario_options, many_options,
                                            series_options,    pair_options,     window_options,
                                            structure_options, encoding_options, NULL};

const command_spec command_project = {
    .name = "project",
    .usage = "project FILE... [OPTIONS]",
    .summary = "Projects a series, with intervals and a back-test.",
    .text = "The turnover of a pair as each side reports it (or exports, imports, the balance),\n"
            "or any number column (--value). Every projection comes with 80 % and 95 %\n"
            "intervals and with the errors that the same method made in the past, beside those\n"
            "of simply repeating the last value. --growth and --scenario put beside it what\n"
            "growth that is assumed comes to; with --csv they write that comparison. Of files\n"
            "with several series (--value) all are projected, and it is told which can't be.",
    .groups = groups,
    .examples =
        "  bktrade project blr-kaz.xml --horizon 7\n"
        "  bktrade project blr-kaz.xml --of exports --side partner --model damped-holt\n"
        "  bktrade project other.xml --value OBS_VALUE --select REF_AREA=BY --csv > out.csv\n"
        "  bktrade project other.xml --structure dsd.xml --value TURNOVER\n"
        "  bktrade project blr-kaz.xml --growth 5% --growth 8%,5%,3% --scenario plan.csv\n"
        "  bktrade project many.xml --value OBS_VALUE --threads 4 --csv > projected.csv\n",
    .run = run,
};
