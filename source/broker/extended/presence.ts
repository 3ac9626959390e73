import type {ServerLine} from '../../protocol/extended/server-lines.ts';
import type {Present} from './hall.ts';
import type {Session} from './session.ts';

/** How long news of who came and went gather. Who leaves and comes back in that time has never been away. */
const gatherMs = 250;

type Change = 'join' | 'leave';

/** Tells the sessions that asked for it who came and who left. */
export class Presence {
	readonly #present: () => Iterable<Present>;
	readonly #changes = new Map<string, Change>();
	readonly #changed = new Set<Session>();
	#timer: NodeJS.Timeout | undefined;
	/** Whether somebody asked who is here since news began to gather: then nothing of it cancels out. */
	#isListed = false;

	constructor(present: () => Iterable<Present>) {
		this.#present = present;
	}

	came(login: string): void {
		this.#note(login, 'join');
	}

	left(login: string): void {
		this.#note(login, 'leave');
	}

	/** Somebody is told who is here in this moment, and has to be told of whatever is otherwise later. */
	listed(): void {
		this.#isListed = true;
	}

	/** Somebody is away, or here again. */
	changed(session: Session): void {
		this.#changed.add(session);
		this.#start();
	}

	#note(login: string, change: Change): void {
		const earlier = this.#changes.get(login);
		if (earlier !== undefined && earlier !== change && !this.#isListed) this.#changes.delete(login);
		else this.#changes.set(login, change);
		this.#start();
	}

	#start(): void {
		this.#timer ??= setTimeout(() => this.#tell(), gatherMs).unref();
	}

	#tell(): void {
		this.#timer = undefined;
		this.#isListed = false;
		const lines: ServerLine[] = Array.from(this.#changes, ([login, type]) => ({type, login}));
		for (const session of this.#changed) lines.push(session.asUser());
		this.#changes.clear();
		this.#changed.clear();
		for (const {session} of this.#present())
			if (session?.isCurious) for (const line of lines) session.say(line);
	}
}
