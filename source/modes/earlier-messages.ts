import {everything} from '../chat/conversation.ts';
import type {SessionStore} from '../session/store/session-store.ts';
import type {ScreenAction, ScreenState} from '../ui/screen/screen-state.ts';
import type {Store} from '../ui/screen/store.ts';
import {linesOf} from './held-lines.ts';

/** Messages that are loaded at once when the reader comes near the oldest one. */
const earlierMessages = 200;

/** What was said before all that is shown. */
export class EarlierMessages {
	readonly #store: Store<ScreenState, ScreenAction>;
	#kept: SessionStore | undefined;
	/** The id of the oldest message that is shown, if there may be older ones. */
	#oldest: string | undefined;

	constructor(store: Store<ScreenState, ScreenAction>) {
		this.#store = store;
	}

	/** The last messages that are kept are shown. */
	begin(kept: SessionStore): void {
		this.#kept = kept;
		this.#oldest = kept.held.messages[0]?.id;
	}

	/** Shows a page more. */
	async load(): Promise<void> {
		const oldest = this.#oldest;
		// One page at a time, and none behind the last.
		this.#oldest = undefined;
		if (oldest === undefined || this.#kept === undefined) return;
		const messages = await this.#kept.earlier(oldest, earlierMessages).catch(() => []);
		this.#oldest = messages[0]?.id;
		const {login} = this.#store.current;
		this.#store.dispatch({
			type: 'chat',
			action: {type: 'earlier', view: everything, lines: linesOf(messages, login)},
		});
	}
}
