-- What deactivating users does, in SQL: the rules of apply-deactivation once more, for comparison.
--
-- It reads, all columns text,
--	assignments	the five columns of the stream; rowid in input order
--	leavers		user_id, method; rowid in input order
--	users		user_id, status; empty where no users are given
--	settings	one row: connector ('user', 'user-sf'), plan ('Y', 'N', '' not set), method
-- and makes the views `effects`, `what_if` and `totals`. Runs in SQLite 3.39 or later.

-- A row for each cell of the table; a case of '' is for every status that has no row of its own.
-- w: documented for the User Connector-SF, inferred for the User Connector.
CREATE TEMP TABLE cells (object TEXT, way TEXT, standing TEXT, action TEXT, basis TEXT);
INSERT INTO cells VALUES
	('item', 'M', '', 'keep', 'documented'),
	('item', 'Y', 'complete', 'keep', 'documented'),
	('item', 'Y', '', 'remove', 'documented'),
	('item', 'N', '', 'keep', 'documented'),
	('survey', 'M', '', 'keep', 'documented'),
	('survey', 'Y', '', 'keep', 'documented'),
	('survey', 'N', '', 'keep', 'documented'),
	('history', 'M', '', 'keep', 'documented'),
	('history', 'Y', '', 'keep', 'documented'),
	('history', 'N', '', 'keep', 'documented'),
	('curriculum', 'M', '', 'keep', 'documented'),
	('curriculum', 'Y', '', 'remove', 'documented'),
	('curriculum', 'N', '', 'review', 'undocumented'),
	('curriculum-item', 'M', '', 'keep', 'documented'),
	('curriculum-item', 'Y', 'complete', 'keep', 'inferred'),
	('curriculum-item', 'Y', '', 'remove', 'inferred'),
	('curriculum-item', 'N', 'complete', 'keep', 'documented'),
	('curriculum-item', 'N', '', 'review', 'undocumented'),
	('class', 'M', '', 'keep', 'documented'),
	('class', 'Y', 'enrolled', 'cancel', 'documented'),
	('class', 'Y', 'waitlisted', 'cancel', 'inferred'),
	('class', 'Y', '', 'keep', 'inferred'),
	('class', 'N', 'enrolled', 'remove', 'documented'),
	('class', 'N', 'waitlisted', 'remove', 'inferred'),
	('class', 'N', '', 'keep', 'inferred'),
	('program', 'M', '', 'keep', 'documented'),
	('program', 'Y', '', 'remove', 'documented'),
	('program', 'N', '', 'keep', 'documented'),
	('activity', 'M', '', 'keep', 'documented'),
	('activity', 'Y', '', 'remove', 'documented'),
	('activity', 'N', '', 'keep', 'documented'),
	('cohort', 'M', '', 'manual', 'documented'),
	('cohort', 'Y', '', 'remove', 'documented'),
	('cohort', 'N', '', 'review', 'undocumented'),
	('role', 'M', '', 'keep', 'documented'),
	('role', 'Y', '', 'keep', 'inferred'),
	('role', 'N', '', 'keep', 'inferred'),
	('library', 'M', '', 'keep', 'documented'),
	('library', 'Y', '', 'keep', 'inferred'),
	('library', 'N', '', 'keep', 'inferred'),
	('instructor', 'M', '', 'keep', 'documented'),
	('instructor', 'Y', '', 'inactivate', 'w'),
	('instructor', 'N', '', 'inactivate', 'w'),
	('admin', 'M', '', 'keep', 'documented'),
	('admin', 'Y', '', 'lock', 'w'),
	('admin', 'N', '', 'lock', 'w'),
	('request', 'M', '', 'keep', 'documented'),
	('request', 'Y', '', 'remove', 'w'),
	('request', 'N', '', 'remove', 'w'),
	('contact', 'M', '', 'keep', 'documented'),
	('contact', 'Y', '', 'remove', 'w'),
	('contact', 'N', '', 'remove', 'w');

-- The same with a row for each status, the empty one included.
CREATE TEMP TABLE standings (standing TEXT);
INSERT INTO standings VALUES ('complete'), ('incomplete'), ('in-progress'), ('enrolled'),
	('waitlisted'), ('canceled'), ('member'), ('');

CREATE TEMP TABLE outcomes (
	object TEXT, way TEXT, standing TEXT, action TEXT, basis TEXT, rule TEXT,
	PRIMARY KEY (object, way, standing)
) WITHOUT ROWID;

INSERT INTO outcomes
SELECT object, way, standings.standing, action, basis,
	'DEA-' || way || '-' || upper(object) || CASE
		WHEN cells.standing <> '' THEN '-' || upper(cells.standing)
		WHEN EXISTS (SELECT 1 FROM cells AS other WHERE other.object = cells.object
			AND other.way = cells.way AND other.standing <> '') THEN '-ELSE'
		ELSE '' END
FROM cells, standings
WHERE cells.standing = standings.standing
	OR cells.standing = '' AND NOT EXISTS (SELECT 1 FROM cells AS other
		WHERE other.object = cells.object AND other.way = cells.way
		AND other.standing <> '' AND other.standing = standings.standing);

-- Each leaver once, without those who are inactive already.
CREATE TEMP TABLE leaving (
	user_id TEXT NOT NULL PRIMARY KEY, way TEXT, assumed INTEGER, position INTEGER
) WITHOUT ROWID;
INSERT INTO leaving
SELECT user_id,
	CASE WHEN coalesce(nullif(leavers.method, ''), settings.method) = 'manual' THEN 'M'
		WHEN settings.plan = 'N' THEN 'N' ELSE 'Y' END,
	coalesce(nullif(leavers.method, ''), settings.method) = 'connector' AND settings.plan = '',
	min(leavers.rowid)
FROM leavers, settings
WHERE user_id NOT IN (SELECT user_id FROM users WHERE status = 'inactive')
GROUP BY user_id;

CREATE TEMP VIEW effects AS
SELECT a.rowid AS position, a.user_id, a.object_type, a.object_id, a.status, a.origin, o.action,
	CASE o.action WHEN 'keep' THEN a.status
		WHEN 'remove' THEN CASE WHEN l.way = 'N' AND a.object_type = 'class'
			THEN 'undocumented' ELSE 'removed' END
		WHEN 'cancel' THEN 'canceled'
		WHEN 'inactivate' THEN 'inactive'
		WHEN 'lock' THEN 'locked'
		ELSE '' END AS result_status,
	o.rule,
	CASE o.basis WHEN 'w' THEN iif(s.connector = 'user-sf', 'documented', 'inferred')
		ELSE o.basis END AS basis,
	ltrim(iif(a.origin = 'profile', ';profile-sync', '')
		|| iif(a.status = 'in-progress' AND o.action IN ('remove', 'cancel'),
			';progress-lost', '')
		|| iif(l.way = 'M' AND a.object_type = 'class'
			AND a.status IN ('enrolled', 'waitlisted'), ';registration-prompt', '')
		|| iif(l.way = 'N' AND (a.object_type = 'class' AND a.status = 'enrolled'
			OR a.object_type = 'item' AND a.status = 'in-progress'),
			';sources-disagree', '')
		|| iif(l.assumed AND y.action <> n.action, ';default-assumed', ''),
		';') AS alerts
FROM assignments AS a
CROSS JOIN settings AS s
JOIN leaving AS l ON l.user_id = a.user_id
JOIN outcomes AS o ON o.object = a.object_type AND o.way = l.way AND o.standing = a.status
JOIN outcomes AS y ON y.object = a.object_type AND y.way = 'Y' AND y.standing = a.status
JOIN outcomes AS n ON n.object = a.object_type AND n.way = 'N' AND n.standing = a.status;

CREATE TEMP VIEW what_if AS
SELECT a.rowid AS position, a.user_id, a.object_type, a.object_id, a.status, a.origin,
	m.action AS manual, y.action AS connector_y, n.action AS connector_n
FROM assignments AS a
JOIN leaving AS l ON l.user_id = a.user_id
JOIN outcomes AS m ON m.object = a.object_type AND m.way = 'M' AND m.standing = a.status
JOIN outcomes AS y ON y.object = a.object_type AND y.way = 'Y' AND y.standing = a.status
JOIN outcomes AS n ON n.object = a.object_type AND n.way = 'N' AND n.standing = a.status;

CREATE TEMP VIEW totals AS
SELECT l.position, l.user_id,
	count(*) FILTER (WHERE e.action = 'keep') AS keep,
	count(*) FILTER (WHERE e.action = 'remove') AS remove,
	count(*) FILTER (WHERE e.action = 'cancel') AS cancel,
	count(*) FILTER (WHERE e.action = 'inactivate') AS inactivate,
	count(*) FILTER (WHERE e.action = 'lock') AS lock,
	count(*) FILTER (WHERE e.action = 'manual') AS manual,
	count(*) FILTER (WHERE e.action = 'review') AS review,
	count(*) FILTER (WHERE e.alerts LIKE '%profile-sync%') AS profile_sync,
	count(*) FILTER (WHERE e.alerts LIKE '%progress-lost%') AS progress_lost
FROM leaving AS l LEFT JOIN effects AS e ON e.user_id = l.user_id
GROUP BY l.user_id;
