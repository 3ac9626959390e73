import {mkdirSync, readFileSync, renameSync, writeFileSync} from 'node:fs';
import path from 'node:path';

/** A `srv` of a host; what else a file may hold is none. */
const srvForm = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * Which host was last met at an address, whoever asked for it under whatever name: only for that one anything is signed,
 * and it is never again spoken to without its confirming what it got.
 */
export class KnownHost {
	readonly #file: string | undefined;
	#srv: string | undefined;

	/** @param file where it is remembered; without one only as long as the program runs */
	constructor(file?: string) {
		this.#file = file;
		if (file !== undefined) this.#srv = read(file);
	}

	get srv(): string | undefined {
		return this.#srv;
	}

	/** @throws {Error} if it cannot be written; it is known all the same */
	keep(srv: string): void {
		if (srv === this.#srv) return;
		this.#srv = srv;
		if (this.#file === undefined) return;
		mkdirSync(path.dirname(this.#file), {recursive: true, mode: 0o700});
		// Several programs may meet it at once: each writes a whole file, the last one counts.
		const draft = `${this.#file}.${process.pid}`;
		writeFileSync(draft, `${srv}\n`, {mode: 0o600});
		renameSync(draft, this.#file);
	}
}

function read(file: string): string | undefined {
	try {
		const srv = readFileSync(file, 'utf8').trimEnd();
		return srvForm.test(srv) ? srv : undefined;
	} catch {
		// None is known then: the worst that follows is a question less.
		return undefined;
	}
}
