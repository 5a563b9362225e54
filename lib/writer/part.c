/* SPDX-License-Identifier: MIT */
/* What items of any kind may have: texts by language, annotations, links; and small parts that have
 * no name of their own: contacts, sentinel values. */
#include "bkti_form.h"

static void put_language(bkt_writer *writer, const bkt_item *item, uint32_t index) {
    const char *language = bkt_item_property_qualifier_at(item, index);
    if (language != NULL) {
        bkti_put_attribute(writer, "xml:lang", language);
    }
}

uint32_t bkti_put_common_texts(bkt_writer *writer, const bkt_item *item, const char *property,
                               const char *element) {
    uint32_t count = 0;
    uint32_t index;
    for (uint32_t at = 0; bkti_next_property(item, property, &at, &index); count++) {
        bkti_put(writer, "<common:");
        bkti_put(writer, element);
        put_language(writer, item, index);
        bkti_put(writer, ">");
        bkti_put_escaped(writer, bkt_item_property_at(item, index), NULL);
        bkti_put(writer, "</common:");
        bkti_put(writer, element);
        bkti_put(writer, ">");
    }
    return count;
}

/* ---- Annotations and links ---- */

static void put_annotation(bkt_writer *writer, const bkt_item *item) {
    const char *id = bkt_item_id(item);
    bkti_put(writer, "<common:Annotation");
    if (id[0] != '\0') {
        bkti_put_attribute(writer, "id", id);
    }
    bkti_put(writer, ">");
    bkti_put_common_texts(writer, item, "AnnotationTitle", "AnnotationTitle");
    bkti_put_common_texts(writer, item, "AnnotationType", "AnnotationType");
    bkti_put_common_texts(writer, item, "AnnotationURL", "AnnotationURL");
    bkti_put_common_texts(writer, item, "AnnotationText", "AnnotationText");
    if (bkti_writes_3(writer)) {
        bkti_put_common_texts(writer, item, "AnnotationValue", "AnnotationValue");
    } else if (bkt_item_property(item, "AnnotationValue") != NULL) {
        bkti_leave_out(writer, bkt_item_parent(item), "AnnotationValue of an annotation");
    }
    bkti_put(writer, "</common:Annotation>");
}

void bkti_put_annotations(bkt_writer *writer, const bkt_item *item) {
    uint32_t count = bkt_item_child_count(item, BKT_ITEM_ANNOTATION);
    if (count == 0) {
        return;
    }
    bkti_put(writer, "<common:Annotations>");
    for (uint32_t i = 0; i < count; i++) {
        put_annotation(writer, bkt_item_child_at(item, BKT_ITEM_ANNOTATION, i));
    }
    bkti_put(writer, "</common:Annotations>");
}

/* The schema wants both of the first two. */
static void put_link(bkt_writer *writer, const bkt_item *link) {
    static const char *const names[] = {"rel", "url", "urn", "type"};
    bkti_put(writer, "<common:Link");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *text = bkt_item_property(link, names[i]);
        if (text != NULL || i < 2) {
            bkti_put_attribute(writer, names[i], text == NULL ? "" : text);
        }
    }
    bkti_put(writer, "/>");
}

void bkti_put_links(bkt_writer *writer, const bkt_item *item) {
    for (uint32_t i = 0; i < bkt_item_child_count(item, BKT_ITEM_LINK); i++) {
        const bkt_item *link = bkt_item_child_at(item, BKT_ITEM_LINK, i);
        const char *url = bkt_item_property(link, "url");
        if (bkti_writes_3(writer)) {
            put_link(writer, link);
        } else {
            bkti_leave_out(writer, item, "its link to %.200s", url == NULL ? "" : url);
        }
    }
}

/* ---- Contacts ---- */

/* Ways to reach somebody, in the order in which they were published. */
static void put_ways(bkt_writer *writer, const bkt_item *contact) {
    static const char *const names[] = {"Telephone", "Fax", "X400", "URI", "Email"};
    for (uint32_t i = 0; i < bkt_item_property_count(contact); i++) {
        const char *name = bkt_item_property_name_at(contact, i);
        for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
            if (strcmp(names[k], name) == 0) {
                bkti_put_open(writer, name);
                bkti_put_escaped(writer, bkt_item_property_at(contact, i), NULL);
                bkti_put_close(writer, name);
            }
        }
    }
}

static void put_contact(bkt_writer *writer, const bkt_item *contact) {
    static const bkti_step department = {
        .property = "Department", .element = "Department", .detail = "xml:lang"};
    static const bkti_step role = {.property = "Role", .element = "Role", .detail = "xml:lang"};
    const char *id = bkt_item_id(contact);
    bkti_put(writer, "<structure:Contact");
    if (id[0] != '\0') {
        bkti_put_attribute(writer, "id", id);
    }
    bkti_put(writer, ">");
    bkti_put_common_texts(writer, contact, "Name", "Name");
    bkti_step_texts(writer, contact, &department);
    bkti_step_texts(writer, contact, &role);
    put_ways(writer, contact);
    bkti_put_close(writer, "Contact");
    const char *class_name = bkti_item_class(contact);
    if (class_name[0] != '\0') {
        bkti_leave_out(writer, bkt_item_parent(contact), "its %s, which is a Contact like others",
                       class_name);
    }
}

void bkti_step_contacts(bkt_writer *writer, const bkt_item *item, const bkti_step *step) {
    for (uint32_t i = 0; i < bkt_item_child_count(item, step->kind); i++) {
        put_contact(writer, bkt_item_child_at(item, step->kind, i));
    }
}

/* ---- Sentinel values ---- */

/* A name must be there. */
void bkti_put_sentinels(bkt_writer *writer, const bkt_item *item) {
    for (uint32_t i = 0; i < bkt_item_child_count(item, BKT_ITEM_SENTINEL_VALUE); i++) {
        const bkt_item *each = bkt_item_child_at(item, BKT_ITEM_SENTINEL_VALUE, i);
        bkti_put(writer, "<structure:SentinelValue");
        bkti_put_attribute(writer, "value", bkt_item_id(each));
        bkti_put(writer, ">");
        if (bkti_put_common_texts(writer, each, "Name", "Name") == 0) {
            bkti_put(writer, "<common:Name>");
            bkti_put_escaped(writer, bkt_item_id(each), NULL);
            bkti_put(writer, "</common:Name>");
        }
        bkti_put_common_texts(writer, each, "Description", "Description");
        bkti_put_close(writer, "SentinelValue");
    }
}
