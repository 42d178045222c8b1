/*
 * Many strings looked for in one text at once: an Aho-Corasick automaton, so that the work grows
 * with the text and not with the number of strings.
 *
 * The automaton holds the first NEEDLE_DEPTH bytes of each string; what a longer one has beyond is
 * compared where its start was found. Memory: 32 to 64 bytes for each byte held, common starts
 * once, and the strings.
 */
#ifndef NEEDLES_H
#define NEEDLES_H

#include "buffer.h"

#include <stdint.h>

#define NEEDLE_DEPTH 256

struct needle_node;
struct needle;

struct needles {
	struct needle_node *nodes; /* the first is the root; empty until a needle is added */
	uint32_t node_count;
	uint32_t node_room;
	uint32_t *edges; /* a hash table from a node and a byte to the node below; 0: free */
	size_t edge_slots;
	struct needle *items;
	uint32_t count;
	uint32_t room;
	struct buffer bytes; /* of the needles, one after the other */
	uint32_t round;      /* of needles_arrived, in the marks of nodes and needles */
};

/*
 * { 0 } is an empty set. Adds a string of a byte or more, none for the second time: 0, or -1
 * without memory.
 */
int needles_add(struct needles *n, struct slice needle);

/* After the last was added, before the first search: 0, or -1 without memory. */
int needles_build(struct needles *n);

/* Does `after` hold one of the strings that `before` does not? */
bool needles_arrived(struct needles *n, struct slice before, struct slice after);

void needles_release(struct needles *n);

#endif
