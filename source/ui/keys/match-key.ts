import type {KeyEvent} from './key-event.ts';

/** Whether this is the key with this name (see `KeyEvent`), without modifiers. */
export function isKey(event: KeyEvent, name: string): boolean {
	return event.type === 'key' && event.name === name && !event.ctrl && !event.alt && !event.shift;
}

/** Whether this is Ctrl with this key. */
export function isControl(event: KeyEvent, name: string): boolean {
	return event.type === 'key' && event.name === name && event.ctrl && !event.alt;
}

/** Whether this is Alt with this key, and nothing else. */
export function isAlt(event: KeyEvent, name: string): boolean {
	return event.type === 'key' && event.name === name && event.alt && !event.ctrl && !event.shift;
}

/** Ctrl+C, also right behind Escape in one read: it is what people press when nothing else helps. */
export function isInterrupt(event: KeyEvent): boolean {
	return event.type === 'key' && event.name === 'c' && event.ctrl;
}
