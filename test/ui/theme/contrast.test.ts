import {expect, test} from 'vitest';
import {createPalette, paletteOf16} from '../../../source/ui/theme/palette.ts';
import {contrast, luminance, type Rgb, rgbOfIndex} from '../../../source/ui/theme/rgb.ts';

const backgrounds: Readonly<Record<string, Rgb>> = {
	black: [0, 0, 0],
	white: [255, 255, 255],
	'Solarized dark': [0, 43, 54],
	'Solarized light': [253, 246, 227],
	Gruvbox: [40, 40, 40],
	'Gruvbox light': [251, 241, 199],
	Dracula: [40, 42, 54],
	Nord: [46, 52, 64],
	'Tango grey': [85, 87, 83],
	'the worst grey': [119, 119, 119],
	green: [0, 128, 0],
};

/** The colour that SGR parameters stand for, in 256 colours and all. */
function colorOf(parameters: string): Rgb {
	const [kind, mode, ...rest] = parameters.split(';').map(Number);
	expect(kind).toBe(38);
	return mode === 5 ? rgbOfIndex(rest[0] as number) : (rest as unknown as Rgb);
}

const colorsOf = (depth: 256 | 'true', background: Rgb | undefined): readonly Rgb[] => {
	const {names, bar, ...others} = createPalette(depth, background);
	return [...names(), ...Object.values(others)].map(parameters => colorOf(parameters as string));
};

const worst = (colors: readonly Rgb[], background: Rgb): number =>
	Math.min(...colors.map(color => contrast(luminance(color), luminance(background))));

test('contrast is what WCAG says it is', () => {
	expect(contrast(luminance([0, 0, 0]), luminance([255, 255, 255]))).toBeCloseTo(21, 5);
	expect(contrast(luminance([255, 255, 255]), luminance([118, 118, 118]))).toBeCloseTo(4.54, 2);
	expect(contrast(luminance([255, 0, 0]), luminance([255, 255, 255]))).toBeCloseTo(4, 2);
	expect([rgbOfIndex(16), rgbOfIndex(110), rgbOfIndex(231), rgbOfIndex(244)]).toEqual([
		[0, 0, 0],
		[135, 175, 215],
		[255, 255, 255],
		[128, 128, 128],
	]);
});

for (const depth of [256, 'true'] as const) {
	for (const [name, background] of Object.entries(backgrounds)) {
		test(`every colour of ${depth} is readable on ${name}`, () => {
			expect(worst(colorsOf(depth, background), background)).toBeGreaterThanOrEqual(4.5);
		});
	}

	test(`a bar of ${depth} is seen on the usual backgrounds, quietly, and its text is readable`, () => {
		for (const [name, background] of Object.entries(backgrounds)) {
			const {bar} = createPalette(depth, background);
			// Some greys and greens leave no room for one: there it is inverse.
			if (!bar) {
				expect(['the worst grey', 'green', 'Tango grey']).toContain(name);
				continue;
			}
			const behind = colorOf(bar.behind.replace('48', '38'));
			expect(worst([colorOf(bar.text)], behind), name).toBeGreaterThanOrEqual(4.5);
			expect(worst([behind], background), name).toBeGreaterThanOrEqual(1.4);
			expect(worst([behind], background), name).toBeLessThan(2.2);
		}
		expect(createPalette(depth, undefined).bar).toBeUndefined();
	});

	test(`every colour of ${depth} is readable on black and on white while the background is not known`, () => {
		const colors = colorsOf(depth, undefined);

		expect(worst(colors, [0, 0, 0])).toBeGreaterThanOrEqual(4.5);
		expect(worst(colors, [255, 255, 255])).toBeGreaterThanOrEqual(4.5);
	});

	test(`names have ten colours of ${depth} or more on a usual background`, () => {
		for (const [name, background] of Object.entries(backgrounds).slice(0, 8)) {
			expect(new Set(createPalette(depth, background).names()).size, name).toBeGreaterThanOrEqual(10);
		}
	});
}

test('of 16 colours those that are light on most screens are for dark backgrounds only', () => {
	const light = /3[37]|9\d/;

	expect(paletteOf16([255, 255, 255]).names().join()).not.toMatch(light);
	expect(paletteOf16(undefined).names().join()).not.toMatch(light);
	expect(paletteOf16([0, 0, 0]).names().join()).toMatch(light);
});
