/*
 * Who is a way into the target when the single sign-on fails: an administrator with ALL and
 * ALL_CONNECTOR, whose related user is active and not managed in the Platform (KBA 2165346). A pure
 * function; schemas/rules.csv tells each rule in words.
 */
#ifndef WAY_IN_H
#define WAY_IN_H

/* What makes an administrator with both roles a way in (WAY_IN_NATIVE), or none. */
enum way_in {
	WAY_IN_NATIVE,
	WAY_IN_UNCHECKED, /* no users stream */
	WAY_IN_LOCKED,
	WAY_IN_NO_USER,    /* no related user */
	WAY_IN_MISSING,    /* the user is not in the users stream */
	WAY_IN_INACTIVE,   /* the user is */
	WAY_IN_MANAGED,    /* the user, in the Platform */
	WAY_IN_NOT_NATIVE, /* NATIVE_DEEPLINK_USER is N */
	WAY_IN_LOCK_UNKNOWN,
	WAY_IN_STATUS_UNKNOWN,
	WAY_IN_IAS_UNKNOWN, /* which column decides is not known */
	WAY_IN_SOURCE_UNKNOWN,
	WAY_IN_DEEPLINK_UNKNOWN,
	WAY_IN_PROVISIONED, /* by Identity Provisioning: from where is not known */
	WAY_IN_DISAGREES,   /* NATIVE_DEEPLINK_USER is Y, and the source the Platform */
	WAY_IN_COUNT,
};

/* From here on nobody can tell. */
#define WAY_IN_UNKNOWN WAY_IN_LOCK_UNKNOWN

/* The places of the words of a users stream; an empty field is -1. */
#define USER_STATUS_WORDS "active|inactive"
#define USER_SOURCE_WORDS "learning|identity-provisioning|platform"
enum { USER_IS_ACTIVE, USER_IS_INACTIVE };
enum { SOURCE_LEARNING, SOURCE_IDENTITY, SOURCE_PLATFORM };

/*
 * The related user by its `status`, its `source` and NATIVE_DEEPLINK_USER (1: Y, 0: N, -1: not
 * known); `ias` likewise, for with IAS the source decides who is of Learning alone, and without it
 * the flag (KBA 2515540).
 */
enum way_in user_judge(int status, int source, int deeplink, int ias);

#endif
