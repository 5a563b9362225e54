/* SPDX-License-Identifier: MIT */
/* References between items: Ref in 2.1, URN in 3.0. */
#include "bkti_form.h"

#define URN "urn:sdmx:org.sdmx.infomodel."

/* What is referred to. */
typedef struct name {
    bkti_span class_name; /* "package.Class" */
    bkti_span agency;
    bkti_span id;
    bkti_span version;
    bkti_span part;       /* within the artefact, as published; or */
    const bkt_item *item; /* the part itself */
    const char *part_id;  /* another id that it has here; NULL */
} name;

/* Parts that stand alone in the version are artefacts there. */
static const bkt_item *artefact_of(const bkt_writer *writer, const bkt_item *item) {
    for (const bkt_item *up; (up = bkt_item_parent(item)) != NULL; item = up) {
        const bkti_form *form = bkti_form_find(writer, item);
        if (form != NULL && form->level >= BKTI_FORM_UNVERSIONED) {
            break;
        }
    }
    return item;
}

static bool is_loose(const bkt_item *item) {
    return bkt_item_kind(item) == BKT_ITEM_CONCEPT && bkt_item_parent(item) == NULL;
}

bkti_span bkti_reference_class(const char *text) {
    const char *equals = strchr(text, '=');
    size_t size = sizeof URN - 1;
    if (equals == NULL || strncmp(text, URN, size) != 0) {
        return (bkti_span){"", 0};
    }
    return (bkti_span){text + size, (size_t)(equals - text) - size};
}

/* What one version calls otherwise than another. */
static bkti_span class_in(bool is_3, bkti_span class_name) {
    static const char *const renamed[][2] = {
        {"registry.ContentConstraint", "registry.DataConstraint"},
        {"registry.Constraint", "registry.DataConstraint"},
        {"mapping.StructureMap", "structuremapping.StructureMap"},
        {"mapping.CodelistMap", "structuremapping.RepresentationMap"},
        {"mapping.RepresentationMap", "structuremapping.RepresentationMap"},
    };
    static const char *const old[][2] = {
        {"keyfamily.KeyFamily", "datastructure.DataStructure"},
        {"datastructure.KeyFamily", "datastructure.DataStructure"},
        {"keyfamily.DataFlow", "datastructure.Dataflow"},
        {"codelist.CodeList", "codelist.Codelist"},
        {"registry.Constraint", "registry.ContentConstraint"},
    };
    for (size_t i = 0; is_3 && i < sizeof renamed / sizeof *renamed; i++) {
        if (bkti_span_is(class_name, renamed[i][0])) {
            return bkti_span_of(renamed[i][1]);
        }
    }
    for (size_t i = 0; !is_3 && i < sizeof renamed / sizeof *renamed; i++) {
        if (bkti_span_is(class_name, renamed[i][1])) {
            return bkti_span_of(renamed[i][0]);
        }
    }
    for (size_t i = 0; i < sizeof old / sizeof *old; i++) {
        if (bkti_span_is(class_name, old[i][0])) {
            return bkti_span_of(old[i][1]);
        }
    }
    return class_name;
}

static bkti_span to_mark(const char **at, const char *marks) {
    bkti_span found = {*at, strcspn(*at, marks)};
    *at += found.size;
    *at += **at != '\0';
    return found;
}

/* "URN=AGENCY:ID(VERSION).PART", or as much of it as there is; 2.0 has "[VERSION]". */
static name name_of_text(const char *text, const char *agency) {
    name found = {.class_name = bkti_reference_class(text), .agency = bkti_span_of(agency)};
    const char *at = strchr(text, '=');
    at = at == NULL ? text : at + 1;
    if (strchr(at, ':') != NULL) {
        found.agency = to_mark(&at, ":");
    }
    found.id = to_mark(&at, "([");
    found.version = to_mark(&at, ")]");
    found.part = *at == '.' ? bkti_span_of(at + 1) : (bkti_span){"", 0};
    if (found.version.size == 0) {
        found.version = BKTI_SPAN("1.0");
    }
    return found;
}

static name name_of_item(const bkt_writer *writer, const bkt_item *item) {
    const bkt_item *artefact = artefact_of(writer, item);
    const bkti_form *form = bkti_form_find(writer, item);
    bool loose = is_loose(item);
    const char *agency = bkt_item_agency(artefact);
    return (name){
        .class_name = bkti_span_of(form == NULL ? NULL : form->class_name),
        .agency = bkti_span_of(agency == NULL ? "UNKNOWN" : agency),
        .id = bkti_span_of(loose ? BKTI_LOOSE_SCHEME : bkt_item_id(artefact)),
        .version = bkti_span_of(loose ? "1.0" : bkt_item_version(artefact)),
        .item = loose || item != artefact ? item : NULL,
    };
}

void bkti_put_version(bkt_writer *writer, bkti_span version) {
    size_t size = 0;
    while (!bkti_writes_3(writer) && size < version.size &&
           ((version.data[size] >= '0' && version.data[size] <= '9') ||
            (version.data[size] == '.' && size + 1 < version.size &&
             version.data[size + 1] >= '0' && version.data[size + 1] <= '9'))) {
        size++;
    }
    bool any = version.size == 1 && version.data[0] == '*';
    version.size = bkti_writes_3(writer) && !any ? version.size : size;
    bkti_put_escaped_span(writer, version.size == 0 ? BKTI_SPAN("1.0") : version);
}

/* Ids from the artefact's part down to it. */
static void put_path(bkt_writer *writer, const bkt_item *item, const char *id) {
    const bkt_item *up = bkt_item_parent(item);
    int32_t kind = bkt_item_kind(up);
    bool nests = kind == BKT_ITEM_CATEGORY || kind == BKT_ITEM_HIERARCHY ||
                 kind == BKT_ITEM_HIERARCHICAL_CODE || kind == BKT_ITEM_LEVEL;
    if (nests && bkt_item_parent(up) != NULL) {
        put_path(writer, up, NULL);
        bkti_put(writer, ".");
    }
    bkti_put_escaped(writer, id == NULL ? bkt_item_id(item) : id, NULL);
}

static bool has_part(const name *of) {
    return of->item != NULL || of->part.size > 0;
}

static void put_part(bkt_writer *writer, const name *of) {
    if (of->item != NULL) {
        put_path(writer, of->item, of->part_id);
    } else {
        bkti_put_escaped_span(writer, of->part);
    }
}

static void put_urn(bkt_writer *writer, const name *of) {
    bkti_put(writer, URN);
    bkti_put_escaped_span(writer, of->class_name);
    bkti_put(writer, "=");
    bkti_put_escaped_span(writer, of->agency);
    bkti_put(writer, ":");
    bkti_put_escaped_span(writer, of->id);
    bkti_put(writer, "(");
    bkti_put_version(writer, of->version);
    bkti_put(writer, ")");
    if (has_part(of)) {
        bkti_put(writer, ".");
        put_part(writer, of);
    }
}

static void put_ref(bkt_writer *writer, const name *of) {
    bkti_put(writer, "<Ref id=\"");
    if (has_part(of)) {
        put_part(writer, of);
        bkti_put(writer, "\" maintainableParentID=\"");
        bkti_put_escaped_span(writer, of->id);
        bkti_put(writer, "\" maintainableParentVersion=\"");
    } else {
        bkti_put_escaped_span(writer, of->id);
        bkti_put(writer, "\" version=\"");
    }
    bkti_put_version(writer, of->version);
    bkti_put(writer, "\" agencyID=\"");
    bkti_put_escaped_span(writer, of->agency);
    const char *dot = memchr(of->class_name.data, '.', of->class_name.size);
    if (dot != NULL) {
        bkti_span package = {of->class_name.data, (size_t)(dot - of->class_name.data)};
        bkti_put_pair(writer, "\" package=\"", package, "\" class=\"");
        bkti_put_escaped_span(writer, (bkti_span){dot + 1, of->class_name.size - package.size - 1});
    }
    bkti_put(writer, "\"/>");
}

/* Classes of SDMX's model alone have a place in a Ref; those of other models are no reference. */
static bool is_known(bkti_span class_name) {
    static const char *const of_base[] = {"Agency", "DataProvider", "DataConsumer",
                                          "OrganisationUnit", "MetadataProvider"};
    bkti_span rest = class_name;
    if (rest.size < 5 || memcmp(rest.data, "base.", 5) != 0) {
        return true;
    }
    rest.data += 5;
    for (size_t i = 0; i < sizeof of_base / sizeof *of_base; i++) {
        if (strncmp(rest.data, of_base[i], strlen(of_base[i])) == 0) {
            return true;
        }
    }
    return false;
}

static void put_name(bkt_writer *writer, name of, const char *element, const char *class_name) {
    of.class_name = class_name != NULL ? bkti_span_of(class_name)
                                       : class_in(bkti_writes_3(writer), of.class_name);
    bkti_put_open(writer, element);
    if (bkti_writes_3(writer)) {
        put_urn(writer, &of);
    } else if (is_known(of.class_name)) {
        put_ref(writer, &of);
    } else {
        bkti_put(writer, "<URN>");
        put_urn(writer, &of);
        bkti_put(writer, "</URN>");
    }
    bkti_put_close(writer, element);
}

/* An id alone, of a concept that no message has: it is looked for where loose ones are put. */
static name loose_name(const bkt_item *item, const char *text) {
    const char *agency = bkt_item_agency(item);
    return (name){
        .agency = bkti_span_of(agency == NULL ? "UNKNOWN" : agency),
        .id = BKTI_SPAN(BKTI_LOOSE_SCHEME),
        .version = BKTI_SPAN("1.0"),
        .part = bkti_span_of(text),
    };
}

static bool is_plain_version(bkti_span version) {
    for (size_t i = 0; i < version.size; i++) {
        if ((version.data[i] < '0' || version.data[i] > '9') && version.data[i] != '.') {
            return false;
        }
    }
    return version.size > 0;
}

/* As published, unless it names none, or says in words of 3.0 which will do. */
static bkti_span version_of(bkt_writer *writer, const bkt_item *item, const name *found,
                            const name *said) {
    bool any = bkti_span_is(said->version, "*") || bkti_span_is(said->version, "latest");
    if (!any && (bkti_writes_3(writer) || is_plain_version(said->version))) {
        return said->version;
    }
    if (!any && !bkti_span_equal(found->version, said->version)) {
        bkti_leave_out(writer, item, "the version %.*s that it refers to",
                       (int)(said->version.size < 40 ? said->version.size : 40),
                       said->version.data);
    }
    return found->version;
}

bool bkti_reference_is_known(const char *text) {
    return is_known(bkti_reference_class(text));
}

void bkti_put_reference(bkt_writer *writer, const bkt_item *item, uint32_t index,
                        const char *element, const char *class_name) {
    const char *text = bkt_item_property_at(item, index);
    const bkt_item *target = bkt_item_property_item_at(item, index);
    const char *agency = bkt_item_agency(item);
    bool wants_part = class_name != NULL && strcmp(class_name, "conceptscheme.Concept") == 0;
    name said = name_of_text(text, agency == NULL ? "UNKNOWN" : agency);
    name of = target != NULL ? name_of_item(writer, target) : said;
    of.version =
        target != NULL && is_loose(target) ? of.version : version_of(writer, item, &of, &said);
    bool keeps = target == NULL || class_name == NULL;
    if (keeps && bkti_reference_class(text).size > 0) {
        of.class_name = bkti_reference_class(text);
    }
    if (wants_part && !has_part(&of)) {
        bkti_span id = of.id;
        of = loose_name(item, "");
        of.part = id;
    }
    put_name(writer, of, element, class_name);
}

void bkti_put_reference_to(bkt_writer *writer, const bkt_item *target, const char *element,
                           const char *class_name) {
    put_name(writer, name_of_item(writer, target), element, class_name);
}

void bkti_put_loose_concept(bkt_writer *writer, const bkt_item *item, const char *element) {
    const char *id = item == NULL ? BKTI_ID_VALUE : bkt_item_id(item);
    put_name(writer, loose_name(item, id), element, "conceptscheme.Concept");
}

void bkti_put_local(bkt_writer *writer, const char *element, const char *id) {
    bkti_put_open(writer, element);
    bkti_put(writer, bkti_writes_3(writer) ? "" : "<Ref id=\"");
    bkti_put_escaped(writer, id, NULL);
    bkti_put(writer, bkti_writes_3(writer) ? "" : "\"/>");
    bkti_put_close(writer, element);
}

void bkti_put_item_urn(bkt_writer *writer, const bkt_item *item, const char *class_name,
                       const char *id) {
    name of = name_of_item(writer, item);
    of.class_name = bkti_span_of(class_name);
    of.part_id = of.item == NULL ? NULL : id;
    put_urn(writer, &of);
}
