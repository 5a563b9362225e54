/* SPDX-License-Identifier: MIT */
/* zlib with memory that the context counts. For the inflater and the deflater alone. */
#ifndef BKTI_ZLIB_H
#define BKTI_ZLIB_H

#define ZLIB_CONST
#include <zlib.h>

#include "bkti_memory.h"

/* To be called before the stream is made ready. */
void bkti_zlib_use_memory(z_stream *stream, bkti_memory *memory);

#endif
