import {once} from 'node:events';
import {type AddressInfo, connect, createServer, type Socket} from 'node:net';

/** One connection through the proxy. */
type Passage = {
	/** Writes a line to the server, or to the client; bytes stand in it as characters. */
	toServer(line: string): void;
	toClient(line: string): void;
	/** Ends it for both, with a reset. */
	cut(): void;
};

/** Takes each line that comes, and passes on what it likes. */
export type Handlers = {
	readonly onClientLine?: (line: string, passage: Passage) => void;
	readonly onServerLine?: (line: string, passage: Passage) => void;
};

/** Stands in front of a port of 127.0.0.1 and may change, hold back and forge lines in both directions. */
export const startLineProxy = async (
	port: number,
	handlersOf: (connection: number) => Handlers,
): Promise<{readonly port: number; readonly close: () => void}> => {
	const sockets = new Set<Socket>();
	let connections = 0;
	const listener = createServer({noDelay: true}, client => {
		const {onClientLine, onServerLine} = handlersOf(connections++);
		const server = connect({host: '127.0.0.1', port, noDelay: true});
		const passage: Passage = {
			toServer: line => void (server.writable && server.write(`${line}\n`, 'latin1')),
			toClient: line => void (client.writable && client.write(`${line}\n`, 'latin1')),
			cut() {
				client.resetAndDestroy();
				server.resetAndDestroy();
			},
		};
		join(client, server, line =>
			onClientLine === undefined ? passage.toServer(line) : onClientLine(line, passage),
		);
		join(server, client, line =>
			onServerLine === undefined ? passage.toClient(line) : onServerLine(line, passage),
		);
		for (const socket of [client, server]) sockets.add(socket);
	});
	listener.listen(0, '127.0.0.1');
	await once(listener, 'listening');
	return {
		port: (listener.address() as AddressInfo).port,
		close() {
			listener.close();
			for (const socket of sockets) socket.destroy();
		},
	};
};

const join = (from: Socket, to: Socket, onLine: (line: string) => void): void => {
	let rest = '';
	from.setEncoding('latin1');
	from.on('data', (chunk: string) => {
		const lines = (rest + chunk).split('\n');
		rest = lines.pop() ?? '';
		for (const line of lines) onLine(line);
	});
	from.on('error', () => {});
	from.on('close', () => to.destroy());
};
