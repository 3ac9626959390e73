import {characterKey, type KeyEvent, noModifiers} from './key-event.ts';
import {isKey} from './match-key.ts';

/** How long Escape waits for the key that it makes an Alt key of, in ms; macOS Terminal sends no Alt. */
const escapeMs = 1000;

/** Escape and then a key within a second is Alt with that key. */
export class EscapeAsAlt {
	#escapedAt = Number.NEGATIVE_INFINITY;

	/** What `event` would be with Alt, if Escape came right before it; the caller falls back on the event itself. */
	alternate(event: KeyEvent): KeyEvent | undefined {
		const now = performance.now();
		const isEscaped = now - this.#escapedAt < escapeMs;
		this.#escapedAt = isKey(event, 'escape') ? now : Number.NEGATIVE_INFINITY;
		if (!isEscaped) return undefined;
		if (event.type === 'key') return {...event, alt: true};
		if (event.type !== 'text' || [...event.text].length !== 1) return undefined;
		return characterKey(event.text, {...noModifiers, alt: true});
	}
}
