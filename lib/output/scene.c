/* SPDX-License-Identifier: MIT */
#include "bkti_scene.h"

#include <string.h>

void bkti_scene_init(bkti_scene *scene, bkti_memory *memory) {
    memset(scene, 0, sizeof *scene);
    scene->memory = memory;
}

void bkti_scene_free(bkti_scene *scene) {
    bkti_release(scene->memory, scene->segments);
    bkti_release(scene->memory, scene->boxes);
    bkti_scene_init(scene, scene->memory);
}

void bkti_scene_clear(bkti_scene *scene, bkti_box bounds) {
    scene->bounds = bounds;
    scene->segment_count = 0;
    scene->box_count = 0;
}

void bkti_scene_add_segment(bkti_scene *scene, double x1, double y1, double x2, double y2,
                            int owner) {
    void *array = scene->segments;
    if (scene->failed || !bkti_grow(scene->memory, &array, &scene->segment_capacity,
                                    scene->segment_count + 1, sizeof *scene->segments)) {
        scene->failed = true;
        return;
    }
    scene->segments = array;
    scene->segments[scene->segment_count++] = (bkti_segment){x1, y1, x2, y2, owner};
}

void bkti_scene_add_box(bkti_scene *scene, bkti_box box) {
    void *array = scene->boxes;
    if (scene->failed || !bkti_grow(scene->memory, &array, &scene->box_capacity,
                                    scene->box_count + 1, sizeof *scene->boxes)) {
        scene->failed = true;
        return;
    }
    scene->boxes = array;
    scene->boxes[scene->box_count++] = box;
}

/* Cuts what lies before `low` and after `high` in one dimension off the part [*first, *last] of a
 * segment. False when nothing remains. */
static bool cut(double at, double change, double low, double high, double *first, double *last) {
    if (change == 0) {
        return at >= low && at <= high;
    }
    double enter = (low - at) / change, leave = (high - at) / change;
    if (enter > leave) {
        double other = enter;
        enter = leave;
        leave = other;
    }
    *first = enter > *first ? enter : *first;
    *last = leave < *last ? leave : *last;
    return *first <= *last;
}

/* Liang and Barsky's way of clipping. */
static bool meets(const bkti_segment *segment, bkti_box box) {
    double first = 0, last = 1;
    return cut(segment->x1, segment->x2 - segment->x1, box.left, box.right, &first, &last) &&
           cut(segment->y1, segment->y2 - segment->y1, box.top, box.bottom, &first, &last);
}

bool bkti_scene_is_free(const bkti_scene *scene, bkti_box box, int owner, double distance) {
    if (box.left < scene->bounds.left || box.right > scene->bounds.right ||
        box.top < scene->bounds.top || box.bottom > scene->bounds.bottom) {
        return false;
    }
    for (size_t i = 0; i < scene->box_count; i++) {
        const bkti_box *other = &scene->boxes[i];
        if (box.left < other->right && other->left < box.right && box.top < other->bottom &&
            other->top < box.bottom) {
            return false;
        }
    }
    bkti_box wider = {box.left - distance, box.top - distance, box.right + distance,
                      box.bottom + distance};
    for (size_t i = 0; i < scene->segment_count; i++) {
        if (meets(&scene->segments[i], scene->segments[i].owner == owner ? box : wider)) {
            return false;
        }
    }
    return true;
}

/* The middle at which boxes order[first..last], one directly below the other, lie nearest to where
 * they are wanted (the mean of what each wants of the first). */
static double best_top(const double *wanted, const double *heights, const size_t *order,
                       size_t first, size_t last, double *out_height) {
    double sum = 0, height = 0;
    for (size_t i = first; i <= last; i++) {
        sum += wanted[order[i]] - heights[order[i]] / 2 - height;
        height += heights[order[i]];
    }
    *out_height = height;
    return sum / (double)(last - first + 1);
}

bool bkti_spread(double *middles, const double *heights, size_t count, double top, double bottom,
                 size_t *order) {
    double total = 0;
    for (size_t i = 0; i < count; i++) {
        total += heights[i];
        size_t place = i;
        for (; place > 0 && middles[order[place - 1]] > middles[i]; place--) {
            order[place] = order[place - 1];
        }
        order[place] = i;
    }
    if (total > bottom - top) {
        return false;
    }
    /* From above: each group of touching boxes takes the next ones in as long as they overlap. */
    double limit = top;
    size_t first = 0;
    while (first < count) {
        size_t last = first;
        double height, start;
        for (;;) {
            start = best_top(middles, heights, order, first, last, &height);
            start = start < limit ? limit : start;
            if (last + 1 == count) {
                break;
            }
            size_t next = order[last + 1];
            if (middles[next] - heights[next] / 2 >= start + height) {
                break;
            }
            last++;
        }
        limit = start;
        for (size_t i = first; i <= last; i++) {
            middles[order[i]] = limit + heights[order[i]] / 2;
            limit += heights[order[i]];
        }
        first = last + 1;
    }
    /* What has gone over the lower end is pushed back up. */
    limit = bottom;
    for (size_t i = count; i-- > 0;) {
        size_t box = order[i];
        if (middles[box] + heights[box] / 2 > limit) {
            middles[box] = limit - heights[box] / 2;
        }
        limit = middles[box] - heights[box] / 2;
    }
    return true;
}
