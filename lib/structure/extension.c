/* SPDX-License-Identifier: MIT */
/* Code lists of 3.0 that take codes from others: all of them, those that are named, or all but
 * those; "%" in a name stands for any text, and a code may bring or leave its descendants. Of codes
 * with one id the list's own is taken, else that of the last extension (SDMX 3.0, section 6,
 * Technical Notes, on code list extension and discriminated unions). */
#include <string.h>

#include "bkti_structure.h"
#include "bkti_text.h"

/* A list that has extensions, and the codes that it got by them. */
typedef struct extended {
    uint32_t list;
    int state; /* 0: not looked at; 1: being made; 2: done */
    uint32_t *codes;
    size_t count;
    size_t capacity;
} extended;

typedef struct extending {
    bkt_context *context;
    bkt_structure *structure;
    bkti_memory *memory;
    extended *lists;
    size_t count;
    uint64_t limit; /* of items */
} extending;

bool bkti_item_is_inherited(const bkt_item *item) {
    return item->is_inherited;
}

/* ---- Which codes are meant ---- */

/* Greedy, with one place to go back to: linear but for repeated beginnings of the part behind the
 * last "%". */
static bool matches(bkti_span text, bkti_span pattern) {
    size_t at = 0;
    size_t in = 0;
    size_t back = SIZE_MAX;
    size_t back_at = 0;
    while (at < text.size) {
        if (in < pattern.size && pattern.data[in] == '%') {
            back = ++in;
            back_at = at;
        } else if (in < pattern.size && pattern.data[in] == text.data[at]) {
            in++;
            at++;
        } else if (back != SIZE_MAX) {
            in = back;
            at = ++back_at;
        } else {
            return false;
        }
    }
    while (in < pattern.size && pattern.data[in] == '%') {
        in++;
    }
    return in == pattern.size;
}

static const bkt_item *parent_code(const bkt_item *code) {
    const char *parent = bkti_item_text(code, BKTI_PROPERTY_PARENT);
    return parent == NULL ? NULL
                          : bkti_item_find(&code->structure->items[code->parent], BKT_ITEM_CODE,
                                           bkti_span_of(parent));
}

/* A circle of parents is found later; here it must only end. */
#define DEEPEST 1000

static bool names_code(const bkt_item *code, bkti_span value, bkti_span cascade) {
    bool excludes_root = bkti_span_is(cascade, "excluderoot");
    bool cascades = excludes_root || bkti_span_is(cascade, "true") || bkti_span_is(cascade, "1");
    if (matches(bkti_span_of(bkt_item_id(code)), value)) {
        return !excludes_root;
    }
    for (int i = 0; cascades && i < DEEPEST && (code = parent_code(code)) != NULL; i++) {
        if (matches(bkti_span_of(bkt_item_id(code)), value)) {
            return true;
        }
    }
    return false;
}

static bool is_selected(const bkt_item *extension, const bkt_item *code) {
    const bkt_structure *structure = extension->structure;
    bool is_named = false;
    bool has_names = false;
    for (uint32_t i = 0; i < extension->property_count; i++) {
        const bkti_property *property = &structure->properties[extension->first_property + i];
        if (property->name == BKTI_PROPERTY_MEMBER_VALUE) {
            has_names = true;
            is_named =
                is_named || names_code(code, bkti_span_of(property->text),
                                       bkti_dictionary_span(structure->names, property->qualifier));
        }
    }
    const char *selection = bkti_item_text(extension, BKTI_PROPERTY_SELECTION);
    bool excludes = selection != NULL && strcmp(selection, "ExclusiveCodeSelection") == 0;
    return !has_names || is_named != excludes;
}

/* ---- Taking them ---- */

/* All that is said of an item, said of another as well; a parent's id gets the prefix. */
static bool copy_properties(extending *work, uint32_t from, uint32_t to, bkti_text *text,
                            const char *prefix) {
    bkt_structure *structure = work->structure;
    uint32_t first = structure->items[from].first_property;
    uint32_t count = structure->items[from].property_count;
    for (uint32_t i = 0; i < count; i++) {
        bkti_property said = structure->properties[first + i];
        if (!bkti_grow(work->memory, (void **)&structure->properties, &structure->property_capacity,
                       structure->property_count + 1, sizeof *structure->properties)) {
            return false;
        }
        if (said.name == BKTI_PROPERTY_PARENT && prefix[0] != '\0') {
            bkti_text_clear(text);
            bkti_text_append_text(text, prefix);
            bkti_text_append_text(text, said.text);
            said.text = text->failed ? NULL : bkti_structure_keep(structure, bkti_text_span(text));
        }
        if (said.text == NULL || structure->property_count >= UINT32_MAX) {
            return false;
        }
        said.item = to;
        structure->properties[structure->property_count++] = said;
    }
    structure->items[to].first_property = (uint32_t)(structure->property_count - count);
    structure->items[to].property_count = count;
    return true;
}

static bkt_status add_code(extending *work, extended *list, uint32_t from, const char *prefix,
                           bkti_dictionary *ids, bkti_text *text) {
    bkt_structure *structure = work->structure;
    if (structure->count >= work->limit) {
        bkti_place place = bkti_item_place(&structure->items[list->list]);
        return bkti_fail(work->context, BKT_ERR_LIMIT, &place,
                         "code list extensions make more than %llu items of the structures given "
                         "(expansion_limit)",
                         (unsigned long long)work->limit);
    }
    bkti_text_clear(text);
    bkti_text_append_text(text, prefix);
    bkti_text_append_text(text, bkt_item_id(&structure->items[from]));
    bkti_span id = bkti_text_span(text);
    int32_t before = bkti_dictionary_count(ids);
    int32_t place = text->failed ? -1 : bkti_dictionary_add(ids, id);
    if (place < 0) {
        return bkti_no_memory(work->context);
    }
    if (bkti_item_find(&structure->items[list->list], BKT_ITEM_CODE, id) != NULL) {
        /* The list has one of its own. Its place among the ids stays unused. */
        return place < before || bkti_grow(work->memory, (void **)&list->codes, &list->capacity,
                                           list->count + 1, sizeof *list->codes)
                   ? (place == before ? (list->codes[list->count++] = BKTI_NO_ITEM, BKT_OK)
                                      : BKT_OK)
                   : bkti_no_memory(work->context);
    }
    uint32_t item = bkti_structure_add_item(structure, list->list, BKT_ITEM_CODE, id);
    if (item == BKTI_NO_ITEM || !copy_properties(work, from, item, text, prefix) ||
        !bkti_grow(work->memory, (void **)&list->codes, &list->capacity, list->count + 1,
                   sizeof *list->codes)) {
        return bkti_no_memory(work->context);
    }
    structure->items[item].line = structure->items[from].line;
    structure->items[item].source = structure->items[from].source;
    structure->items[item].is_inherited = true;
    if (place < before) {
        if (list->codes[place] != BKTI_NO_ITEM) {
            structure->items[list->codes[place]].is_left_out = true;
        }
        list->codes[place] = item;
    } else {
        list->codes[list->count++] = item;
    }
    return BKT_OK;
}

static extended *find_list(extending *work, uint32_t list) {
    for (size_t i = 0; i < work->count; i++) {
        if (work->lists[i].list == list) {
            return &work->lists[i];
        }
    }
    return NULL;
}

static bkt_status extend(extending *work, extended *list);

/* The codes that one extension brings: those of the list, and those that it has by extensions. */
static bkt_status take_extension(extending *work, extended *list, uint32_t extension_index,
                                 bkti_dictionary *ids, bkti_text *text) {
    bkt_structure *structure = work->structure;
    const bkti_property *reference =
        bkti_item_property(&structure->items[extension_index], BKTI_PROPERTY_CODE_LIST);
    if (reference == NULL || reference->target == BKTI_NO_ITEM) {
        return BKT_OK; /* told with the other references that lead nowhere */
    }
    uint32_t from = reference->target;
    extended *source = find_list(work, from);
    bkt_status status = source == NULL ? BKT_OK : extend(work, source);
    const char *prefix = bkti_item_text(&structure->items[extension_index], BKTI_PROPERTY_PREFIX);
    uint32_t own = bkt_item_child_count(&structure->items[from], BKT_ITEM_CODE);
    uint32_t all = own + (source == NULL ? 0 : (uint32_t)source->count);
    for (uint32_t i = 0; status == BKT_OK && i < all; i++) {
        uint32_t code =
            i < own ? bkti_item_index(bkt_item_child_at(&structure->items[from], BKT_ITEM_CODE, i))
                    : source->codes[i - own];
        if (code != BKTI_NO_ITEM &&
            is_selected(&structure->items[extension_index], &structure->items[code])) {
            status = add_code(work, list, code, prefix == NULL ? "" : prefix, ids, text);
        }
    }
    return status;
}

static bkt_status extend(extending *work, extended *list) {
    bkt_structure *structure = work->structure;
    if (list->state == 2) {
        return BKT_OK;
    }
    const bkt_item *item = &structure->items[list->list];
    if (list->state == 1) {
        bkti_place place = bkti_item_place(item);
        return bkti_fail(work->context, BKT_ERR_STRUCTURE, &place,
                         "the code list '%s' extends, by others, itself", bkt_item_id(item));
    }
    list->state = 1;
    bkti_text text;
    bkti_text_init(&text, work->memory);
    bkti_dictionary *ids = bkti_dictionary_new(work->memory);
    bkt_status status = ids == NULL ? bkti_no_memory(work->context) : BKT_OK;
    uint32_t count = bkt_item_child_count(item, BKT_ITEM_CODE_LIST_EXTENSION);
    for (uint32_t i = 0; status == BKT_OK && i < count; i++) {
        const bkt_item *extension =
            bkt_item_child_at(&structure->items[list->list], BKT_ITEM_CODE_LIST_EXTENSION, i);
        status = take_extension(work, list, bkti_item_index(extension), ids, &text);
    }
    bkti_dictionary_drop(ids);
    bkti_text_free(&text);
    list->state = 2;
    return status;
}

static bkt_status find_lists(extending *work) {
    bkt_structure *structure = work->structure;
    size_t capacity = 0;
    uint32_t count = bkt_structure_item_count(structure, BKT_ITEM_CODE_LIST);
    for (uint32_t i = 0; i < count; i++) {
        const bkt_item *list = bkt_structure_item_at(structure, BKT_ITEM_CODE_LIST, i);
        if (bkt_item_child_count(list, BKT_ITEM_CODE_LIST_EXTENSION) == 0) {
            continue;
        }
        if (!bkti_grow(work->memory, (void **)&work->lists, &capacity, work->count + 1,
                       sizeof *work->lists)) {
            return bkti_no_memory(work->context);
        }
        work->lists[work->count++] = (extended){.list = bkti_item_index(list)};
    }
    return BKT_OK;
}

bkt_status bkti_structure_extend(bkt_context *context, bkt_structure *structure) {
    extending work = {.context = context,
                      .structure = structure,
                      .memory = structure->memory,
                      .limit = (uint64_t)bkti_context_options(context)->expansion_limit *
                               structure->count};
    bkt_status status = find_lists(&work);
    if (status == BKT_OK && work.count > 0) {
        bkti_structure_resolve_kind(structure, BKT_ITEM_CODE_LIST_EXTENSION);
        for (size_t i = 0; status == BKT_OK && i < work.count; i++) {
            status = extend(&work, &work.lists[i]);
        }
        if (status == BKT_OK && !bkti_structure_index(structure)) {
            status = bkti_no_memory(context);
        }
    }
    for (size_t i = 0; i < work.count; i++) {
        bkti_release(work.memory, work.lists[i].codes);
    }
    bkti_release(work.memory, work.lists);
    return status;
}
