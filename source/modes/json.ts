import process from 'node:process';
import type {Broker} from '../broker/index.ts';
import {LineSplitter} from '../protocol/line-splitter.ts';
import type {Address} from '../session/address.ts';
import type {SessionError} from '../session/session-error.ts';
import type {ExtendedOptions} from '../session/session-types.ts';
import {unblock} from '../ui/terminal/unblock.ts';
import {exitCodes, signalExitCode} from './exit-codes.ts';
import {openExtended, passingOptions} from './extended-options.ts';
import {readCommand} from './json-commands.ts';
import {JsonOutput} from './json-output.ts';
import {JsonTalk} from './json-talk.ts';
import type {Options} from './options.ts';
import {say} from './output.ts';
import {Signal} from './signal.ts';

/** Bytes of one command. */
const maxLineBytes = 65_536;

/** More than the cut of a longer one at the border of a character may take away. */
const cutBytes = 4;

/** How long at the end of standard input nothing may go on before what waits is left in the outbox, in ms. */
const patienceMs = 10_000;

/** How long the last lines may take to be read when a signal ends the program, in ms. */
const flushMs = 200;

/**
 * `--json`: an object a line, both ways; docs/json.schema.json describes them, docs/bots.md shows it. Resolves to the exit
 * code.
 *
 * @param broker the one in this process, which signals end
 * @throws {Error} a sentence, if it cannot begin
 */
export async function runJson(options: Options, login: string, broker: Broker | undefined): Promise<number> {
	const address = broker?.address ?? options.address;
	const changed = new Signal();
	const ended = Promise.withResolvers<number>();
	let progressAt = performance.now();
	let stopped: SessionError | undefined;
	// A pipe or terminal that nobody reads must not hold up the whole program, signals among it.
	unblock(process.stdout);
	const output = new JsonOutput(process.stdout, changed, isFull => talk.rest(isFull));
	const opened = Promise.withResolvers<void>();
	const talk: JsonTalk = new JsonTalk({
		...{address, login},
		tell: value => output.write(value),
		onProgress() {
			progressAt = performance.now();
			changed.notify();
		},
		onOpen: opened.resolve,
		onStopped(reason) {
			stopped ??= reason;
			ended.resolve(exitCodes.failed);
		},
	});
	process.stdout.on('error', (error: NodeJS.ErrnoException) => {
		// Its reader has what it wanted, as `head` does.
		if (error.code === 'EPIPE' || error.code === 'ECONNRESET') ended.resolve(exitCodes.done);
		else ended.reject(new Error(`Standard output cannot be written (${error.message}): send it elsewhere.`));
	});
	// A port that was picked anew is not found again.
	const extended =
		options.isHost && options.address.port === 0 ? passingOptions() : await openKept(address, login);
	if (!broker) endOnSignals(code => ended.resolve(code));
	talk.start(extended);
	opened.promise.then(takeCommands).then(ended.resolve, ended.reject);
	const code = await ended.promise.finally(async () => {
		await talk.stop();
		await extended.store.close();
		await flush();
	});
	if (stopped !== undefined) say(`a-chat-tui: ${stopped.message}`);
	return code;

	/** Follows standard input to its end, no faster than what comes of it is taken. */
	async function takeCommands(): Promise<number> {
		for await (const line of readLines(process.stdin)) {
			while (output.isFull || talk.isBusy) await changed.promise;
			if (line === '') continue;
			const read = readCommand(line, maxLineBytes);
			if (read.ok) talk.take(read.command);
			else talk.refuse(read);
		}
		progressAt = performance.now();
		return leave(extended.identity !== undefined);
	}

	/** All commands are taken: waits for what comes of them, and says what does not. */
	async function leave(isKept: boolean): Promise<number> {
		const timer = setInterval(changed.notify, 200);
		const isOpen = () => talk.open.posts > 0 || talk.open.requests > 0;
		const isPatient = () => !talk.isAsking && performance.now() - progressAt < patienceMs;
		while (isOpen() && isPatient()) await changed.promise;
		clearInterval(timer);
		const waiting = talk.open.posts;
		output.write({type: 'ended', waiting, kept: isKept});
		return waiting > 0 && !isKept ? exitCodes.failed : exitCodes.done;
	}
}

async function openKept(address: Address, login: string): Promise<ExtendedOptions> {
	try {
		return await openExtended(address, login, process.env);
	} catch (error) {
		if ((error as {code?: string}).code !== 'LOCKED') throw error;
		throw new Error(
			`Another a-chat-tui on this machine is "${login}" there: end that one first, or choose another name with --name.`,
			{cause: error},
		);
	}
}

/** The lines of a stream, which is read no faster than they are taken. Of one that is too long the start comes. */
async function* readLines(stream: AsyncIterable<Buffer>): AsyncGenerator<string, void, void> {
	const splitter = new LineSplitter({
		maxBytes: maxLineBytes + cutBytes,
		overflow: 'truncate',
		isStrict: false,
	});
	try {
		for await (const chunk of stream) yield* splitter.push(chunk);
	} catch (error) {
		const {message} = error as Error;
		throw new Error(`Standard input cannot be read (${message}): take it from elsewhere.`, {cause: error});
	}
	const last = splitter.end();
	if (last !== undefined) yield last;
}

/** The first signal ends it in order, the second at once. */
function endOnSignals(end: (code: number) => void): void {
	let isEnding = false;
	for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) {
		const code = signalExitCode(signal);
		process.on(signal, () => {
			if (isEnding) process.exit(code);
			isEnding = true;
			end(code);
		});
	}
}

/** Settles when all that was written is taken, or has had its time. */
async function flush(): Promise<void> {
	if (process.stdout.writableLength === 0 || process.stdout.destroyed) return;
	await new Promise<void>(resolve => {
		const timer = setTimeout(resolve, flushMs);
		process.stdout.write('', () => {
			clearTimeout(timer);
			resolve();
		});
	});
}
