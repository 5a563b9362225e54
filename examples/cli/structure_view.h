/* SPDX-License-Identifier: MIT */
/* What structures hold, as a person would want to see it. */
#ifndef STRUCTURE_VIEW_H
#define STRUCTURE_VIEW_H

#include <stdio.h>

#include "listing.h"

/* Artefacts, by kind. */
bkt_status view_artefacts(session *running, const bkt_structure *structure, const char *language,
                          bool as_csv);
/* A DSD: dimensions, measures, attributes, groups. */
bkt_status view_data_structure(session *running, const bkt_item *structure, const char *language,
                               bool as_csv);
/* Codes of a list (or concepts, values, categories, organisations of a scheme) as a tree. */
bkt_status view_codes(session *running, const bkt_item *list, const char *language, bool as_csv);
/* Prints "EX:CL_AREA(1.0)". */
void view_name(FILE *to, const bkt_item *item);

#endif
