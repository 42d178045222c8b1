#include "library.h"

#include "test.h"

static const char *const names[] = { "zlibVersion", "zlibCompileFlags" };
static const char *const unknown[] = { "zlibVersion", "zlibNoSuchFunction" };

/* The functions are in their order, and what is behind them stays. */
static void test_found(void)
{
	struct {
		const char *(*version)(void);
		unsigned long (*flags)(void);
		void *behind;
	} zlib = { .behind = NULL };
	struct error e = { 0 };
	CHECK_NUMBER(library_load("libz.so.1", names, 2, &zlib, NULL, "", &e), 0);
	CHECK(zlib.version()[0] == '1');
	CHECK(zlib.flags() != 0);
	CHECK(!zlib.behind);
	CHECK_NUMBER(e.status, STATUS_DONE);
}

static void test_not_found(void)
{
	void *functions[2] = { NULL, NULL };
	struct error e = { 0 };
	CHECK_NUMBER(library_load("libnone.so.0", names, 2, functions,
			     &(struct place){ .file = "a.zip" }, "look for it", &e),
		-1);
	CHECK_NUMBER(e.status, STATUS_SYSTEM);
	CHECK(strncmp(buffer_text(&e.text), "a.zip: libnone.so.0: ", 21) == 0);
	CHECK_SLICE(buffer_slice(&e.hint), SLICE("look for it"));
	CHECK(!functions[0]);
	error_release(&e);
	CHECK_NUMBER(library_load("libz.so.1", unknown, 2, functions, NULL, "another one", &e), -1);
	CHECK_NUMBER(e.status, STATUS_SYSTEM);
	CHECK(memmem(e.text.ptr, e.text.len, unknown[1], strlen(unknown[1])) != NULL);
	CHECK_SLICE(buffer_slice(&e.hint), SLICE("another one"));
	error_release(&e);
}

int main(void)
{
	test_found();
	test_not_found();
	return test_report("library_test");
}
