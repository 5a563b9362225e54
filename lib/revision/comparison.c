/* SPDX-License-Identifier: MIT */
#include "bkti_key_index.h"
#include "bkti_revision.h"
#include "bkti_text.h"

static const bkt_comparison_options DEFAULTS = {sizeof DEFAULTS, 0, NULL, NULL, 0, 0};

bkt_status bkt_comparison_options_init(bkt_comparison_options *options, uint32_t struct_size) {
    return bkti_options_init(options, struct_size, &DEFAULTS, sizeof DEFAULTS, sizeof DEFAULTS);
}

/* Rows by their key, and where each key stands. Rows are counted as in work->keys. */
typedef struct matching {
    uint32_t *groups;
    int64_t *before; /* a key each, -1 for none */
    int64_t *after;
    bkti_key_index index;
} matching;

static bool add_change(bkti_comparison *work, int kind, int64_t before, int64_t after) {
    work->counts[kind]++;
    if (kind == BKTI_UNCHANGED && (work->options.flags & BKT_COMPARISON_UNCHANGED) == 0) {
        return true;
    }
    void *changes = work->changes;
    if (!bkti_grow(work->memory, &changes, &work->change_capacity, work->change_count + 1,
                   sizeof *work->changes)) {
        return false;
    }
    work->changes = changes;
    work->changes[work->change_count++] = (bkti_change){before, after, kind};
    return true;
}

static int compare_rows(bkti_comparison *work, int64_t before, int64_t after) {
    int kind = BKTI_UNCHANGED;
    for (uint32_t i = 0; i < work->component_count; i++) {
        bkti_component *component = &work->components[i];
        if (bkti_component_differs(component, before, after)) {
            component->change_count++;
            kind = component->is_measure ? BKTI_REVISED
                                         : (kind == BKTI_REVISED ? kind : BKTI_ATTRIBUTES);
        }
    }
    return kind;
}

static bool compare_keys(bkti_comparison *work, const matching *found) {
    bool done = true;
    for (size_t group = 0; done && group < found->index.group_count; group++) {
        int64_t before = found->before[group];
        int64_t after = found->after[group];
        int kind = before < 0  ? BKTI_ADDED
                   : after < 0 ? BKTI_REMOVED
                               : compare_rows(work, before, after);
        done = add_change(work, kind, before, after);
    }
    return done;
}

static void tell_repeated(const bkti_comparison *work, int kind, int64_t row, int64_t earlier_row) {
    bool is_after = kind == BKTI_REPEATED_AFTER;
    int64_t key_row = is_after ? row : row + work->after->row_count;
    bkti_text key;
    bkti_text_init(&key, work->memory);
    for (uint32_t i = 0; i < work->key_count; i++) {
        const char *code = bkt_column_text_at(work->keys->columns[i], key_row);
        bkti_text_append_text(&key, i > 0 ? "." : "");
        bkti_text_append_text(&key, code == NULL ? "" : code);
    }
    bkti_place place = {.source =
                            bkt_table_property(is_after ? work->after : work->before, "source")};
    bkti_tell(work->context, BKT_SEVERITY_WARNING, BKT_ERR_DUPLICATE, &place,
              "the %s table has the key %.500s in row %lld and again in row %lld (counted from 1): "
              "the first is compared",
              is_after ? "later" : "earlier", bkti_text_get(&key), (long long)earlier_row + 1,
              (long long)row + 1);
    bkti_text_free(&key);
}

/* The first row of each key in each table. */
static void find_first_rows(const bkti_comparison *work, const matching *found) {
    int64_t later_count = work->after->row_count;
    for (int64_t row = work->keys->row_count - 1; row >= 0; row--) {
        if (row < later_count) {
            found->after[found->groups[row]] = row;
        } else {
            found->before[found->groups[row]] = row - later_count;
        }
    }
}

/* Further rows of a key are changes of their own. */
static bool add_repeated(bkti_comparison *work, const matching *found) {
    int64_t later_count = work->after->row_count;
    bool done = true;
    for (int64_t row = 0; done && row < work->keys->row_count; row++) {
        bool is_after = row < later_count;
        int64_t own_row = is_after ? row : row - later_count;
        int64_t first = (is_after ? found->after : found->before)[found->groups[row]];
        if (first != own_row) {
            int kind = is_after ? BKTI_REPEATED_AFTER : BKTI_REPEATED_BEFORE;
            tell_repeated(work, kind, own_row, first);
            done = add_change(work, kind, is_after ? -1 : own_row, is_after ? own_row : -1);
        }
    }
    return done;
}

static bool prepare(bkti_comparison *work, matching *found) {
    found->groups =
        bkti_allocate_array(work->memory, (size_t)work->keys->row_count, sizeof *found->groups);
    if (found->groups == NULL ||
        !bkti_key_index_init(&found->index, work->memory, work->keys->columns, work->key_count) ||
        !bkti_key_index_rows(&found->index, work->keys->row_count, found->groups, NULL)) {
        return false;
    }
    size_t count = found->index.group_count;
    found->before = bkti_allocate_array(work->memory, count, sizeof *found->before);
    found->after = bkti_allocate_array(work->memory, count, sizeof *found->after);
    if (found->before == NULL || found->after == NULL) {
        return false;
    }
    for (size_t group = 0; group < count; group++) {
        found->before[group] = -1;
        found->after[group] = -1;
    }
    return true;
}

static bkt_status find_changes(bkti_comparison *work) {
    matching found = {.index = {.memory = work->memory}};
    bool done = prepare(work, &found);
    if (done) {
        find_first_rows(work, &found);
        done = compare_keys(work, &found) && add_repeated(work, &found);
    }
    bkti_release(work->memory, found.groups);
    bkti_release(work->memory, found.before);
    bkti_release(work->memory, found.after);
    bkti_key_index_free(&found.index);
    return done ? BKT_OK : bkti_no_memory(work->context);
}

/* The keys of both tables in one, so that their codes are the same. */
static bkt_status join_keys(bkti_comparison *work) {
    for (uint32_t i = 0; i < work->key_count; i++) {
        if (bkti_table_exact(work->after, work->key_ids[i])->codes == NULL ||
            bkti_table_exact(work->before, work->key_ids[i])->codes == NULL) {
            return bkti_fail(work->context, BKT_ERR_COLUMN_KIND, NULL,
                             "column '%s' holds numbers, which make no key", work->key_ids[i]);
        }
    }
    bkt_table *parts[2] = {NULL, NULL};
    bkt_status status =
        bkt_table_select(work->context, work->after, work->key_ids, work->key_count, &parts[0]);
    if (status == BKT_OK) {
        status = bkt_table_select(work->context, work->before, work->key_ids, work->key_count,
                                  &parts[1]);
    }
    if (status == BKT_OK) {
        status =
            bkt_table_concatenate(work->context, (const bkt_table *const *)parts, 2, &work->keys);
    }
    bkt_table_free(parts[0]);
    bkt_table_free(parts[1]);
    return status;
}

static bool deletes(const bkt_table *table) {
    const bkt_column *column = bkti_action_column(table);
    if (column == NULL) {
        return bkti_action_is(bkt_table_property(table, "action"), "Delete");
    }
    for (int64_t row = 0; row < table->row_count; row++) {
        if (bkti_action_is(bkt_column_text_at(column, row), "Delete")) {
            return true;
        }
    }
    return false;
}

static bkt_status compare(bkti_comparison *work, const bkt_table *earlier, const bkt_table *later) {
    if (deletes(earlier) || deletes(later)) {
        return bkti_fail(work->context, BKT_ERR_UNSUPPORTED, NULL,
                         "the %s table says what is to be deleted: only observations are compared",
                         deletes(earlier) ? "earlier" : "later");
    }
    work->after = bkti_align(work->memory, later, later);
    work->before = work->after == NULL ? NULL : bkti_align(work->memory, earlier, work->after);
    if (work->before == NULL) {
        return bkti_no_memory(work->context);
    }
    bkt_status status = bkti_pair_columns(work);
    status = status == BKT_OK ? join_keys(work) : status;
    return status == BKT_OK ? find_changes(work) : status;
}

static bkt_status check_arguments(bkti_comparison *work, const bkt_table *earlier,
                                  const bkt_table *later, bkt_table **out_changes,
                                  const bkt_comparison_options *options) {
    if (work->context == NULL || earlier == NULL || later == NULL || out_changes == NULL) {
        return bkti_fail(work->context, BKT_ERR_ARGUMENT, NULL,
                         "bkt_comparison() needs two tables and a place for the result");
    }
    bkt_status status = bkti_options_take(work->context, options, &work->options,
                                          sizeof work->options, sizeof DEFAULTS);
    if (status == BKT_OK) {
        status = bkti_flags_check(work->context, "bkt_comparison_options", work->options.flags,
                                  BKT_COMPARISON_UNCHANGED);
    }
    const bkt_comparison_options *own = &work->options;
    bool has_null = (own->keys == NULL && own->key_count > 0) ||
                    (own->ignored == NULL && own->ignored_count > 0);
    for (uint32_t i = 0; status == BKT_OK && !has_null && i < own->ignored_count; i++) {
        has_null = own->ignored[i] == NULL;
    }
    if (status == BKT_OK && has_null) {
        status = bkti_fail(work->context, BKT_ERR_ARGUMENT, NULL,
                           "ids in bkt_comparison_options are NULL");
    }
    return status;
}

bkt_status bkt_comparison(bkt_context *context, const bkt_table *earlier, const bkt_table *later,
                          const bkt_comparison_options *options, bkt_table **out_changes,
                          bkt_table **out_summary) {
    if (out_changes != NULL) {
        *out_changes = NULL;
    }
    if (out_summary != NULL) {
        *out_summary = NULL;
    }
    bkti_comparison work = {.context = context, .options = DEFAULTS};
    bkt_status status = check_arguments(&work, earlier, later, out_changes, options);
    if (status != BKT_OK) {
        return status;
    }
    work.memory = bkti_context_memory(context);
    status = compare(&work, earlier, later);
    if (status == BKT_OK) {
        status = bkti_changes_table(&work, out_changes);
    }
    if (status == BKT_OK && out_summary != NULL) {
        status = bkti_changes_summary(&work, out_summary);
    }
    if (status != BKT_OK && *out_changes != NULL) {
        bkt_table_free(*out_changes);
        *out_changes = NULL;
    }
    bkti_release(work.memory, work.changes);
    bkti_pair_columns_free(&work);
    bkt_table_free(work.keys);
    bkt_table_free(work.before);
    bkt_table_free(work.after);
    return status;
}
