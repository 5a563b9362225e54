/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "competition.h"

#define LINE_SIZE 65536

const char *const competition_periods[COMPETITION_PERIODS] = {"yearly", "quarterly", "monthly",
                                                              "other"};
const uint32_t competition_seasons[COMPETITION_PERIODS] = {1, 4, 12, 1};
const char *const competition_sets[COMPETITION_SETS] = {"M1", "M3", "Tourism"};
static const char *const files[COMPETITION_SETS] = {"m1.tsv.gz", "m3.tsv.gz", "tourism.tsv.gz"};

static uint32_t read_values(const char *text, double *values, uint32_t capacity) {
    uint32_t count = 0;
    while (*text != '\0' && *text != '\n' && count < capacity) {
        char *after;
        values[count++] = strtod(text, &after);
        if (after == text)
            break;
        text = *after == ',' ? after + 1 : after;
    }
    return count;
}

/* Cuts a line in place; false for a line that is no series. */
static int read_series(char *line, competition_series *out) {
    char *fields[7];
    uint32_t count = 0;
    for (char *field = line; field != NULL && count < 7;) {
        fields[count++] = field;
        field = strchr(field, '\t');
        if (field != NULL)
            *field++ = '\0';
    }
    if (count < 7)
        return 0;
    out->period = COMPETITION_PERIODS;
    for (size_t i = 0; i < COMPETITION_PERIODS; i++)
        if (strcmp(fields[2], competition_periods[i]) == 0)
            out->period = i;
    out->training_count = read_values(fields[5], out->training, COMPETITION_VALUES);
    out->test_count = read_values(fields[6], out->test, COMPETITION_HORIZON);
    return out->period < COMPETITION_PERIODS && out->training_count > 0 && out->test_count > 0;
}

double competition_scale(const double *values, int64_t count, int64_t length) {
    double sum = 0.0;
    for (int64_t t = length; t < count; t++)
        sum += fabs(values[t] - values[t - length]);
    return count > length ? sum / (double)(count - length) : 0.0;
}

int competition_read(const char *folder, size_t set,
                     int (*take)(const competition_series *series, void *user), void *user) {
    static char line[LINE_SIZE];
    static competition_series series;
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, files[set]);
    gzFile input = gzopen(path, "rb");
    if (input == NULL) {
        fprintf(stderr, "%s is not there: nothing measured for it\n", path);
        return 1;
    }
    int good = 1;
    while (good && gzgets(input, line, sizeof line) != NULL)
        if (read_series(line, &series))
            good = take(&series, user);
    gzclose(input);
    return good;
}
