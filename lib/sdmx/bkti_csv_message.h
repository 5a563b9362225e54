/* SPDX-License-Identifier: MIT */
/* An SDMX-CSV message: rows as facts. For the sdmx room alone. */
#ifndef BKTI_CSV_MESSAGE_H
#define BKTI_CSV_MESSAGE_H

#include "bkti_csv.h"
#include "bkti_message_parts.h"

enum bkti_csv_kind {
    BKTI_CSV_FACT,
    BKTI_CSV_VALUE,     /* OBS_VALUE */
    BKTI_CSV_STRUCTURE, /* of 1.0: DATAFLOW */
    BKTI_CSV_STRUCTURE_ID,
    BKTI_CSV_ACTION,
    BKTI_CSV_PASSED /* names and keys, which repeat what other columns say */
};

typedef struct bkti_csv_column {
    bkti_span id;
    uint8_t kind;
    bool is_attribute;      /* known to be no dimension */
    bool is_list;           /* has several values in a field */
    bool is_translated;     /* each with its language before it */
    bool has_names;         /* the column behind it has the names of its codes */
    bkti_span name;         /* what the header calls it; size 0: nothing but its id */
    bkti_dictionary *named; /* codes whose names were told in the data set; NULL */
    bkti_dictionary *names; /* which they were told with */
    int32_t *name_of;       /* of a code in names; -1: several were told */
    size_t name_capacity;
    int32_t last_named; /* the code before */
} bkti_csv_column;

#define BKTI_CSV_NONE UINT32_MAX
/* The fields that say which data set a row is of. */
#define BKTI_CSV_KEYS 3

struct bkti_csv_message {
    bkti_message *message;
    bkti_csv *scanner;
    const bkti_span *fields; /* of the row at hand; NULL */
    char separator;
    char divider;     /* between the values of a list; 0 */
    bool is_labelled; /* values have their names behind them: "A: Annual" */
    bool tells_names; /* this, or columns of names */
    bool has_lists;

    /* Columns; none before the header. */
    bkti_csv_column *columns;
    size_t column_capacity;
    uint32_t column_count;
    uint32_t value; /* columns, or BKTI_CSV_NONE */
    uint32_t time;
    uint32_t keys[BKTI_CSV_KEYS]; /* structure, its id, action */

    /* The running data set. */
    bool is_open;
    bool deletes;
    bool is_timeless;                   /* an observation of it has a value, but no time */
    bkti_text key_texts[BKTI_CSV_KEYS]; /* as they stand in the rows */

    /* Facts of a row: those that may be dimensions, and behind them attributes. */
    uint32_t count;
    uint32_t before_value;
    uint32_t attribute_count;
    bool has_value;
    bkti_span row_value;
    char *lists; /* values of lists, joined */
    size_t list_capacity;
    size_t list_size;

    /* A row that has the same fields empty as the one before is told by the places of its values
     * alone. */
    uint32_t fact_count;
    uint32_t fact_columns[BKTI_REPEAT_LIMIT];
    bkti_xml_attribute values[BKTI_REPEAT_LIMIT]; /* by fact column */
    bkti_xml_attribute value_place;
    uint64_t present; /* bits of the fact columns that aren't empty, and of the value */
    uint32_t shape;   /* 0: rows are told in full */
    uint32_t newest_shape;
    bkti_repeat repeat;
};

/* csv_begin.c: what a document is, by its first bytes. */
typedef struct bkti_csv_start {
    int32_t version; /* 10 or 20; 0: this is no SDMX-CSV */
    char separator;
} bkti_csv_start;
bkti_csv_start bkti_csv_read_start(bkti_span text);
/* The same from bytes in any encoding. */
bkti_csv_start bkti_csv_sniff(bkti_span block);
/* What is looked at. */
#define BKTI_CSV_SNIFFED 2048
/* Whether it is CSV of another kind, and what its first column is called: that is written to a room
 * of BKTI_CSV_SNIFFED bytes. */
bool bkti_csv_is_other(bkti_span block, char *room, bkti_span *out_name);

/* csv_header.c */
bkt_status bkti_csv_read_header(bkti_csv_message *csv, const bkti_span *fields, uint32_t count);
/* Fails with the place of a field of the row at hand. */
#if defined(__GNUC__)
__attribute__((format(printf, 4, 5)))
#endif
bkt_status
bkti_csv_fail(bkti_csv_message *csv, uint32_t field, bkt_status status, const char *format, ...);
/* Texts of the file are shown shortened: bytes to show. */
int bkti_csv_shown(bkti_span text);

/* csv_names.c: names of components, and of codes that the row has. */
bkt_status bkti_csv_tell_header(bkti_csv_message *csv);
bkt_status bkti_csv_tell_names(bkti_csv_message *csv);
/* None was told yet: a data set begins. */
void bkti_csv_forget_names(bkti_csv_message *csv);

/* csv_value.c */
/* "A: Annual" without its name. */
bkti_span bkti_csv_without_label(bkti_span value);
/* The values of a list, joined by "; ", texts with their language before them as those of SDMX-ML
 * (see component.c), written to a room of twice the field's size. */
bkti_span bkti_csv_join_list(const bkti_csv_message *csv, const bkti_csv_column *column,
                             bkti_span field, char *room);

/* csv_rows.c */
bkt_status bkti_csv_take_row(bkti_csv_message *csv, const bkti_span *fields, uint32_t count);
bkt_status bkti_csv_finish_rows(bkti_csv_message *csv);

/* csv_message.c */
bkt_status bkti_csv_message_new(bkti_message *message, const bkti_source *source,
                                bkti_csv_message **out_csv);
void bkti_csv_message_free(bkti_csv_message *csv);
bkt_status bkti_csv_message_block(bkti_csv_message *csv, bkti_span block, bool last);
/* The place of the row's begin. */
void bkti_csv_message_row_place(const bkti_csv_message *csv, bkti_place *out_place);
void bkti_csv_message_place(const bkti_csv_message *csv, bkti_place *out_place);

#endif
