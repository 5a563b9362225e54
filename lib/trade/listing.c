/* SPDX-License-Identifier: MIT */
#include "bkti_listing.h"

#define SHOWN 12

void bkti_listing_init(bkti_listing *listing, bkt_context *context) {
    bkti_text_init(&listing->text, bkti_context_memory(context));
    listing->count = 0;
}

void bkti_listing_free(bkti_listing *listing) {
    bkti_text_free(&listing->text);
}

void bkti_listing_add(bkti_listing *listing, const char *code) {
    if (listing->count < SHOWN) {
        bkti_text_append_text(&listing->text, listing->count == 0 ? "" : ", ");
        bkti_text_append_text(&listing->text, code);
    }
    listing->count++;
}

const char *bkti_listing_finish(bkti_listing *listing) {
    if (listing->count == 0) {
        return "none";
    }
    if (listing->count > SHOWN) {
        bkti_text_append_format(&listing->text, " and %u more", listing->count - SHOWN);
    }
    return bkti_text_get(&listing->text);
}
