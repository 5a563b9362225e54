/* SPDX-License-Identifier: MIT */
/* Scenarios out of plain CSV: a line of names, then a line a scenario and period. Fields are
 * separated by commas, semicolons or tabs, whichever the first line has, and may be quoted. */
#include "scenario.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_FIELDS = 64, MOST_BYTES = 16 << 20 };
enum { NAME, PERIOD, NUMBER, PLACES };
enum { GROWTH, FACTOR, LEVEL };

static const char *const number_ids[] = {"GROWTH", "FACTOR", "LEVEL"};

/* What was read: the texts lie in `data`, which is cut up in place. */
typedef struct lines {
    const char *path;
    char *data;
    char separator;
    int32_t kind;
    int places[PLACES]; /* of the columns, from 0 */
    const char **names;
    const char **periods;
    double *numbers;
    int64_t count;
    int64_t capacity;
    long line; /* from 1 */
} lines;

static int32_t refuse(const lines *l, int field, const char *found, const char *expected) {
    fprintf(stderr, "bktrade: %s:%ld: field %d is '%s'; expected %s\n", l->path, l->line, field + 1,
            found, expected);
    return EXIT_DATA;
}

static int32_t read_bytes(lines *l) {
    FILE *file = fopen(l->path, "rb");
    if (file == NULL) {
        fprintf(stderr, "bktrade: %s: %s\n", l->path, strerror(errno));
        return EXIT_DATA;
    }
    l->data = malloc(MOST_BYTES + 1);
    size_t size = l->data == NULL ? 0 : fread(l->data, 1, MOST_BYTES + 1, file);
    bool failed = ferror(file) != 0;
    fclose(file);
    if (l->data == NULL || failed || size > MOST_BYTES) {
        fprintf(stderr, "bktrade: %s: %s\n", l->path,
                l->data == NULL ? "out of memory"
                : failed        ? "it can't be read"
                                : "a file of scenarios has at most 16 MiB");
        return EXIT_DATA;
    }
    l->data[size] = '\0';
    if (strlen(l->data) == size)
        return EXIT_DONE;
    fprintf(stderr, "bktrade: %s: this is no text\n", l->path);
    return EXIT_DATA;
}

/* The next field, unquoted in place; *at is then behind it. NULL: quotation marks without end. */
static char *take_field(char **at, char separator) {
    char *field = *at;
    if (*field != '"') {
        *at += strcspn(field, separator == ',' ? ",\r\n" : separator == ';' ? ";\r\n" : "\t\r\n");
        return field;
    }
    char *to = field;
    char *from = field + 1;
    while (*from != '\0' && !(from[0] == '"' && from[1] != '"')) {
        from += from[0] == '"';
        *to++ = *from++;
    }
    if (*from == '\0')
        return NULL;
    *at = from + 1;
    *to = '\0';
    return field;
}

/* One line into fields; how many, 0 for an empty line, -1 after a problem was told. */
static int take_line(lines *l, char **at, char **fields) {
    int count = 0;
    l->line++;
    for (bool more = true; more; count++) {
        char *field = count < MOST_FIELDS ? take_field(at, l->separator) : NULL;
        char after = field == NULL ? '\0' : **at;
        if (field == NULL || strchr("\r\n", after) == NULL) {
            if (field == NULL || after != l->separator) {
                fprintf(stderr, "bktrade: %s:%ld: field %d: %s\n", l->path, l->line, count + 1,
                        count == MOST_FIELDS ? "there are too many"
                                             : "a quotation mark has no end, or text behind it");
                return -1;
            }
        }
        more = after == l->separator;
        if (after != '\0')
            *(*at)++ = '\0';
        if (after == '\r' && **at == '\n')
            (*at)++;
        fields[count] = field;
    }
    return count == 1 && fields[0][0] == '\0' ? 0 : count;
}

static int find(char *const *fields, int count, const char *id) {
    for (int i = 0; i < count; i++)
        if (strcmp(fields[i], id) == 0)
            return i;
    return -1;
}

static int32_t take_header(lines *l, char **at) {
    char *fields[MOST_FIELDS];
    size_t size = strcspn(*at, ",;\t\n");
    l->separator = (*at)[size] == '\0' || (*at)[size] == '\n' ? ',' : (*at)[size];
    int count = take_line(l, at, fields);
    if (count < 0)
        return EXIT_DATA;
    l->places[NAME] = find(fields, count, "SCENARIO");
    l->places[PERIOD] = find(fields, count, "TIME_PERIOD");
    l->places[NUMBER] = -1;
    int found = 0;
    for (int kind = GROWTH; kind <= LEVEL; kind++) {
        int place = find(fields, count, number_ids[kind]);
        if (place < 0)
            continue;
        l->places[NUMBER] = place;
        l->kind = kind;
        found++;
    }
    if (l->places[NAME] >= 0 && l->places[PERIOD] >= 0 && found == 1)
        return EXIT_DONE;
    fprintf(stderr,
            "bktrade: %s:%ld: the first line must name the columns SCENARIO, TIME_PERIOD and one "
            "of GROWTH, FACTOR and LEVEL\n",
            l->path, l->line);
    return EXIT_DATA;
}

/* An empty field is missing. A growth is a fraction or has a %. */
static int32_t take_number(const lines *l, const char *text, double *out_number) {
    static const char *const expected[] = {"a growth such as 5% or 0.05 (or nothing)",
                                           "a factor such as 1.05 (or nothing)",
                                           "a number with a decimal point (or nothing)"};
    char *rest = NULL;
    *out_number = NAN;
    if (text[0] == '\0')
        return EXIT_DONE;
    /* The program never leaves the "C" locale, so strtod reads a decimal point. */
    double number = strtod(text, &rest);
    bool percent = l->kind == GROWTH && rest != text && strcmp(rest, "%") == 0;
    bool plain = rest != text && *rest == '\0' && (l->kind != GROWTH || fabs(number) < 1);
    if (!isfinite(number) || (!percent && !plain))
        return refuse(l, l->places[NUMBER], text, expected[l->kind]);
    *out_number = percent ? number / 100 : number;
    return EXIT_DONE;
}

static bool make_room(lines *l) {
    if (l->count < l->capacity)
        return true;
    int64_t capacity = 2 * l->capacity + 64;
    const char **names = realloc(l->names, (size_t)capacity * sizeof *names);
    l->names = names == NULL ? l->names : names;
    const char **periods = realloc(l->periods, (size_t)capacity * sizeof *periods);
    l->periods = periods == NULL ? l->periods : periods;
    double *numbers = realloc(l->numbers, (size_t)capacity * sizeof *numbers);
    l->numbers = numbers == NULL ? l->numbers : numbers;
    if (names == NULL || periods == NULL || numbers == NULL) {
        fprintf(stderr, "bktrade: %s: out of memory\n", l->path);
        return false;
    }
    l->capacity = capacity;
    return true;
}

static int32_t take_rows(lines *l, char *at) {
    while (*at != '\0') {
        char *fields[MOST_FIELDS];
        int count = take_line(l, &at, fields);
        if (count == 0)
            continue;
        if (count < 0 || !make_room(l))
            return EXIT_DATA;
        for (int place = 0; place < PLACES; place++)
            if (l->places[place] >= count) {
                fprintf(stderr, "bktrade: %s:%ld: the line has %d fields; expected %d or more\n",
                        l->path, l->line, count, l->places[place] + 1);
                return EXIT_DATA;
            }
        int32_t frequency;
        int64_t ordinal;
        l->names[l->count] = fields[l->places[NAME]];
        l->periods[l->count] = fields[l->places[PERIOD]];
        if (l->names[l->count][0] == '\0')
            return refuse(l, l->places[NAME], "", "the name of a scenario");
        if (bkt_period_parse(l->periods[l->count], strlen(l->periods[l->count]), &frequency,
                             &ordinal) != BKT_OK)
            return refuse(l, l->places[PERIOD], l->periods[l->count],
                          "a period such as 2027 or 2027-Q1");
        int32_t code = take_number(l, fields[l->places[NUMBER]], &l->numbers[l->count]);
        if (code != EXIT_DONE)
            return code;
        l->count++;
    }
    if (l->count > 0)
        return EXIT_DONE;
    fprintf(stderr, "bktrade: %s: there is no scenario below the names of the columns\n", l->path);
    return EXIT_DATA;
}

static int32_t build(session *running, const lines *l, bkt_table **out_table) {
    bkt_table_builder *builder = NULL;
    bkt_status status = bkt_table_builder_new(running->context, &builder);
    if (status == BKT_OK)
        status = bkt_table_builder_add_texts(builder, "SCENARIO", BKT_ROLE_DIMENSION, l->names,
                                             l->count);
    if (status == BKT_OK)
        status = bkt_table_builder_add_periods(builder, "TIME_PERIOD", l->periods, l->count);
    if (status == BKT_OK)
        status = bkt_table_builder_add_numbers(builder, number_ids[l->kind], BKT_ROLE_MEASURE, NULL,
                                               l->numbers, NULL, NULL, l->count);
    if (status == BKT_OK)
        return bkt_table_builder_finish(builder, out_table) == BKT_OK
                   ? EXIT_DONE
                   : session_fail(running, BKT_ERR_MEMORY);
    bkt_table_builder_free(builder);
    return session_fail(running, status);
}

int32_t scenario_file_read(session *running, const char *path, bkt_table **out_table) {
    lines l = {.path = path};
    *out_table = NULL;
    int32_t code = read_bytes(&l);
    if (code == EXIT_DONE) {
        char *at = l.data;
        if (strncmp(at, "\xEF\xBB\xBF", 3) == 0)
            at += 3;
        code = take_header(&l, &at);
        if (code == EXIT_DONE)
            code = take_rows(&l, at);
    }
    if (code == EXIT_DONE)
        code = build(running, &l, out_table);
    free(l.numbers);
    free(l.periods);
    free(l.names);
    free(l.data);
    return code;
}
