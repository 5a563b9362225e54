/* SPDX-License-Identifier: MIT */
#include "bkti_language.h"

int bkti_language_fit(bkti_span language, bkti_span wanted) {
    static const bkti_span english = {"en", 2};
    language = language.size == 0 ? english : language;
    wanted = wanted.size == 0 ? english : wanted;
    size_t base = 0;
    while (base < wanted.size && wanted.data[base] != '-' && wanted.data[base] != '_') {
        base++;
    }
    bool is_same_base =
        language.size >= base && base > 0 &&
        bkti_span_equal_caseless((bkti_span){language.data, base},
                                 (bkti_span){wanted.data, base}) &&
        (language.size == base || language.data[base] == '-' || language.data[base] == '_');
    bool is_english = bkti_span_equal_caseless(language, english) ||
                      (language.size > 2 && (language.data[2] == '-' || language.data[2] == '_') &&
                       bkti_span_equal_caseless((bkti_span){language.data, 2}, english));
    return bkti_span_equal_caseless(language, wanted)    ? 6
           : is_same_base && language.size == base       ? 5
           : is_same_base                                ? 4
           : is_english && language.size == english.size ? 3
           : is_english                                  ? 2
                                                         : 1;
}
