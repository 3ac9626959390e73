import {readFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {type IPty, spawn} from '@lydell/node-pty';
import type {IBufferCell, Terminal} from '@xterm/headless';
import {type Lifetime, onCleanup} from './cleanup.ts';
import {programCommand} from './dist.ts';
import {createEmulator, type Emulator, type EmulatorOptions, type Switches} from './emulator.ts';
import {type Environment, programEnvironment, temporaryFolder} from './environment.ts';
import {keySequence} from './keys.ts';
import {type Cursor, cellAt, cursorOf, rowText, screenPicture, screenText} from './screen.ts';
import {conditionName, createWaiters, defaultTimeout, matches, type WaitOptions} from './waiters.ts';

export type TerminalOptions = Partial<EmulatorOptions> & {
	/** Arguments of the built program. */
	readonly args?: readonly string[];
	/** Another command line in place of the built program. */
	readonly command?: readonly [file: string, ...args: string[]];
	readonly env?: Environment;
	/** Folder for `HOME` and `A_CHAT_HOME`; default: a fresh one. */
	readonly home?: string;
	/**
	 * Without the wrapping shell: the program itself leads the session and gets SIGHUP from a closed window. Then
	 * `expectTerminalRestored` has nothing to look at.
	 */
	readonly isSessionLeader?: boolean;
	/** Whether the terminal answers the program's questions (cursor position, device attributes). Default: true. */
	readonly answersQueries?: boolean;
	/** What it says its background is when it is asked (OSC 11), as `#rrggbb`. Default: no answer, as xterm.js has none. */
	readonly background?: `#${string}`;
	readonly lifetime?: Lifetime;
};

/** What the wrapping shell saw. */
export type Surroundings = {
	/** `stty -a` before and after the program. */
	readonly before: string;
	readonly after: string;
	/** Bytes that the program left unread: a shell would take them for typed text. */
	readonly unreadInput: string;
};

/** `code` is what a shell sees: 128 + number where a signal ended the program. */
export type Exit = {readonly code: number};

// The inner shell says its process id in a sequence that no program uses, then becomes the program. SIGINT and SIGQUIT
// of a terminal that is not raw go to both; the trap lets the outer one outlive them, and is not inherited.
const wrapper = `
trap : INT QUIT
report=$1
shift
stty -a >"$report/before"
sh -c 'printf "\\033]7777;%s\\007" $$; exec "$@"' sh "$@"
code=$?
stty -a >"$report/after"
stty -icanon -echo min 0 time 0
cat >"$report/unread"
exit $code`;

const rawLimit = 4 * 1024 * 1024;

/** A program in a pseudo-terminal, and the window that a person would see. */
export class TerminalScreen {
	/** The emulator, for what has no method of its own here (and for `renderSvg`). */
	readonly terminal: Terminal;
	readonly home: string;
	readonly isWrapped: boolean;
	pid = 0;

	readonly #emulator: Emulator;
	readonly #pty: IPty;
	readonly #report: string;
	readonly #waiters = createWaiters(() => this.picture());
	#raw = '';
	#exit: Exit | undefined;

	constructor(options: TerminalOptions) {
		const {columns = 80, rows = 24, widths = 'clusters', lifetime = 'test', args = [], env = {}} = options;
		const command = options.command ?? programCommand(args);
		this.home = options.home ?? temporaryFolder(lifetime);
		this.isWrapped = !options.isSessionLeader;
		this.#report = temporaryFolder(lifetime);
		this.#emulator = createEmulator({columns, rows, widths});
		this.terminal = this.#emulator.terminal;

		const [file, ...rest] = this.isWrapped ? ['sh', '-c', wrapper, 'sh', this.#report, ...command] : command;
		const environment = programEnvironment(this.home, env);
		this.#pty = spawn(file, rest, {name: environment.TERM ?? 'xterm', cols: columns, rows, env: environment});
		this.pid = this.isWrapped ? 0 : this.#pty.pid;
		this.terminal.parser.registerOscHandler(7777, data => {
			this.pid = Number(data);
			return true;
		});

		this.#pty.onData(data => {
			this.#raw = (this.#raw + data).slice(-rawLimit);
			this.terminal.write(data, () => this.#waiters.recheck());
		});
		this.#pty.onExit(({exitCode, signal}) => {
			this.terminal.write('', () => {
				this.#exit = {code: signal ? 128 + signal : exitCode};
				this.#waiters.finish(`the program has ended with code ${this.#exit.code}`);
			});
		});
		if (options.answersQueries !== false) {
			this.terminal.onData(reply => this.#pty.write(reply));
		}

		const {background} = options;
		if (background !== undefined) {
			this.terminal.parser.registerOscHandler(11, data => {
				if (data === '?') this.#pty.write(`\u001B]11;${background}\u001B\\`);
				return data === '?';
			});
		}

		onCleanup(lifetime, () => this.close());
	}

	/** All rows, without the blanks at their ends, joined with LF. */
	text(): string {
		return screenText(this.terminal);
	}

	row(row: number): string {
		return rowText(this.terminal, row);
	}

	cell(row: number, column: number): IBufferCell | undefined {
		return cellAt(this.terminal, row, column);
	}

	/** The screen in a frame, with the cursor and the modes in words. */
	picture(): string {
		return screenPicture(this.#emulator);
	}

	get cursor(): Cursor {
		return cursorOf(this.#emulator);
	}

	get isAlternate(): boolean {
		return this.terminal.buffer.active.type === 'alternate';
	}

	/** The modes as xterm.js names them, and the switches that it does not tell. */
	get modes(): Terminal['modes'] & Switches {
		return {...this.terminal.modes, ...this.#emulator.switches()};
	}

	/** What the program wrote, at most the last 4 Mi code units of it. */
	get raw(): string {
		return this.#raw.replace(/^\u001B\]7777;\d+\u0007/, '');
	}

	get hasExited(): boolean {
		return this.#exit !== undefined;
	}

	type(text: string): void {
		this.#pty.write(text);
	}

	/** Keys by name, one after the other, each in a write of its own; see `keySequence`. */
	press(...keys: readonly string[]): void {
		for (const key of keys) {
			this.type(keySequence(key, {applicationCursor: this.terminal.modes.applicationCursorKeysMode}));
		}
	}

	/** As terminals paste: line ends become CR, in brackets if the program asked for them. */
	paste(text: string): void {
		const keys = text.replaceAll(/\r?\n/g, '\r');
		this.type(this.terminal.modes.bracketedPasteMode ? `\u001B[200~${keys}\u001B[201~` : keys);
	}

	/** Resolves once what arrived before is drawn in the old size; the program hears of the new one by SIGWINCH. */
	async resize(columns: number, rows: number): Promise<void> {
		await new Promise<void>(resolve => this.terminal.write('', resolve));
		this.terminal.resize(columns, rows);
		this.#pty.resize(columns, rows);
	}

	/**
	 * Waits until the screen contains a text, its text matches an expression, or a function says yes; looked at again
	 * after each piece of output. Rejects with a picture of the screen after `timeout` ms or when the program ends.
	 */
	waitFor(
		condition: string | RegExp | ((screen: this) => boolean),
		options: WaitOptions = {},
	): Promise<void> {
		const check = () => (typeof condition === 'function' ? condition(this) : matches(this.text(), condition));
		return this.#waiters.wait(conditionName(condition), check, options);
	}

	/** Resolves when the program has ended and all of its output is on the screen. */
	async waitForExit({timeout = defaultTimeout}: WaitOptions = {}): Promise<Exit> {
		await this.#waiters.wait('waited for the end of the program', () => this.hasExited, {timeout});
		return this.#exit as Exit;
	}

	/** Leaves the program's output unread, like an ssh that hangs: after some KiB its writes do not get through. */
	stallReading(): void {
		this.#pty.pause();
	}

	resumeReading(): void {
		this.#pty.resume();
	}

	/** Sends a signal to the program, not to the shell around it. */
	kill(signal: NodeJS.Signals = 'SIGTERM'): void {
		process.kill(this.pid, signal);
	}

	/** Closes the window while the program runs. */
	hangUp(): void {
		// In node-pty, but not in its types: `kill` would only send a signal.
		(this.#pty as IPty & {destroy(): void}).destroy();
	}

	/** What the wrapping shell wrote down; only after the end of the program. */
	surroundings(): Surroundings {
		const read = (name: string): string => readFileSync(path.join(this.#report, name), 'utf8');
		return {before: read('before'), after: read('after'), unreadInput: read('unread')};
	}

	/** Ends whatever still runs in the terminal, without asking. */
	async close(): Promise<void> {
		if (!this.hasExited) {
			try {
				process.kill(-this.#pty.pid, 'SIGKILL');
			} catch {
				// It ended in this moment.
			}

			this.resumeReading();
			await this.waitForExit();
		}

		this.terminal.dispose();
	}
}

/** Starts the built program (or `command`) in a terminal that is closed at the end of the test. */
export const openTerminal = async (options: TerminalOptions = {}): Promise<TerminalScreen> => {
	const screen = new TerminalScreen(options);
	await screen.waitFor(({pid, hasExited}) => pid > 0 || hasExited);
	return screen;
};
