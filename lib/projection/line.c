/* SPDX-License-Identifier: MIT */
#include "bkti_projection.h"

#define GRID_CELLS   10
#define GOLDEN_STEPS 26 /* a cell shrinks to 4e-6 of itself */

double bkti_line_minimise(bkti_objective *objective, void *user, double low, double high,
                          double *out_x) {
    static const double golden = 0.6180339887498949;
    double width = (high - low) / GRID_CELLS;
    double least = objective(&low, user);
    double best = low;
    for (int i = 1; i <= GRID_CELLS; i++) {
        double x = i < GRID_CELLS ? low + i * width : high;
        double figure = objective(&x, user);
        if (figure < least) {
            least = figure;
            best = x;
        }
    }
    double left = best - width > low ? best - width : low;
    double right = best + width < high ? best + width : high;
    double x[2] = {right - golden * (right - left), left + golden * (right - left)};
    double figures[2] = {objective(&x[0], user), objective(&x[1], user)};
    for (int step = 0; step < GOLDEN_STEPS; step++) {
        int worse = figures[0] <= figures[1]; /* the side to cut */
        if (figures[1 - worse] < least) {
            least = figures[1 - worse];
            best = x[1 - worse];
        }
        if (worse == 1) {
            right = x[1];
            x[1] = x[0];
            figures[1] = figures[0];
            x[0] = right - golden * (right - left);
            figures[0] = objective(&x[0], user);
        } else {
            left = x[0];
            x[0] = x[1];
            figures[0] = figures[1];
            x[1] = left + golden * (right - left);
            figures[1] = objective(&x[1], user);
        }
    }
    *out_x = best;
    return least;
}
