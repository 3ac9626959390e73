import type {ChatLine} from '../../chat/chat-line.ts';
import {scrollbackOf} from '../../chat/views.ts';
import {rawText} from '../text/raw.ts';
import type {ScreenAction, ScreenState} from './screen-state.ts';
import type {Store} from './store.ts';

type Spoken = Exclude<ChatLine, {readonly kind: 'notice'}>;

/** The newest message in sight: that at the end, or the lowest one where the reader has scrolled to. */
function messageInSight({chat, scroll}: Pick<ScreenState, 'chat' | 'scroll'>): Spoken | undefined {
	const lowest = scroll?.id ?? Number.POSITIVE_INFINITY;
	const line = scrollbackOf(chat, chat.open).lines.findLast(
		({kind, id}) => kind !== 'notice' && id <= lowest,
	);
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
