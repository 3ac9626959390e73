import type {Section} from './help-text.ts';

/** Keys, and what they do where nothing is asked. */
export type KeyEntry = {
	/** As they are called: modifiers, `+`, a key; each of them does it, or its part of it. */
	readonly keys: readonly string[];
	/** How they are shown, where it is not one behind the other. */
	readonly shown?: string;
	readonly does: string;
};

/** All keys of the screen, by what they are for: help and the readme are made of this or held to it. */
export const keyTable: readonly {readonly title: string; readonly entries: readonly KeyEntry[]}[] = [
	{
		title: 'Writing',
		entries: [
			{keys: ['Enter'], does: 'send'},
			{keys: ['Alt+Enter', 'Ctrl+J'], does: 'break the line'},
			{
				keys: ['Tab', 'Shift+Tab'],
				does: 'complete a name, the latest speakers first, a room or a command; again for the next one, or the one before',
			},
			{
				keys: ['Up', 'Down'],
				does: 'within a draft of several lines the caret; else what still waits to be sent, and what was sent there before',
			},
			{
				keys: [...'AEBFDKUWYT'].map(letter => `Ctrl+${letter}`),
				shown: 'Ctrl+A E B F D K U W Y T',
				does: 'as in a shell',
			},
			{keys: ['Alt+B', 'Alt+F', 'Alt+D'], shown: 'Alt+B F D', does: 'by words, as in a shell'},
			{keys: ['Ctrl+C'], does: 'clear the draft (Up brings it back), then leave; Enter says yes'},
			{keys: ['Ctrl+D'], does: 'leave, if the draft is empty; Enter says yes'},
		],
	},
	{
		title: 'Conversations',
		entries: [
			{keys: ['Ctrl+N', 'Ctrl+P'], does: 'the next conversation, the one before'},
			{
				keys: Array.from({length: 10}, (_, digit) => `Alt+${digit}`),
				shown: 'Alt+1 to Alt+9, Alt+0',
				does: 'the conversation of that number, everything',
			},
			{
				keys: ['Ctrl+G'],
				does: 'go to a conversation, a person or a room by typing part of a name, or of several with commas between; Tab completes them',
			},
			{keys: ['Alt+A'], does: 'where somebody waits for you, the most urgent first'},
			{keys: ['Alt+/'], does: 'back to where you were'},
		],
	},
	{
		title: 'Reading',
		entries: [
			{
				keys: ['PageUp', 'PageDown', 'Ctrl+End'],
				does: 'scroll, and go to the newest line; new messages do not move what you read',
			},
			{keys: ['Alt+P', 'Alt+N'], does: 'the message before, the next one, that is for you or names you'},
			{keys: ['Alt+E'], does: 'unfold a long message, or fold it'},
			{keys: ['Alt+V'], does: 'show what the newest message in sight is made of, character by character'},
			{
				keys: ['Ctrl+R'],
				does: 'search as you type, in what is loaded and then in all that the host has; Ctrl+R or Up to older hits, Ctrl+S or Down to newer ones, Enter goes there, Escape goes back; of long ago it shows an excerpt, which Escape leaves',
			},
			{
				keys: ['Alt+C'],
				does: 'copy the newest code, or without any the newest message in sight; while you search, what was found',
			},
		],
	},
	{
		title: 'The window',
		entries: [
			{keys: ['F1'], does: 'these keys'},
			{keys: ['Ctrl+L', 'Ctrl+Z'], does: 'draw anew, suspend'},
		],
	},
];

/** The same as a page. */
export const keySections: readonly Section[] = keyTable.map(({title, entries}) => ({
	title,
	paragraphs: [],
	entries: entries.map(({keys, shown, does}) =>
		shown === undefined ? ([keys.join(', '), does] as const) : ([shown, does, keys.join(' ')] as const),
	),
}));
