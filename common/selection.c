#include "selection.h"

#include "show.h"
#include "utf8.h"

#include <strings.h>

#define SAMPLE_MOST 10

static bool same_caseless(struct slice part, struct slice name)
{
	return part.len == name.len && strncasecmp(part.ptr, name.ptr, name.len) == 0;
}

bool selection_ignores(struct slice path)
{
	for (struct slice rest = path; rest.ptr;) {
		struct slice part = slice_cut(&rest, '/');
		bool up = slice_equal(part, SLICE(".")) || slice_equal(part, SLICE(".."));
		if (part.len && part.ptr[0] == '.' && !up)
			return true;
		if (slice_equal(part, SLICE("__MACOSX")))
			return true;
		/* Windows, whose files they are, does not heed case. */
		if (same_caseless(part, SLICE("Thumbs.db")) ||
			same_caseless(part, SLICE("desktop.ini")))
			return true;
	}
	return false;
}

static int append_as_utf8(struct buffer *out, struct slice text)
{
	int failed = 0;
	while (text.len) {
		size_t valid = utf8_valid(text);
		failed |= buffer_append(out, (struct slice){ text.ptr, valid });
		text = slice_skip(text, valid);
		if (text.len) {
			failed |= buffer_append(out, SLICE("\xEF\xBF\xBD"));
			text = slice_skip(text, 1);
		}
	}
	return failed;
}

int selection_take(struct selection *s, struct slice path, struct error *e)
{
	if (selection_ignores(path)) {
		s->ignored++;
		return 0;
	}
	if (!s->pattern)
		return 1;
	struct buffer text = { 0 };
	int found = append_as_utf8(&text, path) == 0
			    ? pattern_match(s->pattern, buffer_slice(&text), e)
			    : error_memory(e);
	buffer_release(&text);
	/* A list of some is enough to see how the pattern misses. */
	if (found == 0 && s->unmatched++ < SAMPLE_MOST)
		buffer_printf(&s->sample, "%s%s", s->sample.len ? ", " : "", SHOW(path));
	return found;
}

void selection_release(struct selection *s)
{
	buffer_release(&s->sample);
}
