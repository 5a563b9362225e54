/* SPDX-License-Identifier: MIT */
/** @file query.h
 * Where data are: known SDMX REST services, and queries to a service as an address and an Accept
 * header. Nothing is fetched: the library takes bytes from whoever fetched them.
 *
 * Getters accept NULL and indexes out of range, and give 0, "" or NULL for them.
 *
 * Source: SDMX REST 1.5 and 2.1, https://github.com/sdmx-twg/sdmx-rest. */
#ifndef BKTRADE_QUERY_H
#define BKTRADE_QUERY_H

#include <stddef.h>
#include <stdint.h>

#include <bktrade/context.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @name Services
 * A table that never changes. Whatever could not be confirmed from a public source is not in it.
 * @{ */

/** A service. Opaque; never freed. Texts of its getters live as long as the library. */
typedef struct bkt_service bkt_service;

/** How a service is asked. */
enum bkt_protocol {
    BKT_PROTOCOL_NONE = 0,   /**< not by SDMX REST: bkt_service_note() says how */
    BKT_PROTOCOL_REST_1 = 1, /**< SDMX REST 1.x (SDMX 2.1) */
    BKT_PROTOCOL_REST_2 = 2  /**< SDMX REST 2.x (SDMX 3.0 and 3.1) */
};

/** Services known. @since 0.1 */
BKT_API uint32_t bkt_service_count(void);
/** One of them. @return NULL where there is none such. @since 0.1 */
BKT_API const bkt_service *bkt_service_at(uint32_t index);
/** Finds a service by its id or second id, without regard to case. @param id may be NULL.
 * @return NULL if there is none such. @since 0.1 */
BKT_API const bkt_service *bkt_service_find(const char *id);
/** Id, such as "ECB". @since 0.1 */
BKT_API const char *bkt_service_id(const bkt_service *service);
/** Whose service it is, in English. @since 0.1 */
BKT_API const char *bkt_service_name(const bkt_service *service);
/** What every address of it begins with, without a slash at the end. @since 0.1 */
BKT_API const char *bkt_service_address(const bkt_service *service);
/** One of bkt_protocol. @since 0.1 */
BKT_API int32_t bkt_service_protocol(const bkt_service *service);
/** What is peculiar to it, a sentence or two; "" if nothing is. @since 0.1 */
BKT_API const char *bkt_service_note(const bkt_service *service);
/** Where this entry was taken from, for a person to look up. @since 0.1 */
BKT_API const char *bkt_service_source(const bkt_service *service);

/** Dataflows with trade by partner whose dimensions are known. @since 0.1 */
BKT_API uint32_t bkt_service_dataflow_count(const bkt_service *service);
/** "AGENCY:ID", as bkt_query_options.resource takes it. @since 0.1 */
BKT_API const char *bkt_service_dataflow_id(const bkt_service *service, uint32_t index);
/** Its name in English. @since 0.1 */
BKT_API const char *bkt_service_dataflow_name(const bkt_service *service, uint32_t index);
/** Ids of its dimensions in the order of the key, separated by spaces. @since 0.1 */
BKT_API const char *bkt_service_dataflow_dimensions(const bkt_service *service, uint32_t index);
/** Id of the dimension that has a part in trade.
 * @param role BKT_PROFILE_REPORTER, _PARTNER, _FLOW, _PRODUCT or _FREQUENCY.
 * @return "" if none has. @since 0.1 */
BKT_API const char *bkt_service_dataflow_dimension(const bkt_service *service, uint32_t index,
                                                   int32_t role);
/** The flow dimension's code. @param flow BKT_FLOW_EXPORTS or BKT_FLOW_IMPORTS.
 * @return "" for any other flow. @since 0.1 */
BKT_API const char *bkt_service_dataflow_flow_code(const bkt_service *service, uint32_t index,
                                                   int32_t flow);
/** What is to be chosen of dimensions of which nothing particular is wanted, so that an answer has
 * values of all products once: "ID=CODE", separated by spaces. @since 0.1 */
BKT_API const char *bkt_service_dataflow_totals(const bkt_service *service, uint32_t index);
/** The partner dimension's code of the whole world. @return "" if it is not known. @since 0.1 */
BKT_API const char *bkt_service_dataflow_world(const bkt_service *service, uint32_t index);
/** The system of its area codes, one of bkt_area_system. @since 0.1 */
BKT_API int32_t bkt_service_dataflow_area_system(const bkt_service *service, uint32_t index);
/** Where its entry was taken from, for a person to look up. @since 0.1 */
BKT_API const char *bkt_service_dataflow_source(const bkt_service *service, uint32_t index);
/** @} */

/** @name Queries
 * @{ */

/** What is asked for. */
enum bkt_query_kind {
    BKT_QUERY_DATA = 0,         /**< data */
    BKT_QUERY_AVAILABILITY = 1, /**< which codes and periods there are data for */
    BKT_QUERY_STRUCTURE = 2     /**< structures: see bkt_query_options.artefact */
};

/** What the data are reported against; REST 2 alone, REST 1 knows dataflows only. */
enum bkt_query_context {
    BKT_CONTEXT_DATAFLOW = 0,
    BKT_CONTEXT_DATA_STRUCTURE = 1,
    BKT_CONTEXT_PROVISION_AGREEMENT = 2
};

/** How much of the data. */
enum bkt_query_detail {
    BKT_DETAIL_FULL = 0,             /**< observations and attributes */
    BKT_DETAIL_DATA_ONLY = 1,        /**< no attributes */
    BKT_DETAIL_SERIES_KEYS_ONLY = 2, /**< which series there are, nothing else */
    BKT_DETAIL_NO_DATA = 3           /**< series with attributes, no observations */
};

/** What the answer is to be written in. */
enum bkt_answer {
    BKT_ANSWER_DEFAULT = 0, /**< whatever the service prefers */
    BKT_ANSWER_STRUCTURE_SPECIFIC_2_1 = 1,
    BKT_ANSWER_GENERIC_2_1 = 2,
    BKT_ANSWER_STRUCTURE_SPECIFIC_3_0 = 3,
    BKT_ANSWER_SDMX_CSV_1 = 4,
    BKT_ANSWER_SDMX_CSV_2 = 5,
    BKT_ANSWER_SDMX_JSON_1 = 6,
    BKT_ANSWER_SDMX_JSON_2 = 7,
    BKT_ANSWER_STRUCTURE_2_1 = 8, /**< SDMX-ML structures; of availability too */
    BKT_ANSWER_STRUCTURE_3_0 = 9  /**< SDMX-ML structures; of availability too */
};

/** @name Flags of bkt_query_options
 * @{ */
/** Data: earlier versions of them too. */
#define BKT_QUERY_HISTORY 1
/** Availability: codes that could still be added to the query, not those that it would give. */
#define BKT_QUERY_SELECTABLE 2
/** @} */

/** Options of bkt_query_new(). NULL or "" of a text and 0 of a number: not asked for. Texts are
 * UTF-8 as a person writes them: whatever an address can't hold is percent-encoded. "Several" are
 * separated by "+". */
typedef struct bkt_query_options {
    uint32_t struct_size;
    uint32_t flags; /**< BKT_QUERY_... */
    int32_t kind;   /**< one of bkt_query_kind */
    int32_t detail; /**< one of bkt_query_detail; data alone */
    int32_t answer; /**< one of bkt_answer */
    /** Of `address`: BKT_PROTOCOL_REST_1 or BKT_PROTOCOL_REST_2. */
    int32_t protocol;
    int32_t context;            /**< one of bkt_query_context; not for structures */
    int32_t first_observations; /**< at most so many of each series, from the first on; data */
    int32_t last_observations;  /**< at most so many of each series, up to the last; data */
    uint32_t filter_count;      /**< texts of `filters` */
    /** Codes by the id of the component: "ID=CODE" or "ID=CODE+CODE" (any of them). Of a dimension
     * whose place is known they go into the key; REST 1 can't do others. REST 2 also takes
     * attributes and measures, and operators: "OBS_VALUE=ge:10", "TITLE=co:euro". */
    const char *const *filters;
    /** "ID", "AGENCY:ID" or "AGENCY:ID(VERSION)" of the dataflow (or whatever `context` or
     * `artefact` say); agencies, ids and versions may be several where the protocol can. An agency
     * or id "*" is any, a version "~" the latest, "+" the latest stable one, "*" all of them.
     * Without a version the service's usual one, or the latest. NULL is all of them; with data only
     * for REST 2, together with filters. */
    const char *resource;
    /** Codes by the order of the dimensions, time left out: dimensions separated by ".", codes of
     * one may be several; nothing or "*" is every code ("A.BLR+KAZ..TOTAL"). NULL: all. How many
     * dimensions there are is the service's matter: REST 1 wants every one, REST 2 takes those left
     * out at the end for every code. */
    const char *key;
    /** Ids of the dimensions in the order of the key, separated by spaces: their places for
     * `filters`. NULL: as known of the service's dataflow. */
    const char *dimensions;
    /** Such as "2015" or "2015-Q1"; data and availability. */
    const char *first_period;
    const char *last_period; /**< likewise */
    /** A date or date-time: only what changed since then; data and availability. */
    const char *updated_after;
    /** A date or date-time: as it was then; REST 2, data and structures. */
    const char *as_of;
    /** Id of the dimension at the observations, or "AllDimensions"; data. */
    const char *dimension_at_observation;
    /** Attributes wanted: several ids, or "dsd", "msd", "dataset", "series", "obs", "all", "none";
     * REST 2, data, not together with `detail`. */
    const char *attributes;
    const char *measures;  /**< measures wanted: several ids, "all" or "none"; otherwise as above */
    const char *provider;  /**< "ID" or "AGENCY,ID" of a data provider, or several; REST 1 */
    const char *component; /**< availability of this dimension alone */
    /** Structures: what kind, as the protocol calls it ("dataflow", "datastructure", "codelist",
     * "conceptscheme", "categoryscheme" ...); "all" is every kind ("structure" in REST 1). */
    const char *artefact;
    const char *item; /**< structures: id of one item of a scheme or list, or several */
    /** Structures to be sent along: "none", "parents", "parentsandsiblings", "ancestors" (REST 2),
     * "children", "descendants", "all" or kinds of structures; not for data. */
    const char *references;
    /** Structures: how much of them: "full", "allstubs", "referencestubs", "allcompletestubs",
     * "referencecompletestubs", "referencepartial", "raw" (REST 2). */
    const char *structure_detail;
    /** A service that is not in the table: what its addresses begin with (http or https). Used
     * where `service` is NULL. */
    const char *address;
} bkt_query_options;
/** Fills options with defaults. @return as bkt_context_options_init(). @since 0.1 */
BKT_API bkt_status bkt_query_options_init(bkt_query_options *options, uint32_t struct_size);

/** A query. Opaque, immutable, may be shared by threads, may outlive the context; texts of its
 * getters live as long as it does. */
typedef struct bkt_query bkt_query;

/** Makes the address of a query.
 * @param context told what is wrong.
 * @param service NULL where `address` and `protocol` of the options say which.
 * @param options must be given; nothing of it is kept.
 * @param[out] out_query the caller's to free; NULL on failure.
 * @return BKT_OK; BKT_ERR_ARGUMENT for something missing, of another form, or that contradicts
 * itself (the diagnostic says which and what was expected); BKT_ERR_PERIOD for a text that is no
 * period; BKT_ERR_UNSUPPORTED for what this service or its protocol can't do; BKT_ERR_LIMIT for
 * more than 200 dimensions or 1,000 keys; BKT_ERR_ABI; BKT_ERR_MEMORY. @since 0.1 */
BKT_API bkt_status bkt_query_new(bkt_context *context, const bkt_service *service,
                                 const bkt_query_options *options, bkt_query **out_query);
/** The whole address, ASCII. @since 0.1 */
BKT_API const char *bkt_query_address(const bkt_query *query);
/** What the request's header Accept must say; "" if nothing. @since 0.1 */
BKT_API const char *bkt_query_accept(const bkt_query *query);
/** Frees it. @param query NULL is fine. @since 0.1 */
BKT_API void bkt_query_free(bkt_query *query);
/** @} */

#ifdef __cplusplus
}
#endif

#endif
