/* SPDX-License-Identifier: MIT */
/* What a DSD says of the data set at hand: found when the data set begins, asked for each column.
 */
#include "bkti_structure.h"
#include "bkti_writer_parts.h"

/* Each data structure that is missing is told once, by the name of what was looked for. */
static void tell_missing(bkt_writer *writer, const bkti_set *set) {
    const char *structure = set->texts[BKTI_SET_STRUCTURE];
    const char *dataflow = set->texts[BKTI_SET_DATAFLOW];
    const char *name = structure != NULL ? structure : dataflow != NULL ? dataflow : "";
    if (bkti_is_first(writer, &writer->missing, name)) {
        bkti_tell(writer->context, BKT_SEVERITY_WARNING, BKT_ERR_STRUCTURE, NULL,
                  "the structure given has no data structure, or several, for %s%.200s: the data "
                  "set is written without",
                  name[0] == '\0' ? "data that name none" : "", name);
    }
}

/* Data that do not say of what they are, are of the DSD that was found. */
static bool name_set(bkt_writer *writer, bkti_set *set, const bkt_item *data_structure) {
    if (set->texts[BKTI_SET_STRUCTURE] != NULL || set->texts[BKTI_SET_DATAFLOW] != NULL) {
        return true;
    }
    bkti_text name;
    bkti_text_init(&name, writer->memory);
    bkti_item_append_name(data_structure, &name);
    set->texts[BKTI_SET_STRUCTURE] =
        name.failed ? NULL : bkti_copy_text(writer->memory, bkti_text_get(&name), name.size);
    bkti_text_free(&name);
    return set->texts[BKTI_SET_STRUCTURE] != NULL;
}

bkt_status bkti_set_know(bkt_writer *writer, bkti_set *set, const bkt_table *table) {
    const bkt_structure *structure = writer->options.data_structures;
    writer->data_structure = NULL;
    if (!bkti_set_complete(writer, set, table)) {
        return bkti_no_memory(writer->context);
    }
    if (structure == NULL || writer->options.format == BKT_FORMAT_CSV) {
        return BKT_OK;
    }
    writer->data_structure = bkti_structure_of_data(structure, set->texts[BKTI_SET_STRUCTURE],
                                                    set->texts[BKTI_SET_DATAFLOW]);
    if (writer->data_structure == NULL) {
        tell_missing(writer, set);
        return BKT_OK;
    }
    return name_set(writer, set, writer->data_structure) ? writer->status
                                                         : bkti_no_memory(writer->context);
}

static const bkt_item *find_time(const bkt_item *data_structure) {
    uint32_t count = bkt_item_child_count(data_structure, BKT_ITEM_DIMENSION);
    for (uint32_t i = 0; i < count; i++) {
        const bkt_item *dimension = bkt_item_child_at(data_structure, BKT_ITEM_DIMENSION, i);
        if (bkt_component_role(dimension) == BKT_ROLE_TIME) {
            return dimension;
        }
    }
    return NULL;
}

/* Ids that SDMX fixes are not those of every DSD of 1.0 and 2.0. */
static const bkt_item *find_fixed(const bkt_item *data_structure, const char *id) {
    bool is_value = strcmp(id, BKTI_ID_VALUE) == 0;
    return strcmp(id, BKTI_ID_TIME) == 0 ? find_time(data_structure)
           : is_value && bkt_item_child_count(data_structure, BKT_ITEM_MEASURE) == 1
               ? bkt_item_child_at(data_structure, BKT_ITEM_MEASURE, 0)
               : NULL;
}

const bkt_item *bkti_writer_component(const bkt_writer *writer, const bkt_column *column) {
    static const int32_t kinds[] = {BKT_ITEM_DIMENSION, BKT_ITEM_ATTRIBUTE, BKT_ITEM_MEASURE};
    const char *id = bkt_column_id(column);
    if (writer->data_structure == NULL || bkt_column_role(column) == BKT_ROLE_PROVENANCE) {
        return NULL;
    }
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const bkt_item *found = bkt_item_child_find(writer->data_structure, kinds[i], id);
        if (found != NULL) {
            return found;
        }
    }
    return find_fixed(writer->data_structure, id);
}

void bkti_tell_stranger(bkt_writer *writer, const char *id) {
    if (writer->data_structure != NULL && bkti_is_first(writer, &writer->strangers, id)) {
        bkti_tell(writer->context, BKT_SEVERITY_WARNING, BKT_ERR_STRUCTURE, NULL,
                  "the data have %.200s, which the data structure %.200s lacks: it is written as "
                  "the table has it",
                  id, bkt_item_id(writer->data_structure));
    }
}

static const char *level_name(int32_t level) {
    return level == BKT_LEVEL_GROUP ? "group" : "series";
}

void bkti_tell_misplaced(bkt_writer *writer, const bkti_component *component, int32_t level,
                         int64_t row, const char *why) {
    bool is_known = component->item != NULL || level == BKT_LEVEL_GROUP;
    if (is_known && bkti_is_first(writer, &writer->misplaced, component->id)) {
        bkti_tell(writer->context, BKT_SEVERITY_WARNING, BKT_ERR_STRUCTURE, NULL,
                  "the attribute %.200s belongs to the %s, but %s (row %lld of the table): it "
                  "is written at a lower level, where it is whole",
                  component->id, level_name(level), why, (long long)row + 1);
    }
}
