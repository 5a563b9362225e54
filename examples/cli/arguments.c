/* SPDX-License-Identifier: MIT */
#include "arguments.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const option_spec *find_option(const command_spec *command, const char *name, size_t size) {
    for (const option_spec *const *group = command->groups; *group != NULL; group++)
        for (const option_spec *option = *group; option->name != NULL; option++)
            if (strlen(option->name) == size && memcmp(option->name, name, size) == 0)
                return option;
    return NULL;
}

static bool usage_error(const command_spec *command, const char *problem, const char *word) {
    fprintf(stderr, "bktrade %s: %s '%s'\nSee 'bktrade %s --help'.\n", command->name, problem, word,
            command->name);
    return false;
}

static bool add_option(arguments *given, const option_spec *option, const char *value) {
    if (given->option_count == MAX_OPTIONS)
        return usage_error(given->command, "too many options, at", option->name);
    given->options[given->option_count] = option;
    given->values[given->option_count] = value;
    given->option_count++;
    return true;
}

bool arguments_parse(arguments *given, const command_spec *command, int count, char **words) {
    memset(given, 0, sizeof *given);
    given->command = command;
    int files = 0;
    bool options_over = false;
    for (int i = 0; i < count; i++) {
        char *word = words[i];
        if (!options_over && strcmp(word, "--") == 0) {
            options_over = true;
            continue;
        }
        if (!options_over && strcmp(word, "-o") == 0)
            word = "--output";
        if (options_over || word[0] != '-' || word[1] == '\0') {
            words[files++] = word;
            continue;
        }
        if (word[1] != '-')
            return usage_error(command, "there is no option", word);
        const char *name = word + 2;
        size_t size = strcspn(name, "=");
        const option_spec *option = find_option(command, name, size);
        if (option == NULL)
            return usage_error(command, "there is no option", word);
        const char *value = "";
        if (option->value == NULL) {
            if (name[size] == '=')
                return usage_error(command, "no value is taken by", word);
        } else if (name[size] == '=') {
            value = name + size + 1;
        } else if (i + 1 < count) {
            value = words[++i];
        } else {
            return usage_error(command, "a value is missing after", word);
        }
        if (!add_option(given, option, value))
            return false;
    }
    given->files = (const char *const *)words;
    given->file_count = (uint32_t)files;
    return true;
}

const char *arguments_value_at(const arguments *given, const char *name, uint32_t index) {
    for (uint32_t i = 0; i < given->option_count; i++)
        if (strcmp(given->options[i]->name, name) == 0 && index-- == 0)
            return given->values[i];
    return NULL;
}

const char *arguments_value(const arguments *given, const char *name) {
    const char *value = NULL;
    for (uint32_t i = 0; i < given->option_count; i++)
        if (strcmp(given->options[i]->name, name) == 0)
            value = given->values[i];
    return value;
}

/* The number that a text begins with, and what follows it; NULL if it begins with none. */
static const char *read_number(const char *text, double *out_number) {
    char *rest = NULL;
    /* The program never leaves the "C" locale, so strtod reads a decimal point. */
    *out_number = strtod(text, &rest);
    if (rest == text || !isfinite(*out_number))
        return NULL;
    while (*rest == ' ')
        rest++;
    return rest;
}

bool arguments_amount(const char *option, const char *text, double *out_amount) {
    static const struct {
        const char *suffix;
        double factor;
    } suffixes[] = {{"", 1},    {"k", 1e3},  {"m", 1e6},  {"mn", 1e6},
                    {"b", 1e9}, {"bn", 1e9}, {"tn", 1e12}};
    double number;
    const char *rest = read_number(text, &number);
    for (size_t i = 0; rest != NULL && i < sizeof suffixes / sizeof suffixes[0]; i++)
        if (strcmp(rest, suffixes[i].suffix) == 0 && isfinite(number * suffixes[i].factor)) {
            *out_amount = number * suffixes[i].factor;
            return true;
        }
    fprintf(stderr, "bktrade: --%s wants an amount such as 3.5e9, 3.5bn or 600mn, not '%s'\n",
            option, text);
    return false;
}

bool arguments_rate(const char *option, const char *text, double *out_rate) {
    double number;
    const char *rest = read_number(text, &number);
    bool percent = rest != NULL && strcmp(rest, "%") == 0 && number > -100;
    if (percent || (rest != NULL && *rest == '\0' && fabs(number) < 1)) {
        *out_rate = percent ? number / 100 : number;
        return true;
    }
    if (rest != NULL && *rest == '\0') /* 5 for 5 % would be taken for 500 % */
        fprintf(stderr, "bktrade: --%s %s: write %s%% if per cent are meant, or %.10g%%\n", option,
                text, text, 100 * number);
    else
        fprintf(stderr, "bktrade: --%s wants a rate such as 5%% or 0.05, not '%s'\n", option, text);
    return false;
}

bool arguments_share(const char *option, const char *text, double *out_share) {
    double number;
    double whole = 1;
    const char *rest = read_number(text, &number);
    if (rest != NULL && *rest == '/')
        rest = read_number(rest + 1, &whole);
    else if (rest != NULL && strcmp(rest, "%") == 0) {
        whole = 100;
        rest++;
    }
    if (rest != NULL && *rest == '\0' && number > 0 && number < whole) {
        *out_share = number / whole;
        return true;
    }
    fprintf(stderr,
            "bktrade: --%s wants a share between 0 and 1 such as 7/12, 58%% or 0.58, not '%s'\n",
            option, text);
    return false;
}

bool arguments_whole(const char *option, const char *text, long least, long most,
                     int32_t *out_number) {
    char *rest = NULL;
    long number = strtol(text, &rest, 10);
    if (rest == text || *rest != '\0' || number < least || number > most) {
        fprintf(stderr, "bktrade: --%s wants a whole number from %ld to %ld, not '%s'\n", option,
                least, most, text);
        return false;
    }
    *out_number = (int32_t)number;
    return true;
}

void arguments_print_help(const command_spec *command) {
    printf("Usage: bktrade %s\n\n%s\n\n%s\n\nOptions:\n", command->usage, command->summary,
           command->text);
    for (const option_spec *const *group = command->groups; *group != NULL; group++)
        for (const option_spec *option = *group; option->name != NULL; option++) {
            char left[64];
            snprintf(left, sizeof left, "--%s%s%s", option->name, option->value ? " " : "",
                     option->value ? option->value : "");
            printf("  %-22s %s\n", left, option->help);
        }
    printf("\nExamples:\n%s", command->examples);
}
