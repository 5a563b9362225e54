/* SPDX-License-Identifier: MIT */
/* How fast libbktrade reads a file, beside what anybody needs who reads it. Each measurement is a
 * process of its own, so that its time and its peak of memory are its own. */
#include <errno.h>
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "bench.h"

enum { REPEATS_MOST = 99 };

static const struct task tasks[] = {
    {.name = "memory", .run = run_memory, .what = "the XML's bytes, in memory, added up"},
    {.name = "pass", .run = run_pass, .what = "the file read (inflated), each byte looked at"},
    {.name = "gzip", .run = run_gzip, .what = "gzip -dc, a process", .processes = 1},
    {.name = "libxml2", .run = run_libxml2, .what = "SAX2 push parse, empty handlers"},
#ifdef BENCH_EXPAT
    {.name = "expat", .run = run_expat, .what = "parse with namespaces, empty handlers"},
#endif
#define READING(title, function, text, filter)                                                     \
    {.name = title, .run = function, .what = text, .threads = 1, .filtered = filter},              \
        {.name = title "-2",                                                                       \
         .run = function,                                                                          \
         .what = "the same with two threads",                                                      \
         .threads = 2,                                                                             \
         .filtered = filter},                                                                      \
        {.name = title "-libxml2",                                                                 \
         .run = function,                                                                          \
         .what = "the same with libxml2's scanner",                                                \
         .threads = 1,                                                                             \
         .filtered = filter,                                                                       \
         .scanner = BKT_SCANNER_LIBXML2},
    READING("batches", run_batches, "libbktrade, batch by batch", 0)
        READING("table", run_table, "libbktrade, the whole file in a table", 0)
            READING("filter", run_batches, "libbktrade, batches of one series in 100", 1)
#undef READING
                {.name = "validate",
                 .run = run_validate,
                 .what = "libbktrade, batch by batch, each checked by a structure",
                 .threads = 1},
#define WRITING(title, kind)                                                                       \
    {.name = "convert-" title,                                                                     \
     .run = run_convert,                                                                           \
     .what = "libbktrade, batch by batch, written as " title,                                      \
     .threads = 1,                                                                                 \
     .format = kind},                                                                              \
        {.name = "write-" title,                                                                   \
         .run = run_write,                                                                         \
         .what = "the writing of that alone",                                                      \
         .threads = 1,                                                                             \
         .format = kind},
    WRITING("ml21", BKT_FORMAT_STRUCTURE_SPECIFIC_2_1) WRITING("generic", BKT_FORMAT_GENERIC_2_1)
        WRITING("sdmx-csv", BKT_FORMAT_SDMX_CSV_2)
#undef WRITING
};
enum { TASKS = sizeof tasks / sizeof tasks[0] };

/* A run of the program. */
struct bench {
    const char *path;
    char gzip_path[4096]; /* of the compressed file, "" if there is none */
    uint64_t bytes;       /* of XML */
    int repeats;
    int wanted[TASKS];
    struct result results[TASKS][REPEATS_MOST];
};

/* Clocks at the beginning of a measurement. */
static struct result begun;

static double seconds(struct timeval time) {
    return (double)time.tv_sec + (double)time.tv_usec * 1e-6;
}

/* What this process and those that it has waited for used so far. */
static void read_clocks(struct result *result) {
    struct rusage own, others;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    getrusage(RUSAGE_SELF, &own);
    getrusage(RUSAGE_CHILDREN, &others);
    result->wall = (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
    result->user = seconds(own.ru_utime) + seconds(others.ru_utime);
    result->system = seconds(own.ru_stime) + seconds(others.ru_stime);
    result->peak =
        (uint64_t)(own.ru_maxrss > others.ru_maxrss ? own.ru_maxrss : others.ru_maxrss) * 1024;
}

void measurement_begin(struct result *result) {
    memset(result, 0, sizeof *result);
    read_clocks(&begun);
}

static void measure_here(const struct task *task, const char *path, struct result *result) {
    measurement_begin(result);
    result->failed = task->run(task, path, result);
    read_clocks(result);
    result->wall -= begun.wall;
    result->user -= begun.user;
    result->system -= begun.system;
}

/* In a child; a child that does not answer has failed. */
static struct result measure(const struct task *task, const char *path) {
    struct result result = {.failed = 1};
    int ends[2];
    if (pipe(ends) != 0) {
        return result;
    }
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        struct result own;
        measure_here(task, path, &own);
        _exit(write(ends[1], &own, sizeof own) == (ssize_t)sizeof own ? 0 : 1);
    }
    close(ends[1]);
    if (child > 0) {
        struct result answer;
        if (read(ends[0], &answer, sizeof answer) == (ssize_t)sizeof answer) {
            result = answer;
        }
        waitpid(child, NULL, 0);
    }
    close(ends[0]);
    return result;
}

/* In turn, so that what disturbs the machine for a while disturbs all alike. */
static int measure_all(struct bench *bench) {
    for (int repeat = 0; repeat < bench->repeats; repeat++) {
        for (int i = 0; i < TASKS; i++) {
            const char *path = tasks[i].run == run_gzip ? bench->gzip_path : bench->path;
            if (bench->wanted[i]) {
                bench->results[i][repeat] = measure(&tasks[i], path);
            }
            if (bench->results[i][repeat].failed) {
                fprintf(stderr, "bench: %s failed\n", tasks[i].name);
                return 1;
            }
        }
    }
    return 0;
}

static int by_size(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Of the member at an offset, or of the CPU time, which is two members. */
enum { CPU_TIME = -1 };
static double median(const struct bench *bench, int task, int offset) {
    double values[REPEATS_MOST];
    for (int i = 0; i < bench->repeats; i++) {
        const struct result *result = &bench->results[task][i];
        if (offset == CPU_TIME) {
            values[i] = result->user + result->system;
        } else {
            memcpy(&values[i], (const char *)result + offset, sizeof values[i]);
        }
    }
    qsort(values, (size_t)bench->repeats, sizeof values[0], by_size);
    return (values[(bench->repeats - 1) / 2] + values[bench->repeats / 2]) / 2;
}

#define MEDIAN(bench, task, member) median((bench), (task), (int)offsetof(struct result, member))

/* CPU time says what work there is, but not how soon several workers have done it. */
static int is_by_wall(int task) {
    return tasks[task].threads > 1 || tasks[task].processes;
}

static double time_of(const struct bench *bench, int task, int by_wall) {
    return by_wall ? MEDIAN(bench, task, wall) : median(bench, task, CPU_TIME);
}

static uint64_t observations_of(const struct bench *bench) {
    uint64_t seen = 0;
    for (int i = 0; i < TASKS; i++) {
        seen = bench->results[i][0].seen > seen ? bench->results[i][0].seen : seen;
    }
    return seen;
}

static void print_times(const struct bench *bench) {
    printf("%-16s %8s %8s %8s %9s %8s %9s\n", "", "wall s", "user s", "system s", "MB/s", "Mobs/s",
           "peak MiB");
    for (int i = 0; i < TASKS; i++) {
        if (!bench->wanted[i]) {
            continue;
        }
        uint64_t peak = 0;
        for (int j = 0; j < bench->repeats; j++) {
            peak = bench->results[i][j].peak > peak ? bench->results[i][j].peak : peak;
        }
        double time = time_of(bench, i, is_by_wall(i));
        printf("%-16s %8.3f %8.3f %8.3f %8.1f%c %8.2f %9.1f  %s\n", tasks[i].name,
               MEDIAN(bench, i, wall), MEDIAN(bench, i, user), MEDIAN(bench, i, system),
               (double)bench->bytes / 1e6 / time, is_by_wall(i) ? 'w' : ' ',
               (double)observations_of(bench) / 1e6 / time, (double)peak / 1048576, tasks[i].what);
    }
}

static void print_ratio(const struct bench *bench, int task, int other) {
    if (other < 0) {
        printf(" %10s ", "");
        return;
    }
    int by_wall = is_by_wall(task) || is_by_wall(other);
    printf(" %10.3f%c", time_of(bench, other, by_wall) / time_of(bench, task, by_wall),
           by_wall ? 'w' : ' ');
}

/* The same reading by another scanner or by one thread; -1 if it was not measured. */
static int reading_like(const struct bench *bench, int task, int32_t scanner) {
    for (int i = 0; i < TASKS; i++) {
        if (bench->wanted[i] && tasks[i].run == tasks[task].run && tasks[i].threads == 1 &&
            tasks[i].filtered == tasks[task].filtered && tasks[i].scanner == scanner) {
            return i;
        }
    }
    return -1;
}

/* Each reading of libbktrade against all that is not, and against its like. */
static void print_ratios(const struct bench *bench) {
    if (observations_of(bench) == 0) {
        return; /* no reading among what is measured */
    }
    printf("\n%-16s", "throughput : of");
    for (int i = 0; i < TASKS; i++) {
        if (bench->wanted[i] && tasks[i].threads == 0) {
            printf(" %10s ", tasks[i].name);
        }
    }
    printf(" %10s  %10s\n", "..-libxml2", "1 thread");
    for (int i = 0; i < TASKS; i++) {
        if (!bench->wanted[i] || tasks[i].threads == 0) {
            continue;
        }
        printf("%-16s", tasks[i].name);
        for (int other = 0; other < TASKS; other++) {
            if (bench->wanted[other] && tasks[other].threads == 0) {
                print_ratio(bench, i, other);
            }
        }
        print_ratio(bench, i, reading_like(bench, i, BKT_SCANNER_LIBXML2));
        print_ratio(bench, i, reading_like(bench, i, tasks[i].scanner));
        printf("\n");
    }
    printf("\n");
}

/* What was read: the same for all readings, and what `generate` told. */
static void print_control(const struct bench *bench) {
    for (int i = 0; i < TASKS; i++) {
        const struct result *result = &bench->results[i][0];
        if (!bench->wanted[i] || tasks[i].threads == 0) {
            continue;
        }
        printf("%-16s observations %" PRIu64 " missing %" PRIu64 " sum %.2f", tasks[i].name,
               result->kept, result->missing, result->sum);
        if (tasks[i].filtered && result->seen > 0) {
            printf(", %.2f %% of all", 100 * (double)result->kept / (double)result->seen);
        }
        if (result->held > 0) {
            printf(", %.1f bytes each", (double)result->held / (double)result->kept);
        }
        printf("\n");
    }
}

static int32_t count_bytes(const char *chunk, int size, int last, void *user) {
    (void)chunk, (void)last;
    *(uint64_t *)user += (uint64_t)size;
    return 0;
}

/* Counts the bytes of XML, which also brings the files into the page cache. */
static int prepare(struct bench *bench) {
    struct stat facts;
    size_t length = strlen(bench->path);
    int zipped = length > 3 && strcmp(bench->path + length - 3, ".gz") == 0;
    snprintf(bench->gzip_path, sizeof bench->gzip_path, "%s%s", bench->path, zipped ? "" : ".gz");
    errno = 0;
    if (stat(bench->path, &facts) != 0 || for_each_chunk(bench->path, count_bytes, &bench->bytes)) {
        fprintf(stderr, "bench: %s: %s\n", bench->path,
                errno != 0 ? strerror(errno) : "cannot be read");
        return 1;
    }
    uint64_t inflated = 0;
    int have = for_each_chunk(bench->gzip_path, count_bytes, &inflated) == 0;
    for (int i = 0; i < TASKS; i++) {
        if (tasks[i].run == run_gzip && (!have || inflated != bench->bytes)) {
            bench->wanted[i] = 0;
        }
    }
    return 0;
}

static int usage(void) {
    fprintf(stderr, "usage: bench FILE[.gz] [--repeat N] [--only NAME]...\n  NAME  ");
    for (int i = 0; i < TASKS; i++) {
        fprintf(stderr, "%s%s", i == 0 ? "" : i % 6 == 0 ? ",\n        " : ", ", tasks[i].name);
    }
    fprintf(stderr, "\nMedians of N runs (default 5) of each, in turn.\n");
    return 2;
}

/* 0 if the arguments are good. */
static int read_arguments(struct bench *bench, int argc, char **argv) {
    int all = 1;
    bench->repeats = 5;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--repeat") == 0 && i + 1 < argc) {
            bench->repeats = atoi(argv[++i]);
        } else if (strcmp(argv[i], "--only") == 0 && i + 1 < argc) {
            int task = 0;
            for (i++, all = 0; task < TASKS && strcmp(argv[i], tasks[task].name) != 0; task++) {
            }
            if (task == TASKS) {
                return 1;
            }
            bench->wanted[task] = 1;
        } else if (bench->path == NULL && argv[i][0] != '-') {
            bench->path = argv[i];
        } else {
            return 1;
        }
    }
    for (int i = 0; all && i < TASKS; i++) {
        bench->wanted[i] = 1;
    }
    return bench->path == NULL || bench->repeats < 1 || bench->repeats > REPEATS_MOST;
}

int main(int argc, char **argv) {
    static struct bench bench;
    if (read_arguments(&bench, argc, argv) != 0) {
        return usage();
    }
    if (prepare(&bench) != 0 || measure_all(&bench) != 0) {
        return 1;
    }
    printf("%s: %.1f MB of XML, in the page cache; medians of %d runs\n"
           "rates and ratios by CPU time, those marked w by wall time\n\n",
           bench.path, (double)bench.bytes / 1e6, bench.repeats);
    print_times(&bench);
    print_ratios(&bench);
    print_control(&bench);
    return 0;
}
