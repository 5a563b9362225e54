/* SPDX-License-Identifier: MIT */
/* Several threads read what one reads, in every way that a message can be out of the common. */
#include "pieces_fixture.h"

#include "made_message.h"
#include "run_suite.h"

#define MADE_MESSAGES 1

static const char *const files[] = {
    "messages/compact-1.0.xml",
    "messages/compact-2.0-old-time.xml",
    "messages/compact-2.0.xml",
    "messages/conflicting-groups.xml",
    "messages/cross-sectional-1.0.xml",
    "messages/cross-sectional-2.0.xml",
    "messages/extensions.xml",
    "messages/footer-address.xml",
    "messages/footer.xml",
    "messages/generic-2.0.xml",
    "messages/generic-2.1-cross.xml",
    "messages/generic-2.1-flat.xml",
    "messages/generic-2.1-series.xml",
    "messages/generic-2.1-time-series.xml",
    "messages/message-group.xml",
    "messages/missing-values.xml",
    "messages/no-observations.xml",
    "messages/periods.xml",
    "messages/several-data-sets.xml",
    "messages/soap-1.1.xml",
    "messages/soap-1.2.xml",
    "messages/specific-2.1-cross.xml",
    "messages/specific-2.1-explicit.xml",
    "messages/specific-2.1-flat-late-groups.xml",
    "messages/specific-2.1-flat.xml",
    "messages/specific-2.1-late-groups.xml",
    "messages/specific-2.1-qualified.xml",
    "messages/specific-2.1-series.xml",
    "messages/specific-3.0-comp.xml",
    "messages/specific-3.0-flat.xml",
    "messages/specific-3.0-series.xml",
    "messages/specific-3.1-series.xml",
    "messages/units.xml",
    "messages/utility-1.0.xml",
    "messages/utility-2.0.xml",
    "bad/attribute-twice.xml",
    "bad/bad-utf-8.xml",
    "bad/component-twice.xml",
    "bad/decimal-comma.xml",
    "bad/doctype.xml",
    "bad/duplicate-key.xml",
    "bad/generic-comma.xml",
    "bad/impossible-period.xml",
    "bad/infinite.xml",
    "bad/key-missing.xml",
    "bad/malformed.xml",
    "bad/message-group.xml",
    "bad/metadata.xml",
    "bad/nested-series.xml",
    "bad/observation-outside.xml",
    "bad/server-error.xml",
    "bad/too-deep.xml",
    "bad/truncated.xml",
    "bad/utility-key-missing.xml",
    "bad/utility-two-values.xml",
    "bad/value-without-id.xml",
};

/* A small file whole, in memory that ends where it ends. */
static char *load(const char *name, size_t *out_size) {
    char path[TEXT_SIZE];
    FILE *file = fopen(data_path(path, name), "rb");
    ck_assert_ptr_nonnull(file);
    char buffer[65536];
    *out_size = fread(buffer, 1, sizeof buffer, file);
    fclose(file);
    char *text = malloc(*out_size);
    ck_assert_ptr_nonnull(text);
    memcpy(text, buffer, *out_size);
    return text;
}

START_TEST(test_messages) {
    static const uint64_t sizes[] = {1, 200};
    size_t size;
    char *text = load(files[_i], &size);
    char path[TEXT_SIZE];
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        way how = {.piece_size = sizes[i], .flags = BKT_READ_CHECK_DUPLICATES};
        compare_threads(text, size, how, files[_i]);
        how.flags = BKT_READ_STRICT;
        compare_threads(text, size, how, files[_i]);
        how.batch_rows = 2;
        compare_threads(text, size, how, files[_i]);
        how.flags = BKT_READ_PROVENANCE;
        compare_threads(text, size, how, files[_i]);
        how.flags = 0;
        how.path = data_path(path, files[_i]);
        compare_threads(text, size, how, files[_i]);
    }
    free(text);
}
END_TEST

/* Pieces that were taken over in all readings of made messages. */
static uint64_t compare_made(const made_message *made, const char *what) {
    static const uint32_t batches[] = {0, 7};
    uint64_t taken_over = 0;
    for (size_t i = 0; i < sizeof batches / sizeof *batches; i++) {
        way how = {.piece_size = made->piece_size,
                   .batch_rows = batches[i],
                   .flags = i == 0 ? BKT_READ_PROVENANCE : 0};
        taken_over += compare_threads(made->text.data, made->text.size, how, what);
    }
    way strict = {.piece_size = made->piece_size, .flags = BKT_READ_STRICT};
    return taken_over + compare_threads(made->text.data, made->text.size, strict, what);
}

/* By the loop's number: how much is odd, and how it ends. */
START_TEST(made_messages) {
    static const unsigned oddities[] = {0, 3, 30, 300};
    uint64_t taken_over = 0;
    for (uint64_t seed = 0; seed < MADE_MESSAGES; seed++) {
        for (int layout = 0; layout < MADE_LAYOUTS; layout++) {
            made_message made = {.state = seed * 1000 + (uint64_t)_i,
                                 .layout = (made_layout)layout,
                                 .oddity = oddities[_i % 4],
                                 .end = (made_end)(_i / 4)};
            make_message(&made, 30 + (unsigned)seed % 40);
            made.piece_size = 300 + seed * 211 % 3000;
            char what[100];
            snprintf(what, sizeof what, "layout %d, seed %" PRIu64 ", loop %d", layout, seed, _i);
            taken_over += compare_made(&made, what);
            free(made.text.data);
        }
    }
    if (_i % 4 < 2) {
        assert_taken_over(taken_over, 5);
    }
}
END_TEST

/* Of several blocks, so that batches are had in between. */
START_TEST(long_messages) {
    uint64_t taken_over = 0;
    for (int layout = 0; layout < MADE_LAYOUTS; layout++) {
        made_message made = {.state = (uint64_t)_i,
                             .layout = (made_layout)layout,
                             .oddity = (unsigned)_i % 3,
                             .end = (made_end)(_i % 4),
                             .flags = MADE_LATE_END};
        make_message(&made, layout == MADE_FLAT ? 9000 : 1200);
        made.piece_size = _i % 2 == 0 ? 40000 : 150000;
        ck_assert_uint_gt(made.text.size, 400000);
        taken_over += compare_made(&made, "long");
        free(made.text.data);
    }
    assert_taken_over(taken_over, 10);
}
END_TEST

/* Of the size that pieces really have. */
START_TEST(whole_pieces) {
    made_message made = {
        .state = (uint64_t)_i, .layout = (made_layout)(_i % MADE_LAYOUTS), .oddity = _i >= 4};
    make_message(&made, made.layout == MADE_FLAT ? 80000 : 6000);
    ck_assert_uint_gt(made.text.size, 3000000);
    way how = {.batch_rows = 0};
    uint64_t taken_over = compare_threads(made.text.data, made.text.size, how, "whole pieces");
    how.batch_rows = 3000;
    how.flags = BKT_READ_PROVENANCE;
    taken_over += compare_threads(made.text.data, made.text.size, how, "whole pieces");
    if (made.oddity == 0) {
        assert_taken_over(taken_over, 4);
    }
    free(made.text.data);
}
END_TEST

static bkt_filter *make_filter(bkt_context *context, int which) {
    static const char *const areas[] = {"A2", "A3", "A5", "A9", "A10"};
    static const char *const statuses[] = {"A", "C"};
    static const char *const nowhere[] = {"x"};
    bkt_filter *filter;
    ck_assert_int_eq(bkt_filter_new(context, &filter), BKT_OK);
    if (which % 2 == 0) {
        ck_assert_int_eq(bkt_filter_add_codes(filter, "area", areas, 5), BKT_OK);
    }
    if (which == 2) {
        ck_assert_int_eq(bkt_filter_add_codes(filter, "NOWHERE", nowhere, 1), BKT_OK);
    } else if (which == 3) {
        ck_assert_int_eq(bkt_filter_add_codes(filter, "OBS_STATUS", statuses, 2), BKT_OK);
    } else if (which > 0) {
        ck_assert_int_eq(bkt_filter_set_periods(filter, "2000-03", "2001"), BKT_OK);
    }
    return filter;
}

START_TEST(filtered_messages) {
    static const unsigned oddities[] = {0, 5, 100};
    bkt_context *context = new_context();
    uint64_t taken_over = 0;
    for (int which = 0; which < 5; which++) {
        bkt_filter *filter = make_filter(context, which);
        for (int layout = 0; layout < MADE_LAYOUTS; layout++) {
            made_message made = {.state = (uint64_t)(which * 10 + _i),
                                 .layout = (made_layout)layout,
                                 .oddity = oddities[_i % 3]};
            make_message(&made, layout == MADE_FLAT ? 400 : 60);
            way how = {.piece_size = 1500,
                       .batch_rows = _i % 2 == 0 ? 0 : 4,
                       .flags = BKT_READ_PROVENANCE,
                       .filter = filter};
            taken_over += compare_threads(made.text.data, made.text.size, how, "filtered");
            free(made.text.data);
        }
        bkt_filter_free(filter);
    }
    assert_taken_over(taken_over, _i % 3 == 2 ? 0 : 30);
    bkt_context_free(context);
}
END_TEST

/* A series of a message of our own. */
typedef struct given_series {
    char key[60];
    const char *observations;
} given_series;

static char *series_message(const given_series *series, size_t count, size_t *out_size) {
    note text = {0};
    for (size_t i = 0; i < count; i++) {
        write_note(&text, "<Series FREQ=\"M\" %s>%s</Series>\n", series[i].key,
                   series[i].observations);
    }
    note dataset = {0};
    write_note(&dataset, "<m:DataSet ss:structureRef=\"S\">");
    write_bytes(&dataset, text.data, text.size);
    write_note(&dataset, "</m:DataSet>");
    char *message = specific_message("TIME_PERIOD", dataset.data);
    *out_size = strlen(message);
    free(text.data);
    free(dataset.data);
    return message;
}

#define OBS "<Obs TIME_PERIOD=\"2012\" OBS_VALUE=\"1\"/>"

/* Pieces of all sizes, so that their borders are everywhere once. */
static uint64_t compare_sizes(const given_series *series, size_t count, const char *what) {
    size_t size;
    char *message = series_message(series, count, &size);
    uint64_t taken_over = 0;
    for (uint64_t piece_size = 8; piece_size < 400; piece_size += 13) {
        way how = {.piece_size = piece_size};
        taken_over += compare_threads(message, size, how, what);
    }
    free(message);
    return taken_over;
}

/* A unit is a dimension as soon as two series in a row differ in nothing else. */
START_TEST(doubtful_attributes) {
    given_series series[40];
    uint64_t taken_over = 0;
    for (int change = 3; change < 40; change += 3) {
        for (int i = 0; i < 40; i++) {
            /* Other units elsewhere, where the area differs too; none for some. */
            int area = i == change ? change - 1 : i;
            int unit = i == change ? i - 2 : i;
            snprintf(series[i].key, sizeof series[i].key,
                     unit % 7 == 3 ? "AREA=\"A%d\"" : "AREA=\"A%d\" UNIT=\"U%d\"", area, unit % 5);
            series[i].observations = i % 4 == 1 ? "" : OBS OBS;
        }
        taken_over += compare_sizes(series, 40, "doubtful attributes");
    }
    assert_taken_over(taken_over, 300);
}
END_TEST

START_TEST(columns_that_come_late) {
    given_series series[60];
    for (int i = 0; i < 60; i++) {
        snprintf(series[i].key, sizeof series[i].key, "AREA=\"A%d\"", i);
        series[i].observations =
            i < 20   ? OBS
            : i < 40 ? "<Obs TIME_PERIOD=\"2012\" OBS_VALUE=\"2\" OBS_STATUS=\"A\"/>"
                     : "<Obs TIME_PERIOD=\"2013\" OBS_VALUE=\"3\" OTHER=\"o\"/>" OBS;
    }
    assert_taken_over(compare_sizes(series, 60, "late columns"), 50);
}
END_TEST

/* What is told once of a kind is told of the first, whoever meets it. */
START_TEST(faults_everywhere) {
    given_series series[60];
    for (int i = 0; i < 60; i++) {
        snprintf(series[i].key, sizeof series[i].key, "AREA=\"A%d\"", i);
        series[i].observations =
            i % 10 == 9   ? "<Obs TIME_PERIOD=\"2012\" OBS_VALUE=\"n\"/>"
            : i % 15 == 7 ? "<Comp id=\"OBS_VALUE\"><Value>1</Value></Comp><Metadata/>" OBS
                          : OBS;
    }
    assert_taken_over(compare_sizes(series, 60, "faults"), 10);
}
END_TEST

/* A small dictionary is full somewhere. */
START_TEST(limits) {
    static const uint32_t threads[] = {1, 2, 3};
    note notes[3];
    given_series series[90];
    size_t size;
    for (int i = 0; i < 90; i++) {
        snprintf(series[i].key, sizeof series[i].key, "AREA=\"A%d\"", i);
        series[i].observations = OBS;
    }
    char *message = series_message(series, 90, &size);
    for (size_t i = 0; i < 3; i++) {
        bkt_context_options options;
        bkt_context *context;
        ck_assert_int_eq(bkt_context_options_init(&options, sizeof options), BKT_OK);
        options.dictionary_limit = 70;
        ck_assert_int_eq(bkt_context_new(&options, &context), BKT_OK);
        way how = {.threads = threads[i], .piece_size = 300, .batch_rows = 1};
        notes[i].data = read_in(message, size, &how, context);
        ck_assert_ptr_nonnull(find_diagnostic(context, BKT_ERR_LIMIT));
        if (how.threads > 1) {
            assert_taken_over(how.taken_over, 3);
        }
        assert_same_note(notes[0].data, notes[i].data, "limits");
        bkt_context_free(context);
    }
    for (size_t i = 0; i < 3; i++) {
        free(notes[i].data);
    }
    free(message);
}
END_TEST

START_TEST(one_thread_where_there_is_no_more_to_do) {
    made_message made = {.state = 1};
    make_message(&made, 60);
    bkt_context *context = new_context();
    way how = {.threads = 4};
    free(read_in(made.text.data, made.text.size, &how, context));
    ck_assert_uint_eq(how.taken_over, 0); /* less than a piece */
    bkt_read_options options = read_options(0);
    options.threads = 4;
    options.scanner = BKT_SCANNER_LIBXML2;
    bkt_reader *reader;
    bkt_table *table;
    ck_assert_int_eq(
        bkt_reader_open_memory(context, made.text.data, made.text.size, &options, &reader), BKT_OK);
    reader->piece_size = 200;
    ck_assert_int_eq(bkt_table_read_reader(reader, &table), BKT_OK);
    ck_assert_uint_eq(reader->taken_over, 0);
    bkt_table_free(table);
    bkt_reader_free(reader);
    bkt_context_free(context);
    free(made.text.data);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("pieces");
    TCase *test_case = tcase_create("pieces");
    tcase_add_loop_test(test_case, test_messages, 0, (int)(sizeof files / sizeof *files));
    tcase_add_loop_test(test_case, made_messages, 0, 16);
    tcase_add_loop_test(test_case, long_messages, 0, 2);
    tcase_add_loop_test(test_case, whole_pieces, 0, 8);
    tcase_add_loop_test(test_case, filtered_messages, 0, 6);
    tcase_add_test(test_case, doubtful_attributes);
    tcase_add_test(test_case, columns_that_come_late);
    tcase_add_test(test_case, faults_everywhere);
    tcase_add_test(test_case, limits);
    tcase_add_test(test_case, one_thread_where_there_is_no_more_to_do);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
