import {once} from 'node:events';
import {connect, type Socket} from 'node:net';
import {setTimeout as sleep} from 'node:timers/promises';
import {addExample, type Faults, noFaults} from '../../bench/load/faults.ts';
import {Ledger} from '../../bench/load/ledger.ts';

/** Each says one line in this time, in ms, to the two others. */
const everyMs = 20;
const names = ['alice', 'bob', 'carol'] as const;
const patienceMs = 10_000;
/** More lines than anybody ever says: their numbers do not begin anew. */
const manyLines = 2 ** 40;

const fillings = ['', ' und schöne Grüße', ' 😀 日本語', ` ${'long '.repeat(40)}end`];

/** What somebody says as line number `number`, as the bytes of UTF-8 in a string. */
const textOf = (number: number): string =>
	Buffer.from(`${number}${fillings[number % fillings.length]}`).toString('latin1');

/** One of the three, and the books of what it reads. */
type Talker = {
	readonly name: string;
	readonly socket: Socket;
	readonly ledgers: ReadonlyMap<string, Ledger>;
	said: number;
	hasEnded: boolean;
};

/**
 * Three ordinary people who talk while others misbehave. Each line that one of them reads is compared with what has to
 * come next, and its way is timed from the moment at which it was due, so that a talker that could not speak in time
 * counts as well.
 */
export class Talkers {
	readonly faults: Faults = noFaults();
	/** Lines of the reserved login `server`; they may come only when the host ends. */
	readonly serverLines: string[] = [];
	/** Whether the end of the connections is what has to happen now. */
	isEndExpected = false;
	readonly #talkers: Talker[] = [];
	#delays: number[] = [];
	#isTiming = false;
	/** Lines that were due before are not timed. */
	#timedFrom = 0;
	#startedAt = 0;
	#timer: NodeJS.Timeout | undefined;

	/** Logs the three in, and has them talk. */
	static async start(port: number): Promise<Talkers> {
		const talkers = new Talkers();
		for (const name of names) await talkers.#open(port, name);
		talkers.#startedAt = performance.now();
		talkers.#talk();
		return talkers;
	}

	private constructor() {}

	/** Times the lines that are due from now on, or no more. */
	time(isTiming: boolean): void {
		this.#isTiming = isTiming;
		this.#timedFrom = performance.now();
	}

	/** Milliseconds within which 99 of 100 timed lines came; undefined if none was timed. */
	p99(): number | undefined {
		const sorted = Float64Array.from(this.#delays).sort();
		return sorted[Math.ceil(sorted.length * 0.99) - 1];
	}

	/** How many lines were timed. */
	get timed(): number {
		return this.#delays.length;
	}

	/** Says nothing more. */
	stopTalking(): void {
		clearTimeout(this.#timer);
	}

	/** Waits until everything has come that was said until now; rejects after 10 s. */
	async catchUp(): Promise<void> {
		const said = new Map(this.#talkers.map(talker => [talker.name, talker.said]));
		const deadline = performance.now() + patienceMs;
		while (!this.#hasAll(name => said.get(name) ?? 0)) {
			if (performance.now() > deadline)
				throw new Error(`after ${patienceMs} ms, the talkers do not have all lines`);
			await sleep(5);
		}
	}

	/** Waits until everything has come, for 10 s at most, and closes the books. */
	async finish(): Promise<Faults> {
		this.stopTalking();
		const deadline = performance.now() + patienceMs;
		const saidBy = (name: string) => this.#saidBy(name);
		while (!this.#hasAll(saidBy) && this.faults.cut === 0 && performance.now() < deadline) await sleep(5);
		for (const reader of this.#talkers) {
			for (const [from, ledger] of reader.ledgers) ledger.close(this.#saidBy(from));
		}
		return this.faults;
	}

	/** Goes, as people do: with a FIN. */
	leave(): void {
		this.isEndExpected = true;
		for (const {socket} of this.#talkers) socket.end();
	}

	async #open(port: number, name: string): Promise<void> {
		const socket = connect({host: '127.0.0.1', port, noDelay: true});
		socket.on('error', () => {});
		const others = names.filter(other => other !== name);
		const ledgers = new Map(others.map(other => [other, new Ledger(other, manyLines, 0, this.faults)]));
		const talker: Talker = {name, socket, ledgers, said: 0, hasEnded: false};
		socket.on('close', () => {
			talker.hasEnded = true;
			if (this.isEndExpected) return;
			this.faults.cut++;
			addExample(this.faults, `${name} was cut`);
		});
		socket.write(`${name}\n${name}: ready\n`);
		const [first] = await once(socket, 'data', {signal: AbortSignal.timeout(patienceMs)});
		if (String(first) !== `from ${name}: ready\n`)
			throw new Error(`${name} could not log in: ${String(first)}`);
		let rest = '';
		socket.setEncoding('latin1').on('data', (chunk: string) => {
			const lines = (rest + chunk).split('\n');
			rest = lines.pop() ?? '';
			for (const line of lines) this.#read(talker, line);
		});
		this.#talkers.push(talker);
	}

	/** Says all lines that are due, and comes back when the next one is. */
	#talk(): void {
		const now = performance.now();
		let next = Number.POSITIVE_INFINITY;
		for (const [index, talker] of this.#talkers.entries()) {
			let due = this.#dueAt(index, talker.said);
			let lines = '';
			for (; due <= now; due = this.#dueAt(index, talker.said)) {
				const others = [...talker.ledgers.keys()].join(', ');
				lines += `${others}: ${textOf(talker.said++)}\n`;
			}
			if (lines !== '') talker.socket.write(lines, 'latin1');
			next = Math.min(next, due);
		}
		this.#timer = setTimeout(() => this.#talk(), Math.max(0, next - performance.now()));
	}

	#dueAt(index: number, number: number): number {
		return this.#startedAt + (number + index / names.length) * everyMs;
	}

	#read(reader: Talker, line: string): void {
		const [, from = '', number = ''] = /^from (\w+): (\d+)/.exec(line) ?? [];
		const ledger = reader.ledgers.get(from);
		if (ledger === undefined || line !== `from ${from}: ${textOf(Number(number))}`) {
			if (line.startsWith('from server: ')) this.serverLines.push(line);
			else {
				this.faults.foreign++;
				addExample(this.faults, `${reader.name} read ${JSON.stringify(line.slice(0, 80))}`);
			}
			return;
		}
		ledger.take(Number(number));
		if (!this.#isTiming) return;
		const due = this.#dueAt(names.indexOf(from as (typeof names)[number]), Number(number));
		if (due >= this.#timedFrom) this.#delays.push(performance.now() - due);
	}

	#saidBy(name: string): number {
		return this.#talkers.find(talker => talker.name === name)?.said ?? 0;
	}

	#hasAll(saidBy: (name: string) => number): boolean {
		return this.#talkers.every(
			({hasEnded, ledgers}) =>
				hasEnded || [...ledgers].every(([from, {accounted}]) => accounted >= saidBy(from)),
		);
	}
}
