import {characterKey, controlKey, type KeyEvent, key, type Modifiers, modifiersOf} from './key-event.ts';

const letters: Readonly<Record<string, string>> = {
	A: 'up',
	B: 'down',
	C: 'right',
	D: 'left',
	F: 'end',
	H: 'home',
	P: 'f1',
	Q: 'f2',
	S: 'f4',
};

// rxvt: arrows in lower case are with Shift behind CSI, with Ctrl behind SS3.
const rxvtArrows: Readonly<Record<string, string>> = {a: 'up', b: 'down', c: 'right', d: 'left'};

const numbers: Readonly<Record<number, string>> = {
	1: 'home',
	2: 'insert',
	3: 'delete',
	4: 'end',
	5: 'pageup',
	6: 'pagedown',
	7: 'home',
	8: 'end',
};

// The numbers of function keys have holes where the VT220 had gaps between its groups of keys.
for (const [index, number] of [
	11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24, 25, 26, 28, 29, 31, 32, 33, 34,
].entries()) {
	(numbers as Record<number, string>)[number] = `f${index + 1}`;
}

// The keypad behind SS3 in application mode (VT100): digits and signs, and Enter.
const keypad = 'jklmnopqrstuvwxyX';
const keypadText = '*+,-./0123456789=';

// Kitty's private use numbers of keys that are known elsewhere by another sequence.
const kittyKeypadStart = 57_399;
const kittyKeypad = [
	...'0123456789./*-+',
	'enter',
	'=',
	',',
	'left',
	'right',
	'up',
	'down',
	'pageup',
	'pagedown',
	'home',
	'end',
	'insert',
	'delete',
];
const kittyFunctionStart = 57_376;
const kittyFunctionEnd = 57_398;
const isPrivateUse = (code: number): boolean => code >= 0xe000 && code <= 0xf8ff;
const isControl = (code: number): boolean => code < 0x20 || (code >= 0x7f && code < 0xa0);
const isCharacter = (code: number): boolean =>
	Number.isInteger(code) && code >= 0x20 && code <= 0x10_ffff && !(code >= 0xd800 && code <= 0xdfff);

const textOrKey = (character: string, modifiers: Modifiers): KeyEvent =>
	modifiers.ctrl || modifiers.alt ? characterKey(character, modifiers) : {type: 'text', text: character};

/** The key with the Unicode number `code` (CSI u, modifyOtherKeys). `typed` is the text that the terminal says it made. */
const codedKey = (code: number, modifiers: Modifiers, typed: string): KeyEvent | undefined => {
	const keypadName = kittyKeypad[code - kittyKeypadStart];
	if (keypadName !== undefined) {
		return keypadName.length === 1 ? textOrKey(keypadName, modifiers) : key(keypadName, modifiers);
	}

	if (code >= kittyFunctionStart && code <= kittyFunctionEnd) {
		return key(`f${13 + code - kittyFunctionStart}`, modifiers);
	}

	if (code === 0x09 || code === 0x0d || code === 0x1b || code === 0x7f) {
		const plain = controlKey(code, modifiers.alt);
		return plain.type === 'key' ? key(plain.name, modifiers) : undefined;
	}

	if (code === 0x08) {
		return key('backspace', modifiers);
	}

	if (!isCharacter(code) || isControl(code) || isPrivateUse(code)) {
		return undefined;
	}

	const character = String.fromCodePoint(code);
	if (modifiers.ctrl || modifiers.alt) {
		return characterKey(character, modifiers);
	}

	return {type: 'text', text: typed || (modifiers.shift ? character.toUpperCase() : character)};
};

const toNumber = (text: string | undefined, fallback: number): number =>
	text === undefined || text === '' ? fallback : Number(text);

const typedText = (field: string | undefined): string => {
	const codes = (field ?? '').split(':').filter(Boolean).map(Number);
	return codes.every(code => isCharacter(code) && !isControl(code)) ? String.fromCodePoint(...codes) : '';
};

const releaseEvent = 3;

const modifierField = (field: string | undefined): {modifiers: Modifiers; isRelease: boolean} => {
	const [modifiers, event] = (field ?? '').split(':');
	return {modifiers: modifiersOf(toNumber(modifiers, 1)), isRelease: toNumber(event, 1) === releaseEvent};
};

/**
 * The event of a control sequence `CSI parameters final` without private prefix and intermediates, or `undefined` when it
 * is no key: replies of the terminal, mouse reports, releases of keys, and whatever is unknown. Sources: xterm's
 * ctlseqs, the kitty keyboard protocol, rxvt's and the Linux console's key tables.
 */
export const csiKey = (parameters: string, final: string, alt: boolean): KeyEvent | undefined => {
	const fields = parameters.split(';');
	const {modifiers: stated, isRelease} = modifierField(fields[1]);
	const modifiers = {...stated, alt: stated.alt || alt};
	if (isRelease) {
		return undefined;
	}

	const first = toNumber(fields[0]?.split(':')[0], 1);
	if (final === '~') {
		if (first === 27 && fields.length === 3) {
			return codedKey(toNumber(fields[2], 0), modifiers, '');
		}

		const name = numbers[first];
		return name === undefined ? undefined : key(name, modifiers);
	}

	if (final === 'u') {
		// `CSI u` alone restores the cursor; as a key it always has its number.
		return fields[0] ? codedKey(first, modifiers, typedText(fields[2])) : undefined;
	}

	if (final === 'Z') {
		return key('tab', {...modifiers, shift: true});
	}

	// As keys these two do not exist; with parameters they would be something else.
	if ((final === 'I' || final === 'O') && parameters === '') {
		return {type: 'focus', isFocused: final === 'I'};
	}

	// With parameters this is a report of the cursor's position.
	if (final === 'R') {
		return parameters === '' ? key('f3', modifiers) : undefined;
	}

	if (final === '$' || final === '^' || final === '@') {
		const name = numbers[first];
		return name === undefined
			? undefined
			: key(name, {ctrl: final !== '$', shift: final !== '^', alt: modifiers.alt});
	}

	const arrow = rxvtArrows[final];
	if (arrow !== undefined && parameters === '') {
		return key(arrow, {...modifiers, shift: true});
	}

	const name = letters[final];
	return name === undefined || fields.length > 2 || first !== 1 ? undefined : key(name, modifiers);
};

/** The event of `SS3 parameters final`: arrows and F1–F4 in application mode, the keypad; `undefined` if unknown. */
export const ss3Key = (parameters: string, final: string, alt: boolean): KeyEvent | undefined => {
	// Older terminals put the modifier alone there: ESC O 5 P.
	const modifier = toNumber(parameters.split(';').at(-1), 1);
	const stated = modifiersOf(modifier);
	const modifiers = {...stated, alt: stated.alt || alt};
	const arrow = rxvtArrows[final];
	if (arrow !== undefined) {
		return key(arrow, {...modifiers, ctrl: true});
	}

	if (final === 'M') {
		return key('enter', modifiers);
	}

	const position = keypad.indexOf(final);
	const text = position === -1 ? undefined : keypadText[position];
	if (text !== undefined) {
		return textOrKey(text, modifiers);
	}

	const name = final === 'R' ? 'f3' : letters[final];
	return name === undefined ? undefined : key(name, modifiers);
};

/** The function key of the Linux console: `CSI [ A` to `CSI [ E` are F1 to F5. */
export const linuxKey = (final: string, alt: boolean): KeyEvent | undefined => {
	const position = 'ABCDE'.indexOf(final);
	return position === -1 ? undefined : key(`f${position + 1}`, {alt});
};
