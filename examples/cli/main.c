/* SPDX-License-Identifier: MIT */
/* bktrade: the program on top of libbktrade. It uses the public headers alone. */
#include <stdio.h>
#include <string.h>

#include "commands.h"

static const command_spec *const commands[] = {
    &command_info,    &command_convert,  &command_diff,     &command_structure,
    &command_balance, &command_project,  &command_backtest, &command_target,
    &command_plot,    &command_validate, &command_url,      NULL};

static void print_overview(FILE *out) {
    fputs("Usage: bktrade COMMAND FILE... [OPTIONS]\n\n"
          "Reads official trade statistics (SDMX-ML, SDMX-CSV, SDMX-JSON; plain, gzip or zip),\n"
          "computes trade balances and projects them.\n\nCommands:\n",
          out);
    for (const command_spec *const *command = commands; *command != NULL; command++)
        fprintf(out, "  %-10s %s\n", (*command)->name, (*command)->summary);
    fputs("\n'bktrade COMMAND --help' tells a command's options, with examples.\n"
          "'bktrade --version' tells the version.\n"
          "Exit status: 0 done, 1 the data have a problem, 2 the command line has one.\n\n"
          "Example:\n  bktrade balance examples/data/blr-kaz.xml --reporter BLR --partner KAZ\n",
          out);
}

static const command_spec *find_command(const char *name) {
    for (const command_spec *const *command = commands; *command != NULL; command++)
        if (strcmp((*command)->name, name) == 0)
            return *command;
    return NULL;
}

static bool asks_for_help(int count, char **words) {
    for (int i = 0; i < count && strcmp(words[i], "--") != 0; i++)
        if (strcmp(words[i], "--help") == 0 || strcmp(words[i], "-h") == 0)
            return true;
    return false;
}

static int run_command(const command_spec *command, int count, char **words) {
    if (asks_for_help(count, words)) {
        arguments_print_help(command);
        return EXIT_DONE;
    }
    arguments given;
    if (!arguments_parse(&given, command, count, words))
        return EXIT_USAGE;
    if (given.file_count == 0 && !command->needs_no_word) {
        fprintf(stderr, "bktrade %s: no file was given\nSee 'bktrade %s --help'.\n", command->name,
                command->name);
        return EXIT_USAGE;
    }
    return command->run(&given);
}

int main(int argc, char **argv) {
    if (argc < 2) {
        print_overview(stderr);
        return EXIT_USAGE;
    }
    const char *word = argv[1];
    int code = EXIT_DONE;
    if (strcmp(word, "--version") == 0 || strcmp(word, "version") == 0) {
        printf("bktrade %s (libbktrade %s)\n", BKT_VERSION_TEXT, bkt_version_text());
    } else if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
        print_overview(stdout);
    } else if (strcmp(word, "help") == 0) {
        const command_spec *command = argc > 2 ? find_command(argv[2]) : NULL;
        if (command != NULL)
            arguments_print_help(command);
        else
            print_overview(stdout);
    } else {
        const command_spec *command = find_command(word);
        if (command == NULL) {
            fprintf(stderr, "bktrade: there is no command '%s'\nSee 'bktrade --help'.\n", word);
            return EXIT_USAGE;
        }
        code = run_command(command, argc - 2, argv + 2);
    }
    /* What could not be written must not look done. */
    if (fflush(stdout) != 0 || ferror(stdout) != 0) {
        fputs("bktrade: writing the output failed\n", stderr);
        return EXIT_DATA;
    }
    return code;
}
