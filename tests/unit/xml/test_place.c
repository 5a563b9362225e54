/* SPDX-License-Identifier: MIT */
/* Places: each element of documents of many shapes must be found where it is, whatever the blocks
 * and however tags lie across their borders. */
#include <stdint.h>

#include "event_log.h"
#include "run_suite.h"

typedef struct shape {
    const char *name;
    const char *newline;   /* between elements */
    const char *separator; /* between attributes */
    size_t value_size;     /* of the longest attribute */
    bool has_comments;
    bool has_text;
} shape;

static const shape shapes[] = {
    {"lines", "\n", " ", 10, false, false},
    {"one line", "", " ", 10, false, false},
    {"a line for each attribute", "\n\n  ", "\n\t", 10, false, false},
    {"carriage returns", "\r\n", "\r\n", 10, false, false},
    {"old carriage returns", "\r", " ", 10, false, false},
    {"comments", "\n", " ", 10, true, true},
    {"text", " ", "\n", 10, false, true},
    {"long attributes", "\n", "\n", 30000, false, false},
    {"other letters", "\n\xd0\x96", " ", 100, true, true},
};

static unsigned next_random(unsigned *state) {
    *state = *state * 1103515245U + 12345U;
    return *state >> 16;
}

/* A document with well over 128 KiB. */
static void build(bkti_text *document, const shape *of) {
    unsigned random = 1;
    bkti_text_append_text(document, "\xef\xbb\xbf<?xml version=\"1.0\"?>");
    bkti_text_append_text(document, of->newline[0] == '\n' ? "\n\n" : "");
    bkti_text_append_text(document, "<p:root xmlns:p='urn:p'>");
    for (int i = 0; document->size < 280000; i++) {
        bkti_text_append_format(document, "%s<p:Series%sFREQ='A'%sx=\"", of->newline, of->separator,
                                of->separator);
        size_t size = next_random(&random) % of->value_size;
        for (size_t k = 0; k < size; k++) {
            bkti_text_append_text(document, k % 7 == 6 ? "\xd0\x96" : k % 11 == 10 ? ">" : "x");
        }
        bkti_text_append_format(document, "\">%s<Obs%sy='&lt;%d'/>", of->newline, of->separator, i);
        if (of->has_comments && i % 3 == 0) {
            bkti_text_append_text(document, "<!-- a <comment>\n 'with' \"quotes -->");
        }
        if (of->has_comments && i % 100 == 0) {
            for (unsigned k = next_random(&random) % 9000; k > 0; k--) {
                bkti_text_append_text(document, k % 60 == 0 ? "<?pi\n?>" : " ");
            }
        }
        if (of->has_text) {
            for (unsigned k = next_random(&random) % 700; k > 0; k--) {
                bkti_text_append_text(document, k % 60 == 0 ? "\n" : k % 50 == 0 ? "&amp;" : "t");
            }
        }
        bkti_text_append_format(document, "<Obs/>%s</p:Series>", of->newline);
    }
    bkti_text_append_text(document, "</p:root>");
    ck_assert(!document->failed);
}

START_TEST(every_element) {
    static const size_t blocks[] = {131072, 1000003, 32768, 8191, 997, 64};
    bkti_memory *memory = bkti_memory_new(NULL);
    bkti_text document;
    bkti_text_init(&document, memory);
    build(&document, &shapes[_i]);
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++) {
        for (int wants_text = 0; wants_text < 2; wants_text++) {
            bkt_context *context;
            ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
            event_log log = {0};
            bkti_text_init(&log.text, memory);
            log.wants_text = wants_text == 1;
            log.document = bkti_text_get(&document);
            log.line_begin = 3; /* behind the byte order mark */
            bkt_status status = scan_into(&log, context, document.data, document.size, blocks[i]);
            ck_assert_msg(status == BKT_OK, "%s in blocks of %zu: %s", shapes[_i].name, blocks[i],
                          bkt_context_error_text(context));
            ck_assert_uint_gt(log.checked_places, 20);
            bkti_text_free(&log.text);
            bkt_context_free(context);
        }
    }
    bkti_text_free(&document);
    bkti_memory_drop(memory);
}
END_TEST

/* All splits of a small document, tags across the border in every way. */
START_TEST(every_split) {
    static const char document[] = "<!-- \n --><a\n>\n\n <b\n x='\n'\n><c\n/>  <d y='1'/>\r\n<e/>\r"
                                   "<f\r\n/><![CDATA[\n]]><g z='&#10;'/>\n&amp;\n<h/></b ></a\n>\n";
    bkti_memory *memory = bkti_memory_new(NULL);
    for (size_t block = 1; block <= sizeof document; block++) {
        bkt_context *context;
        ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
        event_log log = {0};
        bkti_text_init(&log.text, memory);
        log.document = document;
        ck_assert_int_eq(scan_into(&log, context, document, sizeof document - 1, block), BKT_OK);
        ck_assert_uint_eq(log.checked_places, 8);
        bkti_text_free(&log.text);
        bkt_context_free(context);
    }
    bkti_memory_drop(memory);
}
END_TEST

/* The place of a fault far in a document, behind lines and blocks. */
START_TEST(place_of_a_fault) {
    bkti_memory *memory = bkti_memory_new(NULL);
    bkti_text document;
    bkti_text_init(&document, memory);
    bkti_text_append_text(&document, "<a>\n");
    for (int i = 0; i < 100000; i++) {
        bkti_text_append_text(&document, "<b c='d'/>\n");
    }
    bkti_text_append_text(&document, "  <b c='<'/>\n</a>");
    scanning result = scan_with(NULL, document.data, document.size, 131072);
    ck_assert_int_eq(result.status, BKT_ERR_XML);
    ck_assert_uint_eq(result.line, 100002);
    ck_assert_uint_eq(result.column, 9);
    ck_assert_uint_eq(result.offset, 4 + 1100000 + 8);
    scanning_free(&result);
    bkti_text_free(&document);
    bkti_memory_drop(memory);
}
END_TEST

static void add_tests(TCase *tests) {
    tcase_add_loop_test(tests, every_element, 0, sizeof shapes / sizeof shapes[0]);
    tcase_add_test(tests, every_split);
    tcase_add_test(tests, place_of_a_fault);
}

int main(void) {
    Suite *suite = suite_create("place");
    with_each_scanner(suite, add_tests);
    return run_suite(suite);
}
