import {limits} from '../protocol/limits.ts';
import {LineSplitter} from '../protocol/line-splitter.ts';
import {parsePost} from '../protocol/plain.ts';
import {nameTaken} from '../protocol/refusals.ts';
import {type Address, formatAddress} from '../session/address.ts';
import {Link} from '../session/link.ts';
import {SessionError} from '../session/session-error.ts';
import {readInputLines} from './input-lines.ts';
import {say} from './output.ts';

/**
 * The client of old: the login, then standard input's lines to the socket and the server's bytes to standard output,
 * both at once and each no faster than the other side takes them. Resolves at the server's FIN, to whether all input
 * could be sent.
 *
 * @throws SessionError if the connection never came about, broke, or ended before our input did, or the name was taken
 */
export async function runPlain(address: Address, login: string): Promise<boolean> {
	const output = process.stdout.isTTY ? await makeTerminalOutput() : bytesOutput;
	return new Promise((resolve, reject) => {
		let isInputAtEnd = false;
		let wasAllSent = true;
		let wasTold = false;
		let stopInput = () => {};
		/** What is told in one sentence at the end: the refusal of our name, and all that came, as long as it may be that. */
		const refusal = Buffer.from(`from server: ${nameTaken(login)}\n`);
		let opening: Buffer | undefined = Buffer.alloc(0);
		const link = new Link({
			address,
			onOpen() {
				link.write(`${login}\n`);
				stopInput = readInputLines({
					maxBytes: limits.plainLineBytes,
					write(lines, onTaken) {
						link.write(`${lines.join('\n')}\n`, onTaken);
						if (wasTold || !lines.some(isForNobody)) return;
						wasTold = true;
						say(forNobody);
					},
					canTakeMore: () => link.canTakeMore,
					onEnd(isComplete) {
						isInputAtEnd = true;
						wasAllSent = isComplete;
						link.halfClose();
					},
				});
			},
			onData(chunk) {
				let bytes = chunk;
				if (opening) {
					opening = Buffer.concat([opening, chunk]);
					if (refusal.subarray(0, opening.length).equals(opening)) return;
					bytes = opening;
					opening = undefined;
				}
				if (output.write(bytes)) return;
				// Whoever reads our output is slow: stop reading, and let the server's side fill up instead of ours.
				link.pause();
				process.stdout.once('drain', () => link.resume());
			},
			onClose(error) {
				stopInput();
				const where = formatAddress(address);
				const isRefused = opening?.equals(refusal);
				if (opening && !isRefused) output.write(opening);
				output.end();
				if (isRefused) reject(new SessionError('NAME_TAKEN', `${where} says: ${nameTaken(login)}.`));
				else if (error) reject(error);
				else if (isInputAtEnd) resolve(wasAllSent);
				else reject(new SessionError('LOST', `${where} closed the connection.`));
			},
		});
		process.stdout.on('error', (error: NodeJS.ErrnoException) => {
			// The reader of our output has what it wanted, as `head` does.
			if (error.code === 'EPIPE' || error.code === 'ECONNRESET') resolve(true);
			else reject(new Error(`Standard output cannot be written (${error.message}): send it elsewhere.`));
			stopInput();
			link.destroy();
		});
	});
}

/** A server drops such a line without a word. One with an `@` is of a-chat/1, for whoever speaks that by hand. */
const isForNobody = (line: string): boolean =>
	line.trim() !== '' && !line.startsWith('@') && !parsePost(line)?.to.length;

const forNobody =
	'a-chat-tui: A line names nobody, so nobody gets it: write "bob: " in front of it, or say to whom with --to bob.';

type Output = {
	/** False when the next piece should wait for `drain`. */
	write(chunk: Buffer): boolean;
	end(): void;
};

/** A pipe or a file gets the bytes as they are. */
const bytesOutput: Output = {
	// The next bytes come in the same place.
	write: chunk => process.stdout.write(Buffer.from(chunk)),
	end() {},
};

/** A terminal is protected from what the bytes of others might make it do. */
async function makeTerminalOutput(): Promise<Output> {
	const {sanitise} = await import('../ui/text/sanitise.ts');
	const splitter = new LineSplitter({
		maxBytes: limits.serverLineBytes,
		overflow: 'truncate',
		isStrict: false,
	});
	const write = (lines: readonly string[]) =>
		lines.length === 0 || process.stdout.write(lines.map(line => `${sanitise(line)}\n`).join(''));
	return {
		write: chunk => write(splitter.push(chunk)),
		end() {
			const last = splitter.end();
			if (last !== undefined) write([last]);
		},
	};
}
