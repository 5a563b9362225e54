/* SPDX-License-Identifier: MIT */
/* bktrade backtest: which method would have been right in the past, and how far intervals held. */
#include "commands.h"
#include "methods.h"
#include "series.h"
#include "verdict.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const option_spec options[] = {
    {"methods", "METHODS",
     "such as automatic,drift,ets, or all; default automatic, naive, drift, damped-holt, theta, "
     "delta, ets"},
    {"horizon", "N", "steps ahead that are tested, default 3"},
    {"origins", "N", "at most so many origins, the latest ones; default 100"},
    {"step", "N", "values from one origin to the next, default 1"},
    {"training", "N", "values that the first origin has at least; default half of them, but 5"},
    {"levels", "PERCENTS", "of the intervals, default 80,95"},
    {"csv", NULL, "all measures, also by steps ahead, as CSV"},
    {NULL, NULL, NULL},
};

/* What the command line asks for. */
typedef struct plan {
    bkt_backtest_options how;
    int32_t methods[MOST_METHODS];
    double levels[MOST_LEVELS];
    combination combined;
} plan;

static bool take_number(const arguments *given, const char *option, uint32_t *number) {
    const char *text = arguments_value(given, option);
    int32_t found = 0;
    if (text == NULL)
        return true;
    if (!arguments_whole(option, text, 1, 10000, &found))
        return false;
    *number = (uint32_t)found;
    return true;
}

static bool take_methods(const arguments *given, plan *asked) {
    static const char usual[] = "automatic,naive,drift,damped-holt,theta,delta,ets";
    const char *text = arguments_value(given, "methods");
    uint32_t *count = &asked->how.method_count;
    bool all = text != NULL && strcmp(text, "all") == 0;
    for (uint32_t i = 0; all && i < bkt_method_count() && *count < MOST_METHODS - 1; i++)
        if (bkt_method_at(i) != BKT_METHOD_COMBINATION)
            asked->methods[(*count)++] = bkt_method_at(i);
    if (!all && !methods_list("methods", text == NULL ? usual : text, asked->methods,
                              MOST_METHODS - 1, count))
        return false;
    if (!combination_take(given, &asked->combined))
        return false;
    if (asked->combined.member_count > 0)
        asked->methods[(*count)++] = BKT_METHOD_COMBINATION;
    return true;
}

static bool read_plan(const arguments *given, plan *asked) {
    memset(asked, 0, sizeof *asked);
    bkt_backtest_options *how = &asked->how;
    bkt_backtest_options_init(how, sizeof *how);
    if (!take_number(given, "horizon", &how->horizon) ||
        !take_number(given, "origins", &how->origin_limit) ||
        !take_number(given, "step", &how->origin_step) ||
        !take_number(given, "training", &how->training) || !take_methods(given, asked) ||
        !methods_levels(arguments_value(given, "levels"), asked->levels, &how->level_count))
        return false;
    how->methods = asked->methods;
    how->levels = asked->levels;
    how->members = asked->combined.members;
    how->weights = asked->combined.has_weights ? asked->combined.weights : NULL;
    how->member_count = asked->combined.member_count;
    how->flags |= asked->combined.flags;
    how->flags |= series_flags(given);
    return true;
}

/* The rows of all steps together. */
static bkt_status take_summary(session *running, const bkt_table *accuracy, bkt_table **out) {
    static const char *const all[] = {"all"};
    bkt_filter *filter = NULL;
    bkt_status status = bkt_filter_new(running->context, &filter);
    if (status == BKT_OK)
        status = bkt_filter_add_codes(filter, "HORIZON", all, 1);
    if (status == BKT_OK)
        status = bkt_table_filter(running->context, accuracy, filter, out);
    bkt_filter_free(filter);
    return status;
}

static void print_options(bkt_print_options *print) {
    bkt_print_options_init(print, sizeof *print);
    print->flags = BKT_PRINT_PERCENT | BKT_PRINT_IDS;
    print->thousands = ',';
    print->width = session_width();
}

/* Columns of the key, which come first. */
static uint32_t count_keys(const bkt_table *accuracy) {
    uint32_t count = 0;
    while (strcmp(bkt_column_id(bkt_table_column_at(accuracy, count)), "METHOD") != 0)
        count++;
    return count;
}

/* Whether a part of the key tells series apart. */
static bool varies(const bkt_column *key) {
    const int32_t *codes = bkt_column_codes_view(key);
    for (int64_t row = 1; row < bkt_column_row_count(key); row++)
        if (codes[row] != codes[0] && codes[row] >= 0)
            return true;
    return false;
}

static bkt_status print_summary(session *running, const series *of, const bkt_table *summary,
                                uint32_t key_count) {
    enum { MOST_COLUMNS = 64 };
    uint32_t shown_keys = 0;
    static const char *const figures[] = {"SERIES", "PROJECTIONS", "MAE",  "RMSE",
                                          "MAPE",   "SMAPE",       "MASE", "OWA"};
    const char *columns[MOST_COLUMNS];
    int32_t decimals[MOST_COLUMNS];
    uint32_t count = 0;
    for (uint32_t i = 0; i < bkt_table_column_count(summary) && count < MOST_COLUMNS; i++) {
        const char *id = bkt_column_id(bkt_table_column_at(summary, i));
        bool is_key = i < key_count && varies(bkt_table_column_at(summary, i));
        shown_keys += is_key;
        bool shown = is_key || strcmp(id, "METHOD") == 0 || strncmp(id, "COVERAGE_", 9) == 0 ||
                     strncmp(id, "MSIS_", 5) == 0;
        decimals[count] = i < key_count || strcmp(id, "METHOD") == 0 ? -1 : 2;
        for (size_t k = 0; k < sizeof figures / sizeof figures[0]; k++) {
            if (strcmp(id, figures[k]) != 0)
                continue;
            shown = key_count == 0 || (strcmp(id, "MAE") != 0 && strcmp(id, "RMSE") != 0);
            decimals[count] = k < 2 ? 0 : k < 4 ? of->decimals : k < 6 ? 1 : 3;
        }
        if (strncmp(id, "COVERAGE_", 9) == 0)
            decimals[count] = -1;
        if (shown)
            columns[count++] = id;
    }
    bkt_print_options print;
    print_options(&print);
    print.column_ids = columns;
    print.column_decimals = decimals;
    print.column_count = count;
    print.key_count = shown_keys + 1;
    return bkt_table_print(running->context, summary, &print, session_write, NULL);
}

/* More of them beside each other nobody reads. */
enum { MOST_STEPS = 24 };

/* Methods below each other, steps ahead beside each other. */
static bkt_status print_steps(session *running, const bkt_table *accuracy) {
    static const char *const rows[] = {"METHOD"};
    bkt_table *pivoted = NULL;
    bkt_status status =
        bkt_table_pivot(running->context, accuracy, rows, 1, "HORIZON", "MASE", NULL, &pivoted);
    bkt_print_options print;
    print_options(&print);
    print.decimals = 3;
    if (status == BKT_OK) {
        printf("\n  MASE by periods ahead:\n\n");
        status = bkt_table_print(running->context, pivoted, &print, session_write, NULL);
    }
    bkt_table_free(pivoted);
    return status;
}

/* Why series have no figures, each once. */
static void tell_problems(const bkt_table *summary, uint32_t key_count) {
    const bkt_column *problems = bkt_table_column_find(summary, "PROBLEM");
    const bkt_column *methods = bkt_table_column_find(summary, "METHOD");
    for (int64_t row = 0; problems != NULL && row < bkt_table_row_count(summary); row++) {
        const char *problem = bkt_column_text_at(problems, row);
        if (problem == NULL ||
            bkt_column_codes_view(methods)[row] != bkt_column_codes_view(methods)[0])
            continue;
        fprintf(stderr, "note:");
        for (uint32_t i = 0; i < key_count; i++) {
            const char *key = bkt_column_text_at(bkt_table_column_at(summary, i), row);
            if (!varies(bkt_table_column_at(summary, i)))
                continue;
            fprintf(stderr, " %s", key != NULL ? key : "(none)");
        }
        fprintf(stderr, ": %s\n", problem);
    }
}

static void print_origins(const bkt_table *accuracy) {
    const char *first = bkt_table_property(accuracy, "first_origin");
    const char *last = bkt_table_property(accuracy, "last_origin");
    const char *count = bkt_table_property(accuracy, "count");
    const char *origins = bkt_table_property(accuracy, "origins");
    const char *series_count = bkt_table_property(accuracy, "series_count");
    if (series_count != NULL)
        printf("  %-12s%s\n", "series", series_count);
    if (count != NULL)
        printf("  %-12s%s to %s\n", "values", count, bkt_table_property(accuracy, "last_period"));
    if (origins != NULL && first != NULL)
        printf("  %-12s%s, from %s to %s\n", "origins", origins, first, last);
    printf("\n");
}

static bkt_status show(session *running, const series *of, const bkt_table *accuracy,
                       uint32_t horizon) {
    uint32_t key_count = count_keys(accuracy);
    bkt_table *summary = NULL;
    bkt_status status = take_summary(running, accuracy, &summary);
    if (status == BKT_OK) {
        printf("%s%s%s\n", of->title, of->unit[0] ? ", " : "", of->unit);
        print_origins(accuracy);
        status = print_summary(running, of, summary, key_count);
    }
    if (status == BKT_OK && key_count == 0 && horizon > MOST_STEPS)
        printf("\n  MASE by periods ahead: with --csv, as there are more than %d.\n", MOST_STEPS);
    else if (status == BKT_OK && key_count == 0)
        status = print_steps(running, accuracy);
    if (status == BKT_OK) {
        verdict_print(summary, key_count > 0);
        tell_problems(summary, key_count);
    }
    bkt_table_free(summary);
    return status;
}

static int32_t test_all(session *running, const arguments *given, const series_list *list,
                        plan *asked) {
    bkt_table *tests[MOST_SERIES] = {NULL};
    bkt_status status = BKT_OK;
    bool csv = arguments_value(given, "csv") != NULL;
    for (uint32_t i = 0; status == BKT_OK && i < list->count; i++) {
        asked->how.value_id = list->items[i].value_id;
        status = bkt_backtest(running->context, list->items[i].table, &asked->how, &tests[i]);
        session_quiet(running);
        if (status != BKT_OK || csv)
            continue;
        if (i > 0)
            printf("\n");
        status = show(running, &list->items[i], tests[i], asked->how.horizon);
    }
    if (status == BKT_OK && csv)
        status = series_write_csv(running, list, tests);
    for (uint32_t i = 0; i < list->count; i++)
        bkt_table_free(tests[i]);
    return status == BKT_OK ? EXIT_DONE : session_fail(running, status);
}

static int32_t run(const arguments *given) {
    plan asked;
    if (!read_plan(given, &asked))
        return EXIT_USAGE;
    session running;
    if (!session_open(&running))
        return EXIT_DATA;
    series_list list;
    int32_t code = series_read(&running, given, "to", &list);
    if (code == EXIT_DONE)
        code = test_all(&running, given, &list, &asked);
    if (code == EXIT_DONE)
        session_tell(&running, false);
    series_free(&list);
    session_close(&running);
    return code;
}

static const option_spec *const groups[] = {
    options,        combination_options, series_options,   pair_options,
    window_options, structure_options,   encoding_options, NULL};

const command_spec command_backtest = {
    .name = "backtest",
    .usage = "backtest FILE... [OPTIONS]",
    .summary = "Says which method would have been right in the past.",
    .text = "From every origin in the past each method sees what came before alone, and what it\n"
            "says is compared with what came: mean absolute, squared and percentage errors,\n"
            "sMAPE, MASE and OWA as the M4 competition defines them (below 1: better than the\n"
            "last value with its season put back), how often the intervals held, and their\n"
            "score (MSIS, the lower the better). With --value files may hold several series:\n"
            "each is tested, and all of them pooled as M4 does.",
    .groups = groups,
    .examples = "  bktrade backtest blr-kaz.xml\n"
                "  bktrade backtest blr-kaz.xml --side partner --methods automatic,drift,arima "
                "--horizon 5\n"
                "  bktrade backtest blr-kaz.xml --members drift,delta,theta --weights 2,1,1\n"
                "  bktrade backtest many.csv --value OBS_VALUE --by REF_AREA --by PARTNER --csv > "
                "out.csv\n",
    .run = run,
};
