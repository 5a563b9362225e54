/* SPDX-License-Identifier: MIT */
/* How SDMX names structures, and what is read out of it. */
#include <check.h>

#include "bkti_message_parts.h"
#include "run_suite.h"

static const struct urn {
    const char *text;
    const char *structure;
    const char *dataflow;
    const char *dimension;
} urns[] = {
    {"urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=ECB:EXR(1.0):ObsLevelDim:TIME_PERIOD",
     "ECB:EXR(1.0)", NULL, "TIME_PERIOD"},
    {"urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=ESTAT:DEM(1.0):ObsLevelDim:DEMO:"
     "explicit",
     "ESTAT:DEM(1.0)", NULL, "DEMO"},
    {"urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=IMF.STA:IMTS(1.0.0):ObsLevelDim:"
     "AllDimensions",
     NULL, "IMF.STA:IMTS(1.0.0)", "AllDimensions"},
    {" urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=ECB:EXR(1.0) ", NULL, "ECB:EXR(1.0)",
     NULL},
    {"urn:sdmx:org.sdmx.infomodel.keyfamily.KeyFamily=BIS:EXT_DEBT:compact", "BIS:EXT_DEBT", NULL,
     NULL},
    {"URN:SDMX:org.sdmx.infomodel.keyfamily.KeyFamily=SDMX-HD:compact", "SDMX-HD", NULL, NULL},
    {"urn:sdmx:org.sdmx.infomodel.registry.ProvisionAgreement=A:B(1.0)", NULL, NULL, NULL},
    {"urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=", NULL, NULL, NULL},
    {"http://oecd.stat.org/Data", NULL, NULL, NULL},
    {"urn:sdmx:", NULL, NULL, NULL},
    {"", NULL, NULL, NULL},
};

static void assert_text(const char *found, const char *expected, const char *of) {
    ck_assert_msg(found == expected ||
                      (found != NULL && expected != NULL && strcmp(found, expected) == 0),
                  "%s: '%s', not '%s'", of, found == NULL ? "(none)" : found,
                  expected == NULL ? "(none)" : expected);
}

START_TEST(urns_name_structures_dataflows_and_dimensions) {
    const struct urn *urn = &urns[_i];
    bkti_memory *memory = bkti_memory_new(NULL);
    bkti_fields fields = {{NULL}};
    ck_assert(bkti_fields_set_urn(memory, &fields, bkti_span_of(urn->text)));
    assert_text(fields.texts[BKTI_FIELD_STRUCTURE], urn->structure, urn->text);
    assert_text(fields.texts[BKTI_FIELD_DATAFLOW], urn->dataflow, urn->text);
    assert_text(fields.texts[BKTI_FIELD_DIMENSION], urn->dimension, urn->text);
    bkti_fields_clear(memory, &fields);
    bkti_memory_drop(memory);
}
END_TEST

START_TEST(what_is_set_first_stays) {
    bkti_memory *memory = bkti_memory_new(NULL);
    bkti_fields near_fields = {{NULL}};
    bkti_fields far_fields = {{NULL}};
    ck_assert(bkti_fields_set_reference(memory, &near_fields, BKTI_FIELD_STRUCTURE,
                                        BKTI_SPAN("BKT"), BKTI_SPAN("TRADE"), BKTI_SPAN("1.0")));
    ck_assert(bkti_fields_set_reference(memory, &near_fields, BKTI_FIELD_DATAFLOW, BKTI_SPAN(""),
                                        BKTI_SPAN("FLOW"), BKTI_SPAN("")));
    ck_assert(bkti_fields_set(memory, &far_fields, BKTI_FIELD_STRUCTURE, BKTI_SPAN("other")));
    ck_assert(bkti_fields_set(memory, &far_fields, BKTI_FIELD_ACTION, BKTI_SPAN("Append")));
    ck_assert(bkti_fields_fill(memory, &near_fields, &far_fields));
    ck_assert_str_eq(near_fields.texts[BKTI_FIELD_STRUCTURE], "BKT:TRADE(1.0)");
    ck_assert_str_eq(near_fields.texts[BKTI_FIELD_DATAFLOW], "FLOW");
    ck_assert_str_eq(near_fields.texts[BKTI_FIELD_ACTION], "Append");
    bkti_fields_clear(memory, &near_fields);
    bkti_fields_clear(memory, &far_fields);
    ck_assert_uint_lt(bkti_memory_used(memory), 100); /* its own */
    bkti_memory_drop(memory);
}
END_TEST

START_TEST(standard_attributes_are_known) {
    ck_assert_int_eq(bkti_fields_standard(BKTI_SPAN("structureRef")), BKTI_FIELD_REFERENCE);
    ck_assert_int_eq(bkti_fields_standard(BKTI_SPAN("dataScope")), -1);
    ck_assert_int_eq(bkti_fields_standard(BKTI_SPAN("DECIMALS")), -2);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("fields");
    TCase *test_case = tcase_create("fields");
    tcase_add_loop_test(test_case, urns_name_structures_dataflows_and_dimensions, 0,
                        (int)(sizeof urns / sizeof *urns));
    tcase_add_test(test_case, what_is_set_first_stays);
    tcase_add_test(test_case, standard_attributes_are_known);
    suite_add_tcase(suite, test_case);
    return run_suite(suite);
}
