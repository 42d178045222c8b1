#include "key.h"

void key_make(struct key *key, uint64_t seed, struct slice bytes)
{
	key->bytes = bytes;
	if (bytes.len >= KEY_LONG) {
		key_words_long(key->words, bytes.len);
	} else {
		slice_pack(bytes, key->words);
		key_words_short(key->words, bytes.len);
	}
	key->hash = key_hash(seed, key->words, bytes);
}

void key_make_slack(struct key *key, uint64_t seed, struct slice bytes)
{
	key->bytes = bytes;
	key_words_slack(key->words, bytes);
	key->hash = key_hash(seed, key->words, bytes);
}
