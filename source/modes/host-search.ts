import type {NewChatLine} from '../chat/chat-line.ts';
import type {Found} from '../chat/find.ts';
import {isHidden} from '../chat/ignored.ts';
import {placeLines} from '../chat/place-lines.ts';
import type {Answer, Request} from '../session/extended/requests.ts';
import {heldOf} from '../session/store/held.ts';
import type {ScreenAction, ScreenState} from '../ui/screen/screen-state.ts';
import type {Store} from '../ui/screen/store.ts';
import type {SearchAction} from '../ui/search/search-state.ts';
import {linesOf} from './held-lines.ts';

/** How long somebody has to stop typing before the host is asked, in ms; and then to wait before that is said. */
const pauseMs = 150;
const patienceMs = 300;

/** Hits that are taken of one answer. */
const maxHits = 200;

/** Asks the host for what is sought on the screen: what is loaded here is only the newest of it. */
export function watchSearch(
	store: Store<ScreenState, ScreenAction>,
	ask: (request: Request) => Promise<Answer>,
): void {
	let text = '';
	let timer: NodeJS.Timeout | undefined;
	const tell = (action: SearchAction) => store.dispatch({type: 'search', action});

	store.subscribe(() => {
		const sought = store.getSnapshot().search?.text ?? '';
		if (sought === text) return;
		text = sought;
		clearTimeout(timer);
		if (text.trim() !== '') timer = setTimeout(() => void search(text), pauseMs);
	});

	async function search(text: string): Promise<void> {
		const wait = setTimeout(() => tell({type: 'waited', text}), patienceMs);
		try {
			const {lines, hasMore} = await ask({type: 'search', text: text.trim()});
			const {login, chat} = store.current;
			const messages = lines.flatMap(line => (line.type === 'msg' ? [heldOf(line, false)] : []));
			const found = placeLines(login, linesOf(messages.slice(0, maxHits), login));
			const isShown = (line: NewChatLine) => line.kind !== 'notice' && !isHidden(chat.ignored, line);
			tell({
				type: 'answered',
				text,
				found: found.flatMap((line, at) => (isShown(line) ? [{...line, n: messages[at]?.n} as Found] : [])),
				isCut: hasMore || messages.length > maxHits,
			});
		} catch {
			tell({type: 'answered', text, found: undefined, isCut: false});
		}
		clearTimeout(wait);
	}
}
