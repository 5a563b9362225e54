/* SPDX-License-Identifier: MIT */
/* Facts about structures and data sets, and the forms in which SDMX writes references. */
#include "bkti_message_parts.h"

bool bkti_fields_set(bkti_memory *memory, bkti_fields *fields, int field, bkti_span text) {
    if (fields->texts[field] != NULL || text.size == 0) {
        return true;
    }
    fields->texts[field] = bkti_copy_text(memory, text.data, text.size);
    return fields->texts[field] != NULL;
}

bool bkti_fields_fill(bkti_memory *memory, bkti_fields *fields, const bkti_fields *others) {
    for (int i = 0; i < BKTI_FIELD_COUNT; i++) {
        if (!bkti_fields_set(memory, fields, i, bkti_span_of(others->texts[i]))) {
            return false;
        }
    }
    return true;
}

void bkti_fields_clear(bkti_memory *memory, bkti_fields *fields) {
    for (int i = 0; i < BKTI_FIELD_COUNT; i++) {
        bkti_release(memory, fields->texts[i]);
        fields->texts[i] = NULL;
    }
}

bool bkti_fields_set_reference(bkti_memory *memory, bkti_fields *fields, int field,
                               bkti_span agency, bkti_span id, bkti_span version) {
    if (id.size == 0 || fields->texts[field] != NULL) {
        return true;
    }
    bkti_text text;
    bkti_text_init(&text, memory);
    if (agency.size != 0) {
        bkti_text_append_span(&text, agency);
        bkti_text_append_text(&text, ":");
    }
    bkti_text_append_span(&text, id);
    if (version.size != 0) {
        bkti_text_append_text(&text, "(");
        bkti_text_append_span(&text, version);
        bkti_text_append_text(&text, ")");
    }
    bool done = !text.failed && bkti_fields_set(memory, fields, field, bkti_text_span(&text));
    bkti_text_free(&text);
    return done;
}

/* Where a text begins in another, from a place on; the size of the other if it isn't there. */
static size_t find_text(bkti_span span, size_t first, const char *wanted) {
    size_t size = strlen(wanted);
    for (size_t i = first; i + size <= span.size; i++) {
        if (memcmp(span.data + i, wanted, size) == 0) {
            return i;
        }
    }
    return span.size;
}

static bkti_span part_of(bkti_span span, size_t first, size_t end) {
    return (bkti_span){span.data + first, end - first};
}

/* The classes of SDMX's information model that a data set may be of. */
static const struct {
    const char *name;
    int field;
} urn_classes[] = {
    {"DataStructure", BKTI_FIELD_STRUCTURE},
    {"KeyFamily", BKTI_FIELD_STRUCTURE},
    {"Dataflow", BKTI_FIELD_DATAFLOW},
    {"DataFlow", BKTI_FIELD_DATAFLOW},
};

/* Such as "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=ECB:EXR(1.0):ObsLevelDim:TIME_PERIOD"
 * or 2.0's "urn:sdmx:org.sdmx.infomodel.keyfamily.KeyFamily=BIS:EXT_DEBT:compact". */
bool bkti_fields_set_urn(bkti_memory *memory, bkti_fields *fields, bkti_span urn) {
    urn = bkti_span_trim(urn);
    if (urn.size < 9 || !bkti_span_equal_caseless(part_of(urn, 0, 9), BKTI_SPAN("urn:sdmx:"))) {
        return true;
    }
    size_t equals = find_text(urn, 0, "=");
    size_t class_start = equals;
    while (class_start > 0 && urn.data[class_start - 1] != '.') {
        class_start--;
    }
    size_t end = find_text(urn, equals, ")");
    end = end < urn.size ? end + 1 : urn.size;
    static const char *const tails[] = {":compact", ":cross", ":utility", ":generic",
                                        ":ObsLevelDim"};
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        size_t tail = find_text(urn, equals, tails[i]);
        end = tail < end ? tail : end;
    }
    bkti_span name = part_of(urn, class_start, equals);
    for (size_t i = 0; equals < end && i < sizeof urn_classes / sizeof *urn_classes; i++) {
        if (bkti_span_is(name, urn_classes[i].name) &&
            !bkti_fields_set(memory, fields, urn_classes[i].field, part_of(urn, equals + 1, end))) {
            return false;
        }
    }
    size_t level = find_text(urn, equals, ":ObsLevelDim:");
    if (level < urn.size) {
        level += strlen(":ObsLevelDim:");
        size_t level_end = find_text(urn, level, ":");
        return bkti_fields_set(memory, fields, BKTI_FIELD_DIMENSION,
                               part_of(urn, level, level_end));
    }
    return true;
}

/* Attributes of DataSet that are SDMX's own, in all versions; whatever else stands there is an
 * attribute of the structure. */
static const struct {
    const char *name;
    int field;
} standard_attributes[] = {
    {"structureRef", BKTI_FIELD_REFERENCE},
    {"action", BKTI_FIELD_ACTION},
    {"setID", BKTI_FIELD_DATASET_ID},
    {"datasetID", BKTI_FIELD_DATASET_ID},
    {"validFromDate", BKTI_FIELD_VALID_FROM},
    {"validToDate", BKTI_FIELD_VALID_TO},
    {"publicationYear", BKTI_FIELD_PUBLICATION_YEAR},
    {"publicationPeriod", BKTI_FIELD_PUBLICATION_PERIOD},
    {"reportingBeginDate", BKTI_FIELD_REPORTING_BEGIN},
    {"reportingEndDate", BKTI_FIELD_REPORTING_END},
    {"keyFamilyURI", -1},
    {"dataflowID", -1},
    {"dataflowAgencyID", -1},
    {"dataScope", -1},
    {"dataProviderSchemeAgencyId", -1},
    {"dataProviderSchemeId", -1},
    {"dataProviderID", -1},
};

int bkti_fields_standard(bkti_span name) {
    for (size_t i = 0; i < sizeof standard_attributes / sizeof *standard_attributes; i++) {
        if (bkti_span_is(name, standard_attributes[i].name)) {
            return standard_attributes[i].field;
        }
    }
    return -2;
}
