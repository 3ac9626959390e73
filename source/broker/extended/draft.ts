import {messageId} from '../../protocol/extended/message-id.ts';
import type {Entry} from '../store/store.ts';
import type {Route} from './addressees.ts';
import {randomId} from './random-id.ts';
import type {MemberOf, Session} from './session.ts';

/** What is to be sent, with whom it is for. */
export type Draft = {
	readonly from: string;
	/** The account of the sender; undefined for a plain peer. */
	readonly sender: MemberOf | undefined;
	/** The session that it came from, which gets the answer. */
	readonly session: Session | undefined;
	readonly key: string | undefined;
	readonly route: Route;
	readonly isLong: boolean;
	readonly isAction: boolean;
	readonly text: string;
	/** Told when it was delivered or refused; with bytes that landed in an outbox which fills up, and the text's length. */
	readonly origin: {done(landedBytes: number, length: number): void};
};

/** Between plain peers nothing is kept. */
export const isKept = ({sender, route}: Draft): boolean =>
	sender !== undefined || route.recipients.length > 0 || route.rooms.length > 0;

/** What is kept of it. */
export const toEntry = ({from, sender, key, route, isLong, isAction, text}: Draft): Entry => ({
	id: key === undefined ? randomId() : messageId(sender?.account.identity ?? '', key),
	sender: sender?.account.id ?? 0,
	from,
	to: route.to,
	isLong,
	isAction,
	text,
	key,
	recipients: route.recipients,
	isPartial: sender === undefined,
	isForbidden: route.forbidden !== undefined,
	away: awayOf(route),
	handed: route.handed,
	rooms: route.rooms,
	conversation: route.conversation,
});

const isAway = ({session}: MemberOf): boolean => session === undefined;
const nobody: readonly number[] = [];

const awayOf = ({members}: Route): readonly number[] =>
	members.some(isAway) ? members.filter(isAway).map(({account}) => account.id) : nobody;
