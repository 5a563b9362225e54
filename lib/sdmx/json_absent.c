/* SPDX-License-Identifier: MIT */
/* In a build without json-c: JSON is named, and no message is ever read as such. */
#include "bkti_json_message.h"

bkt_status bkti_json_message_new(bkti_message *message, bkti_span block,
                                 bkti_json_message **out_json) {
    (void)block;
    *out_json = NULL;
    return bkti_message_refuse(message, BKT_ERR_UNSUPPORTED,
                               "this is JSON (SDMX-JSON?), which this build of the library can't "
                               "read: it was made without json-c (Meson's option json)");
}

void bkti_json_message_free(bkti_json_message *json) {
    (void)json;
}

bkt_status bkti_json_message_block(bkti_json_message *json, bkti_span block, bool last) {
    (void)block;
    (void)last;
    return json->message->status;
}

void bkti_json_message_place(const bkti_json_message *json, bkti_place *out_place) {
    *out_place = json->message->fact_place;
}
