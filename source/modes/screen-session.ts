import type {NewChatLine} from '../chat/chat-line.ts';
import type {ChatAction} from '../chat/chat-state.ts';
import {type ConversationId, everything, partyOf} from '../chat/conversation.ts';
import {isHidden} from '../chat/ignored.ts';
import type {Delivery} from '../protocol/plain.ts';
import {type Address, formatAddress} from '../session/address.ts';
import {detached} from '../session/detached.ts';
import {isOutside} from '../session/extended/host-commands.ts';
import {Session} from '../session/session.ts';
import type {SessionError, SessionErrorCode} from '../session/session-error.ts';
import type {ExtendedOptions, SessionStatus} from '../session/session-types.ts';
import type {HeldMessage} from '../session/store/held.ts';
import type {ScreenAction, ScreenState} from '../ui/screen/screen-state.ts';
import type {Store} from '../ui/screen/store.ts';
import {linesOf, postedOf} from './held-lines.ts';
import {PresenceFeed} from './presence-feed.ts';

export type ScreenSessionOptions = {
	readonly address: Address;
	readonly login: string;
	readonly rescue: (() => Promise<boolean>) | undefined;
	/** Opens what is needed for a-chat/1; undefined if the session cannot begin. */
	readonly open: () => Promise<ExtendedOptions | undefined>;
	/** The login was not refused. */
	readonly onIn: () => void;
	/** It was, or the session cannot begin at all. */
	readonly onStopped: (reason: SessionError) => void;
};

/** Nobody is told of a slow host more often than that, in ms, however often that says so. */
const slowAgainMs = 60_000;

/** Messages that pour in gather for so long at most, in ms: nobody reads them one by one. */
const gatherMs = 50;

/** Messages that came while somebody was away, that are looked through for who sent them. */
const maxMissed = 1000;

/** Reasons that are told of one loss at most. */
const maxReasons = 5;

/** To somebody who was in all of these are one: the host is away. */
const awayCodes: ReadonlySet<SessionErrorCode> = new Set([
	'LOST',
	'REFUSED',
	'TIMEOUT',
	'UNREACHABLE',
	'NOT_FOUND',
]);

const lostSentence = (address: Address): string =>
	`the connection to ${formatAddress(address)} is lost: what you write is kept, and sent when it is back`;

/** Shows words of the program's own, or of the server itself. */
export function notice(store: Store<ScreenState, ScreenAction>, ...texts: readonly string[]): void {
	store.dispatchSoon({type: 'chat', action: {type: 'noticed', texts, at: Date.now()}});
}

/** The same in a conversation, too, if it is about what is said there. */
function noticeIn(
	store: Store<ScreenState, ScreenAction>,
	view: ConversationId,
	...texts: readonly string[]
): void {
	notice(store, ...texts);
	if (view === everything || !store.current.chat.conversations.has(view)) return;
	store.dispatchSoon({type: 'chat', action: {type: 'noticed', texts, at: Date.now(), view}});
}

/** Joins with a login, and turns what the session tells into what the screen shows. */
export function startScreenSession(
	store: Store<ScreenState, ScreenAction>,
	options: ScreenSessionOptions,
): Session {
	const {address, login, rescue, open} = options;
	const session = new Session({address, login, rescue, gatherMs});
	let isIn = false;
	let wasLost = false;
	/** Why there is no connection, as far as it was told since there was one. */
	const toldReasons = new Set<string>();
	let toldSlowAt = Number.NEGATIVE_INFINITY;

	/** What is about all that is said stands where the person reads, too. */
	const tellReader = (text: string) => noticeIn(store, store.current.chat.open, text);

	session.on('lines', lines => {
		const at = Date.now();
		let messages: Delivery[] = [];
		const show = () => {
			if (messages.length > 0) store.dispatchSoon({type: 'chat', action: {type: 'received', messages, at}});
			messages = [];
		};
		for (const {line, delivery} of lines) {
			if (delivery) messages.push(delivery);
			else if (line !== '') {
				// Whatever else a server may say, the person should see it, and where it was said.
				show();
				notice(store, line);
			}
		}
		show();
	});
	const tell = (action: ChatAction) => store.dispatchSoon({type: 'chat', action});
	const presence = new PresenceFeed(tell);
	/** What comes before all that was missed is here; and whether somebody sat here meanwhile. */
	let missed: HeldMessage[] | undefined;
	let wasHere = false;
	session.on('welcome', () => {
		missed = [];
	});
	session.on('messages', messages => {
		if (missed !== undefined && missed.length < maxMissed) missed.push(...messages);
		const newest = messages.at(-1)?.id;
		const isMissed = missed !== undefined && !wasHere;
		tell({type: 'said', lines: linesOf(messages, login), newest: newest && detached(newest), isMissed});
	});
	session.on('live', count => {
		tellOpen();
		if (count > 0 || !wasHere) showReturn(store, linesOf(missed ?? [], login), count, wasHere);
		missed = undefined;
		wasHere = true;
		void presence.begin(request => session.ask(request));
	});
	session.on('heard', line => {
		presence.hear(line);
		if (line.type === 'typing')
			tell({type: 'typing', login: line.from, isActive: line.state === 'active', now: performance.now()});
		if (line.type === 'note') tellReader(line.text);
		if (line.type === 'slow') tellSlow();
	});
	/** Each once, however many tries there are; when the next one is stands in the status. */
	const tellReason = ({code, message}: SessionError) => {
		const reason = isIn && awayCodes.has(code) ? lostSentence(address) : message;
		if (toldReasons.has(reason) || toldReasons.size >= maxReasons) return;
		toldReasons.add(reason);
		tellReader(reason);
	};
	const tellOpen = () => {
		if (wasLost) tellReader('connected again');
		wasLost = false;
		toldReasons.clear();
	};
	const tellSlow = () => {
		const now = performance.now();
		if (now - toldSlowAt > slowAgainMs)
			tellReader(
				'you send faster than this host takes it: what you say now arrives a little later, all of it',
			);
		toldSlowAt = now;
	};
	session.on('told', (post, to, told) => {
		store.dispatchSoon({type: 'chat', action: {type: 'post-told', post, to, told}});
	});
	session.on('delivery', ({id: message, to, state: told}, post) => {
		if (post === undefined) tell({type: 'message-told', message, to, told});
	});
	session.on('stranger', stranger => {
		store.dispatch({type: 'asked', question: {kind: 'stranger', ...stranger}});
	});
	session.on('stale', posts => {
		store.dispatch({type: 'asked', question: {kind: 'stale', count: posts.length}});
	});
	session.on('notice', tellReader);
	session.on('kept', posts => tell({type: 'post-changed', posts, delivery: 'waiting'}));
	session.on('refused', ({to}, {code, text}) => {
		const view = partyOf(to, login)?.id ?? everything;
		const [room, ...others] = to.filter(name => name.startsWith('#'));
		const why =
			room !== undefined && others.length === 0 && isOutside(code)
				? `/join ${room}, Up leads back to it`
				: text;
		noticeIn(store, view, `not sent to ${to.join(', ')}: ${why}`);
	});
	session.on('posts', (posts, delivery) => {
		store.dispatchSoon({type: 'chat', action: {type: 'post-changed', posts, delivery}});
	});
	session.on('status', status => {
		showStatus(store, status);
		wasLost ||= isIn && status.phase === 'connecting';
		// Whoever answers next may be another one; if not, it is asked again.
		if (status.phase === 'connecting' && store.current.question?.kind === 'stranger')
			store.dispatch({type: 'asked', question: undefined});
		if (status.phase === 'open') {
			// What came meanwhile is older than that.
			if (missed === undefined) tellOpen();
			if (!isIn) options.onIn();
			isIn = true;
		}
		if (status.phase === 'waiting') tellReason(status.reason);
		if (status.phase === 'stopped' && status.reason) options.onStopped(status.reason);
	});
	void open().then(extended => {
		if (extended === undefined) return;
		for (const post of session.start(extended)) tell({...postedOf(post), isLeft: true});
	});
	return session;
}

/** How much others said while the person or the connection was away: all `messages` but those of these lines that are none. */
function showReturn(
	store: Store<ScreenState, ScreenAction>,
	lines: readonly NewChatLine[],
	messages: number,
	wasHere: boolean,
): void {
	const {ignored} = store.current.chat;
	const others = lines.filter(line => line.kind !== 'message' || isHidden(ignored, line)).length;
	store.dispatchSoon({type: 'returned', messages: messages - others, wasHere});
}

/** Shows how it stands with the connection. */
export function showStatus(store: Store<ScreenState, ScreenAction>, status: SessionStatus): void {
	const now = performance.now();
	store.dispatchSoon({type: 'ticked', now});
	store.dispatchSoon({type: 'chat', action: {type: 'connection-changed', connection: describe(status, now)}});
}

function describe(status: SessionStatus, now: number): ScreenState['chat']['connection'] {
	switch (status.phase) {
		case 'open':
			return {phase: 'open', isPlain: status.isPlain};
		case 'waiting':
			return {phase: 'waiting', until: status.until, reason: status.reason.message};
		case 'stopped':
			return {phase: 'idle'};
		default:
			return {phase: 'connecting', since: now};
	}
}
