import {type HostileCase, named, numberOf, range} from './case.ts';

const lineFeed = 0x0a;

/** Single controls, in each form in which a terminal may know them. */
export const controls: readonly HostileCase[] = [
	...[...range(0, 0x1f), 0x7f]
		.filter(value => value !== lineFeed)
		.flatMap(value => named('C0', {[numberOf(value)]: `a${String.fromCharCode(value)}b`})),
	...range(0x80, 0x9f).flatMap(value => [
		...named('C1', {[numberOf(value)]: `a${String.fromCharCode(value)}b;c`}),
		...named('C1 in 7 bits', {[numberOf(value)]: `a\u001B${String.fromCharCode(value - 0x40)}b;c`}),
		...named('C1 as a byte', {[numberOf(value)]: Buffer.from([0x61, value, 0x31, 0x6d])}),
	]),
	...named('line ends', {
		'a return over the name': 'good\rfrom bob: evil',
		'a return at the end': 'over the time\r',
		'next line': 'a\u0085b',
		'line separator': 'a\u2028b',
		'paragraph separator': 'a\u2029b',
		'vertical tab and form feed': 'a\u000Bb\u000Cc',
		'many backspaces': `a${'\b'.repeat(90)}b`,
		'many tabs': `a${'\t'.repeat(60)}b`,
	}),
];
