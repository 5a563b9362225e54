/* SPDX-License-Identifier: MIT */
#include "listing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void listing_init(listing *list, const char *const *ids) {
    memset(list, 0, sizeof *list);
    list->key_count = 1;
    while (ids[list->column_count] != NULL) {
        list->ids[list->column_count] = ids[list->column_count];
        list->column_count++;
    }
}

void listing_add(listing *list, const char *text) {
    if (list->cell_count == list->capacity) {
        size_t capacity = list->capacity == 0 ? 256 : 2 * list->capacity;
        char **cells = realloc(list->cells, capacity * sizeof *cells);
        if (cells == NULL) {
            list->failed = true;
            return;
        }
        list->cells = cells;
        list->capacity = capacity;
    }
    list->cells[list->cell_count++] = NULL;
    list->last_size = list->last_capacity = 0;
    listing_join(list, "", text);
}

void listing_join(listing *list, const char *separator, const char *text) {
    size_t added = text == NULL ? 0 : strlen(text);
    if (list->failed || added == 0)
        return;
    size_t between = list->last_size == 0 ? 0 : strlen(separator);
    size_t needed = list->last_size + between + added + 1;
    char **cell = &list->cells[list->cell_count - 1];
    if (needed > list->last_capacity) {
        size_t capacity = list->last_size == 0 ? needed : 2 * needed;
        char *grown = realloc(*cell, capacity);
        if (grown == NULL) {
            list->failed = true;
            return;
        }
        *cell = grown;
        list->last_capacity = capacity;
    }
    memcpy(*cell + list->last_size, separator, between);
    memcpy(*cell + list->last_size + between, text, added + 1);
    list->last_size = needed - 1;
}

void listing_add_number(listing *list, uint64_t number) {
    char text[24];
    snprintf(text, sizeof text, "%llu", (unsigned long long)number);
    listing_add(list, text);
}

static bkt_status make_table(session *running, const listing *list, bkt_table **out_table) {
    size_t rows = list->cell_count / list->column_count;
    const char **column = calloc(rows + 1, sizeof *column);
    bkt_table_builder *builder = NULL;
    bkt_status status = column == NULL || list->failed
                            ? BKT_ERR_MEMORY
                            : bkt_table_builder_new(running->context, &builder);
    for (uint32_t i = 0; status == BKT_OK && i < list->column_count; i++) {
        for (size_t row = 0; row < rows; row++)
            column[row] = list->cells[row * list->column_count + i];
        status = bkt_table_builder_add_texts(builder, list->ids[i], BKT_ROLE_ATTRIBUTE, column,
                                             (int64_t)rows);
    }
    free(column);
    if (status == BKT_OK)
        return bkt_table_builder_finish(builder, out_table);
    bkt_table_builder_free(builder);
    return status;
}

bkt_status listing_show(session *running, const listing *list, bool as_csv) {
    bkt_table *table = NULL;
    bkt_status status = make_table(running, list, &table);
    if (status == BKT_OK && as_csv)
        status = bkt_table_write_csv(running->context, table, NULL, session_write, NULL);
    if (status == BKT_OK && !as_csv) {
        bkt_print_options how;
        bkt_print_options_init(&how, sizeof how);
        how.missing = "";
        how.text_width = 60;
        how.width = session_width();
        how.key_count = list->key_count;
        status = bkt_table_print(running->context, table, &how, session_write, NULL);
    }
    bkt_table_free(table);
    return status;
}

void listing_free(listing *list) {
    for (size_t i = 0; i < list->cell_count; i++)
        free(list->cells[i]);
    free(list->cells);
    memset(list, 0, sizeof *list);
}
