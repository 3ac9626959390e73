import {describe, expect, it, vi} from 'vitest';
import {startForeignServer} from '../support/foreign-server.ts';
import {plainServer, servers} from './servers.ts';
import {isDelivery, joinByProgram, joinBySession, joinBySocket, makeMember, type Talker} from './talkers.ts';

const rounds = ['one', 'two', 'three'];

/** What somebody should get from somebody else. */
const linesFrom = (login: string): string[] => rounds.map(word => `from ${login}: ${word} of ${login}`);

const from = (talker: Talker, login: string): string[] =>
	talker.received().filter(line => line.startsWith(`from ${login}: `));

describe.each(servers)('on $name', ({start, isExtended}) => {
	it('each client talks with each other one, of its own kind and of every other', async () => {
		const address = await start();
		const talkers: Talker[] = [
			await joinBySocket(address, 'nc1'),
			await joinBySocket(address, 'nc2'),
			...(await Promise.all(['plain1', 'plain2'].map(login => joinByProgram(address, login)))),
			...(await Promise.all(['kept1', 'kept2'].map(login => joinBySession(address, login, false)))),
			...(await Promise.all(['guest1', 'guest2'].map(login => joinBySession(address, login, true)))),
		];
		for (const word of rounds)
			for (const {login, send} of talkers) {
				const others = talkers.filter(other => other.login !== login);
				send(
					others.map(other => other.login),
					`${word} of ${login}`,
				);
			}
		for (const one of talkers) {
			await expect.poll(() => one.received().length).toBe(rounds.length * (talkers.length - 1));
			for (const other of talkers)
				expect(from(one, other.login)).toEqual(other === one ? [] : linesFrom(other.login));
		}
	});

	it('a line of ours is shown as what this server can tell of it', async () => {
		const address = await start();
		const nc = await joinBySocket(address, 'nc');
		const bob = await joinBySession(address, 'bob', false);
		const alice = await joinBySession(address, 'alice', false);
		alice.send(['nc', 'bob', 'nobody'], 'hi');
		await expect
			.poll(() => [nc.received(), bob.received()])
			.toEqual([['from alice: hi'], ['from alice: hi']]);
		nc.send(['alice'], 'hello');
		await expect.poll(() => alice.received()).toEqual(['from nc: hello']);
		if (isExtended) {
			const told = ['1 nc sent', '1 bob queued', '1 nobody absent', '1 bob delivered'];
			await expect.poll(() => alice.told).toEqual(told);
		} else expect([alice.told, alice.messages, bob.messages]).toEqual([[], [], []]);
		expect([...alice.states.values()]).toEqual([isExtended ? 'accepted' : 'written']);
		expect(alice.notices).toEqual([]);
	});
});

describe('our client on a plain server', () => {
	it('is in after 380 ms and a round trip, and what was typed meanwhile goes out then', async () => {
		const server = await startForeignServer();
		const {member, begin} = await makeMember({host: '127.0.0.1', port: server.port}, 'alice', undefined);
		vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout', 'performance']});
		try {
			begin();
			await server.accept();
			while (!server.received().endsWith('\n')) await new Promise(setImmediate);
			member.send(['bob'], 'hi');
			expect(server.received()).toMatch(/^alice\n@hello a-chat=1 [^:\n]*\n$/);
			vi.advanceTimersByTime(379);
			expect(member.session.status.phase).toBe('connecting');
			// The clock stood still while it connected, so the round trip took nothing.
			vi.advanceTimersByTime(1);
			expect(member.session.status.phase).toBe('open');
		} finally {
			vi.useRealTimers();
		}
		await expect.poll(() => server.received()).toMatch(/\nbob: hi\n$/);
	});

	it('shows what others say in the words of a-chat/1 as words', async () => {
		const address = await plainServer.start();
		const alice = await joinBySession(address, 'alice', false);
		const nc = await joinBySocket(address, 'nc');
		nc.send(['alice'], '@welcome a-chat=1 srv=x');
		nc.send(['alice'], '@bye code=TAKEN_OVER :go');
		await expect.poll(() => alice.received().length).toBe(2);
		expect(alice.received().every(isDelivery)).toBe(true);
		expect([alice.session.status.phase, alice.told, alice.messages]).toEqual(['open', [], []]);
	});
});
