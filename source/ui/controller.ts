import {partyOf} from '../chat/conversation.ts';
import {knownNames} from '../chat/recipients.ts';
import {countWaiting, isUnsent} from '../chat/scrollback.ts';
import {formatPost} from '../protocol/plain.ts';
import {actionForKey, type ComposerAction, textOf} from './composer/composer.ts';
import {EscapeAsAlt} from './keys/escape-as-alt.ts';
import type {KeyEvent} from './keys/key-event.ts';
import {isAlt, isControl, isInterrupt, isKey} from './keys/match-key.ts';
import {goTo} from './navigation.ts';
import {explainAddressing} from './rows/recipient-row.ts';
import {addressingOf} from './screen/addressing.ts';
import {
	isReadingOldest,
	type Question,
	type ScreenAction,
	type ScreenState,
	type YesOrNo,
} from './screen/screen-state.ts';
import {showRaw} from './screen/show-raw.ts';
import type {Store} from './screen/store.ts';
import {sanitise} from './text/sanitise.ts';

/** What the keys can make happen outside of the screen's own state. */
export type ScreenPorts = {
	/** Sends one line; undefined when no more can wait. */
	readonly send: (to: readonly string[], text: string) => number | undefined;
	/** Takes the newest line back that was never written. */
	readonly takeBack: () =>
		| {readonly to: readonly string[]; readonly text: string; readonly post: number}
		| undefined;
	/** Asks for what was said before all that is shown. */
	readonly loadEarlier: () => void;
	/** Tells whom the draft is for that it is being written, or no longer. */
	readonly tellTyping: (to: readonly string[]) => void;
	readonly leave: () => void;
	/** What the person says to a question. */
	readonly answer: (question: YesOrNo, isYes: boolean) => void;
	/** Stops the program until the shell continues it, or gives a sentence that says whom that would hurt. */
	readonly suspend: () => string | undefined;
	readonly redraw: () => void;
	/** Hands a key to Ink, for the prompt that Ink draws; the next one may come when that is done. */
	readonly passToInk: (key: KeyEvent) => Promise<void>;
};

/** UTF-16 units of a draft above which nobody is told that it is being written. */
const maxToldLength = 4096;

/** Turns keys into what they mean where they are pressed. */
export class Controller {
	readonly #store: Store<ScreenState, ScreenAction>;
	readonly #ports: ScreenPorts;
	readonly #escape = new EscapeAsAlt();
	#events: KeyEvent[] = [];
	#isInkBusy = false;

	constructor(store: Store<ScreenState, ScreenAction>, ports: ScreenPorts) {
		this.#store = store;
		this.#ports = ports;
	}

	handle(event: KeyEvent): void {
		this.#events.push(event);
		this.#handleEvents();
	}

	#handleEvents(): void {
		for (let event = this.#nextEvent(); event; event = this.#nextEvent()) {
			const {question} = this.#store.current;
			if (question?.kind === 'name') this.#handleNameKey(event, question);
			else if (question?.kind === 'leave') this.#handleLeaveKey(event, question);
			else if (question !== undefined) this.#handleYesOrNo(event, question);
			else this.#handleKey(event);
		}
	}

	#nextEvent(): KeyEvent | undefined {
		return this.#isInkBusy ? undefined : this.#events.shift();
	}

	#handleNameKey(event: KeyEvent, question: Question & {kind: 'name'}): void {
		if (isInterrupt(event) || isControl(event, 'd')) {
			if (this.#hasUnsent()) this.#askToLeave(question);
			else this.#ports.leave();
			return;
		}
		if (isForWindow(event)) {
			this.#handleKey(event);
			return;
		}
		this.#isInkBusy = true;
		void this.#ports.passToInk(event).then(() => {
			this.#isInkBusy = false;
			this.#handleEvents();
		});
	}

	#handleYesOrNo(event: KeyEvent, question: YesOrNo): void {
		if (isInterrupt(event) || isControl(event, 'd')) {
			this.#askToLeave(question);
			return;
		}
		if (isForWindow(event)) {
			this.#handleKey(event);
			return;
		}
		const letter = event.type === 'text' ? event.text.toLowerCase() : '';
		if (letter !== 'y' && letter !== 'n') return;
		this.#store.dispatch({type: 'asked', question: undefined});
		this.#ports.answer(question, letter === 'y');
	}

	#handleLeaveKey(event: KeyEvent, question: Question & {kind: 'leave'}): void {
		const isYes =
			isKey(event, 'enter') ||
			isInterrupt(event) ||
			isControl(event, 'd') ||
			(event.type === 'text' && event.text.toLowerCase() === 'y');
		if (isYes) {
			this.#ports.leave();
			return;
		}
		this.#store.dispatch({type: 'asked', question: question.instead});
		// Who goes on writing loses nothing; a single letter was the answer.
		const isWriting = event.type === 'paste' || (event.type === 'text' && event.text.length > 1);
		if (isWriting && !question.instead) this.#handleKey(event);
	}

	#handleKey(event: KeyEvent): void {
		const alternate = this.#escape.alternate(event);
		const act = (alternate && this.#actionFor(alternate)) ?? this.#actionFor(event);
		act?.();
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
		if (isKey(event, 'enter')) return () => this.#submit();
		if (isKey(event, 'tab')) return () => this.#complete('forward');
		if (event.name === 'tab' && event.shift) return () => this.#complete('backward');
		if (isKey(event, 'pageup')) return () => this.#pageUp();
		if (isKey(event, 'pagedown')) return () => store.dispatch({type: 'scrolled', by: 'page-down'});
		if (event.name === 'end' && (event.ctrl || (isKey(event, 'end') && this.#isEmpty())))
			return () => store.dispatch({type: 'scrolled-to-end'});
		if (isKey(event, 'up') && this.#isTakingBack()) return () => this.#takeBack();
		if (event.name === 'e' && event.alt && !event.ctrl) return () => store.dispatch({type: 'fold-toggled'});
		const go = goTo(event, store.current);
		if (go) return () => store.dispatch(go);
		if (isAlt(event, 'v')) return () => showRaw(store);
		if (isControl(event, 'l')) return () => this.#ports.redraw();
		if (isControl(event, 'z')) return () => this.#suspend();
		if (isInterrupt(event)) return () => this.#interrupt();
		if (isControl(event, 'd') && this.#isEmpty()) return () => this.#askToLeave();
		return undefined;
	}

	#compose(action: ComposerAction): void {
		this.#store.dispatch({type: 'composer', action});
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

	#submit(): void {
		const addressing = addressingOf({...this.#store.current.chat, composer: this.#store.current.composer});
		if (!addressing.ok) {
			this.#store.dispatch({type: 'hinted', hint: explainAddressing(addressing)});
			return;
		}
		const draft = textOf(this.#store.current.composer);
		if (addressing.doubt && this.#store.current.doubted !== draft) {
			this.#store.dispatch({type: 'doubted', draft, hint: doubtOf(addressing.doubt, addressing.to)});
			return;
		}
		for (const [index, text] of addressing.texts.entries()) {
			const post = this.#ports.send(addressing.to, text);
			if (post === undefined) {
				this.#keepRest(addressing.to, addressing.texts.slice(index));
				return;
			}
			this.#store.dispatchSoon({
				type: 'chat',
				action: {type: 'posted', post, to: addressing.to, text, at: Date.now()},
			});
		}
		this.#store.dispatchSoon({type: 'composer', action: {type: 'submit'}});
		const party = partyOf(addressing.to, this.#store.current.chat.login);
		if (party) this.#store.dispatchSoon({type: 'opened', party});
		// Where the line now stands: who leaves a view further up has not seen its end, and comes back to the same place.
		this.#store.dispatch({type: 'scrolled-to-end'});
	}

	/** Too much waits already: what could not be taken stays in the composer. */
	#keepRest(to: readonly string[], texts: readonly string[]): void {
		const draft = formatPost(to, '') + texts.join('\n');
		this.#store.dispatch({type: 'composer', action: {type: 'set', text: draft}});
		this.#store.dispatch({
			type: 'hinted',
			hint: 'no more can wait to be sent: what is left stays here, Enter tries again',
		});
	}

	#complete(direction: 'forward' | 'backward'): void {
		const {chat} = this.#store.current;
		this.#store.dispatch({
			type: 'composer',
			action: {type: 'complete', candidates: knownNames(chat.seen, chat.people), direction},
		});
	}

	/** A line that still waits is edited rather than repeated, as long as nothing else is being written. */
	#isTakingBack(): boolean {
		if (!this.#isEmpty()) return false;
		const {chat} = this.#store.current;
		const newest = chat.scrollback.lines.findLast(line => line.kind === 'own');
		return newest?.kind === 'own' && isUnsent(newest.delivery);
	}

	#takeBack(): void {
		const taken = this.#ports.takeBack();
		if (!taken) return;
		this.#store.dispatchSoon({type: 'chat', action: {type: 'post-taken-back', post: taken.post}});
		this.#store.dispatch({
			type: 'composer',
			action: {type: 'set', text: formatPost(taken.to, taken.text)},
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

	#suspend(): void {
		const refusal = this.#ports.suspend();
		if (refusal !== undefined) this.#store.dispatch({type: 'hinted', hint: refusal});
	}
}

function doubtOf(names: readonly string[], to: readonly string[]): string {
	const [unknown, here] = [names, to].map(those => those.map(sanitise).join(', '));
	return `nobody here is called ${unknown}: Enter again says it to ${here}`;
}

/** Keys that mean the same while a name is asked for. */
function isForWindow(event: KeyEvent): boolean {
	const isScrolling = isKey(event, 'pageup') || isKey(event, 'pagedown');
	return isScrolling || isControl(event, 'l') || isControl(event, 'z');
}
