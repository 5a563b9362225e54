/* SPDX-License-Identifier: MIT */
/* Many series in one call: what each gets is what it would get alone, for any number of threads and
 * any order; a bad one stops none of the others. */
#include <math.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <bktrade/projection.h>

#include "fixture.h"
#include "run_suite.h"

#define H      5
#define LEVELS 2
#define SERIES 60
#define MOST   60 /* values of a series */

/* A panel and its results; `order` says which of the series stands where. */
typedef struct panel {
    double values[SERIES * MOST];
    int64_t offsets[SERIES + 1];
    double points[SERIES * H];
    double lower[SERIES * H * LEVELS];
    double upper[SERIES * H * LEVELS];
    bkt_fit fits[SERIES];
    bkt_status statuses[SERIES];
} panel;

static panel first;
static panel second;

static bkt_projection_options options_with(uint32_t threads) {
    bkt_projection_options options;
    bkt_projection_options_init(&options, sizeof options);
    options.horizon = H;
    options.threads = threads;
    return options;
}

static uint32_t hash(uint32_t number) {
    number = (number ^ (number >> 16)) * UINT32_C(0x45d9f3b);
    number = (number ^ (number >> 16)) * UINT32_C(0x45d9f3b);
    return number ^ (number >> 16);
}

/* Of 0 to 59 values: growing, some with gaps, zeros, negative or extreme values; number 7 is
 * infinite somewhere, 0 and 30 have no value. */
static int64_t write_series(uint32_t series, double *values) {
    int64_t count = series == 30 ? 9 : series;
    for (int64_t t = 0; t < count; t++) {
        uint32_t drawn = hash(series * 1000 + (uint32_t)t);
        values[t] = 100.0 + 3.0 * (double)t + (double)(drawn % 1000) / 20.0;
        values[t] += (double)(t % 12) * (series % 3 == 0 ? 10.0 : 0.0);
        if (series == 30 || (series % 5 == 1 && drawn % 7 == 0))
            values[t] = NAN;
        if (series % 11 == 4)
            values[t] -= 150.0;
        if (series == 22)
            values[t] *= 1e300;
        if (series == 33)
            values[t] *= 1e-300;
        if (series == 44)
            values[t] = 7.0;
    }
    if (series == 7)
        values[3] = INFINITY;
    return count;
}

/* Permutation k of 0..SERIES-1. */
static uint32_t place_of(uint32_t series, uint32_t permutation) {
    static const uint32_t factors[] = {1, 7, 59, 13};
    return (series * factors[permutation % 4] + permutation * 17) % SERIES;
}

static void fill(panel *p, uint32_t permutation) {
    memset(p, 0x5a, sizeof *p);
    p->offsets[0] = 0;
    for (uint32_t place = 0; place < SERIES; place++) {
        uint32_t series = place_of(place, permutation);
        p->offsets[place + 1] =
            p->offsets[place] + write_series(series, p->values + p->offsets[place]);
    }
}

static bkt_status run(bkt_context *with, panel *p, const bkt_projection_options *options) {
    return bkt_panel_project(with, p->values, p->offsets, SERIES, options, p->points, p->lower,
                             p->upper, p->fits, sizeof *p->fits, p->statuses);
}

/* Bits, but for those of NaN. */
static bool same_numbers(const double *a, const double *b, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!(isnan(a[i]) && isnan(b[i])) && memcmp(&a[i], &b[i], sizeof a[i]) != 0)
            return false;
    return true;
}

static bool same_series(const panel *a, size_t i, const panel *b, size_t k) {
    return a->statuses[i] == b->statuses[k] &&
           same_numbers(a->points + i * H, b->points + k * H, H) &&
           same_numbers(a->lower + i * H * LEVELS, b->lower + k * H * LEVELS, H * LEVELS) &&
           same_numbers(a->upper + i * H * LEVELS, b->upper + k * H * LEVELS, H * LEVELS) &&
           a->fits[i].count == b->fits[k].count && a->fits[i].method == b->fits[k].method &&
           a->fits[i].flags == b->fits[k].flags && a->fits[i].choice == b->fits[k].choice &&
           a->fits[i].fallback == b->fits[k].fallback &&
           same_numbers(&a->fits[i].sigma, &b->fits[k].sigma, 1);
}

START_TEST(each_is_what_it_is_alone) {
    bkt_projection_options options = options_with(3);
    options.season_length = 12;
    fill(&first, 0);
    ck_assert_int_eq(run(context, &first, &options), BKT_OK);
    fill(&second, 0);
    bkt_context_diagnostics_clear(context);
    for (uint32_t i = 0; i < SERIES; i++) {
        bkt_fit_init(&second.fits[i], sizeof second.fits[i]);
        second.statuses[i] = bkt_series_project(
            context, second.values + second.offsets[i], second.offsets[i + 1] - second.offsets[i],
            &options, second.points + i * H, second.lower + i * H * LEVELS,
            second.upper + i * H * LEVELS, &second.fits[i]);
        ck_assert_msg(same_series(&first, i, &second, i), "series %u", (unsigned)i);
        ck_assert_uint_eq(first.fits[i].struct_size, sizeof(bkt_fit));
        bool is_bad = i == 0 || i == 7 || i == 30;
        ck_assert_int_eq(first.statuses[i], is_bad ? BKT_ERR_SERIES : BKT_OK);
        ck_assert(is_bad || !isnan(first.points[i * H]) || i == 22);
    }
}
END_TEST

START_TEST(any_number_of_threads) {
    static const uint32_t threads[] = {0, 1, 2, 3, 8, 64, 1000};
    bkt_projection_options options = options_with(threads[_i]);
    fill(&first, 0);
    ck_assert_int_eq(run(context, &first, &options), BKT_OK);
    options.threads = 1;
    fill(&second, 0);
    ck_assert_int_eq(run(context, &second, &options), BKT_OK);
    for (size_t i = 0; i < SERIES; i++)
        ck_assert_msg(same_series(&first, i, &second, i), "series %zu", i);
}
END_TEST

/* Weights from past errors are many projections within each. */
START_TEST(weighted_by_any_number_of_threads) {
    static const int32_t members[] = {BKT_METHOD_DRIFT, BKT_METHOD_SES, BKT_METHOD_THETA};
    bkt_projection_options options = options_with(_i == 0 ? 2 : 8);
    options.method = BKT_METHOD_COMBINATION;
    options.members = members;
    options.member_count = 3;
    options.flags = BKT_PROJECTION_WEIGHTED;
    fill(&first, 0);
    ck_assert_int_eq(run(context, &first, &options), BKT_OK);
    options.threads = 1;
    fill(&second, 0);
    ck_assert_int_eq(run(context, &second, &options), BKT_OK);
    for (size_t i = 0; i < SERIES; i++)
        ck_assert_msg(same_series(&first, i, &second, i), "series %zu", i);
}
END_TEST

START_TEST(any_order) {
    bkt_projection_options options = options_with(2);
    uint32_t permutation = (uint32_t)_i;
    fill(&first, 0);
    ck_assert_int_eq(run(context, &first, &options), BKT_OK);
    fill(&second, permutation);
    ck_assert_int_eq(run(context, &second, &options), BKT_OK);
    for (uint32_t place = 0; place < SERIES; place++)
        ck_assert_msg(same_series(&first, place_of(place, permutation), &second, place), "place %u",
                      (unsigned)place);
}
END_TEST

static const bkt_diagnostic *diagnostic_of(const char *series) {
    for (uint32_t i = 0; i < bkt_context_diagnostic_count(context); i++) {
        const bkt_diagnostic *each = bkt_context_diagnostic_at(context, i);
        if (strcmp(bkt_diagnostic_series(each), series) == 0)
            return each;
    }
    return NULL;
}

START_TEST(bad_ones_say_why) {
    bkt_projection_options options = options_with(2);
    fill(&first, 0);
    ck_assert_int_eq(run(context, &first, &options), BKT_OK);
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 3);
    ck_assert_str_eq(bkt_diagnostic_series(bkt_context_diagnostic_at(context, 0)), "1");
    ck_assert_str_eq(bkt_diagnostic_series(bkt_context_diagnostic_at(context, 1)), "8");
    ck_assert_str_eq(bkt_diagnostic_series(bkt_context_diagnostic_at(context, 2)), "31");
    const bkt_diagnostic *infinite = diagnostic_of("8");
    ck_assert_int_eq(bkt_diagnostic_severity(infinite), BKT_SEVERITY_WARNING);
    ck_assert_int_eq(bkt_diagnostic_status(infinite), BKT_ERR_SERIES);
    ck_assert_str_eq(bkt_diagnostic_text(infinite),
                     "series 8: value 4 of the series is infinite; give a finite number, or NaN "
                     "where it is missing");
    ck_assert_ptr_nonnull(strstr(bkt_diagnostic_text(diagnostic_of("31")), "has no value"));
    ck_assert_ptr_null(bkt_context_error(context));
    ck_assert_int_eq(first.fits[30].fallback, BKT_FALLBACK_NO_VALUE);
    ck_assert_int_eq(first.fits[30].count, 0);
    for (size_t i = 0; i < H; i++)
        ck_assert(isnan(first.points[7 * H + i]) && isnan(first.upper[7 * H * LEVELS + i]));
}
END_TEST

START_TEST(what_no_fallback_forbids) {
    bkt_projection_options options = options_with(2);
    options.method = BKT_METHOD_LOG_TREND;
    options.flags = BKT_PROJECTION_NO_FALLBACK;
    fill(&first, 0);
    ck_assert_int_eq(run(context, &first, &options), BKT_OK);
    ck_assert_int_eq(first.statuses[1], BKT_ERR_SERIES);  /* too few */
    ck_assert_int_eq(first.statuses[15], BKT_ERR_SERIES); /* negative */
    ck_assert_int_eq(first.statuses[50], BKT_OK);
    ck_assert_ptr_nonnull(strstr(bkt_diagnostic_text(diagnostic_of("16")), "log"));
    options.flags = 0;
    ck_assert_int_eq(run(context, &first, &options), BKT_OK);
    ck_assert_int_eq(first.statuses[15], BKT_OK);
    ck_assert_int_eq(first.fits[15].fallback, BKT_FALLBACK_NOT_POSITIVE);
}
END_TEST

/* Each bad series is heard of, until the context is full; then they are counted. */
START_TEST(more_bad_ones_than_there_is_room_for) {
    enum { MANY = 40 };
    static double points[MANY];
    static int64_t offsets[MANY + 1];
    static bkt_status statuses[MANY];
    bkt_context_options limits;
    bkt_context *small;
    bkt_context_options_init(&limits, sizeof limits);
    limits.diagnostic_limit = 10;
    ck_assert_int_eq(bkt_context_new(&limits, &small), BKT_OK);
    bkt_projection_options options = options_with(4);
    options.horizon = 1;
    ck_assert_int_eq(bkt_panel_project(small, NULL, offsets, MANY, &options, points, NULL, NULL,
                                       NULL, 0, statuses),
                     BKT_OK);
    ck_assert_uint_eq(bkt_context_diagnostic_count(small), 11);
    const bkt_diagnostic *last = bkt_context_diagnostic_at(small, 10);
    ck_assert_str_eq(bkt_diagnostic_series(last), "11");
    ck_assert_uint_eq(bkt_diagnostic_repeats(last), MANY - 11);
    for (size_t i = 0; i < MANY; i++)
        ck_assert_int_eq(statuses[i], BKT_ERR_SERIES);
    bkt_context_free(small);
}
END_TEST

START_TEST(none_at_all) {
    int64_t offsets[] = {0};
    double number = 1.0;
    bkt_status status = 77;
    ck_assert_int_eq(
        bkt_panel_project(context, NULL, offsets, 0, NULL, &number, NULL, NULL, NULL, 0, &status),
        BKT_OK);
    ck_assert(number == 1.0);
    ck_assert_int_eq(status, 77);
}
END_TEST

/* The first offset needn't be 0, and a caller's struct may be longer than the library's. */
START_TEST(slices_and_longer_records) {
    struct longer {
        bkt_fit fit;
        int64_t later;
    } fits[2] = {{.later = -1}, {.later = -1}};
    const double values[] = {9, 9, 9, 1, 2, 3, 4, 5, 5, 5};
    const int64_t offsets[] = {3, 7, 10};
    double points[2];
    bkt_status statuses[2];
    bkt_projection_options options = options_with(2);
    options.horizon = 1;
    options.method = BKT_METHOD_DRIFT;
    ck_assert_int_eq(bkt_panel_project(context, values, offsets, 2, &options, points, NULL, NULL,
                                       &fits[0].fit, sizeof fits[0], statuses),
                     BKT_OK);
    ck_assert(points[0] == 5.0 && points[1] == 5.0);
    for (size_t i = 0; i < 2; i++) {
        ck_assert_uint_eq(fits[i].fit.struct_size, sizeof fits[i]);
        ck_assert_int_eq(fits[i].fit.method, BKT_METHOD_DRIFT);
        ck_assert_int_eq(fits[i].fit.count, i == 0 ? 4 : 3);
        ck_assert_int_eq(fits[i].later, 0);
    }
}
END_TEST

static void check_refused(bkt_status expected, const double *values, const int64_t *offsets,
                          int64_t count, bkt_fit *fits, uint32_t fit_size, bkt_status *statuses,
                          const char *word) {
    double points[2 * H];
    bkt_projection_options options = options_with(2);
    bkt_context_diagnostics_clear(context);
    ck_assert_int_eq(bkt_panel_project(context, values, offsets, count, &options, points, NULL,
                                       NULL, fits, fit_size, statuses),
                     expected);
    ck_assert_msg(strstr(bkt_context_error_text(context), word) != NULL, "%s",
                  bkt_context_error_text(context));
}

START_TEST(bad_arguments) {
    const double values[] = {1, 2, 3, 4};
    const int64_t offsets[] = {0, 2, 4};
    const int64_t backwards[] = {0, 4, 2};
    const int64_t negative[] = {-1, 2, 4};
    bkt_status statuses[2];
    bkt_fit fits[2];
    bkt_projection_options options = options_with(2);
    double points[2 * H];
    ck_assert_int_eq(
        bkt_panel_project(NULL, values, offsets, 2, NULL, points, NULL, NULL, NULL, 0, statuses),
        BKT_ERR_ARGUMENT);
    check_refused(BKT_ERR_ARGUMENT, values, NULL, 2, NULL, 0, statuses, "offsets");
    check_refused(BKT_ERR_ARGUMENT, values, offsets, 2, NULL, 0, NULL, "out_statuses");
    check_refused(BKT_ERR_ARGUMENT, values, offsets, -1, NULL, 0, statuses, "series_count");
    check_refused(BKT_ERR_ARGUMENT, values, backwards, 2, NULL, 0, statuses,
                  "series 2 ends at 2, before it begins at 4");
    check_refused(BKT_ERR_ARGUMENT, values, negative, 2, NULL, 0, statuses, "begins at -1");
    check_refused(BKT_ERR_ARGUMENT, NULL, offsets, 2, NULL, 0, statuses, "4 values");
    check_refused(BKT_ERR_ABI, values, offsets, 2, fits, sizeof fits[0] - 8, statuses, "fit_size");
    check_refused(BKT_ERR_ABI, values, offsets, 2, fits, 5000, statuses, "fit_size");
    check_refused(BKT_ERR_ABI, values, offsets, 2, fits, sizeof fits[0] + 1, statuses, "fit_size");
    ck_assert_int_eq(bkt_panel_project(context, values, offsets, 2, &options, points, points, NULL,
                                       NULL, 0, statuses),
                     BKT_ERR_ARGUMENT);
    options.horizon = 0;
    ck_assert_int_eq(bkt_panel_project(context, values, offsets, 2, &options, points, NULL, NULL,
                                       NULL, 0, statuses),
                     BKT_ERR_ARGUMENT);
}
END_TEST

static void check_all_failed(const panel *p, bkt_status status) {
    for (size_t i = 0; i < SERIES; i++) {
        ck_assert_int_eq(p->statuses[i], status);
        ck_assert_int_eq(p->fits[i].method, BKT_METHOD_NONE);
        ck_assert_int_eq(p->fits[i].count, 0);
        ck_assert(isnan(p->points[i * H]) && isnan(p->points[i * H + H - 1]));
        ck_assert(isnan(p->lower[i * H * LEVELS]) && isnan(p->upper[(i + 1) * H * LEVELS - 1]));
    }
}

/* An allocator for several threads, in which a given allocation and all after it fail, or it
 * alone. */
typedef struct memory {
    atomic_llong calls;
    atomic_llong blocks;
    long long fail_at; /* 0: none */
    bool stays_out;
} memory;

static bool must_fail(memory *m) {
    long long call = atomic_fetch_add(&m->calls, 1) + 1;
    return m->fail_at != 0 && (call == m->fail_at || (m->stays_out && call > m->fail_at));
}

static void *allocate(size_t size, void *user) {
    memory *m = user;
    void *block = must_fail(m) ? NULL : malloc(size);
    if (block != NULL)
        atomic_fetch_add(&m->blocks, 1);
    return block;
}

static void *reallocate(void *block, size_t size, void *user) {
    memory *m = user;
    void *moved = must_fail(m) ? NULL : realloc(block, size);
    if (block == NULL && moved != NULL)
        atomic_fetch_add(&m->blocks, 1);
    return moved;
}

static void release(void *block, void *user) {
    memory *m = user;
    if (block != NULL)
        atomic_fetch_sub(&m->blocks, 1);
    free(block);
}

static void fail_at(long long number, bool stays_out, uint32_t threads, bool *out_came) {
    memory m = {.stays_out = stays_out};
    bkt_context_options limits;
    bkt_context *with;
    bkt_context_options_init(&limits, sizeof limits);
    limits.allocate = allocate;
    limits.reallocate = reallocate;
    limits.release = release;
    limits.memory_user = &m;
    ck_assert_int_eq(bkt_context_new(&limits, &with), BKT_OK);
    bkt_projection_options options = options_with(threads);
    fill(&second, 0);
    m.fail_at = atomic_load(&m.calls) + number;
    bkt_status status = run(with, &second, &options);
    *out_came = atomic_load(&m.calls) >= m.fail_at;
    m.fail_at = 0;
    ck_assert(status == BKT_OK || (status == BKT_ERR_MEMORY && *out_came));
    if (status == BKT_OK)
        for (size_t i = 0; i < SERIES; i++)
            ck_assert_msg(same_series(&first, i, &second, i), "series %zu", i);
    else
        check_all_failed(&second, BKT_ERR_MEMORY);
    bkt_context_free(with);
    ck_assert_int_eq(atomic_load(&m.blocks), 0);
}

START_TEST(memory_fails) {
    bkt_projection_options options = options_with(1);
    fill(&first, 0);
    ck_assert_int_eq(run(context, &first, &options), BKT_OK);
    for (int stays_out = 0; stays_out < 2; stays_out++) {
        bool came = true;
        for (long long n = 1; came; n++)
            fail_at(n, stays_out != 0, _i == 0 ? 1 : 3, &came);
    }
}
END_TEST

START_TEST(memory_has_a_limit) {
    bkt_projection_options options = options_with(2);
    bkt_context_options limits;
    bkt_context *with;
    bkt_context_options_init(&limits, sizeof limits);
    limits.memory_limit = 6000;
    ck_assert_int_eq(bkt_context_new(&limits, &with), BKT_OK);
    fill(&first, 0);
    ck_assert_int_eq(run(with, &first, &options), BKT_ERR_LIMIT);
    ck_assert_ptr_nonnull(strstr(bkt_context_error_text(with), "memory_limit"));
    for (size_t i = 0; i < SERIES; i++)
        ck_assert(first.statuses[i] == BKT_ERR_LIMIT && isnan(first.points[i * H]));
    bkt_context_free(with);
}
END_TEST

typedef struct calls {
    int count;
    int stop_at; /* 0: never */
    uint64_t rows;
} calls;

static int32_t told(uint64_t done, uint64_t total, uint64_t rows, void *user) {
    calls *c = user;
    (void)done;
    (void)total;
    c->count++;
    c->rows = rows > c->rows ? rows : c->rows;
    return c->stop_at != 0 && c->count >= c->stop_at;
}

static bkt_context *context_told(calls *c) {
    bkt_context_options limits;
    bkt_context *with;
    bkt_context_options_init(&limits, sizeof limits);
    limits.progress = told;
    limits.progress_user = c;
    ck_assert_int_eq(bkt_context_new(&limits, &with), BKT_OK);
    return with;
}

START_TEST(progress_and_cancelling) {
    static const uint32_t threads[] = {1, 2, 8};
    bkt_projection_options options = options_with(threads[_i]);
    calls c = {0};
    bkt_context *with = context_told(&c);
    fill(&first, 0);
    ck_assert_int_eq(run(with, &first, &options), BKT_OK);
    ck_assert(c.rows <= SERIES);
    if (options.threads == 1) {
        ck_assert_int_eq(c.count, SERIES);
        ck_assert_uint_eq(c.rows, SERIES);
        c = (calls){.stop_at = 5};
        ck_assert_int_eq(run(with, &first, &options), BKT_ERR_CANCELLED);
        check_all_failed(&first, BKT_ERR_CANCELLED);
        ck_assert_int_eq(c.count, 5);
    } else {
        /* The caller's thread may find no series left: then there was nothing to stop. */
        c = (calls){.stop_at = 1};
        bkt_status status = run(with, &first, &options);
        ck_assert_int_eq(status, c.count > 0 ? BKT_ERR_CANCELLED : BKT_OK);
        if (status != BKT_OK)
            check_all_failed(&first, BKT_ERR_CANCELLED);
    }
    bkt_context_free(with);
}
END_TEST

/* Where the log is called is the caller's thread, in the order of the series. */
static void logged(const bkt_diagnostic *diagnostic, void *user) {
    char *text = user;
    size_t length = strlen(text);
    snprintf(text + length, 64 - length, "%s ", bkt_diagnostic_series(diagnostic));
}

START_TEST(the_log_is_in_order) {
    static const uint32_t threads[] = {1, 3, 8};
    char text[64] = "";
    bkt_context_options limits;
    bkt_context *with;
    bkt_context_options_init(&limits, sizeof limits);
    limits.log = logged;
    limits.log_user = text;
    ck_assert_int_eq(bkt_context_new(&limits, &with), BKT_OK);
    bkt_projection_options options = options_with(threads[_i]);
    fill(&first, 0);
    ck_assert_int_eq(run(with, &first, &options), BKT_OK);
    ck_assert_str_eq(text, "1 8 31 ");
    bkt_context_free(with);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("projection/panel");
    TCase *tests = tcase_create("panel");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, each_is_what_it_is_alone);
    tcase_add_loop_test(tests, any_number_of_threads, 0, 7);
    tcase_add_loop_test(tests, weighted_by_any_number_of_threads, 0, 2);
    tcase_add_loop_test(tests, any_order, 1, 4);
    tcase_add_test(tests, bad_ones_say_why);
    tcase_add_test(tests, what_no_fallback_forbids);
    tcase_add_test(tests, more_bad_ones_than_there_is_room_for);
    tcase_add_test(tests, none_at_all);
    tcase_add_test(tests, slices_and_longer_records);
    tcase_add_test(tests, bad_arguments);
    tcase_add_loop_test(tests, memory_fails, 0, 2);
    tcase_add_test(tests, memory_has_a_limit);
    tcase_add_loop_test(tests, progress_and_cancelling, 0, 3);
    tcase_add_loop_test(tests, the_log_is_in_order, 0, 3);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
