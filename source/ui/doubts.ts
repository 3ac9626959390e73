import type {ChatState} from '../chat/chat-state.ts';
import type {DraftMeaning} from '../chat/commands/parse.ts';
import {memberKeyOf} from '../chat/names.ts';
import {knownNames} from '../chat/recipients.ts';
import {nearest} from '../chat/slip.ts';
import {membersOf} from '../chat/views.ts';
import {isCallToAll, isKnown} from './screen/addressing.ts';
import {sanitise} from './text/sanitise.ts';
import {shownName} from './text/shown-name.ts';

/**
 * What is asked about a draft that may have been meant as a command. What is one but for a slip is not said at all
 * (`isFinal`): somebody who wants to leave presses Enter until something happens.
 *
 * @param canSay whether there is somebody to whom it could be said as it stands
 */
export function slashDoubt(
	{word, likely, but}: DraftMeaning & {readonly kind: 'doubtful'},
	canSay: boolean,
): {readonly text: string; readonly isFinal: boolean} {
	const shown = sanitise(word);
	const again = canSay ? ', Enter again says it' : '';
	const ask = (text: string) => ({text: text + again, isFinal: false});
	if (but === 'spaced') return ask(`a space stands before /${shown}: without it, it is a command`);
	if (but === 'bare') return ask(`/${likely}? A command begins with a slash`);
	if (word.toLowerCase() === 'nick') return ask('a name is chosen at the start, with --name');
	if (likely === undefined) return ask(`there is no /${shown}: see /help`);
	return {text: `there is no /${shown}: /${likely}?${canSay ? ` //${shown} says it` : ''}`, isFinal: true};
}

type Known = Pick<ChatState, 'conversations' | 'people' | 'seen' | 'login' | 'open'>;

/** What is asked about names that nobody knows; undefined if there are none. */
export function nameDoubt(
	names: readonly string[],
	to: readonly string[],
	{seen, people}: Known,
): string | undefined {
	const [room] = names.filter(name => name.startsWith('#')).map(sanitise);
	const again = `Enter again says it to ${listOf(to)}`;
	if (room !== undefined)
		return names.every(name => to.includes(name))
			? `you are not in ${room}: Enter again does /join ${room}`
			: `you are not in ${room}, /join ${room} goes there: ${again}`;
	const [first] = names;
	if (first === undefined) return undefined;
	if (isCallToAll(first)) {
		// Rooms are not known where it is not known who is here.
		const toAll = people === undefined ? 'to reach all, name each' : '/join #room reaches all';
		return `${toAll}; ${to.join() === first ? `Enter again: to "${sanitise(first)}" alone` : again}`;
	}
	const known = knownNames(seen, people);
	const near = names.flatMap(name => nearest(name, known) ?? []);
	const meant = near.length === 0 ? '' : ` (${listOf(near)}?)`;
	return `nobody here is called ${listOf(names)}${meant}: ${again}`;
}

/** What stands before a colon in texts. Only these are asked about: else the first line to anybody would be. */
const leadWords: ReadonlySet<string> = new Set([
	...['note', 'todo', 'ps', 'nb', 'fyi', 'btw', 're', 'fwd', 'tip', 'idea', 'example', 'edit', 'update'],
	...[
		'question',
		'answer',
		'warning',
		'error',
		'info',
		'debug',
		'fix',
		'bug',
		'test',
		'result',
		'http',
		'https',
	],
	...['file', 'line', 'link', 'url', 'password', 'pass', 'user', 'login', 'name', 'date', 'time', 'reminder'],
]);

/**
 * What is asked where a line of a conversation would go to somebody outside of it with whom no word was exchanged yet, and
 * who is called as texts begin: `note: buy milk` is most often one.
 */
export function leavingDoubt(to: readonly string[], chat: Known): string | undefined {
	const members = membersOf(chat, chat.open);
	if (members.length === 0) return undefined;
	const inside = new Set([...members, chat.login].map(memberKeyOf));
	const heard = {...chat, people: undefined};
	const isDoubtful = (name: string) =>
		leadWords.has(name.toLowerCase()) && !inside.has(memberKeyOf(name)) && !isKnown(name, heard);
	return to.some(isDoubtful)
		? `it goes to ${listOf(to)}, not to ${listOf(members)}: Enter again says it`
		: undefined;
}

export const listOf = (names: readonly string[]): string => names.map(name => shownName(name)).join(', ');
