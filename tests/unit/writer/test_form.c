/* SPDX-License-Identifier: MIT */
/* Structures written as 2.1 and 3.0. That what is written is valid is seen by the corpus tests,
 * where SDMX's schemas are at hand. */
#include <unistd.h>

#include "failing_memory.h"
#include "form_fixture.h"

static const struct {
    const char *name;
    bool is_21;
    bool is_30;
} files[] = {
    {"trade-1.0.xml", false, false},   {"trade-2.0.xml", false, false},
    {"trade-2.1.xml", true, false},    {"trade-3.0.xml", false, true},
    {"extended-3.0.xml", false, true}, {"kinds-2.1.xml", true, false},
    {"kinds-3.0.xml", false, true},    {"maps-3.0.xml", false, true},
};
#define FILE_COUNT ((int)(sizeof files / sizeof *files))

/* In its own version all comes back; in the other what both can say. */
START_TEST(comes_back) {
    bool to_21 = _i % 2 == 0;
    const char *name = files[_i / 2].name;
    bkt_structure *again;
    write_good(name, to_21);
    ck_assert_int_eq(bkt_structure_read_memory(context, text, strlen(text), NULL, &again), BKT_OK);
    bool same = to_21 ? files[_i / 2].is_21 : files[_i / 2].is_30;
    int differences = compare_structures(structure, again, same, to_21, 10);
    ck_assert_msg(differences == 0, "%s as %s: %d differences", name, to_21 ? "2.1" : "3.0",
                  differences);
    bkt_structure_free(again);
}
END_TEST

START_TEST(kinds_of_2_1_in_3_0) {
    write_good("kinds-2.1.xml", false);
    assert_part("<structure:DataConstraint id=\"CR\" agencyID=\"EX\" version=\"1.0\" "
                "role=\"Allowed\">");
    assert_part("<structure:Component id=\"STATUS\">");
    assert_part("<structure:AttributeRelationship><structure:Dataflow/>");
    assert_part("<structure:Hierarchy id=\"H1\" agencyID=\"EX\" version=\"1.0\" "
                "hasFormalLevels=\"true\">");
    assert_part("<structure:RepresentationMap>urn:sdmx:org.sdmx.infomodel.structuremapping."
                "RepresentationMap=EX:AREAS(1.0)</structure:RepresentationMap>");
    assert_part("<structure:Target>urn:sdmx:org.sdmx.infomodel.categoryscheme.Category=EX:CATS(1.0)"
                ".A.B</structure:Target>");
    assert_no_part("MeasureDimension");
    assert_told("AttachmentGroup ByArea");
    assert_told("DataStructure EX:DSD(1.0)");
}
END_TEST

START_TEST(kinds_of_3_0_in_2_1) {
    write_good("kinds-3.0.xml", true);
    assert_part("<structure:ContentConstraint id=\"DC\" agencyID=\"EX\" version=\"1.0.0\" "
                "type=\"Actual\">");
    assert_part("<structure:ConceptScheme id=\"CS\" agencyID=\"EX\" version=\"1.0.0\">");
    assert_part("maintainableParentID=\"CS\" maintainableParentVersion=\"1.0.0\"");
    assert_part("<structure:Attribute id=\"KG\" assignmentStatus=\"Conditional\">");
    assert_part("<structure:PrimaryMeasure id=\"OBS_VALUE\">");
    assert_part("<structure:HierarchicalCodelist id=\"H\"");
    assert_no_part("ValueList");
    assert_told("ConceptScheme EX:CS(1.0.0-draft)");
    assert_told("MeasureRelationship");
}
END_TEST

/* Each is a warning, or the end. */
/* Links and sentinel values are of 3.0; contacts of both. */
START_TEST(small_parts) {
    write_good("kinds-3.0.xml", true);
    assert_part("<structure:Contact><common:Name xml:lang=\"en\">Ann</common:Name>"
                "<structure:Role xml:lang=\"en\">Inquiries</structure:Role>\n"
                "<structure:Email>ann@example.org</structure:Email>\n</structure:Contact>");
    assert_no_part("Link");
    assert_no_part("Sentinel");
    assert_told("Organisation STAT of OrganisationScheme EX:AGENCIES(1.0): SDMX-ML 2.1 has no "
                "place for its "
                "link to http://example.org/?a=1&b=2");
    assert_told("Measure KG of DataStructure EX:DSD(1.0.0): SDMX-ML 2.1 has no place for its 2 "
                "sentinel values");
    assert_told("Concept Y of ConceptScheme EX:CS(1.0.0-draft): SDMX-ML 2.1 has no place for its 1 "
                "sentinel values");
    ck_assert_int_eq(write_text(false, 0), BKT_OK);
    assert_part("<common:Link rel=\"home\" url=\"http://example.org/?a=1&amp;b=2\" "
                "type=\"HTML\"/>");
    assert_part("<structure:SentinelValue value=\"-1\"><common:Name xml:lang=\"en\">Not known"
                "</common:Name><common:Name xml:lang=\"fr\">Inconnu</common:Name>"
                "<common:Description xml:lang=\"en\">Nobody &lt;counted&gt;</common:Description>");
}
END_TEST

/* In 3.0 dimensions have codes for values, and flows of metadata say what their metadata are of. */
START_TEST(measure_dimensions_and_metadataflows) {
    write_good("kinds-2.1.xml", false);
    assert_part("<structure:Codelist id=\"CS_MEASURES\" agencyID=\"EX\" version=\"1.0\">"
                "<common:Name xml:lang=\"en\">Measures</common:Name><structure:Code id=\"WEIGHT\">"
                "<common:Name xml:lang=\"en\">Weight</common:Name></structure:Code>");
    assert_part("<structure:Enumeration>urn:sdmx:org.sdmx.infomodel.codelist.Codelist="
                "EX:CS_MEASURES(1.0)</structure:Enumeration>");
    assert_part("<structure:ConceptScheme id=\"CS_MEASURES\"");
    ck_assert_ptr_null(strstr(text, "<structure:Codelist id=\"CS\""));
    assert_told(
        "Dimension KIND of DataStructure EX:DSD(1.0): SDMX-ML 3.0 has no place for a measure "
        "dimension");
    bkt_structure_free(structure);
    write_good("kinds-3.0.xml", true);
    assert_part("<structure:Metadataflow id=\"MF\"");
    assert_told("Metadataflow EX:MF(1.0.0): SDMX-ML 2.1 has no place for Target");
    ck_assert_int_eq(write_text(false, 0), BKT_OK);
    assert_part("<structure:Target>urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=EX:*(*)"
                "</structure:Target>");
}
END_TEST

START_TEST(strict) {
    read_file("kinds-3.0.xml");
    ck_assert_int_eq(write_text(true, BKT_WRITE_STRICT), BKT_ERR_UNSUPPORTED);
    ck_assert_ptr_null(text);
    ck_assert_ptr_nonnull(strstr(bkt_context_error_text(context), "SDMX-ML 2.1 has no place for"));
    ck_assert_int_eq(write_text(false, BKT_WRITE_STRICT), BKT_OK);
}
END_TEST

START_TEST(extensions) {
    write_good("extended-3.0.xml", false);
    assert_part("<structure:CodelistExtension prefix=\"P_\">");
    assert_part("<structure:InclusiveCodeSelection><structure:MemberValue "
                "cascadeValues=\"true\">A1</structure:MemberValue>");
    assert_no_part("id=\"P_A1\""); /* it follows from the extension */
    ck_assert_int_eq(write_text(true, 0), BKT_OK);
    assert_no_part("CodelistExtension");
    assert_part("<structure:Code id=\"P_A1\">");
    assert_part("<structure:Code id=\"T_P_A11\">");
}
END_TEST

START_TEST(loose_concepts) {
    write_good("trade-1.0.xml", true);
    assert_part("<structure:ConceptScheme id=\"STANDALONE_CONCEPT_SCHEME\"");
    assert_part("maintainableParentID=\"STANDALONE_CONCEPT_SCHEME\"");
    ck_assert_ptr_null(strstr(strstr(text, "\"STANDALONE_CONCEPT_SCHEME\" agencyID") + 1,
                              "<structure:ConceptScheme "));
}
END_TEST

START_TEST(names_are_escaped) {
    write_good("kinds-2.1.xml", true);
    assert_part(">What &quot;flows&quot; &lt;here&gt;<");
    assert_part("pattern=\"[a-z]&lt;+\"");
    assert_part("<common:Name xml:lang=\"be\">Беларусь</common:Name>");
}
END_TEST

START_TEST(second_of_an_id) {
    static const char twice[] =
        "<m:Structure xmlns:m=\"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message\" "
        "xmlns:s=\"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure\"><m:Structures>"
        "<s:Codelists><s:Codelist id=\"L\" agencyID=\"A\"><s:Code id=\"a.b\"/><s:Code id=\"x\"/>"
        "<s:Code id=\"x\"/></s:Codelist></s:Codelists></m:Structures></m:Structure>";
    ck_assert_int_eq(bkt_structure_read_memory(context, twice, sizeof twice - 1, NULL, &structure),
                     BKT_OK);
    bkt_context_diagnostics_clear(context);
    ck_assert_int_eq(write_text(true, 0), BKT_OK);
    assert_part("<structure:Code id=\"x\"><common:Name>x</common:Name></structure:Code>");
    ck_assert_ptr_null(strstr(strstr(text, "id=\"x\"") + 1, "id=\"x\""));
    assert_told("the second of an id");
    assert_told("'a.b' is written, though that is no id");
}
END_TEST

/* A message of structures has nothing else. */
START_TEST(states) {
    read_file("trade-2.1.xml");
    bkt_write_options options = options_of(true, 0);
    ck_assert_int_eq(bkt_writer_open_memory(context, &options, &writer), BKT_OK);
    ck_assert_int_eq(bkt_writer_write_structure(writer, NULL), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_writer_write_structure(NULL, structure), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_writer_write_structure(writer, structure), BKT_OK);
    ck_assert_int_eq(bkt_writer_write_structure(writer, structure), BKT_ERR_STATE);
    ck_assert_int_eq(bkt_writer_finish(writer), BKT_OK);
    ck_assert_int_eq(bkt_writer_write_structure(writer, structure), BKT_ERR_STATE);
    bkt_writer_free(writer);
    ck_assert_int_eq(bkt_writer_open_memory(context, &options, &writer), BKT_OK);
    ck_assert_int_eq(bkt_writer_begin_dataset(writer, NULL), BKT_OK);
    ck_assert_int_eq(bkt_writer_write_structure(writer, structure), BKT_ERR_STATE);
    options.format = BKT_FORMAT_CSV;
    bkt_writer_free(writer);
    ck_assert_int_eq(bkt_writer_open_memory(context, &options, &writer), BKT_OK);
    ck_assert_int_eq(bkt_writer_write_structure(writer, structure), BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_structure_write_path(context, structure, &options, NULL),
                     BKT_ERR_ARGUMENT);
    ck_assert_int_eq(bkt_structure_write(context, structure, &options, NULL, NULL),
                     BKT_ERR_ARGUMENT);
}
END_TEST

START_TEST(data_after_structures) {
    read_file("trade-2.1.xml");
    bkt_write_options options = options_of(true, 0);
    ck_assert_int_eq(bkt_writer_open_memory(context, &options, &writer), BKT_OK);
    ck_assert_int_eq(bkt_writer_write_structure(writer, structure), BKT_OK);
    bkt_dataset_options set;
    ck_assert_int_eq(bkt_dataset_options_init(&set, sizeof set), BKT_OK);
    (void)bkt_writer_begin_dataset(writer, &set);
    ck_assert_int_eq(bkt_writer_finish(writer), BKT_ERR_STATE);
    ck_assert_ptr_null(bkt_writer_bytes_view(writer, NULL));
}
END_TEST

/* To a path, packed; a file that was there stays, if the message can't be. */
START_TEST(to_a_path) {
    char path[] = "/tmp/bkt-form-XXXXXX";
    char bytes[64];
    int file = mkstemp(path);
    ck_assert_int_ge(file, 0);
    read_file("kinds-3.0.xml");
    bkt_write_options options = options_of(true, BKT_WRITE_STRICT);
    ck_assert_int_eq(bkt_structure_write_path(context, structure, &options, path),
                     BKT_ERR_UNSUPPORTED);
    ck_assert_int_eq(read(file, bytes, sizeof bytes), 0);
    options = options_of(false, BKT_WRITE_GZIP);
    ck_assert_int_eq(bkt_structure_write_path(context, structure, &options, path), BKT_OK);
    bkt_structure *again;
    ck_assert_int_eq(bkt_structure_read(context, path, NULL, &again), BKT_OK);
    ck_assert_int_eq(compare_structures(structure, again, true, false, 10), 0);
    bkt_structure_free(again);
    close(file);
    ck_assert_int_eq(remove(path), 0);
}
END_TEST

START_TEST(memory_fails) {
    failing_memory memory;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *own = failing_memory_context(&memory);
        bkt_structure *read = NULL;
        bkt_writer *to = NULL;
        ck_assert_ptr_nonnull(own);
        ck_assert_int_eq(bkt_structure_read(own, path_of(files[_i].name), NULL, &read), BKT_OK);
        bkt_write_options options = options_of(n % 2 == 0, 0);
        failing_memory_arm(&memory);
        bkt_status status = bkt_writer_open_memory(own, &options, &to);
        status = status == BKT_OK ? bkt_writer_write_structure(to, read) : status;
        status = status == BKT_OK ? bkt_writer_finish(to) : status;
        failing_memory_disarm(&memory);
        if (status != BKT_OK && !(status == BKT_ERR_MEMORY && memory.has_failed)) {
            ck_abort_msg("status %d in turn %lu", (int)status, (unsigned long)n);
        }
        bkt_writer_free(to);
        bkt_structure_free(read);
        bkt_context_free(own);
        failing_memory_check(&memory);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("form");
    TCase *test_case = tcase_create("form");
    tcase_set_timeout(test_case, 120);
    tcase_add_checked_fixture(test_case, start, finish);
    tcase_add_loop_test(test_case, comes_back, 0, 2 * FILE_COUNT);
    tcase_add_test(test_case, kinds_of_2_1_in_3_0);
    tcase_add_test(test_case, kinds_of_3_0_in_2_1);
    tcase_add_test(test_case, small_parts);
    tcase_add_test(test_case, measure_dimensions_and_metadataflows);
    tcase_add_test(test_case, strict);
    tcase_add_test(test_case, extensions);
    tcase_add_test(test_case, loose_concepts);
    tcase_add_test(test_case, names_are_escaped);
    tcase_add_test(test_case, second_of_an_id);
    tcase_add_test(test_case, states);
    tcase_add_test(test_case, data_after_structures);
    tcase_add_test(test_case, to_a_path);
    tcase_add_loop_test(test_case, memory_fails, 0, FILE_COUNT);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
