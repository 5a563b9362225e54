/* SPDX-License-Identifier: MIT */
/* Writers opened in all ways, and ended. */
#include "bkti_structure.h"
#include "bkti_writer_parts.h"

/* Everything but the sink. */
static bkt_status new_writer(bkt_context *context, const bkt_write_options *given,
                             bkt_writer **out_writer) {
    bkti_memory *memory = bkti_context_memory(context);
    bkt_writer *writer = bkti_allocate_zeroed(memory, 1, sizeof *writer);
    if (writer == NULL) {
        return bkti_no_memory(context);
    }
    writer->context = context;
    writer->memory = memory;
    bkti_text_init(&writer->bytes, memory);
    bkti_text_init(&writer->set_key, memory);
    bkti_text_init(&writer->series_key, memory);
    bkti_text_init(&writer->scratch, memory);
    bkti_text_init(&writer->row_begin, memory);
    bkt_status status = bkti_writer_take_options(writer, given);
    if (status != BKT_OK) {
        bkt_writer_free(writer);
        return status;
    }
    *out_writer = writer;
    return BKT_OK;
}

/* With what opening the sink gave. */
static bkt_status finish_opening(bkt_writer *writer, bkt_status status, bkt_writer **out_writer) {
    if (status == BKT_OK && (writer->options.flags & BKT_WRITE_GZIP) != 0) {
        status = bkti_sink_compress(writer->sink);
    }
    if (status != BKT_OK) {
        bkt_writer_free(writer);
        return status;
    }
    *out_writer = writer;
    return BKT_OK;
}

bkt_status bkt_writer_open_path(bkt_context *context, const char *path,
                                const bkt_write_options *options, bkt_writer **out_writer) {
    if (out_writer != NULL) {
        *out_writer = NULL;
    }
    if (context == NULL || path == NULL || out_writer == NULL) {
        return bkti_writer_fail_null(context, "bkt_writer_open_path");
    }
    bkt_writer *writer;
    bkt_status status = new_writer(context, options, &writer);
    if (status != BKT_OK) {
        return status;
    }
    uint32_t flags = (writer->options.flags & BKT_WRITE_SYNC) != 0 ? BKTI_SINK_SYNC : 0;
    status = bkti_sink_open_path(context, path, flags, &writer->sink);
    return finish_opening(writer, status, out_writer);
}

bkt_status bkt_writer_open_callback(bkt_context *context, bkt_write_function write, void *user,
                                    const bkt_write_options *options, bkt_writer **out_writer) {
    if (out_writer != NULL) {
        *out_writer = NULL;
    }
    if (context == NULL || write == NULL || out_writer == NULL) {
        return bkti_writer_fail_null(context, "bkt_writer_open_callback");
    }
    bkt_writer *writer;
    bkt_status status = new_writer(context, options, &writer);
    if (status != BKT_OK) {
        return status;
    }
    status = bkti_sink_open_callback(context, write, user, &writer->sink);
    return finish_opening(writer, status, out_writer);
}

bkt_status bkt_writer_open_memory(bkt_context *context, const bkt_write_options *options,
                                  bkt_writer **out_writer) {
    if (out_writer != NULL) {
        *out_writer = NULL;
    }
    if (context == NULL || out_writer == NULL) {
        return bkti_writer_fail_null(context, "bkt_writer_open_memory");
    }
    bkt_writer *writer;
    bkt_status status = new_writer(context, options, &writer);
    if (status != BKT_OK) {
        return status;
    }
    writer->is_memory = true;
    status = bkti_sink_open_text(context, &writer->bytes, &writer->sink);
    return finish_opening(writer, status, out_writer);
}

static void free_lists(bkt_writer *writer) {
    for (size_t i = 0; i < writer->target_count; i++) {
        bkti_release(writer->memory, writer->targets[i].structure);
        bkti_release(writer->memory, writer->targets[i].dataflow);
        bkti_release(writer->memory, writer->targets[i].time);
    }
    for (size_t i = 0; i < writer->name_count; i++) {
        bkti_release(writer->memory, writer->names[i].id);
        bkti_release(writer->memory, writer->names[i].label);
    }
    bkti_release(writer->memory, writer->targets);
    bkti_release(writer->memory, writer->names);
    bkti_release(writer->memory, writer->fields);
}

void bkt_writer_free(bkt_writer *writer) {
    if (writer == NULL) {
        return;
    }
    /* What was not finished does not appear. */
    (void)bkti_sink_finish(writer->sink, BKT_ERR_CANCELLED);
    free_lists(writer);
    bkti_writer_free_options(writer);
    bkti_set_clear(writer, &writer->set);
    bkti_layout_free(writer, &writer->layout);
    bkti_group_set_clear(writer);
    bkti_release(writer->memory, writer->groups.entries);
    bkti_dictionary_drop(writer->missing);
    bkti_dictionary_drop(writer->strangers);
    bkti_dictionary_drop(writer->misplaced);
    bkti_structure_drop((bkt_structure *)(uintptr_t)writer->options.data_structures);
    bkti_release(writer->memory, writer->message_id);
    bkti_release(writer->memory, writer->prepared);
    bkti_release(writer->memory, writer->sender);
    bkti_release(writer->memory, writer->source);
    bkti_text_free(&writer->bytes);
    bkti_text_free(&writer->set_key);
    bkti_text_free(&writer->series_key);
    bkti_text_free(&writer->scratch);
    bkti_text_free(&writer->row_begin);
    bkti_release(writer->memory, writer);
}
