import {expect, onTestFinished, test, vi} from 'vitest';
import {scrollbackOf} from '../../source/chat/views.ts';
import {openScreen, said} from './open-screen.ts';

const size = {columns: 60, rows: 12};

test('commands that only the host can do are handed to it, in their short forms too', () => {
	const {enter, asked, draft} = openScreen(size, said('bob', '#dev'));
	for (const line of ['/who', '/w dev', '/rooms', '/join dev', '/part #ops']) enter(line);
	enter('/away at lunch');
	enter('/away');
	expect(asked).toEqual([
		{type: 'who'},
		{type: 'who', room: '#dev'},
		{type: 'rooms'},
		{type: 'join', room: '#dev'},
		{type: 'part', room: '#ops'},
		{type: 'state', away: 'at lunch'},
		{type: 'state', away: ''},
	]);
	expect(draft()).toBe('');
});

test('who is away comes back by the same command, and the status says so meanwhile', () => {
	const {enter, asked, frame} = openScreen(size, {type: 'went-away', away: 'lunch'});
	expect(frame()).toContain('alice (away: lunch)');
	enter('/away');
	expect(asked).toEqual([{type: 'state', away: undefined}]);
});

test('what a command cannot be done with is said, and stands in the composer again', () => {
	const {enter, press, asked, draft, hint} = openScreen(size);
	const tried = (line: string) => {
		enter(line);
		expect(draft()).toBe(line);
		const why = hint();
		press('ctrl+u');
		return why;
	};
	expect(tried('/join')).toBe('/join #ROOM: which room?');
	expect(tried('/join a b')).toMatch(/^"a b" is no room: /);
	expect(tried('/msg')).toBe('/msg NAMES [TEXT]: to whom?');
	expect(tried('/msg :x hi')).toBe('/msg NAMES [TEXT]: to whom?');
	expect(tried('/part')).toBe('what is to be left? /part #ROOM, or /part NAMES closes a conversation');
	expect(tried('/mute')).toBe('open the conversation that is to be muted first');
	expect(tried('/m hi')).toBe('which one: /me, /msg, /mute?');
	expect(asked).toEqual([]);
});

test('/me tells what one does, to those who are named or in the conversation', () => {
	const {enter, sent, store, view} = openScreen(size, said('bob', 'alice'));
	enter('/me bob: waves');
	expect(view()).toBe('bob');
	enter('/me leaves\nfor home');
	expect(sent).toEqual(['action bob: waves', 'action long bob: leaves\nfor home']);
	const texts = scrollbackOf(store.current.chat, 'bob').lines.map(({text}) => text);
	expect(texts).toContain('* waves');
});

test('a message of several lines is one message', () => {
	const {type, press, sent} = openScreen(size);
	type('bob: one');
	press('ctrl+j');
	type('two');
	press('enter');
	expect(sent).toEqual(['long bob: one\ntwo']);
});

test('what waits is taken back with Up as it was written: several lines, and what one does', () => {
	const {type, press, draft} = openScreen(size);
	for (const line of ['/me bob: waves', 'bob: one\x1b\rtwo']) {
		type(line);
		press('enter', 'alt+0', 'up');
		expect(draft()).toBe(line.replace('\x1b\r', '\n'));
		press('ctrl+c');
	}
});

test('/msg says something, or only opens the conversation', () => {
	const {enter, sent, view} = openScreen(size);
	enter('/msg bob,carol lunch at noon: ok?');
	expect([view(), ...sent]).toEqual(['bob,carol', 'bob,carol: lunch at noon: ok?']);
	enter('/msg #dev');
	expect([view(), sent.length]).toEqual(['#dev', 1]);
});

test('two slashes say one, and a slip of the finger is asked about before it is said', () => {
	vi.useFakeTimers({toFake: ['performance']});
	onTestFinished(() => void vi.useRealTimers());
	const {enter, press, sent, asked, hint} = openScreen(size, said('bob', 'alice'));
	press('alt+1');
	enter('//who is it?');
	expect(sent).toEqual(['bob: /who is it?']);
	enter('/jion #dev');
	expect(hint()).toBe('there is no /jion: /join? //jion says it');
	for (let again = 0; again < 5; again++) {
		vi.advanceTimersByTime(1000);
		press('enter');
	}
	expect(sent).toEqual(['bob: /who is it?']);
	press('ctrl+u');
	enter('//jion #dev');
	enter('quit');
	expect(hint()).toBe('/quit? A command begins with a slash, Enter again says it');
	press('enter', 'enter');
	expect(sent.slice(1)).toEqual(['bob: /jion #dev']);
	press('ctrl+u');
	enter(' /quit');
	expect(hint()).toMatch(/^a space stands before \/quit/);
	press('ctrl+u');
	enter('/usr/bin is a folder');
	expect(sent.slice(1)).toEqual(['bob: /jion #dev', 'bob: /usr/bin is a folder']);
	expect(asked).toEqual([]);
});

test('what somebody who is ignored says and has said is hidden, until that is taken back', () => {
	const {enter, store, frame} = openScreen({columns: 60, rows: 16}, said('bob', 'alice', 'before'));
	enter('/ignore Bob');
	store.dispatch(said('bob', 'alice', 'meanwhile'));
	store.dispatch({
		type: 'chat',
		action: {type: 'received', at: 0, messages: [{from: 'BOB', text: 'as well'}]},
	});
	enter('/ignore');
	expect(frame()).toContain('ignored: Bob');
	expect(frame()).not.toMatch(/before|meanwhile|as well/);
	expect(store.current.chat.conversations.get('bob')?.unread).toBe(0);
	enter('/ignore bob');
	expect(frame()).toMatch(/before[\s\S]*meanwhile[\s\S]*as well/);
});

test('/mute and /clear are about the view that is open, and so is what they say', () => {
	const {enter, press, store, frame} = openScreen(
		size,
		said('bob', 'alice', 'one'),
		said('carol', 'alice', 'two'),
	);
	press('alt+1');
	enter('/mute');
	expect(store.current.chat.conversations.get('bob')?.isMuted).toBe(true);
	expect(frame()).toContain('muted: nobody calls you here');
	press('alt+0');
	expect(frame()).not.toContain('muted');
	press('alt+1');
	enter('/clear');
	expect(frame()).not.toContain('one');
	press('alt+0');
	expect(frame()).toMatch(/one[\s\S]*two/);
	enter('/clear');
	expect(frame()).not.toMatch(/one|two/);
	press('alt+2');
	expect(frame()).toContain('two');
});

test('/part closes a conversation, and asks to leave a room', () => {
	const {enter, press, asked, view, store} = openScreen(size, said('bob', 'alice'), said('carol', '#dev'));
	press('alt+2');
	enter('/part');
	expect(asked).toEqual([{type: 'part', room: '#dev'}]);
	press('alt+1');
	enter('/part');
	expect(view()).toBe('everything');
	expect([...store.current.chat.conversations.keys()]).toEqual(['#dev']);
	store.dispatch(said('bob', 'alice'));
	expect([...store.current.chat.conversations.keys()]).toEqual(['#dev', 'bob']);
});

test('/search looks for words as Ctrl+R does', () => {
	const {enter, press, store, frame} = openScreen(
		size,
		said('bob', 'alice', 'two words'),
		said('bob', 'alice', 'one'),
	);
	enter('/search words');
	expect(store.current.search?.hits).toHaveLength(1);
	press('escape');
	enter('/search');
	expect(store.current.search?.text).toBe('');
	expect(frame()).toContain('two words');
});

test('/quit leaves, unless lines would be lost that wait', () => {
	const calm = openScreen(size);
	calm.enter('/quit');
	expect(calm.calls).toEqual(['leave']);
	const {enter, calls, store} = openScreen(size);
	enter('bob: waits');
	enter('/quit');
	expect(calls).toEqual([]);
	expect(store.current.question?.kind).toBe('leave');
});
