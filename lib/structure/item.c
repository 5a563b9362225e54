/* SPDX-License-Identifier: MIT */
/* Items and what is said of them. */
#include <string.h>

#include "bkti_language.h"
#include "bkti_vocabulary.h"

static const bkt_item *item_at(const bkt_structure *structure, uint32_t index) {
    return index == BKTI_NO_ITEM ? NULL : &structure->items[index];
}

const bkt_item *bkti_item_artefact(const bkt_item *item) {
    while (item->parent != BKTI_NO_ITEM && item->parent != 0) {
        item = &item->structure->items[item->parent];
    }
    return item;
}

const bkti_property *bkti_item_property(const bkt_item *item, uint16_t name) {
    const bkti_property *first = item->structure->properties + item->first_property;
    for (uint32_t i = 0; i < item->property_count; i++) {
        if (first[i].name == name) {
            return &first[i];
        }
    }
    return NULL;
}

const char *bkti_item_text(const bkt_item *item, uint16_t name) {
    const bkti_property *property = bkti_item_property(item, name);
    return property == NULL ? NULL : property->text;
}

void bkti_item_append_name(const bkt_item *artefact, bkti_text *text) {
    const char *agency = bkt_item_agency(artefact);
    bkti_text_append_format(text, "%s%s%s(%s)", agency == NULL ? "" : agency,
                            agency == NULL ? "" : ":", bkt_item_id(artefact),
                            bkt_item_version(artefact));
}

bkti_place bkti_item_place(const bkt_item *item) {
    return (bkti_place){.source = bkt_item_source(item), .line = bkt_item_line(item)};
}

int32_t bkt_item_kind(const bkt_item *item) {
    return item == NULL ? 0 : item->kind;
}

const char *bkt_item_id(const bkt_item *item) {
    return item == NULL ? NULL : bkti_dictionary_text(item->structure->ids, item->id);
}

const char *bkt_item_agency(const bkt_item *item) {
    return item == NULL ? NULL : bkti_item_text(bkti_item_artefact(item), BKTI_PROPERTY_AGENCY);
}

const char *bkt_item_version(const bkt_item *item) {
    const char *version =
        item == NULL ? NULL : bkti_item_text(bkti_item_artefact(item), BKTI_PROPERTY_VERSION);
    return item != NULL && version == NULL ? "1.0" : version;
}

const bkt_item *bkt_item_parent(const bkt_item *item) {
    return item == NULL || item->parent == 0 ? NULL : item_at(item->structure, item->parent);
}

const bkt_structure *bkt_item_structure(const bkt_item *item) {
    return item == NULL ? NULL : item->structure;
}

const char *bkt_item_source(const bkt_item *item) {
    return item == NULL ? NULL : bkti_dictionary_text(item->structure->sources, item->source);
}

uint64_t bkt_item_line(const bkt_item *item) {
    return item == NULL ? 0 : item->line;
}

/* ---- Parts ---- */

/* The parts of a kind stand together: the first place at or behind `from` whose kind is not lower.
 */
static uint32_t first_of(const bkt_item *item, int32_t kind) {
    const uint32_t *children = item->structure->children + item->first_child;
    uint32_t low = 0;
    uint32_t high = item->child_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (item->structure->items[children[middle]].kind < kind) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

uint32_t bkt_item_child_count(const bkt_item *item, int32_t kind) {
    if (item == NULL || kind < 0 || kind > BKT_ITEM_OTHER) {
        return 0;
    }
    return kind == BKT_ITEM_ANY ? item->child_count
                                : first_of(item, kind + 1) - first_of(item, kind);
}

const bkt_item *bkt_item_child_at(const bkt_item *item, int32_t kind, uint32_t index) {
    if (item == NULL || kind < 0 || kind > BKT_ITEM_OTHER) {
        return NULL;
    }
    uint64_t at = (kind == BKT_ITEM_ANY ? 0 : first_of(item, kind)) + (uint64_t)index;
    if (at >= item->child_count) {
        return NULL;
    }
    const bkt_item *child =
        &item->structure->items[item->structure->children[item->first_child + at]];
    return kind == BKT_ITEM_ANY || child->kind == kind ? child : NULL;
}

const bkt_item *bkt_item_child_find(const bkt_item *item, int32_t kind, const char *id) {
    return item == NULL || id == NULL || kind < 0 || kind > BKT_ITEM_OTHER
               ? NULL
               : bkti_item_find(item, kind, bkti_span_of(id));
}

/* ---- Properties ---- */

static const bkti_property *property_at(const bkt_item *item, uint32_t index) {
    return item == NULL || index >= item->property_count
               ? NULL
               : &item->structure->properties[item->first_property + index];
}

uint32_t bkt_item_property_count(const bkt_item *item) {
    return item == NULL ? 0 : item->property_count;
}

const char *bkt_item_property_name_at(const bkt_item *item, uint32_t index) {
    const bkti_property *property = property_at(item, index);
    return property == NULL ? NULL : bkti_dictionary_text(item->structure->names, property->name);
}

const char *bkt_item_property_at(const bkt_item *item, uint32_t index) {
    const bkti_property *property = property_at(item, index);
    return property == NULL ? NULL : property->text;
}

const char *bkt_item_property_qualifier_at(const bkt_item *item, uint32_t index) {
    const bkti_property *property = property_at(item, index);
    return property == NULL || property->qualifier == BKTI_PROPERTY_NONE
               ? NULL
               : bkti_dictionary_text(item->structure->names, property->qualifier);
}

const bkt_item *bkt_item_property_item_at(const bkt_item *item, uint32_t index) {
    const bkti_property *property = property_at(item, index);
    return property == NULL ? NULL : item_at(item->structure, property->target);
}

static const bkti_property *find_property(const bkt_item *item, const char *name) {
    int32_t code = item == NULL || name == NULL
                       ? -1
                       : bkti_dictionary_find(item->structure->names, bkti_span_of(name));
    return code < 0 ? NULL : bkti_item_property(item, (uint16_t)code);
}

const char *bkt_item_property(const bkt_item *item, const char *name) {
    const bkti_property *property = find_property(item, name);
    return property == NULL ? NULL : property->text;
}

const bkt_item *bkt_item_reference(const bkt_item *item, const char *name) {
    const bkti_property *property = find_property(item, name);
    return property == NULL ? NULL : item_at(item->structure, property->target);
}

/* ---- Names ---- */

static const char *text_in(const bkt_item *item, uint16_t name, const char *language) {
    bkti_span wanted = bkti_span_of(language);
    const bkti_property *best = NULL;
    int best_fit = 0;
    for (uint32_t i = 0; i < item->property_count; i++) {
        const bkti_property *property = &item->structure->properties[item->first_property + i];
        if (property->name != name) {
            continue;
        }
        bkti_span own = bkti_dictionary_span(item->structure->names, property->qualifier);
        int fit = bkti_language_fit(own, wanted);
        if (fit > best_fit) {
            best_fit = fit;
            best = property;
        }
    }
    return best == NULL ? NULL : best->text;
}

const char *bkt_item_name(const bkt_item *item, const char *language) {
    const char *name = item == NULL ? NULL : text_in(item, BKTI_PROPERTY_NAME, language);
    return name != NULL || item == NULL ? name : text_in(item, BKTI_PROPERTY_DESCRIPTION, language);
}

const char *bkt_item_description(const bkt_item *item, const char *language) {
    return item == NULL ? NULL : text_in(item, BKTI_PROPERTY_DESCRIPTION, language);
}

const char *bkt_item_property_in(const bkt_item *item, const char *name, const char *language) {
    const bkti_property *first = find_property(item, name);
    return first == NULL ? NULL : text_in(item, first->name, language);
}

/* ---- URN ---- */

typedef struct urn_text {
    char *buffer; /* NULL: it is only measured */
    size_t size;
} urn_text;

static void put(urn_text *text, const char *part) {
    size_t size = strlen(part);
    if (text->buffer != NULL) {
        memcpy(text->buffer + text->size, part, size);
    }
    text->size += size;
}

/* Ids of the items below the artefact, the outermost first. */
static void put_path(urn_text *text, const bkt_item *item) {
    if (item->parent == 0) {
        return;
    }
    put_path(text, bkt_item_parent(item));
    put(text, ".");
    put(text, bkt_item_id(item));
}

static size_t put_urn(char *buffer, const bkt_item *item, const char *class_name) {
    urn_text text = {buffer, 0};
    put(&text, "urn:sdmx:org.sdmx.infomodel.");
    put(&text, bkti_urn_package(bkti_span_of(class_name)));
    put(&text, ".");
    put(&text, class_name);
    put(&text, "=");
    put(&text, bkt_item_agency(item));
    put(&text, ":");
    put(&text, bkt_item_id(bkti_item_artefact(item)));
    put(&text, "(");
    put(&text, bkt_item_version(item));
    put(&text, ")");
    put_path(&text, item);
    return text.size;
}

bkt_status bkt_item_urn(const bkt_item *item, char *buffer, size_t capacity, size_t *out_length) {
    const char *class_name = item == NULL ? NULL : bkti_vocabulary_class(item);
    bool has_urn = class_name != NULL && bkt_item_agency(item) != NULL;
    size_t size = has_urn ? put_urn(NULL, item, class_name) : 0;
    if (out_length != NULL) {
        *out_length = size;
    }
    if (!has_urn || buffer == NULL || size >= capacity) {
        return has_urn && buffer == NULL && capacity == 0 ? BKT_OK : BKT_ERR_ARGUMENT;
    }
    put_urn(buffer, item, class_name);
    buffer[size] = '\0';
    return BKT_OK;
}
