import {countLines, type Missed} from '../chat/missed.ts';
import {placeLines} from '../chat/place-lines.ts';
import type {HeldMessage} from '../session/store/held.ts';
import type {SessionStore} from '../session/store/session-store.ts';
import {isSameDay, timeOf} from '../ui/pane/line-context.ts';
import type {ScreenAction, ScreenState} from '../ui/screen/screen-state.ts';
import type {Store} from '../ui/screen/store.ts';
import {linesOf} from './held-lines.ts';

/** Messages that are looked through at most for what was not read the last time, and that are read at once. */
const mostMessages = 1000;
const pageMessages = 200;

/** What a person had not read when a screen ended. */
export type KeptUnread = {
	/** The id of the newest message that is counted in it, or was read; undefined if there was none. */
	readonly newest: string | undefined;
	readonly unread: readonly Missed[];
};

/**
 * Shows what was said the last time, so that the person finds the thread again, and what of it nobody has read. What was
 * kept behind the newest message that was counted nobody has seen either.
 *
 * @returns the oldest of these messages, by its id
 */
export async function showBacklog(
	store: Store<ScreenState, ScreenAction>,
	kept: SessionStore,
	known: KeptUnread,
): Promise<string | undefined> {
	const {login, chat} = store.current;
	const countIn = (messages: readonly HeldMessage[]) =>
		countLines(placeLines(login, linesOf(messages, login)), chat.ignored);
	const messages = await messagesFor(kept, known, countIn);
	const last = messages.at(-1);
	const lines = linesOf(messages, login);
	if (last !== undefined) {
		const text = `above is what was said before, last ${describeTime(last.ts)}`;
		lines.push({kind: 'notice', at: last.ts, text});
	}
	const at = messages.findLastIndex(({id}) => id === known.newest);
	const since = at < 0 ? [] : messages.slice(at + 1);
	const unread = sum(messages.length === 0 ? [] : known.unread, countIn(since));
	store.dispatch({type: 'chat', action: {type: 'backlog', lines, newest: last?.id, unread}});
	return messages[0]?.id;
}

/** The last messages that are kept, as many as it takes to have all that was not read, if they are not too many. */
async function messagesFor(
	kept: SessionStore,
	{newest, unread}: KeptUnread,
	countIn: (messages: readonly HeldMessage[]) => readonly Missed[],
): Promise<readonly HeldMessage[]> {
	let {messages} = kept.held;
	const hasAll = () => {
		const at = messages.findLastIndex(({id}) => id === newest);
		const counts = new Map(countIn(messages.slice(0, at + 1)).map(one => [one.id, one.messages]));
		return at >= 0 && unread.every(one => (counts.get(one.id) ?? 0) >= one.messages + (one.seenSince ?? 0));
	};
	while (newest !== undefined && messages.length < mostMessages && !hasAll()) {
		const earlier = messages[0] && (await kept.earlier(messages[0].id, pageMessages).catch(() => undefined));
		if (earlier === undefined || earlier.length === 0) break;
		messages = [...earlier, ...messages];
	}
	return messages;
}

/** Both together, by conversation. */
function sum(before: readonly Missed[], since: readonly Missed[]): readonly Missed[] {
	const all = new Map(before.map(one => [one.id, one]));
	for (const one of since) {
		const {messages = 0, mentions = 0, seenSince} = all.get(one.id) ?? {};
		all.set(one.id, {
			...one,
			seenSince,
			messages: one.messages + messages,
			mentions: one.mentions + mentions,
		});
	}
	return [...all.values()];
}

const describeTime = (at: number): string =>
	isSameDay(at, Date.now())
		? `at ${timeOf(at)}`
		: // As 2026-11-23.
			`on ${new Date(at).toLocaleDateString('en-CA')}`;
