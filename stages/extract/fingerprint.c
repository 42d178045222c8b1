#include "fingerprint.h"

#include "crypto_library.h"
#include "show.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define DIGEST_BYTES 32 /* of SHA-256 */
#define SHOWN_BYTES  16 /* of a fingerprint */

static int crypto_failed(struct error *e)
{
	return error_set(e, STATUS_SYSTEM, "libcrypto: HMAC-SHA256 failed");
}

/* Opens the file when it is fit to hold a key: its descriptor, or -1. */
static int key_file_open(const char *path, struct error *e)
{
	/* Not to wait for the other end of a FIFO, which is refused below. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return error_set(e, STATUS_USAGE, "fingerprint key %s: %s", SHOW(slice_from(path)),
			strerror(errno));
	struct stat about;
	if (fstat(fd, &about) != 0) {
		error_system(e, path);
	} else if (!S_ISREG(about.st_mode)) {
		error_set(e, STATUS_USAGE, "fingerprint key %s: not a regular file",
			SHOW(slice_from(path)));
	} else if (about.st_mode & (S_IRWXG | S_IRWXO)) {
		error_set(e, STATUS_USAGE,
			"fingerprint key %s: open to others than its owner (got mode %04o, want "
			"0600)",
			SHOW(slice_from(path)), (unsigned)about.st_mode & 07777U);
		error_hint(e, "chmod 600 takes the file from the others; a key that they may have "
			      "read is better made anew");
	} else {
		return fd;
	}
	close(fd);
	return -1;
}

static int key_read(const char *path, struct buffer *key, struct error *e)
{
	/* One block of the full size, so that no copy of the key is left behind in memory. */
	if (buffer_reserve(key, FINGERPRINT_KEY_MAX + 1) != 0)
		return error_memory(e);
	int fd = key_file_open(path, e);
	if (fd < 0)
		return -1;
	ssize_t got;
	do {
		got = read(fd, key->ptr + key->len, FINGERPRINT_KEY_MAX + 1 - key->len);
		if (got > 0)
			key->len += (size_t)got;
	} while (got > 0 || (got < 0 && errno == EINTR));
	int result = got < 0 ? error_system(e, path) : 0;
	close(fd);
	if (result != 0)
		return -1;
	if (key->len >= FINGERPRINT_KEY_MIN && key->len <= FINGERPRINT_KEY_MAX)
		return 0;
	error_set(e, STATUS_USAGE, "fingerprint key %s: unfit size (got %zu bytes, want %d to %d)",
		SHOW(slice_from(path)), key->len, FINGERPRINT_KEY_MIN, FINGERPRINT_KEY_MAX);
	return error_hint(e, "head -c 32 /dev/urandom makes a key");
}

static int mac_open(struct fingerprint *f, const struct buffer *key, struct error *e)
{
	unsigned char digest[DIGEST_BYTES];
	char digest_name[] = "SHA256";
	OSSL_PARAM parameters[] = { crypto.OSSL_PARAM_construct_utf8_string(
					    "digest", digest_name, 0),
		crypto.OSSL_PARAM_construct_end() };
	EVP_MAC *kind = crypto.EVP_MAC_fetch(NULL, "HMAC", NULL);
	EVP_MAC_CTX *mac = kind ? crypto.EVP_MAC_CTX_new(kind) : NULL;
	crypto.EVP_MAC_free(kind);
	const unsigned char *bytes = (const unsigned char *)key->ptr;
	if (!mac || !crypto.EVP_MAC_init(mac, bytes, key->len, parameters) ||
		!crypto.EVP_Digest(bytes, key->len, digest, NULL, crypto.EVP_sha256(), NULL)) {
		crypto.EVP_MAC_CTX_free(mac);
		return crypto_failed(e);
	}
	f->mac = mac;
	snprintf(f->key_name, sizeof f->key_name, "%02x%02x", digest[0], digest[1]);
	return 0;
}

int fingerprint_open(struct fingerprint *f, const char *path, struct error *e)
{
	struct buffer key = { 0 };
	*f = (struct fingerprint){ 0 };
	if (crypto_library_load(e) != 0)
		return -1;
	/* What the machine's configuration says must not change a fingerprint. */
	crypto.OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL);
	int result = key_read(path, &key, e);
	if (result == 0)
		result = mac_open(f, &key, e);
	if (key.ptr)
		crypto.OPENSSL_cleanse(key.ptr, key.cap);
	buffer_release(&key);
	return result;
}

static bool part_update(EVP_MAC_CTX *mac, struct slice part)
{
	unsigned char length[8];
	for (size_t i = 0; i < sizeof length; i++)
		length[i] = (unsigned char)((uint64_t)part.len >> (56 - 8 * i));
	return crypto.EVP_MAC_update(mac, length, sizeof length) &&
	       (part.len == 0 ||
		       crypto.EVP_MAC_update(mac, (const unsigned char *)part.ptr, part.len));
}

int fingerprint_append(const struct fingerprint *f, struct buffer *out, struct slice file,
	struct slice key, struct slice value, struct error *e)
{
	unsigned char digest[DIGEST_BYTES];
	size_t length;
	EVP_MAC_CTX *mac = crypto.EVP_MAC_CTX_dup(f->mac);
	bool done = mac && part_update(mac, file) && part_update(mac, key) &&
		    part_update(mac, value) &&
		    crypto.EVP_MAC_final(mac, digest, &length, sizeof digest);
	crypto.EVP_MAC_CTX_free(mac);
	if (!done)
		return crypto_failed(e);
	int failed = buffer_printf(out, "hmac-sha256:%s:", f->key_name);
	for (size_t i = 0; i < SHOWN_BYTES; i++)
		failed |= buffer_printf(out, "%02x", digest[i]);
	return failed ? error_memory(e) : 0;
}

void fingerprint_release(struct fingerprint *f)
{
	if (f->mac)
		crypto.EVP_MAC_CTX_free(f->mac);
	*f = (struct fingerprint){ 0 };
}
