import {chatReducer} from '../../chat/chat-state.ts';
import {type Pane, positionOf} from '../pane/pane.ts';
import {isNearTop, locate, scrollPage} from '../pane/viewport.ts';
import {paneOf} from '../screen/reading.ts';
import type {ScreenState} from '../screen/screen-state.ts';
import {allOfIt, openView} from '../screen/screen-views.ts';
import {sightOf} from '../search/row-with.ts';
import {
	type Excerpt,
	type ExcerptAction,
	type ExcerptPart,
	maxExcerptLines,
	type Wanted,
	withoutExcerpt,
} from './excerpt.ts';

/** What becomes of an excerpt; news of one that is not shown any more change nothing. */
export function excerptReducer(state: ScreenState, action: ExcerptAction): ScreenState {
	if (action.type === 'opened') return open(state, action);
	const {excerpt} = state;
	if (excerpt === undefined) return state;
	if (action.type === 'left') {
		const live = withoutExcerpt(state);
		return openView(live, live.chat.conversations.get(excerpt.back) ?? allOfIt);
	}
	if (action.found !== excerpt.found) return state;
	switch (action.type) {
		case 'waited':
			return {...state, excerpt: {...excerpt, isSlow: excerpt.wanted !== undefined}};
		case 'loaded':
			return take(state, excerpt, action.part);
		case 'failed':
			return {...state, excerpt: {...excerpt, ...idle, problem: action.problem}};
	}
}

const idle = {wanted: undefined, isSlow: false, problem: undefined} as const;

/** Opens the conversation of a message, and shows that alone until what was said around it is there. */
function open(state: ScreenState, {found, words}: ExcerptAction & {readonly type: 'opened'}): ScreenState {
	const back = state.excerpt?.back ?? state.chat.open;
	// What came there last is not seen on the way.
	const chat = chatReducer(state.chat, {type: 'watched', isWatched: false});
	const there = openView({...withoutExcerpt(state), chat}, found.party ?? allOfIt);
	const {scroll, unfolded} = there;
	const lines = [{...found, id: found.n ?? 0}];
	const none = {before: undefined, after: undefined, isLoaded: false};
	const excerpt = {
		...idle,
		...none,
		wanted: 'around',
		found,
		words,
		lines,
		live: {scroll, unfolded},
		back,
	} as const;
	return show({...there, excerpt}, excerpt);
}

/** Shows the message that it is about, with what was found in it. */
function show(state: ScreenState, {found, words}: Excerpt): ScreenState {
	return {...state, ...sightOf(paneOf({...state, unfolded: new Set()}), found.n ?? 0, words)};
}

function take(state: ScreenState, excerpt: Excerpt, part: ExcerptPart): ScreenState {
	const {lines, before, after} = excerpt;
	switch (excerpt.wanted) {
		case 'around': {
			const loaded = {...excerpt, ...idle, before: undefined, after: undefined, ...part, isLoaded: true};
			return show({...state, excerpt: loaded}, loaded);
		}
		case 'earlier': {
			const all = [...part.lines, ...lines];
			const kept = all.slice(0, maxExcerptLines);
			const end = kept.length < all.length ? kept.at(-1)?.id : after;
			return {...state, excerpt: {...excerpt, ...idle, lines: kept, before: part.before, after: end}};
		}
		case 'later': {
			const all = [...lines, ...part.lines];
			const kept = all.slice(-maxExcerptLines);
			const start = kept.length < all.length ? kept[0]?.id : before;
			// Whoever reads its end goes on reading there.
			const pane = paneOf(state);
			const scroll = state.scroll ?? positionOf(pane, locate(pane, undefined));
			return {
				...state,
				scroll,
				excerpt: {...excerpt, ...idle, lines: kept, before: start, after: part.after},
			};
		}
		default:
			return state;
	}
}

/** Goes on reading; behind the end of all that was said there the conversation goes on as it is read otherwise. */
export function scrollExcerpt(
	state: ScreenState,
	excerpt: Excerpt,
	by: 'page-up' | 'page-down',
): ScreenState {
	const pane = paneOf(state);
	const {isLoaded, after} = excerpt;
	const isAtEnd = isLoaded && after === undefined && state.scroll === undefined;
	if (isAtEnd && by === 'page-down') return {...withoutExcerpt(state), scroll: undefined, hint: undefined};
	const scroll = scrollPage(pane, state.scroll, by);
	const wanted = excerpt.wanted ?? wantedAt(excerpt, pane, scroll, by);
	const problem = wanted ? undefined : excerpt.problem;
	return {...state, scroll, excerpt: {...excerpt, wanted, problem}, hint: undefined};
}

function wantedAt(
	{isLoaded, before, after}: Excerpt,
	pane: Pane,
	scroll: ScreenState['scroll'],
	by: 'page-up' | 'page-down',
): Wanted | undefined {
	if (!isLoaded) return 'around';
	if (by === 'page-up') return before !== undefined && isNearTop(pane, scroll) ? 'earlier' : undefined;
	const isNearEnd = scrollPage(pane, scroll, 'page-down') === undefined;
	return after !== undefined && isNearEnd ? 'later' : undefined;
}
