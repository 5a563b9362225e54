/* SPDX-License-Identifier: MIT */
#include "bkti_form.h"

bool bkti_writer_is_csv(const bkt_writer *writer) {
    return writer->manner == &bkti_manner_csv;
}

bool bkti_is_first(bkt_writer *writer, bkti_dictionary **known, const char *text) {
    if (*known == NULL) {
        *known = bkti_dictionary_new(writer->memory);
    }
    int32_t count = *known == NULL ? 0 : bkti_dictionary_count(*known);
    int32_t code = *known == NULL ? -1 : bkti_dictionary_add(*known, bkti_span_of(text));
    if (code < 0 && writer->status == BKT_OK) {
        writer->status = bkti_no_memory(writer->context);
    }
    return code == count;
}

bkt_status bkti_writer_fail_state(bkt_writer *writer, const char *what, const char *name) {
    return bkti_fail(writer->context, BKT_ERR_STATE, NULL,
                     "%s %.200s came up after the header was written, which lacks it; announce it "
                     "with bkt_writer_announce() before the first rows",
                     what, name == NULL ? "(unknown)" : name);
}

bkt_status bkti_writer_fail_null(bkt_context *context, const char *function) {
    return bkti_fail(context, BKT_ERR_ARGUMENT, NULL, "an argument of %s() is NULL", function);
}

/* The first error is every later call's. */
static bkt_status keep(bkt_writer *writer, bkt_status status) {
    if (writer->status == BKT_OK) {
        writer->status = status;
    }
    return writer->status;
}

static bkt_status check_state(bkt_writer *writer) {
    if (writer->status != BKT_OK) {
        return writer->status;
    }
    if (writer->state != BKTI_WRITER_FINISHED) {
        return BKT_OK;
    }
    return bkti_fail(writer->context, BKT_ERR_STATE, NULL,
                     "the message is finished; nothing can be written to it any more");
}

static bkt_status note_action(bkt_writer *writer, const bkti_set *set) {
    const char *action;
    bkt_status status = bkti_set_action(writer, set, &action);
    if (status == BKT_OK && action != NULL && strcmp(action, "Information") != 0 &&
        writer->options.format == BKT_FORMAT_SDMX_CSV_2 && writer->state == BKTI_WRITER_NEW) {
        writer->has_actions = true;
    }
    return status;
}

/* A message without data sets: the schemas want one structure at least. */
static bkt_status need_target(bkt_writer *writer) {
    bkti_set none = {{NULL}};
    size_t index;
    if (writer->target_count > 0 || bkti_writer_is_csv(writer)) {
        return BKT_OK;
    }
    bkt_status status =
        bkti_set_complete(writer, &none, NULL)
            ? bkti_target_find(writer, &none, (writer->options.flags & BKT_WRITE_FLAT) != 0, NULL,
                               &index)
            : bkti_no_memory(writer->context);
    bkti_set_clear(writer, &none);
    return status;
}

/* The header, with all that is known by now. */
static bkt_status begin_message(bkt_writer *writer, const bkt_table *table) {
    bkt_status status = bkti_writer_know_header(writer, table);
    status = status == BKT_OK ? need_target(writer) : status;
    if (status == BKT_OK && bkti_writer_is_csv(writer) && table != NULL) {
        status = bkti_csv_announce(writer, table);
    }
    writer->state = status == BKT_OK ? BKTI_WRITER_BEGUN : writer->state;
    return status == BKT_OK ? writer->manner->begin(writer) : status;
}

/* By the layout of the table; NULL: any. */
static const char *time_of(const bkt_writer *writer, const bkt_table *table) {
    return table == NULL || bkti_writer_is_csv(writer) ? NULL : bkti_layout_time(&writer->layout);
}

/* A data set without rows is of its structure in whichever layout the header has that. */
static bool choose_flat(const bkt_writer *writer, const bkti_set *set, const bkt_table *table) {
    bool flat = (writer->options.flags & BKT_WRITE_FLAT) != 0;
    if (table == NULL && bkti_target_has(writer, set, !flat)) {
        return !flat;
    }
    return flat || (table != NULL && !bkti_writer_is_csv(writer) &&
                    !bkti_layout_has_series(&writer->layout));
}

/* What the data set is of must be known before its columns are looked at. */
static bkt_status know_set(bkt_writer *writer, const bkt_table *table) {
    if (writer->set_open) {
        return BKT_OK;
    }
    bkt_status status = bkti_set_know(writer, &writer->set, table);
    const char *action = writer->set.texts[BKTI_SET_ACTION];
    writer->set_deletes =
        action != NULL && bkti_span_equal_caseless(bkti_span_of(action), BKTI_SPAN("Delete"));
    return status;
}

/* Attributes of the data set are those of its first row. */
static bkt_status open_dataset(bkt_writer *writer, const bkt_table *table, int64_t row) {
    bkt_status status = note_action(writer, &writer->set);
    writer->set_asked = false;
    writer->set_count++;
    writer->set_flat = choose_flat(writer, &writer->set, table);
    if (status == BKT_OK && writer->options.format != BKT_FORMAT_CSV) {
        status = bkti_target_find(writer, &writer->set, writer->set_flat, time_of(writer, table),
                                  &writer->target);
    }
    if (status == BKT_OK && writer->state == BKTI_WRITER_NEW) {
        status = begin_message(writer, table);
    }
    writer->set_deletes_all = false;
    writer->set_deletes_some = false;
    bool changes;
    writer->set_row = row;
    bkti_text_clear(&writer->set_key);
    if (status == BKT_OK && row >= 0) {
        status = bkti_set_key_changes(writer, row, &changes);
    }
    status = status == BKT_OK ? writer->manner->begin_dataset(writer) : status;
    writer->set_open = status == BKT_OK;
    return status;
}

static bkt_status end_dataset(bkt_writer *writer) {
    bkt_status status = writer->set_asked ? know_set(writer, NULL) : BKT_OK;
    if (status == BKT_OK && writer->set_asked) {
        status = open_dataset(writer, NULL, -1);
    }
    if (status == BKT_OK && writer->set_open) {
        status = writer->manner->end_dataset(writer);
    }
    writer->set_open = false;
    writer->series_open = false;
    bkti_group_set_clear(writer);
    bkti_set_clear(writer, &writer->set);
    return status;
}

bkt_status bkt_writer_announce(bkt_writer *writer, const bkt_dataset_options *options,
                               const bkt_table *table) {
    if (writer == NULL) {
        return BKT_ERR_ARGUMENT;
    }
    bkti_set set = {{NULL}};
    bkt_status status = check_state(writer);
    if (status == BKT_OK && writer->state != BKTI_WRITER_NEW) {
        status = bkti_fail(writer->context, BKT_ERR_STATE, NULL,
                           "the header is written; announcements come before the first rows");
    }
    status = status == BKT_OK ? bkti_writer_take_set(writer, options, &set) : status;
    if (status != BKT_OK) {
        bkti_set_clear(writer, &set);
        return status;
    }
    status = bkti_set_know(writer, &set, table);
    status = status == BKT_OK ? note_action(writer, &set) : status;
    if (status == BKT_OK && table != NULL) {
        status = bkti_writer_is_csv(writer) ? bkti_csv_announce(writer, table)
                                            : bkti_layout_make(writer, table, &writer->layout);
    }
    size_t index;
    if (status == BKT_OK && writer->options.format != BKT_FORMAT_CSV) {
        status = bkti_target_find(writer, &set, choose_flat(writer, &set, table),
                                  time_of(writer, table), &index);
    }
    bkti_set_clear(writer, &set);
    return status == BKT_OK ? BKT_OK : keep(writer, status);
}

bkt_status bkt_writer_begin_dataset(bkt_writer *writer, const bkt_dataset_options *options) {
    if (writer == NULL) {
        return BKT_ERR_ARGUMENT;
    }
    bkti_set set = {{NULL}};
    bkt_status status = check_state(writer);
    status = status == BKT_OK ? bkti_writer_take_set(writer, options, &set) : status;
    if (status != BKT_OK) {
        bkti_set_clear(writer, &set);
        return status;
    }
    status = end_dataset(writer);
    writer->set = set;
    writer->set_asked = true;
    return status == BKT_OK ? BKT_OK : keep(writer, status);
}

static bkt_status begin_again(bkt_writer *writer, int64_t row) {
    if (!writer->split_told) {
        writer->split_told = true;
        bkti_tell(writer->context, BKT_SEVERITY_NOTE, BKT_OK, NULL,
                  "a data set is written as several, since attributes of it or of its groups "
                  "change, or groups came up after its first rows");
    }
    bkt_status status = writer->manner->end_dataset(writer);
    writer->set_row = row;
    return status == BKT_OK ? writer->manner->begin_dataset(writer) : status;
}

/* Where the attributes of the data set or of its groups change, it is ended and begun again. */
static bkt_status begin_rows(bkt_writer *writer, const bkt_table *table, int64_t first,
                             int64_t end) {
    bool is_open = writer->set_open;
    bool changes = false;
    bool again = false;
    bkt_status status = is_open ? bkti_set_key_changes(writer, first, &changes) : BKT_OK;
    if (changes) {
        bkti_group_set_clear(writer);
    }
    status = status == BKT_OK ? bkti_group_set_scan(writer, first, end, is_open && !changes, &again)
                              : status;
    if (status == BKT_OK && !is_open) {
        status = open_dataset(writer, table, first);
    } else if (status == BKT_OK && (changes || again)) {
        status = begin_again(writer, first);
    }
    return status == BKT_OK ? bkti_group_set_put(writer) : status;
}

/* Rows of one data set. */
static bkt_status write_run(bkt_writer *writer, const bkt_table *table, int64_t first,
                            int64_t end) {
    bkt_status status = BKT_OK;
    if (first < end) {
        status = begin_rows(writer, table, first, end);
    } else if (!writer->set_open) {
        status = open_dataset(writer, table, -1);
    }
    if (status == BKT_OK && !bkti_writer_is_csv(writer) && !writer->set_flat &&
        writer->layout.time == NULL) {
        return bkti_fail(writer->context, BKT_ERR_STATE, NULL,
                         "the table has no time, but the data set was begun with tables that "
                         "have; begin another data set");
    }
    return status == BKT_OK ? writer->manner->rows(writer, first, end) : status;
}

bkt_status bkti_writer_write_rows(bkt_writer *writer, const bkt_table *table, int64_t first,
                                  int64_t end) {
    bkt_status status = check_state(writer);
    if (status != BKT_OK) {
        return status;
    }
    status = know_set(writer, table);
    status = status == BKT_OK ? bkti_layout_make(writer, table, &writer->layout) : status;
    if (status == BKT_OK && writer->is_whole && !bkti_writer_is_csv(writer)) {
        bkti_layout_settle(writer, &writer->layout, bkt_table_row_count(table));
        status = writer->status;
    }
    int64_t row = first;
    do {
        int64_t run_end = status == BKT_OK ? bkti_set_key_end(&writer->layout, row, end) : end;
        status = status == BKT_OK ? write_run(writer, table, row, run_end) : status;
        row = run_end;
    } while (status == BKT_OK && row < end);
    writer->row_count += status == BKT_OK ? (uint64_t)(end - first) : 0;
    return status == BKT_OK ? BKT_OK : keep(writer, status);
}

bkt_status bkt_writer_write(bkt_writer *writer, const bkt_table *table) {
    if (writer == NULL || table == NULL) {
        return writer == NULL ? BKT_ERR_ARGUMENT
                              : bkti_writer_fail_null(writer->context, "bkt_writer_write");
    }
    return bkti_writer_write_rows(writer, table, 0, bkt_table_row_count(table));
}

bkt_status bkt_writer_write_structure(bkt_writer *writer, const bkt_structure *structure) {
    if (writer == NULL || structure == NULL) {
        return writer == NULL
                   ? BKT_ERR_ARGUMENT
                   : bkti_writer_fail_null(writer->context, "bkt_writer_write_structure");
    }
    bkt_status status = check_state(writer);
    if (status == BKT_OK && (writer->state != BKTI_WRITER_NEW || writer->set_asked)) {
        status = bkti_fail(writer->context, BKT_ERR_STATE, NULL,
                           "structures are a message of their own, with nothing before them");
    }
    if (status == BKT_OK && writer->options.format == BKT_FORMAT_CSV) {
        status = bkti_fail(writer->context, BKT_ERR_ARGUMENT, NULL,
                           "plain CSV has no structure; a format of SDMX was expected");
    }
    if (status != BKT_OK) {
        return status;
    }
    writer->manner = &bkti_manner_structure;
    writer->state = BKTI_WRITER_BEGUN;
    status = bkti_writer_know_header(writer, NULL);
    return keep(writer, status == BKT_OK ? bkti_put_structure(writer, structure) : status);
}

bkt_status bkt_writer_finish(bkt_writer *writer) {
    if (writer == NULL) {
        return BKT_ERR_ARGUMENT;
    }
    bkt_status status = check_state(writer);
    if (writer->state == BKTI_WRITER_FINISHED) {
        return status;
    }
    status = status == BKT_OK ? end_dataset(writer) : status;
    if (status == BKT_OK && writer->state == BKTI_WRITER_NEW) {
        status = begin_message(writer, NULL);
    }
    status = status == BKT_OK ? writer->manner->end(writer) : status;
    status = bkti_sink_finish(writer->sink, status);
    writer->sink = NULL;
    writer->state = BKTI_WRITER_FINISHED;
    return keep(writer, status);
}

const char *bkt_writer_bytes_view(const bkt_writer *writer, size_t *out_size) {
    bool is_there = writer != NULL && writer->is_memory && writer->status == BKT_OK &&
                    writer->state == BKTI_WRITER_FINISHED;
    if (out_size != NULL) {
        *out_size = is_there ? writer->bytes.size : 0;
    }
    return is_there ? bkti_text_get(&writer->bytes) : NULL;
}

uint64_t bkt_writer_row_count(const bkt_writer *writer) {
    return writer == NULL ? 0 : writer->row_count;
}
