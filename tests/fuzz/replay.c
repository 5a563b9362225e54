/* SPDX-License-Identifier: MIT */
/* Runs each target over its saved seeds, and the targets for messages over tests/data too, in the
 * order of their names, so that every fault once found stays tested with any compiler.
 *
 *     replay FOLDER-OF-SEEDS FOLDER-OF-DATA      all, as TAP
 *     replay TARGET FILE...                      one target, some files */
#include <dirent.h>
#include <locale.h>
#include <string.h>

#include "fuzz.h"

#define PATH_SIZE 4096

static const struct {
    const char *name;
    void (*run)(const uint8_t *data, size_t size);
} targets[] = {{"reading", fuzz_reading},       {"archive", fuzz_archive},
               {"scanners", fuzz_scanners},     {"csv", fuzz_csv},
               {"values", fuzz_values},         {"trade", fuzz_trade},
               {"projection", fuzz_projection}, {"writing", fuzz_writing},
               {"validation", fuzz_validation}, {"revision", fuzz_revision}};
#define TARGET_COUNT (sizeof targets / sizeof targets[0])

/* Headers that are put before the messages of tests/data (ways.h, archive.c): each way of reading
 * once. */
static const uint8_t headers[][12] = {
    {0, 0x00, 2, 1, 7, 130, 0, 0, 64, 0, 0, 0},    {1, 0x30, 0, 2, 9, 200, 3, 0, 3, 0, 0, 0},
    {2, 0x01, 7, 3, 1, 30, 0, 0, 7, 0, 0, 0},      {3, 0x0c, 3, 0, 5, 77, 0, 0, 1, 0, 0, 0},
    {4, 0xc3, 5, 7, 3, 250, 9, 4, 31, 0, 0, 0},    {6, 0x00, 1, 3, 3, 12, 7, 0, 65, 128, 90, 3},
    {7, 0x30, 4, 3, 3, 0, 99, 0, 51, 130, 128, 1},
};
#define HEADER_COUNT (sizeof headers / sizeof headers[0])

/* The same for the scanners (scanners.c): whole and in chunks of each size, with text and without,
 * with elements passed over, stops, vector versions, long runs of bytes, low limits. */
static const uint8_t ways_to_scan[][8] = {
    {0, 0, 5, 1, 0, 0, 0, 0},           {1, 1, 1, 0, 0, 0, 30 * 8 | 1, 0},
    {2, 3, 77, 1, 0, 3, 31 * 8 | 2, 0}, {3, 4, 7, 2, 0, 0, 3 * 8 | 3, 0},
    {4, 6, 9, 3, 0, 1, 30 * 8, 0},      {5, 1, 3, 3, 11, 5, 2 * 8, 0xff},
    {6, 2, 8, 1, 15, 0, 4 * 8 | 1, 0},  {7, 5, 2, 0, 0, 7, 0, 0xe6},
};
#define WAYS_TO_SCAN (sizeof ways_to_scan / sizeof ways_to_scan[0])

static uint8_t *read_file(const char *path, size_t before, size_t *out_size) {
    FILE *file = fopen(path, "rb");
    FUZZ_CHECK(file != NULL, "%s can't be opened", path);
    FUZZ_CHECK(fseek(file, 0, SEEK_END) == 0, "%s has no end", path);
    size_t size = (size_t)ftell(file);
    rewind(file);
    uint8_t *data = malloc(before + size + 1);
    FUZZ_CHECK(data != NULL, "no memory for %s", path);
    FUZZ_CHECK(fread(data + before, 1, size, file) == size, "%s can't be read", path);
    fclose(file);
    *out_size = before + size;
    return data;
}

/* A block of just the size: to look behind it shows. */
static void run_bytes(size_t target, const uint8_t *data, size_t size) {
    uint8_t *copy = malloc(size == 0 ? 1 : size);
    FUZZ_CHECK(copy != NULL, "no memory for a seed");
    memcpy(copy, data, size);
    targets[target].run(copy, size);
    free(copy);
}

/* A document, scanned in every way. */
static void run_document(size_t target, const char *path) {
    size_t size;
    uint8_t *data = read_file(path, sizeof ways_to_scan[0], &size);
    for (size_t way = 0; way < WAYS_TO_SCAN; way++) {
        memcpy(data, ways_to_scan[way], sizeof ways_to_scan[way]);
        run_bytes(target, data, size);
    }
    free(data);
}

static bool is_document(const char *path) {
    const char *end = strrchr(path, '.');
    return end != NULL && strcmp(end, ".xml") == 0;
}

static void run_seed(size_t target, const char *path, size_t number) {
    (void)number;
    size_t size;
    printf("# %s %s\n", targets[target].name, path);
    fflush(stdout);
    if (targets[target].run == fuzz_scanners && is_document(path)) {
        run_document(target, path);
        return;
    }
    uint8_t *data = read_file(path, 0, &size);
    run_bytes(target, data, size);
    free(data);
}

/* One message in one of the ways, the next message in the next. */
static void run_message(size_t target, const char *path, size_t number) {
    size_t header = strcmp(targets[target].name, "archive") == 0 ? 12 : 8;
    for (size_t i = 0; i < 2; i++) {
        size_t way = (number + i * 3) % HEADER_COUNT;
        size_t size;
        printf("# %s %s in way %zu\n", targets[target].name, path, way);
        fflush(stdout);
        uint8_t *data = read_file(path, header, &size);
        memcpy(data, headers[way], header);
        run_bytes(target, data, size);
        free(data);
    }
}

/* A message, written in every format. */
static void run_writing(size_t target, const char *path, size_t number) {
    (void)number;
    size_t size;
    uint8_t *data = read_file(path, 1, &size);
    for (data[0] = 0; data[0] < 8; data[0]++) {
        printf("# %s %s as %d\n", targets[target].name, path, data[0]);
        fflush(stdout);
        run_bytes(target, data, size);
    }
    free(data);
}

static int is_file(const struct dirent *entry) {
    return entry->d_name[0] != '.';
}

static size_t run_folder(size_t target, const char *folder, const char *part,
                         void (*run)(size_t target, const char *path, size_t number)) {
    char path[PATH_SIZE];
    struct dirent **entries;
    snprintf(path, sizeof path, "%s/%s", folder, part);
    int count = scandir(path, &entries, is_file, alphasort);
    FUZZ_CHECK(count >= 0, "there is no folder %s", path);
    for (int i = 0; i < count; i++) {
        int length = snprintf(path, sizeof path, "%s/%s/%s", folder, part, entries[i]->d_name);
        FUZZ_CHECK(length < PATH_SIZE, "the path of %s is too long", entries[i]->d_name);
        run(target, path, (size_t)i);
        free(entries[i]);
    }
    free(entries);
    return (size_t)count;
}

static int run_files(const char *name, int count, char **paths) {
    for (size_t target = 0; target < TARGET_COUNT; target++) {
        if (strcmp(targets[target].name, name) == 0) {
            for (int i = 0; i < count; i++) {
                run_seed(target, paths[i], 0);
            }
            return EXIT_SUCCESS;
        }
    }
    return -1;
}

int main(int argc, char **argv) {
    setlocale(LC_ALL, "");
    if (argc < 3) {
        fprintf(stderr, "usage: replay FOLDER-OF-SEEDS FOLDER-OF-DATA | replay TARGET FILE...\n");
        return EXIT_FAILURE;
    }
    int result = run_files(argv[1], argc - 2, argv + 2);
    if (result >= 0) {
        return result;
    }
    printf("1..%zu\n", TARGET_COUNT);
    for (size_t target = 0; target < TARGET_COUNT; target++) {
        size_t count = run_folder(target, argv[1], targets[target].name, run_seed);
        if (targets[target].run == fuzz_scanners) {
            count += run_folder(target, argv[2], "messages", run_seed);
            count += run_folder(target, argv[2], "bad", run_seed);
        }
        if (targets[target].run == fuzz_writing) {
            count += run_folder(target, argv[2], "messages", run_writing);
        }
        if (targets[target].run == fuzz_reading || targets[target].run == fuzz_archive) {
            count += run_folder(target, argv[2], "messages", run_message);
            count += run_folder(target, argv[2], "bad", run_message);
        }
        printf("ok %zu - %s: %zu inputs\n", target + 1, targets[target].name, count);
    }
    return EXIT_SUCCESS;
}
