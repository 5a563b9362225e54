/* SPDX-License-Identifier: MIT */
/* The table of services. */
#ifndef BKTI_SERVICE_H
#define BKTI_SERVICE_H

#include <stdbool.h>

#include <bktrade/query.h>
#include <bktrade/trade.h>

enum { BKTI_ANSWERS = BKT_ANSWER_STRUCTURE_3_0 + 1, BKTI_ROLES = BKT_PROFILE_FREQUENCY + 1 };

/* A dataflow whose dimensions are known. */
typedef struct bkti_dataflow {
    const char *id; /* "AGENCY:ID" */
    const char *name;
    const char *dimensions;                  /* ids in the order of the key */
    const char *roles[BKTI_ROLES];           /* by bkt_profile_role; NULL: none */
    const char *flows[BKT_FLOW_IMPORTS + 1]; /* by BKT_FLOW_; NULL: none */
    const char *totals;                      /* "ID=CODE ID=CODE"; NULL: none */
    const char *world;                       /* the partner that is all partners; NULL: not known */
    int32_t area_system;
    const char *source;
} bkti_dataflow;

/* What a service can't do though its protocol can. */
enum {
    BKTI_NO_DATA = 1,
    BKTI_NO_STRUCTURES = 2,
    BKTI_NO_UPDATED_AFTER = 4,
    BKTI_NO_DIMENSION_AT_OBSERVATION = 8,
    BKTI_NO_HISTORY = 16,
    BKTI_NO_VERSION = 32,     /* of structures: they have none in the address */
    BKTI_NO_OTHER_ANSWER = 64 /* than those of `answers` */
};

struct bkt_service {
    const char *id;
    const char *second_id; /* NULL: none */
    const char *name;
    const char *address;
    const char *note; /* NULL: none */
    const char *source;
    const char *agency;  /* whose structures are meant where none is named; NULL: any */
    const char *version; /* of a dataflow where none is named, REST 2 alone; NULL: the latest */
    const char *structure_path; /* what stands before the kind of structure; NULL: nothing */
    const char *references;     /* the ones it knows, separated by spaces; NULL: all */
    int32_t protocol;
    uint32_t lacks;       /* BKTI_NO_... */
    bool ends_in_slash;   /* a path without one is redirected or refused */
    bool id_alone;        /* data are asked for by the dataflow's id without its agency */
    bool joins_with_plus; /* REST 2: codes of one dimension stand side by side in the key */
    /* By bkt_answer: the parameter that asks for it ("": it comes unasked); NULL: the Accept header
     * does. */
    const char *answers[BKTI_ANSWERS];
    const bkti_dataflow *dataflows;
    uint32_t dataflow_count;
};

extern const struct bkt_service bkti_services[];
extern const uint32_t bkti_service_count;

#endif
