import {performance} from 'node:perf_hooks';
import {setTimeout as sleep} from 'node:timers/promises';
import {content, numberIn, personOf} from '../../stores/content.ts';
import type {Timing} from '../exchange.ts';
import {addExample, type Faults, noFaults} from '../faults.ts';
import {type Percentiles, percentiles} from '../percentiles.ts';
import {blameCuts} from '../settle.ts';
import {identityOf} from './identity.ts';
import {Speaker} from './speaker.ts';
import {Talker} from './talker.ts';

/** What was asked of a store with many messages; times in ms, from the question until `@end`. */
export type Archive = {
	/** Pages of 50 somewhere in a long conversation. */
	readonly pages: Percentiles;
	/** Searches for a word that stands in ten messages, and for one in every third. */
	readonly rare: Percentiles;
	readonly common: Percentiles;
	/** Acknowledgements of one sender while nobody searches, and while somebody always does. */
	readonly alone: Percentiles;
	readonly beside: Percentiles;
};

const pageSize = 50;
// Those with and without somebody who searches take turns, each so long.
const turnMs = 200;
const pauseMs = 20;

/** Asks for pages and searches in a store that `bench/stores` has made, then sends beside searches; all one by one. */
export async function archive(
	port: number,
	bytes: number,
	timing: Timing,
): Promise<{faults: Faults; archive: Archive}> {
	const faults = noFaults();
	const reader = await Reader.open(port, personOf(0), faults);
	const pages = await reader.repeat(timing, () => reader.page(personOf(1)));
	const rare = await reader.repeat(timing, () => reader.search(content.rare, content.rareCount));
	const common = await reader.repeat(timing, () => reader.search(content.common, pageSize));

	const pipeline = {window: 1, batch: 1, bytes};
	const writer = new Speaker(await Talker.open(port, 'writer'), 'nobody', pipeline, faults);
	blameCuts([reader.talker, writer.talker], faults);
	const [alone, beside]: [number[], number[]] = [[], []];
	const end = performance.now() + 2 * timing.seconds * 1000;
	await acks(writer, timing.warmUp * 1000);
	while (performance.now() < end && faults.cut === 0) {
		alone.push(...(await acks(writer, turnMs)));
		let isOver = false;
		const searching = (async () => {
			while (!isOver) await reader.search(content.common, pageSize);
		})();
		beside.push(...(await acks(writer, turnMs)));
		isOver = true;
		await searching;
		await sleep(pauseMs);
	}
	const times = {pages, rare, common, alone, beside};
	return {
		faults,
		archive: Object.fromEntries(
			Object.entries(times).map(([name, some]) => [name, percentiles(some)]),
		) as Archive,
	};
}

/** Sends one message after the other for `ms`; what each took until it was acknowledged. */
async function acks({outgoing}: Speaker, ms: number): Promise<number[]> {
	const took: number[] = [];
	const end = performance.now() + ms;
	while (performance.now() < end) {
		const start = performance.now();
		await new Promise<void>(resolve => {
			outgoing.onAck = resolve;
			outgoing.write(1);
		});
		took.push(performance.now() - start);
	}
	return took;
}

/** Somebody who asks, and checks each answer. */
class Reader {
	readonly talker: Talker;
	readonly #faults: Faults;
	#lines: string[] = [];
	#asked = 0;

	private constructor(talker: Talker, faults: Faults) {
		this.talker = talker;
		this.#faults = faults;
		talker.onLine = (bytes, start, end) => this.#lines.push(bytes.toString('utf8', start, end));
	}

	static async open(port: number, login: string, faults: Faults): Promise<Reader> {
		return new Reader(await Talker.open(port, login, {identity: identityOf(login)}), faults);
	}

	async repeat({warmUp, seconds}: Timing, ask: () => Promise<unknown>): Promise<number[]> {
		const took: number[] = [];
		const start = performance.now();
		for (let now = start; now < start + (warmUp + seconds) * 1000; ) {
			await ask();
			const end = performance.now();
			if (now - start >= warmUp * 1000) took.push(end - now);
			now = end;
		}
		return took;
	}

	async page(other: string): Promise<void> {
		const before = Math.floor((0.1 + 0.9 * Math.random()) * content.messages);
		const lines = await this.#ask(`@history with=${other} before=${before} limit=${pageSize}`, '');
		const numbers = lines.map(line => this.#read(line).n);
		// Every fifth message is between these two, and a few more are.
		const farthest = before - 5 * pageSize - 5;
		const isRight = numbers.every((n, i) => n > (numbers[i - 1] ?? farthest) && n < before);
		if (lines.length !== pageSize || !isRight)
			this.#blame(`a page before ${before} has the numbers ${numbers.join(' ')}`);
	}

	async search(word: string, count: number): Promise<void> {
		const lines = await this.#ask('@search', ` :${word}`);
		const isRight = lines.every(line => this.#read(line).text.includes(word));
		if (lines.length !== count || !isRight)
			this.#blame(`a search for ${word} found ${lines.length} messages instead of ${count}`);
	}

	async #ask(question: string, text: string): Promise<string[]> {
		const req = `r${this.#asked++}`;
		this.#lines = [];
		await this.talker.ask(`${question} req=${req}${text}`, `@end req=${req}`);
		const lines = this.#lines;
		if (!lines.every(line => line.includes(` req=${req} `))) this.#blame(`${req} was answered otherwise`);
		return lines;
	}

	/** The message with number n says n - 1. */
	#read(line: string): {readonly n: number; readonly text: string} {
		const [, n, text = ''] = /^@msg .*\bn=(\d+) .*? :(.*)$/.exec(line) ?? [];
		if (numberIn(text) !== Number(n) - 1) this.#blame(`unexpected: ${line.slice(0, 120)}`);
		return {n: Number(n), text};
	}

	#blame(what: string): void {
		this.#faults.foreign++;
		addExample(this.#faults, what);
	}
}
