import type {ChatLine} from '../chat/chat-line.ts';
import type {ChatState} from '../chat/chat-state.ts';
import {everything} from '../chat/conversation.ts';
import {keyOf} from '../chat/names.ts';
import {scrollbackLimits} from '../chat/scrollback.ts';
import {parseRoom} from '../protocol/extended/room.ts';
import {HostHistory, type Place} from '../session/host-history.ts';
import type {Session} from '../session/session.ts';
import type {HeldMessage} from '../session/store/held.ts';
import type {SessionStore} from '../session/store/session-store.ts';
import type {ScreenAction, ScreenState} from '../ui/screen/screen-state.ts';
import type {Store} from '../ui/screen/store.ts';
import {linesOf} from './held-lines.ts';

/** Messages that are loaded at once when the reader comes near the oldest one. */
const earlierMessages = 200;

/** Conversations that a host is asked for at once. */
const mostPlaces = 20;

/** What was said before all that is shown: first what is kept here, then what the host has beyond that. */
export class EarlierMessages {
	readonly #store: Store<ScreenState, ScreenAction>;
	#kept: SessionStore | undefined;
	#session: Session | undefined;
	/** The id of the oldest message that is shown, if there may be older ones here. */
	#oldest: string | undefined;
	/** The lowest number of a message that is shown. */
	#lowest: number | undefined;
	#history: HostHistory | undefined;
	#isLoading = false;

	constructor(store: Store<ScreenState, ScreenAction>) {
		this.#store = store;
	}

	/** The last messages that are kept are shown, and those that come. */
	begin(kept: SessionStore, session: Session): void {
		this.#kept = kept;
		this.#session = session;
		this.#history = undefined;
		this.#lowest = undefined;
		this.#oldest = kept.held.messages[0]?.id;
		this.#note(kept.held.messages);
		session.on('messages', messages => {
			if (this.#session === session) this.#note(messages);
		});
	}

	/** Shows a page more, one at a time. */
	async load(): Promise<void> {
		const {scrollback} = this.#store.current.chat;
		if (this.#isLoading || scrollback.lines.length >= scrollbackLimits.lines) return;
		this.#isLoading = true;
		const session = this.#session;
		// Without an answer it is asked again with the next key.
		const messages = await this.#next().catch(() => []);
		this.#isLoading = false;
		if (this.#session !== session || messages.length === 0) return;
		const {login} = this.#store.current;
		this.#store.dispatch({
			type: 'chat',
			action: {type: 'earlier', view: everything, lines: linesOf(messages, login)},
		});
	}

	async #next(): Promise<readonly HeldMessage[]> {
		const [kept, session, oldest] = [this.#kept, this.#session, this.#oldest];
		if (kept === undefined || session === undefined) return [];
		if (oldest !== undefined) {
			const messages = await kept.earlier(oldest, earlierMessages);
			this.#oldest = messages[0]?.id;
			this.#note(messages);
			if (messages.length > 0) return messages;
		}
		this.#history ??= new HostHistory(request => session.ask(request), this.#lowest);
		const {chat, login} = this.#store.current;
		const messages = await this.#history.earlier(placesOf(chat, login));
		// Numbers of another host say nothing of what is here.
		const areHere = await kept.has(messages.map(({id}) => id));
		return messages.filter((_, at) => !areHere[at]);
	}

	#note(messages: readonly HeldMessage[]): void {
		for (const {n} of messages) if (n !== undefined) this.#lowest = Math.min(n, this.#lowest ?? n);
	}
}

/** Conversations that are shown, the latest first, and those with everybody who is here. */
function placesOf({scrollback, people}: ChatState, login: string): readonly Place[] {
	const places = new Map<string, Place>();
	const add = (names: readonly string[]) => {
		for (const name of names) {
			const room = name.startsWith('#') ? parseRoom(name) : undefined;
			if (room?.ok) places.set(room.key, {room: room.key});
		}
		const others = names.filter(name => !name.startsWith('#') && keyOf(name) !== keyOf(login));
		const keys = [...new Set(others.flatMap(name => keyOf(name) ?? []))].toSorted();
		if (keys.length > 0) places.set(keys.join(), {with: keys});
	};
	for (const line of scrollback.lines.toReversed()) add(namesIn(line));
	for (const {login: other} of people?.values() ?? []) add([other]);
	return [...places.values()].slice(0, mostPlaces);
}

/** Who took part in a line; nobody where that is not known. */
function namesIn(line: ChatLine): readonly string[] {
	if (line.kind === 'own') return line.to;
	return line.kind === 'message' && line.to !== undefined ? [line.from, ...line.to] : [];
}
