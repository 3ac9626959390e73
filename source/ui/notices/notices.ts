import type {ChatLine} from '../../chat/chat-line.ts';
import {keyOf} from '../../chat/names.ts';
import type {ScreenAction, ScreenState} from '../screen/screen-state.ts';
import type {Store} from '../screen/store.ts';
import {shownName} from '../text/shown-name.ts';

/** What notices go through. */
type Caller = {readonly title: (title: string) => void; readonly call: (text: string) => void};

const programName = 'a-chat-tui';

/** More unread messages than this are not told apart: a flood changes the title no further. */
const maxCount = 99;

/** The title of the window, with how many messages are unread in conversations that are not muted. */
export function titleOf({chat}: Pick<ScreenState, 'chat'>): string {
	let count = 0;
	for (const {isMuted, unread} of chat.conversations.values()) if (!isMuted) count += unread;
	if (count === 0) return programName;
	return `(${count > maxCount ? `${maxCount}+` : count}) ${programName}`;
}

/**
 * What somebody is called with for the lines from number `from` on; undefined for nothing. Only for what is said to us,
 * while the terminal has not the keyboard, and never with words of somebody else but a name.
 */
export function callFor({chat, isFocused}: ScreenState, from: number): string | undefined {
	if (isFocused) return undefined;
	const newest = chat.scrollback.lines.findLast(line => line.id < from || isCalling(line, chat));
	if (newest?.kind !== 'message' || newest.id < from) return undefined;
	const isName = keyOf(newest.from) !== undefined;
	const who = isName ? shownName(newest.from, chat.lookAlikes) : 'somebody';
	return `${programName}: ${who} wrote to you`;
}

function isCalling(line: ChatLine, {conversations}: ScreenState['chat']): boolean {
	if (line.kind !== 'message' || !line.isForUs) return false;
	return line.party === undefined || conversations.get(line.party.id)?.isMuted !== true;
}

/** Keeps the title, and calls the person for what is said to it elsewhere. */
export function watchNotices(store: Store<ScreenState, ScreenAction>, caller: Caller): void {
	let next = store.getSnapshot().chat.scrollback.nextId;
	caller.title(titleOf(store.getSnapshot()));
	store.subscribe(() => {
		const state = store.getSnapshot();
		caller.title(titleOf(state));
		const call = callFor(state, next);
		next = state.chat.scrollback.nextId;
		if (call !== undefined) caller.call(call);
	});
}
