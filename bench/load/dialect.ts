/** How a server is spoken to. Every line ends in LF; a text has no blanks at its ends. */
export type Dialect = {
	/** What a client writes first. */
	login(login: string): string;
	/** Whether it may write messages right behind that, or has to wait for a line that `isWelcome`. */
	readonly isQuick: boolean;
	isWelcome(line: string): boolean;
	/** What a client writes to send `text` to each of `to`. */
	message(to: readonly string[], text: string): string;
	/** What `to` reads of it. `from` is the sender as others see it, see `Client.origin`. */
	received(from: string, to: string, text: string): string;
	/** Sender and text of a line that was read, without its LF; undefined if it is not a message. */
	parse(line: string): {readonly from: string; readonly text: string} | undefined;
	/** The login of a sender as others see it. */
	loginOf(from: string): string;
	/** What has to be written in answer to a line that is no message, if only ''; undefined if it must not come. */
	answer(line: string): string | undefined;
};

/** The plain dialect of `docs/protocol.md`. */
export const plain: Dialect = {
	login: login => `${login}\n`,
	isQuick: true,
	isWelcome: () => false,
	message: (to, text) => `${to.join(',')}: ${text}\n`,
	received: (from, _to, text) => `from ${from}: ${text}\n`,
	parse(line) {
		const colon = line.indexOf(': ');
		if (!line.startsWith('from ') || colon === -1) return undefined;
		return {from: line.slice('from '.length, colon), text: line.slice(colon + 2)};
	},
	loginOf: from => from,
	answer: () => undefined,
};
