/* SPDX-License-Identifier: MIT */
/* By the schemas of SDMX-ML 1.0, 2.0, 2.1 and 3.0 (sdmx.org): an element is known by its name and
 * by the item that it stands in, as names mean different things in different places. */
#include "bkti_vocabulary.h"

#include <string.h>

#define SKIP(within, name)                                                                         \
    { BKT_ITEM_##within, BKTI_ACTION_SKIP, 0, 0, name, NULL }
#define THROUGH(within, name)                                                                      \
    { BKT_ITEM_##within, BKTI_ACTION_THROUGH, 0, 0, name, NULL }
#define FACETS(within, name)                                                                       \
    { BKT_ITEM_##within, BKTI_ACTION_FACETS, 0, 0, name, NULL }
#define FLAG(within, name, property)                                                               \
    { BKT_ITEM_##within, BKTI_ACTION_FLAG, 0, 0, name, property }
#define ITEM(within, name, kind)                                                                   \
    { BKT_ITEM_##within, BKTI_ACTION_ITEM, BKT_ITEM_##kind, 0, name, NULL }
/* The same where the element's name tells items of one kind apart: it is kept as their class. */
#define CLASS(within, name, kind)                                                                  \
    { BKT_ITEM_##within, BKTI_ACTION_ITEM, BKT_ITEM_##kind, 0, name, name }
#define COMPONENT_CLASS(within, name, kind)                                                        \
    { BKT_ITEM_##within, BKTI_ACTION_COMPONENT, BKT_ITEM_##kind, 0, name, name }
#define COMPONENT(within, name, kind)                                                              \
    { BKT_ITEM_##within, BKTI_ACTION_COMPONENT, BKT_ITEM_##kind, 0, name, NULL }
#define TEXT(within, name)                                                                         \
    { BKT_ITEM_##within, BKTI_ACTION_TEXT, 0, 0, name, NULL }
/* Texts that mean something also when they are empty, and that have attributes. */
#define VALUE(within, name)                                                                        \
    { BKT_ITEM_##within, BKTI_ACTION_VALUE, 0, 0, name, NULL }
#define REFERS(within, name, kind)                                                                 \
    { BKT_ITEM_##within, BKTI_ACTION_REFERENCE, BKT_ITEM_##kind, BKTI_SCOPE_URN, name, NULL }
#define REFERS_AS(within, name, kind, property)                                                    \
    { BKT_ITEM_##within, BKTI_ACTION_REFERENCE, BKT_ITEM_##kind, BKTI_SCOPE_URN, name, property }
#define LOCAL(within, name, kind, scope, property)                                                 \
    {                                                                                              \
        BKT_ITEM_##within, BKTI_ACTION_REFERENCE, BKT_ITEM_##kind, BKTI_SCOPE_##scope, name,       \
            property                                                                               \
    }
#define ID(within, name)                                                                           \
    { BKT_ITEM_##within, BKTI_ACTION_ID, 0, 0, name, NULL }

/* What a component has, whichever it is. */
#define COMPONENT_PARTS(within)                                                                    \
    REFERS(within, "ConceptIdentity", CONCEPT), REFERS(within, "ConceptRole", CONCEPT),            \
        REFERS_AS(within, "Role", CONCEPT, "ConceptRole"), FACETS(within, "LocalRepresentation"),  \
        FACETS(within, "TextFormat"), FACETS(within, "EnumerationFormat"),                         \
        REFERS(within, "Enumeration", CODE_LIST), ITEM(within, "SentinelValue", SENTINEL_VALUE)
/* What an attribute or a use of a metadata attribute depends on. */
#define RELATIONSHIP_PARTS(within)                                                                 \
    THROUGH(within, "AttributeRelationship"), FLAG(within, "None", "Relationship"),                \
        FLAG(within, "Dataflow", "Relationship"), FLAG(within, "Observation", "Relationship"),     \
        FLAG(within, "PrimaryMeasure", "Relationship"),                                            \
        LOCAL(within, "Dimension", DIMENSION, COMPONENT, NULL),                                    \
        LOCAL(within, "Group", GROUP, COMPONENT, NULL),                                            \
        LOCAL(within, "AttachmentGroup", GROUP, COMPONENT, NULL),                                  \
        THROUGH(within, "MeasureRelationship"), LOCAL(within, "Measure", MEASURE, COMPONENT, NULL)

/* Grouped by the kind that they stand in. What stands in every item is at the end. */
static const bkti_element elements[] = {
    SKIP(ANY, "Header"),
    ITEM(ANY, "Codelist", CODE_LIST),
    ITEM(ANY, "CodeList", CODE_LIST),
    CLASS(ANY, "GeographicCodelist", CODE_LIST),
    CLASS(ANY, "GeoGridCodelist", CODE_LIST),
    ITEM(ANY, "ValueList", VALUE_LIST),
    ITEM(ANY, "ConceptScheme", CONCEPT_SCHEME),
    ITEM(ANY, "Concept", CONCEPT),
    ITEM(ANY, "DataStructure", DATA_STRUCTURE),
    ITEM(ANY, "KeyFamily", DATA_STRUCTURE),
    ITEM(ANY, "Dataflow", DATAFLOW),
    ITEM(ANY, "Metadataflow", METADATAFLOW),
    CLASS(ANY, "ContentConstraint", CONSTRAINT),
    CLASS(ANY, "AttachmentConstraint", CONSTRAINT),
    CLASS(ANY, "DataConstraint", CONSTRAINT),
    CLASS(ANY, "MetadataConstraint", CONSTRAINT),
    ITEM(ANY, "Constraint", CONSTRAINT),
    ITEM(ANY, "HierarchicalCodelist", HIERARCHICAL_CODE_LIST),
    ITEM(ANY, "Hierarchy", HIERARCHY),
    ITEM(ANY, "HierarchyAssociation", HIERARCHY_ASSOCIATION),
    ITEM(ANY, "StructureSet", STRUCTURE_SET),
    ITEM(ANY, "StructureMap", STRUCTURE_MAP),
    ITEM(ANY, "RepresentationMap", REPRESENTATION_MAP),
    ITEM(ANY, "CategoryScheme", CATEGORY_SCHEME),
    ITEM(ANY, "Categorisation", CATEGORISATION),
    ITEM(ANY, "OrganisationScheme", ORGANISATION_SCHEME),
    CLASS(ANY, "AgencyScheme", ORGANISATION_SCHEME),
    CLASS(ANY, "DataProviderScheme", ORGANISATION_SCHEME),
    CLASS(ANY, "DataConsumerScheme", ORGANISATION_SCHEME),
    CLASS(ANY, "MetadataProviderScheme", ORGANISATION_SCHEME),
    CLASS(ANY, "OrganisationUnitScheme", ORGANISATION_SCHEME),
    CLASS(ANY, "Agency", ORGANISATION),
    CLASS(ANY, "DataProvider", ORGANISATION),
    CLASS(ANY, "DataConsumer", ORGANISATION),
    ITEM(ANY, "ProvisionAgreement", PROVISION_AGREEMENT),
    CLASS(ANY, "MetadataProvisionAgreement", PROVISION_AGREEMENT),
    ITEM(ANY, "MetadataStructure", METADATA_STRUCTURE),
    ITEM(ANY, "MetadataStructureDefinition", METADATA_STRUCTURE),

    ITEM(CODE_LIST, "Code", CODE),
    ITEM(CODE_LIST, "GeoFeatureSetCode", CODE),
    ITEM(CODE_LIST, "GeoGridCode", CODE),
    ITEM(CODE_LIST, "CodelistExtension", CODE_LIST_EXTENSION),
    TEXT(CODE_LIST, "GridDefinition"),
    ITEM(VALUE_LIST, "ValueItem", VALUE),
    LOCAL(CODE, "Parent", CODE, SIBLING, NULL),
    TEXT(CODE, "GeoCell"),
    REFERS(CODE_LIST_EXTENSION, "Codelist", CODE_LIST),
    FLAG(CODE_LIST_EXTENSION, "InclusiveCodeSelection", "selection"),
    FLAG(CODE_LIST_EXTENSION, "ExclusiveCodeSelection", "selection"),
    TEXT(CODE_LIST_EXTENSION, "MemberValue"),

    ITEM(CONCEPT_SCHEME, "Concept", CONCEPT),
    THROUGH(CONCEPT, "CoreRepresentation"),
    FACETS(CONCEPT, "TextFormat"),
    FACETS(CONCEPT, "EnumerationFormat"),
    REFERS(CONCEPT, "Enumeration", CODE_LIST),
    ITEM(CONCEPT, "SentinelValue", SENTINEL_VALUE),
    LOCAL(CONCEPT, "Parent", CONCEPT, SIBLING, NULL),
    THROUGH(CONCEPT, "ISOConceptReference"),
    TEXT(CONCEPT, "ConceptAgency"),
    TEXT(CONCEPT, "ConceptSchemeID"),
    TEXT(CONCEPT, "ConceptID"),

    THROUGH(DATA_STRUCTURE, "DataStructureComponents"),
    THROUGH(DATA_STRUCTURE, "Components"),
    THROUGH(DATA_STRUCTURE, "DimensionList"),
    THROUGH(DATA_STRUCTURE, "AttributeList"),
    THROUGH(DATA_STRUCTURE, "MeasureList"),
    COMPONENT(DATA_STRUCTURE, "Dimension", DIMENSION),
    COMPONENT_CLASS(DATA_STRUCTURE, "TimeDimension", DIMENSION),
    COMPONENT_CLASS(DATA_STRUCTURE, "MeasureDimension", DIMENSION),
    COMPONENT_CLASS(DATA_STRUCTURE, "PrimaryMeasure", MEASURE),
    COMPONENT_CLASS(DATA_STRUCTURE, "CrossSectionalMeasure", MEASURE),
    COMPONENT(DATA_STRUCTURE, "Measure", MEASURE),
    COMPONENT(DATA_STRUCTURE, "Attribute", ATTRIBUTE),
    COMPONENT_CLASS(DATA_STRUCTURE, "ReportingYearStartDay", ATTRIBUTE),
    COMPONENT(DATA_STRUCTURE, "MetadataAttributeUsage", METADATA_ATTRIBUTE),
    ITEM(DATA_STRUCTURE, "Group", GROUP),
    REFERS(DATA_STRUCTURE, "Metadata", METADATA_STRUCTURE),
    COMPONENT_PARTS(DIMENSION),
    COMPONENT_PARTS(MEASURE),
    COMPONENT_PARTS(ATTRIBUTE),
    RELATIONSHIP_PARTS(ATTRIBUTE),
    LOCAL(ATTRIBUTE, "AttachmentMeasure", MEASURE, COMPONENT, NULL),
    RELATIONSHIP_PARTS(METADATA_ATTRIBUTE),
    ID(METADATA_ATTRIBUTE, "MetadataAttributeReference"),
    THROUGH(GROUP, "GroupDimension"),
    LOCAL(GROUP, "DimensionReference", DIMENSION, COMPONENT, "Dimension"),
    LOCAL(GROUP, "DimensionRef", DIMENSION, COMPONENT, "Dimension"),
    TEXT(GROUP, "AttachmentConstraintRef"),

    REFERS(DATAFLOW, "Structure", DATA_STRUCTURE),
    REFERS_AS(DATAFLOW, "KeyFamilyRef", DATA_STRUCTURE, "Structure"),
    REFERS(METADATAFLOW, "Structure", METADATA_STRUCTURE),
    REFERS_AS(METADATAFLOW, "MetadataStructureRef", METADATA_STRUCTURE, "Structure"),
    TEXT(METADATAFLOW, "Target"), /* of 3.0: a pattern of URNs, no reference */

    THROUGH(CONSTRAINT, "ConstraintAttachment"),
    REFERS(CONSTRAINT, "Dataflow", DATAFLOW),
    REFERS_AS(CONSTRAINT, "DataflowRef", DATAFLOW, "Dataflow"),
    REFERS(CONSTRAINT, "DataStructure", DATA_STRUCTURE),
    REFERS_AS(CONSTRAINT, "KeyFamilyRef", DATA_STRUCTURE, "DataStructure"),
    REFERS(CONSTRAINT, "Metadataflow", METADATAFLOW),
    REFERS(CONSTRAINT, "MetadataStructure", METADATA_STRUCTURE),
    REFERS(CONSTRAINT, "ProvisionAgreement", PROVISION_AGREEMENT),
    REFERS(CONSTRAINT, "DataProvider", ORGANISATION),
    REFERS(CONSTRAINT, "MetadataProvider", ORGANISATION),
    REFERS(CONSTRAINT, "MetadataSet", ANY),
    TEXT(CONSTRAINT, "SimpleDataSource"),
    THROUGH(CONSTRAINT, "ReleaseCalendar"),
    TEXT(CONSTRAINT, "Periodicity"),
    TEXT(CONSTRAINT, "Offset"),
    TEXT(CONSTRAINT, "Tolerance"),
    FACETS(CONSTRAINT, "ReferencePeriod"),
    ITEM(CONSTRAINT, "CubeRegion", CUBE_REGION),
    ITEM(CONSTRAINT, "MetadataTargetRegion", CUBE_REGION),
    ITEM(CONSTRAINT, "DataKeySet", KEY_SET),
    ITEM(CONSTRAINT, "KeySet", KEY_SET),
    ITEM(CUBE_REGION, "KeyValue", KEY_VALUE),
    CLASS(CUBE_REGION, "Attribute", KEY_VALUE),
    CLASS(CUBE_REGION, "Component", KEY_VALUE),
    ITEM(CUBE_REGION, "Member", KEY_VALUE),
    ITEM(KEY_SET, "Key", KEY),
    ITEM(KEY, "KeyValue", KEY_VALUE),
    CLASS(KEY, "Attribute", KEY_VALUE),
    CLASS(KEY, "Component", KEY_VALUE),
    ID(KEY_VALUE, "ComponentRef"),
    THROUGH(KEY_VALUE, "MemberValue"),
    TEXT(KEY_VALUE, "Value"),
    THROUGH(KEY_VALUE, "TimeRange"),
    TEXT(KEY_VALUE, "BeforePeriod"),
    TEXT(KEY_VALUE, "AfterPeriod"),
    TEXT(KEY_VALUE, "StartPeriod"),
    TEXT(KEY_VALUE, "EndPeriod"),

    REFERS_AS(HIERARCHICAL_CODE_LIST, "IncludedCodelist", CODE_LIST, "Codelist"),
    REFERS_AS(HIERARCHICAL_CODE_LIST, "CodelistRef", CODE_LIST, "Codelist"),
    ITEM(HIERARCHICAL_CODE_LIST, "Hierarchy", HIERARCHY),
    COMPONENT(HIERARCHY, "HierarchicalCode", HIERARCHICAL_CODE),
    COMPONENT(HIERARCHY, "CodeRef", HIERARCHICAL_CODE),
    ITEM(HIERARCHY, "Level", LEVEL),
    ITEM(LEVEL, "Level", LEVEL),
    FACETS(LEVEL, "CodingFormat"),
    TEXT(LEVEL, "CodingType"),
    TEXT(LEVEL, "Order"),
    COMPONENT(HIERARCHICAL_CODE, "HierarchicalCode", HIERARCHICAL_CODE),
    COMPONENT(HIERARCHICAL_CODE, "CodeRef", HIERARCHICAL_CODE),
    REFERS(HIERARCHICAL_CODE, "Code", CODE),
    LOCAL(HIERARCHICAL_CODE, "CodeID", CODE, ALIAS, "Code"),
    TEXT(HIERARCHICAL_CODE, "CodelistAliasRef"),
    LOCAL(HIERARCHICAL_CODE, "Level", LEVEL, SIBLING, NULL),
    REFERS(HIERARCHY_ASSOCIATION, "LinkedHierarchy", HIERARCHY),
    REFERS(HIERARCHY_ASSOCIATION, "LinkedObject", ANY),
    REFERS(HIERARCHY_ASSOCIATION, "ContextObject", ANY),

    ITEM(STRUCTURE_SET, "StructureMap", STRUCTURE_MAP),
    ITEM(STRUCTURE_SET, "CodelistMap", REPRESENTATION_MAP),
    ITEM(STRUCTURE_SET, "CodeListMap", REPRESENTATION_MAP),
    REFERS_AS(STRUCTURE_SET, "RelatedStructure", ANY, "RelatedStructure"),
    REFERS(STRUCTURE_MAP, "Source", ANY),
    REFERS(STRUCTURE_MAP, "Target", ANY),
    REFERS_AS(STRUCTURE_MAP, "KeyFamilyRef", DATA_STRUCTURE, "Source"),
    REFERS_AS(STRUCTURE_MAP, "TargetKeyFamilyRef", DATA_STRUCTURE, "Target"),
    ITEM(STRUCTURE_MAP, "ComponentMap", COMPONENT_MAP),
    CLASS(STRUCTURE_MAP, "FixedValueMap", COMPONENT_MAP),
    CLASS(STRUCTURE_MAP, "EpochMap", COMPONENT_MAP),
    CLASS(STRUCTURE_MAP, "DatePatternMap", COMPONENT_MAP),
    LOCAL(COMPONENT_MAP, "Source", ANY, NONE, NULL),
    LOCAL(COMPONENT_MAP, "Target", ANY, NONE, NULL),
    LOCAL(COMPONENT_MAP, "MapConceptRef", ANY, NONE, "Source"),
    LOCAL(COMPONENT_MAP, "MapTargetConceptRef", ANY, NONE, "Target"),
    TEXT(COMPONENT_MAP, "Value"),
    REFERS(COMPONENT_MAP, "RepresentationMap", REPRESENTATION_MAP),
    THROUGH(COMPONENT_MAP, "RepresentationMapping"),
    LOCAL(COMPONENT_MAP, "CodelistMap", REPRESENTATION_MAP, NONE, "RepresentationMap"),
    LOCAL(COMPONENT_MAP, "RepresentationMapRef", REPRESENTATION_MAP, NONE, "RepresentationMap"),
    FACETS(COMPONENT_MAP, "ToTextFormat"),
    TEXT(COMPONENT_MAP, "ToValueType"),
    THROUGH(COMPONENT_MAP, "ValueMap"),
    ITEM(COMPONENT_MAP, "ValueMapping", MAPPING),
    REFERS_AS(REPRESENTATION_MAP, "Source", CODE_LIST, "SourceCodelist"),
    REFERS_AS(REPRESENTATION_MAP, "Target", CODE_LIST, "TargetCodelist"),
    REFERS_AS(REPRESENTATION_MAP, "CodelistRef", CODE_LIST, "SourceCodelist"),
    REFERS_AS(REPRESENTATION_MAP, "TargetCodelistRef", CODE_LIST, "TargetCodelist"),
    REFERS(REPRESENTATION_MAP, "SourceCodelist", CODE_LIST),
    REFERS(REPRESENTATION_MAP, "TargetCodelist", CODE_LIST),
    TEXT(REPRESENTATION_MAP, "SourceDataType"),
    TEXT(REPRESENTATION_MAP, "TargetDataType"),
    ITEM(REPRESENTATION_MAP, "RepresentationMapping", MAPPING),
    ITEM(REPRESENTATION_MAP, "CodeMap", MAPPING),
    LOCAL(MAPPING, "Source", CODE, NONE, "SourceValue"),
    LOCAL(MAPPING, "Target", CODE, NONE, "TargetValue"),
    LOCAL(MAPPING, "MapCodeRef", CODE, NONE, "SourceValue"),
    LOCAL(MAPPING, "MapTargetCodeRef", CODE, NONE, "TargetValue"),
    VALUE(MAPPING, "SourceValue"),
    VALUE(MAPPING, "TargetValue"),

    ITEM(CATEGORY_SCHEME, "Category", CATEGORY),
    ITEM(CATEGORY, "Category", CATEGORY),
    REFERS_AS(CATEGORY, "DataflowRef", DATAFLOW, "Dataflow"),
    REFERS_AS(CATEGORY, "MetadataflowRef", METADATAFLOW, "Metadataflow"),
    REFERS(CATEGORISATION, "Source", ANY),
    REFERS(CATEGORISATION, "Target", CATEGORY),

    THROUGH(ORGANISATION_SCHEME, "Agencies"),
    THROUGH(ORGANISATION_SCHEME, "DataProviders"),
    THROUGH(ORGANISATION_SCHEME, "DataConsumers"),
    CLASS(ORGANISATION_SCHEME, "Agency", ORGANISATION),
    CLASS(ORGANISATION_SCHEME, "DataProvider", ORGANISATION),
    CLASS(ORGANISATION_SCHEME, "MetadataProvider", ORGANISATION),
    CLASS(ORGANISATION_SCHEME, "DataConsumer", ORGANISATION),
    CLASS(ORGANISATION_SCHEME, "OrganisationUnit", ORGANISATION),
    LOCAL(ORGANISATION, "Parent", ORGANISATION, SIBLING, NULL),
    ITEM(ORGANISATION, "Contact", CONTACT),
    CLASS(ORGANISATION, "MaintenanceContact", CONTACT),
    CLASS(ORGANISATION, "CollectorContact", CONTACT),
    CLASS(ORGANISATION, "DisseminatorContact", CONTACT),
    CLASS(ORGANISATION, "ReporterContact", CONTACT),
    CLASS(ORGANISATION, "OtherContact", CONTACT),
    TEXT(CONTACT, "Department"),
    TEXT(CONTACT, "Role"),
    TEXT(CONTACT, "Telephone"),
    TEXT(CONTACT, "Fax"),
    TEXT(CONTACT, "X400"),
    TEXT(CONTACT, "URI"),
    TEXT(CONTACT, "Email"),
    REFERS_AS(PROVISION_AGREEMENT, "StructureUsage", ANY, "Dataflow"),
    REFERS(PROVISION_AGREEMENT, "Dataflow", DATAFLOW),
    REFERS_AS(PROVISION_AGREEMENT, "DataflowRef", DATAFLOW, "Dataflow"),
    REFERS(PROVISION_AGREEMENT, "Metadataflow", METADATAFLOW),
    REFERS(PROVISION_AGREEMENT, "DataProvider", ORGANISATION),
    REFERS_AS(PROVISION_AGREEMENT, "DataProviderRef", ORGANISATION, "DataProvider"),
    REFERS(PROVISION_AGREEMENT, "MetadataProvider", ORGANISATION),

    THROUGH(METADATA_STRUCTURE, "MetadataStructureComponents"),
    THROUGH(METADATA_STRUCTURE, "MetadataAttributeList"),
    THROUGH(METADATA_STRUCTURE, "TargetIdentifiers"),
    FLAG(METADATA_STRUCTURE, "ReportStructure", "ReportStructure"),
    COMPONENT(METADATA_STRUCTURE, "MetadataAttribute", METADATA_ATTRIBUTE),
    COMPONENT(METADATA_ATTRIBUTE, "MetadataAttribute", METADATA_ATTRIBUTE),
    COMPONENT_PARTS(METADATA_ATTRIBUTE),

    TEXT(ANNOTATION, "AnnotationTitle"),
    TEXT(ANNOTATION, "AnnotationType"),
    TEXT(ANNOTATION, "AnnotationURL"),
    TEXT(ANNOTATION, "AnnotationText"),
    TEXT(ANNOTATION, "AnnotationValue"),
};

/* What may stand in any item. */
static const bkti_element common[] = {
    TEXT(ANY, "Name"),           TEXT(ANY, "Description"),
    THROUGH(ANY, "Annotations"), ITEM(ANY, "Annotation", ANNOTATION),
    ITEM(ANY, "Link", LINK),
};

static const bkti_element *look_up(const bkti_element *list, size_t count, int within,
                                   bkti_span name) {
    for (size_t i = 0; i < count; i++) {
        if (list[i].within == within && list[i].name[0] == name.data[0] &&
            bkti_span_is(name, list[i].name)) {
            return &list[i];
        }
    }
    return NULL;
}

const bkti_element *bkti_vocabulary_find(int within, bkti_span name) {
    const bkti_element *found =
        name.size == 0 ? NULL : look_up(elements, sizeof elements / sizeof *elements, within, name);
    return found != NULL || within == BKT_ITEM_ANY || name.size == 0
               ? found
               : look_up(common, sizeof common / sizeof *common, BKT_ITEM_ANY, name);
}

/* Names of kinds; the first of a kind is that of its class, where an item does not say it. */
static const struct kind_name {
    const char *name;
    uint8_t kind;
    bool is_class;
} kind_names[] = {
    {"Codelist", BKT_ITEM_CODE_LIST, true},
    {"CodeList", BKT_ITEM_CODE_LIST, true},
    {"GeographicCodelist", BKT_ITEM_CODE_LIST, true},
    {"GeoGridCodelist", BKT_ITEM_CODE_LIST, true},
    {"Code", BKT_ITEM_CODE, true},
    {"ValueList", BKT_ITEM_VALUE_LIST, true},
    {"ValueItem", BKT_ITEM_VALUE, true},
    {"CodelistExtension", BKT_ITEM_CODE_LIST_EXTENSION, false},
    {"ConceptScheme", BKT_ITEM_CONCEPT_SCHEME, true},
    {"Concept", BKT_ITEM_CONCEPT, true},
    {"DataStructure", BKT_ITEM_DATA_STRUCTURE, true},
    {"KeyFamily", BKT_ITEM_DATA_STRUCTURE, true},
    {"Dimension", BKT_ITEM_DIMENSION, true},
    {"TimeDimension", BKT_ITEM_DIMENSION, true},
    {"MeasureDimension", BKT_ITEM_DIMENSION, true},
    {"Measure", BKT_ITEM_MEASURE, true},
    {"PrimaryMeasure", BKT_ITEM_MEASURE, true},
    {"DataAttribute", BKT_ITEM_ATTRIBUTE, true},
    {"Attribute", BKT_ITEM_ATTRIBUTE, true},
    {"GroupDimensionDescriptor", BKT_ITEM_GROUP, true},
    {"Group", BKT_ITEM_GROUP, true},
    {"Dataflow", BKT_ITEM_DATAFLOW, true},
    {"DataConstraint", BKT_ITEM_CONSTRAINT, true},
    {"ContentConstraint", BKT_ITEM_CONSTRAINT, true},
    {"AttachmentConstraint", BKT_ITEM_CONSTRAINT, true},
    {"MetadataConstraint", BKT_ITEM_CONSTRAINT, true},
    {"CubeRegion", BKT_ITEM_CUBE_REGION, false},
    {"DataKeySet", BKT_ITEM_KEY_SET, false},
    {"Key", BKT_ITEM_KEY, false},
    {"KeyValue", BKT_ITEM_KEY_VALUE, false},
    {"HierarchicalCodelist", BKT_ITEM_HIERARCHICAL_CODE_LIST, true},
    {"Hierarchy", BKT_ITEM_HIERARCHY, true},
    {"HierarchicalCode", BKT_ITEM_HIERARCHICAL_CODE, true},
    {"Level", BKT_ITEM_LEVEL, true},
    {"HierarchyAssociation", BKT_ITEM_HIERARCHY_ASSOCIATION, true},
    {"StructureSet", BKT_ITEM_STRUCTURE_SET, true},
    {"StructureMap", BKT_ITEM_STRUCTURE_MAP, true},
    {"ComponentMap", BKT_ITEM_COMPONENT_MAP, false},
    {"RepresentationMap", BKT_ITEM_REPRESENTATION_MAP, true},
    {"CodelistMap", BKT_ITEM_REPRESENTATION_MAP, true},
    {"RepresentationMapping", BKT_ITEM_MAPPING, false},
    {"CategoryScheme", BKT_ITEM_CATEGORY_SCHEME, true},
    {"Category", BKT_ITEM_CATEGORY, true},
    {"Categorisation", BKT_ITEM_CATEGORISATION, true},
    {"OrganisationScheme", BKT_ITEM_ORGANISATION_SCHEME, true},
    {"AgencyScheme", BKT_ITEM_ORGANISATION_SCHEME, true},
    {"DataProviderScheme", BKT_ITEM_ORGANISATION_SCHEME, true},
    {"DataConsumerScheme", BKT_ITEM_ORGANISATION_SCHEME, true},
    {"MetadataProviderScheme", BKT_ITEM_ORGANISATION_SCHEME, true},
    {"OrganisationUnitScheme", BKT_ITEM_ORGANISATION_SCHEME, true},
    {"Organisation", BKT_ITEM_ORGANISATION, true},
    {"Agency", BKT_ITEM_ORGANISATION, true},
    {"DataProvider", BKT_ITEM_ORGANISATION, true},
    {"DataConsumer", BKT_ITEM_ORGANISATION, true},
    {"MetadataProvider", BKT_ITEM_ORGANISATION, true},
    {"OrganisationUnit", BKT_ITEM_ORGANISATION, true},
    {"ProvisionAgreement", BKT_ITEM_PROVISION_AGREEMENT, true},
    {"MetadataProvisionAgreement", BKT_ITEM_PROVISION_AGREEMENT, true},
    {"MetadataStructure", BKT_ITEM_METADATA_STRUCTURE, true},
    {"MetadataAttribute", BKT_ITEM_METADATA_ATTRIBUTE, true},
    {"Metadataflow", BKT_ITEM_METADATAFLOW, true},
    {"Annotation", BKT_ITEM_ANNOTATION, false},
    {"Contact", BKT_ITEM_CONTACT, false},
    {"Link", BKT_ITEM_LINK, false},
    {"SentinelValue", BKT_ITEM_SENTINEL_VALUE, false},
    {"artefact", BKT_ITEM_OTHER, false},
};

const char *bkt_item_kind_text(int32_t kind) {
    for (size_t i = 0; i < sizeof kind_names / sizeof *kind_names; i++) {
        if (kind_names[i].kind == kind) {
            return kind_names[i].name;
        }
    }
    return "unknown";
}

int bkti_vocabulary_kind(bkti_span class_name) {
    for (size_t i = 0; class_name.size > 0 && i < sizeof kind_names / sizeof *kind_names; i++) {
        if (kind_names[i].is_class && bkti_span_is(class_name, kind_names[i].name)) {
            return kind_names[i].kind;
        }
    }
    return BKT_ITEM_ANY;
}

const char *bkti_vocabulary_class(const bkt_item *item) {
    /* What is no class of the model. */
    static const char *const renamed[][2] = {{"CrossSectionalMeasure", "PrimaryMeasure"},
                                             {"FixedValueMap", NULL},
                                             {"EpochMap", NULL},
                                             {"DatePatternMap", NULL},
                                             {"Attribute", NULL}};
    const char *own = bkti_item_text(item, BKTI_PROPERTY_CLASS);
    for (size_t i = 0; own != NULL && i < sizeof renamed / sizeof *renamed; i++) {
        if (strcmp(own, renamed[i][0]) == 0) {
            return renamed[i][1];
        }
    }
    if (own != NULL) {
        return own;
    }
    for (size_t i = 0; i < sizeof kind_names / sizeof *kind_names; i++) {
        if (kind_names[i].kind == item->kind) {
            return kind_names[i].is_class ? kind_names[i].name : NULL;
        }
    }
    return NULL;
}
