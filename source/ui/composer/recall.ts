import {showClusters} from '../text/sanitise.ts';
import {displayWidth} from '../text/width.ts';
import {lineEnd, lineStart} from './borders.ts';
import type {ComposerState} from './composer-state.ts';
import {remember} from './history.ts';

const widthOf = (text: string): number =>
	showClusters(text).reduce(
		(sum, {shown}) => sum + shown.reduce((width, segment) => width + displayWidth(segment.text), 0),
		0,
	);

// The border in the line from `start` to `end` that is nearest to `column` cells without passing it.
function offsetAtColumn(text: string, start: number, end: number, column: number): number {
	let width = 0;
	let offset = start;
	for (const {source, shown} of showClusters(text.slice(start, end))) {
		width += shown.reduce((sum, segment) => sum + displayWidth(segment.text), 0);
		if (width > column) break;
		offset += source.length;
	}
	return offset;
}

function moveCaret(state: ComposerState, direction: 'up' | 'down'): ComposerState | undefined {
	const {text, caret} = state;
	const start = lineStart(text, caret);
	const end = lineEnd(text, caret);
	if (direction === 'up' ? start === 0 : end === text.length) return undefined;
	const goalColumn = state.goalColumn ?? widthOf(text.slice(start, caret));
	const target = direction === 'up' ? start - 1 : end + 1;
	return {
		...state,
		caret: offsetAtColumn(text, lineStart(text, target), lineEnd(text, target), goalColumn),
		goalColumn,
	};
}

function walk(state: ComposerState, direction: 'up' | 'down'): ComposerState {
	const {recall} = state;
	// What was made of a recalled text is a text of its own, and is not lost by going on.
	const isChanged = recall !== undefined && state.history[recall.position] !== state.text;
	const history = isChanged ? remember(state.history, state.text) : state.history;
	const dropped = state.history.length + (isChanged ? 1 : 0) - history.length;
	const from = recall ? recall.position - Math.max(0, dropped) : history.length;
	const position = from + (direction === 'up' ? -1 : 1);
	const entry = history[position];
	const base = {...state, history, goalColumn: undefined};
	if (entry !== undefined) {
		const draft = recall?.draft ?? {text: state.text, caret: state.caret};
		return {...base, text: entry, caret: entry.length, recall: {position, draft}};
	}
	return direction === 'down' && recall ? {...base, ...recall.draft, recall: undefined} : state;
}

/**
 * Up and Down: from line to line of the draft, holding on to the column; at its first and last line through what was
 * sent or cleared before, and back to the draft that was left for it.
 */
export const moveVertically = (state: ComposerState, direction: 'up' | 'down'): ComposerState =>
	moveCaret(state, direction) ?? walk(state, direction);
