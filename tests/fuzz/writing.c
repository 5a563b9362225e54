/* SPDX-License-Identifier: MIT */
/* Messages written again: the first byte says as what, the rest is a message. If it reads, it is
 * written, and what was written reads to the same rows. */
#include <string.h>

#include "sound.h"

static const struct {
    int32_t format;
    uint32_t flags;
} formats[] = {
    {BKT_FORMAT_STRUCTURE_SPECIFIC_2_1, 0},
    {BKT_FORMAT_GENERIC_2_1, 0},
    {BKT_FORMAT_STRUCTURE_SPECIFIC_3_0, 0},
    {BKT_FORMAT_SDMX_CSV_2, BKT_WRITE_ACTION},
    {BKT_FORMAT_STRUCTURE_SPECIFIC_2_1, BKT_WRITE_FLAT},
    {BKT_FORMAT_GENERIC_2_1, BKT_WRITE_FLAT | BKT_WRITE_GZIP},
    {BKT_FORMAT_SDMX_CSV_1, 0},
    {BKT_FORMAT_CSV, 0},
};
#define FORMATS (sizeof formats / sizeof formats[0])

/* What a message may have that a format can't carry: names that are none in XML, or taken in CSV;
 * characters that XML lacks (CSV may bring them); several structures, actions that there aren't. */
static const bkt_status write_statuses[] = {
    BKT_ERR_UNSUPPORTED, BKT_ERR_ENCODING, BKT_ERR_AMBIGUOUS, BKT_ERR_ARGUMENT, BKT_ERR_STATE, 0};

static bool is_csv(int32_t format) {
    return format == BKT_FORMAT_SDMX_CSV_1 || format == BKT_FORMAT_SDMX_CSV_2;
}

static const bkt_column *find_exact(const bkt_table *table, const char *id) {
    const bkt_column *column = bkt_table_column_find(table, id);
    return column != NULL && strcmp(bkt_column_id(column), id) == 0 ? column : NULL;
}

static const bkt_column *counterpart(const bkt_table *back, const bkt_column *column,
                                     const bkt_table *read) {
    const char *id = bkt_column_id(column);
    bool renamed =
        bkt_column_role(column) == BKT_ROLE_TIME && find_exact(read, "TIME_PERIOD") == NULL;
    return find_exact(back, renamed ? "TIME_PERIOD" : id);
}

/* CSV has no difference between an empty field and none. */
static const char *cell(const bkt_column *column, int64_t row, bool csv, char *buffer) {
    const char *text = bkt_column_text_at(column, row);
    if (csv && text != NULL && text[0] == '\0') {
        return "absent";
    }
    if (text != NULL) {
        return text;
    }
    double number;
    if (bkt_column_number_at(column, row, &number)) {
        snprintf(buffer, 64, "%a", number);
        return buffer;
    }
    int32_t reason = bkt_column_missing_at(column, row);
    return reason == BKT_MISSING_ABSENT || (csv && reason == BKT_MISSING_EMPTY)
               ? "absent"
               : bkt_missing_text(reason);
}

/* Measures beside OBS_VALUE are numbers in some messages and texts in others; what is no number
 * then stands elsewhere. */
static bool is_same_number(const bkt_column *a, const bkt_column *b, int64_t row) {
    bool kinds_differ = a != NULL && b != NULL && bkt_column_kind(a) != bkt_column_kind(b);
    if (kinds_differ && bkt_column_missing_at(a, row) == BKT_MISSING_NOT_A_NUMBER) {
        return true;
    }
    double number;
    const char *text = bkt_column_text_at(b, row);
    int32_t there = bkt_column_number_at(a, row, &number);
    if (text == NULL || !there) {
        return bkt_column_kind(a) == BKT_KIND_NUMBER && b != NULL &&
               bkt_column_kind(b) != BKT_KIND_NUMBER && !there &&
               (text == NULL || strcmp(text, "NaN") == 0 || text[0] == '\0');
    }
    return strtod(text, NULL) == number;
}

static void compare(const bkt_table *read, const bkt_table *back, bool csv) {
    int64_t rows = bkt_table_row_count(read);
    FUZZ_CHECK(rows == bkt_table_row_count(back), "%lld rows read, %lld read back", (long long)rows,
               (long long)bkt_table_row_count(back));
    for (uint32_t i = 0; i < bkt_table_column_count(read); i++) {
        const bkt_column *column = bkt_table_column_at(read, i);
        const bkt_column *other = counterpart(back, column, read);
        if (bkt_column_role(column) == BKT_ROLE_PROVENANCE) {
            continue;
        }
        for (int64_t row = 0; row < rows; row++) {
            char own[64];
            char others[64];
            const char *a = cell(column, row, csv, own);
            const char *b = other == NULL ? "absent" : cell(other, row, csv, others);
            bool same = strcmp(a, b) == 0 || is_same_number(column, other, row) ||
                        is_same_number(other, column, row);
            FUZZ_CHECK(same, "%s, row %lld: '%s' was read, '%s' read back", bkt_column_id(column),
                       (long long)row, a, b);
        }
    }
}

/* In SDMX-CSV a row of attributes alone is of all rows with its key, one of nothing is none; and
 * what stands behind ": " or in brackets in a header is not the id. */
static bool fits_csv(const bkt_table *table) {
    const bkt_column *value = bkt_table_column_find(table, "OBS_VALUE");
    for (uint32_t i = 0; i < bkt_table_column_count(table); i++) {
        const char *id = bkt_column_id(bkt_table_column_at(table, i));
        if (strpbrk(id, ":[] \t\r\n") != NULL) {
            return false;
        }
    }
    for (int64_t row = 0; row < bkt_table_row_count(table); row++) {
        int32_t reason = bkt_column_missing_at(value, row);
        if (reason == BKT_MISSING_ABSENT || reason == BKT_MISSING_EMPTY ||
            reason == BKT_MISSING_CONFIDENTIAL) {
            return false;
        }
    }
    return bkt_table_row_count(table) > 0;
}

/* Ids that SDMX itself gives another sense, as they may stand in any message. */
static bool has_odd_ids(const bkt_table *table) {
    static const char *const odd[] = {"type",   "OBS_VALUE_TEXT", "DATASET",
                                      "ACTION", "STRUCTURE",      "DATAFLOW"};
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        const bkt_column *column = bkt_table_column_find(table, odd[i]);
        if (column != NULL && bkt_column_role(column) != BKT_ROLE_PROVENANCE &&
            strcmp(odd[i], "OBS_VALUE_TEXT") != 0) {
            return true;
        }
    }
    return false;
}

/* A series of a data set that deletes may be deleted whole, which is no row. */
static bool deletes(const bkt_table *table) {
    const char *action = bkt_table_property(table, "action");
    const bkt_column *actions = bkt_table_column_find(table, "ACTION");
    return actions != NULL ||
           (action != NULL && strcmp(action, "Append") != 0 && strcmp(action, "Replace") != 0 &&
            strcmp(action, "Information") != 0);
}

static void write_again(bkt_context *context, const bkt_table *table, size_t way) {
    bkt_write_options options;
    bkt_writer *writer;
    bkt_table *back = NULL;
    FUZZ_CHECK(bkt_write_options_init(&options, sizeof options) == BKT_OK, "no options");
    options.format = formats[way].format;
    options.flags = formats[way].flags;
    bkt_status status = bkt_writer_open_memory(context, &options, &writer);
    FUZZ_CHECK(status == BKT_OK, "no writer");
    status = bkt_writer_write(writer, table);
    status = status == BKT_OK ? bkt_writer_finish(writer) : status;
    sound_status(context, status, write_statuses, "writing");
    size_t size;
    const char *bytes = bkt_writer_bytes_view(writer, &size);
    bool csv = is_csv(options.format);
    FUZZ_CHECK((status == BKT_OK) == (bytes != NULL), "bytes of status %d", (int)status);
    bool compares = status == BKT_OK && options.format != BKT_FORMAT_CSV && !has_odd_ids(table) &&
                    !deletes(table) && (!csv || fits_csv(table));
    if (compares) {
        bkt_context_diagnostics_clear(context);
        status = bkt_table_read_memory(context, bytes, size, NULL, &back);
        FUZZ_CHECK(status == BKT_OK, "what was written does not read: %s\n%.*s",
                   bkt_context_error_text(context), (int)size, bytes);
        compare(table, back, csv);
    }
    bkt_table_free(back);
    bkt_writer_free(writer);
}

void fuzz_writing(const uint8_t *data, size_t size) {
    fuzz_bytes bytes = {data, size};
    size_t way = fuzz_byte(&bytes) % FORMATS;
    bkt_context *context;
    bkt_table *table = NULL;
    FUZZ_CHECK(bkt_context_new(NULL, &context) == BKT_OK, "no context");
    if (bkt_table_read_memory(context, bytes.data, bytes.size, NULL, &table) == BKT_OK) {
        bkt_context_diagnostics_clear(context);
        write_again(context, table, way);
        bkt_table_free(table);
    }
    sound_context(context);
    bkt_context_free(context);
}
