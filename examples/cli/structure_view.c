/* SPDX-License-Identifier: MIT */
#include "structure_view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void view_name(FILE *to, const bkt_item *item) {
    const char *agency = bkt_item_agency(item);
    fprintf(to, "%s%s%s(%s)", agency == NULL ? "" : agency, agency == NULL ? "" : ":",
            bkt_item_id(item), bkt_item_version(item));
}

static void add_name(listing *list, const bkt_item *item) {
    listing_add(list, bkt_item_agency(item));
    listing_join(list, ":", bkt_item_id(item));
    listing_join(list, "", "(");
    listing_join(list, "", bkt_item_version(item));
    listing_join(list, "", ")");
}

/* The head of what is printed: "EX:CL_AREA(1.0)  Areas". */
static void print_head(const bkt_item *item, const char *language) {
    const char *text = bkt_item_name(item, language);
    view_name(stdout, item);
    printf("%s%s\n", text == NULL ? "" : "  ", text == NULL ? "" : text);
    fflush(stdout);
}

/* The kind of what an artefact mainly consists of; 0: nothing in particular. */
static int32_t part_kind(int32_t kind) {
    switch (kind) {
    case BKT_ITEM_CODE_LIST:
        return BKT_ITEM_CODE;
    case BKT_ITEM_VALUE_LIST:
        return BKT_ITEM_VALUE;
    case BKT_ITEM_CONCEPT_SCHEME:
        return BKT_ITEM_CONCEPT;
    case BKT_ITEM_CATEGORY_SCHEME:
        return BKT_ITEM_CATEGORY;
    case BKT_ITEM_ORGANISATION_SCHEME:
        return BKT_ITEM_ORGANISATION;
    case BKT_ITEM_HIERARCHICAL_CODE_LIST:
        return BKT_ITEM_HIERARCHY;
    case BKT_ITEM_HIERARCHY:
        return BKT_ITEM_HIERARCHICAL_CODE;
    case BKT_ITEM_DATA_STRUCTURE:
        return BKT_ITEM_DIMENSION;
    default:
        return 0;
    }
}

static const char *plural_of(int32_t kind, uint32_t count) {
    static const struct {
        int32_t kind;
        const char *one, *several;
    } words[] = {
        {BKT_ITEM_CODE, "code", "codes"},
        {BKT_ITEM_VALUE, "value", "values"},
        {BKT_ITEM_CONCEPT, "concept", "concepts"},
        {BKT_ITEM_CATEGORY, "category", "categories"},
        {BKT_ITEM_ORGANISATION, "organisation", "organisations"},
        {BKT_ITEM_HIERARCHY, "hierarchy", "hierarchies"},
        {BKT_ITEM_HIERARCHICAL_CODE, "code at the top", "codes at the top"},
        {BKT_ITEM_DIMENSION, "dimension", "dimensions"},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i].kind == kind)
            return count == 1 ? words[i].one : words[i].several;
    return "parts";
}

/* What an artefact leads to, or how much is in it. */
static void add_content(listing *list, const bkt_item *item) {
    int32_t kind = bkt_item_kind(item);
    const char *of = kind == BKT_ITEM_DATAFLOW || kind == BKT_ITEM_METADATAFLOW ? "Structure"
                     : kind == BKT_ITEM_CATEGORISATION                          ? "Source"
                     : kind == BKT_ITEM_PROVISION_AGREEMENT                     ? "Dataflow"
                     : kind == BKT_ITEM_CONSTRAINT                              ? "Dataflow"
                                                                                : NULL;
    const char *reference = of == NULL ? NULL : bkt_item_property(item, of);
    const char *equals = reference == NULL ? NULL : strchr(reference, '=');
    int32_t parts = part_kind(kind);
    if (reference != NULL) {
        listing_add(list, "of");
        listing_join(list, " ", equals == NULL ? reference : equals + 1);
    } else if (parts != 0) {
        uint32_t count = bkt_item_child_count(item, parts);
        listing_add_number(list, count);
        listing_join(list, " ", plural_of(parts, count));
    } else {
        listing_add(list, NULL);
    }
}

static const char *class_of(const bkt_item *item) {
    const char *own = bkt_item_property(item, "class");
    return own != NULL ? own : bkt_item_kind_text(bkt_item_kind(item));
}

bkt_status view_artefacts(session *running, const bkt_structure *structure, const char *language,
                          bool as_csv) {
    static const char *const shown[] = {"KIND", "ARTEFACT", "NAME", "CONTENT", NULL};
    static const char *const written[] = {"KIND", "AGENCY",  "ID", "VERSION",
                                          "NAME", "CONTENT", NULL};
    listing list;
    listing_init(&list, as_csv ? written : shown);
    for (int32_t kind = BKT_ITEM_CODE_LIST; kind <= BKT_ITEM_OTHER; kind++)
        for (uint32_t i = 0; i < bkt_structure_item_count(structure, kind); i++) {
            const bkt_item *item = bkt_structure_item_at(structure, kind, i);
            listing_add(&list, class_of(item));
            if (as_csv) {
                listing_add(&list, bkt_item_agency(item));
                listing_add(&list, bkt_item_id(item));
                listing_add(&list, bkt_item_version(item));
            } else {
                add_name(&list, item);
            }
            listing_add(&list, bkt_item_name(item, language));
            add_content(&list, item);
        }
    bkt_status status = listing_show(running, &list, as_csv);
    listing_free(&list);
    return status;
}

/* ---- A DSD ---- */

/* The type, and which values mean something else: "Double; -1: Not known". */
static void add_type(listing *list, const bkt_item *component, const char *language) {
    listing_add(list, bkt_component_type(component));
    const bkt_item *of = component;
    if (bkt_item_child_count(of, BKT_ITEM_SENTINEL_VALUE) == 0 &&
        bkt_item_property(component, "textType") == NULL)
        of = bkt_component_concept(component);
    for (uint32_t i = 0; i < bkt_item_child_count(of, BKT_ITEM_SENTINEL_VALUE); i++) {
        const bkt_item *value = bkt_item_child_at(of, BKT_ITEM_SENTINEL_VALUE, i);
        listing_join(list, "; ", bkt_item_id(value));
        listing_join(list, ": ", bkt_item_name(value, language));
    }
}

static const char *level_text(const bkt_item *component) {
    switch (bkt_component_level(component)) {
    case BKT_LEVEL_DATASET:
        return "data set";
    case BKT_LEVEL_GROUP:
        return "group";
    case BKT_LEVEL_SERIES:
        return "series";
    case BKT_LEVEL_OBSERVATION:
        return "observation";
    default:
        return NULL;
    }
}

static const char *role_text(const bkt_item *component) {
    switch (bkt_component_role(component)) {
    case BKT_ROLE_TIME:
        return "time";
    case BKT_ROLE_DIMENSION:
        return "dimension";
    case BKT_ROLE_MEASURE:
        return "measure";
    default:
        return "attribute";
    }
}

/* The list by its name, and how many codes it has. */
static void add_list(listing *list, const bkt_item *component) {
    const bkt_item *codes = bkt_component_code_list(component);
    const char *reference = bkt_component_code_list_reference(component);
    const char *equals = reference == NULL ? NULL : strchr(reference, '=');
    if (codes != NULL) {
        add_name(list, codes);
        listing_add_number(list, bkt_item_child_count(codes, part_kind(bkt_item_kind(codes))));
    } else {
        listing_add(list, equals == NULL ? reference : equals + 1);
        listing_add(list, NULL);
    }
}

static void add_dimensions(listing *list, const bkt_item *component) {
    listing_add(list, NULL);
    for (uint32_t i = 0; i < bkt_component_dimension_count(component); i++)
        listing_join(list, " ", bkt_item_id(bkt_component_dimension_at(component, i)));
}

/* The concept's name, or its id where no message has it. */
static const char *meaning_of(const bkt_item *component, const char *language) {
    const bkt_item *concept_item = bkt_component_concept(component);
    const char *name = bkt_item_name(concept_item, language);
    return name != NULL ? name : bkt_item_name(component, language);
}

static void add_components(listing *list, const bkt_item *structure, int32_t kind,
                           const char *language) {
    for (uint32_t i = 0; i < bkt_item_child_count(structure, kind); i++) {
        const bkt_item *each = bkt_item_child_at(structure, kind, i);
        if (kind == BKT_ITEM_DIMENSION)
            listing_add_number(list, i + 1);
        else
            listing_add(list, NULL);
        listing_add(list, kind == BKT_ITEM_GROUP ? "group" : role_text(each));
        listing_add(list, bkt_item_id(each));
        listing_add(list, kind == BKT_ITEM_GROUP ? NULL : meaning_of(each, language));
        if (kind == BKT_ITEM_GROUP) {
            listing_add(list, NULL);
            listing_add(list, NULL);
        } else {
            add_list(list, each);
        }
        if (kind == BKT_ITEM_GROUP)
            listing_add(list, NULL);
        else
            add_type(list, each, language);
        listing_add(list, level_text(each));
        bool must = bkt_component_is_mandatory(each) != 0 && kind != BKT_ITEM_DIMENSION;
        listing_add(list, must ? "mandatory" : NULL);
        add_dimensions(list, each);
    }
}

bkt_status view_data_structure(session *running, const bkt_item *structure, const char *language,
                               bool as_csv) {
    static const char *const ids[] = {"POSITION",  "ROLE",       "ID",   "NAME",
                                      "CODE_LIST", "CODES",      "TYPE", "LEVEL",
                                      "REQUIRED",  "DIMENSIONS", NULL};
    listing list;
    listing_init(&list, ids);
    list.key_count = 3;
    add_components(&list, structure, BKT_ITEM_DIMENSION, language);
    add_components(&list, structure, BKT_ITEM_MEASURE, language);
    add_components(&list, structure, BKT_ITEM_ATTRIBUTE, language);
    add_components(&list, structure, BKT_ITEM_GROUP, language);
    if (!as_csv)
        print_head(structure, language);
    bkt_status status = listing_show(running, &list, as_csv);
    listing_free(&list);
    return status;
}

/* ---- Codes as a tree ---- */

#define NONE UINT32_MAX

typedef struct node {
    const bkt_item *item;
    uint32_t up, first, last, next; /* parent, children, sibling: places, or NONE */
} node;

typedef struct place {
    const bkt_item *item;
    uint32_t index;
} place;

static int by_item(const void *a, const void *b) {
    uintptr_t one = (uintptr_t)((const place *)a)->item;
    uintptr_t other = (uintptr_t)((const place *)b)->item;
    return (one > other) - (one < other);
}

static uint32_t place_of(const place *places, uint32_t count, const bkt_item *item) {
    place wanted = {item, 0};
    const place *found =
        item == NULL ? NULL : bsearch(&wanted, places, count, sizeof *places, by_item);
    return found == NULL ? NONE : found->index;
}

/* The nodes; behind them one that the roots hang on. NULL without memory. */
static node *make_tree(const bkt_item *list, int32_t kind, uint32_t count) {
    node *nodes = calloc((size_t)count + 1, sizeof *nodes);
    place *places = calloc((size_t)count + 1, sizeof *places);
    for (uint32_t i = 0; nodes != NULL && places != NULL && i < count; i++)
        places[i] = (place){bkt_item_child_at(list, kind, i), i};
    for (uint32_t i = 0; nodes != NULL && places != NULL && i <= count; i++)
        nodes[i] = (node){i < count ? places[i].item : NULL, NONE, NONE, NONE, NONE};
    if (nodes == NULL || places == NULL) {
        free(nodes);
        free(places);
        return NULL;
    }
    qsort(places, count, sizeof *places, by_item);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t up = place_of(places, count, bkt_item_reference(nodes[i].item, "Parent"));
        node *parent = &nodes[up == NONE ? count : up];
        nodes[i].up = up == NONE ? count : up;
        *(parent->first == NONE ? &parent->first : &nodes[parent->last].next) = i;
        parent->last = i;
    }
    free(places);
    return nodes;
}

enum { DEEPEST = 40 }; /* what stands deeper is not indented further */

static void add_label(listing *list, const char *label, uint32_t depth) {
    char blanks[2 * DEEPEST + 1];
    snprintf(blanks, sizeof blanks, "%*s", (int)(2 * (depth < DEEPEST ? depth : DEEPEST)), "");
    listing_add(list, blanks);
    listing_join(list, "", label);
}

/* "Ann, Trade, Inquiries", in the cell there is. */
static void join_contact(listing *list, const bkt_item *contact, const char *separator,
                         const char *language) {
    const char *const texts[] = {bkt_item_name(contact, language),
                                 bkt_item_property_in(contact, "Department", language),
                                 bkt_item_property_in(contact, "Role", language)};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i] != NULL && texts[i][0] != '\0') {
            listing_join(list, separator, texts[i]);
            separator = ", ";
        }
}

static bool is_way(const char *property) {
    static const char *const ways[] = {"Telephone", "Fax", "X400", "URI", "Email"};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (strcmp(property, ways[i]) == 0)
            return true;
    return false;
}

/* Who is to be asked, below an organisation, and how: "Ann, Trade, Inquiries", "Email a@b". */
static void add_contacts(listing *list, const bkt_item *item, uint32_t depth,
                         const char *language) {
    for (uint32_t i = 0; i < bkt_item_child_count(item, BKT_ITEM_CONTACT); i++) {
        const bkt_item *contact = bkt_item_child_at(item, BKT_ITEM_CONTACT, i);
        add_label(list, "(contact)", depth);
        listing_add(list, NULL);
        join_contact(list, contact, "", language);
        for (uint32_t k = 0; k < bkt_item_property_count(contact); k++)
            if (is_way(bkt_item_property_name_at(contact, k))) {
                add_label(list, bkt_item_property_name_at(contact, k), depth + 1);
                listing_add(list, bkt_item_property_at(contact, k));
            }
    }
}

/* All of them in one cell: "Ann, Trade, Email: a@b; Bob, Fax: 1". */
static void add_contacts_cell(listing *list, const bkt_item *item, const char *language) {
    listing_add(list, NULL);
    for (uint32_t i = 0; i < bkt_item_child_count(item, BKT_ITEM_CONTACT); i++) {
        const bkt_item *contact = bkt_item_child_at(item, BKT_ITEM_CONTACT, i);
        size_t before = list->last_size;
        join_contact(list, contact, "; ", language);
        for (uint32_t k = 0; k < bkt_item_property_count(contact); k++)
            if (is_way(bkt_item_property_name_at(contact, k))) {
                listing_join(list, list->last_size == before ? "; " : ", ",
                             bkt_item_property_name_at(contact, k));
                listing_join(list, ": ", bkt_item_property_at(contact, k));
            }
    }
}

static void add_code(listing *list, const bkt_item *item, const char *parent, uint32_t depth,
                     const char *language, bool as_csv) {
    const char *name = bkt_item_name(item, language);
    if (name == NULL) /* of a hierarchy: that of the code */
        name = bkt_item_name(bkt_item_reference(item, "Code"), language);
    if (as_csv) {
        listing_add(list, bkt_item_id(item));
        listing_add(list, parent);
        listing_add_number(list, depth + 1);
        listing_add(list, name);
        listing_add(list, bkt_item_description(item, language));
        if (bkt_item_kind(item) == BKT_ITEM_ORGANISATION)
            add_contacts_cell(list, item, language);
        return;
    }
    add_label(list, bkt_item_id(item), depth);
    listing_add(list, name);
    add_contacts(list, item, depth + 1, language);
}

/* Parts that stand one in the other. */
static void add_nested(listing *list, const bkt_item *item, int32_t kind, uint32_t depth,
                       const char *language, bool as_csv) {
    for (uint32_t i = 0; i < bkt_item_child_count(item, kind); i++) {
        const bkt_item *each = bkt_item_child_at(item, kind, i);
        const bkt_item *up = bkt_item_parent(each);
        add_code(list, each, depth == 0 ? NULL : bkt_item_id(up), depth, language, as_csv);
        add_nested(list, each, kind, depth + 1, language, as_csv);
    }
}

/* Parts that name their parents. */
static bool add_tree(listing *list, const bkt_item *of, int32_t kind, const char *language,
                     bool as_csv) {
    uint32_t count = bkt_item_child_count(of, kind);
    node *nodes = make_tree(of, kind, count);
    if (nodes == NULL)
        return false;
    uint32_t depth = 0;
    for (uint32_t at = nodes[count].first; at != NONE && at != count;) {
        const bkt_item *parent = nodes[nodes[at].up].item;
        add_code(list, nodes[at].item, bkt_item_id(parent), depth, language, as_csv);
        if (nodes[at].first != NONE) {
            at = nodes[at].first;
            depth++;
            continue;
        }
        while (at != count && nodes[at].next == NONE) {
            at = nodes[at].up;
            depth -= at != count;
        }
        at = at == count ? count : nodes[at].next;
    }
    free(nodes);
    return true;
}

bkt_status view_codes(session *running, const bkt_item *item, const char *language, bool as_csv) {
    static const char *const shown[] = {"CODE", "NAME", NULL};
    static const char *const written[] = {"CODE", "PARENT", "LEVEL", "NAME", "DESCRIPTION", NULL};
    static const char *const organisations[] = {"CODE",        "PARENT",   "LEVEL", "NAME",
                                                "DESCRIPTION", "CONTACTS", NULL};
    int32_t kind = part_kind(bkt_item_kind(item));
    bool nested = kind == BKT_ITEM_CATEGORY || kind == BKT_ITEM_HIERARCHICAL_CODE;
    listing list;
    listing_init(&list, !as_csv ? shown : kind == BKT_ITEM_ORGANISATION ? organisations : written);
    bool done = true;
    if (kind == BKT_ITEM_HIERARCHY) /* a set of hierarchies: one after the other */
        for (uint32_t i = 0; i < bkt_item_child_count(item, kind); i++)
            add_nested(&list, bkt_item_child_at(item, kind, i), BKT_ITEM_HIERARCHICAL_CODE, 0,
                       language, as_csv);
    else if (nested)
        add_nested(&list, item, kind, 0, language, as_csv);
    else
        done = add_tree(&list, item, kind, language, as_csv);
    list.failed = list.failed || !done;
    if (!as_csv)
        print_head(item, language);
    bkt_status status = listing_show(running, &list, as_csv);
    listing_free(&list);
    return status;
}
