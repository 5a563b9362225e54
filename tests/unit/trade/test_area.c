/* SPDX-License-Identifier: MIT */
/* Areas: each code stands for one area, each area is found by all of its codes and names. */
#include "trade_fixture.h"

#include "bkti_area.h"
#include "bkti_codes.h"
#include "run_suite.h"

static void check_found(const char *text, const char *iso3) {
    const bkt_area *area = bkt_area_find(text);
    ck_assert_msg(area != NULL, "'%s' is not found", text);
    ck_assert_msg(strcmp(bkt_area_code(area, BKT_AREA_SYSTEM_ISO3), iso3) == 0, "'%s' is %s", text,
                  bkt_area_name(area));
}

START_TEST(the_pair_is_found_by_every_code) {
    static const char *const belarus[] = {
        "BY",  "by",  "BLR",     "112",     "0112",
        "913", "Blr", "Belarus", "BELARUS", "Republic of Belarus"};
    static const char *const kazakhstan[] = {"KZ",  "KAZ",        "398",
                                             "916", "kazakhstan", " Kazakhstan "};
    for (size_t i = 0; i < sizeof belarus / sizeof belarus[0]; i++) {
        check_found(belarus[i], "BLR");
    }
    for (size_t i = 0; i < sizeof kazakhstan / sizeof kazakhstan[0]; i++) {
        check_found(kazakhstan[i], "KAZ");
    }
}
END_TEST

START_TEST(a_number_is_read_in_its_system) {
    ck_assert_str_eq(bkt_area_name(bkt_area_find_in(BKT_AREA_SYSTEM_M49, "112")), "Belarus");
    ck_assert_str_eq(bkt_area_name(bkt_area_find_in(BKT_AREA_SYSTEM_IMF, "112")), "United Kingdom");
    ck_assert_str_eq(bkt_area_name(bkt_area_find_in(BKT_AREA_SYSTEM_IMF, "913")), "Belarus");
    ck_assert_ptr_null(bkt_area_find_in(BKT_AREA_SYSTEM_M49, "913"));
    ck_assert_str_eq(bkt_area_name(bkt_area_find_in(BKT_AREA_SYSTEM_M49, "8")), "Albania");
    ck_assert_str_eq(bkt_area_name(bkt_area_find_in(BKT_AREA_SYSTEM_M49, "008")), "Albania");
    ck_assert_ptr_null(bkt_area_find_in(BKT_AREA_SYSTEM_ISO2, "BLR"));
    ck_assert_ptr_null(bkt_area_find_in(BKT_AREA_SYSTEM_ISO3, "BY"));
    ck_assert_ptr_null(bkt_area_find_in(BKT_AREA_SYSTEM_LOCAL, "BELA"));
    ck_assert_ptr_null(bkt_area_find_in(BKT_AREA_SYSTEM_NONE, "BLR"));
}
END_TEST

/* UN Comtrade's own numbers beside those of ISO. */
START_TEST(comtrade_numbers_are_known) {
    check_found("842", "USA");
    check_found("840", "USA");
    check_found("251", "FRA");
    check_found("381", "ITA");
    check_found("579", "NOR");
    check_found("757", "CHE");
    check_found("699", "IND");
    ck_assert_int_eq(bkt_area_kind(bkt_area_find("899")), BKT_AREA_KIND_UNSPECIFIED);
    ck_assert_int_eq(bkt_area_kind(bkt_area_find("810")), BKT_AREA_KIND_FORMER);
}
END_TEST

START_TEST(names_are_found_as_people_write_them) {
    check_found("Russian Federation", "RUS");
    check_found("Russia", "RUS");
    check_found("UK", "GBR");
    check_found("Czech Republic", "CZE");
    check_found("Viet Nam", "VNM");
    check_found("China, P.R.: Hong Kong", "HKG");
    check_found("Cote d'Ivoire", "CIV");
    check_found("C\xc3\xb4te d'Ivoire", "CIV");
    check_found("guinea bissau", "GNB");
    check_found("Venezuela", "VEN");
    check_found("Turkey", "TUR");
    check_found("Kyrgyz Republic", "KGZ");
    check_found("EL", "GRC");
    check_found("ROM", "ROU");
    ck_assert_ptr_null(bkt_area_find("Atlantis"));
    ck_assert_ptr_null(bkt_area_find(""));
    ck_assert_ptr_null(bkt_area_find("  "));
    ck_assert_ptr_null(bkt_area_find("."));
    ck_assert_ptr_null(bkt_area_find(NULL));
    ck_assert_ptr_null(bkt_area_find("999999999999"));
}
END_TEST

START_TEST(the_world_and_groups_are_not_countries) {
    static const char *const world[] = {"W0",  "W00",  "W1", "WLD", "WORLD", "World", "0",
                                        "000", "G001", "W",  "001", "1",     "_T"};
    for (size_t i = 0; i < sizeof world / sizeof world[0]; i++) {
        ck_assert_msg(bkt_area_kind(bkt_area_find(world[i])) == BKT_AREA_KIND_WORLD, "%s",
                      world[i]);
    }
    static const char *const groups[] = {"EAEU",  "EU27_2020", "CIS", "G998",
                                         "GX080", "TX001",     "EU",  "EXT_EU27_2020"};
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
        ck_assert_msg(bkt_area_kind_of_code(BKT_AREA_SYSTEM_NONE, groups[i]) == BKT_AREA_KIND_GROUP,
                      "%s", groups[i]);
    }
    ck_assert_int_eq(bkt_area_kind_of_code(BKT_AREA_SYSTEM_NONE, "TX898"),
                     BKT_AREA_KIND_UNSPECIFIED);
    ck_assert_int_eq(bkt_area_kind_of_code(BKT_AREA_SYSTEM_NONE, "_Z"), BKT_AREA_KIND_NONE);
    ck_assert_int_eq(bkt_area_kind_of_code(BKT_AREA_SYSTEM_NONE, "BY"), BKT_AREA_KIND_COUNTRY);
    ck_assert_int_eq(bkt_area_kind_of_code(BKT_AREA_SYSTEM_IMF, "112"), BKT_AREA_KIND_COUNTRY);
    ck_assert_int_eq(bkt_area_kind_of_code(BKT_AREA_SYSTEM_NONE, "GAB12"), BKT_AREA_KIND_UNKNOWN);
    ck_assert_int_eq(bkt_area_kind_of_code(BKT_AREA_SYSTEM_NONE, NULL), BKT_AREA_KIND_UNKNOWN);
}
END_TEST

START_TEST(no_code_stands_for_two_areas) {
    static const int32_t systems[] = {BKT_AREA_SYSTEM_ISO2, BKT_AREA_SYSTEM_ISO3,
                                      BKT_AREA_SYSTEM_M49, BKT_AREA_SYSTEM_IMF};
    for (uint32_t i = 0; i < bkt_area_count(); i++) {
        const bkt_area *area = bkt_area_at(i);
        for (size_t k = 0; k < sizeof systems / sizeof systems[0]; k++) {
            const char *code = bkt_area_code(area, systems[k]);
            ck_assert_msg(code[0] == '\0' || bkt_area_find_in(systems[k], code) == area,
                          "%s of %s is %s", code, bkt_area_name(area),
                          bkt_area_name(bkt_area_find_in(systems[k], code)));
        }
        bkti_span numbers = bkti_span_of(area->more_m49);
        bkti_span others = bkti_span_of(area->other_codes);
        bkti_span word;
        char code[32];
        while (bkti_codes_next(&numbers, &word) || bkti_codes_next(&others, &word)) {
            memcpy(code, word.data, word.size);
            code[word.size] = '\0';
            ck_assert_msg(bkt_area_find(code) == area, "%s of %s is %s", code, bkt_area_name(area),
                          bkt_area_name(bkt_area_find(code)));
        }
    }
}
END_TEST

START_TEST(no_name_stands_for_two_areas) {
    for (uint32_t i = 0; i < bkt_area_count(); i++) {
        const bkt_area *area = bkt_area_at(i);
        ck_assert_ptr_eq(bkt_area_find_in(BKT_AREA_SYSTEM_NONE, bkt_area_name(area)), area);
        for (const char *name = area->other_names; *name != '\0';) {
            char text[120];
            size_t size = strcspn(name, "|");
            ck_assert_uint_lt(size, sizeof text);
            memcpy(text, name, size);
            text[size] = '\0';
            ck_assert_msg(bkt_area_find_in(BKT_AREA_SYSTEM_NONE, text) == area, "%s", text);
            name += size + (name[size] == '|');
        }
    }
}
END_TEST

/* ISO 3166-1 has 249 countries and territories; Kosovo is beside them. */
START_TEST(every_country_has_its_iso_codes) {
    uint32_t countries = 0;
    uint32_t numbered = 0;
    for (uint32_t i = 0; i < bkt_area_count(); i++) {
        const bkt_area *area = bkt_area_at(i);
        if (bkt_area_kind(area) == BKT_AREA_KIND_COUNTRY) {
            countries++;
            ck_assert_uint_eq(strlen(bkt_area_code(area, BKT_AREA_SYSTEM_ISO2)), 2);
            ck_assert_uint_eq(strlen(bkt_area_code(area, BKT_AREA_SYSTEM_ISO3)), 3);
            numbered += strlen(bkt_area_code(area, BKT_AREA_SYSTEM_M49)) == 3;
        }
    }
    ck_assert_uint_eq(countries, 250);
    ck_assert_uint_eq(numbered, 249);
}
END_TEST

static int32_t system_of(const char *list) {
    const char *codes[16];
    static char text[120];
    size_t count = 0;
    strcpy(text, list);
    for (char *code = strtok(text, " "); code != NULL; code = strtok(NULL, " ")) {
        codes[count++] = code;
    }
    return bkt_area_system_of_codes(codes, count);
}

START_TEST(the_system_is_told_from_all_codes) {
    ck_assert_int_eq(system_of("BY KZ W0 EU27_2020"), BKT_AREA_SYSTEM_ISO2);
    ck_assert_int_eq(system_of("BLR KAZ G001 GX080"), BKT_AREA_SYSTEM_ISO3);
    ck_assert_int_eq(system_of("112 398 643 0"), BKT_AREA_SYSTEM_M49);
    ck_assert_int_eq(system_of("913 916 922 001"), BKT_AREA_SYSTEM_IMF);
    ck_assert_int_eq(system_of("112 913 124 156"), BKT_AREA_SYSTEM_IMF);
    /* Belarus and Canada, or the United Kingdom and Belgium. */
    ck_assert_int_eq(system_of("112 124"), BKT_AREA_SYSTEM_NONE);
    ck_assert_int_eq(system_of("BELA KAZA"), BKT_AREA_SYSTEM_NONE);
    ck_assert_int_eq(bkt_area_system_of_codes(NULL, 3), BKT_AREA_SYSTEM_NONE);
    const char *with_gaps[] = {NULL, "BY", NULL};
    ck_assert_int_eq(bkt_area_system_of_codes(with_gaps, 3), BKT_AREA_SYSTEM_ISO2);
}
END_TEST

START_TEST(getters_take_nothing_for_nothing) {
    ck_assert_ptr_null(bkt_area_at(bkt_area_count()));
    ck_assert_str_eq(bkt_area_name(NULL), "");
    ck_assert_str_eq(bkt_area_code(NULL, BKT_AREA_SYSTEM_ISO2), "");
    ck_assert_str_eq(bkt_area_code(bkt_area_at(0), 99), "");
    ck_assert_int_eq(bkt_area_kind(NULL), BKT_AREA_KIND_UNKNOWN);
    ck_assert_str_eq(bkt_area_system_text(BKT_AREA_SYSTEM_M49), "UN M49");
    ck_assert_str_eq(bkt_area_system_text(-1), "unknown system");
}
END_TEST

int main(void) {
    Suite *suite = suite_create("area");
    TCase *tests = tcase_create("area");
    tcase_add_test(tests, the_pair_is_found_by_every_code);
    tcase_add_test(tests, a_number_is_read_in_its_system);
    tcase_add_test(tests, comtrade_numbers_are_known);
    tcase_add_test(tests, names_are_found_as_people_write_them);
    tcase_add_test(tests, the_world_and_groups_are_not_countries);
    tcase_add_test(tests, no_code_stands_for_two_areas);
    tcase_add_test(tests, no_name_stands_for_two_areas);
    tcase_add_test(tests, every_country_has_its_iso_codes);
    tcase_add_test(tests, the_system_is_told_from_all_codes);
    tcase_add_test(tests, getters_take_nothing_for_nothing);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
