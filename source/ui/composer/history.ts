import type {ComposerState} from './composer-state.ts';

const maxEntries = 500;
const maxUnits = 1024 * 1024;

/** `history` with `text` as its newest entry: bounded in entries and code units; no blank text, none twice in a row. */
export function remember(history: readonly string[], text: string): readonly string[] {
	if (text.trim() === '' || history.at(-1) === text) return history;
	const entries = [...history, text].slice(-maxEntries);
	let units = entries.reduce((sum, entry) => sum + entry.length, 0);
	let first = 0;
	while (units > maxUnits && first < entries.length - 1) {
		units -= (entries[first] as string).length;
		first++;
	}
	return entries.slice(first);
}

/** Empties the draft and remembers it, and before it the draft that was left to recall something. */
export function putAway(state: ComposerState): ComposerState {
	const left = state.recall?.draft.text ?? '';
	return {
		...state,
		text: '',
		caret: 0,
		history: remember(remember(state.history, left), state.text),
		recall: undefined,
	};
}
