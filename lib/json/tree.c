/* SPDX-License-Identifier: MIT */
/* The tree: json-c's values, as the other rooms see them. A value is a json_object; none of them is
 * ever read as anything else. */
#include "bkti_json_parts.h"

#include <inttypes.h>
#include <stdio.h>

static struct json_object *object_of(const bkti_json_value *value) {
    /* json-c's getters take what they don't change without const. */
    return (struct json_object *)(uintptr_t)value;
}

static const bkti_json_value *value_of(const struct json_object *object) {
    return (const bkti_json_value *)object;
}

/* What json-c keeps for its user is, of objects and arrays, which of them they are, from 1. */
static void number_tree(bkti_json *json, struct json_object *object, uint64_t *members) {
    json_type type = json_object_get_type(object);
    if (type != json_type_object && type != json_type_array) {
        return;
    }
    json->opening_count++;
    json_object_set_userdata(object, (void *)(uintptr_t)json->opening_count, NULL);
    if (type == json_type_array) {
        size_t count = json_object_array_length(object);
        for (size_t i = 0; i < count; i++) {
            number_tree(json, json_object_array_get_idx(object, i), members);
        }
        return;
    }
    bkti_json_walk walk = {0};
    while (bkti_json_next_member(value_of(object), &walk)) {
        (*members)++;
        number_tree(json, object_of(walk.value), members);
    }
}

/* They come in the order in which they began, unless some were replaced by later ones of the same
 * name. */
void bkti_json_number_tree(bkti_json *json) {
    uint64_t members = 0;
    size_t told = json->opening_count;
    json->opening_count = 0;
    number_tree(json, json->root, &members);
    json->repeated_count = json->member_count - members;
    json->has_places = json->repeated_count == 0 && json->opening_count == told;
}

const bkti_json_value *bkti_json_root(const bkti_json *json) {
    return value_of(json->root);
}

int bkti_json_kind(const bkti_json_value *value) {
    switch (json_object_get_type(object_of(value))) {
    case json_type_boolean:
        return BKTI_JSON_BOOLEAN;
    case json_type_double:
    case json_type_int:
        return BKTI_JSON_NUMBER;
    case json_type_string:
        return BKTI_JSON_TEXT;
    case json_type_array:
        return BKTI_JSON_ARRAY;
    case json_type_object:
        return BKTI_JSON_OBJECT;
    default:
        return BKTI_JSON_NULL;
    }
}

const char *bkti_json_kind_text(const bkti_json_value *value) {
    static const char *const texts[] = {
        [BKTI_JSON_NULL] = "null",       [BKTI_JSON_BOOLEAN] = "a boolean",
        [BKTI_JSON_NUMBER] = "a number", [BKTI_JSON_TEXT] = "a text",
        [BKTI_JSON_ARRAY] = "an array",  [BKTI_JSON_OBJECT] = "an object",
    };
    return texts[bkti_json_kind(value)];
}

const bkti_json_value *bkti_json_member(const bkti_json_value *object, const char *name) {
    struct json_object *found = NULL;
    if (bkti_json_kind(object) == BKTI_JSON_OBJECT) {
        json_object_object_get_ex(object_of(object), name, &found);
    }
    return value_of(found);
}

size_t bkti_json_count(const bkti_json_value *value) {
    switch (bkti_json_kind(value)) {
    case BKTI_JSON_ARRAY:
        return json_object_array_length(object_of(value));
    case BKTI_JSON_OBJECT:
        return (size_t)json_object_object_length(object_of(value));
    default:
        return 0;
    }
}

const bkti_json_value *bkti_json_item(const bkti_json_value *array, size_t index) {
    return index < bkti_json_count(array) && bkti_json_kind(array) == BKTI_JSON_ARRAY
               ? value_of(json_object_array_get_idx(object_of(array), index))
               : NULL;
}

bool bkti_json_next_member(const bkti_json_value *object, bkti_json_walk *walk) {
    if (bkti_json_kind(object) != BKTI_JSON_OBJECT) {
        return false;
    }
    const struct lh_entry *entry =
        walk->has_begun ? walk->next : lh_table_head(json_object_get_object(object_of(object)));
    walk->has_begun = true;
    if (entry == NULL) {
        return false;
    }
    walk->next = lh_entry_next(entry);
    walk->name = bkti_span_of(lh_entry_k(entry));
    walk->value = value_of(lh_entry_v(entry));
    return true;
}

/* Without what the scan put behind a long integer. */
static bkti_span text_of_long(const char *kept) {
    bkti_span text = bkti_span_of(kept);
    size_t end = sizeof BKTI_JSON_EXPONENT - 1;
    bool is_long = text.size >= BKTI_JSON_LONG + end &&
                   strcmp(kept + text.size - end, BKTI_JSON_EXPONENT) == 0 &&
                   strspn(kept, "-0123456789") == text.size - end;
    text.size -= is_long ? end : 0;
    return text;
}

static bkti_span text_of_double(struct json_object *object) {
    const char *kept = json_object_get_userdata(object);
    if (kept != NULL) {
        return text_of_long(kept);
    }
    double number = json_object_get_double(object); /* words that JSON does not have */
    return number > 0 ? BKTI_SPAN("INF") : number < 0 ? BKTI_SPAN("-INF") : BKTI_SPAN("NaN");
}

bkti_span bkti_json_text(const bkti_json_value *value, char room[BKTI_JSON_ROOM]) {
    struct json_object *object = object_of(value);
    switch (json_object_get_type(object)) {
    case json_type_boolean:
        return json_object_get_boolean(object) ? BKTI_SPAN("true") : BKTI_SPAN("false");
    case json_type_double:
        return text_of_double(object);
    case json_type_int: {
        /* The scan lets none through that is longer than 64 bits. */
        int size = snprintf(room, BKTI_JSON_ROOM, "%" PRId64, json_object_get_int64(object));
        return (bkti_span){room, (size_t)size};
    }
    case json_type_string:
        return (bkti_span){json_object_get_string(object),
                           (size_t)json_object_get_string_len(object)};
    default:
        return (bkti_span){NULL, 0};
    }
}

bool bkti_json_index(const bkti_json_value *value, uint32_t *out_index) {
    struct json_object *object = object_of(value);
    if (json_object_get_type(object) != json_type_int) {
        return false;
    }
    int64_t number = json_object_get_int64(object);
    *out_index = (uint32_t)number;
    return number >= 0 && number < UINT32_MAX;
}

void bkti_json_place(const bkti_json *json, const bkti_json_value *value, bkti_place *out_place) {
    int kind = bkti_json_kind(value);
    *out_place = (bkti_place){.source = bkti_source_name(json->source)};
    if (json->has_places && (kind == BKTI_JSON_ARRAY || kind == BKTI_JSON_OBJECT)) {
        uintptr_t number = (uintptr_t)json_object_get_userdata(object_of(value));
        const bkti_json_opening *opening = &json->openings[number - 1];
        out_place->offset = opening->offset;
        out_place->line = opening->line;
        out_place->column = opening->column;
    }
}

uint64_t bkti_json_repeated_count(const bkti_json *json) {
    return json->repeated_count;
}
