/** A control sequence that the screen may write, and why it has to. The pattern is what stands behind CSI. */
export type Allowed = {readonly pattern: RegExp; readonly why: string};

/**
 * All that the screen writes to a terminal beside printable text: whatever else is in the stream came from somebody else.
 * There is no DCS, APC, no other escape and no control in it, and of OSC only what `allowedStrings` has.
 */
export const allowedSequences: readonly Allowed[] = [
	{pattern: /^\?1049[hl]$/, why: 'the alternate screen: what was on the terminal comes back afterwards'},
	{pattern: /^\?7[hl]$/, why: 'no wrapping: a character wider than we think must not shift the rows below'},
	{pattern: /^\?2004[hl]$/, why: 'pastes are marked, so that their line ends send nothing'},
	{pattern: /^\?1004[hl]$/, why: 'who looks elsewhere is called, and nobody else'},
	{pattern: /^2[23];2t$/, why: 'the title is put aside, and comes back'},
	{pattern: /^\?2026[hl]$/, why: 'a frame is shown as a whole'},
	{pattern: /^\?25[hl]$/, why: 'the cursor does not wander over the window while a frame is painted'},
	{pattern: /^H$/, why: 'the top of the window, when it is taken over'},
	{pattern: /^[1-9]\d{0,3};[1-9]\d{0,3}H$/, why: 'to the row that is painted next, and to the caret'},
	{pattern: /^2J$/, why: 'whatever stands in the window goes before all of it is painted'},
	{pattern: /^K$/, why: 'what stood in a row goes before it is painted'},
	{
		pattern: /^(?:(?:[012347]|2[2347]|3[0-79]|9[0-7])(?:;(?!m)|(?=m)))+m$/,
		why: 'bold, dim, italic, underlined, inverse and sixteen colours, and their ends; neither hidden nor blinking text',
	},
];

/** The same for control strings, as a whole. The question for the background comes before all that is looked at. */
export const allowedStrings: readonly Allowed[] = [
	{
		pattern: /^\x1B\]8;(?:id=m-?\d+-\d+-\d+;https?:\/\/[!-~]+|;)\x1B\\$/i,
		why: 'an address that somebody wrote is a link, and its end',
	},
	{
		pattern: /^\x1B\]2;(?:\((?:[1-9]\d?|99\+)\) )?a-chat-tui\x1B\\$/,
		why: 'the title, with how much is unread and nothing of anybody else',
	},
];

/** Characters without a face of their own, where spelling or an emoji needs them. */
export const inPlace: readonly Allowed[] = [
	{pattern: /\p{RGI_Emoji}/gv, why: 'emoji that Unicode recommends, with their joiners, selectors and tags'},
	{
		pattern: /(?<=\p{Extended_Pictographic})[\uFE0E\uFE0F](?![\uFE0E\uFE0F])/gu,
		why: 'a symbol as an emoji or as text',
	},
	{pattern: /(?<=\p{Extended_Pictographic}\uFE0F?)\u200D(?=\p{Extended_Pictographic})/gu, why: 'the same'},
	{pattern: /(?<=[\d#*])\uFE0F(?=\u20E3)/gu, why: 'keycaps'},
	{
		pattern: /(?<=(?=[^\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}])[\p{L}\p{M}])[\u200C\u200D](?![\u200C\u200D])/gu,
		why: 'letters of Arabic, Indic and Mongolian scripts join or do not',
	},
	{
		pattern: /(?<=\p{Ideographic})[\uFE00-\uFE02\u{E0100}-\u{E01EF}](?![\uFE00-\uFE0F\u{E0100}-\u{E01EF}])/gu,
		why: 'variants of ideographs',
	},
	{pattern: /(?<=[\p{Math}\p{sc=Mymr}\p{sc=Phag}])\uFE00(?!\uFE00)/gu, why: 'standardized variants'},
	{
		pattern: /(?<=(?!\p{Default_Ignorable_Code_Point})\p{sc=Mong})[\u180B-\u180D\u180F]/gu,
		why: 'Mongolian variants',
	},
];
