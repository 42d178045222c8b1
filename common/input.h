/*
 * The members of the inputs: plain files, what folders hold, what archives hold, standard input.
 *
 * Order: inputs as given; inside a folder or an archive by the bytes of the path. An archive gives
 * the same members named, redirected or piped: a pipe that holds one is spooled.
 *
 * Links and devices are not followed; archives inside archives are not opened. An archive in a
 * folder is. A compressed file that is no tar or cpio archive is one member, named without the
 * suffix that the compression adds.
 */
#ifndef INPUT_H
#define INPUT_H

#include "input_limits.h"
#include "pattern.h"
#include "source.h"

struct input_options {
	/*
	 * The members of folders and archives whose path it finds are read; NULL: all. An input
	 * that was named, compressed or not, is wanted whatever it is called.
	 */
	const struct pattern *member;
	struct input_limits limits; /* INPUT_LIMITS, or what options made of them */
};

#define BYTES_UNKNOWN UINT64_MAX

struct member {
	const char *name;      /* for messages and rejects: INPUT, FOLDER/PATH, INPUT!PATH */
	struct slice path;     /* inside the archive, else the folder; or the input as given */
	struct source *source; /* its bytes, unpacked; NULL when it is skipped */
	const char
		*skipped; /* why it is not opened ("a link", "an archive in an archive"); or NULL */
	bool only;        /* the one member of the run: it has to fit */
	const char *input; /* as given; the name starts with it */
	uint64_t bytes; /* unpacked, as far as it is known before it is read; else BYTES_UNKNOWN */
};

/* The input as given, and the member's path in it, as they are shown: 0, or -1 without memory. */
int member_names(const struct member *member, struct buffer *input, struct buffer *path);

struct inputs; /* owned by the caller through inputs_open and inputs_close */

/*
 * `paths` are borrowed; none means standard input, as "-" does. NULL: the error is set (status 2
 * when "-" is given twice). Nothing is read yet.
 */
struct inputs *inputs_open(
	char *const *paths, size_t count, const struct input_options *options, struct error *e);

/*
 * The next member, valid until the next call: 1; 0 at the end; -1 with the error set. Ignored ones
 * (`.*`, __MACOSX/, Thumbs.db, desktop.ini) and those that the pattern does not find are counted
 * and not handed out; a folder that is ignored counts once. A member need not be read to its end.
 */
int inputs_next(struct inputs *in, struct member *member, struct error *e);

/*
 * What the present member takes in its archive, packed: that of a zip's members and of a compressed
 * file is known, else `*bytes` is BYTES_UNKNOWN. 0, or -1 with the error set.
 */
int inputs_packed(struct inputs *in, const struct member *member, uint64_t *bytes, struct error *e);

struct input_counts {
	uint64_t ignored;
	uint64_t unmatched; /* by the pattern */
	struct slice
		sample; /* the first of these, as a list for a message; valid until the close */
	uint64_t read_bytes; /* of the inputs as they lie there, for the progress line */
};
struct input_counts inputs_counts(const struct inputs *in);

void inputs_close(struct inputs *in);

#endif
