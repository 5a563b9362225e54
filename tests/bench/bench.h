/* SPDX-License-Identifier: MIT */
/* What is measured, and what a measured process tells. */
#ifndef BENCH_H
#define BENCH_H

#include <stdint.h>

#include <bktrade/bktrade.h>

enum { CHUNK = 1 << 20 };

struct result {
    double wall, user, system; /* seconds */
    uint64_t peak;             /* bytes resident at most */
    uint64_t seen;             /* observations of the message; 0 where they are not counted */
    uint64_t kept;             /* those that are in batches or table */
    uint64_t missing;          /* of those kept, without a value */
    double sum, lost;          /* of the values, for control; Kahan's compensation */
    uint64_t held;             /* bytes that the finished table holds */
    int32_t failed;
    int32_t reserved;
};

struct task {
    const char *name;
    const char *what;
    int32_t (*run)(const struct task *task, const char *path, struct result *result); /* 0: done */
    int32_t scanner;   /* bkt_scanner */
    int32_t format;    /* bkt_format, of what is written */
    uint32_t threads;  /* of libbktrade; 0 for what is not libbktrade */
    int32_t filtered;  /* only one series in 100 */
    int32_t processes; /* works in another process too */
};

/* Begins the measurement anew: what was done so far was preparing. */
void measurement_begin(struct result *result);

/* The input as chunks, inflated if it is gzip; the last one is empty. `take` gives 0 to go on. */
int32_t for_each_chunk(const char *path,
                       int32_t (*take)(const char *chunk, int size, int last, void *user),
                       void *user);

/* What anybody pays: bench_floor.c. */
int32_t run_memory(const struct task *task, const char *path, struct result *result);
int32_t run_pass(const struct task *task, const char *path, struct result *result);
int32_t run_gzip(const struct task *task, const char *path, struct result *result);
/* Parsers with handlers that do nothing: bench_parsers.c. */
int32_t run_libxml2(const struct task *task, const char *path, struct result *result);
int32_t run_expat(const struct task *task, const char *path, struct result *result);
/* Counts and sums of a table's values. */
void add_up(const bkt_table *table, struct result *result);
/* libbktrade: bench_reader.c. */
int32_t run_batches(const struct task *task, const char *path, struct result *result);
int32_t run_table(const struct task *task, const char *path, struct result *result);
/* libbktrade, batch by batch, each checked by the structure of what `generate` writes:
 * bench_validation.c. */
int32_t run_validate(const struct task *task, const char *path, struct result *result);
/* libbktrade, read batch by batch and written to nowhere: bench_writer.c. The rows are
 * of the kind that `format` says. */
int32_t run_convert(const struct task *task, const char *path, struct result *result);
/* Only the writing: one batch of the file again and again, as many rows as the file has. */
int32_t run_write(const struct task *task, const char *path, struct result *result);

#endif
