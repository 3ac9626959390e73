import {SessionError} from '../session-error.ts';
import {dateOf} from '../spoken.ts';
import type {Ack, Refusal, Status, Told} from './exchange-types.ts';

/** What became of a message. A plain host confirms nothing: there only `people` is here, and empty. */
export type Receipt = {
	/** The same for everybody who gets it. */
	readonly id?: string | undefined;
	/** Its number in the host's log. */
	readonly n?: number | undefined;
	/** When the host took it. */
	readonly at?: Date | undefined;
	/** Where the host keeps it. */
	readonly stored?: 'memory' | 'disk' | 'cluster' | undefined;
	/** Who has it, of the people that were named; nothing is told of rooms. */
	readonly people: readonly {readonly login: string; readonly state: Told}[];
};

type Expected = PromiseWithResolvers<Receipt> & {
	ack: Ack | undefined;
	readonly people: {login: string; state: Told}[];
};

/** Own messages that are not acknowledged, or of which it is still to be told who has them. */
export class Receipts {
	readonly #expected = new Map<string, Expected>();
	readonly #onChange: () => void;

	/** @param onChange one less is expected */
	constructor(onChange: () => void) {
		this.#onChange = onChange;
	}

	get count(): number {
		return this.#expected.size;
	}

	has(key: string): boolean {
		return this.#expected.has(key);
	}

	/** @throws {SessionError} `REFUSED_MESSAGE` with the host's code, or what `stop` got */
	expect(key: string): Promise<Receipt> {
		const expected = {...Promise.withResolvers<Receipt>(), ack: undefined, people: []};
		this.#expected.set(key, expected);
		return expected.promise;
	}

	accept(key: string, ack: Ack): void {
		const expected = this.#expected.get(key);
		if (expected === undefined) return;
		expected.ack = ack;
		this.#finish(key, expected);
	}

	/** The first words about each person belong to the receipt. */
	tell({to: login, state}: Status, key: string | undefined): void {
		const expected = key === undefined ? undefined : this.#expected.get(key);
		if (key === undefined || expected?.ack === undefined) return;
		expected.people.push({login, state});
		this.#finish(key, expected);
	}

	refuse(key: string, {code: hostCode, text}: Refusal): void {
		const message = `The host does not take this message: ${text}.`;
		this.#expected.get(key)?.reject(new SessionError('REFUSED_MESSAGE', message, {hostCode}));
		this.#expected.delete(key);
		this.#onChange();
	}

	/** The connection is gone. */
	stop(error: SessionError): void {
		for (const {reject} of this.#expected.values()) reject(error);
		this.#expected.clear();
		this.#onChange();
	}

	#finish(key: string, {ack, people, resolve}: Expected): void {
		if (ack === undefined || people.length < ack.to.filter(name => !name.startsWith('#')).length) return;
		const {id, n, ts, stored} = ack;
		this.#expected.delete(key);
		resolve({id, n, at: dateOf(ts), stored, people});
		this.#onChange();
	}
}
