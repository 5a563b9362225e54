/* SPDX-License-Identifier: MIT */
/* The path of an address: what may be left out at its end is left out. */
#include "bkti_query.h"

enum { AS_IS, LIST, KEY };

/* A part of the path. Its text was checked to hold nothing that must be encoded. */
typedef struct step {
    bkti_span given;       /* data NULL: nothing was */
    const char *otherwise; /* the protocol's word for that */
    int manner;
} step;

static bkti_span optional(const char *text) {
    return bkti_is_given(text) ? bkti_span_of(text) : (bkti_span){NULL, 0};
}

static bool is_needed(const bkti_asking *asking, const step *part) {
    return part->manner == KEY
               ? asking->chooses
               : part->given.data != NULL && !bkti_span_is(part->given, part->otherwise);
}

static bkt_status append_step(const bkti_asking *asking, const step *part) {
    bkti_text_append_text(asking->address, "/");
    if (!is_needed(asking, part)) {
        bkti_text_append_text(asking->address, part->otherwise);
    } else if (part->manner == KEY) {
        return bkti_append_key(asking);
    } else if (part->manner == LIST) {
        bkti_append_list(asking->address, part->given, asking->is_second ? ',' : '+');
    } else {
        bkti_text_append_span(asking->address, part->given);
    }
    return BKT_OK;
}

static bkt_status append_steps(const bkti_asking *asking, const step *steps, size_t count) {
    while (count > 0 && !is_needed(asking, &steps[count - 1])) {
        count--;
    }
    bkt_status status = BKT_OK;
    for (size_t i = 0; i < count && status == BKT_OK; i++) {
        status = append_step(asking, &steps[i]);
    }
    return status;
}

static bkt_status append_structure(const bkti_asking *asking) {
    const char *folder = asking->service.structure_path;
    const char *artefact = asking->options.artefact;
    if (!asking->is_second && strcmp(artefact, "all") == 0) {
        artefact = "structure";
    }
    bkti_text_append_format(asking->address, "/%s%s%s", asking->is_second ? "structure/" : "",
                            folder == NULL ? "" : folder, artefact);
    const char *any = asking->is_second ? "*" : "all";
    const step steps[] = {
        {asking->agency, any, LIST},
        {asking->id, any, LIST},
        {asking->version, asking->is_second ? "~" : "latest", AS_IS},
        {optional(asking->options.item), any, LIST},
    };
    return append_steps(asking, steps, sizeof steps / sizeof steps[0]);
}

/* AGENCY,ID,VERSION: the ends may be left out. */
static void append_flow(const bkti_asking *asking) {
    bool has_version = asking->version.data != NULL;
    bool has_agency = asking->agency.data != NULL;
    if (asking->service.id_alone && !has_version && has_agency) {
        has_agency = !bkti_span_is(asking->agency, asking->service.agency);
    }
    if (has_agency || has_version) {
        bkti_text_append_span(asking->address, has_agency ? asking->agency : BKTI_SPAN("all"));
        bkti_text_append_text(asking->address, ",");
    }
    bkti_text_append_span(asking->address, asking->id);
    if (has_version) {
        bkti_text_append_text(asking->address, ",");
        bkti_text_append_span(asking->address, asking->version);
    }
}

static bkt_status append_first(const bkti_asking *asking) {
    bool is_data = asking->options.kind == BKT_QUERY_DATA;
    bkti_text_append_text(asking->address, is_data ? "/data/" : "/availableconstraint/");
    append_flow(asking);
    const step steps[] = {
        {{NULL, 0}, "all", KEY},
        {optional(asking->options.provider), "all", AS_IS},
        {optional(asking->options.component), "all", AS_IS},
    };
    return append_steps(asking, steps, sizeof steps / sizeof steps[0]);
}

static bkt_status append_second(const bkti_asking *asking) {
    static const char *const contexts[] = {"dataflow", "datastructure", "provisionagreement"};
    bool is_data = asking->options.kind == BKT_QUERY_DATA;
    bool is_named = asking->id.data != NULL || asking->agency.data != NULL;
    bkti_span version = asking->version;
    /* Left out it would be all versions. */
    if (version.data == NULL && asking->id.data != NULL) {
        version = bkti_span_of(asking->service.version == NULL ? "~" : asking->service.version);
    }
    bkti_text_append_text(asking->address, is_data ? "/data" : "/availability");
    const step steps[] = {
        {optional(is_named ? contexts[asking->options.context] : NULL), "*", AS_IS},
        {asking->agency, "*", LIST},
        {asking->id, "*", LIST},
        {version, "*", AS_IS},
        {{NULL, 0}, "*", KEY},
        {optional(asking->options.component), "*", AS_IS},
    };
    return append_steps(asking, steps, sizeof steps / sizeof steps[0]);
}

bkt_status bkti_append_path(bkti_asking *asking) {
    const char *address = asking->service.address;
    size_t size = strlen(address);
    while (size > 0 && address[size - 1] == '/') {
        size--;
    }
    bkti_text_append(asking->address, address, size);
    bkt_status status = asking->is_structure ? append_structure(asking)
                        : asking->is_second  ? append_second(asking)
                                             : append_first(asking);
    bkti_text_append_text(asking->address, asking->service.ends_in_slash ? "/" : "");
    return status;
}
