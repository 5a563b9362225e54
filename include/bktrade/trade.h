/* SPDX-License-Identifier: MIT */
#ifndef BKTRADE_TRADE_H
#define BKTRADE_TRADE_H

#include <bktrade/table.h>

#endif
