/* SPDX-License-Identifier: MIT */
/* Whether a document is SDMX-CSV: its first column is called DATAFLOW or STRUCTURE, and the
 * character behind that separates the fields. */
#include "bkti_csv_message.h"

static bool is_line_end(char byte) {
    return byte == '\n' || byte == '\r';
}

/* Any mark that can't be part of an id, a list or XML; tabs and other controls. */
static bool is_separator(char byte) {
    return byte > 0 && byte != 0x7f && byte != ' ' && !is_line_end(byte) &&
           !(byte >= '0' && byte <= '9') && !(byte >= 'A' && byte <= 'Z') &&
           !(byte >= 'a' && byte <= 'z') && strchr("\"'_[](){}<>.:-=", byte) == NULL;
}

static bool take(bkti_span *text, const char *word) {
    size_t size = strlen(word);
    if (text->size < size || memcmp(text->data, word, size) != 0) {
        return false;
    }
    text->data += size;
    text->size -= size;
    return true;
}

/* "[;]" behind STRUCTURE. */
static void take_brackets(bkti_span *text) {
    for (size_t i = 1; text->size > 0 && text->data[0] == '[' && i < text->size && i < 8; i++) {
        if (text->data[i] == ']') {
            text->data += i + 1;
            text->size -= i + 1;
            return;
        }
    }
}

/* A name behind the id, as columns of messages with labels have: the separator comes after it. */
static void take_label(bkti_span *text, bool is_quoted) {
    while (text->size > 0 && !is_line_end(text->data[0]) &&
           (is_quoted ? text->data[0] != '"' : strchr(",;\t|", text->data[0]) == NULL)) {
        text->data++;
        text->size--;
    }
}

bkti_csv_start bkti_csv_read_start(bkti_span text) {
    bkti_csv_start none = {0, '\0'};
    text = bkti_span_trim(text);
    bool is_quoted = take(&text, "\"");
    bkti_csv_start start = {take(&text, "DATAFLOW") ? 10 : 20, ','};
    if (start.version == 20 && !take(&text, "STRUCTURE")) {
        return none;
    }
    take_brackets(&text);
    if (take(&text, ": ")) {
        take_label(&text, is_quoted);
    }
    if (is_quoted && !take(&text, "\"")) {
        return none;
    }
    if (text.size == 0 || is_line_end(text.data[0]) || text.data[0] == '[') {
        return start; /* what is wrong in the brackets, the header will say */
    }
    start.separator = text.data[0];
    return is_separator(start.separator) ? start : none;
}

/* The begin of a document in ASCII, of which units of 16 or 32 bits have one byte that isn't zero.
 */
static bkti_span narrow(bkti_span block, char *room) {
    static const char *const marks[] = {"\xEF\xBB\xBF", "\xFE\xFF", "\xFF\xFE"};
    size_t size = 0;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        bkti_span mark = bkti_span_of(marks[i]);
        if (block.size >= mark.size && memcmp(block.data, mark.data, mark.size) == 0) {
            block.data += mark.size;
            block.size -= mark.size;
            break;
        }
    }
    for (size_t i = 0; i < block.size && size < BKTI_CSV_SNIFFED; i++) {
        if (block.data[i] != '\0') {
            room[size++] = block.data[i];
        }
    }
    return (bkti_span){room, size};
}

bkti_csv_start bkti_csv_sniff(bkti_span block) {
    char room[BKTI_CSV_SNIFFED];
    return bkti_csv_read_start(narrow(block, room));
}

static size_t count_in_line(bkti_span text, char separator, size_t *out_end) {
    size_t found = 0;
    size_t at = 0;
    for (; at < text.size && !is_line_end(text.data[at]); at++) {
        found += text.data[at] == separator;
    }
    while (at < text.size && is_line_end(text.data[at])) {
        at++;
    }
    *out_end = at;
    return found;
}

/* Two lines with the same separators in the same number. */
bool bkti_csv_is_other(bkti_span block, char *room, bkti_span *out_name) {
    static const char separators[] = ",;\t|";
    block = narrow(block, room);
    for (size_t i = 0; i < sizeof separators - 1; i++) {
        size_t first_end;
        size_t second_end;
        size_t found = count_in_line(block, separators[i], &first_end);
        bkti_span rest = {block.data + first_end, block.size - first_end};
        if (found > 0 && rest.size > 0 &&
            count_in_line(rest, separators[i], &second_end) == found) {
            const char *end = memchr(block.data, separators[i], first_end);
            *out_name = (bkti_span){block.data, (size_t)(end - block.data)};
            return block.data[0] != '<' && block.data[0] != '{';
        }
    }
    return false;
}
