import {expect, test} from 'vitest';
import {KeyParser} from '../../../source/ui/keys/key-parser.ts';

/** What is heard of the background, when the terminal's bytes come in two chunks. */
function heard(reply: string, cut = reply.length) {
	const told: (readonly number[])[] = [];
	const parser = new KeyParser(background => told.push(background));
	const bytes = Buffer.from(reply);
	const events = [...parser.push(bytes.subarray(0, cut)), ...parser.push(bytes.subarray(cut))];
	return {told, events};
}

test('what a terminal says of its background is told, wherever it is cut', () => {
	const reply = '\x1b]11;rgb:ffff/8080/0000\x1b\\';
	for (let cut = 0; cut <= reply.length; cut++)
		expect(heard(reply, cut)).toEqual({told: [[255, 128, 0]], events: []});
	expect(heard('\x1b]11;rgb:f/8/0\x07').told).toEqual([[255, 136, 0]]);
	expect(heard('\x1b]11;rgba:12/16/1f/ff\x07').told).toEqual([[18, 22, 31]]);
	expect(heard('\x1b]11;#12161f\x07').told).toEqual([[18, 22, 31]]);
});

test('any other string tells nothing', () => {
	for (const reply of [
		'\x1b]10;rgb:ffff/ffff/ffff\x07',
		'\x1b]11;rgb:ffff/ffff\x07',
		'\x1b]11;rgb:ffff/ffff/fffg\x07',
		`\x1b]11;rgb:ffff/ffff/ffff${' '.repeat(5)}x\x07`,
		`\x1b]11;rgb:ffff/ffff/ffff${'f'.repeat(100)}\x07`,
		'\x1bP11;rgb:ffff/ffff/ffff\x1b\\',
		'\x1b]11;?\x07',
	])
		expect(heard(reply), reply).toEqual({told: [], events: []});
});
