/** What the writer says to the database. */
export const writerStatements = {
	meta: 'SELECT key, value FROM meta',
	setMeta: 'INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
	deleteMeta: 'DELETE FROM meta WHERE key = ?',
	indexed: "SELECT value FROM meta WHERE key = 'indexed'",
	accounts: 'SELECT * FROM accounts',
	account: 'SELECT * FROM accounts WHERE id = ?',
	accountOf: 'SELECT id FROM accounts WHERE key = ?',
	guests: 'SELECT id FROM accounts WHERE pub IS NULL',
	rooms: 'SELECT id, name, key FROM rooms',
	room: 'SELECT id FROM rooms WHERE key = ?',
	members: 'SELECT room, account FROM members',
	known:
		'SELECT keys.n, hash, ts, addressed, handed FROM keys JOIN messages ON messages.n = keys.n WHERE keys.id = ?',
	waiting: `SELECT n, sender, bytes FROM inbox WHERE account = ? AND bytes > 0
		AND n > (SELECT confirmed FROM accounts WHERE id = ?) ORDER BY n`,
	add: 'INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
	addToInbox: 'INSERT INTO inbox VALUES (?, ?, ?, ?)',
	addToRoom: 'INSERT INTO room_log VALUES (?, ?)',
	addKey: 'INSERT OR REPLACE INTO keys VALUES (?, ?, ?)',
	addAccount: `INSERT INTO accounts
		(login, key, pub, identity, since, confirmed, confirmed_at, left_at, used_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
	dropRoom: 'DELETE FROM rooms WHERE id = ?',
	addRoom: 'INSERT OR IGNORE INTO rooms (name, key) VALUES (?, ?)',
	confirm: 'UPDATE accounts SET confirmed = ?, confirmed_at = ? WHERE id = ? AND confirmed < ?',
	leave: 'UPDATE accounts SET left_at = ? WHERE id = ?',
	// A clock that was wrong once must not make a name look older than it is.
	use: 'UPDATE accounts SET used_ms = max(used_ms, ?), unused = 0 WHERE id = ?',
	enter: 'INSERT OR IGNORE INTO members VALUES (?, ?)',
	exit: 'DELETE FROM members WHERE room = ? AND account = ?',
	dropInbox: 'DELETE FROM inbox WHERE account = ?',
	dropMember: 'DELETE FROM members WHERE account = ?',
	dropAccount: 'DELETE FROM accounts WHERE id = ?',
	// Of several lines each LF is "%0A", which would else be the start of a word.
	index: `INSERT INTO words (rowid, body)
		SELECT n, CASE WHEN flags & 1 THEN replace(body, '%0A', ' ') ELSE body END FROM messages WHERE n > ? AND n <= ?`,
} as const;
