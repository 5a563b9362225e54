/* SPDX-License-Identifier: MIT */
/* Growth at given rates. */
#ifndef BKTI_GROWTH_H
#define BKTI_GROWTH_H

#include <bktrade/projection.h>

/* bkt_growth_project() with rates that are each of so many periods (a rate a year in a series of
 * quarters: 4). */
int32_t bkti_growth_path(double value, const double *growths, int64_t growth_count,
                         double periods_of_rate, uint32_t horizon, double *out_points);

#endif
