/* SPDX-License-Identifier: MIT */
#include "trade_series.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIELDS 8

const char *const trade_kind_names[TRADE_KINDS] = {"exports", "imports", "turnover", "reconciled",
                                                   "balance"};

static int is_code(const char *text) {
    return strlen(text) == 3;
}

/* Older code lists call Romania otherwise. */
static const char *code_of(const char *text) {
    return strcmp(text, "ROM") == 0 ? "ROU" : text;
}

static trade_series *series_of(trade_list *list, const char *reporter, const char *partner,
                               int32_t kind) {
    for (size_t i = list->count; i-- > 0;) {
        trade_series *row = &list->rows[i];
        if (row->kind == kind && strcmp(row->partner, partner) == 0 &&
            strcmp(row->reporter, reporter) == 0)
            return row;
    }
    if (list->count == list->capacity) {
        size_t capacity = list->capacity == 0 ? 1024 : 2 * list->capacity;
        trade_series *rows = realloc(list->rows, capacity * sizeof *rows);
        if (rows == NULL)
            return NULL;
        list->rows = rows;
        list->capacity = capacity;
    }
    trade_series *row = &list->rows[list->count++];
    memset(row, 0, sizeof *row);
    memcpy(row->reporter, reporter, TRADE_CODE);
    memcpy(row->partner, partner, TRADE_CODE);
    row->kind = kind;
    row->first_year = 1995;
    for (int t = 0; t < TRADE_YEARS; t++)
        row->values[t] = NAN;
    return row;
}

/* An empty field is a missing value. */
static int put(trade_list *list, const char *reporter, const char *partner, int32_t kind,
               const char *year, const char *field) {
    char *after;
    double value = strtod(field, &after);
    long place = strtol(year, NULL, 10) - 1995;
    if (after == field || !is_code(reporter) || !is_code(partner) || place < 0 ||
        place >= TRADE_YEARS)
        return 1;
    trade_series *row = series_of(list, code_of(reporter), code_of(partner), kind);
    if (row == NULL)
        return 0;
    row->values[place] = value;
    if (row->count <= (uint32_t)place)
        row->count = (uint32_t)place + 1;
    return 1;
}

static int is_of_all_partners(const char *code) {
    return strcmp(code, "BLR") == 0 || strcmp(code, "KAZ") == 0 || strcmp(code, "RUS") == 0;
}

/* year, exporter, importer, exporter's report, importer's report, reconciled, ... */
static int take_pair(trade_list *list, char **f) {
    int good = put(list, f[1], f[2], TRADE_RECONCILED, f[0], f[5]);
    if (!is_of_all_partners(f[1]))
        good &= put(list, f[1], f[2], TRADE_EXPORTS, f[0], f[3]);
    if (!is_of_all_partners(f[2]))
        good &= put(list, f[2], f[1], TRADE_IMPORTS, f[0], f[4]);
    return good;
}

/* year, reporter, partner, exports, imports */
static int take_partner(trade_list *list, char **f) {
    return put(list, f[1], f[2], TRADE_EXPORTS, f[0], f[3]) &&
           put(list, f[1], f[2], TRADE_IMPORTS, f[0], f[4]);
}

static int read_file(const char *folder, const char *name,
                     int (*take)(trade_list *list, char **fields), trade_list *list) {
    char path[4096];
    char line[1024];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *input = fopen(path, "r");
    if (input == NULL) {
        fprintf(stderr, "%s is not there: nothing measured for it\n", path);
        return 1;
    }
    int good = fgets(line, sizeof line, input) != NULL; /* the heading */
    while (good && fgets(line, sizeof line, input) != NULL) {
        static char empty[] = "";
        char *fields[FIELDS];
        line[strcspn(line, "\r\n")] = '\0';
        char *rest = line;
        for (int i = 0; i < FIELDS; i++) {
            fields[i] = rest == NULL ? empty : rest;
            rest = rest == NULL ? NULL : strchr(rest, ',');
            if (rest != NULL)
                *rest++ = '\0';
        }
        good = take(list, fields);
    }
    fclose(input);
    return good;
}

static int add_sums(trade_list *list) {
    size_t count = list->count;
    for (size_t i = 0; i < count; i++) {
        trade_series exports = list->rows[i];
        if (exports.kind != TRADE_EXPORTS)
            continue;
        for (size_t k = 0; k < count; k++) {
            trade_series imports = list->rows[k];
            if (imports.kind != TRADE_IMPORTS || strcmp(imports.reporter, exports.reporter) != 0 ||
                strcmp(imports.partner, exports.partner) != 0)
                continue;
            for (int balance = 0; balance < 2; balance++) {
                trade_series *sum = series_of(list, exports.reporter, exports.partner,
                                              balance ? TRADE_BALANCE : TRADE_TURNOVER);
                if (sum == NULL)
                    return 0;
                sum->count = exports.count < imports.count ? exports.count : imports.count;
                for (uint32_t t = 0; t < sum->count; t++)
                    sum->values[t] = exports.values[t] + (balance ? -1.0 : 1.0) * imports.values[t];
            }
        }
    }
    return 1;
}

int trade_read(const char *folder, trade_list *out) {
    memset(out, 0, sizeof *out);
    return read_file(folder, "pairs23_1995_2012.csv", take_pair, out) &&
           read_file(folder, "blr_kaz_all_partners_wits.csv", take_partner, out) && add_sums(out) &&
           out->count > 0;
}

void trade_free(trade_list *list) {
    free(list->rows);
    memset(list, 0, sizeof *list);
}

static uint32_t number_of(const char *code) {
    return (uint32_t)((code[0] - 'A') * 26 + (code[1] - 'A')) * 26 + (uint32_t)(code[2] - 'A');
}

uint32_t trade_pair_number(const trade_series *series) {
    uint32_t a = number_of(series->reporter);
    uint32_t b = number_of(series->partner);
    return a < b ? a * 17576 + b : b * 17576 + a;
}
