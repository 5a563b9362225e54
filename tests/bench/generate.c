/* SPDX-License-Identifier: MIT */
/* Writes trade-like SDMX messages of any size, the same bytes for the same arguments on every
 * machine. What was written is told on stderr, as a control for whoever reads it. */
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "areas.h"

#define DSD       "BKTRADE:BENCHMARK(1.0)"
#define V21       "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
#define V30       "http://www.sdmx.org/resources/sdmxml/schemas/v3_0"
#define V20       "http://www.SDMX.org/resources/SDMXML/schemas/v2_0"
#define DATA_URN  "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=" DSD
#define INSTANCES "http://www.w3.org/2001/XMLSchema-instance"

enum { FIRST_YEAR = 2000 };

enum layout { LAYOUT_SERIES, LAYOUT_FLAT, LAYOUT_GENERIC, LAYOUT_ROWS };

/* A kind of message: what stands around the data, and the prefix of the data's elements. */
struct kind {
    const char *name;
    enum layout layout;
    const char *prefix;
    const char *head;
    const char *tail;
};

/* The header of 2.1 and 3.0 differs in the reference to the structure; only structure-specific data
 * have a namespace of their own. */
#define HEADER_OF(structure, namespace_attribute, dimension)                                       \
    "  <mes:Header>\n    <mes:ID>BENCHMARK</mes:ID>\n    <mes:Test>true</mes:Test>\n"              \
    "    <mes:Prepared>2026-01-01T00:00:00</mes:Prepared>\n    <mes:Sender id=\"BKTRADE\"/>\n"     \
    "    <mes:Structure structureID=\"BENCHMARK\"" namespace_attribute                             \
    " dimensionAtObservation=\"" dimension "\">\n      <com:Structure>" structure                  \
    "</com:Structure>\n    </mes:Structure>\n  </mes:Header>\n"
#define REFERENCE_21 "<Ref agencyID=\"BKTRADE\" id=\"BENCHMARK\" version=\"1.0\"/>"
#define MESSAGE_OF(element, version)                                                               \
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<mes:" element " xmlns:mes=\"" version            \
    "/message\" xmlns:com=\"" version "/common\""
#define SPECIFIC(element, version, structure, dimension)                                           \
    MESSAGE_OF(element, version)                                                                   \
    " xmlns:ss=\"" version "/data/structurespecific\" xmlns:ns1=\"" DATA_URN                       \
    "\" xmlns:xsi=\"" INSTANCES "\">\n" HEADER_OF(                                                 \
        structure, " namespace=\"" DATA_URN "\"",                                                  \
        dimension) "  <mes:DataSet ss:dataScope=\"DataStructure\" xsi:type=\"ns1:DataSetType\" "   \
                   "ss:structureRef=\"BENCHMARK\" ss:action=\"Replace\">\n"
#define GENERIC                                                                                    \
    MESSAGE_OF("GenericTimeSeriesData", V21)                                                       \
    " xmlns:gen=\"" V21 "/data/generic\">\n" HEADER_OF(                                            \
        REFERENCE_21, "",                                                                          \
        "TIME_PERIOD") "  <mes:DataSet structureRef=\"BENCHMARK\" action=\"Replace\">\n"
#define COMPACT                                                                                    \
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<CompactData xmlns=\"" V20                        \
    "/message\" xmlns:data=\"urn:sdmx:org.sdmx.infomodel.keyfamily.KeyFamily="                     \
    "BKTRADE:BENCHMARK:compact\">\n  <Header>\n    <ID>BENCHMARK</ID>\n    <Test>true</Test>\n"    \
    "    <Prepared>2026-01-01T00:00:00</Prepared>\n    <Sender id=\"BKTRADE\"/>\n  </Header>\n"    \
    "  <data:DataSet>\n"

static const struct kind kinds[] = {
    {"specific", LAYOUT_SERIES, "",
     SPECIFIC("StructureSpecificTimeSeriesData", V21, REFERENCE_21, "TIME_PERIOD"),
     "  </mes:DataSet>\n</mes:StructureSpecificTimeSeriesData>\n"},
    {"flat", LAYOUT_FLAT, "", SPECIFIC("StructureSpecificData", V21, REFERENCE_21, "AllDimensions"),
     "  </mes:DataSet>\n</mes:StructureSpecificData>\n"},
    {"generic", LAYOUT_GENERIC, "gen:", GENERIC,
     "  </mes:DataSet>\n</mes:GenericTimeSeriesData>\n"},
    {"compact", LAYOUT_SERIES, "data:", COMPACT, "  </data:DataSet>\n</CompactData>\n"},
    {"specific3", LAYOUT_SERIES, "",
     SPECIFIC("StructureSpecificData", V30, DATA_URN, "TIME_PERIOD"),
     "  </mes:DataSet>\n</mes:StructureSpecificData>\n"},
    {"csv", LAYOUT_ROWS, "",
     "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,COUNTERPART_AREA,TRADE_FLOW,COMMODITY,"
     "UNIT_MEASURE,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MULT\n",
     ""},
};

struct series {
    char reporter[4];
    char partner[4];
    char flow;
    unsigned product;
};

struct observation {
    char period[16];
    uint64_t cents;
    char status; /* 'A' normal, 'E' estimated, 'M' missing: then there is no value */
};

struct generator {
    FILE *file;
    const struct kind *kind;
    uint64_t state; /* of the random numbers */
    uint64_t bytes, observations, missing, series;
    uint64_t whole, cents; /* the sum of the values, in two parts that can't overflow */
    unsigned periods;
};

/* splitmix64: Steele, Lea, Flood 2014, "Fast splittable pseudorandom number generators". */
static uint64_t random_number(struct generator *generator) {
    uint64_t z = generator->state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

__attribute__((format(printf, 2, 3))) static void put(struct generator *generator,
                                                      const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int written = vfprintf(generator->file, format, arguments);
    va_end(arguments);
    if (written < 0) {
        fprintf(stderr, "generate: writing failed: %s\n", strerror(errno));
        exit(1);
    }
    generator->bytes += (uint64_t)written;
}

static struct series series_at(uint64_t number) {
    struct series series;
    unsigned reporter = (unsigned)(number % AREAS);
    unsigned partner = (unsigned)(number / AREAS / 2 % (AREAS - 1));
    area_code(reporter, series.reporter);
    area_code(partner < reporter ? partner : partner + 1, series.partner);
    series.flow = number / AREAS % 2 == 0 ? 'X' : 'M';
    series.product = product_code((unsigned)(number / AREAS / 2 / (AREAS - 1) % PRODUCTS));
    return series;
}

static struct observation next_observation(struct generator *generator, unsigned index,
                                           uint64_t size) {
    struct observation observation;
    uint64_t random = random_number(generator);
    snprintf(observation.period, sizeof observation.period, "%04u-%02u", FIRST_YEAR + index / 12,
             index % 12 + 1);
    /* 80 to 120 % of the size of the series. */
    observation.cents = size / 256 * (205 + (random & 0xff) * 102 / 255) + (random >> 8) % 100;
    unsigned chance = (unsigned)(random >> 32) % 400;
    observation.status = chance == 0 ? 'M' : chance < 20 ? 'E' : 'A';
    generator->observations++;
    if (observation.status == 'M') {
        generator->missing++;
    } else {
        generator->whole += observation.cents / 100;
        generator->cents += observation.cents % 100;
        generator->whole += generator->cents / 100;
        generator->cents %= 100;
    }
    return observation;
}

static void value_text(const struct observation *observation, char text[32]) {
    if (observation->status == 'M') {
        snprintf(text, 32, "NaN");
    } else {
        snprintf(text, 32, "%" PRIu64 ".%02u", observation->cents / 100,
                 (unsigned)(observation->cents % 100));
    }
}

static void put_key(struct generator *generator, const struct series *series) {
    put(generator,
        " FREQ=\"M\" REF_AREA=\"%s\" COUNTERPART_AREA=\"%s\" TRADE_FLOW=\"%c\" COMMODITY=\"%06u\" "
        "UNIT_MEASURE=\"USD\"",
        series->reporter, series->partner, series->flow, series->product);
}

static void put_generic_key(struct generator *generator, const struct series *series) {
    put(generator,
        "    <gen:Series>\n      <gen:SeriesKey>\n"
        "        <gen:Value id=\"FREQ\" value=\"M\"/>\n"
        "        <gen:Value id=\"REF_AREA\" value=\"%s\"/>\n"
        "        <gen:Value id=\"COUNTERPART_AREA\" value=\"%s\"/>\n"
        "        <gen:Value id=\"TRADE_FLOW\" value=\"%c\"/>\n"
        "        <gen:Value id=\"COMMODITY\" value=\"%06u\"/>\n"
        "        <gen:Value id=\"UNIT_MEASURE\" value=\"USD\"/>\n"
        "      </gen:SeriesKey>\n      <gen:Attributes>\n"
        "        <gen:Value id=\"UNIT_MULT\" value=\"0\"/>\n      </gen:Attributes>\n",
        series->reporter, series->partner, series->flow, series->product);
}

static void put_series(struct generator *generator, uint64_t number, uint64_t limit) {
    struct series series = series_at(number);
    /* Sizes over six powers of ten, as trade has them. */
    uint64_t random = random_number(generator);
    uint64_t size = (random % 9000 + 1000) << (random >> 32) % 20;
    enum layout layout = generator->kind->layout;
    const char *prefix = generator->kind->prefix;
    if (layout == LAYOUT_GENERIC) {
        put_generic_key(generator, &series);
    } else if (layout == LAYOUT_SERIES) {
        put(generator, "    <%sSeries", prefix);
        put_key(generator, &series);
        put(generator, " UNIT_MULT=\"0\">\n");
    }
    for (unsigned i = 0; i < generator->periods && generator->observations < limit; i++) {
        struct observation observation = next_observation(generator, i, size);
        char value[32];
        value_text(&observation, value);
        if (layout == LAYOUT_ROWS) {
            put(generator, "datastructure," DSD ",R,M,%s,%s,%c,%06u,USD,%s,%s,%c,0\n",
                series.reporter, series.partner, series.flow, series.product, observation.period,
                value, observation.status);
            continue;
        }
        if (layout == LAYOUT_GENERIC) {
            put(generator,
                "      <gen:Obs>\n        <gen:ObsDimension value=\"%s\"/>\n"
                "        <gen:ObsValue value=\"%s\"/>\n        <gen:Attributes>\n"
                "          <gen:Value id=\"OBS_STATUS\" value=\"%c\"/>\n"
                "        </gen:Attributes>\n      </gen:Obs>\n",
                observation.period, value, observation.status);
            continue;
        }
        put(generator, layout == LAYOUT_FLAT ? "    <%sObs" : "      <%sObs", prefix);
        if (layout == LAYOUT_FLAT) {
            put_key(generator, &series);
            put(generator, " UNIT_MULT=\"0\"");
        }
        put(generator, " TIME_PERIOD=\"%s\" OBS_VALUE=\"%s\" OBS_STATUS=\"%c\"/>\n",
            observation.period, value, observation.status);
    }
    if (layout != LAYOUT_FLAT && layout != LAYOUT_ROWS) {
        put(generator, "    </%sSeries>\n", prefix);
        generator->series++;
    }
}

static int usage(void) {
    fprintf(
        stderr,
        "usage: generate [--kind KIND] [--observations N | --bytes N[K|M|G]] [--periods N]\n"
        "                [--seed N] [-o FILE]\n"
        "  KIND  specific (2.1 structure-specific time series, the default), flat (2.1\n"
        "        structure-specific, all dimensions at the observation), generic (2.1 generic\n"
        "        time series), compact (2.0), specific3 (3.0 structure-specific), csv (SDMX-CSV "
        "2.0)\n"
        "  N     default: 1,000,000 observations, 120 months a series, seed 1\n"
        "With --bytes the message ends with the series that passes the size. What was written is\n"
        "told on stderr: observations, missing ones, series, sum, bytes.\n");
    return 2;
}

static int read_number(const char *text, uint64_t *out_number) {
    static const char units[] = "KMG";
    char *rest = NULL;
    errno = 0;
    uint64_t number = strtoull(text, &rest, 10);
    if (errno != 0 || rest == text) {
        return 0;
    }
    if (*rest != '\0' && strchr(units, *rest) != NULL) {
        for (const char *unit = units; unit <= strchr(units, *rest); unit++) {
            number *= 1000;
        }
        rest++;
    }
    *out_number = number;
    return *rest == '\0';
}

int main(int argc, char **argv) {
    struct generator generator = {.file = stdout, .kind = &kinds[0], .periods = 120};
    uint64_t observations = 1000000, bytes = UINT64_MAX, seed = 1, periods = 120;
    const char *path = NULL;
    for (int i = 1; i < argc; i += 2) {
        const char *value = i + 1 < argc ? argv[i + 1] : "";
        int good = 0;
        if (strcmp(argv[i], "--kind") == 0) {
            for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
                if (strcmp(value, kinds[k].name) == 0) {
                    generator.kind = &kinds[k];
                    good = 1;
                }
            }
        } else if (strcmp(argv[i], "--observations") == 0) {
            good = read_number(value, &observations);
        } else if (strcmp(argv[i], "--bytes") == 0) {
            good = read_number(value, &bytes);
            observations = UINT64_MAX;
        } else if (strcmp(argv[i], "--periods") == 0) {
            good = read_number(value, &periods) && periods > 0 && periods <= 12000;
        } else if (strcmp(argv[i], "--seed") == 0) {
            good = read_number(value, &seed);
        } else if (strcmp(argv[i], "-o") == 0) {
            path = value;
            good = *value != '\0';
        }
        if (!good) {
            return usage();
        }
    }
    generator.state = seed;
    generator.periods = (unsigned)periods;
    if (path != NULL && (generator.file = fopen(path, "wb")) == NULL) {
        fprintf(stderr, "generate: %s: %s\n", path, strerror(errno));
        return 1;
    }
    put(&generator, "%s", generator.kind->head);
    for (uint64_t i = 0; generator.bytes < bytes && generator.observations < observations; i++) {
        put_series(&generator, i, observations);
    }
    put(&generator, "%s", generator.kind->tail);
    if (fflush(generator.file) != 0 || (path != NULL && fclose(generator.file) != 0)) {
        fprintf(stderr, "generate: writing failed: %s\n", strerror(errno));
        return 1;
    }
    fprintf(stderr,
            "observations %" PRIu64 " missing %" PRIu64 " series %" PRIu64 " sum %" PRIu64
            ".%02u bytes %" PRIu64 "\n",
            generator.observations, generator.missing, generator.series, generator.whole,
            (unsigned)generator.cents, generator.bytes);
    return 0;
}
