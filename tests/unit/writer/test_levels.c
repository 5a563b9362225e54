/* SPDX-License-Identifier: MIT */
/* Attributes where they belong: at the data set, the group, the series or the observation, by a
 * data structure or by what columns know; and values that contradict it. */
#include "failing_memory.h"
#include "run_suite.h"
#include "writing.h"

static bkt_context *context;
static bkt_writer *writer;
static bkt_structure *structure;

#define DIMENSION(id)    "<s:Dimension id='" id "'/>"
#define REF(element, id) "<s:" element "><Ref id='" id "'/></s:" element ">"
#define ATTRIBUTE(id, of)                                                                          \
    "<s:Attribute id='" id "' assignmentStatus='Conditional'><s:AttributeRelationship>" of         \
    "</s:AttributeRelationship></s:Attribute>"

static const char dsd[] =
    "<m:Structure xmlns:m='http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message' "
    "xmlns:s='http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure'>"
    "<m:Header><m:ID>S</m:ID></m:Header><m:Structures><s:DataStructures>"
    "<s:DataStructure id='TRADE' agencyID='BKT' version='1.0'><s:DataStructureComponents>"
    "<s:DimensionList>" DIMENSION("FREQ") DIMENSION("AREA") DIMENSION(
        "FLOW") "<s:TimeDimension id='TIME_PERIOD'/></s:DimensionList>"
                "<s:Group id='AREAS'><s:GroupDimension><s:DimensionReference><Ref id='FLOW'/>"
                "</s:DimensionReference></s:GroupDimension><s:GroupDimension><s:DimensionReference>"
                "<Ref id='AREA'/></s:DimensionReference></s:GroupDimension></s:Group>"
                "<s:AttributeList>" ATTRIBUTE("NOTE", REF("Group", "AREAS"))
                    ATTRIBUTE("TITLE", REF("Group", "AREAS"))
                        ATTRIBUTE("DIGITS", REF("Dimension", "FREQ") REF("Dimension", "AREA")
                                                REF("Dimension", "FLOW"))
                            ATTRIBUTE("STATUS", REF("PrimaryMeasure", "OBS_VALUE")) ATTRIBUTE(
                                "SOURCE",
                                "<s:None/>") "</s:AttributeList><s:MeasureList><s:PrimaryMeasure "
                                             "id='OBS_VALUE'/></s:MeasureList>"
                                             "</s:DataStructureComponents></s:DataStructure></"
                                             "s:DataStructures></m:Structures>"
                                             "</m:Structure>";

static void start(void) {
    ck_assert_int_eq(bkt_context_new(NULL, &context), BKT_OK);
    ck_assert_int_eq(bkt_structure_read_memory(context, dsd, sizeof dsd - 1, NULL, &structure),
                     BKT_OK);
    bkt_context_diagnostics_clear(context);
    writer = NULL;
}

static void finish(void) {
    bkt_writer_free(writer);
    bkt_structure_free(structure);
    bkt_context_free(context);
}

static void open_with(const bkt_structure *given, int32_t format, uint32_t flags) {
    bkt_write_options options = write_as(format, flags);
    options.data_structures = given;
    bkt_writer_free(writer);
    ck_assert_int_eq(bkt_writer_open_memory(context, &options, &writer), BKT_OK);
}

/* What stands in the data sets of the tables, one after the other. */
static const char *written(const bkt_table *first, const bkt_table *second) {
    ck_assert_int_eq(bkt_writer_write(writer, first), BKT_OK);
    if (second != NULL) {
        ck_assert_int_eq(bkt_writer_write(writer, second), BKT_OK);
    }
    ck_assert_int_eq(bkt_writer_finish(writer), BKT_OK);
    const char *begin = strstr(bkt_writer_bytes_view(writer, NULL), "<message:DataSet");
    ck_assert_ptr_nonnull(begin);
    return begin;
}

static void assert_parts(const char *text, const char *const *parts) {
    for (; *parts != NULL; parts++) {
        const char *found = strstr(text, *parts);
        ck_assert_msg(found != NULL, "'%s' does not follow in:\n%s", *parts, text);
        text = found + strlen(*parts);
    }
}

/* Without strstr(), of which a sanitizer looks at the whole text each time. */
static int count_of(const char *text, const char *part) {
    int count = 0;
    size_t size = strlen(part);
    const char *end = text + strlen(text);
    for (; (size_t)(end - text) >= size; text++) {
        count += *text == *part && memcmp(text, part, size) == 0;
    }
    return count;
}

static bool is_told(const char *part) {
    for (uint32_t i = 0; i < bkt_context_diagnostic_count(context); i++) {
        const char *text = bkt_diagnostic_text(bkt_context_diagnostic_at(context, i));
        if (strstr(text, part) != NULL) {
            return true;
        }
    }
    return false;
}

/* As a table is that knows nothing of levels: out of order, a number, everything at observations.
 */
static const sheet plain = {
    {"vOBS_VALUE", "tTIME_PERIOD", "aSTATUS", "aFLOW", "aTITLE", "dAREA", "aSOURCE", "nDIGITS",
     "dFREQ", "aNOTE"},
    {{"1", "2011", "A", "X", "Exports of BY", "BY", "UN", "2", "A", NULL},
     {"2", "2012", NULL, "X", "Exports of BY", "BY", "UN", "2", "A", NULL},
     {"3", "2011-Q1", NULL, "X", "Exports of BY", "BY", "UN", "1", "Q", NULL},
     {"4", "2011", NULL, "X", NULL, "KZ", "UN", NULL, "A", NULL}},
};

START_TEST(a_data_structure_says_the_order_and_the_levels) {
    static const char *const specific[] = {
        "<message:DataSet ss:structureRef=\"S1\" ss:dataScope=\"DataStructure\"",
        " SOURCE=\"UN\">\n",
        "<Group xsi:type=\"ns1:AREAS\" AREA=\"BY\" FLOW=\"X\" TITLE=\"Exports of BY\"/>\n"
        "<Series FREQ=\"A\" AREA=\"BY\" FLOW=\"X\" DIGITS=\"2\">\n"
        "<Obs TIME_PERIOD=\"2011\" OBS_VALUE=\"1\" STATUS=\"A\"/>\n"
        "<Obs TIME_PERIOD=\"2012\" OBS_VALUE=\"2\"/>\n</Series>\n"
        "<Series FREQ=\"Q\" AREA=\"BY\" FLOW=\"X\" DIGITS=\"1\">\n"
        "<Obs TIME_PERIOD=\"2011-Q1\" OBS_VALUE=\"3\"/>\n</Series>\n"
        "<Series FREQ=\"A\" AREA=\"KZ\" FLOW=\"X\">\n"
        "<Obs TIME_PERIOD=\"2011\" OBS_VALUE=\"4\"/>\n</Series>\n</message:DataSet>\n",
        NULL};
    static const char *const specific_3[] = {
        "xsi:type=\"ns1:DataSetType\">\n<Atts SOURCE=\"UN\"/>\n"
        "<Group xsi:type=\"ns1:AREAS\" AREA=\"BY\" FLOW=\"X\" TITLE=\"Exports of BY\"/>\n<Series ",
        NULL};
    static const char *const generic[] = {
        "<message:DataSet structureRef=\"S1\">\n<generic:Attributes><generic:Value id=\"SOURCE\" "
        "value=\"UN\"/></generic:Attributes>\n"
        "<generic:Group type=\"AREAS\"><generic:GroupKey><generic:Value id=\"AREA\" value=\"BY\"/>"
        "<generic:Value id=\"FLOW\" value=\"X\"/></generic:GroupKey><generic:Attributes>"
        "<generic:Value id=\"TITLE\" value=\"Exports of BY\"/></generic:Attributes>"
        "</generic:Group>\n<generic:Series>\n<generic:SeriesKey><generic:Value id=\"FREQ\" "
        "value=\"A\"/><generic:Value id=\"AREA\" value=\"BY\"/><generic:Value id=\"FLOW\" "
        "value=\"X\"/></generic:SeriesKey>\n<generic:Attributes><generic:Value id=\"DIGITS\" "
        "value=\"2\"/></generic:Attributes>\n",
        NULL};
    static const char *const flat[] = {
        "TITLE=\"Exports of BY\"/>\n<Obs FREQ=\"A\" AREA=\"BY\" FLOW=\"X\" TIME_PERIOD=\"2011\" "
        "OBS_VALUE=\"1\" DIGITS=\"2\" STATUS=\"A\"/>\n",
        NULL};
    bkt_table *table = sheet_table(context, &plain, 4);
    open_with(structure, BKT_FORMAT_STRUCTURE_SPECIFIC_2_1, 0);
    assert_parts(written(table, NULL), specific);
    open_with(structure, BKT_FORMAT_STRUCTURE_SPECIFIC_3_0, 0);
    assert_parts(written(table, NULL), specific_3);
    open_with(structure, BKT_FORMAT_GENERIC_2_1, 0);
    assert_parts(written(table, NULL), generic);
    open_with(structure, BKT_FORMAT_STRUCTURE_SPECIFIC_2_1, BKT_WRITE_FLAT);
    assert_parts(written(table, NULL), flat);
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 0);
    bkt_table_free(table);
}
END_TEST

START_TEST(csv_has_the_order_of_the_structure) {
    bkt_table *table = sheet_table(context, &plain, 1);
    open_with(structure, BKT_FORMAT_SDMX_CSV_2, 0);
    ck_assert_int_eq(bkt_writer_write(writer, table), BKT_OK);
    ck_assert_int_eq(bkt_writer_finish(writer), BKT_OK);
    ck_assert_str_eq(bkt_writer_bytes_view(writer, NULL),
                     "STRUCTURE,STRUCTURE_ID,FREQ,AREA,FLOW,TIME_PERIOD,OBS_VALUE,NOTE,TITLE,"
                     "DIGITS,STATUS,SOURCE\ndatastructure,BKT:TRADE(1.0),A,BY,X,2011,1,,"
                     "Exports of BY,2,A,UN\n");
    bkt_table_free(table);
}
END_TEST

/* What a value is told by, and where it goes then. */
START_TEST(values_that_contradict_their_level_stay_whole) {
    static const sheet torn = {
        {"dFREQ", "dAREA", "dFLOW", "tTIME_PERIOD", "vOBS_VALUE", "aTITLE", "aNOTE", "aDIGITS",
         "aSOURCE"},
        {{"A", "BY", "X", "2011", "1", "one", "n", "1", "UN"},
         {"Q", "BY", "X", "2011-Q1", "2", "two", "n", "1", "UN"},
         {"Q", "BY", "X", "2011-Q2", "3", "two", "n", "2", "UN"},
         {"A", "KZ", "X", "2011", "4", NULL, "m", NULL, "IMF"}},
    };
    static const char *const parts[] = {
        " SOURCE=\"UN\">\n<Group xsi:type=\"ns1:AREAS\" AREA=\"BY\" FLOW=\"X\" NOTE=\"n\"/>\n"
        "<Series FREQ=\"A\" AREA=\"BY\" FLOW=\"X\" TITLE=\"one\" DIGITS=\"1\">\n",
        "<Series FREQ=\"Q\" AREA=\"BY\" FLOW=\"X\" TITLE=\"two\">\n"
        "<Obs TIME_PERIOD=\"2011-Q1\" OBS_VALUE=\"2\" DIGITS=\"1\"/>\n",
        "</message:DataSet>\n",
        " SOURCE=\"IMF\">\n<Group xsi:type=\"ns1:AREAS\" AREA=\"KZ\" FLOW=\"X\" NOTE=\"m\"/>\n"
        "<Series FREQ=\"A\" AREA=\"KZ\" FLOW=\"X\">\n",
        NULL};
    bkt_table *table = sheet_table(context, &torn, 4);
    open_with(structure, BKT_FORMAT_STRUCTURE_SPECIFIC_2_1, 0);
    assert_parts(written(table, NULL), parts);
    ck_assert(is_told("the attribute TITLE belongs to the group, but has several values in one "
                      "(row 2 of the table)"));
    ck_assert(is_told("the attribute DIGITS belongs to the series, but has several values in one "
                      "(row 3 of the table)"));
    ck_assert(is_told("a data set is written as several"));
    bkt_table_free(table);
}
END_TEST

START_TEST(a_row_without_the_whole_key_of_a_group_is_of_none) {
    static const sheet partial = {
        {"dFREQ", "dAREA", "dFLOW", "tTIME_PERIOD", "vOBS_VALUE", "aTITLE"},
        {{"A", "BY", "X", "2011", "1", "one"}, {"A", NULL, "X", "2011", "2", "two"}},
    };
    static const char *const parts[] = {"<Series FREQ=\"A\" AREA=\"BY\" FLOW=\"X\" TITLE=\"one\">",
                                        "<Series FREQ=\"A\" FLOW=\"X\" TITLE=\"two\">", NULL};
    bkt_table *table = sheet_table(context, &partial, 2);
    open_with(structure, BKT_FORMAT_STRUCTURE_SPECIFIC_2_1, 0);
    assert_parts(written(table, NULL), parts);
    ck_assert(is_told("a row lacks a part of its key (row 2 of the table)"));
    bkt_table_free(table);
}
END_TEST

static const sheet first_part = {
    {"dFREQ", "dAREA", "dFLOW", "tTIME_PERIOD", "vOBS_VALUE", "aTITLE"},
    {{"A", "BY", "X", "2011", "1", "one"}},
};
/* The group goes on; another comes; and one that is told otherwise. */
static const sheet goes_on = {
    {"dFREQ", "dAREA", "dFLOW", "tTIME_PERIOD", "vOBS_VALUE", "aTITLE"},
    {{"A", "BY", "X", "2012", "2", "one"}},
};
static const sheet comes_late = {
    {"dFREQ", "dAREA", "dFLOW", "tTIME_PERIOD", "vOBS_VALUE", "aTITLE"},
    {{"A", "BY", "X", "2012", "2", "one"}, {"A", "KZ", "X", "2012", "3", "two"}},
};
static const sheet differs = {
    {"dFREQ", "dAREA", "dFLOW", "tTIME_PERIOD", "vOBS_VALUE", "aTITLE"},
    {{"A", "BY", "X", "2012", "2", NULL}},
};
static const sheet lacks = {
    {"dFREQ", "dAREA", "dFLOW", "tTIME_PERIOD", "vOBS_VALUE"},
    {{"A", "BY", "X", "2012", "2"}},
};

START_TEST(groups_of_a_stream_stand_before_their_series) {
    static const struct {
        const sheet *second;
        int rows;
        int32_t format;
        int sets;
        int groups;
        const char *why;
    } cases[] = {
        {&goes_on, 1, BKT_FORMAT_STRUCTURE_SPECIFIC_2_1, 1, 1, "the same group"},
        {&comes_late, 2, BKT_FORMAT_STRUCTURE_SPECIFIC_2_1, 2, 3, "another group, too late"},
        {&comes_late, 2, BKT_FORMAT_GENERIC_2_1, 2, 3, "likewise"},
        {&comes_late, 2, BKT_FORMAT_STRUCTURE_SPECIFIC_3_0, 1, 2, "3.0 has them anywhere"},
        {&differs, 1, BKT_FORMAT_STRUCTURE_SPECIFIC_2_1, 2, 1, "the group has no title there"},
        {&differs, 1, BKT_FORMAT_STRUCTURE_SPECIFIC_3_0, 2, 1, "likewise"},
        {&lacks, 1, BKT_FORMAT_STRUCTURE_SPECIFIC_3_0, 2, 1, "nor anywhere in the table"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bkt_table *first = sheet_table(context, &first_part, 1);
        bkt_table *second = sheet_table(context, cases[i].second, cases[i].rows);
        open_with(structure, cases[i].format, 0);
        const char *text = written(first, second);
        ck_assert_msg(count_of(text, "<message:DataSet ") == cases[i].sets, "%s:\n%s", cases[i].why,
                      text);
        ck_assert_int_eq(count_of(text, "Group xsi:type=") + count_of(text, "Group type="),
                         cases[i].groups);
        ck_assert_int_eq(is_told("a data set is written as several"), cases[i].sets > 1);
        bkt_context_diagnostics_clear(context);
        bkt_table_free(first);
        bkt_table_free(second);
    }
}
END_TEST

/* Memory does not grow with the groups of a stream. */
START_TEST(a_stream_of_groups_keeps_those_of_a_data_set) {
    char areas[16][8];
    sheet many = {{"dFREQ", "dAREA", "dFLOW", "tTIME_PERIOD", "vOBS_VALUE", "aTITLE"}, {{NULL}}};
    open_with(structure, BKT_FORMAT_STRUCTURE_SPECIFIC_3_0, 0);
    int tables = 65536 / 16 + 1;
    for (int i = 0; i <= tables; i++) {
        for (int row = 0; row < 16; row++) {
            snprintf(areas[row], sizeof areas[row], "A%d", i * 16 + row);
            const char *cells[] = {"A", areas[row], "X", "2011", "1", areas[row]};
            memcpy(many.rows[row], cells, sizeof cells);
        }
        bkt_table *table = sheet_table(context, &many, 16);
        ck_assert_int_eq(bkt_writer_write(writer, table), BKT_OK);
        bkt_table_free(table);
    }
    ck_assert_int_eq(bkt_writer_finish(writer), BKT_OK);
    const char *text = bkt_writer_bytes_view(writer, NULL);
    ck_assert_int_eq(count_of(text, "<message:DataSet "), 2);
    ck_assert_int_eq(count_of(text, "<Group "), (tables + 1) * 16);
}
END_TEST

/* A column that was read as a group's attribute. */
static bkt_table *group_table(const char *group) {
    static const char *const ids[] = {"FREQ", "AREA", "TITLE"};
    static const int32_t roles[] = {BKT_ROLE_DIMENSION, BKT_ROLE_DIMENSION, BKT_ROLE_ATTRIBUTE};
    static const char *const texts[] = {"A", "BY", "one"};
    bkti_table_writer *to;
    bkt_table *table;
    ck_assert_int_eq(bkti_table_writer_new(context, &to), BKT_OK);
    for (size_t i = 0; i < 3; i++) {
        uint32_t index;
        int32_t level = i == 2 ? BKT_LEVEL_GROUP : BKT_LEVEL_NONE;
        ck_assert_int_eq(bkti_table_writer_add_column(to, bkti_span_of(ids[i]), BKT_KIND_TEXT,
                                                      roles[i], level, &index),
                         BKT_OK);
        if (i == 2) {
            ck_assert_int_eq(bkti_table_writer_set_group(to, index, group), BKT_OK);
        }
        ck_assert_int_eq(sheet_cell(to, index, 0, texts[i]), BKT_OK);
    }
    uint32_t time;
    ck_assert_int_eq(sheet_column(to, "tTIME_PERIOD", &time), BKT_OK);
    ck_assert_int_eq(sheet_cell(to, time, 0, "2011"), BKT_OK);
    ck_assert_int_eq(bkti_table_writer_finish(to, 1, &table), BKT_OK);
    return table;
}

START_TEST(columns_know_their_groups_without_a_structure) {
    static const char *const named[] = {
        "<Group xsi:type=\"ns1:SIBLINGS\" AREA=\"BY\" TITLE=\"one\"/>\n"
        "<Series FREQ=\"A\" AREA=\"BY\">\n",
        NULL};
    static const char *const nameless[] = {
        "<Group xsi:type=\"ns1:GROUP_FREQ_AREA\" FREQ=\"A\" AREA=\"BY\" TITLE=\"one\"/>\n", NULL};
    static const char *const none[] = {"<Series FREQ=\"A\" AREA=\"BY\" TITLE=\"one\">\n", NULL};
    static const struct {
        const char *group;
        const char *const *parts;
    } cases[] = {
        {"SIBLINGS AREA", named},     {" AREA FREQ", nameless},
        {"SIBLINGS AREA FLOW", none}, /* the table lacks FLOW */
        {"1.X AREA", none},           /* no id */
        {"SIBLINGS", none},           {NULL, none},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bkt_table *table = group_table(cases[i].group);
        bkt_table *copy;
        static const char *const all[] = {"FREQ", "AREA", "TITLE", "TIME_PERIOD"};
        ck_assert_int_eq(bkt_table_sort(context, table, all, 4, NULL, &copy), BKT_OK);
        open_with(NULL, BKT_FORMAT_STRUCTURE_SPECIFIC_2_1, 0);
        assert_parts(written(copy, NULL), cases[i].parts);
        bkt_table_free(copy);
        bkt_table_free(table);
    }
}
END_TEST

START_TEST(data_that_delete_have_no_groups) {
    static const char *const parts[] = {"<Series FREQ=\"A\" AREA=\"BY\" TITLE=\"one\">\n", NULL};
    bkt_table *table = group_table("SIBLINGS AREA");
    bkt_dataset_options options;
    ck_assert_int_eq(bkt_dataset_options_init(&options, sizeof options), BKT_OK);
    options.action = "Delete";
    open_with(NULL, BKT_FORMAT_STRUCTURE_SPECIFIC_2_1, 0);
    ck_assert_int_eq(bkt_writer_begin_dataset(writer, &options), BKT_OK);
    assert_parts(written(table, NULL), parts);
    bkt_table_free(table);
}
END_TEST

START_TEST(what_the_structure_lacks_is_told) {
    static const sheet more = {
        {"dEXTRA", "dFREQ", "dAREA", "dFLOW", "tTIME_PERIOD", "vOBS_VALUE", "vLOWER"},
        {{"e", "A", "BY", "X", "2011", "1", "0.5"}},
    };
    static const char *const parts[] = {"<Series FREQ=\"A\" AREA=\"BY\" FLOW=\"X\" EXTRA=\"e\">\n",
                                        "LOWER=\"0.5\"", NULL};
    bkt_table *table = sheet_table(context, &more, 1);
    open_with(structure, BKT_FORMAT_STRUCTURE_SPECIFIC_2_1, 0);
    assert_parts(written(table, NULL), parts);
    ck_assert(is_told("the data have EXTRA, which the data structure TRADE lacks"));
    ck_assert(is_told("the data have LOWER"));
    bkt_context_diagnostics_clear(context);
    bkt_dataset_options options;
    ck_assert_int_eq(bkt_dataset_options_init(&options, sizeof options), BKT_OK);
    options.structure = "BKT:OTHER(1.0)";
    open_with(structure, BKT_FORMAT_STRUCTURE_SPECIFIC_2_1, 0);
    ck_assert_int_eq(bkt_writer_begin_dataset(writer, &options), BKT_OK);
    (void)written(table, table);
    ck_assert(is_told("for BKT:OTHER(1.0): the data set is written without"));
    ck_assert_uint_eq(bkt_context_diagnostic_count(context), 1);
    bkt_table_free(table);
}
END_TEST

/* A balance does not say of what it is; the only data structure says it. */
START_TEST(data_that_name_no_structure_are_of_the_only_one) {
    bkt_table_builder *builder;
    bkt_table *table;
    static const char *const area[] = {"BY"};
    static const char *const time[] = {"2011"};
    ck_assert_int_eq(bkt_table_builder_new(context, &builder), BKT_OK);
    ck_assert_int_eq(bkt_table_builder_add_texts(builder, "AREA", BKT_ROLE_DIMENSION, area, 1),
                     BKT_OK);
    ck_assert_int_eq(bkt_table_builder_add_periods(builder, "TIME_PERIOD", time, 1), BKT_OK);
    ck_assert_int_eq(bkt_table_builder_finish(builder, &table), BKT_OK);
    open_with(structure, BKT_FORMAT_STRUCTURE_SPECIFIC_2_1, 0);
    bkt_structure_free(structure); /* the writer holds it */
    structure = NULL;
    (void)written(table, NULL);
    static const char *const parts[] = {"agencyID=\"BKT\" id=\"TRADE\" version=\"1.0\"", NULL};
    assert_parts(bkt_writer_bytes_view(writer, NULL), parts);
    bkt_table_free(table);
}
END_TEST

static bkt_status write_two(bkt_context *own, int32_t format, const bkt_table *first,
                            const bkt_table *second) {
    bkt_write_options options = write_as(format, 0);
    options.data_structures = structure;
    bkt_writer *to;
    bkt_status status = bkt_writer_open_memory(own, &options, &to);
    status = status == BKT_OK ? bkt_writer_announce(to, NULL, second) : status;
    status = status == BKT_OK ? bkt_writer_write(to, first) : status;
    status = status == BKT_OK ? bkt_writer_write(to, second) : status;
    status = status == BKT_OK ? bkt_writer_finish(to) : status;
    ck_assert(status != BKT_OK || bkt_writer_bytes_view(to, NULL) != NULL);
    bkt_writer_free(to);
    return status;
}

static void fail_in_turn(int32_t format, const sheet *one, const sheet *other, int rows) {
    failing_memory memory = {0};
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *own = failing_memory_context(&memory);
        ck_assert_ptr_nonnull(own);
        bkt_table *first = sheet_table(own, one, 1);
        bkt_table *second = sheet_table(own, other, rows);
        failing_memory_arm(&memory);
        bkt_status status = write_two(own, format, first, second);
        failing_memory_disarm(&memory);
        if (status != BKT_OK && (status != BKT_ERR_MEMORY || !memory.has_failed)) {
            ck_abort_msg("turn %llu: %d", (unsigned long long)n, (int)status);
        }
        bkt_table_free(first);
        bkt_table_free(second);
        bkt_context_free(own);
        failing_memory_check(&memory);
    }
}

START_TEST(memory_that_fails_is_told_and_nothing_leaks) {
    static const sheet torn = {
        {"dFREQ", "dAREA", "dFLOW", "tTIME_PERIOD", "vOBS_VALUE", "aTITLE", "aEXTRA"},
        {{"A", "BY", "X", "2011", "1", "one", "e"}, {"Q", "BY", "X", "2011-Q1", "2", "two", NULL}},
    };
    fail_in_turn(BKT_FORMAT_STRUCTURE_SPECIFIC_2_1, &first_part, &comes_late, 2);
    fail_in_turn(BKT_FORMAT_GENERIC_2_1, &first_part, &torn, 2);
    fail_in_turn(BKT_FORMAT_STRUCTURE_SPECIFIC_3_0, &first_part, &torn, 2);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("writer/levels");
    TCase *test_case = tcase_create("levels");
    tcase_add_checked_fixture(test_case, start, finish);
    tcase_add_test(test_case, a_data_structure_says_the_order_and_the_levels);
    tcase_add_test(test_case, csv_has_the_order_of_the_structure);
    tcase_add_test(test_case, values_that_contradict_their_level_stay_whole);
    tcase_add_test(test_case, a_row_without_the_whole_key_of_a_group_is_of_none);
    tcase_add_test(test_case, groups_of_a_stream_stand_before_their_series);
    tcase_add_test(test_case, a_stream_of_groups_keeps_those_of_a_data_set);
    tcase_add_test(test_case, columns_know_their_groups_without_a_structure);
    tcase_add_test(test_case, data_that_delete_have_no_groups);
    tcase_add_test(test_case, what_the_structure_lacks_is_told);
    tcase_add_test(test_case, data_that_name_no_structure_are_of_the_only_one);
    tcase_add_test(test_case, memory_that_fails_is_told_and_nothing_leaks);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
