import {connect, type Socket} from 'node:net';
import {TestKey} from '../support/extended-peer.ts';
import type {Address} from '../support/peer.ts';
import {check} from './case.ts';
import {Client} from './client.ts';
import {Talker} from './talker.ts';

export type JoinOptions = {
	readonly caps?: string;
	readonly key?: TestKey;
	readonly srv?: string | undefined;
	readonly seen?: number;
	/** Logs in beside another session, only to send. */
	readonly isBeside?: boolean;
};

/** Lines of what went and came that a report shows. */
const transcriptLines = 200;

type Each<Names extends readonly string[], T> = {-readonly [K in keyof Names]: T};

/** The server as one case has it: who connects has a name of that case's own, and is gone with it. */
export class Server {
	/** What went and came last. */
	readonly transcript: string[] = [];
	/** Stands in all names of this case. */
	readonly suffix = Math.random().toString(36).slice(2, 10).padEnd(8, '0');
	readonly patienceMs: number;
	readonly #address: Address;
	readonly #talkers: Talker[] = [];
	#isClosed = false;

	constructor(address: Address, patienceMs: number) {
		this.#address = address;
		this.patienceMs = patienceMs;
	}

	/** A login that nobody else has: the same for the same start. */
	name(start: string): string {
		return `${start}-${this.suffix}`;
	}

	/** Connects, and says nothing; the login is for the report only. */
	async knock(login: string, isPlain = true): Promise<Talker> {
		return this.#keep(new Talker(await this.#open(), {...this.#optionsFor(login), isPlain}));
	}

	/** Logs in as plain peers, each with a word to itself that shows it. */
	async plain<const N extends readonly string[]>(...starts: N): Promise<Each<N, Talker>> {
		const all = starts.map(async start => {
			const talker = await this.knock(this.name(start));
			talker.send(talker.login, `${talker.login}: ready`);
			await talker.hears(`from ${talker.login}: ready`);
			return talker;
		});
		return (await Promise.all(all)) as unknown as Each<N, Talker>;
	}

	/** Says a login and a line behind it, whatever comes of it. */
	async hello(login: string, hello: string, seen = 0): Promise<Client> {
		const client = this.#keep(new Client(await this.#open(), {...this.#optionsFor(login), seen}));
		client.send(login, hello);
		return client;
	}

	/** Logs in with a-chat/1, signs what has to be signed, and reads on to `@live`. */
	async join(start: string, options: JoinOptions = {}): Promise<Client> {
		return this.joinAs(this.name(start), options);
	}

	async joinAs(login: string, options: JoinOptions = {}): Promise<Client> {
		const {caps = 'ack', key, srv, seen, isBeside = false} = options;
		const parts = ['@hello a-chat=1', `caps=${caps}`];
		if (key !== undefined) parts.push(`pub=${key.pub}`);
		if (srv !== undefined) parts.push(`srv=${srv}`);
		if (seen !== undefined) parts.push(`seen=${seen}`);
		if (isBeside) parts.push('role=send');
		const client = await this.hello(login, parts.join(' '), seen);
		const first = await client.next();
		if (first.type === 'challenge' && key !== undefined) {
			client.send(`@auth sig=${key.sign(first.srv, first.nonce, login)}`);
			await client.expect('welcome');
		} else check(first.type === 'welcome', `${login} was not let in: ${JSON.stringify(first)}`);
		if (!isBeside) client.missed = (await client.until(({type}) => type === 'live')).slice(0, -1);
		return client;
	}

	/** Logs in guests with a-chat/1. */
	async guests<const N extends readonly string[]>(...starts: N): Promise<Each<N, Client>> {
		return (await Promise.all(starts.map(start => this.join(start)))) as unknown as Each<N, Client>;
	}

	/** Logs in with a-chat/1, each with a key that its name is bound to from now on. */
	async owners<const N extends readonly string[]>(...starts: N): Promise<Each<N, Client>> {
		const all = starts.map(start => this.join(start, {key: new TestKey()}));
		return (await Promise.all(all)) as unknown as Each<N, Client>;
	}

	/** Ends all connections of the case. */
	close(): void {
		this.#isClosed = true;
		for (const talker of this.#talkers) talker.destroy();
	}

	#optionsFor(login: string) {
		const {patienceMs, transcript} = this;
		const onLine = (line: string) => {
			transcript.push(line);
			if (transcript.length > transcriptLines) transcript.shift();
		};
		return {login, patienceMs, onLine};
	}

	#keep<T extends Talker>(talker: T): T {
		this.#talkers.push(talker);
		// The case was given up while this one connected.
		if (this.#isClosed) talker.destroy();
		return talker;
	}

	#open(): Promise<Socket> {
		return openSocket(this.#address, this.patienceMs);
	}
}

/** Connects; rejects with a code, as of the system or `ETIMEDOUT`. */
const openSocket = (address: Address, patienceMs: number): Promise<Socket> =>
	new Promise((resolve, reject) => {
		const socket = connect({...address, allowHalfOpen: true, noDelay: true});
		const timer = setTimeout(() => {
			socket.destroy(Object.assign(new Error('connecting took too long'), {code: 'ETIMEDOUT'}));
		}, patienceMs);
		socket.once('error', error => {
			clearTimeout(timer);
			reject(error);
		});
		socket.once('connect', () => {
			clearTimeout(timer);
			socket.removeAllListeners('error');
			resolve(socket);
		});
	});
