/** Something that is done in slices, each of which ends soon. */
export type Sliced<Result> = Iterator<void, Result>;

/** The same, or what somebody else does meanwhile. */
type Work<Result> = {next(): IteratorResult<void, Result> | Promise<IteratorResult<void, Result>>};

/** What somebody else does, as one slice. */
export const inOne = <Result>(run: () => Promise<Result>): Work<Result> => ({
	next: async () => ({done: true, value: await run()}),
});

type Task = {
	readonly work: Work<unknown>;
	readonly isAwaited: () => boolean;
	readonly settle: (result: unknown) => void;
	readonly fail: (error: unknown) => void;
};

/**
 * Does one slice a turn of the event loop, so that peers are served in between however much there is to do. Those who want
 * something have their slices in turn, and each has one thing done at a time: nobody waits longer because somebody else
 * wants much.
 */
export class Slices {
	/** Who is next comes first. */
	readonly #waiting = new Map<number, Task[]>();
	#isRunning = false;

	/**
	 * @param owner who wants it
	 * @param isAwaited whether anybody still waits for it; if not, it is given up
	 */
	run<Result>(owner: number, work: Work<Result>, isAwaited: () => boolean): Promise<Result | undefined> {
		return new Promise((resolve, reject) => {
			const tasks = this.#waiting.get(owner) ?? [];
			tasks.push({work, isAwaited, settle: resolve as Task['settle'], fail: reject});
			this.#waiting.set(owner, tasks);
			this.#goOn();
		});
	}

	#goOn(): void {
		if (this.#isRunning || this.#waiting.size === 0) return;
		this.#isRunning = true;
		setImmediate(async () => {
			await this.#doSlice();
			this.#isRunning = false;
			this.#goOn();
		});
	}

	async #doSlice(): Promise<void> {
		const [next] = this.#waiting;
		if (next === undefined) return;
		const [owner, tasks] = next;
		// Whoever had a slice comes behind all others.
		this.#waiting.delete(owner);
		this.#waiting.set(owner, tasks);
		for (;;) {
			const [first] = tasks;
			if (first === undefined || first.isAwaited()) break;
			first.settle(undefined);
			tasks.shift();
		}
		const [task] = tasks;
		if (task !== undefined && (await doSlice(task))) tasks.shift();
		if (tasks.length === 0) this.#waiting.delete(owner);
	}
}

/** Whether that was the last one. */
async function doSlice({work, settle, fail}: Task): Promise<boolean> {
	try {
		const {done, value} = await work.next();
		if (done) settle(value);
		return done === true;
	} catch (error) {
		fail(error);
		return true;
	}
}
