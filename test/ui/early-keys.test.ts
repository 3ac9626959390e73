import {expect, test} from 'vitest';
import {EarlyKeys} from '../../source/ui/early-keys.ts';
import type {KeyEvent} from '../../source/ui/keys/key-event.ts';
import {KeyParser} from '../../source/ui/keys/key-parser.ts';

const describe = (event: KeyEvent): string =>
	event.type === 'key' ? `<${event.name}>` : 'text' in event ? event.text : '';

function type(bytes: string, keys: EarlyKeys): void {
	for (const event of new KeyParser().push(Buffer.from(bytes))) keys.handle(event);
}

test('a draft is written at once, and what sends it waits with all behind it', () => {
	const handled: string[] = [];
	const keys = new EarlyKeys(event => handled.push(describe(event)));
	type('hi\u007F\u001B[D', keys);
	expect(handled.join('')).toBe('hi<backspace><left>');
	type('\rmore\r', keys);
	expect(handled.join('')).toBe('hi<backspace><left>');

	keys.release();
	expect(handled.join('')).toBe('hi<backspace><left><enter>more<enter>');
	type('x\r', keys);
	expect(handled.join('')).toBe('hi<backspace><left><enter>more<enter>x<enter>');
});

test('a modified key is no key for the draft', () => {
	const handled: string[] = [];
	const keys = new EarlyKeys(event => handled.push(describe(event)));
	type('\u0003\u001B[1;5Dx', keys);

	expect(handled).toEqual([]);
});
