/* SPDX-License-Identifier: MIT */
/* The checks of vector_check.h as a program that needs the C library alone: for processors that are
 * emulated. Takes fewer alignments and mixtures, because that is slow. */
#include "vector_check.h"

int main(void) {
    size_t failures = 0;
    for (size_t i = 0; bkti_vector_at(i) != NULL; i++) {
        const bkti_vector *vector = bkti_vector_at(i);
        size_t found = check_short_sequences(vector, 9) + check_long_sequences(vector, 9) +
                       check_mixtures(vector, 20) + check_places(vector) + check_tags(vector, 12) +
                       check_long_texts(vector);
        printf("%s: %zu failures\n", vector->name, found);
        failures += found;
    }
    return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
