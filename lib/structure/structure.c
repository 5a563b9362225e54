/* SPDX-License-Identifier: MIT */
/* The artefacts of a structure, and which DSD data are of. */
#include "bkti_vocabulary.h"

void bkt_structure_free(bkt_structure *structure) {
    bkti_structure_drop(structure);
}

uint32_t bkt_structure_item_count(const bkt_structure *structure, int32_t kind) {
    return structure == NULL ? 0 : bkt_item_child_count(&structure->items[0], kind);
}

const bkt_item *bkt_structure_item_at(const bkt_structure *structure, int32_t kind,
                                      uint32_t index) {
    return structure == NULL ? NULL : bkt_item_child_at(&structure->items[0], kind, index);
}

const bkt_item *bkt_structure_find(const bkt_structure *structure, int32_t kind, const char *name) {
    bkti_urn urn;
    if (structure == NULL || name == NULL || kind < 0 || kind > BKT_ITEM_OTHER ||
        !bkti_urn_parse(bkti_span_of(name), &urn)) {
        return NULL;
    }
    return bkti_structure_resolve(structure, &urn, kind);
}

/* The DSD that an item is, or leads to: by a dataflow, or by an agreement's dataflow. */
static const bkt_item *data_structure_of(const bkt_item *item) {
    for (int i = 0; item != NULL && i < 3; i++) {
        switch (item->kind) {
        case BKT_ITEM_DATA_STRUCTURE:
            return item;
        case BKT_ITEM_DATAFLOW:
            item = bkt_item_reference(item, "Structure");
            break;
        case BKT_ITEM_PROVISION_AGREEMENT:
            item = bkt_item_reference(item, "Dataflow");
            break;
        default:
            return NULL;
        }
    }
    return NULL;
}

static const bkt_item *find_by(const bkt_structure *structure, const bkti_urn *urn) {
    static const int kinds[] = {BKT_ITEM_DATA_STRUCTURE, BKT_ITEM_DATAFLOW,
                                BKT_ITEM_PROVISION_AGREEMENT};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const bkt_item *found = data_structure_of(bkti_structure_resolve(structure, urn, kinds[i]));
        if (found != NULL) {
            return found;
        }
    }
    return NULL;
}

static bool is_given(const char *text) {
    return text != NULL && text[0] != '\0';
}

const bkt_item *bkti_structure_of_data(const bkt_structure *structure, const char *name,
                                       const char *dataflow) {
    const bkt_item *found =
        is_given(name) ? bkt_structure_find_data_structure(structure, name) : NULL;
    if (found == NULL && is_given(dataflow)) {
        found = bkt_structure_find_data_structure(structure, dataflow);
    }
    bool is_unknown =
        !is_given(dataflow) || bkt_structure_find(structure, BKT_ITEM_DATAFLOW, dataflow) == NULL;
    return found == NULL && !is_given(name) && is_unknown
               ? bkt_structure_find_data_structure(structure, NULL)
               : found;
}

const bkt_item *bkt_structure_find_data_structure(const bkt_structure *structure,
                                                  const char *name) {
    bkti_urn urn;
    if (structure == NULL) {
        return NULL;
    }
    if (name == NULL || name[0] == '\0') {
        return bkt_structure_item_count(structure, BKT_ITEM_DATA_STRUCTURE) == 1
                   ? bkt_structure_item_at(structure, BKT_ITEM_DATA_STRUCTURE, 0)
                   : NULL;
    }
    if (!bkti_urn_parse(bkti_span_of(name), &urn)) {
        return NULL;
    }
    const bkt_item *found = find_by(structure, &urn);
    if (found == NULL && urn.version.size > 0) {
        urn.version.size = 0;
        found = find_by(structure, &urn);
    }
    if (found == NULL && urn.agency.size > 0) {
        urn.agency.size = 0;
        found = find_by(structure, &urn);
    }
    return found;
}
