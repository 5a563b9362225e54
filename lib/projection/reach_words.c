/* SPDX-License-Identifier: MIT */
/* What probabilities of targets rest on, in words. */
#include "bkti_together.h"
#include "bkti_number.h"

#include <math.h>

/* The series that calibration_table.c and calibration_trade.c were made from. */
static const char *const origins[] = {
    "1,518 yearly series of the M1, M3 and tourism competitions",
    "1,386 quarterly series of the M1, M3 and tourism competitions",
    "2,411 monthly series of the M1, M3 and tourism competitions"};
static const char *const trade_origins[] = {
    "2,900 series of yearly trade between countries, 1995 to 2016",
    "750 series of yearly balances between countries, 1995 to 2016"};

static const char *origin_of(const bkti_reach *reach, const bkt_fit *fit) {
    const bkti_calibration *own = bkti_calibration_of(reach->settings.season_length, fit->flags);
    for (size_t i = 0; i < 2; i++)
        if (own == &bkti_calibrations_trade[i])
            return trade_origins[i];
    return origins[own - bkti_calibrations];
}

const char *bkti_basis_text(bkti_basis basis) {
    static const char *const texts[] = {"none", "calibrated", "walk"};
    return texts[basis];
}

static void describe_errors(const bkti_reach *reach, const bkt_fit *fit, bkti_text *text) {
    unsigned long steps = (unsigned long)fit->calibrated_steps;
    bkti_text_append_format(text,
                            "how far it goes wrong is what it was on %s, up to %lu periods ahead; "
                            "that the series here are like those is a judgement",
                            origin_of(reach, fit), steps);
    if (reach->options.horizon > fit->calibrated_steps)
        bkti_text_append_format(text, "; beyond %lu periods ahead an extrapolation", steps);
}

static void describe_paths(const bkti_reach *reach, bkti_text *text) {
    bkti_text_append_format(text,
                            "%lu simulated paths of the automatic projection, from %lld values; ",
                            (unsigned long)reach->options.paths, (long long)reach->fit.count);
    describe_errors(reach, &reach->fit, text);
    const bkt_reach_options *options = &reach->options;
    if (bkti_reach_is_partial(options)) {
        double growth = 100.0 * (options->partial_value / options->partial_previous - 1.0);
        char number[64];
        bkti_number_format(floor(10.0 * fabs(growth) + 0.5) / 10.0, number, sizeof number);
        bkti_text_append_format(text,
                                "; the first period also by the %.0f %% of it that are counted, "
                                "%s %% %s the same part of the last one",
                                100.0 * options->partial_share, number,
                                growth < 0.0 ? "below" : "above");
    }
}

static void describe_walk(const bkti_reach *reach, bkti_text *text) {
    const bkt_walk *walk = &reach->walk;
    bool levels = (walk->flags & BKT_WALK_LEVELS) != 0;
    bool known = (reach->options.flags & BKT_TARGET_KNOWN) != 0;
    bkti_text_append_format(text,
                            "%lu simulated paths of a random walk with drift in the %s, drift and "
                            "sigma estimated from the whole series, %s; not calibrated against "
                            "outcomes",
                            (unsigned long)reach->options.paths, levels ? "values" : "logarithms",
                            known ? "taken as known" : "with the uncertainty of both");
    if (reach->fit.count < BKTI_CALIBRATION_COUNT)
        bkti_text_append_format(text, ", as %d values would be needed for that",
                                BKTI_CALIBRATION_COUNT);
    if ((double)reach->options.horizon > walk->span)
        bkti_text_append_format(text,
                                "; beyond %.0f periods ahead, the length of the series itself, an "
                                "extrapolation that nothing in the data can confirm",
                                walk->span);
}

void bkti_reach_describe(const bkti_reach *reach, bkti_text *text) {
    if (reach->basis == BKTI_BASIS_PATHS)
        describe_paths(reach, text);
    else if (reach->basis == BKTI_BASIS_WALK)
        describe_walk(reach, text);
    else
        bkti_text_append_format(text, "none: %s",
                                reach->walk.freedom < 1.0
                                    ? "drift and sigma cannot be estimated from fewer than three "
                                      "values"
                                    : "drift or sigma is too large for a number");
}

static void append_hundredths(bkti_text *text, double number) {
    char buffer[64];
    bkti_number_format(floor(100.0 * number + 0.5) / 100.0, buffer, sizeof buffer);
    bkti_text_append_format(text, "%s", buffer);
}

void bkti_together_describe(const bkti_together *together, bkti_text *text) {
    bkti_text_append_format(
        text,
        "%lu simulated pairs of paths of the automatic projections of both series, from %lld and "
        "%lld values, with a correlation of ",
        (unsigned long)together->reach.options.paths, (long long)together->sides[0].fit.count,
        (long long)together->sides[1].fit.count);
    append_hundredths(text, together->correlation);
    if (isnan(together->measured)) {
        bkti_text_append_format(text, ", which exports and imports of 388 pairs of countries have "
                                      "in the mean, as there is none to measure here; ");
    } else {
        bkti_text_append_format(text, " (");
        append_hundredths(text, together->measured);
        bkti_text_append_format(text,
                                " in the %lld changes that both have, drawn towards the mean of "
                                "388 pairs of countries as few values demand); ",
                                (long long)together->changes);
    }
    describe_errors(&together->reach, &together->sides[0].fit, text);
}
