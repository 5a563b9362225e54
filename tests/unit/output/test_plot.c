/* SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <unistd.h>

#include <bktrade/output.h>

#include "collect.h"
#include "failing_memory.h"
#include "run_suite.h"
#include "svg_check.h"

/* Belarus's exports to and imports from Kazakhstan, thousand USD, 2005 to 2016 (UN Comtrade), and
 * 2018 (Belstat, in the press). */
#define FIRST_YEAR 2005
#define YEARS      14
static const double EXPORTS[YEARS] = {182923, 260863, 361258, 365126, 313440, 464830, 668600,
                                      804138, 862012, 875700, 522600, 363100, NAN,    783700};
static const double IMPORTS[YEARS] = {31500,  74300, 151400, 170900, 76100, 405800, 136500,
                                      119024, 77700, 82700,  45100,  55300, NAN,    112300};
static const char *const IDS[] = {"EXPORTS", "IMPORTS"};

static bkt_context *context;
static collected text;

static void start(void) {
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
}

static void finish(void) {
    collected_free(&text);
    bkt_context_free(context);
}

static bkt_table *trade_table(bkt_context *own) {
    const double *const columns[] = {EXPORTS, IMPORTS};
    return yearly_table(own, FIRST_YEAR, YEARS, "thousand USD", IDS, columns, 2);
}

static bkt_plot *new_plot(void) {
    bkt_plot *plot;
    ck_assert_int_eq(bkt_plot_new(context, &plot), BKT_OK);
    return plot;
}

static const char *draw(const bkt_plot *plot) {
    collected_free(&text);
    ck_assert_int_eq(bkt_plot_write(plot, collect, &text), BKT_OK);
    svg_check(text.data);
    return text.data;
}

static int count(const char *within, const char *part) {
    int found = 0;
    for (const char *c = strstr(within, part); c != NULL; c = strstr(c + 1, part)) {
        found++;
    }
    return found;
}

static void assert_has(const char *within, const char *part) {
    ck_assert_msg(strstr(within, part) != NULL, "no %s in %s", part, within);
}

static void add_line(bkt_plot *plot, const bkt_table *table, const char *id, const char *label) {
    ck_assert_int_eq(bkt_plot_add_line(plot, table, "TIME_PERIOD", id, label, NULL), BKT_OK);
}

/* One line of yearly figures from 2000 on. */
static bkt_plot *line_plot(const double *numbers, int64_t years, const char *unit) {
    static const char *const ID[] = {"V"};
    bkt_plot *plot = new_plot();
    bkt_table *table = yearly_table(context, 2000, years, unit, ID, &numbers, 1);
    add_line(plot, table, "V", "Trade");
    bkt_table_free(table);
    return plot;
}

static void set_flags(bkt_plot *plot, uint32_t flags) {
    bkt_plot_options options;
    ck_assert_int_eq(bkt_plot_options_init(&options, sizeof options), BKT_OK);
    options.flags = flags;
    ck_assert_int_eq(bkt_plot_set_options(plot, &options), BKT_OK);
}

START_TEST(two_lines_with_a_gap) {
    bkt_table *table = trade_table(context);
    bkt_plot *plot = new_plot();
    bkt_plot_set_title(plot, "Belarus & Kazakhstan");
    bkt_plot_set_subtitle(plot, "Goods");
    bkt_plot_set_source(plot, "Source: UN Comtrade");
    bkt_plot_set_axis_labels(plot, "Year", "Trade");
    add_line(plot, table, "EXPORTS", "Exports");
    add_line(plot, table, "IMPORTS", "Imports");
    bkt_table_free(table); /* the plot has its own copy */
    const char *svg = draw(plot);
    assert_has(svg, "viewBox=\"0 0 960.00 600.00\" role=\"img\"");
    assert_has(svg, "<title id=\"bkt-title\">Belarus &amp; Kazakhstan</title>");
    assert_has(svg, "<desc id=\"bkt-description\">A plot over time of Trade, million USD. Line "
                    "&quot;Exports&quot;: 182.9 in 2005, 783.7 in 2018; highest 875.7 in 2014.");
    assert_has(svg, ">Trade, million USD</text>");
    assert_has(svg, ">Year</text>");
    assert_has(svg, ">Source: UN Comtrade</text>");
    assert_has(svg, ">Lines are broken where a figure is missing.</text>");
    assert_has(svg, ">Exports</text>");
    /* Twelve years connected, then a point alone: a marker each, in circles and squares. */
    ck_assert_int_eq(count(svg, "<circle"), 13 + 1); /* and one at the label */
    const char *line = strstr(svg, "stroke=\"#0072B2\" stroke-width=\"2.2\"");
    ck_assert_ptr_nonnull(line);
    while (strncmp(line, "<path", 5) != 0) {
        line--;
    }
    const char *end = strchr(line, '>');
    int moves = 0, lines = 0;
    for (const char *c = line; c < end; c++) {
        moves += *c == 'M';
        lines += *c == 'L';
    }
    ck_assert_int_eq(moves, 2);
    ck_assert_int_eq(lines, 11);
    bkt_plot_free(plot);
}
END_TEST

START_TEST(the_same_plot_is_the_same_bytes) {
    bkt_plot *plots[2];
    collected texts[2] = {{0}, {0}};
    for (int i = 0; i < 2; i++) {
        bkt_table *table = trade_table(context);
        plots[i] = new_plot();
        add_line(plots[i], table, "EXPORTS", NULL);
        ck_assert_int_eq(bkt_plot_add_bars(plots[i], table, "TIME_PERIOD", "IMPORTS", NULL, NULL),
                         BKT_OK);
        ck_assert_int_eq(bkt_plot_add_target(plots[i], 1e9, "USD", NULL), BKT_OK);
        ck_assert_int_eq(bkt_plot_write(plots[i], collect, &texts[i]), BKT_OK);
        bkt_table_free(table);
    }
    ck_assert_str_eq(texts[0].data, texts[1].data);
    for (int i = 0; i < 2; i++) {
        collected_free(&texts[i]);
        bkt_plot_free(plots[i]);
    }
}
END_TEST

START_TEST(rows_may_be_in_any_order) {
    static const char *const FORWARD[] = {"2001", "2002", "2003"};
    static const char *const MIXED[] = {"2003", "2001", "2002"};
    static const double NUMBERS[] = {1, 2, 3};
    static const double MIXED_NUMBERS[] = {3, 1, 2};
    char *first = NULL;
    for (int i = 0; i < 2; i++) {
        bkt_table_builder *builder;
        bkt_table *table;
        bkt_plot *plot = new_plot();
        bkt_table_builder_new(context, &builder);
        bkt_table_builder_add_periods(builder, "T", i == 0 ? FORWARD : MIXED, 3);
        bkt_table_builder_add_numbers(builder, "V", BKT_ROLE_MEASURE, NULL,
                                      i == 0 ? NUMBERS : MIXED_NUMBERS, NULL, NULL, 3);
        ck_assert_int_eq(bkt_table_builder_finish(builder, &table), BKT_OK);
        ck_assert_int_eq(bkt_plot_add_line(plot, table, "T", "V", "v", NULL), BKT_OK);
        const char *svg = draw(plot);
        if (i == 0) {
            first = strdup(svg);
        } else {
            ck_assert_str_eq(svg, first);
        }
        bkt_table_free(table);
        bkt_plot_free(plot);
    }
    free(first);
}
END_TEST

/* A fan: a line, then a projection and two intervals that grow out of it. */
static bkt_plot *fan_plot(bkt_context *own) {
    static const double ACTUAL[] = {2.0, 2.5, 3.0, NAN, NAN, NAN};
    static const double PROJECTED[] = {NAN, NAN, NAN, 3.2, 3.4, 3.6};
    static const double LOWER_80[] = {NAN, NAN, NAN, 3.0, 3.0, 3.0};
    static const double UPPER_80[] = {NAN, NAN, NAN, 3.4, 3.8, 4.2};
    static const double LOWER_95[] = {NAN, NAN, NAN, 2.8, 2.6, 2.4};
    static const double UPPER_95[] = {NAN, NAN, NAN, 3.6, 4.2, 4.8};
    static const char *const NAMES[] = {"ACTUAL",   "PROJECTED", "LOWER_80",
                                        "UPPER_80", "LOWER_95",  "UPPER_95"};
    const double *const columns[] = {ACTUAL, PROJECTED, LOWER_80, UPPER_80, LOWER_95, UPPER_95};
    bkt_plot_style joined;
    bkt_plot *plot;
    bkt_table *table = yearly_table(own, 2021, 6, "billion USD", NAMES, columns, 6);
    ck_assert_int_eq(bkt_plot_style_init(&joined, sizeof joined), BKT_OK);
    joined.flags = BKT_STYLE_JOINED;
    ck_assert_int_eq(bkt_plot_new(own, &plot), BKT_OK);
    add_line(plot, table, "ACTUAL", "Turnover");
    bkt_plot_add_line(plot, table, "TIME_PERIOD", "PROJECTED", "Projection", &joined);
    bkt_plot_add_band(plot, table, "TIME_PERIOD", "LOWER_80", "UPPER_80", "80 %", &joined);
    bkt_plot_add_band(plot, table, "TIME_PERIOD", "LOWER_95", "UPPER_95", "95 %", &joined);
    bkt_plot_add_target(plot, 3.5e9, "USD", NULL);
    bkt_plot_add_target(plot, 4000, "million USD", "Four");
    bkt_table_free(table);
    return plot;
}

START_TEST(a_fan_with_targets) {
    bkt_plot *plot = fan_plot(context);
    const char *svg = draw(plot);
    assert_has(svg, ">billion USD</text>");
    assert_has(svg, ">Target 3.5 billion USD</text>");
    assert_has(svg, ">Four</text>");
    ck_assert_int_eq(count(svg, "stroke-dasharray=\"7 5\""), 2);
    assert_has(svg, ">80 %</text>");
    assert_has(svg, ">95 %</text>");
    /* The wider band is drawn first, both begin at the last value, as does the projection. */
    assert_has(svg, "fill-opacity=\"0.16\"");
    ck_assert(strstr(svg, "fill-opacity=\"0.16\"") < strstr(svg, "fill-opacity=\"0.20\""));
    const char *band = strstr(svg, "<g>\n<path d=\"M");
    ck_assert_ptr_nonnull(band);
    char joint[40];
    const char *begin = band + strlen("<g>\n<path d=\"M");
    snprintf(joint, sizeof joint, "M%.*s", (int)(strchr(strchr(begin, ' ') + 1, ' ') - begin),
             begin);
    ck_assert_int_ge(count(svg, joint), 5); /* two fills, two outlines, the projection */
    assert_has(svg, "Horizontal line &quot;Four&quot; at 4.00.");
    bkt_plot_free(plot);
}
END_TEST

START_TEST(bars_and_zero) {
    static const char *const NAMES[] = {"A", "B"};
    static const double A[] = {5, -3, 0};
    static const double B[] = {1, NAN, -2};
    const double *const columns[] = {A, B};
    bkt_table *table = yearly_table(context, 2000, 3, "%", NAMES, columns, 2);
    bkt_plot *plot = new_plot();
    ck_assert_int_eq(bkt_plot_add_bars(plot, table, "TIME_PERIOD", "A", "First", NULL), BKT_OK);
    ck_assert_int_eq(bkt_plot_add_bars(plot, table, "TIME_PERIOD", "B", "Second", NULL), BKT_OK);
    const char *svg = draw(plot);
    /* Background, clip, four bars (the missing one is none), and a stroke for the zero. */
    ck_assert_int_eq(count(svg, "<rect"), 2 + 4);
    ck_assert_int_eq(count(svg, "stroke-width=\"3\""), 1);
    ck_assert_int_eq(count(svg, "<pattern id=\"bkt-hatching-1\""), 1);
    ck_assert_int_eq(count(svg, "stroke-width=\"1.2\""), 1); /* the zero line */
    set_flags(plot, BKT_PLOT_LOG);
    ck_assert_int_eq(bkt_plot_write(plot, collect, &text), BKT_ERR_ARGUMENT);
    bkt_table_free(table);
    bkt_plot_free(plot);
}
END_TEST

START_TEST(a_logarithmic_axis_says_what_it_leaves_out) {
    static const double NUMBERS[] = {100, -4, 0, 2e6, 5};
    bkt_plot *plot = line_plot(NUMBERS, 5, "USD");
    set_flags(plot, BKT_PLOT_LOG);
    const char *svg = draw(plot);
    assert_has(svg, "(logarithmic scale)</text>");
    assert_has(svg, ">2 values of zero or below can't be shown on a logarithmic scale.</text>");
    ck_assert_int_eq(count(svg, "stroke-width=\"1.2\""), 0); /* no zero line */
    bkt_plot_free(plot);
    static const double NEGATIVE[] = {-1, -2};
    plot = line_plot(NEGATIVE, 2, "USD");
    set_flags(plot, BKT_PLOT_LOG);
    assert_has(draw(plot), "No data that a logarithmic scale can show");
    bkt_plot_free(plot);
}
END_TEST

START_TEST(an_axis_without_zero_or_cut_says_so) {
    static const double NUMBERS[] = {100.1, 100.4, 99.9, 150};
    bkt_plot *plot = line_plot(NUMBERS, 3, "index");
    ck_assert_ptr_null(strstr(draw(plot), "does not reach zero"));
    set_flags(plot, BKT_PLOT_FREE_BASE);
    assert_has(draw(plot), ">index (the axis does not reach zero)</text>");
    bkt_plot_free(plot);
    plot = line_plot(NUMBERS, 4, "index");
    bkt_plot_options options;
    bkt_plot_options_init(&options, sizeof options);
    options.value_high = 120;
    options.id_prefix = "second-1";
    ck_assert_int_eq(bkt_plot_set_options(plot, &options), BKT_OK);
    const char *svg = draw(plot);
    assert_has(svg, ">1 value beyond the axis is cut off.</text>");
    assert_has(svg, "<g clip-path=\"url(#second-1-area)\">");
    ck_assert_int_eq(count(svg, "\"bkt-"), 0);
    bkt_plot_free(plot);
}
END_TEST

START_TEST(a_plot_without_data_says_so) {
    static const double NOTHING[] = {NAN, NAN};
    bkt_plot *plot = new_plot();
    assert_has(draw(plot), "No data: not one value is there");
    assert_has(text.data, "A plot without data.");
    bkt_plot_free(plot);
    plot = line_plot(NOTHING, 2, "USD");
    ck_assert_int_eq(bkt_plot_add_target(plot, 5, "USD", NULL), BKT_OK);
    assert_has(draw(plot), "No data: not one value is there");
    bkt_plot_free(plot);
    plot = line_plot(NOTHING, 0, "USD");
    assert_has(draw(plot), "No data: not one value is there");
    bkt_plot_free(plot);
}
END_TEST

START_TEST(numbers_of_any_size_are_drawn) {
    static const double SETS[][3] = {{7, NAN, NAN},
                                     {5, 5, 5},
                                     {0, 0, 0},
                                     {-1, -2, -3},
                                     {1e300, -1e300, 0},
                                     {1e-300, 5e-324, 0},
                                     {1e308, 1e308, 1e308},
                                     {1, 1e15, 1e-15},
                                     {1e306, 1, -1e306},
                                     {1.7e308, -1.7e308, NAN}};
    static const char *const UNITS[] = {"", "USD", "trillion USD", "fraction", "%"};
    for (size_t i = 0; i < sizeof SETS / sizeof SETS[0]; i++) {
        for (size_t j = 0; j < sizeof UNITS / sizeof UNITS[0]; j++) {
            for (uint32_t flags = 0; flags < 4; flags++) {
                bkt_plot *plot = line_plot(SETS[i], 3, UNITS[j]);
                set_flags(plot, flags);
                draw(plot);
                bkt_plot_free(plot);
            }
        }
    }
}
END_TEST

START_TEST(lonely_points_are_seen) {
    static const double NUMBERS[] = {1, NAN, 3, NAN, 5};
    static const char *const NAMES[] = {"V"};
    const double *const columns[] = {NUMBERS};
    bkt_table *table = yearly_table(context, 2000, 5, "", NAMES, columns, 1);
    bkt_plot_style style;
    bkt_plot_style_init(&style, sizeof style);
    style.marker = BKT_MARKER_NONE;
    bkt_plot *plot = new_plot();
    ck_assert_int_eq(bkt_plot_add_line(plot, table, "TIME_PERIOD", "V", "", &style), BKT_OK);
    ck_assert_int_eq(count(draw(plot), "<circle"), 3);
    /* A band over one period is a bar with two ends, not nothing. */
    ck_assert_int_eq(bkt_plot_add_band(plot, table, "TIME_PERIOD", "V", "V", "", NULL), BKT_OK);
    ck_assert_int_eq(count(draw(plot), "h8m-4 0V"), 3);
    bkt_table_free(table);
    bkt_plot_free(plot);
}
END_TEST

START_TEST(texts_are_escaped_and_broken) {
    static const double NUMBERS[] = {1, 2};
    bkt_plot *plot = line_plot(NUMBERS, 2, "<&\">");
    bkt_plot_options options;
    bkt_plot_options_init(&options, sizeof options);
    options.width = 320;
    options.height = 200;
    ck_assert_int_eq(bkt_plot_set_options(plot, &options), BKT_OK);
    bkt_plot_set_title(plot, "<script>alert(1)</script> & \x01\xff a title that is much too long");
    bkt_plot_set_subtitle(plot, "\xe4\xb8\xad\xe5\x9b\xbd \"quoted\" and long enough to be broken");
    bkt_plot_set_source(plot, "A long note under a very small plot must not be cut off anywhere");
    const char *svg = draw(plot);
    ck_assert_int_eq(count(svg, "<script"), 0);
    ck_assert_int_ge(count(svg, "font-weight=\"bold\""), 2);
    /* Texts that leave no room for the data make the plot higher. */
    double height = strtod(strstr(svg, "height=\"") + 8, NULL);
    ck_assert(height > 200);
    bkt_plot_free(plot);
}
END_TEST

/* Where the labels at the right stand. */
START_TEST(labels_at_the_right_do_not_overlap) {
    bkt_plot *plot = new_plot();
    static const char *const NAMES[] = {"V"};
    for (int i = 0; i < 12; i++) {
        double numbers[30];
        for (int j = 0; j < 30; j++) {
            numbers[j] = 100 + (j == 29 ? i * 0.1 : (i * 37 + j * 11) % 50);
        }
        const double *const columns[] = {numbers};
        bkt_table *table = yearly_table(context, 1990, 30, "", NAMES, columns, 1);
        add_line(plot, table, "V", "Series");
        bkt_table_free(table);
    }
    double last = -100;
    int labels = 0;
    const char *svg = draw(plot);
    double ys[64];
    for (const char *c = strstr(svg, ">Series</text>"); c != NULL;
         c = strstr(c + 1, ">Series</text>")) {
        const char *element = c;
        while (*element != '<') {
            element--;
        }
        ys[labels++] = strtod(strstr(element, " y=\"") + 4, NULL);
    }
    ck_assert_int_eq(labels, 12);
    for (int turn = 0; turn < 12; turn++) {
        double next = HUGE_VAL;
        for (int i = 0; i < 12; i++) {
            next = ys[i] > last && ys[i] < next ? ys[i] : next;
        }
        ck_assert(next - last > 14);
        last = next;
    }
    bkt_plot_free(plot);
}
END_TEST

START_TEST(many_series_go_into_a_legend) {
    bkt_plot *plot = new_plot();
    static const char *const NAMES[] = {"V"};
    for (int i = 0; i < 64; i++) {
        double numbers[] = {i, i + 1, i + 2};
        const double *const columns[] = {numbers};
        char label[32];
        snprintf(label, sizeof label, "Country number %d", i);
        bkt_table *table = yearly_table(context, 2000, 3, "", NAMES, columns, 1);
        add_line(plot, table, "V", label);
        if (i == 63) {
            ck_assert_int_eq(bkt_plot_add_line(plot, table, "TIME_PERIOD", "V", "x", NULL),
                             BKT_ERR_LIMIT);
        }
        bkt_table_free(table);
    }
    const char *svg = draw(plot);
    assert_has(svg, ">Country number 0</text>");
    assert_has(svg, ">Country number 63</text>");
    bkt_plot_free(plot);
}
END_TEST

START_TEST(what_does_not_fit_is_refused) {
    static const char *const PERIODS[] = {"2001", "2001", "2002-Q1", NULL};
    static const double NUMBERS[] = {1, 2, 3, 4};
    bkt_table_builder *builder;
    bkt_table *mixed, *twice, *table = trade_table(context);
    bkt_table_builder_new(context, &builder);
    bkt_table_builder_add_periods(builder, "T", PERIODS + 1, 3);
    bkt_table_builder_add_numbers(builder, "V", BKT_ROLE_MEASURE, "EUR", NUMBERS, NULL, NULL, 3);
    ck_assert_int_eq(bkt_table_builder_finish(builder, &mixed), BKT_OK);
    bkt_table_builder_new(context, &builder);
    bkt_table_builder_add_periods(builder, "T", PERIODS, 2);
    bkt_table_builder_add_numbers(builder, "V", BKT_ROLE_MEASURE, NULL, NUMBERS, NULL, NULL, 2);
    ck_assert_int_eq(bkt_table_builder_finish(builder, &twice), BKT_OK);
    bkt_plot *plot = new_plot();
    ck_assert_int_eq(bkt_plot_add_line(plot, mixed, "T", "V", NULL, NULL), BKT_ERR_SERIES);
    ck_assert_int_eq(bkt_plot_add_line(plot, twice, "T", "V", NULL, NULL), BKT_ERR_DUPLICATE);
    ck_assert_ptr_nonnull(strstr(bkt_context_error_text(context), "2001"));
    ck_assert_int_eq(bkt_plot_add_line(plot, twice, "V", "V", NULL, NULL), BKT_ERR_COLUMN_KIND);
    ck_assert_int_eq(bkt_plot_add_line(plot, twice, "T", "W", NULL, NULL), BKT_ERR_NO_COLUMN);
    ck_assert_int_eq(bkt_plot_add_line(plot, twice, "T", NULL, NULL, NULL), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_plot_add_line(plot, NULL, "T", "V", NULL, NULL), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_plot_add_line(NULL, table, "T", "V", NULL, NULL), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_plot_add_target(plot, NAN, "USD", NULL), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(
        bkt_plot_add_band(plot, table, "TIME_PERIOD", "EXPORTS", "IMPORTS", NULL, NULL),
        BKT_ERR_ARGUMENT);
    /* None of this has left anything: the plot takes its unit from the first that fits. */
    add_line(plot, table, "EXPORTS", NULL);
    ck_assert_int_eq(bkt_plot_add_target(plot, 1, "EUR", NULL), BKT_ERR_SHAPE);
    static const char *const ONE[] = {"V"};
    const double *const columns[] = {NUMBERS};
    bkt_table *bare = yearly_table(context, 2000, 3, "", ONE, columns, 1);
    ck_assert_int_eq(bkt_plot_add_line(plot, bare, "TIME_PERIOD", "V", NULL, NULL), BKT_ERR_SHAPE);
    bkt_plot_options options;
    bkt_plot_options_init(&options, sizeof options);
    options.value_unit = "million USD";
    ck_assert_int_eq(bkt_plot_set_options(plot, &options), BKT_OK);
    add_line(plot, bare, "V", NULL);
    draw(plot);
    bkt_table_free(bare);
    bkt_table_free(mixed);
    bkt_table_free(twice);
    bkt_table_free(table);
    bkt_plot_free(plot);
    bkt_plot_free(NULL);
}
END_TEST

START_TEST(wrong_options_are_refused) {
    bkt_plot *plot = new_plot();
    bkt_plot_options options[9];
    bkt_plot_style style;
    for (size_t i = 0; i < 9; i++) {
        ck_assert_int_eq(bkt_plot_options_init(&options[i], sizeof options[i]), BKT_OK);
    }
    options[0].flags = 4;
    options[1].width = 319;
    options[2].height = 10001;
    options[3].value_low = INFINITY;
    options[4].value_low = options[4].value_high = 1;
    options[5].flags = BKT_PLOT_LOG;
    options[5].value_low = 0;
    options[6].id_prefix = "1";
    options[7].id_prefix = "a b";
    options[8].id_prefix = "";
    for (size_t i = 0; i < 9; i++) {
        ck_assert_int_eq(bkt_plot_set_options(plot, &options[i]), BKT_ERR_ARGUMENT);
    }
    options[0].struct_size = 8;
    ck_assert_int_eq(bkt_plot_set_options(plot, &options[0]), BKT_ERR_ABI);
    ck_assert_int_eq(bkt_plot_set_options(NULL, NULL), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_plot_set_options(plot, NULL), BKT_OK);
    ck_assert_int_eq(bkt_plot_style_init(&style, sizeof style), BKT_OK);
    style.colour = 9;
    bkt_table *table = trade_table(context);
    ck_assert_int_eq(bkt_plot_add_line(plot, table, "TIME_PERIOD", "EXPORTS", NULL, &style),
                     BKT_ERR_ARGUMENT);
    bkt_table_free(table);
    ck_assert_int_eq(bkt_plot_write(plot, NULL, NULL), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_plot_write(NULL, collect, &text), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_plot_write_path(plot, NULL), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_plot_write_path(NULL, "x"), BKT_ERR_ARGUMENT);
    bkt_plot_free(plot);
    ck_assert_int_eq(bkt_plot_new(NULL, &plot), BKT_ERR_ARGUMENT);
    ck_assert_ptr_null(plot);
}
END_TEST

/* 300 series would be too many, but long lines of days are many bytes as well. */
START_TEST(a_caller_may_stop_at_any_block) {
    static char days[3000][16];
    static const char *periods[3000];
    static double numbers[3000];
    bkt_table_builder *builder;
    bkt_table *table;
    for (int i = 0; i < 3000; i++) {
        snprintf(days[i], sizeof days[i], "%04d-D%03d", 2010 + i / 365, 1 + i % 365);
        periods[i] = days[i];
        numbers[i] = i % 97;
    }
    bkt_table_builder_new(context, &builder);
    bkt_table_builder_add_periods(builder, "TIME_PERIOD", periods, 3000);
    bkt_table_builder_add_numbers(builder, "V", BKT_ROLE_MEASURE, NULL, numbers, NULL, NULL, 3000);
    ck_assert_int_eq(bkt_table_builder_finish(builder, &table), BKT_OK);
    bkt_plot *plot = new_plot();
    for (int i = 0; i < 4; i++) {
        add_line(plot, table, "V", NULL);
    }
    draw(plot);
    int calls = text.calls;
    ck_assert_int_gt(calls, 2);
    for (int n = 1; n <= calls; n++) {
        collected part = {.refuse_at = n};
        ck_assert_int_eq(bkt_plot_write(plot, collect, &part), BKT_ERR_CANCELLED);
        ck_assert_int_eq(part.calls, n);
        collected_free(&part);
    }
    bkt_table_free(table);
    bkt_plot_free(plot);
}
END_TEST

static bkt_status build_and_write(bkt_context *own, const bkt_table *table, const char *path) {
    bkt_plot *plot;
    bkt_plot_options options;
    bkt_plot_options_init(&options, sizeof options);
    options.value_unit = "USD";
    options.id_prefix = "x";
    bkt_status status = bkt_plot_new(own, &plot);
    if (status != BKT_OK) {
        ck_assert_ptr_null(plot);
        return status;
    }
    bkt_status steps[] = {
        bkt_plot_set_options(plot, &options),
        bkt_plot_set_title(plot, "Title"),
        bkt_plot_set_axis_labels(plot, "Year", "Value"),
        bkt_plot_add_line(plot, table, "TIME_PERIOD", "EXPORTS", NULL, NULL),
        bkt_plot_add_bars(plot, table, "TIME_PERIOD", "IMPORTS", NULL, NULL),
        bkt_plot_add_target(plot, 1e9, "USD", NULL),
        bkt_plot_write_path(plot, path),
    };
    bkt_plot_free(plot);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        status = status == BKT_OK ? steps[i] : status;
    }
    return status;
}

START_TEST(every_allocation_may_fail) {
    char folder[200], path[240];
    const char *parent = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%.150s/bkt-plot-XXXXXX", parent == NULL ? "/tmp" : parent);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/plot.svg", folder);
    failing_memory memory;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *own = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(own);
        bkt_table *table = trade_table(own);
        failing_memory_arm(&memory);
        bkt_status status = build_and_write(own, table, path);
        failing_memory_disarm(&memory);
        ck_assert(status == BKT_OK || (status == BKT_ERR_MEMORY && memory.has_failed));
        unlink(path); /* a step before the last may have failed */
        bkt_table_free(table);
        bkt_context_free(own);
        failing_memory_check(&memory);
    }
    ck_assert_int_eq(rmdir(folder), 0); /* and no other file was left */
}
END_TEST

int main(void) {
    Suite *suite = suite_create("plot");
    TCase *test_case = tcase_create("plot");
    tcase_add_checked_fixture(test_case, start, finish);
    tcase_add_test(test_case, two_lines_with_a_gap);
    tcase_add_test(test_case, the_same_plot_is_the_same_bytes);
    tcase_add_test(test_case, rows_may_be_in_any_order);
    tcase_add_test(test_case, a_fan_with_targets);
    tcase_add_test(test_case, bars_and_zero);
    tcase_add_test(test_case, a_logarithmic_axis_says_what_it_leaves_out);
    tcase_add_test(test_case, an_axis_without_zero_or_cut_says_so);
    tcase_add_test(test_case, a_plot_without_data_says_so);
    tcase_add_test(test_case, numbers_of_any_size_are_drawn);
    tcase_add_test(test_case, lonely_points_are_seen);
    tcase_add_test(test_case, texts_are_escaped_and_broken);
    tcase_add_test(test_case, labels_at_the_right_do_not_overlap);
    tcase_add_test(test_case, many_series_go_into_a_legend);
    tcase_add_test(test_case, what_does_not_fit_is_refused);
    tcase_add_test(test_case, wrong_options_are_refused);
    tcase_add_test(test_case, a_caller_may_stop_at_any_block);
    tcase_add_test(test_case, every_allocation_may_fail);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
