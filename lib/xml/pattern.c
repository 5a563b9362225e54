/* SPDX-License-Identifier: MIT */
#include "bkti_pattern.h"

#include <stdatomic.h>
#include <stddef.h>

#include <libxml/xmlerror.h>
#include <libxml/xmlmemory.h>
#include <libxml/xmlregexp.h>

/* libxml2 gives up after a third of a second or so; nobody shall wait for it a million times. */
#define MOST_SURRENDERS 8

struct bkti_pattern {
    xmlRegexp *compiled;
    _Atomic unsigned surrenders;
};

#if LIBXML_VERSION >= 21200
static void say_nothing(void *user, const xmlError *error) {
#else
static void say_nothing(void *user, xmlErrorPtr error) {
#endif
    (void)user;
    (void)error;
}

/* libxml2 would print what is wrong. The handler is this thread's alone. */
typedef struct silence {
    xmlStructuredErrorFunc handler;
    void *user;
} silence;

static silence begin_silence(void) {
    silence before = {xmlStructuredError, xmlStructuredErrorContext};
    xmlSetStructuredErrorFunc(NULL, say_nothing);
    return before;
}

static void end_silence(silence before) {
    xmlSetStructuredErrorFunc(before.user, before.handler);
}

bkti_pattern *bkti_pattern_new(const char *pattern) {
    silence before = begin_silence();
    xmlRegexp *compiled = xmlRegexpCompile((const xmlChar *)pattern);
    end_silence(before);
    bkti_pattern *made = compiled == NULL ? NULL : xmlMalloc(sizeof *made);
    if (made == NULL) {
        xmlRegFreeRegexp(compiled);
        return NULL;
    }
    made->compiled = compiled;
    atomic_init(&made->surrenders, 0);
    return made;
}

void bkti_pattern_free(bkti_pattern *pattern) {
    if (pattern != NULL) {
        xmlRegFreeRegexp(pattern->compiled);
        xmlFree(pattern);
    }
}

bool bkti_pattern_was_given_up(const bkti_pattern *pattern) {
    return atomic_load_explicit(&pattern->surrenders, memory_order_relaxed) >= MOST_SURRENDERS;
}

bool bkti_pattern_matches(bkti_pattern *pattern, const char *text) {
    if (bkti_pattern_was_given_up(pattern)) {
        return true;
    }
    silence before = begin_silence();
    int result = xmlRegexpExec(pattern->compiled, (const xmlChar *)text);
    end_silence(before);
    if (result < 0) {
        atomic_fetch_add_explicit(&pattern->surrenders, 1, memory_order_relaxed);
    }
    return result != 0;
}
