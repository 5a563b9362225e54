/* SPDX-License-Identifier: MIT */
/* Elementary functions that give the same bits on every machine with IEEE 754 doubles: only + - *
 * /, frexp, ldexp and floor are used, which are exact or correctly rounded everywhere; the C
 * library's exp and log are not. */
#ifndef BKTI_ELEMENTARY_H
#define BKTI_ELEMENTARY_H

/* Within one unit in the last place. */
double bkti_exp(double x);   /* infinite above 709.78, 0 below -745.14 */
double bkti_expm1(double x); /* exp(x) - 1 */
double bkti_log(double x);   /* x > 0; -HUGE_VAL for 0, NaN below */
double bkti_log1p(double x); /* log(1 + x), x > -1 */

/* log(last / first), both above zero, also where the quotient is near 1 or out of range. */
double bkti_log_ratio(double first, double last);
/* The growth a period, (last / first)^(1 / periods) - 1; first, last and periods above zero. */
double bkti_compound_rate(double first, double last, double periods);

#endif
