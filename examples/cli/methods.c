/* SPDX-License-Identifier: MIT */
#include "methods.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const option_spec combination_options[] = {
    {"members", "METHODS", "combine these, such as drift,delta,theta, by their mean"},
    {"weights", "NUMBERS", "of the members, such as 2,1,1; default equal ones"},
    {"median", NULL, "their median instead (also where the choice is automatic)"},
    {"weighted", NULL, "weights by how each member did in the past (likewise)"},
    {NULL, NULL, NULL},
};

bool methods_find(const char *option, const char *id, int32_t *out_method) {
    *out_method = bkt_method_find(id);
    if (*out_method != BKT_METHOD_NONE && *out_method != BKT_METHOD_COMBINATION)
        return true;
    fprintf(stderr, "bktrade: --%s does not take '%s'; there are", option, id);
    bool is_member = strcmp(option, "members") == 0;
    const char *before = " ";
    for (uint32_t i = 0; i < bkt_method_count(); i++) {
        int32_t method = bkt_method_at(i);
        if (method == BKT_METHOD_COMBINATION || (is_member && method == BKT_METHOD_AUTOMATIC))
            continue;
        fprintf(stderr, "%s%s", before, bkt_method_id(method));
        before = ", ";
    }
    fprintf(stderr, "\n");
    return false;
}

/* The next part of a list up to its comma; false at the end. */
static bool next_part(const char **rest, char *part, size_t size) {
    if (*rest == NULL)
        return false;
    size_t length = strcspn(*rest, ",");
    snprintf(part, size, "%.*s", (int)(length < size ? length : size - 1), *rest);
    *rest = (*rest)[length] == ',' ? *rest + length + 1 : NULL;
    return true;
}

bool methods_list(const char *option, const char *text, int32_t *out_methods, uint32_t limit,
                  uint32_t *out_count) {
    char part[64];
    *out_count = 0;
    while (next_part(&text, part, sizeof part)) {
        int32_t method;
        if (!methods_find(option, part, &method))
            return false;
        for (uint32_t i = 0; i < *out_count; i++)
            if (out_methods[i] == method) {
                fprintf(stderr, "bktrade: --%s has '%s' twice\n", option, part);
                return false;
            }
        if (*out_count == limit) {
            fprintf(stderr, "bktrade: --%s takes at most %u methods\n", option, (unsigned)limit);
            return false;
        }
        out_methods[(*out_count)++] = method;
    }
    return true;
}

/* The program never leaves the "C" locale, so strtod reads a decimal point. */
static bool read_number(const char *text, double *out_number) {
    char *rest = NULL;
    *out_number = strtod(text, &rest);
    return rest != text && *rest == '\0' && isfinite(*out_number);
}

bool methods_levels(const char *text, double *out_levels, uint32_t *out_count) {
    char part[64];
    *out_count = 0;
    while (next_part(&text, part, sizeof part)) {
        double number;
        if (!read_number(part, &number) || number < 1.0 || number >= 100.0) {
            fprintf(stderr,
                    "bktrade: --levels wants per cent from 1 to below 100, such as "
                    "50,80,95, not '%s'\n",
                    part);
            return false;
        }
        if (*out_count == MOST_LEVELS) {
            fprintf(stderr, "bktrade: --levels takes at most %d levels\n", MOST_LEVELS);
            return false;
        }
        out_levels[(*out_count)++] = number / 100.0;
    }
    return true;
}

static bool take_weights(const char *text, combination *out) {
    char part[64];
    uint32_t count = 0;
    while (next_part(&text, part, sizeof part)) {
        double number;
        if (!read_number(part, &number) || number < 0.0) {
            fprintf(stderr, "bktrade: --weights wants numbers of 0 or more, not '%s'\n", part);
            return false;
        }
        if (count < out->member_count)
            out->weights[count] = number;
        count++;
    }
    if (count == out->member_count)
        return true;
    fprintf(stderr, "bktrade: --weights has %u weights for %u members\n", (unsigned)count,
            (unsigned)out->member_count);
    return false;
}

bool combination_take(const arguments *given, combination *out) {
    memset(out, 0, sizeof *out);
    const char *members = arguments_value(given, "members");
    const char *weights = arguments_value(given, "weights");
    if (members != NULL &&
        !methods_list("members", members, out->members, BKT_MEMBER_LIMIT, &out->member_count))
        return false;
    for (uint32_t i = 0; i < out->member_count; i++)
        if (out->members[i] == BKT_METHOD_AUTOMATIC) {
            fprintf(stderr, "bktrade: --members takes methods, which 'automatic' is not: it "
                            "chooses some\n");
            return false;
        }
    if (weights != NULL && members == NULL) {
        fprintf(stderr, "bktrade: --weights needs --members, whose weights they are\n");
        return false;
    }
    out->has_weights = weights != NULL;
    out->flags = arguments_value(given, "median") != NULL ? BKT_PROJECTION_MEDIAN : 0;
    if (arguments_value(given, "weighted") != NULL) {
        if (out->flags != 0) {
            fprintf(stderr, "bktrade: --median and --weighted exclude each other\n");
            return false;
        }
        out->flags = BKT_PROJECTION_WEIGHTED;
    }
    return weights == NULL || take_weights(weights, out);
}
