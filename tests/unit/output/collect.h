/* SPDX-License-Identifier: MIT */
/* Collects what an output function writes, and can refuse to. */
#ifndef COLLECT_H
#define COLLECT_H

#include <check.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <bktrade/output.h>

typedef struct collected {
    char *data; /* terminated */
    size_t size;
    int calls;
    int refuse_at; /* the call that is refused, from 1; 0: none */
} collected;

static inline int32_t collect(const void *data, size_t size, void *user) {
    collected *to = user;
    if (++to->calls == to->refuse_at) {
        return 1;
    }
    to->data = realloc(to->data, to->size + size + 1);
    ck_assert_ptr_nonnull(to->data);
    memcpy(to->data + to->size, data, size);
    to->size += size;
    to->data[to->size] = '\0';
    return 0;
}

static inline const char *collected_text(const collected *from) {
    return from->data == NULL ? "" : from->data;
}

static inline void collected_free(collected *from) {
    free(from->data);
    memset(from, 0, sizeof *from);
}

/* A table of yearly figures from `first_year` on, one column an id. */
static inline bkt_table *yearly_table(bkt_context *context, int first_year, int64_t count,
                                      const char *unit, const char *const *ids,
                                      const double *const *numbers, uint32_t column_count) {
    static char years[400][8];
    const char *texts[400];
    bkt_table_builder *builder;
    bkt_table *table;
    for (int64_t i = 0; i < count; i++) {
        snprintf(years[i], sizeof years[i], "%04d", (int)(first_year + i) % 10000);
        texts[i] = years[i];
    }
    ck_assert_int_eq(bkt_table_builder_new(context, &builder), BKT_OK);
    ck_assert_int_eq(bkt_table_builder_add_periods(builder, "TIME_PERIOD", texts, count), BKT_OK);
    for (uint32_t i = 0; i < column_count; i++) {
        ck_assert_int_eq(bkt_table_builder_add_numbers(builder, ids[i], BKT_ROLE_MEASURE, unit,
                                                       numbers[i], NULL, NULL, count),
                         BKT_OK);
    }
    ck_assert_int_eq(bkt_table_builder_finish(builder, &table), BKT_OK);
    return table;
}

#endif
