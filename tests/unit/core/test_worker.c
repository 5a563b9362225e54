/* SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <signal.h>
#include <string.h>

#include "bkti_context.h"
#include "bkti_worker.h"

#include "failing_memory.h"
#include "run_suite.h"

static bkt_context *context;
static bkti_worker *worker;

static void start(void) {
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    worker = bkti_worker_new(bkti_context_memory(context));
    ck_assert_ptr_nonnull(worker);
}

static void finish(void) {
    bkti_worker_free(worker);
    bkt_context_free(context);
}

typedef struct job {
    int count;
    pthread_t thread;
    sigset_t blocked;
} job;

static void count(void *user) {
    job *at_hand = user;
    at_hand->count++;
    at_hand->thread = pthread_self();
    pthread_sigmask(SIG_SETMASK, NULL, &at_hand->blocked);
}

START_TEST(a_job_is_done_by_the_thread) {
    job done = {0};
    bkti_worker_wait(worker); /* nothing to wait for */
    bkti_worker_start(worker, count, &done);
    bkti_worker_wait(worker);
    bkti_worker_wait(worker);
    ck_assert_int_eq(done.count, 1);
    ck_assert_int_eq(pthread_equal(done.thread, pthread_self()), 0);
}
END_TEST

START_TEST(jobs_are_done_one_after_the_other) {
    job done = {0};
    for (int i = 0; i < 1000; i++) {
        bkti_worker_start(worker, count, &done);
    }
    bkti_worker_wait(worker);
    ck_assert_int_eq(done.count, 1000);
}
END_TEST

START_TEST(without_a_thread_the_owner_does_the_job) {
    job done = {0};
    bkti_worker_start(NULL, count, &done);
    ck_assert_int_eq(done.count, 1);
    ck_assert_int_ne(pthread_equal(done.thread, pthread_self()), 0);
    bkti_worker_wait(NULL);
    bkti_worker_free(NULL);
}
END_TEST

START_TEST(a_job_at_hand_is_waited_for) {
    job done = {0};
    for (int i = 0; i < 50; i++) {
        bkti_worker *another = bkti_worker_new(bkti_context_memory(context));
        ck_assert_ptr_nonnull(another);
        if (i % 2 == 0) {
            bkti_worker_start(another, count, &done);
        }
        bkti_worker_free(another);
    }
    ck_assert_int_eq(done.count, 25);
}
END_TEST

START_TEST(signals_are_not_for_it) {
    static const int process[] = {SIGTERM, SIGINT, SIGALRM, SIGUSR1, SIGCHLD, SIGPIPE};
    static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL};
    sigset_t before;
    job done = {0};
    pthread_sigmask(SIG_SETMASK, NULL, &before);
    bkti_worker_start(worker, count, &done);
    bkti_worker_wait(worker);
    for (size_t i = 0; i < sizeof process / sizeof process[0]; i++) {
        ck_assert_int_eq(sigismember(&done.blocked, process[i]), 1);
        ck_assert_int_eq(sigismember(&before, process[i]), 0);
    }
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        ck_assert_int_eq(sigismember(&done.blocked, faults[i]), 0);
    }
}
END_TEST

/* A job that gives numbers, of which one at a time has room. */
typedef struct channel {
    bkti_worker *worker;
    int number; /* 0: taken */
    bool is_over;
} channel;

static void give_numbers(void *user) {
    channel *into = user;
    bkti_worker_lock(into->worker);
    for (int number = 1; number <= 1000; number++) {
        while (into->number != 0) {
            bkti_worker_sleep(into->worker);
        }
        into->number = number;
        bkti_worker_wake(into->worker);
    }
    into->is_over = true;
    bkti_worker_unlock(into->worker);
}

START_TEST(a_job_gives_while_it_runs) {
    channel from = {.worker = worker};
    bkti_worker_start(worker, give_numbers, &from);
    bkti_worker_lock(worker);
    for (int number = 1; number <= 1000; number++) {
        while (from.number == 0) {
            bkti_worker_sleep(worker);
        }
        ck_assert_int_eq(from.number, number);
        from.number = 0;
        bkti_worker_wake(worker);
    }
    bkti_worker_unlock(worker);
    bkti_worker_wait(worker);
    ck_assert(from.is_over);
}
END_TEST

START_TEST(memory_that_fails) {
    failing_memory memory;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *own = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(own);
        failing_memory_arm(&memory);
        bkti_worker *made = bkti_worker_new(bkti_context_memory(own));
        failing_memory_disarm(&memory);
        ck_assert(memory.has_failed == (made == NULL));
        bkti_worker_free(made);
        bkt_context_free(own);
        failing_memory_check(&memory);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("worker");
    TCase *test_case = tcase_create("worker");
    tcase_add_checked_fixture(test_case, start, finish);
    tcase_add_test(test_case, a_job_is_done_by_the_thread);
    tcase_add_test(test_case, jobs_are_done_one_after_the_other);
    tcase_add_test(test_case, without_a_thread_the_owner_does_the_job);
    tcase_add_test(test_case, a_job_at_hand_is_waited_for);
    tcase_add_test(test_case, signals_are_not_for_it);
    tcase_add_test(test_case, a_job_gives_while_it_runs);
    tcase_add_test(test_case, memory_that_fails);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
