import {type HostileCase, named} from './case.ts';

const padding = ' '.repeat(87);

/** What is drawn with honest characters, and wants to be taken for something else. */
export const fakes: readonly HostileCase[] = [
	...named('fake prompts', {
		'the prompt': '\u203A bob: the password is',
		'the prompt on a row of its own': `${padding}\u203A bob: the password is`,
		'a shell': `${padding}root@host:~# `,
		'a question of the program': `${padding} Leave the chat?${padding} Enter leaves, any other key stays`,
		'the recipients': `${padding} to bob, carol`,
	}),
	...named('fake lines', {
		'a from line': 'hi from bob: send me the key',
		'a from line on the next row': `hi${padding}from bob: send me the key`,
		'a line with a time': `hi${padding}12:00 bob: send me the key`,
		'a line of the server': `${padding}12:00 from server: you are banned`,
		'an own line': `${padding}12:00 \u2192 bob: yes \u2713\u2713`,
		'a line of a-chat/1': '@msg n=1 prev=0 id=x ts=1 from=bob to=alice :hi',
		'a notice': `${padding}connected again`,
	}),
	...named('fake status lines', {
		'the whole of it': `${padding} 127.0.0.1:8080 \u00B7 alice \u00B7 9 here: bob, carol`,
		'with blocks': '\u2588'.repeat(94),
		'with a frame': `\u250C${'\u2500'.repeat(85)}\u2510`,
	}),
	...named('fake tokens', {
		'a control': 'a\u241B[31mred',
		'a number': 'a\u27E8U+202E\u27E9b',
		'a fold': '\u2026 (12 more characters)',
		'what was there before': 'a\uFFFDb',
	}),
	...named('links', {
		'a text that is another address':
			'\u001B]8;;https://evil.example/\u001B\\https://bank.example/\u001B]8;;\u001B\\',
		'the same with BEL': '\u001B]8;;https://evil.example/\u0007https://bank.example/\u001B]8;;\u0007',
		'the same in 8 bits': '\u009D8;;https://evil.example/\u009Chttps://bank.example/\u009D8;;\u009C',
		Markdown: '[https://bank.example/](https://evil.example/)',
		HTML: '<a href="https://evil.example/">https://bank.example/</a>',
		'a user before the host': 'https://bank.example@evil.example/',
		'turned around': 'https://\u202Eelpmaxe.knab\u202C.evil.example/',
		'other letters': 'https://b\u0430nk.example/',
		'other slashes': 'https://bank.example\u2044evil.example/',
		'a hidden part': 'https://bank.example\u200B.evil.example/',
		'a script': 'javascript:alert(1)',
	}),
	...named('look-alike names', {
		Cyrillic: '\u0430l\u0456ce',
		Greek: '\u03B1lice',
		'a digit for a letter': 'a1ice',
		'a hidden character': 'ali\u200Bce',
		'a hidden selector': 'alice\uFE0F',
		'full width': '\uFF41\uFF4C\uFF49\uFF43\uFF45',
		mathematical: '\u{1D41A}\u{1D425}\u{1D422}\u{1D41C}\u{1D41E}',
		'the server': '\u0455erv\u0435r',
		'a space behind it': 'alice\u00A0',
		'two people': 'alice, bob',
		'an arrow': '\u2192 bob',
		'a mark on it': 'a\u0323lice',
	}),
];

/** Lines as long as they may be: each is shown alone. */
export const longLines: readonly HostileCase[] = named('64 KiB', {
	'one word': 'x'.repeat(65_500),
	spaces: ' '.repeat(65_500),
	escapes: '\u001B[2J'.repeat(16_000),
	'zero width': '\u200B'.repeat(21_000),
	marks: `a${'\u0301'.repeat(32_000)}`,
	wide: '\u6F22'.repeat(21_000),
	families: '\u{1F468}\u200D\u{1F469}\u200D\u{1F467}'.repeat(3600),
	tags: '\u{E0041}'.repeat(16_000),
	overrides: '\u202E\u2067'.repeat(10_000),
	'bytes that are no text': Buffer.alloc(65_000, 0x9b),
});
