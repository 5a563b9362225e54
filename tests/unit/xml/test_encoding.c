/* SPDX-License-Identifier: MIT */
/* Encodings: told from the first bytes, turned into UTF-8, and what does not fit them. */
#include <stdint.h>

#include "event_log.h"
#include "run_suite.h"

/* A document with characters of one to four bytes in UTF-8, as UTF-8. */
#define CONTENT                                                                                    \
    "<a x='\xc3\xa9\xd0\x96'>\n\xe2\x82\xac \xf0\x9f\x98\x80 text<b y='&amp;\xd0\x96'/></a>\n"
#define CONTENT_LOG                                                                                \
    "(a x=\xc3\xa9\xd0\x96\n\"\n\xe2\x82\xac \xf0\x9f\x98\x80 text\"(b y=&\xd0\x96\n)b\n)a\n"

typedef struct wide_text {
    unsigned char data[1000];
    size_t size;
} wide_text;

static void put_unit(wide_text *to, uint32_t unit, unsigned width, bool big) {
    for (unsigned i = 0; i < width; i++) {
        unsigned shift = 8 * (big ? width - 1 - i : i);
        to->data[to->size++] = (unsigned char)(unit >> shift);
    }
}

/* UTF-8 as UTF-16 (width 2) or UTF-32 (width 4). */
static wide_text widen(const char *text, unsigned width, bool big, bool mark) {
    wide_text result = {{0}, 0};
    if (mark) {
        put_unit(&result, 0xfeff, width, big);
    }
    for (const unsigned char *at = (const unsigned char *)text; *at != '\0';) {
        unsigned more = *at >= 0xf0 ? 3 : *at >= 0xe0 ? 2 : *at >= 0xc0 ? 1 : 0;
        uint32_t code = more == 0 ? *at : *at & (0x3fU >> more);
        for (at++; more > 0; more--, at++) {
            code = code << 6 | (*at & 0x3f);
        }
        if (width == 2 && code >= 0x10000) {
            put_unit(&result, 0xd800 + ((code - 0x10000) >> 10), 2, big);
            code = 0xdc00 + ((code - 0x10000) & 0x3ff);
        }
        put_unit(&result, code, width, big);
    }
    return result;
}

static void check_reads(const void *data, size_t size, const char *log, const char *encoding) {
    for (size_t split = 1; split <= size + 1; split += split < 40 ? 1 : 37) {
        scanning result = scan_with(NULL, data, size, split);
        ck_assert_msg(result.status == BKT_OK, "%s: %s", encoding, result.error);
        ck_assert_str_eq(result.log, log);
        ck_assert_str_eq(result.encoding, encoding);
        ck_assert_uint_eq(result.diagnostic_count, 0);
        scanning_free(&result);
    }
}

START_TEST(wide_encodings) {
    static const struct {
        unsigned width;
        bool big;
        bool mark;
        const char *declaration;
        const char *name;
    } cases[] = {
        {2, false, true, "<?xml version='1.0' encoding='UTF-16'?>", "UTF-16"},
        {2, true, true, "<?xml version='1.0' encoding='utf-16'?>", "UTF-16"},
        {2, false, true, "", "UTF-16"},
        {2, false, false, "<?xml version='1.0' encoding='UTF-16LE'?>", "UTF-16"},
        {2, true, false, "<?xml version='1.0' encoding='UTF-16'?>", "UTF-16"},
        {2, true, true, "<?xml version='1.0' encoding='UTF-8'?>", "UTF-16"},
        {4, false, true, "", "UTF-32LE"},
        {4, true, true, "<?xml version='1.0'?>", "UTF-32BE"},
        {4, true, false, "<?xml version='1.0' encoding='UTF-32'?>", "UTF-32BE"},
        {4, false, false, "", "UTF-32LE"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char document[300];
        strcpy(document, cases[i].declaration);
        strcat(document, CONTENT);
        wide_text wide = widen(document, cases[i].width, cases[i].big, cases[i].mark);
        check_reads(wide.data, wide.size, CONTENT_LOG, cases[i].name);
    }
}
END_TEST

START_TEST(labels) {
    static const struct {
        const char *document;
        const char *log;
        const char *name;
    } cases[] = {
        {CONTENT, CONTENT_LOG, "UTF-8"},
        {"<?xml version='1.0'?>" CONTENT, CONTENT_LOG, "UTF-8"},
        {"<?xml version='1.0' encoding = \"utf8\" standalone='yes'?>" CONTENT, CONTENT_LOG, "utf8"},
        {"<?xml version='1.0' encoding='us-ascii'?><a/>", "(a\n)a\n", "us-ascii"},
        {"<?xml version='1.0' encoding='ISO-8859-1'?><a x='\xe9\x80'>\xff</a>",
         "(a x=\xc3\xa9\xc2\x80\n\"\xc3\xbf\")a\n", "ISO-8859-1"},
        {"<?xml version='1.0' encoding='latin1'?><a>\xe9</a>", "(a\n\"\xc3\xa9\")a\n", "latin1"},
        {"<?xml version='1.0' encoding='windows-1251'?><a x='\xc6'>\xff</a>",
         "(a x=\xd0\x96\n\"\xd1\x8f\")a\n", "windows-1251"},
        {"<?xml version='1.0' encoding='koi8-r'?><a>\xf6</a>", "(a\n\"\xd0\x96\")a\n", "koi8-r"},
        {"<?xml version='1.0' encoding='Shift_JIS'?><a>\x93\xfa</a>", "(a\n\"\xe6\x97\xa5\")a\n",
         "Shift_JIS"},
        {"<?xml version='1.0' encoding='GB18030'?><a>\x94\x39\xfc\x36</a>",
         "(a\n\"\xf0\x9f\x98\x80\")a\n", "GB18030"},
        /* A byte order mark outdoes the label. */
        {"\xef\xbb\xbf<?xml version='1.0' encoding='ISO-8859-1'?>" CONTENT, CONTENT_LOG, "UTF-8"},
        /* The word may stand in a comment, too. */
        {"<?xml version='1.0'?><!-- encoding='x' -->" CONTENT, CONTENT_LOG, "UTF-8"},
        {"<a encoding='x'/>", "(a encoding=x\n)a\n", "UTF-8"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check_reads(cases[i].document, strlen(cases[i].document), cases[i].log, cases[i].name);
    }
}
END_TEST

static void check_fails(const void *data, size_t size, bkt_status status, const char *words,
                        uint64_t offset) {
    for (size_t split = 1; split <= size; split++) {
        scanning result = scan_with(NULL, data, size, split);
        ck_assert_msg(result.status == status && strstr(result.error, words) != NULL, "%d, %s",
                      (int)result.status, result.error);
        ck_assert_msg(offset == 0 || result.offset == offset, "%s: at %u", result.error,
                      (unsigned)result.offset);
        scanning_free(&result);
    }
}

START_TEST(bytes_that_do_not_fit) {
    static const char cyrillic[] = "<?xml version='1.0' encoding='windows-1251'?>\n<a>\xc6\x98</a>";
    check_fails(
        cyrillic, sizeof cyrillic - 1, BKT_ERR_ENCODING,
        "test.xml:2:6: the byte 0x98 does not fit the encoding of the document, windows-1251", 50);
    static const char unknown[] = "<?xml version='1.0' encoding='klingon'?><a/>";
    check_fails(unknown, sizeof unknown - 1, BKT_ERR_ENCODING,
                "test.xml:1:1: the document declares the encoding 'klingon', which is not known",
                0);
    static const char no_name[] = "<?xml version='1.0' encoding='../x'?><a/>";
    check_fails(no_name, sizeof no_name - 1, BKT_ERR_XML, "encoding", 0);

    wide_text low = widen("<a>", 2, false, true);
    put_unit(&low, 0xdc00, 2, false);
    put_unit(&low, '<', 2, false);
    check_fails(low.data, low.size, BKT_ERR_ENCODING, "UTF-16", 8);
    wide_text high = widen("<a>", 2, true, true);
    put_unit(&high, 0xd800, 2, true);
    put_unit(&high, '<', 2, true);
    check_fails(high.data, high.size, BKT_ERR_ENCODING, "UTF-16", 8);
}
END_TEST

/* Cut in the middle of a character. */
START_TEST(cut_characters) {
    wide_text wide = widen(CONTENT, 2, false, true);
    for (wide.size -= 3; wide.size > 4; wide.size--) {
        scanning result = scan_with(NULL, (const char *)wide.data, wide.size, 7);
        ck_assert_msg(result.status == BKT_ERR_TRUNCATED, "%zu: %s", wide.size, result.error);
        scanning_free(&result);
    }
    static const char japanese[] = "<?xml version='1.0' encoding='Shift_JIS'?><a>\x93";
    check_fails(japanese, sizeof japanese - 1, BKT_ERR_TRUNCATED, "'a' is still open", 0);
}
END_TEST

/* .NET likes to write encoding="utf-16" over files that it then saves as UTF-8. */
START_TEST(mislabelled) {
    static const char document[] = "<?xml version='1.0' encoding='utf-16'?>" CONTENT;
    scanning result = scan_document(document);
    ck_assert_int_eq(result.status, BKT_OK);
    ck_assert_str_eq(result.log, CONTENT_LOG);
    ck_assert_uint_eq(result.diagnostic_count, 1);
    scanning_free(&result);
}
END_TEST

/* More than one piece of converted bytes, and places in it: the line at least is right. */
START_TEST(long_document) {
    bkti_memory *memory = bkti_memory_new(NULL);
    bkti_text document;
    bkti_text_init(&document, memory);
    bkti_text_append_text(&document, "<?xml version='1.0' encoding='ISO-8859-1'?>\n<a>\n");
    for (int i = 0; i < 50000; i++) {
        bkti_text_append_text(&document, "<b c='\xe9'/>\n");
    }
    bkti_text_append_text(&document, "</b>");
    scanning result = scan_with(NULL, document.data, document.size, 131072);
    ck_assert_int_eq(result.status, BKT_ERR_XML);
    ck_assert_uint_eq(result.line, 50003);
    ck_assert_uint_eq(result.column, 5);
    scanning_free(&result);
    bkti_text_free(&document);
    bkti_memory_drop(memory);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("encoding");
    TCase *tests = tcase_create("encoding");
    tcase_add_test(tests, wide_encodings);
    tcase_add_test(tests, labels);
    tcase_add_test(tests, bytes_that_do_not_fit);
    tcase_add_test(tests, cut_characters);
    tcase_add_test(tests, mislabelled);
    tcase_add_test(tests, long_document);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
