import {parseLine} from '../../source/protocol/extended/syntax.ts';

/** Values that a document can only make up. */
const madeUp: Readonly<Record<string, string>> = {
	n: 'number',
	prev: 'number',
	seen: 'number',
	id: 'id',
	srv: 'srv',
	ts: 'time',
	nonce: 'nonce',
	pub: 'pub',
	sig: 'sig',
};

const cutMark = '…';

/** Holds what a host says against what a document says that it says: what is made up has to be made up the same each time. */
export class Likeness {
	/** What stands on the wire for what stands in the document, of each kind; and the other way round. */
	readonly #real = new Map<string, string>();
	readonly #written = new Map<string, string>();

	/** Says that something of the document stands for something. */
	set(key: string, written: string, real: string): void {
		const kind = madeUp[key] ?? key;
		this.#real.set(`${kind} ${written}`, real);
		this.#written.set(`${kind} ${real}`, written);
	}

	/** A line of the document with what stands on the wire for what it makes up. */
	toReal(line: string, make: (key: string) => string | undefined): string {
		return line.replace(/ ([a-z-]+)=(\S+)/g, (whole, key: string, written: string) => {
			const kind = madeUp[key];
			if (kind === undefined || !line.startsWith('@')) return whole;
			const made = this.#real.get(`${kind} ${written}`) ?? make(key);
			if (made === undefined) return whole;
			this.set(key, written, made);
			return ` ${key}=${made}`;
		});
	}

	/** What is wrong with a line, as the document has it in `written`; undefined if nothing is. */
	problemOf(real: string, written: string): string | undefined {
		const isCut = written.endsWith(` ${cutMark}`);
		const document = parseLine(isCut ? written.slice(0, -2) : written);
		const wire = parseLine(real);
		if (document === undefined || wire === undefined) return real === written ? undefined : 'they differ';
		if (document.verb !== wire.verb || document.text !== wire.text) return 'verb or text differ';
		const keys = [...wire.values.keys()];
		const expected = [...document.values.keys()];
		const isSame = isCut ? expected.every((key, at) => keys[at] === key) : keys.join() === expected.join();
		if (!isSame) return `it has the keys ${keys}`;
		for (const [key, value] of document.values) {
			const problem = this.#compare(key, value, wire.values.get(key) ?? '');
			if (problem !== undefined) return problem;
		}
		return undefined;
	}

	#compare(key: string, written: string, real: string): string | undefined {
		const kind = madeUp[key];
		if (kind === undefined) return written === real ? undefined : `${key} is ${real}`;
		const [known, other] = [this.#real.get(`${kind} ${written}`), this.#written.get(`${kind} ${real}`)];
		if ((known ?? real) !== real) return `${written} was ${known} before, and is ${real}`;
		// Two things may be done in the same millisecond.
		if (kind !== 'time' && (other ?? written) !== written) return `${real} was written as ${other} before`;
		this.set(key, written, real);
		return kind === 'number' || kind === 'time' ? this.#problemOfOrder(kind) : undefined;
	}

	/** Numbers that are made up rise as the real ones do. */
	#problemOfOrder(kind: string): string | undefined {
		const pairs = [...this.#real].filter(([key]) => key.startsWith(`${kind} `));
		const both = pairs.map(([key, real]) => [Number(key.split(' ')[1]), Number(real)] as const);
		const sorted = both.toSorted(([a], [b]) => a - b);
		const isRising = sorted.every(([, real], at) => at === 0 || real >= (sorted[at - 1]?.[1] ?? 0));
		return isRising ? undefined : `${kind}s are not in this order`;
	}
}
