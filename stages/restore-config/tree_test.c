#include "tree.h"

#include "test.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct restored files[] = { { "a.txt", { "one", 3 } },
	{ "folder/b.txt", { "two", 3 } }, { "folder/c.txt", { "", 0 } }, { "z.txt", { "z", 1 } } };
#define FILES (sizeof files / sizeof *files)

static void put(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
	CHECK(fd >= 0 && close(fd) == 0);
}

/* How many names a folder holds. */
static int names_in(const char *path)
{
	int count = 0;
	DIR *folder = opendir(path);
	while (CHECK(folder) && readdir(folder))
		count++;
	if (folder)
		closedir(folder);
	return count - 2;
}

static bool holds(const char *path, const char *text)
{
	char bytes[16];
	int fd = open(path, O_RDONLY);
	ssize_t length = fd < 0 ? -1 : read(fd, bytes, sizeof bytes);
	if (fd >= 0)
		close(fd);
	return length == (ssize_t)strlen(text) && memcmp(bytes, text, strlen(text)) == 0;
}

static void check_whole(const char *folder)
{
	CHECK_NUMBER(chdir(folder), 0);
	CHECK_NUMBER(names_in("."), 3);
	CHECK(holds("a.txt", "one") && holds("folder/b.txt", "two") && holds("folder/c.txt", "") &&
		holds("z.txt", "z"));
	for (size_t i = 0; i < FILES; i++)
		CHECK_NUMBER(unlink(files[i].path), 0);
	CHECK(rmdir("folder") == 0 && chdir("..") == 0);
}

static void test_absent(void)
{
	struct tree tree;
	struct error e = { 0 };
	CHECK_NUMBER(tree_may_be("new", &e), 1);
	CHECK_NUMBER(tree_write(&tree, "new//", files, FILES, &e), 0);
	CHECK(access("new", F_OK) != 0);
	CHECK_NUMBER(tree_publish(&tree, &e), 0);
	tree_release(&tree);
	check_whole("new");
	CHECK(rmdir("new") == 0 && names_in(".") == 0);
}

/* The folder stays the one that it was, with its mode. */
static void test_there(void)
{
	struct tree tree;
	struct error e = { 0 };
	struct stat before = { 0 };
	struct stat after = { 0 };
	CHECK(mkdir("there", 0710) == 0 && stat("there", &before) == 0);
	CHECK_NUMBER(tree_may_be("there", &e), 1);
	CHECK_NUMBER(tree_write(&tree, "there", files, FILES, &e), 0);
	CHECK_NUMBER(tree_may_be("there", &e), 0);
	CHECK(access("there/a.txt", F_OK) != 0);
	CHECK_NUMBER(tree_publish(&tree, &e), 0);
	tree_release(&tree);
	CHECK(stat("there", &after) == 0 && before.st_ino == after.st_ino &&
		before.st_mode == after.st_mode);
	check_whole("there");
	CHECK(rmdir("there") == 0);
}

/* What comes there in the meantime is not written over, and nothing of ours stays. */
static void test_taken(const char *name)
{
	struct tree tree;
	struct error e = { 0 };
	char path[32];
	CHECK_NUMBER(mkdir("there", 0700), 0);
	CHECK_NUMBER(tree_write(&tree, "there", files, FILES, &e), 0);
	snprintf(path, sizeof path, "there/%s", name);
	put(path);
	CHECK_NUMBER(tree_publish(&tree, &e), -1);
	CHECK_NUMBER(e.status, STATUS_SYSTEM);
	tree_release(&tree);
	CHECK_NUMBER(names_in("there"), 1);
	CHECK(holds(path, "") && unlink(path) == 0 && rmdir("there") == 0);
	error_release(&e);
}

static void test_failures(void)
{
	struct tree tree;
	struct error e = { 0 };
	/* The folder comes while the files are written. */
	CHECK_NUMBER(tree_write(&tree, "new", files, FILES, &e), 0);
	CHECK_NUMBER(mkdir("new", 0700), 0);
	put("new/other");
	CHECK_NUMBER(tree_publish(&tree, &e), -1);
	tree_release(&tree);
	error_release(&e);
	CHECK(unlink("new/other") == 0 && rmdir("new") == 0 && names_in(".") == 0);

	CHECK_NUMBER(tree_write(&tree, "no/such/folder", files, FILES, &e), -1);
	CHECK_NUMBER(e.status, STATUS_SYSTEM);
	error_release(&e);

	put("file");
	CHECK(symlink("nowhere", "dangling") == 0 && symlink("file", "link") == 0);
	CHECK_NUMBER(tree_may_be("file", &e), 0);
	CHECK_NUMBER(tree_may_be("link", &e), 0);
	CHECK_NUMBER(tree_may_be("dangling", &e), 0);
	CHECK(unlink("file") == 0 && unlink("dangling") == 0 && unlink("link") == 0);
}

int main(void)
{
	char folder[] = "/tmp/tree-test-XXXXXX";
	if (!CHECK(mkdtemp(folder) && chdir(folder) == 0))
		return test_report("tree_test");
	test_absent();
	test_there();
	test_taken("a.txt");
	test_taken("folder");
	test_taken("z.txt");
	test_failures();
	CHECK(names_in(".") == 0 && rmdir(folder) == 0);
	return test_report("tree_test");
}
