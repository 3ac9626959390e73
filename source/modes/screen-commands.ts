import type {HostCommand} from '../chat/commands/host-command.ts';
import {type ConversationId, partyOf} from '../chat/conversation.ts';
import {keyOf, memberKeyOf} from '../chat/names.ts';
import {HostCommands, isOutside} from '../session/extended/host-commands.ts';
import {InputError} from '../session/input-checks.ts';
import type {Session} from '../session/session.ts';
import {SessionError} from '../session/session-error.ts';
import type {User} from '../session/spoken.ts';
import type {ScreenAction, ScreenState} from '../ui/screen/screen-state.ts';
import type {Store} from '../ui/screen/store.ts';

/** Names and rooms of one answer that are told; the rest is counted. */
const mostTold = 50;

/** Does what only the host can do or knows, and tells what comes of it where the person asked for it. */
export class ScreenCommands {
	readonly #store: Store<ScreenState, ScreenAction>;
	readonly #onJoined: (room: ConversationId) => void;
	#session: Session | undefined;
	#host: HostCommands | undefined;
	/** What the host that we are in speaks; undefined without a connection. */
	#dialect: 'plain' | 'extended' | undefined;
	/** What is to be done once there is a connection, in the order in which it was typed. */
	#waiting: (() => void)[] = [];

	/** @param onJoined what was said in this room is told from now on */
	constructor(store: Store<ScreenState, ScreenAction>, onJoined: (room: ConversationId) => void) {
		this.#store = store;
		this.#onJoined = onJoined;
	}

	/** The session that is asked from now on. */
	attach(session: Session, login: string): void {
		const host = new HostCommands({
			login,
			ask: request => session.ask(request),
			say: line => session.say(line),
		});
		[this.#session, this.#host, this.#dialect] = [session, host, undefined];
		session.on('heard', line => void host.hear(line));
		session.on('welcome', () => {
			if (this.#session !== session) return;
			this.#dialect = 'extended';
			// A state lasts as long as its connection.
			const {away} = this.#store.current;
			if (away !== undefined) host.setState('away', away === '' ? undefined : away);
			// Before the lines that wait: they may be for a room that is gone into first.
			this.#doWaiting();
		});
		session.on('live', () => {
			// Nobody has asked: without an answer there is less to complete.
			if (this.#session === session) this.#learnRooms().catch(() => {});
		});
		session.on('status', ({phase}) => {
			if (phase !== 'open') host.stop();
			if (this.#session !== session) return;
			if (phase !== 'open') {
				this.#dialect = undefined;
				return;
			}
			this.#dialect ??= 'plain';
			this.#doWaiting();
		});
	}

	/**
	 * Does it, as soon as there is a connection; what comes of it, or why it cannot be, is told in the view that is open
	 * now, which is the one that the command leads to: what is typed on goes there.
	 */
	run(command: HostCommand): void {
		const {chat} = this.#store.current;
		const party = command.type === 'join' ? partyOf([command.room], chat.login) : undefined;
		if (party && this.#dialect !== 'plain') this.#store.dispatch({type: 'opened', party});
		const view = this.#store.current.chat.open;
		// That one is away is told with each connection.
		if (this.#dialect !== undefined || command.type === 'state') {
			void this.#tellResult(command, view);
			return;
		}
		if (chat.connection.phase === 'waiting' && this.#waiting.length === 0)
			this.#tell(view, ['commands wait for the connection, as lines do']);
		this.#waiting.push(() => void this.#tellResult(command, view));
	}

	#doWaiting(): void {
		for (const go of this.#waiting.splice(0)) go();
	}

	async #tellResult(command: HostCommand, view: ConversationId): Promise<void> {
		try {
			const texts = await this.#do(command);
			if (texts.length > 0) this.#tell(view, texts);
		} catch (error) {
			if (!(error instanceof SessionError || error instanceof InputError)) throw error;
			this.#tell(view, [error.message]);
		}
	}

	#do(command: HostCommand): Promise<readonly string[]> {
		switch (command.type) {
			case 'who':
				return this.#who(command.room);
			case 'rooms':
				return this.#rooms();
			case 'join':
				return this.#join(command.room);
			case 'part':
				return this.#part(command.room);
			case 'state':
				return this.#setState(command.away);
		}
	}

	async #who(room: string | undefined): Promise<readonly string[]> {
		if (this.#dialect === 'plain' && room === undefined) {
			const {seen} = this.#store.current.chat;
			const names = seen.length === 0 ? 'nobody has spoken so far' : `spoken have ${listOf(seen)}`;
			return [`this host does not tell who is here; ${names}`];
		}
		try {
			const users = await this.#need().who(room);
			const where = room === undefined ? 'here' : `in ${room}`;
			return [`${where}: ${listOf(users.map(describeUser))}`];
		} catch (error) {
			if (!isRefusedOutside(error)) throw error;
			return [`you are not in ${room}: /join ${room} goes there, and shows who is`];
		}
	}

	async #rooms(): Promise<readonly string[]> {
		const rooms = await this.#learnRooms();
		if (rooms.length === 0) return ['there is no room yet: /join #ROOM makes one'];
		return [`rooms: ${listOf(rooms.map(({room, members}) => `${room} (${members})`))}`];
	}

	async #learnRooms() {
		// What could be no room is not shown as one, whatever a host says.
		const rooms = (await this.#need().rooms()).filter(({room}) => memberKeyOf(room) !== undefined);
		this.#store.dispatchSoon({type: 'rooms-listed', rooms: rooms.map(({room}) => room)});
		return rooms;
	}

	async #join(room: string): Promise<readonly string[]> {
		const host = this.#need();
		// Only members are told; both are asked at once, as lines for the room may wait behind this.
		const wasIn = host.who(room).then(
			() => true,
			() => false,
		);
		await host.join(room);
		const party = partyOf([room], this.#store.current.login);
		if (party) this.#onJoined(party.id);
		const users = await host.who(room);
		const others = users.filter(({login}) => keyOf(login) !== keyOf(this.#store.current.login));
		const company = others.length === 0 ? 'alone so far' : `with ${listOf(others.map(describeUser))}`;
		return [`you are in ${room}${(await wasIn) ? ' already' : ''}, ${company}`];
	}

	async #part(room: string): Promise<readonly string[]> {
		const party = partyOf([room], this.#store.current.login);
		// On a plain host there are none: all that there is to leave is the conversation.
		const host = this.#dialect === 'plain' ? undefined : this.#need();
		if (party) this.#store.dispatch({type: 'closed', id: party.id});
		try {
			await host?.leave(room);
		} catch (error) {
			if (!isRefusedOutside(error)) throw error;
			return [`you are not in ${room}`];
		}
		return [`you have left ${room}`];
	}

	async #setState(away: string | undefined): Promise<readonly string[]> {
		// Without a connection it is told with the next one.
		const host = this.#dialect === undefined ? undefined : this.#need();
		if (away === undefined) host?.setState('here');
		else host?.setState('away', away === '' ? undefined : away);
		this.#store.dispatch({type: 'went-away', away});
		return [away === undefined ? 'you are here again' : 'you are away: /away again when you are back'];
	}

	/** @throws {SessionError} where there is no host to ask, or one that knows no more than names and texts */
	#need(): HostCommands {
		if (this.#host === undefined || this.#dialect === undefined)
			throw new SessionError('LOST', 'There is no connection: try again once there is one.');
		if (this.#dialect === 'plain')
			throw new SessionError('NOT_EXTENDED', 'This host knows no more than names and texts.');
		return this.#host;
	}

	#tell(view: ConversationId, texts: readonly string[]): void {
		this.#store.dispatchSoon({type: 'chat', action: {type: 'noticed', texts, at: Date.now(), view}});
		this.#store.dispatchSoon({type: 'scrolled-to-end'});
	}
}

const isRefusedOutside = (error: unknown): boolean =>
	error instanceof SessionError && isOutside(error.hostCode);

const describeUser = ({login, state, note}: User): string =>
	state === 'here' ? login : `${login} (away${note ? `: ${note}` : ''})`;

function listOf(names: readonly string[]): string {
	if (names.length === 0) return 'nobody';
	const more = names.length - mostTold;
	return names.slice(0, mostTold).join(', ') + (more > 0 ? ` and ${more} others` : '');
}
