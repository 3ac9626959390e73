import fc from 'fast-check';
import {expect, test} from 'vitest';
import {rowsAt} from '../../../source/ui/pane/pane.ts';
import {displayWidth} from '../../../source/ui/text/width.ts';
import {plainTheme} from '../../../source/ui/theme.ts';
import {message, noon, notice, own, picture, rowsOf} from './lines.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

test('a text stands in a column of its own behind the name', () => {
	expect(picture([message('one two three four five six seven eight')], {columns: 40})).toMatchInlineSnapshot(`
		"
		12:00 bob: one two three four five six
		           seven eight
		"
	`);
});

test('behind a long head the text stands in its row, and goes on further left', () => {
	const lines = [
		message('you and carol should both have seen the build of last night', 'bob', {to: ['alice', 'carol']}),
		message('and so should https://ci.example.org/builds/4711/artifacts', 'bob', {to: ['alice', 'carol']}),
		own('I have', 'accepted', ['bob', 'carol', 'dave', 'erin', 'frank', 'grace', 'heidi', 'ivan']),
		message('https://ci.example.org/builds/4711/artifacts', 'bob', {to: ['alice', 'carol', 'dave']}),
	];
	expect(picture(lines, {columns: 60})).toMatchInlineSnapshot(`
		"
		12:00 bob → alice, carol: you and carol should both have
		        seen the build of last night
		        and so should
		        https://ci.example.org/builds/4711/artifacts
		      → bob, carol, dave +5: I have ✓
		      bob → alice, carol, dave: 
		        https://ci.example.org/builds/4711/artifacts
		"
	`);
	expect(picture(lines, {columns: 40})).toMatchInlineSnapshot(`
		"
		12:00 bob → alice +1: you and carol
		        should both have seen the build
		        of last night
		        and so should
		        https://ci.example.org/builds/47
		        11/artifacts
		      → bob, carol +6: I have ✓
		      bob → alice +2: 
		        https://ci.example.org/builds/47
		        11/artifacts
		"
	`);
	expect(picture(lines, {columns: 20})).toMatchInlineSnapshot(`
		"
		bob → alice +1:
		  you and carol
		  should both have
		  seen the build of
		  last night
		  and so should
		  https://ci.example
		  .org/builds/4711/a
		  rtifacts
		→ bob +7: I have ✓
		bob → alice +2:
		  https://ci.example
		  .org/builds/4711/a
		  rtifacts
		"
	`);
});

test('of many recipients we are the last', () => {
	const to = ['alice', 'carol', 'dave', 'erin'];
	const party = {id: 'bob,carol,dave,erin', members: ['bob', 'carol', 'dave', 'erin']};
	const line = {...message('hi', 'bob', {to}), party};
	expect(rowsOf([line], {columns: 80})).toEqual(['12:00 bob → carol, dave, erin, alice: hi']);
	expect(rowsOf([line], {columns: 40})).toEqual(['12:00 bob → carol +3: hi']);
});

test('in a wide window rows of words end where they can be read, but neither code nor addresses are broken', () => {
	const word = 'word '.repeat(60).trim();
	const address = `https://example.org/${'a'.repeat(130)}`;
	const [first = '', ...rows] = rowsOf([message(`${word} ${address}\n\`\`\`\n${'x  '.repeat(50)}`)], {
		columns: 180,
	});

	expect(first).toMatch(/^12:00 bob: (?:word ){19}word$/);
	expect(rows.map(row => row.length)).toEqual([110, 110, 161, 14, 161]);
});

test('a text at the top says whose it is if there is room for that', () => {
	const lines = (text: string) => [
		message('one', 'bob', {to: ['alice', 'carol']}),
		message(text, 'bob', {to: ['alice', 'carol']}),
	];
	const onTop = (text: string) =>
		rowsAt({lines: lines(text), columns: 50, rows: 10, theme: plainTheme}, 1).onTop;

	expect(onTop('a short text')).toBe('12:00 bob → alice, carol: a short text');
	expect(onTop('a text that is too long for the row')).toBe('12:00   a text that is too long for the row');
});

test('a long name gets a row, and the text begins below it', () => {
	const long = message('hello', 'a-name-of-quite-some-length');

	expect(picture([long], {columns: 40})).toMatchInlineSnapshot(`
		"
		12:00 a-name-of-quite-some-length:
		        hello
		"
	`);
	expect(picture([long], {columns: 20})).toMatchInlineSnapshot(`
		"
		a-name-of-quite-som…
		  hello
		"
	`);
});

test('within a conversation nobody is told whom a line was for', () => {
	const lines = [
		message('lunch?', 'bob', {to: ['alice', 'carol']}),
		message('yes', 'carol', {to: ['alice', 'bob']}),
		own('me too', 'accepted', ['bob', 'carol'], {bob: 'delivered', carol: 'queued'}),
	];
	expect(picture(lines, {login: 'alice'})).toMatchInlineSnapshot(`
		"
		12:00 bob: lunch?
		      carol: yes
		      alice: me too ✓ bob · carol: not yet
		"
	`);
	expect(picture(lines)).toContain('bob → alice, carol: lunch?');
});

test('a name stands once for what one person says, a time where the minute changes', () => {
	const at = (after: number) => ({at: noon + after});
	expect(
		picture([
			message('hi', 'bob', at(0)),
			message('are you there?', 'bob', at(20 * second)),
			message('hello?', 'bob', at(2 * minute)),
			message('I am here', 'carol', at(2 * minute + second)),
			message('well', 'bob', at(2 * minute + 2 * second)),
			message('back again', 'bob', at(8 * minute)),
		]),
	).toMatchInlineSnapshot(`
		"
		12:00 bob: hi
		           are you there?
		12:02      hello?
		      carol: I am here
		      bob: well
		12:08 bob: back again
		"
	`);
});

test('a name stands again where the people change to whom it is said', () => {
	expect(
		picture([
			message('to both', 'bob', {to: ['alice', 'carol']}),
			message('to both again', 'bob', {to: ['alice', 'carol']}),
			message('to you', 'bob', {to: ['alice']}),
			own('yes', 'written'),
			own('really', 'waiting'),
			own('all of you', 'waiting', ['bob', 'carol']),
			notice('bob is slow'),
			own('oh', 'waiting', ['bob', 'carol']),
		]),
	).toMatchInlineSnapshot(`
		"
		12:00 bob → alice, carol: to both
		        to both again
		      bob: to you
		      → bob: yes ✓
		             really … waiting
		      → bob, carol: all of you … waiting
		      bob is slow
		      → bob, carol: oh … waiting
		"
	`);
});

test('a day begins with a line, also the oldest one if there are several', () => {
	expect(
		picture([
			message('late', 'bob', {at: noon + 11 * hour}),
			message('later', 'bob', {at: noon + 13 * hour}),
			message('a day without a word', 'bob', {at: noon + 48 * hour}),
		]),
	).toMatchInlineSnapshot(`
		"
		── Fri 2026-01-02 ──
		23:00 bob: late
		── Sat 2026-01-03 ──
		01:00 bob: later
		── Sun 2026-01-04 ──
		12:00 bob: a day without a word
		"
	`);
	expect(picture([message('only today'), message('and now', 'bob', {at: noon + hour})])).not.toContain('──');
});

test('only what is shown for the sake of the line before is laid out anew', () => {
	const [first, other, last] = [message('one'), message('another one'), message('two')];
	const lay = (lines: readonly (typeof first)[]) =>
		rowsAt({lines, columns: 40, rows: 10, theme: plainTheme}, lines.length - 1);
	const laid = lay([first, last]);

	expect(lay([first, last]).rows).toBe(laid.rows);
	expect(lay([other, last]).rows).toBe(laid.rows);
	expect(lay([message('hi', 'carol'), last]).rows).not.toEqual(laid.rows);
});

test('what a sender means for the terminal is shown, in texts and in names', () => {
	expect(rowsOf([message('\x1b[31mred\u202e', 'b\x07b')])).toEqual(['12:00 b␇b: ␛[31mred⟨U+202E⟩']);
});

test('a message of several lines is one, with quotes and code in it', () => {
	expect(
		picture(
			[
				message(
					'> is it ready?\nnearly, look:\n```ts\nif (a)\n    return a  +  "a string that is too long here";\n```\n\nok?',
				),
				own('one\ntwo', 'accepted', ['bob'], {bob: 'delivered'}),
				own('```\ncode', 'waiting'),
			],
			{columns: 40},
		),
	).toMatchInlineSnapshot(`
		"
		12:00 bob: > is it ready?
		           nearly, look:
		           \`\`\`ts
		           if (a)
		               return a  +  "a string th
		           at is too long here";
		           \`\`\`
		           
		           ok?
		      → bob: one
		             two ✓✓
		             \`\`\`
		             code
		             … waiting
		"
	`);
});

test('a long line is folded until the reader wants all of it', () => {
	const long = message('word '.repeat(400).trim());
	const many = own(Array.from({length: 50}, (_, index) => `line ${index}`).join('\n'), 'written');
	const folded = rowsOf([long], {columns: 40});

	expect(folded).toHaveLength(20);
	expect(folded.slice(-2)).toMatchInlineSnapshot(`
		[
		  "           word word word word word word",
		  "           … 1429 more characters: Alt+…",
		]
	`);
	expect(rowsOf([long], {columns: 40, unfolded: new Set([long.id])})).toHaveLength(67);
	expect(rowsOf([many], {columns: 60}).slice(-3)).toMatchInlineSnapshot(`
		[
		  "             line 18",
		  "             … 31 more lines: Alt+E unfolds",
		  "             ✓",
		]
	`);
	expect(rowsOf([many], {columns: 60, unfolded: new Set([many.id])}).at(-1)).toBe('             line 49 ✓');
	expect(rowsOf([message('x'.repeat(65_536))], {columns: 40})).toHaveLength(20);
});

test('what runs from right to left has rows of its own', () => {
	expect(
		picture([
			message('שלום 12'),
			message('hello'),
			message('hello', 'דוד'),
			own('שלום', 'accepted', ['bob'], {bob: 'delivered'}),
		]),
	).toMatchInlineSnapshot(`
		"
		12:00 bob:
		      שלום 12
		           hello
		      ˑדודˑ: hello
		      → bob:
		      שלום
		      ✓✓
		"
	`);
});

test('among those to whom a line goes, who looks like somebody else is marked, also where names are counted', () => {
	const lookAlikes = new Map([['b\u043eb', 'bob']]);
	const line = message('hi', 'carol', {to: ['bob', 'dave-with-a-long-name', 'b\u043eb']});
	const head = (columns: number, known = lookAlikes) => rowsOf([line], {columns, lookAlikes: known}).join();
	expect(head(120)).toContain('carol → bob, dave-with-a-long-name, ≈b\u043eb: hi');
	expect(head(40)).toContain('carol → bob +≈2: hi');
	// Nobody knew yet when it was shown first.
	expect(head(40, new Map())).toContain('carol → bob +2: hi');
	expect(head(40)).toContain('carol → bob +≈2: hi');
});

test('no row is ever wider than the window', () => {
	const text = fc.oneof(
		fc.string({unit: 'grapheme', maxLength: 80}),
		fc
			.array(
				fc.constantFrom(
					'*',
					'_',
					'`',
					'```',
					'\n',
					'> ',
					' ',
					'word',
					'https://example.org/a_b',
					'漢字',
					'שלום',
				),
			)
			.map(parts => parts.join('')),
	);
	fc.assert(
		fc.property(
			text,
			fc.string({unit: 'grapheme', minLength: 1, maxLength: 40}),
			fc.integer({min: 20, max: 100}),
			(said, from, columns) => {
				const lines = [message(said, from), own(said, 'accepted', [from], {[from]: 'queued', b: 'absent'})];
				for (const row of rowsOf(lines, {columns})) expect(displayWidth(row)).toBeLessThanOrEqual(columns);
			},
		),
	);
});
