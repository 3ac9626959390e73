import type {KeyEvent} from './keys/key-event.ts';

const sequences: Readonly<Record<string, string>> = {
	enter: '\r',
	backspace: '\x7f',
	delete: '\x1b[3~',
	left: '\x1b[D',
	right: '\x1b[C',
	home: '\x1b[H',
	end: '\x1b[F',
};

/** Arrows with Ctrl and with Alt: both go by words. */
const byWords: Readonly<Record<string, string>> = {
	left: '\x1bb',
	right: '\x1bf',
	backspace: '\x1b\x7f',
};

/** Letters that do something to a line of text together with Ctrl, and with Alt. */
const withCtrl = 'abefhkuwyt';
const withAlt = 'bfd';

/**
 * What a terminal would send for a key, for the prompt that Ink draws; undefined for keys that it has no use for. A
 * paste is text of one line there.
 */
export function keyForInk(event: KeyEvent): string | undefined {
	if (event.type === 'focus') return undefined;
	if (event.type !== 'key') return event.text.replace(/[\p{Cc}]+/gu, ' ');
	const {name, ctrl, alt} = event;
	if (!ctrl && !alt) return sequences[name];
	if (name in byWords) return byWords[name];
	if (ctrl && !alt && name.length === 1 && withCtrl.includes(name))
		return String.fromCharCode(name.charCodeAt(0) & 0x1f);
	return alt && !ctrl && name.length === 1 && withAlt.includes(name) ? `\x1b${name}` : undefined;
}
