/* SPDX-License-Identifier: MIT */
/* What a structure says of columns, their order, and names as columns. */
#include "failing_memory.h"
#include "run_suite.h"
#include "table_sample.h"

/* A structure of two languages. */
static int32_t ended;

static const char *concept_name(const bkti_labels *labels, const char *language) {
    (void)labels;
    return language != NULL && strcmp(language, "ru") == 0 ? "Страна" : "Reporting country";
}

static const char *code_name(const bkti_labels *labels, const char *code, const char *language) {
    (void)labels;
    bool russian = language != NULL && strcmp(language, "ru") == 0;
    if (strcmp(code, "BLR") == 0) {
        return russian ? "Беларусь" : "Belarus";
    }
    if (strcmp(code, "GEO") == 0 || strcmp(code, "GA") == 0) {
        return russian ? "Грузия" : "Georgia";
    }
    return NULL;
}

static void end(bkti_labels *labels) {
    (void)labels;
    ended++;
}

static bkti_labels new_labels(void) {
    bkti_labels labels = {
        .concept_name = concept_name,
        .code_name = code_name,
        .end = end,
        .type = "String",
        .code_list = "T:CL_AREA(1.0)",
        .has_code_names = true,
    };
    atomic_init(&labels.references, 1);
    ended = 0;
    return labels;
}

static const char *const CODES[] = {"BLR", "GEO", "XX", NULL, "GA", "BLR"};

/* Columns OBS_VALUE, TIME_PERIOD and REPORTER, made in this order and ranked in the other. */
static bkt_status write_columns(bkti_table_writer *writer, bkti_labels *labels) {
    static const struct {
        const char *id;
        int32_t kind;
        int32_t role;
    } columns[] = {{"OBS_VALUE", BKT_KIND_NUMBER, BKT_ROLE_MEASURE},
                   {"TIME_PERIOD", BKT_KIND_PERIOD, BKT_ROLE_TIME},
                   {"REPORTER", BKT_KIND_TEXT, BKT_ROLE_DIMENSION}};
    bkt_status status = BKT_OK;
    for (uint32_t i = 0; status == BKT_OK && i < COUNT(columns); i++) {
        uint32_t index;
        status = bkti_table_writer_add_column(writer, bkti_span_of(columns[i].id), columns[i].kind,
                                              columns[i].role, BKT_LEVEL_NONE, &index);
        if (status == BKT_OK) {
            bkti_table_writer_set_structure(writer, index, i == 2 ? labels : NULL, 3 - i);
        }
    }
    for (int64_t row = 0; status == BKT_OK && row < (int64_t)COUNT(CODES); row++) {
        int32_t code =
            CODES[row] == NULL ? -1 : bkti_table_writer_code(writer, 2, bkti_span_of(CODES[row]));
        status = CODES[row] != NULL && code < 0
                     ? BKT_ERR_MEMORY
                     : bkti_column_put_code(writer, bkti_table_writer_column(writer, 2), row, code);
    }
    return status;
}

static bkt_status new_table(bkt_context *context, bkti_labels *labels, bkt_table **out_table) {
    *out_table = NULL;
    bkti_table_writer *writer;
    bkt_status status = bkti_table_writer_new(context, &writer);
    if (status != BKT_OK) {
        return status;
    }
    status = write_columns(writer, labels);
    if (status != BKT_OK) {
        bkti_table_writer_free(writer);
        return status;
    }
    return bkti_table_writer_finish(writer, (int64_t)COUNT(CODES), out_table);
}

static void check_texts(const bkt_table *table, const char *id, const char *const *texts) {
    const bkt_column *column = bkt_table_column_find(table, id);
    ck_assert_ptr_nonnull(column);
    for (int64_t row = 0; row < (int64_t)COUNT(CODES); row++) {
        ck_assert_pstr_eq(bkt_column_text_at(column, row), texts[row]);
    }
}

static void check_order(const bkt_table *table, const char *ids) {
    char text[200] = "";
    for (uint32_t i = 0; i < bkt_table_column_count(table); i++) {
        strcat(text, i > 0 ? " " : "");
        strcat(text, bkt_column_id(bkt_table_column_at(table, i)));
    }
    ck_assert_str_eq(text, ids);
}

START_TEST(columns_have_the_order_of_their_ranks) {
    bkt_context *context = sample_context();
    bkti_labels labels = new_labels();
    bkti_table_writer *writer;
    const bkt_table *lent;
    bkt_table *table;
    uint32_t index;
    ck_assert_int_eq(bkti_table_writer_new(context, &writer), BKT_OK);
    ck_assert_int_eq(write_columns(writer, &labels), BKT_OK);
    ck_assert_int_eq(bkti_table_writer_lend(writer, 6, &lent), BKT_OK);
    check_order(lent, "REPORTER TIME_PERIOD OBS_VALUE");
    check_texts(lent, "REPORTER", CODES);
    ck_assert_int_eq(bkti_table_writer_add_column(writer, BKTI_SPAN("LATE"), BKT_KIND_TEXT,
                                                  BKT_ROLE_ATTRIBUTE, BKT_LEVEL_NONE, &index),
                     BKT_OK);
    bkti_table_writer_set_structure(writer, index, NULL, 2);
    ck_assert_int_eq(bkti_table_writer_finish(writer, 6, &table), BKT_OK);
    check_order(table, "REPORTER TIME_PERIOD LATE OBS_VALUE");
    check_texts(table, "REPORTER", CODES);
    bkt_table_free(table);
    ck_assert_int_eq(ended, 0);
    bkti_labels_drop(&labels);
    ck_assert_int_eq(ended, 1);
    bkt_context_free(context);
}
END_TEST

START_TEST(names_are_asked_of_the_structure) {
    bkt_context *context = sample_context();
    bkti_labels labels = new_labels();
    bkt_table *table;
    ck_assert_int_eq(new_table(context, &labels, &table), BKT_OK);
    const bkt_column *reporter = bkt_table_column_find(table, "REPORTER");
    ck_assert_str_eq(bkt_column_type(reporter), "String");
    ck_assert_str_eq(bkt_column_code_list(reporter), "T:CL_AREA(1.0)");
    ck_assert_str_eq(bkt_column_name(reporter, NULL), "Reporting country");
    ck_assert_str_eq(bkt_column_name(reporter, "ru"), "Страна");
    ck_assert_str_eq(bkt_column_dictionary_name(reporter, 0, "ru"), "Беларусь");
    ck_assert_ptr_null(bkt_column_dictionary_name(reporter, 2, NULL));
    ck_assert_ptr_null(bkt_column_dictionary_name(reporter, -1, NULL));
    ck_assert_ptr_null(bkt_column_dictionary_name(reporter, 4, NULL));
    const bkt_column *time = bkt_table_column_find(table, "TIME_PERIOD");
    ck_assert_ptr_null(bkt_column_type(time));
    ck_assert_ptr_null(bkt_column_code_list(time));
    ck_assert_ptr_null(bkt_column_name(time, NULL));
    ck_assert_ptr_null(bkt_column_dictionary_name(time, 0, NULL));
    ck_assert_ptr_null(bkt_column_name(NULL, NULL));
    ck_assert_ptr_null(bkt_column_type(NULL));
    ck_assert_ptr_null(bkt_column_code_list(NULL));
    ck_assert_ptr_null(bkt_column_dictionary_name(NULL, 0, NULL));
    bkt_table_free(table);
    ck_assert_int_eq(ended, 0);
    bkti_labels_drop(&labels);
    ck_assert_int_eq(ended, 1);
    bkt_context_free(context);
}
END_TEST

START_TEST(names_stand_beside_codes) {
    static const char *const ENGLISH[] = {"Belarus", "Georgia", NULL, NULL, "Georgia", "Belarus"};
    static const char *const RUSSIAN[] = {"Беларусь", "Грузия", NULL, NULL, "Грузия", "Беларусь"};
    static const char *const LANGUAGES[] = {"en", "ru"};
    bkt_context *context = sample_context();
    bkti_labels labels = new_labels();
    bkt_table *table;
    bkt_table *named;
    bkt_table *twice;
    bkt_names_options options;
    ck_assert_int_eq(new_table(context, &labels, &table), BKT_OK);
    bkti_labels_drop(&labels); /* the table's columns have their own */
    ck_assert_int_eq(bkt_table_add_names(context, table, NULL, &named), BKT_OK);
    check_order(named, "REPORTER REPORTER_NAME TIME_PERIOD OBS_VALUE");
    check_texts(named, "REPORTER", CODES);
    check_texts(named, "REPORTER_NAME", ENGLISH);
    const bkt_column *names = bkt_table_column_find(named, "REPORTER_NAME");
    ck_assert_int_eq(bkt_column_role(names), BKT_ROLE_ATTRIBUTE);
    ck_assert_str_eq(bkt_column_label(names), "Reporting country");
    ck_assert_int_eq(bkt_column_dictionary_count(names), 2);
    ck_assert_int_eq(bkt_column_null_count(names), 2);
    ck_assert_int_eq(bkt_table_add_names(context, named, NULL, &twice), BKT_ERR_REPEATED_COMPONENT);
    check_error(context, BKT_ERR_REPEATED_COMPONENT, "'REPORTER_NAME'");
    ck_assert_ptr_null(twice);
    bkt_table_free(named);
    ck_assert_int_eq(bkt_names_options_init(&options, sizeof options), BKT_OK);
    options.languages = LANGUAGES;
    options.language_count = 2;
    ck_assert_int_eq(bkt_table_add_names(context, table, &options, &named), BKT_OK);
    check_order(named, "REPORTER REPORTER_NAME_en REPORTER_NAME_ru TIME_PERIOD OBS_VALUE");
    check_texts(named, "REPORTER_NAME_en", ENGLISH);
    check_texts(named, "REPORTER_NAME_ru", RUSSIAN);
    bkt_table_free(named);
    bkt_table_free(table);
    ck_assert_int_eq(ended, 1);
    bkt_context_free(context);
}
END_TEST

START_TEST(names_stand_instead_of_codes) {
    static const char *const NAMES[] = {"Belarus", "Georgia (GEO)", "XX",
                                        NULL,      "Georgia (GA)",  "Belarus"};
    bkt_context *context = sample_context();
    bkti_labels labels = new_labels();
    bkt_table *table;
    bkt_table *named;
    bkt_table *twice;
    bkt_names_options options;
    ck_assert_int_eq(new_table(context, &labels, &table), BKT_OK);
    ck_assert_int_eq(bkt_names_options_init(&options, sizeof options), BKT_OK);
    options.flags = BKT_NAMES_INSTEAD;
    ck_assert_int_eq(bkt_table_add_names(context, table, &options, &named), BKT_OK);
    check_order(named, "REPORTER TIME_PERIOD OBS_VALUE");
    check_texts(named, "REPORTER", NAMES);
    const bkt_column *reporter = bkt_table_column_find(named, "REPORTER");
    ck_assert_int_eq(bkt_column_role(reporter), BKT_ROLE_DIMENSION);
    ck_assert_ptr_null(bkt_column_code_list(reporter));
    ck_assert_int_eq(bkt_table_add_names(context, named, &options, &twice), BKT_OK);
    check_texts(twice, "REPORTER", NAMES);
    bkt_table_free(twice);
    bkt_table_free(named);
    bkt_table_free(table);
    bkti_labels_drop(&labels);
    ck_assert_int_eq(ended, 1);
    bkt_context_free(context);
}
END_TEST

START_TEST(faults_of_the_caller) {
    static const char *const LANGUAGES[] = {"en", ""};
    bkt_context *context = sample_context();
    bkti_labels labels = new_labels();
    bkt_table *table;
    bkt_table *named;
    bkt_names_options options;
    ck_assert_int_eq(new_table(context, &labels, &table), BKT_OK);
    ck_assert_int_eq(bkt_names_options_init(&options, sizeof options), BKT_OK);
    ck_assert_int_eq(bkt_table_add_names(context, NULL, NULL, &named), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_add_names(context, table, NULL, NULL), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_table_add_names(NULL, table, NULL, &named), BKT_ERR_ARGUMENT);
    options.language_count = 1;
    ck_assert_int_eq(bkt_table_add_names(context, table, &options, &named), BKT_ERR_ARGUMENT);
    options.languages = LANGUAGES;
    options.language_count = 2;
    ck_assert_int_eq(bkt_table_add_names(context, table, &options, &named), BKT_ERR_ARGUMENT);
    check_error(context, BKT_ERR_ARGUMENT, "languages[1]");
    options.flags = BKT_NAMES_INSTEAD;
    ck_assert_int_eq(bkt_table_add_names(context, table, &options, &named), BKT_ERR_ARGUMENT);
    check_error(context, BKT_ERR_ARGUMENT, "one language");
    options.flags = 64;
    ck_assert_int_eq(bkt_table_add_names(context, table, &options, &named), BKT_ERR_ARGUMENT);
    ck_assert_ptr_null(named);
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

START_TEST(memory_fails) {
    failing_memory memory;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *context = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(context);
        bkti_labels labels = new_labels();
        bkt_names_options options;
        ck_assert_int_eq(bkt_names_options_init(&options, sizeof options), BKT_OK);
        options.flags = _i == 0 ? 0 : BKT_NAMES_INSTEAD;
        bkt_table *table;
        bkt_table *named = NULL;
        failing_memory_arm(&memory);
        bkt_status status = new_table(context, &labels, &table);
        if (status == BKT_OK) {
            status = bkt_table_add_names(context, table, &options, &named);
        }
        failing_memory_disarm(&memory);
        ck_assert(status == BKT_OK || (status == BKT_ERR_MEMORY && memory.has_failed));
        ck_assert_int_eq(named != NULL, status == BKT_OK);
        bkt_table_free(named);
        bkt_table_free(table);
        bkti_labels_drop(&labels);
        ck_assert_int_eq(ended, 1);
        bkt_context_free(context);
        failing_memory_check(&memory);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("names");
    TCase *test_case = tcase_create("names");
    tcase_add_test(test_case, columns_have_the_order_of_their_ranks);
    tcase_add_test(test_case, names_are_asked_of_the_structure);
    tcase_add_test(test_case, names_stand_beside_codes);
    tcase_add_test(test_case, names_stand_instead_of_codes);
    tcase_add_test(test_case, faults_of_the_caller);
    tcase_add_loop_test(test_case, memory_fails, 0, 2);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
