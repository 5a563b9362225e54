/* SPDX-License-Identifier: MIT */
#include "bkti_scene.h"

#include <math.h>

#include <bktrade/context.h>

#include "bkti_context.h"
#include "run_suite.h"

static bkt_context *context;
static bkti_scene scene;

static void start(void) {
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    bkti_scene_init(&scene, bkti_context_memory(context));
    bkti_scene_clear(&scene, (bkti_box){0, 0, 100, 100});
}

static void finish(void) {
    bkti_scene_free(&scene);
    bkt_context_free(context);
}

static bool is_free(double left, double top, double right, double bottom) {
    return bkti_scene_is_free(&scene, (bkti_box){left, top, right, bottom}, -1, 0);
}

START_TEST(boxes_stay_within_bounds_and_apart) {
    ck_assert(is_free(0, 0, 100, 100));
    ck_assert(!is_free(-1, 0, 10, 10));
    ck_assert(!is_free(90, 90, 100.5, 95));
    bkti_scene_add_box(&scene, (bkti_box){40, 40, 60, 60});
    ck_assert(!is_free(50, 50, 55, 55));
    ck_assert(!is_free(30, 30, 70, 70));
    ck_assert(!is_free(30, 45, 70, 50));
    ck_assert(is_free(60, 40, 80, 60));
    ck_assert(is_free(0, 0, 40, 100));
}
END_TEST

START_TEST(segments_are_met_where_they_pass) {
    bkti_scene_add_segment(&scene, 0, 0, 100, 100, 1);
    ck_assert(!is_free(40, 40, 60, 60));
    ck_assert(!is_free(10, 5, 20, 12));
    ck_assert(is_free(60, 10, 90, 40));
    bkti_scene_add_segment(&scene, 70, 20, 70, 20, 2); /* a lonely point */
    ck_assert(!is_free(60, 10, 90, 40));
    bkti_scene_add_segment(&scene, 0, 90, 30, 90, 3);
    ck_assert(!is_free(10, 85, 20, 95));
    ck_assert(is_free(31, 85, 40, 95));
}
END_TEST

START_TEST(others_are_kept_at_a_distance) {
    bkti_scene_add_segment(&scene, 0, 50, 100, 50, 7);
    bkti_box above = {10, 30, 20, 45};
    ck_assert(bkti_scene_is_free(&scene, above, 7, 8));
    ck_assert(!bkti_scene_is_free(&scene, above, 1, 8));
    ck_assert(bkti_scene_is_free(&scene, above, 1, 4));
}
END_TEST

/* Spreads and asserts that nothing overlaps and all is inside. */
static bool spread(double *middles, const double *heights, size_t count, double top,
                   double bottom) {
    size_t order[16];
    if (!bkti_spread(middles, heights, count, top, bottom, order)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        size_t box = order[i];
        ck_assert(middles[box] - heights[box] / 2 >= top - 1e-9);
        ck_assert(middles[box] + heights[box] / 2 <= bottom + 1e-9);
        if (i > 0) {
            size_t before = order[i - 1];
            ck_assert(middles[before] + heights[before] / 2 <=
                      middles[box] - heights[box] / 2 + 1e-9);
        }
    }
    return true;
}

START_TEST(labels_that_have_room_stay) {
    double middles[] = {80, 20, 50};
    double heights[] = {10, 10, 10};
    ck_assert(spread(middles, heights, 3, 0, 100));
    ck_assert(middles[0] == 80 && middles[1] == 20 && middles[2] == 50);
}
END_TEST

START_TEST(labels_that_collide_share_the_way) {
    double middles[] = {50, 50};
    double heights[] = {10, 10};
    ck_assert(spread(middles, heights, 2, 0, 100));
    ck_assert(fabs(middles[0] - 45) < 1e-9 && fabs(middles[1] - 55) < 1e-9);
    double edge[] = {99, 99, 1};
    double sizes[] = {10, 20, 10};
    ck_assert(spread(edge, sizes, 3, 0, 100));
    double crowd[] = {10, 11, 12, 13, 14, 90, 15, 16};
    double tall[] = {10, 12, 14, 9, 10, 8, 10, 10};
    ck_assert(spread(crowd, tall, 8, 0, 100));
}
END_TEST

START_TEST(too_many_labels_are_refused) {
    double middles[] = {1, 2, 3};
    double heights[] = {40, 40, 40};
    ck_assert(!spread(middles, heights, 3, 0, 100));
    ck_assert(spread(middles, heights, 0, 0, 100));
}
END_TEST

int main(void) {
    Suite *suite = suite_create("scene");
    TCase *test_case = tcase_create("scene");
    tcase_add_checked_fixture(test_case, start, finish);
    tcase_add_test(test_case, boxes_stay_within_bounds_and_apart);
    tcase_add_test(test_case, segments_are_met_where_they_pass);
    tcase_add_test(test_case, others_are_kept_at_a_distance);
    tcase_add_test(test_case, labels_that_have_room_stay);
    tcase_add_test(test_case, labels_that_collide_share_the_way);
    tcase_add_test(test_case, too_many_labels_are_refused);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
