import {EventEmitter} from 'node:events';
import type {Socket} from 'node:net';
import {Connection} from './connection.ts';
import type {Context, LogCode, LogEntry, Remote} from './context.ts';
import {Hall} from './extended/hall.ts';
import {connectionLimit} from './files.ts';
import {Housekeeper} from './housekeeper.ts';
import {Listener} from './listener.ts';
import {LogGate} from './log-gate.ts';
import type {Settings} from './options.ts';
import {OutboxTray} from './outbox-tray.ts';
import {RateLimits} from './rate-limit.ts';
import {Roster} from './roster.ts';
import {Router} from './router.ts';
import {SilentPeers} from './silent-peers.ts';
import type {Store} from './store/store.ts';
import {Turns} from './turns.ts';

export type BrokerEvents = {
	/** Somebody has logged in. */
	join: [login: string, remote: Remote];
	/** Somebody is gone, and the name is free. */
	leave: [login: string, remote: Remote];
	/** Something worth knowing; of each code 20 entries at once, then one a second. It prints nothing itself. */
	log: [entry: LogEntry];
};

/** Within which time the clients of a host that ends are asked to come back: so that they do not come all at once. */
const comeBack = {msEach: 2, mostMs: 5000};

/** An a-chat server that listens; made by `startBroker`. */
export class Broker extends EventEmitter<BrokerEvents> {
	/** Connections that may be open at once: the limit that was asked for, or what the open-files limit allows. */
	readonly limit: number;

	readonly #settings: Settings;
	readonly #router = new Router(key => (this.#hall.isKept(key) ? 'kept' : this.#roster.get(key)));
	readonly #roster = new Roster<Connection>(() => this.#router.forget());
	readonly #connections = new Set<Connection>();
	readonly #hall: Hall;
	readonly #housekeeper: Housekeeper;
	readonly #listener: Listener;
	readonly #context: Context;
	readonly #gate = new LogGate<LogCode>(entry => tell(() => this.emit('log', entry)));
	#address = {host: '', port: 0};
	#closing: Promise<void> | undefined;
	#onEmpty: (() => void) | undefined;

	/** Use `startBroker`: a broker that does not listen yet is of no use. */
	constructor(settings: Settings, store: Store) {
		super();
		this.#settings = settings;
		this.limit = connectionLimit(settings.maxConnections, settings.reservedFiles);
		const {log} = this.#gate;
		this.#listener = new Listener({
			settings,
			limit: this.limit,
			count: () => this.#connections.size,
			onSocket: this.#onSocket,
			log,
		});
		this.#housekeeper = new Housekeeper(settings.housekeepingMs, this.#keepHouse);
		const {outboxRestBytes, outboxCutBytes, outboxTotalBytes} = settings;
		const turns: Turns = new Turns(() => tray);
		const tray = new OutboxTray(outboxRestBytes, outboxCutBytes, outboxTotalBytes, () => turns.isBusy);
		this.#hall = new Hall(
			{
				settings,
				find: key => this.#roster.get(key),
				present: () => this.#roster.owners(),
				forgetRoutes: () => this.#router.forget(),
				generation: () => this.#router.generation,
				evict: (key, but) => {
					const owner = this.#roster.get(key);
					if (owner !== undefined && owner.wire !== but) owner.evict();
				},
			},
			store,
		);
		store.listen({log, free: account => this.#hall.accounts.free(account)});
		this.#context = {
			settings,
			hall: this.#hall,
			log,
			roster: this.#roster,
			router: this.#router,
			tray,
			turns,
			rates: new RateLimits(settings.rate, settings.rateBurst),
			silentPeers: new SilentPeers(1000),
			clock: this.#housekeeper,
			onJoin: (login, remote) => {
				this.#hall.presence.came(login);
				tell(() => this.emit('join', login, remote));
			},
			onLeave: (login, remote) => {
				this.#hall.presence.left(login);
				tell(() => this.emit('leave', login, remote));
			},
			onClose: this.#onClose,
		};
	}

	/** Where it listens, with the port that was found if 0 was asked for. */
	get address(): {readonly host: string; readonly port: number} {
		return this.#address;
	}

	/** Which store this is, as its clients are told: see "What a host keeps" in docs/protocol.md. */
	get srv(): string {
		return this.#hall.store.srv;
	}

	/** Who is here, in the order in which they came. */
	get logins(): readonly string[] {
		return Array.from(this.#roster.owners(), connection => connection.login);
	}

	/** Connections that are open, with those that have not logged in. */
	get connections(): number {
		return this.#connections.size;
	}

	/**
	 * Starts to listen; called once, by `startBroker`.
	 *
	 * @throws {BrokerError} when that is not possible
	 */
	async listen(): Promise<void> {
		try {
			this.#address = await this.#listener.start();
		} catch (error) {
			this.#housekeeper.stop();
			throw error;
		}
	}

	/**
	 * Stops: accepts nobody any more, delivers what was read, writes out what waits for each peer, tells it so, and ends
	 * with FIN. Settles when all connections are closed, after `drainMs` at the latest.
	 */
	async close(): Promise<void> {
		this.#closing ??= this.#drain();
		await this.#closing;
	}

	async #drain(): Promise<void> {
		const closed = this.#listener.close();
		// First all that was accepted, from everybody; a peer that was told to go gets nothing more.
		for (const connection of this.#connections) connection.hurry();
		for (const connection of this.#connections) connection.deliverHeld();
		// What was taken is kept, and the store is free for a successor before anybody slow is waited for.
		await Promise.race([
			this.#hall.close(),
			new Promise(resolve => setTimeout(resolve, this.#settings.drainMs).unref()),
		]);
		const spreadMs = Math.min(comeBack.mostMs, this.#connections.size * comeBack.msEach);
		for (const connection of this.#connections) connection.shutDown(spreadMs);
		const deadline = setTimeout(() => {
			for (const connection of this.#connections) connection.destroy();
		}, this.#settings.drainMs);
		// The server counts a socket as gone before the socket says so.
		if (this.#connections.size > 0) await new Promise<void>(resolve => (this.#onEmpty = resolve));
		await closed;
		clearTimeout(deadline);
		this.#housekeeper.stop();
		this.#gate.flush();
		// Listeners have heard of it when this is over.
		await new Promise<void>(resolve => tell(resolve));
	}

	readonly #onSocket = (socket: Socket): void => {
		this.#connections.add(new Connection(socket, this.#context));
	};

	readonly #onClose = (connection: Connection): void => {
		this.#connections.delete(connection);
		if (this.#connections.size === 0) this.#onEmpty?.();
	};

	readonly #keepHouse = (): void => {
		// Not `for of`: it makes an object for each of them, a quarter of a megabyte a second at 5,000.
		this.#connections.forEach(connection => {
			connection.checkDeadlines();
		});
		this.#listener.probe();
	};
}

/**
 * Calls listeners when what happens now is done, and in order: one of them may throw, or close the broker, in the middle
 * of a delivery.
 */
const tell = (emit: () => void): void => process.nextTick(emit);
