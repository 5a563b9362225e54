/* SPDX-License-Identifier: MIT */
/* SDMX-JSON: what the message says of itself, and errors that a server sends in it. */
#include "bkti_json_message.h"

static bkt_status tell(bkti_json_message *json, const char *name, bkti_span text) {
    return text.size == 0 ? BKT_OK
                          : json->message->listener->property(json->message->user, name, text);
}

/* The text of a member, if it is one. */
static bkti_span text_of(const bkti_json_value *object, const char *name,
                         char room[BKTI_JSON_ROOM]) {
    return bkti_json_text(bkti_json_member(object, name), room);
}

bkti_span bkti_json_name(const bkti_json_value *object, const char *name, const char *names) {
    char room[BKTI_JSON_ROOM];
    const bkti_json_value *all = bkti_json_member(object, names);
    const bkti_json_value *best = bkti_json_member(object, name);
    bkti_json_walk walk = {0};
    while (bkti_json_next_member(all, &walk)) {
        bool is_text = bkti_json_kind(walk.value) == BKTI_JSON_TEXT;
        if (is_text && bkti_is_english(walk.name)) {
            return bkti_json_text(walk.value, room);
        }
        best = is_text && best == NULL ? walk.value : best;
    }
    /* A number would lie in the room. */
    return bkti_json_kind(best) == BKTI_JSON_TEXT ? bkti_json_text(best, room)
                                                  : (bkti_span){NULL, 0};
}

static bkt_status tell_receivers(bkti_json_message *json, const bkti_json_value *header) {
    char room[BKTI_JSON_ROOM];
    const bkti_json_value *receivers = bkti_json_member(header, "receivers");
    bkti_text *text = &json->message->receivers;
    bkti_text_clear(text);
    for (size_t i = 0; i < bkti_json_count(receivers); i++) {
        bkti_text_append_text(text, text->size > 0 ? "; " : "");
        bkti_text_append_span(text, text_of(bkti_json_item(receivers, i), "id", room));
    }
    bkti_text_append_span(text, text_of(bkti_json_member(header, "receiver"), "id", room));
    return text->failed ? bkti_no_memory(json->message->context)
                        : tell(json, "receiver", bkti_text_span(text));
}

bkt_status bkti_json_read_header(bkti_json_message *json, const bkti_json_value *root) {
    static const char *const properties[] = {"id", "test", "prepared"};
    char room[BKTI_JSON_ROOM];
    const bkti_json_value *header = bkti_json_member(root, "meta");
    if (header == NULL) {
        header = bkti_json_member(root, "header"); /* before 1.0 was finished */
    }
    bkt_status status = BKT_OK;
    for (size_t i = 0; status == BKT_OK && i < sizeof properties / sizeof *properties; i++) {
        status = tell(json, properties[i], text_of(header, properties[i], room));
    }
    const bkti_json_value *sender = bkti_json_member(header, "sender");
    status = status == BKT_OK ? tell(json, "sender", text_of(sender, "id", room)) : status;
    status = status == BKT_OK ? tell(json, "sender_name", bkti_json_name(sender, "name", "names"))
                              : status;
    return status == BKT_OK ? tell_receivers(json, header) : status;
}

/* Title and detail of an error; servers also send texts alone, or a message. */
static bool write_error(bkti_text *text, const bkti_json_value *error) {
    static const char *const parts[][2] = {
        {"title", "titles"}, {"detail", "details"}, {"message", "messages"}};
    char room[BKTI_JSON_ROOM];
    bkti_text_clear(text);
    bkti_text_append_span(text, bkti_json_text(error, room));
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        bkti_span part = bkti_json_name(error, parts[i][0], parts[i][1]);
        bkti_text_append_text(text, part.size > 0 && text->size > 0 ? ": " : "");
        bkti_text_append_span(text, part);
    }
    bkti_close_up(text);
    return !text->failed;
}

/* Of very many errors no more than that is told. */
#define ERRORS_LIMIT 4000

static bool write_failure(bkti_json_message *json, bkti_span code, bool is_first) {
    bkti_text *errors = &json->message->errors;
    if (errors->size <= ERRORS_LIMIT) {
        bkti_text_append_text(errors, is_first ? "" : "; error");
        bkti_text_append_text(errors, code.size > 0 ? " " : "");
        bkti_text_append_span(errors, code);
        bkti_text_append_text(errors, ": ");
        bkti_text_append_text(errors, bkti_text_get(&json->joined));
    }
    return !errors->failed;
}

/* Beside data they are what SDMX-ML has in a footer. */
bkt_status bkti_json_read_errors(bkti_json_message *json, const bkti_json_value *errors) {
    bkti_message *message = json->message;
    bool is_failure = message->kind == BKT_MESSAGE_ERROR;
    size_t count = bkti_json_kind(errors) == BKTI_JSON_ARRAY ? bkti_json_count(errors) : 1;
    bkt_status status = BKT_OK;
    for (size_t i = 0; status == BKT_OK && i < count; i++) {
        char room[BKTI_JSON_ROOM];
        const bkti_json_value *error =
            bkti_json_kind(errors) == BKTI_JSON_ARRAY ? bkti_json_item(errors, i) : errors;
        bkti_span code = text_of(error, "code", room);
        code = code.data == NULL ? BKTI_SPAN("") : code;
        json->standing = error;
        if (!write_error(&json->joined, error) ||
            (is_failure && !write_failure(json, code, i == 0))) {
            status = bkti_no_memory(message->context);
        } else if (!is_failure) {
            bkti_span text = {bkti_text_get(&json->joined), json->joined.size};
            status = message->listener->footer(message->user, code, BKTI_SPAN(""), text);
        }
    }
    if (status != BKT_OK || !is_failure) {
        return status;
    }
    bkti_place place;
    bkti_json_place(json->document,
                    bkti_json_kind(errors) == BKTI_JSON_ARRAY ? bkti_json_item(errors, 0) : errors,
                    &place);
    return bkti_fail(message->context, BKT_ERR_SERVER, &place,
                     "the server answered with an error%.4000s", bkti_text_get(&message->errors));
}
