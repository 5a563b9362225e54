/* SPDX-License-Identifier: MIT */
/* What a structure says of columns, and names as columns of their own. */
#include "bkti_column.h"

bkti_labels *bkti_labels_hold(bkti_labels *labels) {
    if (labels != NULL) {
        atomic_fetch_add_explicit(&labels->references, 1, memory_order_relaxed);
    }
    return labels;
}

void bkti_labels_drop(bkti_labels *labels) {
    if (labels != NULL &&
        atomic_fetch_sub_explicit(&labels->references, 1, memory_order_acq_rel) == 1) {
        labels->end(labels);
    }
}

const char *bkt_column_type(const bkt_column *column) {
    return column == NULL || column->labels == NULL ? NULL : column->labels->type;
}

const char *bkt_column_code_list(const bkt_column *column) {
    return column == NULL || column->labels == NULL ? NULL : column->labels->code_list;
}

const char *bkt_column_name(const bkt_column *column, const char *language) {
    return column == NULL || column->labels == NULL
               ? NULL
               : column->labels->concept_name(column->labels, language);
}

const char *bkt_column_dictionary_name(const bkt_column *column, int32_t code,
                                       const char *language) {
    const char *text = bkt_column_dictionary_text(column, code);
    return text == NULL || column->labels == NULL
               ? NULL
               : column->labels->code_name(column->labels, text, language);
}
