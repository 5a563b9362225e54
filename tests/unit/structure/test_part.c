/* SPDX-License-Identifier: MIT */
/* Small parts: contacts, links, sentinel values, and what a concept of ISO 11179 a concept is. */
#include "run_suite.h"
#include "structure_fixture.h"

static bkt_context *context;
static bkt_structure *structure;

static void start(void) {
    context = new_context();
}

static void finish(void) {
    bkt_structure_free(structure);
    structure = NULL;
    bkt_context_free(context);
}

/* What an item says under a name, each text in its turn. */
static const char *said(const bkt_item *item, const char *name, uint32_t turn) {
    for (uint32_t i = 0; i < bkt_item_property_count(item); i++) {
        if (strcmp(bkt_item_property_name_at(item, i), name) == 0 && turn-- == 0) {
            return bkt_item_property_at(item, i);
        }
    }
    return NULL;
}

static const bkt_item *agency_of(const char *file) {
    structure = read_structure(context, file);
    const bkt_item *scheme =
        bkt_structure_find(structure, BKT_ITEM_ORGANISATION_SCHEME, "AGENCIES");
    const bkt_item *agency = bkt_item_child_find(scheme, BKT_ITEM_ORGANISATION, "STAT");
    ck_assert_ptr_nonnull(agency);
    return agency;
}

START_TEST(contacts) {
    const bkt_item *agency = agency_of("kinds-2.1.xml");
    ck_assert_uint_eq(bkt_item_child_count(agency, BKT_ITEM_CONTACT), 2);
    const bkt_item *contact = bkt_item_child_find(agency, BKT_ITEM_CONTACT, "ANN");
    ck_assert_ptr_eq(contact, bkt_item_child_at(agency, BKT_ITEM_CONTACT, 0));
    ck_assert_str_eq(bkt_item_name(contact, "en"), "Ann & Bob");
    ck_assert_str_eq(said(contact, "Department", 0), "Trade");
    ck_assert_str_eq(said(contact, "Department", 1), "Commerce");
    ck_assert_str_eq(said(contact, "Role", 0), "Inquiries");
    ck_assert_str_eq(said(contact, "Telephone", 0), "+375 1");
    ck_assert_str_eq(said(contact, "Email", 1), "bob@example.org");
    ck_assert_str_eq(said(contact, "URI", 0), "http://example.org/?a=1&b=2");
    ck_assert_ptr_null(said(contact, "Fax", 0));
    const bkt_item *second = bkt_item_child_at(agency, BKT_ITEM_CONTACT, 1);
    ck_assert_str_eq(bkt_item_id(second), "");
    ck_assert_str_eq(said(second, "Fax", 0), "+375 2");
    ck_assert_str_eq(said(second, "X400", 0), "X");
    /* The agency's own name is not that of somebody in it. */
    ck_assert_str_eq(bkt_item_name(agency, "en"), "Statistics & more");
    char urn[TEXT_SIZE];
    ck_assert_int_eq(bkt_item_urn(contact, urn, sizeof urn, NULL), BKT_ERR_ARGUMENT);
}
END_TEST

/* Of several texts the one in the language, or the nearest, as with names. */
START_TEST(contact_in_a_language) {
    static const char text[] =
        "<Structure xmlns=\"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message\" "
        "xmlns:s=\"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure\" "
        "xmlns:c=\"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common\"><Structures>"
        "<s:OrganisationSchemes><s:AgencyScheme id=\"AGENCIES\" agencyID=\"EX\" version=\"1.0\">"
        "<c:Name>Agencies</c:Name><s:Agency id=\"STAT\"><c:Name>Statistics</c:Name><s:Contact>"
        "<s:Department xml:lang=\"fr\">Commerce</s:Department>"
        "<s:Department xml:lang=\"en\">Trade</s:Department>"
        "<s:Department xml:lang=\"pt\">Com\303\251rcio</s:Department>"
        "<s:Role xml:lang=\"fr\">Questions</s:Role><s:Email>a@example.org</s:Email>"
        "</s:Contact></s:Agency></s:AgencyScheme></s:OrganisationSchemes></Structures></Structure>";
    ck_assert_int_eq(bkt_structure_read_memory(context, text, sizeof text - 1, NULL, &structure),
                     BKT_OK);
    const bkt_item *scheme = bkt_structure_item_at(structure, BKT_ITEM_ORGANISATION_SCHEME, 0);
    const bkt_item *agency = bkt_item_child_find(scheme, BKT_ITEM_ORGANISATION, "STAT");
    const bkt_item *contact = bkt_item_child_at(agency, BKT_ITEM_CONTACT, 0);
    ck_assert_str_eq(bkt_item_property_in(contact, "Department", "fr"), "Commerce");
    ck_assert_str_eq(bkt_item_property_in(contact, "Department", "en"), "Trade");
    ck_assert_str_eq(bkt_item_property_in(contact, "Department", NULL), "Trade");
    ck_assert_str_eq(bkt_item_property_in(contact, "Department", "ru"), "Trade");
    ck_assert_str_eq(bkt_item_property_in(contact, "Department", "pt-BR"), "Com\303\251rcio");
    ck_assert_str_eq(bkt_item_property_in(contact, "Role", "en"), "Questions");
    ck_assert_str_eq(bkt_item_property_in(contact, "Email", "fr"), "a@example.org");
    ck_assert_ptr_null(bkt_item_property_in(contact, "Fax", "en"));
    ck_assert_ptr_null(bkt_item_property_in(contact, "nothing", "en"));
    ck_assert_ptr_null(bkt_item_property_in(contact, NULL, "en"));
}
END_TEST

/* Which contact it is, the element says. */
START_TEST(contacts_of_2_0) {
    static const char text[] =
        "<Structure xmlns=\"http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message\" "
        "xmlns:s=\"http://www.SDMX.org/resources/SDMXML/schemas/v2_0/structure\">"
        "<OrganisationSchemes><s:OrganisationScheme id=\"O\" agencyID=\"EX\" version=\"1.0\">"
        "<s:Agencies><s:Agency id=\"STAT\"><s:Name>Statistics</s:Name><s:MaintenanceContact "
        "id=\"M\"><s:Name>Ann</s:Name><s:Telephone>1</s:Telephone></s:MaintenanceContact>"
        "<s:OtherContact><s:Email>b@example.org</s:Email></s:OtherContact></s:Agency></s:Agencies>"
        "</s:OrganisationScheme></OrganisationSchemes></Structure>";
    ck_assert_int_eq(bkt_structure_read_memory(context, text, sizeof text - 1, NULL, &structure),
                     BKT_OK);
    const bkt_item *scheme = bkt_structure_item_at(structure, BKT_ITEM_ORGANISATION_SCHEME, 0);
    const bkt_item *agency = bkt_item_child_find(scheme, BKT_ITEM_ORGANISATION, "STAT");
    ck_assert_str_eq(ids_of(agency, BKT_ITEM_CONTACT), "M  ");
    const bkt_item *contact = bkt_item_child_at(agency, BKT_ITEM_CONTACT, 0);
    ck_assert_str_eq(bkt_item_property(contact, "class"), "MaintenanceContact");
    ck_assert_str_eq(bkt_item_name(contact, NULL), "Ann");
    contact = bkt_item_child_at(agency, BKT_ITEM_CONTACT, 1);
    ck_assert_str_eq(bkt_item_property(contact, "class"), "OtherContact");
    ck_assert_str_eq(bkt_item_property(contact, "Email"), "b@example.org");
}
END_TEST

START_TEST(links) {
    const bkt_item *agency = agency_of("kinds-3.0.xml");
    const bkt_item *link = bkt_item_child_at(agency, BKT_ITEM_LINK, 0);
    ck_assert_uint_eq(bkt_item_child_count(agency, BKT_ITEM_LINK), 1);
    ck_assert_str_eq(bkt_item_property(link, "rel"), "home");
    ck_assert_str_eq(bkt_item_property(link, "url"), "http://example.org/?a=1&b=2");
    ck_assert_str_eq(bkt_item_property(link, "type"), "HTML");
    ck_assert_ptr_null(bkt_item_property(link, "urn"));
    const bkt_item *scheme = bkt_structure_find(structure, BKT_ITEM_CONCEPT_SCHEME, "CS");
    link = bkt_item_child_at(scheme, BKT_ITEM_LINK, 0);
    ck_assert_str_eq(bkt_item_property(link, "urn"),
                     "urn:sdmx:org.sdmx.infomodel.metadatastructure.MetadataSet=EX:MS(1.0)");
}
END_TEST

START_TEST(sentinel_values) {
    structure = read_structure(context, "kinds-3.0.xml");
    const bkt_item *dsd = bkt_structure_find(structure, BKT_ITEM_DATA_STRUCTURE, "DSD");
    const bkt_item *measure = bkt_item_child_find(dsd, BKT_ITEM_MEASURE, "KG");
    ck_assert_str_eq(ids_of(measure, BKT_ITEM_SENTINEL_VALUE), "-1 0 ");
    const bkt_item *value = bkt_item_child_find(measure, BKT_ITEM_SENTINEL_VALUE, "-1");
    ck_assert_str_eq(bkt_item_name(value, "fr"), "Inconnu");
    ck_assert_str_eq(bkt_item_description(value, NULL), "Nobody <counted>");
    ck_assert_ptr_null(bkt_item_property(value, "value"));
    ck_assert_str_eq(bkt_component_type(measure), "Double");
    ck_assert_ptr_null(bkt_item_name(measure, NULL));
}
END_TEST

START_TEST(concept_references_and_sentinels) {
    structure = read_structure(context, "kinds-3.0.xml");
    const bkt_item *scheme = bkt_structure_find(structure, BKT_ITEM_CONCEPT_SCHEME, "CS");
    const bkt_item *found = bkt_item_child_find(scheme, BKT_ITEM_CONCEPT, "Y");
    ck_assert_str_eq(bkt_item_property(found, "ConceptAgency"), "ISO");
    ck_assert_str_eq(bkt_item_property(found, "ConceptSchemeID"), "S");
    ck_assert_str_eq(bkt_item_property(found, "ConceptID"), "C");
    ck_assert_str_eq(ids_of(found, BKT_ITEM_SENTINEL_VALUE), "-9 ");
    ck_assert_str_eq(bkt_item_name(found, NULL), "Y");
}
END_TEST

int main(void) {
    Suite *suite = suite_create("structure/part");
    TCase *test_case = tcase_create("part");
    tcase_add_checked_fixture(test_case, start, finish);
    tcase_add_test(test_case, contacts);
    tcase_add_test(test_case, contact_in_a_language);
    tcase_add_test(test_case, contacts_of_2_0);
    tcase_add_test(test_case, links);
    tcase_add_test(test_case, sentinel_values);
    tcase_add_test(test_case, concept_references_and_sentinels);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
