/* SPDX-License-Identifier: MIT */
/* RFC 4180. */
#include <bktrade/output.h>

#include "bkti_columns.h"
#include "bkti_csv_field.h"
#include "bkti_number.h"
#include "bkti_sink.h"

#define KNOWN_FLAGS                                                                                \
    (BKT_CSV_CRLF | BKT_CSV_QUOTE_TEXT | BKT_CSV_REASONS | BKT_CSV_NO_HEADER | BKT_CSV_MARK)

typedef struct csv_writer {
    bkti_sink *sink;
    bkt_csv_options options;
    const bkt_column **columns;
    uint32_t column_count;
    char separator;
    bool quote_text;
    bool is_single; /* one field a line: an empty one would be an empty line, which readers skip */
} csv_writer;

static void put_field(const csv_writer *writer, const char *text) {
    bkti_csv_put_field(writer->sink, bkti_span_of(text), writer->separator, writer->quote_text);
}

/* Without quotes, so that it differs from an empty text. */
static void put_missing(const csv_writer *writer) {
    if (writer->options.missing[0] == '\0' && writer->is_single) {
        bkti_sink_put(writer->sink, "\"\"", 2);
    } else {
        bkti_sink_put_text(writer->sink, writer->options.missing);
    }
}

static void put_separator(const csv_writer *writer) {
    bkti_sink_put(writer->sink, &writer->separator, 1);
}

static bkt_status end_line(const csv_writer *writer) {
    return bkti_sink_put_text(writer->sink,
                              (writer->options.flags & BKT_CSV_CRLF) != 0 ? "\r\n" : "\n");
}

static void put_value(const csv_writer *writer, const bkt_column *column, int64_t row) {
    if (bkt_column_kind(column) != BKT_KIND_NUMBER) {
        const char *text = bkt_column_text_at(column, row);
        if (text == NULL) {
            put_missing(writer);
        } else {
            put_field(writer, text);
        }
        return;
    }
    double number;
    bool is_there = bkt_column_number_at(column, row, &number) != 0;
    if (is_there) {
        char buffer[32];
        bkti_sink_put(writer->sink, buffer, bkti_number_format(number, buffer, sizeof buffer));
    } else {
        put_missing(writer);
    }
    if ((writer->options.flags & BKT_CSV_REASONS) != 0) {
        put_separator(writer);
        if (!is_there) {
            put_field(writer, bkt_missing_text(bkt_column_missing_at(column, row)));
        }
    }
}

static bkt_status put_header(csv_writer *writer, bkt_context *context) {
    bkti_text name;
    bkti_text_init(&name, bkti_context_memory(context));
    for (uint32_t i = 0; i < writer->column_count; i++) {
        const bkt_column *column = writer->columns[i];
        if (i > 0) {
            put_separator(writer);
        }
        put_field(writer, bkt_column_id(column));
        if (bkt_column_kind(column) == BKT_KIND_NUMBER &&
            (writer->options.flags & BKT_CSV_REASONS) != 0) {
            put_separator(writer);
            bkti_text_clear(&name);
            bkti_text_append_format(&name, "%s_MISSING", bkt_column_id(column));
            put_field(writer, bkti_text_get(&name));
        }
    }
    bool failed = name.failed;
    bkti_text_free(&name);
    return failed ? bkti_no_memory(context) : end_line(writer);
}

static bkt_status write_all(csv_writer *writer, bkt_context *context, int64_t row_count) {
    bkt_status status = BKT_OK;
    if ((writer->options.flags & BKT_CSV_MARK) != 0) {
        bkti_sink_put_text(writer->sink, "\xef\xbb\xbf");
    }
    if ((writer->options.flags & BKT_CSV_NO_HEADER) == 0) {
        status = put_header(writer, context);
    }
    for (int64_t row = 0; row < row_count && status == BKT_OK; row++) {
        for (uint32_t i = 0; i < writer->column_count; i++) {
            if (i > 0) {
                put_separator(writer);
            }
            put_value(writer, writer->columns[i], row);
        }
        status = end_line(writer);
    }
    return status;
}

static const bkt_csv_options DEFAULTS = {
    .struct_size = sizeof(bkt_csv_options),
    .missing = "",
    .separator = ',',
};

bkt_status bkt_csv_options_init(bkt_csv_options *options, uint32_t struct_size) {
    return bkti_options_init(options, struct_size, &DEFAULTS, sizeof DEFAULTS, sizeof DEFAULTS);
}

static bkt_status check_options(bkt_context *context, const csv_writer *writer) {
    const bkt_csv_options *options = &writer->options;
    bkt_status status = bkti_flags_check(context, "bkt_csv_options", options->flags, KNOWN_FLAGS);
    if (status != BKT_OK) {
        return status;
    }
    if (!bkti_csv_is_separator(options->separator)) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "bkt_csv_options: the character %d can't separate fields; ',', ';', '|' "
                         "or a tab was expected",
                         (int)options->separator);
    }
    for (const char *c = options->missing; *c != '\0'; c++) {
        if (*c == '"' || *c == '\n' || *c == '\r' || *c == (char)options->separator) {
            return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                             "bkt_csv_options: the text for what is missing has a quote, a line "
                             "break or the separator in it");
        }
    }
    return BKT_OK;
}

/* The reasons' columns must not have the id of another column that is written. */
static bkt_status check_names(bkt_context *context, const csv_writer *writer) {
    for (uint32_t i = 0; (writer->options.flags & BKT_CSV_REASONS) != 0 && i < writer->column_count;
         i++) {
        const char *id = bkt_column_id(writer->columns[i]);
        size_t size = strlen(id);
        for (uint32_t j = 0; j < writer->column_count; j++) {
            const char *other = bkt_column_id(writer->columns[j]);
            if (bkt_column_kind(writer->columns[i]) == BKT_KIND_NUMBER &&
                strncmp(id, other, size) == 0 && strcmp(other + size, "_MISSING") == 0) {
                return bkti_fail(context, BKT_ERR_REPEATED_COMPONENT, NULL,
                                 "the reasons of \"%s\" would stand in a column \"%s\", but "
                                 "there is one already; leave it out or rename it",
                                 id, other);
            }
        }
    }
    return BKT_OK;
}

/* Everything but the sink. The writer's columns are the caller's to release. */
static bkt_status begin(csv_writer *writer, bkt_context *context, const bkt_table *table,
                        const bkt_csv_options *options) {
    *writer = (csv_writer){.options = DEFAULTS};
    bkt_status status = bkti_options_take(context, options, &writer->options,
                                          sizeof writer->options, sizeof writer->options);
    if (status != BKT_OK) {
        return status;
    }
    if (writer->options.missing == NULL) {
        writer->options.missing = "";
    }
    status = check_options(context, writer);
    if (status == BKT_OK) {
        status = bkti_columns_choose(context, table, writer->options.column_ids,
                                     writer->options.column_count, &writer->columns,
                                     &writer->column_count);
    }
    if (status == BKT_OK) {
        status = check_names(context, writer);
    }
    writer->separator = (char)writer->options.separator;
    writer->quote_text = (writer->options.flags & BKT_CSV_QUOTE_TEXT) != 0;
    bool reasons = (writer->options.flags & BKT_CSV_REASONS) != 0;
    writer->is_single = writer->column_count == 1 &&
                        !(reasons && bkt_column_kind(writer->columns[0]) == BKT_KIND_NUMBER);
    return status;
}

/* A table without columns has no lines either. */
static bkt_status finish(csv_writer *writer, bkt_context *context, const bkt_table *table,
                         bkt_status status) {
    if (status == BKT_OK && writer->column_count > 0) {
        status = write_all(writer, context, bkt_table_row_count(table));
    }
    status = bkti_sink_finish(writer->sink, status);
    bkti_release(bkti_context_memory(context), writer->columns);
    return status;
}

bkt_status bkt_table_write_csv(bkt_context *context, const bkt_table *table,
                               const bkt_csv_options *options, bkt_write_function write,
                               void *user) {
    if (context == NULL || table == NULL || write == NULL) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "bkt_table_write_csv() needs a context, a table and a function that "
                         "takes the text; one of them is NULL");
    }
    csv_writer writer;
    bkt_status status = begin(&writer, context, table, options);
    if (status == BKT_OK) {
        status = bkti_sink_open_callback(context, write, user, &writer.sink);
    }
    return finish(&writer, context, table, status);
}

bkt_status bkt_table_write_csv_path(bkt_context *context, const bkt_table *table,
                                    const bkt_csv_options *options, const char *path) {
    if (context == NULL || table == NULL || path == NULL) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "bkt_table_write_csv_path() needs a context, a table and a path; one of "
                         "them is NULL");
    }
    csv_writer writer;
    bkt_status status = begin(&writer, context, table, options);
    if (status == BKT_OK) {
        status = bkti_sink_open_path(context, path, 0, &writer.sink);
    }
    return finish(&writer, context, table, status);
}
