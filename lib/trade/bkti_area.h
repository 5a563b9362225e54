/* SPDX-License-Identifier: MIT */
/* The table of areas. */
#ifndef BKTI_AREA_H
#define BKTI_AREA_H

#include <stdint.h>

#include <bktrade/trade.h>

/* Texts are never NULL; "" is none. */
struct bkt_area {
    const char *name;
    const char *iso2;
    const char *iso3;
    const char *m49;
    const char *more_m49; /* separated by spaces */
    const char *imf;
    const char *other_codes; /* separated by spaces; letters, or the SDMX areas such as W0 */
    const char *other_names; /* separated by "|" */
    int32_t kind;
};

extern const struct bkt_area bkti_areas[];
extern const uint32_t bkti_area_count;

#endif
