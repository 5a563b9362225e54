/* SPDX-License-Identifier: MIT */
/* Codes in a sentence: the first dozen, and how many more there are. */
#ifndef BKTI_LISTING_H
#define BKTI_LISTING_H

#include "bkti_context.h"
#include "bkti_text.h"

typedef struct bkti_listing {
    bkti_text text;
    uint32_t count;
} bkti_listing;

void bkti_listing_init(bkti_listing *listing, bkt_context *context);
void bkti_listing_free(bkti_listing *listing);
void bkti_listing_add(bkti_listing *listing, const char *code);
/* Call once, when all are added. "none" for an empty one. */
const char *bkti_listing_finish(bkti_listing *listing);

#endif
