/** Something that is done in slices, each of which ends soon. */
export type Sliced<Result> = Iterator<void, Result>;

type Task = {
	readonly work: Sliced<unknown>;
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
	run<Result>(owner: number, work: Sliced<Result>, isAwaited: () => boolean): Promise<Result | undefined> {
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
		setImmediate(() => {
			this.#isRunning = false;
			this.#doSlice();
			this.#goOn();
		});
	}

	#doSlice(): void {
		const [next] = this.#waiting;
		if (next === undefined) return;
		const [owner, tasks] = next;
		this.#waiting.delete(owner);
		const left = tasks.filter(({isAwaited, settle}) => {
			if (isAwaited()) return true;
			settle(undefined);
			return false;
		});
		const [task, ...others] = left;
		const isDone = task === undefined || doSlice(task);
		const rest = isDone ? others : left;
		if (rest.length > 0) this.#waiting.set(owner, rest);
	}
}

/** Whether that was the last one. */
function doSlice({work, settle, fail}: Task): boolean {
	try {
		const {done, value} = work.next();
		if (done) settle(value);
		return done === true;
	} catch (error) {
		fail(error);
		return true;
	}
}
