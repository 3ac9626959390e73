import {type Broker, startBroker} from '../../../source/broker/index.ts';
import {cut} from '../../protocol/cut.ts';
import {Client, turns, until} from './client.ts';
import {Model} from './model.ts';
import {describeScript, type Script, type Step} from './script.ts';
import {quoted, toBytes} from './texts.ts';

const never = 1e6;

/** Bytes that a socket surely reads ahead while nobody takes them. */
const readAheadBytes = 30_000;

/** The name of the peer that a script does not know. */
const watcher = 'watcher';

/**
 * Plays a script with real sockets against a broker, and the same against the model. After each step it waits until all
 * have got what the model says, so that there is only one order in which things happen; at the end the broker closes, and
 * as FIN comes last, what has come until then is all there is.
 *
 * Where the model leaves something open there are several models, of which one has to be right to the end.
 *
 * @throws {Error} when none is, with the script and what differs
 */
export const play = async (script: Script): Promise<void> => {
	const player = await Player.start(script);
	try {
		await player.play();
	} catch (error) {
		throw new Error(`${String(error)}\n\n${describeScript(script)}`, {cause: error});
	} finally {
		await player.stop();
	}
};

class Player {
	readonly #script: Script;
	readonly #broker: Broker;
	readonly #events: string[] = [];
	/** All that ever connected, numbered as in the model; the first is the watcher. */
	readonly #clients: Client[] = [];
	/** Which of them the peers of the script are at the moment. */
	readonly #numbers = new Map<number, number>();
	#models: Model[];
	#marks = 0;
	#isClosing = false;

	static async start(script: Script): Promise<Player> {
		const waitMs = script.isPatient ? never : 0;
		const broker = await startBroker({
			port: 0,
			maxConnections: script.limit,
			nameRetryMs: waitMs,
			refusalWaitMs: waitMs,
			lingerMs: never,
			shutdownLingerMs: 0,
		});
		return new Player(script, broker);
	}

	private constructor(script: Script, broker: Broker) {
		this.#script = script;
		this.#broker = broker;
		this.#models = [new Model({limit: broker.limit, isPatient: script.isPatient})];
		broker.on('join', login => this.#events.push(`+${login}`));
		broker.on('leave', login => this.#events.push(`-${login}`));
	}

	async play(): Promise<void> {
		await this.#connect();
		await this.#write(0, Buffer.from(`${watcher}\n`), []);
		for (const [index, step] of this.#script.steps.entries()) {
			try {
				await this.#do(step);
			} catch (error) {
				throw new Error(`At step ${index}: ${error instanceof Error ? error.message : String(error)}`);
			}
		}
		await this.#shutDown();
	}

	async stop(): Promise<void> {
		for (const client of this.#clients) client.forget();
		await this.#broker.close();
	}

	async #do(step: Step): Promise<void> {
		const number = await this.#numberOf(step);
		const client = this.#clients[number ?? -1];
		if (number === undefined || client === undefined) return;
		switch (step.does) {
			case 'write':
			case 'join': {
				if (!client.hasEnded) await this.#write(number, toBytes(step.text), step.cuts);
				break;
			}
			case 'drop': {
				if (!client.hasEnded && this.#noticesReset(number) && !this.#holdsMuch())
					await this.#drop(number, toBytes(step.text));
				break;
			}
			case 'end': {
				if (client.hasEnded) break;
				client.end();
				await this.#settle(model => model.end(number));
				break;
			}
			case 'reset': {
				if (!this.#noticesReset(number)) break;
				client.reset();
				await this.#settle(model => model.reset(number));
				break;
			}
			case 'pause': {
				// What becomes of others cannot be seen unless they read.
				if (this.#models.every(model => model.peers[number]?.phase === 'here')) client.pause();
				break;
			}
			case 'resume': {
				client.resume();
				await this.#settle();
				break;
			}
			default:
		}
	}

	/** Which client a step is about; who is gone, or never was here, connects if it has something to say. */
	async #numberOf({peer, does}: Step): Promise<number | undefined> {
		const number = this.#numbers.get(peer);
		const client = this.#clients[number ?? -1];
		const isAnew = client === undefined || client.isOver || (does === 'join' && client.ending !== '');
		if (!isAnew) return number;
		if (does !== 'connect' && does !== 'join' && does !== 'drop') return undefined;
		const next = await this.#connect();
		this.#numbers.set(peer, next);
		return next;
	}

	async #connect(): Promise<number> {
		this.#clients.push(await Client.connect(this.#broker.address));
		await this.#settle(model => model.connect());
		return this.#clients.length - 1;
	}

	async #write(number: number, bytes: Buffer, cuts: readonly number[]): Promise<void> {
		for (const piece of cut(bytes, cuts).filter(({length}) => length > 0)) {
			this.#clients[number]?.write(piece);
			await turns(2);
		}
		await this.#settle(model => model.write(number, bytes));
	}

	/** Of the lines in `bytes` any number from the first on may count. The watcher's word to all comes behind them. */
	async #drop(number: number, bytes: Buffer): Promise<void> {
		this.#clients[number]?.write(bytes);
		this.#clients[number]?.reset();
		const ends = [-1, ...[...bytes.keys()].filter(at => bytes[at] === 0x0a)].map(at => at + 1);
		this.#models = this.#models.flatMap(model =>
			ends.map(end => {
				const other = model.clone();
				other.write(number, bytes.subarray(0, end));
				other.reset(number);
				return other;
			}),
		);
		// The watcher's word has to come behind those of all who were given the name, one after the other.
		const seen = () => [this.#broker.connections, this.#broker.logins, this.#events].join(';');
		await this.#until(model => [model.connections, model.logins, model.events].join(';') === seen());
		const names = new Set(this.#models.flatMap(model => model.logins));
		await this.#write(0, Buffer.from(`${[...names].join(',')}: mark ${this.#marks++}\n`), []);
	}

	/**
	 * Whether the broker sees a reset of this client: not while it reads nothing from it because it waits for a name, once
	 * the end of the stream or more than a socket reads ahead has come.
	 */
	#noticesReset(number: number): boolean {
		return this.#models.every(model => {
			const peer = model.peers[number];
			return peer?.phase !== 'waiting' || (!peer.hasEnded && peer.unread.length < readAheadBytes);
		});
	}

	/**
	 * Whether somebody who waits for a name has said more than the broker has read: it would go on reading once the name is
	 * free, while the watcher's word already comes.
	 */
	#holdsMuch(): boolean {
		return this.#models.some(model =>
			model.peers.some(({phase, unread}) => phase === 'waiting' && unread.length >= readAheadBytes),
		);
	}

	async #shutDown(): Promise<void> {
		this.#isClosing = true;
		const closed = this.#broker.close();
		for (const client of this.#clients) client.resume();
		await this.#settle(model => model.shutDown());
		for (const client of this.#clients) client.forget();
		await closed;
	}

	/** Has the models do what was done, and waits until one of them is right. */
	async #settle(change: (model: Model) => void = () => {}): Promise<void> {
		this.#models.forEach(change);
		await this.#until(model => this.#differences(model).length === 0);
		this.#models = this.#models.filter(model => this.#differences(model).length === 0);
	}

	async #until(isRight: (model: Model) => boolean): Promise<void> {
		await until(
			() => this.#models.some(isRight),
			this.#clients,
			() => this.#models.map(model => this.#differences(model).join('\n')).join('\nor\n'),
		);
	}

	/** What is not as a model says. */
	#differences(model: Model): string[] {
		const differences: string[] = [];
		const compare = (what: string, got: string, expected: string) => {
			if (got !== expected) differences.push(`${what}\n  is        ${got}\n  should be ${expected}`);
		};
		compare('who is here', this.#broker.logins.join(), model.logins.join());
		compare('who came and went', this.#events.join(), model.events.join());
		// How long each takes to close is not told while the broker shuts down.
		if (!this.#isClosing) compare('connections', String(this.#broker.connections), String(model.connections));
		for (const [number, client] of this.#clients.entries()) {
			const peer = model.peers[number];
			if (peer === undefined || client.isPaused) continue;
			const got = client.received;
			// A reset may cost a peer what it has not read yet.
			const expected = client.hasReset ? peer.got.subarray(0, got.length) : peer.got;
			if (!got.equals(expected)) differences.push(difference(number, got, expected));
			if (!client.hasReset) compare(`client ${number} ended`, client.ending, peer.hasFin ? 'FIN' : '');
		}
		return differences;
	}
}

/** Where two streams begin to differ, and how. */
const difference = (number: number, got: Buffer, expected: Buffer): string => {
	let at = 0;
	while (at < got.length && got[at] === expected[at]) at++;
	const show = (bytes: Buffer): string => quoted(bytes.toString('latin1', Math.max(0, at - 60), at + 120));
	const sizes = `${got.length} bytes instead of ${expected.length}, different from byte ${at} on`;
	return `client ${number} got ${sizes}:\n  is        ${show(got)}\n  should be ${show(expected)}`;
};
