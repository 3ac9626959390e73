import type {LogEntry, Remote} from './context.ts';

/** Lets one entry a second of each code through, so that who knocks often cannot fill a disk. */
export class LogGate<Code extends string> {
	readonly #write: (entry: LogEntry<Code>) => void;
	readonly #everyMs: number;
	readonly #kinds = new Map<Code, {last: number; leftOut: number}>();

	constructor(everyMs: number, write: (entry: LogEntry<Code>) => void) {
		this.#everyMs = everyMs;
		this.#write = write;
	}

	/** @param remote the peer that it is about; it is asked for its address only if the entry goes through */
	readonly log = (level: LogEntry['level'], code: Code, text: string, remote?: Remote): void => {
		const time = performance.now();
		const kind = this.#kinds.get(code) ?? {last: Number.NEGATIVE_INFINITY, leftOut: 0};
		this.#kinds.set(code, kind);
		if (time - kind.last < this.#everyMs) {
			kind.leftOut++;
			return;
		}
		const {leftOut} = kind;
		kind.last = time;
		kind.leftOut = 0;
		const address = remote?.address;
		this.#write({
			level,
			code,
			text: leftOut > 0 ? `${text} (and ${leftOut} more like this)` : text,
			...(address === undefined ? {} : {address}),
			...(leftOut > 0 ? {leftOut} : {}),
		});
	};
}
