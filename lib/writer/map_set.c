/* SPDX-License-Identifier: MIT */
/* Maps of 3.0 as 2.1 has them: a map of structures is one of a set, which is called alike and has
 * the maps of values that it uses; a map of values that none uses is a set of its own. */
#include "bkti_form.h"

static bool is_of_structures(const bkt_item *map) {
    return bkt_item_kind(map) == BKT_ITEM_STRUCTURE_MAP;
}

/* Where in the map of structures a map of values is used first; -1: nowhere. */
static int64_t first_use(const bkt_writer *writer, const bkt_item *map, const bkt_item *values) {
    for (uint32_t i = 0; i < bkt_item_child_count(map, BKT_ITEM_COMPONENT_MAP); i++) {
        const bkt_item *each = bkt_item_child_at(map, BKT_ITEM_COMPONENT_MAP, i);
        if (bkti_map_of_values(each) == values && bkti_map_obstacle(writer, each) == NULL) {
            return i;
        }
    }
    return -1;
}

static bool is_used(const bkt_writer *writer, const bkt_item *values) {
    const bkt_structure *structure = bkt_item_structure(values);
    for (uint32_t i = 0; i < bkt_structure_item_count(structure, BKT_ITEM_STRUCTURE_MAP); i++) {
        const bkt_item *map = bkt_structure_item_at(structure, BKT_ITEM_STRUCTURE_MAP, i);
        if (first_use(writer, map, values) >= 0) {
            return true;
        }
    }
    return false;
}

static bool is_called_alike(const bkt_item *a, const bkt_item *b) {
    const char *agency = bkt_item_agency(a);
    const char *other = bkt_item_agency(b);
    return strcmp(bkt_item_id(a), bkt_item_id(b)) == 0 &&
           strcmp(agency == NULL ? "" : agency, other == NULL ? "" : other) == 0 &&
           strcmp(bkt_item_version(a), bkt_item_version(b)) == 0;
}

/* Whether another artefact has the name that the set would have. */
static bool is_taken(const bkt_item *map) {
    const bkt_structure *structure = bkt_item_structure(map);
    static const int32_t kinds[] = {BKT_ITEM_STRUCTURE_SET, BKT_ITEM_STRUCTURE_MAP};
    for (size_t k = 0; k < (is_of_structures(map) ? 1 : 2); k++) {
        for (uint32_t i = 0; i < bkt_structure_item_count(structure, kinds[k]); i++) {
            if (is_called_alike(map, bkt_structure_item_at(structure, kinds[k], i))) {
                return true;
            }
        }
    }
    return false;
}

bool bkti_is_set(bkt_writer *writer, const bkt_item *map) {
    bool is_whole =
        is_of_structures(map) ? bkti_has_components(writer, map) : bkti_has_values(writer, map);
    if (!is_of_structures(map) && is_whole && is_used(writer, map)) {
        return false; /* it stands in the sets of those */
    }
    if (!is_whole) {
        bkti_leave_out(writer, map, "a map without one of one to one in it");
    } else if (is_taken(map)) {
        bkti_leave_out(writer, map, "a map beside a set of the same name");
        return false;
    }
    return is_whole;
}

/* What has no URN of its own there. */
static void put_in_set(bkt_writer *writer, const bkt_item *set, const bkt_item *map) {
    bkti_form form = *bkti_form_find(writer, map);
    form.class_name = NULL;
    bkti_put_item_as(writer, map, &form);
    const char *agency = bkt_item_agency(map);
    const char *other = bkt_item_agency(set);
    if (strcmp(agency == NULL ? "" : agency, other == NULL ? "" : other) != 0 ||
        strcmp(bkt_item_version(map), bkt_item_version(set)) != 0) {
        bkti_leave_out(writer, map, "its agency and version, which in %.100s are those of the set",
                       bkt_item_id(set));
    }
}

void bkti_put_map_as_set(bkt_writer *writer, const bkt_item *map) {
    bkti_form form = {
        .kind = BKT_ITEM_STRUCTURE_SET, .level = BKTI_FORM_MAINTAINED, .element = "StructureSet"};
    bkti_put_item_begin(writer, map, &form, bkt_item_id(map));
    for (uint32_t i = 0;
         writer->status == BKT_OK && i < bkt_item_child_count(map, BKT_ITEM_COMPONENT_MAP); i++) {
        const bkt_item *values =
            bkti_map_of_values(bkt_item_child_at(map, BKT_ITEM_COMPONENT_MAP, i));
        if (values != NULL && first_use(writer, map, values) == (int64_t)i) {
            put_in_set(writer, map, values);
        }
    }
    put_in_set(writer, map, map);
    bkti_put_close(writer, form.element);
}
