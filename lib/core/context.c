/* SPDX-License-Identifier: MIT */
#include "bkti_context.h"

#include <stdarg.h>
#include <string.h>

#include "bkti_diagnostic.h"

struct bkt_context {
    bkti_memory *memory;
    bkt_context_options options;
    bkti_diagnostics diagnostics;
};

/* Size of the options in release 0.1, which stays readable for ever. */
#define FIRST_OPTIONS_SIZE sizeof(bkt_context_options)

static const bkt_context_options DEFAULTS = {
    .struct_size = sizeof(bkt_context_options),
    .memory_limit = UINT64_MAX,
    .text_limit = UINT64_C(16) << 20,
    .attribute_limit = UINT64_C(1) << 20,
    .dictionary_limit = 100000000,
    .depth_limit = 64,
    .attribute_count_limit = 1000,
    .column_limit = 4000,
    .expansion_limit = 400,
    .member_limit = 10000,
    .diagnostic_limit = 1000,
};

bkt_status bkt_context_options_init(bkt_context_options *options, uint32_t struct_size) {
    return bkti_options_init(options, struct_size, &DEFAULTS, sizeof DEFAULTS, FIRST_OPTIONS_SIZE);
}

static void default_64(uint64_t *limit, uint64_t by_default) {
    if (*limit == 0) {
        *limit = by_default;
    }
}

static void default_32(uint32_t *limit, uint32_t by_default) {
    if (*limit == 0) {
        *limit = by_default;
    }
}

static void replace_zeros(bkt_context_options *options) {
    default_64(&options->memory_limit, DEFAULTS.memory_limit);
    default_64(&options->text_limit, DEFAULTS.text_limit);
    default_64(&options->attribute_limit, DEFAULTS.attribute_limit);
    default_64(&options->dictionary_limit, DEFAULTS.dictionary_limit);
    default_32(&options->depth_limit, DEFAULTS.depth_limit);
    default_32(&options->attribute_count_limit, DEFAULTS.attribute_count_limit);
    default_32(&options->column_limit, DEFAULTS.column_limit);
    default_32(&options->expansion_limit, DEFAULTS.expansion_limit);
    default_32(&options->member_limit, DEFAULTS.member_limit);
    default_32(&options->diagnostic_limit, DEFAULTS.diagnostic_limit);
}

static bool has_all_or_no_memory_functions(const bkt_context_options *options) {
    int given =
        (options->allocate != NULL) + (options->reallocate != NULL) + (options->release != NULL);
    return given == 0 || given == 3;
}

/* Takes the memory over, also when it suffices for no context. */
static bkt_context *new_context(bkti_memory *memory, const bkt_context_options *options) {
    bkt_context *context = bkti_allocate(memory, sizeof *context);
    if (context == NULL) {
        bkti_memory_drop(memory);
        return NULL;
    }
    context->memory = memory;
    context->options = *options;
    bkti_diagnostics_init(&context->diagnostics, memory, options->diagnostic_limit);
    return context;
}

bkt_status bkt_context_new(const bkt_context_options *options, bkt_context **out_context) {
    if (out_context == NULL) {
        return BKT_ERR_ARGUMENT;
    }
    *out_context = NULL;
    bkt_context_options own = DEFAULTS;
    bkt_status status = bkti_options_take(NULL, options, &own, sizeof own, FIRST_OPTIONS_SIZE);
    if (status != BKT_OK) {
        return status;
    }
    if (own.flags != 0 || !has_all_or_no_memory_functions(&own)) {
        return BKT_ERR_ARGUMENT;
    }
    replace_zeros(&own);
    bkti_memory *memory = bkti_memory_new(&own);
    if (memory == NULL) {
        return BKT_ERR_MEMORY;
    }
    *out_context = new_context(memory, &own);
    return *out_context == NULL ? BKT_ERR_MEMORY : BKT_OK;
}

bkt_context *bkti_context_new_beside(const bkt_context *context) {
    bkt_context_options options = context->options;
    options.log = NULL;
    options.progress = NULL;
    return new_context(bkti_memory_hold(context->memory), &options);
}

void bkt_context_free(bkt_context *context) {
    if (context == NULL) {
        return;
    }
    bkti_memory *memory = context->memory;
    bkti_diagnostics_clear(&context->diagnostics);
    bkti_release(memory, context);
    bkti_memory_drop(memory);
}

uint64_t bkt_context_memory_used(const bkt_context *context) {
    return context == NULL ? 0 : bkti_memory_used(context->memory);
}

uint64_t bkt_context_memory_peak(const bkt_context *context) {
    return context == NULL ? 0 : bkti_memory_peak(context->memory);
}

uint32_t bkt_context_diagnostic_count(const bkt_context *context) {
    return context == NULL ? 0 : context->diagnostics.count;
}

const bkt_diagnostic *bkt_context_diagnostic_at(const bkt_context *context, uint32_t index) {
    if (context == NULL || index >= context->diagnostics.count) {
        return NULL;
    }
    return context->diagnostics.kept[index];
}

const bkt_diagnostic *bkt_context_error(const bkt_context *context) {
    return context == NULL ? NULL : context->diagnostics.error;
}

const char *bkt_context_error_text(const bkt_context *context) {
    return bkt_diagnostic_line_text(bkt_context_error(context));
}

void bkt_context_diagnostics_clear(bkt_context *context) {
    if (context != NULL) {
        bkti_diagnostics_clear(&context->diagnostics);
    }
}

bkti_memory *bkti_context_memory(bkt_context *context) {
    return context->memory;
}

const bkt_context_options *bkti_context_options(const bkt_context *context) {
    return &context->options;
}

static void record(bkt_context *context, int32_t severity, bkt_status status,
                   const bkti_place *place, const char *format, va_list arguments) {
    const bkt_diagnostic *diagnostic =
        bkti_diagnostics_record(&context->diagnostics, severity, status, place, format, arguments);
    if (diagnostic != NULL && context->options.log != NULL) {
        context->options.log(diagnostic, context->options.log_user);
    }
}

bkt_status bkti_fail(bkt_context *context, bkt_status status, const bkti_place *place,
                     const char *format, ...) {
    if (context != NULL) {
        va_list arguments;
        va_start(arguments, format);
        record(context, BKT_SEVERITY_ERROR, status, place, format, arguments);
        va_end(arguments);
    }
    return status;
}

void bkti_tell(bkt_context *context, int32_t severity, bkt_status status, const bkti_place *place,
               const char *format, ...) {
    if (context != NULL) {
        va_list arguments;
        va_start(arguments, format);
        record(context, severity, status, place, format, arguments);
        va_end(arguments);
    }
}

bkt_status bkti_no_memory(bkt_context *context) {
    if (context != NULL && bkti_memory_limit_was_reached(context->memory)) {
        return bkti_fail(context, BKT_ERR_LIMIT, NULL,
                         "memory_limit, %llu bytes, does not suffice; raise it if the input is to "
                         "be trusted",
                         (unsigned long long)context->options.memory_limit);
    }
    return bkti_fail(context, BKT_ERR_MEMORY, NULL, "out of memory");
}

bkt_status bkti_progress(bkt_context *context, uint64_t done, uint64_t total, uint64_t rows) {
    if (context == NULL || context->options.progress == NULL ||
        context->options.progress(done, total, rows, context->options.progress_user) == 0) {
        return BKT_OK;
    }
    return bkti_fail(context, BKT_ERR_CANCELLED, NULL, "the progress callback asked to stop");
}
