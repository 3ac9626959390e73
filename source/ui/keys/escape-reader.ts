import {type Background, backgroundOf} from './background-reply.ts';
import {bytes, isControlByte} from './bytes.ts';
import {ControlSequence} from './control-sequence.ts';
import {linuxKey, ss3Key} from './csi.ts';
import {characterKey, controlKey, type KeyEvent, key, noModifiers} from './key-event.ts';
import {StringSkipper} from './string-skipper.ts';
import {TextCollector} from './text-collector.ts';

type State = 'idle' | 'escape' | 'character' | 'csi' | 'linux' | 'ss3' | 'mouse' | 'string' | 'paste';

const maxSs3Parameters = 8;

const altKey = (character: string): KeyEvent => characterKey(character, {...noModifiers, alt: true});

/** Reads what an ESC begins, byte by byte: a key with Alt, a key's sequence, or a reply of the terminal. */
export class EscapeReader {
	#state: State = 'idle';
	// Another ESC came before the sequence: rxvt's way to say Alt.
	#alt = false;
	#isStale = false;
	#ss3Parameters = '';
	#mouseBytesLeft = 0;
	readonly #emit: (event: KeyEvent) => void;
	readonly #onBackground: (background: Background) => void;
	readonly #character = new TextCollector();
	readonly #sequence = new ControlSequence();
	readonly #string = new StringSkipper();

	constructor(emit: (event: KeyEvent) => void, onBackground: (background: Background) => void) {
		this.#emit = emit;
		this.#onBackground = onBackground;
	}

	/** True while the next byte belongs here. */
	get isReading(): boolean {
		return this.#state !== 'idle' && this.#state !== 'paste';
	}

	/** True while bytes are missing and nobody has called `flush` for their sake. */
	get isPending(): boolean {
		return this.isReading && !this.#isStale;
	}

	/** Says, once, that the start marker of a paste was read. */
	takePasteStart(): boolean {
		if (this.#state !== 'paste') return false;
		this.#enter('idle');
		return true;
	}

	/** An ESC was read. */
	begin(): void {
		this.#enter('escape');
	}

	/** Begins the sequence that ESC and `letter` introduce, or the C1 control that stands for both. False if there is none. */
	introduce(letter: string): boolean {
		const alt = this.#alt;
		if (letter === '[') {
			this.#enter('csi');
			this.#sequence.start();
		} else if (letter === 'O') {
			this.#enter('ss3');
			this.#ss3Parameters = '';
		} else if (']PX^_'.includes(letter)) {
			this.#enter('string');
			this.#string.open(letter);
		} else {
			return false;
		}

		this.#alt = alt;
		return true;
	}

	/** A chunk follows on a `flush`: a string or a mouse report goes on only if the chunk looks like the rest of one. */
	resume(chunk: Uint8Array): void {
		const isOver =
			(this.#state === 'string' && !this.#string.continuesIn(chunk)) ||
			(this.#state === 'mouse' && chunk.length !== this.#mouseBytesLeft);
		if (this.#isStale && isOver) this.#enter('idle');
	}

	/** Takes one byte. False if it does not belong to the sequence, which is over then. */
	take(byte: number): boolean {
		switch (this.#state) {
			case 'escape':
				return this.#takeEscape(byte);
			case 'character':
				return this.#takeCharacter(byte);
			case 'csi':
				return this.#takeCsi(byte);
			case 'ss3':
				return this.#takeSs3(byte);
			case 'string':
				return this.#takeString(byte);
			case 'linux': {
				const event = linuxKey(String.fromCharCode(byte), this.#alt);
				return this.#finish(event) && byte >= 0x20 && byte < 0x7f;
			}

			case 'mouse':
				this.#mouseBytesLeft--;
				if (this.#mouseBytesLeft === 0 || isControlByte(byte)) this.#enter('idle');
				return !isControlByte(byte);

			default:
				return false;
		}
	}

	/**
	 * Decides what is pending, as no more bytes came. Returns true if it was a lone ESC. A reply that has begun is still
	 * skipped when its rest comes.
	 */
	flush(): boolean {
		switch (this.#state) {
			case 'escape':
				this.#emitEscapeBefore();
				return this.#finish(key('escape'));
			case 'csi':
			case 'mouse':
				this.#isStale = true;
				return false;
			case 'string':
				if (this.#string.isEmpty && !this.#isStale) this.#emit(altKey(this.#string.opener));
				this.#isStale = true;
				return false;
			case 'ss3':
				this.#finish(this.#ss3Parameters === '' ? altKey('O') : undefined);
				return false;
			case 'character':
				this.#dropCharacter();
				return false;
			default:
				this.#enter('idle');
				return false;
		}
	}

	#takeEscape(byte: number): boolean {
		if (byte === bytes.escape) {
			this.#emitEscapeBefore();
			this.#alt = true;
			return true;
		}

		if (this.introduce(String.fromCharCode(byte))) return true;
		this.#emitEscapeBefore();
		if (byte > 0x7f) {
			this.#enter('character');
			return false;
		}

		return this.#finish(isControlByte(byte) ? controlKey(byte, true) : altKey(String.fromCharCode(byte)));
	}

	#takeCharacter(byte: number): boolean {
		if (byte <= 0x7f) {
			this.#dropCharacter();
			return false;
		}

		this.#character.add(Uint8Array.of(byte));
		const [character] = this.#character.take();
		if (character === '\uFFFD') this.#dropCharacter();
		if (character === undefined || character === '\uFFFD') return true;

		const value = character.codePointAt(0) as number;
		if (value >= 0xa0) return this.#finish(altKey(character));
		return this.introduce(String.fromCharCode(value - 0x40)) || this.#finish(undefined);
	}

	#dropCharacter(): void {
		this.#character.end();
		this.#character.take();
		this.#enter('idle');
	}

	#takeCsi(byte: number): boolean {
		// A letter after a pause: it was Escape and then `[`, typed.
		if (this.#isStale && this.#sequence.isEmpty && byte >= 0x61 && byte <= 0x7a) {
			this.#enter('idle');
			return false;
		}

		const progress = this.#sequence.take(byte, this.#alt);
		switch (progress.kind) {
			case 'more':
				return true;
			case 'foreign':
				return this.#breakOff(byte);
			case 'mouse':
				this.#enter('mouse');
				this.#mouseBytesLeft = 3;
				return true;
			case 'linux':
			case 'paste': {
				const alt = this.#alt;
				this.#enter(progress.kind);
				this.#alt = alt;
				return true;
			}
			case 'key':
				return this.#finish(progress.event);
		}
	}

	#takeSs3(byte: number): boolean {
		const character = String.fromCharCode(byte);
		if (/[\d;]/.test(character) && this.#ss3Parameters.length < maxSs3Parameters) {
			this.#ss3Parameters += character;
			return true;
		}

		const isFinal = byte >= 0x40 && byte <= 0x7e;
		return isFinal ? this.#finish(ss3Key(this.#ss3Parameters, character, this.#alt)) : this.#breakOff(byte);
	}

	#takeString(byte: number): boolean {
		const progress = this.#string.take(byte);
		if (progress === 'escape') {
			this.#enter('escape');
			return false;
		}

		if (progress === 'more') return true;
		const background = backgroundOf(this.#string.start);
		if (background) this.#onBackground(background);
		return this.#finish(undefined);
	}

	// CAN and SUB only end a sequence (ECMA-48); any other byte is somebody else's, and an ESC begins the next.
	#breakOff(byte: number): boolean {
		this.#enter('idle');
		return byte === bytes.cancel || byte === bytes.substitute;
	}

	#emitEscapeBefore(): void {
		if (this.#alt) this.#emit(key('escape'));
	}

	#finish(event: KeyEvent | undefined): true {
		this.#enter('idle');
		if (event) this.#emit(event);
		return true;
	}

	#enter(state: State): void {
		this.#state = state;
		this.#alt = false;
		this.#isStale = false;
	}
}
