import {isEmojiSequence} from './emoji.ts';
import {graphemes, isAscii, isUnjoined} from './graphemes.ts';
import {isJoinerInPlace, isSelectorInPlace} from './in-place.ts';

/** A piece of shown text. `isToken` says that it stands for something that must not reach the terminal as it is. */
export type Segment = {
	readonly text: string;
	readonly isToken: boolean;
};

/** A grapheme cluster of a text, and how it is shown. */
export type ShownCluster = {
	readonly source: string;
	readonly shown: readonly Segment[];
};

/** Cells of a TAB. It is a fixed width, not a stop: a text begins behind a name, so there is no column to count from. */
const tabWidth = 4;

/**
 * Combining marks that one base keeps. Living spelling needs up to six (Burmese stacks five or six, pointed Hebrew with
 * accents five, Vietnamese in NFD two); what is above only paints over the rows of others.
 */
export const maxMarks = 6;

// Letters that one cluster may chain by viramas. Sanskrit has five; a chain without end would count as one cell here
// and take a row there.
const maxConjunct = 6;

const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/u;
const mark = /\p{M}/u;
const skinTone = /\p{Emoji_Modifier}/u;
const skinToneBase = /\p{Emoji_Modifier_Base}/u;
const regionalIndicator = /\p{Regional_Indicator}/u;
// What makes several code points one emoji: a joiner, tags, or the letters of a flag.
const sequenceSign = /[\u200D\u{E0020}-\u{E007F}\p{Regional_Indicator}]/u;

const token = (text: string): Segment => ({text, isToken: true});

const tokenFor = (codePoint: string): Segment => {
	const value = codePoint.codePointAt(0) ?? 0;
	if (value < 0x20) {
		return token(String.fromCodePoint(0x2400 + value));
	}

	if (value === 0x7f) {
		return token('\u2421');
	}

	return token(`⟨U+${value.toString(16).toUpperCase().padStart(4, '0')}⟩`);
};

// `after` is the code point behind the cluster: whether a joiner is in its place depends on both neighbours.
const showCodePoints = (cluster: string, after: string): Segment[] => {
	const segments: Segment[] = [];
	let kept = '';
	// The code point before, if it was kept; a mark needs one to stand on.
	let last = '';
	let marks = 0;
	let letters = 0;
	let surplus = 0;

	const settle = (): void => {
		if (kept !== '') {
			segments.push({text: kept, isToken: false});
			kept = '';
		}

		if (surplus > 0) {
			segments.push(token(`⟨+${surplus}⟩`));
			surplus = 0;
		}
	};

	const isInPlace = (codePoint: string, isMark: boolean, next: string): boolean => {
		if (hidden.test(codePoint)) {
			return isJoinerInPlace(codePoint, last, next) || isSelectorInPlace(codePoint, last, next);
		}

		if (skinTone.test(codePoint)) {
			return skinToneBase.test(last);
		}

		return isMark ? last !== '' && letters <= maxConjunct : !regionalIndicator.test(codePoint);
	};

	const codePoints = [...cluster];
	for (const [index, codePoint] of codePoints.entries()) {
		const isMark = mark.test(codePoint);
		if (isMark && (surplus > 0 || (last !== '' && marks >= maxMarks))) {
			surplus++;
			last = '';
		} else if (isInPlace(codePoint, isMark, codePoints[index + 1] ?? after)) {
			if (surplus > 0) {
				settle();
			}

			kept += codePoint;
			last = codePoint;
			if (isMark) {
				marks++;
			} else if (!hidden.test(codePoint)) {
				marks = 0;
				letters++;
			}
		} else {
			settle();
			segments.push(tokenFor(codePoint));
			last = '';
			marks = 0;
			letters = 0;
		}
	}

	settle();
	return segments;
};

const showCluster = (cluster: string, after: string): Segment[] => {
	if (cluster === '\t') {
		return [{text: ' '.repeat(tabWidth), isToken: false}];
	}

	if (sequenceSign.test(cluster) && isEmojiSequence(cluster)) {
		return [{text: cluster, isToken: false}];
	}

	return showCodePoints(cluster, after);
};

/**
 * The grapheme clusters of `text`, each with how it is shown: for an editor, whose caret moves over what is there and
 * not over what stands for it.
 */
export const showClusters = (text: string): ShownCluster[] => {
	const clusters = graphemes(text);
	if (isUnjoined(text)) {
		return clusters.map(source => ({source, shown: [{text: source, isToken: false}]}));
	}

	return clusters.map((source, index) => {
		if (isAscii(source)) {
			return {source, shown: [{text: source, isToken: false}]};
		}

		const after = String.fromCodePoint(clusters[index + 1]?.codePointAt(0) ?? 0);
		return {source, shown: showCluster(source, after)};
	});
};

/**
 * `text` of somebody else (a message, a name, a sentence of a server) as it may be printed, cut into pieces so that a
 * renderer can dim the tokens. Neighbours differ in `isToken`, no piece is empty.
 *
 * Shown as tokens are: C0 controls and DEL as their pictures (`␛`); C1 controls, format characters (bidirectional
 * controls, zero-width characters, tags, annotations), line separators, Hangul fillers, lone surrogates and
 * noncharacters by their number (`⟨U+202E⟩`); marks above {@link maxMarks} on one base by their count (`⟨+27⟩`). Kept are
 * joiners between letters of scripts that need them, variation selectors behind what they vary, and the joiners and tags
 * of the emoji that Unicode recommends. Private use characters stay: they show as a glyph of one cell. A line feed is a
 * control too: who wants rows splits first.
 */
export const sanitiseSegments = (text: string): Segment[] => {
	if (isUnjoined(text)) {
		return text === '' ? [] : [{text, isToken: false}];
	}

	const segments: Segment[] = [];
	let run = '';
	let isTokenRun = false;
	const settle = (): void => {
		if (run !== '') {
			segments.push({text: run, isToken: isTokenRun});
		}
	};

	for (const {shown} of showClusters(text)) {
		for (const segment of shown) {
			if (segment.isToken !== isTokenRun) {
				settle();
				run = '';
				isTokenRun = segment.isToken;
			}

			run += segment.text;
		}
	}

	settle();
	return segments;
};

/**
 * `text` of somebody else as it may be printed: {@link sanitiseSegments} in one string. Its own output stays as it is.
 */
export const sanitise = (text: string): string =>
	isUnjoined(text)
		? text
		: sanitiseSegments(text)
				.map(segment => segment.text)
				.join('');
