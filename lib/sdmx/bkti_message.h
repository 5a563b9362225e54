/* SPDX-License-Identifier: MIT */
/* An SDMX-ML data message as a stream of facts. This room knows the dialects; whoever listens
 * doesn't, and never sees an XML name. */
#ifndef BKTI_MESSAGE_H
#define BKTI_MESSAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "bkti_context.h"
#include "bkti_source.h"
#include "bkti_span.h"

typedef struct bkti_message bkti_message;

/* A component and its value. `id` is interned within one message: the same id is the same pointer.
 * The value is borrowed for the call. */
typedef struct bkti_fact {
    bkti_span id;
    bkti_span value;
} bkti_fact;

/* How far the message itself tells dimensions from attributes. */
enum bkti_marking {
    BKTI_MARKED_KEY = 1,        /* the facts are dimensions */
    BKTI_MARKED_ATTRIBUTES = 2, /* the facts are attributes */
    BKTI_UNMARKED = 3           /* structure-specific: key and attributes together */
};

typedef struct bkti_dataset_facts {
    const char *structure; /* "AGENCY:ID(VERSION)" as far as the message says; NULL if it doesn't */
    const char *dataflow;
    const char *data_namespace;           /* of a structure-specific data set; NULL */
    const char *dimension_at_observation; /* "TIME_PERIOD", "AllDimensions", ...; NULL: not said */
    const char *action; /* "Append", "Replace", "Merge", "Delete", "Information"; NULL: not said */
    const char *dataset_id;
    const char *valid_from;
    const char *reporting_begin;
    const char *reporting_end;
    uint32_t index; /* from 1 */
    bool flat;      /* no series: every observation has its whole key */
} bkti_dataset_facts;

/* What a listener is told. Each may stop the message by a status other than BKT_OK, and then is not
 * called again. Attributes and keys of one thing may come in several calls (marked ones apart). */
typedef struct bkti_message_listener {
    /* A fact of the header, or about the message: names as for bkt_reader_property(). */
    bkt_status (*property)(void *user, const char *name, bkti_span value);
    bkt_status (*dataset_start)(void *user, const bkti_dataset_facts *dataset);
    bkt_status (*dataset_attributes)(void *user, const bkti_fact *facts, uint32_t count);
    /* A group with its name ("" if it has none), whole: key and attributes. */
    bkt_status (*group)(void *user, bkti_span name, int marking_of_first, const bkti_fact *first,
                        uint32_t first_count, const bkti_fact *attributes,
                        uint32_t attribute_count);
    /* *out_skip true: the series is not wanted, its observations need not be told. */
    bkt_status (*series_start)(void *user, int marking, const bkti_fact *facts, uint32_t count,
                               bool *out_skip);
    /* Attributes of the series that the message has apart from its key. */
    bkt_status (*series_attributes)(void *user, const bkti_fact *facts, uint32_t count);
    bkt_status (*series_finish)(void *user);
    /* One observation. dimension: the dimension at observation and its value (id.size 0 in a flat
     * data set or when the observation doesn't have it); value: the primary measure (value.data
     * NULL: absent); facts: everything else, marked as `marking` says for a flat data set, and all
     * attributes (and, in 3.0, further measures) in a series. */
    bkt_status (*observation)(void *user, const bkti_fact *dimension, const bkti_fact *value,
                              int marking, const bkti_fact *facts, uint32_t count,
                              const bkti_fact *attributes, uint32_t attribute_count);
    bkt_status (*dataset_finish)(void *user);
    /* A message of the footer or an error message: its code and severity ("" if not given). */
    bkt_status (*footer)(void *user, bkti_span code, bkti_span severity, bkti_span text);
} bkti_message_listener;

bkt_status bkti_message_new(bkt_context *context, const bkti_source *source,
                            const bkti_message_listener *listener, void *user,
                            bkti_message **out_message);
void bkti_message_free(bkti_message *message);
/* As bkti_xml_block(), and NOT_SDMX, VERSION, MESSAGE_KIND, UNSUPPORTED, LAYOUT. */
bkt_status bkti_message_block(bkti_message *message, bkti_span block, bool last);
/* bkt_message_kind; BKT_MESSAGE_UNKNOWN before the root element. */
int32_t bkti_message_kind(const bkti_message *message);
/* Place of the fact that a listener is being told (see bkti_xml_place()). */
void bkti_message_place(const bkti_message *message, bkti_place *out_place);

#endif
