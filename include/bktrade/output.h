/* SPDX-License-Identifier: MIT */
#ifndef BKTRADE_OUTPUT_H
#define BKTRADE_OUTPUT_H

#include <bktrade/table.h>

#endif
