/* SPDX-License-Identifier: MIT */
/* Inflating ahead: a worker takes the steps of an inflater that are about to be taken, block after
 * block, and who asks for a step finds it done. Nothing else changes: the steps are those that the
 * owner would have taken by itself, and all that follows from them (what is used of the input,
 * checks, errors) is done when a step is asked for, by who asks. For this room alone. */
#ifndef BKTI_AHEAD_H
#define BKTI_AHEAD_H

#include "bkti_inflater.h"

typedef struct bkti_ahead bkti_ahead;

/* Fewer bytes are inflated sooner than handed over. */
#define BKTI_AHEAD_FLOOR ((size_t)4096)

/* gzip: one member may follow another at once. NULL: no memory or no thread. The inflater stays the
 * owner's, who does not touch it while there are steps ahead. */
bkti_ahead *bkti_ahead_new(bkti_memory *memory, bkti_inflater *inflater, bool gzip);
void bkti_ahead_free(bkti_ahead *ahead); /* NULL is fine */

/* The block at hand: BKTI_BLOCK_SIZE bytes, the owner's until it goes to the next. */
char *bkti_ahead_block(const bkti_ahead *ahead);
void bkti_ahead_next_block(bkti_ahead *ahead);

/* As bkti_inflater_step(), the room being the rest of the block at hand. data: what the steps asked
 * for so far did not use; it stays where it is until it is used up, the stream has ended, or
 * bkti_ahead_pause(). */
bkti_inflater_result bkti_ahead_step(bkti_ahead *ahead, const unsigned char *data, size_t size,
                                     size_t block_size, size_t *out_used, size_t *out_made);
/* Whether there are steps, done or under way, that nobody asked for yet: at the end of a member,
 * that the inflater was restarted for the next. */
bool bkti_ahead_is_ahead(bkti_ahead *ahead);
/* From here on the data may move: a step that is not done yet is begun with those it is given. NULL
 * is fine. */
void bkti_ahead_pause(bkti_ahead *ahead);
/* Forgets the steps that nobody asked for: the stream is given up. NULL is fine. */
void bkti_ahead_forget(bkti_ahead *ahead);

#endif
