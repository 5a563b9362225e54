/* SPDX-License-Identifier: MIT */
/* What libFuzzer calls. FUZZ_TARGET is the function of one target. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    FUZZ_TARGET(data, size);
    return 0;
}
