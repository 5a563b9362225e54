/* SPDX-License-Identifier: MIT */
/* exp and log by argument reduction and Taylor series. The coefficients are 1/k! and 2/(2k+1),
 * written as divisions that every compiler rounds alike. */
#include "bkti_elementary.h"

#include <math.h>

/* ln 2 in two parts; the first has so few bits that its product with an exponent is exact. */
static const double ln2_high = 0x1.62e42feep-1;
static const double ln2_low = 0x1.a39ef35793c76p-33;

/* exp(r) - 1 - r for |r| <= 0.35. */
static double exp_tail(double r) {
    double sum = 1.0 / 6227020800.0; /* 1/13! */
    sum = sum * r + 1.0 / 479001600.0;
    sum = sum * r + 1.0 / 39916800.0;
    sum = sum * r + 1.0 / 3628800.0;
    sum = sum * r + 1.0 / 362880.0;
    sum = sum * r + 1.0 / 40320.0;
    sum = sum * r + 1.0 / 5040.0;
    sum = sum * r + 1.0 / 720.0;
    sum = sum * r + 1.0 / 120.0;
    sum = sum * r + 1.0 / 24.0;
    sum = sum * r + 1.0 / 6.0;
    sum = sum * r + 0.5;
    return sum * r * r;
}

double bkti_exp(double x) {
    if (isnan(x))
        return x;
    if (x > 709.79)
        return HUGE_VAL;
    if (x < -745.2)
        return 0.0;
    double power = floor(x * 0x1.71547652b82fep+0 + 0.5);
    double high = x - power * ln2_high;
    double low = power * ln2_low;
    double r = high - low;
    double lost = (high - r) - low;
    return ldexp(1.0 + (r + (exp_tail(r) + lost)), (int)power);
}

double bkti_expm1(double x) {
    if (x > -0.35 && x < 0.35)
        return x + exp_tail(x);
    return bkti_exp(x) - 1.0;
}

/* log(1 + f) for 1 + f from sqrt(1/2) to sqrt(2), as f less a small part: with s = f / (2 + f),
 * log(1 + f) = 2s + 2s^3/3 + 2s^5/5 + ... = f - (f^2/2 - s (f^2/2 + R)). Gives that small part. */
static double log_part(double f) {
    double s = f / (2.0 + f);
    double z = s * s;
    double sum = 2.0 / 27.0;
    sum = sum * z + 2.0 / 25.0;
    sum = sum * z + 2.0 / 23.0;
    sum = sum * z + 2.0 / 21.0;
    sum = sum * z + 2.0 / 19.0;
    sum = sum * z + 2.0 / 17.0;
    sum = sum * z + 2.0 / 15.0;
    sum = sum * z + 2.0 / 13.0;
    sum = sum * z + 2.0 / 11.0;
    sum = sum * z + 2.0 / 9.0;
    sum = sum * z + 2.0 / 7.0;
    sum = sum * z + 2.0 / 5.0;
    sum = sum * z + 2.0 / 3.0;
    double half_square = 0.5 * f * f;
    return half_square - s * (half_square + sum * z);
}

/* log(m 2^power (1 + lost)) for m = 1 + f and a tiny `lost`. */
static double log_of_parts(double f, double power, double lost) {
    double part = log_part(f);
    return power * ln2_high - ((part - (power * ln2_low + lost)) - f);
}

double bkti_log(double x) {
    if (isnan(x) || x < 0.0)
        return NAN;
    if (x == 0.0)
        return -HUGE_VAL;
    if (isinf(x))
        return x;
    int exponent;
    double m = frexp(x, &exponent); /* 1/2 to 1 */
    if (m < 0x1.6a09e667f3bcdp-1) {
        m *= 2.0;
        exponent -= 1;
    }
    return log_of_parts(m - 1.0, (double)exponent, 0.0);
}

double bkti_log1p(double x) {
    if (isnan(x) || x < -1.0)
        return NAN;
    if (x > -0.29 && x < 0.41)
        return x - log_part(x);
    double u = 1.0 + x;
    if (u == 0.0 || isinf(u))
        return bkti_log(u);
    double lost = x >= 1.0 ? 1.0 - (u - x) : x - (u - 1.0);
    int exponent;
    double m = frexp(u, &exponent);
    if (m < 0x1.6a09e667f3bcdp-1) {
        m *= 2.0;
        exponent -= 1;
    }
    return log_of_parts(m - 1.0, (double)exponent, lost / u);
}

double bkti_log_ratio(double first, double last) {
    double part = (last - first) / first;
    if (fabs(part) < 0.4)
        return bkti_log1p(part);
    double ratio = last / first;
    if (isnormal(ratio))
        return bkti_log(ratio);
    return bkti_log(last) - bkti_log(first);
}

double bkti_compound_rate(double first, double last, double periods) {
    return bkti_expm1(bkti_log_ratio(first, last) / periods);
}
