/* SPDX-License-Identifier: MIT */
/** @file output.h
 * Showing tables: as aligned text, as CSV, as a plot in SVG.
 *
 * Output is UTF-8, has no clock and no locale in it, and is the same bytes for the same input on
 * every machine. It goes to a function of the caller's, or to a path; a file appears whole under
 * its name or not at all. What fails leaves no file behind. */
#ifndef BKTRADE_OUTPUT_H
#define BKTRADE_OUTPUT_H

#include <stddef.h>
#include <stdint.h>

#include <bktrade/table.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Takes the next bytes of an output, up to 64 KiB a call.
 * @param data borrowed for the call; @param size never 0; @param user as given with the function.
 * @return 0 to go on; anything else stops with BKT_ERR_CANCELLED (the function isn't called again).
 */
typedef int32_t (*bkt_write_function)(const void *data, size_t size, void *user);

/** In which multiple amounts of money are printed. */
enum bkt_scale {
    BKT_SCALE_KEEP = 0, /**< as the column has them */
    BKT_SCALE_ONES = 1,
    BKT_SCALE_THOUSANDS = 2,
    BKT_SCALE_MILLIONS = 3,
    BKT_SCALE_BILLIONS = 4,
    BKT_SCALE_TRILLIONS = 5
};

/** @name Flags of bkt_print_options
 * @{ */
/** Only ASCII where the library chooses the characters (missing, rules); data stay as they are. */
#define BKT_PRINT_ASCII 1
/** A letter after each missing number, and under the table what the letters mean. */
#define BKT_PRINT_REASONS 2
/** Columns of the unit "fraction" in per cent. */
#define BKT_PRINT_PERCENT 4
/** Column ids in the header instead of labels. */
#define BKT_PRINT_IDS 8
/** No header. */
#define BKT_PRINT_NO_HEADER 16
/** @} */

/** Options of bkt_table_print(). Start with bkt_print_options_init(). */
typedef struct bkt_print_options {
    uint32_t struct_size;
    uint32_t flags;                 /**< BKT_PRINT_... or 0 */
    int64_t row_limit;              /**< most rows, then "... n more rows"; 0 (default): all */
    const char *const *column_ids;  /**< `column_count` ids, in this order; NULL: all columns */
    const int32_t *column_decimals; /**< one for each of column_ids, -1 for the rule below; may be
                                         NULL */
    const char *missing;            /**< NULL: an en dash, or "-" with BKT_PRINT_ASCII */
    const char *scale_unit;         /**< the unit that `scale` is for, such as "USD"; NULL: every
                                         currency (three capital letters) */
    uint32_t column_count;          /**< of column_ids */
    uint32_t key_count;             /**< columns that every block repeats; 0: the text and period
                                         columns at the left */
    uint32_t width;                 /**< character cells of the terminal: columns that do not fit
                                         go into further blocks below; 0 (default): no limit */
    uint32_t text_width;            /**< longer texts are cut, with an ellipsis; 0: never; default
                                         48 */
    int32_t decimals;               /**< 0 to 15 for numbers that are neither in per cent nor whole
                                         numbers throughout their column; -1 (default): by size,
                                         the same for all columns of one unit */
    int32_t percent_decimals;       /**< 0 to 15, for columns in per cent; default 1 */
    int32_t scale;                  /**< one of bkt_scale: columns in "USD", "thousand USD",
                                         "million USD" and so on are brought to one multiple, which
                                         the header says; default BKT_SCALE_KEEP */
    int32_t thousands;              /**< ASCII character between groups of three digits, such as
                                         ',' or ' '; 0 (default): none. Columns of the unit "year"
                                         never have it */
} bkt_print_options;

/** Fills options with defaults. @return as bkt_context_options_init(). @since 0.1 */
BKT_API bkt_status bkt_print_options_init(bkt_print_options *options, uint32_t struct_size);

/** Prints a table as aligned text: labels, units, a rule, one line a row. Text stands left, numbers
 * right with their decimal points in line. Cells are measured as terminals show them (combining
 * marks take no cell, East Asian wide characters two). Control characters in the data (a terminal
 * would obey them) and bytes that are no UTF-8 are shown as U+FFFD, white space as a space.
 * A table without columns prints nothing, one without rows "(no rows)". Numbers are rounded for
 * display only.
 * @param options NULL for defaults.
 * @param write gets the text. @param user handed to it.
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_ABI; BKT_ERR_NO_COLUMN for an id that the table lacks;
 * BKT_ERR_CANCELLED when write stopped it; BKT_ERR_MEMORY.
 * @since 0.1 */
BKT_API bkt_status bkt_table_print(bkt_context *context, const bkt_table *table,
                                   const bkt_print_options *options, bkt_write_function write,
                                   void *user);

/** @name Flags of bkt_csv_options
 * @{ */
/** Lines end with CR LF, as RFC 4180 has it; without it with LF, as most programs write it. */
#define BKT_CSV_CRLF 1
/** Quotes around every text, period and header field, needed or not. */
#define BKT_CSV_QUOTE_TEXT 2
/** After each number column ID a column ID_MISSING: the reason (bkt_missing_text()) where the
 * number is missing, empty where it is there. */
#define BKT_CSV_REASONS 4
/** No header line. */
#define BKT_CSV_NO_HEADER 8
/** A UTF-8 byte order mark first: spreadsheets then read the text as UTF-8. */
#define BKT_CSV_MARK 16
/** @} */

/** Options of bkt_table_write_csv(). Start with bkt_csv_options_init(). */
typedef struct bkt_csv_options {
    uint32_t struct_size;
    uint32_t flags;                /**< BKT_CSV_... or 0 */
    const char *const *column_ids; /**< `column_count` ids, in this order; NULL: all columns */
    const char *missing;           /**< a missing number, text or period; default "" */
    uint32_t column_count;         /**< of column_ids */
    int32_t separator;             /**< an ASCII character such as ',' (default), ';', '|' or tab;
                                        no letter, digit, space, quote, '+', '-' or '.' */
} bkt_csv_options;

/** Fills options with defaults. @return as bkt_context_options_init(). @since 0.1 */
BKT_API bkt_status bkt_csv_options_init(bkt_csv_options *options, uint32_t struct_size);

/** Writes a table as CSV (RFC 4180): a header of column ids, one line a row. Numbers are the
 * shortest decimals that read back to the same double, the decimal point is always ".", periods and
 * texts are as published. Fields with the separator, a quote or a line break are quoted, also
 * those with white space at an end, and an empty text (so that it differs from a missing one).
 * Data are data: a text that begins with "=", "+", "-" or "@" is not altered, though a spreadsheet
 * may take it for a formula. Who opens files of strangers in a spreadsheet should import the
 * columns as text.
 * @param options NULL for defaults.
 * @param write gets the text. @param user handed to it.
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_ABI; BKT_ERR_NO_COLUMN for an id that the table lacks;
 * BKT_ERR_REPEATED_COMPONENT when BKT_CSV_REASONS would make an id that is there already;
 * BKT_ERR_CANCELLED when write stopped it; BKT_ERR_MEMORY.
 * Source: RFC 4180.
 * @since 0.1 */
BKT_API bkt_status bkt_table_write_csv(bkt_context *context, const bkt_table *table,
                                       const bkt_csv_options *options, bkt_write_function write,
                                       void *user);

/** The same into a file. It is written beside its place under another name and renamed when whole,
 * so that a reader never sees half of it; on failure the file that was there before is untouched.
 * A path that is no regular file (a device, a pipe) is written to directly.
 * @param path UTF-8.
 * @return as bkt_table_write_csv(), and BKT_ERR_NOT_FOUND for a folder that isn't there;
 * BKT_ERR_PERMISSION; BKT_ERR_DIRECTORY; BKT_ERR_IO.
 * @since 0.1 */
BKT_API bkt_status bkt_table_write_csv_path(bkt_context *context, const bkt_table *table,
                                            const bkt_csv_options *options, const char *path);

/** A plot of numbers over time. Opaque; ended by bkt_plot_free(). It copies what it is given, so
 * tables may be freed before it is written. */
typedef struct bkt_plot bkt_plot;

/** @name Flags of bkt_plot_options
 * @{ */
/** Logarithmic axis of values; the axis says so. Values of zero or below can't be on it: a note
 * under the plot counts them. Not with bars. */
#define BKT_PLOT_LOG 1
/** The axis of values need not have zero in it (never with bars); if it has not, it says so. */
#define BKT_PLOT_FREE_BASE 2
/** @} */

/** Options of a plot. Start with bkt_plot_options_init(). */
typedef struct bkt_plot_options {
    uint32_t struct_size;
    uint32_t flags;    /**< BKT_PLOT_... or 0 */
    double value_low;  /**< lower end of the axis, in `value_unit`; NaN (default): by the data */
    double value_high; /**< upper end; NaN (default): by the data. What lies beyond is cut off
                            at the edge, and a note says so */
    const char *value_unit; /**< unit of value_low, value_high and of columns that have none, such
                                 as "million USD"; set it before they are added. NULL (default):
                                 the ends are in that of the first column, and columns without a
                                 unit don't go with others */
    const char *id_prefix;  /**< begins the ids inside the SVG: ASCII letters, digits, "-" and "_",
                                 a letter first; give each its own where several plots are put into
                                 one HTML page. NULL (default): "bkt" */
    uint32_t width;         /**< in CSS pixels, 320 to 10,000; default 960 */
    uint32_t height;        /**< 200 to 10,000; default 600. A plot whose texts would leave less
                                 than 90 pixels for the data gets higher */
} bkt_plot_options;

/** Fills options with defaults. @return as bkt_context_options_init(). @since 0.1 */
BKT_API bkt_status bkt_plot_options_init(bkt_plot_options *options, uint32_t struct_size);

/** How a line is broken into strokes. */
enum bkt_dash {
    BKT_DASH_AUTOMATIC = 0,
    BKT_DASH_SOLID = 1,
    BKT_DASH_LONG = 2,
    BKT_DASH_SHORT = 3,
    BKT_DASH_DOT = 4,
    BKT_DASH_LONG_DOT = 5
};

/** What stands at the points of a line. */
enum bkt_marker {
    BKT_MARKER_AUTOMATIC = 0,
    BKT_MARKER_NONE = 1, /**< but for points without neighbours, which would not be seen */
    BKT_MARKER_CIRCLE = 2,
    BKT_MARKER_SQUARE = 3,
    BKT_MARKER_TRIANGLE = 4,
    BKT_MARKER_DIAMOND = 5,
    BKT_MARKER_CROSS = 6
};

/** Colours of Okabe and Ito, which people with any colour vision can tell apart. */
enum bkt_colour {
    BKT_COLOUR_AUTOMATIC = 0,
    BKT_COLOUR_BLACK = 1,
    BKT_COLOUR_BLUE = 2,
    BKT_COLOUR_VERMILION = 3,
    BKT_COLOUR_GREEN = 4,
    BKT_COLOUR_ORANGE = 5,
    BKT_COLOUR_SKY_BLUE = 6,
    BKT_COLOUR_PURPLE = 7,
    BKT_COLOUR_GREY = 8
};

/** Flag of bkt_plot_style: the line or band begins at the last value of the line added last before
 * it (that isn't joined itself), if its first period is the next one, so that a projection and its
 * intervals grow out of the observed line, in its colour. A known value is connected with a
 * projected one; nothing is put in between. Without effect on bars. */
#define BKT_STYLE_JOINED 1

/** Looks of one line, set of bars or band. Start with bkt_plot_style_init(). Where a field is
 * automatic, series differ in colour, dashes and markers at once, so that they can be told apart
 * in black and white too. */
typedef struct bkt_plot_style {
    uint32_t struct_size;
    uint32_t flags;   /**< BKT_STYLE_JOINED or 0 */
    int32_t colour;   /**< one of bkt_colour */
    int32_t dash;     /**< one of bkt_dash; lines only */
    int32_t marker;   /**< one of bkt_marker; lines only */
    int32_t reserved; /**< 0 */
} bkt_plot_style;

/** Fills a style with defaults. @return as bkt_context_options_init(). @since 0.1 */
BKT_API bkt_status bkt_plot_style_init(bkt_plot_style *style, uint32_t struct_size);

/** Makes an empty plot.
 * @param context must outlive the plot.
 * @param[out] out_plot the caller's to free; NULL on failure.
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_MEMORY. @since 0.1 */
BKT_API bkt_status bkt_plot_new(bkt_context *context, bkt_plot **out_plot);
/** Frees a plot. @param plot NULL is fine. @since 0.1 */
BKT_API void bkt_plot_free(bkt_plot *plot);
/** Sets the options. @param options NULL for defaults; copied.
 * @return BKT_OK; BKT_ERR_ARGUMENT for a size, range or id_prefix out of bounds; BKT_ERR_ABI;
 * BKT_ERR_MEMORY. After a failure the options are as they were. @since 0.1 */
BKT_API bkt_status bkt_plot_set_options(bkt_plot *plot, const bkt_plot_options *options);
/** Sets the title. Long texts are broken into lines. @param text UTF-8, copied; NULL: none.
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_MEMORY. @since 0.1 */
BKT_API bkt_status bkt_plot_set_title(bkt_plot *plot, const char *text);
/** Sets the line under the title. As bkt_plot_set_title(). @since 0.1 */
BKT_API bkt_status bkt_plot_set_subtitle(bkt_plot *plot, const char *text);
/** Sets the note at the foot, printed as it is ("Source: ..."). As bkt_plot_set_title().
 * @since 0.1 */
BKT_API bkt_status bkt_plot_set_source(bkt_plot *plot, const char *text);
/** Sets what the axes are called. The unit, with the multiple chosen for the axis ("million USD"),
 * is added to the name of the values by itself.
 * @param time_label UTF-8, copied; NULL: none. @param value_label likewise.
 * @return as bkt_plot_set_title(). @since 0.1 */
BKT_API bkt_status bkt_plot_set_axis_labels(bkt_plot *plot, const char *time_label,
                                            const char *value_label);

/** Adds a line: the numbers of a column over the periods of another. Rows may be in any order. A
 * missing number, and a year (or half, third or quarter of a year, month, week) that is not there,
 * breaks the line: nothing is interpolated. Days, date-times and ranges have no next one that must
 * be there: their lines break at missing numbers only. A value stands in the middle of its period.
 * Numbers beyond 1e305 count as missing.
 * @param period_id a period column, all of one frequency.
 * @param value_id a number column. All columns of a plot have one unit, up to the multiple
 * ("thousand USD" and "million USD" go together); "fraction" is shown in per cent.
 * @param label what stands at the line; NULL: the column's label. @param style NULL for defaults.
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_ABI; BKT_ERR_NO_COLUMN; BKT_ERR_COLUMN_KIND;
 * BKT_ERR_PERIOD for a row with no period or a text that is none; BKT_ERR_SERIES for several
 * frequencies in one line; BKT_ERR_DUPLICATE for one period in two rows (choose rows with a filter
 * first); BKT_ERR_SHAPE for a unit other than that of the plot; BKT_ERR_LIMIT for more than 64
 * series; BKT_ERR_MEMORY. After a failure the plot is as it was. @since 0.1 */
BKT_API bkt_status bkt_plot_add_line(bkt_plot *plot, const bkt_table *table, const char *period_id,
                                     const char *value_id, const char *label,
                                     const bkt_plot_style *style);
/** Adds bars from zero; several sets of bars of one period stand side by side.
 * Parameters and result as for bkt_plot_add_line(). @since 0.1 */
BKT_API bkt_status bkt_plot_add_bars(bkt_plot *plot, const bkt_table *table, const char *period_id,
                                     const char *value_id, const char *label,
                                     const bkt_plot_style *style);
/** Adds a band, such as a prediction interval, between two columns; where either is missing there
 * is none. Bands that lie in one another are drawn the widest first, in nested tints.
 * @param lower_id a number column. @param upper_id another; a row whose lower is above its upper is
 * BKT_ERR_ARGUMENT.
 * Else parameters and result as for bkt_plot_add_line(). @since 0.1 */
BKT_API bkt_status bkt_plot_add_band(bkt_plot *plot, const bkt_table *table, const char *period_id,
                                     const char *lower_id, const char *upper_id, const char *label,
                                     const bkt_plot_style *style);
/** Adds a target: a dashed line across the plot.
 * @param value finite. @param unit of the value, such as "USD" or "million USD"; NULL: that of the
 * first column. @param label what stands at the line; NULL: "Target" and the value with its unit.
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_SHAPE for a unit other than that of the plot;
 * BKT_ERR_LIMIT for more than 64; BKT_ERR_MEMORY. @since 0.1 */
BKT_API bkt_status bkt_plot_add_target(bkt_plot *plot, double value, const char *unit,
                                       const char *label);

/** Writes the plot as an SVG 1.1 document: no script, nothing from outside, a title and a
 * description for people who can't see it, generic sans-serif type, and readable in black and
 * white. A plot without a single number says so instead of showing an empty frame.
 * @param write gets the text. @param user handed to it.
 * @return BKT_OK; BKT_ERR_ARGUMENT (bars on a logarithmic axis too); BKT_ERR_CANCELLED when write
 * stopped it; BKT_ERR_MEMORY.
 * @since 0.1 */
BKT_API bkt_status bkt_plot_write(const bkt_plot *plot, bkt_write_function write, void *user);
/** The same into a file, as bkt_table_write_csv_path() does it.
 * @param path UTF-8.
 * @return as bkt_plot_write(), and BKT_ERR_NOT_FOUND; BKT_ERR_PERMISSION; BKT_ERR_DIRECTORY;
 * BKT_ERR_IO. @since 0.1 */
BKT_API bkt_status bkt_plot_write_path(const bkt_plot *plot, const char *path);

#ifdef __cplusplus
}
#endif

#endif
