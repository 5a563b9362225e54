/* SPDX-License-Identifier: MIT */
#include "bkti_ahead.h"

#include "bkti_source.h"
#include "bkti_worker.h"

/* How far ahead: enough that neither side waits for the other's hiccups. */
#define BLOCK_COUNT 8

typedef struct step {
    size_t used;
    size_t made;
    bkti_inflater_result result;
} step;

struct bkti_ahead {
    bkti_memory *memory;
    bkti_inflater *inflater;
    bool gzip;
    bkti_worker *worker;
    char *blocks; /* a ring */
    /* The job's alone while it runs: */
    const unsigned char *data;
    size_t size;
    size_t filled; /* of the block being filled */
    /* Touched with the worker's lock held, while it runs: */
    size_t at_hand; /* the owner's block, counted on and on */
    size_t filling; /* the job's */
    step steps[BLOCK_COUNT];
    size_t first; /* of the steps that are done and not asked for */
    size_t count;
    bool is_running;
    bool must_stop;
};

static char *block_at(const bkti_ahead *ahead, size_t number) {
    return ahead->blocks + number % BLOCK_COUNT * BKTI_BLOCK_SIZE;
}

bkti_ahead *bkti_ahead_new(bkti_memory *memory, bkti_inflater *inflater, bool gzip) {
    bkti_ahead *ahead = bkti_allocate_zeroed(memory, 1, sizeof *ahead);
    if (ahead == NULL) {
        return NULL;
    }
    ahead->memory = memory;
    ahead->inflater = inflater;
    ahead->gzip = gzip;
    ahead->blocks = bkti_allocate_array(memory, BLOCK_COUNT, BKTI_BLOCK_SIZE);
    ahead->worker = ahead->blocks == NULL ? NULL : bkti_worker_new(memory);
    if (ahead->worker == NULL) {
        bkti_ahead_free(ahead);
        return NULL;
    }
    return ahead;
}

void bkti_ahead_free(bkti_ahead *ahead) {
    if (ahead != NULL) {
        bkti_ahead_pause(ahead);
        bkti_worker_free(ahead->worker);
        bkti_release(ahead->memory, ahead->blocks);
        bkti_release(ahead->memory, ahead);
    }
}

char *bkti_ahead_block(const bkti_ahead *ahead) {
    return block_at(ahead, ahead->at_hand);
}

/* With the lock held. Not before there is room for several steps, so that the threads change
 * seldom. */
static void wake_if_roomy(bkti_ahead *ahead) {
    if (ahead->is_running && ahead->filling - ahead->at_hand <= BLOCK_COUNT / 2 &&
        ahead->count <= BLOCK_COUNT / 2) {
        bkti_worker_wake(ahead->worker);
    }
}

void bkti_ahead_next_block(bkti_ahead *ahead) {
    bkti_worker_lock(ahead->worker);
    ahead->at_hand++;
    wake_if_roomy(ahead);
    bkti_worker_unlock(ahead->worker);
}

/* Waits for room; false when there is an end to it. */
static bool may_fill(bkti_ahead *ahead) {
    while ((ahead->filling - ahead->at_hand == BLOCK_COUNT || ahead->count == BLOCK_COUNT) &&
           !ahead->must_stop) {
        bkti_worker_sleep(ahead->worker);
    }
    return !ahead->must_stop;
}

/* Without the lock: nobody else touches any of this meanwhile. */
static step take_step(bkti_ahead *ahead, char *block) {
    step done;
    done.result =
        bkti_inflater_step(ahead->inflater, ahead->data, ahead->size, &done.used,
                           block + ahead->filled, BKTI_BLOCK_SIZE - ahead->filled, &done.made);
    ahead->data += done.used;
    ahead->size -= done.used;
    ahead->filled += done.made;
    return done;
}

/* There are files of many short members (bgzip): the worker does not stop between them. */
static bool starts_member(bkti_ahead *ahead) {
    bool starts =
        ahead->gzip && ahead->size >= 2 && ahead->data[0] == 0x1f && ahead->data[1] == 0x8b;
    if (starts) {
        bkti_inflater_restart(ahead->inflater);
    }
    return starts;
}

/* Whether the next step follows from this one, whatever is found in it. */
static bool goes_on(bkti_ahead *ahead, const step *done) {
    bool is_full = ahead->filled == BKTI_BLOCK_SIZE;
    if (is_full) {
        ahead->filling++;
        ahead->filled = 0;
    }
    if (done->result == BKTI_INFLATER_ENDED) {
        return starts_member(ahead);
    }
    return done->result == BKTI_INFLATER_GOES_ON && is_full && ahead->size > 0;
}

/* The job: steps until the data are used, or what comes next is for the owner to decide. */
static void run_ahead(void *user) {
    bkti_ahead *ahead = user;
    bkti_worker_lock(ahead->worker);
    while (ahead->is_running && may_fill(ahead)) {
        char *block = block_at(ahead, ahead->filling);
        bkti_worker_unlock(ahead->worker);
        step done = take_step(ahead, block);
        bkti_worker_lock(ahead->worker);
        ahead->is_running = goes_on(ahead, &done);
        ahead->steps[(ahead->first + ahead->count) % BLOCK_COUNT] = done;
        ahead->count++;
        /* Not for each block: waking takes a good part of the time that inflating one takes. */
        if (!ahead->is_running || ahead->count >= 2) {
            bkti_worker_wake(ahead->worker);
        }
    }
    ahead->is_running = false;
    bkti_worker_unlock(ahead->worker);
}

static void start(bkti_ahead *ahead, const unsigned char *data, size_t size, size_t block_size) {
    bkti_worker_wait(ahead->worker);
    ahead->data = data;
    ahead->size = size;
    ahead->filling = ahead->at_hand;
    ahead->filled = block_size;
    ahead->must_stop = false;
    ahead->is_running = true;
    bkti_worker_start(ahead->worker, run_ahead, ahead);
}

bkti_inflater_result bkti_ahead_step(bkti_ahead *ahead, const unsigned char *data, size_t size,
                                     size_t block_size, size_t *out_used, size_t *out_made) {
    bkti_worker_lock(ahead->worker);
    if (ahead->count == 0 && !ahead->is_running) {
        bkti_worker_unlock(ahead->worker);
        if (size < BKTI_AHEAD_FLOOR) {
            return bkti_inflater_step(ahead->inflater, data, size, out_used,
                                      bkti_ahead_block(ahead) + block_size,
                                      BKTI_BLOCK_SIZE - block_size, out_made);
        }
        start(ahead, data, size, block_size);
        bkti_worker_lock(ahead->worker);
    }
    while (ahead->count == 0) {
        bkti_worker_sleep(ahead->worker);
    }
    step done = ahead->steps[ahead->first];
    ahead->first = (ahead->first + 1) % BLOCK_COUNT;
    ahead->count--;
    wake_if_roomy(ahead);
    bkti_worker_unlock(ahead->worker);
    *out_used = done.used;
    *out_made = done.made;
    return done.result;
}

bool bkti_ahead_is_ahead(bkti_ahead *ahead) {
    bkti_worker_lock(ahead->worker);
    bool is_ahead = ahead->count > 0 || ahead->is_running;
    bkti_worker_unlock(ahead->worker);
    return is_ahead;
}

void bkti_ahead_pause(bkti_ahead *ahead) {
    if (ahead == NULL || ahead->worker == NULL) {
        return;
    }
    bkti_worker_lock(ahead->worker);
    ahead->must_stop = true;
    bkti_worker_wake(ahead->worker);
    bkti_worker_unlock(ahead->worker);
    bkti_worker_wait(ahead->worker);
}

void bkti_ahead_forget(bkti_ahead *ahead) {
    if (ahead != NULL) {
        bkti_ahead_pause(ahead);
        ahead->count = 0;
    }
}
