import {once} from 'node:events';
import {connect, createServer, type Socket} from 'node:net';
import {setImmediate as tick} from 'node:timers/promises';
import {expect, it, onTestFinished} from 'vitest';
import {Outbox} from '../../source/broker/outbox.ts';
import {OutboxTray} from '../../source/broker/outbox-tray.ts';

const many = 64;
const line = Buffer.from('from alice: hi\n');

it('a line for many is written at the end of the tick when nobody sends much', async () => {
	expect(await ticksUntilWritten({count: many, lines: 1, isMoreComing: false})).toBe(1);
});

it('a line for many waits while somebody sends much, for four ticks and no longer', async () => {
	expect(await ticksUntilWritten({count: many, lines: 1, isMoreComing: true})).toBe(5);
});

it('a line for few does not wait', async () => {
	expect(await ticksUntilWritten({count: many - 1, lines: 1, isMoreComing: true})).toBe(1);
});

it('much for many does not wait', async () => {
	expect(await ticksUntilWritten({count: many, lines: 300, isMoreComing: true})).toBe(1);
});

type Case = {readonly count: number; readonly lines: number; readonly isMoreComing: boolean};

/** Puts lines in the outboxes of real sockets, and counts the ticks until all of them are written. */
async function ticksUntilWritten({count, lines, isMoreComing}: Case): Promise<number> {
	const sockets = await openSockets(count);
	const tray = new OutboxTray(1_000_000, 2_000_000, 100_000_000, () => isMoreComing);
	const outboxes = sockets.map(socket => new Outbox(socket, tray, () => {}));
	for (let i = 0; i < lines; i++) for (const outbox of outboxes) outbox.append(line);
	for (let ticks = 1; ; ticks++) {
		// What is asked for later in the same phase comes later.
		await tick();
		const written = sockets.filter(({bytesWritten}) => bytesWritten === lines * line.length).length;
		if (written === count) return ticks;
		expect(written).toBe(0);
		expect(ticks).toBeLessThan(20);
	}
}

async function openSockets(count: number): Promise<Socket[]> {
	const server = createServer(socket => socket.resume().on('error', () => {}));
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as {port: number};
	const sockets = await Promise.all(
		Array.from({length: count}, async () => {
			const socket = connect({port, host: '127.0.0.1'});
			await once(socket, 'connect');
			return socket;
		}),
	);
	onTestFinished(() => {
		for (const socket of sockets) socket.destroy();
		server.close();
	});
	return sockets;
}
