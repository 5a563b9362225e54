/* SPDX-License-Identifier: MIT */
/* Distinct texts, each with a code counted from 0 in order of arrival. Texts never move and never
 * go; the dictionary is counted by reference (atomically), so that columns of many tables share
 * it. Only one thread may add, and none may read meanwhile. */
#ifndef BKTI_DICTIONARY_H
#define BKTI_DICTIONARY_H

#include "bkti_memory.h"
#include "bkti_span.h"

typedef struct bkti_dictionary bkti_dictionary;

bkti_dictionary *bkti_dictionary_new(bkti_memory *memory); /* holds the memory */
bkti_dictionary *bkti_dictionary_hold(bkti_dictionary *dictionary);
void bkti_dictionary_drop(bkti_dictionary *dictionary);
int32_t bkti_dictionary_count(const bkti_dictionary *dictionary);
/* The code of a text, added if it is new; -1 when there is no memory or no code left. */
int32_t bkti_dictionary_add(bkti_dictionary *dictionary, bkti_span text);
/* The code of a text, -1 if it is not there. */
int32_t bkti_dictionary_find(const bkti_dictionary *dictionary, bkti_span text);
/* Terminated; NULL for a code out of range. */
const char *bkti_dictionary_text(const bkti_dictionary *dictionary, int32_t code);
bkti_span bkti_dictionary_span(const bkti_dictionary *dictionary, int32_t code);

#endif
