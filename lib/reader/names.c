/* SPDX-License-Identifier: MIT */
/* Names that messages themselves bring: those of codes and components of one set of rows, by
 * component. Columns show them where no structure says what they are called: a batch as long as it
 * is lent, a whole table from its end on. Tables may keep what was shown, so that names that come
 * later go to a copy then. */
#include "bkti_language.h"
#include "bkti_reader_parts.h"

#define NO_NAME      UINT32_MAX
#define CONTRADICTED (NO_NAME - 1) /* a code that was given two names in one language has none */

typedef struct message_name {
    int32_t language; /* of texts */
    int32_t text;
    uint32_t next; /* of the same code, the one told before it; NO_NAME */
} message_name;

/* What of a component was first contradicted, and where; all in its texts. */
typedef struct contradiction {
    bkti_place place;
    int32_t source; /* of the place, which may be gone when it is told */
    int32_t code;
    int32_t before;
    int32_t after;
    bool is_found;
    bool is_told;
} contradiction;

/* Labels of one component. */
typedef struct message_labels {
    bkti_labels labels;
    bkti_memory *memory;
    bkti_dictionary *codes; /* the first is "", which stands for the component itself */
    bkti_dictionary *texts;
    uint32_t *last; /* of its names, by code */
    size_t last_capacity;
    message_name *names;
    uint32_t count;
    size_t capacity;
    contradiction contradiction;
} message_labels;

struct bkti_names {
    bkti_dictionary *ids;
    message_labels **items; /* by id */
    size_t capacity;
};

/* Of those that fit alike the one told first. */
static const char *best_name(const message_labels *own, bkti_span code, const char *language) {
    int32_t place = bkti_dictionary_find(own->codes, code);
    uint32_t at = place < 0 || own->last[place] == CONTRADICTED ? NO_NAME : own->last[place];
    const char *best = NULL;
    int best_fit = 0;
    for (; at != NO_NAME; at = own->names[at].next) {
        const message_name *name = &own->names[at];
        int fit = bkti_language_fit(bkti_dictionary_span(own->texts, name->language),
                                    bkti_span_of(language));
        if (fit >= best_fit) {
            best_fit = fit;
            best = bkti_dictionary_text(own->texts, name->text);
        }
    }
    return best;
}

static const char *concept_name(const bkti_labels *labels, const char *language) {
    return best_name((const message_labels *)labels, BKTI_SPAN(""), language);
}

static const char *code_name(const bkti_labels *labels, const char *code, const char *language) {
    return code[0] == '\0'
               ? NULL
               : best_name((const message_labels *)labels, bkti_span_of(code), language);
}

static void end(bkti_labels *labels) {
    message_labels *own = (message_labels *)labels;
    bkti_memory *memory = own->memory;
    bkti_dictionary_drop(own->codes);
    bkti_dictionary_drop(own->texts);
    bkti_release(memory, own->last);
    bkti_release(memory, own->names);
    bkti_release(memory, own);
    bkti_memory_drop(memory);
}

/* The place of a code; -1 without memory. */
static int32_t place_of(message_labels *own, bkti_span code) {
    int32_t count = bkti_dictionary_count(own->codes);
    void *last = own->last;
    bool done =
        bkti_grow(own->memory, &last, &own->last_capacity, (size_t)count + 1, sizeof *own->last);
    own->last = last;
    int32_t place = done ? bkti_dictionary_add(own->codes, code) : -1;
    if (place == count) {
        own->last[place] = NO_NAME;
    }
    return place;
}

static message_labels *labels_new(bkti_memory *memory) {
    message_labels *own = bkti_allocate_zeroed(memory, 1, sizeof *own);
    if (own == NULL) {
        return NULL;
    }
    own->memory = bkti_memory_hold(memory);
    own->labels.concept_name = concept_name;
    own->labels.code_name = code_name;
    own->labels.end = end;
    atomic_init(&own->labels.references, 1);
    own->codes = bkti_dictionary_new(memory);
    own->texts = bkti_dictionary_new(memory);
    if (own->codes == NULL || own->texts == NULL || place_of(own, BKTI_SPAN("")) < 0) {
        bkti_labels_drop(&own->labels);
        return NULL;
    }
    return own;
}

/* The name of a code in a language; NULL. */
static const message_name *name_in(const message_labels *own, int32_t place, int32_t language) {
    for (uint32_t at = own->last[place]; at != NO_NAME; at = own->names[at].next) {
        if (own->names[at].language == language) {
            return &own->names[at];
        }
    }
    return NULL;
}

/* Which of two names is a row's nobody can say any more: structures may give one code several,
 * and free texts look like codes with names. False without memory. */
static bool contradict(const bkt_reader *reader, message_labels *own, int32_t place, int32_t before,
                       bkti_span after) {
    own->last[place] = CONTRADICTED;
    contradiction *first = &own->contradiction;
    if (first->is_found) {
        return true;
    }
    bkti_message_place(reader->message, &first->place);
    const char *source = first->place.source;
    first->source = bkti_dictionary_add(own->texts, bkti_span_of(source == NULL ? "" : source));
    first->code = bkti_dictionary_add(own->texts, bkti_dictionary_span(own->codes, place));
    first->before = before;
    first->after = bkti_dictionary_add(own->texts, after);
    first->is_found = first->source >= 0 && first->code >= 0 && first->after >= 0;
    return first->is_found;
}

static bool add_name(const bkt_reader *reader, message_labels *own, bkti_span code,
                     bkti_span language, bkti_span text) {
    int32_t place = place_of(own, code);
    int32_t language_place = bkti_dictionary_add(own->texts, language);
    if (place < 0 || language_place < 0 || own->last[place] == CONTRADICTED) {
        return place >= 0 && language_place >= 0;
    }
    const message_name *before = name_in(own, place, language_place);
    if (before != NULL) {
        return bkti_span_equal(bkti_dictionary_span(own->texts, before->text), text) ||
               contradict(reader, own, place, before->text, text);
    }
    void *names = own->names;
    bool done = own->count < CONTRADICTED && bkti_grow(own->memory, &names, &own->capacity,
                                                       (size_t)own->count + 1, sizeof *own->names);
    own->names = names;
    int32_t text_place = done ? bkti_dictionary_add(own->texts, text) : -1;
    if (text_place < 0) {
        return false;
    }
    own->names[own->count] = (message_name){language_place, text_place, own->last[place]};
    own->last[place] = own->count++;
    own->labels.has_code_names = own->labels.has_code_names || code.size > 0;
    return true;
}

static bool copy_texts(bkti_dictionary *to, const bkti_dictionary *from) {
    for (int32_t i = bkti_dictionary_count(to); i < bkti_dictionary_count(from); i++) {
        if (bkti_dictionary_add(to, bkti_dictionary_span(from, i)) != i) {
            return false;
        }
    }
    return true;
}

/* NULL without memory. */
static message_labels *copy_of(const message_labels *own) {
    message_labels *copy = labels_new(own->memory);
    size_t code_count = (size_t)bkti_dictionary_count(own->codes);
    void *last = copy == NULL ? NULL : copy->last;
    if (copy == NULL ||
        !bkti_grow(own->memory, &last, &copy->last_capacity, code_count, sizeof *copy->last)) {
        bkti_labels_drop(copy == NULL ? NULL : &copy->labels);
        return NULL;
    }
    copy->last = last;
    void *names = NULL;
    bool done = copy_texts(copy->codes, own->codes) && copy_texts(copy->texts, own->texts) &&
                bkti_grow(own->memory, &names, &copy->capacity, (size_t)own->count + 1,
                          sizeof *copy->names);
    copy->names = names;
    if (!done) {
        bkti_labels_drop(&copy->labels);
        return NULL;
    }
    memcpy(copy->last, own->last, code_count * sizeof *copy->last);
    memcpy(copy->names, own->names, own->count * sizeof *copy->names);
    copy->count = own->count;
    copy->contradiction = own->contradiction;
    copy->labels.has_code_names = own->labels.has_code_names;
    return copy;
}

/* ---- Of all components ---- */

/* The labels of a component, which nobody else holds; NULL without memory. */
static message_labels *labels_of(bkti_memory *memory, bkti_names *names, bkti_span id) {
    int32_t count = bkti_dictionary_count(names->ids);
    void *items = names->items;
    bool done =
        bkti_grow(memory, &items, &names->capacity, (size_t)count + 1, sizeof *names->items);
    names->items = items;
    int32_t place = done ? bkti_dictionary_add(names->ids, id) : -1;
    if (place < 0) {
        return NULL;
    }
    message_labels **item = &names->items[place];
    if (place == count) {
        *item = NULL;
    }
    bool is_shared = *item != NULL &&
                     atomic_load_explicit(&(*item)->labels.references, memory_order_acquire) > 1;
    if (*item == NULL || is_shared) {
        message_labels *own = is_shared ? copy_of(*item) : labels_new(memory);
        if (own != NULL && is_shared) {
            bkti_labels_drop(&(*item)->labels);
        }
        if (own == NULL) {
            return NULL;
        }
        *item = own;
    }
    return *item;
}

static bkti_names *names_new(bkti_memory *memory) {
    bkti_names *names = bkti_allocate_zeroed(memory, 1, sizeof *names);
    if (names != NULL) {
        names->ids = bkti_dictionary_new(memory);
        if (names->ids == NULL) {
            bkti_names_free(memory, names);
            return NULL;
        }
    }
    return names;
}

void bkti_names_free(bkti_memory *memory, bkti_names *names) {
    if (names == NULL) {
        return;
    }
    for (int32_t i = 0; names->ids != NULL && i < bkti_dictionary_count(names->ids); i++) {
        bkti_labels_drop(names->items[i] == NULL ? NULL : &names->items[i]->labels);
    }
    bkti_dictionary_drop(names->ids);
    bkti_release(memory, names->items);
    bkti_release(memory, names);
}

bkt_status bkti_name_told(void *user, bkti_span id, bkti_span code, bkti_span language,
                          bkti_span name) {
    bkt_reader *reader = user;
    bkti_rows *rows = reader->rows;
    if (rows->names == NULL) {
        rows->names = names_new(reader->memory);
    }
    message_labels *own = rows->names == NULL ? NULL : labels_of(reader->memory, rows->names, id);
    return own != NULL && add_name(reader, own, code, language, name)
               ? BKT_OK
               : bkti_no_memory(reader->context);
}

/* Once of each component, and only where its names are shown. */
static void tell_contradiction(bkt_reader *reader, message_labels *own, bkti_span id) {
    contradiction *first = &own->contradiction;
    if (!first->is_found || first->is_told) {
        return;
    }
    first->is_told = true;
    const char *code = bkti_dictionary_text(own->texts, first->code);
    bkti_place place = first->place;
    place.source = bkti_dictionary_text(own->texts, first->source);
    bkti_tell(reader->context, BKT_SEVERITY_WARNING, BKT_ERR_STRUCTURE, &place,
              "%s%.200s%s%.*s is called '%.200s', and then '%.200s': what has several "
              "names gets none",
              code[0] == '\0' ? "" : "the code ", code, code[0] == '\0' ? "" : " of ", (int)id.size,
              id.data, bkti_dictionary_text(own->texts, first->before),
              bkti_dictionary_text(own->texts, first->after));
}

bkt_status bkti_names_show(bkt_reader *reader, bkti_rows *rows) {
    bkt_status status = BKT_OK;
    int32_t count = rows->names == NULL ? 0 : bkti_dictionary_count(rows->names->ids);
    for (int32_t i = 0; status == BKT_OK && i < count; i++) {
        message_labels *own = rows->names->items[i];
        bkti_span id = bkti_dictionary_span(rows->names->ids, i);
        int64_t found = bkti_table_writer_find(rows->writer, id);
        const bkti_column_writer *column =
            found < 0 ? NULL : bkti_table_writer_column(rows->writer, (uint32_t)found);
        if (own == NULL || column == NULL || column->labels != NULL) {
            continue;
        }
        tell_contradiction(reader, own, id);
        const char *name = concept_name(&own->labels, NULL);
        bool has_label = column->label != NULL || name == NULL;
        bkti_table_writer_set_structure(rows->writer, (uint32_t)found, &own->labels, column->rank);
        status = has_label ? BKT_OK
                           : bkti_table_writer_set_label(rows->writer, (uint32_t)found, name,
                                                         column->unit);
    }
    return status == BKT_OK ? BKT_OK : bkti_no_memory(reader->context);
}

void bkti_names_hide(bkti_rows *rows) {
    int32_t count = rows->names == NULL ? 0 : bkti_dictionary_count(rows->names->ids);
    for (int32_t i = 0; i < count; i++) {
        const message_labels *own = rows->names->items[i];
        int64_t found =
            bkti_table_writer_find(rows->writer, bkti_dictionary_span(rows->names->ids, i));
        const bkti_column_writer *column =
            found < 0 ? NULL : bkti_table_writer_column(rows->writer, (uint32_t)found);
        if (own != NULL && column != NULL && column->labels == &own->labels) {
            bkti_table_writer_set_structure(rows->writer, (uint32_t)found, NULL, column->rank);
        }
    }
}
