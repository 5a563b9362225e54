/* SPDX-License-Identifier: MIT */
/* The documents of a source: the file itself, or the members of a zip one after the other. */
#include "bkti_reader_parts.h"

void bkti_reader_end_message(bkt_reader *reader) {
    bkti_pieces_end(reader);
    if (reader->message == NULL) {
        return;
    }
    reader->observations += bkti_message_observation_count(reader->message);
    reader->series += bkti_message_series_count(reader->message);
    reader->groups += bkti_message_group_count(reader->message);
    bkti_message_free(reader->message);
    reader->message = NULL;
}

/* Whether the document is the one that the caller named; if not, its name is kept for an error. */
static bool is_wanted(bkt_reader *reader) {
    const char *member = bkti_source_member(reader->source);
    if (reader->member == NULL || (member != NULL && strcmp(member, reader->member) == 0)) {
        return true;
    }
    if (member != NULL) {
        bkti_text_append_text(&reader->members, reader->members.size > 0 ? ", " : "");
        bkti_text_append_text(&reader->members, member);
    }
    return false;
}

static bool has_data(const bkt_reader *reader) {
    return reader->observations > 0 || reader->series > 0 || reader->groups > 0;
}

static bkt_status fail_by_answer(bkt_reader *reader) {
    bkti_place place = reader->answer_place;
    place.source = bkti_text_get(&reader->answer_source);
    return bkti_fail(reader->context, BKT_ERR_ANSWER_LATER, &place,
                     "no data came; by the message's footer the answer will be at %.2000s",
                     bkti_text_get(&reader->answer_address));
}

/* After the last document: was there anything to read? */
static bkt_status end_documents(bkt_reader *reader) {
    reader->ended = true;
    bkti_place place = {.source = bkti_source_name(reader->source)};
    if (reader->document_count > 0) {
        return reader->answer_address.size > 0 && !has_data(reader) ? fail_by_answer(reader)
                                                                    : BKT_END;
    }
    if (reader->refusal != BKT_OK) {
        place = reader->refusal_place;
        place.source = bkti_text_get(&reader->refusal_source);
        return bkti_fail(reader->context, reader->refusal, &place, "%s",
                         bkti_text_get(&reader->refusal_text));
    }
    if (reader->member == NULL) {
        return bkti_fail(reader->context, BKT_ERR_EMPTY, &place, "there is no document in it");
    }
    if (reader->members.size == 0) {
        return bkti_fail(reader->context, BKT_ERR_NOT_FOUND, &place,
                         "member '%s' was asked for, but this is no zip", reader->member);
    }
    return bkti_fail(reader->context, BKT_ERR_NOT_FOUND, &place,
                     "the zip has no member '%s'; it has: %.1500s", reader->member,
                     bkti_text_get(&reader->members));
}

static bkt_status next_document(bkt_reader *reader) {
    for (;;) {
        bkt_status status = bkti_source_next_document(reader->source);
        if (status == BKT_END) {
            return end_documents(reader);
        }
        if (status != BKT_OK) {
            return status;
        }
        if (is_wanted(reader)) {
            status = bkti_message_new(reader->context, reader->source, reader->options.scanner,
                                      bkti_listener_of(reader), reader, &reader->message);
            if (status == BKT_OK) {
                bkti_message_set_encoding(reader->message, reader->encoding);
            }
            return status;
        }
    }
}

static int64_t current_rows(const bkt_reader *reader) {
    return reader->current == NULL ? 0 : reader->current->rows->count;
}

bkt_status bkti_reader_take_part(bkt_reader *reader, bkti_span part, uint64_t offset) {
    int64_t before = current_rows(reader);
    bkt_status status = bkti_message_block(reader->message, part, false);
    reader->in_block =
        offset % BKTI_BLOCK_SIZE != 0 && offset != bkti_source_extent(reader->source);
    reader->held_back += current_rows(reader) - before;
    reader->held_back = reader->in_block ? reader->held_back : 0;
    return status;
}

/* Gives the message the next block, or its first part. */
static bkt_status take_block(bkt_reader *reader, bool *out_last) {
    bkti_span block;
    bkt_status status = bkti_source_next_block(reader->source, &block);
    if (status != BKT_OK && status != BKT_END) {
        return status;
    }
    *out_last = status == BKT_END;
    uint64_t before = reader->bytes_read;
    reader->bytes_read += block.size;
    if (!*out_last && bkti_pieces_may_begin(reader)) {
        status = bkti_pieces_begin(reader, &block);
        reader->bytes_read = before + block.size;
        return status;
    }
    reader->in_block = false;
    reader->held_back = 0;
    return bkti_message_block(reader->message, *out_last ? BKTI_SPAN("") : block, *out_last);
}

static bkt_status next_block(bkt_reader *reader) {
    bool last = false;
    bkt_status status;
    if (reader->pieces == NULL || !bkti_pieces_step(reader, &status)) {
        status = take_block(reader, &last);
    }
    int32_t kind = bkti_message_kind(reader->message);
    reader->kind = kind != BKT_MESSAGE_UNKNOWN && status != BKT_END ? kind : reader->kind;
    bkti_source_set_rows(reader->source,
                         reader->observations + bkti_message_observation_count(reader->message));
    if (status == BKT_END || (status == BKT_OK && last)) {
        reader->document_count += status == BKT_OK;
        bkti_reader_end_message(reader);
        return BKT_OK;
    }
    return status;
}

bkt_status bkti_reader_step(bkt_reader *reader) {
    if (reader->status != BKT_OK || reader->ended) {
        return reader->status != BKT_OK ? reader->status : BKT_END;
    }
    bkt_status status = reader->message == NULL ? next_document(reader) : next_block(reader);
    if (status >= BKT_ERR_ARGUMENT) {
        reader->status = status;
    }
    return status;
}
