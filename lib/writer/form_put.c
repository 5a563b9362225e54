/* SPDX-License-Identifier: MIT */
/* Items put as their forms say. */
#include <stdarg.h>
#include <stdio.h>

#include "bkti_form.h"

void bkti_put_open(bkt_writer *writer, const char *element) {
    bkti_put(writer, "<structure:");
    bkti_put(writer, element);
    bkti_put(writer, ">");
}

void bkti_put_close(bkt_writer *writer, const char *element) {
    bkti_put(writer, "</structure:");
    bkti_put(writer, element);
    bkti_put(writer, ">\n");
}

void bkti_put_attribute(bkt_writer *writer, const char *name, const char *text) {
    bkti_put(writer, " ");
    bkti_put(writer, name);
    bkti_put(writer, "=\"");
    bkti_put_escaped(writer, text, NULL);
    bkti_put(writer, "\"");
}

const char *bkti_item_class(const bkt_item *item) {
    const char *text = bkt_item_property(item, "class");
    return text == NULL ? "" : text;
}

bool bkti_item_is_class(const bkt_item *item, const char *name) {
    return strcmp(bkti_item_class(item), name) == 0;
}

bool bkti_is_true(const char *text) {
    return text != NULL && (strcmp(text, "true") == 0 || strcmp(text, "1") == 0);
}

bool bkti_next_property(const bkt_item *item, const char *name, uint32_t *at, uint32_t *out_index) {
    for (uint32_t count = bkt_item_property_count(item); *at < count;) {
        uint32_t index = (*at)++;
        if (strcmp(bkt_item_property_name_at(item, index), name) == 0) {
            *out_index = index;
            return true;
        }
    }
    return false;
}

/* "Dimension FREQ of DataStructure ECB:EXR(1.0)". */
static void name_item(const bkt_item *item, char *text, size_t size) {
    const bkt_item *artefact = item;
    for (const bkt_item *up; (up = bkt_item_parent(artefact)) != NULL;) {
        artefact = up;
    }
    const char *agency = bkt_item_agency(artefact);
    char part[200] = "";
    if (artefact != item) {
        snprintf(part, sizeof part, "%s %.100s of ", bkt_item_kind_text(bkt_item_kind(item)),
                 bkt_item_id(item));
    }
    snprintf(text, size, "%s%s %.100s:%.100s(%.40s)", part,
             bkt_item_kind_text(bkt_item_kind(artefact)), agency == NULL ? "" : agency,
             bkt_item_id(artefact), bkt_item_version(artefact));
}

void bkti_leave_out(bkt_writer *writer, const bkt_item *item, const char *format, ...) {
    char what[300];
    char whose[500];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    name_item(item, whose, sizeof whose);
    bkti_place place = {
        .source = bkt_item_source(item), .line = bkt_item_line(item), .sort = format};
    const char *version = bkti_writes_3(writer) ? "3.0" : "2.1";
    if ((writer->options.flags & BKT_WRITE_STRICT) == 0) {
        bkti_tell(writer->context, BKT_SEVERITY_WARNING, BKT_ERR_UNSUPPORTED, &place,
                  "%s: SDMX-ML %s has no place for %s", whose, version, what);
    } else if (writer->status == BKT_OK) {
        writer->status = bkti_fail(writer->context, BKT_ERR_UNSUPPORTED, &place,
                                   "%s: SDMX-ML %s has no place for %s", whose, version, what);
    }
}

/* ---- What every item has ---- */

/* A name must be there. What 1.0 and 2.0 say of a code is its description. */
static void put_names(bkt_writer *writer, const bkt_item *item) {
    bool has_own = bkt_item_property(item, "Name") != NULL;
    if (bkt_item_kind(item) == BKT_ITEM_VALUE || has_own) {
        bkti_put_common_texts(writer, item, "Name", "Name");
        bkti_put_common_texts(writer, item, "Description", "Description");
    } else if (bkti_put_common_texts(writer, item, "Description", "Name") == 0) {
        bkti_put(writer, "<common:Name>");
        bkti_put_escaped(writer, bkt_item_id(item), NULL);
        bkti_put(writer, "</common:Name>");
    }
}

static void put_optional(bkt_writer *writer, const bkt_item *item, const char *name) {
    const char *text = bkt_item_property(item, name);
    if (text != NULL && text[0] != '\0') {
        bkti_put_attribute(writer, name, text);
    }
}

/* What 2.0 has as a date is a date-time since. */
static void put_date(bkt_writer *writer, const bkt_item *item, const char *name) {
    const char *text = bkt_item_property(item, name);
    if (text == NULL || strchr(text, 'T') != NULL || strlen(text) != sizeof "2020-01-01" - 1) {
        put_optional(writer, item, name);
        return;
    }
    bkti_put(writer, " ");
    bkti_put(writer, name);
    bkti_put_pair(writer, "=\"", bkti_span_of(text), "T00:00:00\"");
}

static void put_maintenance(bkt_writer *writer, const bkt_item *item, const bkti_form *form) {
    const char *agency = bkt_item_agency(item);
    bkti_put_attribute(writer, "agencyID", agency == NULL ? "UNKNOWN" : agency);
    if (form->level == BKTI_FORM_MAINTAINED) {
        bkti_put(writer, " version=\"");
        bkti_put_version(writer, bkti_span_of(bkt_item_version(item)));
        bkti_put(writer, "\"");
        if (!bkti_writes_3(writer)) {
            const char *version = bkt_item_version(item);
            put_optional(writer, item, "isFinal");
            if (strspn(version, "0123456789.") != strlen(version)) {
                bkti_leave_out(writer, item, "the version %.40s beyond its numbers", version);
            }
        }
    }
    put_date(writer, item, "validFrom");
    put_date(writer, item, "validTo");
    put_optional(writer, item, "isExternalReference");
    put_optional(writer, item, "serviceURL");
    put_optional(writer, item, "structureURL");
}

static void put_identity(bkt_writer *writer, const bkt_item *item, const bkti_form *form,
                         const char *id) {
    if (id[0] != '\0') {
        bkti_put_attribute(writer, "id", id);
        if (form->kind != BKT_ITEM_VALUE && !bkti_is_sdmx_id(bkti_span_of(id))) {
            bkti_tell(writer->context, BKT_SEVERITY_WARNING, BKT_ERR_UNSUPPORTED,
                      &(bkti_place){.source = bkt_item_source(item), .line = bkt_item_line(item)},
                      "%s '%.200s' is written, though that is no id by the schema of SDMX-ML",
                      bkt_item_kind_text(form->kind), id);
        }
    }
    if (bkt_item_property(item, "urn") != NULL && form->class_name != NULL) {
        bkti_put(writer, " urn=\"");
        bkti_put_item_urn(writer, item, form->class_name, id);
        bkti_put(writer, "\"");
    }
    put_optional(writer, item, "uri");
}

static bool is_attribute(const bkti_step *step) {
    return step->put == bkti_step_attribute || step->put == bkti_step_role ||
           step->put == bkti_step_leveled;
}

void bkti_put_item_begin(bkt_writer *writer, const bkt_item *item, const bkti_form *form,
                         const char *id) {
    bkti_put(writer, "<structure:");
    bkti_put(writer, form->element);
    if (form->level >= BKTI_FORM_IDENTIFIED) {
        put_identity(writer, item, form, id);
    }
    if (form->level >= BKTI_FORM_UNVERSIONED) {
        put_maintenance(writer, item, form);
    }
    for (uint8_t i = 0; i < form->step_count; i++) {
        const bkti_step *step = &form->steps[i];
        if (is_attribute(step) && (step->versions & bkti_writes(writer)) != 0) {
            step->put(writer, item, step);
        }
    }
    bkti_put(writer, ">");
    if (form->level >= BKTI_FORM_ANNOTATED) {
        bkti_put_annotations(writer, item);
    }
    if (form->level >= BKTI_FORM_IDENTIFIED) {
        bkti_put_links(writer, item);
    }
    if (form->level >= BKTI_FORM_NAMED) {
        put_names(writer, item);
    }
}

/* ---- What has no place ---- */

static bool is_one_of(const char *name, const char *const *names) {
    while (*names != NULL && strcmp(*names, name) != 0) {
        names++;
    }
    return *names != NULL;
}

/* What follows from the rest, or is written with it. */
static bool is_common(const bkti_form *form, const char *name) {
    static const char *const identity[] = {"id", "urn", "uri", "class", NULL};
    static const char *const names[] = {"Name", "Description", NULL};
    static const char *const maintenance[] = {
        "agencyID",   "version",      "validFrom", "validTo", "isExternalReference",
        "serviceURL", "structureURL", NULL};
    return is_one_of(name, identity) ||
           (form->level >= BKTI_FORM_NAMED && is_one_of(name, names)) ||
           (form->level >= BKTI_FORM_UNVERSIONED && is_one_of(name, maintenance));
}

static bool has_step(const bkt_writer *writer, const bkti_form *form, const char *name, int kind) {
    for (uint8_t i = 0; i < form->step_count; i++) {
        const bkti_step *step = &form->steps[i];
        bool is_meant = name != NULL ? step->property != NULL && strcmp(step->property, name) == 0
                                     : step->kind == kind;
        if (is_meant && (step->versions & bkti_writes(writer)) != 0) {
            return true;
        }
    }
    return false;
}

static void tell_property(bkt_writer *writer, const bkt_item *item, const bkti_form *form,
                          uint32_t index) {
    const char *name = bkt_item_property_name_at(item, index);
    const char *text = bkt_item_property_at(item, index);
    if (is_common(form, name) || has_step(writer, form, name, 0)) {
        return;
    }
    if (strcmp(name, "isFinal") == 0) {
        /* In 3.0 a version without an extension is final, and legacy ones say nothing. */
        return;
    }
    if (strcmp(text, "false") != 0) {
        bkti_leave_out(writer, item, "%.100s \"%.100s\"", name, text);
    }
}

void bkti_tell_others(bkt_writer *writer, const bkt_item *item) {
    for (uint32_t i = 0; i < bkt_item_child_count(item, BKT_ITEM_OTHER); i++) {
        const bkt_item *part = bkt_item_child_at(item, BKT_ITEM_OTHER, i);
        const char *id = bkt_item_id(part);
        bkti_leave_out(writer, item, "its %.100s%s%.100s", bkti_item_class(part),
                       id[0] == '\0' ? "" : " ", id);
    }
}

static void tell_rest(bkt_writer *writer, const bkt_item *item, const bkti_form *form) {
    for (uint32_t i = 0; i < bkt_item_property_count(item); i++) {
        tell_property(writer, item, form, i);
    }
    if (bkt_item_child_count(item, BKT_ITEM_ANY) == 0) {
        return;
    }
    for (int kind = BKT_ITEM_CODE_LIST; kind <= BKT_ITEM_OTHER; kind++) {
        bool known = (kind == BKT_ITEM_ANNOTATION && form->level >= BKTI_FORM_ANNOTATED) ||
                     (kind == BKT_ITEM_LINK && form->level >= BKTI_FORM_IDENTIFIED) ||
                     has_step(writer, form, NULL, kind);
        uint32_t count = known ? 0 : bkt_item_child_count(item, kind);
        if (kind == BKT_ITEM_OTHER) {
            bkti_tell_others(writer, item);
        } else if (count > 0) {
            bkti_leave_out(writer, item, "its %lu parts of kind %s", (unsigned long)count,
                           bkt_item_kind_text(kind));
        }
    }
}

void bkti_put_item_end(bkt_writer *writer, const bkt_item *item, const bkti_form *form) {
    bkti_put_close(writer, form->element);
    tell_rest(writer, item, form);
}

void bkti_put_item_as(bkt_writer *writer, const bkt_item *item, const bkti_form *form) {
    bkti_put_item_begin(writer, item, form, form->id == NULL ? bkt_item_id(item) : form->id);
    for (uint8_t i = 0; i < form->step_count && writer->status == BKT_OK; i++) {
        const bkti_step *step = &form->steps[i];
        bool is_meant = step->put != NULL && !is_attribute(step);
        if (is_meant && (step->versions & bkti_writes(writer)) != 0) {
            step->put(writer, item, step);
        }
    }
    bkti_put_item_end(writer, item, form);
}

void bkti_put_item(bkt_writer *writer, const bkt_item *item) {
    const bkti_form *form = bkti_form_find(writer, item);
    if (form == NULL) {
        const char *own = bkti_item_class(item);
        const char *kind = bkt_item_kind_text(bkt_item_kind(item));
        bkti_leave_out(writer, item, "%s", own[0] == '\0' ? kind : own);
    } else {
        bkti_put_item_as(writer, item, form);
    }
}

/* ---- Steps ---- */

static const char *element_of(const bkti_step *step) {
    return step->element == NULL ? step->property : step->element;
}

void bkti_step_attribute(bkt_writer *writer, const bkt_item *item, const bkti_step *step) {
    const char *text = bkt_item_property(item, step->property);
    text = text == NULL || text[0] == '\0' ? step->detail : text;
    if (text != NULL) {
        bkti_put_attribute(writer, element_of(step), text);
    }
}

void bkti_step_texts(bkt_writer *writer, const bkt_item *item, const bkti_step *step) {
    uint32_t index;
    for (uint32_t at = 0; bkti_next_property(item, step->property, &at, &index);) {
        const char *qualifier = bkt_item_property_qualifier_at(item, index);
        bkti_put(writer, "<structure:");
        bkti_put(writer, element_of(step));
        if (step->detail != NULL && qualifier != NULL) {
            bkti_put_attribute(writer, step->detail, qualifier);
        }
        bkti_put(writer, ">");
        bkti_put_escaped(writer, bkt_item_property_at(item, index), NULL);
        bkti_put_close(writer, element_of(step));
    }
}

void bkti_step_references(bkt_writer *writer, const bkt_item *item, const bkti_step *step) {
    uint32_t index;
    for (uint32_t at = 0; bkti_next_property(item, step->property, &at, &index);) {
        bkti_put_reference(writer, item, index, element_of(step), step->detail);
    }
}

void bkti_step_locals(bkt_writer *writer, const bkt_item *item, const bkti_step *step) {
    uint32_t index;
    for (uint32_t at = 0; bkti_next_property(item, step->property, &at, &index);) {
        bkti_put_local(writer, element_of(step), bkt_item_property_at(item, index));
    }
}

/* Ids are unique among the parts of a kind. */
void bkti_put_part(bkt_writer *writer, const bkt_item *item, const bkt_item *part) {
    const char *id = bkt_item_id(part);
    if (id[0] != '\0' && bkt_item_child_find(item, bkt_item_kind(part), id) != part) {
        bkti_leave_out(writer, part, "the second of an id");
    } else {
        bkti_put_item(writer, part);
    }
}

void bkti_step_children(bkt_writer *writer, const bkt_item *item, const bkti_step *step) {
    for (uint32_t i = 0; writer->status == BKT_OK && i < bkt_item_child_count(item, step->kind);
         i++) {
        bkti_put_part(writer, item, bkt_item_child_at(item, step->kind, i));
    }
}
