/* SPDX-License-Identifier: MIT */
/* Errors of the automatic projection on the competitions' series, and calibrations made of them. */
#ifndef OUTCOMES_H
#define OUTCOMES_H

#include "competition.h"
#include "fit.h"

#define KINDS 3 /* yearly, quarterly, monthly; "other" has no season and counts as yearly */
#define CUTS  3 /* training values used: all, and so many seasons (years of yearly series) */
#define WIDE  BKTI_CALIBRATION_FEATURES

extern const int64_t outcome_cuts[KINDS][CUTS];
extern const char *const outcome_kinds[KINDS];

typedef struct outcome {
    fit_outcome fit;
    uint32_t group;
    uint32_t kind;
    uint32_t cut;
} outcome;

typedef struct outcomes {
    outcome *rows;
    size_t count;
    size_t capacity;
    bkt_context *context;
    uint32_t group; /* of the series that are taken: its set, or a fold */
} outcomes;

/* Which outcomes are used: those of a kind, without a group. */
typedef struct choice {
    uint32_t kind;
    uint32_t without; /* ALL_GROUPS: none is left out */
} choice;
#define ALL_GROUPS UINT32_MAX

uint32_t outcome_kind_of(const competition_series *series);
/* 0 when something failed, which was told. */
int outcomes_take(outcomes *all, const competition_series *series);
void outcomes_calibrate(const outcomes *all, const choice *c, bkti_calibration *out);

#endif
