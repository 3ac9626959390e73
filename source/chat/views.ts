import type {ChatLine} from './chat-line.ts';
import type {ChatState} from './chat-types.ts';
import {type ConversationId, everything, type Party, partyOf} from './conversation.ts';
import {changeConversation, withConversation} from './conversations.ts';
import {isUnsent, type Scrollback} from './scrollback.ts';

/** What a view shows. */
export const scrollbackOf = (
	{scrollback, conversations}: Pick<ChatState, 'scrollback' | 'conversations'>,
	view: ConversationId,
): Scrollback => conversations.get(view)?.scrollback ?? scrollback;

/** Whom what is written goes to if it names nobody; nobody where everything is shown. */
export const membersOf = (
	{conversations}: Pick<ChatState, 'conversations'>,
	view: ConversationId,
): readonly string[] => conversations.get(view)?.members ?? [];

/** All views in the order of the list, everything first. */
export const viewsOf = ({conversations}: Pick<ChatState, 'conversations'>): readonly ConversationId[] => [
	everything,
	...conversations.keys(),
];

/** Whether the newest own line was said in the view that is open, and never written to a host. */
export function waitsHere({scrollback, open}: Pick<ChatState, 'scrollback' | 'open'>): boolean {
	const newest = scrollback.lines.findLast(line => line.kind === 'own');
	if (newest?.kind !== 'own' || !isUnsent(newest.delivery)) return false;
	return open === everything || newest.party?.id === open;
}

/** Shows another view: reading stops in the one that was shown, and begins in this one. */
export function open(state: ChatState, party: Party): ChatState {
	const conversations = withConversation(state.conversations, party);
	const opened = {...stopReading(state), conversations, open: party.id};
	return markRead(withMarkAtUnread(opened));
}

/** Gives a conversation up; where it was shown everything is. */
export function close(state: ChatState, id: ConversationId): ChatState {
	if (!state.conversations.has(id)) return state;
	const left = state.open === id ? open(state, {id: everything, members: []}) : state;
	const conversations = new Map(left.conversations);
	conversations.delete(id);
	return {...left, conversations};
}

/**
 * Somebody looks at the end of what is shown, or does not any more. Who reads further up is looking for what is new more
 * often than not: then the place where reading stopped before stays marked.
 */
export function watch(state: ChatState, isWatched: boolean, isReading: boolean): ChatState {
	if (state.isWatched === isWatched) return state;
	if (isWatched) return markRead({...withoutMarkAtEnd(state), isWatched});
	const isMarked = isReading && state.readUpTo.has(state.open);
	return {...(isMarked ? state : stopReading(state)), isWatched};
}

/** Who says something has read what was said before, there and where everything is shown. */
export function spokeTo(state: ChatState, to: readonly string[]): ChatState {
	const readUpTo = new Map(state.readUpTo);
	for (const view of [everything, partyOf(to, state.login)?.id ?? everything]) readUpTo.delete(view);
	return {...state, readUpTo};
}

/** Nothing is unread in what is looked at. */
function markRead(state: ChatState): ChatState {
	if (!state.isWatched) return state;
	const seen = state.open === everything ? [...state.conversations.keys()] : [state.open];
	let {conversations} = state;
	for (const id of seen) {
		conversations = changeConversation(conversations, id, conversation =>
			conversation.unread === 0 ? conversation : {...conversation, unread: 0, mentions: 0},
		);
	}
	return {...state, conversations};
}

/**
 * What came while another view was shown may have been read there: the place where reading stopped moves down to the first
 * message that was looked at nowhere.
 */
function withMarkAtUnread(state: ChatState): ChatState {
	const readUpTo = state.readUpTo.get(state.open);
	if (readUpTo === undefined) return state;
	const {lines} = scrollbackOf(state, state.open);
	const unread = new Map([...state.conversations].map(([id, conversation]) => [id, conversation.unread]));
	let first: number | undefined;
	for (let at = lines.length - 1; at >= 0; at--) {
		const line = lines[at];
		if (line === undefined || line.id <= readUpTo) break;
		if (line.kind !== 'message') continue;
		const id = line.party?.id ?? everything;
		// What belongs to no conversation can be looked at nowhere else.
		const left = id === everything ? 1 : (unread.get(id) ?? 0);
		if (left === 0) continue;
		unread.set(id, left - 1);
		first = at;
	}
	if (first === undefined) return withoutMark(state);
	const before = lines[first - 1]?.id ?? readUpTo;
	return {...state, readUpTo: new Map(state.readUpTo).set(state.open, before)};
}

/** Where nothing came meanwhile reading never stopped. */
function withoutMarkAtEnd(state: ChatState): ChatState {
	const last = lastId(scrollbackOf(state, state.open));
	return (state.readUpTo.get(state.open) ?? last) >= last ? withoutMark(state) : state;
}

function withoutMark(state: ChatState): ChatState {
	if (!state.readUpTo.has(state.open)) return state;
	const readUpTo = new Map(state.readUpTo);
	readUpTo.delete(state.open);
	return {...state, readUpTo};
}

function stopReading(state: ChatState): ChatState {
	// Who has scrolled up has stopped before.
	if (!state.isWatched) return state;
	const last = lastId(scrollbackOf(state, state.open));
	return {...state, readUpTo: new Map(state.readUpTo).set(state.open, last)};
}

const lastId = ({lines}: Scrollback): number => lines.at(-1)?.id ?? Number.NEGATIVE_INFINITY;

/** The next or the one before of the messages that are for us, from a line on; undefined if there is none. */
export function mentionBeside(
	lines: readonly ChatLine[],
	from: number | undefined,
	direction: 'earlier' | 'later',
): ChatLine | undefined {
	const isOne = (line: ChatLine) => line.kind === 'message' && line.isForUs === true;
	if (direction === 'earlier')
		return lines.findLast(line => isOne(line) && (from === undefined || line.id < from));
	return from === undefined ? undefined : lines.find(line => isOne(line) && line.id > from);
}
