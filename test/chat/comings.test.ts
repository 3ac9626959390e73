import {expect, test} from 'vitest';
import {
	type ChatAction,
	type ChatState,
	chatReducer,
	initialChatState,
} from '../../source/chat/chat-state.ts';
import type {PersonChange} from '../../source/chat/people.ts';

const minute = 60_000;

const changed = (
	at: number,
	...changes: readonly [login: string, state: PersonChange['state']][]
): ChatAction => ({
	type: 'people-changed',
	at,
	changes: changes.map(([login, state]) => ({login, state})),
});
const listed = (...logins: readonly string[]): ChatAction => ({
	type: 'people-listed',
	people: logins.map(login => ({login, state: 'here'})),
});
const after = (...actions: readonly ChatAction[]): ChatState =>
	actions.reduce(chatReducer, {...initialChatState, login: 'alice'});
const texts = (state: ChatState) => state.scrollback.lines.map(({text}) => text);

test('who comes and who leaves is told in one line, by what was last', () => {
	const state = after(
		listed('alice', 'carol'),
		changed(0, ['bob', 'here']),
		changed(1000, ['carol', 'gone']),
		changed(2000, ['dave', 'away'], ['erin', 'here']),
		changed(3000, ['erin', 'gone']),
	);

	expect(texts(state)).toEqual(['bob, dave came · carol, erin left']);
	expect(state.scrollback.units).toBe(state.scrollback.lines[0]?.text.length);
});

test('who has said something before it is told that they came is not told of, until they have left', () => {
	const said = (from: string, at: number): ChatAction => ({
		type: 'said',
		lines: [{kind: 'message', at, from, to: ['alice'], text: `from ${from}`}],
	});
	const state = after(
		listed('alice'),
		said('bob', 0),
		changed(250, ['bob', 'here'], ['carol', 'here']),
		changed(300, ['bob', 'gone']),
		changed(500, ['bob', 'here']),
		said('dave', 1000),
		changed(3001, ['dave', 'here']),
	);

	expect(texts(state)).toEqual(['from bob', 'carol, bob came', 'from dave', 'dave came']);
	expect(state.conversations.get('bob')?.scrollback.lines.map(({text}) => text)).toEqual([
		'from bob',
		'bob came',
	]);
});

test('it begins anew where something was said, or after ten minutes', () => {
	const said: ChatAction = {type: 'noticed', texts: ['well'], at: 0};
	const state = after(
		listed('alice'),
		changed(0, ['bob', 'here']),
		said,
		changed(0, ['carol', 'here']),
		changed(11 * minute, ['dave', 'here']),
	);

	expect(texts(state)).toEqual(['bob came', 'well', 'carol came', 'dave came']);
});

test('nothing is told of the list, of us, of who only is away, and of what is not said', () => {
	const state = after(
		listed('alice', 'bob'),
		changed(0, ['bob', 'away'], ['BOB', 'here'], ['alice', 'gone'], ['nobody', 'gone']),
		{type: 'people-changed', changes: [{login: 'carol', state: 'here'}]},
	);

	expect(texts(state)).toEqual([]);
	expect(state.people?.has('carol')).toBe(true);
});

test('many are counted, and where very many are here nothing is told', () => {
	const crowd = Array.from({length: 90}, (_, index) => `p${index}`);
	const come = (names: readonly string[]) =>
		changed(0, ...names.map((name): [string, 'here'] => [name, 'here']));
	const state = after(listed('alice'), come(crowd.slice(0, 20)));

	expect(texts(state)).toEqual(['p0, p1, p2, p3, p4, p5, p6, p7 and 12 others came']);
	expect(texts(after(listed('alice'), come(crowd.slice(0, 9))))).toEqual([
		'p0, p1, p2, p3, p4, p5, p6, p7 and 1 other came',
	]);
	const full = after(listed(...crowd, ...crowd.map(name => `${name}x`)), changed(0, ['bob', 'here']));
	expect(texts(full)).toEqual([]);
});

/** A message to alice, or to a room. */
const said = (from: string, to = 'alice'): ChatAction => ({
	type: 'said',
	lines: [{kind: 'message', at: 0, from, to: [to], text: 'hi'}],
});
const textsIn = (state: ChatState, view: string) =>
	state.conversations.get(view)?.scrollback.lines.map(({text}) => text);

test('it is told in the conversations of those who come and leave, and where they speak, also in a crowd', () => {
	const state = after(
		listed('alice', 'bob', 'carol'),
		said('bob'),
		said('carol'),
		said('bob', '#dev'),
		changed(0, ['bob', 'gone']),
	);
	expect(textsIn(state, 'bob')).toEqual(['hi', 'bob left']);
	expect(textsIn(state, '#dev')).toEqual(['hi', 'bob left']);
	expect(textsIn(state, 'carol')).toEqual(['hi']);
	expect(state.conversations.get('bob')?.unread).toBe(0);
	const ids = state.conversations.get('bob')?.scrollback.lines.map(({id}) => id) ?? [];
	expect(ids).toEqual(ids.toSorted((a, b) => a - b));

	const crowd = Array.from({length: 200}, (_, index) => `p${index}`);
	const full = after(
		listed('alice', 'bob', ...crowd),
		said('bob'),
		said('bob', '#dev'),
		changed(0, ['bob', 'gone'], ...crowd.map((name): [string, 'gone'] => [name, 'gone'])),
	);
	expect(textsIn(full, 'bob')).toEqual(['hi', 'bob left']);
	expect(textsIn(full, '#dev')).toEqual(['hi']);
});

test('who comes into a room, and who leaves it, is told there', () => {
	const room = (login: string, hasCome: boolean): ChatAction => ({
		...{type: 'room-changed', room: '#Dev', login, hasCome, at: 0},
	});
	const state = after(
		listed('alice', 'bob'),
		said('bob', '#dev'),
		room('carol', true),
		room('alice', true),
		room('bob', false),
	);
	expect(textsIn(state, '#dev')).toEqual(['hi', 'carol came · bob left']);
	expect(texts(state)).toEqual(['hi']);
});

test('who came and left while there was no connection is told once it is there again, and not at the first time', () => {
	const lost: ChatAction = {type: 'connection-changed', connection: {phase: 'connecting', since: 0}};
	const again = (...logins: readonly string[]): ChatAction => ({
		...{type: 'people-listed', at: 0},
		people: logins.map(login => ({login, state: 'here'})),
	});
	const state = after(again('alice', 'bob'), said('bob'), lost, lost, again('carol', 'alice'));
	expect(textsIn(state, 'bob')).toEqual(['hi', 'bob left']);
	expect(texts(state)).toEqual(['hi', 'carol came · bob left']);
});
