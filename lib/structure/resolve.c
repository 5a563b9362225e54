/* SPDX-License-Identifier: MIT */
/* What is done once all messages are read: of artefacts that came twice one is left out, references
 * are led to their items, and what contradicts itself is found. */
#include <string.h>

#include "bkti_structure.h"
#include "bkti_text.h"

typedef struct resolving {
    bkt_context *context;
    bkt_structure *structure;
    bool is_strict;
} resolving;

/* A fault that only BKT_STRUCTURE_STRICT makes an error. */
static bkt_status find_fault(const resolving *work, const bkt_item *item, const char *sentence,
                             const bkt_item *other) {
    bkti_place place = bkti_item_place(item);
    const bkt_item *artefact = bkti_item_artefact(item);
    const char *agency = bkt_item_agency(artefact);
    unsigned long long line = bkt_item_line(other);
    if (work->is_strict) {
        return bkti_fail(work->context, BKT_ERR_REPEATED_COMPONENT, &place, sentence,
                         bkt_item_kind_text(item->kind), bkt_item_id(item),
                         agency == NULL ? "" : agency, bkt_item_id(artefact),
                         bkt_item_version(artefact), line);
    }
    bkti_tell(work->context, BKT_SEVERITY_WARNING, BKT_ERR_REPEATED_COMPONENT, &place, sentence,
              bkt_item_kind_text(item->kind), bkt_item_id(item), agency == NULL ? "" : agency,
              bkt_item_id(artefact), bkt_item_version(artefact), line);
    return BKT_OK;
}

/* ---- Artefacts that come twice ---- */

/* One that only says where the artefact can be had, or that has nothing in it. */
static bool is_stub(const bkt_item *artefact) {
    const char *external = bkt_item_property(artefact, "isExternalReference");
    return (external != NULL && strcmp(external, "true") == 0) ||
           bkt_item_child_count(artefact, BKT_ITEM_ANY) == 0;
}

static bool name_key(const bkt_item *artefact, bkti_text *key) {
    const char *agency = bkt_item_agency(artefact);
    bkti_text_clear(key);
    return bkti_text_append_format(key, "%d|", (int)artefact->kind) &&
           bkti_text_append_text(key, agency == NULL ? "" : agency) &&
           bkti_text_append_text(key, "|") && bkti_text_append_text(key, bkt_item_id(artefact)) &&
           bkti_text_append_text(key, "|") &&
           bkti_text_append_text(key, bkt_item_version(artefact));
}

static bkt_status leave_one_out(resolving *work, bkt_item *first, bkt_item *second) {
    bool second_is_better = is_stub(first) && !is_stub(second);
    bkt_item *left = second_is_better ? first : second;
    left->is_left_out = true;
    bool differs =
        !is_stub(first) && !is_stub(second) &&
        bkt_item_child_count(first, BKT_ITEM_ANY) != bkt_item_child_count(second, BKT_ITEM_ANY);
    return differs ? find_fault(work, second,
                                "%s '%.200s' (of %.100s:%.200s(%.100s)) came before, at line %llu, "
                                "with other parts: the "
                                "first is taken",
                                first)
                   : BKT_OK;
}

static bkt_status leave_out(resolving *work, bool *out_changed) {
    bkt_structure *structure = work->structure;
    bkti_text key;
    bkti_text_init(&key, structure->memory);
    bkti_dictionary *keys = bkti_dictionary_new(structure->memory);
    uint32_t count = bkt_item_child_count(&structure->items[0], BKT_ITEM_ANY);
    uint32_t *firsts = bkti_allocate_array(structure->memory, count, sizeof *firsts);
    bkt_status status = keys == NULL || firsts == NULL ? bkti_no_memory(work->context) : BKT_OK;
    *out_changed = false;
    for (uint32_t i = 0; status == BKT_OK && i < count; i++) {
        bkt_item *item = &structure->items[structure->children[i]];
        int32_t before = bkti_dictionary_count(keys);
        int32_t code = name_key(item, &key) ? bkti_dictionary_add(keys, bkti_text_span(&key)) : -1;
        if (code < 0) {
            status = bkti_no_memory(work->context);
        } else if (code == before) {
            firsts[code] = bkti_item_index(item);
        } else {
            bkt_item *first = &structure->items[firsts[code]];
            status = leave_one_out(work, first, item);
            firsts[code] = first->is_left_out ? bkti_item_index(item) : firsts[code];
            *out_changed = true;
        }
    }
    bkti_release(structure->memory, firsts);
    bkti_dictionary_drop(keys);
    bkti_text_free(&key);
    return status;
}

/* ---- Ids that come twice ---- */

static bool is_unique_kind(int kind) {
    return kind == BKT_ITEM_CODE || kind == BKT_ITEM_VALUE || kind == BKT_ITEM_CONCEPT ||
           kind == BKT_ITEM_CATEGORY || kind == BKT_ITEM_ORGANISATION || kind == BKT_ITEM_GROUP ||
           kind == BKT_ITEM_DIMENSION || kind == BKT_ITEM_MEASURE || kind == BKT_ITEM_ATTRIBUTE;
}

static bool is_left_out(const bkt_item *item) {
    while (item->parent != BKTI_NO_ITEM && !item->is_left_out) {
        item = &item->structure->items[item->parent];
    }
    return item->is_left_out;
}

static bkt_status check_ids(resolving *work) {
    bkt_structure *structure = work->structure;
    for (size_t i = 1; i < structure->count; i++) {
        const bkt_item *item = &structure->items[i];
        if (item->parent == 0 || !is_unique_kind(item->kind)) {
            continue;
        }
        const bkt_item *first = bkti_item_find(&structure->items[item->parent], item->kind,
                                               bkti_dictionary_span(structure->ids, item->id));
        if (first == NULL || first == item || is_left_out(item)) {
            continue;
        }
        bool is_component = item->kind == BKT_ITEM_DIMENSION || item->kind == BKT_ITEM_ATTRIBUTE;
        resolving strict = *work;
        strict.is_strict = work->is_strict || is_component;
        bkt_status status =
            find_fault(&strict, item,
                       "%s '%.200s' (of %.100s:%.200s(%.100s)) came before, at line %llu", first);
        if (status != BKT_OK) {
            return status;
        }
    }
    return BKT_OK;
}

/* ---- References ---- */

/* Concepts of 1.0 and 2.0 may be called without their scheme. */
static const bkt_item *find_in_schemes(const bkt_structure *structure, const bkti_urn *urn) {
    uint32_t count = bkt_structure_item_count(structure, BKT_ITEM_CONCEPT_SCHEME);
    for (uint32_t i = 0; i < count; i++) {
        const bkt_item *scheme = bkt_structure_item_at(structure, BKT_ITEM_CONCEPT_SCHEME, i);
        const char *agency = bkt_item_agency(scheme);
        const bkt_item *found = bkti_item_find(scheme, BKT_ITEM_CONCEPT, urn->id);
        if (found != NULL &&
            (urn->agency.size == 0 || agency == NULL || bkti_span_is(urn->agency, agency))) {
            return found;
        }
    }
    return NULL;
}

static const bkt_item *resolve_urn(const bkt_structure *structure, const bkti_property *property) {
    bkti_urn urn;
    if (!bkti_urn_parse(bkti_span_of(property->text), &urn)) {
        return NULL;
    }
    const bkt_item *found = bkti_structure_resolve(structure, &urn, property->kind);
    if (found != NULL || !bkti_span_is(urn.version, "*")) {
        return found;
    }
    /* Of 1.0 and 2.0. The agency is mostly left out where it is the same; or it isn't. */
    bool is_concept = property->kind == BKT_ITEM_CONCEPT && urn.part.size == 0;
    found = is_concept ? find_in_schemes(structure, &urn) : NULL;
    urn.agency.size = 0;
    found = found == NULL ? bkti_structure_resolve(structure, &urn, property->kind) : found;
    return found == NULL && is_concept ? find_in_schemes(structure, &urn) : found;
}

/* By its id, from the inside out. */
static const bkt_item *resolve_sibling(const bkt_structure *structure,
                                       const bkti_property *property) {
    const bkt_item *found = NULL;
    uint32_t at = structure->items[property->item].parent;
    while (found == NULL && at != 0 && at != BKTI_NO_ITEM) {
        found = bkti_item_find_path(&structure->items[at], property->kind,
                                    bkti_span_of(property->text));
        at = structure->items[at].parent;
    }
    return found;
}

static const bkt_item *resolve_one(const bkt_structure *structure, const bkti_property *property) {
    switch (property->scope) {
    case BKTI_SCOPE_URN:
        return resolve_urn(structure, property);
    case BKTI_SCOPE_SIBLING:
        return resolve_sibling(structure, property);
    case BKTI_SCOPE_COMPONENT:
        return bkti_item_find(bkti_item_artefact(&structure->items[property->item]), property->kind,
                              bkti_span_of(property->text));
    default:
        return NULL;
    }
}

void bkti_structure_resolve_kind(bkt_structure *structure, int within) {
    for (size_t i = 0; i < structure->property_count; i++) {
        bkti_property *property = &structure->properties[i];
        bool is_wanted = within == BKT_ITEM_ANY || structure->items[property->item].kind == within;
        if (property->scope != BKTI_SCOPE_NONE && is_wanted) {
            const bkt_item *target = resolve_one(structure, property);
            property->target = target == NULL ? BKTI_NO_ITEM : bkti_item_index(target);
        }
    }
}

static void tell_unresolved(const resolving *work) {
    const bkt_structure *structure = work->structure;
    uint64_t count = 0;
    const bkti_property *first = NULL;
    for (size_t i = 0; i < structure->property_count; i++) {
        const bkti_property *property = &structure->properties[i];
        if (property->scope == BKTI_SCOPE_URN && property->target == BKTI_NO_ITEM) {
            first = first == NULL ? property : first;
            count++;
        }
    }
    if (count > 0) {
        bkti_place place = bkti_item_place(&structure->items[first->item]);
        bkti_tell(work->context, BKT_SEVERITY_NOTE, BKT_ERR_NO_DATA, &place,
                  "%llu references lead to what is not among the messages given, the first to "
                  "%.300s",
                  (unsigned long long)count, first->text);
    }
}

/* ---- Circles ---- */

static uint32_t parent_of(const bkt_structure *structure, uint32_t item) {
    const bkti_property *parent = bkti_item_property(&structure->items[item], BKTI_PROPERTY_PARENT);
    return parent == NULL ? BKTI_NO_ITEM : parent->target;
}

/* Each item is walked up from once: what was met in an earlier walk leads nowhere new. */
static bkt_status check_parents(const resolving *work) {
    const bkt_structure *structure = work->structure;
    uint32_t *walks = bkti_allocate_zeroed(structure->memory, structure->count, sizeof *walks);
    if (walks == NULL) {
        return bkti_no_memory(work->context);
    }
    bkt_status status = BKT_OK;
    for (uint32_t i = 1; status == BKT_OK && i < structure->count; i++) {
        uint32_t at = i;
        while (at != BKTI_NO_ITEM && walks[at] == 0) {
            walks[at] = i;
            at = parent_of(structure, at);
        }
        if (at != BKTI_NO_ITEM && walks[at] == i) {
            const bkt_item *item = &structure->items[at];
            bkti_place place = bkti_item_place(item);
            status = bkti_fail(work->context, BKT_ERR_STRUCTURE, &place,
                               "the parents of the %s '%s' lead back to itself, by its parent '%s'",
                               bkt_item_kind_text(item->kind), bkt_item_id(item),
                               bkt_item_property(item, "Parent"));
        }
    }
    bkti_release(structure->memory, walks);
    return status;
}

bkt_status bkti_structure_finish(bkt_context *context, bkt_structure *structure, bool is_strict) {
    resolving work = {.context = context, .structure = structure, .is_strict = is_strict};
    bool changed = false;
    bkt_status status = bkti_structure_index(structure) ? BKT_OK : bkti_no_memory(context);
    status = status == BKT_OK ? leave_out(&work, &changed) : status;
    if (status == BKT_OK && changed && !bkti_structure_index(structure)) {
        status = bkti_no_memory(context);
    }
    status = status == BKT_OK ? check_ids(&work) : status;
    status = status == BKT_OK ? bkti_structure_extend(context, structure) : status;
    if (status != BKT_OK) {
        return status;
    }
    bkti_structure_resolve_kind(structure, BKT_ITEM_ANY);
    tell_unresolved(&work);
    return check_parents(&work);
}
