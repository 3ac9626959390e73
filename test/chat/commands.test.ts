import fc from 'fast-check';
import {expect, test} from 'vitest';
import {readCommand, readNamesAndText} from '../../source/chat/commands/parse.ts';
import {commands} from '../../source/chat/commands/table.ts';

/** A meaning in one line. */
function read(draft: string): string {
	const meaning = readCommand(draft);
	switch (meaning.kind) {
		case 'text':
			return `says ${JSON.stringify(meaning.text)}`;
		case 'command':
			return `${meaning.name}(${meaning.rest})`;
		case 'ambiguous':
			return `one of ${meaning.names.join()}`;
		case 'doubtful':
			return `${meaning.but === 'unknown' ? 'no' : meaning.but} ${meaning.word}, ${meaning.likely ?? 'nothing'}?`;
	}
}

test.each([
	['/join #dev', 'join(#dev)'],
	['/JOIN  #dev ', 'join(#dev)'],
	['/j #dev', 'join(#dev)'],
	['/me waves\nand leaves', 'me(waves\nand leaves)'],
	['/me', 'me()'],
	['/m hi', 'one of me,msg,mute'],
	['//join is a command', 'says "/join is a command"'],
	['/usr/bin/env is a path', 'says "/usr/bin/env is a path"'],
	['/1 of them', 'says "/1 of them"'],
	['/ alone', 'says "/ alone"'],
	['bob: /join #dev', 'says "bob: /join #dev"'],
	['/jion #dev', 'no jion, join?'],
	['/joni', 'no joni, join?'],
	['/wo', 'no wo, who?'],
	['/partt', 'no partt, part?'],
	['/tmp', 'no tmp, nothing?'],
	[' /join #dev', 'spaced join, join?'],
	['\n/quit', 'spaced quit, quit?'],
	[' /usr/bin', 'says " /usr/bin"'],
	['exit', 'bare exit, quit?'],
	[':Q\n', 'bare :Q\n, quit?'],
	['help', 'bare help, help?'],
	['quit now', 'says "quit now"'],
])('%j is read as %s', (draft, meaning) => {
	expect(read(draft)).toBe(meaning);
});

test('each command is found by its name, and none is hidden by another', () => {
	for (const {name} of commands) expect(read(`/${name} x`)).toBe(`${name}(x)`);
});

test('what does not begin with a slash is said as it stands, but for a word that ends other programs', () => {
	const ending = /^\s*(exit|quit|logout|q|:q!?|:wq|:x|:?help)\s*$/i;
	fc.assert(
		fc.property(fc.string(), text => {
			fc.pre(!text.trimStart().startsWith('/') && !ending.test(text));
			expect(readCommand(text)).toEqual({kind: 'text', text});
		}),
	);
});

test.each([
	['bob hi', 'bob', 'hi'],
	['bob, carol: hi there', 'bob|carol', 'hi there'],
	['#dev', '#dev', ''],
	['bob,carol see: this', 'bob|carol', 'see: this'],
])('behind /msg %j means %s and %j', (rest, names, text) => {
	const found = readNamesAndText(rest);
	expect([found?.names.join('|'), found?.text]).toEqual([names, text]);
});

test('without a name /msg means nothing', () => {
	expect(readNamesAndText(', hi')).toBeUndefined();
	expect(readNamesAndText('')).toBeUndefined();
});
