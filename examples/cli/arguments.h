/* SPDX-License-Identifier: MIT */
/* The command line of bktrade: commands with their options, told once and used for parsing, for
 * --help and for completion in the shell. */
#ifndef ARGUMENTS_H
#define ARGUMENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Exit codes. */
enum { EXIT_DONE = 0, EXIT_DATA = 1, EXIT_USAGE = 2 };

enum { MAX_OPTIONS = 64 };

typedef struct option_spec {
    const char *name;  /* without "--" */
    const char *value; /* what stands for the value in the help; NULL for a flag */
    const char *help;
} option_spec;

typedef struct arguments arguments;

typedef struct command_spec {
    const char *name;
    const char *usage; /* behind "bktrade " */
    const char *summary;
    const char *text;                 /* a paragraph for --help */
    const option_spec *const *groups; /* lists that end with a NULL name; the last is NULL */
    const char *examples;
    bool needs_no_word; /* it may be called without a file */
    int32_t (*run)(const arguments *given);
} command_spec;

struct arguments {
    const command_spec *command;
    const char *const *files; /* the words that are no options */
    uint32_t file_count;
    uint32_t option_count;
    const option_spec *options[MAX_OPTIONS]; /* in the order given */
    const char *values[MAX_OPTIONS];
};

/* Reads the words behind the command's name (they are reordered: files first). False: a usage
 * error, told on stderr. */
bool arguments_parse(arguments *given, const command_spec *command, int count, char **words);

/* The last value given for an option, NULL if it was not given ("" for a flag). */
const char *arguments_value(const arguments *given, const char *name);
/* The index-th value of an option that may come several times; NULL when there are no more. */
const char *arguments_value_at(const arguments *given, const char *name, uint32_t index);

/* An amount such as "3.5e9", "3.5bn" or "600mn". False: told on stderr. */
bool arguments_amount(const char *option, const char *text, double *out_amount);
/* A rate such as "5%" or "0.05", as a fraction; 1 and more must have the %. False: told on stderr.
 */
bool arguments_rate(const char *option, const char *text, double *out_rate);
/* A share such as "7/12", "58%" or "0.58". False: told on stderr. */
bool arguments_share(const char *option, const char *text, double *out_share);
/* A whole number from `least` to `most`. */
bool arguments_whole(const char *option, const char *text, long least, long most,
                     int32_t *out_number);

void arguments_print_help(const command_spec *command);

#endif
