/* SPDX-License-Identifier: MIT */
/* bktrade url: the address of data at a known service. Nothing is fetched. */
#include "commands.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { LONGEST_FILTER = 2000, MOST_FILTERS = 16 };

static const option_spec trade_options[] = {
    {"reporter", "AREA",
     "whose trade: any code (BLR, BY, 112), English name, or code of the service"},
    {"partner", "AREA", "with whom, likewise; several areas: BLR+KAZ"},
    {"flow", "FLOW", "exports, imports, both (default), or a code of the service"},
    {"product", "CODE", "instead of the total"},
    {"frequency", "CODE", "A, Q or M; default all"},
    {NULL, NULL, NULL},
};

static const option_spec data_options[] = {
    {"select", "ID=CODE", "these codes of a dimension (ID=A+B); may come several times"},
    {"dimensions", "IDS", "their ids in the order of the key, for --select: \"FREQ REF_AREA\""},
    {"from", "PERIOD", "first period, such as 2005 or 2005-Q1"},
    {"to", "PERIOD", "last period"},
    {"first", "N", "at most the first N observations of each series"},
    {"last", "N", "at most the last N observations of each series"},
    {"detail", "DETAIL", "full (default), dataonly, serieskeysonly or nodata"},
    {"attributes", "IDS", "these attributes (REST 2): A+B, or none, all, dsd ..."},
    {"measures", "IDS", "these measures (REST 2): A+B, or none, all"},
    {"at", "ID", "the dimension at the observations, or AllDimensions"},
    {"updated-after", "TIME", "only what changed since this date or date-time"},
    {"history", NULL, "earlier versions too"},
    {"as-of", "TIME", "as it was then (REST 2)"},
    {"provider", "ID", "of this data provider (REST 1)"},
    {"as", "KIND", "sdmx-csv, sdmx-csv-1, ml21, ml30, generic, json, json-1; default any"},
    {NULL, NULL, NULL},
};

static const option_spec other_options[] = {
    {"available", NULL, "which codes there are data for, instead of the data"},
    {"selectable", NULL, "with --available: codes that could still be added"},
    {"component", "ID", "with --available: of this dimension alone"},
    {"structure", "KIND", "structures: dataflow, datastructure, codelist, conceptscheme, all ..."},
    {"item", "ID", "with --structure: this code, concept ... alone"},
    {"references", "KIND", "none, children, descendants, all ..., or kinds of structures"},
    {"stubs", "DETAIL", "allstubs, referencestubs, referencepartial ..."},
    {"service", "ADDRESS", "a service that is not known, with --rest; no SERVICE is named then"},
    {"rest", "1|2", "its version of SDMX REST"},
    {"about", NULL, "what is known of the service"},
    {"curl", NULL, "the whole command, with the header that the request needs"},
    {NULL, NULL, NULL},
};

typedef struct request {
    const arguments *given;
    const bkt_service *service; /* NULL: --service */
    const char *dataflow;       /* as given; NULL: none */
    uint32_t place;             /* of a known dataflow; the count if it is none */
    bkt_query_options options;
    const char *filters[MAX_OPTIONS + MOST_FILTERS];
    char texts[MOST_FILTERS][LONGEST_FILTER]; /* the filters that are made here */
    uint32_t text_count;
} request;

/* Whether a given name is that of a known dataflow: "ID" or "AGENCY:ID", with a version or not. */
static bool names_dataflow(const char *given, const char *known) {
    size_t size = strcspn(given, "(");
    const char *id = strchr(known, ':') + 1;
    return (strlen(known) == size && strncasecmp(given, known, size) == 0) ||
           (strlen(id) == size && strncasecmp(given, id, size) == 0);
}

static void find_dataflow(request *asked) {
    uint32_t count = bkt_service_dataflow_count(asked->service);
    asked->place = 0;
    if (asked->dataflow == NULL && count > 0)
        asked->dataflow = bkt_service_dataflow_id(asked->service, 0);
    while (asked->place < count &&
           !names_dataflow(asked->dataflow, bkt_service_dataflow_id(asked->service, asked->place)))
        asked->place++;
}

/* A filter that is made here: at most one a dimension that has a part, and the totals. */
static bool add_filter(request *asked, const char *id, const char *codes) {
    if (asked->text_count == MOST_FILTERS)
        return false;
    char *text = asked->texts[asked->text_count++];
    int size = snprintf(text, LONGEST_FILTER, "%s=%s", id, codes);
    if (size >= LONGEST_FILTER) {
        fprintf(stderr, "bktrade url: the codes of %s are too long\n", id);
        return false;
    }
    asked->filters[asked->options.filter_count++] = text;
    return true;
}

/* An area in the service's codes; what is no known area may be a code of the service's own. */
static const char *area_code(const request *asked, const char *text) {
    int32_t system = bkt_service_dataflow_area_system(asked->service, asked->place);
    const char *world = bkt_service_dataflow_world(asked->service, asked->place);
    const bkt_area *area = bkt_area_find_in(system, text);
    if (area == NULL)
        area = bkt_area_find(text);
    int32_t kind = bkt_area_kind(area);
    if (kind == BKT_AREA_KIND_WORLD && world[0] != '\0')
        return world;
    if (kind != BKT_AREA_KIND_COUNTRY && kind != BKT_AREA_KIND_FORMER)
        return text;
    const char *code = bkt_area_code(area, system);
    return code[0] != '\0' ? code : text;
}

static bool add_areas(request *asked, const char *id, const char *text) {
    char codes[LONGEST_FILTER] = "";
    size_t size = 0;
    while (*text != '\0') {
        char area[200];
        size_t part = strcspn(text, "+");
        snprintf(area, sizeof area, "%.*s", (int)part, text);
        int added = snprintf(codes + size, sizeof codes - size, "%s%s", size > 0 ? "+" : "",
                             area_code(asked, area));
        size += (size_t)added;
        if (part >= sizeof area || size >= sizeof codes) {
            fprintf(stderr, "bktrade url: the areas of %s are too long\n", id);
            return false;
        }
        text += part + (text[part] == '+');
    }
    return add_filter(asked, id, codes);
}

static bool add_flow(request *asked, const char *id, const char *text) {
    const char *exports =
        bkt_service_dataflow_flow_code(asked->service, asked->place, BKT_FLOW_EXPORTS);
    const char *imports =
        bkt_service_dataflow_flow_code(asked->service, asked->place, BKT_FLOW_IMPORTS);
    char both[LONGEST_FILTER];
    snprintf(both, sizeof both, "%s+%s", exports, imports);
    const char *codes = strcmp(text, "both") == 0      ? both
                        : strcmp(text, "exports") == 0 ? exports
                        : strcmp(text, "imports") == 0 ? imports
                                                       : text;
    return add_filter(asked, id, codes);
}

/* Whether the caller chose codes of a dimension already. */
static bool is_chosen(const request *asked, const char *id, size_t size) {
    for (uint32_t i = 0; i < asked->options.filter_count; i++) {
        const char *filter = asked->filters[i];
        if (strcspn(filter, "=") == size && strncasecmp(filter, id, size) == 0)
            return true;
    }
    return false;
}

/* What is not chosen is taken once: both flows, the total of all products. */
static bool add_totals(request *asked) {
    const char *flow =
        bkt_service_dataflow_dimension(asked->service, asked->place, BKT_PROFILE_FLOW);
    if (!is_chosen(asked, flow, strlen(flow)) && !add_flow(asked, flow, "both"))
        return false;
    const char *totals = bkt_service_dataflow_totals(asked->service, asked->place);
    for (const char *at = totals; *at != '\0'; at += strspn(at, " ")) {
        size_t size = strcspn(at, " ");
        size_t id_size = strcspn(at, "=");
        if (!is_chosen(asked, at, id_size)) {
            char id[100], codes[100];
            snprintf(id, sizeof id, "%.*s", (int)id_size, at);
            snprintf(codes, sizeof codes, "%.*s", (int)(size - id_size - 1), at + id_size + 1);
            if (!add_filter(asked, id, codes))
                return false;
        }
        at += size;
    }
    return true;
}

/* Reporter, partner and so on as codes of the dimensions that they are in this dataflow. */
static bool choose_trade(request *asked) {
    static const struct {
        const char *name;
        int32_t role;
    } parts[] = {{"reporter", BKT_PROFILE_REPORTER},
                 {"partner", BKT_PROFILE_PARTNER},
                 {"flow", BKT_PROFILE_FLOW},
                 {"product", BKT_PROFILE_PRODUCT},
                 {"frequency", BKT_PROFILE_FREQUENCY}};
    bool by_trade = false;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        const char *text = arguments_value(asked->given, parts[i].name);
        if (text == NULL)
            continue;
        const char *id =
            bkt_service_dataflow_dimension(asked->service, asked->place, parts[i].role);
        if (id[0] == '\0') {
            fprintf(stderr,
                    "bktrade url: which dimension --%s means is not known%s%s; use --select "
                    "ID=CODE, or a key\n",
                    parts[i].name, asked->dataflow ? " of " : "",
                    asked->dataflow ? asked->dataflow : "");
            return false;
        }
        bool of_area = parts[i].role <= BKT_PROFILE_PARTNER;
        bool of_flow = parts[i].role == BKT_PROFILE_FLOW;
        if (!(of_area   ? add_areas(asked, id, text)
              : of_flow ? add_flow(asked, id, text)
                        : add_filter(asked, id, text)))
            return false;
        by_trade = true;
    }
    return !by_trade || add_totals(asked);
}

/* The place of a word among some; -1: told on stderr. */
static int32_t choose_word(const arguments *given, const char *option, const char *const *words,
                           int32_t count) {
    const char *text = arguments_value(given, option);
    if (text == NULL)
        return 0;
    for (int32_t i = 0; i < count; i++)
        if (strcmp(words[i], text) == 0)
            return i;
    fprintf(stderr, "bktrade url: --%s wants ", option);
    for (int32_t i = 0; i < count; i++)
        if (words[i][0] != '\0')
            fprintf(stderr, "%s%s", words[i], i + 1 == count ? "" : i + 2 == count ? " or " : ", ");
    fprintf(stderr, ", not '%s'\n", text);
    return -1;
}

static bool choose_count(const arguments *given, const char *option, int32_t *out_count) {
    const char *text = arguments_value(given, option);
    return text == NULL || arguments_whole(option, text, 1, INT32_MAX, out_count);
}

static bool choose_words(request *asked) {
    static const char *const details[] = {"full", "dataonly", "serieskeysonly", "nodata"};
    /* by bkt_answer */
    static const char *const kinds[] = {"",           "ml21",     "generic", "ml30",
                                        "sdmx-csv-1", "sdmx-csv", "json-1",  "json"};
    bkt_query_options *options = &asked->options;
    options->detail = choose_word(asked->given, "detail", details, 4);
    options->answer = choose_word(asked->given, "as", kinds, 8);
    if (options->detail < 0 || options->answer < 0 ||
        !choose_count(asked->given, "first", &options->first_observations) ||
        !choose_count(asked->given, "last", &options->last_observations))
        return false;
    /* Structures and availability come as structure messages. */
    bool of_data = options->kind == BKT_QUERY_DATA;
    if (!of_data && (options->answer == BKT_ANSWER_STRUCTURE_SPECIFIC_2_1 ||
                     options->answer == BKT_ANSWER_STRUCTURE_SPECIFIC_3_0))
        options->answer = options->answer == BKT_ANSWER_STRUCTURE_SPECIFIC_2_1
                              ? BKT_ANSWER_STRUCTURE_2_1
                              : BKT_ANSWER_STRUCTURE_3_0;
    return true;
}

static void choose_texts(request *asked) {
    const arguments *given = asked->given;
    bkt_query_options *options = &asked->options;
    options->dimensions = arguments_value(given, "dimensions");
    options->first_period = arguments_value(given, "from");
    options->last_period = arguments_value(given, "to");
    options->updated_after = arguments_value(given, "updated-after");
    options->as_of = arguments_value(given, "as-of");
    options->dimension_at_observation = arguments_value(given, "at");
    options->attributes = arguments_value(given, "attributes");
    options->measures = arguments_value(given, "measures");
    options->provider = arguments_value(given, "provider");
    options->component = arguments_value(given, "component");
    options->artefact = arguments_value(given, "structure");
    options->item = arguments_value(given, "item");
    options->references = arguments_value(given, "references");
    options->structure_detail = arguments_value(given, "stubs");
    if (arguments_value(given, "history") != NULL)
        options->flags |= BKT_QUERY_HISTORY;
    if (arguments_value(given, "selectable") != NULL)
        options->flags |= BKT_QUERY_SELECTABLE;
}

static bool choose(request *asked) {
    const arguments *given = asked->given;
    bkt_query_options *options = &asked->options;
    const char *select;
    for (uint32_t i = 0; (select = arguments_value_at(given, "select", i)) != NULL; i++)
        asked->filters[options->filter_count++] = select;
    options->filters = asked->filters;
    if (arguments_value(given, "structure") != NULL)
        options->kind = BKT_QUERY_STRUCTURE;
    else if (arguments_value(given, "available") != NULL)
        options->kind = BKT_QUERY_AVAILABILITY;
    if (options->kind != BKT_QUERY_STRUCTURE)
        find_dataflow(asked);
    options->resource = asked->dataflow;
    choose_texts(asked);
    return choose_words(asked) && choose_trade(asked);
}

/* SERVICE [DATAFLOW [KEY]], or [DATAFLOW [KEY]] with --service. */
static bool take_words(request *asked) {
    const arguments *given = asked->given;
    const char *const *words = given->files;
    uint32_t count = given->file_count;
    const char *version = arguments_value(given, "rest");
    asked->options.address = arguments_value(given, "service");
    if (asked->options.address == NULL) {
        asked->service = bkt_service_find(words[0]);
        if (asked->service == NULL) {
            fprintf(stderr,
                    "bktrade url: no service is known as '%s'; 'bktrade url' lists them, and "
                    "--service with --rest takes any address\n",
                    words[0]);
            return false;
        }
        words++;
        count--;
    } else if (version == NULL) {
        fprintf(stderr, "bktrade url: --service needs --rest 1 or --rest 2\n");
        return false;
    }
    if (version != NULL && !arguments_whole("rest", version, 1, 2, &asked->options.protocol))
        return false;
    if (count > 2) {
        fprintf(stderr, "bktrade url: one word too many: '%s'\n", words[2]);
        return false;
    }
    asked->dataflow = count > 0 ? words[0] : NULL;
    asked->options.key = count > 1 ? words[1] : NULL;
    return true;
}

static const char *protocol_text(const bkt_service *service) {
    static const char *const texts[] = {"other", "REST 1", "REST 2"};
    return texts[bkt_service_protocol(service)];
}

static void list_services(void) {
    for (uint32_t i = 0; i < bkt_service_count(); i++) {
        const bkt_service *service = bkt_service_at(i);
        printf("%-12s %-7s %s%s\n", bkt_service_id(service), protocol_text(service),
               bkt_service_name(service),
               bkt_service_dataflow_count(service) > 0 ? " [trade by partner]" : "");
    }
}

static void print_line(const char *label, const char *text) {
    if (text[0] != '\0')
        printf("  %-12s %s\n", label, text);
}

static void print_about(const bkt_service *service) {
    printf("%s: %s\n", bkt_service_id(service), bkt_service_name(service));
    print_line("address", bkt_service_address(service));
    print_line("protocol", protocol_text(service));
    print_line("note", bkt_service_note(service));
    print_line("source", bkt_service_source(service));
    for (uint32_t i = 0; i < bkt_service_dataflow_count(service); i++) {
        printf("\n%s: %s\n", bkt_service_dataflow_id(service, i),
               bkt_service_dataflow_name(service, i));
        print_line("dimensions", bkt_service_dataflow_dimensions(service, i));
        static const struct {
            const char *label;
            int32_t role;
        } parts[] = {{"reporter", BKT_PROFILE_REPORTER},
                     {"partner", BKT_PROFILE_PARTNER},
                     {"flow", BKT_PROFILE_FLOW},
                     {"product", BKT_PROFILE_PRODUCT},
                     {"frequency", BKT_PROFILE_FREQUENCY}};
        for (size_t k = 0; k < sizeof parts / sizeof parts[0]; k++)
            print_line(parts[k].label, bkt_service_dataflow_dimension(service, i, parts[k].role));
        print_line("exports", bkt_service_dataflow_flow_code(service, i, BKT_FLOW_EXPORTS));
        print_line("imports", bkt_service_dataflow_flow_code(service, i, BKT_FLOW_IMPORTS));
        print_line("areas", bkt_area_system_text(bkt_service_dataflow_area_system(service, i)));
        print_line("world", bkt_service_dataflow_world(service, i));
        print_line("totals", bkt_service_dataflow_totals(service, i));
        print_line("source", bkt_service_dataflow_source(service, i));
    }
}

/* An address holds nothing that ends a quotation. */
static void print_query(const bkt_query *query, bool as_command) {
    const char *accept = bkt_query_accept(query);
    if (!as_command) {
        printf("%s\n", bkt_query_address(query));
        if (accept[0] != '\0')
            fprintf(stderr, "note: the request needs the header 'Accept: %s' (see --curl)\n",
                    accept);
        return;
    }
    fputs("curl -fL --compressed", stdout);
    if (accept[0] != '\0')
        printf(" -H 'Accept: %s'", accept);
    printf(" '%s'\n", bkt_query_address(query));
}

static int32_t run(const arguments *given) {
    if (given->file_count == 0 && arguments_value(given, "service") == NULL) {
        if (given->option_count > 0) {
            fprintf(stderr, "bktrade url: no service was named\nSee 'bktrade url --help'.\n");
            return EXIT_USAGE;
        }
        list_services();
        return EXIT_DONE;
    }
    request asked = {.given = given};
    bkt_query_options_init(&asked.options, sizeof asked.options);
    if (!take_words(&asked))
        return EXIT_USAGE;
    if (arguments_value(given, "about") != NULL && asked.service != NULL) {
        print_about(asked.service);
        return EXIT_DONE;
    }
    session running;
    if (!choose(&asked))
        return EXIT_USAGE;
    if (!session_open(&running))
        return EXIT_DATA;
    bkt_query *query;
    bkt_status status = bkt_query_new(running.context, asked.service, &asked.options, &query);
    int32_t code = EXIT_DONE;
    if (status == BKT_OK) {
        print_query(query, arguments_value(given, "curl") != NULL);
    } else {
        session_fail(&running, status);
        code = status == BKT_ERR_MEMORY ? EXIT_DATA : EXIT_USAGE; /* there are no data yet */
    }
    bkt_query_free(query);
    session_close(&running);
    return code;
}

static const option_spec *const groups[] = {trade_options, data_options, other_options, NULL};

const command_spec command_url = {
    .name = "url",
    .usage = "url [SERVICE [DATAFLOW [KEY]]] [OPTIONS]",
    .summary = "Says where data are: the address of an SDMX REST query.",
    .text =
        "Without a word it lists the services that are known. Nothing is fetched: the address\n"
        "goes to standard output, for curl or a browser, and the answer is read by the other\n"
        "commands. DATAFLOW is ID, AGENCY:ID or AGENCY:ID(VERSION); where it is left out, the\n"
        "service's trade by partner is taken if it is known. KEY has the codes in the order of\n"
        "the dimensions: A.BLR+KAZ..TOTAL, nothing or * is every code.",
    .groups = groups,
    .examples =
        "  bktrade url\n"
        "  bktrade url imf --about\n"
        "  bktrade url imf --reporter BLR --partner KAZ --frequency A --from 2010\n"
        "  bktrade url comext --reporter Germany+France --partner Kazakhstan --frequency M\n"
        "  bktrade url ecb EXR D.USD.EUR.SP00.A --last 10 --as sdmx-csv-1 --curl\n"
        "  bktrade url oecd OECD.SDD.TPS:DSD_IMTS@DF_IMTS --structure dataflow\n"
        "  curl -fL \"$(bktrade url imf --reporter BLR --partner KAZ --frequency A)\" -o "
        "trade.xml\n",
    .needs_no_word = true,
    .run = run,
};
