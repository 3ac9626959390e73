import {describeLookAlike, SeenLogins} from '../chat/look-alikes.ts';
import {loadConfusables} from '../chat/skeleton.ts';
import {isAscii} from '../protocol/login.ts';
import type {ScreenAction, ScreenState} from '../ui/screen/screen-state.ts';
import type {Store} from '../ui/screen/store.ts';
import {notice} from './screen-session.ts';

/** How long names gather before they are looked at, in ms: neither the first frame nor a flood waits for that. */
const gatherMs = 200;

/** People who are looked at in one go, some 5 ms; the others follow. */
const peopleAtOnce = 500;

/** Sentences in one session: who floods a chat with names does not flood the pane with these. The marks go on. */
const maxTold = 50;

/** Marks logins that look like somebody else's who was seen before, and says so once of each. */
export function watchLookAlikes(store: Store<ScreenState, ScreenAction>): void {
	const lookedAt = new WeakSet<object>();
	const logins = new SeenLogins();
	let own = '';
	let seen: readonly string[] = [];
	let people: ScreenState['chat']['people'];
	let timer: NodeJS.Timeout | undefined;
	let told = 0;

	store.subscribe(() => {
		const {login, chat} = store.getSnapshot();
		if (login !== own || chat.seen !== seen || chat.people !== people) gather();
	});

	function gather(): void {
		if (timer !== undefined) return;
		timer = setTimeout(() => void look(), gatherMs).unref();
	}

	async function look(): Promise<void> {
		timer = undefined;
		const {login, chat} = store.current;
		seen = chat.seen;
		people = chat.people;
		const names = unknownNames();
		if (![login, ...names].every(isAscii)) await loadConfusables();
		const ofOwn = login === own ? undefined : logins.noteOwn(login);
		own = login;
		const pairs = [ofOwn ?? [], ...names.map(name => logins.note(name) ?? [])].flat();
		if (pairs.length === 0) return;
		store.dispatchSoon({type: 'chat', action: {type: 'looked-alike', pairs}});
		const sentences = pairs.map(({login, like}) => describeLookAlike(login, like));
		notice(store, ...sentences.slice(0, maxTold - told));
		told = Math.min(maxTold, told + sentences.length);
	}

	function unknownNames(): string[] {
		const persons = [...(people?.values() ?? [])].filter(person => !lookedAt.has(person));
		for (const person of persons.slice(0, peopleAtOnce)) lookedAt.add(person);
		if (persons.length > peopleAtOnce) gather();
		return [...persons.slice(0, peopleAtOnce).map(person => person.login), ...seen.toReversed()];
	}
}
