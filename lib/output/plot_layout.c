/* SPDX-License-Identifier: MIT */
/* Where everything is. Labels stand at what they name: at the right end of a series, or where the
 * plot has room for them; what finds no room goes into a legend above the plot. The legend takes
 * room too, so the layout is repeated until nothing moves there any more. */
#include <math.h>

#include "bkti_display.h"
#include "bkti_drawing.h"
#include "bkti_svg.h"

/* Series that end in these last pixels of the time axis have their label at the right. */
#define RIGHT_DISTANCE 36.0
/* Most of the width that labels at the right get. */
#define RIGHT_SHARE     0.27
#define SMALLEST_AREA   90.0
#define SMALLEST_LABEL  80.0
#define LABEL_DISTANCE  8.0
#define POINT_DISTANCE  7.0
#define TARGET_DISTANCE 3.0
#define TARGET_ROOM     0.05 /* of the value */
#define BAND_STEP       12.0
#define BAR_SHARE       0.76 /* of a period's width */
#define TRIED_POINTS    60
/* Far enough outside for a line to leave the plot, near enough for any program to draw. */
#define FAR_OUT 20000.0

bool bkti_place_point(const bkti_drawing *drawing, const bkti_plot_point *point, bool upper,
                      double *out_x, double *out_y) {
    double y = bkti_value_axis_place(&drawing->values, upper ? point->upper : point->value);
    *out_x = bkti_time_axis_place(&drawing->time, bkti_plot_point_day(point));
    *out_y = y;
    if (!point->is_there || isnan(y) || y == HUGE_VAL) {
        return false;
    }
    *out_y = y > FAR_OUT ? FAR_OUT : y < -FAR_OUT ? -FAR_OUT : y;
    return true;
}

const bkti_plot_point *bkti_joint(const bkti_drawing *drawing, const bkti_plot_series *series) {
    if (series->parent < 0) {
        return NULL;
    }
    const bkti_plot_series *parent = &drawing->plot->series[series->parent];
    size_t last = parent->count, first = 0;
    while (last > 0 && !parent->points[last - 1].is_there) {
        last--;
    }
    while (first < series->count && !series->points[first].is_there) {
        first++;
    }
    bool meets = last > 0 && first < series->count &&
                 fabs(parent->points[last - 1].end_day - series->points[first].start_day) < 0.5;
    return meets ? &parent->points[last - 1] : NULL;
}

bool bkti_place_bar(const bkti_drawing *drawing, uint32_t index, const bkti_plot_point *point,
                    bkti_box *out_box) {
    double x, y;
    if (!bkti_place_point(drawing, point, false, &x, &y)) {
        return false;
    }
    double width = bkti_time_axis_place(&drawing->time, point->end_day) -
                   bkti_time_axis_place(&drawing->time, point->start_day);
    double group = (width < 2 ? 2 : width) * BAR_SHARE;
    double bar = group / drawing->bar_count;
    double zero = bkti_value_axis_place_shown(&drawing->values, 0);
    out_box->left = x - group / 2 + bar * (drawing->looks[index].bar_index + 0.04);
    out_box->right = out_box->left + bar * 0.92;
    out_box->top = y < zero ? y : zero;
    out_box->bottom = y < zero ? zero : y;
    return true;
}

double bkti_text_block(bkti_span text, double limit, double size, double line, double *out_width) {
    double height = 0, widest = 0;
    for (;;) {
        bkti_span part = bkti_take_line(&text, limit, bkti_svg_measure);
        if (part.size == 0) {
            break;
        }
        double width = bkti_svg_measure(bkti_span_trim(part)) * size;
        widest = width > widest ? width : widest;
        height += line;
    }
    if (out_width != NULL) {
        *out_width = widest;
    }
    return height;
}

double bkti_legend_width(const bkti_plot_series *series) {
    return BKTI_SAMPLE_WIDTH + BKTI_SAMPLE_GAP +
           bkti_svg_measure(bkti_span_of(series->label)) * BKTI_LABEL_SIZE;
}

/* What the axes have to cover. */
typedef struct plot_extent {
    double low;
    double high;
    double first_day;
    double last_day;
    bool has_bars;
} plot_extent;

/* Takes a number in. Those that a logarithmic axis can't have are counted. */
static void take(bkti_drawing *drawing, plot_extent *extent, double value) {
    if ((drawing->plot->options.flags & BKT_PLOT_LOG) != 0 && value <= 0) {
        drawing->not_positive++;
        return;
    }
    extent->low = value < extent->low ? value : extent->low;
    extent->high = value > extent->high ? value : extent->high;
    drawing->has_range = true;
}

static void take_series(bkti_drawing *drawing, plot_extent *extent,
                        const bkti_plot_series *series) {
    bool seen = false, gap = false;
    extent->has_bars = extent->has_bars || series->kind == BKTI_SERIES_BARS;
    for (size_t i = 0; i < series->count; i++) {
        const bkti_plot_point *point = &series->points[i];
        if (!point->is_there) {
            gap = seen;
            continue;
        }
        if (seen && (gap || !bkti_plot_are_neighbours(series->frequency, point - 1, point))) {
            drawing->has_gaps = drawing->has_gaps || series->kind == BKTI_SERIES_LINE;
        }
        seen = true;
        gap = false;
        take(drawing, extent, point->value);
        if (series->kind == BKTI_SERIES_BAND) {
            take(drawing, extent, point->upper);
        }
        extent->first_day =
            point->start_day < extent->first_day ? point->start_day : extent->first_day;
        extent->last_day = point->end_day > extent->last_day ? point->end_day : extent->last_day;
        drawing->has_values = true;
    }
    if (series->there_count > 0 && series->frequency > drawing->time.frequency) {
        drawing->time.frequency = series->frequency;
    }
}

/* A target above everything gets room for its name over the line. */
static void take_target(bkti_drawing *drawing, plot_extent *extent, double value) {
    double high = extent->high;
    take(drawing, extent, value);
    if (value >= high) {
        extent->high = fmax(extent->high, value + fabs(value) * TARGET_ROOM);
    }
}

static double fixed_end(const bkti_drawing *drawing, double value) {
    const bkt_plot *plot = drawing->plot;
    int power = plot->value_unit == NULL ? plot->power : bkti_unit_read(plot->value_unit).power;
    double plain = bkti_unit_convert(value, power, 0);
    return fabs(plain) > BKTI_PLOT_LARGEST ? copysign(BKTI_PLOT_LARGEST, plain) : plain;
}

static void count_beyond(bkti_drawing *drawing, double low, double high) {
    const bkt_plot *plot = drawing->plot;
    for (uint32_t i = 0; i < plot->series_count; i++) {
        for (size_t j = 0; j < plot->series[i].count; j++) {
            const bkti_plot_point *point = &plot->series[i].points[j];
            drawing->beyond += point->is_there && (point->value < low || point->upper > high);
        }
    }
    for (uint32_t i = 0; i < plot->target_count; i++) {
        drawing->beyond += plot->targets[i].value < low || plot->targets[i].value > high;
    }
}

/* Ranges of both axes; the value axis is chosen again when its height is known. */
static bkti_value_range choose_ranges(bkti_drawing *drawing) {
    const bkt_plot *plot = drawing->plot;
    plot_extent extent = {HUGE_VAL, -HUGE_VAL, HUGE_VAL, -HUGE_VAL, false};
    for (uint32_t i = 0; i < plot->series_count; i++) {
        take_series(drawing, &extent, &plot->series[i]);
    }
    for (uint32_t i = 0; i < plot->target_count; i++) {
        take_target(drawing, &extent, plot->targets[i].value);
    }
    if (extent.last_day - extent.first_day < 1e-9) {
        extent.first_day -= 0.5; /* one instant */
        extent.last_day += 0.5;
    }
    drawing->time.first_day = extent.first_day;
    drawing->time.last_day = extent.last_day;
    bkti_value_range range = {
        .low = drawing->has_range ? extent.low : 0,
        .high = drawing->has_range ? extent.high : 0,
        .fixed_low = fixed_end(drawing, plot->options.value_low),
        .fixed_high = fixed_end(drawing, plot->options.value_high),
        .is_log = drawing->has_range && (plot->options.flags & BKT_PLOT_LOG) != 0,
        .needs_zero = extent.has_bars || (plot->options.flags & BKT_PLOT_FREE_BASE) == 0,
    };
    count_beyond(drawing, isnan(range.fixed_low) ? -HUGE_VAL : range.fixed_low,
                 isnan(range.fixed_high) ? HUGE_VAL : range.fixed_high);
    return range;
}

/* The last point that is drawn, NULL if there is none. */
static const bkti_plot_point *last_point(const bkti_plot_series *series) {
    for (size_t i = series->count; i-- > 0;) {
        if (series->points[i].is_there) {
            return &series->points[i];
        }
    }
    return NULL;
}

static void choose_places(bkti_drawing *drawing) {
    const bkt_plot *plot = drawing->plot;
    for (uint32_t i = 0; i < plot->series_count; i++) {
        const bkti_plot_series *series = &plot->series[i];
        const bkti_plot_point *last = last_point(series);
        int *place = &drawing->labels[i].place;
        if (series->label[0] == '\0' || last == NULL) {
            *place = BKTI_LABEL_NONE;
            continue;
        }
        double days = drawing->time.last_day - bkti_plot_point_day(last);
        double share = days / (drawing->time.last_day - drawing->time.first_day);
        bool at_end = share * drawing->width * (1 - RIGHT_SHARE) <= RIGHT_DISTANCE;
        if (series->kind == BKTI_SERIES_BARS || (series->kind == BKTI_SERIES_BAND && !at_end)) {
            *place = BKTI_LABEL_LEGEND;
        } else {
            *place = at_end ? BKTI_LABEL_RIGHT : BKTI_LABEL_INSIDE;
        }
    }
}

static double legend_height(const bkti_drawing *drawing) {
    const bkt_plot *plot = drawing->plot;
    double x = 0, height = 0, room = drawing->width - 2 * BKTI_MARGIN;
    for (uint32_t i = 0; i < plot->series_count; i++) {
        if (drawing->labels[i].place != BKTI_LABEL_LEGEND) {
            continue;
        }
        double width = bkti_legend_width(&plot->series[i]);
        if (height == 0 || x + width > room) {
            height += BKTI_LEGEND_LINE;
            x = 0;
        }
        x += width + BKTI_LEGEND_GAP;
    }
    return height;
}

/* Sizes of the labels at the right; the width of them all. What has no room there moves to the
 * legend. */
static double measure_right(bkti_drawing *drawing) {
    double widest = 0;
    double extra = BKTI_LEADER_WIDTH + BKTI_SAMPLE_WIDTH + BKTI_SAMPLE_GAP;
    double limit = drawing->width * RIGHT_SHARE - extra;
    for (uint32_t i = 0; i < drawing->plot->series_count; i++) {
        bkti_label *label = &drawing->labels[i];
        if (label->place != BKTI_LABEL_RIGHT) {
            continue;
        }
        double width;
        label->limit = limit / BKTI_LABEL_SIZE;
        double height = bkti_text_block(bkti_span_of(drawing->plot->series[i].label), label->limit,
                                        BKTI_LABEL_SIZE, BKTI_LABEL_LINE, &width);
        if (limit < SMALLEST_LABEL || height > 3 * BKTI_LABEL_LINE) {
            label->place = BKTI_LABEL_LEGEND;
            continue;
        }
        label->box = (bkti_box){0, 0, width, height};
        widest = width > widest ? width : widest;
    }
    return widest == 0 ? 0 : widest + extra;
}

static double widest_tick(const bkti_drawing *drawing) {
    double widest = 0;
    for (int i = 0; i < drawing->values.tick_count; i++) {
        double width = bkti_svg_measure(bkti_span_of(drawing->values.ticks[i].label));
        widest = width > widest ? width : widest;
    }
    return widest * BKTI_TICK_SIZE;
}

/* Left and right, by the numbers of the value axis and the labels at the right. */
static void choose_sides(bkti_drawing *drawing) {
    drawing->area.left = BKTI_MARGIN + widest_tick(drawing) + 8;
    drawing->area.right = drawing->width - BKTI_MARGIN - measure_right(drawing);
    drawing->time.left = drawing->area.left;
    drawing->time.right = drawing->area.right;
}

static double block_height(const bkti_drawing *drawing, const char *text, double size, double line,
                           double bold) {
    double limit = (drawing->width - 2 * BKTI_MARGIN) / (size * bold);
    return text == NULL ? 0 : bkti_text_block(bkti_span_of(text), limit, size, line, NULL);
}

/* From top to bottom, then from left to right. A plot too low for its texts gets higher. */
static void choose_area(bkti_drawing *drawing, const bkti_value_range *range) {
    const bkt_plot *plot = drawing->plot;
    double y = BKTI_MARGIN - 4;
    choose_sides(drawing);
    drawing->title_top = y;
    y += block_height(drawing, plot->title, BKTI_TITLE_SIZE, BKTI_TITLE_LINE, BKTI_BOLD);
    drawing->subtitle_top = y;
    y += block_height(drawing, plot->subtitle, BKTI_SUBTITLE_SIZE, BKTI_SUBTITLE_LINE, 1);
    y += 8;
    drawing->legend_top = y;
    y += legend_height(drawing);
    drawing->axis_title_top = y;
    y += block_height(drawing, bkti_text_get(&drawing->axis_title), BKTI_TICK_SIZE, BKTI_LABEL_LINE,
                      1) +
         8;
    int rows = drawing->has_values ? bkti_time_axis_rows(&drawing->time, BKTI_TICK_SIZE) : 0;
    drawing->time.rows = rows;
    double foot = 12 + rows * BKTI_TICK_LINE + 8;
    foot += plot->time_label == NULL ? 0 : BKTI_LABEL_LINE + 2;
    double notes =
        block_height(drawing, bkti_text_get(&drawing->notes), BKTI_NOTE_SIZE, BKTI_NOTE_LINE, 1) +
        block_height(drawing, plot->source, BKTI_NOTE_SIZE, BKTI_NOTE_LINE, 1);
    double bottom = plot->options.height - BKTI_MARGIN + 4 - notes - foot;
    drawing->area.top = y;
    drawing->area.bottom = bottom < y + SMALLEST_AREA ? y + SMALLEST_AREA : bottom;
    drawing->height = drawing->area.bottom + foot + notes + BKTI_MARGIN - 4;
    drawing->foot_top = drawing->area.bottom + 12 + rows * BKTI_TICK_LINE;

    bkti_unit unit = {bkti_span_of(plot->unit), 0};
    bkti_value_axis_choose(&drawing->values, range, unit, drawing->area.bottom - drawing->area.top);
    drawing->values.top = drawing->area.top;
    drawing->values.bottom = drawing->area.bottom;
    choose_sides(drawing);
}

/* The stretch of a band between two points as upright lines, near enough for no label to fit
 * between them. A lower bound that a logarithmic axis can't have is at its edge. */
static void add_band_part(bkti_drawing *drawing, uint32_t index, const bkti_plot_point *first,
                          const bkti_plot_point *second) {
    double x1, x2, upper1, upper2, lower1, lower2;
    bkti_place_point(drawing, first, true, &x1, &upper1);
    bkti_place_point(drawing, second, true, &x2, &upper2);
    lower1 = bkti_place_point(drawing, first, false, &x1, &lower1) ? lower1 : drawing->area.bottom;
    lower2 = bkti_place_point(drawing, second, false, &x2, &lower2) ? lower2 : drawing->area.bottom;
    int count = (int)((x2 - x1) / BAND_STEP) + 1;
    for (int i = 0; i <= count; i++) {
        double share = (double)i / count;
        double x = x1 + share * (x2 - x1);
        bkti_scene_add_segment(&drawing->scene, x, upper1 + share * (upper2 - upper1), x,
                               lower1 + share * (lower2 - lower1), (int)index);
    }
}

static void add_to_scene(bkti_drawing *drawing, uint32_t index) {
    const bkti_plot_series *series = &drawing->plot->series[index];
    bool is_band = series->kind == BKTI_SERIES_BAND;
    const bkti_plot_point *before = bkti_joint(drawing, series);
    bool is_joint = before != NULL;
    for (size_t i = 0; i < series->count; i++) {
        const bkti_plot_point *point = &series->points[i];
        double x, y, old_x, old_y;
        bkti_box bar;
        if (!bkti_place_point(drawing, point, is_band, &x, &y)) {
            before = is_joint ? before : NULL;
            continue;
        }
        bool connected = before != NULL &&
                         (is_joint || bkti_plot_are_neighbours(series->frequency, before, point)) &&
                         bkti_place_point(drawing, before, is_band, &old_x, &old_y);
        if (series->kind == BKTI_SERIES_BARS && bkti_place_bar(drawing, index, point, &bar)) {
            bkti_scene_add_box(&drawing->scene, bar);
        } else if (is_band) {
            add_band_part(drawing, index, connected ? before : point, point);
        } else if (connected) {
            bkti_scene_add_segment(&drawing->scene, old_x, old_y, x, y, (int)index);
        } else {
            bkti_scene_add_segment(&drawing->scene, x, y, x, y, (int)index);
        }
        before = point;
        is_joint = false;
    }
}

/* Fills the scene with the lines, bars and targets that labels must keep away from. */
static void fill_scene(bkti_drawing *drawing) {
    const bkt_plot *plot = drawing->plot;
    bkti_scene_clear(&drawing->scene, drawing->area);
    for (uint32_t i = 0; i < plot->series_count; i++) {
        add_to_scene(drawing, i);
    }
    for (uint32_t i = 0; i < plot->target_count; i++) {
        double y = bkti_value_axis_place(&drawing->values, plot->targets[i].value);
        bkti_scene_add_segment(&drawing->scene, drawing->area.left, y, drawing->area.right, y,
                               BKTI_SERIES_LIMIT + (int)i);
    }
}

/* The text of a target stands on its line where that is free, or below it. */
static void place_target(bkti_drawing *drawing, uint32_t index) {
    const bkti_plot_target *target = &drawing->plot->targets[index];
    bkti_label *label = &drawing->target_labels[index];
    double y = bkti_value_axis_place(&drawing->values, target->value);
    double width = bkti_svg_measure(bkti_span_of(target->label)) * BKTI_LABEL_SIZE;
    double room = drawing->area.right - drawing->area.left - 12 - width;
    bkti_box first = {0, 0, 0, 0};
    label->place = BKTI_LABEL_NONE;
    if (target->label[0] == '\0' || !(y >= drawing->area.top && y <= drawing->area.bottom)) {
        return;
    }
    for (int below = 0; below < 2; below++) {
        for (int step = 0; step <= 8; step++) {
            double left = drawing->area.left + 6 + (room < 0 ? 0 : room) * step / 8;
            double top = below ? y + TARGET_DISTANCE : y - TARGET_DISTANCE - BKTI_LABEL_LINE;
            bkti_box box = {left, top, left + width, top + BKTI_LABEL_LINE};
            first = below == 0 && step == 0 ? box : first;
            if (bkti_scene_is_free(&drawing->scene, box, BKTI_SERIES_LIMIT + (int)index, 2)) {
                label->place = BKTI_LABEL_INSIDE;
                label->box = box;
                bkti_scene_add_box(&drawing->scene, box);
                return;
            }
        }
    }
    /* Nowhere free: over the line all the same, as a target without its name says nothing. */
    label->place = BKTI_LABEL_INSIDE;
    label->box = first;
    bkti_scene_add_box(&drawing->scene, first);
}

/* Tries the text above and below a point, and beside it at an end of the series. */
static bool try_point(bkti_drawing *drawing, uint32_t index, const bkti_plot_point *point,
                      double width, double height, bool is_last) {
    bkti_label *label = &drawing->labels[index];
    double x, y;
    if (!bkti_place_point(drawing, point, false, &x, &y)) {
        return false;
    }
    /* anchor, and the middle of the box against the point */
    static const struct {
        int anchor;
        int side;
    } TRIES[] = {{1, 0}, {0, -1}, {0, 1}, {1, -1}, {-1, -1}, {1, 1}, {-1, 1}};
    for (size_t i = is_last ? 0 : 1; i < sizeof TRIES / sizeof TRIES[0]; i++) {
        int anchor = TRIES[i].anchor, side = TRIES[i].side;
        double left = anchor == 0 ? x - width / 2 : anchor > 0 ? x : x - width;
        left += side == 0 ? POINT_DISTANCE + 3 : 0;
        double middle = y + side * (POINT_DISTANCE + height / 2);
        bkti_box box = {left, middle - height / 2, left + width, middle + height / 2};
        if (bkti_scene_is_free(&drawing->scene, box, (int)index, LABEL_DISTANCE)) {
            label->box = box;
            label->anchor = anchor;
            bkti_scene_add_box(&drawing->scene, box);
            return true;
        }
    }
    return false;
}

/* From the end of the line backwards: the end is where a reader looks for its name. */
static bool place_inside(bkti_drawing *drawing, uint32_t index) {
    const bkti_plot_series *series = &drawing->plot->series[index];
    bkti_label *label = &drawing->labels[index];
    double width;
    label->limit = BKTI_INSIDE_WIDTH / BKTI_LABEL_SIZE;
    double height = bkti_text_block(bkti_span_of(series->label), label->limit, BKTI_LABEL_SIZE,
                                    BKTI_LABEL_LINE, &width);
    size_t step = series->count / TRIED_POINTS + 1;
    bool is_last = true;
    for (size_t i = 0; i < series->count; i += step) {
        const bkti_plot_point *point = &series->points[series->count - 1 - i];
        if (!point->is_there) {
            continue;
        }
        if (try_point(drawing, index, point, width, height, is_last)) {
            return true;
        }
        is_last = false;
    }
    return false;
}

/* Spreads the labels at the right; false when there are too many. */
static bool place_right(bkti_drawing *drawing) {
    double middles[BKTI_SERIES_LIMIT], heights[BKTI_SERIES_LIMIT] = {0};
    size_t order[BKTI_SERIES_LIMIT];
    uint32_t owners[BKTI_SERIES_LIMIT];
    size_t count = 0;
    const bkt_plot *plot = drawing->plot;
    for (uint32_t i = 0; i < plot->series_count; i++) {
        bkti_label *label = &drawing->labels[i];
        const bkti_plot_point *last = last_point(&plot->series[i]);
        if (label->place != BKTI_LABEL_RIGHT) {
            continue;
        }
        bool upper = plot->series[i].kind == BKTI_SERIES_BAND;
        if (!bkti_place_point(drawing, last, upper, &label->end_x, &label->end_y)) {
            label->end_y = drawing->area.bottom;
        }
        label->end_y = fmin(fmax(label->end_y, drawing->area.top), drawing->area.bottom);
        middles[count] = label->end_y;
        heights[count] = label->box.bottom + 2;
        owners[count++] = i;
    }
    if (!bkti_spread(middles, heights, count, drawing->area.top - 8, drawing->area.bottom + 8,
                     order)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        bkti_label *label = &drawing->labels[owners[i]];
        double half = label->box.bottom / 2;
        double left = drawing->area.right + BKTI_LEADER_WIDTH + BKTI_SAMPLE_WIDTH + BKTI_SAMPLE_GAP;
        label->box =
            (bkti_box){left, middles[i] - half, left + label->box.right, middles[i] + half};
    }
    return true;
}

/* Sends one label to the legend if it finds no room; true when nothing had to move. */
static bool place_labels(bkti_drawing *drawing) {
    const bkt_plot *plot = drawing->plot;
    fill_scene(drawing);
    for (uint32_t i = 0; i < plot->target_count; i++) {
        place_target(drawing, i);
    }
    if (!place_right(drawing)) {
        for (uint32_t i = 0; i < plot->series_count; i++) {
            bool right = drawing->labels[i].place == BKTI_LABEL_RIGHT;
            drawing->labels[i].place = right ? BKTI_LABEL_LEGEND : drawing->labels[i].place;
        }
        return false;
    }
    for (uint32_t i = 0; i < plot->series_count; i++) {
        bkti_label *label = &drawing->labels[i];
        if (label->place == BKTI_LABEL_INSIDE && !place_inside(drawing, i)) {
            label->place = BKTI_LABEL_LEGEND;
            return false;
        }
    }
    return true;
}

void bkti_layout(bkti_drawing *drawing) {
    drawing->width = drawing->plot->options.width;
    bkti_value_range range = choose_ranges(drawing);
    bkti_unit unit = {bkti_span_of(drawing->plot->unit), 0};
    bkti_value_axis_choose(&drawing->values, &range, unit, drawing->plot->options.height * 0.7);
    bkti_words_title_axis(drawing, &drawing->axis_title);
    bkti_words_note(drawing, &drawing->notes);
    choose_places(drawing);
    /* Each turn moves a label to the legend, or ends. */
    do {
        choose_area(drawing, &range);
    } while (!place_labels(drawing) && !drawing->scene.failed);
}
