/* SPDX-License-Identifier: MIT */
/* A plot as SVG 1.1, from back to front: grid, bands, bars, lines, labels, axes. */
#include <math.h>

#include "bkti_display.h"
#include "bkti_drawing.h"
#include "bkti_sink.h"
#include "bkti_svg.h"

#define FONTS "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
/* Points nearer than this on average have no marker each, but some at this distance. */
#define MARKER_ROOM  11.0
#define MARKER_EVERY 60.0

/* A text in lines below `top`. */
static void draw_block(const bkti_drawing *drawing, const char *text, double x, double top,
                       double limit, double size, double line, const char *attributes) {
    bkti_span rest = bkti_span_of(text);
    for (double y = top + line * 0.78;; y += line) {
        bkti_span part = bkti_span_trim(bkti_take_line(&rest, limit, bkti_svg_measure));
        if (part.size == 0) {
            break;
        }
        bkti_svg(drawing->out, "<text x=\"%n\" y=\"%n\" font-size=\"%n\"%s>%t</text>\n", x, y, size,
                 attributes, &part);
    }
}

static void draw_full_block(const bkti_drawing *drawing, const char *text, double top, double size,
                            double line, double bold, const char *attributes) {
    if (text != NULL) {
        draw_block(drawing, text, BKTI_MARGIN, top,
                   (drawing->width - 2 * BKTI_MARGIN) / (size * bold), size, line, attributes);
    }
}

static void draw_head(const bkti_drawing *drawing, const bkti_text *description) {
    const bkt_plot *plot = drawing->plot;
    bkti_text *out = drawing->out;
    const char *prefix = drawing->prefix;
    bkti_span title = bkti_span_of(plot->title == NULL ? "Plot" : plot->title);
    bkti_span words = bkti_span_of(bkti_text_get(description));
    bkti_svg(out,
             "<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\" width=\"%n\" "
             "height=\"%n\" viewBox=\"0 0 %n %n\" role=\"img\" "
             "aria-labelledby=\"%s-title %s-description\" font-family=\"" FONTS "\">\n",
             drawing->width, drawing->height, drawing->width, drawing->height, prefix, prefix);
    bkti_svg(out, "<title id=\"%s-title\">%t</title>\n<desc id=\"%s-description\">%t</desc>\n",
             prefix, &title, prefix, &words);
    bkti_svg(out,
             "<defs>\n<clipPath id=\"%s-area\"><rect x=\"%n\" y=\"%n\" width=\"%n\" "
             "height=\"%n\"/></clipPath>\n",
             prefix, drawing->area.left, drawing->area.top,
             drawing->area.right - drawing->area.left, drawing->area.bottom - drawing->area.top);
    bkti_looks_define(drawing);
    bkti_svg(out, "</defs>\n<rect width=\"%n\" height=\"%n\" fill=\"#fff\"/>\n", drawing->width,
             drawing->height);
}

static void draw_texts(const bkti_drawing *drawing) {
    const bkt_plot *plot = drawing->plot;
    draw_full_block(drawing, plot->title, drawing->title_top, BKTI_TITLE_SIZE, BKTI_TITLE_LINE,
                    BKTI_BOLD, " font-weight=\"bold\" fill=\"#111\"");
    draw_full_block(drawing, plot->subtitle, drawing->subtitle_top, BKTI_SUBTITLE_SIZE,
                    BKTI_SUBTITLE_LINE, 1, " fill=\"#444\"");
    draw_full_block(drawing, bkti_text_get(&drawing->axis_title), drawing->axis_title_top,
                    BKTI_TICK_SIZE, BKTI_LABEL_LINE, 1, " fill=\"#333\"");
    double y = drawing->foot_top + 8;
    if (plot->time_label != NULL && drawing->has_values) {
        bkti_span label = bkti_span_of(plot->time_label);
        bkti_svg(drawing->out,
                 "<text x=\"%n\" y=\"%n\" font-size=\"%n\" text-anchor=\"middle\" "
                 "fill=\"#333\">%t</text>\n",
                 (drawing->area.left + drawing->area.right) / 2, y + 10, BKTI_TICK_SIZE, &label);
    }
    y += plot->time_label == NULL ? 0 : BKTI_LABEL_LINE + 2;
    const char *notes = bkti_text_get(&drawing->notes);
    draw_full_block(drawing, notes, y, BKTI_NOTE_SIZE, BKTI_NOTE_LINE, 1, " fill=\"#555\"");
    y += bkti_text_block(bkti_span_of(notes), (drawing->width - 2 * BKTI_MARGIN) / BKTI_NOTE_SIZE,
                         BKTI_NOTE_SIZE, BKTI_NOTE_LINE, NULL);
    draw_full_block(drawing, plot->source, y, BKTI_NOTE_SIZE, BKTI_NOTE_LINE, 1, " fill=\"#555\"");
}

/* Grid and numbers of the value axis; zero stands out. */
static void draw_values(const bkti_drawing *drawing) {
    const bkti_value_axis *axis = &drawing->values;
    bkti_text *out = drawing->out;
    bkti_svg(out, "<g font-size=\"%n\" text-anchor=\"end\" fill=\"#333\">\n", BKTI_TICK_SIZE);
    for (int i = 0; i < axis->tick_count; i++) {
        double y = bkti_value_axis_place_shown(axis, axis->ticks[i].value);
        bkti_span label = bkti_span_of(axis->ticks[i].label);
        bkti_svg(
            out, "<path d=\"M%n %nH%n\" stroke=\"#ddd\"/>\n<text x=\"%n\" y=\"%n\">%t</text>\n",
            drawing->area.left, y, drawing->area.right, drawing->area.left - 8, y + 4.2, &label);
    }
    bkti_text_append_text(out, "</g>\n");
}

static void draw_zero(const bkti_drawing *drawing) {
    const bkti_value_axis *axis = &drawing->values;
    if (!axis->is_log && axis->low <= 0 && axis->high >= 0) {
        double y = bkti_value_axis_place_shown(axis, 0);
        bkti_svg(drawing->out, "<path d=\"M%n %nH%n\" stroke=\"#333\" stroke-width=\"1.2\"/>\n",
                 drawing->area.left, y, drawing->area.right);
    }
}

/* A lower bound of zero or below is at the edge of a logarithmic axis. */
static void place_bound(const bkti_drawing *drawing, const bkti_plot_point *point, bool upper,
                        double *out_x, double *out_y) {
    if (!bkti_place_point(drawing, point, upper, out_x, out_y)) {
        *out_y = drawing->area.bottom;
    }
}

/* The coordinates of one bound from left to right, from the joint if there is one. */
static void write_bound(const bkti_drawing *drawing, const bkti_plot_series *band, size_t first,
                        size_t last, const bkti_plot_point *joint, bool upper) {
    double x, y;
    if (joint != NULL && bkti_place_point(drawing, joint, false, &x, &y)) {
        bkti_svg(drawing->out, "%n %n ", x, y);
    }
    for (size_t i = first; i <= last; i++) {
        place_bound(drawing, &band->points[i], upper, &x, &y);
        bkti_svg(drawing->out, "%n %n ", x, y);
    }
}

/* One stretch of a band, points[first] to points[last], from the joint if there is one. */
static void draw_band_run(const bkti_drawing *drawing, uint32_t index, size_t first, size_t last,
                          const bkti_plot_point *joint) {
    const bkti_plot_series *band = &drawing->plot->series[index];
    bkti_text *out = drawing->out;
    double x, y;
    if (first == last && joint == NULL) {
        double upper;
        place_bound(drawing, &band->points[first], true, &x, &upper);
        place_bound(drawing, &band->points[first], false, &x, &y);
        bkti_svg(out,
                 "<path d=\"M%n %nh8m-4 0V%nm-4 0h8\" fill=\"none\" stroke=\"%s\" "
                 "stroke-width=\"1.4\"/>\n",
                 x - 4, upper, y, drawing->looks[index].colour);
        return;
    }
    bkti_text_append_text(out, "<path d=\"M");
    write_bound(drawing, band, first, last, joint, true);
    for (size_t i = last + 1; i-- > first;) {
        place_bound(drawing, &band->points[i], false, &x, &y);
        bkti_svg(out, "%n %n ", x, y);
    }
    bkti_text_append_text(out, "z\"");
    bkti_look_write_fill(drawing, index);
    bkti_text_append_text(out, "/>\n<path d=\"M");
    write_bound(drawing, band, first, last, joint, true);
    bkti_text_append_text(out, "M");
    write_bound(drawing, band, first, last, joint, false);
    bkti_svg(out, "\" fill=\"none\" stroke=\"%s\" stroke-width=\"0.9\" stroke-opacity=\"0.7\"/>\n",
             drawing->looks[index].colour);
}

/* Whether a line or band goes on from one point to the next one in the list. */
static bool goes_on(const bkti_drawing *drawing, const bkti_plot_series *series, size_t index,
                    bool upper) {
    double x, y;
    return index + 1 < series->count &&
           bkti_place_point(drawing, &series->points[index + 1], upper, &x, &y) &&
           bkti_plot_are_neighbours(series->frequency, &series->points[index],
                                    &series->points[index + 1]);
}

static void draw_band(const bkti_drawing *drawing, uint32_t index) {
    const bkti_plot_series *band = &drawing->plot->series[index];
    const bkti_plot_point *joint = bkti_joint(drawing, band);
    double x, y;
    for (size_t first = 0; first < band->count; first++) {
        if (!bkti_place_point(drawing, &band->points[first], true, &x, &y)) {
            continue;
        }
        size_t last = first;
        while (goes_on(drawing, band, last, true)) {
            last++;
        }
        draw_band_run(drawing, index, first, last, joint);
        joint = NULL;
        first = last;
    }
}

static void draw_bars(const bkti_drawing *drawing, uint32_t index) {
    const bkti_plot_series *bars = &drawing->plot->series[index];
    bkti_text *out = drawing->out;
    bkti_text_append_text(out, "<g");
    bkti_look_write_fill(drawing, index);
    bkti_svg(out, " stroke=\"%s\" stroke-width=\"0.8\">\n", drawing->looks[index].colour);
    for (size_t i = 0; i < bars->count; i++) {
        bkti_box bar;
        if (!bkti_place_bar(drawing, index, &bars->points[i], &bar)) {
            continue;
        }
        if (bar.bottom - bar.top < 0.5) {
            /* A zero is a figure too, and a rectangle without height is not drawn. */
            bkti_svg(out, "<path d=\"M%n %nH%n\" stroke-width=\"3\"/>\n", bar.left,
                     (bar.top + bar.bottom) / 2, bar.right);
        } else {
            bkti_svg(out, "<rect x=\"%n\" y=\"%n\" width=\"%n\" height=\"%n\"/>\n", bar.left,
                     bar.top, bar.right - bar.left, bar.bottom - bar.top);
        }
    }
    bkti_text_append_text(out, "</g>\n");
}

static void draw_line(const bkti_drawing *drawing, uint32_t index) {
    const bkti_plot_series *line = &drawing->plot->series[index];
    const bkti_plot_point *joint = bkti_joint(drawing, line);
    bkti_text *out = drawing->out;
    double x, y;
    bkti_text_append_text(out, "<path d=\"");
    bool draws = joint != NULL && bkti_place_point(drawing, joint, false, &x, &y);
    if (draws) {
        bkti_svg(out, "M%n %n", x, y);
    }
    for (size_t i = 0; i < line->count; i++) {
        if (!bkti_place_point(drawing, &line->points[i], false, &x, &y)) {
            draws = draws && joint != NULL;
            continue;
        }
        bkti_svg(out, draws ? "L%n %n" : "M%n %n", x, y);
        draws = goes_on(drawing, line, i, false);
        joint = NULL;
    }
    bkti_text_append_text(out, "\"");
    bkti_look_write_stroke(drawing, index);
    bkti_text_append_text(out, "/>\n");
}

/* Markers where there is room for them, and always at points that no line reaches. */
static void draw_markers(const bkti_drawing *drawing, uint32_t index) {
    const bkti_plot_series *line = &drawing->plot->series[index];
    bool joined = bkti_joint(drawing, line) != NULL;
    double days = line->points[line->count - 1].end_day - line->points[0].start_day;
    double length =
        bkti_time_axis_place(&drawing->time, drawing->time.first_day + days) - drawing->time.left;
    double distance = length < MARKER_ROOM * (double)line->count ? MARKER_EVERY : 0;
    double x, y, last_x = -HUGE_VAL;
    bool before = false;
    for (size_t i = 0; i < line->count; i++) {
        if (!bkti_place_point(drawing, &line->points[i], false, &x, &y)) {
            before = false;
            continue;
        }
        bool next = goes_on(drawing, line, i, false);
        bool lonely = !before && !next && !joined;
        bool due = x - last_x >= distance && drawing->looks[index].marker != BKT_MARKER_NONE;
        if (due || lonely) {
            bkti_look_write_marker(drawing, index, x, y);
            last_x = x;
        }
        before = next;
        joined = false;
    }
}

static void draw_targets(const bkti_drawing *drawing) {
    const bkt_plot *plot = drawing->plot;
    for (uint32_t i = 0; i < plot->target_count; i++) {
        double y = bkti_value_axis_place(&drawing->values, plot->targets[i].value);
        if (y >= drawing->area.top - 0.01 && y <= drawing->area.bottom + 0.01) {
            bkti_svg(drawing->out,
                     "<path d=\"M%n %nH%n\" stroke=\"#222\" stroke-width=\"1.3\" "
                     "stroke-dasharray=\"7 5\"/>\n",
                     drawing->area.left, y, drawing->area.right);
        }
    }
}

/* Labels keep the grid out of their letters. */
static void draw_label_back(const bkti_drawing *drawing, const bkti_box *box) {
    bkti_svg(drawing->out,
             "<rect x=\"%n\" y=\"%n\" width=\"%n\" height=\"%n\" fill=\"#fff\" "
             "fill-opacity=\"0.80\"/>\n",
             box->left - 1, box->top, box->right - box->left + 2, box->bottom - box->top);
}

static void draw_inside(const bkti_drawing *drawing, uint32_t index) {
    static const char *const ANCHORS[] = {"end", "middle", "start"};
    const bkti_label *label = &drawing->labels[index];
    const bkti_box *box = &label->box;
    double x = label->anchor < 0    ? box->right
               : label->anchor == 0 ? (box->left + box->right) / 2
                                    : box->left;
    draw_label_back(drawing, box);
    bkti_svg(drawing->out, "<g text-anchor=\"%s\" fill=\"%s\">\n", ANCHORS[label->anchor + 1],
             drawing->looks[index].ink);
    draw_block(drawing, drawing->plot->series[index].label, x, box->top, label->limit,
               BKTI_LABEL_SIZE, BKTI_LABEL_LINE, "");
    bkti_text_append_text(drawing->out, "</g>\n");
}

static void draw_right(const bkti_drawing *drawing, uint32_t index) {
    const bkti_label *label = &drawing->labels[index];
    double middle = (label->box.top + label->box.bottom) / 2;
    double sample = label->box.left - BKTI_SAMPLE_GAP - BKTI_SAMPLE_WIDTH;
    bkti_svg(drawing->out,
             "<path d=\"M%n %nL%n %n\" fill=\"none\" stroke=\"#999\" stroke-width=\"0.8\"/>\n",
             label->end_x + 6, label->end_y, sample - 2, middle);
    bkti_look_write_sample(drawing, index, sample, middle);
    draw_block(drawing, drawing->plot->series[index].label, label->box.left, label->box.top,
               label->limit, BKTI_LABEL_SIZE, BKTI_LABEL_LINE, " fill=\"#222\"");
}

static void draw_labels(const bkti_drawing *drawing) {
    const bkt_plot *plot = drawing->plot;
    double x = BKTI_MARGIN, y = drawing->legend_top;
    for (uint32_t i = 0; i < plot->target_count; i++) {
        const bkti_label *label = &drawing->target_labels[i];
        if (label->place == BKTI_LABEL_INSIDE) {
            draw_label_back(drawing, &label->box);
            draw_block(drawing, plot->targets[i].label, label->box.left, label->box.top, HUGE_VAL,
                       BKTI_LABEL_SIZE, BKTI_LABEL_LINE, " fill=\"#222\"");
        }
    }
    for (uint32_t i = 0; i < plot->series_count; i++) {
        const bkti_label *label = &drawing->labels[i];
        if (label->place == BKTI_LABEL_INSIDE) {
            draw_inside(drawing, i);
        } else if (label->place == BKTI_LABEL_RIGHT) {
            draw_right(drawing, i);
        } else if (label->place == BKTI_LABEL_LEGEND) {
            double width = bkti_legend_width(&plot->series[i]);
            if (x > BKTI_MARGIN && x + width > drawing->width - BKTI_MARGIN) {
                x = BKTI_MARGIN;
                y += BKTI_LEGEND_LINE;
            }
            bkti_look_write_sample(drawing, i, x, y + BKTI_LEGEND_LINE / 2 - 3);
            draw_block(drawing, plot->series[i].label, x + BKTI_SAMPLE_WIDTH + BKTI_SAMPLE_GAP, y,
                       HUGE_VAL, BKTI_LABEL_SIZE, BKTI_LABEL_LINE, " fill=\"#222\"");
            x += width + BKTI_LEGEND_GAP;
        }
    }
}

/* The widest bands first, so that narrower ones lie on them. */
static void draw_bands(const bkti_drawing *drawing) {
    const bkt_plot *plot = drawing->plot;
    for (int rank = 0; rank < BKTI_SERIES_LIMIT; rank++) {
        for (uint32_t i = 0; i < plot->series_count; i++) {
            if (plot->series[i].kind == BKTI_SERIES_BAND && drawing->looks[i].rank == rank) {
                draw_band(drawing, i);
            }
        }
    }
}

static void draw_data(const bkti_drawing *drawing) {
    const bkt_plot *plot = drawing->plot;
    bkti_svg(drawing->out, drawing->beyond > 0 ? "<g clip-path=\"url(#%s-area)\">\n" : "<g>\n",
             drawing->prefix);
    draw_bands(drawing);
    for (uint32_t i = 0; i < plot->series_count; i++) {
        if (plot->series[i].kind == BKTI_SERIES_BARS) {
            draw_bars(drawing, i);
        }
    }
    draw_zero(drawing);
    draw_targets(drawing);
    for (uint32_t i = 0; i < plot->series_count; i++) {
        if (plot->series[i].kind == BKTI_SERIES_LINE) {
            draw_line(drawing, i);
            draw_markers(drawing, i);
        }
    }
    bkti_text_append_text(drawing->out, "</g>\n");
    draw_labels(drawing);
}

static void draw(bkti_drawing *drawing, bkti_text *description) {
    bkti_looks_choose(drawing);
    bkti_layout(drawing);
    bkti_words_describe(drawing, description);
    draw_head(drawing, description);
    draw_texts(drawing);
    if (drawing->has_values && drawing->has_range) {
        draw_values(drawing);
        draw_data(drawing);
        bkti_time_axis_draw(&drawing->time, drawing->area.bottom, BKTI_TICK_SIZE, BKTI_TICK_LINE,
                            drawing->out);
    } else {
        bkti_svg(drawing->out,
                 "<text x=\"%n\" y=\"%n\" font-size=\"%n\" text-anchor=\"middle\" "
                 "fill=\"#333\">%s</text>\n",
                 drawing->width / 2, (drawing->area.top + drawing->area.bottom) / 2,
                 BKTI_SUBTITLE_SIZE,
                 drawing->has_values ? "No data that a logarithmic scale can show"
                                     : "No data: not one value is there");
    }
    bkti_text_append_text(drawing->out, "</svg>\n");
}

static bkt_status write_svg(const bkt_plot *plot, bkti_sink *sink) {
    bkti_memory *memory = bkti_context_memory(plot->context);
    bkti_text out, description;
    /* Large: the labels of 64 series and 64 targets. */
    bkti_drawing *drawing = bkti_allocate_zeroed(memory, 1, sizeof *drawing);
    if (drawing == NULL) {
        return bkti_no_memory(plot->context);
    }
    bkti_text_init(&out, memory);
    bkti_text_init(&description, memory);
    bkti_text_init(&drawing->axis_title, memory);
    bkti_text_init(&drawing->notes, memory);
    bkti_scene_init(&drawing->scene, memory);
    drawing->plot = plot;
    drawing->out = &out;
    drawing->prefix = plot->id_prefix == NULL ? "bkt" : plot->id_prefix;
    draw(drawing, &description);
    bool failed = out.failed || description.failed || drawing->axis_title.failed ||
                  drawing->notes.failed || drawing->scene.failed;
    bkt_status status =
        failed ? bkti_no_memory(plot->context) : bkti_sink_put(sink, out.data, out.size);
    bkti_scene_free(&drawing->scene);
    bkti_text_free(&drawing->notes);
    bkti_text_free(&drawing->axis_title);
    bkti_text_free(&description);
    bkti_text_free(&out);
    bkti_release(memory, drawing);
    return status;
}

/* Bars stand on zero, which a logarithmic axis has not. */
static bkt_status check_plot(const bkt_plot *plot) {
    for (uint32_t i = 0; i < plot->series_count && (plot->options.flags & BKT_PLOT_LOG); i++) {
        if (plot->series[i].kind == BKTI_SERIES_BARS) {
            return bkti_fail(plot->context, BKT_ERR_ARGUMENT, NULL,
                             "the plot has bars and a logarithmic axis; bars stand on zero, which "
                             "that axis has not: use lines or take BKT_PLOT_LOG away");
        }
    }
    return BKT_OK;
}

bkt_status bkt_plot_write(const bkt_plot *plot, bkt_write_function write, void *user) {
    if (plot == NULL || write == NULL) {
        return bkti_fail(plot == NULL ? NULL : plot->context, BKT_ERR_ARGUMENT, NULL,
                         "bkt_plot_write() needs a plot and a function that takes the text; one "
                         "of them is NULL");
    }
    bkti_sink *sink;
    bkt_status status = check_plot(plot);
    if (status == BKT_OK) {
        status = bkti_sink_open_callback(plot->context, write, user, &sink);
    }
    return status == BKT_OK ? bkti_sink_finish(sink, write_svg(plot, sink)) : status;
}

bkt_status bkt_plot_write_path(const bkt_plot *plot, const char *path) {
    if (plot == NULL) {
        return bkti_fail(NULL, BKT_ERR_ARGUMENT, NULL, "bkt_plot_write_path(): the plot is NULL");
    }
    bkti_sink *sink;
    bkt_status status = check_plot(plot);
    if (status == BKT_OK) {
        status = bkti_sink_open_path(plot->context, path, 0, &sink);
    }
    return status == BKT_OK ? bkti_sink_finish(sink, write_svg(plot, sink)) : status;
}
