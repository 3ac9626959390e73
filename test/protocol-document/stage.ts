import {parseServerLine} from '../../source/protocol/extended/server-lines.ts';
import {TestKey} from '../support/extended-peer.ts';
import {type Address, Peer} from '../support/peer.ts';
import type {Said} from './blocks.ts';
import {Likeness} from './likeness.ts';

/** Plays the dialogues of the document, one behind the other, with everybody who is in them. */
export class Stage {
	readonly likeness = new Likeness();
	readonly #address: Address;
	readonly #keys = new Map<string, TestKey>();
	/** Whoever has logged in, by name. */
	readonly #peers = new Map<string, Peer>();
	/** The client that the dialogue is of. */
	#login = '';
	#nonce: {readonly nonce: string; readonly srv: string} | undefined;

	constructor(address: Address) {
		this.#address = address;
	}

	/** Somebody who speaks the plain dialect and is here. */
	async seat(login: string): Promise<void> {
		this.#peers.set(login, await Peer.login(this.#address, login));
	}

	/** The key that somebody has, who has one from now on. */
	keyOf(login: string): TestKey {
		const key = this.#keys.get(login) ?? new TestKey();
		this.#keys.set(login, key);
		return key;
	}

	/** @throws {Error} that says which line of the document does not hold */
	async play(dialogue: readonly Said[]): Promise<void> {
		for (const {who, isFromServer, line} of dialogue) {
			if (isFromServer) await this.#hear(who, line);
			else await this.#say(who, line);
		}
	}

	async #say(who: string, line: string): Promise<void> {
		if (who !== 'C') {
			this.#peerOf(who).send(line);
			return;
		}
		// A word alone is a login, with which a connection begins.
		if (/^[a-z]+$/.test(line)) {
			this.#login = line;
			this.#peers.set(line, await Peer.connect(this.#address));
		}
		this.#peerOf(who).send(this.likeness.toReal(line, key => this.#make(key)));
	}

	/** What a client has to make itself. */
	#make(key: string): string | undefined {
		const own = this.keyOf(this.#login);
		if (key === 'pub') return own.pub;
		if (key === 'sig' && this.#nonce) return own.sign(this.#nonce.srv, this.#nonce.nonce, this.#login);
		return undefined;
	}

	async #hear(who: string, written: string): Promise<void> {
		const real = await this.#peerOf(who).line();
		const problem = this.likeness.problemOf(real, written);
		if (problem !== undefined)
			throw new Error(`docs/protocol.md has\n  ${written}\nand the broker says\n  ${real}\n${problem}`);
		const parsed = parseServerLine(real);
		if (parsed.ok && parsed.line.type === 'challenge') this.#nonce = parsed.line;
	}

	#peerOf(who: string): Peer {
		const peer = this.#peers.get(who === 'C' ? this.#login : who);
		if (peer === undefined) throw new Error(`${who} is not here`);
		return peer;
	}

	/** Lines that came to somebody and stand nowhere in the document. */
	get unsaid(): string[] {
		return [...this.#peers.values()].flatMap(({lines}) => lines);
	}
}
