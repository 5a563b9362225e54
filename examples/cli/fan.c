/* SPDX-License-Identifier: MIT */
#include "fan.h"

#include <stdio.h>
#include <string.h>

const double fan_levels[FAN_LEVELS] = {0.5, 0.8, 0.95};

static bkt_status add_past(bkt_plot *plot, const bkt_table *projection, const char *label) {
    bkt_plot_style style;
    bkt_plot_style_init(&style, sizeof style);
    style.colour = BKT_COLOUR_BLACK;
    style.dash = BKT_DASH_SOLID;
    return bkt_plot_add_line(plot, projection, "TIME_PERIOD", "ACTUAL", label, &style);
}

bkt_status fan_add(bkt_plot *plot, const bkt_table *projection, const char *label) {
    bkt_plot_style joined;
    bkt_plot_style_init(&joined, sizeof joined);
    joined.colour = BKT_COLOUR_BLACK;
    joined.flags = BKT_STYLE_JOINED;
    joined.dash = BKT_DASH_SHORT;
    joined.marker = BKT_MARKER_NONE;
    bkt_status status = add_past(plot, projection, label);
    for (uint32_t i = 0; status == BKT_OK && i < bkt_table_column_count(projection); i++) {
        const char *lower = bkt_column_id(bkt_table_column_at(projection, i));
        char upper[64], level[64];
        if (strncmp(lower, "LOWER_", 6) != 0)
            continue;
        snprintf(upper, sizeof upper, "UPPER_%s", lower + 6);
        snprintf(level, sizeof level, "%s %%", lower + 6);
        char *point = strchr(level, '_'); /* LOWER_99_5 */
        if (point != NULL)
            *point = '.';
        status = bkt_plot_add_band(plot, projection, "TIME_PERIOD", lower, upper, level, &joined);
    }
    char projected[200];
    snprintf(projected, sizeof projected, "%s, projected", label);
    if (status == BKT_OK)
        status =
            bkt_plot_add_line(plot, projection, "TIME_PERIOD", "PROJECTED", projected, &joined);
    return status;
}

static bkt_status set_texts(bkt_plot *plot, const series *of, const bkt_table *projection) {
    char subtitle[512], note[512];
    const char *method = bkt_table_property(projection, "method_label");
    const char *source = bkt_table_property(projection, "source");
    const char *slash = source != NULL ? strrchr(source, '/') : NULL;
    snprintf(subtitle, sizeof subtitle, "Projected by: %s", method != NULL ? method : "?");
    snprintf(note, sizeof note, "Source: %.400s",
             slash != NULL    ? slash + 1
             : source != NULL ? source
                              : "?");
    bkt_status status = bkt_plot_set_title(plot, of->title);
    if (status == BKT_OK)
        status = bkt_plot_set_subtitle(plot, subtitle);
    if (status == BKT_OK)
        status = bkt_plot_set_source(plot, note);
    return status;
}

bkt_status fan_write(session *running, const series *of, const bkt_table *projection,
                     const char *path) {
    bkt_plot *plot = NULL;
    bkt_status status = bkt_plot_new(running->context, &plot);
    if (status == BKT_OK)
        status = set_texts(plot, of, projection);
    if (status == BKT_OK)
        status = fan_add(plot, projection, of->name);
    if (status == BKT_OK)
        status = bkt_plot_write_path(plot, path);
    bkt_plot_free(plot);
    return status;
}
