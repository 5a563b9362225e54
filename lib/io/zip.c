/* SPDX-License-Identifier: MIT */
/* zip (APPNOTE.TXT 6.3.10), read from front to back by the members' own headers, so that it works
 * for bytes that come one after the other; the directory at the end is not needed. */
#include "bkti_source_parts.h"

#define SIGNATURE_MEMBER     UINT32_C(0x04034b50)
#define SIGNATURE_DESCRIPTOR UINT32_C(0x08074b50)
/* What comes behind the members: archive extra data, the directory, its end (zip64 or not). */
#define SIGNATURE_EXTRA     UINT32_C(0x08064b50)
#define SIGNATURE_DIRECTORY UINT32_C(0x02014b50)
#define SIGNATURE_WIDE_END  UINT32_C(0x06064b50)
#define SIGNATURE_END       UINT32_C(0x06054b50)

#define HEADER_SIZE ((size_t)30)
/* The longest descriptor and the signature of what follows. */
#define DESCRIPTOR_ROOM ((size_t)28)

#define FLAG_ENCRYPTED  0x0001
#define FLAG_DESCRIPTOR 0x0008
#define FLAG_MASKED     0x2000

#define METHOD_STORED   0
#define METHOD_DEFLATED 8

#define WIDE_FIELD 0x0001 /* id of the zip64 extra field */
#define NOT_HERE   UINT32_C(0xffffffff)

static uint16_t number_16(const unsigned char *bytes) {
    return (uint16_t)(bytes[0] | bytes[1] << 8);
}

static uint32_t number_32(const unsigned char *bytes) {
    return (uint32_t)number_16(bytes) | (uint32_t)number_16(bytes + 2) << 16;
}

static uint64_t number_64(const unsigned char *bytes) {
    return (uint64_t)number_32(bytes) | (uint64_t)number_32(bytes + 4) << 32;
}

static bkt_status fail_truncated(bkti_source *source, const char *where) {
    bkti_place place = {.source = bkti_source_name(source)};
    return bkti_fail(source->context, BKT_ERR_TRUNCATED, &place, "the zip ends in the middle: %s",
                     where);
}

static bkt_status fail_damaged(bkti_source *source, const char *what) {
    bkti_place place = {.source = bkti_source_name(source)};
    return bkti_fail(source->context, BKT_ERR_COMPRESSION, &place, "the zip is damaged: %s", what);
}

static const char *method_name(uint16_t method) {
    static const struct {
        uint16_t method;
        const char *name;
    } methods[] = {
        {1, "shrink"}, {6, "implode"},    {9, "Deflate64"}, {12, "bzip2"},
        {14, "LZMA"},  {93, "Zstandard"}, {95, "xz"},       {98, "PPMd"},
    };
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        if (methods[i].method == method) {
            return methods[i].name;
        }
    }
    return "not known here";
}

static bool is_encrypted(const bkti_zip *zip) {
    return (zip->flags & (FLAG_ENCRYPTED | FLAG_MASKED)) != 0;
}

static bool is_readable(const bkti_zip *zip) {
    return !is_encrypted(zip) && (zip->method == METHOD_STORED || zip->method == METHOD_DEFLATED);
}

static bkt_status fail_unsupported(bkti_source *source) {
    const bkti_zip *zip = &source->zip;
    const char *name = bkti_text_get(&zip->name);
    bkti_place place = {.source = bkti_source_name(source)};
    if (is_encrypted(zip)) {
        return bkti_fail(source->context, BKT_ERR_UNSUPPORTED, &place,
                         "the member '%s' of the zip is encrypted; unpack it with its password "
                         "first",
                         name);
    }
    return bkti_fail(source->context, BKT_ERR_UNSUPPORTED, &place,
                     "the member '%s' of the zip is compressed by method %u (%s); stored and "
                     "deflated members can be read",
                     name, (unsigned)zip->method, method_name(zip->method));
}

/* Sizes of 64 bits, which the header's own fields point to with all bits set. */
static void read_extra(bkti_zip *zip, const unsigned char *extra, size_t size) {
    while (size >= 4) {
        size_t field = number_16(extra + 2);
        if (field > size - 4) {
            break; /* some programs pad the field with rubbish */
        }
        if (number_16(extra) == WIDE_FIELD) {
            const unsigned char *value = extra + 4;
            const unsigned char *end = value + field;
            zip->wide = true;
            if (zip->size == NOT_HERE && end - value >= 8) {
                zip->size = number_64(value);
                value += 8;
            }
            if (zip->packed_size == NOT_HERE && end - value >= 8) {
                zip->packed_size = number_64(value);
            }
            return;
        }
        extra += 4 + field;
        size -= 4 + field;
    }
}

static bkt_status read_name(bkti_source *source, const unsigned char *name, size_t size) {
    bkti_zip *zip = &source->zip;
    bkti_text *full = &source->member_name;
    bkti_text_clear(&zip->name);
    bkti_text_clear(full);
    bkti_text_append(&zip->name, (const char *)name, size);
    bkti_text_append_format(full, "%s(%s)", source->name, bkti_text_get(&zip->name));
    return zip->name.failed || full->failed ? bkti_no_memory(source->context) : BKT_OK;
}

static bkt_status read_header_fields(bkti_source *source, const unsigned char *header) {
    bkti_zip *zip = &source->zip;
    size_t name_size = number_16(header + 26);
    size_t extra_size = number_16(header + 28);
    zip->flags = number_16(header + 6);
    zip->method = number_16(header + 8);
    zip->crc = number_32(header + 14);
    zip->packed_size = number_32(header + 18);
    zip->size = number_32(header + 22);
    zip->wide = false;
    read_extra(zip, header + HEADER_SIZE + name_size, extra_size);
    /* With a descriptor the sizes here are 0, but some programs fill them in all the same. */
    bool has_size = zip->packed_size != 0 && zip->packed_size != NOT_HERE;
    zip->sizes_known =
        (zip->flags & FLAG_DESCRIPTOR) == 0 || has_size || zip->method == METHOD_STORED;
    zip->crc_so_far = 0;
    zip->packed_so_far = 0;
    zip->size_so_far = 0;
    return read_name(source, header + HEADER_SIZE, name_size);
}

/* Reads the header of the next member. BKT_END before the directory. */
static bkt_status read_header(bkti_source *source) {
    bkti_input *input = &source->input;
    bkti_zip *zip = &source->zip;
    bkt_status status = bkti_input_need(input, 4);
    if (status != BKT_OK) {
        return status;
    }
    if (input->size < 4) {
        return fail_truncated(source, "its directory is missing, so members may be too");
    }
    uint32_t signature = number_32(input->data);
    if (signature == SIGNATURE_DIRECTORY || signature == SIGNATURE_END ||
        signature == SIGNATURE_WIDE_END || signature == SIGNATURE_EXTRA) {
        zip->stage = BKTI_ZIP_DIRECTORY;
        return BKT_END;
    }
    if (signature != SIGNATURE_MEMBER) {
        return fail_damaged(source, "behind a member stands neither a member nor the directory");
    }
    status = bkti_input_need(input, HEADER_SIZE);
    if (status == BKT_OK && input->size >= HEADER_SIZE) {
        size_t size = HEADER_SIZE + number_16(input->data + 26) + number_16(input->data + 28);
        status = bkti_input_need(input, size);
        if (status == BKT_OK && input->size >= size) {
            status = read_header_fields(source, input->data);
            bkti_input_take(input, size);
            zip->stage = BKTI_ZIP_DATA;
            zip->count++;
            return status;
        }
    }
    return status == BKT_OK ? fail_truncated(source, "a member's header is cut") : status;
}

static bkt_status check_content(bkti_source *source) {
    const bkti_zip *zip = &source->zip;
    if (zip->passing && zip->sizes_known) {
        return BKT_OK; /* not unpacked */
    }
    if (zip->size_so_far != zip->size || zip->packed_so_far != zip->packed_size) {
        return fail_damaged(source, "a member has not the size that its header gives it");
    }
    if (zip->crc_so_far != zip->crc) {
        return fail_damaged(source, "a member's content does not fit its checksum (CRC-32)");
    }
    return BKT_OK;
}

/* The four forms of a descriptor: with a signature or without, sizes of 32 or of 64 bits. Told by
 * the sizes, which are known by now, and by what follows. */
static size_t find_descriptor(const bkti_source *source) {
    const bkti_zip *zip = &source->zip;
    const unsigned char *data = source->input.data;
    size_t available = source->input.size;
    for (int form = 0; form < 4; form++) {
        size_t begin = form < 2 ? 4 : 0;
        bool wide = (form % 2 == 0) == zip->wide;
        size_t size = begin + (wide ? 20 : 12);
        if (size > available || (begin == 4 && number_32(data) != SIGNATURE_DESCRIPTOR)) {
            continue;
        }
        const unsigned char *sizes = data + begin + 4;
        bool fits = wide ? number_64(sizes) == zip->packed_so_far &&
                               number_64(sizes + 8) == zip->size_so_far
                         : number_32(sizes) == (uint32_t)zip->packed_so_far &&
                               number_32(sizes + 4) == (uint32_t)zip->size_so_far;
        bool goes_on = available < size + 2 || (data[size] == 'P' && data[size + 1] == 'K');
        if (fits && goes_on) {
            return size;
        }
    }
    return 0;
}

static bkt_status read_descriptor(bkti_source *source) {
    bkti_zip *zip = &source->zip;
    bkti_input *input = &source->input;
    bkt_status status = bkti_input_need(input, DESCRIPTOR_ROOM);
    if (status != BKT_OK) {
        return status;
    }
    size_t size = find_descriptor(source);
    if (size == 0 && zip->method == METHOD_STORED && zip->packed_so_far == 0) {
        bkti_place place = {.source = bkti_source_name(source)};
        return bkti_fail(source->context, BKT_ERR_UNSUPPORTED, &place,
                         "the member '%s' of the zip is stored with its size behind it, so its end "
                         "can't be told when reading from the front; pack the zip again with "
                         "compression",
                         bkti_text_get(&zip->name));
    }
    if (size == 0) {
        return input->size < DESCRIPTOR_ROOM
                   ? fail_truncated(source, "a member's checksum is missing")
                   : fail_damaged(source, "a member has not the size that stands behind it");
    }
    size_t sizes_size = size >= 20 ? 16 : 8;
    zip->crc = number_32(input->data + size - sizes_size - 4);
    zip->packed_size = zip->packed_so_far;
    zip->size = zip->size_so_far;
    bkti_input_take(input, size);
    zip->stage = BKTI_ZIP_BETWEEN;
    return check_content(source);
}

/* To be called when the member's data are over. */
static bkt_status finish_data(bkti_source *source) {
    bkti_zip *zip = &source->zip;
    if ((zip->flags & FLAG_DESCRIPTOR) != 0) {
        zip->stage = BKTI_ZIP_DESCRIPTOR;
        return BKT_OK;
    }
    zip->stage = BKTI_ZIP_BETWEEN;
    return check_content(source);
}

static bkt_status inflate_data(bkti_source *source) {
    bkti_zip *zip = &source->zip;
    bkt_status status = bkti_source_prepare(source, false);
    if (status != BKT_OK) {
        return status;
    }
    if (zip->packed_so_far == 0) {
        bkti_inflater_restart(source->inflater);
    }
    uint64_t packed_left = zip->sizes_known ? zip->packed_size - zip->packed_so_far : UINT64_MAX;
    uint64_t packed_before = packed_left;
    size_t made_before = source->block_size;
    bool ended = false;
    status = bkti_source_inflate(source, &packed_left, &ended);
    zip->packed_so_far += packed_before - packed_left;
    size_t made = source->block_size - made_before;
    zip->size_so_far += made;
    zip->crc_so_far = bkti_crc32(zip->crc_so_far, source->block + made_before, made);
    if (status == BKT_OK && zip->sizes_known && zip->size_so_far > zip->size) {
        status = fail_damaged(source, "a member unpacks to more than the size that its header "
                                      "gives it");
    }
    return status == BKT_OK && ended ? finish_data(source) : status;
}

bkt_status bkti_zip_fill(bkti_source *source) {
    bkti_zip *zip = &source->zip;
    if (!is_readable(zip)) {
        return fail_unsupported(source);
    }
    while (zip->stage == BKTI_ZIP_DESCRIPTOR || source->block_size < BKTI_BLOCK_SIZE) {
        if (zip->stage == BKTI_ZIP_BETWEEN) {
            return BKT_END;
        }
        bkt_status status =
            zip->stage == BKTI_ZIP_DATA ? inflate_data(source) : read_descriptor(source);
        if (status != BKT_OK) {
            return status;
        }
    }
    return BKT_OK;
}

bool bkti_zip_is_stored(const bkti_source *source) {
    return source->zip.method == METHOD_STORED && is_readable(&source->zip);
}

bkt_status bkti_zip_lend(bkti_source *source, bkti_span *out_block) {
    bkti_zip *zip = &source->zip;
    bkti_input *input = &source->input;
    while (zip->stage == BKTI_ZIP_DESCRIPTOR ||
           (zip->stage == BKTI_ZIP_DATA && zip->packed_so_far == zip->packed_size)) {
        bkt_status status =
            zip->stage == BKTI_ZIP_DATA ? finish_data(source) : read_descriptor(source);
        if (status != BKT_OK) {
            return status;
        }
    }
    if (zip->stage == BKTI_ZIP_BETWEEN) {
        return BKT_END;
    }
    uint64_t left = zip->packed_size - zip->packed_so_far;
    size_t size = left < BKTI_BLOCK_SIZE ? (size_t)left : BKTI_BLOCK_SIZE;
    bkt_status status = bkti_input_need(input, size);
    if (status != BKT_OK) {
        return status;
    }
    if (input->size < size) {
        return fail_truncated(source, "a member's data are cut");
    }
    zip->crc_so_far = bkti_crc32(zip->crc_so_far, input->data, size);
    zip->packed_so_far += size;
    zip->size_so_far += size;
    if (left == size && (zip->flags & FLAG_DESCRIPTOR) == 0) {
        status = finish_data(source); /* before its last block is out, if that can be */
        if (status != BKT_OK) {
            return status;
        }
    }
    out_block->data = (const char *)input->data;
    out_block->size = size;
    source->lent = size;
    return BKT_OK;
}

/* Passes over the packed bytes of a member whose sizes are known: nothing has to be unpacked. */
static bkt_status pass_packed(bkti_source *source) {
    bkti_zip *zip = &source->zip;
    bkti_input *input = &source->input;
    bkti_ahead_forget(source->ahead);
    while (zip->packed_so_far < zip->packed_size) {
        bkt_status status = bkti_input_need(input, 1);
        if (status == BKT_OK) {
            status = bkti_source_tell(source);
        }
        if (status != BKT_OK) {
            return status;
        }
        if (input->size == 0) {
            return fail_truncated(source, "a member's data are cut");
        }
        uint64_t left = zip->packed_size - zip->packed_so_far;
        size_t size = input->size < left ? input->size : (size_t)left;
        bkti_input_take(input, size);
        zip->packed_so_far += size;
    }
    zip->size_so_far = zip->size;
    return finish_data(source);
}

/* Passes over what is left of the member at hand. */
static bkt_status pass_member(bkti_source *source) {
    bkti_zip *zip = &source->zip;
    zip->passing = true;
    while (zip->stage == BKTI_ZIP_DATA || zip->stage == BKTI_ZIP_DESCRIPTOR) {
        bkt_status status;
        if (zip->stage == BKTI_ZIP_DATA && zip->sizes_known) {
            status = pass_packed(source);
        } else if (zip->stage == BKTI_ZIP_DATA && !is_readable(zip)) {
            status = fail_unsupported(source);
        } else {
            bkti_source_drop_block(source);
            status = zip->stage == BKTI_ZIP_DATA ? inflate_data(source) : read_descriptor(source);
        }
        if (status == BKT_OK) {
            status = bkti_source_tell(source);
        }
        if (status != BKT_OK) {
            return status;
        }
    }
    bkti_source_drop_block(source);
    return BKT_OK;
}

/* Whether the member has a byte. Where the header does not say so, the first block is unpacked
 * ahead. BKT_END: it has none. */
static bkt_status look_into(bkti_source *source) {
    const bkti_zip *zip = &source->zip;
    size_t name_size = zip->name.size;
    if (name_size > 0 && zip->name.data[name_size - 1] == '/') {
        return BKT_END;
    }
    if (zip->sizes_known) {
        return zip->size == 0 && (zip->flags & FLAG_ENCRYPTED) == 0 ? BKT_END : BKT_OK;
    }
    if (!is_readable(zip)) {
        return BKT_OK;
    }
    bkt_status status = bkti_zip_fill(source);
    return status == BKT_END && source->block_size > 0 ? BKT_OK : status;
}

static bkt_status open_member(bkti_source *source) {
    bkt_status status = read_header(source);
    if (status != BKT_OK) {
        return status;
    }
    source->zip.opening = true;
    source->zip.passing = false;
    uint32_t limit = bkti_context_options(source->context)->member_limit;
    if (source->zip.count > limit) {
        bkti_place place = {.source = source->name};
        return bkti_fail(source->context, BKT_ERR_LIMIT, &place,
                         "the zip has more than %u members (member_limit); raise the limit if the "
                         "input is to be trusted",
                         (unsigned)limit);
    }
    return BKT_OK;
}

bkt_status bkti_zip_next(bkti_source *source) {
    bkti_zip *zip = &source->zip;
    while (zip->stage != BKTI_ZIP_DIRECTORY) {
        if (!zip->opening) {
            bkt_status status = pass_member(source);
            if (status == BKT_OK) {
                bkti_text_clear(&source->member_name);
                status = open_member(source);
            }
            if (status != BKT_OK) {
                return status;
            }
        }
        bkt_status status = look_into(source);
        zip->opening = status == BKT_MORE;
        if (status != BKT_END) {
            return status;
        }
    }
    return BKT_END;
}
