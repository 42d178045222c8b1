#include "identity.h"

#include "test.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

/*
 * Notes paths in order, "<PATH" an input, ">PATH" an output and "/PATH" an output that is a folder:
 * how many were noted before one was refused, or all.
 */
static size_t noted(const char *const *paths)
{
	struct identities set = { 0 };
	struct error e = { 0 };
	size_t count = 0;
	while (paths[count] &&
		(*paths[count] == '/' ? identities_add_folder(&set, paths[count] + 1, &e)
				      : identities_add(&set, paths[count] + 1, *paths[count] == '>',
						&e)) == 0)
		count++;
	CHECK((e.status == STATUS_USAGE) == (paths[count] != NULL));
	CHECK(!paths[count] || e.text.len > 0);
	identities_release(&set);
	error_release(&e);
	return count;
}

static void put(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT, 0600);
	CHECK(fd >= 0 && close(fd) == 0);
}

#define NOTED(...) noted((const char *const[]){ __VA_ARGS__, NULL })

int main(void)
{
	char folder[] = "/tmp/identity-test-XXXXXX";
	struct identities set = { 0 };
	struct error e = { 0 };
	if (!CHECK(mkdtemp(folder) && chdir(folder) == 0))
		return test_report("identity_test");
	put("a");
	put("b");
	CHECK(link("a", "hard") == 0 && symlink("a", "soft") == 0 && mkdir("dir", 0700) == 0 &&
		symlink("dir", "todir") == 0);

	CHECK_NUMBER(NOTED("<a", "<b", ">c", ">d"), 4);
	CHECK_NUMBER(NOTED("<a", "<a", "<hard", ">b"), 4); /* read twice: why not */
	CHECK_NUMBER(NOTED("<a", ">a"), 1);
	CHECK_NUMBER(NOTED("<a", ">./a"), 1);
	CHECK_NUMBER(NOTED("<a", ">hard"), 1);
	CHECK_NUMBER(NOTED("<soft", ">a"), 1);
	CHECK_NUMBER(NOTED("<a", ">soft"), 1);
	CHECK_NUMBER(NOTED("<a", ">b", ">b"), 2);
	CHECK_NUMBER(NOTED(">a", ">hard"), 1);
	/* Outputs that do not exist yet. */
	CHECK_NUMBER(NOTED(">new", ">new"), 1);
	CHECK_NUMBER(NOTED(">new", ">./new"), 1);
	CHECK_NUMBER(NOTED(">new", ">dir/../new"), 1);
	CHECK_NUMBER(NOTED(">new", ">dir/new", ">newer"), 3);
	CHECK_NUMBER(NOTED("<missing", ">missing"), 2);
	CHECK_NUMBER(NOTED(">no/such/folder", ">no/such/folder"), 2);
	/* What is a file for everyone. */
	CHECK_NUMBER(NOTED("</dev/null", ">/dev/null", ">/dev/null"), 3);
	/* A folder that is read, and what would be written into it. */
	CHECK_NUMBER(NOTED("<dir", ">new"), 2);
	CHECK_NUMBER(NOTED("<dir", ">dir/new"), 1);
	CHECK_NUMBER(NOTED("<dir", ">./dir/../dir/new"), 1);
	CHECK_NUMBER(NOTED("<.", ">new"), 1);
	CHECK_NUMBER(NOTED("<.", ">dir/new"), 1);
	CHECK_NUMBER(NOTED("<dir", ">direct"), 2);

	/* A folder that is written, there or not, and what would be written into it. */
	CHECK_NUMBER(NOTED(">new", "/dir"), 2);
	CHECK_NUMBER(NOTED(">new", "/dir/absent"), 2);
	CHECK_NUMBER(NOTED(">direct", "/dir", ">a"), 3);
	CHECK_NUMBER(NOTED("<a", "/dir"), 2);
	CHECK_NUMBER(NOTED(">-", "/dir"), 2);
	CHECK_NUMBER(NOTED(">dir/new", "/dir"), 1);
	CHECK_NUMBER(NOTED(">dir/new", "/dir//"), 1);
	CHECK_NUMBER(NOTED(">a", ">dir/deeper/new", "/dir"), 2);
	CHECK_NUMBER(NOTED(">dir/../absent/new", "/absent/"), 1);
	CHECK_NUMBER(NOTED(">absent", "/./absent"), 1);
	CHECK_NUMBER(NOTED(">absent/deeper//new", "/dir/../absent//deeper"), 1);
	CHECK_NUMBER(NOTED(">absent/deep/new", "/absent/deeper"), 2);
	CHECK_NUMBER(NOTED(">absent/deeper", "/absent/deep"), 2);
	CHECK_NUMBER(NOTED(">todir/new", "/dir"), 1);
	CHECK_NUMBER(NOTED(">dir/new", "/todir"), 1);
	CHECK_NUMBER(NOTED(">dir/new", "/."), 1);
	CHECK_NUMBER(NOTED(">/no/such/new", "//"), 1);
	CHECK_NUMBER(NOTED(">a/new", "/dir"), 2); /* a is a file: opening it will tell */
	CHECK_NUMBER(identities_add_folder(&set, NULL, &e), 0);

	/* Standard input and output, redirected. */
	int kept = dup(STDOUT_FILENO);
	int file = open("b", O_RDWR);
	int input = open("a", O_RDONLY);
	CHECK(dup2(input, STDIN_FILENO) == STDIN_FILENO);
	CHECK(dup2(file, STDOUT_FILENO) == STDOUT_FILENO);
	size_t apart = NOTED("<-", ">-");
	size_t over_input = NOTED("<b", ">-");
	size_t over_other = NOTED(">-", ">b");
	size_t in_folder = NOTED("<.", ">-");
	size_t beside = NOTED("<dir", ">-");
	size_t over_standard = NOTED("<-", ">a");
	size_t twice = NOTED("<-", "<-");
	CHECK(dup2(file, STDIN_FILENO) == STDIN_FILENO);
	size_t same = NOTED("<-", ">-");
	dup2(kept, STDOUT_FILENO);
	CHECK_NUMBER(apart, 2);
	CHECK_NUMBER(over_input, 1);
	CHECK_NUMBER(over_other, 1);
	CHECK_NUMBER(in_folder, 1);
	CHECK_NUMBER(beside, 2);
	CHECK_NUMBER(over_standard, 1);
	CHECK_NUMBER(twice, 1);
	CHECK_NUMBER(same, 1);

	/* What the message says. */
	CHECK_NUMBER(identities_add(&set, NULL, true, &e), 0);
	CHECK_NUMBER(identities_add(&set, "a", false, &e), 0);
	CHECK_NUMBER(identities_add(&set, "hard", true, &e), -1);
	CHECK_TEXT(buffer_slice(&e.text),
		"an output would be written over an input (\"a\" and \"hard\")");
	CHECK(e.hint.len > 0);
	identities_release(&set);
	CHECK(set.count == 0 && set.items == NULL);
	error_release(&e);

	unlink("a");
	unlink("b");
	unlink("hard");
	unlink("soft");
	unlink("todir");
	CHECK(rmdir("dir") == 0 && rmdir(folder) == 0);
	return test_report("identity_test");
}
