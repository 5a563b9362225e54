/* SPDX-License-Identifier: MIT */
#include "bkti_column.h"

static bkti_property *property_of(const bkti_properties *properties, const char *name) {
    for (size_t i = 0; i < properties->count; i++) {
        if (strcmp(properties->items[i].name, name) == 0) {
            return &properties->items[i];
        }
    }
    return NULL;
}

const char *bkti_properties_find(const bkti_properties *properties, const char *name) {
    const bkti_property *property = property_of(properties, name);
    return property == NULL ? NULL : property->text;
}

static void take_away(bkti_memory *memory, bkti_properties *properties, bkti_property *property) {
    bkti_release(memory, property->name);
    bkti_release(memory, property->text);
    size_t index = (size_t)(property - properties->items);
    properties->count--;
    memmove(property, property + 1, (properties->count - index) * sizeof *property);
}

bool bkti_properties_set(bkti_memory *memory, bkti_properties *properties, const char *name,
                         bkti_span text) {
    bkti_property *property = property_of(properties, name);
    if (text.data == NULL) {
        if (property != NULL) {
            take_away(memory, properties, property);
        }
        return true;
    }
    char *copy = bkti_copy_text(memory, text.data, text.size);
    if (copy == NULL) {
        return false;
    }
    if (property != NULL) {
        bkti_release(memory, property->text);
        property->text = copy;
        return true;
    }
    char *name_copy = bkti_copy_text(memory, name, strlen(name));
    void *items = properties->items;
    if (name_copy == NULL || !bkti_grow(memory, &items, &properties->capacity,
                                        properties->count + 1, sizeof *properties->items)) {
        bkti_release(memory, name_copy);
        bkti_release(memory, copy);
        return false;
    }
    properties->items = items;
    properties->items[properties->count++] = (bkti_property){name_copy, copy};
    return true;
}

bool bkti_properties_copy(bkti_memory *memory, bkti_properties *properties,
                          const bkti_properties *others) {
    for (size_t i = 0; i < others->count; i++) {
        if (!bkti_properties_set(memory, properties, others->items[i].name,
                                 bkti_span_of(others->items[i].text))) {
            return false;
        }
    }
    return true;
}

void bkti_properties_free(bkti_memory *memory, bkti_properties *properties) {
    for (size_t i = 0; i < properties->count; i++) {
        bkti_release(memory, properties->items[i].name);
        bkti_release(memory, properties->items[i].text);
    }
    bkti_release(memory, properties->items);
    *properties = (bkti_properties){0};
}

bkt_table *bkti_table_new(bkti_memory *memory, uint32_t column_room, int64_t rows) {
    bkt_table *table = bkti_allocate_zeroed(memory, 1, sizeof *table);
    if (table == NULL) {
        return NULL;
    }
    table->columns = bkti_allocate_array(memory, column_room, sizeof *table->columns);
    if (table->columns == NULL) {
        bkti_release(memory, table);
        return NULL;
    }
    table->memory = bkti_memory_hold(memory);
    table->column_room = column_room;
    table->row_count = rows;
    return table;
}

bkt_table *bkti_table_derive(bkti_memory *memory, const bkt_table *table, uint32_t column_room,
                             int64_t rows) {
    bkt_table *derived = bkti_table_new(memory, column_room, rows);
    if (derived != NULL &&
        !bkti_properties_copy(memory, &derived->properties, &table->properties)) {
        bkt_table_free(derived);
        return NULL;
    }
    return derived;
}

bool bkti_table_add(bkt_table *table, bkt_column *column) {
    if (column == NULL) {
        return false;
    }
    table->columns[table->column_count++] = column;
    return true;
}

bkt_table *bkti_table_take(bkti_memory *memory, const bkt_table *table, const int64_t *rows,
                           int64_t count) {
    bkt_table *taken = bkti_table_derive(memory, table, table->column_count, count);
    for (uint32_t i = 0; taken != NULL && i < table->column_count; i++) {
        if (!bkti_table_add(taken, bkti_column_take(memory, table->columns[i], rows, count))) {
            bkt_table_free(taken);
            taken = NULL;
        }
    }
    return taken;
}

bkt_column *bkti_table_exact(const bkt_table *table, const char *id) {
    for (uint32_t i = 0; i < table->column_count; i++) {
        if (strcmp(table->columns[i]->id, id) == 0) {
            return table->columns[i];
        }
    }
    return NULL;
}

const bkt_column *bkti_table_time(const bkt_table *table) {
    const bkt_column *found = NULL;
    for (uint32_t i = 0; i < table->column_count; i++) {
        const bkt_column *column = table->columns[i];
        if (column->role == BKT_ROLE_TIME && (found == NULL || found->kind != BKT_KIND_PERIOD)) {
            found = column;
        }
    }
    return found;
}

bkt_column *bkti_table_find(const bkt_table *table, const char *id) {
    bkt_column *column = bkti_table_exact(table, id);
    bkti_span wanted = bkti_span_of(id);
    for (uint32_t i = 0; column == NULL && i < table->column_count; i++) {
        if (bkti_span_equal_caseless(bkti_span_of(table->columns[i]->id), wanted)) {
            column = table->columns[i];
        }
    }
    return column;
}

static bkt_status find_columns(bkt_context *context, const bkt_table *table, const char *const *ids,
                               uint32_t id_count, bkt_column **columns) {
    for (uint32_t i = 0; i < id_count; i++) {
        if (ids[i] == NULL) {
            return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                             "id %u (counted from 0) of the columns is NULL", (unsigned)i);
        }
        columns[i] = bkti_table_find(table, ids[i]);
        if (columns[i] == NULL) {
            return bkti_fail(context, BKT_ERR_NO_COLUMN, NULL, "the table has no column '%s'",
                             ids[i]);
        }
        for (uint32_t j = 0; j < i; j++) {
            if (columns[j] == columns[i]) {
                return bkti_fail(context, BKT_ERR_REPEATED_COMPONENT, NULL,
                                 "column '%s' is named twice: name each column once", ids[i]);
            }
        }
    }
    return BKT_OK;
}

bkt_status bkti_table_columns(bkt_context *context, const bkt_table *table, const char *const *ids,
                              uint32_t id_count, bkt_column ***out_columns) {
    *out_columns = NULL;
    if (ids == NULL && id_count > 0) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "the ids of the columns are NULL where %u were announced",
                         (unsigned)id_count);
    }
    bkti_memory *memory = bkti_context_memory(context);
    bkt_column **columns = bkti_allocate_array(memory, id_count, sizeof(bkt_column *));
    if (columns == NULL) {
        return bkti_no_memory(context);
    }
    bkt_status status = find_columns(context, table, ids, id_count, columns);
    if (status != BKT_OK) {
        bkti_release(memory, columns);
        return status;
    }
    *out_columns = columns;
    return BKT_OK;
}

void bkt_table_free(bkt_table *table) {
    /* A lent table is its writer's. */
    if (table == NULL || table->lent) {
        return;
    }
    bkti_memory *memory = table->memory;
    for (uint32_t i = 0; i < table->column_count; i++) {
        bkti_column_drop(table->columns[i]);
    }
    bkti_release(memory, table->columns);
    bkti_properties_free(memory, &table->properties);
    bkti_release(memory, table);
    bkti_memory_drop(memory);
}

int64_t bkt_table_row_count(const bkt_table *table) {
    return table == NULL ? 0 : table->row_count;
}

uint32_t bkt_table_column_count(const bkt_table *table) {
    return table == NULL ? 0 : table->column_count;
}

const bkt_column *bkt_table_column_at(const bkt_table *table, uint32_t index) {
    return table == NULL || index >= table->column_count ? NULL : table->columns[index];
}

const bkt_column *bkt_table_column_find(const bkt_table *table, const char *id) {
    return table == NULL || id == NULL ? NULL : bkti_table_find(table, id);
}

const char *bkt_table_property(const bkt_table *table, const char *name) {
    return table == NULL || name == NULL ? NULL : bkti_properties_find(&table->properties, name);
}

uint32_t bkt_table_property_count(const bkt_table *table) {
    return table == NULL ? 0 : (uint32_t)table->properties.count;
}

const char *bkt_table_property_name_at(const bkt_table *table, uint32_t index) {
    return table == NULL || index >= table->properties.count ? NULL
                                                             : table->properties.items[index].name;
}
