/* SPDX-License-Identifier: MIT */
/* Options structs that may grow: a caller built against an older library gives a shorter struct, a
 * caller built against a newer one a longer struct whose tail must be zero to be understood. */
#include <string.h>

#include "bkti_context.h"

#define LARGEST_OPTIONS_SIZE 4096

/* Every options struct begins with uint32_t struct_size. */
static uint32_t size_of(const void *options) {
    uint32_t size;
    memcpy(&size, options, sizeof size);
    return size;
}

bkt_status bkti_options_take(bkt_context *context, const void *given, void *own, size_t own_size,
                             size_t first_size) {
    if (given == NULL) {
        return BKT_OK;
    }
    size_t size = size_of(given);
    if (size < first_size || size > LARGEST_OPTIONS_SIZE) {
        return bkti_fail(context, BKT_ERR_ABI, NULL,
                         "an options struct has a struct_size of %zu bytes where %zu to %d are "
                         "possible; call the struct's _init function before filling it",
                         size, first_size, LARGEST_OPTIONS_SIZE);
    }
    for (size_t i = own_size; i < size; i++) {
        if (((const unsigned char *)given)[i] != 0) {
            return bkti_fail(context, BKT_ERR_ABI, NULL,
                             "an options struct asks at its byte %zu for something that came "
                             "after version %s of the library; use a newer library",
                             i, BKT_VERSION_TEXT);
        }
    }
    memcpy(own, given, size < own_size ? size : own_size);
    uint32_t stored = (uint32_t)own_size;
    memcpy(own, &stored, sizeof stored);
    return BKT_OK;
}

bkt_status bkti_flags_check(bkt_context *context, const char *name, uint32_t flags,
                            uint32_t known) {
    if ((flags & ~known) == 0) {
        return BKT_OK;
    }
    return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                     "flags of %s has bits (%#x) that version %s of the library does not know",
                     name, (unsigned)(flags & ~known), BKT_VERSION_TEXT);
}

bkt_status bkti_options_init(void *options, uint32_t struct_size, const void *defaults,
                             size_t own_size, size_t first_size) {
    if (options == NULL) {
        return BKT_ERR_ARGUMENT;
    }
    if (struct_size < first_size || struct_size > LARGEST_OPTIONS_SIZE) {
        return BKT_ERR_ABI;
    }
    memset(options, 0, struct_size);
    memcpy(options, defaults, struct_size < own_size ? struct_size : own_size);
    memcpy(options, &struct_size, sizeof struct_size);
    return BKT_OK;
}
