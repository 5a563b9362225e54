/* SPDX-License-Identifier: MIT */
/* What a writer was told: options, and the facts of the header. */
#include <time.h>

#include "bkti_csv_field.h"
#include "bkti_structure.h"
#include "bkti_writer_parts.h"

#define KNOWN_FLAGS                                                                                \
    (BKT_WRITE_FLAT | BKT_WRITE_GZIP | BKT_WRITE_SYNC | BKT_WRITE_ACTION | BKT_WRITE_TEST |        \
     BKT_WRITE_LABELS | BKT_WRITE_STRICT)

static const bkt_write_options DEFAULTS = {
    .struct_size = sizeof(bkt_write_options),
    .format = BKT_FORMAT_STRUCTURE_SPECIFIC_2_1,
    .separator = ',',
};
static const bkt_dataset_options SET_DEFAULTS = {.struct_size = sizeof(bkt_dataset_options)};

bkt_status bkt_write_options_init(bkt_write_options *options, uint32_t struct_size) {
    return bkti_options_init(options, struct_size, &DEFAULTS, sizeof DEFAULTS, sizeof DEFAULTS);
}

bkt_status bkt_dataset_options_init(bkt_dataset_options *options, uint32_t struct_size) {
    return bkti_options_init(options, struct_size, &SET_DEFAULTS, sizeof SET_DEFAULTS,
                             sizeof SET_DEFAULTS);
}

static const bkti_manner *manner_of(int32_t format) {
    switch (format) {
    case BKT_FORMAT_CSV:
    case BKT_FORMAT_SDMX_CSV_1:
    case BKT_FORMAT_SDMX_CSV_2:
        return &bkti_manner_csv;
    case BKT_FORMAT_STRUCTURE_SPECIFIC_2_1:
    case BKT_FORMAT_STRUCTURE_SPECIFIC_3_0:
        return &bkti_manner_specific;
    case BKT_FORMAT_GENERIC_2_1:
        return &bkti_manner_generic;
    default:
        return NULL;
    }
}

#define BKTI_OPTION_TEXTS 8

/* Texts of the options, which the writer copies. */
static void list_texts(bkt_write_options *options, const char **texts[BKTI_OPTION_TEXTS]) {
    texts[0] = &options->message_id;
    texts[1] = &options->prepared;
    texts[2] = &options->sender;
    texts[3] = &options->receiver;
    texts[4] = &options->structure;
    texts[5] = &options->dataflow;
    texts[6] = &options->value;
    texts[7] = &options->source;
}

static bkt_status copy_texts(bkt_writer *writer) {
    const char **texts[BKTI_OPTION_TEXTS];
    list_texts(&writer->options, texts);
    bool done = true;
    for (size_t i = 0; i < BKTI_OPTION_TEXTS; i++) {
        const char *given = *texts[i];
        bool is_said = given != NULL && given[0] != '\0';
        *texts[i] = done && is_said ? bkti_copy_text(writer->memory, given, strlen(given)) : NULL;
        done = done && (!is_said || *texts[i] != NULL);
    }
    return done ? BKT_OK : bkti_no_memory(writer->context);
}

static bkt_status check_options(bkt_context *context, const bkt_write_options *options) {
    bkt_status status = bkti_flags_check(context, "bkt_write_options", options->flags, KNOWN_FLAGS);
    if (status == BKT_OK && manner_of(options->format) == NULL) {
        status = bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                           "bkt_write_options: %d is no format; one of bkt_format was expected",
                           (int)options->format);
    }
    /* In SDMX-CSV these stand in names, lists and numbers. */
    bool is_usable = bkti_csv_is_separator(options->separator) &&
                     (options->format == BKT_FORMAT_CSV ||
                      strchr("_[](){}<>:=$@'", (char)options->separator) == NULL);
    if (status == BKT_OK && !is_usable) {
        status = bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                           "bkt_write_options: the character %d can't separate fields; ',', ';', "
                           "'|' or a tab was expected",
                           (int)options->separator);
    }
    return status;
}

static bkt_status copy_lists(bkt_writer *writer) {
    uint32_t count = writer->options.list_count;
    const char *const *given = writer->options.lists;
    writer->options.lists = NULL;
    writer->options.list_count = 0;
    if (count == 0) {
        return BKT_OK;
    }
    writer->lists = bkti_allocate_zeroed(writer->memory, count, sizeof *writer->lists);
    if (writer->lists == NULL) {
        return bkti_no_memory(writer->context);
    }
    for (uint32_t i = 0; i < count; i++) {
        writer->lists[i] = bkti_copy_text(writer->memory, given[i], strlen(given[i]));
        if (writer->lists[i] == NULL) {
            return bkti_no_memory(writer->context);
        }
        writer->options.list_count = i + 1;
    }
    return BKT_OK;
}

static bkt_status check_lists(bkt_context *context, const bkt_write_options *options) {
    bool is_good = (options->lists == NULL) == (options->list_count == 0) && options->reserved == 0;
    for (uint32_t i = 0; is_good && i < options->list_count; i++) {
        is_good = options->lists[i] != NULL;
    }
    return is_good ? BKT_OK
                   : bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                               "bkt_write_options: lists and list_count must both be given, or "
                               "neither, no id NULL, and `reserved` 0");
}

bkt_status bkti_writer_take_options(bkt_writer *writer, const bkt_write_options *given) {
    bkt_write_options options = DEFAULTS;
    bkt_status status =
        bkti_options_take(writer->context, given, &options, sizeof options, sizeof options);
    status = status == BKT_OK ? check_options(writer->context, &options) : status;
    status = status == BKT_OK ? check_lists(writer->context, &options) : status;
    if (status != BKT_OK) {
        return status;
    }
    writer->options = options;
    writer->manner = manner_of(options.format);
    writer->has_actions =
        (options.flags & BKT_WRITE_ACTION) != 0 && options.format == BKT_FORMAT_SDMX_CSV_2;
    writer->has_labels =
        (options.flags & BKT_WRITE_LABELS) != 0 && options.format != BKT_FORMAT_CSV;
    writer->options.data_structures = bkti_structure_hold(options.data_structures);
    status = copy_texts(writer);
    return status == BKT_OK ? copy_lists(writer) : status;
}

void bkti_writer_free_options(bkt_writer *writer) {
    for (uint32_t i = 0; writer->lists != NULL && i < writer->options.list_count; i++) {
        bkti_release(writer->memory, writer->lists[i]);
    }
    bkti_release(writer->memory, writer->lists);
    const char **texts[BKTI_OPTION_TEXTS];
    list_texts(&writer->options, texts);
    for (size_t i = 0; i < BKTI_OPTION_TEXTS; i++) {
        bkti_release(writer->memory, (char *)(uintptr_t)*texts[i]);
    }
}

bkt_status bkti_writer_take_set(bkt_writer *writer, const bkt_dataset_options *given,
                                bkti_set *set) {
    bkt_dataset_options options = SET_DEFAULTS;
    bkt_status status =
        bkti_options_take(writer->context, given, &options, sizeof options, sizeof options);
    status = status == BKT_OK
                 ? bkti_flags_check(writer->context, "bkt_dataset_options", options.flags, 0)
                 : status;
    if (status == BKT_OK && !bkti_set_copy(writer, set, &options)) {
        status = bkti_no_memory(writer->context);
    }
    const char *action;
    return status == BKT_OK ? bkti_set_action(writer, set, &action) : status;
}

static void write_now(char *text, size_t size) {
    time_t now = time(NULL);
    struct tm parts;
    if (gmtime_r(&now, &parts) == NULL || strftime(text, size, "%Y-%m-%dT%H:%M:%SZ", &parts) == 0) {
        memcpy(text, "1970-01-01T00:00:00Z", sizeof "1970-01-01T00:00:00Z");
    }
}

static bool is_date(const char *text) {
    int32_t frequency = BKT_FREQUENCY_NONE;
    int64_t ordinal;
    bkt_status status =
        text == NULL ? BKT_END : bkt_period_parse(text, strlen(text), &frequency, &ordinal);
    return status == BKT_OK &&
           (frequency == BKT_FREQUENCY_DAY || frequency == BKT_FREQUENCY_DATE_TIME);
}

static bool take_header_text(bkt_writer *writer, char **to, const char *said, const char *known,
                             const char *otherwise) {
    const char *text = said != NULL ? said : known != NULL ? known : otherwise;
    *to = bkti_copy_text(writer->memory, text, strlen(text));
    return *to != NULL;
}

/* What the schemas would refuse of a table's properties is not taken over. */
bkt_status bkti_writer_know_header(bkt_writer *writer, const bkt_table *table) {
    char now[32];
    write_now(now, sizeof now);
    const char *id = bkt_table_property(table, "id");
    const char *prepared = bkt_table_property(table, "prepared");
    const char *sender = bkt_table_property(table, "sender");
    id = id != NULL && bkti_is_sdmx_id(bkti_span_of(id)) ? id : NULL;
    prepared = is_date(prepared) ? prepared : NULL;
    sender = sender != NULL && bkti_is_sdmx_id(bkti_span_of(sender)) ? sender : NULL;
    const bkt_write_options *options = &writer->options;
    const char *source =
        options->source != NULL ? options->source : bkt_table_property(table, "source_name");
    bool done = (source == NULL || take_header_text(writer, &writer->source, source, NULL, NULL)) &&
                take_header_text(writer, &writer->message_id, options->message_id, id, "BKTRADE") &&
                take_header_text(writer, &writer->prepared, options->prepared, prepared, now) &&
                take_header_text(writer, &writer->sender, options->sender, sender, "UNKNOWN");
    return done ? BKT_OK : bkti_no_memory(writer->context);
}
