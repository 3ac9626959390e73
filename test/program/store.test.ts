import {existsSync} from 'node:fs';
import {mkdir, readdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {temporaryFolder} from '../support/environment.ts';
import {ExtendedPeer, TestKey} from '../support/extended-peer.ts';
import {Program, runProgram, startHost} from '../support/program.ts';

const at = (port: number) => ({host: '127.0.0.1', port});

describe('a host with a store', () => {
	test('has what it acknowledged after it was killed, and starts again at once', async () => {
		const store = path.join(temporaryFolder('test'), 'store');
		const key = new TestKey();
		const first = await startHost([`--store=${store}`]);
		const bob = await ExtendedPeer.join(at(first.port), 'bob', {key});
		await bob.peer.leave();
		const alice = await ExtendedPeer.join(at(first.port), 'alice');
		const count = 300;
		for (let i = 0; i < count; i++)
			alice.say({type: 'send', key: `k${i}`, to: ['bob', 'nobody'], text: `${i}`});
		const acknowledged: string[] = [];
		while (acknowledged.length < 100) {
			const line = await alice.next();
			if (line.type === 'ack') {
				expect(line.stored).toBe('disk');
				acknowledged.push(line.id);
			}
		}
		first.program.kill('SIGKILL');
		await first.program.waitForExit();

		const second = await startHost([`--store=${store}`]);
		const back = await ExtendedPeer.hello(at(second.port), 'bob', {pub: key.pub});
		const {nonce, srv} = await back.expect('challenge');
		back.say({type: 'auth', sig: key.sign(srv, nonce, 'bob')});
		const messages = (await back.until('live')).filter(line => line.type === 'msg');
		expect(messages.map(({id}) => id).slice(0, acknowledged.length)).toEqual(acknowledged);
		expect(new Set(messages.map(({id}) => id)).size).toBe(messages.length);
		expect(srv).toBe(alice.welcome?.srv);
	});

	test('knows after it was killed who was told of entering or leaving a room', async () => {
		const store = path.join(temporaryFolder('test'), 'store');
		const first = await startHost([`--store=${store}`]);
		const people = ['alice', 'bob', 'carol'].map(name => ({name, key: new TestKey()}));
		const [alice, bob, carol] = (await Promise.all(
			people.map(({name, key}) => ExtendedPeer.join(at(first.port), name, {key})),
		)) as [ExtendedPeer, ExtendedPeer, ExtendedPeer];
		for (const one of [alice, bob]) {
			one.say({type: 'room-join', room: '#dev'});
			await one.expect('room-joined');
		}
		alice.say({type: 'room-leave', room: '#dev'});
		carol.say({type: 'room-join', room: '#dev'});
		await Promise.all([alice.until('room-left'), carol.until('room-joined')]);
		first.program.kill('SIGKILL');
		await first.program.waitForExit();

		const second = await startHost([`--store=${store}`]);
		const back = await Promise.all(
			people.map(({name, key}) => ExtendedPeer.join(at(second.port), name, {key})),
		);
		const answers: string[] = [];
		for (const one of back) {
			one.say({type: 'who', room: '#dev', req: 'w'});
			answers.push((await one.next()).type);
		}
		expect(answers).toEqual(['fail', 'user', 'user']);
	});

	test('is waited for by another one, which says so and goes on when the first ends', async () => {
		const store = path.join(temporaryFolder('test'), 'store');
		const first = await startHost([`--store=${store}`]);
		const second = new Program(['--host', '--headless', '--listen=0', `--store=${store}`]);
		await second.waitFor(`Waiting for another host that uses ${store}`, {stream: 'stderr'});
		expect(second.stdout).toBe('');
		first.program.kill();
		expect(await first.program.waitForExit()).toMatchObject({code: 0});
		await second.waitFor('listening on');
	});

	test('that is no store is left as it is, and told in a sentence', async () => {
		const store = path.join(temporaryFolder('test'), 'store');
		await mkdir(store);
		await writeFile(path.join(store, 'messages.db'), 'a letter that somebody wrote\n'.repeat(1000));
		const {code, stdout, stderr} = await runProgram([
			'--host',
			'--headless',
			'--listen=0',
			`--store=${store}`,
		]);
		expect([code, stdout]).toEqual([1, '']);
		expect(stderr).toMatch(/^a-chat-tui: .*messages\.db is damaged, or nothing of a-chat-tui: .*\n$/);
	});

	test('has a place for each address of its own, and none for a port that is picked anew', async () => {
		const home = temporaryFolder('test');
		const {program, port} = await startHost([], {home});
		expect(existsSync(path.join(home, 'data', 'hosts'))).toBe(false);
		program.kill();
		await program.waitForExit();
		// A port that was free a moment ago.
		await startHost([], {home, port});
		expect(await readdir(path.join(home, 'data', 'hosts'))).toEqual([`127.0.0.1-${port}`]);
	});
});
