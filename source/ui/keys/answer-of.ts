import {actionForKey} from '../composer/action-for-key.ts';
import type {Question} from '../screen/screen-state.ts';
import type {KeyEvent} from './key-event.ts';
import {isAlt, isControl, isInterrupt, isKey} from './match-key.ts';

/**
 * What a key says to a question: `go-on` takes back that one wants to leave and is part of what is being written;
 * `for-prompt` is typed where a name is asked for, `empty-prompt` throws away what stands there, `for-draft` goes to the draft, which waits meanwhile, and `for-window`
 * does what it does at any time. Undefined: nothing.
 */
export type Answer =
	| 'yes'
	| 'no'
	| 'leave'
	| 'ask-to-leave'
	| 'stay'
	| 'go-on'
	| 'for-window'
	| 'for-prompt'
	| 'empty-prompt'
	| 'for-draft';

/** @param isSeen whether the window has room for the question: else only keys that leave from anywhere answer it */
export function answerOf(event: KeyEvent, question: Question, isSeen: boolean): Answer | undefined {
	const isLeaving = isInterrupt(event) || isControl(event, 'd');
	const letter = event.type === 'text' ? event.text.toLowerCase() : '';
	if (question.kind === 'leave') {
		if (isLeaving || (isSeen && (isKey(event, 'enter') || letter === 'y'))) return 'leave';
		// Who goes on writing loses nothing; a single letter was the answer.
		const isWriting = event.type === 'paste' || letter.length > 1;
		return isWriting && !question.instead ? 'go-on' : 'stay';
	}
	if (isLeaving) return 'ask-to-leave';
	if (isForWindow(event)) return 'for-window';
	if (question.kind === 'name') return isEmptying(event) ? 'empty-prompt' : 'for-prompt';
	if (isSeen && (letter === 'y' || letter === 'n')) return letter === 'y' ? 'yes' : 'no';
	return actionForKey(event) ? 'for-draft' : undefined;
}

/** Keys that mean the same while a name is asked for. */
function isForWindow(event: KeyEvent): boolean {
	const isScrolling = isKey(event, 'pageup') || isKey(event, 'pagedown');
	return isScrolling || isControl(event, 'l') || isControl(event, 'z');
}

/** What takes away a line or a word in the composer: a name is one word. */
const isEmptying = (event: KeyEvent): boolean =>
	isControl(event, 'u') || isControl(event, 'w') || isAlt(event, 'backspace');
