import {expect, it} from 'vitest';
import type {ClientLine} from '../../../source/protocol/extended/client-lines.ts';
import {Requests} from '../../../source/session/extended/requests.ts';

it('answers come to whoever asked, however they are mixed', async () => {
	const said: ClientLine[] = [];
	const requests = new Requests(line => said.push(line));
	const who = requests.ask({type: 'who'});
	const rooms = requests.ask({type: 'rooms'});
	expect(said).toEqual([
		{type: 'who', req: 'r1'},
		{type: 'rooms', req: 'r2'},
	]);
	const bob = {type: 'user', req: 'r1', login: 'bob', state: 'here', kind: 'plain'} as const;
	const dev = {type: 'room', req: 'r2', room: '#dev', members: 1} as const;
	expect([dev, bob].map(line => requests.take(line))).toEqual([true, true]);
	expect(requests.take({...bob, req: 'r9'})).toBe(false);
	expect(requests.take({type: 'live'})).toBe(false);
	requests.take({type: 'end', req: 'r2', more: true});
	requests.take({type: 'end', req: 'r1'});
	expect(await who).toEqual({lines: [bob], hasMore: false});
	expect(await rooms).toEqual({lines: [dev], hasMore: true});
	expect(requests.take({type: 'end', req: 'r1'})).toBe(false);
});

it('what is refused, and what no answer came for, fails', async () => {
	const requests = new Requests(() => {});
	const refused = requests.ask({type: 'history', room: '#dev'});
	const lost = requests.ask({type: 'who'});
	requests.take({type: 'fail', code: 'FORBIDDEN', req: 'r1', text: 'that is for members'});
	requests.stop();
	await expect(refused).rejects.toMatchObject({
		code: 'REFUSED_REQUEST',
		message: 'The host says: that is for members.',
	});
	await expect(lost).rejects.toMatchObject({code: 'LOST'});
});
