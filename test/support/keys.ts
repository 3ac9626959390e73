const plainKeys: Readonly<Record<string, string>> = {
	enter: '\r',
	tab: '\t',
	escape: '\u001B',
	space: ' ',
	backspace: '\u007F',
};

const cursorKeys: Readonly<Record<string, string>> = {
	up: 'A',
	down: 'B',
	right: 'C',
	left: 'D',
	end: 'F',
	home: 'H',
	f1: 'P',
	f2: 'Q',
	f3: 'R',
	f4: 'S',
};

const numberedKeys: Readonly<Record<string, number>> = {
	insert: 2,
	delete: 3,
	pageup: 5,
	pagedown: 6,
	f5: 15,
	f6: 17,
	f7: 18,
	f8: 19,
	f9: 20,
	f10: 21,
	f11: 23,
	f12: 24,
};

const control = (key: string): string => {
	if (key === 'space') {
		return '\0';
	}

	if (/^[a-z@[\\\]^_]$/.test(key)) {
		return String.fromCharCode(key.toUpperCase().charCodeAt(0) & 0x1f);
	}

	throw new Error(`No terminal sends anything for ctrl+${key}`);
};

type KeyModes = {
	/** DECCKM: the arrows, Home and End are introduced by SS3 instead of CSI. */
	readonly applicationCursor?: boolean;
};

/**
 * What xterm sends for a key: `enter`, `ctrl+c`, `alt+enter`, `shift+tab`, `ctrl+left`, `f1`, `x`. Throws for a name
 * that is no key, so that a typing error in a test cannot press nothing.
 */
export const keySequence = (name: string, {applicationCursor = false}: KeyModes = {}): string => {
	const modifiers = name.split('+');
	const key = modifiers.pop() ?? '';
	const has = (modifier: string): boolean => modifiers.includes(modifier);
	const code = 1 + (has('shift') ? 1 : 0) + (has('alt') ? 2 : 0) + (has('ctrl') ? 4 : 0);
	const letter = cursorKeys[key];
	const number = numberedKeys[key];

	if (letter !== undefined) {
		const isFunctionKey = key.startsWith('f');
		const introducer = isFunctionKey || applicationCursor ? '\u001BO' : '\u001B[';
		return code === 1 ? introducer + letter : `\u001B[1;${code}${letter}`;
	}

	if (number !== undefined) {
		return code === 1 ? `\u001B[${number}~` : `\u001B[${number};${code}~`;
	}

	if (key === 'tab' && has('shift')) {
		return '\u001B[Z';
	}

	const character = plainKeys[key] ?? key;
	if (key === '' || (plainKeys[key] === undefined && [...key].length !== 1)) {
		throw new Error(`"${name}" is no key that this terminal has`);
	}

	// xterm sends the same for Ctrl+Enter and Enter, and Ctrl+H for Ctrl+Backspace.
	const controlled = key === 'backspace' ? '\b' : key === 'enter' || key === 'tab' ? character : undefined;
	return (has('alt') ? '\u001B' : '') + (has('ctrl') ? (controlled ?? control(key)) : character);
};
