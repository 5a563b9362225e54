/* SPDX-License-Identifier: MIT */
/* Places. libxml2 knows where it stands, but not where a tag began, nor bytes on long lines or far
 * offsets, nor always its line; what it lacks is found in its buffer and in the piece at hand, and
 * only when asked for. */
#include <string.h>

#include "bkti_vector.h"
#include "bkti_xml_parts.h"

static size_t count_newlines(const void *text, size_t size) {
    return size == 0 ? 0 : bkti_vector_at(0)->count_lines(text, size);
}

/* Offset of a byte of libxml2's buffer, which ends where the given bytes end. */
static uint64_t offset_of(const bkti_xml *xml, const xmlChar *byte) {
    const bkti_xml_position *position = &xml->position;
    uint64_t end = position->given + position->piece_size - position->held_back;
    return end - (uint64_t)(xml->parser->input->end - byte);
}

/* Offset of the line in which the byte stands. */
static uint64_t line_begin_of(const bkti_xml *xml, const xmlChar *byte) {
    const bkti_xml_position *position = &xml->position;
    uint64_t offset = offset_of(xml, byte);
    if (position->piece != NULL && offset >= position->given) {
        if (position->newlines > 0) {
            for (size_t i = (size_t)(offset - position->given); i > 0; i--) {
                if (position->piece[i - 1] == '\n') {
                    return position->given + i;
                }
            }
        }
        return position->line_begin;
    }
    for (const xmlChar *before = byte; before > xml->parser->input->base; before--) {
        if (before[-1] == '\n') {
            return offset - (uint64_t)(byte - before);
        }
    }
    return position->waiting_line_begin;
}

void bkti_xml_place_of(const bkti_xml *xml, const xmlChar *byte, bkti_place *out_place) {
    memset(out_place, 0, sizeof *out_place);
    out_place->source = bkti_source_name(xml->source);
    const xmlParserInput *input = xml->parser->input;
    if (input == NULL || byte == NULL) {
        return;
    }
    const bkti_xml_position *position = &xml->position;
    out_place->offset = offset_of(xml, byte);
    out_place->line =
        position->line + position->newlines - count_newlines(byte, (size_t)(input->end - byte));
    out_place->column = out_place->offset - line_begin_of(xml, byte) + 1;
}

uint64_t bkti_xml_line_of(bkti_xml *xml, const xmlChar *byte) {
    const xmlParserInput *input = xml->parser->input;
    bkti_xml_position *position = &xml->position;
    uint64_t offset = offset_of(xml, byte);
    uint64_t distance = offset - position->asked;
    if (position->asked_line > 0 && offset >= position->asked &&
        distance <= (uint64_t)(byte - input->base)) {
        position->asked_line += count_newlines(byte - distance, (size_t)distance);
    } else {
        position->asked_line =
            position->line + position->newlines - count_newlines(byte, (size_t)(input->end - byte));
    }
    position->asked = offset;
    return position->asked_line;
}

const xmlChar *bkti_xml_tag_begin(const bkti_xml *xml) {
    const xmlParserInput *input = xml->parser->input;
    if (input == NULL) {
        return NULL;
    }
    /* Within a tag a "<" can't stand, except as a reference. */
    for (const xmlChar *at = input->cur; at > input->base; at--) {
        if (at[-1] == '<') {
            return at - 1;
        }
    }
    return input->cur;
}

void bkti_xml_piece_begins(bkti_xml *xml, const char *piece, size_t size) {
    bkti_xml_position *position = &xml->position;
    position->piece = piece;
    position->piece_size = size;
    position->held_back = piece[size - 1] == '\r';
    position->newlines = count_newlines(piece, size);
}

void bkti_xml_piece_ends(bkti_xml *xml) {
    bkti_xml_position *position = &xml->position;
    const xmlParserInput *input = xml->parser->input;
    position->held_back = 0;
    uint64_t waiting = offset_of(xml, input->cur);
    /* Mostly the same still waits, which may be long. */
    uint64_t waiting_line_begin = waiting == position->waiting ? position->waiting_line_begin
                                                               : line_begin_of(xml, input->cur);
    position->line_begin = line_begin_of(xml, input->end);
    position->waiting = waiting;
    position->waiting_line_begin = waiting_line_begin;
    position->given += position->piece_size;
    position->line += position->newlines;
    position->newlines = 0;
    position->piece_size = 0;
    position->piece = NULL;
}
