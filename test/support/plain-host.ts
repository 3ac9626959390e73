import {once} from 'node:events';
import {type AddressInfo, connect, createServer, type Socket} from 'node:net';
import {onCleanup} from './cleanup.ts';
import type {Address} from './peer.ts';

/**
 * Stands in front of a broker and makes a host of it that knows the plain dialect only, as it takes the hello out of what
 * clients send. Returns where it listens.
 */
export const startPlainFront = async (broker: Address): Promise<Address> => {
	const sockets = new Set<Socket>();
	const server = createServer({allowHalfOpen: true}, client => {
		const host = connect({...broker, allowHalfOpen: true});
		let start = '';
		client.on('data', function take(chunk: Buffer) {
			start += chunk.toString('latin1');
			if ((start.match(/\n/g)?.length ?? 0) < 2) return;
			client.off('data', take);
			client.pause();
			host.write(Buffer.from(start.replace(/^@hello .*\n/m, ''), 'latin1'));
			client.pipe(host);
		});
		host.pipe(client);
		for (const socket of [client, host]) {
			sockets.add(socket);
			socket.on('error', () => {
				client.destroy();
				host.destroy();
			});
		}
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	onCleanup('test', async () => {
		for (const socket of sockets) socket.destroy();
		server.close();
		await once(server, 'close');
	});
	return {host: '127.0.0.1', port: (server.address() as AddressInfo).port};
};
