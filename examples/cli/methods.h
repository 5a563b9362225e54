/* SPDX-License-Identifier: MIT */
/* Methods of projection, levels and combinations on the command line. */
#ifndef METHODS_H
#define METHODS_H

#include "session.h"

enum { MOST_METHODS = 32, MOST_LEVELS = 16 };

/* A method by its id. False: told on stderr, with those that there are. */
bool methods_find(const char *option, const char *id, int32_t *out_method);
/* "drift,theta": up to `limit` different ones. */
bool methods_list(const char *option, const char *text, int32_t *out_methods, uint32_t limit,
                  uint32_t *out_count);
/* "50,80,95", in per cent, as fractions. Nothing for NULL. */
bool methods_levels(const char *text, double *out_levels, uint32_t *out_count);

/* --members, --weights, --median, --weighted: what a combination is made of, and how. */
extern const option_spec combination_options[];

typedef struct combination {
    int32_t members[BKT_MEMBER_LIMIT];
    double weights[BKT_MEMBER_LIMIT];
    uint32_t member_count; /* 0: none is asked for */
    uint32_t flags;        /* of bkt_projection_options */
    bool has_weights;
} combination;

bool combination_take(const arguments *given, combination *out);

#endif
