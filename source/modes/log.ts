import {writeSync} from 'node:fs';
import process from 'node:process';
import {
	configureSync,
	getAnsiColorFormatter,
	getJsonLinesFormatter,
	getLogger,
	getTextFormatter,
	type LogRecord,
	type TextFormatter,
} from '@logtape/logtape';
import type {LogForm} from './options.ts';
import {PassingLines} from './passing-lines.ts';
import {makeHarmless} from './quote.ts';

const category = ['a-chat-tui'];

/** How long the last lines may take to be read before the program ends, in milliseconds. */
const flushMs = 200;

/** One event. Whatever stands in it may come from a peer. */
export type Event = {
	readonly level: 'debug' | 'info' | 'warning' | 'error';
	/** A stable word, for programs. */
	readonly code: string;
	/** A sentence, for people. */
	readonly text: string;
	/** The peer that it is about. */
	readonly address?: string;
	readonly [detail: string]: string | number;
};

/**
 * The log of a host without a screen, on standard error: one line an event (`docs/limits.md`). Nothing stands in it that
 * could steer a terminal, and a reader that is slow or gone costs lines and nothing else.
 */
export class HostLog {
	readonly #lines: PassingLines;
	readonly #logger = getLogger(category);
	#isEnding = false;

	/** @param isVerbose whether it tells what only helps to find a fault, too */
	constructor(form: LogForm, isVerbose: boolean) {
		const format = form === 'json' ? formatJson : formatText();
		this.#lines = new PassingLines(process.stderr, lines => format({category, ...recordOf(loss(lines))}));
		configureSync({
			sinks: {lines: record => this.#write(format(record))},
			loggers: [
				{category, sinks: ['lines'], lowestLevel: isVerbose ? 'debug' : 'info'},
				// The logger's own words, which are none of those who run a host.
				{category: ['logtape', 'meta'], sinks: [], lowestLevel: 'fatal'},
			],
		});
	}

	readonly write = (event: Event): void => this.#logger.emit(recordOf(event));

	/** Settles when the last lines are out, or have had their time. */
	flush(): Promise<void> {
		return this.#lines.flush(flushMs);
	}

	/** Writes why the program cannot go on, at once, as nothing may come after it; where that lies is for debugging. */
	writeLast(error: unknown): void {
		this.#isEnding = true;
		const text = error instanceof Error ? error.message : String(error);
		this.write({level: 'error', code: 'FAILED', text});
		for (const line of stackLines(error)) this.write({level: 'debug', code: 'STACK', text: line});
	}

	#write(line: string): void {
		if (!this.#isEnding) {
			this.#lines.write(line);
			return;
		}
		try {
			writeSync(2, line);
		} catch {}
	}
}

const stackLines = (error: unknown): readonly string[] => {
	if (!(error instanceof Error)) return [];
	const lines = (error.stack ?? '').split('\n').map(line => line.trim());
	return [...lines, ...stackLines(error.cause)];
};

const loss = (lines: number): Event => ({
	level: 'warning',
	code: 'LINES_LOST',
	text: `${lines} ${lines === 1 ? 'line was' : 'lines were'} left out here: nobody took them`,
	lines,
});

/** Made harmless here and not in the finished line, as JSON would keep an ESC as a sequence that turns into one again. */
const recordOf = ({level, text, ...details}: Event): Omit<LogRecord, 'category'> => {
	const message = makeHarmless(text);
	return {
		level,
		message: [message],
		rawMessage: message,
		timestamp: Date.now(),
		properties: Object.fromEntries(
			Object.entries(details).map(([name, value]) => [
				name,
				typeof value === 'string' ? makeHarmless(value) : value,
			]),
		),
	};
};

const formatJson = getJsonLinesFormatter({properties: 'flatten'});

/** `2026-11-23 11:02:03.456 +01:00 INFO  alice came; peer 127.0.0.1:50123`, the time being the local one. */
const formatText = (): TextFormatter => {
	// It knows of NO_COLOR, FORCE_COLOR and TERM.
	const getFormatter = process.stderr.hasColors?.() ? getAnsiColorFormatter : getTextFormatter;
	return getFormatter({
		timestamp: 'date-time-timezone',
		timeZone: null,
		level: level => (level === 'warning' ? 'WARN' : level.toUpperCase()).padEnd(5),
		format: ({timestamp, level, message, record}) => {
			const {address} = record.properties;
			return `${timestamp} ${level} ${message}${address === undefined ? '' : `; peer ${address}`}`;
		},
	});
};
