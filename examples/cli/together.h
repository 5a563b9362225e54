/* SPDX-License-Identifier: MIT */
/* Exports and imports of a pair, projected apart and drawn together. */
#ifndef TOGETHER_H
#define TOGETHER_H

#include "series.h"

/* Shows, or writes as CSV, when the turnover of each side's report reaches the targets of `how`
 * (in the tables' own unit) and when its balance turns. The exit code. */
int32_t together_show_all(session *running, const arguments *given, const series_list *list,
                          const bkt_target_options *how);

#endif
