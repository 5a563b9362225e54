/* SPDX-License-Identifier: MIT */
/* Elements that differ in nothing but values, told by one call each: with any byte anywhere in one
 * of them, and with every version of what compares many bytes at once, the same as by libxml2. */
#include <stdint.h>

#include "bkti_fast.h"
#include "event_log.h"
#include "run_suite.h"

/* So many, and the one that is changed: those before have made known what is foreseen, those behind
 * keep the window's end away. */
#define ELEMENTS 20
#define CHANGED  12

typedef struct repeats {
    event_log log; /* first: the log's handlers take it */
    unsigned told;
} repeats;

static bkt_status start(void *user, const bkti_xml_element *element) {
    repeats *to = user;
    bkt_status status = log_start(&to->log, element);
    if (element->depth == 2) {
        bkti_xml_repeat(to->log.xml, 0, element->attribute_count);
    }
    return status;
}

static bkt_status again(void *user, const bkti_xml_element *element) {
    repeats *to = user;
    to->told++;
    bkt_status status = log_start(&to->log, element);
    return status == BKT_OK ? log_finish(&to->log, &element->name, element->depth) : status;
}

/* What is told, with the status at its end. vector: NULL for libxml2. */
static char *scan(const char *document, size_t size, const bkti_vector *vector,
                  unsigned *out_told) {
    static const bkti_xml_handler handler = {start, log_finish, log_text, again};
    repeats to = {.told = 0};
    bkt_context *context;
    bkti_source *source;
    bkti_memory *memory = bkti_memory_new(NULL);
    bkti_text_init(&to.log.text, memory);
    int32_t scanner = vector == NULL ? BKT_SCANNER_LIBXML2 : BKT_SCANNER_FAST;
    if (bkt_context_new(NULL, &context) != BKT_OK ||
        bkti_source_open_memory(context, "", 0, "test.xml", &source) != BKT_OK ||
        bkti_xml_new(context, source, scanner, &handler, &to, &to.log.xml) != BKT_OK) {
        ck_abort_msg("no scanner");
    }
    if (to.log.xml->fast != NULL && vector != NULL) {
        to.log.xml->fast->vector = vector;
    }
    bkt_status status = give_block(&to.log, document, size, true);
    char end[32];
    snprintf(end, sizeof end, "status %d", (int)status);
    bkti_text_append_text(&to.log.text, end);
    char *told = copy_of(bkti_text_get(&to.log.text));
    *out_told = to.told;
    bkti_xml_free(to.log.xml);
    bkti_source_free(source);
    bkti_text_free(&to.log.text);
    bkti_memory_drop(memory);
    bkt_context_free(context);
    return told;
}

/* Compares every version with libxml2; gives how many elements each told by one call. */
static unsigned expect_same(const char *document, size_t size) {
    unsigned none;
    unsigned first = 0;
    char *expected = scan(document, size, NULL, &none);
    const bkti_vector *vector;
    for (size_t i = 0; (vector = bkti_vector_at(i)) != NULL; i++) {
        unsigned told;
        char *found = scan(document, size, vector, &told);
        first = i == 0 ? told : first;
        if (strcmp(expected, found) != 0 || told != first) {
            size_t at = 0;
            while (found[at] != '\0' && found[at] == expected[at]) {
                at++;
            }
            ck_abort_msg("%s: %u told by one call, not %u; '%.40s', not '%.40s'", vector->name,
                         told, first, found + at, expected + at);
        }
        free(found);
    }
    free(expected);
    return first;
}

/* Begins and literals of fewer bytes than one comparison takes, and of more; one value that always
 * changes, one that does now and then, one that never does. */
static const char *const FORMS[] = {
    "\n<O T=\"%d\" V=\"%d.%d\" S=\"A\"/>",
    "\n      <Obs A_NAME_OF_MORE_THAN_THIRTY_TWO_BYTES=\"2000-%02d\" "
    "ANOTHER_ONE_OF_MORE_THAN_THIRTY_TWO=\"%d.%d\" AND_A_THIRD_THAT_IS_AS_LONG_AS_THEM=\"A\"/>",
};

static size_t write_document(char *text, size_t capacity, const char *form, size_t *out_begin,
                             size_t *out_end) {
    size_t size = (size_t)snprintf(text, capacity, "<Series>");
    for (int i = 0; i < ELEMENTS; i++) {
        *out_begin = i == CHANGED ? size : *out_begin;
        size += (size_t)snprintf(text + size, capacity - size, form, i + 1, 1000 + i / 5, i);
        *out_end = i == CHANGED ? size : *out_end;
    }
    size += (size_t)snprintf(text + size, capacity - size, "\n</Series>");
    ck_assert_uint_lt(size, capacity);
    return size;
}

START_TEST(any_byte_anywhere) {
    static const char BYTES[] = "\"'<>&/= \t\n\r!Ax0\x01\x1f\x7f\x80\xc3\xff";
    char document[8192];
    size_t begin = 0;
    size_t end = 0;
    size_t size = write_document(document, sizeof document, FORMS[_i], &begin, &end);
    unsigned told = expect_same(document, size);
    ck_assert(told >= 10 || !is_fast_in_use());
    for (size_t at = begin; at < end; at++) {
        char kept = document[at];
        for (size_t i = 0; i < sizeof BYTES; i++) { /* also the byte 0 */
            document[at] = BYTES[i];
            expect_same(document, size);
        }
        document[at] = kept;
    }
}
END_TEST

/* Values of every size about that of what is looked at in one go, with a byte that ends them in
 * every place. */
START_TEST(values_of_any_size) {
    static const char *const ENDS[] = {"", "&lt;", "\t", "\n", "\r", "<", "&", "\xc3\xa9"};
    for (size_t length = 0; length < 40; length++) {
        for (size_t at = 0; at <= length; at += length < 20 ? 1 : 3) {
            const char *end = ENDS[_i];
            char value[128];
            snprintf(value, sizeof value, "%.*s%s%.*s", (int)at,
                     "0123456789012345678901234567890123456789", end, (int)(length - at),
                     "0123456789012345678901234567890123456789");
            char document[8192];
            size_t size = (size_t)snprintf(document, sizeof document, "<Series>");
            for (int i = 0; i < ELEMENTS; i++) {
                size +=
                    (size_t)snprintf(document + size, sizeof document - size,
                                     "\n<Obs A=\"%s\" B=\"%d\"/>", i == CHANGED ? value : "1", i);
            }
            size += (size_t)snprintf(document + size, sizeof document - size, "\n</Series>");
            expect_same(document, size);
        }
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("repeat");
    TCase *test_case = tcase_create("repeat");
    tcase_add_loop_test(test_case, any_byte_anywhere, 0, sizeof FORMS / sizeof FORMS[0]);
    tcase_add_loop_test(test_case, values_of_any_size, 0, 8);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
