/* SPDX-License-Identifier: MIT */
/* Streams: batches, data sets, what comes late, files that can't be written, memory that fails. */
#include <dirent.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "failing_memory.h"
#include "run_suite.h"
#include "writing.h"

static bkt_context *context;
static bkt_writer *writer;
static char folder[200];

static void start(void) {
    const char *parent = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%.150s/bkt-writer-XXXXXX", parent == NULL ? "/tmp" : parent);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    writer = NULL;
}

static void finish(void) {
    bkt_writer_free(writer);
    bkt_context_free(context);
    ck_assert_int_eq(rmdir(folder), 0); /* every test leaves it empty */
}

static const char *in_folder(const char *name) {
    static char path[320];
    snprintf(path, sizeof path, "%s/%.100s", folder, name);
    return path;
}

static int files_in_folder(void) {
    int count = 0;
    DIR *listing = opendir(folder);
    ck_assert_ptr_nonnull(listing);
    for (struct dirent *entry = readdir(listing); entry != NULL; entry = readdir(listing)) {
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    }
    closedir(listing);
    return count;
}

static void assert_part(const char *text, const char *part) {
    ck_assert_msg(text != NULL && strstr(text, part) != NULL, "'%s' is not in:\n%s", part,
                  text == NULL ? "" : text);
}

static void open_memory(int32_t format, uint32_t flags) {
    bkt_write_options options = write_as(format, flags);
    ck_assert_int_eq(bkt_writer_open_memory(context, &options, &writer), BKT_OK);
}

static const char *finished(void) {
    ck_assert_int_eq(bkt_writer_finish(writer), BKT_OK);
    return bkt_writer_bytes_view(writer, NULL);
}

static const sheet first_part = {
    {"dA", "tTIME_PERIOD", "vOBS_VALUE", "sUNIT"},
    {{"x", "2011", "1", "USD"}, {"y", "2011", "2", "USD"}},
};
/* The codes of its dictionaries are others. */
static const sheet second_part = {
    {"dA", "tTIME_PERIOD", "vOBS_VALUE", "sUNIT", "aNOTE"},
    {{"y", "2012", "3", "USD", "late"}, {"x", "2012", "4", "EUR", NULL}},
};

START_TEST(a_series_goes_on_in_the_next_table) {
    bkt_table *first = sheet_table(context, &first_part, 2);
    bkt_table *second = sheet_table(context, &second_part, 2);
    open_memory(BKT_FORMAT_STRUCTURE_SPECIFIC_2_1, 0);
    ck_assert_int_eq(bkt_writer_write(writer, first), BKT_OK);
    ck_assert_int_eq(bkt_writer_write(writer, second), BKT_OK);
    ck_assert_uint_eq(bkt_writer_row_count(writer), 4);
    ck_assert_ptr_null(bkt_writer_bytes_view(writer, NULL));
    assert_part(finished(),
                "<Series A=\"y\" UNIT=\"USD\">\n<Obs TIME_PERIOD=\"2011\" OBS_VALUE=\"2\"/>\n"
                "<Obs TIME_PERIOD=\"2012\" OBS_VALUE=\"3\" NOTE=\"late\"/>\n</Series>\n"
                "<Series A=\"x\" UNIT=\"EUR\">\n");
    ck_assert_int_eq(bkt_writer_write(writer, first), BKT_ERR_STATE);
    ck_assert_int_eq(bkt_writer_finish(writer), BKT_ERR_STATE);
    bkt_table_free(first);
    bkt_table_free(second);
}
END_TEST

START_TEST(what_csv_has_no_column_for_is_refused_unless_announced) {
    bkt_table *first = sheet_table(context, &first_part, 2);
    bkt_table *second = sheet_table(context, &second_part, 2);
    open_memory(BKT_FORMAT_CSV, 0);
    ck_assert_int_eq(bkt_writer_write(writer, first), BKT_OK);
    ck_assert_int_eq(bkt_writer_write(writer, second), BKT_ERR_STATE);
    assert_part(bkt_context_error_text(context), "the column NOTE came up after the header");
    ck_assert_int_eq(bkt_writer_write(writer, first), BKT_ERR_STATE);
    ck_assert_int_eq(bkt_writer_finish(writer), BKT_ERR_STATE);
    ck_assert_ptr_null(bkt_writer_bytes_view(writer, NULL));
    bkt_writer_free(writer);
    open_memory(BKT_FORMAT_CSV, 0);
    ck_assert_int_eq(bkt_writer_announce(writer, NULL, second), BKT_OK);
    ck_assert_int_eq(bkt_writer_write(writer, first), BKT_OK);
    ck_assert_int_eq(bkt_writer_announce(writer, NULL, second), BKT_ERR_STATE);
    ck_assert_int_eq(bkt_writer_write(writer, second), BKT_OK);
    ck_assert_str_eq(finished(), "A,TIME_PERIOD,OBS_VALUE,UNIT,NOTE\nx,2011,1,USD,\ny,2011,2,USD,\n"
                                 "y,2012,3,USD,late\nx,2012,4,EUR,\n");
    bkt_table_free(first);
    bkt_table_free(second);
}
END_TEST

static bkt_dataset_options set_of(const char *action, const char *dataflow) {
    bkt_dataset_options options;
    ck_assert_int_eq(bkt_dataset_options_init(&options, sizeof options), BKT_OK);
    options.action = action;
    options.dataflow = dataflow;
    return options;
}

START_TEST(data_sets_have_their_structures_and_actions) {
    static const sheet gone = {{"dA", "tTIME_PERIOD", "vOBS_VALUE"},
                               {{"x", "2011", "?"}, {"y", NULL, NULL}}};
    bkt_table *first = sheet_table(context, &first_part, 1);
    bkt_table *second = sheet_table(context, &gone, 2);
    bkt_dataset_options merge = set_of("merge", "BKT:FLOW(2.0)");
    bkt_dataset_options erase = set_of("Delete", NULL);
    erase.dataset_id = "D 1"; /* no id */
    erase.valid_from = "2026-01-01T00:00:00";
    for (int turn = 0; turn < 2; turn++) {
        open_memory(turn == 0 ? BKT_FORMAT_STRUCTURE_SPECIFIC_2_1 : BKT_FORMAT_SDMX_CSV_2, 0);
        ck_assert_int_eq(bkt_writer_announce(writer, &merge, first), BKT_OK);
        ck_assert_int_eq(bkt_writer_announce(writer, &erase, second), BKT_OK);
        ck_assert_int_eq(bkt_writer_begin_dataset(writer, &merge), BKT_OK);
        ck_assert_int_eq(bkt_writer_write(writer, first), BKT_OK);
        ck_assert_int_eq(bkt_writer_begin_dataset(writer, &erase), BKT_OK);
        ck_assert_int_eq(bkt_writer_write(writer, second), BKT_OK);
        const char *text = finished();
        if (turn == 0) {
            assert_part(text, "<message:Structure structureID=\"S2\"");
            assert_part(text, "<message:DataSet ss:structureRef=\"S1\" ss:action=\"Append\"");
            assert_part(text, "<message:DataSet ss:structureRef=\"S2\" ss:action=\"Delete\" "
                              "ss:validFromDate=\"2026-01-01T00:00:00\" ");
            assert_part(text, "Dataflow=BKT:FLOW(2.0):ObsLevelDim:TIME_PERIOD");
            assert_part(text, "<Series A=\"x\">\n<Obs TIME_PERIOD=\"2011\" OBS_VALUE=\"NaN\"/>\n"
                              "</Series>\n<Series A=\"y\">\n</Series>\n");
        } else {
            ck_assert_str_eq(text, "STRUCTURE,STRUCTURE_ID,ACTION,A,TIME_PERIOD,OBS_VALUE,UNIT\n"
                                   "dataflow,BKT:FLOW(2.0),M,x,2011,1,USD\n"
                                   "datastructure,BKT:TRADE(1.0),D,x,2011,-,\n"
                                   "datastructure,BKT:TRADE(1.0),D,y,,,\n");
        }
        bkt_writer_free(writer);
    }
    open_memory(BKT_FORMAT_STRUCTURE_SPECIFIC_2_1, 0);
    ck_assert_int_eq(bkt_writer_write(writer, first), BKT_OK);
    ck_assert_int_eq(bkt_writer_begin_dataset(writer, &merge), BKT_OK);
    ck_assert_int_eq(bkt_writer_write(writer, first), BKT_ERR_STATE);
    bkt_table_free(first);
    bkt_table_free(second);
}
END_TEST

/* A row with nothing deletes all: in SDMX-ML by a data set with nothing in it, so that it must be
 * alone there. */
START_TEST(a_data_set_that_deletes_all_is_empty) {
    static const sheet all = {{"dA", "tTIME_PERIOD", "vOBS_VALUE"},
                              {{NULL, NULL, NULL}, {"y", NULL, NULL}}};
    static const int32_t formats[] = {BKT_FORMAT_STRUCTURE_SPECIFIC_2_1, BKT_FORMAT_GENERIC_2_1};
    bkt_dataset_options erase = set_of("Delete", NULL);
    for (int rows = 1; rows <= 2; rows++) {
        bkt_table *table = sheet_table(context, &all, rows);
        for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
            open_memory(formats[i], 0);
            ck_assert_int_eq(bkt_writer_announce(writer, &erase, table), BKT_OK);
            ck_assert_int_eq(bkt_writer_begin_dataset(writer, &erase), BKT_OK);
            ck_assert_int_eq(bkt_writer_write(writer, table),
                             rows == 1 ? BKT_OK : BKT_ERR_UNSUPPORTED);
            if (rows == 1) {
                const char *text = finished();
                assert_part(text, "ction=\"Delete\"");
                ck_assert_ptr_null(strstr(text, "Series>"));
                ck_assert_ptr_null(strstr(text, "Obs>"));
                ck_assert_ptr_null(strstr(text, "<Obs"));
            }
            bkt_writer_free(writer);
            writer = NULL;
        }
        bkt_table_free(table);
    }
}
END_TEST

START_TEST(a_whole_table_is_cut_into_its_data_sets) {
    static const sheet two = {{"dA", "tTIME_PERIOD", "vOBS_VALUE", "pDATASET", "pACTION"},
                              {{"x", "2011", "1", "1", "Append"},
                               {"y", "2011", "2", "1", "Append"},
                               {"y", "2012", NULL, "2", "Delete"}}};
    bkt_table *table = sheet_table(context, &two, 3);
    bkt_write_options options = write_as(BKT_FORMAT_SDMX_CSV_2, 0);
    ck_assert_int_eq(bkt_table_write_path(context, table, &options, in_folder("two.csv")), BKT_OK);
    char text[500] = {0};
    FILE *file = fopen(in_folder("two.csv"), "r");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_lt(fread(text, 1, sizeof text - 1, file), sizeof text - 1);
    fclose(file);
    ck_assert_str_eq(text, "STRUCTURE,STRUCTURE_ID,ACTION,A,TIME_PERIOD,OBS_VALUE\n"
                           "datastructure,BKT:TRADE(1.0),A,x,2011,1\n"
                           "datastructure,BKT:TRADE(1.0),A,y,2011,2\n"
                           "datastructure,BKT:TRADE(1.0),D,y,2012,\n");
    ck_assert_int_eq(unlink(in_folder("two.csv")), 0);
    options.format = BKT_FORMAT_SDMX_CSV_1;
    ck_assert_int_eq(bkt_table_write_path(context, table, &options, in_folder("two.csv")),
                     BKT_ERR_UNSUPPORTED);
    ck_assert_int_eq(files_in_folder(), 0);
    bkt_table_free(table);
}
END_TEST

START_TEST(messages_without_data_are_written) {
    static const int32_t formats[] = {BKT_FORMAT_STRUCTURE_SPECIFIC_2_1,
                                      BKT_FORMAT_STRUCTURE_SPECIFIC_3_0, BKT_FORMAT_GENERIC_2_1};
    for (size_t i = 0; i < 3; i++) {
        open_memory(formats[i], 0);
        const char *text = finished();
        assert_part(text, "id=\"UNKNOWN\"/>");
        assert_part(text, "</message:Header>\n</message:");
        bkt_writer_free(writer);
        open_memory(formats[i], 0);
        ck_assert_int_eq(bkt_writer_begin_dataset(writer, NULL), BKT_OK);
        assert_part(finished(), "</message:DataSet>\n</message:");
        bkt_writer_free(writer);
    }
    open_memory(BKT_FORMAT_SDMX_CSV_2, 0);
    ck_assert_str_eq(finished(), "STRUCTURE,STRUCTURE_ID,OBS_VALUE\n");
}
END_TEST

static bkt_status write_sheet(const sheet *from, int rows, int32_t format) {
    bkt_table *table = sheet_table(context, from, rows);
    bkt_writer_free(writer);
    open_memory(format, 0);
    bkt_status status = bkt_writer_write(writer, table);
    bkt_table_free(table);
    return status;
}

START_TEST(what_a_format_cannot_carry_is_refused) {
    static const sheet bell = {{"dA", "vOBS_VALUE", "aNOTE"},
                               {{"x", "1", "fine"}, {"x", "1", "bell\a"}}};
    static const sheet none = {{"dA", "vOBS_VALUE", "aNOTE"}, {{"x", "1", "\xEF\xBF\xBE"}}};
    static const sheet named = {{"dA 1", "vOBS_VALUE"}, {{"x", "1"}}};
    static const sheet taken = {{"dSTRUCTURE", "vOBS_VALUE"}, {{"x", "1"}}};
    ck_assert_int_eq(write_sheet(&bell, 2, BKT_FORMAT_GENERIC_2_1), BKT_ERR_ENCODING);
    assert_part(bkt_context_error_text(context), "column NOTE has the character U+0007 in row 2");
    ck_assert_int_eq(bkt_writer_finish(writer), BKT_ERR_ENCODING);
    ck_assert_int_eq(write_sheet(&bell, 2, BKT_FORMAT_CSV), BKT_OK);
    ck_assert_int_eq(write_sheet(&none, 1, BKT_FORMAT_STRUCTURE_SPECIFIC_3_0), BKT_ERR_ENCODING);
    assert_part(bkt_context_error_text(context), "U+FFFE in row 1");
    ck_assert_int_eq(write_sheet(&named, 1, BKT_FORMAT_STRUCTURE_SPECIFIC_2_1),
                     BKT_ERR_UNSUPPORTED);
    assert_part(bkt_context_error_text(context), "\"A 1\" is no name in XML");
    ck_assert_int_eq(write_sheet(&named, 1, BKT_FORMAT_SDMX_CSV_2), BKT_OK);
    ck_assert_int_eq(write_sheet(&taken, 1, BKT_FORMAT_SDMX_CSV_2), BKT_ERR_UNSUPPORTED);
    ck_assert_int_eq(write_sheet(&taken, 1, BKT_FORMAT_STRUCTURE_SPECIFIC_2_1), BKT_OK);
}
END_TEST

START_TEST(calls_that_are_wrong) {
    bkt_write_options options = write_as(7, 0);
    ck_assert_int_eq(bkt_writer_open_memory(context, &options, &writer), BKT_ERR_ARGUMENT);
    ck_assert_ptr_null(writer);
    options = write_as(BKT_FORMAT_CSV, 1u << 31);
    ck_assert_int_eq(bkt_writer_open_memory(context, &options, &writer), BKT_ERR_ARGUMENT);
    options = write_as(BKT_FORMAT_CSV, 0);
    options.separator = '"';
    ck_assert_int_eq(bkt_writer_open_memory(context, &options, &writer), BKT_ERR_ARGUMENT);
    options.separator = ':';
    ck_assert_int_eq(bkt_writer_open_memory(context, &options, &writer), BKT_OK);
    bkt_writer_free(writer);
    options.format = BKT_FORMAT_SDMX_CSV_2;
    ck_assert_int_eq(bkt_writer_open_memory(context, &options, &writer), BKT_ERR_ARGUMENT);
    options.struct_size = 3;
    ck_assert_int_eq(bkt_writer_open_memory(context, &options, &writer), BKT_ERR_ABI);
    ck_assert_int_eq(bkt_writer_open_memory(context, NULL, NULL), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_writer_open_path(context, NULL, NULL, &writer), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_writer_open_callback(context, NULL, NULL, NULL, &writer),
                     BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_writer_open_path(context, "/nowhere/at/all", NULL, &writer),
                     BKT_ERR_NOT_FOUND);
    ck_assert_int_eq(bkt_writer_open_path(context, folder, NULL, &writer), BKT_ERR_DIRECTORY);
    ck_assert_ptr_null(writer);
    ck_assert_int_eq(bkt_writer_write(NULL, NULL), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_writer_finish(NULL), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_write(context, NULL, NULL, NULL, NULL), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_write_path(context, NULL, NULL, "x"), BKT_ERR_ARGUMENT);
    ck_assert_uint_eq(bkt_writer_row_count(NULL), 0);
    bkt_dataset_options odd = set_of("Perhaps", NULL);
    open_memory(BKT_FORMAT_GENERIC_2_1, 0);
    ck_assert_int_eq(bkt_writer_write(writer, NULL), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_writer_begin_dataset(writer, &odd), BKT_ERR_ARGUMENT);
    assert_part(bkt_context_error_text(context), "'Perhaps' is no action");
    bkt_writer_free(writer);
    options = write_as(BKT_FORMAT_GENERIC_2_1, 0);
    options.value = "NOWHERE";
    bkt_table *table = sheet_table(context, &first_part, 1);
    ck_assert_int_eq(bkt_writer_open_memory(context, &options, &writer), BKT_OK);
    ck_assert_int_eq(bkt_writer_write(writer, table), BKT_ERR_NO_COLUMN);
    bkt_writer_free(writer);
    options.value = "A";
    ck_assert_int_eq(bkt_writer_open_memory(context, &options, &writer), BKT_OK);
    ck_assert_int_eq(bkt_writer_write(writer, table), BKT_ERR_COLUMN_KIND);
    bkt_table_free(table);
}
END_TEST

static void put_old_file(void) {
    FILE *file = fopen(in_folder("data.xml"), "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs("old", file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

static void take_old_file(void) {
    char text[10] = {0};
    FILE *file = fopen(in_folder("data.xml"), "r");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fread(text, 1, 9, file), 3);
    fclose(file);
    ck_assert_str_eq(text, "old");
    ck_assert_int_eq(files_in_folder(), 1);
    ck_assert_int_eq(unlink(in_folder("data.xml")), 0);
}

START_TEST(what_is_not_finished_leaves_no_trace) {
    bkt_table *table = sheet_table(context, &first_part, 2);
    put_old_file();
    ck_assert_int_eq(bkt_writer_open_path(context, in_folder("data.xml"), NULL, &writer), BKT_OK);
    ck_assert_int_eq(bkt_writer_write(writer, table), BKT_OK);
    ck_assert_int_eq(files_in_folder(), 2);
    bkt_writer_free(writer);
    writer = NULL;
    take_old_file();
    bkt_table_free(table);
}
END_TEST

static bkt_status write_much(uint32_t flags) {
    bkt_table *table = sheet_table(context, &first_part, 2);
    bkt_write_options options = write_as(BKT_FORMAT_GENERIC_2_1, flags);
    ck_assert_int_eq(bkt_writer_open_path(context, in_folder("data.xml"), &options, &writer),
                     BKT_OK);
    bkt_status status = BKT_OK;
    for (int i = 0; status == BKT_OK && i < 3000; i++) {
        status = bkt_writer_write(writer, table);
    }
    if (status == BKT_OK) {
        status = bkt_writer_finish(writer);
    }
    bkt_table_free(table);
    bkt_writer_free(writer);
    writer = NULL;
    return status;
}

/* As a full disk: the system refuses the bytes beyond 100 kB. */
START_TEST(a_file_that_may_not_grow_is_told_and_nothing_is_left) {
    struct rlimit before;
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &before), 0);
    struct rlimit small = {100000, before.rlim_max};
    put_old_file();
    signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &small), 0);
    bkt_status status = write_much(0);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &before), 0);
    ck_assert_int_eq(status, BKT_ERR_IO);
    assert_part(bkt_context_error_text(context), "data.xml");
    assert_part(bkt_context_error_text(context), "larger than the system permits");
    take_old_file();
}
END_TEST

START_TEST(a_full_device_is_told) {
    if (access("/dev/full", W_OK) != 0) {
        return;
    }
    bkt_table *table = sheet_table(context, &first_part, 2);
    ck_assert_int_eq(bkt_table_write_path(context, table, NULL, "/dev/full"), BKT_ERR_IO);
    assert_part(bkt_context_error_text(context), "/dev/full");
    assert_part(bkt_context_error_text(context), "no space left");
    bkt_table_free(table);
}
END_TEST

START_TEST(packed_and_synced_files_are_whole) {
    ck_assert_int_eq(write_much(BKT_WRITE_GZIP | BKT_WRITE_SYNC), BKT_OK);
    unsigned char begin[3];
    FILE *file = fopen(in_folder("data.xml"), "rb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fread(begin, 1, 3, file), 3);
    fclose(file);
    ck_assert(begin[0] == 0x1F && begin[1] == 0x8B && begin[2] == 8);
    ck_assert_int_eq(files_in_folder(), 1);
    ck_assert_int_eq(unlink(in_folder("data.xml")), 0);
}
END_TEST

static int32_t refuse(const void *data, size_t size, void *user) {
    (void)data;
    (void)size;
    return --*(int *)user < 0;
}

START_TEST(a_function_may_stop_the_writing) {
    bkt_table *table = sheet_table(context, &first_part, 2);
    int calls = 0;
    ck_assert_int_eq(bkt_table_write(context, table, NULL, refuse, &calls), BKT_ERR_CANCELLED);
    calls = 1;
    ck_assert_int_eq(bkt_table_write(context, table, NULL, refuse, &calls), BKT_OK);
    bkt_table_free(table);
}
END_TEST

static bkt_status write_two(bkt_context *own, int32_t format, uint32_t flags,
                            const bkt_table *first, const bkt_table *second) {
    bkt_write_options options = write_as(format, flags);
    bkt_dataset_options replace = set_of("Replace", "BKT:FLOW(2.0)");
    static const char *const lists[] = {"NOTE", "OTHER"};
    options.sender = "ME";
    options.lists = lists;
    options.list_count = 2;
    bkt_writer *to;
    bkt_status status = bkt_writer_open_memory(own, &options, &to);
    status = status == BKT_OK ? bkt_writer_announce(to, &replace, second) : status;
    status = status == BKT_OK ? bkt_writer_announce(to, NULL, first) : status;
    status = status == BKT_OK ? bkt_writer_write(to, first) : status;
    status = status == BKT_OK ? bkt_writer_write(to, first) : status;
    status = status == BKT_OK ? bkt_writer_begin_dataset(to, &replace) : status;
    status = status == BKT_OK ? bkt_writer_write(to, second) : status;
    status = status == BKT_OK ? bkt_writer_finish(to) : status;
    ck_assert(status != BKT_OK || bkt_writer_bytes_view(to, NULL) != NULL);
    bkt_writer_free(to);
    return status;
}

static void fail_in_turn(int32_t format, uint32_t flags) {
    failing_memory memory = {0};
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *own = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(own);
        bkt_table *first = sheet_table(own, &first_part, 2);
        bkt_table *second = sheet_table(own, &second_part, 2);
        failing_memory_arm(&memory);
        bkt_status status = write_two(own, format, flags, first, second);
        failing_memory_disarm(&memory);
        if (status != BKT_OK && (status != BKT_ERR_MEMORY || !memory.has_failed)) {
            ck_abort_msg("turn %llu: %d", (unsigned long long)n, (int)status);
        }
        bkt_table_free(first);
        bkt_table_free(second);
        bkt_context_free(own);
        failing_memory_check(&memory);
    }
}

START_TEST(memory_that_fails_is_told_and_nothing_leaks) {
    fail_in_turn(BKT_FORMAT_STRUCTURE_SPECIFIC_3_0, 0);
    fail_in_turn(BKT_FORMAT_GENERIC_2_1, BKT_WRITE_GZIP);
    fail_in_turn(BKT_FORMAT_SDMX_CSV_2, 0);
    fail_in_turn(BKT_FORMAT_CSV, 0);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("writer/writer");
    TCase *test_case = tcase_create("writer");
    tcase_add_checked_fixture(test_case, start, finish);
    tcase_add_test(test_case, a_series_goes_on_in_the_next_table);
    tcase_add_test(test_case, what_csv_has_no_column_for_is_refused_unless_announced);
    tcase_add_test(test_case, data_sets_have_their_structures_and_actions);
    tcase_add_test(test_case, a_data_set_that_deletes_all_is_empty);
    tcase_add_test(test_case, a_whole_table_is_cut_into_its_data_sets);
    tcase_add_test(test_case, messages_without_data_are_written);
    tcase_add_test(test_case, what_a_format_cannot_carry_is_refused);
    tcase_add_test(test_case, calls_that_are_wrong);
    tcase_add_test(test_case, what_is_not_finished_leaves_no_trace);
    tcase_add_test(test_case, a_file_that_may_not_grow_is_told_and_nothing_is_left);
    tcase_add_test(test_case, a_full_device_is_told);
    tcase_add_test(test_case, packed_and_synced_files_are_whole);
    tcase_add_test(test_case, a_function_may_stop_the_writing);
    tcase_add_test(test_case, memory_that_fails_is_told_and_nothing_leaks);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
