import {expect, test} from 'vitest';
import {watchExcerpt} from '../../source/modes/excerpts.ts';
import {watchSearch} from '../../source/modes/host-search.ts';
import {createScreenState, type ScreenAction, screenReducer} from '../../source/ui/screen/screen-state.ts';
import {Store} from '../../source/ui/screen/store.ts';
import {currentElsewhere} from '../../source/ui/search/search-state.ts';
import {plainTheme} from '../../source/ui/theme.ts';
import {hostAt, newFolder, Talker} from '../session/extended/talker.ts';

/** Two people at a host, and the screen of alice, which has nothing loaded. */
async function openScreen() {
	const [home, broker] = [await newFolder(), await hostAt(undefined)];
	const {port} = broker.address;
	const [alice, bob] = [await Talker.join(port, 'alice', home), await Talker.join(port, 'bob', home)];
	const store = new Store(
		screenReducer,
		createScreenState({size: {columns: 60, rows: 20}, login: 'alice', address: 'here:80', theme: plainTheme}),
	);
	const ask: Parameters<typeof watchSearch>[1] = request => alice.session.ask(request);
	watchSearch(store, ask);
	watchExcerpt(store, ask);
	const excerpt = () => store.current.excerpt;
	const dispatch = (action: ScreenAction) => store.dispatch(action);
	return {
		...{broker, alice, bob, excerpt, dispatch},
		texts: () => excerpt()?.lines.map(({text}) => text),
		conversation: () => store.current.chat.open,
		/** Finds the one message with a word, at the host. */
		async find(word: string) {
			dispatch({type: 'search', action: {type: 'begun'}});
			dispatch({type: 'search', action: {type: 'typed', text: word}});
			const current = () => store.current.search && currentElsewhere(store.current.search);
			await expect.poll(current).toBeDefined();
			const found = current();
			dispatch({type: 'search', action: {type: 'ended', isReturning: true}});
			if (found === undefined) throw new Error(`${word} was not found`);
			return found;
		},
		/** Goes to what was found, and waits for what comes of it. */
		async go(found: NonNullable<ReturnType<typeof currentElsewhere>>) {
			dispatch({type: 'excerpt', action: {type: 'opened', found, words: []}});
			await expect.poll(() => excerpt()?.wanted).toBeUndefined();
		},
	};
}

const count = (name: string, many: number) => Array.from({length: many}, (_, at) => `${name} ${at}`);

test('what was said around something is loaded, of its conversation alone, and goes on both ways', async () => {
	const {alice, bob, excerpt, texts, find, go, conversation, dispatch} = await openScreen();
	alice.session.say({type: 'room-join', room: '#dev'});
	alice.session.send(['alice'], 'a note about coffee');
	for (const text of count('before', 150)) bob.session.send(['alice'], text);
	bob.session.send(['alice'], 'tea?');
	alice.session.send(['#dev'], 'in the room');
	for (const text of count('after', 150)) bob.session.send(['alice'], text);
	bob.session.send(['alice', '#dev'], 'to both');
	bob.session.send(['alice'], 'the end');
	await expect.poll(() => alice.texts.includes('the end')).toBe(true);

	await go(await find('tea'));
	expect(conversation()).toBe('bob');
	const [before, after] = [count('before', 150), count('after', 150)];
	expect(texts()).toEqual([...before.slice(51), 'tea?', ...after.slice(0, 100)]);
	for (let page = 0; page < 12; page++) dispatch({type: 'scrolled', by: 'page-up'});
	await expect.poll(() => texts()?.[0]).toBe('before 0');
	expect(excerpt()?.before).toBeUndefined();
	for (let page = 0; page < 40; page++) dispatch({type: 'scrolled', by: 'page-down'});
	await expect.poll(() => texts()?.at(-1)).toBe('the end');
	expect(texts()).toEqual([...before, 'tea?', ...after, 'the end']);

	await go(await find('coffee'));
	expect(conversation()).toBe('alice');
	expect(texts()).toEqual(['a note about coffee']);
	expect(excerpt()?.isLoaded).toBe(true);
});

test('what cannot be had is told: of a room that was left, under the number of something else, without a host', async () => {
	const {broker, alice, excerpt, find, go} = await openScreen();
	alice.session.say({type: 'room-join', room: '#dev'});
	alice.session.send(['#dev'], 'tea in the room');
	alice.session.send(['bob'], 'coffee');
	await expect.poll(() => [...alice.states.values()]).toEqual(['accepted', 'accepted']);
	const [tea, coffee] = [await find('tea'), await find('coffee')];
	alice.session.say({type: 'room-leave', room: '#dev'});
	await go(tea);
	expect(excerpt()?.problem).toBe('gone');
	expect(excerpt()?.lines.map(({text}) => text)).toEqual(['tea in the room']);
	await go({...coffee, text: 'something else'});
	expect(excerpt()?.problem).toBe('gone');
	await go(coffee);
	expect(excerpt()?.problem).toBeUndefined();
	await broker.close();
	await go(coffee);
	expect(excerpt()?.problem).toBe('not-reached');
});
