/* SPDX-License-Identifier: MIT */
/* Names of artefacts, and versions. */
#include "bkti_structure.h"
#include "run_suite.h"

static const struct name {
    const char *text;
    const char *class_name, *agency, *id, *version, *part;
} names[] = {
    {"A", "", "", "A", "", ""},
    {"X.Y:A", "", "X.Y", "A", "", ""},
    {" X:A(1.0) ", "", "X", "A", "1.0", ""},
    {"A(1.0).B.C", "", "", "A", "1.0", "B.C"},
    {"urn:sdmx:org.sdmx.infomodel.codelist.Code=X:A(1+.0).B", "Code", "X", "A", "1+.0", "B"},
    {"URN:SDMX:org.sdmx.infomodel.keyfamily.KeyFamily=X:A[0.1]", "KeyFamily", "X", "A", "0.1", ""},
    {"urn:sdmx:org.sdmx.infomodel.DataStructure=X:A[0.1]", "DataStructure", "X", "A", "0.1", ""},
};

START_TEST(names_are_taken_apart) {
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        bkti_urn urn;
        ck_assert_msg(bkti_urn_parse(bkti_span_of(names[i].text), &urn), "%s", names[i].text);
        ck_assert(bkti_span_is(urn.class_name, names[i].class_name));
        ck_assert(bkti_span_is(urn.agency, names[i].agency));
        ck_assert(bkti_span_is(urn.id, names[i].id));
        ck_assert(bkti_span_is(urn.version, names[i].version));
        ck_assert(bkti_span_is(urn.part, names[i].part));
    }
    static const char *const none[] = {"",
                                       "  ",
                                       "X:",
                                       "A(1.0",
                                       "A(1.0)x",
                                       "(1.0)",
                                       "urn:sdmx:org.sdmx.infomodel.codelist.Codelist"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        bkti_urn urn;
        ck_assert_msg(!bkti_urn_parse(bkti_span_of(none[i]), &urn), "%s", none[i]);
    }
}
END_TEST

START_TEST(versions) {
    static const struct {
        const char *version, *wanted;
        bool matches;
    } cases[] = {
        {"1.0", "1.0", true},       {"1.0", "1.0.0", true},     {"1.0", "1.1", false},
        {"2.0", "", true},          {"2.0", "*", true},         {"2.0", "latest", true},
        {"1.3.0", "1.2+.0", true},  {"1.1.9", "1.2+.0", false}, {"2.0.0", "1.2+.0", false},
        {"2.0.0", "1+.2.0", true},  {"1.1.0", "1+.2.0", false}, {"1.2.4", "1.2.3+", true},
        {"1.2.2", "1.2.3+", false}, {"1.3.3", "1.2.3+", false}, {"1.2.5", "1.2+.0", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int against =
            bkti_version_against(bkti_span_of(cases[i].version), bkti_span_of(cases[i].wanted));
        ck_assert_msg((against == 0) == cases[i].matches, "%s for %s", cases[i].version,
                      cases[i].wanted);
    }
    static const char *const rising[] = {"0.9", "1.0.0-draft", "1.0", "1.0.1",
                                         "1.2", "1.10",        "2",   "10.0"};
    for (size_t i = 0; i + 1 < sizeof rising / sizeof *rising; i++) {
        ck_assert_int_lt(bkti_version_compare(bkti_span_of(rising[i]), bkti_span_of(rising[i + 1])),
                         0);
        ck_assert_int_gt(bkti_version_compare(bkti_span_of(rising[i + 1]), bkti_span_of(rising[i])),
                         0);
    }
    ck_assert_int_eq(bkti_version_compare(BKTI_SPAN("1.0"), BKTI_SPAN("1.0.0")), 0);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("reference");
    TCase *all = tcase_create("reference");
    tcase_add_test(all, names_are_taken_apart);
    tcase_add_test(all, versions);
    suite_add_tcase(suite, all);
    return run_suite(suite);
}
