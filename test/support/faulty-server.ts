import {createServer, type Socket} from 'node:net';
import {limits} from '../../source/protocol/limits.ts';
import {LineSplitter} from '../../source/protocol/line-splitter.ts';
import {formatDelivery, parsePost} from '../../source/protocol/plain.ts';

/** What a server may do wrong; each once in 10,000 deliveries, or with the first name. */
export type Fault = 'none' | 'lose' | 'double' | 'swap' | 'keep the name';

/** A small server with a planted fault, to try a check on. */
export const startFaulty = async (fault: Fault): Promise<{port: number; close: () => void}> => {
	const peers = new Map<string, Socket>();
	let count = 0;
	let held: [Socket, string] | undefined;

	const deliver = (socket: Socket, line: string) => {
		const isFaulty = ++count === 5000;
		if (isFaulty && fault === 'lose') return;
		if (isFaulty && fault === 'swap') {
			held = [socket, line];
			return;
		}
		socket.write(line);
		if (isFaulty && fault === 'double') socket.write(line);
		if (held?.[0] === socket) {
			socket.write(held[1]);
			held = undefined;
		}
	};

	const server = createServer(socket => {
		const splitter = new LineSplitter({maxBytes: limits.plainLineBytes, overflow: 'refuse', isStrict: true});
		let login: string | undefined;
		socket.on('error', () => {});
		socket.on('data', chunk => {
			for (const line of splitter.push(chunk)) {
				if (login === undefined) {
					login = line;
					if (peers.has(login)) socket.end(`${formatDelivery('server', 'taken')}\n`);
					else peers.set(login, socket);
					continue;
				}
				const post = parsePost(line);
				for (const name of post?.to ?? []) {
					const peer = peers.get(name);
					if (peer !== undefined) deliver(peer, `${formatDelivery(login, post?.text ?? '')}\n`);
				}
			}
		});
		socket.on('close', () => {
			if (login !== undefined && fault !== 'keep the name') peers.delete(login);
		});
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	return {port: typeof address === 'object' ? (address?.port ?? 0) : 0, close: () => server.close()};
};
