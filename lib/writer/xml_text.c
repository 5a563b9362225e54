/* SPDX-License-Identifier: MIT */
/* Texts in XML. */
#include "bkti_writer_parts.h"

enum byte_class { PLAIN, ENDS, ESCAPED, FORBIDDEN, DOUBTFUL };

/* DOUBTFUL: may begin U+FFFE or U+FFFF, which XML does not have. */
static inline int class_of(unsigned char byte) {
    if (byte >= 0x20 && byte != '"' && byte != '&' && byte != '<' && byte != '>' && byte != 0xEF) {
        return PLAIN;
    }
    switch (byte) {
    case '\0':
        return ENDS;
    case '"':
    case '&':
    case '<':
    case '>':
    case '\t':
    case '\n':
    case '\r':
        return ESCAPED;
    default:
        return byte == 0xEF ? DOUBTFUL : FORBIDDEN;
    }
}

static const char *escape_of(char byte) {
    switch (byte) {
    case '"':
        return "&quot;";
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '\t':
        return "&#9;";
    case '\n':
        return "&#10;";
    default:
        return "&#13;";
    }
}

void bkti_put(bkt_writer *writer, const char *terminated) {
    bkti_sink_put(writer->sink, terminated, strlen(terminated));
}

static void fail_character(bkt_writer *writer, const bkti_component *component, uint32_t point) {
    if (writer->status != BKT_OK) {
        return;
    }
    writer->status =
        bkti_fail(writer->context, BKT_ERR_ENCODING, NULL,
                  "%s%.200s has the character U+%04X in row %llu, which XML can't have; CSV can",
                  component == NULL ? "a text" : "the column ",
                  component == NULL ? "" : component->id, (unsigned)point,
                  (unsigned long long)writer->row_count + (unsigned long long)writer->row + 1);
}

void bkti_put_escaped(bkt_writer *writer, const char *text, const bkti_component *component) {
    const char *begin = text;
    const char *at = text;
    for (;; at++) {
        int found = class_of((unsigned char)*at);
        if (found == PLAIN) {
            continue;
        }
        if (found == DOUBTFUL) {
            bool is_none = (unsigned char)at[1] == 0xBF && (unsigned char)at[2] >= 0xBE;
            if (is_none) {
                fail_character(writer, component, 0xFF40u + (unsigned char)at[2]);
            }
            continue;
        }
        if (at > begin) {
            bkti_sink_put(writer->sink, begin, (size_t)(at - begin));
        }
        begin = at + 1;
        if (found == ENDS) {
            return;
        }
        if (found == FORBIDDEN) {
            fail_character(writer, component, (unsigned char)*at);
        } else {
            bkti_put(writer, escape_of(*at));
        }
    }
}

void bkti_put_escaped_span(bkt_writer *writer, bkti_span text) {
    bkti_text_clear(&writer->scratch);
    bkti_text_append_span(&writer->scratch, text);
    bkti_put_escaped(writer, bkti_text_get(&writer->scratch), NULL);
    if (writer->scratch.failed && writer->status == BKT_OK) {
        writer->status = bkti_no_memory(writer->context);
    }
}

static bool is_letter(char byte) {
    return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') || byte == '_';
}

static bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

/* Characters of names beyond ASCII: XML 1.0, fifth edition, [4] and [4a]. */
static bool is_name_character(uint32_t point, bool is_first) {
    static const uint32_t ranges[][2] = {
        {0xC0, 0xD6},
        {0xD8, 0xF6},
        {0xF8, 0x2FF},
        {0x370, 0x37D},
        {0x37F, 0x1FFF},
        {0x200C, 0x200D},
        {0x2070, 0x218F},
        {0x2C00, 0x2FEF},
        {0x3001, 0xD7FF},
        {0xF900, 0xFDCF},
        {0xFDF0, 0xFFFD},
        {0x10000, 0xEFFFF},
        /* Not at the begin. */
        {0xB7, 0xB7},
        {0x300, 0x36F},
        {0x203F, 0x2040},
    };
    size_t count = sizeof ranges / sizeof *ranges - (is_first ? 3 : 0);
    for (size_t i = 0; i < count; i++) {
        if (point >= ranges[i][0] && point <= ranges[i][1]) {
            return true;
        }
    }
    return false;
}

bool bkti_is_xml_name(bkti_span text) {
    bkti_span rest = text;
    bool is_first = true;
    while (rest.size > 0) {
        char byte = rest.data[0];
        uint32_t point = 0;
        size_t size = (unsigned char)byte < 0x80 ? 1 : bkti_span_character(rest, &point);
        bool is_good =
            (unsigned char)byte < 0x80
                ? is_letter(byte) || (!is_first && (is_digit(byte) || byte == '-' || byte == '.'))
                : size > 0 && is_name_character(point, is_first);
        if (!is_good) {
            return false;
        }
        rest.data += size;
        rest.size -= size;
        is_first = false;
    }
    return !is_first;
}

bool bkti_is_sdmx_id(bkti_span text) {
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.data[i];
        bool is_plain = is_letter(byte) || is_digit(byte);
        if (!is_plain && (byte == '\0' || strchr("@$-", byte) == NULL)) {
            return false;
        }
    }
    return text.size > 0;
}
