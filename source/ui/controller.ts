import {mostUrgent} from '../chat/conversations.ts';
import {countWaiting} from '../chat/scrollback.ts';
import {waitsHere} from '../chat/views.ts';
import {candidatesFor} from './composer/candidates.ts';
import {actionForKey, type ComposerAction, textOf} from './composer/composer.ts';
import {copied, describeCopy} from './copy/copied.ts';
import {answerOf} from './keys/answer-of.ts';
import {EscapeAsAlt} from './keys/escape-as-alt.ts';
import type {KeyEvent} from './keys/key-event.ts';
import {isAlt, isControl, isInterrupt, isKey} from './keys/match-key.ts';
import {goTo} from './navigation.ts';
import type {Overlay} from './overlay/overlay.ts';
import {overlayKey} from './overlay/overlay-keys.ts';
import type {ScreenPorts} from './ports.ts';
import {addressingOf, recipientsOf} from './screen/addressing.ts';
import {isReadingOldest} from './screen/reading.ts';
import type {Question, ScreenAction, ScreenState, YesOrNo} from './screen/screen-state.ts';
import {showRaw} from './screen/show-raw.ts';
import type {Store} from './screen/store.ts';
import {searchActions} from './search/search-keys.ts';
import {formOf, submit} from './submit.ts';
import {WritingOn} from './writing-on.ts';

export type {ScreenPorts} from './ports.ts';

/** UTF-16 units of a draft above which nobody is told that it is being written. */
const maxToldLength = 4096;

/** Turns keys into what they mean where they are pressed. */
export class Controller {
	readonly #store: Store<ScreenState, ScreenAction>;
	readonly #ports: ScreenPorts;
	readonly #escape = new EscapeAsAlt();
	readonly #writingOn = new WritingOn();
	#events: KeyEvent[] = [];
	#isInkBusy = false;
	/** Whom the draft went to after the last key. */
	#recipients: string;

	constructor(store: Store<ScreenState, ScreenAction>, ports: ScreenPorts) {
		this.#store = store;
		this.#ports = ports;
		this.#recipients = recipientsOf(store.current);
	}

	handle(event: KeyEvent): void {
		const isFocused = event.type !== 'focus' || event.isFocused;
		// Whoever presses a key is here, also where a terminal forgot to say so.
		if (isFocused !== this.#store.current.isFocused)
			this.#store.dispatch({type: 'focused', isFocused, now: performance.now()});
		if (event.type === 'focus') return;
		this.#events.push(event);
		this.#handleEvents();
	}

	#handleEvents(): void {
		for (let event = this.#nextEvent(); event; event = this.#nextEvent()) {
			const {question, overlay} = this.#store.current;
			const written = question && this.#writingOn.actionsFor(event, question);
			if (written) for (const action of written) this.#compose(action);
			else if (question !== undefined) this.#answer(event, question);
			else if (overlay !== undefined) this.#handleOverlayKey(event, overlay);
			else this.#handleKey(event);
			this.#recipients = recipientsOf(this.#store.current);
		}
	}

	#nextEvent(): KeyEvent | undefined {
		return this.#isInkBusy ? undefined : this.#events.shift();
	}

	/** Keys while something is asked; those that mean the same everywhere do what they do else. */
	#answer(event: KeyEvent, question: Question): void {
		const answer = answerOf(event, question);
		switch (answer) {
			case 'leave':
				this.#ports.leave();
				break;
			case 'ask-to-leave':
				if (question.kind === 'name' && !this.#hasUnsent()) this.#ports.leave();
				else this.#askToLeave(question);
				break;
			case 'for-window':
				this.#handleKey(event);
				break;
			case 'for-prompt':
				this.#passToPrompt(event);
				break;
			case 'stay':
			case 'go-on':
				this.#store.dispatch({
					type: 'asked',
					question: question.kind === 'leave' ? question.instead : undefined,
				});
				if (answer === 'go-on') this.#handleKey(event);
				break;
			case 'yes':
			case 'no':
				this.#store.dispatch({type: 'asked', question: undefined});
				this.#ports.answer(question as YesOrNo, answer === 'yes');
				break;
			case undefined:
		}
	}

	/** The prompt is Ink's: until it has taken a key the next ones wait. */
	#passToPrompt(event: KeyEvent): void {
		this.#isInkBusy = true;
		void this.#ports.passToInk(event).then(() => {
			this.#isInkBusy = false;
			this.#handleEvents();
		});
	}

	/** Keys of what is looked at in front of the conversation. */
	#handleOverlayKey(event: KeyEvent, overlay: Overlay): void {
		const actions = overlayKey(event, overlay, this.#store.current);
		if (actions === undefined) this.#handleKey(event);
		for (const action of actions ?? []) this.#store.dispatch(action);
	}

	#handleKey(event: KeyEvent): void {
		const {search, composer} = this.#store.current;
		const sought = search && searchActions(event, {...this.#store.current, search});
		if (sought) {
			for (const action of sought) this.#store.dispatch(action);
			return;
		}
		if (composer.completion && isKey(event, 'escape')) {
			this.#compose({type: 'settle'});
			return;
		}
		const alternate = this.#escape.alternate(event);
		const act = (alternate && this.#actionFor(alternate)) ?? this.#actionFor(event);
		act?.();
		const {card, chat} = this.#store.current;
		// What it leads to is found as long as something is unread; else there is nothing more to it.
		if (card && (isKey(event, 'escape') || !mostUrgent(chat.conversations))) this.#passCard();
	}

	#passCard(): void {
		this.#store.dispatchSoon({type: 'card-passed'});
	}

	#actionFor(event: KeyEvent): (() => void) | undefined {
		const app = event.type === 'key' ? this.#appAction(event) : undefined;
		if (app) return app;
		const action = actionForKey(event);
		return action && (() => this.#compose(action));
	}

	/** Keys that belong to the window, not to the draft. */
	#appAction(event: KeyEvent & {type: 'key'}): (() => void) | undefined {
		const store = this.#store;
		if (isKey(event, 'enter')) return () => submit(this.#store, this.#ports, this.#recipients);
		if (isKey(event, 'tab')) return () => this.#complete('forward');
		if (event.name === 'tab' && event.shift) return () => this.#complete('backward');
		if (isKey(event, 'pageup')) return () => this.#pageUp();
		if (isKey(event, 'pagedown')) return () => store.dispatch({type: 'scrolled', by: 'page-down'});
		if (event.name === 'end' && (event.ctrl || (isKey(event, 'end') && this.#isEmpty())))
			return () => store.dispatch({type: 'scrolled-to-end'});
		if (isKey(event, 'up') && this.#isTakingBack()) return () => this.#takeBack();
		if (event.name === 'e' && event.alt && !event.ctrl) return () => store.dispatch({type: 'fold-toggled'});
		if (isKey(event, 'f1')) return () => this.#look('keys');
		if (isControl(event, 'g')) return () => this.#look('go');
		const go = goTo(event, store.current);
		if (go) return () => store.dispatch(go);
		if (isAlt(event, 'c')) return () => this.#copy();
		if (isAlt(event, 'v')) return () => showRaw(store);
		if (isControl(event, 'r')) return () => store.dispatch({type: 'search', action: {type: 'begun'}});
		if (isControl(event, 'l')) return () => this.#ports.redraw();
		if (isControl(event, 'z')) return () => this.#suspend();
		if (isInterrupt(event)) return () => this.#interrupt();
		if (isControl(event, 'd') && this.#isEmpty()) return () => this.#askToLeave();
		return undefined;
	}

	#look(kind: Overlay['kind']): void {
		this.#store.dispatch({type: 'overlay', action: {type: 'open', kind}});
	}

	#compose(action: ComposerAction): void {
		this.#writingOn.note();
		this.#store.dispatch({type: 'composer', action});
		if (this.#store.current.card) this.#passCard();
		const draft = textOf(this.#store.current.composer);
		// Of a long draft, as a pasted one, nobody has to be told with each key.
		const addressing =
			draft.length > maxToldLength
				? undefined
				: addressingOf({...this.#store.current.chat, composer: this.#store.current.composer});
		this.#ports.tellTyping(addressing?.ok === true ? addressing.to : []);
	}

	#pageUp(): void {
		this.#store.dispatch({type: 'scrolled', by: 'page-up'});
		if (isReadingOldest(this.#store.current)) this.#ports.loadEarlier();
	}

	#complete(direction: 'forward' | 'backward'): void {
		const {composer, chat, rooms} = this.#store.current;
		this.#store.dispatch({
			type: 'composer',
			action: {type: 'complete', direction, ...candidatesFor(composer, chat, rooms)},
		});
	}

	/** A line that still waits is edited rather than repeated, as long as nothing else is being written. */
	#isTakingBack(): boolean {
		return this.#isEmpty() && waitsHere(this.#store.current.chat);
	}

	#takeBack(): void {
		const taken = this.#ports.takeBack();
		if (!taken) return;
		this.#store.dispatchSoon({type: 'chat', action: {type: 'post-taken-back', post: taken.post}});
		this.#store.dispatch({
			type: 'composer',
			action: {type: 'set', text: formOf(taken.to, taken.text, taken.isAction)},
		});
	}

	#interrupt(): void {
		if (this.#isEmpty()) this.#askToLeave();
		else this.#store.dispatch({type: 'composer', action: {type: 'clear'}});
	}

	#askToLeave(instead?: Question): void {
		this.#store.dispatch({type: 'asked', question: {kind: 'leave', instead}});
	}

	#hasUnsent(): boolean {
		return !this.#isEmpty() || countWaiting(this.#store.current.chat.scrollback) > 0;
	}

	#isEmpty(): boolean {
		return textOf(this.#store.current.composer) === '';
	}

	#copy(): void {
		const text = copied(this.#store.current);
		const hint = text ? describeCopy(text, this.#ports.copy(text.text)) : 'there is nothing to copy yet';
		this.#store.dispatch({type: 'hinted', hint});
	}

	#suspend(): void {
		const refusal = this.#ports.suspend();
		if (refusal !== undefined) this.#store.dispatch({type: 'hinted', hint: refusal});
	}
}
