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
    return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') || byte == '_' ||
           (unsigned char)byte >= 0x80;
}

static bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

bool bkti_is_xml_name(const char *text) {
    for (const char *at = text; *at != '\0'; at++) {
        if (!is_letter(*at) && (at == text || (!is_digit(*at) && *at != '-' && *at != '.'))) {
            return false;
        }
    }
    return text[0] != '\0';
}

bool bkti_is_sdmx_id(const char *text) {
    for (const char *at = text; *at != '\0'; at++) {
        bool is_plain = (is_letter(*at) && (unsigned char)*at < 0x80) || is_digit(*at);
        if (!is_plain && strchr("@$-", *at) == NULL) {
            return false;
        }
    }
    return text[0] != '\0';
}
