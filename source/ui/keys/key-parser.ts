import type {Background} from './background-reply.ts';
import {bytes, isControlByte} from './bytes.ts';
import {EscapeReader} from './escape-reader.ts';
import {controlKey, type KeyEvent} from './key-event.ts';
import {PasteCollector} from './paste-collector.ts';
import {isReplyStart} from './string-skipper.ts';
import {TextCollector} from './text-collector.ts';

const endsText = (byte: number): boolean => isControlByte(byte) || byte === bytes.c1Lead;

/**
 * Turns the bytes of a terminal into keys, text and pastes. A chunk is no event: `hello\r` in one read is text and then
 * Enter, and characters, sequences and pastes may be cut anywhere. Replies of the terminal (attributes, cursor, colours,
 * modes, mouse, also unknown ones) are skipped and never become text, also if they come late or in pieces.
 *
 * An ESC may be a key or the start of a sequence: while `isPending`, the caller waits for a moment without bytes and
 * calls `flush`. What is held is bounded: 1 MiB of a paste, whose event then says that it was cut.
 */
export class KeyParser {
	#events: KeyEvent[] = [];
	#isPasting = false;
	// U+0080 to U+009F begin with this byte, and so do characters: the next byte tells.
	#hasC1Lead = false;
	#hasFlushedEscape = false;
	readonly #text = new TextCollector();
	readonly #paste = new PasteCollector();
	readonly #escape: EscapeReader;

	/** @param onBackground is called with what the terminal says of its background, the one reply that is taken */
	constructor(onBackground: (background: Background) => void = () => {}) {
		this.#escape = new EscapeReader(event => this.#emit(event), onBackground);
	}

	/** True while a sequence is begun and not finished; not during a paste. */
	get isPending(): boolean {
		return this.#escape.isPending;
	}

	/** True while a paste has begun and its end marker has not come. */
	get isPasting(): boolean {
		return this.#isPasting;
	}

	/** The events of `chunk`, in order. The memory of the chunk may be used again afterwards. */
	push(chunk: Uint8Array): KeyEvent[] {
		if (this.#hasFlushedEscape && isReplyStart(chunk)) this.#escape.begin();
		this.#hasFlushedEscape = false;
		this.#escape.resume(chunk);
		let position = 0;
		while (position < chunk.length) position = this.#step(chunk, position);
		return this.#takeEvents();
	}

	/**
	 * Decides what is pending, as no more bytes came: a lone ESC is the Escape key. A reply that has begun is still skipped
	 * if its rest comes after all.
	 */
	flush(): KeyEvent[] {
		this.#hasFlushedEscape = this.#escape.flush();
		return this.#takeEvents();
	}

	/** Takes the paste for finished, as its end marker does not come: it would swallow every key from now on. */
	endPaste(): KeyEvent[] {
		if (this.#isPasting) {
			this.#isPasting = false;
			this.#emit({type: 'paste', ...this.#paste.take()});
		}
		return this.#takeEvents();
	}

	/** Takes bytes from `position` on; returns where to go on, which is the same byte when another state has to take it. */
	#step(chunk: Uint8Array, position: number): number {
		if (this.#isPasting) return this.#stepPaste(chunk, position);
		const byte = chunk[position] as number;
		if (this.#escape.isReading) {
			const isTaken = this.#escape.take(byte);
			this.#isPasting = this.#escape.takePasteStart();
			return isTaken ? position + 1 : position;
		}
		if (this.#hasC1Lead) return this.#takeC1(byte) ? position + 1 : position;
		return this.#stepText(chunk, position);
	}

	#stepPaste(chunk: Uint8Array, position: number): number {
		const end = this.#paste.push(chunk, position);
		if (end === -1) return chunk.length;
		this.#isPasting = false;
		this.#emit({type: 'paste', ...this.#paste.take()});
		return end;
	}

	/** The 8-bit forms of ESC and a letter; behind the same lead byte stand characters like any other. */
	#takeC1(byte: number): boolean {
		this.#hasC1Lead = false;
		if (byte >= 0x80 && byte <= 0x9f) {
			this.#escape.introduce(String.fromCharCode(byte - 0x40));
			return true;
		}
		this.#text.add(Uint8Array.of(bytes.c1Lead));
		return false;
	}

	#stepText(chunk: Uint8Array, from: number): number {
		let position = from;
		while (position < chunk.length && !endsText(chunk[position] as number)) position++;
		this.#text.add(chunk.subarray(from, position));
		const byte = chunk[position];
		if (byte === undefined) return position;
		this.#text.end();
		if (byte === bytes.escape) this.#escape.begin();
		else if (byte === bytes.c1Lead) this.#hasC1Lead = true;
		else this.#emit(controlKey(byte, false));
		return position + 1;
	}

	#emit(event: KeyEvent): void {
		this.#settleText();
		this.#events.push(event);
	}

	#settleText(): void {
		const text = this.#text.take();
		if (text !== '') this.#events.push({type: 'text', text});
	}

	#takeEvents(): KeyEvent[] {
		this.#settleText();
		const events = this.#events;
		this.#events = [];
		return events;
	}
}
