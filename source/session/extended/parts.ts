import {extendedLimits} from '../../protocol/extended/limits.ts';
import {withoutControls} from '../../protocol/extended/syntax.ts';
import type {Post} from '../outbox.ts';

/**
 * A line as messages that a-chat/1 takes: controls become U+FFFD, as a plain host would have it, and what is too long for
 * one message goes out as several, cut between characters.
 */
export function partsOf(post: Post): readonly Post[] {
	// What is sent as one text of several lines is the sender's to keep short.
	if (post.isLong) return [{...post, text: post.text.split('\n').map(withoutControls).join('\n')}];
	const text = withoutControls(post.text);
	if (Buffer.byteLength(text) <= extendedLimits.textBytes) return [{...post, text}];
	const parts: string[] = [''];
	let bytes = 0;
	for (const {segment} of new Intl.Segmenter().segment(text)) {
		const length = Buffer.byteLength(segment);
		if (bytes + length > extendedLimits.textBytes && bytes > 0) {
			parts.push('');
			bytes = 0;
		}
		parts[parts.length - 1] += segment;
		bytes += length;
	}
	return parts.flatMap(cutHard).map((part, at) => ({...post, key: `${post.key}-${at}`, text: part}));
}

/** A single character may be longer than a message: marks can be piled up without end. */
function cutHard(part: string): string[] {
	const points = Array.from(part);
	if (Buffer.byteLength(part) <= extendedLimits.textBytes) return [part];
	const most = Math.floor(extendedLimits.textBytes / 4);
	return Array.from({length: Math.ceil(points.length / most)}, (_, at) =>
		points.slice(at * most, (at + 1) * most).join(''),
	);
}
