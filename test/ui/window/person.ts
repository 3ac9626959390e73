import {Controller, type ScreenPorts} from '../../../source/ui/controller.ts';
import type {KeyEvent} from '../../../source/ui/keys/key-event.ts';
import {KeyParser} from '../../../source/ui/keys/key-parser.ts';
import {rowsOfChrome} from '../../../source/ui/screen/chrome.ts';
import {
	createScreenState,
	mergeScreenActions,
	type ScreenAction,
	type ScreenState,
	screenReducer,
} from '../../../source/ui/screen/screen-state.ts';
import {Store} from '../../../source/ui/screen/store.ts';
import {viewWindow} from '../../../source/ui/screen/window-view.ts';
import type {Frame} from '../../../source/ui/terminal/painter.ts';
import type {WindowSize} from '../../../source/ui/terminal/terminal.ts';
import {plainTheme, type Theme} from '../../../source/ui/theme.ts';
import {keySequence} from '../../support/keys.ts';

type Post = {readonly to: readonly string[]; readonly text: string; readonly post: number};

/** A window as it is drawn without Ink. */
export function frameOf(state: ScreenState): Frame {
	const {chrome, middle, caret} = viewWindow(state);
	const {above, below} = rowsOfChrome(chrome);
	return {rows: [...above, ...middle, ...below], caret};
}

/**
 * Alice at her screen: the whole of it between the bytes of the keyboard and the rows of the window, without a terminal.
 * In place of the session there is only what it does with a line: it waits until there is a connection.
 */
export class Person {
	readonly store: Store<ScreenState, ScreenAction>;
	readonly #controller: Controller;
	readonly #parser = new KeyParser();
	readonly #waiting: Post[] = [];
	#done: string[] = [];
	#post = 0;

	constructor(size: WindowSize, theme: Theme = plainTheme, login = 'alice') {
		this.store = new Store(
			screenReducer,
			createScreenState({size, login, address: '127.0.0.1:8080', theme}),
			mergeScreenActions,
		);
		this.#controller = new Controller(this.store, this.#ports());
	}

	get state(): ScreenState {
		return this.store.current;
	}

	/** Keys by the names of `keySequence`, each in a piece of its own. */
	press(...keys: readonly string[]): void {
		for (const key of keys) this.write(keySequence(key));
	}

	paste(text: string): void {
		this.write(`\x1b[200~${text.replaceAll('\n', '\r')}\x1b[201~`);
	}

	/** What the keyboard sends in one piece. */
	write(bytes: string): void {
		const events: KeyEvent[] = [...this.#parser.push(Buffer.from(bytes)), ...this.#parser.flush()];
		for (const event of events) this.#controller.handle(event);
		this.store.publish();
	}

	/** The terminal gets the keyboard, or loses it. */
	focus(isFocused: boolean): void {
		this.write(isFocused ? '\x1b[I' : '\x1b[O');
	}

	/** Something that happens to the screen without a key. */
	act(action: ScreenAction): void {
		this.store.dispatch(action);
		const isOpen = action.type === 'chat' && this.#isConnected && action.action.type === 'connection-changed';
		if (isOpen) for (const {post} of this.#waiting.splice(0)) this.#accept(post);
	}

	/** The number of the newest line that was sent. */
	get newestPost(): number {
		return this.#post;
	}

	/** What the keys made happen outside of the window since it was asked the last time. */
	takeDone(): readonly string[] {
		const done = this.#done;
		this.#done = [];
		return done;
	}

	get #isConnected(): boolean {
		return this.store.current.chat.connection.phase === 'open';
	}

	#accept(post: number): void {
		this.store.dispatch({type: 'chat', action: {type: 'post-changed', posts: [post], delivery: 'accepted'}});
	}

	#ports(): ScreenPorts {
		const note = (what: string) => void this.#done.push(what);
		return {
			send: (to, text) => {
				this.#post++;
				const post = this.#post;
				note(`to ${to.join(', ')}: ${text.replaceAll('\n', '⏎')}`);
				if (!this.#isConnected) this.#waiting.push({to, text, post});
				// Told when the line is there, as the session does it.
				queueMicrotask(() => {
					if (this.#waiting.every(waiting => waiting.post !== post)) this.#accept(post);
				});
				return post;
			},
			takeBack: () => {
				const post = this.#waiting.pop();
				if (post) note(`taken back: ${post.text}`);
				return post;
			},
			command: ({type}) => note(`asks the host: ${type}`),
			loadEarlier: () => note('asks for what was said before'),
			tellTyping: () => {},
			leave: () => note('leaves'),
			answer: ({kind}, isYes) => note(`answers ${kind}: ${isYes ? 'yes' : 'no'}`),
			suspend: () => {
				note('suspends');
				return undefined;
			},
			copy: text => {
				note(`copies ${text.replaceAll('\n', '⏎')}`);
				return true;
			},
			redraw: () => note('redraws'),
			passToInk: async () => {},
		};
	}
}
