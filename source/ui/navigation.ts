import type {Party} from '../chat/conversation.ts';
import {mostUrgent} from '../chat/conversations.ts';
import {viewsOf} from '../chat/views.ts';
import type {KeyEvent} from './keys/key-event.ts';
import {isControl} from './keys/match-key.ts';
import type {ScreenAction, ScreenState} from './screen/screen-state.ts';
import {allOfIt, nothingUnread} from './screen/screen-views.ts';

/** What a key does that goes from one conversation to another, or within one; undefined for all others. */
export function goTo(event: KeyEvent & {type: 'key'}, state: ScreenState): ScreenAction | undefined {
	if (isControl(event, 'n')) return open(step(state, 1));
	if (isControl(event, 'p')) return open(step(state, -1));
	if (!event.alt || event.ctrl) return undefined;
	switch (event.name) {
		case 'a':
			return openUrgent(state);
		case '/':
			return open(state.before);
		case 'p':
			return {type: 'sought-mention', direction: 'earlier'};
		case 'n':
			return {type: 'sought-mention', direction: 'later'};
		case '0':
			return open(allOfIt);
		default:
			return /^[1-9]$/.test(event.name) ? openNumber(state, Number(event.name)) : undefined;
	}
}

const open = (party: Party): ScreenAction => ({type: 'opened', party});

/** The view so many places further in the list, around and around. */
function step({chat}: ScreenState, by: 1 | -1): Party {
	const views = viewsOf(chat);
	const at = views.indexOf(chat.open) + by + views.length;
	return chat.conversations.get(views[at % views.length] ?? '') ?? allOfIt;
}

function openUrgent({chat}: ScreenState): ScreenAction {
	const urgent = mostUrgent(chat.conversations);
	return urgent ? open(urgent) : {type: 'hinted', hint: nothingUnread};
}

function openNumber({chat}: ScreenState, number: number): ScreenAction {
	const conversation = [...chat.conversations.values()][number - 1];
	return conversation ? open(conversation) : {type: 'hinted', hint: `there is no conversation ${number} yet`};
}
