/* SPDX-License-Identifier: MIT */
/* Normal and Student distributions. */
#include "bkti_probability.h"

#include <float.h>
#include <math.h>

#include "bkti_elementary.h"

#define ROOT_TWO_PI 2.5066282746310005024
#define PI          3.1415926535897932385

double bkti_normal_density(double x) {
    return bkti_exp(-0.5 * x * x) / ROOT_TWO_PI;
}

/* (Phi(x) - 1/2) / phi(x) = x + x^3/3 + x^5/15 + ...; Marsaglia 2004, "Evaluating the normal
 * distribution", Journal of Statistical Software 11(4). */
static double normal_series(double x) {
    double term = x;
    double sum = x;
    for (int k = 3; fabs(term) > 1e-18 * fabs(sum); k += 2) {
        term *= x * x / k;
        sum += term;
    }
    return sum;
}

double bkti_normal_mills(double x) {
    if (x < 3.0)
        return 0.5 / bkti_normal_density(x) - normal_series(x);
    /* 1/(x + 1/(x + 2/(x + 3/(x + ...)))), from the inside; Abramowitz & Stegun 26.2.14. */
    double fraction = x;
    for (int k = 120; k > 0; k--)
        fraction = x + k / fraction;
    return 1.0 / fraction;
}

double bkti_normal_below(double x) {
    if (isnan(x))
        return x;
    if (fabs(x) < 3.0)
        return 0.5 + bkti_normal_density(x) * normal_series(x);
    double tail = bkti_normal_density(x) * bkti_normal_mills(fabs(x));
    return x < 0.0 ? tail : 1.0 - tail;
}

static double polynomial(const double *coefficients, int degree, double x) {
    double sum = coefficients[degree];
    for (int k = degree - 1; k >= 0; k--)
        sum = sum * x + coefficients[k];
    return sum;
}

/* Wichura 1988, "Algorithm AS 241: the percentage points of the normal distribution", Applied
 * Statistics 37(3), PPND16: relative accuracy about 1e-16. */
double bkti_normal_quantile(double p) {
    static const double middle_top[8] = {3.3871328727963666080e0, 1.3314166789178437745e2,
                                         1.9715909503065514427e3, 1.3731693765509461125e4,
                                         4.5921953931549871457e4, 6.7265770927008700853e4,
                                         3.3430575583588128105e4, 2.5090809287301226727e3};
    static const double middle_bottom[8] = {1.0,
                                            4.2313330701600911252e1,
                                            6.8718700749205790830e2,
                                            5.3941960214247511077e3,
                                            2.1213794301586595867e4,
                                            3.9307895800092710610e4,
                                            2.8729085735721942674e4,
                                            5.2264952788528545610e3};
    static const double near_top[8] = {1.42343711074968357734e0,  4.63033784615654529590e0,
                                       5.76949722146069140550e0,  3.64784832476320460504e0,
                                       1.27045825245236838258e0,  2.41780725177450611770e-1,
                                       2.27238449892691845833e-2, 7.74545014278341407640e-4};
    static const double near_bottom[8] = {1.0,
                                          2.05319162663775882187e0,
                                          1.67638483018380384940e0,
                                          6.89767334985100004550e-1,
                                          1.48103976427480074590e-1,
                                          1.51986665636164571966e-2,
                                          5.47593808499534494600e-4,
                                          1.05075007164441684324e-9};
    static const double far_top[8] = {6.65790464350110377720e0,  5.46378491116411436990e0,
                                      1.78482653991729133580e0,  2.96560571828504891230e-1,
                                      2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                      2.71155556874348757815e-5, 2.01033439929228813265e-7};
    static const double far_bottom[8] = {1.0,
                                         5.99832206555887937690e-1,
                                         1.36929880922735805310e-1,
                                         1.48753612908506148525e-2,
                                         7.86869131145613259100e-4,
                                         1.84631831751005468180e-5,
                                         1.42151175831644588870e-7,
                                         2.04426310338993978564e-15};
    if (!(p > 0.0 && p < 1.0))
        return NAN;
    double q = p - 0.5;
    if (fabs(q) <= 0.425) {
        double r = 0.180625 - q * q;
        return q * polynomial(middle_top, 7, r) / polynomial(middle_bottom, 7, r);
    }
    double r = sqrt(-bkti_log(q < 0.0 ? p : 1.0 - p));
    double x;
    if (r <= 5.0)
        x = polynomial(near_top, 7, r - 1.6) / polynomial(near_bottom, 7, r - 1.6);
    else
        x = polynomial(far_top, 7, r - 5.0) / polynomial(far_bottom, 7, r - 5.0);
    return q < 0.0 ? -x : x;
}

/* Gamma((n + 1) / 2) / Gamma(n / 2) for a whole n >= 1. */
static double gamma_ratio(double n) {
    if (n > 1000.0) { /* Tricomi & Erdelyi's expansion in 1/n */
        double i = 1.0 / n;
        double series = 1.0 - i * (1.0 / 4.0 - i * (1.0 / 32.0 + i * (5.0 / 128.0)));
        return sqrt(n / 2.0) * series;
    }
    double odd = fmod(n, 2.0);
    double ratio = odd > 0.0 ? 1.0 / sqrt(PI) : sqrt(PI) / 2.0;
    for (double k = odd > 0.0 ? 1.0 : 2.0; k < n; k += 2.0)
        ratio *= (k + 1.0) / k;
    return ratio;
}

static double student_density(double t, double n) {
    return gamma_ratio(n) / sqrt(n * PI) * bkti_exp(-(n + 1.0) / 2.0 * bkti_log1p(t * t / n));
}

/* The continued fraction of the incomplete beta function, by Lentz's method; Abramowitz & Stegun
 * 26.5.8. */
static double beta_fraction(double a, double b, double x) {
    const double tiny = 1e-300;
    double c = 1.0;
    double d = 1.0 - (a + b) * x / (a + 1.0);
    d = 1.0 / (fabs(d) < tiny ? tiny : d);
    double fraction = d;
    for (int m = 1; m <= 1000; m++) {
        double even = m * (b - m) * x / ((a + 2 * m - 1.0) * (a + 2 * m));
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1.0));
        for (int step = 0; step < 2; step++) {
            double numerator = step == 0 ? even : odd;
            d = 1.0 + numerator * d;
            d = 1.0 / (fabs(d) < tiny ? tiny : d);
            c = 1.0 + numerator / c;
            if (fabs(c) < tiny)
                c = tiny;
            fraction *= c * d;
        }
        if (fabs(c * d - 1.0) < 1e-16)
            break;
    }
    return fraction;
}

/* P(T > t) = I_x(n/2, 1/2) / 2 with x = n / (n + t^2); Abramowitz & Stegun 26.7.1. */
double bkti_student_above(double t, double n) {
    double square = t * t;
    double x = n / (n + square);
    double y = square / (n + square);
    /* x^(n/2) y^(1/2) Gamma((n+1)/2) / (Gamma(n/2) Gamma(1/2)) */
    double front =
        bkti_exp(-n / 2.0 * bkti_log1p(square / n)) * sqrt(y) * gamma_ratio(n) / sqrt(PI);
    if (x < (n / 2.0 + 1.0) / (n / 2.0 + 2.5))
        return front * beta_fraction(n / 2.0, 0.5, x) / n;
    return 0.5 - front * beta_fraction(0.5, n / 2.0, y);
}

/* log Gamma(x), x > 0: Stirling's series; Abramowitz & Stegun 6.1.41. */
static double log_gamma(double x) {
    double product = 1.0;
    for (; x < 12.0; x += 1.0)
        product *= x;
    double s = 1.0 / (x * x);
    double series =
        (1.0 / 12.0 - s * (1.0 / 360.0 - s * (1.0 / 1260.0 - s * (1.0 / 1680.0 - s / 1188.0)))) / x;
    return (x - 0.5) * bkti_log(x) - x + bkti_log(ROOT_TWO_PI) + series - bkti_log(product);
}

/* P(F > f) = I_x(n/2, m/2) with x = n / (n + m f), m and n the first and second degrees of freedom;
 * Abramowitz & Stegun 26.6.2. */
double bkti_fisher_above(double f, double m, double n) {
    double a = n / 2.0;
    double b = m / 2.0;
    double x = n / (n + m * f);
    double y = m * f / (n + m * f);
    if (!(x > 0.0 && y > 0.0))
        return x > 0.0 ? 1.0 : 0.0;
    double front = bkti_exp(log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * bkti_log(x) +
                            b * bkti_log(y));
    if (x < (a + 1.0) / (a + b + 2.0))
        return front * beta_fraction(a, b, x) / a;
    return 1.0 - front * beta_fraction(b, a, y) / b;
}

/* Fisher & Cornish's expansion about the normal quantile; Abramowitz & Stegun 26.7.5. */
static double student_expansion(double p, double n) {
    double z = -bkti_normal_quantile(p);
    double s = z * z;
    double g1 = (s + 1.0) / 4.0;
    double g2 = ((5.0 * s + 16.0) * s + 3.0) / 96.0;
    double g3 = (((3.0 * s + 19.0) * s + 17.0) * s - 15.0) / 384.0;
    return z * (1.0 + (g1 + (g2 + g3 / n) / n) / n);
}

double bkti_student_upper(double p, double n) {
    if (!(p > 0.0 && p <= 0.5) || !(n >= 1.0))
        return NAN;
    if (p == 0.5)
        return 0.0;
    double t = student_expansion(p, n);
    if (n >= 100000.0)
        return t;
    double low = 0.0;
    double high = HUGE_VAL;
    for (int step = 0; step < 400; step++) {
        double above = bkti_student_above(t, n);
        if (above > p)
            low = t;
        else
            high = t;
        /* Newton on log P(T > t) against log t, nearly a straight line in the tail. */
        double next = above > 0.0 ? t * bkti_exp((bkti_log(above) - bkti_log(p)) * above /
                                                 (t * student_density(t, n)))
                                  : t / 2.0;
        if (!(next > low && next < high))
            next = isinf(high) ? 2.0 * t : low + (high - low) / 2.0;
        if (fabs(next - t) <= 4.0 * DBL_EPSILON * t)
            return next;
        t = next;
    }
    return t;
}
