/* SPDX-License-Identifier: MIT */
/* A structure message: what is read of it can be asked for everything, parts are found by their ids
 * and artefacts by their URNs, and a second reading of the same message beside the first adds
 * nothing. The first byte says how little memory there is. */
#include <string.h>

#include "sound.h"

enum { MOST_ITEMS = 20000, DEEPEST = 64 };

static const bkt_status documented[] = {
    BKT_ERR_EMPTY,     BKT_ERR_NOT_XML,      BKT_ERR_XML,         BKT_ERR_TRUNCATED,
    BKT_ERR_ENCODING,  BKT_ERR_DOCTYPE,      BKT_ERR_NOT_SDMX,    BKT_ERR_VERSION,
    BKT_ERR_LAYOUT,    BKT_ERR_MESSAGE_KIND, BKT_ERR_STRUCTURE,   BKT_ERR_REPEATED_COMPONENT,
    BKT_ERR_SERVER,    BKT_ERR_LIMIT,        BKT_ERR_MEMORY,      BKT_ERR_NO_DATA,
    BKT_ERR_CANCELLED, BKT_ERR_COMPRESSION,  BKT_ERR_UNSUPPORTED, BKT_OK};

typedef struct walk {
    uint64_t items;
    uint64_t properties;
} walk;

static void check_properties(const bkt_item *item, walk *seen) {
    uint32_t count = bkt_item_property_count(item);
    for (uint32_t i = 0; i < count && i < 100; i++) {
        const char *name = bkt_item_property_name_at(item, i);
        FUZZ_CHECK(name != NULL && name[0] != '\0', "a property without a name");
        FUZZ_CHECK(bkt_item_property_at(item, i) != NULL, "%s without a text", name);
        FUZZ_CHECK(bkt_item_property(item, name) != NULL, "%s is not found", name);
        const bkt_item *target = bkt_item_property_item_at(item, i);
        FUZZ_CHECK(target == NULL || bkt_item_structure(target) == bkt_item_structure(item),
                   "%s leads out", name);
        seen->properties++;
    }
    FUZZ_CHECK(bkt_item_property_at(item, count) == NULL, "one more property");
    const char *const languages[] = {NULL, "en", "fr-CA", ""};
    for (size_t i = 0; i < 4; i++) {
        FUZZ_CHECK((bkt_item_name(item, languages[i]) == NULL) == (bkt_item_name(item, "") == NULL),
                   "a name in some languages only");
    }
}

static void check_component(const bkt_item *item) {
    int32_t role = bkt_component_role(item);
    FUZZ_CHECK(role >= 0 && role <= BKT_ROLE_ATTRIBUTE, "role %d", (int)role);
    int32_t level = bkt_component_level(item);
    FUZZ_CHECK(level >= 0 && level <= BKT_LEVEL_OBSERVATION, "level %d", (int)level);
    uint32_t count = bkt_component_dimension_count(item);
    for (uint32_t i = 0; i < count && i < 50; i++) {
        const bkt_item *dimension = bkt_component_dimension_at(item, i);
        FUZZ_CHECK(dimension == NULL || bkt_item_kind(dimension) == BKT_ITEM_DIMENSION,
                   "no dimension");
    }
    FUZZ_CHECK(bkt_component_dimension_at(item, count) == NULL, "one more dimension");
    bkt_component_code_list(item);
    bkt_component_type(item);
}

static void check_item(const bkt_item *item, walk *seen, int depth) {
    char urn[300];
    size_t length;
    int32_t kind = bkt_item_kind(item);
    FUZZ_CHECK(kind > 0 && kind <= BKT_ITEM_OTHER, "kind %d", (int)kind);
    if (seen->items++ > MOST_ITEMS || depth > DEEPEST) {
        return;
    }
    check_properties(item, seen);
    check_component(item);
    if (bkt_item_urn(item, urn, sizeof urn, &length) == BKT_OK) {
        FUZZ_CHECK(strlen(urn) == length, "the length of %s", urn);
    }
    uint32_t count = bkt_item_child_count(item, BKT_ITEM_ANY);
    uint32_t by_kind = 0;
    for (int32_t each = 1; each <= BKT_ITEM_OTHER; each++) {
        by_kind += bkt_item_child_count(item, each);
    }
    FUZZ_CHECK(by_kind == count, "%u parts, by kind %u", (unsigned)count, (unsigned)by_kind);
    for (uint32_t i = 0; i < count && seen->items < MOST_ITEMS; i++) {
        const bkt_item *child = bkt_item_child_at(item, BKT_ITEM_ANY, i);
        FUZZ_CHECK(child != NULL && bkt_item_parent(child) == item, "the parent of a part");
        const bkt_item *found = bkt_item_child_find(item, bkt_item_kind(child), bkt_item_id(child));
        FUZZ_CHECK(bkt_item_id(child)[0] == '\0' ? found == NULL : found != NULL,
                   "the part '%s' is not found", bkt_item_id(child));
        FUZZ_CHECK(found == NULL || strcmp(bkt_item_id(found), bkt_item_id(child)) == 0,
                   "another part than '%s'", bkt_item_id(child));
        check_item(child, seen, depth + 1);
    }
}

static walk check_structure(const bkt_structure *structure) {
    walk seen = {0, 0};
    uint32_t count = bkt_structure_item_count(structure, BKT_ITEM_ANY);
    for (uint32_t i = 0; i < count; i++) {
        check_item(bkt_structure_item_at(structure, BKT_ITEM_ANY, i), &seen, 0);
    }
    bkt_structure_find_data_structure(structure, NULL);
    return seen;
}

/* Read so many times over into one structure. */
static bkt_status read_times(bkt_context *context, const uint8_t *data, size_t size, int times,
                             bkt_structure **out_structure) {
    bkt_structure_builder *builder = NULL;
    *out_structure = NULL;
    bkt_status status = bkt_structure_builder_new(context, NULL, &builder);
    for (int i = 0; i < times && status == BKT_OK; i++) {
        status = bkt_structure_builder_add_memory(builder, data, size, "x");
    }
    if (status != BKT_OK) {
        bkt_structure_builder_free(builder);
        return status;
    }
    return bkt_structure_builder_finish(builder, out_structure);
}

void fuzz_structure(const uint8_t *data, size_t size) {
    bkt_context_options options;
    bkt_context *context = NULL;
    bkt_structure *structures[2] = {NULL, NULL};
    walk seen[2];
    FUZZ_CHECK(bkt_context_options_init(&options, sizeof options) == BKT_OK, "no options");
    options.memory_limit = size > 0 && data[0] >= 0xf0 ? (uint64_t)(data[0] & 15) * 20000 : 0;
    FUZZ_CHECK(bkt_context_new(&options, &context) == BKT_OK, "no context");
    bkt_status status = BKT_OK;
    for (int i = 0; i < 2 && status == BKT_OK && size > 0; i++) {
        status = read_times(context, data + 1, size - 1, i + 1, &structures[i]);
        sound_status(context, status, documented, "reading a structure");
        FUZZ_CHECK((status == BKT_OK) == (structures[i] != NULL), "a structure and an error");
        seen[i] = check_structure(structures[i]);
    }
    if (structures[1] != NULL) {
        FUZZ_CHECK(bkt_structure_item_count(structures[0], 0) ==
                       bkt_structure_item_count(structures[1], 0),
                   "more artefacts when read twice");
        FUZZ_CHECK(seen[0].items == seen[1].items && seen[0].properties == seen[1].properties,
                   "more items when read twice");
    }
    sound_context(context);
    bkt_context_free(context);
    check_structure(structures[0]);
    bkt_structure_free(structures[0]);
    bkt_structure_free(structures[1]);
}
