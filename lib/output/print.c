/* SPDX-License-Identifier: MIT */
/* A table as aligned text. First each column learns how it prints its cells and how wide they get,
 * then columns go into blocks that fit the width, then blocks are printed line by line. */
#include <math.h>
#include <stdlib.h>

#include <bktrade/output.h>

#include "bkti_columns.h"
#include "bkti_display.h"
#include "bkti_number.h"
#include "bkti_sink.h"
#include "bkti_unit.h"

#define KNOWN_FLAGS                                                                                \
    (BKT_PRINT_ASCII | BKT_PRINT_REASONS | BKT_PRINT_PERCENT | BKT_PRINT_IDS | BKT_PRINT_NO_HEADER)
#define REASON_COUNT 32
/* Narrow columns of numbers have their labels broken into lines, but not below this. */
#define LABEL_WIDTH 12
/* A label of more lines makes its column wider, up to a limit. */
#define LABEL_LINES 3
#define LABEL_LIMIT 24
#define GAP         2
/* From here on numbers are printed in full by their shortest text. */
#define PLAIN_LIMIT 1e15

typedef struct print_column {
    const bkt_column *column;
    bool is_number;
    bool is_percent;  /* the unit says so, or a fraction is shown so */
    bool is_fraction; /* to be multiplied by 100 */
    bool is_key;      /* repeated in every block */
    bool is_whole;    /* no number of the column has decimals */
    bkti_unit unit;   /* of the numbers as they are */
    int power;        /* of the numbers as they are shown */
    int decimals;     /* -1: not known yet */
    char thousands;
    double largest; /* of the absolute numbers as they are shown */
    size_t width;
    size_t mark_width; /* room for the letters of missing numbers, right of the numbers */
} print_column;

typedef struct table_printer {
    bkt_context *context;
    bkt_print_options options;
    bkti_sink *sink;
    print_column *columns;
    uint32_t column_count;
    int64_t row_count; /* printed */
    int64_t left_out;  /* rows after them */
    const char *missing;
    const char *ellipsis;
    const char *rule;
    uint8_t letters[REASON_COUNT]; /* reason to letter, from 1 */
    uint8_t reasons[REASON_COUNT]; /* letter to reason */
    uint32_t reason_count;
    uint32_t header_height; /* lines of labels in this block */
    bkti_text cell;
    bkti_text line;
} table_printer;

static double shown_number(const print_column *column, double number) {
    if (column->is_fraction) {
        return number * 100;
    }
    return bkti_unit_convert(number, column->unit.power, column->power);
}

/* Without the letter of a missing number. */
static void write_number(const table_printer *printer, const print_column *column, int64_t row,
                         bkti_text *out) {
    char buffer[440];
    double number;
    if (!bkt_column_number_at(column->column, row, &number)) {
        bkti_display(out, bkti_span_of(printer->missing), 0, NULL);
        return;
    }
    number = shown_number(column, number);
    size_t size = fabs(number) < PLAIN_LIMIT
                      ? bkti_number_format_fixed(number, column->decimals, column->thousands,
                                                 buffer, sizeof buffer)
                      : bkti_number_format(number, buffer, sizeof buffer);
    bkti_text_append(out, buffer, size);
}

/* The cell as text; its cells of the terminal. */
static size_t write_cell(const table_printer *printer, const print_column *column, int64_t row,
                         bkti_text *out) {
    size_t begin = out->size;
    if (column->is_number) {
        write_number(printer, column, row, out);
        return out->failed ? 0
                           : bkti_display_width((bkti_span){out->data + begin, out->size - begin});
    }
    const char *text = bkt_column_text_at(column->column, row);
    bkti_span span = bkti_span_of(text == NULL ? printer->missing : text);
    size_t limit = printer->options.text_width;
    return bkti_display(out, span, limit, limit == 0 ? NULL : printer->ellipsis);
}

static bkti_span label_of(const table_printer *printer, const print_column *column) {
    bool ids = (printer->options.flags & BKT_PRINT_IDS) != 0;
    return bkti_span_of(ids ? bkt_column_id(column->column) : bkt_column_label(column->column));
}

static double measure_cells(bkti_span text) {
    return (double)bkti_display_width(text);
}

/* The unit as it is shown; its cells of the terminal. */
static size_t write_unit(const print_column *column, bkti_text *out) {
    size_t begin = out->size;
    if (!column->is_number) {
        return 0;
    }
    if (column->is_percent) {
        bkti_text_append(out, "%", 1);
    } else if (column->power == column->unit.power) {
        bkti_display(out, bkti_span_of(bkt_column_unit(column->column)), 0, NULL);
    } else {
        bkti_unit_write(out, (bkti_unit){column->unit.base, column->power});
    }
    return out->failed || out->data == NULL
               ? 0
               : bkti_display_width((bkti_span){out->data + begin, out->size - begin});
}

/* The widest word of a text. */
static size_t word_width(bkti_span text) {
    size_t widest = 0;
    while (text.size > 0) {
        size_t width = bkti_display_width(bkti_take_line(&text, 0, measure_cells));
        widest = width > widest ? width : widest;
    }
    return widest;
}

/* Line `index` of the label in a column of that width; empty when it has fewer. */
static bkti_span label_line(bkti_span label, size_t width, uint32_t index) {
    bkti_span line = {NULL, 0};
    for (uint32_t i = 0; i <= index; i++) {
        line = bkti_take_line(&label, (double)width, measure_cells);
    }
    return line;
}

static uint32_t label_height(bkti_span label, size_t width) {
    uint32_t height = 0;
    while (bkti_take_line(&label, (double)width, measure_cells).size > 0) {
        height++;
    }
    return height;
}

/* A multiple that the options ask for, KEEP for none. */
static int power_of_scale(const bkt_print_options *options, bkti_unit unit) {
    bool chosen = options->scale_unit == NULL ? bkti_unit_is_money(unit)
                                              : bkti_span_is(unit.base, options->scale_unit);
    return chosen && options->scale != BKT_SCALE_KEEP ? 3 * (options->scale - BKT_SCALE_ONES)
                                                      : unit.power;
}

static void look_at_numbers(const table_printer *printer, print_column *column) {
    column->is_whole = true;
    for (int64_t row = 0; row < printer->row_count; row++) {
        double number;
        if (!bkt_column_number_at(column->column, row, &number)) {
            continue;
        }
        double shown = fabs(shown_number(column, number));
        if (shown < PLAIN_LIMIT) {
            column->largest = shown > column->largest ? shown : column->largest;
            column->is_whole = column->is_whole && floor(shown) == shown;
        }
    }
}

static void begin_column(const table_printer *printer, print_column *column,
                         const bkt_column *source) {
    const bkt_print_options *options = &printer->options;
    const char *unit = bkt_column_unit(source);
    column->column = source;
    column->decimals = -1;
    column->is_number = bkt_column_kind(source) == BKT_KIND_NUMBER;
    if (!column->is_number) {
        return;
    }
    column->unit = bkti_unit_read(unit);
    column->power = power_of_scale(options, column->unit);
    column->is_fraction =
        (options->flags & BKT_PRINT_PERCENT) != 0 && strcmp(unit, "fraction") == 0;
    column->is_percent = column->is_fraction || strcmp(unit, "%") == 0;
    column->thousands = strcmp(unit, "year") == 0 ? '\0' : (char)options->thousands;
    look_at_numbers(printer, column);
}

/* Enough decimals for three or four digits that say something. */
static int decimals_for(double largest) {
    if (largest >= 1e6 || largest == 0) {
        return 0;
    }
    int decimals = largest >= 100 ? 1 : 2;
    for (; largest < 1 && decimals < 15; decimals++) {
        largest *= 10;
    }
    return decimals;
}

static bool is_of_one_unit(const print_column *a, const print_column *b) {
    return a == b || (a->is_number && b->is_number && a->unit.base.size > 0 &&
                      a->power == b->power && bkti_span_equal(a->unit.base, b->unit.base));
}

/* Columns of one unit get the same decimals, so that they can be compared. */
static void choose_decimals(table_printer *printer, print_column *column, uint32_t index) {
    const bkt_print_options *options = &printer->options;
    if (options->column_decimals != NULL && options->column_decimals[index] >= 0) {
        column->decimals = options->column_decimals[index];
        return;
    }
    if (column->is_percent) {
        column->decimals = options->percent_decimals;
        return;
    }
    bool whole = true;
    double largest = 0;
    for (uint32_t i = 0; i < printer->column_count; i++) {
        const print_column *other = &printer->columns[i];
        if (is_of_one_unit(column, other)) {
            whole = whole && other->is_whole;
            largest = other->largest > largest ? other->largest : largest;
        }
    }
    column->decimals = whole                    ? 0
                       : options->decimals >= 0 ? options->decimals
                                                : decimals_for(largest);
}

/* Gives letters to the reasons in the order in which a reader meets them. */
static void letter_reasons(table_printer *printer) {
    if ((printer->options.flags & BKT_PRINT_REASONS) == 0) {
        return;
    }
    for (int64_t row = 0; row < printer->row_count; row++) {
        for (uint32_t i = 0; i < printer->column_count; i++) {
            print_column *column = &printer->columns[i];
            int32_t reason =
                column->is_number ? bkt_column_missing_at(column->column, row) : BKT_MISSING_NOT;
            if (reason <= BKT_MISSING_NOT || reason >= REASON_COUNT) {
                continue;
            }
            column->mark_width = 2;
            if (printer->letters[reason] == 0) {
                printer->reasons[printer->reason_count] = (uint8_t)reason;
                printer->letters[reason] = (uint8_t)++printer->reason_count;
            }
        }
    }
}

static void measure_column(table_printer *printer, print_column *column) {
    size_t cells = 0;
    for (int64_t row = 0; row < printer->row_count && !printer->cell.failed; row++) {
        bkti_text_clear(&printer->cell);
        size_t width = write_cell(printer, column, row, &printer->cell);
        cells = width > cells ? width : cells;
    }
    cells += column->mark_width;
    column->width = cells;
    if ((printer->options.flags & BKT_PRINT_NO_HEADER) != 0) {
        return;
    }
    bkti_span label = label_of(printer, column);
    size_t whole = bkti_display_width(bkti_span_trim(label));
    size_t least = word_width(label);
    least = least < LABEL_WIDTH ? (whole < LABEL_WIDTH ? whole : LABEL_WIDTH) : least;
    column->width = cells > least ? cells : least;
    while (label_height(label, column->width) > LABEL_LINES && column->width < LABEL_LIMIT) {
        column->width++;
    }
    bkti_text_clear(&printer->cell);
    size_t unit = write_unit(column, &printer->cell);
    column->width = unit > column->width ? unit : column->width;
}

/* Key columns that would leave less than half of the width for the others are not repeated but for
 * the first period column. */
static void choose_keys(table_printer *printer) {
    const bkt_print_options *options = &printer->options;
    uint32_t count = options->key_count;
    if (count == 0) {
        while (count < printer->column_count && !printer->columns[count].is_number) {
            count++;
        }
    }
    count = count > printer->column_count ? printer->column_count : count;
    size_t width = 0;
    for (uint32_t i = 0; i < count; i++) {
        width += printer->columns[i].width + GAP;
    }
    if (options->key_count != 0 || width <= options->width / 2) {
        for (uint32_t i = 0; i < count; i++) {
            printer->columns[i].is_key = true;
        }
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        print_column *column = &printer->columns[i];
        if (bkt_column_kind(column->column) == BKT_KIND_PERIOD &&
            column->width + GAP <= options->width / 2) {
            column->is_key = true;
            return;
        }
    }
}

enum line_kind { LINE_LABELS, LINE_UNITS, LINE_RULE, LINE_ROW };

/* What a column has in a line goes into `cell`; its cells of the terminal. */
static size_t fill_cell(table_printer *printer, const print_column *column, enum line_kind kind,
                        int64_t index) {
    bkti_text *cell = &printer->cell;
    bkti_span label = label_of(printer, column);
    bkti_text_clear(cell);
    switch (kind) {
    case LINE_LABELS: {
        /* Labels of fewer lines stand at the bottom. */
        uint32_t missing = printer->header_height - label_height(label, column->width);
        if (index < missing) {
            return 0;
        }
        bkti_span line = label_line(label, column->width, (uint32_t)index - missing);
        return bkti_display(cell, bkti_span_trim(line), 0, NULL);
    }
    case LINE_UNITS:
        return write_unit(column, cell);
    case LINE_RULE:
        for (size_t i = 0; i < column->width; i++) {
            bkti_text_append_text(cell, printer->rule);
        }
        return column->width;
    default:
        break;
    }
    size_t width = write_cell(printer, column, index, cell);
    if (column->mark_width > 0) {
        int32_t reason = bkt_column_missing_at(column->column, index);
        uint8_t letter = reason > 0 && reason < REASON_COUNT ? printer->letters[reason] : 0;
        bkti_text_append_format(cell, " %c", letter == 0 ? ' ' : 'a' + letter - 1);
        width += column->mark_width;
    }
    return width;
}

static void pad(bkti_text *line, size_t count) {
    for (size_t i = 0; i < count; i++) {
        bkti_text_append(line, " ", 1);
    }
}

static void put_column(table_printer *printer, const print_column *column, enum line_kind kind,
                       int64_t index, bool first) {
    size_t width = fill_cell(printer, column, kind, index);
    size_t spare = column->width > width ? column->width - width : 0;
    pad(&printer->line, (first ? 0 : GAP) + (column->is_number ? spare : 0));
    bkti_text_append(&printer->line, printer->cell.data, printer->cell.size);
    pad(&printer->line, column->is_number ? 0 : spare);
}

/* The key columns, then the others from `begin` up to (not with) `end`. */
static bkt_status put_line(table_printer *printer, uint32_t begin, uint32_t end,
                           enum line_kind kind, int64_t index) {
    bool first = true;
    bkti_text_clear(&printer->line);
    for (int keys = 1; keys >= 0; keys--) {
        for (uint32_t i = keys ? 0 : begin; i < (keys ? printer->column_count : end); i++) {
            if (printer->columns[i].is_key == (keys == 1)) {
                put_column(printer, &printer->columns[i], kind, index, first);
                first = false;
            }
        }
    }
    if (printer->cell.failed || printer->line.failed) {
        return bkti_no_memory(printer->context);
    }
    size_t size = printer->line.size;
    while (size > 0 && printer->line.data[size - 1] == ' ') {
        size--;
    }
    bkti_sink_put(printer->sink, printer->line.data, size);
    return bkti_sink_put(printer->sink, "\n", 1);
}

/* What the block's header has to have. */
static void measure_header(table_printer *printer, uint32_t begin, uint32_t end,
                           bool *out_has_units) {
    *out_has_units = false;
    printer->header_height = 0;
    for (uint32_t i = 0; i < printer->column_count; i++) {
        const print_column *column = &printer->columns[i];
        if (!column->is_key && (i < begin || i >= end)) {
            continue;
        }
        uint32_t height = label_height(label_of(printer, column), column->width);
        printer->header_height = height > printer->header_height ? height : printer->header_height;
        *out_has_units =
            *out_has_units || (column->is_number && bkt_column_unit(column->column)[0] != '\0');
    }
}

static bkt_status put_block(table_printer *printer, uint32_t begin, uint32_t end) {
    bkt_status status = BKT_OK;
    if ((printer->options.flags & BKT_PRINT_NO_HEADER) == 0) {
        bool has_units;
        measure_header(printer, begin, end, &has_units);
        for (uint32_t i = 0; i < printer->header_height && status == BKT_OK; i++) {
            status = put_line(printer, begin, end, LINE_LABELS, i);
        }
        if (status == BKT_OK && has_units) {
            status = put_line(printer, begin, end, LINE_UNITS, 0);
        }
        if (status == BKT_OK) {
            status = put_line(printer, begin, end, LINE_RULE, 0);
        }
    }
    for (int64_t row = 0; row < printer->row_count && status == BKT_OK; row++) {
        status = put_line(printer, begin, end, LINE_ROW, row);
    }
    return status;
}

/* First column after the block that begins at `begin`: as many as the width has room for, but at
 * least one that is no key. */
static uint32_t block_end(const table_printer *printer, uint32_t begin) {
    size_t limit = printer->options.width;
    size_t width = 0;
    for (uint32_t i = 0; i < printer->column_count; i++) {
        width += printer->columns[i].is_key ? printer->columns[i].width + GAP : 0;
    }
    bool has_other = false;
    uint32_t end = begin;
    for (; end < printer->column_count; end++) {
        const print_column *column = &printer->columns[end];
        if (column->is_key) {
            continue;
        }
        if (limit != 0 && has_other && width + column->width > limit) {
            break;
        }
        width += column->width + GAP;
        has_other = true;
    }
    return end;
}

static bkt_status put_blocks(table_printer *printer) {
    bkt_status status = BKT_OK;
    uint32_t begin = 0;
    do {
        uint32_t end = block_end(printer, begin);
        if (begin > 0) {
            bkti_sink_put(printer->sink, "\n", 1);
        }
        status = put_block(printer, begin, end);
        begin = end;
    } while (status == BKT_OK && begin < printer->column_count);
    return status;
}

/* What stands under the table. */
static bkt_status put_foot(table_printer *printer) {
    bkti_text *line = &printer->line;
    bkti_text_clear(line);
    if (printer->row_count == 0 && printer->left_out == 0) {
        bkti_text_append_text(line, "(no rows)\n");
    }
    if (printer->left_out > 0) {
        bkti_text_append_format(line, "... %lld more row%s\n", (long long)printer->left_out,
                                printer->left_out == 1 ? "" : "s");
    }
    for (uint32_t i = 0; i < printer->reason_count; i++) {
        bkti_text_append_format(line, "%s%c: %s\n", i == 0 ? "\n" : "", 'a' + (int)i,
                                bkt_missing_text(printer->reasons[i]));
    }
    if (line->failed) {
        return bkti_no_memory(printer->context);
    }
    return bkti_sink_put(printer->sink, line->data, line->size);
}

static bkt_status print_all(table_printer *printer) {
    for (uint32_t i = 0; i < printer->column_count; i++) {
        choose_decimals(printer, &printer->columns[i], i);
    }
    letter_reasons(printer);
    for (uint32_t i = 0; i < printer->column_count; i++) {
        measure_column(printer, &printer->columns[i]);
    }
    if (printer->cell.failed) {
        return bkti_no_memory(printer->context);
    }
    choose_keys(printer);
    bkt_status status = put_blocks(printer);
    return status == BKT_OK ? put_foot(printer) : status;
}

static const bkt_print_options DEFAULTS = {
    .struct_size = sizeof(bkt_print_options),
    .text_width = 48,
    .decimals = -1,
    .percent_decimals = 1,
};

bkt_status bkt_print_options_init(bkt_print_options *options, uint32_t struct_size) {
    return bkti_options_init(options, struct_size, &DEFAULTS, sizeof DEFAULTS, sizeof DEFAULTS);
}

static bkt_status check_options(bkt_context *context, const bkt_print_options *options) {
    const char *fault = NULL;
    if ((options->flags & ~(uint32_t)KNOWN_FLAGS) != 0) {
        fault = "flags has a bit that is none of BKT_PRINT_...";
    } else if (options->row_limit < 0) {
        fault = "row_limit is negative; 0 prints all rows";
    } else if (options->decimals < -1 || options->decimals > 15) {
        fault = "decimals is not -1 to 15";
    } else if (options->percent_decimals < 0 || options->percent_decimals > 15) {
        fault = "percent_decimals is not 0 to 15";
    } else if (options->scale < BKT_SCALE_KEEP || options->scale > BKT_SCALE_TRILLIONS) {
        fault = "scale is none of bkt_scale";
    } else if (options->thousands != 0 &&
               (options->thousands < ' ' || options->thousands > '~' ||
                strchr("0123456789.-", (char)options->thousands) != NULL)) {
        fault = "thousands is no ASCII character that can stand between digits";
    }
    for (uint32_t i = 0; options->column_decimals != NULL && i < options->column_count; i++) {
        if (options->column_decimals[i] < -1 || options->column_decimals[i] > 15) {
            fault = "column_decimals has a number that is not -1 to 15";
        }
    }
    if (fault == NULL) {
        return BKT_OK;
    }
    return bkti_fail(context, BKT_ERR_ARGUMENT, NULL, "bkt_print_options: %s", fault);
}

static void begin_printer(table_printer *printer, const bkt_column *const *columns, int64_t rows) {
    const bkt_print_options *options = &printer->options;
    bool ascii = (options->flags & BKT_PRINT_ASCII) != 0;
    printer->missing = options->missing != NULL ? options->missing : ascii ? "-" : "\xe2\x80\x93";
    printer->ellipsis = ascii ? "..." : "\xe2\x80\xa6";
    printer->rule = ascii ? "-" : "\xe2\x94\x80";
    printer->row_count =
        options->row_limit > 0 && options->row_limit < rows ? options->row_limit : rows;
    printer->left_out = rows - printer->row_count;
    for (uint32_t i = 0; i < printer->column_count; i++) {
        begin_column(printer, &printer->columns[i], columns[i]);
    }
}

bkt_status bkt_table_print(bkt_context *context, const bkt_table *table,
                           const bkt_print_options *options, bkt_write_function write, void *user) {
    if (context == NULL || table == NULL || write == NULL) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "bkt_table_print() needs a context, a table and a function that takes "
                         "the text; one of them is NULL");
    }
    table_printer printer = {.context = context, .options = DEFAULTS};
    bkti_memory *memory = bkti_context_memory(context);
    bkt_status status = bkti_options_take(context, options, &printer.options,
                                          sizeof printer.options, sizeof printer.options);
    if (status == BKT_OK) {
        status = check_options(context, &printer.options);
    }
    const bkt_column **columns = NULL;
    if (status == BKT_OK) {
        status = bkti_columns_choose(context, table, printer.options.column_ids,
                                     printer.options.column_count, &columns, &printer.column_count);
    }
    if (status != BKT_OK || printer.column_count == 0) {
        bkti_release(memory, columns);
        return status;
    }
    bkti_text_init(&printer.cell, memory);
    bkti_text_init(&printer.line, memory);
    printer.columns = bkti_allocate_zeroed(memory, printer.column_count, sizeof *printer.columns);
    if (printer.columns == NULL) {
        status = bkti_no_memory(context);
    } else {
        begin_printer(&printer, columns, bkt_table_row_count(table));
        status = bkti_sink_open_callback(context, write, user, &printer.sink);
    }
    if (status == BKT_OK) {
        status = bkti_sink_finish(printer.sink, print_all(&printer));
    }
    bkti_text_free(&printer.line);
    bkti_text_free(&printer.cell);
    bkti_release(memory, printer.columns);
    bkti_release(memory, columns);
    return status;
}
