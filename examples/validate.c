/* SPDX-License-Identifier: MIT */
/* Checks a file of any length by its structure, batch by batch, and prints what is wrong with it.
 *
 *   cc validate.c $(pkg-config --cflags --libs bktrade) -o validate
 *   ./validate data/blr-kaz.xml data/blr-kaz-structure.xml */
#include <stdio.h>

#include <bktrade/bktrade.h>

static int32_t to_stdout(const void *data, size_t size, void *user) {
    (void)user;
    return fwrite(data, 1, size, stdout) == size ? 0 : 1;
}

/* Data sets one after the other, of each its batches. */
static bkt_status check(bkt_reader *reader, bkt_validator *validator) {
    const bkt_table *batch;
    bkt_status status;
    while ((status = bkt_reader_next_dataset(reader)) == BKT_OK) {
        status = bkt_validator_begin_dataset(validator, NULL);
        while (status == BKT_OK && (status = bkt_reader_next_batch(reader, &batch)) == BKT_OK)
            status = bkt_validator_add(validator, batch);
        if (status != BKT_END)
            break;
    }
    return status == BKT_END ? BKT_OK : status;
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: validate FILE STRUCTURE\n");
        return 2;
    }
    bkt_context *context = NULL;
    bkt_structure *structure = NULL;
    bkt_validator *validator = NULL;
    bkt_reader *reader = NULL;
    bkt_table *findings = NULL;
    bkt_status status = bkt_context_new(NULL, &context);
    if (status == BKT_OK)
        status = bkt_structure_read(context, argv[2], NULL, &structure);
    if (status == BKT_OK)
        status = bkt_validator_new(context, structure, NULL, &validator);
    if (status == BKT_OK)
        status = bkt_reader_open_path(context, argv[1], NULL, &reader);
    if (status == BKT_OK)
        status = check(reader, validator);
    if (status == BKT_OK)
        status = bkt_validator_findings(validator, &findings);
    if (status == BKT_OK) {
        printf("%llu rows, %llu findings\n", (unsigned long long)bkt_validator_row_count(validator),
               (unsigned long long)bkt_validator_finding_count(validator, 0));
        status = bkt_table_print(context, findings, NULL, to_stdout, NULL);
    }
    if (status != BKT_OK)
        fprintf(stderr, "%s\n", bkt_context_error_text(context));
    bkt_table_free(findings);
    bkt_reader_free(reader);
    bkt_validator_free(validator);
    bkt_structure_free(structure);
    bkt_context_free(context);
    return status == BKT_OK ? 0 : 1;
}
