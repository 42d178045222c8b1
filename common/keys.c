#include "keys.h"

#include "hash.h"
#include "pages.h"

#include <stdlib.h>

#define ENTRIES_FIRST 64
#define VALUE_UNIT    8 /* values of this alignment are in their places */

/* The entries of a small set move as it grows, up to this many bytes. */
#define MOVED_MOST ((size_t)256 << 10)

/* The long keys' memory comes in pieces, each twice as large as the one before. */
#define TEXT_FIRST ((size_t)4 << 10)
#define TEXT_MOST  ((size_t)1 << 20)

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

static inline bool is_key(const void *set, uint32_t index, const void *sought)
{
	const struct keys *k = set;
	const struct key *key = sought;
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
	return slots_find(&k->slots, key->hash, is_key, k, key);
}

static uint32_t keys_find_key(const struct keys *k, const struct key *key)
{
	return k->count ? slots_index(&k->slots, keys_slot(k, key)) : KEY_NONE;
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

static void hashes_of(const void *set, uint32_t start, uint32_t end, uint64_t *hashes)
{
	const struct keys *k = set;
	for (uint32_t i = start; i < end; i++) {
		uint64_t words[2];
		memcpy(words, keys_entry(k, i), sizeof words);
		*hashes++ = key_hash(k->seed, words, keys_at(k, i));
	}
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
	if (key->bytes.len > UINT32_MAX || slots_room(&k->slots, k->count, hashes_of, k) != 0)
		return KEY_NONE;
	size_t slot = keys_slot(k, key);
	uint32_t index = slots_index(&k->slots, slot);
	if (index != KEY_NONE)
		return index;
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
	slots_put(&k->slots, slot, key->hash, k->count);
	return k->count++;
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
	while (k->count > count) {
		struct key key;
		key_make(&key, k->seed, keys_at(k, k->count - 1));
		slots_free(&k->slots, keys_slot(k, &key));
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
	slots_release(&k->slots);
	*k = (struct keys){ 0 };
}
