#include "magic.h"

#include <strings.h>

static bool starts(struct slice text, struct slice start)
{
	return text.len >= start.len && memcmp(text.ptr, start.ptr, start.len) == 0;
}

static bool ends_caseless(struct slice text, struct slice end)
{
	return text.len >= end.len &&
	       strncasecmp(text.ptr + text.len - end.len, end.ptr, end.len) == 0;
}

static unsigned byte_at(struct slice text, size_t at)
{
	return at < text.len ? (unsigned char)text.ptr[at] : 0;
}

/* The number in a tar header's octal field; the bytes that end it are blanks or NULs. */
static unsigned long octal(struct slice text, size_t at, size_t length)
{
	unsigned long number = 0;
	for (size_t i = at; i < at + length; i++) {
		unsigned digit = byte_at(text, i) - '0';
		if (digit < 8)
			number = number * 8 + digit;
	}
	return number;
}

/*
 * By its mark or, since the oldest tars have none, by the sum of the header's bytes, in which the
 * field that holds the sum counts as blanks.
 */
static bool is_tar(struct slice start)
{
	if (start.len < 512)
		return false;
	if (memcmp(start.ptr + 257, "ustar", 5) == 0)
		return true;
	unsigned long sum = 0;
	for (size_t i = 0; i < 512; i++)
		sum += i >= 148 && i < 156 ? ' ' : byte_at(start, i);
	return start.ptr[0] != '\0' && sum == octal(start, 148, 8);
}

/* The text kinds are digits like any list of numbers: the whole header has to be of them. */
static bool is_cpio(struct slice start)
{
	bool octal_digits = starts(start, SLICE("070707"));
	bool hex_digits = starts(start, SLICE("070701")) || starts(start, SLICE("070702"));
	if (!octal_digits && !hex_digits)
		return starts(start, SLICE("\xC7\x71")) || starts(start, SLICE("\x71\xC7"));
	size_t length = octal_digits ? 76 : 110;
	if (start.len < length)
		return false;
	for (size_t i = 6; i < length; i++) {
		char c = start.ptr[i];
		bool digit = c >= '0' && c <= (octal_digits ? '7' : '9');
		bool letter = hex_digits && ((c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f'));
		if (!digit && !letter)
			return false;
	}
	return true;
}

/* The start of a .lzma file has no mark: the usual properties, a power of two, a size or none. */
static bool is_lzma(struct slice start)
{
	return start.len >= 13 && starts(start, SLICE("\x5D\0\0")) &&
	       (byte_at(start, 12) == 0 || byte_at(start, 12) == 0xFF);
}

/*
 * An OpenPGP packet that starts a message (RFC 9580). Its first byte alone may be a letter; its
 * version, a control byte, never is part of a text.
 */
static bool is_pgp_packet(struct slice start, bool named)
{
	unsigned first = byte_at(start, 0);
	if (!(first & 0x80))
		return false;
	bool new_format = first & 0x40;
	unsigned tag = new_format ? first & 0x3F : first >> 2 & 0x0F;
	size_t body = 2;
	if (new_format) {
		unsigned length = byte_at(start, 1);
		if (length >= 192 && length < 224)
			body = 3;
		else if (length == 255)
			body = 6;
	} else {
		static const size_t bodies[] = { 2, 3, 5, 1 };
		body = bodies[first & 3];
	}
	unsigned version = byte_at(start, body);
	switch (tag) {
	case 1: /* a session key for a public key */
		return version == 3 || version == 6;
	case 3: /* a session key for a passphrase: the next byte is the cipher */
		return version >= 4 && version <= 6 && byte_at(start, body + 1) < 32;
	case 8: /* compressed, as a signed message is; of unknown length */
		return first == 0xA3 && version >= 1 && version <= 3;
	case 18: /* encrypted data with a modification code */
		return version == 1 || version == 2;
	case 20: /* encrypted data, authenticated */
		return version == 1;
	default:
		return named && (tag == 2 || tag == 4 || tag == 9 || tag == 11);
	}
}

static bool is_pgp(struct slice start, struct slice name)
{
	bool named = ends_caseless(name, SLICE(".pgp")) || ends_caseless(name, SLICE(".gpg"));
	return starts(start, SLICE("-----BEGIN PGP ")) || is_pgp_packet(start, named);
}

enum magic magic_of(struct slice start, struct slice name)
{
	static const struct {
		struct slice start;
		enum magic magic;
	} marks[] = {
		{ { "PK\3\4", 4 }, MAGIC_ZIP },
		{ { "PK\5\6", 4 }, MAGIC_ZIP },
		{ { "PK\7\10PK", 6 }, MAGIC_ZIP }, /* a zip of parts, of which it is the only one */
		{ { "PK00PK", 6 }, MAGIC_ZIP },
		{ { "7z\xBC\xAF\x27\x1C", 6 }, MAGIC_7Z },
		{ { "Rar!\x1A\7", 6 }, MAGIC_RAR },
		{ { "MSCF\0\0\0\0", 8 }, MAGIC_CAB },
		{ { "\x1F\x8B\x08", 3 }, MAGIC_GZIP },
		{ { "\xFD"
		    "7zXZ\0",
			  6 },
			MAGIC_XZ },
		{ { "\x28\xB5\x2F\xFD", 4 }, MAGIC_ZSTD },
		{ { "\4\"M\x18", 4 }, MAGIC_LZ4 },
		{ { "LZIP\1", 5 }, MAGIC_LZIP },
		{ { "\x1F\x9D", 2 }, MAGIC_COMPRESS },
	};
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (starts(start, marks[i].start))
			return marks[i].magic;
	/* "BZh", the block size, and then a block or, in an empty one, the end. */
	if (starts(start, SLICE("BZh")) && start.len >= 10 &&
		(memcmp(start.ptr + 4, "1AY&SY", 6) == 0 ||
			memcmp(start.ptr + 4, "\x17\x72\x45\x38\x50\x90", 6) == 0))
		return MAGIC_BZIP2;
	if (is_tar(start))
		return MAGIC_TAR;
	if (is_cpio(start))
		return MAGIC_CPIO;
	if (is_lzma(start))
		return MAGIC_LZMA;
	return is_pgp(start, name) ? MAGIC_PGP : MAGIC_NONE;
}
