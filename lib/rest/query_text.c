/* SPDX-License-Identifier: MIT */
/* Pieces of text. */
#include "bkti_query.h"

static bool is_letter_or_digit(char letter) {
    return (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z') ||
           (letter >= '0' && letter <= '9');
}

static bool is_one_of(char letter, const char *letters) {
    return letter != '\0' && strchr(letters, letter) != NULL;
}

void bkti_append_encoded(bkti_text *text, bkti_span data) {
    for (size_t i = 0; i < data.size; i++) {
        char letter = data.data[i];
        if (is_letter_or_digit(letter) || is_one_of(letter, "-._~@$")) {
            bkti_text_append(text, &letter, 1);
        } else {
            bkti_text_append_format(text, "%%%02X", (unsigned)(unsigned char)letter);
        }
    }
}

bkti_span bkti_cut(bkti_span *rest, char separator) {
    const char *end = rest->size == 0 ? NULL : memchr(rest->data, separator, rest->size);
    bkti_span part = *rest;
    if (end == NULL) {
        *rest = (bkti_span){NULL, 0};
    } else {
        part.size = (size_t)(end - rest->data);
        *rest = (bkti_span){end + 1, rest->size - part.size - 1};
    }
    return part;
}

bool bkti_is_id(bkti_span text) {
    for (size_t i = 0; i < text.size; i++) {
        if (!is_letter_or_digit(text.data[i]) && !is_one_of(text.data[i], "_@$-")) {
            return false;
        }
    }
    return text.size > 0;
}

bool bkti_list_has(const char *list, bkti_span word) {
    for (bkti_span rest = bkti_span_of(list); rest.data != NULL;) {
        if (bkti_span_equal(bkti_cut(&rest, ' '), word)) {
            return true;
        }
    }
    return false;
}

bool bkti_is_given(const char *text) {
    return text != NULL && text[0] != '\0';
}

void bkti_append_list(bkti_text *text, bkti_span list, char separator) {
    bool first = true;
    for (bkti_span rest = list; rest.data != NULL; first = false) {
        bkti_span part = bkti_cut(&rest, '+');
        if (!first) {
            bkti_text_append(text, &separator, 1);
        }
        bkti_append_encoded(text, part);
    }
}

bkt_status bkti_cannot(const bkti_asking *asking, const char *what) {
    return bkti_fail(asking->context, BKT_ERR_UNSUPPORTED, NULL, "the service %s can't do this: %s",
                     asking->service.id, what);
}

bkt_status bkti_wrong(const bkti_asking *asking, const char *what) {
    return bkti_fail(asking->context, BKT_ERR_ARGUMENT, NULL, "%s", what);
}
