import {once} from 'node:events';
import {type AddressInfo, createServer, type ServerOpts, type Socket} from 'node:net';
import {type Lifetime, onCleanup} from './cleanup.ts';

export type ForeignServer = {
	readonly port: number;
	/** Resolves with the next connection that was not taken yet. */
	accept(): Promise<Socket>;
	/** All bytes of all connections so far, as text. */
	received(): string;
};

type ForeignServerOptions = ServerOpts & {
	/** Where it listens; default: 127.0.0.1. */
	readonly host?: string;
	readonly lifetime?: Lifetime;
};

/** A server that is none of ours, on a free port; what it says is up to the test. */
export const startForeignServer = async ({
	lifetime = 'test',
	host = '127.0.0.1',
	...options
}: ForeignServerOptions = {}): Promise<ForeignServer> => {
	const sockets: Socket[] = [];
	const waiting: Socket[] = [];
	let received = '';
	const server = createServer({allowHalfOpen: true, ...options}, socket => {
		sockets.push(socket);
		waiting.push(socket);
		socket.on('error', () => {});
		socket.on('data', chunk => {
			received += chunk.toString();
		});
		server.emit('taken');
	});

	server.listen(0, host);
	await once(server, 'listening');
	onCleanup(lifetime, async () => {
		for (const socket of sockets) {
			socket.destroy();
		}

		server.close();
		await once(server, 'close');
	});

	return {
		port: (server.address() as AddressInfo).port,
		received: () => received,
		async accept() {
			let socket = waiting.shift();
			while (socket === undefined) {
				await once(server, 'taken');
				socket = waiting.shift();
			}

			return socket;
		},
	};
};

/** A port of 127.0.0.1 where nobody listens: one that was just given out and given back. */
export const closedPort = async (): Promise<number> => {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return port;
};

/** What such a server has read, without the lines that ask for a-chat/1 and that it ignores. */
export const withoutHello = (received: string): string => received.replace(/@hello .*\n/g, '');
