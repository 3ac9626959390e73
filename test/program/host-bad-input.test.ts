import {existsSync, readdirSync} from 'node:fs';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {Peer} from '../support/peer.ts';
import {type Host, startHost} from '../support/program.ts';
import {pump} from '../support/pump.ts';

const mib = 1024 * 1024;
let host: Host;
let alice: Peer;
let address: {host: string; port: number};
let files: number;

/** Open files of the host; only Linux tells, elsewhere the number is always the same. */
const openFiles = (): number => {
	const folder = `/proc/${host.program.pid}/fd`;
	return existsSync(folder) ? readdirSync(folder).length : 0;
};

beforeEach(async () => {
	host = await startHost();
	address = {host: '127.0.0.1', port: host.port};
	alice = await Peer.login(address, 'alice');
	files = openFiles();
});

// Whatever one peer did, the other is unharmed, and nothing of the first is left in the host.
afterEach(async () => {
	alice.send('alice: unharmed');
	expect(await alice.line()).toBe('from alice: unharmed');
	// A refused peer that keeps writing is listened to for a moment more, so that it can read why.
	await expect.poll(openFiles).toBe(files);
	expect(host.program.hasExited).toBe(false);
	expect(host.program.stdout).toBe(`listening on 127.0.0.1:${host.port}\n`);
	alice.socket.destroy();
});

/** One last line from the reserved login, then FIN. */
const expectRefusal = async (peer: Peer): Promise<void> => {
	expect(await peer.ended).toBe('FIN');
	expect(peer.lines).toEqual([expect.stringMatching(/^from server: \S/)]);
	peer.socket.destroy();
};

describe('a login', () => {
	test.each([
		['that is taken', 'alice'],
		['that is taken, in another case', 'ALICE'],
		['that is empty', ''],
		['of 33 characters', 'a'.repeat(33)],
		['with a colon', 'a:b'],
		['with a text behind it', 'root: x'],
		['with a control', 'a\u0007b'],
		['that is reserved', 'server'],
		['that looks like the reserved one', 'sеrvеr'],
	])('%s is refused', async (_, login) => {
		const peer = await Peer.connect(address);
		peer.send(login, 'alice: read by nobody');
		await expectRefusal(peer);
		expect(alice.lines).toEqual([]);
	});
});

describe('a peer', () => {
	test('with a line of 64 KiB is heard, with one byte more it is ended', async () => {
		const peer = await Peer.login(address, 'bob');
		const text = 'x'.repeat(64 * 1024 - 'alice: '.length);
		peer.send(`alice: ${text}`);
		expect(await alice.line()).toBe(`from bob: ${text}`);
		peer.send(`alice: ${text}x`);
		await expectRefusal(peer);
	});

	test('with 100 MB and no line end costs no more than one line', async () => {
		const peer = await Peer.login(address, 'bob');
		const flood = pump(peer.socket, Buffer.alloc(mib / 4, 'x'), 100 * mib);
		expect(await peer.ended).toMatch(/FIN|ECONNRESET|EPIPE/);

		// It was ended early, so the rest was never taken.
		expect(flood.taken()).toBeLessThan(100 * mib);
		peer.socket.destroy();
	});

	test.each([
		['invalid UTF-8', Buffer.from([0x61, 0xff, 0xfe])],
		['an overlong form', Buffer.from([0xc0, 0xaf])],
		['a surrogate', Buffer.from([0xed, 0xa0, 0x80])],
		['a cut character', Buffer.from([0xe6, 0x97])],
	])('with %s is ended', async (_, bytes) => {
		const peer = await Peer.login(address, 'bob');
		peer.write(Buffer.concat([Buffer.from('alice: '), bytes, Buffer.from('\n')]));
		await expectRefusal(peer);
		expect(alice.lines).toEqual([]);
	});

	test('with NUL and other controls is heard, without them', async () => {
		const peer = await Peer.login(address, 'bob');
		peer.send('alice: a\0b\u001B[31mc\u009Bd\te');
		expect(await alice.line()).toBe('from bob: a\uFFFDb\uFFFD[31mc\uFFFDd\te');
		await peer.leave();
	});

	test('with lines that mean nothing is ignored', async () => {
		const peer = await Peer.login(address, 'bob');
		peer.send('', 'no colon', ':', ': x', ',,,: x', 'nobody: x', 'alice: heard');
		expect(await alice.line()).toBe('from bob: heard');
		expect(peer.lines).toEqual([]);
		await peer.leave();
	});

	test('that resets the connection leaves its name free', async () => {
		const first = await Peer.login(address, 'bob');
		first.reset();
		const second = await Peer.login(address, 'bob');
		await second.leave();
	});

	test('that says nothing, and one that half-closes at once, are let be and let go', async () => {
		const silent = await Peer.connect(address);
		const half = await Peer.connect(address);
		half.end();
		expect(await half.ended).toBe('FIN');
		silent.reset();
		half.socket.destroy();
	});

	test('resets in mid-line and what it began is not delivered', async () => {
		const peer = await Peer.login(address, 'bob');
		peer.send('alice: whole');
		expect(await alice.line()).toBe('from bob: whole');
		peer.write('alice: ha');
		peer.reset();
		await (await Peer.login(address, 'bob')).leave();
		expect(alice.lines).toEqual([]);
	});

	test('200 of them at once, half of them reset', async () => {
		const peers = await Promise.all(Array.from({length: 200}, () => Peer.connect(address)));
		for (const [index, peer] of peers.entries()) {
			peer.send(`peer-${index}`, 'alice: hi');
		}
		const lines = await alice.take(200);
		expect(new Set(lines).size).toBe(200);
		for (const [index, peer] of peers.entries()) {
			index % 2 === 0 ? peer.reset() : peer.socket.end();
		}
		await Promise.all(peers.filter((_, index) => index % 2 === 1).map(peer => peer.ended));
	});
});
