import type {ClientLine} from '../../protocol/extended/client-lines.ts';
import {extendedLimits} from '../../protocol/extended/limits.ts';
import {parseRoom} from '../../protocol/extended/room.ts';
import {loginKey, parseLogin} from '../../protocol/login.ts';
import type {Page} from '../store/store.ts';
import {conversationOf} from './addressees.ts';
import type {Hall} from './hall.ts';
import {messageLine} from './message-line.ts';
import type {OpenRoom} from './rooms.ts';
import type {Session} from './session.ts';

type Request = ClientLine & {
	readonly type: 'who' | 'rooms' | 'room-join' | 'room-leave' | 'history' | 'search';
};
type RequestOf<T extends Request['type']> = Request & {readonly type: T};

/** Answers what a session asks for; it never rejects. */
export async function answer(hall: Hall, session: Session, request: Request): Promise<void> {
	try {
		switch (request.type) {
			case 'who':
				tellWho(hall, session, request);
				break;
			case 'rooms':
				tellRooms(hall, session, request);
				break;
			case 'room-join':
				await join(hall, session, request);
				break;
			case 'room-leave':
				await leave(hall, session, request);
				break;
			case 'history':
				await tellHistory(hall, session, request);
				break;
			case 'search':
				await search(hall, session, request);
				break;
		}
	} catch {
		const req = 'req' in request ? {req: request.req} : {};
		session.fail('UNAVAILABLE', 'what is kept cannot be read at the moment: ask again', {
			verb: request.type,
			...req,
		});
	}
}

function tellWho(hall: Hall, session: Session, {room: name, req}: RequestOf<'who'>): void {
	const room = name === undefined ? undefined : roomFor(hall, session, name, {verb: 'who', req});
	if (name !== undefined && room === undefined) return;
	for (const {login, session: other} of hall.present()) {
		if (room && !(other && room.members.has(other.member.account.id))) continue;
		session.say(other?.asUser(req) ?? {type: 'user', req, login, state: 'here', kind: 'plain'});
	}
	session.say({type: 'end', req});
	hall.presence.listed();
}

function tellRooms(hall: Hall, session: Session, {req}: RequestOf<'rooms'>): void {
	for (const {name, members} of hall.rooms.all)
		session.say({type: 'room', req, room: name, members: members.size});
	session.say({type: 'end', req});
}

async function join(hall: Hall, session: Session, {room: name}: RequestOf<'room-join'>): Promise<void> {
	const parsed = parseRoom(name);
	if (!parsed.ok) return session.fail('BAD_NAME', parsed.problem, {verb: 'room-join', to: name});
	const room = await hall.rooms.join(parsed.room, parsed.key, session.member.account.id);
	if (room === undefined)
		return session.fail('FORBIDDEN', 'that would be one room too many', {verb: 'room-join', to: name});
	tellMembers(hall, session, room, 'room-joined');
}

async function leave(hall: Hall, session: Session, {room: name}: RequestOf<'room-leave'>): Promise<void> {
	const room = roomFor(hall, session, name, {verb: 'room-leave'});
	if (room === undefined) return;
	await hall.rooms.leave(room, session.member.account.id);
	tellMembers(hall, session, room, 'room-left');
}

async function tellHistory(hall: Hall, session: Session, request: RequestOf<'history'>): Promise<void> {
	const {with: people, room: name, before, after, limit = extendedLimits.page, req} = request;
	const where = {verb: 'history', req};
	if ((people === undefined) === (name === undefined))
		return session.fail('BAD_SYNTAX', 'history is with somebody or of a room', where);
	const {account} = session.member;
	let place: {readonly conversation: string} | {readonly room: number};
	if (name !== undefined) {
		const room = roomFor(hall, session, name, where);
		if (room === undefined) return;
		place = {room: room.id};
	} else {
		const logins = (people ?? []).map(parseLogin);
		const bad = logins.find(login => !login.ok);
		if (bad?.ok === false) return session.fail('BAD_NAME', bad.problem, where);
		const keys = new Set([loginKey(session.login), ...(people ?? []).map(loginKey)]);
		place = {conversation: conversationOf(keys)};
	}
	const most = Math.min(Math.max(limit, 1), extendedLimits.page);
	const query = {account: account.id, since: session.member.since, where: place, before, after, limit: most};
	await tellPage(session, req, await hall.store.page(query));
}

async function search(hall: Hall, session: Session, {req, text}: RequestOf<'search'>): Promise<void> {
	const {account} = session.member;
	await tellPage(
		session,
		req,
		await hall.store.search(
			account.id,
			session.member.since,
			hall.rooms.idsOf(account.id),
			text,
			() => !session.isGone,
		),
	);
}

async function tellPage(session: Session, req: string, {messages, hasMore}: Page): Promise<void> {
	for (const message of messages) {
		session.say(messageLine(message, req));
		await session.drained();
	}
	session.say({type: 'end', req, more: hasMore});
}

/** A room that the session is in. */
function roomFor(
	hall: Hall,
	session: Session,
	name: string,
	quoted: {readonly verb: string; readonly req?: string},
): OpenRoom | undefined {
	const parsed = parseRoom(name);
	if (!parsed.ok) {
		session.fail('BAD_NAME', parsed.problem, quoted);
		return undefined;
	}
	const room = hall.rooms.byKey(parsed.key);
	if (room?.members.has(session.member.account.id)) return room;
	const [code, why] =
		room === undefined ? ['NO_SUCH_ROOM', 'there is no such room'] : ['FORBIDDEN', 'that is for members'];
	session.fail(code ?? '', why ?? '', quoted);
	return undefined;
}

/** Tells who is in a room, and whoever has left it, on each of its connections. */
function tellMembers(hall: Hall, session: Session, room: OpenRoom, type: 'room-joined' | 'room-left'): void {
	session.charge(room.members.size);
	const sessions = new Set([session, session.member.session]);
	for (const account of room.members) sessions.add(hall.accounts.byId(account)?.session);
	for (const one of sessions) one?.say({type, room: room.name, login: session.login});
}
