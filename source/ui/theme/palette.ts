import {contrast, luminance, type Rgb, rgbOf, rgbOfIndex} from './rgb.ts';

/** How many colours a terminal has; 0 stands for none wanted. */
export type ColorDepth = 0 | 16 | 256 | 'true';

/** The parameters of SGR, between `CSI` and `m`, for each thing that has a colour. */
export type Palette = {
	/** One for each hue; whoever has a name gets one of them. Found when it is asked for: a first frame has no names. */
	readonly names: () => readonly string[];
	/** What is there for whom it interests: times, marks, words of the program itself. */
	readonly quiet: string | undefined;
	readonly warning: string;
	readonly code: string;
	readonly link: string;
	/** Text and background of a bar, as the status has; undefined where the terminal's background is not known. */
	readonly bar?: Bar | undefined;
};

type Bar = {readonly text: string; readonly behind: string};

/** What text needs at least to be readable on its background (WCAG 2.2, level AA). */
const minContrast = 4.5;

/** Twelve hues as far from each other as the eye tells them apart. */
const nameHues = [25, 55, 80, 105, 130, 155, 180, 210, 240, 270, 305, 340] as const;

/**
 * The colours for a terminal of 16, which mean whatever its owner has made of them: on a light background, or one that is
 * not known, only those that are light nowhere. Grey is what the terminal makes of dim there.
 */
export function paletteOf16(background: Rgb | undefined): Palette {
	if (!background)
		return {names: () => ['36', '32', '35', '31'], quiet: undefined, warning: '31', code: '36', link: '36'};
	if (startOn(luminance(background)) === startOnLight)
		return {names: () => ['34', '35', '31'], quiet: undefined, warning: '31', code: '34', link: '34'};
	const names = () => ['36', '32', '33', '35', '94', '96', '92', '95'];
	return {names, quiet: undefined, warning: '33', code: '36', link: '94'};
}

/** The luminances of black and of white. */
const unknownBackground = [0, 1] as const;

/**
 * The colours for a terminal of 256 colours or all of them. Each has a contrast of {@link minContrast} or more against
 * the background; where that is not known, against black and against white alike.
 */
export function createPalette(depth: 256 | 'true', background: Rgb | undefined): Palette {
	const backgrounds = background ? [luminance(background)] : unknownBackground;
	const contrastOf = (color: Rgb): number => {
		const own = luminance(color);
		return Math.min(...backgrounds.map(behind => contrast(own, behind)));
	};
	const start = background ? startOn(luminance(background)) : startOnUnknown;
	const indexed = depth === 256 ? readableIndexes(contrastOf) : undefined;
	const pick = (chroma: number, hue: number, away = 0, taken = new Set<number>()): string => {
		const color = readable(start + away, chroma, hue, contrastOf);
		if (!indexed) return `38;2;${color.join(';')}`;
		const index = nearest(color, indexed, taken);
		taken.add(index);
		return `38;5;${index}`;
	};
	const names = () => {
		const taken = new Set<number>();
		return nameHues.map(hue => pick(0.12, hue, 0, taken));
	};
	// Grey has nothing but its lightness to stand back by: it goes towards the background.
	const quiet = pick(0, 0, start > startOnUnknown ? -0.12 : 0.06);
	const bar = background && barOn(depth, background);
	return {names, quiet, warning: pick(0.15, 75), code: pick(0.07, 195), link: pick(0.1, 250), bar};
}

/** What a bar needs at least to be seen on the background. Much more, as inverse has, would be the loudest thing there. */
const barContrast = 1.4;

/** A bar a little lighter than a dark background, or darker than a light one; undefined if no text is readable on it. */
function barOn(depth: 256 | 'true', background: Rgb): Bar | undefined {
	const isDark = startOn(luminance(background)) === startOnDark;
	const goal = isDark ? 255 : 0;
	const mixed = (part: number): Rgb => {
		const [red, green, blue] = background.map(channel => Math.round(channel + (goal - channel) * part));
		return [red ?? 0, green ?? 0, blue ?? 0];
	};
	const stands = (color: Rgb): boolean => contrast(luminance(color), luminance(background)) >= barContrast;
	let part = 0;
	while (part < 1 && !stands(mixed(part))) part += 0.01;
	const indexed = depth === 256 ? indexes.filter(({color}) => stands(color)) : undefined;
	const index = indexed && nearest(mixed(part), indexed);
	const color = index === undefined ? mixed(part) : rgbOfIndex(index);
	const text: Rgb = isDark ? [238, 238, 238] : [28, 28, 28];
	if (contrast(luminance(text), luminance(color)) < minContrast) return undefined;
	return index === undefined
		? {text: `38;2;${text.join(';')}`, behind: `48;2;${color.join(';')}`}
		: {text: `38;5;${isDark ? 255 : 234}`, behind: `48;5;${index}`};
}

/** Where a readable lightness is looked for first: it is pleasant on black, on white, or it is what both leave. */
const startOnDark = 0.8;
const startOnLight = 0.48;
const startOnUnknown = 0.57;
const startOn = (behind: number): number =>
	contrast(behind, 1) >= contrast(behind, 0) ? startOnDark : startOnLight;

// Fine enough for the narrow band between black and white.
const step = 0.004;

/** The colour of a hue that is readable and nearest in lightness to `start`; else the one that is most so. */
function readable(start: number, chroma: number, hue: number, contrastOf: (color: Rgb) => number): Rgb {
	let best: Rgb = [0, 0, 0];
	let most = 0;
	for (let distance = 0; distance <= 1; distance += step) {
		for (const lightness of [start + distance, start - distance]) {
			if (lightness < 0 || lightness > 1) continue;
			const color = rgbOf({lightness, chroma: chroma * tintAt(lightness), hue});
			const reached = contrastOf(color);
			if (reached >= minContrast) return color;
			if (reached > most) [best, most] = [color, reached];
		}
	}
	return best;
}

/** Near black and white there is little room for a tint; asking for more would shift the hue. */
const tintAt = (lightness: number): number => Math.min(1, 4 * Math.min(lightness, 1 - lightness));

type Indexed = {readonly index: number; readonly color: Rgb};

/** The colours of 256 that every terminal shows alike. */
const indexes: readonly Indexed[] = Array.from({length: 240}, (_, place) => ({
	index: 16 + place,
	color: rgbOfIndex(16 + place),
}));

/** Those that are readable; there is always one, as black or white is. */
function readableIndexes(contrastOf: (color: Rgb) => number): readonly Indexed[] {
	return indexes.filter(({color}) => contrastOf(color) >= minContrast);
}

/** How far, squared, a colour that is taken already is put behind one that is free. */
const takenDistance = 4000;

function nearest(wanted: Rgb, indexed: readonly Indexed[], taken: ReadonlySet<number> = new Set()): number {
	let found = indexed[0]?.index ?? 16;
	let least = Number.POSITIVE_INFINITY;
	for (const {index, color} of indexed) {
		const distance = squaredDistance(color, wanted) + (taken.has(index) ? takenDistance : 0);
		if (distance < least) [found, least] = [index, distance];
	}
	return found;
}

const squaredDistance = (one: Rgb, other: Rgb): number =>
	(one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 + (one[2] - other[2]) ** 2;
