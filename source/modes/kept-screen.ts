import {readFile, rename, writeFile} from 'node:fs/promises';
import {everything, type Party, partyOf} from '../chat/conversation.ts';
import {conversationLimits} from '../chat/conversations.ts';
import type {Missed} from '../chat/missed.ts';
import type {SessionStore} from '../session/store/session-store.ts';
import {borderAt} from '../ui/composer/borders.ts';
import type {Draft} from '../ui/composer/composer.ts';
import {cleanText, maxDraftBytes} from '../ui/composer/insert.ts';
import type {ScreenAction, ScreenState} from '../ui/screen/screen-state.ts';
import type {Store} from '../ui/screen/store.ts';
import {showBacklog} from './backlog.ts';

/** Drafts that are kept at most, the latest ones. */
const mostDrafts = 100;

/** The file is written so often at most, in ms. */
const writeMs = 1000;

/** As it stands in the file. Nobody in `members` stands for where everything is shown. */
type Kept = {
	readonly drafts: readonly (Draft & {readonly members: readonly string[]})[];
	readonly ignored: readonly string[];
	readonly muted: readonly (readonly string[])[];
	/** See `KeptUnread`. */
	readonly newest: string | undefined;
	readonly unread: readonly Omit<Missed, 'id'>[];
	/** The conversations that there were, also where nothing was said yet: a room is gone into once. */
	readonly conversations: readonly (readonly string[])[];
};

/**
 * What a screen keeps for its next start, beside what its session does: what is being written, who is ignored, what is
 * muted, and what was not read. A convenience: a file that cannot be read or written changes nothing else.
 */
export class KeptScreen {
	readonly #store: Store<ScreenState, ScreenAction>;
	#file: string | undefined;
	/** Which begin or end was the last. */
	#turn = 0;
	#written = '';
	#seen: readonly unknown[] = [];
	#timer: NodeJS.Timeout | undefined;
	#writing: Promise<void> = Promise.resolve();

	constructor(store: Store<ScreenState, ScreenAction>) {
		this.#store = store;
		store.subscribe(() => this.#look());
	}

	/**
	 * Brings back what the file has, with what was said the last time, and keeps what changes there from now on.
	 *
	 * @returns the oldest message that is shown, by its id
	 */
	async begin(file: string, held: SessionStore): Promise<string | undefined> {
		this.#turn++;
		const turn = this.#turn;
		const kept = await readKept(file);
		const {login} = this.#store.current;
		for (const name of kept.ignored)
			this.#store.dispatchSoon({type: 'chat', action: {type: 'ignored', login: name, isIgnored: true}});
		const unread = kept.unread.flatMap(({members, ...counts}) => {
			const party = partyOf(members, login);
			return party === undefined ? [] : {...party, ...counts};
		});
		const oldest = await showBacklog(this.#store, held, {newest: kept.newest, unread});
		if (turn !== this.#turn) return oldest;
		// Until now the file knew more than the screen.
		this.#file = file;
		const drafts = new Map<string, Draft>();
		const parties: Party[] = [];
		for (const {members, text, caret} of kept.drafts) {
			const party = members.length === 0 ? undefined : partyOf(members, login);
			if (members.length > 0 && party === undefined) continue;
			if (party) parties.push(party);
			drafts.set(party?.id ?? everything, {text, caret});
		}
		const muted = kept.muted.flatMap(members => partyOf(members, login) ?? []);
		const others = kept.conversations.flatMap(members => partyOf(members, login) ?? []);
		const began = {type: 'began', parties: [...parties, ...muted, ...others]} as const;
		this.#store.dispatchSoon({type: 'chat', action: began});
		for (const {id} of muted)
			this.#store.dispatchSoon({type: 'chat', action: {type: 'muted', id, isMuted: true}});
		this.#store.dispatch({type: 'drafts-kept', drafts});
		return oldest;
	}

	/** Settles when the file has all of it; from then on nothing is written there. */
	async end(): Promise<void> {
		this.#turn++;
		clearTimeout(this.#timer);
		this.#timer = undefined;
		await this.#writing;
		this.#write();
		this.#file = undefined;
		await this.#writing;
		this.#written = '';
	}

	#look(): void {
		if (this.#file === undefined) return;
		const {composer, drafts, chat} = this.#store.current;
		const seen = [composer.text, drafts, chat.open, chat.ignored, chat.conversations, chat.newest];
		if (seen.every((value, at) => value === this.#seen[at])) return;
		this.#seen = seen;
		this.#timer ??= setTimeout(() => {
			this.#timer = undefined;
			this.#write();
		}, writeMs).unref();
	}

	#write(): void {
		const file = this.#file;
		const text = JSON.stringify(keptOf(this.#store.current));
		if (file === undefined || text === this.#written) return;
		this.#written = text;
		this.#writing = this.#writing
			.then(() => replaceFile(file, text))
			.catch(() => {
				// The next change, or the end, tries again: the disk may have room by then.
				this.#written = '';
			});
	}
}

/** Whoever reads it finds all of it or what was there before. The folder is ours alone as long as the session is. */
async function replaceFile(file: string, text: string): Promise<void> {
	const whole = `${file}.new`;
	await writeFile(whole, text, {mode: 0o600});
	await rename(whole, file);
}

const mutedIn = ({chat}: ScreenState): readonly Party[] =>
	[...chat.conversations.values()].filter(({isMuted}) => isMuted);

function keptOf(state: ScreenState): Kept {
	const {chat, composer} = state;
	const {text, caret} = composer;
	const drafts = new Map(state.drafts);
	drafts.delete(chat.open);
	if (text !== '') drafts.set(chat.open, {text, caret});
	const membersOf = (id: string) =>
		id === everything ? [] : (chat.conversations.get(id)?.members ?? id.split(','));
	return {
		drafts: [...drafts].slice(-mostDrafts).map(([id, draft]) => ({members: membersOf(id), ...draft})),
		ignored: [...chat.ignored.values()],
		muted: mutedIn(state).map(({members}) => members),
		newest: chat.newest,
		unread: [...chat.conversations.values()]
			.filter(({unread}) => unread > 0)
			.map(({members, unread: messages, mentions, seenSince}) => ({members, messages, mentions, seenSince})),
		conversations: [...chat.conversations.values()].map(({members}) => members),
	};
}

async function readKept(file: string): Promise<Kept> {
	const read: unknown = await readFile(file, 'utf8')
		.then(JSON.parse)
		.catch(() => undefined);
	const {drafts, ignored, muted, newest, unread, conversations} = (read ?? {}) as Readonly<
		Record<string, unknown>
	>;
	return {
		drafts: listIn(drafts).slice(-mostDrafts).flatMap(toDraft),
		ignored: namesIn(ignored),
		muted: listIn(muted).map(namesIn),
		newest: typeof newest === 'string' ? newest : undefined,
		unread: listIn(unread).slice(0, conversationLimits.conversations).flatMap(toUnread),
		conversations: listIn(conversations).slice(0, conversationLimits.conversations).map(namesIn),
	};
}

function toUnread(value: unknown): Kept['unread'] {
	const {members, messages, mentions, seenSince = 0} = (value ?? {}) as Readonly<Record<string, unknown>>;
	if (!isCount(messages) || !isCount(mentions) || messages === 0 || mentions > messages) return [];
	return [{members: namesIn(members), messages, mentions, seenSince: isCount(seenSince) ? seenSince : 0}];
}

function toDraft(value: unknown): Kept['drafts'] {
	const {members, text, caret} = (value ?? {}) as Readonly<Record<string, unknown>>;
	if (typeof text !== 'string' || text === '' || Buffer.byteLength(text) > maxDraftBytes) return [];
	const clean = cleanText(text);
	const place = typeof caret === 'number' && Number.isInteger(caret) ? caret : clean.length;
	return [{members: namesIn(members), text: clean, caret: borderAt(clean, place)}];
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const namesIn = (value: unknown): readonly string[] =>
	listIn(value).filter((name): name is string => typeof name === 'string');
