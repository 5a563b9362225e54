/* SPDX-License-Identifier: MIT */
/* What is wrong with structure messages is told with its place, and nothing is left. */
#include "run_suite.h"
#include "structure_fixture.h"

#define COMPONENTS(parts)                                                                          \
    "<s:DataStructure id='D' agencyID='EX'>\n<s:DataStructureComponents>" parts                    \
    "</s:DataStructureComponents></s:DataStructure>"
#define DIMENSION(id) "\n<s:Dimension id='" id "'/>"
#define CODE(id, parent)                                                                           \
    "\n<s:Code id='" id "'><s:Parent><Ref id='" parent "'/></s:Parent></s:Code>"

static const struct fault {
    const char *elements;
    uint32_t flags;
    bkt_status status;
    uint64_t line;
    const char *sentence;
} faults[] = {
    {"<s:Codelist id='L' agencyID='EX'>" CODE("A", "B") CODE("B", "C")
         CODE("C", "A") "</s:Codelist>",
     0, BKT_ERR_STRUCTURE, 4, "the parents of the Code 'A' lead back to itself, by its parent 'B'"},
    {"<s:Codelist id='L' agencyID='EX'>" CODE("A", "A") "</s:Codelist>", 0, BKT_ERR_STRUCTURE, 4,
     "'A' lead back"},
    {"<s:Codelist id='L' agencyID='EX'>\n<s:Code/></s:Codelist>", 0, BKT_ERR_LAYOUT, 4,
     "<Code> has no id"},
    {"\n<s:Codelist agencyID='EX'/>", 0, BKT_ERR_LAYOUT, 4, "<Codelist> has no id"},
    {COMPONENTS(DIMENSION("A") DIMENSION("B") DIMENSION("A")), 0, BKT_ERR_REPEATED_COMPONENT, 7,
     "Dimension 'A' (of EX:D(1.0)) came before, at line 5"},
    {COMPONENTS("\n<s:Dimension/>"), 0, BKT_ERR_LAYOUT, 5, "neither an id nor a concept"},
    {"<s:Codelist id='L' agencyID='EX'>\n<s:Code id='A'/>\n<s:Code id='A'/></s:Codelist>",
     BKT_STRUCTURE_STRICT, BKT_ERR_REPEATED_COMPONENT, 5, "Code 'A' (of EX:L(1.0)) came before"},
    {"<s:Codelist id='L' agencyID='EX'><s:Code id='A'/></s:Codelist>\n"
     "<s:Codelist id='L' agencyID='EX'><s:Code id='A'/><s:Code id='B'/></s:Codelist>",
     BKT_STRUCTURE_STRICT, BKT_ERR_REPEATED_COMPONENT, 4, "with other parts: the first is taken"},
    {"<s:Codelist id='L' agencyID='EX'><s:Code", 0, BKT_ERR_XML, 3, ""},
};

START_TEST(elements) {
    const struct fault *fault = &faults[_i];
    bkt_context *context = new_context();
    bkt_structure *structure;
    uint64_t before = bkt_context_memory_used(context);
    ck_assert_int_eq(read_elements(context, fault->elements, fault->flags, &structure),
                     fault->status);
    const bkt_diagnostic *error = bkt_context_error(context);
    ck_assert_msg(strstr(bkt_diagnostic_text(error), fault->sentence) != NULL, "%s",
                  bkt_diagnostic_text(error));
    ck_assert_uint_eq(bkt_diagnostic_line(error), fault->line);
    bkt_context_diagnostics_clear(context);
    ck_assert_uint_le(bkt_context_memory_used(context), before + 200);
    bkt_context_free(context);
}
END_TEST

static const struct document {
    const char *text;
    bkt_status status;
    const char *sentence;
} documents[] = {
    {"", BKT_ERR_EMPTY, "empty"},
    {"<a/>", BKT_ERR_NOT_SDMX, "the root element <a> is not of SDMX-ML"},
    {"x", BKT_ERR_NOT_XML, ""},
    {"<m:GenericData xmlns:m='http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message'/>",
     BKT_ERR_MESSAGE_KIND, "this is an SDMX-ML GenericData message"},
    {"<m:QueryMessage xmlns:m='http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message'/>",
     BKT_ERR_MESSAGE_KIND, "this is an SDMX-ML QueryMessage message"},
    {"<m:Structure xmlns:m='http://www.sdmx.org/resources/sdmxml/schemas/v9_9/message'/>",
     BKT_ERR_VERSION, "version of SDMX that is not known"},
    {"<m:Error xmlns:m='http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message'>"
     "<m:ErrorMessage code='100'><c:Text xmlns:c='u'>No results</c:Text></m:ErrorMessage>"
     "</m:Error>",
     BKT_ERR_SERVER, "No results"},
    {"<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body/></e:Envelope>",
     BKT_ERR_NOT_SDMX, "SOAP envelope without"},
    {"<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body><e:Fault>"
     "<faultstring>Too busy</faultstring></e:Fault></e:Body></e:Envelope>",
     BKT_ERR_SERVER, "Too busy"},
};

START_TEST(other_documents) {
    bkt_context *context = new_context();
    bkt_structure *structure;
    const struct document *document = &documents[_i];
    ck_assert_int_eq(bkt_structure_read_memory(context, document->text, strlen(document->text),
                                               NULL, &structure),
                     document->status);
    ck_assert_ptr_null(structure);
    ck_assert_msg(strstr(bkt_context_error_text(context), document->sentence) != NULL, "%s",
                  bkt_context_error_text(context));
    bkt_context_free(context);
}
END_TEST

/* Not strict: the first is taken, with a warning. */
START_TEST(twice) {
    bkt_context *context = new_context();
    bkt_structure *structure;
    ck_assert_int_eq(
        read_elements(context,
                      "<s:Codelist id='L' agencyID='EX'><s:Code id='A'><c:Name>1</c:Name></s:Code>"
                      "<s:Code id='A'><c:Name>2</c:Name></s:Code></s:Codelist>"
                      "<s:Codelist id='L' agencyID='EX' isExternalReference='true'/>",
                      0, &structure),
        BKT_OK);
    ck_assert_uint_eq(bkt_structure_item_count(structure, BKT_ITEM_CODE_LIST), 1);
    const bkt_item *list = bkt_structure_item_at(structure, BKT_ITEM_CODE_LIST, 0);
    ck_assert_uint_eq(bkt_item_child_count(list, BKT_ITEM_CODE), 2);
    ck_assert_str_eq(bkt_item_name(bkt_item_child_find(list, BKT_ITEM_CODE, "A"), NULL), "1");
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 1);
    const bkt_diagnostic *warning = bkt_context_diagnostic_at(context, 0);
    ck_assert_int_eq(bkt_diagnostic_status(warning), BKT_ERR_REPEATED_COMPONENT);
    ck_assert_int_eq(bkt_diagnostic_severity(warning), BKT_SEVERITY_WARNING);
    bkt_structure_free(structure);
    bkt_context_free(context);
}
END_TEST

/* One that only says where the list is gives way to the list, whichever comes first. */
START_TEST(stub) {
    bkt_context *context = new_context();
    bkt_structure *structure;
    ck_assert_int_eq(read_elements(context,
                                   "<s:Codelist id='L' agencyID='EX' isExternalReference='true'/>"
                                   "<s:Codelist id='L' agencyID='EX'><s:Code id='A'/></s:Codelist>"
                                   "<s:Codelist id='L' agencyID='EX' isExternalReference='true'/>",
                                   BKT_STRUCTURE_STRICT, &structure),
                     BKT_OK);
    ck_assert_uint_eq(bkt_structure_item_count(structure, BKT_ITEM_CODE_LIST), 1);
    ck_assert_str_eq(ids_of(bkt_structure_find(structure, 0, "L"), BKT_ITEM_CODE), "A ");
    bkt_structure_free(structure);
    bkt_context_free(context);
}
END_TEST

START_TEST(references_that_lead_nowhere) {
    bkt_context *context = new_context();
    bkt_structure *structure;
    ck_assert_int_eq(
        read_elements(context,
                      "\n<s:Dataflow id='F' agencyID='EX'><s:Structure><Ref id='D' agencyID='EX'/>"
                      "</s:Structure></s:Dataflow>",
                      BKT_STRUCTURE_STRICT, &structure),
        BKT_OK);
    const bkt_item *flow = bkt_structure_item_at(structure, BKT_ITEM_DATAFLOW, 0);
    ck_assert_ptr_null(bkt_item_reference(flow, "Structure"));
    ck_assert_str_eq(bkt_item_property(flow, "Structure"),
                     "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=EX:D(1.0)");
    const bkt_diagnostic *note = bkt_context_diagnostic_at(context, 0);
    ck_assert_int_eq(bkt_diagnostic_severity(note), BKT_SEVERITY_NOTE);
    ck_assert_uint_eq(bkt_diagnostic_line(note), 4);
    ck_assert_ptr_nonnull(strstr(bkt_diagnostic_text(note), "EX:D(1.0)"));
    bkt_structure_free(structure);
    bkt_context_free(context);
}
END_TEST

/* In a SOAP envelope, and in the answer of a registry of 2.0. */
START_TEST(envelopes) {
    static const char *const wrapped[] = {
        "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body><a:Answer "
        "xmlns:a='urn:service'><m:Structure "
        "xmlns:m='http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message'><m:Structures>"
        "<s:Codelists xmlns:s='http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure'>"
        "<s:Codelist id='L' agencyID='EX'/></s:Codelists></m:Structures></m:Structure></a:Answer>"
        "</e:Body></e:Envelope>",
        "<m:RegistryInterface xmlns:m='http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message' "
        "xmlns:s='http://www.SDMX.org/resources/SDMXML/schemas/v2_0/structure'>"
        "<m:QueryStructureResponse><m:ResponseStatus status='Success'/><m:CodeLists>"
        "<s:CodeList id='L' agencyID='EX'/></m:CodeLists></m:QueryStructureResponse>"
        "</m:RegistryInterface>"};
    for (size_t i = 0; i < 2; i++) {
        bkt_context *context = new_context();
        bkt_structure *structure;
        ck_assert_int_eq(
            bkt_structure_read_memory(context, wrapped[i], strlen(wrapped[i]), NULL, &structure),
            BKT_OK);
        ck_assert_ptr_nonnull(bkt_structure_find(structure, BKT_ITEM_CODE_LIST, "EX:L(1.0)"));
        bkt_structure_free(structure);
        bkt_context_free(context);
    }
}
END_TEST

START_TEST(after_an_error) {
    bkt_context *context = new_context();
    bkt_structure_builder *builder;
    bkt_structure *structure;
    ck_assert_int_eq(bkt_structure_builder_new(context, NULL, &builder), BKT_OK);
    ck_assert_int_eq(bkt_structure_builder_add_path(builder, "/no/such/file"), BKT_ERR_NOT_FOUND);
    ck_assert_int_eq(bkt_structure_builder_add_memory(builder, "", 0, NULL), BKT_ERR_STATE);
    ck_assert_int_eq(bkt_structure_builder_finish(builder, &structure), BKT_ERR_STATE);
    ck_assert_ptr_null(structure);
    ck_assert_int_eq(bkt_structure_builder_new(context, NULL, NULL), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_structure_builder_new(NULL, NULL, &builder), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_structure_builder_add_path(NULL, "x"), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_structure_read(context, NULL, NULL, &structure), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_structure_read(context, "x", NULL, NULL), BKT_ERR_ARGUMENT);
    bkt_context_free(context);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("fault");
    TCase *all = tcase_create("fault");
    tcase_add_loop_test(all, elements, 0, (int)(sizeof faults / sizeof *faults));
    tcase_add_loop_test(all, other_documents, 0, (int)(sizeof documents / sizeof *documents));
    tcase_add_test(all, twice);
    tcase_add_test(all, stub);
    tcase_add_test(all, references_that_lead_nowhere);
    tcase_add_test(all, envelopes);
    tcase_add_test(all, after_an_error);
    suite_add_tcase(suite, all);
    return run_suite(suite);
}
