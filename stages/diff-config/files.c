#include "run.h"

#include "show.h"

static void tell_alike(struct run *run, uint32_t one, uint32_t other)
{
	const struct comparison *c = &run->comparison;
	bool first = comparison_file(c, one)->on[SIDE_BEFORE];
	struct slice before = keys_at(&c->files, first ? one : other);
	struct slice after = keys_at(&c->files, first ? other : one);
	message_at(&run->stage.messages, NULL,
		"`extract --rename OLD=NEW` gives a file the name that it has on the other side",
		"the file \"%s\" is only before and \"%s\" only after, and the names differ only "
		"in "
		"case, blanks or \"_\"",
		SHOW(before), SHOW(after));
}

/* What is known of a file by its name. `one_sided` holds the names of those, made alike. */
static int file_survey(struct run *run, uint32_t index, struct slice alike, struct keys *one_sided)
{
	const struct comparison *c = &run->comparison;
	run->files[index].known = known_file(alike);
	if (!comparison_one_sided(c, index))
		return 0;
	uint32_t known = one_sided->count;
	uint32_t found = keys_add(one_sided, alike);
	if (found == KEY_NONE)
		return -1;
	uint32_t *file = keys_value(one_sided, found);
	if (found == known)
		*file = index;
	else if (comparison_file(c, index)->on[SIDE_BEFORE] !=
		 comparison_file(c, *file)->on[SIDE_BEFORE])
		tell_alike(run, *file, index);
	return 0;
}

/* What the addresses of Identity Provisioning say, file by file. */
static void addresses_survey(struct run *run)
{
	const struct comparison *c = &run->comparison;
	for (uint32_t i = 0; i < c->entry_count; i++) {
		const struct entry *entry = &c->entries[i];
		if (!ips_address(comparison_key(c, entry)) || entry->secret)
			continue;
		struct slice address = comparison_value(c, entry, SIDE_AFTER).bytes;
		if (!hidden_value(address))
			ips_take(&run->files[entry->file].ips, address);
	}
}

int files_survey(struct run *run)
{
	const struct comparison *c = &run->comparison;
	struct folding folding;
	struct keys one_sided;
	struct buffer alike = { 0 };
	int result = 0;
	folding_init(&folding);
	keys_init(&one_sided, sizeof(uint32_t));
	for (uint32_t i = 0; result == 0 && i < c->files.count; i++) {
		buffer_clear(&alike);
		result = fold_name_append(&folding, &alike, keys_at(&c->files, i));
		if (result == 0)
			result = file_survey(run, i, buffer_slice(&alike), &one_sided);
	}
	keys_release(&one_sided);
	folding_release(&folding);
	buffer_release(&alike);
	if (result == 0)
		addresses_survey(run);
	return result;
}
