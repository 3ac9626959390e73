import {describe, expect, it} from 'vitest';
import {startBroker} from '../../source/broker/index.ts';
import {onCleanup} from '../support/cleanup.ts';
import {temporaryFolder} from '../support/environment.ts';
import {ExtendedPeer, TestKey} from '../support/extended-peer.ts';
import type {Address} from '../support/peer.ts';
import {joinByProgram, joinBySocket, type Talker} from './talkers.ts';

const pingMs = 40;
const count = 30;

/** Somebody who does all that a-chat/1 has, and answers when it is asked whether it lives. */
const beBusy = async (address: Address, login: string, others: readonly string[]): Promise<Set<string>> => {
	const seen = new Set<string>();
	const key = new TestKey();
	const one = await ExtendedPeer.withAll(address, login, key);
	one.say({type: 'room-join', room: '#dev'});
	for (let i = 0; i < count; i++) {
		one.say({type: 'typing', to: [...others, '#dev'], state: 'active'});
		one.say({type: 'send', key: `k${i}`, to: [...others, '#dev'], text: `${i} of ${login}`});
		one.say({type: 'send', key: `r${i}`, to: ['#dev'], text: `${i} for the room`});
		one.say({type: 'state', state: i % 2 === 0 ? 'away' : 'here', text: 'lunch'});
		one.say({type: 'history', room: '#dev', req: `h${i}`});
		one.say({type: 'who', req: `w${i}`});
		one.say({type: 'search', req: `s${i}`, text: login});
	}
	one.say({type: 'room-leave', room: '#dev'});
	let isOver = false;
	onCleanup('test', () => {
		isOver = true;
		one.peer.reset();
	});
	const listen = async (): Promise<void> => {
		while (!isOver) {
			const line = await one.next().catch(() => undefined);
			if (line === undefined) return;
			seen.add(line.type);
			// Who is busy is not told who types; in a moment in which a ping comes, most are idle.
			if (line.type === 'ping') {
				one.say({type: 'pong', n: line.n});
				one.say({type: 'typing', to: others, state: 'done'});
			}
			if (line.type === 'msg' && line.n !== undefined && line.prev !== undefined)
				one.say({type: 'got', n: line.n});
		}
	};
	void listen();
	return seen;
};

describe.each([
	['memory', () => undefined],
	['disk', temporaryFolder],
])('plain peers on a busy host with a store in %s', (_, folder) => {
	it('get nothing but lines that are for them', async () => {
		const broker = await startBroker({
			port: 0,
			store: folder(),
			shutdownLingerMs: 1,
			pingMs,
			housekeepingMs: 10,
		});
		onCleanup('test', () => broker.close());
		const plain: Talker[] = [
			await joinBySocket(broker.address, 'nc'),
			await joinByProgram(broker.address, 'plain'),
		];
		const logins = ['alice', 'bob', 'carol'];
		const seen = await Promise.all(
			logins.map(login =>
				beBusy(broker.address, login, ['nc', 'plain', ...logins.filter(name => name !== login)]),
			),
		);
		await joinBySocket(broker.address, 'passer-by');
		for (const one of plain) await expect.poll(() => one.received().length).toBe(count * logins.length);
		// All of that went on while they listened, longer than it takes until somebody silent is asked for a word.
		const all = ['ack', 'status', 'msg', 'join', 'user', 'typing', 'room-joined', 'room-left', 'end', 'ping'];
		for (const types of seen) await expect.poll(() => [...types]).toEqual(expect.arrayContaining(all));
		for (const one of plain)
			for (const login of logins) {
				const expected = Array.from({length: count}, (__, i) => `from ${login}: ${i} of ${login}`);
				expect(one.received().filter(line => line.startsWith(`from ${login}: `))).toEqual(expected);
			}
		for (const one of plain) expect(one.received()).toHaveLength(count * logins.length);
	});
});
