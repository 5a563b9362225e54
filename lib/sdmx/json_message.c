/* SPDX-License-Identifier: MIT */
/* An SDMX-JSON message from its first block to its last: facts are told when all of it is there,
 * since what its indexes mean may stand behind them. */
#include "bkti_csv_message.h"
#include "bkti_json_message.h"

#include <stdarg.h>
#include <stdio.h>

/* Characters of 16 or 32 bits show in the zeros about the brace that begins the document. */
static bkt_status refuse_wide(bkti_message *message, bkti_span block) {
    if (memchr(block.data, '\0', block.size < 4 ? block.size : 4) == NULL) {
        return BKT_OK;
    }
    return bkti_message_refuse(message, BKT_ERR_ENCODING,
                               "this looks like JSON in UTF-16 or UTF-32; JSON is read in UTF-8, "
                               "as RFC 8259 demands");
}

bkt_status bkti_json_message_new(bkti_message *message, bkti_span block,
                                 bkti_json_message **out_json) {
    *out_json = NULL;
    bkt_status status = refuse_wide(message, block);
    if (status != BKT_OK) {
        return status;
    }
    bkti_json_message *json = bkti_allocate_zeroed(message->memory, 1, sizeof *json);
    if (json == NULL) {
        return bkti_no_memory(message->context);
    }
    json->message = message;
    bkti_text_init(&json->joined, message->memory);
    status = bkti_json_new(message->context, message->source, &json->document);
    if (status != BKT_OK) {
        bkti_json_message_free(json);
        return status;
    }
    *out_json = json;
    return BKT_OK;
}

void bkti_json_message_free(bkti_json_message *json) {
    if (json == NULL) {
        return;
    }
    bkti_json_free_structures(json);
    bkti_json_free(json->document);
    bkti_text_free(&json->joined);
    bkti_release(json->message->memory, json->rooms);
    bkti_release(json->message->memory, json);
}

void bkti_json_message_place(const bkti_json_message *json, bkti_place *out_place) {
    bkti_json_place(json->document, json->standing, out_place);
}

/* Such as data.dataSets[0].series["0:1"].observations["3"]. */
static void write_path(const bkti_json_message *json, char *path, size_t size) {
    size_t used = (size_t)snprintf(path, size, "%sdataSets[%u]", json->is_draft ? "" : "data.",
                                   (unsigned)json->dataset);
    if (json->part != NULL) {
        used += (size_t)snprintf(path + used, size - used, ".%s", json->part);
    }
    if (json->series.data != NULL) {
        used += (size_t)snprintf(path + used, size - used, "[\"%.*s\"]",
                                 bkti_csv_shown(json->series), json->series.data);
    }
    if (json->observation.data != NULL) {
        snprintf(path + used, size - used, "%s[\"%.*s\"]",
                 json->series.data != NULL ? ".observations" : "",
                 bkti_csv_shown(json->observation), json->observation.data);
    }
}

bkt_status bkti_json_message_fail(const bkti_json_message *json, bkt_status status,
                                  const char *format, ...) {
    char path[400];
    char sentence[500];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    write_path(json, path, sizeof path);
    bkti_place place;
    bkti_json_message_place(json, &place);
    place.dataset = json->message->dataset_count;
    return bkti_fail(json->message->context, status, &place, "%s: %s", path, sentence);
}

static const char *const structure_members[] = {
    "agencySchemes",           "categorisations",     "categorySchemes",    "codelists",
    "conceptSchemes",          "contentConstraints",  "customTypeSchemes",  "dataConstraints",
    "dataConsumerSchemes",     "dataProviderSchemes", "dataStructures",     "dataflows",
    "hierarchicalCodelists",   "hierarchies",         "metadataStructures", "metadataflows",
    "organisationUnitSchemes", "provisionAgreements", "structureSets",      "valueLists",
};

static bool has_member(const bkti_json_value *object, const char *name) {
    return bkti_json_member(object, name) != NULL;
}

static bool is_structure_message(const bkti_json_value *data) {
    for (size_t i = 0; i < sizeof structure_members / sizeof *structure_members; i++) {
        if (has_member(data, structure_members[i])) {
            return true;
        }
    }
    return false;
}

/* JSON that holds no data of SDMX. */
static bkt_status refuse_other(bkti_json_message *json, const bkti_json_value *root) {
    bkti_message *message = json->message;
    if (bkti_json_kind(root) != BKTI_JSON_OBJECT) {
        return bkti_message_refuse(message, BKT_ERR_NOT_SDMX,
                                   "the JSON document is %s, not an SDMX-JSON data message",
                                   bkti_json_kind_text(root));
    }
    if (has_member(json->data, "metadataSets") || has_member(json->data, "metadatasets")) {
        message->kind = BKT_MESSAGE_GENERIC_METADATA;
        return bkti_message_refuse(message, BKT_ERR_MESSAGE_KIND,
                                   "this is an SDMX-JSON metadata message; a data message was "
                                   "expected");
    }
    if (is_structure_message(json->data)) {
        message->kind = BKT_MESSAGE_STRUCTURE;
        return bkti_message_refuse(message, BKT_ERR_MESSAGE_KIND,
                                   "this is an SDMX-JSON structure message; a data message was "
                                   "expected");
    }
    bool is_stat =
        has_member(root, "class") || (has_member(root, "dimension") && has_member(root, "value"));
    return bkti_message_refuse(message, BKT_ERR_NOT_SDMX,
                               "this is JSON%s, but no SDMX-JSON data message: it has no dataSets",
                               is_stat ? " (JSON-stat?)" : "");
}

static bool has_part(bkti_span text, const char *part) {
    size_t size = strlen(part);
    for (size_t i = 0; i + size <= text.size; i++) {
        if (memcmp(text.data + i, part, size) == 0) {
            return true;
        }
    }
    return false;
}

static const struct {
    const char *part; /* of the schema's address */
    const char *text;
    int32_t number;
} versions[] = {{"/2.1", "2.1", 21}, {"/2.0", "2.0", 20}, {"/1.0", "1.0", 10}};

/* By the schema that the message names, or else by what only one version has. */
static const char *find_version(bkti_json_message *json, const bkti_json_value *root) {
    char room[BKTI_JSON_ROOM];
    const bkti_json_value *schema = bkti_json_member(root, "$schema");
    if (schema == NULL) {
        schema = bkti_json_member(bkti_json_member(root, "meta"), "schema");
    }
    bkti_span address = bkti_json_text(schema, room);
    size_t found = json->is_several ? 1 : 2;
    for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
        if (has_part(address, versions[i].part)) {
            found = i;
            break;
        }
    }
    json->message->version = versions[found].number;
    return versions[found].text;
}

static bkt_status tell(bkti_json_message *json, const char *name, const char *text) {
    return json->message->listener->property(json->message->user, name, bkti_span_of(text));
}

static bkt_status tell_datasets(bkti_json_message *json, const bkti_json_value *datasets) {
    bkt_status status = bkti_json_find_structures(json);
    for (json->dataset = 0; status == BKT_OK && json->dataset < json->dataset_count;
         json->dataset++) {
        const bkti_json_value *dataset = bkti_json_item(datasets, json->dataset);
        json->standing = dataset;
        json->part = NULL;
        if (bkti_json_kind(dataset) != BKTI_JSON_OBJECT) {
            return bkti_json_message_fail(json, BKT_ERR_LAYOUT,
                                          "it is %s; a data set, which is an object, was expected",
                                          bkti_json_kind_text(dataset));
        }
        status = bkti_json_choose_structure(json, dataset);
        status = status == BKT_OK ? bkti_json_tell_dataset(json, dataset) : status;
    }
    json->standing = NULL;
    return status;
}

static void tell_repeated(const bkti_json_message *json, const bkti_json_value *root) {
    uint64_t count = bkti_json_repeated_count(json->document);
    if (count > 0) {
        bkti_place place;
        bkti_json_place(json->document, root, &place);
        bkti_tell(
            json->message->context, BKT_SEVERITY_WARNING, BKT_ERR_REPEATED_COMPONENT, &place,
            "of names that stand twice in an object of the JSON document the last is read, the "
            "others are not; there are %llu of them",
            (unsigned long long)count);
    }
}

/* The message is whole: data, or what else it is. */
static bkt_status tell_message(bkti_json_message *json) {
    const bkti_json_value *root = bkti_json_root(json->document);
    const bkti_json_value *errors = bkti_json_member(root, "errors");
    json->data = bkti_json_member(root, "data");
    json->is_draft = bkti_json_kind(json->data) != BKTI_JSON_OBJECT;
    json->data = json->is_draft ? root : json->data;
    json->standing = root;
    const bkti_json_value *datasets = bkti_json_member(json->data, "dataSets");
    json->dataset_count = (uint32_t)bkti_json_count(datasets);
    json->is_several = has_member(json->data, "structures");
    bool has_structure = json->is_several || has_member(json->data, "structure");
    bool has_errors = bkti_json_count(errors) > 0;
    if (bkti_json_kind(datasets) != BKTI_JSON_ARRAY &&
        (is_structure_message(json->data) ||
         (!has_errors && (datasets != NULL || !has_structure)))) {
        return refuse_other(json, root);
    }
    json->message->kind = bkti_json_kind(datasets) == BKTI_JSON_ARRAY || has_structure
                              ? BKT_MESSAGE_SDMX_JSON_DATA
                              : BKT_MESSAGE_ERROR;
    const char *version = find_version(json, root);
    bkt_status status = tell(json, "kind", bkt_message_kind_text(json->message->kind));
    status = status == BKT_OK ? tell(json, "version", version) : status;
    status = status == BKT_OK ? tell(json, "encoding", "UTF-8") : status;
    status = status == BKT_OK ? bkti_json_read_header(json, root) : status;
    tell_repeated(json, root);
    status = status == BKT_OK ? tell_datasets(json, datasets) : status;
    return status == BKT_OK && has_errors ? bkti_json_read_errors(json, errors) : status;
}

bkt_status bkti_json_message_block(bkti_json_message *json, bkti_span block, bool last) {
    bkt_status status = bkti_json_block(json->document, block, last);
    return status == BKT_OK && last ? tell_message(json) : status;
}
