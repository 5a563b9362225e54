/* SPDX-License-Identifier: MIT */
/* A table of texts that grows row by row, to be printed or written as CSV. */
#ifndef LISTING_H
#define LISTING_H

#include "session.h"

enum { LISTING_COLUMNS = 12 };

typedef struct listing {
    const char *ids[LISTING_COLUMNS];
    uint32_t column_count;
    uint32_t key_count; /* columns that are repeated where a terminal is too narrow for all */
    char **cells;       /* row by row; NULL: empty */
    size_t cell_count;
    size_t capacity;
    size_t last_size, last_capacity; /* bytes of the last cell, without and with what is to spare */
    bool failed;                     /* there was no memory */
} listing;

/* ids: ends with NULL; kept. */
void listing_init(listing *list, const char *const *ids);
/* The next cell, copied; NULL or "": empty. */
void listing_add(listing *list, const char *text);
/* More text in the last cell, behind the separator if there is any before; NULL or "": none. */
void listing_join(listing *list, const char *separator, const char *text);
void listing_add_number(listing *list, uint64_t number);
/* Prints it, or writes it as CSV. */
bkt_status listing_show(session *running, const listing *list, bool as_csv);
void listing_free(listing *list);

#endif
