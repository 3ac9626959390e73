import {type Found, findSame, viewOf, wordsOf} from '../../chat/find.ts';
import type {KeyEvent} from '../keys/key-event.ts';
import {isAlt, isControl, isInterrupt, isKey} from '../keys/match-key.ts';
import type {ScreenAction, ScreenState} from '../screen/screen-state.ts';
import {allOfIt} from '../screen/screen-views.ts';
import {graphemes} from '../text/graphemes.ts';
import {currentElsewhere, type Search, type SearchAction} from './search-state.ts';

const act = (action: SearchAction): readonly ScreenAction[] => [{type: 'search', action}];

/**
 * What a key does while something is sought; nothing for all that have no meaning there. Undefined for those that belong
 * to the window whatever happens in it.
 */
export function searchActions(
	event: KeyEvent,
	state: ScreenState & {readonly search: Search},
): readonly ScreenAction[] | undefined {
	const {text} = state.search;
	if (event.type === 'text' || event.type === 'paste') return act({type: 'typed', text: text + event.text});
	if (isControl(event, 'l') || isControl(event, 'z') || isAlt(event, 'c')) return undefined;
	if (isControl(event, 'r') || isKey(event, 'up')) return act({type: 'moved', by: 'older'});
	if (isControl(event, 's') || isKey(event, 'down')) return act({type: 'moved', by: 'newer'});
	if (isKey(event, 'enter')) return stay(state);
	if (isKey(event, 'escape') || isInterrupt(event) || isControl(event, 'g'))
		return act({type: 'ended', isReturning: true});
	if (isKey(event, 'backspace') || isControl(event, 'h'))
		return act({type: 'typed', text: graphemes(text).slice(0, -1).join('')});
	if (isControl(event, 'w')) return act({type: 'typed', text: text.replace(/\S*\s*$/, '')});
	if (isControl(event, 'u')) return act({type: 'typed', text: ''});
	return [];
}

/** Ends where the current hit is, also elsewhere; around what is not loaded there will be an excerpt. */
function stay(state: ScreenState & {readonly search: Search}): readonly ScreenAction[] {
	const message = currentElsewhere(state.search);
	if (message === undefined) return act({type: 'ended', isReturning: state.search.index < 0});
	const words = wordsOf(state.search.text);
	const opened = {type: 'excerpt', action: {type: 'opened', found: message, words}} as const;
	return [...act({type: 'ended', isReturning: true}), ...(placeOf(message, state) ?? [opened])];
}

/** How to get to where a message stands: in its conversation, else among all that is said. */
function placeOf(message: Found, {chat}: ScreenState): readonly ScreenAction[] | undefined {
	const conversation = chat.conversations.get(viewOf(message));
	const there = conversation && findSame(conversation.scrollback.lines, message);
	if (conversation && there) return [{type: 'line-sought', party: conversation, id: there.id}];
	const line = findSame(chat.scrollback.lines, message);
	return line && [{type: 'line-sought', party: allOfIt, id: line.id}];
}
