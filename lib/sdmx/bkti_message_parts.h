/* SPDX-License-Identifier: MIT */
/* What a message is made of. For the sdmx room alone.
 *
 * A message is a stack of places (root, header, data set, series, ...). message.c keeps the stack
 * and what is common to all messages; below a DataSet the dialect decides. */
#ifndef BKTI_MESSAGE_PARTS_H
#define BKTI_MESSAGE_PARTS_H

#include "bkti_dictionary.h"
#include "bkti_memory.h"
#include "bkti_message.h"
#include "bkti_namespace.h"
#include "bkti_text.h"
#include "bkti_xml.h"

/* Local names that a message knows. */
enum bkti_name {
    BKTI_NAME_OTHER = 0,
    BKTI_NAME_HEADER,
    BKTI_NAME_DATASET,
    BKTI_NAME_FOOTER,
    BKTI_NAME_ERROR_MESSAGE,
    BKTI_NAME_SERIES,
    BKTI_NAME_OBS,
    BKTI_NAME_GROUP,
    BKTI_NAME_ATTS,
    BKTI_NAME_COMP,
    BKTI_NAME_VALUE,
    BKTI_NAME_SERIES_KEY,
    BKTI_NAME_OBS_KEY,
    BKTI_NAME_GROUP_KEY,
    BKTI_NAME_ATTRIBUTES,
    BKTI_NAME_OBS_VALUE,
    BKTI_NAME_OBS_DIMENSION,
    BKTI_NAME_TIME,
    BKTI_NAME_KEY_FAMILY_REF,
    BKTI_NAME_ANNOTATIONS,
    BKTI_NAME_DATA_PROVIDER,
    BKTI_NAME_METADATA,
    BKTI_NAME_SECTION,
    BKTI_NAME_KEY
};

/* Where the message stands: what was opened last. */
enum bkti_message_place_kind {
    BKTI_AT_DOCUMENT = 0,
    BKTI_AT_ENVELOPE, /* of SOAP, and what else is around the message */
    BKTI_AT_ROOT,
    BKTI_AT_HEADER,
    BKTI_AT_HEADER_FIELD, /* and deeper in the header */
    BKTI_AT_FOOTER,       /* also the root of an error message */
    BKTI_AT_FOOTER_MESSAGE,
    BKTI_AT_FOOTER_TEXT,
    BKTI_AT_DATASET,
    BKTI_AT_GROUP,
    BKTI_AT_SERIES,
    BKTI_AT_SECTION,
    BKTI_AT_OBS,
    BKTI_AT_KEY,
    BKTI_AT_ATTRIBUTES,
    BKTI_AT_LEAF, /* an element with nothing of interest inside */
    BKTI_AT_TEXT, /* an element of which only the text counts */
    /* In values that are elements; see component.c. */
    BKTI_AT_COMP,
    BKTI_AT_COMP_VALUE,
    BKTI_AT_COMP_TEXT, /* in one language */
    BKTI_AT_MARKUP,    /* in a text, and deeper */
    BKTI_AT_METADATA,
    BKTI_AT_METADATA_ATTRIBUTE
};

/* A message nests no deeper than this; what is deeper is skipped and needs no place. */
#define BKTI_PLACE_LIMIT 16
/* Names whose pointers are remembered; a power of two. */
#define BKTI_NAME_CACHE 64

/* Facts about a header, a structure or a data set. */
enum bkti_field {
    BKTI_FIELD_REFERENCE, /* structureID or structureRef */
    BKTI_FIELD_STRUCTURE,
    BKTI_FIELD_DATAFLOW,
    BKTI_FIELD_NAMESPACE,
    BKTI_FIELD_DIMENSION,
    BKTI_FIELD_EXPLICIT, /* "true": observations name their measure by their type */
    BKTI_FIELD_ACTION,
    BKTI_FIELD_DATASET_ID,
    BKTI_FIELD_VALID_FROM,
    BKTI_FIELD_VALID_TO,
    BKTI_FIELD_PUBLICATION_YEAR,
    BKTI_FIELD_PUBLICATION_PERIOD,
    BKTI_FIELD_REPORTING_BEGIN,
    BKTI_FIELD_REPORTING_END,
    BKTI_FIELD_AGENCY, /* of 2.0's KeyFamilyRef */
    BKTI_FIELD_COUNT
};

typedef struct bkti_fields {
    char *texts[BKTI_FIELD_COUNT];
} bkti_fields;

/* Sets a field that has no text yet; false without memory. */
bool bkti_fields_set(bkti_memory *memory, bkti_fields *fields, int field, bkti_span text);
/* Sets all that are not set yet to those of another; false without memory. */
bool bkti_fields_fill(bkti_memory *memory, bkti_fields *fields, const bkti_fields *others);
/* What a URN of a structure, a dataflow or a key family says; false without memory. */
bool bkti_fields_set_urn(bkti_memory *memory, bkti_fields *fields, bkti_span urn);
/* "AGENCY:ID(VERSION)" out of its parts, of which any may be empty; false without memory. */
bool bkti_fields_set_reference(bkti_memory *memory, bkti_fields *fields, int field,
                               bkti_span agency, bkti_span id, bkti_span version);
void bkti_fields_clear(bkti_memory *memory, bkti_fields *fields);
/* The field of a standard attribute of DataSet, -1 for one without a field of ours; -2 for an
 * attribute that is not standard. */
int bkti_fields_standard(bkti_span name);

/* Facts that are collected before they are told: values are copied. */
typedef struct bkti_fact_list {
    bkti_fact *items; /* values are set by bkti_fact_list_get() */
    size_t *offsets;
    size_t count;
    size_t capacity;
    size_t offset_capacity;
    bkti_text values;
} bkti_fact_list;

void bkti_fact_list_init(bkti_fact_list *list, bkti_memory *memory);
void bkti_fact_list_free(bkti_fact_list *list);
void bkti_fact_list_clear(bkti_fact_list *list);
bool bkti_fact_list_add(bkti_fact_list *list, bkti_span id, bkti_span value);
/* Leaves the first ones. */
void bkti_fact_list_cut(bkti_fact_list *list, size_t count);
/* Whether there is one of that id, from a place on. */
bool bkti_fact_list_has(const bkti_fact_list *list, size_t first, bkti_span id);
const bkti_fact *bkti_fact_list_get(bkti_fact_list *list);

/* How an observation was taken apart: the next of its shape is taken apart in the same way, without
 * a look at any name. */
typedef struct bkti_layout_plan {
    uint32_t shape;  /* of the element; 0: there is no plan */
    bool is_generic; /* the element is an Obs with all in it */
    bool is_running; /* an observation is being told by it */
    uint32_t place_count;
    uint32_t count;
    bkti_fact *targets[BKTI_REPEAT_LIMIT]; /* what the value of each attribute is of */
    bkti_observation observation;
    bkti_fact facts[BKTI_REPEAT_LIMIT];
    bkti_fact nowhere;
    const bkti_xml_attribute *attributes; /* where the element's are, each time */
    bkti_repeat repeat;
} bkti_layout_plan;

/* What the attributes inside a generic Obs are, in their order. */
enum bkti_noted_kind {
    BKTI_NOTED_FIXED, /* an id, or nothing of interest: as it is now, or it is another shape */
    BKTI_NOTED_DIMENSION,
    BKTI_NOTED_VALUE,
    BKTI_NOTED_KEY,
    BKTI_NOTED_ATTRIBUTE
};
typedef struct bkti_noted {
    bool is_usable;
    uint32_t count;
    struct {
        uint8_t kind;
        uint8_t index; /* in the list of keys or attributes */
    } items[BKTI_REPEAT_LIMIT];
} bkti_noted;

/* The values of a component that has elements for them, as one text. */
typedef struct bkti_values {
    bkti_span id; /* of the Comp that is open */
    bkti_text text;
    bkti_text language;  /* of the text that is open */
    size_t begin;        /* of the value that is open */
    size_t first_prefix; /* bytes of "en: " before its first text, if that is English */
    uint32_t text_count; /* texts in it so far */
} bkti_values;

typedef struct bkti_dialect {
    /* What is in an Obs is told when it begins, so that its end says nothing. */
    bool is_told_at_start;
    /* An element inside a data set. */
    bkt_status (*start)(bkti_message *message, const bkti_xml_element *element, int name);
    /* The end of the place on top, which then is taken off. */
    bkt_status (*finish)(bkti_message *message);
} bkti_dialect;

extern const bkti_dialect bkti_dialect_compact;
extern const bkti_dialect bkti_dialect_structure_specific;
extern const bkti_dialect bkti_dialect_generic;
extern const bkti_dialect bkti_dialect_cross_sectional;
extern const bkti_dialect bkti_dialect_utility;
/* Of a data set in a MessageGroup, before it is known what it is. */
extern const bkti_dialect bkti_dialect_group;

typedef struct bkti_csv_message bkti_csv_message;
typedef struct bkti_json_message bkti_json_message;

struct bkti_message {
    bkt_context *context;
    bkti_memory *memory;
    const bkti_message_listener *listener;
    void *user;
    const bkti_source *source;
    bkti_xml *xml;
    const char *csv_encoding; /* see bkti_message_set_encoding() */
    bkti_csv_message *csv;    /* NULL: the document is no SDMX-CSV */
    bkti_json_message *json;  /* NULL: it is no JSON */
    const bkti_dialect *dialect;
    bkt_status status; /* other than BKT_OK: the message is over */
    int32_t kind;
    int32_t version; /* 20, 21, 30, 31 */
    bool sniffed;

    /* The stack of places and, per cached pointer of a local name, which name it is. */
    uint8_t places[BKTI_PLACE_LIMIT];
    uint32_t place_count;
    uint32_t outer_count; /* places around the message's root */
    uint32_t skip_depth;  /* depth of the element that is being skipped; 0: none */
    struct {
        const char *pointer;
        int name;
    } name_cache[BKTI_NAME_CACHE];

    bkti_text text; /* of the leaf that is open */
    size_t joined;  /* its size when texts were joined last */
    bkti_text code; /* of the footer message that is open */
    bkti_text severity;
    bkti_text errors; /* of an error message, as they are told */
    uint32_t footer_count;
    uint32_t done; /* bits of BKTI_DONE_ */

    bkti_fields header;
    bkti_fields *structures;
    size_t structure_count;
    size_t structure_capacity;
    bkti_text header_path; /* such as "Sender/Name" */
    bool header_english;   /* the text being read is marked as English */
    bkti_text receivers;

    bkti_fields dataset;
    uint32_t dataset_count;
    bool dataset_told;

    uint64_t observation_count;
    uint64_t series_count;
    uint64_t group_count;
    bool series_told;
    bool series_skipped;
    bool obs_flat;
    uint64_t begin_line;   /* of an observation that is told later than it stands */
    bkti_place fact_place; /* of what is told later than it stands; line 0: nothing such */

    /* Ids as they come from attribute values and the header. */
    bkti_dictionary *ids;
    bkti_span dimension;           /* id of the dimension at observation; size 0: none apart */
    const char *dimension_pointer; /* that name as the scanner has it, once it was seen */
    const char *value_pointer;     /* the same of OBS_VALUE */
    bool dimension_open;           /* 2.0: to be told by the first observation */
    const char *data_uri;          /* namespace of the data set's own elements */
    bkti_layout_plan plan;
    bkti_noted noted;
    bkti_fact *told; /* facts of one element that are told at once, not copied */
    size_t told_capacity;
    bkti_fact_list keys;       /* key, or all facts of an unmarked element */
    bkti_fact_list attributes; /* attributes apart */
    bkti_fact_list own;        /* dimension at observation and value of a generic Obs */
    bkti_fact_list shared;     /* what a data set or a group gives to all in it */
    size_t dataset_shared;     /* so many of them are the data set's */
    bkti_span component;       /* whose element is open */
    bkti_span group_name;
    bool group_loose;
    bool group_told; /* 2.0 generic: series inside the group came before its end */
    bkti_values values;
    bkti_text metadata_path;
    bkti_fact_list metadata; /* attributes of the Metadata that is open */
};

static inline int bkti_message_at(const bkti_message *message) {
    return message->place_count == 0 ? BKTI_AT_DOCUMENT : message->places[message->place_count - 1];
}

/* What is done once a message. */
#define BKTI_DONE_SENDER_NAME 2u
#define BKTI_DONE_SOURCE_NAME 4u

/* message.c */
int bkti_message_name(bkti_message *message, bkti_span local);
const char *bkti_message_name_text(int name);
bkt_status bkti_message_push(bkti_message *message, int place);
/* The element and all in it are passed over. */
bkt_status bkti_message_skip(bkti_message *message, const bkti_xml_element *element);
/* The same for an element that SDMX doesn't have here: an error if it would hold data, a warning if
 * it is of SDMX or of the data set's own namespace. */
bkt_status bkti_message_unexpected(bkti_message *message, const bkti_xml_element *element,
                                   int name);
/* Opens a leaf whose text is wanted. */
bkt_status bkti_message_push_text(bkti_message *message, int place);
/* The leaf's text, trimmed; texts are off again. */
bkti_span bkti_message_take_text(bkti_message *message);
/* Before a further text of the leaf: "; " if there is one already. */
bkt_status bkti_message_join_text(bkti_message *message);
/* The listener decides; see pass_over. */
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
bkt_status
bkti_message_refuse(bkti_message *message, bkt_status status, const char *format, ...);
/* An id that lives as long as the message; size 0 without memory (or for no text). */
bkti_span bkti_message_id(bkti_message *message, bkti_span text);
/* Makes room for so many facts in `told`; false without memory. */
bool bkti_message_make_room(bkti_message *message, size_t count);
/* Tells the data set, if that was not done yet. */
bkt_status bkti_message_tell_dataset(bkti_message *message);
/* Tells what a group shares with what is in it. */
bkt_status bkti_message_tell_shared(bkti_message *message, int marking);

/* root.c: what the first bytes and the root element say. */
bkt_status bkti_root_sniff(bkti_message *message, bkti_span block);
bkt_status bkti_root_start(bkti_message *message, const bkti_xml_element *element);

/* envelope.c */
bkt_status bkti_envelope_start(bkti_message *message, const bkti_xml_element *element);
bkt_status bkti_envelope_finish(bkti_message *message);

/* header.c */
bkt_status bkti_header_start(bkti_message *message, const bkti_xml_element *element);
bkt_status bkti_header_finish(bkti_message *message);
const bkti_fields *bkti_header_structure(const bkti_message *message, const char *reference);

/* cross_sectional.c: time is an attribute of this name, whatever its concept is called. */
bool bkti_cross_is_time(bkti_span local);

/* message_group.c: the dialect of a data set in a MessageGroup, as far as its namespace tells. */
const bkti_dialect *bkti_group_dialect(const char *uri);

/* dataset.c */
bkt_status bkti_dataset_start(bkti_message *message, const bkti_xml_element *element);
bkt_status bkti_dataset_finish(bkti_message *message);
/* Local part of xsi:type or the unqualified attribute `type`, size 0 without either. */
bkti_span bkti_element_type(const bkti_message *message, const bkti_xml_element *element);
bool bkti_is_instance_uri(const char *uri);

/* component.c */
bkt_status bkti_component_start(bkti_message *message, const bkti_xml_element *element);
bkt_status bkti_metadata_start(bkti_message *message);
/* An element in one of these. */
bkt_status bkti_component_inside(bkti_message *message, const bkti_xml_element *element, int name);
bkt_status bkti_component_finish(bkti_message *message);
/* Also what has no language: SDMX takes that for English. */
bool bkti_is_english(bkti_span language);

/* footer.c */
bkt_status bkti_footer_start(bkti_message *message, const bkti_xml_element *element, int name);
bkt_status bkti_footer_text_start(bkti_message *message, const bkti_xml_element *element);
bkt_status bkti_footer_finish(bkti_message *message);
/* White space around texts, line breaks included, becomes one space. */
void bkti_close_up(bkti_text *text);

/* generic.c: an observation of what was collected: `own`, and the keys or the attributes. */
void bkti_generic_fill(bkti_message *message, bkti_observation *observation);
/* Refuses a second value, or a second dimension at observation. */
bkt_status bkti_generic_check_single(bkti_message *message, const bkti_xml_element *element,
                                     bool value);
/* A series has something before its key. */
bkt_status bkti_generic_unexpected_order(bkti_message *message, const char *found,
                                         const char *missing);
/* The place of a repeated observation: its value, if that can't be one, or its begin. */
void bkti_generic_place(const bkti_message *message, bkti_place *out_place);

/* attribute_layout.c: series, observations and groups whose facts are XML attributes. */
bkt_status bkti_layout_series(bkti_message *message, const bkti_xml_element *element);
bkt_status bkti_layout_observation(bkti_message *message, const bkti_xml_element *element);
/* Makes the plan's repeat of its targets. */
void bkti_layout_make_repeat(bkti_layout_plan *plan);
/* Tells an observation of the plan's shape, whose attributes are those at hand. */
bkt_status bkti_layout_planned(bkti_message *message);
/* What the scanner calls for one that is told by this alone. */
bkt_status bkti_layout_again(void *user, const bkti_xml_element *element);
bkt_status bkti_layout_group(bkti_message *message, const bkti_xml_element *element, bkti_span name,
                             bool loose);
bkt_status bkti_layout_finish_group(bkti_message *message);
bkt_status bkti_layout_finish_series(bkti_message *message);

#endif
