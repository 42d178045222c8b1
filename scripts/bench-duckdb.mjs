// bench-duckdb.mjs extract|classify|both|deactivate FOLDER OUTPUT: the work of the stages in
// DuckDB's SQL, on a folder of gen-tenant, IAS on, or of gen-assignments, User Connector-SF with Y.
// The output is a CSV file of the same rows.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const modules = createRequire(`${process.env.BENCH}/node_modules/x.js`);
const { DuckDBInstance } = await import(pathToFileURL(modules.resolve('@duckdb/node-api')).href);

const [work, folder, output] = process.argv.slice(2);
const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
const run = (sql) => connection.run(sql);
const csv = (name, more = '') => `read_csv('${folder}/${name}.csv', header = true,
	all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '',
	auto_detect = false, max_line_size = 4194304, ${more})`;
const quoted = (text) => `'${text.replaceAll("'", "''")}'`;
const columns = (names) =>
	`columns = {${names.map((name) => `${quoted(name)}: 'VARCHAR'`).join(', ')}}`;

const user = ['user_id', 'status', 'source_system', 'native_deeplink_user', 'account_type',
	'terminated_on', 'inactivated_on', 'person_guid', 'instructor_id', 'admin_id'];
const report = ['Gebruikers-ID', 'Achternaam', 'Voornaam', 'E-mailadres', 'Organisatie-ID',
	'Organisatie', 'Functie', 'Locatie', 'Regio', 'Leidinggevende', 'Actief',
	'Native deeplink-gebruiker', 'Bronsysteem gebruiker', 'Type winkelaccount',
	'Uitdiensttreding', 'Inactief sinds', 'Persoons-GUID', 'Instructeur', 'Beheerder',
	'Laatst gewijzigd'];

const value = (heading, pairs) => `CASE "${heading}" ${Object.entries(pairs)
	.map(([raw, canonical]) => `WHEN '${raw}' THEN '${canonical}'`).join(' ')}
	ELSE if("${heading}" IS NULL, NULL, error('unknown value')) END`;
const day = (heading) => `if("${heading}" = '31-12-9999', NULL,
	strptime("${heading}", '%d-%m-%Y')::DATE)`;

const readReport = async () => {
	await run(`CREATE TABLE users AS SELECT
		"Gebruikers-ID" AS user_id,
		${value('Actief', { Ja: 'active', Nee: 'inactive' })} AS status,
		${value('Bronsysteem gebruiker', { Learning: 'learning',
			'Identity Provisioning': 'identity-provisioning', Platform: 'platform' })}
			AS source_system,
		${value('Native deeplink-gebruiker', { Ja: 'Y', Nee: 'N' })}
			AS native_deeplink_user,
		${value('Type winkelaccount', { Intern: 'internal', Extern: 'external' })}
			AS account_type,
		${day('Uitdiensttreding')} AS terminated_on,
		${day('Inactief sinds')} AS inactivated_on,
		"Persoons-GUID" AS person_guid, Instructeur AS instructor_id, Beheerder AS admin_id
		FROM ${csv('user-summary', columns(report))}`);
	const unique = await connection.runAndReadAll(
		'SELECT count(*) = count(DISTINCT user_id) FROM users');
	if (!unique.getRows()[0][0])
		throw new Error('a user twice');
};

const readUsers = () => run(`CREATE TABLE users AS SELECT * REPLACE (
	terminated_on::DATE AS terminated_on, inactivated_on::DATE AS inactivated_on)
	FROM ${csv('users', columns(user))}`);

const classify = async () => {
	await run(`CREATE TABLE history AS SELECT user_id, changed_at::TIMESTAMP AS changed_at,
		status = 'active' AS active
		FROM ${csv('history', columns(['user_id', 'changed_at', 'status']))}`);
	// A row's place in time: its moment, then its place in the file.
	await run(`CREATE TABLE timeline AS SELECT user_id, active, changed_at::DATE AS changed_on,
		epoch(changed_at)::BIGINT * 4294967296 + rowid AS place
		FROM history WHERE changed_at::DATE <= DATE '2026-11-20'`);
	await run(`CREATE TABLE latest AS SELECT user_id,
		any_value(ends.last) IS NOT DISTINCT FROM any_value(ends.last_active)
			AS ends_active,
		min(changed_on) FILTER (place > ends.last_active) AS changed_on
		FROM timeline JOIN (SELECT user_id, max(place) AS last,
				max(place) FILTER (active) AS last_active
			FROM timeline GROUP BY user_id) AS ends USING (user_id)
		GROUP BY user_id`);
	await run(`CREATE TABLE teaching AS SELECT DISTINCT instructor_id
		FROM ${csv('classes',
			columns(['instructor_id', 'class_id', 'starts_on', 'ends_on']))}
		WHERE starts_on::DATE >= DATE '2026-11-20'`);
	await run(`CREATE TABLE held AS SELECT DISTINCT user_id
		FROM ${csv('holds', columns(['user_id', 'reason', 'owner', 'expires_on']))}
		WHERE expires_on IS NULL OR expires_on::DATE >= DATE '2026-11-20'`);
	await run(`CREATE TABLE verdicts AS SELECT * FROM (VALUES
		(1, 'undetermined', 'unknown-status', 'NUD-02', 'inferred'),
		(2, 'keep', 'active', 'NUD-01', 'documented'),
		(3, 'undetermined', 'unknown-source-system', 'NUD-05', 'inferred'),
		(4, 'keep', 'managed-in-platform', 'NUD-04', 'documented'),
		(7, 'undetermined', 'no-account-type', 'NUD-30', 'inferred'),
		(9, 'undetermined', 'contradictory-history', 'NUD-14', 'inferred'),
		(10, 'undetermined', 'no-inactivation-record', 'NUD-11', 'inferred'),
		(12, 'undetermined', 'no-termination-date', 'NUD-21', 'inferred'),
		(13, 'not-yet', 'retention-running', 'NUD-13', 'documented'),
		(15, 'purge', 'external-inactive', 'NUD-12', 'documented'),
		(16, 'purge', 'internal-terminated', 'NUD-22', 'documented'),
		(17, 'not-yet', 'retention-running', 'NUD-23', 'documented')
		) AS v(number, decision, reason, rule, basis)`);
	await run(`CREATE VIEW dated AS SELECT users.rowid AS input, users.*, latest.changed_on,
		coalesce(latest.ends_active, false) AS ends_active,
		users.user_id IN (SELECT user_id FROM held) AS on_hold,
		coalesce(users.instructor_id IN (SELECT instructor_id FROM teaching), false)
			AS teaches,
		CASE account_type WHEN 'external' THEN coalesce(latest.changed_on, inactivated_on)
			WHEN 'internal' THEN terminated_on END AS basis_date,
		if(account_type = 'external', 365, 730) AS days
		FROM users LEFT JOIN latest USING (user_id)`);
	await run(`CREATE VIEW decided AS SELECT *, DATE '2026-11-20' - basis_date AS age,
		CASE
		WHEN status IS NULL THEN 1
		WHEN status = 'active' THEN 2
		WHEN source_system IS NULL THEN 3
		WHEN source_system = 'platform' THEN 4
		WHEN account_type IS NULL THEN 7
		WHEN account_type = 'external' AND ends_active THEN 9
		WHEN account_type = 'external' AND basis_date IS NULL THEN 10
		WHEN account_type = 'internal' AND basis_date IS NULL THEN 12
		WHEN DATE '2026-11-20' - basis_date < days
			THEN if(account_type = 'external', 13, 17)
		ELSE if(account_type = 'external', 15, 16) END AS number
		FROM dated`);
};

const decisions = `SELECT user_id, decision, reason, rule,
	if(decision = 'purge' AND age = days, 'inferred', basis) AS basis, account_type,
	if(number >= 13, basis_date, NULL) AS basis_date,
	if(number >= 13, age, NULL) AS age_days,
	if(number >= 13 AND basis_date + days <= DATE '9999-12-31', basis_date + days, NULL)
		AS eligible_on,
	CASE WHEN reason = 'managed-in-platform' THEN 'drtm'
		WHEN decision IN ('purge', 'not-yet') THEN 'native-user-deletion' END AS route,
	if(number < 13, NULL, nullif(concat_ws(';',
		if(instructor_id IS NOT NULL, 'instructor', NULL),
		if(teaches, 'teaches-later', NULL),
		if(admin_id IS NOT NULL, 'admin', NULL),
		if(on_hold, 'on-hold', NULL),
		if(age = days, 'boundary', NULL),
		if(person_guid IS NOT NULL, 'person-guid', NULL),
		if(account_type = 'external' AND changed_on IS NULL, 'date-from-report', NULL),
		if(account_type = 'external' AND changed_on <> inactivated_on, 'dates-disagree',
			NULL)), '')) AS alerts
	FROM decided JOIN verdicts USING (number) ORDER BY input`;

// The table of deactivation.sql, for one connector and setting.
const deactivate = async () => {
	const script = readFileSync(new URL('deactivation.sql', import.meta.url), 'utf8');
	const assignment = ['user_id', 'object_type', 'object_id', 'status', 'origin'];
	await run(`CREATE TABLE cells (object TEXT, way TEXT, standing TEXT, action TEXT,
		basis TEXT)`);
	await run(/INSERT INTO cells VALUES[^;]*;/.exec(script)[0]);
	await run(`CREATE TABLE outcomes AS SELECT cells.object, cells.way, s.standing, action,
		if(basis = 'w', 'documented', basis) AS basis,
		'DEA-' || way || '-' || upper(object) ||
			CASE WHEN cells.standing <> '' THEN '-' || upper(cells.standing)
			WHEN EXISTS (FROM cells AS o
				WHERE o.object = cells.object AND o.way = cells.way
				AND o.standing <> '') THEN '-ELSE' ELSE '' END AS rule
		FROM cells, (SELECT unnest(['complete', 'incomplete', 'in-progress', 'enrolled',
			'waitlisted', 'canceled', 'member', '']) AS standing) AS s
		WHERE cells.standing = s.standing OR cells.standing = ''
			AND NOT EXISTS (FROM cells AS o
				WHERE o.object = cells.object AND o.way = cells.way
				AND o.standing = s.standing AND s.standing <> '')`);
	await run(`CREATE TABLE leaving AS SELECT DISTINCT user_id,
		if(coalesce(method, 'connector') = 'manual', 'M', 'Y') AS way
		FROM ${csv('leavers', columns(['user_id', 'method', 'effective_on']))}`);
	await run(`CREATE TABLE chosen AS SELECT * FROM (SELECT row_number() OVER () AS input, *
		FROM ${csv('assignments', columns(assignment))})
		WHERE user_id IN (SELECT user_id FROM leaving)`);
	const effects = `SELECT a.user_id, object_type, object_id, status, origin, action,
		CASE action WHEN 'keep' THEN status WHEN 'remove' THEN 'removed'
			WHEN 'cancel' THEN 'canceled' WHEN 'inactivate' THEN 'inactive'
			WHEN 'lock' THEN 'locked' END AS result_status,
		rule, basis, nullif(concat_ws(';', if(origin = 'profile', 'profile-sync', NULL),
			if(status = 'in-progress' AND action IN ('remove', 'cancel'),
				'progress-lost', NULL),
			if(l.way = 'M' AND object_type = 'class'
				AND status IN ('enrolled', 'waitlisted'),
				'registration-prompt', NULL)), '') AS alerts
		FROM chosen AS a JOIN leaving AS l USING (user_id) JOIN outcomes AS o
			ON o.object = object_type AND o.way = l.way
			AND o.standing = coalesce(status, '')
		ORDER BY input`;
	await run(`COPY (${effects}) TO '${output}' (HEADER, DELIMITER ',')`);
};

if (work === 'deactivate') {
	await deactivate();
	process.exit(0);
}
if (work === 'classify')
	await readUsers();
else
	await readReport();
if (work !== 'extract')
	await classify();
await run(`COPY (${work === 'extract' ? 'SELECT * FROM users' : decisions})
	TO '${output}' (HEADER, DELIMITER ',')`);
