import type {KeyEvent} from './keys/key-event.ts';

/** Keys that only change the draft, besides text. */
const draftKeys: ReadonlySet<string> = new Set(['backspace', 'delete', 'left', 'right', 'home', 'end']);

/**
 * The keys of the time in which there is a window, but not yet the rest of the program: what changes the draft is seen at
 * once, and the first key that does anything else waits, with all behind it, so that nothing is lost or overtaken.
 */
export class EarlyKeys {
	readonly #handle: (event: KeyEvent) => void;
	#waiting: KeyEvent[] | undefined = [];

	constructor(handle: (event: KeyEvent) => void) {
		this.#handle = handle;
	}

	readonly handle = (event: KeyEvent): void => {
		if (this.#waiting === undefined || (this.#waiting.length === 0 && isForDraft(event))) this.#handle(event);
		else this.#waiting.push(event);
	};

	/** From here on nothing waits. */
	release(): void {
		const waiting = this.#waiting ?? [];
		this.#waiting = undefined;
		for (const event of waiting) this.#handle(event);
	}
}

function isForDraft(event: KeyEvent): boolean {
	return event.type !== 'key' || (draftKeys.has(event.name) && !event.ctrl && !event.alt && !event.shift);
}
