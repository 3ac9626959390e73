import type {DatabaseKind} from '../../../database/open.ts';

/** The file of a host's store, in its folder. */
export const fileName = 'messages.db';

export const adviceOnDamage =
	'see what --check says, bring a copy back, or begin anew with --store-reset, which puts it aside';

/** What a store looks like, one step after the other; a step that was ever released is not changed any more. */
const migrations: readonly string[] = [
	`
	CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
	INSERT INTO meta VALUES ('newest', 0), ('commits', 0), ('indexed', 0);

	-- handed: the plain peers that got it; flags: 1 for several lines, 2 for an action.
	CREATE TABLE messages (
		n INTEGER PRIMARY KEY, id TEXT NOT NULL, ts INTEGER NOT NULL, sender INTEGER NOT NULL, login TEXT NOT NULL,
		addressed TEXT NOT NULL, flags INTEGER NOT NULL, body TEXT NOT NULL, handed TEXT NOT NULL, conversation INTEGER
	);
	CREATE INDEX conversations ON messages (conversation, n) WHERE conversation IS NOT NULL;

	-- What an account got or sent; bytes are 0 for what it sent, which takes no room in its mailbox.
	CREATE TABLE inbox (
		account INTEGER NOT NULL, n INTEGER NOT NULL, sender INTEGER NOT NULL, bytes INTEGER NOT NULL,
		PRIMARY KEY (account, n)
	) WITHOUT ROWID;
	CREATE TABLE room_log (room INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (room, n)) WITHOUT ROWID;

	-- The ids of messages that came with a key, which are hashes of it and of whoever made it.
	CREATE TABLE keys (id TEXT PRIMARY KEY, n INTEGER NOT NULL, hash TEXT NOT NULL) WITHOUT ROWID;

	CREATE TABLE accounts (
		id INTEGER PRIMARY KEY AUTOINCREMENT, login TEXT NOT NULL, key TEXT NOT NULL UNIQUE, pub TEXT,
		identity TEXT NOT NULL, since INTEGER NOT NULL, confirmed INTEGER NOT NULL, confirmed_at INTEGER NOT NULL,
		left_at INTEGER NOT NULL, used_ms INTEGER NOT NULL
	);
	CREATE TABLE rooms (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, key TEXT NOT NULL UNIQUE);
	CREATE TABLE members (
		room INTEGER NOT NULL, account INTEGER NOT NULL, PRIMARY KEY (room, account)
	) WITHOUT ROWID;

	CREATE VIRTUAL TABLE words USING fts5 (
		body, content = 'messages', content_rowid = 'n', tokenize = 'unicode61 remove_diacritics 2'
	);
	`,
	`
	-- For what is removed by its number, and for who else got a message.
	CREATE INDEX inbox_by_message ON inbox (n);
	CREATE INDEX room_log_by_message ON room_log (n);

	-- How long hosts have run with this store, in ms; at how much of that the last pass was, and up to which message that
	-- found all too old; the latest time of a message that was removed (keeper.ts).
	INSERT INTO meta VALUES ('ran', 0), ('passed', 0), ('found', 0), ('latest', 0);
	-- Whether the last pass found that its name is not used any more.
	ALTER TABLE accounts ADD COLUMN unused INTEGER NOT NULL DEFAULT 0;

	-- Without the texts, so that to take something out costs no more than its number. It is filled anew.
	DROP TABLE words;
	CREATE VIRTUAL TABLE words USING fts5 (
		body, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
	);
	UPDATE meta SET value = 0 WHERE key = 'indexed';
	`,
];

/** What must not be found in a store. */
const faults: Readonly<Record<string, string>> = {
	'messages above the newest number': `SELECT count(*) AS found FROM messages
		WHERE n > (SELECT value FROM meta WHERE key = 'newest')`,
	'places in mailboxes without a message':
		'SELECT count(*) AS found FROM inbox WHERE n NOT IN (SELECT n FROM messages)',
	'places in rooms without a message':
		'SELECT count(*) AS found FROM room_log WHERE n NOT IN (SELECT n FROM messages)',
	'keys without a message': 'SELECT count(*) AS found FROM keys WHERE n NOT IN (SELECT n FROM messages)',
	'members of rooms that are not there':
		'SELECT count(*) AS found FROM members WHERE room NOT IN (SELECT id FROM rooms)',
};

export const storeKind: DatabaseKind = {name: fileName, migrations, advice: adviceOnDamage, faults};
