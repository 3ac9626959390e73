import {unblock} from '../ui/terminal/unblock.ts';

/** Bytes that may wait for whoever reads the stream; above it lines are left out. */
const maxWaitingBytes = 64 * 1024;

/**
 * Lines on a stream whose reader is owed nothing: it may stop reading, close it or fill its disk. That costs lines, and
 * never waiting, memory or the process. How many were left out is told as soon as there is room again.
 */
export class PassingLines {
	readonly #stream: NodeJS.WriteStream;
	readonly #describeLoss: (lines: number) => string;
	/** Lines that were left out, and not told of yet. */
	#leftOut = 0;
	/** Whether the last thing that was written may be half a line, as it is when a disk is full. */
	#isBroken = false;

	/** @param describeLoss makes the line that tells how many were left out, with its LF */
	constructor(stream: NodeJS.WriteStream, describeLoss: (lines: number) => string) {
		this.#stream = stream;
		this.#describeLoss = describeLoss;
		neverBlock(stream);
		stream.on('drain', this.#tellLoss);
	}

	/** @param line with its LF */
	readonly write = (line: string): void => {
		this.#tellLoss();
		this.#put(line, 1);
	};

	/** Settles when all that was written is out, after `ms` at the latest. */
	async flush(ms: number): Promise<void> {
		if (this.#stream.writableLength === 0) return;
		await new Promise<void>(resolve => {
			const timer = setTimeout(resolve, ms);
			this.#stream.write('', () => {
				clearTimeout(timer);
				resolve();
			});
		});
	}

	readonly #tellLoss = (): void => {
		const lines = this.#leftOut;
		if (lines === 0) return;
		this.#leftOut = 0;
		this.#put(`${this.#isBroken ? '\n' : ''}${this.#describeLoss(lines)}`, lines);
	};

	/** @param lines how many are lost if it cannot be written */
	#put(line: string, lines: number): void {
		if (this.#stream.writableLength >= maxWaitingBytes) {
			this.#leftOut += lines;
			return;
		}
		this.#stream.write(line, error => {
			this.#isBroken = Boolean(error);
			if (error) this.#leftOut += lines;
		});
	}
}

/**
 * Keeps a stream from holding up or ending the process: Node lets a write to a terminal or a pipe wait until somebody reads
 * it, and with it everything else here.
 */
export function neverBlock(stream: NodeJS.WriteStream): void {
	unblock(stream);
	stream.on('error', () => {});
}
