/* SPDX-License-Identifier: MIT */
/* Queries as addresses, for SDMX REST 1.x and 2.x. */
#include "bkti_query.h"

static const bkt_query_options DEFAULTS = {.struct_size = sizeof(bkt_query_options)};

bkt_status bkt_query_options_init(bkt_query_options *options, uint32_t struct_size) {
    return bkti_options_init(options, struct_size, &DEFAULTS, sizeof DEFAULTS, sizeof DEFAULTS);
}

/* By bkt_answer. Source: SDMX REST 1.5 and 2.1, content negotiation. */
static const char *const media_types[BKTI_ANSWERS] = {
    "",
    "application/vnd.sdmx.structurespecificdata+xml;version=2.1",
    "application/vnd.sdmx.genericdata+xml;version=2.1",
    "application/vnd.sdmx.data+xml;version=3.0.0",
    "application/vnd.sdmx.data+csv;version=1.0.0",
    "application/vnd.sdmx.data+csv;version=2.0.0",
    "application/vnd.sdmx.data+json;version=1.0.0",
    "application/vnd.sdmx.data+json;version=2.0.0",
    "application/vnd.sdmx.structure+xml;version=2.1",
    "application/vnd.sdmx.structure+xml;version=3.0.0",
};

/* http or https, a host, and nothing that ends a path or that a shell would take apart. */
static bool is_base(const char *address) {
    if (strncmp(address, "https://", 8) != 0 && strncmp(address, "http://", 7) != 0) {
        return false;
    }
    for (const char *at = address; *at != '\0'; at++) {
        if (*at <= ' ' || *at > '~' || strchr("?#\"'<>\\^`{|}[]", *at) != NULL) {
            return false;
        }
    }
    const char *host = strstr(address, "//") + 2;
    return *host != '\0' && *host != '/';
}

static bkt_status take_service(bkti_asking *asking, const bkt_service *service) {
    const bkt_query_options *options = &asking->options;
    if (service != NULL) {
        asking->service = *service;
        if (service->protocol == BKT_PROTOCOL_NONE) {
            return bkti_cannot(asking, service->note);
        }
    } else if (!bkti_is_given(options->address)) {
        return bkti_wrong(asking, "neither a known service nor the address of one is given");
    } else if (!is_base(options->address)) {
        return bkti_fail(asking->context, BKT_ERR_ARGUMENT, NULL,
                         "'%.*s' is no address of a service: https://HOST/PATH was expected",
                         BKTI_SHOWN, options->address);
    } else if (options->protocol != BKT_PROTOCOL_REST_1 &&
               options->protocol != BKT_PROTOCOL_REST_2) {
        return bkti_wrong(asking, "protocol must be that of the service at `address`: SDMX REST 1 "
                                  "or 2");
    } else {
        asking->service = (struct bkt_service){
            .id = "at this address", .address = options->address, .protocol = options->protocol};
    }
    asking->is_second = asking->service.protocol == BKT_PROTOCOL_REST_2;
    asking->is_structure = options->kind == BKT_QUERY_STRUCTURE;
    return BKT_OK;
}

static bkt_status make(bkti_asking *asking, const bkt_service *service,
                       const bkt_query_options *options) {
    bkt_status status = bkti_options_take(asking->context, options, &asking->options,
                                          sizeof DEFAULTS, sizeof DEFAULTS);
    if (status == BKT_OK) {
        status = bkti_flags_check(asking->context, "bkt_query_options", asking->options.flags,
                                  BKT_QUERY_HISTORY | BKT_QUERY_SELECTABLE);
    }
    if (status == BKT_OK) {
        status = take_service(asking, service);
    }
    if (status == BKT_OK) {
        status = bkti_check_query(asking);
    }
    if (status == BKT_OK) {
        status = bkti_check_periods(asking);
    }
    if (status == BKT_OK) {
        status = bkti_read_name(asking);
    }
    if (status == BKT_OK) {
        status = bkti_place_codes(asking);
    }
    if (status == BKT_OK) {
        status = bkti_append_path(asking);
    }
    if (status != BKT_OK) {
        return status;
    }
    bkti_append_parameters(asking);
    return asking->address->failed ? bkti_no_memory(asking->context) : BKT_OK;
}

bkt_status bkt_query_new(bkt_context *context, const bkt_service *service,
                         const bkt_query_options *options, bkt_query **out_query) {
    if (out_query != NULL) {
        *out_query = NULL;
    }
    if (context == NULL || options == NULL || out_query == NULL) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "bkt_query_new() needs a context, options and a place for the query");
    }
    bkti_memory *memory = bkti_context_memory(context);
    bkt_query *query = bkti_allocate_zeroed(memory, 1, sizeof *query);
    bkti_asking *asking = bkti_allocate_zeroed(memory, 1, sizeof *asking);
    if (query == NULL || asking == NULL) {
        bkti_release(memory, query);
        bkti_release(memory, asking);
        return bkti_no_memory(context);
    }
    query->memory = bkti_memory_hold(memory);
    bkti_text_init(&query->address, memory);
    asking->context = context;
    asking->options = DEFAULTS;
    asking->address = &query->address;
    bkt_status status = make(asking, service, options);
    if (status == BKT_OK) {
        bool by_parameter = asking->service.answers[asking->options.answer] != NULL;
        query->accept = by_parameter ? "" : media_types[asking->options.answer];
        *out_query = query;
    } else {
        bkt_query_free(query);
    }
    bkti_release(memory, asking);
    return status;
}

const char *bkt_query_address(const bkt_query *query) {
    return query == NULL ? "" : bkti_text_get(&query->address);
}

const char *bkt_query_accept(const bkt_query *query) {
    return query == NULL ? "" : query->accept;
}

void bkt_query_free(bkt_query *query) {
    if (query == NULL) {
        return;
    }
    bkti_memory *memory = query->memory;
    bkti_text_free(&query->address);
    bkti_release(memory, query);
    bkti_memory_drop(memory);
}
