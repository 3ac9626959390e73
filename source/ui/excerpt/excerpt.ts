import type {ChatLine} from '../../chat/chat-line.ts';
import type {ConversationId} from '../../chat/conversation.ts';
import type {Found} from '../../chat/find.ts';
import type {ScrollPosition} from '../pane/pane.ts';
import type {ScreenState} from '../screen/screen-state.ts';

/** Lines that an excerpt has at most: what is further from the reader is given up, and loaded anew if need be. */
export const maxExcerptLines = 400;

/** What is to be loaded: what stands around the message, or what goes on from there. */
export type Wanted = 'around' | 'earlier' | 'later';

/** What was said around a message that is further back than all that is held, in place of the open conversation. */
export type Excerpt = {
	readonly found: Found;
	/** What was looked for, see `wordsOf`. */
	readonly words: readonly string[];
	/** Oldest first, with their numbers at the host as ids. The message itself is there from the start. */
	readonly lines: readonly ChatLine[];
	/** The numbers from which on there is more at the host; undefined if there is nothing more. */
	readonly before: number | undefined;
	readonly after: number | undefined;
	/** Whether it is more than the message alone. */
	readonly isLoaded: boolean;
	readonly wanted: Wanted | undefined;
	/** Whether it takes its time. */
	readonly isSlow: boolean;
	/** Why there is no more of it. */
	readonly problem: 'gone' | 'not-reached' | undefined;
	/** Where the conversation is read otherwise. */
	readonly live: Pick<ScreenState, 'scroll' | 'unfolded'>;
	/** The view that the reader came from. */
	readonly back: ConversationId;
};

/** More of it, oldest first; `before` and `after` as in `Excerpt`, on the sides that were wanted. */
export type ExcerptPart = {
	readonly lines: readonly ChatLine[];
	readonly before?: number | undefined;
	readonly after?: number | undefined;
};

export type ExcerptAction =
	/** The reader wants to see where a message stands, in which words were found. */
	| {readonly type: 'opened'; readonly found: Found; readonly words: readonly string[]}
	/** It has taken a while so far. */
	| {readonly type: 'waited'; readonly found: Found}
	| {readonly type: 'loaded'; readonly found: Found; readonly part: ExcerptPart}
	| {readonly type: 'failed'; readonly found: Found; readonly problem: Excerpt['problem']}
	/** Back to where the reader was before. */
	| {readonly type: 'left'};

type Read = {readonly excerpt: Excerpt | undefined; readonly scroll: ScrollPosition} & Pick<
	ScreenState,
	'unfolded'
>;

/** The same with the open conversation as it is read otherwise. */
export const withoutExcerpt = <State extends Read>(state: State): State =>
	state.excerpt ? {...state, ...state.excerpt.live, excerpt: undefined} : state;
