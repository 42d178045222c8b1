/*
 * How a task stands by what is known, and the evidence for it.
 */
#ifndef FINDING_H
#define FINDING_H

#include "buffer.h"
#include "keys.h"

#include <stdint.h>

enum task_status {
	TASK_DONE,
	TASK_TODO,
	TASK_BLOCKED,
	TASK_UNKNOWN,
	TASK_NOT_APPLICABLE,
	TASK_STATUS_COUNT,
};

/* The name in the todo stream. */
const char *task_status_name(enum task_status status);

struct finding {
	enum task_status status;
	bool refuted;           /* what was seen shows that it is not done, whatever is told */
	struct buffer evidence; /* one line; parts with "; " between */
	bool memory_failed;
};

/* Empties it for the next task. */
void finding_start(struct finding *f, enum task_status status);

/* Begins a part of the evidence. What goes in has gone through SHOW. */
void finding_say(struct finding *f, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Goes on with the present part. */
void finding_add(struct finding *f, const char *format, ...) __attribute__((format(printf, 2, 3)));

void finding_release(struct finding *f);

/* How many ids of a list are shown. */
#define IDS_SHOWN 10

/* The first of many ids, fit to be shown, and how many there are. { 0 } is an empty list. */
struct id_list {
	uint64_t count;
	struct buffer text;
};

/* 0, or -1 without memory. */
int id_list_add(struct id_list *list, struct slice id);

/* Adds "A, B and 3 more" to the present part. */
void finding_add_ids(struct finding *f, const struct id_list *list);

void id_list_release(struct id_list *list);

/* Rows by their file, the files in the order in which they came. */
struct file_counts {
	struct keys files; /* each with its count, a uint64_t */
	uint64_t rows;     /* of all files */
};

void file_counts_init(struct file_counts *counts);

/* 0, or -1 without memory. */
int file_counts_add(struct file_counts *counts, struct slice file);

/* Adds "A 4, B 1 and 3 more" to the present part. */
void finding_add_files(struct finding *f, const struct file_counts *counts);

void file_counts_release(struct file_counts *counts);

#endif
