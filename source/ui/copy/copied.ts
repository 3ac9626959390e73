import type {NewChatLine} from '../../chat/chat-line.ts';
import type {Found} from '../../chat/find.ts';
import {linesRead} from '../screen/reading.ts';
import type {ScreenState} from '../screen/screen-state.ts';
import {currentElsewhere} from '../search/search-state.ts';
import {fence} from '../text/message-blocks.ts';
import {sanitise} from '../text/sanitise.ts';

/** Messages that are looked through for code. */
const maxSearched = 500;

type CopiedFrom = Pick<ScreenState, 'chat' | 'excerpt' | 'scroll' | 'search'>;

/** What is copied, and what that is in a few words. */
export type Copied = {readonly text: string; readonly what: string};

/**
 * What somebody wants to have who copies: what was just found; else the newest code; without any, or while older text is
 * read, the newest message in sight, or the code in it. As it is shown, without anything that a shell would take for keys.
 */
export function copied(state: CopiedFrom): Copied | undefined {
	const {excerpt, scroll, search} = state;
	const lines = linesRead(state);
	const lowest = scroll?.id ?? Number.POSITIVE_INFINITY;
	const hit = search?.hits[search.index];
	const spoken = lines.filter(({id}) => (hit === undefined ? id <= lowest : id === hit)).flatMap(spokenIn);
	const message = (search && currentElsewhere(search)) ?? spoken.at(-1);
	if (message === undefined) return undefined;
	const isOne = scroll !== undefined || search !== undefined || excerpt !== undefined;
	const withCode = isOne
		? message
		: spoken.slice(-maxSearched).findLast(({text}) => codeIn(text) !== undefined);
	const code = withCode && codeIn(withCode.text);
	if (withCode && code !== undefined)
		return {
			text: harmless(code),
			what: withCode.kind === 'own' ? 'your code' : `code of ${nameOf(withCode)}`,
		};
	return {text: harmless(message.text), what: `what ${nameOf(message)} said`};
}

const spokenIn = (line: NewChatLine): readonly Found[] => (line.kind === 'notice' ? [] : [line]);

/** The last code between fences, which may be left open; undefined if there is none. */
function codeIn(text: string): string | undefined {
	if (!text.includes('```')) return undefined;
	const lines = text.split('\n');
	const fences = [...lines.keys()].filter(index => fence.test(lines[index] ?? ''));
	if (fences.length === 0 || lines.length === 1) return undefined;
	// The one that opens the last block has an even number of others before it.
	const opening = fences[2 * Math.floor((fences.length - 1) / 2)] ?? 0;
	const closing = fences.length % 2 === 0 ? fences.at(-1) : lines.length;
	const code = lines.slice(opening + 1, closing).join('\n');
	return code === '' ? undefined : code;
}

/** Tabs are kept, as they are a part of code. */
const harmless = (text: string): string =>
	text
		.split('\n')
		.map(line => line.split('\t').map(sanitise).join('\t'))
		.join('\n');

const nameOf = (line: Found): string => (line.kind === 'own' ? 'you' : sanitise(line.from));

/** Says in a few words what has become of it. */
export function describeCopy({text, what}: Copied, isTaken: boolean): string {
	if (!isTaken)
		return `this terminal does not take ${what}: it is over 64 KiB, or the terminal has no clipboard`;
	const count = text.split('\n').length;
	return `copied ${what}${count > 1 ? `, ${count} lines` : ''}`;
}
