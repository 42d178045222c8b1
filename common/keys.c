#include "keys.h"

#include "hash.h"
#include "pages.h"

#include <stdlib.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#define ENTRIES_FIRST 64
#define VALUE_UNIT    8 /* values of this alignment are in their places */

/* The entries of a small set move as it grows, up to this many bytes. */
#define MOVED_MOST ((size_t)256 << 10)

/* The long keys' memory comes in pieces, each twice as large as the one before. */
#define TEXT_FIRST ((size_t)4 << 10)
#define TEXT_MOST  ((size_t)1 << 20)

#define LINE_SLOTS 16

void keys_init(struct keys *k, size_t value_size)
{
	size_t entry_size = KEY_LONG + (value_size + VALUE_UNIT - 1) / VALUE_UNIT * VALUE_UNIT;
	*k = (struct keys){
		.value_size = value_size, .entry_size = entry_size, .seed = hash_seed()
	};
}

struct slice keys_at(const struct keys *k, uint32_t index)
{
	const char *entry = keys_entry(k, index);
	unsigned char number = (unsigned char)entry[KEY_LONG - 1];
	if (number != KEY_LONG_MARK)
		return (struct slice){ entry, number };
	_Static_assert(sizeof(char *) <= sizeof(uint64_t), "an entry has 8 bytes for a place");
	const char *ptr;
	uint32_t length;
	memcpy(&ptr, entry, sizeof ptr);
	memcpy(&length, entry + sizeof(uint64_t), sizeof length);
	return (struct slice){ ptr, length };
}

/*
 * A slot holds index + 1, which is less than the number of slots, and in the bits above it what
 * fits of the hash, so that a key that is another one is hardly ever looked at. 0: it is free.
 */
static uint32_t slot_tag(const struct keys *k, uint64_t hash)
{
	return (uint32_t)(hash >> 32) & ~(uint32_t)(k->slot_count - 1);
}

static uint32_t slot_index(const struct keys *k, uint32_t slot)
{
	return (slot & (uint32_t)(k->slot_count - 1)) - 1;
}

/*
 * Slots are looked at a line at a time, without a branch for each. A line is filled from its front,
 * and where it is full the next one is gone on with.
 */
struct line {
	unsigned alike; /* a bit for each slot that has the tag */
	unsigned free;  /* and for each that is free */
};

static inline struct line line_at(const uint32_t *slots, uint32_t tag, uint32_t tag_bits)
{
	struct line line = { 0 };
#if defined(__SSE2__)
	const __m128i wanted = _mm_set1_epi32((int)tag);
	const __m128i bits = _mm_set1_epi32((int)tag_bits);
	__m128i alike[4];
	__m128i free_ones[4];
#pragma GCC unroll 4
	for (int i = 0; i < 4; i++) {
		__m128i four = _mm_loadu_si128((const __m128i_u *)slots + i);
		alike[i] = _mm_cmpeq_epi32(_mm_and_si128(four, bits), wanted);
		free_ones[i] = _mm_cmpeq_epi32(four, _mm_setzero_si128());
	}
	line.alike = (unsigned)_mm_movemask_epi8(_mm_packs_epi16(
		_mm_packs_epi32(alike[0], alike[1]), _mm_packs_epi32(alike[2], alike[3])));
	line.free = (unsigned)_mm_movemask_epi8(
		_mm_packs_epi16(_mm_packs_epi32(free_ones[0], free_ones[1]),
			_mm_packs_epi32(free_ones[2], free_ones[3])));
#else
	for (unsigned i = 0; i < LINE_SLOTS; i++) {
		line.alike |= (unsigned)((slots[i] & tag_bits) == tag) << i;
		line.free |= (unsigned)(slots[i] == 0) << i;
	}
#endif
	line.alike &= ~line.free;
	return line;
}

static size_t line_start(const struct keys *k, uint64_t hash)
{
	return (size_t)hash & (k->slot_count - 1) & ~(size_t)(LINE_SLOTS - 1);
}

static bool is_key(const struct keys *k, uint32_t index, const struct key *key)
{
	uint64_t words[2];
	memcpy(words, keys_entry(k, index), sizeof words);
	if (words[1] != key->words[1])
		return false;
	if (!key_is_long(words))
		return words[0] == key->words[0];
	struct slice known = keys_at(k, index);
	return memcmp(known.ptr, key->bytes.ptr, known.len) == 0;
}

/* The slot that holds the key, or the free one where it belongs. */
static size_t keys_slot(const struct keys *k, const struct key *key)
{
	const size_t mask = k->slot_count - 1;
	const uint32_t tag = slot_tag(k, key->hash);
	for (size_t at = line_start(k, key->hash);; at = (at + LINE_SLOTS) & mask) {
		struct line line = line_at(k->slots + at, tag, ~(uint32_t)mask);
		for (; line.alike; line.alike &= line.alike - 1) {
			size_t slot = at + (size_t)__builtin_ctz(line.alike);
			if (is_key(k, slot_index(k, k->slots[slot]), key))
				return slot;
		}
		if (line.free)
			return at + (size_t)__builtin_ctz(line.free);
	}
}

/* Puts a key that is not there yet into the free slot where it belongs. */
static void keys_put(struct keys *k, uint64_t hash, uint32_t index)
{
	size_t at = line_start(k, hash);
	struct line line;
	while ((line = line_at(k->slots + at, 0, 0)).free == 0)
		at = (at + LINE_SLOTS) & (k->slot_count - 1);
	k->slots[at + (size_t)__builtin_ctz(line.free)] = slot_tag(k, hash) | (index + 1);
}

static uint32_t keys_find_key(const struct keys *k, const struct key *key)
{
	if (k->count == 0)
		return KEY_NONE;
	uint32_t found = k->slots[keys_slot(k, key)];
	return found ? slot_index(k, found) : KEY_NONE;
}

uint32_t keys_find(const struct keys *k, struct slice bytes)
{
	struct key key;
	key_make(&key, k->seed, bytes);
	return keys_find_key(k, &key);
}

uint32_t keys_find_slack(const struct keys *k, struct slice bytes)
{
	struct key key;
	key_make_slack(&key, k->seed, bytes);
	return keys_find_key(k, &key);
}

uint32_t keys_find_near(const struct keys *k, struct slice bytes, uint32_t near)
{
	struct key key = { .bytes = bytes };
	key_words_slack(key.words, bytes);
	if (near < k->count && is_key(k, near, &key))
		return near;
	key.hash = key_hash(k->seed, key.words, bytes);
	return keys_find_key(k, &key);
}

#define FETCHED 32

/* The hash of a key that is there. */
static uint64_t hash_at(const struct keys *k, uint32_t index)
{
	uint64_t words[2];
	memcpy(words, keys_entry(k, index), sizeof words);
	return key_hash(k->seed, words, keys_at(k, index));
}

/* Have so many keys room among so many slots? Seven of eight may be taken. */
static bool has_slots(uint64_t keys, uint64_t slot_count)
{
	return keys <= slot_count / 8 * 7;
}

/* A table grows to so many times its size at most. */
#define TIMES_MOST ((size_t)8)

#define SLOTS_MOST ((size_t)1 << 31)

/*
 * `least` slots, which are twice as many as there are, or more: as many as the keys that are
 * expected need, or where that is too large a step an eighth of it, or an eighth of that. So the
 * last steps are large ones: a last doubling would look half of all keys or more up once more.
 */
static size_t slots_expected(uint64_t expected, size_t least)
{
	size_t count = least;
	while (count < SLOTS_MOST && !has_slots(expected, count))
		count *= 2;
	while (count > least / 2 * TIMES_MOST)
		count /= TIMES_MOST;
	return count;
}

/* Twice as many slots, or more, when there are too few. */
static int keys_grow(struct keys *k)
{
	if (has_slots((uint64_t)k->count + 1, k->slot_count))
		return 0;
	if (k->slot_count == SLOTS_MOST)
		return -1;
	const size_t least = k->slot_count ? k->slot_count * 2 : ENTRIES_FIRST;
	size_t count = slots_expected(k->expected, least);
	uint32_t *slots;
	while (!(slots = pages_new(count * sizeof *slots))) {
		if (count == least)
			return -1;
		count /= 2; /* what is expected needs not come */
	}
	pages_free(k->slots, k->slot_count * sizeof *slots);
	k->slots = slots;
	k->slot_count = count;
	/* A slot is most likely in no cache: those of several keys are fetched at a time. */
	uint64_t hashes[FETCHED] = { 0 };
	for (uint32_t start = 0, end; start < k->count; start = end) {
		end = k->count - start < FETCHED ? k->count : start + FETCHED;
		for (uint32_t i = start; i < end; i++) {
			hashes[i - start] = hash_at(k, i);
			keys_prefetch(k, hashes[i - start]);
		}
		for (uint32_t i = start; i < end; i++)
			keys_put(k, hashes[i - start], i);
	}
	return 0;
}

/* The first block moves as it grows, until it has its full size. */
static int first_block(struct keys *k)
{
	uint32_t room = k->entry_room ? k->entry_room * 2 : ENTRIES_FIRST;
	if (room * k->entry_size > MOVED_MOST)
		room = KEYS_BLOCK;
	if (!k->blocks) {
		k->blocks = calloc(1, sizeof *k->blocks);
		k->block_room = 1;
	}
	char *block = k->blocks ? pages_new(room * k->entry_size) : NULL;
	if (!block)
		return -1;
	if (k->count)
		memcpy(block, k->blocks[0], k->count * k->entry_size);
	pages_free(k->blocks[0], k->entry_room * k->entry_size);
	k->blocks[0] = block;
	k->entry_room = room;
	return 0;
}

static int next_block(struct keys *k)
{
	size_t count = k->entry_room / KEYS_BLOCK;
	if (count == k->block_room) {
		char **blocks = realloc(k->blocks, count * 2 * sizeof *blocks);
		if (!blocks)
			return -1;
		k->blocks = blocks;
		k->block_room = count * 2;
	}
	k->blocks[count] = pages_new(KEYS_BLOCK * k->entry_size);
	if (!k->blocks[count])
		return -1;
	k->entry_room += KEYS_BLOCK;
	return 0;
}

/* Room for a key more. */
static int keys_room(struct keys *k)
{
	if (k->count < k->entry_room)
		return 0;
	return k->entry_room < KEYS_BLOCK ? first_block(k) : next_block(k);
}

/* Where a long key is kept; NULL: there is no memory. */
static const char *keep_text(struct keys *k, struct slice bytes)
{
	struct keys_text *text = k->text;
	if (!text || text->room - text->used < bytes.len) {
		size_t room = !text                        ? TEXT_FIRST
			      : text->room < TEXT_MOST / 2 ? text->room * 2
							   : TEXT_MOST;
		if (room < bytes.len)
			room = bytes.len;
		text = malloc(sizeof *text + room);
		if (!text)
			return NULL;
		*text = (struct keys_text){ k->text, room, 0 };
		k->text = text;
	}
	char *kept = text->bytes + text->used;
	memcpy(kept, bytes.ptr, bytes.len);
	text->used += bytes.len;
	return kept;
}

uint32_t keys_add(struct keys *k, struct slice bytes)
{
	struct key key;
	key_make(&key, k->seed, bytes);
	return keys_add_key(k, &key);
}

uint32_t keys_add_key(struct keys *k, const struct key *key)
{
	uint64_t words[2] = { key->words[0], key->words[1] };
	if (k->count >= KEY_NONE - 1 || key->bytes.len > UINT32_MAX || keys_grow(k) != 0)
		return KEY_NONE;
	size_t at = keys_slot(k, key);
	if (k->slots[at])
		return slot_index(k, k->slots[at]);
	if (keys_room(k) != 0)
		return KEY_NONE;
	if (key->bytes.len >= KEY_LONG) {
		const char *kept = keep_text(k, key->bytes);
		if (!kept)
			return KEY_NONE;
		memcpy(words, &kept, sizeof kept);
	}
	char *entry = keys_entry(k, k->count);
	memcpy(entry, words,
		sizeof words); /* the value behind it is zero, as all memory is at first */
	k->slots[at] = slot_tag(k, key->hash) | ++k->count;
	return k->count - 1;
}

/* Gives back the place of a long key, after which none is kept any more. */
static void forget_text(struct keys *k, const char *bytes)
{
	struct keys_text *text = k->text;
	while ((uintptr_t)bytes - (uintptr_t)text->bytes >= text->used) {
		k->text = text->before;
		free(text);
		text = k->text;
	}
	text->used = (size_t)(bytes - text->bytes);
}

void keys_forget(struct keys *k, uint32_t count)
{
	/* The last one first, so that no other key has passed over its slot. */
	while (k->count > count) {
		struct key key;
		key_make(&key, k->seed, keys_at(k, k->count - 1));
		k->slots[keys_slot(k, &key)] = 0;
		k->count--;
		memset(keys_entry(k, k->count) + KEY_LONG, 0, k->entry_size - KEY_LONG);
		if (key.bytes.len >= KEY_LONG)
			forget_text(k, key.bytes.ptr);
	}
}

void keys_release(struct keys *k)
{
	for (size_t i = 0; i * KEYS_BLOCK < k->entry_room; i++) {
		uint32_t room = k->entry_room < KEYS_BLOCK ? k->entry_room : KEYS_BLOCK;
		pages_free(k->blocks[i], room * k->entry_size);
	}
	while (k->text) {
		struct keys_text *text = k->text;
		k->text = text->before;
		free(text);
	}
	free(k->blocks);
	pages_free(k->slots, k->slot_count * sizeof *k->slots);
	*k = (struct keys){ 0 };
}
