/* SPDX-License-Identifier: MIT */
/* Reading structures of tests/data, or out of a text, and looking at them. */
#ifndef STRUCTURE_FIXTURE_H
#define STRUCTURE_FIXTURE_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <bktrade/structure.h>

#define TEXT_SIZE 1000

static inline bkt_context *new_context(void) {
    bkt_context *context;
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    return context;
}

static inline const char *structure_path(char *buffer, const char *name) {
    const char *folder = getenv("BKT_TEST_DATA");
    ck_assert_msg(folder != NULL, "BKT_TEST_DATA is not set");
    ck_assert_int_lt(snprintf(buffer, TEXT_SIZE, "%s/structures/%s", folder, name), TEXT_SIZE);
    return buffer;
}

static inline bkt_structure *read_structure(bkt_context *context, const char *name) {
    char path[TEXT_SIZE];
    bkt_structure *structure;
    bkt_status status = bkt_structure_read(context, structure_path(path, name), NULL, &structure);
    ck_assert_msg(status == BKT_OK, "%s: %s", name, bkt_context_error_text(context));
    return structure;
}

/* A structure message of 2.1 around some elements of its namespace "s", names in "c". Is to be
 * freed. */
static inline char *structure_message(const char *elements) {
    static const char format[] =
        "<m:Structure xmlns:m=\"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message\"\n"
        "xmlns:s=\"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure\"\n"
        "xmlns:c=\"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common\">"
        "<m:Structures>%s</m:Structures></m:Structure>";
    size_t size = sizeof format + strlen(elements);
    char *text = malloc(size);
    ck_assert_ptr_nonnull(text);
    snprintf(text, size, format, elements);
    return text;
}

static inline bkt_status read_elements(bkt_context *context, const char *elements, uint32_t flags,
                                       bkt_structure **out_structure) {
    bkt_structure_options options;
    ck_assert_int_eq(bkt_structure_options_init(&options, sizeof options), BKT_OK);
    options.flags = flags;
    char *text = structure_message(elements);
    bkt_status status =
        bkt_structure_read_memory(context, text, strlen(text), &options, out_structure);
    ck_assert((status == BKT_OK) == (*out_structure != NULL));
    free(text);
    return status;
}

/* The ids of an item's parts of a kind, each with a space behind. */
static inline const char *ids_of(const bkt_item *item, int32_t kind) {
    static char text[TEXT_SIZE];
    text[0] = '\0';
    for (uint32_t i = 0; i < bkt_item_child_count(item, kind); i++) {
        const bkt_item *child = bkt_item_child_at(item, kind, i);
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s ", bkt_item_id(child));
    }
    return text;
}

#endif
