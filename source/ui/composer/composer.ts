import {
	blankWordStart,
	lineEnd,
	lineStart,
	nextBorder,
	previousBorder,
	wordEnd,
	wordStart,
} from './borders.ts';
import {complete} from './complete.ts';
import {type ComposerAction, type ComposerState, emptyComposer} from './composer-state.ts';
import {putAway} from './history.ts';
import {cleanText, replaceRange} from './insert.ts';
import {moveVertically} from './recall.ts';

export {actionForKey} from './action-for-key.ts';
export type {ComposerAction, ComposerState, Draft} from './composer-state.ts';
export {textOf} from './composer-state.ts';
export {emptyComposer};

type ActionOf<Type extends ComposerAction['type']> = Extract<ComposerAction, {readonly type: Type}>;

const replace = (state: ComposerState, start: number, end: number, text: string): ComposerState => ({
	...state,
	...replaceRange(state, {start, end}, text),
});

function moveTarget({text, caret}: ComposerState, to: ActionOf<'move'>['to']): number {
	switch (to) {
		case 'left':
			return previousBorder(text, caret);
		case 'right':
			return nextBorder(text, caret);
		case 'word-left':
			return wordStart(text, caret);
		case 'word-right':
			return wordEnd(text, caret);
		case 'line-start':
			return lineStart(text, caret);
		case 'line-end':
			return lineEnd(text, caret);
	}
}

// Killing at the very start or end of a line takes the line feed, so that the same key goes on.
function killTarget({text, caret}: ComposerState, to: ActionOf<'kill'>['to']): number {
	switch (to) {
		case 'line-start': {
			const start = lineStart(text, caret);
			return start === caret ? previousBorder(text, caret) : start;
		}
		case 'line-end': {
			const end = lineEnd(text, caret);
			return end === caret ? nextBorder(text, caret) : end;
		}
		case 'word-start':
			return wordStart(text, caret);
		case 'word-end':
			return wordEnd(text, caret);
		case 'blank-word-start':
			return blankWordStart(text, caret);
	}
}

function kill(state: ComposerState, to: ActionOf<'kill'>['to']): ComposerState {
	const target = killTarget(state, to);
	const start = Math.min(target, state.caret);
	const end = Math.max(target, state.caret);
	const cut = state.text.slice(start, end);
	const before = state.isKilling ? state.killed : '';
	const killed = target < state.caret ? cut + before : before + cut;
	const hasKilled = cut !== '' || state.isKilling;
	return {...replace(state, start, end, ''), killed: hasKilled ? killed : state.killed, isKilling: hasKilled};
}

// At the end of a line readline takes the two characters before the caret, elsewhere those on its two sides.
function transpose(state: ComposerState): ComposerState {
	const {text, caret} = state;
	const start = lineStart(text, caret);
	const end = lineEnd(text, caret);
	const middle = caret === end ? previousBorder(text, caret) : caret;
	const from = previousBorder(text, middle);
	if (middle <= start || from < start) return state;
	const to = nextBorder(text, middle);
	return replace(state, from, to, text.slice(middle, to) + text.slice(from, middle));
}

function reduce(state: ComposerState, action: ComposerAction): ComposerState {
	const {text, caret} = state;
	switch (action.type) {
		case 'insert':
			return replace(state, caret, caret, cleanText(action.text));
		case 'paste': {
			const pasted = replace(state, caret, caret, cleanText(action.text));
			return {...pasted, isCut: pasted.isCut || action.isCut};
		}
		case 'set':
			return replace({...state, recall: undefined}, 0, text.length, cleanText(action.text));
		case 'move':
			return {...state, caret: moveTarget(state, action.to)};
		case 'delete': {
			const isBackward = action.direction === 'backward';
			const start = isBackward ? previousBorder(text, caret) : caret;
			return replace(state, start, isBackward ? caret : nextBorder(text, caret), '');
		}
		case 'kill':
			return kill(state, action.to);
		case 'yank':
			return replace(state, caret, caret, state.killed);
		case 'transpose':
			return transpose(state);
		case 'up':
		case 'down':
			return moveVertically(state, action.type);
		case 'clear':
			return putAway(state);
		case 'submit':
			return putAway(state, action.said);
		case 'complete':
			return complete(state, action.candidates, action.direction ?? 'forward', action.isBare);
		case 'settle':
			return state;
	}
}

/**
 * The composer after `action`. Pure. The caret stays on a border of grapheme clusters; the draft stays at or below 64 KiB
 * of UTF-8, and `isCut` says that something did not fit. Nothing that was written is lost by an action: what is cleared,
 * left or changed while recalling can be recalled.
 */
export function composerReducer(state: ComposerState, action: ComposerAction): ComposerState {
	// What holds only from one key to the next ends here, unless this action is the one that carries it on.
	const current: ComposerState = {
		...state,
		isCut: false,
		isKilling: state.isKilling && action.type === 'kill',
		completion: action.type === 'complete' ? state.completion : undefined,
		goalColumn: action.type === 'up' || action.type === 'down' ? state.goalColumn : undefined,
	};
	return reduce(action.type === 'insert' ? withRoomForComma(current, state, action.text) : current, action);
}

/** A comma right behind a name that was completed as the last recipient means that there is another one. */
function withRoomForComma(current: ComposerState, {completion}: ComposerState, text: string): ComposerState {
	const {caret} = current;
	const isBehindName = completion?.replacements[completion.index]?.endsWith(': ');
	if (!isBehindName || !text.startsWith(',')) return current;
	return {...current, ...replaceRange(current, {start: caret - 2, end: caret}, '')};
}
