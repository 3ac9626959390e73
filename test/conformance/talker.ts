import type {Socket} from 'node:net';
import {limits} from '../../source/protocol/limits.ts';
import {Broken, check, quote} from './case.ts';

export type TalkerOptions = {
	readonly login: string;
	/** Longest wait for anything that has to come. */
	readonly patienceMs: number;
	/** Is told each line that goes or comes. */
	readonly onLine: (line: string) => void;
	/** Whether only what a plain server sends may come. */
	readonly isPlain: boolean;
};

const utf8 = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true});

/** Somebody who is connected. Bytes are cut into lines here by hand, so that no code of the server's checks itself. */
export class Talker {
	readonly login: string;
	/** Lines that have come and were not looked at yet. */
	readonly lines: string[] = [];
	readonly #socket: Socket;
	readonly #options: TalkerOptions;
	#rest: Buffer = Buffer.alloc(0);
	/** `FIN`, or how else the connection ended. */
	#ending: string | undefined;
	/** A line that no server may send, whatever the case is about. */
	#fault: string | undefined;
	#wake: (() => void) | undefined;

	constructor(socket: Socket, options: TalkerOptions) {
		this.login = options.login;
		this.#socket = socket;
		this.#options = options;
		const end = (ending: string) => {
			this.#ending ??= ending;
			this.#wake?.();
		};
		socket.on('data', this.#onData);
		socket.on('end', () => end('FIN'));
		socket.on('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
		socket.on('close', () => end('closed here'));
	}

	/** Writes lines, each with its LF, in one write. */
	send(...lines: string[]): void {
		this.write(lines.map(line => `${line}\n`).join(''));
	}

	/** Writes bytes or text as they are. */
	write(data: string | Uint8Array): void {
		this.#options.onLine(`${this.login} > ${quote(data.toString())}`);
		if (this.#socket.writable) this.#socket.write(data);
	}

	/** Half-closes: nothing more is written, what comes is still read. */
	end(): void {
		this.#options.onLine(`${this.login} > FIN`);
		this.#socket.end();
	}

	/** Closes its side, and waits until the server has done so too. */
	async leave(): Promise<void> {
		this.end();
		await this.#until(() => this.#ending !== undefined, 'the FIN of the server');
		check(this.#ending === 'FIN', `${this.login} got ${this.#ending} instead of a FIN`);
	}

	/** The next line. */
	async line(): Promise<string> {
		await this.#until(() => this.lines.length > 0, 'a line');
		return this.lines.shift() ?? '';
	}

	/** Reads exactly these lines next. */
	async hears(...expected: string[]): Promise<void> {
		for (const line of expected) {
			const seen = await this.line();
			check(seen === line, `${this.login} read ${quote(seen)} instead of ${quote(line)}`);
		}
	}

	/** Reads nothing more but the FIN of the server. */
	async finishes(): Promise<void> {
		await this.#until(() => this.lines.length > 0 || this.#ending !== undefined, 'a FIN');
		const [line] = this.lines;
		check(line === undefined, `${this.login} read ${quote(line ?? '')} instead of a FIN`);
		check(this.#ending === 'FIN', `${this.login} got ${this.#ending} instead of a FIN`);
		this.#socket.end();
	}

	/** Reads a sentence of the server that begins so, and its FIN. */
	async isSentAway(start = 'from server: '): Promise<void> {
		const line = await this.line();
		check(
			line.startsWith(start),
			`${this.login} read ${quote(line)} instead of a sentence ${quote(`${start}…`)}`,
		);
		await this.finishes();
	}

	destroy(): void {
		this.#socket.destroy();
	}

	readonly #onData = (chunk: Buffer): void => {
		let bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
		for (let end = bytes.indexOf(0x0a); end !== -1; end = bytes.indexOf(0x0a)) {
			this.#take(bytes.subarray(0, end));
			bytes = bytes.subarray(end + 1);
		}
		this.#rest = bytes;
		this.#wake?.();
	};

	#take(bytes: Buffer): void {
		const {login} = this;
		const end = bytes.at(-1) === 0x0d ? bytes.length - 1 : bytes.length;
		let line: string;
		try {
			line = utf8.decode(bytes.subarray(0, end));
		} catch {
			line = bytes.toString('latin1');
			this.#fault ??= `${login} read a line that is not UTF-8: ${quote(line)}`;
		}
		this.#options.onLine(`${login} < ${quote(line)}`);
		if (bytes.length > limits.serverLineBytes)
			this.#fault ??= `${login} read a line of ${bytes.length} bytes, where ${limits.serverLineBytes} are the most`;
		if (this.#options.isPlain && !/^from [^:]+: /.test(line))
			this.#fault ??= `${login}, who is a plain peer, read ${quote(line)}`;
		this.lines.push(line);
	}

	async #until(isDone: () => boolean, what: string): Promise<void> {
		const {patienceMs} = this.#options;
		const deadline = performance.now() + patienceMs;
		for (;;) {
			if (this.#fault !== undefined) throw new Broken(this.#fault);
			if (isDone()) return;
			if (this.#ending !== undefined)
				throw new Broken(`the connection of ${this.login} ended (${this.#ending}) before ${what}`);
			const left = deadline - performance.now();
			if (left <= 0) throw new Broken(`${this.login} waited ${patienceMs} ms in vain for ${what}`);
			await new Promise<void>(resolve => {
				const timer = setTimeout(resolve, left);
				this.#wake = () => {
					clearTimeout(timer);
					resolve();
				};
			});
		}
	}
}

/** What others read of a text. */
export const from = ({login}: Talker, text: string): string => `from ${login}: ${text}`;

/** Shows that nothing else is under way to them: all read next what a plain peer, or a client, writes to them now. */
export const hearOnlyMark = async (sender: Talker, ...listeners: readonly Talker[]): Promise<void> => {
	const mark = `mark ${Math.random().toString(36).slice(2)}`;
	sender.send(`${listeners.map(({login}) => login).join(', ')}: ${mark}`);
	for (const listener of listeners) await listener.hears(from(sender, mark));
};
