import type {ChatLine} from './chat-line.ts';
import type {ChatState} from './chat-types.ts';
import {type ConversationId, everything, type Party, partyOf} from './conversation.ts';
import {
	type Conversation,
	type Conversations,
	changeConversation,
	withConversation,
} from './conversations.ts';
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
	if (party.id === state.open) return isToBeRead(state) ? markRead({...state, hasReturned: false}) : state;
	const conversations = withConversation(state.conversations, party);
	// What was not read since somebody came back stays marked where it begins.
	const left = isToBeRead(state) ? state : stopReading(state);
	const opened = {...left, conversations, open: party.id};
	const readUpTo = state.readUpTo.get(party.id);
	// Who has said something has read all of it.
	if (party.id === everything && readUpTo === undefined) return markRead(opened);
	return markRead(withMarkAtUnread(opened, readUpTo));
}

/** Whether everything is shown, and what of it came before somebody was here again stays unread. */
const isToBeRead = ({hasReturned, open, conversations}: ChatState): boolean =>
	hasReturned && open === everything && hasUnread(conversations);

const hasUnread = (conversations: Conversations): boolean =>
	[...conversations.values()].some(({unread}) => unread > 0);

/** Whoever has read all of it has come back for good. */
export const settled = (state: ChatState): ChatState =>
	state.hasReturned && !hasUnread(state.conversations) ? {...state, hasReturned: false} : state;

/** Somebody is here again: what nobody has read is marked, and stays unread until the person goes to it. */
export function comeBack(state: ChatState): ChatState {
	if (!hasUnread(state.conversations)) return state;
	return markRead({...withMarkAtUnread(state, undefined), hasReturned: true});
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
	if (isToBeRead(state)) return {...state, isWatched};
	if (isWatched) return markRead({...withoutMarkAtEnd(state), isWatched});
	const isMarked = isReading && state.readUpTo.has(state.open);
	return {...(isMarked ? state : stopReading(state)), isWatched};
}

/** Who says something has read what was said before, there and where everything is shown. */
export function spokeTo(state: ChatState, to: readonly string[]): ChatState {
	const readUpTo = new Map(state.readUpTo);
	const spokenIn = partyOf(to, state.login)?.id ?? everything;
	for (const view of [everything, spokenIn]) readUpTo.delete(view);
	return {...state, readUpTo, conversations: changeConversation(state.conversations, spokenIn, asRead)};
}

const asRead = (conversation: Conversation): Conversation =>
	conversation.unread === 0 ? conversation : {...conversation, unread: 0, mentions: 0, seenSince: 0};

/** Nothing is unread in what is looked at. */
function markRead(state: ChatState): ChatState {
	if (!state.isWatched || isToBeRead(state)) return state;
	const seen = state.open === everything ? [...state.conversations.keys()] : [state.open];
	let {conversations} = state;
	for (const id of seen) conversations = changeConversation(conversations, id, asRead);
	return {...state, conversations};
}

/**
 * What came while another view was shown may have been read there: the place where reading stopped moves down to the first
 * message that was looked at nowhere.
 *
 * @param readUpTo undefined where nobody was here before
 */
function withMarkAtUnread(state: ChatState, readUpTo: number | undefined): ChatState {
	const {lines} = scrollbackOf(state, state.open);
	const unread = new Map(
		[...state.conversations].map(([id, {unread, seenSince}]) => [id, unread === 0 ? 0 : unread + seenSince]),
	);
	let first: ChatLine | undefined;
	for (let at = lines.length - 1; at >= 0; at--) {
		const line = lines[at];
		if (line === undefined || line.id <= (readUpTo ?? Number.NEGATIVE_INFINITY)) break;
		if (line.kind !== 'message') continue;
		const id = line.party?.id ?? everything;
		// What belongs to no conversation can be looked at nowhere else.
		const left = id === everything ? Number(readUpTo !== undefined) : (unread.get(id) ?? 0);
		if (left === 0) continue;
		unread.set(id, left - 1);
		first = line;
	}
	if (first === undefined) return withoutMark(state);
	// Nothing that is loaded later comes between.
	return {...state, readUpTo: new Map(state.readUpTo).set(state.open, first.id - 1)};
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
