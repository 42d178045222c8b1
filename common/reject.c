#include "reject.h"

#include "show.h"

const char *reason_name(enum reason reason)
{
	static const char *const names[REASON_COUNT] = {
		[REASON_WRONG_FIELD_COUNT] = "wrong-field-count",
		[REASON_NUL_BYTE] = "nul-byte",
		[REASON_BAD_ENCODING] = "bad-encoding",
		[REASON_BAD_QUOTING] = "bad-quoting",
		[REASON_LONE_CR] = "lone-cr",
		[REASON_RECORD_TOO_LONG] = "record-too-long",
		[REASON_BAD_DATE] = "bad-date",
		[REASON_UNKNOWN_VALUE] = "unknown-value",
		[REASON_EMPTY_VALUE] = "empty-value",
		[REASON_DUPLICATE_KEY] = "duplicate-key",
	};
	return names[reason];
}

const char *reason_text(enum reason reason)
{
	static const char *const texts[REASON_COUNT] = {
		[REASON_WRONG_FIELD_COUNT] = "wrong number of fields",
		[REASON_NUL_BYTE] = "a NUL byte",
		[REASON_BAD_ENCODING] = "bytes that are invalid in the encoding",
		[REASON_BAD_QUOTING] =
			"a quote inside an unquoted field, or bytes after a closing quote",
		[REASON_LONE_CR] = "a carriage return without a line feed",
		[REASON_RECORD_TOO_LONG] = "the record is too long",
		[REASON_BAD_DATE] = "no such date",
		[REASON_UNKNOWN_VALUE] = "unknown value",
		[REASON_EMPTY_VALUE] = "a needed value is empty",
		[REASON_DUPLICATE_KEY] = "the key was used before",
	};
	return texts[reason];
}

int reject_encoding_hint(struct buffer *out, const char *encoding)
{
	if (!encoding)
		return buffer_printf(out, "the text is not UTF-8; `extract --encoding NAME` "
					  "converts it, e.g. WINDOWS-1252");
	return buffer_printf(out,
		"the text was read as %s; it is cut or damaged, or in another encoding "
		"(`extract --encoding NAME`)",
		SHOW(slice_from(encoding)));
}
