import {generateKeyPairSync} from 'node:crypto';
import {once} from 'node:events';
import {expect, test} from 'vitest';
import {Connection} from '../../source/session/connection.ts';
import {Dialogue} from '../../source/session/extended/dialogue.ts';
import {Identity} from '../../source/session/identity.ts';
import type {SessionError} from '../../source/session/session-error.ts';
import {startForeignServer} from '../support/foreign-server.ts';

const identity = new Identity(generateKeyPairSync('ed25519').privateKey);

/** Says hello, and resolves to how that ended. */
const sayHello = (
	port: number,
	welcomeMs: number,
	onSettled = (connection: Connection) => connection.halfClose(),
): {ended: Promise<SessionError | undefined>} => {
	const {promise: ended, resolve} = Promise.withResolvers<SessionError | undefined>();
	const dialogue = new Dialogue({
		...{login: 'alice', agent: 'test', caps: ['ack'], identity, cursor: undefined},
		trusts: () => true,
		write: line => connection.write(`${line}\n`),
		onEvent() {},
	});
	const connection: Connection = new Connection({
		...{address: {host: '127.0.0.1', port}, login: 'alice', dialogue, welcomeMs},
		onSettled: () => onSettled(connection),
		onLines() {},
		onClose(error) {
			dialogue.stop();
			resolve(error);
		},
	});
	return {ended};
};

test('a host that challenges and then says nothing is given up', async () => {
	const server = await startForeignServer();
	const {ended} = sayHello(server.port, 100);
	const socket = await server.accept();
	socket.write('@challenge nonce=abc srv=s\n');
	await expect.poll(() => server.received()).toContain('@auth sig=');

	expect(await ended).toMatchObject({code: 'LOST'});
});

test('one that lets us in within that time is not', async () => {
	const server = await startForeignServer();
	const {ended} = sayHello(server.port, 1000);
	const socket = await server.accept();
	socket.write('@challenge nonce=abc srv=s\n');
	await expect.poll(() => server.received()).toContain('@auth sig=');
	socket.write(
		'@welcome a-chat=1 srv=s you=alice caps=ack n=0 ts=0 stored=disk text=4096 line=8192 dests=20 rate=0 ping=30 keys=60\n',
	);
	// Longer than the deadline, so that one which still runs ends it.
	await new Promise(resolve => setTimeout(resolve, 1200));
	socket.end();

	expect(await ended).toBeUndefined();
	await once(socket, 'close');
});

test('a host that refuses us only after we took it for a plain one has refused us all the same', async () => {
	const server = await startForeignServer();
	const settled = Promise.withResolvers<Connection>();
	const {ended} = sayHello(server.port, 10_000, settled.resolve);
	const socket = await server.accept();
	const connection = await settled.promise;
	expect(connection.isSettled).toBe(true);
	socket.end('@bye code=UNAVAILABLE :come back later\n');

	expect(await ended).toMatchObject({
		code: 'TURNED_AWAY',
		message: expect.stringContaining('come back later'),
	});
	expect(connection.isSettled).toBe(false);
});
