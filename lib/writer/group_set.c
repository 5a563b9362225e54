/* SPDX-License-Identifier: MIT */
/* Groups of the data set at hand. In 2.1 they stand before all series, in 3.0 wherever they come
 * up. What the rows of a table have is written at once; a stream whose next table has others begins
 * the data set again (2.1), so that nothing is kept but the groups of one data set, which then are
 * those of one table. */
#include "bkti_writer_parts.h"

/* Of groups that a data set of 3.0 has; then it is begun again. */
#define GROUP_LIMIT 65536

void bkti_group_set_clear(bkt_writer *writer) {
    bkti_group_set *groups = &writer->groups;
    bkti_dictionary_drop(groups->keys);
    bkti_dictionary_drop(groups->texts);
    groups->keys = NULL;
    groups->texts = NULL;
    groups->kinds = 0;
    groups->put_count = 0;
}

static bool has_keys(bkt_writer *writer) {
    bkti_group_set *groups = &writer->groups;
    if (groups->keys == NULL) {
        bkti_group_set_clear(writer);
        groups->keys = bkti_dictionary_new(writer->memory);
        groups->texts = bkti_dictionary_new(writer->memory);
    }
    return groups->keys != NULL && groups->texts != NULL;
}

static bool is_of(const bkti_component *component, uint32_t group) {
    return component->group == (int32_t)group;
}

/* It is told at no group any more. */
static void give_up(bkt_writer *writer, bkti_component *component, int64_t row, const char *why) {
    bkti_tell_misplaced(writer, component, BKT_LEVEL_GROUP, row, why);
    component->group = -1;
}

/* False: a part of the key is missing. */
static bool make_key(bkt_writer *writer, uint32_t group, int64_t row, bkti_text *key) {
    const bkti_layout *layout = &writer->layout;
    const bkti_layout_group *of = &layout->groups[group];
    bkti_text_clear(key);
    bkti_text_append_span(key, of->id);
    for (uint32_t i = 0; i < of->count; i++) {
        const bkti_component *dimension = &layout->items[of->positions[i]];
        if (dimension->codes[row] < 0) {
            return false;
        }
        bkti_key_add(key, dimension, row);
    }
    return true;
}

/* The attributes of the group in a row, as a code; -1 without memory. */
static int32_t values_of(bkt_writer *writer, uint32_t group, int64_t row) {
    const bkti_layout *layout = &writer->layout;
    bkti_text *text = &writer->scratch;
    bkti_text_clear(text);
    for (uint32_t i = layout->first_attribute; i < layout->count; i++) {
        if (is_of(&layout->items[i], group)) {
            bkti_key_add(text, &layout->items[i], row);
        }
    }
    return text->failed ? -1 : bkti_dictionary_add(writer->groups.texts, bkti_text_span(text));
}

/* What was found in the rows at hand. */
typedef struct scan {
    bool is_begun; /* the data set has groups, or series */
    bool is_late;  /* and something else than these rows */
    bool given_up; /* an attribute was: all begins anew */
} scan;

static void compare(bkt_writer *writer, uint32_t group, int64_t known, int64_t row, scan *found) {
    bkti_layout *layout = &writer->layout;
    for (uint32_t i = layout->first_attribute; i < layout->count; i++) {
        bkti_component *each = &layout->items[i];
        if (is_of(each, group) && !bkti_component_same(each, known, row)) {
            give_up(writer, each, row, "has several values in one");
            found->given_up = true;
        }
    }
}

/* Attributes of a row that is of no group. */
static void pass_by(bkt_writer *writer, uint32_t group, int64_t row, scan *found) {
    bkti_layout *layout = &writer->layout;
    char buffer[32];
    for (uint32_t i = layout->first_attribute; i < layout->count; i++) {
        bkti_component *each = &layout->items[i];
        if (is_of(each, group) && bkti_component_text(each, row, buffer) != NULL) {
            give_up(writer, each, row, "a row lacks a part of its key");
            found->given_up = true;
        }
    }
}

static bool grow(bkt_writer *writer, int32_t count) {
    void *entries = writer->groups.entries;
    bool done = bkti_grow(writer->memory, &entries, &writer->groups.capacity, (size_t)count,
                          sizeof *writer->groups.entries);
    writer->groups.entries = entries;
    return done;
}

static bkt_status note_row(bkt_writer *writer, uint32_t group, int64_t row, scan *found) {
    bkti_group_set *groups = &writer->groups;
    bkti_text *key = &writer->scratch;
    if (!make_key(writer, group, row, key)) {
        pass_by(writer, group, row, found);
        return BKT_OK;
    }
    int32_t count = bkti_dictionary_count(groups->keys);
    int32_t code = key->failed ? -1 : bkti_dictionary_add(groups->keys, bkti_text_span(key));
    int32_t values = code < 0 ? -1 : values_of(writer, group, row);
    if (values < 0 || !grow(writer, count + 1)) {
        return bkti_no_memory(writer->context);
    }
    bkti_group_entry *entry = &groups->entries[code];
    if (code == count) {
        *entry = (bkti_group_entry){values, group, row};
        bool is_empty = bkti_dictionary_span(groups->texts, values).size == 0;
        found->is_late =
            found->is_late || (!is_empty && found->is_begun &&
                               writer->options.format != BKT_FORMAT_STRUCTURE_SPECIFIC_3_0);
    } else if (entry->values != values && entry->row >= 0) {
        compare(writer, group, entry->row, row, found);
    } else if (entry->values != values) {
        found->is_late = true;
    }
    return BKT_OK;
}

/* Rows of one series have one group. */
static bool is_same_group(const bkti_layout *layout, uint32_t group, int64_t row) {
    const bkti_layout_group *of = &layout->groups[group];
    for (uint32_t i = 0; i < of->count; i++) {
        const int32_t *codes = layout->items[of->positions[i]].codes;
        if (codes[row] != codes[row - 1]) {
            return false;
        }
    }
    for (uint32_t i = layout->first_attribute; i < layout->count; i++) {
        const bkti_component *each = &layout->items[i];
        if (is_of(each, group) && !bkti_component_same(each, row, row - 1)) {
            return false;
        }
    }
    return true;
}

static bool has_attributes(const bkti_layout *layout, uint32_t group) {
    for (uint32_t i = layout->first_attribute; i < layout->count; i++) {
        if (is_of(&layout->items[i], group)) {
            return true;
        }
    }
    return false;
}

static bkt_status scan_rows(bkt_writer *writer, int64_t first, int64_t end, scan *found) {
    const bkti_layout *layout = &writer->layout;
    bkt_status status = has_keys(writer) ? BKT_OK : bkti_no_memory(writer->context);
    for (uint32_t group = 0; group < layout->group_count; group++) {
        bool any = has_attributes(layout, group);
        for (int64_t row = first; any && status == BKT_OK && row < end; row++) {
            if (row == first || !is_same_group(layout, group, row)) {
                status = note_row(writer, group, row, found);
            }
        }
    }
    return status == BKT_OK ? writer->status : status;
}

bkt_status bkti_group_set_scan(bkt_writer *writer, int64_t first, int64_t end, bool is_begun,
                               bool *out_again) {
    bkti_group_set *groups = &writer->groups;
    *out_again = false;
    if (writer->layout.group_count == 0 && groups->keys == NULL) {
        return BKT_OK;
    }
    int32_t known = groups->keys == NULL ? 0 : bkti_dictionary_count(groups->keys);
    scan found = {
        .is_begun = is_begun,
        /* A group that this table lacks would be taken for that of its rows. */
        .is_late = known > GROUP_LIMIT || writer->layout.group_count < groups->kinds,
    };
    bkt_status status = scan_rows(writer, first, end, &found);
    *out_again = is_begun && (found.is_late || (found.given_up && known > 0));
    bool anew = found.given_up || *out_again;
    while (status == BKT_OK && anew) {
        bkti_group_set_clear(writer);
        found = (scan){.is_begun = false};
        status = scan_rows(writer, first, end, &found);
        anew = found.given_up;
    }
    groups->kinds = writer->layout.group_count;
    return status;
}

bkt_status bkti_group_set_put(bkt_writer *writer) {
    bkti_group_set *groups = &writer->groups;
    int32_t count = groups->keys == NULL ? 0 : bkti_dictionary_count(groups->keys);
    for (; groups->put_count < count; groups->put_count++) {
        bkti_group_entry *each = &groups->entries[groups->put_count];
        if (each->row >= 0 && bkti_dictionary_span(groups->texts, each->values).size > 0) {
            bkti_xml_end_series(writer);
            writer->row = each->row;
            writer->manner->group(writer, each->group, each->row);
        }
        each->row = -1;
    }
    writer->row = 0;
    return writer->status;
}

bkt_status bkti_group_set_settle(bkt_writer *writer, const bkt_table *table) {
    const bkt_column *sets = bkti_provenance_sets(table);
    int64_t rows = bkt_table_row_count(table);
    bkt_status status = BKT_OK;
    for (int64_t row = 0; status == BKT_OK && row < rows;) {
        int64_t end = sets == NULL ? rows : bkti_provenance_end(sets, row, rows);
        end = bkti_set_key_end(&writer->layout, row, end);
        bool again;
        status = bkti_group_set_scan(writer, row, end, false, &again);
        bkti_group_set_clear(writer);
        row = end;
    }
    return status;
}
