/* SPDX-License-Identifier: MIT */
/* What both kinds of SDMX-ML have: the header and what is said of data sets. */
#include "bkti_writer_parts.h"

static bool is_3(const bkt_writer *writer) {
    return writer->options.format == BKT_FORMAT_STRUCTURE_SPECIFIC_3_0;
}

static void put_element(bkt_writer *writer, const char *name, const char *text) {
    bkti_put(writer, "<message:");
    bkti_put(writer, name);
    bkti_put(writer, ">");
    bkti_put_escaped(writer, text, NULL);
    bkti_put(writer, "</message:");
    bkti_put(writer, name);
    bkti_put(writer, ">\n");
}

static void put_party(bkt_writer *writer, const char *name, const char *id) {
    bkti_put(writer, "<message:");
    bkti_put(writer, name);
    bkti_put(writer, " id=\"");
    bkti_put_escaped(writer, id, NULL);
    bkti_put(writer, "\"/>\n");
}

static void put_class_urn(bkt_writer *writer, const char *class_name, const char *text) {
    bkti_reference parts = bkti_reference_whole(text);
    bkti_put(writer, "urn:sdmx:org.sdmx.infomodel.datastructure.");
    bkti_put(writer, class_name);
    bkti_put(writer, "=");
    bkti_put_escaped_span(writer, parts.agency);
    bkti_put(writer, ":");
    bkti_put_escaped_span(writer, parts.id);
    bkti_put(writer, "(");
    bkti_put_escaped_span(writer, parts.version);
    bkti_put(writer, ")");
}

/* The dimension at observation. */
static const char *dimension_of(const bkti_target *target) {
    return target->flat ? "AllDimensions" : target->time == NULL ? BKTI_ID_TIME : target->time;
}

/* Of the data set's schema. A data set that says both its structure and its dataflow has the
 * dataflow here and the structure in the header. */
void bkti_xml_put_urn(bkt_writer *writer, const bkti_target *target) {
    if (target->dataflow != NULL) {
        put_class_urn(writer, "Dataflow", target->dataflow);
    } else {
        put_class_urn(writer, "DataStructure", target->structure);
    }
    bkti_put(writer, ":ObsLevelDim:");
    bkti_put_escaped(writer, dimension_of(target), NULL);
}

static void put_reference_2(bkt_writer *writer, const char *element, const char *class_name,
                            const char *text) {
    bkti_reference parts = bkti_reference_of(text);
    bkti_reference whole = bkti_reference_whole(text);
    bkti_put(writer, "<common:");
    bkti_put(writer, element);
    bkti_put(writer, "><Ref agencyID=\"");
    bkti_put_escaped_span(writer, whole.agency);
    bkti_put(writer, "\" id=\"");
    bkti_put_escaped_span(writer, whole.id);
    if (parts.version.size > 0) {
        bkti_put(writer, "\" version=\"");
        bkti_put_escaped_span(writer, whole.version);
    }
    bkti_put(writer, "\" class=\"");
    bkti_put(writer, class_name);
    bkti_put(writer, "\"/></common:");
    bkti_put(writer, element);
    bkti_put(writer, ">");
}

static void put_reference(bkt_writer *writer, const bkti_target *target) {
    bool usage = target->structure == NULL && target->dataflow != NULL;
    const char *element = usage ? "StructureUsage" : "Structure";
    const char *class_name = usage ? "Dataflow" : "DataStructure";
    const char *text = usage ? target->dataflow : target->structure;
    if (!is_3(writer)) {
        put_reference_2(writer, element, class_name, text);
        return;
    }
    bkti_put(writer, "<common:");
    bkti_put(writer, element);
    bkti_put(writer, ">");
    put_class_urn(writer, class_name, text);
    bkti_put(writer, "</common:");
    bkti_put(writer, element);
    bkti_put(writer, ">");
}

static void put_number(bkt_writer *writer, size_t number) {
    char digits[24];
    size_t at = sizeof digits;
    digits[--at] = '\0';
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    bkti_put(writer, digits + at);
}

static void put_target(bkt_writer *writer, size_t index) {
    const bkti_target *target = &writer->targets[index];
    bkti_put(writer, "<message:Structure structureID=\"S");
    put_number(writer, index + 1);
    if (writer->options.format != BKT_FORMAT_GENERIC_2_1) {
        bkti_put(writer, "\" namespace=\"");
        bkti_xml_put_urn(writer, target);
    }
    bkti_put(writer, "\" dimensionAtObservation=\"");
    bkti_put_escaped(writer, dimension_of(target), NULL);
    bkti_put(writer, "\">");
    put_reference(writer, target);
    bkti_put(writer, "</message:Structure>\n");
}

void bkti_xml_put_header(bkt_writer *writer, const char *root, const char *namespaces) {
    bkti_put(writer, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<message:");
    bkti_put(writer, root);
    bkti_put(writer, namespaces);
    bkti_put(writer, ">\n<message:Header>\n");
    put_element(writer, "ID", writer->message_id);
    put_element(writer, "Test", (writer->options.flags & BKT_WRITE_TEST) != 0 ? "true" : "false");
    put_element(writer, "Prepared", writer->prepared);
    put_party(writer, "Sender", writer->sender);
    if (writer->options.receiver != NULL) {
        put_party(writer, "Receiver", writer->options.receiver);
    }
}

bkt_status bkti_xml_begin(bkt_writer *writer, const char *root, const char *namespaces) {
    bkti_xml_put_header(writer, root, namespaces);
    for (size_t i = 0; i < writer->target_count; i++) {
        put_target(writer, i);
    }
    if (writer->source != NULL) {
        put_element(writer, "Source", writer->source);
    }
    bkti_put(writer, "</message:Header>\n");
    return writer->status;
}

static bool is_period(const char *text) {
    int32_t frequency;
    int64_t ordinal;
    return bkt_period_parse(text, strlen(text), &frequency, &ordinal) == BKT_OK;
}

static bool is_date_time(const char *text) {
    return strchr(text, 'T') != NULL && is_period(text);
}

static void put_fact(bkt_writer *writer, const char *prefix, const char *name, const char *text,
                     bool is_valid) {
    if (text == NULL) {
        return;
    }
    if (!is_valid) {
        bkti_tell(writer->context, BKT_SEVERITY_NOTE, BKT_OK, NULL,
                  "the data set's %s '%.100s' is not of SDMX's form and is left out", name, text);
        return;
    }
    bkti_put(writer, " ");
    bkti_put(writer, prefix);
    bkti_put(writer, name);
    bkti_put(writer, "=\"");
    bkti_put_escaped(writer, text, NULL);
    bkti_put(writer, "\"");
}

void bkti_xml_put_set_facts(bkt_writer *writer, const char *prefix) {
    char *const *texts = writer->set.texts;
    bkti_put(writer, "<message:DataSet ");
    bkti_put(writer, prefix);
    bkti_put(writer, "structureRef=\"S");
    put_number(writer, writer->target + 1);
    bkti_put(writer, "\"");
    const char *action;
    bkt_status status = bkti_set_action(writer, &writer->set, &action);
    writer->status = writer->status == BKT_OK ? status : writer->status;
    /* The schemas have no Merge: what it does was called Append. */
    action = action != NULL && strcmp(action, "Merge") == 0 ? "Append" : action;
    put_fact(writer, prefix, "action", action, true);
    const char *id = texts[BKTI_SET_ID];
    put_fact(writer, prefix, "setID", id, id != NULL && bkti_is_sdmx_id(bkti_span_of(id)));
    const char *date = texts[BKTI_SET_VALID_FROM];
    put_fact(writer, prefix, "validFromDate", date, date != NULL && is_date_time(date));
    const char *begin = texts[BKTI_SET_REPORTING_BEGIN];
    put_fact(writer, prefix, "reportingBeginDate", begin, begin != NULL && is_period(begin));
    const char *end = texts[BKTI_SET_REPORTING_END];
    put_fact(writer, prefix, "reportingEndDate", end, end != NULL && is_period(end));
}

bkt_status bkti_xml_end_dataset(bkt_writer *writer) {
    bkti_xml_end_series(writer);
    bkti_put(writer, "</message:DataSet>\n");
    return bkti_sink_status(writer->sink);
}
