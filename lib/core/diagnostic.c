/* SPDX-License-Identifier: MIT */
/* Diagnostics: made in one block each (record, line, source, series, period), so that there is one
 * allocation that can fail; an error that gets none is written into the reserve. */
#include "bkti_diagnostic.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "bkti_span.h"

static const bkti_place NO_PLACE = {0};

void bkti_diagnostics_init(bkti_diagnostics *diagnostics, bkti_memory *memory, uint32_t limit) {
    memset(diagnostics, 0, sizeof *diagnostics);
    diagnostics->memory = memory;
    diagnostics->limit = limit;
}

void bkti_diagnostics_clear(bkti_diagnostics *diagnostics) {
    for (uint32_t i = 0; i < diagnostics->count; i++) {
        bkti_release(diagnostics->memory, diagnostics->kept[i]);
    }
    bkti_release(diagnostics->memory, diagnostics->kept);
    bkti_release(diagnostics->memory, diagnostics->loose);
    bkti_diagnostics_init(diagnostics, diagnostics->memory, diagnostics->limit);
}

/* Sentences quote the input, which may hold anything: what leaves us is one line of UTF-8 that no
 * terminal takes for a command. Control characters become spaces, bad bytes "?". */
static void make_printable(char *line) {
    size_t length = strlen(line);
    for (size_t at = 0; at < length;) {
        uint32_t point;
        size_t size = bkti_span_character((bkti_span){line + at, length - at}, &point);
        if (size == 0) {
            line[at++] = '?';
        } else if (point < 0x20 || (point >= 0x7f && point < 0xa0)) {
            memset(line + at, ' ', size);
        }
        at += size;
    }
}

/* Writes "source:line:column: ", of which the unknown parts are left out; gives the length that
 * the whole has, also where it did not fit. */
static size_t write_place(const bkti_place *place, char *buffer, size_t capacity) {
    char position[48] = "";
    if (place->line > 0 && place->column > 0) {
        snprintf(position, sizeof position, "%" PRIu64 ":%" PRIu64, place->line, place->column);
    } else if (place->line > 0) {
        snprintf(position, sizeof position, "%" PRIu64, place->line);
    }
    const char *source = place->source == NULL ? "" : place->source;
    const char *joint = source[0] != '\0' && position[0] != '\0' ? ":" : "";
    const char *tail = source[0] != '\0' || position[0] != '\0' ? ": " : "";
    int length = snprintf(buffer, capacity, "%s%s%s%s", source, joint, position, tail);
    return length < 0 ? 0 : (size_t)length;
}

static void fill_numbers(bkt_diagnostic *diagnostic, int32_t severity, bkt_status status,
                         const bkti_place *place) {
    diagnostic->offset = place->offset;
    diagnostic->line = place->line;
    diagnostic->column = place->column;
    diagnostic->repeats = 0;
    diagnostic->status = status;
    diagnostic->severity = severity;
    diagnostic->os_error = place->os_error;
    diagnostic->dataset = place->dataset;
    diagnostic->sort = place->sort;
}

static size_t stored_size(const char *text) {
    return text == NULL ? 1 : strlen(text) + 1;
}

/* Copies a text (NULL: "") to *end and moves *end behind it. */
static const char *store(char **end, const char *text) {
    char *copy = *end;
    size_t size = stored_size(text);
    memcpy(copy, text == NULL ? "" : text, size);
    *end += size;
    return copy;
}

/* A diagnostic in a block of its own; NULL without memory. */
static bkt_diagnostic *make_block(bkti_memory *memory, int32_t severity, bkt_status status,
                                  const bkti_place *place, const char *format, va_list arguments) {
    va_list measuring;
    va_copy(measuring, arguments);
    int measured = vsnprintf(NULL, 0, format, measuring);
    va_end(measuring);
    if (measured < 0) {
        return NULL;
    }
    size_t place_length = write_place(place, NULL, 0);
    size_t line_size = place_length + (size_t)measured + 1;
    bkt_diagnostic *diagnostic =
        bkti_allocate(memory, sizeof *diagnostic + line_size + stored_size(place->source) +
                                  stored_size(place->series) + stored_size(place->period));
    if (diagnostic == NULL) {
        return NULL;
    }
    fill_numbers(diagnostic, severity, status, place);
    char *line = (char *)(diagnostic + 1);
    char *end = line + line_size;
    write_place(place, line, place_length + 1);
    va_list writing;
    va_copy(writing, arguments);
    vsnprintf(line + place_length, (size_t)measured + 1, format, writing);
    va_end(writing);
    make_printable(line);
    diagnostic->line_text = line;
    diagnostic->text = line + place_length;
    diagnostic->source = store(&end, place->source);
    diagnostic->series = store(&end, place->series);
    diagnostic->period = store(&end, place->period);
    return diagnostic;
}

/* Writes a diagnostic into the reserve: the place and as much of the sentence as fits. Built
 * beside it first, as the arguments may quote the error that stands there. */
static const bkt_diagnostic *fill_reserve(bkti_diagnostics *diagnostics, bkt_status status,
                                          const bkti_place *place, const char *format,
                                          va_list arguments) {
    char line[BKTI_RESERVE_SIZE];
    size_t place_length = write_place(place, line, sizeof line);
    if (place_length >= sizeof line / 2) {
        place_length = 0; /* an overlong name must not push the sentence out */
    }
    va_list writing;
    va_copy(writing, arguments);
    int written = vsnprintf(line + place_length, sizeof line - place_length, format, writing);
    va_end(writing);
    if (written < 0) {
        line[place_length] = '\0';
    }
    make_printable(line);
    memcpy(diagnostics->reserve_text, line, sizeof line);
    bkt_diagnostic *reserve = &diagnostics->reserve;
    fill_numbers(reserve, BKT_SEVERITY_ERROR, status, place);
    reserve->line_text = diagnostics->reserve_text;
    reserve->text = diagnostics->reserve_text + place_length;
    reserve->source = "";
    reserve->series = "";
    reserve->period = "";
    return reserve;
}

/* The newest one kept of a status, severity and sort, and how many of them are kept. */
static bkt_diagnostic *newest_of(const bkti_diagnostics *diagnostics, int32_t severity,
                                 bkt_status status, const char *sort, uint32_t *out_count) {
    bkt_diagnostic *newest = NULL;
    *out_count = 0;
    for (uint32_t i = 0; i < diagnostics->count; i++) {
        bkt_diagnostic *each = diagnostics->kept[i];
        if (each->status == status && each->severity == severity && each->sort == sort) {
            newest = each;
            (*out_count)++;
        }
    }
    return newest;
}

static bool keep(bkti_diagnostics *diagnostics, bkt_diagnostic *diagnostic) {
    void *kept = diagnostics->kept;
    if (!bkti_grow(diagnostics->memory, &kept, &diagnostics->capacity,
                   (size_t)diagnostics->count + 1, sizeof(bkt_diagnostic *))) {
        return false;
    }
    diagnostics->kept = kept;
    diagnostics->kept[diagnostics->count++] = diagnostic;
    return true;
}

const bkt_diagnostic *bkti_diagnostics_record(bkti_diagnostics *diagnostics, int32_t severity,
                                              bkt_status status, const bkti_place *place,
                                              const char *format, va_list arguments) {
    if (place == NULL) {
        place = &NO_PLACE;
    }
    uint32_t alike;
    bkt_diagnostic *newest = newest_of(diagnostics, severity, status, place->sort, &alike);
    /* The first of its kind is kept beyond the limit too, so that no kind of fault goes unseen. */
    bool wanted = alike == 0 ||
                  (alike < BKTI_DIAGNOSTICS_PER_STATUS && diagnostics->count < diagnostics->limit);
    if (!wanted) {
        newest->repeats++;
        if (severity != BKT_SEVERITY_ERROR) {
            return NULL;
        }
    }
    bkt_diagnostic *diagnostic =
        make_block(diagnostics->memory, severity, status, place, format, arguments);
    bool kept = diagnostic != NULL && wanted && keep(diagnostics, diagnostic);
    if (severity != BKT_SEVERITY_ERROR) {
        if (!kept) {
            bkti_release(diagnostics->memory, diagnostic);
            return NULL;
        }
        return diagnostic;
    }
    const bkt_diagnostic *error = diagnostic;
    if (error == NULL) {
        error = fill_reserve(diagnostics, status, place, format, arguments);
    }
    bkti_release(diagnostics->memory, diagnostics->loose);
    diagnostics->loose = kept ? NULL : diagnostic;
    diagnostics->error = error;
    return error;
}

bkt_status bkt_diagnostic_status(const bkt_diagnostic *diagnostic) {
    return diagnostic == NULL ? BKT_OK : diagnostic->status;
}

int32_t bkt_diagnostic_severity(const bkt_diagnostic *diagnostic) {
    return diagnostic == NULL ? 0 : diagnostic->severity;
}

const char *bkt_diagnostic_text(const bkt_diagnostic *diagnostic) {
    return diagnostic == NULL ? "" : diagnostic->text;
}

const char *bkt_diagnostic_line_text(const bkt_diagnostic *diagnostic) {
    return diagnostic == NULL ? "" : diagnostic->line_text;
}

const char *bkt_diagnostic_source(const bkt_diagnostic *diagnostic) {
    return diagnostic == NULL ? "" : diagnostic->source;
}

uint64_t bkt_diagnostic_offset(const bkt_diagnostic *diagnostic) {
    return diagnostic == NULL ? 0 : diagnostic->offset;
}

uint64_t bkt_diagnostic_line(const bkt_diagnostic *diagnostic) {
    return diagnostic == NULL ? 0 : diagnostic->line;
}

uint64_t bkt_diagnostic_column(const bkt_diagnostic *diagnostic) {
    return diagnostic == NULL ? 0 : diagnostic->column;
}

uint32_t bkt_diagnostic_dataset(const bkt_diagnostic *diagnostic) {
    return diagnostic == NULL ? 0 : diagnostic->dataset;
}

const char *bkt_diagnostic_series(const bkt_diagnostic *diagnostic) {
    return diagnostic == NULL ? "" : diagnostic->series;
}

const char *bkt_diagnostic_period(const bkt_diagnostic *diagnostic) {
    return diagnostic == NULL ? "" : diagnostic->period;
}

int32_t bkt_diagnostic_os_error(const bkt_diagnostic *diagnostic) {
    return diagnostic == NULL ? 0 : diagnostic->os_error;
}

uint64_t bkt_diagnostic_repeats(const bkt_diagnostic *diagnostic) {
    return diagnostic == NULL ? 0 : diagnostic->repeats;
}
