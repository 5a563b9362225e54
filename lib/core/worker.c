/* SPDX-License-Identifier: MIT */
#include "bkti_worker.h"

#include <pthread.h>
#include <signal.h>

/* Ours need little, and a host may have many readers: its default would be 8 MiB each. */
#define STACK_SIZE ((size_t)512 * 1024)

struct bkti_worker {
    bkti_memory *memory;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;        /* one for both sides, as they never sleep at the same time */
    bkti_worker_function function; /* NULL: no job */
    void *user;
    bool is_ending;
};

static void *work(void *user) {
    bkti_worker *worker = user;
    pthread_mutex_lock(&worker->lock);
    for (;;) {
        while (worker->function == NULL && !worker->is_ending) {
            pthread_cond_wait(&worker->changed, &worker->lock);
        }
        if (worker->function == NULL) {
            break;
        }
        pthread_mutex_unlock(&worker->lock);
        worker->function(worker->user);
        pthread_mutex_lock(&worker->lock);
        worker->function = NULL;
        pthread_cond_signal(&worker->changed);
    }
    pthread_mutex_unlock(&worker->lock);
    return NULL;
}

/* Signals meant for the process go to the host's own threads. Those of a fault stay, because they
 * belong to the thread that made it: a blocked one would end the process unasked. */
static void choose_blocked(sigset_t *blocked) {
    static const int faults[] = {SIGBUS, SIGFPE, SIGILL, SIGSEGV};
    sigfillset(blocked);
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        sigdelset(blocked, faults[i]);
    }
}

static bool start_thread(bkti_worker *worker) {
    pthread_attr_t attributes;
    if (pthread_attr_init(&attributes) != 0) {
        return false;
    }
    pthread_attr_setstacksize(&attributes, STACK_SIZE); /* refused: the default will do */
    sigset_t blocked;
    sigset_t before;
    choose_blocked(&blocked);
    bool started = pthread_sigmask(SIG_SETMASK, &blocked, &before) == 0;
    if (started) {
        started = pthread_create(&worker->thread, &attributes, work, worker) == 0;
        pthread_sigmask(SIG_SETMASK, &before, NULL);
    }
    pthread_attr_destroy(&attributes);
    return started;
}

static bool start_all(bkti_worker *worker) {
    if (pthread_mutex_init(&worker->lock, NULL) != 0) {
        return false;
    }
    if (pthread_cond_init(&worker->changed, NULL) == 0) {
        if (start_thread(worker)) {
            return true;
        }
        pthread_cond_destroy(&worker->changed);
    }
    pthread_mutex_destroy(&worker->lock);
    return false;
}

bkti_worker *bkti_worker_new(bkti_memory *memory) {
    bkti_worker *worker = bkti_allocate_zeroed(memory, 1, sizeof *worker);
    if (worker == NULL) {
        return NULL;
    }
    worker->memory = memory;
    if (!start_all(worker)) {
        bkti_release(memory, worker);
        return NULL;
    }
    return worker;
}

void bkti_worker_free(bkti_worker *worker) {
    if (worker == NULL) {
        return;
    }
    bkti_worker_wait(worker);
    pthread_mutex_lock(&worker->lock);
    worker->is_ending = true;
    pthread_cond_signal(&worker->changed);
    pthread_mutex_unlock(&worker->lock);
    pthread_join(worker->thread, NULL);
    pthread_cond_destroy(&worker->changed);
    pthread_mutex_destroy(&worker->lock);
    bkti_release(worker->memory, worker);
}

void bkti_worker_start(bkti_worker *worker, bkti_worker_function function, void *user) {
    if (worker == NULL) {
        function(user);
        return;
    }
    bkti_worker_wait(worker);
    pthread_mutex_lock(&worker->lock);
    worker->function = function;
    worker->user = user;
    pthread_cond_signal(&worker->changed);
    pthread_mutex_unlock(&worker->lock);
}

void bkti_worker_wait(bkti_worker *worker) {
    if (worker == NULL) {
        return;
    }
    pthread_mutex_lock(&worker->lock);
    while (worker->function != NULL) {
        pthread_cond_wait(&worker->changed, &worker->lock);
    }
    pthread_mutex_unlock(&worker->lock);
}

void bkti_worker_lock(bkti_worker *worker) {
    pthread_mutex_lock(&worker->lock);
}

void bkti_worker_unlock(bkti_worker *worker) {
    pthread_mutex_unlock(&worker->lock);
}

void bkti_worker_sleep(bkti_worker *worker) {
    pthread_cond_wait(&worker->changed, &worker->lock);
}

void bkti_worker_wake(bkti_worker *worker) {
    pthread_cond_signal(&worker->changed);
}
