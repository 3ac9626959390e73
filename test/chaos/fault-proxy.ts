import {once} from 'node:events';
import {type AddressInfo, connect, createServer, type Socket} from 'node:net';
import {setTimeout as sleep} from 'node:timers/promises';

/** What is done to the bytes of one direction of a connection. */
type Faults = {
	/** Each piece waits for so long, in ms. */
	readonly delayMs?: number;
	/** Bytes that are written at once, at most. */
	readonly pieceBytes?: number;
	/** So many bytes pass, then the connection is cut for both. */
	readonly cutAt?: number;
	/** How both learn of that: `RST` throws away what is under way to them. */
	readonly cutWith?: 'FIN' | 'RST';
	/** So many bytes pass, then nothing for a time, in ms. */
	readonly stallAt?: number;
	readonly stallMs?: number;
	/** So many bytes pass, then nothing any more, and nobody is told. */
	readonly deafAt?: number;
};

/** What is done to a connection; undefined passes on what comes. */
export type ConnectionFaults = {readonly toServer?: Faults; readonly toClient?: Faults};

export type FaultProxy = {
	readonly port: number;
	/** Bytes that have passed in each direction, of all connections. */
	readonly passed: {toServer: number; toClient: number};
	/** Connections so far. */
	readonly connections: () => number;
	/** Ends everything with a reset; new connections are taken. */
	readonly cutAll: () => void;
	readonly close: () => void;
};

/** Stands in front of a port of 127.0.0.1 and does what the world does to connections; each has faults of its own. */
export const startFaultProxy = async (
	port: number,
	faultsOf: (connection: number) => ConnectionFaults = () => ({}),
): Promise<FaultProxy> => {
	const sockets = new Set<Socket>();
	const passed = {toServer: 0, toClient: 0};
	let connections = 0;
	const listener = createServer({allowHalfOpen: true, noDelay: true}, client => {
		const {toServer = {}, toClient = {}} = faultsOf(connections++);
		const server = connect({host: '127.0.0.1', port, allowHalfOpen: true, noDelay: true});
		for (const socket of [client, server]) {
			sockets.add(socket);
			socket.on('error', () => {});
			socket.on('close', () => sockets.delete(socket));
		}
		const cut = (how: 'FIN' | 'RST') => {
			for (const socket of [client, server]) {
				if (how === 'RST') reset(socket);
				else socket.end(() => socket.destroy());
			}
		};
		void pass(client, server, toServer, cut, bytes => {
			passed.toServer += bytes;
		});
		void pass(server, client, toClient, cut, bytes => {
			passed.toClient += bytes;
		});
	});
	listener.listen(0, '127.0.0.1');
	await once(listener, 'listening');
	const cutAll = () => {
		for (const socket of sockets) reset(socket);
	};
	return {
		port: (listener.address() as AddressInfo).port,
		passed,
		connections: () => connections,
		cutAll,
		close() {
			listener.close();
			cutAll();
		},
	};
};

/** One that has said FIN, or is not connected yet, cannot be reset: libuv would wait for it without end. */
const reset = (socket: Socket): void => {
	if (socket.connecting || socket.writableEnded) socket.destroy();
	else socket.resetAndDestroy();
};

const pass = async (
	from: Socket,
	to: Socket,
	faults: Faults,
	cut: (how: 'FIN' | 'RST') => void,
	count: (bytes: number) => void,
): Promise<void> => {
	const {delayMs = 0, pieceBytes = Number.POSITIVE_INFINITY, cutWith = 'RST', stallMs = 0} = faults;
	const {cutAt = Number.POSITIVE_INFINITY, stallAt = Number.POSITIVE_INFINITY} = faults;
	const {deafAt = Number.POSITIVE_INFINITY} = faults;
	let at = 0;
	if (cutAt === 0) cut(cutWith);
	try {
		for await (const chunk of from.iterator({destroyOnReturn: false})) {
			let rest: Buffer = chunk;
			while (rest.length > 0) {
				if (delayMs > 0) await sleep(delayMs);
				if (at === stallAt) await sleep(stallMs);
				const ends = [cutAt, stallAt, deafAt].filter(end => end > at);
				const length = Math.min(pieceBytes, rest.length, ...ends.map(end => end - at));
				const isHeard = at < deafAt;
				if (isHeard && to.writable) {
					to.write(rest.subarray(0, length));
					count(length);
				}
				at += length;
				rest = rest.subarray(length);
				if (at === cutAt) cut(cutWith);
				if (at >= cutAt) return;
			}
		}
		if (at < deafAt) to.end();
	} catch {
		// It was reset, or nobody is there: the other side is told in the same way.
		if (at < deafAt) reset(to);
	}
};
