import {mostUrgent} from '../chat/conversations.ts';
import {waitsHere} from '../chat/views.ts';
import {Answering} from './answering.ts';
import {candidatesFor} from './composer/candidates.ts';
import {actionForKey, type ComposerAction, textOf} from './composer/composer.ts';
import {copied, describeCopy} from './copy/copied.ts';
import {EscapeAsAlt} from './keys/escape-as-alt.ts';
import type {KeyEvent} from './keys/key-event.ts';
import {isAlt, isControl, isInterrupt, isKey} from './keys/match-key.ts';
import {goTo} from './navigation.ts';
import type {Overlay} from './overlay/overlay.ts';
import {overlayKey} from './overlay/overlay-keys.ts';
import type {ScreenPorts} from './ports.ts';
import {addressingOf, recipientsOf} from './screen/addressing.ts';
import {isReadingOldest} from './screen/reading.ts';
import type {ScreenAction, ScreenState} from './screen/screen-state.ts';
import {showRaw} from './screen/show-raw.ts';
import type {Store} from './screen/store.ts';
import {searchActions} from './search/search-keys.ts';
import {formOf, submit} from './submit.ts';

export type {ScreenPorts} from './ports.ts';

/** UTF-16 units of a draft above which nobody is told that it is being written. */
const maxToldLength = 4096;

/** Turns keys into what they mean where they are pressed. */
export class Controller {
	readonly #store: Store<ScreenState, ScreenAction>;
	readonly #ports: ScreenPorts;
	readonly #escape = new EscapeAsAlt();
	readonly #answering: Answering;
	#events: KeyEvent[] = [];
	#isInkBusy = false;
	/** Whom the draft went to after the last key. */
	#recipients: string;

	constructor(store: Store<ScreenState, ScreenAction>, ports: ScreenPorts) {
		this.#store = store;
		this.#ports = ports;
		this.#answering = new Answering(store, ports, {
			compose: action => this.#compose(action),
			passToPrompt: event => this.#passToPrompt(event),
			pressInWindow: event => this.#handleKey(event),
		});
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
			const isTaken = this.#answering.take(event);
			const {overlay} = this.#store.current;
			if (!isTaken && overlay !== undefined) this.#handleOverlayKey(event, overlay);
			else if (!isTaken) this.#handleKey(event);
			this.#recipients = recipientsOf(this.#store.current);
		}
	}

	#nextEvent(): KeyEvent | undefined {
		return this.#isInkBusy ? undefined : this.#events.shift();
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
		if (event.type !== 'key') this.#answering.noteWriting();
		if (actions === undefined) this.#handleKey(event);
		for (const action of actions ?? []) this.#store.dispatch(action);
	}

	#handleKey(event: KeyEvent): void {
		const {search, composer} = this.#store.current;
		const sought = search && searchActions(event, {...this.#store.current, search});
		if (sought) {
			if (event.type !== 'key') this.#answering.noteWriting();
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
		if (isKey(event, 'enter'))
			return () => submit(this.#store, this.#ports, this.#recipients, this.#answering.isEnterRepeated);
		if (isKey(event, 'tab')) return () => this.#complete('forward');
		if (event.name === 'tab' && event.shift) return () => this.#complete('backward');
		if (isKey(event, 'escape') && store.current.excerpt)
			return () => store.dispatch({type: 'excerpt', action: {type: 'left'}});
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
		if (isControl(event, 'd') && this.#isEmpty()) return () => this.#answering.askToLeave();
		return undefined;
	}

	#look(kind: Overlay['kind']): void {
		this.#store.dispatch({type: 'overlay', action: {type: 'open', kind}});
	}

	#compose(action: ComposerAction): void {
		this.#answering.noteWriting();
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
		const {current} = this.#store;
		if (current.excerpt === undefined && isReadingOldest(current)) this.#ports.loadEarlier();
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
		if (this.#isEmpty()) this.#answering.askToLeave();
		else this.#store.dispatch({type: 'composer', action: {type: 'clear'}});
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
