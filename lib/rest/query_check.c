/* SPDX-License-Identifier: MIT */
/* What may be asked of whom. */
#include <stdio.h>

#include <bktrade/period.h>

#include "bkti_query.h"

/* Kinds of structures. Source: SDMX REST 1.5, structural metadata queries; 2.1, structure queries.
 */
static const char artefacts_of_first[] =
    "all datastructure metadatastructure categoryscheme conceptscheme codelist "
    "hierarchicalcodelist organisationscheme agencyscheme dataproviderscheme dataconsumerscheme "
    "organisationunitscheme dataflow metadataflow reportingtaxonomy provisionagreement "
    "structureset process categorisation contentconstraint actualconstraint allowedconstraint "
    "attachmentconstraint transformationscheme rulesetscheme userdefinedoperatorscheme "
    "customtypescheme namepersonalisationscheme vtlmappingscheme";
static const char artefacts_of_second[] =
    "all datastructure metadatastructure categoryscheme conceptscheme codelist hierarchy "
    "hierarchyassociation valuelist agencyscheme dataproviderscheme metadataproviderscheme "
    "dataconsumerscheme organisationunitscheme dataflow metadataflow reportingtaxonomy "
    "provisionagreement metadataprovisionagreement structuremap representationmap "
    "conceptschememap categoryschememap organisationschememap reportingtaxonomymap process "
    "categorisation dataconstraint metadataconstraint transformationscheme rulesetscheme "
    "userdefinedoperatorscheme customtypescheme namepersonalisationscheme vtlmappingscheme";
static const char references_beside_kinds[] = "none parents parentsandsiblings children "
                                              "descendants";
static const char details_of_structures[] = "full allstubs referencestubs allcompletestubs "
                                            "referencecompletestubs referencepartial";

static const char *artefacts(const bkti_asking *asking) {
    return asking->is_second ? artefacts_of_second : artefacts_of_first;
}

static bkt_status not_one_of(const bkti_asking *asking, const char *name, const char *text,
                             const char *more, const char *known) {
    return bkti_fail(asking->context, BKT_ERR_ARGUMENT, NULL,
                     "%s: '%.*s' is not one of SDMX REST %d; there are: %s%s", name, BKTI_SHOWN,
                     text, asking->is_second ? 2 : 1, more, known);
}

static bkt_status check_numbers(const bkti_asking *asking) {
    const bkt_query_options *options = &asking->options;
    if (options->kind < 0 || options->kind > BKT_QUERY_STRUCTURE) {
        return bkti_wrong(asking, "kind is none of bkt_query_kind");
    }
    if (options->context < 0 || options->context > BKT_CONTEXT_PROVISION_AGREEMENT) {
        return bkti_wrong(asking, "context is none of bkt_query_context");
    }
    if (options->detail < 0 || options->detail > BKT_DETAIL_NO_DATA) {
        return bkti_wrong(asking, "detail is none of bkt_query_detail");
    }
    if (options->answer < 0 || options->answer >= BKTI_ANSWERS) {
        return bkti_wrong(asking, "answer is none of bkt_answer");
    }
    if (options->first_observations < 0 || options->last_observations < 0) {
        return bkti_wrong(asking, "a number of observations is below zero");
    }
    if (options->filter_count > 0 && options->filters == NULL) {
        return bkti_wrong(asking, "filter_count is not 0, but filters is NULL");
    }
    return BKT_OK;
}

/* What has a meaning for data alone, for availability alone, or for structures alone. */
static bkt_status check_kind(const bkti_asking *asking) {
    const bkt_query_options *options = &asking->options;
    bool of_data = options->kind == BKT_QUERY_DATA;
    bool of_structure = options->kind == BKT_QUERY_STRUCTURE;
    bool for_data = options->detail != 0 || options->first_observations != 0 ||
                    options->last_observations != 0 || (options->flags & BKT_QUERY_HISTORY) != 0 ||
                    bkti_is_given(options->dimension_at_observation) ||
                    bkti_is_given(options->attributes) || bkti_is_given(options->measures);
    bool for_codes = bkti_is_given(options->key) || options->filter_count != 0 ||
                     bkti_is_given(options->first_period) || bkti_is_given(options->last_period) ||
                     bkti_is_given(options->updated_after) || bkti_is_given(options->provider) ||
                     options->context != 0;
    bool for_structure = bkti_is_given(options->artefact) || bkti_is_given(options->item) ||
                         bkti_is_given(options->structure_detail);
    if (!of_data && for_data) {
        return bkti_wrong(asking, "detail, attributes, measures, history, dimension at observation "
                                  "and numbers of observations can be asked for with data alone");
    }
    if (of_structure && for_codes) {
        return bkti_wrong(asking, "codes, periods, providers and a context can be chosen of data "
                                  "and availability alone");
    }
    if (!of_structure && for_structure) {
        return bkti_wrong(asking, "artefact, item and structure_detail are for structures alone");
    }
    if (of_structure && !bkti_is_given(options->artefact)) {
        return bkti_wrong(asking, "no kind of structure is named (artefact)");
    }
    if (of_data && bkti_is_given(options->references)) {
        return bkti_wrong(asking, "references can't be asked for with data");
    }
    if (options->kind == BKT_QUERY_AVAILABILITY && bkti_is_given(options->as_of)) {
        return bkti_wrong(asking, "as_of is for data and structures alone");
    }
    if (options->kind != BKT_QUERY_AVAILABILITY &&
        (bkti_is_given(options->component) || (options->flags & BKT_QUERY_SELECTABLE) != 0)) {
        return bkti_wrong(asking, "component and selectable codes are for availability alone");
    }
    if (options->detail != 0 &&
        (bkti_is_given(options->attributes) || bkti_is_given(options->measures))) {
        return bkti_wrong(asking, "detail says already which attributes and measures are wanted");
    }
    return BKT_OK;
}

static bkt_status check_ids(const bkti_asking *asking, const char *name, const char *text,
                            const char *further) {
    if (!bkti_is_given(text)) {
        return BKT_OK;
    }
    for (const char *at = text; *at != '\0'; at++) {
        if (!bkti_is_id((bkti_span){at, 1}) && strchr(further, *at) == NULL) {
            return bkti_fail(asking->context, BKT_ERR_ARGUMENT, NULL, "%s: '%.*s' is no id", name,
                             BKTI_SHOWN, text);
        }
    }
    return BKT_OK;
}

static bkt_status check_texts(const bkti_asking *asking) {
    const bkt_query_options *options = &asking->options;
    const struct {
        const char *name;
        const char *text;
        const char *further;
    } texts[] = {
        {"dimension_at_observation", options->dimension_at_observation, ""},
        {"component", options->component, ""},
        {"attributes", options->attributes, "+"},
        {"measures", options->measures, "+"},
        {"provider", options->provider, ".,+"},
        {"item", options->item, ".+"},
    };
    bkt_status status = BKT_OK;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0] && status == BKT_OK; i++) {
        status = check_ids(asking, texts[i].name, texts[i].text, texts[i].further);
    }
    return status;
}

/* The words for what is sent along and how much of it. */
static bkt_status check_words(const bkti_asking *asking) {
    const bkt_query_options *options = &asking->options;
    const char *known = artefacts(asking);
    if (bkti_is_given(options->artefact) &&
        !bkti_list_has(known, bkti_span_of(options->artefact))) {
        return not_one_of(asking, "artefact", options->artefact, "", known);
    }
    bkti_span references = bkti_is_given(options->references) ? bkti_span_of(options->references)
                                                              : (bkti_span){NULL, 0};
    const char *allowed = asking->service.references;
    for (bkti_span rest = references; rest.data != NULL;) {
        bkti_span word = bkti_cut(&rest, '+');
        bool second = asking->is_second && bkti_span_is(word, "ancestors");
        if (!second && !bkti_list_has(references_beside_kinds, word) &&
            !bkti_list_has(known, word)) {
            return not_one_of(asking, "references", options->references,
                              "none parents "
                              "parentsandsiblings ancestors (REST 2) children descendants ",
                              known);
        }
        if (allowed != NULL && !bkti_list_has(allowed, word)) {
            return bkti_fail(asking->context, BKT_ERR_UNSUPPORTED, NULL,
                             "the service %s has no references '%.*s', but these: %s",
                             asking->service.id, BKTI_SHOWN, options->references, allowed);
        }
    }
    bool is_raw = asking->is_second && bkti_is_given(options->structure_detail) &&
                  strcmp(options->structure_detail, "raw") == 0;
    if (bkti_is_given(options->structure_detail) && !is_raw &&
        !bkti_list_has(details_of_structures, bkti_span_of(options->structure_detail))) {
        return not_one_of(asking, "structure_detail", options->structure_detail,
                          asking->is_second ? "raw " : "", details_of_structures);
    }
    return BKT_OK;
}

/* What the protocol hasn't. */
static bkt_status check_protocol(const bkti_asking *asking) {
    const bkt_query_options *options = &asking->options;
    if (asking->is_second) {
        if (bkti_is_given(options->provider)) {
            return bkti_cannot(asking, "REST 2 has no data by provider; ask for those of a "
                                       "provision agreement (context)");
        }
        if (!asking->is_structure && !bkti_is_given(options->resource) &&
            !bkti_is_given(options->key) && options->filter_count == 0) {
            return bkti_wrong(asking, "neither a dataflow is named (resource) nor filters are");
        }
        return BKT_OK;
    }
    if (options->context != BKT_CONTEXT_DATAFLOW) {
        return bkti_cannot(asking, "REST 1 has data of dataflows alone");
    }
    if (bkti_is_given(options->attributes) || bkti_is_given(options->measures)) {
        return bkti_cannot(asking, "REST 1 chooses no attributes and measures; see detail");
    }
    if (bkti_is_given(options->as_of)) {
        return bkti_cannot(asking, "REST 1 has no asOf");
    }
    if (bkti_is_given(options->references) && strchr(options->references, '+') != NULL) {
        return bkti_cannot(asking, "REST 1 takes one kind of references");
    }
    return BKT_OK;
}

/* What the service hasn't. */
static bkt_status check_service(const bkti_asking *asking) {
    const bkt_query_options *options = &asking->options;
    uint32_t lacks = asking->service.lacks;
    if (!asking->is_structure && (lacks & BKTI_NO_DATA) != 0) {
        return bkti_cannot(asking, "it has structures alone, no data");
    }
    if (asking->is_structure && (lacks & BKTI_NO_STRUCTURES) != 0) {
        return bkti_cannot(asking, "it has data alone, no structures");
    }
    if (bkti_is_given(options->updated_after) && (lacks & BKTI_NO_UPDATED_AFTER) != 0) {
        return bkti_cannot(asking, "it has no updatedAfter");
    }
    if (bkti_is_given(options->dimension_at_observation) &&
        (lacks & BKTI_NO_DIMENSION_AT_OBSERVATION) != 0) {
        return bkti_cannot(asking, "it has no dimensionAtObservation");
    }
    if (((options->flags & BKT_QUERY_HISTORY) != 0 || bkti_is_given(options->as_of)) &&
        (lacks & BKTI_NO_HISTORY) != 0) {
        return bkti_cannot(asking, "it keeps the last version alone");
    }
    if (options->answer != BKT_ANSWER_DEFAULT && (lacks & BKTI_NO_OTHER_ANSWER) != 0 &&
        asking->service.answers[options->answer] == NULL) {
        return bkti_cannot(asking, "it does not answer in this format");
    }
    bool of_structure = options->answer >= BKT_ANSWER_STRUCTURE_2_1;
    if (options->answer != BKT_ANSWER_DEFAULT &&
        of_structure != (options->kind != BKT_QUERY_DATA)) {
        return bkti_wrong(asking, of_structure ? "data can't be had as a structure message"
                                               : "structures and availability can be had as "
                                                 "structure messages alone");
    }
    return BKT_OK;
}

bkt_status bkti_check_query(const bkti_asking *asking) {
    static bkt_status (*const checks[])(const bkti_asking *) = {
        check_numbers, check_kind, check_texts, check_words, check_protocol, check_service};
    bkt_status status = BKT_OK;
    for (size_t i = 0; i < sizeof checks / sizeof checks[0] && status == BKT_OK; i++) {
        status = checks[i](asking);
    }
    return status;
}

static bkt_status no_period(const bkti_asking *asking, const char *name, const char *text,
                            const char *expected) {
    return bkti_fail(asking->context, BKT_ERR_PERIOD, NULL, "%s: '%.*s' is no %s", name, BKTI_SHOWN,
                     text, expected);
}

/* How services write periods: as SDMX 2.1 does ("2015-Q1", "2015-M01"), not as older versions did
 * ("2015Q1"). */
static bool is_of_today(bkti_span text) {
    static const char letters[] = "ASTQMWD";
    static const size_t sizes[] = {7, 7, 7, 7, 8, 8, 9};
    if (text.size < 6 || text.data[4] != '-') {
        return text.size == 4;
    }
    const char *letter = memchr(letters, text.data[5], sizeof letters - 1);
    return letter == NULL ? text.data[5] <= '9' : text.size == sizes[letter - letters];
}

/* A period as it goes into the address, and the day it begins or ends with. */
static bkt_status read_period(const bkti_asking *asking, const char *name, const char *given,
                              char *out_text, int32_t *out_frequency, int64_t *out_ordinal) {
    bkti_span text = bkti_span_trim(bkti_span_of(given));
    if (text.size >= BKTI_PERIOD_SIZE ||
        bkt_period_parse(text.data, text.size, out_frequency, out_ordinal) != BKT_OK ||
        *out_frequency == BKT_FREQUENCY_RANGE) {
        return no_period(asking, name, given, "period such as 2015, 2015-Q1 or 2015-01");
    }
    if (*out_frequency != BKT_FREQUENCY_DATE_TIME && !is_of_today(text)) {
        return bkt_period_format(*out_frequency, *out_ordinal, out_text, BKTI_PERIOD_SIZE, NULL);
    }
    memcpy(out_text, text.data, text.size);
    out_text[text.size] = '\0';
    return BKT_OK;
}

/* A point in time; a day is its beginning. */
static bkt_status read_time(const bkti_asking *asking, const char *name, const char *given,
                            char *out_text) {
    int32_t frequency = BKT_FREQUENCY_NONE;
    int64_t ordinal = 0;
    if (!bkti_is_given(given)) {
        return BKT_OK;
    }
    bkt_status status = read_period(asking, name, given, out_text, &frequency, &ordinal);
    if (status == BKT_OK && frequency == BKT_FREQUENCY_DAY) {
        return bkt_period_format(BKT_FREQUENCY_DATE_TIME, ordinal * 86400, out_text,
                                 BKTI_PERIOD_SIZE, NULL);
    }
    if (status == BKT_OK && frequency != BKT_FREQUENCY_DATE_TIME) {
        return no_period(asking, name, given,
                         "date or date-time such as 2024-05-15T14:15:00+01:00");
    }
    return status;
}

bkt_status bkti_check_periods(bkti_asking *asking) {
    const bkt_query_options *options = &asking->options;
    int32_t frequency = 0;
    int64_t ordinal = 0;
    int32_t first_day = INT32_MIN;
    int32_t last_day = INT32_MAX;
    bkt_status status = BKT_OK;
    if (bkti_is_given(options->first_period)) {
        status = read_period(asking, "first_period", options->first_period, asking->first_period,
                             &frequency, &ordinal);
        if (status == BKT_OK) {
            status = bkt_period_start_day(frequency, ordinal, &first_day);
        }
    }
    if (status == BKT_OK && bkti_is_given(options->last_period)) {
        status = read_period(asking, "last_period", options->last_period, asking->last_period,
                             &frequency, &ordinal);
        if (status == BKT_OK) {
            status = bkt_period_last_day(frequency, ordinal, &last_day);
        }
    }
    if (status == BKT_OK && first_day > last_day) {
        return bkti_fail(asking->context, BKT_ERR_ARGUMENT, NULL,
                         "first_period %s lies after last_period %s", asking->first_period,
                         asking->last_period);
    }
    if (status == BKT_OK) {
        status = read_time(asking, "updated_after", options->updated_after, asking->updated_after);
    }
    return status == BKT_OK ? read_time(asking, "as_of", options->as_of, asking->as_of) : status;
}
