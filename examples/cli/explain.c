/* SPDX-License-Identifier: MIT */
#include "explain.h"
#include "methods.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A sentence or more, in lines of up to 80 cells that stand two cells in. */
#if defined(__GNUC__)
__attribute__((format(printf, 1, 2)))
#endif
static void
say(const char *format, ...) {
    char text[2048];
    va_list list;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    size_t used = 0;
    for (const char *word = text; *word != '\0';) {
        size_t length = strcspn(word, " ");
        bool fits = used > 0 && used + 1 + length <= 80;
        printf("%s%.*s", fits ? " " : used > 0 ? "\n  " : "  ", (int)length, word);
        used = (fits ? used + 1 : 2) + length;
        word += length;
        word += strspn(word, " ");
    }
    printf("\n");
}

/* The history as bkt_series_project() takes it, and what that made of it. */
typedef struct story {
    session *running;
    const series *of;
    const bkt_column *periods;
    const double *values;
    int64_t count; /* periods of the history */
    int64_t row_count;
    bkt_projection_options how;
    bkt_fit fit;
    double *points; /* of the whole, then of each member */
    double *bounds; /* as many as both bounds of all levels need */
} story;

static const char *period_at(const story *s, int64_t row) {
    const char *text = row >= 0 && row < s->row_count ? bkt_column_text_at(s->periods, row) : NULL;
    return text != NULL ? text : "?";
}

/* The last value's place in the history. */
static int64_t last_row(const story *s) {
    return s->count - 1 - s->fit.missing_trailing;
}

static void print_values(const story *s) {
    const bkt_fit *fit = &s->fit;
    say("%lld %s used, from %s to %s.", (long long)fit->count,
        fit->count == 1 ? "value is" : "values are", period_at(s, fit->missing_leading),
        period_at(s, last_row(s)));
    if (fit->missing_inner == 1)
        say("One period between them has no value: a gap, which the methods step over.");
    if (fit->missing_inner > 1)
        say("%lld periods between them have no value: gaps, which the methods step over.",
            (long long)fit->missing_inner);
    if (fit->missing_trailing > 0)
        say("After %s the table has periods without a value (%lld): they are projected, as if they "
            "had not come yet.",
            period_at(s, last_row(s)), (long long)fit->missing_trailing);
}

static void print_season(const story *s) {
    uint32_t length = s->how.season_length;
    const char *kind =
        (s->fit.flags & BKT_FIT_MULTIPLICATIVE) != 0 ? "multiplied with" : "added to";
    if (length < 2 && s->of->per_year == 1)
        say("No season is looked for: a year has one value.");
    else if (length < 2)
        say("No season is looked for: a year is no whole number of such periods.");
    else if ((s->fit.flags & BKT_FIT_SEASONAL) == 0)
        say("A season of %u periods was looked for (the M4 competition's test, which wants three "
            "years or more) and not found.",
            (unsigned)length);
    else
        say("A season of %u periods was found. It is %s the rest; methods that know none work on "
            "the series without it and get it back.",
            (unsigned)length, kind);
}

static void print_choice(const story *s) {
    const bkt_fit *fit = &s->fit;
    say("The method was %s.", bkt_choice_text(fit->choice));
    if (fit->fallback != BKT_FALLBACK_NONE)
        say("But: %s.", bkt_fallback_text(fit->fallback));
    if (fit->member_count == 1) {
        say("%s: %s.", bkt_method_label(fit->method), bkt_method_formula(fit->method));
        return;
    }
    bool is_median = (fit->flags & BKT_FIT_MEDIAN) != 0;
    if (is_median)
        say("It is the median of these:");
    else
        say("It is the mean of these, by weights%s:",
            (fit->flags & BKT_FIT_WEIGHTED) != 0 ? " that follow from how each did in the past"
                                                 : "");
    for (uint32_t i = 0; i < fit->member_count; i++) {
        if (is_median)
            printf("    %s (%s)\n", bkt_method_label(fit->member_methods[i]),
                   bkt_method_id(fit->member_methods[i]));
        else
            printf("    %5.1f %%  %s (%s)\n", 100.0 * fit->member_weights[i],
                   bkt_method_label(fit->member_methods[i]), bkt_method_id(fit->member_methods[i]));
    }
    if ((fit->flags & BKT_FIT_SUMS) != 0)
        say("The months were then brought halfway to what their quarters' sums, projected by "
            "themselves, come to.");
}

static void print_intervals(const story *s) {
    const bkt_fit *fit = &s->fit;
    if ((fit->flags & BKT_FIT_CALIBRATED) != 0)
        say("The intervals rest on what errors were on %s, as wide as this series' changes and the "
            "methods' disagreement make them.",
            (fit->flags & BKT_FIT_TRADE) == 0     ? "the series of three forecasting competitions"
            : (fit->flags & BKT_FIT_BALANCE) == 0 ? "yearly series of trade between countries"
                                                  : "yearly balances of trade between countries");
    else if (fit->freedom >= 1.0)
        say("The intervals are those of the methods' own formulas (%s distribution), which promise "
            "more than they hold on short series.",
            (s->how.flags & BKT_PROJECTION_NORMAL) != 0 ? "normal" : "Student's");
    else
        say("There are no intervals: so few values do not tell how large errors are.");
    if ((fit->flags & BKT_FIT_EXTRAPOLATED) != 0)
        say("Errors were measured up to %u periods ahead, here %s; farther ones are extrapolated.",
            (unsigned)fit->calibrated_steps,
            period_at(s, last_row(s) + (int64_t)fit->calibrated_steps));
    if ((fit->flags & BKT_FIT_FLOORED) != 0)
        say("What would have been negative was raised to 0, as the series never was.");
}

/* The members' own points beside the whole: a column each. */
static bkt_status print_points(const story *s) {
    uint32_t horizon = s->how.horizon;
    const char **periods = calloc(horizon, sizeof *periods);
    if (periods == NULL)
        return BKT_ERR_MEMORY;
    for (uint32_t h = 0; h < horizon; h++)
        periods[h] = period_at(s, last_row(s) + 1 + h);
    bkt_table_builder *builder = NULL;
    bkt_table *table = NULL;
    bkt_status status = bkt_table_builder_new(s->running->context, &builder);
    if (status == BKT_OK)
        status = bkt_table_builder_add_periods(builder, "PERIOD", periods, horizon);
    for (uint32_t i = 0; status == BKT_OK && i <= s->fit.member_count; i++) {
        bool whole = i == s->fit.member_count;
        status = bkt_table_builder_add_numbers(
            builder, whole ? "result" : bkt_method_id(s->fit.member_methods[i]), BKT_ROLE_MEASURE,
            s->of->unit, s->points + (size_t)(whole ? 0 : i + 1) * horizon, NULL, NULL, horizon);
    }
    free(periods);
    if (status == BKT_OK)
        status = bkt_table_builder_finish(builder, &table);
    else
        bkt_table_builder_free(builder);
    bkt_print_options print;
    bkt_print_options_init(&print, sizeof print);
    print.flags = BKT_PRINT_IDS;
    print.thousands = ',';
    print.decimals = s->of->decimals;
    print.width = session_width();
    if (status == BKT_OK) {
        printf("\n  What each of them says, and the result:\n\n");
        status = bkt_table_print(s->running->context, table, &print, session_write, NULL);
    }
    bkt_table_free(table);
    return status;
}

static bkt_status project_members(story *s) {
    uint32_t horizon = s->how.horizon;
    bkt_projection_options own = s->how;
    bkt_status status = BKT_OK;
    for (uint32_t i = 0; i < s->fit.member_count && status == BKT_OK; i++) {
        own.method = s->fit.member_methods[i];
        own.flags &= ~(uint32_t)BKT_PROJECTION_NO_FALLBACK;
        status = bkt_series_project(s->running->context, s->values, s->count, &own,
                                    s->points + (size_t)(i + 1) * horizon, NULL, NULL, NULL);
    }
    return status;
}

static bkt_status tell(story *s) {
    bkt_fit_init(&s->fit, sizeof s->fit);
    /* Bounds are asked for so that the fit tells what they rest on. */
    bkt_status status =
        bkt_series_project(s->running->context, s->values, s->count, &s->how, s->points, s->bounds,
                           s->bounds + (size_t)s->how.horizon * MOST_LEVELS, &s->fit);
    if (status == BKT_OK)
        status = project_members(s);
    if (status != BKT_OK)
        return status;
    printf("\n  How this came about\n");
    print_values(s);
    print_season(s);
    print_choice(s);
    print_intervals(s);
    return s->fit.member_count > 1 ? print_points(s) : BKT_OK;
}

bkt_status explain_print(session *running, const series *of, const bkt_table *projection,
                         const bkt_projection_options *how) {
    const bkt_column *actual = bkt_table_column_find(projection, "ACTUAL");
    story s = {.running = running,
               .of = of,
               .periods = bkt_table_column_find(projection, "TIME_PERIOD"),
               .values = bkt_column_numbers_view(actual),
               .row_count = bkt_table_row_count(projection),
               .how = *how};
    s.count = s.row_count;
    while (s.count > 0 && bkt_column_missing_at(actual, s.count - 1) == BKT_MISSING_NOT_APPLICABLE)
        s.count--;
    if (s.how.season_length == 0)
        s.how.season_length = of->per_year > 0 ? (uint32_t)of->per_year : 1;
    s.points = calloc((size_t)how->horizon * (BKT_MEMBER_LIMIT + 1), sizeof *s.points);
    s.bounds = calloc((size_t)how->horizon * 2 * MOST_LEVELS, sizeof *s.bounds);
    bkt_status status = s.points != NULL && s.bounds != NULL ? tell(&s) : BKT_ERR_MEMORY;
    free(s.bounds);
    free(s.points);
    return status;
}
