/* SPDX-License-Identifier: MIT */
/* Artefacts by their names. They stand in the order of id, kind, agency and version, the highest
 * version first, so that a name is found by bisection however many artefacts share an id. */
#include <stdlib.h>

#include "bkti_structure.h"

/* As much of a name as is looked for. */
typedef struct key {
    int32_t id;
    int kind;
    bkti_span agency;
} key;
enum depth { BY_ID, BY_KIND, BY_AGENCY };

static bkti_span agency_of(const bkt_item *artefact) {
    return bkti_span_of(bkti_item_text(artefact, BKTI_PROPERTY_AGENCY));
}

static bkti_span version_of(const bkt_item *artefact) {
    return bkti_span_of(bkt_item_version(artefact));
}

static int compare_to(const bkt_item *item, const key *wanted, int depth) {
    if (item->id != wanted->id) {
        return item->id < wanted->id ? -1 : 1;
    }
    if (depth == BY_ID || item->kind != wanted->kind) {
        return depth == BY_ID ? 0 : item->kind < wanted->kind ? -1 : 1;
    }
    return depth == BY_KIND ? 0 : bkti_span_compare(agency_of(item), wanted->agency);
}

/* Of those of one name and version, the one that came first comes first. */
static int compare(const void *a, const void *b) {
    const bkt_item *one = *(const bkt_item *const *)a;
    const bkt_item *other = *(const bkt_item *const *)b;
    key name = {.id = other->id, .kind = other->kind, .agency = agency_of(other)};
    int order = compare_to(one, &name, BY_AGENCY);
    order = order == 0 ? bkti_version_compare(version_of(other), version_of(one)) : order;
    return order != 0 ? order : (one > other) - (one < other);
}

bool bkti_structure_order_names(bkt_structure *structure) {
    const bkt_item *root = &structure->items[0];
    size_t count = root->child_count;
    const bkt_item **sorted = bkti_allocate_array(structure->memory, count, sizeof(bkt_item *));
    uint32_t *by_name = bkti_allocate_array(structure->memory, count, sizeof *by_name);
    if (sorted == NULL || by_name == NULL) {
        bkti_release(structure->memory, sorted);
        bkti_release(structure->memory, by_name);
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        sorted[i] = &structure->items[structure->children[root->first_child + i]];
    }
    qsort(sorted, count, sizeof(bkt_item *), compare);
    for (size_t i = 0; i < count; i++) {
        by_name[i] = bkti_item_index(sorted[i]);
    }
    bkti_release(structure->memory, sorted);
    bkti_release(structure->memory, structure->by_name);
    structure->by_name = by_name;
    structure->name_count = count;
    return true;
}

static const bkt_item *at_place(const bkt_structure *structure, size_t place) {
    return &structure->items[structure->by_name[place]];
}

/* Places from one up to another. */
typedef struct range {
    size_t low;
    size_t end;
} range;

/* The first place in a range that is not before a key, or (past) that is behind it. */
static size_t place_of(const bkt_structure *structure, range in, const key *wanted, int depth,
                       bool past) {
    while (in.low < in.end) {
        size_t middle = in.low + (in.end - in.low) / 2;
        int order = compare_to(at_place(structure, middle), wanted, depth);
        if (order < 0 || (past && order == 0)) {
            in.low = middle + 1;
        } else {
            in.end = middle;
        }
    }
    return in.low;
}

static range range_of(const bkt_structure *structure, range in, const key *wanted, int depth) {
    in.low = place_of(structure, in, wanted, depth, false);
    in.end = place_of(structure, in, wanted, depth, true);
    return in;
}

/* What was found so far. */
typedef struct search {
    const bkt_structure *structure;
    const bkti_urn *urn;
    int kind; /* of what is looked for */
    const bkt_item *best;
    bkti_span agency; /* of those that were found; empty: none was said */
    bool is_ambiguous;
} search;

static void take(search *of, const bkt_item *found) {
    bkti_span agency = bkti_span_of(bkt_item_agency(found));
    if (agency.size > 0 && of->agency.size > 0 && !bkti_span_equal(agency, of->agency)) {
        of->is_ambiguous = true;
    }
    of->agency = agency.size > 0 ? agency : of->agency;
    int order = of->best == NULL ? -1
                                 : bkti_version_compare(bkti_span_of(bkt_item_version(of->best)),
                                                        bkti_span_of(bkt_item_version(found)));
    if (order < 0 || (order == 0 && found < of->best)) {
        of->best = found;
    }
}

/* In the artefacts of one id, kind and agency: the highest of the versions that will do, or the
 * highest of those that have the part. */
static void look_in(search *of, range in) {
    const bkt_structure *structure = of->structure;
    bkti_span wanted = of->urn->version;
    for (size_t high = in.end; in.low < high;) {
        size_t middle = in.low + (high - in.low) / 2;
        if (bkti_version_against(version_of(at_place(structure, middle)), wanted) > 0) {
            in.low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (; in.low < in.end; in.low++) {
        const bkt_item *artefact = at_place(structure, in.low);
        if (bkti_version_against(version_of(artefact), wanted) != 0) {
            return;
        }
        const bkt_item *found = of->urn->part.size == 0
                                    ? artefact
                                    : bkti_item_find_path(artefact, of->kind, of->urn->part);
        if (found != NULL) {
            take(of, found);
            return;
        }
    }
}

/* The artefacts of one id and kind: of each agency, or those of the agency that is wanted and those
 * of none. */
static void look_in_kind(search *of, range in, key wanted) {
    if (of->urn->agency.size > 0) {
        wanted.agency = (bkti_span){"", 0};
        look_in(of, range_of(of->structure, in, &wanted, BY_AGENCY));
        wanted.agency = of->urn->agency;
        look_in(of, range_of(of->structure, in, &wanted, BY_AGENCY));
        return;
    }
    while (in.low < in.end && !of->is_ambiguous) {
        wanted.agency = agency_of(at_place(of->structure, in.low));
        size_t next = place_of(of->structure, in, &wanted, BY_AGENCY, true);
        look_in(of, (range){in.low, next});
        in.low = next;
    }
}

const bkt_item *bkti_structure_resolve(const bkt_structure *structure, const bkti_urn *urn,
                                       int kind) {
    search of = {.structure = structure, .urn = urn, .kind = kind};
    key wanted = {.id = bkti_dictionary_find(structure->ids, urn->id), .kind = kind};
    bool any = kind == BKT_ITEM_ANY || urn->part.size > 0;
    if (wanted.id < 0) {
        return NULL;
    }
    range in =
        range_of(structure, (range){0, structure->name_count}, &wanted, any ? BY_ID : BY_KIND);
    while (in.low < in.end && !of.is_ambiguous) {
        wanted.kind = at_place(structure, in.low)->kind;
        size_t next = place_of(structure, in, &wanted, BY_KIND, true);
        look_in_kind(&of, (range){in.low, next}, wanted);
        in.low = next;
    }
    return of.is_ambiguous ? NULL : of.best;
}
