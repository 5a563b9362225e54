/* SPDX-License-Identifier: MIT */
/* Structure-specific data of 2.1 and 3.0: keys and values are XML attributes. */
#include "bkti_writer_parts.h"

#define XSI " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
#define SDMX(prefix, version, part)                                                                \
    " xmlns:" prefix "=\"http://www.sdmx.org/resources/sdmxml/schemas/" version "/" part "\""

static bkt_status begin(bkt_writer *writer) {
    bool is_3 = writer->options.format == BKT_FORMAT_STRUCTURE_SPECIFIC_3_0;
    return bkti_xml_begin(
        writer, "StructureSpecificData",
        is_3 ? XSI SDMX("message", "v3_0", "message") SDMX("common", "v3_0", "common")
                   SDMX("ss", "v3_0", "data/structurespecific")
             : XSI SDMX("message", "v2_1", "message") SDMX("common", "v2_1", "common")
                   SDMX("ss", "v2_1", "data/structurespecific"));
}

static void before(bkti_text *text, const char *id) {
    bkti_text_append_format(text, " %s=\"", id);
}

static inline void put_component(bkt_writer *writer, const bkti_component *component, int64_t row) {
    char buffer[32];
    const char *text = bkti_component_text(component, row, buffer);
    if (text != NULL) {
        bkti_put_before(writer, component);
        bkti_put_escaped(writer, text, component);
        bkti_sink_put(writer->sink, "\"", 1);
    }
}

static void put_dimensions(bkt_writer *writer, int64_t row) {
    for (uint32_t i = 0; i < writer->layout.dimension_count; i++) {
        put_component(writer, &writer->layout.items[i], row);
    }
}

/* Whether a list's text comes apart so that reading joins it again: no value is empty or has white
 * space at an end. */
static bool comes_apart(const char *text) {
    const char *at = text;
    bool is_good = true;
    while (is_good && at != NULL) {
        const char *end = strstr(at, "; ");
        size_t size = end == NULL ? strlen(at) : (size_t)(end - at);
        bkti_span value = {at, size};
        is_good = size > 0 && bkti_span_trim(value).size == size;
        at = end == NULL ? NULL : end + 2;
    }
    return is_good;
}

static const char *list_text(const bkti_component *component, int64_t row) {
    char buffer[32];
    const char *text = component->is_list ? bkti_component_text(component, row, buffer) : NULL;
    return text != NULL && comes_apart(text) ? text : NULL;
}

static void put_list(bkt_writer *writer, const bkti_component *component, const char *text) {
    bkti_put(writer, "<Comp id=\"");
    bkti_put(writer, component->id);
    bkti_put(writer, "\" xsi:type=\"ns1:");
    bkti_put(writer, component->id);
    bkti_put(writer, "\">");
    while (text != NULL) {
        const char *end = strstr(text, "; ");
        size_t size = end == NULL ? strlen(text) : (size_t)(end - text);
        bkti_put(writer, "<Value>");
        bkti_put_escaped_span(writer, (bkti_span){text, size});
        bkti_put(writer, "</Value>");
        text = end == NULL ? NULL : end + 2;
    }
    bkti_put(writer, "</Comp>\n");
}

/* Lists stand inside of the element, in their own. begin: what ends its tag before the first. */
static bool put_lists(bkt_writer *writer, int64_t row, int place, int32_t group,
                      const char *begin) {
    const bkti_layout *layout = &writer->layout;
    bool any = false;
    for (uint32_t i = layout->first_attribute; layout->has_lists && i < layout->count; i++) {
        const bkti_component *each = &layout->items[i];
        bool own = bkti_component_place(each) == place && each->group == group;
        const char *text = own ? list_text(each, row) : NULL;
        if (text != NULL) {
            bkti_put(writer, any ? "" : begin);
            put_list(writer, each, text);
            any = true;
        }
    }
    return any;
}

static void put_attributes(bkt_writer *writer, int64_t row, int place, int32_t group) {
    const bkti_layout *layout = &writer->layout;
    for (uint32_t i = layout->first_attribute; i < layout->count; i++) {
        const bkti_component *each = &layout->items[i];
        if (bkti_component_place(each) == place && each->group == group &&
            list_text(each, row) == NULL) {
            put_component(writer, each, row);
        }
    }
}

/* 3.0 has an element of its own for attributes of the data set. */
static bkt_status begin_dataset(bkt_writer *writer) {
    bool is_3 = writer->options.format == BKT_FORMAT_STRUCTURE_SPECIFIC_3_0;
    bool has_own = writer->set_row >= 0 && writer->layout.has_dataset && writer->set_key.size > 0;
    bkti_xml_put_set_facts(writer, "ss:");
    bkti_put(writer, is_3 ? "" : " ss:dataScope=\"DataStructure\"");
    bkti_put(writer, " xmlns:ns1=\"");
    bkti_xml_put_urn(writer, &writer->targets[writer->target]);
    bkti_put(writer, "\" xsi:type=\"ns1:DataSetType\"");
    if (has_own && is_3) {
        bkti_put(writer, ">\n<Atts");
    }
    if (has_own) {
        put_attributes(writer, writer->set_row, BKTI_AT_DATASET, -1);
    }
    bkti_put(writer, has_own && is_3 ? "/>\n" : ">\n");
    return writer->status;
}

/* Its type is of the data's own schema. */
static void group(bkt_writer *writer, uint32_t index, int64_t row) {
    const bkti_layout *layout = &writer->layout;
    const bkti_layout_group *of = &layout->groups[index];
    bkti_put(writer, "<Group xsi:type=\"ns1:");
    bkti_put_group_id(writer, layout, index);
    bkti_put(writer, "\"");
    for (uint32_t i = 0; i < of->count; i++) {
        put_component(writer, &layout->items[of->positions[i]], row);
    }
    put_attributes(writer, row, BKTI_AT_GROUP, (int32_t)index);
    bool any = put_lists(writer, row, BKTI_AT_GROUP, (int32_t)index, ">\n");
    bkti_put(writer, any ? "</Group>\n" : "/>\n");
}

static void series(bkt_writer *writer, int64_t row) {
    bkti_put(writer, "<Series");
    put_dimensions(writer, row);
    put_attributes(writer, row, BKTI_AT_SERIES, -1);
    bkti_sink_put(writer->sink, ">\n", 2);
    put_lists(writer, row, BKTI_AT_SERIES, -1, "");
}

static void observation(bkt_writer *writer, int64_t row) {
    const bkti_layout *layout = &writer->layout;
    bkti_sink_put(writer->sink, "<Obs", 4);
    if (writer->set_flat) {
        put_dimensions(writer, row);
    }
    if (layout->time != NULL) {
        put_component(writer, layout->time, row);
    }
    char buffer[32];
    const char *value = bkti_value_text(layout, row, buffer);
    if (value != NULL) {
        bkti_put_before(writer, layout->value);
        bkti_put_escaped(writer, value, layout->value);
        bkti_sink_put(writer->sink, "\"", 1);
    }
    put_attributes(writer, row, BKTI_AT_OBSERVATION, -1);
    if (layout->has_lists && put_lists(writer, row, BKTI_AT_OBSERVATION, -1, ">\n")) {
        bkti_put(writer, "</Obs>\n");
    } else {
        bkti_sink_put(writer->sink, "/>\n", 3);
    }
}

static bkt_status end(bkt_writer *writer) {
    bkti_put(writer, "</message:StructureSpecificData>\n");
    return bkti_sink_status(writer->sink);
}

const bkti_manner bkti_manner_specific = {
    .begin = begin,
    .begin_dataset = begin_dataset,
    .rows = bkti_xml_rows,
    .end_dataset = bkti_xml_end_dataset,
    .end = end,
    .before = before,
    .series = series,
    .observation = observation,
    .group = group,
    .series_end = "</Series>\n",
};
