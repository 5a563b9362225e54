/* SPDX-License-Identifier: MIT */
/* Which column of a table is written as what, and in which order. */
#include "bkti_structure.h"
#include "bkti_writer_parts.h"

static bool is_number(const bkt_column *column) {
    return bkt_column_kind(column) == BKT_KIND_NUMBER;
}

static bool is_csv_plain(const bkt_writer *writer) {
    return writer->options.format == BKT_FORMAT_CSV;
}

static const bkt_column *find_exact(const bkt_table *table, const char *id) {
    const bkt_column *column = bkt_table_column_find(table, id);
    return column != NULL && strcmp(bkt_column_id(column), id) == 0 ? column : NULL;
}

static const bkti_candidate *find_candidate(const bkti_layout *layout, const bkt_column *column) {
    for (uint32_t i = 0; column != NULL && i < layout->candidate_count; i++) {
        if (layout->candidates[i].column == column) {
            return &layout->candidates[i];
        }
    }
    return NULL;
}

static const bkt_column *find_by_role(const bkti_layout *layout, int32_t role, bool number) {
    for (uint32_t i = 0; i < layout->candidate_count; i++) {
        const bkti_candidate *each = &layout->candidates[i];
        if (each->role == role && is_number(each->column) == number) {
            return each->column;
        }
    }
    return NULL;
}

/* *out_value NULL: there is none. */
static bkt_status choose_value(bkt_writer *writer, const bkt_table *table,
                               const bkti_layout *layout, const bkt_column **out_value) {
    const char *asked = writer->options.value;
    const bkt_column *found =
        asked == NULL ? find_exact(table, BKTI_ID_VALUE) : bkt_table_column_find(table, asked);
    *out_value = NULL;
    if (asked != NULL && found == NULL) {
        return bkti_fail(writer->context, BKT_ERR_NO_COLUMN, NULL,
                         "there is no column \"%.200s\" to be written as OBS_VALUE", asked);
    }
    if (asked != NULL && !is_number(found)) {
        return bkti_fail(writer->context, BKT_ERR_COLUMN_KIND, NULL,
                         "the column \"%.200s\" has no numbers; what is written as OBS_VALUE must",
                         asked);
    }
    bool one_measure = writer->options.format == BKT_FORMAT_STRUCTURE_SPECIFIC_2_1 ||
                       writer->options.format == BKT_FORMAT_GENERIC_2_1 ||
                       writer->options.format == BKT_FORMAT_SDMX_CSV_1;
    if (asked == NULL && found == NULL && one_measure) {
        found = find_by_role(layout, BKT_ROLE_MEASURE, true);
    }
    const bkti_candidate *candidate = find_candidate(layout, found);
    int32_t role = candidate == NULL ? 0 : candidate->role;
    bool is_key = role == BKT_ROLE_DIMENSION || role == BKT_ROLE_TIME;
    *out_value = is_key ? NULL : found;
    return BKT_OK;
}

/* A column is called otherwise only if no other is called so. */
static const char *new_name(const bkt_writer *writer, const bkt_table *table,
                            const bkt_column *column, const char *name) {
    if (is_csv_plain(writer) || find_exact(table, name) != NULL) {
        return bkt_column_id(column);
    }
    return name;
}

static bkt_status check_id(bkt_writer *writer, const char *id) {
    if (bkti_writer_is_csv(writer) || bkti_is_xml_name(bkti_span_of(id))) {
        return BKT_OK;
    }
    return bkti_fail(writer->context, BKT_ERR_UNSUPPORTED, NULL,
                     "the column id \"%.200s\" is no name in XML (letters, digits, '_', '-' and "
                     "'.', no digit first) and can't be written; rename the column, or write CSV",
                     id);
}

static bool is_list(const bkt_writer *writer, const bkti_candidate *candidate) {
    const bkt_column *column = candidate->column;
    bool may_be = writer->options.format == BKT_FORMAT_STRUCTURE_SPECIFIC_3_0 &&
                  candidate->role == BKT_ROLE_ATTRIBUTE && !is_number(column);
    for (uint32_t i = 0; may_be && i < writer->options.list_count; i++) {
        if (strcmp(writer->lists[i], bkt_column_id(column)) == 0) {
            return true;
        }
    }
    return false;
}

/* The column ID_TEXT: what stood where no number was. Plain CSV shows the table as it is. */
static const bkt_column *find_texts(const bkt_writer *writer, const bkt_table *table,
                                    const bkt_column *number) {
    const char *id = bkt_column_id(number);
    size_t size = strlen(id);
    for (uint32_t i = 0; !is_csv_plain(writer) && i < bkt_table_column_count(table); i++) {
        const bkt_column *column = bkt_table_column_at(table, i);
        const char *other = bkt_column_id(column);
        if (strncmp(other, id, size) == 0 && strcmp(other + size, "_TEXT") == 0) {
            return is_number(column) || bkt_column_role(column) != BKT_ROLE_ATTRIBUTE ? NULL
                                                                                      : column;
        }
    }
    return NULL;
}

/* Whether a column is nothing but such texts. What has one, though its number is not missing for
 * that, is an attribute like others. */
static bool is_texts_alone(const bkt_writer *writer, const bkt_table *table,
                           const bkt_column *column) {
    const bkt_column *number = NULL;
    const char *id = bkt_column_id(column);
    size_t size = strlen(id);
    bool may_be = size > 5 && strcmp(id + size - 5, "_TEXT") == 0;
    for (uint32_t i = 0; may_be && number == NULL && i < bkt_table_column_count(table); i++) {
        const bkt_column *each = bkt_table_column_at(table, i);
        const char *other = bkt_column_id(each);
        bool is_base = strlen(other) == size - 5 && memcmp(other, id, size - 5) == 0;
        number =
            is_base && is_number(each) && find_texts(writer, table, each) == column ? each : NULL;
    }
    for (int64_t row = 0; number != NULL && row < bkt_column_row_count(column); row++) {
        if (bkt_column_text_at(column, row) != NULL &&
            bkt_column_missing_at(number, row) != BKT_MISSING_NOT_A_NUMBER) {
            return false;
        }
    }
    return number != NULL;
}

static int32_t level_of(const bkti_candidate *candidate) {
    int32_t level = bkt_component_level(candidate->item);
    return level == BKT_LEVEL_NONE ? bkt_column_level(candidate->column) : level;
}

/* A level is known of columns of numbers only by a DSD. */
static void set_level(bkt_writer *writer, bkti_component *component,
                      const bkti_candidate *candidate) {
    int32_t level = level_of(candidate);
    bool has_level = candidate->role == BKT_ROLE_ATTRIBUTE && !bkti_writer_is_csv(writer) &&
                     (candidate->item != NULL || !is_number(candidate->column));
    bool is_known = candidate->item != NULL || bkt_column_type(candidate->column) != NULL;
    component->is_dataset = has_level && is_known && level == BKT_LEVEL_DATASET;
    component->is_series =
        has_level && !component->is_dataset &&
        (level == BKT_LEVEL_SERIES || level == BKT_LEVEL_GROUP || level == BKT_LEVEL_DATASET);
}

static bkt_status describe(bkt_writer *writer, bkti_layout *layout, bkti_component *component,
                           const bkti_candidate *candidate, const char *id) {
    const bkt_column *column = candidate->column;
    bkt_status status = check_id(writer, id);
    if (status != BKT_OK) {
        return status;
    }
    *component = (bkti_component){
        .column = column,
        .codes = bkt_column_codes_view(column),
        .id = id,
        .item = candidate->item,
        .before = layout->befores.size,
        .group = -1,
    };
    set_level(writer, component, candidate);
    component->is_list = !component->is_dataset && is_list(writer, candidate);
    layout->has_lists = layout->has_lists || component->is_list;
    layout->has_dataset = layout->has_dataset || component->is_dataset;
    if (component->item == NULL) {
        bkti_tell_stranger(writer, id);
    }
    if (writer->manner->before != NULL) {
        writer->manner->before(&layout->befores, id);
    }
    component->before_size = layout->befores.size - component->before;
    return layout->befores.failed ? bkti_no_memory(writer->context) : BKT_OK;
}

static bkt_status add(bkt_writer *writer, bkti_layout *layout, const bkt_table *table,
                      const bkti_candidate *candidate, const char *id) {
    bkti_component *component = &layout->items[layout->count++];
    bkt_status status = describe(writer, layout, component, candidate, id);
    component->texts =
        is_number(candidate->column) ? find_texts(writer, table, candidate->column) : NULL;
    return status;
}

/* Room for all items at once, so that none moves. */
static bkt_status begin(bkt_writer *writer, bkti_layout *layout, size_t count) {
    void *items = layout->items;
    layout->count = 0;
    layout->has_dataset = false;
    layout->has_lists = false;
    layout->time = NULL;
    layout->value = NULL;
    if (layout->befores.memory == NULL) {
        bkti_text_init(&layout->befores, writer->memory);
    }
    bkti_text_clear(&layout->befores);
    if (!bkti_grow(writer->memory, &items, &layout->capacity, count + 1, sizeof *layout->items)) {
        return bkti_no_memory(writer->context);
    }
    layout->items = items;
    return BKT_OK;
}

/* Behind all that the DSD has. */
static uint32_t rank_of(const bkti_candidate *candidate) {
    return candidate->item == NULL ? UINT32_MAX : bkti_item_index(candidate->item);
}

/* Columns in the order of the DSD, or as they are. */
static bkt_status list_candidates(bkt_writer *writer, const bkt_table *table, bkti_layout *layout) {
    uint32_t count = bkt_table_column_count(table);
    void *candidates = layout->candidates;
    layout->candidate_count = 0;
    if (!bkti_grow(writer->memory, &candidates, &layout->candidate_capacity, (size_t)count + 1,
                   sizeof *layout->candidates)) {
        return bkti_no_memory(writer->context);
    }
    layout->candidates = candidates;
    for (uint32_t i = 0; i < count; i++) {
        const bkt_column *column = bkt_table_column_at(table, i);
        const bkt_item *item = bkti_writer_component(writer, column);
        int32_t role = item == NULL ? bkt_column_role(column) : bkt_component_role(item);
        bkti_candidate candidate = {column, item, role};
        uint32_t at = i;
        for (; at > 0 && rank_of(&layout->candidates[at - 1]) > rank_of(&candidate); at--) {
            layout->candidates[at] = layout->candidates[at - 1];
        }
        layout->candidates[at] = candidate;
        layout->candidate_count++;
    }
    return BKT_OK;
}

typedef struct choice {
    const bkt_column *time;
    const bkt_column *value;
} choice;

static bool is_dimension(const bkti_candidate *candidate, const choice *chosen) {
    return candidate->column != chosen->time && !is_number(candidate->column) &&
           (candidate->role == BKT_ROLE_DIMENSION || candidate->role == BKT_ROLE_TIME);
}

static bool is_rest(const bkt_writer *writer, const bkti_candidate *candidate,
                    const choice *chosen) {
    return candidate->column != chosen->time && candidate->column != chosen->value &&
           !is_dimension(candidate, chosen) &&
           (is_csv_plain(writer) || candidate->role != BKT_ROLE_PROVENANCE);
}

static bkt_status add_all(bkt_writer *writer, bkti_layout *layout, const bkt_table *table,
                          const choice *chosen) {
    bkt_status status = BKT_OK;
    for (uint32_t i = 0; status == BKT_OK && i < layout->candidate_count; i++) {
        const bkti_candidate *each = &layout->candidates[i];
        if (is_dimension(each, chosen)) {
            status = add(writer, layout, table, each, bkt_column_id(each->column));
        }
    }
    layout->dimension_count = layout->count;
    if (status == BKT_OK && chosen->time != NULL) {
        layout->time = &layout->items[layout->count];
        status = add(writer, layout, table, find_candidate(layout, chosen->time),
                     new_name(writer, table, chosen->time, BKTI_ID_TIME));
    }
    if (status == BKT_OK && chosen->value != NULL) {
        layout->value = &layout->items[layout->count];
        status = add(writer, layout, table, find_candidate(layout, chosen->value),
                     new_name(writer, table, chosen->value, BKTI_ID_VALUE));
    }
    layout->first_attribute = layout->count;
    for (uint32_t i = 0; status == BKT_OK && i < layout->candidate_count; i++) {
        const bkti_candidate *each = &layout->candidates[i];
        if (is_rest(writer, each, chosen) && !is_texts_alone(writer, table, each->column)) {
            status = add(writer, layout, table, each, bkt_column_id(each->column));
        }
    }
    return status;
}

bkt_status bkti_layout_make(bkt_writer *writer, const bkt_table *table, bkti_layout *layout) {
    bkt_status status = list_candidates(writer, table, layout);
    choice chosen = {NULL, NULL};
    if (status == BKT_OK) {
        chosen.time = find_by_role(layout, BKT_ROLE_TIME, false);
        status = choose_value(writer, table, layout, &chosen.value);
    }
    status = status == BKT_OK ? begin(writer, layout, bkt_table_column_count(table)) : status;
    status = status == BKT_OK ? add_all(writer, layout, table, &chosen) : status;
    status = status == BKT_OK ? bkti_layout_find_groups(writer, layout) : status;
    return status == BKT_OK ? writer->status : status;
}

void bkti_layout_free(bkt_writer *writer, bkti_layout *layout) {
    for (uint32_t i = 0; i < layout->group_count; i++) {
        bkti_release(writer->memory, layout->groups[i].positions);
    }
    bkti_release(writer->memory, layout->groups);
    bkti_release(writer->memory, layout->candidates);
    bkti_release(writer->memory, layout->items);
    bkti_text_free(&layout->befores);
}

bool bkti_layout_has_series(const bkti_layout *layout) {
    return layout->time != NULL && layout->dimension_count > 0;
}

const char *bkti_layout_time(const bkti_layout *layout) {
    return layout->time == NULL ? NULL : layout->time->id;
}
