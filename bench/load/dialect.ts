/** How a server is spoken to. Every line ends in LF; a text has no blanks at its ends. */
export type Dialect = {
	/** What a client writes first. */
	login(login: string): string;
	/** What a client writes to send `text` to each of `to`. */
	message(to: readonly string[], text: string): string;
	/** What `to` reads of it. */
	received(from: string, to: string, text: string): string;
	/** Sender and text of a line that was read, without its LF; undefined if it is not a message. */
	parse(line: string): {readonly from: string; readonly text: string} | undefined;
};

/** The plain dialect of `docs/protocol.md`. */
export const plain: Dialect = {
	login: login => `${login}\n`,
	message: (to, text) => `${to.join(',')}: ${text}\n`,
	received: (from, _to, text) => `from ${from}: ${text}\n`,
	parse(line) {
		const colon = line.indexOf(': ');
		if (!line.startsWith('from ') || colon === -1) return undefined;
		return {from: line.slice('from '.length, colon), text: line.slice(colon + 2)};
	},
};
