import {expect, onTestFinished, test, vi} from 'vitest';
import {conversationLimits} from '../../source/chat/conversations.ts';
import type {ScreenAction} from '../../source/ui/screen/screen-state.ts';
import {openScreen, said} from './open-screen.ts';

/** A screen of alice on which some things were said, and where its keys lead. */
const open = (...actions: readonly ScreenAction[]) => openScreen({columns: 60, rows: 12}, ...actions);

test('what is sent opens the conversation of those people, where only the text is typed', () => {
	const {type, press, sent, view, store} = open();
	type('Carol, bob: one');
	press('enter');
	expect(view()).toBe('bob,carol');
	type('two');
	press('enter');
	type('bob: three');
	press('enter');
	expect(view()).toBe('bob');
	expect(sent).toEqual(['Carol,bob: one', 'bob,Carol: two', 'bob: three']);
	expect([...store.current.chat.conversations.keys()]).toEqual(['bob,carol', 'bob']);
});

test('a name that nobody here has is asked about before all of it is said to somebody else', () => {
	vi.useFakeTimers({toFake: ['performance']});
	onTestFinished(() => void vi.useRealTimers());
	const {type, press, sent, hint, view} = open(said('bob', 'alice'));
	press('alt+1');
	type('note: buy milk');
	press('enter');
	expect(sent).toEqual([]);
	expect(hint()).toBe('nobody here is called note: Enter again says it to bob');
	press('enter', 'enter');
	expect(sent).toEqual([]);
	vi.advanceTimersByTime(1000);
	press('enter');
	type('see http://x/');
	press('enter');
	type('bob, dave: plan');
	press('enter');
	expect(sent).toEqual(['bob: note: buy milk', 'bob: see http://x/', 'bob,dave: plan']);
	expect(view()).toBe('bob,dave');
});

test('each conversation keeps its draft, its caret and its place', () => {
	const many = Array.from({length: 40}, (_, at) => said('bob', 'alice', `line ${at}`));
	const {type, press, draft, store} = open(said('carol', 'alice'), ...many);
	press('alt+2');
	type('to bob');
	press('ctrl+a', 'pageup');
	const {scroll} = store.current;
	expect(scroll).toBeDefined();
	press('alt+1');
	expect(draft()).toBe('');
	type('to carol');
	press('alt+2');
	expect(draft()).toBe('to bob');
	expect(store.current.scroll).toEqual(scroll);
	type('X');
	expect(draft()).toBe('Xto bob');
	press('alt+/');
	expect(draft()).toBe('to carol');
});

test('what was being written in a conversation that gave way to others can be recalled', () => {
	const {type, press, draft, store} = open(said('bob', 'alice'));
	press('alt+1');
	type('an idea');
	press('alt+0');
	for (let at = 0; at < conversationLimits.conversations; at++) store.dispatch(said(`p${at}`, 'alice'));
	expect([...store.current.chat.conversations.keys()]).not.toContain('bob');
	expect([...store.current.drafts.keys()]).toEqual([]);
	press('up');
	expect(draft()).toBe('an idea');
});

test('keys go from one conversation to another', () => {
	const {press, view, hint} = open(said('bob', 'alice'), said('carol', 'alice'), said('dave', '#dev'));
	const seen = (...names: string[]) =>
		names.map(name => {
			press(name);
			return view();
		});
	expect(seen('ctrl+n', 'ctrl+n', 'ctrl+n', 'ctrl+n')).toEqual(['bob', 'carol', '#dev', 'everything']);
	expect(seen('ctrl+p', 'ctrl+p')).toEqual(['#dev', 'carol']);
	expect(seen('alt+1', 'alt+3', 'alt+0', 'alt+/', 'alt+/')).toEqual([
		'bob',
		'#dev',
		'everything',
		'#dev',
		'everything',
	]);
	press('alt+7');
	expect(hint()).toBe('there is no conversation 7 yet');
	// Escape and then a key is Alt with that key, on keyboards that send no Alt.
	expect(seen('escape', '2').at(-1)).toBe('carol');
});

test('Alt+A goes where somebody waits, until nothing is unread', () => {
	const {press, view, hint, store} = open(said('bob', 'alice'));
	press('alt+1');
	store.dispatch(said('dave', '#dev'));
	store.dispatch(said('carol', 'alice'));
	press('alt+a');
	expect(view()).toBe('carol');
	press('alt+a');
	expect(view()).toBe('#dev');
	press('alt+a');
	expect(hint()).toBe('nothing is unread');
});

test('Alt+P and Alt+N go from one message that is for us to the other', () => {
	const lines = Array.from({length: 60}, (_, at) =>
		said('bob', '#dev', at % 20 === 5 ? `alice, this is ${at}` : `line ${at}`),
	);
	const {press, store, hint} = open(...lines);
	const shown = () => {
		const {chat, scroll} = store.current;
		return chat.scrollback.lines.find(({id}) => id === scroll?.id)?.text;
	};
	const seen = (...names: string[]) =>
		names.map(name => {
			press(name);
			return shown();
		});
	expect(seen('alt+p', 'alt+p', 'alt+p')).toEqual([45, 25, 5].map(at => `alice, this is ${at}`));
	expect(seen('alt+n', 'alt+n', 'alt+n')).toEqual(['alice, this is 25', 'alice, this is 45', undefined]);
	press('alt+p', 'alt+p', 'alt+p', 'alt+p');
	expect(hint()).toBe('nothing before this is for you');
});

test('who has scrolled up, or whose terminal has not the keyboard, has not read what comes', () => {
	const {store} = open(...Array.from({length: 40}, () => said('bob', 'alice')));
	const unread = () => store.current.chat.conversations.get('bob')?.unread;
	store.dispatch({type: 'scrolled', by: 'page-up'});
	store.dispatch(said('bob', 'alice'));
	expect(unread()).toBe(1);
	store.dispatch({type: 'scrolled-to-end'});
	expect(unread()).toBe(0);
	store.dispatch({type: 'focused', isFocused: false, now: 0});
	store.dispatch(said('bob', 'alice'));
	expect(unread()).toBe(1);
	store.dispatch({type: 'focused', isFocused: true, now: 1});
	expect(unread()).toBe(0);
});

test('a draft that gives way, to a closed conversation or to what is written already, can be recalled', () => {
	const {type, press, draft, store} = open(said('bob', 'alice'));
	press('alt+1');
	type('half a thought');
	store.dispatch({type: 'closed', id: 'bob'});
	type('typed at the start');
	store.dispatch({type: 'drafts-kept', drafts: new Map([['', {text: 'of the last time', caret: 0}]])});
	expect(draft()).toBe('typed at the start');
	press('up');
	expect(draft()).toBe('of the last time');
	press('up');
	expect(draft()).toBe('half a thought');
});

test('the conversation with oneself ends with the name: it would be one with whoever has that now', () => {
	const {enter, type, press, sent, store, view, draft} = open();
	enter('alice: a note');
	store.dispatch({type: 'chat', action: {type: 'post-changed', posts: [1], delivery: 'accepted'}});
	type('a secret');
	store.dispatch({type: 'named', login: 'alice'});
	expect(view()).toBe('alice');
	store.dispatch({type: 'named', login: 'alice-2'});
	expect(view()).toBe('everything');
	press('enter', 'up');
	expect(draft()).toBe('a secret');
	expect(sent).toEqual(['alice: a note']);
});
