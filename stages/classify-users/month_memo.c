#include "month_memo.h"

enum date_result month_memo_read(struct month_memo *memo, struct slice text, day_t *day)
{
	const bool empty = text.len == 0;
	day_t found = DAY_NONE;
	int days;
	if (empty)
		text = SLICE("1900-01-01");
	const enum date_result result = day_read(text, &found);
	if (result != DATE_OK)
		return result;
	struct month_memo_entry entry;
	memcpy(&entry.text, text.ptr, sizeof entry.text);
	entry.text = le64toh(entry.text);
	entry.before = day_month_start(found, &days) - 1;
	entry.days = (uint32_t)days;
	memo->entries[month_memo_place(entry.text)] = entry;
	*day = empty ? DAY_NONE : found;
	return DATE_OK;
}
