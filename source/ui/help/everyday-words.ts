/** Words that people look for, and those that stand in help for the same. */
export const everydayWords: Readonly<Record<string, readonly string[]>> = {
	tick: ['✓'],
	checkmark: ['✓'],
	mark: ['✓', 'marks'],
	delivered: ['✓'],
	received: ['✓'],
	read: ['unread', '✓'],
	status: ['✓', 'who is here'],
	exit: ['/quit'],
	close: ['/part', '/quit'],
	leave: ['/quit', '/part'],
	bye: ['/quit'],
	logout: ['/quit'],
	mention: ['names you'],
	highlight: ['names you'],
	clipboard: ['alt+c'],
	find: ['search'],
	history: ['was said before', 'search'],
	channel: ['room'],
	group: ['room', 'bob, carol'],
	everyone: ['room', 'for all'],
	broadcast: ['for all'],
	private: ['/msg'],
	whisper: ['/msg'],
	users: ['/who'],
	block: ['/ignore'],
	silence: ['/mute', 'bell'],
	sound: ['bell'],
	notification: ['notice'],
	newline: ['break the line'],
	multiline: ['several lines'],
	undo: ['up brings it back'],
	edit: ['still waits'],
	bold: ['*strong*'],
	italic: ['_emphasised_'],
	markdown: ['backticks'],
	format: ['backticks'],
	nick: ['--name'],
	rename: ['--name'],
	offline: ['away'],
	reconnect: ['connection is gone'],
	encryption: ['key at its first start'],
	shortcut: ['as in a shell', 'f1'],
};

/** Letters of an everyday word from which on it is looked for: `tic` is on the way to `ticks`. */
const fewest = 3;

/** What else a word may stand for, in small letters: itself first. */
export function meaningsOf(word: string): readonly string[] {
	const isMeant = (known: string) =>
		word.startsWith(known) || (word.length >= fewest && known.startsWith(word));
	return [word, ...Object.entries(everydayWords).flatMap(([known, meant]) => (isMeant(known) ? meant : []))];
}
