/* SPDX-License-Identifier: MIT */
/* What a plot says in words: its description, the title of its axis, its notes. */
#include <bktrade/period.h>

#include "bkti_drawing.h"

static void write_period(const bkti_plot_series *series, const bkti_plot_point *point,
                         bkti_text *out) {
    char period[40] = "";
    bkt_period_format(series->frequency, point->ordinal, period, sizeof period, NULL);
    bkti_text_append_text(out, period);
}

static void write_point(const bkti_drawing *drawing, const bkti_plot_series *series,
                        const bkti_plot_point *point, bkti_text *out) {
    bkti_value_axis_write(&drawing->values, point->value, out);
    if (series->kind == BKTI_SERIES_BAND) {
        bkti_text_append_text(out, " to ");
        bkti_value_axis_write(&drawing->values, point->upper, out);
    }
    bkti_text_append_text(out, " in ");
    write_period(series, point, out);
}

static void describe_series(const bkti_drawing *drawing, const bkti_plot_series *series,
                            bkti_text *out) {
    static const char *const KINDS[] = {"Line", "Bars", "Band"};
    const bkti_plot_point *first = NULL, *last = NULL, *lowest = NULL, *highest = NULL;
    for (size_t i = 0; i < series->count; i++) {
        const bkti_plot_point *point = &series->points[i];
        if (!point->is_there) {
            continue;
        }
        first = first == NULL ? point : first;
        last = point;
        lowest = lowest == NULL || point->value < lowest->value ? point : lowest;
        highest = highest == NULL || point->upper > highest->upper ? point : highest;
    }
    bkti_text_append_format(out, " %s \"%s\": ", KINDS[series->kind], series->label);
    if (first == NULL) {
        bkti_text_append_text(out, "no values.");
        return;
    }
    write_point(drawing, series, first, out);
    if (last != first) {
        bkti_text_append_text(out, ", ");
        write_point(drawing, series, last, out);
    }
    if (lowest != first && lowest != last) {
        bkti_text_append_text(out, "; lowest ");
        write_point(drawing, series, lowest, out);
    }
    if (highest != first && highest != last) {
        bkti_text_append_text(out, "; highest ");
        write_point(drawing, series, highest, out);
    }
    bkti_text_append_text(out, ".");
}

void bkti_words_describe(const bkti_drawing *drawing, bkti_text *out) {
    const bkt_plot *plot = drawing->plot;
    if (!drawing->has_values) {
        bkti_text_append_text(out, "A plot without data.");
    } else {
        const char *title = bkti_text_get(&drawing->axis_title);
        bkti_text_append_format(out, "A plot over time%s%s.", title[0] == '\0' ? "" : " of ",
                                title);
    }
    for (uint32_t i = 0; i < plot->series_count; i++) {
        describe_series(drawing, &plot->series[i], out);
    }
    for (uint32_t i = 0; i < plot->target_count; i++) {
        bkti_text_append_format(out, " Horizontal line \"%s\" at ", plot->targets[i].label);
        bkti_value_axis_write(&drawing->values, plot->targets[i].value, out);
        bkti_text_append_text(out, ".");
    }
}

void bkti_words_title_axis(const bkti_drawing *drawing, bkti_text *out) {
    const char *label = drawing->plot->value_label;
    bkti_text_append_text(out, label == NULL ? "" : label);
    size_t size = out->size;
    bkti_text_append_text(out, size > 0 ? ", " : "");
    size_t begin = out->size;
    bkti_value_axis_write_unit(&drawing->values, out);
    if (out->size == begin && !out->failed && out->data != NULL) {
        out->size = size; /* no unit: no comma */
        out->data[size] = '\0';
    }
    if (drawing->values.is_log) {
        bkti_text_append_text(out, out->size > 0 ? " (logarithmic scale)" : "logarithmic scale");
    } else if (drawing->has_range && (drawing->values.low > 0 || drawing->values.high < 0)) {
        bkti_text_append_text(out, out->size > 0 ? " (the axis does not reach zero)"
                                                 : "the axis does not reach zero");
    }
}

void bkti_words_note(const bkti_drawing *drawing, bkti_text *out) {
    if (drawing->not_positive > 0) {
        bkti_text_append_format(out,
                                "%zu value%s of zero or below can't be shown on a logarithmic "
                                "scale. ",
                                drawing->not_positive, drawing->not_positive == 1 ? "" : "s");
    }
    if (drawing->beyond > 0) {
        bkti_text_append_format(out, "%zu value%s beyond the axis %s cut off. ", drawing->beyond,
                                drawing->beyond == 1 ? "" : "s",
                                drawing->beyond == 1 ? "is" : "are");
    }
    if (drawing->has_gaps) {
        bkti_text_append_text(out, "Lines are broken where a figure is missing. ");
    }
}
