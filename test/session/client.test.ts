import {once} from 'node:events';
import {type AddressInfo, createServer} from 'node:net';
import {afterEach, expect, test} from 'vitest';
import {type Broker, type Client, connect, startBroker} from '../../source/index.ts';
import {Peer} from '../support/peer.ts';

let broker: Broker | undefined;
afterEach(() => broker?.close());

async function join(login: string): Promise<{client: Client; address: {host: string; port: number}}> {
	broker ??= await startBroker({port: 0});
	return {client: await connect({login, ...broker.address}), address: broker.address};
}

afterEach(() => {
	broker = undefined;
});

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
	const {client} = await join('echo');
	const texts: string[] = [];
	const closed = broker?.close();
	for await (const {from} of client) texts.push(from);
	await closed;

	expect(texts).toEqual(['server']);
});

test('a taken name, a bad name and a text of two lines are refused', async () => {
	const {client, address} = await join('echo');

	await expect(connect({login: 'ECHO', ...address, settleMs: 1000})).rejects.toMatchObject({
		code: 'NAME_TAKEN',
	});
	await expect(connect({login: 'a:b'})).rejects.toThrow(RangeError);
	await expect(client.send('bob', 'a\nb')).rejects.toThrow(RangeError);
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

test('a host that never closes its side is not waited for without end', async () => {
	const server = createServer({allowHalfOpen: true}, socket => socket.resume()).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	const client = await connect({login: 'echo', port, settleMs: 1, closeTimeoutMs: 50});

	await expect(client.close()).rejects.toMatchObject({code: 'LOST'});
	server.close();
});
