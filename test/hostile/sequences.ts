import {type HostileCase, named, range} from './case.ts';

const esc = '\u001B';
const csi7 = `${esc}[`;
const csi8 = '\u009B';
const bell = '\u0007';
const st7 = `${esc}\\`;
const st8 = '\u009C';

/** Control sequences that change something which the next frame would not put right. */
const modes = (
	'?1049l ?47h ?1047l ?1048h ?25l ?12h ?7h ?5h ?6h ?69h ?3h ?40h ?66h ?1h ?9h ?1000h ?1002h ?1003h ?1004h ?1005h ' +
	'?1006h ?1015h ?1016h ?1007h ?2004l ?2026h ?2026l ?2027h ?2031h ?2048h ?9001h ?1070h ?80h ?8452h 4h 20h 12h 2l ' +
	'!p 2;5r r 3g 0g 5W ?5W 6n 5n ?6n ?15n ?25n c >c =c >q x $p ?2026$p 1;1$p 14t 18t 20t 21t 22;0t 23;0t 2t 8;1;1t ' +
	'9;1t 3;0;0t 2SPq SP@ >4;2m >1u <u =1u ?u >4n 61"p 1"q 1$} 1$~ 1*x 2*{ ?996n ?1$r 1;1;1;1;42$r #p #q 5i 4i ?5i s u'
)
	.split(' ')
	.map(sequence => sequence.replace('SP', ' '));

const colours =
	'0 1 2 3 4 4:3 5 6 7 8 9 21 31 38;5;196 38;2;255;0;0 38:2::1:2:3 41 48;2;9;9;9 51 53 58;5;1 73 91 107';

const operatingSystem = [
	'0;owned',
	'1;icon',
	'2;title',
	'3;X=1',
	'4;1;rgb:ff/00/00',
	'4;1;?',
	'5;0;red',
	'7;file:///etc',
	'8;;http://evil.example/',
	'8;id=1;file:///etc/passwd',
	'9;notice',
	'9;4;1;50',
	'10;#ff0000',
	'11;?',
	'12;red',
	'13;red',
	'17;red',
	'22;wait',
	'50;font',
	'52;c;b3duZWQ=',
	'52;c;?',
	'66;s=7;big',
	'99;;notice',
	'104',
	'110',
	'111',
	'112',
	'133;C',
	'555;flash',
	'633;E;rm',
	'777;notify;a;b',
	'1337;File=inline=1:AAAA',
	'1337;SetUserVar=a=b',
	'5522;type=read;',
	'l title',
	'P1ff0000',
];

const strings: Readonly<Record<string, string>> = {
	'DCS of termcap': 'P+q544e',
	'DCS of a setting': 'P$qr',
	'DCS of a sixel': 'Pq#0;2;0;0;0#0!9~-',
	'DCS of keys': 'P0;1|17/0a',
	'DCS through tmux': `Ptmux;${esc}${csi7}2J`,
	'DCS of GNU screen': `P${csi7}2J`,
	'DCS of a synchronised update': 'P=1s',
	'DCS of a glyph': 'P1;1;1{@?',
	'APC of a picture': '_Ga=T,f=24,s=1,v=1;AAAA',
	'APC of a file': '_Gt=f,a=T;L2V0Yy9wYXNzd2Q=',
	SOS: 'Xsome text',
	PM: '^some text',
	'a title of GNU screen': 'kowned',
};

const eightBits: Readonly<Record<string, string>> = {
	P: '\u0090',
	X: '\u0098',
	'^': '\u009E',
	_: '\u009F',
};

/** Escape sequences: all final bytes, all that change something for good, in seven and in eight bits. */
export const sequences: readonly HostileCase[] = [
	...range(0x40, 0x7e).flatMap(value => {
		const final = String.fromCharCode(value);
		return [
			...named('CSI', {[final]: `a${csi7}3;5${final}b`}),
			...named('CSI in 8 bits', {[final]: `a${csi8}2${final}b`}),
		];
	}),
	...modes.flatMap((sequence, index) =>
		named('modes and questions', {[sequence]: `a${index % 3 === 2 ? csi8 : csi7}${sequence}b`}),
	),
	...colours.split(' ').flatMap(colour => named('SGR', {[colour]: `a${csi7}${colour}mred`})),
	...operatingSystem.flatMap((text, index) => {
		const end = [bell, st7, st8][index % 3];
		return [
			...named('OSC', {[text]: `a${esc}]${text}${end}b`}),
			...named('OSC in 8 bits', {[text]: `a\u009D${text}${index % 2 === 0 ? st8 : bell}b`}),
			...(index % 6 === 0 ? named('OSC without end', {[text]: `a${esc}]${text}`}) : []),
		];
	}),
	...Object.entries(strings).flatMap(([name, text]) => {
		const opener = eightBits[text.slice(0, 1)];
		return [
			...named('control strings', {[name]: `a${esc}${text}${st7}b`}),
			...(opener === undefined
				? []
				: named('control strings in 8 bits', {[name]: `a${opener}${text.slice(1)}${st8}b`})),
		];
	}),
	...Array.from('c78=>lmno|}~NOVWFG6923').flatMap(final => named('ESC', {[final]: `a${esc}${final}b`})),
	...'(0 )0 *0 +0 (B -A .A /A #8 #3 #6 %G %@ SPF SPG &0 $(C'
		.split(' ')
		.flatMap(rest => named('ESC with intermediates', {[rest]: `aq${esc}${rest.replace('SP', ' ')}qqq`})),
	...named('nested', {
		'two ESC': `a${esc}${csi7}31mb`,
		'ESC within CSI': `a${csi7}3${csi7}31mb`,
		'CSI ended by CAN': `a${csi7}3\u0018${csi7}2Jb`,
		'CSI ended by SUB': `a${csi7}3\u001A${esc}cb`,
		'OSC within OSC': `a${esc}]0;x${esc}]0;owned${bell}b`,
		'OSC within DCS': `aP${esc}P${esc}]0;owned${bell}${st7}b`,
		'CSI of both forms': `a${esc}${csi8}31mb`,
		'ST that opens': `a${st7}${st8}${esc}]2;owned${st8}b`,
		'a control within CSI': `a${csi7}3${bell}1mb`,
		'ESC at the end': `a${esc}`,
		'CSI at the end': `a${csi7}`,
		'a long parameter': `a${csi7}${'9'.repeat(400)}Cb`,
		'many parameters': `a${csi7}${'1;'.repeat(200)}31mb`,
		'an unfinished string and much behind it': `a${esc}_${'x'.repeat(300)}`,
	}),
	...named('cut in two messages', {
		'behind ESC': [`a${esc}`, '[2J'],
		'behind CSI': [`a${csi7}`, '31mred'],
		'within CSI': [`a${csi7}?10`, '49lb'],
		'within OSC': [`a${esc}]0;ow`, `ned${bell}b`],
		'before ST': [`a${esc}]52;c;b3duZWQ=${esc}`, '\\b'],
		'within DCS': [`a${esc}P+q54`, `4e${st7}b`],
		'within a C1 control': [Buffer.from('61c2', 'hex'), Buffer.from('9b324a', 'hex')],
		'within a character': [Buffer.from('61e280', 'hex'), Buffer.from('ae62', 'hex')],
		'an 8-bit string': ['a\u009D0;ow', 'ned\u009C'],
	}),
];
