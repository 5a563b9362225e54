/* SPDX-License-Identifier: MIT */
/* Attributes that stand where the structure does not attach them. Only messages in series of time
 * tell it: in flat ones all attributes stand at the observation. */
#include <string.h>

#include "bkti_validator.h"

static bool is_in_time_series(const bkti_validator *validator, const bkt_table *batch) {
    const char *dimension = bkt_table_property(batch, "dimension_at_observation");
    const char *message = bkt_table_property(batch, "message");
    if (dimension == NULL) { /* before 2.1 all are, but one */
        return message != NULL && strstr(message, "CrossSectional") == NULL &&
               (strncmp(message, "SDMX-ML 1.0 ", 12) == 0 ||
                strncmp(message, "SDMX-ML 2.0 ", 12) == 0);
    }
    return validator->time != NULL &&
           (strcmp(dimension, validator->time->id) == 0 || strcmp(dimension, "TIME_PERIOD") == 0);
}

/* What is attached to series may also be told once for a group of them, and the other way round. */
static bool is_right(int32_t wanted, int32_t found) {
    bool of_several = wanted == BKT_LEVEL_GROUP || wanted == BKT_LEVEL_SERIES;
    return wanted == found || wanted == BKT_LEVEL_NONE || found == BKT_LEVEL_NONE ||
           (of_several && (found == BKT_LEVEL_GROUP || found == BKT_LEVEL_SERIES));
}

static const char *level_text(int32_t level) {
    switch (level) {
    case BKT_LEVEL_DATASET:
        return "at the data set";
    case BKT_LEVEL_GROUP:
        return "at the group";
    case BKT_LEVEL_SERIES:
        return "at the series";
    default:
        return "at the observation";
    }
}

bkt_status bkti_validator_check_levels(bkti_validator *validator, const bkt_table *batch) {
    if (!is_in_time_series(validator, batch)) {
        return BKT_OK;
    }
    bkt_status status = BKT_OK;
    for (size_t i = 0; i < validator->rules->count && status == BKT_OK; i++) {
        bkti_judged *judged = &validator->items[i];
        int64_t rows = validator->batch_rows - judged->null_count;
        int32_t found = bkt_column_level(judged->column);
        if (judged->rule->role != BKT_ROLE_ATTRIBUTE || rows == 0 ||
            is_right(judged->rule->level, found)) {
            continue;
        }
        if (judged->misplaced == BKTI_NOT_YET) {
            status = bkti_validator_report(validator, BKTI_FINDING_ATTRIBUTE_LEVEL, -1, judged->id,
                                           level_text(found), level_text(judged->rule->level), 0,
                                           &judged->misplaced);
        }
        bkti_findings_add_rows(&validator->findings, BKTI_FINDING_ATTRIBUTE_LEVEL,
                               judged->misplaced, rows);
    }
    return status;
}
