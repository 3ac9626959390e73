import {readFileSync, renameSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {makeFolder} from '../database/make-folder.ts';
import {SessionError} from './session-error.ts';

/** A `srv` of a host; what else a file may hold is none. */
const srvForm = /^[A-Za-z0-9_-]{1,64}$/;

/** Hosts that are trusted at one address, the last ones: people of one machine may take turns in hosting. */
const mostHosts = 32;

/**
 * Which hosts a person trusts at an address, whoever asked for it under whatever name: the first that was met there, and
 * those of which the person has said so. Only for them anything is signed, and only they get what waits to be sent.
 */
export class KnownHost {
	readonly #file: string | undefined;
	readonly #trusted: Set<string>;
	readonly #trustsAny: boolean;

	/**
	 * @param file where they are remembered; without one only as long as the program runs
	 * @param trustsAny whether the person has said so of whoever answers there
	 */
	constructor(file?: string, trustsAny = false) {
		this.#file = file;
		this.#trustsAny = trustsAny;
		this.#trusted = new Set(file === undefined ? [] : read(file));
	}

	/** Whether one was ever met: such an address is not spoken to any more without confirmations. */
	get isKnown(): boolean {
		return this.#trusted.size > 0;
	}

	/** Whether a host may have our signature, and what waits. Any may, where none is known. */
	trusts(srv: string): boolean {
		return this.#trustsAny || this.#trusted.size === 0 || this.#trusted.has(srv);
	}

	/**
	 * What a host that answers is to somebody whose things belong to the host `mine`: the `same` one, another one that is
	 * `trusted`, or an `other`, which must not get what waits.
	 */
	standingOf(srv: string, mine: string | undefined): 'same' | 'trusted' | 'other' {
		if (mine === undefined ? this.trusts(srv) : mine === srv) return 'same';
		return this.isKnown && this.trusts(srv) ? 'trusted' : 'other';
	}

	/** Trusts a host from now on; what keeps that from being remembered is a sentence for the person. */
	remember(srv: string, onFault: (sentence: string) => void): void {
		try {
			this.trust(srv);
		} catch (error) {
			onFault(`which host is trusted here cannot be remembered: ${(error as Error).message}`);
		}
	}

	/** @throws {Error} if it cannot be written; it is trusted all the same */
	trust(srv: string): void {
		if (this.#trusted.has(srv)) return;
		// Others may have met it meanwhile.
		if (this.#file !== undefined) for (const one of read(this.#file)) this.#trusted.add(one);
		this.#trusted.add(srv);
		if (this.#file === undefined) return;
		makeFolder(path.dirname(this.#file));
		// Several programs may do this at once: each writes a whole file, the last one counts.
		const draft = `${this.#file}.${process.pid}`;
		writeFileSync(draft, `${[...this.#trusted].slice(-mostHosts).join('\n')}\n`, {mode: 0o600});
		renameSync(draft, this.#file);
	}
}

/**
 * Whoever grabs a port must not be handed what waited for the host that was there, nor a signature.
 *
 * @param where an address
 * @param advice what else to do than to check it
 */
export const strangerAt = (where: string, advice = ''): SessionError =>
	new SessionError(
		'STRANGER',
		`Another host than before answers at ${where}, and got nothing from here: check the address${advice}.`,
	);

function read(file: string): string[] {
	try {
		return readFileSync(file, 'utf8')
			.split('\n')
			.filter(line => srvForm.test(line));
	} catch {
		// None is known then: the worst that follows is a question less.
		return [];
	}
}
