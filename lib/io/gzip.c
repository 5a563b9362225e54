/* SPDX-License-Identifier: MIT */
/* gzip (RFC 1952): members one after the other, then nothing or zeros. */
#include "bkti_source_parts.h"

static bkt_status next_member(bkti_source *source) {
    bkti_input *input = &source->input;
    bkti_place place = {.source = source->name};
    bkt_status status = bkti_input_need(input, 2);
    if (status != BKT_OK) {
        return status;
    }
    if (input->size == 0) {
        return BKT_END;
    }
    if (input->data[0] == 0) {
        source->gzip = BKTI_GZIP_PADDING;
        return BKT_OK;
    }
    if (input->data[0] == 0x1f && input->size == 1) {
        return bkti_fail(source->context, BKT_ERR_TRUNCATED, &place,
                         "the gzip data end in the middle of a header, after %llu bytes",
                         (unsigned long long)input->used + 1);
    }
    if (input->data[0] != 0x1f || input->data[1] != 0x8b) {
        return bkti_fail(source->context, BKT_ERR_COMPRESSION, &place,
                         "after the gzip data, at byte %llu, stand bytes that are no gzip data; "
                         "the file is damaged or something was appended to it",
                         (unsigned long long)input->used);
    }
    status = bkti_source_prepare(source, true);
    if (status == BKT_OK) {
        if (source->ahead == NULL || !bkti_ahead_is_ahead(source->ahead)) {
            bkti_inflater_restart(source->inflater);
        }
        source->gzip = BKTI_GZIP_MEMBER;
    }
    return status;
}

/* Tapes and some disks fill the last sector up with zeros. */
static bkt_status skip_padding(bkti_source *source) {
    bkti_input *input = &source->input;
    for (;;) {
        bkt_status status = bkti_input_need(input, 1);
        if (status != BKT_OK) {
            return status;
        }
        if (input->size == 0) {
            return BKT_END;
        }
        size_t zeros = 0;
        while (zeros < input->size && input->data[zeros] == 0) {
            zeros++;
        }
        bkti_input_take(input, zeros);
        if (input->size > 0) {
            bkti_place place = {.source = source->name};
            return bkti_fail(source->context, BKT_ERR_COMPRESSION, &place,
                             "after the gzip data and some zeros stands something else at byte "
                             "%llu; the file is damaged or something was appended to it",
                             (unsigned long long)input->used);
        }
        status = bkti_source_tell(source);
        if (status != BKT_OK) {
            return status;
        }
    }
}

bkt_status bkti_gzip_fill(bkti_source *source) {
    while (source->gzip != BKTI_GZIP_MEMBER || source->block_size < BKTI_BLOCK_SIZE) {
        bkt_status status = BKT_OK;
        if (source->gzip == BKTI_GZIP_PADDING) {
            status = skip_padding(source);
        } else if (source->gzip == BKTI_GZIP_BETWEEN) {
            status = next_member(source);
        } else {
            bool ended = false;
            uint64_t packed_left = UINT64_MAX;
            status = bkti_source_inflate(source, &packed_left, &ended);
            source->gzip = ended ? BKTI_GZIP_BETWEEN : BKTI_GZIP_MEMBER;
        }
        if (status != BKT_OK) {
            return status;
        }
    }
    return BKT_OK;
}
