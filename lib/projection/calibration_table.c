/* SPDX-License-Identifier: MIT */
#include "bkti_calibration.h"

const bkti_calibration bkti_calibrations[3] = {
    {1, 6, {0}, {{0}}}, {4, 8, {0}, {{0}}}, {12, 24, {0}, {{0}}}};
