import {readFileSync, renameSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {makeFolder} from '../database/make-folder.ts';

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
