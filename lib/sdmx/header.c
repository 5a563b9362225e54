/* SPDX-License-Identifier: MIT */
/* The header, of all versions: which element is which fact is a table of paths. */
#include "bkti_message_parts.h"

/* How deep facts of the header nest; what is deeper is passed over. */
#define DEEPEST 4

enum target { TO_PROPERTY, TO_TRANSLATED, TO_FIELD, TO_STRUCTURE_TEXT };

/* TO_PROPERTY: the text is a property. TO_TRANSLATED: the same, English before other languages
 * (`number` is the bit that says that it was told). TO_FIELD: the text is a field of the header.
 * TO_STRUCTURE_TEXT: the text, if there is one, is a URN. */
static const struct header_fact {
    const char *path;
    int target;
    uint32_t number;
    const char *property;
} header_facts[] = {
    {"ID", TO_PROPERTY, 0, "id"},
    {"Test", TO_PROPERTY, 0, "test"},
    {"Prepared", TO_PROPERTY, 0, "prepared"},
    {"Extracted", TO_PROPERTY, 0, "extracted"},
    {"Source", TO_TRANSLATED, BKTI_DONE_SOURCE_NAME, "source_name"},
    {"Sender/Name", TO_TRANSLATED, BKTI_DONE_SENDER_NAME, "sender_name"},
    {"KeyFamilyRef", TO_FIELD, BKTI_FIELD_REFERENCE, NULL},
    {"KeyFamilyAgency", TO_FIELD, BKTI_FIELD_AGENCY, NULL},
    {"DataSetAction", TO_FIELD, BKTI_FIELD_ACTION, NULL},
    {"DataSetID", TO_FIELD, BKTI_FIELD_DATASET_ID, NULL},
    {"ReportingBegin", TO_FIELD, BKTI_FIELD_REPORTING_BEGIN, NULL},
    {"ReportingEnd", TO_FIELD, BKTI_FIELD_REPORTING_END, NULL},
    {"Structure/Structure", TO_STRUCTURE_TEXT, 0, NULL},
    {"Structure/Structure/URN", TO_STRUCTURE_TEXT, 0, NULL},
    {"Structure/StructureUsage", TO_STRUCTURE_TEXT, 0, NULL},
    {"Structure/StructureUsage/URN", TO_STRUCTURE_TEXT, 0, NULL},
};

static bkti_fields *open_structure(bkti_message *message) {
    return &message->structures[message->structure_count - 1];
}

static bkt_status memory_status(bkti_message *message, bool done) {
    return done ? BKT_OK : bkti_no_memory(message->context);
}

static bkti_span attribute_of(const bkti_xml_element *element, const char *name) {
    for (uint32_t i = 0; i < element->attribute_count; i++) {
        if (bkti_span_is(element->attributes[i].name.local, name)) {
            return element->attributes[i].value;
        }
    }
    return (bkti_span){NULL, 0};
}

static bkt_status start_structure(bkti_message *message, const bkti_xml_element *element) {
    void *structures = message->structures;
    if (!bkti_grow(message->memory, &structures, &message->structure_capacity,
                   message->structure_count + 1, sizeof *message->structures)) {
        return bkti_no_memory(message->context);
    }
    message->structures = structures;
    message->structures[message->structure_count++] = (bkti_fields){{NULL}};
    static const struct {
        const char *name;
        int field;
    } attributes[] = {
        {"structureID", BKTI_FIELD_REFERENCE},
        {"namespace", BKTI_FIELD_NAMESPACE},
        {"dimensionAtObservation", BKTI_FIELD_DIMENSION},
        {"explicitMeasures", BKTI_FIELD_EXPLICIT},
    };
    bool done = true;
    for (size_t i = 0; done && i < sizeof attributes / sizeof *attributes; i++) {
        done = bkti_fields_set(message->memory, open_structure(message), attributes[i].field,
                               attribute_of(element, attributes[i].name));
    }
    return memory_status(message, done);
}

static bkt_status set_reference(bkti_message *message, const bkti_xml_element *element, int field) {
    return memory_status(message,
                         bkti_fields_set_reference(message->memory, open_structure(message), field,
                                                   attribute_of(element, "agencyID"),
                                                   attribute_of(element, "id"),
                                                   attribute_of(element, "version")));
}

static bkt_status tell_sender(bkti_message *message, const bkti_xml_element *element) {
    return message->listener->property(message->user, "sender",
                                       bkti_span_trim(attribute_of(element, "id")));
}

/* A message may have several receivers. */
static bkt_status tell_receiver(bkti_message *message, const bkti_xml_element *element) {
    bkti_text *receivers = &message->receivers;
    if (receivers->size > 0) {
        bkti_text_append_text(receivers, "; ");
    }
    bkti_text_append_span(receivers, bkti_span_trim(attribute_of(element, "id")));
    if (receivers->failed) {
        return bkti_no_memory(message->context);
    }
    return message->listener->property(message->user, "receiver", bkti_text_span(receivers));
}

bkt_status bkti_header_start(bkti_message *message, const bkti_xml_element *element) {
    bkti_text *path = &message->header_path;
    if (message->place_count >= message->outer_count + 2 + DEEPEST) {
        return bkti_message_skip(message, element);
    }
    if (path->size > 0) {
        bkti_text_append_text(path, "/");
    }
    if (!bkti_text_append_span(path, element->name.local)) {
        return bkti_no_memory(message->context);
    }
    bkti_span language = attribute_of(element, "lang");
    message->header_english = language.size >= 2 && memcmp(language.data, "en", 2) == 0;
    const char *text = bkti_text_get(path);
    bkt_status status = BKT_OK;
    if (strcmp(text, "Structure") == 0) {
        status = start_structure(message, element);
    } else if (strcmp(text, "Structure/Structure/Ref") == 0) {
        status = set_reference(message, element, BKTI_FIELD_STRUCTURE);
    } else if (strcmp(text, "Structure/StructureUsage/Ref") == 0) {
        status = set_reference(message, element, BKTI_FIELD_DATAFLOW);
    } else if (strcmp(text, "Sender") == 0) {
        status = tell_sender(message, element);
    } else if (strcmp(text, "Receiver") == 0) {
        status = tell_receiver(message, element);
    }
    return status == BKT_OK ? bkti_message_push_text(message, BKTI_AT_HEADER_FIELD) : status;
}

static bkt_status finish_fact(bkti_message *message, const struct header_fact *fact,
                              bkti_span text) {
    if (text.size == 0) {
        return BKT_OK;
    }
    switch (fact->target) {
    case TO_TRANSLATED:
        if ((message->done & fact->number) != 0 && !message->header_english) {
            return BKT_OK;
        }
        message->done |= fact->number;
        return message->listener->property(message->user, fact->property, text);
    case TO_PROPERTY:
        return message->listener->property(message->user, fact->property, text);
    case TO_FIELD:
        return memory_status(
            message, bkti_fields_set(message->memory, &message->header, (int)fact->number, text));
    default:
        return memory_status(message,
                             bkti_fields_set_urn(message->memory, open_structure(message), text));
    }
}

/* The namespace of a structure often is its URN; what the references say goes before it. */
static bkt_status finish_structure(bkti_message *message) {
    bkti_fields *structure = open_structure(message);
    const char *uri = structure->texts[BKTI_FIELD_NAMESPACE];
    return memory_status(message,
                         bkti_fields_set_urn(message->memory, structure, bkti_span_of(uri)));
}

bkt_status bkti_header_finish(bkti_message *message) {
    if (bkti_message_at(message) == BKTI_AT_HEADER) {
        bkti_fields *header = &message->header;
        return memory_status(
            message, bkti_fields_set_reference(message->memory, header, BKTI_FIELD_STRUCTURE,
                                               bkti_span_of(header->texts[BKTI_FIELD_AGENCY]),
                                               bkti_span_of(header->texts[BKTI_FIELD_REFERENCE]),
                                               (bkti_span){NULL, 0}));
    }
    bkti_span text = bkti_message_take_text(message);
    bkti_text *path = &message->header_path;
    const char *name = bkti_text_get(path);
    bkt_status status = strcmp(name, "Structure") == 0 ? finish_structure(message) : BKT_OK;
    for (size_t i = 0; status == BKT_OK && i < sizeof header_facts / sizeof *header_facts; i++) {
        if (strcmp(name, header_facts[i].path) == 0) {
            status = finish_fact(message, &header_facts[i], text);
        }
    }
    const char *slash = strrchr(name, '/');
    path->size = slash == NULL ? 0 : (size_t)(slash - name);
    path->data[path->size] = '\0';
    return status;
}

const bkti_fields *bkti_header_structure(const bkti_message *message, const char *reference) {
    for (size_t i = 0; reference != NULL && i < message->structure_count; i++) {
        const char *id = message->structures[i].texts[BKTI_FIELD_REFERENCE];
        if (id != NULL && strcmp(id, reference) == 0) {
            return &message->structures[i];
        }
    }
    /* Servers are seen to name the one structure of a message by another id. */
    return message->structure_count == 1 ? &message->structures[0] : NULL;
}
