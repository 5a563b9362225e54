/* SPDX-License-Identifier: MIT */
/* Two structures compared by the public getters: what was read against what was written of it and
 * read back. */
#ifndef STRUCTURE_COMPARE_H
#define STRUCTURE_COMPARE_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <bktrade/bktrade.h>

/* How the second may differ from the first. */
typedef struct comparison {
    bool same_version; /* not at all */
    bool to_21;        /* else it is of 3.0 */
    int differences;
    int told; /* how many of them are printed */
} comparison;

static inline void differ(comparison *of, const bkt_item *item, const char *what, const char *a,
                          const char *b) {
    char urn[300] = "";
    of->differences++;
    if (of->differences <= of->told) {
        bkt_item_urn(item, urn, sizeof urn, NULL);
        fprintf(stderr, "#   %s %s %s line %lu: %s: '%.80s', then '%.80s'\n",
                bkt_item_kind_text(bkt_item_kind(item)), bkt_item_id(item), urn,
                (unsigned long)bkt_item_line(item), what, a == NULL ? "(none)" : a,
                b == NULL ? "(none)" : b);
    }
}

static inline bool same_text(const char *a, const char *b) {
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static inline void compare_text(comparison *of, const bkt_item *item, const char *what,
                                const char *a, const char *b) {
    if (!same_text(a, b)) {
        differ(of, item, what, a, b);
    }
}

/* How often an item says just this. */
static inline int times_said(const bkt_item *item, const char *name, const char *text,
                             const char *qualifier) {
    int count = 0;
    for (uint32_t i = 0; i < bkt_item_property_count(item); i++) {
        count += same_text(bkt_item_property_name_at(item, i), name) &&
                 same_text(bkt_item_property_at(item, i), text) &&
                 same_text(bkt_item_property_qualifier_at(item, i), qualifier);
    }
    return count;
}

static inline bool is_any_of(const char *name, const char *const *names) {
    while (*names != NULL && strcmp(*names, name) != 0) {
        names++;
    }
    return *names != NULL;
}

/* Properties that one message may say and another leave to be understood. */
static inline bool may_differ(const comparison *of, const bkt_item *item, const char *name) {
    static const char *const always[] = {"urn", "type", "assignmentStatus", NULL};
    if (of->to_21 && strcmp(name, "AnnotationValue") == 0) {
        return true;
    }
    static const char *const understood[] = {"isFinal", "version", "isPartial", NULL};
    return is_any_of(name, always) ||
           (bkt_item_kind(item) == BKT_ITEM_ORGANISATION_SCHEME && is_any_of(name, understood));
}

static inline void compare_properties(comparison *of, const bkt_item *a, const bkt_item *b) {
    for (uint32_t i = 0; i < bkt_item_property_count(a); i++) {
        const char *name = bkt_item_property_name_at(a, i);
        const char *text = bkt_item_property_at(a, i);
        const char *qualifier = bkt_item_property_qualifier_at(a, i);
        bool open = strpbrk(text, "+*") != NULL && strstr(text, "urn:") == text && of->to_21;
        bool measures = strstr(text, ".ConceptScheme=") != NULL && !of->to_21;
        if (!open && !measures && !may_differ(of, a, name) && text[0] != '\0' &&
            times_said(a, name, text, qualifier) != times_said(b, name, text, qualifier)) {
            differ(of, a, name, text, bkt_item_property(b, name));
        }
    }
}

/* In every language; the description of a code of 1.0 or 2.0 is its name since. */
static inline void compare_names(comparison *of, const bkt_item *a, const bkt_item *b) {
    bool has_name = bkt_item_property(a, "Name") != NULL;
    for (uint32_t i = 0; i < bkt_item_property_count(a); i++) {
        const char *name = bkt_item_property_name_at(a, i);
        const char *text = bkt_item_property_at(a, i);
        bool described = strcmp(name, "Description") == 0;
        if ((described || strcmp(name, "Name") == 0) && text[0] != '\0' &&
            times_said(b, described && !has_name ? "Name" : name, text,
                       bkt_item_property_qualifier_at(a, i)) == 0) {
            differ(of, a, name, text, bkt_item_property(b, name));
        }
    }
}

/* What a reference leads to: the ids of the artefact and of its part. */
static inline void compare_target(comparison *of, const bkt_item *item, const char *what,
                                  const bkt_item *a, const bkt_item *b) {
    if (a == NULL) {
        return;
    }
    compare_text(of, item, what, bkt_item_id(a), bkt_item_id(b));
    compare_text(of, item, what, bkt_item_agency(a), bkt_item_agency(b));
}

static inline void compare_component(comparison *of, const bkt_item *a, const bkt_item *b) {
    static const char *const facets[] = {"minLength", "maxLength", "minValue", "maxValue",
                                         "pattern",   "interval",  NULL};
    bool measures = bkt_component_code_list(a) != NULL &&
                    bkt_item_kind(bkt_component_code_list(a)) != BKT_ITEM_CODE_LIST;
    if (bkt_component_role(a) != bkt_component_role(b)) {
        differ(of, a, "role", "", "");
    }
    if (bkt_component_level(a) != bkt_component_level(b) &&
        bkt_component_level(a) != BKT_LEVEL_NONE) {
        differ(of, a, "level", "", "");
    }
    if (bkt_item_kind(a) == BKT_ITEM_ATTRIBUTE &&
        bkt_component_is_mandatory(a) != bkt_component_is_mandatory(b)) {
        differ(of, a, "mandatory", "", "");
    }
    compare_target(of, a, "concept", bkt_component_concept(a), bkt_component_concept(b));
    if (!measures && bkt_component_role(a) != BKT_ROLE_TIME) {
        compare_target(of, a, "code list", bkt_component_code_list(a), bkt_component_code_list(b));
    }
    uint32_t count = bkt_component_dimension_count(a);
    if (count > 0 && count != bkt_component_dimension_count(b)) {
        differ(of, a, "dimensions", "", "");
    }
    for (int i = 0; facets[i] != NULL; i++) {
        const char *facet = bkt_component_facet(a, facets[i]);
        if (facet != NULL && facet[0] != '\0' && strcmp(facet, "0") != 0 &&
            bkt_component_role(a) != BKT_ROLE_TIME) {
            compare_text(of, a, facets[i], facet, bkt_component_facet(b, facets[i]));
        }
    }
}

static inline bool is_component_kind(int32_t kind) {
    return kind == BKT_ITEM_DIMENSION || kind == BKT_ITEM_ATTRIBUTE || kind == BKT_ITEM_MEASURE ||
           kind == BKT_ITEM_GROUP;
}

/* Parts that the other version has differently, or not at all. */
static inline bool is_compared(const comparison *of, const bkt_item *part) {
    int32_t kind = bkt_item_kind(part);
    return of->same_version ||
           (kind != BKT_ITEM_MEASURE && kind != BKT_ITEM_METADATA_ATTRIBUTE &&
            kind != BKT_ITEM_CODE_LIST_EXTENSION && kind != BKT_ITEM_ANNOTATION &&
            kind != BKT_ITEM_KEY_VALUE && kind != BKT_ITEM_COMPONENT_MAP &&
            kind != BKT_ITEM_LEVEL && kind != BKT_ITEM_LINK && kind != BKT_ITEM_SENTINEL_VALUE);
}

static inline void compare_items(comparison *of, const bkt_item *a, const bkt_item *b);

static inline void compare_parts(comparison *of, const bkt_item *a, const bkt_item *b) {
    uint32_t places[BKT_ITEM_OTHER + 1] = {0};
    if (bkt_item_kind(a) == BKT_ITEM_DATA_STRUCTURE &&
        bkt_item_child_count(a, BKT_ITEM_DIMENSION) == 0) {
        return; /* told, and written without its components */
    }
    for (uint32_t i = 0; i < bkt_item_child_count(a, BKT_ITEM_ANY); i++) {
        const bkt_item *part = bkt_item_child_at(a, BKT_ITEM_ANY, i);
        int32_t kind = bkt_item_kind(part);
        bool is_second = bkt_item_id(part)[0] != '\0' && kind != BKT_ITEM_KEY_VALUE &&
                         kind != BKT_ITEM_ANNOTATION &&
                         bkt_item_child_find(a, kind, bkt_item_id(part)) != part;
        if (!is_compared(of, part) || is_second) {
            continue;
        }
        const bkt_item *other = bkt_item_child_at(b, kind, places[kind]++);
        if (other == NULL) {
            differ(of, part, "a part", bkt_item_id(part), NULL);
        } else {
            compare_items(of, part, other);
        }
    }
    for (int kind = 1; of->same_version && kind <= BKT_ITEM_OTHER; kind++) {
        if (bkt_item_child_count(b, kind) != places[kind]) {
            differ(of, a, "number of parts", bkt_item_kind_text(kind), "");
        }
    }
}

static inline void compare_items(comparison *of, const bkt_item *a, const bkt_item *b) {
    bool renamed = !of->same_version &&
                   (bkt_component_role(a) == BKT_ROLE_TIME || bkt_item_kind(a) == BKT_ITEM_MEASURE);
    if (!renamed) {
        compare_text(of, a, "id", bkt_item_id(a), bkt_item_id(b));
    }
    if (of->same_version || bkt_item_kind(a) == BKT_ITEM_CONTACT) {
        compare_properties(of, a, b);
    } else if (!is_component_kind(bkt_item_kind(a))) {
        compare_names(of, a, b);
    }
    if (is_component_kind(bkt_item_kind(a))) {
        compare_component(of, a, b);
    }
    compare_parts(of, a, b);
}

/* What the other version puts elsewhere, or has no place for. */
static inline bool is_carried(const comparison *of, const bkt_item *item) {
    int32_t kind = bkt_item_kind(item);
    switch (kind) {
    case BKT_ITEM_CONSTRAINT:
        return !same_text(bkt_item_property(item, "class"), "AttachmentConstraint") &&
               !same_text(bkt_item_property(item, "class"), "MetadataConstraint");
    case BKT_ITEM_CATEGORISATION: /* of a class that 3.0 does not know */
        return of->to_21 || bkt_item_property(item, "Source") == NULL ||
               strstr(bkt_item_property(item, "Source"), ".PublicationTable=") == NULL;
    case BKT_ITEM_METADATAFLOW:
        return of->to_21 || bkt_item_property(item, "Target") != NULL;
    case BKT_ITEM_METADATA_STRUCTURE:
    case BKT_ITEM_OTHER:
        return false;
    case BKT_ITEM_VALUE_LIST:
    case BKT_ITEM_HIERARCHY_ASSOCIATION:
    case BKT_ITEM_STRUCTURE_MAP:
    case BKT_ITEM_REPRESENTATION_MAP:
    case BKT_ITEM_HIERARCHY:
        return !of->to_21;
    case BKT_ITEM_HIERARCHICAL_CODE_LIST:
    case BKT_ITEM_STRUCTURE_SET:
        return of->to_21;
    case BKT_ITEM_ORGANISATION_SCHEME:
        return bkt_item_property(item, "class") != NULL;
    case BKT_ITEM_ORGANISATION:
        return false;
    default:
        return true;
    }
}

static inline const bkt_item *find_again(const bkt_structure *structure, const bkt_item *item,
                                         bool to_21) {
    char name[600];
    const char *agency = bkt_item_agency(item);
    agency = agency == NULL ? "UNKNOWN" : agency;
    if (bkt_item_kind(item) == BKT_ITEM_CONCEPT) {
        snprintf(name, sizeof name, "%.200s:STANDALONE_CONCEPT_SCHEME", agency);
        return bkt_item_child_find(bkt_structure_find(structure, BKT_ITEM_CONCEPT_SCHEME, name),
                                   BKT_ITEM_CONCEPT, bkt_item_id(item));
    }
    /* 2.1 has numbers alone for versions. */
    const char *version = bkt_item_version(item);
    size_t size = to_21 ? strspn(version, "0123456789.") : strlen(version);
    snprintf(name, sizeof name, "%.200s:%.200s(%.*s)", agency, bkt_item_id(item),
             (int)(size < 100 ? size : 100), version);
    return bkt_structure_find(structure, bkt_item_kind(item), name);
}

/* Number of differences. */
static inline int compare_structures(const bkt_structure *a, const bkt_structure *b,
                                     bool same_version, bool to_21, int told) {
    comparison of = {.same_version = same_version, .to_21 = to_21, .told = told};
    for (uint32_t i = 0; i < bkt_structure_item_count(a, BKT_ITEM_ANY); i++) {
        const bkt_item *item = bkt_structure_item_at(a, BKT_ITEM_ANY, i);
        if (!is_carried(&of, item)) {
            continue;
        }
        const bkt_item *again = find_again(b, item, to_21);
        if (again == NULL) {
            differ(&of, item, "the artefact", bkt_item_id(item), NULL);
        } else {
            compare_items(&of, item, again);
        }
    }
    return of.differences;
}

#endif
