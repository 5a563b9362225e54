/* SPDX-License-Identifier: MIT */
/* What nobody who reads a file can do without: its bytes out of memory, out of the page cache, out
 * of gzip. */
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <fcntl.h>
#include <zlib.h>

#include "bench.h"

extern char **environ;

int32_t for_each_chunk(const char *path,
                       int32_t (*take)(const char *chunk, int size, int last, void *user),
                       void *user) {
    gzFile file = gzopen(path, "rb"); /* reads plain files too */
    char *chunk = malloc(CHUNK);
    int32_t failed = file == NULL || chunk == NULL;
    if (!failed) {
        gzbuffer(file, 1 << 17);
    }
    for (int size = 1; !failed && size > 0;) {
        size = gzread(file, chunk, CHUNK);
        failed = size < 0 || take(chunk, size, size == 0, user);
    }
    free(chunk);
    if (file != NULL) {
        gzclose(file);
    }
    return failed;
}

struct memory {
    char *bytes;
    size_t size, capacity;
};

static int32_t take_into_memory(const char *chunk, int size, int last, void *user) {
    struct memory *memory = user;
    (void)last;
    if (memory->size + (size_t)size > memory->capacity) {
        size_t capacity = memory->capacity * 2 + CHUNK;
        char *bytes = realloc(memory->bytes, capacity);
        if (bytes == NULL) {
            return 1;
        }
        memory->bytes = bytes;
        memory->capacity = capacity;
    }
    memcpy(memory->bytes + memory->size, chunk, (size_t)size);
    memory->size += (size_t)size;
    return 0;
}

/* Several sums, so that no addition waits for another. */
static uint64_t sum_of_words(const struct memory *memory) {
    uint64_t sums[8] = {0};
    uint64_t words[8];
    for (size_t i = 0; i + sizeof words <= memory->size; i += sizeof words) {
        memcpy(words, memory->bytes + i, sizeof words);
        for (size_t k = 0; k < 8; k++) {
            sums[k] += words[k];
        }
    }
    return sums[0] + sums[1] + sums[2] + sums[3] + sums[4] + sums[5] + sums[6] + sums[7];
}

int32_t run_memory(const struct task *task, const char *path, struct result *result) {
    static struct memory memory; /* never freed: that takes as long and would be measured */
    (void)task;
    if (for_each_chunk(path, take_into_memory, &memory) != 0) {
        return 1;
    }
    measurement_begin(result);
    return sum_of_words(&memory) == 0;
}

static int32_t take_bytes(const char *chunk, int size, int last, void *user) {
    uint64_t *count = user;
    (void)last;
    for (int i = 0; i < size; i++) {
        *count += chunk[i] == '<';
    }
    return 0;
}

int32_t run_pass(const struct task *task, const char *path, struct result *result) {
    uint64_t count = 0;
    (void)task, (void)result;
    int32_t failed = for_each_chunk(path, take_bytes, &count);
    return failed || count == 0;
}

int32_t run_gzip(const struct task *task, const char *path, struct result *result) {
    char *arguments[] = {(char[]){"gzip"}, (char[]){"-dc"}, (char[]){"--"}, strdup(path), NULL};
    posix_spawn_file_actions_t actions;
    pid_t child;
    int status = 1;
    (void)task, (void)result;
    if (posix_spawn_file_actions_init(&actions) != 0) {
        return 1;
    }
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    int32_t failed = posix_spawnp(&child, "gzip", &actions, NULL, arguments, environ) != 0 ||
                     waitpid(child, &status, 0) != child || status != 0;
    posix_spawn_file_actions_destroy(&actions);
    free(arguments[3]);
    return failed;
}
