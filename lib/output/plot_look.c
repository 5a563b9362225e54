/* SPDX-License-Identifier: MIT */
/* Colours, dashes and markers: series differ in all three at once, so that any one suffices. */
#include "bkti_drawing.h"
#include "bkti_svg.h"

/* Okabe and Ito, "Color Universal Design" (2008), without the yellow that white paper swallows; and
 * a grey. By bkt_colour. */
static const char *const COLOURS[] = {NULL,      "#000000", "#0072B2", "#D55E00", "#009E73",
                                      "#E69F00", "#56B4E9", "#CC79A7", "#767676"};
/* The same, with a contrast of 4.5 and more to white. */
static const char *const INKS[] = {NULL,      "#000000", "#005A8E", "#A84A00", "#00694D",
                                   "#8A6000", "#2B6E99", "#98426F", "#595959"};
/* By bkt_dash; lengths for a line of 2.2 pixels. */
static const char *const DASHES[] = {NULL, "", "9 4", "5 3.5", "1.5 3.5", "10 3.5 1.5 3.5"};

typedef struct automatic_look {
    int colour;
    int dash;
    int marker;
    bool hollow;
} automatic_look;

/* Neighbours in the order differ in lightness too. */
static const automatic_look ORDER[] = {
    {BKT_COLOUR_BLUE, BKT_DASH_SOLID, BKT_MARKER_CIRCLE, false},
    {BKT_COLOUR_VERMILION, BKT_DASH_LONG, BKT_MARKER_SQUARE, true},
    {BKT_COLOUR_BLACK, BKT_DASH_LONG_DOT, BKT_MARKER_TRIANGLE, false},
    {BKT_COLOUR_GREEN, BKT_DASH_SHORT, BKT_MARKER_DIAMOND, true},
    {BKT_COLOUR_PURPLE, BKT_DASH_SOLID, BKT_MARKER_CROSS, false},
    {BKT_COLOUR_ORANGE, BKT_DASH_LONG, BKT_MARKER_TRIANGLE, true},
    {BKT_COLOUR_SKY_BLUE, BKT_DASH_LONG_DOT, BKT_MARKER_SQUARE, false},
    {BKT_COLOUR_GREY, BKT_DASH_DOT, BKT_MARKER_CIRCLE, true},
};
#define ORDER_COUNT (sizeof ORDER / sizeof ORDER[0])

/* Mean width of a band. */
static double band_width(const bkti_plot_series *series) {
    double sum = 0;
    for (size_t i = 0; i < series->count; i++) {
        sum += series->points[i].is_there ? series->points[i].upper - series->points[i].value : 0;
    }
    return series->there_count == 0 ? 0 : sum / (double)series->there_count;
}

/* How many bands of the same fan are wider; `group` counts the fans before this one. */
static int band_rank(const bkt_plot *plot, uint32_t index, int *out_group) {
    int rank = 0;
    bool parents[BKTI_SERIES_LIMIT + 1] = {false};
    const bkti_plot_series *band = &plot->series[index];
    *out_group = 0;
    for (uint32_t i = 0; i < plot->series_count; i++) {
        const bkti_plot_series *other = &plot->series[i];
        if (other->kind != BKTI_SERIES_BAND || i == index) {
            continue;
        }
        if (other->parent == band->parent) {
            rank += band_width(other) > band_width(band) ||
                    (band_width(other) == band_width(band) && i < index);
        } else if (i < index && !parents[other->parent + 1]) {
            parents[other->parent + 1] = true;
            ++*out_group;
        }
    }
    return rank;
}

static void apply(bkti_look *look, int colour, int dash) {
    look->colour = COLOURS[colour];
    look->ink = INKS[colour];
    look->dash = DASHES[dash];
}

/* Colour and dash of a series that is drawn by itself, and its own choices over them. */
static void choose_look(bkti_drawing *drawing, uint32_t index, const automatic_look *automatic) {
    const bkti_plot_series *series = &drawing->plot->series[index];
    const bkt_plot_style *style = &series->style;
    bkti_look *look = &drawing->looks[index];
    apply(look, style->colour != 0 ? style->colour : automatic->colour,
          style->dash != 0 ? style->dash : automatic->dash);
    look->marker = style->marker != 0 ? style->marker : automatic->marker;
    look->hollow = automatic->hollow;
}

static void choose_joined(bkti_drawing *drawing, uint32_t index) {
    static const automatic_look NEUTRAL = {BKT_COLOUR_BLACK, BKT_DASH_SHORT, BKT_MARKER_NONE,
                                           false};
    const bkti_plot_series *series = &drawing->plot->series[index];
    bkti_look *look = &drawing->looks[index];
    choose_look(drawing, index, &NEUTRAL);
    if (series->style.colour == BKT_COLOUR_AUTOMATIC) {
        look->colour = drawing->looks[series->parent].colour;
        look->ink = drawing->looks[series->parent].ink;
    }
}

/* The n-th look; a colour that comes again has another dash and marker. */
static automatic_look order_look(size_t n) {
    automatic_look look = ORDER[n % ORDER_COUNT];
    int turn = (int)(n / ORDER_COUNT);
    look.dash = 1 + (look.dash - 1 + 2 * turn) % BKT_DASH_LONG_DOT;
    look.marker = BKT_MARKER_CIRCLE + (look.marker - BKT_MARKER_CIRCLE + turn) % 5;
    look.hollow = look.hollow != (turn % 2 == 1);
    return look;
}

void bkti_looks_choose(bkti_drawing *drawing) {
    const bkt_plot *plot = drawing->plot;
    size_t next = 0;
    int bars = 0;
    for (uint32_t i = 0; i < plot->series_count; i++) {
        const bkti_plot_series *series = &plot->series[i];
        bkti_look *look = &drawing->looks[i];
        if (series->parent >= 0) {
            choose_joined(drawing, i);
        } else {
            automatic_look automatic = order_look(next++);
            choose_look(drawing, i, &automatic);
        }
        if (series->kind == BKTI_SERIES_BARS) {
            look->bar_index = bars;
            look->hatching = bars % (BKTI_HATCHINGS + 1);
            look->tint = bars % 2 == 0 ? 0.55 : 0.3;
            bars++;
        } else if (series->kind == BKTI_SERIES_BAND) {
            int group;
            int rank = band_rank(plot, i, &group);
            look->rank = rank;
            look->hatching = group % (BKTI_HATCHINGS + 1);
            look->tint = rank == 0 ? 0.16 : 0.2;
            /* Black is darker than any colour. */
            look->tint *= look->colour == COLOURS[BKT_COLOUR_BLACK] ? 0.7 : 1;
        }
    }
    drawing->bar_count = bars;
}

void bkti_looks_define(const bkti_drawing *drawing) {
    static const int ANGLES[] = {0, 45, -45, 90};
    const bkt_plot *plot = drawing->plot;
    for (uint32_t i = 0; i < plot->series_count; i++) {
        const bkti_look *look = &drawing->looks[i];
        if (look->hatching > 0) {
            bkti_svg(drawing->out,
                     "<pattern id=\"%s-hatching-%d\" width=\"6\" height=\"6\" "
                     "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(%d)\">"
                     "<path d=\"M0 3H6\" stroke=\"%s\" stroke-width=\"1.6\"/></pattern>\n",
                     drawing->prefix, (int)i, ANGLES[look->hatching], look->colour);
        }
    }
}

void bkti_look_write_fill(const bkti_drawing *drawing, uint32_t index) {
    const bkti_look *look = &drawing->looks[index];
    if (look->hatching > 0) {
        bkti_svg(drawing->out, " fill=\"url(#%s-hatching-%d)\" fill-opacity=\"%n\"",
                 drawing->prefix, (int)index,
                 drawing->plot->series[index].kind == BKTI_SERIES_BAND ? 0.45 : 1.0);
    } else {
        bkti_svg(drawing->out, " fill=\"%s\" fill-opacity=\"%n\"", look->colour, look->tint);
    }
}

void bkti_look_write_stroke(const bkti_drawing *drawing, uint32_t index) {
    const bkti_look *look = &drawing->looks[index];
    bkti_svg(drawing->out,
             " fill=\"none\" stroke=\"%s\" stroke-width=\"2.2\" stroke-linejoin=\"round\"",
             look->colour);
    if (look->dash[0] != '\0') {
        bkti_svg(drawing->out, " stroke-dasharray=\"%s\"", look->dash);
    }
}

/* A filled marker has a white edge, which keeps it apart from lines and markers below it. */
static void close_marker(const bkti_drawing *drawing, const bkti_look *look) {
    if (look->hollow || look->marker == BKT_MARKER_CROSS) {
        bkti_svg(drawing->out, " fill=\"%s\" stroke=\"%s\" stroke-width=\"1.6\"/>\n",
                 look->hollow ? "#fff" : "none", look->colour);
    } else {
        bkti_svg(drawing->out, " fill=\"%s\" stroke=\"#fff\" stroke-width=\"0.8\"/>\n",
                 look->colour);
    }
}

void bkti_look_write_marker(const bkti_drawing *drawing, uint32_t index, double x, double y) {
    const bkti_look *look = &drawing->looks[index];
    bkti_text *out = drawing->out;
    switch (look->marker) {
    case BKT_MARKER_SQUARE:
        bkti_svg(out, "<path d=\"M%n %nh6.4v6.4h-6.4z\"", x - 3.2, y - 3.2);
        break;
    case BKT_MARKER_TRIANGLE:
        bkti_svg(out, "<path d=\"M%n %nl5.2 8.6h-10.4z\"", x, y - 5.4);
        break;
    case BKT_MARKER_DIAMOND:
        bkti_svg(out, "<path d=\"M%n %nl4.4 4.4l-4.4 4.4l-4.4 -4.4z\"", x, y - 4.4);
        break;
    case BKT_MARKER_CROSS:
        bkti_svg(out, "<path d=\"M%n %nl6.4 6.4m0 -6.4l-6.4 6.4\"", x - 3.2, y - 3.2);
        break;
    default:
        bkti_svg(out, "<circle cx=\"%n\" cy=\"%n\" r=\"%n\"", x, y, look->hollow ? 3.2 : 4.0);
        break;
    }
    close_marker(drawing, look);
}

/* As dark as in the plot: with the wider bands of its fan below it. */
static void write_band_sample(const bkti_drawing *drawing, uint32_t index, double x, double y) {
    const bkt_plot *plot = drawing->plot;
    const bkti_look *look = &drawing->looks[index];
    for (int rank = 0; rank <= look->rank; rank++) {
        for (uint32_t i = 0; i < plot->series_count; i++) {
            const bkti_plot_series *other = &plot->series[i];
            if (other->kind != plot->series[index].kind || drawing->looks[i].rank != rank ||
                (i != index && other->parent != plot->series[index].parent)) {
                continue;
            }
            bkti_svg(drawing->out, "<path d=\"M%n %nh%nv10h%nz\"", x, y - 5, BKTI_SAMPLE_WIDTH,
                     -BKTI_SAMPLE_WIDTH);
            bkti_look_write_fill(drawing, i);
            bkti_text_append_text(drawing->out, "/>\n");
        }
    }
}

void bkti_look_write_sample(const bkti_drawing *drawing, uint32_t index, double x, double y) {
    bkti_text *out = drawing->out;
    const bkti_look *look = &drawing->looks[index];
    int kind = drawing->plot->series[index].kind;
    if (kind == BKTI_SERIES_LINE) {
        bkti_svg(out, "<path d=\"M%n %nh%n\"", x, y, BKTI_SAMPLE_WIDTH);
        bkti_look_write_stroke(drawing, index);
        bkti_text_append_text(out, "/>\n");
        if (look->marker != BKT_MARKER_NONE) {
            bkti_look_write_marker(drawing, index, x + BKTI_SAMPLE_WIDTH / 2, y);
        }
        return;
    }
    if (kind == BKTI_SERIES_BAND) {
        write_band_sample(drawing, index, x, y);
    }
    bkti_svg(out, "<path d=\"M%n %nh%nv10h%nz\"", x, y - 5, BKTI_SAMPLE_WIDTH, -BKTI_SAMPLE_WIDTH);
    if (kind == BKTI_SERIES_BAND) {
        bkti_text_append_text(out, " fill=\"none\"");
    } else {
        bkti_look_write_fill(drawing, index);
    }
    bkti_svg(out, " stroke=\"%s\" stroke-width=\"0.8\"/>\n", look->colour);
}
