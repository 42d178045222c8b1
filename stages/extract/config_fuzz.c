/*
 * Configuration files with secrets planted in them: what has to be hidden is in no row and in no
 * message.
 *
 * Input: a byte that is odd for fingerprints, and a file in which each byte 1 stands for a canary
 * of its own. A canary has to be hidden in a comment, in the value of a key that is a secret, and
 * in the lines after a secret that have no separator but a "=" at their end.
 */
#include "config_rows.h"

#include "show.h"

#include "fuzz.h"

#include <sys/stat.h>
#include <unistd.h>

#define CANARIES 12
#define LENGTH   12
#define CHUNK    8 /* so many bytes of a canary in a row are a leak */

struct planted {
	struct buffer file;
	size_t at[CANARIES]; /* where each stands in the file */
	bool hidden[CANARIES];
	size_t count;
	char canaries[CANARIES][LENGTH];
};

/* Other canaries for other inputs, so that the fuzzer cannot learn one and write it elsewhere. */
static void make_canaries(struct planted *p, struct slice text)
{
	static const char letters[] = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstvwxyz23456789";
	uint64_t state = UINT64_C(0xCBF29CE484222325);
	for (size_t i = 0; i < text.len; i++)
		state = (state ^ (unsigned char)text.ptr[i]) * UINT64_C(0x100000001B3);
	for (size_t i = 0; i < sizeof p->canaries; i++) {
		state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
		p->canaries[i / LENGTH][i % LENGTH] = letters[(state >> 33) % (sizeof letters - 1)];
	}
}

static void plant(struct planted *p, struct slice text)
{
	make_canaries(p, text);
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] != 1) {
			buffer_put(&p->file, text.ptr[i]);
		} else if (p->count < CANARIES) {
			p->at[p->count] = p->file.len;
			buffer_append(&p->file, (struct slice){ p->canaries[p->count++], LENGTH });
		}
	}
}

static bool holds(const struct planted *p, struct slice text, size_t canary)
{
	for (size_t i = 0; i + CHUNK <= LENGTH; i++)
		if (text.len && memmem(text.ptr, text.len, p->canaries[canary] + i, CHUNK))
			return true;
	return false;
}

/* Is it a line that can only be the rest of a secret, coming after one? */
static bool is_rest(const struct properties *p, const struct property *entry)
{
	struct slice key = property_key(p, entry);
	struct slice value = property_value(p, entry);
	if (entry->flags & (PROPERTY_COLON | PROPERTY_BLANK))
		return false;
	/* An empty entry with a dotted key may be one. */
	if (key.len && memchr(key.ptr, '.', key.len) && value.len == 0 &&
		entry->flags & PROPERTY_EQUALS)
		return false;
	while (value.len && value.ptr[value.len - 1] == '=')
		value.len--;
	return value.len == 0;
}

/* By the model of the file alone, without the masking. */
static void find_hidden(
	struct planted *planted, const struct properties *p, struct config_keys *keys)
{
	struct error e = { 0 };
	bool after_secret = false;
	for (struct property_line line = { 0 }; properties_line(p, &line);) {
		for (size_t i = 0; line.kind == PROPERTY_LINE_COMMENT && i < planted->count; i++)
			planted->hidden[i] |=
				planted->at[i] >= line.start && planted->at[i] < line.end;
		if (!line.first)
			continue;
		const struct property *entry = &p->entries[line.entry];
		struct key_rule rule;
		REQUIRE(config_keys_find(
				keys, SLICE("CONNECTORS"), property_key(p, entry), &rule, &e) == 0);
		bool secret = rule.class == KEY_SECRET;
		bool rest = after_secret && is_rest(p, entry);
		after_secret = secret || rest;
		for (size_t i = 0; i < planted->count; i++)
			planted->hidden[i] |=
				(secret && holds(planted, property_value(p, entry), i)) ||
				(rest && (holds(planted, property_key(p, entry), i) ||
						 holds(planted, property_value(p, entry), i)));
	}
}

static void check_output(const struct planted *planted, const char *what, struct slice text)
{
	for (size_t i = 0; i < planted->count; i++) {
		if (!planted->hidden[i] || !holds(planted, text, i))
			continue;
		fprintf(stderr, "a secret in the %s:\n%.*s\nof the file:\n%.*s\n", what,
			(int)text.len, text.ptr, (int)planted->file.len, planted->file.ptr);
		abort();
	}
}

static const struct fingerprint *fingerprint_made(void)
{
	static struct fingerprint made;
	struct error e = { 0 };
	char path[] = "/tmp/config-fuzz-XXXXXX";
	if (made.mac)
		return &made;
	int fd = mkstemp(path);
	REQUIRE(fd >= 0 && write(fd, "0123456789abcdef0123456789abcdef", 32) == 32);
	close(fd);
	REQUIRE(fingerprint_open(&made, path, &e) == 0);
	unlink(path);
	return &made;
}

static void write_rows(struct planted *planted, const struct properties *p,
	struct config_keys *keys, const struct fingerprint *fingerprint)
{
	char *said = NULL;
	size_t said_len = 0;
	struct folding folding;
	struct writer writer;
	struct config_counts counts = { 0 };
	struct error e = { 0 };
	struct messages messages = { .program = "extract",
		.stream = open_memstream(&said, &said_len) };
	folding_init(&folding);
	writer_init(&writer, NULL, FORMAT_CSV);
	const struct config_rows rows = { .member = "x.zip!CONNECTORS.txt",
		.name = SLICE("CONNECTORS"),
		.properties = p,
		.folding = &folding,
		.fingerprint = fingerprint,
		.keys = keys,
		.writer = &writer,
		.messages = &messages,
		.counts = &counts };
	REQUIRE(config_rows_write(&rows, &e) == 0);
	REQUIRE(counts.entries == p->count);
	fclose(messages.stream);
	find_hidden(planted, p, keys);
	check_output(planted, "rows", buffer_slice(&writer.pending));
	check_output(planted, "messages", (struct slice){ said, said_len });
	free(said);
	writer_release(&writer);
	folding_release(&folding);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct config_keys keys;
	struct slice input = { (const char *)data, size };
	bool fingerprints = fuzz_byte(&input) & 1;
	struct planted planted = { 0 };
	struct properties p;
	struct error e = { 0 };
	if (keys.count == 0)
		REQUIRE(config_keys_load(&keys, NULL, &e) == 0);
	plant(&planted, input);
	if (properties_read(&p, "CONNECTORS.txt", buffer_slice(&planted.file), &e) == 0) {
		write_rows(&planted, &p, &keys, fingerprints ? fingerprint_made() : NULL);
		properties_release(&p);
	} else {
		memset(planted.hidden, true, sizeof planted.hidden);
		check_output(&planted, "error", buffer_slice(&e.text));
		check_output(&planted, "hint", buffer_slice(&e.hint));
		error_release(&e);
	}
	buffer_release(&planted.file);
	return 0;
}
