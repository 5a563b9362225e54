/* SPDX-License-Identifier: MIT */
/* SDMX-JSON: names of components and of their codes. */
#include "bkti_json_message.h"

static bkt_status tell(bkti_json_message *json, bkti_span id, bkti_span code, bkti_span language,
                       const bkti_json_value *name) {
    char room[BKTI_JSON_ROOM];
    bkti_span text = bkti_json_kind(name) == BKTI_JSON_TEXT
                         ? bkti_span_trim(bkti_json_text(name, room))
                         : (bkti_span){NULL, 0};
    return text.size == 0
               ? BKT_OK
               : json->message->listener->name(json->message->user, id, code, language, text);
}

/* In all languages, and then the one that the server thought best, which may be in any. */
static bkt_status tell_all(bkti_json_message *json, bkti_span id, bkti_span code,
                           const bkti_json_value *object) {
    bkti_json_walk walk = {0};
    const bkti_json_value *names = bkti_json_member(object, "names");
    bkt_status status = BKT_OK;
    while (status == BKT_OK && bkti_json_next_member(names, &walk)) {
        status = tell(json, id, code, walk.name, walk.value);
    }
    return status == BKT_OK ? tell(json, id, code, BKTI_SPAN(""), bkti_json_member(object, "name"))
                            : status;
}

/* A value without an id is no code: its name is the value itself. */
static bkt_status tell_component(bkti_json_message *json, const bkti_json_component *component) {
    const bkti_json_value *values = bkti_json_member(component->value, "values");
    bkt_status status = tell_all(json, component->id, BKTI_SPAN(""), component->value);
    for (uint32_t i = 0; status == BKT_OK && i < component->count; i++) {
        const bkti_json_value *value = bkti_json_item(values, i);
        if (bkti_json_member(value, "id") != NULL && component->texts[i].size > 0) {
            status = tell_all(json, component->id, component->texts[i], value);
        }
    }
    return status;
}

static bkt_status tell_list(bkti_json_message *json, const bkti_json_list *list) {
    bkt_status status = BKT_OK;
    for (uint32_t i = 0; status == BKT_OK && i < list->count; i++) {
        status = tell_component(json, &list->items[i]);
    }
    return status;
}

bkt_status bkti_json_tell_names(bkti_json_message *json) {
    const bkti_json_structure *structure = json->structure;
    bkt_status status =
        json->message->listener->name == NULL ? BKT_END : tell_list(json, &structure->measures);
    for (int level = 0; status == BKT_OK && level < BKTI_JSON_LEVELS; level++) {
        status = tell_list(json, &structure->dimensions[level]);
        status = status == BKT_OK ? tell_list(json, &structure->attributes[level]) : status;
    }
    return status == BKT_END ? BKT_OK : status;
}
