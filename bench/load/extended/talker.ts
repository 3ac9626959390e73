import {type KeyObject, sign} from 'node:crypto';
import {connect, type Socket} from 'node:net';
import {challengeText} from '../../../source/protocol/extended/challenge-text.ts';

/** Takes a line of a server, `bytes` from `start` to `end`, without its LF. They mean nothing after the call. */
export type Taker = (bytes: Buffer, start: number, end: number) => void;

/** The key that a login is bound to. */
export type Identity = {readonly pub: string; readonly key: KeyObject};

type Opening = {readonly identity?: Identity; readonly onLine?: Taker; readonly patience?: number};

// Every socket of the process reads into this one: what has come is dealt with before the next read.
const readBuffer = Buffer.allocUnsafeSlow(256 * 1024);
const nothing = Buffer.alloc(0);
const LF = 0x0a;

/** One connection that speaks a-chat/1 and was let in. */
export class Talker {
	readonly login: string;
	readonly socket: Socket;
	/** What the host says of where it keeps messages, and its newest number when this one came. */
	stored = '';
	newest = 0;
	onLine: Taker;
	onCut: () => void = () => {};
	#rest: Buffer = nothing;
	#isLeaving = false;

	private constructor(port: number, login: string, onLine: Taker) {
		this.login = login;
		this.onLine = onLine;
		this.socket = connect({
			host: '127.0.0.1',
			port,
			noDelay: true,
			onread: {
				buffer: readBuffer,
				callback: length => {
					this.#receive(readBuffer.subarray(0, length));
					return true;
				},
			},
		});
		this.socket.on('error', () => this.socket.destroy());
		this.socket.on('close', () => {
			if (!this.#isLeaving) this.onCut();
		});
	}

	/**
	 * Connects, says hello and resolves at `@live`; messages that waited go to `onLine` before that. Rejects with a
	 * sentence if it is not let in within `patience` ms.
	 */
	static async open(
		port: number,
		login: string,
		{identity, onLine = () => {}, patience = 10_000}: Opening = {},
	): Promise<Talker> {
		const talker = new Talker(port, login, onLine);
		try {
			await talker.#greet(identity, patience);
			return talker;
		} catch (error) {
			talker.drop();
			throw error;
		}
	}

	/** Sends a line and resolves with the first line that begins with `start`, which is taken from `onLine`. */
	ask(line: string, start: string, patience = 10_000): Promise<string> {
		const {onLine, onCut} = this;
		return new Promise<string>((resolve, reject) => {
			const fail = (what: string) => reject(new Error(`${this.login} ${what} after ${line.slice(0, 60)}`));
			const timer = setTimeout(() => fail(`got no "${start}" in ${patience} ms`), patience);
			this.onCut = () => fail('was cut');
			this.onLine = (bytes, from, to) => {
				const text = bytes.toString('utf8', from, to);
				if (text.startsWith(start)) resolve(text);
				else if (text.startsWith('@fail') || text.startsWith('@bye')) fail(`was told ${text}`);
				else onLine(bytes, from, to);
				if (text.startsWith(start)) clearTimeout(timer);
			};
			this.socket.write(`${line}\n`);
		}).finally(() => {
			this.onLine = onLine;
			this.onCut = onCut;
		});
	}

	/** Closes at once. */
	drop(): void {
		this.#isLeaving = true;
		this.socket.destroy();
	}

	async #greet(identity: Identity | undefined, patience: number): Promise<void> {
		const {onLine} = this;
		const pub = identity === undefined ? '' : ` pub=${identity.pub}`;
		const take: Taker = (bytes, start, end) => {
			const line = bytes.toString('utf8', start, end);
			if (line.startsWith('@challenge ')) this.#answer(line, identity);
			else if (line.startsWith('@welcome ')) {
				this.stored = valueIn(line, 'stored');
				this.newest = Number(valueIn(line, 'n'));
			} else onLine(bytes, start, end);
		};
		this.onLine = take;
		await this.ask(`${this.login}\n@hello a-chat=1 caps=ack${pub}`, '@live', patience);
		this.onLine = onLine;
	}

	#answer(line: string, identity: Identity | undefined): void {
		if (identity === undefined) return;
		const [nonce, srv] = [valueIn(line, 'nonce'), valueIn(line, 'srv')];
		const text = challengeText({srv, nonce, login: this.login, pub: identity.pub});
		const sig = sign(null, Buffer.from(text), identity.key).toString('base64url');
		this.socket.write(`@auth sig=${sig}\n`);
	}

	#receive(chunk: Buffer): void {
		let at = 0;
		if (this.#rest.length > 0) {
			const end = chunk.indexOf(LF);
			const line = Buffer.concat([this.#rest, chunk.subarray(0, end === -1 ? chunk.length : end)]);
			if (end === -1) {
				this.#rest = line;
				return;
			}
			this.#rest = nothing;
			this.onLine(line, 0, line.length);
			at = end + 1;
		}
		for (let end = chunk.indexOf(LF, at); end !== -1; end = chunk.indexOf(LF, at)) {
			this.onLine(chunk, at, end);
			at = end + 1;
		}
		if (at < chunk.length) this.#rest = Buffer.from(chunk.subarray(at));
	}
}

/** The value of a key in a line that holds nothing encoded; '' if it is not there. */
function valueIn(line: string, key: string): string {
	return line.split(` ${key}=`)[1]?.split(' ')[0] ?? '';
}

/** Opens a talker for each login, 100 on their way at most. */
export async function openTalkers(port: number, logins: readonly string[]): Promise<Talker[]> {
	const talkers: Talker[] = [];
	let next = 0;
	const openNext = async () => {
		while (next < logins.length) {
			const i = next++;
			talkers[i] = await Talker.open(port, logins[i] ?? '');
		}
	};
	await Promise.all(Array.from({length: Math.min(100, logins.length)}, openNext));
	return talkers;
}
