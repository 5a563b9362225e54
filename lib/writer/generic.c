/* SPDX-License-Identifier: MIT */
/* Generic data of 2.1: every value is an element with its component's id. */
#include "bkti_writer_parts.h"

#define NAMESPACES                                                                                 \
    " xmlns:message=\"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message\""                 \
    " xmlns:common=\"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common\""                   \
    " xmlns:generic=\"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/generic\""

static bkt_status begin(bkt_writer *writer) {
    return bkti_xml_begin(writer, "GenericData", NAMESPACES);
}

static void before(bkti_text *text, const char *id) {
    bkti_text_append_format(text, "<generic:Value id=\"%s\" value=\"", id);
}

static bool put_component(bkt_writer *writer, const bkti_component *component, int64_t row,
                          const char *opening) {
    char buffer[32];
    const char *text = bkti_component_text(component, row, buffer);
    if (text == NULL) {
        return false;
    }
    bkti_put(writer, opening);
    bkti_put_before(writer, component);
    bkti_put_escaped(writer, text, component);
    bkti_put(writer, "\"/>");
    return true;
}

static void put_key(bkt_writer *writer, int64_t row, bool with_time, const char *opening,
                    const char *closing) {
    const bkti_layout *layout = &writer->layout;
    bkti_put(writer, opening);
    for (uint32_t i = 0; i < layout->dimension_count; i++) {
        put_component(writer, &layout->items[i], row, "");
    }
    if (with_time && layout->time != NULL) {
        put_component(writer, layout->time, row, "");
    }
    bkti_put(writer, closing);
}

/* The element of attributes must not be empty. */
static bool put_attributes(bkt_writer *writer, int64_t row, int place, int32_t group) {
    const bkti_layout *layout = &writer->layout;
    const char *opening = "<generic:Attributes>";
    for (uint32_t i = layout->first_attribute; i < layout->count; i++) {
        const bkti_component *each = &layout->items[i];
        if (bkti_component_place(each) == place && each->group == group &&
            put_component(writer, each, row, opening)) {
            opening = "";
        }
    }
    bool is_any = opening[0] == '\0';
    if (is_any) {
        bkti_put(writer, "</generic:Attributes>");
    }
    return is_any;
}

static bkt_status begin_dataset(bkt_writer *writer) {
    bkti_xml_put_set_facts(writer, "");
    bkti_put(writer, ">\n");
    if (writer->set_row >= 0 && writer->layout.has_dataset &&
        put_attributes(writer, writer->set_row, BKTI_AT_DATASET, -1)) {
        bkti_put(writer, "\n");
    }
    return writer->status;
}

static void group(bkt_writer *writer, uint32_t index, int64_t row) {
    const bkti_layout *layout = &writer->layout;
    const bkti_layout_group *of = &layout->groups[index];
    bkti_put(writer, "<generic:Group type=\"");
    bkti_put_group_id(writer, layout, index);
    bkti_put(writer, "\"><generic:GroupKey>");
    for (uint32_t i = 0; i < of->count; i++) {
        put_component(writer, &layout->items[of->positions[i]], row, "");
    }
    bkti_put(writer, "</generic:GroupKey>");
    put_attributes(writer, row, BKTI_AT_GROUP, (int32_t)index);
    bkti_put(writer, "</generic:Group>\n");
}

static void series(bkt_writer *writer, int64_t row) {
    put_key(writer, row, false, "<generic:Series>\n<generic:SeriesKey>", "</generic:SeriesKey>\n");
    if (put_attributes(writer, row, BKTI_AT_SERIES, -1)) {
        bkti_put(writer, "\n");
    }
}

static void put_value(bkt_writer *writer, const char *element, const bkti_component *component,
                      const char *text) {
    bkti_put(writer, element);
    bkti_put_escaped(writer, text, component);
    bkti_put(writer, "\"/>");
}

static void observation(bkt_writer *writer, int64_t row) {
    const bkti_layout *layout = &writer->layout;
    char buffer[32];
    if (writer->set_flat) {
        put_key(writer, row, true, "<generic:Obs><generic:ObsKey>", "</generic:ObsKey>");
    } else {
        const char *period = bkti_component_text(layout->time, row, buffer);
        bkti_put(writer, "<generic:Obs>");
        if (period != NULL) {
            put_value(writer, "<generic:ObsDimension value=\"", layout->time, period);
        }
    }
    const char *value = bkti_value_text(layout, row, buffer);
    if (value != NULL) {
        put_value(writer, "<generic:ObsValue value=\"", layout->value, value);
    }
    put_attributes(writer, row, BKTI_AT_OBSERVATION, -1);
    bkti_put(writer, "</generic:Obs>\n");
}

static bkt_status end(bkt_writer *writer) {
    bkti_put(writer, "</message:GenericData>\n");
    return bkti_sink_status(writer->sink);
}

const bkti_manner bkti_manner_generic = {
    .begin = begin,
    .begin_dataset = begin_dataset,
    .rows = bkti_xml_rows,
    .end_dataset = bkti_xml_end_dataset,
    .end = end,
    .before = before,
    .series = series,
    .observation = observation,
    .group = group,
    .series_end = "</generic:Series>\n",
};
