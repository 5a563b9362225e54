/* SPDX-License-Identifier: MIT */
/* Attributes of elements as properties of items. Each is kept by its name; those by which 1.0 and
 * 2.0 refer to other artefacts become the references that 2.1 and 3.0 have as elements. */
#include <string.h>

#include "bkti_structure_message.h"

static const bkti_element to_concept = {
    0, BKTI_ACTION_REFERENCE, BKT_ITEM_CONCEPT, BKTI_SCOPE_URN, "ConceptIdentity", NULL};
static const bkti_element to_code_list = {
    0, BKTI_ACTION_REFERENCE, BKT_ITEM_CODE_LIST, BKTI_SCOPE_URN, "Enumeration", NULL};
static const bkti_element to_parent_code = {
    0, BKTI_ACTION_REFERENCE, BKT_ITEM_CODE, BKTI_SCOPE_SIBLING, "Parent", NULL};
static const bkti_element to_parent_concept = {
    0, BKTI_ACTION_REFERENCE, BKT_ITEM_CONCEPT, BKTI_SCOPE_SIBLING, "Parent", NULL};

/* Attributes that together are a reference: which part of it each is. */
static const struct part {
    uint8_t kind; /* of the item; BKT_ITEM_ANY: a component */
    const char *attribute;
    const bkti_element *reference;
    size_t part;
} parts_by_attribute[] = {
    {BKT_ITEM_ANY, "concept", &to_concept, offsetof(bkti_reference_parts, id)},
    {BKT_ITEM_ANY, "conceptRef", &to_concept, offsetof(bkti_reference_parts, id)},
    {BKT_ITEM_ANY, "conceptSchemeRef", &to_concept, offsetof(bkti_reference_parts, scheme)},
    {BKT_ITEM_ANY, "conceptAgency", &to_concept, offsetof(bkti_reference_parts, agency)},
    {BKT_ITEM_ANY, "conceptSchemeAgency", &to_concept, offsetof(bkti_reference_parts, agency)},
    {BKT_ITEM_ANY, "conceptVersion", &to_concept, offsetof(bkti_reference_parts, version)},
    {BKT_ITEM_ANY, "conceptSchemeVersion", &to_concept, offsetof(bkti_reference_parts, version)},
    {BKT_ITEM_ANY, "codelist", &to_code_list, offsetof(bkti_reference_parts, id)},
    {BKT_ITEM_ANY, "codelistAgency", &to_code_list, offsetof(bkti_reference_parts, agency)},
    {BKT_ITEM_ANY, "codelistVersion", &to_code_list, offsetof(bkti_reference_parts, version)},
    {BKT_ITEM_CONCEPT, "coreRepresentation", &to_code_list, offsetof(bkti_reference_parts, id)},
    {BKT_ITEM_CONCEPT, "coreRepresentationAgency", &to_code_list,
     offsetof(bkti_reference_parts, agency)},
    {BKT_ITEM_CONCEPT, "coreRepresentationVersion", &to_code_list,
     offsetof(bkti_reference_parts, version)},
    {BKT_ITEM_CONCEPT, "parent", &to_parent_concept, offsetof(bkti_reference_parts, id)},
    {BKT_ITEM_CODE, "parentCode", &to_parent_code, offsetof(bkti_reference_parts, id)},
};

static const struct part *part_of(int kind, bkti_span attribute) {
    bool is_component = kind == BKT_ITEM_DIMENSION || kind == BKT_ITEM_MEASURE ||
                        kind == BKT_ITEM_ATTRIBUTE || kind == BKT_ITEM_METADATA_ATTRIBUTE;
    for (size_t i = 0; i < sizeof parts_by_attribute / sizeof *parts_by_attribute; i++) {
        const struct part *part = &parts_by_attribute[i];
        if ((part->kind == kind || (part->kind == BKT_ITEM_ANY && is_component)) &&
            bkti_span_is(attribute, part->attribute)) {
            return part;
        }
    }
    return NULL;
}

/* Names under which the same is kept for all versions. */
static bkti_span usual_name(int kind, bkti_span name) {
    static const struct {
        int kind; /* BKT_ITEM_ANY: of whatever kind */
        const char *name;
        const char *usual;
    } usual[] = {
        {BKT_ITEM_ANY, "agency", "agencyID"},        {BKT_ITEM_ANY, "TextType", "textType"},
        {BKT_ITEM_ANY, "length", "maxLength"},       {BKT_ITEM_MAPPING, "source", "SourceValue"},
        {BKT_ITEM_MAPPING, "target", "TargetValue"},
    };
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
        if ((usual[i].kind == BKT_ITEM_ANY || usual[i].kind == kind) &&
            bkti_span_is(name, usual[i].name)) {
            return bkti_span_of(usual[i].usual);
        }
    }
    return name;
}

/* What is not kept: the id, which the item has, and URNs of parts, which follow from it. */
static bool is_kept(const bkti_structure_message *message, uint32_t item,
                    const bkti_element *meaning, const bkti_xml_attribute *attribute) {
    bkti_span name = attribute->name.local;
    bool is_item = meaning->action == BKTI_ACTION_ITEM || meaning->action == BKTI_ACTION_COMPONENT;
    if (attribute->name.uri != NULL) {
        return false; /* xsi:type, xml:lang */
    }
    if (is_item && bkti_span_is(name, "id")) {
        return false;
    }
    if (bkti_is_called_by_value(meaning->kind) && bkti_span_is(name, "value")) {
        return false;
    }
    return !bkti_span_is(name, "urn") || message->structure->items[item].parent == 0 ||
           meaning->kind == BKT_ITEM_LINK; /* its urn is that of something else */
}

static bkt_status keep(bkti_structure_message *message, uint32_t item,
                       const bkti_xml_attribute *attribute) {
    int kind = message->structure->items[item].kind;
    uint16_t name =
        bkti_structure_name(message->structure, usual_name(kind, attribute->name.local));
    bkti_property *property = name == 0
                                  ? NULL
                                  : bkti_structure_add_property(message->structure, item, name,
                                                                bkti_span_trim(attribute->value));
    if (property != NULL && name == BKTI_PROPERTY_AGENCY &&
        message->structure->items[item].parent == 0) {
        message->agency = property->text;
    }
    return property == NULL ? bkti_structure_message_no_room(message) : BKT_OK;
}

/* All attributes that belong to one reference. */
static bkt_status keep_reference(bkti_structure_message *message, uint32_t item, int kind,
                                 const bkti_element *reference, const bkti_xml_element *element) {
    bkti_reference_parts_clear(&message->parts);
    for (uint32_t i = 0; i < element->attribute_count; i++) {
        const struct part *part = part_of(kind, element->attributes[i].name.local);
        if (part != NULL && part->reference == reference) {
            bkti_text *text = (bkti_text *)(void *)((char *)&message->parts + part->part);
            bkti_text_clear(text);
            bkti_text_append_span(text, element->attributes[i].value);
        }
    }
    return bkti_reference_parts_keep(message, item, reference);
}

bkt_status bkti_structure_take_attributes(bkti_structure_message *message,
                                          const bkti_element *meaning, uint32_t item,
                                          const bkti_xml_element *element) {
    int kind = message->structure->items[item].kind;
    bool is_item = meaning->action == BKTI_ACTION_ITEM || meaning->action == BKTI_ACTION_COMPONENT;
    const bkti_element *done[3] = {NULL, NULL, NULL};
    size_t done_count = 0;
    bkt_status status = BKT_OK;
    for (uint32_t i = 0; status == BKT_OK && i < element->attribute_count; i++) {
        const bkti_xml_attribute *attribute = &element->attributes[i];
        const struct part *part = is_item ? part_of(kind, attribute->name.local) : NULL;
        if (part == NULL) {
            status = is_kept(message, item, meaning, attribute) ? keep(message, item, attribute)
                                                                : BKT_OK;
            continue;
        }
        bool is_done = false;
        for (size_t k = 0; k < done_count; k++) {
            is_done = is_done || done[k] == part->reference;
        }
        if (!is_done) {
            done[done_count++] = part->reference;
            status = keep_reference(message, item, kind, part->reference, element);
        }
    }
    return status;
}
