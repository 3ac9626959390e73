import {type Found, findSame} from '../chat/find.ts';
import type {ScreenAction, ScreenState} from '../ui/screen/screen-state.ts';
import {allOfIt} from '../ui/screen/screen-views.ts';
import type {Store} from '../ui/screen/store.ts';
import {currentElsewhere} from '../ui/search/search-state.ts';

/** Pages of earlier messages that are loaded to get to one of them. */
const maxPages = 10;

/** Loads what was said earlier up to a message that the person wants to see where it stands, and goes there. */
export function watchSoughtPlace(
	store: Store<ScreenState, ScreenAction>,
	loadEarlier: () => Promise<void>,
): void {
	let wanted: Found | undefined;

	store.subscribe(() => {
		const message = wantedIn(store.getSnapshot());
		if (message === wanted) return;
		wanted = message;
		if (message) void load(message);
	});

	async function load(message: Found): Promise<void> {
		for (let page = 0; page < maxPages; page++) {
			const before = store.current.chat.scrollback.lines;
			await loadEarlier();
			const {lines} = store.current.chat.scrollback;
			// The person has gone on, or there is nothing more to be loaded.
			if (wantedIn(store.current) !== message || lines.length === before.length) return;
			const line = findSame(lines, message);
			if (line === undefined) continue;
			store.dispatchSoon({type: 'search', action: {type: 'ended', isReturning: true}});
			store.dispatch({type: 'line-sought', party: allOfIt, id: line.id});
			return;
		}
	}
}

const wantedIn = ({search}: ScreenState): Found | undefined =>
	search?.isWhole ? currentElsewhere(search) : undefined;
