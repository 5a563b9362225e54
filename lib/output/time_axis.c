/* SPDX-License-Identifier: MIT */
/* Dates under a plot. Yearly figures have their year under them. Shorter periods have marks between
 * them, their names where there is room, and years (or months, over days) in a row below. */
#include "bkti_axis.h"

#include <math.h>
#include <stdio.h>

#include <bktrade/period.h>

#include "bkti_calendar.h"
#include "bkti_svg.h"

#define LABEL_GAP   9.0 /* pixels between labels */
#define MARK_GAP    4.0 /* pixels between marks */
#define SHORT_MARK  4.0
#define LONG_MARK   8.0
#define DAYS_A_YEAR 365.2425
/* Up to here days have their own labels. */
#define DAY_SPAN  62.0
#define HOUR_SPAN 4.0 /* and to here hours */
#define COLOUR    "#333"

static const char *const MONTHS[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

typedef struct time_drawing {
    const bkti_time_axis *axis;
    double top;
    double font;
    double row;
    bkti_text *out;
} time_drawing;

double bkti_time_axis_place(const bkti_time_axis *axis, double day) {
    return axis->left + (day - axis->first_day) / (axis->last_day - axis->first_day) *
                            (axis->right - axis->left);
}

static double pixels_a_year(const bkti_time_axis *axis) {
    return (axis->right - axis->left) / (axis->last_day - axis->first_day) * DAYS_A_YEAR;
}

static bool is_yearly(const bkti_time_axis *axis) {
    return axis->frequency == BKT_FREQUENCY_YEAR;
}

static bool shows_days(const bkti_time_axis *axis) {
    return axis->frequency >= BKT_FREQUENCY_WEEK && axis->last_day - axis->first_day <= DAY_SPAN;
}

static bool shows_hours(const bkti_time_axis *axis) {
    return axis->frequency == BKT_FREQUENCY_DATE_TIME &&
           axis->last_day - axis->first_day <= HOUR_SPAN;
}

static bool is_inside(const time_drawing *drawing, double x) {
    return x >= drawing->axis->left - 0.01 && x <= drawing->axis->right + 0.01;
}

static void mark(const time_drawing *drawing, double day, double length) {
    double x = bkti_time_axis_place(drawing->axis, day);
    if (is_inside(drawing, x)) {
        bkti_svg(drawing->out, "<path d=\"M%n %nV%n\" stroke=\"" COLOUR "\"/>\n", x, drawing->top,
                 drawing->top + length);
    }
}

static double label_width(const time_drawing *drawing, const char *text) {
    return bkti_svg_measure(bkti_span_of(text)) * drawing->font;
}

static void label(const time_drawing *drawing, double x, int row, const char *text) {
    bkti_span span = bkti_span_of(text);
    bkti_svg(drawing->out, "<text x=\"%n\" y=\"%n\">%t</text>\n", x,
             drawing->top + LONG_MARK + drawing->font + row * drawing->row, &span);
}

/* In the middle of what is seen of the days from `day` to `end`, if it fits there. */
static void label_between(const time_drawing *drawing, double day, double end, int row,
                          const char *text) {
    const bkti_time_axis *axis = drawing->axis;
    double left = bkti_time_axis_place(axis, day), right = bkti_time_axis_place(axis, end);
    left = left < axis->left ? axis->left : left;
    right = right > axis->right ? axis->right : right;
    if (right - left >= label_width(drawing, text)) {
        label(drawing, (left + right) / 2, row, text);
    }
}

static int64_t floor_divide(int64_t number, int64_t divisor) {
    return number / divisor - (number % divisor < 0);
}

static void first_and_last_year(const bkti_time_axis *axis, int64_t *out_first, int64_t *out_last) {
    int month, day;
    bkti_date_of_days((int64_t)floor(axis->first_day), out_first, &month, &day);
    bkti_date_of_days((int64_t)ceil(axis->last_day) - 1, out_last, &month, &day);
}

/* Years between labelled ones: 1, 2, 5, 10, 20, ... */
static int64_t year_step(const time_drawing *drawing) {
    static const int64_t NEXT[] = {2, 5, 10};
    double room = pixels_a_year(drawing->axis);
    double need = label_width(drawing, "2000") + LABEL_GAP;
    int64_t step = 1;
    for (int64_t unit = 1; (double)step * room < need; unit *= 10) {
        for (int i = 0; i < 3 && (double)step * room < need; i++) {
            step = NEXT[i] * unit;
        }
    }
    return step;
}

/* Marks and labels of years. Where every year has room its label stands in its middle; else labels
 * stand at the years of a step. */
static void draw_years(const time_drawing *drawing, int row) {
    bool yearly = is_yearly(drawing->axis);
    int64_t first, last;
    int64_t step = year_step(drawing);
    first_and_last_year(drawing->axis, &first, &last);
    bool every_mark = pixels_a_year(drawing->axis) >= MARK_GAP;
    for (int64_t year = first; year <= last + 1; year++) {
        double start = (double)bkti_days_of_date(year, 1, 1);
        double end = (double)bkti_days_of_date(year + 1, 1, 1);
        bool labelled = floor_divide(year, step) * step == year;
        double at = yearly ? (start + end) / 2 : start;
        if (labelled || every_mark) {
            mark(drawing, at, labelled ? LONG_MARK : SHORT_MARK);
        }
        char text[24];
        snprintf(text, sizeof text, "%lld", (long long)year);
        double x = bkti_time_axis_place(drawing->axis, at);
        if (!yearly && step == 1) {
            label_between(drawing, start, end, row, text);
        } else if (labelled && is_inside(drawing, x)) {
            label(drawing, x, row, text);
        }
    }
}

/* Parts of a year that get a label: 0 if there is no room, else every n-th. */
static int part_step(const time_drawing *drawing, int parts) {
    double room = pixels_a_year(drawing->axis) / parts;
    double need = label_width(drawing, parts == 12 ? "Mmm" : "Q4") + LABEL_GAP;
    int step = parts == 12 ? 1 : room >= need ? 1 : 0;
    while (parts == 12 && step != 0 && room * step < need) {
        step = step == 1 ? 3 : 0;
    }
    return step;
}

/* Quarters and the like, or months, with their marks. */
static void draw_parts(const time_drawing *drawing, int parts, const char *code) {
    double room = pixels_a_year(drawing->axis) / parts;
    int step = part_step(drawing, parts);
    int64_t first, last;
    first_and_last_year(drawing->axis, &first, &last);
    int months = 12 / parts;
    for (int64_t year = first; year <= last && room >= MARK_GAP; year++) {
        for (int part = 0; part < parts; part++) {
            double start = (double)bkti_days_of_date(year, part * months + 1, 1);
            int64_t next_year = part + 1 == parts ? year + 1 : year;
            int next_month = part + 1 == parts ? 1 : (part + 1) * months + 1;
            double end = (double)bkti_days_of_date(next_year, next_month, 1);
            double middle = bkti_time_axis_place(drawing->axis, (start + end) / 2);
            mark(drawing, start, SHORT_MARK);
            if (step == 0 || drawing->axis->rows < 2 || part % step != 0 ||
                !is_inside(drawing, middle)) {
                continue;
            }
            char text[24];
            snprintf(text, sizeof text, "%.1s%d", code, part + 1);
            label(drawing, middle, 0, parts == 12 ? MONTHS[part] : text);
        }
    }
}

/* Days of the month, with months below. */
static void draw_days(const time_drawing *drawing) {
    static const int STEPS[] = {1, 2, 7, 14};
    const bkti_time_axis *axis = drawing->axis;
    double room = (axis->right - axis->left) / (axis->last_day - axis->first_day);
    double need = label_width(drawing, "30") + LABEL_GAP;
    int choice = 0;
    while (choice < 3 && room * STEPS[choice] < need) {
        choice++;
    }
    int64_t first = (int64_t)floor(axis->first_day), last = (int64_t)ceil(axis->last_day);
    for (int64_t day = first; day < last; day++) {
        int64_t year;
        int month, date;
        bkti_date_of_days(day, &year, &month, &date);
        bool begins = date == 1;
        mark(drawing, (double)day, begins ? LONG_MARK : SHORT_MARK);
        char text[24];
        double middle = bkti_time_axis_place(axis, (double)day + 0.5);
        /* Days too near to the first of the next month leave the room to it. */
        bool has_room = date == 1 || bkti_days_in_month(year, month) - date + 1 >= STEPS[choice];
        if ((date - 1) % STEPS[choice] == 0 && has_room && is_inside(drawing, middle)) {
            snprintf(text, sizeof text, "%d", date);
            label(drawing, middle, 0, text);
        }
        if (begins || day == first) {
            int64_t end = day - date + 1 + bkti_days_in_month(year, month);
            snprintf(text, sizeof text, "%s %lld", MONTHS[month - 1], (long long)year);
            label_between(drawing, (double)day, (double)end, 1, text);
        }
    }
}

/* Hours, with days below. */
static void draw_hours(const time_drawing *drawing) {
    static const int STEPS[] = {1, 2, 3, 6, 12, 24};
    const bkti_time_axis *axis = drawing->axis;
    double room = (axis->right - axis->left) / (axis->last_day - axis->first_day) / 24;
    double need = label_width(drawing, "00:00") + LABEL_GAP;
    int choice = 0;
    while (choice < 5 && room * STEPS[choice] < need) {
        choice++;
    }
    int64_t first_day = (int64_t)floor(axis->first_day);
    for (int64_t hour = first_day * 24; (double)hour <= axis->last_day * 24;
         hour += STEPS[choice]) {
        int64_t year, day = floor_divide(hour, 24);
        int month, date, of_day = (int)(hour - day * 24);
        char text[32];
        double x = bkti_time_axis_place(axis, (double)hour / 24);
        mark(drawing, (double)hour / 24, of_day == 0 ? LONG_MARK : SHORT_MARK);
        snprintf(text, sizeof text, "%02d:00", of_day);
        if (is_inside(drawing, x)) {
            label(drawing, x, 0, text);
        }
        if (of_day == 0) {
            bkti_date_of_days(day, &year, &month, &date);
            snprintf(text, sizeof text, "%d %s %lld", date, MONTHS[month - 1], (long long)year);
            label_between(drawing, (double)day, (double)day + 1, 1, text);
        }
    }
}

/* Parts of a year that the frequency counts in; 0 for none but years. */
static int parts_of(const bkti_time_axis *axis) {
    int parts = bkt_frequency_per_year(axis->frequency);
    return is_yearly(axis) ? 0 : parts > 0 ? parts : 12;
}

int bkti_time_axis_rows(const bkti_time_axis *axis, double font) {
    time_drawing drawing = {.axis = axis, .font = font};
    if (shows_days(axis)) {
        return 2;
    }
    int parts = parts_of(axis);
    return parts > 0 && part_step(&drawing, parts) > 0 ? 2 : 1;
}

void bkti_time_axis_draw(const bkti_time_axis *axis, double top, double font, double row,
                         bkti_text *out) {
    time_drawing drawing = {axis, top, font, row, out};
    bkti_svg(out,
             "<g font-size=\"%n\" text-anchor=\"middle\" fill=\"" COLOUR "\">\n"
             "<path d=\"M%n %nH%n\" stroke=\"" COLOUR "\"/>\n",
             font, axis->left, top, axis->right);
    if (shows_hours(axis)) {
        draw_hours(&drawing);
    } else if (shows_days(axis)) {
        draw_days(&drawing);
    } else {
        if (parts_of(axis) > 0) {
            draw_parts(&drawing, parts_of(axis), bkt_frequency_code(axis->frequency));
        }
        draw_years(&drawing, axis->rows - 1);
    }
    bkti_text_append_text(out, "</g>\n");
}
