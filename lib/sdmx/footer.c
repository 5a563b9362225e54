/* SPDX-License-Identifier: MIT */
/* Footers of data messages, and messages that are an error and nothing else. */
#include "bkti_message_parts.h"

static bool keep_attribute(bkti_text *text, const bkti_xml_element *element, const char *name) {
    bkti_text_clear(text);
    for (uint32_t i = 0; i < element->attribute_count; i++) {
        if (bkti_span_is(element->attributes[i].name.local, name)) {
            return bkti_text_append_span(text, bkti_span_trim(element->attributes[i].value));
        }
    }
    return true;
}

bkt_status bkti_footer_start(bkti_message *message, const bkti_xml_element *element, int name) {
    bool is_message =
        name == BKTI_NAME_ERROR_MESSAGE || bkti_span_is(element->name.local, "Message");
    if (!is_message) {
        return bkti_message_unexpected(message, element, BKTI_NAME_OTHER);
    }
    if (!keep_attribute(&message->code, element, "code") ||
        !keep_attribute(&message->severity, element, "severity")) {
        return bkti_no_memory(message->context);
    }
    bkti_text_clear(&message->values.language);
    return bkti_message_push_text(message, BKTI_AT_FOOTER_MESSAGE);
}

static bool is_same_language(bkti_span a, bkti_span b) {
    return bkti_span_equal_caseless(a, b) || (bkti_is_english(a) && bkti_is_english(b));
}

/* Whether a text is wanted: of several languages English is, or else the first. */
static bool choose_language(bkti_message *message, const bkti_xml_element *element) {
    bkti_text *chosen = &message->values.language;
    bkti_span before = {bkti_text_get(chosen), chosen->size};
    bkti_span language = {NULL, 0};
    for (uint32_t i = 0; i < element->attribute_count; i++) {
        if (bkti_span_is(element->attributes[i].name.local, "lang")) {
            language = bkti_span_trim(element->attributes[i].value);
        }
    }
    bool is_first = bkti_span_trim(bkti_text_span(&message->text)).size == 0;
    bool is_inner = language.size == 0 && bkti_message_at(message) == BKTI_AT_FOOTER_TEXT;
    if (!is_first && (is_inner || is_same_language(before, language))) {
        return true;
    }
    if (is_inner || (!is_first && !bkti_is_english(language))) {
        return is_inner;
    }
    bkti_text_clear(&message->text);
    bkti_text_clear(chosen);
    bkti_text_append_span(chosen, language);
    return true;
}

/* The texts of one message stand in elements of several names, in several languages. */
bkt_status bkti_footer_text_start(bkti_message *message, const bkti_xml_element *element) {
    if (message->place_count == BKTI_PLACE_LIMIT || !choose_language(message, element)) {
        return bkti_message_skip(message, element);
    }
    bkt_status status = bkti_message_join_text(message);
    return status == BKT_OK ? bkti_message_push(message, BKTI_AT_FOOTER_TEXT) : status;
}

void bkti_close_up(bkti_text *text) {
    size_t size = 0;
    bool space = true;
    for (size_t i = 0; i < text->size; i++) {
        char c = text->data[i];
        bool is_space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (is_space && space) {
            continue;
        }
        text->data[size++] = is_space ? ' ' : c;
        space = is_space;
    }
    size -= size > 0 && text->data[size - 1] == ' ';
    text->size = size;
    if (text->data != NULL) {
        text->data[size] = '\0';
    }
}

/* Of very many errors no more than that is told. */
#define ERRORS_LIMIT 4000

/* A message may have several errors: they are told together, at the place of the first. */
static bkt_status keep_error(bkti_message *message) {
    bkti_text *errors = &message->errors;
    if (message->footer_count == 1) {
        bkti_message_place(message, &message->fact_place);
    }
    if (errors->size > ERRORS_LIMIT) {
        return BKT_OK;
    }
    bkti_text_append_text(errors, message->footer_count == 1 ? "" : "; error");
    bkti_text_append_text(errors, message->code.size > 0 ? " " : "");
    bkti_text_append_span(errors, bkti_text_span(&message->code));
    bkti_text_append_text(errors, ": ");
    bkti_text_append_span(errors, bkti_text_span(&message->text));
    return errors->failed ? bkti_no_memory(message->context) : BKT_OK;
}

static bkt_status fail_by_errors(bkti_message *message) {
    if (message->footer_count == 0) {
        return bkti_fail(message->context, BKT_ERR_SERVER, NULL,
                         "the server answered with an error that has no text");
    }
    return bkti_fail(message->context, BKT_ERR_SERVER, &message->fact_place,
                     "the server answered with an error%.4000s", bkti_text_get(&message->errors));
}

static bkt_status finish_message(bkti_message *message) {
    bkti_xml_want_text(message->xml, false);
    bkti_close_up(&message->text);
    message->footer_count++;
    if (message->kind != BKT_MESSAGE_ERROR) {
        return message->listener->footer(message->user, bkti_text_span(&message->code),
                                         bkti_text_span(&message->severity),
                                         bkti_text_span(&message->text));
    }
    bkt_status status = keep_error(message);
    bool is_alone = message->places[message->place_count - 2] != BKTI_AT_FOOTER;
    return status == BKT_OK && is_alone ? fail_by_errors(message) : status;
}

bkt_status bkti_footer_finish(bkti_message *message) {
    switch (bkti_message_at(message)) {
    case BKTI_AT_FOOTER_MESSAGE:
        return finish_message(message);
    case BKTI_AT_FOOTER:
        return message->kind == BKT_MESSAGE_ERROR ? fail_by_errors(message) : BKT_OK;
    default:
        return BKT_OK;
    }
}
