#include "spool.h"

#include "test.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static struct slice read_part(struct spool *s, uint64_t from, uint64_t length, struct buffer *out)
{
	struct error e = { 0 };
	struct spool_source r;
	spool_source_init(&r, s, from, length);
	buffer_clear(out);
	char some[3];
	ssize_t got;
	while ((got = r.source.read(&r.source, some, sizeof some, &e)) > 0)
		buffer_append(out, (struct slice){ some, (size_t)got });
	CHECK_NUMBER(got, 0);
	error_release(&e);
	return buffer_slice(out);
}

static void test_memory_and_file(size_t memory, bool in_file)
{
	struct error e = { 0 };
	struct buffer out = { 0 };
	struct spool s;
	spool_init(&s, memory);
	CHECK_NUMBER(spool_size(&s), 0);
	CHECK_TEXT(read_part(&s, 0, 0, &out), "");
	CHECK_NUMBER(spool_append(&s, SLICE("alpha"), &e), 0);
	CHECK_NUMBER(spool_append(&s, SLICE(""), &e), 0);
	CHECK_NUMBER(spool_append(&s, SLICE("bravo-charlie"), &e), 0);
	CHECK_NUMBER(spool_append(&s, SLICE("d"), &e), 0);
	CHECK_NUMBER(spool_size(&s), 19);
	CHECK((s.fd >= 0) == in_file);
	CHECK_TEXT(read_part(&s, 0, 19, &out), "alphabravo-charlied");
	CHECK_TEXT(read_part(&s, 5, 5, &out), "bravo");
	CHECK_TEXT(read_part(&s, 17, 2, &out), "ed");

	/* All of it in the file, and a descriptor that somebody else moves about. */
	int fd = spool_file(&s, &e);
	CHECK(fd >= 0);
	struct stat about = { 0 };
	CHECK_NUMBER(fstat(fd, &about), 0);
	CHECK_NUMBER(about.st_size, 19);
	CHECK_NUMBER(about.st_mode & 0777, 0600);
	CHECK_NUMBER(about.st_nlink, 0);
	CHECK_NUMBER(lseek(fd, 3, SEEK_SET), 3);
	CHECK_NUMBER(spool_append(&s, SLICE("e"), &e), 0);
	CHECK_TEXT(read_part(&s, 0, 20, &out), "alphabravo-charliede");
	spool_release(&s);
	CHECK_NUMBER(spool_size(&s), 0);
	buffer_release(&out);
	error_release(&e);
}

static void test_no_folder(void)
{
	struct error e = { 0 };
	struct spool s;
	setenv("TMPDIR", "/nowhere.example", 1);
	spool_init(&s, 4);
	CHECK_NUMBER(spool_append(&s, SLICE("abcd"), &e), 0);
	CHECK_NUMBER(spool_append(&s, SLICE("e"), &e), -1);
	CHECK_NUMBER(e.status, STATUS_SYSTEM);
	CHECK(memmem(e.text.ptr, e.text.len, "/nowhere.example", 16) != NULL);
	spool_release(&s);
	error_release(&e);
}

int main(void)
{
	test_memory_and_file(0, false);
	test_memory_and_file(4, true);
	test_memory_and_file(8, true);
	test_memory_and_file(1, true);
	test_no_folder();
	return test_report("spool_test");
}
