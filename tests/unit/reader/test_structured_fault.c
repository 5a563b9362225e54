/* SPDX-License-Identifier: MIT */
/* Structures that do not fit the data; several data sets; several threads; no memory. */
#include "structures.h"

#include "failing_memory.h"
#include "pieces_fixture.h"
#include "run_suite.h"

/* What is read, whoever's the warnings are. */
static void assert_told(const bkt_context *context, bkt_status status, const char *what,
                        uint32_t count) {
    uint32_t found = 0;
    for (uint32_t i = 0; i < bkt_context_diagnostic_count(context); i++) {
        const bkt_diagnostic *each = bkt_context_diagnostic_at(context, i);
        found += bkt_diagnostic_status(each) == status &&
                 bkt_diagnostic_severity(each) == BKT_SEVERITY_WARNING &&
                 strstr(bkt_diagnostic_text(each), what) != NULL;
    }
    ck_assert_msg(found == count, "%u warnings about %s", found, what);
}

/* The structure has BIS things of 2.0, the data are of BKT:TRADE. */
START_TEST(data_of_no_dsd_are_read_without) {
    bkt_context *context = new_context();
    char *text = specific_message(
        "TIME_PERIOD", "<m:DataSet ss:structureRef=\"S\"><Series UNIT=\"U\" B=\"1\" A=\"2\">"
                       "<Obs TIME_PERIOD=\"2001\" OBS_VALUE=\"x\"/></Series>"
                       "<Series UNIT=\"U\" B=\"1\" A=\"2\" LATE=\"3\"/></m:DataSet>");
    bkt_table *with = read_with(context, debt_2_0, text, read_options(0));
    bkt_table *without = read_text(context, text, NULL);
    assert_same_table(with, without);
    assert_told(context, BKT_ERR_STRUCTURE, "BKT:TRADE(1.0)", 1);
    bkt_table_free(with);
    bkt_table_free(without);
    free(text);
    bkt_context_free(context);
}
END_TEST

/* Of two DSDs none is assumed for a message that does not say its own. */
START_TEST(data_that_do_not_say_their_dsd_need_the_only_one) {
    static const char text[] =
        "<CompactData xmlns=\"http://www.SDMX.org/resources/SDMXML/schemas/v1_0/message\" "
        "xmlns:d=\"urn:somebody\"><Header><ID>D</ID></Header><d:DataSet>"
        "<d:Series AREA=\"BY\" KIND=\"P\"><d:Obs TIME=\"2001\" OBS_VALUE=\"5\"/></d:Series>"
        "</d:DataSet></CompactData>";
    bkt_context *context = new_context();
    bkt_table *table = read_with(context, trade_2_1, text, read_options(0));
    ck_assert_columns(table, "AREA:d? KIND:d? TIME:t OBS_VALUE:m");
    assert_told(context, BKT_ERR_STRUCTURE, "does not say", 1);
    bkt_table_free(table);
    table = read_with(context, debt_2_0, text, read_options(0));
    ck_assert_columns(table, "KIND:d AREA:d TIME:t AMOUNT:m");
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

static const char STRANGERS[] =
    "<m:DataSet ss:structureRef=\"S\"><Series FLOW=\"X\" EXTRA=\"1\" TITLE=\"t\">"
    "<Obs TIME_PERIOD=\"2001\" OBS_VALUE=\"1\" OBS_FLAG=\"e\"/>"
    "<Obs TIME_PERIOD=\"2002\" OBS_VALUE=\"1\" OBS_FLAG=\"e\" OBS_STATUS=\"A\"/></Series>"
    "<Series FLOW=\"M\" EXTRA=\"1\" TITLE=\"t\"/></m:DataSet>";

START_TEST(components_that_the_dsd_lacks_are_kept_and_told_once) {
    bkt_context *context = new_context();
    char *text = specific_message("TIME_PERIOD", STRANGERS);
    bkt_table *table = read_with(context, trade_2_1, text, read_options(0));
    ck_assert_columns(table, "SOURCE:d REPORTER:d FLOW:d EXTRA:d? TIME_PERIOD:t OBS_VALUE:m "
                             "OBS_STATUS:a TITLE:a? OBS_FLAG:a");
    ck_assert_cell(table, 1, "EXTRA", "1");
    ck_assert_cell(table, 1, "OBS_FLAG", "e");
    assert_told(context, BKT_ERR_STRUCTURE, "EXTRA", 1);
    assert_told(context, BKT_ERR_STRUCTURE, "TITLE", 1);
    assert_told(context, BKT_ERR_STRUCTURE, "OBS_FLAG", 1);
    assert_told(context, BKT_ERR_STRUCTURE, "OBS_STATUS", 0);
    ck_assert_ptr_null(bkt_column_name(bkt_table_column_find(table, "EXTRA"), NULL));
    bkt_table_free(table);
    free(text);
    bkt_context_free(context);
}
END_TEST

START_TEST(a_contradiction_is_an_error_when_strict) {
    bkt_context *context = new_context();
    char *text = specific_message("TIME_PERIOD", STRANGERS);
    bkt_structure *structure = read_structure(context, trade_2_1);
    bkt_read_options options = read_options(BKT_READ_STRICT);
    options.structure = structure;
    bkt_table *table;
    ck_assert_int_eq(bkt_table_read_memory(context, text, strlen(text), &options, &table),
                     BKT_ERR_STRUCTURE);
    ck_assert_ptr_null(table);
    ck_assert_ptr_nonnull(strstr(bkt_context_error_text(context), "EXTRA"));
    bkt_structure_free(structure);
    free(text);
    bkt_context_free(context);
}
END_TEST

/* A Generic message marks dimensions and attributes itself. */
START_TEST(roles_that_differ_are_told) {
    static const char text[] =
        "<m:GenericData xmlns:m=\"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message\" "
        "xmlns:g=\"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/generic\" "
        "xmlns:c=\"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common\">"
        "<m:Header><m:Structure structureID=\"S\" dimensionAtObservation=\"TIME_PERIOD\">"
        "<c:Structure><Ref agencyID=\"BKT\" id=\"TRADE\" version=\"1.0\"/></c:Structure>"
        "</m:Structure></m:Header><m:DataSet structureRef=\"S\"><g:Series><g:SeriesKey>"
        "<g:Value id=\"COVER\" value=\"90\"/><g:Value id=\"FLOW\" value=\"X\"/></g:SeriesKey>"
        "<g:Attributes><g:Value id=\"REPORTER\" value=\"BY\"/></g:Attributes>"
        "<g:Obs><g:ObsDimension value=\"2001\"/><g:ObsValue value=\"1\"/></g:Obs></g:Series>"
        "</m:DataSet></m:GenericData>";
    bkt_context *context = new_context();
    bkt_table *table = read_with(context, trade_2_1, text, read_options(0));
    ck_assert_columns(table, "SOURCE:d REPORTER:d FLOW:d TIME_PERIOD:t OBS_VALUE:m COVER:a");
    ck_assert_cell(table, 0, "REPORTER", "BY");
    ck_assert_cell(table, 0, "COVER", "90");
    assert_told(context, BKT_ERR_STRUCTURE, "COVER", 1);
    assert_told(context, BKT_ERR_STRUCTURE, "REPORTER", 1);
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

/* COVER is a dimension in one DSD and an attribute in the other; one data set has no DSD. Columns
 * are united by their ids. */
START_TEST(data_sets_of_several_dsds_make_one_table) {
    static const char text[] =
        "STRUCTURE,STRUCTURE_ID,REPORTER,COVER,TIME_PERIOD,OBS_VALUE,OBS_STATUS,FLOW\n"
        "dataflow,BKT:UNKNOWN(1.0),BY,10,2001,1.5,A,\n"
        "datastructure,BKT:OTHER(1.0),KZ,20,2001,2.5,,\n"
        "datastructure,BKT:TRADE(1.0),RU,30,2001,3.5,A,X\n";
    bkt_context *context = new_context();
    bkt_table *table = read_with(context, trade_2_1, text, read_options(0));
    ck_assert_int_eq(bkt_table_row_count(table), 3);
    ck_assert_cell(table, 0, "REPORTER", "BY");
    ck_assert_cell(table, 1, "REPORTER", "KZ");
    ck_assert_cell(table, 2, "REPORTER", "RU");
    ck_assert_cell(table, 0, "COVER", "10");
    ck_assert_cell(table, 2, "COVER", "30");
    ck_assert_cell(table, 0, "OBS_VALUE", "1.5");
    ck_assert_cell(table, 2, "OBS_VALUE", "3.5");
    ck_assert_cell(table, 2, "FLOW", "X");
    ck_assert_cell(table, 2, "DATASET", "3");
    ck_assert_columns(table, "COVER:d SOURCE:d REPORTER:d FLOW:d TIME_PERIOD:t OBS_VALUE:m "
                             "OBS_STATUS:a DATASET:p ACTION:p");
    bkt_table_free(table);
    bkt_context_free(context);
}
END_TEST

/* Two DSDs whose FLOW has the same code, called otherwise in each. */
#define CODE_LIST(id, name)                                                                        \
    "<s:Codelist id='" id                                                                          \
    "' agencyID='A' version='1.0'><c:Name>x</c:Name><s:Code id='1'><c:Name>" name                  \
    "</c:Name></s:Code></s:Codelist>"
#define CONCEPT(id)                                                                                \
    "<s:ConceptIdentity><Ref id='" id "' maintainableParentID='CS' agencyID='A' "                  \
    "maintainableParentVersion='1.0'/></s:ConceptIdentity>"
#define DATA_STRUCTURE(id, list)                                                                   \
    "<s:DataStructure id='" id "' agencyID='A' version='1.0'><c:Name>x</c:Name>"                   \
    "<s:DataStructureComponents><s:DimensionList><s:Dimension id='FLOW' position='1'>" CONCEPT(    \
        "FLOW") "<s:LocalRepresentation><s:Enumeration><Ref id='" list                             \
                "' agencyID='A' version='1.0'/></s:Enumeration></s:LocalRepresentation>"           \
                "</s:Dimension><s:TimeDimension id='TIME_PERIOD' position='2'>" CONCEPT(           \
                    "TIME_PERIOD") "</s:TimeDimension></s:DimensionList><s:MeasureList>"           \
                                   "<s:PrimaryMeasure id='OBS_VALUE'>" CONCEPT(                    \
                                       "OBS_VALUE") "</s:PrimaryMeasure></s:MeasureList>"          \
                                                    "</s:DataStructureComponents>"                 \
                                                    "</s:DataStructure>"

START_TEST(codes_of_another_list_get_no_names) {
    static const char structures[] =
        "<m:Structure xmlns:m='http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message' "
        "xmlns:s='http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure' "
        "xmlns:c='http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common'><m:Header><m:ID>x</"
        "m:ID>"
        "</m:Header><m:Structures><s:Codelists>" CODE_LIST("CL_ONE", "Imports") CODE_LIST(
            "CL_TWO", "Exports") "</s:Codelists><s:DataStructures>" DATA_STRUCTURE("ONE", "CL_ONE")
            DATA_STRUCTURE("TWO", "CL_TWO")
                DATA_STRUCTURE("SAME", "CL_ONE") "</s:DataStructures></m:Structures></m:Structure>";
    static const char *const texts[] = {
        "STRUCTURE,STRUCTURE_ID,ACTION,FLOW,TIME_PERIOD,OBS_VALUE\n"
        "datastructure,A:ONE(1.0),I,1,2020,5\ndatastructure,A:SAME(1.0),I,1,2021,6\n",
        "STRUCTURE,STRUCTURE_ID,ACTION,FLOW,TIME_PERIOD,OBS_VALUE\n"
        "datastructure,A:ONE(1.0),I,1,2020,5\ndatastructure,A:TWO(1.0),I,1,2020,7\n"
        "datastructure,A:ONE(1.0),I,1,2021,6\n"};
    bkt_context *context = new_context();
    bkt_structure *structure;
    ck_assert_int_eq(
        bkt_structure_read_memory(context, structures, sizeof structures - 1, NULL, &structure),
        BKT_OK);
    bkt_read_options options = read_options(0);
    options.structure = structure;
    bkt_table *table = read_text(context, texts[_i], &options);
    const bkt_column *flow = bkt_table_column_find(table, "FLOW");
    const char *name = bkt_column_dictionary_name(flow, 0, NULL);
    if (_i == 0) {
        ck_assert_str_eq(name, "Imports");
    } else {
        ck_assert_ptr_null(name);
    }
    assert_told(context, BKT_ERR_STRUCTURE, "FLOW has other codes", (uint32_t)_i);
    bkt_table_free(table);
    bkt_structure_free(structure);
    bkt_context_free(context);
}
END_TEST

/* Many series; a component that the DSD lacks from the begin, and one that comes late. */
static char *many_series(void) {
    note text = {0};
    for (int i = 0; i < 4000; i++) {
        write_note(&text,
                   "<Series REPORTER=\"R%d\" COVER=\"%d\" SOURCE=\"s%d\" FLOW=\"%c\" EXTRA=\"1\" "
                   "%s>",
                   i % 700, i, i % 7, "MX"[i % 2], i > 3000 ? "TITLE=\"late\"" : "");
        for (int year = 2000; year < 2004; year++) {
            write_note(&text, "<Obs OBS_STATUS=\"A\" OBS_VALUE=\"%d.5\" TIME_PERIOD=\"%d\"/>",
                       i * year, year);
        }
        write_note(&text, "</Series>");
    }
    note dataset = {0};
    write_note(&dataset, "<m:DataSet ss:structureRef=\"S\">");
    write_bytes(&dataset, text.data, text.size);
    write_note(&dataset, "</m:DataSet>");
    char *message = specific_message("TIME_PERIOD", dataset.data);
    free(text.data);
    free(dataset.data);
    return message;
}

START_TEST(threads_give_the_same) {
    bkt_context *context = new_context();
    bkt_structure *structure = read_structure(context, trade_2_1);
    char *text = many_series();
    way how = {.piece_size = 20000, .structure = structure};
    uint64_t taken_over = compare_threads(text, strlen(text), how, "whole");
    how.batch_rows = 1000;
    taken_over += compare_threads(text, strlen(text), how, "batches");
    if (is_fast_in_use()) {
        assert_taken_over(taken_over, 100);
    }
    free(text);
    bkt_structure_free(structure);
    bkt_context_free(context);
}
END_TEST

/* Everything that a reader with a structure makes. */
START_TEST(no_memory_is_told) {
    static const char *const datasets[] = {
        STRANGERS, "<m:DataSet ss:structureRef=\"S\" ISSUED=\"2020\"><G FLOW=\"X\" PLACE=\"KZ\"/>"
                   "<Series COVER=\"9\" FLOW=\"X\" REPORTER=\"ZZ\"><Obs TIME_PERIOD=\"2001\" "
                   "OBS_VALUE=\"x\"/></Series></m:DataSet><m:DataSet ss:structureRef=\"S\"/>"};
    bkt_context *shared = new_context();
    bkt_structure *structure = read_structure(shared, trade_2_1);
    char *text = specific_message("TIME_PERIOD", datasets[_i]);
    failing_memory memory;
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *context = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(context);
        bkt_read_options options = read_options(0);
        options.structure = structure;
        bkt_table *table;
        failing_memory_arm(&memory);
        bkt_status status = bkt_table_read_memory(context, text, strlen(text), &options, &table);
        failing_memory_disarm(&memory);
        ck_assert(status == BKT_OK || (status == BKT_ERR_MEMORY && memory.has_failed));
        bkt_table_free(table);
        bkt_context_free(context);
        failing_memory_check(&memory);
    }
    free(text);
    bkt_structure_free(structure);
    bkt_context_free(shared);
}
END_TEST

static void add_tests(TCase *test_case) {
    tcase_add_test(test_case, data_of_no_dsd_are_read_without);
    tcase_add_test(test_case, data_that_do_not_say_their_dsd_need_the_only_one);
    tcase_add_test(test_case, components_that_the_dsd_lacks_are_kept_and_told_once);
    tcase_add_test(test_case, a_contradiction_is_an_error_when_strict);
    tcase_add_test(test_case, roles_that_differ_are_told);
    tcase_add_test(test_case, data_sets_of_several_dsds_make_one_table);
    tcase_add_loop_test(test_case, codes_of_another_list_get_no_names, 0, 2);
    tcase_add_test(test_case, threads_give_the_same);
    tcase_add_loop_test(test_case, no_memory_is_told, 0, 2);
}

int main(void) {
    Suite *suite = suite_create("structured_fault");
    with_each_scanner(suite, add_tests);
    return run_suite(suite);
}
