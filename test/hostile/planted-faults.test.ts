import {expect, test} from 'vitest';
import {paint} from '../../source/ui/terminal/painter.ts';
import {sanitise} from '../../source/ui/text/sanitise.ts';
import {watchEmulator} from '../support/emulator-state.ts';
import {misleadingLinks, strangersIn} from '../support/terminal-stream.ts';
import {corpus} from './corpus.ts';
import {openAtForeignServer} from './open.ts';
import {Stage} from './stage.ts';

const frameWith = (row: string): string => paint(undefined, {rows: [row], caret: {row: 0, column: 0}});

// Sequences that the screen writes itself, with which a sender would paint: the looks of cells, the rulers and what is
// missing of the text show them. And characters that only take other room than they seem to.
const found = {
	byTheWindow: [
		'CSI: H',
		'modes and questions: ?1049l',
		'modes and questions: ?25l',
		'modes and questions: ?7h',
		'modes and questions: ?1004h',
		'modes and questions: ?2004l',
		'modes and questions: ?2026h',
		'SGR: 0',
		'SGR: 1',
		'SGR: 2',
		'SGR: 3',
		'SGR: 4',
		'SGR: 7',
		'SGR: 31',
		'SGR: 91',
		'nested: many parameters',
		'cut in two messages: behind ESC',
		'cut in two messages: behind CSI',
		'cut in two messages: within CSI',
	],
	byTheRedraw: [
		'piled marks: without a letter',
		'piled marks: viramas',
		'widths: halves of flags',
		'widths: skin alone',
	],
};

test('each hostile text is found in a frame that holds it as it came, and not behind the sanitiser', () => {
	const missed: string[] = [];
	let count = 0;
	for (const {kind, name, texts} of corpus) {
		const text = texts.map(String).join('');
		const isFound = strangersIn(frameWith(text)).length > 0;
		if (isFound) count++;
		if (isFound !== (sanitise(text) !== text)) missed.push(`${kind}: ${name}`);
		expect(strangersIn(frameWith(sanitise(text)))).toEqual([]);
	}
	console.log(`${count} of ${corpus.length} hostile cases are found in the stream if they come through`);
	expect(missed).toEqual([...found.byTheWindow, ...found.byTheRedraw]);
});

const spoiled = new URL('spoiled-program.ts', import.meta.url).href;

/** What a program lets through, the kind of cases that finds it, and what is said. */
const plantedFaults: readonly (readonly [fault: string, kind: string, sentence: RegExp])[] = [
	['escapes', 'CSI', /not shown: "a␛\[3;5@b"/],
	['escapes', 'SGR', /has a cell that is (?:blinking|struck|hidden)/],
	['C1 controls', 'CSI in 8 bits', /not shown: "a⟨U\+009B⟩2@b"/],
	['overrides', 'bidi', /not shown: "user⟨U\+202A⟩txt/],
	['zero width', 'zero width', /not shown: "user⟨U\+200B⟩txt/],
	['tags', 'tags', /written: <E0041>/],
	['marks', 'piled marks', /written: (?:<301>){7}/],
];

// Ink takes much out of what it lays out, but neither styles nor tags: what is missing then is found by that.
test('a program whose sanitiser lets something through is found out', async () => {
	const said = plantedFaults.map(async ([fault, kind]) => {
		const {screen, socket} = await openAtForeignServer({
			env: {NO_COLOR: '1', NODE_OPTIONS: `--import=${spoiled}?${encodeURIComponent(fault)}`},
		});
		const stage = new Stage({
			screen,
			send: messages => socket.write(messages.map(({from, text}) => `from ${from}: ${text}\n`).join('')),
		});
		const some = corpus.filter(one => one.kind === kind).slice(0, 15);
		return (await stage.play(some, text => [{from: 'eve', text}])).join('\n');
	});
	for (const [index, problems] of (await Promise.all(said)).entries())
		expect(problems).toMatch(plantedFaults[index]?.[2] ?? /never/);
});

test('each change of the terminal beside its cells is noticed', async () => {
	const {screen} = await openAtForeignServer();
	const noticed: string[] = [];
	const changes = [
		'\u001B]0;title\u0007',
		'\u001B]4;1;rgb:ff/00/00\u0007',
		'\u001B]8;;http://evil.example\u0007',
		'\u001B]11;#ff0000\u0007',
		'\u001B]52;c;b3duZWQ=\u0007',
		'\u0007',
		'\u001B[?1049l',
		'\u001B[?1h',
		'\u001B[?1000h',
		'\u001B[?1004l',
		'\u001B[?2004l',
		'\u001B[?25l',
		'\u001B[4h',
		'\u001B[?6h',
		'\u001B[3;5r',
		'\u001B[3g',
		'\u001B[4 q',
		'\u001B[>1u',
		'\u001B[>4;2m',
		'\u001B(0',
		'\u000E',
		'\u001B=',
		'\u001B[5n',
	];
	for (const change of changes) {
		const watch = watchEmulator(screen);
		const before = JSON.stringify(watch.state());
		await new Promise<void>(resolve => screen.terminal.write(change, resolve));
		if (JSON.stringify(watch.state()) !== before) noticed.push(change);
	}
	expect(noticed).toEqual(changes);
});

test('a link that leads elsewhere than it says is found in the stream', () => {
	const linkTo = (target: string, shown: string) => `\x1b]8;id=m1-0-1;${target}\x1b\\${shown}\x1b]8;;\x1b\\`;
	const own = linkTo('https://bank.example/', '\x1b[4mhttps://bank.example/\x1b[24m');

	expect(misleadingLinks(own)).toEqual([]);
	expect(misleadingLinks(own + linkTo('https://evil.example/', 'https://bank.example/'))).toEqual([
		'https://bank.example/ → https://evil.example/',
	]);
	expect(misleadingLinks(linkTo('https://evil.example/', ''))).toEqual([' → https://evil.example/']);
});
