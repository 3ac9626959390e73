import type {Client} from './client.ts';
import type {Round} from './script.ts';
import {notMember} from './speaker.ts';
import {fold, type Sent, type World} from './world.ts';

/** What a page is asked for. */
export type Query = {
	readonly client: Client;
	/** What may be read of what was asked for. */
	readonly all: readonly Sent[];
	readonly most: number;
	readonly isSearch: boolean;
	/** Whether it begins with the oldest. */
	readonly isUp: boolean;
};

/** Asks for a page; undefined if that is refused. */
export const askFor = (
	world: World,
	client: Client,
	round: Round & {readonly type: 'history' | 'search'},
	req: string,
): Query | undefined => {
	const {account} = client.stream;
	if (account === undefined) return undefined;
	if (round.type === 'search') {
		client.ask({type: 'search', req, text: round.words.join(' ')});
		return {client, all: world.search(account, round.words), most: 50, isSearch: true, isUp: false};
	}
	const {of, limit, from, at} = round;
	const [first = ''] = of;
	const room = first.startsWith('#') ? first : undefined;
	const bounds = from === undefined ? {} : {[from]: at};
	const where = room === undefined ? {with: of} : {room};
	if (room !== undefined && !account.rooms.has(fold(room))) {
		client.answers.expect({req, verb: 'history', codes: notMember});
		client.say({type: 'history', ...where, ...bounds, limit, req});
		return undefined;
	}
	client.ask({type: 'history', ...where, ...bounds, limit, req});
	const inPlace = world.page(account, room === undefined ? {people: of.map(fold)} : {room: fold(room)});
	const isUp = from === 'after';
	const all = inPlace.filter(({n}) => n === undefined || from === undefined || (isUp ? n > at : n < at));
	return {client, all, most: limit, isSearch: false, isUp};
};
