/* SPDX-License-Identifier: MIT */
/* Messages of SDMX-ML 3.0, structure-specific, around the data sets of a test. */
#ifndef MESSAGE_3_H
#define MESSAGE_3_H

#include "reader_fixture.h"

/* Is to be freed. */
static inline char *message_3(const char *dimension, const char *datasets) {
    static const char format[] =
        "<m:StructureSpecificData "
        "xmlns:m=\"http://www.sdmx.org/resources/sdmxml/schemas/v3_0/message\" "
        "xmlns:c=\"http://www.sdmx.org/resources/sdmxml/schemas/v3_0/common\" "
        "xmlns:md=\"http://www.sdmx.org/resources/sdmxml/schemas/v3_0/metadata/generic\">"
        "<m:Header><m:Structure structureID=\"S\" dimensionAtObservation=\"%s\">"
        "<c:Structure>urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=BKT:TRADE(1.0)"
        "</c:Structure></m:Structure></m:Header>%s</m:StructureSpecificData>";
    size_t size = sizeof format + strlen(dimension) + strlen(datasets);
    char *text = malloc(size);
    ck_assert_ptr_nonnull(text);
    snprintf(text, size, format, dimension, datasets);
    return text;
}

static inline bkt_table *read_3(bkt_context *context, const char *dimension, const char *datasets,
                                uint32_t flags) {
    char *text = message_3(dimension, datasets);
    bkt_read_options options = read_options(flags);
    bkt_table *table = read_text(context, text, &options);
    free(text);
    return table;
}

#endif
