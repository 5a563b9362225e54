/* SPDX-License-Identifier: MIT */
/* What every command does alike: a context with progress on stderr, files into one table, errors
 * and warnings told, output to stdout. */
#ifndef SESSION_H
#define SESSION_H

#include <bktrade/bktrade.h>

#include "arguments.h"

typedef struct session {
    bkt_context *context;
    bkt_structure *structure; /* of the files of --structure; NULL: none were given */
    const char *file;         /* being read, for the progress line */
    int64_t last_shown;       /* milliseconds */
    bool shown;
    bool reads_again; /* what there is to say of the files was told */
} session;

bool session_open(session *running);
void session_close(session *running);
/* Wipes the progress line. */
void session_quiet(session *running);
/* Tells the newest error on stderr; gives EXIT_DATA, or EXIT_USAGE where an argument is at fault.
 */
int32_t session_fail(session *running, bkt_status status);
/* Tells warnings (and, if asked, notes) on stderr, each kind a few times. */
void session_tell(session *running, bool notes);
/* The same, once: what was told is forgotten. */
void session_tell_now(session *running);

/* For commands that read data with their structure. */
extern const option_spec structure_options[];
/* For all that read data. */
extern const option_spec encoding_options[];
/* Reads the files of --structure, once; session_read() does it itself. EXIT_DONE, or the exit code
 * after the problem was told. */
int32_t session_take_structure(session *running, const arguments *given);
/* How files are read, as the command line has it, with the structure. */
void session_read_options(const session *running, const arguments *given,
                          bkt_read_options *options);

/* Gives the filter for a file (NULL: everything); the caller frees it. */
typedef bkt_status (*session_filter)(session *running, const arguments *given, const char *file,
                                     bkt_filter **out_filter);
/* All files of the command line, with their structure, as one table: with --apply their actions
 * applied in order, without it one under the other. */
bkt_status session_read(session *running, const arguments *given, session_filter filter_of,
                        bkt_table **out_table);

/* A bkt_write_function that writes to stdout. */
int32_t session_write(const void *data, size_t size, void *user);
/* Columns of the terminal on stdout; 0 when it is none. */
uint32_t session_width(void);

#endif
