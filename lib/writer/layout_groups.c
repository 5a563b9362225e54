/* SPDX-License-Identifier: MIT */
/* Which attributes are told at which groups: by the DSD, or by what their columns know. */
#include "bkti_structure.h"
#include "bkti_table.h"
#include "bkti_writer_parts.h"

/* The next word of a text, which is moved behind it. */
static bkti_span next_word(const char **text) {
    size_t size = strcspn(*text, " ");
    bkti_span word = {*text, size};
    *text += size + ((*text)[size] == ' ');
    return word;
}

static bool has_word(const char *text, const char *word) {
    while (text[0] != '\0') {
        if (bkti_span_is(next_word(&text), word)) {
            return true;
        }
    }
    return false;
}

static uint32_t count_words(const char *text) {
    uint32_t count = 0;
    while (text[0] != '\0') {
        next_word(&text);
        count++;
    }
    return count;
}

/* NULL in *out_positions: the table lacks a dimension of the group. */
static bkt_status find_dimensions(bkt_writer *writer, const bkti_layout *layout, const char *list,
                                  uint32_t **out_positions, uint32_t *out_count) {
    uint32_t wanted = count_words(list);
    uint32_t found = 0;
    uint32_t *positions = bkti_allocate_array(writer->memory, wanted, sizeof *positions);
    *out_positions = NULL;
    if (positions == NULL) {
        return bkti_no_memory(writer->context);
    }
    for (uint32_t i = 0; i < layout->dimension_count && found < wanted; i++) {
        if (has_word(list, layout->items[i].id)) {
            positions[found++] = i;
        }
    }
    *out_count = found;
    if (found == wanted) {
        *out_positions = positions;
    } else {
        bkti_release(writer->memory, positions);
    }
    return BKT_OK;
}

/* The place of the group, added if it is new; -1 if there is another one of the same id. */
static bkt_status place_group(bkt_writer *writer, bkti_layout *layout, bkti_span id,
                              uint32_t *positions, uint32_t count, int32_t *out_place) {
    for (uint32_t i = 0; i < layout->group_count; i++) {
        const bkti_layout_group *other = &layout->groups[i];
        bool is_same = other->count == count &&
                       memcmp(other->positions, positions, count * sizeof *positions) == 0;
        if (bkti_span_equal(other->id, id) && (is_same || id.size > 0)) {
            *out_place = is_same ? (int32_t)i : -1;
            bkti_release(writer->memory, positions);
            return BKT_OK;
        }
    }
    void *groups = layout->groups;
    if (!bkti_grow(writer->memory, &groups, &layout->group_capacity,
                   (size_t)layout->group_count + 1, sizeof *layout->groups)) {
        bkti_release(writer->memory, positions);
        return bkti_no_memory(writer->context);
    }
    layout->groups = groups;
    layout->groups[layout->group_count] = (bkti_layout_group){id, positions, count};
    *out_place = (int32_t)layout->group_count++;
    return BKT_OK;
}

/* text: as bkti_column_group(). The id that is kept is the column's or the DSD's, which stay. */
static bkt_status set_group(bkt_writer *writer, bkti_layout *layout, bkti_component *component,
                            const char *text) {
    const char *list = text;
    bkti_span id = next_word(&list);
    const bkt_item *group = bkti_component_group(component->item);
    id = group != NULL ? bkti_span_of(bkt_item_id(group)) : id;
    uint32_t *positions = NULL;
    uint32_t count = 0;
    bkt_status status = BKT_OK;
    if (list[0] != '\0' && (id.size == 0 || (bkti_is_xml_name(id) && bkti_is_sdmx_id(id)))) {
        status = find_dimensions(writer, layout, list, &positions, &count);
    }
    return positions == NULL ? status
                             : place_group(writer, layout, id, positions, count, &component->group);
}

static bkt_status find_group(bkt_writer *writer, bkti_layout *layout, bkti_component *component) {
    if (component->item == NULL) {
        const char *known = bkti_column_group(component->column);
        return known == NULL ? BKT_OK : set_group(writer, layout, component, known);
    }
    if (bkti_component_group(component->item) == NULL) {
        return BKT_OK;
    }
    bkti_text *text = &writer->scratch;
    bkti_text_clear(text);
    bkti_component_append_group(component->item, text);
    return text->failed ? bkti_no_memory(writer->context)
                        : set_group(writer, layout, component, bkti_text_get(text));
}

bkt_status bkti_layout_find_groups(bkt_writer *writer, bkti_layout *layout) {
    for (uint32_t i = 0; i < layout->group_count; i++) {
        bkti_release(writer->memory, layout->groups[i].positions);
    }
    layout->group_count = 0;
    bkt_status status = BKT_OK;
    for (uint32_t i = layout->first_attribute; status == BKT_OK && i < layout->count; i++) {
        bkti_component *each = &layout->items[i];
        bool is_misplaced = writer->misplaced != NULL &&
                            bkti_dictionary_find(writer->misplaced, bkti_span_of(each->id)) >= 0;
        if (each->is_series && !writer->set_deletes && !is_misplaced) {
            status = find_group(writer, layout, each);
        }
    }
    return status;
}

void bkti_put_group_id(bkt_writer *writer, const bkti_layout *layout, uint32_t group) {
    const bkti_layout_group *of = &layout->groups[group];
    if (of->id.size > 0) {
        bkti_put_escaped_span(writer, of->id);
        return;
    }
    bkti_put(writer, "GROUP");
    for (uint32_t i = 0; i < of->count; i++) {
        bkti_put(writer, "_");
        bkti_put(writer, layout->items[of->positions[i]].id);
    }
}
