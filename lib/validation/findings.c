/* SPDX-License-Identifier: MIT */
#include "bkti_findings.h"

#include <string.h>

#include "bkti_table.h"

bkt_status bkti_findings_open(bkti_findings *findings, bkt_context *context, int64_t limit) {
    memset(findings, 0, sizeof *findings);
    findings->context = context;
    findings->memory = bkti_context_memory(context);
    findings->limit = limit;
    findings->texts = bkti_dictionary_new(findings->memory);
    return findings->texts == NULL ? bkti_no_memory(context) : BKT_OK;
}

void bkti_findings_close(bkti_findings *findings) {
    bkti_dictionary_drop(findings->texts);
    if (findings->memory != NULL) {
        bkti_release(findings->memory, findings->items);
    }
}

bool bkti_findings_count(bkti_findings *findings, int kind) {
    return ++findings->found[kind] <= findings->limit;
}

int32_t bkti_findings_text(bkti_findings *findings, const char *text, bkt_status *status) {
    if (text == NULL || *status != BKT_OK) {
        return -1;
    }
    int32_t code = bkti_dictionary_add(findings->texts, bkti_span_of(text));
    if (code < 0) {
        *status = bkti_no_memory(findings->context);
    }
    return code;
}

bkt_status bkti_findings_keep(bkti_findings *findings, const bkti_finding *finding,
                              int32_t *out_index) {
    void *items = findings->items;
    if (!bkti_grow(findings->memory, &items, &findings->capacity, findings->count + 1,
                   sizeof *finding)) {
        return bkti_no_memory(findings->context);
    }
    findings->items = items;
    *out_index = (int32_t)findings->count;
    findings->items[findings->count++] = *finding;
    return BKT_OK;
}

void bkti_findings_add_rows(bkti_findings *findings, int kind, int32_t index, int64_t rows) {
    findings->rows[kind] += rows;
    if (index >= 0) {
        findings->items[index].rows += rows;
    }
}

/* ---- As tables ---- */

typedef struct column_facts {
    const char *id;
    int32_t kind;
    int32_t role;
    const char *label;
} column_facts;

static bkt_status add_columns(bkti_table_writer *writer, const column_facts *facts, size_t count) {
    bkt_status status = BKT_OK;
    for (size_t i = 0; i < count && status == BKT_OK; i++) {
        uint32_t index;
        status = bkti_table_writer_add_column(writer, bkti_span_of(facts[i].id), facts[i].kind,
                                              facts[i].role, BKT_LEVEL_NONE, &index);
        status = status == BKT_OK ? bkti_table_writer_set_label(writer, index, facts[i].label, NULL)
                                  : status;
    }
    return status;
}

static bkt_status put_text(bkti_table_writer *writer, bkt_context *context, uint32_t column,
                           int64_t row, const char *text) {
    if (text == NULL) {
        return BKT_OK;
    }
    int32_t code = bkti_table_writer_code(writer, column, bkti_span_of(text));
    return code < 0
               ? bkti_no_memory(context)
               : bkti_column_put_code(writer, bkti_table_writer_column(writer, column), row, code);
}

static bkt_status put_count(bkti_table_writer *writer, uint32_t column, int64_t row,
                            int64_t count) {
    return bkti_column_put_number(writer, bkti_table_writer_column(writer, column), row,
                                  (double)count);
}

static const char *severity_text(int kind) {
    return bkti_finding_kinds[kind].severity == BKT_SEVERITY_ERROR ? "error" : "warning";
}

static const column_facts COLUMNS[] = {
    {"KIND", BKT_KIND_TEXT, BKT_ROLE_DIMENSION, "Kind"},
    {"SEVERITY", BKT_KIND_TEXT, BKT_ROLE_ATTRIBUTE, "Severity"},
    {"SOURCE", BKT_KIND_TEXT, BKT_ROLE_PROVENANCE, "Source"},
    {"DATASET", BKT_KIND_TEXT, BKT_ROLE_PROVENANCE, "Data set"},
    {"LINE", BKT_KIND_NUMBER, BKT_ROLE_PROVENANCE, "Line"},
    {"ROW", BKT_KIND_NUMBER, BKT_ROLE_PROVENANCE, "Row of the data set"},
    {"SERIES_KEY", BKT_KIND_TEXT, BKT_ROLE_ATTRIBUTE, "Series key"},
    {"PERIOD", BKT_KIND_TEXT, BKT_ROLE_ATTRIBUTE, "Period"},
    {"COMPONENT", BKT_KIND_TEXT, BKT_ROLE_ATTRIBUTE, "Component"},
    {"VALUE", BKT_KIND_TEXT, BKT_ROLE_ATTRIBUTE, "Value"},
    {"EXPECTED", BKT_KIND_TEXT, BKT_ROLE_ATTRIBUTE, "Expected"},
    {"ROWS", BKT_KIND_NUMBER, BKT_ROLE_MEASURE, "Rows concerned"},
};

static bkt_status put_finding(bkti_table_writer *writer, const bkti_findings *findings,
                              const bkti_finding *finding, int64_t row) {
    const int32_t texts[][2] = {{2, finding->source},    {3, finding->dataset},
                                {6, finding->series},    {7, finding->period},
                                {8, finding->component}, {9, finding->value},
                                {10, finding->expected}};
    bkt_context *context = findings->context;
    bkt_status status = put_text(writer, context, 0, row, bkti_finding_kinds[finding->kind].id);
    status =
        status == BKT_OK ? put_text(writer, context, 1, row, severity_text(finding->kind)) : status;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0] && status == BKT_OK; i++) {
        status = put_text(writer, context, (uint32_t)texts[i][0], row,
                          bkti_dictionary_text(findings->texts, texts[i][1]));
    }
    if (status == BKT_OK && finding->line > 0) {
        status = put_count(writer, 4, row, finding->line);
    }
    if (status == BKT_OK && finding->row > 0) {
        status = put_count(writer, 5, row, finding->row);
    }
    return status == BKT_OK ? put_count(writer, 11, row, finding->rows) : status;
}

bkt_status bkti_findings_table(const bkti_findings *findings, bkt_table **out_table) {
    bkti_table_writer *writer;
    bkt_status status = bkti_table_writer_new(findings->context, &writer);
    if (status == BKT_OK) {
        status = add_columns(writer, COLUMNS, sizeof COLUMNS / sizeof COLUMNS[0]);
    }
    for (size_t i = 0; i < findings->count && status == BKT_OK; i++) {
        status = put_finding(writer, findings, &findings->items[i], (int64_t)i);
    }
    if (status != BKT_OK) {
        bkti_table_writer_free(writer);
        return status;
    }
    return bkti_table_writer_finish(writer, (int64_t)findings->count, out_table);
}

static const column_facts SUMMARY[] = {
    {"KIND", BKT_KIND_TEXT, BKT_ROLE_DIMENSION, "Kind"},
    {"SEVERITY", BKT_KIND_TEXT, BKT_ROLE_ATTRIBUTE, "Severity"},
    {"FINDINGS", BKT_KIND_NUMBER, BKT_ROLE_MEASURE, "Findings"},
    {"ROWS", BKT_KIND_NUMBER, BKT_ROLE_MEASURE, "Rows concerned"},
    {"TEXT", BKT_KIND_TEXT, BKT_ROLE_ATTRIBUTE, "What it means"},
};

bkt_status bkti_findings_summary(const bkti_findings *findings, bkt_table **out_table) {
    bkti_table_writer *writer;
    bkt_context *context = findings->context;
    bkt_status status = bkti_table_writer_new(context, &writer);
    if (status == BKT_OK) {
        status = add_columns(writer, SUMMARY, sizeof SUMMARY / sizeof SUMMARY[0]);
    }
    int64_t row = 0;
    for (int kind = 0; kind < BKTI_FINDING_KIND_COUNT && status == BKT_OK; kind++) {
        if (findings->found[kind] == 0) {
            continue;
        }
        const char *const texts[] = {bkti_finding_kinds[kind].id, severity_text(kind),
                                     bkti_finding_kinds[kind].sentence};
        const uint32_t columns[] = {0, 1, 4};
        for (size_t i = 0; i < 3 && status == BKT_OK; i++) {
            status = put_text(writer, context, columns[i], row, texts[i]);
        }
        status = status == BKT_OK ? put_count(writer, 2, row, findings->found[kind]) : status;
        status = status == BKT_OK ? put_count(writer, 3, row, findings->rows[kind]) : status;
        row++;
    }
    if (status != BKT_OK) {
        bkti_table_writer_free(writer);
        return status;
    }
    return bkti_table_writer_finish(writer, row, out_table);
}
