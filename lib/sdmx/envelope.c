/* SPDX-License-Identifier: MIT */
/* A SOAP envelope (1.1 or 1.2) around a message, as web services answer. The message stands in the
 * Body, mostly in elements called after the query. */
#include "bkti_message_parts.h"

/* Elements around a message: the Envelope, its Body, and those of the service. */
#define DEEPEST 6

/* Services of SDMX have a namespace of its own too; messages are in that of messages. */
static bool is_message(const char *uri) {
    static const char end[] = "/message";
    size_t size = uri == NULL ? 0 : strlen(uri);
    return bkti_is_sdmx_uri(uri) && size >= sizeof end - 1 &&
           strcmp(uri + size - (sizeof end - 1), end) == 0;
}

/* The texts of a Fault are those of an error. */
static bkt_status start_fault(bkti_message *message) {
    message->kind = BKT_MESSAGE_ERROR;
    bkti_text_clear(&message->code);
    bkti_text_clear(&message->severity);
    return bkti_message_push_text(message, BKTI_AT_FOOTER_MESSAGE);
}

static bkt_status refuse_second(bkti_message *message, const bkti_xml_element *element) {
    bkti_place place;
    bkti_message_place(message, &place);
    return bkti_fail(message->context, BKT_ERR_LAYOUT, &place,
                     "the SOAP envelope holds a second message, <%.*s>; one is read",
                     (int)element->name.local.size, element->name.local.data);
}

bkt_status bkti_envelope_start(bkti_message *message, const bkti_xml_element *element) {
    bkti_span local = element->name.local;
    if (is_message(element->name.uri)) {
        return message->kind != BKT_MESSAGE_UNKNOWN ? refuse_second(message, element)
                                                    : bkti_root_start(message, element);
    }
    if (message->place_count == 1 && !bkti_span_is(local, "Body")) {
        return bkti_message_skip(message, element);
    }
    if (message->place_count == 2 && bkti_span_is(local, "Fault")) {
        return start_fault(message);
    }
    if (message->place_count >= DEEPEST) {
        return bkti_message_skip(message, element);
    }
    message->outer_count++;
    return bkti_message_push(message, BKTI_AT_ENVELOPE);
}

bkt_status bkti_envelope_finish(bkti_message *message) {
    bool is_whole = message->place_count == 1;
    message->outer_count--;
    return is_whole && message->kind == BKT_MESSAGE_UNKNOWN
               ? bkti_message_refuse(message, BKT_ERR_NOT_SDMX,
                                     "this is a SOAP envelope without an SDMX-ML message in it")
               : BKT_OK;
}
