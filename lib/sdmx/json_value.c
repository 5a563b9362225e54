/* SPDX-License-Identifier: MIT */
/* SDMX-JSON: what a value is as text. */
#include "bkti_csv_message.h"
#include "bkti_json_message.h"

/* A text in several languages; a single one in English needs no language said. */
static void join_languages(bkti_text *to, const bkti_json_value *texts) {
    bkti_json_walk walk = {0};
    bool is_alone = bkti_json_count(texts) == 1;
    bool is_first = true;
    while (bkti_json_next_member(texts, &walk)) {
        char room[BKTI_JSON_ROOM];
        bkti_span text = bkti_json_text(walk.value, room);
        if (text.size == 0) {
            continue;
        }
        bkti_text_append_text(to, is_first ? "" : "; ");
        if (!is_alone || !bkti_is_english(walk.name)) {
            bkti_text_append_span(to, walk.name);
            bkti_text_append_text(to, ": ");
        }
        bkti_text_append_span(to, text);
        is_first = false;
    }
}

/* Nested arrays, which only reference metadata have, are joined as one list. */
static void join_value(bkti_text *to, const bkti_json_value *value) {
    char room[BKTI_JSON_ROOM];
    if (bkti_json_kind(value) == BKTI_JSON_OBJECT) {
        join_languages(to, value);
        return;
    }
    bkti_text_append_span(to, bkti_json_text(value, room));
    for (size_t i = 0; i < bkti_json_count(value); i++) {
        bkti_text_append_text(to, i == 0 ? "" : "; ");
        join_value(to, bkti_json_item(value, i));
    }
}

/* What was joined, kept as long as the message. */
static bkt_status keep_joined(bkti_json_message *json, bkti_span *out_text) {
    bkti_text *joined = &json->joined;
    *out_text = (bkti_span){NULL, 0};
    if (joined->size > 0 && !joined->failed) {
        *out_text = bkti_message_id(json->message, bkti_text_span(joined));
    }
    bool is_lost = joined->failed || (joined->size > 0 && out_text->data == NULL);
    return is_lost ? bkti_no_memory(json->message->context) : BKT_OK;
}

bkt_status bkti_json_value_text(bkti_json_message *json, const bkti_json_value *value,
                                char room[BKTI_JSON_ROOM], bkti_span *out_text) {
    int kind = bkti_json_kind(value);
    if (kind != BKTI_JSON_ARRAY && kind != BKTI_JSON_OBJECT) {
        *out_text = bkti_json_text(value, room);
        return BKT_OK;
    }
    bkti_text_clear(&json->joined);
    join_value(&json->joined, value);
    return keep_joined(json, out_text);
}

/* Of coded values the id; of others the value, or, where 1.0 has them, the name alone. */
bkt_status bkti_json_listed_text(bkti_json_message *json, const bkti_json_value *value,
                                 bkti_span *out_text) {
    static const char *const names[] = {"id", "value", "values", "name", "names"};
    char room[BKTI_JSON_ROOM];
    const bkti_json_value *said = bkti_json_kind(value) == BKTI_JSON_OBJECT ? NULL : value;
    for (size_t i = 0; said == NULL && i < sizeof names / sizeof *names; i++) {
        said = bkti_json_member(value, names[i]);
    }
    bkt_status status = bkti_json_value_text(json, said, room, out_text);
    if (status != BKT_OK || out_text->data != room) {
        return status;
    }
    bkti_text_clear(&json->joined);
    bkti_text_append_span(&json->joined, *out_text);
    return keep_joined(json, out_text);
}

static bkt_status fail_index(bkti_json_message *json, const bkti_json_component *component,
                             const bkti_json_value *item) {
    char room[BKTI_JSON_ROOM];
    bkti_span text = bkti_json_text(item, room);
    return bkti_json_message_fail(
        json, BKT_ERR_LAYOUT, "%.*s is no index of %.*s, of which the structure lists %u values",
        text.size < 40 ? (int)text.size : 40, text.data == NULL ? "" : text.data,
        bkti_csv_shown(component->id), component->id.data, (unsigned)component->count);
}

/* Several values of a list of codes. */
static bkt_status join_indexes(bkti_json_message *json, const bkti_json_component *component,
                               const bkti_json_value *item, bkti_span *out_text) {
    bkti_text_clear(&json->joined);
    for (size_t i = 0; i < bkti_json_count(item); i++) {
        const bkti_json_value *each = bkti_json_item(item, i);
        uint32_t index;
        bkti_text_append_text(&json->joined, i == 0 ? "" : "; ");
        if (bkti_json_kind(each) != BKTI_JSON_NUMBER) {
            join_value(&json->joined, each);
        } else if (bkti_json_index(each, &index) && index < component->count) {
            bkti_text_append_span(&json->joined, component->texts[index]);
        } else {
            return fail_index(json, component, each);
        }
    }
    return keep_joined(json, out_text);
}

/* What can't be an index is the value itself: a text also stands for one that is missing, as "NaN"
 * or "#N/A". Services (the OECD's) are seen to send indexes of an attribute whose list of values is
 * empty: then there is none. */
bkt_status bkti_json_item_text(bkti_json_message *json, const bkti_json_component *component,
                               const bkti_json_value *item, char room[BKTI_JSON_ROOM],
                               bkti_span *out_text) {
    int kind = bkti_json_kind(item);
    uint32_t index;
    if (kind == BKTI_JSON_NULL) {
        *out_text = json->deletes ? (bkti_span){NULL, 0} : component->fallback;
        return BKT_OK;
    }
    if (component->is_indexed && kind == BKTI_JSON_ARRAY) {
        return join_indexes(json, component, item, out_text);
    }
    if (!component->is_indexed || kind != BKTI_JSON_NUMBER) {
        return bkti_json_value_text(json, item, room, out_text);
    }
    if (component->count == 0) {
        *out_text = (bkti_span){NULL, 0};
        return BKT_OK;
    }
    if (!bkti_json_index(item, &index) || index >= component->count) {
        return fail_index(json, component, item);
    }
    *out_text = component->texts[index];
    return BKT_OK;
}
