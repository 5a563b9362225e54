/* SPDX-License-Identifier: MIT */
/* XML: the bytes are a document, scanned by the fast scanner and by libxml2's, whole and in chunks.
 * Both must tell the same: events, places, verdict. */
#include <inttypes.h>
#include <string.h>

#include "bkti_fast.h"
#include "sound.h"

/* As in ways.h: without a header the plan follows from all bytes. */
#define HEADER 8
#define MARK   9
/* With a plan that says so, this byte stands for many of the one behind it: long tokens from short
 * inputs. */
#define REPEAT     0x1f
#define SIZE_LIMIT ((size_t)400000)

#define NAME_SLOTS  256
#define SHAPE_SLOTS 64
#define SHAPE_NAMES 32

typedef struct scanners_plan {
    uint32_t chunk_seed;
    uint32_t chunk_limit;
    uint32_t text;      /* wanted: 0 never, 1 always, else now and then */
    uint32_t place;     /* asked for at every such event */
    uint32_t stop_at;   /* which event the handler stops at; 0: none */
    bool stops_at_text; /* the first text behind that event, not the event */
    uint32_t skip;      /* at every such event an element is passed over; 0: never */
    bool may_repeat;    /* empty elements may be told by `again`; then nothing is passed over */
    uint32_t vector;
    uint32_t repeats;
    size_t padding; /* white space at the end: no tag is foreseen near it */
    bkt_context_options limits;
} scanners_plan;

typedef struct shape {
    uint32_t number;
    const char *names[2];
    uint32_t count;
    const char *attributes[SHAPE_NAMES][2];
} shape;

/* One scanning, and what it told. */
typedef struct scan {
    const scanners_plan *plan;
    bkt_context *context;
    bkti_xml *xml;
    fuzz_text log;
    fuzz_text verdict;
    bkt_status status;
    uint64_t fault_at;
    uint64_t stopped_at; /* where the handler stopped it */
    uint64_t events;
    bool in_text;
    size_t text_at; /* where it begins in the log */
    bool has_skipped;
    bool is_passing; /* an element is being passed over, the one of this depth */
    uint32_t passed_depth;
    uint64_t counted;
    uint64_t readable; /* of what was read behind values, so that it is read */
    bkti_span names[NAME_SLOTS];
    shape shapes[SHAPE_SLOTS];
    uint64_t values[SHAPE_SLOTS][SHAPE_NAMES]; /* of the last element of each shape, as hashes */
} scan;

static bool is_fast(const scan *run) {
    return run->xml->fast != NULL;
}

/* ---- the plan ---- */

static void set_limits(bkt_context_options *limits, uint8_t choice) {
    FUZZ_CHECK(bkt_context_options_init(limits, (uint32_t)sizeof *limits) == BKT_OK, "no options");
    limits->depth_limit = choice & 1 ? 3 : 0;
    limits->attribute_limit = choice & 2 ? 40 : choice & 4 ? 9 : 0;
    limits->attribute_count_limit = choice & 8 ? 3 : 0;
    limits->text_limit = choice & 16 ? 50 : 0;
}

static scanners_plan take_plan(fuzz_bytes *bytes) {
    static const uint32_t chunk_limits[] = {1, 3, 17, 60, 400, 5000, 40000, 140000};
    static const uint32_t repeats[] = {1, 1, 20, 130, 1100};
    static const uint32_t texts[] = {0, 1, 2, 3, 0, 0, 0, 2};
    uint8_t header[HEADER];
    bool given = bytes->size >= HEADER && bytes->data[0] < MARK;
    uint64_t hash = fuzz_hash(bytes->data, bytes->size);
    for (int i = 0; i < HEADER; i++) {
        header[i] = (uint8_t)(given ? fuzz_byte(bytes) : hash >> (8 * i));
    }
    scanners_plan plan = {
        .chunk_seed = (uint32_t)header[1] << 8 | header[2],
        .chunk_limit = chunk_limits[header[1] % 8],
        .text = texts[header[3] % 8],
        .place = 1U + (header[3] >> 3) % 4,
        .stop_at = (header[4] & 3) == 3 ? 1U + (header[4] >> 2) : 0,
        .stops_at_text = (header[3] & 0x80) != 0,
        .skip = (header[5] & 1) == 1 ? 1U + (header[5] >> 1) % 16 : 0,
        .vector = header[6] % 8U,
        .padding = given && header[0] % 2 == 1 ? 300 : 0,
        .repeats = header[6] >= 31 * 8   ? 66000
                   : header[6] >= 30 * 8 ? 33000
                                         : repeats[(header[6] >> 3) % 5],
    };
    /* What waits for its end is looked at from 64 KiB on: then it depends on blocks what is found
     * to be too long. */
    bool is_low = (header[7] & 0xc0) == 0xc0 && plan.repeats < 33000;
    set_limits(&plan.limits, is_low ? header[7] : 0);
    if ((header[3] & 0x40) != 0) {
        plan.may_repeat = true;
        plan.skip = 0;
        plan.text = 0;
    }
    return plan;
}

/* Writes the document, if there is room given; gives its size. */
static size_t unfold(const scanners_plan *plan, fuzz_bytes bytes, uint8_t *room) {
    size_t size = 0;
    while (bytes.size > 0) {
        uint8_t byte = fuzz_byte(&bytes);
        bool is_many = byte == REPEAT && plan->repeats > 1 && bytes.size > 0 && size < SIZE_LIMIT;
        size_t count = is_many ? plan->repeats : 1;
        byte = is_many ? fuzz_byte(&bytes) : byte;
        if (room != NULL) {
            memset(room + size, byte, count);
        }
        size += count;
    }
    if (room != NULL) {
        memset(room + size, ' ', plan->padding);
    }
    return size + plan->padding;
}

/* ---- promises of one scanner ---- */

/* The same text is the same pointer. */
static void check_interned(scan *run, bkti_span name) {
    uint64_t hash = fuzz_hash((const uint8_t *)name.data, name.size);
    bkti_span *slot = &run->names[hash % NAME_SLOTS];
    FUZZ_CHECK(slot->data == NULL || !bkti_span_equal(*slot, name) || slot->data == name.data,
               "'%.*s' has two addresses", (int)name.size, name.data);
    *slot = name;
}

static void check_name(scan *run, const bkti_xml_name *name) {
    check_interned(run, name->local);
    if (name->uri != NULL && name->uri[0] != '\0') {
        check_interned(run, bkti_span_of(name->uri));
    }
}

/* Elements of one shape have the same names. */
static void check_shape(scan *run, const bkti_xml_element *element) {
    if (element->shape == 0) {
        return;
    }
    FUZZ_CHECK(element->namespace_count == 0, "a shape with a namespace");
    FUZZ_CHECK(element->attribute_count <= SHAPE_NAMES, "a shape of many attributes");
    shape now = {.number = element->shape,
                 .names = {element->name.local.data, element->name.uri},
                 .count = element->attribute_count};
    for (uint32_t i = 0; i < now.count; i++) {
        now.attributes[i][0] = element->attributes[i].name.local.data;
        now.attributes[i][1] = element->attributes[i].name.uri;
    }
    shape *slot = &run->shapes[now.number % SHAPE_SLOTS];
    bool is_known = slot->number == now.number;
    FUZZ_CHECK(!is_known || memcmp(slot, &now, sizeof now) == 0,
               "shape %" PRIu32 " is not what it was", now.number);
    for (uint32_t i = 0; i < now.count; i++) {
        bkti_span value = element->attributes[i].value;
        uint64_t hash = fuzz_hash((const uint8_t *)value.data, value.size);
        uint64_t *before = &run->values[now.number % SHAPE_SLOTS][i];
        FUZZ_CHECK(!element->attributes[i].is_same || !is_known || *before == hash,
                   "a value that is said to be the same is another");
        *before = hash;
    }
    *slot = now;
}

/* ---- the events ---- */

static void add_span(fuzz_text *text, const char *before, bkti_span span) {
    fuzz_text_add(text, before);
    fuzz_text_add_bytes(text, span.data, span.size);
}

static void add_name(fuzz_text *text, const char *before, const bkti_xml_name *name) {
    add_span(text, before, bkti_span_of(name->uri));
    add_span(text, name->uri == NULL ? "" : ":", name->local);
}

static void add_place(scan *run) {
    bkti_place place;
    char line[100];
    if (run->events % run->plan->place != 0) {
        return;
    }
    bkti_xml_place(run->xml, &place);
    snprintf(line, sizeof line, " at %" PRIu64 ", %" PRIu64 ":%" PRIu64, place.offset, place.line,
             place.column);
    fuzz_text_add(&run->log, line);
}

static void add_prefixes(scan *run) {
    static const char *const prefixes[] = {"", "p", "q", "a", "xml", "xmlns"};
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
        bkti_span prefix = bkti_span_of(prefixes[i]);
        const char *uri = bkti_xml_prefix_uri(run->xml, prefix);
        fuzz_text_add(&run->log, uri == NULL ? "|" : "|=");
        fuzz_text_add(&run->log, uri == NULL ? "" : uri);
    }
}

static void skip_or_not(scan *run, uint32_t depth) {
    static const char *const names[] = {"b", "a", "Obs", "Series"};
    if (run->plan->skip == 0 || run->events % run->plan->skip != 0) {
        return;
    }
    bkti_xml_skip(run->xml, names[run->events / run->plan->skip % 4], &run->counted);
    run->has_skipped = true;
    run->is_passing = depth > 0;
    run->passed_depth = depth;
}

static bkt_status stop(scan *run) {
    bkti_place place;
    bkti_xml_place(run->xml, &place);
    run->stopped_at = place.offset;
    return BKT_ERR_LAYOUT;
}

/* What a handler gives at the end of an event of an element. */
static bkt_status finish_event(scan *run) {
    const scanners_plan *plan = run->plan;
    if (plan->text > 1) {
        bkti_xml_want_text(run->xml, run->events * 2654435761U >> 8 & plan->text & 3);
    }
    return run->events == plan->stop_at && !plan->stops_at_text ? stop(run) : BKT_OK;
}

static void end_text(scan *run) {
    fuzz_text_add(&run->log, run->in_text ? "\"\n" : "");
    run->in_text = false;
    run->events++;
}

static bkt_status add_element(scan *run, const bkti_xml_element *element) {
    end_text(run);
    FUZZ_CHECK(!run->is_passing, "an element in what is passed over");
    check_name(run, &element->name);
    check_shape(run, element);
    add_name(&run->log, "(", &element->name);
    for (uint32_t i = 0; i < element->attribute_count; i++) {
        check_name(run, &element->attributes[i].name);
        add_name(&run->log, " ", &element->attributes[i].name);
        add_span(&run->log, "=", element->attributes[i].value);
    }
    for (uint32_t i = 0; i < element->namespace_count; i++) {
        add_span(&run->log, " xmlns:", bkti_span_of(element->namespaces[i].prefix));
        add_span(&run->log, "=", bkti_span_of(element->namespaces[i].uri));
    }
    add_prefixes(run);
    add_place(run);
    fuzz_text_add_number(&run->log, " depth", element->depth);
    skip_or_not(run, element->depth);
    return finish_event(run);
}

static bkt_status on_start(void *user, const bkti_xml_element *element) {
    scan *run = user;
    if (run->plan->may_repeat) {
        bkti_xml_repeat(run->xml, 0, element->attribute_count);
    }
    return add_element(run, element);
}

static bkt_status add_end(scan *run, const bkti_xml_name *name, uint32_t depth) {
    end_text(run);
    FUZZ_CHECK(!run->is_passing || run->passed_depth == depth, "another end than the one that is "
                                                               "waited for");
    run->is_passing = false;
    check_name(run, name);
    add_name(&run->log, ")", name);
    if (!run->plan->may_repeat) {
        add_place(run);
    }
    fuzz_text_add_number(&run->log, " depth", depth);
    skip_or_not(run, depth - 1);
    return finish_event(run);
}

static bkt_status on_finish(void *user, const bkti_xml_name *name, uint32_t depth) {
    return add_end(user, name, depth);
}

/* An element and its end; of each value as many bytes can be read as is promised. */
static bkt_status on_again(void *user, const bkti_xml_element *element) {
    scan *run = user;
    for (uint32_t i = 0; i < element->attribute_count; i++) {
        char readable[32];
        memcpy(readable, element->attributes[i].value.data, sizeof readable);
        run->readable ^= fuzz_hash((const uint8_t *)readable, sizeof readable);
    }
    bkt_status status = add_element(run, element);
    return status == BKT_OK ? add_end(run, &element->name, element->depth) : status;
}

static bkt_status on_text(void *user, bkti_span text) {
    scan *run = user;
    const scanners_plan *plan = run->plan;
    FUZZ_CHECK(!run->is_passing, "text in what is passed over");
    FUZZ_CHECK(text.size > 0, "a text of nothing");
    if (plan->stops_at_text && plan->stop_at != 0 && run->events >= plan->stop_at) {
        return stop(run);
    }
    run->text_at = run->in_text ? run->text_at : run->log.size;
    add_span(&run->log, run->in_text ? "" : "\"", text);
    run->in_text = true;
    return BKT_OK;
}

/* ---- scanning ---- */

static size_t next_size(uint32_t *random, uint32_t limit, size_t left) {
    *random = *random * 1664525U + 1013904223U;
    size_t size = (*random >> 8) % (limit + 1);
    size = size == 0 && (*random & 0xe0) != 0 ? 1 : size;
    size += left / 2000;
    return size < left ? size : left;
}

/* A block of its own: to keep it, or to look behind it, shows. */
static bkt_status give(scan *run, const uint8_t *data, size_t size, bool last) {
    char *chunk = malloc(size == 0 ? 1 : size);
    FUZZ_CHECK(chunk != NULL, "no memory for a chunk");
    if (size > 0) {
        memcpy(chunk, data, size);
    }
    bkti_span block = {size == 0 ? NULL : chunk, size};
    bkt_status status = bkti_xml_block(run->xml, block, last);
    if (size > 0) {
        memset(chunk, '<', size);
    }
    free(chunk);
    return status;
}

static bkt_status give_all(scan *run, const uint8_t *data, size_t size, bool whole) {
    uint32_t random = run->plan->chunk_seed * 2654435761U + 1;
    bkt_status status = BKT_OK;
    bool last = false;
    while (status == BKT_OK && !last) {
        size_t part = whole ? size : next_size(&random, run->plan->chunk_limit, size);
        last = part == size && (size == 0 || (random & 0x100) != 0);
        status = give(run, data, part, last);
        data += part;
        size -= part;
    }
    FUZZ_CHECK(give(run, (const uint8_t *)"<", 1, false) == status, "another status afterwards");
    return status;
}

/* What is passed over is not looked at for everything that earns a warning: then errors alone. */
static void add_verdict(scan *run) {
    const bkt_diagnostic *error = bkt_context_error(run->context);
    run->fault_at = bkt_diagnostic_offset(error);
    if (run->status == BKT_ERR_NOT_XML) {
        /* How much is quoted of it is not said. */
        fuzz_text_add_number(&run->verdict, "offset", bkt_diagnostic_offset(error));
    } else if (run->status == BKT_ERR_LIMIT &&
               strstr(bkt_diagnostic_text(error), "(text_limit)") != NULL) {
        /* Nor after which part of a text it is too long. */
        fuzz_text_add(&run->verdict, "text_limit");
    } else if (!run->has_skipped) {
        sound_describe_context(run->context, &run->verdict);
    } else if (error != NULL) {
        fuzz_text_add(&run->verdict, bkt_diagnostic_line_text(error));
        fuzz_text_add_number(&run->verdict, ", offset", bkt_diagnostic_offset(error));
    }
    fuzz_text_add_number(&run->verdict, "status", (uint64_t)run->status);
    fuzz_text_add(&run->verdict, bkti_xml_encoding(run->xml));
}

static void scan_all(scan *run, const scanners_plan *plan, int32_t scanner, const uint8_t *data,
                     size_t size, bool whole, const bkti_vector *vector) {
    static const bkti_xml_handler handler = {on_start, on_finish, on_text, on_again};
    bkti_source *source;
    memset(run, 0, sizeof *run);
    run->plan = plan;
    FUZZ_CHECK(bkt_context_new(&plan->limits, &run->context) == BKT_OK, "no context");
    uint64_t held = bkt_context_memory_used(run->context);
    FUZZ_CHECK(bkti_source_open_memory(run->context, "", 0, "x", &source) == BKT_OK, "no source");
    FUZZ_CHECK(bkti_xml_new(run->context, source, scanner, &handler, run, &run->xml) == BKT_OK,
               "no scanner");
    if (is_fast(run) && vector != NULL) {
        run->xml->fast->vector = vector;
    }
    bkti_xml_want_text(run->xml, plan->text == 1);
    run->status = give_all(run, data, size, whole);
    if (run->in_text) {
        /* How much of a text comes before a fault in it, or before its end, is not said. */
        run->log.size = run->text_at;
    }
    sound_context(run->context);
    add_verdict(run);
    bkti_xml_free(run->xml);
    bkti_source_free(source);
    bkt_context_diagnostics_clear(run->context);
    FUZZ_CHECK(bkt_context_memory_used(run->context) == held, "memory is held");
    bkt_context_free(run->context);
}

static void scan_free(scan *run) {
    fuzz_text_free(&run->log);
    fuzz_text_free(&run->verdict);
}

/* ---- comparing ---- */

static bool has_failed(const scan *run) {
    return run->status != BKT_OK && run->status != BKT_ERR_LAYOUT;
}

/* libxml2 found fault with something that is passed over, which the fast scanner need not; but it
 * must if it is no UTF-8 or has no end. */
static void compare_passed(const scan *expected, const scan *found, const char *what) {
    FUZZ_CHECK(found->log.size >= expected->log.size, "%s: events are missing", what);
    FUZZ_CHECK(expected->log.size == 0 ||
                   memcmp(expected->log.data, found->log.data, expected->log.size) == 0,
               "%s: other events before what is passed over", what);
    /* Of two faults libxml2 may wait for the end of the first until it meets the second, behind
     * what is passed over, where the handler may have stopped the other. */
    bool was_stopped = found->status == BKT_ERR_LAYOUT && found->stopped_at <= expected->fault_at;
    bool must_fail = expected->status == BKT_ERR_TRUNCATED || expected->status == BKT_ERR_ENCODING;
    FUZZ_CHECK(!must_fail || was_stopped || has_failed(found), "%s: status %d instead of %d", what,
               (int)found->status, (int)expected->status);
}

/* libxml2 waits for the first four bytes before it tells anything, and for the end of a reference
 * for 64 KiB or, if they came at once, a little longer. */
static bool may_differ(const scan *expected, const scan *found) {
    const scan *const both[] = {expected, found};
    /* A broken tag that is longer than what is looked at while it waits. */
    bool is_long = expected->plan->repeats > 30000;
    if (is_long && expected->status != found->status &&
        (expected->status == BKT_ERR_LIMIT || found->status == BKT_ERR_LIMIT)) {
        return true;
    }
    /* The handler stopped one in a text; how much of it comes before a fault in it is not said. */
    bool is_stopped = expected->plan->stops_at_text && expected->log.size == found->log.size &&
                      (expected->status == BKT_ERR_LAYOUT || found->status == BKT_ERR_LAYOUT);
    if (is_stopped && has_failed(expected) != has_failed(found)) {
        return true;
    }
    for (size_t i = 0; i < 2; i++) {
        const char *verdict = both[i]->verdict.data;
        const scan *other = both[1 - i];
        /* Too long, or at fault: of a text that is both, what is seen first. */
        if (strncmp(verdict, "text_limit", 10) == 0 && has_failed(other) &&
            both[i]->log.size == other->log.size) {
            return true;
        }
        if ((both[i]->plan->repeats >= 33000 && strstr(verdict, "'&' stands alone") != NULL) ||
            (both[i]->status != BKT_OK && both[i]->log.size == 0 && both[i]->fault_at < 8)) {
            return true;
        }
    }
    return false;
}

static bool has_same_verdict(const scan *a, const scan *b) {
    return strcmp(a->verdict.data, b->verdict.data) == 0;
}

/* Bytes of a character without its end at the end of a text. */
static size_t cut_size(const uint8_t *data, size_t size) {
    for (size_t count = 1; count <= 3 && count <= size; count++) {
        uint8_t byte = data[size - count];
        if (byte >= 0xc0) {
            size_t whole = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
            return count < whole ? count : 0;
        }
    }
    return 0;
}

/* libxml2 takes a tag when its end is there, and text when a tag follows, while its bytes are
 * checked as they come. So of several faults another one may be found first. Gives the size of the
 * document without a second fault, a byte that fits no character; 0: there is none. */
static size_t without_second(const scan *a, const scan *b, const uint8_t *data, size_t size) {
    /* A character that a reference names is at fault where the reference ends. */
    bool is_a =
        a->fault_at > b->fault_at || (a->fault_at == b->fault_at && a->status == BKT_ERR_ENCODING);
    const scan *later = is_a ? a : b;
    if (!has_failed(a) || !has_failed(b) || has_same_verdict(a, b)) {
        return 0;
    }
    bool is_zero = later->fault_at < size && data[later->fault_at] == 0;
    if (later->status == BKT_ERR_ENCODING || is_zero) {
        return (size_t)later->fault_at;
    }
    size_t cut = cut_size(data, size);
    return later->status == BKT_ERR_TRUNCATED && cut > 0 ? size - cut : 0;
}

static bool has_at(size_t at, const char *text, const uint8_t *data, size_t size) {
    size_t text_size = strlen(text);
    return size - at >= text_size && memcmp(data + at, text, text_size) == 0;
}

/* Where the last such text at or before a place begins; size: nowhere. */
static size_t find_before(size_t at, const char *text, const uint8_t *data, size_t size) {
    while (at > 0 && !has_at(at, text, data, size)) {
        at--;
    }
    return has_at(at, text, data, size) ? at : size;
}

/* Whether a place lies behind a beginning whose end is not in the document. */
static bool is_open_at(size_t at, const char *begin, const char *end, const uint8_t *data,
                       size_t size) {
    at = find_before(at, begin, data, size);
    if (at == size) {
        return false;
    }
    size_t begin_size = strlen(begin);
    size_t end_size = strlen(end);
    for (size_t i = at + begin_size; i + end_size <= size; i++) {
        if (memcmp(data + i, end, end_size) == 0) {
            return false;
        }
    }
    return true;
}

/* libxml2 looks at a text without a tag behind it only as far as it is long, and of a CDATA section
 * at 300 bytes each time that it is given some, until its end is there. So in one that has no end
 * it may find no more than that the end lacks. */
static bool is_at_open_end(const scan *a, const scan *b, const uint8_t *data, size_t size) {
    const scan *fault = a->status == BKT_ERR_TRUNCATED ? b : a;
    size_t at = (size_t)fault->fault_at;
    if (!has_failed(a) || !has_failed(b) || at > size) {
        return false;
    }
    return (a->status == BKT_ERR_TRUNCATED || b->status == BKT_ERR_TRUNCATED) &&
           (memchr(data + at, '<', size - at) == NULL ||
            is_open_at(at, "<![CDATA[", "]]>", data, size));
}

static void compare(const scan *expected, const scan *found, bool is_lenient, const char *what) {
    if (is_lenient && expected->is_passing && has_failed(expected)) {
        compare_passed(expected, found, what);
        return;
    }
    if (may_differ(expected, found)) {
        return;
    }
    fuzz_text_compare(&expected->log, &found->log, what);
    fuzz_text_compare(&expected->verdict, &found->verdict, what);
    FUZZ_CHECK(has_failed(expected) || expected->counted == found->counted,
               "%s: %" PRIu64 " elements counted, not %" PRIu64, what, found->counted,
               expected->counted);
}

static void compare_vectors(const uint8_t *data, size_t size) {
    const char *text = (const char *)data;
    const bkti_vector *vector = bkti_vector_at(0);
    size_t lines;
    size_t good = vector->check(text, size, &lines);
    size_t markup = vector->find_markup(text, size);
    size_t count = vector->count_lines(text, size);
    static const bkti_vector_tags passed_tags = {{{"<Obs", 4, 15}, {"</Obs", 5, 31}, {"<b", 2, 3}},
                                                 3};
    uint64_t tags = 0;
    size_t passed = vector->pass_tags(text, size, &passed_tags, &tags);
    for (size_t i = 1; (vector = bkti_vector_at(i)) != NULL; i++) {
        size_t other_lines;
        FUZZ_CHECK(vector->check(text, size, &other_lines) == good, "%s: check", vector->name);
        FUZZ_CHECK(other_lines == lines, "%s: lines of check", vector->name);
        FUZZ_CHECK(vector->find_markup(text, size) == markup, "%s: find_markup", vector->name);
        uint64_t other_tags = 0;
        FUZZ_CHECK(vector->pass_tags(text, size, &passed_tags, &other_tags) == passed,
                   "%s: pass_tags", vector->name);
        FUZZ_CHECK(other_tags == tags, "%s: tags that were passed", vector->name);
        FUZZ_CHECK(vector->count_lines(text, size) == count, "%s: count_lines", vector->name);
    }
}

static const bkti_vector *vector_of(const scanners_plan *plan) {
    size_t count = 1;
    while (bkti_vector_at(count) != NULL) {
        count++;
    }
    return bkti_vector_at(plan->vector % count);
}

/* Gives the size without a second fault. */
static size_t compare_fast(const scanners_plan *plan, const uint8_t *data, size_t size, bool whole,
                           const scan *expected, bool is_sure) {
    scan *found = malloc(sizeof *found);
    FUZZ_CHECK(found != NULL, "no memory for a scan");
    scan_all(found, plan, BKT_SCANNER_FAST, data, size, whole, whole ? NULL : vector_of(plan));
    bool is_passed = expected->is_passing && has_failed(expected);
    size_t second = is_sure && !is_passed ? without_second(expected, found, data, size) : 0;
    FUZZ_CHECK(is_sure || expected->is_passing || has_failed(found), "faults are not found");
    if (is_sure && second == 0 && !is_at_open_end(expected, found, data, size)) {
        compare(expected, found, true,
                whole ? "libxml2's scanner and the fast one"
                      : "libxml2's scanner and the fast one in chunks");
    }
    scan_free(found);
    free(found);
    return second;
}

/* libxml2's push parser takes the end of "<!-->" and "<!--->" for that of the comment, so that how
 * the bytes come decides what it tells: such documents are read for what a sanitizer finds, not
 * compared.
 */
static bool is_misread(const uint8_t *data, size_t size) {
    return find_before(size, "<!-->", data, size) < size ||
           find_before(size, "<!--->", data, size) < size;
}

static void read_alone(const scanners_plan *plan, const uint8_t *data, size_t size) {
    scan *found = malloc(sizeof *found);
    FUZZ_CHECK(found != NULL, "no memory for a scan");
    for (int whole = 0; whole < 2; whole++) {
        scan_all(found, plan, BKT_SCANNER_LIBXML2, data, size, whole == 1, NULL);
        scan_free(found);
        scan_all(found, plan, BKT_SCANNER_FAST, data, size, whole == 1, vector_of(plan));
        scan_free(found);
    }
    free(found);
}

static void compare_scanners(const scanners_plan *plan, const uint8_t *data, size_t size) {
    if (is_misread(data, size)) {
        read_alone(plan, data, size);
        return;
    }
    do {
        scan *expected = malloc(sizeof *expected);
        scan *parts = malloc(sizeof *parts);
        FUZZ_CHECK(expected != NULL && parts != NULL, "no memory for scans");
        scan_all(expected, plan, BKT_SCANNER_LIBXML2, data, size, true, NULL);
        scan_all(parts, plan, BKT_SCANNER_LIBXML2, data, size, false, NULL);
        size_t second = without_second(expected, parts, data, size);
        bool is_sure =
            !has_failed(expected) || !has_failed(parts) || has_same_verdict(expected, parts);
        if (is_sure) {
            compare(expected, parts, false, "libxml2's scanner, whole and in chunks");
        }
        size_t of_whole = compare_fast(plan, data, size, true, expected, is_sure);
        size_t of_parts = compare_fast(plan, data, size, false, expected, is_sure);
        scan_free(expected);
        scan_free(parts);
        free(expected);
        free(parts);
        /* Without the second fault all must find the first. */
        second = second > of_whole ? second : of_whole;
        second = second > of_parts ? second : of_parts;
        FUZZ_CHECK(second == 0 || second < size, "a fault behind the end");
        size = second;
    } while (size > 0);
}

void fuzz_scanners(const uint8_t *data, size_t size) {
    fuzz_bytes bytes = {data, size};
    scanners_plan plan = take_plan(&bytes);
    size_t document_size = unfold(&plan, bytes, NULL);
    uint8_t *document = malloc(document_size == 0 ? 1 : document_size);
    FUZZ_CHECK(document != NULL, "no memory for a document");
    unfold(&plan, bytes, document);
    compare_vectors(document, document_size);
    compare_scanners(&plan, document, document_size);
    free(document);
}
