import {readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {commands, usageOf} from '../../source/chat/commands/table.ts';
import {everydayWords} from '../../source/ui/help/everyday-words.ts';
import {spokenSections} from '../../source/ui/help/help-text.ts';
import {keyTable} from '../../source/ui/help/key-table.ts';
import {displayWidth} from '../../source/ui/text/width.ts';
import {here, openScreen, said} from './open-screen.ts';

const readme = readFileSync(path.resolve(import.meta.dirname, '../../readme.md'), 'utf8');

/** What stands below a heading of the readme, up to the next one. */
const sectionOf = (title: string): string =>
	new RegExp(`^## ${title}\n(.*?)^## `, 'ms').exec(readme)?.[1] ?? expect.fail(`no "${title}" in the readme`);

/** The rows of the tables in it, without their heads. */
const rowsIn = (section: string): readonly string[] =>
	section.split('\n').filter(row => row.startsWith('| ') && !/^\|[ |-]*$/.test(row));

test('the readme has every command with the words of the table, and no other', () => {
	expect(rowsIn(sectionOf('Commands'))).toEqual(
		commands.map(command => `| \`${usageOf(command)}\` | ${command.does} |`),
	);
});

test('the readme has every key with the words of the table, and no other', () => {
	expect(rowsIn(sectionOf('Keys'))).toEqual(
		keyTable.flatMap(({entries}) =>
			entries.map(({keys, shown, does}) => `| ${shown ?? keys.join(', ')} | ${does} |`),
		),
	);
});

test.each(spokenSections.map(({title, paragraphs}) => [title, paragraphs] as const))(
	'/help says all that the readme says in "%s", in the same words',
	(title, paragraphs) => {
		const written = sectionOf(title)
			.trim()
			.split('\n\n')
			.map(text => text.replaceAll('\n', ' ').replaceAll('`', ''));
		expect(written).toEqual(paragraphs);
	},
);

test.each(Object.keys(everydayWords))(
	'who looks for "%s" in help finds something by its other name',
	word => {
		const {enter, press, frame} = openScreen({columns: 80, rows: 24});
		enter(`/help ${word}`);
		expect(frame()).not.toContain('nothing has all of these words');
		// As it is typed, letter by letter.
		press('backspace');
		expect(frame()).not.toContain('nothing has all of these words');
	},
);

test.each(['help', 'keys'])('/%s mention shows the keys that go from one to the next', command => {
	const {enter, frame} = openScreen({columns: 80, rows: 40});
	enter(`/${command} mention`);
	expect(frame()).toMatch(/Alt\+P, Alt\+N/);
});

/** A screen on which every key has something to do: scrolled, with drafts, mentions and lines that fold. */
function busyScreen() {
	const long = Array.from({length: 40}, (_, row) => `row ${row}`).join('\n');
	const many = Array.from({length: 60}, (_, at) =>
		said('bob', '#dev', at % 10 === 5 ? `alice, see ${at}` : `line ${at}`),
	);
	const people = Array.from({length: 9}, (_, at) => `person${at}`);
	const screen = openScreen(
		{columns: 60, rows: 14},
		here('alice', ...people),
		...people.map(name => said(name, 'alice')),
		...many,
		said('person3', 'alice', long),
		...many,
	);
	screen.enter('person1: sent before');
	screen.press('alt+0');
	return screen;
}

/** What has to be typed and pressed first, for a key that does nothing else on a busy screen. */
const before: Readonly<Record<string, readonly string[]>> = {
	'alt+0': ['alt+1'],
	'alt+/': ['alt+1'],
	'alt+a': ['pageup'],
	'alt+n': ['alt+p', 'alt+p', 'alt+p'],
	'alt+e': ['alt+4'],
	pagedown: ['pageup', 'pageup'],
	'ctrl+end': ['pageup'],
	'ctrl+d': ['ctrl+u', 'ctrl+k'],
	'ctrl+y': ['ctrl+w'],
	down: ['up'],
	enter: ['ctrl+u', 'ctrl+k', ...'person0: hi'],
	tab: ['ctrl+u', 'ctrl+k'],
	'shift+tab': ['ctrl+u', 'ctrl+k'],
};

test.each(keyTable.flatMap(({entries}) => entries.flatMap(({keys}) => keys.map(key => key.toLowerCase()))))(
	'%s does something',
	key => {
		const {press, type, store, sent, calls} = busyScreen();
		type('person0: one two three');
		press('alt+b');
		for (const name of before[key] ?? []) press(name === ' ' ? 'space' : name);
		if (key === 'alt+a') store.dispatch(said('person5', 'alice'));
		const look = () => {
			const {composer, chat, scroll, question, overlay, search, unfolded} = store.current;
			const kept = [composer, chat, scroll, question, overlay, search, [...unfolded], sent, calls];
			return JSON.stringify(kept, (_, value) => (value instanceof Map ? [...value] : value));
		};
		const seen = look();
		press(key);
		expect(look()).not.toBe(seen);
		// Only what was copied is told.
		expect(store.current.hint ?? 'copied').toMatch(/^copied/);
	},
);

test('/help is a page that is scrolled and searched, and closed by Escape', () => {
	const {enter, type, press, frame, store} = openScreen({columns: 70, rows: 14}, said('bob', 'alice'));
	enter('/help');
	expect(frame()).toMatchInlineSnapshot(`
		"
		 here:80 · alice · seen: bob
		 0 everything     │  Commands
		 1 bob            │   The beginning of a name is enough, as long as
		                  │   only one begins so. F1 has the keys.
		                  │   /help [WORDS]
		                  │     all about this screen; typing there searches
		                  │     in it
		                  │   /keys [WORDS]
		                  │     what the keys do, as F1
		                  │   /me TEXT
		                  │     tells what you do: "/me waves"
		                  │   /msg NAMES [TEXT]
		 find:   PageDown: more · type to search, Esc closes
		›
		"
	`);
	press('pagedown');
	expect(frame()).not.toContain('The people you type are the room');
	press('end');
	const end = frame();
	press('down');
	expect(frame()).toBe(end);
	press('home');
	type('draft before');
	expect(frame()).toMatchInlineSnapshot(`
		"
		 here:80 · alice · seen: bob
		 0 everything     │  The screen
		 1 bob            │   Above the input box stands whom a draft goes to,
		                  │   each with whether they are here, before you send
		                  │   it. A name that nobody here has is asked about,
		                  │   and so is what may be a command, as "exit"
		                  │   alone: Enter once more, when you have read it,
		                  │   says yes; two at once do not. A room that you
		                  │   are not in is gone into first. A command with a
		                  │   slip in it is never said to anybody. A line that
		                  │   begins with "//" is said with one slash.
		                  │
		 find: draft before  PageDown: more · type to search, Esc closes
		›
		"
	`);
	press('ctrl+u');
	type('no such words');
	expect(frame()).toContain('nothing has all of these words in it');
	press('escape');
	expect(store.current.overlay).toBeUndefined();
	expect(frame()).toContain('bob: hi');
});

test('F1 and /keys show the keys, and the draft stays', () => {
	const {enter, type, press, frame, draft} = openScreen({columns: 40, rows: 12});
	enter('/keys scroll');
	expect(frame()).toMatchInlineSnapshot(`
		"
		 alice · here:80
		 Reading
		  PageUp, PageDown, Ctrl+End
		    scroll, and go to the newest line;
		    new messages do not move what you
		    read




		 find: scroll  Esc closes
		›
		"
	`);
	press('f1');
	type('bob: a draft');
	press('f1');
	type('leave');
	expect(frame()).toContain('Ctrl+D');
	press('ctrl+u');
	type('ctrl+w');
	expect(frame()).toContain('Ctrl+A E B F D K U W Y T');
	press('ctrl+c');
	expect(draft()).toBe('bob: a draft');
});

test('in a wide window a page is no wider than can be read', () => {
	const {enter, frame} = openScreen({columns: 200, rows: 60});
	enter('/help');
	const widest = Math.max(...frame().split('\n').slice(2, -3).map(displayWidth));
	expect(widest).toBeGreaterThan(100);
	expect(widest).toBeLessThanOrEqual(20 + 100);
});
