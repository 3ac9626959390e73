import type {Delivery, NewChatLine, Told} from './chat-line.ts';
import type {AlikePair} from './look-alikes.ts';
import {keyOf, type LookAlikes} from './names.ts';
import {changePeople, type People, type PersonChange} from './people.ts';
import {
	appendLines,
	emptyScrollback,
	prependLines,
	removePost,
	replacePosts,
	type Scrollback,
} from './scrollback.ts';
import {noteTyping, type Typist, withoutTyping} from './typing.ts';

/** How many names are remembered as seen; the one that spoke longest ago is forgotten first. */
export const maxSeenNames = 500;

/** How things stand with the host, for people. `until` is a time of `performance.now()`, in ms. */
export type ConnectionState =
	| {readonly phase: 'idle'}
	| {readonly phase: 'connecting'; readonly since: number}
	| {readonly phase: 'open'}
	| {readonly phase: 'waiting'; readonly until: number; readonly reason: string};

export type ChatState = {
	readonly scrollback: Scrollback;
	/** Logins that spoke, the latest first. On a plain server nobody knows more about who is here. */
	readonly seen: readonly string[];
	/** Who is here; undefined where nobody knows. */
	readonly people: People | undefined;
	/** Logins that look like somebody else's who was there before. */
	readonly lookAlikes: LookAlikes;
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
	/** What was said before all that is shown, oldest first. */
	| {readonly type: 'earlier'; readonly lines: readonly NewChatLine[]}
	| {readonly type: 'people-listed'; readonly people: readonly PersonChange[]}
	| {readonly type: 'people-changed'; readonly changes: readonly PersonChange[]}
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
	| {readonly type: 'noticed'; readonly texts: readonly string[]; readonly at: number}
	| {readonly type: 'connection-changed'; readonly connection: ConnectionState};

export const initialChatState: ChatState = {
	scrollback: emptyScrollback,
	seen: [],
	people: undefined,
	lookAlikes: new Map(),
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
					action.messages.map(message => ({kind: 'message', at: action.at, ...message})),
				),
				seen: remember(
					state.seen,
					action.messages.map(message => message.from),
				),
			};
		case 'said': {
			const speakers = action.lines.flatMap(line => (line.kind === 'message' ? [line.from] : []));
			return {
				...append(state, action.lines),
				seen: remember(state.seen, speakers),
				typing: withoutTyping(state.typing, speakers),
			};
		}
		case 'earlier':
			return {...state, scrollback: prependLines(state.scrollback, action.lines)};
		case 'people-listed':
			return {...state, people: changePeople(new Map(), action.people)};
		case 'people-changed':
			// What is told before the list came is in it.
			if (state.people === undefined) return state;
			return {...state, people: changePeople(state.people, action.changes)};
		case 'looked-alike':
			return {...state, lookAlikes: withPairs(state.lookAlikes, action.pairs)};
		case 'typing':
			return {...state, typing: noteTyping(state.typing, action.login, action.isActive, action.now)};
		case 'posted': {
			const {post, to, text, at} = action;
			return append(state, [{kind: 'own', at, to, text, post, delivery: 'new'}]);
		}
		case 'post-changed':
			return {
				...state,
				scrollback: replacePosts(state.scrollback, action.posts, line =>
					// It may be there already when it is kept.
					action.delivery === 'waiting' && line.delivery !== 'new'
						? line
						: {...line, delivery: action.delivery},
				),
			};
		case 'post-told':
			return {
				...state,
				scrollback: replacePosts(state.scrollback, [action.post], line => ({
					...line,
					told: {...line.told, [action.to]: action.told},
				})),
			};
		case 'post-taken-back':
			return {...state, scrollback: removePost(state.scrollback, action.post)};
		case 'noticed':
			return append(
				state,
				action.texts.map(text => ({kind: 'notice', at: action.at, text})),
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

function append(state: ChatState, lines: readonly NewChatLine[]): ChatState {
	return {...state, scrollback: appendLines(state.scrollback, lines)};
}

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
