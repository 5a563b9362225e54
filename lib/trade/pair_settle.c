/* SPDX-License-Identifier: MIT */
/* One row a cell: what wins where there are several, and what is refused. */
#include <math.h>
#include <string.h>

#include "bkti_listing.h"
#include "bkti_number.h"
#include "bkti_pair.h"

/* Two rows that lie far apart must not make a table of gigabytes: cells without a row are allowed
 * up to a number, and beyond it only as many as rows justify. */
#define MOST_PERIODS  100000
#define MOST_CELLS    100000000
#define FREE_CELLS    1000000
#define CELLS_PER_ROW 100

/* ---- the rows of a cell, as a chain ---- */

typedef int (*rank_function)(const bkti_pair *pair, const bkti_observation *observation,
                             const void *user);

/* Keeps the rows of the smallest rank; how many went. */
static uint32_t keep_best(bkti_pair *pair, int32_t *head, rank_function rank, const void *user) {
    int best = 0;
    for (int32_t i = *head; i >= 0; i = pair->observations[i].next) {
        int own = rank(pair, &pair->observations[i], user);
        best = i == *head || own < best ? own : best;
    }
    uint32_t dropped = 0;
    int32_t *link = head;
    while (*link >= 0) {
        bkti_observation *each = &pair->observations[*link];
        if (rank(pair, each, user) == best) {
            link = &each->next;
        } else {
            *link = each->next;
            dropped++;
        }
    }
    return dropped;
}

static int rank_presence(const bkti_pair *pair, const bkti_observation *observation,
                         const void *user) {
    (void)pair;
    (void)user;
    return observation->reason != BKT_MISSING_NOT;
}

/* Exports at FOB, imports at CIF; what is stated before what is assumed. */
static int rank_valuation(const bkti_pair *pair, const bkti_observation *observation,
                          const void *user) {
    (void)pair;
    (void)user;
    bool exports = observation->figure % 2 == 0;
    uint8_t best = exports ? BKT_VALUATION_FOB : BKT_VALUATION_CIF;
    uint8_t worst = exports ? BKT_VALUATION_CIF : BKT_VALUATION_FOB;
    if (observation->assumed) {
        return 1;
    }
    return observation->valuation == best ? 0 : observation->valuation == worst ? 3 : 2;
}

static int rank_total(const bkti_pair *pair, const bkti_observation *observation,
                      const void *user) {
    (void)pair;
    const bkti_dimension *dimension = user;
    int32_t code = bkt_column_codes_view(dimension->column)[observation->row];
    return code < 0 || dimension->ranks[code] == 0 ? 1000 : dimension->ranks[code];
}

/* ---- several rows that no rule tells apart ---- */

static bool all_equal(const bkti_pair *pair, int32_t head) {
    const bkti_observation *first = &pair->observations[head];
    for (int32_t i = first->next; i >= 0; i = pair->observations[i].next) {
        const bkti_observation *each = &pair->observations[i];
        bool equal = first->reason != BKT_MISSING_NOT ? each->reason != BKT_MISSING_NOT
                                                      : each->number == first->number;
        if (!equal) {
            return false;
        }
    }
    return true;
}

static bool differs(const bkti_pair *pair, int32_t head, const bkt_column *column) {
    const int32_t *codes = bkt_column_codes_view(column);
    int32_t first = codes == NULL ? 0 : codes[pair->observations[head].row];
    for (int32_t i = head; codes != NULL && i >= 0; i = pair->observations[i].next) {
        if (codes[pair->observations[i].row] != first) {
            return true;
        }
    }
    return false;
}

/* The column that tells the rows of a cell apart; NULL if none does. */
static const bkt_column *find_difference(const bkti_pair *pair, int32_t head) {
    static const int32_t roles[] = {BKT_PROFILE_FLOW, BKT_PROFILE_VALUATION, BKT_PROFILE_REPORTER,
                                    BKT_PROFILE_PARTNER};
    const bkti_view *view = &pair->view;
    for (uint32_t i = 0; i < view->dimension_count; i++) {
        if (differs(pair, head, view->dimensions[i].column)) {
            return view->dimensions[i].column;
        }
    }
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
        if (differs(pair, head, view->columns[roles[i]])) {
            return view->columns[roles[i]];
        }
    }
    return NULL;
}

/* Dimensions that may be attributes were not brought down to one code: one in which rows have
 * codes of their own, none of them for a total; NULL if there is none. */
static const bkt_column *find_parts(const bkti_pair *pair, int32_t head) {
    for (uint32_t i = 0; i < pair->view.dimension_count; i++) {
        const bkti_dimension *dimension = &pair->view.dimensions[i];
        const int32_t *codes = bkt_column_codes_view(dimension->column);
        int32_t first = -1;
        for (int32_t at = head; at >= 0; at = pair->observations[at].next) {
            int32_t code = codes[pair->observations[at].row];
            if (code < 0 || dimension->ranks[code] != 0) {
                continue;
            }
            if (first >= 0 && code != first) {
                return dimension->column;
            }
            first = code;
        }
    }
    return NULL;
}

static const char *const figure_names[BKTI_FIGURE_COUNT] = {"exports", "imports", "exports",
                                                            "imports"};

static const char *reporter_name(const bkti_pair *pair, const bkti_observation *observation) {
    return pair->view.targets[observation->figure / BKTI_EXPORTS_PARTNER].name;
}

static const char *period_text(const bkti_pair *pair, const bkti_observation *observation) {
    return bkt_column_text_at(pair->view.columns[BKT_PROFILE_TIME], observation->row);
}

/* What is wrong with a cell is said of its table and period. */
static bkti_place place_of(const bkti_pair *pair, const bkti_observation *observation) {
    return (bkti_place){.source = bkt_table_property(pair->view.table, "source"),
                        .period = period_text(pair, observation)};
}

static bkt_status refuse_difference(bkti_pair *pair, int32_t head, const bkt_column *column) {
    const bkti_observation *first = &pair->observations[head];
    bkti_listing listing;
    bkti_listing_init(&listing, pair->context);
    for (int32_t i = head; i >= 0; i = pair->observations[i].next) {
        const char *code = bkt_column_text_at(column, pair->observations[i].row);
        bkti_listing_add(&listing, code == NULL ? "(none)" : code);
    }
    bkti_place place = place_of(pair, first);
    bkt_status status = bkti_fail(
        pair->context, BKT_ERR_AMBIGUOUS, &place,
        "the %s that %s reports for %s have several values by %s (codes: %s); choose one by "
        "`selection` (%s=CODE)",
        figure_names[first->figure], reporter_name(pair, first), place.period,
        bkt_column_id(column), bkti_listing_finish(&listing), bkt_column_id(column));
    bkti_listing_free(&listing);
    return status;
}

/* Two numbers as the table has them, or scaled where only that tells them apart. */
static void write_numbers(const bkti_pair *pair, const bkti_observation *const *observations,
                          char buffers[2][40]) {
    const bkt_column *values = pair->view.columns[BKT_PROFILE_VALUE];
    double numbers[2] = {0, 0};
    bool told = bkt_column_number_at(values, observations[0]->row, &numbers[0]) &&
                bkt_column_number_at(values, observations[1]->row, &numbers[1]) &&
                numbers[0] != numbers[1];
    for (int i = 0; i < 2; i++) {
        bkti_number_format(told ? numbers[i] : observations[i]->number, buffers[i],
                           sizeof buffers[i]);
    }
}

static int32_t last_of(const bkti_pair *pair, int32_t head) {
    int32_t last = head;
    while (pair->observations[last].next >= 0) {
        last = pair->observations[last].next;
    }
    return last;
}

/* The same key and period with several values. */
static bkt_status settle_duplicates(bkti_pair *pair, int32_t head) {
    const bkti_observation *first = &pair->observations[head];
    const bkti_observation *last = &pair->observations[last_of(pair, head)];
    char numbers[2][40];
    write_numbers(pair, (const bkti_observation *const[]){first, last}, numbers);
    bkti_place place = place_of(pair, first);
    if ((pair->options->flags & BKT_BALANCE_LAST_WINS) != 0) {
        bkti_tell(pair->context, BKT_SEVERITY_WARNING, BKT_ERR_DUPLICATE, &place,
                  "the %s that %s reports for %s are there more than once, as %s and %s: the last "
                  "one is taken",
                  figure_names[first->figure], reporter_name(pair, first), place.period, numbers[0],
                  numbers[1]);
        return BKT_OK;
    }
    return bkti_fail(
        pair->context, BKT_ERR_DUPLICATE, &place,
        "the %s that %s reports for %s are there more than once, as %s (row %lld) and %s (row "
        "%lld); take out one, or let the last one win (BKT_BALANCE_LAST_WINS)",
        figure_names[first->figure], reporter_name(pair, first), place.period, numbers[0],
        (long long)first->row + 1, numbers[1], (long long)last->row + 1);
}

/* Of rows that are equal the confidential one, then the one whose status is the first by its bytes:
 * the same whatever the order of the rows. */
static int32_t choose_equal(const bkti_pair *pair, int32_t head) {
    const bkt_column *statuses = pair->view.columns[BKT_PROFILE_STATUS];
    int32_t best = head;
    for (int32_t i = pair->observations[head].next; i >= 0; i = pair->observations[i].next) {
        const bkti_observation *own = &pair->observations[i];
        const bkti_observation *other = &pair->observations[best];
        const char *status = bkt_column_text_at(statuses, own->row);
        const char *other_status = bkt_column_text_at(statuses, other->row);
        int order =
            (other->reason == BKT_MISSING_CONFIDENTIAL) - (own->reason == BKT_MISSING_CONFIDENTIAL);
        order = order == 0 ? own->reason - other->reason : order;
        if (order == 0) {
            order = strcmp(status == NULL ? "" : status, other_status == NULL ? "" : other_status);
        }
        best = order < 0 ? i : best;
    }
    return best;
}

/* ---- settling ---- */

static bkt_status tell_valuation(bkti_pair *pair, const bkti_observation *taken) {
    return bkti_pair_assume(pair, "%s are stated by more than one valuation: %s is taken",
                            figure_names[taken->figure],
                            taken->valuation == BKT_VALUATION_CIF ? "CIF" : "FOB");
}

/* That of codes in what may be an attribute one is the total. */
static bkt_status tell_total(bkti_pair *pair, const bkti_observation *taken,
                             const bkti_dimension *dimension) {
    return bkti_pair_assume(pair, "of the codes of %s the total (%s) is taken",
                            bkt_column_id(dimension->column),
                            bkt_column_text_at(dimension->column, taken->row));
}

/* Leaves one row in a chain, or fails. */
static bkt_status reduce(bkti_pair *pair, int32_t *head) {
    bkt_status status = BKT_OK;
    keep_best(pair, head, rank_presence, NULL);
    if (keep_best(pair, head, rank_valuation, NULL) > 0) {
        status = tell_valuation(pair, &pair->observations[*head]);
    }
    for (uint32_t i = 0; i < pair->view.dimension_count; i++) {
        const bkti_dimension *dimension = &pair->view.dimensions[i];
        uint32_t dropped = keep_best(pair, head, rank_total, dimension);
        if (status == BKT_OK && dropped > 0 && !dimension->sure) {
            status = tell_total(pair, &pair->observations[*head], dimension);
        }
    }
    if (status != BKT_OK || pair->observations[*head].next < 0) {
        return status;
    }
    const bkt_column *parts =
        pair->observations[*head].reason == BKT_MISSING_NOT ? find_parts(pair, *head) : NULL;
    if (parts == NULL && all_equal(pair, *head)) {
        bool last_wins = (pair->options->flags & BKT_BALANCE_LAST_WINS) != 0;
        bkti_tell(pair->context, BKT_SEVERITY_NOTE, BKT_ERR_DUPLICATE,
                  &(bkti_place){.period = period_text(pair, &pair->observations[*head])},
                  "the same value is there more than once: it is taken once");
        *head = last_wins ? last_of(pair, *head) : choose_equal(pair, *head);
        return BKT_OK;
    }
    const bkt_column *column = parts != NULL ? parts : find_difference(pair, *head);
    status =
        column != NULL ? refuse_difference(pair, *head, column) : settle_duplicates(pair, *head);
    *head = last_of(pair, *head);
    return status;
}

static bkt_status take(bkti_pair *pair, const bkti_observation *observation, bkti_figure *figure) {
    *figure = (bkti_figure){.number = observation->number,
                            .row = observation->row,
                            .reason = observation->reason,
                            .valuation = observation->valuation};
    if (!observation->assumed || observation->reason != BKT_MISSING_NOT) {
        return BKT_OK;
    }
    static const char *const names[] = {"as they are", "FOB", "CIF", "neither FOB nor CIF"};
    return bkti_pair_assume(pair,
                            "%s are taken as %s by convention where nothing in the data says it",
                            figure_names[observation->figure], names[observation->valuation]);
}

static bkt_status make_cells(bkti_pair *pair, size_t *out_count) {
    int64_t last = pair->observations[0].ordinal;
    pair->first_ordinal = last;
    for (size_t i = 0; i < pair->observation_count; i++) {
        int64_t ordinal = pair->observations[i].ordinal;
        pair->first_ordinal = ordinal < pair->first_ordinal ? ordinal : pair->first_ordinal;
        last = ordinal > last ? ordinal : last;
    }
    pair->period_count = last - pair->first_ordinal + 1;
    int64_t series = (int64_t)pair->product_count * BKTI_FIGURE_COUNT;
    int64_t most_cells = FREE_CELLS + CELLS_PER_ROW * (int64_t)pair->observation_count;
    most_cells = most_cells < MOST_CELLS ? most_cells : MOST_CELLS;
    if (pair->period_count > MOST_PERIODS || pair->period_count > most_cells / series) {
        return bkti_fail(pair->context, BKT_ERR_LIMIT, NULL,
                         "the pair's figures span %lld periods, more than can be laid out; narrow "
                         "the window by first_period and last_period",
                         (long long)pair->period_count);
    }
    *out_count = (size_t)(pair->period_count * series);
    pair->figures = bkti_allocate_array(pair->memory, *out_count, sizeof *pair->figures);
    if (pair->figures == NULL) {
        return bkti_no_memory(pair->context);
    }
    for (size_t i = 0; i < *out_count; i++) {
        pair->figures[i] =
            (bkti_figure){.number = NAN, .row = -1, .reason = BKT_MISSING_NOT_REPORTED};
    }
    return BKT_OK;
}

static size_t cell_of(const bkti_pair *pair, int64_t product, int64_t figure, int64_t period) {
    return (size_t)((product * BKTI_FIGURE_COUNT + figure) * pair->period_count + period);
}

/* Chains the observations of each cell, in the order of their rows. */
static void chain(bkti_pair *pair, int32_t *heads, size_t cell_count) {
    for (size_t i = 0; i < cell_count; i++) {
        heads[i] = -1;
    }
    for (size_t i = pair->observation_count; i > 0; i--) {
        bkti_observation *each = &pair->observations[i - 1];
        size_t cell = cell_of(pair, pair->by_product ? each->product : 0, each->figure,
                              each->ordinal - pair->first_ordinal);
        each->next = heads[cell];
        heads[cell] = (int32_t)(i - 1);
    }
}

bkt_status bkti_pair_settle(bkti_pair *pair) {
    size_t count = 0;
    bkt_status status = make_cells(pair, &count);
    if (status != BKT_OK) {
        return status;
    }
    int32_t *heads = bkti_allocate_array(pair->memory, count, sizeof *heads);
    if (heads == NULL) {
        return bkti_no_memory(pair->context);
    }
    for (size_t i = 0; i < pair->observation_count; i++) {
        bkti_pair_read_number(pair, &pair->observations[i]);
    }
    chain(pair, heads, count);
    for (size_t i = 0; status == BKT_OK && i < count; i++) {
        if (heads[i] >= 0) {
            status = reduce(pair, &heads[i]);
        }
        if (status == BKT_OK && heads[i] >= 0) {
            status = take(pair, &pair->observations[heads[i]], &pair->figures[i]);
        }
    }
    bkti_release(pair->memory, heads);
    return status;
}

const bkti_figure *bkti_pair_figure(const bkti_pair *pair, int32_t product, int figure,
                                    int64_t period) {
    return &pair->figures[cell_of(pair, product, figure, period)];
}
