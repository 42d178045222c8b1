#include "keys.h"

#include <stdlib.h>
#include <sys/random.h>
#include <time.h>

void keys_init(struct keys *k, size_t value_size)
{
	*k = (struct keys){ .value_size = value_size };
	/* Without the system's randomness a clock is still better than a constant. */
	if (getrandom(&k->seed, sizeof k->seed, GRND_NONBLOCK) != sizeof k->seed) {
		struct timespec now = { 0 };
		clock_gettime(CLOCK_MONOTONIC, &now);
		k->seed = (uint64_t)now.tv_nsec * UINT64_C(0x9E3779B97F4A7C15);
	}
}

/* The two halves of a 128-bit product, folded: every bit of either factor reaches every bit. */
static uint64_t mix(uint64_t a, uint64_t b)
{
	__extension__ typedef unsigned __int128 wide;
	wide product = (wide)a * b;
	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

uint64_t keys_hash(const struct keys *k, struct slice bytes)
{
	uint64_t hash = k->seed ^
			mix(bytes.len + UINT64_C(0x9E3779B97F4A7C15), UINT64_C(0xD6E8FEB86659FD93));
	uint64_t word[2];
	for (; bytes.len > SLICE_PACKED; bytes = slice_skip(bytes, SLICE_PACKED)) {
		memcpy(word, bytes.ptr, sizeof word);
		hash = mix(hash ^ word[0] ^ UINT64_C(0xA0761D6478BD642F),
			k->seed ^ word[1] ^ UINT64_C(0xE7037ED1A0B428DB));
	}
	slice_pack(bytes, word);
	hash = mix(hash ^ word[0] ^ UINT64_C(0xA0761D6478BD642F),
		k->seed ^ word[1] ^ UINT64_C(0xE7037ED1A0B428DB));
	return mix(hash ^ k->seed, UINT64_C(0x8EBC6AF09C88C6E3));
}

struct slice keys_at(const struct keys *k, uint32_t index)
{
	uint64_t start = index ? k->ends[index - 1] : 0;
	return slice_skip((struct slice){ k->bytes, (size_t)k->ends[index] }, (size_t)start);
}

/*
 * A slot holds index + 1, which is less than the number of slots, and in the bits above it what fits
 * of the hash, so that a key that is another one is hardly ever looked at. 0: it is free.
 */
static uint32_t slot_tag(const struct keys *k, uint64_t hash)
{
	return (uint32_t)(hash >> 32) & ~(uint32_t)(k->slot_count - 1);
}

static uint32_t slot_index(const struct keys *k, uint32_t slot)
{
	return (slot & (uint32_t)(k->slot_count - 1)) - 1;
}

/* The slot that holds the key, or the free one where it belongs. */
static size_t keys_slot(const struct keys *k, struct slice key, uint64_t hash)
{
	size_t mask = k->slot_count - 1;
	size_t at = (size_t)hash & mask;
	uint32_t tag = slot_tag(k, hash);
	for (uint32_t slot; (slot = k->slots[at]) != 0; at = (at + 1) & mask)
		if ((slot & ~(uint32_t)mask) == tag &&
			slice_equal(keys_at(k, slot_index(k, slot)), key))
			break;
	return at;
}

uint32_t keys_find(const struct keys *k, struct slice key)
{
	if (k->count == 0)
		return KEY_NONE;
	uint32_t found = k->slots[keys_slot(k, key, keys_hash(k, key))];
	return found ? slot_index(k, found) : KEY_NONE;
}

uint32_t keys_find_near(const struct keys *k, struct slice key, uint32_t near)
{
	return near < k->count && slice_equal(keys_at(k, near), key) ? near : keys_find(k, key);
}

#define FETCHED 32

/* Twice as many slots when seven of eight are taken. */
static int keys_grow(struct keys *k)
{
	if ((uint64_t)(k->count + 1) * 8 <= (uint64_t)k->slot_count * 7)
		return 0;
	size_t count = k->slot_count ? k->slot_count * 2 : 64;
	if (count > UINT32_MAX)
		return -1;
	uint32_t *slots = calloc(count, sizeof *slots);
	if (!slots)
		return -1;
	free(k->slots);
	k->slots = slots;
	k->slot_count = count;
	/* A slot is most likely in no cache: those of several keys are fetched at a time. */
	uint64_t hashes[FETCHED];
	for (size_t start = 0; start < k->count; start += FETCHED) {
		for (size_t i = start; i < k->count && i < start + FETCHED; i++) {
			hashes[i - start] = keys_hash(k, keys_at(k, (uint32_t)i));
			keys_prefetch(k, hashes[i - start]);
		}
		for (size_t i = start; i < k->count && i < start + FETCHED; i++) {
			uint64_t hash = hashes[i - start];
			size_t at = (size_t)hash & (count - 1);
			while (slots[at])
				at = (at + 1) & (count - 1);
			slots[at] = slot_tag(k, hash) | ((uint32_t)i + 1);
		}
	}
	return 0;
}

/* The arrays grow by realloc, which on large blocks moves pages and copies nothing. */
static int keys_room(struct keys *k, size_t length)
{
	uint64_t used = k->count ? k->ends[k->count - 1] : 0;
	if (length > k->bytes_room - used) {
		size_t room = k->bytes_room ? k->bytes_room : 4096;
		while (room - used < length)
			room *= 2;
		char *bytes = realloc(k->bytes, room);
		if (!bytes)
			return -1;
		k->bytes = bytes;
		k->bytes_room = room;
	}
	if (k->count < k->ends_room)
		return 0;
	size_t room = k->ends_room ? k->ends_room * 2 : 512;
	uint64_t *ends = realloc(k->ends, room * sizeof *ends);
	if (!ends)
		return -1;
	k->ends = ends;
	if (k->value_size) {
		char *values = realloc(k->values, room * k->value_size);
		if (!values)
			return -1;
		k->values = values;
	}
	k->ends_room = room;
	return 0;
}

uint32_t keys_add(struct keys *k, struct slice key)
{
	return keys_add_hashed(k, key, keys_hash(k, key));
}

uint32_t keys_add_hashed(struct keys *k, struct slice key, uint64_t hash)
{
	if (k->count >= KEY_NONE - 1 || keys_grow(k) != 0)
		return KEY_NONE;
	size_t at = keys_slot(k, key, hash);
	if (k->slots[at])
		return slot_index(k, k->slots[at]);
	if (keys_room(k, key.len) != 0)
		return KEY_NONE;
	uint64_t start = k->count ? k->ends[k->count - 1] : 0;
	if (key.len)
		memcpy(k->bytes + start, key.ptr, key.len);
	k->ends[k->count] = start + key.len;
	if (k->value_size)
		memset(keys_value(k, k->count), 0, k->value_size);
	k->slots[at] = slot_tag(k, hash) | ++k->count;
	return k->count - 1;
}

void keys_forget(struct keys *k, uint32_t count)
{
	/* The last one first, so that no other key has passed over its slot. */
	while (k->count > count) {
		struct slice key = keys_at(k, k->count - 1);
		k->slots[keys_slot(k, key, keys_hash(k, key))] = 0;
		k->count--;
	}
}

void keys_release(struct keys *k)
{
	free(k->bytes);
	free(k->ends);
	free(k->slots);
	free(k->values);
	*k = (struct keys){ 0 };
}
