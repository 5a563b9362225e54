/* SPDX-License-Identifier: MIT */
/* What several members say together. */
#include "bkti_projection.h"

#include <math.h>

/* Numbers of the members, `stride` apart, in order of size; false if one is missing. */
static bool order(const double *numbers, size_t stride, uint32_t count, double *out_ordered) {
    for (uint32_t i = 0; i < count; i++) {
        double number = numbers[(size_t)i * stride];
        uint32_t place = i;
        if (isnan(number))
            return false;
        for (; place > 0 && out_ordered[place - 1] > number; place--)
            out_ordered[place] = out_ordered[place - 1];
        out_ordered[place] = number;
    }
    return true;
}

double bkti_members_mean(const double *numbers, size_t stride, uint32_t count,
                         const double *weights) {
    double mean = 0.0;
    for (uint32_t i = 0; i < count; i++)
        mean += weights[i] * numbers[(size_t)i * stride];
    return mean;
}

double bkti_members_median(const double *numbers, size_t stride, uint32_t count) {
    double ordered[BKT_MEMBER_LIMIT];
    if (!order(numbers, stride, count, ordered))
        return NAN;
    return 0.5 * (ordered[(count - 1) / 2] + ordered[count / 2]);
}

double bkti_members_spread(const double *numbers, size_t stride, uint32_t count) {
    double ordered[BKT_MEMBER_LIMIT];
    double mean = 0.0;
    double squares = 0.0;
    if (!order(numbers, stride, count, ordered))
        return NAN;
    /* In order of size, so that the members' own order doesn't matter to the last bit. */
    for (uint32_t i = 0; i < count; i++)
        mean += ordered[i] / (double)count;
    double size = fmax(fabs(ordered[0]), fabs(ordered[count - 1]));
    double factor = size > 1e100 ? 0x1p-700 : size < 1e-100 ? 0x1p700 : 1.0;
    for (uint32_t i = 0; i < count; i++) {
        double gap = (ordered[i] - mean) * factor;
        squares += gap * gap / (double)count;
    }
    return sqrt(squares) / factor;
}
