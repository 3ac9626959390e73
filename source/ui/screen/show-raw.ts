import type {ChatLine} from '../../chat/chat-line.ts';
import {rawText} from '../text/raw.ts';
import {linesRead} from './reading.ts';
import type {ScreenAction, ScreenState} from './screen-state.ts';
import type {Store} from './store.ts';

type Spoken = Exclude<ChatLine, {readonly kind: 'notice'}>;

/** The newest message in sight: that at the end, or the lowest one where the reader has scrolled to. */
function messageInSight(state: ScreenState): Spoken | undefined {
	const lowest = state.scroll?.id ?? Number.POSITIVE_INFINITY;
	const line = linesRead(state).findLast(({kind, id}) => kind !== 'notice' && id <= lowest);
	return line?.kind === 'notice' ? undefined : line;
}

/** Shows what the newest message in sight is made of, at the end of the conversation. */
export function showRaw(store: Store<ScreenState, ScreenAction>): void {
	const line = messageInSight(store.current);
	if (line === undefined) return;
	const head = line.kind === 'own' ? `to ${line.to.map(rawText).join(', ')}` : `from ${rawText(line.from)}`;
	const texts = [`character by character, ${head}: ${rawText(line.text)}`];
	const view = store.current.chat.open;
	store.dispatchSoon({type: 'chat', action: {type: 'noticed', texts, at: Date.now(), view}});
	store.dispatch({type: 'scrolled-to-end'});
}
