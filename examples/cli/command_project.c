/* SPDX-License-Identifier: MIT */
/* bktrade project: where a series goes, with intervals and how well the method did before. */
#include "commands.h"
#include "explain.h"
#include "fan.h"
#include "many.h"
#include "methods.h"
#include "scenario.h"
#include "series.h"
#include "verdict.h"

#include <stdio.h>
#include <string.h>

static const option_spec options[] = {
    {"horizon", "N", "periods ahead, default 10"},
    {"model", "METHOD",
     "automatic (default), naive, seasonal-naive, drift, log-trend, ses, holt, damped-holt, theta, "
     "log-theta, box-cox-theta, dynamic-theta, arima, ces, "
     "delta, rho, card, cardt, break-trend, ets, ets-damped"},
    {"levels", "PERCENTS", "of the intervals, default 80,95"},
    {"explain", NULL, "say in words how the projection came about, and what each method says"},
    {"plot", "FILE", "also draw it as a fan chart (SVG); levels are then 50,80,95 by default"},
    {"history", "N", "past periods shown, default 8"},
    {"csv", NULL, "all periods as CSV"},
    {NULL, NULL, NULL},
};

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
    test.members = how->members;
    test.weights = how->weights;
    test.member_count = how->member_count;
    test.value_id = of->value_id;
    bkt_table *accuracy = NULL;
    bkt_status status = bkt_backtest(running->context, of->table, &test, &accuracy);
    bkt_print_options print;
    bkt_print_options_init(&print, sizeof print);
    print.column_ids = columns;
    print.column_decimals = decimals;
    print.column_count = 8;
    print.flags = BKT_PRINT_PERCENT;
    int64_t all = accuracy == NULL ? 0 : bkt_table_row_count(accuracy) - 1;
    bool has_seasons = of->per_year > 1;
    if (status == BKT_OK && !(verdict_figure(accuracy, "PROJECTIONS", all) > 0.0)) {
        printf("\n  The series is too short for a back-test.\n");
    } else if (status == BKT_OK) {
        printf(
            "\n  Rolling-origin back-test: errors that the method would have made, and beside them "
            "those\n  of the last value%s\n  (scaled error: 1 is the mean change on %s before; "
            "symmetric: 0 to 200 %%):\n\n",
            has_seasons ? ", its season put back if there is one" : "",
            has_seasons ? "the same period of the year" : "the period");
        status = bkt_table_print(running->context, accuracy, &print, session_write, NULL);
    }
    if (status == BKT_OK) {
        printf("\n");
        verdict_print_method(accuracy, all, false);
    }
    bkt_table_free(accuracy);
    return status;
}

/* What is asked for. */
typedef struct request {
    const arguments *given;
    scenarios assumed;
    bkt_projection_options how;
    double levels[MOST_LEVELS];
    combination combined;
    int32_t history;
} request;

static bkt_status show_many(session *running, const series *of, const bkt_table *projection,
                            const bkt_table *compared) {
    bkt_status status = many_print(running, of, projection);
    if (status == BKT_OK && compared != NULL)
        status = scenarios_print(running, of, compared);
    return status;
}

static bkt_status show(session *running, const series *of, const bkt_table *projection,
                       const bkt_table *compared, const request *asked) {
    printf("%s%s%s\n", of->title, of->unit[0] ? ", " : "", of->unit);
    print_property(projection, "method", "method_label");
    print_property(projection, "members", "members");
    print_property(projection, "combined", "combined");
    print_property(projection, "why", "choice");
    print_property(projection, "instead", "fallback");
    print_property(projection, "parameters", "parameters");
    const char *count = bkt_table_property(projection, "count");
    const char *last = bkt_table_property(projection, "last_period");
    printf("  %-12s%s to %s\n\n", "values", count ? count : "?", last ? last : "?");
    bkt_status status = print_projection(running, of, projection, asked->history);
    if (status == BKT_OK && compared != NULL)
        status = scenarios_print(running, of, compared);
    if (status == BKT_OK && arguments_value(asked->given, "explain") != NULL)
        status = explain_print(running, of, projection, &asked->how);
    if (status == BKT_OK)
        status = print_backtest(running, of, &asked->how);
    const char *path = arguments_value(asked->given, "plot");
    if (status == BKT_OK && path != NULL) {
        status = fan_write(running, of, projection, path);
        if (status == BKT_OK)
            printf("\n  wrote %s\n", path);
    }
    return status;
}

/* One chart shows one series, beside the text. */
static bool can_be_told(const request *asked, const bkt_table *projection, uint32_t count) {
    bool plot = arguments_value(asked->given, "plot") != NULL;
    bool is_many = count > 1 || many_is(projection);
    if (plot && is_many)
        fprintf(stderr, "bktrade project: --plot draws one series: choose one with --side or "
                        "--select\n");
    else if (many_is(projection) && arguments_value(asked->given, "explain") != NULL)
        fprintf(stderr, "bktrade project: --explain is of one series: choose one with --select\n");
    else
        return true;
    return false;
}

/* `first`: nothing was printed before. What can fail because of the scenarios fails before that. */
static bkt_status tell(session *running, const series *of, const bkt_table *projection,
                       const request *asked, bool first) {
    bkt_table *compared = NULL;
    bkt_status status = BKT_OK;
    if (scenarios_given(&asked->assumed))
        status = scenarios_project(running, &asked->assumed, of, &asked->how, &compared);
    if (status == BKT_OK && !first)
        printf("\n");
    if (status == BKT_OK)
        status = many_is(projection) ? show_many(running, of, projection, compared)
                                     : show(running, of, projection, compared, asked);
    bkt_table_free(compared);
    return status;
}

static int32_t project_all(session *running, const series_list *list, request *asked) {
    bkt_table *projections[MOST_SERIES] = {NULL};
    bkt_status status = BKT_OK;
    int32_t code = EXIT_DONE;
    bool csv = arguments_value(asked->given, "csv") != NULL;
    bkt_projection_options *how = &asked->how;
    for (uint32_t i = 0; status == BKT_OK && code == EXIT_DONE && i < list->count; i++) {
        const series *of = &list->items[i];
        how->value_id = of->value_id;
        status = csv && scenarios_given(&asked->assumed)
                     ? scenarios_project(running, &asked->assumed, of, how, &projections[i])
                     : bkt_projection(running->context, of->table, how, &projections[i]);
        if (status != BKT_OK || csv)
            continue;
        if (can_be_told(asked, projections[i], list->count))
            status = tell(running, of, projections[i], asked, i == 0);
        else
            code = EXIT_USAGE;
    }
    if (status == BKT_OK && csv)
        status = series_write_csv(running, list, projections);
    for (uint32_t i = 0; i < list->count; i++)
        bkt_table_free(projections[i]);
    return status == BKT_OK ? code : session_fail(running, status);
}

static bool read_method(request *asked) {
    const char *text = arguments_value(asked->given, "model");
    bkt_projection_options *how = &asked->how;
    if (text != NULL && !methods_find("model", text, &how->method))
        return false;
    if (!combination_take(asked->given, &asked->combined))
        return false;
    how->flags |= asked->combined.flags;
    if (asked->combined.member_count == 0)
        return true;
    if (text != NULL) {
        fprintf(stderr, "bktrade project: --model and --members are two ways to say what is to "
                        "project: give one\n");
        return false;
    }
    how->method = BKT_METHOD_COMBINATION;
    how->members = asked->combined.members;
    how->weights = asked->combined.has_weights ? asked->combined.weights : NULL;
    how->member_count = asked->combined.member_count;
    return true;
}

static bool read_options(const arguments *given, request *asked) {
    int32_t horizon = 10;
    bkt_projection_options *how = &asked->how;
    memset(asked, 0, sizeof *asked);
    asked->given = given;
    asked->history = 8;
    bkt_projection_options_init(how, sizeof *how);
    const char *text = arguments_value(given, "history");
    if (text != NULL && !arguments_whole("history", text, 0, 10000, &asked->history))
        return false;
    text = arguments_value(given, "horizon");
    if (text != NULL && !arguments_whole("horizon", text, 1, 10000, &horizon))
        return false;
    how->horizon = (uint32_t)horizon;
    text = arguments_value(given, "levels");
    if (!methods_levels(text, asked->levels, &how->level_count))
        return false;
    how->levels = asked->levels;
    const char *plot = arguments_value(given, "plot");
    if (text == NULL && plot != NULL) {
        how->levels = fan_levels;
        how->level_count = FAN_LEVELS;
    }
    how->flags |= series_flags(given);
    if (plot != NULL && arguments_value(given, "csv") != NULL) {
        fprintf(stderr, "bktrade project: --plot goes with the text, not with --csv\n");
        return false;
    }
    return many_take_threads(given, how) && read_method(asked);
}

static int32_t run(const arguments *given) {
    request asked;
    if (!read_options(given, &asked))
        return EXIT_USAGE;
    session running;
    if (!session_open(&running))
        return EXIT_DATA;
    series_list list = {.count = 0};
    int32_t code = scenarios_take(&running, given, &asked.assumed);
    if (code == EXIT_DONE)
        code = series_read(&running, given, "to", &list);
    if (code == EXIT_DONE)
        code = project_all(&running, &list, &asked);
    if (code == EXIT_DONE)
        session_tell(&running, false);
    series_free(&list);
    scenarios_free(&asked.assumed);
    session_close(&running);
    return code;
}

static const option_spec *const groups[] = {
    options,      combination_options, scenario_options,  many_options,     series_options,
    pair_options, window_options,      structure_options, encoding_options, NULL};

const command_spec command_project = {
    .name = "project",
    .usage = "project FILE... [OPTIONS]",
    .summary = "Projects a series, with intervals and a back-test.",
    .text = "The turnover of a pair as each side reports it (or exports, imports, the balance),\n"
            "or any number column (--value). Every projection comes with 80 % and 95 %\n"
            "intervals and with the errors that the same method made in the past, beside those\n"
            "of simply repeating the last value. --explain says how it came about. --growth and\n"
            "--scenario put beside it what growth that is assumed comes to; with --csv they\n"
            "write that comparison. Of files with several series (--value) all are projected,\n"
            "and it is told which can't be.",
    .groups = groups,
    .examples =
        "  bktrade project blr-kaz.xml --horizon 7\n"
        "  bktrade project blr-kaz.xml --side partner --explain --plot fan.svg\n"
        "  bktrade project blr-kaz.xml --members drift,delta --weights 2,1 --levels 50,90\n"
        "  bktrade project blr-kaz.xml --of exports --side partner --model damped-holt\n"
        "  bktrade project other.xml --value OBS_VALUE --select REF_AREA=BY --csv > out.csv\n"
        "  bktrade project other.xml --structure dsd.xml --value TURNOVER\n"
        "  bktrade project blr-kaz.xml --growth 5% --growth 8%,5%,3% --scenario plan.csv\n"
        "  bktrade project many.xml --value OBS_VALUE --threads 4 --csv > projected.csv\n",
    .run = run,
};
