import {knownNames} from '../../chat/recipients.ts';
import {sanitise} from '../text/sanitise.ts';
import type {Known} from './addressing.ts';

/** Longer names in front of a line are not told letter by letter. */
const maxNames = 30;

/** A word at the beginning that may be a name: `bob hi`, `@bob hi`, `@bob, hi`. */
const firstWord = /^\s*@?([^\s:,@]+)/;

/** How to say to somebody what names nobody. */
export function wayTo(draft: string, known: Known): string {
	const {1: word = ''} = firstWord.exec(draft) ?? [];
	const small = word.toLowerCase();
	const person = knownNames(known.seen, known.people).find(name => name.toLowerCase() === small);
	if (person !== undefined)
		return `to whom? "${sanitise(person)}: …" with a colon says it to ${sanitise(person)}`;
	const names = lastToSpeak(known);
	if (names !== undefined && names.length <= maxNames)
		return `to whom? "${names}: …" answers, /join #room is for all`;
	return 'to whom? "name: …" for one, "/join #room" for many';
}

/** Those of the conversation in which somebody spoke last. */
function lastToSpeak({conversations}: Known): string | undefined {
	let last: {readonly at: number; readonly names: string} | undefined;
	for (const {members, scrollback} of conversations.values()) {
		const at = scrollback.lines.findLast(({kind}) => kind === 'message')?.at ?? 0;
		if (at > (last?.at ?? 0)) last = {at, names: members.map(sanitise).join(', ')};
	}
	return last?.names;
}
