/* SPDX-License-Identifier: MIT */
/* Hierarchies: levels, and codes in codes. */
#include "bkti_form.h"

static void put_level(bkt_writer *writer, const bkt_item *holder, uint32_t index) {
    const bkt_item *level = bkt_item_child_at(holder, BKT_ITEM_LEVEL, index);
    const bkti_form *form = bkti_form_find(writer, level);
    bkti_put_item_begin(writer, level, form, bkt_item_id(level));
    const char *type = bkt_item_property(level, "textType");
    if (type != NULL) {
        bkti_put(writer, "<structure:CodingFormat");
        bkti_put_attribute(writer, "textType", type);
        bkti_put(writer, "/>");
    }
    /* Levels stand one in the other; those of 2.0 stand side by side. */
    if (bkt_item_child_count(level, BKT_ITEM_LEVEL) > 0) {
        put_level(writer, level, 0);
    } else if (index + 1 < bkt_item_child_count(holder, BKT_ITEM_LEVEL)) {
        put_level(writer, holder, index + 1);
    }
    bkti_put_item_end(writer, level, form);
}

void bkti_step_levels(bkt_writer *writer, const bkt_item *item, const bkti_step *step) {
    (void)step;
    if (bkt_item_child_count(item, BKT_ITEM_LEVEL) > 0) {
        put_level(writer, item, 0);
    }
}

static const bkt_item *list_set_of(const bkt_item *item) {
    while (item != NULL && bkt_item_kind(item) != BKT_ITEM_HIERARCHICAL_CODE_LIST) {
        item = bkt_item_parent(item);
    }
    return item;
}

/* The code by an alias of its list. */
static bool put_by_alias(bkt_writer *writer, const bkt_item *item) {
    const char *alias = bkt_item_property(item, "CodelistAliasRef");
    const bkt_item *set = list_set_of(item);
    uint32_t index;
    for (uint32_t at = 0; alias != NULL && bkti_next_property(set, "Codelist", &at, &index);) {
        const char *own = bkt_item_property_qualifier_at(set, index);
        const bkt_item *list = bkt_item_property_item_at(set, index);
        const bkt_item *code = bkt_item_child_find(list, BKT_ITEM_CODE, bkt_item_id(item));
        if (own != NULL && strcmp(own, alias) == 0 && code != NULL) {
            bkti_put_reference_to(writer, code, "Code", "codelist.Code");
            return true;
        }
    }
    if (alias != NULL && !bkti_writes_3(writer)) {
        bkti_put_open(writer, "CodelistAliasRef");
        bkti_put_escaped(writer, alias, NULL);
        bkti_put_close(writer, "CodelistAliasRef");
        bkti_put_local(writer, "CodeID", bkt_item_id(item));
        return true;
    }
    return false;
}

void bkti_step_code(bkt_writer *writer, const bkt_item *item, const bkti_step *step) {
    uint32_t index;
    uint32_t at = 0;
    (void)step;
    if (bkti_next_property(item, "Code", &at, &index)) {
        bkti_put_reference(writer, item, index, "Code", "codelist.Code");
    } else if (!put_by_alias(writer, item)) {
        bkti_leave_out(writer, item, "a hierarchical code whose code list is not known");
    }
}

/* An attribute: whether the levels mean something. */
void bkti_step_leveled(bkt_writer *writer, const bkt_item *item, const bkti_step *step) {
    const char *text = bkt_item_property(item, "leveled");
    text = text == NULL ? bkt_item_property(item, "hasFormalLevels") : text;
    if (text == NULL) {
        text = bkt_item_child_count(item, BKT_ITEM_LEVEL) > 0 ? "true" : "false";
    }
    bkti_put_attribute(writer, step->property, text);
}
