import {nearest} from '../slip.ts';
import {type CommandName, commands} from './table.ts';

/** What a draft is: something to say, or something to do. */
export type DraftMeaning =
	/** What is said; of `//` one slash is left. */
	| {readonly kind: 'text'; readonly text: string}
	/** `rest`: all that stands behind the name, without spaces around it. */
	| {readonly kind: 'command'; readonly name: CommandName; readonly rest: string}
	/** The beginning of several names. */
	| {readonly kind: 'ambiguous'; readonly word: string; readonly names: readonly CommandName[]}
	/**
	 * It may have been meant as a command. `likely`: which one; `but`: why it is none, for a space in front of it, for the
	 * slash that is not there, or because there is no such command.
	 */
	| {
			readonly kind: 'doubtful';
			readonly text: string;
			readonly word: string;
			readonly likely: CommandName | undefined;
			readonly but: 'spaced' | 'bare' | 'unknown';
	  };

/** A slash and a word alone: a path has another slash, or something else than letters in it. */
const commandLike = /^\/([a-z]+)(?:\s+|$)/i;

/** Reads a draft. Only its beginning is looked at: a slash further on is text. */
export function readCommand(draft: string): DraftMeaning {
	if (draft.startsWith('//')) return {kind: 'text', text: draft.slice(1)};
	const trimmed = draft.trimStart();
	const [typed = '', word = ''] = commandLike.exec(trimmed) ?? [];
	if (typed === '') {
		const bare = bareWords.get(trimmed.trimEnd().toLowerCase());
		return bare === undefined
			? {kind: 'text', text: draft}
			: {kind: 'doubtful', text: draft, word: trimmed, likely: bare, but: 'bare'};
	}
	const names = commandsFor(word);
	const [only] = names;
	if (trimmed.length < draft.length)
		return {kind: 'doubtful', text: draft, word, likely: only, but: 'spaced'};
	if (only === undefined)
		return {kind: 'doubtful', text: draft, word, likely: likeliest(word), but: 'unknown'};
	if (names.length > 1) return {kind: 'ambiguous', word, names};
	return {kind: 'command', name: only, rest: trimmed.slice(typed.length).trimEnd()};
}

/** The command of this name, else all that begin so. */
function commandsFor(word: string): readonly CommandName[] {
	const small = word.toLowerCase();
	const exact = commands.find(({name}) => name === small);
	if (exact) return [exact.name];
	return commands.map(({name}) => name).filter(name => name.startsWith(small));
}

/** What other chats call the same. */
const elsewhere: Readonly<Record<string, CommandName>> = {
	...{
		exit: 'quit',
		bye: 'quit',
		logout: 'quit',
		logoff: 'quit',
		disconnect: 'quit',
		leave: 'part',
		close: 'part',
		names: 'who',
		users: 'who',
	},
	...{query: 'msg', say: 'msg', w: 'msg', tell: 'msg', find: 'search', block: 'ignore', back: 'away'},
};

/** What ends other programs, or tells of them, when it stands alone: hardly ever something to say to people. */
const bareWords: ReadonlyMap<string, CommandName> = new Map([
	...['exit', 'quit', 'logout', 'q', ':q', ':q!', ':wq', ':x'].map(word => [word, 'quit'] as const),
	...['help', ':help'].map(word => [word, 'help'] as const),
]);

/** The command that was meant: a slip of the finger away, or known by this name elsewhere. */
function likeliest(word: string): CommandName | undefined {
	const names = commands.map(({name}) => name);
	return nearest(word, names) ?? elsewhere[word.toLowerCase()];
}

/** Names as they stand behind `/msg`: with commas between them, perhaps a colon, and what is to be said. */
const addressed = /^((?:[^\s,:]+\s*,\s*)*[^\s,:]+)(?:\s*:|(?=\s)|$)\s*/;

/** Reads `bob, carol text`; undefined if there are no names in it. */
export function readNamesAndText(
	rest: string,
): {readonly names: readonly string[]; readonly text: string} | undefined {
	const [all, names] = addressed.exec(rest) ?? [];
	if (all === undefined || names === undefined) return undefined;
	return {names: names.split(',').map(name => name.trim()), text: rest.slice(all.length)};
}
