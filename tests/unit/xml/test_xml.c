/* SPDX-License-Identifier: MIT */
/* Events, faults, limits and stops of the scanner. */
#include <stdint.h>
#include <unistd.h>

#include "bkti_xml_parts.h"
#include "event_log.h"
#include "failing_memory.h"
#include "run_suite.h"

#define DECLARATION "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

static const struct {
    const char *document;
    const char *log;
} good[] = {
    {"<a/>", "(a\n)a\n"},
    {DECLARATION "<a></a>", "(a\n)a\n"},
    {"\xef\xbb\xbf<a></a>\n", "(a\n)a\n"},
    {"\n  <a> <b/> </a>", "(a\n\" \"(b\n)b\n\" \")a\n"},
    {"<a x='1' y=\"two\"><b x='3'/></a>", "(a x=1 y=two\n(b x=3\n)b\n)a\n"},
    {"<a x=''/>", "(a x=\n)a\n"},
    {"<a x='&lt;&amp;&gt;&quot;&apos;&#65;&#x42;&#38;'/>", "(a x=<&>\"'AB&\n)a\n"},
    {"<a>&lt;&amp;&gt;&quot;&apos;&#65;&#x42;</a>", "(a\n\"<&>\"'AB\")a\n"},
    {"<a x=' two\n\tlines '/>", "(a x= two  lines \n)a\n"},
    {"<a><![CDATA[<b>&amp;]]> and <![CDATA[]]]]></a>", "(a\n\"<b>&amp; and ]]\")a\n"},
    {"<a>\r\n&#000000000000065;\r\n</a>", "(a\n\"\nA\n\")a\n"},
    {"<a><![CDATA[line\r\nline\rline\r]]><![CDATA[\nend]]></a>",
     "(a\n\"line\nline\nline\n\nend\")a\n"},
    {"<a>one<!-- not > \"this --> two<?nor this?></a>", "(a\n\"one two\")a\n"},
    {"<a>line\r\nline\rline</a>", "(a\n\"line\nline\nline\")a\n"},
    {"<!-- before --><?pi?><a/><!-- after --><?pi?>\n\n", "(a\n)a\n"},
    {"<a x='>'>></a>", "(a x=>\n\">\")a\n"},
    {"<\xd0\x96 \xc3\xa9='\xd0\x90\xf0\x9f\x98\x80'>\xe2\x82\xac</\xd0\x96>",
     "(\xd0\x96 \xc3\xa9=\xd0\x90\xf0\x9f\x98\x80\n\"\xe2\x82\xac\")\xd0\x96\n"},
    {"<a xmlns='urn:one' xmlns:p='urn:two' p:x='1' y='2'><p:b/><b xmlns=''/><b/></a>",
     "(urn:one:a urn:two:x=1 y=2 xmlns:=urn:one xmlns:p=urn:two\n"
     "(urn:two:b\n)b\n(b xmlns:=\n)b\n(urn:one:b\n)b\n)a\n"},
    {"<p:a xmlns:p='urn:one'><p:a xmlns:p='urn:two'/><p:a/></p:a>",
     "(urn:one:a xmlns:p=urn:one\n(urn:two:a xmlns:p=urn:two\n)a\n(urn:one:a\n)a\n)a\n"},
    {"<a xml:lang='en'/>", "(a http://www.w3.org/XML/1998/namespace:lang=en\n)a\n"},
    {"<a xmlns='http://b:c/'><b xmlns='x:/y' xmlns:p='x://'/><b xmlns='urn:a#b#c'/></a>",
     "(http://b:c/:a xmlns:=http://b:c/\n(x:/y:b xmlns:=x:/y xmlns:p=x://\n)b\n"
     "(urn:a#b#c:b xmlns:=urn:a#b#c\n)b\n)a\n"},
    {"<a xmlns:p='not a URI' p:x='1'/>", "(a not a URI:x=1 xmlns:p=not a URI\n)a\n"},
    /* A prefix that was never declared: an empty namespace, which is not none. */
    {"<p:a q:x='1' y='2'/>", "(:a :x=1 y=2\n)a\n"},
};

START_TEST(good_documents) {
    scanning result = scan_document(good[_i].document);
    ck_assert_msg(result.status == BKT_OK, "%s: %s", good[_i].document, result.error);
    ck_assert_str_eq(result.log, good[_i].log);
    scanning_free(&result);
}
END_TEST

static const struct {
    const char *document;
    bkt_status status;
    const char *words;
    unsigned line;
    unsigned column;
} bad[] = {
    {"", BKT_ERR_EMPTY, "test.xml: the document is empty", 0, 0},
    {" \n\t \r\n", BKT_ERR_EMPTY, "white space", 0, 0},
    {"\xef\xbb\xbf", BKT_ERR_EMPTY, "", 0, 0},
    {"{\"header\": 1}", BKT_ERR_NOT_XML, "found '{\"header\": 1}' (JSON?)", 1, 1},
    {"\n\n  DATAFLOW,FREQ\nA,B", BKT_ERR_NOT_XML, "found 'DATAFLOW,FREQ'", 3, 3},
    {"\xef\xbb\xbfTEXT", BKT_ERR_NOT_XML, "found 'TEXT'", 1, 1},
    {"%PDF-1.4\n", BKT_ERR_NOT_XML, "PDF", 1, 1},
    {"PK\3\4", BKT_ERR_NOT_XML, "zip", 1, 1},
    {"<a><b></a>", BKT_ERR_XML, "</a> does not fit the element 'b', which begins in line 1", 1, 11},
    {"<a>\n<b>\n</c></a>", BKT_ERR_XML, "</c> does not fit the element 'b'", 3, 5},
    {"<a>\n</b>\1</a>", BKT_ERR_XML, "</b> does not fit the element 'a'", 2, 5},
    {"<a>&b;\1</a>", BKT_ERR_XML, "'&b;' is not one of XML's five", 1, 7},
    {"<a/><b/>", BKT_ERR_XML, "behind the end", 1, 5},
    {"<a/>\xe2\x82", BKT_ERR_XML, "behind the end", 1, 5},
    {"<a/>text", BKT_ERR_XML, "behind the end", 1, 5},
    {"<a x='<'/>", BKT_ERR_XML, "must be written '&lt;'", 1, 7},
    {"<a x='1<", BKT_ERR_XML, "must be written '&lt;'", 1, 8},
    {"<a x='/>1<", BKT_ERR_XML, "must be written '&lt;'", 1, 10},
    {"<a x<", BKT_ERR_XML, "value", 1, 5},
    {"<a><b<", BKT_ERR_XML, "", 1, 6},
    {"<a x=1/>", BKT_ERR_XML, "quotation marks", 1, 6},
    {"<a x/>", BKT_ERR_XML, "value", 1, 5},
    {"<a x='1'y='2'/>", BKT_ERR_XML, "white space", 1, 9},
    {"<a>\n x & y</a>", BKT_ERR_XML, "must be written '&amp;'", 2, 5},
    {"<a>\n x &y z</a>", BKT_ERR_XML, "must be written '&amp;'", 2, 6},
    {"<a>&nbsp;</a>", BKT_ERR_XML, "'&nbsp;' is not one of XML's five", 1, 10},
    {"<a x='&nbsp;'/>", BKT_ERR_XML, "'&nbsp;' is not one of XML's five", 1, 13},
    {"<a>te\nxt]]]></a>", BKT_ERR_XML, "']]>' stands in text", 2, 4},
    {"<a>]]></a>", BKT_ERR_XML, "']]>' stands in text", 1, 4},
    {"<a>\1</a>", BKT_ERR_XML, "U+0001 is not allowed", 1, 4},
    {"<a>/b\1", BKT_ERR_XML, "U+0001 is not allowed", 1, 6},
    {"<a>\xef\xbf\xbe", BKT_ERR_XML, "U+FFFE is not allowed", 1, 4},
    {"<a>\n<![CDATA[b\1]]></a>", BKT_ERR_XML, "U+0001 is not allowed", 2, 11},
    {"<a>\n<![CDATA[\n\nb\1]]></a>", BKT_ERR_XML, "U+0001 is not allowed", 4, 2},
    {"<a>&#0;</a>", BKT_ERR_XML, "U+0000", 0, 0},
    {"<a>&#0;\x02</a>", BKT_ERR_XML, "U+0000", 0, 0},
    {"<1/>", BKT_ERR_XML, "a name was expected", 1, 2},
    {"\n" DECLARATION "<a/>", BKT_ERR_XML, "very first thing", 2, 6},
    {"<html><p>text<br></p></html>", BKT_ERR_XML, "this is an HTML page", 1, 22},
    {"<!DOCTYPE html>\n<html></html>", BKT_ERR_DOCTYPE, "this is an HTML page", 1, 1},
    {DECLARATION "<!DOCTYPE a SYSTEM 'a.dtd'>\n<a/>", BKT_ERR_DOCTYPE, "has a DOCTYPE", 2, 1},
    {"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", BKT_ERR_DOCTYPE, "has a DOCTYPE", 1, 1},
    {"<!DOCTYPE a", BKT_ERR_DOCTYPE, "has a DOCTYPE", 1, 1},
    {"<a>\n<b x='1'\n y='2' x='3'/></a>", BKT_ERR_REPEATED_COMPONENT, "'x' stands twice", 2, 1},
    {"<a xmlns:p='u' xmlns:q='u' p:x='' q:x=''/>", BKT_ERR_REPEATED_COMPONENT, "'x'", 1, 1},
    {"<a xmlns:p='u' xmlns:p='v'/>", BKT_ERR_REPEATED_COMPONENT, "'xmlns:p'", 1, 1},
    /* Too long for a reference where a block may cut a character. */
    {"<a "
     "x='xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'>&"
     "ambbbbbbbbbbbb\xe2\x82\xac\xff;</a>",
     BKT_ERR_ENCODING, "0xFF", 1, 103},
    {"<a>\xe9</a>", BKT_ERR_ENCODING, "0xE9 does not fit the encoding of the document, UTF-8", 1,
     4},
    {"<a x='\n\xc3('/>", BKT_ERR_ENCODING, "0xC3", 2, 1},
    {"<a \xff='1'/>", BKT_ERR_ENCODING, "0xFF", 1, 4},
    {"<a><![CDATA[\xe9]]></a>", BKT_ERR_ENCODING, "0xE9", 1, 13},
    {"<a><!-- \xe9 --></a>", BKT_ERR_ENCODING, "0xE9", 1, 9},
    {"<a><b>text", BKT_ERR_TRUNCATED, "the element 'b' is still open", 1, 11},
    {"<a>\n<b/>", BKT_ERR_TRUNCATED, "the element 'a' is still open", 2, 5},
    {"<a><b/>\n text\n", BKT_ERR_TRUNCATED, "the element 'a' is still open", 3, 1},
    {"<a><b/>text\xd0", BKT_ERR_TRUNCATED, "the element 'a' is still open", 1, 13},
    {DECLARATION, BKT_ERR_TRUNCATED, "before its first element is whole", 2, 1},
    {"<a x='1", BKT_ERR_TRUNCATED, "before its first element is whole", 1, 8},
    /* A '<' at the end is a fault in a tag alone. */
    {"<a><", BKT_ERR_TRUNCATED, "the element 'a' is still open", 1, 5},
    {"<a>text<", BKT_ERR_TRUNCATED, "the element 'a' is still open", 1, 9},
    {"<a><!-- <", BKT_ERR_TRUNCATED, "the element 'a' is still open", 1, 10},
    {"<a><?p <", BKT_ERR_TRUNCATED, "the element 'a' is still open", 1, 9},
    {"<a><![CDATA[<", BKT_ERR_TRUNCATED, "the element 'a' is still open", 1, 14},
};

START_TEST(bad_documents) {
    scanning result = scan_document(bad[_i].document);
    ck_assert_msg(result.status == bad[_i].status && strstr(result.error, bad[_i].words) != NULL,
                  "%s: %d, %s", bad[_i].document, (int)result.status, result.error);
    ck_assert_ptr_nonnull(strstr(result.error, "test.xml"));
    ck_assert_ptr_null(strchr(result.error, '\n'));
    if (bad[_i].line != 0) {
        ck_assert_msg(result.line == bad[_i].line && result.column == bad[_i].column, "%s: %s",
                      bad[_i].document, result.error);
    }
    scanning_free(&result);
}
END_TEST

static void check_same(const scanning *a, const scanning *b, const char *document, size_t split) {
    ck_assert_msg(a->status == b->status && strcmp(a->log, b->log) == 0 &&
                      strcmp(a->error, b->error) == 0 && a->offset == b->offset,
                  "%s in blocks of %zu: %s, not %s", document, split, b->error, a->error);
}

/* However a document is cut into blocks, the same comes out, the error and its place too. */
START_TEST(any_split) {
    size_t good_count = sizeof good / sizeof good[0];
    size_t index = (size_t)_i;
    const char *document =
        index < good_count ? good[index].document : bad[index - good_count].document;
    size_t size = strlen(document);
    scanning whole = scan_with(NULL, document, size, size + 1);
    for (size_t split = 1; split <= size; split++) {
        scanning parts = scan_with(NULL, document, size, split);
        check_same(&whole, &parts, document, split);
        scanning_free(&parts);
    }
    scanning_free(&whole);
}
END_TEST

static void scan_guarded(const char *document, bkt_status expected) {
    size_t size = strlen(document);
    guarded_room room = guarded_room_new(size + 1);
    bkti_memory *memory = bkti_memory_new(NULL);
    for (size_t split = 1; split <= size; split++) {
        for (int wants_text = 0; wants_text < 2; wants_text++) {
            bkt_context *context;
            ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
            event_log log = {.room = &room, .wants_text = wants_text == 1};
            log.skipped = split % 2 == 0 ? "s" : NULL;
            log.counted_name = "b";
            bkti_text_init(&log.text, memory);
            bkt_status status = scan_into(&log, context, document, size, split);
            if (status != expected) {
                ck_abort_msg("%s in blocks of %zu: %d", document, split, (int)status);
            }
            bkti_text_free(&log.text);
            bkt_context_free(context);
        }
    }
    bkti_memory_drop(memory);
    guarded_room_free(&room);
}

/* No byte outside a block is ever looked at: behind each is a page that can't be read. */
START_TEST(blocks_before_unreadable_pages) {
    size_t good_count = sizeof good / sizeof good[0];
    for (size_t i = 0; i < good_count; i++) {
        scan_guarded(good[i].document, BKT_OK);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        scan_guarded(bad[i].document, bad[i].status);
    }
}
END_TEST

/* The same where tags are foreseen, and passed over. */
START_TEST(many_elements_before_unreadable_pages) {
    bkti_memory *memory = bkti_memory_new(NULL);
    bkti_text document;
    bkti_text_init(&document, memory);
    bkti_text_append_text(&document, "<p:a xmlns:p='urn:p'>");
    for (int i = 0; i < 12; i++) {
        bkti_text_append_format(&document, "\n  <p:s x=\"%d\" y='long%*d'>", i, i * 3, i);
        for (int k = 0; k < i % 4; k++) {
            bkti_text_append_format(&document, "<p:b z=\"%d\" longer_name = \"%s\"/>", k,
                                    k == 1 ? "&lt;\xe2\x82\xac" : "value");
        }
        bkti_text_append_text(&document, "<p:s><!-- </p:s> --></p:s></p:s >");
    }
    bkti_text_append_text(&document, "</p:a>\n");
    ck_assert(!document.failed);
    scan_guarded(bkti_text_get(&document), BKT_OK);
    bkti_text_free(&document);
    bkti_memory_drop(memory);
}
END_TEST

/* Cut at any byte: TRUNCATED, until the root is closed. */
START_TEST(cut_anywhere) {
    static const char document[] =
        DECLARATION "<!-- c --><?pi p?><p:a xmlns:p='urn:p' x='&amp;&#65;\xd0\x90'>\n"
                    "te&lt;xt \xe2\x82\xac <b y=\"1\" z='2'/><![CDATA[ data ]]]><!-- c -->"
                    "<c>]]</c></p:a >\n<!-- after --><?pi p?>\n";
    size_t root_end = (size_t)(strstr(document, "<!-- after") - document);
    for (size_t size = 1; size < sizeof document; size++) {
        for (size_t split = 1; split < 200; split += 33) {
            scanning result = scan_with(NULL, document, size, split);
            const char *after = document + root_end;
            size_t left = size <= root_end ? 0 : size - root_end;
            bool in_comment = left > 0 && left < strlen("<!-- after -->");
            size_t before_last = strlen("<!-- after -->");
            bool in_last = left > before_last && left < strlen("<!-- after --><?pi p?>");
            bool whole = size >= root_end - 1 && !in_comment && !in_last;
            ck_assert_msg(result.status == (whole ? BKT_OK : BKT_ERR_TRUNCATED),
                          "%zu bytes of %s in blocks of %zu: %s (%s)", size, document, split,
                          result.error, after);
            scanning_free(&result);
        }
    }
}
END_TEST

/* What there is of a tag that is cut is no element: it could be taken for one of another name, or
 * for one without attributes that it has. */
START_TEST(cut_tag) {
    static const char document[] = "<a><bcd x='1' y=\"2>\" z='3'/></a>";
    for (size_t size = strlen("<a><"); size < strlen(document) - strlen("></a>"); size++) {
        scanning result = scan_with(NULL, document, size, size);
        ck_assert_msg(result.status == BKT_ERR_TRUNCATED && strchr(result.log, 'b') == NULL,
                      "%zu bytes: %s, %s", size, result.log, result.error);
        ck_assert_uint_eq(result.column, size + 1);
        scanning_free(&result);
    }
}
END_TEST

/* Nothing may be printed by the library or by libxml2 under it. */
START_TEST(nothing_is_printed) {
    FILE *file = tmpfile();
    ck_assert_ptr_nonnull(file);
    fflush(stderr);
    fflush(stdout);
    int kept_error = dup(STDERR_FILENO);
    int kept_output = dup(STDOUT_FILENO);
    ck_assert_int_ge(dup2(fileno(file), STDERR_FILENO), 0);
    ck_assert_int_ge(dup2(fileno(file), STDOUT_FILENO), 0);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        scanning result = scan_document(bad[i].document);
        scanning_free(&result);
    }
    scanning result = scan_with(NULL, "\xff\xfe<\0a\0\0\xdc\0\xd8", 10, 100);
    scanning_free(&result);
    fflush(stderr);
    fflush(stdout);
    dup2(kept_error, STDERR_FILENO);
    dup2(kept_output, STDOUT_FILENO);
    close(kept_error);
    close(kept_output);
    ck_assert_int_eq(fseek(file, 0, SEEK_END), 0);
    ck_assert_int_eq(ftell(file), 0);
    fclose(file);
}
END_TEST

static bkt_context_options options_with_defaults(void) {
    bkt_context_options options;
    ck_assert_int_eq(bkt_context_options_init(&options, sizeof options), BKT_OK);
    return options;
}

static void check_limit(const bkt_context_options *options, const char *begin, size_t filler_size,
                        const char *filler, const char *ending, const char *words) {
    size_t size = strlen(begin) + filler_size + strlen(ending);
    char *document = malloc(size + 1);
    ck_assert_ptr_nonnull(document);
    strcpy(document, begin);
    size_t at = strlen(begin);
    for (size_t i = 0; i < filler_size; i++) {
        document[at++] = filler[i % strlen(filler)];
    }
    strcpy(document + at, ending);
    scanning result = scan_with(options, document, size, 131072);
    if (words == NULL) {
        ck_assert_msg(result.status == BKT_OK, "%s", result.error);
    } else {
        ck_assert_msg(result.status == BKT_ERR_LIMIT && strstr(result.error, words) != NULL,
                      "%s%s...%s: %s", begin, filler, ending, result.error);
        ck_assert_uint_gt(result.line, 0);
    }
    scanning_free(&result);
    free(document);
}

START_TEST(limits) {
    bkt_context_options options = options_with_defaults();
    check_limit(&options, "", 64 * 3, "<a>", "<a/>", "deeper than 64 (depth_limit)");
    options.depth_limit = 1;
    check_limit(&options, "", 0, "-", "<a/>", NULL);
    check_limit(&options, "", 0, "-", "<a><b/></a>", "depth_limit");

    options = options_with_defaults();
    options.attribute_limit = 10;
    check_limit(&options, "<a x='", 10, "b", "'/>", NULL);
    check_limit(&options, "<a x='", 11, "b", "'/>", "longer than 10 (attribute_limit)");
    check_limit(&options, "<a x='", 300000, "b", "'/>", "attribute_limit");
    check_limit(&options, "<a><b x='", 30000000, "b", "", "attribute_limit");
    check_limit(&options, "<a><b", 30000000, "b", "", "attribute_limit");

    options = options_with_defaults();
    options.attribute_count_limit = 2;
    check_limit(&options, "", 0, "-", "<a x='' y=''/>", NULL);
    check_limit(&options, "", 0, "-", "<a x='' y='' z=''/>", "more attributes than 2");
    options.attribute_count_limit = 0; /* 1,000 */
    check_limit(&options, "<a", 3000000, " x=''", "/>", "attribute_count_limit");

    options = options_with_defaults();
    options.text_limit = 100000;
    check_limit(&options, "<a>", 100000, "text", "</a>", NULL);
    check_limit(&options, "<a>", 100001, "text", "</a>", "text_limit");
    check_limit(&options, "<a>", 500000, "&amp;", "</a>", NULL);
    check_limit(&options, "<a>", 200000, "\r\n", "</a>", NULL);
    check_limit(&options, "<a>", 500005, "&amp;", "</a>", "text_limit");
    check_limit(&options, "<a><![CDATA[", 1000000, "text", "]]></a>", "text_limit");
    check_limit(&options, "<a><![CDATA[", 1000000, "\r", "]]></a>", "text_limit");
    check_limit(&options, "<a><!--", 1000000, "text", "--></a>", "text_limit");
    check_limit(&options, "<a><?pi ", 1000000, "text", "?></a>", "text_limit");
}
END_TEST

/* Where one tag is like the others, too. */
START_TEST(limits_of_foreseen_tags) {
    bkt_context_options options = options_with_defaults();
    options.attribute_limit = 40;
    bkti_memory *memory = bkti_memory_new(NULL);
    for (size_t size = 0; size < 100; size++) {
        bkti_text document;
        bkti_text_init(&document, memory);
        bkti_text_append_text(&document, "<a>");
        for (int i = 0; i < 50; i++) {
            bkti_text_append_format(&document, "<b x='%*d'/>", i == 20 ? (int)size : 1, 1);
        }
        bkti_text_append_text(&document, "</a>");
        bkt_context *context;
        ck_assert_int_eq(bkt_context_new(&options, &context), BKT_OK);
        event_log log = {0};
        bkti_text_init(&log.text, memory);
        bkt_status status = scan_into(&log, context, document.data, document.size, 10000);
        ck_assert_int_eq(status, size <= 40 ? BKT_OK : BKT_ERR_LIMIT);
        bkti_text_free(&log.text);
        bkti_text_free(&document);
        bkt_context_free(context);
    }
    bkti_memory_drop(memory);
}
END_TEST

START_TEST(second_root_like_others) {
    bkti_memory *memory = bkti_memory_new(NULL);
    bkti_text document;
    bkti_text_init(&document, memory);
    bkti_text_append_text(&document, "<a><b x='1'/><a/><b x='2'/></a>\n");
    size_t begin = document.size;
    bkti_text_append_format(&document, "<b x='3'/>%400s", " ");
    bkt_context *context;
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    event_log log = {0};
    bkti_text_init(&log.text, memory);
    ck_assert_int_eq(scan_into(&log, context, document.data, document.size, 1000), BKT_ERR_XML);
    ck_assert_uint_eq(bkt_diagnostic_offset(bkt_context_error(context)), begin);
    ck_assert_ptr_null(strstr(bkti_text_get(&log.text), "x=3"));
    bkti_text_free(&log.text);
    bkti_text_free(&document);
    bkt_context_free(context);
    bkti_memory_drop(memory);
}
END_TEST

/* A bare & could begin a reference: libxml2 would wait for the ";" to the end of the document. */
START_TEST(waiting_for_nothing) {
    size_t size = 1000000;
    char *document = malloc(size);
    ck_assert_ptr_nonnull(document);
    memset(document, 'x', size);
    memcpy(document, "<a>\n& ", 6);
    scanning result = scan_with(NULL, document, size, 131072);
    ck_assert_int_eq(result.status, BKT_ERR_XML);
    ck_assert_ptr_nonnull(strstr(result.error, "test.xml:2:1"));
    scanning_free(&result);
    memcpy(document, "<!DOCTYPE ", 10);
    result = scan_with(NULL, document, size, 131072);
    ck_assert_int_eq(result.status, BKT_ERR_DOCTYPE);
    scanning_free(&result);
    free(document);
}
END_TEST

START_TEST(too_many_names) {
    bkti_text document;
    bkti_memory *memory = bkti_memory_new(NULL);
    bkti_text_init(&document, memory);
    bkti_text_append_text(&document, "<a>");
    for (int i = 0; i < 400000; i++) {
        bkti_text_append_format(&document, "<a_name_that_is_as_long_as_this_%d/>", i);
    }
    bkti_text_append_text(&document, "</a>");
    ck_assert(!document.failed);
    scanning result = scan_with(NULL, document.data, document.size, 131072);
    ck_assert_int_eq(result.status, BKT_ERR_LIMIT);
    ck_assert_ptr_nonnull(strstr(result.error, "different names"));
    scanning_free(&result);
    bkti_text_free(&document);
    bkti_memory_drop(memory);
}
END_TEST

/* A text that nobody wants is not kept anywhere: no limit holds. */
START_TEST(unwanted_text) {
    bkt_context_options options = options_with_defaults();
    options.text_limit = 100;
    bkt_context *context;
    ck_assert_int_eq(bkt_context_new(&options, &context), BKT_OK);
    event_log log = {0};
    bkti_memory *memory = bkti_memory_new(NULL);
    bkti_text_init(&log.text, memory);
    char document[1000];
    memset(document, 'x', sizeof document);
    memcpy(document, "<a>", 3);
    memcpy(document + sizeof document - 4, "</a>", 4);
    ck_assert_int_eq(scan_into(&log, context, document, sizeof document, 50), BKT_OK);
    ck_assert_str_eq(bkti_text_get(&log.text), "(a\n)a\n");
    bkti_text_free(&log.text);
    bkti_memory_drop(memory);
    bkt_context_free(context);
}
END_TEST

/* Elements "s" are passed over, and "b" counted in them. */
static const struct {
    const char *document;
    bkt_status status;
    uint64_t count;
    const char *log; /* of a document that is well-formed */
} skipped[] = {
    {"<a><s/><s></s><s>t<b/><c><b x='>'>t</b></c>t</s><b/></a>", BKT_OK, 2,
     "(a\n(s\n)s\n(s\n)s\n(s\n)s\n(b\n)b\n)a\n"},
    {"<a><s><s><s/><s x='/'></s></s><b/></s ><c/></a>", BKT_OK, 1, "(a\n(s\n)s\n(c\n)c\n)a\n"},
    {"<a><s><!-- </s> <b/> --><![CDATA[</s><b/>]]]]><?p </s><b/> ?\?></s></a>", BKT_OK, 0,
     "(a\n(s\n)s\n)a\n"},
    {"<a xmlns:p='urn:p'><p:s><s><b/></s><p:b/><p:bb/><p:b.b/><b\xd0\x96/><st></st></p:s></a>",
     BKT_OK, 2, "(a xmlns:p=urn:p\n(urn:p:s\n)s\n)a\n"},
    {"<long_name_of_a_root><s><b></b></s></long_name_of_a_root>", BKT_OK, 1,
     "(long_name_of_a_root\n(s\n)s\n)long_name_of_a_root\n"},
    {"<s><long_name/><c></c></s>", BKT_OK, 0, "(s\n)s\n"},
    {"<s>\xd0\x96\xf0\x9f\x98\x80</s>", BKT_OK, 0, "(s\n)s\n"},
    {"<a><s>text", BKT_ERR_TRUNCATED, 0, NULL},
    {"<a><s><b/>\xd0", BKT_ERR_TRUNCATED, 1, NULL},
    {"<a><s><s></s></a>", BKT_ERR_TRUNCATED, 0, NULL},
    {"<a><s><!-- --</s></a>", BKT_ERR_TRUNCATED, 0, NULL},
    {"<a><s>\xff</s></a>", BKT_ERR_ENCODING, 0, NULL},
    {"<a><s>\xef\x41</s></a>", BKT_ERR_ENCODING, 0, NULL},
    {"<a><s>\xef\xbf\xbe</s></a>", BKT_ERR_XML, 0, NULL},
    {"<a><s>\x01</s></a>", BKT_ERR_XML, 0, NULL},
    {"<a><s><s x='<'/></s></a>", BKT_ERR_XML, 0, NULL},
    {"<a><s></s x='1'></a>", BKT_ERR_XML, 0, NULL},
};

/* libxml2 looks at all that is passed over, so that it may find another fault. */
START_TEST(passed_over) {
    const char *document = skipped[_i].document;
    size_t size = strlen(document);
    for (size_t split = 1; split <= size + 1; split++) {
        bkt_context *context;
        ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
        event_log log = {.skipped = "s", .counted_name = "b"};
        bkti_memory *memory = bkti_memory_new(NULL);
        bkti_text_init(&log.text, memory);
        bkt_status status = scan_into(&log, context, document, size, split);
        bool is_same = status == skipped[_i].status;
        bool may_differ = !is_fast_in_use() && skipped[_i].log == NULL;
        ck_assert_msg(is_same || (may_differ && status == BKT_ERR_XML), "%s in blocks of %zu: %s",
                      document, split, bkt_context_error_text(context));
        if (skipped[_i].log != NULL) {
            ck_assert_str_eq(bkti_text_get(&log.text), skipped[_i].log);
            ck_assert_uint_eq(log.count, skipped[_i].count);
        }
        bkti_text_free(&log.text);
        bkti_memory_drop(memory);
        bkt_context_free(context);
    }
}
END_TEST

/* A handler's status comes back, whichever event it is, and nothing follows it. */
START_TEST(stops) {
    static const char document[] = "<a><b x='&amp;'/><c>text</c></a>";
    for (unsigned stop_at = 1; stop_at <= 7; stop_at++) {
        for (size_t split = 1; split <= sizeof document; split += 5) {
            bkt_context *context;
            ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
            event_log log = {0};
            log.stop_at = stop_at;
            log.stop_with = BKT_ERR_LAYOUT;
            bkti_memory *memory = bkti_memory_new(NULL);
            bkti_text_init(&log.text, memory);
            bkt_status status = scan_into(&log, context, document, sizeof document - 1, split);
            ck_assert_int_eq(status, stop_at <= 6 ? BKT_ERR_LAYOUT : BKT_OK);
            ck_assert_uint_eq(log.calls, stop_at <= 6 ? stop_at : 6);
            ck_assert_ptr_null(bkt_context_error(context));
            bkti_text_free(&log.text);
            bkti_memory_drop(memory);
            bkt_context_free(context);
        }
    }
}
END_TEST

START_TEST(freed_in_the_middle) {
    static const char document[] = "<a xmlns='urn:a' x='1'><b>te&lt;xt<c y='\xd0\x90";
    for (size_t size = 0; size < sizeof document; size++) {
        bkt_context *context;
        ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
        event_log log = {0};
        bkti_memory *memory = bkti_memory_new(NULL);
        bkti_text_init(&log.text, memory);
        bkti_source *source;
        ck_assert_int_eq(bkti_source_open_memory(context, "", 0, NULL, &source), BKT_OK);
        ck_assert_int_eq(
            bkti_xml_new(context, source, scanner_in_use, &log_handler, &log, &log.xml), BKT_OK);
        bkti_span block = {document, size};
        ck_assert_int_eq(bkti_xml_block(log.xml, block, false), BKT_OK);
        bkti_xml_free(log.xml);
        bkti_source_free(source);
        bkti_text_free(&log.text);
        bkti_memory_drop(memory);
        bkt_context_free(context);
    }
    bkti_xml_free(NULL);
}
END_TEST

START_TEST(memory_that_fails) {
    static const char plain[] =
        "<a xmlns:p='urn:p'><b x='1' y='2' z='3'><c><d><e><f><g><h><i p:q=''/></h></g></f></e></d>"
        "</c></b></a>";
    static const char latin[] = "<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9</a>";
    const char *documents[] = {plain, latin, "<a></b>"};
    for (int i = 0; i < 3; i++) {
        failing_memory memory;
        for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
            bkt_context *context = failing_memory_context(&memory);
            ck_assert_ptr_nonnull(context);
            event_log log = {0};
            log.wants_text = true;
            bkti_memory *own = bkti_memory_new(NULL);
            bkti_text_init(&log.text, own);
            failing_memory_arm(&memory);
            bkt_status status = scan_into(&log, context, documents[i], strlen(documents[i]), 7);
            failing_memory_disarm(&memory);
            ck_assert(status == (i == 2 ? BKT_ERR_XML : BKT_OK) ||
                      (status == BKT_ERR_MEMORY && memory.has_failed));
            bkti_text_free(&log.text);
            bkti_memory_drop(own);
            bkt_context_free(context);
            failing_memory_check(&memory);
        }
    }
}
END_TEST

/* Names are interned: for each text one address, in elements and attributes alike. */
typedef struct name_keeper {
    bkti_xml *xml;
    const char *code;
    const char *uri;
    unsigned elements;
} name_keeper;

static bkt_status keep_names(void *user, const bkti_xml_element *element) {
    name_keeper *keeper = user;
    if (keeper->elements++ == 0) {
        ck_assert(bkti_span_is(element->name.local, "code"));
        keeper->code = element->name.local.data;
        keeper->uri = element->name.uri;
    } else {
        ck_assert_ptr_eq(element->attributes[0].name.local.data, keeper->code);
        ck_assert_ptr_eq(element->name.uri, keeper->uri);
        ck_assert_ptr_eq(element->attributes[1].name.uri, keeper->uri);
        ck_assert_ptr_null(element->attributes[0].name.uri);
    }
    ck_assert_uint_eq(element->depth, keeper->elements > 1 ? 2 : 1);
    ck_assert_str_eq(bkti_xml_prefix_uri(keeper->xml, BKTI_SPAN("p")), "urn:p");
    ck_assert_str_eq(bkti_xml_prefix_uri(keeper->xml, BKTI_SPAN("xml")),
                     "http://www.w3.org/XML/1998/namespace");
    ck_assert_ptr_null(bkti_xml_prefix_uri(keeper->xml, BKTI_SPAN("none")));
    const char *inner = bkti_xml_prefix_uri(keeper->xml, BKTI_SPAN("q"));
    const char *by_default = bkti_xml_prefix_uri(keeper->xml, BKTI_SPAN(""));
    ck_assert_str_eq(inner == NULL ? "" : inner, keeper->elements == 2 ? "urn:q" : "");
    ck_assert_str_eq(by_default == NULL ? "" : by_default, keeper->elements == 2 ? "urn:d" : "");
    return BKT_OK;
}

static bkt_status ignore_finish(void *user, const bkti_xml_name *name, uint32_t depth) {
    (void)user;
    (void)name;
    (void)depth;
    return BKT_OK;
}

START_TEST(interned_names_and_prefixes) {
    static const char document[] =
        "<p:code xmlns:p='urn:p'><p:b code='1' p:code='2' xmlns:q='urn:q' xmlns='urn:d'/>"
        "<p:c code='3' p:d='4'/></p:code>";
    static const bkti_xml_handler handler = {keep_names, ignore_finish, NULL, NULL};
    bkt_context *context;
    bkti_source *source;
    name_keeper keeper = {0};
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    ck_assert_int_eq(bkti_source_open_memory(context, "", 0, NULL, &source), BKT_OK);
    ck_assert_int_eq(bkti_xml_new(context, source, scanner_in_use, &handler, &keeper, &keeper.xml),
                     BKT_OK);
    bkti_span block = {document, sizeof document - 1};
    ck_assert_int_eq(bkti_xml_block(keeper.xml, block, true), BKT_OK);
    ck_assert_uint_eq(keeper.elements, 3);
    bkti_xml_free(keeper.xml);
    bkti_source_free(source);
    bkt_context_free(context);
}
END_TEST

START_TEST(warnings_of_namespaces) {
    bkt_context *context;
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    event_log log = {0};
    bkti_memory *memory = bkti_memory_new(NULL);
    bkti_text_init(&log.text, memory);
    static const char document[] =
        "<a xmlns:p='not a URI'>\n <q:b/>\n  <c xmlns='http://d:e/f'/>\n</a>";
    ck_assert_int_eq(scan_into(&log, context, document, sizeof document - 1, 100), BKT_OK);
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 3);
    const bkt_diagnostic *note = bkt_context_diagnostic_at(context, 0);
    const bkt_diagnostic *warning = bkt_context_diagnostic_at(context, 1);
    const bkt_diagnostic *other_note = bkt_context_diagnostic_at(context, 2);
    ck_assert_int_eq(bkt_diagnostic_severity(note), BKT_SEVERITY_NOTE);
    ck_assert_uint_eq(bkt_diagnostic_line(note), 1);
    ck_assert_int_eq(bkt_diagnostic_severity(warning), BKT_SEVERITY_WARNING);
    ck_assert_str_eq(bkt_diagnostic_line_text(warning),
                     "test.xml:2:2: the prefix 'q' is not declared");
    ck_assert_uint_eq(bkt_diagnostic_line(other_note), 3);
    bkti_text_free(&log.text);
    bkti_memory_drop(memory);
    bkt_context_free(context);
}
END_TEST

/* What data messages are made of is scanned by the fast scanner to the end, wherever blocks end. */
START_TEST(plain_documents_stay_with_the_fast_scanner) {
    static const char document[] =
        "<?xml version=\"1.0\" encoding='UTF-8' standalone=\"no\"?>\n<!-- from - here -->\n"
        "<m:Data xmlns:m=\"http://www.sdmx.org/m\" xmlns='urn:sdmx:a.b=C:D(1.0):compact'>\r\n"
        "<m:Header><m:ID>A&amp;B&#x416;</m:ID> <m:Name xml:lang='en'>\xd0\x96 ]] ></m:Name>"
        "</m:Header><?view x?>\n  <m:DataSet>\n    <m:Series  FREQ='A' A_TITLE=\"a &lt; b\tc\">\n"
        "      <m:Obs TIME_PERIOD=\"2001\" OBS_VALUE=\"1.5\" />\n"
        "      <m:Obs TIME_PERIOD=\"2002\" OBS_VALUE=\"2.5\" />\n"
        "      <m:Obs TIME_PERIOD=\"2003\" OBS_VALUE=\"3.5\"></m:Obs>\n"
        "    </m:Series >\n<![CDATA[ x ]]>  </m:DataSet>\n</m:Data>\n<!-- end -->\n";
    for (size_t block = 1; block <= sizeof document; block++) {
        bkt_context *context;
        bkti_source *source;
        event_log log = {0};
        bkti_memory *memory = bkti_memory_new(NULL);
        bkti_text_init(&log.text, memory);
        ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
        ck_assert_int_eq(bkti_source_open_memory(context, "", 0, "test.xml", &source), BKT_OK);
        ck_assert_int_eq(
            bkti_xml_new(context, source, BKT_SCANNER_FAST, &log_handler, &log, &log.xml), BKT_OK);
        bkti_xml_want_text(log.xml, block % 2 == 0);
        for (size_t at = 0; at < sizeof document - 1; at += block) {
            size_t left = sizeof document - 1 - at;
            bkti_span part = {document + at, left < block ? left : block};
            ck_assert_int_eq(bkti_xml_block(log.xml, part, left <= block), BKT_OK);
        }
#if !defined(BKTI_NO_FAST_SCANNER)
        ck_assert_ptr_nonnull(log.xml->fast);
        ck_assert_ptr_null(log.xml->parser);
#endif
        bkti_xml_free(log.xml);
        bkti_source_free(source);
        bkti_text_free(&log.text);
        bkti_memory_drop(memory);
        bkt_context_free(context);
    }
}
END_TEST

static void add_tests(TCase *tests) {
    int good_count = sizeof good / sizeof good[0];
    int bad_count = sizeof bad / sizeof bad[0];
    tcase_add_loop_test(tests, good_documents, 0, good_count);
    tcase_add_loop_test(tests, bad_documents, 0, bad_count);
    tcase_add_loop_test(tests, any_split, 0, good_count + bad_count);
    tcase_add_test(tests, plain_documents_stay_with_the_fast_scanner);
    tcase_add_test(tests, blocks_before_unreadable_pages);
    tcase_add_test(tests, many_elements_before_unreadable_pages);
    tcase_add_test(tests, cut_anywhere);
    tcase_add_test(tests, cut_tag);
    tcase_add_test(tests, nothing_is_printed);
    tcase_add_test(tests, limits);
    tcase_add_test(tests, limits_of_foreseen_tags);
    tcase_add_test(tests, second_root_like_others);
    tcase_add_test(tests, waiting_for_nothing);
    tcase_add_test(tests, too_many_names);
    tcase_add_test(tests, unwanted_text);
    tcase_add_loop_test(tests, passed_over, 0, sizeof skipped / sizeof skipped[0]);
    tcase_add_test(tests, stops);
    tcase_add_test(tests, freed_in_the_middle);
    tcase_add_test(tests, memory_that_fails);
    tcase_add_test(tests, interned_names_and_prefixes);
    tcase_add_test(tests, warnings_of_namespaces);
}

int main(void) {
    Suite *suite = suite_create("xml");
    with_each_scanner(suite, add_tests);
    return run_suite(suite);
}
