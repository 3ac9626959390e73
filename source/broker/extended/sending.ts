import type {ClientLine} from '../../protocol/extended/client-lines.ts';
import {extendedLimits} from '../../protocol/extended/limits.ts';
import {splitLines} from '../../protocol/extended/lines-in-text.ts';
import {withoutControls} from '../../protocol/extended/syntax.ts';
import {parsePost} from '../../protocol/plain.ts';
import type {Route} from './addressees.ts';
import type {Hall} from './hall.ts';
import type {Session} from './session.ts';

type Sent = {
	readonly key?: string | undefined;
	readonly to: readonly string[];
	readonly text: string;
	readonly ml?: boolean | undefined;
	readonly act?: boolean | undefined;
};

/** A text of a third as many characters is never too long, whatever they are. */
const isTooLong = (text: string): boolean =>
	3 * text.length > extendedLimits.textBytes && Buffer.byteLength(text) > extendedLimits.textBytes;

/** Posts a message, or refuses it with what is wrong. */
export function send(hall: Hall, session: Session, {key, to, text, ml = false, act = false}: Sent): void {
	if (isTooLong(text)) {
		session.fail('TEXT_TOO_LONG', `a text has at most ${extendedLimits.textBytes} bytes`, {key});
		return;
	}
	if (ml && splitLines(text) === undefined) {
		session.fail('BAD_TEXT', 'in several lines, "%" is followed by 0A or 25', {key});
		return;
	}
	const addressed = session.addressing.resolve(to);
	if (!addressed.ok) {
		session.fail(addressed.code, addressed.why, {key, to: addressed.to});
		return;
	}
	const {route} = addressed;
	if (route.forbidden !== undefined && key === undefined) {
		session.refuse('FORBIDDEN', key, route.forbidden);
		return;
	}
	session.underWay.add();
	session.charge(receiversOf(route));
	const {login: from, member: sender} = session;
	hall.mail.post({from, sender, session, key, route, isLong: ml, isAction: act, text, origin: session});
}

/** How many sessions a message goes to, at most. */
function receiversOf({addressees}: Route): number {
	let count = 0;
	for (const one of addressees) count += one.kind === 'room' ? one.room.here.size : 1;
	return count;
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
	const addressed = session.addressing.resolve(to);
	if (!addressed.ok) {
		session.fail(addressed.code, addressed.why, {verb: 'typing', to: addressed.to});
		return;
	}
	const {forbidden, addressees} = addressed.route;
	if (forbidden !== undefined) {
		session.fail('FORBIDDEN', 'only members write to that room', {verb: 'typing', to: forbidden});
		return;
	}
	const accounts = addressees.flatMap(one => {
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
