import {once} from 'node:events';
import {createServer, type Server} from 'node:net';
import {type Lifetime, onCleanup} from './cleanup.ts';

export const defaultPort = 8080;

// Held by whoever tests at the default address. A port is given back even by a process that is killed.
const lockPort = 18_080;

const listen = async (port: number): Promise<Server | undefined> => {
	const server = createServer().listen(port, '127.0.0.1');
	try {
		await once(server, 'listening');
		return server;
	} catch {
		return undefined;
	}
};

const release = async (server: Server): Promise<void> => {
	server.close();
	await once(server, 'close');
};

/**
 * Keeps other runs of the tests away from 127.0.0.1:8080 until the end of the test or file. Rejects after `timeout` ms,
 * or if something that is no test listens there.
 */
export const reserveDefaultAddress = async (lifetime: Lifetime = 'file', timeout = 60_000): Promise<void> => {
	const deadline = performance.now() + timeout;
	let lock = await listen(lockPort);
	while (lock === undefined) {
		if (performance.now() > deadline) {
			throw new Error(`Port ${lockPort} stays taken: is another run of the tests hanging?`);
		}

		await new Promise(resolve => setTimeout(resolve, 200));
		lock = await listen(lockPort);
	}

	const held = lock;
	onCleanup(lifetime, () => release(held));
	const probe = await listen(defaultPort);
	if (probe === undefined) {
		throw new Error(
			`Something listens on port ${defaultPort}: stop it to test what happens at the default address`,
		);
	}

	await release(probe);
};
