/* SPDX-License-Identifier: MIT */
/* References as messages write them: a URN (3.0), a Ref with attributes (2.1), elements for each
 * part (2.0), attributes of a component (1.0, 2.0), or an id within the same artefact. All of them
 * become a URN, or stay an id. */
#include <string.h>

#include "bkti_structure_message.h"

static bkti_span span_of(const bkti_text *text) {
    return bkti_span_trim(bkti_text_span(text));
}

void bkti_reference_parts_init(bkti_reference_parts *parts, bkti_memory *memory) {
    bkti_text *texts[] = {&parts->urn,    &parts->class_name, &parts->agency,
                          &parts->scheme, &parts->id,         &parts->version};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        bkti_text_init(texts[i], memory);
    }
}

void bkti_reference_parts_free(bkti_reference_parts *parts) {
    bkti_text *texts[] = {&parts->urn,    &parts->class_name, &parts->agency,
                          &parts->scheme, &parts->id,         &parts->version};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        bkti_text_free(texts[i]);
    }
}

void bkti_reference_parts_clear(bkti_reference_parts *parts) {
    bkti_text *texts[] = {&parts->urn,    &parts->class_name, &parts->agency,
                          &parts->scheme, &parts->id,         &parts->version};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        bkti_text_clear(texts[i]);
    }
}

void bkti_reference_parts_take_ref(bkti_reference_parts *parts, const bkti_xml_element *element) {
    bkti_span id = {NULL, 0};
    bkti_span scheme_version = {NULL, 0};
    for (uint32_t i = 0; i < element->attribute_count; i++) {
        bkti_span name = element->attributes[i].name.local;
        bkti_span value = bkti_span_trim(element->attributes[i].value);
        if (bkti_span_is(name, "id")) {
            id = value;
        } else if (bkti_span_is(name, "maintainableParentID")) {
            bkti_text_append_span(&parts->scheme, value);
        } else if (bkti_span_is(name, "maintainableParentVersion")) {
            scheme_version = value;
        } else if (bkti_span_is(name, "agencyID")) {
            bkti_text_append_span(&parts->agency, value);
        } else if (bkti_span_is(name, "version")) {
            bkti_text_append_span(&parts->version, value);
        } else if (bkti_span_is(name, "class")) {
            bkti_text_append_span(&parts->class_name, value);
        }
    }
    if (parts->scheme.size > 0) {
        bkti_text_clear(&parts->version);
        bkti_text_append_span(&parts->version, scheme_version);
    }
    bkti_text_append_span(&parts->id, id);
}

static bool ends_with(bkti_span name, const char *end) {
    size_t size = strlen(end);
    return name.size >= size && memcmp(name.data + name.size - size, end, size) == 0;
}

bkti_text *bkti_reference_parts_of(bkti_reference_parts *parts, bkti_span name) {
    return bkti_span_is(name, "URN")     ? &parts->urn
           : ends_with(name, "AgencyID") ? &parts->agency
           : ends_with(name, "Version")  ? &parts->version
           : ends_with(name, "SchemeID") ? &parts->scheme
           : ends_with(name, "ID")       ? &parts->id
                                         : NULL;
}

/* The URN of what was gathered part by part, as far as it is said. */
static void make_urn(bkti_structure_message *message, bkti_span class_name) {
    bkti_reference_parts *parts = &message->parts;
    bkti_text *urn = &parts->urn;
    bkti_span scheme = span_of(&parts->scheme);
    bkti_span id = span_of(&parts->id);
    bkti_span agency = span_of(&parts->agency);
    bkti_span version = span_of(&parts->version);
    bkti_span artefact = scheme.size > 0 ? scheme : id;
    /* Left out, it is that of the artefact at hand. */
    agency = agency.size > 0 ? agency : bkti_span_of(message->agency);
    bkti_text_clear(urn);
    bkti_text_append_text(urn, "urn:sdmx:org.sdmx.infomodel.");
    bkti_text_append_text(urn, bkti_urn_package(class_name));
    bkti_text_append_text(urn, ".");
    bkti_text_append_span(urn, class_name);
    bkti_text_append_text(urn, "=");
    bkti_text_append_span(urn, agency);
    bkti_text_append_text(urn, ":");
    bkti_text_append_span(urn, artefact);
    /* 2.1: an artefact without a version has 1.0 (SDMXCommonReferences.xsd). */
    bkti_text_append_text(urn, "(");
    bkti_text_append_span(urn, version.size > 0         ? version
                               : message->version >= 21 ? BKTI_SPAN("1.0")
                                                        : BKTI_SPAN("*"));
    bkti_text_append_text(urn, ")");
    if (scheme.size > 0 && id.size > 0) {
        bkti_text_append_text(urn, ".");
        bkti_text_append_span(urn, id);
    }
}

bkt_status bkti_reference_parts_keep(bkti_structure_message *message, uint32_t item,
                                     const bkti_element *meaning) {
    bkti_reference_parts *parts = &message->parts;
    bkti_span class_name = span_of(&parts->class_name);
    int kind = bkti_vocabulary_kind(class_name);
    kind = kind == BKT_ITEM_ANY ? meaning->kind : kind;
    bkti_span text = span_of(&parts->urn);
    bkti_urn urn = {0};
    if (text.size > 0 && bkti_urn_parse(text, &urn) && urn.class_name.size > 0) {
        int of_urn = bkti_vocabulary_kind(urn.class_name);
        kind = of_urn == BKT_ITEM_ANY ? kind : of_urn;
        /* Within one artefact the id is enough. */
        text = meaning->scope == BKTI_SCOPE_URN || urn.part.size == 0 ? text : urn.part;
    } else if (meaning->scope != BKTI_SCOPE_URN) {
        text = span_of(&parts->id).size > 0 ? span_of(&parts->id) : text;
    } else if (parts->id.size > 0 || parts->scheme.size > 0) {
        class_name = class_name.size > 0 ? class_name : bkti_span_of(bkt_item_kind_text(kind));
        make_urn(message, class_name);
        text = span_of(&parts->urn);
    }
    bkti_text *texts[] = {&parts->urn,    &parts->class_name, &parts->agency,
                          &parts->scheme, &parts->id,         &parts->version};
    bool failed = false;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        failed = failed || texts[i]->failed;
    }
    if (failed) {
        return bkti_no_memory(message->context);
    }
    if (text.size == 0) {
        return BKT_OK;
    }
    const char *as = meaning->property != NULL ? meaning->property : meaning->name;
    uint16_t name = bkti_structure_name(message->structure, bkti_span_of(as));
    bkti_property *property =
        name == 0 ? NULL : bkti_structure_add_property(message->structure, item, name, text);
    if (property == NULL) {
        return bkti_structure_message_no_room(message);
    }
    property->scope = meaning->scope;
    property->kind = (uint8_t)kind;
    return BKT_OK;
}
