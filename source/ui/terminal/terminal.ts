import {EventEmitter} from 'node:events';
import {writeSync} from 'node:fs';
import type {ReadStream, WriteStream} from 'node:tty';
import {inCharset} from '../text/glyphs.ts';
import type {TerminalLook} from '../theme/terminal-look.ts';
import {askBackground, enter, leave, reenter} from './modes.ts';
import {type Frame, paint} from './painter.ts';
import {unblock} from './unblock.ts';

export type WindowSize = {readonly columns: number; readonly rows: number};

type TerminalEvents = {
	/** Bytes of the keyboard, and replies of the terminal among them. */
	input: [Buffer];
	resize: [WindowSize];
	/** What was painted has been taken: the next frame may come. */
	ready: [];
	/** It is ours, with whatever title it has. */
	entered: [];
	/** Nobody is behind the terminal any more. */
	gone: [];
};

const standardOutput = 1;

/** What Node offers no public way to. */
type Internals = {
	/** Asks the terminal for its size, and emits `resize` if it is another. */
	readonly _refreshSize?: () => void;
};

/**
 * The terminal while the screen has it: raw keys in, frames out. It never waits for a terminal that is not read, and
 * holds at most one frame for it; and it gives the terminal back as it was, whatever ends the program.
 */
export class Terminal extends EventEmitter<TerminalEvents> {
	readonly #input: ReadStream;
	readonly #output: WriteStream;
	#shown: Frame | undefined;
	readonly #look: TerminalLook;
	#isEntered = false;
	#isListening = false;
	#isBusy = false;

	/** A terminal with colours is asked for its background; the answer is among the input. */
	constructor(input: ReadStream, output: WriteStream, look: TerminalLook) {
		super();
		this.#look = look;
		this.#input = input;
		this.#output = output;
		unblock(output);
		input.on('data', chunk => this.emit('input', chunk as unknown as Buffer));
		input.on('end', () => this.emit('gone')).on('error', () => this.emit('gone'));
		output.on('error', () => this.emit('gone'));
		output.on('resize', () => {
			this.#shown = undefined;
			this.emit('resize', this.size);
		});
	}

	get size(): WindowSize {
		return {columns: this.#output.columns || 80, rows: this.#output.rows || 24};
	}

	/** False while the terminal has not taken the last frame: whatever is painted then is not worth making. */
	get isReady(): boolean {
		return this.#isEntered && !this.#isBusy;
	}

	/** Takes the terminal over, and shows a frame in the same write if there is one already. */
	enter(first?: Frame): void {
		if (this.#isEntered) return;
		this.#isEntered = true;
		this.#isListening = true;
		this.#shown = first;
		this.#input.setRawMode(true);
		this.#input.resume();
		const {takesStrings, colors, charset} = this.#look;
		const frame = first ? inCharset(paint(undefined, first), charset) : '';
		// A frame is worth more than its colours.
		this.#write(enter + frame + (takesStrings && colors !== 0 ? askBackground : ''));
		this.emit('entered');
		this.#refreshSize();
	}

	/** Takes the terminal back from the shell that had it while somebody else's signal had stopped us. */
	reenter(): void {
		if (!this.#isEntered) return;
		this.#shown = undefined;
		// The stream believes that it still is raw, and does nothing if it is told so once more.
		this.#input.setRawMode(false);
		this.#input.setRawMode(true);
		this.#write(reenter);
		this.emit('entered');
		this.#refreshSize();
	}

	/**
	 * Gives the window back at once, and keeps the keyboard until `leave`: what the terminal still has to say would be
	 * typed into the shell.
	 */
	leaveWindow(): void {
		if (!this.#isEntered) return;
		this.#isEntered = false;
		writeAtOnce(standardOutput, leave);
	}

	/** Gives the terminal back, at once and for good or until `enter`. */
	leave(): void {
		// First, while keys are still raw: a Ctrl+C that made a signal of itself would have the kernel throw away what the
		// terminal has not read yet.
		this.leaveWindow();
		if (!this.#isListening) return;
		this.#isListening = false;
		try {
			this.#input.setRawMode(false);
		} catch {}
		this.#input.pause();
	}

	/**
	 * Shows a frame; the caller sees to it that the terminal is ready. If the window has taken another size, of which the
	 * signal is still to be handled, `resize` is emitted first, and whoever paints then comes before this frame, which is
	 * of the old size.
	 */
	paint(frame: Frame): void {
		if (this.isReady) this.#refreshSize();
		if (!this.isReady) return;
		const bytes = paint(this.#shown, frame);
		this.#shown = frame;
		if (bytes !== '') this.#write(bytes);
	}

	/** Writes what changes no cell of the window; the caller sees to it that the terminal is ready. */
	tell(bytes: string): void {
		if (this.isReady) this.#write(bytes);
	}

	/** Forgets what the window shows, because something else wrote to it: the next frame is painted as a whole. */
	invalidate(): void {
		this.#shown = undefined;
	}

	/** Also because who is stopped is not told of a new size: SIGWINCH goes to the program in the foreground. */
	#refreshSize(): void {
		(this.#output as Internals)._refreshSize?.();
	}

	#write(bytes: string): void {
		this.#isBusy = true;
		this.#output.write(inCharset(bytes, this.#look.charset), error => {
			this.#isBusy = false;
			if (error) this.emit('gone');
			else if (this.#isEntered) this.emit('ready');
		});
	}
}

/** The last bytes go around the stream, which nobody would flush any more; a terminal that takes nothing is given up. */
function writeAtOnce(fd: number, bytes: string): void {
	for (let attempt = 0; attempt < 100; attempt++) {
		try {
			writeSync(fd, bytes);
			return;
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
			Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
		}
	}
}
