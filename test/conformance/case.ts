import type {Server} from './server.ts';

/** Where in docs/protocol.md a rule stands: the number of its chapter, and the heading. */
type Section =
	| '1 Lines'
	| '2 What a client sends'
	| '2 What a server sends'
	| '2 The end of a connection'
	| '2 Logins'
	| '3 a-chat/1'
	| '3 Lines'
	| '3 What a client sends'
	| '3 What a server sends'
	| '3 What is promised'
	| '3 Names and keys'
	| '3 Rooms';

/** One rule of the document, and how to see whether a server keeps it. */
export type Case = {
	/** The rule as a sentence, without its full stop. */
	readonly name: string;
	readonly section: Section;
	/** Runs alone and behind all others, as a server that does not expect this may end. */
	readonly isLast?: boolean;
	/** Rejects, with `Broken` if possible, when the server does not keep the rule. */
	readonly run: (server: Server) => Promise<void>;
};

/** A rule was broken; the message says what was seen instead. */
export class Broken extends Error {}

/** @throws {Broken} unless `isRight` */
export const check: (isRight: boolean, seen: string) => asserts isRight = (isRight, seen) => {
	if (!isRight) throw new Broken(seen);
};

/** A line as a report shows it: on one line, nothing in it invisible, and not all of a long one. */
export const quote = (line: string): string => {
	const most = 160;
	const shown = line.length > most ? `${line.slice(0, most)}… (${line.length} characters)` : line;
	return JSON.stringify(shown).replace(
		/(?! )[\p{Z}\p{C}\p{M}\p{Default_Ignorable_Code_Point}]/gu,
		character => `\\u{${character.codePointAt(0)?.toString(16)}}`,
	);
};
