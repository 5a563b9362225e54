/* SPDX-License-Identifier: MIT */
/* The areas of generated messages: `generate` writes them, `bench` asks for some of them. */
#ifndef AREAS_H
#define AREAS_H

enum { AREAS = 60 };

/* Three letters that look like a code and differ for each area. */
static inline void area_code(unsigned number, char code[4]) {
    code[0] = (char)('A' + number % 26);
    code[1] = (char)('A' + number / 26 * 7 % 26);
    code[2] = (char)('A' + number * 11 % 26);
    code[3] = '\0';
}

#endif
