// XParseColor's forms, as xterm and all that follow it answer: one to four hexadecimal digits a channel, or `#rrggbb`.
const channels =
	/^11;(?:rgba?:(?<r>[\da-f]{1,4})\/(?<g>[\da-f]{1,4})\/(?<b>[\da-f]{1,4})(?:\/[\da-f]{1,4})?|#(?<hr>[\da-f]{2})(?<hg>[\da-f]{2})(?<hb>[\da-f]{2}))$/i;

/** The longest answer that is one, in bytes behind the opener. */
export const maxBackgroundReply = 32;

/** Red, green and blue from 0 to 255. */
export type Background = readonly [red: number, green: number, blue: number];

/** What a terminal answers to `OSC 11 ; ?`, given without its opener and terminator; undefined for any other string. */
export function backgroundOf(reply: string): Background | undefined {
	const {r, g, b, hr, hg, hb} = channels.exec(reply)?.groups ?? {};
	const [red, green, blue] = [r ?? hr, g ?? hg, b ?? hb].map(toByte);
	if (red === undefined || green === undefined || blue === undefined) return undefined;
	return [red, green, blue];
}

/** A number of any digits as a part of 255. */
function toByte(digits: string | undefined): number | undefined {
	if (digits === undefined) return undefined;
	return Math.round((Number.parseInt(digits, 16) / (16 ** digits.length - 1)) * 255);
}
