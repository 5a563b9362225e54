/* SPDX-License-Identifier: MIT */
#include "chance.h"

#include <math.h>
#include <stdio.h>

void chance_add(chance_score *score, double probability, int came, double weight) {
    double bounded = fmin(fmax(probability, 1e-4), 1.0 - 1e-4);
    int place = (int)(probability * CHANCE_CLASSES);
    place = place < CHANCE_CLASSES ? place : CHANCE_CLASSES - 1;
    score->events += 1.0;
    score->weight += weight;
    score->brier += weight * (probability - came) * (probability - came);
    score->log_loss -= weight * (came ? log(bounded) : log(1.0 - bounded));
    score->in_class[place] += weight;
    score->probability[place] += weight * probability;
    score->came[place] += weight * came;
}

void chance_print_head(void) {
    printf("%-10s %-22s %-11s %7s %8s %8s %8s  reached, by class of probability\n", "kind", "tried",
           "method", "events", "Brier", "log-loss", "error");
}

void chance_print(const char *kind, const char *where, const char *method,
                  const chance_score *score) {
    double gap = 0.0;
    if (score->events == 0.0)
        return;
    for (int i = 0; i < CHANCE_CLASSES; i++)
        gap += fabs(score->probability[i] - score->came[i]);
    printf("%-10s %-22s %-11s %7.0f %8.4f %8.4f %8.4f ", kind, where, method, score->events,
           score->brier / score->weight, score->log_loss / score->weight, gap / score->weight);
    for (int i = 0; i < CHANCE_CLASSES; i++)
        printf(" %.2f", score->in_class[i] > 0.0 ? score->came[i] / score->in_class[i] : 0.0);
    printf("\n");
}
