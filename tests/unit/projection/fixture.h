/* SPDX-License-Identifier: MIT */
/* A context for every test. */
#ifndef FIXTURE_H
#define FIXTURE_H

#include <check.h>

#include <bktrade/context.h>

static bkt_context *context;

static void set_up(void) {
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
}

static void tear_down(void) {
    bkt_context_free(context);
}

#endif
