import {setTimeout as sleep} from 'node:timers/promises';
import type {Hall} from './hall.ts';
import type {Meanwhile, Session} from './session.ts';
import type {Wire} from './wire.ts';

/** Messages that are read from the store at once. */
const pageSize = 200;
/** Bytes that wait for the peer above which the next page waits too, and for how long until the next look. */
const waitingBytes = 131_072;
const waitMs = 10;

/** Where a client was, by its hello. */
type Cursor = {readonly srv?: string | undefined; readonly seen?: number | undefined};

/**
 * Brings a session from where its client was to what is said now: what was kept meanwhile, as its socket drains, and then
 * `@live`. Nothing that is live is written before that, so everything comes in order and once.
 */
export async function replay(hall: Hall, session: Session, cursor: Cursor, wire: Wire): Promise<void> {
	const {store, mail} = hall;
	const {account} = session.member;
	const isGuest = account.pub === undefined;
	if (session.isBeside) {
		session.startAfter(store.newest);
		session.goLive();
		return;
	}
	let after = await start(hall, session, cursor);
	let meanwhile: Meanwhile | undefined;
	for (;;) {
		const {delivered} = mail;
		const page = await store.replay(account.id, hall.rooms.idsOf(account.id), after, pageSize);
		if (wire.isGone || session.member.session !== session) return;
		for (const message of page.messages) {
			after = message.n;
			// What a guest said may have been said by another person before; whoever it was has its acknowledgement.
			if (isGuest && message.sender === account.id) continue;
			session.write(message);
			await drained(wire);
		}
		// What was delivered to it while the page was read may be missing in it.
		if (page.hasMore || session.missed > delivered) continue;
		if (meanwhile !== undefined) break;
		meanwhile = await tellConfirmed(hall, session);
	}
	session.say({type: 'live'});
	session.goLive();
	session.toldMeanwhile(meanwhile);
}

/** Settles when not much waits for a peer, or it is gone. */
export async function drained(wire: Pick<Wire, 'pendingBytes' | 'isGone'>): Promise<void> {
	while (wire.pendingBytes > waitingBytes && !wire.isGone) await sleep(waitMs);
}

/** Tells who has confirmed messages of this session's person since it was last here. */
async function tellConfirmed(hall: Hall, session: Session): Promise<Meanwhile> {
	const at = hall.store.commits;
	const confirmed = await hall.store.confirmedMeanwhile(session.member.account.id);
	for (const {id, by} of confirmed) {
		const other = hall.accounts.byId(by)?.account.login;
		if (other !== undefined) session.tell(hall.lines.status(id, other, 'delivered'));
	}
	return {at, count: confirmed.length};
}

/** The number behind which to go on; a cursor that does not fit is answered with what is missing. */
async function start({store}: Hall, session: Session, {srv, seen}: Cursor): Promise<number> {
	const {account, confirmed} = session.member;
	// A guest may be another person than the one before.
	const isGuest = account.pub === undefined;
	let after = isGuest ? Math.max(seen ?? 0, confirmed) : (seen ?? confirmed);
	session.startAfter(seen ?? 0);
	if (seen !== undefined && (srv !== store.srv || seen > store.newest)) {
		after = confirmed;
		session.say({type: 'gap', from: seen, to: after, code: 'CURSOR'});
		session.startAfter(after);
	} else if (seen !== undefined) {
		await session.confirmations.confirmEarlier(seen);
	}
	if (after < store.oldest - 1) {
		session.say({type: 'gap', from: after + 1, to: store.oldest - 1, code: 'RETENTION'});
		after = store.oldest - 1;
		session.startAfter(after);
	}
	return after;
}
