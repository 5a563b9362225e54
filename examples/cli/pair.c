/* SPDX-License-Identifier: MIT */
#include "pair.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

const option_spec pair_options[] = {
    {"reporter", "AREA", "whose trade: any code (BLR, BY, 112) or English name"},
    {"partner", "AREA", "with whom; both may be left out if the files have one pair only"},
    {"unit", "UNIT", "ones, thousand, million (default), billion"},
    {"product", "CODE", "one product instead of the total"},
    {"select", "ID=CODE", "take only this code of a dimension; may come several times"},
    {"profile", "NAME", "take the columns as this known profile has them (see 'bktrade info')"},
    {"frequency", "A|Q|M", "annual, quarterly or monthly figures, where the files have several"},
    {"currency", "CODE", "such as USD, where the files have several"},
    {"cif-rate", "RATE", "what CIF adds to FOB, by which imports are reduced; default 6%"},
    {"apply", NULL, "apply the files' actions (append, replace, delete ...) in their order"},
    {"last-wins", NULL, "where a cell comes twice, take the last instead of refusing"},
    {NULL, NULL, NULL},
};

const option_spec window_options[] = {
    {"from", "PERIOD", "first period, such as 2005 or 2005-Q1"},
    {"to", "PERIOD", "last period"},
    {NULL, NULL, NULL},
};

const char *const pair_sides[2] = {"REPORTER", "PARTNER"};

const char *pair_side_name(const pair *read, int side) {
    return side == 0 ? read->reporter : read->partner;
}

static bool choose_unit(const arguments *given, pair *read, const char **out_word) {
    static const struct {
        const char *word;
        double scale;
    } units[] = {{"ones", 1}, {"thousand", 1e3}, {"million", 1e6}, {"billion", 1e9}};
    const char *wanted = arguments_value(given, "unit");
    if (wanted == NULL)
        wanted = "million";
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (strcmp(units[i].word, wanted) == 0) {
            read->scale = units[i].scale;
            *out_word = i == 0 ? "" : units[i].word;
            return true;
        }
    fprintf(stderr, "bktrade: --unit wants ones, thousand, million or billion, not '%s'\n", wanted);
    return false;
}

static bool choose_frequency(const char *text, int32_t *out_frequency) {
    *out_frequency = 0;
    if (text == NULL)
        return true;
    for (int32_t frequency = BKT_FREQUENCY_YEAR; frequency <= BKT_FREQUENCY_DAY; frequency++)
        if (strcmp(bkt_frequency_code(frequency), text) == 0) {
            *out_frequency = frequency;
            return true;
        }
    fprintf(stderr, "bktrade: --frequency wants A, S, T, Q, M, W or D, not '%s'\n", text);
    return false;
}

int32_t pair_filter_options(session *running, const arguments *given, bkt_filter **out_filter) {
    *out_filter = NULL;
    const char *text;
    for (uint32_t i = 0; (text = arguments_value_at(given, "select", i)) != NULL; i++) {
        const char *equals = strchr(text, '=');
        if (equals == NULL || equals == text) {
            fprintf(stderr, "bktrade: --select wants ID=CODE, not '%s'\n", text);
            return EXIT_USAGE;
        }
        bkt_status status = BKT_OK;
        if (*out_filter == NULL)
            status = bkt_filter_new(running->context, out_filter);
        char id[256];
        snprintf(id, sizeof id, "%.*s", (int)(equals - text), text);
        const char *code = equals + 1;
        if (status == BKT_OK)
            status = bkt_filter_add_codes(*out_filter, id, &code, 1);
        if (status != BKT_OK)
            return session_fail(running, status);
    }
    return EXIT_DONE;
}

/* Adds the codes of a column to those found; false: there are more than two. */
static bool find_areas(const bkt_column *column, const char *areas[2]) {
    for (int64_t row = 0; row < bkt_column_row_count(column); row++) {
        const char *text = bkt_column_text_at(column, row);
        if (text == NULL || (areas[0] != NULL && strcmp(text, areas[0]) == 0) ||
            (areas[1] != NULL && strcmp(text, areas[1]) == 0))
            continue;
        if (areas[1] != NULL)
            return false;
        areas[areas[0] != NULL] = text;
    }
    return true;
}

/* The only pair of areas in the table, as codes; false if there are more or fewer. */
static bool only_pair(const bkt_table *table, const bkt_profile *profile, const char **out_reporter,
                      const char **out_partner) {
    const bkt_column *reporters =
        bkt_table_column_find(table, bkt_profile_column(profile, BKT_PROFILE_REPORTER));
    const bkt_column *partners =
        bkt_table_column_find(table, bkt_profile_column(profile, BKT_PROFILE_PARTNER));
    const char *areas[2] = {NULL, NULL};
    if (!find_areas(reporters, areas) || areas[0] == NULL || !find_areas(partners, areas))
        return false;
    *out_reporter = areas[0];
    *out_partner = areas[1];
    return areas[1] != NULL;
}

/* By code, or under any other code or name of the same area. */
static bool is_area(const char *given, const char *code) {
    const bkt_area *area = bkt_area_find(given);
    return strcmp(given, code) == 0 || (area != NULL && area == bkt_area_find(code));
}

static int32_t choose_pair(const arguments *given, const bkt_table *table,
                           const bkt_profile *profile, bkt_balance_options *options) {
    options->reporter = arguments_value(given, "reporter");
    options->partner = arguments_value(given, "partner");
    if (options->reporter != NULL && options->partner != NULL)
        return EXIT_DONE;
    const char *reporter = NULL, *partner = NULL;
    if (!only_pair(table, profile, &reporter, &partner)) {
        fprintf(stderr,
                "bktrade %s: the files have more than one pair of areas: name yours with "
                "--reporter and --partner\n",
                given->command->name);
        return EXIT_USAGE;
    }
    if (options->reporter == NULL && options->partner == NULL) {
        options->reporter = reporter;
        options->partner = partner;
    } else if (options->reporter == NULL) {
        options->reporter = is_area(options->partner, reporter) ? partner : reporter;
    } else {
        options->partner = is_area(options->reporter, reporter) ? partner : reporter;
    }
    return EXIT_DONE;
}

int32_t decimals_for(double largest) {
    if (!(largest > 0))
        return 1;
    return largest >= 1e5 ? 0 : largest >= 100 ? 1 : largest >= 10 ? 2 : largest >= 1 ? 3 : 4;
}

double column_largest(const bkt_column *column) {
    double largest = 0, number;
    for (int64_t row = 0; row < bkt_column_row_count(column); row++)
        if (bkt_column_number_at(column, row, &number) && fabs(number) > largest)
            largest = fabs(number);
    return largest;
}

void money_text(double number, int32_t decimals, char *buffer, size_t size) {
    char digits[400]; /* a double may have 309 */
    snprintf(digits, sizeof digits, "%.*f", (int)decimals, fabs(number));
    size_t whole = strcspn(digits, "."), used = 0;
    if (number < 0 && strspn(digits, "0.") < strlen(digits))
        buffer[used++] = '-';
    for (size_t i = 0; digits[i] != '\0' && used + 2 < size; i++) {
        if (i > 0 && i < whole && (whole - i) % 3 == 0)
            buffer[used++] = ',';
        buffer[used++] = digits[i];
    }
    buffer[used] = '\0';
}

static double largest_figure(const bkt_table *balance) {
    static const char *const ids[] = {"EXPORTS", "IMPORTS", "TURNOVER"};
    double largest = 0;
    for (size_t i = 0; i < 6; i++) {
        char id[64];
        snprintf(id, sizeof id, "%s_%s", ids[i / 2], pair_sides[i % 2]);
        double own = column_largest(bkt_table_column_find(balance, id));
        largest = own > largest ? own : largest;
    }
    return largest;
}

static void copy_names(pair *read, const char *unit_word) {
    const char *currency = bkt_table_property(read->balance, "unit");
    const char *reporter = bkt_table_property(read->balance, "reporter_name");
    const char *partner = bkt_table_property(read->balance, "partner_name");
    snprintf(read->unit, sizeof read->unit, "%s%s%s", unit_word, unit_word[0] ? " " : "",
             currency && currency[0] ? currency : "units");
    snprintf(read->reporter, sizeof read->reporter, "%s", reporter ? reporter : "reporter");
    snprintf(read->partner, sizeof read->partner, "%s", partner ? partner : "partner");
    char text[400];
    double largest = largest_figure(read->balance);
    read->decimals = decimals_for(largest);
    money_text(-largest, read->decimals, text, sizeof text);
    read->cell = strlen(text) < 10 ? 11 : (int)strlen(text) + 1;
}

static bkt_status choose_profile(session *running, const arguments *given, const bkt_table *table,
                                 bkt_profile **out_owned, const bkt_profile **out_profile) {
    *out_owned = NULL;
    const char *name = arguments_value(given, "profile");
    if (name != NULL) {
        bkt_profile_options options;
        bkt_profile_options_init(&options, sizeof options);
        options.base = name;
        bkt_status status = bkt_profile_new(running->context, &options, out_owned);
        *out_profile = *out_owned;
        return status;
    }
    bkt_detect_options options;
    bkt_detect_options_init(&options, sizeof options);
    options.flags = BKT_DETECT_PAIR;
    bkt_status status = bkt_profile_detect(running->context, table, &options, out_owned);
    *out_profile = *out_owned;
    return status;
}

/* Fills what the command line says of the balance. */
static int32_t fill_options(const arguments *given, const char *last_option,
                            const bkt_filter *selection, const pair *read,
                            bkt_balance_options *options) {
    bkt_balance_options_init(options, sizeof *options);
    options->unit_scale = read->scale;
    options->selection = selection;
    options->first_period = arguments_value(given, "from");
    options->last_period = arguments_value(given, last_option);
    options->product = arguments_value(given, "product");
    options->unit = arguments_value(given, "currency");
    if (arguments_value(given, "last-wins") != NULL)
        options->flags |= BKT_BALANCE_LAST_WINS;
    const char *rate = arguments_value(given, "cif-rate");
    if (rate != NULL && !arguments_rate("cif-rate", rate, &options->cif_rate))
        return EXIT_USAGE;
    if (!choose_frequency(arguments_value(given, "frequency"), &options->frequency))
        return EXIT_USAGE;
    return EXIT_DONE;
}

/* The library speaks of its own options: which one that is here. */
static void tell_option(const session *running) {
    static const struct {
        const char *word, *option;
    } options[] = {{"`unit`", "--currency CODE"},
                   {"`selection`", "--select ID=CODE"},
                   {"`product`", "--product CODE"},
                   {"`frequency`", "--frequency A|Q|M"},
                   {"BKT_BALANCE_LAST_WINS", "--last-wins"}};
    const char *text = bkt_context_error_text(running->context);
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
        if (strstr(text, options[i].word) != NULL)
            fprintf(stderr, "bktrade: the option for that is %s\n", options[i].option);
}

/* A small file is read whole: then a wrong name can be told with the list of who is there. */
enum { WHOLE_BYTES = 64 * 1024 * 1024 };

static bool is_large(const char *file) {
    struct stat about;
    return stat(file, &about) == 0 && about.st_size > WHOLE_BYTES;
}

/* Whether nothing is left because only the pair's rows of a large file were read. */
static bool is_filtered_away(const arguments *given, const bkt_table *table) {
    bool large = false;
    for (uint32_t i = 0; i < given->file_count; i++)
        large = large || is_large(given->files[i]);
    return large && bkt_table_row_count(table) == 0 && arguments_value(given, "reporter") != NULL &&
           arguments_value(given, "partner") != NULL;
}

static int32_t compute(session *running, const arguments *given, const bkt_table *table,
                       bkt_balance_options *options, pair *out) {
    if (is_filtered_away(given, table)) {
        fprintf(stderr,
                "bktrade: no observation in the files is of '%s' with '%s'; 'bktrade info' lists "
                "the areas that are there\n",
                arguments_value(given, "reporter"), arguments_value(given, "partner"));
        return EXIT_DATA;
    }
    bkt_profile *owned = NULL;
    const bkt_profile *profile = NULL;
    bkt_status status = choose_profile(running, given, table, &owned, &profile);
    if (status != BKT_OK)
        return session_fail(running, status);
    options->profile = profile;
    int32_t code = choose_pair(given, table, profile, options);
    if (code == EXIT_DONE) {
        status = bkt_balance(running->context, table, options, &out->balance);
        if (status != BKT_OK) {
            code = session_fail(running, status);
            tell_option(running);
        }
        if (status == BKT_ERR_PERIOD) /* the window's */
            code = EXIT_USAGE;
    }
    bkt_profile_free(owned);
    return code;
}

/* Of a large file only the rows of the pair are kept, as its first batch tells the profile. */
static bkt_status filter_of_file(session *running, const arguments *given, const char *file,
                                 bkt_filter **out_filter) {
    const char *reporter = arguments_value(given, "reporter");
    const char *partner = arguments_value(given, "partner");
    if (reporter == NULL || partner == NULL || !is_large(file))
        return BKT_OK;
    bkt_reader *reader = NULL;
    const bkt_table *batch = NULL;
    bkt_profile *owned = NULL;
    const bkt_profile *profile = NULL;
    bkt_read_options how;
    session_read_options(running, given, &how);
    bkt_status status = bkt_reader_open_path(running->context, file, &how, &reader);
    if (status == BKT_OK)
        status = bkt_reader_next_batch(reader, &batch);
    if (status == BKT_OK)
        status = choose_profile(running, given, batch, &owned, &profile);
    if (status == BKT_OK)
        status = bkt_profile_pair_filter(running->context, profile, reporter, partner, out_filter);
    bkt_profile_free(owned);
    bkt_reader_free(reader);
    return status == BKT_END ? BKT_OK : status;
}

int32_t pair_read(session *running, const arguments *given, const char *last_option, pair *out) {
    memset(out, 0, sizeof *out);
    const char *unit_word = "";
    if (!choose_unit(given, out, &unit_word))
        return EXIT_USAGE;
    bkt_filter *selection = NULL;
    bkt_balance_options options;
    int32_t code = pair_filter_options(running, given, &selection);
    if (code == EXIT_DONE)
        code = fill_options(given, last_option, selection, out, &options);
    bkt_table *table = NULL;
    if (code == EXIT_DONE) {
        bkt_status status = session_read(running, given, filter_of_file, &table);
        if (status != BKT_OK)
            code = session_fail(running, status);
    }
    if (code == EXIT_DONE)
        code = compute(running, given, table, &options, out);
    if (code == EXIT_DONE)
        copy_names(out, unit_word);
    bkt_table_free(table);
    bkt_filter_free(selection);
    return code;
}

void pair_free(pair *read) {
    bkt_table_free(read->balance);
    read->balance = NULL;
}

static void print_lines(const char *text) {
    while (text != NULL && text[0] != '\0') {
        size_t size = strcspn(text, "\n");
        printf("  - %.*s\n", (int)size, text);
        text += size + (text[size] == '\n');
    }
}

/* Whether any import was brought from CIF to FOB. */
static bool used_cif_rate(const pair *read) {
    for (int side = 0; side < 2; side++) {
        char id[64];
        snprintf(id, sizeof id, "VALUATION_IMPORTS_%s", pair_sides[side]);
        const bkt_column *valuation = bkt_table_column_find(read->balance, id);
        for (int64_t row = 0; row < bkt_table_row_count(read->balance); row++) {
            const char *text = bkt_column_text_at(valuation, row);
            if (text != NULL && strcmp(text, "CIF") == 0)
                return true;
        }
    }
    return false;
}

void pair_print_notes(const pair *read) {
    const char *profile = bkt_table_property(read->balance, "profile");
    const char *structure = bkt_table_property(read->balance, "structure");
    const char *assumptions = bkt_table_property(read->balance, "assumptions");
    const char *publisher = bkt_table_property(read->balance, "source_name");
    if (publisher != NULL)
        printf("\nSource: %s", publisher);
    printf("\nProfile: %s", profile ? profile : "?");
    if (structure != NULL)
        printf(" (structure %s)", structure);
    printf("\n");
    bool told = assumptions != NULL && assumptions[0] != '\0';
    const char *rate = bkt_table_property(read->balance, "cif_rate");
    bool reduced = rate != NULL && used_cif_rate(read);
    if (told || reduced)
        printf("Assumed:\n");
    if (told)
        print_lines(assumptions);
    if (reduced)
        printf(
            "  - imports at CIF are divided by %.10g where they are brought to FOB (--cif-rate)\n",
            1 + strtod(rate, NULL));
}
