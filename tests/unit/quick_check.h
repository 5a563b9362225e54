/* SPDX-License-Identifier: MIT */
/* Check, without a system call for every assertion that holds: half of the time of many tests. What
 * is lost is the line of the last one that held, where a test crashes. Included before all else. A
 * Check that names it otherwise is just slower. */
#ifndef QUICK_CHECK_H
#define QUICK_CHECK_H

#include <check.h>

#define _mark_point(file, line) ((void)0)

#endif
