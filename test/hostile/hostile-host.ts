import {once} from 'node:events';
import {type AddressInfo, createServer, type Socket} from 'node:net';
import {encodePart} from '../../source/protocol/extended/percent.ts';
import {onCleanup} from '../support/cleanup.ts';
import type {HostileMessage} from './stage.ts';

const welcome =
	'@welcome a-chat=1 srv=evil you=alice caps=ack,presence,rooms,typing n=0 ts=1 stored=memory text=65536 ' +
	'line=73728 dests=20 rate=0 ping=30 keys=3600\n@live\n';

/** Who is here: the honest ones of the stage. */
const listOf = (req: string): string =>
	['eve', 'ruler'].map(login => `@user req=${req} login=${login} state=here kind=plain\n`).join('');

type HostileHost = {
	readonly port: number;
	/** Writes lines, each with its LF, to who is here. */
	readonly write: (...lines: readonly (string | Buffer)[]) => void;
	/** The line of a message. */
	readonly message: (message: HostileMessage) => Buffer;
};

/** A value of a line: percent-encoded, bytes and controls too, which a client has to refuse. */
export const encodedValue = (text: string | Buffer): string =>
	typeof text === 'string'
		? encodePart(text)
		: Array.from(text, byte => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');

/** A host of a-chat/1 for one client, that tells whatever it is told to. */
export const startHostileHost = async (): Promise<HostileHost> => {
	let peer: Socket | undefined;
	const server = createServer(socket => {
		peer = socket;
		let rest = '';
		socket.on('error', () => {});
		socket.on('data', chunk => {
			const lines = (rest + chunk.toString()).split('\n');
			rest = lines.pop() ?? '';
			for (const line of lines) {
				if (line.startsWith('@hello')) socket.write(welcome);
				const [, req] = /^@who .*req=(\S+)/.exec(line) ?? [];
				if (req !== undefined) socket.write(`${listOf(req)}@end req=${req}\n`);
			}
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	onCleanup('test', () => {
		peer?.destroy();
		server.close();
	});
	let count = 0;
	return {
		port: (server.address() as AddressInfo).port,
		write: (...lines) =>
			peer?.write(Buffer.concat(lines.flatMap(line => [line, '\n']).map(part => Buffer.from(part)))),
		message({from, text, to = ['alice']}) {
			// Without a number, as those have that no host could keep: what is refused leaves no hole.
			const head = `@msg id=m${++count} ts=${Date.now()} from=${encodedValue(from)} to=${to.map(encodedValue)} :`;
			return Buffer.concat([Buffer.from(head), Buffer.from(text)]);
		},
	};
};
