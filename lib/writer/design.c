/* SPDX-License-Identifier: MIT */
/* The data structure that a table's data have. */
#include "bkti_design.h"

void bkti_put_pair(bkt_writer *writer, const char *before, bkti_span text, const char *behind) {
    bkti_put(writer, before);
    bkti_put_escaped_span(writer, text);
    bkti_put(writer, behind);
}

/* Which codes rows have, and whether each could be the id of a code. */
static bkt_status find_codes(bkt_writer *writer, const bkt_column *column, uint8_t **out_used,
                             bool *out_are_ids) {
    int32_t count = bkt_column_dictionary_count(column);
    const int32_t *codes = bkt_column_codes_view(column);
    uint8_t *used = bkti_allocate_zeroed(writer->memory, (size_t)count + 1, 1);
    if (used == NULL) {
        return bkti_no_memory(writer->context);
    }
    for (int64_t row = 0; row < bkt_column_row_count(column); row++) {
        if (codes[row] >= 0) {
            used[codes[row]] = 1;
        }
    }
    bool any = false;
    *out_are_ids = true;
    for (int32_t code = 0; code < count; code++) {
        any = any || used[code] != 0;
        *out_are_ids = *out_are_ids &&
                       (used[code] == 0 ||
                        bkti_is_sdmx_id(bkti_span_of(bkt_column_dictionary_text(column, code))));
    }
    *out_are_ids = *out_are_ids && any;
    *out_used = used;
    return BKT_OK;
}

/* Whether the values are numbers, as far as they are written. */
static bool are_numbers(const bkti_component *value) {
    const uint8_t *reasons = bkt_column_reasons_view(value->column);
    for (int64_t row = 0; reasons != NULL && row < bkt_column_row_count(value->column); row++) {
        if (reasons[row] == BKT_MISSING_EMPTY || reasons[row] == BKT_MISSING_NOT_A_NUMBER) {
            return false;
        }
    }
    return true;
}

static const char *name_of(const bkt_column *column, const char *id) {
    const char *name = bkt_column_name(column, NULL);
    name = name == NULL ? bkt_column_label(column) : name;
    return name == NULL || strcmp(name, bkt_column_id(column)) == 0 ? id : name;
}

static int place_of(const bkti_design *design, const bkti_layout *layout, uint32_t index) {
    const bkti_component *component = &layout->items[index];
    if (index < layout->dimension_count) {
        return BKTI_PART_DIMENSION;
    }
    if (component == layout->time) {
        return BKTI_PART_TIME;
    }
    bool further = design->is_3 && component->codes == NULL &&
                   bkt_column_role(component->column) == BKT_ROLE_MEASURE;
    return component == layout->value || further ? BKTI_PART_MEASURE : BKTI_PART_ATTRIBUTE;
}

static bkt_status add_part(bkt_writer *writer, bkti_design *design, const bkti_layout *layout,
                           uint32_t index, int place) {
    const bkti_component *component = &layout->items[index];
    bkti_part *part = &design->parts[design->count++];
    *part = (bkti_part){
        .id = component->id,
        .name = name_of(component->column, component->id),
        .place = place,
        .is_list = component->is_list,
        .of_dataset = component->is_dataset,
        .of_series = place == BKTI_PART_ATTRIBUTE && component->is_series && component->group < 0 &&
                     !design->flat,
        .group = component->group,
    };
    design->has_lists = design->has_lists || component->is_list;
    design->has_dataset = design->has_dataset || component->is_dataset;
    if (place == BKTI_PART_TIME) {
        part->type = "ObservationalTimePeriod";
        return BKT_OK;
    }
    if (component->codes == NULL) {
        part->type = are_numbers(component) ? "Double" : "String";
        return BKT_OK;
    }
    if (component->is_list) {
        part->type = "String"; /* of its values; together they are no code */
        return BKT_OK;
    }
    bool are_ids = false;
    bkt_status status = find_codes(writer, component->column, &part->used, &are_ids);
    part->type = are_ids ? NULL : "String";
    part->column = component->column;
    return status;
}

/* In 2.1 there always is a primary measure. */
static void add_measure(bkti_design *design) {
    design->parts[design->count++] = (bkti_part){
        .id = BKTI_ID_VALUE,
        .name = BKTI_ID_VALUE,
        .place = BKTI_PART_MEASURE,
        .group = -1,
        .type = "Double",
    };
}

static bkt_status add_parts(bkt_writer *writer, bkti_design *design) {
    const bkti_layout *layout = &writer->layout;
    bkt_status status = BKT_OK;
    for (int place = BKTI_PART_DIMENSION; place <= BKTI_PART_ATTRIBUTE; place++) {
        uint32_t before = design->count;
        for (uint32_t i = 0; status == BKT_OK && i < layout->count; i++) {
            if (place_of(design, layout, i) == place) {
                status = add_part(writer, design, layout, i, place);
            }
        }
        if (place == BKTI_PART_MEASURE && design->count == before && !design->is_3) {
            add_measure(design);
        }
    }
    return status;
}

bkt_status bkti_design_make(bkt_writer *writer, const bkt_table *table, bkti_design *design) {
    *design = (bkti_design){
        .is_3 = writer->options.format == BKT_FORMAT_STRUCTURE_SPECIFIC_3_0 ||
                writer->options.format == BKT_FORMAT_SDMX_CSV_2,
    };
    bkt_status status = bkti_set_know(writer, &writer->set, table);
    status = status == BKT_OK ? bkti_layout_make(writer, table, &writer->layout) : status;
    if (status != BKT_OK) {
        return status;
    }
    if (writer->layout.dimension_count == 0) {
        return bkti_fail(writer->context, BKT_ERR_UNSUPPORTED, NULL,
                         "the table has no dimension beside time; a data structure needs one");
    }
    bkti_layout_settle(writer, &writer->layout, bkt_table_row_count(table));
    status = bkti_group_set_settle(writer, table);
    if (status != BKT_OK) {
        return status;
    }
    const char *structure = writer->set.texts[BKTI_SET_STRUCTURE];
    if (structure != NULL && strstr(structure, "; ") != NULL) {
        return bkti_fail(writer->context, BKT_ERR_AMBIGUOUS, NULL,
                         "the table's data sets are of several structures (%.300s); one was "
                         "expected",
                         structure);
    }
    const char *dataflow = writer->set.texts[BKTI_SET_DATAFLOW];
    design->structure = bkti_reference_whole(structure != NULL ? structure : dataflow);
    design->dataflow = bkti_reference_whole(dataflow != NULL ? dataflow : structure);
    design->flat =
        (writer->options.flags & BKT_WRITE_FLAT) != 0 || !bkti_layout_has_series(&writer->layout);
    design->layout = &writer->layout;
    design->parts = bkti_allocate_zeroed(writer->memory, (size_t)writer->layout.count + 1,
                                         sizeof *design->parts);
    if (design->parts == NULL) {
        return bkti_no_memory(writer->context);
    }
    status = bkti_target_find(writer, &writer->set, design->flat, bkti_layout_time(&writer->layout),
                              &writer->target);
    return status == BKT_OK ? add_parts(writer, design) : status;
}

uint32_t bkti_design_group_count(const bkti_design *design) {
    return design->layout == NULL ? 0 : design->layout->group_count;
}

bool bkti_design_is_key(const bkti_design *design, uint32_t part, uint32_t group) {
    const bkti_layout_group *of = &design->layout->groups[group];
    for (uint32_t i = 0; i < of->count; i++) {
        if (of->positions[i] == part) {
            return true;
        }
    }
    return false;
}

void bkti_design_free(bkt_writer *writer, bkti_design *design) {
    for (uint32_t i = 0; design->parts != NULL && i < design->count; i++) {
        bkti_release(writer->memory, design->parts[i].used);
    }
    bkti_release(writer->memory, design->parts);
}

bkt_status bkti_design_check_schema(bkt_writer *writer) {
    int32_t format = writer->options.format;
    bool specific =
        format == BKT_FORMAT_STRUCTURE_SPECIFIC_2_1 || format == BKT_FORMAT_STRUCTURE_SPECIFIC_3_0;
    return specific ? BKT_OK
                    : bkti_fail(writer->context, BKT_ERR_ARGUMENT, NULL,
                                "only structure-specific formats have schemas of their own");
}

bkt_status bkti_design_end(bkt_writer *writer, bkt_status status) {
    status = bkti_sink_finish(writer->sink, status);
    writer->sink = NULL;
    bkt_writer_free(writer);
    return status;
}
