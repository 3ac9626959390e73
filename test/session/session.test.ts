import {once} from 'node:events';
import {createServer, type Server, type Socket} from 'node:net';
import {afterEach, expect, test} from 'vitest';
import {type Broker, startBroker} from '../../source/broker/index.ts';
import {Session} from '../../source/session/session.ts';
import type {SessionOptions, SessionStatus} from '../../source/session/session-types.ts';
import {Peer} from '../support/peer.ts';

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
	for (const step of undo.splice(0).reverse()) await step();
});

async function host(port = 0): Promise<Broker> {
	const broker = await startBroker({port});
	undo.push(() => broker.close());
	return broker;
}

/** A server that does what a test tells it to. */
async function serve(onConnection: (socket: Socket) => void): Promise<Server & {port: number}> {
	const server = createServer({allowHalfOpen: true}, socket => {
		socket.on('error', () => {});
		onConnection(socket);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const sockets = new Set<Socket>();
	server.on('connection', socket => sockets.add(socket));
	undo.push(async () => {
		for (const socket of sockets) socket.destroy();
		server.close();
	});
	return Object.assign(server, {port: (server.address() as {port: number}).port});
}

/** The same for the first connection only; later ones are met with silence. */
function serveOnce(onConnection: (socket: Socket) => void): ReturnType<typeof serve> {
	let isFirst = true;
	return serve(socket => {
		if (isFirst) onConnection(socket);
		isFirst = false;
	});
}

function join(options: Partial<SessionOptions> & {port: number}): Session {
	const session = new Session({
		address: {host: '127.0.0.1', port: options.port},
		login: 'alice',
		settleMs: 250,
		...options,
	});
	undo.push(() => session.stop());
	session.start();
	return session;
}

async function until(session: Session, phase: SessionStatus['phase']): Promise<SessionStatus> {
	while (session.status.phase !== phase) await once(session, 'status');
	return session.status;
}

async function nextTexts(session: Session): Promise<string[]> {
	const [lines] = await once(session, 'lines');
	return (lines as {line: string}[]).map(({line}) => line);
}

test('a session joins, sends and receives', async () => {
	const broker = await host();
	const bob = await Peer.login(broker.address, 'bob');
	const session = join({port: broker.address.port});
	await until(session, 'open');

	session.send(['bob'], 'hi');
	expect(await bob.line()).toBe('from alice: hi');
	bob.send('alice: hello');
	expect(await nextTexts(session)).toEqual(['from bob: hello']);
});

test('what is sent before the host has let us in waits, and goes out in order', async () => {
	const broker = await host();
	const bob = await Peer.login(broker.address, 'bob');
	const session = join({port: broker.address.port});
	session.send(['bob'], '1');
	session.send(['bob'], '2');

	expect(await bob.take(2)).toEqual(['from alice: 1', 'from alice: 2']);
});

test('a name that is taken stops a session that was never in, with the words of the host', async () => {
	const broker = await host();
	await Peer.login(broker.address, 'alice');
	const session = join({port: broker.address.port, settleMs: 1000});

	expect(await until(session, 'stopped')).toMatchObject({
		reason: {
			code: 'NAME_TAKEN',
			message: `127.0.0.1:${broker.address.port} says: the name "alice" is taken.`,
		},
	});
});

test('a session comes back by itself, and what was never written is sent then', async () => {
	const first = await host();
	const {port} = first.address;
	const session = join({port});
	await until(session, 'open');
	await first.close();
	await until(session, 'waiting');
	session.send(['bob'], 'while you were away');

	const second = await host(port);
	const bob = await Peer.login(second.address, 'bob');
	expect(await bob.line()).toBe('from alice: while you were away');
});

test('what was written before a break is unsure, and never sent again', async () => {
	const received: string[] = [];
	const connections: Socket[] = [];
	const server = await serve(socket => {
		connections.push(socket);
		socket.on('data', chunk => received.push(chunk.toString()));
		socket.on('end', () => socket.end());
	});
	const session = join({port: server.port, settleMs: 20});
	const posts: [readonly number[], string][] = [];
	session.on('posts', (ids, state) => posts.push([ids, state]));
	await until(session, 'open');

	const [first] = connections as [Socket];
	session.send(['bob'], 'once');
	await Promise.all([once(session, 'posts'), once(first, 'data')]);
	first.resetAndDestroy();
	await until(session, 'connecting');
	await until(session, 'open');
	session.send(['bob'], 'again');
	await once(session, 'posts');
	await once(connections[1] as Socket, 'data');

	expect(posts).toEqual([
		[[1], 'written'],
		[[1], 'unsure'],
		[[2], 'written'],
	]);
	expect(received.join('')).toBe('alice\nbob: once\nalice\nbob: again\n');
});

test('a server that speaks something else is told apart', async () => {
	const server = await serve(socket => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
	const session = join({port: server.port});

	expect(await until(session, 'stopped')).toMatchObject({
		reason: {
			code: 'NOT_CHAT',
			message: `127.0.0.1:${server.port} answers HTTP, not chat: use --host --listen ${server.port + 1}`,
		},
	});
});

test('a line that a server breaks off in the middle is still shown', async () => {
	const server = await serveOnce(socket => {
		socket.once('data', () => socket.end('from bob: whole\nfrom bob: ha'));
	});
	const session = join({port: server.port});
	const lines: string[] = [];
	session.on('lines', received => lines.push(...received.map(({line}) => line)));
	while (lines.length < 2) await once(session, 'lines');

	expect(lines).toEqual(['from bob: whole', 'from bob: ha']);
});

test('half a line that a reset cut off is no line', async () => {
	const server = await serveOnce(socket => {
		socket.once('data', () => {
			socket.write('from bob: whole\nfrom bob: ha');
			setTimeout(() => socket.resetAndDestroy(), 50);
		});
	});
	const session = join({port: server.port});
	const lines: string[] = [];
	session.on('lines', received => lines.push(...received.map(({line}) => line)));
	// The next try tells that the first connection is gone.
	await once(server, 'connection');
	await once(server, 'connection');

	expect(lines).toEqual(['from bob: whole']);
});

test('leaving sends everything that was said before, and nothing that is said afterwards', async () => {
	const broker = await host();
	const bob = await Peer.login(broker.address, 'bob');
	const session = join({port: broker.address.port});
	await until(session, 'open');
	const texts = Array.from({length: 200}, (_, index) => `${index} ${'x'.repeat(900)}`);
	for (const text of texts) session.send(['bob'], text);
	const stopped = session.stop();

	expect(session.send(['bob'], 'too late')).toBeUndefined();
	await stopped;
	expect(await bob.take(texts.length)).toEqual(texts.map(text => `from alice: ${text}`));
	await bob.leave();
	expect(bob.lines).toEqual([]);
});

test('where nobody hosts, a session that can be rescued is', async () => {
	const broker = await host();
	const {port} = broker.address;
	await broker.close();
	const session = join({
		port,
		async rescue() {
			await host(port);
			return true;
		},
	});

	expect(await until(session, 'open')).toEqual({phase: 'open', isPlain: true});
});

test('why a session cannot be rescued is its reason to wait', async () => {
	const {port} = (await host()).address;
	await undo.pop()?.();
	const session = join({port, rescue: () => Promise.reject(new Error('too few files'))});
	const tried = await until(session, 'waiting');

	expect(tried).toMatchObject({reason: {message: 'too few files'}});
});

test('a host that lets us in and ends at once is tried with growing waits', async () => {
	const server = await serve(socket => {
		socket.once('data', () => setTimeout(() => socket.end(), 60));
	});
	const session = join({port: server.port, settleMs: 20});

	expect(await until(session, 'waiting')).toMatchObject({reason: {code: 'LOST'}});
});

test('a line longer than any server may send is cut, not gathered', async () => {
	const server = await serveOnce(socket => {
		socket.once('data', () => socket.end(`from bob: ${'x'.repeat(200_000)}\nfrom bob: next\n`));
	});
	const session = join({port: server.port});
	const lengths: number[] = [];
	session.on('lines', received => lengths.push(...received.map(({line}) => line.length)));
	while (lengths.length < 2) await once(session, 'lines');

	expect(lengths).toEqual([73_728, 'from bob: next'.length]);
});
