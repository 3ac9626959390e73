/** Something that somebody may send to spoil the screen of others. */
export type HostileCase = {
	/** What kind of attack it is; each kind is generated as a whole. */
	readonly kind: string;
	/** What stands for it in the message of a failing test, in printable ASCII. */
	readonly name: string;
	/** The texts of the messages, in order: an attack may need two. Without LF; bytes where they are no UTF-8. */
	readonly texts: readonly (string | Buffer)[];
};

export const named = (
	kind: string,
	texts: Readonly<Record<string, string | Buffer | readonly (string | Buffer)[]>>,
): HostileCase[] =>
	Object.entries(texts).map(([name, text]) => ({
		kind,
		name,
		texts: typeof text === 'string' || Buffer.isBuffer(text) ? [text] : text,
	}));

/** `U+202E` for a code point. */
export const numberOf = (codePoint: number): string =>
	`U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;

/** All numbers from `first` to `last`. */
export const range = (first: number, last: number): number[] =>
	Array.from({length: last - first + 1}, (_, index) => first + index);
