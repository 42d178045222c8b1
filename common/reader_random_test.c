/*
 * Random bytes through the reader: the same for every read size, and the same as a small parser,
 * written for this test alone, finds.
 */
#include "transcript_test.h"

#include "utf8.h"

/* A generator of one's own, so that a failure comes back with the same seed on every machine. */
static uint32_t random_next(uint32_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

/* A part of the input as the parser found it. */
struct found {
	enum { FOUND_END, FOUND_BLANK, FOUND_RECORD, FOUND_BROKEN, FOUND_OPEN } kind;
	enum reason reason;
	size_t length; /* with the line end */
	size_t raw;    /* without */
	struct slice fields[64];
	size_t count;
	char bytes[64];
};

static size_t to_next_line(struct slice in, size_t at)
{
	while (at < in.len && in.ptr[at] != '\n')
		at++;
	return at < in.len ? at + 1 : at;
}

/* CSV at the front of `in`, from RFC 4180: the state is where the loop stands. */
// NOLINTNEXTLINE(readability-function-cognitive-complexity): a grammar, whole in one place
static void parse_csv(struct slice in, char delimiter, struct found *f)
{
	size_t at = 0;
	size_t out = 0;
	f->count = 0;
	f->kind = FOUND_RECORD;
	if (in.len == 0) {
		f->kind = FOUND_END;
		return;
	}
	for (bool more = true; more;) {
		size_t start = out;
		bool quoted = at < in.len && in.ptr[at] == '"';
		if (quoted) {
			for (at++;; at++) {
				if (at == in.len) {
					f->kind = FOUND_OPEN;
					f->length = f->raw = at;
					return;
				}
				if (in.ptr[at] == '"' && ++at < in.len && in.ptr[at] != '"')
					break;
				if (at == in.len)
					break;
				f->bytes[out++] = in.ptr[at];
			}
		}
		while (!quoted && at < in.len && !memchr("\"\r\n", in.ptr[at], 3) &&
			in.ptr[at] != delimiter)
			f->bytes[out++] = in.ptr[at++];
		f->fields[f->count++] = (struct slice){ f->bytes + start, out - start };
		more = at < in.len && in.ptr[at] == delimiter;
		if (more)
			at++;
	}
	f->raw = at;
	f->length = at + line_end_length(slice_skip(in, at));
	if (at < in.len && f->length == at) {
		f->kind = FOUND_BROKEN;
		f->reason = in.ptr[at] == '\r' ? REASON_LONE_CR : REASON_BAD_QUOTING;
		f->length = to_next_line(in, at);
		f->raw = f->length - (in.ptr[f->length - 1] == '\n');
		f->raw -= f->raw < f->length && in.ptr[f->raw - 1] == '\r';
	} else if (f->raw == 0) {
		f->kind = FOUND_BLANK;
	}
}

// NOLINTNEXTLINE(readability-function-cognitive-complexity): a grammar, whole in one place
static void parse_tsv(struct slice in, char delimiter, struct found *f)
{
	(void)delimiter;
	f->length = to_next_line(in, 0);
	f->raw = f->length - (f->length && in.ptr[f->length - 1] == '\n');
	f->raw -= f->raw < f->length && f->raw && in.ptr[f->raw - 1] == '\r';
	f->kind = f->length == 0 ? FOUND_END : f->raw == 0 ? FOUND_BLANK : FOUND_RECORD;
	f->count = 0;
	size_t out = 0;
	size_t start = 0;
	for (size_t at = 0; at <= f->raw; at++) {
		if (at < f->raw && in.ptr[at] == '\r') {
			f->kind = FOUND_BROKEN;
			f->reason = REASON_LONE_CR;
			return;
		}
		if (at == f->raw || in.ptr[at] == '\t') {
			f->fields[f->count++] = (struct slice){ f->bytes + start, out - start };
			start = out;
			continue;
		}
		char byte = in.ptr[at];
		if (byte == '\\') {
			const char *letter =
				at + 1 < f->raw ? strchr("\\ttnnrr", in.ptr[at + 1]) : NULL;
			if (!letter || !*letter) {
				f->kind = FOUND_OPEN;
				continue;
			}
			byte = *letter == 't'   ? '\t'
			       : *letter == 'n' ? '\n'
			       : *letter == 'r' ? '\r'
						: '\\';
			at++;
		}
		f->bytes[out++] = byte;
	}
}

/* The fault of a record that has the form: -1 where there is none; `*field` is the one at fault. */
static int fault(const struct found *f, size_t headings, size_t *field)
{
	for (*field = 0; *field < f->count; ++*field)
		if (f->fields[*field].len &&
			memchr(f->fields[*field].ptr, '\0', f->fields[*field].len))
			return REASON_NUL_BYTE;
	for (*field = 0; *field < f->count; ++*field)
		if (utf8_valid(f->fields[*field]) < f->fields[*field].len)
			return REASON_BAD_ENCODING;
	return f->count == headings || headings == 0 ? -1 : REASON_WRONG_FIELD_COUNT;
}

static void tell_reject(struct buffer *out, uint64_t line, enum reason reason, struct slice column,
	struct slice got, struct slice raw)
{
	buffer_printf(out, "!%" PRIu64 " %s ", line, reason_name(reason));
	show_append(out, column);
	buffer_put(out, '/');
	show_append(out, got);
	buffer_put(out, '<');
	show_append(out, raw);
	buffer_append(out, SLICE(">\n"));
}

/* The transcript as it should be. */
// NOLINTNEXTLINE(readability-function-cognitive-complexity): a grammar, whole in one place
static void expect(struct buffer *out, struct slice in, const struct reader_options *options)
{
	struct found header = { 0 };
	uint64_t line = 1;
	uint64_t blank = 0;
	buffer_clear(out);
	for (size_t length;; in = slice_skip(in, length)) {
		struct found f = { 0 };
		size_t field = 0;
		bool is_header = header.count == 0;
		bool tsv = options->format == FORMAT_TSV;
		(tsv ? parse_tsv : parse_csv)(in, options->delimiter, &f);
		struct slice raw = { in.ptr, f.raw };
		bool overlong = options->record_limit && f.raw > options->record_limit;
		if (f.kind == FOUND_BLANK && header.count == 1) {
			f.kind = FOUND_RECORD;
			f.count = 1;
			f.fields[0] = SLICE("");
		}
		int wrong = f.kind == FOUND_RECORD   ? fault(&f, header.count, &field)
			    : f.kind == FOUND_BROKEN ? (int)f.reason
						     : -1;
		if (overlong && (tsv || f.kind != FOUND_OPEN))
			wrong = REASON_RECORD_TOO_LONG;
		if (f.kind == FOUND_END) {
			buffer_printf(out,
				is_header ? "3 x: there is no header: the input is empty\n"
					  : "end %" PRIu64 "\n",
				blank);
			return;
		}
		if (f.kind == FOUND_OPEN && !(tsv && overlong)) {
			buffer_printf(out, "3 x:%" PRIu64 "\n", line);
			return;
		}
		if (is_header && wrong >= 0) {
			buffer_printf(out, "3 x:%" PRIu64 "\n", line);
			return;
		}
		length = f.length;
		if (f.kind == FOUND_BLANK && wrong < 0) {
			blank++;
		} else if (wrong >= 0) {
			bool whole = wrong != REASON_NUL_BYTE && wrong != REASON_BAD_ENCODING;
			char count[24];
			snprintf(count, sizeof count, "%zu", f.count);
			struct slice got = whole ? SLICE("") : f.fields[field];
			if (wrong == REASON_WRONG_FIELD_COUNT)
				got = slice_from(count);
			if (overlong)
				raw.len = options->record_limit;
			tell_reject(out, line, (enum reason)wrong,
				whole || field >= header.count ? SLICE("") : header.fields[field],
				got, raw);
		} else {
			buffer_printf(out, "%s%" PRIu64, is_header ? "h" : "", line);
			tell_fields(out, f.fields, f.count);
			if (is_header) {
				header = f;
				for (size_t i = 0; i < f.count; i++)
					header.fields[i].ptr =
						header.bytes + (f.fields[i].ptr - f.bytes);
			}
		}
		for (size_t i = 0; i < length; i++)
			line += in.ptr[i] == '\n';
	}
}

/* Of an error's text only its place is compared. */
static struct slice without_words(struct buffer *text)
{
	struct slice all = buffer_slice(text);
	for (size_t i = 0; i + 4 < all.len; i++) {
		bool starts = i == 0 || all.ptr[i - 1] == '\n';
		if (!starts || memcmp(all.ptr + i, "3 x:", 4) != 0 || all.ptr[i + 4] == ' ')
			continue;
		size_t at = i + 4;
		while (all.ptr[at] >= '0' && all.ptr[at] <= '9')
			at++;
		text->len = at;
		buffer_put(text, '\n');
		break;
	}
	return buffer_slice(text);
}

static void test_random(const char *alphabet, size_t letters, const char *header,
	const struct reader_options *options, uint32_t seed, int rounds)
{
	struct buffer want = { 0 };
	struct buffer got = { 0 };
	struct buffer input = { 0 };
	int differing = 0;
	for (int round = 0; round < rounds && differing < 3; round++) {
		struct reader_options o = *options;
		buffer_clear(&input);
		if (random_next(&seed) % 4)
			buffer_append(&input, slice_from(header));
		for (size_t left = random_next(&seed) % 24; left; left--)
			buffer_put(&input, alphabet[random_next(&seed) % letters]);
		o.record_limit = random_next(&seed) % 3 ? 0 : 3 + random_next(&seed) % 9;
		expect(&want, buffer_slice(&input), &o);
		for (int size = 0; size < 3; size++) {
			o.block = size == 0    ? 1
				  : size == 1  ? 1 + random_next(&seed) % 9
				  : round % 99 ? 4096
					       : 1 << 20;
			transcript(&got, buffer_slice(&input), &o,
				size == 1 ? 1 + random_next(&seed) % 9 : SIZE_MAX);
			without_words(&got);
			if (slice_equal(buffer_slice(&got), buffer_slice(&want))) {
				test_passed++;
				continue;
			}
			struct buffer shown = { 0 };
			show_append(&shown, buffer_slice(&input));
			fprintf(stderr, "input <%s>, block %zu, limit %zu\n", buffer_text(&shown),
				o.block, o.record_limit);
			buffer_release(&shown);
			CHECK_SLICE(buffer_slice(&got), buffer_slice(&want));
			differing++;
			break;
		}
	}
	buffer_release(&want);
	buffer_release(&got);
	buffer_release(&input);
}

#define ALPHABET(letters) letters, sizeof(letters) - 1

int main(void)
{
	const struct reader_options csv = { .delimiter = ',' };
	const struct reader_options semicolon = { .delimiter = ';' };
	const struct reader_options tsv = { .format = FORMAT_TSV, .delimiter = '\t' };
	test_random(ALPHABET("a\",\r\n"), "a,b\n", &csv, 1, test_rounds(40000));
	test_random(ALPHABET("aa\"\",,\n\n\r"), "a,b\r\n", &csv, 2, test_rounds(40000));
	test_random(ALPHABET("a\",\r\n\xC3\xA9\0"), "a,b\n", &csv, 3, test_rounds(40000));
	test_random(ALPHABET("a\"\r\n"), "a\n", &csv, 4, test_rounds(20000));
	test_random(ALPHABET("a\";,\r\n"), "a;b\n", &semicolon, 5, 20000);
	test_random(ALPHABET("a\t\r\n\\tnr"), "a\tb\n", &tsv, 6, test_rounds(40000));
	test_random(ALPHABET("a\t\r\n\xC3\xA9\0\""), "a\tb\n", &tsv, 7, test_rounds(20000));
	return test_report("reader_random_test");
}
