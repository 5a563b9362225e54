/* SPDX-License-Identifier: MIT */
/* What the message tells, handed on to those who know what to do with it; and what is kept of its
 * header and footer. */
#include "bkti_reader_parts.h"

static const char *const property_names[] = {
    "kind",   "version",     "encoding", "id",          "test",   "prepared", "extracted",
    "sender", "sender_name", "receiver", "source_name", "member", "footer",   "address",
};

bool bkti_named_text_set(bkt_reader *reader, const char *name, bkti_span text) {
    const char *known = NULL;
    for (size_t i = 0; i < sizeof property_names / sizeof *property_names; i++) {
        known = strcmp(property_names[i], name) == 0 ? property_names[i] : known;
    }
    for (size_t i = 0; known != NULL && i < BKTI_NAMED_TEXT_LIMIT; i++) {
        bkti_named_text *entry = &reader->properties[i];
        if (entry->name == NULL || entry->name == known) {
            char *copy =
                text.data == NULL ? NULL : bkti_copy_text(reader->memory, text.data, text.size);
            if (copy == NULL && text.data != NULL) {
                return false;
            }
            bkti_release(reader->memory, entry->text);
            *entry = (bkti_named_text){known, copy};
            return true;
        }
    }
    return true;
}

const char *bkti_named_text_find(const bkt_reader *reader, const char *name) {
    for (size_t i = 0; i < BKTI_NAMED_TEXT_LIMIT && reader->properties[i].name != NULL; i++) {
        if (strcmp(reader->properties[i].name, name) == 0) {
            return reader->properties[i].text;
        }
    }
    return NULL;
}

/* "kind" is what a message that is read tells first: what is known of a message before is not of
 * this one. */
static bkt_status on_property(void *user, const char *name, bkti_span value) {
    bkt_reader *reader = user;
    bool done = true;
    if (strcmp(name, "kind") == 0) {
        for (size_t i = 0; i < BKTI_NAMED_TEXT_LIMIT; i++) {
            bkti_release(reader->memory, reader->properties[i].text);
            reader->properties[i] = (bkti_named_text){NULL, NULL};
        }
        const char *member = bkti_source_member(reader->source);
        done = member == NULL || bkti_named_text_set(reader, "member", bkti_span_of(member));
    }
    value = value.data == NULL ? BKTI_SPAN("") : value;
    done = done && bkti_named_text_set(reader, name, value);
    return done ? BKT_OK : bkti_no_memory(reader->context);
}

static void keep_refusal(bkt_reader *reader, bkt_status status, const bkti_place *place,
                         const char *sentence) {
    if (reader->refusal != BKT_OK) {
        return;
    }
    reader->refusal = status;
    reader->refusal_place = *place;
    bkti_text_append_text(&reader->refusal_text, sentence);
    bkti_text_append_text(&reader->refusal_source, place->source == NULL ? "" : place->source);
}

/* In a zip, what is no data message is passed over; that data are there which can't be read is
 * worth a warning. */
static bool on_pass_over(void *user, bkt_status status, const bkti_place *place,
                         const char *sentence) {
    bkt_reader *reader = user;
    if (bkti_source_member(reader->source) == NULL || reader->member != NULL) {
        return false;
    }
    bool data = status == BKT_ERR_UNSUPPORTED || status == BKT_ERR_VERSION;
    bkti_tell(reader->context, data ? BKT_SEVERITY_WARNING : BKT_SEVERITY_NOTE, status, place,
              "%s; this member of the zip is passed over", sentence);
    keep_refusal(reader, status, place, sentence);
    return true;
}

static bkt_status on_dataset_start(void *user, const bkti_dataset_facts *facts) {
    return bkti_dataset_begin(user, facts);
}

static bkt_status on_dataset_attributes(void *user, const bkti_fact *facts, uint32_t count) {
    bkt_reader *reader = user;
    bkt_status status = bkti_waiting_end(reader);
    if (status == BKT_OK && reader->last->deletes) {
        return bkti_delete_group(reader, BKTI_MARKED_KEY, NULL, 0, facts, count);
    }
    if (status == BKT_OK && reader->last->opened) {
        /* After the first observation they are like Atts without a key. */
        bkti_group group = {
            .loose = true, .marking = BKTI_UNMARKED, .attributes = facts, .attribute_count = count};
        return bkti_groups_add(reader, &group);
    }
    for (uint32_t i = 0; status == BKT_OK && i < count; i++) {
        status = bkti_add_pending(reader, facts[i].id, facts[i].value, BKT_LEVEL_DATASET, false);
    }
    return status;
}

static bkt_status on_group(void *user, const bkti_group *group) {
    const bkt_reader *reader = user;
    bkt_status status = bkti_waiting_end(user);
    if (status == BKT_OK && reader->last->deletes) {
        return bkti_delete_group(user, group->marking, group->facts, group->count,
                                 group->attributes, group->attribute_count);
    }
    return status == BKT_OK ? bkti_groups_add(user, group) : status;
}

static bool is_pending(const bkt_reader *reader, bkti_span id) {
    for (size_t i = 0; i < reader->pending_count; i++) {
        if (bkti_span_equal(reader->pending[i].id, id)) {
            return true;
        }
    }
    return false;
}

/* Its attributes wait for their columns, so that these are the group's. */
static bkt_status on_keyless_group(void *user, int marking, const bkti_fact *facts,
                                   uint32_t count) {
    bkt_reader *reader = user;
    bkt_status status = BKT_OK;
    uint32_t limit = bkti_context_options(reader->context)->column_limit;
    for (uint32_t i = 0; status == BKT_OK && !reader->last->opened && i < count; i++) {
        int32_t role;
        bool assumed;
        bkti_role_of(reader, marking, facts, count, i, &role, &assumed);
        if (role == BKT_ROLE_ATTRIBUTE && reader->pending_count < limit &&
            !is_pending(reader, facts[i].id)) {
            status = bkti_add_pending(reader, facts[i].id, BKTI_SPAN(""), BKT_LEVEL_GROUP, assumed);
        }
    }
    return status;
}

static bkt_status on_dataset_finish(void *user) {
    bkt_status status = bkti_waiting_end(user);
    return status == BKT_OK ? bkti_dataset_end(user) : status;
}

/* Without the mark that ends the sentence. */
static bkti_span cut_address(bkti_span text) {
    size_t size = 0;
    while (size < text.size && strchr(" \t\r\n;,<>\"'", text.data[size]) == NULL) {
        size++;
    }
    while (size > 0 && strchr(".:!?)]", text.data[size - 1]) != NULL) {
        size--;
    }
    return (bkti_span){text.data, size};
}

static bkti_span find_address(bkti_span text) {
    static const char *const schemes[] = {"http://", "https://", "ftp://"};
    for (size_t i = 0; i < text.size; i++) {
        bkti_span rest = {text.data + i, text.size - i};
        for (size_t k = 0; k < sizeof schemes / sizeof *schemes; k++) {
            size_t size = strlen(schemes[k]);
            bkti_span address = rest.size > size && memcmp(rest.data, schemes[k], size) == 0
                                    ? cut_address(rest)
                                    : BKTI_SPAN("");
            if (address.size > size) {
                return address;
            }
        }
    }
    return (bkti_span){NULL, 0};
}

/* Of very many messages in a footer the first are kept: each would copy all before it. */
#define FOOTER_LIMIT ((size_t)64 * 1024)

static bool keep_footer(bkt_reader *reader, bkti_span code, bkti_span severity, bkti_span text) {
    const char *before = bkti_named_text_find(reader, "footer");
    if (before != NULL && strlen(before) > FOOTER_LIMIT) {
        return true;
    }
    bkti_text line;
    bkti_text_init(&line, reader->memory);
    if (before != NULL) {
        bkti_text_append_text(&line, before);
        bkti_text_append_text(&line, " | ");
    }
    bkti_text_append_format(&line, "%.*s%s%.*s%s%.*s", (int)code.size, code.data,
                            code.size > 0 ? " " : "", (int)severity.size, severity.data,
                            code.size + severity.size > 0 ? ": " : "", (int)text.size, text.data);
    bool done = !line.failed && bkti_named_text_set(reader, "footer", bkti_text_span(&line));
    bkti_text_free(&line);
    return done;
}

/* An error, or that there are no results (SDMX's code 100), has an address of something else,
 * unless it is that the answer is too large (SDMX's 130 and 510, HTTP's 413). */
static bool promises_answer(bkti_span code, bkti_span severity) {
    return bkti_span_is(code, "413") || bkti_span_is(code, "130") || bkti_span_is(code, "510") ||
           !(bkti_span_is(code, "100") || bkti_span_equal_caseless(severity, BKTI_SPAN("Error")));
}

static bool keep_address(bkt_reader *reader, bkti_span address, const bkti_place *place) {
    if (reader->answer_address.size == 0) {
        reader->answer_place = *place;
        bkti_text_append_span(&reader->answer_address, address);
        bkti_text_append_text(&reader->answer_source, place->source == NULL ? "" : place->source);
    }
    bool done = !reader->answer_address.failed && !reader->answer_source.failed;
    return done && (bkti_named_text_find(reader, "address") != NULL ||
                    bkti_named_text_set(reader, "address", address));
}

/* A server says in the footer that data were cut off, or where they will be: Eurostat answers large
 * queries with an empty message and an address. */
static bkt_status on_footer(void *user, bkti_span code, bkti_span severity, bkti_span text) {
    bkt_reader *reader = user;
    bkti_place place;
    bkti_message_place(reader->message, &place);
    bkti_span address = promises_answer(code, severity) ? find_address(text) : (bkti_span){NULL, 0};
    if (!keep_footer(reader, code, severity, text) ||
        (address.size > 0 && !keep_address(reader, address, &place))) {
        return bkti_no_memory(reader->context);
    }
    bool harmless = bkti_message_observation_count(reader->message) > 0 && address.size == 0 &&
                    bkti_span_equal_caseless(severity, BKTI_SPAN("Information"));
    bkti_tell(reader->context, harmless ? BKT_SEVERITY_NOTE : BKT_SEVERITY_WARNING,
              address.size > 0 ? BKT_ERR_ANSWER_LATER : BKT_ERR_SERVER, &place,
              "the message's footer says (%.*s%s%.*s): %.*s", (int)code.size, code.data,
              code.size > 0 && severity.size > 0 ? ", " : "", (int)severity.size, severity.data,
              (int)text.size, text.data);
    return BKT_OK;
}

const bkti_message_listener bkti_reader_listener = {
    .property = on_property,
    .pass_over = on_pass_over,
    .dataset_start = on_dataset_start,
    .name = bkti_name_told,
    .dataset_attributes = on_dataset_attributes,
    .group = on_group,
    .keyless_group = on_keyless_group,
    .series_start = bkti_series_start,
    .series_attributes = bkti_series_attributes,
    .series_finish = bkti_series_finish,
    .observation = bkti_observation_told,
    .repeat = bkti_observation_repeated,
    .observation_attributes = bkti_observation_attributes,
    .dataset_finish = on_dataset_finish,
    .footer = on_footer,
};
