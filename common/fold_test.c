#include "fold.h"

#include "test.h"

typedef int fold_function(const struct folding *f, struct buffer *out, struct slice text);

static void check(fold_function *fold, const struct folding *f, const char *text, const char *want)
{
	struct buffer out = { 0 };
	/* What stands in the buffer before is neither touched nor taken for a blank. */
	buffer_append(&out, SLICE("| "));
	CHECK_NUMBER(fold(f, &out, slice_from(text)), 0);
	CHECK_TEXT(slice_skip(buffer_slice(&out), 2), want);
	buffer_release(&out);
}

int main(void)
{
	struct folding folding;
	struct folding ascii = { (locale_t)0 };
	folding_init(&folding);
	CHECK(folding.locale != (locale_t)0);

	check(fold_append, &folding, "", "");
	check(fold_append, &folding, " \t\r\n\xC2\xA0", "");
	check(fold_append, &folding, "  User \t\xC2\xA0\n ID ", "user id");
	check(fold_append, &folding, "\xC3\x84NDERUNG \xCE\xA9", "\xC3\xA4nderung \xCF\x89");
	check(fold_append, &folding, "User_ID", "user_id");
	check(fold_append, &folding, "A\xFF\xC3 \xE4", "a\xFF\xC3 \xE4");
	check(fold_append, &folding, "\xF0\x90\x90\x80Z", "\xF0\x90\x90\xA8z");
	check(fold_append, &ascii, "\xC3\x84 B\xC2\xA0 c", "\xC3\x84 b c");

	check(fold_case_append, &folding, " A  \xC3\x96_", " a  \xC3\xB6_");

	check(fold_name_append, &folding, " SAP_CLOUD IDENTITY\xC2\xA0Services",
		"sapcloudidentityservices");
	check(fold_name_append, &folding, "LMS_ADMIN", "lmsadmin");
	check(fold_name_append, &folding, "__", "");
	folding_release(&folding);
	return test_report("fold");
}
