/* SPDX-License-Identifier: MIT */
#include "bkti_projection.h"

#define FIRST_BLOCK ((size_t)1024)

struct bkti_workspace_block {
    bkti_workspace_block *next;
    size_t capacity; /* numbers */
    double numbers[];
};

static bkti_workspace_block *add_block(bkti_workspace *workspace, size_t count) {
    bkti_workspace_block *last = workspace->current;
    size_t capacity = last == NULL ? FIRST_BLOCK : 2 * last->capacity;
    if (capacity < count)
        capacity = count;
    if (workspace->memory == NULL || capacity > (SIZE_MAX - sizeof *last) / sizeof(double))
        return NULL;
    bkti_workspace_block *block =
        bkti_allocate(workspace->memory, sizeof *block + capacity * sizeof(double));
    if (block == NULL)
        return NULL;
    block->capacity = capacity;
    block->next = last == NULL ? workspace->first : last->next;
    if (last == NULL)
        workspace->first = block;
    else
        last->next = block;
    return block;
}

double *bkti_workspace_take(bkti_workspace *workspace, size_t count) {
    bkti_workspace_block *block = workspace->current;
    size_t used = workspace->used;
    if (block == NULL || block->capacity - used < count) {
        block = block == NULL ? workspace->first : block->next;
        if (block == NULL || block->capacity < count)
            block = add_block(workspace, count);
        if (block == NULL)
            return NULL;
        used = 0;
    }
    workspace->current = block;
    workspace->used = used + count;
    return block->numbers + used;
}

void bkti_workspace_rewind(bkti_workspace *workspace, bkti_workspace_mark mark) {
    workspace->current = mark.block;
    workspace->used = mark.used;
}

bkti_workspace_mark bkti_workspace_here(const bkti_workspace *workspace) {
    bkti_workspace_mark mark = {workspace->current, workspace->used};
    return mark;
}

void bkti_workspace_free(bkti_workspace *workspace) {
    while (workspace->first != NULL) {
        bkti_workspace_block *block = workspace->first;
        workspace->first = block->next;
        bkti_release(workspace->memory, block);
    }
    workspace->current = NULL;
    workspace->used = 0;
}
