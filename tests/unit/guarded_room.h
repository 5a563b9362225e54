/* SPDX-License-Identifier: MIT */
/* Room for a text between two pages that can't be read: to look outside the text is a fault, with
 * any compiler. Needs no Check. */
#ifndef GUARDED_ROOM_H
#define GUARDED_ROOM_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

typedef struct guarded_room {
    char *begin;
    size_t size;
} guarded_room;

static inline guarded_room guarded_room_new(size_t least) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    size_t size = (least + page - 1) / page * page;
    int zero = open("/dev/zero", O_RDWR); /* POSIX has no MAP_ANONYMOUS */
    char *all = mmap(NULL, size + 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE, zero, 0);
    if (zero < 0 || all == MAP_FAILED || mprotect(all, page, PROT_NONE) != 0 ||
        mprotect(all + page + size, page, PROT_NONE) != 0) {
        perror("no page that can't be read");
        exit(2);
    }
    close(zero);
    return (guarded_room){all + page, size};
}

static inline void guarded_room_free(guarded_room *room) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    munmap(room->begin - page, room->size + 2 * page);
}

/* Puts a text behind the page before, or before the page behind. */
static inline char *guarded_room_put(guarded_room *room, const char *text, size_t size,
                                     bool at_end) {
    char *place = room->begin + (at_end ? room->size - size : 0);
    memcpy(place, text, size);
    return place;
}

#endif
