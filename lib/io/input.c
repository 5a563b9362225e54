/* SPDX-License-Identifier: MIT */
#include "bkti_input.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What is read at once where no more is asked for: whole blocks, so that nothing is left to move.
 */
#define READ_SIZE ((size_t)128 * 1024)

void bkti_input_init(bkti_input *input, bkt_context *context, bkti_input_kind kind) {
    memset(input, 0, sizeof *input);
    input->context = context;
    input->kind = kind;
    input->file = -1;
}

void bkti_input_lend(bkti_input *input, const void *data, size_t size) {
    input->lent = data;
    input->data = data;
    input->size = size;
    input->total = size;
    input->ended = true;
}

static bkt_status fail_system(bkti_input *input, int error, const char *done) {
    bkti_place place = {.source = input->name, .os_error = error};
    switch (error) {
    case ENOENT:
    case ENOTDIR:
        return bkti_fail(input->context, BKT_ERR_NOT_FOUND, &place,
                         "no file is there; check the path");
    case EACCES:
    case EPERM:
        return bkti_fail(input->context, BKT_ERR_PERMISSION, &place,
                         "the file may not be read: the system does not permit it");
    case EISDIR:
        return bkti_fail(input->context, BKT_ERR_DIRECTORY, &place,
                         "the path is a folder; a file was expected");
    default:
        return bkti_fail(input->context, BKT_ERR_IO, &place,
                         "the file could not be %s: the system's error is %d", done, error);
    }
}

static bkt_status make_buffer(bkti_input *input) {
    input->buffer = bkti_allocate(bkti_context_memory(input->context), BKTI_INPUT_CAPACITY);
    if (input->buffer == NULL) {
        return bkti_no_memory(input->context);
    }
    input->capacity = BKTI_INPUT_CAPACITY;
    input->data = input->buffer;
    return BKT_OK;
}

bkt_status bkti_input_open(bkti_input *input, const char *path) {
    do {
        input->file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    } while (input->file < 0 && errno == EINTR);
    if (input->file < 0) {
        return fail_system(input, errno, "opened");
    }
    struct stat facts;
    if (fstat(input->file, &facts) != 0) {
        return fail_system(input, errno, "opened");
    }
    if (S_ISDIR(facts.st_mode)) {
        return fail_system(input, EISDIR, "opened");
    }
    if (S_ISREG(facts.st_mode) && facts.st_size > 0) {
        input->total = (uint64_t)facts.st_size;
        input->regular = true;
    }
    return BKT_OK;
}

bool bkti_input_again(bkti_input *input, const bkti_input *other) {
    if (other->kind == BKTI_INPUT_MEMORY) {
        bkti_input_lend(input, other->data - other->used, (size_t)other->total);
        return true;
    }
    /* A file that is read whole needs its place no more; both descriptors share it. */
    bool is_regular = other->kind == BKTI_INPUT_PATH && other->total > 0 && other->ended;
    input->total = other->total;
    input->file = is_regular ? fcntl(other->file, F_DUPFD_CLOEXEC, 0) : -1;
    return input->file >= 0 && lseek(input->file, 0, SEEK_SET) == 0;
}

void bkti_input_free(bkti_input *input) {
    if (input->file >= 0) {
        close(input->file);
    }
    bkti_release(bkti_context_memory(input->context), input->buffer);
}

/* Moves the window to the front of the buffer. */
static void compact(bkti_input *input) {
    if (input->data != input->buffer && input->size > 0) {
        memmove(input->buffer, input->data, input->size);
    }
    input->data = input->buffer;
}

bkt_status bkti_input_feed(bkti_input *input, const void *data, size_t size, bool last) {
    if (size > SIZE_MAX - input->size) {
        return bkti_no_memory(input->context);
    }
    if (size > 0) {
        size_t begin = input->buffer == NULL ? 0 : (size_t)(input->data - input->buffer);
        if (size > input->capacity - begin - input->size) {
            if (input->buffer != NULL) {
                compact(input);
            }
            void *buffer = input->buffer;
            if (!bkti_grow(bkti_context_memory(input->context), &buffer, &input->capacity,
                           input->size + size, 1)) {
                return bkti_no_memory(input->context);
            }
            input->buffer = buffer;
            input->data = input->buffer;
            begin = 0;
        }
        memcpy(input->buffer + begin + input->size, data, size);
        input->size += size;
    }
    input->ended = last;
    return BKT_OK;
}

static bkt_status read_file(bkti_input *input, unsigned char *room, size_t size, size_t *out_size) {
    ssize_t got;
    do {
        got = read(input->file, room, size);
    } while (got < 0 && errno == EINTR);
    if (got < 0) {
        return fail_system(input, errno, "read");
    }
    *out_size = (size_t)got;
    return BKT_OK;
}

static bkt_status read_callback(bkti_input *input, unsigned char *room, size_t size,
                                size_t *out_size) {
    bkti_place place = {.source = input->name};
    int32_t answer = input->read(room, size, out_size, input->user);
    if (answer != 0) {
        return bkti_fail(input->context, BKT_ERR_IO, &place,
                         "the caller's function that gives the input failed with %d", (int)answer);
    }
    if (*out_size > size) {
        return bkti_fail(input->context, BKT_ERR_IO, &place,
                         "the caller's function that gives the input says that it wrote %llu "
                         "bytes where there was room for %llu",
                         (unsigned long long)*out_size, (unsigned long long)size);
    }
    return BKT_OK;
}

bkt_status bkti_input_need(bkti_input *input, size_t wanted) {
    while (input->size < wanted && !input->ended) {
        if (input->kind == BKTI_INPUT_FEED) {
            return BKT_MORE;
        }
        if (input->buffer == NULL) {
            bkt_status status = make_buffer(input);
            if (status != BKT_OK) {
                return status;
            }
        }
        compact(input);
        size_t room = (wanted > READ_SIZE ? wanted : READ_SIZE) - input->size;
        size_t got = 0;
        bkt_status status = input->kind == BKTI_INPUT_PATH
                                ? read_file(input, input->buffer + input->size, room, &got)
                                : read_callback(input, input->buffer + input->size, room, &got);
        if (status != BKT_OK) {
            return status;
        }
        input->size += got;
        input->ended = got == 0;
    }
    return BKT_OK;
}

void bkti_input_take(bkti_input *input, size_t count) {
    if (count > 0) {
        input->data += count;
        input->size -= count;
        input->used += count;
    }
}

bool bkti_input_is_at_hand(const bkti_input *input) {
    return input->kind == BKTI_INPUT_MEMORY || (input->kind == BKTI_INPUT_PATH && input->regular);
}

bkti_span bkti_input_bytes_at(const bkti_input *input, uint64_t offset, size_t size, char *room) {
    uint64_t left = offset < input->total ? input->total - offset : 0;
    size_t wanted = left < size ? (size_t)left : size;
    if (input->kind == BKTI_INPUT_MEMORY) {
        return (bkti_span){(const char *)input->lent + offset, wanted};
    }
    size_t done = 0;
    while (done < wanted) {
        ssize_t got = pread(input->file, room + done, wanted - done, (off_t)(offset + done));
        if (got <= 0 && !(got < 0 && errno == EINTR)) {
            break;
        }
        done += got > 0 ? (size_t)got : 0;
    }
    return (bkti_span){room, done};
}

bkt_status bkti_input_go_to(bkti_input *input, uint64_t offset) {
    if (input->kind == BKTI_INPUT_MEMORY) {
        input->data = input->lent + offset;
        input->size = (size_t)(input->total - offset);
    } else {
        if (lseek(input->file, (off_t)offset, SEEK_SET) < 0) {
            return fail_system(input, errno, "read");
        }
        input->data = input->buffer;
        input->size = 0;
        input->ended = false;
    }
    input->used = offset;
    return BKT_OK;
}
