import {isControl} from './controls.ts';

/**
 * `control-scanner.wat` as bytes (a test compares them). Most of what a broker does with a text is to look whether there
 * is a control in it, and V8 offers no other way to look at more than four bytes at a time: in a line of 450 bytes this
 * takes a third of what words of four take, and a fifteenth of single bytes.
 */
const module =
	'AGFzbQEAAAABBgFgAX8BfwMCAQAFAwEAAgcRAgZtZW1vcnkCAARmaW5kAAAKSgFIAgF7AX8DQCAA/QAEACEBIAFBIP0P/SYgAUH/AP0P/SMgAUHCAf0P/SP9UP1Q/WQhAiACRQRAIABBEGohAAwBCwsgACACaGoL';

const lf = 0x0a;
/** Bytes that are looked at together. */
const vectorBytes = 16;

type Exports = {readonly memory: {readonly buffer: ArrayBuffer}; readonly find: (at: number) => number};

/** Node has it, but its types leave it to those of browsers. */
declare const WebAssembly: {
	readonly Module: new (bytes: Uint8Array) => object;
	readonly Instance: new (module: object) => {readonly exports: unknown};
};

/** Finds controls in bytes. They are copied to where it looks, so it is worth to do so with many lines at once. */
export class ControlScanner {
	readonly #memory: Uint8Array;
	readonly #find: (at: number) => number;
	#bytes: Uint8Array | undefined;

	constructor() {
		const compiled = new WebAssembly.Module(Buffer.from(module, 'base64'));
		const {memory, find} = new WebAssembly.Instance(compiled).exports as Exports;
		this.#memory = new Uint8Array(memory.buffer);
		this.#find = find;
	}

	/**
	 * Where in `bytes` the first control other than TAB is, LF and CR among them; from `start` on, and its length if there
	 * is none. Bytes that were looked at last are not copied again, so they must not have changed.
	 */
	find(bytes: Uint8Array, start: number): number {
		const {length} = bytes;
		const isLarge = length + vectorBytes > this.#memory.length;
		if (!isLarge && bytes !== this.#bytes) this.#load(bytes);
		for (let at = start; at < length; ) {
			if (!isLarge) at = this.#find(at);
			// What begins like a control may be none. Often there are more of the kind, each too dear to ask for.
			const next = Math.min(at + vectorBytes, length);
			for (; at < next; at++) if (isControl(bytes, at)) return at;
		}
		return length;
	}

	#load(bytes: Uint8Array): void {
		this.#memory.set(bytes);
		// It looks until it finds something.
		this.#memory[bytes.length] = lf;
		this.#bytes = bytes;
	}
}
