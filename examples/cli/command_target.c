/* SPDX-License-Identifier: MIT */
/* bktrade target: when a series reaches targets, under which growth, and how likely it is. */
#include "commands.h"
#include "series.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_TARGETS = 8, MOST_GROWTHS = 16 };

static const option_spec options[] = {
    {"to", "AMOUNT", "a target such as 3.5e9 or 3.5bn, in plain units; may come several times"},
    {"growth", "RATE", "a growth a year such as 5%; may come several times"},
    {"horizon", "N", "periods ahead, default 20"},
    {"seed", "N", "of the simulation, default 1"},
    {"from", "PERIOD", "first period of the past that counts"},
    {"until", "PERIOD", "last period of the past that counts"},
    {"csv", NULL, "the road, period by period, as CSV"},
    {NULL, NULL, NULL},
};

/* What the command line asks for, and for each series the growth that it had. */
typedef struct plan {
    double targets[MOST_TARGETS]; /* in the series' own unit */
    double plain_targets[MOST_TARGETS];
    uint32_t target_count;
    double growths[MOST_GROWTHS];
    char growth_labels[MOST_GROWTHS][400]; /* a double may have 309 digits */
    uint32_t growth_count;
    bkt_target_options how;
} plan;

static void add_growth(plan *asked, double rate, const char *label) {
    if (asked->growth_count == MOST_GROWTHS)
        return;
    for (uint32_t i = 0; i < asked->growth_count; i++)
        if (asked->growths[i] == rate)
            return;
    asked->growths[asked->growth_count] = rate;
    snprintf(asked->growth_labels[asked->growth_count], sizeof asked->growth_labels[0], "%.1f %%%s",
             100 * rate, label);
    asked->growth_count++;
}

static int32_t read_plan(const arguments *given, plan *asked) {
    memset(asked, 0, sizeof *asked);
    bkt_target_options_init(&asked->how, sizeof asked->how);
    const char *text;
    for (uint32_t i = 0; (text = arguments_value_at(given, "to", i)) != NULL; i++) {
        if (i == MOST_TARGETS) {
            fprintf(stderr, "bktrade target: at most %d targets at once\n", MOST_TARGETS);
            return EXIT_USAGE;
        }
        if (!arguments_number("to", text, &asked->plain_targets[i]))
            return EXIT_USAGE;
        asked->target_count = i + 1;
    }
    if (asked->target_count == 0) {
        fprintf(stderr, "bktrade target: name a target, such as --to 3.5e9\n"
                        "See 'bktrade target --help'.\n");
        return EXIT_USAGE;
    }
    for (uint32_t i = 0; (text = arguments_value_at(given, "growth", i)) != NULL; i++) {
        double rate;
        if (i == MOST_GROWTHS - 2 || !arguments_number("growth", text, &rate))
            return EXIT_USAGE;
        add_growth(asked, rate, "");
    }
    int32_t horizon = 20, seed = 1;
    text = arguments_value(given, "horizon");
    if (text != NULL && !arguments_whole("horizon", text, 1, 10000, &horizon))
        return EXIT_USAGE;
    text = arguments_value(given, "seed");
    if (text != NULL && !arguments_whole("seed", text, 0, INT32_MAX, &seed))
        return EXIT_USAGE;
    asked->how.horizon = (uint32_t)horizon;
    asked->how.seed = (uint64_t)seed;
    return EXIT_DONE;
}

/* The growth rates to show for a series: those asked for, or a usual range, and its own. */
static void plan_growths(const plan *asked, const series *of, plan *own) {
    static const double usual[] = {0.05, 0.10, 0.15, 0.20};
    *own = *asked;
    for (size_t i = 0; asked->growth_count == 0 && i < sizeof usual / sizeof usual[0]; i++)
        add_growth(own, usual[i], "");
    static const int32_t spans[] = {0, 10};
    const char *last = NULL;
    double value;
    if (!series_last(of, &last, &value))
        return;
    for (size_t i = 0; i < 2; i++) {
        const char *first;
        double rate;
        char label[64];
        if (!series_growth(of, spans[i], &first, &rate))
            continue;
        snprintf(label, sizeof label, " (as %.10s to %.10s)", first, last);
        add_growth(own, rate, label);
    }
}

static void own_targets(const plan *asked, const series *of, plan *own) {
    plan_growths(asked, of, own);
    for (uint32_t i = 0; i < own->target_count; i++)
        own->targets[i] = own->plain_targets[i] / of->scale;
    own->how.targets = own->targets;
    own->how.target_count = own->target_count;
    own->how.growths = own->growths;
    own->how.growth_count = own->growth_count;
    own->how.value_id = of->value_id;
}

/* "3,500" for the head of a column. */
static const char *target_text(const plan *own, uint32_t target, char *buffer, size_t size) {
    snprintf(buffer, size, "%.10g", own->targets[target]);
    size_t digits = strspn(buffer, "0123456789");
    for (size_t at = digits; at > 3 && strlen(buffer) + 1 < size;) {
        at -= 3;
        memmove(buffer + at + 1, buffer + at, strlen(buffer + at) + 1);
        buffer[at] = ',';
    }
    return buffer;
}

static void print_year(const bkt_table *summary, int64_t row) {
    double years;
    char text[40];
    const char *first = bkt_column_text_at(bkt_table_column_find(summary, "FIRST_PERIOD"), row);
    const bkt_column *needed = bkt_table_column_find(summary, "YEARS_NEEDED");
    if (bkt_column_number_at(needed, row, &years))
        snprintf(text, sizeof text, "%s (%.1f years)", first ? first : "?", years);
    else
        snprintf(text, sizeof text, "%s",
                 bkt_column_missing_at(needed, row) == BKT_MISSING_NEVER
                     ? "never"
                     : bkt_missing_text(bkt_column_missing_at(needed, row)));
    printf(" %20s", text);
}

/* Rows of the summary: target by target, growth by growth. */
static void print_growths(const plan *own, const bkt_table *summary) {
    char text[40];
    printf("\n  At a growth a year of");
    printf("%*s", 9, "");
    for (uint32_t target = 0; target < own->target_count; target++)
        printf(" %20s", target_text(own, target, text, sizeof text));
    printf("\n");
    for (uint32_t growth = 0; growth < own->growth_count; growth++) {
        printf("  %-30s", own->growth_labels[growth]);
        for (uint32_t target = 0; target < own->target_count; target++)
            print_year(summary, (int64_t)target * own->growth_count + growth);
        printf("\n");
    }
}

static void print_percent(const bkt_column *column, int64_t row) {
    double number;
    if (bkt_column_number_at(column, row, &number))
        printf(" %9.1f %%", 100 * number);
    else
        printf(" %11s", "-");
}

/* Rows of the road: target by target, period by period. */
static void print_road(const plan *own, const bkt_table *road) {
    const bkt_column *period = bkt_table_column_find(road, "TIME_PERIOD");
    const bkt_column *reached = bkt_table_column_find(road, "PROBABILITY_REACHED");
    const bkt_column *required = bkt_table_column_find(road, "REQUIRED_GROWTH");
    const bkt_column *projected = bkt_table_column_find(road, "PROJECTED");
    char text[40];
    int width = 12 * (int)own->target_count - 1;
    printf("\n  %-10s %10s  %*s  %*s\n", "", "", width, "probability reached", width,
           "growth a year needed");
    printf("  %-10s %10s ", "Period", "Projected");
    for (int block = 0; block < 2; block++) {
        for (uint32_t target = 0; target < own->target_count; target++)
            printf(" %11s", target_text(own, target, text, sizeof text));
        printf(" ");
    }
    printf("\n");
    int64_t horizon = own->how.horizon;
    for (int64_t row = 0; row < horizon; row++) {
        double number;
        printf("  %-10s", bkt_column_text_at(period, row));
        if (bkt_column_number_at(projected, row, &number))
            printf(" %10.1f ", number);
        else
            printf(" %10s ", "-");
        for (uint32_t target = 0; target < own->target_count; target++)
            print_percent(reached, target * horizon + row);
        printf(" ");
        for (uint32_t target = 0; target < own->target_count; target++)
            print_percent(required, target * horizon + row);
        printf("\n");
    }
}

static void print_chances(const plan *own, const bkt_table *summary) {
    char text[40];
    printf("\n");
    for (uint32_t target = 0; target < own->target_count; target++) {
        int64_t row = (int64_t)target * own->growth_count;
        const char *median =
            bkt_column_text_at(bkt_table_column_find(summary, "MEDIAN_PERIOD"), row);
        const char *projected =
            bkt_column_text_at(bkt_table_column_find(summary, "PROJECTED_PERIOD"), row);
        double within;
        printf("  %s: ", target_text(own, target, text, sizeof text));
        if (bkt_column_number_at(bkt_table_column_find(summary, "PROBABILITY_WITHIN"), row,
                                 &within))
            printf("%.0f %% within %u periods, as likely as not %s%s; ", 100 * within,
                   own->how.horizon, median ? "by " : "only later", median ? median : "");
        printf("the projection is there %s%s\n", projected ? "in " : "only later",
               projected ? projected : "");
    }
}

static void print_basis(const bkt_table *road) {
    const char *words = bkt_table_property(road, "probability");
    const char *method = bkt_table_property(road, "method_label");
    const char *members = bkt_table_property(road, "members");
    const char *walk = bkt_table_property(road, "walk");
    if (method != NULL)
        printf("\n  Projected: %s%s%s%s.\n", method, members ? " (" : "", members ? members : "",
               members ? ")" : "");
    if (words != NULL)
        printf("  Probability: %s.\n", words);
    /* Two answers that differ want a word why. */
    if (walk != NULL && strcmp(walk, "logarithms") == 0)
        printf("  A walk in logarithms grows by rates; methods without logarithms grow by amounts, "
               "and so more slowly.\n");
}

static void show(const series *of, const plan *own, const bkt_table *road,
                 const bkt_table *summary) {
    const char *last = "?";
    double value = 0;
    series_last(of, &last, &value);
    printf("%s, %s\n  last value: %.1f in %s\n", of->title, of->unit, value, last);
    print_growths(own, summary);
    print_road(own, road);
    print_chances(own, summary);
    print_basis(road);
}

static int32_t target_all(session *running, const arguments *given, const series_list *list,
                          const plan *asked) {
    bkt_table *roads[MOST_SERIES] = {NULL};
    bkt_status status = BKT_OK;
    bool csv = arguments_value(given, "csv") != NULL;
    for (uint32_t i = 0; status == BKT_OK && i < list->count; i++) {
        plan own;
        own_targets(asked, &list->items[i], &own);
        bkt_table *summary = NULL;
        status = bkt_target(running->context, list->items[i].table, &own.how, &roads[i]);
        if (status == BKT_OK)
            status = bkt_target_summary(running->context, list->items[i].table, &own.how, &summary);
        if (status == BKT_OK && !csv) {
            if (i > 0)
                printf("\n");
            session_quiet(running);
            show(&list->items[i], &own, roads[i], summary);
        }
        bkt_table_free(summary);
    }
    if (status == BKT_OK && csv)
        status = series_write_csv(running, list, roads);
    for (uint32_t i = 0; i < list->count; i++)
        bkt_table_free(roads[i]);
    return status == BKT_OK ? EXIT_DONE : session_fail(running, status);
}

static int32_t run(const arguments *given) {
    plan asked;
    int32_t code = read_plan(given, &asked);
    if (code != EXIT_DONE)
        return code;
    session running;
    if (!session_open(&running))
        return EXIT_DATA;
    series_list list;
    code = series_read(&running, given, "until", &list);
    if (code == EXIT_DONE)
        code = target_all(&running, given, &list, &asked);
    if (code == EXIT_DONE)
        session_tell(&running, false);
    series_free(&list);
    session_close(&running);
    return code;
}

static const option_spec *const groups[] = {options, series_options, pair_options, NULL};

const command_spec command_target = {
    .name = "target",
    .usage = "target FILE... --to AMOUNT [--to AMOUNT]... [OPTIONS]",
    .summary = "Says when targets are reached, at which growth and how likely.",
    .text = "For the turnover of a pair as each side reports it (or another series, as in\n"
            "'bktrade project'): the year in which a target is reached at given growth rates,\n"
            "the growth needed to be there by each year, and the probability that it is reached\n"
            "by then. Without --growth a usual range is shown; the series' own growth always.",
    .groups = groups,
    .examples =
        "  bktrade target blr-kaz.xml --to 3.5e9 --to 4e9\n"
        "  bktrade target blr-kaz.xml --to 3.5bn --growth 5% --growth 13.4% --side partner\n"
        "  bktrade target blr-kaz.xml --to 3.5bn --from 2011 --csv > road.csv\n",
    .run = run,
};
