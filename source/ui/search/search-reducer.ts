import {everything} from '../../chat/conversation.ts';
import {type Found, findLines, hasWords, newestOf, wordsOf} from '../../chat/find.ts';
import {scrollbackOf} from '../../chat/views.ts';
import {paneOf} from '../screen/reading.ts';
import type {ScreenState} from '../screen/screen-state.ts';
import {sightOf} from './row-with.ts';
import {countHits, type Search, type SearchAction, searchLimits} from './search-state.ts';

type Changed = Partial<Pick<ScreenState, 'search' | 'scroll' | 'unfolded' | 'excerpt'>>;

/** What a search changes on the screen. */
export function searchReducer(state: ScreenState, action: SearchAction): Changed {
	const {search} = state;
	if (action.type === 'begun') return search ? {} : {search: begin(state)};
	if (search === undefined) return {};
	switch (action.type) {
		case 'typed':
			return type(state, search, action.text);
		case 'moved': {
			const index = search.index + (action.by === 'older' ? 1 : -1);
			if (index < 0 || index >= countHits(search)) return {};
			return goTo(state, {...search, index});
		}
		case 'waited':
			return action.text === search.text && search.asked === 'not-yet'
				? {search: {...search, asked: 'waiting'}}
				: {};
		case 'answered':
			return action.text === search.text ? takeAnswer(state, search, action) : {};
		case 'ended':
			if (!action.isReturning) return {search: undefined};
			return {search: undefined, ...originOf(search)};
	}
}

const begin = ({scroll, unfolded, excerpt}: ScreenState): Search => ({
	text: '',
	origin: scroll,
	originUnfolded: unfolded,
	originExcerpt: excerpt,
	hits: [],
	elsewhere: [],
	fromHost: [],
	index: -1,
	asked: 'not-yet',
});

function type(state: ScreenState, search: Search, typed: string): Changed {
	const text = Array.from(typed.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' '))
		.slice(0, searchLimits.characters)
		.join('');
	const words = wordsOf(text);
	const found = findLines(linesOf(state), words, searchLimits.hits);
	const fromHost = search.fromHost.filter(line => hasWords(line.text, words));
	const elsewhere = elsewhereOf(state, words, found, fromHost);
	const index = found.length + elsewhere.length > 0 ? 0 : -1;
	const hits = found.map(({id}) => id);
	return goTo(state, {...search, text, hits, fromHost, elsewhere, index, asked: 'not-yet'});
}

function takeAnswer(
	state: ScreenState,
	search: Search,
	{found, isCut}: SearchAction & {type: 'answered'},
): Changed {
	if (found === undefined) return {search: {...search, asked: 'unanswered'}};
	const ids = new Set(search.hits);
	const known = linesOf(state).filter(({id}) => ids.has(id));
	const elsewhere = elsewhereOf(state, wordsOf(search.text), known, found);
	const asked = isCut ? 'cut' : 'answered';
	const answered: Search = {...search, fromHost: found, elsewhere, asked};
	// Whoever looks at the list goes on looking at the same message.
	const current = search.elsewhere[search.index - search.hits.length];
	if (current !== undefined) {
		const at = elsewhere.findIndex(line => line.at === current.at && line.text === current.text);
		return {search: {...answered, index: search.hits.length + Math.max(0, at)}};
	}
	if (search.index >= 0 || elsewhere.length === 0) return {search: answered};
	return goTo(state, {...answered, index: 0});
}

const linesOf = ({chat}: ScreenState) => scrollbackOf(chat, chat.open).lines;

/** What is not found in the view, of all that is loaded and of what the host found. */
function elsewhereOf(
	{chat}: ScreenState,
	words: readonly string[],
	known: Parameters<typeof newestOf>[1],
	fromHost: readonly Found[],
): readonly Found[] {
	const loaded =
		chat.open === everything ? [] : findLines(chat.scrollback.lines, words, 2 * searchLimits.hits);
	return newestOf([...loaded, ...fromHost], known, searchLimits.hits);
}

/** Shows the hit that is the current one; without one, and for those of elsewhere, the pane is where it was. */
function goTo(state: ScreenState, search: Search): Changed {
	const id = search.hits[search.index];
	if (id === undefined) return {search, ...originOf(search)};
	const pane = paneOf({...state, excerpt: undefined, unfolded: search.originUnfolded});
	return {search, excerpt: undefined, ...sightOf(pane, id, wordsOf(search.text))};
}

const originOf = ({origin, originUnfolded, originExcerpt}: Search): Changed => ({
	scroll: origin,
	unfolded: originUnfolded,
	excerpt: originExcerpt,
});
