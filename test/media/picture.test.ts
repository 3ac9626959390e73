import {expect, test} from 'vitest';
import {themes} from '../../media/palette.ts';
import {renderSvg} from '../../media/picture.ts';
import {createEmulator} from '../support/emulator.ts';

/** What stands on a screen after some output, without the frame of the window. */
const draw = async (output: string, {columns = 10, rows = 1, hasCursor = false} = {}): Promise<string[]> => {
	const {terminal} = createEmulator({columns, rows});
	await new Promise<void>(resolve => terminal.write(output, resolve));
	const lines = renderSvg(terminal, {title: 't', hasCursor}).trimEnd().split('\n');
	return lines.slice(lines.findIndex(line => line.includes('text-anchor') && line.includes('>t<')) + 1, -1);
};

test('a small screen, whole', async () => {
	const {terminal} = createEmulator({columns: 10, rows: 3});
	await new Promise<void>(resolve =>
		terminal.write('hi \u001B[1;32mbob\u001B[m\r\n日本 <&>\r\n\u001B[7m>\u001B[m ok', resolve),
	);

	await expect(renderSvg(terminal, {title: 'alice & bob'})).toMatchFileSnapshot('small-screen.svg');
});

test('words are placed and held by their cells', async () => {
	expect(await draw('a bc')).toEqual([
		'<text x="14" y="64" textLength="8.43" fill="#d7dce5">a</text>',
		'<text x="30.86" y="64" textLength="16.86" fill="#d7dce5">bc</text>',
	]);
});

test('wide characters stand in the middle of their two cells', async () => {
	expect(await draw('日x')).toEqual([
		'<text x="22.43" y="64" text-anchor="middle" fill="#d7dce5">日</text>',
		'<text x="30.86" y="64" textLength="8.43" fill="#d7dce5">x</text>',
	]);
});

test('a cluster of several code points is one text', async () => {
	expect((await draw('👩🏽‍💻')).join('')).toContain('>👩🏽‍💻<');
});

test.each([
	['bold', '1', 'font-weight="bold"'],
	['dim', '2', 'opacity="0.6"'],
	['italic', '3', 'font-style="italic"'],
	['underline', '4', 'text-decoration="underline"'],
	['struck out', '9', 'text-decoration="line-through"'],
	['one of 16 colours', '31', 'fill="#f07178"'],
	['a colour of the cube', '38;5;208', 'fill="#ff8700"'],
	['a grey', '38;5;244', 'fill="#808080"'],
	['any colour', '38;2;1;2;3', 'fill="#010203"'],
])('%s is drawn', async (_, code, attribute) => {
	expect((await draw(`\u001B[${code}mx`)).join('')).toContain(attribute);
});

test('backgrounds are one rectangle, also under blanks', async () => {
	expect(await draw('\u001B[44m   \u001B[m')).toEqual([
		'<rect x="14" y="50" width="25.29" height="19" fill="#6fb1f0"/>',
	]);
});

test('inversion swaps, also the colours of the window', async () => {
	expect(await draw('\u001B[7mx')).toEqual([
		'<rect x="14" y="50" width="8.43" height="19" fill="#d7dce5"/>',
		'<text x="14" y="64" textLength="8.43" fill="#12161f">x</text>',
	]);
});

test('the cursor is a block, if it shows', async () => {
	expect((await draw('x\b', {hasCursor: true})).join('')).toContain('fill="#f2c46d"');
	expect((await draw('x\b', {hasCursor: false})).join('')).not.toContain('fill="#f2c46d"');
});

test('borders are lines of ours, a long one in one piece', async () => {
	expect(await draw('╭──╮')).toEqual([
		'<path d="M18.22 69Q18.22 59.5 22.43 59.5" class="line" stroke="#d7dce5" fill="none"/>',
		'<path d="M30.86 59.5H22.43M30.86 59.5H39.29" class="line" stroke="#d7dce5" fill="none"/>',
		'<path d="M43.51 69Q43.51 59.5 39.29 59.5" class="line" stroke="#d7dce5" fill="none"/>',
	]);
});

test('a light window has other colours', async () => {
	const {terminal} = createEmulator({columns: 10, rows: 1});
	await new Promise<void>(resolve => terminal.write('x \u001B[31mred\u001B[m\u001B[7my', resolve));
	const picture = renderSvg(terminal, {theme: themes.light, hasCursor: false});

	expect(picture).toContain(`fill="${themes.light.foreground}">x<`);
	expect(picture).toContain(`fill="${themes.light.ansi[1]}">red<`);
	expect(picture).toContain(`fill="${themes.light.background}">y<`);
	for (const color of [themes.dark.background, themes.dark.foreground]) expect(picture).not.toContain(color);
});

test('hidden text stays hidden', async () => {
	expect(await draw('\u001B[8msecret')).toEqual([]);
});

test('only what is in the window is drawn', async () => {
	expect((await draw('one\r\ntwo\r\nthree', {rows: 2})).join('')).not.toContain('one');
});
