/* SPDX-License-Identifier: MIT */
/* What the reader saw and warned of, as findings: a table has one value where a message had two. */
#include <stdio.h>

#include "bkti_findings.h"

static bool is_conflict(const bkt_diagnostic *diagnostic) {
    return bkt_diagnostic_status(diagnostic) == BKT_ERR_REPEATED_COMPONENT &&
           bkt_diagnostic_severity(diagnostic) == BKT_SEVERITY_WARNING;
}

/* "" is how a diagnostic says that it doesn't know. */
static const char *known(const char *text) {
    return text == NULL || text[0] == '\0' ? NULL : text;
}

static bkt_status keep(bkti_findings *findings, const bkt_diagnostic *diagnostic,
                       int32_t *out_index) {
    bkt_status status = BKT_OK;
    char dataset[16] = "";
    if (bkt_diagnostic_dataset(diagnostic) > 0) {
        snprintf(dataset, sizeof dataset, "%u", (unsigned)bkt_diagnostic_dataset(diagnostic));
    }
    const bkti_finding finding = {
        .kind = BKTI_FINDING_ATTRIBUTE_CONFLICT,
        .source = bkti_findings_text(findings, known(bkt_diagnostic_source(diagnostic)), &status),
        .dataset = bkti_findings_text(findings, known(dataset), &status),
        .series = bkti_findings_text(findings, known(bkt_diagnostic_series(diagnostic)), &status),
        .period = bkti_findings_text(findings, known(bkt_diagnostic_period(diagnostic)), &status),
        .component = -1,
        .value = bkti_findings_text(findings, bkt_diagnostic_text(diagnostic), &status),
        .expected = bkti_findings_text(findings, "one value", &status),
        .line = (int64_t)bkt_diagnostic_line(diagnostic),
    };
    return status == BKT_OK ? bkti_findings_keep(findings, &finding, out_index) : status;
}

bkt_status bkti_findings_add_warnings(bkti_findings *findings, const bkt_context *warned) {
    const int kind = BKTI_FINDING_ATTRIBUTE_CONFLICT;
    uint32_t count = bkt_context_diagnostic_count(warned);
    for (uint32_t i = 0; i < count; i++) {
        const bkt_diagnostic *diagnostic = bkt_context_diagnostic_at(warned, i);
        if (!is_conflict(diagnostic)) {
            continue;
        }
        int32_t index = -1;
        bkt_status status =
            bkti_findings_count(findings, kind) ? keep(findings, diagnostic, &index) : BKT_OK;
        if (status != BKT_OK) {
            return status;
        }
        int64_t more = (int64_t)bkt_diagnostic_repeats(diagnostic);
        bkti_findings_add_rows(findings, kind, index, 1);
        findings->found[kind] += more;
        findings->rows[kind] += more;
    }
    return BKT_OK;
}
