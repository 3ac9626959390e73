import {LineSplitter} from '../protocol/line-splitter.ts';
import {say} from './output.ts';

export type InputLinesOptions = {
	/** Bytes that a line may have. */
	readonly maxBytes: number;
	/** Where the lines of one chunk go; `onTaken` says that more may come. */
	readonly write: (lines: readonly string[], onTaken: () => void) => void;
	/** False while whoever takes the lines should first be waited for. */
	readonly canTakeMore: () => boolean;
	/** Called once, at the end of standard input, or with false where it cannot be read or sent any further. */
	readonly onEnd: (isComplete: boolean) => void;
};

const faultSentences = {
	LINE_TOO_LONG: 'A line is longer than 64 KiB; it and what follows was not sent: cut it into shorter lines.',
	BAD_UTF8:
		'A line is not UTF-8; it and what follows was not sent: convert it first, for example with iconv.',
};

/** Reads standard input as lines, no faster than they are taken. Returns a function that stops it. */
export function readInputLines(options: InputLinesOptions): () => void {
	const splitter = new LineSplitter({maxBytes: options.maxBytes, overflow: 'refuse', isStrict: true});
	let isReading = true;

	const hand = (lines: readonly string[]) => {
		if (lines.length === 0) return;
		options.write(lines, () => {
			if (isReading) process.stdin.resume();
		});
		if (!options.canTakeMore()) process.stdin.pause();
	};
	const stop = () => {
		isReading = false;
		process.stdin.off('data', receive).off('end', end).pause();
	};
	const giveUp = (sentence: string) => {
		stop();
		say(`a-chat-tui: ${sentence}`);
		options.onEnd(false);
	};
	const end = () => {
		const last = splitter.end();
		if (splitter.fault !== undefined) {
			giveUp(faultSentences[splitter.fault]);
			return;
		}
		if (last !== undefined) hand([last]);
		stop();
		options.onEnd(true);
	};
	const receive = (chunk: Buffer) => {
		hand(splitter.push(chunk));
		if (splitter.fault !== undefined) giveUp(faultSentences[splitter.fault]);
	};

	process.stdin
		.on('data', receive)
		.on('end', end)
		.on('error', ({message}) => {
			if (isReading) giveUp(`Standard input cannot be read (${message}): what came before was sent.`);
		});
	return stop;
}
