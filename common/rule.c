#include "rule.h"

#include "keys.h"
#include "schema.h"
#include "show.h"

enum { ID, STAGE, BASIS, ARTICLE, WORDING, STATEMENT, REMEDY };
static const char *const rule_columns[] = { "id", "stage", "basis", "article", "wording",
	"statement", "remedy", NULL };

struct explanation {
	struct buffer *out;
	struct slice stage;
	struct slice id;
	struct keys seen; /* an overlay's rule stands before the compiled-in one of its id */
	struct buffer ids;
};

#define LINE_WIDTH 80

/* Appends text in lines that start with two blanks. */
static int append_wrapped(struct buffer *out, const char *label, struct slice text)
{
	int failed = buffer_printf(out, "  %s", label);
	size_t column = 2 + strlen(label);
	bool first = true;
	for (struct slice rest = text; rest.ptr;) {
		struct slice word = slice_cut(&rest, ' ');
		if (!first && column + 1 + word.len > LINE_WIDTH) {
			failed |= buffer_append(out, SLICE("\n  "));
			column = 2;
		} else if (!first) {
			failed |= buffer_put(out, ' ');
			column++;
		}
		failed |= show_append(out, word);
		column += word.len;
		first = false;
	}
	return failed | buffer_put(out, '\n');
}

static int explain_row(void *context, const struct schema_row *row, struct error *e)
{
	struct explanation *x = context;
	if (!slice_equal(row->fields[STAGE], x->stage))
		return 0;
	uint32_t known = x->seen.count;
	uint32_t index = keys_add(&x->seen, row->fields[ID]);
	if (index == KEY_NONE)
		return error_memory(e);
	if (index < known)
		return 0;
	int failed = buffer_printf(&x->ids, "%s%s", x->ids.len ? ", " : "", SHOW(row->fields[ID]));
	if (x->id.len && !slice_equal(x->id, row->fields[ID]))
		return failed ? error_memory(e) : 0;
	failed |= buffer_printf(x->out, "%s%s  %s; %s", x->out->len ? "\n" : "",
		SHOW(row->fields[ID]), SHOW(row->fields[BASIS]), SHOW(row->fields[ARTICLE]));
	if (row->fields[WORDING].len)
		failed |= buffer_printf(x->out, " (%s)", SHOW(row->fields[WORDING]));
	failed |= buffer_put(x->out, '\n');
	failed |= append_wrapped(x->out, "", row->fields[STATEMENT]);
	if (row->fields[REMEDY].len)
		failed |= append_wrapped(x->out, "remedy: ", row->fields[REMEDY]);
	return failed ? error_memory(e) : 0;
}

int rules_explain(struct buffer *out, const char *stage, struct slice id, const char *schemas,
	struct error *e)
{
	struct explanation x = { .out = out, .stage = slice_from(stage), .id = id };
	keys_init(&x.seen, 0);
	int result = schema_read("rules.csv", schemas, rule_columns, explain_row, &x, e);
	if (result == 0 && out->len == 0) {
		result = error_set(e, STATUS_USAGE, "no rule has this id (got \"%s\")", SHOW(id));
		error_hint(e, "the rules are %.*s", (int)x.ids.len, x.ids.ptr ? x.ids.ptr : "");
	}
	keys_release(&x.seen);
	buffer_release(&x.ids);
	return result;
}
