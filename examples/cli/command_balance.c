/* SPDX-License-Identifier: MIT */
/* bktrade balance: the trade of a pair, period by period, as each side reports it. */
#include "commands.h"
#include "pair.h"

#include <math.h>
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

enum { CELL = 11, MOST_COLUMNS = 8 };

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
     "Balance of {R} (exports less imports), by whose report",
     {"as reported by", "by two reports", "range"},
     {{"BALANCE_REPORTER", "{R}", MONEY, 0},
      {"BALANCE_PARTNER", "{P}", MONEY, 0},
      {"BALANCE_EXPORTS_BASIS", "exports", MONEY, 1},
      {"BALANCE_IMPORTS_BASIS", "imports", MONEY, 1},
      {"BALANCE_LOWEST", "lowest", MONEY, 2},
      {"BALANCE_HIGHEST", "highest", MONEY, 2},
      {NULL, NULL, 0, 0}}},
    {NULL,
     "Gap between the two reports of one flow (importer's less exporter's; ! where imports at\n"
     "CIF lie below exports at FOB)",
     {"{R} to {P}", "{P} to {R}", NULL},
     {{"GAP_EXPORTS", "gap", MONEY, 0},
      {"GAP_RELATIVE_EXPORTS", "at FOB", PERCENT, 0},
      {"INVERTED_EXPORTS", "", FLAG, 0},
      {"GAP_IMPORTS", "gap", MONEY, 1},
      {"GAP_RELATIVE_IMPORTS", "at FOB", PERCENT, 1},
      {"INVERTED_IMPORTS", "", FLAG, 1},
      {NULL, NULL, 0, 0}}},
    {"growth",
     "Growth on the year before, and a year since the first figure",
     {"{R} reports", "{P} reports", NULL},
     {{"EXPORTS_GROWTH_REPORTER", "exports", PERCENT, 0},
      {"IMPORTS_GROWTH_REPORTER", "imports", PERCENT, 0},
      {"TURNOVER_GROWTH_REPORTER", "turnover", PERCENT, 0},
      {"TURNOVER_COMPOUND_GROWTH_REPORTER", "since", PERCENT, 0},
      {"EXPORTS_GROWTH_PARTNER", "exports", PERCENT, 1},
      {"IMPORTS_GROWTH_PARTNER", "imports", PERCENT, 1},
      {"TURNOVER_GROWTH_PARTNER", "turnover", PERCENT, 1},
      {"TURNOVER_COMPOUND_GROWTH_PARTNER", "since", PERCENT, 1},
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

static void print_headings(const pair *read, const block *shown) {
    char text[256];
    printf("%-10s", "");
    for (const shown_column *column = shown->columns; column->id != NULL;) {
        int cells = 0, group = column->group;
        for (; column->id != NULL && column->group == group; column++)
            cells += column->shape == FLAG ? 2 : CELL;
        named(read, shown->groups[group], text, sizeof text, (size_t)cells);
        printf("  %*s", cells, text);
    }
    printf("\n%-10s", "Period");
    int group = -1;
    for (const shown_column *column = shown->columns; column->id != NULL; column++) {
        named(read, column->heading, text, sizeof text, CELL - 1);
        printf("%s%*s", column->group == group ? "" : "  ", column->shape == FLAG ? 2 : CELL, text);
        group = column->group;
    }
    printf("\n");
}

/* Groups of three digits: amounts in millions have few, but --unit ones has many. */
static void money_text(double number, char *buffer, size_t size) {
    char digits[64];
    snprintf(digits, sizeof digits, "%.1f", fabs(number));
    size_t whole = strcspn(digits, "."), used = 0;
    if (number < 0 && strcmp(digits, "0.0") != 0)
        buffer[used++] = '-';
    for (size_t i = 0; digits[i] != '\0' && used + 2 < size; i++) {
        if (i > 0 && i < whole && (whole - i) % 3 == 0)
            buffer[used++] = ',';
        buffer[used++] = digits[i];
    }
    buffer[used] = '\0';
}

/* Reasons met, for the legend below the block. */
static void print_cell(const bkt_column *column, int64_t row, int shape, bool *reasons) {
    double number;
    char text[80];
    if (!bkt_column_number_at(column, row, &number)) {
        int32_t reason = bkt_column_missing_at(column, row);
        if (shape != FLAG && reason > 0 && reason < 16)
            reasons[reason] = true;
        snprintf(text, sizeof text, "%s", shape == FLAG ? "" : ".");
    } else if (shape == FLAG) {
        snprintf(text, sizeof text, "%s", number != 0 ? "!" : "");
    } else if (shape == PERCENT) {
        snprintf(text, sizeof text, "%.1f%%", 100 * number);
    } else if (shape == RATIO) {
        snprintf(text, sizeof text, "%.2f", number);
    } else {
        money_text(number, text, sizeof text);
    }
    printf("%*s", shape == FLAG ? 2 : CELL, text);
}

static void print_block(const pair *read, const block *shown) {
    char title[512];
    bool reasons[16] = {false};
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
            print_cell(bkt_table_column_find(read->balance, column->id), row, column->shape,
                       reasons);
        }
        printf("\n");
    }
    const char *before = "missing (.): ";
    for (int32_t reason = 0; reason < 16; reason++)
        if (reasons[reason]) {
            printf("%s%s", before, bkt_missing_text(reason));
            before = "; ";
        }
    if (before[0] == ';')
        printf("\n");
}

static int32_t print_summary(session *running, const pair *read) {
    bkt_table *summary = NULL;
    bkt_status status = bkt_balance_summary(running->context, read->balance, NULL, &summary);
    if (status != BKT_OK)
        return session_fail(running, status);
    printf("\nOver all periods\n\n");
    bkt_print_options print;
    bkt_print_options_init(&print, sizeof print);
    print.thousands = ',';
    print.width = session_width();
    status = bkt_table_print(running->context, summary, &print, session_write, NULL);
    bkt_table_free(summary);
    return status == BKT_OK ? EXIT_DONE : session_fail(running, status);
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

static const option_spec *const groups[] = {pair_options, window_options, options, NULL};

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
