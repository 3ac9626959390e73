import type {ClientLine} from '../../protocol/extended/client-lines.ts';
import {extendedLimits} from '../../protocol/extended/limits.ts';
import {splitLines} from '../../protocol/extended/lines-in-text.ts';
import {withoutControls} from '../../protocol/extended/syntax.ts';
import {parsePost} from '../../protocol/plain.ts';
import {resolve} from './addressees.ts';
import type {Hall} from './hall.ts';
import type {Session} from './session.ts';

type Sent = {
	readonly key?: string | undefined;
	readonly to: readonly string[];
	readonly text: string;
	readonly ml?: boolean | undefined;
	readonly act?: boolean | undefined;
};

/** Posts a message, or refuses it with what is wrong. */
export function send(hall: Hall, session: Session, {key, to, text, ml = false, act = false}: Sent): void {
	if (Buffer.byteLength(text) > extendedLimits.textBytes) {
		session.fail('TEXT_TOO_LONG', `a text has at most ${extendedLimits.textBytes} bytes`, {key});
		return;
	}
	if (ml && splitLines(text) === undefined) {
		session.fail('BAD_TEXT', 'in several lines, "%" is followed by 0A or 25', {key});
		return;
	}
	const {member, login: from, underWay} = session;
	const addressed = resolve(hall, member.account.key, member.account.id, to);
	if (!addressed.ok) {
		session.fail(addressed.code, addressed.why, {key, to: addressed.to});
		return;
	}
	const {addressees, conversation, forbidden} = addressed;
	if (forbidden !== undefined && key === undefined) {
		session.refuse('FORBIDDEN', key, forbidden);
		return;
	}
	underWay.add();
	session.charge(addressees.reduce((sum, one) => sum + (one.kind === 'room' ? one.room.here.size : 1), 0));
	hall.mail.post({
		...{
			from,
			sender: member,
			session,
			key,
			addressees,
			conversation,
			forbidden,
			text,
			isLong: ml,
			isAction: act,
		},
		onDone(landedBytes) {
			underWay.done();
			session.rest(landedBytes);
		},
	});
}

/** Takes a line as a plain peer writes it. */
export function post(hall: Hall, session: Session, line: string): void {
	const parsed = parsePost(line);
	if (parsed === undefined || parsed.to.length === 0) return;
	send(hall, session, {to: parsed.to, text: withoutControls(parsed.text)});
}

/** Tells those whom somebody writes to, and who are here and idle: it is the first thing to be left out. */
export function tellTyping(
	hall: Hall,
	session: Session,
	{to, state}: ClientLine & {readonly type: 'typing'},
): void {
	const {account} = session.member;
	const addressed = resolve(hall, account.key, account.id, to);
	if (!addressed.ok) {
		session.fail(addressed.code, addressed.why, {verb: 'typing', to: addressed.to});
		return;
	}
	if (addressed.forbidden !== undefined) {
		session.fail('FORBIDDEN', 'only members write to that room', {verb: 'typing', to: addressed.forbidden});
		return;
	}
	const accounts = addressed.addressees.flatMap(one => {
		if (one.kind === 'room') return [...one.room.members];
		return one.kind === 'account' ? [one.member.account.id] : [];
	});
	session.charge(accounts.length);
	for (const id of new Set(accounts)) {
		const other = hall.accounts.byId(id)?.session;
		if (other !== undefined && other !== session && other.isIdle && other.wants('typing'))
			other.say({type: 'typing', from: session.login, to, state});
	}
}
