/* SPDX-License-Identifier: MIT */
/* Structures written as they were read: for each kind of item and each version of SDMX-ML a form,
 * which says what its element is called and what stands in it, in the order of the schemas. What no
 * form has a place for is left out and told. For the writer room alone. */
#ifndef BKTI_FORM_H
#define BKTI_FORM_H

#include <bktrade/structure.h>

#include "bkti_design.h"

/* Versions, as bits. */
enum { BKTI_IN_21 = 1, BKTI_IN_30 = 2, BKTI_IN_BOTH = 3 };

/* What an item has whatever it is; each has what those before it have. */
enum bkti_form_level {
    BKTI_FORM_PLAIN,
    BKTI_FORM_ANNOTATED,
    BKTI_FORM_IDENTIFIED, /* id, urn, uri */
    BKTI_FORM_NAMED,
    BKTI_FORM_UNVERSIONED, /* agency, validity */
    BKTI_FORM_MAINTAINED
};

/* One thing of a form. */
typedef struct bkti_step bkti_step;
typedef void bkti_put_step(bkt_writer *writer, const bkt_item *item, const bkti_step *step);
struct bkti_step {
    const char *property; /* that it writes; NULL: none */
    const char *element;  /* as which */
    const char *detail;   /* class of a reference ("codelist.Codelist"); attribute that qualifies */
    bkti_put_step *put;   /* NULL: another step writes it, or it follows from the rest */
    uint8_t kind;         /* of the children that it writes; 0 */
    uint8_t versions;
};

typedef struct bkti_form {
    uint8_t kind;
    uint8_t versions;
    uint8_t level;
    uint8_t step_count;
    const char *element;
    const char *class_name; /* "codelist.Codelist"; NULL: it has no URN */
    const bkti_step *steps;
    const char *id; /* that all such have; NULL */
} bkti_form;

static inline bool bkti_writes_3(const bkt_writer *writer) {
    return writer->options.format == BKT_FORMAT_STRUCTURE_SPECIFIC_3_0 ||
           writer->options.format == BKT_FORMAT_SDMX_CSV_2;
}
static inline int bkti_writes(const bkt_writer *writer) {
    return bkti_writes_3(writer) ? BKTI_IN_30 : BKTI_IN_21;
}

/* form.c: the forms. NULL: the version has no such thing. */
const bkti_form *bkti_form_find(const bkt_writer *writer, const bkt_item *item);
/* Of a scheme of organisations, such as "AgencyScheme". */
const bkti_form *bkti_form_organisations(const char *class_name);

/* form_put.c: an item with all its parts. */
void bkti_put_item(bkt_writer *writer, const bkt_item *item);
/* A part, unless another has its id. */
void bkti_put_part(bkt_writer *writer, const bkt_item *item, const bkt_item *part);
/* An item as another form says. */
void bkti_put_item_as(bkt_writer *writer, const bkt_item *item, const bkti_form *form);
/* Parts of an item that were not read are told. */
void bkti_tell_others(bkt_writer *writer, const bkt_item *item);
/* An item's element up to and with its annotations, names and descriptions, and what its end is. */
void bkti_put_item_begin(bkt_writer *writer, const bkt_item *item, const bkti_form *form,
                         const char *id);
void bkti_put_item_end(bkt_writer *writer, const bkt_item *item, const bkti_form *form);
/* "<structure:NAME>" and "</structure:NAME>". */
void bkti_put_open(bkt_writer *writer, const char *element);
void bkti_put_close(bkt_writer *writer, const char *element);
void bkti_put_attribute(bkt_writer *writer, const char *name, const char *text);
/* A version, as the version being written may have it. */
void bkti_put_version(bkt_writer *writer, bkti_span version);
const char *bkti_item_class(const bkt_item *item); /* as the message said it; "" */
bool bkti_item_is_class(const bkt_item *item, const char *name);
bool bkti_is_true(const char *text);
/* Places of a property, one after the other: begin with 0; false when there are no more. */
bool bkti_next_property(const bkt_item *item, const char *name, uint32_t *at, uint32_t *out_index);

/* part.c: elements of a property's texts, in SDMX's common namespace; how many there were. */
uint32_t bkti_put_common_texts(bkt_writer *writer, const bkt_item *item, const char *property,
                               const char *element);
void bkti_put_annotations(bkt_writer *writer, const bkt_item *item);
void bkti_put_links(bkt_writer *writer, const bkt_item *item);
void bkti_put_sentinels(bkt_writer *writer, const bkt_item *item);

/* Steps. */
bkti_put_step bkti_step_attribute; /* an XML attribute; written before all others */
bkti_put_step bkti_step_texts;     /* an element with a text for each property of the name */
bkti_put_step bkti_step_references;
bkti_put_step bkti_step_locals; /* references within the artefact */
bkti_put_step bkti_step_children;

/* Something that the version has no place for: left out with a warning, or (BKT_WRITE_STRICT) an
 * error. */
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
void bkti_leave_out(bkt_writer *writer, const bkt_item *item, const char *format, ...);

/* reference.c */
/* Id and version of the scheme in which concepts that stand alone (1.0, 2.0) are put. */
#define BKTI_LOOSE_SCHEME "STANDALONE_CONCEPT_SCHEME"
/* What is referred to by a property, between its element's tags. class_name: as which; NULL: as it
 * says. */
void bkti_put_reference(bkt_writer *writer, const bkt_item *item, uint32_t index,
                        const char *element, const char *class_name);
/* The same to an item. */
void bkti_put_reference_to(bkt_writer *writer, const bkt_item *target, const char *element,
                           const char *class_name);
/* To a concept that the component does not name: of its own id (NULL: OBS_VALUE). */
void bkti_put_loose_concept(bkt_writer *writer, const bkt_item *item, const char *element);
/* Within the artefact: <Ref id="..."/>, or the id. */
void bkti_put_local(bkt_writer *writer, const char *element, const char *id);
/* The class of a reference as published, such as "codelist.Codelist"; empty: it says none. */
bkti_span bkti_reference_class(const char *text);
/* Whether that is a class of SDMX's own model. */
bool bkti_reference_is_known(const char *text);
/* The URN of an item as it is written. */
void bkti_put_item_urn(bkt_writer *writer, const bkt_item *item, const char *class_name,
                       const char *id);

/* representation.c */
bool bkti_is_facet(const char *name);
/* What values there are, in an element of that name, if anything is said of them. */
void bkti_put_values(bkt_writer *writer, const bkt_item *item, const char *element, int use);
/* Whether concepts of a scheme are values of a dimension, and 3.0 has them as a code list that is
 * called alike: no other list may be called so. */
bool bkti_is_values(const bkt_item *scheme);
enum bkti_use {
    BKTI_USE_SIMPLE,
    BKTI_USE_BASIC,
    BKTI_USE_TIME,
    BKTI_USE_MEASURES,
    BKTI_USE_METADATA /* as basic; how often, the attribute says */
};
/* SDMX's name of a type that 2.0 calls otherwise; NULL: there is none such. */
const char *bkti_text_type(const char *text, bool is_3);

/* Steps of one form alone. */
bkti_put_step bkti_step_contacts;   /* part.c */
bkti_put_step bkti_step_components; /* component_list.c */
bkti_put_step bkti_step_metadata;   /* component.c */
bkti_put_step bkti_step_core;       /* representation.c */
bkti_put_step bkti_step_attachment; /* constraint.c */
bkti_put_step bkti_step_calendar;
bkti_put_step bkti_step_periods;
bkti_put_step bkti_step_key_values;
bkti_put_step bkti_step_levels; /* hierarchy.c */
bkti_put_step bkti_step_code;
bkti_put_step bkti_step_map_parts; /* map.c */
bkti_put_step bkti_step_map_values;
bkti_put_step bkti_step_mappings;
bkti_put_step bkti_step_source_values;
/* Whether the version can say what a map of one value to another, of values, or of components
 * says. */
bool bkti_is_plain_mapping(const bkt_item *mapping);
bool bkti_has_values(const bkt_writer *writer, const bkt_item *map);
/* Why a map of components is left out whole, as one that said less than it does would say something
 * else. NULL: all of it can be said. */
const char *bkti_map_obstacle(const bkt_writer *writer, const bkt_item *component_map);
bool bkti_has_components(const bkt_writer *writer, const bkt_item *map);
/* The map of values that a map of components uses. NULL: none, or no message has it. */
const bkt_item *bkti_map_of_values(const bkt_item *component_map);
/* map_set.c: maps of 3.0 as the sets that 2.1 has them in. */
void bkti_put_map_as_set(bkt_writer *writer, const bkt_item *map);
bool bkti_is_set(bkt_writer *writer, const bkt_item *map);
bkti_put_step bkti_step_component_maps;
bkti_put_step bkti_step_own_codes; /* form.c */
bkti_put_step bkti_step_selection;
bkti_put_step bkti_step_role;    /* constraint.c; an attribute */
bkti_put_step bkti_step_leveled; /* hierarchy.c; an attribute */

/* component.c */
void bkti_put_dimension(bkt_writer *writer, const bkt_item *item);
void bkti_put_measure(bkt_writer *writer, const bkt_item *item);
void bkti_put_data_attribute(bkt_writer *writer, const bkt_item *item);
void bkti_put_metadata_use(bkt_writer *writer, const bkt_item *item);
/* What has no place of what is said of a component. */
void bkti_tell_component(bkt_writer *writer, const bkt_item *item);
static inline bool bkti_is_time(const bkt_item *dimension) {
    return bkt_component_role(dimension) == BKT_ROLE_TIME;
}
/* component_list.c: the primary measure of 2.1. NULL: there is none. */
const bkt_item *bkti_primary_measure(const bkt_item *structure);

/* structure.c: the whole message. */
bkt_status bkti_put_structure(bkt_writer *writer, const bkt_structure *structure);
extern const bkti_manner bkti_manner_structure;

#endif
