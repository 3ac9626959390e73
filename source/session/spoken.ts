import {splitLines} from '../protocol/extended/lines-in-text.ts';
import type {ServerLine} from '../protocol/extended/server-lines.ts';
import type {Status, Told} from './extended/exchange-types.ts';
import type {HeldMessage, KeptPost} from './store/held.ts';

/**
 * A message. A plain host tells only `from` and `text`: there `at` is when it came, and the rest is missing.
 */
export type Message = {
	/** The same for everybody who gets it, however often it comes. */
	readonly id?: string | undefined;
	/** Its number in the host's log; missing if the host cannot keep it. */
	readonly n?: number | undefined;
	/** When the host took it. */
	readonly at: Date;
	readonly from: string;
	/** People and rooms as it was addressed. */
	readonly to?: readonly string[] | undefined;
	/** Several lines are separated by LF. */
	readonly text: string;
	/** Whether it tells what somebody does, as `/me` has it. */
	readonly action?: true | undefined;
};

/** Somebody who is in the chat. `plain` is a peer that speaks the plain dialect. */
export type User = {
	readonly login: string;
	readonly state: 'here' | 'away';
	readonly kind: 'plain' | 'extended';
	readonly note?: string | undefined;
};

export type Room = {readonly room: string; readonly members: number};

/** Messages of a conversation, or with some words; `more` if there are others behind them. */
export type Page = {readonly messages: readonly Message[]; readonly more: boolean};

/** What a host tells by itself. */
export type News =
	| {
			readonly type: 'presence';
			readonly login: string;
			readonly state: 'here' | 'away' | 'gone';
			readonly note?: string | undefined;
	  }
	| {
			readonly type: 'typing';
			readonly from: string;
			readonly to: readonly string[];
			readonly state: 'active' | 'done';
	  }
	| {readonly type: 'room-joined' | 'room-left'; readonly room: string; readonly login: string}
	| {readonly type: 'notice'; readonly text: string};

/** What somebody has of an own message; see `@status` in docs/protocol.md. The key is missing for one of an earlier time. */
export type Delivered = {
	readonly id: string;
	readonly key?: string | undefined;
	readonly to: string;
	readonly state: Told;
};

/** A message that is not sent again by itself; to be sent with the same key, if at all. */
export type StalePost = {
	readonly key: string;
	readonly to: readonly string[];
	readonly text: string;
	/** When it was to be sent. */
	readonly at: Date;
	readonly action?: true | undefined;
};

/** The last moment that a `Date` can tell, in ms. */
const lastMs = 8.64e15;

export const dateOf = (ts: number): Date => new Date(Math.min(ts, lastMs));

export const messageOf = ({
	id,
	n,
	ts,
	from,
	to,
	text,
	isAction,
}: Pick<HeldMessage, 'id' | 'n' | 'ts' | 'from' | 'to' | 'text' | 'isAction'>): Message => ({
	id,
	n,
	at: dateOf(ts),
	from,
	to,
	text,
	action: isAction ? true : undefined,
});

/** The message of a line. */
export const messageIn = ({ml, act, text, ...line}: ServerLine & {readonly type: 'msg'}): Message => {
	const said = ml ? (splitLines(text) ?? text) : text;
	return messageOf({...line, n: line.n, text: said, isAction: act === true});
};

/** The messages among the lines of an answer. */
export const messagesIn = (lines: readonly ServerLine[]): Message[] =>
	lines.flatMap(line => (line.type === 'msg' ? [messageIn(line)] : []));

/** The people among the lines of an answer. */
export const usersIn = (lines: readonly ServerLine[]): User[] =>
	lines.flatMap(line =>
		line.type === 'user' ? [{login: line.login, state: line.state, kind: line.kind, note: line.text}] : [],
	);

/** The rooms among the lines of an answer. */
export const roomsIn = (lines: readonly ServerLine[]): Room[] =>
	lines.flatMap(line => (line.type === 'room' ? [{room: line.room, members: line.members}] : []));

export const deliveredOf = ({id, to, state}: Status, key: string | undefined): Delivered => ({
	id,
	key,
	to,
	state,
});

export const staleOf = ({key, to, text, at, isAction}: KeptPost): StalePost => ({
	...{key, to, text, at: dateOf(at)},
	action: isAction ? true : undefined,
});

/** What a line tells; undefined if that is nothing of these. */
export const newsOf = (line: ServerLine): News | undefined => {
	switch (line.type) {
		case 'join':
			return {type: 'presence', login: line.login, state: 'here'};
		case 'leave':
			return {type: 'presence', login: line.login, state: 'gone'};
		case 'user':
			return {type: 'presence', login: line.login, state: line.state, note: line.text};
		case 'typing':
			return {type: 'typing', from: line.from, to: line.to, state: line.state};
		case 'room-joined':
		case 'room-left':
			return {type: line.type, room: line.room, login: line.login};
		case 'note':
			return {type: 'notice', text: line.text};
		default:
			return undefined;
	}
};
