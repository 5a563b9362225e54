/* SPDX-License-Identifier: MIT */
#include <bktrade/version.h>

uint32_t bkt_version_number(void) {
    return BKT_VERSION_NUMBER;
}

const char *bkt_version_text(void) {
    return BKT_VERSION_TEXT;
}
