import {graphemes} from '../text/graphemes.ts';
import {borderAt} from './borders.ts';
import type {Draft} from './composer-state.ts';

/** Bytes of UTF-8 that a draft may have: the longest plain line. */
export const maxDraftBytes = 64 * 1024;

/** A pasted text as a draft holds it: LF ends a line, no other control characters than TAB, no lone surrogates. */
export const cleanText = (text: string): string =>
	text
		.replace(/\r\n?/g, '\n')
		.replace(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g, '')
		.toWellFormed();

const byteLength = (text: string): number => Buffer.byteLength(text, 'utf8');

// The whole clusters of `text` that fit into `room` bytes.
function cutToBytes(text: string, room: number): string {
	let bytes = 0;
	let end = 0;
	// A code unit takes at least one byte.
	for (const cluster of graphemes(text.slice(0, Math.max(0, room)))) {
		bytes += byteLength(cluster);
		if (bytes > room) break;
		end += cluster.length;
	}
	return text.slice(0, end);
}

/** Puts `text` in place of what stands from `start` to `end`; what does not fit is cut off its end. */
export function replaceRange(
	draft: Draft,
	range: {readonly start: number; readonly end: number},
	text: string,
): Draft & {readonly isCut: boolean} {
	const before = draft.text.slice(0, range.start);
	const after = draft.text.slice(range.end);
	const room = maxDraftBytes - byteLength(before) - byteLength(after);
	const fitting = byteLength(text) <= room ? text : cutToBytes(text, room);
	const joined = before + fitting + after;
	// What was put in may join its neighbours: a mark its letter, half a flag the next half.
	const caret = borderAt(joined, before.length + fitting.length);
	return {text: joined, caret, isCut: fitting.length < text.length};
}
