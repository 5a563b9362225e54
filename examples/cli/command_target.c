/* SPDX-License-Identifier: MIT */
/* bktrade target: when a series reaches targets, under which growth, and how likely it is. */
#include "commands.h"
#include "series.h"
#include "together.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_TARGETS = 8, MOST_GROWTHS = 16 };

static const option_spec options[] = {
    {"to", "AMOUNT", "a target such as 3.5e9 or 3.5bn, in plain units; may come several times"},
    {"growth", "RATE", "a growth a year such as 5% or 0.05; may come several times"},
    {"horizon", "N", "periods ahead, default 20"},
    {"seed", "N", "of the simulation, default 1"},
    {"walk", NULL, "probabilities by a random walk, not by calibrated paths"},
    {"together", NULL,
     "exports and imports apart and together: turnover, and when the balance turns"},
    {"partial", "AMOUNT", "what was counted so far of the period after the last one"},
    {"partial-previous", "AMOUNT", "what was counted of the same part of the last period"},
    {"partial-share", "SHARE", "share of the period that has passed: 7/12, 58% or 0.58"},
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

static void add_target(plan *asked, double amount) {
    for (uint32_t i = 0; i < asked->target_count; i++)
        if (asked->plain_targets[i] == amount)
            return;
    asked->plain_targets[asked->target_count++] = amount;
}

static int32_t read_partial(const arguments *given, plan *asked) {
    static const char *const names[] = {"partial", "partial-previous", "partial-share"};
    double *const numbers[] = {&asked->how.partial_value, &asked->how.partial_previous,
                               &asked->how.partial_share};
    uint32_t count = 0;
    for (int i = 0; i < 3; i++) {
        const char *text = arguments_value(given, names[i]);
        if (text == NULL)
            continue;
        count++;
        if (i < 2 ? !arguments_amount(names[i], text, numbers[i])
                  : !arguments_share(names[i], text, numbers[i]))
            return EXIT_USAGE;
    }
    if (count == 0 || count == 3)
        return EXIT_DONE;
    fprintf(stderr, "bktrade target: --partial, --partial-previous and --partial-share go "
                    "together\nSee 'bktrade target --help'.\n");
    return EXIT_USAGE;
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
        double amount;
        if (!arguments_amount("to", text, &amount))
            return EXIT_USAGE;
        add_target(asked, amount);
    }
    if (asked->target_count == 0 && arguments_value(given, "together") == NULL) {
        fprintf(stderr, "bktrade target: name a target, such as --to 3.5e9\n"
                        "See 'bktrade target --help'.\n");
        return EXIT_USAGE;
    }
    for (uint32_t i = 0; (text = arguments_value_at(given, "growth", i)) != NULL; i++) {
        double rate;
        if (i == MOST_GROWTHS - 2) {
            fprintf(stderr, "bktrade target: at most %d growth rates at once\n", MOST_GROWTHS - 2);
            return EXIT_USAGE;
        }
        if (!arguments_rate("growth", text, &rate))
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
    asked->how.flags |= series_flags(given);
    if (arguments_value(given, "walk") != NULL)
        asked->how.flags |= BKT_TARGET_WALK;
    asked->how.horizon = (uint32_t)horizon;
    asked->how.seed = (uint64_t)seed;
    return read_partial(given, asked);
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
    own->how.partial_value = asked->how.partial_value / of->scale;
    own->how.partial_previous = asked->how.partial_previous / of->scale;
    own->how.targets = own->targets;
    own->how.target_count = own->target_count;
    own->how.growths = own->growths;
    own->how.growth_count = own->growth_count;
    own->how.value_id = of->value_id;
}

/* "3,500" for the head of a column. */
static const char *target_text(const plan *own, uint32_t target, char *buffer, size_t size) {
    double amount = own->targets[target];
    if (fabs(amount) >= 1e15 || (amount != 0 && fabs(amount) < 1e-4)) {
        snprintf(buffer, size, "%.10g", amount);
        return buffer;
    }
    money_text(amount, 10, buffer, size);
    for (size_t end = strlen(buffer); end > 0 && strchr("0.", buffer[end - 1]) != NULL; end--) {
        bool point = buffer[end - 1] == '.';
        buffer[end - 1] = '\0';
        if (point)
            break;
    }
    return buffer;
}

static bool is_reached(const plan *own, uint32_t target, double last) {
    return own->targets[target] <= last;
}

/* Widest text of a target, and room for what stands below it. */
static int column_width(const plan *own, int least) {
    char text[40];
    int width = least;
    for (uint32_t target = 0; target < own->target_count; target++) {
        int size = (int)strlen(target_text(own, target, text, sizeof text)) + 1;
        width = size > width ? size : width;
    }
    return width;
}

static void print_year(const bkt_table *summary, int64_t row, int width) {
    double years;
    char text[80];
    const char *first = bkt_column_text_at(bkt_table_column_find(summary, "FIRST_PERIOD"), row);
    const bkt_column *needed = bkt_table_column_find(summary, "YEARS_NEEDED");
    int32_t reason = bkt_column_missing_at(needed, row);
    if (!bkt_column_number_at(needed, row, &years))
        snprintf(text, sizeof text, "%s",
                 reason == BKT_MISSING_NEVER ? "never"
                 : reason == BKT_MISSING_DOMAIN || reason == BKT_MISSING_ZERO_DENOMINATOR
                     ? "no rate"
                     : bkt_missing_text(reason));
    else if (years == 0)
        snprintf(text, sizeof text, "reached");
    else
        snprintf(text, sizeof text, "%s (%.1f years)", first ? first : "after 9999", years);
    printf(" %*s", width, text);
}

/* Rows of the summary: target by target, growth by growth. */
static void print_growths(const plan *own, const bkt_table *summary, double last) {
    char text[40];
    int stub = 30, width = column_width(own, 20);
    for (uint32_t growth = 0; growth < own->growth_count; growth++) {
        int size = (int)strlen(own->growth_labels[growth]);
        stub = size > stub ? size : stub;
    }
    printf("\n  %-*s", stub, "At a growth a year of");
    for (uint32_t target = 0; target < own->target_count; target++)
        printf(" %*s", width, target_text(own, target, text, sizeof text));
    printf("\n");
    for (uint32_t growth = 0; growth < own->growth_count; growth++) {
        printf("  %-*s", stub, own->growth_labels[growth]);
        for (uint32_t target = 0; target < own->target_count; target++)
            print_year(summary, (int64_t)target * own->growth_count + growth, width);
        printf("\n");
    }
    if (last <= 0)
        printf("  (no rate: what is not above zero does not grow by a rate)\n");
}

static void print_percent(const bkt_column *column, int64_t row, int width) {
    double number;
    char text[400]; /* what gcc allows for */
    if (bkt_column_number_at(column, row, &number))
        snprintf(text, sizeof text, fabs(number) < 1e5 ? "%.1f %%" : "%.1e %%", 100 * number);
    else
        snprintf(text, sizeof text, "-");
    printf(" %*s", width, text);
}

static void print_road_head(const plan *own, int stub, int width) {
    static const char *const blocks[] = {"probability reached", "growth a year needed"};
    char text[40];
    int block_width = (width + 1) * (int)own->target_count - 1;
    block_width = block_width > 20 ? block_width : 20;
    printf("\n  %-10s %*s", "", stub, "");
    for (int block = 0; block < 2; block++)
        printf("  %*s", block_width, blocks[block]);
    printf("\n  %-10s %*s", "Period", stub, "Projected");
    for (int block = 0; block < 2; block++) {
        printf("%*s", 1 + block_width - (width + 1) * (int)own->target_count + 1, "");
        for (uint32_t target = 0; target < own->target_count; target++)
            printf(" %*s", width, target_text(own, target, text, sizeof text));
    }
    printf("\n");
}

/* Rows of the road: target by target, period by period. */
static void print_road(const series *of, const plan *own, const bkt_table *road, double last) {
    const bkt_column *period = bkt_table_column_find(road, "TIME_PERIOD");
    const bkt_column *reached = bkt_table_column_find(road, "PROBABILITY_REACHED");
    const bkt_column *required = bkt_table_column_find(road, "REQUIRED_GROWTH");
    const bkt_column *projected = bkt_table_column_find(road, "PROJECTED");
    const bkt_column *basis = bkt_table_column_find(road, "BASIS");
    char text[400];
    money_text(-column_largest(projected), of->decimals, text, sizeof text);
    int stub = strlen(text) > 10 ? (int)strlen(text) : 10;
    int width = column_width(own, 11), targets = (int)own->target_count;
    int spare = (width + 1) * targets - 1 < 20 ? 20 - ((width + 1) * targets - 1) : 0;
    print_road_head(own, stub, width);
    int64_t horizon = own->how.horizon;
    for (int64_t row = 0; row < horizon; row++) {
        double number;
        snprintf(text, sizeof text, "-");
        if (bkt_column_number_at(projected, row, &number))
            money_text(number, of->decimals, text, sizeof text);
        const char *rests_on = bkt_column_text_at(basis, row);
        bool is_far = rests_on != NULL && strcmp(rests_on, "extrapolated") == 0;
        char marked[80];
        snprintf(marked, sizeof marked, "%s%s", bkt_column_text_at(period, row), is_far ? "*" : "");
        printf("  %-10s %*s", marked, stub, text);
        for (int block = 0; block < 2; block++) {
            printf("%*s", 1 + spare, "");
            for (uint32_t target = 0; target < own->target_count; target++)
                if (is_reached(own, target, last))
                    printf(" %*s", width, "reached");
                else if (block == 1 && last <= 0)
                    printf(" %*s", width, "-");
                else
                    print_percent(block == 0 ? reached : required, target * horizon + row, width);
        }
        printf("\n");
    }
}

static void print_chances(const plan *own, const bkt_table *summary, double last) {
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
        if (is_reached(own, target, last)) {
            printf("reached by the last value\n");
            continue;
        }
        if (bkt_column_number_at(bkt_table_column_find(summary, "PROBABILITY_WITHIN"), row,
                                 &within))
            printf("%.0f %% within %u periods, %s%s; ", 100 * within, own->how.horizon,
                   median ? "as likely as not by " : "less likely than not", median ? median : "");
        printf("the projection %s%s\n",
               projected ? "is there in " : "does not get there in that time",
               projected ? projected : "");
    }
}

static void print_basis(const series *of, const plan *own, const bkt_table *road) {
    const char *words = bkt_table_property(road, "probability");
    const char *method = bkt_table_property(road, "method_label");
    const char *members = bkt_table_property(road, "members");
    const char *basis = bkt_table_property(road, "basis");
    const char *walk = bkt_table_property(road, "walk");
    const char *sigma = bkt_table_property(road, "walk_sigma");
    const char *combined = bkt_table_property(road, "combined");
    const char *parts = members != NULL && strchr(members, ',') != NULL ? members : NULL;
    if (combined != NULL && strcmp(combined, "median") == 0)
        method = "Median of methods";
    if (method != NULL)
        printf("\n  Projected: %s%s%s%s.\n", method, parts ? " (" : "", parts ? parts : "",
               parts ? ")" : "");
    if (words != NULL)
        printf("  Probability: %s.\n", words);
    const char *steps = bkt_table_property(road, "calibrated_steps");
    bool is_walk = basis != NULL && strcmp(basis, "walk") == 0;
    if (steps != NULL && own->how.horizon > (uint32_t)atoi(steps))
        printf("  *: farther ahead than errors were measured: an extrapolation.\n");
    /* Two answers that differ want a word why. */
    if (is_walk && walk != NULL && strcmp(walk, "logarithms") == 0 && sigma != NULL &&
        sigma[0] != '\0')
        printf("  A walk in logarithms grows by rates; methods without logarithms grow by amounts, "
               "and so more slowly.\n");
    if (of->per_year != 1)
        printf("  A target is one for a single period of this series, not for a year%s:\n  sum the "
               "figures to years for targets of a year.\n",
               is_walk ? ", and the walk knows no season" : "");
}

static void show(const series *of, const plan *own, const bkt_table *road,
                 const bkt_table *summary) {
    const char *last = "?";
    double value = 0;
    char text[400];
    series_last(of, &last, &value);
    money_text(value, of->decimals, text, sizeof text);
    printf("%s%s%s\n  last value: %s in %s\n", of->title, of->unit[0] ? ", " : "", of->unit, text,
           last);
    print_growths(own, summary, value);
    print_road(of, own, road, value);
    print_chances(own, summary, value);
    print_basis(of, own, road);
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

static int32_t show_together(session *running, const arguments *given, const series_list *list,
                             plan *asked) {
    for (uint32_t i = 0; i < asked->target_count; i++)
        asked->targets[i] = asked->plain_targets[i] / list->trade.scale;
    asked->how.targets = asked->targets;
    asked->how.target_count = asked->target_count;
    return together_show_all(running, given, list, &asked->how);
}

/* Options that say nothing of exports and imports together. */
static bool is_possible(const arguments *given) {
    static const char *const names[] = {"of", "value", "walk", "growth", "partial"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (arguments_value(given, names[i]) != NULL) {
            fprintf(stderr, "bktrade target: --together does not go with --%s\n", names[i]);
            return false;
        }
    return true;
}

static int32_t run(const arguments *given) {
    plan asked;
    bool together = arguments_value(given, "together") != NULL;
    int32_t code = read_plan(given, &asked);
    if (code == EXIT_DONE && together && !is_possible(given))
        code = EXIT_USAGE;
    if (code != EXIT_DONE)
        return code;
    session running;
    if (!session_open(&running))
        return EXIT_DATA;
    series_list list;
    code = series_read(&running, given, "until", &list);
    if (code == EXIT_DONE && list.count > 1 && !isnan(asked.how.partial_value)) {
        fprintf(stderr, "bktrade target: --partial is of one series: name the --side whose report "
                        "it is\n");
        code = EXIT_USAGE;
    }
    if (code == EXIT_DONE)
        code = together ? show_together(&running, given, &list, &asked)
                        : target_all(&running, given, &list, &asked);
    if (code == EXIT_DONE)
        session_tell(&running, false);
    series_free(&list);
    session_close(&running);
    return code;
}

static const option_spec *const groups[] = {options,           series_options,   pair_options,
                                            structure_options, encoding_options, NULL};

const command_spec command_target = {
    .name = "target",
    .usage = "target FILE... --to AMOUNT [--to AMOUNT]... [OPTIONS]",
    .summary = "Says when targets are reached, at which growth and how likely.",
    .text = "For the turnover of a pair as each side reports it (or another series, as in\n"
            "'bktrade project'): the year in which a target is reached at given growth rates,\n"
            "the growth needed to be there by each year, and the probability that it is reached\n"
            "by then. Without --growth a usual range is shown; the series' own growth always.\n"
            "Probabilities are those of simulated paths, calibrated on what errors were on other\n"
            "series, of trade where there are such; fewer than five values get a random walk.",
    .groups = groups,
    .examples =
        "  bktrade target blr-kaz.xml --to 3.5e9 --to 4e9\n"
        "  bktrade target blr-kaz.xml --to 3.5bn --growth 5% --growth 13.4% --side partner\n"
        "  bktrade target blr-kaz.xml --to 1bn --side partner --partial 560mn \\\n"
        "      --partial-previous 520mn --partial-share 7/12\n"
        "  bktrade target blr-kaz.xml --to 3.5bn --together\n"
        "  bktrade target blr-kaz.xml --to 3.5bn --from 2011 --csv > road.csv\n",
    .run = run,
};
