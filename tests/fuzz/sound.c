/* SPDX-License-Identifier: MIT */
#include "sound.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

void fuzz_text_add_bytes(fuzz_text *text, const char *part, size_t size) {
    if (text->size + size + 1 > text->capacity) {
        text->capacity = (text->size + size + 1) * 2;
        char *data = realloc(text->data, text->capacity);
        FUZZ_CHECK(data != NULL, "no memory for a description");
        text->data = data;
    }
    if (size > 0) {
        memcpy(text->data + text->size, part, size);
    }
    text->size += size;
    text->data[text->size] = '\0';
}

void fuzz_text_add(fuzz_text *text, const char *part) {
    fuzz_text_add_bytes(text, part, strlen(part));
}

void fuzz_text_add_number(fuzz_text *text, const char *name, uint64_t number) {
    char digits[32];
    snprintf(digits, sizeof digits, " %" PRIu64, number);
    fuzz_text_add(text, name);
    fuzz_text_add(text, digits);
    fuzz_text_add(text, "\n");
}

void fuzz_text_free(fuzz_text *text) {
    free(text->data);
    memset(text, 0, sizeof *text);
}

void fuzz_text_compare(const fuzz_text *a, const fuzz_text *b, const char *what) {
    if (a->size == b->size && (a->size == 0 || memcmp(a->data, b->data, a->size) == 0)) {
        return;
    }
    size_t line = 0;
    size_t i = 0;
    for (; i < a->size && i < b->size && a->data[i] == b->data[i]; i++) {
        line = a->data[i] == '\n' ? i + 1 : line;
    }
    const char *of_a = a->size > line ? a->data + line : "";
    const char *of_b = b->size > line ? b->data + line : "";
    FUZZ_CHECK(false, "%s differ:\n%.*s\n%.*s", what, (int)strcspn(of_a, "\n"), of_a,
               (int)strcspn(of_b, "\n"), of_b);
}

/* Bytes of the UTF-8 character that begins the text; 0: it begins with none. */
static size_t character_size(const unsigned char *text) {
    static const unsigned least_of_second[] = {[0x00] = 0xa0, [0x10] = 0x90};
    size_t size = text[0] < 0x80                      ? 1
                  : text[0] >= 0xc2 && text[0] < 0xe0 ? 2
                  : text[0] >= 0xe0 && text[0] < 0xf0 ? 3
                  : text[0] >= 0xf0 && text[0] < 0xf5 ? 4
                                                      : 0;
    for (size_t i = 1; i < size; i++) {
        if ((text[i] & 0xc0) != 0x80) {
            return 0;
        }
    }
    bool low = (text[0] == 0xe0 || text[0] == 0xf0) && text[1] < least_of_second[text[0] & 0x1f];
    bool surrogate = text[0] == 0xed && text[1] >= 0xa0;
    bool high = text[0] == 0xf4 && text[1] >= 0x90;
    return low || surrogate || high ? 0 : size;
}

static void check_text(const char *text, bool line, const char *what) {
    FUZZ_CHECK(text != NULL, "%s is NULL", what);
    const unsigned char *at = (const unsigned char *)text;
    while (*at != '\0') {
        size_t size = character_size(at);
        FUZZ_CHECK(size > 0, "%s is no UTF-8: '%s'", what, text);
        FUZZ_CHECK(!line || (*at >= 0x20 && *at != 0x7f), "%s has control characters: '%s'", what,
                   text);
        at += size;
    }
}

static void check_numbers(const bkt_column *column) {
    int64_t rows = bkt_column_row_count(column);
    int64_t missing = 0;
    const double *numbers = bkt_column_numbers_view(column);
    const uint8_t *validity = bkt_column_validity_view(column);
    const uint8_t *reasons = bkt_column_reasons_view(column);
    const char *id = bkt_column_id(column);
    FUZZ_CHECK(bkt_column_codes_view(column) == NULL, "%s: codes of numbers", id);
    FUZZ_CHECK(numbers != NULL || rows == 0, "%s: no numbers", id);
    for (int64_t row = 0; row < rows; row++) {
        double number;
        bool there = bkt_column_number_at(column, row, &number) == 1;
        int32_t reason = bkt_column_missing_at(column, row);
        FUZZ_CHECK(there ? isfinite(number) != 0 : isnan(number) != 0,
                   "%s row %" PRId64 ": %g where a number is %s", id, row, number,
                   there ? "there" : "missing");
        FUZZ_CHECK(there == (reason == BKT_MISSING_NOT), "%s row %" PRId64 ": reason %d", id, row,
                   (int)reason);
        FUZZ_CHECK(reason >= 0 && reason <= BKT_MISSING_NOT_APPLICABLE, "%s: reason %d", id,
                   (int)reason);
        FUZZ_CHECK(there ? numbers[row] == number : isnan(numbers[row]) != 0,
                   "%s row %" PRId64 ": the array has another number", id, row);
        bool bit = validity == NULL || (validity[row / 8] >> (row % 8) & 1) != 0;
        FUZZ_CHECK(bit == there, "%s row %" PRId64 ": the bitmap says otherwise", id, row);
        FUZZ_CHECK(reasons == NULL ? there : reasons[row] == reason,
                   "%s row %" PRId64 ": the array has another reason", id, row);
        missing += !there;
    }
    FUZZ_CHECK(missing == bkt_column_null_count(column), "%s: %" PRId64 " missing, not %" PRId64,
               id, missing, bkt_column_null_count(column));
}

static void check_dictionary(const bkt_column *column) {
    int32_t count = bkt_column_dictionary_count(column);
    const char *id = bkt_column_id(column);
    for (int32_t code = 0; code < count; code++) {
        const char *text = bkt_column_dictionary_text(column, code);
        check_text(text, false, id);
        FUZZ_CHECK(bkt_column_dictionary_find(column, text) == code, "%s: '%s' is not found", id,
                   text);
        if (bkt_column_kind(column) == BKT_KIND_PERIOD) {
            int32_t frequencies[2];
            int64_t ordinals[2];
            bkt_status status =
                bkt_column_dictionary_period(column, code, &frequencies[0], &ordinals[0]);
            bkt_status parsed = bkt_period_parse(text, strlen(text), &frequencies[1], &ordinals[1]);
            FUZZ_CHECK(status == parsed, "%s: '%s' gives %d, not %d", id, text, (int)status,
                       (int)parsed);
            FUZZ_CHECK(status != BKT_OK ||
                           (frequencies[0] == frequencies[1] && ordinals[0] == ordinals[1]),
                       "%s: '%s' is another period", id, text);
        }
    }
    FUZZ_CHECK(bkt_column_dictionary_text(column, count) == NULL, "%s: a text too many", id);
    FUZZ_CHECK(bkt_column_dictionary_text(column, -1) == NULL, "%s: a text of -1", id);
}

static void check_codes(const bkt_column *column) {
    int64_t rows = bkt_column_row_count(column);
    int64_t missing = 0;
    const int32_t *codes = bkt_column_codes_view(column);
    const char *id = bkt_column_id(column);
    FUZZ_CHECK(codes != NULL || rows == 0, "%s: no codes", id);
    FUZZ_CHECK(bkt_column_numbers_view(column) == NULL, "%s: numbers of codes", id);
    for (int64_t row = 0; row < rows; row++) {
        const char *text = bkt_column_text_at(column, row);
        FUZZ_CHECK(codes[row] >= -1 && codes[row] < bkt_column_dictionary_count(column),
                   "%s row %" PRId64 ": code %d", id, row, (int)codes[row]);
        FUZZ_CHECK(text == bkt_column_dictionary_text(column, codes[row]),
                   "%s row %" PRId64 ": another text than its code's", id, row);
        missing += text == NULL;
    }
    FUZZ_CHECK(missing == bkt_column_null_count(column), "%s: %" PRId64 " missing, not %" PRId64,
               id, missing, bkt_column_null_count(column));
    check_dictionary(column);
}

static int32_t count_bytes(const void *data, size_t size, void *user) {
    FUZZ_CHECK(data != NULL && size > 0 && size <= 65536, "%zu bytes to write", size);
    *(uint64_t *)user += size;
    return 0;
}

/* What comes out of the table as text. */
static void check_output(const bkt_table *table) {
    bkt_context *context;
    FUZZ_CHECK(bkt_context_new(NULL, &context) == BKT_OK, "no context");
    bkt_print_options print;
    bkt_csv_options csv;
    bkt_print_options_init(&print, (uint32_t)sizeof print);
    bkt_csv_options_init(&csv, (uint32_t)sizeof csv);
    print.row_limit = 20;
    print.width = 80;
    print.scale = BKT_SCALE_MILLIONS;
    print.flags = BKT_PRINT_REASONS | BKT_PRINT_PERCENT;
    uint64_t size = 0;
    bkt_status status = bkt_table_print(context, table, &print, count_bytes, &size);
    FUZZ_CHECK(status == BKT_OK && (size > 0 || bkt_table_column_count(table) == 0),
               "printing gives %d: %s", (int)status, bkt_context_error_text(context));
    size = 0;
    status = bkt_table_write_csv(context, table, &csv, count_bytes, &size);
    FUZZ_CHECK(status == BKT_OK, "CSV gives %d: %s", (int)status, bkt_context_error_text(context));
    bkt_context_free(context);
}

void sound_table(const bkt_table *table) {
    FUZZ_CHECK(table != NULL, "no table");
    for (uint32_t i = 0; i < bkt_table_column_count(table); i++) {
        const bkt_column *column = bkt_table_column_at(table, i);
        const char *id = bkt_column_id(column);
        check_text(id, false, "a column's id");
        check_text(bkt_column_label(column), false, "a column's label");
        check_text(bkt_column_unit(column), false, "a column's unit");
        FUZZ_CHECK(id[0] != '\0' && bkt_table_column_find(table, id) == column,
                   "column '%s' is not found", id);
        FUZZ_CHECK(bkt_column_row_count(column) == bkt_table_row_count(table), "%s: its length",
                   id);
        int32_t role = bkt_column_role(column);
        FUZZ_CHECK(role >= BKT_ROLE_DIMENSION && role <= BKT_ROLE_PROVENANCE, "%s: role %d", id,
                   (int)role);
        if (bkt_column_kind(column) == BKT_KIND_NUMBER) {
            check_numbers(column);
        } else {
            check_codes(column);
        }
    }
    for (uint32_t i = 0; i < bkt_table_property_count(table); i++) {
        const char *name = bkt_table_property_name_at(table, i);
        check_text(name, true, "a property's name");
        check_text(bkt_table_property(table, name), false, name);
    }
    if (bkt_table_row_count(table) * bkt_table_column_count(table) < 1500) {
        check_output(table);
    }
}

void sound_status(const bkt_context *context, bkt_status status, const bkt_status *documented,
                  const char *what) {
    if (status == BKT_OK) {
        return;
    }
    while (*documented != 0 && *documented != status) {
        documented++;
    }
    FUZZ_CHECK(*documented == status, "%s gives %d (%s), which is not documented: %s", what,
               (int)status, bkt_status_text(status), bkt_context_error_text(context));
    if (status >= BKT_ERR_ARGUMENT) {
        const bkt_diagnostic *error = bkt_context_error(context);
        FUZZ_CHECK(error != NULL && bkt_diagnostic_status(error) == status,
                   "%s gives %d, but the context has %d", what, (int)status,
                   (int)bkt_diagnostic_status(error));
        FUZZ_CHECK(bkt_diagnostic_text(error)[0] != '\0', "%s fails without a word", what);
    }
}

static void check_diagnostic(const bkt_diagnostic *diagnostic) {
    check_text(bkt_diagnostic_text(diagnostic), true, "a diagnostic");
    check_text(bkt_diagnostic_line_text(diagnostic), true, "a diagnostic's line");
    FUZZ_CHECK(strcmp(bkt_status_text(bkt_diagnostic_status(diagnostic)), "unknown status") != 0,
               "status %d", (int)bkt_diagnostic_status(diagnostic));
    FUZZ_CHECK(bkt_diagnostic_status(diagnostic) != BKT_ERR_INTERNAL, "%s",
               bkt_diagnostic_text(diagnostic));
    FUZZ_CHECK(bkt_diagnostic_text(diagnostic)[0] != '\0', "a diagnostic without words");
}

void sound_context(const bkt_context *context) {
    for (uint32_t i = 0; i < bkt_context_diagnostic_count(context); i++) {
        check_diagnostic(bkt_context_diagnostic_at(context, i));
    }
    if (bkt_context_error(context) != NULL) {
        check_diagnostic(bkt_context_error(context));
    }
}

const char *sound_cell(const bkt_column *column, int64_t row, char *buffer) {
    double number;
    const char *text = bkt_column_text_at(column, row);
    if (text != NULL) {
        return text;
    }
    if (bkt_column_number_at(column, row, &number)) {
        uint64_t bits;
        memcpy(&bits, &number, sizeof bits);
        snprintf(buffer, 64, "%" PRIx64, bits);
    } else {
        snprintf(buffer, 64, "<%d>", (int)bkt_column_missing_at(column, row));
    }
    return buffer;
}

void sound_describe_columns(const bkt_table *table, fuzz_text *into) {
    for (uint32_t i = 0; i < bkt_table_column_count(table); i++) {
        const bkt_column *column = bkt_table_column_at(table, i);
        char facts[80];
        snprintf(facts, sizeof facts, " kind %d role %d assumed %d level %d\n",
                 (int)bkt_column_kind(column), (int)bkt_column_role(column),
                 (int)bkt_column_role_assumed(column), (int)bkt_column_level(column));
        const char *const texts[] = {
            "column ", bkt_column_id(column),   " label ", bkt_column_label(column),
            " unit ",  bkt_column_unit(column), facts};
        for (size_t k = 0; k < sizeof texts / sizeof texts[0]; k++) {
            fuzz_text_add(into, texts[k]);
        }
    }
}

void sound_describe_rows(const bkt_table *table, fuzz_text *into) {
    char buffer[64];
    for (int64_t row = 0; row < bkt_table_row_count(table); row++) {
        for (uint32_t i = 0; i < bkt_table_column_count(table); i++) {
            fuzz_text_add(into, i == 0 ? "" : "|");
            fuzz_text_add(into, sound_cell(bkt_table_column_at(table, i), row, buffer));
        }
        fuzz_text_add(into, "\n");
    }
}

void sound_describe_properties(const bkt_table *table, fuzz_text *into) {
    for (uint32_t i = 0; i < bkt_table_property_count(table); i++) {
        const char *name = bkt_table_property_name_at(table, i);
        fuzz_text_add(into, name);
        fuzz_text_add(into, " = ");
        fuzz_text_add(into, bkt_table_property(table, name));
        fuzz_text_add(into, "\n");
    }
}

static void describe_diagnostic(const bkt_diagnostic *diagnostic, fuzz_text *into) {
    char numbers[160];
    if (bkt_diagnostic_status(diagnostic) == BKT_ERR_DUPLICATE) {
        /* Its place is looked for in the input again, which a fed one does not have. */
        fuzz_text_add(into, bkt_diagnostic_text(diagnostic));
        fuzz_text_add(into, "\n");
        return;
    }
    snprintf(numbers, sizeof numbers,
             "severity %d status %d offset %" PRIu64 " line %" PRIu64 " column %" PRIu64
             " dataset %" PRIu32 " repeats %" PRIu64 " ",
             (int)bkt_diagnostic_severity(diagnostic), (int)bkt_diagnostic_status(diagnostic),
             bkt_diagnostic_offset(diagnostic), bkt_diagnostic_line(diagnostic),
             bkt_diagnostic_column(diagnostic), bkt_diagnostic_dataset(diagnostic),
             bkt_diagnostic_repeats(diagnostic));
    const char *const texts[] = {numbers,    bkt_diagnostic_line_text(diagnostic),
                                 " series ", bkt_diagnostic_series(diagnostic),
                                 " period ", bkt_diagnostic_period(diagnostic),
                                 "\n"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        fuzz_text_add(into, texts[i]);
    }
}

void sound_describe_context(const bkt_context *context, fuzz_text *into) {
    for (uint32_t i = 0; i < bkt_context_diagnostic_count(context); i++) {
        describe_diagnostic(bkt_context_diagnostic_at(context, i), into);
    }
    if (bkt_context_error(context) != NULL) {
        describe_diagnostic(bkt_context_error(context), into);
    }
}

void sound_same_tables(const bkt_table *a, const bkt_table *b, const char *what) {
    const bkt_table *tables[] = {a, b};
    fuzz_text texts[2] = {{0}, {0}};
    for (int i = 0; i < 2; i++) {
        sound_describe_properties(tables[i], &texts[i]);
        sound_describe_columns(tables[i], &texts[i]);
        sound_describe_rows(tables[i], &texts[i]);
    }
    fuzz_text_compare(&texts[0], &texts[1], what);
    fuzz_text_free(&texts[0]);
    fuzz_text_free(&texts[1]);
}
