import {once} from 'node:events';
import {connect} from 'node:net';
import process from 'node:process';
import {type Lifetime, onCleanup} from './cleanup.ts';
import {startProgram} from './program.ts';

/**
 * A port whose connections never come about, as behind a firewall that drops: a process that listens and is stopped,
 * with its backlog full, so that the kernel answers no further SYN.
 */
export const startDeafServer = async (lifetime: Lifetime = 'test'): Promise<number> => {
	const server = startProgram([], {
		lifetime,
		command: [
			process.execPath,
			'-e',
			`const server = require('node:net').createServer();
			server.listen({port: 0, host: '127.0.0.1', backlog: 1}, () => console.log(server.address().port));`,
		],
	});
	await server.waitFor('\n');
	server.kill('SIGSTOP');
	const port = Number(server.stdout);

	// A connection that is not there after a while marks the full backlog; how many fit differs by kernel.
	for (let isOpen = true; isOpen; ) {
		const socket = connect({port, host: '127.0.0.1'}).on('error', () => {});
		onCleanup(lifetime, () => {
			socket.destroy();
		});
		isOpen = await Promise.race([
			once(socket, 'connect').then(() => true),
			new Promise<false>(resolve => setTimeout(resolve, 200, false)),
		]);
	}

	return port;
};
