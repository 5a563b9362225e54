/* SPDX-License-Identifier: MIT */
/* The commands of bktrade. */
#ifndef COMMANDS_H
#define COMMANDS_H

#include "arguments.h"
#include "session.h"

extern const command_spec command_info;
extern const command_spec command_convert;
extern const command_spec command_diff;
extern const command_spec command_structure;
extern const command_spec command_balance;
extern const command_spec command_project;
extern const command_spec command_backtest;
extern const command_spec command_target;
extern const command_spec command_plot;
extern const command_spec command_validate;
extern const command_spec command_url;

#endif
