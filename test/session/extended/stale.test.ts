import {once} from 'node:events';
import path from 'node:path';
import {expect, it, onTestFinished} from 'vitest';
import {type Client, connect} from '../../../source/index.ts';
import {openSessionStore} from '../../../source/session/store/session-store.ts';
import {type Handlers, startLineProxy} from '../../chaos/line-proxy.ts';
import {temporaryFolder} from '../../support/environment.ts';
import {JsonBot} from '../../support/json-bot.ts';
import {Peer} from '../../support/peer.ts';
import {hostAt, newFolder, Talker} from './talker.ts';

/**
 * A host that loses its acknowledgements as long as it is told to, knows keys for so many seconds, and does not know what
 * alice said before.
 */
const forgetfulHost = async () => {
	const {address} = await hostAt(undefined);
	const told = {keys: 7_776_000, isLosing: true, hasForgotten: true};
	let cut = () => {};
	const handlers: Handlers = {
		onServerLine(line, passage) {
			const {toClient} = passage;
			cut = passage.cut;
			if (line.startsWith('@welcome ')) toClient(line.replace(/ keys=\d+/, ` keys=${told.keys}`));
			else if (told.isLosing && /^@(?:ack|status) /.test(line)) return;
			else if (!told.hasForgotten || !/^@msg .*from=alice/.test(line)) toClient(line);
		},
	};
	const {port, close} = await startLineProxy(address.port, () => handlers);
	onTestFinished(close);
	const bob = await Peer.login(address, 'bob');
	return {port, told, bob, cut: () => cut()};
};

/** The same, with a line of alice that bob has and of which she does not know. */
const withUnknownLine = async () => {
	const home = await newFolder();
	const {told, ...rest} = await forgetfulHost();
	const first = await Talker.join(rest.port, 'alice', home);
	first.session.send(['bob'], 'one');
	expect(await rest.bob.line()).toBe('from alice: one');
	await first.stop();
	told.isLosing = false;
	return {home, told, ...rest};
};

const leftIn = async (home: string): Promise<readonly string[]> => {
	const store = await openSessionStore(path.join(home, 'alice'));
	await store.close();
	return store.held.outbox.map(({text}) => text);
};

it('what may have been taken longer ago than the host knows is asked about, and sent again on yes', async () => {
	const {home, told, port, bob} = await withUnknownLine();
	told.keys = 0;
	const second = await Talker.make(port, 'alice', home);
	const [posts] = await once(second.session, 'stale');
	expect((posts as {text: string}[]).map(({text}) => text)).toEqual(['one']);
	expect([...second.states.values()]).toEqual(['stale']);
	second.session.send(['bob'], 'two');
	expect(await bob.line()).toBe('from alice: two');
	await second.stop();
	expect(await leftIn(home)).toEqual(['one']);

	const third = await Talker.make(port, 'alice', home);
	await once(third.session, 'stale');
	third.session.settleStale(true);
	// This host did know it.
	await expect.poll(() => [...third.states.values()]).toEqual(['accepted']);
	third.session.send(['bob'], 'three');
	expect(await bob.line()).toBe('from alice: three');
	await third.stop();
	expect(await leftIn(home)).toEqual([]);
});

it('on no it is sent never again, and kept no longer', async () => {
	const {home, told, port, bob} = await withUnknownLine();
	told.keys = 0;
	const alice = await Talker.make(port, 'alice', home);
	await once(alice.session, 'stale');
	alice.session.settleStale(false);
	expect([...alice.states.values()]).toEqual(['refused']);
	expect(alice.notices).toEqual(['TOO_OLD to bob: it may have been sent long ago']);
	alice.session.send(['bob'], 'two');
	expect(await bob.line()).toBe('from alice: two');
	await alice.stop();
	expect(await leftIn(home)).toEqual([]);
});

it('what the host tells among what was missed is known to be there, and not asked about', async () => {
	const {home, told, port, bob} = await withUnknownLine();
	Object.assign(told, {keys: 0, hasForgotten: false});
	const alice = await Talker.make(port, 'alice', home);
	let wasAsked = false;
	alice.session.on('stale', () => {
		wasAsked = true;
	});
	await once(alice.session, 'live');
	expect([...alice.states.values()]).toEqual(['accepted']);
	expect(alice.texts).toEqual([]);
	alice.session.send(['bob'], 'two');
	expect(await bob.line()).toBe('from alice: two');
	await alice.stop();
	expect(wasAsked).toBe(false);
	expect(await leftIn(home)).toEqual([]);
});

it('what is younger than the host knows is sent again by itself', async () => {
	const {home, port, bob} = await withUnknownLine();
	const alice = await Talker.join(port, 'alice', home);
	await expect.poll(() => [...alice.states.values()]).toEqual(['accepted']);
	alice.session.send(['bob'], 'two');
	expect(await bob.line()).toBe('from alice: two');
});

it('what was sent to nobody goes out however long it has waited, and what was sent on a connection before does not', async () => {
	const home = await newFolder();
	const {told, port, bob, cut} = await forgetfulHost();
	told.keys = 0;
	const alice = await Talker.make(port, 'alice', home);
	const early = alice.session.send(['bob'], 'before the first connection');
	expect(await bob.line()).toBe('from alice: before the first connection');
	expect(alice.states.size).toBe(0);
	const asked = once(alice.session, 'stale');
	told.isLosing = false;
	cut();
	await asked;
	expect(alice.states.get(early?.id ?? 0)).toBe('stale');
	alice.session.send(['bob'], 'later');
	expect(await bob.line()).toBe('from alice: later');
});

it('--json hands it back, with its text', async () => {
	const {told, port, bob} = await forgetfulHost();
	const home = temporaryFolder();
	const first = new JsonBot(port, 'alice', {home});
	await first.until('live');
	first.say({type: 'send', to: ['bob'], text: 'one', key: 'k'});
	expect(await bob.line()).toBe('from alice: one');
	// What it has said is kept then.
	first.program.kill('SIGTERM');
	await first.program.waitForExit();
	Object.assign(told, {keys: 0, isLosing: false});
	const second = new JsonBot(port, 'alice', {home});
	expect(await second.until('refused')).toMatchObject({key: 'k', code: 'TOO_OLD', to: ['bob'], said: 'one'});
	second.say({type: 'send', to: ['bob'], text: 'one', key: 'k'});
	expect(await second.until('accepted')).toMatchObject({key: 'k', duplicate: true});
	expect((await second.end()).rest.at(-1)).toEqual({type: 'ended', waiting: 0, kept: true});
});

/** What stands between passes no FIN on. */
const leave = (client: Client) => client.close().catch(() => {});

it('connect() hands it to whoever listens, and keeps it while nobody does', async () => {
	const {told, port, bob} = await forgetfulHost();
	const options = {login: 'alice', port, data: await newFolder(), closeTimeoutMs: 50};
	const first = await connect(options);
	first.send('bob', 'one', {key: 'k'}).catch(() => {});
	expect(await bob.line()).toBe('from alice: one');
	await leave(first);
	Object.assign(told, {keys: 0, isLosing: false});
	await leave(await connect(options));

	const listening = await connect(options);
	const [posts] = await once(listening, 'stale');
	expect(posts).toEqual([{key: 'k', to: ['bob'], text: 'one', at: expect.any(Date), action: undefined}]);
	await leave(listening);
	const last = await connect(options);
	let wasTold = false;
	last.on('stale', () => {
		wasTold = true;
	});
	await last.send('bob', 'two');
	expect(wasTold).toBe(false);
	await leave(last);
});
