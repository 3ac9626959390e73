import type {LogEntry, Remote} from './context.ts';

/** Entries of one code that go through at once, and the time for each one more, in ms. */
const burst = 20;
const usualEveryMs = 1000;

/** How it stands with one code. */
type Kind<Code extends string> = {
	/** When it may have its burst again, as a time of `performance.now()`, in ms. */
	restedAt: number;
	/** What was told last, and when. */
	told: {readonly text: string; readonly at: number} | undefined;
	/** The newest entry that is held back, and how many are. */
	newest:
		| (Pick<LogEntry<Code>, 'level' | 'code' | 'text'> & {readonly remote: Remote | undefined})
		| undefined;
	held: number;
	timer: NodeJS.Timeout | undefined;
};

/**
 * Lets entries through as people come and go. The same sentence, and more entries of one code than come together, go
 * through once a second, so that who knocks often cannot fill a disk. What is held back is told within that second: the
 * newest entry, and how many more there were.
 */
export class LogGate<Code extends string> {
	readonly #write: (entry: LogEntry<Code>) => void;
	readonly #everyMs: number;
	readonly #kinds = new Map<Code, Kind<Code>>();

	constructor(write: (entry: LogEntry<Code>) => void, everyMs = usualEveryMs) {
		this.#write = write;
		this.#everyMs = everyMs;
	}

	/** @param remote the peer that it is about; it is asked for its address only if the entry goes through */
	readonly log = (level: LogEntry['level'], code: Code, text: string, remote?: Remote): void => {
		const now = performance.now();
		const kind = this.#kindOf(code);
		const crowdMs = kind.restedAt - now - (burst - 1) * this.#everyMs;
		// What is held back for being the same must not hold back another.
		if (crowdMs <= 0 && kind.newest?.text !== text) this.#tell(kind);
		kind.newest = {level, code, text, remote};
		kind.held++;
		const sameMs = kind.told?.text === text ? kind.told.at + this.#everyMs - now : 0;
		const waitMs = Math.max(crowdMs, sameMs);
		if (waitMs <= 0) this.#tell(kind);
		else kind.timer ??= setTimeout(() => this.#tell(kind), waitMs).unref();
	};

	#kindOf(code: Code): Kind<Code> {
		let kind = this.#kinds.get(code);
		if (kind === undefined) {
			kind = {restedAt: 0, told: undefined, newest: undefined, held: 0, timer: undefined};
			this.#kinds.set(code, kind);
		}
		return kind;
	}

	/** Writes at once what is held back, for nothing may come later. */
	flush(): void {
		for (const kind of this.#kinds.values()) this.#tell(kind);
	}

	#tell(kind: Kind<Code>): void {
		clearTimeout(kind.timer);
		kind.timer = undefined;
		if (kind.newest === undefined) return;
		const {remote, text, ...entry} = kind.newest;
		const leftOut = kind.held - 1;
		kind.newest = undefined;
		kind.held = 0;
		const now = performance.now();
		kind.restedAt = Math.max(kind.restedAt, now) + this.#everyMs;
		kind.told = {text, at: now};
		const address = remote?.address;
		this.#write({
			...entry,
			text: leftOut > 0 ? `${text} (and ${leftOut} more like this)` : text,
			...(address === undefined ? {} : {address}),
			...(leftOut > 0 ? {leftOut} : {}),
		});
	}
}
