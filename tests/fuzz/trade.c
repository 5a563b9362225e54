/* SPDX-License-Identifier: MIT */
/* A small trade table out of the bytes, and everything that is made of such a table: profile,
 * balance, sectors, summary, and the projection of a column. */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "sound.h"

#define ROW_BYTES 8
#define ROW_LIMIT 300

#define LENGTH(array) ((uint32_t)(sizeof(array) / sizeof(array)[0]))

static const bkt_status balance_statuses[] = {
    BKT_ERR_ARGUMENT,    BKT_ERR_PERIOD,      BKT_ERR_PROFILE,   BKT_ERR_NO_COLUMN,
    BKT_ERR_COLUMN_KIND, BKT_ERR_COUNTRY,     BKT_ERR_AMBIGUOUS, BKT_ERR_DUPLICATE,
    BKT_ERR_NO_DATA,     BKT_ERR_UNSUPPORTED, BKT_ERR_LIMIT,     BKT_OK};
static const bkt_status summary_statuses[] = {BKT_ERR_ARGUMENT, BKT_ERR_PERIOD, BKT_ERR_NO_DATA,
                                              BKT_OK};
static const bkt_status projection_statuses[] = {BKT_ERR_SERIES, BKT_ERR_NO_DATA, BKT_ERR_LIMIT,
                                                 BKT_OK};
static const bkt_status detect_statuses[] = {BKT_ERR_PROFILE, BKT_OK};

/* ---- the table ---- */

/* Columns of one structure. A NULL has no column. */
typedef struct layout {
    const char *structure;
    const char *reporter;
    const char *partner;
    const char *flow;
    const char *product;
    const char *unit;
    const char *multiplier;
    const char *other; /* one more dimension */
} layout;

static const layout layouts[] = {
    {NULL, "REF_AREA", "COUNTERPART_AREA", "TRADE_FLOW", "PRODUCT", "UNIT_MEASURE", "UNIT_MULT",
     "TRANSFORMATION"},
    {"IMF:DOT(1.0)", "REF_AREA", "COUNTERPART_AREA", "INDICATOR", NULL, NULL, "UNIT_MULT", "FREQ"},
    {"IMF.STA:IMTS(1.0)", "COUNTRY", "COUNTERPART_COUNTRY", "INDICATOR", NULL, NULL, "SCALE",
     "FREQUENCY"},
    {"UNSD:IMTS_COMPACT", "REF_AREA", "COUNTERPART_AREA_1", "TRADE_FLOW", "COMMODITY_1",
     "UNIT_MEASURE", "UNIT_MULT", "MEASURE"},
    {"UN:UN_COMTRADE_H1", "RPT", "PRT", "TF", "CC-H1", "CURRENCY", "UNIT_MULT", "VALUATION"},
    {"ESTAT:DS-045409", "reporter", "partner", "flow", "product", NULL, NULL, "indicators"},
    {NULL, "REPORTER", "PARTNER", "FLOW", "PRODUCTCODE", "CURRENCY", NULL, "ADJUSTMENT"},
    {"ABS:MERCH_EXP", NULL, "COUNTRY", NULL, "SITC_REV3", NULL, NULL, "REGION"},
    {"IMF:ECOFIN_DSD", "REF_AREA", "COUNTERPART_AREA", "INDICATOR", NULL, NULL, "UNIT_MULT",
     "DATA_DOMAIN"},
    {"IMF:BOP", "REF_AREA", "COUNTERPART_AREA", "ACCOUNTING_ENTRY", NULL, "UNIT_MEASURE",
     "UNIT_MULT", "INT_ACC_ITEM"},
    {NULL, "COUNTRY", "AREA", "INDICATOR", "HS", "UNIT", "MULTIPLIER", "STATUS"},
};

static const char *const areas[] = {"BY",  "KZ",     "112", "398",   "BLR",       "KAZ", "913",
                                    "916", "RU",     "643", "W0",    "WLD",       "0",   "1C_001",
                                    "001", "G998",   "_Z",  "_X",    "Belarus",   "EU",  "SU",
                                    "B5",  "GX080",  "",    "BELA",  "8",         "008", "-",
                                    "UNS", "no one", "BZ",  "TX898", "EUR_EXTRA", "DE"};
static const char *const flows[] = {
    "X",   "M",   "TXG_FOB_USD", "TMG_CIF_USD", "XG_FOB_USD", "MG_CIF_USD", "2",  "1",
    "EXP", "IMP", "TMG_FOB_USD", "MG_FOB_USD",  "C",          "D",          "RX", "B"};
static const char *const products[] = {"TOTAL", "_T", "01", "02", "27",  "2709", "270900", "C",
                                       "AG2",   "99", "1",  "-1", "TOT", "270",  "28",     "_REST"};
static const char *const units[] = {"USD", "EUR", "XDC", "KZT", "KG", "L_M", "USD", ""};
static const char *const multipliers[] = {"0", "3", "6", "9", "-3", "300", "x", "2"};
static const char *const others[] = {
    "A", "N", "_T", "MET", "VALUE_IN_EUROS", "G", "FOB", "CIF", "Q", "M", "-", "W1", "Y", NULL};
static const char *const statuses[] = {"A", "C", "N", "E", "M", "F"};
static const char *const actions[] = {"Append", "Delete", "Replace", "Information"};

/* Texts of a column, each in a block of its own. */
typedef struct rows {
    const char *reporters[ROW_LIMIT];
    const char *partners[ROW_LIMIT];
    const char *flows[ROW_LIMIT];
    const char *products[ROW_LIMIT];
    const char *units[ROW_LIMIT];
    const char *multipliers[ROW_LIMIT];
    const char *others[ROW_LIMIT];
    const char *statuses[ROW_LIMIT];
    const char *actions[ROW_LIMIT];
    const char *periods[ROW_LIMIT];
    char period_texts[ROW_LIMIT][32];
    double values[ROW_LIMIT];
    uint8_t reasons[ROW_LIMIT];
    int64_t count;
} rows;

static double value_of(uint8_t high, uint8_t low, uint8_t form) {
    double plain = high * 256.0 + low;
    switch (form) {
    case 0:
        return -plain;
    case 1:
        return ldexp(1 + plain, 944 + low % 64);
    case 2:
        return ldexp(1 + plain, -1060 + low % 64);
    case 3:
        return NAN;
    case 4:
        return plain / 7;
    default:
        return plain * 1000;
    }
}

/* Periods near each other, so that rows meet; some far away. */
static void write_period(uint8_t byte, uint8_t frequency, char *text, size_t capacity) {
    static const int64_t firsts[] = {0,         1995, 1995 * 2, 1995 * 3,  1995 * 4,
                                     1995 * 12, 1300, 9131,     788918400, 9131};
    int64_t ordinal = firsts[frequency] + byte % 32;
    if (byte >= 0xf8) {
        ordinal = firsts[frequency] * (byte - 0xf7) / 2;
    }
    if (bkt_period_format(frequency, ordinal, text, capacity, NULL) != BKT_OK) {
        snprintf(text, capacity, "2012");
    }
}

static void take_rows(fuzz_bytes *bytes, uint8_t base, rows *out) {
    while (bytes->size >= ROW_BYTES && out->count < ROW_LIMIT) {
        int64_t i = out->count++;
        uint8_t who = fuzz_byte(bytes);
        uint8_t what = fuzz_byte(bytes);
        uint8_t when = fuzz_byte(bytes);
        uint8_t kind = fuzz_byte(bytes);
        uint8_t odd = fuzz_byte(bytes);
        /* Mostly two partners in one code system, so that a pair is found. */
        uint32_t first = (uint32_t)(base % 8 & ~1);
        out->reporters[i] = who < 0xc0 ? areas[first + (who & 1)] : areas[who % LENGTH(areas)];
        out->partners[i] = who < 0xc0   ? areas[first + (who >> 1 & 1)]
                           : who < 0xe0 ? areas[what % LENGTH(areas)]
                                        : NULL;
        out->flows[i] = flows[(base / 8 % 8 * 2 + (what & 1) + (what >= 0xf0 ? what : 0)) % 16];
        out->products[i] = products[what < 0x80 ? 0 : what / 2 % LENGTH(products)];
        out->units[i] = odd < 0xe0 ? units[0] : units[odd % LENGTH(units)];
        out->multipliers[i] = odd < 0xd0 ? multipliers[base / 64] : multipliers[odd / 2 % 8];
        out->others[i] = others[odd < 0xc0 ? base % 13 : odd % 14];
        out->statuses[i] = statuses[odd % LENGTH(statuses)];
        out->actions[i] = actions[odd < 0xb0 ? 0 : odd % 4];
        uint8_t frequency = kind < 0xf0 ? base % 5 + 1 : kind % 9 + 1;
        write_period(when, frequency, out->period_texts[i], sizeof out->period_texts[i]);
        out->periods[i] = kind == 0xef ? NULL : out->period_texts[i];
        uint8_t high = fuzz_byte(bytes);
        uint8_t low = fuzz_byte(bytes);
        uint8_t form = fuzz_byte(bytes);
        out->values[i] = value_of(high, low, form % 16);
        out->reasons[i] = form >= 0xf8 ? (uint8_t)(form - 0xf7) : 0;
    }
}

static void add_texts(bkt_table_builder *builder, const char *id, int32_t role,
                      const char *const *texts, int64_t count) {
    if (id != NULL) {
        bkt_status status = bkt_table_builder_add_texts(builder, id, role, texts, count);
        FUZZ_CHECK(status == BKT_OK, "column %s gives %d", id, (int)status);
    }
}

static bkt_table *build(bkt_context *context, const rows *from, uint8_t which, uint8_t parts) {
    const layout *form = &layouts[which % LENGTH(layouts)];
    bkt_table_builder *builder;
    bkt_table *table;
    int64_t count = from->count;
    FUZZ_CHECK(bkt_table_builder_new(context, &builder) == BKT_OK, "no builder");
    add_texts(builder, form->reporter, BKT_ROLE_DIMENSION, from->reporters, count);
    add_texts(builder, form->partner, BKT_ROLE_DIMENSION, from->partners, count);
    add_texts(builder, form->flow, BKT_ROLE_DIMENSION, from->flows, count);
    add_texts(builder, parts & 1 ? form->product : NULL, BKT_ROLE_DIMENSION, from->products, count);
    add_texts(builder, parts & 2 ? form->other : NULL, BKT_ROLE_DIMENSION, from->others, count);
    FUZZ_CHECK(bkt_table_builder_add_periods(builder, "TIME_PERIOD", from->periods, count) ==
                   BKT_OK,
               "periods are refused: %s", bkt_context_error_text(context));
    FUZZ_CHECK(bkt_table_builder_add_numbers(builder, "OBS_VALUE", BKT_ROLE_MEASURE, NULL,
                                             from->values, NULL, from->reasons, count) == BKT_OK,
               "numbers are refused: %s", bkt_context_error_text(context));
    add_texts(builder, parts & 4 ? form->unit : NULL, BKT_ROLE_ATTRIBUTE, from->units, count);
    add_texts(builder, parts & 8 ? form->multiplier : NULL, BKT_ROLE_ATTRIBUTE, from->multipliers,
              count);
    add_texts(builder, parts & 16 ? "OBS_STATUS" : NULL, BKT_ROLE_ATTRIBUTE, from->statuses, count);
    add_texts(builder, parts & 32 ? "CONF_STATUS" : NULL, BKT_ROLE_ATTRIBUTE, from->statuses,
              count);
    add_texts(builder, parts & 64 ? "ACTION" : NULL, BKT_ROLE_PROVENANCE, from->actions, count);
    if (form->structure != NULL && parts < 0x80) {
        bkt_table_builder_set_property(builder, "structure", form->structure);
    }
    FUZZ_CHECK(bkt_table_builder_finish(builder, &table) == BKT_OK, "no table");
    return table;
}

/* The same rows, the last first. */
static void turn_round(const rows *from, rows *to) {
    to->count = from->count;
    for (int64_t i = 0; i < from->count; i++) {
        int64_t k = from->count - 1 - i;
        to->reporters[i] = from->reporters[k];
        to->partners[i] = from->partners[k];
        to->flows[i] = from->flows[k];
        to->products[i] = from->products[k];
        to->units[i] = from->units[k];
        to->multipliers[i] = from->multipliers[k];
        to->others[i] = from->others[k];
        to->statuses[i] = from->statuses[k];
        to->actions[i] = from->actions[k];
        to->periods[i] = from->periods[k];
        to->values[i] = from->values[k];
        to->reasons[i] = from->reasons[k];
    }
}

/* ---- what is asked of it ---- */

static bkt_balance_options take_options(fuzz_bytes *bytes, uint8_t base) {
    static const char *const periods[] = {NULL, "1996", "2000-Q1", "2012-06", "1996-01-15", "x"};
    static const double scales[] = {1, 1e6, 1e3, 7, 1e-300, 1e300, 0, 1e9};
    static const double rates[] = {0.06, 0, 0.1, 1e300, 0.06, 0.06, -1, 5};
    bkt_balance_options options;
    bkt_balance_options_init(&options, (uint32_t)sizeof options);
    uint8_t who = fuzz_byte(bytes);
    uint8_t window = fuzz_byte(bytes);
    uint8_t numbers = fuzz_byte(bytes);
    uint8_t choices = fuzz_byte(bytes);
    uint32_t first = (uint32_t)(base % 8 & ~1);
    options.reporter = who < 0xc0 ? areas[first] : areas[who % LENGTH(areas)];
    options.partner = who < 0xd0 ? areas[first + 1] : areas[who / 2 % LENGTH(areas)];
    options.first_period = periods[window < 0x80 ? 0 : window % 6];
    options.last_period = periods[window < 0x80 ? 0 : window / 6 % 6];
    options.unit_scale = numbers < 0x80 ? 1 : scales[numbers % 8];
    options.cif_rate = numbers < 0x80 ? 0.06 : rates[numbers / 8 % 8];
    options.flags = choices & 3U;
    options.product = choices & 4 ? products[choices / 16] : NULL;
    options.unit = choices & 8 ? units[choices / 16 % 8] : NULL;
    options.frequency = choices >= 0xe0 ? choices % 9 : 0;
    options.product_length = choices >= 0xc0 ? choices % 7 : 0;
    return options;
}

static void check_profile(bkt_context *context, const bkt_table *table, uint32_t flags) {
    bkt_detect_options options;
    bkt_profile *profile;
    bkt_detect_options_init(&options, (uint32_t)sizeof options);
    options.flags = flags;
    bkt_status status = bkt_profile_detect(context, table, &options, &profile);
    sound_status(context, status, detect_statuses, "detecting a profile");
    FUZZ_CHECK((status == BKT_OK) == (profile != NULL), "status %d, profile %p", (int)status,
               (const void *)profile);
    if (profile == NULL) {
        return;
    }
    FUZZ_CHECK(bkt_profile_id(profile)[0] != '\0', "a profile without an id");
    bool possible = bkt_profile_pair_possible(profile) == 1;
    FUZZ_CHECK(possible == (bkt_profile_pair_refusal(profile)[0] == '\0'),
               "possible: %d, why not: %s", (int)possible, bkt_profile_pair_refusal(profile));
    FUZZ_CHECK(possible || flags == 0, "a profile of no pair though one was asked for");
    for (int32_t role = 0; role <= BKT_PROFILE_CONFIDENTIALITY + 1; role++) {
        FUZZ_CHECK(bkt_profile_column(profile, role) != NULL, "role %d is NULL", (int)role);
    }
    for (uint32_t i = 0; i < bkt_profile_assumption_count(profile); i++) {
        FUZZ_CHECK(bkt_profile_assumption_at(profile, i)[0] != '\0', "an empty assumption");
    }
    for (uint32_t i = 0; i < LENGTH(flows); i++) {
        int32_t flow = bkt_profile_flow_of_code(profile, flows[i]);
        FUZZ_CHECK(flow >= BKT_FLOW_OTHER && flow <= BKT_FLOW_IMPORTS, "flow %d", (int)flow);
    }
    bkt_profile_free(profile);
}

/* Sum and difference of a side's own figures, where they are there. */
static void check_identities(const bkt_table *balance, int64_t row, const char *side, bool own) {
    static const char *const names[] = {"EXPORTS_", "IMPORTS_",  "TURNOVER_",
                                        "BALANCE_", "COVERAGE_", "NORMALISED_BALANCE_"};
    double numbers[6];
    bool there[6];
    for (int i = 0; i < 6; i++) {
        char id[64];
        snprintf(id, sizeof id, "%s%s", names[i], side);
        const bkt_column *column = bkt_table_column_find(balance, id);
        FUZZ_CHECK(column != NULL, "no column %s", id);
        there[i] = bkt_column_number_at(column, row, &numbers[i]) == 1;
    }
    bool both = there[0] && there[1];
    FUZZ_CHECK(both || (!there[2] && !there[3] && !there[4] && !there[5]),
               "row %" PRId64 ": a result out of nothing (%s)", row, side);
    FUZZ_CHECK(!both || !there[2] || numbers[2] == numbers[0] + numbers[1], "%a is not %a + %a",
               numbers[2], numbers[0], numbers[1]);
    /* Always seen from the reporter. */
    double difference = own ? numbers[0] - numbers[1] : numbers[1] - numbers[0];
    FUZZ_CHECK(!both || !there[3] || numbers[3] == difference, "%a is not %a", numbers[3],
               difference);
    FUZZ_CHECK(!there[4] || numbers[4] >= 0, "coverage %g", numbers[4]);
    FUZZ_CHECK(!there[5] || (numbers[5] >= -1 && numbers[5] <= 1), "normalised %g", numbers[5]);
    FUZZ_CHECK((!there[0] || numbers[0] >= 0) && (!there[1] || numbers[1] >= 0), "%g, %g",
               numbers[0], numbers[1]);
}

static void check_balance(const bkt_table *balance) {
    int64_t count = bkt_table_row_count(balance);
    FUZZ_CHECK(count > 0, "a balance without a row");
    for (int64_t row = 0; row < count; row++) {
        check_identities(balance, row, "REPORTER", true);
        check_identities(balance, row, "PARTNER", false);
    }
}

/* The partner's balance is the same figures from the other side. */
static void compare_sides(bkt_context *context, const bkt_table *table,
                          const bkt_balance_options *options, const bkt_table *balance) {
    static const char *const pairs[][2] = {{"EXPORTS_REPORTER", "EXPORTS_PARTNER"},
                                           {"IMPORTS_REPORTER", "IMPORTS_PARTNER"},
                                           {"EXPORTS_PARTNER", "EXPORTS_REPORTER"},
                                           {"IMPORTS_PARTNER", "IMPORTS_REPORTER"}};
    bkt_balance_options turned = *options;
    turned.reporter = options->partner;
    turned.partner = options->reporter;
    bkt_table *other;
    bkt_status status = bkt_balance(context, table, &turned, &other);
    sound_status(context, status, balance_statuses, "the balance from the other side");
    if (status != BKT_OK) {
        return;
    }
    FUZZ_CHECK(bkt_table_row_count(balance) == bkt_table_row_count(other),
               "%" PRId64 " rows, from the other side %" PRId64, bkt_table_row_count(balance),
               bkt_table_row_count(other));
    for (size_t i = 0; i < 4; i++) {
        const bkt_column *a = bkt_table_column_find(balance, pairs[i][0]);
        const bkt_column *b = bkt_table_column_find(other, pairs[i][1]);
        for (int64_t row = 0; row < bkt_table_row_count(balance); row++) {
            char buffers[2][64];
            double number;
            if (bkt_column_number_at(a, row, &number) && bkt_column_number_at(b, row, &number)) {
                FUZZ_CHECK(strcmp(sound_cell(a, row, buffers[0]), sound_cell(b, row, buffers[1])) ==
                               0,
                           "%s of row %" PRId64 " is another number from the other side",
                           pairs[i][0], row);
            }
        }
    }
    bkt_table_free(other);
}

static void check_summary(bkt_context *context, const bkt_table *balance, uint8_t window) {
    static const char *const periods[] = {NULL, "1999", "2003-Q2", "1999-06-30"};
    bkt_summary_options options;
    bkt_table *summary;
    bkt_summary_options_init(&options, (uint32_t)sizeof options);
    options.first_period = periods[window < 0x80 ? 0 : window % 4];
    options.last_period = periods[window < 0x80 ? 0 : window / 4 % 4];
    bkt_status status = bkt_balance_summary(context, balance, &options, &summary);
    sound_status(context, status, summary_statuses, "the summary");
    if (status != BKT_OK) {
        return;
    }
    sound_table(summary);
    const bkt_column *values = bkt_table_column_find(summary, "VALUE");
    const bkt_column *reasons = bkt_table_column_find(summary, "REASON");
    for (int64_t row = 0; row < bkt_table_row_count(summary); row++) {
        const char *why = bkt_column_text_at(reasons, row);
        bool there = bkt_column_number_at(values, row, NULL) == 1;
        FUZZ_CHECK(there == (why == NULL || why[0] == '\0'), "row %" PRId64 " is %s: '%s'", row,
                   there ? "there" : "missing", why == NULL ? "" : why);
    }
    bkt_table_free(summary);
}

static void check_projection(bkt_context *context, const bkt_table *balance, uint8_t which) {
    static const char *const ids[] = {"EXPORTS_REPORTER", "IMPORTS_PARTNER", "BALANCE_REPORTER",
                                      "TURNOVER_PARTNER", "COVERAGE_REPORTER"};
    bkt_projection_options options;
    bkt_table *projected;
    bkt_projection_options_init(&options, (uint32_t)sizeof options);
    options.value_id = ids[which % 5];
    options.horizon = 1 + which % 7;
    options.method = which / 8 % 6;
    bkt_status status = bkt_projection(context, balance, &options, &projected);
    sound_status(context, status, projection_statuses, "projecting a column of a balance");
    if (status == BKT_OK) {
        sound_table(projected);
    }
    bkt_table_free(projected);
}

static void check_sectors(bkt_context *context, const bkt_table *table,
                          const bkt_balance_options *options) {
    bkt_table *sectors;
    bkt_status status = bkt_balance_sectors(context, table, options, &sectors);
    sound_status(context, status, balance_statuses, "sectors");
    if (status == BKT_OK) {
        sound_table(sectors);
    }
    bkt_table_free(sectors);
}

/* The order of rows changes nothing, unless the last one is to win. */
static void compare_orders(bkt_context *context, const bkt_table *turned,
                           const bkt_balance_options *options, const bkt_table *balance) {
    bkt_table *again;
    bkt_status status = bkt_balance(context, turned, options, &again);
    FUZZ_CHECK(status == BKT_OK, "with the last row first: %d (%s)", (int)status,
               bkt_context_error_text(context));
    fuzz_text texts[2] = {{0}, {0}};
    sound_describe_columns(balance, &texts[0]);
    sound_describe_rows(balance, &texts[0]);
    sound_describe_columns(again, &texts[1]);
    sound_describe_rows(again, &texts[1]);
    fuzz_text_compare(&texts[0], &texts[1], "balances of the rows in two orders");
    fuzz_text_free(&texts[0]);
    fuzz_text_free(&texts[1]);
    bkt_table_free(again);
}

static void ask(bkt_context *context, const bkt_table *table, const bkt_table *turned,
                const bkt_balance_options *options, const uint8_t *choices) {
    check_profile(context, table, choices[0] & 1U);
    bkt_table *balance;
    bkt_status status = bkt_balance(context, table, options, &balance);
    sound_status(context, status, balance_statuses, "the balance");
    if (status == BKT_OK) {
        sound_table(balance);
        check_balance(balance);
        compare_sides(context, table, options, balance);
        if ((options->flags & BKT_BALANCE_LAST_WINS) == 0) {
            compare_orders(context, turned, options, balance);
        }
        check_summary(context, balance, choices[1]);
        check_projection(context, balance, choices[2]);
    }
    check_sectors(context, table, options);
    bkt_table_free(balance);
}

void fuzz_trade(const uint8_t *data, size_t size) {
    fuzz_bytes bytes = {data, size};
    uint8_t which = fuzz_byte(&bytes);
    uint8_t parts = fuzz_byte(&bytes);
    uint8_t base = fuzz_byte(&bytes);
    bkt_balance_options options = take_options(&bytes, base);
    uint8_t choices[3];
    for (int i = 0; i < 3; i++) {
        choices[i] = fuzz_byte(&bytes);
    }
    rows *own = calloc(2, sizeof *own);
    FUZZ_CHECK(own != NULL, "no memory for rows");
    take_rows(&bytes, base, &own[0]);
    turn_round(&own[0], &own[1]);
    bkt_context *context;
    FUZZ_CHECK(bkt_context_new(NULL, &context) == BKT_OK, "no context");
    uint64_t held = bkt_context_memory_used(context);
    bkt_table *table = build(context, &own[0], which, parts);
    bkt_table *turned = build(context, &own[1], which, parts);
    free(own);
    ask(context, table, turned, &options, choices);
    bkt_table_free(table);
    bkt_table_free(turned);
    sound_context(context);
    bkt_context_diagnostics_clear(context);
    FUZZ_CHECK(bkt_context_memory_used(context) == held, "%" PRIu64 " bytes are held",
               bkt_context_memory_used(context));
    bkt_context_free(context);
}
