import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {performance} from 'node:perf_hooks';
import {setTimeout as sleep} from 'node:timers/promises';
import {type IPty, spawn} from '@lydell/node-pty';
import xterm from '@xterm/headless';
import {type Frame, readFrame} from '../start-up/frame.ts';

export type Size = {readonly columns: number; readonly rows: number};

const stopMs = 3000;
// Reading a frame takes time that nobody may want to spend.
const nobody = () => {};
const usualSize: Size = {columns: 80, rows: 24};
/** Code units of the output that are kept, to weigh the emulator with. */
const recentUnits = 256 * 1024;

/** A folder for what the program keeps between starts. */
export function createHome(): {readonly folder: string; remove(): void} {
	const folder = mkdtempSync(path.join(tmpdir(), 'a-chat-screen-'));
	return {folder, remove: () => rmSync(folder, {recursive: true, force: true, maxRetries: 5})};
}

/**
 * A program in a terminal that is being watched. What it shows counts from the moment at which the output that made it
 * was read, and inside a synchronised update (DEC mode 2026) only from the end of that.
 */
export class WatchedProgram {
	/** Called for every piece of output once it is on the screen; `time` is when it came, in ms since the start. */
	onFrame: (frame: Frame, time: number) => void = nobody;
	/** The same without the frame, and with the time of `performance.now()`. */
	onPiece: (time: number) => void = nobody;
	/** When it was started, as `performance.now()` tells time. */
	readonly start: number;
	/** Bytes that it has written. */
	bytes = 0;
	readonly #terminal: xterm.Terminal;
	readonly #pty: IPty;
	readonly #exited: Promise<unknown>;
	#lastOutput: number;
	#recent = '';
	#hasEnded = false;
	#lastRow = 0;

	/** @param command in which `{home}` stands for the folder `home` */
	constructor(command: string, home: string, {columns, rows} = usualSize) {
		const {CI: _ci, NO_COLOR: _noColor, ...inherited} = process.env;
		const env = {...inherited, TERM: 'xterm-256color', LANG: 'C.UTF-8', A_CHAT_HOME: home, HOME: home};
		this.#terminal = new xterm.Terminal({cols: columns, rows, scrollback: 0, allowProposedApi: true});
		this.start = performance.now();
		this.#lastOutput = this.start;
		const line = command.replaceAll('{home}', home);
		this.#pty = spawn('sh', ['-c', line], {name: env.TERM, cols: columns, rows, env});
		this.#exited = new Promise(resolve => this.#pty.onExit(resolve));
		this.#exited.then(() => {
			this.#hasEnded = true;
		});
		this.#terminal.onData(answer => this.#pty.write(answer));
		this.#pty.onData(data => {
			const now = performance.now();
			this.#lastOutput = now;
			this.bytes += Buffer.byteLength(data);
			this.#recent = (this.#recent + data).slice(-recentUnits);
			this.#terminal.write(data, () => this.#tell(now));
		});
	}

	/** What it shows now. */
	get frame(): Frame {
		return readFrame(this.#terminal);
	}

	get hasEnded(): boolean {
		return this.#hasEnded;
	}

	/** The process group that it and its children are in. */
	get group(): number {
		return this.#pty.pid;
	}

	/** What it wrote last. */
	get recentOutput(): string {
		return this.#recent;
	}

	/** Whether a row contains `text`. The row where one was found last is looked at first. */
	shows(text: string): boolean {
		const {rows} = this.#terminal;
		if (this.#rowHas(this.#lastRow, text)) return true;
		for (let row = rows - 1; row >= 0; row--) {
			if (!this.#rowHas(row, text)) continue;
			this.#lastRow = row;
			return true;
		}
		return false;
	}

	/**
	 * Waits until `condition` holds for what it shows, looking at every piece of output. Resolves with the time of that
	 * piece (`performance.now()`), now if it held already, undefined after `patience` ms or when the program has ended.
	 */
	async until(condition: () => boolean, patience: number): Promise<number | undefined> {
		if (condition()) return performance.now();
		const before = this.onPiece;
		const timeout = new AbortController();
		try {
			return await Promise.race([
				new Promise<number>(resolve => {
					this.onPiece = time => {
						before(time);
						if (condition()) resolve(time);
					};
				}),
				this.#exited.then(() => undefined),
				sleep(patience, undefined, {signal: timeout.signal}).catch(() => undefined),
			]);
		} finally {
			timeout.abort();
			this.onPiece = before;
		}
	}

	type(keys: string): void {
		this.#pty.write(keys);
	}

	/** As terminals paste: line ends become CR, in brackets if the program asked for them. */
	paste(text: string): void {
		const keys = text.replaceAll('\n', '\r');
		this.type(this.#terminal.modes.bracketedPasteMode ? `\u001B[200~${keys}\u001B[201~` : keys);
	}

	/** The window gets another size, and the program hears of it. */
	resize({columns, rows}: Size): void {
		this.#terminal.resize(columns, rows);
		this.#pty.resize(columns, rows);
	}

	/** Resolves when nothing has been written for `quietMs`, and not before something has; after 15 s in any case. */
	async settle(quietMs: number): Promise<void> {
		const begin = performance.now();
		const isQuiet = () =>
			this.#lastOutput !== this.start && performance.now() - Math.max(begin, this.#lastOutput) >= quietMs;
		while (!isQuiet() && !this.#hasEnded && performance.now() < begin + 15_000) await sleep(10);
	}

	/** Ends it; from here on its output is its farewell and not looked at. */
	async stop(): Promise<void> {
		this.onFrame = nobody;
		this.onPiece = nobody;
		this.#signal('SIGTERM');
		await Promise.race([this.#exited, sleep(stopMs, undefined, {ref: false})]);
		this.#signal('SIGKILL');
		await this.#exited;
	}

	#rowHas(row: number, text: string): boolean {
		const buffer = this.#terminal.buffer.active;
		return (
			buffer
				.getLine(buffer.viewportY + row)
				?.translateToString(true)
				.includes(text) === true
		);
	}

	#tell(time: number): void {
		if (this.#terminal.modes.synchronizedOutputMode) return;
		this.onPiece(time);
		if (this.onFrame !== nobody) this.onFrame(this.frame, time - this.start);
	}

	// The program leads a session, and so a group, of its own.
	#signal(name: NodeJS.Signals): void {
		try {
			process.kill(-this.#pty.pid, name);
		} catch {
			// It has ended.
		}
	}
}
