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
import {say, sentenceOf} from './output.ts';
import {Signal} from './signal.ts';

/** Bytes of one command. */
const maxLineBytes = 65_536;

/** More than the cut of a longer one at the border of a character may take away. */
const cutBytes = 4;

/** How long at the end of standard input nothing may go on before what waits is left in the outbox, in ms. */
const patienceMs = 10_000;

/** How often it is looked whether something went on, in ms. */
const lookMs = 200;

/** How long ending may take after a signal, whatever it waits for, in ms. */
const mostEndingMs = 2000;

/** How long the last lines may take to be read when a signal ends the program, in ms. */
const flushMs = 200;

/** Why it ends: the input is at its end, the output is closed, a signal came, or there will be no connection. */
type Ending =
	| {readonly by: 'input' | 'reader'}
	| {readonly by: 'signal'; readonly code: number}
	| {readonly by: 'host'; readonly reason: SessionError};

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
	const ended = Promise.withResolvers<Ending>();
	const opened = Promise.withResolvers<void>();
	let progressAt = performance.now();
	const {stdout} = process;
	// A pipe or terminal that nobody reads must not hold up the whole program, signals among it.
	unblock(stdout);
	stdout.on('error', (error: NodeJS.ErrnoException) => {
		// Its reader has what it wanted, as `head` does.
		if (error.code === 'EPIPE' || error.code === 'ECONNRESET') ended.resolve({by: 'reader'});
		else ended.reject(new Error(`Standard output cannot be written (${error.message}): send it elsewhere.`));
	});
	const output = new JsonOutput(stdout, changed, isFull => talk.rest(isFull));
	const talk: JsonTalk = new JsonTalk({
		...{address, login},
		tell: value => output.write(value),
		onProgress() {
			progressAt = performance.now();
			changed.notify();
		},
		onOpen: opened.resolve,
		onStopped: reason => ended.resolve({by: 'host', reason}),
	});
	// A port that was picked anew is not found again.
	const isPassing = options.isHost && options.address.port === 0;
	const extended = isPassing ? passingOptions() : await openKept(address, login);
	// Our own is no stranger, whoever hosted before.
	if (broker) extended.knownHost?.remember(broker.srv, text => say(`a-chat-tui: ${text}`));
	else endOnSignals(code => ended.resolve({by: 'signal', code}));
	talk.start(extended);
	opened.promise.then(takeCommands).then(ended.resolve, ended.reject);
	const ending = await ended.promise.finally(() => talk.stop());
	const waiting = talk.open.posts;
	const kept = extended.identity !== undefined;
	if (ending.by === 'input') output.write({type: 'ended', waiting, kept});
	await extended.store.close();
	await flush(stdout, ending.by === 'signal' ? flushMs : undefined);
	if (ending.by === 'signal') return ending.code;
	const reason = ending.by === 'host' ? ending.reason : ending.by === 'input' ? talk.hindrance : undefined;
	if (reason !== undefined) say(`a-chat-tui: ${sentenceOf(reason)}`);
	const isLost = ending.by === 'input' && waiting > 0 && !kept;
	return reason !== undefined || isLost ? exitCodes.failed : exitCodes.done;

	/** Follows standard input to its end, no faster than what comes of it is taken, and waits for what comes of all. */
	async function takeCommands(): Promise<Ending> {
		for await (const line of readLines(process.stdin)) {
			while (output.isFull || talk.isBusy) await changed.promise;
			if (line === '') continue;
			const read = readCommand(line, maxLineBytes);
			if (read.ok) talk.take(read.command);
			else talk.refuse(read);
		}
		progressAt = performance.now();
		talk.endInput();
		const timer = setInterval(changed.notify, lookMs);
		const isOpen = () => talk.open.posts > 0 || talk.open.requests > 0;
		while (isOpen() && !talk.isAsking && performance.now() - progressAt < patienceMs) await changed.promise;
		clearInterval(timer);
		return {by: 'input'};
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

/** The first signal ends it in order, in bounded time; the second at once. */
function endOnSignals(end: (code: number) => void): void {
	let isEnding = false;
	for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) {
		const code = signalExitCode(signal);
		process.on(signal, () => {
			if (isEnding) process.exit(code);
			isEnding = true;
			end(code);
			setTimeout(() => process.exit(code), mostEndingMs).unref();
		});
	}
}

/** Settles when all that was written is taken, or has had its time, in ms. */
async function flush(stream: NodeJS.WriteStream, mostMs: number | undefined): Promise<void> {
	if (stream.writableLength === 0 || stream.destroyed) return;
	await new Promise<void>(resolve => {
		const timer = mostMs === undefined ? undefined : setTimeout(resolve, mostMs);
		stream.write('', () => {
			clearTimeout(timer);
			resolve();
		});
	});
}
