const joiner = '\u200D';
const emojiStyle = '\uFE0F';

let recommended: RegExp | undefined;

// Made on first use: compiling the list of all recommended emoji takes about 27 ms, and few lines have a sequence.
const isRecommended = (cluster: string): boolean => {
	recommended ??= /^\p{RGI_Emoji}$/v;
	return recommended.test(cluster);
};

const textStyleByDefault = /(?=\p{Extended_Pictographic})\P{Emoji_Presentation}/u;
const skinTone = /\p{Emoji_Modifier}/u;

// Many keyboards leave U+FE0F out (UTS #51 calls that minimally qualified). Put back, the sequence is in the list.
const qualified = (cluster: string): string => {
	const codePoints = [...cluster];
	return codePoints
		.map((codePoint, index) => {
			const next = codePoints[index + 1] ?? '';
			const isBare = textStyleByDefault.test(codePoint) && next !== emojiStyle && !skinTone.test(next);
			return isBare ? codePoint + emojiStyle : codePoint;
		})
		.join('');
};

// The longest recommended sequence has 15 code units (a flag of tags: 14).
const longest = 32;

/**
 * True if `cluster` is one emoji of several code points that UTS #51 recommends (RGI): a family, a flag, a profession,
 * also where the keyboard left U+FE0F out. Only these may carry a zero-width joiner or tags.
 */
export const isEmojiSequence = (cluster: string): boolean =>
	cluster.length <= longest &&
	(isRecommended(cluster) || (cluster.includes(joiner) && isRecommended(qualified(cluster))));
