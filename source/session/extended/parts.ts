import {extendedLimits} from '../../protocol/extended/limits.ts';
import {joinLines} from '../../protocol/extended/lines-in-text.ts';
import {withoutControls} from '../../protocol/extended/syntax.ts';
import type {Post} from '../outbox.ts';

/**
 * A line as messages that a-chat/1 takes: controls become U+FFFD, as a plain host would have it, and what is too long for
 * one message goes out as several, cut between lines where it has some, else between characters.
 */
export function partsOf(post: Post): readonly Post[] {
	const lines = (post.isLong ? post.text.split('\n') : [post.text]).map(withoutControls);
	const text = lines.join('\n');
	if (sizeOf(text, post) <= extendedLimits.textBytes) return [{...post, text}];
	const pieces = lines.flatMap(line => cutLine(line, post));
	const parts = post.isLong ? inMessages(pieces, post) : pieces;
	return parts.map((part, at) => ({
		...post,
		key: `${post.key}-${at}`,
		text: part,
		// What somebody does begins once.
		isAction: at === 0 ? post.isAction : undefined,
	}));
}

/** Bytes that a text takes on the wire. */
const sizeOf = (text: string, {isLong}: Post): number => Buffer.byteLength(isLong ? joinLines(text) : text);

/** As many lines in each message as it takes. */
function inMessages(lines: readonly string[], post: Post): readonly string[] {
	const messages: string[] = [];
	let bytes = Number.POSITIVE_INFINITY;
	for (const line of lines) {
		const added = sizeOf(`\n${line}`, post);
		if (bytes + added > extendedLimits.textBytes) {
			messages.push(line);
			bytes = sizeOf(line, post);
		} else {
			messages[messages.length - 1] += `\n${line}`;
			bytes += added;
		}
	}
	return messages;
}

function cutLine(line: string, post: Post): readonly string[] {
	if (sizeOf(line, post) <= extendedLimits.textBytes) return [line];
	const parts: string[] = [''];
	let bytes = 0;
	for (const {segment} of new Intl.Segmenter().segment(line)) {
		const length = sizeOf(segment, post);
		if (bytes + length > extendedLimits.textBytes && bytes > 0) {
			parts.push('');
			bytes = 0;
		}
		parts[parts.length - 1] += segment;
		bytes += length;
	}
	return parts.flatMap(part => cutHard(part, post));
}

/** A single character may be longer than a message: marks can be piled up without end. */
function cutHard(part: string, post: Post): string[] {
	if (sizeOf(part, post) <= extendedLimits.textBytes) return [part];
	const points = Array.from(part);
	const most = Math.floor(extendedLimits.textBytes / 4);
	return Array.from({length: Math.ceil(points.length / most)}, (_, at) =>
		points.slice(at * most, (at + 1) * most).join(''),
	);
}
