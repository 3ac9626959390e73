import type {Background} from '../keys/background-reply.ts';
import type {KeyEvent} from '../keys/key-event.ts';
import {KeyParser} from '../keys/key-parser.ts';
import type {Terminal} from './terminal.ts';

/** How long an escape may wait for the rest of its sequence before it is the Escape key, in ms. */
const escapeMs = 50;

/** A paste whose end has not come after so long a silence has none, in ms; a slow connection pauses, but not as long. */
const pasteMs = 5000;

/** Turns the bytes of the terminal into keys, and into what it says of its background when it is asked. */
export function readKeys(
	terminal: Terminal,
	onKey: (event: KeyEvent) => void,
	onBackground: (background: Background) => void,
): void {
	const parser = new KeyParser(onBackground);
	let timer: NodeJS.Timeout | undefined;
	terminal.on('input', chunk => {
		clearTimeout(timer);
		for (const event of parser.push(chunk)) onKey(event);
		if (parser.isPending) wait(escapeMs, () => parser.flush());
		else if (parser.isPasting) wait(pasteMs, () => parser.endPaste());
	});

	function wait(ms: number, settle: () => readonly KeyEvent[]): void {
		timer = setTimeout(() => {
			for (const event of settle()) onKey(event);
		}, ms);
	}
}
