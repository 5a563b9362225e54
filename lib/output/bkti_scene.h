/* SPDX-License-Identifier: MIT */
/* What is where on a plot, so that labels find a free place. Pixels, y downwards. */
#ifndef BKTI_SCENE_H
#define BKTI_SCENE_H

#include <stdbool.h>
#include <stddef.h>

#include "bkti_memory.h"

typedef struct bkti_box {
    double left;
    double top;
    double right;
    double bottom;
} bkti_box;

typedef struct bkti_segment {
    double x1;
    double y1;
    double x2;
    double y2;
    int owner; /* what it belongs to */
} bkti_segment;

/* Once memory failed it stays failed: check at the end. */
typedef struct bkti_scene {
    bkti_memory *memory;
    bkti_box bounds;
    bkti_segment *segments;
    size_t segment_count;
    size_t segment_capacity;
    bkti_box *boxes;
    size_t box_count;
    size_t box_capacity;
    bool failed;
} bkti_scene;

void bkti_scene_init(bkti_scene *scene, bkti_memory *memory);
void bkti_scene_free(bkti_scene *scene);
void bkti_scene_clear(bkti_scene *scene, bkti_box bounds);
void bkti_scene_add_segment(bkti_scene *scene, double x1, double y1, double x2, double y2,
                            int owner);
void bkti_scene_add_box(bkti_scene *scene, bkti_box box);
/* Whether the box is within the bounds, meets nothing, and no segment but the owner's comes nearer
 * than `distance`. */
bool bkti_scene_is_free(const bkti_scene *scene, bkti_box box, int owner, double distance);

/* Moves boxes of these heights, wanted at these middles, as little as possible, so that none
 * overlaps another and all are between top and bottom. False when they can't. order: room for
 * `count` numbers. */
bool bkti_spread(double *middles, const double *heights, size_t count, double top, double bottom,
                 size_t *order);

#endif
