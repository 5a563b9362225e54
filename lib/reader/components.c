/* SPDX-License-Identifier: MIT */
/* A DSD as the reader asks for it: an id's role, level, kind of column and place among the others.
 *
 * Data call some components otherwise than their DSD: the time dimension TIME_PERIOD or TIME, the
 * primary measure OBS_VALUE, and the measure dimension, which cross-sectional and explicit measures
 * leave out, MEASURE. */
#include "bkti_components.h"

#include <string.h>

/* Ranks are by role, then by place; what the DSD lacks comes last in its role. */
#define ROLE_SHIFT 24

static uint32_t rank_of(int32_t role, uint32_t place) {
    uint32_t group = role == BKT_ROLE_DIMENSION   ? 0
                     : role == BKT_ROLE_TIME      ? 1
                     : role == BKT_ROLE_MEASURE   ? 2
                     : role == BKT_ROLE_ATTRIBUTE ? 3
                                                  : 4;
    return group << ROLE_SHIFT | place;
}

uint32_t bkti_rank_of_stranger(int32_t role) {
    return rank_of(role, (UINT32_C(1) << ROLE_SHIFT) - 1);
}

static bool is_one_of(const char *text, const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(text, list[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* SDMX's types of numbers. Structures give String (which is what no type means) and its kin also to
 * measures that only have numbers: so a primary measure of that type is one of numbers, too, and a
 * text in it is kept beside. */
static int32_t kind_of_measure(const bkt_item *item, bool is_primary) {
    static const char *const numbers[] = {
        "BigInteger",
        "Integer",
        "Long",
        "Short",
        "Decimal",
        "Float",
        "Double",
        "Count",
        "InclusiveValueRange",
        "Incremental",
        "ExclusiveValueRange",
    };
    static const char *const texts[] = {"String", "AlphaNumeric", "Numeric"};
    const char *most = bkt_component_facet(item, "maxOccurs");
    const char *type = bkt_component_type(item);
    if (bkt_component_code_list_reference(item) != NULL ||
        (most != NULL && strcmp(most, "1") != 0)) {
        return BKT_KIND_TEXT;
    }
    bool number = type == NULL || is_one_of(type, numbers, sizeof numbers / sizeof *numbers) ||
                  (is_primary && is_one_of(type, texts, sizeof texts / sizeof *texts));
    return number ? BKT_KIND_NUMBER : BKT_KIND_TEXT;
}

static bool says(const bkt_item *item, const char *name, const char *text) {
    const char *said = bkt_item_property(item, name);
    return said != NULL && strcmp(said, text) == 0;
}

static bool is_cross_sectional(const bkt_item *measure) {
    return says(measure, "class", "CrossSectionalMeasure");
}

static bool add_cross_measure(bkti_components *components, const bkt_item *measure) {
    const char *code = bkt_item_property(measure, "code");
    int32_t known = bkti_dictionary_count(components->cross_ids);
    int32_t place = bkti_dictionary_add(components->cross_ids, bkti_span_of(bkt_item_id(measure)));
    if (place == known) {
        components->cross_codes[place] = code == NULL ? bkt_item_id(measure) : code;
    }
    return place >= 0;
}

static bool add_component(bkti_components *components, const bkt_item *item) {
    int32_t place = bkti_dictionary_add(components->ids, bkti_span_of(bkt_item_id(item)));
    if (place < (int32_t)components->count) {
        return place >= 0; /* the first of two goes before */
    }
    bkti_component *component = &components->items[components->count++];
    component->item = item;
    component->role = bkt_component_role(item);
    component->level = bkt_component_level(item);
    component->rank = rank_of(component->role, components->count);
    component->kind = component->role == BKT_ROLE_TIME ? BKT_KIND_PERIOD : BKT_KIND_TEXT;
    if (component->role == BKT_ROLE_TIME && components->time < 0) {
        components->time = place;
    }
    if (says(item, "class", "MeasureDimension") || says(item, "isMeasureDimension", "true")) {
        components->measure_dimension = place;
    }
    return true;
}

/* Of several measures OBS_VALUE is the primary one, a single one is. */
static void find_primary(bkti_components *components) {
    uint32_t count = 0;
    int32_t last = -1;
    for (uint32_t i = 0; i < components->count; i++) {
        if (components->items[i].role == BKT_ROLE_MEASURE) {
            count++;
            last = (int32_t)i;
        }
    }
    int32_t usual = bkti_dictionary_find(components->ids, BKTI_SPAN("OBS_VALUE"));
    components->primary = usual >= 0 && components->items[usual].role == BKT_ROLE_MEASURE ? usual
                          : count == 1                                                    ? last
                                                                                          : -1;
    for (uint32_t i = 0; i < components->count; i++) {
        bkti_component *component = &components->items[i];
        if (component->role == BKT_ROLE_MEASURE) {
            component->kind = kind_of_measure(component->item, (int32_t)i == components->primary);
        }
    }
}

static bool fill(bkti_components *components) {
    static const int32_t kinds[] = {BKT_ITEM_DIMENSION, BKT_ITEM_MEASURE, BKT_ITEM_ATTRIBUTE};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        uint32_t count = bkt_item_child_count(components->data_structure, kinds[k]);
        for (uint32_t i = 0; i < count; i++) {
            const bkt_item *item = bkt_item_child_at(components->data_structure, kinds[k], i);
            bool added = is_cross_sectional(item) ? add_cross_measure(components, item)
                                                  : add_component(components, item);
            if (!added) {
                return false;
            }
        }
    }
    find_primary(components);
    return true;
}

bkti_components *bkti_components_new(bkti_memory *memory, const bkt_item *data_structure) {
    bkti_components *components = bkti_allocate_zeroed(memory, 1, sizeof *components);
    if (components == NULL) {
        return NULL;
    }
    components->data_structure = data_structure;
    components->time = -1;
    components->primary = -1;
    components->measure_dimension = -1;
    size_t measures = bkt_item_child_count(data_structure, BKT_ITEM_MEASURE);
    size_t count = measures + bkt_item_child_count(data_structure, BKT_ITEM_DIMENSION) +
                   bkt_item_child_count(data_structure, BKT_ITEM_ATTRIBUTE);
    components->name = bkti_artefact_name(memory, data_structure);
    components->ids = bkti_dictionary_new(memory);
    components->strangers = bkti_dictionary_new(memory);
    components->cross_ids = bkti_dictionary_new(memory);
    components->items = bkti_allocate_zeroed(memory, count + 1, sizeof *components->items);
    components->cross_codes =
        bkti_allocate_zeroed(memory, measures + 1, sizeof *components->cross_codes);
    if (components->name == NULL || components->ids == NULL || components->strangers == NULL ||
        components->cross_ids == NULL || components->items == NULL ||
        components->cross_codes == NULL || !fill(components)) {
        bkti_components_free(memory, components);
        return NULL;
    }
    return components;
}

void bkti_components_free(bkti_memory *memory, bkti_components *components) {
    if (components == NULL) {
        return;
    }
    for (uint32_t i = 0; i < components->count; i++) {
        bkti_labels_drop(components->items[i].labels);
    }
    bkti_release(memory, components->name);
    bkti_dictionary_drop(components->ids);
    bkti_dictionary_drop(components->strangers);
    bkti_dictionary_drop(components->cross_ids);
    bkti_release(memory, components->items);
    bkti_release(memory, components->cross_codes);
    bkti_release(memory, components);
}

int32_t bkti_components_find(const bkti_components *components, bkti_span id) {
    int32_t place = bkti_dictionary_find(components->ids, id);
    if (place >= 0) {
        return place;
    }
    return bkti_span_is(id, "TIME_PERIOD") || bkti_span_is(id, "TIME") ? components->time
           : bkti_span_is(id, "MEASURE")   ? components->measure_dimension
           : bkti_span_is(id, "OBS_VALUE") ? components->primary
                                           : -1;
}

bkti_span bkti_components_cross_code(const bkti_components *components, bkti_span measure) {
    int32_t place = bkti_dictionary_find(components->cross_ids, measure);
    return place < 0 ? measure : bkti_span_of(components->cross_codes[place]);
}
