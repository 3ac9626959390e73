import {once} from 'node:events';
import {connect, createServer, type Socket} from 'node:net';
import {expect, onTestFinished, test} from 'vitest';
import {PassingLines} from '../../source/modes/passing-lines.ts';

/** A stream, and the other end of it. */
const openPair = async (): Promise<{stream: NodeJS.WriteStream; reader: Socket}> => {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const stream = connect((server.address() as {port: number}).port, '127.0.0.1');
	const [reader] = (await once(server, 'connection')) as [Socket];
	onTestFinished(() => {
		for (const socket of [stream, reader]) socket.destroy();
		server.close();
	});
	return {stream: stream as unknown as NodeJS.WriteStream, reader};
};

test('a reader that stops for a while costs lines, which are counted, and little memory', async () => {
	const {stream, reader} = await openPair();
	const lines = new PassingLines(stream, count => `lost ${count}\n`);
	const line = `${'x'.repeat(9999)}\n`;
	const total = 2000;
	for (let round = 0; round < total; round++) {
		lines.write(line);
		// The kernel takes what it can before the next.
		if (round % 100 === 0) await new Promise(resolve => setImmediate(resolve));
		expect(stream.writableLength).toBeLessThan(64 * 1024 + line.length);
	}
	let read = '';
	reader.setEncoding('utf8').on('data', text => {
		read += text;
	});
	// Nothing more is written: that there is room again is enough.
	await expect.poll(() => read).toMatch(/lost \d+\n$/);

	const lost = [...read.matchAll(/^lost (\d+)$/gm)].reduce((sum, [, count]) => sum + Number(count), 0);
	expect(lost).toBeGreaterThan(0);
	expect(read.split(line).length - 1 + lost).toBe(total);
	lines.write('after\n');
	await expect.poll(() => read).toMatch(/lost \d+\nafter\n$/);
});

test('waiting for the last lines ends when they are out, or when the time is over', async () => {
	const {stream, reader} = await openPair();
	const lines = new PassingLines(stream, count => `lost ${count}\n`);
	await lines.flush(60_000);
	const line = 'x'.repeat(60_000);
	while (stream.writableLength === 0) {
		lines.write(line);
		await new Promise(resolve => setImmediate(resolve));
	}
	await lines.flush(1);
	expect(stream.writableLength).toBeGreaterThan(0);
	const out = lines.flush(60_000);
	reader.resume();
	await out;

	expect(stream.writableLength).toBe(0);
});
