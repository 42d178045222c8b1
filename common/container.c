#include "container.h"

#include "member_name.h"
#include "seven_zip.h"
#include "show.h"
#include "unpack.h"
#include "zip.h"

#include <stdlib.h>

/* A zip gives any member at once: to go back this often is cheaper than to spool. */
#define GO_BACK_LIMIT 8

struct listed {
	uint64_t number; /* in the archive's order, folders counted */
	size_t path;     /* where its path starts in `paths` */
	size_t length;
	const char *skipped;
	uint64_t from; /* in the spool */
	uint64_t size;
	uint64_t bytes; /* as the archive states them; 0: it does not */
};

struct container {
	struct stored *from;
	enum magic magic;
	enum magic inner; /* the archive's, where it is compressed as a whole; else the same */
	struct selection *selection;
	const struct input_limits *limits;

	struct buffer list; /* of struct listed */
	struct buffer paths;
	size_t next;

	struct expand expand; /* open while `expanding` */
	bool expanding;
	bool single;
	struct unpack *unpack; /* the pass over the archive that is under way; or NULL */
	uint64_t number;       /* of the member that comes next in it */

	bool spooled;
	struct spool spool;
	struct spool_source spool_source;
	char head[MAGIC_HEAD];
	struct memory_source member; /* the head of a member, then the rest */
};

static struct listed *listed_at(const struct container *c, size_t i)
{
	void *list = c->list.ptr;
	return (struct listed *)list + i;
}

static size_t listed_count(const struct container *c)
{
	return c->list.len / sizeof(struct listed);
}

static struct slice listed_path(const struct container *c, const struct listed *l)
{
	return slice_skip((struct slice){ c->paths.ptr, l->path + l->length }, l->path);
}

static int listed_order(const void *left, const void *right, void *container)
{
	return slice_compare(listed_path(container, left), listed_path(container, right));
}

static void pass_end(struct container *c)
{
	unpack_close(c->unpack);
	c->unpack = NULL;
	if (c->expanding)
		expand_close(&c->expand);
	c->expanding = false;
}

static int expand_begin(struct container *c, struct error *e)
{
	if (!magic_is_filter(c->magic))
		return 0;
	if (expand_open(&c->expand, c->from, c->magic, c->limits, e) != 0)
		return -1;
	c->expanding = true;
	return 0;
}

/* Starts again at the archive's first member. */
static int pass_begin(struct container *c, struct error *e)
{
	pass_end(c);
	if (expand_begin(c, e) != 0)
		return -1;
	struct expand *expand = c->expanding ? &c->expand : NULL;
	c->unpack = unpack_open(c->from, expand, c->inner, c->limits, e);
	c->number = 0;
	return c->unpack ? 0 : -1;
}

/* Reads the first bytes of a member, and puts them before the rest again. */
static int peek(struct container *c, struct source *source, struct slice path, enum magic *magic,
	struct error *e)
{
	size_t have = 0;
	while (have < sizeof c->head) {
		ssize_t got = source->read(source, c->head + have, sizeof c->head - have, e);
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		have += (size_t)got;
	}
	struct slice head = { c->head, have };
	*magic = magic_of(head, path);
	memory_source_init(&c->member, head, source);
	return 0;
}

/* Is the wanted member something that cannot be read? 0 or -1; or sets why it is skipped. */
static int judge(struct container *c, struct slice path, enum magic magic, const char **skipped,
	struct error *e)
{
	if (magic_is_archive(magic))
		*skipped = "an archive in an archive";
	if (magic != MAGIC_PGP)
		return 0;
	unpack_refuse(c->from->name, path, "a PGP message", e);
	return error_hint(e, "decrypt it first (gpg --decrypt)");
}

static int list_add(struct container *c, const struct unpack_entry *entry, struct error *e)
{
	struct listed l = {
		.number = c->number,
		.path = c->paths.len,
		.length = entry->path.len,
		.skipped = entry->skipped,
		.bytes = entry->size,
	};
	if (entry->encrypted && !entry->skipped)
		return unpack_refuse(c->from->name, entry->path, UNPACK_ENCRYPTED, e);
	struct place place = { .file = c->from->name };
	if (c->paths.len / 1024 > c->limits->members) {
		error_at(e, STATUS_INPUT, &place, "the paths of its members are too long");
		return error_hint(e, "--max-members raises the limit: 1024 bytes for each");
	}
	if (buffer_append(&c->paths, entry->path) != 0 ||
		buffer_append(&c->list, (struct slice){ (const char *)&l, sizeof l }) != 0)
		return error_memory(e);
	return 0;
}

/* The first pass: what there is. */
static int list_fill(struct container *c, struct error *e)
{
	if (pass_begin(c, e) != 0)
		return -1;
	uint64_t stated = 0;
	struct unpack_entry entry;
	int more;
	for (; (more = unpack_next(c->unpack, &entry, e)) > 0; c->number++) {
		if (entry.folder)
			continue;
		int wanted = selection_take(c->selection, entry.path, e);
		if (wanted < 0 || (wanted && list_add(c, &entry, e) != 0))
			return -1;
		/* To reach a member of the others, those before it have to be unpacked too. */
		if (!wanted && c->magic == MAGIC_ZIP)
			continue;
		stated = entry.size > UINT64_MAX - stated ? UINT64_MAX : stated + entry.size;
		if (limits_check(c->limits, c->from->name, stated, UINT64_MAX, e) != 0)
			return -1;
	}
	pass_end(c);
	return more;
}

/* Sorts; never picks one of two members of one name. */
static int list_sort(struct container *c, struct error *e)
{
	size_t count = listed_count(c);
	if (count)
		qsort_r(c->list.ptr, count, sizeof(struct listed), listed_order, c);
	for (size_t i = 1; i < count; i++) {
		struct slice path = listed_path(c, listed_at(c, i));
		if (!slice_equal(path, listed_path(c, listed_at(c, i - 1))))
			continue;
		struct place place = { .file = c->from->name };
		return error_at(
			e, STATUS_INPUT, &place, "two of its members are named \"%s\"", SHOW(path));
	}
	return 0;
}

/* Goes on to the listed member. */
static int pass_reach(struct container *c, const struct listed *l, struct error *e)
{
	if ((!c->unpack || l->number < c->number) && pass_begin(c, e) != 0)
		return -1;
	struct unpack_entry entry = { 0 };
	int more = 1;
	while (more > 0 && c->number <= l->number) {
		more = unpack_next(c->unpack, &entry, e);
		c->number++;
	}
	if (more < 0)
		return -1;
	if (more == 0 || !slice_equal(entry.path, listed_path(c, l))) {
		struct place place = { .file = c->from->name };
		return error_at(e, STATUS_SYSTEM, &place, "it has changed while it was read");
	}
	return 0;
}

static int spool_member(struct container *c, struct listed *l, struct error *e)
{
	enum magic magic;
	struct slice path = listed_path(c, l);
	if (pass_reach(c, l, e) != 0 || peek(c, unpack_source(c->unpack), path, &magic, e) != 0 ||
		judge(c, path, magic, &l->skipped, e) != 0)
		return -1;
	l->from = spool_size(&c->spool);
	char *block = l->skipped ? NULL : malloc(65536);
	if (!block)
		return l->skipped ? 0 : error_memory(e);
	ssize_t got;
	while ((got = c->member.source.read(&c->member.source, block, 65536, e)) > 0) {
		if (spool_append(&c->spool, (struct slice){ block, (size_t)got }, e) != 0) {
			got = -1;
			break;
		}
	}
	free(block);
	l->size = spool_size(&c->spool) - l->from;
	return (int)got;
}

static int number_order(const void *left, const void *right)
{
	uint64_t l = ((const struct listed *)left)->number;
	uint64_t r = ((const struct listed *)right)->number;
	return (l > r) - (l < r);
}

/* One pass in the archive's order puts the members where they can be read in any. */
static int spool_fill(struct container *c, struct error *e)
{
	size_t count = listed_count(c);
	qsort(c->list.ptr, count, sizeof(struct listed), number_order);
	for (size_t i = 0; i < count; i++) {
		struct listed *l = listed_at(c, i);
		if (!l->skipped && spool_member(c, l, e) != 0)
			return -1;
	}
	pass_end(c);
	qsort_r(c->list.ptr, count, sizeof(struct listed), listed_order, c);
	c->spooled = true;
	return 0;
}

/* How often the order of the paths goes back in the archive. */
static size_t times_back(const struct container *c)
{
	size_t times = 0;
	uint64_t last = 0;
	for (size_t i = 0; i < listed_count(c); i++) {
		const struct listed *l = listed_at(c, i);
		if (l->skipped)
			continue;
		times += l->number < last;
		last = l->number;
	}
	return times;
}

static int archive_list(struct container *c, struct error *e)
{
	if (list_fill(c, e) != 0 || list_sort(c, e) != 0)
		return -1;
	if (times_back(c) > (c->magic == MAGIC_ZIP ? GO_BACK_LIMIT : 0))
		return spool_fill(c, e);
	return 0;
}

static int single_list(struct container *c, struct slice name, bool named, struct error *e)
{
	struct unpack_entry entry = { .path = member_name_content(name) };
	c->single = true;
	int wanted = named ? 1 : selection_take(c->selection, entry.path, e);
	if (wanted <= 0)
		return wanted;
	if (c->expand.twice)
		entry.skipped = "an archive in an archive";
	if (judge(c, entry.path, c->inner, &entry.skipped, e) != 0)
		return -1;
	return list_add(c, &entry, e);
}

static int container_start(struct container *c, struct slice name, bool named, struct error *e)
{
	uint64_t members = 1;
	c->inner = c->magic;
	if ((c->magic == MAGIC_ZIP && zip_check(c->from, c->limits, &members, e) != 0) ||
		(c->magic == MAGIC_7Z && seven_zip_check(c->from, c->limits, e) != 0))
		return -1;
	/* libarchive does not know an end alone for a zip. */
	if (members == 0)
		return 0;
	if (!magic_is_filter(c->magic))
		return archive_list(c, e);
	if (expand_begin(c, e) != 0 ||
		peek(c, &c->expand.source, member_name_content(name), &c->inner, e) != 0)
		return -1;
	bool archive = (c->inner == MAGIC_TAR || c->inner == MAGIC_CPIO) && !c->expand.twice;
	return archive ? archive_list(c, e) : single_list(c, name, named, e);
}

struct container *container_open(struct stored *from, enum magic magic, struct slice name,
	bool named, struct selection *selection, const struct input_limits *limits, struct error *e)
{
	struct container *c = calloc(1, sizeof *c);
	if (!c) {
		error_memory(e);
		return NULL;
	}
	c->from = from;
	c->magic = magic;
	c->selection = selection;
	c->limits = limits;
	spool_init(&c->spool, 0);
	if (container_start(c, name, named, e) == 0)
		return c;
	container_close(c);
	return NULL;
}

bool container_single(const struct container *c)
{
	return c->single;
}

int container_next(struct container *c, struct container_member *member, struct error *e)
{
	if (c->next == listed_count(c))
		return 0;
	struct listed *l = listed_at(c, c->next++);
	*member = (struct container_member){
		.path = listed_path(c, l),
		.skipped = l->skipped,
		.bytes = c->spooled && !l->skipped ? l->size
			 : l->bytes                ? l->bytes
						   : UINT64_MAX,
	};
	if (l->skipped)
		return 1;
	if (c->spooled) {
		spool_source_init(&c->spool_source, &c->spool, l->from, l->size);
		member->source = &c->spool_source.source;
		return 1;
	}
	enum magic magic = MAGIC_NONE;
	if (!c->single && (pass_reach(c, l, e) != 0 ||
				  peek(c, unpack_source(c->unpack), member->path, &magic, e) != 0 ||
				  judge(c, member->path, magic, &member->skipped, e) != 0))
		return -1;
	if (!member->skipped)
		member->source = &c->member.source;
	return 1;
}

uint64_t container_packed(const struct container *c)
{
	if (c->unpack)
		return unpack_packed(c->unpack);
	return c->expanding ? c->expand.packed : c->spooled ? c->from->size : 0;
}

void container_close(struct container *c)
{
	if (!c)
		return;
	pass_end(c);
	spool_release(&c->spool);
	buffer_release(&c->list);
	buffer_release(&c->paths);
	free(c);
}
