/* SPDX-License-Identifier: MIT */
/* A thread of the library's own, which does one job at a time for the thread that owns it. It is
 * made only where the caller allows for threads; where none can be had, the owner does the work. */
#ifndef BKTI_WORKER_H
#define BKTI_WORKER_H

#include <stdbool.h>

#include "bkti_memory.h"

typedef struct bkti_worker bkti_worker;
typedef void (*bkti_worker_function)(void *user);

/* NULL: no memory or no thread. Signals are left to the caller's threads. */
bkti_worker *bkti_worker_new(bkti_memory *memory);
/* Waits for the job at hand and ends the thread. NULL is fine, as it is below. */
void bkti_worker_free(bkti_worker *worker);

/* Hands over a job, after the one before is done. All that was written before is seen by the job.
 * Without a worker the job is done here and now. */
void bkti_worker_start(bkti_worker *worker, bkti_worker_function function, void *user);
/* Until the job is done. All that it wrote is seen then. */
void bkti_worker_wait(bkti_worker *worker);

/* For a job that gives and takes while it runs: what both sides touch meanwhile is touched with the
 * lock held. Not without a worker. */
void bkti_worker_lock(bkti_worker *worker);
void bkti_worker_unlock(bkti_worker *worker);
/* With the lock held: lets it go until the other side wakes this one (or for no reason: look
 * again), and has it again. */
void bkti_worker_sleep(bkti_worker *worker);
void bkti_worker_wake(bkti_worker *worker);

#endif
