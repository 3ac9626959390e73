import {markInline} from './inline-marks.ts';
import {sanitiseSegments} from './sanitise.ts';
import type {Piece} from './wrap.ts';

/** One line of a message as its sender wrote it, harmless and with its looks. */
export type Block = {
	readonly pieces: readonly Piece[];
	/** Whether it is code, in which every space counts. */
	readonly isVerbatim: boolean;
};

/** What a text has to have before it is worth looking for marks. */
const mayHaveMarks = /[`*_\n]|^>|https?:\/\//i;
export const fence = /^\s*```/;
const quote = /^>+ /;

/**
 * The lines of a message: quotes behind `> `, code between lines that begin with three backticks (to the end of the
 * message, if it is not closed), and else text with marks in it.
 *
 * @param text as it came; this is where it is made harmless
 * @param linkPrefix see `markInline`
 */
export function blocksOf(text: string, linkPrefix: string): readonly Block[] {
	if (!mayHaveMarks.test(text)) return [{pieces: sanitiseSegments(text), isVerbatim: false}];
	let isCode = false;
	return text.split('\n').map((line, index) => {
		if (text.length > line.length && fence.test(line)) {
			isCode = !isCode;
			return {pieces: withLook(line, {isQuiet: true}), isVerbatim: false};
		}
		if (isCode) return {pieces: withLook(line, {isCode: true}), isVerbatim: true};
		if (quote.test(line)) return {pieces: withLook(line, {isQuiet: true}), isVerbatim: false};
		return {pieces: markInline(sanitiseSegments(line), `${linkPrefix}-${index}`), isVerbatim: false};
	});
}

const withLook = (line: string, look: NonNullable<Piece['look']>): readonly Piece[] =>
	sanitiseSegments(line).map(segment => (segment.isToken ? segment : {...segment, look}));
