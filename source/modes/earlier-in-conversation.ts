import {type ConversationId, everything, partyOfMessage} from '../chat/conversation.ts';
import {conversationLimits} from '../chat/conversations.ts';
import {keyOf} from '../chat/names.ts';
import {HostHistory, type Place} from '../session/host-history.ts';
import type {Session} from '../session/session.ts';
import type {HeldMessage} from '../session/store/held.ts';
import type {SessionStore} from '../session/store/session-store.ts';
import {isReadingOldest} from '../ui/screen/reading.ts';
import type {ScreenAction, ScreenState} from '../ui/screen/screen-state.ts';
import type {Store} from '../ui/screen/store.ts';
import {linesOf} from './held-lines.ts';

/** Messages of all conversations that are read at once, pages of them for one key, and messages that are enough for it. */
const pageMessages = 200;
const mostPages = 20;
const enoughMessages = 50;

/** How far the messages of one conversation are looked for. */
type Search = {
	/** The oldest message that was looked at here; undefined if there is nothing before it. */
	oldest: string | undefined;
	/** What the host has of it, once all that is here is shown. */
	history: HostHistory | undefined;
	isLoading: boolean;
};

/** What was said earlier in a conversation: first what is kept here, then what the host has beyond that. */
export class EarlierInConversation {
	readonly #store: Store<ScreenState, ScreenAction>;
	#kept: SessionStore | undefined;
	#session: Session | undefined;
	#searches = new Map<ConversationId, Search>();
	#open: ConversationId = everything;

	constructor(store: Store<ScreenState, ScreenAction>) {
		this.#store = store;
		store.subscribe(() => this.#look());
	}

	/** From now on it is looked for in what this session keeps, and at its host. */
	begin(kept: SessionStore, session: Session): void {
		[this.#kept, this.#session] = [kept, session];
		this.#searches = new Map();
	}

	/** Shows more of a conversation. */
	async load(view: ConversationId): Promise<void> {
		const [kept, session] = [this.#kept, this.#session];
		const conversation = this.#store.current.chat.conversations.get(view);
		if (kept === undefined || session === undefined || conversation === undefined) return;
		if (conversation.scrollback.lines.length >= conversationLimits.lines) return;
		const search = this.#searches.get(view) ?? {
			...{oldest: kept.held.messages[0]?.id, history: undefined, isLoading: false},
		};
		this.#searches.set(view, search);
		if (search.isLoading) return;
		search.isLoading = true;
		// Without an answer it is asked again with the next key.
		const messages = await this.#next(view, search, kept, session).catch(() => []);
		search.isLoading = false;
		if (this.#session !== session || messages.length === 0) return;
		const lines = linesOf(messages, this.#store.current.login);
		this.#store.dispatch({type: 'chat', action: {type: 'earlier', view, lines}});
	}

	/** Whoever comes into a conversation sees what was said there, as far as there is room for it. */
	#look(): void {
		const {current} = this.#store;
		if (current.chat.open === this.#open) return;
		this.#open = current.chat.open;
		if (this.#open !== everything && isReadingOldest(current)) void this.load(this.#open);
	}

	async #next(
		view: ConversationId,
		search: Search,
		kept: SessionStore,
		session: Session,
	): Promise<readonly HeldMessage[]> {
		const {login} = this.#store.current;
		const found: HeldMessage[] = [];
		for (let page = 0; page < mostPages && found.length < enoughMessages; page++) {
			if (search.oldest === undefined) break;
			const messages = await kept.earlier(search.oldest, pageMessages);
			search.oldest = messages[0]?.id;
			found.unshift(...messages.filter(message => partyOfMessage(message, login)?.id === view));
		}
		if (found.length > 0 || search.oldest !== undefined) return found;
		const place = placeOf(view, login);
		if (place === undefined) return [];
		search.history ??= new HostHistory(request => session.ask(request), undefined);
		for (let page = 0; page < mostPages; page++) {
			const messages = await search.history.earlier([place]);
			const areHere = await kept.has(messages.map(({id}) => id));
			const others = messages.filter((_, at) => !areHere[at]);
			if (others.length > 0 || messages.length === 0) return others;
		}
		return [];
	}
}

/** A conversation as a host is asked for it; undefined for one that it does not keep together. */
function placeOf(view: ConversationId, login: string): Place | undefined {
	const keys = view.split(',');
	const rooms = keys.filter(key => key.startsWith('#'));
	const [room] = rooms;
	if (rooms.length === 0) return keys[0] === keyOf(login) ? undefined : {with: keys};
	return keys.length === 1 && room ? {room} : undefined;
}
