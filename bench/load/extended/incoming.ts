import {addExample, type Faults} from '../faults.ts';
import {numberDigits, type Pipeline, type Place, textOf} from './outgoing.ts';
import type {Talker} from './talker.ts';
import type {Words} from './words.ts';

/** Whose messages are awaited: how many that one has sent. */
type Source = {readonly sent: number};

const words = {
	n: Buffer.from(' n='),
	prev: Buffer.from(' prev='),
	id: Buffer.from(' id='),
	ts: Buffer.from(' ts='),
	from: Buffer.from(' from='),
	to: Buffer.from(' to='),
	text: Buffer.from(' :'),
};

/** What one talker gets from others, whose messages carry a number each. */
export class Incoming {
	/** Messages that have come. */
	count = 0;
	/** Called for each message. */
	onMessage: () => void = () => {};
	readonly #talker: Talker;
	readonly #place: Place;
	readonly #faults: Faults;
	readonly #to: Buffer;
	readonly #text: Buffer;
	readonly #confirmedAtOnce: number;
	readonly #sources: ReadonlyMap<string, {readonly source: Source; next: number}>;
	#confirmed = 0;

	/** @param sources by their logins */
	constructor(
		talker: Talker,
		to: string,
		{bytes, batch}: Pipeline,
		sources: ReadonlyMap<string, Source>,
		place: Place,
		faults: Faults,
	) {
		this.#talker = talker;
		this.#place = place;
		this.#faults = faults;
		this.#to = Buffer.from(to);
		this.#text = Buffer.from(textOf(bytes));
		// As a client that stores a few at once.
		this.#confirmedAtOnce = batch;
		this.#sources = new Map(Array.from(sources, ([login, source]) => [login, {source, next: 0}]));
	}

	get isComplete(): boolean {
		return [...this.#sources.values()].every(({source, next}) => next === source.sent);
	}

	/** Takes what follows `@msg`; false if it must not come. */
	take(line: Words): boolean {
		if (!line.skip(words.n)) return false;
		const n = line.number();
		if (!(n > this.#place.last) || !line.skip(words.prev)) return false;
		if (line.number() !== this.#place.last || !line.skip(words.id)) return false;
		line.pass();
		if (!line.skip(words.ts)) return false;
		line.pass();
		if (!line.skip(words.from)) return false;
		const source = this.#sources.get(line.word());
		if (source === undefined || !line.skip(words.to) || !line.skip(this.#to) || !line.skip(words.text))
			return false;
		const number = line.number();
		if (!line.ends(this.#text, numberDigits)) return false;
		this.#place.last = n;
		this.count++;
		this.#account(source, number);
		this.onMessage();
		if (this.count - this.#confirmed >= this.#confirmedAtOnce) this.confirm();
		return true;
	}

	/** Tells the host that all that has come is stored. */
	confirm(): void {
		if (this.count === this.#confirmed) return;
		this.#confirmed = this.count;
		this.#talker.socket.write(`@got n=${this.#place.last}\n`);
	}

	/** Counts what has not come. */
	close(): void {
		for (const [login, {source, next}] of this.#sources)
			if (next < source.sent) this.#blame('lost', source.sent - next, `message ${next} of ${login} was lost`);
	}

	#account(source: {next: number}, number: number): void {
		if (number < source.next) this.#blame('doubled', 1, `message ${number} came twice`);
		else {
			if (number > source.next) this.#blame('lost', number - source.next, `message ${source.next} was lost`);
			source.next = number + 1;
		}
	}

	#blame(kind: 'lost' | 'doubled', count: number, what: string): void {
		this.#faults[kind] += count;
		addExample(this.#faults, `${this.#talker.login}: ${what}`);
	}
}
