/* SPDX-License-Identifier: MIT */
/* bktrade plot: exports, imports, balance and the projected turnover with targets, as SVG. */
#include "commands.h"
#include "fan.h"
#include "pair.h"

#include <stdio.h>
#include <string.h>

static const option_spec options[] = {
    {"output", "FILE", "where to write the SVG (also -o); needed"},
    {"side", "SIDE", "whose report: reporter or partner; default the one with the newer figures"},
    {"target", "AMOUNT", "a line at such an amount (3.5e9, 3.5bn); may come several times"},
    {"horizon", "N", "projected periods, default 10; 0: no projection"},
    {"model", "METHOD", "as in 'bktrade project'"},
    {"log", NULL, "logarithmic axis (turnover, exports and imports only)"},
    {"title", "TEXT", "instead of the one made up from the pair"},
    {NULL, NULL, NULL},
};

static const struct {
    const char *id;
    const char *label;
    int32_t colour;
} lines[] = {{"EXPORTS", "Exports", BKT_COLOUR_BLUE},
             {"IMPORTS", "Imports", BKT_COLOUR_VERMILION},
             {"BALANCE", "Balance", BKT_COLOUR_GREEN}};

/* The last row with a figure of a side; -1 for none. */
static int64_t last_row(const pair *read, const char *figure, int side) {
    char id[64];
    snprintf(id, sizeof id, "%s_%s", figure, pair_sides[side]);
    const bkt_column *column = bkt_table_column_find(read->balance, id);
    int64_t row = bkt_table_row_count(read->balance);
    while (row > 0 && bkt_column_missing_at(column, row - 1) != BKT_MISSING_NOT)
        row--;
    return row - 1;
}

static int choose_side(const arguments *given, const pair *read) {
    const char *side = arguments_value(given, "side");
    static const char *const figures[] = {"TURNOVER", "EXPORTS", "IMPORTS"};
    for (size_t i = 0; side == NULL && i < 3; i++) {
        int64_t own = last_row(read, figures[i], 0), other = last_row(read, figures[i], 1);
        if (own >= 0 || other >= 0)
            return other > own;
    }
    if (side == NULL)
        return 0;
    if (strcmp(side, "reporter") == 0)
        return 0;
    if (strcmp(side, "partner") == 0)
        return 1;
    fprintf(stderr, "bktrade: --side wants reporter or partner, not '%s'\n", side);
    return -1;
}

static bkt_status add_lines(bkt_plot *plot, const pair *read, int side, bool log_axis) {
    bkt_status status = BKT_OK;
    for (size_t i = 0; status == BKT_OK && i < sizeof lines / sizeof lines[0]; i++) {
        char id[64], label[160];
        bool balance = strcmp(lines[i].id, "BALANCE") == 0;
        if (balance && log_axis)
            continue;
        snprintf(id, sizeof id, "%s_%s", lines[i].id, pair_sides[side]);
        /* A balance is the reporter's, whoever reported the figures. */
        snprintf(label, sizeof label, "%s%s%s", lines[i].label, balance ? " of " : "",
                 balance ? read->reporter : "");
        bkt_plot_style style;
        bkt_plot_style_init(&style, sizeof style);
        style.colour = lines[i].colour;
        status = bkt_plot_add_line(plot, read->balance, "TIME_PERIOD", id, label, &style);
    }
    return status;
}

/* Black in every plot, so that it is told from the balance. */
static bkt_status add_turnover(bkt_plot *plot, const bkt_table *table, const char *id) {
    bkt_plot_style style;
    bkt_plot_style_init(&style, sizeof style);
    style.colour = BKT_COLOUR_BLACK;
    style.dash = BKT_DASH_SOLID;
    return bkt_plot_add_line(plot, table, "TIME_PERIOD", id, "Turnover", &style);
}

static bkt_status add_projection(session *running, bkt_plot *plot, const pair *read,
                                 const bkt_projection_options *how) {
    bkt_table *projection = NULL;
    bkt_status status = bkt_projection(running->context, read->balance, how, &projection);
    if (status == BKT_OK)
        status = fan_add(plot, projection, "Turnover");
    bkt_table_free(projection);
    return status;
}

static int32_t add_targets(session *running, const arguments *given, bkt_plot *plot,
                           const pair *read) {
    const char *text;
    for (uint32_t i = 0; (text = arguments_value_at(given, "target", i)) != NULL; i++) {
        double value;
        if (!arguments_amount("target", text, &value))
            return EXIT_USAGE;
        bkt_status status = bkt_plot_add_target(plot, value / read->scale, read->unit, NULL);
        if (status != BKT_OK)
            return session_fail(running, status);
    }
    return EXIT_DONE;
}

static bkt_status set_texts(const arguments *given, bkt_plot *plot, const pair *read, int side) {
    char title[256], subtitle[256], note[512];
    const char *own = pair_side_name(read, side);
    const char *source = bkt_table_property(read->balance, "source");
    const char *structure = bkt_table_property(read->balance, "structure");
    snprintf(title, sizeof title, "Trade of %s with %s", own, pair_side_name(read, 1 - side));
    snprintf(subtitle, sizeof subtitle, "Goods, as %s reports them; turnover = exports + imports",
             own);
    const char *publisher = bkt_table_property(read->balance, "source_name");
    if (source != NULL && strrchr(source, '/') != NULL)
        source = strrchr(source, '/') + 1;
    if (publisher != NULL)
        snprintf(note, sizeof note, "Source: %.400s (%.80s)", publisher, source ? source : "?");
    else
        snprintf(note, sizeof note, "Source: %.200s%s%.200s", source ? source : "?",
                 structure ? ", structure " : "", structure ? structure : "");
    const char *given_title = arguments_value(given, "title");
    bkt_status status = bkt_plot_set_title(plot, given_title ? given_title : title);
    if (status == BKT_OK)
        status = bkt_plot_set_subtitle(plot, subtitle);
    if (status == BKT_OK)
        status = bkt_plot_set_source(plot, note);
    return status;
}

static int32_t draw(session *running, const arguments *given, const pair *read, int side,
                    bkt_projection_options *how, bkt_plot *plot) {
    bool log_axis = arguments_value(given, "log") != NULL;
    bkt_plot_options look;
    bkt_plot_options_init(&look, sizeof look);
    if (log_axis)
        look.flags |= BKT_PLOT_LOG;
    char id[64];
    snprintf(id, sizeof id, "TURNOVER_%s", pair_sides[side]);
    how->value_id = id;
    if (last_row(read, "EXPORTS", side) < 0 && last_row(read, "IMPORTS", side) < 0) {
        fprintf(stderr, "bktrade: %s reports nothing in these periods: there is nothing to draw\n",
                pair_side_name(read, side));
        return EXIT_DATA;
    }
    if (how->horizon > 0 && last_row(read, "TURNOVER", side) < 0) {
        fprintf(stderr,
                "note: %s reports no turnover (exports and imports together): there is "
                "nothing to project\n",
                pair_side_name(read, side));
        how->horizon = 0;
    }
    bkt_status status = bkt_plot_set_options(plot, &look);
    if (status == BKT_OK)
        status = set_texts(given, plot, read, side);
    if (status == BKT_OK)
        status = add_lines(plot, read, side, log_axis);
    if (status == BKT_OK && how->horizon > 0)
        status = add_projection(running, plot, read, how);
    else if (status == BKT_OK)
        status = add_turnover(plot, read->balance, id);
    if (status != BKT_OK)
        return session_fail(running, status);
    int32_t code = add_targets(running, given, plot, read);
    if (code != EXIT_DONE)
        return code;
    const char *path = arguments_value(given, "output");
    status = bkt_plot_write_path(plot, path);
    if (status != BKT_OK)
        return session_fail(running, status);
    printf("wrote %s\n", path);
    return EXIT_DONE;
}

static int32_t run(const arguments *given) {
    bkt_projection_options how;
    bkt_projection_options_init(&how, sizeof how);
    how.flags = BKT_PROJECTION_TRADE;
    int32_t horizon = 10;
    const char *text = arguments_value(given, "horizon");
    if (text != NULL && !arguments_whole("horizon", text, 0, 10000, &horizon))
        return EXIT_USAGE;
    how.horizon = (uint32_t)horizon;
    how.levels = fan_levels;
    how.level_count = FAN_LEVELS;
    text = arguments_value(given, "model");
    how.method = text == NULL ? BKT_METHOD_AUTOMATIC : bkt_method_find(text);
    if (how.method == BKT_METHOD_NONE || arguments_value(given, "output") == NULL) {
        if (how.method == BKT_METHOD_NONE)
            fprintf(stderr, "bktrade plot: --model does not take '%s'\n", text);
        else
            fprintf(stderr, "bktrade plot: name the file to write with -o FILE\n");
        return EXIT_USAGE;
    }
    session running;
    if (!session_open(&running))
        return EXIT_DATA;
    pair read;
    bkt_plot *plot = NULL;
    int32_t code = pair_read(&running, given, "to", &read);
    int side = code == EXIT_DONE ? choose_side(given, &read) : -1;
    if (code == EXIT_DONE && side < 0)
        code = EXIT_USAGE;
    if (code == EXIT_DONE) {
        bkt_status status = bkt_plot_new(running.context, &plot);
        code = status == BKT_OK ? draw(&running, given, &read, side, &how, plot)
                                : session_fail(&running, status);
    }
    if (code == EXIT_DONE)
        session_tell(&running, false);
    bkt_plot_free(plot);
    pair_free(&read);
    session_close(&running);
    return code;
}

static const option_spec *const groups[] = {options,           pair_options,     window_options,
                                            structure_options, encoding_options, NULL};

const command_spec command_plot = {
    .name = "plot",
    .usage = "plot FILE... -o FILE.svg [OPTIONS]",
    .summary = "Draws exports, imports, balance and the projected turnover as SVG.",
    .text =
        "Lines for exports, imports and the balance, the turnover with its projection and\n"
        "50 %, 80 % and 95 % intervals, and targets as lines across. Readable in black and white.",
    .groups = groups,
    .examples = "  bktrade plot blr-kaz.xml -o trade.svg --target 3.5bn --target 4bn\n"
                "  bktrade plot blr-kaz.xml -o trade.svg --side reporter --horizon 0\n",
    .run = run,
};
