/* SPDX-License-Identifier: MIT */
/* Queries of any texts to every service: an address holds nothing that would make it another one,
 * and comes out the same again.
 *
 * Six bytes say what kind of query it is, two which texts are given; then the texts, a line each,
 * in the order of `fill`. */
#include <string.h>

#include <bktrade/query.h>

#include "fuzz.h"

enum { TEXTS = 16, TEXT_SIZE = 400 };

typedef struct asked {
    const bkt_service *service;
    bkt_query_options options;
    const char *filters[3];
    char texts[TEXTS][TEXT_SIZE];
} asked;

static void take_texts(fuzz_bytes *bytes, asked *query) {
    for (size_t i = 0; i < TEXTS; i++) {
        size_t size = 0;
        while (bytes->size > 0 && *bytes->data != '\n' && *bytes->data != '\0' &&
               size < TEXT_SIZE - 1) {
            query->texts[i][size++] = (char)fuzz_byte(bytes);
        }
        fuzz_byte(bytes);
        query->texts[i][size] = '\0';
    }
}

static void fill(fuzz_bytes *bytes, asked *query) {
    bkt_query_options *options = &query->options;
    bkt_query_options_init(options, (uint32_t)sizeof *options);
    query->service = bkt_service_at(fuzz_byte(bytes)); /* beyond the last: the address */
    uint8_t flags = fuzz_byte(bytes);
    options->flags = flags & 3;
    options->kind = flags >> 2 & 3;
    options->context = flags >> 4 & 3;
    options->protocol = flags >> 6;
    options->detail = (int32_t)fuzz_number(bytes, 5);
    options->answer = (int32_t)fuzz_number(bytes, 11);
    options->first_observations = (int32_t)fuzz_byte(bytes) - 5;
    options->last_observations = (int32_t)fuzz_byte(bytes);
    uint32_t given = (uint32_t)fuzz_byte(bytes) << 8;
    given |= fuzz_byte(bytes);
    take_texts(bytes, query);
    const char **places[TEXTS] = {
        &options->resource,      &options->key,        &query->filters[0],
        &query->filters[1],      &options->dimensions, &options->first_period,
        &options->last_period,   &options->as_of,      &options->dimension_at_observation,
        &options->attributes,    &options->provider,   &options->artefact,
        &options->item,          &options->references, &options->structure_detail,
        &options->updated_after,
    };
    for (size_t i = 0; i < TEXTS; i++) {
        *places[i] = (given >> i & 1) != 0 ? query->texts[i] : NULL;
    }
    options->address = query->service == NULL ? "https://host/rest" : NULL;
    options->filters = query->filters;
    options->filter_count = (given >> 2 & 1) + ((given >> 2 & 3) == 3);
}

static void check_address(const char *address, const asked *query) {
    const char *base =
        query->service == NULL ? "https://host/rest" : bkt_service_address(query->service);
    FUZZ_CHECK(strncmp(address, base, strlen(base)) == 0, "%s", address);
    address += strlen(base);
    FUZZ_CHECK(*address == '/', "%s", address);
    FUZZ_CHECK(strstr(address, "/./") == NULL && strstr(address, "/../") == NULL, "%s", address);
    bool behind = false; /* the '?' */
    for (const char *at = address; *at != '\0'; at++) {
        bool letter =
            (*at >= 'A' && *at <= 'Z') || (*at >= 'a' && *at <= 'z') || (*at >= '0' && *at <= '9');
        FUZZ_CHECK(letter || strchr("-._~@$+,*:/?&=%", *at) != NULL, "%s", address);
        FUZZ_CHECK(*at != '?' || !behind, "%s", address);
        FUZZ_CHECK(*at != '/' || !behind, "%s", address);
        FUZZ_CHECK((*at != '&' && *at != '=') || behind, "%s", address);
        behind = behind || *at == '?';
        FUZZ_CHECK(*at != '%' || (behind && strspn(at + 1, "0123456789ABCDEF") >= 2), "%s",
                   address);
    }
}

static bool is_documented(bkt_status status) {
    return status == BKT_OK || status == BKT_ERR_ARGUMENT || status == BKT_ERR_PERIOD ||
           status == BKT_ERR_UNSUPPORTED || status == BKT_ERR_LIMIT;
}

void fuzz_query(const uint8_t *data, size_t size) {
    static asked query;
    fuzz_bytes bytes = {data, size};
    fill(&bytes, &query);
    bkt_context *context = NULL;
    bkt_query *made = NULL;
    bkt_query *again = NULL;
    FUZZ_CHECK(bkt_context_new(NULL, &context) == BKT_OK, "no context");
    bkt_status status = bkt_query_new(context, query.service, &query.options, &made);
    FUZZ_CHECK(is_documented(status), "%d: %s", (int)status, bkt_context_error_text(context));
    FUZZ_CHECK((made != NULL) == (status == BKT_OK), "%d", (int)status);
    FUZZ_CHECK((bkt_context_error(context) == NULL) == (status == BKT_OK), "%d", (int)status);
    if (status == BKT_OK) {
        check_address(bkt_query_address(made), &query);
        FUZZ_CHECK(bkt_query_new(context, query.service, &query.options, &again) == BKT_OK,
                   "%s, then: %s", bkt_query_address(made), bkt_context_error_text(context));
        FUZZ_CHECK(strcmp(bkt_query_address(made), bkt_query_address(again)) == 0, "%s and %s",
                   bkt_query_address(made), bkt_query_address(again));
    }
    bkt_query_free(made);
    bkt_query_free(again);
    bkt_context_free(context);
}
