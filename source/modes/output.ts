import {writeSync} from 'node:fs';
import process from 'node:process';
import {PassingLines} from './passing-lines.ts';
import {makeHarmless} from './quote.ts';

const isVerbose = process.argv.includes('--verbose');

/**
 * Ends the program with one sentence on standard error, and with `--verbose` what lies behind it. Written synchronously,
 * because nothing may come after it.
 */
export function fail(error: unknown, code: number): never {
	say(`a-chat-tui: ${sentenceOf(error)}`);
	if (isVerbose && error instanceof Error) {
		sayStack(error, '');
		if (error.cause instanceof Error) sayStack(error.cause, 'Caused by: ');
	}
	process.exit(code);
}

const advice = ': choose another one with --name.';

/** What an error is for a person; whoever has a command line can choose another name there. */
export function sentenceOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	const {code, message} = error as Error & {readonly code?: unknown};
	return code === 'NAME_TAKEN' ? message.replace(/(?<= is taken)\.$/, advice) : message;
}

/**
 * One line on standard error; whoever closed it does not want to hear it. A sentence may hold the words of a server or of
 * a file name, so what could steer the terminal is taken out.
 */
export function say(line: string): void {
	try {
		writeSync(2, `${makeHarmless(line)}\n`);
	} catch {}
}

/** What a host says while others depend on it: a standard error that nobody reads costs lines, never waiting. */
export function sayInPassing(line: string): void {
	passing ??= new PassingLines(process.stderr, describeLoss);
	passing.write(`${makeHarmless(line)}\n`);
}

let passing: PassingLines | undefined;

const describeLoss = (lines: number): string =>
	`${lines} ${lines === 1 ? 'line was' : 'lines were'} left out here: nobody took them\n`;

function sayStack(error: Error, start: string): void {
	for (const line of `${start}${error.stack ?? error.message}`.split('\n')) say(line);
}
