import {isAscii} from '../protocol/login.ts';
import {keyOf} from './names.ts';
import {looksOf} from './skeleton.ts';

/** Logins whose looks are remembered; the one that was seen longest ago is forgotten first. */
export const maxLogins = 10_000;

/** A login that looks like another one. */
export type AlikePair = {readonly login: string; readonly like: string};

type Seen = {readonly login: string; readonly looks: ReadonlySet<string>};

/** Knows the looks of the logins that were seen, and says whose a new one has. */
export class SeenLogins {
	readonly #seen = new Map<string, Seen>();
	/** Who was the first with a look, by key. */
	readonly #firsts = new Map<string, string>();
	#own: string | undefined;

	/** Notes the person's own login, which is never forgotten and never marked. */
	noteOwn(login: string): AlikePair | undefined {
		this.#own = keyOf(login);
		return this.note(login);
	}

	/**
	 * Notes a login. Returns a pair when it is new and looks like one that was seen before: the one to be marked, and whom
	 * it looks like. Marked is the later one; but never one's own, nor one of ASCII for the sake of one that is not. What
	 * is no login looks like nobody.
	 */
	note(login: string): AlikePair | undefined {
		const key = keyOf(login);
		if (key === undefined) return undefined;
		const known = this.#seen.get(key);
		// Again at the end: who was seen last is forgotten last.
		this.#seen.delete(key);
		this.#seen.set(key, known ?? {login, looks: looksOf(login)});
		if (known !== undefined) return undefined;
		this.#forgetOldest();
		let pair: AlikePair | undefined;
		for (const look of this.#seen.get(key)?.looks ?? []) {
			const first: string = this.#firsts.get(look) ?? key;
			const isFirstHonest = key !== this.#own && (first === this.#own || isAscii(first) || !isAscii(key));
			const honest = isFirstHonest ? first : key;
			this.#firsts.set(look, honest);
			if (first === key) continue;
			const other = this.#seen.get(first)?.login ?? first;
			pair ??= isFirstHonest ? {login, like: other} : {login: other, like: login};
		}
		return pair;
	}

	#forgetOldest(): void {
		if (this.#seen.size <= maxLogins) return;
		for (const [key, {looks}] of this.#seen) {
			if (key === this.#own) continue;
			this.#seen.delete(key);
			for (const look of looks) if (this.#firsts.get(look) === key) this.#firsts.delete(look);
			return;
		}
	}
}

/** One sentence about two people whose logins look alike, with what is written otherwise. */
export function describeLookAlike(login: string, like: string): string {
	const usual = new Set(like);
	const other = [...new Set(login)].filter(character => !usual.has(character));
	const numbers = other
		.filter(character => character > '\u007F')
		.map(character => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`);
	const how = numbers.length > 0 ? `: it is written with ${numbers.slice(0, 3).join(', ')}` : '';
	return `≈${login} looks like ${like}, but is somebody else${how}`;
}
