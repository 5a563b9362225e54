/* SPDX-License-Identifier: MIT */
#ifndef BKTRADE_PROJECTION_H
#define BKTRADE_PROJECTION_H

#include <bktrade/table.h>

#endif
