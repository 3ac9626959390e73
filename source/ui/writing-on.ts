import {actionForKey, type ComposerAction} from './composer/composer.ts';
import type {KeyEvent} from './keys/key-event.ts';
import {isKey} from './keys/match-key.ts';
import type {Question} from './screen/screen-state.ts';

/** A pause after which a key is meant for what is to be seen, in ms. */
const pauseMs = 700;

/** How long a letter has to stand alone to be an answer, in ms: else it begins a word. */
const aloneMs = 300;

/**
 * Who was writing when a question came has not seen it yet: a letter that was meant for somebody must not answer it, nor
 * a line become a name; nor does a key that is held down, or one of a word.
 */
export class WritingOn {
	#wroteAt = Number.NEGATIVE_INFINITY;
	#enteredAt = Number.NEGATIVE_INFINITY;
	#isEnterRepeated = false;
	#held: {readonly event: KeyEvent; readonly timer: NodeJS.Timeout} | undefined;

	/** A key went into the draft, or into what is looked for. */
	note(): void {
		this.#wroteAt = performance.now();
	}

	/** Any key was pressed. */
	see(event: KeyEvent): void {
		const isEnter = isKey(event, 'enter');
		const now = performance.now();
		this.#isEnterRepeated = isEnter && now - this.#enteredAt < pauseMs;
		this.#enteredAt = isEnter ? now : Number.NEGATIVE_INFINITY;
	}

	/** Whether this key and the one right before it are Enter: nobody has read yet what that one asked. */
	get isEnterRepeated(): boolean {
		return this.#isEnterRepeated;
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

	/** Holds a letter back that may be an answer, until it has stood alone. */
	hold(event: KeyEvent, isAlone: () => void): void {
		const timer = setTimeout(() => {
			this.#held = undefined;
			isAlone();
		}, aloneMs);
		this.#held = {event, timer};
	}

	/** The letter that is held back, for the key behind it: it is nobody's any more. */
	takeHeld(): KeyEvent | undefined {
		const held = this.#held;
		clearTimeout(held?.timer);
		this.#held = undefined;
		return held?.event;
	}
}
