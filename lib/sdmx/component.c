/* SPDX-License-Identifier: MIT */
/* Values that are elements: `Comp` of 3.x, and reference metadata (`Metadata`). They may be several
 * and in several languages; all are kept, as one text:
 *
 * - several values are joined by "; ";
 * - of a text in one language that is English, or unmarked (which means English), the text alone;
 * - of any other each text with its language: "en: Trade; fr: Commerce";
 * - markup in a text is left out, and white space around it is one space. */
#include "bkti_message_parts.h"

static bkt_status memory_status(bkti_message *message, bool done) {
    return done ? BKT_OK : bkti_no_memory(message->context);
}

static bkti_span attribute_of(const bkti_xml_element *element, const char *name) {
    for (uint32_t i = 0; i < element->attribute_count; i++) {
        if (bkti_span_is(element->attributes[i].name.local, name)) {
            return bkti_span_trim(element->attributes[i].value);
        }
    }
    return (bkti_span){NULL, 0};
}

bool bkti_is_english(bkti_span language) {
    return language.size == 0 ||
           (language.size >= 2 &&
            bkti_span_equal_caseless((bkti_span){language.data, 2}, BKTI_SPAN("en")) &&
            (language.size == 2 || language.data[2] == '-'));
}

/* The texts that come next are of one value. */
static void begin_value(bkti_message *message) {
    bkti_values *values = &message->values;
    values->text_count = 0;
    values->begin = values->text.size;
}

/* Adds what came of a text; its language says nothing where the text is a plain value. */
static bkt_status add_text(bkti_message *message, bool has_language) {
    bkti_values *values = &message->values;
    bkti_span language = {bkti_text_get(&values->language), values->language.size};
    bkti_close_up(&message->text);
    if (message->text.size == 0) {
        return BKT_OK;
    }
    if (values->text.size > 0) {
        bkti_text_append_text(&values->text, "; ");
    }
    if (values->text_count == 0) {
        values->begin = values->text.size;
    }
    size_t begin = values->text.size;
    if (has_language) {
        bkti_text_append_span(&values->text, language.size > 0 ? language : BKTI_SPAN("en"));
        bkti_text_append_text(&values->text, ": ");
    }
    /* So much of it may be left out. */
    values->first_prefix = values->text_count > 0      ? values->first_prefix
                           : bkti_is_english(language) ? values->text.size - begin
                                                       : 0;
    bkti_text_append_span(&values->text, bkti_text_span(&message->text));
    bkti_text_clear(&message->text);
    values->text_count++;
    return memory_status(message, !values->text.failed);
}

/* Of one text in English the language need not be said. */
static void end_value(bkti_message *message) {
    bkti_values *values = &message->values;
    if (values->text_count == 1 && values->first_prefix > 0) {
        char *at = values->text.data + values->begin;
        values->text.size -= values->first_prefix;
        memmove(at, at + values->first_prefix, values->text.size - values->begin + 1);
    }
    values->text_count = 0;
}

static bkti_span text_of(const bkti_message *message) {
    return bkti_text_span(&message->values.text);
}

static bkt_status start_text(bkti_message *message, const bkti_xml_element *element) {
    bkti_text *language = &message->values.language;
    bkti_text_clear(language);
    bool done = bkti_text_append_span(language, attribute_of(element, "lang"));
    return done ? bkti_message_push_text(message, BKTI_AT_COMP_TEXT)
                : bkti_no_memory(message->context);
}

/* An element of markup: words stay apart. */
static bkt_status start_markup(bkti_message *message, const bkti_xml_element *element) {
    if (!bkti_text_append_text(&message->text, " ")) {
        return bkti_no_memory(message->context);
    }
    return message->place_count == BKTI_PLACE_LIMIT ? bkti_message_skip(message, element)
                                                    : bkti_message_push(message, BKTI_AT_MARKUP);
}

static bkt_status fail_without_id(bkti_message *message, const bkti_xml_element *element) {
    bkti_place place;
    bkti_message_place(message, &place);
    return bkti_fail(message->context, BKT_ERR_LAYOUT, &place,
                     "a <%.*s> without the attribute id: what it is the value of can't be told",
                     (int)element->name.local.size, element->name.local.data);
}

bkt_status bkti_component_start(bkti_message *message, const bkti_xml_element *element) {
    bkti_span id = {NULL, 0};
    for (uint32_t i = 0; i < element->attribute_count; i++) {
        const bkti_xml_attribute *attribute = &element->attributes[i];
        if (attribute->name.uri == NULL && bkti_span_is(attribute->name.local, "id")) {
            id = bkti_span_trim(attribute->value);
        }
    }
    if (id.size == 0) {
        return fail_without_id(message, element);
    }
    message->values.id = bkti_message_id(message, id);
    bkti_text_clear(&message->values.text);
    return message->values.id.size == 0 ? bkti_no_memory(message->context)
                                        : bkti_message_push(message, BKTI_AT_COMP);
}

bkt_status bkti_metadata_start(bkti_message *message) {
    bkti_text_clear(&message->values.text);
    bkti_text_clear(&message->metadata_path);
    bkti_fact_list_clear(&message->metadata);
    return bkti_message_push(message, BKTI_AT_METADATA);
}

/* What came of an attribute before the attributes in it, or before its end. */
static bkt_status keep_metadata(bkti_message *message) {
    end_value(message);
    bkti_text *path = &message->metadata_path;
    bkti_span value = text_of(message);
    if (value.size == 0) {
        return BKT_OK;
    }
    bkti_span id = bkti_message_id(message, bkti_text_span(path));
    bool done = id.size > 0 && bkti_fact_list_add(&message->metadata, id, value);
    bkti_text_clear(&message->values.text);
    return memory_status(message, done);
}

/* Nested attributes are known by their path, as in SDMX-CSV: "CONTACT.NAME". */
static bkt_status start_metadata_attribute(bkti_message *message, const bkti_xml_element *element) {
    bkti_span id = attribute_of(element, "id");
    bkti_text *path = &message->metadata_path;
    if (id.size == 0) {
        return fail_without_id(message, element);
    }
    if (message->place_count + 2 >= BKTI_PLACE_LIMIT) {
        return bkti_message_unexpected(message, element, BKTI_NAME_OTHER);
    }
    bkt_status status = keep_metadata(message);
    if (status != BKT_OK) {
        return status;
    }
    bkti_text_append_text(path, path->size > 0 ? "." : "");
    if (!bkti_text_append_span(path, id)) {
        return bkti_no_memory(message->context);
    }
    begin_value(message);
    return bkti_message_push(message, BKTI_AT_METADATA_ATTRIBUTE);
}

static bkt_status finish_metadata_attribute(bkti_message *message) {
    bkt_status status = keep_metadata(message);
    bkti_text *path = &message->metadata_path;
    while (path->size > 0 && path->data[--path->size] != '.') {
    }
    path->data[path->size] = '\0';
    return status;
}

bkt_status bkti_component_inside(bkti_message *message, const bkti_xml_element *element, int name) {
    bool is_text = bkti_span_is(element->name.local, "Text") ||
                   bkti_span_is(element->name.local, "StructuredText");
    switch (bkti_message_at(message)) {
    case BKTI_AT_COMP:
        if (name == BKTI_NAME_VALUE) {
            begin_value(message);
            bkti_text_clear(&message->values.language);
            return bkti_message_push_text(message, BKTI_AT_COMP_VALUE);
        }
        return bkti_message_unexpected(message, element, name);
    case BKTI_AT_METADATA:
    case BKTI_AT_METADATA_ATTRIBUTE:
        if (bkti_span_is(element->name.local, "Attribute")) {
            return start_metadata_attribute(message, element);
        }
        if (bkti_message_at(message) == BKTI_AT_METADATA || (!is_text && name != BKTI_NAME_VALUE)) {
            return bkti_message_unexpected(message, element, name);
        }
        if (is_text) {
            return start_text(message, element);
        }
        bkti_text_clear(&message->values.language);
        return bkti_message_push_text(message, BKTI_AT_COMP_VALUE);
    case BKTI_AT_COMP_VALUE: {
        bkt_status status = is_text ? add_text(message, false) : BKT_OK;
        return status != BKT_OK ? status
               : is_text        ? start_text(message, element)
                                : start_markup(message, element);
    }
    default:
        return start_markup(message, element);
    }
}

/* Facts of an element that comes before what it belongs to is told wait for that. */
static bkt_status tell(bkti_message *message, const bkti_fact *facts, uint32_t count) {
    bkt_status status = BKT_OK;
    switch (message->places[message->place_count - 2]) {
    case BKTI_AT_SERIES:
        return message->listener->series_attributes(message->user, facts, count);
    case BKTI_AT_OBS:
        return message->listener->observation_attributes(message->user, facts, count);
    case BKTI_AT_DATASET:
        status = bkti_message_tell_dataset(message);
        return status == BKT_OK ? message->listener->dataset_attributes(message->user, facts, count)
                                : status;
    default:
        for (uint32_t i = 0; status == BKT_OK && i < count; i++) {
            status = memory_status(
                message, bkti_fact_list_add(&message->attributes, facts[i].id, facts[i].value));
        }
        return status;
    }
}

/* Attributes of one id are one fact. */
static bkt_status tell_metadata(bkti_message *message) {
    bkti_fact_list *list = &message->metadata;
    bkt_status status = BKT_OK;
    for (size_t i = 0; status == BKT_OK && i < list->count; i++) {
        bkti_span id = list->items[i].id;
        bool is_first = true;
        for (size_t k = 0; k < i; k++) {
            is_first = is_first && list->items[k].id.data != id.data;
        }
        bkti_text *text = &message->values.text;
        bkti_text_clear(text);
        const bkti_fact *facts = bkti_fact_list_get(list);
        for (size_t k = i; is_first && k < list->count; k++) {
            if (facts[k].id.data == id.data) {
                bkti_text_append_text(text, text->size > 0 ? "; " : "");
                bkti_text_append_span(text, facts[k].value);
            }
        }
        bkti_fact fact = {.id = id, .value = text_of(message)};
        status = text->failed ? bkti_no_memory(message->context)
                 : is_first   ? tell(message, &fact, 1)
                              : BKT_OK;
    }
    return status;
}

bkt_status bkti_component_finish(bkti_message *message) {
    bkt_status status = BKT_OK;
    switch (bkti_message_at(message)) {
    case BKTI_AT_COMP: {
        bkti_fact fact = {.id = message->values.id, .value = text_of(message)};
        return tell(message, &fact, 1);
    }
    case BKTI_AT_COMP_TEXT:
        status = add_text(message, true);
        if (message->places[message->place_count - 2] != BKTI_AT_COMP_VALUE) {
            bkti_xml_want_text(message->xml, false);
        }
        return status;
    case BKTI_AT_COMP_VALUE:
        status = add_text(message, false);
        bkti_xml_want_text(message->xml, false);
        end_value(message);
        return status;
    case BKTI_AT_METADATA_ATTRIBUTE:
        return finish_metadata_attribute(message);
    case BKTI_AT_METADATA:
        return tell_metadata(message);
    case BKTI_AT_MARKUP:
        return memory_status(message, bkti_text_append_text(&message->text, " "));
    default:
        return BKT_OK;
    }
}
