import {EventEmitter} from 'node:events';

/**
 * What Ink takes for its terminal's output. In its debug mode Ink hands over each frame as one whole string, which is
 * what the painter wants: Ink lays out and styles, and how that comes onto the terminal is ours.
 */
export class InkOutput extends EventEmitter {
	readonly isTTY = true;
	readonly writable = true;
	columns: number;
	/** As many as Ink may want: how high the window is it does not have to know. */
	readonly rows = 10_000;
	readonly #onFrame: (rows: readonly string[]) => void;

	constructor(columns: number, onFrame: (rows: readonly string[]) => void) {
		super();
		this.columns = columns;
		this.#onFrame = onFrame;
	}

	write(frame: string, onWritten?: () => void): boolean {
		// Ink also writes nothing, to learn when it has been written, and a line end when it ends.
		if (frame !== '' && frame !== '\n') this.#onFrame(frame.split('\n'));
		onWritten?.();
		return true;
	}
}

/** What Ink takes for its keyboard: it gets its keys from our parser, and no bytes of the terminal's. */
export class InkInput extends EventEmitter {
	readonly isTTY = true;
	#pending: string[] = [];

	constructor() {
		super();
		// What was typed before Ink listened is still there to be read.
		this.on('newListener', event => {
			if (event === 'readable') setImmediate(() => this.emit('readable'));
		});
	}

	/** Hands a key over as the bytes that a terminal would send for it. */
	type(bytes: string): void {
		this.#pending.push(bytes);
		this.emit('readable');
	}

	read(): string | null {
		return this.#pending.shift() ?? null;
	}

	setEncoding(): void {}
	setRawMode(): this {
		return this;
	}
	ref(): void {}
	unref(): void {}
	resume(): void {}
	pause(): void {}
}
