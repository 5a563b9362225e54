/* SPDX-License-Identifier: MIT */
#include "bkti_source_parts.h"

#include <string.h>

#define PROGRESS_STEP   (UINT64_C(1) << 20)
#define EXPANSION_FLOOR (UINT64_C(16) << 20)

static bkt_status new_source(bkt_context *context, bkti_input_kind kind, const char *name,
                             bkti_source **out_source) {
    *out_source = NULL;
    bkti_memory *memory = bkti_context_memory(context);
    bkti_source *source = bkti_allocate_zeroed(memory, 1, sizeof *source);
    if (source == NULL) {
        return bkti_no_memory(context);
    }
    source->context = context;
    source->memory = memory;
    bkti_input_init(&source->input, context, kind);
    bkti_text_init(&source->member_name, memory);
    bkti_text_init(&source->zip.name, memory);
    source->name = bkti_copy_text(memory, name, strlen(name));
    if (source->name == NULL) {
        bkti_source_free(source);
        return bkti_no_memory(context);
    }
    source->input.name = source->name;
    *out_source = source;
    return BKT_OK;
}

bkt_status bkti_source_open_path(bkt_context *context, const char *path, const char *name,
                                 bkti_source **out_source) {
    bkti_source *source;
    bkt_status status = new_source(context, BKTI_INPUT_PATH, name == NULL ? path : name, &source);
    *out_source = source;
    if (status != BKT_OK) {
        return status;
    }
    status = bkti_input_open(&source->input, path);
    if (status != BKT_OK) {
        bkti_source_free(source);
        *out_source = NULL;
    }
    return status;
}

bkt_status bkti_source_open_memory(bkt_context *context, const void *data, size_t size,
                                   const char *name, bkti_source **out_source) {
    bkt_status status =
        new_source(context, BKTI_INPUT_MEMORY, name == NULL ? "memory" : name, out_source);
    if (status == BKT_OK) {
        bkti_input_lend(&(*out_source)->input, data, size);
    }
    return status;
}

bkt_status bkti_source_open_callback(bkt_context *context, bkt_read_function read, void *user,
                                     const char *name, bkti_source **out_source) {
    bkt_status status =
        new_source(context, BKTI_INPUT_CALLBACK, name == NULL ? "input" : name, out_source);
    if (status == BKT_OK) {
        (*out_source)->input.read = read;
        (*out_source)->input.user = user;
    }
    return status;
}

bkt_status bkti_source_open_feed(bkt_context *context, const char *name, bkti_source **out_source) {
    return new_source(context, BKTI_INPUT_FEED, name == NULL ? "input" : name, out_source);
}

bkt_status bkti_source_open_again(const bkti_source *source, bkt_context *context,
                                  bkti_source **out_again) {
    bkt_status status = new_source(context, source->input.kind, source->name, out_again);
    if (status == BKT_OK && !bkti_input_again(&(*out_again)->input, &source->input)) {
        bkti_source_free(*out_again);
        *out_again = NULL;
        status = BKT_ERR_STATE;
    }
    return status;
}

void bkti_source_free(bkti_source *source) {
    if (source == NULL) {
        return;
    }
    if (source->ahead == NULL) {
        bkti_release(source->memory, source->block);
    }
    bkti_ahead_free(source->ahead); /* which reads from the input */
    bkti_input_free(&source->input);
    bkti_inflater_free(source->inflater);
    bkti_text_free(&source->zip.name);
    bkti_text_free(&source->member_name);
    bkti_release(source->memory, source->name);
    bkti_release(source->memory, source);
}

void bkti_source_set_threads(bkti_source *source, uint32_t threads) {
    source->threads = threads;
}

bkt_status bkti_source_feed(bkti_source *source, const void *data, size_t size, bool last) {
    bkti_place place = {.source = source->name};
    if (source->input.kind != BKTI_INPUT_FEED || source->input.ended) {
        return bkti_fail(source->context, BKT_ERR_STATE, &place,
                         source->input.kind != BKTI_INPUT_FEED
                             ? "bytes were fed to an input that is not fed"
                             : "bytes were fed after the last");
    }
    if (data == NULL && size > 0) {
        return bkti_fail(source->context, BKT_ERR_ARGUMENT, &place,
                         "the bytes to feed are NULL, but their number is not 0");
    }
    bkti_ahead_pause(source->ahead);
    /* After an error, or behind the last member of a zip, nothing is of use any more. */
    bool is_over = source->status != BKT_OK || source->zip.stage == BKTI_ZIP_DIRECTORY;
    return bkti_input_feed(&source->input, data, is_over ? 0 : size, last);
}

void bkti_source_set_rows(bkti_source *source, uint64_t rows) {
    source->rows = rows;
}

bkt_status bkti_source_tell(bkti_source *source) {
    if (source->input.used - source->told < PROGRESS_STEP) {
        return BKT_OK;
    }
    source->told = source->input.used;
    return bkti_progress(source->context, source->told, source->input.total, source->rows);
}

bkt_status bkti_source_prepare(bkti_source *source, bool gzip) {
    if (source->block == NULL) {
        source->block = bkti_allocate(source->memory, BKTI_BLOCK_SIZE);
        if (source->block == NULL) {
            return bkti_no_memory(source->context);
        }
    }
    if (source->inflater == NULL) {
        source->inflater = bkti_inflater_new(source->memory, gzip);
        if (source->inflater == NULL) {
            return bkti_no_memory(source->context);
        }
    }
    return BKT_OK;
}

/* A few kilobytes that unpack to the size of a disk would keep the machine busy for hours. */
static bkt_status check_expansion(bkti_source *source) {
    uint64_t limit = bkti_context_options(source->context)->expansion_limit;
    if (source->unpacked <= EXPANSION_FLOOR || source->unpacked / limit < source->input.used) {
        return BKT_OK;
    }
    bkti_place place = {.source = bkti_source_name(source)};
    return bkti_fail(source->context, BKT_ERR_LIMIT, &place,
                     "the compressed data unpack to more than %llu bytes for each byte "
                     "(expansion_limit), as data made to harm do; raise the limit if the input is "
                     "to be trusted",
                     (unsigned long long)limit);
}

/* From here on another thread inflates ahead, if that is allowed and pays. Where there is no memory
 * or no thread for it, all goes on as before. */
static void consider_ahead(bkti_source *source, size_t size) {
    if (source->threads < 2 || source->ahead != NULL || source->block_size > 0 ||
        size < BKTI_AHEAD_FLOOR) {
        return;
    }
    source->ahead =
        bkti_ahead_new(source->memory, source->inflater, source->format == BKTI_FORMAT_GZIP);
    if (source->ahead == NULL) {
        source->threads = 1;
        return;
    }
    bkti_release(source->memory, source->block);
    source->block = bkti_ahead_block(source->ahead);
}

static bkti_inflater_result take_step(bkti_source *source, size_t size, size_t *out_used,
                                      size_t *out_made) {
    const unsigned char *data = source->input.data;
    if (source->ahead != NULL) {
        return bkti_ahead_step(source->ahead, data, size, source->block_size, out_used, out_made);
    }
    return bkti_inflater_step(source->inflater, data, size, out_used,
                              source->block + source->block_size,
                              BKTI_BLOCK_SIZE - source->block_size, out_made);
}

void bkti_source_drop_block(bkti_source *source) {
    if (source->ahead != NULL && source->block_size > 0) {
        bkti_ahead_next_block(source->ahead);
        source->block = bkti_ahead_block(source->ahead);
    }
    source->block_size = 0;
}

bkt_status bkti_source_inflate(bkti_source *source, uint64_t *packed_left, bool *out_ended) {
    bkti_input *input = &source->input;
    bkti_place place = {.source = bkti_source_name(source)};
    while (source->block_size < BKTI_BLOCK_SIZE) {
        size_t size = input->size < *packed_left ? input->size : (size_t)*packed_left;
        size_t used;
        size_t made;
        consider_ahead(source, size);
        bkti_inflater_result result = take_step(source, size, &used, &made);
        bkti_input_take(input, used);
        *packed_left -= used;
        source->block_size += made;
        source->unpacked += made;
        if (result == BKTI_INFLATER_DAMAGED) {
            return bkti_fail(source->context, BKT_ERR_COMPRESSION, &place,
                             "the compressed data are damaged before byte %llu (%s)",
                             (unsigned long long)input->used,
                             bkti_inflater_problem(source->inflater));
        }
        if (result == BKTI_INFLATER_NO_MEMORY) {
            return bkti_no_memory(source->context);
        }
        bkt_status status = check_expansion(source);
        if (status != BKT_OK) {
            return status;
        }
        if (result == BKTI_INFLATER_ENDED) {
            *out_ended = true;
            return BKT_OK;
        }
        if (used > 0 || made > 0) {
            continue;
        }
        if (*packed_left == 0) {
            return bkti_fail(source->context, BKT_ERR_COMPRESSION, &place,
                             "the compressed data are damaged: they go on behind the end that "
                             "their header gives them");
        }
        status = bkti_input_need(input, 1);
        if (status != BKT_OK) {
            return status;
        }
        if (input->size == 0) {
            return bkti_fail(source->context, BKT_ERR_TRUNCATED, &place,
                             "the compressed data end in the middle, after %llu bytes",
                             (unsigned long long)input->used);
        }
    }
    return BKT_OK;
}

/* gzip and zip begin with bytes that no text begins with. */
static bkt_status find_format(bkti_source *source) {
    bkti_input *input = &source->input;
    bkt_status status = bkti_input_need(input, 4);
    if (status != BKT_OK) {
        return status;
    }
    if (input->size == 0) {
        bkti_place place = {.source = source->name};
        return bkti_fail(source->context, BKT_ERR_EMPTY, &place,
                         "the input is empty; an SDMX message was expected");
    }
    const unsigned char *data = input->data;
    if (input->size >= 2 && data[0] == 0x1f && data[1] == 0x8b) {
        source->format = BKTI_FORMAT_GZIP;
    } else if (input->size >= 4 && data[0] == 'P' && data[1] == 'K' &&
               ((data[2] == 3 && data[3] == 4) || (data[2] == 5 && data[3] == 6))) {
        source->format = BKTI_FORMAT_ZIP; /* 5 6: a zip without members */
    } else {
        source->format = BKTI_FORMAT_PLAIN;
    }
    return BKT_OK;
}

/* Takes back the block that is out. */
static void take_back(bkti_source *source) {
    bkti_input_take(&source->input, source->lent);
    source->lent = 0;
    if (source->block_is_out) {
        source->block_is_out = false;
        bkti_source_drop_block(source);
    }
}

static bkt_status go_to_document(bkti_source *source) {
    if (source->format == BKTI_FORMAT_UNKNOWN) {
        bkt_status status = find_format(source);
        if (status != BKT_OK) {
            return status;
        }
    }
    if (source->format != BKTI_FORMAT_ZIP) {
        bkt_status status = source->begun ? BKT_END : BKT_OK;
        source->open = !source->begun;
        source->begun = true;
        return status;
    }
    bkt_status status = bkti_zip_next(source);
    source->open = status == BKT_OK;
    source->begun = source->begun || source->open;
    return status;
}

bkt_status bkti_source_next_document(bkti_source *source) {
    if (source->status != BKT_OK) {
        return source->status;
    }
    take_back(source);
    source->open = false;
    bkt_status status = go_to_document(source);
    if (status >= BKT_ERR_ARGUMENT) {
        source->status = status;
    }
    return status;
}

static bkt_status lend_plain(bkti_source *source, bkti_span *out_block) {
    bkti_input *input = &source->input;
    bkt_status status = bkti_input_need(input, BKTI_BLOCK_SIZE);
    if (status != BKT_OK) {
        return status;
    }
    if (input->size == 0) {
        return BKT_END;
    }
    size_t room = BKTI_BLOCK_SIZE - (size_t)(input->used % BKTI_BLOCK_SIZE);
    source->lent = input->size < room ? input->size : room;
    out_block->data = (const char *)input->data;
    out_block->size = source->lent;
    return BKT_OK;
}

static bkt_status next_block(bkti_source *source, bkti_span *out_block) {
    bkt_status status = bkti_source_tell(source);
    if (status != BKT_OK) {
        return status;
    }
    if (source->format == BKTI_FORMAT_PLAIN) {
        return lend_plain(source, out_block);
    }
    if (source->format == BKTI_FORMAT_ZIP && bkti_zip_is_stored(source)) {
        return bkti_zip_lend(source, out_block);
    }
    status = source->format == BKTI_FORMAT_ZIP ? bkti_zip_fill(source) : bkti_gzip_fill(source);
    if (status != BKT_OK && (status != BKT_END || source->block_size == 0)) {
        return status;
    }
    out_block->data = source->block;
    out_block->size = source->block_size;
    source->block_is_out = true;
    return BKT_OK;
}

bkt_status bkti_source_next_block(bkti_source *source, bkti_span *out_block) {
    out_block->data = NULL;
    out_block->size = 0;
    if (source->status != BKT_OK) {
        return source->status;
    }
    take_back(source);
    if (!source->open) {
        return BKT_END;
    }
    bkt_status status = next_block(source, out_block);
    if (status >= BKT_ERR_ARGUMENT) {
        source->status = status;
    }
    if (status != BKT_OK && status != BKT_MORE) {
        source->open = false;
    }
    return status;
}

uint64_t bkti_source_extent(const bkti_source *source) {
    return source->format == BKTI_FORMAT_PLAIN && bkti_input_is_at_hand(&source->input)
               ? source->input.total
               : 0;
}

bkti_span bkti_source_bytes_at(const bkti_source *source, uint64_t offset, size_t size,
                               char *room) {
    return bkti_input_bytes_at(&source->input, offset, size, room);
}

bkt_status bkti_source_go_to(bkti_source *source, uint64_t offset) {
    source->lent = 0;
    bkt_status status = bkti_input_go_to(&source->input, offset);
    status = status == BKT_OK ? bkti_source_tell(source) : status;
    source->status = status;
    return status;
}

const char *bkti_source_member(const bkti_source *source) {
    return source->member_name.size > 0 ? bkti_text_get(&source->zip.name) : NULL;
}

const char *bkti_source_name(const bkti_source *source) {
    return source->member_name.size > 0 ? bkti_text_get(&source->member_name) : source->name;
}

uint64_t bkti_source_done(const bkti_source *source) {
    return source->input.used;
}

uint64_t bkti_source_total(const bkti_source *source) {
    return source->input.total;
}
