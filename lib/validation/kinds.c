/* SPDX-License-Identifier: MIT */
#include <bktrade/validation.h>

#include "bkti_findings.h"

const bkti_kind_facts bkti_finding_kinds[BKTI_FINDING_KIND_COUNT] = {
    [BKTI_FINDING_STRUCTURE_MISMATCH] = {"structure-mismatch", BKT_SEVERITY_WARNING,
                                         "The data name another structure, or another version of "
                                         "it, than they are checked with."},
    [BKTI_FINDING_UNKNOWN_COMPONENT] = {"unknown-component", BKT_SEVERITY_ERROR,
                                        "The structure has no such component."},
    [BKTI_FINDING_DIMENSION_MISSING] = {"dimension-missing", BKT_SEVERITY_ERROR,
                                        "A part of the key is missing."},
    [BKTI_FINDING_ATTRIBUTE_MISSING] = {"attribute-missing", BKT_SEVERITY_ERROR,
                                        "An attribute that the structure demands is missing."},
    [BKTI_FINDING_MEASURE_MISSING] = {"measure-missing", BKT_SEVERITY_ERROR,
                                      "A measure that the structure demands is missing."},
    [BKTI_FINDING_UNKNOWN_CODE] = {"unknown-code", BKT_SEVERITY_ERROR,
                                   "The code list has no such code."},
    [BKTI_FINDING_WRONG_TYPE] = {"wrong-type", BKT_SEVERITY_ERROR,
                                 "The value is not of the type that the structure gives it."},
    [BKTI_FINDING_FACET_BROKEN] = {"facet-broken", BKT_SEVERITY_ERROR,
                                   "The value is too long, too short, too large, too small, too "
                                   "precise, or not of the pattern."},
    [BKTI_FINDING_VALUE_NO_NUMBER] = {"value-no-number", BKT_SEVERITY_ERROR,
                                      "The observed value is no number."},
    [BKTI_FINDING_PERIOD_IMPOSSIBLE] = {"period-impossible", BKT_SEVERITY_ERROR,
                                        "The period is in no SDMX form, or the calendar does not "
                                        "have it."},
    [BKTI_FINDING_PERIOD_FREQUENCY] = {"period-frequency", BKT_SEVERITY_ERROR,
                                       "The period is longer or shorter than the frequency says."},
    [BKTI_FINDING_DUPLICATE_KEY] = {"duplicate-key", BKT_SEVERITY_ERROR,
                                    "The key and period came before in the data set."},
    [BKTI_FINDING_ATTRIBUTE_LEVEL] = {"attribute-level", BKT_SEVERITY_ERROR,
                                      "An attribute stands where the structure does not attach "
                                      "it."},
    [BKTI_FINDING_ATTRIBUTE_VARIES] = {"attribute-varies", BKT_SEVERITY_ERROR,
                                       "An attribute of the series or of the data set has several "
                                       "values within it."},
    [BKTI_FINDING_ATTRIBUTE_CONFLICT] = {"attribute-conflict", BKT_SEVERITY_ERROR,
                                         "An attribute is told twice with different values, or one "
                                         "of a group has several within it."},
    [BKTI_FINDING_CONSTRAINT_VIOLATED] = {"constraint-violated", BKT_SEVERITY_ERROR,
                                          "A constraint does not allow the key or value."},
};

uint32_t bkt_finding_kind_count(void) {
    return BKTI_FINDING_KIND_COUNT;
}

const char *bkt_finding_kind_id_at(uint32_t index) {
    return index < BKTI_FINDING_KIND_COUNT ? bkti_finding_kinds[index].id : NULL;
}

const char *bkt_finding_kind_text_at(uint32_t index) {
    return index < BKTI_FINDING_KIND_COUNT ? bkti_finding_kinds[index].sentence : NULL;
}

int32_t bkt_finding_kind_severity_at(uint32_t index) {
    return index < BKTI_FINDING_KIND_COUNT ? bkti_finding_kinds[index].severity : 0;
}
