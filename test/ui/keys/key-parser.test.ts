import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {KeyEvent} from '../../../source/ui/keys/key-event.ts';
import {KeyParser} from '../../../source/ui/keys/key-parser.ts';
import {maxPasteBytes} from '../../../source/ui/keys/paste-collector.ts';

/** An event as a person would write it down: `"text"`, `ctrl+left`, `paste("…")`. */
function write(event: KeyEvent): string {
	switch (event.type) {
		case 'text':
			return JSON.stringify(event.text);
		case 'paste':
			return `paste(${JSON.stringify(event.text)})${event.isCut ? ' cut' : ''}`;
		case 'focus':
			return event.isFocused ? 'focused' : 'unfocused';
		case 'key':
			return `${event.ctrl ? 'ctrl+' : ''}${event.alt ? 'alt+' : ''}${event.shift ? 'shift+' : ''}${event.name}`;
	}
}

/** What a parser makes of these reads, one after the other; `null` is a pause, after which the caller flushes. */
function parse(...reads: readonly (string | Uint8Array | null)[]): string {
	const parser = new KeyParser();
	return reads
		.flatMap(read => (read === null ? parser.flush() : parser.push(Buffer.from(read))))
		.map(write)
		.join(' ');
}

const isPendingAfter = (text: string): boolean => {
	const parser = new KeyParser();
	parser.push(Buffer.from(text));
	return parser.isPending;
};

describe('what is typed', () => {
	it('is taken apart when several keys come in one read', () => {
		expect(parse('hello\rworld\t\u007F')).toBe('"hello" enter "world" tab backspace');
	});

	it('keeps characters whole that are cut over reads', () => {
		const bytes = Buffer.from('é漢👩‍🚀');
		for (let cut = 1; cut < bytes.length; cut++) {
			const events = parse(bytes.subarray(0, cut), bytes.subarray(cut));
			expect(events.replaceAll('" "', '')).toBe('"é漢👩‍🚀"');
		}
	});

	it('becomes keys where it is a control character', () => {
		expect(parse('\u0000\u0001\u001A\u001F')).toBe('ctrl+space ctrl+a ctrl+z ctrl+_');
		expect(parse('\n')).toBe('ctrl+j');
		expect(parse('\u0008')).toBe('ctrl+h');
	});

	it('shows broken bytes as such, and goes on behind them', () => {
		expect(parse(Uint8Array.of(0xff, 0x61, 0xc3, 0x0d))).toBe('"\uFFFDa\uFFFD" enter');
	});
});

describe('Escape', () => {
	it('is a key when nothing follows', () => {
		expect(isPendingAfter('\u001B')).toBe(true);
		expect(parse('\u001B', null)).toBe('escape');
		expect(parse('\u001B\u001B', null)).toBe('escape escape');
	});

	it('makes Alt of the key that follows', () => {
		expect(parse('\u001Bb')).toBe('alt+b');
		expect(parse('\u001B', 'b')).toBe('alt+b');
		expect(parse('\u001BB\u001Bé\u001B1')).toBe('alt+shift+b alt+é alt+1');
		expect(parse('\u001B\r\u001B\u007F\u001B\u0001')).toBe('alt+enter alt+backspace ctrl+alt+a');
	});

	it('and then a letter after a pause are two keys', () => {
		expect(parse('\u001B', null, 'b')).toBe('escape "b"');
	});

	it('makes Alt also of what would open a sequence, when nothing follows', () => {
		expect(parse('\u001B]', null, 'a')).toBe('alt+] "a"');
		expect(parse('\u001BO', null, 'a')).toBe('alt+shift+o "a"');
		expect(parse('\u001B[', null, 'a')).toBe('"a"');
	});
});

describe('sequences of keys', () => {
	it.each([
		['\u001B[A', 'up'],
		['\u001BOB', 'down'],
		['\u001B[H', 'home'],
		['\u001B[1~', 'home'],
		['\u001B[7~', 'home'],
		['\u001B[F', 'end'],
		['\u001B[4~', 'end'],
		['\u001B[2~', 'insert'],
		['\u001B[3~', 'delete'],
		['\u001B[5~', 'pageup'],
		['\u001B[6~', 'pagedown'],
		['\u001B[Z', 'shift+tab'],
		['\u001B[1;5C', 'ctrl+right'],
		['\u001B[1;3D', 'alt+left'],
		['\u001B[1;2A', 'shift+up'],
		['\u001B[3;5~', 'ctrl+delete'],
		['\u001BOP', 'f1'],
		['\u001B[11~', 'f1'],
		['\u001B[[A', 'f1'],
		['\u001B[15~', 'f5'],
		['\u001B[[E', 'f5'],
		['\u001B[24~', 'f12'],
		['\u001B[34~', 'f20'],
		['\u001B[1;5P', 'ctrl+f1'],
		['\u001BO5P', 'ctrl+f1'],
		['\u001BOR', 'f3'],
		['\u001B[a', 'shift+up'],
		['\u001BOc', 'ctrl+right'],
		['\u001B[7^', 'ctrl+home'],
		['\u001B[3$', 'shift+delete'],
		['\u001B[3@', 'ctrl+shift+delete'],
		['\u001B\u001B[D', 'alt+left'],
		['\u001BOM', 'enter'],
		['\u001BOp', '"0"'],
		['\u001B[27;5;13~', 'ctrl+enter'],
		['\u001B[27;2;65~', '"A"'],
		['\u001B[13;2u', 'shift+enter'],
		['\u001B[13;3u', 'alt+enter'],
		['\u001B[27u', 'escape'],
		['\u001B[97;5u', 'ctrl+a'],
		['\u001B[97:65;2;65u', '"A"'],
		['\u001B[97;1:3u', ''],
		['\u001B[228u', '"ä"'],
		['\u001B[57414u', 'enter'],
		['\u001B[57441;2u', ''],
		['\u009B1;5C', 'ctrl+right'],
	])('%j is %s', (bytes, event) => {
		expect(parse(bytes)).toBe(event);
		expect(isPendingAfter(bytes)).toBe(false);
	});

	it('wait for their rest, and lose it rather than type it', () => {
		expect(isPendingAfter('\u001B[1;')).toBe(true);
		expect(parse('\u001B[1;', '5C')).toBe('ctrl+right');
		expect(parse('\u001B[1;', null, '5C', 'a')).toBe('ctrl+right "a"');
	});

	it('that break off do not swallow the key behind them', () => {
		expect(parse('\u001B[1;\r')).toBe('enter');
		expect(parse('\u001B[\u001B[A')).toBe('up');
		expect(parse('\u001BO\u0003')).toBe('ctrl+c');
	});
});

/** What terminals answer, or report without being asked. */
const replies = [
	'\u001B[?62;22;52c',
	'\u001B[>1;95;0c',
	'\u001B[12;40R',
	'\u001B[?12;40;1R',
	'\u001B[0n',
	'\u001B[?2026;2$y',
	'\u001B[4;1$y',
	'\u001B[?1u',
	'\u001B[8;24;80t',
	'\u001B[<0;10;20M',
	'\u001B[<35;10;20m',
	'\u001B[M !!',
	'\u001B[32;10;20M',
	'\u001B[?997;1n',
	'\u001B[?1Z',
	'\u001B]11;rgb:1e1e/1e1e/1e1e\u0007',
	'\u001B]10;rgb:ffff/ffff/ffff\u001B\\',
	'\u001B]4;1;rgb:cdcd/0000/0000\u0007',
	'\u001B]52;c;aGVsbG8=\u001B\\',
	'\u001BP1+r544e=787465726d\u001B\\',
	'\u001BP>|kitty(0.40)\u001B\\',
	'\u001BP1$r0m\u001B\\',
	'\u001B_Gi=31;OK\u001B\\',
	'\u001B^private\u001B\\',
	'\u001BXstart\u001B\\',
	'\u009D11;rgb:0/0/0\u009C',
];

it('tells when the terminal gets the keyboard or loses it, wherever that is cut', () => {
	expect(parse('a\u001B[Ob\u001B[Ic')).toBe('"a" unfocused "b" focused "c"');
	expect(parse('\u001B[', 'I', '\u009BO')).toBe('focused unfocused');
	expect(parse('\u001B', '[O')).toBe('unfocused');
	// As the end of something longer it is something else.
	expect(parse('\u001B[1I', '\u001B[?O')).toBe('');
});

describe('a reply of the terminal', () => {
	it.each(replies)('such as %j is skipped', reply => {
		expect(parse(`a${reply}b`)).toBe('"ab"');
	});

	it.each(replies)('such as %j is skipped wherever it is cut', reply => {
		const bytes = Buffer.from(reply);
		for (let cut = 1; cut < bytes.length; cut++) {
			expect(parse(bytes.subarray(0, cut), bytes.subarray(cut), 'b')).toBe('"b"');
		}
	});

	it('is skipped too when its second half comes after a pause', () => {
		for (const reply of replies.filter(text => /^\u001B(?:[\]P_]|\[[?>])/.test(text))) {
			for (let cut = 3; cut < reply.length; cut++) {
				expect(parse(reply.slice(0, cut), null, reply.slice(cut), 'b')).toBe('"b"');
			}
		}
	});

	it('is skipped too when its ESC came alone, which then was a key by mistake', () => {
		expect(parse('\u001B', null, '[?62;22c', 'b')).toBe('escape "b"');
		expect(parse('\u001B', null, ']11;rgb:0/0/0\u0007', 'b')).toBe('escape "b"');
	});

	it('without an end is skipped until a pause, and then the keyboard works again', () => {
		const reply = `\u001B]52;c;${'A'.repeat(100_000)}`;
		expect(isPendingAfter(reply)).toBe(true);
		expect(parse(reply, 'AAAA', null, 'h', 'i\r')).toBe('"h" "i" enter');
	});
});

describe('a paste', () => {
	const paste = (text: string) => `\u001B[200~${text}\u001B[201~`;

	it('comes as one event, its line ends and sequences as they are', () => {
		expect(parse(`a${paste('x\r\ny\rz\n\u001B[31m\u001B[201')}b`)).toBe(
			'"a" paste("x\\r\\ny\\rz\\n\\u001b[31m\\u001b[201") "b"',
		);
	});

	it('ends at its marker wherever that is cut', () => {
		const bytes = Buffer.from(paste('é\u001B\u001B[20'));
		for (let cut = 1; cut < bytes.length; cut++) {
			expect(parse(bytes.subarray(0, cut), bytes.subarray(cut), '\r')).toBe(
				'paste("é\\u001b\\u001b[20") enter',
			);
		}
	});

	it('does not end at a pause', () => {
		expect(parse('\u001B[200~one\r', null, 'two\u001B[201~')).toBe('paste("one\\rtwo")');
		expect(isPendingAfter('\u001B[200~one\r')).toBe(false);
	});

	it('is kept up to its bound, and says so', () => {
		const parser = new KeyParser();
		const chunk = Buffer.from('ab\r\n'.repeat(64 * 1024));
		parser.push(Buffer.from('\u001B[200~'));
		for (let count = 0; count < 8; count++) {
			expect(parser.push(chunk)).toEqual([]);
		}

		const [event] = parser.push(Buffer.from('\u001B[201~'));
		expect(event).toMatchObject({type: 'paste', isCut: true});
		expect(event?.type === 'paste' && event.text.length).toBe(maxPasteBytes);
		expect(parser.push(Buffer.from('x'))).toEqual([{type: 'text', text: 'x'}]);
	});

	it('leaves nothing behind when its end marker comes alone', () => {
		expect(parse('\u001B[201~x')).toBe('"x"');
	});
});

/** Events without the borders that reads give to text. */
const joined = (events: readonly KeyEvent[]): KeyEvent[] => {
	const all: KeyEvent[] = [];
	for (const event of events) {
		const last = all.at(-1);
		if (last?.type === 'text' && event.type === 'text') {
			all[all.length - 1] = {type: 'text', text: last.text + event.text};
		} else {
			all.push(event);
		}
	}

	return all;
};

const streams = fc
	.array(
		fc.oneof(
			fc.constantFrom(
				...replies,
				'\u001B',
				'\u001B[',
				'\u001B]',
				'\u001BP',
				'\u001B[200~',
				'\u001B[201~',
				'\u0007',
			),
			fc.constantFrom(
				'\u001B[1;5C',
				'\u001BOP',
				'\u001B[[A',
				'\u001B\u001B',
				'é',
				'漢',
				'👍',
				'abc',
				'\r',
				'\u009B',
				'1',
				';',
			),
			fc.uint8Array({maxLength: 5}),
		),
		{maxLength: 12},
	)
	.map(parts => Buffer.concat(parts.map(part => Buffer.from(part))));

const cutAt = (bytes: Buffer, places: readonly number[]): Buffer[] => {
	const cuts = [
		0,
		...places.map(place => place % (bytes.length + 1)).toSorted((a, b) => a - b),
		bytes.length,
	];
	return cuts.slice(1).map((end, index) => bytes.subarray(cuts[index], end));
};

describe('any stream of bytes', () => {
	it('gives the same events wherever it is cut', () => {
		fc.assert(
			fc.property(streams, fc.array(fc.nat(), {maxLength: 6}), (bytes, places) => {
				const whole = new KeyParser().push(bytes);
				const parser = new KeyParser();
				const events = cutAt(bytes, places).flatMap(chunk => parser.push(chunk));
				expect(joined(events)).toEqual(joined(whole));
			}),
			{numRuns: 2000},
		);
	});

	it('gives the same events byte by byte', () => {
		fc.assert(
			fc.property(streams, bytes => {
				const parser = new KeyParser();
				const events = [...bytes].flatMap(byte => parser.push(Uint8Array.of(byte)));
				expect(joined(events)).toEqual(joined(new KeyParser().push(bytes)));
			}),
			{numRuns: 500},
		);
	});

	it('never becomes text with control characters, also with pauses in it', () => {
		fc.assert(
			fc.property(fc.array(fc.option(streams), {maxLength: 6}), reads => {
				const parser = new KeyParser();
				const events = reads.flatMap(read => (read ? parser.push(read) : parser.flush()));
				for (const event of events) {
					if (event.type === 'text') expect(event.text).toMatch(/^\P{Cc}+$/u);
					if (event.type === 'key') expect(event.name).toMatch(/^(?:\P{Cc}|[a-z]+|f\d+)$/u);
				}
			}),
			{numRuns: 1000},
		);
	});

	it('leaves nothing pending after a flush', () => {
		fc.assert(
			fc.property(streams, bytes => {
				const parser = new KeyParser();
				parser.push(bytes);
				parser.flush();
				expect(parser.isPending).toBe(false);
			}),
		);
	});
});

it('a paste without an end can be ended, and the keys work again', () => {
	const parser = new KeyParser();
	expect(parser.push(Buffer.from('\x1b[200~lost'))).toEqual([]);
	expect(parser.isPasting).toBe(true);

	expect(parser.endPaste()).toEqual([{type: 'paste', text: 'lost', isCut: false}]);
	expect(parser.push(Buffer.from('\x03'))).toMatchObject([{type: 'key', name: 'c', ctrl: true}]);
	expect(parser.endPaste()).toEqual([]);
});
