import {countWaiting} from '../chat/scrollback.ts';
import {actionForKey, type ComposerAction, textOf} from './composer/composer.ts';
import {answerOf} from './keys/answer-of.ts';
import type {KeyEvent} from './keys/key-event.ts';
import {isKey} from './keys/match-key.ts';
import type {ScreenPorts} from './ports.ts';
import type {Question, ScreenAction, ScreenState, YesOrNo} from './screen/screen-state.ts';
import type {Store} from './screen/store.ts';
import {isTooSmall} from './screen/window-layout.ts';
import {WritingOn} from './writing-on.ts';

/** What a key does that is no answer. */
export type Elsewhere = {
	readonly compose: (action: ComposerAction) => void;
	readonly passToPrompt: (event: KeyEvent) => void;
	readonly pressInWindow: (event: KeyEvent) => void;
};

/** Keys while something is asked: none of them is lost, and none that was meant for something else answers. */
export class Answering {
	readonly #store: Store<ScreenState, ScreenAction>;
	readonly #ports: ScreenPorts;
	readonly #elsewhere: Elsewhere;
	readonly #writingOn = new WritingOn();

	constructor(store: Store<ScreenState, ScreenAction>, ports: ScreenPorts, elsewhere: Elsewhere) {
		this.#store = store;
		this.#ports = ports;
		this.#elsewhere = elsewhere;
	}

	/** A key went into the draft, or into what is looked for. */
	noteWriting(): void {
		this.#writingOn.note();
	}

	/** See `WritingOn`. */
	get isEnterRepeated(): boolean {
		return this.#writingOn.isEnterRepeated;
	}

	/** Returns whether the key was taken: if not, nothing is asked. */
	take(event: KeyEvent): boolean {
		this.#writingOn.see(event);
		if (this.#hasSettledHeld(event)) return true;
		const {question} = this.#store.current;
		if (question === undefined) return false;
		const written = this.#writingOn.actionsFor(event, question);
		if (written) for (const action of written) this.#elsewhere.compose(action);
		else this.#answer(event, question);
		return true;
	}

	askToLeave(instead?: Question): void {
		this.#store.dispatch({type: 'asked', question: {kind: 'leave', instead}});
	}

	/** Keys that mean the same everywhere do what they do else. */
	#answer(event: KeyEvent, question: Question): void {
		const answer = answerOf(event, question, !isTooSmall(this.#store.current.size));
		switch (answer) {
			case 'leave':
				if (!this.isEnterRepeated) this.#ports.leave();
				break;
			case 'ask-to-leave':
				if (question.kind === 'name' && !this.#hasUnsent()) this.#ports.leave();
				else this.askToLeave(question);
				break;
			case 'for-window':
				this.#elsewhere.pressInWindow(event);
				break;
			case 'empty-prompt':
				if (question.kind === 'name') this.#emptyPrompt(question);
				break;
			case 'for-prompt':
				this.#elsewhere.passToPrompt(event);
				break;
			case 'stay':
			case 'go-on':
				this.#store.dispatch({
					type: 'asked',
					question: question.kind === 'leave' ? question.instead : undefined,
				});
				if (answer === 'go-on') this.#elsewhere.pressInWindow(event);
				break;
			case 'yes':
			case 'no':
				this.#writingOn.hold(event, () => this.#settle(event, question as YesOrNo));
				break;
			case 'for-draft':
				this.#write(event);
				break;
			case undefined:
		}
	}

	/** Behind a letter that may be an answer Enter confirms it; any other key makes it a part of what is being written. */
	#hasSettledHeld(event: KeyEvent): boolean {
		const held = this.#writingOn.takeHeld();
		if (held === undefined) return false;
		const {question} = this.#store.current;
		if (isKey(event, 'enter') && question && question.kind !== 'name' && question.kind !== 'leave') {
			this.#settle(held, question);
			return true;
		}
		this.#write(held);
		return false;
	}

	/** A letter that stood alone is the answer, if it is still the same that is asked. */
	#settle(event: KeyEvent, question: YesOrNo): void {
		if (this.#store.current.question !== question) {
			this.#write(event);
			return;
		}
		this.#store.dispatch({type: 'asked', question: undefined});
		this.#ports.answer(question, answerOf(event, question, true) === 'yes');
	}

	#write(event: KeyEvent): void {
		const action = actionForKey(event);
		if (action) this.#elsewhere.compose(action);
	}

	/** Ink's prompt knows no such key: another prompt stands in its place, with nothing in it. */
	#emptyPrompt(question: Question & {readonly kind: 'name'}): void {
		const emptied = (question.emptied ?? 0) + 1;
		this.#store.dispatch({type: 'asked', question: {...question, suggestion: '', emptied}});
	}

	#hasUnsent(): boolean {
		const {composer, chat} = this.#store.current;
		return textOf(composer) !== '' || countWaiting(chat.scrollback) > 0;
	}
}
