import {expect, test} from 'vitest';
import {chipRow, chipsOf} from '../../source/ui/rows/recipient-chips.ts';
import {displayWidth} from '../../source/ui/text/width.ts';
import {plainTheme, type Theme} from '../../source/ui/theme.ts';

const people = new Map(
	(
		[
			['bob', 'here'],
			['carol', 'away'],
		] as const
	).map(([login, state]) => [login, {login, state}]),
);
const known = {seen: ['nc'], people, isConnected: true, lookAlikes: new Map(), waiting: new Set<string>()};

/** Says what stands out. */
const theme: Theme = {...plainTheme, warning: text => `<${text}>`, strong: text => `+${text}`};

function row(to: readonly string[], more: Partial<Parameters<typeof chipsOf>[1]> = {}, columns = 80): string {
	const chips = chipsOf(to, {...known, ...more});
	return chipRow({chips, lead: ' to ', rest: [', 2 lines', 'bob is writing'], columns, theme});
}

test('each recipient stands there with how it stands with it, and a wrong one stands out', () => {
	expect(row(['bob', 'carol', 'dave', '#dev'])).toBe(
		' to +[bob] [carol away] <[dave not here]> +[#dev], 2 lines · bob is writing',
	);
});

test('where nobody tells who is here it is said who never spoke', () => {
	expect(row(['nc', 'dave'], {people: undefined})).toContain('+[nc] [dave never seen]');
	expect(row(['nc', 'dave'], {people: undefined, isConnected: false})).toContain('to [nc] [dave],');
});

test('for whom a line waits is said, and who looks like somebody else', () => {
	expect(row(['bob', 'dave'], {waiting: new Set(['bob', 'dave'])})).toContain(
		'+[bob waiting] <[dave not here waiting]>',
	);
	expect(row(['bob'], {lookAlikes: new Map([['bob', 'b0b']])})).toContain('<[≈bob not b0b]>');
});

test('in a narrow window those come first with which something is wrong, and nothing is wider than it', () => {
	expect(row(['bob', 'carol', 'dave'], {}, 24)).toBe(' to <[dave not here]> +[bo…');
	for (let columns = 1; columns < 80; columns++) {
		const plain = row(['bob', '山田', 'carol', 'dave'], {}, columns).replace(/[<>+]/g, '');
		expect(displayWidth(plain)).toBeLessThanOrEqual(columns);
	}
});
