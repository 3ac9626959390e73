import type {ChatAction, ChatState} from './chat-types.ts';
import {tellComings, tellRoomComings} from './comings.ts';
import {everything} from './conversation.ts';
import {changeConversation, withConversation, withUnread} from './conversations.ts';
import {changeIgnored, isIgnored} from './ignored.ts';
import {
	append,
	changeAll,
	changeOwn,
	changeView,
	emptied,
	notice,
	sift,
	withBacklog,
	withEarlier,
} from './lines-in-views.ts';
import type {AlikePair} from './look-alikes.ts';
import {keyOf, type LookAlikes} from './names.ts';
import {changePeople} from './people.ts';
import {placeLines} from './place-lines.ts';
import {emptyScrollback, forgetPosts, removePost} from './scrollback.ts';
import {noteTyping, withoutTyping} from './typing.ts';
import {close, comeBack, open, settled, spokeTo, watch} from './views.ts';

/** How many names are remembered as seen; the one that spoke longest ago is forgotten first. */
export const maxSeenNames = 500;

export type {ChatAction, ChatState, ConnectionState} from './chat-types.ts';

export const initialChatState: ChatState = {
	login: '',
	scrollback: emptyScrollback,
	conversations: new Map(),
	open: everything,
	isWatched: true,
	readUpTo: new Map(),
	hasReturned: false,
	newest: undefined,
	seen: [],
	people: undefined,
	peopleBefore: undefined,
	lookAlikes: new Map(),
	ignored: new Map(),
	typing: [],
	connection: {phase: 'idle'},
};

/** The whole of what a chat is, as a function of what happened: no clock, no socket, no screen in it. */
export const chatReducer = (state: ChatState, action: ChatAction): ChatState =>
	settled(reduce(state, action));

function reduce(state: ChatState, action: ChatAction): ChatState {
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
			const {lines, newest = state.newest, isMissed = false} = action;
			const speakers = lines.flatMap(line => (line.kind === 'message' ? [line.from] : []));
			const told = {
				...append(state, lines, isMissed),
				newest,
				seen: remember(state.seen, speakers),
				typing: withoutTyping(state.typing, speakers),
			};
			return isMissed ? comeBack(told) : told;
		}
		case 'cleared':
			return action.view === undefined ? changeAll(state, emptied) : changeView(state, action.view, emptied);
		case 'began':
			return {...state, conversations: action.parties.reduce(withConversation, state.conversations)};
		case 'closed':
			return close(state, action.id);
		case 'ignored':
			return sift({
				...state,
				ignored: changeIgnored(state.ignored, action.login, action.isIgnored),
				typing: withoutTyping(state.typing, [action.login]),
			});
		case 'earlier':
			return withEarlier(state, action.view, placeLines(state.login, action.lines));
		case 'backlog': {
			const {lines, newest, unread = []} = action;
			const told = withBacklog(state, placeLines(state.login, lines));
			const conversations = withUnread(told.conversations, unread);
			return comeBack({...told, newest, conversations, hasReturned: false});
		}
		case 'named':
			return {
				...changeAll(state, forgetPosts),
				login: action.login,
				people: undefined,
				peopleBefore: undefined,
			};
		case 'opened':
			return open(state, action.party);
		case 'came-back':
			return comeBack(state);
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
			return listPeople(state, action);
		case 'people-changed': {
			const {people} = state;
			// What is told before the list came is in it.
			if (people === undefined) return state;
			const changed = {...state, people: changePeople(people, action.changes)};
			return action.at === undefined ? changed : tellComings(changed, people, action.changes, action.at);
		}
		case 'room-changed':
			return tellRoomComings(state, action.room, action, action.at);
		case 'looked-alike':
			return {...state, lookAlikes: withPairs(state.lookAlikes, action.pairs)};
		case 'typing':
			if (isIgnored(state.ignored, action.login)) return state;
			return {...state, typing: noteTyping(state.typing, action.login, action.isActive, action.now)};
		case 'posted': {
			const {post, to, text, at, isLeft} = action;
			return append(isLeft ? state : spokeTo(state, to), [
				{kind: 'own', at, to, text, post, delivery: 'new'},
			]);
		}
		case 'post-changed': {
			const posts = new Set(action.posts);
			return changeOwn(
				state,
				({post}) => posts.has(post),
				line =>
					// It may be there already when it is kept.
					action.delivery === 'waiting' && line.delivery !== 'new'
						? line
						: {...line, delivery: action.delivery},
			);
		}
		case 'post-told':
			return changeOwn(
				state,
				({post}) => post === action.post,
				line => ({...line, told: {...line.told, [action.to]: action.told}}),
			);
		case 'message-told':
			return changeOwn(
				state,
				({message}) => message === action.message,
				line => ({...line, delivery: 'accepted', told: {...line.told, [action.to]: action.told}}),
			);
		case 'post-taken-back':
			return changeAll(state, scrollback => removePost(scrollback, action.post));
		case 'noticed':
			return notice(
				state,
				action.texts.map(text => ({kind: 'notice', at: action.at, text})),
				action.view ?? everything,
			);
		case 'connection-changed':
			if (action.connection.phase === 'open') {
				const peopleBefore = action.connection.isPlain ? undefined : state.peopleBefore;
				return {...state, connection: action.connection, peopleBefore};
			}
			return {
				...state,
				connection: action.connection,
				people: undefined,
				peopleBefore: state.people ?? state.peopleBefore,
				typing: [],
			};
	}
}

/** Pairs that are held; a login that is forgotten here has spoken long ago, or has 1,000 like it. */
const maxLookAlikes = 1000;

function withPairs(lookAlikes: LookAlikes, pairs: readonly AlikePair[]): LookAlikes {
	const added = pairs.map(({login, like}) => [keyOf(login) ?? login, like] as const);
	return new Map([...lookAlikes, ...added].slice(-maxLookAlikes));
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

/** Who is here; with who came and who left since there was a connection before, if it is to be said. */
function listPeople(
	{peopleBefore, ...state}: ChatState,
	{people: listed, at}: ChatAction & {readonly type: 'people-listed'},
): ChatState {
	const people = changePeople(new Map(), listed);
	const changed = {...state, people, peopleBefore: undefined};
	if (peopleBefore === undefined || at === undefined) return changed;
	const gone = [...peopleBefore].flatMap(([key, {login}]) =>
		people.has(key) ? [] : [{login, state: 'gone' as const}],
	);
	return tellComings(changed, peopleBefore, [...listed, ...gone], at);
}
