/**
 * What the keyboard says, and that it is ours or not.
 *
 * - `key`: a key that is not plain text. `name` is one of `enter tab backspace delete insert escape space up down left
 *   right home end pageup pagedown f1` … `f35`, or the character itself (letters in lower case) with Ctrl or Alt.
 * - `text`: what was typed or put in by an input method; no control characters in it.
 * - `paste`: a bracketed paste as it came, line ends and controls included. `isCut` if it was longer than the bound.
 * - `focus`: the terminal has got the keyboard, or lost it; said only if it was asked to.
 */
export type KeyEvent =
	| {
			readonly type: 'key';
			readonly name: string;
			readonly ctrl: boolean;
			readonly alt: boolean;
			readonly shift: boolean;
	  }
	| {readonly type: 'text'; readonly text: string}
	| {readonly type: 'paste'; readonly text: string; readonly isCut: boolean}
	| {readonly type: 'focus'; readonly isFocused: boolean};

export type Modifiers = {
	readonly ctrl: boolean;
	readonly alt: boolean;
	readonly shift: boolean;
};

export const noModifiers: Modifiers = {ctrl: false, alt: false, shift: false};

export const key = (name: string, modifiers: Partial<Modifiers> = {}): KeyEvent => ({
	type: 'key',
	name,
	...noModifiers,
	...modifiers,
});

/** The modifiers of an xterm or kitty parameter: 1 plus a bit each for Shift, Alt, Ctrl, Super, Hyper, Meta. */
export const modifiersOf = (parameter: number): Modifiers => {
	const bits = Math.max(0, parameter - 1);
	return {
		shift: (bits & 1) !== 0,
		// Bit 8 is Meta for xterm and Super for kitty, bit 32 is kitty's Meta: all of them sit where Alt is looked for.
		alt: (bits & (2 | 8 | 32)) !== 0,
		ctrl: (bits & 4) !== 0,
	};
};

// But U+0130, whose lower case is two characters.
const upperCase = /^[\p{Lu}--\u0130]$/v;

/** The event of a character typed together with `modifiers`; upper case counts as Shift. */
export const characterKey = (character: string, modifiers: Modifiers): KeyEvent => {
	if (character === ' ') {
		return key('space', modifiers);
	}

	return upperCase.test(character)
		? key(character.toLowerCase(), {...modifiers, shift: true})
		: key(character, modifiers);
};

/** The key behind a C0 control or DEL: Enter, Tab, Backspace, Escape, or Ctrl with a letter or sign. */
export const controlKey = (byte: number, alt: boolean): KeyEvent => {
	switch (byte) {
		case 0x00:
			return key('space', {ctrl: true, alt});
		case 0x09:
			return key('tab', {alt});
		case 0x0d:
			return key('enter', {alt});
		case 0x1b:
			return key('escape', {alt});
		case 0x7f:
			return key('backspace', {alt});
		default:
			return key(String.fromCharCode(byte < 0x1b ? byte + 0x60 : byte + 0x40), {ctrl: true, alt});
	}
};
