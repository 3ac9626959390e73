import type {ChatLine} from '../chat/chat-line.ts';
import type {ChatState} from '../chat/chat-state.ts';
import {type ConversationId, everything, partyOfMessage} from '../chat/conversation.ts';
import {isIgnored} from '../chat/ignored.ts';
import {limitsOf} from '../chat/lines-in-views.ts';
import {keyOf} from '../chat/names.ts';
import {scrollbackOf} from '../chat/views.ts';
import {HostHistory, type Place} from '../session/host-history.ts';
import type {Session} from '../session/session.ts';
import type {HeldMessage} from '../session/store/held.ts';
import type {SessionStore} from '../session/store/session-store.ts';
import {isReadingOldest} from '../ui/screen/reading.ts';
import type {ScreenAction, ScreenState} from '../ui/screen/screen-state.ts';
import type {Store} from '../ui/screen/store.ts';
import {linesOf} from './held-lines.ts';

/** Messages that are read at once, pages that are looked through for one key, and messages that are enough for it. */
const pageMessages = 200;
const mostPages = 20;
const enoughMessages = 50;

/** Conversations that a host is asked for at once. */
const mostPlaces = 20;

/** Where it is looked for what was said earlier. */
type Source = {
	readonly kept: SessionStore;
	readonly session: Session;
	/** The oldest message that was shown from the start, by its id. */
	readonly oldest: string | undefined;
	readonly searches: Map<ConversationId, Search>;
	/** The host that has let us in last. */
	srv: string | undefined;
};

/** How far it is looked for in one view. */
type Search = {
	/** Before which message it is looked for here next, or from the last one on; undefined if there is nothing more here. */
	next: {readonly before: string | undefined} | undefined;
	/** What the host has beyond that, once it is asked. */
	history: HostHistory | undefined;
	isLoading: boolean;
};

/** What was said before all that a view shows: first what is kept here, then what the host has beyond that. */
export class EarlierLines {
	readonly #store: Store<ScreenState, ScreenAction>;
	#source: Source | undefined;
	#open: ConversationId = everything;

	constructor(store: Store<ScreenState, ScreenAction>) {
		this.#store = store;
		store.subscribe(() => this.#look());
	}

	/**
	 * From now on it is looked for in what this session keeps, of which the last messages are shown, and at its host.
	 *
	 * @param oldest the oldest one that is shown, by its id
	 */
	begin(kept: SessionStore, session: Session, oldest: string | undefined): void {
		const source: Source = {kept, session, oldest, searches: new Map(), srv: undefined};
		this.#source = source;
		session.on('welcome', ({srv}) => {
			// Another host has other messages under the same numbers.
			if (srv !== source.srv) for (const search of source.searches.values()) search.history = undefined;
			source.srv = srv;
		});
	}

	/** Shows more of a view, one page after the other. */
	async load(view: ConversationId): Promise<void> {
		const source = this.#source;
		const {lines, hidden} = scrollbackOf(this.#store.current.chat, view);
		if (source === undefined || lines.length >= limitsOf(view).lines) return;
		const {searches, oldest} = source;
		const isNew = view !== everything && !searches.has(view) && ![...lines, ...hidden].some(isSaid);
		const shown = oldest === undefined ? undefined : {before: oldest};
		const search = searches.get(view) ?? {
			next: isNew ? {before: undefined} : shown,
			...{history: undefined, isLoading: false},
		};
		searches.set(view, search);
		if (search.isLoading) return;
		search.isLoading = true;
		const messages = await this.#next(view, search, source);
		search.isLoading = false;
		if (this.#source !== source || messages.length === 0) return;
		// What has come meanwhile may be among what was found.
		if (isNew && scrollbackOf(this.#store.current.chat, view).lines.some(isSaid)) {
			searches.delete(view);
			return;
		}
		const earlier = linesOf(messages, this.#store.current.login);
		this.#store.dispatch({type: 'chat', action: {type: 'earlier', view, lines: earlier}});
	}

	/** Whoever comes into a conversation sees what was said there, as far as there is room for it. */
	#look(): void {
		const {current} = this.#store;
		if (current.chat.open === this.#open) return;
		this.#open = current.chat.open;
		// What was given up is empty when it begins again.
		for (const view of this.#source?.searches.keys() ?? [])
			if (view !== everything && !current.chat.conversations.has(view)) this.#source?.searches.delete(view);
		if (this.#open !== everything && isReadingOldest(current)) void this.load(this.#open);
	}

	async #next(view: ConversationId, search: Search, source: Source): Promise<readonly HeldMessage[]> {
		const {login, chat} = this.#store.current;
		const isThere = (message: HeldMessage) =>
			view === everything || partyOfMessage(message, login)?.id === view;
		const found: HeldMessage[] = [];
		let shown = 0;
		try {
			for (let page = 0; page < mostPages && shown < enoughMessages; page++) {
				const messages = (await this.#page(view, search, source))?.filter(isThere);
				if (messages === undefined) break;
				found.unshift(...messages);
				shown += messages.filter(({from}) => !isIgnored(chat.ignored, from)).length;
			}
		} catch {
			// Without an answer it is asked again with the next key.
		}
		return found;
	}

	/** What stands before all that was looked at; undefined if there is nothing more to be had. */
	async #page(
		view: ConversationId,
		search: Search,
		{kept, session, srv}: Source,
	): Promise<readonly HeldMessage[] | undefined> {
		if (search.next !== undefined) {
			const messages = await kept.earlier(search.next.before, pageMessages);
			const [oldest] = messages;
			search.next = oldest && {before: oldest.id};
			return messages;
		}
		if (srv === undefined) return undefined;
		const {chat, login} = this.#store.current;
		if (search.history === undefined) {
			// A room has what was said before we came into it, also if it is newer than all that we have.
			const before = view === everything ? await kept.lowest(srv) : undefined;
			search.history = new HostHistory(request => session.ask(request), before);
		}
		const places = view === everything ? placesOf(chat, login) : placesIn(view, login);
		const messages = await search.history.earlier(places);
		if (messages.length === 0) return undefined;
		const areHere = await kept.has(messages.map(({id}) => id));
		return messages.filter((_, at) => !areHere[at]);
	}
}

const isSaid = ({kind}: ChatLine): boolean => kind !== 'notice';

/** Conversations of what is shown, the latest first, then the others, and those with everybody who is here. */
function placesOf({scrollback, conversations, people}: ChatState, login: string): readonly Place[] {
	const shown = scrollback.lines
		.toReversed()
		.flatMap(line => (line.kind === 'notice' ? [] : (line.party?.id ?? [])));
	const views = new Set([...shown, ...conversations.keys(), ...(people?.keys() ?? [])]);
	return [...views].flatMap(view => placesIn(view, login)).slice(0, mostPlaces);
}

/** A conversation as a host keeps it: each room for itself, and the people together. */
export function placesIn(view: ConversationId, login: string): readonly Place[] {
	if (view === keyOf(login)) return [{with: [login]}];
	const keys = view.split(',').filter(key => key !== keyOf(login));
	const people = keys.filter(key => !key.startsWith('#'));
	const rooms = keys.filter(key => key.startsWith('#')).map(room => ({room}));
	return people.length === 0 ? rooms : [...rooms, {with: people}];
}
