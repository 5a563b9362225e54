/* SPDX-License-Identifier: MIT */
/* What a handler asks to be passed over, and what it allows to be told at once, by either scanner
 * and however blocks are cut: the same as if all of it had been told. */
#include <stdint.h>

#include "event_log.h"
#include "run_suite.h"

typedef struct watcher {
    event_log log; /* first: the log's handlers take it */
    const char *skipped;
    const char *repeated; /* an element whose repetition is allowed */
    const char *recorded; /* one that is recorded, with all in it */
    uint64_t count;       /* of elements "Obs" passed over */
    uint32_t attribute_count;
    uint32_t again_count;
    struct {
        uint32_t shape; /* 0: free */
        char values[4][40];
    } before[64]; /* the last element of each shape */
    size_t same_count;
} watcher;

static bool is_called(const bkti_xml_name *name, const char *text) {
    return text != NULL && bkti_span_is(name->local, text);
}

/* A value that is said to be the same as in the last element of the shape has to be. */
static void check_same(watcher *to, const bkti_xml_element *element) {
    size_t place = 0;
    while (to->before[place].shape != 0 && to->before[place].shape != element->shape) {
        place++;
        ck_assert_uint_lt(place, sizeof to->before / sizeof *to->before);
    }
    ck_assert_uint_le(element->attribute_count, 4);
    for (uint32_t i = 0; i < element->attribute_count; i++) {
        const bkti_xml_attribute *attribute = &element->attributes[i];
        char *value = to->before[place].values[i];
        if (attribute->is_same) {
            ck_assert(element->shape != 0 && to->before[place].shape == element->shape &&
                      bkti_span_is(attribute->value, value));
            to->same_count++;
        }
        ck_assert_uint_lt(attribute->value.size, sizeof to->before[place].values[i]);
        memcpy(value, attribute->value.data, attribute->value.size);
        value[attribute->value.size] = '\0';
    }
    to->before[place].shape = element->shape;
}

static bkt_status watch_start(void *user, const bkti_xml_element *element) {
    watcher *to = user;
    bkt_status status = log_start(&to->log, element);
    if (is_called(&element->name, to->skipped)) {
        bkti_xml_skip(to->log.xml, "Obs", &to->count);
    }
    if (is_called(&element->name, to->repeated)) {
        check_same(to, element);
        bkti_xml_repeat(to->log.xml, 0, element->attribute_count);
    }
    if (is_called(&element->name, to->recorded)) {
        bkti_xml_record(to->log.xml);
        to->attribute_count = 0;
    }
    to->attribute_count += element->attribute_count;
    return status;
}

static bkt_status watch_finish(void *user, const bkti_xml_name *name, uint32_t depth) {
    watcher *to = user;
    bkt_status status = log_finish(&to->log, name, depth);
    if (is_called(name, to->recorded)) {
        /* The second attribute of four is an id. */
        bkti_xml_repeat(to->log.xml, 2, to->attribute_count);
    }
    return status;
}

static bkt_status watch_again(void *user, const bkti_xml_element *element) {
    watcher *to = user;
    to->again_count++;
    if (to->recorded == NULL) {
        check_same(to, element);
        bkt_status status = log_start(&to->log, element);
        return status == BKT_OK ? log_finish(&to->log, &element->name, element->depth) : status;
    }
    /* As it is written when it is told in full. */
    ck_assert_uint_eq(element->attribute_count, 2);
    char text[200];
    snprintf(text, sizeof text,
             "(Obs\n(Time value=%.*s id=T\n)Time\n(Value value=%.*s\n)Value\n)Obs\n",
             (int)element->attributes[0].value.size, element->attributes[0].value.data,
             (int)element->attributes[1].value.size, element->attributes[1].value.data);
    return bkti_text_append_text(&to->log.text, text) ? BKT_OK : BKT_ERR_MEMORY;
}

static const bkti_xml_handler watch_handler = {watch_start, watch_finish, log_text, watch_again};

typedef struct watched {
    char *log;
    uint64_t count;
    uint32_t again_count;
    size_t same_count;
    bkt_status status;
} watched;

static watched watch(const watcher *what, int32_t scanner, const char *document, size_t size,
                     size_t block_size) {
    watcher to = *what;
    bkt_context *context;
    bkti_source *source;
    bkti_memory *memory = bkti_memory_new(NULL);
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    ck_assert_int_eq(bkti_source_open_memory(context, "", 0, "test.xml", &source), BKT_OK);
    bkti_text_init(&to.log.text, memory);
    ck_assert_int_eq(bkti_xml_new(context, source, scanner, &watch_handler, &to, &to.log.xml),
                     BKT_OK);
    watched result = {.status = BKT_OK};
    for (size_t at = 0; at < size && result.status == BKT_OK; at += block_size) {
        size_t part = size - at < block_size ? size - at : block_size;
        char *copy = malloc(part);
        ck_assert_ptr_nonnull(copy);
        memcpy(copy, document + at, part);
        result.status = bkti_xml_block(to.log.xml, (bkti_span){copy, part}, at + part == size);
        free(copy);
    }
    result.log = copy_of(bkti_text_get(&to.log.text));
    result.count = to.count;
    result.again_count = to.again_count;
    result.same_count = to.same_count;
    bkti_xml_free(to.log.xml);
    bkti_source_free(source);
    bkti_text_free(&to.log.text);
    bkti_memory_drop(memory);
    bkt_context_free(context);
    return result;
}

/* Every block size up to one, then some that grow. */
static size_t next_block(size_t block, size_t every) {
    return block < every ? block + 1 : block * 3 / 2 + 1;
}

static const char skipped_document[] =
    "<m:Data xmlns:m='urn:m'><Series A='1'><Obs/></Series>\n"
    "<Series A='2'><!-- </Series> --><Obs x='>' y=\"/>\">t</Obs><Obs\n/><Other a='/>'/>"
    "<![CDATA[</Series>]]><?pi </Series>?><Series/><Series b='/'><Obs/></Series ><Series b=\"'>\" >"
    "</Series><m:Series></m:Series><Seriess></Seriess><Se/><m:Obs z='1'></m:Obs></Series >"
    "<Series/><After/></m:Data>";

START_TEST(skipped_elements) {
    watcher what = {.skipped = "Series"};
    size_t size = sizeof skipped_document - 1;
    watched expected = watch(&what, BKT_SCANNER_LIBXML2, skipped_document, size, size);
    ck_assert_int_eq(expected.status, BKT_OK);
    ck_assert_uint_eq(expected.count, 5);
    for (size_t block = 1; block <= size; block++) {
        watched result = watch(&what, BKT_SCANNER_FAST, skipped_document, size, block);
        ck_assert_int_eq(result.status, BKT_OK);
        ck_assert_msg(strcmp(result.log, expected.log) == 0, "blocks of %zu: %s", block,
                      result.log);
        ck_assert_uint_eq(result.count, expected.count);
        free(result.log);
    }
    free(expected.log);
}
END_TEST

/* Names as long as can be passed at once, and longer ones; elements counted that are of the name of
 * what is skipped. */
START_TEST(counted_names_of_any_length) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzabcdefgh";
    bkti_memory *memory = bkti_memory_new(NULL);
    for (int length = 0; length <= 32; length++) {
        bkti_text document;
        bkti_text_init(&document, memory);
        const char *colon = length == 0 ? "" : ":";
        bkti_text_append_format(&document, "<Data xmlns%s%.*s='urn:p'>", colon, length, letters);
        for (int i = 0; i < 4; i++) {
            bkti_text_append_text(&document, i == 2 ? "<Other>" : "<Series>");
            for (int k = 0; k < 20; k++) {
                const char *behind = k % 5 == 0   ? "/>"
                                     : k % 5 == 1 ? " x='1'/>\n"
                                     : k % 5 == 2 ? "s/>"
                                     : k % 5 == 3 ? "\n/>"
                                                  : "><Obs/>";
                bkti_text_append_format(&document, "<%.*s%sObs%s", length, letters, colon, behind);
                if (k % 5 == 4) {
                    bkti_text_append_format(&document, "</%.*s%sObs>", length, letters, colon);
                }
                int other = (i * 7 + k) % 12; /* more than can be passed at once */
                bkti_text_append_format(&document, "<t%d><!-- <Obs/> --></t%d >", other, other);
            }
            bkti_text_append_text(&document, i == 2 ? "</Other>" : "</Series>");
        }
        bkti_text_append_text(&document, "</Data>");
        ck_assert(!document.failed);
        for (int turn = 0; turn < 2; turn++) {
            watcher what = {.skipped = turn == 0 ? "Series" : "Obs"};
            watched expected =
                watch(&what, BKT_SCANNER_LIBXML2, document.data, document.size, document.size);
            ck_assert_int_eq(expected.status, BKT_OK);
            ck_assert_uint_eq(expected.count, turn == 0 ? 3 * 20 : 4 * 4);
            for (size_t block = 1; block < document.size * 2; block = next_block(block, 40)) {
                watched result =
                    watch(&what, BKT_SCANNER_FAST, document.data, document.size, block);
                ck_assert_int_eq(result.status, BKT_OK);
                ck_assert_msg(strcmp(result.log, expected.log) == 0, "blocks of %zu", block);
                ck_assert_uint_eq(result.count, expected.count);
                free(result.log);
            }
            free(expected.log);
        }
        bkti_text_free(&document);
    }
    bkti_memory_drop(memory);
}
END_TEST

/* Each is broken inside what is passed over. */
START_TEST(broken_in_what_is_skipped) {
    static const char *const documents[] = {
        "<a><Series><Obs></Series",     "<a><Series><!-- </Series></a>",
        "<a><Series><!X></Series></a>", "<a><Series>\xff</Series></a>",
        "<a><Series>\1</Series></a>",   "<a><Series></Series x></a>",
    };
    watcher what = {.skipped = "Series"};
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        size_t size = strlen(documents[i]);
        for (size_t block = 1; block <= size; block++) {
            watched result = watch(&what, BKT_SCANNER_FAST, documents[i], size, block);
            ck_assert_msg(result.status >= BKT_ERR_ARGUMENT, "%s", documents[i]);
            free(result.log);
        }
    }
}
END_TEST

/* Observations with values that change, that stay, that are long, that need to be decoded; with
 * another shape between them now and then. */
static void build(bkti_text *document, bool generic) {
    bkti_text_append_text(document, "<Data>\n");
    for (int i = 0; i < 400; i++) {
        const char *status = i % 29 == 28  ? "a status of more than a lane"
                             : i % 37 < 20 ? "A"
                                           : "EE";
        const char *odd = i % 53 == 50   ? "&amp;"
                          : i % 71 == 70 ? "a value of more than a lane"
                                         : "";
        if (i % 60 == 0) {
            bkti_text_append_text(document, i == 0 ? "  <Series>\n" : "  </Series>\n  <Series>\n");
        }
        if (generic) {
            bkti_text_append_format(document,
                                    "    <Obs>\n      <Time value=\"%d%s\" id=\"%s\"/>\n"
                                    "      <Value value=\"%d.5\"/>\n    </Obs>\n",
                                    1900 + i, odd, i % 90 == 89 ? "U" : "T", i * i);
        } else if (i % 47 == 46) {
            bkti_text_append_format(document, "    <Obs t=\"%d\"/>\n", i);
        } else {
            bkti_text_append_format(document, "    <Obs t=\"%d\" v=\"%d.5%s\" s=\"%s\"/>\n", i,
                                    i * i, odd, status);
        }
    }
    bkti_text_append_text(document, "  </Series>\n</Data>\n");
    ck_assert(!document->failed);
}

/* _i: 0 elements that repeat, 1 recorded ones. */
START_TEST(repeated_elements) {
    watcher what = {.repeated = _i == 0 ? "Obs" : NULL, .recorded = _i == 1 ? "Obs" : NULL};
    bkti_memory *memory = bkti_memory_new(NULL);
    bkti_text document;
    bkti_text_init(&document, memory);
    build(&document, _i == 1);
    watched expected =
        watch(&what, BKT_SCANNER_LIBXML2, document.data, document.size, document.size);
    ck_assert_int_eq(expected.status, BKT_OK);
    ck_assert_uint_eq(expected.again_count, 0);
    for (size_t block = 1; block < document.size * 2; block = next_block(block, 700)) {
        watched result = watch(&what, BKT_SCANNER_FAST, document.data, document.size, block);
        ck_assert_int_eq(result.status, BKT_OK);
        ck_assert_msg(strcmp(result.log, expected.log) == 0, "blocks of %zu", block);
#if !defined(BKTI_NO_FAST_SCANNER)
        ck_assert_msg(block < document.size || result.again_count > 250, "%u repeated",
                      (unsigned)result.again_count);
        ck_assert(block < document.size || _i == 1 || result.same_count > 250);
#endif
        free(result.log);
    }
    free(expected.log);
    bkti_text_free(&document);
    bkti_memory_drop(memory);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("skip");
    TCase *tests = tcase_create("skip");
    tcase_add_test(tests, skipped_elements);
    tcase_add_test(tests, counted_names_of_any_length);
    tcase_add_test(tests, broken_in_what_is_skipped);
    tcase_add_loop_test(tests, repeated_elements, 0, 2);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
