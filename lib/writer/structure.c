/* SPDX-License-Identifier: MIT */
/* Structures that were read, as structure messages of 2.1 or 3.0. */
#include "bkti_form.h"

#define NAMESPACES(version)                                                                        \
    " xmlns:message=\"http://www.sdmx.org/resources/sdmxml/schemas/" version "/message\""          \
    " xmlns:common=\"http://www.sdmx.org/resources/sdmxml/schemas/" version "/common\""            \
    " xmlns:structure=\"http://www.sdmx.org/resources/sdmxml/schemas/" version "/structure\""

/* Where artefacts of a kind stand in the message, in the order of the schemas. */
typedef struct container container;
typedef void put_artefact(bkt_writer *writer, const bkt_item *item, const container *of);
struct container {
    const char *element;
    int kind;
    put_artefact *put;
    const char *class_name; /* of the scheme; or NULL */
    int part;               /* kind of the artefact's parts that stand here in its place; 0 */
};

static void put_plain(bkt_writer *writer, const bkt_item *item, const container *of) {
    (void)of;
    bkti_put_item(writer, item);
}

/* 2.0 has organisations of all classes in one scheme. */
static void put_organisations(bkt_writer *writer, const bkt_item *item, const container *of) {
    bkti_form form = *bkti_form_organisations(of->class_name);
    static const bkti_step none[] = {{NULL, NULL, NULL, NULL, BKT_ITEM_ORGANISATION, BKTI_IN_BOTH}};
    form.steps = none;
    form.step_count = 1;
    bkti_put_item_begin(writer, item, &form, form.id == NULL ? bkt_item_id(item) : form.id);
    for (uint32_t i = 0; i < bkt_item_child_count(item, BKT_ITEM_ORGANISATION); i++) {
        const bkt_item *each = bkt_item_child_at(item, BKT_ITEM_ORGANISATION, i);
        const char *class_name = bkti_item_class(each);
        if (strncmp(class_name, of->class_name, strlen(class_name)) == 0) {
            bkti_put_item(writer, each);
        }
    }
    bkti_put_item_end(writer, item, &form);
}

/* Dimensions of 2.1 may have concepts for values, those of 3.0 have codes: they are called alike.
 */
static void put_concepts_as_codes(bkt_writer *writer, const bkt_item *item, const container *of) {
    static const bkti_step parent = {.property = "Parent", .element = "Parent"};
    bkti_form list = {.kind = BKT_ITEM_CODE_LIST,
                      .level = BKTI_FORM_MAINTAINED,
                      .element = "Codelist",
                      .class_name = "codelist.Codelist"};
    bkti_form code = {.kind = BKT_ITEM_CODE,
                      .level = BKTI_FORM_NAMED,
                      .element = "Code",
                      .class_name = "codelist.Code"};
    (void)of;
    bkti_put_item_begin(writer, item, &list, bkt_item_id(item));
    for (uint32_t i = 0; i < bkt_item_child_count(item, BKT_ITEM_CONCEPT); i++) {
        const bkt_item *each = bkt_item_child_at(item, BKT_ITEM_CONCEPT, i);
        if (bkt_item_child_find(item, BKT_ITEM_CONCEPT, bkt_item_id(each)) == each) {
            bkti_put_item_begin(writer, each, &code, bkt_item_id(each));
            bkti_step_locals(writer, each, &parent);
            bkti_put_close(writer, code.element);
        }
    }
    bkti_put_close(writer, list.element);
}

/* A hierarchy of 3.0 is one of a list of hierarchies in 2.1, which is called alike. */
static void put_hierarchy(bkt_writer *writer, const bkt_item *item, const container *of) {
    (void)of;
    bkti_form form = {.kind = BKT_ITEM_HIERARCHY,
                      .level = BKTI_FORM_MAINTAINED,
                      .element = "HierarchicalCodelist"};
    bkti_put_item_begin(writer, item, &form, bkt_item_id(item));
    bkti_put_item(writer, item);
    bkti_put_close(writer, form.element);
}

/* Parts that are artefacts of their own in 3.0. */
static void put_parts(bkt_writer *writer, const bkt_item *item, const container *of) {
    for (uint32_t i = 0; i < bkt_item_child_count(item, of->part); i++) {
        bkti_put_item(writer, bkt_item_child_at(item, of->part, i));
    }
}

static void put_map(bkt_writer *writer, const bkt_item *item, const container *of) {
    (void)of;
    bkti_put_map_as_set(writer, item);
}

static const container containers_21[] = {
    {"OrganisationSchemes", BKT_ITEM_ORGANISATION_SCHEME, put_organisations, "AgencyScheme", 0},
    {NULL, BKT_ITEM_ORGANISATION_SCHEME, put_organisations, "DataProviderScheme", 0},
    {NULL, BKT_ITEM_ORGANISATION_SCHEME, put_organisations, "DataConsumerScheme", 0},
    {NULL, BKT_ITEM_ORGANISATION_SCHEME, put_organisations, "OrganisationUnitScheme", 0},
    {"Dataflows", BKT_ITEM_DATAFLOW, put_plain, NULL, 0},
    {"Metadataflows", BKT_ITEM_METADATAFLOW, put_plain, NULL, 0},
    {"CategorySchemes", BKT_ITEM_CATEGORY_SCHEME, put_plain, NULL, 0},
    {"Categorisations", BKT_ITEM_CATEGORISATION, put_plain, NULL, 0},
    {"Codelists", BKT_ITEM_CODE_LIST, put_plain, NULL, 0},
    {"HierarchicalCodelists", BKT_ITEM_HIERARCHICAL_CODE_LIST, put_plain, NULL, 0},
    {NULL, BKT_ITEM_HIERARCHY, put_hierarchy, NULL, 0},
    {"Concepts", BKT_ITEM_CONCEPT_SCHEME, put_plain, NULL, 0},
    {NULL, BKT_ITEM_CONCEPT, NULL, NULL, 0},
    {"MetadataStructures", BKT_ITEM_METADATA_STRUCTURE, put_plain, NULL, 0},
    {"DataStructures", BKT_ITEM_DATA_STRUCTURE, put_plain, NULL, 0},
    {"StructureSets", BKT_ITEM_STRUCTURE_SET, put_plain, NULL, 0},
    {NULL, BKT_ITEM_STRUCTURE_MAP, put_map, NULL, 0},
    {NULL, BKT_ITEM_REPRESENTATION_MAP, put_map, NULL, 0},
    {"Constraints", BKT_ITEM_CONSTRAINT, put_plain, NULL, 0},
    {"ProvisionAgreements", BKT_ITEM_PROVISION_AGREEMENT, put_plain, NULL, 0},
};

static const container containers_30[] = {
    {"AgencySchemes", BKT_ITEM_ORGANISATION_SCHEME, put_organisations, "AgencyScheme", 0},
    {"Categorisations", BKT_ITEM_CATEGORISATION, put_plain, NULL, 0},
    {"CategorySchemes", BKT_ITEM_CATEGORY_SCHEME, put_plain, NULL, 0},
    {"Codelists", BKT_ITEM_CODE_LIST, put_plain, NULL, 0},
    {NULL, BKT_ITEM_CONCEPT_SCHEME, put_concepts_as_codes, NULL, 0},
    {"ConceptSchemes", BKT_ITEM_CONCEPT_SCHEME, put_plain, NULL, 0},
    {NULL, BKT_ITEM_CONCEPT, NULL, NULL, 0},
    {"DataConstraints", BKT_ITEM_CONSTRAINT, put_plain, NULL, 0},
    {"DataConsumerSchemes", BKT_ITEM_ORGANISATION_SCHEME, put_organisations, "DataConsumerScheme",
     0},
    {"Dataflows", BKT_ITEM_DATAFLOW, put_plain, NULL, 0},
    {"DataProviderSchemes", BKT_ITEM_ORGANISATION_SCHEME, put_organisations, "DataProviderScheme",
     0},
    {"DataStructures", BKT_ITEM_DATA_STRUCTURE, put_plain, NULL, 0},
    {"Hierarchies", BKT_ITEM_HIERARCHY, put_plain, NULL, 0},
    {NULL, BKT_ITEM_HIERARCHICAL_CODE_LIST, put_parts, NULL, BKT_ITEM_HIERARCHY},
    {"HierarchyAssociations", BKT_ITEM_HIERARCHY_ASSOCIATION, put_plain, NULL, 0},
    {"Metadataflows", BKT_ITEM_METADATAFLOW, put_plain, NULL, 0},
    {"MetadataStructures", BKT_ITEM_METADATA_STRUCTURE, put_plain, NULL, 0},
    {"OrganisationUnitSchemes", BKT_ITEM_ORGANISATION_SCHEME, put_organisations,
     "OrganisationUnitScheme", 0},
    {"ProvisionAgreements", BKT_ITEM_PROVISION_AGREEMENT, put_plain, NULL, 0},
    {"RepresentationMaps", BKT_ITEM_REPRESENTATION_MAP, put_plain, NULL, 0},
    {NULL, BKT_ITEM_STRUCTURE_SET, put_parts, NULL, BKT_ITEM_REPRESENTATION_MAP},
    {"StructureMaps", BKT_ITEM_STRUCTURE_MAP, put_plain, NULL, 0},
    {NULL, BKT_ITEM_STRUCTURE_SET, put_parts, NULL, BKT_ITEM_STRUCTURE_MAP},
    {"ValueLists", BKT_ITEM_VALUE_LIST, put_plain, NULL, 0},
};

/* ---- Which artefacts stand where ---- */

static bool has_organisations(const bkt_item *scheme, const char *class_name) {
    if (bkti_item_is_class(scheme, class_name)) {
        return true;
    }
    const char *own = bkti_item_class(scheme);
    for (uint32_t i = 0; own[0] == '\0' && i < bkt_item_child_count(scheme, BKT_ITEM_ORGANISATION);
         i++) {
        const char *of = bkti_item_class(bkt_item_child_at(scheme, BKT_ITEM_ORGANISATION, i));
        if (of[0] != '\0' && strncmp(of, class_name, strlen(of)) == 0) {
            return true;
        }
    }
    return false;
}

static bool has_reference(const bkt_item *item, const char *name) {
    return bkt_item_property(item, name) != NULL;
}

/* What the schemas would refuse for lack of a part. */
static bool is_whole(bkt_writer *writer, const bkt_item *item) {
    int32_t kind = bkt_item_kind(item);
    if (kind == BKT_ITEM_PROVISION_AGREEMENT &&
        !(has_reference(item, "Dataflow") && has_reference(item, "DataProvider"))) {
        bkti_leave_out(writer, item, "an agreement without a dataflow or a data provider");
        return false;
    }
    const char *source = kind == BKT_ITEM_CATEGORISATION ? bkt_item_property(item, "Source") : NULL;
    if (source != NULL && bkti_writes_3(writer) && !bkti_reference_is_known(source)) {
        bkti_leave_out(writer, item, "the categorisation of %.200s", source);
        return false;
    }
    if (kind == BKT_ITEM_METADATAFLOW && bkti_writes_3(writer) && !has_reference(item, "Target")) {
        bkti_leave_out(writer, item, "a metadataflow that does not say what its metadata are of");
        return false;
    }
    if (kind == BKT_ITEM_HIERARCHY && bkt_item_child_count(item, BKT_ITEM_HIERARCHICAL_CODE) == 0) {
        bkti_leave_out(writer, item, "a hierarchy without codes");
        return false;
    }
    return true;
}

static bool stands_in(bkt_writer *writer, const bkt_item *item, const container *of) {
    if (of->class_name != NULL) {
        return has_organisations(item, of->class_name);
    }
    if (of->part != 0) {
        return bkt_item_child_count(item, of->part) > 0;
    }
    if (of->put == put_concepts_as_codes) {
        return bkti_is_values(item);
    }
    if (of->put == put_map) {
        return bkti_is_set(writer, item);
    }
    return bkti_form_find(writer, item) != NULL && is_whole(writer, item);
}

/* Concepts that stand alone (1.0, 2.0), in a scheme for each agency. */
static const char *put_loose_scheme(bkt_writer *writer, const bkt_structure *structure,
                                    uint32_t first, const char *opening) {
    const bkt_item *head = bkt_structure_item_at(structure, BKT_ITEM_CONCEPT, first);
    const char *agency = bkt_item_agency(head);
    agency = agency == NULL ? "UNKNOWN" : agency;
    for (uint32_t i = 0; i < bkt_structure_item_count(structure, BKT_ITEM_CONCEPT); i++) {
        const bkt_item *each = bkt_structure_item_at(structure, BKT_ITEM_CONCEPT, i);
        const char *own = bkt_item_agency(each);
        if (strcmp(own == NULL ? "UNKNOWN" : own, agency) != 0) {
            continue;
        }
        if (i < first) {
            return opening; /* it is written already */
        }
        if (i == first) {
            bkti_put(writer, opening);
            bkti_put(writer, "<structure:ConceptScheme id=\"" BKTI_LOOSE_SCHEME "\"");
            bkti_put_attribute(writer, "agencyID", agency);
            bkti_put(writer, " version=\"1.0\"><common:Name xml:lang=\"en\">Concepts that stood "
                             "alone</common:Name>\n");
        }
        bkti_put_item(writer, each);
    }
    bkti_put_close(writer, "ConceptScheme");
    return "";
}

/* The opening tag is put before the first artefact; what is still to be put is given back. */
static const char *put_container(bkt_writer *writer, const bkt_structure *structure,
                                 const container *of, const char *opening) {
    for (uint32_t i = 0;
         writer->status == BKT_OK && i < bkt_structure_item_count(structure, of->kind); i++) {
        const bkt_item *item = bkt_structure_item_at(structure, of->kind, i);
        if (of->kind == BKT_ITEM_CONCEPT) {
            opening = put_loose_scheme(writer, structure, i, opening);
        } else if (stands_in(writer, item, of)) {
            bkti_put(writer, opening);
            opening = "";
            of->put(writer, item, of);
        }
    }
    return opening;
}

/* Containers whose element is NULL go on with the one before. */
static void put_containers(bkt_writer *writer, const bkt_structure *structure,
                           const container *containers, size_t count) {
    for (size_t i = 0; i < count;) {
        const char *element = containers[i].element;
        bkti_text opening;
        bkti_text_init(&opening, writer->memory);
        bool done = bkti_text_append_format(&opening, "<structure:%s>\n", element);
        if (!done && writer->status == BKT_OK) {
            writer->status = bkti_no_memory(writer->context);
        }
        const char *left = bkti_text_get(&opening);
        do {
            left = put_container(writer, structure, &containers[i], left);
            i++;
        } while (i < count && containers[i].element == NULL);
        if (left[0] == '\0') {
            bkti_put_close(writer, element);
        }
        bkti_text_free(&opening);
    }
}

/* Artefacts that stand nowhere. */
static void tell_rest(bkt_writer *writer, const bkt_structure *structure,
                      const container *containers, size_t count) {
    for (uint32_t i = 0; i < bkt_structure_item_count(structure, BKT_ITEM_ANY); i++) {
        const bkt_item *item = bkt_structure_item_at(structure, BKT_ITEM_ANY, i);
        int32_t kind = bkt_item_kind(item);
        bool found = kind == BKT_ITEM_CONCEPT;
        bool is_split = false;
        for (size_t k = 0; !found && k < count; k++) {
            const container *of = &containers[k];
            found = of->kind == kind &&
                    (of->class_name != NULL ? has_organisations(item, of->class_name)
                     : of->part != 0        ? bkt_item_child_count(item, of->part) > 0
                                            : bkti_form_find(writer, item) != NULL);
            is_split = is_split || (found && of->part != 0);
        }
        const char *class_name = bkti_item_class(item);
        if (!found) {
            bkti_leave_out(writer, item, "a %s",
                           class_name[0] == '\0' ? bkt_item_kind_text(kind) : class_name);
        } else if (is_split) {
            bkti_leave_out(writer, item, "a %s: its parts stand alone", bkt_item_kind_text(kind));
        }
        if (!found || is_split) {
            bkti_tell_others(writer, item);
        }
    }
}

bkt_status bkti_put_structure(bkt_writer *writer, const bkt_structure *structure) {
    bool is_3 = bkti_writes_3(writer);
    const container *containers = is_3 ? containers_30 : containers_21;
    size_t count = is_3 ? sizeof containers_30 / sizeof *containers_30
                        : sizeof containers_21 / sizeof *containers_21;
    bkti_xml_put_header(writer, "Structure", is_3 ? NAMESPACES("v3_0") : NAMESPACES("v2_1"));
    if (writer->source != NULL) {
        bkti_put_pair(writer, "<message:Source>", bkti_span_of(writer->source),
                      "</message:Source>\n");
    }
    bkti_put(writer, "</message:Header>\n<message:Structures>\n");
    put_containers(writer, structure, containers, count);
    tell_rest(writer, structure, containers, count);
    bkti_put(writer, "</message:Structures>\n</message:Structure>\n");
    return writer->status == BKT_OK ? bkti_sink_status(writer->sink) : writer->status;
}

/* A message that has nothing but structures. */
static bkt_status no_rows(bkt_writer *writer, int64_t first, int64_t end) {
    (void)first;
    (void)end;
    return bkti_fail(writer->context, BKT_ERR_STATE, NULL,
                     "the message is one of structures; it can't have data");
}

static bkt_status no_dataset(bkt_writer *writer) {
    return no_rows(writer, 0, 0);
}

static bkt_status end_nothing(bkt_writer *writer) {
    return bkti_sink_status(writer->sink);
}

const bkti_manner bkti_manner_structure = {
    .begin = end_nothing,
    .begin_dataset = no_dataset,
    .rows = no_rows,
    .end_dataset = end_nothing,
    .end = end_nothing,
};

static bkt_status finish(bkt_writer *writer, const bkt_structure *structure, bkt_status status) {
    if (status != BKT_OK) {
        return status;
    }
    status = bkt_writer_write_structure(writer, structure);
    status = status == BKT_OK ? bkt_writer_finish(writer) : status;
    bkt_writer_free(writer);
    return status;
}

bkt_status bkt_structure_write(bkt_context *context, const bkt_structure *structure,
                               const bkt_write_options *options, bkt_write_function write,
                               void *user) {
    if (context == NULL || structure == NULL || write == NULL) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "bkt_structure_write() needs a context, a structure and a function that "
                         "takes the bytes; one of them is NULL");
    }
    bkt_writer *writer;
    bkt_status status = bkt_writer_open_callback(context, write, user, options, &writer);
    return finish(writer, structure, status);
}

bkt_status bkt_structure_write_path(bkt_context *context, const bkt_structure *structure,
                                    const bkt_write_options *options, const char *path) {
    if (context == NULL || structure == NULL || path == NULL) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "bkt_structure_write_path() needs a context, a structure and a path; one "
                         "of them is NULL");
    }
    bkt_writer *writer;
    bkt_status status = bkt_writer_open_path(context, path, options, &writer);
    return finish(writer, structure, status);
}
