/* SPDX-License-Identifier: MIT */
/* Agency, id and version of what is asked for, and what is known of a dataflow. */
#include "bkti_query.h"

static bkt_status no_name(const bkti_asking *asking) {
    return bkti_fail(asking->context, BKT_ERR_ARGUMENT, NULL,
                     "'%.*s' is no name of a resource: ID, AGENCY:ID or AGENCY:ID(VERSION) was "
                     "expected",
                     BKTI_SHOWN, asking->options.resource);
}

/* Ids that are separated by "+", of an agency with dots between its parts; or "*". */
static bool is_name(bkti_span text, bool is_agency) {
    if (bkti_span_is(text, "*")) {
        return true;
    }
    for (bkti_span rest = text; rest.data != NULL;) {
        bkti_span one = bkti_cut(&rest, '+');
        for (bkti_span parts = one; parts.data != NULL;) {
            if (!bkti_is_id(is_agency ? bkti_cut(&parts, '.') : one)) {
                return false;
            }
            if (!is_agency) {
                break;
            }
        }
    }
    return true;
}

static bool is_version(bkti_span text) {
    for (size_t i = 0; i < text.size; i++) {
        if (!bkti_is_id((bkti_span){text.data + i, 1}) &&
            memchr(".,+*~", text.data[i], 5) == NULL) {
            return false;
        }
    }
    return text.size > 0;
}

static bkt_status split_name(bkti_asking *asking) {
    bkti_span id = bkti_span_of(asking->options.resource);
    if (memchr(id.data, ':', id.size) != NULL) {
        asking->agency = bkti_cut(&id, ':');
        if (!is_name(asking->agency, true)) {
            return no_name(asking);
        }
    }
    if (id.size > 0 && memchr(id.data, '(', id.size) != NULL) {
        bkti_span version = id;
        id = bkti_cut(&version, '(');
        if (version.size < 2 || version.data[version.size - 1] != ')') {
            return no_name(asking);
        }
        version.size--;
        asking->version = version;
        if (!is_version(version)) {
            return no_name(asking);
        }
    }
    asking->id = id;
    return is_name(id, false) ? BKT_OK : no_name(asking);
}

/* Each protocol has words of its own for "latest" and "all". */
static bkti_span version_in(bool is_second, bkti_span version) {
    if (is_second) {
        return bkti_span_is(version, "latest") ? BKTI_SPAN("~")
               : bkti_span_is(version, "all")  ? BKTI_SPAN("*")
                                               : version;
    }
    return bkti_span_is(version, "~") || bkti_span_is(version, "+") ? BKTI_SPAN("latest")
           : bkti_span_is(version, "*")                             ? BKTI_SPAN("all")
                                                                    : version;
}

/* "*" names nothing. */
static void forget_wildcard(bkti_span *name) {
    if (bkti_span_is(*name, "*")) {
        *name = (bkti_span){NULL, 0};
    }
}

/* What the table has of the dataflow: its agency, and the order of its dimensions. */
static void use_known(bkti_asking *asking) {
    for (uint32_t i = 0; i < asking->service.dataflow_count; i++) {
        const bkti_dataflow *known = &asking->service.dataflows[i];
        bkti_span id = bkti_span_of(known->id);
        bkti_span agency = bkti_cut(&id, ':');
        if (!bkti_span_equal_caseless(asking->id, id) ||
            (asking->agency.data != NULL && !bkti_span_equal_caseless(asking->agency, agency))) {
            continue;
        }
        asking->id = id;
        asking->agency = agency;
        if (!bkti_is_given(asking->dimensions)) {
            asking->dimensions = known->dimensions;
        }
        return;
    }
}

static bool is_several(bkti_span name) {
    return name.size > 0 && memchr(name.data, '+', name.size) != NULL;
}

/* What data of REST 1 allow: one dataflow in one version. */
static bkt_status check_first(const bkti_asking *asking) {
    if (asking->id.data == NULL) {
        return bkti_wrong(asking, "no dataflow is named (resource), and REST 1 has no data of all "
                                  "dataflows at once");
    }
    if (is_several(asking->agency) || is_several(asking->id) || is_several(asking->version) ||
        bkti_span_is(asking->version, "all")) {
        return bkti_cannot(asking, "REST 1 has data of one dataflow in one version at a time");
    }
    return BKT_OK;
}

bkt_status bkti_read_name(bkti_asking *asking) {
    asking->dimensions = asking->options.dimensions;
    bkt_status status = bkti_is_given(asking->options.resource) ? split_name(asking) : BKT_OK;
    if (status != BKT_OK) {
        return status;
    }
    forget_wildcard(&asking->agency);
    forget_wildcard(&asking->id);
    if (asking->version.data != NULL) {
        asking->version = version_in(asking->is_second, asking->version);
    }
    if (!asking->is_structure && asking->options.context == BKT_CONTEXT_DATAFLOW &&
        asking->id.data != NULL) {
        use_known(asking);
    }
    if (asking->agency.data == NULL && bkti_is_given(asking->service.agency) &&
        (asking->is_structure || asking->id.data != NULL)) {
        asking->agency = bkti_span_of(asking->service.agency);
    }
    if (asking->is_structure) {
        bool has_version = asking->version.data != NULL || bkti_is_given(asking->options.item);
        return has_version && (asking->service.lacks & BKTI_NO_VERSION) != 0
                   ? bkti_cannot(asking, "its addresses have no versions and items of structures")
                   : BKT_OK;
    }
    return asking->is_second ? BKT_OK : check_first(asking);
}
