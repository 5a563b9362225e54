/* SPDX-License-Identifier: MIT */
/** @file structure.h
 * Structures: what SDMX-ML structure messages say of data. Code lists, concepts, data structures
 * (DSDs), dataflows, constraints, hierarchies, maps, categories, organisations.
 *
 * Read: SDMX-ML structure messages 1.0, 2.0, 2.1, 3.0 and 3.1, also in a SOAP envelope or a
 * registry's answer; plain, gzip or zip (all structure messages in it; other members are passed
 * over). Several files make one structure: references are resolved across them.
 *
 * A structure is a tree of items. At its top stand the artefacts that agencies maintain (a code
 * list, a DSD, ...); their parts (a code, a dimension) are their children. Every item has a kind,
 * an id, names and descriptions by language, and properties: what the message says of it, by the
 * name of the XML attribute or element ("isFinal", "assignmentStatus", "textType"). A property may
 * be a reference to another item ("ConceptIdentity", "Enumeration", "Structure", "Parent"). The
 * same question is asked in the same way for every version of SDMX: what 2.0 writes as
 * `codelist="CL_FREQ"` is the reference "Enumeration" as well.
 *
 * A finished structure is immutable: it may be used by several threads at once and outlives its
 * context. Items and texts are borrowed and live as long as the structure. Getters accept NULL and
 * indexes out of range, and give 0 or NULL for them. */
#ifndef BKTRADE_STRUCTURE_H
#define BKTRADE_STRUCTURE_H

#include <stddef.h>
#include <stdint.h>

#include <bktrade/context.h>
#include <bktrade/table.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Structures read from one or several messages. Opaque; ended by bkt_structure_free(). */
typedef struct bkt_structure bkt_structure;
/** An artefact or a part of one. Opaque; borrowed from its structure. */
typedef struct bkt_item bkt_item;
/** Puts a structure together from several messages. Opaque. */
typedef struct bkt_structure_builder bkt_structure_builder;

/** Kind of an item. */
enum bkt_kind_of_item {
    BKT_ITEM_ANY = 0, /**< in questions: of whatever kind */
    BKT_ITEM_CODE_LIST = 1,
    BKT_ITEM_CODE = 2,
    BKT_ITEM_VALUE_LIST = 3, /**< of 3.0: a code list whose ids may be any text */
    BKT_ITEM_VALUE = 4,
    BKT_ITEM_CODE_LIST_EXTENSION = 5, /**< of 3.0: what a code list takes from another */
    BKT_ITEM_CONCEPT_SCHEME = 6,
    BKT_ITEM_CONCEPT = 7, /**< in a scheme; of 1.0 and 2.0 also at the top */
    BKT_ITEM_DATA_STRUCTURE = 8,
    BKT_ITEM_DIMENSION = 9, /**< time and measure dimension included */
    BKT_ITEM_MEASURE = 10,  /**< primary, cross-sectional, or one of those of 3.0 */
    BKT_ITEM_ATTRIBUTE = 11,
    BKT_ITEM_GROUP = 12,
    BKT_ITEM_DATAFLOW = 13,
    BKT_ITEM_CONSTRAINT = 14,
    BKT_ITEM_CUBE_REGION = 15,
    BKT_ITEM_KEY_SET = 16,
    BKT_ITEM_KEY = 17,
    BKT_ITEM_KEY_VALUE = 18, /**< what a region or key says of one component */
    BKT_ITEM_HIERARCHICAL_CODE_LIST = 19,
    BKT_ITEM_HIERARCHY = 20,
    BKT_ITEM_HIERARCHICAL_CODE = 21,
    BKT_ITEM_LEVEL = 22,
    BKT_ITEM_HIERARCHY_ASSOCIATION = 23,
    BKT_ITEM_STRUCTURE_SET = 24,
    BKT_ITEM_STRUCTURE_MAP = 25,
    BKT_ITEM_COMPONENT_MAP = 26,
    BKT_ITEM_REPRESENTATION_MAP = 27, /**< also the CodelistMap of 2.x */
    /** Of values ("SourceValue", one or several) to others ("TargetValue"). What 3.0 says of a
     * source value stands before it: "isRegEx" (it is a pattern), "startIndex" and "endIndex" (it
     * is looked for from and to that character). An empty value is kept. */
    BKT_ITEM_MAPPING = 28,
    BKT_ITEM_CATEGORY_SCHEME = 29,
    BKT_ITEM_CATEGORY = 30,
    BKT_ITEM_CATEGORISATION = 31,
    BKT_ITEM_ORGANISATION_SCHEME = 32, /**< of agencies, data providers, consumers, units */
    BKT_ITEM_ORGANISATION = 33,
    BKT_ITEM_PROVISION_AGREEMENT = 34,
    BKT_ITEM_METADATA_STRUCTURE = 35,
    BKT_ITEM_METADATA_ATTRIBUTE = 36,
    BKT_ITEM_METADATAFLOW = 37,
    BKT_ITEM_ANNOTATION = 38,
    /** Of an organisation: names ("Name"), "Department" and "Role" by language; "Telephone", "Fax",
     * "X400", "URI", "Email", each as often as published. What 1.0 and 2.0 call it
     * ("MaintenanceContact") is its "class". */
    BKT_ITEM_CONTACT = 39,
    /** Of 3.0: where more is to be found: "rel", "url", "urn", "type". */
    BKT_ITEM_LINK = 40,
    /** Of 3.0: a value of a component or concept that means something else than itself; the value
     * is its id, names and descriptions say what it means. */
    BKT_ITEM_SENTINEL_VALUE = 41,
    /** An artefact, or a part of one, whose own parts are not read, which a note of the context
     * tells; "class" names it. */
    BKT_ITEM_OTHER = 42
};
/** SDMX's name of a kind, such as "Codelist". @return "unknown" for any other number; lives as long
 * as the library. @since 0.1 */
BKT_API const char *bkt_item_kind_text(int32_t kind);

/** Flag of bkt_structure_options: what is only a warning otherwise (an id twice in a list, an
 * artefact twice with different contents) is an error. */
#define BKT_STRUCTURE_STRICT 1

/** Options of reading structures. Start with bkt_structure_options_init(). */
typedef struct bkt_structure_options {
    uint32_t struct_size;
    uint32_t flags; /**< BKT_STRUCTURE_... or 0 */
} bkt_structure_options;

/** Fills options with defaults. @return as bkt_context_options_init(). @since 0.1 */
BKT_API bkt_status bkt_structure_options_init(bkt_structure_options *options, uint32_t struct_size);

/** Begins a structure. @param options NULL for defaults; copied. @param[out] out_builder ended by
 * bkt_structure_builder_finish() or _free(); NULL on failure. The context must outlive it.
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_ABI; BKT_ERR_MEMORY. @since 0.1 */
BKT_API bkt_status bkt_structure_builder_new(bkt_context *context,
                                             const bkt_structure_options *options,
                                             bkt_structure_builder **out_builder);
/** Adds the structures of a file. After an error the builder can only be freed.
 * @param path UTF-8.
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_STATE after an error; any BKT_ERR_... of opening and
 * reading (see bkt_reader_open_path() and bkt_reader_next_dataset()); BKT_ERR_MESSAGE_KIND for data
 * or another kind of message; BKT_ERR_LAYOUT for an item that lacks its id; BKT_ERR_NO_DATA for a
 * zip without a structure message. @since 0.1 */
BKT_API bkt_status bkt_structure_builder_add_path(bkt_structure_builder *builder, const char *path);
/** Adds the structures of a message in memory, which is not needed afterwards.
 * @param name what diagnostics call it; NULL: "memory". @return as above. @since 0.1 */
BKT_API bkt_status bkt_structure_builder_add_memory(bkt_structure_builder *builder,
                                                    const void *data, size_t size,
                                                    const char *name);
/** Resolves all references and makes the structure. A reference to what no message has stays
 * unresolved: its text is there, its item is not. Of an artefact that came twice the one with
 * contents is taken, else the first. The builder is freed, whatever the outcome.
 * @param[out] out_structure the caller's; NULL on failure.
 * @return BKT_OK; BKT_ERR_ARGUMENT; BKT_ERR_STATE after an error; BKT_ERR_STRUCTURE for parents or
 * code list extensions in a circle; BKT_ERR_REPEATED_COMPONENT (a component twice in a DSD; with
 * BKT_STRUCTURE_STRICT any id twice); BKT_ERR_LIMIT; BKT_ERR_MEMORY. @since 0.1 */
BKT_API bkt_status bkt_structure_builder_finish(bkt_structure_builder *builder,
                                                bkt_structure **out_structure);
/** Frees a builder that was not finished. @param builder NULL is fine. @since 0.1 */
BKT_API void bkt_structure_builder_free(bkt_structure_builder *builder);

/** Reads the structures of one file. @param options NULL for defaults. @param[out] out_structure
 * the caller's; NULL on failure.
 * @return as bkt_structure_builder_add_path() and bkt_structure_builder_finish(). @since 0.1 */
BKT_API bkt_status bkt_structure_read(bkt_context *context, const char *path,
                                      const bkt_structure_options *options,
                                      bkt_structure **out_structure);
/** The same from bytes in memory, which are not needed afterwards. @return as above. @since 0.1 */
BKT_API bkt_status bkt_structure_read_memory(bkt_context *context, const void *data, size_t size,
                                             const bkt_structure_options *options,
                                             bkt_structure **out_structure);
/** Frees a structure. What was made with it (tables with labels) lives on. @param structure NULL is
 * fine. @since 0.1 */
BKT_API void bkt_structure_free(bkt_structure *structure);

/** Artefacts at the top. @param kind one of bkt_kind_of_item. @since 0.1 */
BKT_API uint32_t bkt_structure_item_count(const bkt_structure *structure, int32_t kind);
/** An artefact by its place among those of the kind, in the order of the messages. @since 0.1 */
BKT_API const bkt_item *bkt_structure_item_at(const bkt_structure *structure, int32_t kind,
                                              uint32_t index);
/** An artefact by its name: "ID", "AGENCY:ID", "AGENCY:ID(VERSION)" or a URN. Where no version is
 * given (or "latest", "*"), the highest is taken; "1+.0", "1.2+" and the like mean the highest that
 * is not below, as in SDMX 3.0.
 * @return NULL where there is none, or where several agencies have one and none is named.
 * @since 0.1 */
BKT_API const bkt_item *bkt_structure_find(const bkt_structure *structure, int32_t kind,
                                           const char *name);
/** The DSD that data are of: by its name, by the name of a dataflow or provision agreement, or (if
 * name is NULL or empty) the only one that there is. Agencies and versions that data leave out, or
 * that are not among those given, are not insisted on where the id alone tells.
 * @return NULL where there is none such, or several. @since 0.1 */
BKT_API const bkt_item *bkt_structure_find_data_structure(const bkt_structure *structure,
                                                          const char *name);

/** One of bkt_kind_of_item; 0 for NULL. @since 0.1 */
BKT_API int32_t bkt_item_kind(const bkt_item *item);
/** Id of the item; "" if it has none. @since 0.1 */
BKT_API const char *bkt_item_id(const bkt_item *item);
/** Agency that maintains the item's artefact. @return NULL where it isn't said. @since 0.1 */
BKT_API const char *bkt_item_agency(const bkt_item *item);
/** Version of the item's artefact, as published; "1.0" if none is said, as SDMX has it.
 * @since 0.1 */
BKT_API const char *bkt_item_version(const bkt_item *item);
/** Writes the item's URN ("urn:sdmx:org.sdmx.infomodel.codelist.Code=ECB:CL_FREQ(1.0).A").
 * @param[out] buffer gets the text with a terminating zero; may be NULL if capacity is 0.
 * @param capacity bytes of the buffer.
 * @param[out] out_length bytes of the text without the zero; may be NULL.
 * @return BKT_OK; BKT_ERR_ARGUMENT for NULL, for an item that has no URN (a key value, an
 * annotation, or one without an agency), or too small a buffer (nothing but the length is written
 * then). @since 0.1 */
BKT_API bkt_status bkt_item_urn(const bkt_item *item, char *buffer, size_t capacity,
                                size_t *out_length);
/** Name of the item. @param language such as "fr" or "pt-BR"; NULL or "": English, or else the
 * first. Where the language has no name, the nearest is given: the language without its region,
 * English, any. Of a code of 1.0 or 2.0, its description. @return NULL where there is none.
 * @since 0.1 */
BKT_API const char *bkt_item_name(const bkt_item *item, const char *language);
/** Description of the item, by language as above. @since 0.1 */
BKT_API const char *bkt_item_description(const bkt_item *item, const char *language);
/** The item that this one is a part of; NULL for an artefact at the top. @since 0.1 */
BKT_API const bkt_item *bkt_item_parent(const bkt_item *item);
/** The structure that the item is of. @since 0.1 */
BKT_API const bkt_structure *bkt_item_structure(const bkt_item *item);
/** Parts of the item. Of a code list that extends others (3.0), their codes come behind its own.
 * @since 0.1 */
BKT_API uint32_t bkt_item_child_count(const bkt_item *item, int32_t kind);
/** A part by its place among those of the kind, in the order of the message. @since 0.1 */
BKT_API const bkt_item *bkt_item_child_at(const bkt_item *item, int32_t kind, uint32_t index);
/** A part by its id, in constant time. @since 0.1 */
BKT_API const bkt_item *bkt_item_child_find(const bkt_item *item, int32_t kind, const char *id);

/** Properties of the item, names and descriptions included ("Name", "Description").
 * @since 0.1 */
BKT_API uint32_t bkt_item_property_count(const bkt_item *item);
/** Name of a property by its place; the same name may come several times. @since 0.1 */
BKT_API const char *bkt_item_property_name_at(const bkt_item *item, uint32_t index);
/** Text of a property; of a reference, the URN or (within one artefact) the id. @since 0.1 */
BKT_API const char *bkt_item_property_at(const bkt_item *item, uint32_t index);
/** What qualifies a property: the language of a text, "cascadeValues" of a constraint's value,
 * "isInclusive" of a period. @return NULL where there is nothing. @since 0.1 */
BKT_API const char *bkt_item_property_qualifier_at(const bkt_item *item, uint32_t index);
/** The item that a property refers to. @return NULL for a property that is no reference, and for a
 * reference to what no message has. @since 0.1 */
BKT_API const bkt_item *bkt_item_property_item_at(const bkt_item *item, uint32_t index);
/** Text of the first property of that name. @return NULL where there is none. @since 0.1 */
BKT_API const char *bkt_item_property(const bkt_item *item, const char *name);
/** Text of that name in a language, such as a contact's "Department" or "Role".
 * @param name of the property. @param language and what is given in its place as for names above.
 * @return NULL where there is none. @since 0.1 */
BKT_API const char *bkt_item_property_in(const bkt_item *item, const char *name,
                                         const char *language);
/** The item that the first property of that name refers to. @since 0.1 */
BKT_API const bkt_item *bkt_item_reference(const bkt_item *item, const char *name);
/** What diagnostics call the message that the item came from. @since 0.1 */
BKT_API const char *bkt_item_source(const bkt_item *item);
/** Line of the message where the item begins. @since 0.1 */
BKT_API uint64_t bkt_item_line(const bkt_item *item);

/** What a component (dimension, measure, attribute) is to data: one of bkt_role; 0 for any other
 * item. @since 0.1 */
BKT_API int32_t bkt_component_role(const bkt_item *component);
/** Where an attribute is attached: one of bkt_level; BKT_LEVEL_NONE for any other item. One of 2.1
 * or later that depends on dimensions is of BKT_LEVEL_SERIES, or, if time is among them, of
 * BKT_LEVEL_OBSERVATION. @since 0.1 */
BKT_API int32_t bkt_component_level(const bkt_item *component);
/** 1 for a dimension, and for an attribute or measure that must have a value. @since 0.1 */
BKT_API int32_t bkt_component_is_mandatory(const bkt_item *component);
/** The concept. @return NULL where no message has it. @since 0.1 */
BKT_API const bkt_item *bkt_component_concept(const bkt_item *component);
/** Its code list, value list or (of a measure dimension) concept scheme: its own, or else that of
 * its concept. @return NULL where it has none, or no message has it. @since 0.1 */
BKT_API const bkt_item *bkt_component_code_list(const bkt_item *component);
/** The reference to that list ("urn:sdmx:...Codelist=ECB:CL_FREQ(1.0)"), also where no message has
 * it. @return NULL where the component is not enumerated. @since 0.1 */
BKT_API const char *bkt_component_code_list_reference(const bkt_item *component);
/** SDMX's type of its values ("String", "Double", "ObservationalTimePeriod"): its own, or else that
 * of its concept. @return NULL where none is said. @since 0.1 */
BKT_API const char *bkt_component_type(const bkt_item *component);
/** A facet of its values ("maxLength", "pattern", ...): its own, or else that of its concept.
 * @return NULL where it has none. @since 0.1 */
BKT_API const char *bkt_component_facet(const bkt_item *component, const char *name);
/** Dimensions that an attribute depends on (those of its group, if that is what it is attached to;
 * none, if it is attached to the data set or to the observation as such), or that a group has.
 * @since 0.1 */
BKT_API uint32_t bkt_component_dimension_count(const bkt_item *component);
/** Such a dimension by its place; NULL where the DSD has no dimension of that id. @since 0.1 */
BKT_API const bkt_item *bkt_component_dimension_at(const bkt_item *component, uint32_t index);

#ifdef __cplusplus
}
#endif

#endif
