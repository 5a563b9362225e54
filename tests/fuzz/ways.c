/* SPDX-License-Identifier: MIT */
#include "ways.h"

#include <inttypes.h>
#include <string.h>

static const bkt_status reading_statuses[] = {BKT_ERR_LIMIT,
                                              BKT_ERR_UNSUPPORTED,
                                              BKT_ERR_COMPRESSION,
                                              BKT_ERR_EMPTY,
                                              BKT_ERR_NOT_XML,
                                              BKT_ERR_XML,
                                              BKT_ERR_TRUNCATED,
                                              BKT_ERR_ENCODING,
                                              BKT_ERR_DOCTYPE,
                                              BKT_ERR_NOT_SDMX,
                                              BKT_ERR_VERSION,
                                              BKT_ERR_LAYOUT,
                                              BKT_ERR_MESSAGE_KIND,
                                              BKT_ERR_REPEATED_COMPONENT,
                                              BKT_ERR_SERVER,
                                              BKT_ERR_ANSWER_LATER,
                                              BKT_ERR_NOT_FOUND,
                                              BKT_END,
                                              BKT_OK};
static const bkt_status strict_statuses[] = {BKT_ERR_VALUE, BKT_ERR_PERIOD, BKT_ERR_DUPLICATE,
                                             BKT_ERR_STRUCTURE, BKT_OK};
static const bkt_status starved_statuses[] = {BKT_ERR_MEMORY, BKT_OK};

static const char *const property_names[] = {
    "kind",        "version",       "encoding",    "id",
    "test",        "prepared",      "extracted",   "sender",
    "sender_name", "receiver",      "source_name", "member",
    "structure",   "dataflow",      "namespace",   "dimension_at_observation",
    "action",      "dataset_id",    "valid_from",  "reporting_begin",
    "footer",      "reporting_end", "address"};

/* ---- the plan ---- */

ways_plan ways_take_plan(fuzz_bytes *bytes) {
    static const uint32_t chunk_limits[] = {1, 3, 17, 400, 5000, 40000, 140000, 7};
    static const char *const periods[][2] = {{"1990", NULL},         {NULL, "2012-Q2"},
                                             {"2000-01", "2013"},    {"2012-01-15", "2012-02-15"},
                                             {"2012", "2012"},       {"1900-W01", "2100-T3"},
                                             {"2013-S1", "2013-Q3"}, {NULL, "1999-12-31"}};
    uint8_t header[WAYS_HEADER];
    bool given = bytes->size >= WAYS_HEADER && bytes->data[0] < WAYS_MARK;
    uint64_t hash = fuzz_hash(bytes->data, bytes->size);
    for (int i = 0; i < WAYS_HEADER; i++) {
        header[i] = (uint8_t)(given ? fuzz_byte(bytes) : hash >> (8 * i));
    }
    ways_plan plan = {0};
    plan.flags = (header[1] & 1 ? BKT_READ_STRICT : 0U) |
                 (header[1] & 2 ? BKT_READ_CHECK_DUPLICATES : 0U) |
                 (header[2] & 64 ? BKT_READ_PROVENANCE : 0U);
    plan.low_limits = (header[1] & 12) == 12;
    plan.filter_choice = (header[1] & 0x30) == 0x30 ? 1U + header[6] : 0;
    if ((header[1] & 0xc0) == 0xc0) {
        plan.first_period = periods[header[7] % 8][0];
        plan.last_period = periods[header[7] % 8][1];
    }
    plan.batch_rows = 1U + header[2] % 64;
    plan.chunk_seed = (uint32_t)header[3] << 8 | header[4];
    plan.chunk_limit = chunk_limits[header[3] % 8];
    plan.member = header[5] == 77 ? "data.xml" : NULL;
    plan.has_structure = given ? header[0] == 5 : header[0] % 4 == 0;
    if (header[0] == 6) {
        plan.memory_limit = 1000 + 400 * ((uint64_t)header[5] << 8 | header[6]) / 7;
    } else if (header[0] == 7) {
        plan.fail_at = 1 + ((uint64_t)header[5] << 8 | header[6]) % 1500;
    }
    return plan;
}

/* ---- contexts, readers ---- */

/* An allocator that fails once. */
typedef struct starving {
    uint64_t calls;
    uint64_t fail_at;
} starving;

static void *starving_allocate(size_t size, void *user) {
    starving *memory = user;
    return ++memory->calls == memory->fail_at ? NULL : malloc(size);
}

static void *starving_reallocate(void *block, size_t size, void *user) {
    starving *memory = user;
    return ++memory->calls == memory->fail_at ? NULL : realloc(block, size);
}

static void starving_release(void *block, void *user) {
    (void)user;
    free(block);
}

static bkt_context *open_context(const ways_plan *plan, starving *memory) {
    bkt_context_options options;
    bkt_context *context = NULL;
    bkt_context_options_init(&options, (uint32_t)sizeof options);
    options.memory_limit = plan->memory_limit;
    /* Tables of thousands of columns would only make the comparison slow. */
    options.column_limit = plan->low_limits ? 12 : 500;
    if (plan->low_limits) {
        options.text_limit = 60;
        options.attribute_limit = 120;
        options.dictionary_limit = 20;
        options.depth_limit = 6;
        options.attribute_count_limit = 14;
        options.expansion_limit = 10;
        options.member_limit = 2;
        options.diagnostic_limit = 3;
    }
    if (plan->fail_at != 0) {
        memory->fail_at = plan->fail_at;
        options.allocate = starving_allocate;
        options.reallocate = starving_reallocate;
        options.release = starving_release;
        options.memory_user = memory;
    }
    bkt_status status = bkt_context_new(&options, &context);
    FUZZ_CHECK(status == BKT_OK || plan->memory_limit != 0 || plan->fail_at != 0, "no context: %d",
               (int)status);
    return context;
}

static bkt_status make_filter(const ways_plan *plan, bkt_context *context, bkt_filter **filter) {
    *filter = NULL;
    bool by_period = plan->first_period != NULL || plan->last_period != NULL;
    if (plan->filter_id[0] == '\0' && !by_period) {
        return BKT_OK;
    }
    bkt_status status = bkt_filter_new(context, filter);
    if (status == BKT_OK && plan->filter_id[0] != '\0') {
        const char *const codes[] = {"BLR", plan->filter_code};
        status = bkt_filter_add_codes(*filter, plan->filter_id, codes, 2);
    }
    if (status == BKT_OK && by_period) {
        status = bkt_filter_set_periods(*filter, plan->first_period, plan->last_period);
    }
    return status;
}

static bkt_read_options options_of(const ways_plan *plan, const bkt_filter *filter) {
    bkt_read_options options;
    bkt_read_options_init(&options, (uint32_t)sizeof options);
    options.flags = plan->flags;
    options.scanner = plan->scanner;
    options.filter = filter;
    options.source_name = "x";
    options.member = plan->member;
    options.batch_rows = plan->batch_rows;
    options.structure = plan->has_structure ? ways_structure() : NULL;
    return options;
}

static void check_status(const ways_plan *plan, const bkt_context *context, bkt_status status,
                         const char *what) {
    bool starved = plan->memory_limit != 0 || plan->fail_at != 0;
    bool strict = (plan->flags & BKT_READ_STRICT) != 0;
    const bkt_status *documented = reading_statuses;
    for (const bkt_status *each = strict_statuses; strict && *each != BKT_OK; each++) {
        documented = *each == status ? strict_statuses : documented;
    }
    documented = starved && status == BKT_ERR_MEMORY ? starved_statuses : documented;
    sound_status(context, status, documented, what);
    sound_context(context);
}

/* ---- bytes in chunks ---- */

typedef struct supply {
    const unsigned char *data;
    size_t size;
    uint32_t random;
    uint32_t limit;
    bool over; /* the last bytes were given */
} supply;

static supply open_supply(const ways_plan *plan, const void *data, size_t size) {
    return (supply){data, size, plan->chunk_seed * 2654435761U + 1, plan->chunk_limit, false};
}

static size_t next_size(supply *from) {
    from->random = from->random * 1664525U + 1013904223U;
    size_t size = (from->random >> 8) % (from->limit + 1);
    /* Seldom nothing at all; and a long input is not given byte by byte. */
    size = size == 0 && (from->random & 0xe0) != 0 ? 1 : size;
    size += from->size / 2000;
    return size < from->size ? size : from->size;
}

static bkt_status feed(bkt_reader *reader, supply *from) {
    FUZZ_CHECK(!from->over, "more bytes are wanted behind the last");
    size_t size = next_size(from);
    bool last = size == from->size && (size == 0 || (from->random & 0x100) != 0);
    /* A block of its own: to keep it, or to look behind it, would show. */
    unsigned char *chunk = malloc(size == 0 ? 1 : size);
    FUZZ_CHECK(chunk != NULL, "no memory for a chunk");
    if (size > 0) {
        memcpy(chunk, from->data, size);
    }
    bkt_status status = bkt_reader_feed(reader, size == 0 ? NULL : chunk, size, last);
    if (size > 0) {
        memset(chunk, '<', size);
    }
    free(chunk);
    from->data += size;
    from->size -= size;
    from->over = last;
    return status;
}

/* ---- whole ---- */

static void note_outcome(const bkt_context *context, ways_outcome *outcome) {
    const bkt_diagnostic *error = bkt_context_error(context);
    sound_describe_context(context, &outcome->said);
    outcome->error = bkt_diagnostic_status(error);
    outcome->line = bkt_diagnostic_line(error);
    outcome->column = bkt_diagnostic_column(error);
    snprintf(outcome->sentence, sizeof outcome->sentence, "%s", bkt_diagnostic_text(error));
}

/* Everything that a reading took is given back. */
static void close_context(bkt_context *context, uint64_t held) {
    bkt_context_diagnostics_clear(context);
    FUZZ_CHECK(bkt_context_memory_used(context) == held, "%" PRIu64 " bytes are held, not %" PRIu64,
               bkt_context_memory_used(context), held);
    bkt_context_free(context);
}

static ways_outcome finish_whole(const ways_plan *plan, bkt_context *context, bkt_status status,
                                 bkt_table *table, const char *what) {
    ways_outcome outcome = {.status = status, .table = table};
    check_status(plan, context, status, what);
    FUZZ_CHECK((status == BKT_OK) == (table != NULL), "%s: status %d, table %p", what, (int)status,
               (const void *)table);
    note_outcome(context, &outcome);
    if (table != NULL) {
        sound_table(table);
    }
    return outcome;
}

ways_outcome ways_read_whole(const ways_plan *plan, const void *data, size_t size) {
    starving memory = {0, 0};
    ways_outcome outcome = {.status = BKT_ERR_MEMORY};
    bkt_context *context = open_context(plan, &memory);
    if (context == NULL) {
        return outcome;
    }
    uint64_t held = bkt_context_memory_used(context);
    bkt_filter *filter;
    bkt_table *table = NULL;
    bkt_status status = make_filter(plan, context, &filter);
    if (status == BKT_OK) {
        bkt_read_options options = options_of(plan, filter);
        status = bkt_table_read_memory(context, data, size, &options, &table);
    }
    outcome = finish_whole(plan, context, status, table, "reading whole");
    bkt_filter_free(filter);
    if (table == NULL) {
        close_context(context, held);
    } else {
        bkt_context_free(context); /* the table outlives it */
    }
    return outcome;
}

static ways_outcome read_whole_fed(const ways_plan *plan, const void *data, size_t size) {
    starving memory = {0, 0};
    ways_outcome outcome = {.status = BKT_ERR_MEMORY};
    bkt_context *context = open_context(plan, &memory);
    if (context == NULL) {
        return outcome;
    }
    uint64_t held = bkt_context_memory_used(context);
    bkt_filter *filter;
    bkt_reader *reader = NULL;
    bkt_table *table = NULL;
    supply from = open_supply(plan, data, size);
    bkt_status status = make_filter(plan, context, &filter);
    if (status == BKT_OK) {
        bkt_read_options options = options_of(plan, filter);
        status = bkt_reader_open_feed(context, &options, &reader);
    }
    while (status == BKT_OK && table == NULL) {
        status = bkt_table_read_reader(reader, &table);
        if (status == BKT_MORE) {
            status = feed(reader, &from);
        }
    }
    if (status != BKT_OK && status != BKT_ERR_DUPLICATE && plan->fail_at == 0 &&
        plan->memory_limit == 0) {
        bkt_table *none;
        bkt_status again = bkt_table_read_reader(reader, &none);
        FUZZ_CHECK(again == status && none == NULL, "after %d comes %d", (int)status, (int)again);
    }
    outcome = finish_whole(plan, context, status, table, "reading a fed message whole");
    bkt_reader_free(reader);
    bkt_filter_free(filter);
    if (table == NULL) {
        close_context(context, held);
    } else {
        bkt_context_free(context);
    }
    return outcome;
}

void ways_outcome_free(ways_outcome *outcome) {
    bkt_table_free(outcome->table);
    fuzz_text_free(&outcome->said);
    outcome->table = NULL;
}

/* ---- in batches ---- */

/* What came of reading in batches. */
typedef struct course {
    const ways_plan *plan;
    const bkt_table *whole; /* to compare the rows with; NULL: not to be compared */
    fuzz_text said;         /* all batches, properties, diagnostics */
    bkt_status status;      /* BKT_OK: all was read */
    bkt_status error;
    uint64_t line;
    uint64_t column;
    char sentence[400];
    int64_t rows;
    uint32_t datasets;
    uint64_t groups;
    bool has_missed_groups; /* that came after their rows were handed out */
    uint32_t columns;       /* of the batch before */
} course;

static bool is_missing(const bkt_column *column, int64_t row) {
    return bkt_column_text_at(column, row) == NULL && !bkt_column_number_at(column, row, NULL);
}

/* The row in two tables, whose columns may differ: what a table lacks is missing in it. */
static void compare_rows(const bkt_table *a, int64_t row_of_a, const bkt_table *b, int64_t row_of_b,
                         const char *what) {
    for (uint32_t i = 0; i < bkt_table_column_count(a); i++) {
        const bkt_column *of_a = bkt_table_column_at(a, i);
        const char *id = bkt_column_id(of_a);
        const bkt_column *of_b = bkt_table_column_find(b, id);
        bool same_id = of_b != NULL && strcmp(bkt_column_id(of_b), id) == 0;
        if (bkt_column_role(of_a) == BKT_ROLE_PROVENANCE) {
            continue;
        }
        char of_a_buffer[64];
        char of_b_buffer[64];
        const char *cell_of_a = sound_cell(of_a, row_of_a, of_a_buffer);
        const char *cell_of_b = same_id ? sound_cell(of_b, row_of_b, of_b_buffer) : "no column";
        bool same = same_id ? strcmp(cell_of_a, cell_of_b) == 0 : is_missing(of_a, row_of_a);
        FUZZ_CHECK(same, "%s: %s of row %" PRId64 " is '%s' and '%s'", what, id, row_of_a,
                   cell_of_a, cell_of_b);
    }
}

static void take_batch(course *run, const bkt_table *batch, bool *full) {
    int64_t size = bkt_table_row_count(batch);
    FUZZ_CHECK(*full && size > 0 && size <= (int64_t)run->plan->batch_rows,
               "a batch of %" PRId64 " rows, %s", size,
               *full ? "which is too many" : "after a smaller one");
    *full = size == (int64_t)run->plan->batch_rows;
    sound_table(batch);
    if (run->columns != bkt_table_column_count(batch)) {
        run->columns = bkt_table_column_count(batch);
        sound_describe_columns(batch, &run->said);
    }
    fuzz_text_add(&run->said, "batch\n");
    sound_describe_rows(batch, &run->said);
    for (int64_t row = 0; run->whole != NULL && row < size; row++) {
        FUZZ_CHECK(run->rows + row < bkt_table_row_count(run->whole), "more rows than read whole");
        compare_rows(batch, row, run->whole, run->rows + row, "a batch and the whole");
        compare_rows(run->whole, run->rows + row, batch, row, "the whole and a batch");
    }
    run->rows += size;
}

static void note_reader(course *run, const bkt_reader *reader) {
    for (size_t i = 0; i < sizeof property_names / sizeof property_names[0]; i++) {
        const char *text = bkt_reader_property(reader, property_names[i]);
        fuzz_text_add(&run->said, property_names[i]);
        fuzz_text_add(&run->said, text == NULL ? " is not said" : " = ");
        fuzz_text_add(&run->said, text == NULL ? "" : text);
        fuzz_text_add(&run->said, "\n");
    }
    fuzz_text_add_number(&run->said, "kind", (uint64_t)bkt_reader_message_kind(reader));
    fuzz_text_add_number(&run->said, "data sets", bkt_reader_dataset_count(reader));
    fuzz_text_add_number(&run->said, "series", bkt_reader_series_count(reader));
    fuzz_text_add_number(&run->said, "groups", bkt_reader_group_count(reader));
    fuzz_text_add_number(&run->said, "observations", bkt_reader_observation_count(reader));
}

/* Runs through data sets and batches. A reader that is fed says MORE; `from` is NULL for others. */
static bkt_status run_through(course *run, bkt_reader *reader, supply *from) {
    bkt_status status = BKT_OK;
    bool in_dataset = false;
    bool full = true;
    while (status == BKT_OK) {
        const bkt_table *batch = NULL;
        status =
            in_dataset ? bkt_reader_next_batch(reader, &batch) : bkt_reader_next_dataset(reader);
        if (status == BKT_MORE) {
            FUZZ_CHECK(from != NULL, "a reader with a source of its own wants more");
            status = feed(reader, from);
        } else if (status == BKT_OK && in_dataset) {
            take_batch(run, batch, &full);
        } else if (status == BKT_OK || (status == BKT_END && in_dataset)) {
            note_reader(run, reader);
            in_dataset = !in_dataset;
            full = true;
            run->columns = 0;
            status = BKT_OK;
        }
    }
    if (run->plan->fail_at == 0 && run->plan->memory_limit == 0) {
        bkt_status again = bkt_reader_next_dataset(reader);
        FUZZ_CHECK(again == status, "after %d comes %d", (int)status, (int)again);
    }
    return status == BKT_END ? BKT_OK : status;
}

static void note_course(course *run, const bkt_context *context) {
    const bkt_diagnostic *error = bkt_context_error(context);
    sound_describe_context(context, &run->said);
    run->error = bkt_diagnostic_status(error);
    run->line = bkt_diagnostic_line(error);
    run->column = bkt_diagnostic_column(error);
    snprintf(run->sentence, sizeof run->sentence, "%s", bkt_diagnostic_text(error));
    for (uint32_t i = 0; i < bkt_context_diagnostic_count(context); i++) {
        const bkt_diagnostic *each = bkt_context_diagnostic_at(context, i);
        bool warns = bkt_diagnostic_severity(each) == BKT_SEVERITY_WARNING;
        run->has_missed_groups =
            run->has_missed_groups || (warns && bkt_diagnostic_status(each) == BKT_ERR_LAYOUT);
    }
}

static course read_batches(const ways_plan *plan, const void *data, size_t size, bool fed,
                           const bkt_table *whole) {
    starving memory = {0, 0};
    course run = {.plan = plan, .whole = whole, .status = BKT_ERR_MEMORY};
    bkt_context *context = open_context(plan, &memory);
    if (context == NULL) {
        return run;
    }
    uint64_t held = bkt_context_memory_used(context);
    bkt_filter *filter;
    bkt_reader *reader = NULL;
    run.status = make_filter(plan, context, &filter);
    if (run.status == BKT_OK) {
        bkt_read_options options = options_of(plan, filter);
        run.status = fed ? bkt_reader_open_feed(context, &options, &reader)
                         : bkt_reader_open_memory(context, data, size, &options, &reader);
    }
    if (run.status == BKT_OK) {
        supply from = open_supply(plan, data, size);
        run.status = run_through(&run, reader, fed ? &from : NULL);
        note_reader(&run, reader);
    }
    check_status(plan, context, run.status, "reading in batches");
    note_course(&run, context);
    run.datasets = bkt_reader_dataset_count(reader);
    run.groups = bkt_reader_group_count(reader);
    bkt_reader_free(reader);
    bkt_filter_free(filter);
    close_context(context, held);
    return run;
}

/* ---- comparing ---- */

/* Takes a code out of the table for a filter. */
static void choose_filter(ways_plan *plan, const bkt_table *table) {
    uint32_t columns = bkt_table_column_count(table);
    int64_t rows = bkt_table_row_count(table);
    if (columns == 0 || rows == 0) {
        return;
    }
    const bkt_column *column = bkt_table_column_at(table, plan->filter_choice % columns);
    const char *code = bkt_column_text_at(column, plan->filter_choice / columns % rows);
    const char *id = bkt_column_id(column);
    if (code == NULL || strlen(code) >= WAYS_TEXT || strlen(id) >= WAYS_TEXT ||
        bkt_column_role(column) == BKT_ROLE_PROVENANCE || strcmp(id, "OBS_VALUE_TEXT") == 0) {
        return;
    }
    snprintf(plan->filter_id, sizeof plan->filter_id, "%s", id);
    snprintf(plan->filter_code, sizeof plan->filter_code, "%s", code);
}

/* To filter while reading is to filter what was read. */
static void compare_filtered(const ways_plan *plan, const bkt_table *all, const bkt_table *read) {
    bkt_context *context;
    bkt_filter *filter;
    bkt_table *filtered;
    FUZZ_CHECK(bkt_context_new(NULL, &context) == BKT_OK, "no context");
    FUZZ_CHECK(make_filter(plan, context, &filter) == BKT_OK, "no filter");
    bkt_status status = bkt_table_filter(context, all, filter, &filtered);
    if (status == BKT_ERR_NO_COLUMN || status == BKT_ERR_COLUMN_KIND) {
        FUZZ_CHECK(bkt_table_row_count(read) == 0, "rows in spite of a filter by no column");
    } else {
        FUZZ_CHECK(status == BKT_OK, "filtering gives %d: %s", (int)status,
                   bkt_context_error_text(context));
        sound_table(filtered);
        int64_t count = bkt_table_row_count(filtered);
        FUZZ_CHECK(count == bkt_table_row_count(read),
                   "a filter lets %" PRId64 " rows pass, and %" PRId64 " while reading", count,
                   bkt_table_row_count(read));
        for (int64_t row = 0; row < count; row++) {
            compare_rows(filtered, row, read, row, "filtered, and filtered while reading");
            compare_rows(read, row, filtered, row, "filtered while reading, and filtered");
        }
    }
    bkt_table_free(filtered);
    bkt_filter_free(filter);
    bkt_context_free(context);
}

static void compare_whole(const ways_outcome *at_once, const ways_outcome *fed) {
    FUZZ_CHECK(at_once->status == fed->status, "read whole: %d (%s); fed: %d (%s)",
               (int)at_once->status, at_once->sentence, (int)fed->status, fed->sentence);
    fuzz_text_compare(&at_once->said, &fed->said, "diagnostics of a message read whole and fed");
    if (at_once->table != NULL) {
        sound_same_tables(at_once->table, fed->table, "a message read whole and fed");
    }
}

/* Whichever scanner takes the XML apart. */
static void compare_scanner(const ways_plan *plan, const void *data, size_t size,
                            const ways_outcome *whole) {
    ways_plan by_libxml2 = *plan;
    by_libxml2.scanner = BKT_SCANNER_LIBXML2;
    ways_outcome other = ways_read_whole(&by_libxml2, data, size);
    FUZZ_CHECK(whole->status == other.status, "%d (%s); with libxml2's scanner: %d (%s)",
               (int)whole->status, whole->sentence, (int)other.status, other.sentence);
    fuzz_text_compare(&whole->said, &other.said, "diagnostics with either scanner");
    if (whole->table != NULL) {
        sound_same_tables(whole->table, other.table, "a message read with either scanner");
    }
    ways_outcome_free(&other);
}

static void compare_course(const ways_plan *plan, const ways_outcome *whole, const course *run) {
    /* Of several data sets, columns and limits are shared only when they are read whole; a fault in
     * the same block hides that there are several. Late groups, and keys that come twice, are seen
     * only then. */
    bool alike = run->datasets <= 1 && (run->groups == 0 || plan->flags == 0) &&
                 whole->status != BKT_ERR_DUPLICATE &&
                 (whole->status != BKT_ERR_LIMIT || run->status == BKT_ERR_LIMIT);
    if (!alike) {
        return;
    }
    FUZZ_CHECK(whole->status == run->status, "read whole: %d (%s); in batches: %d (%s)",
               (int)whole->status, whole->sentence, (int)run->status, run->sentence);
    FUZZ_CHECK(whole->status == BKT_OK ||
                   (whole->line == run->line && whole->column == run->column &&
                    strcmp(whole->sentence, run->sentence) == 0),
               "read whole: %" PRIu64 ":%" PRIu64 ": %s; in batches: %" PRIu64 ":%" PRIu64 ": %s",
               whole->line, whole->column, whole->sentence, run->line, run->column, run->sentence);
    FUZZ_CHECK(whole->table == NULL || bkt_table_row_count(whole->table) == run->rows,
               "%" PRId64 " rows in batches, %" PRId64 " whole", run->rows,
               bkt_table_row_count(whole->table));
}

void ways_compare(const ways_plan *given, const void *data, size_t size) {
    ways_plan plan = *given;
    ways_outcome all = {.status = BKT_ERR_STATE};
    bool by_period = plan.first_period != NULL || plan.last_period != NULL;
    if (plan.filter_choice != 0 || by_period) {
        ways_plan unfiltered = plan;
        unfiltered.first_period = NULL;
        unfiltered.last_period = NULL;
        all = ways_read_whole(&unfiltered, data, size);
        if (all.table != NULL && plan.filter_choice != 0) {
            choose_filter(&plan, all.table);
        }
    }
    ways_outcome whole = ways_read_whole(&plan, data, size);
    ways_outcome fed = read_whole_fed(&plan, data, size);
    compare_whole(&whole, &fed);
    ways_outcome_free(&fed);
    compare_scanner(&plan, data, size, &whole);
    course of_feed = read_batches(&plan, data, size, true, NULL);
    bool comparable = of_feed.datasets <= 1 && !of_feed.has_missed_groups;
    course of_memory = read_batches(&plan, data, size, false, comparable ? whole.table : NULL);
    fuzz_text_compare(&of_memory.said, &of_feed.said, "batches at once and fed");
    compare_course(&plan, &whole, &of_memory);
    if (all.table != NULL && whole.table != NULL && of_memory.groups == 0 &&
        (plan.filter_id[0] != '\0' || by_period)) {
        compare_filtered(&plan, all.table, whole.table);
    }
    fuzz_text_free(&of_feed.said);
    fuzz_text_free(&of_memory.said);
    ways_outcome_free(&whole);
    ways_outcome_free(&all);
}

void ways_starve(const ways_plan *plan, const void *data, size_t size) {
    ways_outcome whole = read_whole_fed(plan, data, size);
    ways_outcome_free(&whole);
    course run = read_batches(plan, data, size, false, NULL);
    fuzz_text_free(&run.said);
}
