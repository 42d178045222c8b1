/*
 * The raw configuration files of one side, BEFORE or the current one: out of a folder, an archive
 * or a single file.
 *
 * A file's name is the one that `extract --as config` gives it. Its path is where it stands in the
 * folder or the archive, and where it will stand in the patch and the restored files.
 */
#ifndef SIDE_H
#define SIDE_H

#include "content.h"
#include "fold.h"
#include "input.h"
#include "message.h"

struct side_file {
	char *member; /* for messages */
	char *path;
	char *name;
	struct buffer bytes;
	struct content content; /* of the bytes */
};

struct side {
	struct side_file *files; /* in the order of their paths' bytes */
	size_t count;
	struct keys names; /* folded; the file's index, a size_t */
	struct folding folding;
	struct buffer scratch;
	struct keys paths; /* of the files, and of what is none */
	uint64_t skipped;
	uint64_t ignored;
};

/*
 * Reads all members of `path` ("-": standard input). A member that is no file is told of and
 * counted. -1 with the error set: status 3 for a file that is no properties file, two files of one
 * name, a path that must not be written to, no file at all. The side is released in either case.
 */
int side_read(struct side *s, const char *path, const struct input_limits *limits,
	struct config_keys *keys, struct messages *m, struct error *e);

/* The file of this name, to the byte, or NULL: 0, or -1 with the error set. */
int side_find(struct side *s, struct slice name, struct side_file **file, struct error *e);

/* Starts as one without files. */
void side_init(struct side *s);
void side_release(struct side *s);

#endif
