import {describe, expect, it} from 'vitest';
import {actionForKey, composerReducer, emptyComposer, textOf} from '../../../source/ui/composer/composer.ts';
import {maxDraftBytes} from '../../../source/ui/composer/insert.ts';
import {key} from '../../../source/ui/keys/key-event.ts';
import {drawn, type, typed} from './type.ts';

const paste = (text: string, isCut = false) => composerReducer(emptyComposer, {type: 'paste', text, isCut});

describe('the caret', () => {
	it('moves by what a reader takes for one character', () => {
		expect(typed('e\u0301👩‍🚀🇩🇪<left>')).toBe('e\u0301👩‍🚀|🇩🇪');
		expect(typed('e\u0301👩‍🚀🇩🇪<left><ctrl+b><left>')).toBe('|e\u0301👩‍🚀🇩🇪');
		expect(typed('e\u0301👩‍🚀<home><right><ctrl+f>')).toBe('e\u0301👩‍🚀|');
	});

	it('stays where it is at the ends', () => {
		expect(typed('<left>ab<right>')).toBe('ab|');
	});

	it('moves by words', () => {
		expect(typed('one two-three<alt+b>')).toBe('one two-|three');
		expect(typed('one two-three<ctrl+left><ctrl+left><ctrl+left>')).toBe('|one two-three');
		expect(typed('one two<home><alt+f>')).toBe('one| two');
		expect(typed('one two<home><ctrl+right><ctrl+right>')).toBe('one two|');
	});

	it('moves to the ends of its line', () => {
		expect(typed('one<ctrl+j>two<ctrl+a>')).toBe('one\n|two');
		expect(typed('one<alt+enter>two<home><left><home><ctrl+e>')).toBe('one|\ntwo');
	});

	it('goes from line to line in a draft of several, and holds on to its column', () => {
		expect(typed('long line<ctrl+j>x<ctrl+j>another<up>')).toBe('long line\nx|\nanother');
		expect(typed('long line<ctrl+j>x<ctrl+j>another<up><up>')).toBe('long li|ne\nx\nanother');
		expect(typed('long line<ctrl+j>x<ctrl+j>another<up><up><down><down>')).toBe('long line\nx\nanother|');
	});

	it('counts columns by what is shown: wide characters as two', () => {
		expect(typed('漢字漢字<ctrl+j>abcd<up>')).toBe('漢字|漢字\nabcd');
		expect(typed('漢字<ctrl+j>abc<up>')).toBe('漢|字\nabc');
	});
});

describe('deleting', () => {
	it('takes whole characters', () => {
		expect(typed('ae\u0301<backspace>')).toBe('a|');
		expect(typed('👩‍🚀<ctrl+h>')).toBe('|');
		expect(typed('🇩🇪a<home><delete>')).toBe('|a');
		expect(typed('ab<home><ctrl+d>')).toBe('|b');
	});

	it('joins lines', () => {
		expect(typed('a<ctrl+j>b<home><backspace>')).toBe('a|b');
	});

	it('leaves the caret on a border when two halves become one character', () => {
		expect(typed('\u{1F1E9}x\u{1F1EA}<left><backspace>')).toBe('\u{1F1E9}\u{1F1EA}|');
	});
});

describe('what is killed', () => {
	it('is the rest of the line, its start, or a word, and comes back', () => {
		expect(typed('one two<alt+b><ctrl+k>')).toBe('one |');
		expect(typed('one two<alt+b><ctrl+u>')).toBe('|two');
		expect(typed('a b-c <ctrl+w>')).toBe('a |');
		expect(typed('a b-c<alt+backspace>')).toBe('a b-|');
		expect(typed('one two<home><alt+d>')).toBe('| two');
		expect(typed('one two<ctrl+w><home><ctrl+y>')).toBe('two|one ');
	});

	it('adds up while one kills on', () => {
		expect(typed('one two three<ctrl+w><ctrl+w><ctrl+a><ctrl+y>')).toBe('two three|one ');
		expect(typed('one two<home><alt+d><alt+d><ctrl+y>')).toBe('one two|');
		expect(typed('one two<ctrl+w>x<ctrl+w><ctrl+y>')).toBe('one x|');
	});

	it('is a line feed at the border of a line', () => {
		expect(typed('a<ctrl+j>b<up><end><ctrl+k>')).toBe('a|b');
		expect(typed('a<ctrl+j>b<home><ctrl+u>')).toBe('a|b');
	});

	it('is not forgotten when there is nothing to kill', () => {
		expect(typed('one<ctrl+w><ctrl+k><ctrl+u><ctrl+y>')).toBe('one|');
	});
});

describe('Ctrl+T', () => {
	it('swaps the characters around the caret, at the end the last two', () => {
		expect(typed('teh<ctrl+t>')).toBe('the|');
		expect(typed('hte<home><right><ctrl+t>')).toBe('th|e');
		expect(typed('a👩‍🚀<ctrl+t>')).toBe('👩‍🚀a|');
	});

	it('does nothing where there are no two', () => {
		expect(typed('<ctrl+t>a<ctrl+t>')).toBe('a|');
		expect(typed('x<ctrl+j>a<ctrl+t>')).toBe('x\na|');
	});
});

describe('a paste', () => {
	it('is held as it is, with LF at its line ends and without other controls', () => {
		expect(drawn(paste('one\r\ntwo\rthree\n\u001B[31m\u0085\tx'))).toBe('one\ntwo\nthree\n[31m\tx|');
	});

	it('keeps what is invisible, as it may be meant', () => {
		expect(textOf(paste('a\u200Bb\u202E'))).toBe('a\u200Bb\u202E');
	});

	it('is cut at the longest line that can be sent, and says so until the next key', () => {
		const long = paste('é'.repeat(maxDraftBytes));
		expect(Buffer.byteLength(textOf(long))).toBe(maxDraftBytes);
		expect(long.isCut).toBe(true);
		expect(composerReducer(long, {type: 'insert', text: 'x'})).toMatchObject({
			text: textOf(long),
			isCut: true,
		});
		expect(type('<left>', long).isCut).toBe(false);
		expect(paste('short', true).isCut).toBe(true);
		expect(paste('x'.repeat(maxDraftBytes)).isCut).toBe(false);
	});

	it('is never cut within a character', () => {
		expect(textOf(paste(`${'x'.repeat(maxDraftBytes - 3)}👍`))).toBe('x'.repeat(maxDraftBytes - 3));
	});
});

describe('recall', () => {
	const talked = type('one<enter>two<enter>three<enter>');

	it('goes back through what was sent, and forth to the draft that was left', () => {
		expect(typed('draft<up>', talked)).toBe('three|');
		expect(typed('draft<up><up><up><up>', talked)).toBe('one|');
		expect(typed('draft<left><up><up><down><down>', talked)).toBe('draf|t');
		expect(typed('draft<down>', talked)).toBe('draft|');
	});

	it('moves within a recalled text of several lines first', () => {
		const state = type('a<ctrl+j>b<enter>');
		expect(typed('<up>', state)).toBe('a\nb|');
		expect(typed('<up><up>', state)).toBe('a|\nb');
	});

	it('brings back what was cleared', () => {
		expect(typed('unfinished<clear>')).toBe('|');
		expect(typed('unfinished<clear><up>')).toBe('unfinished|');
	});

	it('loses neither a changed text nor the draft that was left for it', () => {
		expect(typed('draft<up>!<up>', talked)).toBe('two|');
		expect(typed('draft<up>!<up><down><down>', talked)).toBe('three!|');
		expect(typed('draft<up>!<up><down><down><down>', talked)).toBe('draft|');
		expect(typed('draft<up><enter><up><up>', talked)).toBe('draft|');
	});

	it('keeps no blank text, and none twice in a row', () => {
		expect(type('a<enter>a<enter> <enter>').history.map(({text}) => text)).toEqual(['a']);
	});

	it('keeps the last 500', () => {
		let state = emptyComposer;
		for (let count = 1; count <= 501; count++) {
			state = composerReducer(composerReducer(state, {type: 'insert', text: `${count}`}), {type: 'submit'});
		}

		expect(state.history).toHaveLength(500);
		expect(state.history.at(0)?.text).toBe('2');
		expect(state.history.at(-1)?.text).toBe('501');
	});
});

describe('a draft that is set', () => {
	it('takes the place of what was there, with the caret at its end', () => {
		expect(drawn(composerReducer(type('old'), {type: 'set', text: 'bob: '}))).toBe('bob: |');
	});
});

describe('keys of the window', () => {
	it.each([
		key('enter'),
		key('tab'),
		key('c', {ctrl: true}),
		key('pageup'),
		key('pagedown'),
		key('f1'),
		key('escape'),
	])('are left to it: $name', event => {
		expect(actionForKey(event)).toBeUndefined();
	});
});
