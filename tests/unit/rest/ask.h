/* SPDX-License-Identifier: MIT */
/* Makes queries for tests and compares what came of them. */
#ifndef ASK_H
#define ASK_H

#include <check.h>
#include <stdio.h>
#include <string.h>

#include <bktrade/query.h>

/* Options as they are at first, with an address of the specification's examples. */
static inline bkt_query_options ask_entry(int32_t protocol) {
    bkt_query_options options;
    ck_assert_int_eq(bkt_query_options_init(&options, (uint32_t)sizeof options), BKT_OK);
    options.address = "https://ws-entry-point";
    options.protocol = protocol;
    return options;
}

/* The address must be as expected. service: an id of the table, or NULL. */
static inline void ask_expect(const char *service, const bkt_query_options *options,
                              const char *expected) {
    bkt_context *context = NULL;
    bkt_query *query = NULL;
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    const bkt_service *known = bkt_service_find(service);
    ck_assert((known == NULL) == (service == NULL));
    bkt_status status = bkt_query_new(context, known, options, &query);
    ck_assert_msg(status == BKT_OK, "%s: %s", expected, bkt_context_error_text(context));
    ck_assert_str_eq(bkt_query_address(query), expected);
    bkt_query_free(query);
    bkt_context_free(context);
}

/* It must be refused with that status and a sentence in which `part` stands. */
static inline void ask_refused(const char *service, const bkt_query_options *options,
                               bkt_status expected, const char *part) {
    bkt_context *context = NULL;
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    bkt_query *query = (bkt_query *)context;
    bkt_status status = bkt_query_new(context, bkt_service_find(service), options, &query);
    ck_assert_ptr_null(query);
    ck_assert_msg(status == expected, "%s: status %d, not %d: %s", part, status, expected,
                  bkt_context_error_text(context));
    ck_assert_msg(strstr(bkt_context_error_text(context), part) != NULL, "'%s' is not in '%s'",
                  part, bkt_context_error_text(context));
    bkt_context_free(context);
}

#endif
