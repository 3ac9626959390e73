import type {ClientLine} from '../../protocol/extended/client-lines.ts';
import {extendedLimits} from '../../protocol/extended/limits.ts';
import {parseRoom} from '../../protocol/extended/room.ts';
import type {ServerLine} from '../../protocol/extended/server-lines.ts';
import {loginKey} from '../../protocol/login.ts';
import {checkDestinations, checkPeople, checkRoom, checkWords} from '../input-checks.ts';
import {SessionError} from '../session-error.ts';
import {messagesIn, type Page, type Room, roomsIn, type User, usersIn} from '../spoken.ts';
import type {Answer, Request} from './requests.ts';

/** Which page: the last one, the one before a number, or the one after it; of at most `limit` (100) messages. */
export type PagePlace = {
	readonly before?: number | undefined;
	readonly after?: number | undefined;
	readonly limit?: number | undefined;
};

type Change = 'room-join' | 'room-leave';

type OpenChange = PromiseWithResolvers<void> & {readonly verb: Change; readonly key: string};

/** Who is asked: both throw a `SessionError` if there is no host to ask, or one that knows no more than names and texts. */
export type HostCommandsOptions = {
	readonly login: string;
	readonly ask: (request: Request) => Promise<Answer>;
	readonly say: (line: ClientLine) => void;
};

/**
 * What a program can ask a host of a-chat/1 for, beside sending. All of it throws an `InputError` for what cannot be asked,
 * and a `SessionError`: `REFUSED_REQUEST` with the host's code, `NOT_EXTENDED`, or `LOST`.
 */
export class HostCommands {
	readonly #options: HostCommandsOptions;
	/** Rooms that are being joined and left, in that order: a host answers in the same. */
	readonly #open: OpenChange[] = [];

	constructor(options: HostCommandsOptions) {
		this.#options = options;
	}

	/** Who is here, or in a room. */
	async who(room?: string): Promise<User[]> {
		const of = room === undefined ? {} : {room: checkRoom(room)};
		const {lines} = await this.#options.ask({type: 'who', ...of});
		return usersIn(lines);
	}

	async rooms(): Promise<Room[]> {
		const {lines} = await this.#options.ask({type: 'rooms'});
		return roomsIn(lines);
	}

	/** A page of the conversation of exactly these people and us, or of a room that we are in; oldest first. */
	async history(place: string | readonly string[], page: PagePlace = {}): Promise<Page> {
		const of = typeof place === 'string' ? {room: checkRoom(place)} : {with: checkPeople(place)};
		const {before, after, limit = extendedLimits.page} = page;
		const {lines, hasMore} = await this.#options.ask({type: 'history', ...of, before, after, limit});
		return {messages: messagesIn(lines), more: hasMore};
	}

	/** Messages with all of these words. */
	async search(words: string): Promise<Page> {
		const {lines, hasMore} = await this.#options.ask({type: 'search', text: checkWords(words)});
		return {messages: messagesIn(lines), more: hasMore};
	}

	/** Goes into a room, which is made if there is none. */
	join(room: string): Promise<void> {
		return this.#change('room-join', checkRoom(room));
	}

	leave(room: string): Promise<void> {
		return this.#change('room-leave', checkRoom(room));
	}

	/** Tells people that something for them is being written, or is not any more. */
	typing(to: readonly string[], state: 'active' | 'done'): void {
		this.#options.say({type: 'typing', to: checkDestinations(to), state});
	}

	/** Whether we are here, as long as this connection lasts. */
	setState(state: 'here' | 'away', note?: string): void {
		this.#options.say({type: 'state', state, text: note === undefined ? undefined : checkWords(note)});
	}

	/** Takes a line that may be an answer. Returns whether it is one and nothing else. */
	hear(line: ServerLine): boolean {
		switch (line.type) {
			case 'room-joined':
			case 'room-left': {
				const verb = line.type === 'room-joined' ? 'room-join' : 'room-leave';
				const parsed = parseRoom(line.room);
				const isOwn = loginKey(line.login) === loginKey(this.#options.login);
				if (isOwn && parsed.ok) this.#take(verb, parsed.key)?.resolve();
				return false;
			}
			case 'fail': {
				const change =
					line.verb === 'room-join' || line.verb === 'room-leave' ? this.#take(line.verb) : undefined;
				const {code: hostCode, text} = line;
				change?.reject(new SessionError('REFUSED_REQUEST', `The host says: ${text}.`, {hostCode}));
				return change !== undefined;
			}
			default:
				return false;
		}
	}

	/** The connection is gone. */
	stop(): void {
		for (const {reject} of this.#open.splice(0))
			reject(new SessionError('LOST', 'The connection ended before an answer came: ask again.'));
	}

	async #change(verb: Change, room: string): Promise<void> {
		const parsed = parseRoom(room);
		this.#options.say({type: verb, room});
		const open = {...Promise.withResolvers<void>(), verb, key: parsed.ok ? parsed.key : room};
		this.#open.push(open);
		await open.promise;
	}

	/** The oldest that is open, of that verb and, where it is known, room. */
	#take(verb: Change, key?: string): OpenChange | undefined {
		const at = this.#open.findIndex(open => open.verb === verb && (key === undefined || open.key === key));
		return at === -1 ? undefined : this.#open.splice(at, 1)[0];
	}
}

/** Whether a host refuses a room by this code because we are not in it: also one that does not exist. */
export const isOutside = (code: string | undefined): boolean =>
	code === 'FORBIDDEN' || code === 'NO_SUCH_ROOM';
