import {once} from 'node:events';
import {createServer, type Socket} from 'node:net';
import {expect, it, onTestFinished} from 'vitest';
import {Courier} from '../../source/session/courier.ts';
import {KnownHost} from '../../source/session/known-host.ts';

/** A host that welcomes as `srv` says, and answers each `@send` as the test says; with all that it got. */
async function startHost(srv: () => string, answer: (key: string, socket: Socket) => string | undefined) {
	const sends: string[] = [];
	const server = createServer(socket => {
		let isIn = false;
		socket.on('error', () => {});
		socket.on('data', chunk => {
			if (!isIn) {
				isIn = true;
				const caps =
					'you=ci caps=ack n=0 ts=1 stored=memory text=4096 line=8192 dests=20 rate=0 ping=30 keys=60';
				socket.write(`@welcome a-chat=1 srv=${srv()} ${caps}\n@live\n`);
			}
			for (const [, key = ''] of String(chunk).matchAll(/@send key=(\S+)/g)) {
				sends.push(key);
				const line = answer(key, socket);
				if (line !== undefined) socket.write(`${line}\n`);
			}
		});
		socket.on('end', () => socket.end());
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	onTestFinished(() => {
		server.close();
	});
	return {port: (server.address() as {port: number}).port, sends};
}

const send = (port: number, texts: readonly string[], patienceMs = 5000) => {
	const courier: Courier = new Courier({
		...{address: {host: '127.0.0.1', port}, login: 'ci', agent: 'test', identity: undefined, patienceMs},
		knownHost: new KnownHost(),
		onOpen() {
			courier.post(['bob'], texts);
			courier.end();
		},
		onDrain() {},
		onDelay() {},
	});
	return courier.run();
};

const acked = (key: string) =>
	`@ack key=${key} id=i${key} n=1 ts=1 to=bob stored=memory\n@status id=i${key} to=bob state=sent`;

it('what is refused for now is sent again by one try for all, however many lines there are', async () => {
	const began = performance.now();
	const host = await startHost(
		() => 'one',
		key =>
			performance.now() - began < 1200
				? `@fail code=UNAVAILABLE key=${key} :nothing can be kept at the moment`
				: acked(key),
	);
	const texts = Array.from({length: 50}, (_, at) => `${at}`);
	expect(await send(host.port, texts)).toEqual({absent: [], refused: []});
	// Four at first, in each of some three tries, and then all of them.
	expect(host.sends.length).toBeLessThan(80);
});

it('gives up when nothing is taken for so long', async () => {
	const host = await startHost(
		() => 'one',
		key => `@fail code=UNAVAILABLE key=${key} :the disk is full`,
	);
	await expect(send(host.port, ['hi'], 1000)).rejects.toThrow(/the disk is full/);
});

it('what one host did not acknowledge is not given to another one', async () => {
	let srv = 'one';
	const host = await startHost(
		() => srv,
		(_, socket) => {
			srv = 'two';
			socket.destroy();
			return undefined;
		},
	);
	await expect(send(host.port, ['a secret'])).rejects.toMatchObject({code: 'STRANGER'});
	expect(host.sends).toHaveLength(1);
});

it('a host that has refused us in a-chat/1, and is silent the next time, is not taken for a plain one', async () => {
	const received: string[] = [];
	const server = createServer(socket => {
		const at = received.push('') - 1;
		socket.on('error', () => {});
		socket.on('data', chunk => {
			received[at] += String(chunk);
			if (at === 0) socket.end('@bye code=NAME_TAKEN :the name "ci" is taken\n');
		});
		socket.on('end', () => socket.end());
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	onTestFinished(() => {
		server.close();
	});
	const {port} = server.address() as {port: number};
	await expect(send(port, ['hi'], 1000)).rejects.toMatchObject({code: 'LOST'});
	expect(received.length).toBeGreaterThan(1);
	expect(received.join('')).not.toContain('hi');
});
