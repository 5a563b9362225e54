/* SPDX-License-Identifier: MIT */
/* Messages of many series, made by chance from a number: mostly common, with a few things in them
 * that are not. */
#ifndef MADE_MESSAGE_H
#define MADE_MESSAGE_H

#include "pieces_fixture.h"

typedef enum made_layout {
    MADE_SPECIFIC,
    MADE_COMPACT,
    MADE_FLAT,
    MADE_GENERIC,
    MADE_LAYOUTS
} made_layout;

typedef enum made_end { MADE_WHOLE, MADE_TRUNCATED, MADE_BROKEN, MADE_TWO_DATA_SETS } made_end;

#define MADE_LATE_END 1 /* what is broken stands near the end */
#define MADE_READABLE 2 /* no component comes twice, and there are no groups */

typedef struct made_message {
    uint64_t state; /* of chance */
    made_layout layout;
    unsigned oddity; /* of a thousand children of a data set, so many are odd */
    made_end end;
    unsigned flags;
    uint64_t piece_size; /* to read it in */
    note text;
    unsigned series;
} made_message;

#define SDMX_2_1 "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
#define SDMX_2_0 "http://www.SDMX.org/resources/SDMXML/schemas/v2_0"

static inline unsigned pick(made_message *made, unsigned count) {
    made->state = made->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(made->state >> 33) % count;
}

static inline bool is_odd(made_message *made) {
    return pick(made, 1000) < made->oddity;
}

static inline void put(made_message *made, const char *text) {
    write_bytes(&made->text, text, strlen(text));
}

#define PUT_ONE_OF(made, texts) put(made, (texts)[pick(made, sizeof(texts) / sizeof *(texts))])

static inline const char *prefix_of(const made_message *made) {
    return made->layout == MADE_COMPACT ? "d:" : made->layout == MADE_GENERIC ? "g:" : "";
}

static inline void put_value(made_message *made, bool odd) {
    static const char *const common[] = {"1", "2.5", "-3e2", "NaN", "", "1234567.89", " 12 ", "0"};
    static const char *const others[] = {"1,5", "x", "INF", "&lt;", "1e999", "&#49;"};
    if (odd) {
        PUT_ONE_OF(made, others);
    } else {
        PUT_ONE_OF(made, common);
    }
}

/* A component, as an attribute or an element. */
static inline void put_fact(made_message *made, const char *id, const char *value) {
    write_note(&made->text,
               made->layout == MADE_GENERIC ? "<g:Value id=\"%s\" value=\"%s\"/>" : " %s=\"%s\"",
               id, value);
}

static inline void put_key(made_message *made, bool odd) {
    static const char *const units[] = {"USD", "EUR", "KG"};
    char text[40];
    /* Often the same as before, so that the unit alone may differ. */
    snprintf(text, sizeof text, "A%u", pick(made, 3) == 0 ? made->series : made->series / 4);
    put_fact(made, "FREQ", "M");
    put_fact(made, "AREA", text);
    if (pick(made, 10) > 0) {
        put_fact(made, "UNIT", units[made->oddity > 100 ? pick(made, 3) : 0]);
    }
    if (odd && pick(made, 3) == 0) {
        snprintf(text, sizeof text, "LATE%u", pick(made, 4));
        put_fact(made, pick(made, 4) > 0 || made->flags & MADE_READABLE ? text : "OBS_VALUE", "v");
    }
}

static inline void put_attributes(made_message *made, bool odd) {
    char text[40];
    bool status = pick(made, 3) == 0;
    bool comment = odd && pick(made, 3) == 0;
    if (status || comment) {
        put(made, made->layout == MADE_GENERIC ? "<g:Attributes>" : "");
        if (status) {
            snprintf(text, sizeof text, "%c", "ACE"[pick(made, 3)]);
            put_fact(made, "OBS_STATUS", text);
        }
        if (comment) {
            snprintf(text, sizeof text, "&amp;%u", pick(made, 1000));
            put_fact(made,
                     pick(made, 2) == 0 || made->flags & MADE_READABLE ? "OBS_COM" : "OBS_STATUS",
                     text);
        }
        put(made, made->layout == MADE_GENERIC ? "</g:Attributes>" : "");
    }
}

static inline void put_observation(made_message *made, unsigned period, bool odd) {
    bool generic = made->layout == MADE_GENERIC;
    bool bad_period = odd && pick(made, 6) == 0;
    unsigned month = bad_period ? 13 : period % 12 + 1;
    write_note(&made->text, "<%sObs%s", prefix_of(made), generic ? ">" : "");
    if (made->layout == MADE_FLAT) {
        put_key(made, odd);
    }
    write_note(&made->text,
               generic ? "<g:ObsDimension value=\"%u-%02u\"/>" : " TIME_PERIOD=\"%u-%02u\"",
               2000 + period / 12, month);
    if (pick(made, 20) > 0) {
        put(made, generic ? "<g:ObsValue value=\"" : " OBS_VALUE=\"");
        put_value(made, odd && pick(made, 3) == 0);
        put(made, generic ? "\"/>" : "\"");
    }
    put_attributes(made, odd);
    if (!generic && pick(made, 9) > 0) {
        put(made, "/>");
    } else {
        write_note(&made->text, "%s</%sObs>", generic ? "" : ">", prefix_of(made));
    }
    put(made, pick(made, 2) == 0 ? "\n" : "");
}

static inline void put_child(made_message *made, bool odd) {
    static const unsigned lengths[] = {0, 1, 3, 10, 40};
    unsigned length = lengths[pick(made, 5)];
    bool generic = made->layout == MADE_GENERIC;
    made->series++;
    if (made->layout == MADE_FLAT) {
        put_observation(made, pick(made, 60), odd);
        return;
    }
    write_note(&made->text, "<%sSeries%s", prefix_of(made), generic ? "><g:SeriesKey>" : "");
    put_key(made, odd);
    put(made, generic ? "</g:SeriesKey>" : pick(made, 2) == 0 ? ">" : "\n>");
    for (unsigned i = 0; i < length; i++) {
        put_observation(made, i, odd && pick(made, 8) == 0);
    }
    write_note(&made->text, "</%sSeries>\n", prefix_of(made));
}

/* What isn't often between children of a data set, but may be. */
static inline void put_oddity(made_message *made) {
    static const char *const oddities[] = {
        "<!-- <Series > <d:Series AREA='x'> <Obs  --><!--\n\n<g:Series>-->",
        "<!-- <Obs AREA='1' TIME_PERIOD='2001' OBS_VALUE='1'/><Series AREA='x'></Series> -->",
        "<![CDATA[<Series FREQ=\"M\"><Obs </Series>]]>",
        "<?target <Series ?>",
        "<c:Annotations><c:Annotation><Series x='1'/><d:Series/></c:Annotation></c:Annotations>",
        "<x:other xmlns:x='urn:x'><Series  AREA='1'></Series><Obs /></x:other>",
        "<Unknown><Series AREA='2'/><Obs /></Unknown>",
        "some text &amp; ",
        "]] ",
        "&#32;",
        "\n\n\n",
    };
    static const char *const groups[] = {
        "<Group AREA='A3' TITLE='third'/>",
        "<d:Group AREA='A3' TITLE='third'/>",
        "<Group AREA='A3' TITLE='third'/>",
        ("<g:Group type='G'><g:GroupKey><g:Value id='AREA' value='A3'/></g:GroupKey><g:Attributes>"
         "<g:Value id='TITLE' value='third'/></g:Attributes></g:Group>"),
    };
    if (pick(made, 30) == 0 && (made->flags & MADE_READABLE) == 0) {
        put(made, groups[made->layout]);
    } else {
        PUT_ONE_OF(made, oddities);
    }
}

static inline void put_broken(made_message *made) {
    static const char *const broken[] = {
        "<Series FREQ='M' FREQ='A'/>",
        "\xff",
        "<!-- -- -->",
        "</wrong>",
        "<Obs AREA='<'/>",
        "&unknown;",
        "<!DOCTYPE a>",
        "]]>",
        "<d:Obs><g:Obs><Obs><Series>",
        "\xc3",
        "\x01",
        "<Obs",
    };
    PUT_ONE_OF(made, broken);
}

static inline void put_head(made_message *made) {
    static const char *const dimensions[] = {"TIME_PERIOD", "", "AllDimensions", "TIME_PERIOD"};
    const char *name = made->layout == MADE_GENERIC ? "GenericData" : "StructureSpecificData";
    if (made->layout == MADE_COMPACT) {
        put(made, "<CompactData xmlns='" SDMX_2_0 "/message' xmlns:d='urn:d' xmlns:c='" SDMX_2_0
                  "/common'>\n<Header><ID>X</ID></Header>\n");
        return;
    }
    write_note(&made->text,
               "<m:%s xmlns:m='" SDMX_2_1 "/message' xmlns:c='" SDMX_2_1
               "/common' xmlns:g='" SDMX_2_1 "/data/generic' xmlns:ss='" SDMX_2_1
               "/data/structurespecific'>\n<m:Header>"
               "<m:Structure structureID='S' dimensionAtObservation='%s'><c:Structure>"
               "<Ref agencyID='BKT' id='TRADE' version='1.0'/></c:Structure></m:Structure>"
               "</m:Header>\n",
               name, dimensions[made->layout]);
}

static inline void put_dataset(made_message *made, unsigned children) {
    const char *prefix = made->layout == MADE_COMPACT ? "d:" : "m:";
    unsigned broken = made->end != MADE_BROKEN      ? children
                      : made->flags & MADE_LATE_END ? children - children / 20
                                                    : pick(made, children);
    write_note(&made->text, "<%sDataSet%s>\n", prefix,
               made->layout == MADE_COMPACT   ? ""
               : made->layout == MADE_GENERIC ? " structureRef='S'"
                                              : " ss:structureRef='S'");
    for (unsigned i = 0; i < children; i++) {
        if (i == broken) {
            put_broken(made);
        } else if (is_odd(made) && pick(made, 2) == 0) {
            put_oddity(made);
        }
        put_child(made, is_odd(made));
    }
    write_note(&made->text, "</%sDataSet>\n", prefix);
}

static inline void make_message(made_message *made, unsigned children) {
    static const char *const names[] = {"m:StructureSpecificData", "CompactData",
                                        "m:StructureSpecificData", "m:GenericData"};
    put_head(made);
    put_dataset(made, made->end == MADE_TWO_DATA_SETS ? children / 3 : children);
    if (made->end == MADE_TWO_DATA_SETS) {
        put_dataset(made, children);
    }
    write_note(&made->text, "</%s>\n", names[made->layout]);
    if (made->end == MADE_TRUNCATED) {
        size_t size = made->text.size;
        made->text.size -= made->flags & MADE_LATE_END ? size / 20 : pick(made, (unsigned)size);
    }
}

#endif
