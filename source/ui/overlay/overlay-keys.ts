import type {KeyEvent} from '../keys/key-event.ts';
import {isControl, isInterrupt, isKey} from '../keys/match-key.ts';
import type {ScreenAction, ScreenState} from '../screen/screen-state.ts';
import {layOutWindow} from '../screen/window-layout.ts';
import type {Overlay, OverlayAction} from './overlay.ts';
import {pageHeight} from './page.ts';

/**
 * What a key does while something is looked at in front of the conversation; undefined for the keys that mean the same
 * everywhere, as those that draw anew.
 */
export function overlayKey(
	event: KeyEvent,
	overlay: Overlay,
	state: ScreenState,
): readonly ScreenAction[] | undefined {
	if (isControl(event, 'l') || isControl(event, 'z')) return undefined;
	const isClosing =
		isKey(event, 'escape') || isInterrupt(event) || isKey(event, 'f1') || isControl(event, 'g');
	if (isClosing) return [act({type: 'closed'})];
	const typed = typing(event);
	if (typed) return [act(typed)];
	return overlay.kind === 'go' ? goKey(event, overlay) : pageKey(event, overlay.row, state);
}

const act = (action: OverlayAction): ScreenAction => ({type: 'overlay', action});

function typing(event: KeyEvent): OverlayAction | undefined {
	if (event.type === 'focus') return undefined;
	if (event.type !== 'key') return {type: 'typed', text: event.text};
	if (isKey(event, 'backspace') || isControl(event, 'h')) return {type: 'erased', what: 'character'};
	if (isControl(event, 'u') || isControl(event, 'w')) return {type: 'erased', what: 'all'};
	return undefined;
}

/** Up and down go around, Tab completes what is typed and then goes around, too, Enter goes. */
function goKey(
	event: KeyEvent,
	{places, index, query}: Overlay & {readonly kind: 'go'},
): readonly ScreenAction[] {
	if (isKey(event, 'enter')) {
		const place = places[index];
		if (place === undefined) return [{type: 'hinted', hint: 'there is nobody and nothing of that name'}];
		return [act({type: 'closed'}), {type: 'opened', party: {id: place.id, members: place.members}}];
	}
	const isTab = event.type === 'key' && event.name === 'tab';
	const isUp = isKey(event, 'up') || isControl(event, 'p') || (isTab && event.shift);
	const isDown = isKey(event, 'down') || isControl(event, 'n') || isKey(event, 'tab');
	if (places.length === 0 || !(isUp || isDown)) return [];
	const isCompleting = isKey(event, 'tab') && places[index]?.name !== query;
	const to = isCompleting ? index : (index + (isUp ? places.length - 1 : 1)) % places.length;
	return [act({type: 'moved', to, query: isTab ? places[to]?.name : undefined})];
}

/** A page is the pane less one row. */
function pageKey(event: KeyEvent, row: number, state: ScreenState): readonly ScreenAction[] {
	const {paneRows} = layOutWindow(state);
	const last = Math.max(0, pageHeight(state) - paneRows);
	const steps: Readonly<Record<string, number>> = {
		up: row - 1,
		down: row + 1,
		pageup: row - paneRows + 1,
		pagedown: row + paneRows - 1,
		home: 0,
		end: last,
	};
	const to = event.type === 'key' ? steps[event.name] : undefined;
	return to === undefined ? [] : [act({type: 'moved', to: Math.max(0, Math.min(last, to))})];
}
