import type {ClientLine} from '../../protocol/extended/client-lines.ts';
import type {ServerLine} from '../../protocol/extended/server-lines.ts';
import {SessionError} from '../session-error.ts';

/** Lines that a host answers by several of its own; see `req` in docs/protocol.md. */
type Asking = ClientLine & {readonly type: 'who' | 'rooms' | 'history' | 'search'};

/** The same without the number that its answer will have. */
export type Request = Asking extends infer One ? (One extends Asking ? Omit<One, 'req'> : never) : never;

/** What a host answered; `hasMore` if there is more of it behind the last line. */
export type Answer = {readonly lines: readonly ServerLine[]; readonly hasMore: boolean};

/** Lines of one answer that are held; a host sends some hundred at most, but for `@who` on a very busy one. */
const maxLines = 100_000;

type Open = PromiseWithResolvers<Answer> & {readonly lines: ServerLine[]};

/** What was asked on one connection and is not answered yet. */
export class Requests {
	readonly #open = new Map<string, Open>();
	readonly #say: (line: ClientLine) => void;
	#count = 0;

	constructor(say: (line: ClientLine) => void) {
		this.#say = say;
	}

	/** @throws {SessionError} `REFUSED_REQUEST` with the host's words, or `LOST` if the connection ends before */
	ask(request: Request): Promise<Answer> {
		this.#count++;
		const req = `r${this.#count}`;
		const open = {...Promise.withResolvers<Answer>(), lines: []};
		this.#open.set(req, open);
		this.#say({...request, req} as ClientLine);
		return open.promise;
	}

	/** Takes a line if it belongs to an answer. */
	take(line: ServerLine): boolean {
		const req = 'req' in line ? line.req : undefined;
		const open = req === undefined ? undefined : this.#open.get(req);
		if (req === undefined || open === undefined) return false;
		if (line.type !== 'end' && line.type !== 'fail') {
			if (open.lines.length < maxLines) open.lines.push(line);
			return true;
		}
		this.#open.delete(req);
		if (line.type === 'fail')
			open.reject(new SessionError('REFUSED_REQUEST', `The host says: ${line.text}.`, {hostCode: line.code}));
		else open.resolve({lines: open.lines, hasMore: line.more === true});
		return true;
	}

	/** The connection is gone. */
	stop(): void {
		const open = [...this.#open.values()];
		this.#open.clear();
		for (const {reject} of open)
			reject(new SessionError('LOST', 'The connection ended before an answer came: ask again.'));
	}
}
