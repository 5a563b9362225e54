/* SPDX-License-Identifier: MIT */
/** @file version.h
 * The version of libbktrade, and how a declaration is exported. */
#ifndef BKTRADE_VERSION_H
#define BKTRADE_VERSION_H

#include <stdint.h>

/** @name Version of these headers
 * A program or binding compares BKT_VERSION_NUMBER with bkt_version_number(): the library must be
 * at least as new as the headers that it was written against.
 * @{ */
#define BKT_VERSION_MAJOR  0
#define BKT_VERSION_MINOR  1
#define BKT_VERSION_PATCH  0
#define BKT_VERSION_NUMBER 100 /* major * 10000 + minor * 100 + patch */
#define BKT_VERSION_TEXT   "0.1.0"
/** @} */

#ifndef BKT_API
#if defined(BKT_STATIC) || !defined(__GNUC__)
#define BKT_API
#else
#define BKT_API __attribute__((visibility("default")))
#endif
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** The version of the library in use, as major * 10000 + minor * 100 + patch.
 * @return the number; never fails.
 * @since 0.1 */
BKT_API uint32_t bkt_version_number(void);

/** The version of the library in use, as text such as "0.1.0".
 * @return text that lives as long as the library.
 * @since 0.1 */
BKT_API const char *bkt_version_text(void);

#ifdef __cplusplus
}
#endif

#endif
