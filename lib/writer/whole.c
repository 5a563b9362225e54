/* SPDX-License-Identifier: MIT */
/* Tables written whole: where they say of which data set a row is, data sets begin with it. */
#include "bkti_writer_parts.h"

static const bkt_column *provenance(const bkt_table *table, const char *id) {
    const bkt_column *column = bkt_table_column_find(table, id);
    return column != NULL && bkt_column_role(column) == BKT_ROLE_PROVENANCE &&
                   bkt_column_codes_view(column) != NULL
               ? column
               : NULL;
}

const bkt_column *bkti_provenance_sets(const bkt_table *table) {
    return provenance(table, "DATASET");
}

int64_t bkti_provenance_end(const bkt_column *sets, int64_t row, int64_t rows) {
    const int32_t *codes = bkt_column_codes_view(sets);
    int64_t end = row + 1;
    while (end < rows && codes[end] == codes[row]) {
        end++;
    }
    return end;
}

/* The i-th of "a; b; c"; false if there are fewer. */
static bool nth_of(const char *list, size_t index, bkti_span *out_item) {
    while (list != NULL) {
        const char *end = strstr(list, "; ");
        if (index == 0) {
            *out_item = (bkti_span){list, end == NULL ? strlen(list) : (size_t)(end - list)};
            return true;
        }
        list = end == NULL ? NULL : end + 2;
        index--;
    }
    return false;
}

static size_t count_of(const char *list) {
    size_t count = list != NULL;
    for (const char *at = list; at != NULL && (at = strstr(at, "; ")) != NULL; at += 2) {
        count++;
    }
    return count;
}

typedef struct whole {
    const bkt_table *table;
    const bkt_column *sets;
    size_t set_count;
    bkti_text texts[2]; /* of the data set at hand: structure, dataflow */
} whole;

/* A table lists the structures of its data sets once each: they are known if there is one, or one
 * for each data set. */
static bkt_status find_structure(bkt_writer *writer, whole *of, size_t set, int64_t row, size_t i,
                                 const char **out_text) {
    static const char *const columns[] = {"STRUCTURE", "DATAFLOW"};
    static const char *const properties[] = {"structure", "dataflow"};
    const bkt_column *column = provenance(of->table, columns[i]);
    const char *list = bkt_table_property(of->table, properties[i]);
    size_t count = count_of(list);
    bkti_span item;
    *out_text = NULL;
    if (column != NULL) {
        *out_text = bkt_column_text_at(column, row);
        return BKT_OK;
    }
    if (count <= 1) {
        return BKT_OK; /* the property will do */
    }
    if (count != of->set_count || !nth_of(list, set, &item)) {
        return bkti_fail(writer->context, BKT_ERR_AMBIGUOUS, NULL,
                         "the table's data sets are of several structures (%.300s), and which is "
                         "of which is not known; write them one by one, by DATASET",
                         list);
    }
    bkti_text_clear(&of->texts[i]);
    if (!bkti_text_append_span(&of->texts[i], item)) {
        return bkti_no_memory(writer->context);
    }
    *out_text = bkti_text_get(&of->texts[i]);
    return BKT_OK;
}

static bkt_status describe(bkt_writer *writer, whole *of, size_t set, int64_t row,
                           bkt_dataset_options *options) {
    bkt_status status = bkt_dataset_options_init(options, sizeof *options);
    const bkt_column *actions = provenance(of->table, "ACTION");
    options->action = bkt_column_text_at(actions, row);
    status =
        status == BKT_OK ? find_structure(writer, of, set, row, 0, &options->structure) : status;
    return status == BKT_OK ? find_structure(writer, of, set, row, 1, &options->dataflow) : status;
}

static bkt_status write_set(bkt_writer *writer, whole *of, size_t set, int64_t row, int64_t end) {
    bkt_dataset_options options;
    bkt_status status = describe(writer, of, set, row, &options);
    status = status == BKT_OK ? bkt_writer_begin_dataset(writer, &options) : status;
    return status == BKT_OK ? bkti_writer_write_rows(writer, of->table, row, end) : status;
}

/* Once to announce the structures and actions, once to write. */
static bkt_status write_sets(bkt_writer *writer, whole *of, bool announces) {
    int64_t rows = bkt_table_row_count(of->table);
    bkt_status status = BKT_OK;
    size_t set = 0;
    for (int64_t row = 0; status == BKT_OK && row < rows; set++) {
        int64_t end = bkti_provenance_end(of->sets, row, rows);
        bkt_dataset_options options;
        if (!announces) {
            status = write_set(writer, of, set, row, end);
        } else {
            status = describe(writer, of, set, row, &options);
            status = status == BKT_OK ? bkt_writer_announce(writer, &options, of->table) : status;
        }
        row = end;
    }
    return status;
}

static bkt_status write_table(bkt_writer *writer, const bkt_table *table) {
    whole of = {.table = table, .sets = bkti_provenance_sets(table)};
    int64_t rows = bkt_table_row_count(table);
    if (of.sets == NULL || rows == 0 || writer->options.format == BKT_FORMAT_CSV) {
        return bkt_writer_write(writer, table);
    }
    for (int64_t row = 0; row < rows; row = bkti_provenance_end(of.sets, row, rows)) {
        of.set_count++;
    }
    bkti_text_init(&of.texts[0], writer->memory);
    bkti_text_init(&of.texts[1], writer->memory);
    bkt_status status = write_sets(writer, &of, true);
    status = status == BKT_OK ? write_sets(writer, &of, false) : status;
    bkti_text_free(&of.texts[0]);
    bkti_text_free(&of.texts[1]);
    return status;
}

static bkt_status finish(bkt_writer *writer, const bkt_table *table, bkt_status status) {
    if (status != BKT_OK) {
        return status;
    }
    writer->is_whole = true;
    status = write_table(writer, table);
    status = status == BKT_OK ? bkt_writer_finish(writer) : status;
    bkt_writer_free(writer);
    return status;
}

bkt_status bkt_table_write(bkt_context *context, const bkt_table *table,
                           const bkt_write_options *options, bkt_write_function write, void *user) {
    if (context == NULL || table == NULL || write == NULL) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "bkt_table_write() needs a context, a table and a function that takes "
                         "the bytes; one of them is NULL");
    }
    bkt_writer *writer;
    bkt_status status = bkt_writer_open_callback(context, write, user, options, &writer);
    return finish(writer, table, status);
}

bkt_status bkt_table_write_path(bkt_context *context, const bkt_table *table,
                                const bkt_write_options *options, const char *path) {
    if (context == NULL || table == NULL || path == NULL) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "bkt_table_write_path() needs a context, a table and a path; one of them "
                         "is NULL");
    }
    bkt_writer *writer;
    bkt_status status = bkt_writer_open_path(context, path, options, &writer);
    return finish(writer, table, status);
}
