/* SPDX-License-Identifier: MIT */
/* bktrade info: what a file is and what is in it, in bounded memory whatever its length. */
#include "commands.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { SHOWN_CODES = 8, SHOWN_BYTES = 40, COUNTED_COLUMNS = 256 };

/* What went by of one column. With a structure a column that turns up late stands between others,
 * and dictionaries hold codes that no row has. */
typedef struct column_summary {
    char id[64];
    uint64_t numbers;    /* that are there */
    unsigned char *used; /* by code, of a column with a code list */
    int32_t code_count;
    int32_t used_count;
} column_summary;

/* What is known of one data set after its batches went by. */
typedef struct dataset_summary {
    uint64_t rows;
    uint64_t missing; /* rows in which no measure has a number */
    column_summary by_column[COUNTED_COLUMNS];
    uint32_t column_count;
    int64_t first_ordinal, last_ordinal;
    int32_t first_day, last_day;
    int32_t periods;
    char first[40], last[40];
    char *columns; /* the column list, as of the newest batch */
    size_t columns_size;
    char *profile; /* what was recognised, told once */
    size_t profile_size;
} dataset_summary;

static void print_property(const bkt_reader *reader, const char *label, const char *name) {
    const char *text = bkt_reader_property(reader, name);
    if (text != NULL && text[0] != '\0')
        printf("  %-14s%s\n", label, text);
}

static void print_message(const bkt_reader *reader, const char *file) {
    const char *encoding = bkt_reader_property(reader, "encoding");
    const char *version = bkt_reader_property(reader, "version");
    int32_t kind = bkt_reader_message_kind(reader);
    const char *name = bkt_message_kind_text(kind);
    bool xml = kind != BKT_MESSAGE_SDMX_CSV_DATA && kind != BKT_MESSAGE_SDMX_JSON_DATA;
    printf("%s\n", file);
    printf("  %-14s%s %s%s%s%s%s\n", "message", xml ? "SDMX-ML" : name, version ? version : "?",
           xml ? " " : "", xml ? name : "", encoding ? ", " : "", encoding ? encoding : "");
    print_property(reader, "member", "member");
    print_property(reader, "id", "id");
    print_property(reader, "prepared", "prepared");
    print_property(reader, "sender", "sender");
    print_property(reader, "sender name", "sender_name");
    print_property(reader, "receiver", "receiver");
}

static const char *role_text(const bkt_column *column) {
    switch (bkt_column_role(column)) {
    case BKT_ROLE_DIMENSION:
        return bkt_column_role_assumed(column) ? "dimension?" : "dimension";
    case BKT_ROLE_TIME:
        return "time";
    case BKT_ROLE_MEASURE:
        return bkt_column_role_assumed(column) ? "measure?" : "measure";
    case BKT_ROLE_ATTRIBUTE:
        return bkt_column_role_assumed(column) ? "attribute?" : "attribute";
    default:
        return "provenance";
    }
}

/* How much of a code's text is shown: at most 40 bytes, and no half of a UTF-8 character. */
static size_t shown_bytes(const char *text) {
    size_t bytes = strlen(text);
    if (bytes <= SHOWN_BYTES)
        return bytes;
    bytes = SHOWN_BYTES;
    while (bytes > 0 && ((unsigned char)text[bytes] & 0xC0) == 0x80)
        bytes--;
    return bytes;
}

/* What is noted of a column, begun if it is new; NULL for one of too many. */
static column_summary *summary_of(dataset_summary *summary, const bkt_column *column) {
    const char *id = bkt_column_id(column);
    for (uint32_t i = 0; i < summary->column_count; i++)
        if (strcmp(summary->by_column[i].id, id) == 0)
            return &summary->by_column[i];
    if (summary->column_count == COUNTED_COLUMNS || strlen(id) >= sizeof summary->by_column[0].id)
        return NULL;
    column_summary *added = &summary->by_column[summary->column_count++];
    strcpy(added->id, id);
    return added;
}

static bool note_codes(const bkt_column *column, column_summary *noted) {
    int32_t count = bkt_column_dictionary_count(column);
    if (count > noted->code_count) {
        unsigned char *used = realloc(noted->used, (size_t)count);
        if (used == NULL)
            return false;
        memset(used + noted->code_count, 0, (size_t)(count - noted->code_count));
        noted->used = used;
        noted->code_count = count;
    }
    const int32_t *codes = bkt_column_codes_view(column);
    for (int64_t row = 0; row < bkt_column_row_count(column); row++)
        if (codes[row] >= 0 && !noted->used[codes[row]]) {
            noted->used[codes[row]] = 1;
            noted->used_count++;
        }
    return true;
}

static void write_code(FILE *out, const bkt_column *column, int32_t code) {
    const char *text = bkt_column_dictionary_text(column, code);
    const char *name = bkt_column_dictionary_name(column, code, NULL);
    size_t bytes = shown_bytes(text);
    fprintf(out, " %.*s%s", (int)bytes, text, text[bytes] != '\0' ? "..." : "");
    if (name != NULL) {
        bytes = shown_bytes(name);
        fprintf(out, " (%.*s%s)", (int)bytes, name, name[bytes] != '\0' ? "..." : "");
    }
}

/* The first codes; of those that a structure has, the ones that rows have. */
static void write_codes(FILE *out, const bkt_column *column, const column_summary *noted) {
    int32_t count = bkt_column_dictionary_count(column);
    bool is_listed = bkt_column_code_list(column) != NULL && noted != NULL;
    int32_t used = is_listed ? noted->used_count : count;
    if (is_listed)
        fprintf(out, " %d of", used);
    fprintf(out, " %d %s:", count, count == 1 ? "code" : "codes");
    int32_t shown = 0;
    for (int32_t code = 0; code < count && shown < SHOWN_CODES; code++) {
        if (is_listed && !noted->used[code])
            continue;
        fputs(shown++ > 0 ? "," : "", out);
        write_code(out, column, code);
    }
    fprintf(out, "%s\n", used > SHOWN_CODES ? ", ..." : "");
}

/* The columns as a batch has them: the last one's dictionaries hold all codes of the data set. */
static void write_columns(FILE *out, const bkt_table *batch, dataset_summary *summary) {
    for (uint32_t i = 0; i < bkt_table_column_count(batch); i++) {
        const bkt_column *column = bkt_table_column_at(batch, i);
        const column_summary *noted = summary_of(summary, column);
        const char *name = bkt_column_name(column, NULL);
        fprintf(out, "    %-11s %-24s", role_text(column), bkt_column_id(column));
        if (name != NULL)
            fprintf(out, " %s:", name);
        if (bkt_column_kind(column) == BKT_KIND_NUMBER) {
            if (noted != NULL)
                fprintf(out, " %llu", (unsigned long long)noted->numbers);
            fprintf(out, " numbers\n");
            continue;
        }
        int32_t count = bkt_column_dictionary_count(column);
        if (bkt_column_kind(column) == BKT_KIND_PERIOD) {
            fprintf(out, " %d %s, %s to %s\n", count, count == 1 ? "period" : "periods",
                    summary->first, summary->last);
            continue;
        }
        write_codes(out, column, noted);
    }
}

static void note_periods(const bkt_table *batch, dataset_summary *summary) {
    for (uint32_t i = 0; i < bkt_table_column_count(batch); i++) {
        const bkt_column *column = bkt_table_column_at(batch, i);
        if (bkt_column_kind(column) != BKT_KIND_PERIOD)
            continue;
        int32_t count = bkt_column_dictionary_count(column);
        for (int32_t code = summary->periods; code < count; code++) {
            int32_t frequency, first_day, last_day;
            int64_t ordinal;
            if (bkt_column_dictionary_period(column, code, &frequency, &ordinal) != BKT_OK ||
                bkt_period_start_day(frequency, ordinal, &first_day) != BKT_OK ||
                bkt_period_last_day(frequency, ordinal, &last_day) != BKT_OK)
                continue;
            const char *text = bkt_column_dictionary_text(column, code);
            if (summary->first[0] == '\0' || first_day < summary->first_day) {
                summary->first_day = first_day;
                snprintf(summary->first, sizeof summary->first, "%s", text);
            }
            if (summary->last[0] == '\0' || last_day > summary->last_day) {
                summary->last_day = last_day;
                snprintf(summary->last, sizeof summary->last, "%s", text);
            }
        }
        summary->periods = count;
        return;
    }
}

static bool note_values(const bkt_table *batch, dataset_summary *summary) {
    int64_t rows = bkt_table_row_count(batch);
    const bkt_column *measures[COUNTED_COLUMNS];
    uint32_t count = 0;
    summary->rows += (uint64_t)rows;
    for (uint32_t i = 0; i < bkt_table_column_count(batch) && i < COUNTED_COLUMNS; i++) {
        const bkt_column *column = bkt_table_column_at(batch, i);
        column_summary *noted = summary_of(summary, column);
        if (noted != NULL && bkt_column_code_list(column) != NULL && !note_codes(column, noted))
            return false;
        if (bkt_column_kind(column) != BKT_KIND_NUMBER)
            continue;
        if (noted != NULL)
            noted->numbers += (uint64_t)(rows - bkt_column_null_count(column));
        if (bkt_column_role(column) == BKT_ROLE_MEASURE)
            measures[count++] = column;
    }
    for (int64_t row = 0; count > 0 && row < rows; row++) {
        bool any = false;
        for (uint32_t i = 0; !any && i < count; i++)
            any = bkt_column_number_at(measures[i], row, NULL) != 0;
        summary->missing += !any;
    }
    return true;
}

static void write_profile(FILE *out, const bkt_profile *profile) {
    fprintf(out, "%s: %s\n", bkt_profile_id(profile), bkt_profile_name(profile));
    if (!bkt_profile_pair_possible(profile))
        fprintf(out, "  %-14s%s\n", "", bkt_profile_pair_refusal(profile));
    for (uint32_t i = 0; i < bkt_profile_assumption_count(profile); i++)
        fprintf(out, "  %-14sassumed: %s\n", "", bkt_profile_assumption_at(profile, i));
}

/* In a context of its own: that a file is no trade is no fault of the file. */
static void note_profile(const bkt_table *batch, dataset_summary *summary) {
    bkt_context *scratch = NULL;
    bkt_profile *profile = NULL;
    FILE *out = open_memstream(&summary->profile, &summary->profile_size);
    if (out == NULL)
        return;
    if (bkt_context_new(NULL, &scratch) == BKT_OK &&
        bkt_profile_detect(scratch, batch, NULL, &profile) == BKT_OK)
        write_profile(out, profile);
    else
        fprintf(out, "none recognised\n");
    fclose(out);
    bkt_profile_free(profile);
    bkt_context_free(scratch);
}

/* A batch lives only until the next call, and which one is the last is known only after it: so the
 * list of columns is written anew for each. */
static bool note_batch(const bkt_table *batch, dataset_summary *summary) {
    if (!note_values(batch, summary))
        return false;
    note_periods(batch, summary);
    if (summary->profile == NULL)
        note_profile(batch, summary);
    free(summary->columns);
    summary->columns = NULL;
    FILE *out = open_memstream(&summary->columns, &summary->columns_size);
    if (out == NULL)
        return false;
    write_columns(out, batch, summary);
    return fclose(out) == 0;
}

static bkt_status read_dataset(bkt_reader *reader, dataset_summary *summary) {
    for (;;) {
        const bkt_table *batch = NULL;
        bkt_status status = bkt_reader_next_batch(reader, &batch);
        if (status == BKT_END)
            return BKT_OK;
        if (status != BKT_OK)
            return status;
        if (!note_batch(batch, summary))
            return BKT_ERR_MEMORY;
    }
}

static void print_dataset(const bkt_reader *reader, const dataset_summary *summary) {
    printf("\n  data set %u\n", bkt_reader_dataset_count(reader));
    print_property(reader, "structure", "structure");
    print_property(reader, "dataflow", "dataflow");
    print_property(reader, "action", "action");
    print_property(reader, "valid from", "valid_from");
    print_property(reader, "valid to", "valid_to");
    print_property(reader, "published in", "publication_period");
    print_property(reader, "reports from", "reporting_begin");
    print_property(reader, "reports to", "reporting_end");
    print_property(reader, "observed at", "dimension_at_observation");
    const char *action = bkt_reader_property(reader, "action");
    bool deletes = action != NULL && strcasecmp(action, "Delete") == 0;
    printf("  %-14s%llu", deletes ? "deletions" : "observations",
           (unsigned long long)summary->rows);
    if (summary->missing > 0 && !deletes)
        printf(", %llu without a value", (unsigned long long)summary->missing);
    printf("\n");
    if (summary->profile != NULL)
        printf("  %-14s%s", "profile", summary->profile);
    if (summary->columns != NULL)
        fputs(summary->columns, stdout);
}

static void free_summary(dataset_summary *summary) {
    for (uint32_t i = 0; i < summary->column_count; i++)
        free(summary->by_column[i].used);
    free(summary->columns);
    free(summary->profile);
}

static int32_t info_file(session *running, const arguments *given, const char *file) {
    running->file = file;
    bkt_reader *reader = NULL;
    bkt_read_options how;
    session_read_options(running, given, &how);
    bkt_status status = bkt_reader_open_path(running->context, file, &how, &reader);
    if (status == BKT_OK)
        status = bkt_reader_next_dataset(reader);
    if (status == BKT_OK || status == BKT_END || status == BKT_ERR_ANSWER_LATER) {
        session_quiet(running);
        print_message(reader, file);
    }
    while (status == BKT_OK) {
        dataset_summary summary;
        memset(&summary, 0, sizeof summary);
        status = read_dataset(reader, &summary);
        session_quiet(running);
        if (status == BKT_OK)
            print_dataset(reader, &summary);
        free_summary(&summary);
        if (status == BKT_OK)
            status = bkt_reader_next_dataset(reader);
    }
    if (status == BKT_ERR_ANSWER_LATER)
        status = BKT_END; /* the address is what there is to be said of the file */
    if (status == BKT_END) {
        printf("\n  %-14sdata sets %u, series %llu, groups %llu, observations %llu\n", "in all",
               bkt_reader_dataset_count(reader),
               (unsigned long long)bkt_reader_series_count(reader),
               (unsigned long long)bkt_reader_group_count(reader),
               (unsigned long long)bkt_reader_observation_count(reader));
        print_property(reader, "footer", "footer");
        print_property(reader, "address", "address");
    }
    bkt_reader_free(reader);
    return status == BKT_END ? EXIT_DONE : session_fail(running, status);
}

static int32_t run(const arguments *given) {
    session running;
    if (!session_open(&running))
        return EXIT_DATA;
    int32_t code = session_take_structure(&running, given);
    for (uint32_t i = 0; i < given->file_count && code == EXIT_DONE; i++) {
        if (i > 0)
            printf("\n");
        code = info_file(&running, given, given->files[i]);
    }
    if (code == EXIT_DONE)
        session_tell(&running, true);
    session_close(&running);
    return code;
}

static const option_spec *const groups[] = {structure_options, encoding_options, NULL};

const command_spec command_info = {
    .name = "info",
    .usage = "info FILE... [--structure FILE]",
    .summary = "Says what an SDMX file is and what is in it.",
    .text = "Message, version, sender, and for each data set its structure, its columns with\n"
            "their codes counted, its periods, how many observations there are, and which trade\n"
            "profile was recognised. \"dimension?\" is a role that was assumed: a\n"
            "structure-specific message does not say it without its structure, nor does\n"
            "one of SDMX 3.0 say which of several components are measures. With --structure it is\n"
            "known, and so are names. Of a data set that deletes, each row is counted as a\n"
            "deletion.",
    .groups = groups,
    .examples = "  bktrade info trade.xml\n"
                "  bktrade info part1.xml.gz part2.zip\n"
                "  bktrade info trade.xml --structure dsd.xml --structure codelists.xml\n",
    .run = run,
};
