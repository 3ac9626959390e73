import {close, open} from 'node:fs';
import {createServer, type Server, type Socket} from 'node:net';
import {devNull} from 'node:os';
import type {Context} from './context.ts';
import {listenError} from './errors.ts';
import type {Settings} from './options.ts';
import {remoteAddress} from './remote-address.ts';
import {serverLine} from './server-line.ts';

export type ListenerOptions = {
	readonly settings: Settings;
	/** Connections that may be open at once. */
	readonly limit: number;
	/** Connections that are open. */
	readonly count: () => number;
	readonly onSocket: (socket: Socket) => void;
	readonly log: Context['log'];
};

const noFiles = new Set(['EMFILE', 'ENFILE', 'ENOMEM']);

/**
 * Accepts connections, as long as there is room.
 *
 * Node hides the errors of accept: libuv closes what it cannot take, or tries again without end. So the limit lies
 * below the system's, and a probe notices when somebody else in the process, or in the system, used up what was left.
 */
export class Listener {
	readonly #options: ListenerOptions;
	readonly #server: Server;
	/** Refused connections that are still being told so. */
	readonly #refused = new Set<Socket>();
	#isOutOfFiles = false;
	#isProbing = false;

	constructor(options: ListenerOptions) {
		this.#options = options;
		this.#server = createServer({
			allowHalfOpen: true,
			noDelay: true,
			keepAlive: true,
			keepAliveInitialDelay: options.settings.keepAliveMs,
		});
		this.#server.on('connection', this.#onConnection);
	}

	/**
	 * Starts to listen, and settles once connections are accepted.
	 *
	 * @throws {BrokerError} when the address cannot be listened on
	 */
	async start(): Promise<{readonly host: string; readonly port: number}> {
		const {host, port, backlog} = this.#options.settings;
		await new Promise<void>((resolve, reject) => {
			this.#server.once('error', reject);
			this.#server.listen({host, port, backlog}, resolve);
		}).catch(error => {
			throw listenError(error, host, port);
		});
		this.#server.removeAllListeners('error').on('error', () => {});
		const address = this.#server.address();
		if (address === null || typeof address === 'string') throw new TypeError('A TCP server has an address');
		return {host: address.address, port: address.port};
	}

	/** Looks whether files can still be opened; while they cannot, newcomers are closed without a word. */
	probe(): void {
		if (this.#isProbing) return;
		this.#isProbing = true;
		open(devNull, (error, file) => {
			this.#isProbing = false;
			this.#isOutOfFiles = error !== null && noFiles.has(error.code ?? '');
			if (error === null) close(file);
			else if (this.#isOutOfFiles) {
				this.#options.log(
					'warning',
					'NO_FILES',
					`No file can be opened (${error.code}); newcomers are closed`,
				);
			}
		});
	}

	/** Accepts nobody any more; settles when the last connection has closed. */
	async close(): Promise<void> {
		await new Promise<void>(resolve => {
			this.#server.close(() => resolve());
			for (const socket of this.#refused) socket.destroy();
		});
	}

	readonly #onConnection = (socket: Socket): void => {
		const {count, limit, onSocket} = this.#options;
		if (this.#isOutOfFiles) socket.destroy();
		else if (count() >= limit) this.#refuse(socket);
		else onSocket(socket);
	};

	#refuse(socket: Socket): void {
		const {limit, settings, log} = this.#options;
		const hint = limit < settings.maxConnections ? 'raise "ulimit -n"' : 'raise the limit of connections';
		log(
			'warning',
			'FULL',
			`All ${limit} connections are in use, newcomers are refused; ${hint} to take more`,
			{
				get address() {
					return remoteAddress(socket);
				},
			},
		);
		socket.on('error', () => {});
		socket.end(serverLine(`this server is full, it takes ${limit} connections`));
		// The kernel has the sentence now. It costs no more than this moment unless there is a slot to wait in.
		if (this.#refused.size >= settings.refusalSlots) {
			socket.destroy();
			return;
		}
		this.#refused.add(socket);
		const timer = setTimeout(() => socket.destroy(), settings.lingerMs);
		socket.resume();
		socket.on('close', () => {
			clearTimeout(timer);
			this.#refused.delete(socket);
		});
	}
}
