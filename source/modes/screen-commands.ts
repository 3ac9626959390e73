import type {HostCommand} from '../chat/commands/host-command.ts';
import {everything, partyOf} from '../chat/conversation.ts';
import {keyOf, memberKeyOf} from '../chat/names.ts';
import {HostCommands} from '../session/extended/host-commands.ts';
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
	#session: Session | undefined;
	#host: HostCommands | undefined;
	/** What the host that we are in speaks; undefined without a connection. */
	#dialect: 'plain' | 'extended' | undefined;

	constructor(store: Store<ScreenState, ScreenAction>) {
		this.#store = store;
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
		});
		session.on('live', () => {
			// Nobody has asked: without an answer there is less to complete.
			if (this.#session === session) this.#learnRooms().catch(() => {});
		});
		session.on('status', ({phase}) => {
			if (phase !== 'open') host.stop();
			if (this.#session !== session) return;
			if (phase === 'open') this.#dialect ??= 'plain';
			else this.#dialect = undefined;
		});
	}

	/** Does it; what comes of it, or why it cannot be, is told in the view that is open then. */
	async run(command: HostCommand): Promise<void> {
		const done = this.#do(command);
		// What is typed on goes to the view that the command leads to: that is open by now.
		const view = this.#store.current.chat.open;
		try {
			const texts = await done;
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
		const users = await this.#need().who(room);
		const where = room === undefined ? 'here' : `in ${room}`;
		return [`${where}: ${listOf(users.map(describeUser))}`];
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
		const party = partyOf([room], this.#store.current.login);
		if (party) this.#store.dispatch({type: 'opened', party});
		await host.join(room);
		const users = await this.#need().who(room);
		const others = users.filter(({login}) => keyOf(login) !== keyOf(this.#store.current.login));
		const company = others.length === 0 ? 'alone so far' : `with ${listOf(others.map(describeUser))}`;
		this.#tell(party?.id ?? everything, [`you are in ${room}, ${company}`]);
		return [];
	}

	async #part(room: string): Promise<readonly string[]> {
		const party = partyOf([room], this.#store.current.login);
		// On a plain host there are none: all that there is to leave is the conversation.
		const host = this.#dialect === 'plain' ? undefined : this.#need();
		if (party) this.#store.dispatch({type: 'closed', id: party.id});
		await host?.leave(room);
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

	#tell(view: string, texts: readonly string[]): void {
		this.#store.dispatchSoon({type: 'chat', action: {type: 'noticed', texts, at: Date.now(), view}});
		this.#store.dispatchSoon({type: 'scrolled-to-end'});
	}
}

const describeUser = ({login, state, note}: User): string =>
	state === 'here' ? login : `${login} (away${note ? `: ${note}` : ''})`;

function listOf(names: readonly string[]): string {
	if (names.length === 0) return 'nobody';
	const more = names.length - mostTold;
	return names.slice(0, mostTold).join(', ') + (more > 0 ? ` and ${more} others` : '');
}
