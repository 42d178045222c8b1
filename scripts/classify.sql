-- Native User Deletion in SQL: the rules of classify-users once more, for comparison.
--
-- It reads, all columns text but where said,
--	users	the ten columns of the stream; rowid in input order
--	history	user_id, changed_at, status; rowid in file order
--	classes	instructor_id, starts_on
--	holds	user_id, expires_on
--	settings	one row: ias ('on', 'off'), external_days, internal_days (integers or null),
--		as_of, has_person_guid (0 or 1)
-- and makes the view `decisions`, in input order. Runs in SQLite 3.39 or later.

-- The rows of each user up to as-of, numbered by moment, then by their order in the file.
CREATE TEMP TABLE timeline (
	user_id TEXT NOT NULL,
	position INTEGER NOT NULL,
	changed_on TEXT NOT NULL,
	status TEXT NOT NULL,
	PRIMARY KEY (user_id, position)
) WITHOUT ROWID;

INSERT INTO timeline
SELECT user_id,
	row_number() OVER (PARTITION BY user_id ORDER BY changed_at, history.rowid),
	substr(changed_at, 1, 10),
	status
FROM history, settings
WHERE substr(changed_at, 1, 10) <= settings.as_of
ORDER BY 1, 2;

-- What the history says of each user: does it end active, and else, on which day came the first
-- inactive row after the last active one? All rows after the last active one are inactive.
CREATE TEMP TABLE latest (
	user_id TEXT NOT NULL PRIMARY KEY,
	ends_active INTEGER NOT NULL,
	changed_on TEXT
) WITHOUT ROWID;

INSERT INTO latest
SELECT ends.user_id, ends.last_active IS ends.last, first_inactive.changed_on
FROM (
	SELECT user_id, max(position) AS last,
		max(position) FILTER (WHERE status = 'active') AS last_active
	FROM timeline
	GROUP BY user_id
) AS ends
LEFT JOIN timeline AS first_inactive
	ON first_inactive.user_id = ends.user_id
	AND first_inactive.position = ends.last_active + 1;

CREATE TEMP TABLE teaching (instructor_id TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID;
INSERT INTO teaching
SELECT DISTINCT instructor_id FROM classes, settings WHERE starts_on >= settings.as_of;

CREATE TEMP TABLE held (user_id TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID;
INSERT INTO held
SELECT DISTINCT user_id FROM holds, settings
WHERE expires_on = '' OR expires_on >= settings.as_of;

-- The decision table. Row 15 stands here twice, for external (15) and internal users (16), and so
-- does row 13 (13 and 17).
CREATE TEMP TABLE verdicts (
	number INTEGER PRIMARY KEY,
	decision TEXT, reason TEXT, rule TEXT, basis TEXT
);
INSERT INTO verdicts VALUES
	(1, 'undetermined', 'unknown-status', 'NUD-02', 'inferred'),
	(2, 'keep', 'active', 'NUD-01', 'documented'),
	(3, 'undetermined', 'unknown-source-system', 'NUD-05', 'inferred'),
	(4, 'keep', 'managed-in-platform', 'NUD-04', 'documented'),
	(5, 'keep', 'not-native', 'NUD-07', 'documented'),
	(6, 'undetermined', 'unknown-deeplink-flag', 'NUD-08', 'inferred'),
	(7, 'undetermined', 'no-account-type', 'NUD-30', 'inferred'),
	(8, 'keep', 'setting-off', 'NUD-10', 'inferred'),
	(9, 'undetermined', 'contradictory-history', 'NUD-14', 'inferred'),
	(10, 'undetermined', 'no-inactivation-record', 'NUD-11', 'inferred'),
	(11, 'keep', 'setting-off', 'NUD-20', 'inferred'),
	(12, 'undetermined', 'no-termination-date', 'NUD-21', 'inferred'),
	(13, 'not-yet', 'retention-running', 'NUD-13', 'documented'),
	(14, 'blocked', 'person-guid', 'NUD-40', 'inferred'),
	(15, 'purge', 'external-inactive', 'NUD-12', 'documented'),
	(16, 'purge', 'internal-terminated', 'NUD-22', 'documented'),
	(17, 'not-yet', 'retention-running', 'NUD-23', 'documented');

-- Each user with the date that counts for the account type, its age and the count of days.
CREATE TEMP VIEW dated AS
SELECT input, user_id, status, source_system, native_deeplink_user, account_type, person_guid,
	instructor_id, admin_id, reported_on, changed_on, ends_active, basis_date, days,
	CAST(julianday(as_of) - julianday(basis_date) AS INTEGER) AS age,
	ias, has_person_guid
FROM (
	SELECT users.rowid AS input, users.*, settings.*,
		nullif(inactivated_on, '') AS reported_on,
		latest.changed_on, latest.ends_active,
		CASE account_type
			WHEN 'external' THEN coalesce(latest.changed_on, nullif(inactivated_on, ''))
			WHEN 'internal' THEN nullif(terminated_on, '')
		END AS basis_date,
		CASE account_type
			WHEN 'external' THEN external_days
			WHEN 'internal' THEN internal_days
		END AS days
	FROM users
	CROSS JOIN settings
	LEFT JOIN latest ON latest.user_id = users.user_id
);

CREATE TEMP VIEW decided AS
SELECT dated.*,
	CASE
		WHEN status = '' THEN 1
		WHEN status = 'active' THEN 2
		WHEN ias = 'on' AND source_system = '' THEN 3
		WHEN ias = 'on' AND source_system = 'platform' THEN 4
		WHEN ias = 'off' AND native_deeplink_user = 'N' THEN 5
		WHEN ias = 'off' AND native_deeplink_user = '' THEN 6
		WHEN account_type = '' THEN 7
		WHEN account_type = 'external' AND days IS NULL THEN 8
		WHEN account_type = 'external' AND ends_active THEN 9
		WHEN account_type = 'external' AND basis_date IS NULL THEN 10
		WHEN account_type = 'internal' AND days IS NULL THEN 11
		WHEN account_type = 'internal' AND basis_date IS NULL THEN 12
		WHEN age < days THEN iif(account_type = 'external', 13, 17)
		WHEN ias = 'off' AND person_guid <> '' THEN 14
		ELSE iif(account_type = 'external', 15, 16)
	END AS number
FROM dated;

CREATE TEMP VIEW decisions AS
SELECT user_id,
	decision,
	reason,
	rule,
	iif(decision = 'purge' AND age = days, 'inferred', basis) AS basis,
	account_type,
	iif(number >= 13, basis_date, '') AS basis_date,
	iif(number >= 13, age, '') AS age_days,
	iif(number >= 13, coalesce(date(basis_date, '+' || days || ' days'), ''), '')
		AS eligible_on,
	CASE
		WHEN reason IN ('managed-in-platform', 'not-native') AND source_system = 'platform'
			THEN 'drtm'
		WHEN reason = 'not-native' AND source_system = 'learning' THEN 'none'
		WHEN decision = 'blocked' THEN 'sap-services'
		WHEN decision IN ('purge', 'not-yet') THEN 'native-user-deletion'
		ELSE ''
	END AS route,
	iif(number < 13, '', substr(
		iif(instructor_id <> '', ';instructor', '')
		|| iif(instructor_id <> ''
			AND instructor_id IN (SELECT instructor_id FROM teaching),
			';teaches-later', '')
		|| iif(admin_id <> '', ';admin', '')
		|| iif(user_id IN (SELECT user_id FROM held), ';on-hold', '')
		|| iif(age = days, ';boundary', '')
		|| iif(person_guid <> '' AND (ias = 'on' OR decision = 'not-yet'),
			';person-guid', '')
		|| iif(ias = 'off' AND NOT has_person_guid, ';person-guid-unknown', '')
		|| iif(ias = 'off' AND native_deeplink_user = 'Y' AND source_system = 'platform',
			';source-disagrees', '')
		|| iif(account_type = 'external' AND changed_on IS NULL, ';date-from-report', '')
		|| iif(account_type = 'external' AND changed_on <> reported_on,
			';dates-disagree', ''), 2)) AS alerts
FROM decided
JOIN verdicts USING (number)
ORDER BY input;
