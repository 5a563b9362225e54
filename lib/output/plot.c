/* SPDX-License-Identifier: MIT */
/* Collects what a plot shows. Drawing is plot_draw.c's. */
#include "bkti_plot.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bkti_columns.h"
#include "bkti_number.h"

#define SMALLEST_WIDTH  320
#define SMALLEST_HEIGHT 200
#define LARGEST_SIDE    10000

static const bkt_plot_options DEFAULTS = {
    .struct_size = sizeof(bkt_plot_options),
    .value_low = NAN,
    .value_high = NAN,
    .width = 960,
    .height = 600,
};
static const bkt_plot_style STYLE_DEFAULTS = {.struct_size = sizeof(bkt_plot_style)};

bkt_status bkt_plot_options_init(bkt_plot_options *options, uint32_t struct_size) {
    return bkti_options_init(options, struct_size, &DEFAULTS, sizeof DEFAULTS, sizeof DEFAULTS);
}

bkt_status bkt_plot_style_init(bkt_plot_style *style, uint32_t struct_size) {
    return bkti_options_init(style, struct_size, &STYLE_DEFAULTS, sizeof STYLE_DEFAULTS,
                             sizeof STYLE_DEFAULTS);
}

bkt_status bkt_plot_new(bkt_context *context, bkt_plot **out_plot) {
    if (out_plot != NULL) {
        *out_plot = NULL;
    }
    if (context == NULL || out_plot == NULL) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "bkt_plot_new() needs a context and a place for the plot; one of them is "
                         "NULL");
    }
    bkt_plot *plot = bkti_allocate_zeroed(bkti_context_memory(context), 1, sizeof *plot);
    if (plot == NULL) {
        return bkti_no_memory(context);
    }
    plot->context = context;
    plot->options = DEFAULTS;
    *out_plot = plot;
    return BKT_OK;
}

static void free_series(bkti_memory *memory, bkti_plot_series *series) {
    bkti_release(memory, series->label);
    bkti_release(memory, series->points);
}

void bkt_plot_free(bkt_plot *plot) {
    if (plot == NULL) {
        return;
    }
    bkti_memory *memory = bkti_context_memory(plot->context);
    for (uint32_t i = 0; i < plot->series_count; i++) {
        free_series(memory, &plot->series[i]);
    }
    for (uint32_t i = 0; i < plot->target_count; i++) {
        bkti_release(memory, plot->targets[i].label);
    }
    char *texts[] = {plot->value_unit, plot->id_prefix,  plot->title,       plot->subtitle,
                     plot->source,     plot->time_label, plot->value_label, plot->unit};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        bkti_release(memory, texts[i]);
    }
    bkti_release(memory, plot);
}

/* NULL stays NULL. */
static bkt_status copy_text(const bkt_plot *plot, const char *text, char **out_copy) {
    *out_copy = NULL;
    if (text == NULL) {
        return BKT_OK;
    }
    *out_copy = bkti_copy_text(bkti_context_memory(plot->context), text, strlen(text));
    return *out_copy != NULL ? BKT_OK : bkti_no_memory(plot->context);
}

static bkt_status null_plot(const char *function) {
    return bkti_fail(NULL, BKT_ERR_ARGUMENT, NULL, "%s: the plot is NULL", function);
}

static bkt_status set_text(bkt_plot *plot, char **field, const char *text) {
    char *copy;
    bkt_status status = copy_text(plot, text, &copy);
    if (status != BKT_OK) {
        return status;
    }
    bkti_release(bkti_context_memory(plot->context), *field);
    *field = copy;
    return BKT_OK;
}

bkt_status bkt_plot_set_title(bkt_plot *plot, const char *text) {
    return plot == NULL ? null_plot(__func__) : set_text(plot, &plot->title, text);
}

bkt_status bkt_plot_set_subtitle(bkt_plot *plot, const char *text) {
    return plot == NULL ? null_plot(__func__) : set_text(plot, &plot->subtitle, text);
}

bkt_status bkt_plot_set_source(bkt_plot *plot, const char *text) {
    return plot == NULL ? null_plot(__func__) : set_text(plot, &plot->source, text);
}

bkt_status bkt_plot_set_axis_labels(bkt_plot *plot, const char *time_label,
                                    const char *value_label) {
    if (plot == NULL) {
        return null_plot(__func__);
    }
    bkt_status status = set_text(plot, &plot->time_label, time_label);
    return status == BKT_OK ? set_text(plot, &plot->value_label, value_label) : status;
}

static bool is_id(const char *text) {
    for (const char *c = text; *c != '\0'; c++) {
        bool letter = (*c >= 'A' && *c <= 'Z') || (*c >= 'a' && *c <= 'z');
        bool other = (*c >= '0' && *c <= '9') || *c == '-' || *c == '_';
        if (!letter && (!other || c == text)) {
            return false;
        }
    }
    return text[0] != '\0';
}

static bkt_status check_options(const bkt_plot *plot, const bkt_plot_options *options) {
    const char *fault = NULL;
    if ((options->flags & ~(uint32_t)(BKT_PLOT_LOG | BKT_PLOT_FREE_BASE)) != 0) {
        fault = "flags has a bit that is none of BKT_PLOT_...";
    } else if (options->width < SMALLEST_WIDTH || options->width > LARGEST_SIDE) {
        fault = "the width is not 320 to 10,000";
    } else if (options->height < SMALLEST_HEIGHT || options->height > LARGEST_SIDE) {
        fault = "the height is not 200 to 10,000";
    } else if (isinf(options->value_low) || isinf(options->value_high)) {
        fault = "an end of the axis is infinite";
    } else if (options->value_low >= options->value_high) {
        fault = "value_low is not below value_high";
    } else if ((options->flags & BKT_PLOT_LOG) != 0 &&
               (options->value_low <= 0 || options->value_high <= 0)) {
        fault = "an end of a logarithmic axis is not above 0";
    } else if (options->id_prefix != NULL && !is_id(options->id_prefix)) {
        fault = "id_prefix is not a letter followed by letters, digits, '-' and '_'";
    }
    if (fault == NULL) {
        return BKT_OK;
    }
    return bkti_fail(plot->context, BKT_ERR_ARGUMENT, NULL, "bkt_plot_options: %s", fault);
}

bkt_status bkt_plot_set_options(bkt_plot *plot, const bkt_plot_options *options) {
    if (plot == NULL) {
        return null_plot(__func__);
    }
    bkt_plot_options own = DEFAULTS;
    bkt_status status =
        bkti_options_take(plot->context, options, &own, sizeof own, sizeof DEFAULTS);
    if (status == BKT_OK) {
        status = check_options(plot, &own);
    }
    if (status != BKT_OK) {
        return status;
    }
    bkti_memory *memory = bkti_context_memory(plot->context);
    char *unit, *prefix;
    status = copy_text(plot, own.value_unit, &unit);
    if (status == BKT_OK) {
        status = copy_text(plot, own.id_prefix, &prefix);
    }
    if (status != BKT_OK) {
        bkti_release(memory, unit);
        return status;
    }
    bkti_release(memory, plot->value_unit);
    bkti_release(memory, plot->id_prefix);
    plot->value_unit = unit;
    plot->id_prefix = prefix;
    own.value_unit = unit;
    own.id_prefix = prefix;
    plot->options = own;
    return BKT_OK;
}

/* Reads a unit; text NULL or empty: that of the options. SHAPE if it is not the plot's. */
static bkt_status read_unit(const bkt_plot *plot, const char *text, const char *what,
                            bkti_unit *out_unit) {
    bool given = text != NULL && text[0] != '\0';
    *out_unit = bkti_unit_read(given ? text : plot->value_unit == NULL ? "" : plot->value_unit);
    if (plot->unit == NULL || bkti_span_is(out_unit->base, plot->unit)) {
        return BKT_OK;
    }
    return bkti_fail(
        plot->context, BKT_ERR_SHAPE, NULL,
        "%s is in \"%.*s\", the plot so far in \"%s\"; a plot has one unit (value_unit "
        "in bkt_plot_options names that of columns without one)",
        what, (int)out_unit->base.size, out_unit->base.data, plot->unit);
}

/* Remembers the unit of the first column. */
static bkt_status keep_unit(bkt_plot *plot, bkti_unit unit) {
    if (plot->unit != NULL) {
        return BKT_OK;
    }
    plot->unit = bkti_copy_text(bkti_context_memory(plot->context), unit.base.data, unit.base.size);
    plot->power = unit.power;
    return plot->unit != NULL ? BKT_OK : bkti_no_memory(plot->context);
}

static int compare_points(const void *a, const void *b) {
    const bkti_plot_point *first = a, *second = b;
    return (first->ordinal > second->ordinal) - (first->ordinal < second->ordinal);
}

/* When a period is, from its code in the column. */
static bkt_status place_point(const bkt_plot *plot, const bkt_column *periods, int64_t row,
                              int32_t *frequency, bkti_plot_point *point) {
    int32_t own_frequency = BKT_FREQUENCY_NONE, first_day = 0, last_day = 0;
    int32_t code = bkt_column_codes_view(periods)[row];
    if (code < 0 ||
        bkt_column_dictionary_period(periods, code, &own_frequency, &point->ordinal) != BKT_OK) {
        return bkti_fail(plot->context, BKT_ERR_PERIOD, NULL,
                         "row %lld of column \"%s\" has %s%s; a plot needs a period in every row",
                         (long long)row, bkt_column_id(periods), code < 0 ? "no period" : "",
                         code < 0 ? "" : bkt_column_dictionary_text(periods, code));
    }
    if (*frequency != BKT_FREQUENCY_NONE && own_frequency != *frequency) {
        return bkti_fail(plot->context, BKT_ERR_SERIES, NULL,
                         "column \"%s\" has periods of the frequencies %s and %s; one line has one "
                         "frequency: choose it with a filter",
                         bkt_column_id(periods), bkt_frequency_code(*frequency),
                         bkt_frequency_code(own_frequency));
    }
    *frequency = own_frequency;
    if (own_frequency == BKT_FREQUENCY_DATE_TIME) {
        point->start_day = point->end_day = (double)point->ordinal / 86400;
        return BKT_OK;
    }
    bkt_period_start_day(own_frequency, point->ordinal, &first_day);
    bkt_period_last_day(own_frequency, point->ordinal, &last_day);
    point->start_day = first_day;
    point->end_day = (double)last_day + 1;
    return BKT_OK;
}

/* The columns that a series is made of; upper is values itself but for a band. */
typedef struct series_columns {
    const bkt_column *periods;
    const bkt_column *values;
    const bkt_column *upper;
    bkti_unit unit;
    bkti_unit upper_unit;
} series_columns;

static bkt_status read_point(const bkt_plot *plot, const series_columns *columns, int64_t row,
                             bkti_plot_series *series) {
    bkti_plot_point *point = &series->points[row];
    bkt_status status = place_point(plot, columns->periods, row, &series->frequency, point);
    if (status != BKT_OK) {
        return status;
    }
    bool has_value = bkt_column_number_at(columns->values, row, &point->value) != 0;
    bool has_upper = bkt_column_number_at(columns->upper, row, &point->upper) != 0;
    point->value = bkti_unit_convert(point->value, columns->unit.power, 0);
    point->upper = bkti_unit_convert(point->upper, columns->upper_unit.power, 0);
    point->is_there = has_value && has_upper && fabs(point->value) <= BKTI_PLOT_LARGEST &&
                      fabs(point->upper) <= BKTI_PLOT_LARGEST;
    series->there_count += point->is_there;
    if (point->is_there && point->value > point->upper) {
        return bkti_fail(plot->context, BKT_ERR_ARGUMENT, NULL,
                         "in row %lld the lower bound \"%s\" is above the upper bound \"%s\"",
                         (long long)row, bkt_column_id(columns->values),
                         bkt_column_id(columns->upper));
    }
    return BKT_OK;
}

static bkt_status read_points(const bkt_plot *plot, const bkt_table *table,
                              const series_columns *columns, bkti_plot_series *series) {
    int64_t rows = bkt_table_row_count(table);
    series->points = bkti_allocate_zeroed(bkti_context_memory(plot->context), (size_t)rows,
                                          sizeof *series->points);
    if (series->points == NULL) {
        return bkti_no_memory(plot->context);
    }
    series->count = (size_t)rows;
    for (int64_t row = 0; row < rows; row++) {
        bkt_status status = read_point(plot, columns, row, series);
        if (status != BKT_OK) {
            return status;
        }
    }
    qsort(series->points, series->count, sizeof *series->points, compare_points);
    for (size_t i = 1; i < series->count; i++) {
        if (series->points[i].ordinal == series->points[i - 1].ordinal) {
            char period[32] = "";
            bkt_period_format(series->frequency, series->points[i].ordinal, period, sizeof period,
                              NULL);
            return bkti_fail(plot->context, BKT_ERR_DUPLICATE, NULL,
                             "the period %s comes in several rows of column \"%s\"; choose one "
                             "series with a filter first",
                             period, bkt_column_id(columns->periods));
        }
    }
    return BKT_OK;
}

static bkt_status check_style(const bkt_plot *plot, const bkt_plot_style *style) {
    if ((style->flags & ~(uint32_t)BKT_STYLE_JOINED) != 0 || style->colour < BKT_COLOUR_AUTOMATIC ||
        style->colour > BKT_COLOUR_GREY || style->dash < BKT_DASH_AUTOMATIC ||
        style->dash > BKT_DASH_LONG_DOT || style->marker < BKT_MARKER_AUTOMATIC ||
        style->marker > BKT_MARKER_CROSS || style->reserved != 0) {
        return bkti_fail(plot->context, BKT_ERR_ARGUMENT, NULL,
                         "bkt_plot_style: a field is none of BKT_STYLE_..., bkt_colour, bkt_dash "
                         "or bkt_marker, or reserved is not 0");
    }
    return BKT_OK;
}

static bkt_status find_columns(const bkt_plot *plot, const bkt_table *table, const char *period_id,
                               const char *value_id, const char *upper_id,
                               series_columns *columns) {
    bkt_status status;
    columns->periods = bkti_column_need(plot->context, table, period_id, BKT_KIND_PERIOD, &status);
    if (status == BKT_OK) {
        columns->values =
            bkti_column_need(plot->context, table, value_id, BKT_KIND_NUMBER, &status);
    }
    if (status == BKT_OK) {
        columns->upper = bkti_column_need(plot->context, table, upper_id, BKT_KIND_NUMBER, &status);
    }
    if (status == BKT_OK) {
        status = read_unit(plot, bkt_column_unit(columns->values), value_id, &columns->unit);
    }
    if (status == BKT_OK) {
        status = read_unit(plot, bkt_column_unit(columns->upper), upper_id, &columns->upper_unit);
    }
    if (status == BKT_OK && !bkti_span_equal(columns->unit.base, columns->upper_unit.base)) {
        status =
            bkti_fail(plot->context, BKT_ERR_SHAPE, NULL,
                      "the bounds \"%s\" and \"%s\" are in different units", value_id, upper_id);
    }
    return status;
}

/* The last line before it that isn't joined itself. */
static int parent_of(const bkt_plot *plot, const bkt_plot_style *style) {
    for (int i = (int)plot->series_count - 1; i >= 0 && (style->flags & BKT_STYLE_JOINED); i--) {
        const bkti_plot_series *line = &plot->series[i];
        if (line->kind == BKTI_SERIES_LINE && line->parent < 0) {
            return i;
        }
    }
    return -1;
}

static bkt_status add_series(bkt_plot *plot, int kind, const bkt_table *table,
                             const char *period_id, const char *value_id, const char *upper_id,
                             const char *label, const bkt_plot_style *style) {
    if (table == NULL) {
        return bkti_fail(plot->context, BKT_ERR_ARGUMENT, NULL, "the table is NULL");
    }
    if (plot->series_count == BKTI_SERIES_LIMIT) {
        return bkti_fail(plot->context, BKT_ERR_LIMIT, NULL,
                         "the plot has %d series already, its limit", BKTI_SERIES_LIMIT);
    }
    bkti_plot_series series = {.kind = kind, .style = STYLE_DEFAULTS};
    series_columns columns = {NULL, NULL, NULL, {{NULL, 0}, 0}, {{NULL, 0}, 0}};
    bkt_status status = bkti_options_take(plot->context, style, &series.style, sizeof series.style,
                                          sizeof series.style);
    if (status == BKT_OK) {
        status = check_style(plot, &series.style);
    }
    if (status == BKT_OK) {
        status = find_columns(plot, table, period_id, value_id, upper_id, &columns);
    }
    if (status == BKT_OK) {
        status = read_points(plot, table, &columns, &series);
    }
    if (status == BKT_OK) {
        const char *text = label == NULL ? bkt_column_label(columns.values) : label;
        status = copy_text(plot, text, &series.label);
    }
    if (status == BKT_OK) {
        status = keep_unit(plot, columns.unit);
    }
    if (status != BKT_OK) {
        free_series(bkti_context_memory(plot->context), &series);
        return status;
    }
    series.parent = kind == BKTI_SERIES_BARS ? -1 : parent_of(plot, &series.style);
    plot->series[plot->series_count++] = series;
    return BKT_OK;
}

bkt_status bkt_plot_add_line(bkt_plot *plot, const bkt_table *table, const char *period_id,
                             const char *value_id, const char *label, const bkt_plot_style *style) {
    return plot == NULL ? null_plot(__func__)
                        : add_series(plot, BKTI_SERIES_LINE, table, period_id, value_id, value_id,
                                     label, style);
}

bkt_status bkt_plot_add_bars(bkt_plot *plot, const bkt_table *table, const char *period_id,
                             const char *value_id, const char *label, const bkt_plot_style *style) {
    return plot == NULL ? null_plot(__func__)
                        : add_series(plot, BKTI_SERIES_BARS, table, period_id, value_id, value_id,
                                     label, style);
}

bkt_status bkt_plot_add_band(bkt_plot *plot, const bkt_table *table, const char *period_id,
                             const char *lower_id, const char *upper_id, const char *label,
                             const bkt_plot_style *style) {
    return plot == NULL ? null_plot(__func__)
                        : add_series(plot, BKTI_SERIES_BAND, table, period_id, lower_id, upper_id,
                                     label, style);
}

/* With as few decimals as say the number to twelve digits: 0.035 in per cent is 3.5. */
static void write_short(bkti_text *out, double number) {
    char buffer[440];
    double power = 1;
    int decimals = 0;
    while (decimals < 9 &&
           fabs(number * power - round(number * power)) > fabs(number) * power * 1e-12) {
        decimals++;
        power *= 10;
    }
    size_t size = decimals < 9 && fabs(number) < 1e15
                      ? bkti_number_format_fixed(number, decimals, '\0', buffer, sizeof buffer)
                      : bkti_number_format(number, buffer, sizeof buffer);
    bkti_text_append(out, buffer, size);
}

/* "3.5 billion USD": the largest multiple that leaves at least 1. */
static void name_value(bkti_text *out, double value, bkti_unit unit) {
    if (bkti_span_is(unit.base, "fraction")) {
        write_short(out, value * 100);
        bkti_text_append_text(out, " %");
        return;
    }
    unit.power = 0;
    while (unit.power < 12 && fabs(bkti_unit_convert(value, 0, unit.power + 3)) >= 1) {
        unit.power += 3;
    }
    write_short(out, bkti_unit_convert(value, 0, unit.power));
    if (unit.base.size > 0 || unit.power > 0) {
        bkti_text_append(out, " ", 1);
    }
    bkti_unit_write(out, unit);
}

bkt_status bkt_plot_add_target(bkt_plot *plot, double value, const char *unit, const char *label) {
    if (plot == NULL) {
        return null_plot(__func__);
    }
    if (plot->target_count == BKTI_TARGET_LIMIT) {
        return bkti_fail(plot->context, BKT_ERR_LIMIT, NULL,
                         "the plot has %d targets already, its limit", BKTI_TARGET_LIMIT);
    }
    bkti_unit own = {bkti_span_of(plot->unit), plot->power};
    bkt_status status = BKT_OK;
    if (unit != NULL || plot->unit == NULL) {
        status = read_unit(plot, unit, "the target", &own);
    }
    double plain = bkti_unit_convert(value, own.power, 0);
    if (status == BKT_OK && !(fabs(plain) <= BKTI_PLOT_LARGEST)) {
        status = bkti_fail(plot->context, BKT_ERR_ARGUMENT, NULL,
                           "the target is not a number, or too large to be drawn");
    }
    if (status != BKT_OK) {
        return status;
    }
    bkti_text text;
    bkti_text_init(&text, bkti_context_memory(plot->context));
    if (label != NULL) {
        bkti_text_append_text(&text, label);
    } else {
        bkti_text_append_text(&text, "Target ");
        name_value(&text, plain, own);
    }
    char *copy = NULL;
    status =
        text.failed ? bkti_no_memory(plot->context) : copy_text(plot, bkti_text_get(&text), &copy);
    bkti_text_free(&text);
    if (status == BKT_OK) {
        status = keep_unit(plot, own);
    }
    if (status != BKT_OK) {
        bkti_release(bkti_context_memory(plot->context), copy);
        return status;
    }
    plot->targets[plot->target_count++] = (bkti_plot_target){plain, copy};
    return BKT_OK;
}
