import {once} from 'node:events';
import {type AddressInfo, createServer, type Socket} from 'node:net';
import {expect, test} from 'vitest';
import {LineSplitter} from '../../source/protocol/line-splitter.ts';
import {Session} from '../../source/session/session.ts';
import {onCleanup} from '../support/cleanup.ts';

/** Numbers from 0 to 1, the same for the same seed (a linear congruence of Numerical Recipes). */
const seeded = (seed: number) => {
	let state = seed;
	return () => {
		state = (state * 1_664_525 + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
};

/** The ways in which a server can fail a client, each `later` ms after the connection. */
const misdeeds: readonly ((socket: Socket, later: number) => void)[] = [
	socket => socket.resetAndDestroy(),
	socket => socket.end(),
	socket => socket.end('from server: this server is full\n'),
	(socket, later) => setTimeout(() => socket.resetAndDestroy(), later),
	(socket, later) => setTimeout(() => socket.end(), later),
	(socket, later) => {
		socket.pause();
		setTimeout(() => socket.resetAndDestroy(), later);
	},
	(socket, later) => {
		socket.write('from bob: whole\nfrom bob: ha');
		setTimeout(() => socket.resetAndDestroy(), later);
	},
];

/** A server that fails its clients by turns, until it is told to be good. */
const startStorm = async (random: () => number) => {
	const received: string[] = [];
	const storm = {isOver: false, isGood: false, connections: 0, received, port: 0};
	const server = createServer({allowHalfOpen: true}, socket => {
		const splitter = new LineSplitter({maxBytes: 65_536, overflow: 'refuse', isStrict: true});
		let isLogin = true;
		socket.on('error', () => {});
		socket.on('end', () => socket.end());
		socket.on('data', chunk => {
			for (const line of splitter.push(chunk)) {
				if (!isLogin) received.push(line);
				isLogin = false;
			}
		});
		const misdeed = misdeeds[storm.connections++ % misdeeds.length];
		storm.isGood = storm.isOver;
		if (!storm.isOver) misdeed?.(socket, 10 + 60 * random());
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	onCleanup('file', () => {
		server.close();
	});
	storm.port = (server.address() as AddressInfo).port;
	return storm;
};

// Side by side, so what one started must outlive the end of another.
test.concurrent.each([1, 2, 3])(
	'through a storm no line is sent twice or lost in silence (seed %i)',
	async seed => {
		const random = seeded(seed);
		const storm = await startStorm(random);
		const session = new Session({
			address: {host: '127.0.0.1', port: storm.port},
			login: 'alice',
			settleMs: 5,
			steadyMs: 0,
		});
		onCleanup('file', () => session.stop());
		const heard: string[] = [];
		const lines = new Map<number, {readonly line: string; state: string}>();
		session.on('lines', received => heard.push(...received.map(({line}) => line)));
		const wrongWays: string[] = [];
		session.on('posts', (ids, state) => {
			for (const id of ids) {
				const post = lines.get(id);
				const before = post?.state ?? 'unknown';
				// A line that waits is written or, like one that was written, becomes unsure; there is no other way.
				if (before !== 'waiting' && (before !== 'written' || state === 'written')) {
					wrongWays.push(`${before} → ${state}`);
				}
				if (post) post.state = state;
			}
		});
		session.start();

		const say = () => {
			const text = `${lines.size} ${'x'.repeat(random() < 0.05 ? 20_000 : 200 * random())}`;
			const post = session.send(['bob'], text);
			if (post) lines.set(post.id, {line: `bob: ${text}`, state: 'waiting'});
		};
		while (storm.connections < 2 * misdeeds.length) {
			for (let count = 20 * random(); count > 0; count--) say();
			const taken = random() < 0.2 ? session.takeBack() : undefined;
			const post = taken && lines.get(taken.id);
			if (post) {
				expect(post.state).toBe('waiting');
				post.state = 'taken back';
			}
			await new Promise(resolve => setTimeout(resolve, 5 * random()));
		}
		storm.isOver = true;
		while (!storm.isGood || session.status.phase !== 'open') await once(session, 'status');
		for (let count = 0; count < 100; count++) say();
		const isWaiting = () => [...lines.values()].some(({state}) => state === 'waiting');
		while (isWaiting()) await once(session, 'posts');
		await session.stop();

		expect(wrongWays).toEqual([]);
		const received = new Set(storm.received);
		expect(received.size).toBe(storm.received.length);
		const sent = [...lines.values()];
		// In the order in which they were said.
		expect(storm.received).toEqual(sent.map(({line}) => line).filter(line => received.has(line)));
		expect(sent.filter(({line, state}) => state === 'written' && !received.has(line))).toEqual([]);
		expect(sent.filter(({line, state}) => state === 'taken back' && received.has(line))).toEqual([]);
		expect(new Set(heard)).toEqual(new Set(['from server: this server is full', 'from bob: whole']));
	},
);
