/* SPDX-License-Identifier: MIT */
/** @file bktrade.h
 * All of libbktrade, in reading order: official trade statistics as tables (reader.h) with
 * what is said of them (structure.h), what changed between two vintages (revision.h), who trades
 * what with whom (trade.h), where it goes (projection.h), how to show it (output.h), how to publish
 * it (writer.h), and where to get it (query.h). */
#ifndef BKTRADE_H
#define BKTRADE_H

#include <bktrade/version.h>
#include <bktrade/status.h>
#include <bktrade/context.h>
#include <bktrade/period.h>
#include <bktrade/table.h>
#include <bktrade/structure.h>
#include <bktrade/reader.h>
#include <bktrade/revision.h>
#include <bktrade/trade.h>
#include <bktrade/projection.h>
#include <bktrade/output.h>
#include <bktrade/writer.h>
#include <bktrade/query.h>

#endif
