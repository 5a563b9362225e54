/* SPDX-License-Identifier: MIT */
/* What a field holds: a code with its name, or a list of values. */
#include "bkti_csv_message.h"

static bool is_white(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* A code has no white space: what has some before ": " is text that has a colon. */
bkti_span bkti_csv_without_label(bkti_span value) {
    for (size_t i = 0; i + 1 < value.size && !is_white(value.data[i]); i++) {
        if (value.data[i] == ':' && value.data[i + 1] == ' ' && i > 0) {
            value.size = i;
            break;
        }
    }
    return value;
}

/* "en:" or "pt-BR:" before a text. */
static size_t language_size(const char *text, size_t size) {
    size_t at = 0;
    while (at < size && at < 12 &&
           ((text[at] >= 'a' && text[at] <= 'z') || (text[at] >= 'A' && text[at] <= 'Z') ||
            (text[at] == '-' && at >= 2))) {
        at++;
    }
    return at >= 2 && at < size && text[at] == ':' ? at + 1 : 0;
}

/* A language before its text is followed by a space, as in SDMX-ML's; before the only text of a
 * field (is_alone) English is not said. */
static size_t finish_translated(char *room, size_t begin, size_t size, bool is_alone) {
    size_t language = language_size(room + begin, size - begin);
    char *text = room + begin + language;
    bool is_spaced = begin + language < size && *text == ' ';
    if (language == 0) {
        return size;
    }
    if (is_alone && bkti_is_english((bkti_span){room + begin, language - 1})) {
        language += is_spaced;
        memmove(room + begin, room + begin + language, size - begin - language);
        return size - language;
    }
    if (!is_spaced) {
        memmove(text + 1, text, size - begin - language);
        *text = ' ';
    }
    return size + !is_spaced;
}

/* The value that begins at an offset and ends the text: without what isn't its own. */
static size_t finish_value(const bkti_csv_message *csv, const bkti_csv_column *column, char *room,
                           size_t begin, size_t size, bool is_alone) {
    if (column->is_translated) {
        return finish_translated(room, begin, size, is_alone);
    }
    if (csv->is_labelled) {
        return begin + bkti_csv_without_label((bkti_span){room + begin, size - begin}).size;
    }
    return size;
}

/* Quotation marks hold lists in lists together, doubled with each level. Positions count in nested
 * lists, so an empty value stays one. */
bkti_span bkti_csv_join_list(const bkti_csv_message *csv, const bkti_csv_column *column,
                             bkti_span field, char *room) {
    size_t size = 0;
    size_t begin = 0;
    bool is_start = true;
    bool is_quoted = false;
    for (size_t i = 0; i < field.size; i++) {
        char byte = field.data[i];
        if (byte == csv->divider) {
            size = finish_value(csv, column, room, begin, size, false);
            room[size++] = ';';
            room[size++] = ' ';
            begin = size;
            is_start = true;
            continue;
        }
        if (byte != '"' || (!is_start && !is_quoted)) {
            room[size++] = byte;
            is_start = false;
            continue;
        }
        size_t run = 1;
        while (i + run < field.size && field.data[i + run] == '"') {
            run++;
        }
        i += run - 1;
        bool is_end = i + 1 == field.size || field.data[i + 1] == csv->divider;
        if (is_start) {
            is_quoted = true;
        } else if (is_end) {
            is_quoted = is_quoted && run % 2 == 0;
        } else {
            size_t shown = run < 2 ? 1 : run / 2;
            memset(room + size, '"', shown);
            size += shown;
        }
    }
    size = finish_value(csv, column, room, begin, size, begin == 0);
    return (bkti_span){room, size};
}
