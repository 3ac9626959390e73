import {type AsideSupport, callBytes, copyBytes, titleBytes} from './asides.ts';
import type {Terminal} from './terminal.ts';

/** Nobody is called more often than that, in ms. */
const callAgainMs = 5000;

/** The title is not changed more often than that, in ms: a flood would make one of each message. */
const titleAgainMs = 250;

/** What is told to the terminal beside the window. It waits until frames are through, a call and a title at most. */
export class Aside {
	readonly #terminal: Pick<Terminal, 'isReady' | 'tell' | 'on'>;
	readonly #support: AsideSupport;
	#title = '';
	#shownTitle: string | undefined;
	#titleTimer: NodeJS.Timeout | undefined;
	/** What is said once, as soon as the terminal takes it. */
	#once = '';
	#calledAt = Number.NEGATIVE_INFINITY;

	constructor(terminal: Pick<Terminal, 'isReady' | 'tell' | 'on'>, support: AsideSupport) {
		this.#terminal = terminal;
		this.#support = support;
		terminal.on('ready', () => this.#write());
		terminal.on('entered', () => {
			this.#shownTitle = undefined;
		});
	}

	/** Sets the title of the window. */
	title(title: string): void {
		this.#title = title;
		this.#write();
	}

	/** Rings, and shows a notice where the terminal can; nothing if that was less than 5 s ago. */
	call(text: string): void {
		const now = performance.now();
		if (now - this.#calledAt < callAgainMs) return;
		this.#calledAt = now;
		this.#once = callBytes(text, this.#support);
		this.#write();
	}

	/** Hands a text to the clipboard. Returns whether the terminal was asked to; it does not say whether it has done so. */
	copy(text: string): boolean {
		const bytes = copyBytes(text, this.#support);
		if (bytes === undefined || !this.#terminal.isReady) return false;
		this.#terminal.tell(bytes);
		return true;
	}

	#write(): void {
		if (!this.#terminal.isReady) return;
		const bytes = this.#once + this.#titleChange();
		this.#once = '';
		if (bytes !== '') this.#terminal.tell(bytes);
	}

	#titleChange(): string {
		if (this.#title === this.#shownTitle || this.#titleTimer !== undefined) return '';
		this.#shownTitle = this.#title;
		this.#titleTimer = setTimeout(() => {
			this.#titleTimer = undefined;
			this.#write();
		}, titleAgainMs).unref();
		return titleBytes(this.#title, this.#support);
	}
}
