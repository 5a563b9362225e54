/* SPDX-License-Identifier: MIT */
/* How good probabilities are that were given before it was known. */
#ifndef CHANCE_H
#define CHANCE_H

#define CHANCE_CLASSES 10

typedef struct chance_score {
    double events;
    double weight;
    double brier;
    double log_loss;
    double in_class[CHANCE_CLASSES]; /* weights */
    double probability[CHANCE_CLASSES];
    double came[CHANCE_CLASSES];
} chance_score;

void chance_add(chance_score *score, double probability, int came, double weight);
/* The head of a table, and a line of it: Brier score, log-loss, calibration error (the mean
 * distance of probability and frequency in ten classes of probability), the frequencies. */
void chance_print_head(void);
void chance_print(const char *kind, const char *where, const char *method,
                  const chance_score *score);

#endif
