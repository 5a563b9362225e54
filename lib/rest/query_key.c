/* SPDX-License-Identifier: MIT */
/* Which codes: by the order of the dimensions, or by their ids. */
#include <stdio.h>

#include "bkti_query.h"

static bool is_wild(bkti_span codes) {
    return codes.size == 0 || bkti_span_is(codes, "*");
}

/* A list of codes of which every one may stand in a key. */
static bool are_ids(bkti_span codes) {
    for (bkti_span rest = codes; rest.data != NULL;) {
        if (!bkti_is_id(bkti_cut(&rest, '+'))) {
            return false;
        }
    }
    return true;
}

/* The place of a dimension, from 0; SIZE_MAX if it is not known. */
static size_t place_of(const bkti_asking *asking, bkti_span id) {
    size_t place = 0;
    for (bkti_span rest = bkti_span_of(asking->dimensions); rest.data != NULL;) {
        bkti_span known = bkti_cut(&rest, ' ');
        if (known.size == 0) {
            continue;
        }
        if (bkti_span_equal_caseless(known, id)) {
            return place;
        }
        place++;
    }
    return SIZE_MAX;
}

bkti_filter_parts bkti_split_filter(const char *filter) {
    bkti_filter_parts parts = {.codes = bkti_span_of(filter)};
    parts.id = bkti_cut(&parts.codes, '=');
    return parts;
}

bool bkti_is_in_key(const bkti_asking *asking, const bkti_filter_parts *filter) {
    if (bkti_is_given(asking->options.key) || place_of(asking, filter->id) == SIZE_MAX) {
        return false;
    }
    /* In the key of REST 2 several codes would multiply the keys. */
    bool several = memchr(filter->codes.data, '+', filter->codes.size) != NULL;
    bool fits = are_ids(filter->codes) && (!several || asking->service.joins_with_plus);
    return !asking->is_second || is_wild(filter->codes) || fits;
}

static bkt_status not_codes(const bkti_asking *asking, const char *what, bkti_span codes) {
    return bkti_fail(asking->context, BKT_ERR_ARGUMENT, NULL,
                     "%s: '%.*s' are no codes; codes have letters, digits, '_', '-', '@' and '$' "
                     "alone, several are separated by single '+', and '*' (every code) stands by "
                     "itself",
                     what, (int)(codes.size > BKTI_SHOWN ? BKTI_SHOWN : codes.size), codes.data);
}

static bkt_status split_key(bkti_asking *asking) {
    for (bkti_span rest = bkti_span_of(asking->options.key); rest.data != NULL;) {
        bkti_span codes = bkti_cut(&rest, '.');
        if (asking->position_count == BKTI_MOST_DIMENSIONS) {
            return bkti_fail(asking->context, BKT_ERR_LIMIT, NULL,
                             "the key has more than %d dimensions", BKTI_MOST_DIMENSIONS);
        }
        size_t place = asking->position_count++;
        if (is_wild(codes)) {
            asking->positions[place] = (bkti_span){NULL, 0};
            continue;
        }
        if (!are_ids(codes)) {
            char what[40];
            snprintf(what, sizeof what, "key, dimension %zu", place + 1);
            return not_codes(asking, what, codes);
        }
        asking->positions[place] = codes;
        asking->chooses = true;
    }
    return BKT_OK;
}

static bkt_status check_filter(const bkti_asking *asking, uint32_t index) {
    const char *text = asking->options.filters[index];
    bkti_filter_parts filter = bkti_split_filter(text);
    bool complete = filter.codes.size > 0 && bkti_is_id(filter.id);
    for (bkti_span rest = filter.codes; complete && rest.data != NULL;) {
        complete = bkti_cut(&rest, '+').size > 0;
    }
    if (!complete) {
        return bkti_fail(asking->context, BKT_ERR_ARGUMENT, NULL,
                         "'%.*s' is no filter: ID=CODE or ID=CODE+CODE was expected", BKTI_SHOWN,
                         text == NULL ? "" : text);
    }
    if (bkti_span_is(filter.id, "TIME_PERIOD") && (bkti_is_given(asking->options.first_period) ||
                                                   bkti_is_given(asking->options.last_period))) {
        return bkti_wrong(asking, "TIME_PERIOD is filtered by first and last period already");
    }
    for (uint32_t i = 0; i < index; i++) {
        bkti_filter_parts other = bkti_split_filter(asking->options.filters[i]);
        if (bkti_span_equal_caseless(other.id, filter.id)) {
            return bkti_fail(asking->context, BKT_ERR_ARGUMENT, NULL,
                             "'%.*s' is filtered twice; several codes are separated by '+'",
                             BKTI_SHOWN, text);
        }
    }
    return BKT_OK;
}

/* REST 1 has nothing but the key. */
static bkt_status check_place(const bkti_asking *asking, const bkti_filter_parts *filter) {
    if (asking->is_second || bkti_is_in_key(asking, filter)) {
        return BKT_OK;
    }
    if (bkti_is_given(asking->options.key)) {
        return bkti_wrong(asking, "a key and filters can't be had together in REST 1");
    }
    if (!bkti_is_given(asking->dimensions)) {
        return bkti_fail(asking->context, BKT_ERR_ARGUMENT, NULL,
                         "the place of '%.*s' in the key is not known, and REST 1 has no other "
                         "filters: give the dimensions in their order (dimensions), or a key",
                         (int)(filter->id.size > BKTI_SHOWN ? BKTI_SHOWN : filter->id.size),
                         filter->id.data);
    }
    return bkti_fail(asking->context, BKT_ERR_ARGUMENT, NULL,
                     "there is no dimension '%.*s'; the dimensions are: %.400s",
                     (int)(filter->id.size > BKTI_SHOWN ? BKTI_SHOWN : filter->id.size),
                     filter->id.data, asking->dimensions);
}

static bkt_status count_dimensions(bkti_asking *asking) {
    for (bkti_span rest = bkti_span_of(asking->dimensions); rest.data != NULL;) {
        bkti_span id = bkti_cut(&rest, ' ');
        if (id.size > 0 && !bkti_is_id(id)) {
            return bkti_fail(asking->context, BKT_ERR_ARGUMENT, NULL,
                             "dimensions: '%.*s' is no id; ids are separated by spaces",
                             (int)(id.size > BKTI_SHOWN ? BKTI_SHOWN : id.size), id.data);
        }
        asking->position_count += id.size > 0;
    }
    if (asking->position_count > BKTI_MOST_DIMENSIONS) {
        return bkti_fail(asking->context, BKT_ERR_LIMIT, NULL, "there are more than %d dimensions",
                         BKTI_MOST_DIMENSIONS);
    }
    return BKT_OK;
}

static bkt_status place_filters(bkti_asking *asking) {
    bkt_status status = bkti_is_given(asking->options.key) ? BKT_OK : count_dimensions(asking);
    for (uint32_t i = 0; status == BKT_OK && i < asking->options.filter_count; i++) {
        bkti_filter_parts filter = bkti_split_filter(asking->options.filters[i]);
        status = check_filter(asking, i);
        if (status == BKT_OK) {
            status = check_place(asking, &filter);
        }
        if (status != BKT_OK || !bkti_is_in_key(asking, &filter) || is_wild(filter.codes)) {
            continue;
        }
        if (!are_ids(filter.codes)) {
            return not_codes(asking, "filters", filter.codes);
        }
        asking->positions[place_of(asking, filter.id)] = filter.codes;
        asking->chooses = true;
    }
    return status;
}

bkt_status bkti_place_codes(bkti_asking *asking) {
    bkt_status status = BKT_OK;
    if (bkti_is_given(asking->options.key)) {
        status = split_key(asking);
    }
    if (status == BKT_OK && asking->options.filter_count > 0) {
        status = place_filters(asking);
    }
    return status;
}

static size_t code_count(bkti_span codes) {
    size_t count = 0;
    for (bkti_span rest = codes; rest.data != NULL; count++) {
        bkti_cut(&rest, '+');
    }
    return count == 0 ? 1 : count;
}

static bkti_span code_at(bkti_span codes, size_t index) {
    bkti_span rest = codes;
    bkti_span code = bkti_cut(&rest, '+');
    while (index-- > 0) {
        code = bkti_cut(&rest, '+');
    }
    return code;
}

/* The index-th of the keys that the lists of codes stand for, the last dimension running fastest.
 */
static void append_one_key(const bkti_asking *asking, size_t index) {
    size_t places[BKTI_MOST_DIMENSIONS];
    for (size_t i = asking->position_count; i-- > 0;) {
        size_t codes = code_count(asking->positions[i]);
        places[i] = index % codes;
        index /= codes;
    }
    for (size_t i = 0; i < asking->position_count; i++) {
        bkti_span codes = asking->positions[i];
        bkti_text_append_text(asking->address, i == 0 ? "" : ".");
        if (codes.size == 0) {
            bkti_text_append_text(asking->address, "*");
        } else {
            bkti_append_encoded(asking->address, code_at(codes, places[i]));
        }
    }
}

/* REST 2 lists keys of one code a dimension. */
static bkt_status append_keys(const bkti_asking *asking) {
    size_t keys = 1;
    for (size_t i = 0; i < asking->position_count && keys <= BKTI_MOST_KEYS; i++) {
        size_t codes = code_count(asking->positions[i]);
        keys = codes > BKTI_MOST_KEYS ? codes : keys * codes;
    }
    if (keys > BKTI_MOST_KEYS) {
        return bkti_fail(asking->context, BKT_ERR_LIMIT, NULL,
                         "the key stands for more than %d keys, which REST 2 lists one by one; "
                         "give filters by the ids of the dimensions instead",
                         BKTI_MOST_KEYS);
    }
    for (size_t i = 0; i < keys; i++) {
        bkti_text_append_text(asking->address, i == 0 ? "" : ",");
        append_one_key(asking, i);
    }
    return BKT_OK;
}

bkt_status bkti_append_key(const bkti_asking *asking) {
    if (asking->is_second && !asking->service.joins_with_plus) {
        return append_keys(asking);
    }
    for (size_t i = 0; i < asking->position_count; i++) {
        bkti_span codes = asking->positions[i];
        bkti_text_append_text(asking->address, i == 0 ? "" : ".");
        if (codes.size > 0) {
            bkti_append_list(asking->address, codes, '+');
        } else if (asking->is_second) {
            bkti_text_append_text(asking->address, "*");
        }
    }
    return BKT_OK;
}
