import type {ChatState} from '../../chat/chat-state.ts';
import {readCommand} from '../../chat/commands/parse.ts';
import {commandOf, commands} from '../../chat/commands/table.ts';
import {keyOf} from '../../chat/names.ts';
import {knownNames} from '../../chat/recipients.ts';
import type {Draft} from './composer-state.ts';

/** What Tab offers where the caret stands. */
export type Candidates = {
	readonly candidates: readonly string[];
	/** Whether each stands as it is, without what follows the name of a recipient. */
	readonly isBare: boolean;
};

type Known = Pick<ChatState, 'conversations' | 'people' | 'seen' | 'login'>;

/** Names of commands behind a slash, what a command is about behind its name, elsewhere people and rooms. */
export function candidatesFor({text, caret}: Draft, known: Known, rooms: readonly string[]): Candidates {
	// No command has so long a beginning; a long draft is not cut for it.
	const head = text.startsWith('/') && caret < 1000 ? text.slice(0, caret) : '';
	const names = commands.map(({name, args}) => (args === '' ? name : `${name} `));
	if (/^\/[a-z]*$/i.test(head)) return {candidates: names, isBare: true};
	const own = keyOf(known.login);
	const people = knownNames(known.seen, known.people).filter(name => keyOf(name) !== own);
	const all = [...people, ...roomsOf(known, rooms)];
	const meaning = readCommand(head);
	if (meaning.kind !== 'command') return {candidates: all, isBare: false};
	switch (commandOf(meaning.name).completes) {
		case 'commands':
			return {candidates: names.map(name => name.trim()), isBare: true};
		case 'rooms':
			return {candidates: roomsOf(known, rooms), isBare: true};
		case 'people':
			return {candidates: meaning.name === 'msg' ? all.map(name => `${name} `) : people, isBare: true};
		default:
			return {candidates: all, isBare: true};
	}
}

/** Rooms that a conversation is in, then the others that the host has told of. */
function roomsOf({conversations}: Known, rooms: readonly string[]): readonly string[] {
	const here = [...conversations.values()].flatMap(({members}) =>
		members.filter(name => name.startsWith('#')),
	);
	return [...new Set([...here, ...rooms])];
}
