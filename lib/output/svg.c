/* SPDX-License-Identifier: MIT */
#include "bkti_svg.h"

#include <stdarg.h>
#include <stdint.h>

#include "bkti_display.h"
#include "bkti_number.h"

void bkti_svg_escape(bkti_text *out, bkti_span text) {
    while (text.size > 0) {
        const char *data = text.data;
        uint32_t point = bkti_point_next(&text);
        if (bkti_point_is_space(point)) {
            bkti_text_append(out, " ", 1);
        } else if (point == BKTI_POINT_BAD || bkti_point_is_control(point) ||
                   (point & 0xfffe) == 0xfffe) {
            bkti_text_append_text(out, "\xef\xbf\xbd");
        } else if (point == '&') {
            bkti_text_append_text(out, "&amp;");
        } else if (point == '<') {
            bkti_text_append_text(out, "&lt;");
        } else if (point == '>') {
            bkti_text_append_text(out, "&gt;");
        } else if (point == '"') {
            bkti_text_append_text(out, "&quot;");
        } else {
            bkti_text_append(out, data, (size_t)(text.data - data));
        }
    }
}

static void put_number(bkti_text *out, double number) {
    char buffer[440];
    size_t size = bkti_number_format_fixed(number, 2, '\0', buffer, sizeof buffer);
    bkti_text_append(out, buffer, size);
}

void bkti_svg(bkti_text *out, const char *pattern, ...) {
    va_list arguments;
    va_start(arguments, pattern);
    const char *begin = pattern;
    for (const char *c = pattern; *c != '\0'; c++) {
        if (*c != '%') {
            continue;
        }
        bkti_text_append(out, begin, (size_t)(c - begin));
        c++;
        begin = c + 1;
        if (*c == 'n') {
            put_number(out, va_arg(arguments, double));
        } else if (*c == 'd') {
            bkti_text_append_format(out, "%d", va_arg(arguments, int));
        } else if (*c == 's') {
            bkti_text_append_text(out, va_arg(arguments, const char *));
        } else {
            bkti_svg_escape(out, *va_arg(arguments, const bkti_span *));
        }
    }
    bkti_text_append_text(out, begin);
    va_end(arguments);
}

/* Thousandths of an em from U+0020 to U+007E, of DejaVu Sans. */
static const uint16_t WIDTHS[] = {
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361,  318, 337, 636, 636, 636,
    636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632,
    575, 775, 752, 295, 295, 656, 557, 863, 748, 787, 603, 787, 695, 635,  611, 732, 684, 989, 685,
    611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352,  635, 634, 278, 278, 579,
    278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592,  525, 636, 337, 636, 838};

static double point_width(uint32_t point) {
    if (point >= 0x20 && point <= 0x7e) {
        return WIDTHS[point - 0x20] / 1000.0;
    }
    if (point >= 0x410 && point <= 0x42f) {
        return 0.77; /* Cyrillic capitals */
    }
    if (point == 0x2013 || (point >= 0x2080 && point <= 0x209c)) {
        return 0.5;
    }
    if (point >= 0x2014 && point <= 0x22ff) {
        return 1.0; /* dashes, ellipsis, arrows, signs */
    }
    return bkti_point_width(point) * (bkti_point_width(point) == 2 ? 0.5 : 0.67);
}

double bkti_svg_measure(bkti_span text) {
    double width = 0;
    while (text.size > 0) {
        uint32_t point = bkti_point_next(&text);
        width += bkti_point_is_space(point) ? 0.318 : point_width(point);
    }
    return width;
}
