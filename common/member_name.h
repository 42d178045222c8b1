/*
 * The names of the members of archives and folders.
 */
#ifndef MEMBER_NAME_H
#define MEMBER_NAME_H

#include "buffer.h"

/*
 * What is wrong with the name, in whatever kind of archive: "its name is absolute"; NULL when
 * nothing is. Nothing is ever written to a path from an archive, but no honest export has these.
 */
const char *member_name_fault(struct slice name);

/* Appends the name without "." parts and doubled "/": 0, or -1 without memory. */
int member_name_append(struct buffer *out, struct slice name);

/*
 * The name of what is compressed as a whole: without the folder, and the suffix that the
 * compression adds.
 */
struct slice member_name_content(struct slice name);

/*
 * The name of the configuration file with this path, as the config stream has it: without its
 * folder and without .txt or .properties.
 */
struct slice config_file_name(struct slice path);

#endif
