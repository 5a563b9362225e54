/* SPDX-License-Identifier: MIT */
/* Structures from files and memory; the documents of each source one after the other. */
#include "bkti_structure_message.h"

struct bkt_structure_builder {
    bkt_context *context;
    bkti_memory *memory;
    bkt_structure *structure;
    bkt_structure_options options;
    bkt_status status;
};

static const bkt_structure_options defaults = {.struct_size = sizeof(bkt_structure_options)};

bkt_status bkt_structure_options_init(bkt_structure_options *options, uint32_t struct_size) {
    return bkti_options_init(options, struct_size, &defaults, sizeof defaults, sizeof defaults);
}

bkt_status bkt_structure_builder_new(bkt_context *context, const bkt_structure_options *options,
                                     bkt_structure_builder **out_builder) {
    if (out_builder != NULL) {
        *out_builder = NULL;
    }
    if (context == NULL || out_builder == NULL) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "a structure needs a context and a place for its builder");
    }
    bkt_structure_options taken = defaults;
    bkt_status status = bkti_options_take(context, options, &taken, sizeof taken, sizeof defaults);
    status = status == BKT_OK ? bkti_flags_check(context, "bkt_structure_options", taken.flags,
                                                 BKT_STRUCTURE_STRICT)
                              : status;
    if (status != BKT_OK) {
        return status;
    }
    bkti_memory *memory = bkti_context_memory(context);
    bkt_structure_builder *builder = bkti_allocate_zeroed(memory, 1, sizeof *builder);
    if (builder == NULL) {
        return bkti_no_memory(context);
    }
    builder->context = context;
    builder->memory = bkti_memory_hold(memory);
    builder->options = taken;
    builder->structure = bkti_structure_new(memory);
    if (builder->structure == NULL) {
        bkt_structure_builder_free(builder);
        return bkti_no_memory(context);
    }
    *out_builder = builder;
    return BKT_OK;
}

void bkt_structure_builder_free(bkt_structure_builder *builder) {
    if (builder == NULL) {
        return;
    }
    bkti_memory *memory = builder->memory;
    bkti_structure_drop(builder->structure);
    bkti_release(memory, builder);
    bkti_memory_drop(memory);
}

/* All documents of the source. In a zip there may be others beside the structures. */
static bkt_status take_documents(bkt_structure_builder *builder, bkti_source *source) {
    uint64_t taken = 0;
    bkt_status status = bkti_source_next_document(source);
    bool is_alone = bkti_source_member(source) == NULL;
    while (status == BKT_OK) {
        status =
            bkti_structure_message_read(builder->context, source, builder->structure, is_alone);
        taken += status == BKT_OK;
        status = status == BKT_OK || status == BKT_END ? bkti_source_next_document(source) : status;
    }
    if (status != BKT_END) {
        return status;
    }
    bkti_place place = {.source = bkti_source_name(source)};
    return taken > 0 ? BKT_OK
                     : bkti_fail(builder->context, BKT_ERR_NO_DATA, &place,
                                 "the zip has no SDMX-ML structure message");
}

static bkt_status check(bkt_structure_builder *builder, bool arguments) {
    if (builder == NULL) {
        return BKT_ERR_ARGUMENT;
    }
    if (!arguments) {
        return bkti_fail(builder->context, BKT_ERR_ARGUMENT, NULL,
                         "a path, or bytes in memory, were expected");
    }
    return builder->status == BKT_OK
               ? BKT_OK
               : bkti_fail(builder->context, BKT_ERR_STATE, NULL,
                           "an earlier message failed: this builder can only be freed");
}

static bkt_status take_source(bkt_structure_builder *builder, bkt_status status,
                              bkti_source *source) {
    builder->status = status == BKT_OK ? take_documents(builder, source) : status;
    bkti_source_free(source);
    return builder->status;
}

bkt_status bkt_structure_builder_add_path(bkt_structure_builder *builder, const char *path) {
    bkti_source *source = NULL;
    bkt_status status = check(builder, path != NULL);
    if (status != BKT_OK) {
        return status;
    }
    status = bkti_source_open_path(builder->context, path, NULL, &source);
    return take_source(builder, status, source);
}

bkt_status bkt_structure_builder_add_memory(bkt_structure_builder *builder, const void *data,
                                            size_t size, const char *name) {
    bkti_source *source = NULL;
    bkt_status status = check(builder, data != NULL || size == 0);
    if (status != BKT_OK) {
        return status;
    }
    status = bkti_source_open_memory(builder->context, data, size, name, &source);
    return take_source(builder, status, source);
}

bkt_status bkt_structure_builder_finish(bkt_structure_builder *builder,
                                        bkt_structure **out_structure) {
    if (out_structure != NULL) {
        *out_structure = NULL;
    }
    bkt_status status = check(builder, out_structure != NULL);
    if (status == BKT_OK) {
        status = bkti_structure_finish(builder->context, builder->structure,
                                       (builder->options.flags & BKT_STRUCTURE_STRICT) != 0);
    }
    if (status == BKT_OK) {
        *out_structure = builder->structure;
        builder->structure = NULL;
    }
    bkt_structure_builder_free(builder);
    return status;
}

/* One source alone. */
static bkt_status read_one(bkt_context *context, const char *path, const void *data, size_t size,
                           const bkt_structure_options *options, bkt_structure **out_structure) {
    bkt_structure_builder *builder = NULL;
    if (out_structure != NULL) {
        *out_structure = NULL;
    }
    if (out_structure == NULL) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL, "a structure needs a place for itself");
    }
    bkt_status status = bkt_structure_builder_new(context, options, &builder);
    if (status != BKT_OK) {
        return status;
    }
    status = path != NULL ? bkt_structure_builder_add_path(builder, path)
                          : bkt_structure_builder_add_memory(builder, data, size, NULL);
    if (status != BKT_OK) {
        bkt_structure_builder_free(builder);
        return status;
    }
    return bkt_structure_builder_finish(builder, out_structure);
}

bkt_status bkt_structure_read(bkt_context *context, const char *path,
                              const bkt_structure_options *options, bkt_structure **out_structure) {
    if (path == NULL && out_structure != NULL) {
        *out_structure = NULL;
    }
    return path == NULL ? bkti_fail(context, BKT_ERR_ARGUMENT, NULL, "a path was expected")
                        : read_one(context, path, NULL, 0, options, out_structure);
}

bkt_status bkt_structure_read_memory(bkt_context *context, const void *data, size_t size,
                                     const bkt_structure_options *options,
                                     bkt_structure **out_structure) {
    return read_one(context, NULL, data, size, options, out_structure);
}
