import {expect, test} from 'vitest';
import {
	type ChatAction,
	type ChatState,
	chatReducer,
	initialChatState,
} from '../../source/chat/chat-state.ts';
import {everything, partyOf} from '../../source/chat/conversation.ts';
import {countLines} from '../../source/chat/missed.ts';
import {placeLines} from '../../source/chat/place-lines.ts';
import {scrollbackOf} from '../../source/chat/views.ts';

const play = (...actions: readonly ChatAction[]): ChatState =>
	actions.reduce(chatReducer, {...initialChatState, login: 'alice'});

const message = (from: string, to: string, text: string) =>
	({kind: 'message', at: 0, from, to: [to], text}) as const;
const said = (from: string, to: string, ...texts: readonly string[]): ChatAction => ({
	...{type: 'said', lines: texts.map(text => message(from, to, text))},
});
const opened = (name: string): ChatAction => ({
	type: 'opened',
	party: partyOf([name], 'alice') ?? expect.fail('it is a name'),
});
const ignored = (login: string, isIgnored = true): ChatAction => ({type: 'ignored', login, isIgnored});

const textsIn = (state: ChatState, view: string) => scrollbackOf(state, view).lines.map(({text}) => text);
const unreadIn = (state: ChatState, view: string) => {
	const {unread, mentions} = state.conversations.get(view) ?? {};
	return {unread, mentions};
};

test('who is ignored is hidden in every view, whenever it was said, and there again in its place', () => {
	const state = play(
		said('bob', '#dev', 'b1'),
		said('carol', '#dev', 'c1'),
		said('bob', 'alice', 'b2'),
		ignored('Bob'),
		said('bob', '#dev', 'b3'),
		said('carol', '#dev', 'c2'),
		{
			type: 'earlier',
			view: everything,
			lines: [message('bob', '#dev', 'b0'), message('carol', '#dev', 'c0')],
		},
		{type: 'backlog', lines: [message('bob', '#dev', 'older'), message('carol', '#dev', 'old')]},
	);
	expect(textsIn(state, everything)).toEqual(['old', 'c0', 'c1', 'c2']);
	expect(textsIn(state, '#dev')).toEqual(['old', 'c1', 'c2']);
	expect(textsIn(state, 'bob')).toEqual([]);

	const heard = chatReducer(state, ignored('bob', false));
	const all = ['older', 'old', 'b0', 'c0', 'b1', 'c1', 'b2', 'b3', 'c2'];
	expect(textsIn(heard, everything)).toEqual(all);
	expect(textsIn(heard, '#dev')).toEqual(['older', 'old', 'b1', 'c1', 'b3', 'c2']);
	expect(textsIn(heard, 'bob')).toEqual(['b2']);
	const after = chatReducer(heard, said('bob', '#dev', 'b4'));
	expect(textsIn(after, everything)).toEqual([...all, 'b4']);
	expect(new Set(after.scrollback.lines.map(({id}) => id)).size).toBe(all.length + 1);
	expect(after.scrollback.units).toBe([...all, 'b4'].join('').length);
});

test('what is hidden is not unread, and what was said after that is unread when it is shown again', () => {
	const state = play(
		opened('dave'),
		said('bob', '#dev', 'alice: one'),
		said('carol', '#dev', 'two'),
		said('bob', '#dev', 'three', 'alice?'),
	);
	expect(unreadIn(state, '#dev')).toEqual({unread: 4, mentions: 2});
	const hidden = [ignored('bob'), said('bob', '#dev', 'alice!')].reduce(chatReducer, state);
	expect(unreadIn(hidden, '#dev')).toEqual({unread: 1, mentions: 0});
	expect(unreadIn(chatReducer(hidden, ignored('bob', false)), '#dev')).toEqual({unread: 4, mentions: 2});
	const read = [opened('#dev'), opened('dave'), ignored('bob', false)].reduce(chatReducer, hidden);
	expect(unreadIn(read, '#dev')).toEqual({unread: 0, mentions: 0});
});

test('nobody is told that somebody who is ignored wrote meanwhile', () => {
	const lines = placeLines('alice', [message('bob', 'alice', 'one'), message('carol', 'alice', 'two')]);
	expect(countLines(lines, play(ignored('bob')).ignored).map(({id}) => id)).toEqual(['carol']);
});

test('who is ignored and floods pushes nobody else out; whose conversation began meanwhile is heard in it', () => {
	const flood = Array.from({length: 6000}, (_, at) => `b${at}`);
	const state = play(
		said('carol', 'alice', 'c1'),
		ignored('bob'),
		said('bob', 'alice', ...flood),
		said('carol', 'alice', 'c2'),
	);
	expect(textsIn(state, everything)).toEqual(['c1', 'c2']);
	expect([...state.conversations.keys()]).toEqual(['carol']);
	const heard = chatReducer(state, ignored('bob', false));
	expect(textsIn(heard, everything)).toEqual(['c1', ...flood.slice(-1000), 'c2']);
	expect(textsIn(heard, 'bob')).toEqual(flood.slice(-1000));
	expect(unreadIn(heard, 'bob')).toEqual({unread: 0, mentions: 0});
});

test('who is ignored is not told to be writing any more', () => {
	const typing: ChatAction = {type: 'typing', login: 'bob', isActive: true, now: 0};
	expect(play(typing, ignored('bob')).typing).toEqual([]);
});
