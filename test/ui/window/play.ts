import {vi} from 'vitest';
import type {PersonChange} from '../../../source/chat/people.ts';
import {barRow} from '../../../source/ui/pane/conversation-list.ts';
import {rowsOfChrome} from '../../../source/ui/screen/chrome.ts';
import type {ScreenAction} from '../../../source/ui/screen/screen-state.ts';
import {viewWindow} from '../../../source/ui/screen/window-view.ts';
import type {Cell} from '../../../source/ui/terminal/painter.ts';
import type {WindowSize} from '../../../source/ui/terminal/terminal.ts';
import {displayWidth} from '../../../source/ui/text/width.ts';
import {plainTheme} from '../../../source/ui/theme.ts';
import {frameOf, Person} from './person.ts';

/** The day of all scripts, at noon, wherever they run. */
const noon = new Date(2026, 0, 2, 12, 0).getTime();

/** Where the caret stands in what is shown. */
const caretSign = '¦';

const chat = (action: Extract<ScreenAction, {type: 'chat'}>['action']): ScreenAction => ({
	type: 'chat',
	action,
});

/**
 * Plays a script and gives it back with what came out of it written in, so that a script that holds is what it was.
 *
 * - `## title` begins anew, in a window of 60×10. `# words` and empty lines are for the reader.
 * - `> ctrl+a enter` presses keys, by the names of `keySequence`; `> type words`; `> paste one\ntwo`.
 * - `* …` is what others do, and what happens: see `happenings`. `\n` is a line feed there too.
 * - `? screen`, `? input` (from the line of the recipients on), `? draft` and `? views` ask to see something.
 * - Lines that begin with two spaces are what comes out: rows behind `│`, and behind `=` what the keys made happen outside
 *   of the window. `¦` stands before the cell that the caret is on.
 */
export async function play(script: string, size: WindowSize = {columns: 60, rows: 10}): Promise<string> {
	vi.useFakeTimers({now: noon, toFake: ['Date', 'performance', 'setTimeout', 'clearTimeout']});
	try {
		let person = new Person(size);
		const played: string[] = [];
		for (const [index, line] of script.split('\n').entries()) {
			if (line.startsWith('  ')) continue;
			played.push(line);
			if (line.startsWith('## ')) person = new Person(size);
			try {
				played.push(...step(person, line).map(row => `  │${row}`));
			} catch (error) {
				throw new Error(`line ${index + 1}, "${line}": ${error}`);
			}
			await Promise.resolve();
			played.push(...person.takeDone().map(what => `  = ${what.replaceAll('\n', '\\n')}`));
		}
		return played.join('\n');
	} finally {
		vi.useRealTimers();
	}
}

function step(person: Person, line: string): readonly string[] {
	if (line === '' || line.startsWith('#')) return [];
	const rest = line.slice(2);
	switch (line.slice(0, 2)) {
		case '> ':
			enter(person, rest);
			return [];
		case '* ':
			happen(person, rest);
			return [];
		case '? ':
			return show(person, rest);
		default:
			throw new Error('this begins as no line of a script does');
	}
}

function enter(person: Person, keys: string): void {
	if (keys.startsWith('type ')) person.write(keys.slice('type '.length));
	else if (keys.startsWith('paste ')) person.paste(keys.slice('paste '.length).replaceAll('\\n', '\n'));
	else person.press(...keys.split(' '));
}

/** What may happen without a key, by how it is written. */
const happenings: readonly (readonly [RegExp, (person: Person, ...parts: readonly string[]) => void])[] = [
	[/^connected$/, person => person.act(chat({type: 'connection-changed', connection: {phase: 'open'}}))],
	[
		/^not connected for (\d+) s$/,
		(person, seconds) => {
			// Gone for so long that it is told.
			const now = performance.now() + 1000;
			const until = now + Number(seconds) * 1000;
			person.act(
				chat({type: 'connection-changed', connection: {phase: 'waiting', until, reason: 'nobody there'}}),
			);
			person.act({type: 'ticked', now});
		},
	],
	[/^wait (\d+) s$/, (_, seconds) => void vi.advanceTimersByTime(Number(seconds) * 1000)],
	[
		/^the window is (\d+)×(\d+)$/,
		(person, columns, rows) =>
			person.act({type: 'resized', size: {columns: Number(columns), rows: Number(rows)}}),
	],
	[
		/^(\{.*\}) is asked$/,
		(person, question = '') => person.act({type: 'asked', question: JSON.parse(question)}),
	],
	[/^the terminal (gets|loses) the keyboard$/, (person, does) => person.focus(does === 'gets')],
	[
		/^here: (.*)$/,
		(person, names = '') =>
			person.act(chat({type: 'people-listed', people: peopleOf(names), at: Date.now()})),
	],
	[
		/^(\S+) (comes|leaves)$/,
		(person, login = '', does) =>
			person.act(
				chat({
					type: 'people-changed',
					changes: [{login, state: does === 'comes' ? 'here' : 'gone'}],
					at: Date.now(),
				}),
			),
	],
	[/^the program says (.*)$/, (person, text = '') => person.act(notice(text))],
	[
		/^(\S+) has it$/,
		(person, to = '') =>
			person.act(chat({type: 'post-told', post: person.newestPost, to, told: 'delivered'})),
	],
	// On a plain host, which does not say whom it is for; and on another one.
	[
		/^(\S+): (.*)$/s,
		(person, from = '', text = '') =>
			person.act(chat({type: 'received', at: Date.now(), messages: [{from, text}]})),
	],
	[
		/^(\S+) to ([^:]+): (.*)$/s,
		(person, from = '', to = '', text = '') =>
			person.act(
				chat({type: 'said', lines: [{kind: 'message', at: Date.now(), from, to: to.split(', '), text}]}),
			),
	],
	[
		/^(\S+) counts to (\d+)$/,
		(person, from = '', count) => {
			const messages = countTo(count).map(text => ({from, text}));
			person.act(chat({type: 'received', at: Date.now(), messages}));
		},
	],
	[
		/^(\S+) counts to (\d+) in (#\S+)$/,
		(person, from = '', count, room = '') => {
			const lines = countTo(count).map(
				text => ({kind: 'message', at: Date.now(), from, to: [room], text}) as const,
			);
			person.act(chat({type: 'said', lines}));
		},
	],
	// What is sought was said a year ago; then around it is what the same person counted.
	[
		/^the host finds of (\S+) (.*)$/,
		(person, from = '', said = '') => {
			const found = [longAgo(from, said, 50)];
			const text = person.state.search?.text ?? '';
			person.act({type: 'search', action: {type: 'answered', text, found, isCut: false}});
		},
	],
	[
		/^the host tells what was said around it$/,
		person => {
			const {found} = person.state.excerpt ?? {};
			if (found?.kind !== 'message') throw new Error('nobody asks for that');
			const lines = countTo('99').map((text, at) =>
				longAgo(found.from, at === 49 ? found.text : text, at + 1),
			);
			const part = {lines: lines.map(line => ({...line, id: line.n})), before: 1, after: undefined};
			person.act({type: 'excerpt', action: {type: 'loaded', found, part}});
		},
	],
	[
		/^the host is not reached for it$/,
		person => {
			const {found} = person.state.excerpt ?? {};
			if (found) person.act({type: 'excerpt', action: {type: 'failed', found, problem: 'not-reached'}});
		},
	],
];

const longAgo = (from: string, text: string, n: number) => ({
	kind: 'message' as const,
	at: noon - 365 * 86_400_000,
	...{from, to: ['alice'], text, n},
	party: {id: from, members: [from]},
});

const countTo = (count = '0'): readonly string[] =>
	Array.from({length: Number(count)}, (_, index) => String(index + 1));

const notice = (text: string): ScreenAction => chat({type: 'noticed', texts: [text], at: Date.now()});

const peopleOf = (names: string): readonly PersonChange[] =>
	names.split(', ').map(name => {
		const isAway = name.endsWith(' (away)');
		return {login: isAway ? name.slice(0, -' (away)'.length) : name, state: isAway ? 'away' : 'here'};
	});

function happen(person: Person, written: string): void {
	const what = written.replaceAll('\\n', '\n');
	for (const [pattern, act] of happenings) {
		const found = pattern.exec(what);
		if (!found) continue;
		act(person, ...found.slice(1));
		return;
	}
	throw new Error('nothing happens like this');
}

function show(person: Person, what: string): readonly string[] {
	const {state} = person;
	switch (what) {
		case 'screen':
			return rowsOf(person);
		case 'input':
			return rowsOf(person).slice(-rowsOfChrome(viewWindow(state).chrome).below.length);
		case 'draft': {
			const {text, caret} = state.composer;
			return `${text.slice(0, caret)}${caretSign}${text.slice(caret)}`.split('\n');
		}
		case 'views':
			return [barRow({...state.chat, drafts: state.drafts, theme: plainTheme, columns: 200}).trim()];
		default:
			throw new Error('there is no such thing to see');
	}
}

/** The rows of the window, without the blanks at their ends, and the caret in them. Throws if one is too wide. */
function rowsOf(person: Person): readonly string[] {
	const {size} = person.state;
	const {rows, caret} = frameOf(person.state);
	if (rows.length !== size.rows) throw new Error(`${rows.length} rows in a window of ${size.rows}`);
	return rows.map((row, index) => {
		if (displayWidth(row) > size.columns) throw new Error(`row ${index} is too wide: ${row}`);
		return (caret?.row === index ? withCaret(row, caret) : row).trimEnd();
	});
}

function withCaret(row: string, {column}: Cell): string {
	const padded = row + ' '.repeat(Math.max(0, column - displayWidth(row)));
	let end = 0;
	while (displayWidth(padded.slice(0, end)) < column) end++;
	return padded.slice(0, end) + caretSign + padded.slice(end);
}
