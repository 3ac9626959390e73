import {type ConversationId, everything} from '../../chat/conversation.ts';
import type {Candidates} from './candidates.ts';

/** A text and where its caret stands: always on a border of two grapheme clusters. */
export type Draft = {
	readonly text: string;
	/** Offset in the text, in code units. */
	readonly caret: number;
};

/** Something that was sent or cleared. */
export type Entry = {
	/** As it was written. */
	readonly text: string;
	/** The view that it was said in. */
	readonly view: ConversationId;
	/** The same as it is said where everything is shown: with whom it is for. */
	readonly form: string;
};

/** A walk through what was written before. */
type Recall = {
	/** Index in the history of what is shown. */
	readonly position: number;
	/** What was being written when the walk began. */
	readonly draft: Draft;
};

/** The names that Tab goes around in. */
type Completion = {
	/** Offset of the word that is completed, in code units. */
	readonly start: number;
	/** What stands in its place, one for each Tab. */
	readonly replacements: readonly string[];
	readonly index: number;
};

export type ComposerState = Draft & {
	/** The view that is written in: what was written in others is recalled only where everything is shown. */
	readonly view: ConversationId;
	/** What Ctrl+Y brings back. */
	readonly killed: string;
	/** True right after a kill: the next one adds to it. */
	readonly isKilling: boolean;
	/** What was sent or cleared, oldest first. */
	readonly history: readonly Entry[];
	readonly recall: Recall | undefined;
	readonly completion: Completion | undefined;
	/** The column, in cells, that Up and Down hold on to. */
	readonly goalColumn: number | undefined;
	/** True if the last insertion did not fit and was cut. */
	readonly isCut: boolean;
};

export const emptyComposer: ComposerState = {
	text: '',
	caret: 0,
	view: everything,
	killed: '',
	isKilling: false,
	history: [],
	recall: undefined,
	completion: undefined,
	goalColumn: undefined,
	isCut: false,
};

/** The draft as it is sent: lines ended by LF. */
export const textOf = (state: ComposerState): string => state.text;

export type Direction = 'backward' | 'forward';

export type ComposerAction =
	| {readonly type: 'insert'; readonly text: string}
	/** `isCut`: the paste was longer than what came through. */
	| {readonly type: 'paste'; readonly text: string; readonly isCut: boolean}
	/** Replaces the draft, with the caret at its end. */
	| {readonly type: 'set'; readonly text: string}
	| {
			readonly type: 'move';
			readonly to: 'left' | 'right' | 'word-left' | 'word-right' | 'line-start' | 'line-end';
	  }
	/** Up or Down: within a draft of several lines the caret, else the walk through the history. */
	| {readonly type: 'up' | 'down'}
	| {readonly type: 'delete'; readonly direction: Direction}
	| {
			readonly type: 'kill';
			readonly to: 'line-start' | 'line-end' | 'word-start' | 'word-end' | 'blank-word-start';
	  }
	| {readonly type: 'yank' | 'transpose'}
	/** Empties the draft and keeps it for recall; `said`: where it was said, if that is not where it was written. */
	| {readonly type: 'clear'}
	| {readonly type: 'submit'; readonly said?: Omit<Entry, 'text'>}
	/** Completes a word, or goes on to the next. `candidates`: the likeliest first. */
	| ({readonly type: 'complete'; readonly direction?: Direction} & Pick<Candidates, 'candidates'> &
			Partial<Candidates>)
	/** What Tab has put there stays, and the others are not shown any more. */
	| {readonly type: 'settle'};
