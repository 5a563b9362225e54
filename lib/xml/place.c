/* SPDX-License-Identifier: MIT */
/* Places. libxml2 knows where it stands, but neither where a tag began nor bytes on long lines or
 * far offsets; what it lacks is found in its buffer and in the piece at hand, and only when asked
 * for. */
#include <string.h>

#include "bkti_xml_parts.h"

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
        if (position->has_newline) {
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
    uint64_t line = (uint64_t)input->line;
    for (const xmlChar *at = byte; at < input->cur; at++) {
        line -= *at == '\n';
    }
    for (const xmlChar *at = input->cur; at < byte; at++) {
        line += *at == '\n';
    }
    out_place->offset = offset_of(xml, byte);
    out_place->line = line;
    out_place->column = out_place->offset - line_begin_of(xml, byte) + 1;
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
    position->has_newline = memchr(piece, '\n', size) != NULL;
}

void bkti_xml_piece_ends(bkti_xml *xml) {
    bkti_xml_position *position = &xml->position;
    const xmlParserInput *input = xml->parser->input;
    position->held_back = 0;
    const xmlChar *waiting = memchr(input->cur, '<', (size_t)(input->end - input->cur));
    uint64_t waiting_line_begin = line_begin_of(xml, waiting == NULL ? input->cur : waiting);
    position->line_begin = line_begin_of(xml, input->end);
    position->waiting_line_begin = waiting_line_begin;
    position->given += position->piece_size;
    position->piece_size = 0;
    position->piece = NULL;
}
