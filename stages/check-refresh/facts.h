/*
 * What is known of a refresh: its day, its way, what is copied, and of both tenants.
 */
#ifndef FACTS_H
#define FACTS_H

#include "date.h"
#include "reader.h"

enum fact {
	FACT_REFRESH_DAY,
	FACT_METHOD,
	FACT_SCOPE,
	FACT_SOURCE_VERSION,
	FACT_TARGET_VERSION,
	FACT_INTEGRATION,
	FACT_EMPLOYEE_EXPORT_NEXT_RUN,
	FACT_ODATA,
	FACT_IAS,
	FACT_VALIDATED,
	FACT_SEPARATE_SFTP,
	FACT_RECURRING_REPORTS,
	FACT_RELEASE,
	FACT_SOURCE_MAIL_DOMAIN,
	FACT_COUNT,
};

enum fact_kind {
	KIND_WORD,     /* one of a list */
	KIND_NEXT_RUN, /* the word "none", a day or a moment */
	KIND_DAY,
	KIND_VERSION, /* 2511, b2511, 2511.3 */
	KIND_RELEASE, /* four digits */
	KIND_DOMAIN,  /* what stands behind the @ */
};

#define VERSION_PARTS 4

struct version {
	uint32_t parts[VERSION_PARTS];
	size_t count;
};

struct fact_value {
	bool given;
	const char *shown_by; /* the input that shows it, where the facts have it not; or NULL */
	uint64_t line;        /* of the facts */
	struct buffer text;   /* as it was given */
	int word;             /* its place among the words; of a next run 0: none, 1: a day */
	day_t day;            /* of a day and a next run; DAY_NONE: none */
	struct version version;
	uint32_t release;
};

struct facts {
	const char *path; /* borrowed */
	struct fact_value of[FACT_COUNT];
};

/* The words of METHOD, SCOPE and INTEGRATION, and of a flag, Y or N. */
enum flag { FLAG_YES, FLAG_NO };
enum method { METHOD_IRT, METHOD_MANUAL };
enum scope { SCOPE_FULL, SCOPE_LEARNING, SCOPE_PLATFORM };

const char *fact_name(enum fact fact);
enum fact_kind fact_kind(enum fact fact);

/* The words that a fact's value may be, "full|learning|platform"; NULL: it is not of words. */
const char *fact_words(enum fact fact);

/* The fact of this name; FACT_COUNT: there is none. */
enum fact fact_find(struct slice name);

/* Sets the error of a name that no fact has, at its place, with a hint of those there are; -1. */
int fact_unknown(struct slice name, const struct place *place, struct error *e);

/* Fills all but `line` and `text`: 0, or -1 where the value is none of this fact's. */
int fact_read(enum fact fact, struct slice text, struct fact_value *value);

/*
 * Reads FACTS, a table of `fact` and `value`. An empty value is a fact that is not given. An
 * unknown name, one that stands twice, and a value that is none of its fact's are status 3. 0, or
 * -1 with the error set; to be released in any case.
 */
int facts_read(struct facts *f, const char *path, enum format format, struct error *e);

/* Fills in a fact of words that was not given, as an input shows it: 0, or -1 without memory. */
int facts_show(struct facts *f, enum fact fact, struct slice word, const char *path);

void facts_release(struct facts *f);

enum version_order { VERSION_OLDER, VERSION_SAME, VERSION_NEWER, VERSION_UNCLEAR };

/*
 * Is `a` older than `b`? Part by part, as numbers. Where one has parts that the other lacks, and
 * the common ones are equal, nobody can tell.
 */
enum version_order version_compare(const struct version *a, const struct version *b);

#endif
