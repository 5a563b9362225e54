/* SPDX-License-Identifier: MIT */
/* Deletions. A row that deletes names some dimensions, and means whatever has these codes. For each
 * set of dimensions that is named the rows are grouped by it, and a deletion is the moment at which
 * a group was deleted: what was written before is gone. So nothing is searched, however many there
 * are. */
#include "bkti_update.h"

bool bkti_cell_is_there(const bkt_column *column, int64_t row) {
    if (column->codes != NULL) {
        return column->codes[row] >= 0;
    }
    return column->reasons[row] != BKT_MISSING_ABSENT &&
           column->reasons[row] != BKT_MISSING_NOT_REPORTED;
}

size_t bkti_place_of(const bkti_update *work, int place, int64_t row) {
    return place == BKTI_OF_OBSERVATION ? work->groups[row]
           : place == BKTI_OF_SERIES    ? work->series[row]
                                        : 0;
}

int64_t bkti_place_row(const bkti_update *work, int place, int64_t row) {
    return place == BKTI_OF_OBSERVATION ? work->index.first_rows[work->groups[row]]
           : place == BKTI_OF_SERIES    ? work->series_index.first_rows[work->series[row]]
                                        : 0;
}

/* Whether a dimension of the row counts: it is there, and the place goes by it. */
static bool names(const bkti_update *work, uint32_t key, int place, int64_t row) {
    const bkt_column *column = work->keys[key];
    return column->codes[row] >= 0 && place != BKTI_OF_ALL &&
           (place != BKTI_OF_SERIES || column->role != BKT_ROLE_TIME);
}

/* The selection by the dimensions that a row names; NULL: there is none yet. */
static bkti_selection *find_selection(const bkti_update *work, int place, int64_t row) {
    for (uint32_t i = 0; i < work->selection_count; i++) {
        bkti_selection *selection = &work->selections[i];
        uint32_t same = 0;
        while (same < work->key_count && selection->has[same] == names(work, same, place, row)) {
            same++;
        }
        if (same == work->key_count) {
            return selection;
        }
    }
    return NULL;
}

static bool group_rows(bkti_update *work, bkti_selection *selection) {
    selection->groups =
        bkti_allocate_array(work->memory, (size_t)work->all->row_count, sizeof *selection->groups);
    return selection->groups != NULL &&
           bkti_key_index_init(&selection->index, work->memory, selection->columns,
                               selection->column_count) &&
           bkti_key_index_rows(&selection->index, work->all->row_count, selection->groups, NULL);
}

static bkt_status add_selection(bkti_update *work, int place, int64_t row) {
    if (work->selection_count == BKTI_SELECTION_LIMIT) {
        return bkti_fail(work->context, BKT_ERR_LIMIT, NULL,
                         "the rows that delete do so by more than %d sets of dimensions",
                         (int)BKTI_SELECTION_LIMIT);
    }
    bkti_selection *selection = &work->selections[work->selection_count++];
    *selection = (bkti_selection){.index = {.memory = work->memory}};
    selection->has = bkti_allocate_array(work->memory, work->key_count, sizeof *selection->has);
    selection->columns = bkti_allocate_array(work->memory, work->key_count, sizeof(bkt_column *));
    selection->cells =
        bkti_allocate_zeroed(work->memory, work->kept_count, sizeof *selection->cells);
    if (selection->has == NULL || selection->columns == NULL || selection->cells == NULL) {
        return bkti_no_memory(work->context);
    }
    bool has_time = false;
    for (uint32_t i = 0; i < work->key_count; i++) {
        selection->has[i] = names(work, i, place, row);
        if (selection->has[i]) {
            selection->columns[selection->column_count++] = work->keys[i];
            has_time = has_time || work->keys[i]->role == BKT_ROLE_TIME;
        }
    }
    selection->within[BKTI_OF_OBSERVATION] = true;
    selection->within[BKTI_OF_SERIES] = !has_time;
    selection->within[BKTI_OF_ALL] = selection->column_count == 0;
    return group_rows(work, selection) ? BKT_OK : bkti_no_memory(work->context);
}

/* One moment a group, none yet. */
static bool need_moments(bkti_update *work, size_t count, int64_t **moments) {
    if (*moments == NULL) {
        *moments = bkti_allocate_array(work->memory, count, sizeof **moments);
        for (size_t i = 0; *moments != NULL && i < count; i++) {
            (*moments)[i] = -1;
        }
    }
    return *moments != NULL;
}

static size_t count_places(const bkti_update *work, int place) {
    return place == BKTI_OF_OBSERVATION ? work->index.group_count
           : place == BKTI_OF_SERIES    ? work->series_index.group_count
                                        : 1;
}

/* The selection that deletes in such places what the row names; all that it needs is made. */
static bkt_status need_selection(bkti_update *work, int place, int64_t row,
                                 bkti_selection **out_selection) {
    *out_selection = find_selection(work, place, row);
    if (*out_selection == NULL) {
        bkt_status status = add_selection(work, place, row);
        if (status != BKT_OK) {
            return status;
        }
        *out_selection = &work->selections[work->selection_count - 1];
    }
    return BKT_OK;
}

/* Values go with the row, provenance does not. */
static bool is_deleted_by(const bkti_kept *kept, int64_t row) {
    return !kept->is_provenance && !kept->is_text && bkti_cell_is_there(kept->column, row);
}

static bkt_status prepare_row(bkti_update *work, int64_t row) {
    bool names_cells = false;
    bkti_selection *selection;
    bkt_status status = BKT_OK;
    for (uint32_t i = 0; status == BKT_OK && i < work->kept_count; i++) {
        bkti_kept *kept = &work->kept[i];
        if (!is_deleted_by(kept, row)) {
            continue;
        }
        names_cells = true;
        status = need_selection(work, kept->place, row, &selection);
        if (status == BKT_OK &&
            (!need_moments(work, selection->index.group_count, &selection->cells[i]) ||
             !need_moments(work, count_places(work, kept->place), &kept->written))) {
            status = bkti_no_memory(work->context);
        }
    }
    if (status != BKT_OK || names_cells) {
        return status;
    }
    status = need_selection(work, BKTI_OF_OBSERVATION, row, &selection);
    return status != BKT_OK || need_moments(work, selection->index.group_count, &selection->deleted)
               ? status
               : bkti_no_memory(work->context);
}

bkt_status bkti_selections_prepare(bkti_update *work) {
    work->selections =
        bkti_allocate_array(work->memory, BKTI_SELECTION_LIMIT, sizeof *work->selections);
    bkt_status status = work->selections == NULL ? bkti_no_memory(work->context) : BKT_OK;
    for (uint32_t i = 0; status == BKT_OK && i < work->kept_count; i++) {
        bkti_kept *kept = &work->kept[i];
        if (kept->place != BKTI_OF_OBSERVATION &&
            !need_moments(work, count_places(work, kept->place), &kept->written)) {
            status = bkti_no_memory(work->context);
        }
    }
    for (int64_t row = 0; status == BKT_OK && row < work->all->row_count; row++) {
        if (work->actions[row] == BKTI_DELETE) {
            status = prepare_row(work, row);
        }
    }
    return status;
}

void bkti_selections_free(bkti_update *work) {
    for (uint32_t i = 0; i < work->selection_count; i++) {
        bkti_selection *selection = &work->selections[i];
        bkti_key_index_free(&selection->index);
        for (uint32_t j = 0; selection->cells != NULL && j < work->kept_count; j++) {
            bkti_release(work->memory, selection->cells[j]);
        }
        bkti_release(work->memory, selection->cells);
        bkti_release(work->memory, selection->deleted);
        bkti_release(work->memory, selection->groups);
        bkti_release(work->memory, selection->columns);
        bkti_release(work->memory, selection->has);
    }
    bkti_release(work->memory, work->selections);
}

void bkti_select_row(bkti_update *work, int64_t row) {
    bool names_cells = false;
    for (uint32_t i = 0; i < work->kept_count; i++) {
        if (is_deleted_by(&work->kept[i], row)) {
            const bkti_selection *selection = find_selection(work, work->kept[i].place, row);
            selection->cells[i][selection->groups[row]] = row;
            names_cells = true;
        }
    }
    if (!names_cells) {
        const bkti_selection *selection = find_selection(work, BKTI_OF_OBSERVATION, row);
        selection->deleted[selection->groups[row]] = row;
    }
}

bool bkti_observation_lives(const bkti_update *work, int64_t row) {
    int64_t written = work->written[work->groups[row]];
    for (uint32_t i = 0; written >= 0 && i < work->selection_count; i++) {
        const bkti_selection *selection = &work->selections[i];
        if (selection->deleted != NULL && selection->deleted[selection->groups[row]] > written) {
            return false;
        }
    }
    return written >= 0;
}

bool bkti_cell_lives(const bkti_update *work, uint32_t kept, int64_t row) {
    const bkti_kept *of = &work->kept[kept];
    if (of->is_text) {
        return bkti_cell_lives(work, (uint32_t)of->partner, row);
    }
    if (of->written == NULL) {
        return true;
    }
    int64_t written = of->written[bkti_place_of(work, of->place, row)];
    for (uint32_t i = 0; written >= 0 && i < work->selection_count; i++) {
        const bkti_selection *selection = &work->selections[i];
        uint32_t group = selection->groups[row];
        bool is_whole = of->place != BKTI_OF_OBSERVATION && selection->within[of->place] &&
                        selection->deleted != NULL && selection->deleted[group] > written;
        if (is_whole ||
            (selection->cells[kept] != NULL && selection->cells[kept][group] > written)) {
            return false;
        }
    }
    return written >= 0;
}
