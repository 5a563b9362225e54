/* SPDX-License-Identifier: MIT */
/* The forms of items: by the schemas SDMXStructure*.xsd of SDMX-ML 2.1 and 3.0 (sdmx.org). */
#include "bkti_form.h"
#include "bkti_structure.h"

#define A bkti_step_attribute
#define T bkti_step_texts
#define R bkti_step_references
#define L bkti_step_locals
#define C bkti_step_children

/* Schemes of items. */
#define CHILDREN(kind)                                                                             \
    { NULL, NULL, NULL, C, BKT_ITEM_##kind, BKTI_IN_BOTH }
#define PARTIAL                                                                                    \
    { "isPartial", NULL, NULL, A, 0, BKTI_IN_BOTH }
/* Written by another step. */
#define KNOWN(property)                                                                            \
    { property, NULL, NULL, NULL, 0, BKTI_IN_BOTH }
#define KNOWN_IN(property, versions)                                                               \
    { property, NULL, NULL, NULL, 0, versions }
#define FACETS                                                                                     \
    KNOWN("textType"), KNOWN("isSequence"), KNOWN("interval"), KNOWN("startValue"),                \
        KNOWN("endValue"), KNOWN("timeInterval"), KNOWN("startTime"), KNOWN("endTime"),            \
        KNOWN("minLength"), KNOWN("maxLength"), KNOWN("minValue"), KNOWN("maxValue"),              \
        KNOWN("decimals"), KNOWN("pattern"), KNOWN("isMultiLingual")

/* Of the list or set of 2.1 that it is put in. */
#define OF_ANOTHER                                                                                 \
    KNOWN_IN("agencyID", BKTI_IN_21), KNOWN_IN("version", BKTI_IN_21),                             \
        KNOWN_IN("validFrom", BKTI_IN_21), KNOWN_IN("validTo", BKTI_IN_21),                        \
        KNOWN_IN("isExternalReference", BKTI_IN_21)
/* Of what codes become as a text. */
#define FACETS_IN_21                                                                               \
    KNOWN_IN("textType", BKTI_IN_21), KNOWN_IN("isSequence", BKTI_IN_21),                          \
        KNOWN_IN("interval", BKTI_IN_21), KNOWN_IN("startValue", BKTI_IN_21),                      \
        KNOWN_IN("endValue", BKTI_IN_21), KNOWN_IN("timeInterval", BKTI_IN_21),                    \
        KNOWN_IN("startTime", BKTI_IN_21), KNOWN_IN("endTime", BKTI_IN_21),                        \
        KNOWN_IN("minLength", BKTI_IN_21), KNOWN_IN("maxLength", BKTI_IN_21),                      \
        KNOWN_IN("minValue", BKTI_IN_21), KNOWN_IN("maxValue", BKTI_IN_21),                        \
        KNOWN_IN("decimals", BKTI_IN_21), KNOWN_IN("pattern", BKTI_IN_21),                         \
        KNOWN_IN("isMultiLingual", BKTI_IN_21)

static const bkti_step of_code_list[] = {
    PARTIAL,
    {NULL, NULL, NULL, bkti_step_own_codes, BKT_ITEM_CODE, BKTI_IN_BOTH},
    {NULL, NULL, NULL, C, BKT_ITEM_CODE_LIST_EXTENSION, BKTI_IN_30},
    /* In 2.1 the codes are there themselves. */
    {NULL, NULL, NULL, NULL, BKT_ITEM_CODE_LIST_EXTENSION, BKTI_IN_21},
};
static const bkti_step of_code[] = {{"Parent", NULL, NULL, L, 0, BKTI_IN_BOTH}};
static const bkti_step of_extension[] = {
    {"prefix", NULL, NULL, A, 0, BKTI_IN_30},
    {"Codelist", NULL, "codelist.Codelist", R, 0, BKTI_IN_30},
    {NULL, NULL, NULL, bkti_step_selection, 0, BKTI_IN_30},
    KNOWN("selection"),
    KNOWN("MemberValue"),
};
static const bkti_step of_value_list[] = {CHILDREN(VALUE)};
static const bkti_step of_concept_scheme[] = {PARTIAL, CHILDREN(CONCEPT)};
static const bkti_step of_concept[] = {
    {"Parent", NULL, NULL, L, 0, BKTI_IN_BOTH},
    {NULL, NULL, NULL, bkti_step_core, 0, BKTI_IN_BOTH},
    FACETS,
    KNOWN("Enumeration"),
    KNOWN("minOccurs"),
    KNOWN("maxOccurs"),
    KNOWN("ConceptAgency"),
    KNOWN("ConceptSchemeID"),
    KNOWN("ConceptID"),
    KNOWN("agencyID"),
    KNOWN("version"),
    KNOWN("isExternalReference"),
    {NULL, NULL, NULL, NULL, BKT_ITEM_SENTINEL_VALUE,
     BKTI_IN_BOTH}, /* told where it has no place */
};
static const bkti_step of_data_structure[] = {
    {NULL, NULL, NULL, bkti_step_components, BKT_ITEM_DIMENSION, BKTI_IN_BOTH},
    {NULL, NULL, NULL, NULL, BKT_ITEM_MEASURE, BKTI_IN_BOTH},
    {NULL, NULL, NULL, NULL, BKT_ITEM_ATTRIBUTE, BKTI_IN_BOTH},
    {NULL, NULL, NULL, NULL, BKT_ITEM_GROUP, BKTI_IN_BOTH},
    {NULL, NULL, NULL, NULL, BKT_ITEM_METADATA_ATTRIBUTE, BKTI_IN_BOTH},
    {"Metadata", NULL, "metadatastructure.MetadataStructure", R, 0, BKTI_IN_30},
};
static const bkti_step of_dataflow[] = {
    {"Structure", NULL, "datastructure.DataStructure", R, 0, BKTI_IN_BOTH}};
static const bkti_step of_metadataflow[] = {
    {"Structure", NULL, "metadatastructure.MetadataStructure", R, 0, BKTI_IN_BOTH},
    {"Target", NULL, NULL, T, 0, BKTI_IN_30},
};
static const bkti_step of_constraint[] = {
    {"role", "type", NULL, bkti_step_role, 0, BKTI_IN_21},
    {"role", "role", NULL, bkti_step_role, 0, BKTI_IN_30},
    KNOWN("type"),
    KNOWN("ConstraintType"),
    {NULL, NULL, NULL, bkti_step_attachment, 0, BKTI_IN_BOTH},
    {NULL, NULL, NULL, bkti_step_calendar, 0, BKTI_IN_30},
    {NULL, NULL, NULL, C, BKT_ITEM_KEY_SET, BKTI_IN_BOTH},
    {NULL, NULL, NULL, C, BKT_ITEM_CUBE_REGION, BKTI_IN_BOTH},
    {NULL, NULL, NULL, bkti_step_calendar, 0, BKTI_IN_21},
    {NULL, NULL, NULL, bkti_step_periods, 0, BKTI_IN_21},
    KNOWN_IN("startTime", BKTI_IN_21),
    KNOWN_IN("endTime", BKTI_IN_21),
    KNOWN("DataProvider"),
    KNOWN("DataStructure"),
    KNOWN("Dataflow"),
    KNOWN("ProvisionAgreement"),
    KNOWN("MetadataStructure"),
    KNOWN("Metadataflow"),
    KNOWN("SimpleDataSource"),
    KNOWN("Periodicity"),
    KNOWN("Offset"),
    KNOWN("Tolerance"),
};
static const bkti_step of_cube_region[] = {
    {"include", NULL, NULL, A, 0, BKTI_IN_BOTH},
    {"isIncluded", "include", NULL, A, 0, BKTI_IN_BOTH},
    {NULL, NULL, NULL, bkti_step_key_values, BKT_ITEM_KEY_VALUE, BKTI_IN_BOTH},
};
static const bkti_step of_key_set[] = {
    {"isIncluded", NULL, "true", A, 0, BKTI_IN_BOTH},
    CHILDREN(KEY),
};
static const bkti_step of_key[] = {
    {"include", NULL, NULL, A, 0, BKTI_IN_BOTH},
    {"validFrom", NULL, NULL, A, 0, BKTI_IN_30},
    {"validTo", NULL, NULL, A, 0, BKTI_IN_30},
    {NULL, NULL, NULL, bkti_step_key_values, BKT_ITEM_KEY_VALUE, BKTI_IN_BOTH},
};
static const bkti_step of_category_scheme[] = {PARTIAL, CHILDREN(CATEGORY)};
static const bkti_step of_category[] = {CHILDREN(CATEGORY)};
static const bkti_step of_categorisation[] = {
    {"Source", NULL, NULL, R, 0, BKTI_IN_BOTH},
    {"Target", NULL, "categoryscheme.Category", R, 0, BKTI_IN_BOTH},
};
static const bkti_step of_organisation_scheme[] = {PARTIAL, CHILDREN(ORGANISATION)};
static const bkti_step of_organisation[] = {
    {"Parent", NULL, NULL, L, 0, BKTI_IN_BOTH},
    {NULL, NULL, NULL, bkti_step_contacts, BKT_ITEM_CONTACT, BKTI_IN_BOTH},
};
static const bkti_step of_agreement[] = {
    {"Dataflow", "StructureUsage", "datastructure.Dataflow", R, 0, BKTI_IN_21},
    {"Dataflow", NULL, "datastructure.Dataflow", R, 0, BKTI_IN_30},
    {"DataProvider", NULL, "base.DataProvider", R, 0, BKTI_IN_BOTH},
};
static const bkti_step of_code_list_set[] = {
    {"Codelist", "IncludedCodelist", "codelist.Codelist", R, 0, BKTI_IN_21},
    CHILDREN(HIERARCHY),
};
static const bkti_step of_hierarchy[] = {
    {"leveled", NULL, NULL, bkti_step_leveled, 0, BKTI_IN_21},
    {"hasFormalLevels", NULL, NULL, bkti_step_leveled, 0, BKTI_IN_30},
    {NULL, NULL, NULL, bkti_step_levels, BKT_ITEM_LEVEL, BKTI_IN_30},
    CHILDREN(HIERARCHICAL_CODE),
    {NULL, NULL, NULL, bkti_step_levels, BKT_ITEM_LEVEL, BKTI_IN_21},
    KNOWN("leveled"),
    KNOWN("hasFormalLevels"),
    OF_ANOTHER,
};
static const bkti_step of_hierarchical_code[] = {
    {"version", NULL, NULL, A, 0, BKTI_IN_21},
    {"validFrom", NULL, NULL, A, 0, BKTI_IN_BOTH},
    {"validTo", NULL, NULL, A, 0, BKTI_IN_BOTH},
    {"Code", NULL, NULL, bkti_step_code, 0, BKTI_IN_BOTH},
    KNOWN("CodelistAliasRef"),
    CHILDREN(HIERARCHICAL_CODE),
    {"Level", NULL, NULL, L, 0, BKTI_IN_BOTH},
};
static const bkti_step of_level[] = {KNOWN("textType"), KNOWN("Order"), CHILDREN(LEVEL)};
static const bkti_step of_association[] = {
    {"LinkedHierarchy", NULL, "codelist.Hierarchy", R, 0, BKTI_IN_30},
    {"LinkedObject", NULL, NULL, R, 0, BKTI_IN_30},
    {"ContextObject", NULL, NULL, R, 0, BKTI_IN_30},
};
static const bkti_step of_structure_set[] = {
    {"RelatedStructure", NULL, NULL, R, 0, BKTI_IN_21},
    CHILDREN(REPRESENTATION_MAP),
    CHILDREN(STRUCTURE_MAP),
};
static const bkti_step of_structure_map[] = {
    {"isExtension", NULL, NULL, A, 0, BKTI_IN_21},
    {"Source", NULL, NULL, R, 0, BKTI_IN_BOTH},
    {"Target", NULL, NULL, R, 0, BKTI_IN_BOTH},
    {NULL, NULL, NULL, bkti_step_component_maps, BKT_ITEM_COMPONENT_MAP, BKTI_IN_BOTH},
    OF_ANOTHER,
};
static const bkti_step of_component_map[] = {
    {"Source", NULL, NULL, bkti_step_map_parts, 0, BKTI_IN_BOTH},
    {"Target", NULL, NULL, bkti_step_map_parts, 0, BKTI_IN_BOTH},
    {"RepresentationMap", NULL, NULL, bkti_step_map_values, BKT_ITEM_MAPPING, BKTI_IN_BOTH},
    KNOWN_IN("ToValueType", BKTI_IN_21),
    FACETS_IN_21,
    {"Value", NULL, NULL, T, 0, BKTI_IN_30},
};
static const bkti_step of_representation_map[] = {
    {"SourceCodelist", "Source", "codelist.Codelist", R, 0, BKTI_IN_21},
    {"SourceCodelist", NULL, NULL, R, 0, BKTI_IN_30},
    {"SourceDataType", NULL, NULL, T, 0, BKTI_IN_30},
    {"TargetCodelist", "Target", "codelist.Codelist", R, 0, BKTI_IN_21},
    {"TargetCodelist", NULL, NULL, R, 0, BKTI_IN_30},
    {"TargetDataType", NULL, NULL, T, 0, BKTI_IN_30},
    {NULL, NULL, NULL, bkti_step_mappings, BKT_ITEM_MAPPING, BKTI_IN_BOTH},
    OF_ANOTHER,
};
static const bkti_step of_mapping[] = {
    {"validFrom", NULL, NULL, A, 0, BKTI_IN_30},
    {"validTo", NULL, NULL, A, 0, BKTI_IN_30},
    {"SourceValue", "Source", NULL, L, 0, BKTI_IN_21},
    {"TargetValue", "Target", NULL, L, 0, BKTI_IN_21},
    {"SourceValue", NULL, NULL, bkti_step_source_values, 0, BKTI_IN_30},
    {"TargetValue", NULL, NULL, T, 0, BKTI_IN_30},
    KNOWN_IN("isRegEx", BKTI_IN_30),
    KNOWN_IN("startIndex", BKTI_IN_30),
    KNOWN_IN("endIndex", BKTI_IN_30),
};
static const bkti_step of_metadata_structure[] = {
    {NULL, NULL, NULL, bkti_step_metadata, BKT_ITEM_METADATA_ATTRIBUTE, BKTI_IN_30}};

#define FORM(kind, versions, level, element, class_name, steps)                                    \
    {                                                                                              \
        BKT_ITEM_##kind, versions, BKTI_FORM_##level, sizeof(steps) / sizeof *(steps), element,    \
            class_name, steps, NULL                                                                \
    }

static const bkti_form forms[] = {
    FORM(CODE_LIST, 3, MAINTAINED, "Codelist", "codelist.Codelist", of_code_list),
    FORM(CODE, 3, NAMED, "Code", "codelist.Code", of_code),
    FORM(CODE_LIST_EXTENSION, 2, PLAIN, "CodelistExtension", NULL, of_extension),
    FORM(VALUE_LIST, 2, MAINTAINED, "ValueList", "codelist.ValueList", of_value_list),
    {BKT_ITEM_VALUE, 2, BKTI_FORM_NAMED, 0, "ValueItem", NULL, NULL, NULL},
    FORM(CONCEPT_SCHEME, 3, MAINTAINED, "ConceptScheme", "conceptscheme.ConceptScheme",
         of_concept_scheme),
    FORM(CONCEPT, 3, NAMED, "Concept", "conceptscheme.Concept", of_concept),
    FORM(DATA_STRUCTURE, 3, MAINTAINED, "DataStructure", "datastructure.DataStructure",
         of_data_structure),
    FORM(DATAFLOW, 3, MAINTAINED, "Dataflow", "datastructure.Dataflow", of_dataflow),
    FORM(METADATAFLOW, 3, MAINTAINED, "Metadataflow", "metadatastructure.Metadataflow",
         of_metadataflow),
    FORM(CONSTRAINT, 1, MAINTAINED, "ContentConstraint", "registry.ContentConstraint",
         of_constraint),
    FORM(CONSTRAINT, 2, MAINTAINED, "DataConstraint", "registry.DataConstraint", of_constraint),
    FORM(CUBE_REGION, 1, PLAIN, "CubeRegion", NULL, of_cube_region),
    FORM(CUBE_REGION, 2, ANNOTATED, "CubeRegion", NULL, of_cube_region),
    FORM(KEY_SET, 3, PLAIN, "DataKeySet", NULL, of_key_set),
    FORM(KEY, 1, PLAIN, "Key", NULL, of_key),
    FORM(KEY, 2, ANNOTATED, "Key", NULL, of_key),
    FORM(CATEGORY_SCHEME, 3, MAINTAINED, "CategoryScheme", "categoryscheme.CategoryScheme",
         of_category_scheme),
    FORM(CATEGORY, 3, NAMED, "Category", "categoryscheme.Category", of_category),
    FORM(CATEGORISATION, 3, MAINTAINED, "Categorisation", "categoryscheme.Categorisation",
         of_categorisation),
    FORM(PROVISION_AGREEMENT, 3, MAINTAINED, "ProvisionAgreement", "registry.ProvisionAgreement",
         of_agreement),
    FORM(HIERARCHICAL_CODE_LIST, 1, MAINTAINED, "HierarchicalCodelist",
         "codelist.HierarchicalCodelist", of_code_list_set),
    FORM(HIERARCHY, 1, NAMED, "Hierarchy", NULL, of_hierarchy),
    FORM(HIERARCHY, 2, MAINTAINED, "Hierarchy", "codelist.Hierarchy", of_hierarchy),
    FORM(HIERARCHICAL_CODE, 3, IDENTIFIED, "HierarchicalCode", NULL, of_hierarchical_code),
    FORM(LEVEL, 3, NAMED, "Level", NULL, of_level),
    FORM(HIERARCHY_ASSOCIATION, 2, MAINTAINED, "HierarchyAssociation",
         "codelist.HierarchyAssociation", of_association),
    FORM(STRUCTURE_SET, 1, MAINTAINED, "StructureSet", "mapping.StructureSet", of_structure_set),
    FORM(STRUCTURE_MAP, 1, NAMED, "StructureMap", "mapping.StructureMap", of_structure_map),
    FORM(STRUCTURE_MAP, 2, MAINTAINED, "StructureMap", "structuremapping.StructureMap",
         of_structure_map),
    FORM(COMPONENT_MAP, 3, ANNOTATED, "ComponentMap", NULL, of_component_map),
    FORM(REPRESENTATION_MAP, 1, NAMED, "CodelistMap", "mapping.CodelistMap", of_representation_map),
    FORM(REPRESENTATION_MAP, 2, MAINTAINED, "RepresentationMap",
         "structuremapping.RepresentationMap", of_representation_map),
    FORM(MAPPING, 1, ANNOTATED, "CodeMap", NULL, of_mapping),
    FORM(MAPPING, 2, ANNOTATED, "RepresentationMapping", NULL, of_mapping),
    FORM(METADATA_STRUCTURE, 3, MAINTAINED, "MetadataStructure",
         "metadatastructure.MetadataStructure", of_metadata_structure),
};

/* Organisations and their schemes: which class, the item says. */
#define SCHEME(element, item, id, level)                                                           \
    {                                                                                              \
        {BKT_ITEM_ORGANISATION_SCHEME, 3, BKTI_FORM_##level, 2, element, "base." element,          \
         of_organisation_scheme,       id},                                                        \
        {                                                                                          \
            BKT_ITEM_ORGANISATION, 3, BKTI_FORM_NAMED, 2, item, "base." item, of_organisation,     \
                NULL                                                                               \
        }                                                                                          \
    }
static const struct {
    bkti_form scheme;
    bkti_form item;
} organisations[] = {
    SCHEME("AgencyScheme", "Agency", "AGENCIES", UNVERSIONED),
    SCHEME("DataProviderScheme", "DataProvider", "DATA_PROVIDERS", UNVERSIONED),
    SCHEME("DataConsumerScheme", "DataConsumer", "DATA_CONSUMERS", UNVERSIONED),
    SCHEME("OrganisationUnitScheme", "OrganisationUnit", NULL, UNVERSIONED),
};

const bkti_form *bkti_form_organisations(const char *class_name) {
    size_t i = sizeof organisations / sizeof *organisations - 1;
    while (i > 0 && strcmp(organisations[i].scheme.element, class_name) != 0) {
        i--;
    }
    return &organisations[i].scheme;
}

static const bkti_form *find_organisation(const bkt_item *item) {
    bool is_scheme = bkt_item_kind(item) == BKT_ITEM_ORGANISATION_SCHEME;
    for (size_t i = 0; i < sizeof organisations / sizeof *organisations; i++) {
        const bkti_form *form = is_scheme ? &organisations[i].scheme : &organisations[i].item;
        if (bkti_item_is_class(item, form->element)) {
            return form;
        }
    }
    return NULL;
}

/* Classes of a kind that the version has nothing for. */
static bool is_foreign(const bkt_item *item) {
    static const char *const classes[] = {"MetadataConstraint", "AttachmentConstraint",
                                          "MetadataTargetRegion", "MetadataProvisionAgreement"};
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        if (bkti_item_is_class(item, classes[i])) {
            return true;
        }
    }
    return false;
}

const bkti_form *bkti_form_find(const bkt_writer *writer, const bkt_item *item) {
    int32_t kind = bkt_item_kind(item);
    if (kind == BKT_ITEM_ORGANISATION || kind == BKT_ITEM_ORGANISATION_SCHEME) {
        return find_organisation(item);
    }
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (forms[i].kind == kind && (forms[i].versions & bkti_writes(writer)) != 0) {
            return is_foreign(item) ? NULL : &forms[i];
        }
    }
    return NULL;
}

/* ---- Steps of one form alone ---- */

/* Codes that a list takes from others are written as that in 3.0. */
void bkti_step_own_codes(bkt_writer *writer, const bkt_item *item, const bkti_step *step) {
    bool all = !bkti_writes_3(writer);
    for (uint32_t i = 0; writer->status == BKT_OK && i < bkt_item_child_count(item, step->kind);
         i++) {
        const bkt_item *code = bkt_item_child_at(item, step->kind, i);
        if (all || !bkti_item_is_inherited(code)) {
            bkti_put_part(writer, item, code);
        }
    }
}

void bkti_step_selection(bkt_writer *writer, const bkt_item *item, const bkti_step *step) {
    static const bkti_step members = {
        .property = "MemberValue", .element = "MemberValue", .detail = "cascadeValues"};
    const char *selection = bkt_item_property(item, "selection");
    (void)step;
    if (selection != NULL) {
        bkti_put_open(writer, selection);
        bkti_step_texts(writer, item, &members);
        bkti_put_close(writer, selection);
    }
}
