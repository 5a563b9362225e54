/* SPDX-License-Identifier: MIT */
/* The stack of places and what is common to all messages. */
#include "bkti_csv_message.h"
#include "bkti_json_message.h"

#include <stdarg.h>
#include <stdio.h>

/* Local names, in the order of bkti_name. */
static const char *const name_texts[] = {
    "",
    "Header",
    "DataSet",
    "Footer",
    "ErrorMessage",
    "Series",
    "Obs",
    "Group",
    "Atts",
    "Comp",
    "Value",
    "SeriesKey",
    "ObsKey",
    "GroupKey",
    "Attributes",
    "ObsValue",
    "ObsDimension",
    "Time",
    "KeyFamilyRef",
    "Annotations",
    "DataProvider",
    "Metadata",
    "Section",
    "Key",
};

static int look_up_name(bkti_span local) {
    for (int i = 1; i < (int)(sizeof name_texts / sizeof *name_texts); i++) {
        if (bkti_span_is(local, name_texts[i])) {
            return i;
        }
    }
    return BKTI_NAME_OTHER;
}

const char *bkti_message_name_text(int name) {
    return name_texts[name];
}

/* The scanner's names are interned, so a pointer seen before needs no comparison of texts. */
int bkti_message_name(bkti_message *message, bkti_span local) {
    size_t slot = ((uintptr_t)local.data >> 3) & (BKTI_NAME_CACHE - 1);
    if (message->name_cache[slot].pointer != local.data) {
        message->name_cache[slot].pointer = local.data;
        message->name_cache[slot].name = look_up_name(local);
    }
    return message->name_cache[slot].name;
}

bkt_status bkti_message_push(bkti_message *message, int place) {
    if (message->place_count == BKTI_PLACE_LIMIT) {
        return bkti_fail(message->context, BKT_ERR_INTERNAL, NULL,
                         "the message's elements nest deeper than SDMX has them");
    }
    message->places[message->place_count++] = (uint8_t)place;
    return BKT_OK;
}

bkt_status bkti_message_skip(bkti_message *message, const bkti_xml_element *element) {
    message->skip_depth = element->depth;
    return BKT_OK;
}

bkt_status bkti_message_push_text(bkti_message *message, int place) {
    bkti_text_clear(&message->text);
    message->joined = 0;
    bkti_xml_want_text(message->xml, true);
    return bkti_message_push(message, place);
}

bkti_span bkti_message_take_text(bkti_message *message) {
    bkti_xml_want_text(message->xml, false);
    return bkti_span_trim(bkti_text_span(&message->text));
}

bkt_status bkti_message_join_text(bkti_message *message) {
    bkti_text *text = &message->text;
    bkti_span trimmed = bkti_span_trim(bkti_text_span(text));
    if (trimmed.size == 0) {
        bkti_text_clear(text);
        return BKT_OK;
    }
    text->size = (size_t)(trimmed.data - text->data) + trimmed.size;
    /* No more than white space came since the last time: an element around this one. */
    bool joined = text->size + 1 == message->joined;
    if (!bkti_text_append_text(text, joined ? " " : "; ")) {
        return bkti_no_memory(message->context);
    }
    message->joined = text->size;
    return BKT_OK;
}

bool bkti_message_make_room(bkti_message *message, size_t count) {
    void *told = message->told;
    bool grown =
        count <= message->told_capacity ||
        bkti_grow(message->memory, &told, &message->told_capacity, count, sizeof *message->told);
    message->told = told;
    return grown;
}

bkti_span bkti_message_id(bkti_message *message, bkti_span text) {
    int32_t code = text.size == 0 ? -1 : bkti_dictionary_add(message->ids, text);
    return code < 0 ? (bkti_span){NULL, 0} : bkti_dictionary_span(message->ids, code);
}

bkt_status bkti_message_unexpected(bkti_message *message, const bkti_xml_element *element,
                                   int name) {
    static const char *const places[] = {
        [BKTI_AT_ROOT] = "the root element",
        [BKTI_AT_FOOTER] = "the footer",
        [BKTI_AT_DATASET] = "a DataSet",
        [BKTI_AT_GROUP] = "a Group",
        [BKTI_AT_SERIES] = "a Series",
        [BKTI_AT_SECTION] = "a Section",
        [BKTI_AT_OBS] = "an Obs",
        [BKTI_AT_KEY] = "a key",
        [BKTI_AT_ATTRIBUTES] = "Attributes",
        [BKTI_AT_COMP] = "a Comp",
        [BKTI_AT_METADATA] = "Metadata",
        [BKTI_AT_METADATA_ATTRIBUTE] = "an Attribute of Metadata",
    };
    int at = bkti_message_at(message);
    bool known = (size_t)at < sizeof places / sizeof *places && places[at] != NULL;
    const char *inside = known ? places[at] : "an element that holds none";
    bkti_place place;
    bkti_message_place(message, &place);
    int size = (int)element->name.local.size;
    const char *text = element->name.local.data;
    if (name == BKTI_NAME_ANNOTATIONS) {
        return bkti_message_skip(message, element);
    }
    if (name != BKTI_NAME_OTHER) {
        return bkti_fail(message->context, BKT_ERR_LAYOUT, &place,
                         "the element <%.*s> stands in %s, where an SDMX-ML %d.%d message of this "
                         "kind does not have it",
                         size, text, inside, (int)message->version / 10,
                         (int)message->version % 10);
    }
    const char *uri = element->name.uri;
    if (uri == NULL || uri == message->data_uri || bkti_is_sdmx_uri(uri)) {
        bkti_tell(message->context, BKT_SEVERITY_WARNING, BKT_ERR_LAYOUT, &place,
                  "the element <%.*s> in %s is not known here and was passed over with all in it",
                  size, text, inside);
    }
    return bkti_message_skip(message, element);
}

bkt_status bkti_message_refuse(bkti_message *message, bkt_status status, const char *format, ...) {
    char sentence[600];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    bkti_place place;
    bkti_message_place(message, &place);
    if (message->listener->pass_over(message->user, status, &place, sentence)) {
        return BKT_END;
    }
    return bkti_fail(message->context, status, &place, "%s", sentence);
}

static bkt_status child_of_root(bkti_message *message, const bkti_xml_element *element, int name) {
    switch (name) {
    case BKTI_NAME_HEADER:
        bkti_text_clear(&message->header_path);
        return bkti_message_push(message, BKTI_AT_HEADER);
    case BKTI_NAME_DATASET:
        return bkti_dataset_start(message, element);
    case BKTI_NAME_FOOTER:
        return bkti_message_push(message, BKTI_AT_FOOTER);
    case BKTI_NAME_ERROR_MESSAGE:
        return bkti_footer_start(message, element, name);
    default:
        return bkti_message_unexpected(message, element, name);
    }
}

static bkt_status on_start(void *user, const bkti_xml_element *element) {
    bkti_message *message = user;
    if (message->skip_depth != 0) {
        return BKT_OK;
    }
    if (element->shape != 0 && element->shape == message->plan.shape &&
        element->attributes == message->plan.attributes &&
        message->place_count == message->plan.place_count) {
        message->places[message->place_count++] = BKTI_AT_OBS;
        message->observation_count++;
        bkti_xml_repeat(message->xml, 0, element->attribute_count);
        return bkti_layout_planned(message);
    }
    int name = bkti_message_name(message, element->name.local);
    switch (bkti_message_at(message)) {
    case BKTI_AT_DOCUMENT:
        return bkti_root_start(message, element);
    case BKTI_AT_ENVELOPE:
        return bkti_envelope_start(message, element);
    case BKTI_AT_ROOT:
        return child_of_root(message, element, name);
    case BKTI_AT_HEADER:
    case BKTI_AT_HEADER_FIELD:
        return bkti_header_start(message, element);
    case BKTI_AT_FOOTER:
        return bkti_footer_start(message, element, name);
    case BKTI_AT_FOOTER_MESSAGE:
    case BKTI_AT_FOOTER_TEXT:
        return bkti_footer_text_start(message, element);
    case BKTI_AT_LEAF:
    case BKTI_AT_TEXT:
        return bkti_message_skip(message, element);
    default:
        return message->dialect->start(message, element, name);
    }
}

static bkt_status finish_place(bkti_message *message) {
    switch (bkti_message_at(message)) {
    case BKTI_AT_ROOT:
        return BKT_OK;
    case BKTI_AT_ENVELOPE:
        return bkti_envelope_finish(message);
    case BKTI_AT_HEADER:
    case BKTI_AT_HEADER_FIELD:
        return bkti_header_finish(message);
    case BKTI_AT_FOOTER:
    case BKTI_AT_FOOTER_MESSAGE:
    case BKTI_AT_FOOTER_TEXT:
        return bkti_footer_finish(message);
    case BKTI_AT_DATASET:
        return bkti_dataset_finish(message);
    default:
        return message->dialect->finish(message);
    }
}

static bkt_status on_finish(void *user, const bkti_xml_name *name, uint32_t depth) {
    (void)name;
    bkti_message *message = user;
    if (message->skip_depth != 0) {
        message->skip_depth = depth == message->skip_depth ? 0 : message->skip_depth;
        return BKT_OK;
    }
    if (bkti_message_at(message) == BKTI_AT_OBS && message->dialect->is_told_at_start) {
        message->place_count--;
        return BKT_OK;
    }
    bkt_status status = finish_place(message);
    message->place_count -= message->place_count > 0;
    return status;
}

static bkt_status on_text(void *user, bkti_span text) {
    bkti_message *message = user;
    if (message->skip_depth != 0 || bkti_text_append_span(&message->text, text)) {
        return BKT_OK;
    }
    return bkti_no_memory(message->context);
}

static const bkti_xml_handler handler = {on_start, on_finish, on_text, bkti_layout_again};

bkt_status bkti_message_new(bkt_context *context, const bkti_source *source, int32_t scanner,
                            const bkti_message_listener *listener, void *user,
                            bkti_message **out_message) {
    *out_message = NULL;
    bkti_memory *memory = bkti_context_memory(context);
    bkti_message *message = bkti_allocate_zeroed(memory, 1, sizeof *message);
    if (message == NULL) {
        return bkti_no_memory(context);
    }
    message->context = context;
    message->memory = bkti_memory_hold(memory);
    message->source = source;
    message->listener = listener;
    message->user = user;
    bkti_text *texts[] = {&message->text,         &message->code,
                          &message->severity,     &message->header_path,
                          &message->receivers,    &message->values.text,
                          &message->errors,       &message->values.language,
                          &message->metadata_path};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        bkti_text_init(texts[i], memory);
    }
    bkti_fact_list_init(&message->keys, memory);
    bkti_fact_list_init(&message->attributes, memory);
    bkti_fact_list_init(&message->own, memory);
    bkti_fact_list_init(&message->shared, memory);
    bkti_fact_list_init(&message->metadata, memory);
    message->ids = bkti_dictionary_new(memory);
    bkt_status status = message->ids == NULL ? bkti_no_memory(context)
                                             : bkti_xml_new(context, source, scanner, &handler,
                                                            message, &message->xml);
    if (status != BKT_OK) {
        bkti_message_free(message);
        return status;
    }
    *out_message = message;
    return BKT_OK;
}

void bkti_message_set_encoding(bkti_message *message, const char *name) {
    message->csv_encoding = name;
}

void bkti_message_free(bkti_message *message) {
    if (message == NULL) {
        return;
    }
    bkti_memory *memory = message->memory;
    bkti_xml_free(message->xml);
    bkti_csv_message_free(message->csv);
    bkti_json_message_free(message->json);
    bkti_text *texts[] = {&message->text,         &message->code,
                          &message->severity,     &message->header_path,
                          &message->receivers,    &message->values.text,
                          &message->errors,       &message->values.language,
                          &message->metadata_path};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        bkti_text_free(texts[i]);
    }
    bkti_fields_clear(memory, &message->header);
    bkti_fields_clear(memory, &message->dataset);
    for (size_t i = 0; i < message->structure_count; i++) {
        bkti_fields_clear(memory, &message->structures[i]);
    }
    bkti_release(memory, message->structures);
    bkti_release(memory, message->told);
    bkti_fact_list_free(&message->keys);
    bkti_fact_list_free(&message->attributes);
    bkti_fact_list_free(&message->own);
    bkti_fact_list_free(&message->shared);
    bkti_fact_list_free(&message->metadata);
    bkti_dictionary_drop(message->ids);
    bkti_release(memory, message);
    bkti_memory_drop(memory);
}

bkt_status bkti_message_block(bkti_message *message, bkti_span block, bool last) {
    if (message->status != BKT_OK) {
        return message->status;
    }
    if (!message->sniffed && block.size > 0) {
        message->sniffed = true;
        message->status = bkti_root_sniff(message, block);
    }
    if (message->status == BKT_OK) {
        message->status = message->csv != NULL ? bkti_csv_message_block(message->csv, block, last)
                          : message->json != NULL
                              ? bkti_json_message_block(message->json, block, last)
                              : bkti_xml_block(message->xml, block, last);
    }
    return message->status;
}

int32_t bkti_message_kind(const bkti_message *message) {
    return message->kind;
}

bool bkti_message_has_late_facts(const bkti_message *message) {
    return message->dialect == &bkti_dialect_structure_specific && message->version >= 30;
}

bool bkti_message_has_measures(const bkti_message *message) {
    return message->version >= 30 || (message->csv != NULL && message->version == 20);
}

uint64_t bkti_message_observation_count(const bkti_message *message) {
    return message->observation_count;
}

uint64_t bkti_message_series_count(const bkti_message *message) {
    return message->series_count;
}

uint64_t bkti_message_group_count(const bkti_message *message) {
    return message->group_count;
}

void bkti_message_place(const bkti_message *message, bkti_place *out_place) {
    *out_place = message->fact_place;
    if (message->csv != NULL) {
        bkti_csv_message_place(message->csv, out_place);
    } else if (message->json != NULL) {
        bkti_json_message_place(message->json, out_place);
    } else if (message->plan.is_running && message->plan.is_generic) {
        bkti_generic_place(message, out_place);
    } else if (out_place->line == 0) {
        bkti_xml_place(message->xml, out_place);
    }
    out_place->dataset = message->dataset_count;
}

uint64_t bkti_message_line(const bkti_message *message) {
    if (message->csv != NULL) {
        bkti_place place;
        bkti_csv_message_row_place(message->csv, &place);
        return place.line;
    }
    bool is_running = message->plan.is_running && message->plan.is_generic;
    return !is_running && message->fact_place.line != 0 ? message->begin_line
                                                        : bkti_xml_line(message->xml);
}

bool bkti_message_is_between(const bkti_message *message) {
    return message->status == BKT_OK && message->skip_depth == 0 &&
           bkti_message_at(message) == BKTI_AT_DATASET && message->dataset_told &&
           !message->dimension_open && bkti_xml_is_between(message->xml);
}

uint64_t bkti_message_lines_before(const bkti_message *message) {
    return bkti_xml_line(message->xml) - 1;
}

void bkti_message_jump(bkti_message *message, uint64_t offset) {
    message->observation_count = 0;
    message->series_count = 0;
    bkti_xml_jump(message->xml, offset);
}

bool bkti_message_can_follow(const bkti_message *message, const bkti_message *other) {
    return bkti_xml_can_follow(message->xml, other->xml);
}

bool bkti_message_follow(bkti_message *message, const bkti_message *other) {
    message->observation_count += other->observation_count;
    message->series_count += other->series_count;
    return bkti_xml_follow(message->xml, other->xml);
}

const char *bkti_message_find_child(bool flat, const char *from, const char *end) {
    return bkti_xml_find_start(from, end,
                               bkti_message_name_text(flat ? BKTI_NAME_OBS : BKTI_NAME_SERIES));
}
