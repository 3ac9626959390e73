// The least that Node can do: bytes in, bytes out, one write per peer and tick, no rules at all. What the real
// broker costs above this is what its rules cost.
import type {Server, Socket} from 'node:net';
import {listen, stand} from './stand.ts';

const LF = 0x0a;
const COLON = 0x3a;
const outboxBytes = 64 * 1024;
const nothing = Buffer.alloc(0);
// Below this a loop in JavaScript is quicker than the call into the runtime that copies or compares.
const shortBytes = 24;

type Peer = {
	readonly socket: Socket;
	login: string | undefined;
	/** `from LOGIN: ` */
	prefix: Buffer;
	/** The start of a line whose end has not come yet. */
	rest: Buffer | undefined;
	outbox: Buffer;
	used: number;
	/** The destinations of the line before, as bytes and as peers: most lines go where the last one went. */
	lastBytes: Buffer;
	lastPeers: readonly Peer[];
	lastEpoch: number;
};

/** A server of the plain dialect that trusts everybody: no trimming, no checks, no bounds. */
export function startLeast(port: number): Promise<Server> {
	const peers = new Map<string, Peer>();
	let unflushed: Peer[] = [];
	// Counts logins and leavings, after each of which a remembered list of peers may be wrong.
	let epoch = 0;

	// Between ticks nobody holds an outbox: what the kernel took at once is free for the next one.
	const free: Buffer[] = [];

	const flush = () => {
		const ready = unflushed;
		unflushed = [];
		for (const peer of ready) {
			const {socket, outbox, used} = peer;
			peer.used = 0;
			peer.outbox = nothing;
			if (socket.destroyed) continue;
			socket.write(outbox.subarray(0, used));
			if (socket.writableLength === 0) free.push(outbox);
		}
	};

	const put = (peer: Peer, prefix: Buffer, chunk: Buffer, start: number, end: number) => {
		if (peer.used === 0) {
			if (unflushed.length === 0) setImmediate(flush);
			unflushed.push(peer);
			peer.outbox = free.pop() ?? Buffer.allocUnsafeSlow(outboxBytes);
		}
		const used = peer.used + prefix.length + end - start;
		if (used > peer.outbox.length) {
			const grown = Buffer.allocUnsafeSlow(Math.max(used, peer.outbox.length * 2));
			peer.outbox.copy(grown, 0, 0, peer.used);
			peer.outbox = grown;
		}
		copy(prefix, peer.outbox, peer.used, 0, prefix.length);
		copy(chunk, peer.outbox, peer.used + prefix.length, start, end);
		peer.used = used;
	};

	const find = (sender: Peer, chunk: Buffer, start: number, end: number): readonly Peer[] => {
		if (sender.lastEpoch === epoch && isSame(sender.lastBytes, chunk, start, end)) return sender.lastPeers;
		sender.lastBytes = Buffer.from(chunk.subarray(start, end));
		const names = chunk.toString('latin1', start, end).split(',');
		sender.lastPeers = names.flatMap(name => peers.get(name.trim()) ?? []);
		sender.lastEpoch = epoch;
		return sender.lastPeers;
	};

	const logIn = (peer: Peer, name: string) => {
		peer.login = name;
		peer.prefix = Buffer.from(`from ${name}: `, 'latin1');
		peers.set(name, peer);
		epoch++;
	};

	const leave = (peer: Peer) => {
		if (peer.login === undefined || peers.get(peer.login) !== peer) return;
		peers.delete(peer.login);
		epoch++;
	};

	const read = (peer: Peer, data: Buffer) => {
		const chunk = peer.rest === undefined ? data : Buffer.concat([peer.rest, data]);
		let at = 0;
		for (;;) {
			const end = chunk.indexOf(LF, at);
			if (end === -1) break;
			if (peer.login === undefined) {
				logIn(peer, chunk.toString('latin1', at, end).trim());
			} else {
				const colon = chunk.indexOf(COLON, at);
				if (colon !== -1 && colon < end) {
					const to = find(peer, chunk, at, colon);
					// The colon is followed by one blank.
					for (let i = 0; i < to.length; i++) put(to[i] as Peer, peer.prefix, chunk, colon + 2, end + 1);
				}
			}
			at = end + 1;
		}
		peer.rest = at < chunk.length ? chunk.subarray(at) : undefined;
	};

	return listen(port, socket => {
		const peer: Peer = {
			socket,
			login: undefined,
			prefix: nothing,
			rest: undefined,
			outbox: nothing,
			used: 0,
			lastBytes: nothing,
			lastPeers: [],
			lastEpoch: -1,
		};
		socket.on('data', data => read(peer, data));
		socket.on('end', () => leave(peer));
		socket.on('close', () => leave(peer));
		socket.on('error', () => socket.destroy());
	});
}

function copy(source: Buffer, target: Buffer, at: number, start: number, end: number): void {
	if (end - start >= shortBytes) {
		source.copy(target, at, start, end);
		return;
	}
	for (let i = start, j = at; i < end; i++, j++) target[j] = source[i] as number;
}

function isSame(bytes: Buffer, chunk: Buffer, start: number, end: number): boolean {
	if (bytes.length !== end - start) return false;
	if (bytes.length >= shortBytes) return bytes.compare(chunk, start, end) === 0;
	for (let i = 0; i < bytes.length; i++) if (bytes[i] !== chunk[start + i]) return false;
	return true;
}

if (import.meta.main) await stand(startLeast);
