import {hash, randomBytes} from 'node:crypto';
import {messageId} from '../../protocol/extended/message-id.ts';
import {loginKey} from '../../protocol/login.ts';
import type {Entry} from '../store/store.ts';
import type {Addressee} from './addressees.ts';
import type {MemberOf, Session} from './session.ts';

/** What is to be sent, with whom it is for. */
export type Draft = {
	readonly from: string;
	/** The account of the sender; undefined for a plain peer. */
	readonly sender: MemberOf | undefined;
	/** The session that it came from, which gets the answer. */
	readonly session: Session | undefined;
	readonly key: string | undefined;
	readonly addressees: readonly Addressee[];
	readonly conversation: string | undefined;
	/** A room that its sender is not in, if there is one: who has left may still ask what became of it. */
	readonly forbidden?: string | undefined;
	readonly isLong: boolean;
	readonly isAction: boolean;
	readonly text: string;
	/** Called when it was delivered or refused; with bytes that landed in an outbox which fills up. */
	readonly onDone: (landedBytes: number) => void;
};

/** What is kept of it. */
export const toEntry = (draft: Draft): Entry => {
	const {from, sender, key, addressees, conversation, isLong, isAction, text} = draft;
	const recipients = addressees.flatMap(one => (one.kind === 'account' ? [one.member] : []));
	const to = addressees.map(({name}) => name);
	const identity = sender?.account.identity;
	return {
		id: key === undefined ? randomBytes(12).toString('base64url') : messageId(identity ?? '', key),
		sender: sender?.account.id ?? 0,
		from,
		to,
		isLong,
		isAction,
		text,
		identity,
		key,
		hash: hashOf(addressees, isLong, isAction, text),
		recipients: recipients.map(({account}) => account.id),
		isPartial: sender === undefined,
		isForbidden: draft.forbidden !== undefined,
		away: recipients.filter(({session}) => session === undefined).map(({account}) => account.id),
		handed: addressees.flatMap(one => (one.kind === 'plain' ? [one.name] : [])),
		rooms: addressees.flatMap(one => (one.kind === 'room' ? [one.room.id] : [])),
		conversation,
	};
};

/** What a key stands for; in whatever order its recipients are named. */
const hashOf = (
	addressees: readonly Addressee[],
	isLong: boolean,
	isAction: boolean,
	text: string,
): string => {
	const keys = addressees.map(({name}) => loginKey(name));
	const to = keys.length > 1 ? keys.toSorted() : keys;
	const flags = `${isLong ? 'ml' : ''} ${isAction ? 'act' : ''}`;
	return hash('sha256', `${to.join(',')}\n${flags}\n${text}`, 'base64url');
};
