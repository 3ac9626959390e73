import {actionForKey, type ComposerAction} from './composer/composer.ts';
import type {KeyEvent} from './keys/key-event.ts';
import {isKey} from './keys/match-key.ts';
import type {Question} from './screen/screen-state.ts';

/** A pause after which a key is meant for what is to be seen, in ms. */
const pauseMs = 700;

/**
 * Who was writing when a question came has not seen it yet: a letter that was meant for somebody must not answer it, nor
 * a line become a name.
 */
export class WritingOn {
	#wroteAt = Number.NEGATIVE_INFINITY;

	/** A key went into the draft. */
	note(): void {
		this.#wroteAt = performance.now();
	}

	/**
	 * What a key does to the draft that was being written when `question` came; nothing for Enter, which has to be pressed
	 * again once the draft is to be seen. Undefined for all other keys, and after a pause.
	 */
	actionsFor(event: KeyEvent, question: Question): readonly ComposerAction[] | undefined {
		if (question.kind === 'leave' || performance.now() - this.#wroteAt >= pauseMs) return undefined;
		const action = actionForKey(event);
		if (action) return [action];
		return isKey(event, 'enter') ? [] : undefined;
	}
}
