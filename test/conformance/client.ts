import type {Socket} from 'node:net';
import {setTimeout as sleep} from 'node:timers/promises';
import {isDeepStrictEqual} from 'node:util';
import {parseServerLine, type ServerLine} from '../../source/protocol/extended/server-lines.ts';
import {Broken, check, quote} from './case.ts';
import {Talker, type TalkerOptions} from './talker.ts';

export type LineOfType<T extends ServerLine['type']> = ServerLine & {readonly type: T};
type Fields<T extends ServerLine['type']> = {
	readonly [K in keyof LineOfType<T>]?: LineOfType<T>[K] | undefined;
};
type State = LineOfType<'status'>['state'];

export type ClientOptions = Omit<TalkerOptions, 'isPlain'> & {
	/** The number behind which the first message comes. */
	readonly seen: number;
};

/** Somebody who speaks a-chat/1. Whatever a case is about, the numbers of what it reads have to make a whole chain. */
export class Client extends Talker {
	#welcome: LineOfType<'welcome'> | undefined;
	/** What came between `@welcome` and `@live`. */
	missed: readonly ServerLine[] = [];
	/** The line that was read last, as it stood there. */
	#raw = '';
	/** The number of the last message, or first ack of one. */
	#last: number;

	constructor(socket: Socket, {seen, ...options}: ClientOptions) {
		super(socket, {...options, isPlain: false});
		this.#last = seen;
	}

	/** The line that let it in. */
	get welcome(): LineOfType<'welcome'> {
		check(this.#welcome !== undefined, `${this.login} was not welcomed`);
		return this.#welcome;
	}

	/** The next line; a ping is answered, and none. */
	async next(): Promise<ServerLine> {
		for (;;) {
			this.#raw = await this.line();
			const parsed = parseServerLine(this.#raw);
			if (!parsed.ok)
				throw new Broken(
					`${this.login} read a line that is none (${parsed.fault.code}): ${quote(this.#raw)}`,
				);
			const {line} = parsed;
			this.#checkNumbers(line);
			if (line.type === 'welcome') this.#welcome = line;
			if (line.type !== 'ping') return line;
			this.send(`@pong n=${line.n}`);
		}
	}

	/** The next line, which has to be of this type and to hold these values; `undefined` is for one that must not be there. */
	async expect<T extends ServerLine['type']>(type: T, fields: Fields<T> = {}): Promise<LineOfType<T>> {
		const line = await this.next();
		const wrong = Object.entries(fields).find(
			([key, value]) => !isDeepStrictEqual(Reflect.get(line, key), value),
		);
		const wanted = wrong === undefined ? '' : ` with ${wrong[0]}=${JSON.stringify(wrong[1]) ?? 'nothing'}`;
		check(
			line.type === type && wrong === undefined,
			`${this.login} read ${quote(this.#raw)} instead of @${type}${wanted}`,
		);
		return line as LineOfType<T>;
	}

	/** All lines up to one that fits, with it. */
	async until(isLast: (line: ServerLine) => boolean): Promise<ServerLine[]> {
		const lines: ServerLine[] = [];
		do lines.push(await this.next());
		while (!isLast(lines.at(-1) as ServerLine));
		return lines;
	}

	/** Sends a message, and reads its ack and what became of it for each person. */
	async message(
		to: readonly string[],
		text: string,
		key = Math.random().toString(36).slice(2),
	): Promise<{readonly ack: LineOfType<'ack'>; readonly n: number; readonly states: readonly State[]}> {
		this.send(`@send key=${key} to=${to.join(',')} :${text}`);
		const ack = await this.expect('ack', {key});
		const states: State[] = [];
		for (const name of to)
			if (!name.startsWith('#')) states.push((await this.expect('status', {id: ack.id, to: name})).state);
		return {ack, n: ack.n ?? 0, states};
	}

	/** The lines of the answer to a request, each of which carries its `req`; without `@end`. */
	async answer(line: string): Promise<{readonly lines: readonly ServerLine[]; readonly hasMore: boolean}> {
		const req = `r${Math.random().toString(36).slice(2)}`;
		this.send(line.replace(/^@\S+/, verb => `${verb} req=${req}`));
		const lines = await this.until(({type}) => type === 'end' || type === 'fail');
		const stray = lines.find(one => !('req' in one) || one.req !== req);
		check(stray === undefined, `${this.login} read ${JSON.stringify(stray)} in the answer to ${line}`);
		const end = lines.pop();
		check(end?.type === 'end', `${this.login} read ${quote(this.#raw)} instead of an answer to ${line}`);
		return {lines, hasMore: end.more === true};
	}

	/** Shows that nothing else came before the answer to a ping. */
	async isQuiet(): Promise<void> {
		const n = Math.floor(Math.random() * 1_000_000);
		this.send(`@ping n=${n}`);
		await this.expect('pong', {n});
	}

	#checkNumbers(line: ServerLine): void {
		const isNew = (line.type === 'msg' && line.req === undefined) || (line.type === 'ack' && !line.dup);
		if (line.type === 'gap') this.#last = line.to;
		if (!isNew) return;
		const {n = 0} = line;
		check(n > this.#last, `${this.login} read a number that is not above ${this.#last}: ${quote(this.#raw)}`);
		check(
			line.type === 'ack' || line.prev === this.#last,
			`${this.login} read another prev than ${this.#last}: ${quote(this.#raw)}`,
		);
		this.#last = n;
	}
}

/** The texts of the messages among lines. */
export const textsOf = (lines: readonly ServerLine[]): string[] =>
	lines.flatMap(line => (line.type === 'msg' ? [line.text] : []));

/** Searches until something is found, as a host may index later; so that who finds nothing then has no luck in it. */
export const untilFound = async (client: Client, words: string): Promise<string[]> => {
	for (;;) {
		const found = textsOf((await client.answer(`@search :${words}`)).lines);
		if (found.length > 0) return found;
		await sleep(50);
	}
};

/** Sends a line, and reads that it was refused so; then that the connection goes on. */
export const refuses = async (
	client: Client,
	line: string,
	fault: {readonly code?: string; readonly key?: string; readonly req?: string; readonly to?: string},
): Promise<void> => {
	client.send(line);
	await client.expect('fail', fault);
	await client.isQuiet();
};
