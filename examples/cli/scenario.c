/* SPDX-License-Identifier: MIT */
#include "scenario.h"

#include <stdio.h>
#include <string.h>

const option_spec scenario_options[] = {
    {"growth", "RATES",
     "also the path by a growth a year such as 5%, or year by year: 5%,4%,3% (the last goes on); "
     "may come several times"},
    {"scenario", "FILE",
     "also the paths of a CSV file: SCENARIO, TIME_PERIOD and GROWTH, FACTOR or LEVEL"},
    {NULL, NULL, NULL},
};

bool scenarios_given(const scenarios *assumed) {
    return assumed->list_count > 0 || assumed->table != NULL;
}

/* "5%,4%" to the end of the rates. */
static bool add_list(scenarios *assumed, const char *text) {
    int64_t used = assumed->offsets[assumed->list_count];
    char word[64];
    for (const char *at = text;; at++) {
        size_t size = strcspn(at, ",");
        if (used == MOST_RATES || size >= sizeof word) {
            fprintf(stderr, "bktrade project: --growth %s: at most %d rates, each a number\n", text,
                    MOST_RATES);
            return false;
        }
        memcpy(word, at, size);
        word[size] = '\0';
        if (!arguments_rate("growth", word, &assumed->growths[used++]))
            return false;
        at += size;
        if (*at == '\0')
            break;
    }
    assumed->offsets[++assumed->list_count] = used;
    return true;
}

int32_t scenarios_take(session *running, const arguments *given, scenarios *out) {
    memset(out, 0, sizeof *out);
    const char *text;
    for (uint32_t i = 0; (text = arguments_value_at(given, "growth", i)) != NULL; i++) {
        if (i == MOST_LISTS) {
            fprintf(stderr, "bktrade project: at most %d times --growth\n", MOST_LISTS);
            return EXIT_USAGE;
        }
        if (!add_list(out, text))
            return EXIT_USAGE;
    }
    text = arguments_value(given, "scenario");
    return text == NULL ? EXIT_DONE : scenario_file_read(running, text, &out->table);
}

void scenarios_free(scenarios *assumed) {
    bkt_table_free(assumed->table);
    assumed->table = NULL;
}

bkt_status scenarios_project(session *running, const scenarios *assumed, const series *of,
                             const bkt_projection_options *how, bkt_table **out_table) {
    bkt_scenario_options options;
    bkt_scenario_options_init(&options, sizeof options);
    options.growths = assumed->growths;
    options.growth_offsets = assumed->offsets;
    options.list_count = assumed->list_count;
    options.table = assumed->table;
    return bkt_scenario(running->context, of->table, how, &options, out_table);
}

/* The dimensions, the period, and what is compared. */
bkt_status scenarios_print(session *running, const series *of, const bkt_table *compared) {
    static const char *const others[] = {"TIME_PERIOD", "GROWTH", "PATH", "PROJECTED",
                                         "DIFFERENCE"};
    enum { MOST_COLUMNS = 64, OTHERS = 5 };
    const char *columns[MOST_COLUMNS];
    int32_t decimals[MOST_COLUMNS];
    uint32_t count = 0;
    for (uint32_t i = 0; i < bkt_table_column_count(compared) && count < MOST_COLUMNS - OTHERS;
         i++) {
        const bkt_column *column = bkt_table_column_at(compared, i);
        if (bkt_column_role(column) != BKT_ROLE_DIMENSION)
            continue;
        decimals[count] = -1;
        columns[count++] = bkt_column_id(column);
    }
    for (uint32_t i = 0; i < OTHERS; i++) {
        decimals[count] = i < 2 ? -1 : of->decimals;
        columns[count++] = others[i];
    }
    bkt_print_options print;
    bkt_print_options_init(&print, sizeof print);
    print.column_ids = columns;
    print.column_decimals = decimals;
    print.column_count = count;
    print.flags = BKT_PRINT_PERCENT;
    print.thousands = ',';
    print.width = session_width();
    printf(
        "\n  By the growth that is assumed, from the last value on, beside what is projected:\n\n");
    return bkt_table_print(running->context, compared, &print, session_write, NULL);
}
