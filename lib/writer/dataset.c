/* SPDX-License-Identifier: MIT */
/* What is said of data sets, and the structures that they are of. */
#include "bkti_writer_parts.h"

static const char *const fact_names[BKTI_SET_FACTS] = {
    "structure",  "dataflow",        "action",        "dataset_id",
    "valid_from", "reporting_begin", "reporting_end",
};

static const char *const actions[] = {"Append", "Replace", "Merge", "Delete", "Information"};

/* Parts of "AGENCY:ID(VERSION)", "ID", "AGENCY:ID", "AGENCY:ID:VERSION"; also behind a URN's "=".
 */
bkti_reference bkti_reference_of(const char *text) {
    bkti_reference parts = {{"", 0}, {"", 0}, {"", 0}};
    const char *equals = text == NULL ? NULL : strchr(text, '=');
    const char *begin = equals == NULL ? text : equals + 1;
    if (begin == NULL) {
        return parts;
    }
    const char *colon = strchr(begin, ':');
    const char *open = strchr(begin, '(');
    if (colon != NULL && (open == NULL || colon < open)) {
        parts.agency = (bkti_span){begin, (size_t)(colon - begin)};
        begin = colon + 1;
    }
    parts.id = bkti_span_of(begin);
    colon = open == NULL ? strchr(begin, ':') : NULL;
    if (colon != NULL) {
        parts.id.size = (size_t)(colon - begin);
        parts.version = bkti_span_of(colon + 1);
    }
    if (open != NULL) {
        parts.id.size = (size_t)(open - begin);
        const char *close = strchr(open, ')');
        parts.version = (bkti_span){open + 1, close == NULL ? 0 : (size_t)(close - open - 1)};
    }
    return parts;
}

static bool is_made_of(bkti_span text, const char *others) {
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.data[i];
        bool is_plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                        (byte >= 'a' && byte <= 'z');
        if (!is_plain && strchr(others, byte) == NULL) {
            return false;
        }
    }
    return text.size > 0;
}

/* Messages of 2.0 name their structure by an address too: its last part is the id. */
bkti_reference bkti_reference_whole(const char *text) {
    bkti_reference parts = bkti_reference_of(text);
    const char *slash = text == NULL ? NULL : strrchr(text, '/');
    if (slash != NULL) {
        parts = (bkti_reference){.id = bkti_span_of(slash + 1)};
    }
    if (!is_made_of(parts.agency, "_-.")) {
        parts.agency = BKTI_SPAN("UNKNOWN");
    }
    if (!is_made_of(parts.id, "_@$-")) {
        parts.id = BKTI_SPAN("UNKNOWN");
    }
    if (!is_made_of(parts.version, ".-+")) {
        parts.version = BKTI_SPAN("1.0");
    }
    return parts;
}

static bool set_text(bkt_writer *writer, char **to, const char *text) {
    if (*to != NULL || text == NULL || text[0] == '\0') {
        return true;
    }
    *to = bkti_copy_text(writer->memory, text, strlen(text));
    return *to != NULL;
}

bool bkti_set_copy(bkt_writer *writer, bkti_set *set, const bkt_dataset_options *options) {
    return set_text(writer, &set->texts[BKTI_SET_STRUCTURE], options->structure) &&
           set_text(writer, &set->texts[BKTI_SET_DATAFLOW], options->dataflow) &&
           set_text(writer, &set->texts[BKTI_SET_ACTION], options->action) &&
           set_text(writer, &set->texts[BKTI_SET_ID], options->dataset_id) &&
           set_text(writer, &set->texts[BKTI_SET_VALID_FROM], options->valid_from) &&
           set_text(writer, &set->texts[BKTI_SET_REPORTING_BEGIN], options->reporting_begin) &&
           set_text(writer, &set->texts[BKTI_SET_REPORTING_END], options->reporting_end);
}

bool bkti_set_complete(bkt_writer *writer, bkti_set *set, const bkt_table *table) {
    bool done = true;
    for (int i = 0; done && i < BKTI_SET_FACTS; i++) {
        done = set_text(writer, &set->texts[i], bkt_table_property(table, fact_names[i]));
    }
    bool known = set->texts[BKTI_SET_STRUCTURE] != NULL || set->texts[BKTI_SET_DATAFLOW] != NULL;
    if (done && !known) {
        done = set_text(writer, &set->texts[BKTI_SET_STRUCTURE], writer->options.structure) &&
               set_text(writer, &set->texts[BKTI_SET_DATAFLOW], writer->options.dataflow);
    }
    return done;
}

void bkti_set_clear(bkt_writer *writer, bkti_set *set) {
    for (int i = 0; i < BKTI_SET_FACTS; i++) {
        bkti_release(writer->memory, set->texts[i]);
        set->texts[i] = NULL;
    }
}

bkt_status bkti_set_action(bkt_writer *writer, const bkti_set *set, const char **out_action) {
    const char *text = set->texts[BKTI_SET_ACTION];
    *out_action = NULL;
    if (text == NULL) {
        return BKT_OK;
    }
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        if (bkti_span_equal_caseless(bkti_span_of(text), bkti_span_of(actions[i]))) {
            *out_action = actions[i];
        }
    }
    /* What 1.0 called it. */
    if (bkti_span_equal_caseless(bkti_span_of(text), BKTI_SPAN("Update"))) {
        *out_action = "Append";
    }
    if (*out_action != NULL) {
        return BKT_OK;
    }
    return bkti_fail(writer->context, BKT_ERR_ARGUMENT, NULL,
                     "'%.100s' is no action of a data set; Append, Replace, Merge, Delete or "
                     "Information was expected",
                     text);
}

static bool same(const char *a, const char *b) {
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static void tell_unknown(bkt_writer *writer) {
    if (!writer->unknown_told) {
        writer->unknown_told = true;
        bkti_tell(writer->context, BKT_SEVERITY_NOTE, BKT_OK, NULL,
                  "which structure the data are of is not known: UNKNOWN:UNKNOWN(1.0) is written; "
                  "bkt_write_options.structure can say it");
    }
}

/* time NULL: any. */
static size_t find_target(const bkt_writer *writer, const bkti_set *set, bool flat,
                          const char *time) {
    size_t at = 0;
    for (; at < writer->target_count; at++) {
        const bkti_target *target = &writer->targets[at];
        const char *own = target->time == NULL ? BKTI_ID_TIME : target->time;
        bool same_time = flat || time == NULL || strcmp(time, own) == 0;
        if (target->flat == flat && same_time &&
            same(target->structure, set->texts[BKTI_SET_STRUCTURE]) &&
            same(target->dataflow, set->texts[BKTI_SET_DATAFLOW])) {
            break;
        }
    }
    return at;
}

bool bkti_target_has(const bkt_writer *writer, const bkti_set *set, bool flat) {
    return find_target(writer, set, flat, NULL) < writer->target_count;
}

bkt_status bkti_target_find(bkt_writer *writer, const bkti_set *set, bool flat, const char *time,
                            size_t *out_index) {
    const char *structure = set->texts[BKTI_SET_STRUCTURE];
    const char *dataflow = set->texts[BKTI_SET_DATAFLOW];
    *out_index = find_target(writer, set, flat, time);
    if (*out_index < writer->target_count) {
        return BKT_OK;
    }
    if (writer->state != BKTI_WRITER_NEW) {
        return bkti_writer_fail_state(writer, "the structure",
                                      structure != NULL ? structure : dataflow);
    }
    void *targets = writer->targets;
    if (!bkti_grow(writer->memory, &targets, &writer->target_capacity, writer->target_count + 1,
                   sizeof *writer->targets)) {
        return bkti_no_memory(writer->context);
    }
    writer->targets = targets;
    bkti_target *target = &writer->targets[writer->target_count];
    *target = (bkti_target){.flat = flat};
    *out_index = writer->target_count++;
    if (structure == NULL && dataflow == NULL) {
        tell_unknown(writer);
    }
    bool is_usual = time == NULL || strcmp(time, BKTI_ID_TIME) == 0;
    return set_text(writer, &target->time, is_usual ? NULL : time) &&
                   set_text(writer, &target->structure, structure) &&
                   set_text(writer, &target->dataflow, dataflow)
               ? BKT_OK
               : bkti_no_memory(writer->context);
}
