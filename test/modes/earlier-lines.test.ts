import {once} from 'node:events';
import {expect, test} from 'vitest';
import {everything, type Party} from '../../source/chat/conversation.ts';
import {scrollbackOf} from '../../source/chat/views.ts';
import {EarlierLines} from '../../source/modes/earlier-lines.ts';
import {linesOf} from '../../source/modes/held-lines.ts';
import {createScreenState, screenReducer} from '../../source/ui/screen/screen-state.ts';
import {Store} from '../../source/ui/screen/store.ts';
import {plainTheme} from '../../source/ui/theme.ts';
import {hostAt, newFolder, Talker} from '../session/extended/talker.ts';

/** Its port. */
const openHost = async () => (await hostAt(undefined)).address.port;

/** Alice with what a folder of hers has, who trusts whatever host is there. */
const makeAlice = async (port: number, home: string, folder: string) => {
	const alice = await Talker.make(port, 'alice', home, folder);
	alice.session.on('stranger', ({srv}) => alice.session.trust(srv));
	return alice;
};

/** Somebody says something to alice, who keeps it in a folder of hers; resolves when the host knows that she has all of it. */
const tell = async (port: number, home: string, folder: string, texts: readonly string[], from = 'bob') => {
	const alice = await makeAlice(port, home, folder);
	await once(alice.session, 'live');
	const bob = await Talker.join(port, from, home, `${from}-${port}`);
	for (const text of texts) bob.session.send(['alice'], text);
	while (bob.told.filter(told => told.endsWith('delivered')).length < texts.length)
		await once(bob.session, 'told');
	expect(alice.texts).toEqual(texts);
	for (const talker of [alice, bob]) await talker.stop();
};

/** The screen of alice at a host, with the last of what a folder keeps. */
const openScreen = async (port: number, home: string, folder: string) => {
	const store = new Store(
		screenReducer,
		createScreenState({size: {columns: 80, rows: 24}, login: 'alice', address: 'here:80', theme: plainTheme}),
	);
	const earlier = new EarlierLines(store);
	const {kept, session} = await makeAlice(port, home, folder);
	earlier.begin(kept, session, kept.held.messages[0]?.id);
	const lines = linesOf(kept.held.messages, 'alice');
	store.dispatch({type: 'chat', action: {type: 'backlog', lines}});
	await once(session, 'live');
	const textsIn = (view: string) => scrollbackOf(store.current.chat, view).lines.map(({text}) => text);
	return {
		store,
		earlier,
		textsIn,
		/** Gives a conversation up and goes into it again, where the last of it comes by itself. */
		async reopen(party: Party) {
			store.dispatch({type: 'opened', party});
			store.dispatch({type: 'closed', id: party.id});
			store.dispatch({type: 'opened', party});
			expect(textsIn(party.id)).toEqual([]);
			await expect.poll(() => textsIn(party.id).length).toBeGreaterThan(0);
		},
		/** All of a view, where each time that it is asked for shows more of it. */
		async readAll(view: string, count: number) {
			while (textsIn(view).length < count) {
				const before = textsIn(view).length;
				await earlier.load(view);
				expect(textsIn(view).length).toBeGreaterThan(before);
			}
			await earlier.load(view);
			return textsIn(view);
		},
	};
};

const count = (name: string, from: number, to: number): readonly string[] =>
	Array.from({length: to - from}, (_, at) => `${name} ${from + at}`);

test('what only the host has is shown, however much of what stands before it is here, in every view', async () => {
	const [home, port] = [await newFolder(), await openHost()];
	await tell(port, home, 'elsewhere', count('a', 0, 20));
	await tell(port, home, 'here', count('a', 20, 260));
	const {readAll, reopen} = await openScreen(port, home, 'here');

	expect(await readAll(everything, 260)).toEqual(count('a', 0, 260));
	expect(await readAll('bob', 260)).toEqual(count('a', 0, 260));
	await reopen({id: 'bob', members: ['bob']});
	expect(await readAll('bob', 260)).toEqual(count('a', 0, 260));
});

test('what another host has under the same numbers is not taken for what is here', async () => {
	const home = await newFolder();
	const [first, second] = [await openHost(), await openHost()];
	await tell(second, home, 'elsewhere', count('b', 0, 5));
	await tell(first, home, 'here', count('a', 0, 10));
	const {readAll} = await openScreen(second, home, 'here');

	expect(await readAll(everything, 15)).toEqual([...count('b', 0, 5), ...count('a', 0, 10)]);
});

test('a host that one comes back to is asked for all that was said before, past what is here of it', async () => {
	const home = await newFolder();
	const [first, second] = [await openHost(), await openHost()];
	await tell(first, home, 'elsewhere', count('a', 0, 5));
	await tell(first, home, 'here', count('a', 5, 130));
	await tell(second, home, 'here', count('b', 0, 5));
	await tell(first, home, 'here', count('a', 130, 135));
	const {readAll} = await openScreen(first, home, 'here');

	const here = [...count('a', 5, 130), ...count('b', 0, 5), ...count('a', 130, 135)];
	expect(await readAll(everything, 140)).toEqual([...count('a', 0, 5), ...here]);
});

test('what somebody says who is ignored is passed over in looking for more', async () => {
	const [home, port] = [await newFolder(), await openHost()];
	await tell(port, home, 'here', ['from carol'], 'carol');
	await tell(port, home, 'here', count('b', 0, 310));
	const {store, earlier, textsIn} = await openScreen(port, home, 'here');
	store.dispatch({type: 'chat', action: {type: 'ignored', login: 'bob', isIgnored: true}});

	await earlier.load(everything);
	expect(textsIn(everything)).toEqual(['from carol']);
});
