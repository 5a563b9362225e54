/* SPDX-License-Identifier: MIT */
/* Which ids are attributes when the message doesn't say it: structure-specific messages have
 * dimensions and attributes side by side. The list holds concepts that SDMX's cross-domain concepts
 * (Content-oriented guidelines, annex 1), the European Central Bank, the IMF, the OECD, the BIS and
 * UNSD use as attributes. Lower-case ids (Eurostat's) are not in it: there `unit` is a dimension.
 */
#include "bkti_reader_parts.h"

enum certainty { SURE, DOUBTFUL };

/* "*" at the end: any id that begins so. */
static const struct concept {
    const char *id;
    int certainty;
}
attribute_concepts[] = {
    /* Status, confidentiality and history of an observation. */
    {"OBS_STATUS", SURE},
    {"OBS_CONF", SURE},
    {"OBS_COM*", SURE},
    {"OBS_FLAG", SURE},
    {"OBS_PRE_BREAK", SURE},
    {"OBS_EDP*", SURE},
    {"CONF_STATUS*", SURE},
    {"CONF_REASON", SURE},
    {"PRE_BREAK_VALUE", SURE},
    {"PRE_BREAK_VAL", SURE},
    {"BREAKS", SURE},
    {"EMBARGO*", SURE},
    {"NOTE*", SURE},
    {"COMMENT*", SURE},
    {"DERIVATION_TYPE", SURE},
    {"OVERLAP", SURE},
    /* Units and how numbers are to be taken. */
    {"UNIT_MULT*", SURE},
    {"UNIT_MEASURE", DOUBTFUL},
    {"UNIT", DOUBTFUL},
    {"UNITS", DOUBTFUL},
    {"UNIT_INDEX_BASE", SURE},
    {"UNIT_PRICE_BASE", SURE},
    {"UNIT_DETAIL", SURE},
    {"UOM", SURE},
    {"SCALE", SURE},
    {"SCALAR_FACTOR", SURE},
    {"POWERCODE", SURE},
    {"DECIMALS*", SURE},
    {"NB_DECIMAL", SURE},
    {"BASE_PER*", SURE},
    {"BASE_YEAR", SURE},
    {"REFERENCEPERIOD", SURE},
    {"REFERENCE_PERIOD", SURE},
    {"REF_YEAR_PRICE", SURE},
    {"REF_PERIOD_DETAIL", SURE},
    {"VALUATION", DOUBTFUL},
    /* Time. */
    {"TIME_FORMAT", SURE},
    {"TIME_PER_COLLECT", SURE},
    {"REPORTING_YEAR_START_DAY", SURE},
    {"LAST_UPDATE", SURE},
    {"UPDATE_DATE", SURE},
    {"COUNTRY_UPDATE_DATE", SURE},
    {"PUBLICATION_DATE", SURE},
    /* Names and texts. */
    {"TITLE*", SURE},
    {"NAT_TITLE", SURE},
    {"SERIES_NAME", SURE},
    {"FULL_DESCRIPTION", SURE},
    {"KEYWORDS*", SURE},
    {"TABLE_IDENTIFIER", SURE},
    {"VECTOR_ID", SURE},
    {"DOM_SER_IDS", SURE},
    {"LANGUAGE", SURE},
    /* How and by whom data were made. */
    {"COLLECTION", SURE},
    {"COLLECTION_DETAIL", SURE},
    {"COLL_METHOD", SURE},
    {"COMPILATION", SURE},
    {"COMPILING_ORG", SURE},
    {"COVERAGE", SURE},
    {"DATA_COMP", SURE},
    {"DISS_ORG", SURE},
    {"METHODOLOGY*", SURE},
    {"METHOD_*", SURE},
    {"ADJUST_DETAIL", SURE},
    {"AVAILABILITY", SURE},
    {"ACCESS_SHARING_LEVEL", SURE},
    {"SECURITY_CLASSIFICATION", SURE},
    {"LICENSE", SURE},
    {"PUBLISHER", SURE},
    {"DEPARTMENT", SURE},
    {"CONTACT_POINT", SURE},
    {"SHORT_SOURCE_CITATION", SURE},
    {"SUGGESTED_CITATION", SURE},
    {"SOURCE", DOUBTFUL},
    {"SOURCE_*", SURE},
    {"DATASOURCE", DOUBTFUL},
    {"DATA_SOURCE", DOUBTFUL},
    {"REPYEARSTART", SURE},
    {"REPYEAREND", SURE},
    {"TOPIC*", SURE},
};

static const struct concept *find_concept(bkti_span id) {
    for (size_t i = 0; i < sizeof attribute_concepts / sizeof *attribute_concepts; i++) {
        bkti_span known = bkti_span_of(attribute_concepts[i].id);
        bool prefix = known.data[known.size - 1] == '*';
        if (prefix) {
            known.size--;
        }
        if (id.size >= known.size && memcmp(id.data, known.data, known.size) == 0 &&
            (prefix || id.size == known.size)) {
            return &attribute_concepts[i];
        }
    }
    return NULL;
}

bool bkti_id_is_time(bkti_span id) {
    return bkti_span_is(id, "TIME_PERIOD") || bkti_span_is(id, "TIME");
}

bool bkti_id_is_attribute(bkti_span id) {
    return find_concept(id) != NULL;
}

bool bkti_id_is_doubtful(bkti_span id) {
    const struct concept *concept = find_concept(id);
    return concept != NULL && concept->certainty == DOUBTFUL;
}

/* Messages have the components in the order of their structure, dimensions first: an id that is an
 * attribute in some structures and a dimension in others is a dimension if one follows. */
static bool dimension_follows(const bkti_fact *facts, uint32_t end, uint32_t index) {
    for (uint32_t i = index + 1; i < end; i++) {
        if (!bkti_id_is_time(facts[i].id) && find_concept(facts[i].id) == NULL) {
            return true;
        }
    }
    return false;
}

/* Components come in the order of their structure: dimensions, time, measures, attributes. So, if
 * time comes before the value of a flat observation, whatever comes after it is no dimension. */
static uint32_t first_attribute_of(const bkt_reader *reader) {
    const bkti_observation *told = reader->told;
    for (uint32_t i = 0; told != NULL && told->flat && i < told->before_value; i++) {
        if (bkti_id_is_time(told->facts[i].id)) {
            return told->before_value;
        }
    }
    return UINT32_MAX;
}

bool bkti_fact_is_time(const bkt_reader *reader, const bkti_fact *fact) {
    const bkti_component *component = bkti_component_of(reader, fact->id);
    return component == NULL ? bkti_id_is_time(fact->id) : component->role == BKT_ROLE_TIME;
}

void bkti_role_of(const bkt_reader *reader, int marking, const bkti_fact *facts, uint32_t count,
                  uint32_t index, int32_t *out_role, bool *out_assumed) {
    bkti_span id = facts[index].id;
    const bkti_component *component = bkti_component_of(reader, id);
    *out_assumed = false;
    if (component != NULL) {
        *out_role = component->role;
        return;
    }
    if (bkti_id_is_time(id)) {
        *out_role = BKT_ROLE_TIME;
        return;
    }
    if (marking == BKTI_MARKED_KEY || marking == BKTI_MARKED_ATTRIBUTES) {
        *out_role = marking == BKTI_MARKED_KEY ? BKT_ROLE_DIMENSION : BKT_ROLE_ATTRIBUTE;
        return;
    }
    *out_assumed = true;
    const struct concept *concept = find_concept(id);
    uint32_t first_attribute = first_attribute_of(reader);
    uint32_t end = first_attribute < count ? first_attribute : count;
    bool attribute =
        index >= first_attribute ||
        (concept != NULL && (concept->certainty == SURE || !dimension_follows(facts, end, index)));
    *out_role = attribute ? BKT_ROLE_ATTRIBUTE : BKT_ROLE_DIMENSION;
}

/* SDMX's code list CL_CONF_STATUS: confidential (C), secondary confidentiality (D and S), not for
 * publication (N). In a status of the observation C alone means that. */
static const struct confidentiality {
    const char *id;
    const char *codes;
} confidentialities[] = {
    {"CONF_STATUS", "CDNScdns"}, {"CONF_STATUS_OBS", "CDNScdns"},
    {"OBS_CONF", "CDNScdns"},    {"OBS_STATUS", "Cc"},
    {"OBS_FLAG", "Cc"},
};

static const struct confidentiality *find_confidentiality(bkti_span id) {
    for (size_t i = 0; i < sizeof confidentialities / sizeof *confidentialities; i++) {
        if (bkti_span_is(id, confidentialities[i].id)) {
            return &confidentialities[i];
        }
    }
    return NULL;
}

bool bkti_id_is_confidentiality(bkti_span id) {
    return find_confidentiality(id) != NULL;
}

bool bkti_code_is_confidential(bkti_span id, bkti_span code) {
    const struct confidentiality *found = find_confidentiality(id);
    return found != NULL && code.size == 1 && strchr(found->codes, code.data[0]) != NULL;
}
