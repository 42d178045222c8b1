#define PCRE2_CODE_UNIT_WIDTH 8

#include "pattern.h"

#include "show.h"

#include <pcre2.h>
#if __has_include(<valgrind/valgrind.h>)
#include <valgrind/valgrind.h>
#else
#define RUNNING_ON_VALGRIND 0
#endif

/* A match that needs more steps or more memory than this is a fault of the pattern. */
#define MATCH_LIMIT    1000000
#define HEAP_LIMIT_KIB 20000

int pattern_compile(struct pattern *p, struct slice text, unsigned flags, struct error *e)
{
	*p = (struct pattern){ 0 };
	/* A key can hold a newline, and must not escape a pattern by it. */
	uint32_t options = PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C | PCRE2_DOTALL;
	if (flags & PATTERN_WHOLE)
		options |= PCRE2_ANCHORED | PCRE2_ENDANCHORED;
	if (flags & PATTERN_CASELESS)
		options |= PCRE2_CASELESS;
	int number;
	PCRE2_SIZE offset;
	if (buffer_append(&p->text, text) != 0)
		return error_memory(e);
	pcre2_code *code = pcre2_compile(
		(PCRE2_SPTR)(text.len ? text.ptr : ""), text.len, options, &number, &offset, NULL);
	if (!code && number == PCRE2_ERROR_HEAP_FAILED) {
		pattern_release(p);
		return error_memory(e);
	}
	if (!code) {
		char why[120] = "";
		pcre2_get_error_message(number, (PCRE2_UCHAR *)why, sizeof why);
		pattern_release(p);
		return error_set(e, STATUS_USAGE, "pattern \"%s\": at offset %zu: %s", SHOW(text),
			offset, why);
	}
	p->code = code;
	p->data = pcre2_match_data_create_from_pattern(code, NULL);
	p->context = pcre2_match_context_create(NULL);
	if (!p->data || !p->context) {
		pattern_release(p);
		return error_memory(e);
	}
	pcre2_set_match_limit(p->context, MATCH_LIMIT);
	pcre2_set_heap_limit(p->context, HEAP_LIMIT_KIB);
	/*
	 * Where the system lets no code be made, the interpreter does the same, only slower. The
	 * code loads whole vectors, past the end of what is valid, which valgrind cannot know of.
	 */
	if (!RUNNING_ON_VALGRIND)
		(void)pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
	return 0;
}

/* Such text needs no check of its encoding, which would take longer than most matches. */
static bool is_ascii(struct slice text)
{
	unsigned char all = 0;
	for (size_t i = 0; i < text.len; i++)
		all |= (unsigned char)text.ptr[i];
	return all < 0x80;
}

static int match(const struct pattern *p, struct slice subject, uint32_t options)
{
	return pcre2_match(p->code, (PCRE2_SPTR)(subject.len ? subject.ptr : ""), subject.len, 0,
		options, p->data, p->context);
}

int pattern_match(const struct pattern *p, struct slice subject, struct error *e)
{
	uint32_t checked = is_ascii(subject) ? PCRE2_NO_UTF_CHECK : 0;
	int result = match(p, subject, checked);
	/* The compiled code has a small stack; the interpreter has what the limits allow. */
	if (result == PCRE2_ERROR_JIT_STACKLIMIT)
		result = match(p, subject, checked | PCRE2_NO_JIT);
	if (result >= 0)
		return 1;
	if (result == PCRE2_ERROR_NOMATCH)
		return 0;
	if (result == PCRE2_ERROR_NOMEMORY)
		return error_memory(e);
	char why[120] = "";
	pcre2_get_error_message(result, (PCRE2_UCHAR *)why, sizeof why);
	return error_set(e, STATUS_INPUT, "pattern \"%s\" on \"%s\": %s",
		SHOW(buffer_slice(&p->text)), SHOW(subject), why);
}

void pattern_release(struct pattern *p)
{
	pcre2_match_context_free(p->context);
	pcre2_match_data_free(p->data);
	pcre2_code_free(p->code);
	buffer_release(&p->text);
	*p = (struct pattern){ 0 };
}
