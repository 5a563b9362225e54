/* SPDX-License-Identifier: MIT */
#include "bkti_sink.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bkti_deflater.h"

/* As many links in a row as Linux itself follows. */
#define LINK_LIMIT 40
#define NAME_TRIES 1000

struct bkti_sink {
    bkt_context *context;
    bkt_status status;
    uint32_t flags;
    bkti_text *text;
    bkt_write_function write;
    void *user;
    bkti_deflater *deflater; /* NULL: bytes are not packed */
    int file;                /* -1: none */
    char *path;              /* where the file belongs, links followed */
    char *temporary;         /* where it is meanwhile; NULL: written in place */
    size_t used;
    char buffer[BKTI_SINK_SIZE];
};

static bkt_status fail_file(bkt_context *context, const char *path, int error) {
    bkti_place place = {.source = path, .os_error = error};
    switch (error) {
    case ENOENT:
    case ENOTDIR:
        return bkti_fail(context, BKT_ERR_NOT_FOUND, &place,
                         "the file can't be written: its folder isn't there");
    case EACCES:
    case EPERM:
    case EROFS:
        return bkti_fail(context, BKT_ERR_PERMISSION, &place,
                         "the file can't be written: the system does not permit it");
    case EISDIR:
        return bkti_fail(context, BKT_ERR_DIRECTORY, &place,
                         "the path is a folder; a file's name was expected");
    case ENOSPC:
        return bkti_fail(context, BKT_ERR_IO, &place, "the file can't be written: no space left");
    case EDQUOT:
        return bkti_fail(context, BKT_ERR_IO, &place,
                         "the file can't be written: the user's share of the disk is used up");
    case EFBIG:
        return bkti_fail(context, BKT_ERR_IO, &place,
                         "the file can't be written: it would be larger than the system permits");
    default:
        return bkti_fail(context, BKT_ERR_IO, &place,
                         "the file can't be written: the system's error is %d", error);
    }
}

static bkt_status fail_sink(bkti_sink *sink, int error) {
    sink->status = fail_file(sink->context, sink->path, error);
    return sink->status;
}

static bkt_status new_sink(bkt_context *context, bkti_sink **out_sink) {
    *out_sink = NULL;
    bkti_sink *sink = bkti_allocate(bkti_context_memory(context), sizeof *sink);
    if (sink == NULL) {
        return bkti_no_memory(context);
    }
    memset(sink, 0, offsetof(struct bkti_sink, buffer));
    sink->context = context;
    sink->file = -1;
    *out_sink = sink;
    return BKT_OK;
}

bkt_status bkti_sink_open_text(bkt_context *context, bkti_text *text, bkti_sink **out_sink) {
    bkt_status status = new_sink(context, out_sink);
    if (status == BKT_OK) {
        (*out_sink)->text = text;
    }
    return status;
}

bkt_status bkti_sink_open_callback(bkt_context *context, bkt_write_function write, void *user,
                                   bkti_sink **out_sink) {
    bkt_status status = new_sink(context, out_sink);
    if (status != BKT_OK) {
        return status;
    }
    (*out_sink)->write = write;
    (*out_sink)->user = user;
    return BKT_OK;
}

/* Bytes of a path up to and with its last slash. */
static size_t folder_size(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash == NULL ? 0 : (size_t)(slash - path) + 1;
}

/* Puts the target of the link at sink->path in its place. */
static bkt_status follow_link(bkti_sink *sink, size_t target_size) {
    bkti_memory *memory = bkti_context_memory(sink->context);
    /* Some file systems give 0 for the size of a link. */
    size_t capacity = target_size == 0 ? 4096 : target_size + 1;
    char *target = bkti_allocate(memory, capacity);
    if (target == NULL) {
        return bkti_no_memory(sink->context);
    }
    ssize_t size = readlink(sink->path, target, capacity);
    if (size <= 0 || (size_t)size == capacity) {
        int error = size < 0 ? errno : ELOOP; /* the link changed under our hands */
        bkti_release(memory, target);
        return fail_file(sink->context, sink->path, error);
    }
    size_t folder = target[0] == '/' ? 0 : folder_size(sink->path);
    char *joined = bkti_allocate(memory, folder + (size_t)size + 1);
    if (joined != NULL) {
        memcpy(joined, sink->path, folder);
        memcpy(joined + folder, target, (size_t)size);
        joined[folder + (size_t)size] = '\0';
        bkti_release(memory, sink->path);
        sink->path = joined;
    }
    bkti_release(memory, target);
    return joined == NULL ? bkti_no_memory(sink->context) : BKT_OK;
}

/* Follows links. *out_mode is the mode of what is there, 0 if nothing is. */
static bkt_status find_place(bkti_sink *sink, mode_t *out_mode) {
    struct stat facts;
    *out_mode = 0;
    for (int links = 0; links <= LINK_LIMIT; links++) {
        if (lstat(sink->path, &facts) != 0) {
            return errno == ENOENT ? BKT_OK : fail_file(sink->context, sink->path, errno);
        }
        *out_mode = facts.st_mode;
        if (!S_ISLNK(facts.st_mode)) {
            return BKT_OK;
        }
        bkt_status status = follow_link(sink, (size_t)facts.st_size);
        if (status != BKT_OK) {
            return status;
        }
        *out_mode = 0;
    }
    return fail_file(sink->context, sink->path, ELOOP);
}

/* A new file in the folder of the path, with a name that no other process uses. */
static bkt_status open_temporary(bkti_sink *sink, mode_t mode) {
    bkti_memory *memory = bkti_context_memory(sink->context);
    int folder = (int)folder_size(sink->path);
    bkti_text name;
    bkti_text_init(&name, memory);
    for (int attempt = 0; attempt < NAME_TRIES && sink->file < 0; attempt++) {
        bkti_text_clear(&name);
        /* Short, so that it fits wherever the file's own name does. */
        if (!bkti_text_append_format(&name, "%.*s.bkt-%ld-%d", folder, sink->path, (long)getpid(),
                                     attempt)) {
            bkti_text_free(&name);
            return bkti_no_memory(sink->context);
        }
        sink->file = open(bkti_text_get(&name), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (sink->file < 0 && errno != EEXIST && errno != EINTR) {
            break;
        }
    }
    if (sink->file < 0) {
        int error = errno;
        bkti_text_free(&name);
        return fail_file(sink->context, sink->path, error);
    }
    sink->temporary = bkti_copy_text(memory, name.data, name.size);
    if (sink->temporary == NULL) {
        unlink(bkti_text_get(&name));
    }
    bkti_text_free(&name);
    if (sink->temporary == NULL) {
        return bkti_no_memory(sink->context);
    }
    /* A file system without rights is no reason to refuse the file. */
    if (mode != 0 && fchmod(sink->file, mode & 0777) != 0 && errno != EPERM) {
        return fail_file(sink->context, sink->path, errno);
    }
    return BKT_OK;
}

static bkt_status open_file(bkti_sink *sink) {
    mode_t mode;
    bkt_status status = find_place(sink, &mode);
    if (status != BKT_OK) {
        return status;
    }
    size_t size = strlen(sink->path);
    if (S_ISDIR(mode) || sink->path[size - 1] == '/') {
        return fail_file(sink->context, sink->path, mode == 0 ? ENOENT : EISDIR);
    }
    if (mode != 0 && !S_ISREG(mode)) {
        sink->file = open(sink->path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
        return sink->file < 0 ? fail_file(sink->context, sink->path, errno) : BKT_OK;
    }
    /* Renaming would get past the write protection of a file. */
    if (mode != 0 && access(sink->path, W_OK) != 0) {
        return fail_file(sink->context, sink->path, errno);
    }
    return open_temporary(sink, mode);
}

bkt_status bkti_sink_open_path(bkt_context *context, const char *path, uint32_t flags,
                               bkti_sink **out_sink) {
    *out_sink = NULL;
    if (path == NULL || path[0] == '\0') {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "the path to write to is empty; the name of a file was expected");
    }
    bkti_sink *sink;
    bkt_status status = new_sink(context, &sink);
    if (status != BKT_OK) {
        return status;
    }
    sink->flags = flags;
    sink->path = bkti_copy_text(bkti_context_memory(context), path, strlen(path));
    status = sink->path == NULL ? bkti_no_memory(context) : open_file(sink);
    if (status != BKT_OK) {
        return bkti_sink_finish(sink, status);
    }
    *out_sink = sink;
    return BKT_OK;
}

static bkt_status write_file(bkti_sink *sink, const char *data, size_t size) {
    while (size > 0) {
        ssize_t written = write(sink->file, data, size);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return fail_sink(sink, written < 0 ? errno : EIO);
        }
        data += written;
        size -= (size_t)written;
    }
    return BKT_OK;
}

static bkt_status deliver(void *user, const char *data, size_t size) {
    bkti_sink *sink = user;
    if (sink->file >= 0) {
        return write_file(sink, data, size);
    }
    if (sink->text != NULL) {
        if (!bkti_text_append(sink->text, data, size)) {
            sink->status = bkti_no_memory(sink->context);
        }
    } else if (sink->write(data, size, sink->user) != 0) {
        sink->status = bkti_fail(sink->context, BKT_ERR_CANCELLED, NULL,
                                 "the caller's function that takes the output asked to stop");
    }
    return sink->status;
}

static bkt_status hand_over(bkti_sink *sink, bool last) {
    size_t size = sink->used;
    sink->used = 0;
    if (sink->status != BKT_OK || (size == 0 && (!last || sink->deflater == NULL))) {
        return sink->status;
    }
    sink->status = sink->deflater == NULL
                       ? deliver(sink, sink->buffer, size)
                       : bkti_deflater_put(sink->deflater, sink->buffer, size, last, deliver, sink);
    return sink->status;
}

bkt_status bkti_sink_compress(bkti_sink *sink) {
    sink->deflater = bkti_deflater_new(bkti_context_memory(sink->context));
    if (sink->deflater == NULL && sink->status == BKT_OK) {
        sink->status = bkti_no_memory(sink->context);
    }
    return sink->status;
}

char *bkti_sink_room(bkti_sink *sink, size_t size) {
    if (size > BKTI_SINK_SIZE - sink->used) {
        hand_over(sink, false);
    }
    return sink->buffer + sink->used;
}

void bkti_sink_wrote(bkti_sink *sink, size_t size) {
    sink->used += size;
}

bkt_status bkti_sink_put(bkti_sink *sink, const void *data, size_t size) {
    const char *bytes = data;
    while (size > 0 && sink->status == BKT_OK) {
        size_t part = BKTI_SINK_SIZE - sink->used;
        if (part > size) {
            part = size;
        }
        memcpy(sink->buffer + sink->used, bytes, part);
        sink->used += part;
        bytes += part;
        size -= part;
        if (sink->used == BKTI_SINK_SIZE) {
            hand_over(sink, false);
        }
    }
    return sink->status;
}

bkt_status bkti_sink_put_text(bkti_sink *sink, const char *terminated) {
    return bkti_sink_put(sink, terminated, strlen(terminated));
}

bkt_status bkti_sink_status(const bkti_sink *sink) {
    return sink->status;
}

/* Makes the new name last through a power cut. Not every file system can: no failure. */
static void sync_folder(bkti_sink *sink) {
    size_t size = folder_size(sink->path);
    char kept = sink->path[size];
    sink->path[size] = '\0';
    int folder = open(size == 0 ? "." : sink->path, O_RDONLY | O_CLOEXEC);
    sink->path[size] = kept;
    if (folder >= 0) {
        (void)fsync(folder);
        close(folder);
    }
}

/* Closes the file in any case; names it if the outcome is good. */
static bkt_status finish_file(bkti_sink *sink, bkt_status outcome) {
    bool sync = (sink->flags & BKTI_SINK_SYNC) != 0 && sink->temporary != NULL;
    if (outcome == BKT_OK && sync && fsync(sink->file) != 0) {
        outcome = fail_sink(sink, errno);
    }
    /* After EINTR Linux has closed the file; elsewhere a second close could hit another's. */
    if (close(sink->file) != 0 && errno != EINTR && outcome == BKT_OK) {
        outcome = fail_sink(sink, errno);
    }
    if (sink->temporary == NULL) {
        return outcome;
    }
    if (outcome == BKT_OK && rename(sink->temporary, sink->path) != 0) {
        outcome = fail_sink(sink, errno);
    }
    if (outcome != BKT_OK) {
        unlink(sink->temporary);
    } else if (sync) {
        sync_folder(sink);
    }
    return outcome;
}

bkt_status bkti_sink_finish(bkti_sink *sink, bkt_status outcome) {
    if (sink == NULL) {
        return outcome;
    }
    if (outcome == BKT_OK) {
        outcome = hand_over(sink, true);
    }
    if (sink->file >= 0) {
        outcome = finish_file(sink, outcome);
    }
    bkti_memory *memory = bkti_context_memory(sink->context);
    bkti_deflater_free(sink->deflater);
    bkti_release(memory, sink->path);
    bkti_release(memory, sink->temporary);
    bkti_release(memory, sink);
    return outcome;
}
