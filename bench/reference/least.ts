// The least that Node can do: bytes in, bytes out, one write per peer and tick, no rules at all. What the real
// broker costs above this is what its rules cost.
import type {Server, Socket} from 'node:net';
import {listen, stand} from './stand.ts';

const LF = 0x0a;
const COLON = 0x3a;
const outboxBytes = 64 * 1024;
const lineBytes = 64 * 1024;
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
};

/** Destinations as they were written, and who they are. */
type Route = {readonly bytes: Buffer; readonly peers: readonly Peer[]};

/** A server of the plain dialect that trusts everybody: no trimming, no checks, no bounds. */
export function startLeast(port: number): Promise<Server> {
	const peers = new Map<string, Peer>();
	let unflushed: Peer[] = [];
	// By a hash of the destinations' bytes; forgotten at each login and leaving.
	const routes = new Map<number, Route>();
	// A line for several peers is put together once.
	const line = Buffer.allocUnsafeSlow(lineBytes);

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

	const reserve = (peer: Peer, length: number): number => {
		const {used} = peer;
		if (used === 0) {
			if (unflushed.length === 0) setImmediate(flush);
			unflushed.push(peer);
			peer.outbox = free.pop() ?? Buffer.allocUnsafeSlow(outboxBytes);
		}
		if (used + length > peer.outbox.length) {
			const grown = Buffer.allocUnsafeSlow(Math.max(used + length, peer.outbox.length * 2));
			peer.outbox.copy(grown, 0, 0, used);
			peer.outbox = grown;
		}
		peer.used = used + length;
		return used;
	};

	const deliver = (to: readonly Peer[], prefix: Buffer, chunk: Buffer, start: number, end: number) => {
		const length = prefix.length + end - start;
		const [first] = to;
		if (first === undefined || length > lineBytes) return;
		if (to.length === 1) {
			const at = reserve(first, length);
			copy(prefix, first.outbox, at, 0, prefix.length);
			copy(chunk, first.outbox, at + prefix.length, start, end);
			return;
		}
		copy(prefix, line, 0, 0, prefix.length);
		copy(chunk, line, prefix.length, start, end);
		for (let i = 0; i < to.length; i++) {
			const peer = to[i] as Peer;
			const at = reserve(peer, length);
			copy(line, peer.outbox, at, 0, length);
		}
	};

	const find = (hash: number, chunk: Buffer, start: number, end: number): readonly Peer[] => {
		const known = routes.get(hash);
		if (known !== undefined && isSame(known.bytes, chunk, start, end)) return known.peers;
		const names = chunk.toString('latin1', start, end).split(',');
		const found = names.flatMap(name => peers.get(name.trim()) ?? []);
		routes.set(hash, {bytes: Buffer.from(chunk.subarray(start, end)), peers: found});
		return found;
	};

	const logIn = (peer: Peer, name: string) => {
		peer.login = name;
		peer.prefix = Buffer.from(`from ${name}: `, 'latin1');
		peers.set(name, peer);
		routes.clear();
	};

	const leave = (peer: Peer) => {
		if (peer.login === undefined || peers.get(peer.login) !== peer) return;
		peers.delete(peer.login);
		routes.clear();
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
				let hash = 0;
				let colon = at;
				for (; colon < end; colon++) {
					const byte = chunk[colon] as number;
					if (byte === COLON) break;
					hash = Math.imul(hash ^ byte, 0x01000193);
				}
				// The colon is followed by one blank.
				if (colon < end) deliver(find(hash, chunk, at, colon), peer.prefix, chunk, colon + 2, end + 1);
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
