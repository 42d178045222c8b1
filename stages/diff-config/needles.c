#include "needles.h"

#include <stdlib.h>

#define NONE UINT32_MAX

struct needle_node {
	uint32_t parent;
	uint32_t
		fail; /* the longest proper end of this node's string that is a node; the root: 0 */
	uint32_t
		found; /* the nearest node on the way over `fail` at which a needle ends; 0: none */
	uint32_t needle; /* the last added of those that end, or go deeper, here; NONE: none */
	uint32_t marked; /* the round in which this node and all that it leads to were marked */
	uint16_t depth;
	unsigned char byte; /* that leads here from the parent */
};

struct needle {
	uint64_t at; /* in the set's bytes */
	size_t len;
	uint32_t next;   /* at the same node; NONE: none */
	uint32_t marked; /* the round in which it was found in what came before */
};

static size_t edge_slot(const struct needles *n, uint32_t parent, unsigned char byte)
{
	uint64_t hash = ((uint64_t)parent << 8 | byte) * UINT64_C(0x9E3779B97F4A7C15);
	size_t slot = (size_t)(hash >> 20) & (n->edge_slots - 1);
	while (n->edges[slot]) {
		const struct needle_node *node = &n->nodes[n->edges[slot]];
		if (node->parent == parent && node->byte == byte)
			break;
		slot = (slot + 1) & (n->edge_slots - 1);
	}
	return slot;
}

/* The node below, or 0. */
static uint32_t node_below(const struct needles *n, uint32_t parent, unsigned char byte)
{
	return n->edges[edge_slot(n, parent, byte)];
}

/* Room for one node more. At most half of the edges' slots are taken. */
static int nodes_grow(struct needles *n)
{
	if (n->node_count == n->node_room) {
		uint32_t room = n->node_room ? n->node_room * 2 : 256;
		struct needle_node *nodes = NULL;
		if (room > n->node_room && room < NONE / 2)
			nodes = reallocarray(n->nodes, room, sizeof *nodes);
		if (!nodes)
			return -1;
		n->nodes = nodes;
		n->node_room = room;
	}
	if (n->edge_slots >= (size_t)n->node_room * 2)
		return 0;
	uint32_t *edges = calloc((size_t)n->node_room * 2, sizeof *edges);
	if (!edges)
		return -1;
	free(n->edges);
	n->edges = edges;
	n->edge_slots = (size_t)n->node_room * 2;
	for (uint32_t i = 1; i < n->node_count; i++)
		n->edges[edge_slot(n, n->nodes[i].parent, n->nodes[i].byte)] = i;
	return 0;
}

static uint32_t node_add(struct needles *n, uint32_t parent, unsigned char byte)
{
	if (nodes_grow(n) != 0)
		return NONE;
	uint32_t index = n->node_count++;
	uint16_t depth = index ? (uint16_t)(n->nodes[parent].depth + 1) : 0;
	n->nodes[index] = (struct needle_node){
		.parent = parent, .needle = NONE, .depth = depth, .byte = byte
	};
	if (index)
		n->edges[edge_slot(n, parent, byte)] = index;
	return index;
}

static int items_grow(struct needles *n)
{
	if (n->count < n->room)
		return 0;
	uint32_t room = n->room ? n->room * 2 : 64;
	struct needle *items = reallocarray(n->items, room, sizeof *items);
	if (!items)
		return -1;
	n->items = items;
	n->room = room;
	return 0;
}

int needles_add(struct needles *n, struct slice needle)
{
	if ((n->node_count == 0 && node_add(n, 0, 0) == NONE) || items_grow(n) != 0)
		return -1;
	uint32_t node = 0;
	for (size_t i = 0; i < needle.len && i < NEEDLE_DEPTH; i++) {
		unsigned char byte = (unsigned char)needle.ptr[i];
		uint32_t below = node_below(n, node, byte);
		node = below ? below : node_add(n, node, byte);
		if (node == NONE)
			return -1;
	}
	uint64_t at = n->bytes.len;
	if (buffer_append(&n->bytes, needle) != 0)
		return -1;
	n->items[n->count] = (struct needle){ at, needle.len, n->nodes[node].needle, 0 };
	n->nodes[node].needle = n->count++;
	return 0;
}

/* Where the search stands after one byte more. */
static uint32_t node_step(const struct needles *n, uint32_t node, unsigned char byte)
{
	for (;;) {
		uint32_t below = node_below(n, node, byte);
		if (below || node == 0)
			return below;
		node = n->nodes[node].fail;
	}
}

int needles_build(struct needles *n)
{
	uint32_t *order = n->node_count ? calloc(n->node_count, sizeof *order) : NULL;
	size_t starts[NEEDLE_DEPTH + 2] = { 0 };
	if (n->node_count && !order)
		return -1;
	/* By depth, so that what a node leads to is known before it. */
	for (uint32_t i = 0; i < n->node_count; i++)
		starts[n->nodes[i].depth + 1]++;
	for (size_t d = 1; d < sizeof starts / sizeof *starts; d++)
		starts[d] += starts[d - 1];
	for (uint32_t i = 0; i < n->node_count; i++)
		order[starts[n->nodes[i].depth]++] = i;
	for (uint32_t i = 1; i < n->node_count; i++) {
		struct needle_node *node = &n->nodes[order[i]];
		if (node->parent)
			node->fail = node_step(n, n->nodes[node->parent].fail, node->byte);
		const struct needle_node *fail = &n->nodes[node->fail];
		node->found = fail->needle != NONE ? node->fail : fail->found;
	}
	free(order);
	return 0;
}

/* Does the needle stand in the text, its first bytes before `end`? */
static bool needle_stands(
	const struct needles *n, const struct needle *item, struct slice text, size_t end)
{
	if (item->len <= NEEDLE_DEPTH)
		return true;
	size_t rest = item->len - NEEDLE_DEPTH;
	return rest <= text.len - end &&
	       memcmp(n->bytes.ptr + item->at + NEEDLE_DEPTH, text.ptr + end, rest) == 0;
}

/* Looks at the needles of one node: true when one stands there that was not marked. */
static bool node_visit(
	struct needles *n, const struct needle_node *node, struct slice text, size_t end, bool mark)
{
	for (uint32_t i = node->needle; i != NONE; i = n->items[i].next) {
		struct needle *item = &n->items[i];
		if (item->marked == n->round || !needle_stands(n, item, text, end))
			continue;
		if (!mark)
			return true;
		item->marked = n->round;
	}
	return false;
}

/*
 * Marks what the text holds, or else looks for something in it that is not marked. A node above the
 * greatest depth gives the same answer wherever in the text it is met, so it is asked once a round;
 * that keeps needles that end in each other from being counted out at every place.
 */
static bool text_visit(struct needles *n, struct slice text, bool mark)
{
	uint32_t state = 0;
	uint32_t pass = n->round * 2 + !mark;
	for (size_t i = 0; i < text.len; i++) {
		state = node_step(n, state, (unsigned char)text.ptr[i]);
		for (uint32_t at = state; at; at = n->nodes[at].found) {
			struct needle_node *node = &n->nodes[at];
			if (node->marked == pass)
				break;
			if (node_visit(n, node, text, i + 1, mark))
				return true;
			if (node->depth < NEEDLE_DEPTH)
				node->marked = pass;
		}
	}
	return false;
}

/* The marks of all rounds are wiped before their number comes round again. */
static void round_begin(struct needles *n)
{
	if (++n->round < NONE / 2 - 1)
		return;
	n->round = 1;
	for (uint32_t i = 0; i < n->node_count; i++)
		n->nodes[i].marked = 0;
	for (uint32_t i = 0; i < n->count; i++)
		n->items[i].marked = 0;
}

bool needles_arrived(struct needles *n, struct slice before, struct slice after)
{
	if (n->count == 0)
		return false;
	round_begin(n);
	text_visit(n, before, true);
	return text_visit(n, after, false);
}

void needles_release(struct needles *n)
{
	free(n->nodes);
	free(n->edges);
	free(n->items);
	buffer_release(&n->bytes);
	*n = (struct needles){ 0 };
}
