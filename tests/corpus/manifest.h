/* SPDX-License-Identifier: MIT */
/* The corpus of real messages (BKT_CORPUS) and its manifest, a row a message. */
#ifndef MANIFEST_H
#define MANIFEST_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROW_LIMIT  400
#define CELL_LIMIT 25

enum cell {
    CELL_PATH = 0,
    CELL_MEMBER = 4,
    CELL_KIND = 6,
    CELL_SERIES = 8,
    CELL_OBSERVATIONS = 9,
    CELL_DIMENSIONS = 10,
    CELL_SUM = 11,
    CELL_MISSING = 12,
    CELL_TEXTS = 13,
    CELL_FIRST = 14,
    CELL_LAST = 15,
    CELL_DATASETS = 16,
    CELL_NOTES = 24
};

typedef struct manifest_row {
    const char *cells[CELL_LIMIT];
} manifest_row;

static char *manifest;
static manifest_row rows[ROW_LIMIT];
static int row_count;
static const char *corpus;

/* NULL if it can't be read. */
static inline char *read_file(const char *path, size_t *out_size) {
    FILE *file = fopen(path, "rb");
    char *bytes = NULL;
    if (file != NULL && fseek(file, 0, SEEK_END) == 0) {
        long size = ftell(file);
        rewind(file);
        *out_size = size > 0 ? (size_t)size : 0;
        bytes = malloc(*out_size + 1);
    }
    if (bytes != NULL && fread(bytes, 1, *out_size, file) != *out_size) {
        free(bytes);
        bytes = NULL;
    }
    if (bytes != NULL) {
        bytes[*out_size] = '\0';
    }
    if (file != NULL) {
        fclose(file);
    }
    return bytes;
}

static inline bool load_manifest(void) {
    corpus = getenv("BKT_CORPUS");
    if (corpus == NULL) {
        return false;
    }
    char path[4096];
    size_t size;
    snprintf(path, sizeof path, "%s/MANIFEST.tsv", corpus);
    manifest = read_file(path, &size);
    char *line = manifest == NULL ? NULL : strchr(manifest, '\n');
    while (line != NULL && line[1] != '\0' && row_count < ROW_LIMIT) {
        char *start = line + 1;
        line = strchr(start, '\n');
        if (line != NULL) {
            *line = '\0';
        }
        for (int i = 0; i < CELL_LIMIT; i++) {
            char *tab = start == NULL ? NULL : strchr(start, '\t');
            rows[row_count].cells[i] = start == NULL ? "" : start;
            if (tab != NULL) {
                *tab = '\0';
            }
            start = tab == NULL ? NULL : tab + 1;
        }
        row_count++;
    }
    return row_count > 0 && row_count < ROW_LIMIT;
}

/* Of the same file as the row before: archives have a row for each file in them. */
static inline bool is_same_file(int row) {
    return row > 0 && strcmp(rows[row].cells[CELL_PATH], rows[row - 1].cells[CELL_PATH]) == 0;
}

/* Where the file of a row is; valid until the next call. */
static inline const char *file_of(int row) {
    static char path[4096];
    snprintf(path, sizeof path, "%.3000s/%.1000s", corpus, rows[row].cells[CELL_PATH]);
    return path;
}

#endif
