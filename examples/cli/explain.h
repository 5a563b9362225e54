/* SPDX-License-Identifier: MIT */
/* How a projection came about, in plain words. */
#ifndef EXPLAIN_H
#define EXPLAIN_H

#include "series.h"

bkt_status explain_print(session *running, const series *of, const bkt_table *projection,
                         const bkt_projection_options *how);

#endif
