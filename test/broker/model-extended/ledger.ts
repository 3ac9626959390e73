import {createWaiters} from '../../support/waiters.ts';
import {plainLines, type Sent} from './world.ts';

/** What everybody has in common: which messages there are, which lines they are made of, and what went wrong first. */
export class Ledger {
	problem: string | undefined;
	/** Numbers that were given, so that none is given twice. */
	readonly #byNumber = new Map<number, Sent>();
	readonly #byTag = new Map<string, Sent>();
	#tags = 0;
	readonly #byLine = new Map<string, {readonly sent: Sent; readonly part: number}>();
	readonly #patienceMs: number;
	/** The last lines, to be told with a problem. */
	readonly #trace: string[] = [];
	readonly #waiters = createWaiters(() => this.trace);

	/** @param patienceMs how long anything may take */
	constructor(patienceMs: number) {
		this.#patienceMs = patienceMs;
	}

	/** A word that no other text begins with. */
	newTag(): string {
		return `t${++this.#tags}`;
	}

	/** A host that keeps nothing has started anew. */
	forget(): void {
		this.#byNumber.clear();
	}

	add(sent: Sent): void {
		this.#byTag.set(tagOf(sent.text), sent);
		for (const [part, line] of plainLines(sent).entries()) this.#byLine.set(line, {sent, part});
	}

	/** The message with a text; each of them begins with a word of its own. */
	find(text: string): Sent | undefined {
		return this.#byTag.get(tagOf(text));
	}

	byNumber(n: number): Sent | undefined {
		return this.#byNumber.get(n);
	}

	ofLine(line: string): {readonly sent: Sent; readonly part: number} | undefined {
		return this.#byLine.get(line);
	}

	/** A message was seen with its number and its id, which are the same for everybody. */
	learn(sent: Sent, n: number, id: string): void {
		if (sent.state === 'not') this.fail(`"${sent.text}" was refused, and came nevertheless`);
		if (sent.id !== undefined && sent.id !== id) this.fail(`"${sent.text}" is ${sent.id}, and then ${id}`);
		if (sent.n !== undefined && sent.n !== n)
			this.fail(`"${sent.text}" has the number ${sent.n}, and then ${n}`);
		const other = this.#byNumber.get(n);
		if (other !== undefined && other !== sent) this.fail(`${n} is "${other.text}", and then "${sent.text}"`);
		this.#byNumber.set(n, sent);
		sent.n = n;
		sent.id = id;
		sent.state = 'taken';
	}

	note(who: string, line: string): void {
		this.#trace.push(`${who} ${line}`);
	}

	/** Something is not as it has to be. */
	fail(what: string): void {
		if (this.problem !== undefined) return;
		this.problem = what;
		this.#trace.push(`!! ${what}`);
	}

	get trace(): string {
		return this.#trace.slice(-80).join('\n');
	}

	/** Looks again at what is waited for. */
	recheck(): void {
		this.#waiters.recheck();
	}

	/** @throws {Error} with the last lines, if something is wrong */
	check(): void {
		if (this.problem !== undefined) throw new Error(`${this.problem}\n\n${this.trace}`);
	}

	/** Waits until something is so; a problem ends it. */
	async wait(what: string, isSo: () => boolean): Promise<void> {
		await this.#waiters.wait(what, () => this.problem !== undefined || isSo(), {timeout: this.#patienceMs});
		this.check();
	}
}

const tagOf = (text: string): string => /^t\d+/.exec(text)?.[0] ?? '';
