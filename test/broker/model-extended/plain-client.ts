import type {Address} from '../../support/peer.ts';
import type {Ledger} from './ledger.ts';
import {Lines} from './lines.ts';
import {fold, plainLines, type Sent} from './world.ts';

/** A plain peer: it gets lines of messages, whole and once, and nothing else. */
export class PlainClient {
	readonly login: string;
	readonly key: string;
	/** When it came. */
	readonly at: number;
	/** What it got, in order. */
	readonly got: Sent[] = [];
	readonly #ledger: Ledger;
	#lines: Lines | undefined;
	#part = 0;
	#syncs = 0;
	#synced = 0;

	static async connect(address: Address, ledger: Ledger, login: string, at: number): Promise<PlainClient> {
		const client = new PlainClient(ledger, login, at);
		client.#lines = await Lines.connect(address, ledger, login, line => client.#onLine(line));
		client.#lines.write(login);
		return client;
	}

	private constructor(ledger: Ledger, login: string, at: number) {
		this.#ledger = ledger;
		this.login = login;
		this.key = fold(login);
		this.at = at;
	}

	get isOver(): boolean {
		return this.#lines?.isOver ?? true;
	}

	write(line: string): void {
		this.#lines?.write(line);
	}

	/** Says something to itself, behind all that it has said. */
	sync(): void {
		this.write(`${this.login}: sync ${++this.#syncs}`);
	}

	get isSettled(): boolean {
		return this.#synced === this.#syncs;
	}

	end(): void {
		this.#lines?.end();
	}

	reset(): void {
		this.#lines?.reset();
	}

	#onLine(line: string): void {
		const last = this.got.at(-1);
		const isWhole = last === undefined || this.#part === plainLines(last).length;
		if (line === 'from server: this server is shutting down') return;
		if (line === `from ${this.login}: sync ${this.#synced + 1}`) this.#synced++;
		else {
			const found = this.#ledger.ofLine(line);
			if (found === undefined) this.#ledger.fail(`${this.login} got what nobody said: ${line}`);
			else if (found.part === 0 && isWhole) {
				if (this.got.includes(found.sent)) this.#ledger.fail(`${this.login} got twice: ${line}`);
				this.got.push(found.sent);
				this.#part = 1;
				return;
			} else if (found.sent === last && found.part === this.#part) {
				this.#part++;
				return;
			} else this.#ledger.fail(`${this.login} got out of order: ${line}`);
		}
		if (!isWhole) this.#ledger.fail(`${this.login} got something in the middle of "${last?.text}"`);
	}
}
