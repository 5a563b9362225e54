/* SPDX-License-Identifier: MIT */
/* A method's own function on a series, and its figures beside those of others. */
#ifndef METHOD_CHECK_H
#define METHOD_CHECK_H

#include <check.h>
#include <math.h>

#include <bktrade/projection.h>

/* Yearly sums of R's AirPassengers, 1949 to 1960, and its Nile, 1871 to 1900. */
static const double air[] = {1520, 1676, 2042, 2364, 2700, 2867,
                             3408, 3939, 4421, 4572, 5140, 5714};
static const double nile[] = {1120, 1160, 963,  1210, 1160, 1160, 813,  1230, 1370, 1140,
                              995,  935,  1110, 994,  1020, 960,  1180, 799,  958,  1140,
                              1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774,  840};
#define AIR  air, (int64_t)(sizeof air / sizeof air[0])
#define NILE nile, (int64_t)(sizeof nile / sizeof nile[0])

typedef bkt_status project_function(bkt_context *, const double *, int64_t,
                                    const bkt_projection_options *, double *, double *, bkt_fit *);

/* qnorm(0.975), by which R multiplies its standard errors. */
static const double z95 = 1.95996398454005;

static double points[5];
static double errors[5];
static bkt_fit fit;

static inline bkt_projection_options five_ahead(void) {
    bkt_projection_options options;
    ck_assert_int_eq(bkt_projection_options_init(&options, sizeof options), BKT_OK);
    options.horizon = 5;
    return options;
}

static inline void project_with(project_function *function, const double *values, int64_t count,
                                const bkt_projection_options *options) {
    ck_assert_int_eq(bkt_fit_init(&fit, sizeof fit), BKT_OK);
    ck_assert_int_eq(function(NULL, values, count, options, points, errors, &fit), BKT_OK);
}

static inline void check_close(double found, double expected, double tolerance) {
    ck_assert_msg(fabs(found - expected) <= tolerance * fmax(1.0, fabs(expected)),
                  "found %.17g, expected %.17g", found, expected);
}

static inline void check_reference(const double *reference, const double *widths,
                                   double tolerance) {
    for (int h = 0; h < 5; h++) {
        check_close(points[h], reference[h], tolerance);
        check_close(z95 * errors[h], widths[h], tolerance);
    }
}

#endif
