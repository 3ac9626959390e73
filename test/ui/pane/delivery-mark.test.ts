import {expect, test} from 'vitest';
import type {ChatLine, Told} from '../../../source/chat/chat-line.ts';
import {deliveryMark} from '../../../source/ui/pane/delivery-mark.ts';
import {own} from './lines.ts';

const mark = (
	told: Readonly<Record<string, Told>>,
	columns = 80,
	delivery: 'accepted' | 'waiting' = 'accepted',
) => deliveryMark(own('hi', delivery, Object.keys(told), told) as ChatLine & {kind: 'own'}, columns);

test('an own line says who has it and who does not, until everybody has', () => {
	expect(mark({}, 80, 'waiting')).toBe('… waiting');
	expect(mark({})).toBe('✓');
	expect(mark({bob: 'queued'})).toBe('✓ bob: not yet');
	expect(mark({bob: 'delivered', carol: 'sent', dave: 'queued'})).toBe('✓ bob, carol · dave: not yet');
	expect(mark({bob: 'delivered', carol: 'queued', dave: 'absent'})).toBe(
		'✓ bob · carol: not yet · dave: no such name, not kept',
	);
	expect(mark({bob: 'delivered', carol: 'sent'})).toBe('✓✓');
	expect(mark({bbo: 'absent'})).toBe('✗ bbo: no such name, not kept');
});

test('two ticks wait for what is told of everybody, however their names are written', () => {
	const line = (to: string[]) =>
		({...own('hi', 'accepted', to, {bob: 'delivered'}), kind: 'own'}) as ChatLine & {kind: 'own'};
	expect(deliveryMark(line(['bob', 'carol']), 80)).toBe('✓ bob');
	expect(deliveryMark(line(['BOB']), 80)).toBe('✓✓');
	// Who of a room has it nobody tells.
	expect(deliveryMark(line(['BOB', '#dev']), 80)).toBe('✓ bob');
	expect(deliveryMark(line(['BOB', '#dev']), 20)).toBe('✓');
});

test('many names are counted, and so are few in a narrow window', () => {
	const names = Array.from({length: 20}, (_, index) => `p${index}`);
	const told = Object.fromEntries(
		names.map((name, index) => [name, index < 12 ? 'delivered' : 'queued'] as const),
	);

	expect(mark(told, 120)).toBe('✓ p0, p1, p2 and 9 others · p12, p13, p14 and 5 others: not yet');
	expect(mark(told, 80)).toBe('✓ 12 of 20');
	expect(mark({...told, dave: 'absent'}, 40)).toBe('✓ 12 of 21 · dave: no such name, not kept');
});

test('in a window that has no room for words there are none', () => {
	expect(mark({}, 20, 'waiting')).toBe('…');
	expect(mark({bob: 'queued'}, 20)).toBe('✓');
	expect(mark({bob: 'queued', carol: 'sent'}, 39)).toBe('✓ 1/2');
	expect(mark({bob: 'delivered', carol: 'absent'}, 20)).toBe('✗ no carol');
	expect(mark({bob: 'delivered'}, 20)).toBe('✓✓');
});

test('who looks like somebody else is marked, since that is who has it', () => {
	const line = own('hi', 'accepted', ['bob', 'b\u043eb'], {bob: 'queued', 'b\u043eb': 'delivered'});
	const alike = new Map([['b\u043eb', 'bob']]);
	expect(deliveryMark(line as ChatLine & {kind: 'own'}, 80, alike)).toBe('✓ ≈b\u043eb · bob: not yet');
});

test('what a name means for the terminal is shown', () => {
	expect(mark({'b\x07b': 'queued'})).toBe('✓ b␇b: not yet');
});
