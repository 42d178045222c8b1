#include "output.h"

#include "test.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* The number of entries in the present folder: temporary files are among them. */
static int entries(void)
{
	int count = -2; /* "." and ".." */
	DIR *folder = opendir(".");
	while (folder && readdir(folder))
		count++;
	closedir(folder);
	return count;
}

static void put(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");
	CHECK(file && fputs(text, file) >= 0);
	CHECK(file && fclose(file) == 0);
}

static void check_content(const char *path, const char *want)
{
	char bytes[200];
	int fd = open(path, O_RDONLY);
	ssize_t length = read(fd, bytes, sizeof bytes);
	if (CHECK(length >= 0))
		CHECK_TEXT(((struct slice){ bytes, (size_t)length }), want);
	close(fd);
}

static int mode_of(const char *path)
{
	struct stat about;
	return lstat(path, &about) == 0 ? (int)(about.st_mode & 07777) : -1;
}

static void write_whole(const char *path, const char *text)
{
	struct error e = { 0 };
	struct output o;
	CHECK_NUMBER(output_open(&o, path, &e), 0);
	CHECK_NUMBER(output_write(&o, slice_from(text), &e), 0);
	CHECK_NUMBER(output_commit(&o, &e), 0);
	CHECK_NUMBER(o.fd, -1);
	output_discard(&o); /* harmless */
	error_release(&e);
}

static void test_new(void)
{
	struct error e = { 0 };
	struct output o;
	umask(027);
	CHECK_NUMBER(output_open(&o, "new", &e), 0);
	CHECK(o.temporary && o.target);
	CHECK(!o.written);
	CHECK_NUMBER(output_write(&o, SLICE("se"), &e), 0);
	CHECK_NUMBER(output_write(&o, SLICE("cret"), &e), 0);
	CHECK(o.written);
	/* Not there yet, and for nobody else to read. */
	CHECK_NUMBER(access("new", F_OK), -1);
	CHECK_NUMBER(mode_of(o.temporary), 0600);
	CHECK_NUMBER(entries(), 1);
	CHECK_NUMBER(output_commit(&o, &e), 0);
	check_content("new", "secret");
	CHECK_NUMBER(mode_of("new"), 0640);
	CHECK_NUMBER(entries(), 1);
	umask(022);
	unlink("new");
	write_whole("./new", "");
	check_content("new", "");
	CHECK_NUMBER(mode_of("new"), 0644);
	unlink("new");
}

static void test_replaced(void)
{
	struct error e = { 0 };
	struct output o;
	put("old", "old");
	CHECK_NUMBER(chmod("old", 0604), 0);
	/* Discarded: the old one stays as it is. */
	CHECK_NUMBER(output_open(&o, "old", &e), 0);
	CHECK_NUMBER(output_write(&o, SLICE("half"), &e), 0);
	check_content("old", "old");
	output_discard(&o);
	CHECK_NUMBER(o.fd, -1);
	output_discard(&o);
	check_content("old", "old");
	CHECK_NUMBER(entries(), 1);
	write_whole("old", "new content");
	check_content("old", "new content");
	CHECK_NUMBER(mode_of("old"), 0604);
	CHECK_NUMBER(entries(), 1);
	unlink("old");
}

static void test_link(void)
{
	put("real", "old");
	CHECK_NUMBER(mkdir("folder", 0700), 0);
	CHECK_NUMBER(symlink("../real", "folder/link"), 0);
	write_whole("folder/link", "new");
	check_content("real", "new");
	CHECK_NUMBER(mode_of("folder/link"), 0777);
	unlink("folder/link");
	unlink("real");
	/* A link that leads to a file that does not exist yet: that one is made. */
	CHECK_NUMBER(symlink("../later", "folder/link"), 0);
	write_whole("folder/link", "new");
	struct stat about = { 0 };
	CHECK(lstat("folder/link", &about) == 0 && S_ISLNK(about.st_mode));
	check_content("later", "new");
	unlink("later");
	unlink("folder/link");
	CHECK_NUMBER(rmdir("folder"), 0);
}

static void test_in_place(void)
{
	struct error e = { 0 };
	struct output o;
	write_whole("/dev/null", "nothing");
	struct stat about = { 0 };
	CHECK(stat("/dev/null", &about) == 0 && S_ISCHR(about.st_mode));
	CHECK_NUMBER(mkfifo("fifo", 0600), 0);
	int reader = open("fifo", O_RDONLY | O_NONBLOCK);
	CHECK_NUMBER(output_open(&o, "fifo", &e), 0);
	CHECK(!o.temporary);
	CHECK_NUMBER(output_write(&o, SLICE("through"), &e), 0);
	CHECK_NUMBER(output_commit(&o, &e), 0);
	char bytes[20];
	CHECK_NUMBER(read(reader, bytes, sizeof bytes), 7);
	CHECK_NUMBER(read(reader, bytes, sizeof bytes), 0); /* closed */
	close(reader);
	CHECK(stat("fifo", &about) == 0 && S_ISFIFO(about.st_mode));
	unlink("fifo");
	CHECK_NUMBER(output_open(&o, "/dev/full", &e), 0);
	CHECK_NUMBER(output_write(&o, SLICE("x"), &e), -1);
	CHECK_NUMBER(e.status, STATUS_SYSTEM);
	CHECK_TEXT(buffer_slice(&e.text), "/dev/full: No space left on device");
	output_discard(&o);
	CHECK_NUMBER(entries(), 0);
	error_release(&e);
}

static void test_standard_output(void)
{
	struct error e = { 0 };
	struct output o;
	int kept = dup(STDOUT_FILENO);
	static const char *const paths[] = { "-", NULL };
	for (size_t i = 0; i < 2; i++) {
		int file = open("out", O_RDWR | O_CREAT | O_TRUNC, 0600);
		dup2(file, STDOUT_FILENO);
		CHECK_NUMBER(output_open(&o, paths[i], &e), 0);
		CHECK_NUMBER(output_write(&o, SLICE("words"), &e), 0);
		/* Discarding closes nothing, for more may have to be said. */
		if (i == 0)
			output_discard(&o);
		else
			CHECK_NUMBER(output_commit(&o, &e), 0);
		CHECK((fcntl(STDOUT_FILENO, F_GETFD) >= 0) == (i == 0));
		check_content("out", "words");
		close(file);
	}
	int full = open("/dev/full", O_WRONLY);
	if (full != STDOUT_FILENO) { /* the commit has left its place free */
		dup2(full, STDOUT_FILENO);
		close(full);
	}
	CHECK_NUMBER(output_open(&o, "-", &e), 0);
	CHECK_NUMBER(output_write(&o, SLICE("x"), &e), -1);
	CHECK_TEXT(buffer_slice(&e.text), "standard output: No space left on device");
	output_discard(&o);
	dup2(kept, STDOUT_FILENO);
	close(kept);
	unlink("out");
	error_release(&e);
}

static void check_refused(const char *path, const char *want)
{
	struct error e = { 0 };
	struct output o;
	CHECK_NUMBER(output_open(&o, path, &e), -1);
	CHECK_NUMBER(e.status, STATUS_SYSTEM);
	CHECK_TEXT(buffer_slice(&e.text), want);
	CHECK_NUMBER(o.fd, -1);
	output_discard(&o);
	error_release(&e);
}

static void test_failures(void)
{
	struct error e = { 0 };
	struct output o;
	check_refused(".", ".: Is a directory");
	check_refused("no/such", "no/such: No such file or directory");
	put("file", "old");
	check_refused("file/x", "file/x: Not a directory");
	unlink("file");
	/* The place is taken by a folder while the run is on. */
	CHECK_NUMBER(output_open(&o, "taken", &e), 0);
	CHECK_NUMBER(output_write(&o, SLICE("x"), &e), 0);
	CHECK_NUMBER(mkdir("taken", 0700), 0);
	CHECK_NUMBER(output_commit(&o, &e), -1);
	CHECK_NUMBER(e.status, STATUS_SYSTEM);
	CHECK_TEXT(buffer_slice(&e.text), "taken: Is a directory");
	CHECK_NUMBER(entries(), 1);
	output_discard(&o);
	CHECK_NUMBER(rmdir("taken"), 0);
	/* A name as long as a name may be. */
	char name[256];
	memset(name, 'n', 255);
	name[255] = '\0';
	write_whole(name, "x");
	check_content(name, "x");
	unlink(name);
	CHECK_NUMBER(entries(), 0);
	error_release(&e);
}

/* A signal takes the temporary file away and ends the process as it would have. */
static void test_signal(int number, bool ignored)
{
	struct error e = { 0 };
	struct output o;
	pid_t child = fork();
	if (child == 0) {
		signal(number, ignored ? SIG_IGN : SIG_DFL);
		output_guard();
		if (output_open(&o, "cut", &e) != 0 || output_write(&o, SLICE("x"), &e) != 0)
			_exit(9);
		raise(number);
		_exit(output_commit(&o, &e) == 0 ? 0 : 8);
	}
	int status = 0;
	CHECK_NUMBER(waitpid(child, &status, 0), child);
	if (ignored)
		CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	else
		CHECK(WIFSIGNALED(status) && WTERMSIG(status) == number);
	CHECK_NUMBER(entries(), ignored);
	unlink("cut");
}

/* Whenever a signal comes, it leaves nothing behind. */
static void test_signal_anytime(void)
{
	for (int round = 0; round < test_rounds(300); round++) {
		struct error e = { 0 };
		struct output o;
		pid_t child = fork();
		if (child == 0) {
			output_guard();
			while (output_open(&o, "cut", &e) == 0)
				output_discard(&o);
			_exit(9);
		}
		struct timespec wait = { 0, 500000 + 10007 * round };
		nanosleep(&wait, NULL);
		kill(child, SIGTERM);
		int status = 0;
		CHECK_NUMBER(waitpid(child, &status, 0), child);
		CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
	}
	CHECK_NUMBER(entries(), 0);
}

int main(void)
{
	char folder[] = "/tmp/output-test-XXXXXX";
	if (!CHECK(mkdtemp(folder) && chdir(folder) == 0))
		return test_report("output_test");
	test_new();
	test_replaced();
	test_link();
	test_in_place();
	test_standard_output();
	test_failures();
	test_signal(SIGTERM, false);
	test_signal(SIGINT, false);
	test_signal(SIGHUP, false);
	test_signal(SIGPIPE, false);
	test_signal(SIGHUP, true);
	test_signal_anytime();
	CHECK_NUMBER(rmdir(folder), 0);
	return test_report("output_test");
}
