import {addExample, type Faults} from '../faults.ts';
import type {Talker} from './talker.ts';
import type {Words} from './words.ts';

/** Digits of a message's number, in its key and at the start of its text. */
export const numberDigits = 8;

const idLength = 16;
const filler = 'abcdefghijklmnopqrstuvwxyz';

/** The text of every message but its number at the start, `bytes` long with that. */
export function textOf(bytes: number): string {
	return (
		'0'.repeat(numberDigits) + filler.repeat(Math.ceil(bytes / filler.length)).slice(numberDigits, bytes)
	);
}

/** How much is under way. */
export type Pipeline = {
	/** Messages that wait for their acknowledgement at most, and how many of them are written at once. */
	readonly window: number;
	readonly batch: number;
	/** Bytes of a text. */
	readonly bytes: number;
};

/** Where a connection is in the host's log: what it is told comes in the order of the numbers. */
export type Place = {last: number};

const words = {
	key: Buffer.from(' key='),
	id: Buffer.from(' id='),
	n: Buffer.from(' n='),
	ts: Buffer.from(' ts='),
	to: Buffer.from(' to='),
	stored: Buffer.from(' stored='),
	state: Buffer.from(' state='),
	delivered: Buffer.from('delivered'),
};

/** What can become of a message at once: its recipient waits for it, or there is none. */
const firstStates = ['queued', 'absent'].map(state => Buffer.from(state));

/** What one talker sends, and what it is told of that. The lines are made before; only their numbers are written anew. */
export class Outgoing {
	sent = 0;
	acknowledged = 0;
	/** Messages that the recipient has confirmed. */
	confirmed = 0;
	isRunning = false;
	/** Called for each acknowledgement. */
	onAck: () => void = () => {};
	/** Called when the recipient has confirmed a message. */
	onConfirmed: () => void = () => {};
	readonly #talker: Talker;
	readonly #place: Place;
	readonly #faults: Faults;
	readonly #pipeline: Pipeline;
	readonly #prefix: Buffer;
	readonly #to: Buffer;
	readonly #stored: Buffer;
	/** Whether each message is for one person, of whom the host tells what becomes of it. */
	readonly #hasStatus: boolean;
	readonly #ring: Buffer;
	readonly #unit: number;
	readonly #period: number;
	/** Ids of what was acknowledged and not confirmed. */
	readonly #ids: Buffer;
	#isStatusDue = false;

	constructor(talker: Talker, to: string, pipeline: Pipeline, place: Place, faults: Faults) {
		this.#talker = talker;
		this.#place = place;
		this.#faults = faults;
		this.#pipeline = pipeline;
		this.#to = Buffer.from(to);
		this.#stored = Buffer.from(talker.stored);
		this.#hasStatus = !to.startsWith('#');
		// Keys are remembered by the host: nobody else may ever have had them.
		const prefix = `${talker.login}-${Date.now().toString(36)}-`;
		this.#prefix = Buffer.from(prefix);
		const digits = '0'.repeat(numberDigits);
		const line = Buffer.from(`@send key=${prefix}${digits} to=${to} :${textOf(pipeline.bytes)}\n`);
		this.#unit = line.length;
		this.#period = 2 * pipeline.window;
		this.#ring = Buffer.alloc(this.#period * line.length, line);
		this.#ids = Buffer.alloc(4096 * idLength);
	}

	get isComplete(): boolean {
		const {sent, acknowledged, confirmed} = this;
		return acknowledged === sent && (!this.#hasStatus || confirmed === sent);
	}

	/** Writes as much as may be under way. */
	fill(): void {
		const {window, batch} = this.#pipeline;
		while (this.isRunning && this.sent - this.acknowledged <= window - batch) this.write(batch);
	}

	/** Writes `count` messages at once. */
	write(count: number): void {
		const unit = this.#unit;
		for (let left = count; left > 0; ) {
			const first = this.sent % this.#period;
			const some = Math.min(left, this.#period - first);
			for (let i = 0; i < some; i++) this.#mark((first + i) * unit, this.sent++);
			this.#talker.socket.write(this.#ring.subarray(first * unit, (first + some) * unit));
			left -= some;
		}
	}

	/** Takes what follows `@ack`; false if it must not come. */
	takeAck(line: Words): boolean {
		if (this.#isStatusDue) return false;
		if (!line.skip(words.key) || !line.skip(this.#prefix)) return false;
		const number = line.number();
		if (!line.skip(words.id)) return false;
		const isId = line.copy(this.#ids, (number * idLength) % this.#ids.length, idLength);
		if (!isId || !line.skip(words.n)) return false;
		const n = line.number();
		if (!(n > this.#place.last) || !line.skip(words.ts)) return false;
		line.pass();
		if (!line.skip(words.to) || !line.skip(this.#to) || !line.skip(words.stored)) return false;
		// With `dup=1` it would be longer: no message is sent twice here.
		if (!line.ends(this.#stored)) return false;
		this.#place.last = n;
		this.#isStatusDue = this.#hasStatus;
		this.#count(number);
		return true;
	}

	/** Takes what follows `@status`; the first one comes right behind the acknowledgement. */
	takeStatus(line: Words): boolean {
		const number = this.#isStatusDue ? this.acknowledged - 1 : this.confirmed;
		const at = (number * idLength) % this.#ids.length;
		if (!line.skip(words.id) || !line.skip(this.#ids.subarray(at, at + idLength))) return false;
		if (!line.skip(words.to) || !line.skip(this.#to) || !line.skip(words.state)) return false;
		if (this.#isStatusDue) {
			this.#isStatusDue = false;
			return firstStates.some(state => line.ends(state));
		}
		if (!line.ends(words.delivered)) return false;
		this.confirmed++;
		this.onConfirmed();
		return true;
	}

	/** Counts what was never acknowledged. */
	close(): void {
		const {sent, acknowledged, confirmed} = this;
		const [unknown, unheard] = [sent - acknowledged, this.#hasStatus ? acknowledged - confirmed : 0];
		if (unknown > 0) this.#blame('lost', unknown, `message ${acknowledged} was not acknowledged`);
		if (unheard > 0) this.#blame('lost', unheard, `message ${confirmed} was not called delivered`);
	}

	#count(number: number): void {
		const {acknowledged} = this;
		if (number < acknowledged) {
			this.#blame('doubled', 1, `message ${number} was acknowledged twice`);
			return;
		}
		if (number > acknowledged)
			this.#blame('lost', number - acknowledged, `message ${acknowledged} was not acknowledged`);
		this.acknowledged = number + 1;
		this.onAck();
	}

	#blame(kind: 'lost' | 'doubled', count: number, what: string): void {
		this.#faults[kind] += count;
		addExample(this.#faults, `${this.#talker.login}: ${what}`);
	}

	/** Puts a number into the key and the text of the line at `at`. */
	#mark(at: number, number: number): void {
		const key = at + '@send key='.length + this.#prefix.length;
		const text = key + numberDigits + ' to='.length + this.#to.length + ' :'.length;
		for (let i = numberDigits - 1, rest = number; i >= 0; i--, rest = Math.floor(rest / 10)) {
			const digit = 0x30 + (rest % 10);
			this.#ring[key + i] = digit;
			this.#ring[text + i] = digit;
		}
	}
}
