/* SPDX-License-Identifier: MIT */
/* A query while its address is made. */
#ifndef BKTI_QUERY_H
#define BKTI_QUERY_H

#include "bkti_context.h"
#include "bkti_service.h"
#include "bkti_text.h"

/* Several codes make several keys in REST 2: more of them than this fit in no address. */
enum { BKTI_MOST_KEYS = 1000, BKTI_MOST_DIMENSIONS = 200, BKTI_PERIOD_SIZE = 72 };

struct bkt_query {
    bkti_memory *memory;
    bkti_text address;
    const char *accept;
};

typedef struct bkti_asking {
    bkt_context *context;
    bkt_query_options options;
    struct bkt_service service; /* known, or made of the options */
    bool is_second;             /* REST 2 */
    bool is_structure;
    /* What is asked for; data NULL: not said. */
    bkti_span agency, id, version;
    const char *dimensions;                    /* ids by their places; NULL: not known */
    bkti_span positions[BKTI_MOST_DIMENSIONS]; /* codes by place; size 0: every code */
    size_t position_count;
    bool chooses; /* some position has a code */
    char first_period[BKTI_PERIOD_SIZE];
    char last_period[BKTI_PERIOD_SIZE];
    char updated_after[BKTI_PERIOD_SIZE];
    char as_of[BKTI_PERIOD_SIZE];
    bkti_text *address;
    bool has_parameter;
} bkti_asking;

/* query_text.c: pieces of text */

#define BKTI_SHOWN 100 /* bytes of a caller's text that an error quotes */

/* Letters, digits and -._~@$ as they are, every other byte as %XX. Whatever separates is put by
 * whoever means it. */
void bkti_append_encoded(bkti_text *text, bkti_span data);
/* The part of *rest before the next `separator`; *rest moves behind it, and its data is NULL when
 * that was the last part. */
bkti_span bkti_cut(bkti_span *rest, char separator);
/* SDMX's IDType: letters, digits, _ @ $ and -, at least one. */
bool bkti_is_id(bkti_span text);
/* Whether one of the words of a list, separated by spaces, is `word`. */
bool bkti_list_has(const char *list, bkti_span word);
bool bkti_is_given(const char *text);
/* Appends the parts of a text that are separated by "+", separated by `separator`. */
void bkti_append_list(bkti_text *text, bkti_span list, char separator);
bkt_status bkti_cannot(const bkti_asking *asking, const char *what);
bkt_status bkti_wrong(const bkti_asking *asking, const char *what);

/* query_check.c: what the kind of the query, the protocol and the service allow */
bkt_status bkti_check_query(const bkti_asking *asking);
bkt_status bkti_check_periods(bkti_asking *asking);

/* query_name.c: agency, id and version, and what is known of the dataflow */
bkt_status bkti_read_name(bkti_asking *asking);

/* query_key.c */
/* A filter's id and what is behind its "=". */
typedef struct bkti_filter_parts {
    bkti_span id;
    bkti_span codes;
} bkti_filter_parts;
bkti_filter_parts bkti_split_filter(const char *filter);
/* Whether a filter's codes stand in the key, by the place of its dimension. */
bool bkti_is_in_key(const bkti_asking *asking, const bkti_filter_parts *filter);
/* Fills the positions from the key, or from filters. */
bkt_status bkti_place_codes(bkti_asking *asking);
/* The key as the protocol has it, if it chooses anything. */
bkt_status bkti_append_key(const bkti_asking *asking);

/* query_path.c, query_parameters.c: the address */
bkt_status bkti_append_path(bkti_asking *asking);
void bkti_append_parameters(bkti_asking *asking);

#endif
