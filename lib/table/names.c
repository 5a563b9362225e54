/* SPDX-License-Identifier: MIT */
/* Names of codes as columns. */
#include "bkti_column.h"
#include "bkti_text.h"

static const bkt_names_options DEFAULTS = {sizeof DEFAULTS, 0, NULL, 0, 0};

bkt_status bkt_names_options_init(bkt_names_options *options, uint32_t struct_size) {
    return bkti_options_init(options, struct_size, &DEFAULTS, sizeof DEFAULTS, sizeof DEFAULTS);
}

/* One column whose codes get names. */
typedef struct naming {
    const bkt_column *column;
    const char *language;
    int32_t count;           /* of its codes */
    int32_t *map;            /* from its codes to those of the column of names */
    bkti_dictionary *shared; /* names, where they stand instead of codes; else NULL */
    int32_t *uses;           /* how many codes each of them has */
    bkti_text text;
} naming;

static bool has_names(const bkt_column *column) {
    return column->kind == BKT_KIND_TEXT && column->labels != NULL &&
           column->labels->has_code_names;
}

static const char *name_of(const naming *of, int32_t code) {
    const bkti_labels *labels = of->column->labels;
    const char *id = bkti_dictionary_text(of->column->dictionary, code);
    const char *name = labels->code_name(labels, id, of->language);
    return name == NULL && of->shared != NULL ? id : name;
}

static bool count_uses(naming *of) {
    bkti_memory *memory = of->text.memory;
    of->shared = bkti_dictionary_new(memory);
    of->uses = bkti_allocate_zeroed(memory, (size_t)of->count, sizeof *of->uses);
    bool done = of->shared != NULL && of->uses != NULL;
    for (int32_t code = 0; done && code < of->count; code++) {
        int32_t name = bkti_dictionary_add(of->shared, bkti_span_of(name_of(of, code)));
        done = name >= 0;
        if (done) {
            of->uses[name]++;
        }
    }
    return done;
}

/* What stands for a code in the column of names; NULL: nothing, or no memory (of->text failed). */
static const char *text_for(naming *of, int32_t code) {
    const char *name = name_of(of, code);
    if (of->shared == NULL || of->uses[bkti_dictionary_find(of->shared, bkti_span_of(name))] == 1) {
        return name;
    }
    bkti_text_clear(&of->text);
    bkti_text_append_format(&of->text, "%s (%s)", name,
                            bkti_dictionary_text(of->column->dictionary, code));
    return of->text.failed ? NULL : bkti_text_get(&of->text);
}

/* Texts that are the same although they were made different have one code. */
static bool map_codes(naming *of, bkt_column *names) {
    names->dictionary = bkti_dictionary_new(names->memory);
    of->map = bkti_allocate_array(names->memory, (size_t)of->count, sizeof *of->map);
    bool done = names->dictionary != NULL && of->map != NULL;
    for (int32_t code = 0; done && code < of->count; code++) {
        const char *text = text_for(of, code);
        of->map[code] =
            text == NULL ? -1 : bkti_dictionary_add(names->dictionary, bkti_span_of(text));
        done = text == NULL ? !of->text.failed : of->map[code] >= 0;
    }
    return done;
}

/* The new column gets the rows of the other as the map has them. */
static bool take_rows(const naming *of, bkt_column *names) {
    if (!bkti_column_allocate(names, of->column->row_count)) {
        return false;
    }
    for (int64_t row = 0; row < names->row_count; row++) {
        int32_t code = of->column->codes[row];
        names->codes[row] = code < 0 ? -1 : of->map[code];
    }
    return bkti_column_seal(names);
}

/* Fills a new column; NULL if that failed, which then is gone. */
static bkt_column *fill(bkt_column *names, const bkt_column *column, const char *language,
                        bool instead) {
    if (names == NULL) {
        return NULL;
    }
    naming of = {
        .column = column, .language = language, .count = bkti_dictionary_count(column->dictionary)};
    bkti_text_init(&of.text, names->memory);
    bool done = (!instead || count_uses(&of)) && map_codes(&of, names) && take_rows(&of, names);
    bkti_release(names->memory, of.map);
    bkti_release(names->memory, of.uses);
    bkti_dictionary_drop(of.shared);
    bkti_text_free(&of.text);
    if (!done) {
        bkti_column_drop(names);
        return NULL;
    }
    return names;
}

static bkt_status add_instead(bkt_context *context, bkt_table *named, bkt_column *column,
                              const char *language) {
    bkti_memory *memory = bkti_context_memory(context);
    bkt_column *names = fill(bkti_column_like(memory, column), column, language, true);
    if (names != NULL) {
        /* They are no codes of the list any more. */
        bkti_labels_drop(names->labels);
        names->labels = NULL;
    }
    return bkti_table_add(named, names) ? BKT_OK : bkti_no_memory(context);
}

static bkt_status add_beside(bkt_context *context, bkt_table *named, const bkt_column *column,
                             const char *language) {
    bkti_memory *memory = bkti_context_memory(context);
    bkti_text text;
    bkti_text_init(&text, memory);
    bkti_text_append_format(&text, "%s_NAME%s%s", column->id, language == NULL ? "" : "_",
                            language == NULL ? "" : language);
    bkt_column *names = NULL;
    if (!text.failed) {
        bkti_span id = {bkti_text_get(&text), text.size};
        names = bkti_column_new(memory, id, BKT_KIND_TEXT, BKT_ROLE_ATTRIBUTE);
    }
    bkti_text_free(&text);
    const char *label = bkt_column_name(column, language);
    if (names != NULL) {
        names->level = column->level;
        names->label = label == NULL ? NULL : bkti_copy_text(memory, label, strlen(label));
        if (label != NULL && names->label == NULL) {
            bkti_column_drop(names);
            names = NULL;
        }
    }
    return bkti_table_add(named, fill(names, column, language, false)) ? BKT_OK
                                                                       : bkti_no_memory(context);
}

static bkt_status add_column(bkt_context *context, const bkt_table *table, bkt_table *named,
                             bkt_column *column, const bkt_names_options *options) {
    static const char *const any[] = {NULL};
    bool is_any = options->language_count == 0;
    const char *const *languages = is_any ? any : options->languages;
    if (has_names(column) && (options->flags & BKT_NAMES_INSTEAD) != 0) {
        return add_instead(context, named, column, languages[0]);
    }
    bkti_memory *memory = bkti_context_memory(context);
    bkt_status status =
        bkti_table_add(named, bkti_column_share(memory, column)) ? BKT_OK : bkti_no_memory(context);
    uint32_t count = is_any ? 1 : options->language_count;
    for (uint32_t i = 0; status == BKT_OK && has_names(column) && i < count; i++) {
        status = add_beside(context, named, column, languages[i]);
        const char *id =
            status == BKT_OK ? named->columns[named->column_count - 1]->id : column->id;
        if (status == BKT_OK && bkti_table_exact(table, id) != NULL) {
            status = bkti_fail(context, BKT_ERR_REPEATED_COMPONENT, NULL,
                               "the table has a column '%s' already, which would hold the names of "
                               "the codes of %s",
                               id, column->id);
        }
    }
    return status;
}

static bkt_status check(bkt_context *context, const bkt_names_options *options) {
    bkt_status status =
        bkti_flags_check(context, "bkt_names_options", options->flags, BKT_NAMES_INSTEAD);
    bool instead = (options->flags & BKT_NAMES_INSTEAD) != 0;
    if (status == BKT_OK && options->reserved != 0) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "`reserved` of bkt_names_options is not 0");
    }
    if (status == BKT_OK && ((options->languages == NULL) != (options->language_count == 0) ||
                             (instead && options->language_count > 1))) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL, "bkt_names_options: %s",
                         instead && options->language_count > 1
                             ? "names instead of codes can be in one language only"
                             : "languages and language_count must both be given, or neither");
    }
    for (uint32_t i = 0; status == BKT_OK && i < options->language_count; i++) {
        if (options->languages[i] == NULL || options->languages[i][0] == '\0') {
            return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                             "bkt_names_options: languages[%u] is empty", (unsigned)i);
        }
    }
    return status;
}

bkt_status bkt_table_add_names(bkt_context *context, const bkt_table *table,
                               const bkt_names_options *options, bkt_table **out_table) {
    if (out_table != NULL) {
        *out_table = NULL;
    }
    if (context == NULL || table == NULL || out_table == NULL) {
        return bkti_fail(context, BKT_ERR_ARGUMENT, NULL,
                         "bkt_table_add_names() needs a table and a place for the result");
    }
    bkt_names_options own = DEFAULTS;
    bkt_status status = bkti_options_take(context, options, &own, sizeof own, sizeof own);
    status = status == BKT_OK ? check(context, &own) : status;
    if (status != BKT_OK) {
        return status;
    }
    uint64_t room = (uint64_t)table->column_count * (1 + (uint64_t)own.language_count + 1);
    if (room > UINT32_MAX) {
        return bkti_fail(context, BKT_ERR_LIMIT, NULL, "too many languages");
    }
    bkt_table *named =
        bkti_table_derive(bkti_context_memory(context), table, (uint32_t)room, table->row_count);
    if (named == NULL) {
        return bkti_no_memory(context);
    }
    for (uint32_t i = 0; status == BKT_OK && i < table->column_count; i++) {
        status = add_column(context, table, named, table->columns[i], &own);
    }
    if (status != BKT_OK) {
        bkt_table_free(named);
        return status;
    }
    *out_table = named;
    return BKT_OK;
}
