#include "seven_zip_list.h"

#include <stdlib.h>

/* What 7-Zip itself writes stays far below. */
#define CODERS_MOST  32
#define STREAMS_MOST 32

struct slice seven_zip_take(struct seven_zip_list *l, uint64_t length)
{
	if (length > l->rest.len) {
		*l = (struct seven_zip_list){ .bad = true };
		return SLICE("");
	}
	struct slice taken = { l->rest.ptr, (size_t)length };
	l->rest = slice_skip(l->rest, (size_t)length);
	return taken;
}

unsigned seven_zip_byte(struct seven_zip_list *l)
{
	struct slice byte = seven_zip_take(l, 1);
	return byte.len ? (unsigned char)byte.ptr[0] : 0;
}

/* As many bytes follow the first as it has ones at its front. */
uint64_t seven_zip_number(struct seven_zip_list *l)
{
	unsigned first = seven_zip_byte(l);
	uint64_t number = 0;
	unsigned shift = 0;
	unsigned mask = 0x80;
	for (; first & mask; mask >>= 1, shift += 8)
		number |= (uint64_t)seven_zip_byte(l) << shift;
	return mask ? number | (uint64_t)(first & (mask - 1)) << shift : number;
}

void seven_zip_want(struct seven_zip_list *l, bool holds)
{
	if (!holds)
		*l = (struct seven_zip_list){ .bad = true };
}

/* Bits that say of which of `count` things there is a sum, and the sums. `known` may be NULL. */
static void take_sums(struct seven_zip_list *l, uint64_t count, unsigned char *known)
{
	bool all = seven_zip_byte(l) != 0;
	seven_zip_want(l, count <= (all ? l->rest.len / 4 : l->rest.len * 8));
	struct slice bits = all ? SLICE("") : seven_zip_take(l, (count + 7) / 8);
	uint64_t sums = 0;
	for (uint64_t i = 0; !l->bad && i < count; i++) {
		unsigned char is = all || (unsigned char)bits.ptr[i / 8] >> (7 - i % 8) & 1;
		sums += is;
		if (known)
			known[i] = is;
	}
	seven_zip_want(l, sums <= l->rest.len / 4);
	seven_zip_take(l, sums * 4);
}

static unsigned take_packed(struct seven_zip_list *l, struct seven_zip_streams *s)
{
	s->at = seven_zip_number(l);
	s->packed = seven_zip_number(l);
	unsigned id = seven_zip_byte(l);
	if (id == SEVEN_ZIP_SIZE) {
		seven_zip_want(l, s->packed <= l->rest.len);
		for (uint64_t i = 0; !l->bad && i < s->packed; i++) {
			uint64_t size = seven_zip_number(l);
			s->size = i ? s->size : size;
		}
		id = seven_zip_byte(l);
	}
	if (id == SEVEN_ZIP_CRC) {
		take_sums(l, s->packed, NULL);
		id = seven_zip_byte(l);
	}
	seven_zip_want(l, id == SEVEN_ZIP_END);
	return seven_zip_byte(l);
}

/* Bytes of the dictionary that a coder asks for; 0: it has none, or one of a fixed size. */
static uint64_t dictionary_of(struct slice id, struct slice properties)
{
	bool lzma = slice_equal(id, SLICE("\x03\x01\x01"));
	bool ppmd = slice_equal(id, SLICE("\x03\x04\x01"));
	const unsigned char *bytes = (const unsigned char *)properties.ptr;
	uint64_t size = 0;
	if (slice_equal(id, SLICE("\x21")) && properties.len >= 1)
		return bytes[0] > 39 ? UINT32_MAX
				     : (UINT64_C(2) | (bytes[0] & 1)) << (bytes[0] / 2 + 11);
	if ((lzma || ppmd) && properties.len >= 5)
		for (size_t i = 4; i > 0; i--)
			size = size << 8 | bytes[i];
	return size;
}

static void take_folder(struct seven_zip_list *l, struct seven_zip_streams *s, bool first)
{
	uint64_t coders = seven_zip_number(l);
	uint64_t in = 0;
	uint64_t out = 0;
	seven_zip_want(l, coders > 0 && coders <= CODERS_MOST);
	for (uint64_t i = 0; !l->bad && i < coders; i++) {
		unsigned flags = seven_zip_byte(l);
		struct slice id = seven_zip_take(l, flags & 0x0F);
		bool complex = flags & 0x10;
		in += complex ? seven_zip_number(l) : 1;
		out += complex ? seven_zip_number(l) : 1;
		struct slice properties =
			flags & 0x20 ? seven_zip_take(l, seven_zip_number(l)) : SLICE("");
		seven_zip_want(
			l, in <= STREAMS_MOST && out > 0 && out <= STREAMS_MOST && !(flags & 0xC0));
		uint64_t dictionary = dictionary_of(id, properties);
		if (dictionary > s->dictionary)
			s->dictionary = dictionary;
		if (!first)
			continue;
		if (i == 0) {
			s->coder = id;
			s->properties = properties;
		}
		s->coders = coders;
		s->encrypted |= slice_equal(id, SLICE("\x06\xF1\x07\x01"));
	}
	uint64_t bound = out - 1;
	seven_zip_want(l, !l->bad && in >= bound);
	for (uint64_t i = 0; !l->bad && i < 2 * bound; i++)
		seven_zip_number(l);
	for (uint64_t i = 0; !l->bad && in - bound > 1 && i < in - bound; i++)
		seven_zip_number(l);
	s->unpacked += out;
}

static int take_folders(struct seven_zip_list *l, struct seven_zip_streams *s, unsigned *next)
{
	seven_zip_want(l, seven_zip_byte(l) == SEVEN_ZIP_FOLDER);
	s->folders = seven_zip_number(l);
	seven_zip_want(l, seven_zip_byte(l) == 0 && s->folders <= l->rest.len);
	for (uint64_t i = 0; !l->bad && i < s->folders; i++)
		take_folder(l, s, i == 0);
	seven_zip_want(l, seven_zip_byte(l) == SEVEN_ZIP_UNPACK_SIZE);
	for (uint64_t i = 0; !l->bad && i < s->unpacked; i++) {
		uint64_t size = seven_zip_number(l);
		s->full = i ? s->full : size;
	}
	unsigned id = seven_zip_byte(l);
	s->known = calloc(!l->bad && s->folders ? (size_t)s->folders : 1, 1);
	if (!s->known)
		return -1;
	s->parts = s->folders;
	if (id == SEVEN_ZIP_CRC) {
		take_sums(l, s->folders, s->known);
		id = seven_zip_byte(l);
	}
	seven_zip_want(l, id == SEVEN_ZIP_END);
	*next = seven_zip_byte(l);
	return 0;
}

static void take_parts(struct seven_zip_list *l, struct seven_zip_streams *s, uint64_t most)
{
	unsigned id = seven_zip_byte(l);
	uint64_t sizes = 0;
	uint64_t sums = 0;
	bool counted = id == SEVEN_ZIP_SUBSTREAM_COUNT;
	s->parts = 0;
	for (uint64_t i = 0; !l->bad && i < s->folders; i++) {
		uint64_t parts = counted ? seven_zip_number(l) : 1;
		/* More than are allowed are not added up: that is enough to know. */
		if (parts > most || (s->parts += parts) > most) {
			s->parts = most + 1;
			return;
		}
		sizes += parts ? parts - 1 : 0;
		sums += parts == 1 && s->known[i] ? 0 : parts;
	}
	if (counted)
		id = seven_zip_byte(l);
	if (id == SEVEN_ZIP_SIZE) {
		for (uint64_t i = 0; !l->bad && i < sizes; i++)
			seven_zip_number(l);
		id = seven_zip_byte(l);
	}
	if (id == SEVEN_ZIP_CRC) {
		take_sums(l, sums, NULL);
		id = seven_zip_byte(l);
	}
	seven_zip_want(l, id == SEVEN_ZIP_END);
}

int seven_zip_streams(struct seven_zip_list *l, struct seven_zip_streams *s, uint64_t most)
{
	unsigned id = seven_zip_byte(l);
	if (id == SEVEN_ZIP_PACK)
		id = take_packed(l, s);
	if (id == SEVEN_ZIP_UNPACK && take_folders(l, s, &id) != 0)
		return -1;
	if (id == SEVEN_ZIP_SUBSTREAMS && !l->bad) {
		take_parts(l, s, most);
		if (s->parts > most)
			return 0;
		id = seven_zip_byte(l);
	}
	seven_zip_want(l, id == SEVEN_ZIP_END);
	return 0;
}
