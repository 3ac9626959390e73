import {limits} from '../../../source/protocol/limits.ts';
import {Peer} from '../../support/peer.ts';
import {type Attack, closedOf, inLanes, type Scene} from '../scene.ts';

const tooLong = `from server: a line may have at most ${limits.plainLineBytes} bytes`;
const chunk = Buffer.alloc(65_536, 'x');
/** More than the kernels hold on the way, and what a server reads and throws away (`docs/protocol.md`). */
const mostBytes = 20e6;

/** Writes `chunk` for as long as the other end takes it, up to `mostBytes`; settles with the bytes that were taken. */
const pour = async (peer: Peer): Promise<number> => {
	let taken = 0;
	const {socket} = peer;
	const next = (): void => {
		if (taken >= mostBytes) {
			socket.end();
			return;
		}
		socket.write(chunk, error => {
			if (error) return;
			taken += chunk.length;
			next();
		});
	};
	next();
	await closedOf(socket);
	return taken;
};

/**
 * `bytes` without a newline, over as many connections as the server makes it take, `lanes` at a time; every other one
 * has logged in before.
 */
export const endlessLines: Attack = async ({address, size, count, problem}) => {
	const total = size('bytes');
	let written = 0;
	const lanes = size('lanes');
	await inLanes(lanes, lanes, async lane => {
		for (let round = 0; written < total; round++) {
			const peer = await Peer.connect(address);
			if ((lane + round) % 2 === 0) peer.send(`endless${lane}`);
			const taken = await pour(peer);
			if (taken >= mostBytes) problem(`${taken} bytes without a newline were taken from one connection`);
			// The sentence may have been lost to the reset at the end.
			const lines = peer.lines.join('|');
			if (lines !== '' && lines !== tooLong) problem(`an endless line was answered ${JSON.stringify(lines)}`);
			written += taken;
			count('connections');
			count('bytes', taken);
		}
	});
};

const playLine = async ({address, problem, count}: Scene, index: number, extra: number): Promise<void> => {
	const login = `long${index}`;
	const start = `${login}: `;
	const text = 'y'.repeat(limits.plainLineBytes + extra - start.length);
	const peer = await Peer.connect(address);
	peer.send(login, start + text);
	// A client that keeps to the rules ends its side and reads to the end.
	peer.end();
	const ending = await peer.ended;
	const expected = extra > 0 ? tooLong : `from ${login}: ${text}`;
	if (peer.lines.length !== 1 || peer.lines[0] !== expected || ending !== 'FIN') {
		const got = peer.lines.map(line => line.slice(0, 60)).join('|');
		problem(`a line of ${limits.plainLineBytes + extra} bytes: read ${JSON.stringify(got)} and ${ending}`);
	}
	peer.socket.destroy();
	count(extra > 0 ? 'lines a byte too long' : 'lines as long as may be');
};

/** `lines` lines of as many bytes as a line may have, and as many that have one more. */
export const longestLines: Attack = async scene => {
	await inLanes(2 * scene.size('lines'), 10, index => playLine(scene, index, index % 2));
};

/**
 * `connections` peers that write one byte each `everyMs`: their login and a line to themselves, which has to come back
 * to all of them.
 */
export const trickle: Attack = async ({address, size, count, problem}) => {
	const peers: Peer[] = [];
	await inLanes(size('connections'), 50, async () => {
		peers.push(await Peer.connect(address));
		count('slow connections');
	});
	const scripts = peers.map((_, index) => {
		const login = `s${String(index).padStart(3, '0')}`;
		return {login, bytes: `${login}\n${login}: slowly\n`};
	});
	const length = scripts[0]?.bytes.length ?? 0;
	for (let at = 0; at < length; at++) {
		const next = new Promise(resolve => setTimeout(resolve, size('everyMs')));
		for (const [index, peer] of peers.entries()) peer.write(scripts[index]?.bytes[at] ?? '');
		await next;
	}
	for (const [index, peer] of peers.entries()) {
		const line = await peer.line().catch((error: Error) => error.message);
		if (line !== `from ${scripts[index]?.login}: slowly`)
			problem(`a peer of one byte in ${size('everyMs')} ms read ${JSON.stringify(line)}`);
		await peer.leave();
	}
};
