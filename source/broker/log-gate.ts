import type {LogCode, LogEntry} from './context.ts';

/** Lets one line a second of each kind through, so that who knocks often cannot fill a disk. */
export class LogGate {
	readonly #write: (entry: LogEntry) => void;
	readonly #everyMs: number;
	readonly #kinds = new Map<LogCode, {last: number; leftOut: number}>();

	constructor(everyMs: number, write: (entry: LogEntry) => void) {
		this.#everyMs = everyMs;
		this.#write = write;
	}

	readonly log = (level: LogEntry['level'], code: LogCode, text: string): void => {
		const time = performance.now();
		const kind = this.#kinds.get(code) ?? {last: Number.NEGATIVE_INFINITY, leftOut: 0};
		this.#kinds.set(code, kind);
		if (time - kind.last < this.#everyMs) {
			kind.leftOut++;
			return;
		}
		const more = kind.leftOut > 0 ? ` (and ${kind.leftOut} more like this)` : '';
		kind.last = time;
		kind.leftOut = 0;
		this.#write({level, code, text: `${text}${more}`});
	};
}
