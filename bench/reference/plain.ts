// The base that the figures are ratios to: a line chat as it is usually written in Node. It keeps none of the
// bounds of the real broker; it is here for its speed, not as an example.
import type {Server, Socket} from 'node:net';
import {createInterface} from 'node:readline';
import {listen, stand} from './stand.ts';

/** A chat server of the plain dialect: readline for the lines, a Map for the names, one write a message. */
export function startPlain(port: number): Promise<Server> {
	const peers = new Map<string, Socket>();

	return listen(port, socket => {
		let login: string | undefined;

		const logIn = (name: string) => {
			if (peers.has(name)) {
				socket.end(`from server: the name "${name}" is taken\n`);
				return;
			}
			login = name;
			peers.set(name, socket);
		};

		const deliver = (line: string) => {
			const colon = line.indexOf(':');
			if (colon === -1) return;
			const text = line.slice(colon + 1).trim();
			for (const name of line.slice(0, colon).split(',')) {
				peers.get(name.trim())?.write(`from ${login}: ${text}\n`);
			}
		};

		const leave = () => {
			if (login !== undefined && peers.get(login) === socket) peers.delete(login);
		};

		const lines = createInterface({input: socket, crlfDelay: Number.POSITIVE_INFINITY});
		lines.on('line', line => (login === undefined ? logIn(line.trim()) : deliver(line)));
		socket.on('end', leave);
		socket.on('close', leave);
		socket.on('error', () => socket.destroy());
		// It has those of the socket as well, and one that nobody hears ends the process.
		lines.on('error', () => {});
	});
}

if (import.meta.main) await stand(startPlain);
