import type {LineReader} from '../protocol/line-reader.ts';

/** How lines of a peer that has its name are understood. */
export type Voice = {
	/** Takes the current line of the reader. Returns the same as `Router.deliver`: what landed where much waits. */
	take(reader: LineReader): number;
	/** What the last line cost beside its length, in bytes of lines that cost as much. */
	readonly extraBytes: number;
};

/** What it costs to make a string of a line, to look at it, and to keep what it says. */
export const keptLineCost = 768;
