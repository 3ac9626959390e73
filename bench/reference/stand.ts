import {type AddressInfo, createServer, type Server, type Socket} from 'node:net';
import {parseArgs} from 'node:util';

/** Serves each connection of 127.0.0.1:`port` (0 picks a free one) with `serve`; resolves once it accepts. */
export function listen(port: number, serve: (socket: Socket) => void): Promise<Server> {
	return new Promise((resolve, reject) => {
		const server = createServer(serve);
		server.once('error', reject);
		server.listen({host: '127.0.0.1', port, backlog: 4096}, () => resolve(server));
	});
}

/** The port that a listening `server` got. */
export function portOf(server: Server): number {
	return (server.address() as AddressInfo).port;
}

/**
 * Stands a server up from the command line (`--listen PORT`, and `--store FOLDER` for one that keeps something) and says
 * so in the one line that the real one prints.
 */
export async function stand(start: (port: number, folder: string) => Promise<Server>): Promise<void> {
	const {values} = parseArgs({
		options: {listen: {type: 'string', default: '0'}, store: {type: 'string', default: '.'}},
	});
	const server = await start(Number(values.listen), values.store);
	console.log(`listening on 127.0.0.1:${portOf(server)}`);
}
