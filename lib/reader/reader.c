/* SPDX-License-Identifier: MIT */
/* The reader's face: opening, data sets, batches, properties. */
#include "bkti_encoding.h"
#include "bkti_reader_parts.h"
#include "bkti_structure.h"

#define DEFAULT_BATCH_ROWS 65536

static const bkt_read_options default_options = {.struct_size = sizeof(bkt_read_options)};

bkt_status bkt_read_options_init(bkt_read_options *options, uint32_t struct_size) {
    return bkti_options_init(options, struct_size, &default_options, sizeof default_options,
                             sizeof default_options);
}

static bkt_status check_encoding(bkt_context *context, const char *name) {
    bkt_status status = name == NULL ? BKT_OK : bkti_encoding_try(name);
    return status == BKT_OK           ? BKT_OK
           : status == BKT_ERR_MEMORY ? bkti_no_memory(context)
                                      : bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                                                  "no encoding '%.100s' is known here; such as "
                                                  "windows-1251, KOI8-R, ISO-8859-2 are",
                                                  name);
}

static bkt_status check_options(bkt_context *context, const bkt_read_options *options) {
    const uint32_t known = BKT_READ_STRICT | BKT_READ_CHECK_DUPLICATES | BKT_READ_PROVENANCE;
    if ((options->flags & ~known) != 0 || options->reserved != 0) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "bkt_read_options has a flag that is not known here, or `reserved` is "
                         "not 0");
    }
    if (options->scanner != BKT_SCANNER_FAST && options->scanner != BKT_SCANNER_LIBXML2) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "bkt_read_options has the scanner %d, which is none of bkt_scanner",
                         (int)options->scanner);
    }
    return check_encoding(context, options->encoding);
}

/* What the options name: member and encoding are copied, the filter gets its states. */
static bkt_status take_options(bkt_reader *reader, const bkt_read_options *given) {
    reader->options = default_options;
    bkt_status status = bkti_options_take(reader->context, given, &reader->options,
                                          sizeof reader->options, sizeof default_options);
    status = status == BKT_OK ? check_options(reader->context, &reader->options) : status;
    if (status != BKT_OK) {
        return status;
    }
    if (reader->options.batch_rows == 0) {
        reader->options.batch_rows = DEFAULT_BATCH_ROWS;
    }
    const char *member = reader->options.member;
    const char *encoding = reader->options.encoding;
    const bkt_filter *filter = reader->options.filter;
    reader->structure = bkti_structure_hold(reader->options.structure);
    if (member != NULL) {
        reader->member = bkti_copy_text(reader->memory, member, strlen(member));
    }
    if (encoding != NULL) {
        reader->encoding = bkti_copy_text(reader->memory, encoding, strlen(encoding));
        reader->options.encoding = reader->encoding;
    }
    if (filter != NULL) {
        reader->filter_count = bkti_filter_column_count(filter);
        reader->filters_periods = bkti_filter_has_periods(filter);
        reader->filter_states = bkti_allocate_zeroed(reader->memory, reader->filter_count,
                                                     sizeof *reader->filter_states);
    }
    bool done = (member == NULL || reader->member != NULL) &&
                (encoding == NULL || reader->encoding != NULL) &&
                (filter == NULL || reader->filter_states != NULL);
    return done ? BKT_OK : bkti_no_memory(reader->context);
}

bkt_status bkti_reader_new(bkt_context *context, const bkt_read_options *options,
                           bkt_reader **out_reader) {
    bkti_memory *memory = bkti_context_memory(context);
    bkt_reader *reader = bkti_allocate_zeroed(memory, 1, sizeof *reader);
    if (reader == NULL) {
        return bkti_no_memory(context);
    }
    reader->context = context;
    reader->memory = bkti_memory_hold(memory);
    reader->may_begin_pieces = 3;
    reader->piece_size = BKTI_PIECE_SIZE;
    bkti_text *texts[] = {&reader->members,   &reader->refusal_text,   &reader->refusal_source,
                          &reader->key_text,  &reader->pending_values, &reader->period_text,
                          &reader->joined[0], &reader->joined[1],      &reader->joined[2],
                          &reader->joined[3], &reader->answer_address, &reader->answer_source};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        bkti_text_init(texts[i], memory);
    }
    bkti_text_init(&reader->waiting.values, memory);
    bkt_status status = take_options(reader, options);
    if (status != BKT_OK) {
        bkt_reader_free(reader);
        return status;
    }
    *out_reader = reader;
    return BKT_OK;
}

void bkt_reader_free(bkt_reader *reader) {
    if (reader == NULL) {
        return;
    }
    bkti_memory *memory = reader->memory;
    bkti_pieces_end(reader);
    bkti_message_free(reader->message);
    bkti_groups_clear(reader);
    while (reader->first != NULL) {
        bkti_reader_dataset *next = reader->first->next;
        bkti_dataset_free(reader, reader->first);
        reader->first = next;
    }
    bkti_rows_free(reader, reader->whole_rows);
    while (reader->known_components != NULL) {
        bkti_components *next = reader->known_components->next;
        bkti_components_free(memory, reader->known_components);
        reader->known_components = next;
    }
    bkti_text *texts[] = {&reader->members,   &reader->refusal_text,   &reader->refusal_source,
                          &reader->key_text,  &reader->pending_values, &reader->period_text,
                          &reader->joined[0], &reader->joined[1],      &reader->joined[2],
                          &reader->joined[3], &reader->answer_address, &reader->answer_source};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        bkti_text_free(texts[i]);
    }
    bkti_guess_list *lists[] = {&reader->series_guesses, &reader->series_attribute_guesses,
                                &reader->fact_guesses, &reader->attribute_guesses,
                                &reader->dimension_guess};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        bkti_release(memory, lists[i]->items);
    }
    for (size_t i = 0; i < BKTI_NAMED_TEXT_LIMIT; i++) {
        bkti_release(memory, reader->properties[i].text);
    }
    for (size_t i = 0; i < sizeof reader->joined_texts / sizeof *reader->joined_texts; i++) {
        bkti_dictionary_drop(reader->joined_texts[i]);
    }
    bkti_release(memory, reader->pending);
    bkti_release(memory, reader->active);
    bkti_release(memory, reader->filter_states);
    bkti_waiting_free(reader);
    bkti_release(memory, reader->member);
    bkti_release(memory, reader->encoding);
    bkti_structure_drop(reader->structure);
    bkti_source_free(reader->source);
    bkti_release(memory, reader);
    bkti_memory_drop(memory);
}

/* Checks what all ways of opening share, and makes the reader. */
static bkt_status prepare(bkt_context *context, bool arguments, const bkt_read_options *options,
                          bkt_reader **out_reader) {
    if (out_reader != NULL) {
        *out_reader = NULL;
    }
    if (context == NULL || out_reader == NULL || !arguments) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "a reader needs a context, something to read and a place for itself");
    }
    return bkti_reader_new(context, options, out_reader);
}

/* Ends an opening: a reader whose source could not be opened is of no use. */
static bkt_status opened(bkt_status status, bkt_reader **out_reader) {
    if (status != BKT_OK) {
        bkt_reader_free(*out_reader);
        *out_reader = NULL;
    } else {
        bkti_source_set_threads((*out_reader)->source, (*out_reader)->options.threads);
    }
    return status;
}

bkt_status bkt_reader_open_path(bkt_context *context, const char *path,
                                const bkt_read_options *options, bkt_reader **out_reader) {
    bkt_status status = prepare(context, path != NULL, options, out_reader);
    return status != BKT_OK
               ? status
               : opened(bkti_source_open_path(context, path, (*out_reader)->options.source_name,
                                              &(*out_reader)->source),
                        out_reader);
}

bkt_status bkt_reader_open_memory(bkt_context *context, const void *data, size_t size,
                                  const bkt_read_options *options, bkt_reader **out_reader) {
    bkt_status status = prepare(context, data != NULL || size == 0, options, out_reader);
    return status != BKT_OK ? status
                            : opened(bkti_source_open_memory(context, data, size,
                                                             (*out_reader)->options.source_name,
                                                             &(*out_reader)->source),
                                     out_reader);
}

bkt_status bkt_reader_open_callback(bkt_context *context, bkt_read_function read, void *user,
                                    const bkt_read_options *options, bkt_reader **out_reader) {
    bkt_status status = prepare(context, read != NULL, options, out_reader);
    return status != BKT_OK ? status
                            : opened(bkti_source_open_callback(context, read, user,
                                                               (*out_reader)->options.source_name,
                                                               &(*out_reader)->source),
                                     out_reader);
}

bkt_status bkt_reader_open_feed(bkt_context *context, const bkt_read_options *options,
                                bkt_reader **out_reader) {
    bkt_status status = prepare(context, true, options, out_reader);
    if (status != BKT_OK) {
        return status;
    }
    (*out_reader)->feeding = true;
    return opened(
        bkti_source_open_feed(context, (*out_reader)->options.source_name, &(*out_reader)->source),
        out_reader);
}

bkt_status bkt_reader_feed(bkt_reader *reader, const void *data, size_t size, int32_t last) {
    if (reader == NULL || (data == NULL && size > 0)) {
        return reader == NULL
                   ? BKT_ERR_ARGUMENT
                   : bkti_fail(reader->context, BKT_ERR_ARGUMENT, NULL,
                               "%llu bytes to be fed, but no data", (unsigned long long)size);
    }
    if (!reader->feeding) {
        return bkti_fail(reader->context, BKT_ERR_STATE, NULL,
                         "this reader is not one that is fed: it has a source of its own");
    }
    return bkti_source_feed(reader->source, data, size, last != 0);
}

/* The caller is done with the rows that were lent. */
static void take_back(bkt_reader *reader) {
    if (reader->current != NULL && reader->lent > 0) {
        bkti_table_writer_drop_rows(reader->current->rows->writer, reader->lent);
        bkti_rows_dropped(reader->current->rows, reader->lent);
        bkti_names_hide(reader->current->rows);
    }
    reader->lent = 0;
}

static bkt_status wrong_state(bkt_reader *reader) {
    return bkti_fail(reader->context, BKT_ERR_STATE, NULL,
                     "the reader is read whole, or was read by data sets or batches before: one "
                     "reader is for one of the two");
}

/* Rows of the current data set that nobody wants. */
static void drop_all(bkt_reader *reader) {
    bkti_rows *rows = reader->current->rows;
    int64_t count = rows->count;
    if (count > 0) {
        bkti_table_writer_drop_rows(rows->writer, count);
        bkti_rows_dropped(rows, count);
    }
    reader->held_back = 0;
}

/* Leaves the current data set, if it is finished. */
static void leave(bkt_reader *reader) {
    bkti_reader_dataset *dataset = reader->current;
    bkti_pieces_leave(reader, dataset->index);
    reader->first = dataset->next;
    if (reader->last == dataset) {
        reader->last = NULL;
        reader->rows = NULL;
    }
    bkti_dataset_free(reader, dataset);
    reader->current = NULL;
}

bkt_status bkt_reader_next_dataset(bkt_reader *reader) {
    if (reader == NULL) {
        return BKT_ERR_ARGUMENT;
    }
    if (reader->whole) {
        return wrong_state(reader);
    }
    reader->started = true;
    take_back(reader);
    if (reader->status != BKT_OK) {
        return reader->status; /* also where a data set began before the fault */
    }
    while (reader->current != NULL) {
        drop_all(reader);
        if (reader->current->finished && !reader->in_block) {
            leave(reader);
            break;
        }
        bkt_status status = bkti_reader_step(reader);
        if (status != BKT_OK) {
            return status;
        }
    }
    while (reader->first == NULL || reader->in_block) {
        bkt_status status = bkti_reader_step(reader);
        if (status != BKT_OK) {
            return status;
        }
    }
    reader->current = reader->first;
    reader->entered_count++;
    return BKT_OK;
}

/* Lends the first rows in hand. Those still open in the running series get its codes first. */
static bkt_status lend(bkt_reader *reader, int64_t count, const bkt_table **out_batch) {
    bkti_rows *rows = reader->current->rows;
    if (rows == reader->rows && !reader->current->finished) {
        bkt_status status = bkti_rows_settle_all(reader);
        status = status == BKT_OK ? bkti_groups_apply_late(reader, count, false) : status;
        if (status != BKT_OK) {
            reader->status = status;
            return status;
        }
    }
    reader->lent = count;
    bkti_provenance_show(rows);
    bkt_status status = bkti_names_show(reader, rows);
    status = status == BKT_OK ? bkti_table_writer_lend(rows->writer, count, out_batch) : status;
    reader->status = status;
    return status;
}

bkt_status bkt_reader_next_batch(bkt_reader *reader, const bkt_table **out_batch) {
    if (out_batch != NULL) {
        *out_batch = NULL;
    }
    if (reader == NULL || out_batch == NULL) {
        return BKT_ERR_ARGUMENT;
    }
    if (reader->whole) {
        return wrong_state(reader);
    }
    take_back(reader);
    if (reader->current == NULL && reader->entered_count == 0) {
        bkt_status status = bkt_reader_next_dataset(reader);
        if (status != BKT_OK) {
            return status;
        }
    }
    if (reader->status != BKT_OK || reader->current == NULL) {
        return reader->status != BKT_OK ? reader->status : BKT_END;
    }
    int64_t wanted = (int64_t)reader->options.batch_rows;
    const bkti_rows *rows = reader->current->rows;
    while (rows->count - reader->held_back < wanted &&
           (!reader->current->finished || reader->in_block)) {
        bkt_status status = bkti_reader_step(reader);
        if (status != BKT_OK) {
            return status;
        }
    }
    int64_t count = rows->count;
    return count == 0 ? BKT_END : lend(reader, count < wanted ? count : wanted, out_batch);
}

const char *bkt_reader_property(const bkt_reader *reader, const char *name) {
    if (reader == NULL || name == NULL) {
        return NULL;
    }
    /* Read whole, the data set is the one that was read last. */
    const bkti_reader_dataset *dataset = reader->whole ? reader->last : reader->current;
    for (int i = 0; i < BKTI_DATASET_PROPERTY_COUNT; i++) {
        if (strcmp(bkti_dataset_property_names[i], name) == 0) {
            return dataset == NULL ? NULL : dataset->properties[i];
        }
    }
    const char *text = bkti_named_text_find(reader, name);
    return text != NULL && text[0] == '\0' ? NULL : text;
}

int32_t bkt_reader_message_kind(const bkt_reader *reader) {
    return reader == NULL ? BKT_MESSAGE_UNKNOWN : reader->kind;
}

uint32_t bkt_reader_dataset_count(const bkt_reader *reader) {
    return reader == NULL ? 0 : reader->whole ? reader->dataset_count : reader->entered_count;
}

uint64_t bkt_reader_observation_count(const bkt_reader *reader) {
    if (reader == NULL) {
        return 0;
    }
    return reader->observations +
           (reader->message == NULL ? 0 : bkti_message_observation_count(reader->message));
}

uint64_t bkt_reader_series_count(const bkt_reader *reader) {
    if (reader == NULL) {
        return 0;
    }
    return reader->series +
           (reader->message == NULL ? 0 : bkti_message_series_count(reader->message));
}

uint64_t bkt_reader_group_count(const bkt_reader *reader) {
    if (reader == NULL) {
        return 0;
    }
    return reader->groups +
           (reader->message == NULL ? 0 : bkti_message_group_count(reader->message));
}

bkt_status bkt_table_read_reader(bkt_reader *reader, bkt_table **out_table) {
    if (out_table != NULL) {
        *out_table = NULL;
    }
    if (reader == NULL || out_table == NULL) {
        return reader == NULL ? BKT_ERR_ARGUMENT
                              : bkti_fail(reader->context, BKT_ERR_ARGUMENT, NULL,
                                          "bkt_table_read_reader() needs a place for the table");
    }
    bkt_status status = reader->status;
    if (!reader->whole && status == BKT_OK) {
        if (reader->started) {
            return wrong_state(reader);
        }
        status = bkti_rows_new(reader, &reader->whole_rows);
        reader->whole = status == BKT_OK;
    } else if (status == BKT_OK && reader->whole_rows->writer == NULL) {
        return wrong_state(reader);
    }
    while (status == BKT_OK) {
        status = bkti_reader_step(reader);
    }
    if (status == BKT_END) {
        status = bkti_whole_finish(reader, out_table);
        reader->status = status; /* an error is given for ever, here too */
    }
    return status;
}

bkt_status bkt_table_read(bkt_context *context, const char *path, const bkt_read_options *options,
                          bkt_table **out_table) {
    if (out_table == NULL) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "bkt_table_read() needs a place for the table");
    }
    *out_table = NULL;
    bkt_reader *reader = NULL;
    bkt_status status = bkt_reader_open_path(context, path, options, &reader);
    status = status == BKT_OK ? bkt_table_read_reader(reader, out_table) : status;
    bkt_reader_free(reader);
    return status;
}

bkt_status bkt_table_read_memory(bkt_context *context, const void *data, size_t size,
                                 const bkt_read_options *options, bkt_table **out_table) {
    if (out_table == NULL) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "bkt_table_read_memory() needs a place for the table");
    }
    *out_table = NULL;
    bkt_reader *reader = NULL;
    bkt_status status = bkt_reader_open_memory(context, data, size, options, &reader);
    status = status == BKT_OK ? bkt_table_read_reader(reader, out_table) : status;
    bkt_reader_free(reader);
    return status;
}
