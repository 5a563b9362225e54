/* SPDX-License-Identifier: MIT */
/* An SDMX-ML, SDMX-CSV or SDMX-JSON data message as a stream of facts. This room knows the
 * dialects; whoever listens doesn't, and never looks at an XML name. */
#ifndef BKTI_MESSAGE_H
#define BKTI_MESSAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "bkti_context.h"
#include "bkti_source.h"
#include "bkti_span.h"
#include "bkti_xml.h"

typedef struct bkti_message bkti_message;

/* A component and its value. The id lives as long as the message, and equal pointers mean equal ids
 * (the other way round is usual but not promised). The value is borrowed for the call. */
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

/* All texts are borrowed for the call; NULL: not said. */
typedef struct bkti_dataset_facts {
    const char *structure; /* "AGENCY:ID(VERSION)" as far as the message says */
    const char *dataflow;
    const char *data_namespace;           /* of a structure-specific data set */
    const char *dimension_at_observation; /* "TIME_PERIOD", "AllDimensions", ... */
    const char *action; /* "Append", "Replace", "Merge", "Delete", "Information", as published */
    const char *dataset_id;
    const char *valid_from;
    const char *valid_to;
    const char *publication_year;
    const char *publication_period;
    const char *reporting_begin;
    const char *reporting_end;
    uint32_t index; /* from 1 */
} bkti_dataset_facts;

/* A group: attributes of everything that has its key. */
typedef struct bkti_group {
    bkti_span name; /* "" if it has none */
    bool loose;     /* "Atts" of 3.0: without a key they are the data set's */
    int marking;    /* of `facts`: BKTI_MARKED_KEY or BKTI_UNMARKED */
    const bkti_fact *facts;
    uint32_t count;
    const bkti_fact *attributes; /* what is known to be attributes */
    uint32_t attribute_count;
} bkti_group;

typedef struct bkti_observation {
    bkti_fact dimension; /* the dimension at observation; id.size 0: there is none apart */
    bkti_fact value;     /* the primary measure; value.data NULL: absent */
    /* Observations of a data set with one number other than 0 have the same ids in the same order,
     * and all that isn't an id or a value is the same too. */
    uint32_t shape;
    /* Of `facts`: in a series BKTI_MARKED_ATTRIBUTES, in a section (which is told as a series)
     * BKTI_UNMARKED. */
    int marking;
    bool flat; /* outside a series: `facts` have the whole key */
    const bkti_fact *facts;
    uint32_t count;
    uint32_t before_value; /* so many of them stand before the value; count, if it is absent */
    const bkti_fact *attributes; /* what is known to be attributes, behind further measures */
    uint32_t attribute_count;
    uint32_t measure_count; /* so many of them are measures, as the message itself says */
} bkti_observation;

/* Places of the values of an observation that has the shape of one told before: what is not a value
 * is as it was then. They lie where they lay for the one before. */
#define BKTI_REPEAT_LIMIT 32
typedef struct bkti_repeat {
    uint32_t shape;
    bool flat;
    uint32_t count;
    const bkti_xml_attribute *dimension; /* NULL: as in bkti_observation */
    const bkti_xml_attribute *value;
    const bkti_xml_attribute *facts[BKTI_REPEAT_LIMIT];
} bkti_repeat;

/* What a listener is told. Each may stop the message by a status other than BKT_OK, and then is not
 * called again. */
typedef struct bkti_message_listener {
    /* A fact of the header, or about the message: names as for bkt_reader_property(). */
    bkt_status (*property)(void *user, const char *name, bkti_span value);
    /* The document is no data message that can be read. True: it is passed over, which ends the
     * message with BKT_END; false: it fails with this status and sentence. */
    bool (*pass_over)(void *user, bkt_status status, const bkti_place *place, const char *sentence);
    bkt_status (*dataset_start)(void *user, const bkti_dataset_facts *dataset);
    /* A name that the message has for a component, or for one of its codes (code.size above 0), in
     * a language ("" if it isn't said), told in the data set whose names it is of, and as often as
     * the message brings it. NULL: names are not wanted. */
    bkt_status (*name)(void *user, bkti_span id, bkti_span code, bkti_span language,
                       bkti_span name);
    bkt_status (*dataset_attributes)(void *user, const bkti_fact *facts, uint32_t count);
    bkt_status (*group)(void *user, const bkti_group *group);
    /* What a group without a key has: each series in it is told to have it too, so that this only
     * says whose it is. */
    bkt_status (*keyless_group)(void *user, int marking, const bkti_fact *facts, uint32_t count);
    /* *out_skip true: the series is not wanted, its observations need not be told. */
    bkt_status (*series_start)(void *user, int marking, const bkti_fact *facts, uint32_t count,
                               bool *out_skip);
    /* Attributes of the series that the message has apart from its key. */
    bkt_status (*series_attributes)(void *user, const bkti_fact *facts, uint32_t count);
    bkt_status (*series_finish)(void *user);
    bkt_status (*observation)(void *user, const bkti_observation *observation);
    /* The same where it is a repeat. *out_taken false: it is to be told as ever. */
    bkt_status (*repeat)(void *user, const bkti_repeat *repeat, bool *out_taken);
    /* What 3.0 has in `Comp` elements inside the observation that was told last: attributes,
     * further measures, or the primary measure (told by its id, OBS_VALUE). */
    bkt_status (*observation_attributes)(void *user, const bkti_fact *facts, uint32_t count);
    bkt_status (*dataset_finish)(void *user);
    /* A message of the footer: its code and severity ("" if not given). */
    bkt_status (*footer)(void *user, bkti_span code, bkti_span severity, bkti_span text);
} bkti_message_listener;

/* The id under which the primary measure is told. */
#define BKTI_PRIMARY_MEASURE "OBS_VALUE"

/* The source gives the name for diagnostics; source and listener must outlive the message. scanner:
 * bkt_scanner. */
bkt_status bkti_message_new(bkt_context *context, const bkti_source *source, int32_t scanner,
                            const bkti_message_listener *listener, void *user,
                            bkti_message **out_message);
/* What SDMX-CSV is to be taken for: as bkti_csv_set_encoding(). */
void bkti_message_set_encoding(bkti_message *message, const char *name);
void bkti_message_free(bkti_message *message);
/* As bkti_xml_block(), and NOT_SDMX, VERSION, MESSAGE_KIND, UNSUPPORTED, LAYOUT, SERVER; BKT_END
 * when the listener passes the document over. */
bkt_status bkti_message_block(bkti_message *message, bkti_span block, bool last);
/* bkt_message_kind; BKT_MESSAGE_UNKNOWN before the root element. */
int32_t bkti_message_kind(const bkti_message *message);
/* Whether an observation may be followed by more of its facts. */
bool bkti_message_has_late_facts(const bkti_message *message);
/* Whether observations may have measures beside the primary one. */
bool bkti_message_has_measures(const bkti_message *message);
/* Begun so far, those of skipped series included. */
uint64_t bkti_message_observation_count(const bkti_message *message);
uint64_t bkti_message_series_count(const bkti_message *message);
uint64_t bkti_message_group_count(const bkti_message *message);
/* Place of the fact that a listener is being told (see bkti_xml_place()), and the data set. */
void bkti_message_place(const bkti_message *message, bkti_place *out_place);

/* The line in which the observation, group or series begins that a listener is being told; of a
 * series without observations the one in which it ends. */
uint64_t bkti_message_line(const bkti_message *message);

/* For reading one message in pieces side by side, each by a message of its own that was given the
 * same begin of the document. */
/* Whether all that came is whole and told, what comes next is a child of the data set, and the data
 * set can be read in pieces. */
bool bkti_message_is_between(const bkti_message *message);
/* The next block stands at this offset, behind another child of the data set; counts begin anew. */
void bkti_message_jump(bkti_message *message, uint64_t offset);
/* Lines before what comes next. Between children. */
uint64_t bkti_message_lines_before(const bkti_message *message);
/* Whether the other has met nothing that might be too much for both. */
bool bkti_message_can_follow(const bkti_message *message, const bkti_message *other);
/* The other jumped to where this one stands: what it was given since counts as given to this one,
 * which was told nothing of it. Both must be between children. False without memory. */
bool bkti_message_follow(bkti_message *message, const bkti_message *other);
/* Where the tag of a series, or of a flat observation, seems to begin; NULL. */
const char *bkti_message_find_child(bool flat, const char *from, const char *end);

#endif
