/* SPDX-License-Identifier: MIT */
/* What constraints are attached to, and what they allow. */
#include "bkti_form.h"

/* What a constraint can be attached to: to several of one sort. */
void bkti_step_attachment(bkt_writer *writer, const bkt_item *item, const bkti_step *step) {
    static const bkti_step sorts[] = {
        {"DataProvider", "DataProvider", "base.DataProvider", bkti_step_references, 0, 3},
        {"DataStructure", "DataStructure", "datastructure.DataStructure", bkti_step_references, 0,
         3},
        {"Dataflow", "Dataflow", "datastructure.Dataflow", bkti_step_references, 0, 3},
        {"ProvisionAgreement", "ProvisionAgreement", "registry.ProvisionAgreement",
         bkti_step_references, 0, 3},
        {"MetadataStructure", "MetadataStructure", "metadatastructure.MetadataStructure",
         bkti_step_references, 0, 1},
        {"Metadataflow", "Metadataflow", "metadatastructure.Metadataflow", bkti_step_references, 0,
         1},
        {"SimpleDataSource", "SimpleDataSource", NULL, bkti_step_texts, 0, 3},
    };
    (void)step;
    bool is_done = false;
    for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++) {
        const bkti_step *sort = &sorts[i];
        if (bkt_item_property(item, sort->property) == NULL) {
            continue;
        }
        if (is_done || (sort->versions & bkti_writes(writer)) == 0) {
            bkti_leave_out(writer, item, "its attachment to a %s", sort->property);
            continue;
        }
        is_done = true;
        bkti_put_open(writer, "ConstraintAttachment");
        sort->put(writer, item, sort);
        bkti_put_close(writer, "ConstraintAttachment");
    }
}

void bkti_step_periods(bkt_writer *writer, const bkt_item *item, const bkti_step *step) {
    const char *first = bkt_item_property(item, "startTime");
    const char *last = bkt_item_property(item, "endTime");
    (void)step;
    if (first != NULL && last != NULL) {
        bkti_put(writer, "<structure:ReferencePeriod");
        bkti_put_attribute(writer, "startTime", first);
        bkti_put_attribute(writer, "endTime", last);
        bkti_put(writer, "/>");
    }
}

/* All three, or none. */
void bkti_step_calendar(bkt_writer *writer, const bkt_item *item, const bkti_step *step) {
    static const char *const names[] = {"Periodicity", "Offset", "Tolerance"};
    (void)step;
    if (bkt_item_property(item, names[0]) == NULL) {
        return;
    }
    bkti_put_open(writer, "ReleaseCalendar");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *text = bkt_item_property(item, names[i]);
        bkti_put_open(writer, names[i]);
        bkti_put_escaped(writer, text == NULL ? "" : text, NULL);
        bkti_put_close(writer, names[i]);
    }
    bkti_put_close(writer, "ReleaseCalendar");
}

/* 2.1 has what regions and keys are made of among its common elements. */
static void begin(bkt_writer *writer, const char *element) {
    bkti_put(writer, bkti_writes_3(writer) ? "<structure:" : "<common:");
    bkti_put(writer, element);
}

static void end(bkt_writer *writer, const char *element) {
    bkti_put(writer, bkti_writes_3(writer) ? "</structure:" : "</common:");
    bkti_put(writer, element);
    bkti_put(writer, ">");
}

static void put_value(bkt_writer *writer, const bkt_item *item, uint32_t index,
                      const char *qualifier_name) {
    const char *name = bkt_item_property_name_at(item, index);
    const char *qualifier = bkt_item_property_qualifier_at(item, index);
    begin(writer, name);
    if (qualifier != NULL) {
        bkti_put_attribute(writer, qualifier_name, qualifier);
    }
    bkti_put(writer, ">");
    bkti_put_escaped(writer, bkt_item_property_at(item, index), NULL);
    end(writer, name);
}

static bool put_range(bkt_writer *writer, const bkt_item *item) {
    static const char *const periods[] = {"BeforePeriod", "AfterPeriod", "StartPeriod",
                                          "EndPeriod"};
    bool is_open = false;
    for (size_t i = 0; i < sizeof periods / sizeof *periods; i++) {
        uint32_t at = 0;
        uint32_t index;
        if (bkti_next_property(item, periods[i], &at, &index)) {
            if (!is_open) {
                begin(writer, "TimeRange");
                bkti_put(writer, ">");
            }
            is_open = true;
            put_value(writer, item, index, "isInclusive");
        }
    }
    if (is_open) {
        end(writer, "TimeRange");
    }
    return is_open;
}

static void put_values(bkt_writer *writer, const bkt_item *item, bool in_region) {
    uint32_t at = 0;
    uint32_t index;
    if (put_range(writer, item)) {
        return;
    }
    for (bool is_first = true; bkti_next_property(item, "Value", &at, &index); is_first = false) {
        if (is_first || in_region) {
            put_value(writer, item, index, "cascadeValues");
        } else {
            bkti_leave_out(writer, item, "the further value %.100s in a key",
                           bkt_item_property_at(item, index));
        }
    }
}

static void put_key_value(bkt_writer *writer, const bkt_item *item, const char *element,
                          bool in_region) {
    static const char *const names[] = {"include", "removePrefix", "validFrom", "validTo"};
    begin(writer, element);
    bkti_put_attribute(writer, "id", bkt_item_id(item));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *text = bkt_item_property(item, names[i]);
        bool fits = i == 0 || (bkti_writes_3(writer) && (i == 1 || in_region));
        if (text != NULL && fits) {
            bkti_put_attribute(writer, names[i], text);
        } else if (text != NULL && strcmp(text, "false") != 0) {
            bkti_leave_out(writer, item, "%s \"%.100s\"", names[i], text);
        }
    }
    bkti_put(writer, ">");
    put_values(writer, item, in_region);
    end(writer, element);
    bkti_put(writer, "\n");
}

static bool has_values(const bkt_item *item) {
    static const char *const names[] = {"Value", "BeforePeriod", "AfterPeriod", "StartPeriod"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (bkt_item_property(item, names[i]) != NULL) {
            return true;
        }
    }
    return false;
}

/* Dimensions first, then attributes (and measures). */
void bkti_step_key_values(bkt_writer *writer, const bkt_item *item, const bkti_step *step) {
    (void)step;
    bool in_region = bkt_item_kind(item) == BKT_ITEM_CUBE_REGION;
    bool takes_others = in_region || bkti_writes_3(writer);
    const char *other = bkti_writes_3(writer) ? "Component" : "Attribute";
    for (int others = 0; others <= 1; others++) {
        for (uint32_t i = 0; i < bkt_item_child_count(item, BKT_ITEM_KEY_VALUE); i++) {
            const bkt_item *each = bkt_item_child_at(item, BKT_ITEM_KEY_VALUE, i);
            bool is_other =
                bkti_item_is_class(each, "Attribute") || bkti_item_is_class(each, "Component");
            if (is_other != (others == 1)) {
                continue;
            }
            if ((is_other && !takes_others) || (!is_other && !has_values(each))) {
                bkti_leave_out(writer, each, "%s",
                               is_other ? "an attribute in a key" : "a dimension without values");
            } else {
                put_key_value(writer, each, is_other ? other : "KeyValue", in_region);
            }
        }
    }
}

/* An attribute: 2.1 calls it the type, and has it optional. */
void bkti_step_role(bkt_writer *writer, const bkt_item *item, const bkti_step *step) {
    const char *text = bkt_item_property(item, "role");
    text = text == NULL ? bkt_item_property(item, "type") : text;
    bool is_one = text != NULL && (strcmp(text, "Actual") == 0 || strcmp(text, "Allowed") == 0);
    if (is_one || bkti_writes_3(writer)) {
        bkti_put_attribute(writer, step->element, is_one ? text : "Allowed");
    }
}
