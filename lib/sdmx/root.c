/* SPDX-License-Identifier: MIT */
/* What a document is: told from its first bytes and from its root element. A message that can't be
 * read is named, so that nobody has to guess what a file was. */
#include "bkti_csv_message.h"
#include "bkti_json_message.h"

/* What happens to a kind of message. */
enum reading {
    READ_COMPACT,
    READ_GENERIC,
    READ_STRUCTURE_SPECIFIC,
    READ_CROSS_SECTIONAL,
    READ_UTILITY,
    READ_GROUP,
    READ_ERROR,
    OTHER_KIND /* not data */
};

static const struct root {
    const char *name;
    int32_t kind;
    int reading;
} roots[] = {
    {"StructureSpecificData", BKT_MESSAGE_STRUCTURE_SPECIFIC_DATA, READ_STRUCTURE_SPECIFIC},
    {"StructureSpecificTimeSeriesData", BKT_MESSAGE_STRUCTURE_SPECIFIC_TIME_SERIES_DATA,
     READ_STRUCTURE_SPECIFIC},
    {"GenericData", BKT_MESSAGE_GENERIC_DATA, READ_GENERIC},
    {"GenericTimeSeriesData", BKT_MESSAGE_GENERIC_TIME_SERIES_DATA, READ_GENERIC},
    {"CompactData", BKT_MESSAGE_COMPACT_DATA, READ_COMPACT},
    {"CrossSectionalData", BKT_MESSAGE_CROSS_SECTIONAL_DATA, READ_CROSS_SECTIONAL},
    {"UtilityData", BKT_MESSAGE_UTILITY_DATA, READ_UTILITY},
    {"MessageGroup", BKT_MESSAGE_MESSAGE_GROUP, READ_GROUP},
    {"Error", BKT_MESSAGE_ERROR, READ_ERROR},
    {"Structure", BKT_MESSAGE_STRUCTURE, OTHER_KIND},
    {"GenericMetadata", BKT_MESSAGE_GENERIC_METADATA, OTHER_KIND},
    {"MetadataSet", BKT_MESSAGE_GENERIC_METADATA, OTHER_KIND},
    {"StructureSpecificMetadata", BKT_MESSAGE_STRUCTURE_SPECIFIC_METADATA, OTHER_KIND},
    {"MetadataReport", BKT_MESSAGE_STRUCTURE_SPECIFIC_METADATA, OTHER_KIND},
    {"QueryMessage", BKT_MESSAGE_QUERY, OTHER_KIND},
    {"RegistryInterface", BKT_MESSAGE_REGISTRY, OTHER_KIND},
};

static const struct kind_text {
    int32_t kind;
    const char *text;
} kind_texts[] = {
    {BKT_MESSAGE_GENERIC_DATA, "GenericData"},
    {BKT_MESSAGE_GENERIC_TIME_SERIES_DATA, "GenericTimeSeriesData"},
    {BKT_MESSAGE_STRUCTURE_SPECIFIC_DATA, "StructureSpecificData"},
    {BKT_MESSAGE_STRUCTURE_SPECIFIC_TIME_SERIES_DATA, "StructureSpecificTimeSeriesData"},
    {BKT_MESSAGE_COMPACT_DATA, "CompactData"},
    {BKT_MESSAGE_CROSS_SECTIONAL_DATA, "CrossSectionalData"},
    {BKT_MESSAGE_UTILITY_DATA, "UtilityData"},
    {BKT_MESSAGE_MESSAGE_GROUP, "MessageGroup"},
    {BKT_MESSAGE_STRUCTURE, "Structure"},
    {BKT_MESSAGE_GENERIC_METADATA, "GenericMetadata"},
    {BKT_MESSAGE_STRUCTURE_SPECIFIC_METADATA, "StructureSpecificMetadata"},
    {BKT_MESSAGE_QUERY, "Query"},
    {BKT_MESSAGE_REGISTRY, "Registry"},
    {BKT_MESSAGE_ERROR, "Error"},
    {BKT_MESSAGE_SDMX_CSV_DATA, "SDMX-CSV"},
    {BKT_MESSAGE_SDMX_JSON_DATA, "SDMX-JSON"},
};

const char *bkt_message_kind_text(int32_t kind) {
    for (size_t i = 0; i < sizeof kind_texts / sizeof *kind_texts; i++) {
        if (kind_texts[i].kind == kind) {
            return kind_texts[i].text;
        }
    }
    return "unknown";
}

static bool ends_with(bkti_span span, const char *end) {
    size_t size = strlen(end);
    return span.size >= size && memcmp(span.data + span.size - size, end, size) == 0;
}

/* Queries and registry messages have dozens of roots, which end alike. */
static struct root find_root(bkti_span local) {
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) {
        if (bkti_span_is(local, roots[i].name)) {
            return roots[i];
        }
    }
    if (ends_with(local, "Query")) {
        return (struct root){"Query", BKT_MESSAGE_QUERY, OTHER_KIND};
    }
    if (ends_with(local, "Request") || ends_with(local, "Response") ||
        bkti_span_is(local, "NotifyRegistryEvent")) {
        return (struct root){"Registry", BKT_MESSAGE_REGISTRY, OTHER_KIND};
    }
    return (struct root){"", BKT_MESSAGE_UNKNOWN, OTHER_KIND};
}

int32_t bkti_root_kind(bkti_span local) {
    return find_root(local).kind;
}

static bkt_status tell(bkti_message *message, const char *name, const char *text) {
    return message->listener->property(message->user, name, bkti_span_of(text));
}

static bkt_status refuse_other_xml(bkti_message *message, const bkti_xml_element *element) {
    int size = (int)(element->name.local.size < 100 ? element->name.local.size : 100);
    const char *local = element->name.local.data;
    const char *uri = element->name.uri;
    uri = uri != NULL && uri[0] == '\0' ? NULL : uri;
    if (bkti_span_equal_caseless(element->name.local, BKTI_SPAN("html"))) {
        return bkti_message_refuse(message, BKT_ERR_NOT_SDMX,
                                   "this is an HTML page, not an SDMX-ML message: perhaps a "
                                   "server's page about an error");
    }
    return bkti_message_refuse(message, BKT_ERR_NOT_SDMX,
                               "the root element <%.*s> in %s%.200s%s is not of SDMX-ML; an "
                               "SDMX-ML data message was expected",
                               size, local, uri == NULL ? "no namespace" : "namespace '",
                               uri == NULL ? "" : uri, uri == NULL ? "" : "'");
}

/* A root of SDMX that holds no data. */
static bkt_status refuse_kind(bkti_message *message, const bkti_xml_element *element,
                              const struct root *root, const bkti_sdmx_version *version) {
    if (root->kind == BKT_MESSAGE_UNKNOWN) {
        return bkti_message_refuse(message, BKT_ERR_MESSAGE_KIND,
                                   "the root element <%.*s> of SDMX-ML %s is no data message; a "
                                   "data message was expected",
                                   (int)element->name.local.size, element->name.local.data,
                                   version->text);
    }
    return bkti_message_refuse(message, BKT_ERR_MESSAGE_KIND,
                               "this is an SDMX-ML %s %s message; a data message was expected",
                               version->text, bkt_message_kind_text(root->kind));
}

bkt_status bkti_root_start(bkti_message *message, const bkti_xml_element *element) {
    if (bkti_message_at(message) == BKTI_AT_DOCUMENT && bkti_is_envelope(element)) {
        message->outer_count = 1;
        return bkti_message_push(message, BKTI_AT_ENVELOPE);
    }
    if (!bkti_is_sdmx_ml_uri(element->name.uri)) {
        return refuse_other_xml(message, element);
    }
    const bkti_sdmx_version *version = bkti_sdmx_version_of(element->name.uri);
    struct root root = find_root(element->name.local);
    message->kind = root.kind;
    if (version == NULL) {
        return bkti_message_refuse(message, BKT_ERR_VERSION,
                                   "this is an SDMX message of a version that is not known here "
                                   "(namespace '%.200s'); 1.0, 2.0, 2.1, 3.0 and 3.1 are read",
                                   element->name.uri);
    }
    message->version = version->number;
    bool readable = root.reading < OTHER_KIND;
    bkt_status refusal = readable ? BKT_OK : refuse_kind(message, element, &root, version);
    if (refusal == BKT_END) {
        return refusal;
    }
    bkt_status status = tell(message, "kind", bkt_message_kind_text(root.kind));
    status = status == BKT_OK ? tell(message, "version", version->text) : status;
    status = status == BKT_OK ? tell(message, "encoding", bkti_xml_encoding(message->xml)) : status;
    status = refusal != BKT_OK ? refusal : status;
    if (status != BKT_OK) {
        return status;
    }
    if (root.reading == READ_ERROR) {
        return bkti_message_push(message, BKTI_AT_FOOTER);
    }
    static const bkti_dialect *const dialects[] = {
        [READ_COMPACT] = &bkti_dialect_compact,
        [READ_GENERIC] = &bkti_dialect_generic,
        [READ_STRUCTURE_SPECIFIC] = &bkti_dialect_structure_specific,
        [READ_CROSS_SECTIONAL] = &bkti_dialect_cross_sectional,
        [READ_UTILITY] = &bkti_dialect_utility,
        [READ_GROUP] = &bkti_dialect_group,
    };
    message->dialect = dialects[root.reading];
    return bkti_message_push(message, BKTI_AT_ROOT);
}

/* Other formats of statistics that people have at hand, by how they begin. */
static const struct other_format {
    const char *start;
    bkt_status status;
    const char *sentence;
} other_formats[] = {
    {"MDSTRUCTURE", BKT_ERR_MESSAGE_KIND,
     "this is an SDMX-CSV 2.0 metadata message; a data message was expected"},
    {"\"MDSTRUCTURE", BKT_ERR_MESSAGE_KIND,
     "this is an SDMX-CSV 2.0 metadata message; a data message was expected"},
    {"UNA:+", BKT_ERR_NOT_XML, "this looks like SDMX-EDI (GESMES), not XML; SDMX-ML was expected"},
    {"UNB+", BKT_ERR_NOT_XML, "this looks like SDMX-EDI (GESMES), not XML; SDMX-ML was expected"},
    {"%PDF", BKT_ERR_NOT_XML, "this is a PDF document, not XML; SDMX-ML was expected"},
    {"\xD0\xCF\x11\xE0", BKT_ERR_NOT_XML,
     "this is an old Microsoft Office document, not XML; SDMX-ML was expected"},
    /* What gets here was inside a gzip or zip already. */
    {"\x1F\x8B", BKT_ERR_UNSUPPORTED, "this is gzip data, packed a second time: unpack them once"},
    {"PK\x03\x04", BKT_ERR_UNSUPPORTED,
     "this is a zip (or an Office document) that was packed a second time: unpack it once"},
    {"BZh", BKT_ERR_UNSUPPORTED, "this is compressed by bzip2, which is not read: unpack it"},
    {"\xFD"
     "7zXZ",
     BKT_ERR_UNSUPPORTED, "this is compressed by xz, which is not read: unpack it"},
    {"\x28\xB5\x2F\xFD", BKT_ERR_UNSUPPORTED,
     "this is compressed by Zstandard, which is not read: unpack it"},
    {"7z\xBC\xAF", BKT_ERR_UNSUPPORTED, "this is a 7-Zip archive, which is not read: unpack it"},
    {"<!DOCTYPE html", BKT_ERR_NOT_SDMX,
     "this is an HTML page, not an SDMX-ML message: perhaps a server's page about an error"},
};

bkt_status bkti_root_sniff(bkti_message *message, bkti_span block) {
    bkti_span first = block;
    if (bkti_csv_sniff(block).version != 0) {
        return bkti_csv_message_new(message, message->source, &message->csv);
    }
    if (bkti_first_character(block) == '{') {
        return bkti_json_message_new(message, block, &message->json);
    }
    if (block.size >= 3 && memcmp(block.data, "\xEF\xBB\xBF", 3) == 0) {
        block.data += 3;
        block.size -= 3;
    }
    block = bkti_span_trim(block);
    for (size_t i = 0; i < sizeof other_formats / sizeof *other_formats; i++) {
        bkti_span start = bkti_span_of(other_formats[i].start);
        if (block.size >= start.size &&
            bkti_span_equal_caseless((bkti_span){block.data, start.size}, start)) {
            return bkti_message_refuse(message, other_formats[i].status, "%s",
                                       other_formats[i].sentence);
        }
    }
    char room[BKTI_CSV_SNIFFED];
    bkti_span name;
    if (bkti_csv_is_other(block, room, &name)) {
        return bkti_message_refuse(message, BKT_ERR_NOT_SDMX,
                                   "this looks like CSV, but not like SDMX-CSV: its first column "
                                   "is called '%.*s', and DATAFLOW (SDMX-CSV 1.0) or STRUCTURE "
                                   "(2.0) was expected",
                                   bkti_csv_shown(name), name.data);
    }
    /* A text or a picture in a zip, beside the message. Anything else that is no XML is the
     * scanner's to say. */
    bkti_place place = {0};
    bkti_message_place(message, &place);
    bool passed =
        !bkti_may_be_xml(first) &&
        message->listener->pass_over(message->user, BKT_ERR_NOT_XML, &place, "this is no XML");
    return passed ? BKT_END : BKT_OK;
}
