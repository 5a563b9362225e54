/* SPDX-License-Identifier: MIT */
/* bktrade balance: the trade of a pair, period by period, as each side reports it. */
#include "commands.h"
#include "pair.h"

#include <stdio.h>
#include <string.h>

static const option_spec options[] = {
    {"growth", NULL, "also growth on the year before, and since the first figure"},
    {"coverage", NULL, "also coverage and the normalised balance"},
    {"summary", NULL, "also what it comes to over all periods"},
    {"all", NULL, "all of these"},
    {"csv", NULL, "every indicator as CSV"},
    {"notes", NULL, "also notes of the reading, on standard error"},
    {NULL, NULL, NULL},
};

enum { MOST_COLUMNS = 8, MOST_REASONS = 16 };

/* How a number is shown. */
enum shape { MONEY, PERCENT, RATIO, FLAG };

typedef struct shown_column {
    const char *id;
    const char *heading;
    int shape;
    int group; /* columns of one group stand under one heading; they follow each other */
} shown_column;

/* One block of the report: columns beside the period, under headings of groups. In headings R and
 * P in braces stand for the names. */
typedef struct block {
    const char *option; /* shown with this option or --all; NULL: always */
    const char *title;
    const char *groups[3];
    shown_column columns[MOST_COLUMNS + 1];
} block;

static const block blocks[] = {
    {NULL,
     NULL,
     {"{R} reports", "{P} reports", NULL},
     {{"EXPORTS_REPORTER", "exports", MONEY, 0},
      {"IMPORTS_REPORTER", "imports", MONEY, 0},
      {"TURNOVER_REPORTER", "turnover", MONEY, 0},
      {"EXPORTS_PARTNER", "exports", MONEY, 1},
      {"IMPORTS_PARTNER", "imports", MONEY, 1},
      {"TURNOVER_PARTNER", "turnover", MONEY, 1},
      {NULL, NULL, 0, 0}}},
    {NULL,
     "Balance of {R} (exports less imports), by whose report; by two reports: both exports as\n"
     "reported, and both imports brought to FOB",
     {"as reported by", "by two reports", "range"},
     {{"BALANCE_REPORTER", "{R}", MONEY, 0},
      {"BALANCE_PARTNER", "{P}", MONEY, 0},
      {"BALANCE_EXPORTS_BASIS", "exports", MONEY, 1},
      {"BALANCE_IMPORTS_BASIS", "imports", MONEY, 1},
      {"BALANCE_LOWEST", "lowest", MONEY, 2},
      {"BALANCE_HIGHEST", "highest", MONEY, 2},
      {NULL, NULL, 0, 0}}},
    {NULL,
     "Gap between the two reports of one flow: importer's less exporter's, as reported; in per\n"
     "cent of the mean of the two, imports brought to FOB; ! where imports at CIF lie below\n"
     "exports at FOB",
     {"{R} to {P}", "{P} to {R}", NULL},
     {{"GAP_EXPORTS", "gap", MONEY, 0},
      {"GAP_RELATIVE_EXPORTS", "% at FOB", PERCENT, 0},
      {"INVERTED_EXPORTS", "", FLAG, 0},
      {"GAP_IMPORTS", "gap", MONEY, 1},
      {"GAP_RELATIVE_IMPORTS", "% at FOB", PERCENT, 1},
      {"INVERTED_IMPORTS", "", FLAG, 1},
      {NULL, NULL, 0, 0}}},
    {"growth",
     "Growth on the year before; of the turnover also a year since its first figure (in a row of\n"
     "quarters or months: of the same one), over the years that elapsed",
     {"{R} reports", "{P} reports", NULL},
     {{"EXPORTS_GROWTH_REPORTER", "exports", PERCENT, 0},
      {"IMPORTS_GROWTH_REPORTER", "imports", PERCENT, 0},
      {"TURNOVER_GROWTH_REPORTER", "turnover", PERCENT, 0},
      {"TURNOVER_COMPOUND_GROWTH_REPORTER", "{F}", PERCENT, 0},
      {"EXPORTS_GROWTH_PARTNER", "exports", PERCENT, 1},
      {"IMPORTS_GROWTH_PARTNER", "imports", PERCENT, 1},
      {"TURNOVER_GROWTH_PARTNER", "turnover", PERCENT, 1},
      {"TURNOVER_COMPOUND_GROWTH_PARTNER", "{F}", PERCENT, 1},
      {NULL, NULL, 0, 0}}},
    {"coverage",
     "Coverage of {R}'s imports by its exports, and normalised balance (-1 to 1)",
     {"{R} reports", "{P} reports", NULL},
     {{"COVERAGE_REPORTER", "coverage %", RATIO, 0},
      {"NORMALISED_BALANCE_REPORTER", "normalised", RATIO, 0},
      {"COVERAGE_PARTNER", "coverage %", RATIO, 1},
      {"NORMALISED_BALANCE_PARTNER", "normalised", RATIO, 1},
      {NULL, NULL, 0, 0}}},
};

/* A heading with the names put in, cut to `width` cells if that is not 0. */
static const char *named(const pair *read, const char *text, char *buffer, size_t size,
                         size_t width) {
    size_t used = 0;
    while (*text != '\0' && used + 1 < size) {
        bool reporter = strncmp(text, "{R}", 3) == 0;
        if (reporter || strncmp(text, "{P}", 3) == 0) {
            const char *name = reporter ? read->reporter : read->partner;
            used += (size_t)snprintf(buffer + used, size - used, "%s", name);
            used = used < size ? used : size - 1;
            text += 3;
        } else {
            buffer[used++] = *text++;
        }
    }
    buffer[used] = '\0';
    if (width > 0 && used > width)
        buffer[width] = '\0';
    return buffer;
}

/* "since 1998": the first period with a turnover of a side. */
static void since_text(const pair *read, int side, char *buffer, size_t size) {
    char id[64];
    snprintf(id, sizeof id, "TURNOVER_%s", pair_sides[side]);
    const bkt_column *turnover = bkt_table_column_find(read->balance, id);
    const bkt_column *period = bkt_table_column_find(read->balance, "TIME_PERIOD");
    int64_t row = 0, rows = bkt_table_row_count(read->balance);
    while (row < rows && bkt_column_missing_at(turnover, row) != BKT_MISSING_NOT)
        row++;
    snprintf(buffer, size, "since %.4s", row < rows ? bkt_column_text_at(period, row) : "");
}

static void print_headings(const pair *read, const block *shown) {
    char text[256];
    printf("%-10s", "");
    for (const shown_column *column = shown->columns; column->id != NULL;) {
        int cells = 0, group = column->group;
        for (; column->id != NULL && column->group == group; column++)
            cells += column->shape == FLAG ? 2 : read->cell;
        named(read, shown->groups[group], text, sizeof text, (size_t)cells);
        printf("  %*s", cells, text);
    }
    printf("\n%-10s", "Period");
    int group = -1;
    for (const shown_column *column = shown->columns; column->id != NULL; column++) {
        int cell = column->shape == FLAG ? 2 : read->cell;
        if (strcmp(column->heading, "{F}") == 0)
            since_text(read, column->group, text, sizeof text);
        else
            named(read, column->heading, text, sizeof text, (size_t)read->cell - 1);
        printf("%s%*s", column->group == group ? "" : "  ", cell, text);
        group = column->group;
    }
    printf("\n");
}

/* Reasons met, for the legend below the block. */
static void print_cell(const pair *read, const bkt_column *column, int64_t row, int shape,
                       bool *reasons) {
    double number;
    char text[400]; /* a double may have 309 digits */
    if (!bkt_column_number_at(column, row, &number)) {
        int32_t reason = bkt_column_missing_at(column, row);
        if (shape != FLAG && reason > 0 && reason < MOST_REASONS)
            reasons[reason] = true;
        snprintf(text, sizeof text, "%s", shape == FLAG ? "" : ".");
    } else if (shape == FLAG) {
        snprintf(text, sizeof text, "%s", number != 0 ? "!" : "");
    } else if (shape == PERCENT) {
        snprintf(text, sizeof text, "%.1f%%", 100 * number);
    } else if (shape == RATIO) {
        snprintf(text, sizeof text, "%.2f", number);
    } else {
        money_text(number, read->decimals, text, sizeof text);
    }
    printf("%*s", shape == FLAG ? 2 : read->cell, text);
}

/* The legend of what is missing. */
static void print_reasons(const bool *reasons) {
    const char *before = "missing (.): ";
    for (int32_t reason = 0; reason < MOST_REASONS; reason++)
        if (reasons[reason]) {
            printf("%s%s", before, bkt_missing_text(reason));
            before = "; ";
        }
    if (before[0] == ';')
        printf("\n");
}

static void print_block(const pair *read, const block *shown) {
    char title[512];
    bool reasons[MOST_REASONS] = {false};
    if (shown->title != NULL)
        printf("\n%s\n\n", named(read, shown->title, title, sizeof title, 0));
    print_headings(read, shown);
    const bkt_column *period = bkt_table_column_find(read->balance, "TIME_PERIOD");
    for (int64_t row = 0; row < bkt_table_row_count(read->balance); row++) {
        printf("%-10s", bkt_column_text_at(period, row));
        int group = -1;
        for (const shown_column *column = shown->columns; column->id != NULL; column++) {
            if (column->group != group)
                printf("  ");
            group = column->group;
            print_cell(read, bkt_table_column_find(read->balance, column->id), row, column->shape,
                       reasons);
        }
        printf("\n");
    }
    print_reasons(reasons);
}

/* A figure over all periods, as a person writes it. */
static void summary_text(const pair *read, const bkt_indicator *indicator, double number,
                         char *buffer, size_t size) {
    const char *id = bkt_indicator_id(indicator);
    bool of_fit = strstr(id, "_TREND_ERROR_") != NULL || strstr(id, "_TREND_FIT_") != NULL;
    switch (bkt_indicator_unit(indicator)) {
    case BKT_INDICATOR_MONEY:
        money_text(number, read->decimals, buffer, size);
        break;
    case BKT_INDICATOR_FRACTION:
        snprintf(buffer, size, of_fit ? "%.3f" : "%.1f%%", of_fit ? number : 100 * number);
        break;
    default:
        snprintf(buffer, size, "%.0f", number);
    }
}

/* The row of the same indicator of the other side; -1 if there is none. */
static int64_t other_row(const bkt_column *ids, const char *id, int64_t rows) {
    size_t stem = strlen(id) - strlen("REPORTER");
    for (int64_t row = 0; row < rows; row++) {
        const char *other = bkt_column_text_at(ids, row);
        if (strncmp(other, id, stem) == 0 && strcmp(other + stem, "PARTNER") == 0)
            return row;
    }
    return -1;
}

static void print_summary_cells(const pair *read, const bkt_table *summary, int64_t row,
                                bool *reasons) {
    const bkt_column *values = bkt_table_column_find(summary, "VALUE");
    const bkt_column *used = bkt_table_column_find(summary, "N_USED");
    const char *id = bkt_column_text_at(bkt_table_column_find(summary, "INDICATOR"), row);
    const char *first = bkt_column_text_at(bkt_table_column_find(summary, "FIRST_PERIOD"), row);
    const char *last = bkt_column_text_at(bkt_table_column_find(summary, "LAST_PERIOD"), row);
    char text[400] = ".", span[40] = "", count[24] = "";
    double number;
    if (bkt_column_number_at(values, row, &number)) {
        summary_text(read, bkt_indicator_find(id), number, text, sizeof text);
        if (first != NULL && last != NULL)
            snprintf(span, sizeof span, "%.10s-%.10s", first, last);
        if (bkt_column_number_at(used, row, &number))
            snprintf(count, sizeof count, "%.0f", number);
    } else {
        int32_t reason = bkt_column_missing_at(values, row);
        if (reason > 0 && reason < MOST_REASONS)
            reasons[reason] = true;
    }
    printf("  %*s %15s %4s", read->cell, text, span, count);
}

static int32_t print_summary(session *running, const pair *read) {
    bkt_table *summary = NULL;
    bkt_status status = bkt_balance_summary(running->context, read->balance, NULL, &summary);
    if (status != BKT_OK)
        return session_fail(running, status);
    const bkt_column *ids = bkt_table_column_find(summary, "INDICATOR");
    int64_t rows = bkt_table_row_count(summary);
    bool reasons[MOST_REASONS] = {false};
    char label[512], head[512] = "";
    printf("\nOver all periods (with the first and the last figure used, and how many: n)\n\n%-47s",
           "");
    for (int side = 0; side < 2; side++) {
        char who[128];
        snprintf(who, sizeof who, "%s reports", pair_side_name(read, side));
        printf("  %*s", read->cell + 21, who);
    }
    printf("\n%-47s", "");
    for (int side = 0; side < 2; side++)
        printf("  %*s %15s %4s", read->cell, "value", "figures", "n");
    printf("\n");
    for (int64_t row = 0; row < rows; row++) {
        const char *id = bkt_column_text_at(ids, row);
        int64_t other = strlen(id) > 8 ? other_row(ids, id, rows) : -1;
        if (other < 0 || strcmp(id + strlen(id) - 8, "REPORTER") != 0)
            continue;
        /* "Balance of {reporter}, reported by {reporter}: periods of surplus" */
        snprintf(label, sizeof label, "%s", bkt_indicator_label(bkt_indicator_find(id)));
        char *what = strstr(label, ": ");
        if (what == NULL)
            continue;
        *what = '\0';
        label[strcspn(label, " ,")] = '\0';
        if (strcmp(label, head) != 0)
            printf("%s\n", label);
        snprintf(head, sizeof head, "%s", label);
        printf("  %-45s", what + 2);
        print_summary_cells(read, summary, row, reasons);
        print_summary_cells(read, summary, other, reasons);
        printf("\n");
    }
    print_reasons(reasons);
    bkt_table_free(summary);
    return EXIT_DONE;
}

static int32_t print_report(session *running, const arguments *given, const pair *read) {
    bool all = arguments_value(given, "all") != NULL;
    printf("Trade of %s with %s, %s\n\n", read->reporter, read->partner, read->unit);
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++)
        if (blocks[i].option == NULL || all || arguments_value(given, blocks[i].option) != NULL)
            print_block(read, &blocks[i]);
    if (all || arguments_value(given, "summary") != NULL) {
        int32_t code = print_summary(running, read);
        if (code != EXIT_DONE)
            return code;
    }
    pair_print_notes(read);
    return EXIT_DONE;
}

static int32_t run(const arguments *given) {
    session running;
    if (!session_open(&running))
        return EXIT_DATA;
    pair read;
    int32_t code = pair_read(&running, given, "to", &read);
    if (code == EXIT_DONE && arguments_value(given, "csv") != NULL) {
        bkt_status status =
            bkt_table_write_csv(running.context, read.balance, NULL, session_write, NULL);
        if (status != BKT_OK)
            code = session_fail(&running, status);
    } else if (code == EXIT_DONE) {
        code = print_report(&running, given, &read);
    }
    if (code == EXIT_DONE)
        session_tell(&running, arguments_value(given, "notes") != NULL);
    pair_free(&read);
    session_close(&running);
    return code;
}

static const option_spec *const groups[] = {pair_options,     window_options, structure_options,
                                            encoding_options, options,        NULL};

const command_spec command_balance = {
    .name = "balance",
    .usage = "balance FILE... --reporter AREA --partner AREA [OPTIONS]",
    .summary = "Shows the trade of two countries as each of them reports it.",
    .text = "Exports, imports and turnover by both reports; the balance in its versions; and the\n"
            "gap between the two reports of one flow. A figure that is not there stays missing:\n"
            "it is never taken for zero. What was assumed is told at the end.",
    .groups = groups,
    .examples =
        "  bktrade balance blr-kaz.xml --reporter BLR --partner KAZ\n"
        "  bktrade balance blr.xml.gz kaz.xml.gz --reporter Belarus --partner Kazakhstan --all\n"
        "  bktrade balance trade.zip --reporter 112 --partner 398 --from 2010 --to 2020 --csv\n",
    .run = run,
};
