/* SPDX-License-Identifier: MIT */
/* How fast libbktrade reads a file, beside what anybody needs who reads it: libxml2's and Expat's
 * own parse with handlers that do nothing, inflating, and a plain pass over the bytes. Each
 * measurement is a process of its own, so that its time and its peak of memory are its own. */
#include <errno.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <libxml/parser.h>
#include <zlib.h>
#ifdef BENCH_EXPAT
#include <expat.h>
#endif

#include <bktrade/bktrade.h>

enum { CHUNK = 1 << 20, REPEATS_MOST = 99 };

/* What a measured process tells. */
struct result {
    double wall, processor; /* seconds */
    uint64_t peak;          /* bytes resident at most */
    uint64_t bytes;         /* bytes of XML seen */
    uint64_t observations;  /* 0 where they are not counted */
    uint64_t missing;
    double sum, lost; /* of the values, for control */
    uint64_t held;    /* bytes that the finished table holds */
    int32_t failed;
    int32_t reserved;
};

struct task {
    const char *name;
    int32_t (*run)(const char *path, struct result *result); /* 0: done */
    const char *what;
};

/* The input as chunks, inflated if it is gzip: zlib's own reading does both. */
static int32_t for_each_chunk(const char *path, struct result *result,
                              int32_t (*take)(const char *chunk, int size, int last, void *user),
                              void *user) {
    gzFile file = gzopen(path, "rb");
    char *chunk = malloc(CHUNK);
    int32_t failed = file == NULL || chunk == NULL;
    if (!failed) {
        gzbuffer(file, 1 << 17);
    }
    for (int size = 1; !failed && size > 0;) {
        size = gzread(file, chunk, CHUNK);
        failed = size < 0 || take(chunk, size, size == 0, user);
        result->bytes += size > 0 ? (uint64_t)size : 0;
    }
    free(chunk);
    if (file != NULL) {
        gzclose(file);
    }
    return failed;
}

static int32_t take_bytes(const char *chunk, int size, int last, void *user) {
    uint64_t *count = user;
    (void)last;
    for (int i = 0; i < size; i++) {
        *count += chunk[i] == '<';
    }
    return 0;
}

static int32_t run_pass(const char *path, struct result *result) {
    uint64_t count = 0;
    int32_t failed = for_each_chunk(path, result, take_bytes, &count);
    return failed || count == 0;
}

static void sax_start(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                      int namespace_count, const xmlChar **namespaces, int attribute_count,
                      int defaulted_count, const xmlChar **attributes) {
    (void)user, (void)name, (void)prefix, (void)uri, (void)namespace_count, (void)namespaces;
    (void)attribute_count, (void)defaulted_count, (void)attributes;
}

static void sax_end(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
    (void)user, (void)name, (void)prefix, (void)uri;
}

static void sax_characters(void *user, const xmlChar *text, int size) {
    (void)user, (void)text, (void)size;
}

static int32_t take_libxml2(const char *chunk, int size, int last, void *user) {
    return xmlParseChunk(user, chunk, size, last) != 0;
}

static int32_t run_libxml2(const char *path, struct result *result) {
    xmlSAXHandler handler = {.initialized = XML_SAX2_MAGIC,
                             .startElementNs = sax_start,
                             .endElementNs = sax_end,
                             .characters = sax_characters,
                             .ignorableWhitespace = sax_characters};
    xmlParserCtxtPtr parser = xmlCreatePushParserCtxt(&handler, NULL, NULL, 0, NULL);
    if (parser == NULL) {
        return 1;
    }
    xmlCtxtUseOptions(parser, XML_PARSE_NONET | XML_PARSE_HUGE);
    int32_t failed = for_each_chunk(path, result, take_libxml2, parser);
    xmlFreeParserCtxt(parser);
    return failed;
}

#ifdef BENCH_EXPAT
static void expat_start(void *user, const XML_Char *name, const XML_Char **attributes) {
    (void)user, (void)name, (void)attributes;
}

static void expat_end(void *user, const XML_Char *name) {
    (void)user, (void)name;
}

static void expat_characters(void *user, const XML_Char *text, int size) {
    (void)user, (void)text, (void)size;
}

static int32_t take_expat(const char *chunk, int size, int last, void *user) {
    return XML_Parse(user, chunk, size, last) != XML_STATUS_OK;
}

static int32_t run_expat(const char *path, struct result *result) {
    XML_Parser parser = XML_ParserCreateNS(NULL, '|');
    if (parser == NULL) {
        return 1;
    }
    XML_SetElementHandler(parser, expat_start, expat_end);
    XML_SetCharacterDataHandler(parser, expat_characters);
    int32_t failed = for_each_chunk(path, result, take_expat, parser);
    XML_ParserFree(parser);
    return failed;
}
#endif

static void add_up(const bkt_table *table, struct result *result) {
    const bkt_column *column = bkt_table_column_find(table, "OBS_VALUE");
    const double *numbers = bkt_column_numbers_view(column);
    int64_t rows = bkt_table_row_count(table);
    result->observations += (uint64_t)rows;
    result->missing += (uint64_t)bkt_column_null_count(column);
    for (int64_t row = 0; numbers != NULL && row < rows; row++) {
        if (numbers[row] == numbers[row]) {
            /* Kahan's sum: a plain one would be off in the cents that `generate` tells. */
            double next = numbers[row] - result->lost;
            double sum = result->sum + next;
            result->lost = (sum - result->sum) - next;
            result->sum = sum;
        }
    }
}

static int32_t told(const bkt_context *context, bkt_status status) {
    if (status != BKT_OK && status != BKT_END) {
        fprintf(stderr, "%s\n", bkt_context_error_text(context));
        return 1;
    }
    return 0;
}

static int32_t run_batches(const char *path, struct result *result) {
    bkt_context *context = NULL;
    bkt_reader *reader = NULL;
    const bkt_table *batch = NULL;
    bkt_status status = bkt_context_new(NULL, &context);
    if (status == BKT_OK) {
        status = bkt_reader_open_path(context, path, NULL, &reader);
    }
    while (status == BKT_OK && (status = bkt_reader_next_dataset(reader)) == BKT_OK) {
        while ((status = bkt_reader_next_batch(reader, &batch)) == BKT_OK) {
            add_up(batch, result);
        }
        status = status == BKT_END ? BKT_OK : status;
    }
    int32_t failed = told(context, status);
    bkt_reader_free(reader);
    bkt_context_free(context);
    return failed;
}

static int32_t run_table(const char *path, struct result *result) {
    bkt_context *context = NULL;
    bkt_table *table = NULL;
    bkt_status status = bkt_context_new(NULL, &context);
    if (status == BKT_OK) {
        status = bkt_table_read(context, path, NULL, &table);
    }
    int32_t failed = told(context, status);
    result->held = bkt_context_memory_used(context);
    add_up(table, result);
    bkt_table_free(table);
    bkt_context_free(context);
    return failed;
}

static const struct task tasks[] = {
    {"pass", run_pass, "bytes read (inflated) and looked at"},
    {"libxml2", run_libxml2, "libxml2's SAX2 push parse, empty handlers"},
#ifdef BENCH_EXPAT
    {"expat", run_expat, "Expat's parse with namespaces, empty handlers"},
#endif
    {"batches", run_batches, "libbktrade, batch by batch"},
    {"table", run_table, "libbktrade, a whole table"},
};
enum { TASKS = sizeof tasks / sizeof tasks[0] };

static double seconds(struct timeval time) {
    return (double)time.tv_sec + (double)time.tv_usec * 1e-6;
}

static void measure_here(const struct task *task, const char *path, struct result *result) {
    struct timespec begin, end;
    struct rusage usage;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    result->failed = task->run(path, result);
    clock_gettime(CLOCK_MONOTONIC, &end);
    getrusage(RUSAGE_SELF, &usage);
    result->wall =
        (double)(end.tv_sec - begin.tv_sec) + (double)(end.tv_nsec - begin.tv_nsec) * 1e-9;
    result->processor = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    result->peak = (uint64_t)usage.ru_maxrss * 1024;
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
        struct result own = {0};
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

static int by_size(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static double median(const struct result *results, int count, int processor) {
    double values[REPEATS_MOST];
    for (int i = 0; i < count; i++) {
        values[i] = processor ? results[i].processor : results[i].wall;
    }
    qsort(values, (size_t)count, sizeof values[0], by_size);
    return (values[(count - 1) / 2] + values[count / 2]) / 2;
}

static const struct result *find(const char *name, struct result results[][REPEATS_MOST]) {
    for (int i = 0; i < TASKS; i++) {
        if (strcmp(tasks[i].name, name) == 0 && results[i][0].wall > 0) {
            return results[i];
        }
    }
    return NULL;
}

static void print_ratios(struct result results[][REPEATS_MOST], int repeats) {
    static const char *const readers[] = {"batches", "table"};
    static const char *const others[] = {"pass", "libxml2", "expat"};
    for (size_t r = 0; r < sizeof readers / sizeof readers[0]; r++) {
        const struct result *reader = find(readers[r], results);
        for (size_t o = 0; reader != NULL && o < sizeof others / sizeof others[0]; o++) {
            const struct result *other = find(others[o], results);
            if (other != NULL) {
                printf("%s has %.2f of the throughput of %s (CPU time)\n", readers[r],
                       median(other, repeats, 1) / median(reader, repeats, 1), others[o]);
            }
        }
    }
}

static void print_results(struct result results[][REPEATS_MOST], int repeats, uint64_t bytes,
                          uint64_t observations) {
    printf("%-9s %9s %9s %9s %12s %11s  %s\n", "", "wall s", "CPU s", "MB/s", "obs/s", "peak MiB",
           "");
    for (int i = 0; i < TASKS; i++) {
        const struct result *own = results[i];
        if (own[0].wall <= 0) {
            continue;
        }
        uint64_t peak = 0;
        for (int j = 0; j < repeats; j++) {
            peak = own[j].peak > peak ? own[j].peak : peak;
        }
        double processor = median(own, repeats, 1);
        printf("%-9s %9.3f %9.3f %9.1f %12.0f %11.1f  %s\n", tasks[i].name, median(own, repeats, 0),
               processor, (double)bytes / 1e6 / processor, (double)observations / processor,
               (double)peak / 1048576, tasks[i].what);
    }
}

static int usage(void) {
    fprintf(stderr, "usage: bench FILE[.gz] [--repeat N] [--only NAME]...\n  NAME  ");
    for (int i = 0; i < TASKS; i++) {
        fprintf(stderr, "%s%s", i == 0 ? "" : ", ", tasks[i].name);
    }
    fprintf(stderr,
            "\nMedians of N runs (default 5) of each, in turn; MB/s and obs/s by CPU time.\n");
    return 2;
}

int main(int argc, char **argv) {
    static struct result results[TASKS][REPEATS_MOST];
    const char *path = NULL;
    int repeats = 5;
    uint32_t wanted = 0;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--repeat") == 0 && i + 1 < argc) {
            repeats = atoi(argv[++i]);
        } else if (strcmp(argv[i], "--only") == 0 && i + 1 < argc) {
            i++;
            for (int k = 0; k < TASKS; k++) {
                wanted |= strcmp(argv[i], tasks[k].name) == 0 ? UINT32_C(1) << k : 0;
            }
        } else if (path == NULL && argv[i][0] != '-') {
            path = argv[i];
        } else {
            return usage();
        }
    }
    struct stat facts;
    if (path == NULL || repeats < 1 || repeats > REPEATS_MOST) {
        return usage();
    }
    if (stat(path, &facts) != 0) {
        fprintf(stderr, "bench: %s: %s\n", path, strerror(errno));
        return 1;
    }
    uint64_t bytes = 0;
    const struct result *counted = NULL;
    for (int repeat = 0; repeat < repeats; repeat++) {
        for (int i = 0; i < TASKS; i++) {
            if (wanted != 0 && (wanted >> i & 1) == 0) {
                continue;
            }
            results[i][repeat] = measure(&tasks[i], path);
            if (results[i][repeat].failed) {
                fprintf(stderr, "bench: %s failed\n", tasks[i].name);
                return 1;
            }
            bytes = results[i][repeat].bytes > 0 ? results[i][repeat].bytes : bytes;
            counted = results[i][repeat].observations > 0 ? &results[i][repeat] : counted;
        }
    }
    bytes = bytes > 0 ? bytes : (uint64_t)facts.st_size;
    print_results(results, repeats, bytes, counted == NULL ? 0 : counted->observations);
    print_ratios(results, repeats);
    if (counted != NULL) {
        printf("control: observations %" PRIu64 " missing %" PRIu64 " sum %.2f bytes %" PRIu64 "\n",
               counted->observations, counted->missing, counted->sum, bytes);
        const struct result *table = find("table", results);
        if (table != NULL) {
            printf("the table holds %.1f bytes an observation\n",
                   (double)table->held / (double)table->observations);
        }
    }
    return 0;
}
