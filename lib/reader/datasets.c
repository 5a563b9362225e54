/* SPDX-License-Identifier: MIT */
/* The begin and the end of a data set, and what is known of it. */
#include "bkti_reader_parts.h"

#include <stdio.h>

const char *const bkti_dataset_property_names[BKTI_DATASET_PROPERTY_COUNT] = {
    "structure",        "dataflow",           "namespace",       "dimension_at_observation",
    "action",           "dataset_id",         "valid_from",      "valid_to",
    "publication_year", "publication_period", "reporting_begin", "reporting_end",
};

void bkti_dataset_free(bkt_reader *reader, bkti_reader_dataset *dataset) {
    for (int i = 0; i < BKTI_DATASET_PROPERTY_COUNT; i++) {
        bkti_release(reader->memory, dataset->properties[i]);
    }
    if (dataset->rows != reader->whole_rows) {
        bkti_rows_free(reader, dataset->rows);
    }
    bkti_release(reader->memory, dataset);
}

static bool keep_facts(bkt_reader *reader, bkti_reader_dataset *dataset,
                       const bkti_dataset_facts *facts) {
    const char *const texts[BKTI_DATASET_PROPERTY_COUNT] = {
        facts->structure,        facts->dataflow,
        facts->data_namespace,   facts->dimension_at_observation,
        facts->action,           facts->dataset_id,
        facts->valid_from,       facts->valid_to,
        facts->publication_year, facts->publication_period,
        facts->reporting_begin,  facts->reporting_end,
    };
    for (int i = 0; i < BKTI_DATASET_PROPERTY_COUNT; i++) {
        if (texts[i] != NULL) {
            dataset->properties[i] = bkti_copy_text(reader->memory, texts[i], strlen(texts[i]));
            if (dataset->properties[i] == NULL) {
                return false;
            }
        }
    }
    return true;
}

static void set_if_known(bkti_table_writer *writer, const char *name, const char *text,
                         bkt_status *status) {
    if (*status == BKT_OK && text != NULL && text[0] != '\0') {
        *status = bkti_table_writer_set_property(writer, name, bkti_span_of(text));
    }
}

bkt_status bkti_dataset_describe(bkt_reader *reader, const bkti_reader_dataset *dataset,
                                 bkti_table_writer *writer) {
    static const char *const copied[] = {"id", "sender", "prepared", "extracted", "source_name"};
    bkt_status status = BKT_OK;
    char message[100];
    const char *kind = bkti_named_text_find(reader, "kind");
    const char *version = bkti_named_text_find(reader, "version");
    if (kind != NULL && version != NULL) {
        /* Elsewhere the name of the format is that of the message too. */
        bool is_xml = strncmp(kind, "SDMX-", 5) != 0;
        snprintf(message, sizeof message, "%s %s%s%s", is_xml ? "SDMX-ML" : kind, version,
                 is_xml ? " " : "", is_xml ? kind : "");
        set_if_known(writer, "message", message, &status);
    }
    /* Of several messages in a zip these differ. */
    for (size_t i = 0; reader->document_count <= 1 && i < sizeof copied / sizeof *copied; i++) {
        set_if_known(writer, copied[i], bkti_named_text_find(reader, copied[i]), &status);
    }
    set_if_known(writer, "source", bkti_source_name(reader->source), &status);
    for (int i = 0; dataset != NULL && i < BKTI_DATASET_PROPERTY_COUNT; i++) {
        set_if_known(writer, bkti_dataset_property_names[i], dataset->properties[i], &status);
    }
    return status;
}

uint64_t bkti_items_told(const bkt_reader *reader) {
    return bkti_message_observation_count(reader->message) +
           bkti_message_series_count(reader->message) + bkti_message_group_count(reader->message);
}

/* A row is an observation, so that such series are seen in the counts alone. */
static void tell_empty_series(bkt_reader *reader) {
    bkti_place place = {.source = bkti_source_name(reader->source), .dataset = reader->last->index};
    if (reader->empty_series > 0 && !reader->last->deletes) {
        bkti_tell(reader->context, BKT_SEVERITY_NOTE, BKT_ERR_NO_DATA, &place,
                  "%llu of the series of data set %u have no observations, and so no rows",
                  (unsigned long long)reader->empty_series, (unsigned)reader->last->index);
    }
}

/* Everything that only holds within one data set. */
static void start_anew(bkt_reader *reader) {
    bkti_rows *rows = reader->rows;
    bkti_guess_list *lists[] = {&reader->series_guesses, &reader->series_attribute_guesses,
                                &reader->fact_guesses, &reader->attribute_guesses,
                                &reader->dimension_guess};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        lists[i]->count = 0;
    }
    bkti_groups_clear(reader);
    reader->pending_count = 0;
    bkti_text_clear(&reader->pending_values);
    reader->active_count = 0;
    reader->in_series = false;
    reader->row_open = false;
    bkti_plan_drop(&reader->plan);
    reader->plain = false;
    reader->key_hash = 0;
    reader->empty_series = 0;
    rows->time = -1;
    rows->dataset_first = rows->count;
    rows->series_first = rows->count;
    rows->stamp++;
    for (size_t i = 0; i < rows->column_count; i++) {
        rows->columns[i].base_code = -1;
        rows->columns[i].previous_code = -1;
    }
}

bkt_status bkti_dataset_begin(bkt_reader *reader, const bkti_dataset_facts *facts) {
    bkti_reader_dataset *dataset = bkti_allocate_zeroed(reader->memory, 1, sizeof *dataset);
    if (dataset == NULL) {
        return bkti_no_memory(reader->context);
    }
    if (reader->last != NULL) {
        reader->last->next = dataset;
    } else {
        reader->first = dataset;
    }
    reader->last = dataset;
    dataset->index = ++reader->dataset_count;
    dataset->deletes = bkti_is_deletion(facts->action);
    dataset->items_before = bkti_items_told(reader);
    bkt_status status =
        keep_facts(reader, dataset, facts) ? BKT_OK : bkti_no_memory(reader->context);
    if (status == BKT_OK && reader->whole) {
        dataset->rows = reader->whole_rows;
    } else if (status == BKT_OK) {
        status = bkti_rows_new(reader, &dataset->rows);
    }
    if (status != BKT_OK) {
        return status;
    }
    reader->rows = dataset->rows;
    start_anew(reader);
    return reader->whole ? bkti_whole_describe(reader, dataset)
                         : bkti_dataset_describe(reader, dataset, dataset->rows->writer);
}

bkt_status bkti_dataset_end(bkt_reader *reader) {
    bkti_reader_dataset *dataset = reader->last;
    bkt_status status = BKT_OK;
    if (!dataset->opened) {
        status = bkti_open_dataset(reader, NULL);
    }
    if (status == BKT_OK && dataset->deletes) {
        status = bkti_delete_dataset(reader);
    }
    tell_empty_series(reader);
    status = status == BKT_OK ? bkti_rows_settle_all(reader) : status;
    status = status == BKT_OK ? bkti_groups_apply_late(reader, reader->rows->count, true) : status;
    bkti_filter_finish(reader);
    dataset->finished = true;
    reader->rows_before += reader->rows->handed + reader->rows->count;
    dataset->end_row = reader->rows->count;
    bkti_groups_clear(reader);
    return status;
}
