import fc from 'fast-check';
import {expect, test} from 'vitest';
import {sentenceRows} from '../../source/ui/rows/sentence-rows.ts';
import {sanitise} from '../../source/ui/text/sanitise.ts';
import {displayWidth} from '../../source/ui/text/width.ts';
import {foreignText} from './text/foreign-text.ts';

test.each([
	'this screen hosts others: stopping it would stop their chat',
	'nobody hosts this chat yet: what is left stays here, Enter tries again',
	'a space stands before /quit: without it, it is a command, Enter again says it',
	'a name is chosen at the start, with --name, Enter again says it',
	'this line is over 64 KiB: shorten it',
	'to whom? "carol: …" answers, /join #room is for all',
	'this terminal does not take a message: it is over 64 KiB, or the terminal has no clipboard',
])('%s', sentence => {
	for (const columns of [20, 40]) expect(sentenceRows(sentence, columns, 3)).toMatchSnapshot();
});

test('who is named by the dozen takes the key from nobody', () => {
	const names = Array.from({length: 20}, (_, index) => `a_name_as_long_as_one_can_ever_${index}`).join(', ');
	for (const columns of [20, 40, 80]) {
		const rows = sentenceRows(`nobody here is called ${names}: Enter again says it to ${names}`, columns, 3);
		expect(rows.join('')).toMatch(/nobody here.*Enter again says it/);
		expect(rows).toHaveLength(3);
	}
});

test('whatever it says, it has as many rows as it may have, none too wide', () => {
	const sentence = fc.tuple(foreignText, foreignText).map(parts => sanitise(parts.join(': Enter ')));
	fc.assert(
		fc.property(
			sentence,
			fc.integer({min: 1, max: 60}),
			fc.integer({min: 2, max: 3}),
			(text, columns, max) => {
				const rows = sentenceRows(text, columns, max);
				expect(rows.length).toBeLessThanOrEqual(max);
				for (const row of rows) expect(displayWidth(row)).toBeLessThanOrEqual(Math.max(2, columns));
			},
		),
	);
});
