// Characters without a face of their own that spelling needs, and the places where it needs them. Anywhere else they
// only hide something.

const nonJoiner = '\u200C';
const joiner = '\u200D';

// Scripts in which U+200C and U+200D choose the shape of the letters beside them (Unicode, chapters 9, 12 to 16).
const joiningScript =
	/^[\p{Script_Extensions=Arabic}\p{Script_Extensions=Syriac}\p{Script_Extensions=Mongolian}\p{Script_Extensions=Nko}\p{Script_Extensions=Devanagari}\p{Script_Extensions=Bengali}\p{Script_Extensions=Gurmukhi}\p{Script_Extensions=Gujarati}\p{Script_Extensions=Oriya}\p{Script_Extensions=Tamil}\p{Script_Extensions=Telugu}\p{Script_Extensions=Kannada}\p{Script_Extensions=Malayalam}\p{Script_Extensions=Sinhala}\p{Script_Extensions=Khmer}\p{Script_Extensions=Myanmar}\p{Script_Extensions=Tibetan}]$/u;
const letterOrMark = /^[\p{L}\p{M}]$/u;
const letter = /^\p{L}$/u;
const ignorable = /^\p{Default_Ignorable_Code_Point}$/u;

const isLetterOrMark = (codePoint: string): boolean =>
	letterOrMark.test(codePoint) && joiningScript.test(codePoint) && !ignorable.test(codePoint);

/**
 * True if `codePoint` is a zero-width joiner or non-joiner behind a letter (or its mark) of a script that uses them, and
 * before another letter. A joiner may also end a word, as in older Malayalam and in Arabic abbreviations.
 */
export const isJoinerInPlace = (codePoint: string, before: string, after: string): boolean => {
	if ((codePoint !== joiner && codePoint !== nonJoiner) || !isLetterOrMark(before)) {
		return false;
	}

	return codePoint === joiner || (letter.test(after) && isLetterOrMark(after));
};

const pictographic = /^\p{Extended_Pictographic}$/u;
const keycapBase = /^[\d#*]$/;
const keycap = '\u20E3';
const variedSymbol = /^[\p{Ideographic}\p{Math}\p{Script=Myanmar}\p{Script=Phags_Pa}]$/u;
const mongolian = /^\p{Script=Mongolian}$/u;

/** True if `codePoint` is a variation selector right behind a character that it can vary (StandardizedVariants.txt). */
export const isSelectorInPlace = (codePoint: string, before: string, after: string): boolean => {
	const value = codePoint.codePointAt(0) ?? 0;
	if (value === 0xfe0e || value === 0xfe0f) {
		return pictographic.test(before) || (keycapBase.test(before) && after === keycap);
	}

	if (value >= 0xfe00 && value <= 0xfe0d) {
		return variedSymbol.test(before) && !pictographic.test(before);
	}

	if (value >= 0xe0100 && value <= 0xe01ef) {
		return /^\p{Ideographic}$/u.test(before);
	}

	const isMongolianSelector = (value >= 0x180b && value <= 0x180d) || value === 0x180f;
	return isMongolianSelector && mongolian.test(before) && !ignorable.test(before);
};
