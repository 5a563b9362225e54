/* SPDX-License-Identifier: MIT */
/* What values a concept or a component has: a list of codes, or a type with facets. */
#include <stdio.h>

#include "bkti_form.h"

static const char *const facets[] = {"textType",  "isSequence",   "interval",      "startValue",
                                     "endValue",  "timeInterval", "startTime",     "endTime",
                                     "minLength", "maxLength",    "minValue",      "maxValue",
                                     "decimals",  "pattern",      "isMultiLingual"};
#define FACET_COUNT (sizeof facets / sizeof *facets)

bool bkti_is_facet(const char *name) {
    for (size_t i = 0; i < FACET_COUNT; i++) {
        if (strcmp(facets[i], name) == 0) {
            return true;
        }
    }
    return false;
}

const char *bkti_text_type(const char *text, bool is_3) {
    static const char *const renamed[][2] = {
        {"Date", "GregorianDay"},
        {"Year", "GregorianYear"},
        {"YearMonth", "GregorianYearMonth"},
        {"Timespan", "TimeRange"},
    };
    static const char *const types[] = {"String",
                                        "Alpha",
                                        "AlphaNumeric",
                                        "Numeric",
                                        "BigInteger",
                                        "Integer",
                                        "Long",
                                        "Short",
                                        "Decimal",
                                        "Float",
                                        "Double",
                                        "Boolean",
                                        "URI",
                                        "Count",
                                        "InclusiveValueRange",
                                        "ExclusiveValueRange",
                                        "Incremental",
                                        "ObservationalTimePeriod",
                                        "StandardTimePeriod",
                                        "BasicTimePeriod",
                                        "GregorianTimePeriod",
                                        "GregorianYear",
                                        "GregorianYearMonth",
                                        "GregorianDay",
                                        "ReportingTimePeriod",
                                        "ReportingYear",
                                        "ReportingSemester",
                                        "ReportingTrimester",
                                        "ReportingQuarter",
                                        "ReportingMonth",
                                        "ReportingWeek",
                                        "ReportingDay",
                                        "DateTime",
                                        "TimeRange",
                                        "Month",
                                        "MonthDay",
                                        "Day",
                                        "Time",
                                        "Duration",
                                        "XHTML"};
    for (size_t i = 0; i < sizeof renamed / sizeof *renamed; i++) {
        if (strcmp(text, renamed[i][0]) == 0) {
            return renamed[i][1];
        }
    }
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (strcmp(text, types[i]) == 0) {
            return types[i];
        }
    }
    return is_3 && strcmp(text, "GeospatialInformation") == 0 ? text : NULL;
}

static bool is_time_type(const char *type) {
    return strstr(type, "Time") != NULL || strstr(type, "Gregorian") != NULL ||
                   strstr(type, "Reporting") != NULL
               ? strcmp(type, "Time") != 0
               : false;
}

static bool is_basic(int use) {
    return use == BKTI_USE_BASIC || use == BKTI_USE_METADATA;
}

static const char *type_for(bkt_writer *writer, const bkt_item *item, const char *text, int use) {
    const char *type = bkti_text_type(text, bkti_writes_3(writer));
    bool fits = type != NULL && (is_basic(use) || strcmp(type, "XHTML") != 0) &&
                (use != BKTI_USE_TIME || is_time_type(type));
    if (fits) {
        return type;
    }
    bkti_leave_out(writer, item, "the type %.100s", text);
    return use == BKTI_USE_TIME ? "ObservationalTimePeriod" : "String";
}

/* Lengths and decimals are at least 1 in the schemas. */
static bool is_zero(const char *name, const char *text) {
    bool counts = strcmp(name, "minLength") == 0 || strcmp(name, "maxLength") == 0 ||
                  strcmp(name, "decimals") == 0;
    return counts && strspn(text, "0") == strlen(text);
}

static bool has_facet(const char *name, bool coded, int use) {
    if (use == BKTI_USE_TIME) {
        return strcmp(name, "startTime") == 0 || strcmp(name, "endTime") == 0;
    }
    if (strcmp(name, "isMultiLingual") == 0) {
        return is_basic(use) && !coded;
    }
    return !coded || strcmp(name, "decimals") != 0;
}

static void put_facet(bkt_writer *writer, const bkt_item *item, const char *name, bool coded,
                      int use) {
    const char *text = bkt_item_property(item, name);
    if (text == NULL || text[0] == '\0') {
        return;
    }
    if (strcmp(name, "textType") == 0) {
        bkti_put_attribute(writer, name, type_for(writer, item, text, use));
    } else if (has_facet(name, coded, use) && !is_zero(name, text)) {
        bkti_put_attribute(writer, name, text);
    } else if (strcmp(text, "false") != 0 && strcmp(name, "minLength") != 0) {
        bkti_leave_out(writer, item, "%s \"%.100s\" of its values", name, text);
    }
}

static bool has_facets(const bkt_item *item) {
    for (size_t i = 0; i < FACET_COUNT; i++) {
        const char *text = bkt_item_property(item, facets[i]);
        if (text != NULL && text[0] != '\0') {
            return true;
        }
    }
    return false;
}

static bool has_sentinels(const bkt_item *item) {
    return bkt_item_child_count(item, BKT_ITEM_SENTINEL_VALUE) > 0;
}

/* They are of text formats of 3.0. */
static bool may_have_sentinels(const bkt_writer *writer, bool coded) {
    return bkti_writes_3(writer) && !coded;
}

static void put_format(bkt_writer *writer, const bkt_item *item, bool coded, int use) {
    bkti_put(writer, coded ? "<structure:EnumerationFormat" : "<structure:TextFormat");
    for (size_t i = 0; i < FACET_COUNT; i++) {
        put_facet(writer, item, facets[i], coded, use);
    }
    bool needs_type = use == BKTI_USE_TIME && bkt_item_property(item, "textType") == NULL;
    if (needs_type) {
        bkti_put_attribute(writer, "textType", "ObservationalTimePeriod");
    }
    if (has_sentinels(item) && may_have_sentinels(writer, coded)) {
        bkti_put(writer, ">");
        bkti_put_sentinels(writer, item);
        bkti_put_close(writer, "TextFormat");
    } else {
        bkti_put(writer, "/>");
    }
}

static bool has_values_of(const bkt_item *structure, const bkt_item *scheme) {
    for (uint32_t i = 0; i < bkt_item_child_count(structure, BKT_ITEM_DIMENSION); i++) {
        const bkt_item *dimension = bkt_item_child_at(structure, BKT_ITEM_DIMENSION, i);
        if (bkt_item_reference(dimension, "Enumeration") == scheme) {
            return true;
        }
    }
    return false;
}

bool bkti_is_values(const bkt_item *scheme) {
    const bkt_structure *structure = bkt_item_structure(scheme);
    const char *agency = bkt_item_agency(scheme);
    char name[600];
    snprintf(name, sizeof name, "%.200s:%.200s(%.100s)", agency == NULL ? "" : agency,
             bkt_item_id(scheme), bkt_item_version(scheme));
    if (bkt_item_kind(scheme) != BKT_ITEM_CONCEPT_SCHEME ||
        bkt_structure_find(structure, BKT_ITEM_CODE_LIST, name) != NULL) {
        return false;
    }
    for (uint32_t i = 0; i < bkt_structure_item_count(structure, BKT_ITEM_DATA_STRUCTURE); i++) {
        if (has_values_of(bkt_structure_item_at(structure, BKT_ITEM_DATA_STRUCTURE, i), scheme)) {
            return true;
        }
    }
    return false;
}

/* The class of its list, as it may be written; NULL: it can't. */
static const char *list_class(bkt_writer *writer, const bkt_item *item, uint32_t index, int use) {
    const bkt_item *list = bkt_item_property_item_at(item, index);
    const char *text = bkt_item_property_at(item, index);
    int32_t kind = bkt_item_kind(list);
    bool values = kind == BKT_ITEM_VALUE_LIST || strstr(text, ".ValueList=") != NULL;
    bool concepts = kind == BKT_ITEM_CONCEPT_SCHEME || strstr(text, ".ConceptScheme=") != NULL;
    if (use == BKTI_USE_MEASURES) {
        return "conceptscheme.ConceptScheme";
    }
    if (concepts && bkti_writes_3(writer) && bkt_item_kind(item) == BKT_ITEM_DIMENSION &&
        use == BKTI_USE_SIMPLE && bkti_is_values(list)) {
        return "codelist.Codelist";
    }
    if (concepts || use == BKTI_USE_TIME ||
        (values && (!bkti_writes_3(writer) || use == BKTI_USE_SIMPLE))) {
        bkti_leave_out(writer, item, "its list %.200s", text);
        return NULL;
    }
    return values ? "codelist.ValueList" : "codelist.Codelist";
}

/* Several values are of attributes and measures of 3.0. */
static void put_occurrence(bkt_writer *writer, const bkt_item *item, const char *name, int use) {
    const char *text = bkt_item_property(item, name);
    if (text == NULL || use == BKTI_USE_METADATA) {
        return;
    }
    if (bkti_writes_3(writer) && use == BKTI_USE_BASIC) {
        bkti_put_attribute(writer, name, text);
    } else if (strcmp(text, "1") != 0) {
        bkti_leave_out(writer, item, "%s \"%.40s\" of its values", name, text);
    }
}

void bkti_put_values(bkt_writer *writer, const bkt_item *item, const char *element, int use) {
    uint32_t index;
    uint32_t at = 0;
    bool coded = bkti_next_property(item, "Enumeration", &at, &index);
    const char *class_name = coded ? list_class(writer, item, index, use) : NULL;
    bool has_format = has_facets(item) || use == BKTI_USE_TIME || (coded && class_name == NULL) ||
                      (has_sentinels(item) && may_have_sentinels(writer, class_name != NULL));
    if (has_sentinels(item) && !may_have_sentinels(writer, class_name != NULL)) {
        bkti_leave_out(writer, item, "its %lu sentinel values",
                       (unsigned long)bkt_item_child_count(item, BKT_ITEM_SENTINEL_VALUE));
    }
    if (class_name == NULL && !has_format) {
        return;
    }
    bkti_put(writer, "<structure:");
    bkti_put(writer, element);
    put_occurrence(writer, item, "minOccurs", use);
    put_occurrence(writer, item, "maxOccurs", use);
    bkti_put(writer, ">");
    if (class_name != NULL) {
        bkti_put_reference(writer, item, index, "Enumeration", class_name);
    }
    if (has_format && use != BKTI_USE_MEASURES) {
        put_format(writer, item, class_name != NULL, use);
    }
    bkti_put_close(writer, element);
}

void bkti_step_core(bkt_writer *writer, const bkt_item *item, const bkti_step *step) {
    (void)step;
    bkti_put_values(writer, item, "CoreRepresentation", BKTI_USE_BASIC);
    const char *agency = bkt_item_property(item, "ConceptAgency");
    const char *scheme = bkt_item_property(item, "ConceptSchemeID");
    const char *concept = bkt_item_property(item, "ConceptID");
    if (agency != NULL && scheme != NULL && concept != NULL) {
        bkti_put_pair(writer, "<structure:ISOConceptReference><structure:ConceptAgency>",
                      bkti_span_of(agency), "</structure:ConceptAgency>");
        bkti_put_pair(writer, "<structure:ConceptSchemeID>", bkti_span_of(scheme),
                      "</structure:ConceptSchemeID>");
        bkti_put_pair(writer, "<structure:ConceptID>", bkti_span_of(concept),
                      "</structure:ConceptID></structure:ISOConceptReference>");
    }
}
