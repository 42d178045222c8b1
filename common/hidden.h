/*
 * How the value of a secret stands in a config stream.
 */
#ifndef HIDDEN_H
#define HIDDEN_H

#include "slice.h"

/* A secret that is not empty, where no fingerprint is asked for. */
#define MASKED "***"

/* The digits that tell with which key a fingerprint was made; empty where the value is none. */
struct slice hidden_key(struct slice value);

/* A mask or a fingerprint, which shows nothing of what it stands for. */
bool hidden_value(struct slice value);

#endif
