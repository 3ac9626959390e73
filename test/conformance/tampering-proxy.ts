import {once} from 'node:events';
import {type AddressInfo, connect, createServer, type Socket} from 'node:net';
import type {Address} from '../support/peer.ts';

/** Turns a line into those that are passed on instead; bytes stand in it as characters. */
type Tamper = (line: string) => readonly string[];

/** What is done to the lines of one connection. */
export type Tampering = {readonly toServer?: Tamper; readonly toClient?: Tamper};

export type Proxy = {readonly address: Address; readonly close: () => void};

const same: Tamper = line => [line];

/** Stands in front of a server, and passes on what comes, tampered with; a line goes on when it is whole. */
export const startProxy = async (server: Address, makeTampering: () => Tampering): Promise<Proxy> => {
	const sockets = new Set<Socket>();
	const listener = createServer({allowHalfOpen: true, noDelay: true}, client => {
		const {toServer = same, toClient = same} = makeTampering();
		const behind = connect({...server, allowHalfOpen: true, noDelay: true});
		pass(client, behind, toServer);
		pass(behind, client, toClient);
		for (const socket of [client, behind]) sockets.add(socket);
	});
	listener.listen(0, '127.0.0.1');
	await once(listener, 'listening');
	const {port} = listener.address() as AddressInfo;
	return {
		address: {host: '127.0.0.1', port},
		close() {
			listener.close();
			for (const socket of sockets) socket.destroy();
		},
	};
};

const pass = (from: Socket, to: Socket, tamper: Tamper): void => {
	let rest = '';
	from.setEncoding('latin1');
	from.on('data', (chunk: string) => {
		const lines = (rest + chunk).split('\n');
		rest = lines.pop() ?? '';
		const passed = lines.flatMap(line => tamper(line)).map(line => `${line}\n`);
		if (passed.length > 0) to.write(passed.join(''), 'latin1');
	});
	from.on('end', () => to.end(rest, 'latin1'));
	from.on('error', () => to.destroy());
};
