import type {Found} from '../../chat/find.ts';
import type {Excerpt} from '../excerpt/excerpt.ts';
import type {ScrollPosition} from '../pane/pane.ts';

const maxCharacters = 200;
const maxHits = 200;

/** What a search holds at most: characters that are looked for, and hits in the view and elsewhere each. */
export const searchLimits = {characters: maxCharacters, hits: maxHits} as const;

/**
 * How it stands with the host: not asked yet; asked, and it takes its time; answered, perhaps with only the newest of its
 * hits; or without an answer, as it knows no search or is not reached.
 */
type Asked = 'not-yet' | 'waiting' | 'answered' | 'cut' | 'unanswered';

/** A search as it is typed. */
export type Search = {
	readonly text: string;
	/** Where the reader was, and what was unfolded, when it began. */
	readonly origin: ScrollPosition;
	readonly originUnfolded: ReadonlySet<number>;
	readonly originExcerpt: Excerpt | undefined;
	/** The ids of the lines of the open view in which it is found, newest first. */
	readonly hits: readonly number[];
	/** Messages that are not in this view, newest first: they come after those. */
	readonly elsewhere: readonly Found[];
	/** What the host found, as long as it still fits. */
	readonly fromHost: readonly Found[];
	/** Which of all hits is shown; -1 if there is none. */
	readonly index: number;
	readonly asked: Asked;
};

export type SearchAction =
	| {readonly type: 'begun'}
	/** What is looked for is another text. */
	| {readonly type: 'typed'; readonly text: string}
	| {readonly type: 'moved'; readonly by: 'older' | 'newer'}
	/** The host was asked a while ago. */
	| {readonly type: 'waited'; readonly text: string}
	/** What the host found; undefined if it does not answer. */
	| {
			readonly type: 'answered';
			readonly text: string;
			readonly found: readonly Found[] | undefined;
			readonly isCut: boolean;
	  }
	/** Back to where the reader was, or not. */
	| {readonly type: 'ended'; readonly isReturning: boolean};

/** All hits, here and elsewhere. */
export const countHits = ({hits, elsewhere}: Search): number => hits.length + elsewhere.length;

/** The message of elsewhere that is shown, if it is one of those. */
export const currentElsewhere = ({hits, elsewhere, index}: Search): Found | undefined =>
	elsewhere[index - hits.length];
