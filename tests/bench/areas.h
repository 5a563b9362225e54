/* SPDX-License-Identifier: MIT */
/* The codes of generated messages: `generate` writes them, `bench` asks for some of them and checks
 * all. */
#ifndef AREAS_H
#define AREAS_H

enum { AREAS = 60, PRODUCTS = 5000 };

/* Written with six digits. */
static inline unsigned product_code(unsigned number) {
    return number * 197 + 10111;
}

/* Three letters that look like a code and differ for each area. */
static inline void area_code(unsigned number, char code[4]) {
    code[0] = (char)('A' + number % 26);
    code[1] = (char)('A' + number / 26 * 7 % 26);
    code[2] = (char)('A' + number * 11 % 26);
    code[3] = '\0';
}

#endif
