/* SPDX-License-Identifier: MIT */
/* Real messages: every row of MANIFEST.tsv of the corpus (BKT_CORPUS) against counts and sums that
 * were made by another program, or against the status that its kind has; and every file again in
 * chunks of several sizes, which must give the same table. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <bktrade/reader.h>

#include "bkti_number.h"
#include "bkti_sum.h"
#include "manifest.h"
#include "run_suite.h"

/* What differs from the manifest, and why. A NULL value: the cell is not compared. */
static const struct exception {
    const char *path;
    int cell;
    const char *value;
    const char *why;
} exceptions[] = {
    {"2.0-CompactData/SDMXCompactDataExample_2.0.xml", CELL_FIRST, "1990",
     "the time dimension is called YEA, which the manifest's program did not take for one"},
    {"2.0-CompactData/SDMXCompactDataExample_2.0.xml", CELL_LAST, "2011", "as above"},
    {"2.0-SOAP-Compact/SDMX_SOAP_Example.xml", CELL_FIRST, "1990", "as above"},
    {"2.0-SOAP-Compact/SDMX_SOAP_Example.xml", CELL_LAST, "2011", "as above"},
    {"2.0-CrossSectionalData/generatedCSDS.xml", CELL_DIMENSIONS, "4",
     "so many of the structure's ten are in the message"},
    {"2.1-StructureSpecificData/edu_non_finance_data_onlykeyseries.xml", CELL_DIMENSIONS, "18",
     "SOME_ATTR, made up for a test, can't be told from a dimension without the structure"},
    {"2.1-GenericData/two_actions_delete_after.xml", CELL_OBSERVATIONS, "2",
     "the data set that deletes and has nothing in it is a row: it deletes all"},
    {"2.1-GenericData/two_actions_delete_after.xml", CELL_MISSING, "1", "as above"},
    {"2.1-GenericData/two_actions_delete_first.xml", CELL_OBSERVATIONS, "2", "as above"},
    {"2.1-GenericData/two_actions_delete_first.xml", CELL_MISSING, "1", "as above"},
    {"other-sdmx/data_v1.csv", CELL_OBSERVATIONS, "1000",
     "the manifest's program read no CSV; these are the figures of the same data in SDMX-ML"},
    {"other-sdmx/data_v1.csv", CELL_MISSING, "640", "as above"},
    {"other-sdmx/data_v1.csv", CELL_DIMENSIONS, "15", "as above"},
    {"other-sdmx/data_v1.csv", CELL_SUM, "11819719.544949", "as above"},
    {"other-sdmx/data_v1.csv", CELL_FIRST, "1992", "as above"},
    {"other-sdmx/data_v1.csv", CELL_LAST, "2019", "as above"},
    {"other-sdmx/data_v1.csv", CELL_DATASETS, "1", "as above"},
};

/* Files that are read or refused otherwise than their kind is. */
static const struct outcome {
    const char *path;
    bkt_status status;
    const char *why;
} outcomes[] = {
    {"malformed/EXR_A_Z59_EUR_EN00_A.xml", BKT_ERR_ENCODING, "bytes that are no UTF-8"},
    {"other-sdmx/data_v1.csv", BKT_OK, "SDMX-CSV"},
    {"2.1-GenericData/footer.xml", BKT_ERR_ANSWER_LATER,
     "no data, as the manifest has it, and the address where they will be"},
    {"2.1-GenericData/footer2.xml", BKT_ERR_ANSWER_LATER, "as above"},
};

static const struct kind {
    const char *name;
    bkt_status status;
} kinds[] = {
    {"CompactData", BKT_OK},
    {"GetCompactDataResponse", BKT_OK}, /* in a SOAP envelope */
    {"GenericData", BKT_OK},
    {"GenericTimeSeriesData", BKT_OK},
    {"StructureSpecificData", BKT_OK},
    {"StructureSpecificTimeSeriesData", BKT_OK},
    {"CrossSectionalData", BKT_OK},
    {"UtilityData", BKT_OK},
    {"MessageGroup", BKT_OK},
    {"Structure", BKT_ERR_MESSAGE_KIND},
    {"GenericMetadata", BKT_ERR_MESSAGE_KIND},
    {"QueryMessage", BKT_ERR_MESSAGE_KIND},
    {"RegistryInterface", BKT_ERR_MESSAGE_KIND},
    {"Error", BKT_ERR_SERVER},
};

static bkt_status expected_status(const manifest_row *row) {
    for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++) {
        if (strcmp(outcomes[i].path, row->cells[CELL_PATH]) == 0) {
            return outcomes[i].status;
        }
    }
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kinds[i].name, row->cells[CELL_KIND]) == 0) {
            return kinds[i].status;
        }
    }
    ck_abort_msg("%s: kind '%s' is not in the table of kinds", row->cells[CELL_PATH],
                 row->cells[CELL_KIND]);
    return BKT_ERR_INTERNAL;
}

/* What the test counts in a table. */
typedef struct figures {
    int64_t series;
    int64_t observations;
    int64_t dimensions;
    int64_t missing;
    int64_t texts;
    int64_t datasets;
    double sum;
    const char *first;
    const char *last;
} figures;

static void count_values(const bkt_table *table, figures *out_figures) {
    const bkt_column *measure = bkt_table_column_find(table, "OBS_VALUE");
    bkti_sum sum;
    bkti_sum_init(&sum);
    for (int64_t row = 0; row < bkt_table_row_count(table); row++) {
        double number;
        if (bkt_column_number_at(measure, row, &number)) {
            bkti_sum_add(&sum, number);
        } else if (bkt_column_missing_at(measure, row) == BKT_MISSING_NOT_A_NUMBER) {
            out_figures->texts++;
        } else {
            out_figures->missing++;
        }
    }
    out_figures->sum = bkti_sum_result(&sum);
}

static bool start_day(const char *text, int32_t *out_day) {
    int32_t frequency;
    int64_t ordinal;
    return bkt_period_parse(text, strlen(text), &frequency, &ordinal) == BKT_OK &&
           bkt_period_start_day(frequency, ordinal, out_day) == BKT_OK;
}

static void find_periods(const bkt_table *table, figures *out_figures) {
    const bkt_column *time = NULL;
    for (uint32_t i = 0; i < bkt_table_column_count(table); i++) {
        const bkt_column *column = bkt_table_column_at(table, i);
        time = bkt_column_role(column) == BKT_ROLE_TIME ? column : time;
    }
    int32_t first = INT32_MAX;
    int32_t last = INT32_MIN;
    for (int64_t row = 0; time != NULL && row < bkt_table_row_count(table); row++) {
        const char *text = bkt_column_text_at(time, row);
        int32_t day;
        if (text != NULL && start_day(text, &day)) {
            out_figures->first = day < first ? text : out_figures->first;
            first = day < first ? day : first;
            out_figures->last = day > last ? text : out_figures->last;
            last = day > last ? day : last;
        }
    }
}

static figures count(const bkt_table *table, const bkt_reader *reader) {
    figures result = {
        .series = (int64_t)bkt_reader_series_count(reader),
        .observations = bkt_table_row_count(table),
        .datasets = bkt_reader_dataset_count(reader),
        .first = "",
        .last = "",
    };
    for (uint32_t i = 0; i < bkt_table_column_count(table); i++) {
        int32_t role = bkt_column_role(bkt_table_column_at(table, i));
        result.dimensions += role == BKT_ROLE_DIMENSION || role == BKT_ROLE_TIME;
    }
    count_values(table, &result);
    find_periods(table, &result);
    return result;
}

static const char *expected_cell(const manifest_row *row, int cell) {
    for (size_t i = 0; i < sizeof exceptions / sizeof *exceptions; i++) {
        if (exceptions[i].cell == cell && strcmp(exceptions[i].path, row->cells[CELL_PATH]) == 0) {
            return exceptions[i].value;
        }
    }
    return row->cells[cell];
}

static bool check_count(const manifest_row *row, int cell, const char *what, int64_t found) {
    const char *expected = expected_cell(row, cell);
    if (expected == NULL || expected[0] == '?' || strtoll(expected, NULL, 10) == found) {
        return true;
    }
    fprintf(stderr, "# %s %s: %lld %s, %s expected\n", row->cells[CELL_PATH],
            row->cells[CELL_MEMBER], (long long)found, what, expected);
    return false;
}

static bool check_sum(const manifest_row *row, double found) {
    const char *expected = expected_cell(row, CELL_SUM);
    if (expected == NULL || expected[0] == '?' || expected[0] == '\0') {
        return true;
    }
    double sum;
    bkti_number_parse(bkti_span_of(expected), &sum);
    if (fabs(sum - found) <= 1e-6 + fabs(sum) * 1e-12) {
        return true;
    }
    fprintf(stderr, "# %s: the sum is %.6f, %s expected\n", row->cells[CELL_PATH], found, expected);
    return false;
}

static bool check_period(const manifest_row *row, int cell, const char *found) {
    const char *expected = expected_cell(row, cell);
    int32_t a = 0;
    int32_t b = 0;
    if (expected == NULL || strcmp(expected, found) == 0 ||
        (start_day(expected, &a) && start_day(found, &b) && a == b)) {
        return true;
    }
    fprintf(stderr, "# %s: period '%s', '%s' expected\n", row->cells[CELL_PATH], found, expected);
    return false;
}

static bool check_figures(const manifest_row *row, const figures *found) {
    bool right = check_count(row, CELL_SERIES, "series", found->series);
    right = check_count(row, CELL_OBSERVATIONS, "observations", found->observations) && right;
    right = check_count(row, CELL_MISSING, "missing", found->missing) && right;
    right = check_count(row, CELL_TEXTS, "texts", found->texts) && right;
    right = check_count(row, CELL_DATASETS, "data sets", found->datasets) && right;
    right = check_count(row, CELL_DIMENSIONS, "dimensions", found->dimensions) && right;
    right = check_sum(row, found->sum) && right;
    right = check_period(row, CELL_FIRST, found->first) && right;
    return check_period(row, CELL_LAST, found->last) && right;
}

static bool check_row(const manifest_row *row) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", corpus, row->cells[CELL_PATH]);
    bkt_context *context;
    bkt_read_options options;
    bkt_reader *reader;
    bkt_table *table;
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    ck_assert_int_eq(bkt_read_options_init(&options, sizeof options), BKT_OK);
    options.member = row->cells[CELL_MEMBER][0] == '\0' ? NULL : row->cells[CELL_MEMBER];
    ck_assert_int_eq(bkt_reader_open_path(context, path, &options, &reader), BKT_OK);
    bkt_status status = bkt_table_read_reader(reader, &table);
    bool right = status == expected_status(row);
    if (!right) {
        fprintf(stderr, "# %s %s: status %d, %d expected: %s\n", row->cells[CELL_PATH],
                row->cells[CELL_MEMBER], (int)status, (int)expected_status(row),
                bkt_context_error_text(context));
    } else if (status == BKT_OK) {
        figures found = count(table, reader);
        right = check_figures(row, &found);
    }
    bkt_table_free(table);
    bkt_reader_free(reader);
    right = right && bkt_context_memory_used(context) < 100000;
    bkt_context_free(context);
    return right;
}

START_TEST(counts_and_sums_are_those_of_the_manifest) {
    int wrong = 0;
    for (int i = 0; i < row_count; i++) {
        wrong += !check_row(&rows[i]);
    }
    fprintf(stderr, "# %d rows of the manifest compared\n", row_count);
    ck_assert_msg(wrong == 0, "%d of %d messages differ from the manifest", wrong, row_count);
}
END_TEST

/* A digest over every cell of a table, and what the columns are. */
static void digest_bytes(uint64_t *digest, const void *bytes, size_t size) {
    for (size_t i = 0; i < size; i++) {
        *digest = (*digest ^ ((const unsigned char *)bytes)[i]) * UINT64_C(1099511628211);
    }
}

static uint64_t digest_of(const bkt_table *table) {
    uint64_t digest = UINT64_C(14695981039346656037);
    for (uint32_t i = 0; i < bkt_table_column_count(table); i++) {
        const bkt_column *column = bkt_table_column_at(table, i);
        int32_t facts[] = {bkt_column_kind(column), bkt_column_role(column),
                           bkt_column_level(column), bkt_column_role_assumed(column)};
        digest_bytes(&digest, bkt_column_id(column), strlen(bkt_column_id(column)));
        digest_bytes(&digest, facts, sizeof facts);
        const double *numbers = bkt_column_numbers_view(column);
        for (int64_t row = 0; row < bkt_table_row_count(table); row++) {
            const char *text = bkt_column_text_at(column, row);
            int32_t reason = bkt_column_missing_at(column, row);
            digest_bytes(&digest, &reason, sizeof reason);
            if (numbers != NULL && reason == BKT_MISSING_NOT) {
                digest_bytes(&digest, &numbers[row], sizeof numbers[row]);
            } else if (text != NULL) {
                digest_bytes(&digest, text, strlen(text) + 1);
            }
        }
    }
    return digest;
}

typedef struct outcome_of_reading {
    bkt_status status;
    uint64_t digest;
    int64_t row_count;
    uint64_t line;
    uint64_t column;
} outcome_of_reading;

/* chunk 0: sizes from 1 to 5000, by a fixed sequence. */
static outcome_of_reading read_in_chunks(const char *bytes, size_t size, size_t chunk) {
    bkt_context *context;
    bkt_reader *reader;
    bkt_table *table = NULL;
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    ck_assert_int_eq(bkt_reader_open_feed(context, NULL, &reader), BKT_OK);
    uint64_t random = 1;
    size_t done = 0;
    bkt_status status = BKT_MORE;
    while (done < size && status == BKT_MORE) {
        random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        size_t next = chunk > 0 ? chunk : 1 + (size_t)(random >> 33) % 5000;
        next = next < size - done ? next : size - done;
        ck_assert_int_eq(bkt_reader_feed(reader, bytes + done, next, done + next == size), BKT_OK);
        done += next;
        /* Asking after every byte of a large file takes long and shows no more. */
        if (done % 64 < next || done == size) {
            status = bkt_table_read_reader(reader, &table);
        }
    }
    outcome_of_reading outcome = {status, 0, bkt_table_row_count(table), 0, 0};
    if (status == BKT_OK) {
        outcome.digest = digest_of(table);
    } else {
        outcome.line = bkt_diagnostic_line(bkt_context_error(context));
        outcome.column = bkt_diagnostic_column(bkt_context_error(context));
    }
    bkt_table_free(table);
    bkt_reader_free(reader);
    bkt_context_free(context);
    return outcome;
}

static bool same_outcome(const outcome_of_reading *a, const outcome_of_reading *b) {
    return a->status == b->status && a->digest == b->digest && a->row_count == b->row_count &&
           a->line == b->line && a->column == b->column;
}

static bool same_in_chunks(const manifest_row *row) {
    char path[4096];
    size_t size;
    snprintf(path, sizeof path, "%s/%s", corpus, row->cells[CELL_PATH]);
    char *bytes = read_file(path, &size);
    ck_assert_ptr_nonnull(bytes);
    static const size_t chunks[] = {1, 7, 4096, 0};
    outcome_of_reading whole = read_in_chunks(bytes, size, size);
    bool right = true;
    for (size_t i = 0; i < sizeof chunks / sizeof *chunks; i++) {
        outcome_of_reading cut = read_in_chunks(bytes, size, chunks[i]);
        if (!same_outcome(&cut, &whole)) {
            fprintf(
                stderr,
                "# %s differs when cut into chunks of %d: status %d and %d, rows %lld and %lld, "
                "place %llu:%llu and %llu:%llu\n",
                row->cells[CELL_PATH], (int)chunks[i], (int)cut.status, (int)whole.status,
                (long long)cut.row_count, (long long)whole.row_count, (unsigned long long)cut.line,
                (unsigned long long)cut.column, (unsigned long long)whole.line,
                (unsigned long long)whole.column);
            right = false;
        }
    }
    free(bytes);
    return right;
}

START_TEST(chunks_of_any_size_give_the_same_table) {
    int wrong = 0;
    for (int i = 0; i < row_count; i++) {
        wrong += !is_same_file(i) && !same_in_chunks(&rows[i]);
    }
    ck_assert_int_eq(wrong, 0);
}
END_TEST

int main(void) {
    if (!load_manifest()) {
        puts("1..0 # skipped: no corpus");
        return EXIT_SUCCESS;
    }
    Suite *suite = suite_create("corpus");
    TCase *test_case = tcase_create("corpus");
    tcase_set_timeout(test_case, 0);
    tcase_add_test(test_case, counts_and_sums_are_those_of_the_manifest);
    tcase_add_test(test_case, chunks_of_any_size_give_the_same_table);
    suite_add_tcase(suite, test_case);
    int result = run_suite(suite);
    free(manifest);
    return result;
}
