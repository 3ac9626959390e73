import type {ConversationId} from '../../chat/conversation.ts';
import type {ComposerState, Entry} from './composer-state.ts';

const maxEntries = 500;
const maxUnits = 1024 * 1024;

/** `history` with its newest entry: bounded in entries and code units; no blank text, none twice in a row in a view. */
export function remember(history: readonly Entry[], entry: Entry): readonly Entry[] {
	const before = history.findLast(({view}) => view === entry.view);
	if (entry.text.trim() === '' || before?.text === entry.text) return history;
	const entries = [...history, entry].slice(-maxEntries);
	let units = entries.reduce((sum, {text}) => sum + text.length, 0);
	let first = 0;
	while (units > maxUnits && first < entries.length - 1) {
		units -= (entries[first] as Entry).text.length;
		first++;
	}
	return entries.slice(first);
}

/** What was written and said to nobody, as it stands in the history of the view. */
export const unsaid = (view: ConversationId, text: string): Entry => ({text, view, form: text});

/**
 * Empties the draft and remembers it, and before it the draft that was left to recall something.
 *
 * @param said where it was said, and its text with whom it is for
 */
export function putAway(state: ComposerState, said?: Omit<Entry, 'text'>): ComposerState {
	const left = unsaid(state.view, state.recall?.draft.text ?? '');
	return {
		...state,
		text: '',
		caret: 0,
		history: remember(remember(state.history, left), {...unsaid(state.view, state.text), ...said}),
		recall: undefined,
	};
}
