import {readFile, rename, writeFile} from 'node:fs/promises';
import {everything, type Party, partyOf} from '../chat/conversation.ts';
import {borderAt} from '../ui/composer/borders.ts';
import type {Draft} from '../ui/composer/composer.ts';
import {cleanText, maxDraftBytes} from '../ui/composer/insert.ts';
import type {ScreenAction, ScreenState} from '../ui/screen/screen-state.ts';
import type {Store} from '../ui/screen/store.ts';

/** Drafts that are kept at most, the latest ones. */
const mostDrafts = 100;

/** The file is written so often at most, in ms. */
const writeMs = 1000;

/** As it stands in the file. Nobody in `members` stands for where everything is shown. */
type Kept = {
	readonly drafts: readonly (Draft & {readonly members: readonly string[]})[];
	readonly ignored: readonly string[];
	readonly muted: readonly (readonly string[])[];
};

/**
 * What a screen keeps for its next start, beside what its session does: what is being written, who is ignored, and what is
 * muted. A convenience: a file that cannot be read or written changes nothing else.
 */
export class KeptScreen {
	readonly #store: Store<ScreenState, ScreenAction>;
	#file: string | undefined;
	#written = '';
	#seen: readonly unknown[] = [];
	#timer: NodeJS.Timeout | undefined;
	#writing: Promise<void> = Promise.resolve();

	constructor(store: Store<ScreenState, ScreenAction>) {
		this.#store = store;
		store.subscribe(() => this.#look());
	}

	/** Brings back what the file has, and keeps what changes there from now on. */
	async begin(file: string): Promise<void> {
		const kept = await readKept(file);
		this.#file = file;
		const {login} = this.#store.current;
		for (const name of kept.ignored)
			this.#store.dispatchSoon({type: 'chat', action: {type: 'ignored', login: name, isIgnored: true}});
		const drafts = new Map<string, Draft>();
		const parties: Party[] = [];
		for (const {members, text, caret} of kept.drafts) {
			const party = members.length === 0 ? undefined : partyOf(members, login);
			if (members.length > 0 && party === undefined) continue;
			if (party) parties.push(party);
			drafts.set(party?.id ?? everything, {text, caret});
		}
		const muted = kept.muted.flatMap(members => partyOf(members, login) ?? []);
		const began = {type: 'began', parties: [...parties, ...muted]} as const;
		this.#store.dispatchSoon({type: 'chat', action: began});
		for (const {id} of muted)
			this.#store.dispatchSoon({type: 'chat', action: {type: 'muted', id, isMuted: true}});
		this.#store.dispatch({type: 'drafts-kept', drafts});
	}

	/** Settles when the file has all of it; from then on nothing is written there. */
	async end(): Promise<void> {
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
		const muted = mutedIn(this.#store.current).map(({id}) => id);
		const seen = [composer.text, drafts, chat.open, chat.ignored, muted.join()];
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
	};
}

async function readKept(file: string): Promise<Kept> {
	const read: unknown = await readFile(file, 'utf8')
		.then(JSON.parse)
		.catch(() => undefined);
	const {drafts, ignored, muted} = (read ?? {}) as Readonly<Record<string, unknown>>;
	return {
		drafts: listIn(drafts).slice(-mostDrafts).flatMap(toDraft),
		ignored: namesIn(ignored),
		muted: listIn(muted).map(namesIn),
	};
}

function toDraft(value: unknown): Kept['drafts'] {
	const {members, text, caret} = (value ?? {}) as Readonly<Record<string, unknown>>;
	if (typeof text !== 'string' || text === '' || Buffer.byteLength(text) > maxDraftBytes) return [];
	const clean = cleanText(text);
	const place = typeof caret === 'number' && Number.isInteger(caret) ? caret : clean.length;
	return [{members: namesIn(members), text: clean, caret: borderAt(clean, place)}];
}

const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const namesIn = (value: unknown): readonly string[] =>
	listIn(value).filter((name): name is string => typeof name === 'string');
