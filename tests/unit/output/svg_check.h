/* SPDX-License-Identifier: MIT */
/* A small check that a text is well-formed XML of the kind that plots are: elements, attributes in
 * double quotes, character data with the predefined entities. */
#ifndef SVG_CHECK_H
#define SVG_CHECK_H

#include <check.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Check notes every assertion that it passes; there are too many here. */
#define SVG_NEED(condition, ...)                                                                   \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            ck_abort_msg(__VA_ARGS__);                                                             \
        }                                                                                          \
    } while (0)

static inline bool svg_is_name(char character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
           (character >= '0' && character <= '9') || character == '-' || character == ':';
}

/* Character data or an attribute's value up to one of `ends`. */
static inline const char *svg_check_data(const char *c, const char *ends) {
    for (; *c != '\0' && strchr(ends, *c) == NULL; c++) {
        SVG_NEED((unsigned char)*c >= 0x20 || *c == '\n', "a control character");
        SVG_NEED(*c != '<' && *c != '>', "a bare bracket at %.40s", c);
        if (*c == '&') {
            SVG_NEED(strncmp(c, "&amp;", 5) == 0 || strncmp(c, "&lt;", 4) == 0 ||
                         strncmp(c, "&gt;", 4) == 0 || strncmp(c, "&quot;", 6) == 0,
                     "a bare ampersand at %.40s", c);
        }
    }
    return c;
}

/* Attributes up to the end of the tag; no attribute twice, no script, nothing from outside. */
static inline const char *svg_check_attributes(const char *c) {
    char seen[32][40];
    int count = 0;
    while (*c == ' ') {
        const char *name = ++c;
        while (svg_is_name(*c)) {
            c++;
        }
        SVG_NEED(c > name && strncmp(c, "=\"", 2) == 0, "no attribute at %.40s", name);
        SVG_NEED(count < 32, "too many attributes");
        snprintf(seen[count], sizeof seen[count], "%.*s", (int)(c - name), name);
        SVG_NEED(strncmp(name, "on", 2) != 0 && strncmp(name, "href", 4) != 0 &&
                     strncmp(name, "style", 5) != 0,
                 "attribute %s", seen[count]);
        for (int i = 0; i < count; i++) {
            SVG_NEED(strcmp(seen[i], seen[count]) != 0, "%s twice", seen[count]);
        }
        count++;
        const char *value = c + 2;
        c = svg_check_data(value, "\"") + 1;
        if (strncmp(value, "url(", 4) == 0) {
            SVG_NEED(value[4] == '#', "a reference to outside at %.40s", value);
        }
        SVG_NEED(strncmp(value, "nan", 3) != 0 && strncmp(value, "NaN", 3) != 0 &&
                     strncmp(value, "INF", 3) != 0,
                 "not a number at %.60s", name);
    }
    return c;
}

static inline void svg_check(const char *text) {
    char open[64][32];
    int depth = 0, elements = 0;
    const char *c = text;
    while (*c != '\0') {
        c = svg_check_data(c, "<");
        if (*c == '\0') {
            break;
        }
        bool closes = c[1] == '/';
        const char *name = c + 1 + closes;
        for (c = name; svg_is_name(*c);) {
            c++;
        }
        int size = (int)(c - name);
        SVG_NEED(size > 0 && strncmp(name, "script", 6) != 0 && strncmp(name, "image", 5) != 0,
                 "an element at %.40s", name);
        if (closes) {
            SVG_NEED(depth > 0, "an end without a beginning");
            depth--;
            SVG_NEED((int)strlen(open[depth]) == size &&
                         strncmp(open[depth], name, (size_t)size) == 0,
                     "</%.*s> closes <%s>", size, name, open[depth]);
        } else {
            c = svg_check_attributes(c);
            SVG_NEED(depth > 0 || elements == 0, "a second root");
            elements++;
            if (*c == '/') {
                c++;
            } else {
                SVG_NEED(depth < 64, "too deep");
                snprintf(open[depth++], sizeof open[0], "%.*s", size, name);
            }
        }
        SVG_NEED(*c == '>', "no end of a tag at %.40s", c);
        c++;
    }
    ck_assert_int_eq(depth, 0);
    ck_assert_int_gt(elements, 3);
    ck_assert_ptr_null(strstr(text, "NaN"));
    ck_assert_ptr_null(strstr(text, "INF"));
}

#endif
