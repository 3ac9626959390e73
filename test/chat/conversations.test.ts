import {expect, test} from 'vitest';
import {
	type ChatAction,
	type ChatState,
	chatReducer,
	initialChatState,
} from '../../source/chat/chat-state.ts';
import {everything, partyOf, partyOfMessage} from '../../source/chat/conversation.ts';
import {conversationLimits, mostUrgent} from '../../source/chat/conversations.ts';
import {isMentioned} from '../../source/chat/mention.ts';
import {scrollbackOf} from '../../source/chat/views.ts';

const start: ChatState = {...initialChatState, login: 'alice'};
const play = (...actions: ChatAction[]) => actions.reduce(chatReducer, start);

const said = (from: string, to: readonly string[], text = 'hi'): ChatAction => ({
	type: 'said',
	lines: [{kind: 'message', at: 0, from, to, text}],
});
const heard = (from: string, text = 'hi'): ChatAction => ({
	type: 'received',
	at: 0,
	messages: [{from, text}],
});
const opened = (...names: string[]): ChatAction => ({
	type: 'opened',
	party: partyOf(names, 'alice') ?? expect.fail('they are names'),
});
const watched = (isWatched: boolean): ChatAction => ({type: 'watched', isWatched});

const all: ChatAction = {type: 'opened', party: {id: everything, members: []}};

/** The text below the rule. */
const markedIn = (state: ChatState, view: string) =>
	scrollbackOf(state, view).lines.find(({id}) => id > (state.readUpTo.get(view) ?? Infinity))?.text;

const textsIn = (state: ChatState, view: string) => scrollbackOf(state, view).lines.map(({text}) => text);
const counts = (state: ChatState) =>
	Object.fromEntries(
		[...state.conversations].map(([id, {unread, mentions}]) => [id, `${unread}/${mentions}`]),
	);

test('the same people are one conversation, whatever their order and case, and without us', () => {
	expect(partyOf(['Carol', 'bob', 'BOB', 'Alice'], 'alice')).toEqual({
		id: 'bob,carol',
		members: ['BOB', 'Carol'],
	});
	expect(partyOf(['alice'], 'alice')?.id).toBe('alice');
	expect(partyOf(['#Dev'], 'alice')).toEqual({id: '#dev', members: ['#Dev']});
	expect(partyOf(['Jo Doe'], 'alice')).toBeUndefined();
});

test.each([
	[{from: 'bob', to: ['alice']}, 'bob'],
	[{from: 'bob', to: ['carol', 'alice']}, 'bob,carol'],
	[{from: 'bob'}, 'bob'],
	[{from: 'bob', to: ['#dev']}, '#dev'],
	[{from: 'bob', to: ['#dev', 'alice']}, '#dev'],
])('what %o says belongs to %s', (message, id) => {
	expect(partyOfMessage(message, 'alice')?.id).toBe(id);
});

test('what is said stands in everything and in its conversation, own lines too', () => {
	const state = play(
		said('bob', ['alice'], 'one'),
		said('carol', ['alice', 'bob'], 'two'),
		{type: 'posted', post: 1, to: ['carol', 'bob'], text: 'three', at: 0},
		{type: 'noticed', texts: ['a notice'], at: 0},
		{type: 'post-changed', posts: [1], delivery: 'accepted'},
	);
	expect(textsIn(state, everything)).toEqual(['one', 'two', 'three', 'a notice']);
	expect(textsIn(state, 'bob')).toEqual(['one']);
	expect(textsIn(state, 'bob,carol')).toEqual(['two', 'three']);
	expect(state.conversations.get('bob,carol')?.scrollback.lines[1]).toMatchObject({delivery: 'accepted'});
	expect(textsIn(chatReducer(state, {type: 'post-taken-back', post: 1}), 'bob,carol')).toEqual(['two']);
});

test('who cannot be written to has no conversation', () => {
	expect(play(heard('Jo Doe'), heard('x'.repeat(70_000))).conversations.size).toBe(0);
});

test('what nobody looks at is unread, and what is for us counts twice', () => {
	const busy = [
		said('bob', ['alice']),
		said('bob', ['#dev']),
		said('bob', ['#dev'], 'where is Alice?'),
		said('bob', ['#dev'], 'malice, alices'),
	];
	expect(counts(play(...busy))).toEqual({bob: '0/0', '#dev': '0/0'});
	expect(counts(play(opened('carol'), ...busy))).toEqual({carol: '0/0', bob: '1/1', '#dev': '3/1'});
	const away = play(watched(false), ...busy);
	expect(counts(away)).toEqual({bob: '1/1', '#dev': '3/1'});
	expect(counts(chatReducer(away, watched(true)))).toEqual({bob: '0/0', '#dev': '0/0'});
	expect(counts(chatReducer(away, opened('bob')))).toEqual({bob: '1/1', '#dev': '3/1'});
});

test('the one that wants us is looked at first, then the one that waits longest; a muted one only if it wants us', () => {
	const state = play(
		opened('dave'),
		said('carol', ['#one']),
		said('carol', ['#two']),
		said('bob', ['alice']),
	);
	expect(mostUrgent(state.conversations)?.id).toBe('bob');
	const read = play(opened('dave'), said('carol', ['#two']), said('carol', ['#one']));
	expect(mostUrgent(read.conversations)?.id).toBe('#two');
	const muted = chatReducer(read, {type: 'muted', id: '#two', isMuted: true});
	expect(mostUrgent(muted.conversations)?.id).toBe('#one');
	expect(mostUrgent(chatReducer(muted, said('eve', ['#two'], 'alice?')).conversations)?.id).toBe('#two');
	expect(mostUrgent(play().conversations)).toBeUndefined();
});

test('where reading stopped is known until it goes on, and not where nothing came', () => {
	const state = play(opened('bob'), said('bob', ['alice']), opened('carol'), said('bob', ['alice'], 'new'));
	const last = state.conversations.get('bob')?.scrollback.lines[0]?.id;
	expect(chatReducer(state, opened('bob')).readUpTo.get('bob')).toBe(last);
	const quiet = play(opened('bob'), said('bob', ['alice']), opened('carol'), opened('bob'));
	expect(quiet.readUpTo.has('bob')).toBe(false);
	const elsewhere = play(
		opened('bob'),
		said('bob', ['alice']),
		{type: 'opened', party: {id: everything, members: []}},
		said('bob', ['alice'], 'seen where everything is shown'),
		opened('bob'),
	);
	expect(elsewhere.readUpTo.has('bob')).toBe(false);
	const back = chatReducer(elsewhere, {type: 'opened', party: {id: everything, members: []}});
	expect(back.readUpTo.has(everything)).toBe(false);
	const news = [
		opened('bob'),
		said('carol', ['alice']),
		{type: 'opened', party: {id: everything, members: []}},
	];
	expect((news as ChatAction[]).reduce(chatReducer, back).readUpTo.has(everything)).toBe(true);
});

test('where reading stopped is in front of what was read nowhere, not of what was read in another view', () => {
	const state = play(
		said('carol', ['alice'], 'read'),
		opened('bob'),
		said('bob', ['alice'], 'read in its conversation'),
		{type: 'noticed', texts: ['a notice'], at: 0},
		said('carol', ['alice'], 'new'),
		said('bob', ['alice'], 'read in its conversation, too'),
	);
	expect(markedIn(chatReducer(state, all), everything)).toBe('new');
	const seen = [opened('carol'), all].reduce(chatReducer, state);
	expect(seen.readUpTo.has(everything)).toBe(false);

	// The same the other way round.
	const back = [
		opened('carol'),
		all,
		said('carol', ['alice'], 'read where everything is'),
		opened('bob'),
		said('carol', ['alice'], 'newer'),
		opened('carol'),
	].reduce(chatReducer, state);
	expect(markedIn(back, 'carol')).toBe('newer');
});

test('who says something has read what was said before', () => {
	const state = play(
		opened('bob'),
		said('bob', ['alice']),
		opened('carol'),
		said('bob', ['alice']),
		{type: 'posted', post: 1, to: ['bob'], text: 'yes', at: 0},
		opened('bob'),
	);
	expect(state.readUpTo.has('bob')).toBe(false);
});

test('who reads further up finds the place where reading stopped, who looks away leaves it anew', () => {
	const back = [said('bob', ['alice'], 'one'), opened('bob'), opened('carol'), said('bob', ['alice'], 'two')];
	const state = play(...back, opened('bob'));
	const mark = state.readUpTo.get('bob');
	const [before, last] = scrollbackOf(state, 'bob').lines.map(({id}) => id);
	expect(mark).toBe(before);

	const reading = chatReducer(state, {type: 'watched', isWatched: false, isReading: true});
	expect(reading.readUpTo.get('bob')).toBe(mark);
	expect(chatReducer(reading, watched(true)).readUpTo.get('bob')).toBe(mark);
	const away = chatReducer(state, watched(false));
	expect(away.readUpTo.get('bob')).toBe(last);
	// Nothing came meanwhile: what comes now is read as it comes.
	expect(chatReducer(away, watched(true)).readUpTo.has('bob')).toBe(false);
});

test('what was said the last time stands in its conversation and calls nobody', () => {
	const lines = ['one', 'two'].map(text => ({kind: 'message', at: 0, from: 'bob', text}) as const);
	const state = play(watched(false), {type: 'backlog', lines}, said('bob', ['alice'], 'three'));
	expect(textsIn(state, 'bob')).toEqual(['one', 'two', 'three']);
	expect(counts(state)).toEqual({bob: '1/1'});
	const ids = scrollbackOf(state, 'bob').lines.map(({id}) => id);
	expect(ids).toEqual(ids.toSorted((a, b) => a - b));
});

test('conversations are bounded: those give way in which nothing is unread and nothing was said for longest', () => {
	const many = Array.from({length: conversationLimits.conversations}, (_, i) => said(`n${i}`, ['alice']));
	const state = play(opened('bob'), said('first', ['alice']), ...many);
	expect(state.conversations.size).toBe(conversationLimits.conversations);
	expect(state.conversations.has('bob')).toBe(true);
	expect(state.conversations.has('first')).toBe(false);
	const muted: ChatAction = {type: 'muted', id: 'noisy', isMuted: true};
	expect(play(said('noisy', ['alice']), muted, ...many).conversations.get('noisy')?.isMuted).toBe(true);
	const long = 'x'.repeat(60_000);
	const lines = play(...Array.from({length: 5}, () => said('bob', ['alice'], long))).conversations;
	expect(lines.get('bob')?.scrollback.lines).toHaveLength(2);
});

test.each([
	['hi alice', true],
	['ALICE!', true],
	['@alice, (alice)', true],
	['malice', false],
	['alice_2', false],
	['', false],
])('alice is named in %o: %s', (text, expected) => {
	expect(isMentioned(text, 'alice')).toBe(expected);
});

const unreadBefore: ChatAction = {
	type: 'backlog',
	newest: 'm4',
	lines: [
		{kind: 'message', at: 1, from: 'eve', to: ['alice'], text: 'read'},
		{kind: 'message', at: 2, from: 'eve', to: ['alice'], text: 'unread'},
		{kind: 'message', at: 3, from: 'bob', to: ['#dev'], text: 'unread, too'},
		{kind: 'message', at: 4, from: 'eve', to: ['alice'], text: 'the last one'},
	],
	unread: [
		{id: 'eve', members: ['eve'], messages: 2, mentions: 2},
		{id: '#dev', members: ['#dev'], messages: 7, mentions: 0},
	],
};

test('what was unread the last time is so until somebody goes to it, however long all of it is shown', () => {
	const state = play(unreadBefore, watched(false), watched(true));
	expect(counts(state)).toEqual({eve: '2/2', '#dev': '7/0'});
	expect(markedIn(state, everything)).toBe('unread');
	expect(mostUrgent(state.conversations)?.id).toBe('eve');

	const news = [said('eve', ['alice'], 'one more'), said('carol', ['alice'], 'seen')];
	const later = news.reduce(chatReducer, state);
	expect(counts(later)).toEqual({eve: '2/2', '#dev': '7/0', carol: '0/0'});
	expect(mostUrgent(later.conversations)?.id).toBe('eve');
	const atEve = chatReducer(later, opened('eve'));
	expect(counts(atEve)).toEqual({eve: '0/0', '#dev': '7/0', carol: '0/0'});
	expect(markedIn(atEve, 'eve')).toBe('unread');
	expect(mostUrgent(atEve.conversations)?.id).toBe('#dev');
	const back = chatReducer(atEve, all);
	expect(counts(back)).toEqual({eve: '0/0', '#dev': '7/0', carol: '0/0'});
	expect(markedIn(back, everything)).toBe('unread, too');
	expect(counts(chatReducer(back, all))).toEqual({eve: '0/0', '#dev': '0/0', carol: '0/0'});
	// Also without having gone anywhere in between.
	expect(counts(chatReducer(later, all))).toEqual({eve: '0/0', '#dev': '0/0', carol: '0/0'});
});

test('what is looked at as it comes is read, whatever is unread before it, and the first of that stays marked', () => {
	const seen = [said('eve', ['alice'], 'seen'), said('eve', ['alice'], 'seen, too')].reduce(
		chatReducer,
		play(unreadBefore),
	);
	const unseen = [watched(false), said('eve', ['alice'], 'unseen')].reduce(chatReducer, seen);
	expect(counts(unseen)).toEqual({eve: '3/3', '#dev': '7/0'});
	expect(markedIn(chatReducer(unseen, opened('eve')), 'eve')).toBe('unread');
	const ignoring = chatReducer(unseen, {type: 'ignored', login: 'eve', isIgnored: true});
	expect(counts(ignoring)).toEqual({eve: '0/0', '#dev': '1/0'});
});

test('what came while nobody was here is unread where it is shown, and marked in every view', () => {
	const missed: ChatAction = {
		type: 'said',
		newest: 'm2',
		isMissed: true,
		lines: [{kind: 'message', at: 0, from: 'bob', to: ['alice'], text: 'missed'}],
	};
	const state = play(said('bob', ['alice'], 'seen'), missed);
	expect(state.newest).toBe('m2');
	expect(counts(state)).toEqual({bob: '1/1'});
	expect(markedIn(state, everything)).toBe('missed');
	expect(markedIn(chatReducer(state, opened('bob')), 'bob')).toBe('missed');

	const answer: ChatAction = {type: 'posted', post: 1, to: ['bob'], text: 'hi', at: 0};
	expect(counts(chatReducer(state, answer))).toEqual({bob: '0/0'});
	// What is sent now was said before.
	expect(counts(chatReducer(state, {...answer, isLeft: true}))).toEqual({bob: '1/1'});
	expect(counts(chatReducer(state, {type: 'backlog', lines: []}))).toEqual({bob: '0/0'});
});

test('the one that waits longest is the one whose first unread message is the oldest, also of what was said before', () => {
	const lines = [1, 2, 3].map(
		at => ({kind: 'message', at, from: at === 1 ? 'eve' : 'bob', to: ['alice'], text: 'hi'}) as const,
	);
	const state = play({
		type: 'backlog',
		lines,
		unread: [
			{id: 'bob', members: ['bob'], messages: 2, mentions: 2},
			{id: 'eve', members: ['eve'], messages: 1, mentions: 1},
		],
	});
	expect(mostUrgent(state.conversations)?.id).toBe('eve');
});
