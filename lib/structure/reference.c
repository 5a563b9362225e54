/* SPDX-License-Identifier: MIT */
/* URNs and shorter names of artefacts and their parts, and what they mean.
 * SDMX 2.1, section 5 (Registry), 6.2.2: "urn:sdmx:org.sdmx.infomodel.package.Class=
 * AGENCY:ID(VERSION).PART"; 2.0 has square brackets about the version. Versions with "+" and "*":
 * SDMX 3.0, section 6 (Technical Notes), on semantic versions. */
#include <string.h>

#include "bkti_structure.h"

static const char prefix[] = "urn:sdmx:org.sdmx.infomodel.";

static const struct package {
    const char *name;
    const char *classes; /* in spaces */
} packages[] = {
    {"codelist",
     " Codelist Code ValueList ValueItem GeoCodelist GeographicCodelist GeoGridCodelist "
     "HierarchicalCodelist Hierarchy HierarchicalCode Level HierarchyAssociation "},
    {"conceptscheme", " ConceptScheme Concept "},
    {"datastructure",
     " DataStructure Dataflow Dimension TimeDimension MeasureDimension PrimaryMeasure Measure "
     "DataAttribute GroupDimensionDescriptor ReportingYearStartDay "},
    {"metadatastructure", " MetadataStructure Metadataflow MetadataAttribute "},
    {"base", " AgencyScheme Agency DataProviderScheme DataProvider DataConsumerScheme DataConsumer "
             "OrganisationUnitScheme OrganisationUnit MetadataProviderScheme MetadataProvider "},
    {"registry", " ContentConstraint AttachmentConstraint DataConstraint MetadataConstraint "
                 "ProvisionAgreement MetadataProvisionAgreement "},
    {"categoryscheme", " CategoryScheme Category Categorisation ReportingTaxonomy "},
    {"mapping",
     " StructureSet StructureMap CodelistMap RepresentationMap ConceptSchemeMap CategorySchemeMap "
     "OrganisationSchemeMap ReportingTaxonomyMap "},
    {"process", " Process ProcessStep "},
    {"transformation",
     " TransformationScheme Transformation RulesetScheme CustomTypeScheme VtlMappingScheme "
     "NamePersonalisationScheme UserDefinedOperatorScheme "},
};

const char *bkti_urn_package(bkti_span class_name) {
    for (size_t i = 0; i < sizeof packages / sizeof *packages; i++) {
        for (const char *at = packages[i].classes; *at != '\0'; at += strcspn(at, " ")) {
            at += strspn(at, " ");
            if (bkti_span_equal(class_name, (bkti_span){at, strcspn(at, " ")})) {
                return packages[i].name;
            }
        }
    }
    return "base";
}

/* What stands before the first of the marks; the text goes on behind it. False: there is none. */
static bool cut(bkti_span *text, const char *marks, bkti_span *out_before) {
    for (size_t i = 0; i < text->size; i++) {
        if (strchr(marks, text->data[i]) != NULL && text->data[i] != '\0') {
            *out_before = (bkti_span){text->data, i};
            text->data += i + 1;
            text->size -= i + 1;
            return true;
        }
    }
    return false;
}

bool bkti_urn_parse(bkti_span text, bkti_urn *out_urn) {
    *out_urn = (bkti_urn){0};
    text = bkti_span_trim(text);
    bkti_span before;
    size_t size = sizeof prefix - 1;
    bool is_urn = text.size > size &&
                  bkti_span_equal_caseless((bkti_span){text.data, size}, bkti_span_of(prefix));
    if (is_urn) {
        if (!cut(&text, "=", &before)) {
            return false;
        }
        while (cut(&before, ".", &out_urn->class_name)) {
        }
        out_urn->class_name = before;
    }
    if (cut(&text, ":", &before)) {
        out_urn->agency = before;
    }
    bkti_span rest = text;
    if (cut(&rest, "([", &before)) {
        out_urn->id = before;
        if (!cut(&rest, ")]", &out_urn->version)) {
            return false;
        }
        if (rest.size > 0 && rest.data[0] == '.') {
            out_urn->part = (bkti_span){rest.data + 1, rest.size - 1};
        } else if (rest.size > 0) {
            return false;
        }
    } else {
        out_urn->id = text;
    }
    return out_urn->id.size > 0;
}

/* The next number of a version, and whether it has a "+"; what is no number counts as -1. */
static int64_t next_number(bkti_span *version, bool *out_open) {
    int64_t number = version->size > 0 && *version->data >= '0' && *version->data <= '9' ? 0 : -1;
    *out_open = false;
    while (version->size > 0 && *version->data >= '0' && *version->data <= '9') {
        number = number < INT64_MAX / 16 ? 10 * number + (*version->data - '0') : number;
        version->data++;
        version->size--;
    }
    if (version->size > 0 && *version->data == '+') {
        *out_open = true;
        version->data++;
        version->size--;
    }
    if (version->size > 0 && *version->data == '.') {
        version->data++;
        version->size--;
    }
    return number;
}

/* What stands behind the numbers ("-draft") comes before the version without it. */
int bkti_version_compare(bkti_span a, bkti_span b) {
    bool open;
    for (int i = 0; i < 3; i++) {
        int64_t of_a = next_number(&a, &open);
        int64_t of_b = next_number(&b, &open);
        of_a = of_a < 0 ? 0 : of_a;
        of_b = of_b < 0 ? 0 : of_b;
        if (of_a != of_b) {
            return of_a < of_b ? -1 : 1;
        }
    }
    if (a.size == 0 || b.size == 0) {
        return (a.size == 0) - (b.size == 0);
    }
    return bkti_span_compare(a, b);
}

int bkti_version_against(bkti_span version, bkti_span wanted) {
    if (wanted.size == 0 || bkti_span_is(wanted, "*") || bkti_span_is(wanted, "latest") ||
        bkti_span_is(wanted, "~") || bkti_span_is(wanted, "+")) {
        return 0;
    }
    if (memchr(wanted.data, '+', wanted.size) == NULL) {
        return bkti_version_compare(version, wanted);
    }
    bool open = false;
    for (int i = 0; i < 3; i++) {
        bool is_open;
        bool of_version;
        int64_t asked = next_number(&wanted, &is_open);
        int64_t own = next_number(&version, &of_version);
        asked = asked < 0 ? 0 : asked;
        own = own < 0 ? 0 : own;
        open = open || is_open; /* from here on it only has to be no lower */
        if (own != asked) {
            return own < asked ? -1 : open ? 0 : 1;
        }
    }
    return 0;
}

/* A part of an artefact by its path. A dot may also belong to an id: the whole is tried first. */
const bkt_item *bkti_item_find_path(const bkt_item *item, int kind, bkti_span path) {
    const bkt_item *found = bkti_item_find(item, kind, path);
    bkti_span first;
    if (found != NULL || !cut(&path, ".", &first)) {
        return found;
    }
    const bkt_item *next = bkti_item_find(item, BKT_ITEM_ANY, first);
    return next == NULL ? NULL : bkti_item_find_path(next, kind, path);
}
