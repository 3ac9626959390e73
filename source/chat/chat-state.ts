import type {Delivery, NewChatLine, Told} from './chat-line.ts';
import {tellComings} from './comings.ts';
import {type ConversationId, everything, type Party} from './conversation.ts';
import {
	addToConversations,
	type Conversations,
	changeConversation,
	conversationLimits,
	withConversation,
} from './conversations.ts';
import {changeIgnored, type Ignored, isIgnored, withoutIgnored} from './ignored.ts';
import type {AlikePair} from './look-alikes.ts';
import {keyOf, type LookAlikes} from './names.ts';
import {changePeople, type People, type PersonChange} from './people.ts';
import {placeLines} from './place-lines.ts';
import {
	addLines,
	emptyScrollback,
	numberLines,
	prependLines,
	removePost,
	replacePosts,
	type Scrollback,
	scrollbackLimits,
} from './scrollback.ts';
import {noteTyping, type Typist, withoutTyping} from './typing.ts';
import {close, open, spokeTo, watch} from './views.ts';

/** How many names are remembered as seen; the one that spoke longest ago is forgotten first. */
export const maxSeenNames = 500;

/** How things stand with the host, for people. `until` is a time of `performance.now()`, in ms. */
export type ConnectionState =
	| {readonly phase: 'idle'}
	| {readonly phase: 'connecting'; readonly since: number}
	| {readonly phase: 'open'}
	| {readonly phase: 'waiting'; readonly until: number; readonly reason: string};

export type ChatState = {
	/** Who we are, as we asked to be known. */
	readonly login: string;
	/** All that is said. */
	readonly scrollback: Scrollback;
	readonly conversations: Conversations;
	/** The view that is shown, and whether somebody looks at its end. */
	readonly open: ConversationId;
	readonly isWatched: boolean;
	/** The last line that was there when somebody stopped reading, by view. */
	readonly readUpTo: ReadonlyMap<ConversationId, number>;
	/** Logins that spoke, the latest first. On a plain server nobody knows more about who is here. */
	readonly seen: readonly string[];
	/** Who is here; undefined where nobody knows. */
	readonly people: People | undefined;
	/** Logins that look like somebody else's who was there before. */
	readonly lookAlikes: LookAlikes;
	/** Whose lines are hidden. */
	readonly ignored: Ignored;
	/** Who is writing to us. */
	readonly typing: readonly Typist[];
	readonly connection: ConnectionState;
};

export type ChatAction =
	| {
			readonly type: 'received';
			readonly messages: readonly {from: string; text: string}[];
			readonly at: number;
	  }
	/** The same with all that a host of a-chat/1 tells of them. */
	| {readonly type: 'said'; readonly lines: readonly NewChatLine[]}
	/** What was said before all that is shown in a view, oldest first. */
	| {readonly type: 'earlier'; readonly view: ConversationId; readonly lines: readonly NewChatLine[]}
	/** What was said the last time: nobody has to be called for it. */
	| {readonly type: 'backlog'; readonly lines: readonly NewChatLine[]}
	| {readonly type: 'named'; readonly login: string}
	/** Another view is shown; a conversation that was none begins. */
	| {readonly type: 'opened'; readonly party: Party}
	/** Somebody looks at the end of what is shown, or does not any more: because of reading further up, or not at all. */
	| {readonly type: 'watched'; readonly isWatched: boolean; readonly isReading?: boolean}
	| {readonly type: 'muted'; readonly id: ConversationId; readonly isMuted: boolean}
	/** All that is shown goes, in one view or in all of them. */
	| {readonly type: 'cleared'; readonly view?: ConversationId}
	/** These conversations are there, also if nothing was said in them so far. */
	| {readonly type: 'began'; readonly parties: readonly Party[]}
	/** A conversation is given up until something is said in it. */
	| {readonly type: 'closed'; readonly id: ConversationId}
	| {readonly type: 'ignored'; readonly login: string; readonly isIgnored: boolean}
	| {readonly type: 'people-listed'; readonly people: readonly PersonChange[]}
	/** With when it was, in ms since 1970, if it is to be said. */
	| {readonly type: 'people-changed'; readonly changes: readonly PersonChange[]; readonly at?: number}
	| {readonly type: 'looked-alike'; readonly pairs: readonly AlikePair[]}
	| {
			readonly type: 'typing';
			readonly login: string;
			readonly isActive: boolean;
			/** Of `performance.now()`, in ms. */
			readonly now: number;
	  }
	| {
			readonly type: 'posted';
			readonly post: number;
			readonly to: readonly string[];
			readonly text: string;
			readonly at: number;
	  }
	| {readonly type: 'post-changed'; readonly posts: readonly number[]; readonly delivery: Delivery}
	| {readonly type: 'post-told'; readonly post: number; readonly to: string; readonly told: Told}
	| {readonly type: 'post-taken-back'; readonly post: number}
	/** Words of the program, where everything is shown or in one view alone. */
	| {
			readonly type: 'noticed';
			readonly texts: readonly string[];
			readonly at: number;
			readonly view?: ConversationId;
	  }
	| {readonly type: 'connection-changed'; readonly connection: ConnectionState};

export const initialChatState: ChatState = {
	login: '',
	scrollback: emptyScrollback,
	conversations: new Map(),
	open: everything,
	isWatched: true,
	readUpTo: new Map(),
	seen: [],
	people: undefined,
	lookAlikes: new Map(),
	ignored: new Map(),
	typing: [],
	connection: {phase: 'idle'},
};

/** The whole of what a chat is, as a function of what happened: no clock, no socket, no screen in it. */
export function chatReducer(state: ChatState, action: ChatAction): ChatState {
	switch (action.type) {
		case 'received':
			return {
				...append(
					state,
					withoutIgnored(
						state.ignored,
						action.messages.map(message => ({kind: 'message', at: action.at, ...message})),
					),
				),
				seen: remember(
					state.seen,
					action.messages.map(message => message.from),
				),
			};
		case 'said': {
			const speakers = action.lines.flatMap(line => (line.kind === 'message' ? [line.from] : []));
			return {
				...append(state, withoutIgnored(state.ignored, action.lines)),
				seen: remember(state.seen, speakers),
				typing: withoutTyping(state.typing, speakers),
			};
		}
		case 'cleared':
			return action.view === undefined ? changeAll(state, emptied) : changeView(state, action.view, emptied);
		case 'began':
			return {...state, conversations: action.parties.reduce(withConversation, state.conversations)};
		case 'closed':
			return close(state, action.id);
		case 'ignored':
			return {...state, ignored: changeIgnored(state.ignored, action.login, action.isIgnored)};
		case 'earlier':
			return changeView(state, action.view, scrollback =>
				prependLines(scrollback, placeLines(state.login, action.lines), limitsOf(action.view)),
			);
		case 'backlog':
			return withBacklog(state, placeLines(state.login, action.lines));
		case 'named':
			return {...state, login: action.login};
		case 'opened':
			return open(state, action.party);
		case 'watched':
			return watch(state, action.isWatched, action.isReading ?? false);
		case 'muted':
			return {
				...state,
				conversations: changeConversation(state.conversations, action.id, conversation => ({
					...conversation,
					isMuted: action.isMuted,
				})),
			};
		case 'people-listed':
			return {...state, people: changePeople(new Map(), action.people)};
		case 'people-changed':
			// What is told before the list came is in it.
			if (state.people === undefined) return state;
			return withPeople(state, state.people, action.changes, action.at);
		case 'looked-alike':
			return {...state, lookAlikes: withPairs(state.lookAlikes, action.pairs)};
		case 'typing':
			if (isIgnored(state.ignored, action.login)) return state;
			return {...state, typing: noteTyping(state.typing, action.login, action.isActive, action.now)};
		case 'posted': {
			const {post, to, text, at} = action;
			return append(spokeTo(state, to), [{kind: 'own', at, to, text, post, delivery: 'new'}]);
		}
		case 'post-changed':
			return changePosts(state, action.posts, line =>
				// It may be there already when it is kept.
				action.delivery === 'waiting' && line.delivery !== 'new'
					? line
					: {...line, delivery: action.delivery},
			);
		case 'post-told':
			return changePosts(state, [action.post], line => ({
				...line,
				told: {...line.told, [action.to]: action.told},
			}));
		case 'post-taken-back':
			return changeAll(state, scrollback => removePost(scrollback, action.post));
		case 'noticed':
			return notice(
				state,
				action.texts.map(text => ({kind: 'notice', at: action.at, text})),
				action.view ?? everything,
			);
		case 'connection-changed':
			if (action.connection.phase === 'open') return {...state, connection: action.connection};
			return {...state, connection: action.connection, people: undefined, typing: []};
	}
}

/** Pairs that are held; a login that is forgotten here has spoken long ago, or has 1,000 like it. */
const maxLookAlikes = 1000;

function withPairs(lookAlikes: LookAlikes, pairs: readonly AlikePair[]): LookAlikes {
	const added = pairs.map(({login, like}) => [keyOf(login) ?? login, like] as const);
	return new Map([...lookAlikes, ...added].slice(-maxLookAlikes));
}

function append(state: ChatState, added: readonly NewChatLine[]): ChatState {
	const lines = numberLines(state.scrollback, placeLines(state.login, added));
	const isSeen = (id: ConversationId) => state.isWatched && [everything, id].includes(state.open);
	return {
		...state,
		scrollback: addLines(state.scrollback, lines),
		conversations: addToConversations(state.conversations, lines, isSeen, state.open),
	};
}

/** Words of the program stand in one view. Their numbers are given by the one of everything, as those of all lines. */
function notice(state: ChatState, notices: readonly NewChatLine[], view: ConversationId): ChatState {
	if (!state.conversations.has(view)) return append(state, notices);
	const lines = numberLines(state.scrollback, notices);
	const nextId = state.scrollback.nextId + lines.length;
	return changeView({...state, scrollback: {...state.scrollback, nextId}}, view, scrollback =>
		addLines(scrollback, lines, conversationLimits),
	);
}

const emptied = ({nextId}: Scrollback): Scrollback => ({...emptyScrollback, nextId});

/** What was said the last time stands in each conversation too, and calls nobody. */
function withBacklog(state: ChatState, lines: readonly NewChatLine[]): ChatState {
	let {conversations} = state;
	const parties = Map.groupBy(lines, line => (line.kind === 'notice' ? undefined : line.party?.id));
	for (const [id, those] of parties) {
		const [first] = those;
		if (id === undefined || first === undefined || first.kind === 'notice' || !first.party) continue;
		conversations = changeConversation(withConversation(conversations, first.party), id, conversation => ({
			...conversation,
			scrollback: prependLines(conversation.scrollback, those, conversationLimits),
		}));
	}
	return {...state, conversations, scrollback: prependLines(state.scrollback, lines)};
}

const limitsOf = (view: ConversationId) => (view === everything ? scrollbackLimits : conversationLimits);

function changeView(
	state: ChatState,
	view: ConversationId,
	change: (scrollback: Scrollback) => Scrollback,
): ChatState {
	if (view === everything) return {...state, scrollback: change(state.scrollback)};
	const conversations = changeConversation(state.conversations, view, conversation => {
		const scrollback = change(conversation.scrollback);
		return scrollback === conversation.scrollback ? conversation : {...conversation, scrollback};
	});
	return {...state, conversations};
}

function changeAll(state: ChatState, change: (scrollback: Scrollback) => Scrollback): ChatState {
	return [everything, ...state.conversations.keys()].reduce(
		(changed, view) => changeView(changed, view, change),
		state,
	);
}

const changePosts = (
	state: ChatState,
	posts: readonly number[],
	change: Parameters<typeof replacePosts>[2],
): ChatState => changeAll(state, scrollback => replacePosts(scrollback, posts, change));

/**
 * Moves the speakers to the front, the last of them first. Only who can be written to: not `server`, which speaks for the
 * host, and on a foreign server not what is no login, as a name with a comma or one of 64 KiB.
 */
function remember(seen: readonly string[], speakers: readonly string[]): readonly string[] {
	const names = new Map<string, string>();
	for (const name of speakers.toReversed()) {
		const key = keyOf(name);
		if (key !== undefined && !names.has(key)) names.set(key, name);
	}
	const front = [...names.values()];
	// Most often it is the same people who speak, in the same order: then nothing needs to be drawn anew.
	if (front.every((name, index) => seen[index] === name)) return seen;
	for (const name of seen) {
		const key = keyOf(name);
		if (key !== undefined && !names.has(key)) names.set(key, name);
	}
	return [...names.values()].slice(0, maxSeenNames);
}

function withPeople(
	state: ChatState,
	people: People,
	changes: readonly PersonChange[],
	at: number | undefined,
): ChatState {
	const changed = {...state, people: changePeople(people, changes)};
	if (at === undefined) return changed;
	const before = {people, login: state.login};
	return {...changed, scrollback: tellComings(state.scrollback, before, changes, at)};
}
