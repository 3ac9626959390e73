import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {type ComposerAction, composerReducer, emptyComposer} from '../../../source/ui/composer/composer.ts';
import {graphemes} from '../../../source/ui/text/graphemes.ts';

const piece = fc.constantFrom(
	'a',
	'b ',
	'é',
	'e\u0301',
	'\u0301',
	'漢',
	'👩‍🚀',
	'\u{1F1E9}',
	'\u200D',
	'\n',
	'क्',
	'ष',
	'한',
	'\u1100',
);
const text = fc.array(piece, {maxLength: 4}).map(pieces => pieces.join(''));

const moves = ['left', 'right', 'word-left', 'word-right', 'line-start', 'line-end'] as const;
const kills = ['line-start', 'line-end', 'word-start', 'word-end', 'blank-word-start'] as const;

const action: fc.Arbitrary<ComposerAction> = fc.oneof(
	{weight: 4, arbitrary: text.map(inserted => ({type: 'insert', text: inserted}) as const)},
	text.map(pasted => ({type: 'paste', text: `${pasted}\r\n`, isCut: false}) as const),
	{weight: 4, arbitrary: fc.constantFrom(...moves).map(to => ({type: 'move', to}) as const)},
	{
		weight: 2,
		arbitrary: fc
			.constantFrom('backward', 'forward')
			.map(direction => ({type: 'delete', direction}) as const),
	},
	fc.constantFrom(...kills).map(to => ({type: 'kill', to}) as const),
	fc.constantFrom('yank', 'transpose', 'up', 'down', 'clear', 'submit').map(type => ({type}) as const),
	fc.constant({type: 'complete', candidates: ['alice', 'bob']} as const),
);

/** Texts of characters that join nothing: each is a cluster of its own, so that a list of them is the whole truth. */
const letters = fc.string({unit: fc.constantFrom('a', 'b', ' ', '漢', '\n'), maxLength: 5});

/** The borders of the clusters of a text, as the slow and sure way finds them. */
function bordersOf(draft: string): number[] {
	const borders = [0];
	for (const cluster of graphemes(draft)) borders.push((borders.at(-1) ?? 0) + cluster.length);
	return borders;
}

describe('a composer', () => {
	it('has its caret on a border of characters after any keys', () => {
		fc.assert(
			fc.property(fc.array(action, {maxLength: 40}), actions => {
				let state = emptyComposer;
				for (const next of actions) {
					state = composerReducer(state, next);
					expect(bordersOf(state.text)).toContain(state.caret);
				}
			}),
			{numRuns: 1000},
		);
	});

	it('holds what a plain list of characters would hold', () => {
		const step = fc.oneof(
			letters.map(inserted => ({type: 'insert', text: inserted}) as const),
			fc.constantFrom('left', 'right').map(to => ({type: 'move', to}) as const),
			fc.constantFrom('backward', 'forward').map(direction => ({type: 'delete', direction}) as const),
		);
		fc.assert(
			fc.property(fc.array(step, {maxLength: 40}), steps => {
				let state = emptyComposer;
				const characters: string[] = [];
				let caret = 0;
				for (const next of steps) {
					state = composerReducer(state, next);
					if (next.type === 'insert') {
						characters.splice(caret, 0, ...next.text);
						caret += next.text.length;
					} else if (next.type === 'move') {
						caret += next.to === 'left' ? -1 : 1;
						caret = Math.max(0, Math.min(caret, characters.length));
					} else if (next.direction === 'forward') {
						characters.splice(caret, 1);
					} else if (caret > 0) {
						caret--;
						characters.splice(caret, 1);
					}

					expect(state).toMatchObject({text: characters.join(''), caret});
				}
			}),
			{numRuns: 500},
		);
	});

	it('brings back by Ctrl+Y exactly what a kill took', () => {
		const move = fc.constantFrom(...moves).map(to => ({type: 'move', to}) as const);
		fc.assert(
			fc.property(letters, fc.array(move), fc.constantFrom(...kills), (start, steps, to) => {
				const before = [{type: 'set', text: start} as const, ...steps].reduce(composerReducer, emptyComposer);
				const after = composerReducer(before, {type: 'kill', to});
				const back = composerReducer(after, {type: 'yank'});
				expect(back.text).toBe(before.text);
				expect(after.text.length + after.killed.length).toBe(before.text.length);
			}),
		);
	});
});
