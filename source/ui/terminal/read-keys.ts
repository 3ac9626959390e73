import type {KeyEvent} from '../keys/key-event.ts';
import {KeyParser} from '../keys/key-parser.ts';
import type {Terminal} from './terminal.ts';

/** How long an escape may wait for the rest of its sequence before it is the Escape key, in ms. */
const escapeMs = 50;

/** Turns the bytes of the terminal into keys. */
export function readKeys(terminal: Terminal, onKey: (event: KeyEvent) => void): void {
	const parser = new KeyParser();
	let timer: NodeJS.Timeout | undefined;
	terminal.on('input', chunk => {
		clearTimeout(timer);
		for (const event of parser.push(chunk)) onKey(event);
		if (!parser.isPending) return;
		timer = setTimeout(() => {
			for (const event of parser.flush()) onKey(event);
		}, escapeMs);
	});
}
