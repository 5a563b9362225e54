/* SPDX-License-Identifier: MIT */
/* The data structure of a table, written for whoever gets its data. */
#include "bkti_design.h"

typedef bkt_status (*put_function)(bkt_writer *writer, const bkti_design *design);

static bkt_status put_design(bkt_writer *writer, const bkt_table *table, put_function put) {
    bkti_design design = {0};
    const char *name = bkt_table_property(table, "name");
    bkt_status status = bkti_writer_know_header(writer, table);
    status = status == BKT_OK ? bkti_design_make(writer, table, &design) : status;
    char *id = NULL;
    if (status == BKT_OK) {
        id = bkti_copy_text(writer->memory, design.structure.id.data, design.structure.id.size);
        design.name = name == NULL ? id : name;
        status = id == NULL ? bkti_no_memory(writer->context) : put(writer, &design);
    }
    bkti_release(writer->memory, id);
    bkti_design_free(writer, &design);
    return status;
}

static bkt_status check_format(bkt_writer *writer, put_function put) {
    if (put == bkti_design_put_schema) {
        return bkti_design_check_schema(writer);
    }
    return writer->options.format != BKT_FORMAT_CSV
               ? BKT_OK
               : bkti_fail(writer->context, BKT_ERR_ARGUMENT, NULL,
                           "plain CSV has no structure; a format of SDMX was expected");
}

/* Ends the writer, with what opening it gave. */
static bkt_status finish(bkt_writer *writer, const bkt_table *table, put_function put,
                         bkt_status status) {
    if (status != BKT_OK) {
        return status;
    }
    status = check_format(writer, put);
    /* Names of columns must be such as XML has, also where the data would be CSV. */
    if (status == BKT_OK) {
        writer->manner = &bkti_manner_specific;
        status = put_design(writer, table, put);
    }
    return bkti_design_end(writer, status);
}

static bkt_status to_function(bkt_context *context, const bkt_table *table,
                              const bkt_write_options *options, bkt_write_function write,
                              void *user, put_function put) {
    if (context == NULL || table == NULL || write == NULL) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "a context, a table and a function that takes the bytes are needed; one "
                         "of them is NULL");
    }
    bkt_writer *writer;
    bkt_status status = bkt_writer_open_callback(context, write, user, options, &writer);
    return finish(writer, table, put, status);
}

static bkt_status to_path(bkt_context *context, const bkt_table *table,
                          const bkt_write_options *options, const char *path, put_function put) {
    if (context == NULL || table == NULL || path == NULL) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "a context, a table and a path are needed; one of them is NULL");
    }
    bkt_writer *writer;
    bkt_status status = bkt_writer_open_path(context, path, options, &writer);
    return finish(writer, table, put, status);
}

bkt_status bkt_table_write_structure(bkt_context *context, const bkt_table *table,
                                     const bkt_write_options *options, bkt_write_function write,
                                     void *user) {
    return to_function(context, table, options, write, user, bkti_design_put_structure);
}

bkt_status bkt_table_write_structure_path(bkt_context *context, const bkt_table *table,
                                          const bkt_write_options *options, const char *path) {
    return to_path(context, table, options, path, bkti_design_put_structure);
}

bkt_status bkt_table_write_schema(bkt_context *context, const bkt_table *table,
                                  const bkt_write_options *options, bkt_write_function write,
                                  void *user) {
    return to_function(context, table, options, write, user, bkti_design_put_schema);
}

bkt_status bkt_table_write_schema_path(bkt_context *context, const bkt_table *table,
                                       const bkt_write_options *options, const char *path) {
    return to_path(context, table, options, path, bkti_design_put_schema);
}
