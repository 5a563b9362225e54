/* SPDX-License-Identifier: MIT */
/* The elements of a structure message, one after the other, into items and properties. */
#include <string.h>

#include "bkti_namespace.h"
#include "bkti_structure_message.h"

/* What stands open. */
enum mode {
    MODE_OPEN,      /* an item, or what is only passed through */
    MODE_TEXT,      /* its text is gathered */
    MODE_REFERENCE, /* its text, or the parts of a reference in it */
    MODE_PART,      /* one part of a reference */
    MODE_SKIPPED,   /* nothing in it is told */
    MODE_ERROR,     /* a message that is an error; its texts are gathered */
    MODE_OUTSIDE    /* around the message: a SOAP envelope */
};

bkt_status bkti_structure_message_no_room(bkti_structure_message *message) {
    const bkt_structure *structure = message->structure;
    if (structure->count >= BKTI_NO_ITEM - 1 || structure->property_count >= UINT32_MAX ||
        bkti_dictionary_count(structure->names) >= UINT16_MAX) {
        return bkti_fail(message->context, BKT_ERR_LIMIT, NULL,
                         "a structure has at most %u items, properties and names of them (%u)",
                         UINT32_MAX - 1, (unsigned)UINT16_MAX);
    }
    return bkti_no_memory(message->context);
}

static bkti_structure_frame *push(bkti_structure_message *message, const bkti_element *meaning,
                                  uint32_t item, int mode) {
    if (!bkti_grow(bkti_context_memory(message->context), (void **)&message->frames,
                   &message->frame_capacity, message->frame_count + 1, sizeof *message->frames)) {
        return NULL;
    }
    bkti_structure_frame *frame = &message->frames[message->frame_count++];
    *frame = (bkti_structure_frame){.element = meaning, .item = item, .mode = (uint8_t)mode};
    return frame;
}

static bkt_status open_frame(bkti_structure_message *message, const bkti_element *meaning,
                             uint32_t item, int mode) {
    return push(message, meaning, item, mode) == NULL ? bkti_no_memory(message->context) : BKT_OK;
}

static bkt_status skip(bkti_structure_message *message, uint32_t item) {
    bkti_xml_skip(message->xml, "", &message->passed_over);
    return open_frame(message, NULL, item, MODE_SKIPPED);
}

static bkt_status fail_at(bkti_structure_message *message, bkt_status status, const char *sentence,
                          bkti_span name) {
    bkti_place place;
    bkti_xml_place(message->xml, &place);
    return bkti_fail(message->context, status, &place, sentence,
                     (int)(name.size < 100 ? name.size : 100), name.data);
}

static bkti_span attribute_of(const bkti_xml_element *element, const char *name) {
    for (uint32_t i = 0; i < element->attribute_count; i++) {
        if (bkti_span_is(element->attributes[i].name.local, name)) {
            return bkti_span_trim(element->attributes[i].value);
        }
    }
    return (bkti_span){NULL, 0};
}

/* What no meaning is known of is told: nothing gets lost unheard. */
static void tell_unread(bkti_structure_message *message, uint32_t within,
                        const bkti_xml_element *element) {
    const bkt_item *item = &message->structure->items[within];
    bkti_span owner = bkti_dictionary_span(message->structure->ids, item->id);
    bkti_span name = element->name.local;
    bkti_span id = attribute_of(element, "id");
    id = id.size == 0 ? BKTI_SPAN("") : id;
    owner = within == 0 ? BKTI_SPAN("message") : owner;
    bkti_place place;
    bkti_xml_place(message->xml, &place);
    place.sort = within == 0 ? "the" : bkt_item_kind_text(item->kind);
    bkti_tell(message->context, BKT_SEVERITY_NOTE, BKT_ERR_UNSUPPORTED, &place,
              "what stands in <%.*s>%s%.*s of %s %.*s is not read",
              (int)(name.size < 100 ? name.size : 100), name.data, id.size == 0 ? "" : " ",
              (int)(id.size < 100 ? id.size : 100), id.data, place.sort,
              (int)(owner.size < 100 ? owner.size : 100), owner.data);
}

/* ---- The root ---- */

/* Structures also come in what registries answer; what no version knows is looked into. */
static bool may_have_structures(bkti_span root) {
    int32_t kind = bkti_root_kind(root);
    return kind == BKT_MESSAGE_STRUCTURE || kind == BKT_MESSAGE_REGISTRY ||
           kind == BKT_MESSAGE_UNKNOWN;
}

static bkt_status refuse(bkti_structure_message *message, bkt_status status, const char *sentence,
                         bkti_span name) {
    message->is_refused = true;
    return message->is_alone ? fail_at(message, status, sentence, name) : BKT_END;
}

static bkt_status start_root(bkti_structure_message *message, const bkti_xml_element *element) {
    bkti_span local = element->name.local;
    if (bkti_is_envelope(element)) {
        return open_frame(message, NULL, 0, MODE_OUTSIDE);
    }
    if (!bkti_is_sdmx_ml_uri(element->name.uri)) {
        return refuse(message, BKT_ERR_NOT_SDMX,
                      "the root element <%.*s> is not of SDMX-ML; an SDMX-ML structure message was "
                      "expected",
                      local);
    }
    const bkti_sdmx_version *version = bkti_sdmx_version_of(element->name.uri);
    if (version == NULL) {
        return fail_at(message, BKT_ERR_VERSION,
                       "the root element <%.*s> is of a version of SDMX that is not known here; "
                       "1.0, 2.0, 2.1, 3.0 and 3.1 are read",
                       local);
    }
    message->version = version->number;
    if (bkti_span_is(local, "Error")) {
        return open_frame(message, NULL, 0, MODE_ERROR);
    }
    if (!may_have_structures(local)) {
        return refuse(message, BKT_ERR_MESSAGE_KIND,
                      "this is an SDMX-ML %.*s message; a structure message was expected", local);
    }
    return open_frame(message, NULL, 0, MODE_OPEN);
}

/* Around a message: the Body, and what a service wraps its answer in. */
static bkt_status start_outside(bkti_structure_message *message, const bkti_xml_element *element) {
    bkti_span local = element->name.local;
    if (bkti_span_is(local, "Fault")) {
        return open_frame(message, NULL, 0, MODE_ERROR);
    }
    bool is_root =
        bkti_is_sdmx_ml_uri(element->name.uri) && bkti_root_kind(local) != BKT_MESSAGE_UNKNOWN;
    return is_root ? start_root(message, element) : open_frame(message, NULL, 0, MODE_OUTSIDE);
}

/* ---- Items ---- */

static bool needs_id(int kind) {
    return kind == BKT_ITEM_CODE_LIST || kind == BKT_ITEM_CODE || kind == BKT_ITEM_VALUE_LIST ||
           kind == BKT_ITEM_VALUE || kind == BKT_ITEM_CONCEPT_SCHEME || kind == BKT_ITEM_CONCEPT ||
           kind == BKT_ITEM_DATA_STRUCTURE || kind == BKT_ITEM_GROUP || kind == BKT_ITEM_DATAFLOW ||
           kind == BKT_ITEM_CATEGORY_SCHEME || kind == BKT_ITEM_CATEGORY ||
           kind == BKT_ITEM_ORGANISATION;
}

static const bkti_element other_artefact = {BKT_ITEM_ANY, BKTI_ACTION_ITEM, BKT_ITEM_OTHER, 0,
                                            "class",      "class"};

static bkt_status keep_property(bkti_structure_message *message, uint32_t item, const char *name,
                                bkti_span text, uint16_t qualifier) {
    uint16_t code = bkti_structure_name(message->structure, bkti_span_of(name));
    bkti_property *property =
        code == 0 ? NULL : bkti_structure_add_property(message->structure, item, code, text);
    if (property == NULL) {
        return bkti_structure_message_no_room(message);
    }
    property->qualifier = qualifier;
    return BKT_OK;
}

static bkt_status start_item(bkti_structure_message *message, const bkti_element *meaning,
                             uint32_t parent, const bkti_xml_element *element) {
    bkti_span id = attribute_of(element, "id");
    if (id.size == 0 && bkti_is_called_by_value(meaning->kind)) {
        id = attribute_of(element, "value");
    }
    if (id.size == 0 && needs_id(meaning->kind)) {
        return fail_at(message, BKT_ERR_LAYOUT, "<%.*s> has no id", element->name.local);
    }
    uint32_t item = bkti_structure_add_item(message->structure, parent, meaning->kind, id);
    if (item == BKTI_NO_ITEM) {
        return bkti_structure_message_no_room(message);
    }
    bkti_place place;
    bkti_xml_place(message->xml, &place);
    bkt_item *added = &message->structure->items[item];
    added->line = place.line < UINT32_MAX ? (uint32_t)place.line : 0;
    added->source = message->source_code;
    message->agency = parent == 0 ? NULL : message->agency;
    message->has_structure = true;
    bkt_status status = BKT_OK;
    if (meaning->property != NULL) {
        bkti_span class_name =
            meaning == &other_artefact ? element->name.local : bkti_span_of(meaning->property);
        status = keep_property(message, item, "class", class_name, BKTI_PROPERTY_NONE);
    }
    status =
        status == BKT_OK ? bkti_structure_take_attributes(message, meaning, item, element) : status;
    return status == BKT_OK ? open_frame(message, meaning, item, MODE_OPEN) : status;
}

/* Of an artefact, or of a part, that is known by its id and names only. */
static bkt_status start_other(bkti_structure_message *message, uint32_t parent,
                              const bkti_xml_element *element) {
    tell_unread(message, parent, element);
    return start_item(message, &other_artefact, parent, element);
}

/* What qualifies a text: its language, how far a value goes, whether an end is included. */
static bkt_status qualifier_of(bkti_structure_message *message, const bkti_xml_element *element,
                               uint16_t *out_qualifier) {
    static const char *const names[] = {"lang", "cascadeValues", "isInclusive"};
    *out_qualifier = BKTI_PROPERTY_NONE;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        bkti_span value = attribute_of(element, names[i]);
        if (value.size > 0) {
            *out_qualifier = bkti_structure_name(message->structure, value);
            return *out_qualifier == 0 ? bkti_structure_message_no_room(message) : BKT_OK;
        }
    }
    return BKT_OK;
}

static bkt_status start_text(bkti_structure_message *message, const bkti_element *meaning,
                             uint32_t item, const bkti_xml_element *element) {
    uint16_t qualifier;
    bkt_status status = qualifier_of(message, element, &qualifier);
    bkti_structure_frame *frame = status == BKT_OK ? push(message, meaning, item, MODE_TEXT) : NULL;
    if (frame == NULL) {
        return status == BKT_OK ? bkti_no_memory(message->context) : status;
    }
    frame->qualifier = qualifier;
    bkti_text_clear(&message->text);
    bkti_xml_want_text(message->xml, true);
    return BKT_OK;
}

static bkt_status start_reference(bkti_structure_message *message, const bkti_element *meaning,
                                  uint32_t item, const bkti_xml_element *element) {
    bkti_reference_parts_clear(&message->parts);
    bkti_text_clear(&message->text);
    bkti_span id = attribute_of(element, "id");
    if (id.size > 0) {
        bkti_text_append_span(&message->parts.id, id); /* 3.0: <Dimension id="..."> and the like */
    }
    bkti_text_append_span(&message->parts.alias, attribute_of(element, "alias"));
    bkti_xml_want_text(message->xml, true);
    return open_frame(message, meaning, item, MODE_REFERENCE);
}

static bkt_status start_flag(bkti_structure_message *message, const bkti_element *meaning,
                             uint32_t item, const bkti_xml_element *element) {
    bkti_span id = attribute_of(element, "id");
    bkt_status status = keep_property(message, item, meaning->property,
                                      id.size > 0 ? id : element->name.local, BKTI_PROPERTY_NONE);
    return status == BKT_OK ? open_frame(message, meaning, item, MODE_OPEN) : status;
}

static bkt_status start_known(bkti_structure_message *message, const bkti_element *meaning,
                              uint32_t item, const bkti_xml_element *element) {
    bkt_status status = BKT_OK;
    switch (meaning->action) {
    case BKTI_ACTION_SKIP:
        return skip(message, item);
    case BKTI_ACTION_THROUGH:
        return open_frame(message, meaning, item, MODE_OPEN);
    case BKTI_ACTION_FACETS:
        status = bkti_structure_take_attributes(message, meaning, item, element);
        return status == BKT_OK ? open_frame(message, meaning, item, MODE_OPEN) : status;
    case BKTI_ACTION_FLAG:
        return start_flag(message, meaning, item, element);
    case BKTI_ACTION_ITEM:
    case BKTI_ACTION_COMPONENT:
        return start_item(message, meaning, item, element);
    case BKTI_ACTION_REFERENCE:
        return start_reference(message, meaning, item, element);
    case BKTI_ACTION_VALUE:
        status = bkti_structure_take_attributes(message, meaning, item, element);
        return status == BKT_OK ? start_text(message, meaning, item, element) : status;
    default:
        return start_text(message, meaning, item, element);
    }
}

/* Inside a reference: one of its parts, or something around them. */
static bkt_status start_part(bkti_structure_message *message, const bkti_structure_frame *frame,
                             const bkti_xml_element *element) {
    if (bkti_span_is(element->name.local, "Ref")) {
        bkti_reference_parts_take_ref(&message->parts, element);
    }
    bkti_text_clear(&message->text);
    return open_frame(message, frame->element, frame->item, MODE_PART);
}

static const bkti_element *meaning_of(bkti_structure_message *message, int within, bkti_span name) {
    size_t slot = (((uintptr_t)name.data >> 3) + (size_t)within) % BKTI_MEANING_CACHE;
    bkti_met_element *met = &message->met[slot];
    if (met->name != name.data || met->within != within) {
        *met = (bkti_met_element){name.data, bkti_vocabulary_find(within, name), within};
    }
    return met->meaning;
}

/* Names in an element that is itself no item are those of what it stands for, not the item's. */
static bool is_of_another(const bkti_structure_frame *frame, const bkti_element *meaning) {
    return frame->element != NULL && frame->element->action == BKTI_ACTION_FLAG &&
           meaning->within == BKT_ITEM_ANY && meaning->action == BKTI_ACTION_TEXT;
}

/* <PrimaryMeasure><Ref id="OBS_VALUE"/>: there is only one. */
static bool is_target_of_flag(const bkti_structure_frame *frame, const bkti_xml_element *element) {
    bkti_span name = element->name.local;
    return frame->element != NULL && frame->element->action == BKTI_ACTION_FLAG &&
           (bkti_span_is(name, "Ref") || bkti_span_is(name, "URN"));
}

static bkt_status on_start(void *user, const bkti_xml_element *element) {
    bkti_structure_message *message = user;
    if (message->frame_count == 0) {
        return start_root(message, element);
    }
    bkti_structure_frame frame = message->frames[message->frame_count - 1];
    switch (frame.mode) {
    case MODE_OUTSIDE:
        return start_outside(message, element);
    case MODE_ERROR:
        bkti_xml_want_text(message->xml, true);
        if (bkti_text_get(&message->text)[0] != '\0') {
            bkti_text_append_text(&message->text, " ");
        }
        return open_frame(message, NULL, 0, MODE_ERROR);
    case MODE_TEXT:
        return open_frame(message, frame.element, frame.item, MODE_TEXT);
    case MODE_REFERENCE:
    case MODE_PART:
        return start_part(message, &frame, element);
    default:
        break;
    }
    int within = message->structure->items[frame.item].kind;
    const bkti_element *meaning = meaning_of(message, within, element->name.local);
    if (meaning != NULL && is_of_another(&frame, meaning)) {
        tell_unread(message, frame.item, element);
        return skip(message, frame.item);
    }
    if (meaning != NULL) {
        return start_known(message, meaning, frame.item, element);
    }
    if (within == BKT_ITEM_OTHER || is_target_of_flag(&frame, element)) {
        return skip(message, frame.item);
    }
    if (frame.item != 0) {
        return start_other(message, frame.item, element);
    }
    /* At the top: an artefact of a kind whose parts are not read, or what stands around others. */
    bool is_artefact =
        attribute_of(element, "id").size > 0 && attribute_of(element, "agencyID").size > 0;
    return is_artefact ? start_other(message, 0, element) : open_frame(message, NULL, 0, MODE_OPEN);
}

static bkt_status on_text(void *user, bkti_span text) {
    bkti_structure_message *message = user;
    return bkti_text_append_span(&message->text, text) ? BKT_OK : bkti_no_memory(message->context);
}

/* ---- Ends ---- */

static bkti_span text_of(const bkti_structure_message *message) {
    return bkti_span_trim(bkti_text_span(&message->text));
}

/* A component without an id is called as SDMX has it, or as its concept; a hierarchical code as its
 * code. */
static bkt_status finish_component(bkti_structure_message *message,
                                   const bkti_structure_frame *frame) {
    static const char *const fixed[][2] = {{"TimeDimension", "TIME_PERIOD"},
                                           {"PrimaryMeasure", "OBS_VALUE"},
                                           {"ReportingYearStartDay", "REPORTING_YEAR_START_DAY"}};
    bkt_structure *structure = message->structure;
    bkt_item *item = &structure->items[frame->item];
    if (bkti_dictionary_span(structure->ids, item->id).size > 0) {
        return BKT_OK;
    }
    bool is_code = item->kind == BKT_ITEM_HIERARCHICAL_CODE;
    int naming = is_code ? BKTI_PROPERTY_CODE : BKTI_PROPERTY_CONCEPT;
    bkti_span id = {NULL, 0};
    for (size_t i = 0; message->version >= 21 && i < sizeof fixed / sizeof *fixed; i++) {
        if (strcmp(frame->element->name, fixed[i][0]) == 0) {
            id = bkti_span_of(fixed[i][1]);
        }
    }
    for (size_t i = structure->property_count; id.size == 0 && i-- > 0;) {
        const bkti_property *property = &structure->properties[i];
        bkti_urn urn;
        if (property->item < frame->item) {
            break;
        }
        if (property->item == frame->item && property->name == naming &&
            bkti_urn_parse(bkti_span_of(property->text), &urn)) {
            id = urn.part.size > 0 ? urn.part : urn.id;
        }
    }
    if (id.size == 0 && is_code) {
        return BKT_OK;
    }
    if (id.size == 0) {
        bkti_place place = {.source = bkti_source_name(message->source), .line = item->line};
        return bkti_fail(message->context, BKT_ERR_LAYOUT, &place,
                         "<%s> has neither an id nor a concept", frame->element->name);
    }
    item->id = bkti_dictionary_add(structure->ids, id);
    return item->id < 0 ? bkti_no_memory(message->context) : BKT_OK;
}

static bkt_status finish_text(bkti_structure_message *message, const bkti_structure_frame *frame) {
    const bkti_element *meaning = frame->element;
    bkti_span text = text_of(message);
    bkt_structure *structure = message->structure;
    if (meaning->action == BKTI_ACTION_ID) {
        bkt_item *item = &structure->items[frame->item];
        if (bkti_dictionary_span(structure->ids, item->id).size == 0) {
            item->id = bkti_dictionary_add(structure->ids, text);
        }
        return item->id < 0 ? bkti_no_memory(message->context) : BKT_OK;
    }
    const char *name = meaning->property != NULL ? meaning->property : meaning->name;
    return text.size == 0 && meaning->action != BKTI_ACTION_VALUE
               ? BKT_OK
               : keep_property(message, frame->item, name, text, frame->qualifier);
}

/* Text directly in a reference: a URN, or an id. */
static bkt_status finish_reference(bkti_structure_message *message,
                                   const bkti_structure_frame *frame) {
    bkti_reference_parts *parts = &message->parts;
    bkti_span text = text_of(message);
    if (parts->id.size == 0 && parts->urn.size == 0 && parts->scheme.size == 0) {
        bool is_urn =
            text.size > 4 && bkti_span_equal_caseless((bkti_span){text.data, 4}, BKTI_SPAN("urn:"));
        bkti_text_append_span(is_urn ? &parts->urn : &parts->id, text);
    }
    return bkti_reference_parts_keep(message, frame->item, frame->element);
}

static void finish_part(bkti_structure_message *message, bkti_span name) {
    bkti_text *part = bkti_reference_parts_of(&message->parts, name);
    bkti_span text = text_of(message);
    if (part != NULL && text.size > 0) {
        bkti_text_clear(part);
        bkti_text_append_span(part, text);
    }
    bkti_text_clear(&message->text);
}

static bkt_status finish_error(bkti_structure_message *message) {
    bkti_place place = {.source = bkti_source_name(message->source)};
    bkti_span text = text_of(message);
    return bkti_fail(message->context, BKT_ERR_SERVER, &place,
                     "the server says that the request failed: %.*s",
                     (int)(text.size < 1500 ? text.size : 1500), text.data);
}

static bkt_status on_finish(void *user, const bkti_xml_name *name, uint32_t depth) {
    bkti_structure_message *message = user;
    (void)depth;
    bkti_structure_frame frame = message->frames[--message->frame_count];
    const bkti_structure_frame *around =
        message->frame_count == 0 ? NULL : &message->frames[message->frame_count - 1];
    bool is_inner = around != NULL && around->mode == frame.mode;
    bkt_status status = BKT_OK;
    switch (frame.mode) {
    case MODE_OPEN:
        return frame.element != NULL && frame.element->action == BKTI_ACTION_COMPONENT
                   ? finish_component(message, &frame)
                   : BKT_OK;
    case MODE_ERROR:
        return is_inner ? BKT_OK : finish_error(message);
    case MODE_TEXT:
        if (is_inner) {
            return BKT_OK;
        }
        status = finish_text(message, &frame);
        break;
    case MODE_PART:
        finish_part(message, name->local);
        return BKT_OK;
    case MODE_REFERENCE:
        status = finish_reference(message, &frame);
        break;
    default:
        return BKT_OK;
    }
    bkti_xml_want_text(message->xml, false);
    bkti_text_clear(&message->text);
    return status;
}

/* ---- The document ---- */

static bkt_status read_blocks(bkti_structure_message *message, bkti_source *source) {
    bkt_status status = BKT_OK;
    bool last = false;
    bool is_first = true;
    while (status == BKT_OK && !last) {
        bkti_span block = {NULL, 0};
        status = bkti_source_next_block(source, &block);
        last = status == BKT_END;
        if (is_first && !message->is_alone && !bkti_may_be_xml(block)) {
            message->is_refused = true; /* a text or a picture in a zip */
            return status;
        }
        is_first = false;
        if (status == BKT_OK || last) {
            status = bkti_xml_block(message->xml, last ? BKTI_SPAN("") : block, last);
        }
    }
    return status;
}

bkt_status bkti_structure_message_read(bkt_context *context, bkti_source *source,
                                       bkt_structure *structure, bool is_alone) {
    static const bkti_xml_handler handler = {on_start, on_finish, on_text, NULL};
    bkti_memory *memory = bkti_context_memory(context);
    bkti_structure_message message = {
        .context = context, .source = source, .structure = structure, .is_alone = is_alone};
    int32_t code = bkti_dictionary_add(structure->sources, bkti_span_of(bkti_source_name(source)));
    if (code < 0 || code > UINT16_MAX) {
        return code < 0 ? bkti_no_memory(context)
                        : bkti_fail(context, BKT_ERR_LIMIT, NULL,
                                    "a structure is of at most %u messages", UINT16_MAX + 1U);
    }
    message.source_code = (uint16_t)code;
    bkti_text_init(&message.text, memory);
    bkti_reference_parts_init(&message.parts, memory);
    bkt_status status =
        bkti_xml_new(context, source, BKT_SCANNER_FAST, &handler, &message, &message.xml);
    status = status == BKT_OK ? read_blocks(&message, source) : status;
    if (status == BKT_OK && !message.has_structure && message.version == 0) {
        bkti_place place = {.source = bkti_source_name(source)};
        status = bkti_fail(context, BKT_ERR_NOT_SDMX, &place,
                           "this is a SOAP envelope without an SDMX-ML message in it");
    }
    bkti_xml_free(message.xml);
    bkti_reference_parts_free(&message.parts);
    bkti_text_free(&message.text);
    bkti_release(memory, message.frames);
    return message.is_refused && !is_alone ? BKT_END : status;
}
