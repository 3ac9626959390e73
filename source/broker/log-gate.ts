import type {LogEntry, Remote} from './context.ts';

/** Entries of one code that go through at once, and the time for each one more, in ms. */
const burst = 20;
const usualEveryMs = 1000;

/** How it stands with one code. */
type Kind<Code extends string> = {
	/** When it may have its burst again, as a time of `performance.now()`, in ms. */
	restedAt: number;
	/** The newest entry that is held back, and how many are. */
	newest:
		| (Pick<LogEntry<Code>, 'level' | 'code' | 'text'> & {readonly remote: Remote | undefined})
		| undefined;
	held: number;
	timer: NodeJS.Timeout | undefined;
};

/**
 * Lets entries through as people come and go, and of more of one code one a second, so that who knocks often cannot fill
 * a disk. What is held back is told within that second: the newest entry, and how many more there were.
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
		const kind = this.#kinds.get(code) ?? {restedAt: now, newest: undefined, held: 0, timer: undefined};
		this.#kinds.set(code, kind);
		kind.newest = {level, code, text, remote};
		kind.held++;
		const waitMs = kind.restedAt - now - (burst - 1) * this.#everyMs;
		if (waitMs <= 0 && kind.timer === undefined) this.#tell(kind);
		else kind.timer ??= setTimeout(() => this.#tell(kind), waitMs).unref();
	};

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
		kind.restedAt = Math.max(kind.restedAt, performance.now()) + this.#everyMs;
		const address = remote?.address;
		this.#write({
			...entry,
			text: leftOut > 0 ? `${text} (and ${leftOut} more like this)` : text,
			...(address === undefined ? {} : {address}),
			...(leftOut > 0 ? {leftOut} : {}),
		});
	}
}
