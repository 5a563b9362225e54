/* SPDX-License-Identifier: MIT */
/* Bytes made into gzip. The same bytes give the same gzip: it has no name and no time. */
#ifndef BKTI_DEFLATER_H
#define BKTI_DEFLATER_H

#include <stdbool.h>
#include <stddef.h>

#include <bktrade/status.h>

#include "bkti_memory.h"

typedef struct bkti_deflater bkti_deflater;

/* Takes what was made; any status but BKT_OK stops. */
typedef bkt_status (*bkti_deflater_taker)(void *user, const char *data, size_t size);

/* NULL without memory. */
bkti_deflater *bkti_deflater_new(bkti_memory *memory);
void bkti_deflater_free(bkti_deflater *deflater); /* NULL is fine */
/* last: these are the last bytes. Gives what the taker gave, or BKT_ERR_INTERNAL. */
bkt_status bkti_deflater_put(bkti_deflater *deflater, const char *data, size_t size, bool last,
                             bkti_deflater_taker take, void *user);

#endif
