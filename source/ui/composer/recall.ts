import {everything} from '../../chat/conversation.ts';
import {showClusters} from '../text/sanitise.ts';
import {displayWidth} from '../text/width.ts';
import {lineEnd, lineStart} from './borders.ts';
import type {ComposerState, Entry} from './composer-state.ts';
import {remember, unsaid} from './history.ts';

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
	const {recall, view} = state;
	const shown = (entry: Entry) => (view === everything ? entry.form : entry.text);
	const recalled = recall && state.history[recall.position];
	// What was made of a recalled text is a text of its own, and is not lost by going on.
	const isChanged = recalled !== undefined && shown(recalled) !== state.text;
	const history = isChanged ? remember(state.history, unsaid(view, state.text)) : state.history;
	const step = direction === 'up' ? -1 : 1;
	let position = (recalled ? history.indexOf(recalled) : history.length) + step;
	let entry = history[position];
	while (entry && view !== everything && entry.view !== view) {
		position += step;
		entry = history[position];
	}
	const base = {...state, history, goalColumn: undefined};
	if (entry !== undefined) {
		const draft = recall?.draft ?? {text: state.text, caret: state.caret};
		const text = shown(entry);
		return {...base, text, caret: text.length, recall: {position, draft}};
	}
	return direction === 'down' && recall ? {...base, ...recall.draft, recall: undefined} : state;
}

/**
 * Up and Down: from line to line of the draft, holding on to the column; at its first and last line through what was
 * sent or cleared before, and back to the draft that was left for it.
 */
export const moveVertically = (state: ComposerState, direction: 'up' | 'down'): ComposerState =>
	moveCaret(state, direction) ?? walk(state, direction);
