/** A colour of a screen (sRGB): red, green and blue from 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

const linear = (channel: number): number => {
	const part = channel / 255;
	return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
};

const encoded = (part: number): number => {
	const within = Math.min(1, Math.max(0, part));
	return Math.round(255 * (within <= 0.003_130_8 ? within * 12.92 : 1.055 * within ** (1 / 2.4) - 0.055));
};

/** How light a colour is to the eye, from 0 to 1 (WCAG 2.2, "relative luminance"). */
export const luminance = ([red, green, blue]: Rgb): number =>
	0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);

/** The contrast of two luminances, from 1 to 21 (WCAG 2.2); small text needs 4.5 to be readable. */
export const contrast = (one: number, other: number): number =>
	(Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);

/** A colour by what the eye sees of it. */
type Oklch = {
	/** From 0, black, to 1, white. */
	readonly lightness: number;
	/** From 0, grey, to about 0.3. What no screen can show is cut off. */
	readonly chroma: number;
	/** Degrees around the circle of colours. */
	readonly hue: number;
};

/** The colour of a screen for one in OKLCH (CSS Color 4 has the matrices), where equal steps look equally far. */
export function rgbOf({lightness, chroma, hue}: Oklch): Rgb {
	const a = chroma * Math.cos((hue * Math.PI) / 180);
	const b = chroma * Math.sin((hue * Math.PI) / 180);
	const long = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b) ** 3;
	const medium = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b) ** 3;
	const short = (lightness - 0.089_484_177_5 * a - 1.291_485_548 * b) ** 3;
	return [
		encoded(4.076_741_662_1 * long - 3.307_711_591_3 * medium + 0.230_969_929_2 * short),
		encoded(-1.268_438_004_6 * long + 2.609_757_401_1 * medium - 0.341_319_396_5 * short),
		encoded(-0.004_196_086_3 * long - 0.703_418_614_7 * medium + 1.707_614_701 * short),
	];
}

const cubeLevel = (level: number): number => (level === 0 ? 0 : 55 + 40 * level);

/** What a number from 16 to 255 stands for in a terminal of 256 colours: a cube of 6 × 6 × 6, then 24 greys. */
export function rgbOfIndex(index: number): Rgb {
	if (index >= 232) {
		const grey = 8 + 10 * (index - 232);
		return [grey, grey, grey];
	}
	const place = index - 16;
	return [cubeLevel(Math.floor(place / 36)), cubeLevel(Math.floor(place / 6) % 6), cubeLevel(place % 6)];
}
