/* SPDX-License-Identifier: MIT */
/* A plot on its way to SVG: looks, layout, places of labels. */
#ifndef BKTI_DRAWING_H
#define BKTI_DRAWING_H

#include "bkti_axis.h"
#include "bkti_plot.h"
#include "bkti_scene.h"

/* Sizes of type, and the heights of its lines, in pixels. */
#define BKTI_TITLE_SIZE    19.0
#define BKTI_TITLE_LINE    24.0
#define BKTI_SUBTITLE_SIZE 14.0
#define BKTI_SUBTITLE_LINE 19.0
#define BKTI_LABEL_SIZE    13.0
#define BKTI_LABEL_LINE    16.0
#define BKTI_LEGEND_LINE   21.0
#define BKTI_TICK_SIZE     12.0
#define BKTI_TICK_LINE     16.0
#define BKTI_NOTE_SIZE     11.0
#define BKTI_NOTE_LINE     14.0
/* Bold type is so much wider. */
#define BKTI_BOLD 1.12

#define BKTI_MARGIN       16.0 /* around everything */
#define BKTI_SAMPLE_WIDTH 26.0 /* of the piece of a line, bar or band beside its label */
#define BKTI_SAMPLE_GAP   6.0
#define BKTI_LEGEND_GAP   22.0
#define BKTI_LEADER_WIDTH 14.0 /* from the plot to the labels at its right */
#define BKTI_INSIDE_WIDTH 170.0

/* How a series is drawn. */
typedef struct bkti_look {
    const char *colour;
    const char *ink; /* the colour, dark enough for text */
    const char *dash;
    int marker;    /* bkt_marker; CIRCLE, ... or NONE */
    bool hollow;   /* the marker has a white middle */
    int hatching;  /* of bars and bands: 0 for none, else 1 to BKTI_HATCHINGS */
    double tint;   /* of bars and bands: opacity of the fill */
    int rank;      /* of bands: how many of the same fan are wider */
    int bar_index; /* among the bars of a period */
} bkti_look;

#define BKTI_HATCHINGS 3

/* Where the label of a series stands. */
enum bkti_label_place { BKTI_LABEL_NONE, BKTI_LABEL_RIGHT, BKTI_LABEL_INSIDE, BKTI_LABEL_LEGEND };

typedef struct bkti_label {
    int place;    /* bkti_label_place */
    bkti_box box; /* of the text */
    double limit; /* widest line, in ems */
    int anchor;   /* inside: -1 text ends at the right of the box, 0 in its middle, 1 begins left */
    double end_x; /* right: where the series ends */
    double end_y;
} bkti_label;

typedef struct bkti_drawing {
    const bkt_plot *plot;
    bkti_text *out;
    const char *prefix; /* of ids */
    bkti_scene scene;
    bkti_value_axis values;
    bkti_time_axis time;
    bkti_look looks[BKTI_SERIES_LIMIT];
    bkti_label labels[BKTI_SERIES_LIMIT];
    bkti_label target_labels[BKTI_TARGET_LIMIT];
    bkti_text axis_title;
    bkti_text notes; /* lines that the library adds under the plot */
    bkti_box area;   /* of the data */
    double width;
    double height;
    double title_top;
    double subtitle_top;
    double legend_top;
    double axis_title_top;
    double foot_top;     /* below the labels of the time axis */
    int bar_count;       /* sets of bars */
    bool has_values;     /* anything to draw but targets */
    bool has_range;      /* a value axis can be drawn */
    size_t not_positive; /* numbers that a logarithmic axis can't have */
    size_t beyond;       /* numbers outside a fixed axis */
    bool has_gaps;       /* a line has a gap inside */
} bkti_drawing;

/* Looks: colours, dashes, markers. */
void bkti_looks_choose(bkti_drawing *drawing);
/* The definitions of hatchings that are used. */
void bkti_looks_define(const bkti_drawing *drawing);
/* Attributes of a fill, with the space before. */
void bkti_look_write_fill(const bkti_drawing *drawing, uint32_t index);
/* Attributes of a line. */
void bkti_look_write_stroke(const bkti_drawing *drawing, uint32_t index);
void bkti_look_write_marker(const bkti_drawing *drawing, uint32_t index, double x, double y);
/* A short piece of the series, BKTI_SAMPLE_WIDTH wide, in the middle of a line of text. */
void bkti_look_write_sample(const bkti_drawing *drawing, uint32_t index, double x, double y);

/* Layout: everything up to the places of labels. Memory failures show in drawing->scene.failed. */
void bkti_layout(bkti_drawing *drawing);
/* Height and width of a text in lines no longer than `limit` ems. */
double bkti_text_block(bkti_span text, double limit, double size, double line, double *out_width);
/* Width of a label in the legend with its sample, without the gap. */
double bkti_legend_width(const bkti_plot_series *series);

/* Pixels of a point; of a band the lower or upper bound. False for what can't be drawn. */
bool bkti_place_point(const bkti_drawing *drawing, const bkti_plot_point *point, bool upper,
                      double *out_x, double *out_y);
/* The last point of the line that a joined series begins at; NULL when it does not. */
const bkti_plot_point *bkti_joint(const bkti_drawing *drawing, const bkti_plot_series *series);
/* The bar of a point. False for what can't be drawn. */
bool bkti_place_bar(const bkti_drawing *drawing, uint32_t index, const bkti_plot_point *point,
                    bkti_box *out_box);

/* Words: the description for people who can't see the plot, and the notes under it. */
void bkti_words_describe(const bkti_drawing *drawing, bkti_text *out);
void bkti_words_note(const bkti_drawing *drawing, bkti_text *out);
void bkti_words_title_axis(const bkti_drawing *drawing, bkti_text *out);

#endif
