/* SPDX-License-Identifier: MIT */
#include "bkti_service.h"
#include "bkti_span.h"

static const char *text_or_empty(const char *text) {
    return text == NULL ? "" : text;
}

uint32_t bkt_service_count(void) {
    return bkti_service_count;
}

const bkt_service *bkt_service_at(uint32_t index) {
    return index < bkti_service_count ? &bkti_services[index] : NULL;
}

static bool is_called(const char *name, const char *id) {
    return name != NULL && bkti_span_equal_caseless(bkti_span_of(name), bkti_span_of(id));
}

const bkt_service *bkt_service_find(const char *id) {
    for (uint32_t i = 0; id != NULL && i < bkti_service_count; i++) {
        const bkt_service *service = &bkti_services[i];
        if (is_called(service->id, id) || is_called(service->second_id, id)) {
            return service;
        }
    }
    return NULL;
}

const char *bkt_service_id(const bkt_service *service) {
    return service == NULL ? "" : service->id;
}

const char *bkt_service_name(const bkt_service *service) {
    return service == NULL ? "" : service->name;
}

const char *bkt_service_address(const bkt_service *service) {
    return service == NULL ? "" : service->address;
}

int32_t bkt_service_protocol(const bkt_service *service) {
    return service == NULL ? BKT_PROTOCOL_NONE : service->protocol;
}

const char *bkt_service_note(const bkt_service *service) {
    return service == NULL ? "" : text_or_empty(service->note);
}

const char *bkt_service_source(const bkt_service *service) {
    return service == NULL ? "" : service->source;
}

uint32_t bkt_service_dataflow_count(const bkt_service *service) {
    return service == NULL ? 0 : service->dataflow_count;
}

/* What stands for a dataflow that there isn't. */
static const bkti_dataflow NO_DATAFLOW = {.id = "", .name = "", .dimensions = "", .source = ""};

static const bkti_dataflow *dataflow_at(const bkt_service *service, uint32_t index) {
    return index < bkt_service_dataflow_count(service) ? &service->dataflows[index] : &NO_DATAFLOW;
}

const char *bkt_service_dataflow_id(const bkt_service *service, uint32_t index) {
    return dataflow_at(service, index)->id;
}

const char *bkt_service_dataflow_name(const bkt_service *service, uint32_t index) {
    return dataflow_at(service, index)->name;
}

const char *bkt_service_dataflow_dimensions(const bkt_service *service, uint32_t index) {
    return dataflow_at(service, index)->dimensions;
}

const char *bkt_service_dataflow_dimension(const bkt_service *service, uint32_t index,
                                           int32_t role) {
    bool known = role > 0 && role < BKTI_ROLES;
    return known ? text_or_empty(dataflow_at(service, index)->roles[role]) : "";
}

const char *bkt_service_dataflow_flow_code(const bkt_service *service, uint32_t index,
                                           int32_t flow) {
    bool known = flow == BKT_FLOW_EXPORTS || flow == BKT_FLOW_IMPORTS;
    return known ? text_or_empty(dataflow_at(service, index)->flows[flow]) : "";
}

const char *bkt_service_dataflow_totals(const bkt_service *service, uint32_t index) {
    return text_or_empty(dataflow_at(service, index)->totals);
}

const char *bkt_service_dataflow_world(const bkt_service *service, uint32_t index) {
    return text_or_empty(dataflow_at(service, index)->world);
}

int32_t bkt_service_dataflow_area_system(const bkt_service *service, uint32_t index) {
    return dataflow_at(service, index)->area_system;
}

const char *bkt_service_dataflow_source(const bkt_service *service, uint32_t index) {
    return dataflow_at(service, index)->source;
}
