/* SPDX-License-Identifier: MIT */
#include "bkti_result.h"

#include <stdio.h>

#include "bkti_number.h"
#include "bkti_text.h"

void bkti_result_open(bkti_result *result, bkt_context *context, int64_t row_count) {
    *result = (bkti_result){
        .context = context, .memory = bkti_context_memory(context), .row_count = row_count};
    result->status = bkti_table_writer_new(context, &result->writer);
}

uint32_t bkti_result_add_column(bkti_result *result, const char *id, int32_t kind, int32_t role,
                                const char *label, const char *unit) {
    uint32_t index = 0;
    if (result->status == BKT_OK) {
        result->status = bkti_table_writer_add_column(result->writer, bkti_span_of(id), kind, role,
                                                      BKT_LEVEL_NONE, &index);
    }
    if (result->status == BKT_OK && (label != NULL || unit != NULL)) {
        result->status = bkti_table_writer_set_label(result->writer, index, label, unit);
    }
    return index;
}

void bkti_result_put_text(bkti_result *result, uint32_t column, int64_t row, const char *text) {
    if (result->status != BKT_OK || text == NULL) {
        return;
    }
    int32_t code = bkti_table_writer_code(result->writer, column, bkti_span_of(text));
    result->status =
        code < 0 ? bkti_no_memory(result->context)
                 : bkti_column_put_code(
                       result->writer, bkti_table_writer_column(result->writer, column), row, code);
}

void bkti_result_put_period(bkti_result *result, uint32_t column, int64_t row, int32_t frequency,
                            int64_t ordinal) {
    char text[40];
    size_t size = 0;
    if (result->status == BKT_OK) {
        result->status = bkt_period_format(frequency, ordinal, text, sizeof text, &size);
    }
    if (result->status != BKT_OK) {
        return;
    }
    int32_t code =
        bkti_table_writer_period_code(result->writer, column, (bkti_span){text, size}, NULL, NULL);
    result->status =
        code < 0 ? bkti_no_memory(result->context)
                 : bkti_column_put_code(
                       result->writer, bkti_table_writer_column(result->writer, column), row, code);
}

void bkti_result_put_number(bkti_result *result, uint32_t column, int64_t row, double number,
                            int32_t reason) {
    if (result->status != BKT_OK) {
        return;
    }
    bkti_column_writer *writer = bkti_table_writer_column(result->writer, column);
    result->status = reason == BKT_MISSING_NOT
                         ? bkti_column_put_number(result->writer, writer, row, number)
                         : bkti_column_put_missing(result->writer, writer, row, (uint8_t)reason);
}

void bkti_result_set_property(bkti_result *result, const char *name, const char *text) {
    if (result->status == BKT_OK && text != NULL) {
        result->status = bkti_table_writer_set_property(result->writer, name, bkti_span_of(text));
    }
}

void bkti_result_set_number(bkti_result *result, const char *name, double number) {
    char text[40];
    bkti_number_format(number, text, sizeof text);
    bkti_result_set_property(result, name, text);
}

bkt_status bkti_result_finish(bkti_result *result, bkt_table **out_table) {
    if (result->status != BKT_OK) {
        bkti_table_writer_free(result->writer);
        return result->status;
    }
    return bkti_table_writer_finish(result->writer, result->row_count, out_table);
}

void bkti_unit_text(const char *currency, double unit_scale, char *buffer, size_t capacity) {
    static const struct {
        double scale;
        const char *word;
    } words[] = {{1, ""}, {1e3, "thousand"}, {1e6, "million"}, {1e9, "billion"}};
    char number[40];
    const char *word = NULL;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        word = unit_scale == words[i].scale ? words[i].word : word;
    }
    if (word == NULL) {
        bkti_number_format(unit_scale, number, sizeof number);
        word = number;
    }
    bool both = word[0] != '\0' && currency[0] != '\0';
    snprintf(buffer, capacity, "%s%s%s", word, both ? " " : "", currency);
}

/* The label with names in the place of {reporter} and {partner}. */
static void write_label(const bkti_pair *pair, const char *label, bkti_text *text) {
    static const char *const words[2] = {"{reporter}", "{partner}"};
    bkti_text_clear(text);
    while (*label != '\0') {
        int side = -1;
        for (int i = 0; i < 2; i++) {
            side = strncmp(label, words[i], strlen(words[i])) == 0 ? i : side;
        }
        if (side < 0) {
            bkti_text_append(text, label++, 1);
        } else {
            bkti_text_append_text(text, pair->view.targets[side].name);
            label += strlen(words[side]);
        }
    }
}

void bkti_result_add_indicators(bkti_result *result, const bkti_pair *pair,
                                const bkti_series *series) {
    char money[80];
    const char *units[] = {"", money, "fraction", "%", "index", "count", "flag"};
    bkti_unit_text(pair->unit, pair->options->unit_scale, money, sizeof money);
    bkti_text label;
    bkti_text_init(&label, result->memory);
    for (uint32_t i = 0; i < bkti_indicator_count; i++) {
        const bkt_indicator *indicator = &bkti_indicators[i];
        if (series[i].numbers == NULL) {
            continue;
        }
        write_label(pair, indicator->label, &label);
        if (label.failed && result->status == BKT_OK) {
            result->status = bkti_no_memory(result->context);
        }
        uint32_t column =
            bkti_result_add_column(result, indicator->id, BKT_KIND_NUMBER, BKT_ROLE_MEASURE,
                                   bkti_text_get(&label), units[indicator->unit]);
        for (int64_t row = 0; row < result->row_count; row++) {
            bkti_result_put_number(result, column, row, series[i].numbers[row],
                                   series[i].reasons[row]);
        }
    }
    bkti_text_free(&label);
}

void bkti_result_describe(bkti_result *result, const bkti_pair *pair) {
    bkti_text lines;
    bkti_text_init(&lines, result->memory);
    for (int32_t i = 0; i < bkti_dictionary_count(pair->assumptions); i++) {
        bkti_text_append_text(&lines, i == 0 ? "" : "\n");
        bkti_text_append_text(&lines, bkti_dictionary_text(pair->assumptions, i));
    }
    if (lines.failed && result->status == BKT_OK) {
        result->status = bkti_no_memory(result->context);
    }
    bkti_result_set_property(result, "profile", pair->profile->id);
    bkti_result_set_property(result, "reporter", pair->view.targets[0].code);
    bkti_result_set_property(result, "reporter_name", pair->view.targets[0].name);
    bkti_result_set_property(result, "partner", pair->view.targets[1].code);
    bkti_result_set_property(result, "partner_name", pair->view.targets[1].name);
    bkti_result_set_property(result, "unit", pair->unit);
    bkti_result_set_number(result, "unit_scale", pair->options->unit_scale);
    bkti_result_set_number(result, "cif_rate", pair->options->cif_rate);
    bkti_result_set_property(result, "frequency", bkt_frequency_code(pair->frequency));
    bkti_result_set_property(result, "assumptions", bkti_text_get(&lines));
    static const char *const kept[] = {"structure",   "dataflow", "source",
                                       "source_name", "sender",   "prepared"};
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++) {
        bkti_result_set_property(result, kept[i], bkt_table_property(pair->view.table, kept[i]));
    }
    bkti_text_free(&lines);
}
