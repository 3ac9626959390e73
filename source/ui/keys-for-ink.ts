import type {KeyEvent} from './keys/key-event.ts';

const sequences: Readonly<Record<string, string>> = {
	enter: '\r',
	backspace: '\x7f',
	delete: '\x1b[3~',
	left: '\x1b[D',
	right: '\x1b[C',
};

/**
 * What a terminal would send for a key, for the prompt that Ink draws; undefined for keys that it has no use for. A
 * paste is text of one line there.
 */
export function keyForInk(event: KeyEvent): string | undefined {
	if (event.type === 'key') return event.ctrl || event.alt ? undefined : sequences[event.name];
	if (event.type === 'focus') return undefined;
	return event.text.replace(/[\p{Cc}]+/gu, ' ');
}
