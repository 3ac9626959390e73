import fc from 'fast-check';
import {expect, it} from 'vitest';
import {joinLines, splitLines} from '../../../source/protocol/extended/lines-in-text.ts';
import {wildText} from './arbitrary-lines.ts';

it('several lines travel in one and come back as they were', () => {
	expect(joinLines('50 %\n100 %0A')).toBe('50 %25%0A100 %250A');
	fc.assert(
		fc.property(wildText, text => {
			expect(joinLines(text)).not.toContain('\n');
			expect(splitLines(joinLines(text))).toBe(text);
		}),
	);
});

it.each(['%', '%0a', '%20', 'a%2', '%0D'])('any other escape is none: %s', raw => {
	expect(splitLines(raw)).toBeUndefined();
});
