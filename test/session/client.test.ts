import {once} from 'node:events';
import {type AddressInfo, createServer} from 'node:net';
import {describe, expect, test} from 'vitest';
import {
	type Client,
	type ConnectOptions,
	connect,
	type Message,
	type News,
	startBroker,
} from '../../source/index.ts';
import {onCleanup} from '../support/cleanup.ts';
import {temporaryFolder} from '../support/environment.ts';
import {type Address, Peer} from '../support/peer.ts';
import {startPlainFront} from '../support/plain-host.ts';

async function host(options: {readonly store?: string; readonly port?: number} = {}) {
	const broker = await startBroker({port: 0, shutdownLingerMs: 1, ...options});
	onCleanup('test', () => broker.close());
	return broker;
}

/** Whether the host speaks a-chat/1 changes nothing of what these show. */
describe.each(['a-chat/1', 'plain'])('on a host that speaks %s', dialect => {
	let address: Address;
	async function join(
		login: string,
	): Promise<{client: Client; address: Address; broker: Awaited<ReturnType<typeof host>>}> {
		const broker = await host();
		address = dialect === 'plain' ? await startPlainFront(broker.address) : broker.address;
		const client = await connect({login, ...address});
		expect(client.isExtended).toBe(dialect !== 'plain');
		return {client, address, broker};
	}

	test('a client receives in order and sends', async () => {
		const {client, address} = await join('echo');
		const bob = await Peer.login(address, 'bob');
		bob.send('echo: 1', 'echo: 2', 'echo: bye');

		for await (const {from, text} of client) {
			if (text === 'bye') break;
			await client.send(from, `you said ${text}`);
		}
		await client.close();

		expect(await bob.take(2)).toEqual(['from echo: you said 1', 'from echo: you said 2']);
	});

	test('the iteration ends when the host closes', async () => {
		const {client, broker} = await join('echo');
		const texts: string[] = [];
		const closed = broker.close();
		for await (const {from} of client) texts.push(from);
		await closed;

		// Its last words are no message where there is a line of their own for them.
		expect(texts).toEqual(dialect === 'plain' ? ['server'] : []);
	});

	test('a taken name and a bad name are refused, and what is sent after the end', async () => {
		const {client, address} = await join('echo');

		await expect(connect({login: 'ECHO', ...address, settleMs: 1000})).rejects.toMatchObject({
			code: 'NAME_TAKEN',
		});
		await expect(connect({login: 'a:b'})).rejects.toThrow(RangeError);
		await client.close();
		await expect(client.send('bob', 'too late')).rejects.toMatchObject({code: 'LOST'});
	});

	test('a client that does not iterate stops reading, and holds a bounded number of messages', async () => {
		const {client, address} = await join('lazy');
		const bob = await Peer.login(address, 'bob');
		for (let index = 0; index < 5000; index++) bob.send(`lazy: ${index}`);
		bob.send('bob: done');
		await bob.line();

		const texts: string[] = [];
		for await (const {text} of client) {
			texts.push(text);
			if (texts.length === 5000) break;
		}
		expect(texts).toEqual(Array.from({length: 5000}, (_, index) => String(index)));
		await client.close();
	});

	test('closing ends the loops that wait for a message', async () => {
		const {client, address} = await join('echo');
		const bob = await Peer.login(address, 'bob');
		const gather = async () => {
			const texts: string[] = [];
			for await (const {text} of client) texts.push(text);
			return texts;
		};
		const loops = Promise.all([gather(), gather()]);
		bob.send('echo: 1', 'echo: 2', 'bob: sent');
		await bob.line();
		await client.close();

		expect((await loops).flat().sort()).toEqual(['1', '2']);
	});

	test('closing does not wait for a reader: what is held and what comes is dropped', async () => {
		const {client, address} = await join('lazy');
		const bob = await Peer.login(address, 'bob');
		bob.send(...Array.from({length: 5000}, (_, index) => `lazy: ${index}`), 'bob: sent');
		await bob.line();

		await client.close();
	});

	test('what was sent before closing is delivered, what is sent afterwards is refused and breaks nothing', async () => {
		const {client, address} = await join('alice');
		const bob = await Peer.login(address, 'bob');
		const texts = Array.from({length: 2000}, (_, index) => `${index} ${'x'.repeat(900)}`);
		const sent = texts.map(text => client.send('bob', text));
		const closed = client.close();

		await expect(client.send('bob', 'late')).rejects.toMatchObject({code: 'LOST'});
		await Promise.all([...sent, closed]);
		expect(await bob.take(texts.length)).toEqual(texts.map(text => `from alice: ${text}`));
	});

	test('a message that a host would skip in silence is refused', async () => {
		const {client} = await join('alice');
		const crowd = Array.from({length: 21}, (_, index) => `bob${index}`);

		for (const to of [[], ' ', ['bob', ''], 'a:b', crowd]) {
			await expect(client.send(to, 'hi')).rejects.toThrow(RangeError);
		}
		await client.send(crowd.slice(1), 'hi');
		await client.close();
	});
});

test('on a plain host a text is one line, at most 64 KiB of it, and nothing can be asked', async () => {
	const broker = await host();
	const client = await connect({login: 'alice', ...(await startPlainFront(broker.address))});
	const bob = await Peer.login(broker.address, 'bob');

	await expect(client.send('bob', 'a\nb')).rejects.toThrow(RangeError);
	await expect(client.send('bob', 'x'.repeat(65_536))).rejects.toThrow(RangeError);
	expect(await client.send('bob', 'waves', {action: true})).toEqual({people: []});
	expect(await bob.line()).toBe('from alice: * waves');
	await expect(client.who()).rejects.toMatchObject({code: 'NOT_EXTENDED'});
	await expect(client.join('#dev')).rejects.toMatchObject({code: 'NOT_EXTENDED'});
	expect(() => client.setState('away')).toThrow('no more than names');
	await client.close();
	await expect(client.rooms()).rejects.toMatchObject({code: 'LOST'});
});

test('a host that never closes its side is not waited for without end', async () => {
	const server = createServer({allowHalfOpen: true}, socket => socket.resume()).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	const client = await connect({login: 'echo', port, settleMs: 1, closeTimeoutMs: 50});

	await expect(client.close()).rejects.toMatchObject({code: 'LOST'});
	server.close();
});

const guest = async ({host: name, port}: Address, login: string, options: Partial<ConnectOptions> = {}) =>
	connect({login, host: name, port, ...options});

async function take(client: Client, count: number): Promise<Message[]> {
	const messages: Message[] = [];
	for await (const message of client) if (messages.push(message) === count) break;
	return messages;
}

test('what is sent is acknowledged, and it is told who has it and who gets it later', async () => {
	const {address} = await host();
	const [alice, bob] = [await guest(address, 'alice'), await guest(address, 'bob')];
	const nc = await Peer.login(address, 'nc');
	const delivery = once(alice, 'delivery');
	const receipt = await alice.send(['bob', 'nc', 'nobody'], 'two\nlines', {key: 'k1'});

	expect(receipt).toMatchObject({
		...{n: 1, stored: 'memory'},
		people: [
			{login: 'bob', state: 'queued'},
			{login: 'nc', state: 'sent'},
			{login: 'nobody', state: 'absent'},
		],
	});
	expect(Math.abs((receipt.at?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
	expect(await nc.take(2)).toEqual(['from alice: two', 'from alice: lines']);
	expect(await delivery).toMatchObject([{id: receipt.id, key: 'k1', to: 'bob', state: 'queued'}]);
	const later = once(alice, 'delivery');
	const [message] = await take(bob, 1);
	expect(message).toEqual({
		...{id: receipt.id, n: 1, at: receipt.at, from: 'alice', to: ['bob', 'nc', 'nobody'], text: 'two\nlines'},
		action: undefined,
	});
	for (let [{state}] = await later; state !== 'delivered'; ) [{state}] = await once(alice, 'delivery');
	// Sent once more, it is the same message.
	expect(await alice.send(['bob', 'nc', 'nobody'], 'two\nlines', {key: 'k1'})).toMatchObject({
		id: receipt.id,
	});
	await expect(alice.send('bob', 'another', {key: 'k1'})).rejects.toMatchObject({
		...{code: 'REFUSED_MESSAGE', hostCode: 'KEY_REUSED'},
	});
	await Promise.all([alice.close(), bob.close()]);
});

test('people, rooms, history, search, presence and typing', async () => {
	const {address} = await host();
	const alice = await guest(address, 'alice');
	const news: unknown[] = [];
	const note = (one: News) => news.push(one);
	alice.on('presence', note).on('typing', note).on('room-joined', note).on('room-left', note);
	const bob = await guest(address, 'bob');
	await expect.poll(() => news).toContainEqual({type: 'presence', login: 'bob', state: 'here'});

	await alice.join('#dev');
	await bob.join('#DEV');
	await Promise.all([bob.send('#dev', 'needle in the room'), bob.send('alice', 'waves', {action: true})]);
	expect(await take(alice, 2)).toMatchObject([{to: ['#dev']}, {text: 'waves', action: true}]);
	expect(await alice.rooms()).toEqual([{room: '#dev', members: 2}]);
	expect((await alice.who('#dev')).map(({login}) => login).sort()).toEqual(['alice', 'bob']);
	expect((await alice.history('bob')).messages).toMatchObject([{text: 'waves', action: true, from: 'bob'}]);
	expect(await alice.history('#dev', {limit: 1})).toMatchObject({messages: [{from: 'bob'}], more: false});
	await expect.poll(async () => (await alice.search('needle')).messages.length).toBe(1);
	bob.typing('alice');
	bob.setState('away', 'at lunch');
	await expect
		.poll(() => news)
		.toContainEqual({type: 'presence', login: 'bob', state: 'away', note: 'at lunch'});
	expect(news).toContainEqual({type: 'typing', from: 'bob', to: ['alice'], state: 'active'});
	await bob.leave('#dev');
	await expect(bob.leave('#dev')).rejects.toMatchObject({code: 'REFUSED_REQUEST', hostCode: 'FORBIDDEN'});
	await expect(bob.leave('#none')).rejects.toMatchObject({hostCode: 'NO_SUCH_ROOM'});
	await expect(bob.join('dev')).rejects.toThrow(RangeError);
	await expect(bob.search('a\nb')).rejects.toThrow(RangeError);
	expect(() => bob.typing('a:b')).toThrow(RangeError);
	await bob.close();
	await expect.poll(() => news).toContainEqual({type: 'presence', login: 'bob', state: 'gone'});
	expect(news).toContainEqual({type: 'room-left', room: '#dev', login: 'bob'});
	await alice.close();
});

test('a loop that answers is not held up by however much comes meanwhile', async () => {
	const {address} = await host();
	const lazy = await guest(address, 'lazy');
	const bob = await Peer.login(address, 'bob');
	bob.send(...Array.from({length: 2000}, (_, index) => `lazy: ${index}`), 'bob: sent');
	await bob.line();

	let answers = 0;
	for await (const {text} of lazy) {
		expect(text).toBe(String(answers));
		await lazy.send('bob', text);
		answers++;
		if (answers === 2000) break;
	}
	expect(await bob.take(2000)).toHaveLength(2000);
	await lazy.close();
});

test('once the connection is gone nothing more is sent, though what came may still be read', async () => {
	const broker = await host();
	const client = await connect({login: 'echo', ...broker.address});
	const bob = await Peer.login(broker.address, 'bob');
	bob.send('echo: 1', 'echo: 2', 'echo: 3');
	const loop = client[Symbol.asyncIterator]();
	expect((await loop.next()).value).toMatchObject({text: '1'});
	await broker.close();

	const outcomeOf = (work: Promise<unknown>) => work.then(String, ({code}) => code);
	await expect.poll(() => outcomeOf(client.send('bob', 'late'))).toBe('LOST');
	expect(await outcomeOf(client.who())).toBe('LOST');
	const rest: unknown[] = [];
	for (let next = await loop.next(); !next.done; next = await loop.next()) rest.push(next.value.text);
	expect(rest).toEqual(['2', '3']);
});

test('with a folder, what was not taken comes again, and what was taken does not', async () => {
	const {address} = await host({store: temporaryFolder()});
	const data = temporaryFolder();
	const first = await guest(address, 'bot', {data});
	await expect(guest(address, 'bot', {data})).rejects.toMatchObject({code: 'LOCKED'});
	const bob = await Peer.login(address, 'bob');
	bob.send('bot: 1', 'bot: 2', 'bot: 3', 'bob: sent');
	await bob.line();
	expect((await take(first, 2)).map(({text}) => text)).toEqual(['1', '2']);
	await first.close();
	bob.send('bot: 4', 'bob: sent');
	await bob.line();

	const second = await guest(address, 'bot', {data});
	const missed = once(second, 'live');
	expect((await take(second, 2)).map(({text}) => text)).toEqual(['3', '4']);
	expect(await missed).toEqual([2]);
	await second.close();
	const third = await guest(address, 'bot', {data});
	expect(await once(third, 'live')).toEqual([0]);
	await third.close();
});

const welcome =
	'@welcome a-chat=1 srv=first you=bot caps=ack n=0 ts=0 stored=memory text=4096 line=8192 dests=20 rate=0 ping=30 keys=60';

test('with a folder, what a host did not acknowledge goes out with the next connection, and to another host only if that is trusted', async () => {
	const data = temporaryFolder();
	const mute = createServer(socket => {
		socket.on('error', () => {});
		socket.write(`${welcome}\n@live\n`);
		socket.on('data', chunk => {
			if (chunk.includes('@send')) socket.destroy();
		});
	}).listen(0, '127.0.0.1');
	await once(mute, 'listening');
	const {port} = mute.address() as AddressInfo;
	const bot = await connect({login: 'bot', port, data});
	await expect(bot.send('bob', 'important', {key: 'k'})).rejects.toMatchObject({code: 'LOST'});
	await bot.close();
	mute.close();
	await once(mute, 'close');

	const {address} = await host({port});
	const bob = await Peer.login(address, 'bob');
	await expect(guest(address, 'bot', {data})).rejects.toMatchObject({code: 'STRANGER'});
	const trusting = await guest(address, 'bot', {data, trustNewHost: true});
	expect(await bob.line()).toBe('from bot: important');
	await trusting.close();
	const again = await guest(address, 'bot', {data});
	await again.close();
	await bob.leave();
	expect(bob.lines).toEqual([]);
});

test('a host that spoke a-chat/1 is not spoken to without', async () => {
	const broker = await host();
	const data = temporaryFolder();
	await (await guest(broker.address, 'bot', {data})).close();
	const {port} = broker.address;
	await broker.close();
	const server = createServer(socket => socket.resume()).listen(port, '127.0.0.1');
	await once(server, 'listening');

	await expect(guest(broker.address, 'bot', {data})).rejects.toMatchObject({code: 'LOST'});
	server.close();
});
